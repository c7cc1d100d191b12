"""The scale of a criterion, and what it is about: whether what is entered on it can be turned into points at all.

Criteria are agreed only where nothing here is an error; the other findings on steps 3 and 4 stand in
`finding_rules.scoring`.
"""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from math import isfinite

from appraise.model.appraisal.constraints import Constraint
from appraise.model.appraisal.criteria import About, Criterion, Measured
from appraise.model.appraisal.document import Appraisal
from appraise.model.finding import Finding, Place, blank, named
from appraise.model.value import BEST, WORST, CurveFault, curve_faults

# METHOD 9.1: money stays out of the benefits tree.
_MONEY = re.compile(
    r"\b(costs?|costing|savings?|prices?|pricing|budgets?|affordab\w+|cheap\w*|expenditure)\b", re.IGNORECASE
)


def criterion_name(criterion: Criterion) -> str:
    """The criterion's name for a sentence."""
    return named(criterion.name, "a criterion without a name")


def on_scale(value: float) -> bool:
    """A number of points, from the worst to the best anchor."""
    return isfinite(value) and WORST <= value <= BEST


def fit_scale(criterion: Criterion) -> bool:
    """Whether the criterion's scale turns what was entered into points."""
    return not any(finding.stops_figures for finding in _scale(criterion))


def criterion_place(criterion: Criterion, field: str) -> Place:
    """Where a finding on the criterion leads to."""
    return Place(3, f"Criterion {criterion_name(criterion)}", criterion.id, field)


def check_scales(appraisal: Appraisal) -> Iterator[Finding]:
    """What stands in the way of agreeing the criteria, with what else is odd in their scales and subjects."""
    scored = any(criterion.about is About.CONSTRAINT for criterion in appraisal.criteria)
    register = {constraint.id: constraint for constraint in appraisal.constraints} if scored else {}
    for criterion in appraisal.criteria:
        yield from _subject(criterion, register)
        yield from _scale(criterion)


def _subject(criterion: Criterion, register: Mapping[str, Constraint]) -> Iterator[Finding]:
    name, place = criterion_name(criterion), criterion_place(criterion, "about")
    if criterion.about is About.MONEY:
        yield place.error(
            "about-money",
            f"{name} is about money, which is counted in step 5 and stands beside the score.",
            "Delete the criterion, or say what effect without a price it is about.",
        )
    elif _MONEY.search(criterion.name):
        yield criterion_place(criterion, "name").attention(
            "criterion-money",
            f"{name} is about money, which is already counted in step 5.",
            "Delete the criterion, or name what is not money in it.",
        )
    if criterion.about is About.UNSAID:
        yield place.attention(
            "about-unsaid",
            f"Nothing says whether {name} is about an effect, a constraint or money.",
            "Choose one; money is counted in step 5, and a constraint is either priced or scored.",
        )
    elif criterion.about is About.CONSTRAINT:
        yield from _constraint(criterion, name, register)


def _constraint(criterion: Criterion, name: str, register: Mapping[str, Constraint]) -> Iterator[Finding]:
    place = criterion_place(criterion, "constraint")
    if not criterion.constraint:
        yield place.attention(
            "about-constraint",
            f"{name} is about a constraint, but nothing says which.",
            "Choose the constraint of step 6 that it scores.",
        )
    elif criterion.constraint not in register:
        yield place.error(
            "constraint-unknown",
            f"{name} scores a constraint that does not exist.",
            "Choose a constraint of step 6, or say that it is about an effect.",
        )
    elif _priced(register[criterion.constraint]):
        yield place.error(
            "constraint-twice",
            f"{name} scores a constraint that step 6 prices too; it is either priced or scored, never both.",
            "Delete the criterion, or take the impact out in step 6.",
        )


def _priced(constraint: Constraint) -> bool:
    """Whether pounds are counted for it: an impact, its own or as the supplier sees it, above 0."""
    impacts = [constraint.impact, *([constraint.view.impact] if constraint.view and constraint.view.impact else [])]
    amounts = [amount for impact in impacts for amount in (impact.low, impact.likely, impact.high)]
    return any(amount.is_finite() and amount > Decimal(0) for amount in amounts)


# --- scales ------------------------------------------------------------------------------------------------


def _scale(criterion: Criterion) -> Iterator[Finding]:
    if criterion.measured is Measured.LEVELS:
        yield from _levels(criterion)
    elif criterion.measured is Measured.MEASURE:
        yield from _value_function(criterion)


def _levels(criterion: Criterion) -> Iterator[Finding]:
    name, place, values = (
        criterion_name(criterion),
        criterion_place(criterion, "levels"),
        [one.value for one in criterion.levels],
    )
    if len(values) < 2:
        yield place.error(
            "levels-few", f"{name} has fewer than two levels.", "Add levels, the worst at 0, the best at 100."
        )
    elif not all(map(on_scale, values)):
        yield place.error("level-value", f"A level of {name} is outside 0 to 100.", "Enter 0 to 100 for each level.")
    elif {min(values), max(values)} != {WORST, BEST}:
        yield place.attention(
            "levels-ends", f"The levels of {name} do not reach from 0 to 100.", "Give the worst 0 and the best 100."
        )
    if len(set(values)) < len(values):
        yield place.attention(
            "levels-same", f"Two levels of {name} are worth the same.", "Give each level its own points, or join them."
        )
    if any(blank(level.words) for level in criterion.levels):
        yield place.attention(
            "level-words", f"A level of {name} has no words.", "Describe each level so that two people would agree."
        )


def _value_function(criterion: Criterion) -> Iterator[Finding]:
    name, place, points = criterion_name(criterion), criterion_place(criterion, "points"), criterion.points
    if blank(criterion.unit):
        yield criterion_place(criterion, "unit").attention(
            "unit", f"{name} is measured, but its unit is not named.", "Enter the unit, such as days or homes."
        )
    faults = curve_faults(points)
    if CurveFault.FEW in faults:
        yield place.error(
            "points-few",
            f"{name} has fewer than two points on its value function.",
            "Enter the measure that is worth 0 and the one that is worth 100.",
        )
        return
    if not all(isfinite(point.measure) and isfinite(point.value) for point in points):
        yield place.error("points-number", f"A point of {name} is not a number.", "Enter a number or delete the point.")
        return
    values = [point.value for point in points]
    if not all(map(on_scale, values)):
        yield place.error(
            "points-value", f"A value of {name} is outside 0 to 100.", "Enter 0 to 100 for the value of each point."
        )
    elif {min(values), max(values)} != {WORST, BEST}:
        yield place.attention(
            "points-ends",
            f"The value function of {name} does not reach from 0 to 100.",
            "Let the worst anchor be worth 0 and the best 100.",
        )
    yield from _course(name, place, faults)


def _course(name: str, place: Place, faults: frozenset[CurveFault]) -> Iterator[Finding]:
    """Values may only rise or only fall: otherwise more would be better here and worse there."""
    if CurveFault.TWICE in faults:
        yield place.error(
            "points-twice", f"{name} has two values for the same measure.", "Delete one of the two points."
        )
    if CurveFault.TURNS in faults:
        yield place.error(
            "points-turn",
            f"The value function of {name} goes up and down.",
            "Let values only rise or only fall, or split the criterion in two.",
        )
