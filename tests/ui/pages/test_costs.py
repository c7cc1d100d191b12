from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from appraise.model.appraisal import lines
from appraise.model.appraisal.lines import Prices, Range, Shape, Treatment
from appraise.model.edits.lines import remove_line, rename_line
from appraise.present import cost_views
from appraise.ui.pages import costs_rows
from appraise.ui.pages.costs import CostsPage
from appraise.ui.widgets.fields import Line
from appraise.ui.widgets.labels import FlowLabel
from tests import builders

BUDGET = {one for one, rule in lines.RULES.items() if rule.financial and not rule.economic}
CREWS, WORKS = "line-usual-crews", "line-usual-works"


def shown(qtbot: QtBot, desk) -> CostsPage:
    page = CostsPage(desk.context)
    for widget in (page, page.pane):
        qtbot.addWidget(widget)
    page.resize(900, 800)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page


def line(desk, key: str) -> lines.Line:
    return next(one for one in desk.appraisal.lines if one.id == key)


def type_in(qtbot: QtBot, page: CostsPage, text: str, end: Qt.Key = Qt.Key.Key_Return) -> None:
    """Types into the cell in hand, as a person does."""
    qtbot.keyClick(page.table, Qt.Key.Key_F2)
    editor = page.table.viewport().findChild(Line)
    editor.selectAll()
    qtbot.keyClicks(editor, text)
    qtbot.keyClick(editor, end)


def text_of(page: CostsPage, key: str, column: int) -> str:
    return page.table.model().index(page._model.place_of(key), column).data()


def total_row(page: CostsPage, key: str) -> str:
    row = page._model.rows[page._model.place_of(key)]
    return row.cells[-1].text


def test_typing_changes_one_amount_in_pounds_and_the_figures_follow(qtbot, desk):
    page = shown(qtbot, desk)
    page.table.place(CREWS, 3)
    before = desk.context.view.results.options[0].economic.npc
    type_in(qtbot, page, "3.4m")
    assert line(desk, CREWS).amounts[1] == Decimal(3400000)
    assert text_of(page, CREWS, 3) == "3,400"
    assert desk.context.view.results.options[0].economic.npc > before
    assert desk.actions == ["Change Crews, supervision and storm call-out, 28/29"]
    assert page.table.current_key() == WORKS  # Enter went down
    desk.undo()
    assert text_of(page, CREWS, 3) == "2,930"


def test_tab_goes_right(qtbot, desk):
    page = shown(qtbot, desk)
    page.table.place(CREWS, 3)
    type_in(qtbot, page, "1k", Qt.Key.Key_Tab)
    assert line(desk, CREWS).amounts[1] == Decimal(1000)
    assert page.table.currentIndex().column() == 4


def test_what_cannot_be_read_stays_and_says_so(qtbot, desk):
    page = shown(qtbot, desk)
    page.table.place(CREWS, 3)
    type_in(qtbot, page, "lots")
    assert desk.actions == []
    assert page.fault.isVisible()
    assert "lots" in page.fault._title.text()
    assert text_of(page, CREWS, 3) == "lots"


