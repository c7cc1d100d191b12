"""Money by year as tables: option against scenario, cost of short money, regret, lengths, and what they rest on."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.funding import Grant, Programme, Scenario, Settlement
from appraise.model.funding_results import ScenarioFunding
from appraise.model.periods import label
from appraise.model.results import Results
from appraise.present import budget_words, chart_timeline, comparison, finished, funding_words, term_words, wording
from appraise.present.tables import (
    Cell,
    Column,
    Table,
    chance_off,
    find_option,
    right_columns,
    short_from,
    short_name,
    thousands,
    thousands_off,
    words,
)

HOLDS = "± holds 19 times in 20."
_NONE = Cell(text=wording.DASH)
ZERO = Decimal(0)


def _scenario_names(appraisal: Appraisal) -> dict[str, str]:
    return {one.id: one.name for one in appraisal.scenarios}


# --- figures --------------------------------------------------------------------------------------------------------
def _gap_cells(results: Results, funding: ScenarioFunding) -> tuple[Cell, ...]:
    """First short year, chance, expected gap, reserve, whether it is affordable."""
    if not finished.has_money(funding):
        return (words(finished.NO_MONEY), _NONE, _NONE, _NONE, _NONE)
    off = wording.NINETEEN_OF_20 * funding.expected_gap_error
    return (
        words(short_from(results, funding) or "None"),
        chance_off(funding.probability_of_any_gap, funding.any_gap_error),
        thousands_off(funding.expected_gap, off),
        thousands_off(funding.reserve, funding.reserve_error),
        words("Yes" if funding.affordable else "No"),
    )


def _cost_cells(funding: ScenarioFunding) -> tuple[Cell, ...]:
    """Years signed at first, how often it is let again, net present cost, cost of short money."""
    short = _NONE
    if funding.cost_of_short_termism is not None:
        off = wording.NINETEEN_OF_20 * (funding.short_termism_error or 0.0)
        short = thousands_off(funding.cost_of_short_termism, off)
    contract = funding.effective_term > 0
    return (
        Cell(text=str(funding.effective_term), raw=Decimal(funding.effective_term)) if contract else _NONE,
        Cell(text=str(funding.relets), raw=Decimal(funding.relets)) if contract else _NONE,
        thousands_off(funding.npc, wording.NINETEEN_OF_20 * funding.npc_error),
        short,
    )


_GAP_COLUMNS = (
    Column(heading="First year short, middle draw"),
    *right_columns("Chance of a short year"),
    *right_columns("Expected gap, all years", "Reserve", unit="£ thousand"),
    Column(heading="Affordable"),
)
_COST_COLUMNS = (
    *right_columns("Years signed", "Let again"),
    *right_columns("Net present cost", "Cost of short money", unit="£ thousand"),
)


def _notes(results: Results) -> tuple[str, ...]:
    percentile = next((one.reserve_percentile for option in results.options for one in option.funding or ()), 0)
    sure = wording.of_draws(percentile / 100)
    return (
        f"From the draws, with renewals, cuts, grants and breaks. {HOLDS}",
        f"The reserve covers the largest missing money in {sure}; affordable: no year is short in so many.",
        "Expected gap: the mean of what is missing in short years, all years together.",
        "Cost of short money: mean net present cost less that in the longest settlements, in the same draws.",
    )


def at_a_glance(results: Results, appraisal: Appraisal, option: str) -> Table:
    """When the money of one option runs out, where, how likely, and what longer settlements are worth: one row.

    No rows where there are no figures of money.
    """
    found = funding_words.answers(results, appraisal, option)
    known = len(found) == len(_AT_A_GLANCE)
    cells = [one.answer for one in found]
    if known:
        runs = funding_words.runs_out(results, appraisal, option)
        cells[0] += ", in the middle draw" if any(one.middle for one in runs) else ""
        cells[2] = _chances(runs)
        if funding_words.alone(results, option) is not None:
            cells[3] = f"Length alone: {cells[3][:1].lower()}{cells[3][1:]}"
    return Table(
        title=f"{short_name(appraisal, option)}: the money in one look",
        columns=tuple(Column(heading=heading) for heading in _AT_A_GLANCE),
        rows=(tuple(map(words, cells)),) if known else (),
    )


def _chances(found: Sequence[funding_words.RunsOut]) -> str:
    """The worst scenario by name, all others by their chances: they have names where there is more room."""
    worst, *rest = sorted(found, key=lambda one: -one.chance)
    first = f"{wording.in_hundred(worst.chance)} in {worst.name}"
    others = list(dict.fromkeys(wording.in_hundred(one.chance) for one in rest))
    if not others:
        return first
    ends = others if len(others) < 3 else [others[0], others[-1]]
    said = wording.listing(ends) if len(others) < 3 else " to ".join(ends)
    return f"{first}; else {said}"


#: The four questions of `funding_words.answers` in few words.
_AT_A_GLANCE = ("Money runs out", "Where", "Chance of a short year", "Three years instead of one")


def scenarios(results: Results, appraisal: Appraisal, option: str) -> Table:
    """One option under every scenario: gaps, reserve, contract, cost and what short money adds."""
    found = find_option(results, option)
    names = _scenario_names(appraisal)
    rows = tuple(
        (words(names[one.scenario]), *_gap_cells(results, one), *_cost_cells(one))
        for one in (found.funding or () if finished.costed(found) else ())
        if one.scenario in names
    )
    return Table(
        title=f"{found.name} under every scenario",
        columns=(Column(heading="Scenario"), *_GAP_COLUMNS, *_COST_COLUMNS),
        rows=rows,
        notes=(*_notes(results), *budget_words.uncharged_note(appraisal, [option])),
    )


def all_options(results: Results, appraisal: Appraisal) -> Table:
    """Every option under every scenario: gaps, reserve, contract, cost and what short money adds."""
    names = _scenario_names(appraisal)
    rows = tuple(
        (words(short_name(appraisal, option.id)), words(names[one.scenario]), *_gap_cells(results, one),
         *_cost_cells(one))
        for option in results.options
        for one in (option.funding or () if finished.costed(option) else ())
        if one.scenario in names
    )  # fmt: skip
    return Table(
        title="Every option against every funding scenario",
        columns=(Column(heading="Option"), Column(heading="Scenario"), *_GAP_COLUMNS, *_COST_COLUMNS),
        rows=rows,
        notes=(*_notes(results), *budget_words.uncharged_note(appraisal, [option.id for option in results.options])),
    )


def short_money(results: Results, appraisal: Appraisal, option: str) -> Table:
    """What each scenario adds to the expected present cost against the longest settlements, by cause."""
    found = funding_words.compared_scenarios(results, appraisal, option)
    longest = results.regret.longest if results.regret is not None else ""
    used = [
        kind
        for kind in funding_words.CAUSES
        if any(step.kind == kind and step.pounds for _, one in found for step in one.short_termism_steps)
    ]
    rows = []
    for plan, funding in found if len(found) > 1 else ():
        pounds = {step.kind: step.pounds for step in funding.short_termism_steps}
        cells = [thousands(pounds.get(kind, 0.0)) for kind in used]
        off = wording.NINETEEN_OF_20 * (funding.short_termism_error or 0.0)
        total = thousands_off(funding.cost_of_short_termism or 0.0, off)
        rows.append((words(plan.name), *cells, total if plan.id != longest else words("Longest")))
    return Table(
        title="What short money adds to the present cost",
        columns=(
            Column(heading="Scenario"),
            *right_columns(
                *(wording.capital(funding_words.CAUSES[kind]) for kind in used), "In all", unit="£ thousand"
            ),
        ),
        rows=tuple(rows),
        notes=(
            f"Causes are expected, the sum comes from the draws, so both may differ by the error. {HOLDS}",
            "A term that does not divide the years can cost more than a shorter one.",
        ),
    )


def regret(results: Results, appraisal: Appraisal) -> Table:
    """Options down, scenarios across: cost over the cheapest there; a star where the option is not affordable."""
    found = results.regret
    cells = found.rows[0].cells if found is not None and found.rows else ()
    names = _scenario_names(appraisal)
    form = wording.money_column(row.largest for row in found.rows) if found is not None and cells else wording.money
    rows = found.rows if found is not None and cells else ()
    return Table(
        title="Regret: what each option costs more than the cheapest in each scenario",
        columns=(
            Column(heading="Option"),
            *right_columns(*(names.get(cell.scenario, wording.DASH) for cell in cells), "Largest"),
            *right_columns("Affordable in", unit="scenarios"),
        ),
        rows=tuple(
            (
                words(short_name(appraisal, row.option)),
                *(_regret_cell(cell.regret, form, affordable=cell.affordable) for cell in row.cells),
                _regret_cell(row.largest, form, affordable=True),
                Cell(text=f"{row.affordable_in} of {len(row.cells)}", raw=Decimal(row.affordable_in)),
            )
            for row in rows
        ),
        notes=(
            f"A star: not affordable there. Regret compares mean {comparison.cost_words(results)}.",
            funding_words.REGRET_CAUTION,
        ),
        highlight_row=next(
            (place for place, row in enumerate(rows) if found is not None and row.option in found.least), None
        ),
    )


def _regret_cell(value: float, form: Callable[[float], str], *, affordable: bool) -> Cell:
    text = form(value) if value > 0 else "£0"
    return Cell(text=text if affordable else f"{text}{wording.NO_BREAK}*", raw=value)


def lengths(results: Results, appraisal: Appraisal, option: str) -> Table:
    """The same money settled so many years at a time: chance of a short year, cost, affordable and cheapest or not."""
    found = find_option(results, option).lengths
    form = wording.money_column(one.npc for one in found.lengths) if found is not None else wording.money
    rows = [
        (
            Cell(text=str(one.years), raw=Decimal(one.years)),
            chance_off(one.probability_of_any_gap, one.any_gap_error),
            Cell(text=form(one.npc), raw=one.npc),
            words("Yes" if one.affordable else "No"),
            words("Yes" if one.cheapest else "No"),
        )
        for one in (found.lengths if found is not None else ())
    ]
    names = _scenario_names(appraisal)
    notes = (
        (
            f"Money, renewals, cuts and prevention stops of {names.get(found.money_of, wording.DASH)}.",
            "Years that the contract’s term does not divide can do worse than fewer: a short contract is left over.",
        )
        if found is not None
        else ()
    )
    return Table(
        title=f"{short_name(appraisal, option)}: the same money settled so many years at a time",
        columns=(
            Column(heading="Years at a time"),
            *right_columns("Chance of a short year", "Net present cost"),
            Column(heading="Affordable"),
            Column(heading="Cheapest"),
        ),
        rows=tuple(rows),
        notes=notes,
    )


# --- what was entered -----------------------------------------------------------------------------------------------
def _span(appraisal: Appraisal, first: int, count: int) -> str:
    """The years of something, from the first to the last."""
    start = label(appraisal.horizon.first_year, first)
    end = label(appraisal.horizon.first_year, first + max(count, 1) - 1)
    return start if start == end else f"{start} to {end}"


def _firmness(settlement: Settlement) -> str:
    """How firm its money is; where that changes inside it, in order."""
    found = [chart_timeline.status_of(settlement, place) for place in range(len(settlement.amounts))]
    kinds = list(dict.fromkeys(found)) or [settlement.status]
    return wording.capital(" then ".join(chart_timeline.FIRMNESS[kind] for kind in kinds))


def _settlement_row(
    appraisal: Appraisal, scenario: Scenario, settlement: Settlement, *, first: bool
) -> tuple[Cell, ...]:
    cuts = (settlement.cut_low, settlement.cut_likely, settlement.cut_high)
    return (
        words(scenario.name),
        words(_span(appraisal, settlement.first_year, len(settlement.amounts))),
        words(_firmness(settlement)),
        thousands(sum(settlement.amounts, ZERO)),
        thousands(sum(settlement.capital, ZERO)),
        words("Yes" if settlement.ring_fenced else "No"),
        words("" if first else wording.percent_entered(settlement.renewal)),
        words("" if first else wording.listing([wording.percent_entered(cut) for cut in cuts])),
    )


def settlements(appraisal: Appraisal) -> Table:
    """What each scenario rests on: the money, how firm it is, and what happens at each boundary."""
    rows = [
        _settlement_row(appraisal, scenario, settlement, first=not number)
        for scenario in appraisal.scenarios
        for number, settlement in enumerate(scenario.settlements)
    ]
    return Table(
        title="Settlements by scenario",
        columns=(
            Column(heading="Scenario"),
            Column(heading="Years"),
            Column(heading="How firm"),
            *right_columns("Revenue", "Capital", unit="£ thousand"),
            Column(heading="Ring-fenced"),
            *right_columns("Chance of renewal", "Cut if not renewed: low, likely, high"),
        ),
        rows=tuple(rows),
        notes=(
            "Money in cash, before any cut. Capital never pays for revenue; revenue may pay for capital.",
            "The first settlement of a scenario has no boundary before it.",
        ),
    )


def scenario_terms(appraisal: Appraisal) -> Table:
    """What holds for a whole scenario: cuts, money carried over, grants, prevention, source."""
    grants = {one.id: one.name for one in appraisal.grants}
    programmes = {one.id: one.name for one in appraisal.programmes}
    rows = []
    for one in appraisal.scenarios:
        stops = [
            f"{programmes[stop.programme]}: "
            + ("not at all" if stop.last_year < 0 else f"up to {label(appraisal.horizon.first_year, stop.last_year)}")
            for stop in one.stops
            if stop.programme in programmes
        ]
        rows.append(
            (
                words(one.name),
                words("Made good at the next renewal" if one.restored else "Stays"),
                words("May be spent later" if one.carry_over else "Goes back"),
                words(wording.listing([grants[key] for key in one.grants if key in grants])),
                words("; ".join(stops) or ("Funded throughout" if programmes else "")),
                words(one.source),
            )
        )
    heads = ("Scenario", "A cut", "Money left over", "Grants bid for", "Prevention", "Source")
    return Table(
        title="What holds in each scenario",
        columns=tuple(Column(heading=heading) for heading in heads),
        rows=tuple(rows),
        notes=("Ring-fenced money that is left over goes back in every scenario.",),
    )


def grants(appraisal: Appraisal) -> Table:
    """Grants that are bid for: money, chance, window, what they may pay for."""
    lines = {line.id: line.name for line in appraisal.lines}
    return Table(
        title="Grants that are bid for",
        columns=(
            Column(heading="Grant"),
            Column(heading="Years"),
            *right_columns("Revenue", "Capital", unit="£ thousand"),
            *right_columns("Chance"),
            Column(heading="Bids"),
            Column(heading="Decided"),
            Column(heading="Spend by"),
            Column(heading="Pays for"),
            Column(heading="Route to buy"),
            Column(heading="Source"),
        ),
        rows=tuple(_grant_row(appraisal, one, lines) for one in appraisal.grants),
        notes=("A grant is won or not: one draw for all options and scenarios. What is left goes back.",),
    )


def _grant_row(appraisal: Appraisal, one: Grant, lines: dict[str, str]) -> tuple[Cell, ...]:
    pays = wording.listing([lines[key] for key in one.lines if key in lines]) if one.lines else "Whatever it costs"
    opens = [term_words.day(text) for text in (one.bid_opens, one.bid_closes) if text]
    return (
        words(one.name),
        words(_span(appraisal, one.first_year, max(len(one.amounts), len(one.capital)))),
        thousands(sum(one.amounts, ZERO)),
        thousands(sum(one.capital, ZERO)),
        Cell(text=wording.percent_entered(one.chance), raw=one.chance),
        words(" to ".join(opens)),
        words(term_words.day(one.decided_on)),
        words(term_words.day(one.spend_by)),
        words(pays),
        words("Its own" if one.own_route else "None: the tender has to fit"),
        words(one.source),
    )


def programmes(appraisal: Appraisal) -> Table:
    """Prevention: what is spent, what it lowers, how much and how soon, and what is lost once it stops."""
    lines = {line.id: line.name for line in appraisal.lines}
    return Table(
        title="Prevention",
        columns=(
            Column(heading="Programme"),
            Column(heading="Option"),
            Column(heading="Paid by"),
            Column(heading="Lowers"),
            *right_columns("Most: low, likely, high"),
            Column(heading="Starts"),
            *right_columns("Lag", "Years to the most", unit="years"),
            *right_columns("Lost a year after it stops"),
            Column(heading="Source"),
        ),
        rows=tuple(_programme_row(appraisal, one, lines) for one in appraisal.programmes),
        notes=(
            "Effect: the most, reached in equal steps. The first falls a year after the start and the lag.",
            "Costs are entered as without it.",
        ),
    )


def _programme_row(appraisal: Appraisal, one: Programme, lines: dict[str, str]) -> tuple[Cell, ...]:
    ends = [wording.percent_entered(share) for share in (one.low, one.likely, one.high)]
    return (
        words(one.name),
        words(short_name(appraisal, one.option)),
        words(wording.listing([lines[key] for key in one.investment if key in lines])),
        words(wording.listing([lines[key] for key in one.lines if key in lines])),
        words(wording.listing(ends)),
        words(label(appraisal.horizon.first_year, one.starts)),
        Cell(text=str(one.lag_years), raw=Decimal(one.lag_years)),
        Cell(text=str(one.ramp_years), raw=Decimal(one.ramp_years)),
        Cell(text=wording.percent_entered(one.decay), raw=one.decay),
        words(one.source),
    )
