"""Step 7: whether each year can be paid for, in which scenario, how likely not, and what longer money is worth."""

from PySide6.QtGui import QResizeEvent

from appraise.model.appraisal.funding import Scenario
from appraise.present import advice
from appraise.ui import theme
from appraise.ui.context import Context, View
from appraise.ui.pages.funding_contracts import ContractsSection
from appraise.ui.pages.funding_grants import GrantsSection
from appraise.ui.pages.funding_money import MoneySection
from appraise.ui.pages.funding_pane import FundingPane
from appraise.ui.pages.funding_prevention import PreventionSection
from appraise.ui.pages.funding_section import NAMELESS, FundingSection, Hand, Side
from appraise.ui.pages.funding_settlements import SettlementsSection
from appraise.ui.pages.results_charts import Sides
from appraise.ui.pages.results_state import FiguresPage, FreshChip, errors_of
from appraise.ui.pages.results_tables import narrow_name
from appraise.ui.widgets.buttons import Button
from appraise.ui.widgets.cards import PageFrame, Row, page_keys
from appraise.ui.widgets.choices import PickList, Switch
from appraise.ui.widgets.labels import FlowLabel

_LEAD = "Whether each year can be paid for, and what short settlements add to the cost."
MONEY, SETTLEMENTS, GRANTS, PREVENTION, CONTRACTS = "money", "settlements", "grants", "prevention", "contracts"
#: The sections by key; the first comes first, and each is made when it is first looked at.
SECTIONS: dict[str, tuple[str, type[FundingSection]]] = {
    MONEY: ("Money against cost", MoneySection),
    SETTLEMENTS: ("Settlements", SettlementsSection),
    GRANTS: ("Grants", GrantsSection),
    PREVENTION: ("Prevention", PreventionSection),
    CONTRACTS: ("Contracts", ContractsSection),
}
_OF_OPTION = (MONEY, CONTRACTS)
_OF_SCENARIO = (MONEY, SETTLEMENTS, CONTRACTS)


class ChoiceBar(Sides):
    """The choices of option and scenario. A word before the scenarios gives way where they need its room."""

    def __init__(self) -> None:
        self.option, self.scenario = PickList("Option"), Switch("Funding scenario")
        self._label = FlowLabel("Scenario", "dense", "ink2", wrap=False)
        label = FlowLabel("Option", "dense", "ink2", wrap=False)
        self.of_option = Row(label, self.option, stretches=(0, 1), gap=8)
        self.of_scenario = Row(self._label, self.scenario, stretches=(0, 1), gap=8)
        super().__init__(self.of_option, self.of_scenario, stretches=(0, 1), fold=560, gap=16)

    def show_parts(self, *, option: bool, scenario: bool) -> None:
        """Which of the two can be chosen; without either the bar is gone."""
        self.of_option.setVisible(option)
        self.of_scenario.setVisible(scenario)
        self.setVisible(option or scenario)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may have room for the word, or not."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        beside = self.of_option.sizeHint().width() + theme.px(16) if not self.of_option.isHidden() else 0
        wanted = self.scenario.sizeHint().width() + self._label.sizeHint().width() + theme.px(8)
        self._label.setVisible(self.folded() or beside + wanted <= self.width())


def _choices() -> list[tuple[str, str]]:
    return [(key, words) for key, (words, _) in SECTIONS.items()]


