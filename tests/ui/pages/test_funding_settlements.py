from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from appraise.model.appraisal.funding import ProgrammeStop, Scenario, Settlement, SettlementStatus
from appraise.model.tables import SETTLEMENTS
from appraise.present import wording
from appraise.ui.pages.funding_settlements import SettlementsSection
from appraise.ui.pages.funding_years import layers

from .conftest import Desk
from .funding_driving import active, filled, help_words, inside, settlements, shown


def opened(qtbot: QtBot, desk: Desk, scenario: int = 0) -> SettlementsSection:
    page = shown(qtbot, desk, "settlements")
    page.hand.take(desk.appraisal.scenarios[scenario].id)
    return settlements(page)


def settlement(desk: Desk, place: int, scenario: int = 0) -> Settlement:
    return desk.appraisal.scenarios[scenario].settlements[place]


# --- money by year -----------------------------------------------------------------------------------------


def test_money_is_typed_by_year(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk, "settlements")
    part = settlements(page)
    before = page.side.lines[1].text()
    assert part.years.model.apply(part.years.model.index(1, 2), "9m") == ""
    assert settlement(desk, 1).amounts == (Decimal("9000000.00"),)
    assert desk.actions == ["Change the revenue of 2028/29"]
    assert page.side.lines[1].text() != before
    assert "cannot be below" in part.years.model.apply(part.years.model.index(1, 2), "-1")
    assert part.years.fault.isVisible()
    assert settlement(desk, 1).amounts == (Decimal("9000000.00"),)
    desk.undo()
    assert part.years.model.rows[1].cells[2].text == "6,550,000"


def test_capital_and_status_have_rows_of_their_own(qtbot: QtBot, desk: Desk) -> None:
    part = opened(qtbot, desk, 1)
    model = part.years.model
    assert [row.cells[0].text for row in model.rows] == ["Settlement", "Revenue", "Capital", "How firm"]
    assert model.apply(model.index(2, 3), "400k") == ""
    assert settlement(desk, 0, 1).capital == (Decimal("0.00"), Decimal("0.00"), Decimal("400000.00"))
    assert "£400,000 of capital" in part.years.subtitle.text()
    assert model.apply(model.index(3, 2), "final") == ""
    assert settlement(desk, 0, 1).statuses[1] is SettlementStatus.FINAL
    assert part.chain.model.rows[0].cells[3].text == "By year"
    assert desk.actions == ["Change the capital of 2029/30", "Change how firm the money is in 2028/29"]


def test_a_row_of_a_spreadsheet_is_pasted_over_all_settlements_as_one_step(qtbot: QtBot, desk: Desk) -> None:
    part = opened(qtbot, desk)
    part.years.table.setCurrentIndex(part.years.model.index(1, 1))
    QGuiApplication.clipboard().setText("£7,000,000\t6.9m\t6800000")
    part.years.table.paste()
    amounts = [settlement(desk, place).amounts for place in range(3)]
    assert amounts == [(Decimal(f"{text}.00"),) for text in ("7000000", "6900000", "6800000")]
    assert desk.actions == ["Paste money by year"]


def test_a_block_with_a_word_in_it_is_refused_whole(qtbot: QtBot, desk: Desk) -> None:
    part = opened(qtbot, desk)
    part.years.table.setCurrentIndex(part.years.model.index(1, 1))
    QGuiApplication.clipboard().setText("7m\tlots")
    before = desk.appraisal
    part.years.table.paste()
    assert desk.appraisal is before
    assert part.years.fault.isVisible()


def test_a_year_without_a_settlement_cannot_be_typed_into(qtbot: QtBot, desk: Desk) -> None:
    part = opened(qtbot, desk)
    part.chain.table.place(settlement(desk, 2).id)
    qtbot.mouseClick(part.chain.drop_one, Qt.MouseButton.LeftButton)
    cell = part.years.model.rows[1].cells[3]
    assert not cell.editable
    assert cell.text == wording.DASH
    part.years.table.pasted.emit(1, 3, [["7m"]])
    assert "No settlement covers this year" in part.years.fault.text()


def test_settlements_that_overlap_stand_in_rows_of_their_own(qtbot: QtBot, desk: Desk) -> None:
    first, *rest = desk.appraisal.scenarios
    second = replace(first.settlements[1], first_year=0)
    first = replace(first, settlements=(first.settlements[0], second, *first.settlements[2:]))
    desk = Desk(replace(desk.appraisal, scenarios=(first, *rest)))
    part = opened(qtbot, desk)
    assert len(layers(first.settlements)) == 2
    rows = part.years.model.rows
    assert rows[5].cells[0].text == "Revenue, overlapping"
    assert rows[5].cells[1].text == "6,550,000"
    assert "cover 2027/28" in part.chain.errors.text()
    assert part.years.model.apply(part.years.model.index(5, 1), "1m") == ""
    assert settlement(desk, 1).amounts == (Decimal("1000000.00"),)


