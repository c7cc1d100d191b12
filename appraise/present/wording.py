"""Figures in words: money, chances, years and lists, rounded to what is known of them."""

import math
from collections.abc import Callable, Iterable, Sequence
from decimal import ROUND_CEILING, Context, Decimal

#: Keeps a figure and its unit on one line.
NO_BREAK = "\u00a0"
MINUS = "−"
#: The one policy of rounding: the same amount is the same figure wherever it stands.
ROUNDED = "Every figure is rounded by itself, so rows and columns may differ from their sum in the last digit."
#: What a cell without a figure shows.
DASH = "–"

_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def decimal_places(value: float, error: float = 0.0, figures: int = 3) -> int:
    """Places after the point that a figure deserves: at most `figures` significant, none below its error.

    Negative for places before the point. `error` is a standard error in the unit of `value`; the last place
    shown is the one of its first digit.
    """
    size = abs(value)
    places = figures - 1 - math.floor(math.log10(size)) if size > 0 else 0
    if error > 0:
        places = min(places, -math.floor(math.log10(error)))
    return places


#: Room for every digit of a figure, however large or small it is.
_WIDE = Context(prec=400)


def number(value: float | Decimal, places: int = 0) -> str:
    """A plain figure with thousands separated and a real minus: "1,640", "−0.3"; never "−0"."""
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), context=_WIDE)
    text = f"{abs(rounded):,.{max(places, 0)}f}"
    return text if rounded >= 0 or not any(digit in "123456789" for digit in text) else MINUS + text


def _scaled(value: float, error: float, million: str, thousand: str) -> str:
    """A money figure in millions, thousands or pounds, after rounding, so that 999,900 becomes a million."""
    places = decimal_places(value, error)
    rounded = float(round(Decimal(str(value)), places))
    size = abs(rounded)
    if size >= 1_000_000:
        body, after = number(rounded / 1_000_000, max(0, min(places + 6, 2))), million
        body = _without_idle_zeros(body)
    elif thousand and size >= 1_000:
        body, after = _without_idle_zeros(number(rounded / 1_000, max(0, min(places + 3, 1)))), thousand
    else:
        body, after = number(rounded), ""
    sign = MINUS if body.startswith(MINUS) else ""
    return f"{sign}£{body.removeprefix(MINUS)}{after}"


def _without_idle_zeros(text: str) -> str:
    """Write "52.00" as "52": in a sentence zeros after the point say nothing."""
    return text.rstrip("0").rstrip(".") if "." in text else text


def money(value: float | Decimal, error: float = 0.0) -> str:
    """Pounds for a sentence: "£52 million", "£1.2 million", "£850,000". Rounded to its error or three figures."""
    return _scaled(float(value), error, f"{NO_BREAK}million", "")


def money_short(value: float | Decimal, error: float = 0.0) -> str:
    """Pounds for a table or a chart: "£37.3m", "£850k", "£400"."""
    return _scaled(float(value), error, "m", "k")


def money_unit(values: Iterable[float | Decimal], error: float = 0.0) -> tuple[float, int, str]:
    """What a whole column is divided by, its places after the point, and the letter of the unit: "m", "k" or "".

    No place below the first digit of `error`, how far a simulated figure may be off.
    """
    widest = max((abs(float(value)) for value in values), default=0.0)
    divisor, places, unit = 1.0, 0, ""
    if widest >= 950_000:
        divisor, places, unit = 1_000_000.0, 1 if widest >= 9_950_000 else 2, "m"
    elif widest >= 10_000:
        divisor, unit = 1_000.0, "k"
    return divisor, min(places, _error_places(error / divisor, places)), unit


def bare_range(values: Iterable[float | Decimal], error: float = 0.0) -> tuple[str, Callable[[float, float], str]]:
    """The unit for the heading of a column, "£m", and the form of the ranges under it: "38.0 to 41.6"."""
    divisor, places, unit = money_unit(values, error)
    return f"£{unit}", lambda low, high: f"{number(low / divisor, places)} to {number(high / divisor, places)}"


def money_column(values: Iterable[float | Decimal], error: float = 0.0) -> Callable[[float], str]:
    """One form for a whole column, so that figures stand under each other: "£37.0m", "£4.12m" or "£850k"."""
    divisor, places, unit = money_unit(values, error)

    def form(value: float) -> str:
        text = number(value / divisor, places)
        return f"{MINUS if text.startswith(MINUS) else ''}£{text.removeprefix(MINUS)}{unit}"

    return form


def money_fine(values: Iterable[float | Decimal]) -> Callable[[float], str]:
    """One form for a column in which 1 % must show: whole thousands "£20,338k", or pounds where all are small."""
    large = max((abs(float(value)) for value in values), default=0.0) >= 100_000

    def form(value: float) -> str:
        text = number(value / 1_000 if large else value)
        return f"{MINUS if text.startswith(MINUS) else ''}£{text.removeprefix(MINUS)}{'k' if large else ''}"

    return form


def signed_column(values: Iterable[float | Decimal]) -> Callable[[float], str]:
    """One form for all changes of a group: "+£1.78m" beside "−£0.02m"."""
    form = money_column(values)
    return lambda value: (
        f"+{form(value)}" if value > 0 and any(digit in "123456789" for digit in form(value)) else form(value)
    )


