"""Results as tables: what the window, the paper and the workbook all show, with the raw value behind each text."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from appraise.model.appraisal.constraints import Agreement
from appraise.model.appraisal.document import Appraisal
from appraise.model.funding_results import ScenarioFunding
from appraise.model.results import Economic, LineValue, OptionResult, Results, Switch
from appraise.model.score_results import Scored
from appraise.present import budget_words, comparison, finished, gate_words, wording

Raw = str | float | Decimal | None

AGREEMENTS = {
    Agreement.AGREED: "Agreed",
    Agreement.PARTLY: "Partly agreed",
    Agreement.NOT_AGREED: "Not agreed",
    Agreement.NOBODY_ASKED: "Nobody asked",
}
#: A line that would have to change by more than this share of itself changes no answer that anybody believes.
LARGEST_CHANGE = 2.0
#: For an NPSV of 0 a line may have to move further; beyond this no value is plausible.
PLAUSIBLE_CHANGE = 10.0
#: Switches whose ends are pounds.
MONEY_KINDS = ("cost", "npsv")
SHORT_YEAR_NOTE = "Chance of a short year: best to worst funding scenario."
#: A weight beyond this leaves nothing for the other criteria.
WHOLE_WEIGHT = 0.95
#: In place of a score while the workshop keeps totals hidden.
SEALED = "sealed"
#: After the name of a line that is discounted at the rate of lives and health.
HEALTH_MARK = " (health rate)"
_FOLLOWS = {"bias": "its optimism bias", "vat": "its VAT"}
_MARKS = {"premium": "supplier's price", "retained": "expected cost kept"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What is shown, the value behind it, and how far it may be off, 19 times in 20, where it was simulated."""

    text: str
    raw: Raw = None
    error: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A heading, how the cells under it are set, and the unit that holds for all of them."""

    heading: str
    align: Literal["left", "right"] = "left"
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under columns; the first column names the row. Row numbers count from 0."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    highlight_row: int | None = None
    total_rows: tuple[int, ...] = ()


def find_option(results: Results, option: str) -> OptionResult:
    """The results of an option; KeyError for an id that has none."""
    for result in results.options:
        if result.id == option:
            return result
    raise KeyError(option)


def preferred(results: Results, appraisal: Appraisal) -> str:
    """The option that is highlighted: the one recommended, else one that clearly leads; "" for nobody.

    Cost and score must not point at different options for one of them to lead, and every option has costs. Nobody leads
    while scores are sealed, nor ever who fails a gate: the verdict leaves these out.
    """
    ids = {result.id for result in results.options}
    if appraisal.recommendation.option in ids:
        return appraisal.recommendation.option
    if not finished.comparable(results) or finished.scores_sealed(results):
        return ""
    verdict = results.verdict
    leaders = {
        leader
        for leader, clear in ((verdict.cheapest, verdict.cost_clear), (verdict.highest_score, verdict.score_clear))
        if leader and clear
    }
    return leaders.pop() if len(leaders) == 1 else ""


def short_name(appraisal: Appraisal, option: str) -> str:
    """What an option is called in a title: its short name, or else the start of its name; a dash if it is gone."""
    found = next((item for item in appraisal.options if item.id == option), None)
    return wording.shorten(found.short_name or found.name, 22) if found is not None else wording.DASH


def present_cost(option: OptionResult) -> float | None:
    """Net present cost in pounds: the middle of the draws, else the cost as entered, else None."""
    if option.risk is not None:
        return option.risk.npc.p50
    return float(option.economic.npc) if option.economic is not None else None


def highlight(results: Results, appraisal: Appraisal) -> int | None:
    """The row of the highlighted option among the options, or None."""
    chosen = preferred(results, appraisal)
    return next((row for row, option in enumerate(results.options) if option.id == chosen), None)


def words(text: str) -> Cell:
    """A cell of words; a dash where there are none."""
    return Cell(text=text or wording.DASH, raw=text)


def _figure(value: float | Decimal | None, form: Callable[[float], str], error: float | None = None) -> Cell:
    if value is None:
        return Cell(text=wording.DASH)
    return Cell(text=form(float(value)), raw=value, error=error)


def thousands(value: Decimal | float) -> Cell:
    """Thousands of pounds for a table by year; a dash for nothing, the whole amount in pounds behind it."""
    return Cell(text=wording.number(float(value) / 1_000) if value else wording.DASH, raw=value)


def right_columns(*headings: str, unit: str = "") -> tuple[Column, ...]:
    """Columns of figures, with the unit that holds for all of them."""
    return tuple(Column(heading=heading, align="right", unit=unit) for heading in headings)


def option_columns(appraisal: Appraisal, options: Sequence[str], *, unit: str = "") -> tuple[Column, ...]:
    """A column of figures for each option, headed by its short name."""
    return right_columns(*(short_name(appraisal, option) for option in options), unit=unit)


def short_from(results: Results, funding: ScenarioFunding) -> str:
    """The first year in which the middle draw is short of money, as "2029/30"; "" for none."""
    years = zip(results.years, funding.gap_p50_by_year, strict=True)
    return next((year for year, gap in years if gap > 0), "")


def costed_years(results: Results, option: OptionResult) -> tuple[str, ...]:
    """The years that are costed for an option: all of them, or as many as it lives."""
    end = option.economic.life + 1 if option.economic is not None else len(results.years)
    return tuple(results.years[:end])


def years_words(years: Sequence[str], short: Collection[str]) -> str:
    """Which of the years, in words: "in 2027/28 only", "from 2031/32 on", "in four years, first 2028/29"; "" for none.

    Only what lasts to the last of `years` goes "on".
    """
    places = [place for place, year in enumerate(years) if year in short]
    if not places:
        return ""
    first, last = years[places[0]], years[places[-1]]
    if len(places) == len(years) > 1:
        return "in every year"
    if len(places) == 1 and places[0] < len(years) - 1:
        return f"in {first} only"
    if len(places) < places[-1] - places[0] + 1:
        return f"in {wording.count(len(places))} years, first {first}"
    return f"from {first} on" if last == years[-1] else f"from {first} to {last}"


def short_when(results: Results, option: OptionResult, funding: ScenarioFunding) -> str:
    """The years in which the middle draw is short of money, in words; "" for none."""
    pairs = zip(results.years, funding.gap_p50_by_year, strict=True)
    return years_words(costed_years(results, option), [year for year, gap in pairs if gap > 0])


def short_in_all(results: Results, option: OptionResult, scenarios: Sequence[ScenarioFunding]) -> str:
    """The years short in every scenario that has any, where these are the same; else the first of them."""
    told = {short_when(results, option, one) for one in scenarios if short_from(results, one)}
    first = min((short_from(results, one) for one in scenarios if short_from(results, one)), default="")
    return told.pop() if len(told) == 1 else f"first in {first}" if first else ""


def funding_state(results: Results, option: OptionResult) -> Cell:
    """Where the money runs out: over all scenarios, in words."""
    scenarios = finished.funded(option)
    if option.funding and not scenarios:
        return Cell(text=finished.NO_MONEY)
    if scenarios and not finished.costed(option):
        return Cell(text=wording.DASH)
    short = [year for year in (short_from(results, scenario) for scenario in scenarios) if year]
    if not scenarios:
        return Cell(text=wording.DASH)
    if not short:
        return Cell(text="Middle cost met", raw="")
    when = short_in_all(results, option, scenarios)
    if len(short) == len(scenarios):
        return Cell(text=f"Short {when}", raw=min(short))
    return Cell(text=f"Short {when}, {len(short)} of {len(scenarios)} scenarios", raw=min(short))


def chance_of_short_year(option: OptionResult) -> Cell:
    """The chance that at least one year is short of money, from the best to the worst scenario."""
    chances = sorted(scenario.probability_of_any_gap for scenario in finished.funded(option))
    if not chances or not finished.costed(option):
        return Cell(text=wording.DASH)
    ends = [wording.percent_of_draws(chance) for chance in (chances[0], chances[-1])]
    return Cell(text=ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}", raw=chances[-1])


def cost_figures(results: Results) -> tuple[float, ...]:
    """Middle and range of every option with costs, in pounds: what one column of money has to show."""
    found = [option for option in comparison.compared(results).options if finished.costed(option)]
    ends = [end for one in found if one.risk for end in (one.risk.npc.p10, one.risk.npc.p90)]
    return (*(present_cost(one) or 0.0 for one in found), *ends)


def cost_error(results: Results) -> float:
    """How far middle and range of an option's cost may be off, 19 times in 20, in pounds, the worst of them."""
    found = [one.risk for one in comparison.compared(results).options if finished.costed(one) and one.risk is not None]
    errors = [one.npc.percentile_errors for one in found]
    return max((error for one in errors for error in (one.p10, one.p50, one.p90)), default=0.0)


