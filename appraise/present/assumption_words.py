"""What stands behind the figures of step 5 in words: rates with their vintage, optimism bias, comparable incomes.

Every function takes what a document may hold, unsound values too, and gives a dash where nothing can be said.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from appraise.model.appraisal.document import Appraisal, Basis, HorizonLength, OwnBand
from appraise.model.appraisal.effects import Bias, IncomeGroup
from appraise.model.bias import delay, managed_share, resultant
from appraise.model.finding import between
from appraise.model.measures import equivalised, welfare_weight
from appraise.model.parameters import REVIEW, Band, Schedule, known_schedules
from appraise.model.tables import BIAS_TABLE, USUAL_YEARS, BiasRow
from appraise.present import wording
from appraise.present.option_words import day

_MONTHS_A_YEAR = 12


def dated(published: str, review_by: str) -> str:
    """When figures were published and when to look for newer ones; what is not known is left out."""
    parts = [f"Published {day(published)}." if published else ""]
    parts.append(f"Look for newer ones by {day(review_by)}." if review_by else "")
    return " ".join(part for part in parts if part)


def rate(percent: Decimal) -> str:
    """A rate without idle noughts: "3.5 %"."""
    if not percent.is_finite():
        return wording.DASH
    text = wording.number(percent, 4)
    return f"{text.rstrip('0').rstrip('.')}{wording.NO_BREAK}%"


def bands_words(bands: Sequence[Band] | Sequence[OwnBand]) -> str:
    """The yearly rates of a discount schedule: "3.5 % from year 1, 3 % from year 31"."""
    return ", ".join(f"{rate(band.percent)} from year {band.first}" for band in bands) or "no rate yet"


def schedule_words(schedule: Schedule) -> str:
    """The rates, their source and their vintage, two or three short sentences."""
    parts = (
        f"{wording.capital(bands_words(schedule.bands))}.",
        f"{schedule.source.rstrip('.') or 'No source yet'}.",
        "Own copy." if schedule.own else "",
        dated(schedule.published, schedule.review_by),
    )
    return " ".join(part for part in parts if part)


def schedule_choices(basis: Basis, chosen: str) -> list[tuple[str, str]]:
    """The schedules in force and the own copies, marked; the chosen one also where it is not known."""
    known = known_schedules(basis)
    choices = [(key, _marked(one)) for key, one in known.items()]
    if chosen not in known:
        choices.append((chosen, f"Unknown: {wording.shorten(chosen, 30)}"))
    return choices


def _marked(schedule: Schedule) -> str:
    name = schedule.name or "Without a name"
    return f"{name} (own copy)" if schedule.own and "own copy" not in name else name


def schedule_in_use(basis: Basis, chosen: str = "") -> str:
    """The schedule that discounts, or the `chosen` one, for a note: its name, and the rates of an own copy."""
    schedule = known_schedules(basis).get(chosen or basis.schedule)
    if schedule is None:
        return "unknown"
    return f"{_marked(schedule)}: {bands_words(schedule.bands)}" if schedule.own else schedule.name


def counts_health(appraisal: Appraisal) -> bool:
    """Some line counts lives or health, which have a discount schedule of their own."""
    return any(line.health and any(line.amounts) for line in appraisal.lines)


def discounting(appraisal: Appraisal) -> str:
    """Which schedules the present values rest on, in a sentence."""
    basis = appraisal.basis
    said = f"Discount schedule: {schedule_in_use(basis)}."
    if not counts_health(appraisal):
        return said
    return f"{said} Lines of lives and health: {schedule_in_use(basis, basis.health_schedule)}."


#: The usual lengths of a horizon in words (Green Book 2026, 6.9-6.13).
LENGTHS = {
    HorizonLength.STANDARD: "10 years: most services",
    HorizonLength.REFURBISHMENT: "30 years: a refurbishment",
    HorizonLength.BUILDING: "60 years: a new building",
    HorizonLength.CONTRACT: "As long as the contract",
    HorizonLength.OWN: "Our own length",
}


def length_words(length: HorizonLength) -> str:
    """What the chosen length asks of the years and of the reason."""
    if length in USUAL_YEARS:
        return f"{USUAL_YEARS[length]} years are compared: year 0 and {USUAL_YEARS[length] - 1} more."
    if length is HorizonLength.CONTRACT:
        return "Set the years so that they hold the contract, its set-up and its end."
    return "Any number of years; say why no usual length fits."


def review_words() -> str:
    """The run that is always shown beside the chosen schedule."""
    percent = f"{wording.number(REVIEW.bands[0].percent, 1)}{wording.NO_BREAK}%"
    return (
        f"A run at {percent} is always shown beside the results. It is not in force and decides nothing here. "
        f"{REVIEW.source}. {dated(REVIEW.published, REVIEW.review_by)}"
    )


# --- optimism bias ---------------------------------------------------------------------------------------


def _sound(bias: Bias) -> bool:
    shares = [bias.managed_percent]
    for cause in bias.causes:
        shares += [cause.share_percent, cause.managed_percent]
    bounds = (bias.upper_percent, bias.lower_percent, bias.duration_upper_percent, bias.duration_lower_percent)
    return (
        all(between(share, 0, 100) for share in shares)
        and all(between(bound, 0, 1_000) for bound in bounds)
        and bias.lower_percent <= bias.upper_percent
        and bias.duration_lower_percent <= bias.duration_upper_percent
        and between(bias.months, 0, 1_200)
    )


def _short_rate(share: Decimal) -> str:
    return rate((share * 100).quantize(Decimal("0.01")))


def bias_managed(bias: Bias) -> str:
    """How much of the upper bound is dealt with, in per cent."""
    return _short_rate(managed_share(bias)) if _sound(bias) else wording.DASH


def bias_left(bias: Bias) -> str:
    """What is left of the bias: upper x (1 - managed), before award not under the lower bound."""
    return _short_rate(resultant(bias)) if _sound(bias) else wording.DASH


def left_sentence(bias: Bias) -> str:
    """What is left, and whether the lower bound holds it up."""
    if not _sound(bias):
        return "What is left is shown when the percentages are in order."
    with_bound = resultant(bias) * 100
    free = bias.upper_percent * (1 - managed_share(bias))
    held = not bias.awarded and with_bound > free
    why = " The lower bound holds until the contract is awarded." if held else ""
    return f"{bias_left(bias)} is left: costs rise by it, benefits fall by it.{why}"


def duration_sentence(bias: Bias) -> str:
    """The planned duration and what it becomes; benefits that name the bias come that much later."""
    if not _sound(bias):
        return "The adjusted duration is shown when the percentages are in order."
    if not bias.months:
        return "Without a planned duration benefits are not late."
    if not bias.duration_upper_percent:
        return "No bias on duration is entered, so benefits are not late."
    years = delay(bias)
    late = years * _MONTHS_A_YEAR
    return (
        f"{_months(bias.months)} months become {_months(bias.months + late)}: "
        f"benefits come {wording.number(years, 1)} years late."
    )


def _months(months: Decimal) -> str:
    return wording.number(months, 1).removesuffix(".0")


def bias_origin(bias: Bias) -> str:
    """Where the bounds come from, in a few words."""
    return BIAS_TABLE[bias.table].name if bias.table in BIAS_TABLE else "Own history"


def bias_row_words(row: BiasRow) -> str:
    """A published row: what its percentages are on, who published them, and when."""
    return f"Measured on {row.basis}. {row.source}. Look for a newer one by {day(row.review_by)}."


# --- incomes ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparable:
    """A group's income made comparable between sizes of household, and its weight, as text; dashes without sense."""

    income: str
    weight: str
    sentence: str


def comparable(appraisal: Appraisal, group: IncomeGroup) -> Comparable:
    """The income of a couple that lives as well, and the weight of a pound (Green Book 2026, 7.13 and figure 7)."""
    median = appraisal.basis.median_income
    people = (group.adults, group.children_14_and_over, group.children_under_14)
    usable = 1 <= group.adults <= 20 and all(0 <= one <= 20 for one in people)
    if not (usable and between(group.income, 1, 10_000_000) and between(median, 1, 10_000_000)):
        waits = "The weight is shown when income and household are in order."
        return Comparable(income=wording.DASH, weight=wording.DASH, sentence=waits)
    income = equivalised(group)
    pounds = f"£{wording.number(income)}"
    weight = wording.number(welfare_weight(median, income), 2)
    return Comparable(
        income=pounds,
        weight=weight,
        sentence=f"Comparable to a couple on {pounds} a year. Each pound counts as £{weight} in the weighted figures.",
    )
