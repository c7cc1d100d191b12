"""Working together: partners, arrangements, price gaps between public buyers, and scarce people."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from decimal import Decimal

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.partners import (
    Arrangement,
    Buyer,
    Coalition,
    FixedShare,
    LineShare,
    Partner,
    PriceGap,
    ScarceStaff,
    ShareRule,
)
from appraise.model.edits.changing import (
    EditRefused,
    added,
    as_stored,
    changed,
    changed_in,
    cleared,
    each,
    found,
    kept,
    moved,
    simple,
    swapped,
    without,
    without_words,
)
from appraise.model.money import pounds

_PARTNER_FIELDS = frozenset(
    {
        "name",
        "this_body",
        "body",
        "population",
        "volume",
        "use",
        "alone",
        "index",
        "range",
        "leaving",
        "source",
    }
)
_ARRANGEMENT_FIELDS = frozenset({"partners", "rule", "shares", "split", "typed", "words"})
_GAP_FIELDS = frozenset({"name", "unit", "source"})
_BUYER_FIELDS = frozenset({"name", "partner", "price", "volume"})
_STAFF_FIELDS = frozenset({"option", "role", "posts", "neighbour", "words"})

#: Shares in per cent by id of the partner, or as the document holds them.
Shares = Mapping[str, Decimal] | Iterable[FixedShare]


# --- partners ----------------------------------------------------------------------------------------------


def add_partner(appraisal: Appraisal, *, partner: str, name: str) -> Appraisal:
    """A new partner at the end, in no arrangement yet; `partner` is its new id."""
    return changed(appraisal, partners=added(appraisal.partners, Partner(id=partner, name=name)))


def change_partner(appraisal: Appraisal, *, partner: str, **fields: object) -> Appraisal:
    """Any field of the partner by name. If it is this body now, no other is, and it has no other body.

    KeyError for an unknown body or price index, TypeError for another field.
    """
    new = as_stored(simple(fields, _PARTNER_FIELDS), exact={"volume", "use"}, shares={"leaving"})
    if body := new.get("body"):
        found(appraisal.bodies, str(body))
    if index := new.get("index"):
        found(appraisal.indices, str(index))
    if isinstance(alone := new.get("alone"), list | tuple):
        new["alone"] = tuple(pounds(amount) for amount in alone)
    partners = appraisal.partners
    if new.get("this_body"):
        new["body"] = ""
        partners = each(partners, (changed(one, this_body=False) if one.id != partner else one for one in partners))
    return changed(appraisal, partners=changed_in(partners, partner, **new))


def move_partner(appraisal: Appraisal, *, partner: str, to: int) -> Appraisal:
    """Put the partner at place `to`, counted from 0. No figure changes."""
    return changed(appraisal, partners=moved(appraisal.partners, partner, to))


def remove_partner(appraisal: Appraisal, *, partner: str) -> Appraisal:
    """Take the partner out of everything: arrangements, shares, groups, buyers, and neighbours of scarce people."""
    gone = frozenset({partner})
    return changed(
        appraisal,
        partners=without(appraisal.partners, partner),
        arrangements=each(appraisal.arrangements, (_parted(one, gone) for one in appraisal.arrangements)),
        price_gaps=each(
            appraisal.price_gaps,
            (changed(gap, buyers=cleared(gap.buyers, "partner", partner)) for gap in appraisal.price_gaps),
        ),
        scarce_staff=cleared(appraisal.scarce_staff, "neighbour", partner),
    )


# --- arrangements ------------------------------------------------------------------------------------------


def add_arrangement(appraisal: Appraisal, *, arrangement: str, option: str) -> Appraisal:
    """A new arrangement of all partners for an option, with no line shared yet; `arrangement` is its new id.

    EditRefused if the option has one already.
    """
    found(appraisal.options, option)
    new = Arrangement(id=arrangement, option=option, partners=tuple(one.id for one in appraisal.partners))
    arrangements = added(appraisal.arrangements, new)
    if any(one.option == option for one in appraisal.arrangements):
        raise EditRefused("This option is shared already; change the arrangement that it has.")
    return changed(appraisal, arrangements=arrangements)


def change_arrangement(appraisal: Appraisal, *, arrangement: str, **fields: object) -> Appraisal:
    """Partners, rule, shares, split, typed or words. Shares and groups of partners that go, go with them.

    KeyError for an unknown partner, TypeError for another field.
    """
    new = dict(simple(fields, _ARRANGEMENT_FIELDS))
    old = found(appraisal.arrangements, arrangement)
    if isinstance(shares := new.get("shares"), Mapping | list | tuple):
        new["shares"] = _shares(shares, old.shares)
    if isinstance(partners := new.get("partners"), list | tuple):
        those = tuple(found(appraisal.partners, str(one)).id for one in partners)
        new["partners"] = those
        old = _parted(old, frozenset(old.partners) - frozenset(those))
    return changed(appraisal, arrangements=swapped(appraisal.arrangements, changed(old, **new)))


def remove_arrangement(appraisal: Appraisal, *, arrangement: str) -> Appraisal:
    """Take the arrangement out. Its lines are this body's own again."""
    return changed(appraisal, arrangements=without(appraisal.arrangements, arrangement))