def _total(scored: Scored | None) -> Cell:
    """The weighted score; where scores are missing, how many there are and no raw value."""
    if scored is None:
        return Cell(text=wording.DASH)
    return Cell(text=finished.total_words(scored), raw=scored.total if scored.complete else None)


def options_summary(results: Results, appraisal: Appraisal) -> Table:
    """The one table of options: what it costs with its range, how often it is cheapest, its score, its money.

    A dash stands for what is not entered: a cost without lines, a chance beside options without costs.
    """
    rows = []
    cost_form = wording.money_column(cost_figures(results), cost_error(results))
    together = finished.comparable(results)
    for option in comparison.compared(results).options:
        scored = option.score
        there = finished.costed(option)
        risk = option.risk if there else None
        low, high = (risk.npc.p10, risk.npc.p90) if risk else (None, None)
        cost = present_cost(option) if there else None
        rows.append(
            (
                words(option.name),
                Cell(
                    text=f"{cost_form(low)} to {cost_form(high)}"
                    if low is not None and high is not None
                    else wording.DASH,
                    raw=low,
                ),
                _figure(cost, cost_form, risk.npc.percentile_errors.p50 if risk else None),
                _figure(
                    risk.probability_cheapest if risk and together else None,
                    wording.percent_of_draws,
                    wording.NINETEEN_OF_20 * risk.probability_error if risk else None,
                ),
                Cell(text=SEALED) if finished.scores_sealed(results) else _total(scored),
                funding_state(results, option),
                chance_of_short_year(option),
            )
        )
    price_year = results.years[0] if results.years else "year 0"
    same = finished.same_basis(results)
    spread = "" if same else ", spread evenly over the years of each option"
    basis = wording.capital(comparison.cost_words(results))
    notes = [
        f"A draw is one of {wording.number(results.draws)} runs within all ranges. {SHORT_YEAR_NOTE}",
        f"{basis} is the middle draw: prices of {price_year}, later years discounted, less receipts{spread}.",
    ]
    lacking = (finished.missing_costs(results), finished.missing_scores(results), *gate_words.out(appraisal))
    notes += [said for said in lacking if said]
    if appraisal.scenarios:
        notes += budget_words.uncharged_note(appraisal, [option.id for option in results.options])
    return Table(
        title=f"The options side by side, {wording.years_from(results.years)}",
        columns=(
            Column(heading="Option"),
            *right_columns("8 of 10 draws", basis),
            *right_columns("Cheapest in", unit="of draws"),
            *right_columns("Weighted score", unit="of 100"),
            Column(heading="Funding"),
            Column(heading="Chance of a short year"),
        ),
        rows=tuple(rows),
        notes=tuple(notes),
        highlight_row=highlight(results, appraisal),
    )


