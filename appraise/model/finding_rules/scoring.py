"""Steps 3 and 4: criteria with their scales and weights, and scores."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import combinations
from math import inf, isfinite

from appraise.model.appraisal.criteria import (
    Answers,
    Asking,
    Branch,
    Criterion,
    Independence,
    Measured,
    Score,
    TradeOff,
    Weighting,
)
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.workshop import HIDDEN, Stage
from appraise.model.finding import Finding, Place, blank, named, number_words, some_of
from appraise.model.scales import check_scales, criterion_name, criterion_place, fit_scale, on_scale
from appraise.model.scoring import answered, swings
from appraise.model.value import BEST, WORST, in_order, points_of

#: A trade-off may differ from the swings by this much, as a share, before somebody should look again.
TRADE_OFF_STEP = 0.25
#: While a workshop stands here nobody has been asked for weights, or they are being asked.
_UNASKED = frozenset({Stage.PREPARING, Stage.AGREED})
#: A text that tells what an option scored.
_OF_SCORES = re.compile(r"\bscor(?:e|es|ed)\b", re.IGNORECASE)


# --- weights -----------------------------------------------------------------------------------------------


def check_criteria(appraisal: Appraisal) -> Iterator[Finding]:
    """Branches, and of each criterion anchors, scale, subject and independence."""
    criteria = appraisal.criteria
    filled = {criterion.branch for criterion in criteria}
    for branch in appraisal.branches:
        if branch.id not in filled:
            name = named(branch.name, "a branch without a name")
            yield Place(3, f"Branch {name}", branch.id, "name").attention(
                "branch-empty", f"{name} has no criterion.", "Add a criterion to it, or delete it."
            )
    for criterion in criteria:
        yield from _anchors(criterion)
    yield from check_scales(appraisal)
    unasked = sum(criterion.independence is Independence.UNASKED for criterion in criteria)
    if unasked and appraisal.workshop.stage in _UNASKED | {Stage.OPEN}:
        yield Place(3, "Criteria", field="independence").note(
            "independence-unasked",
            f"Of {len(criteria)} criteria {unasked} {'was' if unasked == 1 else 'were'} not tested for independence.",
            "Ask of each whether it can be scored without knowing the other scores.",
        )


def _anchors(criterion: Criterion) -> Iterator[Finding]:
    name = criterion_name(criterion)
    if blank(criterion.worst) or blank(criterion.best):
        field = "worst" if blank(criterion.worst) else "best"
        yield criterion_place(criterion, field).attention(
            "anchors", f"{name} lacks an anchor in words.", "Describe the worst and the best level."
        )
    if criterion.independence is Independence.NO:
        yield criterion_place(criterion, "independence").note(
            "criterion-dependent",
            f"{name} cannot be scored without knowing the score on another criterion.",
            "Join the two into one criterion, or word the anchors so that each stands alone.",
        )


# --- answers to the swing questions ------------------------------------------------------------------------


def check_weights(appraisal: Appraisal) -> Iterator[Finding]:
    """Swings, their ranges, ranks and trade-offs, and how sure answers are taken to be."""
    criteria, weighting = appraisal.criteria, appraisal.weighting
    sound = True
    yield from _doubts(weighting)
    branches = appraisal.branches if weighting.asking is Asking.BY_BRANCH else ()
    owners: tuple[Criterion | Branch, ...] = (*criteria, *branches)
    for owner in owners:
        for finding in _swing(owner):
            sound = sound and not finding.stops_figures
            yield finding
    if criteria and sound:
        if weighting.answers is Answers.RANKS:
            yield from _ranks_missing(appraisal)
        else:
            yield from _unanswered(appraisal)
        yield from _whole(appraisal)
        yield from _contradictions(appraisal)
        yield from _trade_offs(appraisal)


_DOUBTS = {
    "doubt": "The doubt of a swing",
    "score_doubt": "The doubt of a score",
    "indifference": "The threshold up to which options are alike",
    "preference": "The threshold from which one is clearly better",
}


def _doubts(weighting: Weighting) -> Iterator[Finding]:
    """Points from 0 to 100; the second threshold of the comparison in pairs is no less than the first."""
    for field, name in _DOUBTS.items():
        value = getattr(weighting, field)
        if not on_scale(value):
            yield Place(3, "Weights", field=field).error(
                "weighting", f"{name} is {number_words(value)}, outside 0 to 100.", "Enter points from 0 to 100."
            )
    if weighting.preference < weighting.indifference:
        yield Place(3, "Weights", field="preference").error(
            "weighting-turned",
            "Options are clearly better from fewer points than they are alike up to.",
            "Enter a second threshold that is no less than the first.",
        )


def _swing(owner: Criterion | Branch) -> Iterator[Finding]:
    name = criterion_name(owner) if isinstance(owner, Criterion) else named(owner.name, "a branch without a name")
    words = f"{'Criterion' if isinstance(owner, Criterion) else 'Branch'} {name}"
    low, high = owner.swing_low, owner.swing_high
    if not on_scale(owner.swing):
        yield Place(3, words, owner.id, "swing").error(
            "swing", f"{name} has a swing of {number_words(owner.swing)}, outside 0 to 100.", "Enter 0 to 100."
        )
        return
    place = Place(3, words, owner.id, "swing_low")
    if (low is not None and not on_scale(low)) or (high is not None and not on_scale(high)):
        yield place.error(
            "swing-range", f"The range of the swing of {name} is outside 0 to 100.", "Enter 0 to 100 for both ends."
        )
    elif low is not None and high is not None and low > high:
        yield place.error(
            "swing-range-turned", f"The range of the swing of {name} is upside down.", "Enter the lower end first."
        )
    elif not (-inf if low is None else low) <= owner.swing <= (inf if high is None else high):
        yield place.attention(
            "swing-outside", f"The swing of {name} is outside its own range.", "Widen the range, or change the swing."
        )
    elif (low is None) != (high is None):
        yield place.attention(
            "swing-range-half", f"The range of the swing of {name} has one end only.", "Enter both ends, or clear it."
        )


def _unanswered(appraisal: Appraisal) -> Iterator[Finding]:
    if appraisal.workshop.stage in _UNASKED and not appraisal.workshop.unlocked:
        return  # step 3 says how many are answered
    for criterion in appraisal.criteria:
        if not answered(criterion.swing) and blank(criterion.swing_reason):
            yield criterion_place(criterion, "swing").attention(
                "swing-zero",
                f"{criterion_name(criterion)} carries no weight.",
                "Answer its swing question, or delete it; where it is worth nothing, write why.",
            )


def _ranks_missing(appraisal: Appraisal) -> Iterator[Finding]:
    for criterion in appraisal.criteria:
        if criterion.rank <= 0:
            yield criterion_place(criterion, "rank").attention(
                "rank-missing",
                f"{criterion_name(criterion)} has no rank, so it carries no weight.",
                "Put it in its place among the moves.",
            )


def _whole(appraisal: Appraisal) -> Iterator[Finding]:
    """Whether any weight follows, and whether a yardstick has 100."""
    place = Place(3, "Weights", field="criteria")
    effective = swings(appraisal)
    if not any(swing > 0 for swing in effective.values()):
        # No weights yet is no mistake while criteria are written or weights are asked.
        if appraisal.workshop.stage not in _UNASKED:
            tell = place.error if _waits_for_weights(appraisal) else place.attention
            yield tell("weights-zero", "All weights are zero, so no option can score.", _zero_mend(appraisal))
        return
    weighting = appraisal.weighting
    if weighting.answers is Answers.RANKS or appraisal.workshop.stage in _UNASKED:
        return
    if weighting.asking is Asking.TOGETHER:
        if all(criterion.swing != BEST for criterion in appraisal.criteria):
            yield place.attention(
                "weights-no-top", "No criterion has a swing of 100.", "Give 100 to the largest swing and rate the rest."
            )
    elif all(branch.swing != BEST for branch in appraisal.branches):
        yield place.attention(
            "weights-no-top", "No branch has a swing of 100.", "Give 100 to the largest move and rate the others."
        )


def _waits_for_weights(appraisal: Appraisal) -> bool:
    """Something is entered that figures would be made of; a tree that is only begun is no mistake."""
    return bool(appraisal.scores or appraisal.choice_scores or appraisal.lines)


def _zero_mend(appraisal: Appraisal) -> str:
    if appraisal.weighting.answers is Answers.RANKS:
        return "Put the moves in order, the largest first."
    by_branch = appraisal.weighting.asking is Asking.BY_BRANCH
    return "Give one criterion and one branch 100." if by_branch else "Give one criterion 100."


def _contradictions(appraisal: Appraisal) -> Iterator[Finding]:
    """The first pair whose order by rank is not the order by swing; together, or inside a branch."""
    said = [one for one in appraisal.criteria if one.rank > 0 and one.swing > 0]
    together = appraisal.weighting.asking is Asking.TOGETHER
    for one, other in combinations(sorted(said, key=lambda criterion: criterion.rank), 2):
        if one.rank < other.rank and one.swing < other.swing and (together or one.branch == other.branch):
            yield criterion_place(other, "swing").attention(
                "ranks-contradict",
                f"{criterion_name(other)} has the larger swing, but {criterion_name(one)} was ranked before it.",
                "Ask both again, and change the rank or the swing.",
            )
            return


def _trade_offs(appraisal: Appraisal) -> Iterator[Finding]:
    by_id = {criterion.id: criterion for criterion in appraisal.criteria}
    effective = swings(appraisal)
    for asked in appraisal.weighting.trade_offs:
        place = Place(3, "Trade-offs", asked.id, "points")
        if asked.larger == asked.smaller:
            yield place.attention(
                "trade-off-self", "A trade-off compares a criterion with itself.", "Delete it and choose two criteria."
            )
        elif asked.points is not None and not (isfinite(asked.points) and WORST < asked.points <= BEST):
            yield place.attention(
                "trade-off",
                f"A trade-off is answered with {number_words(asked.points)}, outside 0 to 100.",
                "Enter more than 0 and at most 100; above 100 the other move is the larger one.",
            )
        elif asked.points is not None and asked.larger in by_id and asked.smaller in by_id:
            yield from _differs(asked, by_id, effective, place)


def _differs(
    asked: TradeOff, by_id: Mapping[str, Criterion], effective: Mapping[str, float], place: Place
) -> Iterator[Finding]:
    """Error = implied / rated - 1; rated = swing of the smaller / that of the larger, implied = points / 100."""
    larger, smaller = effective[asked.larger], effective[asked.smaller]
    if asked.points is None or larger <= 0 or smaller <= 0:
        return
    error = asked.points / BEST * larger / smaller - 1
    if abs(error) > TRADE_OFF_STEP:
        one, other = criterion_name(by_id[asked.larger]), criterion_name(by_id[asked.smaller])
        yield place.attention(
            "trade-off-differs",
            f"The trade-off of {one} against {other} is {abs(error):,.0%} off the swings.".replace("%", " %"),
            "Ask both again; change the answer or the swing.",
        )


# --- scores ------------------------------------------------------------------------------------------------


def check_scores(appraisal: Appraisal) -> Iterator[Finding]:
    """Each option has one score with a reason on each criterion, on its scale, and scores differ."""
    by_id = {criterion.id: criterion for criterion in appraisal.criteria}
    given: dict[str, dict[str, float]] = {}
    bare: Counter[str] = Counter()
    for score in appraisal.scores:
        row = given.setdefault(score.criterion, {})
        if score.option in row:
            yield Place(4, "Scores", score.criterion, score.option).error(
                "score-twice", "An option has two scores on the same criterion.", "Clear one and enter it again."
            )
        yield from _score(score, by_id.get(score.criterion))
        row[score.option] = score.value
        bare[score.criterion] += blank(score.reason)
    # Scores are not yet due while others are asked first.
    due = appraisal.workshop.stage not in HIDDEN - {Stage.MODERATING}
    yield from _told(appraisal)
    for criterion in appraisal.criteria:
        yield from _scores_on(appraisal, criterion, given.get(criterion.id, {}), bare[criterion.id], due=due)


def _told(appraisal: Appraisal) -> Iterator[Finding]:
    """Texts that speak of scores while nobody may know them."""
    if appraisal.workshop.stage not in HIDDEN:
        return
    recommended, sourcing = appraisal.recommendation, appraisal.sourcing
    texts = (
        (Place(10, "Recommendation", field="reasons"), f"{recommended.decision} {recommended.reasons}"),
        (Place(2, "Public interest test", "public_interest", "conclusion"), sourcing.public_interest.conclusion),
        (Place(2, "Delivery model assessment", "delivery_model", "conclusion"), sourcing.delivery_model.conclusion),
    )
    for place, words in texts:
        if _OF_SCORES.search(words):
            yield place.attention(
                "scores-told",
                f"{place.words} speaks of scores, which are hidden until they are revealed.",
                "Write what follows from scores once the workshop has revealed them.",
            )


def _score(score: Score, criterion: Criterion | None) -> Iterator[Finding]:
    place = Place(4, "Scores", score.criterion, score.option)
    measured = criterion is not None and criterion.measured is Measured.MEASURE
    if not (isfinite(score.value) if measured else on_scale(score.value)):
        yield place.error(
            "score", f"A score is {number_words(score.value)}, outside 0 to 100.", "Enter a score from 0 to 100."
        )
        return
    if measured and criterion is not None and criterion.points and fit_scale(criterion):
        yield from _beyond(score, criterion, place)
    low, high = score.low, score.high
    ends = [end for end in (low, high) if end is not None]
    if not all(isfinite(end) if measured else on_scale(end) for end in ends):
        yield place.error("score-range", "The range of a score is outside its scale.", "Enter both ends on the scale.")
    elif low is not None and high is not None and low > high:
        yield place.error("score-range-turned", "The range of a score is upside down.", "Enter the lower end first.")
    elif not (-inf if low is None else low) <= score.value <= (inf if high is None else high):
        yield place.attention(
            "score-outside", "A score is outside its own range.", "Widen the range, or change the score."
        )


def _beyond(score: Score, criterion: Criterion, place: Place) -> Iterator[Finding]:
    ordered = in_order(criterion.points)
    if not ordered[0].measure <= score.value <= ordered[-1].measure:
        yield place.note(
            "score-beyond",
            f"A score of {number_words(score.value)} on {criterion_name(criterion)} is beyond its value function,"
            f" so it is worth {number_words(points_of(criterion, score.value))}.",
            "Check the figure and its unit.",
        )


def _scores_on(
    appraisal: Appraisal, criterion: Criterion, row: dict[str, float], bare: int, *, due: bool
) -> Iterator[Finding]:
    name, total = criterion_name(criterion), len(appraisal.options)
    place = Place(4, f"Scores on {name}", criterion.id, "value")
    absent = sum(option.id not in row for option in appraisal.options)
    if absent and due:
        yield place.attention(
            "scores-missing",
            f"{absent} of {total} options have no score on {name}.",
            "Score them with a reason; until then they count as nothing.",
        )
    elif total > 1 and not absent and criterion.swing > 0 and len(set(row.values())) == 1:
        yield place.attention(
            "scores-alike",
            f"All options score the same on {name}, so its weight decides nothing.",
            "Look for the difference, or delete the criterion.",
        )
    if bare:
        yield Place(4, place.words, criterion.id, "reason").attention(
            "reasons-missing",
            f"{some_of(bare, len(row), 'score')} on {name} without a reason.",
            "Write why, in one sentence each.",
        )
