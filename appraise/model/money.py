"""Pounds and pence: what people type turned into exact amounts, and back into text for editing.

How an amount reads on screen and paper ("£1.2 million") belongs to `present.wording`. Every refusal is a
ValueError with one sentence that a person can act on.
"""

import math
import re
import unicodedata
from decimal import Context, Decimal

#: No appraisal of this kind comes near it; larger amounts are slips of the keyboard.
LARGEST = Decimal(10_000_000_000_000)
_PENCE = Decimal("0.01")
_NOTHING = Decimal("0.00")
# Typed text may hold more digits than the default 28; nothing may be rounded before the limits are checked.
_EXACT = Context(prec=200)
_LONGEST = 60

_SCALES = {
    "": 1,
    "k": 1_000,
    "thousand": 1_000,
    "m": 1_000_000,
    "mn": 1_000_000,
    "million": 1_000_000,
    "bn": 1_000_000_000,
    "billion": 1_000_000_000,
}
_SIGNS = "-+"
_DIGITS = re.compile(r"(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+|[0-9]*)(?:\.(?P<part>[0-9]*))?")
_SCALED = re.compile(r"(?P<digits>[0-9., ]*[0-9.]) ?(?P<scale>[a-z]*)")
_DECIMAL_COMMA = re.compile(r"[0-9][0-9. ]*,[0-9]{1,2}|[0-9.]+,[0-9]+")
_IN_ALL = re.compile(r"(?P<some>[0-9]{1,6}) in (?P<all>[0-9]{1,6})")


def _tidied(text: str) -> str:
    """One kind of space and of minus; quotes that a spreadsheet left are dropped; small letters."""
    # Not NFKC: it would read 5² as 52.
    text = "".join("-" if unicodedata.category(sign) == "Pd" or sign == "−" else sign for sign in text)
    text = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    return " ".join(text.strip("\"'\u2018\u2019\u201c\u201d \t\r\n").lower().split())


def _shown(text: str) -> str:
    """The typed text for a message: short, on one line."""
    text = " ".join(text.split())
    return f"“{text}”" if len(text) <= 24 else f"“{text[:23]}…”"


def _unsigned(tidy: str, shown: str) -> tuple[str, bool]:
    """Take the sign off: minus before or after, or brackets round it. True for negative."""
    bracketed = tidy.startswith("(") and tidy.endswith(")")
    if bracketed:
        tidy = tidy[1:-1].strip()
    leading, trailing = tidy[:1] in tuple(_SIGNS), tidy[-1:] in tuple(_SIGNS) and len(tidy) > 1
    if bracketed + leading + trailing > 1:
        raise ValueError(f"{shown} has two signs; keep one minus or one pair of brackets.")
    if leading:
        return tidy[1:].strip(), tidy[0] == "-"
    if trailing:
        return tidy[:-1].strip(), tidy[-1] == "-"
    return tidy, bracketed


def _exact(digits: str, shown: str) -> Decimal:
    """Digits with thousands separators and a decimal point as an exact number; the separators must fit."""
    match = _DIGITS.fullmatch(digits)
    if match is None or not (match["whole"] or match["part"]):
        if digits.count(".") > 1 and "," not in digits:
            raise ValueError(f"{shown} has more than one decimal point; keep one.")
        if _DECIMAL_COMMA.fullmatch(digits):
            raise ValueError(f"{shown} could mean two things; use a point for decimals and a comma every three digits.")
        raise ValueError(f"{shown} is not a number in groups of three; write it like 1,250,000 or 1250000.")
    whole = match["whole"].replace(",", "").replace(" ", "")
    return Decimal(f"{whole or '0'}.{match['part'] or '0'}")


def _signed(text: str, wanted: str, *, scales: bool) -> Decimal:
    """The number in `text`, exact; `wanted` names what was asked for, with an example."""
    shown, tidy = _shown(text), _tidied(text)
    if not tidy:
        raise ValueError(f"Type {wanted}.")
    if len(tidy) > _LONGEST:
        raise ValueError(f"{shown} is too long; type {wanted}.")
    body, negative = _unsigned(tidy, shown)
    match = _SCALED.fullmatch(body)
    if match is None or match["scale"] not in (_SCALES if scales else ("",)):
        raise ValueError(f"{shown} is not a number; type {wanted}.")
    value = _EXACT.multiply(_exact(match["digits"], shown), Decimal(_SCALES[match["scale"]]))
    return -value if negative and value else value


def _without_currency(text: str) -> str:
    """Take one £ or GBP away; it may stand before or after the sign, inside or outside brackets."""
    return re.sub(r"£ ?|\bgbp\b ?", "", _tidied(text), count=1).strip()


