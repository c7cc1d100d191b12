"""Discount factors and price factors. Exact decimal arithmetic to 34 digits.

Sources: The Green Book 2026, 6.45-6.59; Discounting, Green Book supplementary guidance (February 2026).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import Index
from appraise.model.parameters import SCHEDULES, Schedule

#: 34 digits: present values of any public budget are exact to far below a penny.
EXACT = Context(prec=34, rounding=ROUND_HALF_EVEN)
PENNY = Decimal("0.01")
ONE = Decimal(1)


def to_pence(pounds: Decimal) -> Decimal:
    """Round pounds to the nearest penny, halves to the even penny. Never minus zero."""
    return pounds.quantize(PENNY, rounding=ROUND_HALF_EVEN, context=EXACT) + 0


def discount_factors(schedule: Schedule, years: int) -> tuple[Decimal, ...]:
    """Factors for years 0 to `years` - 1: DF(0) = 1, DF(t) = DF(t-1) / (1 + r_t), r_t the rate of year t.

    Green Book 2026, 6.54 and table 8: year ends, year 0 undiscounted. At a change of rate the factor of
    the year before is carried on: DF(31) = DF(30) / 1.03, not 1.03 ** -31.
    """
    factors = [ONE]
    with localcontext(EXACT):
        for year in range(1, years):
            percent = next(band.percent for band in reversed(schedule.bands) if band.first <= year)
            factors.append(factors[-1] / (1 + percent / 100))
    return tuple(factors[:years])


def index_factors(percent: tuple[Decimal, ...], years: int) -> tuple[Decimal, ...]:
    """Price level of years 0 to `years` - 1 against year 0; the last yearly rise is carried forward."""
    factors = [ONE]
    with localcontext(EXACT):
        for year in range(1, years):
            rise = percent[min(year, len(percent)) - 1] if percent else Decimal(0)
            factors.append(factors[-1] * (1 + rise / 100))
    return tuple(factors[:years])


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceFactors:
    """What turns an amount in prices of year 0 into other money, by year.

    `cash`: nominal. `real`: prices of year 0 with the relative price effect, cash / deflator (6.45-6.51).
    `present`: real x discount factor.
    """

    cash: tuple[Decimal, ...]
    real: tuple[Decimal, ...]
    present: tuple[Decimal, ...]


def _price_factors(
    cash: tuple[Decimal, ...], deflator: tuple[Decimal, ...], discount: tuple[Decimal, ...]
) -> PriceFactors:
    with localcontext(EXACT):
        real = tuple(level / general for level, general in zip(cash, deflator, strict=True))
        present = tuple(level * factor for level, factor in zip(real, discount, strict=True))
    return PriceFactors(cash=cash, real=real, present=present)


def price_factors(appraisal: Appraisal) -> Mapping[str, PriceFactors]:
    """Factors of every price index by id; the empty id is the general deflator itself."""
    years = appraisal.horizon.years
    discount = discount_factors(SCHEDULES[appraisal.basis.schedule], years)
    deflator = index_factors((appraisal.basis.deflator_percent,), years)
    general = Index(id="", name="General inflation", percent=(appraisal.basis.deflator_percent,))
    return {
        index.id: _price_factors(index_factors(index.percent, years), deflator, discount)
        for index in (general, *appraisal.indices)
    }