def test_pasting_a_block_is_one_step(qtbot, desk):
    page = shown(qtbot, desk)
    QGuiApplication.clipboard().setText("£1,000,000\t(2,000)\r\n1.5m\t\r\n")
    page.table.place(CREWS, 2)
    qtbot.keyClick(page.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert line(desk, CREWS).amounts[:2] == (Decimal(1000000), Decimal(-2000))
    assert line(desk, WORKS).amounts[:2] == (Decimal(1500000), Decimal(0))
    assert desk.actions == ["Paste four amounts"]


def test_a_block_with_one_bad_cell_changes_nothing_and_names_the_place(qtbot, desk):
    page = shown(qtbot, desk)
    QGuiApplication.clipboard().setText("1\t2\n3\tn/a")
    page.table.place(CREWS, 2)
    before = desk.appraisal
    qtbot.keyClick(page.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert desk.appraisal is before
    assert "Materials, plant hire" in page.fault._title.text()
    assert "28/29" in page.fault._title.text()


@pytest.mark.parametrize(
    ("block", "column", "says"),
    [
        ("1\n2\n3\n4", 2, "only three lines"),
        ("\t".join("123456789"), 2, "wider than the years up to 34/35"),
        ("1", 0, "choose a year's cell"),
    ],
)
def test_a_block_that_does_not_fit_is_refused_in_a_sentence(qtbot, desk, block, column, says):
    page = shown(qtbot, desk)
    QGuiApplication.clipboard().setText(block)
    page.table.place(CREWS, column)
    page.table.paste()
    assert says in page.fault._title.text()
    assert desk.actions == []


def select(page: CostsPage, first: tuple[str, int], last: tuple[str, int]) -> None:
    model = page._model
    start = model.index(model.place_of(first[0]), first[1])
    end = model.index(model.place_of(last[0]), last[1])
    page.table.setCurrentIndex(start)
    page.table.selectionModel().select(QItemSelection(start, end), QItemSelectionModel.SelectionFlag.ClearAndSelect)


def test_fill_down_right_and_clear(qtbot, desk):
    page = shown(qtbot, desk)
    control = Qt.KeyboardModifier.ControlModifier
    select(page, (CREWS, 2), (WORKS, 3))
    qtbot.keyClick(page.table, Qt.Key.Key_D, control)
    assert line(desk, WORKS).amounts[:2] == line(desk, CREWS).amounts[:2]
    select(page, (CREWS, 2), (CREWS, 4))
    qtbot.keyClick(page.table, Qt.Key.Key_R, control)
    assert set(line(desk, CREWS).amounts[:3]) == {Decimal(2900000)}
    select(page, (CREWS, 2), (WORKS, 3))
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    assert not any(line(desk, WORKS).amounts[:2] + line(desk, CREWS).amounts[:2])
    assert desk.actions == ["Fill down", "Fill to the right", "Clear amounts"]


def figures_of(rows) -> dict[str, Decimal]:
    """The last cell of each row in pounds."""
    return {row.key: Decimal(row.cells[-1].edit_text) for row in rows if row.kind != "group"}


def test_sums_hold_constraints_and_leave_transfers_out(qtbot, desk_with, desk):
    plain = tuple(
        replace(one, bias="", prices=Prices.YEAR_0, probability=1.0, vat_recoverable=True)
        for one in desk.appraisal.lines
    )
    desk = desk_with(lines=plain)
    page = shown(qtbot, desk)
    page.segments.set_current("option-joint")
    page._show_all()
    keys = [row.key for row in page._model.rows]
    assert keys.index("head/1") < keys.index("head/2") < keys.index("line-joint-redundancy")
    foot = page.sheet._totals
    assert [row.key for row in foot if row.kind == "total"] == ["sum/cost", "sum/gain", "sum/net"]
    sums = figures_of(foot)
    assert sums["sum/cost"] - sums["sum/gain"] == sums["sum/net"]
    lines = costs_rows.lines_of(desk.appraisal, "option-joint")
    costs = [one for one in lines if lines_rule(one).economic and not lines_rule(one).benefit]
    constraints = sums.get("sum/kept", 0) + sums.get("sum/priced", 0)
    assert constraints
    assert sums["sum/cost"] == sum(sum(one.amounts) for one in costs) + constraints
    assert sums["sum/budget"] == sum(sum(one.amounts) for one in lines if one.treatment in BUDGET)
    parts = [f"sum/{one}" for one in cost_views.COSTS]
    assert sum(sums.get(key, 0) for key in parts) == sums["sum/cost"]


def lines_rule(one: lines.Line) -> lines.Rule:
    return lines.RULES[one.treatment]


def test_small_amounts_are_shown_in_pounds():
    assert costs_rows.unit_of([Decimal(99999)]).heading == "£"
    assert costs_rows.unit_of([Decimal(100000)]).heading == "£ thousand"
    assert costs_rows.unit_of([Decimal(5000000), Decimal(400)]).figure(Decimal(400)) == "0.4"


def test_space_opens_the_story_and_its_fields_change_the_line(qtbot, desk):
    page = shown(qtbot, desk)
    page.table.place(CREWS, 2)
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    story = page._story
    assert page.table.story_key() == CREWS
    story.range.high.setFocus()
    story.range.high.line.selectAll()
    qtbot.keyClicks(story.range.high.line, "130 %")
    qtbot.keyClick(story.range.high.line, Qt.Key.Key_Return)
    now = line(desk, CREWS).range
    assert now.high == 130
    qtbot.keyClick(story.range.shape, Qt.Key.Key_Down)
    assert line(desk, CREWS).range == Range(low=now.low, high=Decimal(130), shape=Shape.TRIANGULAR)
    story.treatment.chosen.emit(Treatment.SUNK_COST.value)
    assert line(desk, CREWS).treatment is Treatment.SUNK_COST
    assert page.table.story_key() == CREWS  # it stays open where its row went
    page.table.place(CREWS, 0)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    assert page.table.story_key() == ""


def test_a_range_of_100_to_100_is_no_range(qtbot, desk):
    page = shown(qtbot, desk)
    page._open(CREWS)
    for field in (page._story.range.low, page._story.range.high):
        field.line.setText("100")
        field.line.returnPressed.emit()
    assert line(desk, CREWS).range is None


def test_low_above_100_is_said_at_the_place_and_can_be_mended(qtbot, desk):
    page = shown(qtbot, desk)
    page._open(CREWS)
    page._story.range.low.line.setText("120")
    page._story.range.low.line.returnPressed.emit()
    assert page._wrong.isVisible()
    assert page._story.range.wrong.isVisible()
    assert page._model.rows[page._model.place_of(CREWS)].cells[1].icon == "problem"
    page._story.range.low.line.setText("90")
    page._story.range.low.line.returnPressed.emit()
    assert not page._wrong.isVisible()
    assert not page._story.range.wrong.isVisible()


def test_lines_are_added_copied_moved_and_removed(qtbot, desk):
    page = shown(qtbot, desk)
    count = len(desk.appraisal.lines)
    qtbot.mouseClick(page.add_line, Qt.MouseButton.LeftButton)
    new = desk.appraisal.lines[-1].id
    assert page.table.story_key() == new
    page._story.copied.emit(new, "option-joint")
    assert desk.appraisal.lines[-1].option == "option-joint"
    page._story._move(-1)
    own = [one.id for one in costs_rows.lines_of(desk.appraisal, "option-usual")]
    assert own == [CREWS, WORKS, new, "line-usual-vehicles"]
    page._story._edit(remove_line, "Remove")
    assert len(desk.appraisal.lines) == count + 1
    assert page.table.story_key() == ""
    desk.undo()
    assert len(desk.appraisal.lines) == count + 2


def test_the_three_calculated_views_are_read_only_and_agree_with_the_results(qtbot, desk):
    page = shown(qtbot, desk)
    option = desk.context.view.results.options[0]
    expected = {
        "real": sum(option.economic.cost_by_year),
        "cash": option.financial.total,
        "present": option.economic.pvc,
    }
    for key, pounds in expected.items():
        page.views.set_current(key)
        page.views.chosen.emit(key)
        assert page._model.rows
        assert not any(cell.editable for row in page._model.rows for cell in row.cells)
        sums = figures_of(page.sheet._totals)
        assert sums["sum/net" if key == "cash" else "sum/cost"] == pounds
        assert 0 < len(page._note.text().split()) <= 25
        assert not page.fill.isEnabled()


def test_keys_change_the_option_and_findings_lead_to_their_line(qtbot, desk):
    page = shown(qtbot, desk)
    control = Qt.KeyboardModifier.ControlModifier
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_PageDown, control)
    assert page.segments.current() == "option-minimum"
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_PageUp, control)
    assert page.segments.current() == desk.appraisal.options[0].id
    page.focus_place("line-joint-saving", "range")
    assert page.segments.current() == "option-joint"
    assert page.table.story_key() == "line-joint-saving"


