"""Step 5, lines of costs and benefits."""

import re
from collections.abc import Iterator
from decimal import Decimal

from appraise.model.appraisal.document import Appraisal, CapitalView
from appraise.model.appraisal.lines import RULES, BorneBy, Group, Line, Prices, Treatment
from appraise.model.appraisal.options import Option
from appraise.model.finding import (
    Finding,
    Place,
    are_pounds,
    between,
    blank,
    horizon_years,
    is_share,
    line_name,
    number_words,
    option_name,
    some_of,
    whole_words,
)
from appraise.model.finding_rules.ranges import check_range
from appraise.model.tables import usual_lines

_TRANSFER = re.compile(r"\b(redundanc\w*|redundant|severance|pension strain)\b", re.IGNORECASE)
_NOT_CASH = re.compile(r"\b(depreciation|minimum revenue provision|mrp)\b", re.IGNORECASE)
#: Amounts of this many pounds or more are a slip of the unit.
HUGE = Decimal(10) ** 12
_PRICE_YEARS = range(1990, 2101)


def check_costs(appraisal: Appraisal) -> Iterator[Finding]:
    """Each line by itself, then the lines of each option together."""
    lives = {option.id: option.life_years for option in appraisal.options}
    for line in appraisal.lines:
        if blank(line.name):
            yield _place(line, "name").attention("line-name", "A line has no name.", "Say what the money is for.")
        yield from _amounts(appraisal, line, lives.get(line.option, 0))
        yield from check_range(line)
        yield from _treatment(line)
        yield from _prices(line)
        yield from _bearer(line)
        yield from _vat(line)
        yield from _chance(line)
    by_option: dict[str, list[Line]] = {option.id: [] for option in appraisal.options}
    for line in appraisal.lines:
        by_option.setdefault(line.option, []).append(line)
    ranged = any(line.range is not None for line in appraisal.lines)
    for option in appraisal.options:
        lines = by_option[option.id]
        yield from _coverage(option, lines, ranged=ranged)
        yield from _price_bases(option, lines)
        yield from _capital(appraisal, option, lines)
        yield from _usual(appraisal, option, lines)
    yield from _financing(appraisal)


def _place(line: Line, field: str) -> Place:
    return Place(5, f"Line {line_name(line)}", line.id, field)


def filled(line: Line) -> bool:
    """The line has an amount other than nothing."""
    return any(line.amounts)


def _amounts(appraisal: Appraisal, line: Line, life: int) -> Iterator[Finding]:
    name, place = line_name(line), _place(line, "amounts")
    if not are_pounds(line.amounts):
        yield place.error(
            "amount", f"{name} has an amount above 10 trillion pounds or none at all.", "Correct the amount."
        )
    elif line.amounts and min(line.amounts) < 0:
        if RULES[line.treatment].event:
            yield place.attention(
                "liability-receipt",
                f"{name} may fall due, yet one of its amounts is below zero.",
                "Enter money that comes in as a saving of its own.",
            )
        else:
            yield place.attention(
                "amount-negative",
                f"{name} has a negative amount, although amounts are entered as positive.",
                "Use a saving or a benefit line for money that comes back.",
            )
    elif line.amounts and max(line.amounts) >= HUGE:
        yield place.attention(
            "amount-huge",
            f"{name} has an amount of a trillion pounds or more, above the yearly spending of the state.",
            "Check the unit: amounts are entered in pounds.",
        )
    years = horizon_years(appraisal)
    if any(line.amounts[years:]):
        yield place.error(
            "amount-beyond",
            f"{name} has amounts after the horizon, which no figure counts.",
            "Lengthen the horizon, or clear these amounts.",
        )
    elif life > 0 and any(line.amounts[life + 1 :]):
        yield place.error(
            "amount-after-life",
            f"{name} has amounts after the life of its option, which no figure counts.",
            "Lengthen the life in step 2, or clear these amounts.",
        )


def _treatment(line: Line) -> Iterator[Finding]:
    name, place = line_name(line), _place(line, "treatment")
    counted = RULES[line.treatment].economic
    if counted and _TRANSFER.search(line.name):
        yield place.attention(
            "transfer",
            f"{name} looks like a transfer but counts as a cost.",
            "Mark it as a transfer (Green Book 8.27).",
        )
    if counted and _NOT_CASH.search(line.name):
        yield place.attention(
            "not-cash",
            f"{name} looks like an accounting charge, which is not an economic cost.",
            "Enter capital in the year it is spent instead.",
        )
    if line.treatment is Treatment.SUNK_COST and blank(line.reason):
        yield _place(line, "reason").attention(
            "sunk-reason",
            f"Nothing says why {name} is spent already and stays out.",
            "Say why the decision cannot change it any more (Green Book 6.32).",
        )
    lost = (line.place.deadweight, line.place.displacement, line.place.substitution, line.place.leakage)
    if not all(between(share, 0, 100) for share in lost):
        yield _place(line, "place").error(
            "place-share",
            f"A share of {name} that is lost to the place is outside 0 to 100 %.",
            "Enter deadweight, displacement, substitution and leakage from 0 to 100.",
        )


