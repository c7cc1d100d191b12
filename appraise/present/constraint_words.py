"""Constraints and risks in words: how suppliers price, what settling first is worth, and what bids have shown."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from appraise.model.appraisal.constraints import Agreement, Constraint, Pricing, Principle, RegisterKind
from appraise.model.appraisal.document import Appraisal
from appraise.model.results import ConstraintResult, Results, SettlingValue
from appraise.present import finished, wording

#: Pounds under which a value is told as nothing.
NEGLIGIBLE = 500.0
#: As many entries are named in one sentence.
MOST_NAMES = 3
#: A value is told to a board from this share of the cheapest option's cost.
BOARD_SHARE = 0.001
#: Where no answer alone brings or costs anything.
NOTHING_TO_SETTLE = "No single answer before tender changes prices, claims or the choice, as entered."
#: Where the live figures have no values of settling.
WITH_FULL_RUN = "What settling is worth comes with the full run."

KINDS: Mapping[RegisterKind, str] = MappingProxyType({RegisterKind.CONSTRAINT: "Constraint", RegisterKind.RISK: "Risk"})
#: The parts of a value of settling in their order, as fields of `SettlingValue`.
PARTS: Mapping[str, str] = MappingProxyType(
    {
        "loading_released": "Risk price released",
        "view_gap": "View gap closed",
        "compensation_avoided": "Claims avoided",
        "reranking": "Better choice at once",
        "information": "Better choice when known",
    }
)
#: What can be done about a constraint, by the key of `Action`.
ACTIONS: Mapping[str, str] = MappingProxyType(
    {
        "settle": "Settle before tender",
        "mitigate": "Reduce it first",
        "retain": "Keep it",
        "transfer": "Pass it to a supplier",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrincipleWords:
    """A principle by its name, in one sentence, and what its strength is called."""

    name: str
    sentence: str
    strength: str


PRINCIPLES: Mapping[Principle, PrincipleWords] = MappingProxyType(
    {
        Principle.EXPECTED_VALUE: PrincipleWords(
            name="Expected cost and a margin",
            sentence="The supplier asks what it expects to pay and a fixed share of that on top.",
            strength="Margin on the expected cost",
        ),
        Principle.STANDARD_DEVIATION: PrincipleWords(
            name="Expected cost and a part of the spread",
            sentence="The supplier adds a share of the standard deviation, so uncertain costs carry more margin.",
            strength="Standard deviations added",
        ),
        Principle.CVAR: PrincipleWords(
            name="Mean of the worst cases",
            sentence="The supplier asks the mean of the dearest outcomes: those beyond the chosen level.",
            strength="Level beyond which outcomes count",
        ),
        Principle.PERCENTILE: PrincipleWords(
            name="Enough in most cases",
            sentence="The supplier asks a sum that is enough in the chosen share of outcomes of the whole pool.",
            strength="Share of outcomes covered",
        ),
        Principle.WANG: PrincipleWords(
            name="Cautious pricing (Wang)",
            sentence=(
                "The supplier prices as if dear outcomes were more likely than it believes, by one rule for all. "
                "Lambda says how much: 0 adds nothing, 0.35 is usual, 0.84 very cautious."
            ),
            strength="Caution, lambda",
        ),
        Principle.PROPORTIONAL_HAZARD: PrincipleWords(
            name="Cautious about the rare (proportional hazard)",
            sentence=(
                "The supplier raises the chance of dear outcomes, and the more so the rarer they are. "
                "Rho says how much: 1 adds nothing."
            ),
            strength="Caution, rho",
        ),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PremiumEvidence:
    """What research found bidders to add for risk, in per cent, low to high."""

    where: str
    low: float
    high: float
    base: str
    source: str


#: METHOD 11.2. Stands beside the premium that an appraisal implies; nothing is computed from it.
EVIDENCE: tuple[PremiumEvidence, ...] = (
    PremiumEvidence(
        where="Bids of UK contractors",
        low=1.0,
        high=2.0,
        base="of the price",
        source="Laryea and Hughes, 2008 and 2011",
    ),
    PremiumEvidence(
        where="Roads by public-private partnership",
        low=24.0,
        high=24.0,
        base="of the price, about",
        source="Blanc-Brude, Goldsmith and Välilä, 2009",
    ),
    PremiumEvidence(
        where="Six hospitals by private finance",
        low=16.5,
        high=70.6,
        base="of construction cost, as valued by authorities",
        source="Quoted second-hand; the original was not checked",
    ),
)


def strength_words(pricing: Pricing) -> str:
    """The strength of a principle as it is read: "margin of 10 %", "lambda 0.35"."""
    plain = wording.number(pricing.strength, 4).rstrip("0").rstrip(".")
    if pricing.principle is Principle.EXPECTED_VALUE:
        return f"margin of {wording.percent_change(pricing.strength)}" if pricing.strength else "no margin"
    if pricing.principle is Principle.STANDARD_DEVIATION:
        return f"{plain} standard deviations"
    if pricing.principle is Principle.CVAR:
        return f"mean of the dearest {wording.percent_change(1 - pricing.strength)}"
    if pricing.principle is Principle.PERCENTILE:
        return f"enough in {wording.percent_change(pricing.strength)} of outcomes"
    return f"{'lambda' if pricing.principle is Principle.WANG else 'rho'} {plain}"


def pricing_words(pricing: Pricing) -> str:
    """How a supplier prices, for a cell: "Cautious pricing (Wang), lambda 0.35"."""
    return f"{PRINCIPLES[pricing.principle].name}, {strength_words(pricing)}"


def about(pounds: float) -> str:
    """An amount without its sign, no finer than a chart beside it: "£1.23 million", "£138,000", "£1,700"."""
    size = abs(pounds)
    if size < 1:
        return "£0"
    steps = ((9_950_000, 100_000), (950_000, 10_000), (10_000, 1_000), (1_000, 100))
    step = next((step for least, step in steps if size >= least), 10 ** math.floor(math.log10(size)) / 10)
    return wording.money(round(size / step) * step)


def _named(constraint: Constraint) -> str:
    verb = "Agreeing" if constraint.kind is RegisterKind.CONSTRAINT else "Clearing up"
    return f"{verb} “{wording.shorten(constraint.name.strip() or 'an entry without a name', 60)}” before tender"


def settle_sentence(appraisal: Appraisal, result: ConstraintResult) -> str:
    """What settling one entry first is worth, in a sentence; calm where it is little, less than nothing or unknown."""
    constraint = next(one for one in appraisal.constraints if one.id == result.id)
    value = result.value_of_settling
    if value is None:
        return _no_value(constraint)
    what = _named(constraint)
    if value.total >= NEGLIGIBLE:
        return f"{what} is worth about {about(value.total)}."
    if value.total > -NEGLIGIBLE:
        return f"{what} changes next to nothing: price, claims and choice stay as they are."
    if value.cost_of_settling >= NEGLIGIBLE:
        return f"{what} costs about {about(value.total)} more than it brings."
    return f"{what} would cost about {about(value.total)}: suppliers now ask less than it is expected to cost."


def _no_value(constraint: Constraint) -> str:
    name = f"“{wording.shorten(constraint.name.strip() or 'An entry without a name', 60)}”"
    if constraint.agreement is Agreement.AGREED:
        return f"{name} is agreed: there is nothing left to settle."
    if not constraint.probability or not constraint.impact.high:
        return f"{name} has no chance or no cost yet, so settling it is worth nothing."
    return f"What settling {name} is worth needs options with costs over one and the same life."


def valued(results: Results) -> tuple[tuple[ConstraintResult, SettlingValue], ...]:
    """The entries that can be settled, the most worth first; none while values are not known."""
    return tuple((one, one.value_of_settling) for one in results.constraints or () if one.value_of_settling is not None)


def telling(results: Results) -> tuple[ConstraintResult, ...]:
    """The entries whose settling brings or costs something, the most worth first."""
    return tuple(
        one
        for one, value in valued(results)
        if abs(value.total) >= NEGLIGIBLE or any(abs(getattr(value, part)) >= NEGLIGIBLE for part in PARTS)
    )


def in_set(results: Results) -> tuple[tuple[ConstraintResult, SettlingValue], ...]:
    """The entries that are settled as one, with what each is worth alone."""
    return tuple((one, value) for one, value in valued(results) if one.id in results.settled_together)


def is_all(results: Results) -> bool:
    """The chosen set is everything that can be settled."""
    return len(in_set(results)) == len(valued(results))


def set_name(results: Results) -> str:
    """The chosen set as a row of a table."""
    return "All of them together" if is_all(results) else "The chosen ones together"


def _set_words(results: Results) -> str:
    count = len(in_set(results))
    if not is_all(results):
        return f"the {wording.how_many(count, 'chosen entry', 'chosen entries')}"
    return "both open entries" if count == 2 else f"all {wording.how_many(count, 'open entry', 'open entries')}"


def do_not_add(results: Results) -> str:
    """That values of several do not add: what the chosen set is worth, and the sum; "" for fewer than two."""
    together, chosen = results.settling_together, in_set(results)
    if together is None or len(chosen) < 2:
        return ""
    start = f"Values of several do not add: settling {_set_words(results)}"
    if together.total >= NEGLIGIBLE:
        alone = sum(value.total for _, value in chosen)
        sign = wording.MINUS if alone < 0 else ""
        return f"{start} is worth about {about(together.total)} together, and {sign}{about(alone)} one by one."
    if together.total > -NEGLIGIBLE:
        return f"{start} changes next to nothing."
    return f"{start} costs about {about(together.total)} more than it brings."


def losing(results: Results) -> tuple[ConstraintResult, ...]:
    """The entries of the chosen set that are worth less than settling them costs."""
    return tuple(one for one, value in in_set(results) if value.total <= -NEGLIGIBLE)


def losing_sentence(results: Results) -> str:
    """Which entries of the chosen set cost more than they bring; "" where none does."""
    names = [f"“{wording.shorten(one.name.strip() or 'an entry without a name', 30)}”" for one in losing(results)]
    if not names:
        return ""
    said = names if len(names) <= MOST_NAMES else [*names[: MOST_NAMES - 1], f"{len(names) - MOST_NAMES + 1} more"]
    return f"In the set at a loss when taken alone: {wording.listing(said)}."


def board_sentence(results: Results, appraisal: Appraisal) -> str:
    """The most valuable settling in a sentence, if it is worth a board's time; "" otherwise.

    It is where the value is over 0.1 % of the lowest expected cost among options that can be compared.
    """
    found = valued(results)
    costs = [abs(float(one.economic.expected_npc)) for one in results.options if one.economic is not None]
    if not found or not costs or not finished.comparable(results):
        return ""
    result, value = found[0]
    if value.total < NEGLIGIBLE or value.total <= BOARD_SHARE * min(costs):
        return ""
    return " ".join(filter(None, (settle_sentence(appraisal, result), cheaper_way(result))))


def cheaper_way(result: ConstraintResult) -> str:
    """That reducing or keeping an entry costs less than settling it, taken alone; "" where it does not."""
    costs = {one.key: one.cost for one in result.actions}
    other = min((key for key in ("mitigate", "retain") if key in costs), key=costs.__getitem__, default="")
    less = costs["settle"] - costs[other] if other and "settle" in costs else 0.0
    if less < NEGLIGIBLE:
        return ""
    doing = "Reducing it first" if other == "mitigate" else "Keeping it"
    return f"{doing} would cost about {about(less)} less than settling it, taken alone."
