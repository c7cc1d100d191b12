"""Everything about the chosen constraint in one option: who shares it, on what terms, and what is done about it."""

from PySide6.QtCore import Signal

from appraise.model.appraisal.constraints import Bearer, Constraint
from appraise.model.risk_premium import bearings_of
from appraise.present.constraint_bearers import bearers_words
from appraise.ui.context import Context, View
from appraise.ui.pages.constraints_managed import ManagedPart
from appraise.ui.pages.constraints_pain import PainPart
from appraise.ui.pages.constraints_record import ConstraintCard
from appraise.ui.pages.constraints_shares import SharesPart, lots_of
from appraise.ui.pages.results_tables import narrow_name
from appraise.ui.widgets.choices import Switch
from appraise.ui.widgets.labels import Divider


class OptionCard(ConstraintCard):
    """Shares and lot, pain and gain, and management of one option that meets the constraint.

    Signals: picked(option) when the user takes another option in hand.
    """

    picked = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__(context, "How it is borne in one option")
        self.switch = Switch("Option in hand")
        self.shares, self.pain, self.managed = SharesPart(self.edit), PainPart(self.edit), ManagedPart(self.edit)
        self.line = Divider()
        for part in (self.switch, self.shares, self.line, self.pain, Divider(), self.managed):
            self.add(part)
        self._view: View | None = None
        self._option = ""
        self.switch.chosen.connect(self._pick)

    @property
    def option(self) -> str:
        """The option in hand; "" where none meets the constraint."""
        return self._option

    def _pick(self, option: str) -> None:
        self.take(option)
        self.picked.emit(option)

    def take(self, option: str) -> None:
        """Bring an option to hand, where it meets the constraint."""
        if self._view is not None and self.constraint is not None:
            self._option = option
            self.show_constraint(self._view, self.constraint)

    def show_constraint(self, view: View, constraint: Constraint) -> None:
        """Show one constraint in the option in hand; the first that meets it where that one does not."""
        self._view, self.constraint = view, constraint
        exposed = [one for one in view.appraisal.options if bearings_of(constraint, one.id)]
        self.setVisible(bool(exposed))
        if not exposed:
            return
        option = next((one for one in exposed if one.id == self._option), exposed[0])
        self._option = option.id
        self.switch.set_choices([(one.id, narrow_name(one)) for one in exposed], option.id)
        self.switch.setVisible(len(exposed) > 1)
        self.set_title(f"How {narrow_name(option)} bears it", bearers_words(constraint, option.id))
        self.shares.show_option(constraint, option.id, lots_of(view.appraisal))
        parts = bearings_of(constraint, option.id)
        shared = next((one for one in parts if one.bearer is Bearer.PAIN_GAIN), None)
        for part in (self.line, self.pain):
            part.setVisible(shared is not None)
        if shared is not None:
            self.pain.show_bearing(constraint, shared)
        self.managed.show_option(constraint, option.id)
