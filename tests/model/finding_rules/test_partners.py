"""Findings on partners, arrangements and their shares, price gaps and scarce people."""

from dataclasses import replace
from decimal import Decimal

import pytest

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.effects import PublicBody
from appraise.model.appraisal.lines import Range, Shape, Treatment
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
from appraise.model.checks import findings
from appraise.model.finding import Finding, Severity
from appraise.model.finding_rules.partners import check_arrangements, check_partners, check_price_gaps, check_scarce
from tests.builders import appraisal, constraint, in_house, line, pounds
from tests.model.said_plainly import said_plainly

D = Decimal
ERROR, ATTENTION = Severity.ERROR, Severity.ATTENTION
LONG = " ".join("abcdefghi")


def _partner(key: str, **fields: object) -> Partner:
    whole = {"body": f"body-{key}", "population": 10, "volume": D(5), "use": D(7), "source": "Return"}
    return replace(Partner(id=key, name=key.title(), alone=pounds(9, 9)), **(whole | fields))


def _fixed(*percents: float, of: tuple[str, ...] = ("ours", "town", "health")) -> tuple[FixedShare, ...]:
    return tuple(FixedShare(partner=one, percent=D(str(n))) for one, n in zip(of, percents, strict=True))


PARTNERS = (_partner("ours", this_body=True, body=""), _partner("town"), _partner("health"))
SHARES = (LineShare(line="l"), LineShare(line="m", rule=ShareRule.FIXED, shares=_fixed(50, 30, 20)))
ARRANGEMENT = Arrangement(id="j", option="b", partners=("ours", "town", "health"), shared=SHARES)
GAP = PriceGap(
    id="g",
    name="Bed week",
    source="Returns",
    buyers=(
        Buyer(id="1", name="Ours", partner="ours", price=D(900), volume=D(50)),
        Buyer(id="2", name="Town", price=D(950), volume=D(70)),
    ),
)
STAFF = ScarceStaff(id="s", option="b", role="Nurses", posts=D(4), neighbour="Next county")
DOCUMENT = appraisal(
    3,
    lines=(
        line("l", "b", 5),
        line("m", "b", 6),
        line("theirs", "a", 6),
        *(
            line(f"a-{body}", "a", 4, treatment="other_body_cost", body=f"body-{body}")
            for body in ("town", "health", "x")
        ),
    ),
    bodies=tuple(PublicBody(id=f"body-{key}", name=key) for key in ("town", "health")),
    partners=PARTNERS,
    arrangements=(ARRANGEMENT,),
    price_gaps=(GAP,),
    scarce_staff=(STAFF,),
)
BORNE = replace(DOCUMENT, constraints=(constraint("c", 0.5, 9, in_house("b")),))


def _town(**fields: object) -> Appraisal:
    return replace(DOCUMENT, partners=(PARTNERS[0], replace(PARTNERS[1], **fields), PARTNERS[2]))


def _joint(base: Appraisal = DOCUMENT, **fields: object) -> Appraisal:
    return replace(base, arrangements=(replace(ARRANGEMENT, **fields),))


def _shared(**fields: object) -> Appraisal:
    return _joint(shared=(replace(SHARES[1], **fields),))


def _gap(*buyers: Buyer, **fields: object) -> Appraisal:
    return replace(DOCUMENT, price_gaps=(replace(GAP, buyers=buyers or GAP.buyers, **fields),))


def _buyer(**fields: object) -> Appraisal:
    return _gap(GAP.buyers[0], replace(GAP.buyers[1], **fields))


def _staff(**fields: object) -> Appraisal:
    return replace(DOCUMENT, scarce_staff=(replace(STAFF, **fields),))


def _many(number: int, **fields: object) -> Appraisal:
    more = tuple(replace(PARTNERS[1], id=f"p{one}", name=f"P{one}", body=f"body-{one}") for one in range(number - 1))
    bodies = tuple(PublicBody(id=f"body-{one}", name=str(one)) for one in range(number - 1))
    ids = ("ours", *(one.id for one in more))
    joint = replace(ARRANGEMENT, partners=ids, shared=(LineShare(line="l"),), **fields)
    theirs = (line(f"a-{one.id}", "a", 4, treatment="other_body_cost", body=one.body) for one in more)
    lines = (*DOCUMENT.lines, *theirs)
    return replace(DOCUMENT, lines=lines, partners=(PARTNERS[0], *more), bodies=bodies, arrangements=(joint,))


