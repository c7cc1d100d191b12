"""The long list as tables: the options framework filter, reasons, success factors, and the short list made of it."""

from collections.abc import Iterable

from appraise.model import short_list
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.options import Category, Choice, Rating
from appraise.present import wording
from appraise.present.option_words import CATEGORIES, MEETS, RATINGS, ROLES
from appraise.present.tables import Cell, Column, Table, short_name, words

_BY_RATING = (Rating.PREFERRED, Rating.CARRY_FORWARD, Rating.DROP)


def _named(choices: Iterable[Choice]) -> str:
    return "; ".join(choice.name for choice in choices)


def matrix(appraisal: Appraisal) -> Table:
    """The options summary matrix: a row for each category, what is done today, then the choices by their rating.

    Green Book 2026, table 5. What is done today has its rating beside it. No rows while there are no choices.
    """
    ratings = [one for one in Rating if any(choice.rating is one for choice in appraisal.choices if not choice.usual)]
    order = [one for one in (*_BY_RATING, Rating.UNRATED) if one in ratings or one is Rating.PREFERRED]
    rows = []
    for row in short_list.matrix(appraisal):
        if row.usual or row.others:
            usual = "; ".join(f"{choice.name} ({RATINGS[choice.rating].lower()})" for choice in row.usual)
            found = [[choice for choice in row.others if choice.rating is rating] for rating in order]
            cells = [_named(choices) for choices in found]
            if not cells[0] and any(choice.rating is Rating.PREFERRED for choice in row.usual):
                cells[0] = "As today"
            rows.append(tuple(words(text) for text in (CATEGORIES[row.category], usual, *cells)))
    return Table(
        title="Options framework filter",
        columns=tuple(
            Column(heading=heading)
            for heading in ("Category", "Business as usual", *(RATINGS[rating] for rating in order))
        ),
        rows=tuple(rows),
        notes=("One choice in each category is green. Each category is judged in the light of the ones before it.",),
    )


def reasons(appraisal: Appraisal) -> Table:
    """Every choice with its rating, the reason for it and the options that are made of it."""
    rows = []
    for category in Category:
        for choice in short_list.in_category(appraisal, category):
            users = [short_name(appraisal, option.id) for option in short_list.users(appraisal, choice.id)]
            rows.append(
                (
                    words(choice.name),
                    words(CATEGORIES[category]),
                    Cell(text=RATINGS[choice.rating], raw=choice.rating.value),
                    words(choice.reason),
                    words(wording.listing(users)),
                )
            )
    return Table(
        title="Why each choice is rated as it is",
        columns=tuple(Column(heading=heading) for heading in ("Choice", "Category", "Rating", "Reason", "Used in")),
        rows=tuple(rows),
    )


def factors(appraisal: Appraisal) -> Table:
    """Every choice against every critical success factor; no rows until one is judged."""
    names = short_list.factor_names(appraisal)
    rows = []
    for category in Category:
        for choice in short_list.in_category(appraisal, category):
            if choice.verdicts:
                said = {verdict.factor: verdict.meets for verdict in choice.verdicts}
                judged = (said.get(key) for key in names)
                cells = (words("") if one is None else Cell(text=MEETS[one], raw=one.value) for one in judged)
                rows.append((words(choice.name), *cells))
    return Table(
        title="Choices against the critical success factors",
        columns=(Column(heading="Choice"), *(Column(heading=name) for name in names.values())),
        rows=tuple(rows),
        notes=("A choice that fails a factor is dropped. Business as usual goes on to the short list all the same.",),
    )


def made_of(appraisal: Appraisal) -> Table:
    """The short list: each option's role and its choice in each category; no rows until an option is made of any."""
    rows = []
    for option in appraisal.options:
        chosen = [choice for choice in appraisal.choices if choice.id in option.choices]
        if not any(one.choices for one in appraisal.options):
            break
        rows.append(
            (
                words(short_name(appraisal, option.id)),
                words(ROLES[option.role]),
                *(
                    words(wording.listing([choice.name for choice in chosen if choice.category is category]))
                    for category in Category
                ),
            )
        )
    return Table(
        title="How the short list is made of the choices",
        columns=(
            Column(heading="Option"),
            Column(heading="Role"),
            *(Column(heading=CATEGORIES[category]) for category in Category),
        ),
        rows=tuple(rows),
        notes=("Do minimum takes the cheapest green or amber choices. The preferred way forward takes all greens.",),
    )


def unrated(appraisal: Appraisal) -> int:
    """How many choices have no rating yet."""
    return sum(choice.rating is Rating.UNRATED for choice in appraisal.choices)
