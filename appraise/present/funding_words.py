"""What the money of each year comes to, in sentences: one place for the page, the paper and the summary.

When does the money run out, in which scenario, how likely, and what are three years instead of one worth (METHOD 12.3).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.funding import Scenario
from appraise.model.funding_results import RegretRow, ScenarioFunding
from appraise.model.regret import mean_length
from appraise.model.results import Results
from appraise.present import comparison, finished, length_words, wording
from appraise.present.chart_timeline import FIRMNESS
from appraise.present.chart_years import scenarios_of
from appraise.present.length_words import affordable_means, alone, lengths, shows, worth, worth_sentence
from appraise.present.tables import costed_years, find_option, short_from, short_name, short_when, years_words

__all__ = [
    "CAUSES",
    "NOT_ADDED",
    "REGRET_CAUTION",
    "STATUSES",
    "Answer",
    "RunsOut",
    "affordable_means",
    "alone",
    "answers",
    "compared_scenarios",
    "lengths",
    "missing",
    "prevention",
    "regret",
    "reserve",
    "runs_out",
    "short_money",
    "worth",
    "worth_sentence",
]

#: How firm the money of a year is.
STATUSES = {status: wording.capital(words) for status, words in FIRMNESS.items()}
#: What a scenario adds to the cost comes from, by `CostStep.kind`; the order of bars and columns.
CAUSES = {
    "recovery": "faster recovery by suppliers",
    "break_price": "price of a break clause",
    "reletting": "re-letting",
    "loyalty": "discounts begun anew",
    "prevention": "savings lost with prevention",
    "investment": "prevention not paid for",
    "break": "broken contracts",
}
#: A year counts as likely to be short where more draws than this are.
LIKELY = 0.2
REGRET_CAUTION = "Regret depends on which options are in the table: one more or one less can change who has the least."
NO_SCENARIO = "No funding has been entered."
NO_COSTS = "This option has no costs yet."
NOT_WORKED_OUT = "These figures have not been worked out yet."
#: What the reserve and the contingency are to each other.
NOT_ADDED = (
    "The reserve is for money that a scenario lacks; the contingency is for cost over the budget. "
    "Both hold the same ranges of cost: never add them."
)
#: So many scenarios are all named where it is told how likely a short year is.
_NAMED = 3
#: So many rows stand under that question: of more scenarios, those in the middle are counted.
_ROWS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A question of the funding page, its short answer, and one sentence that belongs right under it.

    `rows` is the answer as a chance and a name for each scenario, where there is room for a list; `more` is how the
    answer is worked out.
    """

    question: str
    answer: str
    detail: str = ""
    rows: tuple[tuple[str, str], ...] = ()
    more: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunsOut:
    """One scenario: first year in which the middle draw is short, first with more than 1 in 5 draws short; "": none.

    `middle_when` and `likely_when` say which years these are, in words; `lacks` is the most that the middle draw lacks
    in a year, `may_lack` the most that 2 of 10 draws pass. `chance` that at least one year is short, with its standard
    error.
    """

    scenario: str
    name: str
    middle: str
    likely: str
    middle_when: str
    likely_when: str
    lacks: float
    may_lack: float
    chance: float
    error: float


# --- when, where and how likely -----------------------------------------------------------------------------------
def _money_of(results: Results, appraisal: Appraisal, option: str) -> list[tuple[Scenario, ScenarioFunding]]:
    """The scenarios that have money, in the order of the document; none for an option without costs."""
    return scenarios_of(appraisal, find_option(results, option), "")


def missing(results: Results, appraisal: Appraisal, option: str) -> str:
    """Why there is nothing to say about an option's money, in a sentence; "" where there is."""
    if not appraisal.scenarios:
        return NO_SCENARIO
    found = find_option(results, option)
    if not finished.costed(found):
        return NO_COSTS
    if found.funding is None:
        return NOT_WORKED_OUT
    return "" if finished.funded(found) else f"{finished.NO_MONEY} in any scenario."


