"""The draws: uncertain lines, constraints, price indices and funding, all options on the same draws (METHOD 10.4).

Draws are made in chunks; every chunk stands by itself, so threads change nothing. Inputs are whole numbers and so are
the pounds that they are multiplied by: their sums are exact, whatever order a machine adds them in.
"""

import threading
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from math import frexp

import numpy as np
import numpy.typing as npt

from appraise.model.cancelled import Cancelled
from appraise.model.columns import SCALE, Column
from appraise.model.funding import share_kept
from appraise.model.index_levels import levels_over
from appraise.model.plan import Flows, OptionPlan, Plan, ScenarioPlan
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
#: Two numbers are the same if they differ by no more than this share, which comes from rounding.
SAME = 1e-13
#: Pounds by which inputs are multiplied are whole numbers of steps, 2 ** 31 of them in all that a row can move by:
#: with places of 21 bits their sums stay whole in the 53 bits of a float.
STEPS = 31


# --- the plan as numbers -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Rows:
    """Some rows of money as a product: pence = certain + factors @ places of columns.

    `which` are the places of the columns.
    """

    which: npt.NDArray[np.intp]
    factors: Floats
    certain: Floats

    def draw(self, places: Floats) -> Floats:
        """Pence (rows, draws)."""
        if not len(self.which):
            return np.repeat(self.certain[:, np.newaxis], places.shape[1], axis=1)
        found = self.factors @ self._chosen(places)
        found += self.certain[:, np.newaxis]
        return np.asarray(found, dtype=np.float64)

    def _chosen(self, places: Floats) -> Floats:
        """The places of the columns: a view where they stand side by side."""
        first, count = int(self.which[0]), len(self.which)
        if np.array_equal(self.which, np.arange(first, first + count)):
            return places[first : first + count]
        return places.take(self.which, axis=0)


def in_order(values: Floats, axis: int = 0) -> Floats:
    """Sums along an axis from first to last: the same bits everywhere, unlike sums in blocks."""
    if not values.shape[axis]:
        return np.zeros(np.delete(values.shape, axis))
    return np.asarray(np.add.accumulate(values, axis=axis).take(-1, axis=axis), dtype=np.float64)


def _steps(pence: Floats) -> Floats:
    """Rows of pence for each place of a column, rounded to whole steps: a 2 ** 31st of what the row can move by."""
    reach = in_order(np.abs(pence), axis=1)
    step = np.array([2.0 ** (frexp(one)[1] - STEPS) if one else 1.0 for one in reach.tolist()])[:, np.newaxis]
    return np.asarray(np.rint(pence / step) * step / SCALE, dtype=np.float64)


def _rows(plan: Plan, certain: Floats, terms: Sequence[tuple[int, Floats]]) -> _Rows:
    """Rows of pounds: what is certain, and for each term its column and pounds for one unit of it."""
    columns = [plan.columns[column] for column, _ in terms]
    pounds = np.array([row for _, row in terms], dtype=np.float64).reshape(len(terms), len(certain)).T
    bottom = np.array([column.bottom for column in columns])
    width = np.array([column.top for column in columns]) - bottom
    base = (certain + in_order(pounds * bottom, axis=1)) * 100
    pence = pounds * width * 100
    which = np.array([column for column, _ in terms], dtype=np.intp)
    return _Rows(which, _steps(pence), base)


@dataclass(frozen=True, slots=True)
class _Option:
    """An option as numbers. `plain`: rows of cash by year, NPC, NPSV that follow no uncertain index.

    `moving`: what follows each uncertain index. `mirrored`: NPSV is NPC turned round, as it is without benefits to
    others, and has no rows.
    """

    plain: _Rows
    moving: tuple["_Moving", ...]
    mirrored: bool


@dataclass(frozen=True, slots=True)
class _Moving:
    """What follows an uncertain index: rows by year of cash, then of NPC and of NPSV where they are needed.

    `discount`: by year what cash is multiplied by to get net present cost, where all money of the option that follows
    the index has the same; then only cash has rows. None: every kind has its own.
    """

    index: int
    rows: _Rows
    discount: tuple[float, ...] | None


def _by_year(flows: Flows, kinds: int) -> Floats:
    return flows.rows[[2, 0, 1][:kinds]].ravel()


#: Sums of flows that an edit has left as they were, and whether what counts in them for society is the cost alone.
_sums, _turned = Remembered[Floats](), Remembered[bool]()


def _summed(flows: Flows, *, mirrored: bool, yearly: bool) -> Floats:
    def made() -> Floats:
        sums = in_order(flows.rows[: 1 if mirrored else 2], axis=1)
        return np.concatenate((flows.cash, sums)) if yearly else sums

    return _sums.of(made, flows, beside=(mirrored, yearly))


def _discount(flows: Sequence[Flows]) -> tuple[float, ...] | None:
    """By year net present cost over cash, if it is the same in all flows but for the last digits."""
    cash, npc = np.array([one.cash for one in flows]), np.array([one.npc for one in flows])
    whole = in_order(np.abs(cash))
    ratio = np.divide(in_order(npc * np.sign(cash)), whole, out=np.zeros_like(whole), where=whole > 0)
    same = np.abs(npc - cash * ratio) <= SAME * np.abs(npc)
    return tuple(ratio.tolist()) if same.all() else None


