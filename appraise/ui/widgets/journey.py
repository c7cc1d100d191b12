"""The journey on the left: ten steps with their states, or a rail of numbers when there is little room."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from appraise.ui import icons, theme
from appraise.ui.widgets import base
from appraise.ui.widgets.buttons import Button, IconButton
from appraise.ui.widgets.labels import FlowLabel

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class StepState:
    """A step's state (a key of `icons.STATES`) and the few words under its name."""

    state: str
    sentence: str


class _Steps(QAbstractListModel):
    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self.names = tuple(names)
        self.states = [StepState("not-started", icons.STATES["not-started"])] * len(self.names)

    def set_states(self, states: Sequence[StepState]) -> None:
        if list(states) == self.states:
            return
        self.states = list(states)
        self.dataChanged.emit(self.index(0), self.index(len(self.names) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own signature
        return 0 if parent.isValid() else len(self.names)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        name, state = self.names[index.row()], self.states[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return state
        if role == Qt.ItemDataRole.DisplayRole:
            return name
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            words = icons.STATES[state.state]
            more = "" if state.sentence == words else f" {state.sentence}."
            return f"Step {index.row() + 1}, {name}. {words}.{more}"
        return None


class _StepPainter(QStyledItemDelegate):
    """Icon, number and name, state sentence; only number and icon on the rail."""

    folded = False

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = self.parent()
        if not self.folded or not isinstance(view, QListView):
            return QSize(theme.px(40), theme.px(52))
        share = view.viewport().height() // max(view.model().rowCount(), 1)
        return QSize(theme.px(40), min(max(share, theme.px(28)), theme.px(72)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(option.rect)
        flags = option.state
        box = place.adjusted(theme.px(8 if not self.folded else 4), 2, -theme.px(8 if not self.folded else 4), -2)
        chosen = bool(flags & QStyle.StateFlag.State_Selected)
        if chosen:
            width = theme.px(2) if theme.current().high_contrast else 1
            base.panel(painter, box, theme.colour("card"), theme.colour("frame"), 6, width)
            mark = QRectF(box.x(), box.y() + theme.px(8), theme.px(4), box.height() - theme.px(16))
            base.panel(painter, mark, theme.colour("primary"), radius=2)
        elif flags & QStyle.StateFlag.State_MouseOver:
            base.panel(painter, box, theme.colour("hover"), radius=6)
        state = index.data(Qt.ItemDataRole.UserRole)
        if self.folded:
            self._paint_rail(painter, box, index, state, chosen=chosen)
        else:
            self._paint_full(painter, box, index, state, chosen=chosen)
        view = self.parent()
        if isinstance(view, QListView) and view.hasFocus() and index == view.currentIndex():
            base.focus_ring(painter, box)
        painter.restore()

    def _sign(self, painter: QPainter, place: QRectF, state: StepState, *, chosen: bool) -> None:
        ground = theme.colour("card" if chosen else "rail")
        icons.paint(painter, state.state, place, theme.colour(icons.state_role(state.state)), ground)

    def _paint_rail(self, painter: QPainter, box: QRectF, index: Index, state: StepState, *, chosen: bool) -> None:
        role: theme.FontRole = "strong" if chosen else "body"
        words = QRectF(box.x() + theme.px(4), box.y(), theme.px(18), box.height())
        right = Qt.AlignmentFlag.AlignRight
        base.text_at(painter, words, str(index.row() + 1), role, theme.colour("ink"), right)
        side = float(theme.px(18))
        self._sign(
            painter,
            QRectF(box.right() - side - theme.px(3), box.center().y() - side / 2, side, side),
            state,
            chosen=chosen,
        )

    def _paint_full(self, painter: QPainter, box: QRectF, index: Index, state: StepState, *, chosen: bool) -> None:
        side = float(theme.px(20))
        self._sign(
            painter, QRectF(box.x() + theme.px(14), box.center().y() - side / 2, side, side), state, chosen=chosen
        )
        left = box.x() + theme.px(46)
        width = box.right() - left - theme.px(6)
        name = f"{index.row() + 1}  {index.data()}"
        top = QRectF(left, box.y() + theme.px(5), width, theme.px(21))
        below = QRectF(left, top.bottom() - theme.px(1), width, theme.px(18))
        role: theme.FontRole = "strong" if chosen else "body"
        align = Qt.AlignmentFlag.AlignLeft
        base.text_at(painter, top, name, role, theme.colour("ink"), align)
        ink = "attention" if state.state == "attention" else "ink2"
        base.text_at(painter, below, state.sentence, "caption", theme.colour(ink), align)


class StepList(QListView):
    """The steps; arrows move, and the step in hand is the step shown."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self.steps = _Steps(names)
        self.painter_ = _StepPainter(self)
        self.setAccessibleName("Journey")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBar(base.ScrollBar(Qt.Orientation.Vertical, self))
        self.setItemDelegate(self.painter_)
        self.setModel(self.steps)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The rail's rows share the height."""
        super().resizeEvent(event)
        if self.painter_.folded:
            self.scheduleDelayedItemsLayout()


class Journey(QWidget, theme.Themed):
    """The left pane. Signals: chosen(step from 0) by the user; next_thing() when the hint at the foot is pressed."""

    chosen = Signal(int)
    next_thing = Signal()

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self._folded = False
        self.list = StepList(names)
        self._title = FlowLabel("Journey", "label", "ink2", wrap=False)
        self._count = FlowLabel("", "caption", "ink2", wrap=False)
        self._head = QHBoxLayout()
        self._head.addWidget(self._title)
        self._head.addStretch(1)
        self._head.addWidget(self._count)
        self._hint = Button("Next thing to do", kind="plain", icon="bulb")
        self._short_hint = IconButton("bulb", "Next thing to do", size=40)
        self._foot = QHBoxLayout()
        self._foot.addWidget(self._hint)
        self._foot.addWidget(self._short_hint)
        self._foot.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._head)
        self._column.addWidget(self.list, 1)
        self._column.addLayout(self._foot)
        for hint in (self._hint, self._short_hint):
            hint.clicked.connect(self.next_thing)
        self._silent = False
        self.list.selectionModel().currentChanged.connect(self._tell)
        self.apply_theme()

    def set_states(self, states: Sequence[StepState]) -> None:
        """Shows the state of every step."""
        self.list.steps.set_states(states)
        done = sum(state.state == "completed" for state in states)
        self._count.set_text(f"{done} of {len(states)} completed")

    def set_current(self, step: int) -> None:
        """Marks the step shown, without a signal; -1 marks none."""
        self._silent = True
        self.list.setCurrentIndex(self.list.steps.index(step) if step >= 0 else QModelIndex())
        if step < 0:
            self.list.clearSelection()
        self._silent = False

    def fold(self, *, folded: bool) -> None:
        """Shrinks to the rail of numbers, or opens again."""
        self._folded = folded
        self.list.painter_.folded = folded
        bar = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if folded else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.list.setVerticalScrollBarPolicy(bar)
        self._title.setVisible(not folded)
        self._count.setVisible(not folded)
        self._hint.setVisible(not folded)
        self._short_hint.setVisible(folded)
        self.apply_theme()

    def apply_theme(self) -> None:
        """Takes the width and the spacing."""
        base.set_ground(self, "rail")
        self.setFixedWidth(theme.px(56 if self._folded else 248))
        base.margins(self._column, 0, 16, 0, 12)
        self._column.setSpacing(theme.px(8))
        self._head.setContentsMargins(theme.px(20), 0, theme.px(20), 0)
        self._foot.setContentsMargins(theme.px(8 if self._folded else 14), 0, 0, 0)
        self.list.scheduleDelayedItemsLayout()

    def _tell(self, now: QModelIndex) -> None:
        if now.isValid() and not self._silent:
            self.chosen.emit(now.row())
