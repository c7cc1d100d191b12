"""Commercial terms as tables: what contracts commit to, chains of them, prices, lots, timetable, pilots."""

from decimal import Decimal

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.options import Option
from appraise.model.appraisal.terms import ContractTerms, LineTerms, Timetable
from appraise.model.partner_results import TimetableResult
from appraise.model.periods import label
from appraise.model.results import Results
from appraise.present import finished, stage_words, term_words, wording
from appraise.present.tables import Cell, Column, Table, find_option, right_columns, short_name, thousands, words

_NONE = Cell(text=wording.DASH)


def contract_terms(appraisal: Appraisal) -> Table:
    """Every option with a contract, and what its terms add to a shorter one."""
    return Table(
        title="What contracts commit to",
        columns=(
            Column(heading="Option"),
            *right_columns("Term wanted", "Price holds at", unit="years"),
            Column(heading="Signs"),
            *right_columns("Supplier puts in", "It keeps", "Each re-letting", unit="£ thousand"),
            *right_columns("Cost of capital"),
            Column(heading="If money is not renewed"),
            Column(heading="Source"),
        ),
        rows=tuple(_terms_row(appraisal, one) for one in appraisal.options if one.term_years > 0),
        notes=(
            "The supplier recovers what it puts in, less what it keeps, over the term that is signed.",
            "Re-letting: procurement, transition and dual running, paid by the authority.",
            *_relets_notes(appraisal),
        ),
    )


def _relets_notes(appraisal: Appraisal) -> tuple[str, ...]:
    """Which options count a re-letting in their lines already; nothing where none costs anything."""
    paid = [one for one in appraisal.options if one.term_years > 0 and _each_relet(one.terms)]
    held, added = (
        wording.listing([short_name(appraisal, one.id) for one in paid if one.terms.relets_entered is entered])
        for entered in (True, False)
    )
    said = []
    if held:
        said.append(f"Lines hold the re-letting of the term priced: {held}. Scenarios add what is more or less.")
    if added:
        said.append(f"Lines hold no re-letting: {added}. Scenarios add all of it.")
    return tuple(said)


def _each_relet(terms: ContractTerms) -> Decimal:
    return terms.procurement + terms.transition + terms.dual_running


def _terms_row(appraisal: Appraisal, option: Option) -> tuple[Cell, ...]:
    terms = option.terms
    reference = terms.reference_years or option.term_years
    real = " real" if terms.capital_real else " nominal"
    return (
        words(short_name(appraisal, option.id)),
        Cell(text=str(option.term_years), raw=Decimal(option.term_years)),
        Cell(text=str(reference), raw=Decimal(reference)),
        words(term_words.COMMITMENTS[terms.commitment]),
        thousands(terms.investment),
        thousands(terms.kept_value),
        thousands(_each_relet(terms)),
        Cell(text=wording.rate(float(terms.capital_percent)) + real, raw=terms.capital_percent),
        words(_after_cut(appraisal, terms)),
        words(terms.source),
    )


def _after_cut(appraisal: Appraisal, terms: ContractTerms) -> str:
    said = term_words.AFTER_CUT[terms.after_cut]
    known = {one.id for one in appraisal.options}
    if said == term_words.AFTER_CUT[type(terms.after_cut).BREAK]:
        cost = term_words.BREAK_COSTS[terms.break_cost_is].lower()
        said += f"; paid: {cost}"
        said += f"; fall-back: {short_name(appraisal, terms.fall_back)}" if terms.fall_back in known else ""
    return said


def chains(results: Results, appraisal: Appraisal, option: str) -> Table:
    """The contracts that follow each other in each scenario; nothing for an option without a contract."""
    names = {one.id: one.name for one in appraisal.scenarios}
    found = find_option(results, option)
    first = appraisal.horizon.first_year
    rows = []
    for funding in finished.funded(found):
        if not funding.contracts or funding.scenario not in names:
            continue
        spans = [
            f"{label(first, one.first_year)} to {label(first, one.first_year + one.years - 1)}"
            if one.years > 1
            else label(first, one.first_year)
            for one in funding.contracts
        ]
        shown = spans if len(spans) <= 4 else [*spans[:3], f"{len(spans) - 3} more"]
        rows.append(
            (
                words(names[funding.scenario]),
                Cell(text=str(funding.effective_term), raw=Decimal(funding.effective_term)),
                Cell(text=str(funding.relets), raw=Decimal(funding.relets)),
                words("; ".join(shown)),
                Cell(
                    text=wording.percent_of_draws(funding.break_chance) if funding.break_chance else wording.DASH,
                    raw=funding.break_chance,
                ),
            )
        )
    return Table(
        title=f"{short_name(appraisal, option)}: contracts in each scenario",
        columns=(
            Column(heading="Scenario"),
            *right_columns("Years signed", "Let again"),
            Column(heading="Contracts"),
            *right_columns("Chance of a break"),
        ),
        rows=tuple(rows),
        notes=tuple(filter(None, (term_words.ten_percent(appraisal, option),))),
    )