def _is_mirrored(option: OptionPlan) -> bool:
    """Whether all that counts for society counts in the net present cost, too."""
    flows = (*option.certain.values(), *(term.flows for term in option.terms))
    return all(_turned.of(partial(_is_turned, one), one) for one in flows)


def _is_turned(flows: Flows) -> bool:
    return bool((flows.npsv == -flows.npc).all())


def _option_numbers(plan: Plan, option: OptionPlan, *, yearly: bool) -> _Option:
    """`yearly`: cash by year is wanted, too."""
    mirrored = _is_mirrored(option)
    zero = Flows(np.zeros((3, plan.years)))
    plain = _rows(
        plan,
        _summed(option.certain.get(-1, zero), mirrored=mirrored, yearly=yearly),
        [
            (term.column, _summed(term.flows, mirrored=mirrored, yearly=yearly))
            for term in option.terms
            if term.index < 0
        ],
    )
    moving = []
    used = {term.index for term in option.terms} | set(option.certain)
    for index in sorted(place for place in used if place >= 0):
        terms = [term for term in option.terms if term.index == index]
        certain = option.certain.get(index, zero)
        discount = _discount([certain, *(term.flows for term in terms)]) if mirrored else None
        kinds = 1 if discount is not None else 2 if mirrored else 3
        moved = [(term.column, _by_year(term.flows, kinds)) for term in terms]
        moving.append(_Moving(index, _rows(plan, _by_year(certain, kinds), moved), discount))
    return _Option(plain=plain, moving=tuple(moving), mirrored=mirrored)


# --- what is collected -------------------------------------------------------------------------------------


