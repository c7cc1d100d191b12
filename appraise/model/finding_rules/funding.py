"""Step 7, funding: scenarios, their settlements, and grants."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.funding import Grant, Scenario, Settlement
from appraise.model.finding import (
    Finding,
    Place,
    are_pounds,
    blank,
    horizon_years,
    is_share,
    named,
    number_words,
    year_words,
)
from appraise.model.finding_rules.dates import day, is_date, year_of


def check_funding(appraisal: Appraisal) -> Iterator[Finding]:
    """Each settlement, and how the settlements of a scenario follow each other."""
    for scenario in appraisal.scenarios:
        name = named(scenario.name, "a scenario without a name")
        for settlement in scenario.settlements:
            yield from _settlement(settlement)
        yield from _chain(appraisal, scenario, name)
        yield from _named_by(appraisal, scenario, name)
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
    money = (*settlement.amounts, *settlement.capital)
    if not are_pounds(money) or min(money, default=0) < 0:
        yield Place(7, words, settlement.id, "amounts").error(
            "settlement-amount", f"{name} has an amount below nothing or above 10 trillion pounds.", "Correct it."
        )
    yield from _same_years(words, settlement, name)
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


def _same_years(words: str, settlement: Settlement, name: str) -> Iterator[Finding]:
    years = len(settlement.amounts)
    if settlement.capital and len(settlement.capital) != years:
        yield Place(7, words, settlement.id, "capital").error(
            "capital-years",
            f"The capital of {name} is for {len(settlement.capital)} years, its revenue for {years}.",
            "Enter capital for the same years, or none.",
        )
    if settlement.statuses and len(settlement.statuses) != years:
        yield Place(7, words, settlement.id, "statuses").attention(
            "status-years",
            f"{name} says for {len(settlement.statuses)} years how firm its money is, and has {years}.",
            "Choose the status again, for each year or for all.",
        )


def _chain(appraisal: Appraisal, scenario: Scenario, name: str) -> Iterator[Finding]:
    """Settlements follow each other without overlaps or holes, cover the horizon and hold money."""
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
    money = [(part.amounts, part.capital) for part in parts]
    money += [(grant.amounts, grant.capital) for grant in appraisal.grants if grant.id in scenario.grants]
    if not any(any(revenue) or any(capital) for revenue, capital in money):
        yield place.attention(
            "scenario-empty",
            f"{name} has no money, so every year shows the whole cost as a gap.",
            "Enter the money by year, or delete the scenario.",
        )
        return
    if not parts or parts[0].first_year > 0 or parts[-1].first_year + len(parts[-1].amounts) < horizon_years(appraisal):
        yield place.attention(
            "scenario-short",
            f"{name} does not cover the whole horizon, so the rest counts as no money.",
            "Add settlements up to the last year, marked as assumed.",
        )


def _named_by(appraisal: Appraisal, scenario: Scenario, name: str) -> Iterator[Finding]:
    """Grants and stops of programmes that the scenario names."""
    words = f"Scenario {name}"
    if not {grant.id for grant in appraisal.grants}.issuperset(scenario.grants):
        yield Place(7, words, scenario.id, "grants").error(
            "reference", f"{name} refers to a grant that does not exist.", "Choose its grants again."
        )
    stops = Place(7, words, scenario.id, "stops")
    if not {one.id for one in appraisal.programmes} >= {stop.programme for stop in scenario.stops}:
        yield stops.error(
            "reference", f"{name} stops a programme that does not exist.", "Choose again which programmes it pays for."
        )
    if any(count > 1 for count in Counter(stop.programme for stop in scenario.stops).values()):
        yield stops.attention(
            "stop-twice", f"{name} stops one programme in two years.", "Keep one of them; the first one counts."
        )
    if any(not -1 <= stop.last_year < appraisal.horizon.years for stop in scenario.stops):
        yield stops.attention(
            "stop-year",
            f"{name} stops a programme in a year outside the horizon.",
            "Choose a year of the horizon, or pay for it throughout.",
        )


# --- grants ------------------------------------------------------------------------------------------------


def check_grants(appraisal: Appraisal) -> Iterator[Finding]:
    """The money of each grant, what it may pay for, and its dates."""
    lines = {line.id for line in appraisal.lines}
    used = {grant for scenario in appraisal.scenarios for grant in scenario.grants}
    for grant in appraisal.grants:
        name = named(grant.name, "a grant without a name")
        words = f"Grant {name}"
        yield from _grant_money(appraisal, grant, name, words)
        yield from _grant_dates(appraisal, grant, name, words)
        if not lines.issuperset(grant.lines):
            left = "only the others" if lines.intersection(grant.lines) else "nothing"
            yield Place(7, words, grant.id, "lines").attention(
                "grant-lines",
                f"{name} is for a line that is gone, and pays for {left}.",
                "Choose again what it may pay for.",
            )
        if grant.id not in used:
            yield Place(7, words, grant.id, "scenarios").note(
                "grant-unused", f"No scenario bids for {name}.", "Bid for it in a scenario, or delete it."
            )
        if blank(grant.source):
            yield Place(7, words, grant.id, "source").attention(
                "grant-source", f"{name} has no source.", "Say where its money, dates and chance come from."
            )


def _grant_money(appraisal: Appraisal, grant: Grant, name: str, words: str) -> Iterator[Finding]:
    place = Place(7, words, grant.id, "amounts")
    money = (*grant.amounts, *grant.capital)
    if not are_pounds(money) or min(money, default=0) < 0:
        yield place.error(
            "grant-amount", f"{name} has an amount below nothing or above 10 trillion pounds.", "Correct it."
        )
    elif not any(money):
        yield place.attention("grant-empty", f"{name} has no money yet.", "Enter its money by year, or delete it.")
    if grant.capital and len(grant.capital) != len(grant.amounts):
        yield Place(7, words, grant.id, "capital").error(
            "capital-years",
            f"The capital of {name} is for {len(grant.capital)} years, its revenue for {len(grant.amounts)}.",
            "Enter capital for the same years, or none.",
        )
    if grant.first_year < 0:
        yield place.error("grant-years", f"{name} starts before year 0.", "Let it start in year 0 or later.")
    elif grant.first_year + len(grant.amounts) > appraisal.horizon.years:
        yield place.attention(
            "grant-beyond", f"{name} has money beyond the horizon, which counts nowhere.", "Lengthen the horizon."
        )
    if not is_share(grant.chance):
        yield Place(7, words, grant.id, "chance").error(
            "grant-chance",
            f"{name} has a chance of {number_words(grant.chance)}, outside 0 to 1.",
            "Enter a chance from 0 % to 100 %.",
        )


def _grant_dates(appraisal: Appraisal, grant: Grant, name: str, words: str) -> Iterator[Finding]:
    for field in ("bid_opens", "bid_closes", "decided_on", "spend_by"):
        if not is_date(getattr(grant, field)):
            yield Place(7, words, grant.id, field).attention(
                "grant-date", f"A date of {name} does not exist.", "Enter a day such as 2027-04-01, or leave it empty."
            )
    opens, closes = day(grant.bid_opens), day(grant.bid_closes)
    decided, spend_by = day(grant.decided_on), day(grant.spend_by)
    if opens and closes and closes < opens:
        yield Place(7, words, grant.id, "bid_closes").attention(
            "grant-window", f"Bids for {name} close before they open.", "Correct one of the two dates."
        )
    if closes and decided and decided < closes:
        yield Place(7, words, grant.id, "decided_on").attention(
            "grant-early", f"{name} is decided before bids for it close.", "Correct one of the two dates."
        )
    if decided and spend_by and decided > spend_by:
        yield Place(7, words, grant.id, "decided_on").attention(
            "grant-decision",
            f"{name} is decided after the day by which it must be spent.",
            "Correct one of the two dates.",
        )
    paid = [grant.first_year + place for place, pounds in enumerate(grant.amounts) if pounds]
    paid += [grant.first_year + place for place, pounds in enumerate(grant.capital) if pounds]
    if spend_by and paid and max(paid) > year_of(appraisal, spend_by):
        yield Place(7, words, grant.id, "spend_by").attention(
            "grant-late",
            f"{name} has money in {year_words(appraisal, max(paid))}, after the day by which it must be spent.",
            "Move the money, or correct the day.",
        )
