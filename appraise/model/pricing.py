"""What the supplier of an option adds to its price for the constraints that it carries (METHOD 11.2).

All of them are one pool, undiscounted, in prices of year 0. The supplier's view moves the price, never the
outcome; what the view adds stands apart from the loading.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from math import fsum
from types import MappingProxyType

from appraise.model.appraisal.constraints import Bearer, Bearing, Constraint, Impact, Pricing, Principle
from appraise.model.appraisal.document import Appraisal
from appraise.model.discounting import EXACT, ZERO, to_pence
from appraise.model.results import PriceOfConstraint, SupplierPremium
from appraise.model.risk_premium import bearing_of, exact, expected_cost, mean_impact
from appraise.model.supplier_price import Event, price

#: The strength that a principle starts with (METHOD 11.2). Wang: the middle one of 0, .35 and .8416.
PRESETS: Mapping[Principle, float] = MappingProxyType(
    {
        Principle.EXPECTED_VALUE: 0.1,
        Principle.STANDARD_DEVIATION: 0.35,
        Principle.CVAR: 0.8,
        Principle.PERCENTILE: 0.8,
        Principle.WANG: 0.35,
        Principle.PROPORTIONAL_HAZARD: 1.5,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """A constraint that the supplier carries, whole or in part: as it sees it, and as the authority sees it."""

    constraint: str
    event: Event
    supplier: Decimal
    authority: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolPrice:
    """Pounds in prices of year 0, undiscounted. `parts` by constraint add up to `pooled`.

    `standalone` is the sum of prices one by one, the upper bound. `authority` is the expected cost of what is
    carried as the authority sees it, `supplier` as the supplier sees it: the difference is the view gap.
    """

    parts: Mapping[str, Decimal]
    pooled: Decimal
    standalone: Decimal
    supplier: Decimal
    authority: Decimal


def pricing_of(appraisal: Appraisal, option: str) -> Pricing:
    """How the supplier of an option prices."""
    return next(one.pricing for one in appraisal.options if one.id == option)


def event_of(probability: float, impact: Impact) -> Event:
    """A chance and an impact as floats for the pool."""
    return Event(probability, float(impact.low), float(impact.likely), float(impact.high))


def carried(constraint: Constraint, bearing: Bearing) -> Carried | None:
    """What the supplier carries of a constraint: all of it, or what it cannot recover; None: nothing."""
    if bearing.bearer is Bearer.IN_HOUSE:
        return None
    view = constraint.view
    chance = constraint.probability if view is None else view.probability
    impact = constraint.impact if view is None else view.impact
    left = 1.0 - bearing.admitted if bearing.bearer is Bearer.COMPENSATION else 1.0
    with localcontext(EXACT):
        share = 1 - exact(bearing.admitted) if bearing.bearer is Bearer.COMPENSATION else Decimal(1)
        seen = exact(chance) * share * mean_impact(impact)
    if not left:
        return None
    return Carried(
        constraint=constraint.id,
        event=event_of(chance * left, impact),
        supplier=seen if view is not None else expected_cost(constraint, bearing).premium,
        authority=expected_cost(constraint, bearing).premium,
    )


def priced(pool: tuple[Carried, ...], pricing: Pricing) -> dict[str, Decimal]:
    """The price of each constraint in a pool. At expected value it is exact; else rounded to the penny."""
    if pricing.principle is Principle.EXPECTED_VALUE:
        with localcontext(EXACT):
            factor = 1 + exact(pricing.strength) * exact(pricing.competition)
            return {one.constraint: one.supplier * factor for one in pool}
    found = price([one.event for one in pool], pricing)
    return {one.constraint: to_pence(Decimal(repr(part))) for one, part in zip(pool, found.parts, strict=True)}


def pool_of(appraisal: Appraisal, option: str) -> tuple[Carried, ...]:
    """Everything that the supplier of an option carries, ordered by the ids of constraints."""
    pool = []
    for constraint in sorted(appraisal.constraints, key=lambda constraint: constraint.id):
        bearing = bearing_of(constraint, option)
        one = carried(constraint, bearing) if bearing is not None else None
        if one is not None:
            pool.append(one)
    return tuple(pool)


def pool_price(appraisal: Appraisal, option: str) -> PoolPrice:
    """The price of everything that the supplier of an option carries."""
    pricing, pool = pricing_of(appraisal, option), pool_of(appraisal, option)
    parts = priced(pool, pricing)
    alone = fsum(float(priced((one,), pricing)[one.constraint]) for one in pool)
    with localcontext(EXACT):
        return PoolPrice(
            parts=parts,
            pooled=sum(parts.values(), ZERO),
            standalone=to_pence(Decimal(repr(alone))),
            supplier=sum((one.supplier for one in pool), ZERO),
            authority=sum((one.authority for one in pool), ZERO),
        )


def supplier_premium(appraisal: Appraisal, option: str, charges: Decimal) -> SupplierPremium:
    """What the supplier adds, in parts that add up: expected, view gap, loading. `charges`: prices of year 0."""
    found = pool_price(appraisal, option)
    authority = {
        constraint.id: expected_cost(constraint, bearing).premium
        for constraint in appraisal.constraints
        if (bearing := bearing_of(constraint, option)) is not None
    }
    pooled, expected, seen = to_pence(found.pooled), to_pence(found.authority), to_pence(found.supplier)
    return SupplierPremium(
        pooled=pooled,
        standalone=to_pence(found.standalone),
        expected=expected,
        view_gap=seen - expected,
        loading=pooled - seen,
        implied_percent=float(pooled / charges * 100) if charges > 0 else None,
        by_constraint=tuple(
            PriceOfConstraint(constraint=key, priced=to_pence(part), authority=to_pence(authority[key]))
            for key, part in found.parts.items()
        ),
    )