def test_the_pane_shows_the_option_and_what_the_line_moves(qtbot, desk):
    page = shown(qtbot, desk)
    page.table.place(WORKS, 2)
    risk = desk.context.view.results.options[0].risk
    assert f"{risk.npc.p50 / 1e6:.1f}m" in page.pane._key.text()
    assert page.pane._moves.text.text().startswith("Its driver “Construction prices” moves the present cost by")


def test_the_pane_says_what_its_figures_wait_for(qtbot, desk, blank_desk):
    def said(page: CostsPage) -> list[str]:
        return [one.text() for one in page.pane.findChildren(FlowLabel) if one.isVisibleTo(page.pane)]

    assert "Figures appear with the first line of costs." in said(shown(qtbot, blank_desk))
    page = shown(qtbot, desk)
    page.pane.show_option(replace(desk.context.view, results=None), desk.appraisal.options[0].id)
    assert "Figures appear when nothing is wrong in the document." in said(page)


def test_options_without_costs_are_dashes_in_the_pane(qtbot, blank_desk):
    option = blank_desk.appraisal.options[2].id
    costs = builders.line("line-x", option, *[100_000] * 10)
    bare = builders.line("line-y", blank_desk.appraisal.options[1].id, *[0] * 10)
    blank_desk.context.apply(replace(blank_desk.appraisal, lines=(costs, bare)), "Cost one option")
    page = shown(qtbot, blank_desk)
    page.pane.show_option(blank_desk.context.view, option)
    figures = [row.figure.text() for row in page.pane._ranges._rows]
    assert figures[:2] + figures[3:] == ["–"] * 4
    assert figures[2].startswith("£")
    assert [row.bar.isVisibleTo(row) for row in page.pane._ranges._rows] == [False, False, True, False, False]
    assert page.pane._key.text() == figures[2]
    assert page.pane._range.text() == "No range is entered that could be seen."
    page.pane.show_option(blank_desk.context.view, blank_desk.appraisal.options[1].id)
    assert page.pane._key.text() == "–"


