"""Ranges in words: what the shapes are called, what low and high mean in each, and what they come to.

Every function takes what a document may hold, unsound values too, and gives a dash where nothing can be said.
"""

import math
from collections.abc import Sequence
from contextlib import suppress
from decimal import Decimal

from appraise.model.appraisal.lines import Index, Point, Range, RiseRange, Shape
from appraise.model.money import plain_number
from appraise.model.uncertainty import mean_of_range
from appraise.present import wording

#: Whole words for a list to choose from.
SHAPES = {
    Shape.PERT: "Three points, smooth (PERT)",
    Shape.TRIANGULAR: "Three points, straight (triangular)",
    Shape.UNIFORM: "Anywhere between (uniform)",
    Shape.TRIGEN: "Three points, ends 1 in 10 (trigen)",
    Shape.LOGNORMAL: "Skewed up, ends 1 in 10 (lognormal)",
    Shape.NORMAL: "Bell curve, ends 1 in 10 (normal)",
    Shape.DISCRETE: "A list of outcomes",
}
#: A word or two for tables.
SHORT = {
    Shape.PERT: "PERT",
    Shape.TRIANGULAR: "triangular",
    Shape.UNIFORM: "uniform",
    Shape.TRIGEN: "trigen, ends 1 in 10",
    Shape.LOGNORMAL: "lognormal, ends 1 in 10",
    Shape.NORMAL: "normal, ends 1 in 10",
    Shape.DISCRETE: "outcomes",
}
#: What low and high mean.
ENDS = {
    Shape.PERT: "It never comes out under low or over high; near likely is much more likely than near the ends.",
    Shape.TRIANGULAR: "It never comes out under low or over high; the chance falls straight towards both.",
    Shape.UNIFORM: "Everything from low to high is equally likely, and nothing beyond.",
    Shape.TRIGEN: "Trigen: straight sides; one time in ten it comes out under low, one time in ten over high.",
    Shape.LOGNORMAL: "One time in ten under low, one time in ten over high; far over is more likely than far under.",
    Shape.NORMAL: "One time in ten under low, one time in ten over high; both sides alike.",
    Shape.DISCRETE: "One of these outcomes comes true, each with its chance.",
}
#: Shapes with a likely value, which is what was entered.
WITH_LIKELY = frozenset({Shape.PERT, Shape.TRIANGULAR, Shape.TRIGEN})
#: Shapes whose low and high are passed one time in ten each.
ONE_IN_TEN = frozenset({Shape.TRIGEN, Shape.LOGNORMAL, Shape.NORMAL})
#: What a price index may have: a list of outcomes and a skew make no sense around nothing.
RISE_SHAPES = tuple(one for one in Shape if one not in (Shape.DISCRETE, Shape.LOGNORMAL))
#: The year that the sentence about an uncertain index looks at.
LOOK_AT = 10
_PERCENT = f"{wording.NO_BREAK}%"


def chances_sum(points: Sequence[Point]) -> float:
    """The sum of the chances, without the dust of floats; not a number where one is not."""
    return round(math.fsum(one.chance for one in points), 9)


def chances_sentence(points: Sequence[Point]) -> str:
    """What the chances add to, and what is missing or too much; "" without outcomes."""
    if not points:
        return ""
    whole = chances_sum(points)
    if not math.isfinite(whole):
        return "The chances cannot be added: one of them is no number."
    said = f"The chances add to {_share(whole)}"
    if whole == 1:
        return f"{said}."
    if whole < 1:
        return f"{said}; {_share(1 - whole)} is missing."
    return f"{said}; {_share(whole - 1)} is too much."


def chances_add(points: Sequence[Point]) -> bool:
    """The chances of a list of outcomes add to 1."""
    return bool(points) and chances_sum(points) == 1


def _share(share: float) -> str:
    """A share with as many places as it needs, at most four: "12.5 %"."""
    return f"{plain_number(round(Decimal(repr(share)) * 100, 4))}{_PERCENT}"


def ends(one: Range) -> tuple[Decimal, Decimal]:
    """Low and high in per cent of what was entered; of a list of outcomes the lowest and the highest."""
    if one.shape is not Shape.DISCRETE:
        return one.low, one.high
    percents = [point.percent for point in one.points if point.percent.is_finite()] or [Decimal(100)]
    return min(percents), max(percents)


