"""Costs by keyboard: ways into and out of the table and the story, and what is read back."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from appraise.model.appraisal.options import DeliveryModel
from appraise.model.edits.options import add_option, remove_option
from appraise.present import wording
from appraise.ui.pages.costs import CostsPage
from appraise.ui.widgets.fields import Line
from tests.ui.pages.test_costs import CREWS, WORKS, line, shown, type_in

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


def press(qtbot: QtBot, *keys: Qt.Key) -> None:
    """Keys go to what has the keyboard, as from a person."""
    for key in keys:
        qtbot.keyClick(QApplication.focusWidget(), key)


def begin(page: CostsPage, key: str, column: int) -> None:
    page.table.setFocus()
    page.table.place(key, column)


def test_an_option_removed_while_the_page_rests_leaves_no_row_behind(qtbot, desk):
    page = shown(qtbot, desk)
    page.hide()
    desk.context.apply(remove_option(desk.appraisal, option="option-joint"), "Remove")
    page.show()
    assert len(page.pane._ranges._rows) == len(desk.appraisal.options)
    assert "Joint" not in {row.name.text() for row in page.pane._ranges._rows}


def test_an_undone_option_leaves_no_row_behind(qtbot, desk):
    page = shown(qtbot, desk)
    before = len(page.pane._ranges._rows)
    new = add_option(desk.appraisal, option="option-x", name="X", model=DeliveryModel.INSOURCE)
    desk.context.apply(new, "Add")
    assert len(page.pane._ranges._rows) == before + 1
    page.hide()
    desk.undo()
    page.show()
    assert len(page.pane._ranges._rows) == before


def test_a_fault_while_a_page_is_shown_reaches_the_hook_and_not_qt(qtbot, desk, monkeypatch):
    page = shown(qtbot, desk)
    page.hide()
    desk.context.show(replace(desk.context.view, live=False))

    def broken(_old: object, _new: object) -> None:
        raise KeyError("a page that cannot be shown")

    monkeypatch.setattr(page, "show_view", broken)
    with qtbot.capture_exceptions() as told:
        page.show()
        assert told == []  # not from the midst of showing
        qtbot.waitUntil(lambda: bool(told))
    assert [kind for kind, _, _ in told] == [KeyError]
    assert page.isVisible()


def test_tab_walks_the_cells_and_leaves_at_both_ends(qtbot, desk):
    page = shown(qtbot, desk)
    begin(page, CREWS, 2)
    press(qtbot, Key.Key_Tab)
    assert (page.table.current_key(), page.table.currentIndex().column()) == (CREWS, 3)
    last = page._model.rows[-1].key
    begin(page, last, len(page._model.columns) - 1)
    press(qtbot, Key.Key_Tab)
    assert not page.table.hasFocus()
    assert not page.table.isAncestorOf(QApplication.focusWidget())
    begin(page, page._model.rows[0].key, 0)
    qtbot.keyClick(page.table, Key.Key_Backtab, SHIFT)
    assert not page.table.hasFocus()


def test_tab_in_the_last_cell_that_is_edited_does_not_start_again(qtbot, desk):
    page = shown(qtbot, desk)
    rows = [row.key for row in page._model.rows if row.key.startswith("line-")]
    begin(page, rows[-1], 2 + 5)
    type_in(qtbot, page, "5k", Key.Key_Tab)
    assert page.table.currentIndex().row() >= page._model.place_of(rows[-1])


def test_down_enters_the_story_tab_walks_it_and_goes_on_below(qtbot, desk):
    page = shown(qtbot, desk)
    begin(page, CREWS, 0)
    press(qtbot, Key.Key_Space, Key.Key_Down)
    assert QApplication.focusWidget() is page._story.name.line
    stops = page.table._stops()
    for stop in stops[1:]:
        press(qtbot, Key.Key_Tab)
        assert QApplication.focusWidget() is stop
    press(qtbot, Key.Key_Tab)
    assert page.table.hasFocus()
    assert page.table.current_key() == WORKS


def test_enter_and_tab_lead_into_the_story_and_shift_tab_back(qtbot, desk):
    page = shown(qtbot, desk)
    for key, column in ((Key.Key_Return, 0), (Key.Key_Tab, len(page._model.columns) - 1)):
        page.table.close_story()
        begin(page, CREWS, column)
        press(qtbot, Key.Key_Space, key)
        assert QApplication.focusWidget() is page._story.name.line
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Backtab, SHIFT)
        assert page.table.hasFocus()
        assert page.table.current_key() == CREWS


def test_escape_closes_the_story_from_any_field(qtbot, desk):
    page = shown(qtbot, desk)
    for place in range(3):
        begin(page, CREWS, 0)
        press(qtbot, Key.Key_Space)
        page.table._stops()[place].setFocus()
        press(qtbot, Key.Key_Escape)
        assert page.table.story_key() == ""
        assert page.table.hasFocus()
        assert page.table.current_key() == CREWS


def test_enter_in_a_story_field_leaves_the_place_in_the_table(qtbot, desk):
    page = shown(qtbot, desk)
    begin(page, CREWS, 0)
    press(qtbot, Key.Key_Space, Key.Key_Down)
    press(qtbot, Key.Key_Return)
    assert page.table.current_key() == CREWS


def test_up_from_below_passes_the_story(qtbot, desk):
    page = shown(qtbot, desk)
    begin(page, CREWS, 0)
    press(qtbot, Key.Key_Space)
    begin(page, WORKS, 0)
    press(qtbot, Key.Key_Up)
    assert page.table.current_key() == CREWS


def test_only_the_row_of_the_story_is_tinted(qtbot, desk):
    page = shown(qtbot, desk)
    begin(page, "sum/cost", 0)
    page._open(CREWS)
    assert {index.row() for index in page.table.selectedIndexes()} == {page._model.place_of(CREWS)}


def test_a_new_name_stays_selected_when_new_figures_arrive(qtbot, desk):
    page = shown(qtbot, desk)
    qtbot.mouseClick(page.add_line, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    desk._show(desk.appraisal)
    assert page._story.name.line.selectedText() == "New line"
    qtbot.keyClicks(QApplication.focusWidget(), "Vans")
    press(qtbot, Key.Key_Return)
    assert desk.appraisal.lines[-1].name == "Vans"


def test_new_figures_do_not_undo_what_is_half_typed_in_a_cell(qtbot, desk):
    page = shown(qtbot, desk)
    begin(page, CREWS, 3)
    press(qtbot, Key.Key_F2)
    editor = page.table.viewport().findChild(Line)
    editor.selectAll()
    qtbot.keyClicks(editor, "12")
    row = page._model.place_of(CREWS)
    page._model.dataChanged.emit(page._model.index(row, 0), page._model.index(row, 5))
    assert editor.text() == "12"


def test_a_small_bare_number_is_read_back_with_what_thousands_would_be(qtbot, desk):
    page = shown(qtbot, desk)
    begin(page, CREWS, 3)
    type_in(qtbot, page, "1300")
    assert page._echo.isVisible()
    name = line(desk, CREWS).name
    assert page._echo.text() == f"{name}, 2028/29: £1,300. If thousands were meant, type 1300k."
    page._model.apply(page._model.index(page._model.place_of(CREWS), 3), "1.3m")
    assert page._echo.text() == f"{name}, 2028/29: {wording.money(1_300_000)}."
    page.segments.step(1)
    assert not page._echo.isVisible()


def test_a_line_is_not_copied_to_its_own_option(qtbot, desk):
    page = shown(qtbot, desk)
    page._open(CREWS)
    offered = {page._story.copy.itemData(place) for place in range(page._story.copy.count())}
    assert offered == {one.id for one in desk.appraisal.options} - {"option-usual"}


def test_many_long_options_are_chosen_from_a_list(qtbot, desk_with, desk):
    first = desk.appraisal.options[0]
    many = [
        replace(first, id=f"option-{n}", name=f"A very long name of option {n}", short_name=f"Long option name {n}")
        for n in range(9)
    ]
    page = shown(qtbot, desk_with(options=(first, *many)))
    assert page.segments.folded()
    assert page.segments.list.isVisible()
    page.segments.step(1)
    assert page.segments.current() == page.segments.list.current() == "option-0"
    assert not shown(qtbot, desk).segments.folded()


def test_the_page_takes_the_keyboard_at_its_first_amount(qtbot, desk, blank_desk):
    page = shown(qtbot, desk)
    page.focus_first()
    assert page.table.hasFocus()
    assert page.table.currentIndex().column() == 2
    empty = shown(qtbot, blank_desk)
    empty.focus_first()
    assert QApplication.focusWidget() is empty.add_line
