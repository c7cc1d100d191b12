"""The list of findings: what is wrong or worth a look, each one sentence, that jumps to its place."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QSizePolicy, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from appraise.ui import icons, theme
from appraise.ui.widgets import base

Index = QModelIndex | QPersistentModelIndex
_SIGNS = {"error": ("problem", "problem"), "attention": ("attention", "attention"), "note": ("info", "ink2")}


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding: severity error, attention or note; where, what is wrong, how to mend it, and the page's key."""

    severity: str
    where: str
    sentence: str
    mend: str = ""
    key: object = None


class _Rows(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[FindingRow] = []

    def replace(self, rows: Sequence[FindingRow]) -> None:
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            word = {"error": "Must be mended", "attention": "Needs attention"}.get(row.severity, "Note")
            return f"{word}. {row.where}: {row.sentence} {row.mend}".strip()
        return None


class _Painter(QStyledItemDelegate):
    def _words(self, row: FindingRow) -> str:
        return f"{row.sentence} {row.mend}".strip()

    def _text_width(self, width: int) -> int:
        return width - theme.px(16 + 28)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = self.parent()
        width = view.viewport().width() if isinstance(view, QListView) else theme.px(280)
        row = index.data(Qt.ItemDataRole.UserRole)
        flags = Qt.TextFlag.TextWordWrap
        room = QRectF(0, 0, max(self._text_width(width), 40), 10_000)
        words = QFontMetricsF(theme.font("dense")).boundingRect(room, flags, self._words(row))
        return QSize(width, round(words.height()) + theme.px(20 + 17))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(Qt.ItemDataRole.UserRole)
        place = QRectF(option.rect)
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_Selected):
            base.panel(painter, place, theme.colour("hover"), radius=6)
        sign, role = _SIGNS.get(row.severity, _SIGNS["note"])
        side = float(theme.px(18))
        left, top = place.x() + theme.px(8), place.y() + theme.px(8)
        icons.paint(painter, sign, QRectF(left, top, side, side), theme.colour(role))
        text = QRectF(left + theme.px(28), top, self._text_width(round(place.width())), theme.px(18))
        base.text_at(painter, text, row.where, "label", theme.colour(role), Qt.AlignmentFlag.AlignLeft)
        painter.setFont(theme.font("dense"))
        painter.setPen(theme.colour("ink"))
        below = QRectF(text.x(), text.bottom() + 1, text.width(), place.bottom() - text.bottom())
        painter.drawText(below, Qt.TextFlag.TextWordWrap, self._words(row))
        base.hairline(painter, place.bottomLeft() - QPointF(0, 0.5), place.bottomRight() - QPointF(0, 0.5))
        view = self.parent()
        if isinstance(view, QListView) and view.hasFocus() and index == view.currentIndex():
            base.focus_ring(painter, place)
        painter.restore()


class FindingsList(QListView, theme.Themed):
    """Findings one below the other, as high as they need. Signals: chosen(key) on click or Enter."""

    chosen = Signal(object)

    def __init__(self, name: str = "Findings") -> None:
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

    def set_findings(self, rows: Sequence[FindingRow]) -> None:
        """Shows these findings; nothing happens where they are the same as before."""
        if list(rows) != self._list.rows:
            self._list.replace(rows)
            self.updateGeometry()

    def apply_theme(self) -> None:
        """Takes the sizes."""
        self.setFont(theme.font("dense"))
        self.scheduleDelayedItemsLayout()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """All findings."""
        option = QStyleOptionViewItem()
        delegate = self.itemDelegate()
        rows = range(len(self._list.rows))
        high = sum(delegate.sizeHint(option, self._list.index(number)).height() for number in rows)
        return QSize(theme.px(260), high + 1)

    def minimumSizeHint(self) -> QSize:
        """All findings."""
        return QSize(theme.px(120), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wraps the sentences anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
            self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the finding in hand."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(self._list.rows[index.row()].key)
