"""The register of step 6: the list of constraints and, beside it, everything about the one in hand."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from appraise.model.appraisal.constraints import Agreement, Bearer, Constraint, RegisterKind
from appraise.model.edits import constraints as edits
from appraise.model.risk_premium import claimed_manager
from appraise.present import wording
from appraise.present.constraint_bearers import shares_message
from appraise.ui import theme
from appraise.ui.context import Context, View
from appraise.ui.pages.constraints_answers import PreventionCard, SettlingCard, ViewCard
from appraise.ui.pages.constraints_bearers import BearersCard
from appraise.ui.pages.constraints_explains import ExplainsCard
from appraise.ui.pages.constraints_option import OptionCard
from appraise.ui.pages.constraints_record import AgreementCard, ChanceCard
from appraise.ui.pages.constraints_register import Register
from appraise.ui.pages.constraints_section import Section, Seen
from appraise.ui.pages.results_charts import Sides
from appraise.ui.widgets.buttons import Button
from appraise.ui.widgets.cards import Card, Column
from appraise.ui.widgets.labels import EmptyState, FlowLabel


class RegisterCard(Card):
    """The list of constraints with the button that adds one."""

    def __init__(self) -> None:
        super().__init__("Register", padding=0)
        self.agreed = FlowLabel("", "caption", "ink2", wrap=False)
        self.register = Register()
        self.new = Button("Add a constraint", kind="plain", icon="plus", small=True)
        self.add_action(self.agreed)
        self.add(self.register)
        self.add(self.new)
        self.end()

    def show_constraints(self, constraints: tuple[Constraint, ...], current: str) -> None:
        """The list, and how many of those that somebody has to agree are agreed."""
        self.register.set_constraints(constraints, current)
        asked = [one for one in constraints if one.kind is RegisterKind.CONSTRAINT]
        agreed = sum(one.agreement is Agreement.AGREED for one in asked)
        self.agreed.set_text(f"{agreed} of {len(asked)} agreed")

    def apply_theme(self) -> None:
        """Rows reach from edge to edge; the heading keeps its padding."""
        super().apply_theme()
        self._head.setContentsMargins(theme.px(16), theme.px(14), theme.px(16), theme.px(4))
        self.content.setContentsMargins(1, 0, 1, theme.px(8))


class RegisterSide(Sides):
    """Register and record side by side; above each other the register's rows are flat."""

    def __init__(self, card: RegisterCard, record: QWidget) -> None:
        self._card = card
        super().__init__(card, record, stretches=(0, 1), fold=640)
        self.line.setAlignment(card, Qt.AlignmentFlag.AlignTop)
        self.turned()

    def turned(self) -> None:
        """The register is 212 px wide beside the record, as wide as the page above it."""
        self._card.register.set_flat(self.folded())
        self._bound()

    def apply_theme(self) -> None:
        """Takes gap and width."""
        super().apply_theme()
        self._bound()

    def _bound(self) -> None:
        width = 16_777_215 if self.folded() else theme.px(216)
        self._card.setMinimumWidth(0 if self.folded() else width)
        self._card.setMaximumWidth(width)


