"""The financial case as tables: revenue and capital by year, every body's cash, affordability, and the bridge."""

from collections.abc import Sequence
from decimal import Decimal

from appraise.model.appraisal.document import Appraisal, CapitalView
from appraise.model.appraisal.lines import RULES
from appraise.model.results import BridgeStep, Financial, OptionResult, Results
from appraise.present import budget_words, finished, wording
from appraise.present.tables import Cell, Column, Table, option_columns, right_columns, short_name, thousands, words

ZERO = Decimal(0)
CAPITAL_VIEWS = {
    CapitalView.CASH: "Capital is shown as cash in the year in which it is paid.",
    CapitalView.REVENUE: "Capital is shown by the yearly charges that pay for it, not when it is paid.",
}
ADDS_UP = "Every column adds up to the penny. What rounding yearly figures to pence makes has a row of its own."
#: Stands under totals of years where lives differ.
UNLIKE_TOTALS = "The options run for different lives, so totals over all years are not compared."


def _cases(results: Results) -> list[tuple[OptionResult, Financial]]:
    found = [(option, option.financial) for option in results.options if finished.costed(option)]
    return [(option, case) for option, case in found if case is not None]


def _years(results: Results) -> tuple[Column, ...]:
    return right_columns(*(wording.year_short(year) for year in results.years), "Total", unit="£ thousand")


def _limits(results: Results, appraisal: Appraisal, *, lives: bool = True) -> tuple[str, ...]:
    """What totals over years do not hold or do not say: capital without charges; different lives."""
    unlike = (UNLIKE_TOTALS,) if lives and not finished.same_basis(results) else ()
    return (*unlike, *budget_words.uncharged_note(appraisal, [option.id for option, _ in _cases(results)]))


def _by_year(name: str, by_year: Sequence[Decimal]) -> tuple[Cell, ...]:
    return (words(name), *(thousands(pounds) for pounds in by_year), thousands(sum(by_year, ZERO)))


def cash_by_year(results: Results, appraisal: Appraisal) -> Table:
    """The budget of every option by year: revenue, capital and their sum, and the contingency inside.

    Revenue and capital have rows of their own where an option has both; else the rest beside the contingency has.
    """
    rows: list[tuple[Cell, ...]] = []
    sums: list[int] = []
    revenue_view = budget_words.in_revenue(appraisal)
    for option, case in _cases(results):
        name = short_name(appraisal, option.id)
        with_capital = any(case.capital_by_year)
        if with_capital:
            rows.append(_by_year(f"{name}: revenue", case.revenue_by_year))
            rows.append(_by_year(f"{name}: capital", case.capital_by_year))
        elif any(case.contingency_by_year):
            rest = [pounds - kept for pounds, kept in zip(case.by_year, case.contingency_by_year, strict=True)]
            rows.append(_by_year(f"{name}: {'service and charges' if revenue_view else 'service cost'}", rest))
        if any(case.contingency_by_year):
            inside = "contingency in it" if with_capital else "contingency"
            rows.append(_by_year(f"{name}: {inside}", case.contingency_by_year))
        sums.append(len(rows))
        rows.append(_by_year(f"{name}: total", case.by_year))
    return Table(
        title="Charges to revenue by year" if revenue_view else "Cash cost by year: revenue and capital",
        columns=(Column(heading="Option"), *_years(results)),
        rows=tuple(rows),
        notes=(
            f"{budget_words.of_each_year(appraisal)} {CAPITAL_VIEWS[appraisal.basis.capital_view]}",
            "Contingency is the expected cost of constraints kept and the optimism bias that remains.",
            *_limits(results, appraisal),
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
        title=f"{_counted(appraisal)} by public body and year",
        columns=(Column(heading="Option and body"), *_years(results)),
        rows=tuple(rows),
        notes=(f"{_by_body_note(appraisal)} A minus is a saving.", *_limits(results, appraisal)),
    )


#: What the sum of all bodies adds together.
_MIXED = "This body’s figures hold contingency, those of other bodies none; the sum adds the two."


def _counted(appraisal: Appraisal) -> str:
    return "Budget effect" if budget_words.in_revenue(appraisal) else "Cash"


def _by_body_note(appraisal: Appraisal) -> str:
    if budget_words.in_revenue(appraisal):
        return "This body: charges to revenue. Other bodies: what they pay in each year. Not discounted."
    return budget_words.of_each_year(appraisal)


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
        title=f"{_counted(appraisal)} over all years by public body",
        columns=(
            Column(heading="Public body"),
            *option_columns(appraisal, [option.id for option, _ in cases], unit="£ thousand"),
        ),
        rows=tuple(rows),
        notes=(
            "A minus is a saving. An option is no better for moving cost from one public body to another.",
            *((_MIXED,) if any(any(case.contingency_by_year) for _, case in cases) else ()),
            *((_by_body_note(appraisal),) if budget_words.in_revenue(appraisal) else ()),
            *_limits(results, appraisal),
        ),
        total_rows=(len(rows) - 1,) if rows else (),
    )


