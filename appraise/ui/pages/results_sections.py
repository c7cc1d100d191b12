"""The sections of step 8 beside the summary: the measures of every option, and their budget by year and by body."""

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from appraise.model.appraisal.document import Appraisal
from appraise.model.results import Results
from appraise.present import charts, economic_tables, financial_tables, finished, tables, wording
from appraise.present.tables import Table
from appraise.ui.context import Context
from appraise.ui.pages.results_cards import TableCard, chosen_name, option_at
from appraise.ui.pages.results_charts import FigureCard
from appraise.ui.pages.results_state import Figures
from appraise.ui.pages.section import Section
from appraise.ui.widgets.cards import Card, Row
from appraise.ui.widgets.choices import Switch
from appraise.ui.widgets.labels import EmptyState, FlowLabel

if TYPE_CHECKING:
    from appraise.present.chart_parts import Chart, ChartStyle

ALL = ""
"""The choice of all options together."""


@dataclass(frozen=True, slots=True)
class Lacking:
    """What stands in place of a section: a sentence, what its button says, and the step that leads to."""

    sentence: str
    action: str
    step: int


_NO_COSTS = Lacking("These figures appear as soon as an option has costs.", "Go to costs", 5)


class FiguresSection(Section):
    """A section of the page: its parts one below the other, or one sentence while there is nothing to show."""

    def __init__(self, context: Context, *parts: QWidget) -> None:
        self._parts = parts
        self.nothing = Card()
        self.empty = EmptyState("chart", _NO_COSTS.sentence, _NO_COSTS.action)
        self._lacks: Lacking | None = None
        self.nothing.add(self.empty)
        self.nothing.hide()
        super().__init__(context, self.nothing, *parts)
        self.figures: Figures | None = None
        self.empty.activated.connect(lambda: context.go_to((self._lacks or _NO_COSTS).step))
        for card in self.cards():
            card.asked.connect(partial(self.lead, card))

    def show_figures(self, figures: Figures) -> None:
        """Brings every part to the figures."""
        self.figures = figures
        self._lacks = self.lacking(figures)
        self.nothing.setVisible(self._lacks is not None)
        for part in self._parts:
            part.setVisible(self._lacks is None)
        if self._lacks is None:
            self.fill(figures)
            return
        self.empty.set_sentence(self._lacks.sentence)
        self.empty.action.set_text(self._lacks.action)

    def lacking(self, figures: Figures) -> Lacking | None:
        """What stands in the section's place; None: it has something to show."""
        return None if any(finished.costed(option) for option in figures.results.options) else _NO_COSTS

    @abstractmethod
    def fill(self, figures: Figures) -> None:
        """Shows figures of options of which at least one has costs."""

    def lead(self, card: TableCard, row: int, column: int) -> None:
        """Goes to where a figure came from: the lines of its option."""
        if self.figures is not None and card.shown is not None:
            found = option_at(self.figures.results, self.figures.appraisal, card.shown, row, column)
            self.context.go_to(5, found, "lines" if found else "")

    def focus_first(self) -> None:
        """Puts the keyboard where reading begins."""
        if self.nothing.isVisibleTo(self):
            self.empty.action.setFocus()
        else:
            self.first_stop().setFocus()

    @abstractmethod
    def first_stop(self) -> QWidget:
        """Where the keyboard goes first."""

    def cards(self) -> Sequence[TableCard]:
        """The tables of the section, in order."""
        return [part for part in self._parts if isinstance(part, TableCard)]

    def shown_tables(self) -> list[Table]:
        """The tables that can be seen, for the clipboard."""
        return [card.shown for card in self.cards() if card.shown is not None and card.shown.rows]


def absent(cards: Sequence[tuple[TableCard, str]]) -> str:
    """What has no table because nothing of the kind was entered, in a sentence; "" where all have one."""
    missing = [words for card, words in cards if card.shown is None or not card.shown.rows]
    return f"Nothing is entered for {wording.listing(missing)}, so there is no table of it." if missing else ""


class MeasuresSection(FiguresSection):
    """The measures in absolute terms, the run at 3.0 %, unpriced effects, who, where, bias."""

    def __init__(self, context: Context) -> None:
        self.measures, self.review, self.bias = TableCard(), TableCard(), TableCard()
        self.effects, self.words = TableCard(), TableCard()
        self.distribution, self.place = TableCard(), TableCard()
        self.bands = FlowLabel(economic_tables.NO_BANDS, "dense")
        self.measures.content.insertWidget(1, self.bands)
        self.absent = FlowLabel("", "caption", "ink2")
        super().__init__(
            context,
            self.measures,
            self.review,
            self.effects,
            self.words,
            self.distribution,
            self.place,
            self.bias,
            self.absent,
        )

    def fill(self, figures: Figures) -> None:
        """Shows all tables; those without rows give way to one sentence."""
        results, appraisal = figures.results, figures.appraisal
        chosen = chosen_name(results, appraisal)
        measures = economic_tables.measures(results, appraisal)
        # The sentence on bands stands by itself above the other notes.
        notes = tuple(note for note in measures.notes if note != economic_tables.NO_BANDS)
        self.measures.show_table(replace(measures, notes=notes), chosen)
        self.review.show_table(economic_tables.review_run(results, appraisal), chosen)
        self.effects.show_table(economic_tables.effects(results, appraisal), chosen)
        self.words.show_table(economic_tables.effects_in_words(results, appraisal), chosen)
        self.distribution.show_table(economic_tables.distribution(results, appraisal), chosen)
        self.place.show_table(economic_tables.place(results, appraisal), chosen)
        self.bias.show_table(economic_tables.optimism_bias(results, appraisal), chosen)
        lacking = (
            (self.effects, "effects without a price"),
            (self.distribution, "income groups"),
            (self.place, "what stays in the place"),
            (self.bias, "optimism bias"),
        )
        self.absent.set_text(absent(lacking))
        self.absent.setVisible(bool(self.absent.text()))

    def first_stop(self) -> QWidget:
        """The measures."""
        return self.measures.table


