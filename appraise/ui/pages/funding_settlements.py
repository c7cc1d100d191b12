"""The settlements of step 7: the scenario in hand with its money by year, and other scenarios made of it."""

from PySide6.QtCore import Signal

from appraise.model.appraisal.document import Appraisal
from appraise.ui.context import Context, View
from appraise.ui.pages import funding_help
from appraise.ui.pages.funding_chain import ChainCard
from appraise.ui.pages.funding_new import NewScenario
from appraise.ui.pages.funding_scenario import ScenarioCard, UsedCard
from appraise.ui.pages.funding_section import FundingSection, Side, shows_again
from appraise.ui.pages.funding_years import CAPITAL, REVENUE, STATUS, YearsCard

_BY_YEAR = (REVENUE, CAPITAL, STATUS)


class SettlementsSection(FundingSection):
    """Settlements, money by year, rules, grants and stops of one scenario.

    Signals: section_wanted(key) when grants or programmes have to be entered first.
    """

    section_wanted = Signal(str)
    first = funding_help.SCENARIO

    def __init__(self, context: Context, side: Side) -> None:
        self.new = NewScenario(context, side)
        self.card, self.used = ScenarioCard(context, side), UsedCard(context, side)
        self.chain, self.years = ChainCard(context, side), YearsCard(context, side)
        self._asked = False
        self._shown = ""
        super().__init__(context, side, self.new, self.card, self.chain, self.years, self.used)
        self.new.made.connect(self._take_new)
        self.new.given_up.connect(self._give_up)
        self.card.removed.connect(self._after_removal)
        self.chain.added.connect(lambda _widget: self.placed.emit())
        self.used.to_grants.clicked.connect(lambda: self.section_wanted.emit("grants"))
        self.used.to_programmes.clicked.connect(lambda: self.section_wanted.emit("prevention"))

    @staticmethod
    def holds(appraisal: Appraisal, record: str, field: str) -> bool:  # noqa: ARG004  as all sections
        """The scenarios and their settlements."""
        return any(
            record == scenario.id or any(record == one.id for one in scenario.settlements)
            for scenario in appraisal.scenarios
        )

    def show_view(self, old: View | None, new: View) -> None:
        """The scenario in hand; without one, the ways to make the first."""
        if old is None:
            self._asked = False
        scenario = next((one for one in new.appraisal.scenarios if one.id == self.hand.scenario), None)
        self.new.setVisible(scenario is None or self._asked)
        self.new.show_view(new, scenario.id if scenario is not None else "")
        for part in (self.card, self.chain, self.used):
            part.setVisible(scenario is not None)
        if scenario is None:
            self.card.forget()
            self.years.hide()
            self._shown = ""
            return
        if shows_again(old, new) or scenario.id != self._shown:
            self._shown = scenario.id
            for card in (self.card, self.chain, self.years, self.used):
                card.show_scenario(new, scenario)

    # --- another scenario ---

    def ask(self) -> None:
        """Opens the ways to make another scenario."""
        self._asked = True
        self.show_view(self.context.view, self.context.view)
        self.new.focus_first()
        self.placed.emit()

    def _give_up(self) -> None:
        self._asked = False
        self.show_view(self.context.view, self.context.view)
        self.focus_first()

    def _take_new(self, scenario: str) -> None:
        self._asked = False
        self.hand.take(scenario)
        self.card.name.start_over()
        self.placed.emit()

    def _after_removal(self) -> None:
        """Without a scenario, what had the focus is hidden."""
        if not self.context.appraisal.scenarios:
            self.new.focus_first()

    # --- where the keyboard goes ---

    def focus_first(self) -> None:
        """The settlements, or the first way to make a scenario."""
        if self.scenario() is None:
            self.new.focus_first()
        else:
            self.chain.focus_first()

    def focus_place(self, record: str, field: str) -> None:
        """The field of a scenario or of one of its settlements."""
        for scenario in self.context.appraisal.scenarios:
            if any(one.id == record for one in scenario.settlements):
                self.hand.take(scenario.id)
                if field in _BY_YEAR:
                    self.years.focus_year(record, field)
                else:
                    self.chain.focus_field(record, field)
                return
            if scenario.id == record:
                self.hand.take(scenario.id)
                self._focus_field(field)
                return
        self.focus_first()

    def _focus_field(self, field: str) -> None:
        targets = {
            "source": self.card.source,
            "restored": self.card.restored,
            "carry_over": self.card.carry,
            "grants": self.used.grants.table,
        }
        if field == "settlements":
            self.chain.focus_first()
        elif field == "stops":
            self.used.focus_stop()
        else:
            targets.get(field, self.card.name).setFocus()
