"""Partners in step 8: each partner's own case, whether the split holds, the whole public purse, prices and stages."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from appraise.model.appraisal.document import Appraisal
from appraise.model.results import Results
from appraise.present import charts, partner_tables, partner_words, stage_words, term_tables
from appraise.ui.context import Context
from appraise.ui.pages.results_cards import TableCard, chosen_name
from appraise.ui.pages.results_charts import FigureCard
from appraise.ui.pages.results_money import SaidCard
from appraise.ui.pages.results_sections import FiguresSection, Lacking, OptionChoice, absent
from appraise.ui.pages.results_state import Figures
from appraise.ui.widgets.cards import Column, Row
from appraise.ui.widgets.choices import Switch
from appraise.ui.widgets.labels import FlowLabel

if TYPE_CHECKING:
    from appraise.present.chart_parts import Chart, ChartStyle

_NOTHING = Lacking(
    "Each partner’s case appears here as soon as an option is shared, or public bodies pay different prices.",
    "Go to partners",
    2,
)
_WAITS = Lacking("Partners are worked out with the full run; a moment, or F5.", "Go to partners", 2)


class PartnersSection(FiguresSection):
    """What working together means for every public body: the full run works it out, live figures keep the last."""

    def __init__(self, context: Context) -> None:
        self.choice = OptionChoice(whole=False)
        self.chart = FigureCard(190)
        self.cases, self.splits, self.unstable, self.leaving = SaidCard(), SaidCard(), TableCard(), SaidCard()
        self.partner = Switch("Partner")
        self.one = Row(FlowLabel("Partner", "dense", "ink2", wrap=False), self.partner, stretches=(0, 1), gap=8)
        self.years = TableCard(last=True)
        self.purse = SaidCard()
        self.gap = Switch("Price gap")
        self.prices, self.buyers = SaidCard(), TableCard()
        self.pilots, self.scarce = SaidCard(), TableCard()
        self.absent = FlowLabel("", "caption", "ink2")
        super().__init__(
            context, self.choice, self.chart, self.cases, self.splits, self.unstable, self.leaving,
            Column(self.one, self.years, gap=11), self.purse, self.prices, self.gap, self.buyers, self.pilots,
            self.scarce, self.absent,
        )  # fmt: skip
        self.choice.switch.chosen.connect(lambda _key: self._show_choice())
        self.partner.chosen.connect(lambda _key: self._show_partner())
        self.gap.chosen.connect(lambda _key: self._show_gap())

    # --- what is shown ---

    def lacking(self, figures: Figures) -> Lacking | None:
        """Without a full run, or without anything that is shared, there is nothing to show."""
        nothing = super().lacking(figures)
        if nothing is not None:
            return nothing
        entered = figures.appraisal
        together = entered.arrangements or entered.price_gaps or entered.pilots or entered.scarce_staff
        if figures.full is None:
            return _WAITS if together or entered.bodies else _NOTHING
        results = figures.full.results
        some = together or any(one.purse is not None and one.purse.bodies for one in results.options)
        return None if some else _NOTHING

    @property
    def _full(self) -> Figures | None:
        return self.figures.full if self.figures is not None else None

    def fill(self, figures: Figures) -> None:
        """Shows what belongs to all options, and what belongs to the choice."""
        full = figures.full
        if full is None:
            return
        results, appraisal = full.results, full.appraisal
        self.choice.show_figures(full)
        self.prices.show_table(partner_tables.price_gaps(results, appraisal))
        self.prices.say(partner_words.price_gaps(results, appraisal))
        gaps = [(one.gap, _gap_name(appraisal, one.gap)) for one in results.price_gaps or ()]
        self.gap.set_choices(gaps, self.gap.current() if self.gap.current() in dict(gaps) else "")
        self.gap.setVisible(len(gaps) > 1)
        self._show_gap()
        self.pilots.show_table(term_tables.pilots(results, appraisal))
        self.pilots.say([said for one in results.pilots or () for said in stage_words.pilot(one, appraisal)[:4]])
        self.scarce.show_table(partner_tables.scarce(appraisal), chosen_name(results, appraisal))
        for card in (self.cases, self.splits, self.leaving, self.purse, self.prices, self.pilots):
            card.earlier.show_figures(figures)
        self._show_choice()

    def _show_choice(self) -> None:
        full = self._full
        if full is None:
            return
        results, appraisal, option = full.results, full.appraisal, self.choice.current()
        self.chart.draw(partial(_partners, results, appraisal, option))
        self.cases.show_table(partner_tables.cases(results, appraisal, option))
        self.cases.say(partner_words.cases(results, appraisal, option))
        self.splits.show_table(partner_tables.splits(results, appraisal, option))
        self.splits.say(partner_words.stability(results, appraisal, option))
        self.unstable.show_table(partner_tables.unstable(results, appraisal, option))
        self.leaving.show_table(partner_tables.leaving(results, appraisal, option))
        self.leaving.say(partner_words.leaving(results, appraisal, option))
        self.purse.show_table(partner_tables.purse(results, appraisal, option))
        self.purse.say(partner_words.purse(results, appraisal, option))
        found = partner_words.arrangement(results, option)
        members = [(one.partner, partner_words.name(appraisal, one.partner)) for one in found.partners] if found else []
        self.partner.set_choices(members, self.partner.current() if self.partner.current() in dict(members) else "")
        self.one.setVisible(bool(members))
        self._show_partner()
        lacking = ((self.cases, "partners of this option"), (self.prices, "price gaps"), (self.pilots, "stages"))
        self.absent.set_text(absent(lacking))
        self.absent.setVisible(bool(self.absent.text()))

    def _show_partner(self) -> None:
        full = self._full
        if full is not None:
            option, partner = self.choice.current(), self.partner.current()
            self.years.show_table(partner_tables.by_year(full.results, full.appraisal, option, partner))

    def _show_gap(self) -> None:
        full = self._full
        if full is not None:
            self.buyers.show_table(partner_tables.buyers(full.results, full.appraisal, self.gap.current()))

    # --- where figures come from, and where the keyboard goes ---

    def lead(self, card: TableCard, row: int, column: int) -> None:
        """To the arrangement, the price gap, the stage or the lines that a figure comes from."""
        full = self._full
        if full is None:
            return
        option, appraisal = self.choice.current(), full.appraisal
        if card is self.purse:
            self.context.go_to(5, option, "lines")
        elif card in (self.prices, self.buyers):
            self.context.go_to(2, self.gap.current(), "buyers")
        elif card is self.pilots:
            places = [one.pilot for one in full.results.pilots or ()]
            self.context.go_to(2, places[row] if row < len(places) else "", "success")
        elif card is self.scarce:
            staff = appraisal.scarce_staff
            self.context.go_to(2, staff[row].id if row < len(staff) else "", "posts")
        elif card is self.years:
            self.context.go_to(2, self.partner.current(), "alone")
        else:
            found = partner_words.arrangement(full.results, option)
            self.context.go_to(2, found.arrangement if found is not None else "", "partners")

    def first_stop(self) -> QWidget:
        """The choice of option."""
        return self.choice.switch

    def cards(self) -> Sequence[TableCard]:
        """The tables of the section, in order."""
        return (
            self.cases, self.splits, self.unstable, self.leaving, self.years, self.purse, self.prices, self.buyers,
            self.pilots, self.scarce,
        )  # fmt: skip


def _gap_name(appraisal: Appraisal, gap: str) -> str:
    return next((one.name for one in appraisal.price_gaps if one.id == gap), "") or "Without a name"


def _partners(
    results: Results, appraisal: Appraisal, option: str, width: float, height: float, style: "ChartStyle"
) -> "Chart | None":
    return charts.partners(results, appraisal, option=option, width=width, height=height, style=style)
