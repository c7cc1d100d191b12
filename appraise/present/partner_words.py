"""Working together in words: who gains, who is dearer, whether it holds, who bears a partner's leaving (METHOD 13)."""

from collections.abc import Mapping
from decimal import Decimal

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import Prices
from appraise.model.appraisal.partners import Arrangement, LineShare, PriceGap, ShareRule, Split
from appraise.model.partner_results import ArrangementResult, BodyChange, PartnerCase, Unstable
from appraise.model.periods import label
from appraise.model.results import Results
from appraise.present import wording
from appraise.present.tables import find_option, short_name

RULES = {
    ShareRule.FIXED: "Fixed shares",
    ShareRule.VOLUME: "By volume",
    ShareRule.POPULATION: "By population",
    ShareRule.USE: "By use",
}
SPLITS = {
    Split.BY_LINE: "By the rules of the lines",
    Split.PROPORTIONAL: "In proportion to cost alone",
    Split.SHAPLEY: "By what each adds (Shapley)",
}
#: The same inside a sentence.
_SPLIT_NAMES = {
    Split.BY_LINE: "the rules of the lines",
    Split.PROPORTIONAL: "shares in proportion to cost alone",
    Split.SHAPLEY: "shares by what each adds",
}
#: More than so many names are told by their number.
_NAMED = 3
#: Units that a partner uses and units that it buys are the same thing up to this share apart.
_ABOUT = Decimal("0.1")
NO_SAVING = "Cost that moves from one public body to another is a transfer and no saving."


def arrangement(results: Results, option: str) -> ArrangementResult | None:
    """The figures of a joint option; None for any other, or where they were not worked out."""
    return next((one for one in results.partners or () if one.option == option), None)


def name(appraisal: Appraisal, partner: str) -> str:
    """What a partner is called."""
    found = next((one.name for one in appraisal.partners if one.id == partner), "")
    return found or "A partner without a name"


def _names(appraisal: Appraisal, partners: tuple[str, ...]) -> str:
    short = [wording.shorten(name(appraisal, one), 30) for one in partners]
    return wording.listing(short) if len(short) <= _NAMED else wording.how_many(len(short), "partner")


def split_words(split: str) -> str:
    """A way to share, inside a sentence."""
    return _SPLIT_NAMES[Split(split)]


def difference(case: PartnerCase) -> str:
    """What joining changes for a partner: "saves £0.4m", "£0.2m more", "no change"."""
    if not case.saving:
        return "no change"
    amount = wording.money_short(abs(case.saving))
    return f"saves {amount}" if case.saving > 0 else f"{amount} more"


def cases(results: Results, appraisal: Appraisal, option: str) -> tuple[str, ...]:
    """The whole first, then who pays more than alone, the worst first, then who gains most and how sure that is."""
    found = arrangement(results, option)
    if found is None or not found.partners:
        return ()
    dearer = sorted((one for one in found.partners if one.saving < 0), key=lambda one: one.saving)
    gains = sorted((one for one in found.partners if one.saving > 0), key=lambda one: -one.saving)
    said = [_whole(found)]
    said += [_dearer(appraisal, one) for one in dearer[:_NAMED]]
    if len(dearer) > _NAMED:
        said.append(f"{wording.capital(wording.count(len(dearer) - _NAMED))} more partners pay more than alone.")
    if gains:
        said.append(_gains(appraisal, gains[0], most=len(gains) > 1))
    return (*said, *two_measures(results, appraisal, option))


def ends(case: PartnerCase) -> str:
    """What joining changes from 1 in 10 to 9 in 10 draws: "£3.6m more to £11.4m less", "£0.3m to £4.1m less"."""
    low, high = (wording.money_short(abs(one)) for one in (case.p10, case.p90))
    if case.p10 < 0 < case.p90:
        return f"{low} more to {high} less"
    return f"{low} to {high} less" if case.p10 >= 0 else f"{low} to {high} more"


