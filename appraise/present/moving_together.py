"""Which uncertain lines move together in words and numbers: groups, the matrix, drivers (METHOD 10.2)."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import combinations

from appraise.model.appraisal.correlations import CorrelationGroup, CorrelationMatrix
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import RULES, Line
from appraise.model.correlation import NOTHING, nearest_valid, smallest_eigenvalue
from appraise.model.drivers import driver_name
from appraise.model.money import LARGEST
from appraise.model.uncertainty import spread_of_range
from appraise.present import wording
from appraise.present.tables import short_name

#: From which correlation on it is called so.
MEDIUM, STRONG = 0.25, 0.6


def strength(rho: float) -> str:
    """A correlation in a word."""
    if not math.isfinite(rho) or not 0 <= rho <= 1:
        return "out of reach"
    if rho == 0:
        return "none"
    if rho == 1:
        return "as one"
    return "weak" if rho < MEDIUM else "medium" if rho < STRONG else "strong"


def rho_words(rho: float) -> str:
    """A correlation with its word: "0.3, medium"."""
    return f"{number(rho)}, {strength(rho)}"


def number(rho: float) -> str:
    """A correlation as short as it can be, with at most three places."""
    if not math.isfinite(rho):
        return wording.DASH
    text = f"{abs(rho):.3f}".rstrip("0").rstrip(".")
    return f"{wording.MINUS if rho < 0 and text != '0' else ''}{text}"


def name_of(line: Line) -> str:
    """The line's name, or that it has none."""
    return line.name or "A line without a name"


def driver_key(line: Line) -> str:
    """The driver in any spelling of it; "" without one."""
    return driver_name(line)


# --- correlation groups ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Widening:
    """What a group does in one option: its uncertain lines, and the factor on the spread of their total."""

    option: str
    lines: int
    factor: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Against:
    """What a group does between two options: the factor on the spread of the difference of its lines."""

    first: str
    second: str
    factor: float


def spread_factor(deviations: Sequence[float], rho: float) -> float:
    """How many times as wide correlation makes the spread of a total: sqrt(1 + rho ((sum sd)^2 / sum sd^2 - 1)).

    `deviations` are signed: what is taken off the total is negative. 1 where nothing varies (METHOD 10.2).
    """
    squares = math.fsum(one * one for one in deviations)
    if not squares:
        return 1.0
    together = math.fsum(deviations) ** 2 / squares
    return math.sqrt(max(1 + rho * (together - 1), 0.0))


def group_lines(appraisal: Appraisal, group: str) -> tuple[Line, ...]:
    """The lines of a group, in order."""
    return tuple(line for line in appraisal.lines if line.correlation == group)


def deviation(line: Line) -> float:
    """Standard deviation of the line's sum over the years, in pounds as entered; gains are negative.

    0 without a range, or with one that is not in order.
    """
    usable = (one for one in line.amounts if one.is_finite() and abs(one) <= LARGEST)
    whole = float(sum(usable, Decimal(0)))
    if line.range is None or not whole:
        return 0.0
    try:
        spread = math.sqrt(spread_of_range(line.range).variance)
    except (ValueError, ArithmeticError, IndexError):
        return 0.0
    if not math.isfinite(spread):
        return 0.0
    return -whole * spread if RULES[line.treatment].benefit else whole * spread


def _units(lines: Iterable[Line]) -> list[float]:
    """The deviations of what is drawn: lines of one driver are one draw."""
    by_draw: dict[str, float] = {}
    for line in lines:
        key = f"driver|{driver_key(line)}" if driver_key(line) else f"line|{line.id}"
        by_draw[key] = by_draw.get(key, 0.0) + deviation(line)
    return [one for one in by_draw.values() if one]


def widenings(appraisal: Appraisal, group: CorrelationGroup) -> tuple[Widening, ...]:
    """What the group does in each option with at least two draws of it; the largest effect first."""
    if not 0 <= group.rho <= 1:
        return ()
    found = []
    for option in appraisal.options:
        units = _units(line for line in group_lines(appraisal, group.id) if line.option == option.id)
        if len(units) > 1:
            factor = spread_factor(units, group.rho)
            found.append(Widening(option=option.id, lines=len(units), factor=factor))
    return tuple(sorted(found, key=lambda one: -_size(one.factor)))


