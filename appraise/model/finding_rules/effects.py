"""Step 5, what bears on the lines: other public bodies and income groups; and effects that have no price."""

from collections import Counter
from collections.abc import Iterator

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.effects import Count, Effect, IncomeGroup
from appraise.model.finding import Finding, Place, between, blank, horizon_years, is_pounds, named, number_words


def check_effects(appraisal: Appraisal) -> Iterator[Finding]:
    """Bodies, income groups and effects without a price."""
    yield from _bodies(appraisal)
    for group in appraisal.income_groups:
        yield from _income_group(group)
    lives = {option.id: option.life_years for option in appraisal.options}
    for effect in appraisal.effects:
        yield from _effect(effect)
        yield from _units(effect)
        yield from _reach(appraisal, effect, lives)


def _bodies(appraisal: Appraisal) -> Iterator[Finding]:
    names = Counter([body.name.strip().casefold() for body in appraisal.bodies] + [appraisal.body.strip().casefold()])
    for body in appraisal.bodies:
        if blank(body.name):
            yield Place(5, "Public bodies", body.id, "name").attention(
                "body-name", "A public body that pays or gains has no name.", "Enter its name, or delete it."
            )
        elif names[body.name.strip().casefold()] > 1:
            yield Place(5, "Public bodies", body.id, "name").attention(
                "body-twice",
                f"{named(body.name, '')} is listed more than once, or is the body that decides.",
                "Keep one, and give its own costs a treatment of its own.",
            )


def _income_group(group: IncomeGroup) -> Iterator[Finding]:
    name = named(group.name, "an income group without a name")
    words = f"Income group {name}"
    if blank(group.name):
        yield Place(5, words, group.id, "name").attention(
            "group-name", "An income group has no name.", "Say who they are, or delete it."
        )
    if not between(group.income, 1, 10_000_000):
        yield Place(5, words, group.id, "income").error(
            "income",
            f"{name} has an income of {number_words(group.income)} pounds, outside 1 to 10 million.",
            "Enter net household income, pounds a year.",
        )
    children = (group.children_14_and_over, group.children_under_14)
    if not 1 <= group.adults <= 20 or not all(0 <= number <= 20 for number in children):
        yield Place(5, words, group.id, "adults").error(
            "household",
            f"{name} is a household without adults, or has more people than can be.",
            "Enter 1 to 20 adults and 0 to 20 children of each age.",
        )
    if blank(group.source):
        yield Place(5, words, group.id, "source").attention(
            "income-source", f"The income of {name} has no source.", "Say who publishes it, and when."
        )


def _effect(effect: Effect) -> Iterator[Finding]:
    name = named(effect.name, "an effect without a name")
    words = f"Effect {name}"
    counted = any(count.units for count in effect.counts)
    if blank(effect.name):
        yield Place(5, words, effect.id, "name").attention(
            "effect-name", "An effect without a price has no name.", "Name it, or delete it."
        )
    if blank(effect.words):
        yield Place(5, words, effect.id, "words").attention(
            "effect-words", f"Nothing says in words what {name} means.", "Describe it, and whom it touches."
        )
    if counted and blank(effect.unit):
        yield Place(5, words, effect.id, "unit").attention(
            "effect-unit", f"{name} is counted, but in no unit.", "Say what is counted, such as flooded homes."
        )
    if counted and blank(effect.source):
        yield Place(5, words, effect.id, "source").attention(
            "effect-source", f"The numbers of {name} have no source.", "Say where they come from."
        )


def _units(effect: Effect) -> Iterator[Finding]:
    name = named(effect.name, "an effect without a name")
    place = Place(5, f"Effect {name}", effect.id, "counts")
    if any(count > 1 for count in Counter(count.option for count in effect.counts).values()):
        yield place.error(
            "units-twice", f"{name} is counted twice in the same option.", "Clear its units there and enter them again."
        )
    units = [unit for count in effect.counts for unit in count.units]
    if not all(is_pounds(unit) for unit in units):
        yield place.error("units", f"{name} has a number of units above 10 trillion or none at all.", "Correct it.")
    elif any(unit < 0 for unit in units):
        yield place.attention(
            "units-negative",
            f"{name} has fewer than no units in some year.",
            "Enter units as positive, and say that the effect is a gain or a loss.",
        )


def _reach(appraisal: Appraisal, effect: Effect, lives: dict[str, int]) -> Iterator[Finding]:
    """Units fall inside the horizon and the life of their option."""

    def end(count: Count) -> int:
        life = lives.get(count.option, 0)
        return min(horizon_years(appraisal), life + 1) if life > 0 else horizon_years(appraisal)

    name = named(effect.name, "an effect without a name")
    if any(any(count.units[end(count) :]) for count in effect.counts):
        yield Place(5, f"Effect {name}", effect.id, "counts").error(
            "units-beyond",
            f"{name} has units after the horizon or the life of an option, which no figure counts.",
            "Lengthen the horizon, or clear these units.",
        )
