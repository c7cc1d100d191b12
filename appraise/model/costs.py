"""The economic and the financial case of an option, from the same entries (METHOD 8.4, the truth table)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

from appraise.model.appraisal.constraints import Constraint
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import RULES, Line, Range, Shape
from appraise.model.discounting import EXACT, ONE, PriceFactors, to_pence
from appraise.model.results import Economic, Financial, LineValue
from appraise.model.risk_premium import bearing_of, expected_cost

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that an option costs or gains: a line, or a constraint's price or expected cost.

    `amounts` are pounds in prices of year 0 by year of the horizon: costs positive, gains negative.
    `kind` as in `results.LineValue`; the flags as in `lines.Rule`. `mean` is the expected share of the
    amounts that comes out, 1 for what has no range; constraints stand at their expected cost already.
    """

    id: str
    kind: str
    name: str
    index: str
    amounts: tuple[Decimal, ...]
    economic: bool = True
    financial: bool = True
    benefit: bool = False
    receipt: bool = False
    other_body: bool = False
    mean: Decimal = ONE


def mean_share(band: Range | None) -> Decimal:
    """Mean of a range as a share of the entered amount: PERT (low + 4 + high) / 6, triangular (low + 1 + high) / 3."""
    if band is None:
        return ONE
    with localcontext(EXACT):
        if band.shape is Shape.TRIANGULAR:
            return (band.low + 100 + band.high) / 300
        return (band.low + 400 + band.high) / 600


def _line_entry(line: Line, years: int) -> Entry:
    rule = RULES[line.treatment]
    amounts = (line.amounts + (ZERO,) * years)[:years]
    return Entry(
        id=line.id,
        kind="line",
        name=line.name,
        index=line.index,
        amounts=tuple(-pounds for pounds in amounts) if rule.benefit else amounts,
        economic=rule.economic,
        financial=rule.financial,
        benefit=rule.benefit,
        receipt=rule.receipt,
        other_body=rule.other_body,
        mean=mean_share(line.range),
    )


def impact_by_year(constraint: Constraint, pounds: Decimal, years: int) -> tuple[Decimal, ...]:
    """Spread pounds evenly over the years in which the impact of a constraint falls."""
    first, count = constraint.impact_from, constraint.impact_years
    with localcontext(EXACT):
        share = pounds / count
    return tuple(share if first <= year < first + count else ZERO for year in range(years))


def _constraint_entries(constraint: Constraint, option: str, years: int) -> tuple[Entry, ...]:
    bearing = bearing_of(constraint, option)
    if bearing is None:
        return ()
    cost = expected_cost(constraint, bearing)
    return tuple(
        Entry(
            id=constraint.id,
            kind=kind,
            name=constraint.name,
            index=constraint.index,
            amounts=impact_by_year(constraint, pounds, years),
        )
        for kind, pounds in (("premium", cost.premium), ("retained", cost.retained))
        if pounds
    )


def entries(appraisal: Appraisal, option: str) -> tuple[Entry, ...]:
    """Everything the option costs or gains, ordered by id: the order in the document changes no figure."""
    years = appraisal.horizon.years
    lines = sorted((line for line in appraisal.lines if line.option == option), key=lambda line: line.id)
    constraints = sorted(appraisal.constraints, key=lambda constraint: constraint.id)
    return (
        *(_line_entry(line, years) for line in lines),
        *(entry for constraint in constraints for entry in _constraint_entries(constraint, option, years)),
    )


