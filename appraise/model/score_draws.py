"""Weights and scores as they are drawn for SMAA (METHOD 9.2, number 4): what is said of them, and random numbers.

Every swing, weight and score has its own stream, keyed by its id (`model.streams`), so that the order of options,
criteria and branches changes no draw. Weights that are uniform on the simplex are normalised exponentials: numbers
that are uniform and then normalised crowd the middle (METHOD 9.2). Sources: Lahdelma and Salminen, SMAA-2, Operations
Research 49 (2001); Tervonen and Lahdelma, European Journal of Operational Research 178 (2007); Devroye, Non-uniform
random variate generation (1986), for the simplex.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import groupby

import numpy as np

from appraise.model.appraisal.criteria import Answers, Asking, Branch, Criterion, Measured
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.workshop import Assessor, Interest
from appraise.model.remembered import Remembered
from appraise.model.scoring import COMPARED, answered, reference_swing, swings
from appraise.model.streams import Streams
from appraise.model.uncertainty import Floats, Words
from appraise.model.value import BEST, WORST, has_scale, in_order, points_of

#: Of so few draws or fewer, numbers are kept between calls: whoever drags a swing draws nothing again.
KEPT_DRAWS = 4_096
KEPT_STREAMS, KEPT_OPTIONS = 256, 16
#: So many words of 32 bits there are.
WORDS = 2.0**32


class Way(StrEnum):
    """How weights are drawn (see `score_results.Acceptability`)."""

    ELICITED = "elicited"
    RANKS = "ranks"
    ANY = "any"


# --- what is said of swings and scores ---------------------------------------------------------------------


def _range(low: float | None, value: float, high: float | None, doubt: float) -> tuple[float, float]:
    """A range as said, widened to hold the value; without one as far as the doubt goes, from 0 to 100."""
    if low is None and high is None:
        return max(WORST, value - doubt), min(BEST, value + doubt)
    return min(value, low if low is not None else value), max(value, high if high is not None else value)


def yardstick(appraisal: Appraisal, answer: Criterion | Branch) -> float:
    """The swing beside which this one is rated: the largest of all; branch by branch the reference's inside its branch.

    Without a reference it is the largest inside the branch; among branches it is the largest branch swing.
    """
    if isinstance(answer, Branch):
        return max(one.swing for one in appraisal.branches)
    if appraisal.weighting.asking is Asking.BY_BRANCH:
        return reference_swing(appraisal, answer.branch)
    return max(one.swing for one in appraisal.criteria)


def _is_reference(appraisal: Appraisal, answer: Criterion | Branch) -> bool:
    """Whether it is named as the yardstick inside its branch."""
    if isinstance(answer, Branch) or appraisal.weighting.asking is Asking.TOGETHER:
        return False
    return any(one.id == answer.branch and one.reference == answer.id for one in appraisal.branches)


def swing_range(appraisal: Appraisal, answer: Criterion | Branch) -> tuple[float, float]:
    """Between which swings an answer is drawn, as entered.

    As said; else the doubt of the weighting either way, but what is level with its yardstick is held and a swing of 0
    stays 0. The reference of a branch is the yardstick inside it and is always held.
    """
    said = answer.swing_low is not None or answer.swing_high is not None
    held = not said and (not answered(answer.swing) or answer.swing == yardstick(appraisal, answer))
    if held or _is_reference(appraisal, answer):
        return answer.swing, answer.swing
    return _range(answer.swing_low, answer.swing, answer.swing_high, appraisal.weighting.doubt)


def effective_range(appraisal: Appraisal, criterion: Criterion) -> tuple[float, float]:
    """Between which effective swings (see `scoring.swings`) a criterion is drawn; from ranks its swing alone."""
    if appraisal.weighting.answers is Answers.RANKS:
        own = swings(appraisal)[criterion.id]
        return own, own
    low, high = swing_range(appraisal, criterion)
    if appraisal.weighting.asking is Asking.TOGETHER:
        return low, high
    branch = next((one for one in appraisal.branches if one.id == criterion.branch), None)
    unit = reference_swing(appraisal, criterion.branch)
    if branch is None or not unit:
        return 0.0, 0.0
    least, most = swing_range(appraisal, branch)
    return least * low / unit, most * high / unit


@dataclass(frozen=True, slots=True)
class ScoreSpread:
    """A score as it is drawn: a triangle from `low` over `likely` to `high`, then `knots` of the value function.

    `knots` are (measure, points), rising in measure; without them the draw itself is in points.
    """

    low: float
    likely: float
    high: float
    knots: tuple[tuple[float, float], ...] = ()

    @property
    def held(self) -> float | None:
        """The points of a score that is not drawn."""
        if self.low < self.high:
            return None
        if not self.knots:
            return self.likely
        return float(np.interp(self.likely, *np.array(self.knots).T))


Cell = tuple[str, str]
_mark_ranges: Remembered[Mapping[Cell, tuple[float, float]]] = Remembered(4)


def mark_ranges(assessors: tuple[Assessor, ...]) -> Mapping[Cell, tuple[float, float]]:
    """Lowest and highest mark by (option, criterion), as entered, of the assessors who do not stand aside."""

    def make() -> Mapping[Cell, tuple[float, float]]:
        found: dict[Cell, tuple[float, float]] = {}
        for assessor in assessors:
            for mark in assessor.marks if assessor.interest is not Interest.STANDS_ASIDE else ():
                low, high = found.get((mark.option, mark.criterion), (mark.value, mark.value))
                found[mark.option, mark.criterion] = min(low, mark.value), max(high, mark.value)
        return found

    return _mark_ranges.of(make, assessors)


def score_spreads(appraisal: Appraisal) -> Mapping[Cell, ScoreSpread]:
    """How each score of record is drawn, by (option, criterion).

    Over its own range, as entered and widened to hold the score. Without one in points: from the lowest to the highest
    mark of assessors, and at least the doubt of the weighting either way. So nobody's marks alone make a score sure.
    """
    doubt, marks = appraisal.weighting.score_doubt, mark_ranges(appraisal.workshop.assessors)
    scales = {criterion.id: criterion for criterion in appraisal.criteria if has_scale(criterion)}
    found = {}
    for score in appraisal.scores:
        criterion, cell = scales.get(score.criterion), (score.option, score.criterion)
        if criterion is None:
            continue
        if score.low is None and score.high is None:
            given = [points_of(criterion, mark) for mark in marks.get(cell, ())]
            found[cell] = _in_points(points_of(criterion, score.value), given, doubt)
        else:
            least, most = _range(score.low, score.value, score.high, doubt)
            measured = criterion.measured is Measured.MEASURE
            knots = tuple((one.measure, one.value) for one in in_order(criterion.points) if measured)
            found[cell] = ScoreSpread(least, score.value, most, knots)
    return found


def _in_points(points: float, given: Sequence[float], doubt: float) -> ScoreSpread:
    """Over the points of all marks `given`, and at least as far as the doubt goes, from 0 to 100."""
    least, most = _range(None, points, None, doubt)
    return ScoreSpread(min(least, *given) if given else least, points, max(most, *given) if given else most)


# --- random numbers ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Chunk:
    """Which numbers of every stream are drawn: the first `count` of its part `number`."""

    seed: int
    number: int
    count: int

    def streams(self) -> Streams:
        """Random words by key."""
        return Streams(self.seed, self.number, self.count)


class Source:
    """Uniform numbers of a chunk by key, from 0 to 1 without the ends; few are kept for the next call."""

    def __init__(self, chunk: Chunk) -> None:
        self.chunk = chunk
        self._streams = chunk.streams()

    def words(self, key: str) -> Words:
        """Random words of 32 bits."""
        return self._streams.words(key)

    def uniforms(self, key: str) -> Floats:
        """Not to be changed."""
        if self.chunk.count <= KEPT_DRAWS:
            return _kept_uniforms(key, self.chunk)
        return _uniforms(self.words(key))

    def exponentials(self, key: str) -> Floats:
        """Exponential numbers of mean 1: -log of uniform ones."""
        return np.asarray(-np.log(self.uniforms(key)))


def _uniforms(words: Words) -> Floats:
    found = words.astype(np.float64)
    found += 0.5
    found /= WORDS
    return found


@lru_cache(maxsize=KEPT_STREAMS)
def _kept_uniforms(key: str, chunk: Chunk) -> Floats:
    found = _uniforms(chunk.streams().words(key))
    found.flags.writeable = False
    return found


# --- scores ------------------------------------------------------------------------------------------------


class Room:
    """Room for the numbers of a chunk on their way, so that none has to be found for every score."""

    def __init__(self, count: int) -> None:
        self.rising = np.empty(count)
        self.falling = np.empty(count)


def _triangular(words: Words, spread: ScoreSpread, room: Room) -> Floats:
    """Quantiles of a triangle: l + sqrt(u (h - l)(m - l)) to u = (m - l)/(h - l), h - sqrt((1 - u)(h - l)(h - m)).

    Without asking which: the first there or at u, plus the second there or at u, less m. u counts in words.
    """
    width, rise, fall = spread.high - spread.low, spread.likely - spread.low, spread.high - spread.likely
    rising, falling = room.rising, room.falling
    rising[:] = words
    np.maximum(rising, WORDS * rise / width, out=falling)
    np.minimum(rising, WORDS * rise / width, out=rising)
    rising *= width * rise / WORDS
    np.sqrt(rising, out=rising)
    np.subtract(WORDS, falling, out=falling)
    falling *= width * fall / WORDS
    np.sqrt(falling, out=falling)
    rising -= falling
    rising += spread.low + fall
    return rising


def _points(words: Words, spread: ScoreSpread, room: Room) -> Floats:
    drawn = _triangular(words, spread, room)
    if not spread.knots:
        return drawn
    measures, values = np.array(spread.knots).T
    return np.asarray(np.interp(drawn, measures, values))


def draw_points(source: Source, room: Room, cell: Cell, spread: ScoreSpread) -> Floats | float:
    """Points of a score in every draw of a chunk, in `room` until the next score is drawn; one number if it is held."""
    held = spread.held
    return _points(source.words(f"score|{cell[0]}|{cell[1]}"), spread, room) if held is None else held


def draw_option(source: Source, option: str, spreads: Sequence[tuple[str, ScoreSpread]]) -> Floats:
    """Points of an option's scores, (criterion, spread), as criteria x draws. Not to be changed."""
    if source.chunk.count <= KEPT_DRAWS:
        return _kept_option(source.chunk, option, tuple(spreads))
    return _option(source, option, spreads)


