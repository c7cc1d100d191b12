"""One option of a constraint: shares and lot, pain and gain, and what is done about it."""

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from appraise.model.appraisal.constraints import Band, Bearer, Bearing, Impact, Management, RegisterKind
from appraise.model.appraisal.lines import Shape
from appraise.model.risk_premium import bearings_of
from appraise.present import wording
from appraise.ui.pages.constraints import ConstraintsPage
from appraise.ui.pages.constraints_option import OptionCard
from appraise.ui.widgets.table_model import DataTableModel

from .conftest import Desk
from .test_constraints import plain, shown, type_into, write_into

OUTSOURCE = "option-outsource"


def typed(model: DataTableModel, key: str, column: int, text: str) -> str:
    return model.apply(model.index(model.place_of(key), column), text)


def parts(desk: Desk, option: str = OUTSOURCE) -> dict[Bearer, Bearing]:
    return {one.bearer: one for one in bearings_of(desk.appraisal.constraints[0], option)}


def opened(qtbot: QtBot, desk: Desk, option: str = OUTSOURCE) -> tuple[ConstraintsPage, OptionCard]:
    """The card of an option, taken in hand by its row."""
    page = shown(qtbot, desk)
    page.register.bearers.table.place(option)
    card = page.register.option
    assert card.option == option
    return page, card


def test_the_row_in_hand_and_the_switch_bring_an_option_to_hand(qtbot: QtBot, desk: Desk) -> None:
    _, card = opened(qtbot, plain(desk))
    assert card.title.text() == "How Outsource bears it"
    card.switch.chosen.emit("option-joint")
    assert card.title.text().startswith("How Joint")
    assert card.shares.sum.text() == "Together 100\u00a0%."
    assert len(card.shares.model.rows) == len(Bearer), "no row that cannot be typed into"


def test_a_second_bearer_takes_its_share_from_the_first(qtbot: QtBot, desk: Desk) -> None:
    desk = plain(desk)
    page, card = opened(qtbot, desk)
    assert typed(card.shares.model, "in_house", 1, "40") == ""
    assert {bearer: one.share for bearer, one in parts(desk).items()} == {Bearer.SUPPLIER: 0.6, Bearer.IN_HOUSE: 0.4}
    assert desk.actions == ["Change the shares of Flood-risk permit"]
    row = page.register.bearers.model.rows[page.register.bearers.model.place_of(OUTSOURCE)]
    assert "Priced 60, kept 40: Supplier, in its price: 60\u00a0%" in row.cells[1].said()
    assert card.shares.sum.text() == "Together 100\u00a0%. “Supplier, in its price” takes the rest."
    assert row.cells[4].text != wording.DASH, "the authority keeps a part"
    assert row.cells[5].text != wording.DASH, "the supplier prices the other"
    desk.undo()
    assert list(parts(desk)) == [Bearer.SUPPLIER]


def test_of_two_bearers_the_other_takes_the_rest(qtbot: QtBot, desk: Desk) -> None:
    desk = plain(desk)
    _, card = opened(qtbot, desk)
    typed(card.shares.model, "in_house", 1, "40")
    typed(card.shares.model, "in_house", 1, "30")
    assert {bearer: one.share for bearer, one in parts(desk).items()} == {Bearer.SUPPLIER: 0.7, Bearer.IN_HOUSE: 0.3}
    typed(card.shares.model, "supplier", 1, "100")
    assert {bearer: one.share for bearer, one in parts(desk).items()} == {Bearer.SUPPLIER: 1.0}
    desk.undo()
    assert card.shares.sum.text() == "Together 100\u00a0%.", "what is undone is not told any more"


def test_shares_of_three_stay_as_typed_are_told_live_and_mended(qtbot: QtBot, desk: Desk) -> None:
    desk = plain(desk)
    page, card = opened(qtbot, desk)
    typed(card.shares.model, "in_house", 1, "40")
    typed(card.shares.model, "pain_gain", 1, "10")
    typed(card.shares.model, "supplier", 1, "40")
    assert [one.share for one in parts(desk).values()] == [0.4, 0.4, 0.1]
    assert card.shares.sum.text() == "The shares add up to 90\u00a0%: nobody bears the other 10\u00a0%."
    row = page.register.bearers.model.rows[page.register.bearers.model.place_of(OUTSOURCE)]
    assert "not 100" in row.cells[1].said()
    assert not page.register.bearers.errors.isVisible(), "it is told once, where it is mended"
    typed(card.shares.model, "supplier", 1, "50")
    assert card.shares.sum.text() == "Together 100\u00a0%."
    row = page.register.bearers.model.rows[page.register.bearers.model.place_of(OUTSOURCE)]
    assert row.cells[1].said().startswith("Priced 50, kept 40 + 1")
    assert page.context.view.results is not None


