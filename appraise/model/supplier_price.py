"""What a supplier asks for the constraints of one contract: one pool, one principle, and each one's part of it.

Sources: Wang, A class of distortion operators for pricing financial and insurance risks, Journal of Risk
and Insurance 67 (2000); Young, Premium principles, Encyclopedia of Actuarial Science (2004); Wirch and Hardy,
A synthesis of risk measures for capital adequacy, Insurance: Mathematics and Economics 25 (1999).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from math import ceil, fsum, gcd, sqrt

import numpy as np

from appraise.model.appraisal.constraints import Pricing, Principle
from appraise.model.appraisal.lines import Shape
from appraise.model.uncertainty import Floats, Spread

#: Even steps between nothing and the most that a pool can cost.
CELLS = 4096
#: Shares of probability under this are rounding of the transform.
NOTHING = 1e-13


@dataclass(frozen=True, slots=True)
class Event:
    """Occurs with a probability and then costs low, likely or high, in pounds: PERT, triangular or uniform."""

    probability: float
    low: float
    likely: float
    high: float
    shape: Shape = Shape.PERT

    @property
    def least(self) -> float:
        """Where the pool begins to count it: it never costs less."""
        return 0.0

    @property
    def most(self) -> float:
        """The most that it can cost over the least."""
        return self.high

    @property
    def idle(self) -> bool:
        """It cannot cost anything."""
        return self.probability <= 0 or self.high <= 0

    @property
    def spread(self) -> Spread:
        """What it costs if it occurs."""
        return Spread(low=self.low, likely=self.likely, high=self.high, shape=self.shape)

    @property
    def size(self) -> float:
        """Mean cost if it occurs."""
        return self.spread.mean

    @property
    def mean(self) -> float:
        """Expected cost."""
        return self.probability * self.size

    @property
    def variance(self) -> float:
        """P (s^2 + m^2) - (p m)^2, s^2 and m the variance and mean of its size."""
        return self.probability * (self.spread.variance + self.size**2) - self.mean**2

    def at(self, probability: float) -> "Event":
        """The same with another probability."""
        return replace(self, probability=probability)

    def lattice(self) -> tuple[float, ...]:
        """Sizes that should fall on nodes."""
        return (self.high,) if self.low == self.high else ()

    def masses(self, step: float, count: int) -> Floats:
        """Probabilities on the nodes 0, step, 2 step ...: hats around the nodes, which keep the mean exactly."""
        below = _below(self, np.arange(-1, count + 1, dtype=np.float64) * step)
        found = self.probability * (below[2:] - 2 * below[1:-1] + below[:-2]) / step
        found[0] += 1 - self.probability
        return np.asarray(found, dtype=np.float64)


#: Outcomes of this many sizes are a list; more stand for a size that can be anything.
FEW = 8


@dataclass(frozen=True)
class Outcomes:
    """Occurs with a probability and then leaves the supplier with one of some sums, each with its chance of it.

    `otherwise` is what it is left with if it does not occur. Pounds; below nothing is a gain.
    """

    probability: float
    otherwise: float
    pounds: tuple[float, ...]
    chances: tuple[float, ...]

    @cached_property
    def least(self) -> float:
        """Where the pool begins to count it: the lowest sum, whatever the probability."""
        return min(self.otherwise, *self.pounds)

    @cached_property
    def most(self) -> float:
        """The most that it can cost over the least."""
        return max(self.otherwise, *self.pounds) - self.least

    @cached_property
    def idle(self) -> bool:
        """It cannot cost or gain anything."""
        never = not self.otherwise or self.probability >= 1
        return never and (self.probability <= 0 or not any(self.pounds))

    def _moment(self, power: int) -> float:
        bites = fsum(chance * pounds**power for pounds, chance in zip(self.pounds, self.chances, strict=True))
        return self.probability * bites + (1 - self.probability) * self.otherwise**power

    @cached_property
    def mean(self) -> float:
        """Expected cost."""
        return self._moment(1)

    @cached_property
    def variance(self) -> float:
        """E x^2 - (E x)^2."""
        return max(0.0, self._moment(2) - self.mean**2)

    def at(self, probability: float) -> "Outcomes":
        """The same with another probability."""
        return replace(self, probability=probability)

    def lattice(self) -> tuple[float, ...]:
        """Sizes that should fall on nodes."""
        if len(self.pounds) > FEW:
            return ()
        return tuple(size - self.least for size in (self.otherwise, *self.pounds) if size > self.least)

    def masses(self, step: float, count: int) -> Floats:
        """Probabilities on the nodes least, least + step ...: each sum on the two nodes around it, its mean kept."""
        sums = np.array((self.otherwise, *self.pounds))
        shares = np.array((1 - self.probability, *(self.probability * chance for chance in self.chances)))
        place = np.round((sums - self.least) / step, 9)
        lower = place.astype(np.intp)
        upper = shares * (place - lower)
        found = np.bincount(lower, shares - upper, count) + np.bincount(lower + 1, upper, count + 1)[:count]
        return np.asarray(found, dtype=np.float64)


Risk = Event | Outcomes


@dataclass(frozen=True, slots=True)
class Price:
    """The price of a pool and the part of each event, in pounds; the parts add up to the whole."""

    total: float
    parts: tuple[float, ...]


def _below(event: Event, at: Floats) -> Floats:
    """E max(x - X, 0) of the size X at points x: the integral of its distribution function."""
    from scipy.special import betainc

    width = event.high - event.low
    if width <= 0:
        return np.maximum(at - event.high, 0.0)
    unit = np.clip((at - event.low) / width, 0.0, 1.0)
    if event.shape is Shape.UNIFORM:
        inside = unit * unit / 2
    elif event.shape is Shape.TRIANGULAR:
        inside = _below_triangle((event.likely - event.low) / width, unit)
    else:
        a = 1 + 4 * (event.likely - event.low) / width
        b = 1 + 4 * (event.high - event.likely) / width
        between = (unit > 0) & (unit < 1)  # the rest is known, and beta functions are slow
        inner = unit[between]
        inside = np.where(unit < 1, 0.0, 1 - a / (a + b))
        inside[between] = inner * betainc(a, b, inner) - a / (a + b) * betainc(a + 1, b, inner)
    return np.asarray(width * inside + np.maximum(at - event.high, 0.0), dtype=np.float64)


def _below_triangle(mode: float, unit: Floats) -> Floats:
    """The same of a triangle on [0, 1]: x^3 / 3m up to its mode m, x - (1 + m) / 3 + (1 - x)^3 / 3(1 - m) above."""
    rising = unit**3 / (3 * mode) if mode else np.zeros_like(unit)
    falling = (1 - unit) ** 3 / (3 * (1 - mode)) if mode < 1 else np.zeros_like(unit)
    return np.where(unit < mode, rising, unit - (1 + mode) / 3 + falling)


def _step(events: Sequence[Risk]) -> float:
    """About a 4,096th of the most that can come, such that impacts of one size fall on nodes.

    An impact between two nodes is split between them, which the distorted price takes for uncertainty.
    """
    most = fsum(event.most for event in events)
    common = gcd(*(round(size * 100) for event in events for size in event.lattice())) / 100
    if not common or most / common > CELLS:
        return most / CELLS
    return common / ceil(common * CELLS / most)


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """The distribution of a sum of independent events on even nodes, each event counted from its least.

    `masses`: probability of each node; `of` (events, nodes): expected cost of each event on that node.
    """

    step: float
    masses: Floats
    of: Floats


@lru_cache(maxsize=64)
def pool(events: tuple[Risk, ...]) -> Pool:
    """Convolve the events, all together and leaving each one out in turn."""
    step = _step(events)
    count = ceil(fsum(event.most for event in events) / step) + 1 + len(events)
    length = 1 << (count - 1).bit_length() + 1
    single = [event.masses(step, count) for event in events]
    waves = [np.fft.rfft(one, length) for one in single]
    before, after = [np.ones_like(waves[0])], [np.ones_like(waves[0])]
    for wave in waves:
        before.append(before[-1] * wave)
    for wave in reversed(waves):
        after.append(after[-1] * wave)
    nodes = np.arange(count) * step
    of = np.empty((len(events), count))
    for place, one in enumerate(single):
        rest = before[place] * after[len(events) - 1 - place]
        of[place] = np.fft.irfft(np.fft.rfft(one * nodes, length) * rest, length)[:count]
    masses = np.maximum(np.fft.irfft(before[-1], length)[:count], 0.0)
    return Pool(step=step, masses=masses, of=of)


def _distortion(pricing: Pricing) -> Callable[[Floats], Floats]:
    """G in the price: the integral of g(S(x)) dx, S(x) the chance that the pool costs more than x."""
    from scipy.special import ndtr, ndtri

    strength = pricing.strength
    if pricing.principle is Principle.CVAR:
        return lambda share: np.minimum(1.0, share / (1 - strength))
    if pricing.principle is Principle.PERCENTILE:
        return lambda share: (share > 1 - strength + NOTHING).astype(np.float64)
    if pricing.principle is Principle.PROPORTIONAL_HAZARD:
        return lambda share: share ** (1 / strength)
    return lambda share: np.asarray(ndtr(ndtri(share) + strength), dtype=np.float64)


def _distorted(pooled: Pool, pricing: Pricing) -> Price:
    """Sum x_k [g(S before k) - g(S after k)], and each event's part by what it costs on those nodes."""
    beyond = np.clip(1 - np.cumsum(pooled.masses), 0.0, 1.0)
    beyond[beyond < NOTHING] = 0.0
    shares = _distortion(pricing)(np.concatenate(([1.0], beyond)))
    weight = shares[:-1] - shares[1:]
    ratio = np.divide(weight, pooled.masses, out=np.zeros_like(weight), where=pooled.masses > NOTHING)
    nodes = np.arange(len(weight)) * pooled.step
    total = float(np.add.accumulate(nodes * weight)[-1])
    parts = np.add.accumulate(pooled.of * ratio, axis=1)[:, -1].tolist()
    whole = fsum(parts)
    return Price(total, tuple(part * total / whole if whole else 0.0 for part in parts))


