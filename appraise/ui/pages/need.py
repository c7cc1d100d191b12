"""Step 1, the need: what is decided, why now, for which place, and what should be better for residents."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from appraise.model import money
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.need import Outcome
from appraise.model.edits import basis, need
from appraise.model.finding import Finding, Severity
from appraise.model.parameters import LAST_YEAR
from appraise.model.periods import label
from appraise.ui.context import Context, View
from appraise.ui.pages.pane_parts import RestingPage
from appraise.ui.pages.text_parts import Help, HelpByField, TextPart, TextParts
from appraise.ui.shell import pane_frame
from appraise.ui.widgets import base
from appraise.ui.widgets.buttons import Button, IconButton
from appraise.ui.widgets.cards import Card, Column, PageFrame, Panel, Row
from appraise.ui.widgets.fields import NumberField, TextArea, TextField
from appraise.ui.widgets.findings import FindingRow, FindingsList
from appraise.ui.widgets.labels import Divider, EmptyState, FlowLabel

_CASE = Help(
    "What is wrong today?",
    "Say what happens to residents and to the money if the service goes on as it is. "
    "A board that agrees on the problem can disagree about options.",
    "Green Book 2026, chapter 4",
)
_OUTCOME = Help(
    "What would residents notice?",
    "Name an effect, not an activity: homes that stay dry, not gullies cleaned. "
    "Give today's figure and a target with a date, so that anybody can tell later.",
    "Green Book 2026, table 2: SMART objectives",
)
_TITLE = Help(
    "What is being decided?",
    "Name the service and the year from which the decision holds. The title stands on every page that is printed.",
)
_YEARS = Help(
    "How many years?",
    "Long enough to hold the contract, its set-up and its end. Every option is compared over the same years.",
    "Green Book 2026, chapter 6",
)
_PARTS = (
    TextPart(
        key="case_for_change",
        label="Case for change",
        hint="Why the service cannot stay as it is",
        help=_CASE,
        read=lambda appraisal: appraisal.need.case_for_change,
        change=lambda appraisal, text: need.set_case_for_change(appraisal, text=text),
        lines=4,
    ),
    TextPart(
        key="business_as_usual",
        label="Business as usual",
        hint="What happens if nothing is decided",
        help=Help(
            "What if nobody decides?",
            "Describe the service as it would go on, with its cost and its failures, in absolute terms. "
            "Every option is measured against it.",
            "Green Book 2026, chapter 4",
        ),
        read=lambda appraisal: appraisal.need.business_as_usual,
        change=lambda appraisal, text: need.set_business_as_usual(appraisal, text=text),
    ),
    TextPart(
        key="place",
        label="The place",
        hint="What is particular about the people and the area",
        help=Help(
            "What is special here?",
            "Coast or town, who lives here, who could deliver, what residents say. "
            "The right way to deliver depends on the place.",
        ),
        read=lambda appraisal: appraisal.need.place,
        change=lambda appraisal, text: need.set_place(appraisal, text=text),
    ),
)
_OUTSIDE = TextPart(
    key="not_in_the_numbers",
    label="Not in the numbers",
    hint="What matters and has no figure in this appraisal",
    help=Help(
        "What do the figures leave out?",
        "List what a fair reader would miss. It is printed beside the answer, so nobody has to find it.",
        "Green Book 2026, chapter 6",
    ),
    read=lambda appraisal: appraisal.need.not_in_the_numbers,
    change=lambda appraisal, text: need.set_not_in_the_numbers(appraisal, text=text),
    lines=2,
)


class DecisionCard(Card):
    """Title, body and the years compared. `fields` by the names that findings use."""

    def __init__(self, context: Context) -> None:
        super().__init__("What is being decided")
        self._context = context
        self.name = TextField("Title", label="Title", hint="Service and first year")
        self.body = TextField("Body that decides", label="Body that decides", hint="Council or other public body")
        year = partial(money.parse_whole, low=1900, high=2200)
        self.first_year = NumberField("First year", year, label="First year, from April")
        self.years = NumberField("Years compared", partial(money.parse_whole, low=1, high=LAST_YEAR), label="Years")
        self.reason = TextArea("Reason for the years", label="Why this many years", hint="One sentence", lines=1)
        self.fields: dict[str, TextField | TextArea] = {
            "title": self.name,
            "body": self.body,
            "first_year": self.first_year,
            "years": self.years,
            "reason": self.reason,
        }
        self.add(self.name)
        self.add(Row(self.body, self.first_year, self.years, stretches=(4, 2, 3)))
        self.add(self.reason)
        self._bind(self.name, lambda now, text: basis.set_title(now, title=text), "Change title")
        self._bind(self.body, lambda now, text: basis.set_body(now, body=text), "Change body")
        self._bind(self.reason, lambda now, text: basis.set_horizon_reason(now, reason=text), "Change reason for years")
        self.first_year.parsed.connect(
            lambda value: context.apply(basis.set_first_year(context.appraisal, first_year=value), "Change first year")
        )
        self.years.parsed.connect(
            lambda value: context.apply(basis.set_years(context.appraisal, years=value), "Change number of years")
        )

    def show_view(self, view: View) -> None:
        """The document's fields, with what is wrong in them."""
        appraisal = view.appraisal
        texts = (
            appraisal.title,
            appraisal.body,
            str(appraisal.horizon.first_year),
            str(appraisal.horizon.years),
            appraisal.horizon.reason,
        )
        wrong = {one.field: one for one in view.findings if one.step == 1 and one.severity is Severity.ERROR}
        for (key, field), text in zip(self.fields.items(), texts, strict=True):
            field.set_text(text)
            if key in wrong and isinstance(field, TextField):
                field.set_fault(f"{wrong[key].sentence} {wrong[key].mend}")
        first, last = appraisal.horizon.first_year, appraisal.horizon.years - 1
        span = f"{label(first)} to {label(first, last)}" if not wrong else ""
        self.set_title("What is being decided", span)

    def _bind(self, field: TextField | TextArea, change: Callable[[Appraisal, str], Appraisal], action: str) -> None:
        context = self._context
        field.committed.connect(lambda text: context.apply(change(context.appraisal, text), action))


