"""Partners in step 2, through their widgets: who they are, shared cost, price gaps, and scarce people."""

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from appraise.model.appraisal.lines import Shape
from appraise.model.appraisal.partners import FixedShare, ShareRule, Split
from appraise.model.evaluate import LIVE_PARTS, Settings, evaluate
from appraise.ui import theme
from appraise.ui.pages import options_help
from appraise.ui.pages.options import OptionsPage
from appraise.ui.pages.options_arrangement import ArrangementPart
from appraise.ui.pages.options_gaps import GapRecords, ScarceRecords
from appraise.ui.pages.options_partner_list import PartnerRecords
from appraise.ui.pages.options_partners import PARTS, PartnersSection
from appraise.ui.widgets.labels import FlowLabel

from .conftest import Desk
from .costs_section_driving import fill, texts, type_in, without_name
from .together import ARRANGEMENT, EAST, GAP, JOINT, STAFF, US, WEST, YEARS, document, shared_lines


@pytest.fixture
def together() -> Desk:
    """Three partners, an arrangement, a price gap and scarce people."""
    return Desk(document())


def at(qtbot: QtBot, desk: Desk, part: str) -> tuple[OptionsPage, PartnersSection]:
    page = OptionsPage(desk.context)
    for widget in (page, page.pane):
        qtbot.addWidget(widget)
    page.resize(900, 800)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.turn_to("partners")
    section = page.section
    assert isinstance(section, PartnersSection)
    section.turn_to(part)
    return page, section


def partners(qtbot: QtBot, desk: Desk) -> tuple[OptionsPage, PartnerRecords]:
    page, section = at(qtbot, desk, "who")
    assert isinstance(section.part, PartnerRecords)
    return page, section.part


def arrangement(qtbot: QtBot, desk: Desk) -> tuple[OptionsPage, ArrangementPart]:
    page, section = at(qtbot, desk, "together")
    assert isinstance(section.part, ArrangementPart)
    return page, section.part


def gaps(qtbot: QtBot, desk: Desk) -> tuple[OptionsPage, GapRecords]:
    page, section = at(qtbot, desk, "prices")
    assert isinstance(section.part, GapRecords)
    return page, section.part


# --- who they are -----------------------------------------------------------------------------------------


def test_a_partner_is_added_named_and_marked_as_this_body(qtbot, blank_desk):
    _, part = partners(qtbot, blank_desk)
    assert part.empty.isVisible()
    qtbot.keyClick(part.empty.action, Qt.Key.Key_Return)
    fill(qtbot, part.fields["name"], "Saltmere")
    part.detail.picks["body"].chosen.emit("this")
    for field, text in (("population", "82,000"), ("volume", "820.5"), ("use", "10"), ("leaving", "1")):
        fill(qtbot, part.fields[field], text)
    (one,) = blank_desk.appraisal.partners
    assert (one.name, one.this_body, one.population) == ("Saltmere", True, 82_000)
    assert (one.volume, one.use, one.leaving) == (Decimal("820.5"), Decimal(10), 0.01)
    assert texts(part.table) == [["Saltmere", "This body", "82,000", "820.5", "10", "–", "1\xa0%"]]
    assert part.detail.picks["body"].current() == "this"
    assert blank_desk.actions[0] == "Add a partner"
    assert "Change volume of a partner" in blank_desk.actions


def test_what_cannot_be_read_says_so_and_changes_nothing(qtbot, together):
    _, part = partners(qtbot, together)
    before = together.appraisal
    for field, text in (("leaving", "120"), ("population", "many"), ("volume", "-1")):
        fill(qtbot, part.fields[field], text)
        assert part.fields[field].fault(), field
    assert together.appraisal is before


def test_another_partner_becomes_this_body_and_the_first_is_not_any_longer(qtbot, together):
    _, part = partners(qtbot, together)
    part.choose(EAST)
    part.detail.picks["body"].chosen.emit("this")
    assert [one.this_body for one in together.appraisal.partners] == [False, True, False]
    part.detail.picks["body"].chosen.emit("body-west")
    assert together.appraisal.partners[1].body == "body-west"
    words = part.detail._pick_faults["body"].text()
    assert "same public body" in words, "the error stands under the field"


