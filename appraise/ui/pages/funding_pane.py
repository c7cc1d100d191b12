"""Beside the funding charts: how likely a short year is, how large the gap, and every option under every scenario."""

import re
from collections.abc import Sequence

from appraise.model.funding_results import ScenarioFunding
from appraise.model.results import OptionResult, Results
from appraise.present import advice, finished, funding_words, wording
from appraise.present.tables import short_name
from appraise.ui.pages import funding_help
from appraise.ui.pages.results_state import Figures
from appraise.ui.pages.results_tables import narrow_name
from appraise.ui.pages.text_parts import HelpByField
from appraise.ui.widgets.cards import Column, Panel, Row
from appraise.ui.widgets.labels import Divider, FlowLabel
from appraise.ui.widgets.table_frozen import FrozenTable
from appraise.ui.widgets.table_model import Cell, DataTableModel, RowKind, TableColumn, TableRow

_MANY = 3
"""From so many scenarios on options are called by their short names: the pane is narrow."""
_LONG, _SHORT = 9, 7
"""Letters over a column of a scenario where there are few or many."""
_NUMBERED = 4
"""So many scenarios have numbers over their columns, and their names below the table."""
NOTHING_YET = "Funding figures appear when there are costs and settlements"
STOPPED = "Funding figures appear when the errors are mended"
#: Words that say nothing of a scenario by themselves.
_IDLE = frozenset({"a", "an", "the", "my", "our", "new"})
_RESERVE, _GAP, _TIGHTEST = "Reserve", "Expected gap", "Tightest year"


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
    """The right pane of step 7. `help` follows the field in hand; sections add theirs."""

    def __init__(self) -> None:
        self.title = FlowLabel("Funding", "card")
        self.chance = FlowLabel("", "key", "primary", wrap=False)
        self.meaning = FlowLabel("", "dense", "ink2")
        self.heads = tuple(FlowLabel(words, "dense") for words in (_RESERVE, _GAP, _TIGHTEST))
        self.lines = tuple(FlowLabel("", "strong", wrap=False) for _ in self.heads)
        lines = [Row(head, figure, stretches=(1, 0)) for head, figure in zip(self.heads, self.lines, strict=True)]
        self.model = DataTableModel((TableColumn("Option", stretch=True),))
        words = "Years that the middle draw is short, options by scenario"
        self.asked = FlowLabel("Is the middle draw short?", "dense-strong")
        self.table = FrozenTable(words, self.model, row_height=30, fit=True, last=False)
        self.key = FlowLabel("", "caption", "ink2")
        self.words, self.prevention = Panel("In words", kind="tint"), Panel("Prevention")
        self.all = Column(Divider(), self.asked, self.table, self.key, self.words, self.prevention)
        self.help = HelpByField(funding_help.CASH, {})
        self.numbers = Column(self.chance, self.meaning, *lines, self.all)
        super().__init__(self.title, self.numbers, Divider(), self.help, gap=8, margin=16)
        self.line.addStretch(1)

    def show_figures(
        self, figures: Figures | None, option: str, scenario: str, *, whole: bool, stopped: bool = False
    ) -> None:
        """The figures of an option under a scenario; `whole`: with the table of all, and what they mean in words.

        `stopped`: an error stands in the way of figures.
        """
        funding = funding_of(figures.results, option, scenario) if figures is not None else None
        self.numbers.setVisible(funding is not None)
        self.all.setVisible(whole)
        if funding is None or figures is None:
            self.title.set_text(STOPPED if stopped else NOTHING_YET)
            return
        names = {one.id: one.name for one in figures.appraisal.options}
        names |= {one.id: one.name for one in figures.appraisal.scenarios}
        self.title.set_text(f"{names.get(option, '')}, {names.get(scenario, '')}")
        judged = _why_not_judged(figures, option, funding)
        self.chance.set_text(wording.DASH if judged else wording.percent_of_draws(funding.probability_of_any_gap))
        self.meaning.set_text(judged or f"chance that at least one year is short of money{_points(funding)}")
        self.heads[0].set_text(f"{_RESERVE} for {wording.of_draws(funding.reserve_percentile / 100)}")
        self.heads[1].set_text(f"{_GAP}, {len(figures.results.years)} years")
        dashes = (wording.DASH,) * len(self.lines)
        texts = dashes if judged else _figures(figures.results.years, funding)
        for label, text in zip(self.lines, texts, strict=True):
            label.set_text(text)
        if whole:
            self._show_table(figures, option)
            self._show_words(figures, option, judged=bool(judged))

    def _show_table(self, figures: Figures, option: str) -> None:
        results, appraisal = figures.results, figures.appraisal
        columns = [TableColumn("Option", stretch=True)]
        names = [one.name for one in appraisal.scenarios]
        self.key.set_text(_key(names, appraisal.simulation.percentile))
        columns += [TableColumn(head, tip=name) for head, name in zip(headings(names), names, strict=True)]
        self.model.set_columns(columns)
        chosen = advice.preferred(results, appraisal)
        found = {result.id: result for result in results.options}
        rows = []
        for one in appraisal.options:
            if one.id in found:
                shown = narrow_name(one) if len(names) < _MANY else short_name(appraisal, one.id)
                name = Cell(shown, spoken=one.name, tip=one.name, strong=one.id == option)
                kind: RowKind = "recommended" if one.id == chosen else "plain"
                rows.append(TableRow(one.id, (name, *_met_cells(found[one.id])), kind))
        self.model.set_rows(rows)

    def _show_words(self, figures: Figures, option: str, *, judged: bool) -> None:
        """How long a settlement would have to be is worked out in full runs only; a dash stands for it until then."""
        full = figures.full
        known = full is not None and any(one.id == option for one in full.results.options)
        said = funding_words.lengths(full.results, full.appraisal, option) if full is not None and known else ()
        self.words.show_text("How long would do?", " ".join(said) or wording.DASH)
        self.words.setVisible(not judged and (bool(said) or full is not figures))
        stopped = funding_words.prevention(figures.results, figures.appraisal, option)
        self.prevention.show_text("Prevention", " ".join(stopped))
        self.prevention.setVisible(bool(stopped) and not judged)