def againsts(appraisal: Appraisal, group: CorrelationGroup) -> tuple[Against, ...]:
    """What one cause for all options does to the difference of any two that it moves; the largest effect first.

    The factor is `spread_factor` of what is drawn, taken off where it belongs to the second option (METHOD 10.2).
    """
    if not group.shared or not 0 <= group.rho <= 1:
        return ()
    by_option: dict[str, dict[tuple[str, str], float]] = {}
    for line in group_lines(appraisal, group.id):
        if found := deviation(line):
            draws = by_option.setdefault(line.option, {})
            draws[_fact(line)] = draws.get(_fact(line), 0.0) + found
    pairs = combinations([one.id for one in appraisal.options if one.id in by_option], 2)
    found_all = [_against(first, second, by_option, group.rho) for first, second in pairs]
    return tuple(sorted((one for one in found_all if one is not None), key=lambda one: -_size(one.factor)))


def _against(first: str, second: str, by_option: dict[str, dict[tuple[str, str], float]], rho: float) -> Against | None:
    """None where both options follow the same single draw: that moves them alike, whatever the group says."""
    one, other = by_option[first], by_option[second]
    draws = [one.get(fact, 0.0) - other.get(fact, 0.0) for fact in {**one, **other}]
    if len(draws) < 2:
        return None
    return Against(first=first, second=second, factor=spread_factor(draws, rho))


def _size(factor: float) -> float:
    return abs(math.log(max(factor, 1e-9)))


def drivers_sentence(appraisal: Appraisal, group: CorrelationGroup) -> str:
    """Which lines are in a group because they follow one driver; "" if none are."""
    lines = [line for line in group_lines(appraisal, group.id) if driver_key(line)]
    names = {driver_key(line): " ".join(line.driver.split()) for line in reversed(lines)}
    several = [
        f"{wording.how_many(count, 'line')} of “{wording.shorten(names[key], 26)}”"
        for key, count in sorted(Counter(map(driver_key, lines)).items())
        if count > 1
    ]
    if not several:
        return ""
    return f"Lines of one driver join and leave together: {wording.listing(several)}."


def effect_sentence(appraisal: Appraisal, group: CorrelationGroup) -> str:
    """What a group does to the total of an option, and to the difference between two, with its numbers."""
    if not 0 <= group.rho <= 1:
        return "The effect is shown when the strength is from 0 to 1."
    wider, apart = widenings(appraisal, group), againsts(appraisal, group)
    said = [_total_sentence(appraisal, wider[0])] if wider else []
    said += [_difference_sentence(appraisal, apart[0])] if apart else []
    if said:
        return " ".join(said)
    if group.shared:
        return "No effect yet: it needs two lines with amounts and a range, in one option or in two."
    return "No effect yet: with a cause in each option, it needs two lines of one option with amounts and a range."


def _total_sentence(appraisal: Appraisal, found: Widening) -> str:
    name = short_name(appraisal, found.option)
    wide = f"{wording.number(found.factor, 1)} times as wide"
    return f"{name}: the spread of {_these(found.lines)} together becomes about {wide} as if each moved by itself."


def _difference_sentence(appraisal: Appraisal, found: Against) -> str:
    pair = f"{short_name(appraisal, found.first)} against {short_name(appraisal, found.second)}"
    share = round(abs(found.factor - 1) * 100)
    if not share:
        return f"{pair}: the same cause moves lines of both, and the spread of their difference stays about the same."
    word = "narrower" if found.factor < 1 else "wider"
    becomes = f"becomes about {share}{wording.NO_BREAK}% {word}"
    return f"{pair}: the same cause moves lines of both, so the spread of their difference {becomes}."


def _these(lines: int) -> str:
    return f"these {wording.count(lines)} lines"


