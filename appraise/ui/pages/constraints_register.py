"""The register on the left of step 6: every constraint with who is asked and how far it is agreed."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QListView, QSizePolicy, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from appraise.model.appraisal.constraints import Agreement, Constraint, RegisterKind
from appraise.present.tables import AGREEMENTS
from appraise.ui import theme
from appraise.ui.widgets import base
from appraise.ui.widgets.marks import ChipFace, Tone, chip_size, paint_chip

Index = QModelIndex | QPersistentModelIndex

AGREEMENT_TONES: dict[Agreement, tuple[Tone, str]] = {
    Agreement.AGREED: ("good", "completed"),
    Agreement.PARTLY: ("attention", "in-progress"),
    Agreement.NOT_AGREED: ("problem", "attention"),
    Agreement.NOBODY_ASKED: ("problem", "attention"),
}


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One line of the register: its constraint's id, name, who and when, and the chip."""

    key: str
    name: str
    aside: str
    chip: ChipFace

    @staticmethod
    def of(constraint: Constraint) -> "RegisterRow":
        """The line of a constraint."""
        asked = f"asked {constraint.asked_on}" if constraint.asked_on.strip() else ""
        tone, icon = AGREEMENT_TONES[constraint.agreement]
        chip = ChipFace(AGREEMENTS[constraint.agreement], tone, icon)
        aside = asked or constraint.body.strip() or "nobody named yet"
        if constraint.kind is RegisterKind.RISK:
            manager = constraint.manager.strip()
            aside = f"managed by {manager}" if manager else "nobody named to manage it"
            if constraint.agreement is not Agreement.AGREED:
                chip = ChipFace("Risk", "plain", "")
        return RegisterRow(constraint.id, constraint.name.strip() or "Without a name", aside, chip)


class _Rows(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[RegisterRow] = []

    def replace(self, rows: Sequence[RegisterRow]) -> None:
        fresh = list(rows)
        if [row.key for row in fresh] != [row.key for row in self.rows]:
            self.beginResetModel()
            self.rows = fresh
            self.endResetModel()
        elif fresh != self.rows:
            other = [place for place, (old, new) in enumerate(zip(self.rows, fresh, strict=True)) if old != new]
            self.rows = fresh
            for place in other:
                self.dataChanged.emit(self.index(place), self.index(place))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.name
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{row.name}, {row.aside}. {row.chip.text}."
        return None


class _Painter(QStyledItemDelegate):
    """Name, who and when, chip: three lines, or one line with the chip at its end when `flat`."""

    flat = False

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.px(120), theme.px(52 if self.flat else 98))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(row, RegisterRow):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(option.rect)
        state = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(place, theme.colour("selected" if chosen else "hover"))
        if chosen:
            painter.fillRect(QRectF(place.x(), place.y(), theme.px(4), place.height()), theme.colour("primary"))
        self._paint_words(painter, place, row)
        base.hairline(painter, place.bottomLeft() - QPointF(0, 0.5), place.bottomRight() - QPointF(0, 0.5), "frame")
        view = self.parent()
        if isinstance(view, QListView) and view.hasFocus() and index == view.currentIndex():
            base.focus_ring(painter, place)
        painter.restore()

    def _paint_words(self, painter: QPainter, place: QRectF, row: RegisterRow) -> None:
        left, width = place.x() + theme.px(16), place.width() - theme.px(28)
        chip = chip_size(row.chip)
        if self.flat:
            width -= chip.width() + theme.px(8)
            spot = QRectF(place.right() - chip.width() - theme.px(12), place.y(), chip.width(), place.height())
        else:
            spot = QRectF(left, place.y() + theme.px(57), width, chip.height())
        top = place.y() + theme.px(5 if self.flat else 12)
        align = Qt.AlignmentFlag.AlignLeft
        name = QRectF(left, top, width, theme.px(21))
        below = QRectF(left, name.bottom(), width, theme.px(19))
        base.text_at(painter, name, row.name, "strong", theme.colour("ink"), align)
        base.text_at(painter, below, row.aside, "caption", theme.colour("ink2"), align)
        paint_chip(painter, spot, row.chip)


class Register(QListView, theme.Themed):
    """The constraints one below the other; Up and Down drive the right side.

    Signals: picked(id) when another constraint is in hand; opened() on Enter; removal_wanted(id) on Delete.
    """

    picked = Signal(str)
    opened = Signal()
    removal_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._list = _Rows()
        self._painter = _Painter(self)
        self._quiet = False
        self.setAccessibleName("Register of constraints")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.setMouseTracking(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(self._painter)
        self.setModel(self._list)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.selectionModel().currentChanged.connect(self._tell)
        self.apply_theme()

    def set_constraints(self, constraints: Sequence[Constraint], current: str) -> None:
        """Show the register with one constraint in hand, without a signal."""
        self._quiet, before = True, self._list.rowCount()
        self._list.replace([RegisterRow.of(constraint) for constraint in constraints])
        for number, constraint in enumerate(constraints):
            if constraint.id == current and self.currentIndex().row() != number:
                self.setCurrentIndex(self._list.index(number))
        self._quiet = False
        if before != len(constraints):
            self.updateGeometry()

    def set_flat(self, flat: bool) -> None:  # noqa: FBT001 a plain switch
        """One line a constraint where the register stands above the record."""
        self._painter.flat = flat
        self.scheduleDelayedItemsLayout()
        self.updateGeometry()

    def apply_theme(self) -> None:
        """Takes the sizes."""
        self.setFont(theme.font("body"))
        self.scheduleDelayedItemsLayout()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """All constraints."""
        row = self._painter.sizeHint(QStyleOptionViewItem(), QModelIndex()).height()
        return QSize(theme.px(200), row * self._list.rowCount() + 1)

    def minimumSizeHint(self) -> QSize:
        """All constraints."""
        return QSize(theme.px(120), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the record, Delete takes the constraint out."""
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Delete and index.isValid():
            self.removal_wanted.emit(self._list.rows[index.row()].key)
        else:
            super().keyPressEvent(event)

    def _tell(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid() and not self._quiet:
            self.picked.emit(self._list.rows[now.row()].key)
