"""Building the short list from the long list: which choices make which option (Green Book 2026, 5.13-5.35)."""

from collections.abc import Iterable
from dataclasses import dataclass

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.options import (
    SUCCESS_FACTORS,
    Category,
    Choice,
    ContractType,
    DeliveryModel,
    Meets,
    Option,
    Rating,
    ShortListRole,
)

#: Names for the options that are built by their role, in the order of building.
ROLE_NAMES = {
    ShortListRole.BUSINESS_AS_USUAL: "Business as usual",
    ShortListRole.DO_MINIMUM: "Do minimum",
    ShortListRole.PREFERRED: "Preferred way forward",
    ShortListRole.LESS_AMBITIOUS: "Less ambitious",
    ShortListRole.MORE_AMBITIOUS: "More ambitious",
}
#: What narrow columns call them.
ROLE_SHORT_NAMES = {
    ShortListRole.BUSINESS_AS_USUAL: "Usual",
    ShortListRole.DO_MINIMUM: "Minimum",
    ShortListRole.PREFERRED: "Preferred",
    ShortListRole.LESS_AMBITIOUS: "Less",
    ShortListRole.MORE_AMBITIOUS: "More",
}
#: Options of a new appraisal that stand for a way to deliver: model, name, short name.
FIRST_MODELS = (
    (DeliveryModel.INSOURCE, "In-house", "In-house"),
    (DeliveryModel.OUTSOURCE, "Outsourced", "Outsource"),
    (DeliveryModel.COLLABORATIVE, "With others", "Joint"),
)
#: Choices with these ratings may be used in any option.
USABLE = (Rating.PREFERRED, Rating.CARRY_FORWARD)


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """A row of the options summary matrix: what is done today, then the other choices in their order (table 5)."""

    category: Category
    usual: tuple[Choice, ...]
    others: tuple[Choice, ...]


def matrix(appraisal: Appraisal) -> tuple[MatrixRow, ...]:
    """The options summary matrix: one row for each category, also for one without choices."""
    return tuple(
        MatrixRow(
            category=category,
            usual=tuple(choice for choice in in_category(appraisal, category) if choice.usual),
            others=tuple(choice for choice in in_category(appraisal, category) if not choice.usual),
        )
        for category in Category
    )


def in_category(appraisal: Appraisal, category: Category) -> tuple[Choice, ...]:
    """The choices of a category, in their order."""
    return tuple(choice for choice in appraisal.choices if choice.category is category)


def factor_names(appraisal: Appraisal) -> dict[str, str]:
    """All critical success factors by id: the five fixed ones and this appraisal's own."""
    return SUCCESS_FACTORS | {factor.id: factor.name for factor in appraisal.factors}


def fails(choice: Choice) -> bool:
    """Whether the choice fails a critical success factor."""
    return any(verdict.meets is Meets.NO for verdict in choice.verdicts)


def may_be_used(choice: Choice, role: ShortListRole) -> bool:
    """A dropped choice is never considered again, except as what is done today (METHOD 15, invariant 16)."""
    return choice.rating is not Rating.DROP or role is ShortListRole.BUSINESS_AS_USUAL


def users(appraisal: Appraisal, choice: str) -> tuple[Option, ...]:
    """The options that are made with this choice."""
    return tuple(option for option in appraisal.options if choice in option.choices)


def usual_choices(appraisal: Appraisal) -> tuple[str, ...]:
    """What is done today: the choices that business as usual is made of."""
    return tuple(choice.id for row in matrix(appraisal) for choice in row.usual)


def preferred_choices(appraisal: Appraisal) -> tuple[str, ...]:
    """All greens: the choices of the preferred way forward."""
    return _ordered(appraisal, (choice.id for choice in appraisal.choices if choice.rating is Rating.PREFERRED))


def cheapest_choices(appraisal: Appraisal) -> tuple[str, ...]:
    """In each category the cheapest choice that is green or amber: the do minimum.

    A category with several such choices, none of them ranked by cost, has no cheapest one and is left out.
    """
    found = (_cheapest(in_category(appraisal, category)) for category in Category)
    return tuple(choice.id for choice in found if choice is not None)


