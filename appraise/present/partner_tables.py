"""Working together as tables: each partner's case, ways to share, groups that would leave, and the public purse."""

from decimal import Decimal

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.partners import Arrangement, FixedShare, LineShare, ShareRule, Split
from appraise.model.results import Results
from appraise.present import partner_words, range_words, wording
from appraise.present.tables import (
    Cell,
    Column,
    Table,
    chance_off,
    find_option,
    right_columns,
    short_name,
    thousands,
    words,
)

_NONE = Cell(text=wording.DASH)


def _count(value: Decimal | int) -> Cell:
    whole = Decimal(value)
    places = 0 if whole == whole.to_integral_value() else 1
    return Cell(text=wording.number(whole, places) if whole else wording.DASH, raw=whole)


def _or_dash(value: Decimal | None) -> Cell:
    return thousands(value) if value is not None else _NONE


def _exact(value: Decimal) -> Cell:
    """Pounds to the penny without a sign of the unit, which stands in the heading; a dash for nothing."""
    return Cell(text=wording.number(value, 2) if value else wording.DASH, raw=value)


def partners(appraisal: Appraisal) -> Table:
    """Everybody who could share a service, as entered."""
    bodies = {one.id: one.name for one in appraisal.bodies}
    return Table(
        title="Partners",
        columns=(
            Column(heading="Partner"),
            Column(heading="Public body"),
            *right_columns("People", "Volume", "Use"),
            *right_columns("Alone, all years", unit="£ thousand"),
            Column(heading="Range"),
            *right_columns("Leaves, a year"),
            Column(heading="Source"),
        ),
        rows=tuple(
            (
                words(one.name),
                words("This body" if one.this_body else bodies.get(one.body, one.body)),
                _count(one.population),
                _count(one.volume),
                _count(one.use),
                thousands(sum(one.alone, Decimal(0))),
                Cell(text=range_words.range_words(one.range)),
                Cell(text=wording.percent_entered(one.leaving) if one.leaving else wording.DASH, raw=one.leaving),
                words(one.source),
            )
            for one in appraisal.partners
        ),
        notes=("Alone: what it would pay by itself, in prices of the first year.",),
    )


def shares(appraisal: Appraisal, option: str) -> Table:
    """By what each line of a joint option is shared, and how much of it does not fall with fewer partners."""
    found = next((one for one in appraisal.arrangements if one.option == option), None)
    lines = {line.id: line.name for line in appraisal.lines}
    rows: list[tuple[Cell, ...]] = []
    if found is not None:
        rows = [
            (
                words(lines[one.line]),
                words(partner_words.RULES[one.rule] + _fixed(appraisal, found, one.line)),
                Cell(text=wording.rate(float(one.fixed_percent)), raw=one.fixed_percent),
                _unit(appraisal, found, one),
            )
            for one in found.shared
            if one.line in lines
        ]
        register = partner_words.RULES[found.rule] + _parts(appraisal, found.rule, found.shares)
        rows.append((words("Constraints; what a scenario adds to contracts"), words(register), _NONE, _NONE))
    return Table(
        title=f"{short_name(appraisal, option)}: how the joint cost is shared",
        columns=(
            Column(heading="Line"),
            Column(heading="Shared"),
            *right_columns("Does not fall with fewer"),
            *right_columns("One price, a unit", unit="£"),
        ),
        rows=tuple(rows),
        notes=(
            "Lines that are not named here are this body’s own.",
            "One price: the line’s first amount as entered, over the volume or use of all partners.",
        ),
    )


def _unit(appraisal: Appraisal, found: Arrangement, share: LineShare) -> Cell:
    """The one price that a line shared by volume or use assumes, in prices as entered; a dash for any other."""
    price = partner_words.unit_price(appraisal, found, share)
    return _exact(price) if price is not None else _NONE


def _fixed(appraisal: Appraisal, found: Arrangement, line: str) -> str:
    """The fixed shares of a line in brackets; "" under any other rule."""
    share = next(one for one in found.shared if one.line == line)
    return _parts(appraisal, share.rule, share.shares)


def _parts(appraisal: Appraisal, rule: ShareRule, shares: tuple[FixedShare, ...]) -> str:
    parts = [
        f"{wording.shorten(partner_words.name(appraisal, one.partner), 24)} {wording.rate(float(one.percent))}"
        for one in shares
    ]
    return f" ({'; '.join(parts)})" if rule is ShareRule.FIXED and parts else ""