@dataclass(slots=True, kw_only=True)
class GapCount:
    """One option in one scenario, sums over draws by year: pence that are missing, draws that are short."""

    first: YearDraws
    gap: Pence
    short: Pence
    any_short: int = 0


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
    `cheaper` and `level` (options, options) pairs; `money` pence that arrive by scenario and year, `money_squares` of
    pounds. `ranked` draws have ranks, in chunks with `rank_weight` in all.
    """

    draws: int
    options: list[OptionDraws]
    cheapest: Pence
    highest: Pence
    cheaper: Pence
    level: Pence
    money: Pence
    money_squares: Floats
    ranked: int = 0

    @property
    def npc(self) -> Pence:
        """Net present cost in pence (options, draws) of the draws that are kept."""
        return np.stack([option.npc.kept for option in self.options])


def _empty(plan: Plan, draws: int) -> Draws:
    inputs, size = len(plan.columns) + len(plan.indices), len(plan.options)
    kinds = size * (1 + len(plan.scenarios))

    def none_by_year() -> Pence:
        return np.zeros(plan.years, dtype=np.int64)

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
                gaps=[
                    GapCount(
                        first=YearDraws.empty(plan.years, draws, kinds),
                        gap=none_by_year(),
                        short=none_by_year(),
                    )
                    for _ in plan.scenarios
                ],
                ranks=np.zeros(inputs),
            )
            for _ in plan.options
        ],
        cheapest=pairs(),
        highest=pairs(),
        cheaper=pairs(),
        level=pairs(),
        money=np.zeros((len(plan.scenarios), plan.years), dtype=np.int64),
        money_squares=np.zeros((len(plan.scenarios), plan.years)),
    )


# --- one chunk ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _ChunkGap:
    need: Floats
    gap: Pence
    short: Pence
    any_short: int


@dataclass(frozen=True, slots=True)
class _ChunkOption:
    npc: Counted
    npsv: Counted
    total: Counted
    cash: Floats
    gaps: list[_ChunkGap]
    ranks: Floats | None


@dataclass(frozen=True, slots=True)
class _Chunk:
    size: int
    options: list[_ChunkOption] = field(default_factory=list)
    cheapest: Pence | None = None
    highest: Pence | None = None
    cheaper: Pence | None = None
    level: Pence | None = None
    money: Pence | None = None
    money_squares: Floats | None = None


@dataclass(frozen=True, slots=True)
class _Inputs:
    """What is drawn in a chunk: places of columns, levels of uncertain indices, ranks of both if asked for."""

    places: Floats
    levels: list[Floats]
    ranks: Ranks | None


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


def _draw_inputs(plan: Plan, streams: Streams, room: _Room, *, ranked: bool) -> _Inputs:
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
        levels.append(levels_over(index.rises, index.extra.at(z)))
        if ranks is not None:
            ranks[columns + number] = ranks_of(z)
    return _Inputs(places, levels, ranks)


def _draw_option(plan: Plan, option: _Option, inputs: _Inputs, *, yearly: bool) -> Floats:
    """Pence (rows, draws): cash by year if asked for, net present cost, and NPSV if it is not that turned round."""
    years, sums = plan.years, plan.years if yearly else 0
    found = option.plain.draw(inputs.places)
    part = np.empty(found.shape[1])
    for moving in option.moving:
        drawn = moving.rows.draw(inputs.places)
        for year, level in enumerate(inputs.levels[moving.index]):
            np.multiply(drawn[year], level, out=part)
            if yearly:
                found[year] += part
            if moving.discount is not None:
                part *= moving.discount[year]
                found[sums] += part
            for kind in range(1, len(drawn) // years):
                found[sums + kind - 1] += np.multiply(drawn[kind * years + year], level, out=part)
    return np.rint(found, out=found)


def _draw_money(plan: Plan, scenario: ScenarioPlan, streams: Streams) -> Floats:
    """Pence that arrive, (years, draws)."""
    kept = share_kept(scenario.boundaries, restored=scenario.restored, years=plan.years, streams=streams)
    money = np.empty((plan.years, streams.count))
    for year, share in enumerate(kept):
        money[year] = scenario.settled[year] if share is None else scenario.settled[year] * share
    money *= 100
    return np.rint(money, out=money)


def _squares(pence: Floats) -> Floats:
    """Sums of squares of pounds (rows, draws) by row, first to last."""
    pounds = pence / 100
    pounds *= pounds
    return in_order(pounds, axis=1)


def _draw_gap(cash: Floats, money: Floats) -> _ChunkGap:
    need = cash - money
    short = need > 0
    return _ChunkGap(
        need=need,
        gap=np.maximum(need, 0).astype(np.int64).sum(axis=1),
        short=np.count_nonzero(short, axis=1).astype(np.int64),
        any_short=int(np.count_nonzero(short.any(axis=0))),
    )


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
    numbers: tuple[_Option, ...]
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
        money = [_draw_money(self.plan, scenario, streams) for scenario in self.plan.scenarios]
        years = self.plan.years if self.yearly else 0
        options, npc, npsv = [], [], []
        for option, into in zip(self.numbers, self.into.options, strict=True):
            drawn = _draw_option(self.plan, option, inputs, yearly=self.yearly)
            npc.append(drawn[years])
            npsv.append(-drawn[years] if option.mirrored else drawn[-1])
            options.append(self._collected(drawn[:years], npc[-1], npsv[-1], into, money, first=number == 0))
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
            money=np.array([one.astype(np.int64).sum(axis=1) for one in money], dtype=np.int64).reshape(
                self.into.money.shape
            ),
            money_squares=np.array([_squares(one) for one in money]).reshape(self.into.money.shape),
        )

    def _collected(
        self, cash: Floats, npc: Floats, npsv: Floats, into: OptionDraws, money: Sequence[Floats], *, first: bool
    ) -> _ChunkOption:
        """What a chunk adds to an option; the first one, which is drawn alone, sets the bins of samples."""
        total = np.add.reduce(cash, axis=0)  # whole pence under 2 ** 53: exact in any order
        rows = (npc, npsv, *((cash, total) if self.yearly else ()), *money)
        largest = max(max(float(row.max()), -float(row.min())) for row in rows)
        if largest >= WHOLE or largest * self.into.draws >= LARGEST_SUM:
            raise OverflowError
        if first:
            for sample, values in ((into.npc, npc), (into.npsv, npsv), (into.total, total)):
                sample.reach_for(values)
        return _ChunkOption(
            npc=into.npc.counted(npc),
            npsv=into.npsv.counted(npsv),
            total=into.total.counted(total),
            cash=cash,
            gaps=[_draw_gap(cash, arrived) for arrived in money],
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
        return [
            _ChunkOption(one.npc, one.npsv, one.total, one.cash, one.gaps, row)
            for one, row in zip(options, sums, strict=True)
        ]


def _collect(into: Draws, drawn: _Chunk, start: int) -> None:
    for counted, option in zip(into.options, drawn.options, strict=True):
        counted.npc.add(option.npc, start)
        counted.npsv.add(option.npsv, start)
        counted.total.add(option.total, start)
        if len(option.cash):
            counted.cash.add(option.cash, start)
        for gap, found in zip(counted.gaps, option.gaps, strict=True):
            gap.first.add(found.need, start)
            gap.gap += found.gap
            gap.short += found.short
            gap.any_short += found.any_short
        if option.ranks is not None:
            counted.ranks += option.ranks
    if drawn.options and drawn.options[0].ranks is not None:
        into.ranked += drawn.size
    for name in ("cheapest", "highest", "cheaper", "level", "money", "money_squares"):
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
    numbers = tuple(_option_numbers(plan, option, yearly=yearly) for option in plan.options)
    into = _empty(plan, draws)
    for option, number in zip(into.options, numbers, strict=True):
        option.mirrored = number.mirrored
    work = _Work(plan, numbers, into, seed, annuities, KEPT if ranked else 0, yearly, _Room())
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
    numbers = [_option_numbers(plan, option, yearly=False) for option in plan.options]
    inputs = _draw_inputs(plan, Streams(seed, 0, draws), _Room(), ranked=False)
    return np.stack([_draw_option(plan, option, inputs, yearly=False)[0] for option in numbers])
