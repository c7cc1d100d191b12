"""The draws: three-point lines, constraints and funding, all options on the same draws (METHOD 10.4).

A plan is made once per document: certain parts are summed, uncertain ones become columns that options
share. Draws are made in chunks; every chunk stands by itself, so threads change nothing. Sums over
draws are made in whole pence, which no order of adding can change.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass

import numpy as np

from appraise.model.appraisal.constraints import Bearer, Bearing, Constraint
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import Line
from appraise.model.cancelled import Cancelled
from appraise.model.costs import Entry, entries, impact_by_year, present_value, times
from appraise.model.discounting import ONE, PriceFactors
from appraise.model.funding import Boundary, boundaries, least_share, settled_by_year, share_kept
from appraise.model.histogram import Pence, YearHistograms
from appraise.model.risk_premium import bearing_of
from appraise.model.streams import chunks, uniforms
from appraise.model.uncertainty import Floats, QuantileTable, ThreePoint, mean_position


@dataclass(frozen=True, slots=True)
class RangeColumn:
    """A three-point input on [0, 1]: lines of one driver with the same shape share it.

    `low`, `mean` and `high` are its 10 % point, mean and 90 % point.
    """

    stream: str
    table: QuantileTable
    low: float
    mean: float
    high: float

    @classmethod
    def of(cls, stream: str, spread: ThreePoint) -> "RangeColumn":
        """The column of a stream for a three-point range, without its ends."""
        table = spread.table()
        low, high = table.at(np.array([0.1, 0.9]))
        return cls(stream, table, float(low), mean_position(spread.shape, spread.position), float(high))

    def draw(self, seed: int, chunk: int, count: int) -> Floats:
        """Values in [0, 1], `count` of them."""
        return self.table.at(uniforms(seed, self.stream, chunk, count))


@dataclass(frozen=True, slots=True)
class RetainedColumn:
    """Pounds of a constraint that stay with the authority, in prices of year 0.

    It occurs if U < p, one U for all options; a claim is admitted if V < q (METHOD 10.2, 11.1).
    """

    constraint: str
    probability: float
    impact: ThreePoint
    admitted: float
    uplift: float
    dispute: float

    def draw(self, seed: int, chunk: int, count: int) -> Floats:
        """Pounds per draw, 0 where nothing happens."""
        paid = uniforms(seed, f"{self.constraint}|occurs", chunk, count) < self.probability
        if self.admitted < 1:
            paid &= uniforms(seed, f"{self.constraint}|admitted", chunk, count) < self.admitted
        size: Floats | float = self.impact.low
        if self.impact.width:
            share = self.impact.table().at(uniforms(seed, f"{self.constraint}|impact", chunk, count))
            size = self.impact.low + self.impact.width * share
        return np.asarray(paid * ((1 + self.uplift) * size + self.dispute), dtype=np.float64)

    @property
    def most(self) -> float:
        """The largest cost that can come."""
        return max(0.0, (1 + self.uplift) * self.impact.high + self.dispute)

    @property
    def if_it_happens(self) -> float:
        """Expected pounds if the constraint turns out otherwise, refused claims counted as nothing."""
        return self.admitted * ((1 + self.uplift) * self.impact.mean + self.dispute)


Column = RangeColumn | RetainedColumn

#: A sum over draws in pence must stay under this to be exact in 64 bits.
LARGEST_SUM = 2.0**63


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """What one unit of a column adds to an option: pounds of net present cost, and of cash by year."""

    input: str
    name: str
    column: int
    present: float
    cash: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionPlan:
    """An option as a certain part plus terms, ordered by the ids of what they come from."""

    id: str
    present: float
    cash: tuple[float, ...]
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioPlan:
    """A funding scenario as settled money and boundaries."""

    id: str
    settled: tuple[float, ...]
    boundaries: tuple[Boundary, ...]
    restored: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Everything that the draws need, without the document."""

    years: int
    columns: tuple[Column, ...]
    options: tuple[OptionPlan, ...]
    scenarios: tuple[ScenarioPlan, ...]


def _line_range(line: Line) -> ThreePoint | None:
    """The line's multiplier as three points, 1 = as entered; None: it is certain."""
    if line.range is None:
        return None
    return ThreePoint(
        low=float(line.range.low / 100), likely=1.0, high=float(line.range.high / 100), shape=line.range.shape
    )


def driver_of(line: Line) -> str:
    """The name of the stream that moves the line: its driver, or the line itself."""
    return f"driver|{line.driver}" if line.driver else f"line|{line.id}"


