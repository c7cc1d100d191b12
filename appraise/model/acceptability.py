"""SMAA: how often each option takes each place when weights and scores are drawn together (METHOD 9.2, number 4).

Stochastic multicriteria acceptability analysis: Lahdelma and Salminen, SMAA-2, Operations Research 49 (2001). Draws
come in chunks, so that memory stays flat; scores of a chunk are drawn once for all ways of drawing weights. Totals
are rounded to 1e-9 points before they are compared; equal ones share the better place.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from appraise.model.appraisal.document import Appraisal
from appraise.model.cancelled import Cancelled
from appraise.model.score_draws import (
    KEPT_DRAWS,
    Cell,
    Chunk,
    Columns,
    Room,
    ScoreSpread,
    Source,
    Way,
    draw_option,
    draw_points,
    draw_weights,
    score_spreads,
)
from appraise.model.score_results import Acceptability, OptionAcceptability, ScorePair
from appraise.model.scoring import COMPARED, ranked_options
from appraise.model.streams import chunks
from appraise.model.uncertainty import Floats, share_error

#: No more samples than this are drawn, whatever the draws of costs.
MOST_SAMPLES = 100_000
#: Draws of scores on which the confidence factor rests.
CONFIDENT_DRAWS = 8_192
#: Weights are added up as whole multiples of 2^-38: sums of a chunk are exact, in whatever order they are taken.
WEIGHT_GRAIN = 2.0**38
#: Digits of figures that are told: the last ones of a logarithm are not the same in every numpy.
DIGITS = 9

Whole = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What one way of drawing weights came to. Only options that have a place are drawn, in the document's order.

    `pairwise` by option; `totals`: points, options x draws, the draw t of costs beside draw t; None if not asked for.
    """

    acceptability: Acceptability
    pairwise: Mapping[str, tuple[ScorePair, ...]]
    totals: Floats | None


@dataclass(frozen=True, slots=True)
class _Task:
    """What is drawn: ids of options and criteria in the order of ids, and how each score is drawn."""

    appraisal: Appraisal
    ways: tuple[Way, ...]
    seed: int
    draws: int
    options: tuple[str, ...]
    criteria: tuple[str, ...]
    spreads: Mapping[Cell, ScoreSpread]

    def spreads_of(self, option: str) -> list[tuple[str, ScoreSpread]]:
        """How the option's scores are drawn, by criterion in the order of ids."""
        return [(criterion, self.spreads[option, criterion]) for criterion in self.criteria]


class _Tally:
    """Counts of one way of drawing: places, pairs and weights of the first, by options in the order of ids."""

    def __init__(self, options: int, criteria: int, draws: int, *, keep: bool) -> None:
        self.places: Whole = np.zeros((options, options), dtype=np.int64)
        self.ahead: Whole = np.zeros((options, options), dtype=np.int64)
        self.level: Whole = np.zeros((options, options), dtype=np.int64)
        self.grains: Whole = np.zeros((options, criteria), dtype=np.int64)
        self.totals: Floats | None = np.empty((options, draws)) if keep else None

    def take(self, totals: Floats, weighed: Floats, start: int) -> None:
        """Add a chunk: `totals` options x draws in points (rounded here), `weighed` criteria x draws."""
        scale = 10.0**COMPARED
        totals *= scale
        np.rint(totals, out=totals)
        options, count = totals.shape
        behind = np.zeros((options, count), dtype=np.uint8)
        for one in range(options):
            for other in range(one):
                ahead, back = totals[one] > totals[other], totals[other] > totals[one]
                behind[other] += ahead
                behind[one] += back
                wins, losses = np.count_nonzero(ahead), np.count_nonzero(back)
                self.ahead[one, other] += wins
                self.ahead[other, one] += losses
                self.level[one, other] += count - wins - losses
        self.level[:] = np.maximum(self.level, self.level.T)
        for option in range(options):
            self.places[option] += np.bincount(behind[option], minlength=options)
        grains, first = np.rint(weighed * WEIGHT_GRAIN), (behind == 0).astype(np.float64)
        self.grains += np.einsum("od,jd->oj", first, grains).astype(np.int64)
        if self.totals is not None:
            np.divide(totals, scale, out=self.totals[:, start : start + count])

    def central(self) -> Floats:
        """Mean weights of the draws that put an option first, options x criteria; 0 where none does."""
        firsts = np.maximum(self.places[:, :1], 1)
        return np.asarray(np.round(self.grains / (firsts * WEIGHT_GRAIN), DIGITS))


def _rows(columns: Columns, criteria: Sequence[str], count: int) -> Floats:
    """Weights as an array, criteria x draws."""
    found = np.zeros((len(criteria), count))
    for place, key in enumerate(criteria):
        if key in columns:
            found[place] = columns[key]
    return found


