"""What the money of the financial case is called: cash, or charges to revenue where capital is shown by its charges."""

from collections.abc import Sequence

from appraise.model.appraisal.document import Appraisal, CapitalView
from appraise.model.appraisal.lines import RULES
from appraise.present import wording

NOUNS = {CapitalView.CASH: "cash", CapitalView.REVENUE: "charges to revenue"}


def in_revenue(appraisal: Appraisal) -> bool:
    """The financial case shows the yearly charges that pay for capital, not capital when it is paid."""
    return appraisal.basis.capital_view is CapitalView.REVENUE


def noun(appraisal: Appraisal) -> str:
    """What the budget is counted in, inside a sentence: "cash" or "charges to revenue"."""
    return NOUNS[appraisal.basis.capital_view]


def cost(appraisal: Appraisal) -> str:
    """What the body's cost by year is called, inside a sentence: "cash cost" or "charge to revenue"."""
    return "charge to revenue" if in_revenue(appraisal) else "cash cost"


def in_money(appraisal: Appraisal) -> str:
    """Goes after a unit of money: "in cash" or "of charges to revenue"."""
    return "of charges to revenue" if in_revenue(appraisal) else "in cash"


def of_each_year(appraisal: Appraisal) -> str:
    """What the figures by year are, as a sentence."""
    return f"{wording.capital(noun(appraisal))} of each year, not discounted."


def uncharged(appraisal: Appraisal) -> tuple[str, ...]:
    """Options whose capital is in no figure of the budget: the revenue view, and no charges entered that pay for it."""
    if not in_revenue(appraisal):
        return ()
    filled = [line for line in appraisal.lines if any(line.amounts)]
    spent = {line.option for line in filled if RULES[line.treatment].capital}
    charged = {line.option for line in filled if RULES[line.treatment].financing}
    return tuple(option.id for option in appraisal.options if option.id in spent - charged)


def uncharged_note(appraisal: Appraisal, shown: Sequence[str]) -> tuple[str, ...]:
    """The note that stands wherever a budget lacks the capital of one of the options shown; nothing otherwise."""
    lacking = set(uncharged(appraisal)) & set(shown)
    names = [
        wording.shorten(option.short_name or option.name, 22) for option in appraisal.options if option.id in lacking
    ]
    if not names:
        return ()
    return (f"{wording.listing(names)}: capital is in no figure of the budget, as no charges for it are entered.",)
