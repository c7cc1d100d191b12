"""Step 7: whether each year can be paid for, under each funding scenario."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.funding import Scenario
from appraise.model.edits import funding as edits
from appraise.model.results import Results
from appraise.present import advice, charts
from appraise.ui import theme
from appraise.ui.context import Context, View
from appraise.ui.pages.funding_pane import FundingPane, funding_of
from appraise.ui.pages.funding_settlements import ScenarioCard
from appraise.ui.pages.results_charts import FigureCard, Sides
from appraise.ui.pages.results_state import FiguresPage, FreshChip, MissingFigures
from appraise.ui.widgets.buttons import Button
from appraise.ui.widgets.cards import Card, PageFrame, Row
from appraise.ui.widgets.choices import PickList, SegmentBar
from appraise.ui.widgets.labels import EmptyState, FlowLabel

if TYPE_CHECKING:
    from appraise.present.chart_parts import Chart, ChartStyle


#: The columns of the settlements that have help of their own.
_HELP_FIELDS = {4: "renewal", 5: "cut_low", 6: "cut_likely", 7: "cut_high"}


class FundingPage(FiguresPage):
    """The page of step 7: an option, a scenario, the money against the cost, and the settlements behind it."""

    def __init__(self, context: Context) -> None:
        frame = PageFrame(
            "Step 7 of 10", "Funding", "Whether each year can be paid for, and how likely it falls short."
        )
        self._option, self._scenario = "", ""
        self.new = Button("Add a scenario", icon="plus")
        frame.add_action(self.new)
        self.option, self.scenario = PickList("Option"), SegmentBar("Funding scenario")
        self.edit = Button("Edit settlements")
        self.bar = self._make_bar()
        self.missing = MissingFigures(context, "Figures appear here as soon as an option has costs.", "Go to costs", 5)
        self.fan, self.gaps, self.fresh = FigureCard(290), FigureCard(230), FreshChip()
        self.fan.add_action(self.fresh)
        self.fan.end()
        self.gaps.end()
        self.settlements = ScenarioCard(context)
        self.empty_card = Card()
        self.empty = EmptyState(
            "chart",
            "No funding scenario is entered yet: what money is promised, and for how many years?",
            "Add a scenario",
        )
        self.empty_card.add(self.empty)
        for part in (self.empty_card, self.bar, self.missing, self.fan, self.gaps, self.settlements):
            frame.add(part)
        frame.end()
        super().__init__(context, frame)
        self.pane = self.side = FundingPane()
        self._connect()
        self.follow()

    def _make_bar(self) -> Sides:
        option = Row(FlowLabel("Option", "dense", "ink2", wrap=False), self.option, stretches=(0, 1), gap=8)
        scenario = Row(
            FlowLabel("Scenario", "dense", "ink2", wrap=False), self.scenario, self.edit, stretches=(0, 1, 0), gap=8
        )
        return Sides(option, scenario, stretches=(0, 1), fold=560, gap=16)

    def _connect(self) -> None:
        self.option.chosen.connect(self._choose_option)
        self.scenario.chosen.connect(self._choose_scenario)
        self.edit.clicked.connect(self._edit_settlements)
        self.new.clicked.connect(self._add)
        self.empty.activated.connect(self._add)
        self.settlements.terms.moved.connect(self._show_help)
        self.settlements.added.connect(self._bring_into_sight)
        self.settlements.removed.connect(self._after_removal)

    def _show_help(self, _settlement: str, column: int) -> None:
        self.side.show_help(_HELP_FIELDS.get(column, ""))

    def _bring_into_sight(self, widget: QWidget) -> None:
        """Scroll until a part that has just got the focus can be seen, once the page is laid out anew."""
        QTimer.singleShot(0, self, partial(self._scroll_to, widget))

    def _scroll_to(self, widget: QWidget) -> None:
        parent = widget.parentWidget()
        while parent is not None and not isinstance(parent, QScrollArea):
            parent = parent.parentWidget()
        if parent is not None:
            parent.ensureWidgetVisible(widget, 0, theme.px(48))

    def current(self) -> Scenario | None:
        """The scenario in hand; the first where the one before is gone."""
        scenarios = self.context.appraisal.scenarios
        found = next((one for one in scenarios if one.id == self._scenario), None)
        return found or (scenarios[0] if scenarios else None)

    def _current_option(self, view: View) -> str:
        ids = [one.id for one in view.appraisal.options]
        if self._option in ids:
            return self._option
        figures = self.figures
        preferred = advice.preferred(figures.results, figures.appraisal) if figures is not None else ""
        return preferred if preferred in ids else (ids[0] if ids else "")

    def show_view(self, old: View | None, new: View) -> None:
        """Bring choices, charts, settlements and pane to the view."""
        scenario, self._option = self.current(), self._current_option(new)
        self._scenario = scenario.id if scenario is not None else ""
        self.empty_card.setVisible(scenario is None)
        for part in (self.bar, self.settlements):
            part.setVisible(scenario is not None)
        self.missing.show_view(new, self.figures)
        if scenario is None:
            self.missing.setVisible(False)
        self.fresh.show_view(new, self.figures)
        self._show_choices(old, new)
        if scenario is not None:
            self.settlements.show_scenario(new, scenario)
        self._show_charts()
        self.side.show_figures(self.figures, self._option, self._scenario)

    def _show_choices(self, old: View | None, new: View) -> None:
        if old is None or old.appraisal.options is not new.appraisal.options:
            self.option.set_choices([(one.id, one.name) for one in new.appraisal.options])
        if old is None or old.appraisal.scenarios is not new.appraisal.scenarios:
            self.scenario.set_choices([(one.id, one.name or "Without a name") for one in new.appraisal.scenarios])
        if self._option:
            self.option.set_current(self._option)
        if self._scenario:
            self.scenario.set_current(self._scenario)

    def _show_charts(self) -> None:
        figures = self.figures
        known = figures is not None and funding_of(figures.results, self._option, self._scenario) is not None
        if figures is None or not known:
            self.fan.setVisible(False)
            self.gaps.setVisible(False)
            return
        results, appraisal = figures.results, figures.appraisal
        if self.fan.draw(partial(_fan, results, appraisal, self._option, self._scenario)):
            self.gaps.draw(partial(_gaps, results, appraisal, self._option))
        else:  # a scenario without money: its settlements come first
            self.gaps.setVisible(False)

    def _choose_option(self, option: str) -> None:
        self._option = option
        self.show_view(self.context.view, self.context.view)

    def _choose_scenario(self, scenario: str) -> None:
        self._scenario = scenario
        self.show_view(self.context.view, self.context.view)

    def _edit_settlements(self) -> None:
        scenario = self.current()
        if scenario is not None and scenario.settlements:
            self.settlements.terms.place(scenario.settlements[0].id)
            self.settlements.terms.setFocus()
        else:
            self.settlements.add_one.setFocus()
        self._bring_into_sight(self.settlements.terms if self.settlements.terms.hasFocus() else self.settlements.name)

    def _add(self) -> None:
        self._scenario = self.context.fresh_id("scenario")
        new = edits.add_scenario(self.context.appraisal, scenario=self._scenario, name="New scenario")
        self.context.apply(new, "Add a scenario")
        self.settlements.name.setFocus()
        self.settlements.name.line.selectAll()
        self._bring_into_sight(self.settlements.name)

    def _after_removal(self) -> None:
        """Without a scenario, what had the focus is hidden."""
        if self.current() is None:
            self.focus_first()

    def focus_place(self, record: str, field: str) -> None:
        """Bring a scenario or settlement to hand and put the focus on its field."""
        columns = {"first_year": 1, "renewal": 4, "cut_likely": 6}
        for scenario in self.context.appraisal.scenarios:
            settlements = [one.id for one in scenario.settlements]
            if record == scenario.id or record in settlements:
                self._choose_scenario(scenario.id)
                if record in settlements:
                    table = self.settlements.money if field == "amounts" else self.settlements.terms
                    table.place(record, 1 if field == "amounts" else columns.get(field, 0))
                    table.setFocus()
                    return
        targets: dict[str, QWidget] = {"source": self.settlements.source, "settlements": self.settlements.terms}
        targets.get(field, self.settlements.name).setFocus()

    def focus_first(self) -> None:
        """The choice of option, or the button that adds a scenario."""
        (self.option if self.current() is not None else self.empty.action).setFocus()


def _fan(
    results: Results, appraisal: Appraisal, option: str, scenario: str, width: float, height: float, style: "ChartStyle"
) -> "Chart | None":
    return charts.cash_fan(
        results, appraisal, option=option, scenario=scenario, width=width, height=height, style=style
    )


def _gaps(
    results: Results, appraisal: Appraisal, option: str, width: float, height: float, style: "ChartStyle"
) -> "Chart | None":
    return charts.gap_by_year(results, appraisal, option=option, width=width, height=height, style=style)