class OutcomeEditor(Panel):
    """One outcome: name, today, target and evidence, and buttons to move and remove it. `fields` by name."""

    def __init__(self, context: Context, outcome: Outcome) -> None:
        super().__init__()
        self._context, self._id = context, outcome.id
        self.name = TextField("Outcome", hint="What should be better for residents")
        self.today = TextArea("Today", label="Today", lines=1)
        self.target = TextArea("Target", label="Target", lines=1)
        self.evidence = TextArea("Evidence", label="Evidence: where it works, where not", lines=1)
        self.up = IconButton("up", "Move up")
        self.down = IconButton("down", "Move down")
        self.remove = IconButton("bin", "Remove")
        self.fields: dict[str, QWidget] = {
            "name": self.name,
            "today": self.today,
            "target": self.target,
            "evidence": self.evidence,
        }
        head = Row(self.name, self.up, self.down, self.remove, stretches=(1, 0, 0, 0), gap=4)
        self.content.addWidget(head)
        self.content.addWidget(Row(self.today, self.target))
        self.content.addWidget(self.evidence)
        self._connect()

    def _connect(self) -> None:
        context, key = self._context, self._id
        changes = (
            (self.name.committed, lambda now, text: need.rename_outcome(now, outcome=key, name=text), "name"),
            (self.today.committed, lambda now, text: need.set_outcome_today(now, outcome=key, today=text), "today"),
            (self.target.committed, lambda now, text: need.set_outcome_target(now, outcome=key, target=text), "target"),
            (
                self.evidence.committed,
                lambda now, text: need.set_outcome_evidence(now, outcome=key, evidence=text),
                "evidence",
            ),
        )
        for signal, change, word in changes:
            signal.connect(
                lambda text, change=change, word=word: context.apply(
                    change(context.appraisal, text), f"Change {word} of an outcome"
                )
            )
        self.up.clicked.connect(lambda: self._move(-1))
        self.down.clicked.connect(lambda: self._move(1))
        self.remove.clicked.connect(
            lambda: context.apply(need.remove_outcome(context.appraisal, outcome=key), "Remove an outcome")
        )

    def show_outcome(self, outcome: Outcome, place: int, count: int) -> None:
        """The outcome's words; spoken names say which outcome it is."""
        self.name.set_text(outcome.name)
        self.today.set_text(outcome.today)
        self.target.set_text(outcome.target)
        self.evidence.set_text(outcome.evidence)
        which = outcome.name or f"outcome {place + 1}"
        self.name.line.setAccessibleName(f"Outcome {place + 1}")
        for area, word in ((self.today, "Today"), (self.target, "Target"), (self.evidence, "Evidence")):
            area.sheet.setAccessibleName(f"{word}, {which}")
        for button, word in ((self.up, "Move up"), (self.down, "Move down"), (self.remove, "Remove")):
            button.set_name(f"{word}: {which}")
        self.up.setEnabled(place > 0)
        self.down.setEnabled(place < count - 1)

    def stops(self) -> tuple[QWidget, ...]:
        """What takes the keyboard, in reading order."""
        return (
            self.name.line, self.up, self.down, self.remove,
            self.today.sheet, self.target.sheet, self.evidence.sheet,
        )  # fmt: skip

    def _move(self, by: int) -> None:
        now = self._context.appraisal
        place = next(number for number, one in enumerate(now.need.outcomes) if one.id == self._id)
        to = min(max(place + by, 0), len(now.need.outcomes) - 1)
        self._context.apply(need.move_outcome(now, outcome=self._id, to=to), "Move an outcome")