def runs_out(results: Results, appraisal: Appraisal, option: str) -> tuple[RunsOut, ...]:
    """When the money runs out in each scenario that has any, and how likely."""
    found, said = find_option(results, option), []
    for plan, funding in _money_of(results, appraisal, option):
        years = zip(results.years, funding.probability_of_gap_by_year, strict=True)
        likely = [year for year, chance in years if chance > LIKELY]
        said.append(
            RunsOut(
                scenario=plan.id,
                name=plan.name or "A scenario without a name",
                middle=short_from(results, funding),
                likely=likely[0] if likely else "",
                middle_when=short_when(results, found, funding),
                likely_when=years_words(costed_years(results, found), likely),
                lacks=max(0.0, *funding.gap_p50_by_year),
                may_lack=max(0.0, *funding.gap_p80_by_year),
                chance=funding.probability_of_any_gap,
                error=funding.any_gap_error,
            )
        )
    return tuple(said)


def answers(results: Results, appraisal: Appraisal, option: str) -> tuple[Answer, ...]:
    """The four answers of the funding page; one that says what is missing where there are no figures."""
    lacking = missing(results, appraisal, option)
    if lacking:
        return (Answer(question="When does the money run out?", answer=lacking),)
    found = runs_out(results, appraisal, option)
    worth_of = Answer(
        question=length_words.question(results, appraisal, option),
        answer=length_words.answer(results, appraisal, option),
        detail=length_words.detail(results, appraisal, option),
        more=length_words.more(results, appraisal, option),
    )
    return (_when(found), _where(found), _how_likely(found), worth_of)


def _when(found: Sequence[RunsOut]) -> Answer:
    question = "When does the money run out?"
    middle = sorted((one for one in found if one.middle), key=lambda one: (one.middle, -one.lacks))
    likely = sorted((one for one in found if one.likely), key=lambda one: (one.likely, -one.may_lack))
    if not likely and not middle:
        return Answer(
            question=question, answer="In no year", detail="No year is short in more than 1 in 5 draws."
        )  # fmt: skip
    if not middle:
        lacks = wording.money_short(likely[0].may_lack)
        return Answer(
            question=question, answer=f"Perhaps {likely[0].likely_when}",
            detail="Short in more than 1 in 5 draws, never in the middle draw.",
            more=f"2 in 10 draws lack over {lacks} in a year.",
        )  # fmt: skip
    earlier = f"More than 1 in 5 draws are short {likely[0].likely_when}." if likely else ""
    alike = len({one.middle_when for one in middle}) == 1
    when = middle[0].middle_when if alike else f"{middle[0].middle_when} in {_name(middle[0])}"
    return Answer(
        question=question, answer=wording.capital(when),
        detail=f"In the middle draw, which lacks up to {wording.money_short(middle[0].lacks)} in a year.",
        more=earlier if likely and likely[0].likely_when != middle[0].middle_when else "",
    )  # fmt: skip


def _where(found: Sequence[RunsOut]) -> Answer:
    """The scenarios that are short in the same draws as in `_when`: the middle one, else more than 1 in 5."""
    question = "In which scenario?"
    middle, likely = [one for one in found if one.middle], [one for one in found if one.likely]
    short = middle or likely
    more = " ".join(_scenario_sentence(one) for one in found[:6])
    if not short:
        return Answer(
            question=question, answer="In none", detail="No year is short in more than 1 in 5 draws.", more=more
        )
    if middle:
        detail = "In the middle draw"
        others = len(likely) - len(middle)
        detail += f"; in more than 1 in 5 draws in {_how_many_of(len(likely), len(found))}." if others > 0 else "."
    else:
        detail = "In more than 1 in 5 draws; in the middle draw in none."
    said = _listed(short, len(found))
    return Answer(question=question, answer=f"In {said}" if middle else f"Perhaps in {said}", detail=detail, more=more)