def times(amounts: Sequence[Decimal], factors: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """Amounts x factors, year by year, unrounded."""
    with localcontext(EXACT):
        return tuple(amount * factor for amount, factor in zip(amounts, factors, strict=True))


def total(amounts: Iterable[Decimal]) -> Decimal:
    """Unrounded sum."""
    with localcontext(EXACT):
        return sum(amounts, ZERO)


def by_year(rows: Iterable[Sequence[Decimal]], years: int) -> tuple[Decimal, ...]:
    """Sum rows of yearly pounds, year by year."""
    columns = tuple(rows)
    return tuple(total(row[year] for row in columns) for year in range(years))


def present_value(entry: Entry, factors: Mapping[str, PriceFactors]) -> Decimal:
    """Present value of an entry, unrounded pounds; 0 if it has no place in the economic case."""
    return total(times(entry.amounts, factors[entry.index].present)) if entry.economic else ZERO


def expected_value(entry: Entry, factors: Mapping[str, PriceFactors]) -> Decimal:
    """Present value of an entry at the mean of its range, unrounded pounds."""
    with localcontext(EXACT):
        return present_value(entry, factors) * entry.mean


def _in_order(appraisal: Appraisal, counted: Iterable[Entry]) -> list[Entry]:
    """Entries as the document lists them, for readers; sums have been made in the order of ids."""
    ids = [line.id for line in appraisal.lines] + [constraint.id for constraint in appraisal.constraints]
    place = {key: number for number, key in enumerate(ids)}
    return sorted(counted, key=lambda entry: place[entry.id])


def _economic_row(entry: Entry, factors: Mapping[str, PriceFactors]) -> LineValue:
    real = times(entry.amounts, factors[entry.index].real)
    return LineValue(
        id=entry.id,
        kind=entry.kind,
        name=entry.name,
        by_year=tuple(to_pence(pounds) for pounds in real),
        total=to_pence(total(real)),
        present_value=to_pence(present_value(entry, factors)),
    )


def economic_case(appraisal: Appraisal, option: str, factors: Mapping[str, PriceFactors]) -> Economic:
    """Present values of an option, Green Book 2026 table 10: NPSV = PVB - PVC.

    Entries count by the truth table, constraints at their expected cost. Net present cost = PVC less
    receipts. Costs, benefits and receipts are summed first and rounded to the penny last; their differences
    are taken of the rounded figures, so that a reader who subtracts gets what is printed.
    """
    counted = [entry for entry in entries(appraisal, option) if entry.economic]
    costs = [entry for entry in counted if not entry.benefit]
    benefits = [entry for entry in counted if entry.benefit]

    def worth(chosen: Iterable[Entry]) -> Decimal:
        return total(present_value(entry, factors) for entry in chosen)

    def real_by_year(chosen: Iterable[Entry]) -> tuple[Decimal, ...]:
        real = by_year((times(entry.amounts, factors[entry.index].real) for entry in chosen), appraisal.horizon.years)
        return tuple(to_pence(pounds) for pounds in real)

    pvc, pvb = to_pence(worth(costs)), to_pence(-worth(benefits))
    receipts = to_pence(-worth(entry for entry in benefits if entry.receipt))
    public = [entry for entry in counted if not entry.benefit or entry.receipt]
    return Economic(
        pvc=pvc,
        pvb=pvb,
        npsv=pvb - pvc,
        npc=pvc - receipts,
        expected_npc=to_pence(total(expected_value(entry, factors) for entry in public)),
        other_bodies=to_pence(worth(entry for entry in public if entry.other_body)),
        expected_other_bodies=to_pence(total(expected_value(entry, factors) for entry in public if entry.other_body)),
        premium=to_pence(worth(entry for entry in costs if entry.kind == "premium")),
        retained=to_pence(worth(entry for entry in costs if entry.kind == "retained")),
        cost_by_year=real_by_year(costs),
        benefit_by_year=tuple(to_pence(-pounds) for pounds in real_by_year(benefits)),
        rows=tuple(_economic_row(entry, factors) for entry in _in_order(appraisal, counted)),
    )


def _financial_row(entry: Entry, factors: Mapping[str, PriceFactors]) -> LineValue:
    cash = tuple(to_pence(pounds) for pounds in times(entry.amounts, factors[entry.index].cash))
    return LineValue(
        id=entry.id, kind=entry.kind, name=entry.name, by_year=cash, total=total(cash), present_value=Decimal("0.00")
    )


def financial_case(appraisal: Appraisal, option: str, factors: Mapping[str, PriceFactors]) -> Financial:
    """Cash of the body by year: indexed, not discounted (Green Book 2026, table 9).

    Yearly cash is rounded to pence by entry (METHOD 17.13), so the columns add up to the penny. The
    expected cost of constraints that stay with the body is the contingency, inside the total.
    """
    years = appraisal.horizon.years
    counted = [entry for entry in entries(appraisal, option) if entry.financial]
    rows = tuple(_financial_row(entry, factors) for entry in _in_order(appraisal, counted))
    cash = tuple(to_pence(pounds) for pounds in by_year((row.by_year for row in rows), years))
    contingency = by_year((row.by_year for row in rows if row.kind == "retained"), years)
    return Financial(
        by_year=cash,
        total=to_pence(total(cash)),
        contingency_by_year=tuple(to_pence(pounds) for pounds in contingency),
        rows=rows,
    )