def test_a_share_of_0_takes_a_bearer_out_but_never_the_last(qtbot: QtBot, desk: Desk) -> None:
    desk = plain(desk)
    _, card = opened(qtbot, desk)
    assert "another bearer" in typed(card.shares.model, "supplier", 1, "60"), "nobody would bear the rest"
    typed(card.shares.model, "pain_gain", 1, "25")
    typed(card.shares.model, "supplier", 1, "0")
    assert {bearer: one.share for bearer, one in parts(desk).items()} == {Bearer.PAIN_GAIN: 1.0}
    assert "Somebody has to bear it" in typed(card.shares.model, "pain_gain", 1, "0")
    assert card.shares.fault.isVisible()
    assert list(parts(desk)) == [Bearer.PAIN_GAIN]
    assert "130" in typed(card.shares.model, "pain_gain", 1, "130")
    typed(card.shares.model, "supplier", 1, "100")
    assert {bearer: one.share for bearer, one in parts(desk).items()} == {Bearer.SUPPLIER: 1.0}


def test_several_is_offered_in_the_table_of_bearers(qtbot: QtBot, desk: Desk) -> None:
    desk = plain(desk)
    page, card = opened(qtbot, desk)
    qtbot.waitUntil(page.isActiveWindow)
    bearers = page.register.bearers.model
    typed(bearers, "option-usual" if bearers.place_of("option-usual") >= 0 else bearers.rows[0].key, 1, "several")
    assert card.shares.table.hasFocus()
    assert card.option == bearers.rows[0].key
    assert parts(desk, bearers.rows[0].key)[Bearer.IN_HOUSE].share == 1.0


def test_a_lot_is_chosen_and_a_new_one_is_named_on_purpose(qtbot: QtBot, desk: Desk) -> None:
    desk = plain(desk)
    _, card = opened(qtbot, desk)
    assert [words for _, words in card.shares.model.rows[0].cells[2].choices] == ["The one contract", "New lot …"]
    assert not card.shares.lot.isVisible()
    assert typed(card.shares.model, "supplier", 2, "new") == ""
    assert card.shares.lot.isVisible()
    assert desk.actions == []
    type_into(qtbot, card.shares.lot, " Coast ")
    assert parts(desk)[Bearer.SUPPLIER].lot == "Coast"
    assert desk.actions == ["Change the lot of Flood-risk permit"]
    assert not card.shares.lot.isVisible()
    choices = dict(card.shares.model.rows[0].cells[2].choices)
    assert list(choices.values()) == ["The one contract", "Coast", "New lot …"]
    typed(card.shares.model, "supplier", 2, "")
    assert parts(desk)[Bearer.SUPPLIER].lot == ""
    assert card.shares.model.rows[0].cells[2].text == "The one contract"
    typed(card.shares.model, "supplier", 2, "Caost")
    assert parts(desk)[Bearer.SUPPLIER].lot == "", "a slip makes no lot"


def pained(qtbot: QtBot, desk: Desk) -> tuple[ConstraintsPage, OptionCard]:
    page, card = opened(qtbot, desk)
    typed(page.register.bearers.model, OUTSOURCE, 1, Bearer.PAIN_GAIN.value)
    assert card.pain.isVisible()
    return page, card


def test_pain_and_gain_are_typed_and_the_table_follows(qtbot: QtBot, desk: Desk) -> None:
    desk = plain(desk)
    _, card = pained(qtbot, desk)
    assert card.pain.idle.isVisible(), "without a target nothing can be saved"
    assert not card.pain.gain.isEnabled()
    type_into(qtbot, card.pain.target, "1m")
    type_into(qtbot, card.pain.gain, "30")
    type_into(qtbot, card.pain.cap, "200k")
    terms = parts(desk)[Bearer.PAIN_GAIN].terms
    assert (terms.target, terms.gain, terms.cap) == (Decimal("1000000.00"), 0.3, Decimal("200000.00"))
    rows = {row.cells[0].text: [cell.text for cell in row.cells[1:]] for row in card.pain.model.rows}
    assert rows["It does not happen: a saving"] == ["£0", "£700k", "−£700k"]
    assert rows["At the target"] == ["£1,000k", "£1,000k", "£0"]
    assert 3 <= len(rows) <= 5
    assert "whole impact" in card.pain.whole.text()
    assert not card.pain.idle.isVisible()
    assert card.pain.gain.isEnabled()
    assert rows["High impact"][2] == "£200k", "the cap holds"
    card.pain.cap.line.selectAll()
    qtbot.keyClick(card.pain.cap.line, Qt.Key.Key_Delete)
    qtbot.keyClick(card.pain.cap.line, Qt.Key.Key_Return)
    assert parts(desk)[Bearer.PAIN_GAIN].terms.cap is None
    type_into(qtbot, card.pain.target, "-5")
    assert "0 or more" in card.pain.target.fault()
    assert desk.actions[1:] == [
        f"Change {what} of Flood-risk permit" for what in ("the target", "the share of savings", "the cap", "the cap")
    ]


