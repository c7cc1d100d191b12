"""The rows of step 5: lines by year as entered or as calculated, and the totals below them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import Generic, TypeVar

from appraise.model import money
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import RULES, Line, Prices, Spend
from appraise.model.finding import Finding, Severity, horizon_years
from appraise.model.periods import short_label
from appraise.present import cost_views, range_words, wording
from appraise.present.cost_views import Category, CostView, Figures, Total, usable
from appraise.ui import theme
from appraise.ui.widgets import base
from appraise.ui.widgets.marks import RangeFace
from appraise.ui.widgets.table_model import Cell, LateCells, TableColumn, TableRow

FIRST_YEAR = 2
"""The column of year 0: before it stand the name and the range."""
ZERO = Decimal(0)

Errors = Mapping[tuple[str, str], Finding]
"""The errors of step 5 by record and field."""

SPENDS = {Spend.OPERATING: "Operating", Spend.MAINTENANCE: "Maintenance", Spend.CAPITAL: "Capital"}


@dataclass(frozen=True, slots=True)
class Unit:
    """What the figures of the table are shown in; editing always shows pounds."""

    heading: str
    divisor: int
    places: int

    def figure(self, value: Decimal) -> str:
        """The figure in this unit; a dash for nothing."""
        return wording.number(value / self.divisor, self.places) if value else wording.DASH


def unit_of(amounts: Iterable[Decimal]) -> Unit:
    """Thousands of pounds, unless all amounts are small; one place more where a thousand is too coarse."""
    sizes = [abs(amount) for amount in amounts if amount and amount.is_finite()]
    if sizes and max(sizes) < 100_000:
        return Unit("£", 1, 0)
    return Unit("£ thousand", 1_000, 1 if sizes and min(sizes) < 500 else 0)


def errors_of(findings: Iterable[Finding]) -> Errors:
    """The errors of step 5 by record and field."""
    return {
        (found.record, found.field): found for found in findings if found.step == 5 and found.severity is Severity.ERROR
    }


def year_names(appraisal: Appraisal) -> tuple[str, ...]:
    """The heads of the year columns: "27/28"."""
    first = appraisal.horizon.first_year
    known = 0 < first < 9_000
    return tuple(short_label(first, year) if known else f"Year {year}" for year in range(horizon_years(appraisal)))


def lines_of(appraisal: Appraisal, option: str) -> tuple[Line, ...]:
    """The lines of an option, in order."""
    return tuple(line for line in appraisal.lines if line.option == option)


def prices_note(appraisal: Appraisal, line: Line) -> str:
    """The money that a line is entered in, where it is not prices of year 0: "cash", "24/25 prices"."""
    if line.prices is Prices.CASH:
        return "cash"
    if line.prices is Prices.OTHER_YEAR and line.price_year != appraisal.horizon.first_year:
        known = 0 < line.price_year < 9_000
        return f"{short_label(line.price_year)} prices" if known else "other prices"
    return ""


Made = TypeVar("Made")


class _Kept(Generic[Made]):
    """Things that are made once and kept while what they are made of stays the same."""

    def __init__(self) -> None:
        self._made: dict[str, tuple[object, Made]] = {}

    def get(self, key: str, token: object, make: Callable[[], Made]) -> Made:
        """What was made for the key, made anew when the token is another one."""
        known = self._made.get(key)
        if known is None or known[0] != token:
            known = (token, make())
            self._made[key] = known
        return known[1]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything a table of costs shows: columns, rows, the rows of totals, and how wide a year is."""

    columns: list[TableColumn]
    rows: list[TableRow]
    totals: list[TableRow]
    unit: Unit


