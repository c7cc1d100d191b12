"""Step 5, how far lines and price indices may come out otherwise: shapes, their figures, and points with chances."""

from collections.abc import Iterator
from decimal import Decimal

from appraise.model.appraisal.lines import Index, Line, Range, RiseRange, Shape
from appraise.model.finding import Finding, Place, between, is_share, line_name, named, number_words

#: Per cent of the entered amounts that a range may reach, and in which they stand as entered.
#: High over low of a lognormal range, its 90 and 10 % points, at the most; the draws lose their digits beyond.
WIDEST = 30
MOST, AS_ENTERED = 10_000, 100
#: Percentage points a year by which the rises of an index may lie from what was entered, either way.
MOST_RISE = 10
#: Chances and shares are typed; sums of them miss 1 by rounding only.
ROUNDING = 1e-9
_NO_RISES = frozenset({Shape.DISCRETE, Shape.LOGNORMAL})


def adds_to_one(shares: list[float]) -> bool:
    """Whether they are 1 together, up to rounding."""
    return abs(sum(shares) - 1) <= ROUNDING


def check_range(line: Line) -> Iterator[Finding]:
    """The range of a line, by its shape."""
    if line.range is not None:
        name = line_name(line)
        yield from check_band(Place(5, f"Line {name}", line.id, "range"), name, line.range)


def check_band(place: Place, name: str, band: Range) -> Iterator[Finding]:
    """A range in per cent of what was entered, by its shape; `name` says of what it is."""
    if band.shape is Shape.DISCRETE:
        yield from _points(place, name, band)
    elif band.shape in (Shape.PERT, Shape.TRIANGULAR):
        yield from _around(place, name, band)
    else:
        yield from _ends(place, name, band)


def _words(band: Range | RiseRange) -> str:
    return f"{number_words(band.low)} to {number_words(band.high)} %"


def _around(place: Place, name: str, band: Range) -> Iterator[Finding]:
    """What was entered is the likely value, so it lies inside."""
    if not (between(band.low, 0, AS_ENTERED) and between(band.high, AS_ENTERED, MOST)):
        yield place.error(
            "range",
            f"The range of {name}, {_words(band)}, does not hold 100 %.",
            "Enter low from 0 to 100 and high from 100 to 10,000.",
        )


def _ends(place: Place, name: str, band: Range) -> Iterator[Finding]:
    """Shapes that need no likely value, and the triangle through its 10 and 90 % points."""
    if not (between(band.low, 0, MOST) and between(band.high, 0, MOST)):
        yield place.error(
            "range-reach",
            f"The range of {name}, {_words(band)}, is out of reach.",
            "Enter low and high from 0 to 10,000.",
        )
    elif band.low > band.high:
        yield place.error(
            "range-order", f"The range of {name}, {_words(band)}, ends below its low.", "Put low and high in order."
        )
    elif band.shape is Shape.LOGNORMAL and band.low == 0:
        yield place.error(
            "range-lognormal",
            f"The range of {name} begins at nothing, which a lognormal cannot.",
            "Enter a low above 0, or choose another shape.",
        )
    elif band.shape is Shape.LOGNORMAL and band.high > WIDEST * band.low:
        yield place.error(
            "range-lognormal",
            f"The range of {name}, {_words(band)}, is too wide for a lognormal: high over low is above {WIDEST}.",
            "Bring the ends closer together, or enter a list of outcomes.",
        )
    elif band.shape is Shape.TRIGEN and not band.low < AS_ENTERED < band.high:
        yield place.error(
            "range-trigen",
            f"100 % must lie between the 10 % and 90 % points of {name}, {_words(band)}.",
            "Enter low below 100 and high above 100.",
        )
    elif not band.low <= AS_ENTERED <= band.high:
        yield place.attention(
            "range-outside",
            f"The range of {name}, {_words(band)}, does not hold what was entered, 100 %.",
            "Check both ends, or correct the amounts.",
        )


def _points(place: Place, name: str, band: Range) -> Iterator[Finding]:
    chances = [point.chance for point in band.points]
    if not band.points:
        yield place.error("points-none", f"The range of {name} has no outcomes.", "Enter outcomes with their chances.")
    elif not all(between(point.percent, 0, MOST) for point in band.points):
        yield place.error("points", f"An outcome of {name} is out of reach.", "Enter 0 to 10,000 per cent.")
    elif not all(is_share(chance) for chance in chances):
        yield place.error(
            "points-chance",
            f"A chance of an outcome of {name} is outside 0 to 100 %.",
            "Enter chances from 0 % to 100 %.",
        )
    elif not adds_to_one(chances):
        yield place.error(
            "points-sum",
            f"The chances of the outcomes of {name} add up to {number_words(sum(chances) * 100)} %, not 100 %.",
            "Change the chances until they add up to 100 %.",
        )


def check_rise_range(index: Index) -> Iterator[Finding]:
    """How far the rises of an index may lie from what was entered: nothing must lie inside."""
    band = index.range
    if band is None:
        return
    name = named(index.name, "a price index without a name")
    place = Place(5, f"Price index {name}", index.id, "range")
    if band.shape in _NO_RISES:
        yield place.error(
            "rise-shape", f"The rises of {name} cannot have this shape.", "Choose PERT, a triangle, uniform or normal."
        )
    elif not (_under(band.low) and _over(band.high)):
        yield place.error(
            "rise-range",
            f"Rises of {name} may lie {_words(band).removesuffix(' %')} percentage points off, out of range.",
            f"Enter low from -{MOST_RISE} to 0 and high from 0 to {MOST_RISE}.",
        )
    elif band.shape is Shape.TRIGEN and 0 in (band.low, band.high):
        yield place.error(
            "rise-trigen",
            f"The 10 % and 90 % points of the rises of {name} must lie either side of nothing.",
            "Enter low below 0 and high above 0.",
        )


def _under(low: Decimal) -> bool:
    return between(low, -MOST_RISE, 0)


def _over(high: Decimal) -> bool:
    return between(high, 0, MOST_RISE)
