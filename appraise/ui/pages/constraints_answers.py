"""What can be done about a constraint before tender, and what suppliers believe of it while it is unclear."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from appraise.model.appraisal.constraints import Constraint, Impact, Prevention, SupplierView
from appraise.model.appraisal.document import Appraisal
from appraise.model.edits import constraints as edits
from appraise.present import wording
from appraise.ui.context import Context, View
from appraise.ui.pages.constraints_chance import amount_text, parse_cost, parse_share, share_text
from appraise.ui.pages.constraints_impact import ImpactFields
from appraise.ui.pages.constraints_parts import FaultLine, labelled
from appraise.ui.pages.constraints_record import ConstraintCard
from appraise.ui.pages.constraints_terms import carried_somewhere
from appraise.ui.pages.results_charts import Sides
from appraise.ui.widgets.cards import Column, Row
from appraise.ui.widgets.choices import SegmentBar
from appraise.ui.widgets.fields import MoneyField, PercentField, TextArea, TextField
from appraise.ui.widgets.labels import FlowLabel

_OURS, _THEIRS = "ours", "theirs"
_NOTHING, _SOMETHING = "nothing", "something"
_WHETHER, _SIZE = "whether", "size"


class AnswerCard(ConstraintCard):
    """A card whose fields give up half-typed text when another constraint comes to hand."""

    fields: tuple[TextField, ...]
    texts: tuple[TextArea, ...] = ()

    def take(self, constraint: Constraint) -> None:
        """The constraint in hand from now on."""
        if self.constraint is not None and self.constraint.id != constraint.id:
            for field in self.fields:
                field.give_up()
            for area in self.texts:
                area.sheet.setPlainText(area.sheet.saved)
        self.constraint = constraint

    def change(self, what: str, action: Callable[..., Appraisal], **values: object) -> None:
        """Applies an edit function to the constraint in hand."""
        self.edit(lambda appraisal, one: action(appraisal, constraint=one.id, **values), what)


class ViewCard(AnswerCard):
    """What suppliers believe: the same as the authority, or a chance and an impact of their own."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "What suppliers believe while it is unclear")
        self.whose = SegmentBar("Whose view suppliers price", [(_OURS, "Same as ours"), (_THEIRS, "Their own view")])
        self.percent = PercentField("Chance as suppliers see it, in per cent", parse_share, label="Chance they see")
        self.impact = ImpactFields("Impact as suppliers see it")
        self.fields = (self.percent, *self.impact.fields)
        chance = Row(self.percent, stretches=(0,))
        chance.line.addStretch(1)
        self.own = Column(chance, self.impact)
        self.errors = FaultLine()
        note = "Their view moves their price, never the outcome. A clear answer before tender takes the gap away."
        for part in (self.whose, self.own, self.errors, FlowLabel(note, "caption", "ink2")):
            self.add(part)
        self.whose.chosen.connect(self._choose)
        self.percent.parsed.connect(self._set_chance)
        self.impact.changed.connect(self._set_impact)

    def _choose(self, key: str) -> None:
        constraint = self.constraint
        if constraint is None:
            return
        if key == _OURS:
            self.change("suppliers' view", edits.clear_view)
        elif constraint.view is None:
            self._set(self._view())
            self.percent.setFocus()

    def _view(self) -> SupplierView | None:
        """Their view; ours while they have none."""
        constraint = self.constraint
        if constraint is None:
            return None
        return constraint.view or SupplierView(probability=constraint.probability, impact=constraint.impact)

    def _set(self, view: SupplierView | None) -> None:
        if view is not None:
            impact = view.impact
            values = {"low": impact.low, "likely": impact.likely, "high": impact.high, "shape": impact.shape}
            self.change("suppliers' view", edits.set_view, probability=view.probability, **values)

    def _set_chance(self, share: float) -> None:
        view = self._view()
        self._set(replace(view, probability=share) if view is not None else None)

    def _set_impact(self, impact: Impact, _what: str) -> None:
        view = self._view()
        if view is not None:
            self._set(replace(view, impact=impact))

    def show_constraint(self, view: View, constraint: Constraint) -> None:
        """Show one constraint; the card is hidden where no supplier prices it and nothing is entered."""
        self.take(constraint)
        theirs = constraint.view
        self.setVisible(theirs is not None or carried_somewhere(constraint))
        self.whose.set_current(_OURS if theirs is None else _THEIRS)
        self.own.setVisible(theirs is not None)
        title = "Suppliers see it as we do"
        if theirs is not None:
            title = "Suppliers have a view of their own"
            if 0 <= theirs.probability <= 1:
                title = f"Suppliers see a chance of {wording.in_hundred(theirs.probability)}"
            self.percent.set_text(share_text(theirs.probability))
            self.impact.show_impact(theirs.impact)
        self.set_title(title, "What suppliers believe while it is unclear")
        self.errors.show_errors(view.findings, constraint.id, ("view",))