def against_usual(results: Results, appraisal: Appraisal, option: str, partner: str) -> Decimal | None:
    """What joining saves a partner against business as usual, all its lines counted, as in the whole public purse.

    None where the purse was not worked out, or the partner is no public body that lines can name.
    """
    found, entered = find_option(results, option).purse, next(one for one in appraisal.partners if one.id == partner)
    body = "" if entered.this_body else entered.body
    if found is None or (body and body not in {one.id for one in appraisal.bodies}):
        return None
    if not body and not entered.this_body:
        return None
    return next((-one.pounds for one in found.bodies if one.body == body), Decimal("0.00"))


def two_measures(results: Results, appraisal: Appraisal, option: str) -> tuple[str, ...]:
    """Partners whose two measures point different ways: its own plan alone, and business as usual."""
    arranged = arrangement(results, option)
    said = []
    for case in arranged.partners if arranged is not None else ():
        saved = against_usual(results, appraisal, option, case.partner)
        if saved is None or not saved * case.saving < 0:
            continue
        who, usual = wording.shorten(name(appraisal, case.partner), 40), _usual(results, appraisal, option)
        amount = wording.money_short(abs(saved))
        gains = "gains against its own plan, but" if case.saving > 0 else "loses against its own plan, but"
        said.append(f"{who} {gains} pays {amount} {'more' if saved < 0 else 'less'} than under {usual}.")
    return tuple(said)


def _usual(results: Results, appraisal: Appraisal, option: str) -> str:
    found = find_option(results, option).purse
    return short_name(appraisal, found.against) if found is not None else "business as usual"


def own_case(results: Results, appraisal: Appraisal, found: ArrangementResult, case: PartnerCase) -> tuple[str, ...]:
    """One partner's case in sentences: what it pays, how sure that is, and what the other ways to share would ask.

    Alone is the plan that it entered; beside it stands what business as usual would ask of it.
    """
    alone, pays = wording.money_short(case.alone), wording.money_short(case.pays)
    who = wording.shorten(name(appraisal, case.partner), 40)
    said = [f"{who} pays {pays} together and {alone} alone, by its own plan: {_in_words(case)}."]
    dearer = wording.of_draws(case.dearer)
    said.append(f"From 1 in 10 to 9 in 10 it pays {ends(case)}; joining is dearer for it in {dearer}.")
    saved = against_usual(results, appraisal, found.option, case.partner)
    if saved is not None:
        usual = _usual(results, appraisal, found.option)
        said.append(f"Against {usual}, all its lines counted, it pays {_changed(saved)}.")
    asks = {Split.BY_LINE: case.by_line, Split.PROPORTIONAL: case.proportional, Split.SHAPLEY: case.shapley}
    others = [
        f"{wording.money_short(pounds)} by {split_words(split.value)}"
        for split, pounds in asks.items()
        if split.value != found.split
    ]
    said.append(f"It would pay {' and '.join(others)}.")
    if case.leaving.if_now:
        said.append(f"Its leaving at once would put {wording.money_short(case.leaving.if_now)} on the others.")
    return tuple(said)


def _in_words(case: PartnerCase) -> str:
    """What joining changes, after a colon."""
    return _changed(case.saving) if case.saving else "no difference"


def _changed(saved: Decimal) -> str:
    """What is paid less or more: "£0.4m less", "as much"."""
    if not saved:
        return "as much"
    return f"{wording.money_short(abs(saved))} {'less' if saved > 0 else 'more'}"


def _whole(found: ArrangementResult) -> str:
    together, alone = wording.money_short(found.joint), wording.money_short(found.alone)
    if found.joint < found.alone:
        saved = wording.money_short(found.alone - found.joint)
        return f"Together the partners pay {together}, alone {alone}: {saved} less."
    if found.joint > found.alone:
        more = wording.money_short(found.joint - found.alone)
        return f"Together the partners pay {together}, alone {alone}: {more} more."
    return f"Together the partners pay {together}, as much as alone."