def middle(one: Range) -> float:
    """Where the dot of a range stands: the likely value; where there is none, the average.

    Halfway between the ends where a range that is not in order has no average.
    """
    if one.shape in WITH_LIKELY:
        return 100.0
    low, high = ends(one)
    if one.shape is not Shape.DISCRETE or chances_add(one.points):
        with suppress(ValueError, ArithmeticError):
            average = float(mean_of_range(one) * 100)
            if math.isfinite(average):
                return average
    return float(low + high) / 2


def spoken(one: Range) -> str:
    """The range in a sentence: "80 to 150 per cent of what was entered, uniform"."""
    low, high = ends(one)
    return f"{_number(low)} to {_number(high)} per cent of what was entered, {SHORT[one.shape]}"


def range_words(one: Range | None) -> str:
    """The range in a table: "80 to 150 %, PERT", the outcomes of a list with their chances, or "certain"."""
    if one is None:
        return "certain"
    if one.shape is Shape.DISCRETE:
        outcomes = [f"{_number(point.percent)}{_PERCENT} ({_chance(point.chance)})" for point in one.points]
        return wording.listing(outcomes) or "no outcome yet"
    return f"{_number(one.low)} to {_number(one.high)}{_PERCENT}, {SHORT[one.shape]}"


def _chance(chance: float) -> str:
    return _share(chance) if math.isfinite(chance) else wording.DASH


def _number(value: Decimal) -> str:
    return plain_number(value) if value.is_finite() else wording.DASH


# --- price indices ---------------------------------------------------------------------------------------


def _signed(value: Decimal) -> str:
    """Percentage points with their sign: "−1", "+0.5", "0"."""
    text = _number(abs(value)) if value.is_finite() else wording.DASH
    return f"{wording.MINUS if value < 0 else '+' if value > 0 else ''}{text}" if value.is_finite() else text


def rise_short(one: RiseRange | None) -> str:
    """The range in a table: "−1 to +2", or "certain"."""
    return f"{_signed(one.low)} to {_signed(one.high)}" if one is not None else "certain"


def rise_words(one: RiseRange | None) -> str:
    """The range on paper: "−1 to +2 points a year, PERT; one draw for all options"."""
    if one is None:
        return "certain"
    drawn = "one draw for all options" if one.shared else "a draw of its own in each option"
    return f"{rise_short(one)} points a year, {SHORT[one.shape]}; {drawn}"


def level_change(index: Index, points: Decimal, years: int) -> float | None:
    """How far prices lie from what was entered after `years` years, as a share.

    The product over the years of (1 + (rise + points) / 100) / (1 + rise / 100), less 1. The last rise is carried on.
    None where that is no number.
    """
    rises = [float(one) for one in index.percent] or [0.0]
    change = 1.0
    for year in range(years):
        rise = rises[min(year, len(rises) - 1)]
        whole, moved = 1 + rise / 100, 1 + (rise + float(points)) / 100
        if not (math.isfinite(whole) and math.isfinite(moved)) or whole <= 0 or moved < 0:
            return None
        change *= moved / whole
    return change - 1 if math.isfinite(change) else None


def rise_sentence(index: Index, years: int) -> str:
    """What the range comes to by year 10, or by the last year of a shorter horizon."""
    if index.range is None:
        return "Its rises are taken as certain."
    year = min(LOOK_AT, max(years - 1, 1))
    low, high = level_change(index, index.range.low, year), level_change(index, index.range.high, year)
    if low is None or high is None or low > 0 or high < 0:
        return "What it comes to is shown when low, high and the rises are in order."
    sure = "In 8 of 10 cases prices in" if index.range.shape in ONE_IN_TEN else "Prices in"
    verb = "are" if index.range.shape in ONE_IN_TEN else "may be"
    return f"{sure} year {year} {verb} {_away(low, 'lower')} to {_away(high, 'higher')} than entered."


def _away(share: float, word: str) -> str:
    return f"{wording.number(abs(share) * 100, 1)}{_PERCENT} {word}"