def money_signed(value: float | Decimal, error: float = 0.0) -> str:
    """A change in pounds with its sign, for cells and charts, which never wrap: "+£6.4m", "−£2.1m", "£0"."""
    text = money_short(value, error)
    return text if text.startswith(MINUS) or text == "£0" else f"+{text}"


#: An error in this many standard errors holds 19 times in 20.
NINETEEN_OF_20 = 1.96


def _error_places(error: float, most: int) -> int:
    """Places after the point down to the first digit of an error, at most `most`; negative before the point."""
    return min(most, -math.floor(math.log10(error))) if error > 0 else most


def error_places(error: float, most: int) -> int:
    """Places after the point that give an error two significant figures, at most `most`; negative before the point."""
    return min(most, 1 - math.floor(math.log10(error))) if error > 0 else most


def _beside(error: float, places: int) -> str:
    """The error after its figure, with a space; "" where all digits that are shown hold, so that it is no error."""
    return f"{NO_BREAK}{plus_minus(error, places)}" if error >= 0.5 * 10.0**-places else ""


def with_error(value: float, error: float, most: int) -> str:
    """A simulated figure rounded to two figures of its error, 19 times in 20: "363,370 ±40"; at most `most` places."""
    places = error_places(error, most)
    return f"{number(value, places)}{_beside(error, places)}"


def plus_minus(error: float, places: int) -> str:
    """How far a figure may be off, in the last place shown: rounded up, so that what is said of it holds.

    "±0.02" for 0.014, and "±0.01" for 0.001. What arithmetic leaves in the thirteenth digit does not round up.
    """
    exact = Decimal(f"{error:.12g}").quantize(Decimal(1).scaleb(-places), rounding=ROUND_CEILING, context=_WIDE)
    return f"±{number(max(exact, Decimal(1).scaleb(-places)), places)}"


def money_off(error: float) -> str:
    """An error in pounds by itself, rounded up to its first digit: "£20k" for 14,012, "£1" under a pound, or "£0"."""
    if error <= 0:
        return money_short(0)
    step = max(Decimal(1), Decimal(1).scaleb(math.floor(math.log10(error))))
    up = (Decimal(f"{error:.12g}") / step).to_integral_value(ROUND_CEILING) * step
    return money_short(up, float(step))


def simulated(value: float, error: float) -> str:
    """A simulated amount rounded to how far it may be off, 19 times in 20: "£41.91m ±0.01m".

    The error has two figures, and the amount ends where it ends; without one three figures, as money that is entered.
    """
    if error <= 0:
        return money_short(value)
    size = max(abs(value), error)
    divisor, most, letter = next(
        scale for scale in ((1e6, 3, "m"), (1e3, 1, "k"), (1.0, 0, "")) if size >= 0.95 * scale[0] or scale[0] == 1.0
    )
    places = error_places(error / divisor, most)
    text, after = number(value / divisor, places), _beside(error / divisor, places)
    sign = MINUS if text.startswith(MINUS) else ""
    return f"{sign}£{text.removeprefix(MINUS)}{letter}{after + letter if after else ''}"


def simulated_column(figures: Iterable[tuple[float, float]]) -> tuple[str, Callable[[float, float], str]]:
    """The unit for the heading of simulated amounts, "£ million", and the form of all of them: "41.91 ±0.01".

    `figures`: amounts and their errors, 19 times in 20. The largest error says how many digits all of them have.
    """
    known = tuple(figures)
    divisor, places, letter = money_unit(value for value, _ in known)
    worst = max((error for _, error in known), default=0.0)
    if worst > 0:
        places = error_places(worst / divisor, {"m": 3, "k": 1, "": 0}[letter])

    def form(value: float, error: float) -> str:
        return f"{number(value / divisor, places)}{_beside(error / divisor, places)}"

    return {"m": "£ million", "k": "£ thousand", "": "£"}[letter], form


def simulated_chance(share: float, error: float) -> str:
    """A simulated chance rounded to how many points it may be off, 19 times in 20: "53.84 % ±0.31"."""
    if error <= 0 or not 0.01 <= share <= 0.99:
        return percent_of_draws(share)
    places = error_places(100 * error, 2)
    return f"{number(100 * share, places)}{NO_BREAK}%{_beside(100 * error, places)}"


def simulated_number(value: float, error: float) -> str:
    """A simulated figure without a unit, at most two places: "0.48 ±0.01"."""
    return with_error(value, error, 2)


def money_exact(value: Decimal) -> str:
    """Pounds and pence for an annex: "£1,234,567.89", "−£0.50"."""
    text = number(value, 2)
    sign = MINUS if text.startswith(MINUS) else ""
    return f"{sign}£{text.removeprefix(MINUS)}"


def _pair(low: float | Decimal, high: float | Decimal) -> tuple[float, float, float]:
    """Both ends and the error that makes them round alike: half a place of the wider end's third figure."""
    first, second = float(low), float(high)
    widest = max(abs(first), abs(second))
    return first, second, 10.0 ** (math.floor(math.log10(widest)) - 2) if widest > 0 else 0.0