def _dearer(appraisal: Appraisal, case: PartnerCase) -> str:
    who = wording.shorten(name(appraisal, case.partner), 40)
    more = wording.money_short(-case.saving)
    return f"{who} pays {more} more than alone; it is dearer for it in {wording.of_draws(case.dearer)}."


def _gains(appraisal: Appraisal, case: PartnerCase, *, most: bool) -> str:
    who = wording.shorten(name(appraisal, case.partner), 40)
    saved, chance = wording.money_short(case.saving), wording.of_draws(case.dearer)
    return f"{who} gains{' most' if most else ''}: {saved}; joining is dearer for it in {chance}."


def stability(results: Results, appraisal: Appraisal, option: str) -> tuple[str, ...]:
    """Whether any group would do better by itself, as the cost is shared, and which ways of sharing hold."""
    found = arrangement(results, option)
    if found is None or len(found.partners) < 2:
        return ()
    now = [one for one in found.unstable if one.split == found.split]
    if not now and len(found.partners) == 2:
        said = ["It holds: neither partner would pay less by itself."]
    elif not now:
        said = [f"It holds: of all {wording.number(found.groups_checked)} groups, none would pay less by itself."]
    else:
        said = [_group(appraisal, one) for one in now[:_NAMED]]
        if len(now) > _NAMED:
            said.append(
                f"{wording.capital(wording.count(len(now) - _NAMED))} more groups would pay less by themselves."
            )
    others = [split_words(one) for one in found.stable_splits if one != found.split]
    if now and others:
        said.append(f"{wording.capital(wording.listing(others))} would hold.")
    elif now and not found.stable_splits:
        said.append("None of the three ways to share the cost would hold.")
    return tuple(said)


def _group(appraisal: Appraisal, one: Unstable) -> str:
    pays, alone = wording.money_short(one.pays), wording.money_short(one.alone)
    who = _names(appraisal, one.partners)
    if len(one.partners) == 1:
        return f"It does not hold: {who} pays {pays} and could have it for {alone} alone."
    return f"It does not hold: {who} pay {pays} and could have it for {alone} by themselves."


def leaving(results: Results, appraisal: Appraisal, option: str) -> tuple[str, ...]:
    """What a partner's leaving puts on those who stay, a sentence for each who may leave."""
    found = arrangement(results, option)
    chances = {one.id: one.leaving for one in appraisal.partners}
    said = []
    for case in found.partners if found is not None else ():
        chance = chances.get(case.partner, 0.0)
        if chance <= 0 or not case.leaving.if_now:
            continue
        who = wording.shorten(name(appraisal, case.partner), 40)
        yearly = wording.percent_entered(chance)
        expected, now = (wording.money_short(one) for one in (case.leaving.expected, case.leaving.if_now))
        said.append(f"If {who} left ({yearly} a year), others would bear {expected} in expectation, {now} if at once.")
    return tuple(said)


def purse(results: Results, appraisal: Appraisal, option: str) -> tuple[str, ...]:
    """The whole public purse against business as usual: what is saved, and what of it only lands on others."""
    found = find_option(results, option).purse
    if found is None or not found.bodies:
        return ()
    against = short_name(appraisal, found.against)
    net = wording.money_short(abs(found.net))
    if found.net < 0:
        said = [f"All public bodies together pay {net} less than with {against}."]
    elif found.net > 0:
        said = [f"All public bodies together pay {net} more than with {against}."]
    else:
        said = [f"All public bodies together pay as much as with {against}."]
    if found.moved > 0:
        said.append(
            f"Of {wording.money_short(found.saved)} that bodies save, {wording.money_short(found.moved)} "
            "only lands on other public bodies."
        )
        said.append(NO_SAVING)
        said += [_lands(one) for one in found.bodies if one.pounds > 0][:_NAMED]
    return tuple(said)


def _lands(one: BodyChange) -> str:
    return f"{wording.shorten(one.name, 40)} pays {wording.money_short(one.pounds)} more."


