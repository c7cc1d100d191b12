"""The draws: three-point lines, constraints and funding, all options on the same draws (METHOD 10.4).

Draws are made in chunks; every chunk stands by itself, so threads change nothing. Sums over draws are
made in whole pence, which no order of adding can change.
"""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass

import numpy as np

from appraise.model.cancelled import Cancelled
from appraise.model.funding import least_share, share_kept
from appraise.model.histogram import Pence, YearHistograms
from appraise.model.plan import OptionPlan, Plan, ScenarioPlan
from appraise.model.streams import chunks
from appraise.model.uncertainty import Floats

#: A sum over draws in pence must stay under this to be exact in 64 bits.
LARGEST_SUM = 2.0**63


@dataclass(slots=True, kw_only=True)
class GapCount:
    """One option in one scenario, sums over draws by year: pence that are missing, draws that are short."""

    histograms: YearHistograms
    gap: Pence
    short: Pence
    any_short: int = 0


@dataclass(slots=True, kw_only=True)
class Draws:
    """All draws: net present cost in pence (options, draws); cash by year of each option; gaps by option
    and scenario; pence that arrive by scenario and year, summed over draws.
    """

    npc: Pence
    cash: list[YearHistograms]
    gaps: list[list[GapCount]]
    money: Pence


def _cash_ends(plan: Plan, option: OptionPlan) -> tuple[Floats, Floats]:
    """The lowest and the highest cash cost that can come, pounds by year."""
    low, high = np.array(option.cash), np.array(option.cash)
    for term in option.terms:
        column = plan.columns[term.column]
        reach = np.array(term.cash) * column.most
        low += np.minimum(reach, 0)
        high += np.maximum(reach, 0)
    return low, high


def _largest(plan: Plan) -> float:
    """Pence that no figure of one draw can pass."""
    largest = 0.0
    for option in plan.options:
        low, high = _cash_ends(plan, option)
        settled = max((max(scenario.settled) for scenario in plan.scenarios), default=0.0)
        present = abs(option.present)
        for term in option.terms:
            column = plan.columns[term.column]
            present += abs(term.present) * column.most
        largest = max(largest, float(np.abs(low).max()) + settled, float(np.abs(high).max()) + settled, present)
    return largest * 100


def _least_money(plan: Plan, scenario: ScenarioPlan) -> Floats:
    shares = [least_share(scenario.boundaries, restored=scenario.restored, year=year) for year in range(plan.years)]
    return np.array(scenario.settled) * shares


def _empty(plan: Plan, draws: int) -> Draws:
    ends = [_cash_ends(plan, option) for option in plan.options]

    def gap_count(low: Floats, high: Floats, scenario: ScenarioPlan) -> GapCount:
        histograms = YearHistograms.between(low - scenario.settled, high - _least_money(plan, scenario))
        zero = np.zeros(plan.years, dtype=np.int64)
        return GapCount(histograms=histograms, gap=zero.copy(), short=zero.copy())

    return Draws(
        npc=np.empty((len(plan.options), draws), dtype=np.int64),
        cash=[YearHistograms.between(low, high) for low, high in ends],
        gaps=[[gap_count(low, high, scenario) for scenario in plan.scenarios] for low, high in ends],
        money=np.zeros((len(plan.scenarios), plan.years), dtype=np.int64),
    )


def _pence(pounds: Floats) -> Pence:
    pounds *= 100
    return np.rint(pounds, out=pounds).astype(np.int64)


@dataclass(frozen=True, slots=True)
class _ChunkGap:
    counts: Pence
    gap: Pence
    short: Pence
    any_short: int


@dataclass(frozen=True, slots=True)
class _ChunkOption:
    npc: Pence
    cash: Pence
    gaps: list[_ChunkGap]


@dataclass(frozen=True, slots=True)
class _Chunk:
    options: list[_ChunkOption]
    money: Pence


