"""Beside the funding charts: how likely a short year is, how large the gap, and every option under every scenario."""

import re
from collections.abc import Sequence

from appraise.model.results import OptionResult, Results, ScenarioFunding
from appraise.present import advice, finished, wording
from appraise.ui.pages.results_state import Figures
from appraise.ui.pages.results_tables import narrow_name
from appraise.ui.widgets.cards import Column, Row
from appraise.ui.widgets.labels import Divider, FlowLabel, HelpBlock
from appraise.ui.widgets.table import DataTable
from appraise.ui.widgets.table_model import Cell, DataTableModel, RowKind, TableColumn, TableRow

_LINES = ("Expected gap, all years", "Yearly gap passed in 2 of 10 draws", "Tightest year")


_CASH = (
    "Settlements are promised in cash. So cost is shown with inflation, VAT that cannot be recovered, and transfers."
)
_RENEWED = (
    "How likely this settlement brings its money in full when it starts. In all other cases it is cut. "
    "100 means that nobody doubts it; ask who decides, and what they did last time."
)
_CUT = "Type a cut in per cent of this settlement: 10 means that a tenth of its money is lost. "
#: Title, text and source by the field in hand.
HELPS = {
    "": (
        "Why cash terms here?",
        _CASH,
        "Green Book 2026, paragraphs 6.45 to 6.51",
    ),
    "renewal": (
        "Renewed, %",
        _RENEWED,
        "The source you name with the scenario",
    ),
    "cut_low": (
        "Cut: low, %",
        _CUT + "The low end is the mildest cut that can be expected when it is not renewed in full.",
        "The source you name with the scenario",
    ),
    "cut_likely": (
        "Cut: likely, %",
        _CUT + "The likely cut stands between the low and the high one; most draws lie near it.",
        "The source you name with the scenario",
    ),
    "cut_high": (
        "Cut: high, %",
        _CUT + "The high end is the hardest cut that can be expected; 100 means that all of it goes.",
        "The source you name with the scenario",
    ),
}


def funding_of(results: Results | None, option: str, scenario: str) -> ScenarioFunding | None:
    """An option's cost against one scenario, where it was worked out."""
    for result in results.options if results is not None else ():
        if result.id == option:
            return next((one for one in result.funding or () if one.scenario == scenario), None)
    return None


def short_years(funding: ScenarioFunding) -> int:
    """Years in which the middle draw is short of money."""
    return sum(gap > 0 for gap in funding.gap_p50_by_year)


class FundingPane(Column):
    """The right pane of step 7."""

    def __init__(self) -> None:
        self.title = FlowLabel("Funding", "card")
        self.chance = FlowLabel("", "key", "primary", wrap=False)
        self.meaning = FlowLabel("", "dense", "ink2")
        self.lines = tuple(FlowLabel("", "strong", wrap=False) for _ in _LINES)
        lines = [
            Row(FlowLabel(words, "dense"), figure, stretches=(1, 0))
            for words, figure in zip(_LINES, self.lines, strict=True)
        ]
        self.model = DataTableModel((TableColumn("Middle met?", stretch=True),))
        self.table = DataTable("Is the middle cost met? Options by scenario", self.model, row_height=30)
        self.key = FlowLabel(
            "A tick: every year is met. A number: years in which the middle draw is short.", "caption", "ink2"
        )
        self.help = HelpBlock(*HELPS[""])
        self.numbers = Column(Row(self.chance, self.meaning, stretches=(0, 1)), *lines, Divider(), self.table, self.key)
        super().__init__(self.title, self.numbers, Divider(), self.help, gap=8, margin=16)
        self.line.addStretch(1)

    def show_help(self, field: str) -> None:
        """Help on the column in hand of the settlements; "" for the help on the page."""
        self.help.show_help(*HELPS.get(field, HELPS[""]))

    def show_figures(self, figures: Figures | None, option: str, scenario: str) -> None:
        """Show the figures of an option under a scenario, and the table of all."""
        funding = funding_of(figures.results, option, scenario) if figures is not None else None
        self.numbers.setVisible(funding is not None)
        if funding is None or figures is None:
            self.title.set_text("Funding figures appear when there are costs and settlements")
            return
        names = {one.id: one.name for one in figures.appraisal.options}
        names |= {one.id: one.name for one in figures.appraisal.scenarios}
        self.title.set_text(f"{names.get(option, '')}, {names.get(scenario, '')}")
        judged = _why_not_judged(figures, option, funding)
        self.chance.set_text(wording.DASH if judged else wording.percent_of_draws(funding.probability_of_any_gap))
        self.meaning.set_text(judged or f"chance that at least one year is short of money{_points(funding)}")
        dashes = (wording.DASH,) * len(self.lines)
        texts = dashes if judged else _figures(figures.results.years, funding)
        for label, text in zip(self.lines, texts, strict=True):
            label.set_text(text)
        self._show_table(figures, option)

    def _show_table(self, figures: Figures, option: str) -> None:
        results, appraisal = figures.results, figures.appraisal
        columns = [TableColumn("Middle met?", stretch=True, tip="Is the middle cost met in every year?")]
        names = [one.name for one in appraisal.scenarios]
        columns += [TableColumn(head, tip=name) for head, name in zip(headings(names), names, strict=True)]
        self.model.set_columns(columns)
        chosen = advice.preferred(results, appraisal)
        found = {result.id: result for result in results.options}
        rows = []
        for one in appraisal.options:
            if one.id in found:
                name = Cell(narrow_name(one), spoken=one.name, tip=one.name, strong=one.id == option)
                kind: RowKind = "recommended" if one.id == chosen else "plain"
                rows.append(TableRow(one.id, (name, *_met_cells(found[one.id])), kind))
        self.model.set_rows(rows)


