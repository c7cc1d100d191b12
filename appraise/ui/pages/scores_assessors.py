"""Who scores, with which interest; how the workshop was held; and score sheets out and back in."""

from typing import Any

from PySide6.QtCore import Signal

from appraise.model.appraisal.workshop import Assessor, Interest
from appraise.model.edits import workshop as edits
from appraise.model.edits.changing import EditRefused
from appraise.present import scoring_words, wording
from appraise.ui.context import Context, View
from appraise.ui.pages.need_records import RecordField, RecordKind, Records, name_cell, word_cell
from appraise.ui.pages.results_charts import Sides
from appraise.ui.pages.scores_section import ScoreSection
from appraise.ui.pages.scores_sheets import SheetsCard, sheet_came
from appraise.ui.pages.text_parts import Help, HelpByField
from appraise.ui.widgets.buttons import Button
from appraise.ui.widgets.cards import Card, Column
from appraise.ui.widgets.choices import PickList
from appraise.ui.widgets.fields import TextArea, TextField
from appraise.ui.widgets.labels import FlowLabel
from appraise.ui.widgets.table_model import Cell, TableColumn

_SOURCE = "Use of multi-criteria decision analysis in options appraisal, HM Treasury, 2024"
ASSESSORS_HELP = Help(
    "Who should score?",
    "People who know the service and its users, and somebody who has to live with the result. "
    "The post is printed; the name stays in this file and is never exported.",
    _SOURCE,
)
INTEREST_HELP = Help(
    "What is an interest?",
    "A job, contract, family tie or earlier promise that one of the options touches. "
    "Ask everybody, and write down what was said. Who stands aside keeps the marks, but they count nowhere.",
    "Orange Book and the code of conduct of the body",
)
WORKSHOP_HELP = Help(
    "What must be recorded?",
    "How the scores came about: method, who led, and when. A reader checks that before any figure.",
    "Green Book 2026, 5.14 and 5.15: with an expert facilitator",
)
SHEETS_HELP = Help(
    "What can scoring alone promise?",
    " ".join((scoring_words.BLINDNESS_CAN[0], scoring_words.BLINDNESS_CANNOT[0])),
    _SOURCE,
)
_INTERESTS = tuple((interest.value, words) for interest, words in scoring_words.INTERESTS.items())


def _change(now: Any, key: str, field: str, value: object) -> Any:
    if field == "interest":
        value = Interest(str(value))
    return edits.change_assessor(now, assessor=key, **{field: value})


_KIND = RecordKind(
    noun="assessor",
    plural="assessors",
    title="Assessors",
    read=lambda now: now.workshop.assessors,
    add=lambda now, key: edits.add_assessor(now, assessor=key, post=""),
    change=_change,
    remove=lambda now, key: edits.remove_assessor(now, assessor=key),
    move=lambda now, key, to: edits.move_assessor(now, assessor=key, to=to),
    columns=(
        TableColumn("Post", "left", 176, stretch=True, wrap=True, tip="Printed in the business case"),
        TableColumn("Name", "left", 96, stretch=True, tip="Stays in this file; never exported"),
        TableColumn("Interest", "left", 196),
        TableColumn("Marks", "right", 84),
        TableColumn("Sheet in", "right"),
    ),
    cells=lambda _one: (),
    empty="Nobody scores yet. Who knows the service, and who has to live with the result?",
    icon="people",
    help=ASSESSORS_HELP,
    measure=lambda records: f"{len(records)} in all",
    fields=(
        (
            RecordField(key="post", label="Post, printed", hint="For example Head of highways", help=ASSESSORS_HELP),
            RecordField(key="name", label="Name, never exported", hint="Who it is", help=ASSESSORS_HELP),
        ),
        (
            RecordField(
                key="interest_words",
                label="What the interest is",
                hint="What was declared, in a sentence",
                lines=1,
                help=INTEREST_HELP,
            ),
        ),
    ),
    typed=("post", "name", "interest"),
)


