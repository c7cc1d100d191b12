"""How far the parts of a page have come: a line each, with state icon, name and a few words; a click goes there."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QListView, QSizePolicy, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from appraise.ui import icons, theme
from appraise.ui.widgets import base

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class PartRow:
    """One part: its key, its name, a few words on how far it is, and its state (a key of `icons.STATES`)."""

    key: str
    name: str
    words: str
    state: str


class _Rows(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[PartRow] = []
        self.shown = ""

    def replace(self, rows: Sequence[PartRow], shown: str) -> None:
        fresh = list(rows)
        if [row.key for row in fresh] != [row.key for row in self.rows]:
            self.beginResetModel()
            self.rows, self.shown = fresh, shown
            self.endResetModel()
        elif (fresh, shown) != (self.rows, self.shown):
            self.rows, self.shown = fresh, shown
            self.dataChanged.emit(self.index(0), self.index(len(fresh) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.name
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            here = ", shown now" if row.key == self.shown else ""
            return f"{row.name}: {row.words}, {icons.STATES[row.state].lower()}{here}"
        return None


class _Painter(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.px(120), theme.px(32))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, model = index.data(Qt.ItemDataRole.UserRole), index.model()
        if not isinstance(row, PartRow) or not isinstance(model, _Rows):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place, shown = QRectF(option.rect), row.key == model.shown
        if shown or option.state & QStyle.StateFlag.State_MouseOver:
            edge = theme.colour("ink") if shown and theme.current().high_contrast else None
            base.panel(painter, place, theme.colour("selected" if shown else "hover"), edge, 6, theme.px(2))
        side = float(theme.px(18))
        ink = theme.colour(icons.state_role(row.state))
        icons.paint(painter, row.state, QRectF(place.x() + theme.px(7), place.center().y() - side / 2, side, side), ink)
        inner = place.adjusted(theme.px(34), 0, -theme.px(8), 0)
        said = min(base.text_width(row.words, "caption"), inner.width() / 2)
        name = inner.adjusted(0, 0, -said - theme.px(8), 0)
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        base.text_at(painter, name, row.name, "dense-strong" if shown else "dense", theme.colour("ink"), left)
        base.text_at(painter, inner.adjusted(name.width(), 0, 0, 0), row.words, "caption", theme.colour("ink2"), right)
        view = self.parent()
        if isinstance(view, QListView) and view.hasFocus() and index == view.currentIndex():
            base.focus_ring(painter, place)
        painter.restore()


class PartList(QListView, theme.Themed):
    """The parts one below the other, as high as they need; one stop for Tab.

    Signals: chosen(key) on a click, Enter or Space.
    """

    chosen = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._list = _Rows()
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.setMouseTracking(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_Painter(self))
        self.setModel(self._list)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._choose)
        self.apply_theme()

    @property
    def rows(self) -> Sequence[PartRow]:
        """What is shown."""
        return self._list.rows

    def set_parts(self, rows: Sequence[PartRow], shown: str) -> None:
        """Shows these parts; `shown` is the key of the one that stands on the page."""
        self._list.replace(rows, shown)
        place = next((number for number, row in enumerate(rows) if row.key == shown), -1)
        if place >= 0 and (not self.hasFocus() or not self.currentIndex().isValid()):
            self.setCurrentIndex(self._list.index(place))
        self.updateGeometry()

    def apply_theme(self) -> None:
        """Takes the sizes."""
        self.setFont(theme.font("dense"))
        self.scheduleDelayedItemsLayout()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """All parts."""
        return QSize(theme.px(260), theme.px(32) * self._list.rowCount() + 1)

    def minimumSizeHint(self) -> QSize:
        """All parts."""
        return QSize(theme.px(120), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space go to the part in hand."""
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if event.key() in keys and self.currentIndex().isValid():
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(self._list.rows[index.row()].key)
