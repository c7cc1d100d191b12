"""The long list: choices in five categories, their ratings, and the options that are made of them."""

from collections.abc import Callable

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.options import (
    SUCCESS_FACTORS,
    Category,
    Choice,
    DeliveryModel,
    Factor,
    FactorVerdict,
    Meets,
    Option,
    Rating,
    ShortListRole,
)
from appraise.model.edits.changing import (
    EditRefused,
    added,
    changed,
    changed_in,
    found,
    kept,
    moved,
    simple,
    without,
)
from appraise.model.finding import capital, named, option_name
from appraise.model.short_list import (
    ROLE_NAMES,
    ROLE_SHORT_NAMES,
    may_be_used,
    placeholders,
    roles_to_build,
    suggested,
    swapped,
    unrated,
    users,
    waiting,
)

_FIELDS = frozenset({"name", "description", "reason", "usual", "cost_order"})


def _choice_name(choice: Choice) -> str:
    """The choice's name for a sentence."""
    return named(choice.name, "a choice without a name")


def add_choice(appraisal: Appraisal, *, choice: str, category: Category, name: str) -> Appraisal:
    """A new choice at the end, not rated yet; `choice` is its new id."""
    new = Choice(id=choice, category=category, name=name)
    return changed(appraisal, choices=added(appraisal.choices, new))


def change_choice(appraisal: Appraisal, *, choice: str, **fields: str | bool | int) -> Appraisal:
    """`name`, `description`, `reason`, `usual`, `cost_order` by name. TypeError for any other."""
    new = simple(fields, _FIELDS)
    return changed(appraisal, choices=changed_in(appraisal.choices, choice, **new))


def rate_choice(appraisal: Appraisal, *, choice: str, rating: Rating) -> Appraisal:
    """Green, amber or red.

    EditRefused to drop a choice that an option other than business as usual is made of, and for a second
    preferred choice in a category (METHOD 1.3).
    """
    old = found(appraisal.choices, choice)
    if rating is Rating.DROP:
        for option in users(appraisal, choice):
            if option.role is not ShortListRole.BUSINESS_AS_USUAL:
                raise EditRefused(f"{capital(option_name(option))} is made with this choice; take it out there first.")
    if rating is Rating.PREFERRED:
        for other in appraisal.choices:
            if other.category is old.category and other.id != choice and other.rating is Rating.PREFERRED:
                raise EditRefused(
                    f"{capital(_choice_name(other))} is preferred in this category; rate it otherwise first."
                )
    return changed(appraisal, choices=changed_in(appraisal.choices, choice, rating=rating))


def judge_choice(appraisal: Appraisal, *, choice: str, factor: str, meets: Meets) -> Appraisal:
    """Whether the choice meets a critical success factor; `Meets.UNSAID` takes the verdict away.

    KeyError for an unknown choice or factor.
    """
    if factor not in SUCCESS_FACTORS:
        found(appraisal.factors, factor)
    old = found(appraisal.choices, choice)
    verdicts = tuple(verdict for verdict in old.verdicts if verdict.factor != factor)
    if meets is not Meets.UNSAID:
        new = FactorVerdict(factor=factor, meets=meets)
        place = next((at for at, verdict in enumerate(old.verdicts) if verdict.factor == factor), len(verdicts))
        verdicts = (*verdicts[:place], new, *verdicts[place:])
    return changed(appraisal, choices=changed_in(appraisal.choices, choice, verdicts=verdicts))


def remove_choice(appraisal: Appraisal, *, choice: str) -> Appraisal:
    """Take the choice out with its scores, also of the options that are made with it."""
    return changed(
        appraisal,
        choice_scores=kept(appraisal.choice_scores, (score.option != choice for score in appraisal.choice_scores)),
        choices=without(appraisal.choices, choice),
        options=tuple(
            changed(option, choices=tuple(one for one in option.choices if one != choice))
            for option in appraisal.options
        ),
    )