def line_terms(appraisal: Appraisal) -> Table:
    """How the price of each line is agreed to move."""
    lines = {line.id: line for line in appraisal.lines}
    return Table(
        title="How prices are agreed to move",
        columns=tuple(
            Column(heading=heading)
            for heading in ("Line", "Option", "Volume discounts", "Discounts by contract year", "Index", "Source")
        ),
        rows=tuple(
            (
                words(lines[one.line].name),
                words(short_name(appraisal, lines[one.line].option)),
                words(_tiers(one)),
                words(_loyalty(one)),
                words(_cap(one)),
                words(one.source),
            )
            for one in appraisal.line_terms
            if one.line in lines
        ),
        notes=("Amounts of a line are entered before all discounts.",),
    )


def _percent(value: Decimal) -> str:
    return wording.rate(float(value))


def _tiers(one: LineTerms) -> str:
    parts = [f"{_percent(tier.percent)} over {wording.number(tier.over)}" for tier in one.tiers]
    if not parts:
        return ""
    return f"{'; '.join(parts)} ({'on all units' if one.whole else 'on what is over'})"


def _loyalty(one: LineTerms) -> str:
    parts = [_percent(value) for value in one.loyalty]
    return f"{wording.listing(parts)}, then as in the last" if parts else ""


def _cap(one: LineTerms) -> str:
    parts = [f"at least {_percent(one.collar)}"] if one.collar is not None else []
    parts += [f"at most {_percent(one.cap)}"] if one.cap is not None else []
    return f"{wording.capital(wording.listing(parts))} a year" if parts else ""


def lots(appraisal: Appraisal) -> Table:
    """The parts that contracts are let in, who each is meant for, and how large it is."""
    rows = [
        (
            words(short_name(appraisal, option.id)),
            words(lot.name),
            words(term_words.SUPPLIERS[lot.supplier]),
            Cell(text=_percent(lot.percent), raw=lot.percent),
            words(lot.words),
        )
        for option in appraisal.options
        for lot in option.lots
    ]
    return Table(
        title="Lots",
        columns=(
            Column(heading="Option"),
            Column(heading="Lot"),
            Column(heading="Meant for"),
            *right_columns("Share of suppliers’ charges"),
            Column(heading="Why"),
        ),
        rows=tuple(rows),
        notes=("More lots open the contract to smaller suppliers; fewer keep scale.",),
    )


def timetable(results: Results, appraisal: Appraisal, option: str) -> Table:
    """The steps from the first work on a tender to the first day of service, with their lengths."""
    found = find_option(results, option).timetable
    entered = next(one for one in appraisal.options if one.id == option).timetable
    rows: list[tuple[Cell, ...]] = []
    if found is not None and found.steps:
        rows = [
            *_stage_rows(appraisal, found),
            *_step_rows(entered, found),
            (words("Service"), _NONE, words(term_words.day(found.service_from)), _NONE),
            *_grant_rows(appraisal, found),
        ]
    notes = ["Standstill counts working days: eight at least (Procurement Act 2023, section 51)."]
    if found is not None and found.grants:
        notes.append(
            "A grant can be spent on capital and mobilisation once the contract is signed, else with the service."
        )
        notes.append("It is never spent before it is decided. Its days run from the first day to the last.")
    return Table(
        title=f"{short_name(appraisal, option)}: from tender to service",
        columns=tuple(Column(heading=heading) for heading in ("Step", "Length", "First day", "Last day")),
        rows=tuple(rows),
        notes=tuple(notes),
    )


def _stage_rows(appraisal: Appraisal, found: TimetableResult) -> list[tuple[Cell, ...]]:
    """Pilots that may lead to the option, with the months they take."""
    known = {one.id: one for one in appraisal.pilots}
    return [
        (
            words(f"{stage_words.KINDS[known[one.pilot].kind]}: {known[one.pilot].name}"),
            words(wording.how_many(known[one.pilot].months, "month")),
            words(term_words.day(one.first_day)),
            words(term_words.day(one.last_day)),
        )
        for one in found.stages
        if one.pilot in known
    ]


