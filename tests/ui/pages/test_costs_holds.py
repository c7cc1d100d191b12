"""Costs while the document changes under them: what is typed, the keyboard, and what was said."""

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from appraise.model.edits.lines import add_line, rename_line
from appraise.ui.pages.costs import CostsPage
from appraise.ui.widgets.fields import Line
from appraise.workspace.templates import load
from tests.ui.pages.conftest import Desk
from tests.ui.pages.test_costs import CREWS, WORKS, line, shown

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def here(kind: type = Line):
    """What has the keyboard."""
    found = QApplication.focusWidget()
    assert isinstance(found, kind), found
    return found


def begin(qtbot: QtBot, page: CostsPage, key: str, column: int) -> None:
    """Takes a cell in hand and opens its editor."""
    page.table.setFocus()
    page.table.place(key, column)
    qtbot.keyClick(page.table, Key.Key_F2)
    here().selectAll()


def in_column(page: CostsPage, column: int) -> Line:
    """The editor that has the keyboard; it stands in a column of the table."""
    editor = here()
    assert editor.parentWidget() is page.table.viewport()
    assert page.table.currentIndex().column() == column
    return editor


@pytest.fixture
def one_line(blank_desk):
    """A new appraisal with one line and no amount."""
    option = blank_desk.appraisal.options[0].id
    return Desk(add_line(blank_desk.appraisal, line="line-a", option=option, name="Staff"))


def short() -> Desk:
    """A document of five years with a line in its first option."""
    blank = load("blank", first_year=2028)
    five = replace(blank, horizon=replace(blank.horizon, years=5))
    return Desk(add_line(five, line="line-b", option=five.options[0].id, name="Vans"))


@pytest.mark.parametrize("bar", [0, 40, 10_000])
def test_a_document_of_fewer_years_takes_the_place_of_a_wider_one(qtbot, desk, bar):
    page = shown(qtbot, desk)
    page.resize(560, 600)
    QApplication.processEvents()
    page.table.horizontalScrollBar().setValue(bar)
    assert any(side.isVisible() for side in page.table._sides)
    other = short()
    desk.context.start(other.context.view)
    QApplication.processEvents()
    assert len(page._model.columns) == 2 + 5 + 1
    assert [row.key for row in page._model.rows] == ["line-b"]
    desk.context.start(Desk(load("worked-example", first_year=2027)).context.view)
    assert page._model.place_of(CREWS) >= 0


def test_an_amount_that_widens_the_years_leaves_the_next_editor_open(qtbot, one_line):
    page = shown(qtbot, one_line)
    begin(qtbot, page, "line-a", 2)
    before = page._model.columns
    qtbot.keyClicks(here(), "12345m")
    qtbot.keyClick(here(), Key.Key_Tab)
    assert page._model.columns != before, "other widths, or this shows nothing"
    qtbot.keyClicks(in_column(page, 3), "2m")
    qtbot.keyClick(here(), Key.Key_Tab)
    in_column(page, 4)
    assert line(one_line, "line-a").amounts[:2] == (Decimal(12345000000), Decimal(2_000_000))


def test_other_rows_leave_half_typed_text_in_its_cell(qtbot, desk):
    page = shown(qtbot, desk)
    begin(qtbot, page, CREWS, 3)
    qtbot.keyClicks(here(), "12")
    one_more = add_line(desk.appraisal, line="line-x", option="option-usual", name="X")
    desk.context.apply(one_more, "Add")
    editor = in_column(page, 3)
    assert (page.table.current_key(), editor.text()) == (CREWS, "12")
    qtbot.keyClicks(editor, "k")
    qtbot.keyClick(editor, Key.Key_Return)
    assert line(desk, CREWS).amounts[1] == Decimal(12_000)


def test_other_rows_leave_the_keyboard_in_the_table(qtbot, desk):
    page = shown(qtbot, desk)
    begin(qtbot, page, WORKS, 3)
    desk.context.apply(add_line(desk.appraisal, line="line-x", option="option-usual", name="X"), "Add")
    assert page.table.hasFocus(), "nothing was typed, so nothing is typed on"
    assert page.table.current_key() == WORKS