def test_the_big_figure_and_its_range_have_the_same_places(qtbot, blank_desk):
    option = blank_desk.appraisal.options[0].id
    costs = builders.line("line-x", option, *[200_000] * 6, *[0] * 4, spread=(95, 120))
    blank_desk.context.apply(replace(blank_desk.appraisal, lines=(costs,)), "Cost one option")
    page = shown(qtbot, blank_desk)
    page.pane.show_option(blank_desk.context.view, option)
    low, middle, high = (page.pane._range.text().split()[0], page.pane._key.text(), page.pane._range.text().split()[2])
    assert {len(one.split(".")[1]) for one in (low, middle, high)} == {3}, (low, middle, high)


def test_nothing_entered_says_what_to_do(qtbot, blank_desk):
    page = shown(qtbot, blank_desk)
    assert page._empty.isVisible()
    assert page.pane._key.text() == "–"
    qtbot.mouseClick(page.add_line, Qt.MouseButton.LeftButton)
    assert page.table.isVisible()
    assert len(blank_desk.appraisal.lines) == 1


def test_without_options_the_page_stands(qtbot, desk_with):
    page = shown(qtbot, desk_with(options=(), lines=(), scores=(), constraints=()))
    assert not page.add_line.isEnabled()


def test_findings_lead_into_the_section_of_rates_and_back_to_lines(qtbot, desk):
    page = shown(qtbot, desk)
    page.switch._choose("prices")
    prices = page.sections["prices"]
    assert prices.isVisible()
    assert not page._card.isVisible()
    page.focus_place(CREWS, "range")
    assert page._card.isVisible()
    assert not prices.isVisible()
    page.focus_place("", "deflator_percent")
    assert page.switch.current() == "prices"
    assert prices.isAncestorOf(QApplication.focusWidget())


def test_a_hidden_page_rests_and_catches_up(qtbot, desk):
    page = shown(qtbot, desk)
    page.hide()
    new = costs_rows.lines_of(desk.appraisal, "option-usual")[0]
    desk.context.apply(rename_line(desk.appraisal, line=new.id, name="Night crews"), "Rename")
    assert text_of(page, CREWS, 0) != "Night crews"
    page.show()
    assert text_of(page, CREWS, 0) == "Night crews"


def test_everything_that_takes_the_keyboard_has_a_name(qtbot, desk):
    page = shown(qtbot, desk)
    page._open(CREWS)
    nameless = [
        type(one).__name__
        for one in page.findChildren(QWidget)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisible() and not one.accessibleName()
    ]
    assert nameless == []


