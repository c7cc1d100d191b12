"""What moves together, in step 5, through its widgets: groups, drivers, and the matrix with its way out."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from appraise.model.appraisal.correlations import CorrelationGroup
from appraise.model.correlation import is_valid
from appraise.model.edits import correlations
from appraise.ui.pages.costs import CostsPage
from appraise.ui.pages.costs_matrix import parse_correlation
from appraise.ui.pages.costs_together import TogetherSection, parse_rho

from .conftest import Desk
from .costs_section_driving import at_section, fill, in_this_order, line, texts, type_in, unlinked, walk, without_name

MARKET = CorrelationGroup(id="group-market", name="Market for works", evidence="The same three firms bid")


def together(qtbot: QtBot, desk: Desk) -> tuple[CostsPage, TogetherSection]:
    return at_section(qtbot, desk, "together", TogetherSection)


def free_lines(desk: Desk) -> list[str]:
    """Uncertain lines without a driver."""
    return [one.id for one in desk.appraisal.lines if one.range is not None and not one.driver]


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """The worked example with its drivers, and nothing else that moves together."""
    return Desk(unlinked(desk.appraisal))


@pytest.fixture
def grouped(desk) -> Desk:
    return Desk(replace(desk.appraisal, correlation_groups=(MARKET,)))


@pytest.fixture
def paired(desk) -> Desk:
    """Three lines in the matrix whose correlations cannot exist together."""
    new, (first, second, third) = desk.appraisal, free_lines(desk)[:3]
    for key in (first, second, third):
        new = correlations.add_to_matrix(new, line=key)
    for one, other, value in ((first, second, 0.9), (second, third, 0.9), (first, third, -0.9)):
        new = correlations.set_correlation_of(new, first=one, second=other, value=value)
    return Desk(new)


@pytest.mark.parametrize(("text", "value"), [("0.3", 0.3), ("1", 1.0), (" 0 ", 0.0)])
def test_a_strength_is_read_as_typed(text, value):
    assert parse_rho(text) == value


@pytest.mark.parametrize("text", ["1.2", "-0.1", "much"])
def test_what_is_no_strength_says_so(text):
    with pytest.raises(ValueError, match=r"\.$"):
        parse_rho(text)


def test_a_correlation_may_be_negative():
    assert parse_correlation("-0.4") == -0.4
    with pytest.raises(ValueError, match="from -1 to 1"):
        parse_correlation("2")


# --- groups ---


def test_the_first_group_is_added_named_and_undone(qtbot, desk):
    _, section = together(qtbot, desk)
    groups = section.groups
    assert groups.empty.isVisible()
    groups.empty.action.click()
    (group,) = desk.appraisal.correlation_groups
    assert (group.name, group.rho, group.shared) == ("New group", 0.3, True)
    assert groups.fields["name"].line.hasFocus()
    fill(qtbot, groups.fields["name"], "Market for works")
    fill_area = groups.fields["evidence"].sheet
    fill_area.setFocus()
    qtbot.keyClicks(fill_area, "Same firms")
    section.drivers.table.setFocus()
    (group,) = desk.appraisal.correlation_groups
    assert (group.name, group.evidence) == ("Market for works", "Same firms")
    assert desk.actions == ["Add a group", "Change name of a group", "Change evidence of a group"]
    for _ in range(3):
        desk.undo()
    assert groups.empty.isVisible()
    assert not groups.detail.isVisible()


def test_the_strength_is_typed_or_dragged_in_one_step_with_its_word(qtbot, grouped):
    _, section = together(qtbot, grouped)
    editor = section.groups.editor
    assert editor.word.text() == "Medium"
    fill(qtbot, editor.number, "0.75")
    assert grouped.appraisal.correlation_groups[0].rho == 0.75
    assert (editor.word.text(), editor.slider.value()) == ("Strong", 75)
    editor.slider.setFocus()
    for _ in range(3):
        qtbot.keyClick(editor.slider, Qt.Key.Key_Left)
    editor.slider.settle()
    assert grouped.appraisal.correlation_groups[0].rho == 0.72
    assert editor.slider.accessibleDescription() == "0.72, strong"
    assert grouped.actions == ["Change strength of Market for works"] * 2, "a drag is one step"
    fill(qtbot, editor.number, "3")
    assert editor.number.fault() == "3 is not from 0 to 1; type a number such as 0.3."
    assert grouped.appraisal.correlation_groups[0].rho == 0.72


def test_a_strength_out_of_reach_in_a_file_is_marked(qtbot, grouped):
    desk = Desk(replace(grouped.appraisal, correlation_groups=(replace(MARKET, rho=1.5),)))
    page, section = together(qtbot, desk)
    assert "outside 0 to 1" in section.groups.editor.number.fault()
    page.go_to_section("lines")
    page.focus_place(MARKET.id, "rho")
    assert page.switch.current() == "together"
    assert section.groups.editor.number.line.hasFocus()


def test_lines_are_ticked_and_the_effect_is_one_sentence_with_its_number(qtbot, grouped):
    _, section = together(qtbot, grouped)
    groups = section.groups
    assert groups.editor.effect.text().startswith("No effect yet")
    option = next(
        one.id
        for one in grouped.appraisal.options
        if len([key for key in free_lines(grouped) if line(grouped, key).option == one.id]) > 1
    )
    groups.lines.look_at(option)
    free = [key for key in free_lines(grouped) if line(grouped, key).option == option][:2]
    for key in free:
        groups.lines.table.setFocus()
        groups.lines.table.place(key)
        qtbot.keyClick(groups.lines.table, Qt.Key.Key_Space)
    assert [line(grouped, key).correlation for key in free] == [MARKET.id] * 2
    assert grouped.actions == ["Add a line to Market for works"] * 2
    assert "the spread of these two lines together becomes about 1." in groups.editor.effect.text()
    (row,) = texts(groups.table)
    assert row[1:4] == ["0.3, medium", "one for all options", "2"]
    assert row[4].startswith("total ×")
    groups.lines.table.place(free[0])
    qtbot.keyClick(groups.lines.table, Qt.Key.Key_Space)
    assert line(grouped, free[0]).correlation == ""
    assert grouped.actions[-1] == "Take a line from Market for works"


def test_ticking_a_line_of_a_driver_ticks_all_of_them(qtbot, grouped):
    _, section = together(qtbot, grouped)
    one = next(one for one in grouped.appraisal.lines if one.driver)
    section.groups.lines.ticked.emit(one.id, True)
    same = [other for other in grouped.appraisal.lines if other.driver == one.driver]
    assert {other.correlation for other in same} == {MARKET.id}
    assert not [found for found in grouped.context.view.findings if found.code == "driver-group"]


def test_a_cause_may_be_each_options_own(qtbot, grouped):
    _, section = together(qtbot, grouped)
    section.groups.editor.cause.setFocus()
    qtbot.keyClick(section.groups.editor.cause, Qt.Key.Key_Right)
    assert not grouped.appraisal.correlation_groups[0].shared
    assert grouped.actions == ["Change cause of Market for works"]


def test_removing_a_group_frees_its_lines(qtbot, grouped):
    _, section = together(qtbot, grouped)
    section.groups.lines.ticked.emit(free_lines(grouped)[0], True)
    section.groups.buttons.removed.emit()
    assert grouped.appraisal.correlation_groups == ()
    assert not any(one.correlation for one in grouped.appraisal.lines)
    assert section.groups.empty.action.hasFocus()


# --- drivers ---


def test_drivers_are_listed_and_shared_or_not_by_space(qtbot, desk):
    _, section = together(qtbot, desk)
    table = section.drivers.table
    rows = {row[0]: row for row in texts(table)}
    assert rows["Pay award"][1] == "one for all options"
    assert "Outsource" in rows["Pay award"][3]
    table.setFocus()
    table.place("pay award")
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert not any(one.shared for one in desk.appraisal.lines if one.driver == "Pay award")
    assert all(one.shared for one in desk.appraisal.lines if one.driver != "Pay award")
    assert desk.actions == ["Change sharing of Pay award"]
    assert {row[0]: row[1] for row in texts(table)}["Pay award"] == "each option its own"


def test_lines_that_disagree_are_made_one_fact(qtbot, desk):
    first = next(one.id for one in desk.appraisal.lines if one.driver == "Pay award")
    lines = tuple(replace(one, shared=one.id != first) for one in desk.appraisal.lines)
    mixed = Desk(replace(desk.appraisal, lines=lines))
    _, section = together(qtbot, mixed)
    assert {row[0]: row[1] for row in texts(section.drivers.table)}["Pay award"] == "lines say both"
    section.drivers.table.toggled.emit("pay award")
    assert all(one.shared for one in mixed.appraisal.lines)


# --- the matrix ---


def test_a_matrix_is_built_line_by_line_and_both_halves_change(qtbot, desk):
    _, section = together(qtbot, desk)
    card = section.matrix
    assert card.nothing.isVisible()
    first, second = free_lines(desk)[:2]
    for key in (first, second):
        card.lines.set_current(key)
        card.cells.add.click()
    assert desk.appraisal.correlation_matrix.lines == (first, second)
    assert card.lines.findData(first) < 0, "it is in the matrix already"
    type_in(qtbot, card.table, first, 2, "-0.4")
    assert desk.appraisal.correlation_matrix.rows == ((1.0, -0.4), (-0.4, 1.0))
    assert [row[1:] for row in texts(card.table)] == [["1", "−0.4"], ["−0.4", "1"]]
    fill(qtbot, card.evidence, "Regression of ten years")
    assert desk.appraisal.correlation_matrix.evidence == "Regression of ten years"
    assert desk.actions == [
        "Add a line to the matrix",
        "Add a line to the matrix",
        "Change a correlation",
        "Change evidence of the matrix",
    ]
    type_in(qtbot, card.table, first, 2, "7")
    assert "from -1 to 1" in card.cells.fault.text()
    card.table.place(second)
    card.cells.remove.click()
    assert desk.appraisal.correlation_matrix.lines == (first,)
    card.clear.click()
    assert desk.appraisal.correlation_matrix is None
    assert card.lines.hasFocus()
    desk.undo()
    assert card.table.isVisible()


def test_an_impossible_matrix_is_told_and_nothing_is_mended_in_silence(qtbot, paired):
    _, section = together(qtbot, paired)
    card, before = section.matrix, paired.appraisal.correlation_matrix
    assert card.wrong.isVisible()
    assert "the smallest eigenvalue is −0.8" in card.wrong._title.text()
    assert "These clash most: “" in card.wrong._text.text()
    assert not card.offer.isVisible()
    qtbot.mouseClick(card.wrong.action, Qt.MouseButton.LeftButton)
    assert "The largest change: " in card.offer.text.text()
    assert "from 0.9 to 0.5" in card.offer.text.text()
    assert paired.appraisal.correlation_matrix is before, "only shown so far"
    assert not paired.actions
    card.keep.click()
    assert not card.offer.isVisible()
    assert card.wrong.action.hasFocus()
    card.wrong.action.click()
    assert card.use.hasFocus()
    qtbot.keyClick(card.use, Qt.Key.Key_Space)
    after = paired.appraisal.correlation_matrix
    assert after.lines == before.lines
    assert is_valid(after.rows)
    assert paired.actions == ["Use the nearest valid matrix"]
    assert not card.wrong.isVisible()
    assert not card.offer.isVisible()
    paired.undo()
    assert card.wrong.isVisible()


def test_an_offer_is_for_the_matrix_it_was_made_of(qtbot, paired):
    _, section = together(qtbot, paired)
    section.matrix.wrong.action.click()
    first = paired.appraisal.correlation_matrix.lines[0]
    type_in(qtbot, section.matrix.table, first, 2, "0.8")
    assert not section.matrix.offer.isVisible()


def test_a_finding_on_the_matrix_leads_to_it(qtbot, paired):
    page, section = together(qtbot, paired)
    (found,) = [one for one in paired.context.view.findings if one.code == "matrix-impossible"]
    page.go_to_section("prices")
    page.focus_place(found.record, found.field)
    assert page.switch.current() == "together"
    assert section.matrix.table.hasFocus()


def test_a_matrix_with_a_lost_row_is_told_and_can_be_typed(qtbot, paired):
    matrix = paired.appraisal.correlation_matrix
    broken = Desk(replace(paired.appraisal, correlation_matrix=replace(matrix, rows=matrix.rows[:2])))
    _, section = together(qtbot, broken)
    assert "one row and one column" in section.matrix.fault.text()
    type_in(qtbot, section.matrix.table, matrix.lines[0], 2, "0.1")
    assert len(broken.appraisal.correlation_matrix.rows) == 3
    assert "two different correlations" in section.matrix.fault.text(), "the row that was lost is nothing so far"
    for key in matrix.lines[:2]:
        type_in(qtbot, section.matrix.table, key, 3, "0.2")
    assert not section.matrix.fault.isVisible()


# --- the whole ---


def test_an_empty_document_says_what_is_missing(qtbot, blank_desk):
    _, section = together(qtbot, blank_desk)
    assert section.groups.empty.isVisible()
    assert section.drivers.nothing.isVisible()
    assert section.matrix.nothing.isVisible()
    assert section.matrix._no_line.isVisible()
    assert not section.matrix.lines.isVisible()
    assert without_name(section) == []


def test_everything_that_takes_the_keyboard_has_a_name_and_tab_reads_down(qtbot, paired):
    desk = Desk(replace(paired.appraisal, correlation_groups=(MARKET,)))
    page, section = together(qtbot, desk)
    section.matrix.wrong.action.click()
    assert without_name(section) == []
    found = walk(qtbot, page, 40)
    groups, matrix = section.groups, section.matrix
    stops = (groups.table, groups.fields["name"].line, groups.editor.slider, groups.editor.number.line)
    assert in_this_order(found, *stops, groups.editor.cause, groups.lines.table, section.drivers.table)
    assert in_this_order(found, section.drivers.table, matrix.use, matrix.table, matrix.lines, matrix.cells.add)
    assert in_this_order(found, matrix.cells.add, matrix.cells.remove, matrix.clear, matrix.evidence.line)
