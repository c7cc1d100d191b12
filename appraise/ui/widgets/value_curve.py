"""A value function drawn by hand: points on a line, moved by mouse or keys."""

from bisect import bisect_left
from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from appraise.ui import theme
from appraise.ui.widgets import base
from appraise.ui.widgets.sliders import SETTLE_MS

Point = tuple[float, float]
"""A measure in its unit, and the points from 0 to 100 that it is worth."""

_MOST = 12
"""Handles under one another could no longer be told apart."""


class ValueCurve(QWidget, theme.Themed):
    """Points joined by straight lines; values only rise or only fall, so neighbours hold a point between them.

    Mouse: drag a point; double-click the line for a new one. Keys: Left and Right choose a point, Up and Down move its
    value by 1, Page keys by 10, Shift with Left or Right its measure by a hundredth, Insert adds one after it, Delete
    takes it out. The end points keep their measure; that is typed.

    Signals: dragging(points) for every step; released(points) once when they stand; chosen(number).
    """

    dragging = Signal(object)
    released = Signal(object)
    chosen = Signal(int)

    def __init__(self, name: str, shown: Callable[[float], str]) -> None:
        super().__init__()
        self._name, self._shown = name, shown
        self._points: list[Point] = []
        self._told: list[Point] = []
        self._unit = ""
        self._here = 0
        self._held = False
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(SETTLE_MS)
        self._settling.timeout.connect(self.settle)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setAccessibleName(name)
        self.apply_theme()

    # --- what is shown ---

    def set_points(self, points: Sequence[Point], unit: str) -> None:
        """Shows a function without a signal; ignored while the user moves a point."""
        self._unit = unit
        if self._held or self._settling.isActive():
            self._say()
            return
        self._points = sorted(points)
        self._told = list(self._points)
        self._here = min(self._here, max(len(self._points) - 1, 0))
        self._say()
        self.update()

    def points(self) -> tuple[Point, ...]:
        """The function as it stands."""
        return tuple(self._points)

    def current(self) -> int:
        """The number of the point in hand."""
        return self._here

    def choose(self, number: int) -> None:
        """Takes a point in hand."""
        if 0 <= number < len(self._points) and number != self._here:
            self._here = number
            self._say()
            self.update()
            self.chosen.emit(number)

    def _say(self) -> None:
        parts = [f"{self._words(measure)} is worth {value:.0f}" for measure, value in self._points]
        here = f" Point {self._here + 1} of {len(parts)} is in hand." if parts else ""
        self.setAccessibleName(self._name)
        self.setAccessibleDescription(f"{'; '.join(parts)}.{here}" if parts else "No points yet.")

    def _words(self, measure: float) -> str:
        return f"{self._shown(measure)} {self._unit}".strip()

    def apply_theme(self) -> None:
        """Takes the size."""
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Wide, and high enough for the values to be told apart."""
        return QSize(theme.px(320), theme.px(220))

    def minimumSizeHint(self) -> QSize:
        """Room for two labels."""
        return QSize(theme.px(180), theme.px(220))

    # --- places ---

    def _area(self) -> QRectF:
        return QRectF(
            theme.px(36), theme.px(14), self.width() - theme.px(36) - theme.px(16), self.height() - theme.px(58)
        )

    def _ends(self) -> tuple[float, float]:
        low, high = self._points[0][0], self._points[-1][0]
        return (low, high) if high > low else (low, low + 1.0)

    def place(self, point: Point) -> QPointF:
        """Where a point stands in the widget."""
        area, (low, high) = self._area(), self._ends()
        share = (point[0] - low) / (high - low)
        value = min(max(point[1], 0.0), 100.0) / 100
        return QPointF(area.left() + area.width() * share, area.bottom() - area.height() * value)

    def _at(self, where: QPointF) -> Point:
        area, (low, high) = self._area(), self._ends()
        share = min(max((where.x() - area.left()) / max(area.width(), 1), 0.0), 1.0)
        value = min(max((area.bottom() - where.y()) / max(area.height(), 1), 0.0), 1.0)
        return low + (high - low) * share, float(round(100 * value))

    def _near(self, where: QPointF) -> int:
        """The number of the point under the mouse; -1 where there is none."""
        best, reach = -1, float(theme.px(14))
        for number, point in enumerate(self._points):
            off = self.place(point) - where
            apart = (off.x() ** 2 + off.y() ** 2) ** 0.5
            if apart < reach:
                best, reach = number, apart
        return best

    # --- moving ---

    def _rising(self) -> bool:
        return self._points[-1][1] >= self._points[0][1]

    def _put(self, number: int, measure: float, value: float) -> None:
        """Moves a point as far as its neighbours let it."""
        last = len(self._points) - 1
        if 0 < number < last:
            (left, _), (right, _) = self._points[number - 1], self._points[number + 1]
            gap = (right - left) / 200
            measure = min(max(measure, left + gap), right - gap)
        else:
            measure = self._points[number][0]
        before = self._points[number - 1][1] if number else (0.0 if self._rising() else 100.0)
        after = self._points[number + 1][1] if number < last else (100.0 if self._rising() else 0.0)
        value = min(max(value, min(before, after)), max(before, after))
        if (measure, value) != self._points[number]:
            self._points[number] = (measure, value)
            self._say()
            self.update()
            self.dragging.emit(self.points())

    def add_after(self, number: int) -> None:
        """A new point halfway to the next one, on the line; after the last one, before it."""
        if len(self._points) < 2 or len(self._points) >= _MOST:
            return
        left = min(number, len(self._points) - 2)
        (m0, v0), (m1, v1) = self._points[left], self._points[left + 1]
        self._insert((m0 + m1) / 2, (v0 + v1) / 2)

    def _insert(self, measure: float, value: float) -> None:
        at = bisect_left([point[0] for point in self._points], measure)
        self._points.insert(at, (measure, value))
        self._here = at
        self.settle()

    def take_out(self, number: int) -> None:
        """Takes a point out; the two ends stay."""
        if 0 < number < len(self._points) - 1:
            del self._points[number]
            self._here = min(number, len(self._points) - 1)
            self.settle()

    def settle(self) -> None:
        """The function stands now."""
        self._settling.stop()
        self._say()
        self.update()
        if self._points != self._told:
            self._told = list(self._points)
            self.released.emit(self.points())

    # --- hands ---

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Takes a point in hand."""
        near = self._near(event.position())
        if event.button() == Qt.MouseButton.LeftButton and near >= 0:
            self.choose(near)
            self._held = True

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The point follows."""
        if self._held:
            self._put(self._here, *self._at(event.position()))
        else:
            over = self._near(event.position()) >= 0
            self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The function stands."""
        if self._held and event.button() == Qt.MouseButton.LeftButton:
            self._held = False
            self.settle()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A new point on the line where it was clicked."""
        if self._near(event.position()) >= 0 or not 2 <= len(self._points) < _MOST:
            return
        measure, _ = self._at(event.position())
        at = bisect_left([point[0] for point in self._points], measure)
        if 0 < at < len(self._points):
            (m0, v0), (m1, v1) = self._points[at - 1], self._points[at]
            self._insert(measure, float(round(v0 + (v1 - v0) * (measure - m0) / (m1 - m0))))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """As the class says."""
        if not self._points:
            super().keyPressEvent(event)
            return
        key, shift = Qt.Key(event.key()), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        sideways = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(key)
        upward = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 10, Qt.Key.Key_PageDown: -10}.get(key)
        measure, value = self._points[self._here]
        if sideways is not None and shift:
            low, high = self._ends()
            self._step(measure + sideways * (high - low) / 100, value)
        elif sideways is not None:
            self.choose(self._here + sideways)
        elif upward is not None:
            self._step(measure, value + upward)
        elif key in (Qt.Key.Key_Insert, Qt.Key.Key_Plus):
            self.add_after(self._here)
        elif key == Qt.Key.Key_Delete:
            self.take_out(self._here)
        else:
            super().keyPressEvent(event)

    def _step(self, measure: float, value: float) -> None:
        self._settling.start()
        self._put(self._here, measure, value)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The ring is round the point in hand."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What is left stands."""
        self.settle()
        super().focusOutEvent(event)

    # --- paint ---

    def paintEvent(self, event: QPaintEvent) -> None:
        """Grid, line, points, and the words of the point in hand."""
        painter = base.smooth(self)
        area = self._area()
        for value in (0, 25, 50, 75, 100):
            level = area.bottom() - area.height() * value / 100
            base.hairline(painter, QPointF(area.left(), level), QPointF(area.right(), level))
            place = QRectF(0, level - theme.px(9), area.left() - theme.px(8), theme.px(18))
            if value % 50 == 0:
                ink = theme.colour("ink2")
                base.text_at(painter, place, str(value), "caption", ink, Qt.AlignmentFlag.AlignRight)
        if len(self._points) > 1:
            self._paint_line(painter)
            self._paint_words(painter, area)

    def _paint_line(self, painter: QPainter) -> None:
        ink = theme.colour("primary" if self.isEnabled() else "disabled")
        places = [self.place(point) for point in self._points]
        painter.setPen(QPen(ink, theme.px(2)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(places))
        for number, place in enumerate(places):
            here = number == self._here and self.isEnabled()
            painter.setPen(QPen(ink, theme.px(2)))
            painter.setBrush(ink if here else theme.colour("card"))
            radius = float(theme.px(7 if here else 6))
            painter.drawEllipse(place, radius, radius)
            if here and self.hasFocus():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(theme.colour("focus"), theme.px(2)))
                painter.drawEllipse(place, radius + theme.px(4), radius + theme.px(4))

    def _paint_words(self, painter: QPainter, area: QRectF) -> None:
        """The measures at both ends, and under them what the point in hand is worth."""
        ink, level = theme.colour("ink2"), area.bottom() + theme.px(4)
        half = area.width() / 2
        ends = [self._fitting(self._points[place][0], half, "caption") for place in (0, -1)]
        left = QRectF(area.left() - theme.px(10), level, half, theme.px(18))
        right = QRectF(area.right() + theme.px(10) - half, level, half, theme.px(18))
        base.text_at(painter, left, ends[0], "caption", ink, Qt.AlignmentFlag.AlignLeft)
        base.text_at(painter, right, ends[1], "caption", ink, Qt.AlignmentFlag.AlignRight)
        measure, value = self._points[self._here]
        tail = f" is worth {value:.0f}"
        room = self.width() - base.text_width(tail, "label")
        foot = QRectF(0, level + theme.px(19), self.width(), theme.px(20))
        said = self._fitting(measure, room, "label") + tail
        base.text_at(painter, foot, said, "label", theme.colour("ink"), Qt.AlignmentFlag.AlignHCenter)

    def _fitting(self, measure: float, room: float, role: theme.FontRole) -> str:
        """A measure with its unit, or without it where that has no room."""
        whole = self._words(measure)
        return whole if base.text_width(whole, role) + theme.px(8) <= room else self._shown(measure)