GROUPS = tuple(
    Coalition(partners=group, cost=D(15)) for group in (("ours", "town"), ("ours", "health"), ("town", "health"))
)
CASES = [
    (
        ATTENTION,
        "share-theirs",
        replace(DOCUMENT, lines=(replace(DOCUMENT.lines[0], treatment=Treatment.WIDER_COST), *DOCUMENT.lines[1:])),
    ),
    (ERROR, "reference", _town(body="nobody")),
    (ERROR, "reference", _town(index="nobody")),
    (ATTENTION, "partner-body", _town(body="")),
    (ERROR, "partner-body-twice", _town(body="body-health")),
    (ERROR, "partner-twice", _town(name=" OURS ")),
    (ERROR, "partner-twice", _town(name="")),
    (ERROR, "this-body-twice", _town(this_body=True)),
    (ATTENTION, "this-body-none", replace(DOCUMENT, partners=(_partner("ours", body="body-x"), *PARTNERS[1:]),
        bodies=(*DOCUMENT.bodies, PublicBody(id="body-x", name="X")))),
    (ERROR, "partner-measure", _town(volume=D(-1))),
    (ERROR, "partner-measure", _town(use=D("NaN"))),
    (ERROR, "partner-measure", _town(population=-1)),
    (ERROR, "partner-leaving", _town(leaving=1.1)),
    (ERROR, "partner-leaving", _town(leaving=float("nan"))),
    (ERROR, "partner-alone", _town(alone=pounds(-1))),
    (ERROR, "partner-alone", _town(alone=(D("sNaN"),))),
    (ATTENTION, "partner-alone-none", _town(alone=())),
    (ATTENTION, "partner-beyond", _town(alone=pounds(1, 1, 1, 1))),
    (ERROR, "range", _town(range=Range(low=D(101), high=D(120)))),
    (ERROR, "points-none", _town(range=Range(low=D(90), high=D(120), shape=Shape.DISCRETE))),
    (ATTENTION, "partner-source", _town(source="")),
    (ERROR, "reference", _joint(option="nobody")),
    (ERROR, "reference", _joint(partners=("ours", "town", "health", "nobody"))),
    (ERROR, "arrangement-partner-twice", _joint(partners=("ours", "town", "health", "town"))),
    (ERROR, "arrangement-empty", _joint(partners=(), shared=(LineShare(line="l"),))),
    (ATTENTION, "arrangement-alone", _joint(partners=("ours",), shared=(LineShare(line="l"),))),
    (ERROR, "partners-many", _many(11)),
    (ATTENTION, "arrangement-lines", _joint(shared=())),
    (ERROR, "reference", _joint(shared=(LineShare(line="nobody"),))),
    (ERROR, "share-line", _joint(shared=(LineShare(line="theirs"),))),
    (ERROR, "share-twice", _joint(shared=(SHARES[0], SHARES[0]))),
    (ERROR, "fixed-percent", _shared(fixed_percent=D("100.5"))),
    (ERROR, "fixed-percent", _shared(fixed_percent=D("NaN"))),
    (ERROR, "shares-over", _shared(shares=_fixed(60, 30, 20))),
    (ERROR, "shares-short", _shared(shares=_fixed(50, 30, 10))),
    (ERROR, "shares-short", _shared(shares=())),
    (ERROR, "share-percent", _shared(shares=_fixed(-10, 90, 20))),
    (ERROR, "share-percent", _shared(shares=_fixed(50, 30, "NaN"))),
    (ERROR, "share-partner", _shared(shares=_fixed(50, 50, of=("ours", "nobody")))),
    (ERROR, "share-partner-twice", _shared(shares=_fixed(50, 50, of=("ours", "ours")))),
    (ERROR, "shares-short", _joint(rule=ShareRule.FIXED, shares=_fixed(50, 30, 10))),
    (ATTENTION, "rule-measure", replace(BORNE, arrangements=(replace(ARRANGEMENT, rule=ShareRule.USE),),
        partners=tuple(replace(one, use=D(0)) for one in PARTNERS))),
    (ERROR, "rule-measure", replace(DOCUMENT, partners=tuple(replace(one, volume=D(0)) for one in PARTNERS))),
    (ERROR, "groups-many", _many(5, typed=True)),
    (ERROR, "group-cost", _joint(typed=True, coalitions=(*GROUPS[:2], replace(GROUPS[2], cost=D(-1))))),
    (ATTENTION, "group-odd", _joint(typed=True, coalitions=(*GROUPS, GROUPS[0]))),
    (ATTENTION, "group-odd", _joint(typed=True, coalitions=(*GROUPS, replace(GROUPS[0], partners=("ours",))))),
    (ATTENTION, "group-missing", _joint(typed=True, coalitions=GROUPS[1:])),
    (ERROR, "reference", _buyer(partner="nobody")),
    (ERROR, "gap-price", _buyer(price=D(-1))),
    (ERROR, "gap-volume", _buyer(volume=D("NaN"))),
    (ATTENTION, "gap-buyers", _gap(GAP.buyers[0])),
    (ATTENTION, "gap-volume-none", _buyer(volume=D(0))),
    (ATTENTION, "gap-source", _gap(source="")),
    (ERROR, "reference", _staff(option="nobody")),
    (ERROR, "scarce-posts", _staff(posts=D(-1))),
    (ATTENTION, "scarce-open", _staff(posts=D(0))),
    (ATTENTION, "scarce-open", _staff(role="")),
    (ATTENTION, "scarce-open", _staff(neighbour="")),
]  # fmt: skip