def effect_short(appraisal: Appraisal, group: CorrelationGroup) -> str:
    """The largest effect for a table: "total × 1.9", or "difference × 0.84" between options, or a dash."""
    wider, apart = widenings(appraisal, group), againsts(appraisal, group)
    if wider:
        return f"total ×{wording.NO_BREAK}{wording.number(wider[0].factor, 1)}"
    if apart:
        return f"difference ×{wording.NO_BREAK}{wording.number(apart[0].factor, 2)}"
    return wording.DASH


def group_sentence(group: CorrelationGroup | None) -> str:
    """What belonging to a group does to a line."""
    if group is None:
        return ""
    where = "across all options" if group.shared else "inside its own option"
    return f"Moves in part with the lines of its correlation group, {where}: strength {rho_words(group.rho)}."


def driver_sentence(appraisal: Appraisal, line: Line) -> str:
    """What the driver does to a line."""
    if not driver_key(line):
        return "Uncertain by itself: no other line moves with it." if not line.correlation else ""
    if not line.shared:
        return "Lines of this option with the same driver are all high or all low together."
    others = {one.option for one in appraisal.lines if driver_key(one) == driver_key(line)} - {line.option}
    moving = f"; {wording.how_many(len(others), 'other option')} so far" if others else ""
    return f"Lines with the same driver are all high or all low together, in every option{moving}."


# --- drivers ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Driver:
    """An uncertain fact that lines name. `shared`: one fact for all options; None: its lines say both."""

    key: str
    name: str
    lines: tuple[str, ...]
    options: tuple[str, ...]
    shared: bool | None


def drivers(appraisal: Appraisal) -> tuple[Driver, ...]:
    """All drivers in the order in which lines first name them."""
    by_key: dict[str, list[Line]] = {}
    for line in appraisal.lines:
        if key := driver_key(line):
            by_key.setdefault(key, []).append(line)
    return tuple(
        Driver(
            key=key,
            name=" ".join(lines[0].driver.split()),
            lines=tuple(line.id for line in lines),
            options=tuple(dict.fromkeys(line.option for line in lines)),
            shared=lines[0].shared if len({line.shared for line in lines}) == 1 else None,
        )
        for key, lines in by_key.items()
    )


def shared_words(shared: bool | None) -> str:  # noqa: FBT001  the value itself is put into words
    """Whether a draw is one for all options."""
    if shared is None:
        return "lines say both"
    return "one for all options" if shared else "each option its own"


# --- the matrix ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One correlation that the nearest valid matrix has another value for; places of the two lines."""

    first: int
    second: int
    before: float
    after: float


def entry(matrix: CorrelationMatrix, row: int, column: int) -> float:
    """The correlation of two places; 0 where a file brought too few."""
    rows = matrix.rows
    return rows[row][column] if row < len(rows) and column < len(rows[row]) else 0.0


def in_shape(matrix: CorrelationMatrix) -> bool:
    """As many rows and columns as lines, every figure a correlation, both halves alike, 1 on the diagonal."""
    size = len(matrix.lines)
    rows = matrix.rows
    if len(rows) != size or any(len(row) != size for row in rows):
        return False
    pairs = ((row, column) for row in range(size) for column in range(size))
    return all(
        math.isfinite(rows[row][column])
        and abs(rows[row][column]) <= 1
        and rows[row][column] == rows[column][row]
        and (row != column or rows[row][column] == 1)
        for row, column in pairs
    )


def eigenvalue(matrix: CorrelationMatrix) -> float | None:
    """The smallest eigenvalue; None for a matrix that is not in shape or has no line."""
    if not matrix.lines or not in_shape(matrix):
        return None
    return float(smallest_eigenvalue(matrix.rows))


def fault_sentence(matrix: CorrelationMatrix) -> str:
    """Why these correlations cannot hold together; "" where they can, or where single figures are wrong."""
    value = eigenvalue(matrix)
    if value is None or value >= -NOTHING:
        return ""
    shown = f"{wording.MINUS}{-value:.2g}"
    return f"These correlations cannot all hold together: the smallest eigenvalue is {shown} and may not be below 0."