def retained_column(constraint: Constraint, bearing: Bearing) -> RetainedColumn | None:
    """The drawn cost of a constraint in an option; None: nothing stays with the authority."""
    if bearing.bearer is Bearer.SUPPLIER:
        return None
    claim = bearing.bearer is Bearer.COMPENSATION
    impact = constraint.impact
    return RetainedColumn(
        constraint=constraint.id,
        probability=constraint.probability,
        impact=ThreePoint(low=float(impact.low), likely=float(impact.likely), high=float(impact.high)),
        admitted=bearing.admitted if claim else 1.0,
        uplift=bearing.uplift if claim else 0.0,
        dispute=float(bearing.dispute_cost) if claim else 0.0,
    )


class _Planner:
    """Collects columns once while options are planned."""

    def __init__(self, appraisal: Appraisal, factors: Mapping[str, PriceFactors]) -> None:
        self.appraisal = appraisal
        self.factors = factors
        self.years = appraisal.horizon.years
        self.lines = {line.id: line for line in appraisal.lines}
        self.columns: dict[Column, int] = {}

    def column(self, column: Column) -> int:
        return self.columns.setdefault(column, len(self.columns))

    def money(self, entry: Entry) -> tuple[float, tuple[float, ...]]:
        """(net present cost, cash by year) of an entry as entered; benefits that are no receipts cost nothing."""
        counts = entry.economic and (not entry.benefit or entry.receipt)
        present = float(present_value(entry, self.factors)) if counts else 0.0
        if not entry.financial:
            return present, (0.0,) * self.years
        cash = times(entry.amounts, self.factors[entry.index].cash)
        return present, tuple(float(pounds) for pounds in cash)

    def line_term(self, entry: Entry, present: float, cash: Sequence[float]) -> tuple[float, Term | None]:
        """(certain multiplier, uncertain term) of a line."""
        line = self.lines[entry.id]
        spread = _line_range(line)
        if spread is None or not spread.width or not (present or any(cash)):
            return (spread.low if spread else 1.0), None
        stream = driver_of(line)
        return spread.low, Term(
            input=stream,
            name=line.driver or line.name,
            column=self.column(RangeColumn.of(stream, spread)),
            present=present * spread.width,
            cash=tuple(pounds * spread.width for pounds in cash),
        )

    def retained_terms(self, option: str) -> Iterable[Term]:
        for constraint in sorted(self.appraisal.constraints, key=lambda constraint: constraint.id):
            bearing = bearing_of(constraint, option)
            column = retained_column(constraint, bearing) if bearing else None
            if column is None or not column.most or not constraint.probability:
                continue
            factors = self.factors[constraint.index]
            spread = impact_by_year(constraint, ONE, self.years)
            yield Term(
                input=f"constraint|{constraint.id}",
                name=constraint.name,
                column=self.column(column),
                present=float(sum(times(spread, factors.present))),
                cash=tuple(float(pounds) for pounds in times(spread, factors.cash)),
            )

    def option(self, option: str) -> OptionPlan:
        certain, certain_cash = 0.0, [0.0] * self.years
        terms: list[Term] = []
        for entry in entries(self.appraisal, option):
            if entry.kind == "retained":
                continue
            present, cash = self.money(entry)
            fixed, term = self.line_term(entry, present, cash) if entry.kind == "line" else (1.0, None)
            certain += fixed * present
            for year, pounds in enumerate(cash):
                certain_cash[year] += fixed * pounds
            if term is not None:
                terms.append(term)
        return OptionPlan(
            id=option,
            present=certain,
            cash=tuple(certain_cash),
            terms=(*terms, *self.retained_terms(option)),
        )


def make_plan(appraisal: Appraisal, factors: Mapping[str, PriceFactors]) -> Plan:
    """Turn a document into columns and terms. Premiums are certain: suppliers have priced them."""
    planner = _Planner(appraisal, factors)
    options = tuple(planner.option(option.id) for option in appraisal.options)
    years = planner.years
    scenarios = tuple(
        ScenarioPlan(
            id=scenario.id,
            settled=tuple(float(pounds) for pounds in settled_by_year(scenario, years)),
            boundaries=boundaries(scenario, years),
            restored=scenario.restored,
        )
        for scenario in appraisal.scenarios
    )
    return Plan(years=years, columns=tuple(planner.columns), options=options, scenarios=scenarios)


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
        reach = np.array(term.cash) * (column.most if isinstance(column, RetainedColumn) else 1.0)
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
            present += abs(term.present) * (column.most if isinstance(column, RetainedColumn) else 1.0)
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
    part = np.empty((plan.years, count))
    for number, option in enumerate(plan.options):
        present = np.full(count, option.present)
        cash = np.repeat(np.array(option.cash)[:, np.newaxis], count, axis=1)
        for term in option.terms:
            values = columns[term.column]
            present += term.present * values
            cash += np.multiply.outer(np.array(term.cash), values, out=part)
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
