"""The risk section of step 8: how costs are spread, one option against another, contingency, draws, shared facts."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from appraise.model.appraisal.document import Appraisal
from appraise.model.edits import basis
from appraise.model.money import parse_whole
from appraise.model.results import Results
from appraise.present import certainty, charts, risk_tables, wording
from appraise.ui.context import Context
from appraise.ui.pages.results_cards import TableCard, chosen_name
from appraise.ui.pages.results_charts import FigureCard, Sides
from appraise.ui.pages.results_sections import FiguresSection, OptionChoice
from appraise.ui.pages.results_state import EarlierChip, Figures
from appraise.ui.widgets.buttons import Button
from appraise.ui.widgets.cards import Row
from appraise.ui.widgets.fields import NumberField, PercentField
from appraise.ui.widgets.labels import FlowLabel

if TYPE_CHECKING:
    from appraise.present.chart_parts import Chart, ChartStyle

#: So many draws can be typed; findings say what is too many for this machine, and how long it would take.
MOST_TYPED = 10**15


class ContingencyCard(TableCard):
    """What to hold on top of the budget to be sure, what is expected instead, and the percentile that is chosen."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.sure, self.instead = FlowLabel("", "strong"), FlowLabel("", "body")
        sureness = partial(parse_whole, low=50, high=99)
        self.percentile = PercentField("How sure the contingency should make", sureness, label="How sure to be")
        foot = Row(self.percentile, stretches=(0,))
        foot.line.addStretch(1)
        for place, part in enumerate((self.sure, self.instead, foot)):
            self.content.insertWidget(place, part)
        self.percentile.parsed.connect(
            lambda value: context.apply(
                basis.set_percentile(context.appraisal, percent=value), "Change how sure the contingency makes"
            )
        )

    def show_results(self, results: Results, appraisal: Appraisal, option: str, chosen: str) -> None:
        """Take sentences and table; the sentences are about one option."""
        self.show_table(certainty.contingency(results, appraisal), chosen)
        said = certainty.contingency_words(results, appraisal, option)
        self.sure.set_text(said[0] if said else "")
        self.instead.set_text(" ".join(said[1:]))
        self.percentile.set_text(str(appraisal.simulation.percentile))