def _by_year(
    title: str, years: Sequence[str], lines: Sequence[tuple[str, Sequence[Decimal], Decimal]], totals: int, note: str
) -> Table:
    """Named rows by year with a total at the end; the last `totals` rows are sums."""
    return Table(
        title=title,
        columns=(
            Column(heading="Line"),
            *right_columns(*(wording.year_short(year) for year in years), "Total", unit="£ thousand"),
        ),
        rows=tuple(
            (words(name), *(thousands(value) for value in values), thousands(total)) for name, values, total in lines
        ),
        notes=(note,),
        total_rows=tuple(range(len(lines) - totals, len(lines))),
    )


def line_name(row: LineValue) -> str:
    """The name of a line, and for a constraint which side of it this is; what a line brings with it follows it."""
    if row.kind in _FOLLOWS:
        return _FOLLOWS[row.kind]
    return f"{row.name}, {_MARKS[row.kind]}" if row.kind in _MARKS else row.name


def _telling(rows: Sequence[LineValue]) -> list[LineValue]:
    """The rows without those that follow a line and are nothing in every year, such as a bias within linked risks."""
    return [row for row in rows if row.kind not in _FOLLOWS or any(row.by_year)]


def _rows(rows: Sequence[LineValue], marked: Collection[str] = ()) -> list[tuple[str, Sequence[Decimal], Decimal]]:
    return [(_marked(row, marked), row.by_year, row.total) for row in _telling(rows)]