class FundingPage(FiguresPage):
    """Five sections under one switch, with one option and one scenario in hand for all of them. `sections` by key."""

    def __init__(self, context: Context) -> None:
        self._frame = PageFrame("Step 7 of 10", "Funding", _LEAD)
        self.sections: dict[str, FundingSection] = {}
        self._seen: dict[str, View | None] = {}
        self.hand = Hand()
        self._chosen = ""
        self.new = Button("Add a scenario", icon="plus")
        self._frame.add_action(self.new)
        self.switch = Switch("Part of this step", _choices(), whole=True)
        self.fresh = FreshChip()
        self.bar = ChoiceBar()
        self.option, self.scenario = self.bar.option, self.bar.scenario
        self._frame.add_bar(Row(self.switch, self.fresh, stretches=(1, 0), gap=8))
        self._frame.add_bar(self.bar, may_scroll=True)
        self._frame.end()
        super().__init__(context, self._frame)
        self.pane = self.side = FundingPane()
        self._connect()
        self.follow()

    def _connect(self) -> None:
        self.switch.chosen.connect(lambda _key: self._turn())
        self.option.chosen.connect(self._choose_option)
        self.scenario.chosen.connect(self.hand.take)
        self.hand.moved.connect(self._show_again)
        self.new.clicked.connect(self._ask_for_scenario)
        self._frame.rearranged.connect(self._frame.chain)
        page_keys(self, self._step)

    # --- which section is shown ---

    def _made(self, key: str) -> FundingSection:
        """A section, made now if need be."""
        if key not in self.sections:
            section = SECTIONS[key][1](self.context, Side(self.hand, self.side.help))
            self.sections[key] = section
            self._seen[key] = None
            self._frame.body.insertWidget(self._frame.body.count() - 1, section)
            section.placed.connect(self._frame.reveal_focus)
            if isinstance(section, MoneySection):
                section.add_wanted.connect(self._ask_for_scenario)
            if isinstance(section, SettlementsSection):
                section.section_wanted.connect(self.turn_to)
        return self.sections[key]

    @property
    def section(self) -> FundingSection:
        """The section in hand."""
        return self._made(self.switch.current())

    def turn_to(self, key: str) -> None:
        """Shows a section, as the switch does."""
        if key != self.switch.current():
            self.switch.set_current(key)
            self._turn()
            self.focus_first()

    def _step(self, by: int) -> None:
        self.switch.step(by)
        self.focus_first()

    def _turn(self) -> None:
        self._show_again()
        self._help()
        self._frame.to_top()

    def _help(self) -> None:
        """The help of the section in hand, until a field of it is."""
        first = SECTIONS[self.switch.current()][1].first
        self.side.help.show_help(first.title, first.text, first.source)

    def _show_again(self) -> None:
        self.show_view(self.context.view, self.context.view)

    # --- what is shown ---

    def current(self) -> Scenario | None:
        """The scenario in hand; the first where the one before is gone."""
        scenarios = self.context.appraisal.scenarios
        found = next((one for one in scenarios if one.id == self.hand.scenario), None)
        return found or (scenarios[0] if scenarios else None)

    def _current_option(self, view: View) -> str:
        """The option that somebody has chosen; until then the recommended one, or who leads."""
        ids = [one.id for one in view.appraisal.options]
        if self._chosen in ids:
            return self._chosen
        figures = self.figures
        preferred = advice.preferred(figures.results, figures.appraisal) if figures is not None else ""
        return preferred if preferred in ids else (ids[0] if ids else "")

    def show_view(self, old: View | None, new: View) -> None:
        """The section in hand, what is in hand, and the pane; other sections catch up when they are turned to."""
        if old is None:
            self._seen = dict.fromkeys(self._seen)
            self._chosen = ""
            self.switch.set_current(MONEY)
            self._help()
        scenario = self.current()
        self.hand.figures, self.hand.option = self.figures, self._current_option(new)
        self.hand.scenario = scenario.id if scenario is not None else ""
        self.fresh.show_view(new, self.figures)
        key, now = self.switch.current(), self.section
        self._show_bar(new, key)
        before, self._seen[key] = self._seen[key], new
        now.show_view(before, new)
        for section in self.sections.values():
            section.setVisible(section is now)
        whole = key == MONEY
        stopped = bool(errors_of(new))
        self.side.show_figures(self.figures, self.hand.option, self.hand.scenario, whole=whole, stopped=stopped)
        self._frame.chain()

    def _show_bar(self, view: View, key: str) -> None:
        """The choices of option and scenario, where the section has either."""
        appraisal = view.appraisal
        self.option.set_choices([(one.id, narrow_name(one) or NAMELESS) for one in appraisal.options])
        self.scenario.set_choices([(one.id, one.name or NAMELESS) for one in appraisal.scenarios])
        if self.hand.option and self.option.current() != self.hand.option:
            self.option.set_current(self.hand.option)
        if self.hand.scenario:
            self.scenario.set_current(self.hand.scenario)
        options = key in _OF_OPTION and bool(appraisal.options) and (key != MONEY or bool(appraisal.scenarios))
        scenarios = key in _OF_SCENARIO and bool(appraisal.scenarios)
        self.bar.show_parts(option=options, scenario=scenarios)

    def _choose_option(self, option: str) -> None:
        self._chosen = option
        self._show_again()

    def _ask_for_scenario(self) -> None:
        self.turn_to(SETTLEMENTS)
        section = self._made(SETTLEMENTS)
        if isinstance(section, SettlementsSection):
            section.ask()

    # --- where the keyboard goes ---

    def focus_first(self) -> None:
        """Where work in the section in hand begins."""
        if self.switch.current() == MONEY and self.option.isVisibleTo(self):
            self.option.setFocus()
        else:
            self.section.focus_first()

    def focus_place(self, record: str, field: str) -> None:
        """The field of a record of this step, in its section; or a section, asked for by its key."""
        if not record:
            key = field if field in SECTIONS else self.switch.current()
            self.switch.set_current(key)
            self._turn()
            self.focus_first()
            return
        appraisal = self.context.appraisal
        key = next((key for key, (_, made) in SECTIONS.items() if made.holds(appraisal, record, field)), MONEY)
        if any(one.id == record for one in appraisal.options):
            self._chosen = record
        self.switch.set_current(key)
        self._turn()
        self.section.focus_place(record, field)
        self._frame.reveal_focus()