def clash_sentence(appraisal: Appraisal, matrix: CorrelationMatrix) -> str:
    """Which pairs clash: those that the nearest valid matrix changes most, at most three; "" where all can hold."""
    if not fault_sentence(matrix):
        return ""
    found = sorted(changes(matrix, nearest(matrix)), key=lambda one: -_moved(one))
    names = matrix_names(appraisal, matrix)
    clashing = [one for one in found if _moved(one) >= _moved(found[0]) / 2][:3]
    return f"These clash most: {wording.listing([f'{_pair(names, one)} ({_places(one.before)})' for one in clashing])}."


def _pair(names: Sequence[str], change: Change) -> str:
    first, second = (wording.shorten(names[place], 40) for place in (change.first, change.second))
    return f"“{first}” with “{second}”"


def _moved(change: Change) -> float:
    return abs(change.after - change.before)


@lru_cache(maxsize=4)
def nearest(matrix: CorrelationMatrix) -> CorrelationMatrix:
    """The nearest valid matrix of the same lines; kept, as it is asked for at every edit."""
    return replace(matrix, rows=nearest_valid(matrix.rows))


def changes(before: CorrelationMatrix, after: CorrelationMatrix) -> tuple[Change, ...]:
    """The correlations of single pairs that are not the same in both, in the order of the lines."""
    return tuple(
        Change(first=row, second=column, before=before.rows[row][column], after=after.rows[row][column])
        for row, column in _pairs(len(before.lines))
        if before.rows[row][column] != after.rows[row][column]
    )


def largest_change(before: CorrelationMatrix, after: CorrelationMatrix) -> Change | None:
    """The correlation that changes most; None where nothing changes."""
    return max(changes(before, after), key=_moved, default=None)


def _pairs(size: int) -> Iterator[tuple[int, int]]:
    return ((row, column) for row in range(size) for column in range(row + 1, size))


def change_sentence(appraisal: Appraisal, before: CorrelationMatrix, after: CorrelationMatrix) -> str:
    """The largest change and how many there are, before anything is changed."""
    largest = largest_change(before, after)
    if largest is None:
        return "The nearest valid matrix is this one."
    count = sum(before.rows[row][column] != after.rows[row][column] for row, column in _pairs(len(before.lines)))
    pair = _pair(matrix_names(appraisal, before), largest)
    many = wording.how_many(count, "correlation")
    moves = f"from {_places(largest.before)} to {_places(largest.after)}"
    return f"It changes {many}. The largest change: {pair}, {moves}."


def _places(rho: float) -> str:
    return number(round(rho, 3))


def matrix_names(appraisal: Appraisal, matrix: CorrelationMatrix) -> list[str]:
    """The lines of the matrix by name, with their option where the matrix holds lines of several."""
    lines = {line.id: line for line in appraisal.lines}
    options = {lines[one].option for one in matrix.lines if one in lines}
    names = []
    for one in matrix.lines:
        line = lines.get(one)
        said = name_of(line) if line is not None else "A line that is gone"
        shown = line is not None and len(options) > 1 and any(found.id == line.option for found in appraisal.options)
        names.append(f"{said} ({short_name(appraisal, line.option)})" if line is not None and shown else said)
    return names


def may_join_matrix(appraisal: Appraisal) -> tuple[Line, ...]:
    """The lines that the matrix may take in: uncertain, in no group, and no other line of their driver is in it."""
    matrix = appraisal.correlation_matrix
    inside = frozenset(matrix.lines) if matrix is not None else frozenset()
    taken = {_fact(line) for line in appraisal.lines if line.id in inside}
    return tuple(
        line
        for line in appraisal.lines
        if line.range is not None and not line.correlation and line.id not in inside and _fact(line) not in taken
    )


def _fact(line: Line) -> tuple[str, str]:
    """What is drawn for the line: its driver, in its option where that is no fact for all; without one itself."""
    key = driver_key(line)
    return (key, "" if line.shared else line.option) if key else ("", line.id)


def in_matrix(appraisal: Appraisal, line: Line) -> bool:
    """The matrix of pairs says what the line moves with: it, or a line of its driver, stands there."""
    matrix = appraisal.correlation_matrix
    inside = frozenset(matrix.lines) if matrix is not None else frozenset()
    key = driver_key(line)
    return line.id in inside or any(one.id in inside for one in appraisal.lines if key and driver_key(one) == key)