def _marked(row: LineValue, health: Collection[str]) -> str:
    """The name of a row, marked where it is discounted at the rate of lives and health."""
    return line_name(row) + (HEALTH_MARK if row.kind == "line" and row.id in health else "")


def economic_by_year(results: Results, option: str, *, health: Collection[str] = ()) -> Table:
    """The economic case of an option: prices of year 0, before discounting. `health`: ids of lines to mark."""
    found = find_option(results, option)
    title = f"{found.name}: economic case by year"
    note = f"Prices of {_price_year(results)}, before discounting. Gains have a minus; figures are rounded."
    case = found.economic
    if case is None:
        return _by_year(title, results.years, [], 0, note)
    sums: list[tuple[str, Sequence[Decimal], Decimal]] = [
        ("Total cost", case.cost_by_year, sum(case.cost_by_year, Decimal(0))),
        ("Total benefit", tuple(-gain for gain in case.benefit_by_year), -sum(case.benefit_by_year, Decimal(0))),
        ("Cost less benefit", net_by_year(case), sum(net_by_year(case), Decimal(0))),
    ]
    return _by_year(title, results.years, _rows(case.rows, health) + sums, 3, note)


def net_by_year(case: Economic) -> tuple[Decimal, ...]:
    """Costs less all benefits by year, prices of year 0."""
    return tuple(cost - gain for cost, gain in zip(case.cost_by_year, case.benefit_by_year, strict=True))


def financial_by_year(results: Results, option: str, *, counted: str = "cash") -> Table:
    """The financial case of an option, not discounted. `counted`: what its money is called."""
    found = find_option(results, option)
    title = f"{found.name}: financial case by year"
    kind = wording.capital(counted)
    note = f"{kind} of each year, with inflation, not discounted. Contingency is inside the total; figures are rounded."
    case = found.financial
    if case is None:
        return _by_year(title, results.years, [], 0, note)
    sums: list[tuple[str, Sequence[Decimal], Decimal]] = [
        ("Of which contingency", case.contingency_by_year, sum(case.contingency_by_year, Decimal(0))),
        ("Total", case.by_year, case.total),
    ]
    return _by_year(title, results.years, _rows(case.rows) + sums, 2, note)


def present_values_by_line(results: Results, option: str, *, health: Collection[str] = ()) -> Table:
    """Each line before and after discounting, its optimism bias beside it, to the penny; ends in the net present cost.

    The last column adds up to the present values of costs and benefits. `health`: ids of lines to mark.
    """
    found = find_option(results, option)
    case = found.economic
    rows: list[tuple[Cell, ...]] = []
    totals: tuple[int, ...] = ()
    if case is not None:
        biases = {row.id: row for row in case.rows if row.kind == "bias"}
        rows = [_line_present(row, biases.get(row.id), health) for row in case.rows if row.kind != "bias"]
        blank = Cell(text=wording.DASH)
        sums = (
            ("Present value of costs", case.pvc),
            ("Present value of benefits", case.pvb),
            ("Net present social value", case.npsv),
            ("Net present cost", case.npc),
        )
        totals = tuple(range(len(rows), len(rows) + len(sums)))
        rows += [(words(name), blank, blank, _exact(value)) for name, value in sums]
    return Table(
        title=f"{found.name}: present values by line",
        columns=(
            Column(heading="Line"),
            *right_columns("Before discounting", "Its optimism bias", "Present value of both"),
        ),
        rows=tuple(rows),
        notes=(f"Prices of {_price_year(results)}. Net present cost is costs less receipts of public bodies.",),
        total_rows=totals,
    )


