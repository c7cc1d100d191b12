"""Step 2, the options: what is compared, what it is on the short list, and for how long."""

from collections import Counter
from collections.abc import Iterator

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import Treatment
from appraise.model.appraisal.options import ContractType, DeliveryModel, Option, ShortListRole
from appraise.model.finding import Finding, Place, blank, option_name, whole_words

#: The kinds that a fair short list holds, each with its delivery models.
KINDS = {
    "in-house": {DeliveryModel.INSOURCE, DeliveryModel.REFORM, DeliveryModel.COMPANY},
    "outsourced": {
        DeliveryModel.OUTSOURCE,
        DeliveryModel.OUTSOURCE_LOTS,
        DeliveryModel.CONCESSION,
        DeliveryModel.MUTUAL,
    },
    "with others": {DeliveryModel.COLLABORATIVE, DeliveryModel.JOINT_COMMITTEE, DeliveryModel.JOINT_VENTURE},
}
_FEWEST, _MOST = 3, 7
_WHOLE = Place(2, "Options", field="options")


def check_options(appraisal: Appraisal) -> Iterator[Finding]:
    """Business as usual, the short list as a whole, then each option by itself."""
    options = appraisal.options
    if not options:
        yield _WHOLE.error("options-none", "There is no option to compare.", "Add business as usual first.")
        return
    yield from _roles(appraisal)
    yield from _short_list(options)
    names = Counter(option.name.strip().casefold() for option in options)
    for option in options:
        name = option_name(option)
        if names[option.name.strip().casefold()] > 1 or blank(option.name):
            yield Place(2, "Options", option.id, "name").attention(
                "option-name", f"The name of {name} does not tell it apart.", "Give each option a name of its own."
            )
        if option.model is DeliveryModel.UNSAID:
            yield Place(2, f"Option {name}", option.id, "model").attention(
                "model-unsaid", f"Nothing says who delivers {name}.", "Choose who delivers it."
            )
        yield from _years(appraisal, option)
    lives = {option.life_years or appraisal.horizon.years - 1 for option in options}
    if len(lives) > 1:
        yield _WHOLE.note(
            "lives-differ",
            "Options have different lives, so only their equivalent annual costs are compared.",
            "Give them the same life if totals should be compared.",
        )
        if _runs_in_year_0(appraisal):
            yield _WHOLE.attention(
                "eac-year-0",
                "Options with different lives pay for the service in year 0 already, which makes short ones look dear.",
                "Let year 0 hold the change alone, or give all options the same life.",
            )


#: Years that no extension of a contract reaches.
LONGEST_EXTENSION = 50
#: Years that no contract runs.
LONGEST_TERM = 125


def _runs_in_year_0(appraisal: Appraisal) -> bool:
    """Equivalent annual cost spreads over the years after year 0, as published; a service that runs in year 0
    is then divided by a year too few.
    """
    running = {Treatment.OWN_COST, Treatment.SUPPLIER_CHARGE}
    return any(
        line.treatment in running and len(line.amounts) > 1 and all(line.amounts[:2]) for line in appraisal.lines
    )


def _roles(appraisal: Appraisal) -> Iterator[Finding]:
    roles = Counter(option.role for option in appraisal.options)
    usual = roles[ShortListRole.BUSINESS_AS_USUAL]
    if usual > 1:
        yield _WHOLE.error(
            "usual-twice",
            f"{whole_words(usual)} options are marked as business as usual.",
            "Keep the mark on one of them.",
        )
    if not usual:
        yield _WHOLE.attention(
            "usual-none", "No option is business as usual.", "Add the service as it runs today, with its costs."
        )
    if not roles[ShortListRole.DO_MINIMUM]:
        yield _WHOLE.attention(
            "minimum-none", "No option is the do minimum.", "Add the least that meets the essential needs, or mark it."
        )
    if appraisal.choices and not roles[ShortListRole.PREFERRED]:
        yield _WHOLE.attention(
            "way-forward-none",
            "No option is the preferred way forward of the long list.",
            "Build the short list, or mark the option that has all preferred choices.",
        )
    for role, words in ((ShortListRole.DO_MINIMUM, "do minimum"), (ShortListRole.PREFERRED, "preferred way forward")):
        if roles[role] > 1:
            yield _WHOLE.attention(
                "role-twice",
                f"{whole_words(roles[role])} options are marked as {words}.",
                "Keep the mark on one of them.",
            )


def _short_list(options: tuple[Option, ...]) -> Iterator[Finding]:
    real = {option.model for option in options if option.role is not ShortListRole.BUSINESS_AS_USUAL}
    absent = [words for words, models in KINDS.items() if not models & real]
    if absent:
        yield _WHOLE.attention(
            "models-missing",
            f"No option beside business as usual is: {', '.join(absent)}.",
            "Add them, or say in the need why they cannot be.",
        )
    if not _FEWEST <= len(options) <= _MOST:
        yield _WHOLE.attention(
            "short-list-size",
            f"The short list has {whole_words(len(options))} option{'' if len(options) == 1 else 's'}.",
            f"Compare {_FEWEST} to {_MOST} options; about five are usual.",
        )


def _years(appraisal: Appraisal, option: Option) -> Iterator[Finding]:
    """Term, extension and life against the horizon."""
    name = option_name(option)
    words = f"Option {name}"
    if option.term_years > LONGEST_TERM:
        yield Place(2, words, option.id, "term_years").error(
            "term-years", f"The term of {name} is over {LONGEST_TERM} years.", "Enter the term in years."
        )
    elif option.term_years < 0 or option.term_years > appraisal.horizon.years:
        yield Place(2, words, option.id, "term_years").attention(
            "term",
            f"The term of {name} is longer than the horizon or negative.",
            "Lengthen the horizon, or correct the term.",
        )
    if option.contract is not ContractType.NONE and option.term_years == 0:
        yield Place(2, words, option.id, "term_years").attention(
            "contract-term", f"{name} buys something, but its contract has no term.", "Enter the term in years."
        )
    too_long = option.extension_years > LONGEST_EXTENSION
    if option.extension_years < 0 or too_long or (option.extension_years and option.term_years == 0):
        yield Place(2, words, option.id, "extension_years").attention(
            "extension",
            f"The extension of {name} is negative, over {LONGEST_EXTENSION} years, or extends no term.",
            "Enter the term first, then the years that may be added.",
        )
    if option.life_years < 0 or option.life_years > max(0, appraisal.horizon.years - 1):
        yield Place(2, words, option.id, "life_years").error(
            "life",
            f"The life of {name} ends beyond the horizon or is negative.",
            "Enter a year of the horizon, or 0 for all of it.",
        )
