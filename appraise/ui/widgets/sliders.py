"""Sliders with a filled track, a range band, a value bubble, and words under the ticks."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QSlider

from appraise.ui import theme
from appraise.ui.widgets import base

SETTLE_MS = 350
"""After this long without a key the value counts as released."""


class SwingSlider(QSlider, theme.Themed):
    """How much a move is worth, 0 to 100, with the range that is used where people are unsure.

    `words` puts a value into words; they are the spoken description. Arrows move by 1, Page keys by 10, Shift with
    Left and Right moves the low end of the range, Shift with Up and Down the high end.

    Signals: dragging(int) for every value on the way; released(int) once when the value stands;
    range_moved(int, int) low and high after a Shift key.
    """

    dragging = Signal(int)
    released = Signal(int)
    range_moved = Signal(int, int)

    def __init__(
        self,
        name: str,
        value: int = 0,
        *,
        ticks: Sequence[tuple[int, str]] = (
            (0, "0"),
            (25, "a quarter"),
            (50, "half as much"),
            (75, "three quarters"),
            (100, "just as much"),
        ),
        shown: Callable[[int], str] = str,
        words: Callable[[int], str] = str,
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._ticks, self._shown, self._words = tuple(ticks), shown, words
        self._band: tuple[int, int] | None = None
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(SETTLE_MS)
        self._settling.timeout.connect(self._settle)
        self._told = value
        self.setRange(0, 100)
        self.setSingleStep(1)
        self.setPageStep(10)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_value(value)
        self.valueChanged.connect(self._moved)

    def set_value(self, value: int) -> None:
        """Shows the document's value without a signal; ignored while the user is dragging."""
        if self.isSliderDown() or self._settling.isActive():
            return
        self.blockSignals(True)
        self.setValue(value)
        self.blockSignals(False)
        self._told = value
        self.setAccessibleDescription(self._words(value))
        self.update()

    def set_band(self, low: int, high: int) -> None:
        """Shows the range; low equal to high takes it away."""
        self._band = (low, high) if low < high else None
        self.update()

    def apply_theme(self) -> None:
        """Takes the size."""
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Bubble, track and tick words."""
        return QSize(theme.px(320), theme.px(84 if self._ticks else 60))

    def minimumSizeHint(self) -> QSize:
        """Room for the handle to move."""
        return QSize(theme.px(160), self.sizeHint().height())

    def _x(self, value: float) -> float:
        gap = theme.px(12)
        return gap + (self.width() - 2 * gap) * (value - self.minimum()) / max(self.maximum() - self.minimum(), 1)

    def _value_at(self, x: float) -> int:
        gap = theme.px(12)
        share = (x - gap) / max(self.width() - 2 * gap, 1)
        return round(self.minimum() + min(max(share, 0.0), 1.0) * (self.maximum() - self.minimum()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The handle comes to where the track is pressed."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self.setValue(self._value_at(event.position().x()))
            event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follows the hand."""
        if self.isSliderDown():
            self.setValue(self._value_at(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The value stands."""
        if self.isSliderDown() and event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(False)
            self._settle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Shift moves the ends of the range; Enter settles at once."""
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and self._move_band(Qt.Key(event.key())):
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._settle()
            event.ignore()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A value that is left stands."""
        self._settle()
        super().focusOutEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling the page never changes a value."""
        event.ignore()

    def changeEvent(self, event: QEvent) -> None:
        """Enabled or not shows."""
        self.update()
        super().changeEvent(event)

    def settle(self) -> None:
        """The value stands now: what was moved by keys is released before the slider shows something else."""
        self._settle()

    def _moved(self, value: int) -> None:
        self.setAccessibleDescription(self._words(value))
        if not self.isSliderDown():
            self._settling.start()  # first: a page that follows the change must not take it for the released value
        self.dragging.emit(value)
        self.update()

    def _settle(self) -> None:
        self._settling.stop()
        if self.value() != self._told:
            self._told = self.value()
            self.released.emit(self._told)

    def _move_band(self, key: Qt.Key) -> bool:
        low, high = self._band or (self.value(), self.value())
        change = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Down: (0, -1),
            Qt.Key.Key_Up: (0, 1),
        }.get(key)
        if change is None:
            return False
        low = min(max(low + change[0], self.minimum()), self.value())
        high = max(min(high + change[1], self.maximum()), self.value())
        self.set_band(low, high)
        self.range_moved.emit(low, high)
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Track, band, handle, bubble, ticks."""
        painter = base.smooth(self)
        level = float(theme.px(40))
        here = self._x(self.value())
        self._paint_track(painter, level, here)
        radius = theme.px(11)
        painter.setBrush(theme.colour("card"))
        painter.setPen(QPen(theme.colour("primary" if self.isEnabled() else "disabled"), theme.px(3)))
        painter.drawEllipse(QPointF(here, level), radius - theme.px(1.5), radius - theme.px(1.5))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("focus"), theme.px(2)))
            painter.drawEllipse(QPointF(here, level), radius + theme.px(3), radius + theme.px(3))
        self._paint_bubble(painter, here)
        self._paint_ticks(painter, level)

    def _paint_track(self, painter: QPainter, level: float, here: float) -> None:
        thin = theme.px(6)
        start, end = self._x(self.minimum()), self._x(self.maximum())
        track = QRectF(start, level - thin / 2, end - start, thin)
        base.panel(painter, track, theme.colour("rail"), theme.colour("line"), 3)
        if self._band:
            low, high = self._x(self._band[0]), self._x(self._band[1])
            base.panel(
                painter, QRectF(low, level - theme.px(6), high - low, theme.px(12)), theme.colour("tint-1"), radius=0
            )
        ground = theme.colour("primary" if self.isEnabled() else "disabled")
        base.panel(painter, QRectF(start, level - thin / 2, max(here - start, 1), thin), ground, radius=3)
        if self._band:
            painter.setPen(QPen(theme.colour("primary"), theme.px(2)))
            for place in (low, high):
                painter.drawLine(QPointF(place, level - theme.px(9)), QPointF(place, level + theme.px(9)))

    def _paint_bubble(self, painter: QPainter, here: float) -> None:
        words = self._shown(self.value())
        width = max(base.text_width(words, "dense-strong") + theme.px(16), float(theme.px(40)))
        left = min(max(here - width / 2, 0.0), self.width() - width)
        box = QRectF(left, 0, width, theme.px(23))
        base.panel(painter, box, theme.colour("primary" if self.isEnabled() else "disabled"), radius=5)
        base.text_at(painter, box, words, "dense-strong", theme.colour("on-primary"), Qt.AlignmentFlag.AlignHCenter)

    def _paint_ticks(self, painter: QPainter, level: float) -> None:
        top = level + theme.px(13)
        for value, words in self._ticks:
            x = self._x(value)
            base.hairline(painter, QPointF(x, top), QPointF(x, top + theme.px(5)), "edge")
            width = base.text_width(words, "caption") + 2
            left = min(max(x - width / 2, self._x(self.minimum())), self._x(self.maximum()) - width)
            box = QRectF(left, top + theme.px(8), width, theme.px(18))
            base.text_at(painter, box, words, "caption", theme.colour("ink2"), Qt.AlignmentFlag.AlignLeft)


def _chance_in_words(value: int) -> str:
    if value in (0, 100):
        return f"{value} %, {'it cannot happen' if value == 0 else 'it is certain'}"
    return f"{value} %, {value} in 100"


class ProbabilitySlider(SwingSlider):
    """A chance from 0 to 100 per cent, in whole per cent."""

    def __init__(self, name: str, value: int = 0) -> None:
        super().__init__(
            name,
            value,
            ticks=((0, "never"), (25, "1 in 4"), (50, "even"), (75, "3 in 4"), (100, "certain")),
            shown=lambda chance: f"{chance} %",
            words=_chance_in_words,
        )
