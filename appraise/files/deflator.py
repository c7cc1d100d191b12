"""Reading general inflation from HM Treasury's GDP deflator file, or what somebody made of it.

HM Treasury publishes "GDP deflators at market prices, and money GDP" as a workbook: rows are financial
years, columns the index (100 in a base year) and its per cent change. Copies arrive as text in many forms.
"""

import contextlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NoReturn

from appraise.files.faults import FileFault, shown
from appraise.files.sheets import Cell, Sheet, SheetFault, column_letters, read_sheets
from appraise.model.appraisal.document import Deflator
from appraise.model.finding import capital

#: Rises are read from this many years before year 0, so that older prices can be brought to it.
EARLIER_YEARS = 10
#: A yearly rise outside is a slip, in per cent. The largest since 1955 in the United Kingdom was about 26.
LOWEST_RISE, HIGHEST_RISE = Decimal(-20), Decimal(50)
#: If no rise reaches this many per cent, they are shares of 1 that were meant to be per cent.
_SHARES_BELOW = Decimal("0.2")
#: Rises are kept to four decimals of a per cent: a workbook holds 2.5127834162.
_FOUR_PLACES = Decimal("0.0001")
_HEADING_ROWS = 8
_TITLE_LIMIT = 120

_YEAR = re.compile(
    r"(?:FY\s?)?(?P<first>(?:19|20|21)\d\d)\s?(?:[-/–—‑−]|to)\s?(?P<second>\d{4}|\d\d)"
    r"(?:\s?(?:\[[^\]]{0,30}\]|\([^)]{0,30}\)|\*+|[rpfe]))*",
    re.IGNORECASE,
)
_TEXT_DATES = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"),
    re.compile(r"(?P<day>\d\d?)/(?P<month>\d\d?)/(?P<year>\d{4})"),
)
#: First and last day of a financial year, and of a tax year, which some tables name instead.
_ENDS = {(4, 1): 0, (4, 6): 0, (3, 31): -1, (4, 5): -1}
#: What a spreadsheet program makes of a year, or somebody in haste: Mar-26, 28/29.
_MEANT_AS_YEAR = re.compile(r"(?:[A-Za-z]{3,9}[-/ ]\d{2,4}|\d{1,4}[-/–.]\d{1,4}(?:[-/.]\d{1,4})?)")
_CALENDAR_YEAR = re.compile(r"(?:19|20|21)\d\d(?:\.0)?")
_PERCENT = re.compile(r"per\s?cent|%|\b(?:change|growth|rise|increase|inflation)\b", re.IGNORECASE)
_INDEX = re.compile(r"deflator|\bindex\b|=\s?100", re.IGNORECASE)
_MONEY = re.compile(r"\bmoney\b|\bcash\b|£|\bnominal\b|\breal\b|\bexpenditure\b", re.IGNORECASE)
_NOTHING = frozenset({"", "-", "–", "—", "..", "...", "…", ":", "n/a", "na", "[x]", "[z]", "[c]"})
_FIGURE = re.compile(r"(?P<minus>[-−–]?)\s?(?P<digits>\d[\d .,]*)(?P<after>-?)\s?%?")
_WITH_POINT = re.compile(r"(?:\d+|\d{1,3}(?:[ ,]\d{3})+)(?:\.\d+)?")
_WITH_COMMA = re.compile(r"(?:\d+|\d{1,3}(?:[ .]\d{3})+)(?:,\d+)?")
_DATED = re.compile(
    r"\b(\d{1,2}) (January|February|March|April|May|June|July|August|September|October|November|December) (20\d\d)\b"
)
_MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905  reads best as it is said
_OTHER_FILE = "Use the newest file from HM Treasury."