def cases(results: Results, appraisal: Appraisal, option: str) -> Table:
    """Every partner's own case: alone against together, and how sure the difference is."""
    found = partner_words.arrangement(results, option)
    rows = [
        (
            words(partner_words.name(appraisal, one.partner)),
            thousands(one.alone),
            thousands(one.pays),
            thousands(one.saving),
            Cell(text=partner_words.ends(one), raw=one.p10),
            chance_off(one.dearer, one.dearer_error),
            _or_dash(partner_words.against_usual(results, appraisal, option, one.partner)),
        )
        for one in (found.partners if found is not None else ())
    ]
    if found is not None and rows:
        total = (thousands(found.alone), thousands(found.joint), thousands(found.alone - found.joint))
        rows.append((words("All partners"), *total, _NONE, _NONE, _NONE))
    return Table(
        title=f"{short_name(appraisal, option)}: what each partner pays together and alone",
        columns=(
            Column(heading="Partner"),
            *right_columns("Alone", "Together", "Saves", unit="£ thousand"),
            *right_columns("Range of saving, 1 in 10 to 9 in 10", "Dearer together in"),
            *right_columns("Saves against business as usual", unit="£ thousand"),
        ),
        rows=tuple(rows),
        notes=(
            "Expected present values. A minus is a partner that pays more. ± holds 19 times in 20.",
            "Alone: the partner’s own plan as entered, with its own range, for what is shared.",
            "Business as usual: all lines of that body in both options, as in the table of the whole public purse.",
        ),
        total_rows=(len(rows) - 1,) if rows else (),
    )


def splits(results: Results, appraisal: Appraisal, option: str) -> Table:
    """What each way to share the joint cost asks of whom; every column adds up to the same sum."""
    found = partner_words.arrangement(results, option)
    rows: list[tuple[Cell, ...]] = [
        (
            words(partner_words.name(appraisal, one.partner)),
            thousands(one.alone),
            thousands(one.by_line),
            thousands(one.proportional),
            thousands(one.shapley),
        )
        for one in (found.partners if found is not None else ())
    ]
    if found is not None and rows:
        members = found.partners
        rows.append(
            (
                words("All partners"),
                thousands(found.alone),
                thousands(sum((one.by_line for one in members), Decimal(0))),
                thousands(sum((one.proportional for one in members), Decimal(0))),
                thousands(sum((one.shapley for one in members), Decimal(0))),
            )
        )
        holds = ["Holds" if one.value in found.stable_splits else "Does not hold" for one in Split]
        rows.append((words("No group would leave"), _NONE, *(words(text) for text in holds)))
    chosen = found.split if found is not None else ""
    heads = [
        words_of + (", chosen" if split.value == chosen else "") for split, words_of in partner_words.SPLITS.items()
    ]
    return Table(
        title=f"{short_name(appraisal, option)}: ways to share the joint cost",
        columns=(Column(heading="Partner"), *right_columns("Alone", *heads, unit="£ thousand")),
        rows=tuple(rows),
        notes=("Expected present values. Shapley: what each adds to the cost, over all orders of joining.",),
        total_rows=(len(rows) - 2,) if rows else (),
    )


def by_year(results: Results, appraisal: Appraisal, option: str, partner: str) -> Table:
    """One partner's cash by year, together and alone."""
    found = partner_words.arrangement(results, option)
    case = next((one for one in found.partners if one.partner == partner), None) if found is not None else None
    rows: list[tuple[Cell, ...]] = []
    if case is not None:
        saves = tuple(alone - pays for alone, pays in zip(case.alone_by_year, case.pays_by_year, strict=True))
        named = (("Alone", case.alone_by_year), ("Together", case.pays_by_year), ("Saves", saves))
        rows = [
            (words(name), *(thousands(value) for value in values), thousands(sum(values, Decimal(0))))
            for name, values in named
        ]
    return Table(
        title=f"{partner_words.name(appraisal, partner)}: cash together and alone",
        columns=(
            Column(heading="Cash"),
            *right_columns(*(wording.year_short(year) for year in results.years), "All years", unit="£ thousand"),
        ),
        rows=tuple(rows),
        notes=(
            "Cash of each year, not discounted. A minus is paid more than alone.",
            "Together holds its part of the contingency, which figures by public body leave out.",
        ),
        total_rows=(2,) if rows else (),
    )


def unstable(results: Results, appraisal: Appraisal, option: str) -> Table:
    """Groups that would pay less by themselves, under every way to share; the worst first."""
    found = partner_words.arrangement(results, option)
    rows = [
        (
            words(wording.capital(partner_words.split_words(one.split))),
            words(wording.listing([partner_words.name(appraisal, key) for key in one.partners])),
            thousands(one.pays),
            thousands(one.alone),
            thousands(one.pays - one.alone),
        )
        for one in (found.unstable if found is not None else ())
    ]
    checked = found.groups_checked if found is not None else 0
    return Table(
        title=f"{short_name(appraisal, option)}: groups that would pay less by themselves",
        columns=(
            Column(heading="Shared by"),
            Column(heading="Group"),
            *right_columns("Pays", "Could have it for", "Too much", unit="£ thousand"),
        ),
        rows=tuple(rows),
        notes=(f"Of {wording.number(checked)} groups that were checked for each way to share.",),
    )