# --- an option without lines ---


def test_ctrl_v_pastes_where_there_is_no_table_yet(qtbot, blank_desk):
    page = shown(qtbot, blank_desk)
    page.focus_first()
    QGuiApplication.clipboard().setText("Staff\t1200\nVans\t300\n")
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_V, CTRL)
    assert [one.name for one in blank_desk.appraisal.lines] == ["Staff", "Vans"]
    assert "copy" not in page._empty._sentence.text()


def test_without_lines_a_view_of_figures_says_so_and_leads_back(qtbot, blank_desk):
    page = shown(qtbot, blank_desk)
    assert not page._empty.action.isVisible()
    page.views.setFocus()
    qtbot.keyClick(page.views, Key.Key_Down)
    assert page.views.current() == "real"
    assert "has no lines yet" in page._empty._sentence.text()
    qtbot.mouseClick(page._empty.action, Qt.MouseButton.LeftButton)
    assert page.views.current() == "entered"
    assert page.add_line.hasFocus()
    assert not page._empty.action.isVisible()


# --- what was said ---


def test_what_was_said_of_a_paste_goes_with_the_next_change(qtbot, desk):
    page = shown(qtbot, desk)
    QGuiApplication.clipboard().setText("Sheds\t7\n")
    qtbot.mouseClick(page.paste, Qt.MouseButton.LeftButton)
    assert page._echo.text() == "One line added, read as pounds."
    desk.context.show(replace(desk.context.view, live=False))
    assert page._echo.isVisible(), "new figures of the same document change nothing"
    desk.undo()
    assert not page._echo.isVisible()


def test_amounts_that_were_pasted_are_read_back_as_pounds(qtbot, desk):
    page = shown(qtbot, desk)
    page.table.setFocus()
    page.table.place(CREWS, 2)
    QGuiApplication.clipboard().setText("7\t8")
    qtbot.keyClick(page.table, Key.Key_V, CTRL)
    assert page._echo.text() == "Two amounts pasted, read as pounds."
    qtbot.keyClick(page.table, Key.Key_R, CTRL)
    page.table.cleared.emit([(0, 2)])
    assert not page._echo.isVisible()


def test_nothing_was_pasted_goes_with_the_next_change_but_not_what_is_still_typed(qtbot, desk):
    page = shown(qtbot, desk)
    page.table.setFocus()
    page.table.place(CREWS, 0)
    QGuiApplication.clipboard().setText("7")
    qtbot.keyClick(page.table, Key.Key_V, CTRL)
    assert page.fault._title.text().startswith("Nothing was pasted")
    desk.context.apply(rename_line(desk.appraisal, line=CREWS, name="Crews"), "Rename")
    assert not page.fault.isVisible()
    begin(qtbot, page, CREWS, 3)
    qtbot.keyClicks(here(), "lots")
    qtbot.keyClick(here(), Key.Key_Return)
    desk.context.apply(rename_line(desk.appraisal, line=WORKS, name="Works"), "Rename")
    assert page.fault.isVisible()


def test_another_view_takes_away_what_was_said(qtbot, desk):
    page = shown(qtbot, desk)
    page._show_fault("Nothing was pasted.")
    page._say("One line added.")
    page.views.setFocus()
    qtbot.keyClick(page.views, Key.Key_Down)
    assert not page.fault.isVisible()
    qtbot.keyClick(page.views, Key.Key_Up)
    assert page._echo.text() == ""


def test_a_click_on_a_section_keeps_the_keyboard_on_the_switch(qtbot, desk):
    page = shown(qtbot, desk)
    page.resize(1300, 800)
    QApplication.processEvents()
    page.table.setFocus()
    bar = page.switch.bar
    for place in (1, 0):
        qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(place).center())
        assert bar.currentIndex() == place
        assert bar.hasFocus()
