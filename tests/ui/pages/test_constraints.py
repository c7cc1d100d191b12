from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from appraise.model import risk_premium
from appraise.model.appraisal.constraints import (
    Agreement,
    Bearer,
    Bearing,
    Impact,
    Pricing,
    Principle,
    RegisterKind,
    Settling,
)
from appraise.present import wording
from appraise.ui.pages.constraints import ConstraintsPage
from appraise.ui.pages.constraints_chance import amount_text, parse_more, parse_share, share_text
from appraise.ui.pages.constraints_help import helps
from appraise.ui.widgets.fields import TextArea, TextField

from .conftest import Desk


def shown(qtbot: QtBot, desk: Desk) -> ConstraintsPage:
    page = ConstraintsPage(desk.context)
    qtbot.addWidget(page)
    qtbot.addWidget(page.pane)
    page.resize(860, 820)
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    return page


def plain(desk: Desk) -> Desk:
    """The example with nothing said about suppliers, settling or prevention; the supplier carries the first entry."""
    constraints = []
    for number, one in enumerate(desk.appraisal.constraints):
        bearings = tuple(
            Bearing(
                option=bearing.option,
                bearer=Bearer.SUPPLIER if bearing.option == "option-outsource" else Bearer.IN_HOUSE,
            )
            for bearing in {bearing.option: bearing for bearing in one.bearings}.values()
            if number or bearing.option in ("option-inhouse", "option-outsource", "option-joint")
        )
        constraints.append(
            replace(
                one, bearings=bearings, view=None, settling=Settling(), prevention=None, kind=RegisterKind.CONSTRAINT
            )
        )
    pricing = Pricing(principle=Principle.EXPECTED_VALUE, strength=0.0)
    options = tuple(replace(option, pricing=pricing) for option in desk.appraisal.options)
    return Desk(replace(desk.appraisal, constraints=tuple(constraints), options=options))


def bearing_in(desk: Desk, option: str) -> Bearing | None:
    """The only bearing of the first entry in an option."""
    parts = risk_premium.bearings_of(desk.appraisal.constraints[0], option)
    assert len(parts) <= 1
    return parts[0] if parts else None


def type_into(qtbot: QtBot, field: TextField, text: str) -> None:
    field.line.setFocus()
    field.line.selectAll()
    qtbot.keyClicks(field.line, text)
    qtbot.keyClick(field.line, Qt.Key.Key_Return)


def write_into(area: TextArea, text: str) -> None:
    area.sheet.setPlainText(text)
    area.sheet.left.emit()


