"""Money by year in step 8: regret over all scenarios, what short money costs, and how long a settlement must be."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from appraise.model.appraisal.document import Appraisal
from appraise.model.results import Results
from appraise.present import charts, finished, funding_tables, funding_words
from appraise.present.tables import Table
from appraise.ui.context import Context
from appraise.ui.pages.results_cards import TableCard, chosen_name
from appraise.ui.pages.results_charts import FigureCard, Sides
from appraise.ui.pages.results_sections import FiguresSection, Lacking, OptionChoice
from appraise.ui.pages.results_state import EarlierChip, Figures
from appraise.ui.widgets.labels import FlowLabel

if TYPE_CHECKING:
    from appraise.present.chart_parts import Chart, ChartStyle

_NO_MONEY = Lacking(
    "These figures appear as soon as a funding scenario has money, and an option has costs.", "Go to funding", 7
)
_PAID, _COSTS = "Which options can be paid for in which scenario", "What short money costs, by option and scenario"
#: The columns of the table of all options that are about gaps, and those about contracts and cost.
_GAPS, _MONEY = (0, 1, 2, 3, 4, 5, 6), (0, 1, 7, 8, 9, 10)


class SaidCard(TableCard):
    """A table under the sentences that say what is in it. `earlier` tells of figures of the full run before."""

    def __init__(self, *, last: bool = False) -> None:
        super().__init__(last=last)
        self.said = FlowLabel("", "body")
        self.earlier = EarlierChip()
        self.add_action(self.earlier)
        self.content.insertWidget(0, self.said)

    def say(self, sentences: Sequence[str]) -> None:
        """The sentences over the table; they take no room without words."""
        words = " ".join(one for one in sentences if one)
        self.said.set_text(words)
        self.said.setVisible(bool(words))


class MoneySection(FiguresSection):
    """Every option in every scenario: regret, whether it can be paid for, and what short settlements add."""

    def __init__(self, context: Context) -> None:
        self.map = FigureCard(200)
        self.said = FlowLabel("", "body")
        self.map.add(self.said)
        self.choice = OptionChoice(whole=False)
        self.chart = FigureCard(230)
        self.short, self.lengths = SaidCard(), SaidCard()
        self.paid, self.costs = TableCard(), TableCard()
        pair = Sides(self.chart, self.lengths, fold=700)
        super().__init__(context, self.map, self.paid, self.costs, self.choice, pair, self.short)
        for card in (self.chart, self.lengths):
            card.end()
        self.choice.switch.chosen.connect(lambda _key: self._show_choice())

    def lacking(self, figures: Figures) -> Lacking | None:
        """Without costs or without money there is nothing to hold against each other."""
        some = any(finished.costed(one) and finished.funded(one) for one in figures.results.options)
        return super().lacking(figures) or (None if some else _NO_MONEY)

    def fill(self, figures: Figures) -> None:
        """Shows the map and the table of all options, and what belongs to the choice."""
        results, appraisal = figures.results, figures.appraisal
        self.choice.show_figures(figures)
        self.map.draw(partial(_regret, results, appraisal))
        self.said.set_text(" ".join(funding_words.regret(results, appraisal)))
        every, chosen = funding_tables.all_options(results, appraisal), chosen_name(results, appraisal)
        of_cost = tuple(note for note in every.notes if note.startswith("Cost of"))
        of_gaps = tuple(note for note in every.notes if note not in of_cost)
        self.paid.show_table(_part(every, _PAID, _GAPS, of_gaps), chosen)
        self.costs.show_table(_part(every, _COSTS, _MONEY, of_cost), chosen)
        self._show_choice()

    def _show_choice(self) -> None:
        if self.figures is None:
            return
        results, appraisal, option = self.figures.results, self.figures.appraisal, self.choice.current()
        chosen = chosen_name(results, appraisal)
        self.chart.draw(partial(_short, results, appraisal, option))
        self.short.show_table(funding_tables.short_money(results, appraisal, option), chosen)
        self.short.say(
            (
                funding_words.short_money(results, appraisal, option),
                *funding_words.prevention(results, appraisal, option),
            )
        )
        self._show_lengths(self.figures, option)

    def _show_lengths(self, figures: Figures, option: str) -> None:
        """What length would do is worked out by the full run only: while live figures stand here, those of the last."""
        full = figures.full
        self.lengths.earlier.show_figures(figures)
        known = full is not None and any(one.id == option for one in full.results.options)
        if full is None or not known:
            self.lengths.hide()
            return
        self.lengths.show_table(funding_tables.lengths(full.results, full.appraisal, option))
        self.lengths.say(funding_words.lengths(full.results, full.appraisal, option))

    def lead(self, card: TableCard, row: int, column: int) -> None:
        """All of it comes from the scenarios of step 7."""
        self.context.go_to(7)

    def first_stop(self) -> QWidget:
        """The map of regret; with one option alone the choice."""
        return self.map.view if self.map.isVisibleTo(self) else self.choice.switch

    def cards(self) -> Sequence[TableCard]:
        """The tables of the section, in order."""
        return (self.paid, self.costs, self.lengths, self.short)


def _part(whole: Table, title: str, columns: Sequence[int], notes: tuple[str, ...]) -> Table:
    """Some columns of a table that is too wide for the page."""
    rows = tuple(tuple(row[place] for place in columns) for row in whole.rows)
    return replace(whole, title=title, columns=tuple(whole.columns[place] for place in columns), rows=rows, notes=notes)


def _regret(results: Results, appraisal: Appraisal, width: float, height: float, style: "ChartStyle") -> "Chart | None":
    return charts.regret(results, appraisal, width=width, height=height, style=style)


def _short(
    results: Results, appraisal: Appraisal, option: str, width: float, height: float, style: "ChartStyle"
) -> "Chart | None":
    return charts.short_money(results, appraisal, option=option, width=width, height=height, style=style)
