"""Steps 3 and 4: gates, assessors with their marks, how scores were agreed, and the seals."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from math import isfinite

from appraise.model.appraisal.criteria import Criterion, Gate, Measured, Outcome, Score
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.workshop import Assessor, Interest, Mark, Stage
from appraise.model.finding import Finding, Place, blank, named, number_words, option_name
from appraise.model.remembered import Remembered
from appraise.model.scales import criterion_name, fit_scale, on_scale
from appraise.model.sealing import log_holds
from appraise.model.value import points_of

#: Points between the lowest and the highest mark from which on assessors see it differently: two bands of 25.
WIDE = 50.0

# --- gates -------------------------------------------------------------------------------------------------


def check_gates(appraisal: Appraisal) -> Iterator[Finding]:
    """Every option is judged at every gate, a failure has its reason, and nobody recommends what fails."""
    for gate in appraisal.gates:
        name = named(gate.name, "a gate without a name")
        place = Place(3, f"Gate {name}", gate.id, "name")
        if blank(gate.name):
            yield place.attention("gate-name", "A gate has no name.", "Name the condition that must be met.")
        yield from _outcomes(appraisal, gate, name)


def _outcomes(appraisal: Appraisal, gate: Gate, name: str) -> Iterator[Finding]:
    outcomes = {one.option: one for one in gate.outcomes}
    place = Place(4, f"Gate {name}", gate.id, "outcomes")
    options = {option.id: option for option in appraisal.options}
    judged = sum(one.outcome is not Outcome.UNSAID for key, one in outcomes.items() if key in options)
    if judged < len(options):
        yield place.attention(
            "gate-open",
            f"{len(options) - judged} of {len(options)} options have no outcome at {name}.",
            "Say of each option whether it passes; until then it stays in the ranking.",
        )
    for key, one in outcomes.items():
        if key not in options:
            yield _missing(place, f"An outcome at {name}", "an option")
        elif one.outcome is Outcome.FAIL and blank(one.reason):
            yield Place(4, place.words, gate.id, key).attention(
                "gate-reason",
                f"Nothing says why {option_name(options[key])} fails {name}.",
                "Write the reason, which is printed beside the option.",
            )
    recommended = appraisal.recommendation.option
    if recommended in options and recommended in outcomes and outcomes[recommended].outcome is Outcome.FAIL:
        yield Place(10, "Recommendation", field="option").unfit(
            "gate-recommended",
            f"{option_name(options[recommended])} is recommended, but fails {name}.",
            "Recommend an option that passes every gate, or correct the outcome.",
        )


def _missing(place: Place, what: str, kind: str) -> Finding:
    return place.error(
        "reference", f"{what} refers to {kind} that does not exist.", f"Choose {kind} that exists, or delete it."
    )


# --- references --------------------------------------------------------------------------------------------


def check_scoring_references(appraisal: Appraisal) -> Iterator[Finding]:
    """What branches, trade-offs, marks, scores of choices, agreements and dissents refer to exists."""
    criteria = {criterion.id: criterion.branch for criterion in appraisal.criteria}
    for branch in appraisal.branches:
        if branch.reference and criteria.get(branch.reference) != branch.id:
            name = named(branch.name, "a branch without a name")
            yield _missing(Place(3, f"Branch {name}", branch.id, "reference"), name, "a criterion of its own")
    for asked in appraisal.weighting.trade_offs:
        if asked.larger not in criteria or asked.smaller not in criteria:
            yield _missing(Place(3, "Trade-offs", asked.id, "larger"), "A trade-off", "a criterion")
    choices = {choice.id for choice in appraisal.choices}
    for score in appraisal.choice_scores:
        place = Place(4, "Scores of the long list", score.option, score.criterion)
        if score.option not in choices:
            yield _missing(place, "A score of the long list", "a choice")
        if score.criterion not in criteria:
            yield _missing(place, "A score of the long list", "a criterion")
    people = {assessor.id for assessor in appraisal.workshop.assessors}
    for score in appraisal.scores:
        if not people.issuperset(chain(score.agreed, (one.assessor for one in score.dissents))):
            yield _missing(Place(4, "Scores", score.criterion, score.option), "A score", "an assessor")
    yield from _stray_marks(appraisal, criteria)


def _stray_marks(appraisal: Appraisal, criteria: Mapping[str, str]) -> Iterator[Finding]:
    options = {option.id for option in appraisal.options}
    for assessor in appraisal.workshop.assessors:
        place, facts = _person(assessor, "marks"), _facts(assessor)
        if not facts.options <= options:
            yield _missing(place, f"A mark of {_post(assessor)}", "an option")
        if not criteria.keys() >= facts.criteria:
            yield _missing(place, f"A mark of {_post(assessor)}", "a criterion")


# --- assessors ---------------------------------------------------------------------------------------------


def _post(assessor: Assessor) -> str:
    return named(assessor.post, "an assessor without a post")


def _person(assessor: Assessor, field: str) -> Place:
    return Place(4, f"Assessor {_post(assessor)}", assessor.id, field)


def check_assessors(appraisal: Appraisal) -> Iterator[Finding]:
    """Each assessor stands there once, with a post and what was asked about interests; marks are on their scales."""
    workshop = appraisal.workshop
    times = Counter(_who(one) for one in workshop.assessors)
    said: set[tuple[str, str]] = set()
    for assessor in workshop.assessors:
        if times[_who(assessor)] > 1 and _who(assessor) not in said:
            said.add(_who(assessor))
            yield _person(assessor, "post").attention(
                "assessor-twice",
                f"{_post(assessor)} stands among the assessors {times[_who(assessor)]} times.",
                "Delete one, or add a name that tells them apart.",
            )
        if blank(assessor.post):
            yield _person(assessor, "post").attention(
                "assessor-post", "An assessor has no post.", "Enter the post; it is printed, the name never is."
            )
        yield from _interest(assessor)
    by_id = {criterion.id: criterion for criterion in appraisal.criteria}
    for assessor in workshop.assessors:
        yield from _marks(assessor, by_id)
    if workshop.stage is not Stage.OPEN and any(map(blank, (workshop.method, workshop.facilitator, workshop.held_on))):
        yield Place(4, "Workshop", field="method").note(
            "workshop-record",
            "Method, facilitator or date of the workshop is not recorded.",
            "Enter all three; they are printed with the scores.",
        )


def _who(assessor: Assessor) -> tuple[str, str]:
    return " ".join(assessor.post.casefold().split()), " ".join(assessor.name.casefold().split())


def _interest(assessor: Assessor) -> Iterator[Finding]:
    place = _person(assessor, "interest")
    if assessor.interest is Interest.UNASKED:
        yield place.attention(
            "interest-unasked",
            f"Nobody has asked {_post(assessor)} about conflicts of interest.",
            "Ask, and record the answer before scoring starts.",
        )
    elif assessor.interest is not Interest.NONE and blank(assessor.interest_words):
        yield _person(assessor, "interest_words").attention(
            "interest-words",
            f"{_post(assessor)} has an interest, but nothing says which.",
            "Write what the interest is and what was done about it.",
        )


@dataclass(frozen=True, slots=True)
class _Facts:
    """What marks of an assessor are given on, and by criterion the first that is off the scale, or no number."""

    options: frozenset[str]
    criteria: frozenset[str]
    off_scale: Mapping[str, float]
    no_number: Mapping[str, float]
    twice: bool


#: Marks are many, and most edits change none of them.
_known_facts = Remembered[_Facts]()
_known_ranges = Remembered[Mapping[tuple[str, str], tuple[float, float]]]()


def _facts(assessor: Assessor) -> _Facts:
    return _known_facts.of(lambda: _gathered(assessor), assessor)


def _gathered(assessor: Assessor) -> _Facts:
    marks = assessor.marks
    return _Facts(
        options=frozenset(mark.option for mark in marks),
        criteria=frozenset(mark.criterion for mark in marks),
        off_scale={mark.criterion: mark.value for mark in reversed(marks) if not on_scale(mark.value)},
        no_number={mark.criterion: mark.value for mark in reversed(marks) if not isfinite(mark.value)},
        twice=len({(mark.option, mark.criterion) for mark in marks}) < len(marks),
    )


def _marks(assessor: Assessor, by_id: Mapping[str, Criterion]) -> Iterator[Finding]:
    """Marks that cannot be read on their scale; a mark on a criterion that does not exist is told elsewhere."""
    facts, place = _facts(assessor), _person(assessor, "marks")
    for criterion, value in facts.off_scale.items():
        one = by_id.get(criterion)
        measured = one is not None and one.measured is Measured.MEASURE
        if not measured or criterion in facts.no_number:
            yield place.error(
                "mark",
                f"{_post(assessor)} gave a mark of {number_words(facts.no_number.get(criterion, value))},"
                " outside its scale.",
                "Correct the mark, or read the score sheet in again.",
            )
    if facts.twice:
        yield place.error(
            "mark-twice", f"{_post(assessor)} gave two marks for the same thing.", "Clear one of the two."
        )


# --- seals -------------------------------------------------------------------------------------------------


def check_seals(appraisal: Appraisal) -> Iterator[Finding]:
    """The seal log leads to the stage, and what is unlocked is locked again."""
    workshop = appraisal.workshop
    if not log_holds(workshop):
        yield Place(4, "Workshop", field="stage").attention(
            "seal-log",
            "The seal log does not lead to this stage, so the file was changed by hand.",
            "Open an earlier version of the file; the business case says so until then.",
        )
    if workshop.unlocked and workshop.stage is not Stage.OPEN:
        yield Place(4, "Workshop", field="unlocked").attention(
            "unlocked",
            "What was sealed is unlocked, so criteria, weights and scores can be changed.",
            "Lock it again after the change.",
        )


# --- scores of record beside marks -------------------------------------------------------------------------


def check_moderation(appraisal: Appraisal) -> Iterator[Finding]:
    """Scores of record beside marks that lie far apart or all elsewhere, and dissents."""
    assessors = appraisal.workshop.assessors
    ranges = _known_ranges.of(lambda: _ranges(assessors), assessors)
    criteria = {criterion.id: criterion for criterion in appraisal.criteria}
    options = {option.id: option_name(option) for option in appraisal.options}
    for score in appraisal.scores:
        criterion = criteria.get(score.criterion)
        if criterion is None or score.option not in options:
            continue
        yield from _moderated(score, criterion, options[score.option], ranges.get((score.option, score.criterion)))


def _ranges(assessors: tuple[Assessor, ...]) -> Mapping[tuple[str, str], tuple[float, float]]:
    """Lowest and highest mark by (option, criterion), as entered, of assessors who do not stand aside."""
    found: dict[tuple[str, str], tuple[float, float]] = {}
    for assessor in assessors:
        if assessor.interest is not Interest.STANDS_ASIDE:
            for mark in assessor.marks:
                found[mark.option, mark.criterion] = _widened(found.get((mark.option, mark.criterion)), mark)
    return found


def _widened(known: tuple[float, float] | None, mark: Mark) -> tuple[float, float]:
    return (mark.value, mark.value) if known is None else (min(known[0], mark.value), max(known[1], mark.value))


def _moderated(score: Score, criterion: Criterion, option: str, marks: tuple[float, float] | None) -> Iterator[Finding]:
    name = criterion_name(criterion)
    place = Place(4, f"Scores on {name}", score.criterion, score.option)
    for dissent in score.dissents:
        if blank(dissent.words):
            yield place.attention(
                "dissent-words",
                f"Somebody dissents from the score of {option} on {name}, without saying why.",
                "Write the reason of the dissent.",
            )
            break
    readable = marks is not None and all(map(isfinite, (*marks, score.value))) and fit_scale(criterion)
    if marks is None or not readable or not blank(score.reason):
        return
    ends = [points_of(criterion, end) for end in marks]
    if not min(marks) <= score.value <= max(marks):
        yield place.attention(
            "score-beyond-marks",
            f"The score of {option} on {name} is outside all marks, without a reason.",
            "Write why, or look at the marks again.",
        )
    elif abs(ends[1] - ends[0]) >= WIDE:
        yield place.attention(
            "wide-no-reason",
            f"Assessors lie far apart on {option} and {name}; the score has no reason.",
            "Write what settled it.",
        )
