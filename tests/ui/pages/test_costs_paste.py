"""Blocks from a spreadsheet that bring the names of their lines."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from appraise.ui.pages import costs_fill, costs_paste, costs_rows
from tests.ui.pages.test_costs import CREWS, WORKS, line, select, shown


def paste(qtbot, page, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    qtbot.mouseClick(page.paste, Qt.MouseButton.LeftButton)


def test_names_and_amounts_make_lines_in_an_empty_option_in_one_step(qtbot, blank_desk):
    page = shown(qtbot, blank_desk)
    assert page.paste.isEnabled()
    paste(qtbot, page, "Staff\t£1,200\t1.5k\r\nVans\t(300)\t\r\n")
    lines = blank_desk.appraisal.lines
    assert [(one.name, one.amounts[:2]) for one in lines] == [
        ("Staff", (Decimal(1200), Decimal(1500))),
        ("Vans", (Decimal(-300),)),
    ]
    assert blank_desk.actions == ["Paste two lines"]
    assert page._echo.text() == "Two lines added, read as pounds."
    blank_desk.undo()
    assert blank_desk.appraisal.lines == ()


@pytest.mark.parametrize("heads", ["2028/29\t2029/30", "28/29\t29/30", "2028\t2029", "2028-29\t2029-30"])
def test_a_row_of_years_places_the_columns(qtbot, blank_desk, heads):
    page = shown(qtbot, blank_desk)
    paste(qtbot, page, f"Line\t{heads}\nStaff\t7\t8\n")
    assert blank_desk.appraisal.lines[0].amounts[:3] == (Decimal(0), Decimal(7), Decimal(8))
    assert len(blank_desk.appraisal.lines) == 1


def test_a_line_of_the_same_name_takes_the_amounts(qtbot, desk):
    page = shown(qtbot, desk)
    name, count = line(desk, CREWS).name, len(desk.appraisal.lines)
    paste(qtbot, page, f"{name}\t5\nA new line\t6\n")
    assert line(desk, CREWS).amounts[0] == 5
    assert len(desk.appraisal.lines) == count + 1
    assert page._echo.text() == "One line added and one line of the same name changed, read as pounds."


@pytest.mark.parametrize(
    ("block", "says"),
    [
        ("Staff\t1\nVans\tlots", "row 2, column 2: “lots” is not a number"),
        ("Line\t27/28\nStaff\t1\nVans\t1,5", "row 3, column 2"),
        ("Staff\t" + "\t".join("123456789" * 4), "lies after the last year"),
        ("Line\t2019/20\t2020/21\nStaff\t1\t2", "row 1, column 2: 2019/20 is not among the years"),
        ("Line\t27/28\tNote\nStaff\t1\t1", "row 2, column 3 has no year above it"),
        ("Staff\t5 %", "“5 %” is a percentage"),
        ("Staff\t#REF!", "#REF! is an error of the spreadsheet"),
        ("1\t2", "this option has no lines yet"),
    ],
)
def test_what_cannot_be_read_names_its_place_and_changes_nothing(qtbot, blank_desk, block, says):
    page = shown(qtbot, blank_desk)
    paste(qtbot, page, block)
    assert says in page.fault._title.text()
    assert len(page.fault._title.text().split()) <= 25
    assert blank_desk.appraisal.lines == ()
    assert blank_desk.actions == []


def test_amounts_alone_are_no_names():
    assert not costs_paste.names_lines([["1.5m", "2"], ["850k", "3"]])
    assert not costs_paste.names_lines([["Staff"], ["Vans"]])
    assert costs_paste.names_lines([["Staff", "2"], ["", ""], ["2 vans", "3"]])
    assert not costs_paste.has_years(["2", "1200", "1300"])
    assert costs_rows.in_thousands("£1300", Decimal(1300)) == ""


def test_sums_of_the_spreadsheet_are_left_out_and_said(qtbot, blank_desk):
    page = shown(qtbot, blank_desk)
    paste(
        qtbot,
        page,
        "£\t27/28\t28/29\tTotal\nStaff\t1.5m\t£850k\t2.35m\nVans\t(1,000)\t-\t-1000\nTotal\t1\t2\t3\n\t\t\t\n",
    )
    assert [(one.name, sum(one.amounts)) for one in blank_desk.appraisal.lines] == [
        ("Staff", Decimal(2350000)),
        ("Vans", Decimal(-1000)),
    ]
    assert page._echo.text() == "Two lines added, read as pounds. One row and one column of totals left out."


def test_a_block_is_repeated_over_a_selection_that_it_divides():
    assert costs_fill.repeated([["1", "2"]], 2, 4) == [["1", "2", "1", "2"]] * 2
    assert costs_fill.repeated([["1", "2"]], 2, 3) == [["1", "2"]]
    assert costs_paste.trimmed([["1", "", ""], ["", "2", ""], ["", "", ""]]) == [["1", ""], ["", "2"]]


def test_a_copied_block_is_pounds_and_pastes_back_elsewhere(qtbot, desk):
    page = shown(qtbot, desk)
    select(page, (CREWS, 2), (WORKS, 3))
    page.table.copy()
    before = [line(desk, key).amounts[:2] for key in (CREWS, WORKS)]
    text = QGuiApplication.clipboard().text()
    assert text == "\n".join("\t".join(f"{pounds:.0f}" for pounds in row) for row in before)
    page.table.place(CREWS, 4)
    page.table.paste()
    assert [line(desk, key).amounts[2:4] for key in (CREWS, WORKS)] == before
    page.table.setCurrentIndex(page._model.index(0, len(page._model.columns) - 1))
    page.table.copy()
    assert Decimal(QGuiApplication.clipboard().text()) == sum(line(desk, CREWS).amounts)


def test_cut_takes_the_amounts_onto_the_clipboard(qtbot, desk):
    page = shown(qtbot, desk)
    first = line(desk, CREWS).amounts[0]
    page.table.setFocus()
    select(page, (CREWS, 2), (CREWS, 2))
    qtbot.keyClick(page.table, Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == f"{first:.0f}"
    assert line(desk, CREWS).amounts[0] == 0
    assert desk.actions == ["Clear amounts"]
