"""The table of step 5: lines by year with their sums, the two read-only views, and reading a pasted block."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from appraise.model import money
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import RULES, Line
from appraise.model.costs import Entry, by_year, entries
from appraise.model.finding import Finding, Severity, horizon_years
from appraise.model.periods import short_label
from appraise.model.results import Results
from appraise.present import tables, wording
from appraise.ui.widgets.marks import RangeFace
from appraise.ui.widgets.table_model import Cell, TableColumn, TableRow

FIRST_YEAR = 2
"""The column of year 0: before it stand the name and the range."""
ZERO = Decimal(0)

Errors = Mapping[tuple[str, str], Finding]
"""The errors of step 5 by record and field."""


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
    sizes = [abs(amount) for amount in amounts if amount.is_finite() and amount]
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


def entered_columns(appraisal: Appraisal, unit: Unit) -> list[TableColumn]:
    """Name, range, years, total."""
    years = year_names(appraisal)
    return [
        TableColumn(unit.heading, "left", 216, stretch=True),
        TableColumn("Low, likely, high", "left", 106),
        *(TableColumn(year, "right") for year in years),
        TableColumn(f"{len(years)} year{'' if len(years) == 1 else 's'}", "right"),
    ]


def _entries(appraisal: Appraisal, option: str) -> tuple[Entry, ...]:
    """What the option costs and gains; without constraints while one of them cannot be spread over its years."""
    try:
        return entries(appraisal, option)
    except ArithmeticError:
        return ()


@dataclass(frozen=True, slots=True)
class Rows:
    """Makes the rows of one option, all amounts in prices of year 0 as entered."""

    appraisal: Appraisal
    unit: Unit
    errors: Errors
    open_line: str

    def of(self, option: str) -> list[TableRow]:
        """Costs with their sum, constraints from step 6, benefits with their sum, the difference; then the rest."""
        lines = lines_of(self.appraisal, option)
        counted = [line for line in lines if RULES[line.treatment].economic]
        costs = [line for line in counted if not RULES[line.treatment].benefit]
        gains = [line for line in counted if RULES[line.treatment].benefit]
        left_out = [line for line in lines if not RULES[line.treatment].economic]
        priced = self._constraints(option, "premium")
        kept = self._constraints(option, "retained")
        scale = self._scale(counted)
        total = by_year((self._amounts(costs), priced, kept), self._years)
        rows = [self._line(line, scale) for line in costs]
        if any(priced) or any(kept):
            rows.append(self._sum("sum/lines", "Costs", self._amounts(costs), "group"))
        if any(priced):
            rows.append(self._sum("sum/priced", "What suppliers add for constraints", priced, "plain", "from step 6"))
        if any(kept):
            rows.append(self._sum("sum/kept", "Expected cost of constraints", kept, "plain", "from step 6"))
        if costs or any(priced) or any(kept):
            rows.append(self._sum("sum/cost", "Total cost", total, "total"))
        rows += [self._line(line, scale) for line in gains]
        if gains:
            gained = self._amounts(gains)
            rows.append(self._sum("sum/gain", "Benefits and receipts", gained, "group"))
            net = tuple(cost - gain for cost, gain in zip(total, gained, strict=True))
            rows.append(self._sum("sum/net", "Cost less benefits", net, "total"))
        if left_out:
            rows.append(TableRow("sum/left", (Cell("Outside the economic case"),), "group"))
            rows += [self._line(line, self._scale(left_out)) for line in left_out]
        return rows

    @property
    def _years(self) -> int:
        return horizon_years(self.appraisal)

    def _amounts(self, lines: Sequence[Line]) -> tuple[Decimal, ...]:
        return by_year(([_usable(pounds) for pounds in self._by_year(line)] for line in lines), self._years)

    def _by_year(self, line: Line) -> tuple[Decimal, ...]:
        return (line.amounts + (ZERO,) * self._years)[: self._years]

    def _constraints(self, option: str, kind: str) -> tuple[Decimal, ...]:
        found = [entry.amounts for entry in _entries(self.appraisal, option) if entry.kind == kind]
        return by_year(((amounts + (ZERO,) * self._years)[: self._years] for amounts in found), self._years)

    def _scale(self, lines: Sequence[Line]) -> tuple[float, float]:
        ranges = [line.range for line in lines if line.range is not None and ("range" not in self._wrong(line))]
        low = min((float(one.low) for one in ranges), default=90.0)
        high = max((float(one.high) for one in ranges), default=110.0)
        return low, max(high, low + 1.0)

    def _wrong(self, line: Line) -> set[str]:
        return {field for record, field in self.errors if record == line.id}

    def _line(self, line: Line, scale: tuple[float, float]) -> TableRow:
        name = line.name or "A line without a name"
        amounts = self._by_year(line)
        fault = self.errors.get((line.id, "amounts"))
        icon = "down" if line.id == self.open_line else "right"
        return TableRow(
            line.id,
            (
                Cell(
                    name, icon=icon, icon_ink="ink2", editable=True, edit_text=line.name,
                    tip=f"{name}. {RULES[line.treatment].label}. Space opens its story.",
                ),
                self._range(line, scale),
                *(self._amount(pounds, fault) for pounds in amounts),
                Cell(self.unit.figure(sum((_usable(pounds) for pounds in amounts), ZERO)), strong=True),
            ),
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

    def _range(self, line: Line, scale: tuple[float, float]) -> Cell:
        fault = self.errors.get((line.id, "range"))
        if fault is not None:
            return Cell("mend", icon="problem", icon_ink="problem", ink="problem", tip=fault.sentence)
        if line.range is None:
            return Cell("no range", ink="ink2")
        low, high = float(line.range.low), float(line.range.high)
        said = f"{wording.number(low)} to {wording.number(high)} per cent of what was entered"
        return Cell(mark=RangeFace(low, 100.0, high, *scale, whiskers=True), spoken=said, tip=wording.capital(said))

    def _sum(self, key: str, name: str, amounts: Sequence[Decimal], kind: str, note: str = "") -> TableRow:
        cells = (
            Cell(name, tip=name),
            Cell(note, ink="ink2"),
            *(Cell(self.unit.figure(_pence(pounds)), spoken=wording.money(pounds)) for pounds in amounts),
            Cell(self.unit.figure(_pence(sum(amounts, ZERO))), strong=True),
        )
        return TableRow(key, cells, "group" if kind == "group" else "total" if kind == "total" else "plain")


def _usable(pounds: Decimal) -> Decimal:
    return pounds if pounds.is_finite() and abs(pounds) <= money.LARGEST else ZERO


def _pence(pounds: Decimal) -> Decimal:
    return money.pounds(pounds)


def unit_of_option(appraisal: Appraisal, option: str) -> Unit:
    """The unit in which an option's lines are shown."""
    return unit_of(amount for line in lines_of(appraisal, option) for amount in line.amounts)