def test_cost_alone_is_typed_and_pasted_by_year(qtbot, together):
    _, part = partners(qtbot, together)
    row = part.alone.years
    type_in(qtbot, row.table, "years", 2, "3.1m")
    assert together.appraisal.partners[0].alone[1] == Decimal("3100000.00")
    assert together.actions[-1] == "Change cost alone, 2028/29, of Saltmere"
    row.table.pasted.emit(0, 3, [["1m", "2m"]])
    assert together.appraisal.partners[0].alone[2:4] == (Decimal("1000000.00"), Decimal("2000000.00"))
    before = together.appraisal
    row.table.pasted.emit(0, 1, [["1"] * (YEARS + 1)])
    assert "wider" in row.fault.text()
    row.table.pasted.emit(0, 1, [["1", "a lot"]])
    assert "a lot" in row.fault.text()
    assert together.appraisal is before
    row.model.apply(row.model.index(0, 1), "")
    assert together.appraisal.partners[0].alone[0] == 0


def test_a_negative_cost_alone_is_refused_where_it_is_typed(qtbot, together):
    _, part = partners(qtbot, together)
    before, row = together.appraisal, part.alone.years
    type_in(qtbot, row.table, "years", 2, "-5")
    assert row.fault.text() == "A partner cannot pay less than nothing."
    row.table.pasted.emit(0, 1, [["1", "-1"]])
    assert together.appraisal is before


def test_the_range_and_the_index_of_cost_alone(qtbot, together):
    _, part = partners(qtbot, together)
    fill(qtbot, part.alone.range.high, "130")
    band = together.appraisal.partners[0].range
    assert band is not None
    assert (band.low, band.high, band.shape) == (Decimal(100), Decimal(130), Shape.PERT)
    index = together.appraisal.indices[0].id
    part.alone.index.chosen.emit(index)
    assert together.appraisal.partners[0].index == index
    fill(qtbot, part.alone.range.high, "100")
    assert together.appraisal.partners[0].range is None


def test_removing_a_partner_takes_it_out_everywhere(qtbot, together):
    _, part = partners(qtbot, together)
    part.choose(EAST)
    part.buttons.removed.emit()
    now = together.appraisal
    assert [one.id for one in now.partners] == [US, WEST]
    assert now.arrangements[0].partners == (US, WEST)
    assert now.price_gaps[0].buyers[1].partner == ""
    together.undo()
    assert len(together.appraisal.arrangements[0].partners) == 3


# --- shared cost ------------------------------------------------------------------------------------------


def test_without_partners_the_way_leads_to_them(qtbot, blank_desk):
    page, part = arrangement(qtbot, blank_desk)
    assert "Name the partners first" in part.empty.sentence()
    part.empty.action.click()
    assert page.section.switch.current() == "who"


def test_an_option_is_shared_and_shared_no_longer(qtbot, together):
    _, part = arrangement(qtbot, together)
    part.options.chosen.emit("option-joint")
    assert part.card.isVisible(), "the option that is shared is shown first"
    part.options.set_current("option-inhouse")
    part.options.chosen.emit("option-inhouse")
    assert part.nobody.isVisible()
    part.empty.action.click()
    made = together.appraisal.arrangements[1]
    assert (made.option, made.partners) == ("option-inhouse", (US, EAST, WEST))
    assert together.actions == ["Share In-house"]
    part.remove.click()
    assert len(together.appraisal.arrangements) == 1
    assert part.nobody.isVisible()


def test_who_takes_part_keeps_the_order_of_the_partners(qtbot, together):
    _, part = arrangement(qtbot, together)
    part.people.ticked.emit(US, False)
    assert together.appraisal.arrangements[0].partners == (EAST, WEST)
    part.people.ticked.emit(US, True)
    assert together.appraisal.arrangements[0].partners == (US, EAST, WEST)
    assert together.actions[-1] == "Change partners of Joint"