def headings(names: Sequence[str]) -> tuple[str, ...]:
    """Names of scenarios for narrow columns: the shortest of their first words and their starts that differ.

    Many are numbered.
    """
    if len(names) >= _NUMBERED:
        return tuple(str(number) for number in range(1, len(names) + 1))
    words = [_first_word(name) for name in names]
    rooms = (_SHORT, _LONG) if len(names) >= _MANY else (_LONG,)
    tries = [tuple(wording.shorten(text, room) for text in texts) for room in rooms for texts in (words, names)]
    return next((heads for heads in tries if len(set(heads)) == len(names)), tries[-1])


def _first_word(name: str) -> str:
    """The first word that says something; the first of all where none does."""
    words = [word for word in re.split(r"[\s,–-]+", name.strip()) if word]
    return next((word for word in words if word.lower() not in _IDLE), words[0] if words else "")


def _key(names: Sequence[str], percentile: float) -> str:
    """What the signs in the table mean, which is less than affordable; and the names of numbered columns."""
    sure = wording.of_draws(percentile / 100)
    said = f"A tick: no year. A number: so many years. Affordable asks for more: no short year in at least {sure}."
    if len(names) < _NUMBERED:
        return said
    numbered = (f"{number} {wording.shorten(name, 30)}" for number, name in enumerate(names, start=1))
    return f"{'; '.join(numbered)}. {said}"


def _why_not_judged(figures: Figures, option: str, funding: ScenarioFunding) -> str:
    if not finished.has_money(funding):
        return "No money is entered in this scenario yet"
    there = any(one.id == option and finished.costed(one) for one in figures.results.options)
    return "" if there else "This option has no costs yet"


def _figures(years: Sequence[str], funding: ScenarioFunding) -> tuple[str, str, str]:
    """The reserve, the expected gap of all years, and the year that is most likely short."""
    chances = funding.probability_of_gap_by_year
    worst = max(range(len(chances)), key=chances.__getitem__, default=-1)
    tightest = years[worst] if worst >= 0 and chances[worst] > 0 else "none"
    off = wording.NINETEEN_OF_20 * funding.expected_gap_error
    return (
        wording.simulated(funding.reserve, funding.reserve_error),
        wording.simulated(funding.expected_gap, off),
        tightest,
    )


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
