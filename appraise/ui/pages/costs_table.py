"""The table of amounts: a spreadsheet's keys for whole selections, and names that stay while the years scroll."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QWidget

from appraise.ui import theme
from appraise.ui.widgets import base
from appraise.ui.widgets.table import DataTable, Header
from appraise.ui.widgets.table_delegate import CellDelegate
from appraise.ui.widgets.table_model import DataTableModel

ROW = 31
"""The height of a row in px at 100 %."""


class _Edge(QWidget):
    """The line at the right of the names that stay."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """One line, top to bottom."""
        base.hairline(QPainter(self), QPointF(0.5, 0), QPointF(0.5, self.height()), "edge")


class AmountTable(DataTable):
    """The table of amounts; Delete empties and Ctrl+R fills the whole selection.

    Signals: cleared(cells) and filled_right(cells) with (row, column) pairs of the selection.
    """

    cleared = Signal(list)
    filled_right = Signal(list)
    tab_walks_cells = True
    _names: QTableView | None = None

    def __init__(self, name: str, model: DataTableModel) -> None:
        super().__init__(name, model, row_height=ROW)
        self._names = self._frozen(model)
        self._edge = _Edge(self)
        self.horizontalScrollBar().valueChanged.connect(self._freeze)
        self.verticalHeader().sectionResized.connect(self._freeze)
        self.horizontalHeader().sectionResized.connect(self._freeze)
        for signal in (model.modelReset, model.rowsInserted, model.rowsRemoved):
            signal.connect(self._freeze)
        self._freeze()

    def _frozen(self, model: DataTableModel) -> QTableView:
        """The first column again, over the one that scrolled away."""
        names = QTableView(self)
        names.setModel(model)
        names.setSelectionModel(self.selectionModel())
        names.setItemDelegate(CellDelegate(self))
        names.setHorizontalHeader(Header(names))
        names.verticalHeader().hide()
        names.verticalHeader().setMinimumSectionSize(1)
        names.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        names.setFrameShape(QFrame.Shape.NoFrame)
        names.setShowGrid(False)
        names.setWordWrap(False)
        names.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        for policy in (names.setVerticalScrollBarPolicy, names.setHorizontalScrollBarPolicy):
            policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        names.clicked.connect(self._clicked)
        return names

    def _freeze(self) -> None:
        """Shows the names where they have scrolled away, in the place and height of their rows."""
        names = self._names
        if names is None:
            return
        self._pin_story()
        scrolled = self.horizontalScrollBar().value() > 0
        names.setVisible(scrolled)
        self._edge.setVisible(scrolled)
        if not scrolled:
            return
        base.set_ground(names, "card")
        head, model = self.horizontalHeader().height(), self.model()
        names.horizontalHeader().setFixedHeight(head)
        for column in range(model.columnCount()):
            names.setColumnHidden(column, column > 0)
        names.setColumnWidth(0, self.columnWidth(0))
        for row in range(model.rowCount()):
            names.setRowHeight(row, self.rowHeight(row))
        names.setGeometry(0, 0, self.columnWidth(0), self.viewport().height() + head)
        self._edge.setGeometry(self.columnWidth(0), 0, 1, names.height())
        shown = QRegion(names.rect())
        story = self._story_rect()
        names.setMask(shown.subtracted(QRegion(story.translated(0, head))))
        self._edge.setVisible(story.isEmpty())
        names.raise_()
        self._edge.raise_()

    def _story_rect(self) -> QRect:
        """The room of the open story, in the viewport; empty where none is open."""
        for row, shown in enumerate(self._data.rows):
            if shown.kind == "story":
                return QRect(0, self.rowViewportPosition(row), self.viewport().width(), self.rowHeight(row))
        return QRect()

    def updateEditorGeometries(self) -> None:
        """An open story stays where it can be read while the years scroll."""
        super().updateEditorGeometries()
        self._pin_story()

    def _pin_story(self) -> None:
        for row, shown in enumerate(self._data.rows):
            story = self.indexWidget(self._data.index(row, 0)) if shown.kind == "story" else None
            if story is not None:
                story.move(0, story.y())

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """A year in hand never hides under the names."""
        super().scrollTo(index, hint)
        hidden = self.columnWidth(0) - self.visualRect(index).left()
        if index.column() > 0 and hidden > 0:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - hidden)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The names keep their height."""
        super().resizeEvent(event)
        self._freeze()

    def apply_theme(self) -> None:
        """The names follow the theme too."""
        super().apply_theme()
        if self._names is not None:
            self._names.verticalHeader().setDefaultSectionSize(theme.px(ROW))
            self._freeze()

    def selected_cells(self) -> list[tuple[int, int]]:
        """The selection as sorted (row, column) pairs."""
        return sorted((index.row(), index.column()) for index in self.selectedIndexes())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Two keys more than every table has."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.cleared.emit(self.selected_cells())
        elif event.key() == Qt.Key.Key_R and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.filled_right.emit(self.selected_cells())
        else:
            super().keyPressEvent(event)