class OutcomesCard(Card):
    """All outcomes, each with its editor, and a button for one more. `editors` by the outcome's id."""

    def __init__(self, context: Context, helps: HelpByField) -> None:
        super().__init__("Outcomes for residents")
        self._context, self._helps = context, helps
        self.editors: dict[str, OutcomeEditor] = {}
        self.add_button = Button("Add an outcome", kind="plain", icon="plus", small=True)
        self.add_button.clicked.connect(self._add)
        self.add_action(self.add_button)
        self._empty = EmptyState(
            "people", "Nothing is named yet. What should residents notice?", "Add the first outcome"
        )
        self._empty.activated.connect(self._add)
        self._list = Column(gap=10)
        self.add(self._empty)
        self.add(self._list)

    def show_outcomes(self, outcomes: tuple[Outcome, ...]) -> None:
        """Editors in the order of the outcomes; those that stay are kept, with what is half typed in them."""
        known = {outcome.id for outcome in outcomes}
        for key in [key for key in self.editors if key not in known]:
            editor = self.editors.pop(key)
            self._helps.forget(editor)
            self._list.line.removeWidget(editor)
            editor.hide()
            editor.deleteLater()
        for place, outcome in enumerate(outcomes):
            editor = self.editors.get(outcome.id) or self._made(outcome)
            if self._list.line.indexOf(editor) != place:
                self._list.line.insertWidget(place, editor)
            editor.show_outcome(outcome, place, len(outcomes))
        base.tab_chain(self.add_button, *(stop for one in outcomes for stop in self.editors[one.id].stops()))
        told = sum(bool(outcome.target.strip()) for outcome in outcomes)
        measure = f"{told} of {len(outcomes)} have a target" if outcomes else ""
        self.set_title("Outcomes for residents", measure)
        self._empty.setVisible(not outcomes)
        self._list.setVisible(bool(outcomes))

    def _made(self, outcome: Outcome) -> OutcomeEditor:
        editor = OutcomeEditor(self._context, outcome)
        self.editors[outcome.id] = editor
        self._helps.add(editor, _OUTCOME)
        return editor

    def _add(self) -> None:
        new = self._context.fresh_id("outcome")
        self._context.apply(need.add_outcome(self._context.appraisal, outcome=new, name=""), "Add an outcome")
        if new in self.editors:
            self.editors[new].name.setFocus()


class NeedPage(RestingPage):
    """Step 1. Text and outcomes in the middle; what is still missing on the right."""

    def __init__(self, context: Context) -> None:
        frame = PageFrame(
            "Step 1 of 10", "Need", "Why the service is looked at now, for whom, and what should be better."
        )
        self.decision = DecisionCard(context)
        self.texts = TextParts(context, _PARTS)
        self.outside = TextParts(context, (_OUTSIDE,))
        helps = {self.decision.name: _TITLE, self.decision.body: _TITLE, **self.texts.helps(), **self.outside.helps()}
        for field in (self.decision.first_year, self.decision.years, self.decision.reason):
            helps[field] = _YEARS
        self.help = HelpByField(_CASE, helps)
        self.outcomes = OutcomesCard(context, self.help)
        words = Card("Why now")
        words.add(self.texts)
        rest = Card("What the figures leave out")
        rest.add(self.outside)
        for card in (self.decision, words, self.outcomes, rest):
            frame.add(card)
        frame.end()
        super().__init__(context, frame)
        self.found = FindingsList("Findings on the need")
        self.found.chosen.connect(self._go)
        self._all_good = FlowLabel("", "dense", "ink2")
        self.pane = pane_frame(
            FlowLabel("Found on this page", "card"), self._all_good, self.found, Divider(), self.help
        )
        self.follow()

    def show_view(self, old: View | None, new: View) -> None:
        """Texts, outcomes and what was found on this step."""
        self.decision.show_view(new)
        if old is None or old.appraisal.need is not new.appraisal.need:
            self.texts.show_texts(new.appraisal)
            self.outside.show_texts(new.appraisal)
            self.outcomes.show_outcomes(new.appraisal.need.outcomes)
        found = [one for one in new.findings if one.step == 1]
        rows = [FindingRow(one.severity.value, one.place, one.sentence, one.mend, one) for one in found]
        self.found.set_findings(rows)
        self.found.setVisible(bool(rows))
        self._all_good.set_text("Nothing: everything asked for is written." if not rows else "Click one to go to it.")

    def focus_first(self) -> None:
        """The title."""
        self.decision.name.setFocus()

    def focus_place(self, record: str, field: str) -> None:
        """The field that a finding names."""
        places: dict[str, QWidget] = {**self.decision.fields, **self.texts.areas, **self.outside.areas}
        editor = self.outcomes.editors.get(record)
        if editor is not None:
            place = editor.fields.get(field, editor.name)
        elif field == "outcomes":
            place = self.outcomes.add_button
        else:
            place = places.get(field, self.decision.name)
        place.setFocus()

    def _go(self, finding: object) -> None:
        if isinstance(finding, Finding):
            self.focus_place(finding.record, finding.field)