def money_range(low: float | Decimal, high: float | Decimal) -> str:
    """A range for a sentence: "£35.3 million to £39.8 million", both ends rounded to the same place."""
    first, second, error = _pair(low, high)
    return f"{money(first, error)} to {money(second, error)}"


def range_short(low: float | Decimal, high: float | Decimal) -> str:
    """A range for a table: "£35.3m to £39.8m", both ends rounded to the same place."""
    first, second, error = _pair(low, high)
    form = money_column((first, second))
    if min(abs(first), abs(second)) >= 950_000:
        return f"{form(first)} to {form(second)}"
    return f"{money_short(first, error)} to {money_short(second, error)}"


def percent(share: float) -> str:
    """A share from 0 to 1 as "58 %"; small and nearly certain ones as "under 1 %" and "over 99 %"."""
    if share <= 0:
        return f"0{NO_BREAK}%"
    if share < 0.01:
        return f"under 1{NO_BREAK}%"
    if 0.99 < share < 1:
        return f"over 99{NO_BREAK}%"
    return f"{math.floor(share * 100 + 0.5)}{NO_BREAK}%"


def percent_entered(share: float) -> str:
    """A share that somebody typed, as it was typed up to one place: 0.125 as "12.5 %", 0.08 as "8 %"."""
    return f"{_without_idle_zeros(number(share * 100, 1))}{NO_BREAK}%"


def pounds_each(value: float) -> str:
    """Pounds for one of something, to three figures, small sums with pence: "£198,000", "£51.30", "£9.37"."""
    places = min(decimal_places(value), 2)
    text = number(round(Decimal(str(value)), places), 2 if places > 0 else 0)
    return f"{MINUS if text.startswith(MINUS) else ''}£{text.removeprefix(MINUS)}"


def percent_of_draws(share: float) -> str:
    """A simulated share: that no draw showed a thing does not rule it out, so never "0 %" and never "100 %"."""
    if share <= 0:
        return f"under 1{NO_BREAK}%"
    return f"over 99{NO_BREAK}%" if share >= 1 else percent(share)


def percent_change(change: float) -> str:
    """A relative change, 0.014 as "1.4 %": two figures, its sign left to the words around it."""
    size = abs(change) * 100
    return f"{_without_idle_zeros(number(size, max(0, decimal_places(size, figures=2))))}{NO_BREAK}%"


def rate(percent: float) -> str:
    """A yearly rate that is in per cent already: 3.5 as "3.5 %", 12.31 as "12.3 %"."""
    return f"{_without_idle_zeros(number(percent, 1))}{NO_BREAK}%"


def _hundredths(share: float, word: str) -> str:
    if share < 0.01:
        return f"under 1 {word}{NO_BREAK}100"
    if share > 0.99:
        return f"over 99 {word}{NO_BREAK}100"
    hundredths = math.floor(share * 100 + 0.5)
    if hundredths % 10 == 0:
        return f"{hundredths // 10} {word}{NO_BREAK}10"
    return f"{hundredths} {word}{NO_BREAK}100"


def in_hundred(share: float) -> str:
    """A simulated chance in words: "58 in 100", "8 in 10", "under 1 in 100", "over 99 in 100"."""
    return _hundredths(share, "in")


def of_draws(share: float) -> str:
    """A share of the draws in words: "58 of 100 draws", "8 of 10 draws", "under 1 of 100 draws"."""
    return f"{_hundredths(share, 'of')} draws"


def score(value: float) -> str:
    """A score from 0 to 100 as a whole number: one step is worth five, so a decimal would be noise."""
    return number(value, 0)


def year_short(year: str) -> str:
    """A year "2027/28" as "27/28"; anything else as it stands."""
    return year[2:] if len(year) == 7 and year[4] == "/" else year


def years_from(years: Sequence[str]) -> str:
    """How long and from when: "7 years from 2027/28"."""
    if not years:
        return "no years"
    return f"{len(years)}{NO_BREAK}year{'' if len(years) == 1 else 's'} from {years[0]}"


def listing(items: Sequence[str]) -> str:
    """Items in a row: "a", "a and b", "a, b and c"; "" for nothing."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def count(number_of: int) -> str:
    """A whole number, up to ten in words: "no", "three", "12"."""
    return _SMALL[number_of] if 0 <= number_of < len(_SMALL) else number(number_of)


def how_many(number_of: int, singular: str, plural: str = "") -> str:
    """A count in words: "one option", "three options", "12 options"; `plural` where an s is not enough."""
    return f"{count(number_of)} {singular if number_of == 1 else plural or singular + 's'}"


def times(number_of: int) -> str:
    """How often: "once", "twice", "three times", "12 times"."""
    return {1: "once", 2: "twice"}.get(number_of, f"{count(number_of)} times")


def capital(text: str) -> str:
    """The first letter large, the rest as it stands."""
    return text[:1].upper() + text[1:]


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters, cut at a word where one ends in the last third, with "…" for what is gone."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > limit * 2 // 3 else cut).rstrip(" ,;:") + "…"