def test_rule_split_and_fixed_shares(qtbot, together):
    _, part = arrangement(qtbot, together)
    assert not part.shares.isVisible()
    part.split.chosen.emit(Split.SHAPLEY.value)
    part.rule.chosen.emit(ShareRule.FIXED.value)
    assert part.shares.isVisible()
    assert part.shares.fault.text() == "The shares add up to 0 %, and must add up to 100 %."
    for key, text in ((US, "50"), (EAST, "30"), (WEST, "20")):
        type_in(qtbot, part.shares.table, key, 1, text)
    now = together.appraisal.arrangements[0]
    assert now.split is Split.SHAPLEY
    assert now.shares == tuple(
        FixedShare(partner=key, percent=Decimal(text)) for key, text in ((US, "50"), (EAST, "30"), (WEST, "20"))
    )
    assert part.shares.fault.text() == ""
    assert texts(part.shares.table)[-1] == ["Together", "100"]


def test_lines_are_shared_taken_back_and_show_what_this_body_pays(qtbot, together):
    _, part = arrangement(qtbot, together)
    first = shared_lines(together.appraisal)[0]
    rows = {row.key: row for row in part._lines_model.rows}
    assert [cell.text for cell in rows[first].cells[1:]] == ["By volume", "60", "45.6\xa0%"]
    part.lines.setFocus()
    part.lines.place(first)
    qtbot.keyClick(part.lines, Qt.Key.Key_Space)
    assert first not in {one.line for one in together.appraisal.arrangements[0].shared}
    part._lines_model.apply(part._lines_model.index(list(rows).index(first), 1), "population")
    found = next(one for one in together.appraisal.arrangements[0].shared if one.line == first)
    assert found.rule is ShareRule.POPULATION
    index = part._lines_model.index(list(rows).index(first), 2)
    assert part._lines_model.apply(index, "25") == ""
    assert part._lines_model.apply(index, "125"), "more than the whole cannot be fixed"
    found = next(one for one in together.appraisal.arrangements[0].shared if one.line == first)
    assert found.fixed_percent == Decimal(25)
    places = []
    together.context.place_wanted.connect(lambda *place: places.append(place))
    part.lines.opened.emit(first)
    assert places == [(5, first, "shared")]


def test_costs_of_groups_are_typed_for_every_pair(qtbot, together):
    _, part = arrangement(qtbot, together)
    assert not part.groups.table.isVisible()
    part.groups.kind.chosen.emit("typed")
    assert [row[0] for row in texts(part.groups.table)] == [
        "Saltmere and Eastholme", "Saltmere and Westholme", "Eastholme and Westholme",
    ]  # fmt: skip
    type_in(qtbot, part.groups.table, f"{US}/{WEST}", 1, "24m")
    (one,) = together.appraisal.arrangements[0].coalitions
    assert (one.partners, one.cost) == ((US, WEST), Decimal("24000000.00"))
    type_in(qtbot, part.groups.table, f"{US}/{WEST}", 1, "-")
    assert together.appraisal.arrangements[0].coalitions == ()


def test_the_answer_stands_beside_it_and_live_figures_keep_it(qtbot, together):
    _, part = arrangement(qtbot, together)
    said = part.said.text.text()
    assert said.startswith("Together the partners pay")
    assert "does not hold" in said
    results = evaluate(together.appraisal, Settings(draws=2_000), parts=LIVE_PARTS)
    assert results.partners is None
    together.context.show(replace(together.context.view, results=results, live=True))
    assert part.said.text.text() == said
    assert not part.earlier.isVisible(), "they are still of the same document"