# --- settlements -------------------------------------------------------------------------------------------


def test_terms_are_edited_in_the_table(qtbot: QtBot, desk: Desk) -> None:
    part = opened(qtbot, desk)
    model = part.chain.model
    edits = {0: "First cut", 1: "2", 2: "3", 3: "final", 4: "yes", 5: "75", 6: "1", 7: "5", 8: "12"}
    for column, text in edits.items():
        assert model.apply(model.index(1, column), text) == ""
    one = settlement(desk, 1)
    assert (one.name, one.first_year, len(one.amounts)) == ("First cut", 2, 3)
    assert (one.status, one.ring_fenced, one.renewal) == (SettlementStatus.FINAL, True, 0.75)
    assert (one.cut_low, one.cut_likely, one.cut_high) == (0.01, 0.05, 0.12)
    assert len(desk.actions) == 9


@pytest.mark.parametrize(("column", "text"), [(0, "  "), (2, "0"), (2, "99"), (5, "140"), (7, "a lot")])
def test_terms_that_cannot_be_read_change_nothing(qtbot: QtBot, desk: Desk, column: int, text: str) -> None:
    part = opened(qtbot, desk)
    before = desk.appraisal
    assert part.chain.model.apply(part.chain.model.index(1, column), text)
    assert desk.appraisal is before
    assert part.chain.fault.isVisible()


def test_a_first_settlement_has_nothing_to_renew(qtbot: QtBot, desk: Desk) -> None:
    part = opened(qtbot, desk)
    assert [cell.editable for cell in part.chain.model.rows[0].cells[5:]] == [False] * 4
    assert [cell.editable for cell in part.chain.model.rows[1].cells[5:]] == [True] * 4


def test_terms_are_pasted_and_filled_down(qtbot: QtBot, desk: Desk) -> None:
    part = opened(qtbot, desk)
    part.chain.table.pasted.emit(1, 3, [["Bid for", "yes", "60"]])
    one = settlement(desk, 1)
    assert (one.status, one.ring_fenced, one.renewal) == (SettlementStatus.BID_FOR, True, 0.6)
    part.chain.table.filled_down.emit([1, 2, 3], 5)
    assert [settlement(desk, place).renewal for place in (1, 2, 3, 4)] == [0.6, 0.6, 0.6, 0.8]
    assert desk.actions == ["Paste into settlements", "Fill down in settlements"]
    part.chain.table.pasted.emit(1, 1, [["next year"]])
    assert "is not a year of the horizon" in part.chain.fault.text()
    part.chain.table.pasted.emit(1, 4, [["perhaps"]])
    assert part.chain.fault.text() == "A ring-fence is Yes or No."
    assert len(desk.actions) == 2


def test_settlements_fill_the_first_year_without_money(qtbot: QtBot, desk: Desk) -> None:
    part = opened(qtbot, desk)
    part.new.add_empty()
    part.chain.empty.action.click()  # buttons that were just shown have their place a moment later
    part.chain.add_one.click()
    made = desk.appraisal.scenarios[-1].settlements
    assert [(one.name, one.first_year, len(one.amounts)) for one in made] == [("2027/28", 0, 1), ("2028/29", 1, 1)]
    part.chain.table.place(made[0].id)
    qtbot.mouseClick(part.chain.drop_one, Qt.MouseButton.LeftButton)
    assert [one.id for one in desk.appraisal.scenarios[-1].settlements] == [made[1].id]


def test_errors_stand_under_the_table_and_can_be_mended(qtbot: QtBot, desk: Desk) -> None:
    scenario = desk.appraisal.scenarios[0]
    bad = replace(scenario.settlements[1], renewal=1.4, cut_low=0.5)
    scenario = replace(scenario, settlements=(scenario.settlements[0], bad, *scenario.settlements[2:]))
    part = opened(qtbot, Desk(replace(desk.appraisal, scenarios=(scenario, *desk.appraisal.scenarios[1:]))))
    assert "chance of renewal of 1.4" in part.chain.errors.text()
    assert "not in the order" in part.chain.errors.text()
    part.chain.model.apply(part.chain.model.index(1, 5), "80")
    part.chain.model.apply(part.chain.model.index(1, 6), "2")
    assert not part.chain.errors.isVisible()