def _with_pooled(events: Sequence[Risk], pooled: Iterable[float]) -> tuple[float, ...]:
    """Parts of all events from those of the events that can move: from their least up, and certain sums as they are."""
    part_of = iter(pooled)
    return tuple(next(part_of) + event.least if event.most > 0 else event.mean for event in events)


def _moving(events: Iterable[Risk]) -> tuple[Risk, ...]:
    return tuple(event for event in events if event.most > 0)


def _full_parts(events: Sequence[Risk], pricing: Pricing) -> tuple[float, ...]:
    """Parts of the price before competition. A gain that is expected is not loaded."""
    means = [event.mean for event in events]
    if pricing.principle is Principle.EXPECTED_VALUE:
        return tuple(mean * (1 + pricing.strength) if mean > 0 else mean for mean in means)
    if pricing.principle is Principle.STANDARD_DEVIATION:
        variances = [event.variance for event in events]
        sd = sqrt(fsum(variances))
        loading = pricing.strength / sd if sd else 0.0
        return tuple(mean + loading * variance for mean, variance in zip(means, variances, strict=True))
    moving = _moving(events)
    return _with_pooled(events, _distorted(pool(moving), pricing).parts if moving else ())


def _left_by_competition(events: Sequence[Risk], full: Sequence[float], pricing: Pricing) -> Price:
    parts = [event.mean + pricing.competition * (part - event.mean) for event, part in zip(events, full, strict=True)]
    return Price(fsum(parts), tuple(parts))