_OWN_YEARS = "Cost and money of each option end with the last year that is costed for it."


def affordability(results: Results, appraisal: Appraisal) -> Table:
    """Cost in each scenario against the money as settled, if nothing is cut, and in how many years it does not reach.

    When the money runs out is told once, from the draws (`funding_tables.all_options`): here no year is named.
    """
    names = {scenario.id: scenario.name for scenario in appraisal.scenarios}
    rows = []
    for option, _ in _cases(results):
        for scenario in finished.funded(option):
            end = option.economic.life + 1 if option.economic is not None else len(results.years)
            money, cost = (sum(one[:end], ZERO) for one in (scenario.funding_by_year, scenario.cost_by_year))
            gaps = zip(results.years, scenario.gap_by_year, strict=True)
            short = sum(gap > 0 for _, gap in list(gaps)[:end])
            rows.append(
                (
                    words(short_name(appraisal, option.id)),
                    words(names.get(scenario.scenario, "")),
                    thousands(cost),
                    thousands(money),
                    thousands(cost - money),
                    Cell(text=str(short) if short else "None", raw=short),
                )
            )
    same = finished.same_basis(results)
    span = "all years" if same else "its years"
    return Table(
        title="Affordability if nothing is cut: cost in each scenario against the money as settled",
        columns=(
            Column(heading="Option"),
            Column(heading="Scenario"),
            *right_columns(f"Cost, {span}", f"Money, {span}", f"Short over {span}", unit="£ thousand"),
            *right_columns("Years short, nothing cut"),
        ),
        rows=tuple(rows),
        notes=(
            "Without cuts, grants and ranges. When money runs out with them is told from the draws.",
            "A minus is money to spare. Money of one year is not carried into another when years are counted.",
            *(() if same else (_OWN_YEARS, UNLIKE_TOTALS)),
            *_limits(results, appraisal, lives=False),
        ),
    )


def liabilities(results: Results, appraisal: Appraisal) -> Table:
    """The note of liabilities that may fall due: what they cost then, as entered, outside the totals."""
    rows = []
    for option, case in _cases(results):
        if case.liabilities:
            found = [line for line in appraisal.lines if line.option == option.id and RULES[line.treatment].event]
            said = "; ".join(f"{line.name} ({wording.percent_entered(line.probability)})" for line in found)
            rows.append((words(short_name(appraisal, option.id)), words(said), thousands(case.liabilities)))
    return Table(
        title="Note: liabilities that may fall due",
        columns=(
            Column(heading="Option"),
            Column(heading="Liability and its chance"),
            *right_columns("If it falls due, as entered, £ thousand"),
        ),
        rows=tuple(rows),
        notes=(
            "In money of each year, not diminished by the chance; a range may go beyond the amount entered.",
            "These are outside the totals of the financial case.",
        ),
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
        notes=(
            ADDS_UP,
            "Costs are positive, gains negative; a dash is nothing.",
            *_limits(results, appraisal),
        ),
        total_rows=tuple(place for place, row in enumerate(order) if row in balances),
    )


def _pence(pounds: Decimal) -> Cell:
    return Cell(text=wording.number(pounds, 2) if pounds else wording.DASH, raw=pounds)
