"""A table whose first and last column stay in view while the columns between them scroll."""

from typing import Literal

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QWidget

from appraise.ui import theme
from appraise.ui.widgets import base
from appraise.ui.widgets.table import DataTable, Header
from appraise.ui.widgets.table_delegate import CellDelegate
from appraise.ui.widgets.table_model import DataTableModel

Side = Literal["left", "right"]


class _Edge(QWidget):
    """The line between a column that stays and those that scroll."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """One line, top to bottom."""
        base.hairline(QPainter(self), QPointF(0.5, 0), QPointF(0.5, self.height()), "edge")


class _Frozen(QTableView):
    """One column of a table again, over the place where the table has scrolled it away."""

    def __init__(self, table: QTableView, side: Side) -> None:
        super().__init__(table)
        self.side = side
        self.edge = _Edge(table)
        self.setItemDelegate(CellDelegate(table))
        self.setHorizontalHeader(Header(self))
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for policy in (self.setVerticalScrollBarPolicy, self.setHorizontalScrollBarPolicy):
            policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hide()
        self.edge.hide()


class FrozenTable(DataTable):
    """A `DataTable` that keeps its first and its last column in view when it is too narrow for all of them.

    `headed=False` leaves the heading out, for a table that continues another one; `last=False` lets the last column
    scroll like the others. Signals: laid_out() when widths, heights or the place of the columns that stay may have
    changed.
    """

    laid_out = Signal()
    _sides: tuple[_Frozen, ...] = ()
    _headed = _keeps_last = True
    _changing = False

    def __init__(
        self,
        name: str,
        model: DataTableModel,
        *,
        row_height: float = 31,
        fit: bool = False,
        headed: bool = True,
        last: bool = True,
    ) -> None:
        super().__init__(name, model, row_height=row_height, fit=fit)
        self.horizontalHeader().setVisible(headed)
        self._headed, self._keeps_last = headed, last
        self._sides = (_Frozen(self, "left"), _Frozen(self, "right")) if last else (_Frozen(self, "left"),)
        for side in self._sides:
            side.setModel(model)
            side.setSelectionModel(self.selectionModel())
            side.horizontalHeader().setVisible(headed)
            side.clicked.connect(self._clicked)
            side.doubleClicked.connect(self._double_clicked)
            side.pressed.connect(lambda _index: self.setFocus(Qt.FocusReason.MouseFocusReason))
            side.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
            self.verticalScrollBar().valueChanged.connect(side.verticalScrollBar().setValue)
        self.horizontalScrollBar().valueChanged.connect(self._freeze)
        self.horizontalScrollBar().rangeChanged.connect(self._freeze)
        self.verticalScrollBar().valueChanged.connect(self._mask)
        self.verticalHeader().sectionResized.connect(self._row_resized)
        self.horizontalHeader().sectionResized.connect(self._column_resized)
        model.modelAboutToBeReset.connect(self._wait)
        for signal in (model.modelReset, model.rowsInserted, model.rowsRemoved):
            signal.connect(self._rows_anew)
        self.apply_theme()

    def apply_theme(self) -> None:
        """The columns that stay follow the theme too."""
        super().apply_theme()
        if not self._headed:
            self.horizontalHeader().setFixedHeight(0)
        for side in self._sides:
            base.set_ground(side, "card")
            side.verticalHeader().setDefaultSectionSize(theme.px(self._row_height))
        if self._sides:
            self._rows_anew()

    def staying(self) -> tuple[int, int]:
        """The widths of the first and the last column that stay, which no other column may hide under."""
        columns = len(self._data.columns)
        return self.columnWidth(0), self.columnWidth(columns - 1) if columns > 1 and self._keeps_last else 0

    def _lay_out_columns(self) -> None:
        super()._lay_out_columns()
        self._freeze()

    def _column_resized(self, _column: int, _old: int, _new: int) -> None:
        self._freeze()

    def _row_resized(self, row: int, _old: int, height: int) -> None:
        for side in self._sides:
            side.setRowHeight(row, height)
        self._mask()

    def _wait(self) -> None:
        """Until all views have heard of a reset, those beside the table hold columns that are gone."""
        self._changing = True

    def _rows_anew(self) -> None:
        """After Qt has set all rows back: those of another height than usual get it again."""
        self._changing = False
        usual = theme.px(self._row_height)
        for side in self._sides:
            own = 0 if side.side == "left" else len(self._data.columns) - 1
            for column in range(len(self._data.columns)):
                side.setColumnHidden(column, column != own)
            for row in range(len(self._data.rows)):
                if (height := self.rowHeight(row)) != usual or side.rowHeight(row) != height:
                    side.setRowHeight(row, height)
        self._freeze()

    def _freeze(self) -> None:
        """Shows a column where it has scrolled away, in the place and height of its rows."""
        if not self._sides or self._changing:  # Qt asks before there are any
            return
        bar, last = self.horizontalScrollBar(), len(self._data.columns) - 1
        head = self.horizontalHeader().height() if self._headed else 0
        height = self.viewport().height() + head
        first_width, last_width = self.staying()
        self._pin_story()
        for side in self._sides:
            left = side.side == "left"
            away = bar.value() > 0 if left else bar.value() < bar.maximum()
            away = away and last > 0 and first_width + last_width < self.viewport().width()
            side.setVisible(away)
            side.edge.setVisible(away)
            if not away:
                continue
            width = first_width if left else last_width
            side.horizontalHeader().setFixedHeight(head)
            side.setColumnWidth(0 if left else last, width)
            x = 0 if left else self.viewport().width() - width
            side.setGeometry(x, 0, width, height)
            side.verticalScrollBar().setValue(self.verticalScrollBar().value())
            side.edge.setGeometry(width if left else x - 1, 0, 1, height)
            side.raise_()
            side.edge.raise_()
        self._mask()
        self.laid_out.emit()

    def _mask(self) -> None:
        """The open story lies over the columns that stay."""
        story = self._story_rect()
        head = self.horizontalHeader().height() if self._headed else 0
        for side in self._sides:
            if not side.isVisibleTo(self):
                continue
            room = story.translated(-side.x(), head)
            for part, place in ((side, room), (side.edge, story.translated(-side.edge.x(), head))):
                if story.isEmpty():
                    part.clearMask()
                else:
                    part.setMask(QRegion(part.rect()).subtracted(QRegion(place)))

    def _story_rect(self) -> QRect:
        """The room of the open story, in the viewport; empty where none is open."""
        row = self._data.story_place()
        if row < 0:
            return QRect()
        return QRect(0, self.rowViewportPosition(row), self.viewport().width(), self.rowHeight(row))

    def updateEditorGeometries(self) -> None:
        """An open story stays where it can be read while the columns scroll."""
        super().updateEditorGeometries()
        self._pin_story()

    def _pin_story(self) -> None:
        story = self._story()
        if story is not None:
            story.move(0, story.y())

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """A cell in hand never hides under the columns that stay; these themselves scroll nothing sideways."""
        bar, last = self.horizontalScrollBar(), len(self._data.columns) - 1
        before = bar.value()
        super().scrollTo(index, hint)
        if not index.isValid() or not bar.maximum():
            return
        if index.column() == 0 or (index.column() == last and self._keeps_last):
            bar.setValue(before)
            return
        first_width, last_width = self.staying()
        place = self.visualRect(index)
        if place.left() < first_width:
            bar.setValue(bar.value() - (first_width - place.left()))
        elif place.right() > self.viewport().width() - last_width:
            bar.setValue(bar.value() + place.right() - (self.viewport().width() - last_width) + 1)

    def bring(self, column: int) -> None:
        """Scrolls to where a column that stays has its own place, before one of its cells is edited."""
        bar = self.horizontalScrollBar()
        if column == 0:
            bar.setValue(0)
        elif column == len(self._data.columns) - 1 and self._keeps_last:
            bar.setValue(bar.maximum())

    def _take(self, row: int, column: int) -> None:
        super()._take(row, column)
        if self._editable(self.currentIndex()):  # Tab goes on typing in it, and its editor stands in its own place
            self.bring(column)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A cell of a column that stays is brought to its own place before a key edits it: its editor stands there."""
        index = self.currentIndex()
        starts = event.key() == Qt.Key.Key_F2 or (event.text().isprintable() and event.text().strip())
        if starts and index.isValid() and self._editable(index):
            self.bring(index.column())
        super().keyPressEvent(event)

    def _double_clicked(self, index: QModelIndex) -> None:
        super()._double_clicked(index)
        if self._editable(index) and self.sender() in self._sides:
            self.bring(index.column())
            self.edit(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The columns that stay keep their height."""
        super().resizeEvent(event)
        if self._sides:
            self._freeze()