def leaving(results: Results, appraisal: Appraisal, option: str) -> Table:
    """What falls on those who stay if a partner leaves: the fixed part of its share."""
    found = partner_words.arrangement(results, option)
    chances = {one.id: one.leaving for one in appraisal.partners}
    rows = [
        (
            words(partner_words.name(appraisal, one.partner)),
            Cell(text=wording.percent_entered(chances.get(one.partner, 0.0)), raw=chances.get(one.partner, 0.0)),
            thousands(one.leaving.expected),
            thousands(one.leaving.if_now),
            words(
                "; ".join(
                    f"{partner_words.name(appraisal, key)} {wording.money_short(pounds)}"
                    for key, pounds in one.leaving.by_partner
                    if pounds
                )
            ),
        )
        for one in (found.partners if found is not None else ())
        if one.leaving.if_now
    ]
    return Table(
        title=f"{short_name(appraisal, option)}: if a partner leaves",
        columns=(
            Column(heading="Partner"),
            *right_columns("Chance a year"),
            *right_columns("Expected for the others", "If it left at once", unit="£ thousand"),
            Column(heading="Expected, on whom"),
        ),
        rows=tuple(rows),
        notes=("Present values over all years.",),
    )


def purse(results: Results, appraisal: Appraisal, option: str) -> Table:
    """An option against business as usual, by public body; below nothing is a saving."""
    found = find_option(results, option).purse
    rows = [
        (words(one.name), thousands(one.pounds), thousands(one.transfers))
        for one in (found.bodies if found is not None else ())
    ]
    if found is not None and rows:
        rows.append((words("All public bodies"), thousands(found.net), _NONE))
    against = short_name(appraisal, found.against) if found is not None else ""
    return Table(
        title=f"{short_name(appraisal, option)}: the whole public purse",
        columns=(
            Column(heading="Public body"),
            *right_columns(f"Against {against}" if against else "Change", "Of it transfers", unit="£ thousand"),
        ),
        rows=tuple(rows),
        notes=(f"Expected present values; a minus is a saving. {partner_words.NO_SAVING}",),
        total_rows=(len(rows) - 1,) if rows else (),
    )


def price_gaps(results: Results, appraisal: Appraisal) -> Table:
    """The same thing at different prices: how far they lie apart and what that costs."""
    names = {one.id: one for one in appraisal.price_gaps}
    return Table(
        title="The same thing at different prices",
        columns=(
            Column(heading="Bought"),
            *right_columns("Lowest", "Highest", "Mean", unit="£"),
            *right_columns("Apart"),
            *right_columns("Paid over the lowest", unit="£ thousand a year"),
            Column(heading="Source"),
        ),
        rows=tuple(
            (
                words(names[one.gap].name + (f", a {names[one.gap].unit}" if names[one.gap].unit else "")),
                _exact(one.lowest),
                _exact(one.highest),
                _exact(one.mean),
                Cell(text=wording.rate(float(one.percent)), raw=one.percent),
                thousands(one.lost_to_gap),
                words(names[one.gap].source),
            )
            for one in results.price_gaps or ()
            if one.gap in names
        ),
        notes=("Mean: the one price at which all buyers together pay the same.",),
    )


def buyers(results: Results, appraisal: Appraisal, gap: str) -> Table:
    """What one price for all would mean for each buyer, a year."""
    entered = next((one for one in appraisal.price_gaps if one.id == gap), None)
    found = next((one for one in results.price_gaps or () if one.gap == gap), None)
    known = {one.id: one for one in entered.buyers} if entered is not None else {}
    rows = [
        (
            words(known[one.buyer].name),
            _exact(known[one.buyer].price),
            _count(known[one.buyer].volume),
            thousands(one.pays),
            thousands(one.at_mean),
            thousands(one.at_lowest),
        )
        for one in (found.buyers if found is not None else ())
        if one.buyer in known
    ]
    return Table(
        title=f"{entered.name if entered is not None else wording.DASH}: what one price would change for whom",
        columns=(
            Column(heading="Buyer"),
            *right_columns("Price", unit="£"),
            *right_columns("Units a year"),
            *right_columns("Pays", "Change at the mean price", "Change at the lowest", unit="£ thousand a year"),
        ),
        rows=tuple(rows),
        notes=("The changes at the mean price add up to nothing: they are transfers.",),
    )


def scarce(appraisal: Appraisal) -> Table:
    """People whom an option takes and a neighbour needs."""
    known = {one.id: one.name for one in appraisal.partners}
    return Table(
        title="Scarce people",
        columns=(
            Column(heading="Option"),
            Column(heading="Role"),
            *right_columns("Posts"),
            Column(heading="Who needs them too"),
            Column(heading="What is done about it"),
        ),
        rows=tuple(
            (
                words(short_name(appraisal, one.option)),
                words(one.role),
                _count(one.posts),
                words(known.get(one.neighbour, one.neighbour)),
                words(one.words),
            )
            for one in appraisal.scarce_staff
        ),
    )