def price(events: Sequence[Risk], pricing: Pricing) -> Price:
    """E + k (P - E): P the price by the principle, k what competition leaves of its loading (METHOD 11.2).

    Events that cannot cost anything have no part. A pool of nothing costs nothing. What may be a gain is priced
    from the largest gain up, which is taken off again.
    """
    return _priced(tuple(events), pricing)


@lru_cache(maxsize=512)
def _priced(events: tuple[Risk, ...], pricing: Pricing) -> Price:
    costly = tuple(event for event in events if not event.idle)
    part_of = iter(_left_by_competition(costly, _full_parts(costly, pricing), pricing).parts)
    parts = tuple(0.0 if event.idle else next(part_of) for event in events)
    return Price(fsum(parts), parts)


def price_by_probability(events: Sequence[Risk], place: int, pricing: Pricing) -> Callable[[float], Price]:
    """The price as a function of the probability of one event that can cost something.

    The distribution of the pool is a straight line in that probability: it is convolved twice, not once a question.
    """

    def at(probability: float) -> tuple[Risk, ...]:
        return (*events[:place], events[place].at(probability), *events[place + 1 :])

    moved = pricing.principle not in {Principle.EXPECTED_VALUE, Principle.STANDARD_DEVIATION}
    if not moved or not events[place].most:
        return lambda probability: price(at(probability), pricing)
    never, always = pool(_moving(at(0.0))), pool(_moving(at(1.0)))

    def priced(probability: float) -> Price:
        mixed = Pool(
            step=never.step,
            masses=(1 - probability) * never.masses + probability * always.masses,
            of=(1 - probability) * never.of + probability * always.of,
        )
        changed = at(probability)
        return _left_by_competition(changed, _with_pooled(changed, _distorted(mixed, pricing).parts), pricing)

    return priced
