"""The curve of a line between its low and high end."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from appraise.model.appraisal.lines import Shape
from appraise.model.uncertainty import ThreePoint
from appraise.present import wording
from appraise.ui import theme
from appraise.ui.widgets import base


def density(shape: Shape, likely: float, at: float) -> float:
    """The height of the curve at a place from 0 to 1, its peak at `likely` being 1.

    Triangular: straight sides. PERT: x^(4m) (1 - x)^(4(1 - m)), the Beta(1 + 4m, 1 + 4(1 - m)) of
    `model.uncertainty`, over its value at m.
    """
    if shape is Shape.TRIANGULAR:
        if at <= likely:
            return at / likely if likely else 1.0
        return (1 - at) / (1 - likely)
    peak = likely ** (4 * likely) * (1 - likely) ** (4 * (1 - likely))
    return float(at ** (4 * likely) * (1 - at) ** (4 * (1 - likely)) / peak)


class RangeCurve(QWidget, theme.Themed):
    """The curve between low and high, its average dashed, the three points below."""

    def __init__(self) -> None:
        super().__init__()
        self._points: ThreePoint | None = None
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_points(self, points: ThreePoint | None, words: str) -> None:
        """Shows three points in pounds; None shows the words, which say why there is no curve."""
        self._points, self._words = points, words
        if points is None:
            self.setAccessibleName(words)
        else:
            ends = wording.money_range(points.low, points.high)
            self.setAccessibleName(f"From {ends}, on average {wording.money(points.mean)}.")
        self.update()

    def sizeHint(self) -> QSize:
        """Average above, points below."""
        return QSize(theme.px(220), theme.px(96))

    def apply_theme(self) -> None:
        """Takes the size."""
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tinted hill, line, average, labels."""
        painter = base.smooth(self)
        floor = self.height() - theme.px(20) + 0.5
        base.hairline(painter, QPointF(0, floor), QPointF(self.width(), floor), "grey")
        if self._points is None:
            words = QRectF(0, 0, self.width(), floor)
            left = Qt.AlignmentFlag.AlignHCenter
            base.text_at(painter, words, self._words, "dense", theme.colour("ink2"), left)
            return
        self._paint_hill(painter, self._points, floor)
        self._paint_words(painter, self._points, floor)

    def _x(self, share: float) -> float:
        gap = theme.px(20)
        return gap + (self.width() - 2 * gap) * share

    def _paint_hill(self, painter: QPainter, points: ThreePoint, floor: float) -> None:
        rise = floor - theme.px(22)
        steps = 60
        hill = [
            QPointF(self._x(step / steps), floor - rise * density(points.shape, points.position, step / steps))
            for step in range(steps + 1)
        ]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("tint-1"))
        painter.drawPolygon(QPolygonF([QPointF(self._x(0), floor), *hill, QPointF(self._x(1), floor)]))
        painter.setPen(QPen(theme.colour("primary"), theme.px(1.5)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(hill))

    def _paint_words(self, painter: QPainter, points: ThreePoint, floor: float) -> None:
        middle = self._x((points.mean - points.low) / points.width)
        painter.setPen(QPen(theme.colour("ink2"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(middle, theme.px(4)), QPointF(middle, floor))
        words = f"average {wording.money_short(points.mean)}"
        room = base.text_width(words, "label") + 2
        left = middle + theme.px(6) if middle + theme.px(6) + room < self.width() else middle - theme.px(6) - room
        flag = Qt.AlignmentFlag.AlignLeft
        base.text_at(painter, QRectF(left, 0, room, theme.px(18)), words, "label", theme.colour("ink"), flag)
        ends = ((points.low, self._x(0)), (points.high, self._x(1)))
        for value, x in ends:
            text = wording.money_short(value)
            width = base.text_width(text, "caption") + 2
            at = min(max(x - width / 2, 0.0), self.width() - width)
            place = QRectF(at, floor + theme.px(2), width, theme.px(18))
            base.text_at(painter, place, text, "caption", theme.colour("ink2"), flag)