class DeflatorFault(FileFault):
    """Why no rises can be read from a file: what, where and how to mend it, in one sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDeflator:
    """Rises read from a file, where they come from, and a sentence that says which years they cover."""

    deflator: Deflator
    source: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    """A column of figures by financial year. `rows` are (row, year); `rises`: per cent, otherwise an index."""

    sheet: Sheet
    years: int
    figures: int
    rows: tuple[tuple[int, int], ...]
    rises: bool

    @property
    def place(self) -> str:
        sheet = f'sheet "{shown(self.sheet.name, 31)}", ' if self.sheet.name else ""
        return f"{sheet}column {column_letters(self.figures)}"


def read_deflator(path: Path, *, first_year: int) -> ReadDeflator:
    """The yearly rises of general inflation in per cent, for an appraisal whose year 0 is `first_year`.

    Takes the column of per cent changes if there is one, otherwise the index, and computes
    100 (I_t / I_(t-1) - 1). Raises DeflatorFault, and nothing else.
    """
    try:
        sheets = read_sheets(path)
    except SheetFault as fault:
        raise DeflatorFault(fault.sentence) from fault
    column = _the_column(sheets)
    rises = _rises(column, first_year)
    first, last = min(rises), max(rises)
    if last < first_year:
        raise DeflatorFault(f"The file ends with {_named(last)}, before year 0, {_named(first_year)}. {_OTHER_FILE}")
    deflator = Deflator(
        first_year=first,
        percent=tuple(rises[year] for year in range(first, last + 1)),
        published=_published(column),
    )
    return ReadDeflator(deflator=deflator, source=_source(column), sentence=_said(first, last, first_year))


def _said(first: int, last: int, first_year: int) -> str:
    years = _named(first) if first == last else f"{_named(first)} to {_named(last)}"
    earlier = f"; the flat rate holds before {_named(first)}" if first > first_year + 1 else ""
    return f"Rises for {years} read{earlier}; later years carry the last one."


def _named(year: int) -> str:
    return f"{year}-{(year + 1) % 100:02}"


# Finding the column ---------------------------------------------------------------------------------


def _the_column(sheets: tuple[Sheet, ...]) -> _Column:
    """The one column that holds the deflator. Raises DeflatorFault when none or several do."""
    found = [column for sheet in sheets for column in _columns(sheet)]
    chosen = [column for column in found if column.rises] or found
    if len(chosen) == 1:
        return chosen[0]
    if chosen:
        raise DeflatorFault(
            f"Two columns fit: {chosen[0].place}, and {chosen[1].place}. Remove the one that is not the GDP deflator."
        )
    if any(True for sheet in sheets for _ in _year_columns(sheet)):
        raise DeflatorFault(
            'No column of figures is headed as the GDP deflator. Head it "GDP deflator" or "Per cent change".'
        )
    if any(len(_rows_like(sheet, column, _CALENDAR_YEAR)) > 1 for sheet in sheets for column in _width(sheet)):
        raise DeflatorFault("The file has calendar years only. Use the table by financial year, such as 2024-25.")
    raise DeflatorFault("No column of financial years was found. Write them below each other, such as 2024-25.")


def _columns(sheet: Sheet) -> Iterator[_Column]:
    """Columns that may hold the deflator: in each block of years rises if there are any, otherwise indices."""
    starts = dict(_year_columns(sheet))
    ends = {column for column in _width(sheet) if starts and len(_rows_like(sheet, column, _CALENDAR_YEAR)) > 2}
    for years, rows in starts.items():
        block = [column for column in _block(sheet, years, {*starts, *ends}) if _has_figures(sheet, column, rows)]
        headings = _headings(sheet, years, rows[0][0])
        kinds = {column: kind for column in block if (kind := _kind(headings, block, column))}
        rises = [column for column, kind in kinds.items() if kind.startswith("rises")]
        sure = [column for column in rises if kinds[column] == "rises of the deflator"]
        indices = [column for column, kind in kinds.items() if kind == "index"]
        for column in sure or rises or indices:
            yield _Column(sheet=sheet, years=years, figures=column, rows=rows, rises=bool(rises))


def _width(sheet: Sheet) -> range:
    return range(max((len(row) for row in sheet.rows), default=0))


def _year_columns(sheet: Sheet) -> Iterator[tuple[int, tuple[tuple[int, int], ...]]]:
    """Columns with at least two financial years, and (row, year) of each."""
    for column in _width(sheet):
        rows = [(row, _year(sheet.cell(row, column))) for row in range(len(sheet.rows))]
        years = tuple((row, year) for row, year in rows if year is not None)
        if len(years) > 1:
            yield column, years


def _year(cell: Cell) -> int | None:
    """The year in which a financial year starts, None for what is none. Of dates only its two ends are taken."""
    if isinstance(cell, date):
        return cell.year + _ENDS[cell.month, cell.day] if (cell.month, cell.day) in _ENDS else None
    if not isinstance(cell, str):
        return None
    for form in _TEXT_DATES:
        if (dated := form.fullmatch(cell)) is not None:
            end = int(dated["month"]), int(dated["day"])
            return int(dated["year"]) + _ENDS[end] if end in _ENDS else None
    match = _YEAR.fullmatch(cell)
    if match is None:
        return None
    first, second = int(match["first"]), match["second"]
    return first if int(second) == (first + 1) % 10 ** len(second) else None


def _rows_like(sheet: Sheet, column: int, form: re.Pattern[str]) -> list[int]:
    cells = ((row, sheet.cell(row, column)) for row in range(len(sheet.rows)))
    return [row for row, cell in cells if cell is not None and form.fullmatch(str(cell))]


def _block(sheet: Sheet, years: int, ends: set[int]) -> Iterator[int]:
    """The columns to the right of a column of years, up to the next one of whatever kind."""
    for column in range(years + 1, len(_width(sheet))):
        if column in ends:
            return
        yield column


def _has_figures(sheet: Sheet, column: int, rows: tuple[tuple[int, int], ...]) -> bool:
    return sum(1 for row, _ in rows if _like_a_figure(sheet.cell(row, column))) > 1


def _like_a_figure(cell: Cell) -> bool:
    return isinstance(cell, Decimal) or (isinstance(cell, str) and _FIGURE.fullmatch(_bare(cell)) is not None)


def _bare(text: str) -> str:
    """A figure in brackets, which accountants write for one below nothing, without them."""
    return text[1:-1].strip() if text.startswith("(") and text.endswith(")") else text


def _headings(sheet: Sheet, years: int, first: int) -> Mapping[int, tuple[str, str]]:
    """Own heading of each column, and that of the group it stands in: a merged cell names the columns after it.

    A row with one text in or before the column of years is a title and no heading.
    """
    own: dict[int, str] = {}
    group: dict[int, str] = {}
    for row in range(max(0, first - _HEADING_ROWS), first):
        cells = {column: str(cell) for column, cell in enumerate(sheet.rows[row]) if cell is not None}
        if not any(column > years for column in cells):
            continue
        carried = ""
        for column in range(years + 1, len(_width(sheet))):
            carried = cells.get(column, carried)
            own[column] = f"{own.get(column, '')} {cells.get(column, '')}".strip()
            group[column] = f"{group.get(column, '')} {carried}".strip()
    return {column: (own[column], group[column]) for column in own}


def _kind(headings: Mapping[int, tuple[str, str]], block: list[int], column: int) -> str:
    """What a column is by its headings: "index", "rises", "rises of the deflator", or "" for another matter."""
    own, group = headings.get(column, ("", ""))
    if not own:
        return ""
    before = [headings[other][0] for other in block if other < column and not _PERCENT.search(headings[other][0])]
    subject = next(filter(None, (_subject(text) for text in (own, group, *before[-1:]))), "")
    if _PERCENT.search(own):
        return {"deflator": "rises of the deflator", "": "rises"}.get(subject, "")
    return "index" if subject == "deflator" or (not subject and _INDEX.search(own)) else ""


def _subject(text: str) -> str:
    """What a heading speaks of, "" if it speaks of both or of neither."""
    deflator, money = re.search("deflator", text, re.IGNORECASE), _MONEY.search(text)
    if bool(deflator) == bool(money):
        return ""
    return "deflator" if deflator else "money"


# Reading the figures --------------------------------------------------------------------------------


def _rises(column: _Column, first_year: int) -> dict[int, Decimal]:
    """Rise in per cent by year, without gaps, from at most ten years before year 0 on."""
    earliest = first_year - EARLIER_YEARS + 1 - (0 if column.rises else 1)
    rows = [(row, year) for row, year in column.rows if year >= earliest]
    if not rows:
        last = max(year for _, year in column.rows)
        raise DeflatorFault(f"The file ends with {_named(last)}, before year 0, {_named(first_year)}. {_OTHER_FILE}")
    _check_other_rows(column, rows)
    figures = _without_gaps(column, rows)
    if column.rises:
        _check_not_shares(column, figures)
        rises = {year: value for year, (_, value) in figures.items()}
    else:
        rises = _from_index(column, figures)
    for year, rise in rises.items():
        if not LOWEST_RISE <= rise <= HIGHEST_RISE:
            _refuse(column, figures[year][0], f"a rise of {_short(rise)} % is outside -20 to 50. Correct the figure.")
    return {year: rise.quantize(_FOUR_PLACES).normalize() + Decimal("0.00") for year, rise in rises.items()}


def _check_other_rows(column: _Column, rows: list[tuple[int, int]]) -> None:
    """A year that was turned into something else, such as Mar-26, must not be lost beside its figure."""
    known = {row for row, _ in column.rows}
    for row in range(rows[0][0], len(column.sheet.rows)):
        label, cell = column.sheet.cell(row, column.years), column.sheet.cell(row, column.figures)
        if row in known or not (isinstance(label, date) or _MEANT_AS_YEAR.fullmatch(str(label))):
            continue
        if _like_a_figure(cell):
            said = f'"{shown(str(label), 24)}" stands where a financial year belongs. Write it such as 2024-25.'
            _refuse(column, row, said, years=True)


def _without_gaps(column: _Column, rows: list[tuple[int, int]]) -> dict[int, tuple[int, Decimal]]:
    """Row and figure by year, from the first to the last figure that there is."""
    comma = _decimal_comma(column, rows)
    figures: dict[int, tuple[int, Decimal]] = {}
    seen: dict[int, int] = {}
    for row, year in rows:
        if year in seen:
            _refuse(column, row, f"{_named(year)} stands in row {seen[year] + 1} too. Remove one.", years=True)
        seen[year] = row
        value = _figure(column, row, comma=comma)
        if value is not None:
            figures[year] = (row, value)
    if not figures:
        raise DeflatorFault(f"{capital(column.place)} holds no figure for the years that are needed. {_OTHER_FILE}")
    for year in range(min(figures), max(figures)):
        if year not in figures and year in seen:
            _refuse(column, seen[year], f"there is no figure for {_named(year)}. Fill it in, and save the file.")
        if year not in figures:
            raise DeflatorFault(f"{capital(column.place)}: the year {_named(year)} is missing. Add its row.")
    return dict(sorted(figures.items()))


def _figure(column: _Column, row: int, *, comma: bool) -> Decimal | None:
    """The figure in a row, None where the file says that there is none. Raises DeflatorFault."""
    cell = column.sheet.cell(row, column.figures)
    if cell is None or str(cell).strip().lower() in _NOTHING:
        return None
    if isinstance(cell, Decimal) and cell.is_finite():
        return cell
    text = str(cell)
    match = _FIGURE.fullmatch(_bare(text))
    if match is None or isinstance(cell, (date, Decimal)) or len(text) > 40:
        _refuse(column, row, f'"{shown(text, 24)}" is not a figure. Write it such as 2.5.')
    digits = match["digits"].strip()
    if not (_WITH_COMMA if comma else _WITH_POINT).fullmatch(digits):
        _refuse(column, row, f'"{shown(text, 24)}" is not a figure. Write it such as 2.5.')
    thousands, point = (".", ",") if comma else (",", ".")
    digits = digits.replace(" ", "").replace(thousands, "").replace(point, ".")
    value = Decimal(digits)
    return -value if _bare(text) != text or match["minus"] or match["after"] else value


def _decimal_comma(column: _Column, rows: list[tuple[int, int]]) -> bool:
    """Whether 2,5 means two and a half: the figures of the column decide. Raises DeflatorFault where they cannot."""
    texts = [(row, cell) for row, _ in rows if isinstance(cell := column.sheet.cell(row, column.figures), str)]
    commas = [(row, text) for row, text in texts if "," in text]
    if not commas:
        return False
    both = [text for _, text in commas if "." in text]
    if both:
        return both[0].rfind(",") > both[0].rfind(".")
    if column.sheet.decimal_comma:
        return True
    if any("." in text for _, text in texts):
        return False
    if all(re.search(r",\d{3}\b", text) for _, text in commas):
        row, text = commas[0]
        _refuse(column, row, f'"{shown(text, 24)}" can be read in two ways. Write it with a point, such as 2.5.')
    return True


def _check_not_shares(column: _Column, figures: Mapping[int, tuple[int, Decimal]]) -> None:
    values = [value for _, value in figures.values()]
    if len(values) > 1 and any(values) and all(abs(value) < _SHARES_BELOW for value in values):
        raise DeflatorFault(
            f"{capital(column.place)}: no rise reaches 0.2 %, so these look like shares of 1. Write 2.5 for 2.5 %."
        )


def _from_index(column: _Column, figures: Mapping[int, tuple[int, Decimal]]) -> dict[int, Decimal]:
    """Rises from one index figure to the next; the first figure has none."""
    for row, value in figures.values():
        if value <= 0:
            _refuse(column, row, f"an index of {_short(value)} is not above 0. Correct the figure.")
    if len(figures) < 2:
        raise DeflatorFault(f"{capital(column.place)} holds one index figure; a rise needs two. {_OTHER_FILE}")
    years = sorted(figures)
    return {year: 100 * (figures[year][1] / figures[year - 1][1] - 1) for year in years[1:]}


def _refuse(column: _Column, row: int, said: str, *, years: bool = False) -> NoReturn:
    place = column.sheet.place(row, column.years if years else column.figures)
    raise DeflatorFault(f"{capital(place)}: {said}")


def _short(value: Decimal) -> str:
    return f"{value:.1f}" if abs(value) < 10**6 else f"{value:.1e}"


# Where it comes from --------------------------------------------------------------------------------


def _titles(column: _Column) -> Iterator[str]:
    """Texts above the headings, in or before the column of years, from the top."""
    for row in column.sheet.rows[: column.rows[0][0]]:
        texts = [(number, cell) for number, cell in enumerate(row) if isinstance(cell, str)]
        if len(texts) == 1 and texts[0][0] <= column.years:
            yield texts[0][1]


def _source(column: _Column) -> str:
    """What the file calls itself; its own name is nobody's business but the reader's."""
    return shown(next(_titles(column), "GDP deflator"), _TITLE_LIMIT)


def _published(column: _Column) -> str:
    """The latest full date above the table, as 2026-03-26; empty if there is none."""
    found = []
    for day, month, year in _DATED.findall("\n".join(_titles(column))):
        with contextlib.suppress(ValueError):  # 31 June
            found.append(date(int(year), _MONTHS.index(month) + 1, int(day)))
    return max(found).isoformat() if found else ""