class SheetMaker:
    """Makes the table of an option. Rows whose line did not change stay the same objects, so nothing repaints them."""

    def __init__(self) -> None:
        self._rows: _Kept[TableRow] = _Kept()
        self._figures: _Kept[Figures] = _Kept()
        self._sizes: _Kept[tuple[Decimal, Decimal]] = _Kept()

    def entered(
        self, appraisal: Appraisal, option: str, errors: Errors, open_line: str = "", others: Sequence[Figures] = ()
    ) -> Sheet:
        """The lines as entered, to be edited. `others`: figures that the totals count beside the lines."""
        lines = lines_of(appraisal, option)
        unit = self._unit(lines)
        years = horizon_years(appraisal)
        figures = [self._of_line(appraisal, line, years) for line in lines]
        constraints = cost_views.constraint_figures(appraisal, option, years)
        totals = cost_views.economic_totals([*figures, *constraints, *others], years) if lines or constraints else ()
        paint = _Entered(appraisal, unit, errors, open_line, _scale(lines, errors))
        rows = [self._row(paint, line) for line in lines if _place(line) == 0]
        for place, words in ((1, "Benefits and receipts"), (2, "Outside the economic case")):
            if some := [self._row(paint, line) for line in lines if _place(line) == place]:
                rows += [TableRow(f"head/{place}", (Cell(words),), "group"), *some]
        foot = [_total_row(one, unit) for one in totals]
        return Sheet(_columns(year_names(appraisal), unit, "Low, likely, high", totals), rows, foot, unit)

    def calculated(self, view: CostView) -> Sheet:
        """One of the views that are only read."""
        unit = replace(unit_of(pounds for row in view.rows for pounds in row.by_year), places=0)
        told = [row for row in view.rows if row.kind == "line" or any(row.by_year)]
        costs = [row for row in told if row.category not in cost_views.GAINS]
        gains = [row for row in told if row.category in cost_views.GAINS]
        rows = [_calculated_row(row, unit) for row in costs]
        if gains:
            rows.append(TableRow("head/1", (Cell("Benefits and receipts"),), "group"))
            rows += [_calculated_row(row, unit, sign=-1) for row in gains]
        foot = [_total_row(one, unit) for one in view.totals]
        return Sheet(
            _columns([wording.year_short(year) for year in view.years], unit, "Counted as", view.totals),
            rows,
            foot,
            unit,
        )

    def _unit(self, lines: Sequence[Line]) -> Unit:
        """As `unit_of` over all amounts, with the sizes of each line kept."""
        sizes = [self._sizes.get(line.id, line.amounts, partial(_ends, line.amounts)) for line in lines]
        return unit_of([size for pair in sizes for size in pair if size])

    def _of_line(self, appraisal: Appraisal, line: Line, years: int) -> Figures:
        plain = line.prices is Prices.YEAR_0
        token = (line, years, None if plain else appraisal.basis, None if plain else appraisal.horizon)
        return self._figures.get(line.id, token, lambda: cost_views.entered_figures(appraisal, line, years))

    def _row(self, paint: "_Entered", line: Line) -> TableRow:
        def made() -> TableRow:
            return TableRow(line.id, LateCells(lambda: paint.cells(line)))

        return self._rows.get(line.id, paint.token(line), made)


