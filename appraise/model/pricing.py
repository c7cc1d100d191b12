"""What the suppliers of an option add to their price for the constraints that they carry (METHOD 11.2).

All of one lot are one pool, undiscounted, in prices of year 0. The supplier's view moves the price, never the
outcome; what the view adds stands apart from the loading. Parts of one constraint in one lot are one event.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from math import fsum
from types import MappingProxyType

import numpy as np

from appraise.model.appraisal.constraints import Bearer, Bearing, Constraint, Impact, Pricing, Principle
from appraise.model.appraisal.document import Appraisal
from appraise.model.discounting import EXACT, ZERO, to_pence
from appraise.model.pain_gain import supplier_bears
from appraise.model.remembered import Remembered
from appraise.model.results import LotPrice, PriceOfConstraint, SupplierPremium
from appraise.model.risk_premium import (
    PAYS_FOR_MANAGING,
    bearings_of,
    constraint_cost,
    exact,
    expected_carried,
    faced,
    manager_of,
    mean_impact,
    mean_payment,
)
from appraise.model.supplier_price import Event, Outcomes, Risk, price
from appraise.model.uncertainty import Floats, spread_of_impact

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


#: Equal slices of probability that stand for an uncertain impact where its parts are shared in unequal ways.
SLICES = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What the supplier of a lot carries of a constraint: as it sees it, and as the authority sees it."""

    constraint: str
    lot: str
    event: Risk
    supplier: Decimal
    authority: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolPrice:
    """Pounds in prices of year 0, undiscounted. `parts` by constraint add up to `pooled`, all lots together.

    `standalone` is the sum of prices one by one, the upper bound. `authority` is the expected cost of what is
    carried as the authority sees it, `supplier` as the supplier sees it: the difference is the view gap.
    `management` by constraint is what suppliers spend on managing, on top of all these; `lots` hold it, those in which
    nothing can cost anything are left out.
    """

    parts: Mapping[str, Decimal]
    pooled: Decimal
    standalone: Decimal
    supplier: Decimal
    authority: Decimal
    management: Mapping[str, Decimal]
    lots: tuple[LotPrice, ...]


def pricing_of(appraisal: Appraisal, option: str) -> Pricing:
    """How the suppliers of an option price."""
    return next(one.pricing for one in appraisal.options if one.id == option)


def event_of(probability: float, impact: Impact, share: float = 1.0) -> Event:
    """A chance and a share of an impact as floats for the pool."""
    low, likely, high = (float(pounds) * share for pounds in (impact.low, impact.likely, impact.high))
    return Event(probability, low, likely, high, impact.shape)


def carries(bearing: Bearing) -> bool:
    """Whether a supplier carries something of this part: all of it, what it cannot recover, or its pain and gain."""
    if bearing.bearer is Bearer.COMPENSATION:
        return bearing.share > 0 and bearing.admitted < 1
    return bearing.share > 0 and bearing.bearer in {Bearer.SUPPLIER, Bearer.PAIN_GAIN}


def lot_of(bearing: Bearing) -> str:
    """The lot of a part, in any spelling of it."""
    return " ".join(bearing.lot.casefold().split())


def seen(constraint: Constraint, option: str) -> tuple[float, Impact]:
    """Probability and impact as the supplier sees them: what it manages itself, else its view, else the facts."""
    manager = manager_of(constraint, option)
    if constraint.view is None or (manager is not None and manager.bearer in PAYS_FOR_MANAGING):
        return faced(constraint, option)
    return constraint.view.probability, constraint.view.impact


def _net(part: Bearing, shared: Floats, impact: Impact) -> Floats:
    """What pain and gain leave the supplier with by slices of the impact, moved as one to the expected mean."""
    net = supplier_bears(part.terms, shared)
    with localcontext(EXACT):
        mean = exact(part.share) * mean_impact(impact) - mean_payment(part.terms, part.share, impact)
    return net + (float(mean) - float(net.mean()))


