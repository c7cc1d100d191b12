"""The measures beside NPSV: ratios, yearly cost, unit costs, weights, place, and the run at 3.0 %.

Source: The Green Book 2026, table 10 (measures), chapter 7 (distribution and place); Discounting,
supplementary guidance (equivalent annual cost).
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from functools import partial

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.effects import Effect, EffectKind, IncomeGroup
from appraise.model.appraisal.lines import Additionality
from appraise.model.discounting import EXACT, ONE, ZERO, Factors, to_pence, worth
from appraise.model.entries import Entry, OptionEntries, by_year, real_by_year, total
from appraise.model.parameters import REVIEW
from appraise.model.remembered import Remembered
from appraise.model.results import GroupGain, PlaceValue, ReviewRun, UnitCost, Weighted
from appraise.model.risk_premium import exact

FOUR_PLACES = Decimal("0.0001")
#: How much less a pound means to somebody richer: the elasticity of marginal utility (Green Book 2026, 7.13).
ELASTICITY = 1.3
#: Household sizes against a couple without children (Green Book 2026, figure 7).
FIRST_ADULT, NEXT_ADULT, OLDER_CHILD, YOUNGER_CHILD = Decimal("0.67"), Decimal("0.33"), Decimal("0.33"), Decimal("0.20")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratios:
    """Benefit-cost ratio and return on public sector cost; None where there is nothing to divide by."""

    bcr: float | None
    rpsc: float | None


def ratios(*, pvb: Decimal, pvc: Decimal, nonpublic: Decimal) -> Ratios:
    """BCR = PVB / PVC; RPSC = (PVB - PVC non-public) / PVC public (table 10). 120, 80 and 20 give 1.20 and 1.25."""
    public = pvc - nonpublic
    return Ratios(
        bcr=float(pvb / pvc) if pvc > 0 else None,
        rpsc=float((pvb - nonpublic) / public) if public > 0 else None,
    )


#: Annuities, discounted units and shares that stay, of records that an edit has left as they were.
_annuities, _units_worth, _shares = Remembered[Decimal](), Remembered[Decimal](), Remembered[Decimal]()


def annuity(discount: Sequence[Decimal], life: int) -> Decimal:
    """Sum of the discount factors of years 1 to `life`; 1 for an option of year 0 alone."""
    return _annuities.of(lambda: total(discount[1 : life + 1]) if life else ONE, discount, beside=life)


def yearly(pounds: Decimal, annuity_factor: Decimal) -> Decimal:
    """Equivalent annual cost: present cost / annuity. 1,000 and 200 a year over 5 years: 421.48 at 3.5 %."""
    with localcontext(EXACT):
        return to_pence(pounds / annuity_factor)


# --- effects without a price -----------------------------------------------------------------------------


def _units(effect: Effect, option: str, life: int) -> tuple[Decimal, ...]:
    """Units of an effect in an option by year, up to its life."""
    for count in effect.counts:
        if count.option == option:
            return count.units[: life + 1]
    return ()


def _words(effect: Effect, option: str) -> str:
    return next((count.words for count in effect.counts if count.option == option), "")


def _discounted(units: Sequence[Decimal], factors: Factors) -> Decimal:
    return _units_worth.of(lambda: worth(units, factors.discount), units, factors)


def _value(needed: Decimal, units: Decimal) -> float | None:
    """Pounds per unit that make `needed`; None where no value from 0 up does."""
    if not units:
        return None
    value = float(needed / units)
    return value if value >= 0 else None


def unit_costs(
    appraisal: Appraisal,
    option: OptionEntries,
    usual: OptionEntries | None,
    factors: Factors,
    *,
    pvc: Decimal,
    npsv: Decimal,
) -> tuple[UnitCost, ...]:
    """Cost per unit both ways round, and the value of a unit at which the option breaks even (1.12, table 10)."""
    made = []
    for effect in appraisal.effects:
        units = _units(effect, option.option, option.life)
        words = _words(effect, option.option)
        if not any(units) and not words:
            continue
        count, discounted = total(units), _discounted(units, factors)
        gain = discounted if effect.kind is EffectKind.GAIN else -discounted
        made.append(
            UnitCost(
                id=effect.id,
                name=effect.name,
                unit=effect.unit,
                kind=effect.kind.value,
                words=words,
                units=count,
                discounted_units=discounted.quantize(FOUR_PLACES),
                pounds_per_unit=float(pvc / count) if count else None,
                units_per_pound=float(count / pvc) if count and pvc else None,
                break_even=_value(-npsv, gain),
                break_even_usual=_break_even_usual(effect, option, usual, factors),
            )
        )
    return tuple(made)


def _break_even_usual(
    effect: Effect, option: OptionEntries, usual: OptionEntries | None, factors: Factors
) -> float | None:
    """Value of a unit at which the option's expected NPSV equals that of business as usual."""
    if usual is None or usual.option == option.option:
        return None
    sign = 1 if effect.kind is EffectKind.GAIN else -1
    ours = _discounted(_units(effect, option.option, option.life), factors)
    theirs = _discounted(_units(effect, usual.option, usual.life), factors)
    with localcontext(EXACT):
        gap = _expected_cost(option) - _expected_cost(usual)
        return _value(gap, sign * (ours - theirs))


