"""What contracts commit to and when they can start, in words: the commercial terms of an option (METHOD 12.2)."""

from datetime import date

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.terms import AfterCut, BreakCost, Commitment, SupplierKind
from appraise.model.partner_results import GrantDays, StageDays
from appraise.model.periods import label
from appraise.model.results import Results
from appraise.present import chart_contracts, chart_timeline, wording
from appraise.present.chart_years import scenarios_of
from appraise.present.tables import find_option

COMMITMENTS = {
    Commitment.NEVER: "Never past money that is settled",
    Commitment.WITH_BREAK: "Past it, with a break clause",
    Commitment.FREELY: "Past it, freely",
}
AFTER_CUT = {
    AfterCut.KEEP: "The service goes on; the gap shows",
    AfterCut.BREAK: "The contract is broken; the fall-back runs on",
}
BREAK_COSTS = {
    BreakCost.ENTERED: "The amount entered",
    BreakCost.OUTSTANDING: "What the supplier has not recovered yet",
}
#: Whether the lines hold the re-letting of the term that was priced, `ContractTerms.relets_entered`.
RELETS = {False: "Every scenario adds it", True: "In the lines already"}
SUPPLIERS = {
    SupplierKind.ANY: "Any supplier",
    SupplierKind.SMALL: "Small or medium firms",
    SupplierKind.VOLUNTARY: "Voluntary or community sector",
    SupplierKind.LARGE: "Large suppliers",
    SupplierKind.PUBLIC: "A public body",
}
#: The steps of a timetable, by `TimetableStep.key`.
STEPS = {
    "engagement": "Market engagement",
    "tender": "Notice and tender",
    "evaluation": "Evaluation",
    "standstill": "Standstill",
    "mobilisation": "Mobilisation",
}
#: What comes last before a grant can be spent, by `GrantDays.waits_for`.
WAITS_FOR = {
    "start": "the start of the work",
    "decision": "the decision on it",
    "contract": "the signing of the contract",
    "service": "the start of the service",
}


def contract(results: Results, appraisal: Appraisal, option: str, scenario: str) -> tuple[str, ...]:
    """What a scenario makes of the term that is wanted: how long is signed, how often it is let again, where it breaks.

    Nothing for an option without a contract, or where it was not worked out.
    """
    entered = next(one for one in appraisal.options if one.id == option)
    chains = scenarios_of(appraisal, find_option(results, option), scenario)
    if not chains or not chains[0][1].contracts:
        return ()
    plan, funding = chains[0]
    wanted, signed = entered.term_years, funding.effective_term
    said = [
        f"The whole term of {wording.how_many(wanted, 'year')} is signed."
        if signed >= wanted
        else f"Only {wording.how_many(signed, 'year')} of the {wording.count(wanted)} wanted can be signed at first."
    ]
    if funding.relets:
        said.append(f"The contract is let again {wording.times(funding.relets)} before the last year.")
    cuts = sorted({year for one in funding.contracts for year in chart_timeline.breaks(entered, plan, one)})
    if cuts:
        years = [label(appraisal.horizon.first_year, year) for year in cuts]
        many = f"{years[0]} on, at {wording.how_many(len(years), 'boundary', 'boundaries')}"
        listed = wording.listing(years) if len(years) < 5 else many
        said.append(f"It can be broken from {listed}.")
    if funding.break_chance > 0:
        said.append(f"A contract is broken in {wording.of_draws(funding.break_chance)}.")
    return tuple(said)


def ten_percent(appraisal: Appraisal, option: str) -> str:
    """The rule of section 74 for an option; "" without a fixed term."""
    return chart_contracts.ten_percent(next(one for one in appraisal.options if one.id == option))


def day(text: str) -> str:
    """An ISO date as "1 April 2027"; anything else as it stands, a dash for nothing."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return text or wording.DASH
    return f"{found.day}{wording.NO_BREAK}{found:%B %Y}"


def timetable(results: Results, appraisal: Appraisal, option: str) -> tuple[str, ...]:
    """Whether the service can start in time, when pilots run, and how long grants can be spent.

    Nothing without a timetable.
    """
    found = find_option(results, option).timetable
    if found is None or not found.steps:
        return ()
    starts, needed = day(found.service_from), day(found.needed_by)
    said = [
        f"The service can start on {starts}, in time for {needed}."
        if not found.late_days
        else f"The service can start on {starts}: {wording.how_many(found.late_days, 'day')} too late for {needed}."
    ]
    for stage in found.stages:
        said += _runs(stage, appraisal, found.signed_on)
    grants = {one.id: one for one in appraisal.grants}
    for left in found.grants:
        if left.grant not in grants:
            continue
        name = f"“{wording.shorten(grants[left.grant].name, 40)}”"
        said += _spent(left, name)
        if not grants[left.grant].own_route:
            said.append(f"{name} brings no route to buy by: the tender has to fit in its window.")
    return tuple(said)


def _spent(left: GrantDays, name: str) -> list[str]:
    """How long a grant can be spent, and what of that is left once what is ordered with it is ready."""
    what = WAITS_FOR[left.waits_for]
    if left.days < 0:
        late = wording.how_many(-left.days, "day")
        return [f"{name} cannot be spent in time: its last day is {late} before {what}."]
    length = wording.how_many(left.days, "day")
    said = [f"{name} leaves {length} to spend it, from {day(left.first_day)} ({what}) on."]
    if left.after_mobilisation != left.days:
        spare = wording.how_many(abs(left.after_mobilisation), "day")
        order = "before the last of them" if left.after_mobilisation >= 0 else "too late for it"
        said.append(f"What is ordered on that day and mobilised is ready {spare} {order}.")
    return said


def _runs(stage: StageDays, appraisal: Appraisal, signed_on: str) -> tuple[str, ...]:
    """When it runs, and a warning where the contract can be signed before it ends; nothing for an unknown one."""
    found = next((one for one in appraisal.pilots if one.id == stage.pilot), None)
    if found is None:
        return ()
    name, signed = f"“{wording.shorten(found.name, 40)}”", day(signed_on)
    first, last = day(stage.first_day), day(stage.last_day)
    if not stage.late_days:
        return (f"{name} runs from {first} to {last}, before signing on {signed}.",)
    return (
        f"{name} runs from {first} to {last}.",
        f"That is {wording.how_many(stage.late_days, 'day')} past signing on {signed}: sign later, or end it sooner.",
    )
