"""What the tests of step 5's sections share: the page at a section, and typing as a person does."""

from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import Line as CostLine
from appraise.ui.pages.costs import CostsPage
from appraise.ui.pages.costs_section import CostSection
from appraise.ui.widgets.base import stops_of
from appraise.ui.widgets.fields import Line, TextField
from appraise.ui.widgets.table import DataTable

from .conftest import Desk

Kind = TypeVar("Kind", bound=CostSection)


def at_section(qtbot: QtBot, desk: Desk, key: str, kind: type[Kind]) -> tuple[CostsPage, Kind]:
    """The page, shown and active, with a section in hand."""
    page = CostsPage(desk.context)
    for widget in (page, page.pane):
        qtbot.addWidget(widget)
    page.resize(900, 800)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    section = page.go_to_section(key)
    assert isinstance(section, kind)
    return page, section


def unlinked(appraisal: Appraisal) -> Appraisal:
    """The document without correlation groups and without a matrix; drivers stay."""
    lines = tuple(replace(one, correlation="") for one in appraisal.lines)
    return replace(appraisal, lines=lines, correlation_groups=(), correlation_matrix=None)


def fill(qtbot: QtBot, field: TextField, text: str) -> None:
    """Types over a field and presses Enter."""
    field.line.setFocus()
    field.line.selectAll()
    qtbot.keyClicks(field.line, text)
    qtbot.keyClick(field.line, Qt.Key.Key_Return)


def type_in(qtbot: QtBot, table: DataTable, key: str, column: int, text: str) -> None:
    """Types over a cell and presses Enter."""
    table.setFocus()
    table.place(key, column)
    qtbot.keyClick(table, Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    assert isinstance(editor, Line)
    editor.selectAll()
    qtbot.keyClicks(editor, text)
    qtbot.keyClick(editor, Qt.Key.Key_Return)


def texts(table: DataTable) -> list[list[str]]:
    """What the cells show, row by row."""
    model = table.model()
    rows, columns = range(model.rowCount()), range(model.columnCount())
    return [[str(model.index(row, column).data()) for column in columns] for row in rows]


def line(desk: Desk, key: str) -> CostLine:
    """A line of the document."""
    return next(one for one in desk.appraisal.lines if one.id == key)


def without_name(part: QWidget) -> list[QWidget]:
    """The places where the keyboard stops that no screen reader could name."""
    return [stop for stop in stops_of(part) if not stop.accessibleName()]


def walk(qtbot: QtBot, page: CostsPage, steps: int) -> list[QWidget]:
    """Where the keyboard goes from the switch of the sections with so many Tabs."""
    page.switch.setFocus()
    found = []
    for _ in range(steps):
        here = QApplication.focusWidget()
        assert here is not None
        qtbot.keyClick(here, Qt.Key.Key_Tab)
        stop = QApplication.focusWidget()
        assert stop is not None
        if not found or found[-1] is not stop:
            found.append(stop)
    return found


def in_this_order(found: list[QWidget], *stops: QWidget) -> bool:
    """The stops were met one after the other, with others between them."""
    places = [found.index(stop) for stop in stops if stop in found]
    return len(places) == len(stops) and places == sorted(places)
