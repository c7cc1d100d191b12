"""Cost and benefit lines and the price indices they follow. Years are counted from year 0."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from enum import StrEnum

from appraise.model.appraisal.constraints import Constraint
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import Index, Line, Point, Range, RiseRange, Shape, Treatment
from appraise.model.edits.changing import (
    EditRefused,
    added,
    changed,
    changed_in,
    cleared,
    found,
    kept,
    moved,
    simple,
    swapped,
    without,
)
from appraise.model.edits.correlations import matrix_without
from appraise.model.edits.naming import lines_unnamed
from appraise.model.edits.terms import copied_terms
from appraise.model.money import LARGEST, pounds
from appraise.model.tables import USUAL_LINES

_NOTHING = Decimal("0.00")
_AS_ENTERED = Decimal(100)
_LINE_FIELDS = frozenset(
    {
        "name",
        "treatment",
        "driver",
        "shared",
        "source",
        "spend",
        "prices",
        "price_year",
        "heading",
        "group",
        "vat_percent",
        "vat_recoverable",
        "probability",
        "health",
        "reason",
    }
)
_INDEX_FIELDS = frozenset({"name", "source", "published", "review_by"})
_PLACE_FIELDS = frozenset({"deadweight", "displacement", "substitution", "leakage"})


def add_line(
    appraisal: Appraisal, *, line: str, option: str, name: str, treatment: Treatment = Treatment.OWN_COST
) -> Appraisal:
    """A new line at the end, without amounts; `line` is its new id. KeyError for an unknown option."""
    found(appraisal.options, option)
    new = Line(id=line, option=option, name=name, treatment=treatment)
    return changed(appraisal, lines=added(appraisal.lines, new))


def copy_line(appraisal: Appraisal, *, line: str, copy: str, option: str) -> Appraisal:
    """The line again, whole and with its terms, in an option, the same or another, under the new id `copy`."""
    found(appraisal.options, option)
    new = changed(found(appraisal.lines, line), id=copy, option=option)
    return changed(
        appraisal,
        lines=added(appraisal.lines, new),
        line_terms=copied_terms(appraisal.line_terms, line, copy),
    )


def add_usual_line(appraisal: Appraisal, *, line: str, option: str, heading: str) -> Appraisal:
    """A usual cost line by its heading, with name and treatment of the table and no amounts yet.

    It is no longer declared not applicable in the option. KeyError for an unknown option or heading.
    """
    found(appraisal.options, option)
    usual = USUAL_LINES[heading]
    new = Line(
        id=line,
        option=option,
        name=usual.name,
        treatment=usual.treatment,
        spend=usual.spend,
        heading=heading,
    )
    declared = appraisal.sourcing.not_applicable
    stays = (one.option != option or one.heading != heading for one in declared)
    return changed(
        appraisal,
        lines=added(appraisal.lines, new),
        sourcing=changed(appraisal.sourcing, not_applicable=kept(declared, stays)),
    )


def _unexplained(constraint: Constraint, line: str) -> Constraint:
    if line not in constraint.lines:
        return constraint
    return changed(constraint, lines=tuple(one for one in constraint.lines if one != line))


def remove_line(appraisal: Appraisal, *, line: str) -> Appraisal:
    """Take the line out with its terms. Nothing names it any more: no constraint that explained its optimism bias,
    no correlation, programme, arrangement or grant; only a grant for this line alone still does.
    """
    named = any(line in constraint.lines for constraint in appraisal.constraints)
    constraints = tuple(_unexplained(constraint, line) for constraint in appraisal.constraints)
    lines = without(appraisal.lines, line)
    return changed(
        lines_unnamed(appraisal, {line}),
        lines=lines,
        constraints=constraints if named else appraisal.constraints,
        correlation_matrix=matrix_without(appraisal.correlation_matrix, {line}),
    )


def move_line(appraisal: Appraisal, *, line: str, to: int) -> Appraisal:
    """Put the line at place `to` in the whole list, counted from 0. No figure changes."""
    return changed(appraisal, lines=moved(appraisal.lines, line, to))


def _line(appraisal: Appraisal, line: str, **fields: object) -> Appraisal:
    return changed(appraisal, lines=changed_in(appraisal.lines, line, **fields))


def rename_line(appraisal: Appraisal, *, line: str, name: str) -> Appraisal:
    """What the money is for."""
    return _line(appraisal, line, name=name)


def set_treatment(appraisal: Appraisal, *, line: str, treatment: Treatment) -> Appraisal:
    """What the line is; decides where it counts."""
    return _line(appraisal, line, treatment=treatment)


def change_line(appraisal: Appraisal, *, line: str, **fields: object) -> Appraisal:
    """Any of the line's plain fields by name. TypeError for another field: amounts, ids and shares have edits."""
    return _line(appraisal, line, **simple(fields, _LINE_FIELDS))


def set_line_body(appraisal: Appraisal, *, line: str, body: str) -> Appraisal:
    """The other public body that the line falls on; empty for none. KeyError for an unknown one."""
    if body:
        found(appraisal.bodies, body)
    return _line(appraisal, line, body=body)


