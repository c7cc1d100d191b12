"""Step 2, the long list: choices, their ratings, and the options that are made of them (Green Book 2026, 5.13-5.35)."""

from collections.abc import Iterable, Iterator
from itertools import combinations

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.options import Category, Choice, Option, Rating, ShortListRole
from appraise.model.finding import Finding, Place, blank, named, option_name, some_of, whole_words
from appraise.model.short_list import USABLE, factor_names, fails, in_category, may_be_used

_WHOLE = Place(2, "Long list", field="choices")


def check_long_list(appraisal: Appraisal) -> Iterator[Finding]:
    """The list as a whole, each category, each choice, and what options are made of."""
    if not appraisal.choices:
        yield _WHOLE.note(
            "long-list-none",
            "There is no long list of choices behind the options.",
            "List choices for scope, solution, delivery, implementation and funding.",
        )
    else:
        yield from _coverage(appraisal)
    for category in Category:
        yield from _category(category, in_category(appraisal, category))
    factors = factor_names(appraisal)
    for choice in appraisal.choices:
        yield from _choice(choice, set(factors))
    judged = sum(factors.keys() <= {verdict.factor for verdict in choice.verdicts} for choice in appraisal.choices)
    total = len(appraisal.choices)
    if judged < total:
        yield _WHOLE.note(
            "verdicts-open",
            f"{some_of(total - judged, total, 'choice')} not judged on every success factor.",
            "Say for each factor whether the choice meets it.",
        )
    for factor in appraisal.factors:
        if blank(factor.name):
            yield Place(2, "Success factors", factor.id, "name").attention(
                "factor-name", "A success factor has no name.", "Name it, or delete it."
            )
    yield from _made_of(appraisal)


def _listed(categories: Iterable[Category]) -> str:
    return ", ".join(category.value for category in categories)


def _coverage(appraisal: Appraisal) -> Iterator[Finding]:
    """Every category has choices, one of them done today."""
    filled = [category for category in Category if in_category(appraisal, category)]
    if len(filled) < len(Category):
        yield _WHOLE.attention(
            "category-empty",
            f"The long list has no choice for: {_listed(one for one in Category if one not in filled)}.",
            "Add at least what is done today and one other choice.",
        )
    unusual = [one for one in filled if not any(choice.usual for choice in in_category(appraisal, one))]
    if unusual:
        yield _WHOLE.attention(
            "usual-choice-none",
            f"No choice is marked as done today for: {_listed(unusual)}.",
            "Mark what is done today; business as usual is made of it.",
        )


def _category(category: Category, choices: tuple[Choice, ...]) -> Iterator[Finding]:
    """One green, and a cheapest choice where there are several to choose from."""
    place = Place(2, f"Long list, {category.value}", choices[0].id if choices else "", "rating")
    greens = sum(choice.rating is Rating.PREFERRED for choice in choices)
    if greens > 1:
        yield place.error(
            "preferred-twice",
            f"{whole_words(greens)} choices of {category.value} are preferred.",
            "Keep one and carry the others forward.",
        )
    if not greens and choices and all(choice.rating is not Rating.UNRATED for choice in choices):
        yield place.attention(
            "preferred-none",
            f"No choice of {category.value} is preferred.",
            "Prefer the one that meets the success factors best.",
        )
    usable = [choice for choice in choices if choice.rating in USABLE]
    if len(usable) > 1 and all(choice.cost_order <= 0 for choice in usable):
        yield Place(2, f"Long list, {category.value}", usable[0].id, "cost_order").note(
            "cost-order",
            f"Nothing says which choice of {category.value} costs least.",
            "Rank them by cost, so that the do minimum can be built.",
        )


def _choice(choice: Choice, factors: set[str]) -> Iterator[Finding]:
    name = named(choice.name, "a choice without a name")
    words = f"Choice {name}"
    rating = Place(2, words, choice.id, "rating")
    if blank(choice.name):
        yield Place(2, words, choice.id, "name").attention(
            "choice-name", f"A choice of {choice.category.value} has no name.", "Name it, or delete it."
        )
    if choice.rating is not Rating.UNRATED and blank(choice.reason):
        # A rating without a reason must block every export (METHOD 1.3); the figures do not rest on it.
        yield Place(2, words, choice.id, "reason").unfit(
            "rating-reason", f"{name} is rated without a reason.", "Write why, or take the rating back."
        )
    if choice.rating is Rating.DROP and not fails(choice):
        yield rating.attention(
            "dropped-sound",
            f"{name} is dropped although it fails no success factor.",
            "Say which factor it fails, or carry it forward.",
        )
    if choice.rating in USABLE and fails(choice):
        yield rating.attention(
            "kept-failing",
            f"{name} fails a success factor and is not dropped.",
            "Drop it, or correct the verdict.",
        )
    if any(verdict.factor not in factors for verdict in choice.verdicts):
        yield Place(2, words, choice.id, "verdicts").error(
            "reference",
            f"{name} refers to a success factor that does not exist.",
            "Delete the choice and add it again.",
        )


def _made_of(appraisal: Appraisal) -> Iterator[Finding]:
    by_id = {choice.id: choice for choice in appraisal.choices}
    filled = [category for category in Category if in_category(appraisal, category)]
    for option in appraisal.options:
        yield from _option(option, by_id, filled)
    for first, second in combinations(appraisal.options, 2):
        minimum = ShortListRole.DO_MINIMUM in (first.role, second.role)
        # The do minimum may be the preferred way forward, or what is done today (5.18).
        if first.choices and set(first.choices) == set(second.choices) and not minimum:
            yield Place(2, "Options", second.id, "choices").attention(
                "options-alike",
                f"{option_name(first)} and {option_name(second)} are made of the same choices.",
                "Swap a choice in one of them.",
            )


def _option(option: Option, by_id: dict[str, Choice], filled: list[Category]) -> Iterator[Finding]:
    """One choice in each category that has choices, none of them dropped."""
    name = option_name(option)
    place = Place(2, f"Option {name}", option.id, "choices")
    used = [by_id[choice] for choice in dict.fromkeys(option.choices) if choice in by_id]
    if any(choice not in by_id for choice in option.choices):
        yield place.error(
            "reference", f"{name} refers to a choice that does not exist.", "Choose its choices again in the long list."
        )
    for choice in used:
        if not may_be_used(choice, option.role):
            dropped = named(choice.name, "a choice without a name")
            yield place.error(
                "choice-dropped",
                f"{name} uses {dropped}, which was dropped.",
                "Take it out, or rate it otherwise and say why.",
            )
    counts = {category: sum(choice.category is category for choice in used) for category in filled}
    if missing := [category for category, count in counts.items() if not count]:
        yield place.attention(
            "option-choices-missing",
            f"{name} has no choice for: {_listed(missing)}.",
            "Choose one in each category of the long list.",
        )
    if double := [category for category, count in counts.items() if count > 1]:
        yield place.attention(
            "option-choices-double",
            f"{name} has more than one choice for: {_listed(double)}.",
            "Keep one, or describe the mix as a choice of its own.",
        )
