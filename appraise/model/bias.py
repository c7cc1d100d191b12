"""Optimism bias: what it comes to after mitigation, and how each pound is counted once.

Sources: Green Book 2026, 6.78-6.84; Supplementary guidance on optimism bias; Mott MacDonald, Review of
Large Public Procurement in the UK (2002), section 4 and table 2.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

from appraise.model.appraisal.effects import Bias
from appraise.model.discounting import EXACT, ONE, ZERO


def managed_share(bias: Bias) -> Decimal:
    """How much of the upper bound is dealt with, 0 to 1: sum of share x managed over the causes, or as stated."""
    with localcontext(EXACT):
        if bias.causes:
            return sum((cause.share_percent * cause.managed_percent for cause in bias.causes), ZERO) / 10_000
        return bias.managed_percent / 100


def _left(upper: Decimal, lower: Decimal, bias: Bias) -> Decimal:
    with localcontext(EXACT):
        left = upper * (1 - managed_share(bias))
        return (left if bias.awarded else max(left, lower)) / 100


def resultant(bias: Bias) -> Decimal:
    """What is added to costs or taken from benefits, as a share: upper x (1 - managed).

    Before award never under the lower bound: 51 % with 92 % managed leaves 4.08 %.
    """
    return _left(bias.upper_percent, bias.lower_percent, bias)


def delay(bias: Bias) -> Decimal:
    """Years by which the works run late: planned months / 12 x what is left of the bias on duration."""
    with localcontext(EXACT):
        return bias.months / 12 * _left(bias.duration_upper_percent, bias.duration_lower_percent, bias)


def delayed(amounts: Sequence[Decimal], years: Decimal, last: int) -> tuple[Decimal, ...]:
    """Amounts that come `years` late, parts of a year in proportion; what falls after year `last` is lost."""
    if not years:
        return tuple(amounts)
    whole = int(years)
    with localcontext(EXACT):
        part = years - whole

        def at(year: int) -> Decimal:
            return amounts[year] if 0 <= year <= last else ZERO

        return tuple(
            (1 - part) * at(year - whole) + part * at(year - whole - 1) if year <= last else ZERO
            for year in range(len(amounts))
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Residual:
    """Undiscounted pounds in prices of year 0 of one cost line; as in `results.BiasValue`."""

    raw: Decimal
    range_shift: Decimal
    linked: Decimal
    residual: Decimal
    expected: Decimal


def residual(central: Decimal, mean: Decimal, share: Decimal, linked: Decimal) -> Residual:
    """What is left of the bias of a cost line once its range and its linked risks are in the figures (METHOD 10.5).

    As entered the range adds nothing, so max(0, U C - risks); at the mean max(0, U C - (E - C) - risks).
    C 100, PERT(95, 100, 140), risks 6, U 41 %: 35 as entered and 29.1667 at the mean, 141 in all.
    """
    with localcontext(EXACT):
        raw = central * share
        shift = central * (mean - ONE)
        return Residual(
            raw=raw,
            range_shift=shift,
            linked=linked,
            residual=max(ZERO, raw - linked),
            expected=max(ZERO, raw - shift - linked),
        )


def shared_out(pounds: Decimal, weights: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Split pounds in proportion to the weights; nothing goes to anybody while all weights are 0."""
    with localcontext(EXACT):
        whole = sum(weights.values(), ZERO)
        return {key: pounds * weight / whole if whole else ZERO for key, weight in weights.items()}
