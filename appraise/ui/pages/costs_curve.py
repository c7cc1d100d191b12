"""The curve of a line's range, or the bars of its outcomes, with the average and the two ends."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from appraise.present import wording
from appraise.present.range_curve import Curve
from appraise.ui import theme
from appraise.ui.widgets import base


class RangeCurve(QWidget, theme.Themed):
    """The curve with its average dashed, and the pounds of low and high under it."""

    def __init__(self) -> None:
        super().__init__()
        self._curve: Curve | None = None
        self._pounds = 1.0
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_curve(self, curve: Curve | None, pounds: float, words: str) -> None:
        """Shows a curve of the pounds entered; None shows the words, which say why there is none."""
        self._curve, self._pounds, self._words = curve, pounds, words
        if curve is None:
            self.setAccessibleName(words)
        else:
            ends = wording.money_range(curve.low * pounds, curve.high * pounds)
            self.setAccessibleName(f"From {ends}, on average {wording.money(curve.mean * pounds)}.")
        self.update()

    def sizeHint(self) -> QSize:
        """Average above, ends below."""
        return QSize(theme.px(220), theme.px(96))

    def apply_theme(self) -> None:
        """Takes the size."""
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tinted hill or bars, line, average, labels."""
        painter = base.smooth(self)
        floor = self.height() - theme.px(20) + 0.5
        base.hairline(painter, QPointF(0, floor), QPointF(self.width(), floor), "grey")
        if self._curve is None:
            words = QRectF(0, 0, self.width(), floor)
            left = Qt.AlignmentFlag.AlignHCenter
            base.text_at(painter, words, self._words, "dense", theme.colour("ink2"), left)
            return
        if self._curve.bars:
            self._paint_bars(painter, self._curve, floor)
        else:
            self._paint_hill(painter, self._curve, floor)
        self._paint_words(painter, self._curve, floor)

    def _x(self, curve: Curve, value: float) -> float:
        gap = theme.px(20)
        return gap + (self.width() - 2 * gap) * (value - curve.left) / (curve.right - curve.left)

    def _paint_hill(self, painter: QPainter, curve: Curve, floor: float) -> None:
        rise = floor - theme.px(22)
        hill = [QPointF(self._x(curve, value), floor - rise * height) for value, height in curve.points]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("tint-1"))
        first, last = QPointF(hill[0].x(), floor), QPointF(hill[-1].x(), floor)
        painter.drawPolygon(QPolygonF([first, *hill, last]))
        painter.setPen(QPen(theme.colour("primary"), theme.px(1.5)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(hill))
        for end in (curve.low, curve.high):  # where the curve goes on, its ends are marked on the floor
            x = self._x(curve, end)
            painter.drawLine(QPointF(x, floor - theme.px(4)), QPointF(x, floor + theme.px(2)))

    def _paint_bars(self, painter: QPainter, curve: Curve, floor: float) -> None:
        rise, wide = floor - theme.px(22), theme.px(8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("primary"))
        for value, height in curve.points:
            painter.drawRect(QRectF(self._x(curve, value) - wide / 2, floor - rise * height, wide, rise * height))

    def _paint_words(self, painter: QPainter, curve: Curve, floor: float) -> None:
        middle = self._x(curve, curve.mean)
        painter.setPen(QPen(theme.colour("ink2"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(middle, theme.px(4)), QPointF(middle, floor))
        words = f"average {wording.money_short(curve.mean * self._pounds)}"
        room = base.text_width(words, "label") + 2
        left = middle + theme.px(6) if middle + theme.px(6) + room < self.width() else middle - theme.px(6) - room
        flag = Qt.AlignmentFlag.AlignLeft
        base.text_at(painter, QRectF(left, 0, room, theme.px(18)), words, "label", theme.colour("ink"), flag)
        for value in (curve.low, curve.high):
            text = wording.money_short(value * self._pounds)
            width = base.text_width(text, "caption") + 2
            at = min(max(self._x(curve, value) - width / 2, 0.0), self.width() - width)
            place = QRectF(at, floor + theme.px(2), width, theme.px(18))
            base.text_at(painter, place, text, "caption", theme.colour("ink2"), flag)