def _expected_cost(option: OptionEntries) -> Decimal:
    return total(entry.expected for entry in option.whole if entry.economic)


# --- distribution ----------------------------------------------------------------------------------------


def equivalised(group: IncomeGroup) -> Decimal:
    """Income made comparable: divided by .67 for the first adult, .33 for each other adult and child of 14
    or more, .20 for each younger child (Green Book 2026, figure 7). A single person on 300 stands at 448.
    """
    size = (
        FIRST_ADULT
        + NEXT_ADULT * (group.adults - 1)
        + OLDER_CHILD * group.children_14_and_over
        + YOUNGER_CHILD * group.children_under_14
    )
    with localcontext(EXACT):
        return group.income / size


def welfare_weight(median: Decimal, income: Decimal) -> float:
    """(median / income) ** 1.3 (Green Book 2026, 7.13): half the median weighs 2.462."""
    return math.pow(median / income, ELASTICITY)


def weighted(appraisal: Appraisal, counted: Iterable[Entry], npsv: Decimal) -> Weighted:
    """NPSV with the gains and losses of income groups weighted, beside the plain one."""
    gains = {group.id: ZERO for group in appraisal.income_groups}
    for entry in counted:
        if entry.line is not None and entry.line.incomes in gains:
            gains[entry.line.incomes] -= entry.present
    rows, added = [], ZERO
    for group in appraisal.income_groups:
        gain = gains[group.id]
        if not gain:
            continue
        weight = welfare_weight(appraisal.basis.median_income, equivalised(group))
        with localcontext(EXACT):
            counted_as = gain * exact(weight)
            added += counted_as - gain
        rows.append(
            GroupGain(id=group.id, name=group.name, weight=weight, gain=to_pence(gain), weighted=to_pence(counted_as))
        )
    return Weighted(npsv=to_pence(npsv + added), groups=tuple(rows))


# --- place -----------------------------------------------------------------------------------------------


def stays(additionality: Additionality) -> Decimal:
    """The share of an effect that stays in the place: the product of what is left by four losses (7.18)."""
    with localcontext(EXACT):
        share = ONE
        for lost in (
            additionality.deadweight,
            additionality.displacement,
            additionality.substitution,
            additionality.leakage,
        ):
            share *= 1 - lost / 100
        return share


def place_value(option: OptionEntries) -> PlaceValue:
    """What the place gains of the national figures, and what only the place gains: jobs, local spending."""
    with localcontext(EXACT):
        national, effects = ZERO, ZERO
        for entry in option.whole:
            share = _shares.of(partial(stays, entry.line.place), entry.line.place) if entry.line is not None else ONE
            if entry.economic:
                national -= entry.present * share
            elif entry.rule.place:
                effects -= entry.present * share
    return PlaceValue(npsv=to_pence(national), effects=to_pence(effects))


# --- the run at the review's rate -------------------------------------------------------------------------


def review_run(counted: Sequence[Entry], factors: Factors, life: int) -> ReviewRun:
    """The option at the review's 3.0 %, as far as it publishes rates, beside the own schedule (METHOD 0.9).

    It retires the health rate, so lives and health stand at 3.0 % too.
    """
    last = min(factors.years - 1, REVIEW.last_year)
    npc = [
        _by_year((one for one in counted if one.public and _health(one) is health), last) for health in (False, True)
    ]
    rest = [
        _by_year((one for one in counted if not one.public and _health(one) is health), last)
        for health in (False, True)
    ]
    npsv = [list(by_year(pair, last + 1)) for pair in zip(npc, rest, strict=True)]

    def own(sums: list[list[Decimal]]) -> Decimal:
        with localcontext(EXACT):
            return to_pence(worth(sums[0], factors.discount) + worth(sums[1], factors.health))

    def review(sums: list[list[Decimal]]) -> Decimal:
        with localcontext(EXACT):
            return to_pence(worth(sums[0], factors.review) + worth(sums[1], factors.review))

    spread = min(life, last)
    return ReviewRun(
        schedule=REVIEW.words,
        last_year=last,
        whole=last == factors.years - 1,
        npc=review(npc),
        npsv=-review(npsv),
        own_npc=own(npc),
        own_npsv=-own(npsv),
        eac=yearly(review(npc), annuity(factors.review, spread)),
        own_eac=yearly(own(npc), annuity(factors.discount, spread)),
    )


def _health(entry: Entry) -> bool:
    return entry.line is not None and entry.line.health


def _by_year(entries: Iterable[Entry], last: int) -> list[Decimal]:
    """Real money of entries by year, up to a year."""
    return list(real_by_year(entries, last + 1))


def liabilities(option: OptionEntries) -> Decimal:
    """What contingent liabilities cost if they fall due, as entered, in cash: a note to the budget (METHOD 8.4)."""
    return to_pence(total(total(entry.cash) for entry in option.entries if entry.rule.event))