def test_an_arrangement_of_an_option_that_is_gone_can_be_removed(qtbot):
    plain = document()
    lost = replace(plain.arrangements[0], id="arrangement-2", option="option-gone", shared=())
    desk = Desk(replace(plain, arrangements=(*plain.arrangements, lost)))
    page, part = arrangement(qtbot, desk)
    page.focus_place("arrangement-2", "option")
    assert part.options.current() == "arrangement-2"
    part.remove.click()
    assert [one.id for one in desk.appraisal.arrangements] == [ARRANGEMENT]


# --- price gaps and scarce people -------------------------------------------------------------------------


def test_buyers_are_typed_and_one_price_is_told(qtbot, together):
    _, part = gaps(qtbot, together)
    assert texts(part.buyers.table)[1] == ["Eastholme", "Eastholme", "61.50", "2,600", "160", "−23", "−35"]
    assert "28.1\xa0% apart" in part.said.text.text()
    type_in(qtbot, part.buyers.table, "buyer-east", 2, "48")
    assert together.appraisal.price_gaps[0].buyers[1].price == Decimal("48.00")
    assert not part.said.isVisible(), "without a gap nothing is said"
    part.buyers.model.apply(part.buyers.model.index(0, 1), "")
    assert together.appraisal.price_gaps[0].buyers[0].partner == ""
    part.buyers.add.click()
    assert len(together.appraisal.price_gaps[0].buyers) == 3
    part.buyers.removed.emit(together.appraisal.price_gaps[0].buyers[2].id)
    assert len(together.appraisal.price_gaps[0].buyers) == 2


def test_what_a_buyer_pays_is_known_before_any_run(qtbot, blank_desk):
    _, part = gaps(qtbot, blank_desk)
    part.empty.action.click()
    part.buyers.add.click()
    buyer = blank_desk.appraisal.price_gaps[0].buyers[0].id
    assert texts(part.buyers.table)[0][4:] == ["–", "–", "–"]
    assert blank_desk.context.view.results is None or part._figures is None
    type_in(qtbot, part.buyers.table, buyer, 2, "24.50")
    type_in(qtbot, part.buyers.table, buyer, 3, "100,000")
    assert texts(part.buyers.table)[0][4] == "2,450"


def test_buyers_are_pasted_as_one_step(qtbot, together):
    _, part = gaps(qtbot, together)
    part.buyers.table.pasted.emit(1, 2, [["55", "3,000"], ["58", "1,000"]])
    found = together.appraisal.price_gaps[0].buyers
    assert [(one.price, one.volume) for one in found[1:]] == [
        (Decimal("55.00"), Decimal(3_000)), (Decimal("58.00"), Decimal(1_000)),
    ]  # fmt: skip
    assert together.actions == ["Paste buyers"]
    before = together.appraisal
    part.buyers.table.pasted.emit(0, 2, [["a lot"]])
    assert part.buyers.fault.text()
    assert together.appraisal is before


def test_the_first_price_gap_begins_empty(qtbot, blank_desk):
    _, part = gaps(qtbot, blank_desk)
    part.empty.action.click()
    assert blank_desk.appraisal.price_gaps[0].name == "New price gap"
    assert not part.buyers.table.isVisible()
    assert part.buyers.add.isVisible()


def test_scarce_people_name_a_partner_or_other_words(qtbot, together):
    _, section = at(qtbot, together, "people")
    part = section.part
    assert isinstance(part, ScarceRecords)
    assert texts(part.table) == [["Drainage engineers", "Joint", "4.5", "Eastholme", "One team for both"]]
    assert part.fields["neighbour"].text() == "Eastholme"
    fill(qtbot, part.fields["neighbour"], "westholme")
    assert together.appraisal.scarce_staff[0].neighbour == WEST
    fill(qtbot, part.fields["neighbour"], "The county")
    assert together.appraisal.scarce_staff[0].neighbour == "The county"
    part.detail.picks["option"].chosen.emit("option-inhouse")
    fill(qtbot, part.fields["posts"], "6")
    one = together.appraisal.scarce_staff[0]
    assert (one.option, one.posts) == ("option-inhouse", Decimal(6))


