"""The sheet of step 5: amounts that scroll, while names and totals by line, year and category stay in view."""

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from appraise.ui import theme
from appraise.ui.pages import costs_rows
from appraise.ui.widgets import base
from appraise.ui.widgets.table_frozen import FrozenTable
from appraise.ui.widgets.table_model import Cell, DataTableModel, TableColumn, TableRow

ROW = 31
"""The height of a line in px at 100 %."""
FOOT_ROW = 25
"""The height of a total in px at 100 %."""
_LEAST_ROWS = 5
"""So many lines are seen at least; a page too low for that scrolls."""


class AmountTable(FrozenTable):
    """The table of amounts; Delete empties, Ctrl+X cuts and Ctrl+R fills the whole selection.

    Signals: cleared(cells) and filled_right(cells) with (row, column) pairs of the selection.
    """

    cleared = Signal(list)
    filled_right = Signal(list)
    tab_walks_cells = True

    def __init__(self, name: str, model: DataTableModel) -> None:
        super().__init__(name, model, row_height=ROW)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # the totals below have it

    def selected_cells(self) -> list[tuple[int, int]]:
        """The selection as sorted (row, column) pairs."""
        return sorted((index.row(), index.column()) for index in self.selectedIndexes())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Three keys more than every table has."""
        if event.matches(QKeySequence.StandardKey.Cut) and not self._in_story():
            self.copy()
            self.cleared.emit(self.selected_cells())
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not self._in_story():
            self.cleared.emit(self.selected_cells())
        elif event.key() == Qt.Key.Key_R and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.filled_right.emit(self.selected_cells())
        else:
            super().keyPressEvent(event)

    def content_height(self) -> int:
        """The height that all rows need, with the heading."""
        return self.verticalHeader().length() + self.horizontalHeader().height()

    def story_height(self) -> int:
        """The height of the open story with its line; nothing where none is open."""
        row = self._data.story_place()
        return self.rowHeight(row) + self.rowHeight(row - 1) if row > 0 else 0


class TotalsTable(FrozenTable):
    """The totals below the amounts, in the same columns; a click on the arrow of the last row folds the categories."""

    def __init__(self, model: DataTableModel) -> None:
        super().__init__("Totals by year and category", model, row_height=FOOT_ROW, headed=False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """All rows, and the scroll bar where there is one."""
        bar = self.horizontalScrollBar()
        slide = bar.sizeHint().height() if bar.maximum() > 0 else 0
        return QSize(theme.px(400), theme.px(FOOT_ROW) * len(self._data.rows) + slide)

    def minimumSizeHint(self) -> QSize:
        """Totals are never cut."""
        return QSize(theme.px(120), self.sizeHint().height())


class _Line(QWidget):
    """The line between the amounts and their totals."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """One line, left to right."""
        base.hairline(QPainter(self), QPointF(0, 0.5), QPointF(self.width(), 0.5), "edge")


class CostSheet(QWidget, theme.Themed):
    """The amounts and, always in view below them, their totals by year and category.

    `table` holds the lines, `foot` the totals. Give it room with `set_room`: it is as high as its lines need, up to
    that. Where the room is too small for lines and categories, only the grand totals are shown, until asked for.
    """

    resized = Signal()

    def __init__(self, name: str, model: DataTableModel) -> None:
        super().__init__()
        self._model = model
        self._totals: list[TableRow] = []
        self._room = 0
        self._asked: bool | None = None
        self.foot_model = DataTableModel([TableColumn("£")], None, self)
        self.table = AmountTable(name, model)
        self.foot = TotalsTable(self.foot_model)
        self._column = QVBoxLayout(self)
        self._line = _Line()
        self._column.addWidget(self.table, 1)
        self._column.addWidget(self._line)
        self._column.addWidget(self.foot)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._connect()
        self.apply_theme()

    def _connect(self) -> None:
        wide, below = self.table.horizontalScrollBar(), self.foot.horizontalScrollBar()
        wide.valueChanged.connect(below.setValue)
        below.valueChanged.connect(wide.setValue)
        below.rangeChanged.connect(lambda _low, _high: self._refit())
        self.table.horizontalHeader().sectionResized.connect(self._widths)
        self.table.verticalScrollBar().rangeChanged.connect(lambda _low, _high: self._side())
        self.table.laid_out.connect(self._side)
        self.foot.toggled.connect(lambda _key: self.fold(folded=not self.folded))
        self.foot.opened.connect(lambda _key: self.fold(folded=not self.folded))
        for signal in (self._model.modelReset, self._model.rowsInserted, self._model.rowsRemoved):
            signal.connect(self._refit)

    def show_sheet(self, sheet: costs_rows.Sheet) -> None:
        """The totals of a sheet; the page hands the lines to the model, which keeps place and story."""
        self._totals = sheet.totals
        self.foot_model.set_columns(sheet.columns)
        self._show_totals()

    @property
    def folded(self) -> bool:
        """Only the grand totals are shown: as asked for, else as the room allows."""
        if self._asked is not None:
            return self._asked
        if self.table.story_height():
            return True
        need = theme.px(FOOT_ROW) * len(self._totals) + self.table.horizontalHeader().height()
        return self._room < need + theme.px(ROW) * min(len(self._model.rows), _LEAST_ROWS)

    def fold(self, *, folded: bool) -> None:
        """Shows only the grand totals, or the categories too."""
        self._asked = folded
        self._show_totals()

    def _show_totals(self) -> None:
        folded = self.folded
        chosen = [row for row in self._totals if row.kind == "total" or not folded]
        grand = [place for place, row in enumerate(chosen) if row.kind == "total"]
        if grand and len(self._totals) > len(grand):
            chosen[grand[-1]] = _with_arrow(chosen[grand[-1]], folded=folded)
        self.foot_model.set_rows(chosen)
        self._widths()
        self._refit()

    def set_room(self, height: int) -> None:
        """How high the sheet may be at most, as the page sees it."""
        if height != self._room:
            self._room = height
            self._show_totals()

    def _widths(self) -> None:
        for column in range(min(len(self._model.columns), len(self.foot_model.columns))):
            if self.foot.columnWidth(column) != self.table.columnWidth(column):
                self.foot.setColumnWidth(column, self.table.columnWidth(column))

    def _side(self) -> None:
        """The totals leave the room free that the scroll bar of the lines takes."""
        bar = self.table.verticalScrollBar()
        right = bar.width() if bar.isVisible() else 0
        if self.foot.maximumWidth() != self.width() - right:
            self.foot.setMaximumWidth(max(self.width() - right, 1))

    def _refit(self) -> None:
        self.foot.updateGeometry()
        self.updateGeometry()
        self.resized.emit()

    def natural_height(self) -> int:
        """The height at which nothing scrolls."""
        return self.table.content_height() + 1 + self.foot.sizeHint().height()

    def least_height(self) -> int:
        """The least height: some lines, or the whole open story, above the totals."""
        rows = theme.px(ROW) * min(max(len(self._model.rows), 1), _LEAST_ROWS)
        head = self.table.horizontalHeader().height()
        return head + max(rows, self.table.story_height()) + 1 + self.foot.sizeHint().height()

    def sizeHint(self) -> QSize:
        """As high as the lines need, within the room there is."""
        return QSize(theme.px(400), min(self.natural_height(), max(self._room, self.least_height())))

    def minimumSizeHint(self) -> QSize:
        """The height is given, the width may shrink."""
        return QSize(theme.px(240), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The totals keep to the width of the lines."""
        super().resizeEvent(event)
        self._side()

    def apply_theme(self) -> None:
        """Takes heights and widths."""
        base.margins(self._column, 0, 0, 0, 0)
        self._column.setSpacing(0)
        self._show_totals()


def _with_arrow(row: TableRow, *, folded: bool) -> TableRow:
    """The last total with the arrow that shows or hides the categories."""
    first, *rest = row.cells
    does = "Show the totals by category." if folded else "Hide the totals by category."
    arrow = Cell(
        first.text, icon="right" if folded else "down", icon_ink="ink2", strong=True, tip=does,
        spoken=f"{first.text}. {does}",
    )  # fmt: skip
    return TableRow(row.key, (arrow, *rest), row.kind)
