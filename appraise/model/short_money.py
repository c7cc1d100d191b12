"""What short money does to cost, in closed forms: recovery of investment, breaks, re-letting, prevention (METHOD 12.2).

Amounts are pounds of one price level, rates shares a year (0.08 is 8 %), charges fall at the end of each contract year.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, localcontext

from appraise.model.discounting import EXACT, ONE, ZERO


def _checked(years: int) -> int:
    if years < 1:
        raise ValueError("a contract runs for a year at least")
    return years


def capital_recovery(rate: Decimal, years: int) -> Decimal:
    """Yearly charge that recovers one pound: r / (1 - (1 + r)^-n), 1 / n without a rate. ValueError under a year."""
    _checked(years)
    with localcontext(EXACT):
        return rate / (1 - (1 + rate) ** -years) if rate else ONE / years


def yearly_charge(k: Decimal, kept: Decimal, rate: Decimal, years: int) -> Decimal:
    """What an investment of `k` costs a year if `kept` of it is left at the end: K CRF - RV r / ((1 + r)^n - 1)."""
    with localcontext(EXACT):
        set_aside = rate / ((1 + rate) ** _checked(years) - 1) if rate else ONE / years
        return k * capital_recovery(rate, years) - kept * set_aside


def charge_between(k: Decimal, kept: Decimal, rate: Decimal, *, years: int, reference: int) -> Decimal:
    """What a term of `years` adds to a yearly price that was made for `reference` years; below nothing if longer."""
    with localcontext(EXACT):
        return yearly_charge(k, kept, rate, years) - yearly_charge(k, kept, rate, reference)


def outstanding(k: Decimal, kept: Decimal, rate: Decimal, years: int, after: int) -> Decimal:
    """What a supplier has not yet recovered after so many years of a level charge.

    K (1 + r)^t - a ((1 + r)^t - 1) / r, told by what is still to come, which no large power swallows:
    a (1 - v^(n - t)) / r + RV v^(n - t). At the end of the contract it is what the supplier keeps.
    """
    charge = yearly_charge(k, kept, rate, years)
    with localcontext(EXACT):
        less = (1 + rate) ** (after - years)
        return charge * ((1 - less) / rate if rate else Decimal(years - after)) + kept * less


def _alive(breaks: Mapping[int, tuple[Decimal, Decimal]], years: int) -> tuple[tuple[Decimal, ...], Decimal]:
    """(chance that the contract runs in its years 1 to n, chance that a break comes at all)."""
    alive = [ONE]
    with localcontext(EXACT):
        for passed in range(1, years):
            alive.append(alive[-1] * (1 - breaks.get(passed, (ZERO, ZERO))[0]))
        return tuple(alive), 1 - alive[-1]


def break_charge(
    k: Decimal, kept: Decimal, rate: Decimal, years: int, breaks: Mapping[int, tuple[Decimal, Decimal]]
) -> Decimal:
    """The yearly charge of a supplier that may be broken off.

    `breaks`: by contract years passed (1 to n - 1) the chance of a break there, if none came before, and what is paid
    for it. The charge a solves K = sum P(alive in t) a v^t + sum P(break at t) B_t v^t + P(alive at the end) RV v^n.
    """
    alive, _ = _alive(breaks, _checked(years))
    with localcontext(EXACT):
        v = 1 / (1 + rate)
        running = sum((chance * v**year for year, chance in enumerate(alive, start=1)), ZERO)
        paid = sum((alive[at - 1] * chance * cost * v**at for at, (chance, cost) in breaks.items() if at < years), ZERO)
        return (k - paid - alive[-1] * kept * v**years) / running


def expected_break_cost(years: int, breaks: Mapping[int, tuple[Decimal, Decimal]]) -> Decimal:
    """Sum over possible breaks of their chance times what is paid, undiscounted; `breaks` as in `break_charge`."""
    alive, _ = _alive(breaks, _checked(years))
    with localcontext(EXACT):
        return sum((alive[at - 1] * chance * cost for at, (chance, cost) in breaks.items() if at < years), ZERO)


def relets(horizon: int, years: int) -> int:
    """How often a contract of `years` is let again inside the horizon: ceil(H / n) - 1, never under 0."""
    return max(0, -(-horizon // _checked(years)) - 1)


def charges(k: Decimal, kept: Decimal, rate: Decimal, *, years: int, horizon: int) -> tuple[Decimal, ...]:
    """Yearly charges of contracts that follow each other up to the horizon.

    The last one is charged at its full-term rate even if the horizon ends before it: what is recovered afterwards
    belongs to the years afterwards.
    """
    return (yearly_charge(k, kept, rate, years),) * horizon


def present_of_cash(cash: Iterable[Decimal], deflator: Sequence[Decimal], discount: Sequence[Decimal]) -> Decimal:
    """Present value of nominal pounds by year: each is brought to prices of year 0 first and discounted then."""
    with localcontext(EXACT):
        return sum(
            (pounds / level * share for pounds, level, share in zip(cash, deflator, discount, strict=True)), ZERO
        )


def effect_by_year(
    years: int,
    *,
    starts: int,
    lag: int,
    ramp: int,
    most: Decimal = ONE,
    stop: int | None = None,
    decay: Decimal = ZERO,
) -> tuple[Decimal, ...]:
    """Effect of prevention by year: most x (t - starts - lag) / ramp, from nothing to the most; at once without a ramp.

    After the last year that is paid for, `stop`, it decays: e_t = e_stop (1 - decay)^(t - stop).
    """

    def built_up(year: int) -> Decimal:
        since = year - starts - lag
        if not ramp:
            return most if since >= 0 else ZERO
        return most * min(ONE, max(ZERO, Decimal(since) / ramp))

    with localcontext(EXACT):
        if stop is None:
            return tuple(built_up(year) for year in range(years))
        left = 1 - decay
        return tuple(
            built_up(year) if year <= stop else built_up(stop) * left ** (year - stop) for year in range(years)
        )
