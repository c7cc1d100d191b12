"""The financial case as tables: revenue and capital by year, every body's cash, affordability, and the bridge."""

from collections.abc import Sequence
from decimal import Decimal

from appraise.model.appraisal.document import Appraisal, CapitalView
from appraise.model.appraisal.lines import RULES
from appraise.model.results import BridgeStep, Financial, OptionResult, Results
from appraise.present import finished, wording
from appraise.present.tables import Cell, Column, Table, option_columns, right_columns, short_name, thousands, words

ZERO = Decimal(0)
CAPITAL_VIEWS = {
    CapitalView.CASH: "Capital is shown as cash in the year in which it is paid.",
    CapitalView.REVENUE: "Capital is shown by the yearly charges that pay for it, not when it is paid.",
}
ADDS_UP = "Every column adds up to the penny. What rounding yearly cash to pence makes has a row of its own."


def _cases(results: Results) -> list[tuple[OptionResult, Financial]]:
    found = [(option, option.financial) for option in results.options if finished.costed(option)]
    return [(option, case) for option, case in found if case is not None]


def _years(results: Results) -> tuple[Column, ...]:
    return right_columns(*(wording.year_short(year) for year in results.years), "Total", unit="£ thousand")


def _by_year(name: str, by_year: Sequence[Decimal]) -> tuple[Cell, ...]:
    return (words(name), *(thousands(pounds) for pounds in by_year), thousands(sum(by_year, ZERO)))


def cash_by_year(results: Results, appraisal: Appraisal) -> Table:
    """Cash of every option by year: revenue, capital and their sum, and the contingency inside.

    Revenue and capital have rows of their own where an option has both.
    """
    rows: list[tuple[Cell, ...]] = []
    sums: list[int] = []
    for option, case in _cases(results):
        name = short_name(appraisal, option.id)
        if any(case.capital_by_year):
            rows.append(_by_year(f"{name}: revenue", case.revenue_by_year))
            rows.append(_by_year(f"{name}: capital", case.capital_by_year))
        if any(case.contingency_by_year):
            rows.append(_by_year(f"{name}: contingency in it", case.contingency_by_year))
        sums.append(len(rows))
        rows.append(_by_year(f"{name}: total", case.by_year))
    return Table(
        title="Cash cost by year: revenue and capital",
        columns=(Column(heading="Option"), *_years(results)),
        rows=tuple(rows),
        notes=(
            f"Cash of each year, not discounted. {CAPITAL_VIEWS[appraisal.basis.capital_view]}",
            "Contingency is the expected cost of constraints kept and the optimism bias that remains.",
        ),
        total_rows=tuple(sums),
    )


def by_body(results: Results, appraisal: Appraisal) -> Table:
    """The cash of this body and of every other public body, by year and option; a saving has a minus.

    No rows while no other public body pays or gains.
    """
    cases = _cases(results)
    shared = any(not body.own for _, case in cases for body in case.by_body)
    rows = []
    for option, case in cases if shared else ():
        name = short_name(appraisal, option.id)
        rows += [_by_year(f"{name}: {body.name}", body.by_year) for body in case.by_body]
    return Table(
        title="Cash by public body and year",
        columns=(Column(heading="Option and body"), *_years(results)),
        rows=tuple(rows),
        notes=("Cash of each year, not discounted. A minus is a saving.",),
    )


def bodies(results: Results, appraisal: Appraisal) -> Table:
    """Who pays over all years: public bodies down, options across, and the public purse at the foot."""
    cases = _cases(results)
    names: dict[str, str] = {}
    for _, case in cases:
        names |= {body.id if not body.own else "own": body.name for body in case.by_body}
    rows = []
    for key, name in names.items() if len(names) > 1 else ():
        found = [
            sum((body.total for body in case.by_body if (body.id if not body.own else "own") == key), ZERO)
            for _, case in cases
        ]
        rows.append((words(name), *(thousands(pounds) for pounds in found)))
    if rows:
        sums = [sum((body.total for body in case.by_body), ZERO) for _, case in cases]
        rows.append((words("All public bodies"), *(thousands(pounds) for pounds in sums)))
    return Table(
        title="Cash over all years by public body",
        columns=(
            Column(heading="Public body"),
            *option_columns(appraisal, [option.id for option, _ in cases], unit="£ thousand"),
        ),
        rows=tuple(rows),
        notes=("A minus is a saving. An option is no better for moving cost from one public body to another.",),
        total_rows=(len(rows) - 1,) if rows else (),
    )


