"""Discount factors and price factors. Exact decimal arithmetic to 34 digits.

Sources: The Green Book 2026, 6.45-6.59; Discounting, Green Book supplementary guidance (February 2026).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from operator import mul

from appraise.model.appraisal.document import Appraisal, Basis, Horizon
from appraise.model.appraisal.lines import Index, Prices
from appraise.model.appraisal.terms import LineTerms
from appraise.model.parameters import REVIEW, Schedule, known_schedules
from appraise.model.remembered import Remembered

#: 34 digits: present values of any public budget are exact to far below a penny.
EXACT = Context(prec=34, rounding=ROUND_HALF_EVEN)
PENNY = Decimal("0.01")
NO_PENCE = Decimal("0.00")
ONE = Decimal(1)
ZERO = Decimal(0)
#: No price is brought over more years than this.
FURTHEST = 1_000


def to_pence(pounds: Decimal) -> Decimal:
    """Round pounds to the nearest penny, halves to the even penny. Never minus zero."""
    return pounds.quantize(PENNY, rounding=ROUND_HALF_EVEN, context=EXACT) or NO_PENCE


def pence_by_year(amounts: Iterable[Decimal]) -> tuple[Decimal, ...]:
    """Every amount rounded to the nearest penny, as `to_pence` does."""
    with localcontext(EXACT):
        return tuple([pounds.quantize(PENNY) or NO_PENCE for pounds in amounts])


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


def held(rise: Decimal, cap: Decimal | None, collar: Decimal | None) -> Decimal:
    """A yearly rise between a collar and a cap, all in per cent a year; None: there is none."""
    least = rise if collar is None else max(rise, collar)
    return least if cap is None else min(least, cap)


def capped_key(index: str, terms: LineTerms) -> str:
    """The key of an index as it is capped; the index itself without a cap and a collar.

    It begins with the length of the id, so that two of them never share a key.
    """
    if terms.cap is None and terms.collar is None:
        return index
    return f"{len(index)}|{index}|{terms.collar}|{terms.cap}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CappedIndex:
    """A price index whose yearly rises are held between a collar and a cap; `index` "" is general inflation."""

    key: str
    index: str
    cap: Decimal | None
    collar: Decimal | None


def capped_indices(appraisal: Appraisal) -> tuple[CappedIndex, ...]:
    """The indices that lines follow only between a collar and a cap, by key; each of them once."""
    found: dict[str, CappedIndex] = {}
    followed = {line.id: line.index for line in appraisal.lines if line.prices is not Prices.CASH}
    for terms in appraisal.line_terms:
        if terms.line in followed and (terms.cap is not None or terms.collar is not None):
            index = followed[terms.line]
            key = capped_key(index, terms)
            found[key] = CappedIndex(key=key, index=index, cap=terms.cap, collar=terms.collar)
    return tuple(found[key] for key in sorted(found))


def inflation(basis: Basis, year: int) -> Decimal:
    """General rise of prices into the financial year that starts in `year`, per cent.

    From the deflator series where it has the year, its last rise after its end, otherwise the flat rate.
    """
    series = basis.deflator
    place = year - series.first_year
    if not series.percent or place < 0:
        return basis.deflator_percent
    return series.percent[min(place, len(series.percent) - 1)]


def deflator_factors(basis: Basis, first_year: int, years: int) -> tuple[Decimal, ...]:
    """General price level of years 0 to `years` - 1 against year 0, which starts in `first_year`."""
    return index_factors(tuple(inflation(basis, first_year + year) for year in range(1, years)), years)


def brought_over(basis: Basis, price_year: int, first_year: int) -> Decimal:
    """What turns prices of the financial year `price_year` into prices of year 0, by general inflation.

    Years further apart than prices are known stay as they are; the checks refuse such a document.
    """
    if abs(price_year - first_year) > FURTHEST:
        return ONE
    with localcontext(EXACT):
        level = ONE
        for year in range(min(price_year, first_year) + 1, max(price_year, first_year) + 1):
            level *= 1 + inflation(basis, year) / 100
        return level if price_year <= first_year else ONE / level


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceFactors:
    """What turns an amount in prices of year 0 into other money, by year.

    `cash`: nominal. `real`: prices of year 0 with the relative price effect, cash / deflator (6.45-6.51).
    `present`: real x discount factor. `drift`: the expected level of an uncertain index over the level as entered,
    ones if it is certain.
    """

    cash: tuple[Decimal, ...]
    real: tuple[Decimal, ...]
    present: tuple[Decimal, ...]
    drift: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Factors:
    """All factors of a document by year: discounting, the general price level, and prices by index.

    `by_index` holds a `PriceFactors` for every index id, and for every capped one by `capped_key`; the empty id is
    general inflation itself.
    """

    years: int
    discount: tuple[Decimal, ...]
    health: tuple[Decimal, ...]
    review: tuple[Decimal, ...]
    deflator: tuple[Decimal, ...]
    by_index: Mapping[str, PriceFactors]


def times(amounts: Iterable[Decimal], factors: Iterable[Decimal]) -> tuple[Decimal, ...]:
    """Amounts x factors, year by year, unrounded."""
    with localcontext(EXACT):
        return tuple(map(mul, amounts, factors))


def worth(amounts: Iterable[Decimal], factors: Iterable[Decimal]) -> Decimal:
    """Sum of amounts x factors, unrounded."""
    with localcontext(EXACT):
        return sum(map(mul, amounts, factors), ZERO)


def drift(index: Index, years: int, capped: CappedIndex | None = None) -> tuple[Decimal, ...]:
    """Expected level of a price index over its level as entered, by year; ones where it is certain.

    `capped`: both levels with every yearly rise held between the collar and the cap.
    """
    if index.range is None:
        return (ONE,) * years
    from appraise.model.index_levels import expected_capped, expected_levels  # not needed before somebody is uncertain

    if capped is not None:
        return expected_capped(index, years, cap=capped.cap, collar=capped.collar)
    return expected_levels(index, years)


_made = Remembered[Factors](most=16)


def make_factors(appraisal: Appraisal) -> Factors:
    """The factors of a document, the very same for the same basis, horizon and indices.

    KeyError for a schedule that is not known; the checks report it.
    """
    basis, horizon, indices = appraisal.basis, appraisal.horizon, appraisal.indices
    capped = capped_indices(appraisal)
    return _made.of(lambda: _factors(basis, horizon, indices, capped), basis, horizon, indices, beside=capped)


def rises_of(basis: Basis, horizon: Horizon, indices: Iterable[Index], index: str) -> tuple[Decimal, ...]:
    """Yearly rises in per cent of a price index, or of prices in general for "" and for an id that is not known."""
    known = next((one for one in indices if one.id == index), None)
    if known is not None:
        return known.percent
    return tuple(inflation(basis, horizon.first_year + year) for year in range(1, horizon.years))


def capped_rises(basis: Basis, horizon: Horizon, indices: Iterable[Index], capped: CappedIndex) -> tuple[Decimal, ...]:
    """Yearly rises of a capped index, as entered and held between its collar and its cap."""
    entered = rises_of(basis, horizon, indices, capped.index) or (ZERO,)
    return tuple(held(rise, capped.cap, capped.collar) for rise in entered)


def _factors(basis: Basis, horizon: Horizon, indices: tuple[Index, ...], capped: tuple[CappedIndex, ...]) -> Factors:
    years = horizon.years
    schedules = known_schedules(basis)
    discount = discount_factors(schedules[basis.schedule], years)
    health = discount_factors(schedules[basis.health_schedule], years)
    review = discount_factors(REVIEW, years)
    deflator = deflator_factors(basis, horizon.first_year, years)

    def priced(cash: tuple[Decimal, ...], drift: tuple[Decimal, ...]) -> PriceFactors:
        with localcontext(EXACT):
            real = tuple(level / general for level, general in zip(cash, deflator, strict=True))
        return PriceFactors(cash=cash, real=real, present=times(real, discount), drift=drift)

    by_index = {"": priced(deflator, (ONE,) * years)} | {
        index.id: priced(index_factors(index.percent, years), drift(index, years)) for index in indices
    }
    by_id = {index.id: index for index in indices}
    for one in capped:
        level = index_factors(capped_rises(basis, horizon, indices, one), years)
        known = by_id.get(one.index)
        by_index[one.key] = priced(level, (ONE,) * years if known is None else drift(known, years, one))
    return Factors(years=years, discount=discount, health=health, review=review, deflator=deflator, by_index=by_index)