class OptionChoice(Row):
    """The choice of an option with costs; `whole` offers all options together as well. Follows the figures."""

    def __init__(self, *, whole: bool) -> None:
        self._whole, self._asked = whole, False
        self.switch = Switch("Option")
        label = FlowLabel("Option", "dense", "ink2", wrap=False)
        super().__init__(label, self.switch, stretches=(0, 1), gap=8)
        self.switch.chosen.connect(self._ask)

    def _ask(self, _key: str) -> None:
        self._asked = True

    def current(self) -> str:
        """The id of the option, or `ALL`."""
        return self.switch.current()

    def show_figures(self, figures: Figures) -> None:
        """The options there are; until somebody chooses, the recommended one, else the first."""
        costed = {option.id for option in figures.results.options if finished.costed(option)}
        names = [(one.id, tables.short_name(figures.appraisal, one.id)) for one in figures.appraisal.options]
        pairs = [(key, name) for key, name in names if key in costed]
        if self._whole:
            pairs.append((ALL, "All options"))
        keys = [key for key, _ in pairs]
        best = tables.preferred(figures.results, figures.appraisal)
        first = best if best in keys else keys[0]
        kept = self.switch.current() if self._asked and self.switch.current() in keys else first
        self.switch.set_choices(pairs, kept)
        self.switch.set_current(kept)


def only(results: Results, option: str) -> Results:
    """The results of one option alone, for tables of all options; all of them for `ALL`."""
    if option == ALL:
        return results
    return replace(results, options=tuple(one for one in results.options if one.id == option))


class CashSection(FiguresSection):
    """The financial case: the budget by year of one option or all, by body, against the money, and liabilities."""

    def __init__(self, context: Context) -> None:
        self.choice = OptionChoice(whole=True)
        self.chart = FigureCard(190)
        self.years, self.body_years = TableCard(last=True), TableCard(last=True)
        self.bodies, self.affordability, self.liabilities = TableCard(), TableCard(), TableCard()
        self.absent = FlowLabel("", "caption", "ink2")
        super().__init__(
            context,
            self.choice,
            self.chart,
            self.years,
            self.affordability,
            self.bodies,
            self.body_years,
            self.liabilities,
            self.absent,
        )
        self.choice.switch.chosen.connect(lambda _key: self._show_choice())

    def fill(self, figures: Figures) -> None:
        """Shows the tables of all options, and those of the choice."""
        results, appraisal = figures.results, figures.appraisal
        chosen = chosen_name(results, appraisal)
        self.choice.show_figures(figures)
        self.affordability.show_table(financial_tables.affordability(results, appraisal), chosen)
        self.bodies.show_table(financial_tables.bodies(results, appraisal), chosen)
        self.liabilities.show_table(financial_tables.liabilities(results, appraisal), chosen)
        self._show_choice()
        lacking = (
            (self.affordability, "funding"),
            (self.bodies, "other public bodies"),
            (self.liabilities, "liabilities that may fall due"),
        )
        self.absent.set_text(absent(lacking))
        self.absent.setVisible(bool(self.absent.text()))

    def _show_choice(self) -> None:
        if self.figures is None:
            return
        results, appraisal, option = self.figures.results, self.figures.appraisal, self.choice.current()
        chosen = chosen_name(results, appraisal)
        cut = f"{tables.short_name(appraisal, option)}: " if option else ""
        part = only(results, option)
        years, bodies = financial_tables.cash_by_year(part, appraisal), financial_tables.by_body(part, appraisal)
        self.years.show_table(_headed(years, "Budget") if option else years, chosen, cut=cut)
        self.body_years.show_table(_headed(bodies, "Public body") if option else bodies, chosen, cut=cut)
        if option:
            self.chart.draw(partial(_by_year, results, appraisal, option))
        self.chart.setVisible(bool(option))

    def lead(self, card: TableCard, row: int, column: int) -> None:
        """Money that is short came from step 7, all else from the lines of the option."""
        if card is self.affordability:
            self.context.go_to(7)
        elif card in (self.years, self.body_years) and self.choice.current():
            self.context.go_to(5, self.choice.current(), "lines")
        else:
            super().lead(card, row, column)

    def first_stop(self) -> QWidget:
        """The choice of option."""
        return self.choice.switch


def _headed(table: Table, heading: str) -> Table:
    """The table with another heading over its rows: they are not options where there is only one."""
    return replace(table, columns=(replace(table.columns[0], heading=heading), *table.columns[1:]))


def _by_year(
    results: Results, appraisal: Appraisal, option: str, width: float, height: float, style: "ChartStyle"
) -> "Chart | None":
    return charts.cost_by_year(results, appraisal, option=option, width=width, height=height, style=style)