def test_names_and_totals_stay_while_the_years_scroll(qtbot, desk):
    page = shown(qtbot, desk)
    page.resize(560, 800)
    table = page.table
    qtbot.waitUntil(lambda: table.horizontalScrollBar().maximum() > 0)
    names, totals = table._sides
    last = len(page._model.columns) - 1
    assert not names.isVisible()
    assert totals.isVisible()
    page.table.place(CREWS, 9)
    assert names.isVisible()
    assert names.isColumnHidden(1)
    assert not totals.isColumnHidden(last)
    assert names.rowHeight(0) == totals.rowHeight(0) == table.rowHeight(0)
    first_width, last_width = table.staying()
    for year in (3, 8, 5):
        page.table.place(CREWS, year)
        cell = table.visualRect(table.currentIndex())
        assert first_width <= cell.left()
        assert cell.right() <= table.viewport().width() - last_width
    foot = page.sheet.foot
    assert foot.horizontalScrollBar().value() == table.horizontalScrollBar().value()
    assert [foot.columnWidth(place) for place in range(last + 1)] == [
        table.columnWidth(place) for place in range(last + 1)
    ]
    page._open(CREWS)
    table.horizontalScrollBar().setValue(60)
    assert page._story.x() == 0


def test_a_name_that_stays_is_edited_in_its_own_place(qtbot, desk):
    page = shown(qtbot, desk)
    page.resize(560, 800)
    qtbot.waitUntil(lambda: page.table.horizontalScrollBar().maximum() > 0)
    page.table.horizontalScrollBar().setValue(80)
    page.table.setFocus()
    page.table.place(CREWS, 0)
    assert page.table.horizontalScrollBar().value() == 80
    type_in(qtbot, page, "Night crews")
    assert page.table.horizontalScrollBar().value() == 0
    assert line(desk, CREWS).name == "Night crews"


def test_a_long_source_shows_its_beginning(qtbot, desk):
    page = shown(qtbot, desk)
    page._open(WORKS)
    assert page._story.source.line.cursorPosition() == 0


def test_the_keyboard_stays_in_its_field_when_a_row_moves(qtbot, desk):
    page = shown(qtbot, desk)
    page.table.place(CREWS, 4)
    page._open(CREWS)
    page._story.treatment.setFocus()
    page._story.treatment.chosen.emit(Treatment.WIDER_BENEFIT.value)  # its row goes below the costs
    assert page._story.treatment.hasFocus()
    assert (page.table.current_key(), page.table.currentIndex().column()) == (CREWS, 4)
    page._story.source.setFocus()
    page._story._edit(remove_line, "Remove")
    assert page.table.hasFocus()


def test_a_line_of_an_option_that_is_gone_can_be_removed(qtbot, desk_with, desk):
    first, *rest = desk.appraisal.lines
    made = desk_with(lines=(replace(first, option="option-gone"), *rest))
    page = shown(qtbot, made)
    assert page._wrong.action.text() == "Remove the line"
    page._wrong.activated.emit()
    assert first.id not in {one.id for one in made.appraisal.lines}
    assert not page._wrong.isVisible()


def test_the_keyboard_never_falls_on_the_rates_when_the_table_goes(qtbot, desk_with):
    """An option without lines hides the table: the next key must not change the discount rates."""
    desk = desk_with(constraints=())
    page = shown(qtbot, desk)
    page.table.place(CREWS, 3)
    page.table.setFocus()
    for one in [one for one in desk.appraisal.lines if one.option == "option-usual"]:
        desk.context.apply(remove_line(desk.appraisal, line=one.id), "Remove a line")
    assert not page.table.isVisible()
    assert page.add_line.hasFocus()


def test_the_keyboard_stays_in_the_table_when_the_line_of_an_open_story_is_removed(qtbot, desk):
    page = shown(qtbot, desk)
    page.table.place(CREWS, 0)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    remove = next(one for one in page._story.findChildren(QWidget) if one.accessibleName() == "Remove line")
    remove.setFocus()
    assert remove.hasFocus()
    rates = desk.appraisal.basis
    qtbot.keyClick(remove, Qt.Key.Key_Space)
    assert all(one.id != CREWS for one in desk.appraisal.lines)
    assert page.table.hasFocus()
    assert desk.appraisal.basis is rates