def _prices(line: Line) -> Iterator[Finding]:
    name = line_name(line)
    if line.prices is Prices.OTHER_YEAR and line.price_year not in _PRICE_YEARS:
        yield _place(line, "price_year").error(
            "price-year",
            f"{name} is in prices of another year, but names none in reach.",
            f"Enter the year in which its prices begin, {_PRICE_YEARS[0]} to {_PRICE_YEARS[-1]}.",
        )
    if line.prices is Prices.CASH and line.index:
        yield _place(line, "index").attention(
            "cash-index",
            f"{name} is entered in cash, so its price index plays no part.",
            "Clear the index, or enter the line in prices of year 0.",
        )


def _bearer(line: Line) -> Iterator[Finding]:
    """Who pays or gains is named where the treatment says that it is somebody else."""
    name, bearer = line_name(line), RULES[line.treatment].bearer
    body = _place(line, "body")
    if bearer is BorneBy.PUBLIC_BODY and not line.body:
        yield body.attention(
            "line-body",
            f"{name} falls on another public body that is not named.",
            "Choose the body; it sees its own cash by year.",
        )
    elif bearer is not BorneBy.PUBLIC_BODY and line.body and not RULES[line.treatment].transfer:
        yield body.attention(
            "line-body-unused",
            f"{name} names another public body, but is not treated as that body's cost or saving.",
            "Change the treatment, or clear the body.",
        )
    if bearer is BorneBy.SOCIETY and line.group is Group.UNSAID:
        yield _place(line, "group").attention(
            "line-group",
            f"{name} does not say who outside the public bodies pays or gains.",
            "Choose households, businesses or the voluntary sector.",
        )
    people = bearer is BorneBy.SOCIETY and line.group in (Group.HOUSEHOLDS, Group.UNSAID)
    if line.incomes and not people:
        yield _place(line, "incomes").attention(
            "line-incomes",
            f"{name} names an income group, but does not fall on households.",
            "Clear the income group, or change who pays or gains.",
        )


def _vat(line: Line) -> Iterator[Finding]:
    name, rule, place = line_name(line), RULES[line.treatment], _place(line, "vat_percent")
    if not between(line.vat_percent, 0, 100):
        yield place.error(
            "vat",
            f"{name} has VAT of {number_words(line.vat_percent)} %, outside 0 to 100.",
            "Enter the rate of VAT, such as 20.",
        )
    elif line.vat_recoverable:
        return
    elif rule.tax:
        yield place.attention(
            "vat-twice", f"{name} is VAT itself, so no VAT comes on top of it.", "Mark its VAT as recoverable."
        )
    elif not rule.financial:
        yield place.attention(
            "vat-outside",
            f"{name} stands outside this body's budget, so its VAT counts nowhere.",
            "Mark its VAT as recoverable, or change the treatment.",
        )
    elif line.vat_percent == 0:
        yield place.attention(
            "vat-none", f"{name} has VAT that cannot be recovered, at 0 %.", "Enter the rate of VAT, such as 20."
        )


def _chance(line: Line) -> Iterator[Finding]:
    name, place = line_name(line), _place(line, "probability")
    if not is_share(line.probability):
        yield place.error(
            "line-chance",
            f"{name} has a chance of {number_words(line.probability)}, outside 0 to 1.",
            "Enter a chance from 0 % to 100 %.",
        )
    elif RULES[line.treatment].event and line.probability in (0, 1):
        yield place.attention(
            "liability-chance",
            f"{name} may fall due, yet its chance is {'100 %' if line.probability else 'nothing'}.",
            "Enter its chance; what is certain is an ordinary cost.",
        )
    elif not RULES[line.treatment].event and line.probability != 1:
        yield place.attention(
            "chance-unused",
            f"{name} has a chance, which counts only for liabilities that may fall due.",
            "Treat it as such a liability, or set the chance to 100 %.",
        )


