"""What the draws need, made once per document: certain parts are summed, uncertain ones become columns.

Options share columns: a driver, or a constraint, is drawn once for all of them (METHOD 10.2).
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from appraise.model.appraisal.constraints import Bearer, Bearing, Constraint
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import RULES, Line
from appraise.model.discounting import ONE, Factors, times
from appraise.model.entries import Entry, OptionEntries, impact_by_year
from appraise.model.funding import Boundary, boundaries, settled_by_year
from appraise.model.risk_premium import bearing_of
from appraise.model.streams import uniforms
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

    @property
    def most(self) -> float:
        """The largest value."""
        return 1.0


@dataclass(frozen=True, slots=True)
class EventColumn:
    """A liability that falls due if U < p, then times its range (1 = as entered), if it has one.

    Liabilities of one driver fall due together: they are one fact about the world.
    """

    stream: str
    probability: float
    spread: ThreePoint | None

    def draw(self, seed: int, chunk: int, count: int) -> Floats:
        """Share of the amount per draw, 0 where it does not fall due."""
        due = uniforms(seed, f"{self.stream}|occurs", chunk, count) < self.probability
        if self.spread is None or not self.spread.width:
            return np.where(due, self.spread.low if self.spread else 1.0, 0.0)
        size = self.spread.low + self.spread.width * self.spread.table().at(uniforms(seed, self.stream, chunk, count))
        return np.where(due, size, 0.0)

    @property
    def most(self) -> float:
        """The largest share that can come."""
        return self.spread.high if self.spread else 1.0

    @property
    def low(self) -> float:
        """It does not fall due."""
        return 0.0

    @property
    def mean(self) -> float:
        """Chance times mean size."""
        return self.probability * self.high

    @property
    def high(self) -> float:
        """It falls due, at the mean of its range."""
        return self.spread.mean if self.spread else 1.0

    @property
    def variance(self) -> float:
        """P (variance + mean^2) - (p mean)^2."""
        own = self.spread.variance if self.spread else 0.0
        return self.probability * (own + self.high**2) - self.mean**2


@dataclass(frozen=True, slots=True)
class RetainedColumn:
    """Pounds of a constraint that stay with the authority, in prices of year 0.

    It occurs if U < p, one U for all options; a claim is admitted if V < q (METHOD 10.2, 11.1). Then `scale` of
    the impact and the dispute are paid; if it is refused, `refused`.
    """

    constraint: str
    probability: float
    impact: ThreePoint
    admitted: float
    scale: float
    dispute: float
    refused: float

    def draw(self, seed: int, chunk: int, count: int) -> Floats:
        """Pounds per draw, 0 where nothing happens."""
        happens = uniforms(seed, f"constraint|{self.constraint}|occurs", chunk, count) < self.probability
        paid = happens
        if self.admitted < 1:
            paid = happens & (uniforms(seed, f"constraint|{self.constraint}|admitted", chunk, count) < self.admitted)
        cost = np.zeros(count)
        size: Floats | float = self.impact.low
        if self.impact.width:
            drawn = uniforms(seed, f"constraint|{self.constraint}|impact", chunk, count)[paid]
            size = self.impact.low + self.impact.width * self.impact.table().at(drawn)
        cost[paid] = self.scale * size + self.dispute
        if self.refused:
            cost[happens & ~paid] = self.refused
        return cost

    @property
    def most(self) -> float:
        """The largest cost that can come."""
        return max(0.0, self.scale * self.impact.high + self.dispute, self.refused)

    @property
    def low(self) -> float:
        """It does not happen."""
        return 0.0

    @property
    def mean(self) -> float:
        """Chance times expected pounds."""
        return self.probability * self.high

    @property
    def high(self) -> float:
        """It happens, at its mean impact."""
        return self.if_it_happens

    @property
    def variance(self) -> float:
        """E cost^2 - (E cost)^2, by occurs, admitted and size."""
        paid = self.scale * self.impact.mean + self.dispute
        squared = paid**2 + self.scale**2 * self.impact.variance
        mean_square = self.admitted * squared + (1 - self.admitted) * self.refused**2
        return self.probability * mean_square - self.mean**2

    @property
    def if_it_happens(self) -> float:
        """Expected pounds if the constraint turns out otherwise."""
        paid = self.scale * self.impact.mean + self.dispute
        return self.admitted * paid + (1 - self.admitted) * self.refused


Column = RangeColumn | RetainedColumn | EventColumn


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
    """The name of the stream that moves the line: its driver, in any spelling of it, or the line itself."""
    driver = " ".join(line.driver.casefold().split())
    return f"driver|{driver}" if driver else f"line|{line.id}"


def retained_column(constraint: Constraint, bearing: Bearing) -> RetainedColumn | None:
    """The drawn cost of a constraint in an option; None: nothing stays with the authority."""
    admitted, scale, dispute, refused = 1.0, 1.0, 0.0, 0.0
    if bearing.bearer is Bearer.SUPPLIER:
        if not (bearing.residual_probability and bearing.residual_share):
            return None
        admitted, scale = bearing.residual_probability, (1 + bearing.uplift) * bearing.residual_share
        dispute = float(bearing.dispute_cost)
    elif bearing.bearer is Bearer.COMPENSATION:
        admitted, scale, dispute = bearing.admitted, 1 + bearing.uplift, float(bearing.dispute_cost)
        refused = dispute if bearing.dispute_if_refused else 0.0
    impact = constraint.impact
    return RetainedColumn(
        constraint=constraint.id,
        probability=constraint.probability,
        impact=ThreePoint(low=float(impact.low), likely=float(impact.likely), high=float(impact.high)),
        admitted=admitted,
        scale=scale,
        dispute=dispute,
        refused=refused,
    )


@dataclass(slots=True)
class _Sum:
    """Pounds of net present cost and of cash by year that are added up."""

    present: float
    cash: Floats

    def add(self, other: "_Sum", times_over: float = 1.0) -> None:
        self.present += times_over * other.present
        self.cash += times_over * other.cash


class _Planner:
    """Collects columns once while options are planned."""

    def __init__(self, appraisal: Appraisal, factors: Factors) -> None:
        self.appraisal = appraisal
        self.factors = factors
        self.years = appraisal.horizon.years
        self.columns: dict[Column, int] = {}

    def column(self, column: Column) -> int:
        return self.columns.setdefault(column, len(self.columns))

    def nothing(self) -> _Sum:
        return _Sum(0.0, np.zeros(self.years))

    def money(self, entry: Entry) -> _Sum:
        """Net present cost and cash of an entry; benefits that are no receipts cost nothing.

        Optimism bias and retained risk are contingency, which is not added to simulated cash.
        """
        present = float(entry.present) if entry.economic and entry.public else 0.0
        if not entry.financial or entry.contingency:
            return _Sum(present, np.zeros(self.years))
        return _Sum(present, np.array([float(pounds) for pounds in entry.cash]))

    def line_parts(self, entries: Iterable[Entry]) -> tuple[_Sum, _Sum]:
        """(what moves with a line, what does not): VAT and lost benefits move; the bias of a cost is certain."""
        moving, certain = self.nothing(), self.nothing()
        for entry in entries:
            if entry.kind == "bias" and not entry.benefit:
                certain.present += float(entry.expected)
            else:
                moving.add(self.money(entry))
        return moving, certain

    def line_term(self, line: Line, moving: _Sum, certain: _Sum) -> Term | None:
        """The uncertain term of a line; what of it is certain is added to `certain`."""
        spread = _line_range(line)
        stream = driver_of(line)
        if not (moving.present or moving.cash.any()):
            return None
        if RULES[line.treatment].event and line.probability < 1:
            if not line.probability:
                return None
            column: Column = EventColumn(stream, line.probability, spread)
            width = 1 / line.probability  # the entry stands at chance times amount
        elif spread is None or not spread.width:
            certain.add(moving, spread.low if spread else 1.0)
            return None
        else:
            column, width = RangeColumn.of(stream, spread), spread.width
            certain.add(moving, spread.low)
        return Term(
            input=stream,
            name=line.driver or line.name,
            column=self.column(column),
            present=moving.present * width,
            cash=tuple((moving.cash * width).tolist()),
        )

    def retained_terms(self, option: str, life: int) -> Iterable[Term]:
        for constraint in sorted(self.appraisal.constraints, key=lambda constraint: constraint.id):
            bearing = bearing_of(constraint, option)
            column = retained_column(constraint, bearing) if bearing else None
            if column is None or not column.most or not constraint.probability:
                continue
            prices = self.factors.by_index[constraint.index]
            spread = impact_by_year(constraint, ONE, self.years, life)
            yield Term(
                input=f"constraint|{constraint.id}",
                name=constraint.name,
                column=self.column(column),
                present=float(sum(times(spread, prices.present))),
                cash=tuple(float(pounds) for pounds in times(spread, prices.cash)),
            )

    def option(self, entries: OptionEntries) -> OptionPlan:
        certain = self.nothing()
        by_line: dict[str, list[Entry]] = {}
        for entry in entries.entries:
            if entry.line is not None:
                by_line.setdefault(entry.line.id, []).append(entry)
            elif entry.kind == "premium":
                certain.add(self.money(entry))
        terms: list[Term] = []
        for parts in by_line.values():
            moving, fixed = self.line_parts(parts)
            line = parts[0].line
            term = self.line_term(line, moving, fixed) if line is not None else None
            certain.add(fixed)
            if term is not None:
                terms.append(term)
        return OptionPlan(
            id=entries.option,
            present=certain.present,
            cash=tuple(certain.cash.tolist()),
            terms=(*terms, *self.retained_terms(entries.option, entries.life)),
        )


def make_plan(appraisal: Appraisal, costed: Iterable[OptionEntries], factors: Factors) -> Plan:
    """Turn the entries of options into columns and terms. Premiums are certain: suppliers have priced them."""
    planner = _Planner(appraisal, factors)
    options = tuple(planner.option(entries) for entries in costed)
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
