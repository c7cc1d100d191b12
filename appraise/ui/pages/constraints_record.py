"""The chosen constraint of step 6: how likely, how much, when, and how far it is agreed."""

from collections.abc import Callable

from appraise.model import periods
from appraise.model.appraisal.constraints import Agreement, Constraint, Impact, RegisterKind
from appraise.model.appraisal.document import Appraisal
from appraise.model.edits import constraints as edits
from appraise.model.finding import horizon_years
from appraise.present import wording
from appraise.present.tables import AGREEMENTS
from appraise.ui.context import Context, View
from appraise.ui.pages.constraints_chance import parse_share, share_text
from appraise.ui.pages.constraints_impact import ImpactFields
from appraise.ui.pages.constraints_parts import FaultLine, labelled, offer, show_start
from appraise.ui.pages.results_charts import Sides
from appraise.ui.widgets.buttons import IconButton
from appraise.ui.widgets.cards import Card, Row
from appraise.ui.widgets.choices import PickList, SegmentBar
from appraise.ui.widgets.fields import PercentField, TextArea, TextField
from appraise.ui.widgets.labels import FlowLabel
from appraise.ui.widgets.sliders import ProbabilitySlider

_ONCE, _EACH = "once", "each"
_KINDS = {RegisterKind.CONSTRAINT: "Somebody has to agree it", RegisterKind.RISK: "Ordinary risk"}


class ConstraintCard(Card):
    """A card about the constraint in hand. `edit` applies one change of it and names the undo step."""

    def __init__(self, context: Context, title: str, subtitle: str = "") -> None:
        super().__init__(title, subtitle)
        self.context = context
        self.constraint: Constraint | None = None

    def edit(self, change: Callable[[Appraisal, Constraint], Appraisal], what: str, *, gesture: str = "") -> None:
        """Apply `change`; `what` completes "Change ... of <constraint>"."""
        if self.constraint is not None:
            name = self.constraint.name or "a constraint"
            action = f"Change {what} of {wording.shorten(name, 30)}"
            self.context.apply(change(self.context.appraisal, self.constraint), action, gesture=gesture)