class DrawsCard(TableCard):
    """Whether there are enough draws, and the controls for how many are made and allowed."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.said = FlowLabel("", "strong")
        self.earlier = EarlierChip()
        whole = partial(parse_whole, low=1, high=MOST_TYPED)
        self.draws = NumberField("Number of draws", whole, label="Number of draws")
        self.most = NumberField("Most draws allowed", whole, label="Most that are allowed")
        self.more = Button("", small=True)
        fields = Row(self.draws, self.most, self.more, stretches=(0, 0, 0))
        fields.line.addStretch(1)
        self.add_action(self.earlier)
        self.content.insertWidget(0, self.said)
        self.content.insertWidget(1, fields)
        self.draws.parsed.connect(self._set_draws)
        self.most.parsed.connect(
            lambda value: context.apply(
                basis.set_most_draws(context.appraisal, draws=value), "Change the most draws allowed"
            )
        )
        self.more.clicked.connect(lambda: self._set_draws(self._doubled()))

    def _set_draws(self, draws: object) -> None:
        if isinstance(draws, int):
            appraisal = self._context.appraisal
            self._context.apply(basis.set_draws(appraisal, draws=draws), "Change number of draws")

    def _doubled(self) -> int:
        """Twice the draws, or the most that are allowed."""
        simulation = self._context.appraisal.simulation
        return min(2 * simulation.draws, simulation.most_draws)

    def show_figures(self, figures: Figures) -> None:
        """Take the watch of the last full run: the draws of a frame are always too few."""
        full, simulation = figures.full, figures.appraisal.simulation
        self.draws.set_text(f"{simulation.draws:,}")
        self.most.set_text(f"{simulation.most_draws:,}")
        self.earlier.show_figures(figures)
        if full is None:
            self.said.set_text("Whether there are enough draws is told after the full run.")
            self.set_title("Are there enough draws?", "")
            self.table.hide()
            self.note.hide()
            self.more.hide()
            return
        self.table.show()
        self.show_table(certainty.convergence(full.results, full.appraisal))
        self.said.set_text(certainty.convergence_words(full.results, full.appraisal))
        doubled = self._doubled()
        self.more.set_text(f"Use {wording.number(doubled)} draws")
        self.more.setVisible(bool(certainty.unsteady(full.results)) and doubled > simulation.draws)


class ApartCard(TableCard):
    """What sharing facts does to the chance of being cheapest."""

    def __init__(self) -> None:
        super().__init__()
        self.said = FlowLabel("", "strong")
        self.earlier = EarlierChip()
        self.add_action(self.earlier)
        self.content.insertWidget(0, self.said)

    def show_figures(self, figures: Figures) -> None:
        """Take the comparison of the last full run; hidden where options share nothing, or there was none."""
        full = figures.full
        self.earlier.show_figures(figures)
        if full is None:
            self.hide()
            return
        self.show_table(certainty.apart(full.results, full.appraisal), chosen_name(full.results, full.appraisal))
        self.said.set_text(certainty.apart_words(full.results, full.appraisal))


class RiskSection(FiguresSection):
    """How sure the figures are: spread, pairs, contingency, draws, and what options share."""

    def __init__(self, context: Context) -> None:
        self.chances, self.apart = TableCard(), ApartCard()
        self.spread, self.npsv = TableCard(), TableCard()
        self.choice = OptionChoice(whole=False)
        self.chart = FigureCard(150)
        self.against, self.pairs = TableCard(), TableCard()
        self.earlier = EarlierChip()
        self.against.add_action(self.earlier)
        self.contingency, self.draws = ContingencyCard(context), DrawsCard(context)
        super().__init__(
            context,
            Sides(self.chances, self.apart, fold=760),
            self.choice,
            self.chart,
            self.against,
            self.pairs,
            self.contingency,
            self.spread,
            self.npsv,
            self.draws,
        )
        for card in (self.chances, self.apart):
            card.end()
        self.choice.switch.chosen.connect(lambda _key: self._show_choice())

    def fill(self, figures: Figures) -> None:
        """Shows the tables of all options, and those of the choice."""
        results, appraisal = figures.results, figures.appraisal
        chosen = chosen_name(results, appraisal)
        self.choice.show_figures(figures)
        self.chances.show_table(risk_tables.chances(results, appraisal), chosen)
        self.apart.show_figures(figures)
        self.pairs.show_table(risk_tables.pairwise(results, appraisal), chosen)
        self.spread.show_table(risk_tables.distribution(results, appraisal), chosen)
        self.npsv.show_table(risk_tables.npsv(results, appraisal), chosen)
        self.draws.show_figures(figures)
        self._show_choice()

    def _show_choice(self) -> None:
        if self.figures is None:
            return
        results, appraisal, option = self.figures.results, self.figures.appraisal, self.choice.current()
        chosen = chosen_name(results, appraisal)
        full = self.figures.full
        known = full is not None and any(one.id == option for one in full.results.options)
        self.chart.setVisible(known)
        self.against.setVisible(known)
        self.earlier.show_figures(self.figures)
        if full is not None and known:
            self.chart.draw(partial(_drawn, full.results, full.appraisal, option))
            self.against.show_table(risk_tables.differences(full.results, full.appraisal, option), chosen)
        self.contingency.show_results(results, appraisal, option, chosen)

    def first_stop(self) -> QWidget:
        """The chances; without a comparison the choice of option."""
        return self.chances.table if self.chances.isVisibleTo(self) else self.choice.switch

    def cards(self) -> Sequence[TableCard]:
        """The tables of the section, in order."""
        return (
            self.chances,
            self.apart,
            self.against,
            self.pairs,
            self.contingency,
            self.spread,
            self.npsv,
            self.draws,
        )


def _drawn(
    results: Results, appraisal: Appraisal, option: str, width: float, height: float, style: "ChartStyle"
) -> "Chart | None":
    return charts.differences(results, appraisal, option=option, width=width, height=height, style=style)
