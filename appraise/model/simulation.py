"""The draws: uncertain lines, constraints, price indices and funding, all options on the same draws (METHOD 10.4).

Draws are made in chunks; every chunk stands by itself, so threads change nothing. Inputs are whole numbers and so are
the pounds that they are multiplied by: their sums are exact, whatever order a machine adds them in.
"""

import threading
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import chain

import numpy as np

from appraise.model.cancelled import Cancelled
from appraise.model.columns import Column
from appraise.model.funding_draws import (
    ChunkGap,
    FundingWork,
    GapCount,
    collect_gap,
    empty_gaps,
    funding_rows,
    kinds_of,
)
from appraise.model.plan_parts import Plan
from appraise.model.plan_rows import Inputs, OptionRows, draw_option, option_rows
from appraise.model.remembered import Remembered
from appraise.model.samples import KEPT, Counted, Pence, Sample, YearDraws, midranks_twice
from appraise.model.streams import Streams, chunks
from appraise.model.uncertainty import Floats, Ranks, ranks_of

#: A sum over draws in pence must stay under this to be exact in 64 bits.
LARGEST_SUM = 2.0**63
#: Every whole number under this is a float, so that sums of whole pence are exact.
WHOLE = 2.0**53
#: Inputs whose ranks are multiplied at a time: as many as fit near the processor.
BLOCK = 16

# --- what is collected -------------------------------------------------------------------------------------


@dataclass(slots=True, kw_only=True)
class OptionDraws:
    """All draws of one option: net present cost and value, total cash, cash by year, gaps by scenario.

    `ranks` (inputs,) sums of products of ranks, for rank correlations; see `Draws.inputs`. `mirrored`: the value is
    the cost turned round in every draw.
    """

    npc: Sample
    npsv: Sample
    total: Sample
    cash: YearDraws
    gaps: list[GapCount]
    ranks: Floats
    mirrored: bool = False


@dataclass(slots=True, kw_only=True)
class Draws:
    """All draws. Counts over draws: `cheapest` (options, options) by how many tie for it, `highest` the same of NPSV,
    `cheaper` and `level` (options, options) pairs. `ranked` draws have ranks.
    """

    draws: int
    options: list[OptionDraws]
    cheapest: Pence
    highest: Pence
    cheaper: Pence
    level: Pence
    ranked: int = 0

    @property
    def npc(self) -> Pence:
        """Net present cost in pence (options, draws) of the draws that are kept."""
        return np.stack([option.npc.kept for option in self.options])


def _empty(plan: Plan, draws: int) -> Draws:
    inputs, size = len(plan.columns) + len(plan.indices), len(plan.options)
    kinds = kinds_of(plan)

    def pairs() -> Pence:
        return np.zeros((size, size), dtype=np.int64)

    return Draws(
        draws=draws,
        options=[
            OptionDraws(
                npc=Sample.empty(draws),
                npsv=Sample.empty(draws),
                total=Sample.empty(draws),
                cash=YearDraws.empty(plan.years, draws, kinds),
                gaps=empty_gaps(plan, number, draws, kinds),
                ranks=np.zeros(inputs),
            )
            for number in range(size)
        ],
        cheapest=pairs(),
        highest=pairs(),
        cheaper=pairs(),
        level=pairs(),
    )


# --- one chunk ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _ChunkOption:
    npc: Counted
    npsv: Counted
    total: Counted
    cash: Floats
    gaps: list[ChunkGap]
    ranks: Floats | None


@dataclass(frozen=True, slots=True)
class _Chunk:
    size: int
    options: list[_ChunkOption] = field(default_factory=list)
    cheapest: Pence | None = None
    highest: Pence | None = None
    cheaper: Pence | None = None
    level: Pence | None = None


class _Room(threading.local):
    """Room for the inputs of a chunk, one for each thread: asking for it anew costs as much as drawing a tenth."""

    def __init__(self) -> None:
        self.places = np.empty((0, 0))

    def of(self, rows: int, columns: int) -> Floats:
        """Room of a shape; what stood in it is overwritten by the next chunk."""
        if self.places.shape != (rows, columns):
            self.places = np.empty((rows, columns))
        return self.places


#: Draws up to which inputs are kept for the next run of the same, and how many inputs: some 16 MB.
FEW, FEW_INPUTS = 2_048, 1_024
_drawn = Remembered[Floats](most=FEW_INPUTS)


def _places(column: Column, streams: Streams) -> Floats:
    """Places of a column in a few draws, the very same array for the very same column."""

    def draw() -> Floats:
        into = np.empty(streams.count)
        column.draw(streams, into, None)
        return into

    return _drawn.of(draw, column, beside=streams.name)


