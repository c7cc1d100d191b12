"""Commercial terms: contracts and timetables (step 7), lots (step 2), and the agreed price of a line (step 5)."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import RULES, Line
from appraise.model.appraisal.options import ContractType, Option
from appraise.model.appraisal.terms import AfterCut, BreakCost, Commitment, ContractTerms, LineTerms
from appraise.model.contracts import chain_of
from appraise.model.finding import (
    Finding,
    Place,
    are_pounds,
    between,
    blank,
    horizon_years,
    is_pounds,
    line_name,
    named,
    number_words,
    option_name,
    whole_words,
)
from appraise.model.finding_rules.dates import day, is_date, year_of
from appraise.model.finding_rules.options import LONGEST_TERM

#: Per cent a year: the most that is taken, and what is asked about.
_MOST_CAPITAL, _HIGH_CAPITAL = 100, 25
#: Weeks that no step of a tender takes.
_MOST_WEEKS = 520
#: Working days: the least after an assessment summary (Procurement Act 2023, section 51), and the most taken.
STANDSTILL, _MOST_STANDSTILL = 8, 260
#: Contracts whose standstill is the authority's own choice.
_LIGHT = frozenset({ContractType.LIGHT_TOUCH, ContractType.LIGHT_TOUCH_CONCESSION})
#: Per cent a year that a cap or a collar may be.
_LOWEST_RISE, _HIGHEST_RISE = -50, 1_000
_MONEY = ("investment", "kept_value", "procurement", "transition", "dual_running", "break_cost")
_RELETTING = ("procurement", "transition", "dual_running")
_WEEKS = ("engagement_weeks", "tender_weeks", "evaluation_weeks", "mobilisation_weeks")


def check_terms(appraisal: Appraisal) -> Iterator[Finding]:
    """The contract terms of each option, and what follows of them."""
    for option in appraisal.options:
        if option.terms == ContractTerms():
            continue
        name = option_name(option)
        place = f"Contract of {name}"
        yield from _money(option, name, place)
        yield from _contract_years(appraisal, option, name, place)
        yield from _break(appraisal, option, name, place)
        yield from _signed(appraisal, option, name, place)
        if any(getattr(option.terms, field) for field in _MONEY) and blank(option.terms.source):
            yield Place(7, place, option.id, "source").attention(
                "terms-source", f"The contract terms of {name} have no source.", "Say where the amounts come from."
            )


def _money(option: Option, name: str, words: str) -> Iterator[Finding]:
    terms = option.terms
    for field in _MONEY:
        amount = getattr(terms, field)
        if not (is_pounds(amount) and amount >= 0):
            yield Place(7, words, option.id, field).error(
                "terms-amount",
                f"An amount of the contract of {name} is below nothing or above 10 trillion pounds.",
                "Enter pounds from 0.",
            )
    if are_pounds((terms.kept_value, terms.investment)) and terms.kept_value > terms.investment:
        yield Place(7, words, option.id, "kept_value").error(
            "kept-value",
            f"The supplier of {name} keeps more at the end than it puts in.",
            "Enter a kept value of at most the investment.",
        )
    percent = terms.capital_percent
    if not between(percent, 0, _MOST_CAPITAL):
        yield Place(7, words, option.id, "capital_percent").error(
            "capital-percent",
            f"The cost of capital of {name} is outside 0 to {_MOST_CAPITAL} %.",
            "Enter a rate such as 8 %.",
        )
    elif percent > _HIGH_CAPITAL:
        yield Place(7, words, option.id, "capital_percent").attention(
            "capital-high",
            f"The cost of capital of {name} is {number_words(percent)} % a year.",
            "Check it with finance; 6 to 12 % is usual.",
        )


def _contract_years(appraisal: Appraisal, option: Option, name: str, words: str) -> Iterator[Finding]:
    terms = option.terms
    if not 0 <= terms.reference_years <= LONGEST_TERM:
        yield Place(7, words, option.id, "reference_years").error(
            "reference-years",
            f"Prices of {name} are for a term of {whole_words(terms.reference_years)} years.",
            f"Enter 1 to {LONGEST_TERM} years, or 0 for its own term.",
        )
    starts = Place(7, words, option.id, "starts")
    if terms.starts < 0:
        yield starts.error(
            "contract-starts", f"The contract of {name} starts before year 0.", "Let it start in year 0 or later."
        )
    elif terms.starts >= appraisal.horizon.years:
        yield starts.attention(
            "contract-late", f"The contract of {name} starts after the horizon.", "Let it start inside the horizon."
        )
    if option.term_years == 0 and any(getattr(terms, field) for field in _MONEY):
        yield Place(7, words, option.id, "term_years").attention(
            "terms-unused",
            f"{name} has contract terms but no term, so they count for nothing.",
            "Enter the term in step 2, or clear the amounts.",
        )
    yield from _relets(appraisal, option, name, Place(7, words, option.id, "relets_entered"))


def _relets(appraisal: Appraisal, option: Option, name: str, place: Place) -> Iterator[Finding]:
    """Re-letting that scenarios add although the term that was priced brings it in any case."""
    terms = option.terms
    years = min(horizon_years(appraisal), (option.life_years or appraisal.horizon.years) + 1)
    paid = any(getattr(terms, field) for field in _RELETTING)
    if terms.relets_entered or not (paid and appraisal.scenarios and 0 < option.term_years <= LONGEST_TERM):
        return
    if len(chain_of(option, None, years)) > 1:
        yield place.note(
            "relets-added",
            f"Every scenario adds the re-letting of {name}, as if its lines held none.",
            "If its lines hold it, say so in step 7, or it counts twice.",
        )


def _break(appraisal: Appraisal, option: Option, name: str, words: str) -> Iterator[Finding]:
    """What follows where money is not renewed: a fall-back that there is, and a price that fits."""
    terms = option.terms
    place = Place(7, words, option.id, "fall_back")
    if terms.fall_back and terms.fall_back not in {other.id for other in appraisal.options}:
        yield place.error(
            "reference", f"{name} falls back on an option that does not exist.", "Choose its fall-back again."
        )
    if option.term_years < 1 or terms.after_cut is not AfterCut.BREAK:
        if option.term_years > 0 and terms.commitment is Commitment.WITH_BREAK:
            yield Place(7, words, option.id, "after_cut").note(
                "break-never",
                f"The contract of {name} has a break, but nothing ever breaks it.",
                "Choose what follows where money is not renewed.",
            )
        return
    if not terms.fall_back:
        yield place.error(
            "fall-back-none",
            f"{name} is broken where money is not renewed, and nothing follows.",
            "Choose the option to fall back on, or keep the contract.",
        )
    elif terms.fall_back == option.id:
        yield place.error("fall-back-itself", f"{name} falls back on itself.", "Choose another option.")
    yield from _fall_back_ends(appraisal, option, name, place)
    if terms.commitment is Commitment.FREELY:
        yield Place(7, words, option.id, "commitment").note(
            "break-unpriced",
            f"{name} may be broken, but its supplier's price does not allow for it.",
            "Choose a contract with a break, or keep it where money is not renewed.",
        )
    if terms.break_cost_is is BreakCost.ENTERED and not terms.break_cost:
        yield Place(7, words, option.id, "break_cost").note(
            "break-free",
            f"Breaking the contract of {name} costs nothing.",
            "Enter what is paid, or choose what the supplier has not recovered.",
        )


def _fall_back_ends(appraisal: Appraisal, option: Option, name: str, place: Place) -> Iterator[Finding]:
    """What is fallen back on has to run as long as the option would have: otherwise the service just ends."""
    last = appraisal.horizon.years - 1
    other = next((one for one in appraisal.options if one.id == option.terms.fall_back), None)
    if other is not None and min(other.life_years or last, last) < min(option.life_years or last, last):
        yield place.error(
            "fall-back-ends",
            f"{option_name(other)} does not last as long as {name}, which falls back on it.",
            "Choose an option that lasts as long, or give it the same life in step 2.",
        )


def _signed(appraisal: Appraisal, option: Option, name: str, words: str) -> Iterator[Finding]:
    """A rule never to sign past confirmed money makes contracts shorter than the option says."""
    if option.terms.commitment is not Commitment.NEVER or not 0 < option.term_years <= LONGEST_TERM:
        return
    years = horizon_years(appraisal)
    shortest = None
    for scenario in appraisal.scenarios:
        for contract in chain_of(option, scenario, years):
            if contract.years < option.term_years and (shortest is None or contract.years < shortest[0]):
                shortest = contract.years, named(scenario.name, "a scenario")
    if shortest is not None:
        signed = "1 year" if shortest[0] == 1 else f"{shortest[0]} years"
        yield Place(7, words, option.id, "commitment").attention(
            "term-signed",
            f"{name} is signed for {signed}, not {option.term_years}, in {shortest[1]}.",
            "Lengthen the money, allow a break, or accept the shorter contract and its price.",
        )


# --- timetable ---------------------------------------------------------------------------------------------


def check_timetables(appraisal: Appraisal) -> Iterator[Finding]:
    """The steps of each tender are in reach, and its standstill is long enough."""
    for option in appraisal.options:
        name, timetable = option_name(option), option.timetable
        words = f"Timetable of {name}"
        if not is_date(timetable.starts_on):
            yield Place(7, words, option.id, "starts_on").attention(
                "timetable-date",
                f"The timetable of {name} starts on a day that does not exist.",
                "Enter a day such as 2027-04-01, or leave it empty.",
            )
        yield from _needed_by(appraisal, option, name, Place(7, words, option.id, "needed_by"))
        for field in _WEEKS:
            if not 0 <= getattr(timetable, field) <= _MOST_WEEKS:
                yield Place(7, words, option.id, field).error(
                    "timetable-weeks",
                    f"A step of the timetable of {name} is outside 0 to {_MOST_WEEKS} weeks.",
                    f"Enter 0 to {_MOST_WEEKS} weeks.",
                )
        days = timetable.standstill_days
        standstill = Place(7, words, option.id, "standstill_days")
        if not 0 <= days <= _MOST_STANDSTILL:
            yield standstill.error(
                "standstill-days",
                f"The standstill of {name} is outside 0 to {_MOST_STANDSTILL} working days.",
                f"Enter {STANDSTILL} working days or more.",
            )
        elif days < STANDSTILL and option.contract is not ContractType.NONE and (days or option.contract not in _LIGHT):
            yield standstill.attention(
                "standstill",
                f"The standstill of {name} is {days} working days, under {STANDSTILL}.",
                f"Enter {STANDSTILL} or more (Procurement Act 2023, section 51).",
            )


def _needed_by(appraisal: Appraisal, option: Option, name: str, place: Place) -> Iterator[Finding]:
    """The first day of service that the contract needs is a day of the year in which the contract starts."""
    text = option.timetable.needed_by
    when = day(text)
    if not is_date(text):
        yield place.attention(
            "timetable-needed",
            f"The service of {name} is needed from a day that does not exist.",
            "Enter a day such as 2027-04-01, or leave it empty.",
        )
    elif when is not None and year_of(appraisal, when) != option.terms.starts:
        yield place.attention(
            "timetable-needed-year",
            f"The service of {name} is not needed in the year in which its contract starts.",
            "Correct the day, or the year in which the contract starts.",
        )


# --- lots --------------------------------------------------------------------------------------------------


def check_lots(appraisal: Appraisal) -> Iterator[Finding]:
    """Names and shares of the lots of each option."""
    for option in appraisal.options:
        if option.lots:
            yield from _lots(option)


def _lots(option: Option) -> Iterator[Finding]:
    name = option_name(option)
    place = Place(2, f"Lots of {name}", option.id, "lots")
    names = [lot.name.strip().casefold() for lot in option.lots]
    if len(set(names)) < len(names) or any(blank(one) for one in names):
        yield place.attention(
            "lot-name", f"Lots of {name} have the same name, or none.", "Give each lot a name of its own."
        )
    percents = [lot.percent for lot in option.lots]
    if not all(between(percent, 0, 100) for percent in percents):
        yield place.error("lot-percent", f"A lot of {name} is outside 0 to 100 %.", "Enter shares from 0 % to 100 %.")
    elif sum(percents) > 100:
        yield place.error(
            "lots-over",
            f"The lots of {name} are {number_words(sum(percents))} % together.",
            "Lower them to 100 % together.",
        )
    elif 0 < sum(percents) < 100:
        yield place.attention(
            "lots-short",
            f"The lots of {name} are {number_words(sum(percents))} % together, not 100 %.",
            "Enter the share of every lot, or add the lot that is missing.",
        )


# --- the price of a line -----------------------------------------------------------------------------------


def check_line_terms(appraisal: Appraisal) -> Iterator[Finding]:
    """What is agreed on the price of each line."""
    lines = {line.id: line for line in appraisal.lines}
    agreed = Counter(terms.line for terms in appraisal.line_terms)
    for terms in appraisal.line_terms:
        line = lines.get(terms.line)
        if line is None:
            yield Place(5, "Terms of a line", terms.line, "line").error(
                "reference", "Terms belong to a line that does not exist.", "Delete them."
            )
            continue
        name = line_name(line)
        words = f"Terms of {name}"
        if agreed[terms.line] > 1:
            yield Place(5, words, line.id, "terms").error(
                "line-terms-twice", f"{name} has terms twice.", "Clear them and enter them again."
            )
        yield from _tiers(terms, line, name, words)
        yield from _loyalty(appraisal, terms, line, name, words)
        yield from _bounds(terms, line, name, words)
        if RULES[line.treatment].benefit:
            yield Place(5, words, line.id, "terms").attention(
                "line-terms-benefit",
                f"{name} is no cost, but discounts and caps are agreed on it.",
                "Clear the terms, or change the treatment.",
            )
        if blank(terms.source):
            yield Place(5, words, line.id, "terms_source").attention(
                "line-terms-source", f"The terms of {name} have no source.", "Say where they are agreed."
            )


def _tiers(terms: LineTerms, line: Line, name: str, words: str) -> Iterator[Finding]:
    place = Place(5, words, line.id, "tiers")
    if not are_pounds(terms.volumes) or min(terms.volumes, default=0) < 0:
        yield Place(5, words, line.id, "volumes").error(
            "volumes", f"{name} has a volume below nothing or no number.", "Enter volumes from 0."
        )
        return
    overs = [tier.over for tier in terms.tiers]
    if not are_pounds(overs) or min(overs, default=0) < 0:
        yield place.error("tier-over", f"A tier of {name} starts below nothing, or at no number.", "Correct it.")
        return
    if not all(between(tier.percent, 0, 100) for tier in terms.tiers):
        yield place.error(
            "tier-percent", f"A discount of {name} is outside 0 to 100 %.", "Enter discounts from 0 % to 100 %."
        )
    if len(set(overs)) < len(overs):
        yield place.error(
            "tiers-twice", f"Two tiers of {name} start at the same volume.", "Keep one discount for each volume."
        )
    elif any(later < earlier for earlier, later in pairwise(overs)):
        yield place.attention(
            "tiers-order",
            f"The tiers of {name} are not in the order of their volumes.",
            "Put the tiers in order, the lowest volume first.",
        )
    if terms.tiers and _without_volume(terms, line):
        yield Place(5, words, line.id, "volumes").attention(
            "volumes-missing",
            f"{name} has discounts by volume, but years without a volume, which get none.",
            "Enter the volume of every year that has an amount.",
        )


def _without_volume(terms: LineTerms, line: Line) -> bool:
    """Whether a year with an amount has no volume."""
    volumes = (*terms.volumes, *[Decimal(0)] * len(line.amounts))
    return any(amount and not volume for amount, volume in zip(line.amounts, volumes, strict=False))


def _loyalty(appraisal: Appraisal, terms: LineTerms, line: Line, name: str, words: str) -> Iterator[Finding]:
    place = Place(5, words, line.id, "loyalty")
    if not all(between(percent, 0, 100) for percent in terms.loyalty):
        yield place.error(
            "loyalty", f"A yearly discount of {name} is outside 0 to 100 %.", "Enter discounts from 0 % to 100 %."
        )
    option = next((one for one in appraisal.options if one.id == line.option), None)
    if terms.loyalty and option is not None and option.term_years == 0:
        yield place.attention(
            "loyalty-term",
            f"{name} gets dearer or cheaper by year of the contract, but the contract has no term.",
            "Enter the term in step 2; until then it is never let again.",
        )


def _bounds(terms: LineTerms, line: Line, name: str, words: str) -> Iterator[Finding]:
    """The cap and the collar on the yearly rises of its price index."""
    bounds = [one for one in (terms.cap, terms.collar) if one is not None]
    place = Place(5, words, line.id, "cap")
    if not all(between(one, _LOWEST_RISE, _HIGHEST_RISE) for one in bounds):
        yield place.error(
            "cap", f"The cap or collar of {name} is out of reach.", "Enter per cent a year, such as 2 or 5."
        )
    elif terms.cap is not None and terms.collar is not None and terms.cap < terms.collar:
        yield place.error(
            "cap-collar",
            f"The cap of {name}, {number_words(terms.cap)} %, is below its collar, {number_words(terms.collar)} %.",
            "Enter a cap of at least the collar.",
        )