def _listed(short: Sequence[RunsOut], among: int) -> str:
    """The scenarios by name where they are few, else how many."""
    names = [_name(one) for one in short]
    if among == 1:
        return f"{names[0]}, the only one entered"
    return wording.listing(names) if len(names) < min(3, among) else _how_many_of(len(names), among)


def _how_many_of(part: int, whole: int) -> str:
    if part == whole:
        return "both" if whole == 2 else f"all {wording.count(whole)}"
    return f"{wording.count(part)} of {wording.count(whole)}"


def _scenario_sentence(one: RunsOut) -> str:
    """One scenario: the first short year of the middle draw and of 1 in 5 draws."""
    name = wording.capital(_name(one))
    if one.middle:
        differs = one.likely and one.likely_when != one.middle_when
        earlier = f", {one.likely_when}, in more than 1 in 5" if differs else ""
        return f"{name}: short {one.middle_when} in the middle draw{earlier}."
    if one.likely:
        return f"{name}: short {one.likely_when} in more than 1 in 5 draws."
    return f"{name}: no year is short in more than 1 in 5 draws."


def _how_likely(found: Sequence[RunsOut]) -> Answer:
    ordered = sorted(found, key=lambda one: -one.chance)
    worst, best = ordered[0], ordered[-1]
    off = wording.NINETEEN_OF_20 * 100 * max(one.error for one in found)
    detail = "Chance that some year is short"
    detail += f", {wording.plus_minus(off, 1)} points." if off > 0 else "."
    told = ordered if len(found) <= _NAMED else [worst, best]
    chances = "; ".join(f"{wording.in_hundred(one.chance)} in {_name(one)}" for one in told)
    if len(found) > _NAMED:
        chances += f"; the other {wording.count(len(found) - 2)} between the two"
    rows = tuple((wording.percent_of_draws(one.chance), _name(one)) for one in ordered)
    if len(rows) > _ROWS:
        rows = (*rows[: _ROWS - 2], ("", f"{wording.count(len(rows) - _ROWS + 1)} more"), rows[-1])
    return Answer(question="How likely is it?", answer=chances, detail=detail, rows=rows)


def _name(one: RunsOut) -> str:
    """The name of its scenario: only one of paragraph length is cut."""
    return wording.shorten(one.name, 60)


# --- what longer money is worth ------------------------------------------------------------------------------------
def compared_scenarios(results: Results, appraisal: Appraisal, option: str) -> list[tuple[Scenario, ScenarioFunding]]:
    """The scenarios whose cost is compared with the longest: that one first, then the others, the shortest last."""
    found = [one for one in _money_of(results, appraisal, option) if one[1].cost_of_short_termism is not None]
    if results.regret is None or results.regret.longest not in {plan.id for plan, _ in found}:
        return []
    years = appraisal.horizon.years
    longest = results.regret.longest
    return sorted(found, key=lambda one: (one[0].id != longest, -mean_length(one[0], years)))


def short_money(results: Results, appraisal: Appraisal, option: str) -> str:
    """What the dearest scenario adds against the longest, and the two causes that matter most; "" with nothing."""
    compared = compared_scenarios(results, appraisal, option)
    if len(compared) < 2:
        return ""
    longest = compared[0][0]
    plan, funding = max(compared[1:], key=lambda one: one[1].cost_of_short_termism or 0.0)
    pounds, error = funding.cost_of_short_termism or 0.0, funding.short_termism_error or 0.0
    name, than = (wording.shorten(one.name, 30) for one in (plan, longest))
    if not shows(pounds, wording.NINETEEN_OF_20 * error):
        return f"No scenario costs more than {than}, the longest, as far as the draws show."
    if pounds < 0:
        return f"{than} has the longest settlements and costs most."
    causes = sorted(funding.short_termism_steps, key=lambda step: -step.pounds)
    named = [f"{CAUSES[one.kind]} ({wording.money_short(one.pounds)})" for one in causes[:2] if one.pounds > 0]
    first = f"{name} costs {wording.simulated(pounds, wording.NINETEEN_OF_20 * error)} more than {than}, the longest."
    return f"{first} Most of it is {wording.listing(named)}." if named else first