def _draw_inputs(plan: Plan, streams: Streams, room: _Room, *, ranked: bool) -> Inputs:
    columns = len(plan.columns)
    places = room.of(columns, streams.count)
    ranks = np.empty((columns + len(plan.indices), streams.count), dtype=np.uint16) if ranked else None
    for number, column in enumerate(plan.columns):
        if ranks is None and streams.count <= FEW:
            places[number] = _places(column, streams)
        else:
            column.draw(streams, places[number], ranks[number] if ranks is not None else None)
    levels = []
    for number, index in enumerate(plan.indices):
        z = index.latent.draw(streams)
        levels.append(index.levels(z))
        if ranks is not None:
            ranks[columns + number] = ranks_of(z)
    return Inputs(places, levels, ranks)


def best_counts(values: Floats | Pence, *, highest: bool = False) -> Pence:
    """In how many draws each option (row) is best, by how many are: (options, options), one best in column 0."""
    best = values == (values.max(axis=0) if highest else values.min(axis=0))
    tied = best.sum(axis=0)
    size = len(values)
    found = np.zeros((size, size), dtype=np.int64)
    for option in range(size):
        found[option] = np.bincount(tied[best[option]] - 1, minlength=size)
    return found


def _pairs(values: Floats) -> tuple[Pence, Pence]:
    """In how many draws each option (row) costs less than each other one (column), and as much."""
    size = len(values)
    less, level = np.zeros((size, size), dtype=np.int64), np.zeros((size, size), dtype=np.int64)
    for one in range(size):
        for other in range(one + 1, size):
            less[one, other] = np.count_nonzero(values[one] < values[other])
            level[one, other] = level[other, one] = np.count_nonzero(values[one] == values[other])
            less[other, one] = values.shape[1] - less[one, other] - level[one, other]
    return less, level


@dataclass(frozen=True, slots=True)
class _Work:
    """All that a chunk needs. `annuities`: what net present costs are divided by to be compared, None: nothing.

    `ranked`: draws that have ranks. `yearly`: cash by year is drawn.
    """

    plan: Plan
    numbers: tuple[OptionRows, ...]
    funding: FundingWork
    into: Draws
    seed: int
    annuities: Floats | None
    ranked: int
    yearly: bool
    room: _Room

    def chunk(self, number: int, size: int, start: int) -> _Chunk:
        """Draw one chunk."""
        streams = Streams(self.seed, number, size)
        inputs = _draw_inputs(self.plan, streams, self.room, ranked=start < self.ranked)
        years = self.plan.years if self.yearly else 0
        options, rows, npc, npsv = [], [], [], []
        for option, into in zip(self.numbers, self.into.options, strict=True):
            drawn = draw_option(self.plan.years, option, inputs, yearly=self.yearly)
            rows.append(drawn)
            npc.append(drawn[years])
            npsv.append(-drawn[years] if option.mirrored else drawn[-1])
            options.append(self._collected(drawn[:years], npc[-1], npsv[-1], into, first=number == 0))
        if self.plan.scenarios:
            gaps = self.funding.chunk(streams, inputs, rows, start)
            options = [replace(one, gaps=found) for one, found in zip(options, gaps, strict=True)]
            self._refuse(max(gap.largest for found in gaps for gap in found))
        if inputs.ranks is not None:
            options = self._with_ranks(options, inputs.ranks, npc)
        compared = np.array(npc)
        if self.annuities is not None:
            compared /= self.annuities[:, np.newaxis]
        less, level = _pairs(compared)
        return _Chunk(
            size,
            options,
            cheapest=best_counts(compared),
            highest=best_counts(np.array(npsv), highest=True),
            cheaper=less,
            level=level,
        )

    def _refuse(self, largest: float) -> None:
        """Raises OverflowError where sums of pence as large as this would not be exact."""
        if largest >= WHOLE or largest * self.into.draws >= LARGEST_SUM:
            raise OverflowError

    def _collected(self, cash: Floats, npc: Floats, npsv: Floats, into: OptionDraws, *, first: bool) -> _ChunkOption:
        """What a chunk adds to an option; the first one, which is drawn alone, sets the bins of samples."""
        total = np.add.reduce(cash, axis=0)  # whole pence under 2 ** 53: exact in any order
        rows = (npc, npsv, *((cash, total) if self.yearly else ()))
        self._refuse(max(max(float(row.max()), -float(row.min())) for row in rows))
        if first:
            for sample, values in ((into.npc, npc), (into.npsv, npsv), (into.total, total)):
                sample.reach_for(values)
        return _ChunkOption(
            npc=into.npc.counted(npc),
            npsv=into.npsv.counted(npsv),
            total=into.total.counted(total),
            cash=cash,
            gaps=[],
            ranks=None,
        )

    @staticmethod
    def _with_ranks(options: list[_ChunkOption], ranks: Ranks, npc: list[Floats]) -> list[_ChunkOption]:
        """Sums of products of ranks, all whole numbers under 2 ** 53, over the standard deviation of the cost's."""
        theirs = np.stack([midranks_twice(one) - (len(one) - 1) for one in npc])
        spread = np.sqrt((theirs * theirs).sum(axis=1) / theirs.shape[1])
        blocks = [ranks[start : start + BLOCK].astype(np.float64) @ theirs.T for start in range(0, len(ranks), BLOCK)]
        sums = np.ascontiguousarray(np.concatenate(blocks).T) if blocks else np.zeros((len(npc), 0))
        sums /= np.where(spread > 0, spread, np.inf)[:, np.newaxis]
        return [replace(one, ranks=row) for one, row in zip(options, sums, strict=True)]