class ChanceCard(ConstraintCard):
    """Name, kind, body, chance and impact with its years."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "How likely it is, and how much it would cost")
        self.name = TextField("Constraint", label="Constraint")
        self.kind = SegmentBar("What it is", [(kind.value, words) for kind, words in _KINDS.items()])
        self.body = TextField("Who has to agree", label="Who has to agree")
        self.up = IconButton("up", "Move this constraint up")
        self.down = IconButton("down", "Move this constraint down")
        self.remove = IconButton("bin", "Remove this constraint")
        for button in (self.up, self.down, self.remove):
            self.add_action(button)
        self.slider = ProbabilitySlider("Chance that it turns out other than assumed")
        self.percent = PercentField("Chance in per cent", parse_share, label="Chance")
        self.impact = ImpactFields("Impact", " if it happens")
        self.once = SegmentBar("Where it happens", [(_ONCE, "Everywhere at once"), (_EACH, "In each option by itself")])
        self.happens = labelled("If it happens, it happens", self.once)
        self.first, self.years = PickList("First year of the impact"), PickList("How many years it falls on")
        self.index = PickList("Price index that it follows")
        self.faults = {"probability": FaultLine(), "impact": FaultLine(), "impact_from": FaultLine()}
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.add(self.kind)
        self.add(Sides(self.name, self.body, fold=420))
        self.add(FlowLabel("Chance that it turns out other than assumed", "dense-strong"))
        self.add(FlowLabel("The same in every option, unless whoever bears it does something.", "caption", "ink2"))
        percent = Row(self.percent, stretches=(1,))
        self.add(Sides(self.slider, percent, stretches=(4, 1), fold=380, gap=16))
        self.add(self.faults["probability"])
        self.add(self.impact)
        self.add(self.faults["impact"])
        self.add(self.happens)
        years = (labelled("From", self.first), labelled("Spread over", self.years), labelled("Price index", self.index))
        self.add(Sides(*years, fold=460))
        self.add(self.faults["impact_from"])

    def _connect(self) -> None:
        self.kind.chosen.connect(lambda key: self._set("the kind", edits.change_constraint, kind=RegisterKind(key)))
        self.name.committed.connect(lambda text: self._set("the name", edits.rename_constraint, name=text))
        self.body.committed.connect(lambda text: self._set("the body", edits.set_constraint_body, body=text))
        self.slider.dragging.connect(self._drag)
        self.slider.released.connect(lambda _value: self.context.end_gesture())
        self.percent.parsed.connect(lambda share: self._set("the chance", edits.set_probability, probability=share))
        self.impact.changed.connect(self._set_impact)
        self.once.chosen.connect(
            lambda key: self._set("where it happens", edits.change_constraint, shared=key == _ONCE)
        )
        self.first.chosen.connect(lambda key: self._set_years(first=int(key)))
        self.years.chosen.connect(lambda key: self._set_years(years=int(key)))
        self.index.chosen.connect(lambda key: self._set("the price index", edits.set_constraint_index, index=key))

    def _set(self, what: str, action: Callable[..., Appraisal], *, gesture: str = "", **values: object) -> None:
        self.edit(lambda appraisal, one: action(appraisal, constraint=one.id, **values), what, gesture=gesture)

    def _drag(self, percent: int) -> None:
        if self.constraint is not None:
            gesture = f"probability/{self.constraint.id}"
            self._set("the chance", edits.set_probability, probability=percent / 100, gesture=gesture)

    def _set_impact(self, impact: Impact, what: str) -> None:
        self.edit(
            lambda appraisal, one: edits.set_impact(
                appraisal,
                constraint=one.id,
                low=impact.low,
                likely=impact.likely,
                high=impact.high,
                shape=impact.shape,
            ),
            what,
        )

    def _set_years(self, first: int | None = None, years: int | None = None) -> None:
        if self.constraint is None:
            return
        start = self.constraint.impact_from if first is None else first
        count = self.constraint.impact_years if years is None else years
        room = self.context.appraisal.horizon.years - start
        self._set("the years", edits.set_impact_years, first=start, years=max(1, min(count, room)))

    def show_constraint(self, view: View, constraint: Constraint) -> None:
        """Show one constraint of a view."""
        if self.constraint is not None and self.constraint.id != constraint.id:
            for field in (self.name, self.body, self.percent, self.impact):
                field.give_up()
        self.constraint = constraint
        appraisal = view.appraisal
        place = appraisal.constraints.index(constraint)
        self.up.setEnabled(place > 0)
        self.down.setEnabled(place < len(appraisal.constraints) - 1)
        self.set_title(_message(constraint), f"Prices of {periods.label(appraisal.horizon.first_year)}")
        self.kind.set_current(constraint.kind.value)
        self.name.set_label("Constraint" if constraint.kind is RegisterKind.CONSTRAINT else "Risk")
        self.name.set_text(constraint.name)
        self.body.set_text(constraint.body)
        self.body.setVisible(constraint.kind is RegisterKind.CONSTRAINT or bool(constraint.body))
        show_start(self.name, self.body)
        self.slider.set_value(round(min(max(constraint.probability, 0.0), 1.0) * 100))
        self.percent.set_text(share_text(constraint.probability))
        self.impact.show_impact(constraint.impact)
        self.happens.setVisible(constraint.kind is RegisterKind.RISK or not constraint.shared)
        self.once.set_current(_ONCE if constraint.shared else _EACH)
        self._show_years(appraisal, constraint)
        indices = [("", "General inflation"), *((index.id, index.name) for index in appraisal.indices)]
        offer(self.index, indices, constraint.index)
        for field_name, line in self.faults.items():
            line.show_errors(view.findings, constraint.id, (field_name,))

    def _show_years(self, appraisal: Appraisal, constraint: Constraint) -> None:
        horizon, first = appraisal.horizon, constraint.impact_from
        last = horizon_years(appraisal)
        offsets = sorted({*range(last), max(first, 0)})
        starts = [(str(year), periods.label(horizon.first_year, year)) for year in offsets]
        offer(self.first, starts, str(first))
        counts = sorted({*range(1, max(last - max(first, 0), 1) + 1), constraint.impact_years})
        spans = [(str(count), wording.how_many(count, "year")) for count in counts]
        offer(self.years, spans, str(constraint.impact_years))


def _message(constraint: Constraint) -> str:
    """The chance and the impact in a sentence; only what the card is about while they cannot be right."""
    impact, chance = constraint.impact, constraint.probability
    if not (0 <= chance <= 1 and impact.low <= impact.likely <= impact.high) or impact.high == 0:
        return "How likely it is, and how much it would cost"
    extent = wording.money_range(impact.low, impact.high)
    return f"{wording.capital(wording.in_hundred(chance))} that it turns out otherwise, for {extent}"


class AgreementCard(ConstraintCard):
    """How far the outside body has agreed, what is unclear, and what it all rests on."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "What has been agreed")
        self.agreement = SegmentBar("How far it is agreed", [(key.value, text) for key, text in AGREEMENTS.items()])
        self.asked = TextField("Asked on", label="Asked on", hint="nobody asked yet")
        self.expected = TextField("Answer expected", label="Answer expected", hint="not known")
        self.unclear = TextArea("What is unclear", label="What is unclear", lines=2)
        self.evidence = TextArea("Evidence", label="What the chance and the impact rest on", lines=2)
        self.add(self.agreement)
        self.dates = Sides(self.asked, self.expected, fold=420)
        self.add(self.dates)
        self.add(self.unclear)
        self.add(self.evidence)
        self._connect()

    def _connect(self) -> None:
        self.agreement.chosen.connect(
            lambda key: self._set("the agreement", edits.set_agreement, agreement=Agreement(key))
        )
        self.asked.committed.connect(lambda text: self._set("the date asked", edits.set_asked_on, asked_on=text))
        self.expected.committed.connect(
            lambda text: self._set("the date expected", edits.set_answer_expected, answer_expected=text)
        )
        self.unclear.committed.connect(lambda text: self._set("what is unclear", edits.set_unclear, unclear=text))
        self.evidence.committed.connect(
            lambda text: self._set("the evidence", edits.set_constraint_evidence, evidence=text)
        )

    def _set(self, what: str, action: Callable[..., Appraisal], **values: object) -> None:
        self.edit(lambda appraisal, one: action(appraisal, constraint=one.id, **values), what)

    def show_constraint(self, constraint: Constraint) -> None:
        """Show one constraint. Nobody has to agree an ordinary risk, so what is asked of a body is left out."""
        if self.constraint is not None and self.constraint.id != constraint.id:
            self.asked.give_up()
            self.expected.give_up()
            for area in (self.unclear, self.evidence):
                area.sheet.setPlainText(area.sheet.saved)
        self.constraint = constraint
        asked = constraint.kind is RegisterKind.CONSTRAINT
        self.set_title("What has been agreed" if asked else "What is known of it")
        self.dates.setVisible(asked)
        self.agreement.setVisible(asked or constraint.agreement is Agreement.AGREED)
        self.agreement.set_current(constraint.agreement.value)
        self.asked.set_text(constraint.asked_on)
        self.expected.set_text(constraint.answer_expected)
        show_start(self.asked, self.expected)
        self.unclear.set_text(constraint.unclear)
        self.evidence.set_text(constraint.evidence)
