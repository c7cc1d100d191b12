"""Tables of the five cases: options side by side, totals by year, reasons and sources."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import RULES
from appraise.model.results import OptionResult, Results
from appraise.present import wording
from appraise.present.tables import Cell, Column, Table, highlight, short_from, thousands, words


def _right(*headings: str, unit: str = "") -> tuple[Column, ...]:
    return tuple(Column(heading=heading, align="right", unit=unit) for heading in headings)


def economic_summary(results: Results, appraisal: Appraisal) -> Table:
    """Every option's present values in absolute terms, business as usual among them (Green Book 2026, 4.19)."""
    rows = []
    for option in results.options:
        case = option.economic
        if case is None:
            continue
        figures = (case.pvc, case.premium, case.retained, case.pvb, case.npsv, case.npc)
        rows.append((words(option.name), *(thousands(figure) for figure in figures)))
    return Table(
        title="Present values of the options, as entered",
        columns=(
            Column(heading="Option"),
            *_right(
                "Costs",
                "of which in suppliers’ prices for constraints",
                "of which expected constraints kept",
                "Benefits",
                "Net present social value",
                "Net present cost",
            ),
        ),
        rows=tuple(rows),
        notes=(
            "£ thousand. Lines as entered, without their ranges; constraints at their expected cost.",
            "Net present cost is costs less cash savings, other bodies’ savings and residual values.",
        ),
        highlight_row=highlight(results, appraisal),
    )


def _totals_by_year(
    results: Results,
    appraisal: Appraisal,
    title: str,
    note: str,
    figures: Callable[[OptionResult], Sequence[Decimal] | None],
) -> Table:
    rows = []
    for option in results.options:
        by_year = figures(option)
        if by_year is None:
            continue
        rows.append(
            (
                words(option.name),
                *(thousands(pounds) for pounds in by_year),
                thousands(sum(by_year, Decimal(0))),
            )
        )
    return Table(
        title=title,
        columns=(Column(heading="Option"), *_right(*(wording.year_short(year) for year in results.years), "Total")),
        rows=tuple(rows),
        notes=(note,),
        highlight_row=highlight(results, appraisal),
    )


def economic_totals_by_year(results: Results, appraisal: Appraisal) -> Table:
    """Cost less benefit of each option by year, prices of year 0, not discounted."""

    def net(option: OptionResult) -> Sequence[Decimal] | None:
        case = option.economic
        if case is None:
            return None
        return tuple(cost - gain for cost, gain in zip(case.cost_by_year, case.benefit_by_year, strict=True))

    first = results.years[0] if results.years else "year 0"
    return _totals_by_year(
        results,
        appraisal,
        "Cost less benefit by year",
        f"£ thousand in prices of {first}, before discounting. All benefits are taken off.",
        net,
    )


def financial_totals_by_year(results: Results, appraisal: Appraisal) -> Table:
    """Cash of each option by year."""
    return _totals_by_year(
        results,
        appraisal,
        "Cash cost by year",
        "£ thousand in cash of each year, contingency inside.",
        lambda option: option.financial.by_year if option.financial is not None else None,
    )


def gap_summary(results: Results, appraisal: Appraisal) -> Table:
    """Option by scenario: the first short year as planned, and the chance that any year is short."""
    rows = []
    for option in results.options:
        for scenario in option.funding or ():
            name = next(found.name for found in appraisal.scenarios if found.id == scenario.scenario)
            gap = sum((max(pounds, Decimal(0)) for pounds in scenario.gap_by_year), Decimal(0))
            rows.append(
                (
                    words(option.name),
                    words(name),
                    words(short_from(results, scenario) or "None"),
                    thousands(gap),
                    Cell(text=wording.percent(scenario.probability_of_any_gap), raw=scenario.probability_of_any_gap),
                )
            )
    return Table(
        title="Every option against every funding scenario",
        columns=(
            Column(heading="Option"),
            Column(heading="Scenario"),
            Column(heading="First short year"),
            *_right("Short in all, £ thousand", "Chance of any gap"),
        ),
        rows=tuple(rows),
        notes=(
            "First short year and amount compare the expected cost with the money as settled.",
            "The chance counts draws in which cost passes the money in at least one year, renewals and cuts drawn.",
        ),
    )


def constraints_cost(results: Results, appraisal: Appraisal) -> Table:
    """What constraints add to each option's present cost: in suppliers' prices and in expectation."""
    rows = []
    for constraint in appraisal.constraints:
        for option in results.options:
            found = [row for row in (option.economic.rows if option.economic else ()) if row.id == constraint.id]
            if not found:
                continue
            by_kind = {row.kind: row.present_value for row in found}
            rows.append(
                (
                    words(constraint.name),
                    words(option.name),
                    thousands(by_kind.get("premium", Decimal(0))),
                    thousands(by_kind.get("retained", Decimal(0))),
                )
            )
    return Table(
        title="What each constraint is expected to cost",
        columns=(
            Column(heading="Constraint"),
            Column(heading="Option"),
            *_right("In the supplier’s price", "Kept, expected"),
        ),
        rows=tuple(rows),
        notes=("£ thousand, present value. An option that is not exposed is left out.",),
    )


def score_reasons(appraisal: Appraisal) -> Table:
    """Every score with its reason and evidence."""
    options = {option.id: option.name for option in appraisal.options}
    given = {(score.criterion, score.option): score for score in appraisal.scores}
    rows = []
    for criterion in appraisal.criteria:
        for option in appraisal.options:
            score = given.get((criterion.id, option.id))
            if score is not None:
                rows.append(
                    (
                        words(criterion.name),
                        words(options[option.id]),
                        Cell(text=wording.score(score.value), raw=score.value),
                        words(score.reason),
                        words(score.evidence),
                    )
                )
    return Table(
        title="Scores, reasons and evidence",
        columns=(
            Column(heading="Criterion"),
            Column(heading="Option"),
            *_right("Score"),
            Column(heading="Reason"),
            Column(heading="Evidence"),
        ),
        rows=tuple(rows),
    )


def _range(low: Decimal, high: Decimal) -> str:
    return f"{wording.number(low)} to {wording.number(high)} %"


def line_sources(appraisal: Appraisal) -> Table:
    """Every line: what it is, how far it may come out otherwise, which price index it follows, its source."""
    options = {option.id: option.short_name or option.name for option in appraisal.options}
    indices = {index.id: index.name for index in appraisal.indices}
    return Table(
        title="Lines and their sources",
        columns=(
            Column(heading="Line"),
            Column(heading="Option"),
            *_right("Range"),
            Column(heading="Treatment and index"),
            Column(heading="Source"),
        ),
        rows=tuple(
            (
                words(line.name),
                words(options.get(line.option, "")),
                Cell(text=_range(line.range.low, line.range.high) if line.range else "certain"),
                words(f"{RULES[line.treatment].label}; {indices.get(line.index, 'general inflation').lower()}"),
                words(line.source),
            )
            for line in appraisal.lines
        ),
        notes=("The range is in per cent of what was entered: 100 is as entered.",),
    )