def risk_of(parts: Sequence[Bearing], probability: float, impact: Impact) -> Risk:
    """Parts of one constraint that one supplier carries, as one event of its pool."""
    if len(parts) == 1 and parts[0].bearer is not Bearer.PAIN_GAIN:
        (part,) = parts
        left = 1.0 - part.admitted if part.bearer is Bearer.COMPENSATION else 1.0
        return event_of(probability * left, impact, part.share)
    certain = impact.low == impact.high
    sizes = np.array([float(impact.high)]) if certain else spread_of_impact(impact).slices(SLICES)
    otherwise, always = 0.0, np.zeros_like(sizes)
    refused, unrecovered = 0.0, np.zeros_like(sizes)
    for part in parts:
        shared = part.share * sizes
        if part.bearer is Bearer.SUPPLIER:
            always = always + shared
        elif part.bearer is Bearer.PAIN_GAIN:
            always = always + _net(part, shared, impact)
            otherwise += float(supplier_bears(part.terms, np.zeros(1))[0])
        else:
            refused, unrecovered = 1.0 - part.admitted, shared
    found = [(always, 1.0 - refused), (always + unrecovered, refused)]
    return Outcomes(
        probability,
        otherwise,
        tuple(float(pounds) for sums, chance in found if chance for pounds in sums),
        tuple(chance / len(sizes) for sums, chance in found if chance for _ in sums),
    )


def _carried(constraint: Constraint, lot: str, parts: Sequence[Bearing]) -> Carried:
    """The parts of a constraint that the supplier of a lot carries."""
    option = parts[0].option
    chance, impact = seen(constraint, option)
    with localcontext(EXACT):
        return Carried(
            constraint=constraint.id,
            lot=lot,
            event=risk_of(parts, chance, impact),
            supplier=sum((expected_carried(part, chance, impact) for part in parts), ZERO),
            authority=sum((expected_carried(part, *faced(constraint, option)) for part in parts), ZERO),
        )


#: What suppliers carry of constraints that an edit has left as they were.
_by_lot = Remembered[tuple[Carried, ...]]()


def carried_by_lot(constraint: Constraint, option: str) -> tuple[Carried, ...]:
    """What suppliers of an option carry of a constraint, one entry a lot, ordered by lot; empty: nothing."""
    return _by_lot.of(lambda: _carried_by_lot(constraint, option), constraint, option)


def _carried_by_lot(constraint: Constraint, option: str) -> tuple[Carried, ...]:
    lots: dict[str, list[Bearing]] = {}
    for part in sorted(bearings_of(constraint, option), key=lambda part: part.bearer.value):
        if carries(part):
            lots.setdefault(lot_of(part), []).append(part)
    return tuple(_carried(constraint, lot, lots[lot]) for lot in sorted(lots))


def pool_of(appraisal: Appraisal, option: str) -> tuple[Carried, ...]:
    """Everything that the suppliers of an option carry, lot by lot, in each ordered by the ids of constraints."""
    ordered = sorted(appraisal.constraints, key=lambda constraint: constraint.id)
    found = [one for constraint in ordered for one in carried_by_lot(constraint, option)]
    return tuple(sorted(found, key=lambda one: (one.lot, one.constraint)))


def by_lot(pool: Iterable[Carried]) -> dict[str, tuple[Carried, ...]]:
    """The pool of each lot, in the order given."""
    lots: dict[str, tuple[Carried, ...]] = {}
    for one in pool:
        lots[one.lot] = (*lots.get(one.lot, ()), one)
    return lots


def priced(pool: Sequence[Carried], pricing: Pricing) -> tuple[Decimal, ...]:
    """The price of each constraint in the pool of one lot. At expected value it is exact; else rounded to the penny.

    What is expected to be a gain is not loaded at expected value.
    """
    if pricing.principle is Principle.EXPECTED_VALUE:
        with localcontext(EXACT):
            factor = 1 + exact(pricing.strength) * exact(pricing.competition)
            return tuple(one.supplier * factor if one.supplier > 0 else one.supplier for one in pool)
    found = price([one.event for one in pool], pricing)
    return tuple(to_pence(exact(part)) for part in found.parts)