class RegisterSection(Section):
    """The register drives the cards beside it.

    Signals: picked(id) when another constraint is in hand; prices_wanted() to see how suppliers price.
    """

    picked = Signal(str)
    prices_wanted = Signal()

    def __init__(self, context: Context) -> None:
        self._current = ""
        self.list = RegisterCard()
        self.chance, self.bearers, self.agreement = ChanceCard(context), BearersCard(context), AgreementCard(context)
        self.view, self.settling, self.prevention = ViewCard(context), SettlingCard(context), PreventionCard(context)
        self.explains, self.option = ExplainsCard(context), OptionCard(context)
        borne = (self.chance, self.bearers, self.option, self.view)
        record = Column(*borne, self.agreement, self.settling, self.prevention, self.explains, gap=11)
        record.line.addStretch(1)
        self.sides = RegisterSide(self.list, record)
        self.empty_card = Card()
        self.empty = EmptyState(
            "attention",
            "No constraint is recorded yet: a permit, a consent, anything others must agree.",
            "Add the first one",
        )
        self.empty_card.add(self.empty)
        super().__init__(context, self.empty_card, self.sides)
        self._connect()

    def _connect(self) -> None:
        self.list.register.picked.connect(self._pick)
        self.list.register.opened.connect(self.chance.name.setFocus)
        self.list.register.removal_wanted.connect(self._remove)
        self.list.new.clicked.connect(self._add)
        self.empty.activated.connect(self._add)
        self.chance.up.clicked.connect(lambda: self._move(-1))
        self.chance.down.clicked.connect(lambda: self._move(1))
        self.chance.remove.clicked.connect(lambda: self._remove(self._current))
        self.bearers.prices_wanted.connect(self.prices_wanted)
        self.bearers.picked.connect(self.option.take)
        self.bearers.several.connect(self._share)

    def _share(self, option: str) -> None:
        """Several bear it in an option: its card comes to hand."""
        self.option.take(option)
        self.option.shares.table.setFocus()
        self.option.shares.table.place(Bearer.SUPPLIER.value, 1)

    # --- which constraint is in hand ---

    def current(self) -> str:
        """The constraint in hand; the first where the one before is gone."""
        ids = [one.id for one in self.context.appraisal.constraints]
        return self._current if self._current in ids else ids[0] if ids else ""

    def take(self, constraint: str) -> None:
        """Bring a constraint to hand at the next view."""
        self._current = constraint

    def _pick(self, constraint: str) -> None:
        self._current = constraint
        self._show(None, self.context.view)
        self.picked.emit(constraint)

    # --- what is shown ---

    def show_seen(self, old: View | None, seen: Seen) -> None:
        """Bring register and cards to the view."""
        self._show(old, seen.view)

    def _show(self, old: View | None, new: View) -> None:
        self._current = self.current()
        constraint = next((one for one in new.appraisal.constraints if one.id == self._current), None)
        self.empty_card.setVisible(constraint is None)
        self.sides.setVisible(constraint is not None)
        if constraint is None:
            return
        if old is None or old.appraisal.constraints is not new.appraisal.constraints:
            self.list.show_constraints(new.appraisal.constraints, constraint.id)
        self.bearers.show_constraint(new, constraint)
        if old is not None and old.appraisal is new.appraisal and old.findings is new.findings:
            return  # figures have come: nothing else of an entry tells any
        for card in (self.chance, self.option, self.view, self.settling, self.prevention, self.explains):
            card.show_constraint(new, constraint)
        self.agreement.show_constraint(constraint)

    # --- what can be done ---

    def _add(self) -> None:
        self._current = self.context.fresh_id("constraint")
        new = edits.add_constraint(self.context.appraisal, constraint=self._current, name="New constraint")
        self.context.apply(new, "Add a constraint")
        self.chance.name.setFocus()
        self.chance.name.line.selectAll()

    def _remove(self, constraint: str) -> None:
        ids = [one.id for one in self.context.appraisal.constraints]
        if constraint not in ids:
            return
        place = ids.index(constraint)
        rest = ids[:place] + ids[place + 1 :]
        self._current = rest[min(place, len(rest) - 1)] if rest else ""
        name = self.context.appraisal.constraints[place].name
        new = edits.remove_constraint(self.context.appraisal, constraint=constraint)
        self.context.apply(new, f"Remove {wording.shorten(name or 'a constraint', 30)}")
        if not rest:  # what had the focus is hidden now
            self.focus_first()

    def _move(self, step: int) -> None:
        ids = [one.id for one in self.context.appraisal.constraints]
        to = ids.index(self._current) + step
        if 0 <= to < len(ids):
            new = edits.move_constraint(self.context.appraisal, constraint=self._current, to=to)
            self.context.apply(new, "Move a constraint")

    # --- where the keyboard goes ---

    def focus_place(self, record: str, field: str) -> None:
        """Bring a constraint to hand and put the focus on its field."""
        if any(one.id == record for one in self.context.appraisal.constraints):
            self._pick(record)
        if field == "bearings":
            self._wrong_bearing().setFocus()
            return
        fields: dict[str, QWidget] = {
            "body": self.chance.body,
            "probability": self.chance.percent,
            "impact": self.chance.impact.low,
            "impact_from": self.chance.first,
            "index": self.chance.index,
            "manager": self.bearers.manager,
            "shares": self.option.shares.table,
            "terms": self.option.pain.target,
            "managed": self.option.managed.evidence,
            "agreement": self.agreement.agreement,
            "evidence": self.agreement.evidence,
            "view": self.view.percent,
            "settling": self.settling.cost,
            "prevention": self.prevention.evidence,
            "lines": self.explains.lines.table,
        }
        fields.get(field, self.chance.name).setFocus()

    def _wrong_bearing(self) -> QWidget:
        """Where shares do not add up or evidence is missing, in the card of its option; else the table of bearers."""
        constraint = next((one for one in self.context.appraisal.constraints if one.id == self._current), None)
        if constraint is None:
            return self.bearers.table
        for option in self.context.appraisal.options:
            acts = claimed_manager(constraint, option.id)
            if shares_message(constraint, option.id):
                self.option.take(option.id)
                return self.option.shares.table
            if acts is not None and acts.managed is not None and not acts.managed.evidence.strip():
                self.option.take(option.id)
                return self.option.managed.evidence
        return self.bearers.table

    def focus_first(self) -> None:
        """The register, or the button that starts it."""
        (self.list.register if self.current() else self.empty.action).setFocus()