def _option(source: Source, option: str, spreads: Sequence[tuple[str, ScoreSpread]]) -> Floats:
    found, room = np.empty((len(spreads), source.chunk.count)), Room(source.chunk.count)
    for place, (criterion, spread) in enumerate(spreads):
        found[place] = draw_points(source, room, (option, criterion), spread)
    return found


@lru_cache(maxsize=KEPT_OPTIONS)
def _kept_option(chunk: Chunk, option: str, spreads: tuple[tuple[str, ScoreSpread], ...]) -> Floats:
    found = _option(Source(chunk), option, spreads)
    found.flags.writeable = False
    return found


# --- weights -----------------------------------------------------------------------------------------------

#: Weights or swings by id, each a number for every draw.
Columns = Mapping[str, Floats]


def _normalised(columns: Columns) -> Columns:
    """Columns over their sum, draw by draw; the sum is taken in the order of ids."""
    whole = sum((columns[key] for key in sorted(columns)), np.float64(0.0))
    return {key: column / whole for key, column in columns.items()}


def _simplex(source: Source, kind: str, ids: Sequence[str]) -> Columns:
    """Uniform on the simplex: exponentials over their sum."""
    return _normalised({key: source.exponentials(f"{kind}|{key}") for key in ids})


def _ordered_simplex(source: Source, kind: str, order: Mapping[str, float]) -> Columns:
    """Uniform on the part of the simplex where weights fall with `order` (the smallest first); no order between equals.

    It is a simplex too, with the vertices (1), (1/2, 1/2), (1/3, 1/3, 1/3) ...: w_k = sum from i = k of e_i / i.
    """
    ranked = sorted(order, key=lambda key: (order[key], key))
    shares = [source.exponentials(f"{kind}-place|{place}") for place in range(1, len(ranked) + 1)]
    whole = sum(shares, np.float64(0.0))
    falling: list[Floats] = []
    tail: Floats = np.zeros(source.chunk.count)
    for place in range(len(ranked), 0, -1):
        tail = tail + shares[place - 1] / place
        falling.append(tail / whole)
    falling.reverse()
    found: dict[str, Floats] = {}
    for _, equal in groupby(ranked, key=lambda key: order[key]):
        keys = list(equal)
        found |= _shuffled(source, kind, keys, falling[len(found) : len(found) + len(keys)])
    return found


