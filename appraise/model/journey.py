"""The ten steps from the need to the business case, with states that follow from the document."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from appraise.model import need_sections
from appraise.model.appraisal.constraints import Agreement
from appraise.model.appraisal.criteria import Answers, Asking
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.funding import Scenario
from appraise.model.appraisal.options import Rating
from appraise.model.appraisal.workshop import Interest, Stage
from appraise.model.finding import Finding, Severity

#: The steps in order; step 1 is the first.
NAMES = (
    "Need",
    "Options",
    "Criteria and weights",
    "Scores and evidence",
    "Costs and benefits",
    "Constraints and risks",
    "Funding",
    "Results",
    "Sensitivity",
    "Business case",
)


class State(StrEnum):
    """How far a step has come."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    ATTENTION = "attention"
    COMPLETED = "completed"
    CANNOT_START = "cannot_start"


#: The states in words, as the journey prints them.
STATE_WORDS = {
    State.NOT_STARTED: "Not started",
    State.IN_PROGRESS: "In progress",
    State.ATTENTION: "Needs attention",
    State.COMPLETED: "Completed",
    State.CANNOT_START: "Cannot start yet",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StepState:
    """One step of the journey. `sentence` says where it stands, in a few words."""

    number: int
    name: str
    state: State
    sentence: str


#: What is known of a step before the findings speak: its state and a sentence (empty: the state in words).
_Progress = tuple[State, str]


def _share(done: int, total: int, sentence: str) -> _Progress:
    """Completed when all are done, in progress when some are; nothing done is not started."""
    if total and done >= total:
        return State.COMPLETED, ""
    return (State.IN_PROGRESS, sentence) if done else (State.NOT_STARTED, sentence)


def _count(number: int, severity: Severity) -> str:
    noun = "error" if severity is Severity.ERROR else "thing"
    return f"{number} {noun}{'' if number == 1 else 's'} to {'mend' if severity is Severity.ERROR else 'look at'}"


def _need(appraisal: Appraisal) -> _Progress:
    states = need_sections.sections(appraisal.need).values()
    if not any(one.begun for one in states):
        return State.NOT_STARTED, ""
    done = all(one.full for one in states)
    return (State.COMPLETED, "") if done else (State.IN_PROGRESS, need_sections.filled_words(appraisal.need))


def _options(appraisal: Appraisal) -> _Progress:
    count = len(appraisal.options)
    if not count:
        return State.NOT_STARTED, ""
    if count == 1:
        return State.IN_PROGRESS, "Only one option so far"
    # A new document brings names of options; until something is said of one, nobody has chosen them.
    described = any(option.description.strip() or option.choices for option in appraisal.options)
    if not (appraisal.lines or appraisal.scores or described):
        return State.IN_PROGRESS, "No option is described yet"
    total = len(appraisal.choices)
    rated = sum(choice.rating is not Rating.UNRATED for choice in appraisal.choices)
    if rated < total:
        return State.IN_PROGRESS, f"{rated} of {total} choices rated"
    joint = appraisal.arrangements
    shared = sum(bool(one.shared) and len(one.partners) > 1 for one in joint)
    if shared < len(joint):
        return State.IN_PROGRESS, f"{shared} of {len(joint)} joint options shared"
    return State.COMPLETED, ""


def _answered(appraisal: Appraisal) -> tuple[int, int]:
    """How many swing questions are answered, and how many there are; a move worth nothing says why."""
    criteria, weighting = appraisal.criteria, appraisal.weighting
    filled = {criterion.branch for criterion in criteria}
    across = weighting.asking is Asking.BY_BRANCH
    branches = [branch for branch in appraisal.branches if across and branch.id in filled]
    if weighting.answers is Answers.RANKS:
        done = sum(one.rank > 0 for one in criteria) + sum(one.rank > 0 for one in branches)
    else:
        done = sum(one.swing > 0 or bool(one.swing_reason.strip()) for one in criteria)
        done += sum(one.swing > 0 for one in branches)
    return done, len(criteria) + len(branches)


def _criteria(appraisal: Appraisal) -> _Progress:
    if not appraisal.criteria:
        return (State.IN_PROGRESS, "No criterion yet") if appraisal.branches else (State.NOT_STARTED, "")
    workshop = appraisal.workshop
    if workshop.unlocked:
        return State.IN_PROGRESS, "Unlocked for a change"
    if workshop.stage is Stage.PREPARING:
        return State.IN_PROGRESS, "Criteria are not agreed yet"
    done, total = _answered(appraisal)
    progress = _share(done, total, f"Weights: {done} of {total} answered")
    if workshop.stage is Stage.AGREED and progress[0] is State.COMPLETED:
        return State.IN_PROGRESS, "Weights are not sealed yet"
    return (State.IN_PROGRESS, progress[1]) if progress[0] is State.NOT_STARTED else progress


def sheets_in(appraisal: Appraisal) -> tuple[int, int, int]:
    """Sheets that are waited for, those with any mark, and those with every mark; who stands aside is not counted."""
    wanted = {(option.id, criterion.id) for option in appraisal.options for criterion in appraisal.criteria}
    waited = [one for one in appraisal.workshop.assessors if one.interest is not Interest.STANDS_ASIDE]
    given = [{(mark.option, mark.criterion) for mark in one.marks} for one in waited]
    return len(waited), sum(bool(one) for one in given), sum(bool(one) and one >= wanted for one in given)


def _scores(appraisal: Appraisal) -> _Progress:
    if not appraisal.options or not appraisal.criteria:
        return State.CANNOT_START, "Needs options and criteria first"
    stage = appraisal.workshop.stage
    if stage in (Stage.PREPARING, Stage.AGREED):
        return State.CANNOT_START, "Waits for sealed weights"
    if stage is Stage.SEALED:
        waited, _, whole = sheets_in(appraisal)
        return State.IN_PROGRESS, f"{whole} of {waited} sheets in" if waited else "No assessor yet"
    options = {option.id for option in appraisal.options}
    criteria = {criterion.id for criterion in appraisal.criteria}
    given = {(score.option, score.criterion) for score in appraisal.scores}
    done = sum(option in options and criterion in criteria for option, criterion in given)
    total = len(options) * len(criteria)
    if stage is Stage.MODERATING:
        agreed = f"{done:,} of {total:,} scores agreed"
        return State.IN_PROGRESS, "Totals wait for the reveal" if done == total else agreed
    return _share(done, total, f"{done:,} of {total:,} scores given") if done else (State.NOT_STARTED, "")


def _costs(appraisal: Appraisal) -> _Progress:
    if not appraisal.options:
        return State.CANNOT_START, "Needs options first"
    costed = {line.option for line in appraisal.lines if any(line.amounts)}
    done = sum(option.id in costed for option in appraisal.options)
    total = len(appraisal.options)
    return _share(done, total, f"{done} of {total} options costed") if appraisal.lines else (State.NOT_STARTED, "")


def _constraints(appraisal: Appraisal) -> _Progress:
    total = len(appraisal.constraints)
    if not total:
        return State.NOT_STARTED, ""
    still_open = sum(constraint.agreement is not Agreement.AGREED for constraint in appraisal.constraints)
    return (State.ATTENTION, f"{still_open} of {total} still open") if still_open else (State.COMPLETED, "")


def _has_money(appraisal: Appraisal, scenario: Scenario) -> bool:
    """A settlement with revenue or capital, or a grant that is bid for."""
    given = (one for one in appraisal.grants if one.id in scenario.grants)
    money = [(one.amounts, one.capital) for one in scenario.settlements] + [(one.amounts, one.capital) for one in given]
    return any(any(revenue) or any(capital) for revenue, capital in money)


def _funding(appraisal: Appraisal) -> _Progress:
    total = len(appraisal.scenarios)
    if not total:
        begun = bool(appraisal.grants or appraisal.programmes)
        return (State.IN_PROGRESS, "No scenario yet") if begun else (State.NOT_STARTED, "")
    settled = sum(_has_money(appraisal, scenario) for scenario in appraisal.scenarios)
    if settled < total:
        return State.IN_PROGRESS, f"{settled} of {total} scenarios have money"
    programmes = appraisal.programmes
    whole = sum(bool(one.investment and one.lines) for one in programmes)
    if whole < len(programmes):
        return State.IN_PROGRESS, f"{whole} of {len(programmes)} programmes have lines"
    return State.COMPLETED, ""


def _figures(appraisal: Appraisal, errors: int, least: int, *, has_results: bool) -> _Progress:
    if len(appraisal.options) < least or not appraisal.lines:
        return State.CANNOT_START, "Needs options with costs first"
    if errors:
        return State.CANNOT_START, f"{_count(errors, Severity.ERROR)} first"
    if not has_results:
        return State.NOT_STARTED, "Not calculated yet"
    for (state, sentence), missing in (
        (_costs(appraisal), "Costs are missing"),
        (_scores(appraisal), "Not scored yet"),
    ):
        if state is not State.COMPLETED:
            return State.IN_PROGRESS, sentence if state is State.IN_PROGRESS else missing
    return State.COMPLETED, ""


def _business_case(appraisal: Appraisal, errors: int) -> _Progress:
    if not appraisal.options:
        return State.CANNOT_START, "Needs options first"
    recommendation, commercial, management = appraisal.recommendation, appraisal.commercial, appraisal.management
    parts = (
        recommendation.decision,
        recommendation.option,
        recommendation.reasons,
        commercial.route,
        management.governance,
        management.transition,
    )
    done = sum(bool(part.strip()) for part in parts)
    if errors and done == len(parts):
        return State.IN_PROGRESS, f"{_count(errors, Severity.ERROR)} first"
    return _share(done, len(parts), f"{done} of {len(parts)} parts written") if done else (State.NOT_STARTED, "")


def _judged(number: int, progress: _Progress, findings: Sequence[Finding]) -> StepState:
    """The step with its findings weighed in: what is found outweighs what is done, except before the start."""
    state, sentence = progress
    if state is not State.CANNOT_START:
        # A document that has just begun has no options: an error for the figures, but nobody's mistake.
        mine = [finding.severity for finding in findings if finding.step == number and finding.code != "options-none"]
        errors, attentions = mine.count(Severity.ERROR), mine.count(Severity.ATTENTION)
        if errors:
            state, sentence = State.ATTENTION, _count(errors, Severity.ERROR)
        elif attentions and state is not State.NOT_STARTED:
            # While work goes on, how far it has come says more than what is still missing.
            sentence = sentence if state is not State.COMPLETED else _count(attentions, Severity.ATTENTION)
            state = State.ATTENTION if state is State.COMPLETED else state
    return StepState(number=number, name=NAMES[number - 1], state=state, sentence=sentence or STATE_WORDS[state])


def anything_entered(appraisal: Appraisal) -> bool:
    """There are options, and an amount or a score that figures can be made of."""
    entered = any(any(line.amounts) for line in appraisal.lines) or bool(appraisal.scores)
    return bool(appraisal.options) and entered


def steps(appraisal: Appraisal, findings: Sequence[Finding], *, has_results: bool) -> tuple[StepState, ...]:
    """The ten steps. `findings` are those of the document; `has_results`: figures of this document stand."""
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    stops = sum(finding.stops_figures for finding in findings)
    progress = (
        _need(appraisal),
        _options(appraisal),
        _criteria(appraisal),
        _scores(appraisal),
        _costs(appraisal),
        _constraints(appraisal),
        _funding(appraisal),
        _figures(appraisal, stops, 1, has_results=has_results),
        _figures(appraisal, stops, 2, has_results=has_results),
        _business_case(appraisal, errors),
    )
    return tuple(_judged(number, one, findings) for number, one in enumerate(progress, start=1))


#: What to do in a step that is not done, in one sentence.
_TO_DO = (
    "Write the case for change, business as usual, objectives and outcomes for residents.",
    "Rate the choices of the long list, then name and describe the options.",
    "Add criteria with anchors and answer their swing questions.",
    "Score every option on every criterion, with a reason each.",
    "Enter the costs and benefits of every option by year.",
    "List what outside bodies have still to agree.",
    "Enter the money by year, as settled and as it might be.",
)
#: The same for a step while a sealed workshop stands at a stage.
_TO_DO_AT = {
    (3, Stage.PREPARING): "Write criteria with anchors, then agree them.",
    (3, Stage.AGREED): "Answer the swing questions, then seal the weights.",
    (4, Stage.SEALED): "Read in the score sheets, then close the scoring.",
    (4, Stage.MODERATING): "Agree one score each with its reason, then reveal the totals.",
}


def next_thing(appraisal: Appraisal, findings: Sequence[Finding]) -> tuple[int, str]:
    """The step to go to next and one sentence on what to do there.

    Errors come first, then the first step that is not done, then what needs attention, then the decision.
    """
    for finding in findings:
        if finding.severity is Severity.ERROR:
            return finding.step, finding.mend
    states = steps(appraisal, findings, has_results=True)
    for step, sentence in zip(states, _TO_DO, strict=False):
        if step.state in (State.NOT_STARTED, State.IN_PROGRESS, State.CANNOT_START):
            return step.number, _TO_DO_AT.get((step.number, appraisal.workshop.stage), sentence)
    for finding in findings:
        if finding.severity is Severity.ATTENTION:
            return finding.step, finding.mend
    if states[-1].state is not State.COMPLETED:
        return 10, "Write the recommendation and the commercial and management case."
    return 10, "Preview the business case and export it."