def pounds(value: Decimal) -> Decimal:
    """The amount in pounds with two places, without a negative zero. InvalidOperation for NaN and infinity."""
    rounded = value.quantize(_PENCE)
    return rounded or _NOTHING


def parse(text: str) -> Decimal:
    """Pounds with two places from what people type: `1.25m`, `£1,250,000`, `(1,200)`, `1,200-`, `1.2bn`.

    A dash alone is nothing, as ledgers write it. ValueError: no number, an ambiguous decimal comma,
    fractions of a penny, more than 10 trillion pounds.
    """
    bare = _without_currency(text)
    if bare == "-":
        return _NOTHING
    if "%" in bare:
        raise ValueError(f"{_shown(text)} is a percentage; type an amount in pounds, such as 1.25m or 1,250,000.")
    try:
        value = _signed(bare, "an amount in pounds, such as 1.25m or 1,250,000", scales=True)
    except ValueError as fault:
        raise ValueError(str(fault).replace(_shown(bare), _shown(text), 1)) from None
    if abs(value) > LARGEST:
        raise ValueError(f"{_shown(text)} is more than 10 trillion pounds; check the number of zeros.")
    if value != value.quantize(_PENCE, context=_EXACT):
        raise ValueError(f"{_shown(text)} has fractions of a penny; use at most two decimals of a pound.")
    return pounds(value)


def parse_percent(text: str) -> Decimal:
    """Per cent as typed: `3.5`, `3.5%`, `3.5 per cent` are all 3.5. ValueError beyond 10,000 either way."""
    bare = re.sub(r" ?(%|per cent|percent)$", "", _tidied(text))
    value = _signed(bare, "a percentage, such as 3.5", scales=False)
    if abs(value) > 10_000:
        raise ValueError(f"{_shown(text)} is far beyond any percentage in use; type one such as 3.5.")
    return _trimmed(value)


def parse_probability(text: str) -> float:
    """A probability from 0 to 1: `30 %`, `30 per cent`, `0.3`, `3 in 10` and `30` are all 0.3.

    The rule for a bare number: up to 1 it is the probability itself, from 2 to 100 it is per cent.
    ValueError for numbers between 1 and 2, which could be either, and for all outside 0 to 100 %.
    """
    shown, tidy = _shown(text), _tidied(text)
    odds = _IN_ALL.fullmatch(tidy)
    if odds:
        some, total = int(odds["some"]), int(odds["all"])
        if some > total or not total:
            raise ValueError(f"{shown} is not a probability; the first number must not be above the second.")
        return some / total
    wanted = "a probability, such as 30 % or 0.3"
    bare = re.sub(r" ?(%|per cent|percent)$", "", tidy)
    value = _signed(bare, wanted, scales=False)
    if value < 0 or value > 100:
        raise ValueError(f"{shown} is not a probability; type something from 0 % to 100 %.")
    if bare == tidy and value <= 1:
        return float(value)
    if bare == tidy and value < 2:
        raise ValueError(f"{shown} is above 1; type a probability from 0 to 1, or add a per cent sign.")
    return float(value / 100)


def parse_number(text: str) -> float:
    """A plain number such as a swing or a score: `70`, `12.5`, `-3`. ValueError for anything else."""
    value = _signed(text, "a number, such as 70", scales=False)
    if abs(value) > LARGEST:
        raise ValueError(f"{_shown(text)} is too large; type a number, such as 70.")
    return float(value)


def parse_whole(text: str, *, low: int, high: int) -> int:
    """A whole number from `low` to `high`: `7`, `100,000`, `100k`. ValueError for anything else."""
    wanted = f"a whole number from {low:,} to {high:,}"
    value = _signed(text, wanted, scales=True)
    if value != int(value) or not low <= value <= high:
        raise ValueError(f"{_shown(text)} does not fit here; type {wanted}.")
    return int(value)


def _trimmed(value: Decimal) -> Decimal:
    """The same number without trailing zeros and without an exponent: 3.50 is 3.5, 1E+2 is 100."""
    if not value:
        return Decimal(0)
    short = value.normalize(_EXACT)
    return Decimal(format(short, "f"))


def plain_amount(value: Decimal) -> str:
    """The amount for editing: `1250000`, `-12.50`. `parse` reads it back to the same pounds and pence."""
    if not value:
        return "0"
    whole = value.is_finite() and value == value.to_integral_value()
    return format(value.to_integral_value() if whole else value, "f")


def plain_number(value: Decimal | float) -> str:
    """A percentage, swing or score for editing, as short as it can be: `3.5`, `70`."""
    if isinstance(value, Decimal):
        return format(_trimmed(value), "f") if value.is_finite() else str(value)
    return str(int(value)) if math.isfinite(value) and value == int(value) else repr(value)