def _draw_money(plan: Plan, scenario: ScenarioPlan, seed: int, chunk: int, count: int) -> Pence:
    """Pence that arrive, (years, draws)."""
    kept = share_kept(
        scenario.boundaries, restored=scenario.restored, years=plan.years, seed=seed, chunk=chunk, count=count
    )
    money = np.empty((plan.years, count))
    for year, share in enumerate(kept):
        money[year] = scenario.settled[year] if share is None else scenario.settled[year] * share
    return _pence(money)


def _draw_gap(cash: Pence, money: Pence, counted: GapCount) -> _ChunkGap:
    need = cash - money
    short = need > 0
    return _ChunkGap(
        counts=counted.histograms.count(need),
        gap=np.maximum(need, 0).sum(axis=1),
        short=np.count_nonzero(short, axis=1).astype(np.int64),
        any_short=int(np.count_nonzero(short.any(axis=0))),
    )


def _draw_chunk(plan: Plan, into: Draws, seed: int, chunk: int, count: int) -> _Chunk:
    columns = [column.draw(seed, chunk, count) for column in plan.columns]
    money = [_draw_money(plan, scenario, seed, chunk, count) for scenario in plan.scenarios]
    drawn = []
    part, row = np.empty((plan.years, count)), np.empty(count)
    for number, option in enumerate(plan.options):
        present = np.full(count, option.present)
        cash = np.repeat(np.array(option.cash)[:, np.newaxis], count, axis=1)
        for term in option.terms:
            values = columns[term.column]
            present += term.present * values
            yearly = np.array(term.cash)
            years = np.flatnonzero(yearly)
            if len(years) == plan.years:
                cash += np.multiply.outer(yearly, values, out=part)
                continue
            for year in years:  # a year without money adds exactly nothing
                cash[year] += np.multiply(values, yearly[year], out=row)
        pence = _pence(cash)
        gaps = [_draw_gap(pence, money[place], counted) for place, counted in enumerate(into.gaps[number])]
        drawn.append(_ChunkOption(_pence(present), into.cash[number].count(pence), gaps))
    arrived = [pence.sum(axis=1) for pence in money]
    return _Chunk(drawn, np.array(arrived, dtype=np.int64).reshape(into.money.shape))


def _collect(into: Draws, drawn: _Chunk, start: int) -> None:
    into.money += drawn.money
    for number, option in enumerate(drawn.options):
        into.npc[number, start : start + len(option.npc)] = option.npc
        into.cash[number].counts += option.cash
        for counted, gap in zip(into.gaps[number], option.gaps, strict=True):
            counted.histograms.counts += gap.counts
            counted.gap += gap.gap
            counted.short += gap.short
            counted.any_short += gap.any_short


def simulate(
    plan: Plan,
    *,
    seed: int,
    draws: int,
    threads: int,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Draws:
    """Draw everything. The answer is the same for any number of threads.

    Raises Cancelled, and OverflowError where sums over draws in whole pence would pass 64 bits.
    """
    if draws * _largest(plan) >= LARGEST_SUM:
        raise OverflowError
    into = _empty(plan, draws)
    parts = chunks(draws)
    starts = {chunk: sum(size for _, size in parts[:chunk]) for chunk, _ in parts}

    def work(chunk: int, size: int) -> tuple[int, _Chunk]:
        if cancelled is not None and cancelled():
            raise Cancelled
        return chunk, _draw_chunk(plan, into, seed, chunk, size)

    if threads <= 1 or len(parts) == 1:
        results: Iterable[tuple[int, _Chunk]] = (work(chunk, size) for chunk, size in parts)
        _gather(into, results, starts, len(parts), progress)
        return into
    with ThreadPoolExecutor(max_workers=min(threads, len(parts))) as pool:
        futures = [pool.submit(work, chunk, size) for chunk, size in parts]
        _gather(into, (future.result() for future in as_completed(futures)), starts, len(parts), progress)
    return into


def _gather(
    into: Draws,
    results: Iterable[tuple[int, _Chunk]],
    starts: Mapping[int, int],
    parts: int,
    progress: Callable[[float], None] | None,
) -> None:
    for done, (chunk, drawn) in enumerate(results, start=1):
        _collect(into, drawn, starts[chunk])
        if progress is not None:
            progress(done / parts)