def _management(appraisal: Appraisal, option: str) -> dict[str, tuple[str, Decimal]]:
    """By constraint the lot and the cost of what a supplier of this option does about it."""
    found = {}
    for constraint in sorted(appraisal.constraints, key=lambda constraint: constraint.id):
        cost, manager = constraint_cost(constraint, option), manager_of(constraint, option)
        if manager is not None and cost.management_priced:
            found[constraint.id] = lot_of(manager), cost.management
    return found


def _lot_names(appraisal: Appraisal, option: str) -> dict[str, str]:
    """Lots as they were first written, in the order of the ids of constraints."""
    names: dict[str, str] = {}
    for constraint in sorted(appraisal.constraints, key=lambda constraint: constraint.id):
        for part in bearings_of(constraint, option):
            names.setdefault(lot_of(part), " ".join(part.lot.split()))
    return names


def pool_price(appraisal: Appraisal, option: str) -> PoolPrice:
    """The price of everything that the suppliers of an option carry: a pool for each lot."""
    pricing, names = pricing_of(appraisal, option), _lot_names(appraisal, option)
    pool, managed = pool_of(appraisal, option), _management(appraisal, option)
    pools, parts, lots = by_lot(pool), dict[str, Decimal](), []
    for lot in sorted({*pools, *(lot for lot, _ in managed.values())}):
        carried = pools.get(lot, ())
        asked = priced(carried, pricing)
        alone = fsum(float(priced((one,), pricing)[0]) for one in carried)
        with localcontext(EXACT):
            spent = sum((cost for place, cost in managed.values() if place == lot), ZERO)
            for one, part in zip(carried, asked, strict=True):
                parts[one.constraint] = parts.get(one.constraint, ZERO) + part
            pooled, standalone = sum(asked, ZERO) + spent, to_pence(exact(alone)) + spent
        if spent or any(not one.event.idle for one in carried):
            lots.append(LotPrice(lot=names[lot], pooled=pooled, standalone=standalone))
    with localcontext(EXACT):
        return PoolPrice(
            parts=parts,
            pooled=sum(parts.values(), ZERO),
            standalone=sum((one.standalone for one in lots), ZERO) - sum((cost for _, cost in managed.values()), ZERO),
            supplier=sum((one.supplier for one in pool), ZERO),
            authority=sum((one.authority for one in pool), ZERO),
            management={constraint: cost for constraint, (_, cost) in managed.items()},
            lots=tuple(lots),
        )


def supplier_premium(appraisal: Appraisal, option: str, charges: Decimal) -> SupplierPremium:
    """What suppliers add, in parts that add up: expected, view gap, loading, management. `charges`: of year 0."""
    found = pool_price(appraisal, option)
    with localcontext(EXACT):
        spent = sum(found.management.values(), ZERO)
        priced_at, managed = to_pence(found.pooled), to_pence(spent)
        pooled = priced_at + managed
        standalone = to_pence(found.standalone + spent)
    expected, believed = to_pence(found.authority), to_pence(found.supplier)
    authority = {
        constraint.id: constraint_cost(constraint, option).premium
        for constraint in appraisal.constraints
        if constraint.id in found.parts or constraint.id in found.management
    }
    return SupplierPremium(
        pooled=pooled,
        standalone=standalone,
        expected=expected,
        view_gap=believed - expected,
        loading=priced_at - believed,
        management=managed,
        implied_percent=float(pooled / charges * 100) if charges > 0 else None,
        by_constraint=tuple(
            PriceOfConstraint(
                constraint=key,
                priced=to_pence(found.parts.get(key, ZERO) + found.management.get(key, ZERO)),
                authority=to_pence(authority[key]),
            )
            for key in sorted(authority)
        ),
        lots=tuple(
            LotPrice(lot=one.lot, pooled=to_pence(one.pooled), standalone=to_pence(one.standalone))
            for one in found.lots
        ),
    )
