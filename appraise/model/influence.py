"""Which inputs matter: conditional means, shares of the variance and rank correlations (METHOD 10.3).

Conditional means and variances follow from the plan without chance. An option's cost is a sum of functions g of
normal numbers; of two that are correlated by r, Cov(g, h) = sum over n > 0 of a_n b_n r^n, with a_n the mean of g times
the normalised Hermite polynomial He_n / sqrt(n!) (Mehler 1866; Kibble 1945). At r = 1 it is the plain covariance.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache, partial
from math import fsum, sqrt

import numpy as np

from appraise.model.columns import TOP_RANK, EventColumn, Latent, RangeColumn, RetainedColumn
from appraise.model.plan_parts import Flows, IndexPlan, OptionPlan, Plan, Term
from appraise.model.remembered import Remembered
from appraise.model.results import Influence, RankCorrelation, VarianceShare
from appraise.model.simulation import OptionDraws
from appraise.model.uncertainty import Z90, Floats, QuantileTable, knots_z

#: Every fourth knot of the tables is enough for a mean; polynomials up to this order.
EVERY = 4
ORDER = 24
#: Digits of shares, and of pounds of influences.
DIGITS = 9


@lru_cache(maxsize=1)
def _even() -> tuple[Floats, Floats]:
    """(normal numbers at even steps, the weight of each)."""
    z = knots_z()[::EVERY]
    density = np.exp(-(z**2) / 2)
    return z, density / density.sum()


def _polynomials(z: Floats) -> Floats:
    """He_n(z) / sqrt(n!) for n = 0 ... ORDER, (orders, values): h_n = (z h_(n-1) - sqrt(n-1) h_(n-2)) / sqrt(n)."""
    found = np.ones((ORDER + 1, len(z)))
    found[1] = z
    for order in range(2, ORDER + 1):
        found[order] = (z * found[order - 1] - sqrt(order - 1) * found[order - 2]) / sqrt(order)
    return found


@lru_cache(maxsize=1)
def _weights() -> Floats:
    """What a function at the even normal numbers is multiplied with to get its coefficients, (orders, values)."""
    z, weights = _even()
    return _polynomials(z) * weights


def _levels(index: IndexPlan, z: Floats) -> Floats:
    return index.levels(z)


@dataclass(frozen=True, slots=True)
class _Levels:
    """An uncertain index at the even normal numbers (years, values), and its mean by year."""

    at: Floats
    mean: Floats

    @classmethod
    def of(cls, index: IndexPlan) -> "_Levels":
        z, weights = _even()
        at = _levels(index, z)
        return cls(at, np.asarray((at * weights).sum(axis=1), dtype=np.float64))


@lru_cache(maxsize=32)
def _levels_of(index: IndexPlan) -> _Levels:
    return _Levels.of(index)


#: Present values of flows that an edit has left as they were.
_present = Remembered[float]()


def _pounds(plan: Plan, term: Term) -> float:
    """Present value of one unit of a term, its index at its mean."""
    index = plan.indices[term.index] if term.index >= 0 else None
    return _present.of(partial(_pounds_of, term.flows, index), term.flows, beside=index)


def _pounds_of(flows: Flows, index: IndexPlan | None) -> float:
    if index is None:
        return fsum(flows.npc.tolist())
    mean = _levels_of(index).mean
    return fsum(pounds * level for pounds, level in zip(flows.npc.tolist(), mean.tolist(), strict=True))


@dataclass(slots=True)
class _Input:
    """A fact with a continuous part: the number behind it, and pounds at the even normal numbers, of all its terms.

    `pounds`: what is expected at each of them. `parts`: (chance, pounds if it happens) of each term; a range happens
    always, and liabilities of one fact fall due together, the less likely ones only if the more likely ones do.
    """

    key: str
    name: str
    latent: Latent
    cluster: str
    cluster_name: str
    pounds: Floats
    parts: list[tuple[float, Floats]]
    coefficients: Floats | None = None

    def series(self) -> Floats:
        """Coefficients of the polynomials, order 0 (the mean) first."""
        if self.coefficients is None:
            self.coefficients = np.asarray(_weights() @ self.pounds, dtype=np.float64)
        return self.coefficients

    def variance(self) -> float:
        """Variance of its pounds: what is expected at each number, and what happens or not at it."""
        _, weights = _even()
        mean = float((self.pounds * weights).sum())
        total = float(((self.pounds - mean) ** 2 * weights).sum())
        for first, one in self.parts:
            for second, other in self.parts:
                together = min(first, second) - first * second
                if together:
                    total += together * float((one * other * weights).sum())
        return total

    def covariance(self, other: "_Input") -> float:
        """Covariance with another input."""
        r = self.latent.correlation(other.latent)
        if not r:
            return 0.0
        orders = np.arange(1, ORDER + 1)
        return float((self.series()[1:] * other.series()[1:] * r**orders).sum())


@lru_cache(maxsize=2)
def _at_ten_and_ninety() -> Floats:
    """The polynomials from order 1 on at the 10 % and the 90 % point, (2, orders)."""
    return _polynomials(np.array([-Z90, Z90]))[1:].T


def _moved_with(one: _Input, others: list[_Input], series: Floats) -> Floats:
    """Expected pounds less the mean of inputs correlated with one that stands at its 10 % and its 90 % point.

    E[g(z_j) | z_i = z] = sum over n of a_n r^n He_n(z) / sqrt(n!). `series`: the others' coefficients from order 1.
    """
    r = np.array([0.0 if other is one else one.latent.correlation(other.latent) for other in others])
    powers = r[:, np.newaxis] ** np.arange(1, ORDER + 1)
    return np.asarray(_at_ten_and_ninety() @ (series * powers).sum(axis=0), dtype=np.float64)


@lru_cache(maxsize=512)
def _unit(column: RangeColumn | EventColumn) -> Floats:
    """One unit of a column at the even normal numbers, of a liability if it falls due."""
    z, _ = _even()
    if isinstance(column, EventColumn):
        return column.spread.at(z) if column.spread is not None else np.ones(len(z))
    if isinstance(column.table, QuantileTable):
        return column.table.knots[::EVERY].astype(np.float64)
    return column.table.at(z).astype(np.float64)


def _inputs(plan: Plan, option: OptionPlan) -> list[_Input]:
    """The facts of an option with a continuous part: ranges and liabilities."""
    found: dict[str, _Input] = {}
    for term in option.terms:
        column = plan.columns[term.column]
        if not isinstance(column, RetainedColumn):
            chance = column.probability if isinstance(column, EventColumn) else 1.0
            pounds = _pounds(plan, term) * _unit(column)
            one = found.get(term.input)
            if one is None:
                found[term.input] = _Input(
                    key=term.input,
                    name=term.name,
                    latent=column.latent,
                    cluster=term.cluster,
                    cluster_name=term.cluster_name,
                    pounds=chance * pounds,
                    parts=[(chance, pounds)],
                )
            else:
                one.pounds = one.pounds + chance * pounds
                one.parts.append((chance, pounds))
    return list(found.values())


def _index_money(plan: Plan, option: OptionPlan) -> dict[int, Floats]:
    """Expected present value by year of what follows each uncertain index, at the level as entered."""
    found: dict[int, Floats] = {place: flows.npc for place, flows in option.certain.items() if place >= 0}
    for term in option.terms:
        if term.index >= 0:
            moved = term.flows.npc * plan.columns[term.column].mean
            found[term.index] = found.get(term.index, np.zeros(plan.years)) + moved
    return found


def _index_pounds(plan: Plan, index: int, money: Floats) -> Floats:
    """Pounds that an uncertain index adds to the mean, at the even normal numbers."""
    levels = _levels_of(plan.indices[index])
    return np.asarray(money @ (levels.at - levels.mean[:, np.newaxis]), dtype=np.float64)


def _indices(plan: Plan, option: OptionPlan) -> list[tuple[IndexPlan, Floats]]:
    """Pounds that each uncertain index adds to the mean, capped or not: one draw moves both."""
    found: dict[str, tuple[IndexPlan, Floats]] = {}
    for place, money in _index_money(plan, option).items():
        index, pounds = plan.indices[place], _index_pounds(plan, place, money)
        known = found.get(index.input)
        found[index.input] = (index, pounds) if known is None else (index, known[1] + pounds)
    return list(found.values())


@lru_cache(maxsize=512)
def _unit_moves(column: RangeColumn) -> tuple[float, float]:
    """A column at its 10 % and at its 90 % point, less its mean."""
    even, weights = _even()
    unit = _unit(column)
    mean = float((unit * weights).sum())
    return float(np.interp(-Z90, even, unit)) - mean, float(np.interp(Z90, even, unit)) - mean


def _own_moves(plan: Plan, option: OptionPlan) -> dict[str, tuple[str, float, float]]:
    """(name, low, high) of each fact by itself: pounds less the mean."""
    found: dict[str, tuple[str, float, float]] = {}
    for term in option.terms:
        column, pounds = plan.columns[term.column], _pounds(plan, term)
        if isinstance(column, RangeColumn):
            low, high = _unit_moves(column)
        else:
            low, high = column.low - column.mean, column.high - column.mean
        _, before_low, before_high = found.get(term.input, ("", 0.0, 0.0))
        found[term.input] = term.name, before_low + pounds * low, before_high + pounds * high
    return found


def _add_correlated(plan: Plan, option: OptionPlan, found: dict[str, tuple[str, float, float]]) -> None:
    """Add what moves with each range of a cluster. Whether a liability falls due moves nothing else."""
    for together in _clusters(_inputs(plan, option)).values():
        if len(together) > 1:
            series = np.array([one.series()[1:] for one in together])
            for one in together:
                if any(chance == 1 for chance, _ in one.parts):
                    moved = _moved_with(one, together, series)
                    name, low, high = found[one.key]
                    found[one.key] = name, low + float(moved[0]), high + float(moved[1])


def influences(plan: Plan, option: OptionPlan) -> tuple[Influence, ...]:
    """The mean net present cost given one input, less the mean; the largest span first.

    A range or an index at its 10 % and 90 % point, a constraint at "does not happen" and "happens, at its mean".
    """
    found = _own_moves(plan, option)
    if any(term.cluster for term in option.terms):
        _add_correlated(plan, option, found)
    even, _ = _even()
    for index, pounds in _indices(plan, option):
        found[index.input] = index.name, float(np.interp(-Z90, even, pounds)), float(np.interp(Z90, even, pounds))
    made = (
        Influence(id=key, name=name, low=round(low, 2) + 0.0, high=round(high, 2) + 0.0)
        for key, (name, low, high) in found.items()
    )
    moving = (one for one in made if one.low or one.high)
    return tuple(sorted(moving, key=lambda one: (-abs(one.high - one.low), one.id)))


def _clusters(inputs: Iterable[_Input]) -> dict[str, list[_Input]]:
    """Inputs by what they are correlated with; an input by itself is its own cluster."""
    found: dict[str, list[_Input]] = {}
    for one in inputs:
        found.setdefault(one.cluster or one.key, []).append(one)
    return found


def _cluster_variance(inputs: list[_Input]) -> float:
    """Variance of the sum of inputs: their variances and twice the covariances."""
    if len(inputs) == 1:
        return inputs[0].variance()
    series = np.array([one.series()[1:] for one in inputs])
    own = fsum(one.variance() for one in inputs)
    first = inputs[0].latent
    if first.cause:
        powers = first.rho ** np.arange(1, ORDER + 1)
        whole = series.sum(axis=0)
        return own + float(((whole * whole - (series * series).sum(axis=0)) * powers).sum())
    pairs = (2 * one.covariance(other) for place, one in enumerate(inputs) for other in inputs[place + 1 :])
    return own + fsum(pairs)


def _together(plan: Plan, option: OptionPlan) -> float:
    """Variance that an uncertain index and what follows it cause only together, each index by itself.

    E[(R_t - r_t)(R_s - r_s)] times the covariance of the money of years t and s that follows it. Lines of one index
    are taken as if they were not correlated with one another: this is a small part of a small part.
    """
    total = 0.0
    _, weights = _even()
    for place, index in enumerate(plan.indices):
        levels = _levels_of(index)
        apart = levels.at - levels.mean[:, np.newaxis]
        moved = (apart * weights) @ apart.T
        for term in option.terms:
            if term.index == place:
                column, money = plan.columns[term.column], term.flows.npc
                variance = _unit_variance(column) if isinstance(column, RangeColumn) else column.variance
                total += variance * float(money @ moved @ money)
    return total


def _unit_variance(column: RangeColumn) -> float:
    _, weights = _even()
    unit = _unit(column)
    return float(((unit - float((unit * weights).sum())) ** 2 * weights).sum())


def contributions(plan: Plan, option: OptionPlan) -> tuple[VarianceShare, ...]:
    """Share of the variance of the net present cost by input, largest first; correlated inputs as one."""
    variance: dict[str, tuple[str, float]] = {}
    for key, inputs in _clusters(_inputs(plan, option)).items():
        alone = len(inputs) == 1
        variance[inputs[0].key if alone else key] = (
            inputs[0].name if alone else inputs[0].cluster_name,
            _cluster_variance(inputs),
        )
    for index, pounds in _indices(plan, option):
        variance[index.input] = index.name, float((pounds**2 * _even()[1]).sum())
    for term in option.terms:
        column = plan.columns[term.column]
        if isinstance(column, RetainedColumn):
            before = variance.get(term.input, ("", 0.0))[1]
            variance[term.input] = term.name, before + _pounds(plan, term) ** 2 * column.variance
    whole = fsum([*(one for _, one in variance.values()), _together(plan, option)])
    shares = (
        VarianceShare(id=key, name=name, share=round(one / whole, DIGITS))
        for key, (name, one) in variance.items()
        if whole and one
    )
    return tuple(sorted((one for one in shares if one.share), key=lambda one: (-one.share, one.id)))


def _rank_spread(tied: tuple[float, ...]) -> float:
    """Standard deviation of ranks; equal values share theirs: sqrt((1 - sum of chances cubed) / 12)."""
    return TOP_RANK * sqrt(max(0.0, 1 - fsum(chance**3 for chance in tied)) / 12)


def rank_correlations(plan: Plan, option: OptionPlan, drawn: OptionDraws, ranked: int) -> tuple[RankCorrelation, ...]:
    """Spearman's rank correlation of each input with the net present cost, the strongest first.

    The mean over chunks of the first draws. An input's rank is its chance of staying under the value, so that only
    costs are ranked. Its error is (1 - r^2) sqrt(1.06 / (n - 3)) (Fieller, Hartley and Pearson 1957).
    """
    if ranked < 4:
        return ()
    found: dict[str, RankCorrelation] = {}

    def note(key: str, name: str, place: int, spread: float) -> None:
        if not spread:
            return
        value = float(drawn.ranks[place]) / (ranked * spread)
        value = round(min(1.0, max(-1.0, value)), DIGITS)
        error = (1 - value**2) * sqrt(1.06 / (ranked - 3))
        known = found.get(key)
        if known is None or abs(value) > abs(known.value):
            found[key] = RankCorrelation(id=key, name=name, value=value, error=error)

    for term in option.terms:
        note(term.input, term.name, term.column, _rank_spread(plan.columns[term.column].tied))
    used = {term.index for term in option.terms} | set(option.certain)
    for place in sorted(one for one in used if one >= 0):
        index = plan.indices[place]
        note(index.input, index.name, len(plan.columns) + place, _rank_spread(()))
    return tuple(sorted(found.values(), key=lambda one: (-abs(one.value), one.id)))