def test_bands_are_added_changed_and_removed(qtbot: QtBot, desk: Desk) -> None:
    desk = plain(desk)
    _, card = pained(qtbot, desk)
    type_into(qtbot, card.pain.target, "400,000")
    card.pain.bands.add.click()
    assert parts(desk)[Bearer.PAIN_GAIN].terms.bands == (Band(up_to=Decimal("400000.00")), Band())
    model = card.pain.bands.model
    assert typed(model, "0", 1, "250k") == ""
    assert typed(model, "0", 2, "20") == ""
    assert typed(model, "1", 2, "80") == ""
    bands = (Band(up_to=Decimal("250000.00"), share=0.2), Band(share=0.8))
    assert parts(desk)[Bearer.PAIN_GAIN].terms.bands == bands
    assert [[cell.text for cell in row.cells] for row in model.rows] == [
        ["0", "250,000", "20"],
        ["250,000", "without end", "80"],
    ]
    assert "where this band begins" in typed(model, "0", 1, "0")
    assert card.pain.bands.fault.isVisible()
    card.pain.bands.removed.emit("1")
    assert parts(desk)[Bearer.PAIN_GAIN].terms.bands == (Band(share=0.2),)
    assert not card.pain.bands.remove.isEnabled()
    desk.undo()
    assert parts(desk)[Bearer.PAIN_GAIN].terms.bands == bands


def test_what_is_done_about_it_holds_for_the_option_and_wants_evidence(qtbot: QtBot, desk: Desk) -> None:
    desk = plain(desk)
    page, card = opened(qtbot, desk)
    assert not card.managed.terms.isVisible()
    card.managed.known.chosen.emit("something")
    assert "counts for nothing" in card.managed.fault.text()
    assert card.managed.fault.isVisible()
    assert page.context.view.results is not None, "figures stay"
    assert not page.context.view.stale
    chance = page.register.bearers.model.rows[page.register.bearers.model.place_of(OUTSOURCE)].cells[2]
    assert chance.icon == "attention"
    type_into(qtbot, card.managed.left, "12")
    type_into(qtbot, card.managed.cost, "80k")
    chance = page.register.bearers.model.rows[page.register.bearers.model.place_of(OUTSOURCE)].cells[2]
    assert chance.text == "30\u00a0%", "it counts for nothing yet"
    assert "counts for nothing" in chance.said()
    assert not page.register.bearers.managing.isVisible()
    write_into(card.managed.evidence, "Telemetry on 40 culverts.")
    assert parts(desk)[Bearer.SUPPLIER].managed == Management(
        probability=0.12, cost=Decimal("80000.00"), evidence="Telemetry on 40 culverts."
    )
    assert not card.managed.fault.isVisible()
    bearers = page.register.bearers
    chance = bearers.model.rows[bearers.model.place_of(OUTSOURCE)].cells[2]
    assert (chance.text, chance.icon) == ("12\u00a0%", "")
    assert bearers.model.rows[bearers.model.place_of("option-inhouse")].cells[2].text == "30\u00a0%"
    assert "£80,000" in bearers.managing.text()
    card.managed.known.chosen.emit("nothing")
    assert parts(desk)[Bearer.SUPPLIER].managed is None
    assert desk.actions[-1] == "Change what is done about it of Flood-risk permit"


@pytest.mark.parametrize("option", [OUTSOURCE, "option-inhouse"])
def test_insourced_and_outsourced_are_offered_the_same(qtbot: QtBot, desk: Desk, option: str) -> None:
    desk = plain(desk)
    _, card = opened(qtbot, desk, option)
    card.managed.known.chosen.emit("something")
    card.managed.whose.chosen.emit("own")
    type_into(qtbot, card.managed.impact.high, "5m")
    card.managed.impact.shape.chosen.emit(Shape.TRIANGULAR.value)
    (one,) = parts(desk, option).values()
    assert one.managed is not None
    assert one.managed.impact is not None
    assert (one.managed.impact.high, one.managed.impact.shape) == (Decimal("5000000.00"), Shape.TRIANGULAR)
    card.managed.whose.chosen.emit("same")
    (one,) = parts(desk, option).values()
    assert one.managed == Management(probability=0.3)


