"""Many draws of one quantity in little memory: the first draws as they are, all of them counted (METHOD 10.4)."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from appraise.model.uncertainty import Floats

Pence = npt.NDArray[np.int64]

#: Draws that are kept as they are: percentiles of so many are exact, and so is what compares draw by draw.
KEPT = 100_000
#: Draws of yearly money that are kept for its percentiles, and how many numbers they may take up; beyond, fewer are.
KEPT_BY_YEAR = 49_152
MOST_NUMBERS = 8_000_000
#: Even shares of the first chunk between which more draws than are kept are counted.
SHARES = 2048


def ordered_sum(values: Floats) -> float:
    """The sum, to the last bit the same everywhere, unlike a sum in blocks: in 256 columns, then of those."""
    rows = np.zeros(-(-len(values) // 256) * 256)
    rows[: len(values)] = values
    return float(np.add.accumulate(np.add.reduce(rows.reshape(-1, 256), axis=0))[-1])


@dataclass(slots=True)
class Bins:
    """Counts of draws of whole pence between `edges`: bin k holds what is over edge k - 1 and not over edge k.

    Edges are quantiles of the first chunk, each with the penny under it, so that a value that comes again and again
    has a bin of its own. The first and the last bin are open; `least` and `most` are the ends of what has been seen.
    """

    edges: Floats
    counts: Pence
    sums: Floats
    least: float
    most: float

    @classmethod
    def of(cls, pence: Floats) -> "Bins":
        """Empty bins between quantiles of some draws."""
        ordered = np.sort(pence)
        chosen = ordered[np.linspace(0, len(ordered) - 1, SHARES + 1).astype(np.intp)]
        edges = np.unique(np.concatenate((chosen, chosen - 1)))
        none = np.zeros(len(edges) + 1, dtype=np.int64)
        return cls(edges, none, none.astype(np.float64), float(ordered[0]), float(ordered[-1]))

    def counted(self, pence: Floats) -> "Bins":
        """Counts of a chunk of draws; these bins stay as they are."""
        place = np.searchsorted(self.edges, pence)
        size = len(self.counts)
        return Bins(
            self.edges,
            np.bincount(place, minlength=size).astype(np.int64),
            np.bincount(place, weights=pence, minlength=size).astype(np.float64),
            float(pence.min()),
            float(pence.max()),
        )

    def add(self, other: "Bins") -> None:
        """Take the counts of a chunk."""
        self.counts += other.counts
        self.sums += other.sums
        self.least, self.most = min(self.least, other.least), max(self.most, other.most)

    def quantiles(self, probabilities: Floats) -> Floats:
        """Pounds that a draw stays under with each probability, straight between two edges."""
        below = np.cumsum(self.counts)
        aim = np.clip(probabilities, 0.0, 1.0) * below[-1]
        cell = np.minimum(np.searchsorted(below, aim), len(below) - 1)
        lower = np.concatenate(([min(self.least, self.edges[0])], self.edges))
        upper = np.concatenate((self.edges, [max(self.most, self.edges[-1])]))
        inside = self.counts.take(cell)
        part = (aim - (below.take(cell) - inside)) / np.maximum(inside, 1)
        return np.asarray((lower.take(cell) + part * (upper - lower).take(cell)) / 100, dtype=np.float64)

    def tail_mean(self, level: float) -> float:
        """Mean of the highest share 1 - level of the draws, pounds; of the bin that is cut, its mean."""
        wanted = (1 - level) * int(self.counts.sum())
        left, total = wanted, 0.0
        for cell in range(len(self.counts) - 1, -1, -1):
            count = int(self.counts[cell])
            if count:
                taken = min(left, float(count))
                total += float(self.sums[cell]) * taken / count
                left -= taken
            if left <= 0:
                break
        return total / wanted / 100


@dataclass(slots=True)
class Counted:
    """What a chunk of draws adds to a sample."""

    pence: Pence
    total: int = 0
    square: float = 0.0
    bins: Bins | None = field(default=None)


@dataclass(slots=True)
class Sample:
    """Draws of pence. `kept` holds the first 100,000 of them.

    Where there are more, `bins` counts all of them; `total` is the sum of their distances from `centre` and `square`
    that of the squares, pence.
    """

    draws: int
    kept: Pence
    centre: int = 0
    bins: Bins | None = None
    total: int = 0
    square: float = 0.0

    @classmethod
    def empty(cls, draws: int) -> "Sample":
        """A sample of so many draws, its bins still to be set."""
        return cls(draws, np.zeros(min(draws, KEPT), dtype=np.int64))

    def reach_for(self, pence: Floats) -> None:
        """Set the bins by the first draws."""
        if self.draws > KEPT:
            self.bins = Bins.of(pence)
            self.centre = int(np.median(pence))

    def counted(self, pence: Floats) -> Counted:
        """A chunk of draws, added up; the sample itself stays as it is."""
        whole = pence.astype(np.int64)
        if self.bins is None:
            return Counted(whole)
        away = whole - self.centre
        far = away.astype(np.float64)
        return Counted(whole, total=int(away.sum()), square=ordered_sum(far * far), bins=self.bins.counted(pence))

    def add(self, chunk: Counted, start: int) -> None:
        """Take a chunk that begins at draw `start`; in the order of chunks, as squares are not whole numbers."""
        if start < len(self.kept):
            fits = chunk.pence[: len(self.kept) - start]
            self.kept[start : start + len(fits)] = fits
        if self.bins is not None and chunk.bins is not None:
            self.bins.add(chunk.bins)
            self.total += chunk.total
            self.square += chunk.square


@dataclass(slots=True)
class Mean:
    """Whole pence added up over draws, as distances from the first draw: what never varies has no error.

    `total` is the sum of the distances from `centre`, `square` that of their squares.
    """

    centre: int = 0
    total: int = 0
    square: float = 0.0

    def begin(self, pence: Floats) -> None:
        """Take the centre from the first draws."""
        self.centre = int(pence[0])

    def counted(self, pence: Floats) -> tuple[int, float]:
        """What a chunk of draws adds; the sums themselves stay as they are."""
        away = pence - self.centre
        return int(away.astype(np.int64).sum()), ordered_sum(away * away)

    def add(self, chunk: tuple[int, float]) -> None:
        """Take a chunk; in the order of chunks, as squares are not whole numbers."""
        self.total += chunk[0]
        self.square += chunk[1]


@dataclass(slots=True)
class YearDraws:
    """The first draws of money by year, pence (years, draws). Percentiles of years are read from them."""

    kept: Floats

    @classmethod
    def empty(cls, years: int, draws: int, kinds: int) -> "YearDraws":
        """Room for 49,152 draws, or for fewer where so many kinds of money are kept that they would fill the memory."""
        fits = max(1_000, MOST_NUMBERS // max(1, years * kinds))
        return cls(np.zeros((years, min(draws, KEPT_BY_YEAR, fits))))

    def add(self, pence: Floats, start: int) -> None:
        """Take a chunk (years, draws) that begins at draw `start`."""
        room = self.room(start)
        if room:
            self.kept[:, start : start + min(room, pence.shape[1])] = pence[:, :room]

    def room(self, start: int) -> int:
        """How many draws still fit from draw `start` on."""
        return max(0, int(self.kept.shape[1]) - start)


def midranks_twice(values: Floats | Pence) -> Floats:
    """Twice the rank of every value, from 0; equal values share the middle of theirs. Whole numbers."""
    order = np.argsort(values)  # in which order equal values come makes no difference
    ordered = values[order]
    ranks = np.arange(0, 2 * len(values), 2, dtype=np.float64)
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    if len(starts) < len(values):
        ends = np.append(starts[1:], len(values)) - 1
        ranks = np.repeat((starts + ends).astype(np.float64), ends - starts + 1)
    found = np.empty(len(values))
    found[order] = ranks
    return found