def _ends(amounts: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    """The smallest and the largest size among amounts; nothing where there are none."""
    sizes = [abs(amount) for amount in amounts if amount and amount.is_finite()]
    return (min(sizes), max(sizes)) if sizes else (ZERO, ZERO)


def _place(line: Line) -> int:
    """Costs first, then benefits, then what the economic case leaves out."""
    rule = RULES[line.treatment]
    return (1 if rule.benefit else 0) if rule.economic else 2


def _scale(lines: Sequence[Line], errors: Errors) -> tuple[float, float]:
    """One scale for all ranges of a table, so that they can be compared."""
    ranges = [line.range for line in lines if line.range is not None and (line.id, "range") not in errors]
    ends = [range_words.ends(one) for one in ranges]
    low = min((float(one) for one, _ in ends), default=90.0)
    high = max((float(one) for _, one in ends), default=110.0)
    return low, max(high, low + 1.0)


def _columns(years: Sequence[str], unit: Unit, second: str, totals: Sequence[Total]) -> list[TableColumn]:
    """Name, range or category, years, total; every year as wide as the widest figure of the totals needs."""
    count = f"{len(years)} year{'' if len(years) == 1 else 's'}"
    figures = [unit.figure(money.pounds(pounds)) for one in totals for pounds in one.by_year]
    sums = [unit.figure(money.pounds(one.total)) for one in totals]
    year = _width(max(figures, key=len, default=""), years[0] if years else "", least=52)
    return [
        TableColumn(unit.heading, "left", 204, stretch=True),
        TableColumn(second, "left", 108),
        *(TableColumn(name, "right", year) for name in years),
        TableColumn(count, "right", _width(max(sums, key=len, default=""), count, least=62)),
    ]


def _width(figure: str, head: str, *, least: float) -> float:
    """Room for a figure and a heading, in px at 100 %."""
    zoom = theme.current().zoom / 100
    words = max(base.text_width(figure, "strong"), base.text_width(head, "label")) / zoom
    return max(round(words) + 18, least)


def _total_row(one: Total, unit: Unit) -> TableRow:
    def cells() -> tuple[Cell, ...]:
        return (
            Cell(one.name, tip=one.name, strong=one.grand),
            Cell(""),
            *(_read_only(pounds, unit) for pounds in one.by_year),
            replace(_read_only(one.total, unit), strong=True),
        )

    return TableRow(one.key, LateCells(cells), "total" if one.grand else "sum")


def _calculated_row(row: Figures, unit: Unit, sign: int = 1) -> TableRow:
    def cells() -> tuple[Cell, ...]:
        counted = cost_views.WORDS[row.category]
        return (
            Cell(row.name or "A line without a name", tip=row.name),
            Cell(_SHORT.get(row.category, counted), ink="ink2", tip=counted),
            *(_read_only(sign * pounds, unit) for pounds in row.by_year),
            replace(_read_only(sign * row.total, unit), strong=True),
        )

    return TableRow(f"row/{row.id}/{row.kind}", LateCells(cells))


def _read_only(pounds: Decimal, unit: Unit) -> Cell:
    """A figure that is only read; copied, it is pounds like all others."""
    exact = money.pounds(pounds)
    return Cell(unit.figure(exact), edit_text=money.plain_amount(exact), spoken=wording.money(exact))


_SHORT = {
    Category.LIABILITIES: "Liability",
    Category.BODIES_COST: "Other bodies",
    Category.BODIES_GAIN: "Other bodies",
    Category.SOCIETY_COST: "Society",
    Category.SOCIETY_GAIN: "Society",
    Category.PRICED: "Constraint",
    Category.KEPT: "Constraint",
    Category.MANAGING: "Constraint",
    Category.BIAS: "Optimism bias",
    Category.GAIN_BIAS: "Optimism bias",
    Category.OWN_GAIN: "Benefit",
    Category.BUDGET: "Budget only",
}


@dataclass(frozen=True, slots=True)
class _Entered:
    """Paints the lines that are edited."""

    appraisal: Appraisal
    unit: Unit
    errors: Errors
    open_line: str
    scale: tuple[float, float]

    def token(self, line: Line) -> object:
        """What the cells of a line are made of."""
        faults = (self.errors.get((line.id, "amounts")), self.errors.get((line.id, "range")))
        years = horizon_years(self.appraisal)
        note = prices_note(self.appraisal, line)
        return line, self.unit, self.scale, faults, line.id == self.open_line, years, note

    def cells(self, line: Line) -> tuple[Cell, ...]:
        """Name, range, amounts by year, their sum."""
        years = horizon_years(self.appraisal)
        name = line.name or "A line without a name"
        note = prices_note(self.appraisal, line)
        amounts = (line.amounts + (ZERO,) * years)[:years]
        fault = self.errors.get((line.id, "amounts"))
        told = f"{name}. {RULES[line.treatment].label}{f', in {note}' if note else ''}. Space opens its story."
        return (
            Cell(
                f"{name} ({note})" if note else name, icon="down" if line.id == self.open_line else "right",
                icon_ink="ink2", editable=True, edit_text=line.name, tip=told,
            ),
            self._range(line),
            *(self._amount(pounds, fault) for pounds in amounts),
            replace(_read_only(sum((usable(pounds) for pounds in amounts), ZERO), self.unit), strong=True),
        )  # fmt: skip

    def _amount(self, pounds: Decimal, fault: Finding | None) -> Cell:
        wrong = fault is not None and (not pounds.is_finite() or abs(pounds) > money.LARGEST)
        return Cell(
            self.unit.figure(pounds) if pounds.is_finite() else "none",
            editable=True,
            edit_text=money.plain_amount(pounds) if pounds.is_finite() and pounds else "",
            ink="problem" if wrong else "ink",
            spoken=wording.money(pounds) if pounds.is_finite() else "no amount",
            tip=fault.sentence if fault is not None and wrong else "",
        )

    def _range(self, line: Line) -> Cell:
        fault = self.errors.get((line.id, "range"))
        if fault is not None:
            return Cell("mend", icon="problem", icon_ink="problem", ink="problem", tip=fault.sentence)
        if line.range is None:
            return Cell("no range", ink="ink2")
        low, high = (float(end) for end in range_words.ends(line.range))
        said = range_words.spoken(line.range)
        face = RangeFace(low, range_words.middle(line.range), high, *self.scale, whiskers=True)
        return Cell(mark=face, spoken=said, tip=wording.capital(said))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block is pasted: the lines from the first one down, the column, and the names of the years."""

    lines: Sequence[Line]
    column: int
    years: Sequence[str]


def read_amount(text: str) -> Decimal:
    """An amount as typed in a cell: an empty one is nothing. ValueError with one sentence."""
    bare = text.strip()
    if bare.startswith("#") and bare.rstrip("!?").isupper():  # #REF!, #N/A, #DIV/0!, #NAME?
        raise ValueError(f"{bare[:12]} is an error of the spreadsheet; mend it there and copy again.")
    return money.parse(text) if text.strip() else Decimal("0.00")


def in_thousands(text: str, amount: Decimal) -> str:
    """What to type if thousands were meant, where a small bare number was typed under "£ thousand"; else empty."""
    bare = not any(sign.isalpha() or sign == "£" for sign in text)
    if not bare or not 0 < abs(amount) < 10_000:
        return ""
    return f"If thousands were meant, type {money.plain_amount(amount)}k."


def pasted(block: Sequence[Sequence[str]], place: Place) -> dict[tuple[str, int], Decimal]:
    """The amounts of a pasted block by line and year. ValueError with one sentence: then nothing is pasted."""
    first = place.column - FIRST_YEAR
    if not 0 <= first < len(place.years):
        raise ValueError("Nothing was pasted: choose a year's cell first, then paste.")
    if len(block) > len(place.lines):
        raise ValueError(
            f"Nothing was pasted: the block has {wording.how_many(len(block), 'row')}, "
            f"but only {wording.how_many(len(place.lines), 'line')} from here down."
        )
    amounts: dict[tuple[str, int], Decimal] = {}
    for line, row in zip(place.lines, block, strict=False):
        for offset, text in enumerate(row):
            year = first + offset
            if year >= len(place.years):
                if text.strip():
                    raise ValueError(f"Nothing was pasted: the block is wider than the years up to {place.years[-1]}.")
                continue
            try:
                amounts[line.id, year] = read_amount(text)
            except ValueError as wrong:
                name = wording.shorten(line.name, 40)
                raise ValueError(f"Nothing was pasted. In “{name}”, {place.years[year]}: {wrong}") from wrong
    return amounts
