"""Steps 3 and 4: criteria with their weights, and scores."""

import re
from collections import Counter
from collections.abc import Iterator
from math import isfinite

from appraise.model.appraisal.criteria import Criterion
from appraise.model.appraisal.document import Appraisal
from appraise.model.finding import Finding, Place, blank, named, number_words, some_of

# METHOD 9.1: money stays out of the benefits tree.
_MONEY = re.compile(
    r"\b(costs?|costing|savings?|prices?|pricing|budgets?|affordab\w+|cheap\w*|expenditure)\b", re.IGNORECASE
)


def check_criteria(appraisal: Appraisal) -> Iterator[Finding]:
    """Weights, branches and anchors."""
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


def check_scores(appraisal: Appraisal) -> Iterator[Finding]:
    """Each option has one score with a reason on each criterion, and scores differ."""
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
                f"{some_of(bare[criterion.id], len(row), 'score')} on {name} without a reason.",
                "Write why, in one sentence each.",
            )
