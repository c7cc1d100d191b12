"""Reading a block from a spreadsheet whose first column names the lines; a row of years may stand on top."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from appraise.model.appraisal.document import Appraisal
from appraise.model.edits import lines as edits
from appraise.present import wording
from appraise.ui.pages import costs_rows

Block = Sequence[Sequence[str]]
_YEAR = re.compile(r"(?P<first>[0-9]{4}|[0-9]{2}(?=[/–-]))(?:[/–-](?P<second>[0-9]{2}|[0-9]{4}))?")
_TOTALS = re.compile(r"(?:(?:grand|sub)[ -]?)?totals?(?: costs?)?|sum", re.IGNORECASE)
NOTHING = "Nothing was pasted: "


@dataclass(frozen=True, slots=True)
class NamedLine:
    """One row of the block: the name of the line, and its amounts by year from year 0."""

    name: str
    amounts: dict[int, Decimal]


def names_lines(block: Block) -> bool:
    """The first column is text, and amounts stand beside it."""
    rows = [row for row in _body(block) if any(cell.strip() for cell in row)]
    return bool(rows) and max(len(row) for row in rows) > 1 and all(_is_name(row[0]) for row in rows)


def read_lines(block: Block, first_year: int, years: Sequence[str]) -> tuple[NamedLine, ...]:
    """The lines of a block; `years` are the names of the years compared, the first begins in April `first_year`.

    Without a row of years the amounts begin in year 0. Rows and columns of totals are left out: they would count
    every pound twice. ValueError with one sentence that names row and column,
    counted from 1 as in the block.
    """
    places = _places(block[0], first_year, years) if has_years(block[0]) else {}
    headed = bool(places)
    sums = _total_columns(block) if headed else set()
    lines = []
    for number, row in enumerate(_body(block), 2 if headed else 1):
        if not any(cell.strip() for cell in row) or is_total(row[0]):
            continue
        amounts = {}
        for column, text in enumerate(row[1:], 1):
            if not text.strip() or column in sums:
                continue
            year = places.get(column, -1) if headed else column - 1
            if not 0 <= year < len(years):
                what = "has no year above it" if headed else f"lies after the last year, {years[-1]}"
                raise ValueError(f"{NOTHING}row {number}, column {column + 1} {what}.")
            amounts[year] = _amount(text, number, column + 1)
        lines.append(NamedLine(" ".join(row[0].split()), amounts))
    return tuple(lines)


def has_years(row: Sequence[str]) -> bool:
    """A row on top is one of years when it holds years one after the other, and else only words."""
    cells = [cell.strip() for cell in row[1:] if cell.strip()]
    years = [year for year in map(_year, cells) if year is not None]
    words = [cell for cell in cells if _year(cell) is None]
    steps = all(after == one + 1 for one, after in pairwise(years))
    return bool(years) and steps and all(re.search(r"[^\W\d_]{2}", word) for word in words)


def with_lines(
    appraisal: Appraisal, option: str, lines: Sequence[NamedLine], fresh: Callable[[], str]
) -> tuple[Appraisal, int, int]:
    """The document with the lines in an option, and how many are new and how many were there by that name.

    A line that the option has by the same name takes the amounts; all others are new costs of the body itself.
    """
    free = {line.name.casefold(): line.id for line in reversed(costs_rows.lines_of(appraisal, option))}
    added = changed = 0
    amounts: dict[tuple[str, int], Decimal] = {}
    for one in lines:
        key = free.pop(one.name.casefold(), "")
        if key:
            changed += 1
        else:
            key, added = fresh(), added + 1
            appraisal = edits.add_line(appraisal, line=key, option=option, name=one.name)
        amounts.update({(key, year): amount for year, amount in one.amounts.items()})
    return (edits.set_amounts(appraisal, amounts=amounts) if amounts else appraisal), added, changed


def is_total(text: str) -> bool:
    """The name of a sum, not of a line."""
    return bool(_TOTALS.fullmatch(" ".join(text.split())))


def _total_columns(block: Block) -> set[int]:
    return {column for column, text in enumerate(block[0]) if column and is_total(text)}


def left_out(block: Block) -> str:
    """One sentence about the sums in a block that were not taken over; empty where there are none."""
    rows = sum(is_total(row[0]) for row in _body(block) if row)
    columns = len(_total_columns(block)) if block and has_years(block[0]) else 0
    if not rows and not columns:
        return ""
    parts = [wording.how_many(rows, "row")] if rows else []
    parts += [wording.how_many(columns, "column")] if columns else []
    return f"{wording.capital(wording.listing(parts))} of totals left out."


def trimmed(block: Block) -> list[list[str]]:
    """The block without empty rows and columns at its end, which spreadsheets like to copy along."""
    rows = [list(row) for row in block]
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    wide = max((place for row in rows for place, cell in enumerate(row, 1) if cell.strip()), default=0)
    return [row[:wide] + [""] * (wide - len(row)) for row in rows]


def _body(block: Block) -> Block:
    return block[1:] if block and has_years(block[0]) else block


def _is_name(text: str) -> bool:
    """Text with a letter that is no amount: "Crews" and "2 vans", but not "2m"."""
    if not any(sign.isalpha() for sign in text):
        return False
    try:
        costs_rows.read_amount(text)
    except ValueError:
        return True
    return False


def _amount(text: str, row: int, column: int) -> Decimal:
    try:
        return costs_rows.read_amount(text)
    except ValueError as wrong:
        raise ValueError(f"{NOTHING}row {row}, column {column}: {wrong}") from wrong


def _year(text: str) -> int | None:
    """The year that a head such as 2027/28, 27/28, 2027-2028 or 2027 begins in; None where it is no year."""
    match = _YEAR.fullmatch(text.strip())
    if match is None:
        return None
    first = int(match["first"]) + (2000 if len(match["first"]) == 2 else 0)
    second = match["second"]
    if second is not None and int(second) % 100 != (first + 1) % 100:
        return None
    return first if 1900 <= first <= 2200 else None


def _places(row: Sequence[str], first_year: int, years: Sequence[str]) -> dict[int, int]:
    """The year from year 0 of each column that has one. ValueError where one lies outside the years compared."""
    found = {}
    for column, text in enumerate(row[1:], 1):
        year = _year(text)
        if year is None:
            continue
        if not 0 <= year - first_year < len(years):
            shown = f"{text.strip()} is not among the years {years[0]} to {years[-1]}"
            raise ValueError(f"{NOTHING}row 1, column {column + 1}: {shown}.")
        found[column] = year - first_year
    return found
