"""Step 7, funding: scenarios and their settlements."""

from collections.abc import Iterator
from itertools import pairwise

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.funding import Scenario, Settlement
from appraise.model.finding import (
    Finding,
    Place,
    blank,
    horizon_years,
    is_pounds,
    is_share,
    named,
    number_words,
    year_words,
)


def check_funding(appraisal: Appraisal) -> Iterator[Finding]:
    """Each settlement, and how the settlements of a scenario follow each other."""
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
