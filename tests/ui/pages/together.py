"""The worked example with partners, a price gap, scarce people, lots, terms of a line and a stage."""

from dataclasses import replace
from decimal import Decimal

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.effects import PublicBody
from appraise.model.appraisal.lines import Range
from appraise.model.appraisal.partners import (
    Arrangement,
    Buyer,
    LineShare,
    Partner,
    PriceGap,
    ScarceStaff,
    ShareRule,
)
from appraise.model.appraisal.terms import LineTerms, Lot, Pilot, SupplierKind, Tier
from appraise.workspace.templates import load

YEARS = 8
US, EAST, WEST = "partner-us", "partner-east", "partner-west"
JOINT, ARRANGEMENT, GAP, STAFF, PILOT = "option-joint", "arrangement-1", "gap-bed", "staff-1", "pilot-1"


def pounds(*amounts: float) -> tuple[Decimal, ...]:
    return tuple(Decimal(str(one)).quantize(Decimal("0.01")) for one in amounts)


def _partner(key: str, name: str, body: str, alone: float, volume: int, **fields: object) -> Partner:
    made = Partner(
        id=key, name=name, this_body=not body, body=body, population=volume * 100, volume=Decimal(volume),
        use=Decimal(10), alone=pounds(*[alone] * YEARS), source="Returns of 2026",
    )  # fmt: skip
    return replace(made, **fields)


def shared_lines(appraisal: Appraisal) -> tuple[str, ...]:
    """Own cost of the joint option with money in it."""
    return tuple(
        line.id
        for line in appraisal.lines
        if line.option == JOINT and line.treatment.value in ("own_cost", "supplier_charge") and any(line.amounts)
    )[:3]


def document() -> Appraisal:
    """Three partners of which one is this body, and everything else that works together."""
    plain = replace(load("worked-example", first_year=2027), partners=(), arrangements=(), price_gaps=(), pilots=(),
                    scarce_staff=(), line_terms=())  # fmt: skip
    lines = shared_lines(plain)
    options = tuple(
        replace(one, lots=(Lot(id="lot-1", name="Roads", supplier=SupplierKind.LARGE, percent=Decimal(70)),
                           Lot(id="lot-2", name="Verges", supplier=SupplierKind.VOLUNTARY, percent=Decimal(30),
                               words="Local groups know the verges")))
        if one.id == "option-outsource" else one
        for one in plain.options
    )  # fmt: skip
    return replace(
        plain,
        options=options,
        bodies=(*plain.bodies, PublicBody(id="body-west", name="Westholme District")),
        partners=(
            _partner(US, "Saltmere", "", 2_900_000, 820),
            _partner(EAST, "Eastholme", plain.bodies[0].id, 2_100_000, 600, leaving=0.05,
                     range=Range(low=Decimal(90), high=Decimal(120))),
            _partner(WEST, "Westholme", "body-west", 700_000, 380, leaving=0.02),
        ),
        arrangements=(
            Arrangement(
                id=ARRANGEMENT, option=JOINT, partners=(US, EAST, WEST),
                shared=tuple(LineShare(line=line, rule=ShareRule.VOLUME, fixed_percent=Decimal(60)) for line in lines),
            ),
        ),
        price_gaps=(
            PriceGap(
                id=GAP, name="Road salt", unit="tonne", source="Returns of 2026",
                buyers=(
                    Buyer(id="buyer-us", name="Saltmere", partner=US, price=Decimal("48.00"), volume=Decimal(5_200)),
                    Buyer(id="buyer-east", name="Eastholme", partner=EAST, price=Decimal("61.50"),
                          volume=Decimal(2_600)),
                ),
            ),
        ),
        scarce_staff=(
            ScarceStaff(id=STAFF, option=JOINT, role="Drainage engineers", posts=Decimal("4.5"), neighbour=EAST,
                        words="One team for both"),
        ),
        pilots=(
            Pilot(id=PILOT, name="One district first", go_on=JOINT, fall_back="option-inhouse",
                  cost=Decimal("60000.00"), success=0.6, months=9, test="Gullies emptied a day",
                  source="Two districts"),
        ),
        line_terms=(
            LineTerms(
                line=lines[0], volumes=pounds(*[1_200] * YEARS),
                tiers=(Tier(over=Decimal(1_000), percent=Decimal(4)),), loyalty=(Decimal(0), Decimal(2)),
                cap=Decimal(4), collar=Decimal(1), source="Framework 2026",
            ),
        ),
    )  # fmt: skip
