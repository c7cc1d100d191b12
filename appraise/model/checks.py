"""Findings on the document: what makes figures wrong, what a sceptical reader would ask, what is useful to know.

Findings are data, never exceptions: whatever the document holds, `findings` returns. Steps: 1 title, body,
horizon, need; 2 options; 3 criteria; 4 scores; 5 rates, indices, lines; 6 constraints; 7 funding;
8 simulation; 10 recommendation, assumptions, people.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from itertools import pairwise
from math import isfinite

from appraise.model.appraisal.constraints import Agreement, Bearing, Constraint
from appraise.model.appraisal.criteria import Criterion
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.funding import Scenario, Settlement
from appraise.model.appraisal.lines import RULES, Line, Treatment
from appraise.model.appraisal.options import DeliveryModel
from appraise.model.appraisal.records import Role
from appraise.model.finding import (
    Finding,
    Place,
    Severity,
    blank,
    horizon_years,
    is_pounds,
    is_share,
    named,
    number_words,
    option_name,
    whole_words,
    year_words,
)
from appraise.model.parameters import LAST_YEAR, MOST_DRAWS, SCHEDULES

__all__ = ["Finding", "Severity", "findings"]


# --- the document as a whole -----------------------------------------------------------------------------


def _frame(appraisal: Appraisal) -> Iterator[Finding]:
    horizon = appraisal.horizon
    years = Place(1, "Horizon", field="years")
    if not 1 <= horizon.years <= LAST_YEAR:
        yield years.error(
            "horizon",
            f"The horizon is {whole_words(horizon.years)} years, outside 1 to {LAST_YEAR}.",
            f"Enter 1 to {LAST_YEAR} years; ten is usual for a service.",
        )
    elif blank(horizon.reason):
        yield Place(1, "Horizon", field="reason").attention(
            "horizon-reason",
            f"Nothing says why {horizon.years} years are compared.",
            "Write one sentence on the length of the horizon.",
        )
    if not 1900 <= horizon.first_year <= 2200:
        yield Place(1, "Horizon", field="first_year").error(
            "first-year",
            f"The first year, {whole_words(horizon.first_year)}, is not a calendar year in reach.",
            "Enter the year in which year 0 starts, such as 2027.",
        )
    if blank(appraisal.title):
        yield Place(1, "Title", field="title").attention(
            "title", "The appraisal has no title.", "Name the service and the first year."
        )
    if blank(appraisal.body):
        yield Place(1, "Body", field="body").attention(
            "body", "The body that decides is not named.", "Enter the name of the council or body."
        )
    if appraisal.fictional:
        yield Place(1, "Title", field="fictional").note(
            "fictional", "Everything in this appraisal is made up.", "Start a new appraisal for a real decision."
        )


def _rates(appraisal: Appraisal) -> Iterator[Finding]:
    basis, simulation = appraisal.basis, appraisal.simulation
    if basis.schedule not in SCHEDULES:
        yield Place(5, "Discount rates", field="schedule").error(
            "schedule",
            f"The discount schedule {named(basis.schedule, 'without a name')} is not known.",
            "Choose one of the schedules in the list.",
        )
    if not _rise(basis.deflator_percent):
        yield Place(5, "General inflation", field="deflator_percent").error(
            "deflator",
            f"General inflation of {number_words(basis.deflator_percent)} % a year is outside -50 to 100.",
            "Enter a yearly rise such as 2.0.",
        )
    if blank(basis.deflator_source) or _PLACEHOLDER.search(basis.deflator_source):
        yield Place(5, "General inflation", field="deflator_source").attention(
            "deflator-source",
            "General inflation rests on a placeholder.",
            "Enter HM Treasury's GDP deflator and its date.",
        )
    if not 1 <= simulation.draws <= MOST_DRAWS:
        yield Place(8, "Simulation", field="draws").error(
            "draws",
            f"The number of draws, {whole_words(simulation.draws)}, is outside 1 to 1,000,000.",
            "Enter 100,000 draws.",
        )
    elif simulation.draws < 10_000:
        yield Place(8, "Simulation", field="draws").note(
            "few-draws",
            f"With {simulation.draws:,} draws the simulated figures are rough.",
            "Use 100,000 draws for anything that is printed.",
        )
    if not 0 <= simulation.seed < 2**63:
        yield Place(8, "Simulation", field="seed").error(
            "seed", "The seed is negative or too large.", "Enter a whole number such as 20270401."
        )


_PLACEHOLDER = re.compile(r"placeholder|to be replaced", re.IGNORECASE)


def _rise(percent: Decimal) -> bool:
    return percent.is_finite() and -50 <= percent <= 100


def _indices(appraisal: Appraisal) -> Iterator[Finding]:
    used = {line.index for line in appraisal.lines} | {constraint.index for constraint in appraisal.constraints}
    short = []
    for index in appraisal.indices:
        name = named(index.name, "a price index without a name")
        place = Place(5, f"Price index {name}", index.id, "percent")
        if not all(_rise(percent) for percent in index.percent):
            yield place.error(
                "index-rise", f"{name} has a yearly rise outside -50 to 100 %.", "Enter yearly rises such as 2.5."
            )
        if not index.percent:
            yield place.attention(
                "index-empty", f"{name} has no yearly rises, so prices stay flat.", "Enter a rise for each year."
            )
        elif index.id in used and len(index.percent) < horizon_years(appraisal) - 1:
            short.append(index)
        if blank(index.source):
            yield Place(5, place.words, index.id, "source").attention(
                "index-source", f"{name} has no source.", "Say who publishes it, and when."
            )
    if short:
        name = named(short[0].name, "a price index without a name")
        which = f"{name} ends" if len(short) == 1 else f"{len(short)} price indices end"
        yield Place(5, f"Price index {name}", short[0].id, "percent").note(
            "index-short",
            f"{which} before the horizon; the last rise is carried forward.",
            "Enter later rises where a forecast exists.",
        )


# --- ids and references ----------------------------------------------------------------------------------


def _ids(appraisal: Appraisal) -> Iterator[Finding]:
    kinds: tuple[tuple[int, str, Iterable[str]], ...] = (
        (1, "outcome", (record.id for record in appraisal.need.outcomes)),
        (2, "option", (record.id for record in appraisal.options)),
        (3, "branch", (record.id for record in appraisal.branches)),
        (3, "criterion", (record.id for record in appraisal.criteria)),
        (5, "price index", (record.id for record in appraisal.indices)),
        (5, "line", (record.id for record in appraisal.lines)),
        (6, "constraint", (record.id for record in appraisal.constraints)),
        (7, "scenario", (record.id for record in appraisal.scenarios)),
        (7, "settlement", (part.id for scenario in appraisal.scenarios for part in scenario.settlements)),
        (10, "assumption", (record.id for record in appraisal.assumptions)),
        (10, "person", (record.id for record in appraisal.people)),
    )
    for step, kind, ids in kinds:
        for record, count in Counter(ids).items():
            place = Place(step, kind.capitalize(), record, "id")
            if not record:
                yield place.error("id-empty", f"A record of kind {kind} has no id.", "Delete it and add it again.")
            elif count > 1:
                yield place.error(
                    "id-twice",
                    f"The {kind} id {named(record, '')} is used {whole_words(count)} times.",
                    "Delete all but one and add the others again.",
                )


def _references(appraisal: Appraisal) -> Iterator[Finding]:
    options = {option.id for option in appraisal.options}
    branches = {branch.id for branch in appraisal.branches}
    criteria = {criterion.id for criterion in appraisal.criteria}
    indices = {index.id for index in appraisal.indices} | {""}
    assumptions = {assumption.id for assumption in appraisal.assumptions} | {""}

    def missing(place: Place, what: str, kind: str) -> Finding:
        return place.error(
            "reference", f"{what} refers to {kind} that does not exist.", f"Choose {kind} that exists, or delete it."
        )

    for criterion in appraisal.criteria:
        if criterion.branch not in branches:
            name = named(criterion.name, "a criterion without a name")
            yield missing(Place(3, f"Criterion {name}", criterion.id, "branch"), name, "a branch")
    for score in appraisal.scores:
        if score.option not in options:
            yield missing(Place(4, "Scores", score.criterion, score.option), "A score", "an option")
        if score.criterion not in criteria:
            yield missing(Place(4, "Scores", score.criterion, score.option), "A score", "a criterion")
    for line in appraisal.lines:
        name = named(line.name, "a line without a name")
        for field, kind, known in (
            ("option", "an option", options),
            ("index", "a price index", indices),
            ("assumption", "an assumption", assumptions),
        ):
            if getattr(line, field) not in known:
                yield missing(Place(5, f"Line {name}", line.id, field), name, kind)
    for constraint in appraisal.constraints:
        name = named(constraint.name, "a constraint without a name")
        if constraint.index not in indices:
            yield missing(Place(6, f"Constraint {name}", constraint.id, "index"), name, "a price index")
        if any(bearing.option not in options for bearing in constraint.bearings):
            yield missing(Place(6, f"Constraint {name}", constraint.id, "bearings"), name, "an option")
    if appraisal.recommendation.option not in options | {""}:
        yield missing(Place(10, "Recommendation", field="option"), "The recommendation", "an option")


# --- 1 need and 2 options --------------------------------------------------------------------------------


def _need(appraisal: Appraisal) -> Iterator[Finding]:
    need = appraisal.need
    for field, text, what, mend in (
        ("case_for_change", need.case_for_change, "The case for change", "Say why the service cannot stay as it is."),
        ("business_as_usual", need.business_as_usual, "Business as usual", "Say what happens if nothing is decided."),
    ):
        if blank(text):
            yield Place(1, "Need", field=field).attention("need-empty", f"{what} is not described.", mend)
    if not need.outcomes:
        yield Place(1, "Outcomes", field="outcomes").attention(
            "outcomes-none", "No outcome for residents is named.", "Add what should be better, and how to tell."
        )
    for outcome in need.outcomes:
        name = named(outcome.name, "an outcome without a name")
        if blank(outcome.target):
            yield Place(1, f"Outcome {name}", outcome.id, "target").attention(
                "outcome-target", f"{name} has no target.", "Say what would count as reached, and by when."
            )


def _options(appraisal: Appraisal) -> Iterator[Finding]:
    options = appraisal.options
    whole = Place(2, "Options", field="options")
    if not options:
        yield whole.error("options-none", "There is no option to compare.", "Add business as usual first.")
        return
    models = Counter(option.model for option in options)
    usual = models[DeliveryModel.BUSINESS_AS_USUAL]
    if usual > 1:
        yield whole.error(
            "usual-twice",
            f"{whole_words(usual)} options are marked as business as usual.",
            "Keep the mark on one of them.",
        )
    if not usual:
        yield whole.attention(
            "usual-none", "No option is business as usual.", "Add the service as it runs today, with its costs."
        )
    absent = [words for model, words in _WANTED.items() if not models[model]]
    if absent:
        yield whole.attention(
            "models-missing",
            f"The options leave out: {', '.join(absent)}.",
            "Add them, or say in the need why they cannot be.",
        )
    names = Counter(option.name.strip().casefold() for option in options)
    for option in options:
        name = option_name(option)
        if names[option.name.strip().casefold()] > 1 or blank(option.name):
            yield Place(2, "Options", option.id, "name").attention(
                "option-name", f"The name of {name} does not tell it apart.", "Give each option a name of its own."
            )
        if option.term_years < 0 or option.term_years > appraisal.horizon.years:
            yield Place(2, f"Option {name}", option.id, "term_years").attention(
                "term",
                f"The term of {name} is longer than the horizon or negative.",
                "Lengthen the horizon, or correct the term.",
            )


_WANTED = {
    DeliveryModel.DO_MINIMUM: "do minimum",
    DeliveryModel.INSOURCE: "insource",
    DeliveryModel.OUTSOURCE: "outsource",
    DeliveryModel.COLLABORATIVE: "work together",
}


# --- 3 criteria and 4 scores -----------------------------------------------------------------------------

# METHOD 9.1: money stays out of the benefits tree.
_MONEY = re.compile(
    r"\b(costs?|costing|savings?|prices?|pricing|budgets?|affordab\w+|cheap\w*|expenditure)\b", re.IGNORECASE
)


def _criteria(appraisal: Appraisal) -> Iterator[Finding]:
    criteria = appraisal.criteria
    whole = Place(3, "Weights", field="criteria")
    if criteria and not any(criterion.swing > 0 for criterion in criteria):
        yield whole.error("weights-zero", "All weights are zero, so no option can score.", "Give one criterion 100.")
    elif criteria and not any(criterion.swing == 100 for criterion in criteria):
        yield whole.attention(
            "weights-no-top", "No criterion has a swing of 100.", "Give 100 to the largest swing and rate the rest."
        )
    filled = {criterion.branch for criterion in criteria}
    for branch in appraisal.branches:
        if branch.id not in filled:
            name = named(branch.name, "a branch without a name")
            yield Place(3, f"Branch {name}", branch.id, "name").attention(
                "branch-empty", f"{name} has no criterion.", "Add a criterion to it, or delete it."
            )
    for criterion in criteria:
        yield from _criterion(criterion)


def _criterion(criterion: Criterion) -> Iterator[Finding]:
    name = named(criterion.name, "a criterion without a name")
    words = f"Criterion {name}"
    if not (isfinite(criterion.swing) and 0 <= criterion.swing <= 100):
        yield Place(3, words, criterion.id, "swing").error(
            "swing", f"{name} has a swing of {number_words(criterion.swing)}, outside 0 to 100.", "Enter 0 to 100."
        )
    elif criterion.swing == 0:
        yield Place(3, words, criterion.id, "swing").attention(
            "swing-zero", f"{name} carries no weight.", "Answer its swing question, or delete it."
        )
    if blank(criterion.worst) or blank(criterion.best):
        field = "worst" if blank(criterion.worst) else "best"
        yield Place(3, words, criterion.id, field).attention(
            "anchors", f"{name} lacks an anchor in words.", "Describe the worst and the best level."
        )
    if _MONEY.search(criterion.name):
        yield Place(3, words, criterion.id, "name").attention(
            "criterion-money",
            f"{name} is about money, which is already counted in step 5.",
            "Delete the criterion, or name what is not money in it.",
        )


def _scores(appraisal: Appraisal) -> Iterator[Finding]:
    given: dict[str, dict[str, float]] = {}
    bare: Counter[str] = Counter()
    for score in appraisal.scores:
        row = given.setdefault(score.criterion, {})
        if score.option in row:
            yield Place(4, "Scores", score.criterion, score.option).error(
                "score-twice", "An option has two scores on the same criterion.", "Clear one and enter it again."
            )
        if not (isfinite(score.value) and 0 <= score.value <= 100):
            yield Place(4, "Scores", score.criterion, score.option).error(
                "score", f"A score is {number_words(score.value)}, outside 0 to 100.", "Enter a score from 0 to 100."
            )
        row[score.option] = score.value
        bare[score.criterion] += blank(score.reason)
    total = len(appraisal.options)
    for criterion in appraisal.criteria:
        name = named(criterion.name, "a criterion without a name")
        row = given.get(criterion.id, {})
        place = Place(4, f"Scores on {name}", criterion.id, "value")
        absent = sum(option.id not in row for option in appraisal.options)
        if absent:
            yield place.attention(
                "scores-missing",
                f"{absent} of {total} options have no score on {name}.",
                "Score them with a reason; until then they count as nothing.",
            )
        elif total > 1 and criterion.swing > 0 and len(set(row.values())) == 1:
            yield place.attention(
                "scores-alike",
                f"All options score the same on {name}, so its weight decides nothing.",
                "Look for the difference, or delete the criterion.",
            )
        if bare[criterion.id]:
            yield Place(4, place.words, criterion.id, "reason").attention(
                "reasons-missing",
                f"{_of(bare[criterion.id], len(row), 'score')} on {name} without a reason.",
                "Write why, in one sentence each.",
            )


def _of(some: int, total: int, noun: str) -> str:
    """For example "2 of 5 scores are" or "1 of 1 score is"."""
    return f"{some} of {total} {noun}{'' if total == 1 else 's'} {'is' if some == 1 else 'are'}"


# --- 5 costs and benefits --------------------------------------------------------------------------------

_TRANSFER = re.compile(r"\b(redundanc\w*|redundant|severance|pension strain)\b", re.IGNORECASE)
_NOT_CASH = re.compile(r"\b(depreciation|minimum revenue provision|mrp)\b", re.IGNORECASE)


def _line(appraisal: Appraisal, line: Line) -> Iterator[Finding]:
    name = named(line.name, "a line without a name")
    words = f"Line {name}"
    amounts = Place(5, words, line.id, "amounts")
    if not all(is_pounds(amount) for amount in line.amounts):
        yield amounts.error(
            "amount", f"{name} has an amount above 10 trillion pounds or none at all.", "Correct the amount."
        )
    elif any(amount < 0 for amount in line.amounts):
        yield amounts.attention(
            "amount-negative",
            f"{name} has a negative amount, although amounts are entered as positive.",
            "Use a saving or a benefit line for money that comes back.",
        )
    beyond = line.amounts[horizon_years(appraisal) :]
    if any(not amount.is_nan() and amount != 0 for amount in beyond):
        yield amounts.error(
            "amount-beyond",
            f"{name} has amounts after the horizon, which no figure counts.",
            "Lengthen the horizon, or clear these amounts.",
        )
    yield from _range(line, Place(5, words, line.id, "range"), name)
    treatment = Place(5, words, line.id, "treatment")
    counted = RULES[line.treatment].economic
    if counted and _TRANSFER.search(line.name):
        yield treatment.attention(
            "transfer",
            f"{name} looks like a transfer but counts as a cost.",
            "Mark it as a transfer (Green Book 8.27).",
        )
    if counted and _NOT_CASH.search(line.name):
        yield treatment.attention(
            "not-cash",
            f"{name} looks like an accounting charge, which is not an economic cost.",
            "Enter capital in the year it is spent instead.",
        )


def _range(line: Line, place: Place, name: str) -> Iterator[Finding]:
    if line.range is None:
        return
    low, high = line.range.low, line.range.high
    if not (low.is_finite() and high.is_finite() and 0 <= low <= 100 <= high <= 10_000):
        yield place.error(
            "range",
            f"The range of {name}, {number_words(low)} to {number_words(high)} %, does not hold 100 %.",
            "Enter low from 0 to 100 and high from 100 to 10,000.",
        )


def _costs(appraisal: Appraisal) -> Iterator[Finding]:
    for line in appraisal.lines:
        yield from _line(appraisal, line)
    by_option: dict[str, list[Line]] = {option.id: [] for option in appraisal.options}
    for line in appraisal.lines:
        by_option.setdefault(line.option, []).append(line)
    ranged = any(line.range is not None for line in appraisal.lines)
    for option in appraisal.options:
        name, lines = option_name(option), by_option[option.id]
        place = f"Costs of {name}"
        if not any(line.amounts and line.treatment is not Treatment.SUNK_COST for line in lines):
            yield Place(5, place, option.id, "lines").attention(
                "costs-none", f"{name} has no costs yet.", "Add its lines, in absolute pounds and not as differences."
            )
        elif ranged and all(line.range is None for line in lines):
            yield Place(5, place, option.id, "range").attention(
                "range-asymmetry",
                f"No line of {name} has a range, while lines of other options have.",
                "Give its uncertain lines a range too.",
            )
        bare = [line for line in lines if blank(line.source) and not line.assumption]
        if bare:
            yield Place(5, place, bare[0].id, "source").attention(
                "line-source",
                f"{_of(len(bare), len(lines), 'line')} without a source in {name}.",
                "Say where the amounts come from, or name the assumption.",
            )


# --- 6 constraints ---------------------------------------------------------------------------------------


def _constraints(appraisal: Appraisal) -> Iterator[Finding]:
    for constraint in appraisal.constraints:
        name = named(constraint.name, "a constraint without a name")
        yield from _constraint_figures(appraisal, constraint, name)
        yield from _bearings(constraint, name)
        yield from _constraint_words(constraint, name)


def _constraint_figures(appraisal: Appraisal, constraint: Constraint, name: str) -> Iterator[Finding]:
    words, impact = f"Constraint {name}", constraint.impact
    if not is_share(constraint.probability):
        yield Place(6, words, constraint.id, "probability").error(
            "probability",
            f"{name} has a probability of {number_words(constraint.probability)}, outside 0 to 1.",
            "Enter a chance from 0 % to 100 %.",
        )
    figures = (impact.low, impact.likely, impact.high)
    place = Place(6, words, constraint.id, "impact")
    if not all(is_pounds(figure) for figure in figures):
        yield place.error(
            "impact", f"{name} has an impact above 10 trillion pounds or none at all.", "Correct the impact."
        )
    elif not impact.low <= impact.likely <= impact.high:
        yield place.error(
            "impact-order", f"The impact of {name} is not in the order low, likely, high.", "Put the three in order."
        )
    elif impact.low < 0:
        yield place.error("impact-negative", f"The impact of {name} is below zero.", "Enter a gain as a benefit line.")
    elif constraint.agreement is not Agreement.AGREED and (impact.high == 0 or constraint.probability == 0):
        yield place.attention(
            "impact-none", f"{name} is open but has no chance or no impact yet.", "Enter both, with their evidence."
        )
    first, years = constraint.impact_from, constraint.impact_years
    if first < 0 or years < 1 or first + years > horizon_years(appraisal):
        yield Place(6, words, constraint.id, "impact_from").error(
            "impact-years", f"The impact of {name} falls outside the horizon.", "Choose years inside the horizon."
        )


def _bearings(constraint: Constraint, name: str) -> Iterator[Finding]:
    place = Place(6, f"Constraint {name}", constraint.id, "bearings")
    if not constraint.bearings:
        yield place.attention(
            "bearing-none", f"No option is exposed to {name}.", "Say who bears it in each option that meets it."
        )
    if any(count > 1 for count in Counter(bearing.option for bearing in constraint.bearings).values()):
        yield place.error(
            "bearing-twice", f"{name} has two bearers in the same option.", "Clear it and choose one again."
        )
    if not all(_sound_claim(bearing) for bearing in constraint.bearings):
        yield place.error(
            "claim",
            f"The terms of claims on {name} are out of range.",
            "Enter a chance from 0 % to 100 %, and uplift and dispute cost from 0.",
        )


def _sound_claim(bearing: Bearing) -> bool:
    uplift, cost = bearing.uplift, bearing.dispute_cost
    return is_share(bearing.admitted) and isfinite(uplift) and 0 <= uplift <= 100 and is_pounds(cost) and cost >= 0


def _constraint_words(constraint: Constraint, name: str) -> Iterator[Finding]:
    words = f"Constraint {name}"
    if constraint.agreement is Agreement.NOBODY_ASKED:
        yield Place(6, words, constraint.id, "agreement").attention(
            "nobody-asked",
            f"Nobody has been asked to agree {name}.",
            f"Ask before tender: {named(constraint.body, 'find out first who decides')}.",
        )
    elif constraint.agreement is not Agreement.AGREED:
        yield Place(6, words, constraint.id, "agreement").note(
            "still-open", f"{name} is not fully agreed.", "Settle it before tender if that is possible."
        )
    if blank(constraint.evidence):
        yield Place(6, words, constraint.id, "evidence").attention(
            "constraint-evidence", f"{name} has no evidence.", "Say what the chance and the impact rest on."
        )


# --- 7 funding -------------------------------------------------------------------------------------------


def _funding(appraisal: Appraisal) -> Iterator[Finding]:
    for scenario in appraisal.scenarios:
        name = named(scenario.name, "a scenario without a name")
        for settlement in scenario.settlements:
            yield from _settlement(settlement)
        yield from _chain(appraisal, scenario, name)
        if blank(scenario.source):
            yield Place(7, f"Scenario {name}", scenario.id, "source").attention(
                "scenario-source", f"{name} has no source.", "Say where the money and its chances come from."
            )


def _settlement(settlement: Settlement) -> Iterator[Finding]:
    name = named(settlement.name, "a settlement without a name")
    words = f"Settlement {name}"
    if not settlement.amounts or settlement.first_year < 0:
        yield Place(7, words, settlement.id, "first_year").error(
            "settlement-years",
            f"{name} covers no year, or starts before year 0.",
            "Let it start in year 0 or later, for at least one year.",
        )
    if not all(is_pounds(amount) and amount >= 0 for amount in settlement.amounts):
        yield Place(7, words, settlement.id, "amounts").error(
            "settlement-amount", f"{name} has an amount below nothing or above 10 trillion pounds.", "Correct it."
        )
    if not is_share(settlement.renewal):
        yield Place(7, words, settlement.id, "renewal").error(
            "renewal",
            f"{name} has a chance of renewal of {number_words(settlement.renewal)}, outside 0 to 1.",
            "Enter a chance from 0 % to 100 %.",
        )
    cut = (settlement.cut_low, settlement.cut_likely, settlement.cut_high)
    if not (all(is_share(share) for share in cut) and cut[0] <= cut[1] <= cut[2]):
        yield Place(7, words, settlement.id, "cut_likely").error(
            "cut",
            f"The cut of {name} is outside 0 to 1, or not in the order low, likely, high.",
            "Enter three shares from 0 % to 100 %, in order.",
        )


def _chain(appraisal: Appraisal, scenario: Scenario, name: str) -> Iterator[Finding]:
    """Settlements follow each other without overlaps or holes and cover the horizon."""
    place = Place(7, f"Scenario {name}", scenario.id, "settlements")
    parts = sorted(scenario.settlements, key=lambda part: part.first_year)
    for earlier, later in pairwise(parts):
        end = earlier.first_year + len(earlier.amounts)
        if later.first_year < end:
            yield place.error(
                "settlements-overlap",
                f"Two settlements of {name} cover {year_words(appraisal, later.first_year)}.",
                "Let each settlement start where the one before ends.",
            )
        elif later.first_year > end:
            yield place.error(
                "settlements-hole",
                f"No settlement of {name} covers {year_words(appraisal, end)}.",
                "Let each settlement start where the one before ends.",
            )
    years = horizon_years(appraisal)
    if not parts or parts[0].first_year > 0 or parts[-1].first_year + len(parts[-1].amounts) < years:
        yield place.attention(
            "scenario-short",
            f"{name} does not cover the whole horizon, so the rest counts as no money.",
            "Add settlements up to the last year, marked as assumed.",
        )


# --- 10 business case ------------------------------------------------------------------------------------


def _business_case(appraisal: Appraisal) -> Iterator[Finding]:
    recommendation = appraisal.recommendation
    if blank(recommendation.decision):
        yield Place(10, "Recommendation", field="decision").attention(
            "decision-none", "Nothing says which decision is asked for.", "Write the decision in one or two sentences."
        )
    if not recommendation.option:
        yield Place(10, "Recommendation", field="option").attention(
            "recommendation-none", "No option is recommended.", "Choose one, or leave it open and say why."
        )
    elif blank(recommendation.reasons):
        yield Place(10, "Recommendation", field="reasons").attention(
            "reasons-none", "The recommendation has no reasons.", "Write why, in three sentences."
        )
    for assumption in appraisal.assumptions:
        text = f"{assumption.statement} {assumption.source}".casefold()
        if blank(assumption.source) and "illustrative" not in text:
            name = named(assumption.statement, "without words")
            yield Place(10, f"Assumption {name}", assumption.id, "source").attention(
                "assumption-source", f"The assumption {name} has no source.", "Name a source, or call it illustrative."
            )
    yield from _roles(appraisal)


def _roles(appraisal: Appraisal) -> Iterator[Finding]:
    """Analyst and assurer shall be independent (AQuA Book, HM Government, June 2025)."""
    who: dict[Role, set[str]] = {role: set() for role in Role}
    for person in appraisal.people:
        who[person.role].add((person.name.strip() or person.post.strip()).casefold())
    absent = [role.value for role in (Role.ANALYST, Role.ASSURER) if not who[role]]
    if absent:
        yield Place(10, "People", field="people").attention(
            "roles-missing", f"Nobody is named as {' or '.join(absent)}.", "Add the people with these roles."
        )
    for person in appraisal.people:
        shown = person.name.strip() or person.post.strip()
        if person.role is Role.ASSURER and shown.casefold() in who[Role.ANALYST]:
            yield Place(10, "People", person.id, "role").attention(
                "independence",
                f"{named(shown, 'The same person')} is analyst and assurer at once.",
                "Let somebody independent assure the analysis (AQuA Book).",
            )


_CHECKS: tuple[Callable[[Appraisal], Iterator[Finding]], ...] = (
    _ids,
    _references,
    _frame,
    _need,
    _options,
    _criteria,
    _scores,
    _rates,
    _indices,
    _costs,
    _constraints,
    _funding,
    _business_case,
)
_RANK = {Severity.ERROR: 0, Severity.ATTENTION: 1, Severity.NOTE: 2}


def findings(appraisal: Appraisal) -> tuple[Finding, ...]:
    """All findings, errors first, then in the order of the journey. Never raises."""
    everything = [finding for check in _CHECKS for finding in check(appraisal)]
    return tuple(sorted(everything, key=lambda finding: (_RANK[finding.severity], finding.step)))