def headings(names: Sequence[str]) -> tuple[str, ...]:
    """Names of scenarios for narrow columns: their first words where those differ, else their starts."""
    first = tuple(wording.shorten(re.split(r"[\s,–-]", name.strip())[0], 9) for name in names)
    return first if len(set(first)) == len(names) else tuple(wording.shorten(name, 9) for name in names)


def _why_not_judged(figures: Figures, option: str, funding: ScenarioFunding) -> str:
    if not finished.has_money(funding):
        return "No money is entered in this scenario yet"
    there = any(one.id == option and finished.costed(one) for one in figures.results.options)
    return "" if there else "This option has no costs yet"


def _figures(years: Sequence[str], funding: ScenarioFunding) -> tuple[str, str, str]:
    """Expected gap over all years, the largest yearly gap that 8 of 10 draws stay under, and the riskiest year."""
    expected = sum(funding.expected_gap_by_year)
    widest = max((max(gap, 0.0) for gap in funding.gap_p80_by_year), default=0.0)
    chances = funding.probability_of_gap_by_year
    worst = max(range(len(chances)), key=chances.__getitem__, default=-1)
    tightest = years[worst] if worst >= 0 and chances[worst] > 0 else "none"
    place = funding.gap_p80_by_year.index(max(funding.gap_p80_by_year)) if widest else -1
    wide_error = funding.gap_p80_error_by_year[place] if widest else 0.0
    # errors of single years add up to no less than the error of their sum
    off = wording.NINETEEN_OF_20 * sum(funding.gap_error_by_year)
    return wording.simulated(expected, off), wording.simulated(widest, wide_error), tightest


def _points(funding: ScenarioFunding) -> str:
    """How far the chance may be off, for the end of a sentence; "" where no draw says otherwise."""
    off = 100 * wording.NINETEEN_OF_20 * funding.any_gap_error
    return f", {wording.plus_minus(off, 1)} points" if off > 0 else ""


def _met_cells(result: OptionResult) -> tuple[Cell, ...]:
    cells = []
    for funding in result.funding or ():
        if not finished.has_money(funding) or not finished.costed(result):
            words = "no money entered" if finished.costed(result) else "no costs entered"
            cells.append(Cell(wording.DASH, ink="ink2", spoken=words, tip=wording.capital(words)))
            continue
        short = short_years(funding)
        icon = "completed" if short == 0 else "in-progress" if short == 1 else "attention"
        words = (
            "every year"
            if short == 0
            else "all but one year"
            if short == 1
            else f"{wording.how_many(short, 'year')} short"
        )
        text = str(short) if short else ""
        cells.append(Cell(text, icon=icon, spoken=words, tip=wording.capital(words)))
    return tuple(cells)