def _line_present(row: LineValue, bias: LineValue | None, health: Collection[str]) -> tuple[Cell, ...]:
    """A line with its bias, to the penny; a dash where it has none or none is left."""
    added = _exact(bias.total) if bias is not None and bias.total else Cell(text=wording.DASH, raw=Decimal(0))
    both = row.present_value + (bias.present_value if bias is not None else Decimal(0))
    return words(_marked(row, health)), _exact(row.total), added, _exact(both)


def _exact(value: Decimal) -> Cell:
    return Cell(text=wording.money_exact(value), raw=value)


def _price_year(results: Results) -> str:
    return results.years[0] if results.years else "year 0"


def scores(results: Results, appraisal: Appraisal) -> Table:
    """Weighted points: criteria down, options across, totals at the foot. Sums of weight x score."""
    scored = [option for option in results.options if option.score is not None]
    rows: list[tuple[Cell, ...]] = []
    for criterion in appraisal.criteria:
        found = [
            next((one for one in option.score.by_criterion if one.criterion == criterion.id), None)
            for option in scored
            if option.score is not None
        ]
        weight = next((one.weight for one in found if one is not None), None)
        rows.append(
            (
                words(criterion.name),
                _figure(weight, wording.percent),
                *(_figure(one.points if one is not None and one.value is not None else None, _points) for one in found),
            )
        )
    if rows and scored:
        totals = (_total(option.score) for option in scored)
        rows.append((words("Weighted score"), Cell(text=wording.percent(1.0), raw=1.0), *totals))
    missing = any(cell.raw is None for row in rows[:-1] for cell in row[2:])
    notes = [
        "Points are weight times score. Each figure is rounded by itself, so points may not add up to the total.",
        "A dash is a score that is still missing." if missing else "",
        *gate_words.out(appraisal),
    ]
    return Table(
        title="Weighted scores by criterion",
        columns=(
            Column(heading="Criterion"),
            *right_columns("Weight"),
            *right_columns(*(option.name for option in scored), unit="points of 100"),
        ),
        rows=tuple(rows),
        notes=tuple(note for note in notes if note),
        total_rows=(len(rows) - 1,) if rows and scored else (),
    )


def _points(value: float) -> str:
    return wording.number(value, 1)


def chance_off(share: float, standard_error: float) -> Cell:
    """A share of draws with how far it may be off, 19 times in 20."""
    off = wording.NINETEEN_OF_20 * standard_error
    return Cell(text=wording.simulated_chance(share, off), raw=share, error=off)


def thousands_off(pounds: float, error: float) -> Cell:
    """Simulated thousands of pounds with how far they may be off, 19 times in 20; whole thousands at most."""
    if error <= 0:
        return thousands(pounds)
    return Cell(text=wording.with_error(pounds / 1_000, error / 1_000, 0), raw=pounds, error=error)


_MONEY_ENTERED = "Money before any cut"
_SPLIT_MONEY = ("Revenue money before any cut", "Capital money before any cut", "Capital left over")
#: What a scenario gives on average, once cuts have come and grants are won or not.
EXPECTED_MONEY = "Money expected after cuts, with grants"


def _funding_row(year: str, place: int, funding: ScenarioFunding, *, split: bool) -> tuple[Cell, ...]:
    """One year of a scenario; where capital is told apart, cost less money plus capital left over is the gap."""
    cost, money, gap = funding.cost_by_year[place], funding.funding_by_year[place], funding.gap_by_year[place]
    capital = funding.capital_by_year[place] if split else Decimal(0)
    parts = (thousands(money - capital), thousands(capital), thousands(gap - (cost - money))) if split else ()
    off = wording.NINETEEN_OF_20 * funding.funding_error_by_year[place]
    return (
        words(year),
        thousands(cost),
        *(parts or (thousands(money),)),
        thousands(gap),
        thousands_off(funding.expected_funding_by_year[place], off),
        thousands_off(funding.gap_p80_by_year[place], funding.gap_p80_error_by_year[place]),
        chance_off(funding.probability_of_gap_by_year[place], funding.probability_error_by_year[place]),
    )