def price_gaps(results: Results, appraisal: Appraisal) -> tuple[str, ...]:
    """How far public buyers' prices for one thing lie apart, and what the gap costs; nothing without any."""
    names = {one.id: one for one in appraisal.price_gaps}
    said = []
    for found in results.price_gaps or ():
        gap = names.get(found.gap)
        if gap is None or found.highest <= found.lowest:
            continue
        thing = f"“{wording.shorten(gap.name, 40)}”"
        unit = f" a {gap.unit}" if gap.unit else ""
        low, high = (wording.pounds_each(float(one)) for one in (found.lowest, found.highest))
        said.append(f"{thing}: public buyers pay {low} to {high}{unit}, {wording.rate(float(found.percent))} apart.")
        said.append(f"Paying the lowest price would save {wording.money_short(found.lost_to_gap)} a year in all.")
        said.append("One price at the mean saves nothing in all: it moves money between the buyers.")
        said += _assumed(appraisal, gap)
    return tuple(said)


def unit_price(appraisal: Appraisal, found: Arrangement, share: LineShare) -> Decimal | None:
    """The one price that a line shared by volume or use assumes, as entered; None for any other.

    Its first amount over the volume or use of all partners: 23,869,000 for 26,250 weeks are 909.30 each.
    """
    line = next((one for one in appraisal.lines if one.id == share.line), None)
    units = sum(_measures(appraisal, found, share).values(), Decimal(0))
    first = next((amount for amount in line.amounts if amount), None) if line is not None else None
    return first / units if first is not None and units > 0 else None


def _measures(appraisal: Appraisal, found: Arrangement, share: LineShare) -> dict[str, Decimal]:
    """Volume or use of every partner of an arrangement; nothing under another rule."""
    inside = [one for one in appraisal.partners if one.id in found.partners]
    if share.rule is ShareRule.VOLUME:
        return {one.id: one.volume for one in inside}
    return {one.id: one.use for one in inside} if share.rule is ShareRule.USE else {}


def _assumed(appraisal: Appraisal, gap: PriceGap) -> list[str]:
    """The one price at which a joint option buys the same thing: a line shared by about as many units as buyers buy."""
    said = []
    bought = {buyer.partner: buyer.volume for buyer in gap.buyers if buyer.partner}
    for found in appraisal.arrangements:
        for share in found.shared:
            units, price = _measures(appraisal, found, share), unit_price(appraisal, found, share)
            line = next((one for one in appraisal.lines if one.id == share.line), None)
            if price is None or line is None or line.prices is not Prices.YEAR_0 or not _alike(units, bought):
                continue
            each = (
                f"{wording.pounds_each(float(price))} a {gap.unit}" if gap.unit else wording.pounds_each(float(price))
            )
            year = label(appraisal.horizon.first_year, 0)
            said.append(
                f"{short_name(appraisal, found.option)} assumes one price of {each} in prices of {year}: "
                f"“{wording.shorten(line.name, 40)}”."
            )
    return said


def _alike(units: Mapping[str, Decimal], bought: Mapping[str, Decimal]) -> bool:
    """The same partners with about the same number of units each."""
    return (
        len(units) > 1
        and units.keys() == bought.keys()
        and all(abs(units[key] - bought[key]) <= _ABOUT * bought[key] for key in units)
    )


def scarce(appraisal: Appraisal, option: str = "") -> tuple[str, ...]:
    """Options that take people whom a neighbour needs, a sentence each; `option`: of this one only."""
    partners = {one.id: one.name for one in appraisal.partners}
    said = []
    for one in appraisal.scarce_staff:
        if option and one.option != option:
            continue
        posts = wording.number(one.posts, 0 if one.posts == one.posts.to_integral_value() else 1)
        role = wording.shorten(one.role, 40) or "staff"
        who = wording.shorten(partners.get(one.neighbour, one.neighbour), 40) or "a neighbour"
        plural = "post" if one.posts == Decimal(1) else "posts"
        needed = "that is" if one.posts == Decimal(1) else "that are"
        said.append(
            f"{short_name(appraisal, one.option)} takes {posts} {plural} ({role}) {needed} also needed by {who}."
        )
    return tuple(said)
