"""Step 2, stages before the decision: pilots and proof-of-value trials."""

from collections.abc import Iterator

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.terms import Pilot
from appraise.model.finding import Finding, Place, blank, is_pounds, is_share, named, number_words
from appraise.model.finding_rules.dates import is_date
from appraise.model.timetable import timetable_result

#: Months that no pilot takes.
_LONGEST = 600


def check_pilots(appraisal: Appraisal) -> Iterator[Finding]:
    """The options of each pilot, then its figures and its evidence."""
    options = {option.id for option in appraisal.options} | {""}
    for pilot in appraisal.pilots:
        name = named(pilot.name, "a pilot without a name")
        words = f"Pilot {name}"
        for field in ("go_on", "fall_back", "without"):
            if getattr(pilot, field) not in options:
                yield Place(2, words, pilot.id, field).error(
                    "reference", f"{name} refers to an option that does not exist.", "Choose its options again."
                )
        yield from _options(pilot, name, words)
        yield from _figures(pilot, name, words)
        yield from _ends(appraisal, pilot, name, words)
        if blank(pilot.test):
            yield Place(2, words, pilot.id, "test").attention(
                "pilot-test", f"Nothing says how it shows that {name} has worked.", "Say what is measured, and by when."
            )
        if blank(pilot.source):
            yield Place(2, words, pilot.id, "source").attention(
                "pilot-source", f"{name} has no source.", "Say where its cost and its chance come from."
            )


def _options(pilot: Pilot, name: str, words: str) -> Iterator[Finding]:
    if not (pilot.go_on and pilot.fall_back):
        yield Place(2, words, pilot.id, "fall_back" if pilot.go_on else "go_on").attention(
            "pilot-options",
            f"{name} does not say what follows if it works, and what if not.",
            "Choose the option to go on with, and the one to fall back on.",
        )
    elif pilot.go_on == pilot.fall_back:
        yield Place(2, words, pilot.id, "fall_back").attention(
            "pilot-same", f"{name} leads to the same option whether it works or not.", "Choose two different options."
        )


def _figures(pilot: Pilot, name: str, words: str) -> Iterator[Finding]:
    for field, what in (("success", "success"), ("false_positive", "misleading")):
        share = getattr(pilot, field)
        if not is_share(share):
            yield Place(2, words, pilot.id, field).error(
                "pilot-chance",
                f"{name} has a chance of {what} of {number_words(share)}, outside 0 to 1.",
                "Enter a chance from 0 % to 100 %.",
            )
    for field in ("cost", "misled"):
        amount = getattr(pilot, field)
        if not (is_pounds(amount) and amount >= 0):
            yield Place(2, words, pilot.id, field).error(
                "pilot-amount",
                f"{name} has an amount below nothing or above 10 trillion pounds.",
                "Enter pounds from 0.",
            )
    if not 0 <= pilot.months <= _LONGEST:
        yield Place(2, words, pilot.id, "months").error(
            "pilot-months", f"{name} takes an impossible number of months.", f"Enter 0 to {_LONGEST} months."
        )
    if not is_date(pilot.starts_on):
        yield Place(2, words, pilot.id, "starts_on").attention(
            "pilot-starts",
            f"{name} starts on a day that does not exist.",
            "Enter a day such as 2027-04-01, or leave it empty.",
        )
    if is_share(pilot.false_positive) and pilot.false_positive > 0 and not pilot.misled:
        yield Place(2, words, pilot.id, "misled").attention(
            "pilot-misled",
            f"{name} can mislead, but being misled costs nothing.",
            "Enter what going on with a service that fails would lose.",
        )


def _ends(appraisal: Appraisal, pilot: Pilot, name: str, words: str) -> Iterator[Finding]:
    """It ends before the contract is signed to which it leads: afterwards it decides nothing."""
    option = next((one for one in appraisal.options if one.id == pilot.go_on), None)
    found = timetable_result(appraisal, option) if option is not None and 0 < pilot.months <= _LONGEST else None
    for stage in found.stages if found is not None else ():
        if stage.pilot == pilot.id and stage.late_days:
            yield Place(2, words, pilot.id, "months").attention(
                "pilot-late",
                f"{name} still runs when the contract that it decides on is signed.",
                "Start or end it earlier, or sign later (step 7, timetable).",
            )
