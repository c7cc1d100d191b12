"""Partners, lots, stages and terms that are wrong but meaningful: their pages show them and stay editable."""

from dataclasses import replace
from decimal import Decimal

import pytest
from pytestqt.qtbot import QtBot

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import Range
from appraise.model.appraisal.partners import Coalition, FixedShare, LineShare, ShareRule
from appraise.model.appraisal.terms import LineTerms, Tier
from appraise.ui.pages.costs import CostsPage
from appraise.ui.pages.options import OptionsPage
from appraise.ui.pages.options_partners import PARTS
from appraise.ui.pages.results import ResultsPage

from .conftest import Desk
from .together import document, shared_lines

WHOLE = document()
CREWS = shared_lines(WHOLE)[0]
NOWHERE, BEYOND = Decimal("NaN"), Decimal(10) ** 18


def _partners(**fields: object) -> Appraisal:
    return replace(WHOLE, partners=tuple(replace(one, **fields) for one in WHOLE.partners))


def _arrangement(**fields: object) -> Appraisal:
    return replace(WHOLE, arrangements=(replace(WHOLE.arrangements[0], **fields),))


def _terms(**fields: object) -> Appraisal:
    return replace(WHOLE, line_terms=(replace(WHOLE.line_terms[0], **fields),))


def _pilot(**fields: object) -> Appraisal:
    return replace(WHOLE, pilots=(replace(WHOLE.pilots[0], **fields),))


def _many(count: int) -> Appraisal:
    made = tuple(
        replace(WHOLE.partners[2], id=f"partner-{place}", name=f"Partner {place}", body="") for place in range(count)
    )
    arrangement = replace(WHOLE.arrangements[0], partners=tuple(one.id for one in made), typed=count < 10)
    return replace(WHOLE, partners=made, arrangements=(arrangement,))


def _lots() -> Appraisal:
    options = tuple(
        replace(one, lots=tuple(replace(lot, percent=NOWHERE, name="") for lot in one.lots)) for one in WHOLE.options
    )
    return replace(WHOLE, options=options)


GAP = WHOLE.price_gaps[0]
BAD: dict[str, Appraisal] = {
    "no horizon": replace(WHOLE, horizon=replace(WHOLE.horizon, years=0)),
    "horizon over 125 years": replace(WHOLE, horizon=replace(WHOLE.horizon, years=300)),
    "year before Christ": replace(WHOLE, horizon=replace(WHOLE.horizon, first_year=-44)),
    "names of nobody": _partners(name="", body="body-gone", index="index-gone", source=""),
    "very long names": _partners(name="long " * 200),
    "figures that are none": _partners(volume=NOWHERE, use=BEYOND, alone=(NOWHERE, BEYOND), leaving=1.4),
    "a range without 100 %": _partners(range=Range(low=Decimal(120), high=Decimal(80))),
    "everybody is this body": _partners(this_body=True),
    "eleven partners": _many(11),
    "five whose groups are typed": _many(5),
    "unknown partners": _arrangement(partners=("partner-gone", "partner-gone")),
    "an arrangement of nobody": _arrangement(partners=()),
    "an option that is gone": _arrangement(option="option-gone"),
    "shares of a stranger": _arrangement(
        rule=ShareRule.FIXED, shares=(FixedShare(partner="partner-gone", percent=NOWHERE),)
    ),
    "a line of another option": _arrangement(shared=(LineShare(line="line-gone", fixed_percent=Decimal(140)),)),
    "odd groups": _arrangement(typed=True, coalitions=(Coalition(partners=("partner-gone",), cost=Decimal(-1)),)),
    "two arrangements": replace(
        WHOLE, arrangements=(*WHOLE.arrangements, replace(WHOLE.arrangements[0], id="arrangement-2"))
    ),
    "prices that are none": replace(
        WHOLE,
        price_gaps=(replace(GAP, name="", buyers=tuple(replace(one, price=NOWHERE, partner="gone", volume=NOWHERE)
                                                       for one in GAP.buyers)),),
    ),
    "a gap without buyers": replace(WHOLE, price_gaps=(replace(GAP, buyers=()),)),
    "people of no option": replace(
        WHOLE, scarce_staff=(replace(WHOLE.scarce_staff[0], option="option-gone", posts=NOWHERE, role=""),)
    ),
    "lots of no size": _lots(),
    "a stage of no option": _pilot(go_on="option-gone", fall_back="option-gone", without="option-gone", name=""),
    "a stage beyond all chances": _pilot(success=1.4, false_positive=-0.1, cost=Decimal(-1), months=-2),
    "terms of no line": replace(WHOLE, line_terms=(LineTerms(line="line-gone", cap=Decimal(1)),)),
    "terms twice": replace(WHOLE, line_terms=WHOLE.line_terms * 2),
    "terms beyond all": _terms(
        volumes=(NOWHERE,) * 12, tiers=(Tier(over=NOWHERE, percent=Decimal(400)),) * 2, loyalty=(Decimal(-5),) * 9,
        cap=Decimal(1), collar=Decimal(5),
    ),
    "no options": replace(WHOLE, options=(), lines=(), constraints=(), scores=()),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_step_2_shows_it_and_leads_to_it(qtbot: QtBot, name: str) -> None:
    desk = Desk(BAD[name])
    page = OptionsPage(desk.context)
    qtbot.addWidget(page)
    qtbot.addWidget(page.pane)
    page.resize(860, 700)
    page.show()
    page.turn_to("stages")
    page.focus_first()
    page.turn_to("partners")
    for key, _ in PARTS:
        page.section.turn_to(key)
        page.grab()
    for found in desk.context.view.findings:
        if found.step == 2:
            page.focus_place(found.record, found.field)
    page.turn_to("stages")
    page.grab()
    desk.context.start(replace(desk.context.view, appraisal=WHOLE))
    page.grab()


@pytest.mark.parametrize("name", BAD)
def test_steps_5_and_8_show_it(qtbot: QtBot, name: str) -> None:
    desk = Desk(BAD[name])
    costs, results = CostsPage(desk.context), ResultsPage(desk.context)
    for page in (costs, results):
        qtbot.addWidget(page)
        qtbot.addWidget(page.pane)
        page.resize(860, 700)
        page.show()
    for line in desk.appraisal.lines:
        if line.id == CREWS:
            costs.focus_place(CREWS, "tiers")
    costs.grab()
    for found in desk.context.view.findings:
        if found.step == 5:
            costs.focus_place(found.record, found.field)
    for key in ("money", "partners"):
        results.turn_to(key)
        results.grab()
    assert costs.isVisible()
