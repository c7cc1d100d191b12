"""Step 2, working together: partners, arrangements and their shares, price gaps, scarce people."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal
from itertools import combinations

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import RULES, BorneBy, Line
from appraise.model.appraisal.partners import (
    Arrangement,
    FixedShare,
    LineShare,
    Partner,
    PriceGap,
    ScarceStaff,
    ShareRule,
)
from appraise.model.finding import (
    Finding,
    Place,
    are_pounds,
    between,
    blank,
    is_pounds,
    is_share,
    line_name,
    named,
    number_words,
    option_name,
)
from appraise.model.finding_rules.ranges import check_band

#: Partners whose groups can be looked at, and those whose groups may be typed.
MOST, MOST_TYPED = 10, 4
_LARGEST = 10**13
_RULES = {
    ShareRule.FIXED: "fixed shares",
    ShareRule.VOLUME: "volume",
    ShareRule.POPULATION: "population",
    ShareRule.USE: "use",
}


def _partner_name(partner: Partner) -> str:
    return named(partner.name, "a partner without a name")


# --- partners ----------------------------------------------------------------------------------------------


def check_partners(appraisal: Appraisal) -> Iterator[Finding]:
    """Who the partners are, each once, then the figures of each."""
    yield from _each_once(appraisal)
    bodies = {body.id for body in appraisal.bodies} | {""}
    indices = {index.id for index in appraisal.indices} | {""}
    joint = {key for one in appraisal.arrangements for key in one.partners}
    for partner in appraisal.partners:
        name = _partner_name(partner)
        words = f"Partner {name}"
        if partner.body not in bodies:
            yield Place(2, words, partner.id, "body").error(
                "reference", f"{name} refers to a public body that does not exist.", "Choose its public body again."
            )
        if partner.index not in indices:
            yield Place(2, words, partner.id, "index").error(
                "reference", f"{name} refers to a price index that does not exist.", "Choose its price index again."
            )
        if not partner.this_body and not partner.body:
            yield Place(2, words, partner.id, "body").attention(
                "partner-body",
                f"{name} names no public body, so its money shows under none.",
                "Choose the public body that it is, or mark it as this body.",
            )
        yield from _measures(partner, name, words)
        yield from _alone(appraisal, partner, name, words, needed=partner.id in joint)
        if blank(partner.source):
            yield Place(2, words, partner.id, "source").attention(
                "partner-source", f"The figures of {name} have no source.", "Say where they come from."
            )


def _each_once(appraisal: Appraisal) -> Iterator[Finding]:
    partners = appraisal.partners
    names = Counter(partner.name.strip().casefold() for partner in partners)
    bodies = Counter(partner.body for partner in partners if partner.body)
    for partner in partners:
        name = _partner_name(partner)
        if names[partner.name.strip().casefold()] > 1 or blank(partner.name):
            yield Place(2, "Partners", partner.id, "name").error(
                "partner-twice",
                f"The name of {name} does not tell it apart.",
                "Keep each partner once, under its name.",
            )
        if bodies[partner.body] > 1:
            yield Place(2, "Partners", partner.id, "body").error(
                "partner-body-twice", f"{name} is the same public body as another partner.", "Keep one of them."
            )
    ours = sum(partner.this_body for partner in partners)
    if ours > 1:
        yield Place(2, "Partners", field="partners").error(
            "this-body-twice", f"{ours} partners are marked as this body.", "Keep the mark on one of them."
        )
    elif partners and not ours:
        yield Place(2, "Partners", field="partners").attention(
            "this-body-none",
            "No partner is marked as this body, so it pays nothing of what is shared.",
            "Mark the partner that makes this appraisal.",
        )


def _measures(partner: Partner, name: str, words: str) -> Iterator[Finding]:
    measures = (("volume", partner.volume), ("use", partner.use), ("population", Decimal(partner.population)))
    for field, measure in measures:
        if not between(measure, 0, _LARGEST):
            yield Place(2, words, partner.id, field).error(
                "partner-measure", f"The {field} of {name} is below nothing or too large.", "Enter a number from 0."
            )
    if not is_share(partner.leaving):
        yield Place(2, words, partner.id, "leaving").error(
            "partner-leaving",
            f"{name} leaves with a chance of {number_words(partner.leaving)} a year, outside 0 to 1.",
            "Enter a chance from 0 % to 100 %.",
        )


def _alone(appraisal: Appraisal, partner: Partner, name: str, words: str, *, needed: bool) -> Iterator[Finding]:
    """What it would pay by itself."""
    place = Place(2, words, partner.id, "alone")
    if not are_pounds(partner.alone) or min(partner.alone, default=0) < 0:
        yield place.error(
            "partner-alone",
            f"What {name} pays alone is below nothing or above 10 trillion pounds in a year.",
            "Enter pounds from 0.",
        )
    elif needed and not any(partner.alone):
        yield place.attention(
            "partner-alone-none",
            f"Nothing says what {name} would pay alone, so joining looks dear to it.",
            "Enter its own cost by year.",
        )
    if any(partner.alone[max(0, appraisal.horizon.years) :]):
        yield place.attention(
            "partner-beyond", f"{name} pays alone beyond the horizon, which counts nowhere.", "Lengthen the horizon."
        )
    if partner.range is not None:
        yield from check_band(Place(2, words, partner.id, "range"), f"{name} alone", partner.range)


# --- arrangements ------------------------------------------------------------------------------------------


def check_arrangements(appraisal: Appraisal) -> Iterator[Finding]:
    """Who runs each joint option, and how its cost is shared."""
    options = {option.id: option for option in appraisal.options}
    taken = Counter(one.option for one in appraisal.arrangements)
    for arrangement in appraisal.arrangements:
        option = options.get(arrangement.option)
        if option is None:
            yield Place(2, "Arrangement", arrangement.id, "option").error(
                "reference", "An arrangement refers to an option that does not exist.", "Delete it, and add it again."
            )
            continue
        name = option_name(option)
        words = f"Arrangement of {name}"
        if taken[arrangement.option] > 1:
            yield Place(2, words, arrangement.id, "option").error(
                "arrangement-twice", f"{name} has two arrangements.", "Delete one of them."
            )
        yield from _members(appraisal, arrangement, name, words)
        yield from _shared(appraisal, arrangement, name, words)
        yield from _rest(appraisal, arrangement, name, words)
        yield from _groups(appraisal, arrangement, name, words)
        yield from _elsewhere(appraisal, arrangement, name, words)


def _known(appraisal: Appraisal, arrangement: Arrangement) -> tuple[Partner, ...]:
    return tuple(partner for partner in appraisal.partners if partner.id in arrangement.partners)


def _members(appraisal: Appraisal, arrangement: Arrangement, name: str, words: str) -> Iterator[Finding]:
    place = Place(2, words, arrangement.id, "partners")
    known = _known(appraisal, arrangement)
    if not {partner.id for partner in appraisal.partners}.issuperset(arrangement.partners):
        yield place.error(
            "reference", f"{name} is shared with a partner that does not exist.", "Choose its partners again."
        )
    if len(set(arrangement.partners)) < len(arrangement.partners):
        yield place.error("arrangement-partner-twice", f"{name} names a partner twice.", "Choose its partners again.")
    if not known:
        yield place.error("arrangement-empty", f"{name} is shared, but with nobody.", "Choose its partners.")
    elif len(known) == 1:
        yield place.attention("arrangement-alone", f"{name} is shared by one partner alone.", "Choose its partners.")
    elif len(known) > MOST:
        yield place.error(
            "partners-many",
            f"{name} has {len(known)} partners; their groups are looked at for up to {MOST}.",
            "Put the smallest together as one partner.",
        )


def _shared(appraisal: Appraisal, arrangement: Arrangement, name: str, words: str) -> Iterator[Finding]:
    """Each shared line is a line of the option, once, with shares that add up."""
    lines = {line.id: line for line in appraisal.lines}
    place = Place(2, words, arrangement.id, "shared")
    if not arrangement.shared:
        yield place.attention(
            "arrangement-lines", f"No line of {name} is shared.", "Choose the lines that the partners pay together."
        )
    for key, count in Counter(share.line for share in arrangement.shared).items():
        line = lines.get(key)
        if line is None:
            yield place.error("reference", f"{name} shares a line that does not exist.", "Choose its lines again.")
        elif line.option != arrangement.option:
            yield place.error(
                "share-line",
                f"{name} shares {line_name(line)}, a line of another option.",
                "Share lines of its own option.",
            )
        elif count > 1:
            yield place.error("share-twice", f"{line_name(line)} is shared twice.", "Keep one way to share it.")
    known = _known(appraisal, arrangement)
    for share in arrangement.shared:
        line = lines.get(share.line)
        if line is not None:
            yield from _line_share(share, line, known)


def _line_share(share: LineShare, line: Line, partners: Collection[Partner]) -> Iterator[Finding]:
    name = line_name(line)
    words = f"Shares of {name}"
    if not between(share.fixed_percent, 0, 100):
        yield Place(5, words, line.id, "fixed_percent").error(
            "fixed-percent",
            f"The part of {name} that does not fall with partners is outside 0 to 100 %.",
            "Enter a share from 0 % to 100 %.",
        )
    if RULES[line.treatment].bearer is not BorneBy.OWN:
        yield Place(5, words, line.id, "shares").attention(
            "share-theirs",
            f"{name} is not this body's own, so partners share nothing of it.",
            "Stop sharing it, or change its treatment.",
        )
    yield from _by_rule(Place(5, words, line.id, "shares"), name, share.rule, share.shares, partners, error=True)


def _rest(appraisal: Appraisal, arrangement: Arrangement, name: str, words: str) -> Iterator[Finding]:
    """The rule of the arrangement itself, where constraints of the option are shared by it."""
    borne = any(bearing.option == arrangement.option for one in appraisal.constraints for bearing in one.bearings)
    if borne or arrangement.shares:
        place = Place(2, words, arrangement.id, "shares")
        what = f"what constraints cost in {name}"
        yield from _by_rule(
            place, what, arrangement.rule, arrangement.shares, _known(appraisal, arrangement), error=False
        )


def _by_rule(
    place: Place,
    name: str,
    rule: ShareRule,
    shares: Iterable[FixedShare],
    partners: Collection[Partner],
    *,
    error: bool,
) -> Iterator[Finding]:
    """Fixed shares add up to 100, or somebody has what the rule goes by. `error`: figures are wrong without it."""
    if rule is ShareRule.FIXED:
        yield from _fixed(place, name, tuple(shares), {partner.id for partner in partners})
        return
    measures = {
        ShareRule.VOLUME: [partner.volume for partner in partners],
        ShareRule.POPULATION: [Decimal(partner.population) for partner in partners],
        ShareRule.USE: [partner.use for partner in partners],
    }[rule]
    if partners and not any(measures):
        tell = place.error if error else place.attention
        yield tell(
            "rule-measure",
            f"Partners share {name} by {_RULES[rule]}, but none has any.",
            f"Enter the {_RULES[rule]} of each partner, or choose another rule.",
        )


def _fixed(place: Place, name: str, shares: tuple[FixedShare, ...], partners: Collection[str]) -> Iterator[Finding]:
    percents = [share.percent for share in shares]
    if not {share.partner for share in shares} <= set(partners):
        yield place.error(
            "share-partner", f"Somebody who is no partner has a share of {name}.", "Enter the shares again."
        )
    elif len({share.partner for share in shares}) < len(shares):
        yield place.error(
            "share-partner-twice", f"A partner has two shares of {name}.", "Enter one share for each partner."
        )
    elif not all(between(percent, 0, 100) for percent in percents):
        yield place.error(
            "share-percent", f"A share of {name} is outside 0 to 100 %.", "Enter shares from 0 % to 100 %."
        )
    elif sum(percents) > 100:
        yield place.error(
            "shares-over",
            f"The shares of {name} are {number_words(sum(percents))} % together, not 100 %.",
            "Lower them to 100 % together.",
        )
    elif sum(percents) < 100:
        yield place.error(
            "shares-short",
            f"The shares of {name} are {number_words(sum(percents))} % together, not 100 %.",
            "Change them until all of it is paid.",
        )


def _groups(appraisal: Appraisal, arrangement: Arrangement, name: str, words: str) -> Iterator[Finding]:
    """Typed costs of groups: for four partners at most, one for every group."""
    if not arrangement.typed:
        return
    place = Place(2, words, arrangement.id, "coalitions")
    members = {partner.id for partner in _known(appraisal, arrangement)}
    if len(members) > MOST_TYPED:
        yield place.error(
            "groups-many",
            f"Costs of groups are typed for {len(members)} partners of {name}; {MOST_TYPED} is the most.",
            "Let them be made of the lines.",
        )
        return
    if not all(is_pounds(one.cost) and one.cost >= 0 for one in arrangement.coalitions):
        yield place.error(
            "group-cost", f"A group of {name} costs less than nothing, or no number.", "Enter pounds from 0."
        )
    typed = Counter(frozenset(one.partners) for one in arrangement.coalitions)
    wanted = {frozenset(group) for size in range(2, len(members)) for group in combinations(sorted(members), size)}
    if any(count > 1 for count in typed.values()) or not wanted >= typed.keys():
        yield place.attention(
            "group-odd",
            f"A typed cost for {name} is for a group twice, or for none of its groups.",
            "Enter the costs of its groups again.",
        )
    missing = len(wanted - typed.keys())
    if missing:
        yield place.attention(
            "group-missing",
            f"{missing} of {len(wanted)} groups of {name} have no cost, and count as working apart.",
            "Enter the cost of every group, or let them be made of the lines.",
        )


def _elsewhere(appraisal: Appraisal, arrangement: Arrangement, name: str, words: str) -> Iterator[Finding]:
    """What partners pay counts in the joint option, so the others must hold what they pay there."""
    costed = {line.option for line in appraisal.lines if any(line.amounts)} - {arrangement.option}
    bodies = {body.id for body in appraisal.bodies}
    for partner in _known(appraisal, arrangement) if arrangement.shared else ():
        if partner.this_body or partner.body not in bodies:
            continue
        paying = {line.option for line in appraisal.lines if line.body == partner.body and _is_theirs(line)}
        paying |= {one.option for one in appraisal.arrangements if partner.id in one.partners}
        missing = len(costed - paying)
        if missing:
            others = "1 other option counts" if missing == 1 else f"{missing} other options count"
            yield Place(2, words, arrangement.id, "partners").attention(
                "partner-elsewhere",
                f"{name} counts what {_partner_name(partner)} pays; {others} nothing of it.",
                "Add its cost there as another public body's, or the comparison is unfair.",
            )


def _is_theirs(line: Line) -> bool:
    """Whether another public body bears the line."""
    return RULES[line.treatment].bearer is BorneBy.PUBLIC_BODY and any(line.amounts)


# --- price gaps and scarce people --------------------------------------------------------------------------


def check_price_gaps(appraisal: Appraisal) -> Iterator[Finding]:
    """Buyers, prices and volumes of each."""
    partners = {partner.id for partner in appraisal.partners} | {""}
    for gap in appraisal.price_gaps:
        name = named(gap.name, "a price gap without a name")
        yield from _buyers(gap, partners, name)
        if blank(gap.source):
            yield Place(2, f"Price gap {name}", gap.id, "source").attention(
                "gap-source", f"The prices of {name} have no source.", "Say where they come from."
            )


def _buyers(gap: PriceGap, partners: Collection[str], name: str) -> Iterator[Finding]:
    place = Place(2, f"Price gap {name}", gap.id, "buyers")
    if any(buyer.partner not in partners for buyer in gap.buyers):
        yield place.error(
            "reference", f"A buyer of {name} refers to a partner that does not exist.", "Choose the partner again."
        )
    if not are_pounds([buyer.price for buyer in gap.buyers]) or any(buyer.price < 0 for buyer in gap.buyers):
        yield place.error("gap-price", f"A price of {name} is below nothing or no number.", "Enter pounds from 0.")
    volumes = [buyer.volume for buyer in gap.buyers]
    if not all(between(volume, 0, _LARGEST) for volume in volumes):
        yield place.error("gap-volume", f"A volume of {name} is below nothing or too large.", "Enter a number from 0.")
    elif len(gap.buyers) < 2:
        count = "one buyer" if gap.buyers else "no buyer"
        yield place.attention(
            "gap-buyers", f"{name} has {count}, so there is no gap in prices.", "Add every public body that buys it."
        )
    elif not all(volumes):
        yield place.attention(
            "gap-volume-none",
            f"A buyer of {name} has no volume, so its price counts for nothing.",
            "Enter what each buys in a year.",
        )


def check_scarce(appraisal: Appraisal) -> Iterator[Finding]:
    """People whom an option takes from a neighbour."""
    options = {option.id for option in appraisal.options}
    for staff in appraisal.scarce_staff:
        yield from _staff(staff, options)


def _staff(staff: ScarceStaff, options: Collection[str]) -> Iterator[Finding]:
    name = named(staff.role, "scarce people without a role")
    words = f"Scarce people {name}"
    if staff.option not in options:
        yield Place(2, words, staff.id, "option").error(
            "reference", f"{name} refers to an option that does not exist.", "Choose the option again."
        )
    if not between(staff.posts, 0, _LARGEST):
        yield Place(2, words, staff.id, "posts").error(
            "scarce-posts", f"The posts of {name} are below nothing or too many.", "Enter a number from 0."
        )
    elif not staff.posts or blank(staff.role) or blank(staff.neighbour):
        yield Place(2, words, staff.id, "posts" if not staff.posts else "neighbour").attention(
            "scarce-open",
            f"{name}: posts, role or the neighbour who needs them is missing.",
            "Enter all three, or delete the entry.",
        )
