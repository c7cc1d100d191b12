"""The lines of an option by year in each of four kinds of money, with totals by category that agree with the results.

Costs are positive and gains negative in rows; totals of gains are positive, as people say them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from appraise.model import money
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import RULES, BorneBy, Line, Prices, Spend
from appraise.model.discounting import brought_over, deflator_factors, discount_factors, to_pence
from appraise.model.entries import impact_by_year, spend_of, total
from appraise.model.parameters import known_schedules
from appraise.model.results import LineValue, Results
from appraise.model.risk_premium import bearings_of, constraint_cost
from appraise.present.tables import find_option

ZERO = Decimal(0)


class Category(StrEnum):
    """Where a row is added up. The order is that of the totals."""

    OPERATING = "operating"
    MAINTENANCE = "maintenance"
    CAPITAL = "capital"
    LIABILITIES = "liabilities"
    BODIES_COST = "bodies_cost"
    SOCIETY_COST = "society_cost"
    PRICED = "priced"
    KEPT = "kept"
    MANAGING = "managing"
    BIAS = "bias"
    OWN_GAIN = "own_gain"
    BODIES_GAIN = "bodies_gain"
    SOCIETY_GAIN = "society_gain"
    GAIN_BIAS = "gain_bias"
    BUDGET = "budget"
    NOWHERE = "nowhere"


WORDS: Mapping[Category, str] = {
    Category.OPERATING: "Operating",
    Category.MAINTENANCE: "Maintenance",
    Category.CAPITAL: "Capital",
    Category.LIABILITIES: "Liabilities, expected",
    Category.BODIES_COST: "Other public bodies' costs",
    Category.SOCIETY_COST: "Costs to society",
    Category.PRICED: "Suppliers' risk premium",
    Category.KEPT: "Expected cost of constraints",
    Category.MANAGING: "Managing constraints",
    Category.BIAS: "Optimism bias",
    Category.OWN_GAIN: "Benefits and receipts",
    Category.BODIES_GAIN: "Other public bodies' savings",
    Category.SOCIETY_GAIN: "Benefits to society",
    Category.GAIN_BIAS: "Optimism bias on benefits",
    Category.BUDGET: "Transfers, VAT and charges",
    Category.NOWHERE: "In neither case",
}
COSTS = tuple(Category)[: tuple(Category).index(Category.OWN_GAIN)]
GAINS = (Category.OWN_GAIN, Category.BODIES_GAIN, Category.SOCIETY_GAIN, Category.GAIN_BIAS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """One row: `kind` as in `results.LineValue`; costs positive, gains negative."""

    id: str
    kind: str
    name: str
    category: Category
    by_year: tuple[Decimal, ...]
    total: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """A sum over a category, or a grand total with `grand`; gains are positive. `key` begins with "sum/"."""

    key: str
    name: str
    by_year: tuple[Decimal, ...]
    total: Decimal
    grand: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CostView:
    """All rows and totals of an option in one kind of money, and one sentence that says which.

    `years` are those of the results, which may be of an earlier state of the document.
    """

    years: tuple[str, ...]
    rows: tuple[Figures, ...]
    totals: tuple[Total, ...]
    sentence: str


def category_of(line: Line | None, kind: str = "line") -> Category:
    """Where a line is added up, or its VAT or optimism bias; a constraint has no line."""
    if line is None:
        return _CONSTRAINT[kind]
    rule = RULES[line.treatment]
    if kind == "bias":
        return Category.GAIN_BIAS if rule.benefit else Category.BIAS
    if kind == "vat":
        return Category.BUDGET
    if rule.place or not (rule.economic or rule.financial):
        return Category.NOWHERE
    if not rule.economic:
        return Category.BUDGET
    if rule.event:
        return Category.LIABILITIES
    if rule.bearer is not BorneBy.OWN:
        body = rule.bearer is BorneBy.PUBLIC_BODY
        if rule.benefit:
            return Category.BODIES_GAIN if body else Category.SOCIETY_GAIN
        return Category.BODIES_COST if body else Category.SOCIETY_COST
    if rule.benefit:
        return Category.OWN_GAIN
    return _SPENT[spend_of(line)]


#: Where a row of a constraint is added up, by its kind.
_CONSTRAINT = {"premium": Category.PRICED, "retained": Category.KEPT, "managing": Category.MANAGING}
_SPENT = {
    Spend.OPERATING: Category.OPERATING,
    Spend.MAINTENANCE: Category.MAINTENANCE,
    Spend.CAPITAL: Category.CAPITAL,
}


def _sum(key: str, name: str, rows: Sequence[Figures], years: int) -> Total:
    """The sum of rows that have a figure for each of `years` years."""
    nothing = (ZERO,) * years
    columns = zip(*(row.by_year for row in rows), strict=True) if rows else ()
    return Total(
        key=f"sum/{key}",
        name=name,
        by_year=tuple(sum(column, ZERO) for column in columns) or nothing,
        total=sum((row.total for row in rows), ZERO),
    )


def _grand(key: str, name: str, parts: Sequence[Total], years: int) -> Total:
    """The sum of totals."""
    columns = zip(*(one.by_year for one in parts), strict=True) if parts else ()
    return Total(
        key=f"sum/{key}",
        name=name,
        by_year=tuple(sum(column, ZERO) for column in columns) or (ZERO,) * years,
        total=sum((one.total for one in parts), ZERO),
        grand=True,
    )


def _turned(one: Total) -> Total:
    """Gains as people say them, positive."""
    return replace(one, by_year=tuple(-pounds for pounds in one.by_year), total=-one.total)


def _by_category(rows: Sequence[Figures], years: int) -> dict[Category, Total]:
    found: dict[Category, list[Figures]] = {}
    for row in rows:
        found.setdefault(row.category, []).append(row)
    return {one: _sum(one, WORDS[one], found[one], years) for one in Category if one in found}


def economic_totals(rows: Sequence[Figures], years: int) -> tuple[Total, ...]:
    """Costs by category and their sum, gains by category and their sum, the difference, then what is left out."""
    found = _by_category(rows, years)
    costs = [found[one] for one in COSTS if one in found]
    gains = [found[one] for one in GAINS if one in found]
    totals = [*costs, _grand("cost", "Total cost", costs, years)]
    if gains:
        totals += [_turned(one) for one in gains]
        totals.append(_turned(_grand("gain", "Total benefits", gains, years)))
        totals.append(_grand("net", "Cost less benefits", [*costs, *gains], years))
    if Category.BUDGET in found:
        totals.append(replace(found[Category.BUDGET], name="Apart: transfers and VAT"))
    return tuple(totals)


def cash_totals(rows: Sequence[Figures], years: int) -> tuple[Total, ...]:
    """What the body pays by category, what it saves, and what is left to pay."""
    found = _by_category(rows, years)
    totals = [found[one] for one in (*COSTS, Category.BUDGET) if one in found]
    gains = [found[one] for one in GAINS if one in found]
    net = _grand("net", "Cash of this body", [*totals, *gains], years)
    if gains:
        saved = replace(_grand(Category.OWN_GAIN, "Less savings and income", gains, years), grand=False)
        totals.append(_turned(saved))
    return (*totals, net)


def _exact(totals: Iterable[Total], known: Mapping[str, tuple[Sequence[Decimal] | None, Decimal]]) -> tuple[Total, ...]:
    """Grand totals as the results have them: sums that are rounded once, not sums of rounded rows."""
    return tuple(
        replace(one, by_year=tuple(known[one.key][0] or one.by_year), total=known[one.key][1])
        if one.key in known
        else one
        for one in totals
    )


def _rows(
    values: Iterable[LineValue], appraisal: Appraisal, make: Callable[[LineValue, Line | None], tuple[Decimal, ...]]
) -> list[Figures]:
    """The rows of a case; a line that is gone since the figures were made is left out."""
    lines = {line.id: line for line in appraisal.lines}
    return [
        Figures(
            id=value.id,
            kind=value.kind,
            name=value.name,
            category=category_of(lines.get(value.id), value.kind),
            by_year=make(value, lines.get(value.id)),
            total=value.total,
        )
        for value in values
        if value.id in lines or value.kind in _CONSTRAINT
    ]


def real_view(results: Results, appraisal: Appraisal, option: str) -> CostView:
    """The economic case in prices of year 0 with relative prices, before discounting. ValueError without figures."""
    case = find_option(results, option).economic
    if case is None:
        raise ValueError("The economic case was not asked for.")
    rows = _rows(case.rows, appraisal, lambda value, _line: value.by_year)
    cost, gain = case.cost_by_year, case.benefit_by_year
    net = tuple(one - other for one, other in zip(cost, gain, strict=True))
    known = {
        "sum/cost": (cost, sum(cost, ZERO)),
        "sum/gain": (gain, sum(gain, ZERO)),
        "sum/net": (net, sum(net, ZERO)),
    }
    first = results.years[0] if results.years else "year 0"
    return CostView(
        years=results.years,
        rows=tuple(rows),
        totals=_exact(economic_totals(rows, len(cost)), known),
        sentence=f"Prices of {first}, each line with its own price rises beyond inflation; not discounted.",
    )


def cash_view(results: Results, appraisal: Appraisal, option: str) -> CostView:
    """The financial case: cash of each year. ValueError without figures."""
    case = find_option(results, option).financial
    if case is None:
        raise ValueError("The financial case was not asked for.")
    rows = _rows(case.rows, appraisal, lambda value, _line: value.by_year)
    return CostView(
        years=results.years,
        rows=tuple(rows),
        totals=_exact(cash_totals(rows, len(case.by_year)), {"sum/net": (case.by_year, case.total)}),
        sentence="Cash of each year with inflation, VAT and transfers; not discounted; this body's budget only.",
    )


def present_by_year(by_year: Sequence[Decimal], factors: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """Present value of each year's pounds: pounds x discount factor of the year, to the penny.

    Every year is rounded by itself, so years may add up to some pence beside the present value of their row.
    """
    return tuple(to_pence(pounds * factor) for pounds, factor in zip(by_year, factors, strict=True))


def present_view(results: Results, appraisal: Appraisal, option: str) -> CostView:
    """The economic case discounted to year 0, year by year. ValueError without figures or rates.

    The totals of rows and of the option are those of the results: PVC, PVB and -NPSV.
    """
    case = find_option(results, option).economic
    if case is None:
        raise ValueError("The economic case was not asked for.")
    years = len(case.cost_by_year)
    basis, schedules = appraisal.basis, known_schedules(appraisal.basis)
    try:
        main = discount_factors(schedules[basis.schedule], years)
        health = discount_factors(schedules[basis.health_schedule], years)
    except (KeyError, StopIteration, ArithmeticError) as wrong:
        raise ValueError("The discount rates are not in order.") from wrong

    def discounted(value: LineValue, line: Line | None) -> tuple[Decimal, ...]:
        return present_by_year(value.by_year, health if line is not None and line.health else main)

    values = {(value.id, value.kind): value.present_value for value in case.rows}
    rows = [
        Figures(
            id=row.id,
            kind=row.kind,
            name=row.name,
            category=row.category,
            by_year=row.by_year,
            total=values[row.id, row.kind],
        )
        for row in _rows(case.rows, appraisal, discounted)
    ]
    known = {"sum/cost": (None, case.pvc), "sum/gain": (None, case.pvb), "sum/net": (None, -case.npsv)}
    return CostView(
        years=results.years,
        rows=tuple(rows),
        totals=_exact(economic_totals(rows, years), known),
        sentence="Each year's pounds discounted to year 0; the last column is the present value.",
    )


def usable(pounds: Decimal) -> Decimal:
    """The amount, or nothing where it is none or beyond all reach: the checks report that."""
    return pounds if pounds.is_finite() and abs(pounds) <= money.LARGEST else ZERO


def brought_to_year_0(appraisal: Appraisal, line: Line, years: int) -> tuple[Decimal, ...]:
    """A line's amounts in prices of year 0, positive as entered, without relative prices; as many as `years`."""
    amounts = tuple(usable(pounds) for pounds in (line.amounts + (ZERO,) * years)[:years])
    first, base = appraisal.horizon.first_year, amounts
    try:
        if line.prices is Prices.CASH:
            levels = deflator_factors(appraisal.basis, first, years)
            base = tuple(pounds / level if pounds else ZERO for pounds, level in zip(amounts, levels, strict=True))
        elif line.prices is Prices.OTHER_YEAR:
            level = brought_over(appraisal.basis, line.price_year, first)
            base = tuple(pounds * level for pounds in amounts)
    except ArithmeticError:  # rates that are no rates: the checks report them
        return amounts
    return tuple(usable(pounds) for pounds in base)