def cash_table(results: Results, option: str) -> tuple[list[TableColumn], list[TableRow]]:
    """The financial case by year, read only."""
    table = tables.financial_by_year(results, option)
    unit = unit_of(cell.raw for row in table.rows for cell in row[1:] if isinstance(cell.raw, Decimal))
    columns = [
        TableColumn(unit.heading, "left", 216, stretch=True),
        *(TableColumn(column.heading, "right") for column in table.columns[1:]),
    ]
    return columns, _read_only(table, unit)


def present_value_table(results: Results, option: str) -> tuple[list[TableColumn], list[TableRow]]:
    """Each line before and after discounting, read only."""
    table = tables.present_values_by_line(results, option)
    columns = [
        TableColumn(table.columns[0].heading, "left", 216, stretch=True),
        *(TableColumn(f"{column.heading}, £", "right") for column in table.columns[1:]),
    ]
    return columns, _read_only(table, Unit("£", 1, 2))


def _read_only(table: tables.Table, unit: Unit) -> list[TableRow]:
    return [
        TableRow(
            f"row/{number}",
            tuple(
                Cell(unit.figure(cell.raw) if isinstance(cell.raw, Decimal) else cell.text, tip=cell.text)
                for cell in row
            ),
            "total" if number in table.total_rows else "plain",
        )
        for number, row in enumerate(table.rows)
    ]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block is pasted: the lines from the first one down, the column, and the names of the years."""

    lines: Sequence[Line]
    column: int
    years: Sequence[str]


def read_amount(text: str) -> Decimal:
    """An amount as typed in a cell: an empty one is nothing. ValueError with one sentence."""
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