def test_the_register_drives_the_record(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    page.register.list.register.setFocus()
    assert page.register.chance.name.text() == desk.appraisal.constraints[0].name
    qtbot.keyClick(page.register.list.register, Qt.Key.Key_Down)
    second = desk.appraisal.constraints[1]
    assert page.register.chance.name.text() == second.name
    assert page.register.agreement.agreement.current() == second.agreement.value
    assert page.register.list.agreed.accessibleName() == "0 of 5 agreed"
    assert desk.actions == []


def test_dragging_the_chance_is_one_step_and_moves_the_expected_cost(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    before = page.register.bearers.model.rows[0].cells[4].text
    page.register.chance.slider.setFocus()
    for _ in range(3):
        qtbot.keyClick(page.register.chance.slider, Qt.Key.Key_PageUp)
    qtbot.keyClick(page.register.chance.slider, Qt.Key.Key_Return)
    assert desk.appraisal.constraints[0].probability == pytest.approx(0.6)
    assert page.register.chance.percent.text() == "60"
    assert page.register.bearers.model.rows[0].cells[4].text != before
    assert desk.actions == ["Change the chance of Flood-risk permit"]
    desk.undo()
    assert page.register.chance.slider.value() == 30
    assert page.register.bearers.model.rows[0].cells[4].text == before


def test_two_drags_are_two_steps(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    page.register.chance.slider.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right):
        qtbot.keyClick(page.register.chance.slider, key)
        qtbot.keyClick(page.register.chance.slider, Qt.Key.Key_Return)
    assert len(desk.actions) == 2


@pytest.mark.parametrize(("typed", "share"), [("45", 0.45), ("3 in 10", 0.3), ("0.2", 0.2), ("1", 0.01), ("7 %", 0.07)])
def test_a_chance_can_be_typed_as_people_write_it(qtbot: QtBot, desk: Desk, typed: str, share: float) -> None:
    page = shown(qtbot, desk)
    type_into(qtbot, page.register.chance.percent, "99")
    type_into(qtbot, page.register.chance.percent, typed)
    assert desk.appraisal.constraints[0].probability == pytest.approx(share)
    assert page.register.chance.percent.text() == share_text(share)


def test_an_impossible_chance_keeps_the_text_and_says_why(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    type_into(qtbot, page.register.chance.percent, "130")
    assert desk.appraisal.constraints[0].probability == 0.3
    assert page.register.chance.percent.text() == "130"
    assert "130" in page.register.chance.percent.fault()


def test_an_impact_is_typed_and_one_out_of_order_is_said(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    type_into(qtbot, page.register.chance.impact.likely, "1.8m")
    assert desk.appraisal.constraints[0].impact.likely == Decimal("1800000.00")
    assert page.register.chance.impact.likely.text() == "1,800,000"
    assert not page.register.chance.faults["impact"].isVisible()
    type_into(qtbot, page.register.chance.impact.low, "3m")
    assert desk.appraisal.constraints[0].impact.low == Decimal("3000000.00")
    assert "not in the order low, likely, high" in page.register.chance.faults["impact"].text()
    assert page.register.chance.faults["impact"].isVisible()
    desk.undo()
    assert not page.register.chance.faults["impact"].isVisible()


def test_years_and_index_are_picked(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    page.register.chance.first.chosen.emit("7")
    first = desk.appraisal.constraints[0]
    assert (first.impact_from, first.impact_years) == (7, 1)
    page.register.chance.first.chosen.emit("2")
    page.register.chance.years.chosen.emit("4")
    page.register.chance.index.chosen.emit("index-pay")
    first = desk.appraisal.constraints[0]
    assert (first.impact_from, first.impact_years, first.index) == (2, 4, "index-pay")
    assert page.register.chance.first.currentText() == "2029/30"
    assert page.register.chance.years.currentText() == "four years"


def test_words_and_agreement_reach_the_document(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    type_into(qtbot, page.register.chance.name, "Culvert permit")
    type_into(qtbot, page.register.chance.body, "The regulator")
    type_into(qtbot, page.register.agreement.asked, "1 May 2026")
    type_into(qtbot, page.register.agreement.expected, "June")
    write_into(page.register.agreement.unclear, "How many screens.")
    write_into(page.register.agreement.evidence, "A letter.")
    page.register.agreement.agreement.chosen.emit("agreed")
    first = desk.appraisal.constraints[0]
    assert (first.name, first.body, first.asked_on, first.answer_expected) == (
        "Culvert permit",
        "The regulator",
        "1 May 2026",
        "June",
    )
    assert (first.unclear, first.evidence, first.agreement) == ("How many screens.", "A letter.", Agreement.AGREED)
    assert len(desk.actions) == 7
    assert page.register.list.agreed.accessibleName() == "1 of 5 agreed"


def test_the_table_says_who_bears_it_and_what_that_comes_to(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    rows = {row.key: [cell.said() for cell in row.cells] for row in page.register.bearers.model.rows}
    mean = wording.money_short(risk_premium.mean_impact(desk.appraisal.constraints[0].impact))
    results = desk.context.view.results
    assert results is not None
    outsourced = next(one for one in results.options if one.id == "option-outsource")
    assert outsourced.economic is not None
    priced = next(row for row in outsourced.economic.rows if row.kind == "premium" and "flood" in row.id)
    assert rows["option-outsource"][2:4] == ["30\u00a0%", mean]
    assert rows["option-outsource"][4:] == [wording.DASH, wording.money_short(priced.present_value)]
    assert rows["option-inhouse"][5] == wording.DASH


def test_the_bearer_is_picked_in_the_table(qtbot: QtBot, desk: Desk) -> None:
    desk = plain(desk)
    page = shown(qtbot, desk)
    model = page.register.bearers.model
    row = model.place_of("option-joint")
    assert model.apply(model.index(row, 1), Bearer.SUPPLIER.value) == ""
    bearing = bearing_in(desk, "option-joint")
    assert bearing is not None
    assert bearing.bearer is Bearer.SUPPLIER
    assert model.rows[row].cells[4].text == wording.DASH
    assert model.rows[row].cells[5].text != wording.DASH
    model.apply(model.index(row, 1), "")
    assert bearing_in(desk, "option-joint") is None
    assert model.rows[row].cells[1].said() == "Not exposed"
    desk.undo()
    desk.undo()
    assert desk.appraisal.constraints[0].bearings[-1].bearer is Bearer.IN_HOUSE


def test_claims_are_shown_and_edited_only_where_an_authority_compensates(qtbot: QtBot, desk: Desk) -> None:
    desk = plain(desk)
    page = shown(qtbot, desk)
    assert not page.register.bearers.terms.claims.isVisible()
    page.register.bearers.model.apply(
        page.register.bearers.model.index(page.register.bearers.model.place_of("option-outsource"), 1),
        Bearer.COMPENSATION.value,
    )
    assert page.register.bearers.terms.claims.isVisible()
    model = page.register.bearers.terms.claims_model
    for column, text in ((1, "80"), (2, "15"), (3, "40,000")):
        assert model.apply(model.index(0, column), text) == ""
    bearing = bearing_in(desk, "option-outsource")
    assert bearing is not None
    assert (bearing.admitted, bearing.uplift, bearing.dispute_cost) == (0.8, 0.15, Decimal("40000.00"))
    assert "below" in model.apply(model.index(0, 3), "-5") or page.register.bearers.terms.fault.text()
    assert page.register.bearers.terms.fault.isVisible()
    bearing = bearing_in(desk, "option-outsource")
    assert bearing is not None
    assert bearing.dispute_cost == Decimal("40000.00")


def test_constraints_are_added_moved_and_removed(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    names = [one.name for one in desk.appraisal.constraints]
    qtbot.mouseClick(page.register.list.new, Qt.MouseButton.LeftButton)
    assert [one.name for one in desk.appraisal.constraints] == [*names, "New constraint"]
    assert page.register.chance.name.text() == "New constraint"
    qtbot.mouseClick(page.register.chance.up, Qt.MouseButton.LeftButton)
    assert desk.appraisal.constraints[-2].name == "New constraint"
    assert page.register.chance.down.isEnabled()
    qtbot.mouseClick(page.register.chance.remove, Qt.MouseButton.LeftButton)
    assert [one.name for one in desk.appraisal.constraints] == names
    assert page.register.chance.name.text() == names[-1]
    assert desk.actions[-1] == "Remove New constraint"
    page.register.list.register.setFocus()
    qtbot.keyClick(page.register.list.register, Qt.Key.Key_Delete)
    assert [one.name for one in desk.appraisal.constraints] == names[:-1]


def test_the_pane_says_what_it_does_and_how_suppliers_price(qtbot: QtBot, desk: Desk) -> None:
    desk = plain(desk)
    page = shown(qtbot, desk)
    rows = {row.key: row.cells for row in page.side.model.rows}
    assert rows["option-joint"][1].text.startswith(wording.MINUS)
    assert rows["option-joint"][2].text.startswith("+")
    assert rows["option-outsource"][1].text == wording.DASH
    assert "Joint service with Eastholme" in page.side.rank.text()
    assert page.side.pricing.text.text() == "Outsource: at the expected cost, without a margin."
    assert desk.appraisal.constraints[0].body in page.side.ask.text()


def test_the_table_of_bearers_needs_no_scroll_bar_in_a_window_of_1366(qtbot: QtBot, desk: Desk) -> None:
    """A page is about 800 px wide there; the shares of the pensions make the widest chips."""
    page = shown(qtbot, desk)
    page.resize(800, 800)
    for entry in desk.appraisal.constraints:
        page.focus_place(entry.id, "")
        page.grab()
        table = page.register.bearers.table
        assert table.horizontalScrollBar().maximum() == 0, entry.id


def test_help_follows_the_field_in_hand(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    qtbot.waitUntil(page.isActiveWindow)
    said = page.side.help._title
    wanted = (
        (page.register.chance.percent.line, "What are chance and impact?"),
        (page.register.bearers.terms.claims, "What do the terms of claims mean?"),
        (page.register.option.shares.table, "What are shares and lots?"),
        (page.register.bearers.table, "Who should bear it?"),
        (page.register.settling.cost.line, "What does settling cost?"),
    )
    for field, title in wanted:
        field.setFocus()
        assert said.text() == title
    page.turn_to("settling")
    assert page.side.help.isHidden()
    assert not page.side.reading.isHidden()


def test_every_help_is_short(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    texts = [one.text for one in helps(page.register).values()]
    assert len(set(texts)) > 10
    assert [part for text in texts for part in text.split(". ") if len(part.split()) > 25] == []


def test_without_constraints_the_page_invites_the_first(qtbot: QtBot, desk_with: Callable[..., Desk]) -> None:
    desk = desk_with(constraints=())
    page = shown(qtbot, desk)
    assert page.register.empty_card.isVisible()
    assert not page.register.sides.isVisible()
    qtbot.mouseClick(page.register.empty.action, Qt.MouseButton.LeftButton)
    assert len(desk.appraisal.constraints) == 1
    assert page.register.sides.isVisible()
    desk.undo()
    assert page.register.empty_card.isVisible()


def test_a_file_with_errors_is_shown_and_can_be_mended(qtbot: QtBot, desk: Desk) -> None:
    """A probability of 1.3 and low above high, as a foreign file may bring them."""
    first = desk.appraisal.constraints[0]
    impact = Impact(low=Decimal("9.00"), likely=Decimal("2.00"), high=Decimal("3.00"))
    bad = replace(first, probability=1.3, impact=impact)
    broken = Desk(replace(desk.appraisal, constraints=(bad, *desk.appraisal.constraints[1:])))
    page = shown(qtbot, broken)
    assert "1.3" in page.register.chance.faults["probability"].text()
    assert "not in the order" in page.register.chance.faults["impact"].text()
    assert page.register.chance.percent.text() == "130"
    assert page.register.bearers.model.rows[0].cells[4].text == wording.DASH
    type_into(qtbot, page.register.chance.percent, "30")
    type_into(qtbot, page.register.chance.impact.low, "1")
    assert broken.context.view.results is not None
    assert not page.register.chance.faults["probability"].isVisible()
    assert page.register.bearers.model.rows[0].cells[4].text != wording.DASH


@pytest.mark.parametrize("field", ["probability", "impact", "impact_from", "bearings", "agreement", "evidence", ""])
def test_a_finding_brings_its_constraint_to_hand(qtbot: QtBot, desk: Desk, field: str) -> None:
    page = shown(qtbot, desk)
    third = desk.appraisal.constraints[2]
    page.focus_place(third.id, field)
    assert page.register.chance.name.text() == third.name
    focused = page.focusWidget()
    assert focused is not None
    assert page.isAncestorOf(focused)


@pytest.mark.parametrize(("text", "share"), [("30", 0.3), ("1", 0.01), ("0.3", 0.3), ("12.5", 0.125), ("100", 1.0)])
def test_shares_are_read_and_written_back(text: str, share: float) -> None:
    assert parse_share(text) == pytest.approx(share)
    assert parse_share(share_text(share)) == pytest.approx(share)


def test_an_uplift_may_pass_a_hundred_but_not_nothing() -> None:
    assert parse_more("150") == pytest.approx(1.5)
    with pytest.raises(ValueError, match="0 or more"):
        parse_more("-5")


def test_amounts_show_pence_only_where_there_are_some() -> None:
    assert amount_text(Decimal("1500000.00")) == "1,500,000"
    assert amount_text(Decimal("0.50")) == "0.50"


def test_what_suppliers_price_moves_the_cost_for_certain(qtbot: QtBot, desk: Desk) -> None:
    """A constraint that only suppliers bear is no uncertainty of the authority, but it is in the price."""
    one = desk.appraisal.constraints[0]
    priced = replace(one, bearings=(Bearing(option="option-outsource", bearer=Bearer.SUPPLIER),))
    page = shown(qtbot, Desk(replace(desk.appraisal, constraints=(priced,))))
    said = page.side.rank.text()
    assert said.startswith("Suppliers price it, so it adds to the cost for certain: £")
    assert said.endswith("in Outsourced for seven years.")
    nobody = shown(qtbot, Desk(replace(desk.appraisal, constraints=(replace(one, bearings=()),))))
    assert nobody.side.rank.text() == "It moves no option's cost yet."


def test_a_text_that_cannot_be_read_stays_with_its_constraint(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    first, second = desk.appraisal.constraints[:2]
    type_into(qtbot, page.register.chance.impact.low, "twelve-ish")
    page.register.agreement.unclear.sheet.setFocus()
    page.register.agreement.unclear.sheet.setPlainText("Half a sen")
    assert page.register.chance.impact.low.fault()
    page.focus_place(second.id, "name")
    assert page.register.chance.impact.low.fault() == ""
    assert page.register.chance.impact.low.text() == amount_text(second.impact.low)
    assert page.register.agreement.unclear.text() == second.unclear
    page.focus_place(first.id, "name")
    assert page.register.chance.impact.low.text() == amount_text(first.impact.low)
    assert desk.appraisal.constraints[1] == second


def test_the_last_removal_leaves_the_keyboard_on_the_page(qtbot: QtBot, desk_with: Callable[..., Desk]) -> None:
    desk = desk_with()
    page = shown(qtbot, desk)
    qtbot.waitUntil(page.isActiveWindow)
    page.register.chance.remove.setFocus()
    for _ in desk.appraisal.constraints:
        page.register.chance.remove.click()
    assert desk.appraisal.constraints == ()
    assert page.register.empty.action.hasFocus()


def test_a_constraint_says_which_lines_bias_it_explains(qtbot: QtBot, desk: Desk) -> None:
    """One click ticks a line, another unticks it; only biased lines of options that meet it are offered."""
    page = shown(qtbot, desk)
    card = page.register.explains
    constraint = desk.appraisal.constraints[0]
    exposed = {bearing.option for bearing in constraint.bearings}
    offered = [line for line in desk.appraisal.lines if card._fits(line)]
    assert offered
    assert {line.option for line in offered} <= exposed
    fresh = next(line for line in offered if line.id not in constraint.lines)
    card.lines.ticked.emit(fresh.id, True)
    assert desk.appraisal.constraints[0].lines == (*constraint.lines, fresh.id)
    card.lines.ticked.emit(fresh.id, False)
    assert desk.appraisal.constraints[0].lines == constraint.lines


def test_years_out_of_reach_do_not_fill_the_memory(qtbot: QtBot, desk: Desk) -> None:
    """A damaged file may say any number of years; the list of years stays as long as prices are known."""
    far = replace(desk.appraisal.constraints[0], impact_from=-(2**53))
    wrong = replace(
        desk.appraisal, horizon=replace(desk.appraisal.horizon, years=2**53), constraints=(far,), scenarios=()
    )
    page = shown(qtbot, Desk(wrong))
    assert page.register.chance.first.count() < 200