def move_choice(appraisal: Appraisal, *, choice: str, to: int) -> Appraisal:
    """Put the choice at place `to` in the whole list, counted from 0. No figure changes."""
    return changed(appraisal, choices=moved(appraisal.choices, choice, to))


def add_factor(appraisal: Appraisal, *, factor: str, name: str) -> Appraisal:
    """A critical success factor of this appraisal's own, beside the five fixed ones; `factor` is its new id."""
    if factor in SUCCESS_FACTORS:
        raise KeyError(factor)
    return changed(appraisal, factors=added(appraisal.factors, Factor(id=factor, name=name)))


def rename_factor(appraisal: Appraisal, *, factor: str, name: str) -> Appraisal:
    """The own factor in words. KeyError for one of the five fixed factors."""
    return changed(appraisal, factors=changed_in(appraisal.factors, factor, name=name))


def remove_factor(appraisal: Appraisal, *, factor: str) -> Appraisal:
    """Take an own factor out with the verdicts on it. KeyError for one of the five fixed factors."""
    return changed(
        appraisal,
        factors=without(appraisal.factors, factor),
        choices=tuple(
            changed(choice, verdicts=kept(choice.verdicts, (verdict.factor != factor for verdict in choice.verdicts)))
            for choice in appraisal.choices
        ),
    )


def _refuse_dropped(choice: Choice, role: ShortListRole) -> None:
    if not may_be_used(choice, role):
        raise EditRefused(
            f"{capital(_choice_name(choice))} was dropped, so no option but business as usual may use it."
        )


def use_choice(appraisal: Appraisal, *, option: str, choice: str, used: bool) -> Appraisal:
    """Whether the option is made with the choice. EditRefused for a dropped choice (METHOD 1.3)."""
    old, wanted = found(appraisal.options, option), found(appraisal.choices, choice)
    choices = tuple(one for one in old.choices if one != choice)
    if used:
        _refuse_dropped(wanted, old.role)
        choices = old.choices if choice in old.choices else (*old.choices, choice)
    return changed(appraisal, options=changed_in(appraisal.options, option, choices=choices))


def swap_choice(appraisal: Appraisal, *, option: str, choice: str) -> Appraisal:
    """Make the option with this choice instead of the one it has in the category. EditRefused if dropped."""
    old, wanted = found(appraisal.options, option), found(appraisal.choices, choice)
    _refuse_dropped(wanted, old.role)
    choices = swapped(appraisal, old.choices, choice)
    return changed(appraisal, options=changed_in(appraisal.options, option, choices=choices))


def build_short_list(appraisal: Appraisal, *, new_id: Callable[[], str]) -> Appraisal:
    """Give the short list the roles that it lacks, made of the rated choices.

    Empty options come first: those that have a role take its choices, those that a new appraisal brought take a
    role, its name and its choices. Then options are added; `new_id` makes the id at each call. All others stay
    untouched. Who delivers is left to be said. EditRefused while a choice is not rated.
    """
    if missing := unrated(appraisal):
        names = [category.value for category in missing]
        listed = " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)
        raise EditRefused(
            f"Rate every choice first: {listed} {'have' if names[1:] else 'has'} choices without a rating."
        )
    takes = set(waiting(appraisal))
    options = tuple(
        changed(option, choices=suggested(appraisal, option.role)) if option.id in takes else option
        for option in appraisal.options
    )
    spare = list(placeholders(appraisal))
    for role in roles_to_build(appraisal):
        built = Option(
            id=spare.pop(0) if spare else new_id(),
            name=ROLE_NAMES[role],
            short_name=ROLE_SHORT_NAMES[role],
            role=role,
            model=DeliveryModel.UNSAID,
            choices=suggested(appraisal, role),
        )
        if any(option.id == built.id for option in appraisal.options):
            options = tuple(built if option.id == built.id else option for option in options)
        else:
            options = added(options, built)
    return changed(appraisal, options=options)