def funding_by_year(results: Results, appraisal: Appraisal, option: str, scenario: str) -> Table:
    """An option's cash cost against one scenario's money, year by year; KeyError for an unknown scenario."""
    found = find_option(results, option)
    name = {item.id: item.name for item in appraisal.scenarios}[scenario]
    funding = next((item for item in found.funding or () if item.scenario == scenario), None)
    split = funding is not None and any(funding.capital_by_year)
    rows = [
        _funding_row(year, place, funding, split=split)
        for place, year in enumerate(results.years)
        if funding is not None and found.financial is not None
    ]
    notes = [
        "A positive gap is money that is missing. Cost as entered with what the scenario adds; gap if nothing is cut.",
        "The last three columns come from the draws, with renewals, cuts and grants. ± holds 19 times in 20.",
    ]
    if split:
        notes.insert(1, "Gap: cost less revenue and capital money, plus capital left over, which pays for no revenue.")
    if funding is not None:
        chance = chance_off(funding.probability_of_any_gap, funding.any_gap_error)
        notes.append(f"Chance that at least one year is short: {chance.text}.")
    notes += budget_words.uncharged_note(appraisal, [option])
    return Table(
        title=f"{found.name}: cost against funding, {name}",
        columns=(
            Column(heading="Year"),
            *right_columns("Cost", *(_SPLIT_MONEY if split else (_MONEY_ENTERED,)), unit="£ thousand"),
            *right_columns("Gap", EXPECTED_MONEY, "Gap passed in 2 of 10 draws", unit="£ thousand"),
            *right_columns("Chance of a gap"),
        ),
        rows=tuple(rows),
        notes=tuple(notes),
    )


def reachable(results: Results) -> tuple[Switch, ...]:
    """The switches between two options that anybody may believe: within reach, between options that can be compared."""
    whole = {option.id for option in results.options if option.score is not None and option.score.complete}
    together = finished.comparable(results)

    def holds(switch: Switch) -> bool:
        if switch.kind == "weight":
            if {switch.preferred, switch.rival} <= set(results.verdict.score_tied):
                return False  # they are level already
            return switch.needed < WHOLE_WEIGHT and {switch.preferred, switch.rival} <= whole
        if switch.kind == "rate":
            return together
        return switch.kind != "npsv" and together and abs(switch.change) <= LARGEST_CHANGE

    return tuple(switch for switch in results.switches if holds(switch))


def _ends(switches: Sequence[Switch]) -> dict[str, Callable[[float], str]]:
    """The form of both ends by kind: one form of money for the whole column."""
    money = wording.money_fine(end for one in switches if one.kind in MONEY_KINDS for end in (one.now, one.needed))
    return {"rate": wording.rate} | dict.fromkeys(MONEY_KINDS, money)


def _switch_change(switch: Switch) -> str:
    """How far it has to move, in words."""
    direction = "more" if switch.change > 0 else "less"
    if switch.kind == "rate":
        return f"{wording.number(abs(switch.needed - switch.now), 1)} points {direction}"
    return wording.DASH if switch.kind == "weight" else f"{wording.percent_change(switch.change)} {direction}"


def _further(rows: int) -> str:
    """The rest of a sentence on what is left out: rows of cost that would have to move further; nothing for none."""
    return f", and {wording.how_many(rows, 'input')} of cost that would have to move further than these" if rows else ""


