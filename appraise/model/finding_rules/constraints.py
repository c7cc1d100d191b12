"""Step 6, the register: chance, impact, who bears it, what settles or prevents it, how suppliers price it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from math import inf, isfinite
from types import MappingProxyType

from appraise.model.appraisal.constraints import (
    Agreement,
    Bearer,
    Bearing,
    Constraint,
    Pricing,
    Principle,
    RegisterKind,
)
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import Treatment
from appraise.model.appraisal.options import Option
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
    whole_words,
)
from appraise.model.finding_rules.bearings import check_bearings, check_impact
from appraise.model.remembered import Remembered
from appraise.model.risk_premium import manager_of

#: Bearers whose part stands in the supplier's price whatever claims bring.
_SUPPLIERS = frozenset({Bearer.SUPPLIER, Bearer.PAIN_GAIN})
#: As many open constraints are valued together at most (model.settling).
TOGETHER = 6


@dataclass(frozen=True, slots=True)
class _Bounds:
    """What the strength of a principle is called, and from where to where it makes sense; `open`: without the ends."""

    words: str
    low: float
    high: float
    open: bool = False

    def hold(self, strength: float) -> bool:
        """Whether the strength lies within; no number never does."""
        if self.open:
            return isfinite(strength) and self.low < strength < self.high
        return isfinite(strength) and self.low <= strength <= self.high


BOUNDS: Mapping[Principle, _Bounds] = MappingProxyType(
    {
        Principle.EXPECTED_VALUE: _Bounds("a loading", 0, 5),
        Principle.STANDARD_DEVIATION: _Bounds("standard deviations", 0, 5),
        Principle.CVAR: _Bounds("a level", 0, 1, open=True),
        Principle.PERCENTILE: _Bounds("a level", 0, 1, open=True),
        Principle.WANG: _Bounds("a lambda", 0, 3),
        Principle.PROPORTIONAL_HAZARD: _Bounds("a rho", 1, 3),
    }
)


def check_constraints(appraisal: Appraisal) -> Iterator[Finding]:
    """Figures, bearers and words of each entry; then the pricing of each option, and the register as a whole."""
    charged = {line.option for line in appraisal.lines if line.treatment is Treatment.SUPPLIER_CHARGE}
    read = appraisal.options, appraisal.lines, appraisal.horizon  # beside the entry, which most edits leave as it is
    for constraint in appraisal.constraints:
        yield from _entries.of(partial(_found, appraisal, constraint, charged), constraint, *read)
    for option in appraisal.options:
        yield from _pricing(appraisal, option)
    yield from _together(appraisal)


def check_entry(appraisal: Appraisal, constraint: Constraint, charged: set[str]) -> Iterator[Finding]:
    """One entry of the register. `charged`: options that a supplier charges.

    Of the document it reads options, lines and horizon alone: what it finds is remembered by them.
    """
    what = "a risk" if constraint.kind is RegisterKind.RISK else "a constraint"
    name = named(constraint.name, f"{what} without a name")
    yield from _constraint_figures(appraisal, constraint, name)
    yield from _after_life(appraisal, constraint, name)
    yield from _view(constraint, name)
    yield from _settling(constraint, name)
    yield from _prevention(constraint, name)
    yield from _bearings(constraint, name)
    yield from check_bearings(appraisal, constraint, name, _place(constraint, name, "bearings"))
    yield from _terms(constraint, name)
    yield from _supplied(appraisal, constraint, name, charged)
    yield from _constraint_words(constraint, name)


def _found(appraisal: Appraisal, constraint: Constraint, charged: set[str]) -> tuple[Finding, ...]:
    return tuple(check_entry(appraisal, constraint, charged))


#: What was found in entries that an edit has left as they were.
_entries = Remembered[tuple[Finding, ...]]()


def _place(constraint: Constraint, name: str, field: str) -> Place:
    what = "Risk" if constraint.kind is RegisterKind.RISK else "Constraint"
    return Place(6, f"{what} {name}", constraint.id, field)


def _constraint_figures(appraisal: Appraisal, constraint: Constraint, name: str) -> Iterator[Finding]:
    impact = constraint.impact
    if not is_share(constraint.probability):
        yield _place(constraint, name, "probability").error(
            "probability",
            f"{name} has a probability of {number_words(constraint.probability)}, outside 0 to 1.",
            "Enter a chance from 0 % to 100 %.",
        )
    wrong = list(check_impact(_place(constraint, name, "impact"), impact, f"the impact of {name}", "impact"))
    yield from wrong
    is_open = constraint.agreement is not Agreement.AGREED
    if not wrong and is_open and (impact.high == 0 or constraint.probability == 0):
        yield _place(constraint, name, "impact").attention(
            "impact-none", f"{name} is open but has no chance or no impact yet.", "Enter both, with their evidence."
        )
    first, years = constraint.impact_from, constraint.impact_years
    if first < 0 or years < 1 or first + years > horizon_years(appraisal):
        yield _place(constraint, name, "impact_from").error(
            "impact-years", f"The impact of {name} falls outside the horizon.", "Choose years inside the horizon."
        )


def _after_life(appraisal: Appraisal, constraint: Constraint, name: str) -> Iterator[Finding]:
    """An option that ends before the impact does not meet it, or meets only a part."""
    exposed = {bearing.option for bearing in constraint.bearings}
    last = constraint.impact_from + constraint.impact_years - 1
    met = [option for option in appraisal.options if option.id in exposed]
    place = _place(constraint, name, "impact_from")
    if len(met) > 1 and all(0 < option.life_years < constraint.impact_from for option in met):
        yield place.attention(
            "impact-never",
            f"The impact of {name} comes after the life of every option that meets it, so it counts nowhere.",
            "Choose earlier years, or lengthen a life in step 2.",
        )
        return
    for option in met:
        if 0 < option.life_years < constraint.impact_from:
            yield place.attention(
                "impact-never",
                f"{name} comes after the life of {option_name(option)}, so it never counts there.",
                "Choose earlier years, or lengthen the life in step 2.",
            )
        elif 0 < option.life_years < last:
            yield place.attention(
                "impact-after-life",
                f"{name} comes after the life of {option_name(option)}, so part is not counted.",
                "Choose earlier years, or lengthen the life in step 2.",
            )


def _view(constraint: Constraint, name: str) -> Iterator[Finding]:
    view = constraint.view
    if view is None:
        return
    place = _place(constraint, name, "view")
    if not is_share(view.probability):
        yield place.error(
            "view-probability",
            f"Suppliers see {name} at a probability of {number_words(view.probability)}, outside 0 to 1.",
            "Enter a chance from 0 % to 100 %.",
        )
    yield from check_impact(place, view.impact, f"the impact of {name} as suppliers see it", "view-impact")


def _settling(constraint: Constraint, name: str) -> Iterator[Finding]:
    settling, place = constraint.settling, _place(constraint, name, "settling")
    if not all(is_pounds(cost) and cost >= 0 for cost in (settling.cost, settling.delay_cost)):
        yield place.error(
            "settling-cost",
            f"Settling {name} has a cost or a delay below zero or out of range.",
            "Enter pounds from 0.",
        )
    if not is_share(settling.success):
        yield place.error(
            "settling-success",
            f"Settling {name} succeeds with {number_words(settling.success)}, outside 0 to 1.",
            "Enter a chance from 0 % to 100 %.",
        )


def _prevention(constraint: Constraint, name: str) -> Iterator[Finding]:
    prevention, place = constraint.prevention, _place(constraint, name, "prevention")
    if prevention is None:
        return
    if not (is_pounds(prevention.cost) and prevention.cost >= 0):
        yield place.error(
            "prevention-cost", f"Preventing {name} costs less than zero or is out of range.", "Enter pounds from 0."
        )
    if not is_share(prevention.probability):
        yield place.error(
            "prevention-probability",
            f"Prevention leaves {name} a probability of {number_words(prevention.probability)}, outside 0 to 1.",
            "Enter a chance from 0 % to 100 %.",
        )
    elif prevention.probability > constraint.probability:
        yield place.attention(
            "prevention-higher",
            f"Prevention makes {name} more likely than it is now.",
            "Enter the chance that is left, or clear the prevention.",
        )
    if blank(prevention.evidence):
        yield place.attention(
            "prevention-evidence", f"Nothing shows that prevention helps against {name}.", "Say what shows it."
        )


def _bearings(constraint: Constraint, name: str) -> Iterator[Finding]:
    place = _place(constraint, name, "bearings")
    if not constraint.bearings:
        yield place.attention(
            "bearing-none", f"No option is exposed to {name}.", "Say who bears it in each option that meets it."
        )
    if not all(_sound_claim(bearing) for bearing in constraint.bearings):
        yield place.error(
            "claim",
            f"The terms of claims on {name} are out of range.",
            "Enter a chance from 0 % to 100 %, and uplift and dispute cost from 0.",
        )
    if not all(is_share(one.residual_probability) and is_share(one.residual_share) for one in constraint.bearings):
        yield place.error(
            "residual",
            f"What may still be claimed for {name} after its transfer is out of range.",
            "Enter a chance and a share, each from 0 % to 100 %.",
        )


def _sound_claim(bearing: Bearing) -> bool:
    uplift, cost = bearing.uplift, bearing.dispute_cost
    return is_share(bearing.admitted) and isfinite(uplift) and 0 <= uplift <= 100 and is_pounds(cost) and cost >= 0


def _terms(constraint: Constraint, name: str) -> Iterator[Finding]:
    """Terms that a bearer does not use, and a residual claim for nothing."""
    place = _place(constraint, name, "bearings")
    if any(
        one.bearer is Bearer.SUPPLIER and one.residual_probability > 0 and one.residual_share == 0
        for one in constraint.bearings
    ):
        yield place.attention(
            "residual-none",
            f"A claim for {name} may still come after its transfer, but for no share of the impact.",
            "Enter the share, or a chance of 0 %.",
        )
    if any(_unused(bearing) for bearing in constraint.bearings):
        yield place.note(
            "terms-unused",
            f"{name} has terms of claims that its bearer does not use.",
            "Clear them, or choose another bearer.",
        )


def _unused(bearing: Bearing) -> bool:
    left = bearing.residual_probability != 0 or bearing.residual_share != 0
    claims = bearing.uplift != 0 or not bearing.dispute_cost.is_zero()  # comparing a signalling NaN would raise
    if bearing.bearer is Bearer.COMPENSATION:
        return left
    if bearing.bearer is Bearer.SUPPLIER:
        return bearing.admitted != 1 or bearing.dispute_if_refused or (claims and not left)
    return left or claims or bearing.admitted != 1 or bearing.dispute_if_refused


def _supplied(appraisal: Appraisal, constraint: Constraint, name: str, charged: set[str]) -> Iterator[Finding]:
    """What a supplier bears needs somebody who can manage it, and a charge that it can be part of."""
    carriers = {bearing.option for bearing in constraint.bearings if bearing.bearer in _SUPPLIERS}
    if carriers and blank(constraint.manager):
        yield _place(constraint, name, "manager").attention(
            "manager-none",
            f"A supplier bears {name}, but nobody is named who can actually manage it.",
            "Say who can, and let that body bear it.",
        )
    for option in appraisal.options:
        if option.id in carriers - charged:
            yield _place(constraint, name, "bearings").attention(
                "charges-none",
                f"A supplier bears {name} in {option_name(option)}, which has no supplier's charge.",
                "Enter the charge in step 5, or choose another bearer.",
            )


def _constraint_words(constraint: Constraint, name: str) -> Iterator[Finding]:
    if blank(constraint.name):
        yield _place(constraint, name, "name").attention(
            "constraint-name", "A constraint has no name.", "Name it after what has to be agreed."
        )
    if constraint.kind is RegisterKind.CONSTRAINT:
        yield from _agreement(constraint, name)
    if blank(constraint.evidence):
        yield _place(constraint, name, "evidence").attention(
            "constraint-evidence", f"{name} has no evidence.", "Say what the chance and the impact rest on."
        )


def _agreement(constraint: Constraint, name: str) -> Iterator[Finding]:
    """A risk needs nobody to agree, and may happen in each option by itself."""
    if not constraint.shared:
        yield _place(constraint, name, "shared").attention(
            "constraint-by-option",
            f"Whether {name} is agreed is one fact, yet each option is drawn by itself.",
            "Let it be one fact for all options, or call it a risk.",
        )
    if blank(constraint.body):
        yield _place(constraint, name, "body").attention(
            "body-none", f"Nobody is named who decides on {name}.", "Name the body that has to agree."
        )
    if constraint.agreement is Agreement.NOBODY_ASKED:
        yield _place(constraint, name, "agreement").attention(
            "nobody-asked",
            f"Nobody has been asked to agree {name}.",
            f"Ask before tender: {named(constraint.body, 'find out first who decides')}.",
        )
    elif constraint.agreement is not Agreement.AGREED:
        yield _place(constraint, name, "agreement").note(
            "still-open", f"{name} is not fully agreed.", "Settle it before tender if that is possible."
        )


def _pricing(appraisal: Appraisal, option: Option) -> Iterator[Finding]:
    """How the supplier of an option prices what it bears."""
    pricing, name = option.pricing, option_name(option)
    place = Place(6, f"Supplier's price in {name}", option.id, "pricing")
    bounds = BOUNDS[pricing.principle]
    if not bounds.hold(pricing.strength):
        ends = "strictly between 0 and 1" if bounds.open else f"from {bounds.low:g} to {bounds.high:g}"
        yield place.error(
            "pricing-strength",
            f"The supplier's price in {name} has {bounds.words} of {number_words(pricing.strength)}.",
            f"Enter a number {ends}.",
        )
    if not is_share(pricing.competition):
        yield place.error(
            "pricing-competition",
            f"The share of the loading that bidders hold in {name} is outside 0 to 1.",
            "Enter a share from 0 % to 100 %.",
        )
    if _prices_nothing(appraisal, option.id, pricing):
        yield place.attention(
            "percentile-one",
            f"The supplier in {name} bears one thing only, and at this percentile its price is nothing.",
            "Choose another principle: one event is never priced at its own percentile.",
        )


def _prices_nothing(appraisal: Appraisal, option: str, pricing: Pricing) -> bool:
    """METHOD 11.2: the P80 of an event of at most 20 % is nothing. Suppliers of each lot have a pool of their own."""
    if pricing.principle is not Principle.PERCENTILE:
        return False
    pools: dict[str, list[float]] = {}
    for constraint in appraisal.constraints:
        parts = [bearing for bearing in constraint.bearings if bearing.option == option and bearing.share > 0]
        manager = manager_of(constraint, option)
        managed = manager.managed if manager else None
        own = managed if manager and manager.bearer in _SUPPLIERS else None
        seen = own or constraint.view or managed or constraint
        for lot in dict.fromkeys(bearing.lot for bearing in parts):
            carried = max(_carried(bearing) for bearing in parts if bearing.lot == lot)
            if (chance := seen.probability * carried) > 0:
                pools.setdefault(lot, []).append(chance)
    return any(len(pool) == 1 and pool[0] <= 1 - pricing.strength + 1e-12 for pool in pools.values())


def _carried(bearing: Bearing) -> float:
    """How often the supplier pays where it bites; pain and gain always move money, one way or the other."""
    if bearing.bearer is Bearer.COMPENSATION:
        return 1 - bearing.admitted
    return {Bearer.SUPPLIER: 1.0, Bearer.PAIN_GAIN: inf}.get(bearing.bearer, 0.0)


def _together(appraisal: Appraisal) -> Iterator[Finding]:
    count = sum(
        constraint.agreement is not Agreement.AGREED and constraint.probability > 0 and constraint.impact.high > 0
        for constraint in appraisal.constraints
        if is_pounds(constraint.impact.high) and constraint.settling.together
    )
    if count > TOGETHER:
        yield Place(6, "Register").note(
            "open-many",
            f"{whole_words(count)} constraints are open; settling all of them together is valued for six only.",
            "Read the values one by one, or take some out of the set.",
        )
