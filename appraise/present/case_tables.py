"""Tables of the five cases: costs and benefits by year, money by scenario, reasons and sources."""

from collections.abc import Sequence
from decimal import Decimal

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import RULES, Line
from appraise.model.results import Results
from appraise.present import finished, moving_together, range_words, wording
from appraise.present.tables import (
    Cell,
    Column,
    Table,
    net_by_year,
    right_columns,
    short_name,
    thousands,
    words,
)


def economic_by_year(results: Results, appraisal: Appraisal) -> Table:
    """Costs, benefits and their difference of each option by year, prices of year 0, not discounted.

    An option without benefits has one row, its costs.
    """
    rows: list[tuple[Cell, ...]] = []
    sums: list[int] = []
    for option in results.options:
        case = option.economic
        if case is None or not finished.costed(option):
            continue
        name = short_name(appraisal, option.id)
        if any(case.benefit_by_year):
            rows.append(_year_row(f"{name}: costs", case.cost_by_year))
            rows.append(_year_row(f"{name}: benefits", case.benefit_by_year))
        sums.append(len(rows))
        rows.append(_year_row(f"{name}: costs less benefits", net_by_year(case)))
    first = results.years[0] if results.years else "year 0"
    return Table(
        title="Costs and benefits by year",
        columns=(
            Column(heading="Option"),
            *right_columns(*(wording.year_short(year) for year in results.years), "Total", unit="£ thousand"),
        ),
        rows=tuple(rows),
        notes=(f"Prices of {first}, before discounting.",),
        total_rows=tuple(sums),
    )


def _year_row(name: str, by_year: Sequence[Decimal]) -> tuple[Cell, ...]:
    return (words(name), *(thousands(pounds) for pounds in by_year), thousands(sum(by_year, Decimal(0))))


#: What a constraint comes to, by kind of row.
_SIDES = {"premium": "priced", "retained": "kept", "managing": "managing it"}


def constraints_cost(results: Results, appraisal: Appraisal) -> Table:
    """What each constraint adds to each option's present cost: what suppliers price in, what is kept in expectation."""
    rows = []
    for constraint in appraisal.constraints:
        cells = [words(constraint.name)]
        for option in results.options:
            found = [row for row in (option.economic.rows if option.economic else ()) if row.id == constraint.id]
            parts = [f"{wording.number(row.present_value / 1000)} {_SIDES[row.kind]}" for row in found]
            cells.append(Cell(text=wording.listing(parts) or wording.DASH, raw=sum(row.present_value for row in found)))
        rows.append(tuple(cells))
    return Table(
        title="What each constraint is expected to cost",
        columns=(
            Column(heading="Constraint"),
            *right_columns(*(short_name(appraisal, option.id) for option in results.options), unit="£ thousand"),
        ),
        rows=tuple(rows),
        notes=(
            "Present values. Priced: inside a supplier’s price. Kept: expected cost that stays.",
            "By compensation, the part that is not admitted is priced; uplift and dispute cost are kept.",
            "By pain and gain, what the authority pays is kept. Managing it: what a bearer does about it, certain.",
            "A dash is no exposure.",
        ),
    )


def _moves_with(appraisal: Appraisal, line: Line) -> str:
    """What the line moves with: its driver, its group, the matrix; a dash for nothing, or without a range."""
    if line.range is None:
        return ""
    groups = {group.id: group.name or "a group without a name" for group in appraisal.correlation_groups}
    matrix = appraisal.correlation_matrix
    parts = [f"{line.driver.strip()} ({moving_together.shared_words(line.shared)})"] if line.driver.strip() else []
    parts += [f"group “{groups[line.correlation]}”"] if line.correlation in groups else []
    parts += ["single pairs"] if matrix is not None and line.id in matrix.lines else []
    return "; ".join(parts)


def line_sources(appraisal: Appraisal) -> Table:
    """Every line: what it is, how far it may come out otherwise, what moves with it, its price index, its source."""
    options = {option.id: option.short_name or option.name for option in appraisal.options}
    indices = {index.id: index.name for index in appraisal.indices}
    headings = ("Line", "Option", "Range", "Moves with", "Treatment and index", "Source")
    return Table(
        title="Lines and their sources",
        columns=tuple(Column(heading=heading) for heading in headings),
        rows=tuple(
            (
                words(line.name),
                words(options.get(line.option, "")),
                Cell(text=range_words.range_words(line.range)),
                words(_moves_with(appraisal, line)),
                words(f"{RULES[line.treatment].label}; {indices.get(line.index, 'general inflation').lower()}"),
                words(line.source),
            )
            for line in appraisal.lines
        ),
        notes=(
            "Ranges are in per cent of what was entered; 100 is as entered.",
            "Ends 1 in 10: one time in ten it comes out under low, one time in ten over high.",
            "Moves with: the fact that other lines name too, or a group of lines that move together in part.",
        ),
    )
