"""What bears on the lines: other public bodies, income groups, optimism bias; and effects that have no price."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicBody:
    """Another public body that pays or gains in some option; it sees its own cash by year."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomeGroup:
    """Households of one income, for distributional weights (Green Book 2026, chapter 7).

    `income`: net household income, pounds a year, before it is made comparable between sizes of household.
    The first adult is counted in; `adults` counts all of them.
    """

    id: str
    name: str
    income: Decimal
    adults: int = 2
    children_14_and_over: int = 0
    children_under_14: int = 0
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mitigation:
    """One cause of optimism bias: its share of the upper bound and how far it is dealt with, in per cent."""

    id: str
    name: str
    share_percent: Decimal
    managed_percent: Decimal = Decimal("0.00")
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bias:
    """An optimism bias that lines name (Green Book 2026, 6.78-6.82).

    `table` is a row of `model/data/optimism_bias.json`, or empty for the body's own history of forecasts.
    `upper_percent` and `lower_percent` are added to costs, or taken from benefits; `managed_percent` of the
    upper bound is dealt with, unless `causes` say it one by one. Before award the rest never falls below the
    lower bound. `months` is the planned duration of the works, `duration_upper_percent` and
    `duration_lower_percent` what is added to it: benefits that name the bias come that much later.
    """

    id: str
    name: str
    table: str = ""
    upper_percent: Decimal = Decimal("0.00")
    lower_percent: Decimal = Decimal("0.00")
    managed_percent: Decimal = Decimal("0.00")
    causes: tuple[Mitigation, ...] = ()
    awarded: bool = False
    months: Decimal = Decimal("0.00")
    duration_upper_percent: Decimal = Decimal("0.00")
    duration_lower_percent: Decimal = Decimal("0.00")
    evidence: str = ""


class EffectKind(StrEnum):
    """Whether an effect without a price is good or bad."""

    GAIN = "gain"
    LOSS = "loss"


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """Something that matters, has no price, and is counted in its own unit or told in words.

    `amounts` are units by option and year, each a `Count`; none means that it is told in words only.
    """

    id: str
    name: str
    kind: EffectKind = EffectKind.GAIN
    unit: str = ""
    words: str = ""
    source: str = ""
    counts: tuple["Count", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """Units of an effect in one option by year, and what it means there in words."""

    option: str
    units: tuple[Decimal, ...] = ()
    words: str = ""
