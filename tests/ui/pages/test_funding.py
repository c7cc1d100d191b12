from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from appraise.model.appraisal.funding import Settlement, SettlementStatus
from appraise.present import wording
from appraise.ui.pages.funding import FundingPage
from appraise.ui.pages.funding_pane import HELPS, funding_of, headings, short_years
from appraise.ui.widgets.labels import FlowLabel

from .conftest import Desk


def shown(qtbot: QtBot, desk: Desk) -> FundingPage:
    page = FundingPage(desk.context)
    qtbot.addWidget(page)
    qtbot.addWidget(page.pane)
    page.resize(860, 820)
    page.show()
    page.pane.show()
    qtbot.waitExposed(page)
    return page


def settlement(desk: Desk, place: int, scenario: int = 0) -> Settlement:
    return desk.appraisal.scenarios[scenario].settlements[place]


def test_the_page_opens_on_the_recommended_option(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    assert page.option.current() == desk.appraisal.recommendation.option
    assert page.scenario.current() == desk.appraisal.scenarios[0].id
    assert page.fan.isVisible()
    assert page.gaps.isVisible()


def test_the_pane_says_how_likely_a_short_year_is(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    page.scenario.setCurrentIndex(1)
    results = desk.context.view.results
    funding = funding_of(results, "option-joint", desk.appraisal.scenarios[1].id)
    assert funding is not None
    assert page.side.chance.text() == wording.percent(funding.probability_of_any_gap)
    off = wording.NINETEEN_OF_20 * sum(funding.gap_error_by_year)
    assert page.side.lines[0].text() == wording.simulated(sum(funding.expected_gap_by_year), off)
    points = wording.number(100 * wording.NINETEEN_OF_20 * funding.any_gap_error, 1)
    assert page.side.meaning.text() == f"chance that at least one year is short of money, ±{points} points"
    worst = max(range(8), key=funding.probability_of_gap_by_year.__getitem__)
    assert results is not None
    assert page.side.lines[2].text() == results.years[worst]
    row = next(row for row in page.side.model.rows if row.key == "option-joint")
    assert row.kind == "recommended"
    assert row.cells[2].icon == ("completed" if short_years(funding) == 0 else "attention")


def test_another_option_brings_another_chart(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    before = page.fan.view.chart()
    page.option.chosen.emit("option-usual")
    after = page.fan.view.chart()
    assert before is not None
    assert after is not None
    assert before.data.rows != after.data.rows
    assert page.side.title.text().startswith("Business as usual")


def test_money_is_typed_by_year(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    model = page.settlements.money_model
    before = page.side.lines[0].text()
    assert model.apply(model.index(1, 2), "9m") == ""
    assert settlement(desk, 1).amounts == (Decimal("9000000.00"),)
    assert desk.actions == ["Change the money of 2028/29"]
    assert page.side.lines[0].text() != before
    assert "cannot be below" in model.apply(model.index(1, 2), "-1")
    assert page.settlements.fault.isVisible()
    assert settlement(desk, 1).amounts == (Decimal("9000000.00"),)
    desk.undo()
    assert model.rows[1].cells[2].text == "6,550,000"


def test_years_that_a_settlement_does_not_cover_cannot_be_typed_into(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    model = page.settlements.money_model
    assert model.rows[0].cells[1].editable
    assert not model.rows[0].cells[2].editable
    assert model.rows[0].cells[2].text == wording.DASH


def test_terms_are_edited_in_the_table(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    model = page.settlements.terms_model
    edits = {0: "First cut", 1: "2", 2: "3", 3: "final", 4: "75", 5: "1", 6: "5", 7: "12"}
    for column, text in edits.items():
        assert model.apply(model.index(1, column), text) == ""
    one = settlement(desk, 1)
    assert (one.name, one.first_year, len(one.amounts)) == ("First cut", 2, 3)
    assert (one.status, one.renewal) == (SettlementStatus.FINAL, 0.75)
    assert (one.cut_low, one.cut_likely, one.cut_high) == (0.01, 0.05, 0.12)
    assert len(desk.actions) == 8


@pytest.mark.parametrize(("column", "text"), [(0, "  "), (2, "0"), (2, "99"), (4, "140"), (6, "a lot")])
def test_terms_that_cannot_be_read_change_nothing(qtbot: QtBot, desk: Desk, column: int, text: str) -> None:
    page = shown(qtbot, desk)
    model = page.settlements.terms_model
    before = desk.appraisal
    assert model.apply(model.index(1, column), text)
    assert desk.appraisal is before
    assert page.settlements.fault.isVisible()


def test_a_first_settlement_has_nothing_to_renew(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    assert [cell.editable for cell in page.settlements.terms_model.rows[0].cells[4:]] == [False] * 4
    assert [cell.editable for cell in page.settlements.terms_model.rows[1].cells[4:]] == [True] * 4


def test_a_block_is_pasted_as_one_step(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    page.scenario.setCurrentIndex(1)
    table = page.settlements.money
    table.setCurrentIndex(page.settlements.money_model.index(0, 1))
    QGuiApplication.clipboard().setText("£7,000,000\t6.9m\t6800000")
    table.paste()
    amounts = tuple(Decimal(text) for text in ("7000000.00", "6900000.00", "6800000.00"))
    assert settlement(desk, 0, 1).amounts == amounts
    assert len(desk.actions) == 1


def test_a_block_with_a_word_in_it_is_refused_whole(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    page.scenario.setCurrentIndex(1)
    page.settlements.money.setCurrentIndex(page.settlements.money_model.index(0, 1))
    QGuiApplication.clipboard().setText("7m\tlots")
    before = desk.appraisal
    page.settlements.money.paste()
    assert desk.appraisal is before
    assert page.settlements.fault.isVisible()


def test_a_chance_is_filled_down(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    page.settlements.terms_model.apply(page.settlements.terms_model.index(1, 4), "60")
    page.settlements.terms.filled_down.emit([1, 2, 3], 4)
    assert [settlement(desk, place).renewal for place in (1, 2, 3, 4)] == [0.6, 0.6, 0.6, 0.8]
    page.settlements.terms.filled_down.emit([0, 1], 3)
    assert settlement(desk, 1).status is settlement(desk, 0).status
    assert len(desk.actions) == 3


def test_scenarios_are_added_named_moved_and_removed(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    qtbot.mouseClick(page.new, Qt.MouseButton.LeftButton)
    assert page.scenario.current() == desk.appraisal.scenarios[-1].id
    assert not page.settlements.terms.isVisible()
    page.settlements.name.committed.emit("Five-year")
    page.settlements.source.committed.emit("A white paper")
    page.settlements.restored.chosen.emit("restored")
    last = desk.appraisal.scenarios[-1]
    assert (last.name, last.source, last.restored) == ("Five-year", "A white paper", True)
    qtbot.mouseClick(page.settlements.left, Qt.MouseButton.LeftButton)
    assert [one.name for one in desk.appraisal.scenarios][1] == "Five-year"
    qtbot.mouseClick(page.settlements.remove, Qt.MouseButton.LeftButton)
    assert len(desk.appraisal.scenarios) == 2
    assert len(desk.actions) == 6


def test_settlements_fill_the_first_year_without_money(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    qtbot.mouseClick(page.new, Qt.MouseButton.LeftButton)
    for _ in range(2):
        qtbot.mouseClick(page.settlements.add_one, Qt.MouseButton.LeftButton)
    made = desk.appraisal.scenarios[-1].settlements
    assert [(one.name, one.first_year, len(one.amounts)) for one in made] == [("2027/28", 0, 1), ("2028/29", 1, 1)]
    page.settlements.terms.place(made[0].id)
    qtbot.mouseClick(page.settlements.drop_one, Qt.MouseButton.LeftButton)
    assert [one.id for one in desk.appraisal.scenarios[-1].settlements] == [made[1].id]


def test_without_scenarios_the_page_invites_the_first(qtbot: QtBot, desk_with: Callable[..., Desk]) -> None:
    desk = desk_with(scenarios=())
    page = shown(qtbot, desk)
    assert page.empty_card.isVisible()
    assert not page.fan.isVisible()
    assert not page.bar.isVisible()
    qtbot.mouseClick(page.empty.action, Qt.MouseButton.LeftButton)
    assert len(desk.appraisal.scenarios) == 1
    assert page.bar.isVisible()


def test_errors_of_settlements_stand_under_the_tables_and_can_be_mended(qtbot: QtBot, desk: Desk) -> None:
    scenario = desk.appraisal.scenarios[0]
    bad = replace(scenario.settlements[1], renewal=1.4, cut_low=0.5)
    scenario = replace(scenario, settlements=(scenario.settlements[0], bad, *scenario.settlements[2:]))
    broken = Desk(replace(desk.appraisal, scenarios=(scenario, *desk.appraisal.scenarios[1:])))
    page = shown(qtbot, broken)
    assert "chance of renewal of 1.4" in page.settlements.errors.text()
    assert "not in the order" in page.settlements.errors.text()
    assert not page.fan.isVisible()
    model = page.settlements.terms_model
    model.apply(model.index(1, 4), "80")
    model.apply(model.index(1, 5), "2")
    assert not page.settlements.errors.isVisible()
    assert page.fan.isVisible()


def test_a_finding_brings_its_settlement_to_hand(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    one = settlement(desk, 1, 1)
    page.focus_place(one.id, "renewal")
    assert page.scenario.current() == desk.appraisal.scenarios[1].id
    assert page.settlements.terms.current_key() == one.id
    assert page.settlements.terms.currentIndex().column() == 4


def test_a_scenario_without_money_is_not_judged(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    qtbot.mouseClick(page.new, Qt.MouseButton.LeftButton)
    assert not page.fan.isVisible()
    assert not page.gaps.isVisible()
    assert page.side.chance.text() == wording.DASH
    assert page.side.meaning.text() == "No money is entered in this scenario yet"
    assert [label.text() for label in page.side.lines] == [wording.DASH] * 3
    assert {row.cells[3].spoken for row in page.side.model.rows} == {"no money entered"}
    assert {row.cells[1].spoken == "no money entered" for row in page.side.model.rows} == {False}


def test_what_was_added_is_in_sight(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    page.resize(860, 420)
    for button in (page.new, page.settlements.add_one):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        qtbot.wait(50)
        focused = page.focusWidget()
        assert focused is not None
        top = focused.mapTo(page, QPoint(0, 0)).y()
        assert 0 <= top < page.height()
        assert not focused.visibleRegion().isEmpty()


def test_terms_have_help_of_their_own(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    first = _help(page)
    key = settlement(desk, 1).id
    said = []
    for column in (4, 5, 6, 7):
        page.settlements.terms.place(key, column)
        said.append(_help(page))
    assert len(set(said)) == 4
    assert all("%" in text for text in said)
    page.settlements.terms.place(key, 0)
    assert _help(page) == first
    for _, text, _ in HELPS.values():
        assert all(len(sentence.split()) <= 25 for sentence in text.split(". "))


def _help(page: FundingPage) -> str:
    return " ".join(label.text() for label in page.side.help.findChildren(FlowLabel))


def test_scenarios_fit_the_narrow_columns_of_the_pane(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    page.pane.resize(301, 700)
    qtbot.wait(20)
    table = page.side.table
    assert sum(table.columnWidth(column) for column in range(3)) <= table.viewport().width()
    assert headings(["Single-year, rolled", "Three-year"]) == ("Single", "Three")
    assert headings(["Grant as today", "Grant cut", ""]) == ("Grant as…", "Grant cut", "")


def test_a_half_typed_name_stays_with_its_scenario(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.settlements.name.setFocus()
    page.settlements.name.line.setText("Half a na")
    second = desk.appraisal.scenarios[1]
    page._choose_scenario(second.id)
    assert page.settlements.name.text() == second.name
    page.option.setFocus()
    assert desk.appraisal.scenarios[1] == second


def test_the_last_removal_leaves_the_keyboard_on_the_page(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.settlements.remove.setFocus()
    for _ in desk.appraisal.scenarios:
        page.settlements.remove.click()
    assert desk.appraisal.scenarios == ()
    assert page.empty.action.hasFocus()
