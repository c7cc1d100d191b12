"""Chances, shares and costs as people type them."""

from decimal import Decimal

from appraise.model import money
from appraise.present import wording


def parse_share(text: str) -> float:
    """A share from 0 to 1: beside a per cent sign a whole number is per cent, so `1` is 0.01 and `30` is 0.3.

    Everything else as `money.parse_probability` reads it. ValueError with one sentence.
    """
    return money.parse_probability(f"{text.strip()}%" if text.strip().isdigit() else text)


def parse_more(text: str) -> float:
    """A share that may be above 1, typed in per cent: `15` is 0.15. ValueError below 0."""
    percent = money.parse_percent(text)
    if percent < 0:
        raise ValueError("Type a percentage of 0 or more.")
    return float(percent / 100)


def parse_cost(text: str) -> Decimal:
    """Pounds of 0 or more; an empty text is none. ValueError with one sentence."""
    cost = money.parse(text) if text.strip() else Decimal("0.00")
    if cost < 0:
        raise ValueError("Type a cost of 0 or more.")
    return cost


def share_text(share: float) -> str:
    """A share for editing, in per cent: 0.3 is `30`."""
    return money.plain_number(Decimal(repr(share)) * 100)


def amount_text(amount: Decimal) -> str:
    """Pounds for a field: thousands apart, pence only where there are some; `money.parse` reads it back."""
    if not amount.is_finite():
        return str(amount)
    return wording.number(amount, 0 if amount == amount.to_integral_value() else 2)
