"""What it is worth to settle constraints before tender, in parts that add up, and what else can be done (METHOD 11.3).

Settle: the outcome is known before pricing. Then a supplier prices the known impact without loading, and uplift
and disputes vanish. With o* the best option now, C its expected cost, K the cost of an option with the
outcome i known, c the cost of settling and d that of the delay, succeeding with probability s:

V = s [C_o* - E min_o K_o(i)] - c - d, of which C_o* - E K_o* is released by the best option of today,
E K_o* - min_o E K_o by choosing another one at once, and min_o E K_o - E min_o K_o by choosing when it is known.
Sources: Raiffa and Schlaifer, Applied Statistical Decision Theory (1961); Strong and Oakley, Medical Decision
Making 33 (2013).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import fsum

import numpy as np

from appraise.model.appraisal.constraints import Agreement, Bearer, Bearing, Constraint, Pricing, Principle
from appraise.model.appraisal.document import Appraisal
from appraise.model.cancelled import Cancelled
from appraise.model.discounting import ONE, Factors, worth
from appraise.model.entries import OptionEntries, impact_by_year
from appraise.model.pricing import carried, event_of, pricing_of
from appraise.model.results import Action, ConstraintResult, SettlingValue
from appraise.model.risk_premium import bearing_of, expected_cost, mean_impact
from appraise.model.supplier_price import Event, price
from appraise.model.uncertainty import ThreePoint

#: Equal slices of probability that stand for an uncertain size; more constraints than this are not enumerated.
SLICES = 32
MOST_TOGETHER = 6


@dataclass(frozen=True, slots=True)
class _Exposure:
    """A constraint in an option: `worth` is the present value of a pound of it, floats from here on."""

    constraint: Constraint
    bearing: Bearing
    worth: float
    mean: float
    retained: float
    event: Event | None
    authority: float
    supplier: float


@dataclass(frozen=True, slots=True)
class _Option:
    """An option as its expected cost without constraints, and its exposures by constraint."""

    id: str
    base: float
    exposures: Mapping[str, _Exposure]
    pricing: Pricing


#: What is known of each settled constraint: None that it does not happen, a size in pounds, or HAPPENS alone.
HAPPENS = -1.0
Known = Mapping[str, float | None]


def _exposure(constraint: Constraint, bearing: Bearing, factors: Factors, life: int) -> _Exposure:
    spread = impact_by_year(constraint, ONE, factors.years, life)
    cost = expected_cost(constraint, bearing)
    one = carried(constraint, bearing)
    return _Exposure(
        constraint=constraint,
        bearing=bearing,
        worth=float(worth(spread, factors.by_index[constraint.index].present)),
        mean=float(mean_impact(constraint.impact)),
        retained=float(cost.retained),
        event=one.event if one is not None else None,
        authority=float(cost.premium),
        supplier=float(one.supplier) if one is not None else 0.0,
    )


def _option(appraisal: Appraisal, entries: OptionEntries, factors: Factors) -> _Option:
    rest = (entry for entry in entries.entries if entry.kind not in {"premium", "retained"})
    exposures = {}
    for constraint in sorted(appraisal.constraints, key=lambda constraint: constraint.id):
        bearing = bearing_of(constraint, entries.option)
        if bearing is not None:
            exposures[constraint.id] = _exposure(constraint, bearing, factors, entries.life)
    return _Option(
        id=entries.option,
        base=fsum(float(entry.expected) for entry in rest if entry.economic and entry.public),
        exposures=exposures,
        pricing=pricing_of(appraisal, entries.option),
    )


def _size_is_priced(one: _Exposure, pricing: Pricing) -> bool:
    """Whether what is still open, the size, has a price. A rate on expected value says nothing about size alone."""
    uncertain = one.constraint.impact.low < one.constraint.impact.high
    return uncertain and pricing.principle is not Principle.EXPECTED_VALUE


def _cost(option: _Option, known: Known) -> float:
    """Expected net present cost with the outcome of some constraints known at tender."""
    total, pool = [option.base], []
    for key, one in option.exposures.items():
        if key not in known:
            total.append(one.retained * one.worth)
            if one.event is not None:
                pool.append((one.event, one.worth))
            continue
        size = known[key]
        if size is None:
            continue
        if size == HAPPENS and one.bearing.bearer is not Bearer.IN_HOUSE and _size_is_priced(one, option.pricing):
            pool.append((event_of(1.0, one.constraint.impact), one.worth))
        else:
            total.append((one.mean if size == HAPPENS else size) * one.worth)
    parts = price([event for event, _ in pool], option.pricing).parts
    return fsum((*total, *(part * value for part, (_, value) in zip(parts, pool, strict=True))))


def _outcomes(constraint: Constraint, *, alone: bool) -> list[tuple[float, float | None]]:
    """(probability, what is known) of a settled constraint; of several together only whether they happen."""
    p = constraint.probability
    if not (alone and constraint.settling.reveals_size):
        return [(1 - p, None), (p, HAPPENS)]
    impact = constraint.impact
    spread = ThreePoint(low=float(impact.low), likely=float(impact.likely), high=float(impact.high))
    if not spread.width:
        return [(1 - p, None), (p, spread.low)]
    slices = spread.low + spread.width * spread.table().at((np.arange(SLICES) + 0.5) / SLICES)
    slices *= spread.mean / slices.mean()  # the mean is kept exactly
    return [(1 - p, None), *((p / SLICES, float(size)) for size in slices)]


@dataclass(frozen=True, slots=True)
class _Split:
    """What is released for the best option of today, by where it comes from."""

    loading: float
    view: float
    compensation: float


def _released(option: _Option, settled: Sequence[Constraint], now: float, then: float) -> _Split:
    """The parts of C - E K of one option: the view gap and what claims add are known, the rest is loading."""
    view = fsum(
        (one.supplier - one.authority) * one.worth
        for key, one in option.exposures.items()
        if key in {constraint.id for constraint in settled}
    )
    claims = fsum(
        (one.retained + one.authority - constraint.probability * one.mean) * one.worth
        for constraint in settled
        if (one := option.exposures.get(constraint.id)) is not None
    )
    return _Split(loading=now - then - view - claims, view=view, compensation=claims)


def _tidy(pounds: float) -> float:
    """Rounded to a millionth, and never minus nothing: what is under it comes from adding."""
    return round(pounds, 6) + 0.0


def _value(
    options: Sequence[_Option], settled: Sequence[Constraint], cancelled: Callable[[], bool] | None = None
) -> SettlingValue:
    """Raises Cancelled between two outcomes."""
    now = {option.id: _cost(option, {}) for option in options}
    best = min(now, key=lambda key: (now[key], key))
    expected = dict.fromkeys(now, 0.0)
    informed = 0.0
    lone: dict[bool, str] = {}
    for outcome in product(*(_outcomes(constraint, alone=len(settled) == 1) for constraint in settled)):
        if cancelled is not None and cancelled():
            raise Cancelled
        chance = float(np.prod([share for share, _ in outcome]))
        known = {constraint.id: what for constraint, (_, what) in zip(settled, outcome, strict=True)}
        costs = {option.id: _cost(option, known) for option in options}
        for key, cost in costs.items():
            expected[key] += chance * cost
        informed += chance * min(costs.values())
        happened = any(what is not None for _, what in outcome)
        lone.setdefault(happened, min(costs, key=lambda key: (costs[key], key)))
    split = _released(next(one for one in options if one.id == best), settled, now[best], expected[best])
    switched = min(expected.values())
    success = float(np.prod([constraint.settling.success for constraint in settled]))
    cost = fsum(float(one.settling.cost + one.settling.delay_cost) for one in settled)
    parts = {
        "loading_released": _tidy(success * split.loading),
        "view_gap": _tidy(success * split.view),
        "compensation_avoided": _tidy(success * split.compensation),
        "reranking": _tidy(success * (expected[best] - switched)),
        "information": _tidy(success * (switched - informed)),
    }
    return SettlingValue(
        total=_tidy(fsum(parts.values()) - cost),
        cost_of_settling=cost,
        best_now=best,
        best_if_not=lone[False],
        best_if_so=lone.get(True, lone[False]),
        **parts,
    )


# --- what else can be done --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Line:
    """The cost of an action as a straight line of the probability: fixed + slope p, and p itself if it matters."""

    key: str
    fixed: float
    slope: float


def _actions(constraint: Constraint, pricing: Pricing) -> tuple[Action, ...]:
    """Settle, mitigate first, retain, transfer: expected pounds of year 0, the cheapest first.

    Retained by the terms of its compensation, if some option has them, otherwise at its impact. Mitigated: its
    cost, then retained at the probability that is left. Settled: its cost, then the known impact. Transferred:
    the price of a supplier who carries it alone, at its own view.
    """
    claim = next((one for one in constraint.bearings if one.bearer is Bearer.COMPENSATION), None)
    mean, p = float(mean_impact(constraint.impact)), constraint.probability
    if_so = mean
    if claim is not None:
        q, dispute = claim.admitted, float(claim.dispute_cost)
        if_so = q * ((1 + claim.uplift) * mean + dispute) + (1 - q) * mean
        if_so += (1 - q) * dispute if claim.dispute_if_refused else 0.0
    settling = float(constraint.settling.cost + constraint.settling.delay_cost)
    lines = [_Line("settle", settling, mean), _Line("retain", 0.0, if_so)]
    if constraint.prevention is not None:
        left = float(constraint.prevention.cost) + constraint.prevention.probability * if_so
        lines.append(_Line("mitigate", left, 0.0))
    view = constraint.view
    seen = event_of(p, constraint.impact) if view is None else event_of(view.probability, view.impact)
    lines.append(_Line("transfer", price([seen], pricing).total, 0.0))
    costs = {line.key: line.fixed + line.slope * p for line in lines}
    return tuple(
        Action(key=line.key, cost=costs[line.key], ties_at=_tie(line, lines, p))
        for line in sorted(lines, key=lambda line: (costs[line.key], line.key))
    )


def _tie(line: _Line, lines: Sequence[_Line], p: float) -> float | None:
    """The probability at which an action costs the same as the cheapest of the others; a price stands as it is."""
    others = [one for one in lines if one.key != line.key]
    rival = min(others, key=lambda one: (one.fixed + one.slope * p, one.key))
    slope = line.slope - rival.slope
    if not slope:
        return None
    tie = (rival.fixed - line.fixed) / slope
    return tie if 0 <= tie <= 1 else None


# --- all of it --------------------------------------------------------------------------------------------


def open_constraints(appraisal: Appraisal) -> tuple[Constraint, ...]:
    """What nobody has agreed yet and may cost something."""
    return tuple(
        constraint
        for constraint in appraisal.constraints
        if constraint.agreement is not Agreement.AGREED and constraint.probability > 0 and constraint.impact.high > 0
    )


def _compared(appraisal: Appraisal, costed: Iterable[OptionEntries], factors: Factors) -> list[_Option]:
    """Options with costs, over one life; over several their costs are not compared."""
    entries = [one for one in costed if any(entry.kind == "line" for entry in one.entries)]
    if len({one.life for one in entries}) > 1:
        return []
    return [_option(appraisal, one, factors) for one in entries]


def value_of_settling(
    appraisal: Appraisal,
    costed: Iterable[OptionEntries],
    factors: Factors,
    constraints: Sequence[Constraint],
    *,
    cancelled: Callable[[], bool] | None = None,
) -> SettlingValue | None:
    """What it is worth to settle these constraints together; None without options to compare.

    Values of several do not add: two that are pooled are worth more together than one by one.
    Raises ValueError for more than six: every combination of outcomes is looked at. Raises Cancelled.
    """
    if len(constraints) > MOST_TOGETHER:
        raise ValueError(f"No more than {MOST_TOGETHER} constraints can be valued together.")
    options = _compared(appraisal, costed, factors)
    return _value(options, constraints, cancelled) if options and constraints else None


def constraint_results(
    appraisal: Appraisal,
    costed: Sequence[OptionEntries],
    factors: Factors,
    *,
    cancelled: Callable[[], bool] | None = None,
) -> tuple[ConstraintResult, ...]:
    """Every entry of the register, the most worth settling first. Raises Cancelled."""
    options = _compared(appraisal, costed, factors)
    can_be_settled = {constraint.id for constraint in open_constraints(appraisal)} if options else set()
    found = [
        ConstraintResult(
            id=constraint.id,
            name=constraint.name,
            value_of_settling=_value(options, [constraint], cancelled) if constraint.id in can_be_settled else None,
            actions=_actions(constraint, _pricing_for(appraisal, constraint)),
        )
        for constraint in appraisal.constraints
    ]
    return tuple(sorted(found, key=_most_worth_first))


def _most_worth_first(found: ConstraintResult) -> tuple[float, str]:
    value = found.value_of_settling
    return (-value.total if value is not None else float("inf"), found.id)


def _pricing_for(appraisal: Appraisal, constraint: Constraint) -> Pricing:
    """The pricing of the first option in which a supplier carries it; of the first option at all without one."""
    borne = [one.option for one in constraint.bearings if one.bearer is not Bearer.IN_HOUSE]
    return next((one.pricing for one in appraisal.options if one.id in borne), Pricing())