def entered_figures(appraisal: Appraisal, line: Line, years: int) -> Figures:
    """A line as its totals count it: prices of year 0, gains negative, a liability at chance times amount."""
    rule = RULES[line.treatment]
    base = brought_to_year_0(appraisal, line, years)
    if rule.event:
        chance = Decimal(repr(line.probability))
        base = tuple(usable(pounds * chance) for pounds in base)
    signed = tuple(-pounds for pounds in base) if rule.benefit else base
    return Figures(
        id=line.id, kind="line", name=line.name, category=category_of(line), by_year=signed, total=sum(signed, ZERO)
    )


def constraint_figures(appraisal: Appraisal, option: str, years: int) -> tuple[Figures, ...]:
    """What suppliers add for constraints and the expected cost kept, in prices of year 0 (METHOD 11)."""
    found = []
    chosen = next((one.life_years for one in appraisal.options if one.id == option), 0)
    life = chosen or years
    for constraint in appraisal.constraints:
        if not bearings_of(constraint, option) or constraint.impact_years < 1:
            continue
        try:
            cost = constraint_cost(constraint, option)
        except ArithmeticError:  # an impact that is no number: the checks report it
            continue
        for kind, pounds in (("premium", cost.premium), ("retained", cost.retained), ("managing", cost.management)):
            if usable(pounds):
                by_year = impact_by_year(constraint, pounds, years, life)
                found.append(
                    Figures(
                        id=constraint.id,
                        kind=kind,
                        name=constraint.name,
                        category=category_of(None, kind),
                        by_year=by_year,
                        total=total(by_year),
                    )
                )
    return tuple(found)


def bias_figures(results: Results | None, appraisal: Appraisal, option: str, years: int) -> tuple[Figures, ...]:
    """Optimism bias as last calculated, prices of year 0, for `years` years; nothing where no figures are there."""
    if results is None or not any(one.id == option for one in results.options):
        return ()
    case = find_option(results, option).economic
    biased = [value for value in case.rows if value.kind == "bias"] if case is not None else []
    return tuple(_rows(biased, appraisal, lambda value, _line: (value.by_year + (ZERO,) * years)[:years]))