# --- the section ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("record", "field"),
    [
        (EAST, "volume"), (EAST, "body"), (EAST, "alone"), (EAST, "range"), ("", "partners"), (ARRANGEMENT, "partners"),
        (ARRANGEMENT, "shared"), (ARRANGEMENT, "shares"), (ARRANGEMENT, "coalitions"), (GAP, "buyers"), (GAP, "source"),
        (STAFF, "posts"),
    ],
)  # fmt: skip
def test_findings_lead_to_their_field(qtbot, together, record, field):
    page, section = at(qtbot, together, "people")
    page.turn_to("short_list")
    page.focus_place(record, field)
    assert page.section is section
    here = QApplication.focusWidget()
    assert here is not None
    assert section.part.isAncestorOf(here)
    if field in ("volume", "source", "posts"):
        assert section.part.fields[field].line is here


@pytest.mark.parametrize("key", [key for key, _ in PARTS])
def test_every_stop_has_a_name_and_nothing_is_cut(qtbot, together, key):
    page, section = at(qtbot, together, key)
    assert without_name(section) == []
    theme.use(theme.Theme("dark", 200))
    page.resize(1100, 800)
    qtbot.wait(20)
    widest = section.minimumSizeHint().width()
    assert widest <= page._frame.scroller.viewport().width() + 1


def test_the_pane_helps_with_the_field_in_hand_and_another_section_takes_it_away(qtbot, together):
    page, section = at(qtbot, together, "who")
    section.part.fields["volume"].line.setFocus()
    assert section.helps is not None
    assert section.helps.isVisibleTo(page.pane)
    assert not page.pane.help.isVisibleTo(page.pane)
    page.turn_to("contract")
    assert not section.helps.isVisibleTo(page.pane)
    assert page.pane.help.isVisibleTo(page.pane)


def test_the_help_is_that_of_the_part_and_the_column_in_hand(qtbot, together):
    _, section = at(qtbot, together, "who")
    assert section.helps is not None

    def title():
        return [label.text() for label in section.helps.findChildren(FlowLabel)]

    for key, words in (("prices", options_help.GAPS), ("people", options_help.SCARCE), ("who", options_help.PARTNERS)):
        section.turn_to(key)
        assert words.title in title()
    section.turn_to("together")
    part = section.part
    for column, words in ((1, options_help.RULE), (2, options_help.FIXED_PART), (0, options_help.TAKING_PART)):
        part.lines.setFocus()
        part.lines.place(part.lines.current_key() or shared_lines(together.appraisal)[0], column)
        assert words.title in title()
    section.turn_to("people")
    together.context.start(replace(together.context.view, appraisal=document()))
    assert options_help.PARTNERS.title in title()


def test_another_document_begins_with_the_partners(qtbot, together):
    page, section = at(qtbot, together, "people")
    together.context.start(replace(together.context.view, appraisal=document()))
    assert section.switch.current() == "who"
    assert isinstance(section.part, PartnerRecords)
    assert [one for one in page.findChildren(QWidget) if one is section.part]


def test_tab_goes_through_a_part_as_it_is_read(qtbot, together):
    page, section = at(qtbot, together, "who")
    section.part.fields["name"].line.setFocus()
    seen = []
    for _ in range(6):
        here = QApplication.focusWidget()
        seen.append(here.accessibleName())
        qtbot.keyClick(here, Qt.Key.Key_Tab)
    assert seen == [
        "Name, partner 1", "Which public body it is, partner 1", "People, partner 1", "Volume a year, partner 1",
        "Use a year, partner 1", "Leaves, chance a year, partner 1",
    ]  # fmt: skip
    assert page.section is section


def test_the_joint_option_is_the_first_in_hand_of_every_document(qtbot, together):
    page, part = arrangement(qtbot, together)
    assert part.options.current() == JOINT
    part.options.set_current("option-inhouse")
    part.options.chosen.emit("option-inhouse")
    together.context.start(replace(together.context.view, appraisal=document()))
    page.section.turn_to("together")
    assert part.options.current() == JOINT