def test_a_finding_brings_its_settlement_to_hand(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    active(qtbot, page)
    one = settlement(desk, 1, 1)
    page.focus_place(one.id, "renewal")
    part = settlements(page)
    assert page.scenario.current() == desk.appraisal.scenarios[1].id
    assert (part.chain.table.current_key(), part.chain.table.currentIndex().column()) == (one.id, 5)
    page.focus_place(one.id, "capital")
    assert inside(part.years.table, page.focusWidget())
    assert part.years.table.currentIndex().row() == 2
    assert part.years.table.currentIndex().column() == one.first_year + 1


def test_columns_have_help_of_their_own(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk, "settlements")
    key, said = settlement(desk, 1).id, []
    for column in range(9):
        settlements(page).chain.table.place(key, column)
        said.append(help_words(page))
    assert len(set(said)) == 9
    settlements(page).years.table.setCurrentIndex(settlements(page).years.model.index(2, 1))
    assert "capital money" in help_words(page)


# --- the scenario ------------------------------------------------------------------------------------------


def test_scenarios_are_named_moved_and_removed(qtbot: QtBot, desk: Desk) -> None:
    part = opened(qtbot, desk, 2)
    part.card.name.committed.emit("Kinder")
    part.card.source.committed.emit("A white paper")
    part.card.restored.chosen.emit("restored")
    part.card.carry.chosen.emit("carried")
    last = desk.appraisal.scenarios[-1]
    assert (last.name, last.source, last.restored, last.carry_over) == ("Kinder", "A white paper", True, True)
    qtbot.mouseClick(part.card.left, Qt.MouseButton.LeftButton)
    assert [one.name for one in desk.appraisal.scenarios][1] == "Kinder"
    qtbot.mouseClick(part.card.remove, Qt.MouseButton.LeftButton)
    assert len(desk.appraisal.scenarios) == 2
    assert len(desk.actions) == 6
    assert desk.actions[-1] == "Remove scenario Kinder"


def test_a_half_typed_name_stays_with_its_scenario(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk, "settlements")
    active(qtbot, page)
    part = settlements(page)
    part.card.name.setFocus()
    part.card.name.line.setText("Half a na")
    second = desk.appraisal.scenarios[1]
    page.hand.take(second.id)
    assert part.card.name.text() == second.name
    page.scenario.setFocus()
    assert desk.appraisal.scenarios[1] == second


def test_the_last_removal_leaves_the_keyboard_on_the_page(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk, "settlements")
    active(qtbot, page)
    part = settlements(page)
    part.card.remove.setFocus()
    for _ in desk.appraisal.scenarios:
        part.card.remove.click()
    assert desk.appraisal.scenarios == ()
    assert part.new.isVisible()
    assert inside(part.new, page.focusWidget())


def test_grants_and_stops_are_chosen_for_the_scenario(qtbot: QtBot) -> None:
    desk = Desk(filled())
    part = opened(qtbot, desk, 1)
    part.used.grants.ticked.emit("grant-1", True)
    assert desk.appraisal.scenarios[1].grants == ("grant-1",)
    model = part.used.stops_model
    assert model.rows[0].cells[1].text == "Throughout"
    assert model.apply(model.index(0, 1), "2") == ""
    assert desk.appraisal.scenarios[1].stops == (ProgrammeStop(programme="programme-1", last_year=2),)
    assert model.rows[0].cells[1].text == "Until 2029/30"
    model.apply(model.index(0, 1), "-1")
    assert model.rows[0].cells[1].text == "Not at all"
    model.apply(model.index(0, 1), "all")
    assert desk.appraisal.scenarios[1].stops == ()
    part.used.grants.ticked.emit("grant-1", False)
    assert desk.appraisal.scenarios[1].grants == ()
    assert len(desk.actions) == 5


def test_without_grants_and_programmes_the_way_to_them_is_offered(qtbot: QtBot, desk_with: Callable[..., Desk]) -> None:
    page = shown(qtbot, desk_with(grants=(), programmes=()), "settlements")
    part = settlements(page)
    qtbot.mouseClick(part.used.to_grants, Qt.MouseButton.LeftButton)
    assert page.switch.current() == "grants"
    page.turn_to("settlements")
    qtbot.mouseClick(part.used.to_programmes, Qt.MouseButton.LeftButton)
    assert page.switch.current() == "prevention"


# --- another scenario --------------------------------------------------------------------------------------


def asked(qtbot: QtBot, desk: Desk) -> SettlementsSection:
    page = shown(qtbot, desk)
    active(qtbot, page)
    qtbot.mouseClick(page.new, Qt.MouseButton.LeftButton)
    assert inside(settlements(page).new, page.focusWidget())
    return settlements(page)


def by_year(scenario: Scenario) -> dict[int, Decimal]:
    return {one.first_year + place: amount for one in scenario.settlements for place, amount in enumerate(one.amounts)}


@pytest.mark.parametrize(("years", "count"), [(1, 8), (3, 3), (5, 2)])
def test_the_same_money_is_settled_some_years_at_a_time(qtbot: QtBot, desk: Desk, years: int, count: int) -> None:
    part = asked(qtbot, desk)
    old = desk.appraisal.scenarios[0]
    qtbot.mouseClick(part.new.lengths[years].button, Qt.MouseButton.LeftButton)
    new = desk.appraisal.scenarios[-1]
    assert by_year(new) == by_year(old)
    assert len(new.settlements) == count
    assert len(new.settlements[0].amounts) == years
    assert new.settlements[0].name == ("2027/28" if years == 1 else f"2027/28 to {2026 + years}/{27 + years}")
    assert part.hand.scenario == new.id
    assert part.card.name.line.hasFocus()
    assert not part.new.isVisible()
    assert len(desk.actions) == 1


def test_two_scenarios_of_a_length_have_different_names(qtbot: QtBot, desk: Desk) -> None:
    part = asked(qtbot, desk)
    for _ in range(2):
        part.ask()
        qtbot.mouseClick(part.new.lengths[3].button, Qt.MouseButton.LeftButton)
    assert [one.name for one in desk.appraisal.scenarios[-2:]] == ["Three years at a time", "Three years at a time (2)"]


def test_a_copy_is_whole_and_has_ids_of_its_own(qtbot: QtBot, desk: Desk) -> None:
    part = asked(qtbot, desk)
    old = desk.appraisal.scenarios[0]
    qtbot.mouseClick(part.new.copy.button, Qt.MouseButton.LeftButton)
    new = desk.appraisal.scenarios[-1]
    assert new.name == f"{old.name}, copy"
    assert by_year(new) == by_year(old)
    assert not {one.id for one in new.settlements} & {one.id for one in old.settlements}


def test_the_published_settlement_brings_its_years_and_statuses(qtbot: QtBot, desk_with: Callable[..., Desk]) -> None:
    desk = desk_with(scenarios=())
    part = asked(qtbot, desk)
    key, row = next(iter(SETTLEMENTS.items()))
    assert not part.new.copy.isVisible()
    assert not part.new.close_it.isVisible()
    qtbot.mouseClick(part.new.published[key].button, Qt.MouseButton.LeftButton)
    (new,) = desk.appraisal.scenarios
    start = desk.appraisal.horizon.first_year
    known = [status for year, status in sorted(row.years.items()) if year >= start]
    (one,) = new.settlements
    assert [one.statuses[place] if one.statuses else one.status for place in range(len(known))] == known
    assert row.source in new.source
    assert not any(one.amounts)
    assert "Nothing is entered yet" in part.years.subtitle.text()


def test_what_cannot_be_made_is_said(qtbot: QtBot, desk: Desk) -> None:
    late = replace(desk.appraisal, horizon=replace(desk.appraisal.horizon, first_year=2040))
    desk = Desk(late)
    part = asked(qtbot, desk)
    qtbot.mouseClick(next(iter(part.new.published.values())).button, Qt.MouseButton.LeftButton)
    assert part.new.refused.isVisible()
    assert len(desk.appraisal.scenarios) == len(late.scenarios)
    part.new.add_empty()
    part.ask()
    assert not part.new.refused.isVisible()
    qtbot.mouseClick(part.new.lengths[3].button, Qt.MouseButton.LeftButton)
    assert part.new.refused.isVisible()
    assert desk.actions == ["Add a scenario"]


def test_escape_closes_the_ways_to_add_a_scenario(qtbot: QtBot, desk: Desk) -> None:
    part = asked(qtbot, desk)
    qtbot.keyClick(part.new.lengths[1].button, Qt.Key.Key_Escape)
    assert not part.new.isVisible()
    assert inside(part, part.window().focusWidget())
    assert desk.actions == []


def test_what_was_added_is_in_sight(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    active(qtbot, page)
    page.resize(860, 420)
    part = settlements(page)
    for press in (page.new.click, part.new.add_empty, part.chain.add_settlement):
        press()
        qtbot.wait(50)
        focused = page.focusWidget()
        assert focused is not None
        assert 0 <= focused.mapTo(page, QPoint(0, 0)).y() < page.height()
        assert not focused.visibleRegion().isEmpty()