def set_line_incomes(appraisal: Appraisal, *, line: str, incomes: str) -> Appraisal:
    """The income group that the line falls on; empty for none. KeyError for an unknown one."""
    if incomes:
        found(appraisal.income_groups, incomes)
    return _line(appraisal, line, incomes=incomes)


def set_line_bias(appraisal: Appraisal, *, line: str, bias: str) -> Appraisal:
    """The optimism bias that the line carries; empty for none. KeyError for an unknown one."""
    if bias:
        found(appraisal.biases, bias)
    return _line(appraisal, line, bias=bias)


def set_additionality(appraisal: Appraisal, *, line: str, **shares: Decimal) -> Appraisal:
    """Deadweight, displacement, substitution or leakage of the line, in per cent. TypeError for another share."""
    place = changed(found(appraisal.lines, line).place, **simple(shares, _PLACE_FIELDS))
    return _line(appraisal, line, place=place)


def _with_amounts(line: Line, amounts: Mapping[int, Decimal], years: int) -> Line:
    """The line with these amounts by year, filled up with nothing. IndexError outside the horizon."""
    new = list(line.amounts)
    for year, amount in sorted(amounts.items()):
        if not 0 <= year < max(years, len(line.amounts)):
            raise IndexError(year)
        if year < len(new) or amount:
            new += [_NOTHING] * (year + 1 - len(new))
            new[year] = pounds(amount)
    return changed(line, amounts=tuple(new))


def set_amount(appraisal: Appraisal, *, line: str, year: int, amount: Decimal) -> Appraisal:
    """Pounds in prices of year 0 in one year. IndexError for a year outside the horizon."""
    return set_amounts(appraisal, amounts={(line, year): amount})


def set_amounts(appraisal: Appraisal, *, amounts: Mapping[tuple[str, int], Decimal]) -> Appraisal:
    """A block of pounds by (line, year), for paste, fill and clear; cells not named stay as they are.

    KeyError for an unknown line, IndexError for a year outside the horizon: then nothing is changed.
    """
    by_line: dict[str, dict[int, Decimal]] = {}
    for (line, year), amount in amounts.items():
        by_line.setdefault(line, {})[year] = amount
    lines = appraisal.lines
    for line, cells in by_line.items():
        lines = swapped(lines, _with_amounts(found(lines, line), cells, appraisal.horizon.years))
    return changed(appraisal, lines=lines)