def affordability(results: Results, appraisal: Appraisal) -> Table:
    """Cost as entered against the money as settled: all years together, and the years that are short."""
    names = {scenario.id: scenario.name for scenario in appraisal.scenarios}
    rows = []
    for option, case in _cases(results):
        for scenario in finished.funded(option):
            money = sum(scenario.funding_by_year, ZERO)
            short = [year for year, gap in zip(results.years, scenario.gap_by_year, strict=True) if gap > 0]
            rows.append(
                (
                    words(short_name(appraisal, option.id)),
                    words(names.get(scenario.scenario, "")),
                    thousands(case.total),
                    thousands(money),
                    thousands(case.total - money),
                    Cell(text=f"{len(short)}, from {short[0]}" if short else "None", raw=len(short)),
                )
            )
    return Table(
        title="Affordability: cost as entered against the money as settled",
        columns=(
            Column(heading="Option"),
            Column(heading="Scenario"),
            *right_columns("Cost, all years", "Money, all years", "Short over all years", unit="£ thousand"),
            *right_columns("Years short"),
        ),
        rows=tuple(rows),
        notes=("A minus is money to spare. Money of one year is not carried into another when years are counted.",),
    )


def liabilities(results: Results, appraisal: Appraisal) -> Table:
    """The note of liabilities that may fall due: the most they can cost, outside the totals."""
    rows = []
    for option, case in _cases(results):
        if case.liabilities:
            found = [line for line in appraisal.lines if line.option == option.id and RULES[line.treatment].event]
            said = "; ".join(f"{line.name} ({wording.percent(line.probability)})" for line in found)
            rows.append((words(short_name(appraisal, option.id)), words(said), thousands(case.liabilities)))
    return Table(
        title="Note: liabilities that may fall due",
        columns=(
            Column(heading="Option"),
            Column(heading="Liability and its chance"),
            *right_columns("Most it can cost, £ thousand"),
        ),
        rows=tuple(rows),
        notes=("Cash, not diminished by the chance. These are outside the totals of the financial case.",),
    )


# --- the bridge ------------------------------------------------------------------------------------------


def _keys(bridges: Sequence[Sequence[BridgeStep]]) -> list[tuple[str, str]]:
    """The rows of all bridges in the one order that they share, each with its name."""
    order: list[tuple[str, str]] = []
    for steps in bridges:
        place = 0
        for step in steps:
            row = (step.key, step.name)
            if row in order:
                place = order.index(row) + 1
            else:
                order.insert(place, row)
                place += 1
    return order


def bridge(results: Results, appraisal: Appraisal) -> Table:
    """From the economic total to the financial total, all options side by side, to the penny (METHOD 17.13)."""
    cases = _cases(results)
    steps = [{(step.key, step.name): step for step in case.bridge} for _, case in cases]
    order = _keys([case.bridge for _, case in cases])
    balances = {row for found in steps for row, step in found.items() if step.balance}
    rows = [(words(row[1]), *(_pence(found[row].pounds if row in found else ZERO) for found in steps)) for row in order]
    return Table(
        title="From the economic case to the financial case, £",
        columns=(
            Column(heading="Step"),
            *option_columns(appraisal, [option.id for option, _ in cases]),
        ),
        rows=tuple(rows),
        notes=(ADDS_UP, "Costs are positive, gains negative; a dash is nothing."),
        total_rows=tuple(place for place, row in enumerate(order) if row in balances),
    )


def _pence(pounds: Decimal) -> Cell:
    return Cell(text=wording.number(pounds, 2) if pounds else wording.DASH, raw=pounds)