class SettlingCard(AnswerCard):
    """Getting the answer before tender: what it costs, how surely it works, and what becomes known."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Settling it before tender")
        self.cost = MoneyField("Cost of asking", parse_cost, label="Asking costs")
        self.delay = MoneyField("Cost of the delay", parse_cost, label="The delay costs")
        self.success = PercentField("Chance that there is an answer in time", parse_share, label="Answer in time")
        self.reveals = SegmentBar(
            "What becomes known", [(_WHETHER, "Only whether it happens"), (_SIZE, "Also what it costs")]
        )
        self.how = TextArea("How it would be settled", label="How it would be settled", lines=2)
        self.fields, self.texts = (self.cost, self.delay, self.success), (self.how,)
        self.errors = FaultLine()
        known = labelled("What becomes known", self.reveals)
        for part in (Row(self.cost, self.delay, self.success), self.errors, known, self.how):
            self.add(part)
        self.cost.parsed.connect(lambda pounds: self._set("the cost of asking", cost=pounds))
        self.delay.parsed.connect(lambda pounds: self._set("the cost of the delay", delay_cost=pounds))
        self.success.parsed.connect(lambda share: self._set("the chance of an answer", success=share))
        self.reveals.chosen.connect(lambda key: self._set("what becomes known", reveals_size=key == _SIZE))
        self.how.committed.connect(lambda text: self._set("how it is settled", how=text))

    def _set(self, what: str, **values: object) -> None:
        self.change(what, edits.change_settling, **values)

    def show_constraint(self, view: View, constraint: Constraint) -> None:
        """Show one constraint."""
        self.take(constraint)
        settling = constraint.settling
        total = settling.cost + settling.delay_cost
        title = "Asking first costs nothing" if total == 0 else f"Asking first costs {wording.money(total)}"
        if 0 <= settling.success < 1:
            title += f"; an answer comes in time in {wording.percent(settling.success)} of cases"
        self.set_title(title, "Settling it before tender; the delay is part of the cost")
        self.cost.set_text(amount_text(settling.cost))
        self.delay.set_text(amount_text(settling.delay_cost))
        self.success.set_text(share_text(settling.success))
        self.reveals.set_current(_SIZE if settling.reveals_size else _WHETHER)
        self.how.set_text(settling.how)
        self.errors.show_errors(view.findings, constraint.id, ("settling",))


class PreventionCard(AnswerCard):
    """Work that makes it less likely: its cost, the chance that is left, and what says so."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Making it less likely")
        self.known = SegmentBar(
            "Whether something helps", [(_NOTHING, "Nothing known"), (_SOMETHING, "Something helps")]
        )
        self.cost = MoneyField("Cost of making it less likely", parse_cost, label="It costs")
        self.left = PercentField("Chance that is left, in per cent", parse_share, label="Chance that is left")
        self.evidence = TextArea("What says that it helps", label="What says that it helps", lines=2)
        self.fields, self.texts = (self.cost, self.left), (self.evidence,)
        self.terms = Column(Sides(self.cost, self.left, fold=300), self.evidence)
        self.errors = FaultLine()
        for part in (self.known, self.terms, self.errors):
            self.add(part)
        self.known.chosen.connect(self._choose)
        self.cost.parsed.connect(self._set_cost)
        self.left.parsed.connect(self._set_left)
        self.evidence.committed.connect(self._set_evidence)

    def _choose(self, key: str) -> None:
        constraint = self.constraint
        if constraint is None:
            return
        if key == _NOTHING:
            self.change("what helps", edits.clear_prevention)
        elif constraint.prevention is None:
            self._set(self._known())
            self.cost.setFocus()

    def _known(self) -> Prevention | None:
        """What helps; at first nothing that costs anything or changes the chance."""
        constraint = self.constraint
        if constraint is None:
            return None
        return constraint.prevention or Prevention(probability=constraint.probability)

    def _set(self, known: Prevention | None) -> None:
        if known is not None:
            values = {"cost": known.cost, "probability": known.probability, "evidence": known.evidence}
            self.change("what helps", edits.set_prevention, **values)

    def _set_cost(self, pounds: Decimal) -> None:
        known = self._known()
        self._set(replace(known, cost=pounds) if known is not None else None)

    def _set_left(self, share: float) -> None:
        known = self._known()
        self._set(replace(known, probability=share) if known is not None else None)

    def _set_evidence(self, text: str) -> None:
        known = self._known()
        self._set(replace(known, evidence=text) if known is not None else None)

    def show_constraint(self, view: View, constraint: Constraint) -> None:
        """Show one constraint."""
        self.take(constraint)
        known = constraint.prevention
        self.known.set_current(_NOTHING if known is None else _SOMETHING)
        self.terms.setVisible(known is not None)
        title = "Nothing is known that makes it less likely"
        if known is not None:
            title = "Something makes it less likely"
            if 0 <= known.probability <= 1 and known.probability != constraint.probability:
                left = wording.percent(known.probability)
                title = f"{wording.money(known.cost)} brings the chance to {left}"
            self.cost.set_text(amount_text(known.cost))
            self.left.set_text(share_text(known.probability))
            self.evidence.set_text(known.evidence)
        self.set_title(title, "Work before tender, whoever bears it afterwards")
        self.errors.show_errors(view.findings, constraint.id, ("prevention",))