def _shares(new: Shares, old: tuple[FixedShare, ...]) -> tuple[FixedShare, ...]:
    """The shares as the document holds them; the same tuple if nothing changes."""
    if isinstance(new, Mapping):
        made = tuple(FixedShare(partner=partner, percent=percent) for partner, percent in new.items())
    else:
        made = tuple(new)
    return old if made == old else made


def _without_shares(shares: tuple[FixedShare, ...], gone: AbstractSet[str]) -> tuple[FixedShare, ...]:
    return kept(shares, (share.partner not in gone for share in shares))


def _parted(arrangement: Arrangement, gone: AbstractSet[str]) -> Arrangement:
    """The arrangement without these partners."""
    shared = (changed(one, shares=_without_shares(one.shares, gone)) for one in arrangement.shared)
    groups = (gone.isdisjoint(one.partners) for one in arrangement.coalitions)
    return changed(
        arrangement,
        partners=without_words(arrangement.partners, gone),
        shares=_without_shares(arrangement.shares, gone),
        shared=each(arrangement.shared, shared),
        coalitions=kept(arrangement.coalitions, groups),
    )


def share_line(
    appraisal: Appraisal,
    *,
    arrangement: str,
    line: str,
    rule: ShareRule | None = None,
    shares: Shares | None = None,
    fixed_percent: Decimal | None = None,
) -> Appraisal:
    """Share a line of the arrangement's option, or change how it is shared; what is None stays.

    A line that was not shared takes the arrangement's rule and shares. KeyError for a line of another option.
    """
    record = found(appraisal.arrangements, arrangement)
    if found(appraisal.lines, line).option != record.option:
        raise KeyError((arrangement, line))
    old = next((one for one in record.shared if one.line == line), None)
    base = old or LineShare(line=line, rule=record.rule, shares=record.shares)
    new = changed(
        base,
        rule=base.rule if rule is None else rule,
        shares=base.shares if shares is None else _shares(shares, base.shares),
        fixed_percent=base.fixed_percent if fixed_percent is None else fixed_percent,
    )
    if old is None:
        shared = (*record.shared, new)
    else:
        shared = each(record.shared, (new if one is old else one for one in record.shared))
    return changed(appraisal, arrangements=changed_in(appraisal.arrangements, arrangement, shared=shared))


def unshare_line(appraisal: Appraisal, *, arrangement: str, line: str) -> Appraisal:
    """The line is this body's own; nothing changes if it was. KeyError for an unknown line."""
    found(appraisal.lines, line)
    record = found(appraisal.arrangements, arrangement)
    shared = kept(record.shared, (one.line != line for one in record.shared))
    return changed(appraisal, arrangements=changed_in(appraisal.arrangements, arrangement, shared=shared))