def prevention(results: Results, appraisal: Appraisal, option: str, programme: str = "") -> tuple[str, ...]:
    """Where prevention stops and what each pound not spent costs, a sentence for each such scenario.

    With a `programme`, only scenarios that stop this one.
    """
    names = {one.id: one.name for one in appraisal.programmes if one.option == option}
    found = []
    for plan, funding in _money_of(results, appraisal, option):
        stopped = [names[stop.programme] for stop in plan.stops if stop.programme in names]
        steps = {step.kind: step.pounds for step in funding.short_termism_steps}
        lost, spared = steps.get("prevention", 0.0), -steps.get("investment", 0.0)
        if not stopped or (programme and all(stop.programme != programme for stop in plan.stops)):
            continue
        said = (
            f"{wording.shorten(plan.name, 30)} stops {wording.listing([wording.shorten(one, 30) for one in stopped])}"
        )
        if lost > 0 and spared > 0:
            said += f": each £1 not spent costs {wording.pounds_each(lost / spared)} in present value"
        found.append(f"{said}.")
    return tuple(found)


def reserve(results: Results, appraisal: Appraisal, option: str, scenario: str) -> str:
    """What has to be set aside in one scenario to cover what is missing; "" where it was not worked out."""
    funding = next((one for plan, one in _money_of(results, appraisal, option) if plan.id == scenario), None)
    if funding is None:
        return ""
    share = wording.of_draws(funding.reserve_percentile / 100)
    plan = next(one for one in appraisal.scenarios if one.id == scenario)
    kept = ""
    if plan.carry_over:
        chance = wording.of_draws(funding.probability_of_any_gap)
        kept = (
            " Money left over may be carried over here, so good years pay for bad ones. "
            f"A year is short, taken by itself, in {chance}."
        )
    if not shows(funding.reserve, funding.reserve_error):
        return f"No reserve is needed in {share}.{kept}"
    held = wording.simulated(funding.reserve, funding.reserve_error)
    return f"A reserve of {held} covers the gaps in {share}.{kept}"


# --- regret --------------------------------------------------------------------------------------------
def regret(results: Results, appraisal: Appraisal) -> tuple[str, ...]:
    """Who has the least largest regret, who can be paid for most often, and what that depends on."""
    found = results.regret
    if found is None or len(found.rows) < 2 or not found.rows[0].cells:
        return ()
    rows = {row.option: row for row in found.rows}
    said = [_least(results, appraisal, [rows[key] for key in found.least if key in rows])]
    scenarios = len(found.rows[0].cells)
    best = [key for key in found.most_affordable if key in rows]
    if best and rows[best[0]].affordable_in:
        names = wording.listing([short_name(appraisal, key) for key in best[:3]])
        verb = "is" if len(best) == 1 else "are"
        where = f"{wording.count(rows[best[0]].affordable_in)} of {wording.how_many(scenarios, 'scenario')}"
        said.append(f"{names} {verb} affordable in {where}, more than any other." if len(best) < len(rows)
                    else f"Every option is affordable in {where}.")  # fmt: skip
    else:
        said.append("No option is affordable in any scenario.")
    return (*filter(None, said), affordable_means(appraisal), REGRET_CAUTION)


def _least(results: Results, appraisal: Appraisal, least: Sequence[RegretRow]) -> str:
    if not least:
        return ""
    names = wording.listing([short_name(appraisal, row.option) for row in least[:3]])
    verb = "has" if len(least) == 1 else "have"
    most = wording.money_short(least[0].largest)
    if least[0].largest <= 0:
        costs = "costs" if len(least) == 1 else "cost"
        return f"{names} {costs} least{comparison.a_year(results)} in every scenario."
    return (
        f"{names} {verb} the least largest regret: at most {most}{comparison.a_year(results)} "
        "over the cheapest, whatever the money."
    )
