"""Step 5, rates, discount schedules, general inflation and price indices."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise

from appraise.model.appraisal.document import Appraisal, Basis, OwnSchedule
from appraise.model.appraisal.lines import Index, Prices
from appraise.model.finding import Finding, Place, between, blank, horizon_years, named, number_words
from appraise.model.finding_rules.ranges import check_rise_range
from appraise.model.parameters import SCHEDULES, known_schedules

_PLACEHOLDER = re.compile(r"placeholder|to be replaced", re.IGNORECASE)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
_SERIES_YEARS = range(1990, 2201)


def check_rates(appraisal: Appraisal) -> Iterator[Finding]:
    """Discount schedules and general inflation."""
    basis = appraisal.basis
    known = known_schedules(basis)
    for field, words, schedule in (
        ("schedule", "Discount rates", basis.schedule),
        ("health_schedule", "Discount rates for health", basis.health_schedule),
    ):
        yield from _chosen(Place(5, words, field=field), schedule, known=schedule in known)
    in_use = (basis.schedule, basis.health_schedule)
    for one in basis.own_schedules:
        yield from _own_schedule(one, in_use=one.id in in_use)
        if one.id in SCHEDULES:
            yield Place(5, "Discount rates", one.id, "own_schedules").error(
                "schedule-id",
                f"{named(one.name, 'An own schedule')} stands in the place of a published schedule.",
                "Delete it, and change a copy of the published one instead.",
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
    if basis.deflator.percent:
        yield from _series(appraisal)
    yield from _median(basis, used=any(line.incomes for line in appraisal.lines))


def _chosen(place: Place, schedule: str, *, known: bool) -> Iterator[Finding]:
    """A chosen schedule exists and is in force."""
    if known:
        return
    if schedule in SCHEDULES:
        yield place.error(
            "schedule-not-in-force",
            f"{named(SCHEDULES[schedule].name, 'This schedule')} is not in force.",
            "Choose a schedule in force; figures at the review's rate are shown beside it anyway.",
        )
    else:
        yield place.error(
            "schedule",
            f"The discount schedule {named(schedule, 'without a name')} is not known.",
            "Choose one of the schedules in the list.",
        )


def _own_schedule(one: OwnSchedule, *, in_use: bool) -> Iterator[Finding]:
    name = named(one.name, "a discount schedule without a name")
    bands = Place(5, f"Discount schedule {name}", one.id, "bands")
    if not one.bands or one.bands[0].first != 1:
        yield bands.error(
            "schedule-start", f"{name} has no rate for year 1.", "Enter a first band that begins in year 1."
        )
    elif any(later.first <= earlier.first for earlier, later in pairwise(one.bands)):
        yield bands.error(
            "schedule-order", f"The bands of {name} are not in the order of years.", "Let each begin after the last."
        )
    if not all(between(band.percent, -5, 25) for band in one.bands):
        yield bands.error(
            "schedule-rate", f"{name} has a rate outside -5 to 25 %.", "Enter real yearly rates such as 3.5."
        )
    if blank(one.source):
        yield Place(5, bands.words, one.id, "source").attention(
            "schedule-source", f"{name} has no source.", "Say who recommends these rates, and when."
        )
    if in_use:
        yield bands.note(
            "schedule-own",
            f"Figures are discounted with {name}, a schedule of your own.",
            "Say why; the Green Book's schedule is in the list.",
        )


def _series(appraisal: Appraisal) -> Iterator[Finding]:
    """The deflator by year: sound, and where it begins and ends beside the horizon."""
    series, first_year = appraisal.basis.deflator, appraisal.horizon.first_year
    place = Place(5, "General inflation", field="deflator")
    if not all(_rise(percent) for percent in series.percent):
        yield place.error(
            "deflator-rise", "General inflation of some year is outside -50 to 100 %.", "Enter rises such as 2.0."
        )
    if series.first_year not in _SERIES_YEARS:
        yield place.error(
            "deflator-year",
            f"General inflation by year begins in {number_words(series.first_year)}, which is out of reach.",
            "Enter the first financial year that it covers, such as 2026.",
        )
        return
    last, end = series.first_year + len(series.percent) - 1, first_year + horizon_years(appraisal) - 1
    if series.first_year > first_year + 1:
        yield place.attention(
            "deflator-late",
            "General inflation by year begins after year 1, so the flat rate holds before.",
            "Add the earlier years, or check the flat rate.",
        )
    if last < end:
        years = end - max(last, first_year)
        yield place.note(
            "deflator-short",
            f"General inflation by year ends before the horizon; its last rise is carried on over {_years(years)}.",
            "Add later years where a forecast exists.",
        )


def _median(basis: Basis, *, used: bool) -> Iterator[Finding]:
    """The income that distributional weights start from, where any line has such a weight."""
    if not used:
        return
    if not between(basis.median_income, 1, 10_000_000):
        yield Place(5, "Median income", field="median_income").error(
            "median-income",
            f"The median income of {number_words(basis.median_income)} pounds is outside 1 to 10 million.",
            "Enter the published median of comparable household income, a year.",
        )
    if blank(basis.median_income_source) or _PLACEHOLDER.search(basis.median_income_source):
        yield Place(5, "Median income", field="median_income_source").attention(
            "median-source", "The median income rests on a placeholder.", "Enter the published median and its date."
        )


def check_indices(appraisal: Appraisal) -> Iterator[Finding]:
    """Yearly rises of each price index, their reach and their source."""
    used = {line.index for line in appraisal.lines if line.prices is not Prices.CASH}
    used |= {constraint.index for constraint in appraisal.constraints}
    rises = horizon_years(appraisal) - 1
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
        elif index.id in used and len(index.percent) < rises:
            short.append(index)
        yield from check_rise_range(index)
        yield from _dates(index)
        if blank(index.source):
            yield Place(5, place.words, index.id, "source").attention(
                "index-source", f"{name} has no source.", "Say who publishes it, and when."
            )
    if short:
        name = named(short[0].name, "a price index without a name")
        which = f"{name} ends" if len(short) == 1 else f"{len(short)} price indices end"
        carried = rises - min(len(index.percent) for index in short)
        up_to = "" if len(short) == 1 else "up to "
        yield Place(5, f"Price index {name}", short[0].id, "percent").note(
            "index-short",
            f"{which} before the horizon; the last rise is carried forward over {up_to}{_years(carried)}.",
            "Enter later rises where a forecast exists.",
        )


def _dates(index: Index) -> Iterator[Finding]:
    """What stands as a date of an index is one, so that it can be told when newer figures are due."""
    name = named(index.name, "a price index without a name")
    for field, text, words in (
        ("published", index.published, "publication"),
        ("review_by", index.review_by, "review"),
    ):
        if not (blank(text) or _is_date(text.strip())):
            yield Place(5, f"Price index {name}", index.id, field).note(
                f"index-{field.replace('_', '-')}",
                f"The {words} date of {name}, {named(text, 'without words')}, is not a date.",
                "Enter it as year, month and day, such as 2027-03-31.",
            )


def _is_date(text: str) -> bool:
    """A day, or a month, as tables of guidance date themselves: 2027-03-31 or 2027-03."""
    try:
        date.fromisoformat(text if _DAY.fullmatch(text) else f"{text}-01")
    except ValueError:
        return False
    return _DAY.fullmatch(text) is not None or _MONTH.fullmatch(text) is not None


def _years(years: int) -> str:
    return f"{years} year{'' if years == 1 else 's'}"


def _rise(percent: Decimal) -> bool:
    return between(percent, -50, 100)
