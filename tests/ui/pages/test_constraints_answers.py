from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from appraise.model.appraisal.constraints import Agreement, Bearer, Impact, RegisterKind, SupplierView
from appraise.ui.pages.constraints_chance import parse_cost

from .conftest import Desk
from .test_constraints import plain, shown, type_into, write_into


def test_suppliers_view_starts_as_ours_and_is_typed(qtbot: QtBot, desk: Desk) -> None:
    desk = plain(desk)
    page = shown(qtbot, desk)
    card = page.register.view
    first = desk.appraisal.constraints[0]
    assert card.isVisible()
    assert not card.own.isVisible()
    card.whose.chosen.emit("theirs")
    assert desk.appraisal.constraints[0].view == SupplierView(probability=first.probability, impact=first.impact)
    type_into(qtbot, card.percent, "45")
    type_into(qtbot, card.impact.high, "4m")
    view = desk.appraisal.constraints[0].view
    assert view is not None
    assert (view.probability, view.impact.high) == (0.45, Decimal("4000000.00"))
    assert card.title.text() == "Suppliers see a chance of 45 in\u00a0100"
    assert "Change suppliers' view of" in desk.actions[-1]
    card.whose.chosen.emit("ours")
    assert desk.appraisal.constraints[0].view is None
    desk.undo()
    assert card.percent.text() == "45"


def test_the_view_is_hidden_where_no_supplier_prices_it(qtbot: QtBot, desk: Desk) -> None:
    desk = plain(desk)
    page = shown(qtbot, desk)
    model = page.register.bearers.model
    model.apply(model.index(model.place_of("option-outsource"), 1), Bearer.IN_HOUSE.value)
    assert not page.register.view.isVisible()
    assert not page.register.bearers.prices.isVisible()
    assert not page.register.bearers.terms.isVisible()
    assert not page.side.pricing.isVisible()


def test_settling_is_typed_and_told_in_the_title(qtbot: QtBot, desk: Desk) -> None:
    desk = plain(desk)
    page = shown(qtbot, desk)
    card = page.register.settling
    assert card.title.text() == "Asking first costs nothing"
    type_into(qtbot, card.cost, "25k")
    type_into(qtbot, card.delay, "60,000")
    type_into(qtbot, card.success, "80")
    card.reveals.chosen.emit("size")
    write_into(card.how, "Ask for a meeting.")
    settling = desk.appraisal.constraints[0].settling
    assert (settling.cost, settling.delay_cost) == (Decimal("25000.00"), Decimal("60000.00"))
    assert (settling.success, settling.reveals_size, settling.how) == (0.8, True, "Ask for a meeting.")
    assert card.title.text() == "Asking first costs £85,000; an answer comes in time in 80\u00a0% of cases"
    type_into(qtbot, card.cost, "-5")
    assert "0 or more" in card.cost.fault()
    assert desk.appraisal.constraints[0].settling.cost == Decimal("25000.00")
    assert len(desk.actions) == 5


def test_prevention_comes_and_goes(qtbot: QtBot, desk: Desk) -> None:
    desk = plain(desk)
    page = shown(qtbot, desk)
    card = page.register.prevention
    assert not card.terms.isVisible()
    card.known.chosen.emit("something")
    type_into(qtbot, card.cost, "90,000")
    type_into(qtbot, card.left, "12")
    write_into(card.evidence, "A survey.")
    known = desk.appraisal.constraints[0].prevention
    assert known is not None
    assert (known.cost, known.probability, known.evidence) == (Decimal("90000.00"), 0.12, "A survey.")
    assert card.title.text() == "£90,000 brings the chance to 12\u00a0%"
    card.known.chosen.emit("nothing")
    assert desk.appraisal.constraints[0].prevention is None
    desk.undo()
    assert card.evidence.text() == "A survey."


def test_a_risk_is_asked_of_nobody(qtbot: QtBot, desk: Desk) -> None:
    desk = plain(desk)
    page = shown(qtbot, desk)
    page.register.chance.kind.chosen.emit("risk")
    assert desk.appraisal.constraints[0].kind is RegisterKind.RISK
    assert not page.register.agreement.agreement.isVisible()
    assert not page.register.agreement.asked.isVisible()
    assert page.register.agreement.evidence.isVisible()
    type_into(qtbot, page.register.bearers.manager, "The drainage team")
    assert desk.appraisal.constraints[0].manager == "The drainage team"
    said = page.register.list.register.model().index(0, 0).data(Qt.ItemDataRole.DisplayRole)
    assert said.endswith("managed by The drainage team. Risk.")
    agreed = page.register.list.agreed.text()
    assert agreed == f"0 of {len(desk.appraisal.constraints) - 1} agreed"