def switching_values(results: Results, appraisal: Appraisal, *, most: int = 0) -> Table:
    """How far one thing must move until the preferred option and its rival are level.

    No rows while the two cannot be compared: an option without costs would look the cheaper one. `most`
    keeps that many rows of cost, the nearest; 0 keeps all.
    """
    every = reachable(results)
    costs = [one for one in every if one.kind in {"cost", "probability"}]
    left_out = costs[most:] if most else []
    switches = [one for one in every if one not in left_out]
    forms = _ends(switches)
    names = {option.id: option.name for option in appraisal.options}
    shorter = {option.id: short_name(appraisal, option.id) for option in appraisal.options}
    rows = []
    for switch in switches:
        form = forms.get(switch.kind, wording.percent)
        rows.append(
            (
                words(switch.name),
                words("Every option" if switch.kind in {"weight", "rate"} else shorter.get(switch.owner, "Both")),
                Cell(text=form(switch.now), raw=switch.now),
                Cell(text=form(switch.needed), raw=switch.needed),
                Cell(text=_switch_change(switch), raw=switch.change),
                words(shorter.get(switch.rival, "")),
            )
        )
    return Table(
        title=f"What would make {names.get(switches[0].preferred, '')} and its rival level"
        if switches
        else "What would make the options level",
        columns=(
            Column(heading="What moves"),
            Column(heading="In option"),
            *right_columns("Now", "Level at", "Change"),
            Column(heading="Level with"),
        ),
        rows=tuple(rows),
        notes=(
            "Each moves alone. Lines that share a driver move together. Costs are present values at their mean.",
            f"Left out: changes of more than {wording.percent(LARGEST_CHANGE)}{_further(len(left_out))}.",
            *(
                ("Rows of weight make the scores level, all others the net present cost.",)
                if any(switch.kind == "weight" for switch in switches)
                else ()
            ),
            "Gains to people and firms are not in it. Both: the preferred option’s amount.",
        ),
    )


def npsv_switches(results: Results, appraisal: Appraisal) -> Table:
    """How far one line must move until the preferred option's NPSV is 0 (Green Book 2026, 6.104).

    Beyond 1,000 % no value is plausible: such lines have no row, and a note says how many they are.
    """
    found = [one for one in results.switches if one.kind == "npsv"] if finished.comparable(results) else []
    near = [switch for switch in found if abs(switch.change) <= PLAUSIBLE_CHANGE]
    forms = _ends(near)
    option = next((one for one in results.options if found and one.id == found[0].preferred), None)
    lines = option.economic.rows if option is not None and option.economic is not None else ()
    none = len({row.id for row in lines if row.kind != "bias"}) - len(near)
    notes = ["Each moves alone. Present values at their mean; gains have a minus."]
    if none > 0:
        notes.append(f"{wording.capital(wording.how_many(none, 'other input'))}: none in a plausible range.")
    return Table(
        title=f"What would bring the NPSV of {short_name(appraisal, option.id)} to 0" if option else "NPSV of 0",
        columns=(Column(heading="What moves"), *right_columns("Now", "NPSV is 0 at", "Change")),
        rows=tuple(
            (
                words(one.name),
                Cell(text=forms[one.kind](one.now), raw=one.now),
                Cell(text=forms[one.kind](one.needed), raw=one.needed),
                Cell(text=_switch_change(one), raw=one.change),
            )
            for one in near
        ),
        notes=tuple(notes),
    )


def risk_figures(results: Results, appraisal: Appraisal) -> Table:
    """The simulated cost of every option as it is compared: mean, spread and percentiles, with sampling errors."""
    rows = []
    for option in comparison.compared(results).options:
        if option.risk is None or not finished.costed(option):
            continue
        npc, errors = option.risk.npc, option.risk.npc.percentile_errors
        pairs = [(npc.mean, wording.NINETEEN_OF_20 * npc.mean_error)]
        names = ("p5", "p10", "p50", "p80", "p90", "p95")
        pairs += [(getattr(npc, name), getattr(errors, name)) for name in names]
        chance = chance_off(option.risk.probability_cheapest, option.risk.probability_error)
        rows.append(
            (
                words(option.name),
                *(Cell(text=wording.simulated(value, off), raw=value, error=off) for value, off in pairs),
                chance if finished.comparable(results) else Cell(text=wording.DASH),
            )
        )
    headings = ("Mean", "P5", "P10", "Middle", "P80", "P90", "P95", "Cheapest in")
    chosen = preferred(results, appraisal)
    shown = [option.id for option in results.options if option.risk is not None and finished.costed(option)]
    return Table(
        title=f"{'Net present' if finished.same_basis(results) else 'Equivalent annual'} cost in "
        f"{wording.number(results.draws)} draws",
        columns=(Column(heading="Option"), *right_columns(*headings)),
        rows=tuple(rows),
        notes=("P90 is passed in 1 of 10 draws. ± holds 19 times in 20.",),
        highlight_row=shown.index(chosen) if chosen in shown else None,
    )
