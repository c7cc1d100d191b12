"""Cost and benefit lines and the price indices they follow. Years are counted from year 0."""

from collections.abc import Mapping
from decimal import Decimal

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import Index, Line, Range, Shape, Treatment
from appraise.model.edits.changing import added, changed, changed_in, cleared, found, moved, swapped, without
from appraise.model.money import pounds

_NOTHING = Decimal("0.00")


def add_line(
    appraisal: Appraisal, *, line: str, option: str, name: str, treatment: Treatment = Treatment.OWN_COST
) -> Appraisal:
    """A new line at the end, without amounts; `line` is its new id. KeyError for an unknown option."""
    found(appraisal.options, option)
    new = Line(id=line, option=option, name=name, treatment=treatment)
    return changed(appraisal, lines=added(appraisal.lines, new))


def copy_line(appraisal: Appraisal, *, line: str, copy: str, option: str) -> Appraisal:
    """The line again, whole, in an option, the same or another, under the new id `copy`."""
    found(appraisal.options, option)
    new = changed(found(appraisal.lines, line), id=copy, option=option)
    return changed(appraisal, lines=added(appraisal.lines, new))


def remove_line(appraisal: Appraisal, *, line: str) -> Appraisal:
    """Nothing else hangs on a line."""
    return changed(appraisal, lines=without(appraisal.lines, line))


def move_line(appraisal: Appraisal, *, line: str, to: int) -> Appraisal:
    """Put the line at place `to` in the whole list, counted from 0. No figure changes."""
    return changed(appraisal, lines=moved(appraisal.lines, line, to))


def _line(appraisal: Appraisal, line: str, **fields: object) -> Appraisal:
    return changed(appraisal, lines=changed_in(appraisal.lines, line, **fields))


def rename_line(appraisal: Appraisal, *, line: str, name: str) -> Appraisal:
    """What the money is for."""
    return _line(appraisal, line, name=name)


def set_treatment(appraisal: Appraisal, *, line: str, treatment: Treatment) -> Appraisal:
    """What the line is; decides where it counts."""
    return _line(appraisal, line, treatment=treatment)


def _with_amounts(line: Line, amounts: Mapping[int, Decimal], years: int) -> Line:
    """The line with these amounts by year, filled up with nothing. IndexError outside the horizon."""
    new = list(line.amounts)
    for year, amount in sorted(amounts.items()):
        if not 0 <= year < max(years, len(line.amounts)):
            raise IndexError(year)
        if year < len(new) or amount:
            new += [_NOTHING] * (year + 1 - len(new))
            new[year] = pounds(amount)
    return changed(line, amounts=tuple(new))


def set_amount(appraisal: Appraisal, *, line: str, year: int, amount: Decimal) -> Appraisal:
    """Pounds in prices of year 0 in one year. IndexError for a year outside the horizon."""
    return set_amounts(appraisal, amounts={(line, year): amount})


def set_amounts(appraisal: Appraisal, *, amounts: Mapping[tuple[str, int], Decimal]) -> Appraisal:
    """A block of pounds by (line, year), for paste, fill and clear; cells not named stay as they are.

    KeyError for an unknown line, IndexError for a year outside the horizon: then nothing is changed.
    """
    by_line: dict[str, dict[int, Decimal]] = {}
    for (line, year), amount in amounts.items():
        by_line.setdefault(line, {})[year] = amount
    lines = appraisal.lines
    for line, cells in by_line.items():
        lines = swapped(lines, _with_amounts(found(lines, line), cells, appraisal.horizon.years))
    return changed(appraisal, lines=lines)


def set_range(appraisal: Appraisal, *, line: str, low: Decimal, high: Decimal, shape: Shape = Shape.PERT) -> Appraisal:
    """How far the line may come out otherwise, in per cent of what was entered (100 = as entered)."""
    return _line(appraisal, line, range=Range(low=low, high=high, shape=shape))


def clear_range(appraisal: Appraisal, *, line: str) -> Appraisal:
    """The line is as certain as it was entered."""
    return _line(appraisal, line, range=None)


def set_index(appraisal: Appraisal, *, line: str, index: str) -> Appraisal:
    """The price index that the line follows; empty for general inflation. KeyError for an unknown one."""
    if index:
        found(appraisal.indices, index)
    return _line(appraisal, line, index=index)


def set_driver(appraisal: Appraisal, *, line: str, driver: str) -> Appraisal:
    """The uncertain fact that the line shares with others; empty if it is drawn by itself."""
    return _line(appraisal, line, driver=driver)


def set_line_source(appraisal: Appraisal, *, line: str, source: str) -> Appraisal:
    """Where the amounts come from."""
    return _line(appraisal, line, source=source)


def set_line_assumption(appraisal: Appraisal, *, line: str, assumption: str) -> Appraisal:
    """The entry of the assumptions log that the line rests on; empty for none. KeyError if unknown."""
    if assumption:
        found(appraisal.assumptions, assumption)
    return _line(appraisal, line, assumption=assumption)


def add_index(appraisal: Appraisal, *, index: str, name: str, percent: tuple[Decimal, ...] = ()) -> Appraisal:
    """A new price index at the end; `index` is its new id, `percent` its yearly rises."""
    return changed(appraisal, indices=added(appraisal.indices, Index(id=index, name=name, percent=percent)))


def remove_index(appraisal: Appraisal, *, index: str) -> Appraisal:
    """Take the index out. Lines and constraints that followed it follow general inflation."""
    return changed(
        appraisal,
        indices=without(appraisal.indices, index),
        lines=cleared(appraisal.lines, "index", index),
        constraints=cleared(appraisal.constraints, "index", index),
    )


def _index(appraisal: Appraisal, index: str, **fields: object) -> Appraisal:
    return changed(appraisal, indices=changed_in(appraisal.indices, index, **fields))


def rename_index(appraisal: Appraisal, *, index: str, name: str) -> Appraisal:
    """What the index measures."""
    return _index(appraisal, index, name=name)


def set_index_percent(appraisal: Appraisal, *, index: str, percent: tuple[Decimal, ...]) -> Appraisal:
    """Yearly rises in per cent, the first from year 0 to year 1; the last is carried forward."""
    return _index(appraisal, index, percent=tuple(percent))


def set_index_source(appraisal: Appraisal, *, index: str, source: str) -> Appraisal:
    """Who publishes the index, and when."""
    return _index(appraisal, index, source=source)
