"""Percentiles of many draws in little memory: counts in even bins between known ends, year by year."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from appraise.model.uncertainty import Floats

Pence = npt.NDArray[np.int64]

BINS = 2048


@dataclass(slots=True)
class YearHistograms:
    """For each year counts of draws in pence between `low` and `low + width`, ends that no draw can pass.

    `counts` has the shape (years, BINS). Counts are whole numbers, so the order of chunks changes nothing.
    """

    low: Pence
    width: Pence
    counts: Pence

    @classmethod
    def between(cls, low: Floats, high: Floats) -> "YearHistograms":
        """Empty histograms between pounds by year; a penny more on both sides takes up rounding."""
        start, end = np.floor(low * 100).astype(np.int64) - 1, np.ceil(high * 100).astype(np.int64) + 1
        return cls(start, end - start, np.zeros((len(start), BINS), dtype=np.int64))

    def count(self, pence: Pence) -> Pence:
        """Counts of draws (years, draws) by year and bin; the histograms themselves stay as they are."""
        years = len(self.low)
        bins = (pence - self.low[:, np.newaxis]) * (BINS / (self.width + 1))[:, np.newaxis]
        bins += np.arange(0, years * BINS, BINS)[:, np.newaxis]
        flat = bins.astype(np.int64).ravel()
        return np.bincount(flat, minlength=years * BINS).reshape(years, BINS)

    def quantiles(self, *probabilities: float) -> list[tuple[float, ...]]:
        """For each probability the pounds that a draw stays under, by year; straight inside a bin."""
        below = np.cumsum(self.counts, axis=1)
        rows = np.arange(len(self.low))
        found = []
        for probability in probabilities:
            wanted = probability * below[:, -1]
            cell = np.count_nonzero(below < wanted[:, np.newaxis], axis=1)
            inside = self.counts[rows, cell]
            part = (wanted - (below[rows, cell] - inside)) / np.maximum(inside, 1)
            pence = self.low + (cell + part) * ((self.width + 1) / BINS)
            found.append(tuple(float(value) for value in pence / 100))
        return found