class PatternKind(StrEnum):
    """How amounts run over the years."""

    ONE_OFF = "one_off"
    EVERY_YEAR = "every_year"
    GROWTH = "growth"
    STEP = "step"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A rule that fills a whole line. Years count from year 0; `last` None: to the end of the option.

    One-off: `amount` in year `first`. Every year: `amount` from `first` to `last`. Growth: amount x
    (1 + growth_percent / 100)^(year - first). Step: `amount` until the year before `step_year`, from then on
    `step_amount`. All other years are nothing.
    """

    kind: PatternKind
    amount: Decimal
    first: int = 0
    last: int | None = None
    growth_percent: Decimal = _NOTHING
    step_year: int = 0
    step_amount: Decimal = _NOTHING

    def amounts(self, years: int) -> tuple[Decimal, ...]:
        """Pounds by year for a line of `years` years, exact and then rounded half even to pence, without
        zeros at the end. EditRefused for years that are not there or amounts out of reach.
        """
        last = years - 1 if self.last is None else self.last
        if self.kind is PatternKind.ONE_OFF:
            last = self.first
        if not 0 <= self.first <= last < years:
            raise EditRefused("Choose years that the option has, the first not after the last.")
        if not self.growth_percent.is_finite() or self.growth_percent < -100:
            raise EditRefused("Enter a growth of -100 % a year or more.")
        with localcontext(Context(prec=60, traps=[])):
            amounts = [_NOTHING] * self.first + [pounds(amount) for amount in self._run(last + 1 - self.first)]
        if not all(amount.is_finite() and abs(amount) <= LARGEST for amount in amounts):
            raise EditRefused("This pattern leads beyond 10 trillion pounds in a year.")
        while amounts and not amounts[-1]:
            amounts.pop()
        return tuple(amounts)

    def _run(self, years: int) -> list[Decimal]:
        """The amounts of `years` years from `first`, unrounded. Out of reach they are no numbers."""
        if self.kind is PatternKind.STEP:
            before = min(max(self.step_year - self.first, 0), years)
            return [self.amount] * before + [self.step_amount] * (years - before)
        growth = 1 + self.growth_percent / 100 if self.kind is PatternKind.GROWTH else Decimal(1)
        run = [self.amount]
        while len(run) < years:
            run.append(run[-1] * growth)
        return run


def fill_line(appraisal: Appraisal, *, line: str, pattern: Pattern) -> Appraisal:
    """The line's amounts as the pattern says, in place of all that stood there.

    An option with a life of its own ends with it. EditRefused for a pattern outside these years.
    """
    record = found(appraisal.lines, line)
    years = appraisal.horizon.years
    life = next((option.life_years for option in appraisal.options if option.id == record.option), 0)
    if life > 0:
        years = min(years, life + 1)
    return _line(appraisal, line, amounts=pattern.amounts(years))


def set_range(appraisal: Appraisal, *, line: str, low: Decimal, high: Decimal, shape: Shape = Shape.PERT) -> Appraisal:
    """How far the line may come out otherwise, in per cent of what was entered (100 = as entered).

    Points of a discrete range stay only if it remains one.
    """
    old = found(appraisal.lines, line).range
    points = old.points if old is not None and shape is Shape.DISCRETE else ()
    return _line(appraisal, line, range=Range(low=low, high=high, shape=shape, points=points))


def set_points(appraisal: Appraisal, *, line: str, points: tuple[Point, ...]) -> Appraisal:
    """The few ways in which the line may come out, each in per cent of what was entered with its chance, 0 to 1."""
    old = found(appraisal.lines, line).range
    outcomes = [point.percent for point in points] or [_AS_ENTERED]
    ends = (min(outcomes), max(outcomes)) if old is None else (old.low, old.high)
    held = tuple(changed(point, chance=float(point.chance)) for point in points)
    return _line(appraisal, line, range=Range(low=ends[0], high=ends[1], shape=Shape.DISCRETE, points=held))


def clear_range(appraisal: Appraisal, *, line: str) -> Appraisal:
    """The line is as certain as it was entered."""
    return _line(appraisal, line, range=None)


def set_index(appraisal: Appraisal, *, line: str, index: str) -> Appraisal:
    """The price index that the line follows; empty for general inflation. KeyError for an unknown one."""
    if index:
        found(appraisal.indices, index)
    return _line(appraisal, line, index=index)


def set_driver(appraisal: Appraisal, *, line: str, driver: str) -> Appraisal:
    """The uncertain fact that the line shares with others; empty if it is drawn by itself."""
    return _line(appraisal, line, driver=driver)


def set_correlation(appraisal: Appraisal, *, line: str, group: str) -> Appraisal:
    """The correlation group that the line belongs to; empty for none. KeyError for an unknown one."""
    if group:
        found(appraisal.correlation_groups, group)
    return _line(appraisal, line, correlation=group)


def set_line_source(appraisal: Appraisal, *, line: str, source: str) -> Appraisal:
    """Where the amounts come from."""
    return _line(appraisal, line, source=source)


def set_line_assumption(appraisal: Appraisal, *, line: str, assumption: str) -> Appraisal:
    """The entry of the assumptions log that the line rests on; empty for none. KeyError if unknown."""
    if assumption:
        found(appraisal.assumptions, assumption)
    return _line(appraisal, line, assumption=assumption)


def add_index(appraisal: Appraisal, *, index: str, name: str, percent: tuple[Decimal, ...] = ()) -> Appraisal:
    """A new price index at the end; `index` is its new id, `percent` its yearly rises."""
    return changed(appraisal, indices=added(appraisal.indices, Index(id=index, name=name, percent=percent)))


def remove_index(appraisal: Appraisal, *, index: str) -> Appraisal:
    """Take the index out. Lines, constraints and partners that followed it follow general inflation."""
    return changed(
        appraisal,
        indices=without(appraisal.indices, index),
        lines=cleared(appraisal.lines, "index", index),
        constraints=cleared(appraisal.constraints, "index", index),
        partners=cleared(appraisal.partners, "index", index),
    )


def _index(appraisal: Appraisal, index: str, **fields: object) -> Appraisal:
    return changed(appraisal, indices=changed_in(appraisal.indices, index, **fields))


def rename_index(appraisal: Appraisal, *, index: str, name: str) -> Appraisal:
    """What the index measures."""
    return _index(appraisal, index, name=name)


def set_index_percent(appraisal: Appraisal, *, index: str, percent: tuple[Decimal, ...]) -> Appraisal:
    """Yearly rises in per cent, the first from year 0 to year 1; the last is carried forward."""
    return _index(appraisal, index, percent=tuple(percent))


def set_index_source(appraisal: Appraisal, *, index: str, source: str) -> Appraisal:
    """Who publishes the index, and when."""
    return _index(appraisal, index, source=source)


def change_index(appraisal: Appraisal, *, index: str, **fields: object) -> Appraisal:
    """Name, source, or the dates of an index: published, and when to look for newer figures. TypeError for others."""
    return _index(appraisal, index, **simple(fields, _INDEX_FIELDS))


def set_rise_range(
    appraisal: Appraisal,
    *,
    index: str,
    low: Decimal,
    high: Decimal,
    shape: Shape = Shape.PERT,
    shared: bool = True,
) -> Appraisal:
    """How far the yearly rises may lie under and over what was entered, in percentage points a year."""
    return _index(appraisal, index, range=RiseRange(low=low, high=high, shape=shape, shared=shared))


def clear_rise_range(appraisal: Appraisal, *, index: str) -> Appraisal:
    """The rises are as certain as they were entered."""
    return _index(appraisal, index, range=None)
