"""The four lists of step 1: objectives, outcomes for residents, facts about the place, and what is left out."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from appraise.model import money, need_sections
from appraise.model.appraisal.need import Fact, LeftOut, Objective, Outcome
from appraise.model.edits import need as edits
from appraise.present import wording
from appraise.ui.context import Context
from appraise.ui.pages import need_state
from appraise.ui.pages.constraints_chance import amount_text
from appraise.ui.pages.need_records import RecordField, RecordKind, Records, missing_cell, name_cell, word_cell
from appraise.ui.pages.text_parts import Help, HelpByField
from appraise.ui.widgets.cards import Row
from appraise.ui.widgets.labels import FlowLabel, IconLabel
from appraise.ui.widgets.table_model import Cell, TableColumn

_SMART_SOURCE = "Green Book 2026, chapter 4: SMART objectives"
OBJECTIVES_HELP = Help(
    "What makes an objective SMART?",
    "Specific, measurable, achievable, relevant and time-bound. The letters show what is written. "
    "Whether it can be reached, and whether it matters, people judge.",
    _SMART_SOURCE,
)
OUTCOMES_HELP = Help(
    "What would residents notice?",
    "Name an effect, not an activity: homes that stay dry, not gullies cleaned. "
    "Give today's figure and a target with a date, so that anybody can tell later.",
    _SMART_SOURCE,
)
FACTS_HELP = Help(
    "Which facts belong here?",
    "Those that make one way to deliver better here than elsewhere: people, distances, firms, water. "
    "Each needs a source. A block from a spreadsheet can be pasted.",
    "Green Book 2026, chapter 7: place",
)
BOUNDARY_HELP = Help(
    "What is outside?",
    "A reader must see what was left out and why, before asking. "
    "Give its size in pounds where it is known; it enters no total.",
    "Green Book 2026, chapter 6",
)


def _complete(missing: Callable[[Any], Sequence[str]]) -> Callable[[Sequence[Any]], str]:
    return lambda records: f"{sum(not missing(one) for one in records)} of {len(records)} complete"


# --- objectives ---


def _objective_cells(one: Objective) -> tuple[Cell, ...]:
    parts = need_state.smart(one)
    letters = " ".join(part.letter if part.there else "·" for part in parts)
    said = wording.listing([part.word.lower() for part in parts if part.there]) or "no letter yet"
    return (
        name_cell(one.statement, "Without words"),
        Cell(letters, spoken=said, tip=said),
        missing_cell(need_sections.missing_of_objective(one)),
    )


_OBJECTIVE_FIELDS = (
    (
        RecordField(
            key="statement",
            label="Objective",
            hint="What will be better, for whom",
            lines=2,
            help=Help(
                "Specific: what, and for whom?",
                "One change in one sentence, without naming how it is done. An objective that names a solution "
                "decides before the options are compared.",
                _SMART_SOURCE,
            ),
        ),
    ),
    (
        RecordField(
            key="measure",
            label="Measure",
            hint="What is counted, and who counts it",
            lines=1,
            help=Help(
                "Measurable: what is counted?",
                "A figure that is collected anyway, or whose collection is paid for in every option.",
                _SMART_SOURCE,
            ),
        ),
        RecordField(
            key="owner",
            label="Owner",
            hint="The post that answers for it",
            help=Help(
                "Relevant: who wants it?",
                "A post that answers for the objective, now and after the decision. "
                "One that nobody would own is not relevant enough.",
                _SMART_SOURCE,
            ),
        ),
    ),
    (
        RecordField(
            key="today",
            label="Today",
            hint="The figure now, with its year",
            lines=1,
            help=Help(
                "Achievable: from where?",
                "Without today's figure nobody can judge whether the target can be reached.",
                _SMART_SOURCE,
            ),
        ),
        RecordField(
            key="target",
            label="Target",
            hint="The figure that counts as reached",
            lines=1,
            help=Help(
                "Achievable: how far?",
                "A figure on the same measure as today's. Say what makes it reachable in the case for change.",
                _SMART_SOURCE,
            ),
        ),
        RecordField(
            key="by",
            label="By when",
            hint="For example March 2030",
            help=Help(
                "Time-bound: by when?",
                "A date inside the years compared, so that the same contract or team can be asked about it.",
                _SMART_SOURCE,
            ),
        ),
    ),
)

OBJECTIVES = RecordKind(
    noun="objective",
    plural="objectives",
    title="SMART objectives",
    read=lambda now: now.need.objectives,
    add=lambda now, key: edits.add_objective(now, objective=key, statement=""),
    change=lambda now, key, field, value: edits.change_objective(now, objective=key, **{field: str(value)}),
    remove=lambda now, key: edits.remove_objective(now, objective=key),
    move=lambda now, key, to: edits.move_objective(now, objective=key, to=to),
    columns=(
        TableColumn("Objective", "left", 210, stretch=True, wrap=True),
        TableColumn("SMART", "left", 96),
        TableColumn("Still missing", "left", 180, stretch=True, wrap=True),
    ),
    cells=_objective_cells,
    empty="No objective yet. Which change must every option be measured by?",
    icon="check",
    help=OBJECTIVES_HELP,
    measure=_complete(need_sections.missing_of_objective),
    fields=_OBJECTIVE_FIELDS,
)


class _Letter(Row):
    """One letter of SMART as a sign and its word."""

    def __init__(self, word: str) -> None:
        self._word = word
        self._sign = IconLabel("not-started", "ink2", 18)
        self._name = FlowLabel(word, "dense", "ink2", wrap=False)
        super().__init__(self._sign, self._name, stretches=(0, 1), gap=6)

    def show_part(self, part: need_state.SmartPart) -> None:
        """There or not, also as it is spoken."""
        self._sign.set_icon("completed" if part.there else "not-started", "good" if part.there else "ink2")
        self._name.set_ink("ink" if part.there else "ink2")
        self._name.setAccessibleName(f"{part.word}: {'written' if part.there else 'still missing'}")


class Objectives(Records):
    """The objectives; over the fields of the one in hand its five letters and, in words, what is missing."""

    def __init__(self, context: Context, helps: HelpByField) -> None:
        super().__init__(context, OBJECTIVES, helps)
        words = ("Specific", "Measurable", "Achievable", "Relevant", "Time-bound")
        self.letters = [_Letter(word) for word in words]
        self.lacks = FlowLabel("", "caption", "ink2")
        if self.detail is not None:
            self.detail.content.insertWidget(0, Row(*self.letters, gap=6))
            self.detail.content.insertWidget(1, self.lacks)

    def shown(self, record: Any) -> None:
        """The letters of the objective in hand."""
        for label, part in zip(self.letters, need_state.smart(record), strict=True):
            label.show_part(part)
        missing = need_sections.missing_of_objective(record)
        self.lacks.set_text(need_state.still_missing(missing) or "Nothing is missing.")


# --- outcomes ---


def _outcome_cells(one: Outcome) -> tuple[Cell, ...]:
    return (
        name_cell(one.name, "Without a name"),
        word_cell(one.target),
        missing_cell(need_sections.missing_of_outcome(one)),
    )


def _outcome_field(key: str, label: str, hint: str, title: str, text: str, lines: int = 2) -> RecordField:
    return RecordField(key=key, label=label, hint=hint, lines=lines, help=Help(title, text, OUTCOMES_HELP.source))


_OUTCOME_FIELDS = (
    (RecordField(key="name", label="Outcome", hint="What should be better for residents", help=OUTCOMES_HELP),),
    (
        _outcome_field(
            "today", "Today", "The figure now, with its year", OUTCOMES_HELP.title, OUTCOMES_HELP.text, lines=1
        ),
        _outcome_field(
            "target", "Target", "What would count as reached, by when", OUTCOMES_HELP.title, OUTCOMES_HELP.text, lines=1
        ),
    ),
    (
        _outcome_field(
            "works",
            "Where the service works",
            "Places, times or people it serves well",
            "Where does it work today?",
            "What works must not be lost. Name the streets, hours or people that are served well, and why.",
        ),
        _outcome_field(
            "fails",
            "Where it does not",
            "Places, times or people it fails",
            "Where does it fail today?",
            "Averages hide who is failed. Name the places, hours or people, with a figure.",
        ),
    ),
    (
        _outcome_field(
            "residents",
            "What residents say",
            "Survey, complaints, meetings: how many, and when",
            "What do residents say?",
            "Their own words or a count, with date and number of replies. Silence is worth saying too.",
        ),
    ),
    (
        _outcome_field(
            "evidence",
            "Evidence: where the figures come from",
            "Log, survey or return, with its date",
            "Who could check it?",
            "Name the record, its date and who keeps it, so that somebody else finds the same figure.",
            lines=1,
        ),
    ),
)

OUTCOMES = RecordKind(
    noun="outcome",
    plural="outcomes",
    title="Outcomes for residents",
    read=lambda now: now.need.outcomes,
    add=lambda now, key: edits.add_outcome(now, outcome=key, name=""),
    change=lambda now, key, field, value: edits.change_outcome(now, outcome=key, **{field: str(value)}),
    remove=lambda now, key: edits.remove_outcome(now, outcome=key),
    move=lambda now, key, to: edits.move_outcome(now, outcome=key, to=to),
    columns=(
        TableColumn("Outcome", "left", 190, stretch=True, wrap=True),
        TableColumn("Target", "left", 170, stretch=True, wrap=True),
        TableColumn("Still missing", "left", 150, stretch=True, wrap=True),
    ),
    cells=_outcome_cells,
    empty="Nothing is named yet. What should residents notice?",
    icon="people",
    help=OUTCOMES_HELP,
    measure=_complete(need_sections.missing_of_outcome),
    fields=_OUTCOME_FIELDS,
)

# --- facts ---


def _fact_cells(one: Fact) -> tuple[Cell, ...]:
    source = (
        word_cell(one.source, editable=True)
        if one.source.strip()
        else Cell("no source yet", ink="attention", editable=True, edit_text="")
    )
    return name_cell(one.name, "Without a name", editable=True), word_cell(one.value, editable=True), source


FACTS = RecordKind(
    noun="fact",
    plural="facts",
    title="Facts about the place",
    read=lambda now: now.need.facts,
    add=lambda now, key: edits.add_fact(now, fact=key, name=""),
    change=lambda now, key, field, value: edits.change_fact(now, fact=key, **{field: str(value)}),
    remove=lambda now, key: edits.remove_fact(now, fact=key),
    move=lambda now, key, to: edits.move_fact(now, fact=key, to=to),
    columns=(
        TableColumn("Fact", "left", 170, stretch=True, wrap=True),
        TableColumn("Value", "left", 130, stretch=True, wrap=True),
        TableColumn("Source", "left", 150, stretch=True, wrap=True),
    ),
    cells=_fact_cells,
    empty="No fact yet. What would a stranger have to know about this place?",
    icon="table",
    help=FACTS_HELP,
    measure=_complete(need_sections.missing_of_fact),
    typed=("name", "value", "source"),
)


# --- what is left out ---


def _parse_size(text: str) -> Decimal:
    """Pounds; nothing typed means not sized. ValueError with a sentence."""
    return money.parse(text) if text.strip() else Decimal("0.00")


def _size_text(pounds: Decimal) -> str:
    return amount_text(pounds) if pounds else ""


def _left_out_cells(one: LeftOut) -> tuple[Cell, ...]:
    return (
        name_cell(one.name, "Without a name"),
        word_cell(one.why),
        Cell(wording.money_short(one.pounds)) if one.pounds else Cell("not sized", ink="ink2"),
    )


def _left_out_measure(records: Sequence[Any]) -> str:
    sized = [one.pounds for one in records if one.pounds]
    total = sum(sized, Decimal("0.00"))
    words = f"{wording.capital(wording.how_many(len(records), 'item'))}, {len(sized)} sized"
    return f"{words}: {wording.money_short(total)} outside all totals" if sized else words


_LEFT_OUT_FIELDS = (
    (RecordField(key="name", label="What is left out", hint="For example sea walls", help=BOUNDARY_HELP),),
    (
        RecordField(
            key="why",
            label="Why",
            hint="The same in every option, another decision, too small",
            lines=2,
            help=Help(
                "Why may it stay outside?",
                "Good reasons: it is the same in every option, another body decides, or it is too small to matter.",
                BOUNDARY_HELP.source,
            ),
        ),
        RecordField(
            key="pounds",
            label="Size, if known",
            parse=_parse_size,
            show=_size_text,
            help=Help(
                "How large is it?",
                "A rough figure over the years compared, in pounds. Leave it empty where nobody knows.",
                BOUNDARY_HELP.source,
            ),
        ),
    ),
)

LEFT_OUT = RecordKind(
    noun="item",
    plural="items",
    title="Left out of this appraisal",
    read=lambda now: now.need.left_out,
    add=lambda now, key: edits.add_left_out(now, item=key, name=""),
    change=lambda now, key, field, value: edits.change_left_out(
        now, item=key, **{field: value if isinstance(value, Decimal) else str(value)}
    ),
    remove=lambda now, key: edits.remove_left_out(now, item=key),
    move=lambda now, key, to: edits.move_left_out(now, item=key, to=to),
    columns=(
        TableColumn("What", "left", 180, stretch=True, wrap=True),
        TableColumn("Why", "left", 200, stretch=True, wrap=True),
        TableColumn("Size", "right", 100),
    ),
    cells=_left_out_cells,
    empty="Nothing is said to be outside. What would a reader look for in vain?",
    icon="find",
    help=BOUNDARY_HELP,
    measure=_left_out_measure,
    fields=_LEFT_OUT_FIELDS,
)
