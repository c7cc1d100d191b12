"""Step 6, constraints: chance, impact, who bears it, and whether anybody agreed."""

from collections import Counter
from collections.abc import Iterator
from math import isfinite

from appraise.model.appraisal.constraints import Agreement, Bearing, Constraint
from appraise.model.appraisal.document import Appraisal
from appraise.model.finding import (
    Finding,
    Place,
    blank,
    horizon_years,
    is_pounds,
    is_share,
    named,
    number_words,
    option_name,
)


def check_constraints(appraisal: Appraisal) -> Iterator[Finding]:
    """Figures, bearers and words of each constraint."""
    for constraint in appraisal.constraints:
        name = named(constraint.name, "a constraint without a name")
        yield from _constraint_figures(appraisal, constraint, name)
        yield from _after_life(appraisal, constraint, name)
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


def _after_life(appraisal: Appraisal, constraint: Constraint, name: str) -> Iterator[Finding]:
    """An option that ends before the impact does not meet it, or meets only a part."""
    exposed = {bearing.option for bearing in constraint.bearings}
    last = constraint.impact_from + constraint.impact_years - 1
    for option in appraisal.options:
        if option.id in exposed and 0 < option.life_years < last:
            yield Place(6, f"Constraint {name}", constraint.id, "impact_from").attention(
                "impact-after-life",
                f"The impact of {name} falls after the life of {option_name(option)}, so that part is not counted.",
                "Choose earlier years, or lengthen the life in step 2.",
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
    if blank(constraint.name):
        yield Place(6, words, constraint.id, "name").attention(
            "constraint-name", "A constraint has no name.", "Name it after what has to be agreed."
        )
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
