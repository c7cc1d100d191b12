"""What a supplier asks for the constraints of one contract: one pool, one principle, and each one's part of it.

Sources: Wang, A class of distortion operators for pricing financial and insurance risks, Journal of Risk
and Insurance 67 (2000); Young, Premium principles, Encyclopedia of Actuarial Science (2004); Wirch and Hardy,
A synthesis of risk measures for capital adequacy, Insurance: Mathematics and Economics 25 (1999).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import ceil, fsum, gcd, sqrt

import numpy as np

from appraise.model.appraisal.constraints import Pricing, Principle
from appraise.model.uncertainty import Floats

#: Even steps between nothing and the most that a pool can cost.
CELLS = 4096
#: Shares of probability under this are rounding of the transform.
NOTHING = 1e-13


@dataclass(frozen=True, slots=True)
class Event:
    """Occurs with a probability and then costs low, likely or high (PERT), in pounds."""

    probability: float
    low: float
    likely: float
    high: float

    @property
    def size(self) -> float:
        """Mean cost if it occurs."""
        return (self.low + 4 * self.likely + self.high) / 6

    @property
    def mean(self) -> float:
        """Expected cost."""
        return self.probability * self.size

    @property
    def variance(self) -> float:
        """P (s^2 + m^2) - (p m)^2, with s^2 = (m - low)(high - m) / 7 of a PERT distribution."""
        spread = (self.size - self.low) * (self.high - self.size) / 7
        return self.probability * (spread + self.size**2) - self.mean**2


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
        return np.maximum(at - event.likely, 0.0)
    a = 1 + 4 * (event.likely - event.low) / width
    b = 1 + 4 * (event.high - event.likely) / width
    unit = np.clip((at - event.low) / width, 0.0, 1.0)
    inside = unit * betainc(a, b, unit) - a / (a + b) * betainc(a + 1, b, unit)
    return np.asarray(width * inside + np.maximum(at - event.high, 0.0), dtype=np.float64)


def _masses(event: Event, step: float, count: int) -> Floats:
    """Probabilities on the nodes 0, step, 2 step ...: hats around the nodes, which keep the mean exactly."""
    below = _below(event, np.arange(-1, count + 1, dtype=np.float64) * step)
    found = event.probability * (below[2:] - 2 * below[1:-1] + below[:-2]) / step
    found[0] += 1 - event.probability
    return np.asarray(found, dtype=np.float64)


def _step(events: Sequence[Event]) -> float:
    """About a 4,096th of the most that can come, such that impacts of one size fall on nodes.

    An impact between two nodes is split between them, which the distorted price takes for uncertainty.
    """
    most = fsum(event.high for event in events)
    common = gcd(*(round(event.high * 100) for event in events if event.low == event.high)) / 100
    if not common or most / common > CELLS:
        return most / CELLS
    return common / ceil(common * CELLS / most)


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """The distribution of a sum of independent events on even nodes.

    `masses`: probability of each node; `of` (events, nodes): expected cost of each event on that node.
    """

    step: float
    masses: Floats
    of: Floats


@lru_cache(maxsize=64)
def pool(events: tuple[Event, ...]) -> Pool:
    """Convolve the events, all together and leaving each one out in turn."""
    step = _step(events)
    count = ceil(fsum(event.high for event in events) / step) + 1 + len(events)
    length = 1 << (count - 1).bit_length() + 1
    single = [_masses(event, step, count) for event in events]
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
    total = fsum((nodes * weight).tolist())
    parts = [fsum((row * ratio).tolist()) for row in pooled.of]
    whole = fsum(parts)
    return Price(total, tuple(part * total / whole if whole else 0.0 for part in parts))


def _full_price(events: tuple[Event, ...], pricing: Pricing) -> Price:
    means = [event.mean for event in events]
    if pricing.principle is Principle.EXPECTED_VALUE:
        parts = [mean * (1 + pricing.strength) for mean in means]
        return Price(fsum(parts), tuple(parts))
    if pricing.principle is Principle.STANDARD_DEVIATION:
        variances = [event.variance for event in events]
        sd = sqrt(fsum(variances))
        loading = pricing.strength / sd if sd else 0.0
        parts = [mean + loading * variance for mean, variance in zip(means, variances, strict=True)]
        return Price(fsum(parts), tuple(parts))
    return _distorted(pool(events), pricing)


def price(events: Sequence[Event], pricing: Pricing) -> Price:
    """E + k (P - E): P the price by the principle, k what competition leaves of its loading (METHOD 11.2).

    Events that cannot cost anything have no part. A pool of nothing costs nothing.
    """
    costly = tuple(event for event in events if event.probability > 0 and event.high > 0)
    if not costly:
        return Price(0.0, (0.0,) * len(events))
    full = _full_price(costly, pricing)
    part_of = iter(full.parts)
    parts = []
    for event in events:
        if event.probability > 0 and event.high > 0:
            parts.append(event.mean + pricing.competition * (next(part_of) - event.mean))
        else:
            parts.append(0.0)
    return Price(fsum(parts), tuple(parts))


def price_by_probability(events: Sequence[Event], place: int, pricing: Pricing) -> Callable[[float], Price]:
    """The price as a function of the probability of one event that can cost something.

    The distribution of the pool is a straight line in that probability: it is convolved twice, not once a question.
    """

    def at(probability: float) -> tuple[Event, ...]:
        return (*events[:place], replace(events[place], probability=probability), *events[place + 1 :])

    if pricing.principle in {Principle.EXPECTED_VALUE, Principle.STANDARD_DEVIATION}:
        return lambda probability: price(at(probability), pricing)
    never, always = pool(at(0.0)), pool(at(1.0))

    def priced(probability: float) -> Price:
        mixed = Pool(
            step=never.step,
            masses=(1 - probability) * never.masses + probability * always.masses,
            of=(1 - probability) * never.of + probability * always.of,
        )
        means = [event.mean for event in at(probability)]
        full = _distorted(mixed, pricing)
        parts = [mean + pricing.competition * (part - mean) for mean, part in zip(means, full.parts, strict=True)]
        return Price(fsum(parts), tuple(parts))

    return priced