def _shuffled(source: Source, kind: str, keys: list[str], columns: list[Floats]) -> Columns:
    """Columns given to keys in an order that is drawn anew in every draw."""
    if len(keys) == 1:
        return {keys[0]: columns[0]}
    order = np.argsort(np.stack([source.uniforms(f"{kind}-tie|{key}") for key in keys]), axis=0, kind="stable")
    mixed = np.empty(order.shape)
    np.put_along_axis(mixed, order, np.stack(columns), axis=0)
    return dict(zip(keys, mixed, strict=True))


def _between(source: Source, key: str, low: float, high: float) -> Floats:
    """Uniform between two ends."""
    if low >= high:
        return np.full(source.chunk.count, low)
    return low + (high - low) * source.uniforms(key)


def _within_branches(across: Columns, inside: Mapping[str, Columns]) -> Columns:
    """Weight of the branch times weight inside it."""
    return {key: across[branch] * column for branch, leaves in inside.items() for key, column in leaves.items()}


def _from_points(appraisal: Appraisal, source: Source) -> Columns:
    """Swings drawn between their ends, then normalised."""
    drawn: dict[str, Floats] = {}
    by_branch = appraisal.weighting.asking is Asking.BY_BRANCH
    across = {
        branch.id: _between(source, f"branch-swing|{branch.id}", *swing_range(appraisal, branch))
        for branch in appraisal.branches
        if by_branch
    }
    for criterion in appraisal.criteria:
        swing = _between(source, f"swing|{criterion.id}", *swing_range(appraisal, criterion))
        if by_branch:
            unit = reference_swing(appraisal, criterion.branch)
            swing = across[criterion.branch] * swing / unit if unit and criterion.branch in across else swing * 0.0
        drawn[criterion.id] = swing
    return _normalised(drawn)