def _step_rows(entered: Timetable, found: TimetableResult) -> list[tuple[Cell, ...]]:
    """The steps with the day of signing between them: before mobilisation, or after the last."""
    rows: list[tuple[Cell, ...]] = [
        (
            words(term_words.STEPS.get(step.key, step.key)),
            words(_length(entered, step.key)),
            words(term_words.day(step.first_day)),
            words(term_words.day(step.last_day)),
        )
        for step in found.steps
    ]
    before = [step.key for step in found.steps if step.key != "mobilisation"]
    signed = (words("Contract can be signed"), _NONE, words(term_words.day(found.signed_on)), _NONE)
    return [*rows[: len(before)], signed, *rows[len(before) :]]


def _grant_rows(appraisal: Appraisal, found: TimetableResult) -> list[tuple[Cell, ...]]:
    """From the first day on which a grant can be spent to its last, and what comes before that first day."""
    names = {one.id: one.name for one in appraisal.grants}
    return [
        (
            words(f"{names[one.grant]}: spent from {term_words.WAITS_FOR[one.waits_for]} on"),
            Cell(text=wording.how_many(one.days, "day") if one.days >= 0 else "too late", raw=one.days),
            words(term_words.day(one.first_day)),
            words(term_words.day(one.last_day)),
        )
        for one in found.grants
        if one.grant in names
    ]


def _length(entered: Timetable, key: str) -> str:
    if key == "standstill":
        return wording.how_many(entered.standstill_days, "working day")
    weeks = {
        "engagement": entered.engagement_weeks,
        "tender": entered.tender_weeks,
        "evaluation": entered.evaluation_weeks,
        "mobilisation": entered.mobilisation_weeks,
    }
    return wording.how_many(weeks[key], "week") if key in weeks else ""


def stages(results: Results, appraisal: Appraisal) -> Table:
    """Each pilot and trial as entered: when it runs, what it costs, how success is told and how it may mislead."""
    dates = {one.pilot: one for row in results.options if row.timetable for one in row.timetable.stages}
    return Table(
        title="Pilots and trials before the decision",
        columns=(
            Column(heading="Stage"),
            *right_columns("Months"),
            Column(heading="From"),
            Column(heading="How success is told"),
            *right_columns("Chance of success", "A failing service passes"),
            *right_columns("Being misled loses", unit="£ thousand"),
            Column(heading="Source"),
        ),
        rows=tuple(
            (
                words(f"{stage_words.KINDS[one.kind]}: {one.name}"),
                Cell(text=str(one.months) if one.months else wording.DASH, raw=Decimal(one.months)),
                words(term_words.day(dates[one.id].first_day if one.id in dates else one.starts_on)),
                words(one.test),
                Cell(text=wording.percent_entered(one.success), raw=one.success),
                Cell(text=wording.percent_entered(one.false_positive), raw=one.false_positive),
                thousands(one.misled),
                words(one.source),
            )
            for one in appraisal.pilots
        ),
    )


def pilots(results: Results, appraisal: Appraisal) -> Table:
    """What each stage before the decision is worth: against the best without it, and against going on at once."""
    rows = []
    for result in results.pilots or ():
        one = stage_words.entered(appraisal, result)
        if one is None:
            continue
        rows.append(
            (
                words(one.name),
                words(short_name(appraisal, one.go_on)),
                words(short_name(appraisal, one.fall_back)),
                words(short_name(appraisal, result.chosen_without)),
                thousands(one.cost),
                thousands(result.with_pilot),
                thousands(result.without),
                thousands(result.gain),
                thousands(result.against_sure),
                thousands(result.against_untested) if one.misled else _NONE,
                words(stage_words.pays_at(result)),
                words("Pays" if result.pays else "Does not pay"),
            )
        )
    return Table(
        title="Stages before the decision: what they are worth",
        columns=(
            Column(heading="Stage"),
            Column(heading="If it succeeds"),
            Column(heading="If not"),
            Column(heading="Without it"),
            *right_columns(
                "Its cost", "Worth with it", "Worth without", "Gain", "Over going on, if sure",
                "Over going on, may fail", unit="£ thousand",
            ),
            Column(heading="Pays at a chance"),
            Column(heading="Result"),
        ),
        rows=tuple(rows),
        notes=(
            "Worth: net present social value, expected. Below nothing is a cost. Gain: with it less without it.",
            "Over going on: more than the same option at once, if it is sure to work, and if it may fail as entered.",
        ),
    )  # fmt: skip


def sources(appraisal: Appraisal) -> Table:
    """What the terms of every contract rest on; nothing where nobody has said so."""
    return Table(
        title="What terms rest on",
        columns=(Column(heading="Option"), Column(heading="Source of its terms")),
        rows=tuple(
            (words(short_name(appraisal, one.id)), words(one.terms.source))
            for one in appraisal.options
            if one.term_years > 0 and one.terms.source.strip()
        ),
    )