def _totals(task: _Task, source: Source, weighed: Sequence[Floats]) -> list[Floats]:
    """Totals of options x draws for each way: V_o = sum w_i v_i, added up in the order of ids."""
    count = source.chunk.count
    if count <= KEPT_DRAWS:
        kept = [draw_option(source, option, task.spreads_of(option)) for option in task.options]
        return [np.stack([np.einsum("jd,jd->d", rows, points) for points in kept]) for rows in weighed]
    room, product = Room(count), np.empty(count)
    found = [np.zeros((len(task.options), count)) for _ in weighed]
    for option, key in enumerate(task.options):
        for place, (criterion, spread) in enumerate(task.spreads_of(key)):
            points = draw_points(source, room, (key, criterion), spread)
            for rows, totals in zip(weighed, found, strict=True):
                np.multiply(rows[place], points, out=product)
                totals[option] += product
    return found


def _confidence(task: _Task, central: Floats) -> Floats:
    """Share of draws of scores in which each option is first at its own central weights.

    `central`: ways x options x criteria. The draws are the first ones of all.
    """
    ways, options, criteria = central.shape
    rows = central.reshape(-1, criteria)
    count = min(task.draws, CONFIDENT_DRAWS)
    source = Source(Chunk(task.seed, 0, count))
    own, best = np.empty((ways * options, count)), np.full((ways * options, count), -np.inf)
    for option, key in enumerate(task.options):
        totals = np.einsum("cj,jd->cd", rows, draw_option(source, key, task.spreads_of(key)))
        totals *= 10.0**COMPARED
        np.rint(totals, out=totals)
        np.maximum(best, totals, out=best)
        own[option::options] = totals[option::options]
    return np.asarray(np.count_nonzero(own >= best, axis=1).reshape(ways, options) / count)


def _drawn(task: _Task, way: Way, tally: _Tally, confidence: Floats) -> Drawn:
    """The figures of one way, in the order of the document."""
    place = {key: number for number, key in enumerate(task.options)}
    shown = [option.id for option in task.appraisal.options if option.id in place]
    order = [task.criteria.index(criterion.id) for criterion in task.appraisal.criteria]
    central = tally.central()
    found, pairs = [], {}
    for key in shown:
        row = place[key]
        ranks = tuple(int(one) / task.draws for one in tally.places[row])
        first = bool(tally.places[row, 0])
        found.append(
            OptionAcceptability(
                option=key,
                ranks=ranks,
                errors=tuple(share_error(one, task.draws) for one in ranks),
                central_weights=tuple(float(central[row, column]) for column in order) if first else (),
                confidence=float(confidence[row]) if first else None,
            )
        )
        pairs[key] = tuple(_pair(tally, row, place[other], other, task.draws) for other in shown if other != key)
    totals = None if tally.totals is None else tally.totals[[place[key] for key in shown]]
    return Drawn(
        acceptability=Acceptability(way=way.value, draws=task.draws, options=tuple(found)),
        pairwise=pairs,
        totals=totals,
    )


def _pair(tally: _Tally, row: int, column: int, than: str, draws: int) -> ScorePair:
    share = (int(tally.ahead[row, column]) + int(tally.level[row, column]) / 2) / draws
    return ScorePair(than=than, share=share, error=share_error(share, draws))


def drawn(
    appraisal: Appraisal,
    ways: Sequence[Way],
    options: Sequence[str],
    *,
    draws: int,
    seed: int,
    keep: bool = False,
    cancelled: Callable[[], bool] | None = None,
) -> Mapping[Way, Drawn]:
    """Draw weights and scores together, for each way of drawing weights on the same draws of scores.

    `options`: those that have a place; without any it is empty. `keep` keeps the totals of the first way. Raises
    Cancelled if asked to stop.
    """
    if not options:
        return {}
    options = tuple(sorted(options))
    criteria = tuple(sorted(criterion.id for criterion in appraisal.criteria))
    task = _Task(appraisal, tuple(ways), seed, draws, options, criteria, score_spreads(appraisal))
    tallies = [_Tally(len(options), len(criteria), draws, keep=keep and not number) for number in range(len(ways))]
    start = 0
    for number, count in chunks(draws):
        if cancelled is not None and cancelled():
            raise Cancelled
        source = Source(Chunk(seed, number, count))
        weighed = [_rows(draw_weights(appraisal, way, source), criteria, count) for way in ways]
        for tally, rows, totals in zip(tallies, weighed, _totals(task, source, weighed), strict=True):
            tally.take(totals, rows, start)
        start += count
    confidence = _confidence(task, np.stack([tally.central() for tally in tallies]))
    return {
        way: _drawn(task, way, tally, sure) for way, tally, sure in zip(task.ways, tallies, confidence, strict=True)
    }


def acceptability(appraisal: Appraisal, way: Way, draws: int, seed: int) -> Acceptability:
    """Rank acceptability, central weights and confidence of the options that have a place."""
    found = drawn(appraisal, (way,), ranked_options(appraisal), draws=draws, seed=seed)
    return found[way].acceptability if found else Acceptability(way=way.value, draws=draws, options=())