def _branches(appraisal: Appraisal, ids: Sequence[str]) -> Mapping[str, list[str]]:
    """The ids of criteria by branch; branches without any are left out."""
    found: dict[str, list[str]] = {}
    for criterion in appraisal.criteria:
        if criterion.id in ids:
            found.setdefault(criterion.branch, []).append(criterion.id)
    return found


def _from_order(appraisal: Appraisal, source: Source) -> Columns:
    """Weights in the order of moves: of ranks where people gave these, else of effective swings; 0 stays 0."""
    if appraisal.weighting.answers is Answers.POINTS:
        order = {key: -round(swing, COMPARED) for key, swing in swings(appraisal).items() if swing}
        return _ordered_simplex(source, "weight", order)
    ranks: dict[str, float] = {one.id: one.rank for one in appraisal.criteria if one.rank > 0}
    if appraisal.weighting.asking is Asking.TOGETHER:
        return _ordered_simplex(source, "weight", ranks)
    said = {branch.id: branch.rank for branch in appraisal.branches if branch.rank > 0}
    leaves = {branch: keys for branch, keys in _branches(appraisal, list(ranks)).items() if branch in said}
    across = _ordered_simplex(source, "branch-weight", {branch: said[branch] for branch in leaves})
    inside = {
        branch: _ordered_simplex(source, f"weight-in|{branch}", {key: ranks[key] for key in keys})
        for branch, keys in leaves.items()
    }
    return _within_branches(across, inside)


def _of_any_kind(appraisal: Appraisal, source: Source) -> Columns:
    """All weights alike; branch by branch those of branches and those inside them."""
    ids = [criterion.id for criterion in appraisal.criteria]
    if appraisal.weighting.asking is Asking.TOGETHER:
        return _simplex(source, "weight", ids)
    leaves = _branches(appraisal, ids)
    across = _simplex(source, "branch-weight", list(leaves))
    return _within_branches(across, {branch: _simplex(source, "weight", keys) for branch, keys in leaves.items()})


def draw_weights(appraisal: Appraisal, way: Way, source: Source) -> Columns:
    """Weights of criteria by id in every draw of a chunk; those that are always 0 are left out or all 0."""
    if way is Way.ANY:
        return _of_any_kind(appraisal, source)
    if way is Way.RANKS or appraisal.weighting.answers is Answers.RANKS:
        return _from_order(appraisal, source)
    return _from_points(appraisal, source)
