"""The uncertain inputs of the simulation, each drawn once a draw for all options that share it (METHOD 10.2, 10.4).

Every column writes whole numbers from 0 to SCALE, its place between the least and the most that it can be. Sums of
whole numbers times whole numbers are exact, so that no order of adding and no machine can change them.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import fsum, sqrt

import numpy as np
import numpy.typing as npt

from appraise.model.appraisal.constraints import PainGain
from appraise.model.pain_gain import authority_pays
from appraise.model.streams import WORD, Streams
from appraise.model.uncertainty import (
    Z_END,
    Floats,
    QuantileTable,
    Ranks,
    Singles,
    Spread,
    Table,
    cells_of,
    normals,
    ranks_of,
    ranks_of_cells,
)

#: Steps between the least and the most of a column.
SCALE = 2.0**21
#: Numbers mixed from many are cut off here, inside the ends of tables: six in a hundred thousand million.
MIXED_END = np.float32(Z_END - 0.01)
#: Ranks are 65,536ths of all draws.
TOP_RANK = 65_535.0
#: Slices of probability by which the moments of what is kept of a constraint are told.
SLICES = 1024

Happens = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Latent:
    """The standard normal number behind an input: its own stream, in part a cause that it shares with others.

    `cause` with `rho`: sqrt(rho) cause + sqrt(1 - rho) own. `mixed`: streams and loads of a full matrix instead.
    """

    stream: str
    cause: str = ""
    rho: float = 0.0
    mixed: tuple[tuple[str, float], ...] = ()

    def draw(self, streams: Streams) -> Singles:
        """Standard normal numbers, one a draw, inside the ends of tables."""
        if self.mixed:
            found = np.zeros(streams.count, dtype=np.float32)
            for stream, load in self.mixed:
                found += load * streams.kept_normals(stream)
            return np.clip(found, -MIXED_END, MIXED_END)
        found = streams.normals(self.stream)
        if self.cause and self.rho:
            found *= sqrt(1 - self.rho)
            found += sqrt(self.rho) * streams.kept_normals(self.cause)
        return found

    def correlation(self, other: "Latent") -> float:
        """Correlation with another latent number."""
        if self.stream == other.stream:
            return 1.0
        if self.mixed and other.mixed:
            theirs = dict(other.mixed)
            return sum(load * theirs.get(stream, 0.0) for stream, load in self.mixed)
        if self.cause and self.cause == other.cause:
            return sqrt(self.rho * other.rho)
        return 0.0


def _table_ranks(table: Table, z: Singles) -> Ranks:
    """Ranks of the values that a table gives; equal values of a list of outcomes share their middle rank."""
    ranks = ranks_of(z)
    if isinstance(table, QuantileTable):
        return ranks
    edges = np.concatenate(([0.0], ranks_of(table.ends).astype(np.float64), [TOP_RANK]))
    middle = np.asarray((edges[:-1] + edges[1:]) / 2, dtype=np.uint16)
    return middle.take(np.searchsorted(table.ends, z))


def _tied(table: Table) -> tuple[float, ...]:
    """Chances of the values that a table gives again and again."""
    if isinstance(table, QuantileTable):
        return ()
    edges = np.concatenate(([0.0], ranks_of(table.ends) / TOP_RANK, [1.0]))
    return tuple(np.diff(edges).tolist())


@dataclass(frozen=True, slots=True)
class RangeColumn:
    """A range on [0, 1], from the least to the most that is drawn: lines of one driver with the same shape share it."""

    latent: Latent
    table: Table
    mean: float

    bottom = 0.0
    top = 1.0

    def draw(self, streams: Streams, into: Floats, ranks: Ranks | None) -> None:
        """Write places and, if asked for, ranks."""
        z = self.latent.draw(streams)
        if isinstance(self.table, QuantileTable):
            cell, part = cells_of(z)
            np.rint(self.table.read(cell, part) * SCALE, out=into)
            if ranks is not None:
                ranks[:] = ranks_of_cells(cell)
            return
        np.rint(self.table.at(z) * SCALE, out=into)
        if ranks is not None:
            ranks[:] = _table_ranks(self.table, z)

    @property
    def tied(self) -> tuple[float, ...]:
        """Chances of values that come again and again."""
        return _tied(self.table)


def _placed(values: Floats, bottom: float, top: float, into: Floats) -> None:
    """Write the places of values between bottom and top."""
    np.rint((values - bottom) * (SCALE / (top - bottom)), out=into)


def _event_ranks(where: npt.NDArray[np.intp], probability: float, sizes: Ranks | None, ranks: Ranks) -> None:
    """Ranks of an event: all draws without it share the middle of theirs, those `where` it happens lie above."""
    ranks[:] = np.uint16(round((1 - probability) / 2 * TOP_RANK))
    place = TOP_RANK / 2 if sizes is None else sizes
    ranks[where] = np.asarray((1 - probability) * TOP_RANK + probability * place, dtype=np.uint16)


@dataclass(frozen=True, slots=True)
class EventColumn:
    """A liability that falls due if U < p, then times its range (1 = as entered), if it has one.

    Liabilities of one driver fall due together: they are one fact about the world.
    """

    latent: Latent
    probability: float
    spread: Spread | None

    def draw(self, streams: Streams, into: Floats, ranks: Ranks | None) -> None:
        """Write places of the share of the amount, nothing where it does not fall due, and ranks."""
        due = np.flatnonzero(streams.below(f"occurs|{self.latent.stream}", self.probability))
        values, sizes = np.zeros(streams.count), None
        if self.spread is None or not self.spread.width:
            values[due] = self.spread.mean if self.spread else 1.0
        else:
            z = self.latent.draw(streams).take(due)
            sizes = _table_ranks(self.spread.table(), z) if ranks is not None else None
            values[due] = self.spread.at(z)
        _placed(values, self.bottom, self.top, into)
        if ranks is not None:
            _event_ranks(due, self.probability, sizes, ranks)

    @property
    def tied(self) -> tuple[float, ...]:
        """Chances of values that come again and again."""
        if self.spread is None or not self.spread.width:
            return (1 - self.probability, self.probability)
        return (1 - self.probability, *(self.probability * chance for chance in _tied(self.spread.table())))

    @property
    def bottom(self) -> float:
        """The least share that can come."""
        return min(0.0, self.spread.bottom if self.spread else 1.0)

    @property
    def top(self) -> float:
        """The largest share that can come."""
        return max(0.0, self.spread.top if self.spread else 1.0)

    @property
    def low(self) -> float:
        """It does not fall due."""
        return 0.0

    @property
    def high(self) -> float:
        """It falls due, at the mean of its range."""
        return self.spread.mean if self.spread else 1.0

    @property
    def mean(self) -> float:
        """Chance times mean size."""
        return self.probability * self.high

    @property
    def variance(self) -> float:
        """P v + p (1 - p) m^2: v and m variance and mean of the range."""
        own = self.spread.variance if self.spread else 0.0
        return self.probability * own + self.probability * (1 - self.probability) * self.high**2


@dataclass(frozen=True, slots=True)
class Kept:
    """One part of a constraint that stays with the authority, pounds of the impact X: by a claim, or by pain and gain.

    A claim is admitted if V < `admitted`: then `scale` X + `dispute`, otherwise `refused`. With `terms` it is what the
    authority pays at an outturn of `scale` X, and at 0 where the constraint does not bite.
    """

    scale: float = 1.0
    admitted: float = 1.0
    dispute: float = 0.0
    refused: float = 0.0
    terms: PainGain | None = None

    def always(self) -> float:
        """Pounds where the constraint does not bite."""
        return float(authority_pays(self.terms, np.zeros(1))[0]) if self.terms is not None else 0.0

    def bites(self, impact: Floats, admitted: Happens | None) -> Floats:
        """Pounds where it bites, by impact and by whether a claim is admitted; None: every one is."""
        if self.terms is not None:
            return authority_pays(self.terms, self.scale * impact)
        paid = self.scale * impact + self.dispute
        return paid if admitted is None else np.where(admitted, paid, self.refused)


@lru_cache(maxsize=512)
def _moments(impact: Spread, parts: tuple[Kept, ...]) -> tuple[float, float]:
    """Mean and variance of the pounds where a constraint bites, over the impact and over claims."""
    sizes = impact.slices(SLICES)
    refused = np.zeros(SLICES, dtype=np.bool_)
    chances = sorted({part.admitted for part in parts} | {1.0})
    outcomes = []
    for lower, upper in zip([0.0, *chances], chances, strict=False):  # between two of them the same claims succeed
        pounds = np.zeros(SLICES)
        for part in parts:
            pounds += part.bites(sizes, None if upper <= part.admitted else refused)
        outcomes.append((upper - lower, pounds))
    mean = fsum(share * float(np.add.accumulate(pounds)[-1]) for share, pounds in outcomes) / SLICES
    away = (share * float(np.add.accumulate((pounds - mean) ** 2)[-1]) for share, pounds in outcomes)
    return mean, fsum(away) / SLICES


@lru_cache(maxsize=512)
def _ends(impact: Spread, parts: tuple[Kept, ...]) -> tuple[float, float]:
    """The least and the most pounds where a constraint bites: payments rise with the impact."""
    ends = np.array([impact.bottom, impact.top])
    least, most = np.zeros(2), np.zeros(2)
    for part in parts:
        paid = part.bites(ends, None)
        refused = part.bites(ends, np.zeros(2, dtype=np.bool_)) if part.admitted < 1 else paid
        least += np.minimum(paid, refused)
        most += np.maximum(paid, refused)
    return float(least.min()), float(most.max())


@dataclass(frozen=True, slots=True)
class RetainedColumn:
    """Pounds of a constraint that stay with the authority, in prices of year 0.

    It occurs if U < p, one U for all options that share it (METHOD 10.2, 11.1); V tells whether a claim is admitted.
    """

    stream: str
    probability: float
    impact: Spread
    parts: tuple[Kept, ...]

    def draw(self, streams: Streams, into: Floats, ranks: Ranks | None) -> None:
        """Write places of pounds, and ranks."""
        happens = np.flatnonzero(streams.below(f"occurs|{self.stream}", self.probability))
        sizes = None
        if self.impact.width:
            z = normals(streams.words(f"impact|{self.stream}").take(happens))
            sizes = ranks_of(z) if ranks is not None else None
            impact = self.impact.at(z)
        else:
            impact = np.full(len(happens), self.impact.low)
        pounds = self._pounds(impact, streams, happens)
        scale = SCALE / (self.top - self.bottom)
        into[:] = np.rint((self.low - self.bottom) * scale)
        into[happens] = np.rint((pounds - self.bottom) * scale)
        if ranks is not None:
            _event_ranks(happens, self.probability, sizes, ranks)

    def _pounds(self, impact: Floats, streams: Streams, happens: npt.NDArray[np.intp]) -> Floats:
        chances: Floats | None = None
        pounds = np.zeros(len(impact))
        for part in self.parts:
            admitted = None
            if part.admitted < 1:
                if chances is None:
                    chances = streams.words(f"admitted|{self.stream}").take(happens) / WORD
                admitted = chances < part.admitted
            pounds += part.bites(impact, admitted)
        return pounds

    @property
    def tied(self) -> tuple[float, ...]:
        """Chances of values that come again and again."""
        return (1 - self.probability,) if self.impact.width else (1 - self.probability, self.probability)

    @property
    def bottom(self) -> float:
        """The least that can come."""
        return min(self.low, _ends(self.impact, self.parts)[0])

    @property
    def top(self) -> float:
        """The most that can come."""
        return max(self.low, _ends(self.impact, self.parts)[1])

    @property
    def low(self) -> float:
        """It does not happen."""
        return sum(part.always() for part in self.parts)

    @property
    def high(self) -> float:
        """It happens: expected pounds."""
        return _moments(self.impact, self.parts)[0]

    @property
    def mean(self) -> float:
        """Chance times expected pounds, and what is paid where it does not happen."""
        return self.probability * self.high + (1 - self.probability) * self.low

    @property
    def variance(self) -> float:
        """P v + p (1 - p) (m - n)^2: v and m variance and mean where it bites, n what is paid where it does not."""
        mean, own = _moments(self.impact, self.parts)
        p = self.probability
        return p * own + p * (1 - p) * (mean - self.low) ** 2


Column = RangeColumn | EventColumn | RetainedColumn