def _coverage(option: Option, lines: list[Line], *, ranged: bool) -> Iterator[Finding]:
    name = option_name(option)
    place = f"Costs of {name}"
    if not any(line.amounts and line.treatment is not Treatment.SUNK_COST for line in lines):
        yield Place(5, place, option.id, "lines").attention(
            "costs-none", f"{name} has no costs yet.", "Add its lines, in absolute pounds and not as differences."
        )
    elif ranged and all(line.range is None for line in lines):
        yield Place(5, place, option.id, "range").attention(
            "range-asymmetry",
            f"No line of {name} has a range, while lines of other options have.",
            "Give its uncertain lines a range too.",
        )
    bare = [line for line in lines if blank(line.source) and not line.assumption]
    if bare:
        yield Place(5, place, bare[0].id, "source").attention(
            "line-source",
            f"{some_of(len(bare), len(lines), 'line')} without a source in {name}.",
            "Say where the amounts come from, or name the assumption.",
        )


def _price_bases(option: Option, lines: list[Line]) -> Iterator[Finding]:
    """Cash beside constant prices, and constant prices of several years. Financing charges are cash by nature."""
    counted = [
        line
        for line in lines
        if filled(line) and line.treatment not in (Treatment.SUNK_COST, Treatment.FINANCING_CHARGE)
    ]
    name, place = option_name(option), f"Costs of {option_name(option)}"
    cash = [line for line in counted if line.prices is Prices.CASH]
    if cash and len(cash) < len(counted):
        yield Place(5, place, cash[0].id, "prices").attention(
            "prices-mixed",
            f"{name} mixes cash with constant prices, as in {line_name(cash[0])}.",
            "Enter all lines in one kind of prices, or make sure that each is right.",
        )
    years = sorted({line.price_year for line in counted if line.prices is Prices.OTHER_YEAR})
    if len(years) > 1:
        one = next(line for line in counted if line.price_year == years[0])
        yield Place(5, place, one.id, "price_year").note(
            "prices-years",
            f"{name} has lines in prices of {whole_words(len(years))} different years besides year 0.",
            "Each is brought to year 0 by general inflation; check the years.",
        )


def _capital(appraisal: Appraisal, option: Option, lines: list[Line]) -> Iterator[Finding]:
    """What is left of capital at the end, and charges for it in the revenue view."""
    capital = [line for line in lines if line.treatment is Treatment.CAPITAL and filled(line)]
    if not capital:
        return
    name, place = option_name(option), f"Costs of {option_name(option)}"
    declared = any(row.option == option.id and row.heading == "residual" for row in appraisal.sourcing.not_applicable)
    if not declared and not any(line.treatment is Treatment.RESIDUAL_VALUE and filled(line) for line in lines):
        yield Place(5, place, capital[0].id, "treatment").note(
            "residual-none",
            f"{name} has capital, but no value is left at the end.",
            "Add a residual value, sold or not (Green Book 8.32), or declare it not applicable.",
        )
    paid = any(line.treatment is Treatment.FINANCING_CHARGE and filled(line) for line in lines)
    if appraisal.basis.capital_view is CapitalView.REVENUE and not paid:
        yield Place(5, place, capital[0].id, "treatment").attention(
            "capital-vanishes",
            f"Capital of {name} is in no budget figure, since no yearly charges pay for it.",
            "Enter depreciation or MRP and interest, or choose the cash view of capital.",
        )


def _financing(appraisal: Appraisal) -> Iterator[Finding]:
    charges = [line for line in appraisal.lines if line.treatment is Treatment.FINANCING_CHARGE and filled(line)]
    if charges and appraisal.basis.capital_view is CapitalView.CASH:
        name, several = line_name(charges[0]), f"{whole_words(len(charges))} lines of depreciation, MRP or interest are"
        yield Place(5, f"Line {name}", charges[0].id, "treatment").note(
            "financing-unseen",
            f"{f'{name} is' if len(charges) == 1 else several} not counted while capital is shown as cash.",
            "Choose the revenue view to see depreciation, MRP and interest in its place.",
        )


def _usual(appraisal: Appraisal, option: Option, lines: list[Line]) -> Iterator[Finding]:
    """Every usual cost line is filled in or declared not applicable; not asked before there are any costs."""
    if not any(filled(line) for line in lines):
        return
    settled = {line.heading for line in lines if filled(line)}
    settled |= {row.heading for row in appraisal.sourcing.not_applicable if row.option == option.id}
    left = [line.name for line in usual_lines(option.model, option.role) if line.id not in settled]
    if not left:
        return
    name = option_name(option)
    more = len(left) - 2
    shown = "; ".join(left[:2]) + (f"; and {more} more" if more > 0 else "")
    count = "1 usual cost line" if len(left) == 1 else f"{len(left)} usual cost lines"
    yield Place(5, f"Costs of {name}", option.id, "headings").attention(
        "usual-open",
        f"{count} of {name} {'is' if len(left) == 1 else 'are'} neither filled in nor declared not applicable.",
        f"Fill in, or declare not applicable: {shown}.",
    )