def _found(document: Appraisal) -> list[Finding]:
    checks = (check_partners, check_arrangements, check_price_gaps, check_scarce)
    return [finding for check in checks for finding in check(document)]


def test_nothing_is_found_in_a_sound_arrangement():
    assert not _found(DOCUMENT)
    assert not _found(BORNE)
    assert not _found(_joint(typed=True, coalitions=GROUPS))
    assert not _found(_joint(coalitions=GROUPS[:1]))  # what is not typed is not asked for
    assert not _found(_many(10))


@pytest.mark.parametrize(("severity", "code", "document"), CASES)
def test_each_fault_is_found_by_itself_and_said_plainly(severity, code, document):
    found = {(one.severity, one.code) for one in _found(document)}
    assert found == {(severity, code)}
    assert code in {one.code for one in findings(document)}
    long = replace(
        document,
        options=tuple(replace(one, name=LONG) for one in document.options),
        lines=tuple(replace(one, name=LONG) for one in document.lines),
        partners=tuple(replace(one, name=f"{one.id} {LONG}") for one in document.partners),
        price_gaps=tuple(replace(one, name=LONG) for one in document.price_gaps),
        scarce_staff=tuple(replace(one, role=LONG) for one in document.scarce_staff),
    )
    for finding in _found(long):
        said_plainly(finding)


def test_other_options_hold_what_the_partners_pay_there():
    bare = replace(DOCUMENT, lines=DOCUMENT.lines[:4])
    (finding,) = _found(bare)
    assert (finding.severity, finding.code) == (ATTENTION, "partner-elsewhere")
    assert finding.sentence == "“B” counts what “Health” pays; 1 other option counts nothing of it."
    idle = replace(bare, lines=(*bare.lines, replace(DOCUMENT.lines[4], amounts=pounds(0))))
    assert [one.code for one in _found(idle)] == ["partner-elsewhere"]
    both = (ARRANGEMENT, replace(ARRANGEMENT, id="k", option="a", shared=(LineShare(line="theirs"),)))
    assert not _found(replace(bare, arrangements=both))


def test_an_option_has_one_arrangement():
    twice = replace(DOCUMENT, arrangements=(ARRANGEMENT, replace(ARRANGEMENT, id="k")))
    assert [one.code for one in _found(twice)] == ["arrangement-twice"] * 2


def test_shares_over_100_per_cent_lead_to_the_line():
    (finding,) = _found(_shared(shares=_fixed(60, 30, 20)))
    assert finding.sentence == "The shares of “m” are 110 % together, not 100 %."
    assert (finding.step, finding.record, finding.field) == (5, "m", "shares")
