"""What it is worth to settle constraints before tender, in parts that add up, and what else can be done (METHOD 11.3).

Settle: the outcome is known before pricing. Then a supplier prices the known impact without loading, uplift and
disputes vanish, and nothing is left to share by pain and gain: the authority pays the known impact. What a bearer
spends on managing it stays, and so do the probability and the impact that it leaves. With o* the best option now, C
its expected cost, K the cost of an option with the outcome i known, c the cost of settling and d that of the delay,
succeeding with probability s:

V = s [C_o* - E min_o K_o(i)] - c - d, of which C_o* - E K_o* is released by the best option of today,
E K_o* - min_o E K_o by choosing another one at once, and min_o E K_o - E min_o K_o by choosing when it is known.
Of several that are settled as one, each succeeds or fails by itself.
Sources: Raiffa and Schlaifer, Applied Statistical Decision Theory (1961); Strong and Oakley, Medical Decision
Making 33 (2013).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import fsum, prod

import numpy as np

from appraise.model.appraisal.constraints import Agreement, Bearer, Bearing, Constraint, Impact, Pricing, Principle
from appraise.model.appraisal.document import Appraisal
from appraise.model.cancelled import Cancelled
from appraise.model.discounting import ONE, Factors, times, worth
from appraise.model.entries import OptionEntries, impact_by_year
from appraise.model.pricing import carried_by_lot, event_of, lot_of, pricing_of
from appraise.model.results import Action, ConstraintResult, SettlingValue
from appraise.model.risk_premium import bearings_of, constraint_cost, faced, mean_impact
from appraise.model.scoring import gates_failed
from appraise.model.supplier_price import Event, Risk, price
from appraise.model.uncertainty import Floats, spread_of_impact

#: Equal slices of probability that stand for an uncertain size; more constraints than this are not enumerated.
SLICES = 32
MOST_TOGETHER = 6

#: What is known of a constraint in an option: nothing, that it does not happen, that it happens, or which slice of
#: its size comes.
UNKNOWN, NEVER, HAPPENS = -3, -2, -1


@dataclass(frozen=True, slots=True)
class _Priced:
    """What the supplier of a lot carries of a constraint; pounds of year 0, expected as each side sees it."""

    lot: str
    event: Risk
    supplier: float
    authority: float


@dataclass(frozen=True, slots=True)
class _Exposure:
    """A constraint in an option: `worth` is the expected present value of a pound of it, floats from here on.

    `known_to` are the lots whose suppliers price it once it is known to happen, with their shares; the rest of it
    is paid as it comes.
    """

    constraint: Constraint
    probability: float
    impact: Impact
    worth: float
    mean: float
    retained: float
    priced: tuple[_Priced, ...]
    known_to: tuple[tuple[str, float], ...]

    @property
    def uncertain(self) -> bool:
        """Whether its size is open once it is known to happen."""
        return self.impact.low < self.impact.high

    def heard(self, what: int) -> int:
        """What is known, all slices of a certain size as one."""
        return what if what < 0 or self.uncertain else 0

    def sizes(self) -> list[float]:
        """Slices of its size, pounds; one if it is certain."""
        if not self.uncertain:
            return [float(self.impact.low)]
        return [float(pounds) for pounds in spread_of_impact(self.impact).slices(SLICES)]


@dataclass(slots=True)
class _Option:
    """An option as its expected cost without constraints, and its exposures by constraint."""

    id: str
    base: float
    exposures: Mapping[str, _Exposure]
    pricing: Pricing
    found: dict[tuple[tuple[str, int], ...], float] = field(default_factory=dict)
    prices: dict[tuple[tuple[str, Risk], ...], float] = field(default_factory=dict)

    def cost(self, known: Mapping[str, int]) -> float:
        """Expected net present cost with what is known of some constraints at tender; kept once it is reckoned."""
        key = tuple((name, one.heard(known.get(name, UNKNOWN))) for name, one in self.exposures.items())
        if key not in self.found:
            self.found[key] = self._cost(dict(key))
        return self.found[key]

    def _cost(self, known: Mapping[str, int]) -> float:
        total, pools = [self.base], dict[str, list[tuple[str, Risk]]]()
        for key, one in self.exposures.items():
            what = known[key]
            if what == UNKNOWN:
                total.append(one.retained * one.worth)
                for part in one.priced:
                    pools.setdefault(part.lot, []).append((key, part.event))
            elif what == HAPPENS:
                paid = 1.0
                for lot, share in one.known_to if _size_is_priced(one, self.pricing) else ():
                    pools.setdefault(lot, []).append((key, event_of(1.0, one.impact, share)))
                    paid -= share
                total.append(max(0.0, paid) * one.mean * one.worth)
            elif what != NEVER:
                total.append(one.sizes()[what] * one.worth)
        total += [self._asked(tuple(pools[lot])) for lot in pools]
        return fsum(total)

    def _asked(self, pool: tuple[tuple[str, Risk], ...]) -> float:
        """Present value of what the supplier of a lot asks; many outcomes leave it with the same pool."""
        if pool not in self.prices:
            parts = price([event for _, event in pool], self.pricing).parts
            worths = (self.exposures[key].worth for key, _ in pool)
            self.prices[pool] = fsum(part * worth for part, worth in zip(parts, worths, strict=True))
        return self.prices[pool]


def _size_is_priced(one: _Exposure, pricing: Pricing) -> bool:
    """Whether what is still open, the size, has a price. A rate on expected value says nothing about size alone."""
    return one.uncertain and pricing.principle is not Principle.EXPECTED_VALUE


def _exposure(constraint: Constraint, bearings: Sequence[Bearing], factors: Factors, life: int) -> _Exposure:
    option, prices = bearings[0].option, factors.by_index[constraint.index]
    spread = impact_by_year(constraint, ONE, factors.years, life)
    probability, impact = faced(constraint, option)
    lots: dict[str, float] = {}
    for part in bearings:
        if part.bearer is not Bearer.IN_HOUSE and part.share:
            lots[lot_of(part)] = lots.get(lot_of(part), 0.0) + part.share
    return _Exposure(
        constraint=constraint,
        probability=probability,
        impact=impact,
        worth=float(worth(spread, times(prices.present, prices.drift))),
        mean=float(mean_impact(impact)),
        retained=float(constraint_cost(constraint, option).retained),
        priced=tuple(
            _Priced(one.lot, one.event, float(one.supplier), float(one.authority))
            for one in carried_by_lot(constraint, option)
        ),
        known_to=tuple(sorted(lots.items())),
    )


def _option(appraisal: Appraisal, entries: OptionEntries, factors: Factors) -> _Option:
    rest = (entry for entry in entries.entries if entry.kind not in {"premium", "retained"})
    exposures = {}
    for constraint in sorted(appraisal.constraints, key=lambda constraint: constraint.id):
        bearings = bearings_of(constraint, entries.option)
        if bearings:
            exposures[constraint.id] = _exposure(constraint, bearings, factors, entries.life)
    return _Option(
        id=entries.option,
        base=fsum(float(entry.expected) for entry in rest if entry.economic and entry.public),
        exposures=exposures,
        pricing=pricing_of(appraisal, entries.option),
    )


# --- what may become known --------------------------------------------------------------------------------


#: A chance, and what is then known of one constraint by option.
_Outcome = tuple[float, Mapping[str, int]]


def _sized(chance: float, exposed: Sequence[str], *, size: bool) -> Iterator[_Outcome]:
    """That it happens in these options, whole or slice by slice of its size."""
    if not size:
        yield chance, dict.fromkeys(exposed, HAPPENS)
        return
    for place in range(SLICES):
        yield chance / SLICES, dict.fromkeys(exposed, place)


def _shared_outcomes(constraint: Constraint, options: Sequence[_Option], *, size: bool) -> list[_Outcome]:
    """One draw for all options: it happens in those whose probability is over it (METHOD 10.2)."""
    met = {one.id: one.exposures[constraint.id].probability for one in options if constraint.id in one.exposures}
    found, before = list[_Outcome](), 0.0
    for reached in sorted({*met.values(), 1.0}):
        hit = [key for key, probability in met.items() if probability > before]
        never = {key: NEVER for key in met if key not in hit}
        chance = reached - before
        if hit and chance > 0:
            found += [(share, {**never, **what}) for share, what in _sized(chance, hit, size=size)]
        elif chance > 0:
            found.append((chance, never))
        before = reached
    return found


def _own_outcomes(constraint: Constraint, option: _Option, *, size: bool) -> list[tuple[float, int]]:
    """What may become known in one option of a risk that happens in each by itself."""
    one = option.exposures[constraint.id]
    happens = [(share, what[option.id]) for share, what in _sized(one.probability, [option.id], size=size)]
    return [(1 - one.probability, NEVER), *happens]


def expected_least(distributions: Sequence[tuple[Floats, Floats]]) -> float:
    """Expected lowest of independent quantities, each given as (values, chances): sum of v P(lowest = v)."""
    values = np.unique(np.concatenate([found for found, _ in distributions]))
    over = np.ones(len(values))
    for found, chances in distributions:
        order = np.argsort(found, kind="stable")
        reached = np.concatenate(([0.0], np.add.accumulate(chances[order])))
        over *= np.maximum(reached[-1] - reached[np.searchsorted(found[order], values, side="right")], 0.0)
    lowest = np.concatenate(([1.0], over[:-1])) - over
    lowest[-1] += over[-1]
    return fsum((values * lowest).tolist())


@dataclass(frozen=True, slots=True, kw_only=True)
class Informed:
    """What choosing with and without information comes to. `expected`: by option, the outcome not known.

    `reranking`: what the option `best` is expected to cost over the best on average. `information`: what choosing when
    the outcome is known saves on top: the expected value of perfect information.
    """

    best: int
    expected: tuple[float, ...]
    reranking: float
    information: float


def information(chances: Floats, costs: Floats, *, best: int | None = None, least: Floats | None = None) -> Informed:
    """The value of knowing which outcome comes before choosing an option: min E K - E min K (METHOD 11.3).

    `chances` (outcomes), `costs` (outcomes, options) in pounds; gains are negative costs. `best`: the option that is
    chosen today, otherwise the best on average. `least` (outcomes): the expected lowest cost within each outcome, where
    options still differ in it each by itself; otherwise the lowest of its row.
    """
    expected = [fsum((chances * column).tolist()) for column in costs.T]
    lowest = min(expected)
    chosen = expected.index(lowest) if best is None else best
    informed = fsum((chances * (costs.min(axis=1) if least is None else least)).tolist())
    return Informed(
        best=chosen,
        expected=tuple(expected),
        reranking=expected[chosen] - lowest,
        information=lowest - informed,
    )


@dataclass(frozen=True, slots=True)
class _Table:
    """Costs of all outcomes of some settled constraints: `chances` and `least` (outcomes), `costs` (outcomes, options).

    `nothing` (outcomes): the chance that none of it happens in any option, the outcome given. `if_so` (outcomes,
    options): the expected cost of the rest, times its chance.
    """

    chances: Floats
    costs: Floats
    least: Floats
    nothing: Floats
    if_so: Floats


def _own_costs(
    option: _Option,
    shared: Mapping[str, int],
    apart: Sequence[Constraint],
    cancelled: Callable[[], bool] | None,
    *,
    size: bool,
) -> tuple[Floats, Floats, float]:
    """(costs, chances, chance that nothing happens) of an option over its own outcomes, the shared ones given.

    Raises Cancelled between two of them.
    """
    rows = [_own_outcomes(one, option, size=size) for one in apart if one.id in option.exposures]
    names = [one.id for one in apart if one.id in option.exposures]
    values, chances = [], []
    for found in product(*rows):
        if cancelled is not None and cancelled():
            raise Cancelled
        chances.append(prod(chance for chance, _ in found))
        values.append(option.cost({**shared, **{key: what for key, (_, what) in zip(names, found, strict=True)}}))
    return np.array(values), np.array(chances), chances[0]


def _table(
    options: Sequence[_Option],
    settled: Sequence[Constraint],
    cancelled: Callable[[], bool] | None,
    *,
    size: bool,
) -> _Table:
    """`size`: how much they cost becomes known too. Raises Cancelled between two outcomes."""
    apart = [one for one in settled if not one.shared]
    shared = [_shared_outcomes(one, options, size=size) for one in settled if one.shared]
    names = [one.id for one in settled if one.shared]
    chances, costs, least, quiet, so = [], [], [], [], []
    for outcome in product(*shared):
        if cancelled is not None and cancelled():
            raise Cancelled
        chances.append(prod(chance for chance, _ in outcome))
        calm = all(what == NEVER for _, known in outcome for what in known.values())
        found = []
        for option in options:
            known = {key: what[option.id] for key, (_, what) in zip(names, outcome, strict=True) if option.id in what}
            found.append(_own_costs(option, known, apart, cancelled, size=size))
        row = [fsum((values * shares).tolist()) for values, shares, _ in found]
        costs.append(row)
        least.append(expected_least([(values, shares) for values, shares, _ in found]) if apart else min(row))
        still = prod(none for *_, none in found) if calm else 0.0
        quiet.append(still)
        none = [float(values[0]) for values, *_ in found]
        so.append([mean - still * value for mean, value in zip(row, none, strict=True)])
    return _Table(*(np.array(one) for one in (chances, costs, least, quiet, so)))


# --- the value --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Split:
    """What is released for the best option of today, by where it comes from."""

    loading: float
    view: float
    compensation: float


def _released(option: _Option, settled: Sequence[Constraint], now: float, then: float) -> _Split:
    """The parts of C - E K of one option: the view gap and what claims add are known, the rest is loading."""
    known = [option.exposures[one.id] for one in settled if one.id in option.exposures]
    view = fsum((part.supplier - part.authority) * one.worth for one in known for part in one.priced)
    claims = fsum(
        (one.retained + fsum(part.authority for part in one.priced) - one.probability * one.mean) * one.worth
        for one in known
    )
    return _Split(loading=now - then - view - claims, view=view, compensation=claims)


def _tidy(pounds: float) -> float:
    """Rounded to a millionth, and never minus nothing: what is under it comes from adding."""
    return round(pounds, 6) + 0.0


#: Names of the parts of a value, in the order of `_parts`.
PARTS = ("loading_released", "view_gap", "compensation_avoided", "reranking", "information")


def _parts(options: Sequence[_Option], settled: Sequence[Constraint], best: int, table: _Table) -> tuple[float, ...]:
    """The parts of the value of knowing the outcomes of all these constraints, in the order of PARTS."""
    found = information(table.chances, table.costs, best=best, least=table.least)
    split = _released(options[best], settled, options[best].cost({}), found.expected[best])
    return split.loading, split.view, split.compensation, found.reranking, found.information


def _successes(settled: Sequence[Constraint]) -> Iterator[tuple[float, list[Constraint]]]:
    """Which of them get their answer, with the chance of it: each by itself; never nobody."""
    for answers in product((True, False), repeat=len(settled)):
        chance = prod(
            one.settling.success if answered else 1 - one.settling.success
            for one, answered in zip(settled, answers, strict=True)
        )
        if chance > 0 and any(answers):
            yield chance, [one for one, answered in zip(settled, answers, strict=True) if answered]


def _value(
    options: Sequence[_Option], settled: Sequence[Constraint], cancelled: Callable[[], bool] | None = None
) -> SettlingValue:
    """Raises Cancelled between two outcomes."""
    now = [option.cost({}) for option in options]
    best = min(range(len(options)), key=lambda place: (now[place], options[place].id))
    size = len(settled) == 1 and settled[0].settling.reveals_size  # of several together only whether they happen
    table = _table(options, settled, cancelled, size=size)
    sums = [0.0] * len(PARTS)
    for chance, answered in _successes(settled):
        known = table if len(answered) == len(settled) else _table(options, answered, cancelled, size=size)
        for place, part in enumerate(_parts(options, answered, best, known)):
            sums[place] += chance * part
    parts = {name: _tidy(pounds) for name, pounds in zip(PARTS, sums, strict=True)}
    cost = fsum(float(one.settling.cost + one.settling.delay_cost) for one in settled)
    if_not = [option.cost({one.id: NEVER for one in settled}) for option in options]
    happens = fsum((table.chances * (1 - table.nothing)).tolist())
    if_so = [fsum((table.chances * column).tolist()) for column in table.if_so.T] if happens > 0 else if_not
    return SettlingValue(
        total=_tidy(fsum(parts.values()) - cost),
        cost_of_settling=cost,
        best_now=options[best].id,
        best_if_not=_cheapest(options, if_not),
        best_if_so=_cheapest(options, if_so),
        **parts,
    )


def _cheapest(options: Sequence[_Option], costs: Sequence[float]) -> str:
    return min(zip(costs, (option.id for option in options), strict=True))[1]


# --- what else can be done --------------------------------------------------------------------------------


#: The actions that keep it, at the terms of a claim where some option has them.
_BY_CLAIM = frozenset({"retain", "mitigate"})


@dataclass(frozen=True, slots=True)
class _Line:
    """The cost of an action as a straight line of the probability: fixed + slope p, and p itself if it matters."""

    key: str
    fixed: float
    slope: float


def _present_worth(constraint: Constraint, factors: Factors) -> float:
    """The expected present value of a pound of the impact in its years, over the whole horizon."""
    prices = factors.by_index[constraint.index]
    spread = impact_by_year(constraint, ONE, factors.years, factors.years)
    return float(worth(spread, times(prices.present, prices.drift)))


def _actions(constraint: Constraint, pricing: Pricing, factors: Factors) -> tuple[Action, ...]:
    """Settle, mitigate first, retain, transfer: expected pounds, present value, the cheapest first.

    Retained by the terms of its compensation, if some option has them, otherwise at its impact. Mitigated: its
    cost, then retained at the probability that is left. Settled: its cost, then the known impact. Transferred:
    the price of a supplier who carries it alone, at its own view. The impact and its price count with the present
    worth of a pound in its years; what settling, waiting and mitigating cost counts as entered.
    """
    claim = next((one for one in constraint.bearings if one.bearer is Bearer.COMPENSATION), None)
    mean, p, pound = float(mean_impact(constraint.impact)), constraint.probability, _present_worth(constraint, factors)
    if_so = mean
    if claim is not None:
        q, dispute = claim.admitted, float(claim.dispute_cost)
        if_so = q * ((1 + claim.uplift) * mean + dispute) + (1 - q) * mean
        if_so += (1 - q) * dispute if claim.dispute_if_refused else 0.0
    settling = float(constraint.settling.cost + constraint.settling.delay_cost)
    lines = [_Line("settle", settling, mean * pound), _Line("retain", 0.0, if_so * pound)]
    if constraint.prevention is not None:
        left = float(constraint.prevention.cost) + constraint.prevention.probability * if_so * pound
        lines.append(_Line("mitigate", left, 0.0))
    view = constraint.view
    seen: Event = event_of(p, constraint.impact) if view is None else event_of(view.probability, view.impact)
    lines.append(_Line("transfer", price([seen], pricing).total * pound, 0.0))
    costs = {line.key: line.fixed + line.slope * p for line in lines}
    return tuple(
        Action(
            key=line.key,
            cost=round(costs[line.key], 2) + 0.0,
            ties_at=_tie(line, lines, p),
            terms_of=claim.option if claim is not None and line.key in _BY_CLAIM else "",
        )
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
    return round(tie, 9) if 0 <= tie <= 1 else None


# --- all of it --------------------------------------------------------------------------------------------


def open_constraints(appraisal: Appraisal) -> tuple[Constraint, ...]:
    """What nobody has agreed yet and may cost something."""
    return tuple(
        constraint
        for constraint in appraisal.constraints
        if constraint.agreement is not Agreement.AGREED and constraint.probability > 0 and constraint.impact.high > 0
    )


def chosen_set(appraisal: Appraisal) -> tuple[Constraint, ...]:
    """The open constraints that are valued as one: those that are marked for it, no more than can be enumerated."""
    return tuple(one for one in open_constraints(appraisal) if one.settling.together)[:MOST_TOGETHER]


def _compared(appraisal: Appraisal, costed: Iterable[OptionEntries], factors: Factors) -> list[_Option]:
    """Options that pass and have costs, over one life; over several their costs are not compared."""
    passing = [one for one in costed if not gates_failed(appraisal, one.option)]
    entries = [one for one in passing if any(entry.kind == "line" for entry in one.entries)]
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
            actions=_actions(constraint, _pricing_for(appraisal, constraint), factors),
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