def test_an_agreed_entry_that_becomes_a_risk_can_be_opened_again(qtbot: QtBot, desk: Desk) -> None:
    desk = plain(desk)
    first = replace(desk.appraisal.constraints[0], kind=RegisterKind.RISK, agreement=Agreement.AGREED)
    desk = Desk(replace(desk.appraisal, constraints=(first, *desk.appraisal.constraints[1:])))
    page = shown(qtbot, desk)
    assert page.register.agreement.agreement.isVisible()


def test_claims_that_are_left_with_a_supplier_are_edited(qtbot: QtBot, desk: Desk) -> None:
    desk = plain(desk)
    page = shown(qtbot, desk)
    terms = page.register.bearers.terms
    assert terms.residual.isVisible()
    assert not terms.claims.isVisible()
    for column, text in ((1, "20"), (2, "50"), (3, "15"), (4, "30,000")):
        assert terms.residual_model.apply(terms.residual_model.index(0, column), text) == ""
    bearing = next(one for one in desk.appraisal.constraints[0].bearings if one.option == "option-outsource")
    assert (bearing.residual_probability, bearing.residual_share) == (0.2, 0.5)
    assert (bearing.uplift, bearing.dispute_cost) == (0.15, Decimal("30000.00"))
    model = page.register.bearers.model
    kept = model.rows[model.place_of("option-outsource")].cells[4].text
    assert any(figure in kept for figure in "123456789")
    assert terms.residual_model.apply(terms.residual_model.index(0, 1), "120")
    assert terms.fault.isVisible()


def test_disputes_may_be_paid_when_refused(qtbot: QtBot, desk: Desk) -> None:
    desk = plain(desk)
    page = shown(qtbot, desk)
    model, terms = page.register.bearers.model, page.register.bearers.terms
    model.apply(model.index(model.place_of("option-outsource"), 1), Bearer.COMPENSATION.value)
    terms.claims_model.apply(terms.claims_model.index(0, 4), "refused")
    bearing = next(one for one in desk.appraisal.constraints[0].bearings if one.option == "option-outsource")
    assert bearing.dispute_if_refused
    assert terms.claims_model.rows[0].cells[4].text == "Also if refused"


@pytest.mark.parametrize("field", ["view", "settling", "prevention", "manager", "body"])
def test_errors_of_the_new_fields_are_shown_at_their_place(qtbot: QtBot, desk: Desk, field: str) -> None:
    desk = plain(desk)
    first = desk.appraisal.constraints[0]
    wrong = Impact(low=Decimal("9.00"), likely=Decimal("2.00"), high=Decimal("3.00"))
    first = replace(
        first,
        view=SupplierView(probability=1.5, impact=wrong),
        settling=replace(first.settling, success=1.2, cost=Decimal("-5.00")),
    )
    page = shown(qtbot, Desk(replace(desk.appraisal, constraints=(first, *desk.appraisal.constraints[1:]))))
    assert "1.5" in page.register.view.errors.text()
    assert page.register.settling.errors.isVisible()
    page.focus_place(first.id, field)
    focused = page.focusWidget()
    assert focused is not None
    assert page.isAncestorOf(focused)


def test_half_typed_text_stays_with_its_entry(qtbot: QtBot, desk: Desk) -> None:
    desk = plain(desk)
    page = shown(qtbot, desk)
    type_into(qtbot, page.register.settling.cost, "some")
    page.register.settling.how.sheet.setFocus()
    page.register.settling.how.sheet.setPlainText("Half")
    page.focus_place(desk.appraisal.constraints[1].id, "name")
    assert page.register.settling.cost.fault() == ""
    assert page.register.settling.how.text() == ""
    assert desk.appraisal.constraints[0].settling.how == ""


def test_a_cost_is_empty_or_not_below_zero() -> None:
    assert parse_cost(" ") == Decimal("0.00")
    assert parse_cost("1.5k") == Decimal("1500.00")
    with pytest.raises(ValueError, match="0 or more"):
        parse_cost("-1")
