"""What a bearer does about the chosen constraint in one option: what is left of it, its cost, and what says so."""

from collections.abc import Callable
from dataclasses import replace

from appraise.model.appraisal.constraints import Bearer, Bearing, Constraint, Impact, Management
from appraise.model.appraisal.document import Appraisal
from appraise.model.edits import constraints as edits
from appraise.model.risk_premium import bearings_of
from appraise.present.constraint_bearers import DOER_OF_SEVERAL
from appraise.ui.pages.constraints_chance import amount_text, parse_cost, parse_share, share_text
from appraise.ui.pages.constraints_impact import ImpactFields
from appraise.ui.pages.constraints_parts import labelled, offer
from appraise.ui.pages.constraints_shares import Edit
from appraise.ui.pages.results_charts import Sides
from appraise.ui.widgets.cards import Column
from appraise.ui.widgets.choices import PickList, SegmentBar
from appraise.ui.widgets.fields import MoneyField, PercentField, TextArea
from appraise.ui.widgets.labels import FlowLabel

_NOTHING, _SOMETHING = "nothing", "something"
_SAME, _OWN = "same", "own"
NO_EVIDENCE = "This counts for nothing in the figures, neither effect nor cost, until something shows that it works."


class ManagedPart(Column):
    """The management effect of one option; insourced or outsourced, the same may be claimed with evidence.

    `edit` applies a change of the constraint.
    """

    def __init__(self, edit: Edit) -> None:
        self._edit = edit
        self._constraint: Constraint | None = None
        self._option = ""
        self.asked = FlowLabel("", "caption", "ink2")
        self.known = SegmentBar(
            "Whether something is done about it here", [(_NOTHING, "Nothing"), (_SOMETHING, "Something is done")]
        )
        self.who = PickList("Who does something about it")
        self.whom = labelled("Who does it", self.who)
        self.left = PercentField("Chance that is left, in per cent", parse_share, label="Chance that is left")
        self.cost = MoneyField("What it costs for certain", parse_cost, label="It costs, for certain")
        self.whose = SegmentBar("Impact that is left", [(_SAME, "As for everybody"), (_OWN, "Another impact")])
        self.impact = ImpactFields("Impact that is left")
        self.evidence = TextArea("What shows that it works", label="What shows that it works", lines=2)
        self.fault = FlowLabel(NO_EVIDENCE, "caption", "attention")
        self.fields = (self.left, self.cost, *self.impact.fields)
        self.terms = Column(
            self.whom,
            Sides(self.left, self.cost, fold=300),
            labelled("Impact that is left", self.whose),
            self.impact,
            self.evidence,
            self.fault,
        )
        super().__init__(
            FlowLabel("What is done about it here", "dense-strong"), self.asked, self.known, self.terms, gap=8
        )
        self._connect()

    def _connect(self) -> None:
        self.known.chosen.connect(self._choose)
        self.who.chosen.connect(self._hand_over)
        self.left.parsed.connect(
            lambda share: self._change("the chance that is left", lambda now: replace(now, probability=share))
        )
        self.cost.parsed.connect(
            lambda pounds: self._change("the cost of managing it", lambda now: replace(now, cost=pounds))
        )
        self.whose.chosen.connect(self._choose_impact)
        self.impact.changed.connect(self._set_impact)
        self.evidence.committed.connect(
            lambda text: self._change("the evidence of managing it", lambda now: replace(now, evidence=text))
        )

    # --- what is changed ---

    def _parts(self) -> tuple[Bearing, ...]:
        return bearings_of(self._constraint, self._option) if self._constraint is not None else ()

    def _doing(self) -> Bearing | None:
        """The part whose bearer does something."""
        return next((one for one in self._parts() if one.managed is not None), None)

    def _choose(self, key: str) -> None:
        constraint, option = self._constraint, self._option
        if constraint is None or not self._parts():
            return
        if key == _NOTHING:
            self._edit(
                lambda now, one: edits.clear_managed(now, constraint=one.id, option=option), "what is done about it"
            )
        elif self._doing() is None:
            new = Management(probability=constraint.probability)
            self._set(self._parts()[0].bearer, new, "what is done about it")
            self.left.setFocus()

    def _hand_over(self, key: str) -> None:
        doing = self._doing()
        if doing is not None and doing.managed is not None:
            self._set(Bearer(key), doing.managed, "who does something about it")

    def _change(self, what: str, change: Callable[[Management], Management]) -> None:
        doing = self._doing()
        if doing is not None and doing.managed is not None:
            self._set(doing.bearer, change(doing.managed), what)

    def _set(self, bearer: Bearer, managed: Management, what: str) -> None:
        """One bearer of the option at most does something about it."""
        option = self._option

        def change(now: Appraisal, one: Constraint) -> Appraisal:
            doing = self._doing()
            if doing is not None and doing.bearer is not bearer:
                now = edits.clear_managed(now, constraint=one.id, option=option)
            return edits.set_managed(
                now,
                constraint=one.id,
                option=option,
                bearer=bearer,
                probability=managed.probability,
                cost=managed.cost,
                impact=managed.impact,
                evidence=managed.evidence,
            )

        self._edit(change, what)

    def _choose_impact(self, key: str) -> None:
        if self._constraint is not None:
            impact = None if key == _SAME else self._left()
            self._change("the impact that is left", lambda now: replace(now, impact=impact))

    def _left(self) -> Impact | None:
        """The impact that is left; that of everybody while none of its own is entered."""
        doing = self._doing()
        if doing is None or doing.managed is None or self._constraint is None:
            return None
        return doing.managed.impact or self._constraint.impact

    def _set_impact(self, impact: Impact, _what: str) -> None:
        self._change("the impact that is left", lambda now: replace(now, impact=impact))

    # --- what is shown ---

    def show_option(self, constraint: Constraint, option: str) -> None:
        """Show what is done in one option that meets the constraint."""
        if (self._option, self._constraint and self._constraint.id) != (option, constraint.id):
            for field in self.fields:
                field.give_up()
            self.evidence.sheet.setPlainText(self.evidence.sheet.saved)
        self._constraint, self._option = constraint, option
        doing = self._doing()
        managed = doing.managed if doing is not None else None
        manager = constraint.manager.strip().rstrip(".")
        self.asked.set_text(f"Who can actually manage it: {manager}." if manager else "Nobody is named to manage it.")
        self.known.set_current(_NOTHING if managed is None else _SOMETHING)
        self.terms.setVisible(managed is not None)
        if doing is None or managed is None:
            return
        parts = self._parts()
        offer(self.who, [(one.bearer.value, DOER_OF_SEVERAL[one.bearer]) for one in parts], doing.bearer.value)
        self.whom.setVisible(len(parts) > 1)
        self.left.set_text(share_text(managed.probability))
        self.cost.set_text(amount_text(managed.cost))
        self.whose.set_current(_SAME if managed.impact is None else _OWN)
        self.impact.setVisible(managed.impact is not None)
        self.impact.show_impact(managed.impact or constraint.impact)
        self.evidence.set_text(managed.evidence)
        self.fault.setVisible(not managed.evidence.strip())
