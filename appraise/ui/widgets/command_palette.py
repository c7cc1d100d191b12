"""Ctrl+K: a list of steps and actions that shrinks as one types."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSortFilterProxyModel, Qt
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QDialog, QFrame, QListView, QVBoxLayout, QWidget

from appraise.ui import theme
from appraise.ui.widgets import base
from appraise.ui.widgets.fields import Line


@dataclass(frozen=True, slots=True)
class Command:
    """A name in the list and what choosing it does."""

    name: str
    run: Callable[[], object]


class CommandPalette(QDialog):
    """Type to narrow, arrows to move, Enter to go, Escape to leave."""

    def __init__(self, commands: Sequence[Command], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Find or go to")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._commands = tuple(commands)
        self.line = Line()
        self.line.setAccessibleName("Find or go to")
        self.line.setPlaceholderText("A step or an action")
        model = QStandardItemModel(self)
        for place, command in enumerate(self._commands):
            item = QStandardItem(command.name)
            item.setEditable(False)
            item.setData(place)
            model.appendRow(item)
        self._shown = QSortFilterProxyModel(self)
        self._shown.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._shown.setSourceModel(model)
        self.list = QListView()
        self.list.setAccessibleName("Steps and actions")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setVerticalScrollBar(base.ScrollBar(Qt.Orientation.Vertical, self.list))
        self.list.setFont(theme.font("body"))
        self.list.setSpacing(theme.px(4))
        self.list.setModel(self._shown)
        self.list.setCurrentIndex(self._shown.index(0, 0))
        column = QVBoxLayout(self)
        base.margins(column, 12, 12, 12, 12)
        column.addWidget(self.line)
        column.addWidget(self.list)
        self.line.textChanged.connect(self._narrow)
        self.line.returnPressed.connect(self._go)
        self.list.activated.connect(lambda _index: self._go())
        self.line.installEventFilter(self)
        self.resize(theme.px(460), theme.px(420))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows in the line move in the list."""
        arrows = (Qt.Key.Key_Up, Qt.Key.Key_Down)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in arrows:
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            row = min(max(self.list.currentIndex().row() + step, 0), self._shown.rowCount() - 1)
            self.list.setCurrentIndex(self._shown.index(row, 0))
            return True
        return super().eventFilter(watched, event)

    def _narrow(self, text: str) -> None:
        self._shown.setFilterFixedString(text)
        self.list.setCurrentIndex(self._shown.index(0, 0))

    def _go(self) -> None:
        index = self.list.currentIndex()
        if index.isValid():
            command = self._commands[int(self._shown.data(index, Qt.ItemDataRole.UserRole + 1))]
            self.accept()
            command.run()