def _cheapest(choices: Iterable[Choice]) -> Choice | None:
    usable = [choice for choice in choices if choice.rating in USABLE]
    if len(usable) == 1:
        return usable[0]
    # On equal ranks the first in the list.
    return min(
        (choice for choice in usable if choice.cost_order > 0), key=lambda choice: choice.cost_order, default=None
    )


def suggested(appraisal: Appraisal, role: ShortListRole) -> tuple[str, ...]:
    """The choices that an option of this role starts with; none for other options.

    The less and the more ambitious option start as the preferred way forward; swap some greens for ambers.
    """
    if role is ShortListRole.BUSINESS_AS_USUAL:
        return usual_choices(appraisal)
    if role is ShortListRole.DO_MINIMUM:
        return cheapest_choices(appraisal)
    return () if role is ShortListRole.OTHER else preferred_choices(appraisal)


def swapped(appraisal: Appraisal, choices: tuple[str, ...], choice: str) -> tuple[str, ...]:
    """These choices with `choice` in the place of those of its category. KeyError for an unknown choice."""
    category = {one.id: one.category for one in appraisal.choices}
    rest = (one for one in choices if category.get(one) is not category[choice])
    return _ordered(appraisal, (*rest, choice))


def _ordered(appraisal: Appraisal, choices: Iterable[str]) -> tuple[str, ...]:
    """In the order of the categories, then of the long list; each once, unknown ones left out."""
    wanted = set(choices)
    return tuple(
        choice.id for category in Category for choice in in_category(appraisal, category) if choice.id in wanted
    )


def roles_to_build(appraisal: Appraisal) -> tuple[ShortListRole, ...]:
    """The roles that no option has yet and that there are choices for.

    Business as usual is always on the short list. The less ambitious option is left out where the do minimum
    is the preferred way forward (5.18).
    """
    present = {option.role for option in appraisal.options}
    preferred = preferred_choices(appraisal)
    wanted = [ShortListRole.BUSINESS_AS_USUAL]
    if cheapest_choices(appraisal):
        wanted.append(ShortListRole.DO_MINIMUM)
    if preferred:
        wanted.append(ShortListRole.PREFERRED)
        if cheapest_choices(appraisal) != preferred:
            wanted.append(ShortListRole.LESS_AMBITIOUS)
        wanted.append(ShortListRole.MORE_AMBITIOUS)
    return tuple(role for role in wanted if role not in present)


def unrated(appraisal: Appraisal) -> tuple[Category, ...]:
    """The categories with a choice that is not rated yet."""
    return tuple(
        category
        for category in Category
        if any(choice.rating is Rating.UNRATED for choice in in_category(appraisal, category))
    )


def _in_use(appraisal: Appraisal) -> set[str]:
    """The options that something beside themselves speaks of."""
    return {
        *(line.option for line in appraisal.lines),
        *(score.option for score in appraisal.scores),
        *(bearing.option for constraint in appraisal.constraints for bearing in constraint.bearings),
        *(count.option for effect in appraisal.effects for count in effect.counts),
        *(item.option for item in appraisal.sourcing.not_applicable),
        appraisal.recommendation.option,
    }


def _empty(appraisal: Appraisal) -> list[Option]:
    """Options of which nothing is said but name, role and model."""
    used = _in_use(appraisal)
    return [
        option
        for option in appraisal.options
        if option.id not in used
        and not (option.description.strip() or option.choices)
        and not (option.term_years or option.extension_years or option.life_years)
        and option.contract is ContractType.NONE
    ]


def placeholders(appraisal: Appraisal) -> tuple[str, ...]:
    """Empty options as a new appraisal brings them, without a role: building takes them before it adds any."""
    named = {(model, name) for model, name, _ in FIRST_MODELS}
    return tuple(
        option.id
        for option in _empty(appraisal)
        if option.role is ShortListRole.OTHER and (option.model, option.name) in named
    )


def waiting(appraisal: Appraisal) -> tuple[str, ...]:
    """Empty options whose role asks for choices that they do not have yet."""
    return tuple(option.id for option in _empty(appraisal) if suggested(appraisal, option.role))
