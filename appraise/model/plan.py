"""What the draws need, made once per document: certain parts are summed, uncertain ones become columns.

Options share columns: a driver, or a constraint, is drawn once for all of them (METHOD 10.2).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from appraise.model.appraisal.constraints import Bearer, Bearing, Constraint
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import Line
from appraise.model.costs import Entry, entries, impact_by_year, present_value, times
from appraise.model.discounting import ONE, PriceFactors
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
        paid = uniforms(seed, f"constraint|{self.constraint}|occurs", chunk, count) < self.probability
        if self.admitted < 1:
            paid &= uniforms(seed, f"constraint|{self.constraint}|admitted", chunk, count) < self.admitted
        cost = np.zeros(count)
        size: Floats | float = self.impact.low
        if self.impact.width:
            drawn = uniforms(seed, f"constraint|{self.constraint}|impact", chunk, count)[paid]
            size = self.impact.low + self.impact.width * self.impact.table().at(drawn)
        cost[paid] = (1 + self.uplift) * size + self.dispute
        return cost

    @property
    def most(self) -> float:
        """The largest cost that can come."""
        return max(0.0, (1 + self.uplift) * self.impact.high + self.dispute)

    @property
    def if_it_happens(self) -> float:
        """Expected pounds if the constraint turns out otherwise, refused claims counted as nothing."""
        return self.admitted * ((1 + self.uplift) * self.impact.mean + self.dispute)


Column = RangeColumn | RetainedColumn


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