class AssessorRecords(Records):
    """The assessors in a table, the one in hand below it. Signals: alone_wanted(assessor)."""

    alone_wanted = Signal(str)

    def __init__(self, context: Context, helps: HelpByField) -> None:
        super().__init__(context, _KIND, helps)
        self.interest = PickList("Interest of the assessor", _INTERESTS)
        self.said = FlowLabel("", "dense", "ink2")
        self.alone = Button("Enter marks on screen", icon="pencil", small=True)
        row = Sides(Column(FlowLabel("Interest", "caption", "ink2"), self.interest, gap=4), self.said, fold=440, gap=12)
        if self.detail is not None:
            self.detail.content.insertWidget(1, row)
            self.detail.add_action(self.alone)
        helps.add(self.interest, INTEREST_HELP)
        self._wanted = 0
        self.interest.chosen.connect(self._set_interest)
        self.alone.clicked.connect(lambda: self.alone_wanted.emit(self.chosen))

    def show_view(self, view: View) -> None:
        """The assessors as they are, and how many were asked about interests."""
        self._wanted = len(view.appraisal.options) * len(view.appraisal.criteria)
        super().show_view(view)
        records = view.appraisal.workshop.assessors
        asked = sum(one.interest is not Interest.UNASKED for one in records)
        measure = f"{asked} of {len(records)} asked about interests" if records else ""
        self.card.set_title("Assessors", measure)

    def row_cells(self, record: Assessor) -> tuple[Cell, ...]:
        """The assessor with interest, marks given, and when the sheet came in."""
        given = len(record.marks)
        unsure = record.interest is Interest.UNASKED
        whole = self._wanted and given >= self._wanted
        return (
            name_cell(record.post, "Without a post", editable=True),
            word_cell(record.name, editable=True),
            Cell(
                scoring_words.INTERESTS[record.interest],
                icon={Interest.NONE: "check", Interest.UNASKED: ""}.get(record.interest, "info"),
                icon_ink="good" if record.interest is Interest.NONE else "attention",
                ink="ink2" if unsure else "ink",
                edit_text=record.interest.value,
                choices=_INTERESTS,
                tip=record.interest_words,
            ),
            Cell(
                f"{given} of {self._wanted}" if given else wording.DASH,
                ink="ink" if whole else "ink2",
                spoken=f"{given} of {self._wanted} marks",
            ),
            Cell(sheet_came(record.received, late=record.late), ink="attention" if record.late else "ink2"),
        )

    def shown(self, record: Assessor) -> None:
        """The interest of the one in hand."""
        self.interest.set_choices(_INTERESTS, record.interest.value)
        self.said.set_text(scoring_words.interest_sentence(self._now, record))
        words = self.fields["interest_words"]
        words.setVisible(record.interest in (Interest.TAKES_PART, Interest.STANDS_ASIDE) or bool(record.interest_words))

    def _set_interest(self, key: str) -> None:
        self._typed(self.chosen, "interest", key)

    def _remove(self) -> None:
        chosen = self._chosen
        try:
            super()._remove()
        except EditRefused as refused:
            self._chosen = chosen
            self._refuse(str(refused))


class WorkshopCard(Card):
    """Method, facilitator and date of the workshop, in words."""

    def __init__(self, context: Context) -> None:
        super().__init__("How the scores come about")
        self._context = context
        hint = "For example: each scores alone, then one score is agreed"
        self.fields: dict[str, TextField | TextArea] = {
            "method": TextArea("Method", label="Method", hint=hint, lines=1),
            "facilitator": TextField("Facilitator", label="Facilitator, by post", hint="Who leads and holds this file"),
            "held_on": TextField("Date of the workshop", label="Date", hint="4 May 2027"),
        }
        self.add(self.fields["method"])
        self.add(Sides(self.fields["facilitator"], self.fields["held_on"], stretches=(2, 1), fold=440, gap=12))
        for key, field in self.fields.items():
            field.committed.connect(lambda text, key=key: self._set(key, text))

    def show_view(self, view: View) -> None:
        """The words as they stand."""
        for key, field in self.fields.items():
            field.set_text(getattr(view.appraisal.workshop, key))

    def _set(self, key: str, text: str) -> None:
        words = {"method": "method", "facilitator": "facilitator", "held_on": "date"}[key]
        self._context.apply(
            edits.change_workshop(self._context.appraisal, **{key: text}), f"Change {words} of the workshop"
        )


class AssessorsSection(ScoreSection):
    """The workshop, the sheets, and the assessors. Signals: alone_wanted(assessor)."""

    alone_wanted = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__(context, ASSESSORS_HELP)
        self.workshop = WorkshopCard(context)
        self.sheets = SheetsCard(context)
        self.assessors = AssessorRecords(context, self.helps)
        for place, part in enumerate((self.workshop, self.sheets, self.assessors), start=1):
            self.line.insertWidget(place, part)
        self.help_for(tuple(self.workshop.fields.values()), WORKSHOP_HELP)
        self.helps.add(self.sheets, SHEETS_HELP)
        self.assessors.alone_wanted.connect(self.alone_wanted)

    def show_view(self, old: View | None, new: View) -> None:
        """Everything as it is."""
        self.workshop.show_view(new)
        self.sheets.show_view(old, new)
        same = old is not None and all(
            getattr(old.appraisal, part) is getattr(new.appraisal, part) for part in ("workshop", "options", "criteria")
        )
        if not same or (old is not None and old.findings is not new.findings):
            self.assessors.show_view(new)

    def holds(self, record: str) -> bool:
        """The assessors."""
        return any(one.id == record for one in self.context.appraisal.workshop.assessors)

    def focus_first(self) -> None:
        """The assessors, or the button that adds the first one."""
        self.assessors.focus_first()

    def focus_place(self, record: str, field: str) -> None:
        """An assessor and a field, or one of the workshop's fields."""
        if field in self.workshop.fields:
            self.workshop.fields[field].setFocus()
            return
        widget = self.assessors.take(record, field) if record else None
        if widget is None:
            self.focus_first()
        elif field == "interest":
            self.assessors.interest.setFocus()
        else:
            widget.setFocus()