def test_among_several_bearers_one_does_it(qtbot: QtBot, desk: Desk) -> None:
    desk = plain(desk)
    _, card = opened(qtbot, desk)
    typed(card.shares.model, "in_house", 1, "40")
    card.managed.known.chosen.emit("something")
    assert card.managed.whom.isVisible()
    card.managed.who.chosen.emit(Bearer.IN_HOUSE.value)
    assert parts(desk)[Bearer.SUPPLIER].managed is None
    assert parts(desk)[Bearer.IN_HOUSE].managed == Management(probability=0.3)
    desk.undo()
    assert parts(desk)[Bearer.SUPPLIER].managed == Management(probability=0.3)


def test_half_typed_terms_stay_with_their_option(qtbot: QtBot, desk: Desk) -> None:
    desk = plain(desk)
    _, card = pained(qtbot, desk)
    type_into(qtbot, card.pain.target, "lots")
    assert card.pain.target.fault()
    typed(card.shares.model, "in_house", 1, "most")
    assert card.shares.fault.isVisible()
    card.switch.chosen.emit("option-joint")
    card.switch.chosen.emit(OUTSOURCE)
    assert card.shares.fault.isHidden()
    assert card.shares.model.rows[2].half_typed == {}


def test_the_shape_of_an_impact_is_picked_and_an_even_one_has_no_likely_value(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    chance = page.register.chance
    before = desk.appraisal.constraints[0].impact
    chance.impact.shape.chosen.emit(Shape.UNIFORM.value)
    middle = (before.low + before.high) / 2
    assert desk.appraisal.constraints[0].impact == Impact(
        low=before.low, likely=middle, high=before.high, shape=Shape.UNIFORM
    )
    assert not chance.impact.likely.isVisible()
    type_into(qtbot, chance.impact.low, str(before.high - 10))
    assert desk.appraisal.constraints[0].impact.likely == before.high - 5, "it stays in the middle"
    assert desk.actions == [
        "Change the shape of the impact of Flood-risk permit",
        "Change the impact of Flood-risk permit",
    ]
    desk.undo()
    desk.undo()
    assert desk.appraisal.constraints[0].impact == before
    assert chance.impact.likely.isVisible()


def test_only_a_risk_may_happen_in_each_option_by_itself(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    chance = page.register.chance
    assert not chance.happens.isVisible()
    chance.kind.chosen.emit(RegisterKind.RISK.value)
    assert chance.happens.isVisible()
    chance.once.chosen.emit("each")
    assert not desk.appraisal.constraints[0].shared
    assert desk.actions[-1] == "Change where it happens of Flood-risk permit"
    chance.kind.chosen.emit(RegisterKind.CONSTRAINT.value)
    assert chance.happens.isVisible(), "what makes no sense can be put right"


def test_wrong_shares_and_effects_of_a_file_are_shown_and_told(qtbot: QtBot, desk: Desk) -> None:
    """Shares, bands and management that are wrong in a file are shown and told."""
    one = desk.appraisal.constraints[0]
    bearings = (
        Bearing(option=OUTSOURCE, bearer=Bearer.SUPPLIER, share=0.9, managed=Management(probability=1.4)),
        Bearing(option=OUTSOURCE, bearer=Bearer.PAIN_GAIN, share=0.3),
    )
    wrong = Desk(
        replace(desk.appraisal, constraints=(replace(one, bearings=bearings), *desk.appraisal.constraints[1:]))
    )
    page, card = opened(qtbot, wrong)
    assert card.shares.sum.isVisible()
    assert card.managed.left.text() == "140"
    assert page.register.bearers.errors.isVisible()
    assert "outside 0 to 1" in page.register.bearers.errors.text()


def test_a_finding_about_bearers_leads_to_the_option_that_it_is_about(qtbot: QtBot, desk: Desk) -> None:
    desk = plain(desk)
    page, card = opened(qtbot, desk)
    qtbot.waitUntil(page.isActiveWindow)
    first = desk.appraisal.constraints[0].id
    typed(card.shares.model, "in_house", 1, "40")
    typed(card.shares.model, "pain_gain", 1, "10")
    card.switch.chosen.emit("option-joint")
    page.focus_place(first, "bearings")
    assert card.option == OUTSOURCE
    assert card.shares.table.hasFocus()
    typed(card.shares.model, "pain_gain", 1, "0")
    card.managed.known.chosen.emit("something")
    card.switch.chosen.emit("option-joint")
    page.focus_place(first, "bearings")
    assert card.option == OUTSOURCE
    assert card.managed.evidence.sheet.hasFocus()
    write_into(card.managed.evidence, "A trial.")
    page.focus_place(first, "bearings")
    assert page.register.bearers.table.hasFocus()