def _collect(into: Draws, drawn: _Chunk, start: int) -> None:
    for counted, option in zip(into.options, drawn.options, strict=True):
        counted.npc.add(option.npc, start)
        counted.npsv.add(option.npsv, start)
        counted.total.add(option.total, start)
        if len(option.cash):
            counted.cash.add(option.cash, start)
        for gap, found in zip(counted.gaps, option.gaps, strict=True):
            collect_gap(gap, found, start)
        if option.ranks is not None:
            counted.ranks += option.ranks
    if drawn.options and drawn.options[0].ranks is not None:
        into.ranked += drawn.size
    for name in ("cheapest", "highest", "cheaper", "level"):
        found = getattr(drawn, name)
        if found is not None:
            getattr(into, name)[...] += found


# --- all chunks --------------------------------------------------------------------------------------------


def simulate(
    plan: Plan,
    *,
    seed: int,
    draws: int,
    threads: int,
    annuities: Floats | None = None,
    ranked: bool = False,
    yearly: bool = True,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Draws:
    """Draw everything. The answer is the same for any number of threads.

    `annuities` divide net present costs before they are compared, where lives differ. `ranked`: ranks are taken of
    the first 100,000 draws. Raises Cancelled, and OverflowError where sums over draws in whole pence would pass 64
    bits, or pence of one draw 53.
    """
    numbers = tuple(option_rows(plan, option, yearly=yearly) for option in plan.options)
    into = _empty(plan, draws)
    for option, number in zip(into.options, numbers, strict=True):
        option.mirrored = number.mirrored
    funding = FundingWork(plan, funding_rows(plan, numbers), [option.gaps for option in into.options])
    work = _Work(plan, numbers, funding, into, seed, annuities, KEPT if ranked else 0, yearly, _Room())
    parts = chunks(draws)
    size = parts[0][1]

    def one(chunk: int, count: int) -> tuple[int, _Chunk]:
        if cancelled is not None and cancelled():
            raise Cancelled
        return chunk, work.chunk(chunk, count, chunk * size)

    first = one(*parts[0])  # the others count between the ends that it sets
    if threads <= 1 or len(parts) == 1:
        _gather(into, chain([first], (one(chunk, count) for chunk, count in parts[1:])), size, len(parts), progress)
        return into
    with ThreadPoolExecutor(max_workers=threads) as pool:
        rest = _in_turn(pool, one, parts[1:], 2 * threads)
        _gather(into, chain([first], rest), size, len(parts), progress)
    return into


def _in_turn(
    pool: ThreadPoolExecutor,
    work: Callable[[int, int], tuple[int, _Chunk]],
    parts: Sequence[tuple[int, int]],
    most: int,
) -> Iterable[tuple[int, _Chunk]]:
    """Chunks in their order, no more than so many at work or waiting: memory does not grow with the draws."""
    waiting: deque[Future[tuple[int, _Chunk]]] = deque()
    try:
        for chunk, count in parts:
            waiting.append(pool.submit(work, chunk, count))
            if len(waiting) >= most:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()


def _gather(
    into: Draws,
    results: Iterable[tuple[int, _Chunk]],
    size: int,
    parts: int,
    progress: Callable[[float], None] | None,
) -> None:
    """Collect chunks as they come, which is in their order: sums of squares are not whole numbers."""
    for done, (chunk, drawn) in enumerate(results, start=1):
        _collect(into, drawn, chunk * size)
        if progress is not None:
            progress(done / parts)


def draw_costs(plan: Plan, *, seed: int, draws: int) -> Floats:
    """Net present costs in pence (options, draws) of the first chunk and nothing else."""
    numbers = [option_rows(plan, option, yearly=False) for option in plan.options]
    inputs = _draw_inputs(plan, Streams(seed, 0, draws), _Room(), ranked=False)
    return np.stack([draw_option(plan.years, option, inputs, yearly=False)[0] for option in numbers])