def set_coalition(
    appraisal: Appraisal, *, arrangement: str, partners: Iterable[str], cost: Decimal | None
) -> Appraisal:
    """What a group of the arrangement's partners would pay together, a present value; None: not known.

    KeyError for a partner that is not in the arrangement.
    """
    record = found(appraisal.arrangements, arrangement)
    those = frozenset(partners)
    if unknown := those - frozenset(record.partners):
        raise KeyError(sorted(unknown))
    group = tuple(one for one in record.partners if one in those)
    new = None if cost is None else Coalition(partners=group, cost=pounds(cost))
    groups = []
    for one in record.coalitions:
        if frozenset(one.partners) != those:
            groups.append(one)
        elif new is not None:
            groups.append(changed(one, cost=new.cost))
            new = None
    if new is not None:
        groups.append(new)
    coalitions = each(record.coalitions, groups)
    return changed(appraisal, arrangements=changed_in(appraisal.arrangements, arrangement, coalitions=coalitions))


# --- price gaps --------------------------------------------------------------------------------------------


def add_price_gap(appraisal: Appraisal, *, gap: str, name: str) -> Appraisal:
    """A new thing that several public bodies buy, without buyers yet; `gap` is its new id."""
    return changed(appraisal, price_gaps=added(appraisal.price_gaps, PriceGap(id=gap, name=name)))


def change_price_gap(appraisal: Appraisal, *, gap: str, **fields: object) -> Appraisal:
    """Name, unit or source. TypeError for another field."""
    return changed(appraisal, price_gaps=changed_in(appraisal.price_gaps, gap, **simple(fields, _GAP_FIELDS)))


def remove_price_gap(appraisal: Appraisal, *, gap: str) -> Appraisal:
    """Take it out with its buyers."""
    return changed(appraisal, price_gaps=without(appraisal.price_gaps, gap))


def add_buyer(appraisal: Appraisal, *, gap: str, buyer: str, name: str) -> Appraisal:
    """A new buyer at the end, at no price yet; `buyer` is its new id, which no price gap may have."""
    added(tuple(one for other in appraisal.price_gaps for one in other.buyers), Buyer(id=buyer, name=name))
    buyers = (*found(appraisal.price_gaps, gap).buyers, Buyer(id=buyer, name=name))
    return changed(appraisal, price_gaps=changed_in(appraisal.price_gaps, gap, buyers=buyers))


def change_buyer(appraisal: Appraisal, *, gap: str, buyer: str, **fields: object) -> Appraisal:
    """Name, partner, price or volume. KeyError for an unknown partner, TypeError for another field."""
    new = as_stored(simple(fields, _BUYER_FIELDS), exact={"volume"})
    if partner := new.get("partner"):
        found(appraisal.partners, str(partner))
    buyers = changed_in(found(appraisal.price_gaps, gap).buyers, buyer, **new)
    return changed(appraisal, price_gaps=changed_in(appraisal.price_gaps, gap, buyers=buyers))


def remove_buyer(appraisal: Appraisal, *, gap: str, buyer: str) -> Appraisal:
    """Take the buyer out."""
    buyers = without(found(appraisal.price_gaps, gap).buyers, buyer)
    return changed(appraisal, price_gaps=changed_in(appraisal.price_gaps, gap, buyers=buyers))


# --- scarce people -----------------------------------------------------------------------------------------


def add_scarce(appraisal: Appraisal, *, staff: str, option: str, role: str) -> Appraisal:
    """People whom an option takes from a neighbour, no posts yet; `staff` is the new id."""
    found(appraisal.options, option)
    new = ScarceStaff(id=staff, option=option, role=role)
    return changed(appraisal, scarce_staff=added(appraisal.scarce_staff, new))


def change_scarce(appraisal: Appraisal, *, staff: str, **fields: object) -> Appraisal:
    """Option, role, posts, neighbour or words. KeyError for an unknown option, TypeError for another field."""
    new = simple(fields, _STAFF_FIELDS)
    if "option" in new:
        found(appraisal.options, str(new["option"]))
    return changed(appraisal, scarce_staff=changed_in(appraisal.scarce_staff, staff, **new))


def remove_scarce(appraisal: Appraisal, *, staff: str) -> Appraisal:
    """Take the people out."""
    return changed(appraisal, scarce_staff=without(appraisal.scarce_staff, staff))
