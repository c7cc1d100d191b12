"""Small painted marks that stand in cards, lists and table cells alike: chips, ranges, bars."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from appraise.ui import icons, theme
from appraise.ui.widgets import base

Tone = Literal["good", "attention", "problem", "info", "plain"]

# ground, ink and icon of each tone
TONES: dict[Tone, tuple[str, str, str]] = {
    "good": ("good-ground", "good", "completed"),
    "attention": ("attention-ground", "attention", "in-progress"),
    "problem": ("problem-ground", "problem", "problem"),
    "info": ("info-ground", "info", ""),
    "plain": ("plain-ground", "plain", ""),
}


@dataclass(frozen=True, slots=True)
class ChipFace:
    """What a chip shows: words, tone, and an icon (None: the tone's own; empty: no icon)."""

    text: str
    tone: Tone = "plain"
    icon: str | None = None

    @property
    def sign(self) -> str:
        """The icon that is painted."""
        return TONES[self.tone][2] if self.icon is None else self.icon


@dataclass(frozen=True, slots=True)
class RangeFace:
    """A point between two ends on a shared scale `bottom` to `top`; `strong` is the highlighted option.

    `whiskers` draws ends with a dot (low, likely, high); otherwise a thick bar with a dot (8 of 10 draws).
    """

    low: float
    middle: float
    high: float
    bottom: float
    top: float
    strong: bool = False
    whiskers: bool = False


@dataclass(frozen=True, slots=True)
class BarFace:
    """A bar as a share 0 to 1 of the cell, with an optional range on it; `strong` is the highlighted one."""

    share: float
    low: float | None = None
    high: float | None = None
    strong: bool = True
    role: str = ""


def chip_size(face: ChipFace) -> QSize:
    """Room for a chip: 26 px high at 100 %."""
    words = QFontMetricsF(theme.font("label")).horizontalAdvance(face.text)
    sign = theme.px(21) if face.sign else 0
    return QSize(round(words + sign + theme.px(20)) + 1, theme.px(25))


def paint_chip(painter: QPainter, place: QRectF, face: ChipFace) -> None:
    """A chip at the left of a place, centred upright, elided to fit; outlined in high contrast."""
    size = chip_size(face)
    width = min(float(size.width()), place.width())
    box = QRectF(place.x(), place.center().y() - size.height() / 2, width, size.height())
    ground, ink, _ = TONES[face.tone]
    edge = theme.colour(ink) if theme.current().high_contrast else None
    base.panel(painter, box, theme.colour(ground), edge, size.height() / 2)
    left = box.x() + theme.px(10)
    if face.sign:
        side = float(theme.px(15))
        left = box.x() + theme.px(8)
        sign = QRectF(left, box.center().y() - side / 2, side, side)
        icons.paint(painter, face.sign, sign, theme.colour(ink), theme.colour(ground))
        left += theme.px(21)
    words = QRectF(left, box.y(), box.right() - left - theme.px(6), box.height())
    base.text_at(painter, words, face.text, "label", theme.colour(ink), Qt.AlignmentFlag.AlignLeft)


def paint_range(painter: QPainter, place: QRectF, face: RangeFace) -> None:
    """A range on its scale across a place; nothing where the scale is empty."""
    span = face.top - face.bottom
    if span <= 0:
        return
    dot = float(theme.px(6))
    left, width = place.x() + dot, place.width() - 2 * dot
    low, middle, high = (left + width * (value - face.bottom) / span for value in (face.low, face.middle, face.high))
    level = place.center().y()
    if face.whiskers:
        _paint_whiskers(painter, low, middle, high, level)
        return
    base.hairline(painter, QPointF(place.x(), level), QPointF(place.right(), level), "tint-1")
    ink = theme.colour("primary" if face.strong else "grey")
    thick = float(theme.px(8))
    wide = max(high - low, thick)
    bar = QRectF((low + high - wide) / 2, level - thick / 2, wide, thick)
    ground = theme.colour("primary" if face.strong else "light-grey")
    base.panel(painter, bar, ground, radius=4)
    painter.setPen(QPen(theme.colour("card"), theme.px(2)))
    painter.setBrush(ink)
    painter.drawEllipse(QPointF(middle, level), dot, dot)


def _paint_whiskers(painter: QPainter, low: float, middle: float, high: float, level: float) -> None:
    painter.setPen(QPen(theme.colour("primary"), theme.px(2)))
    reach = theme.px(4)
    painter.drawLine(QPointF(low, level), QPointF(high, level))
    for end in (low, high):
        painter.drawLine(QPointF(end, level - reach), QPointF(end, level + reach))
    painter.setPen(QPen(theme.colour("card"), theme.px(2)))
    painter.setBrush(theme.colour("primary"))
    painter.drawEllipse(QPointF(middle, level), theme.px(5), theme.px(5))


def paint_bar(painter: QPainter, place: QRectF, face: BarFace) -> None:
    """A bar from the left of a place, with its range as an orange bracket."""
    thick = float(theme.px(10))
    width = max(place.width() * min(max(face.share, 0.0), 1.0), theme.px(2))
    ground = theme.colour(face.role or ("primary" if face.strong else "light-grey"))
    base.panel(painter, QRectF(place.x(), place.center().y() - thick / 2, width, thick), ground, radius=2)
    if face.low is None or face.high is None:
        return
    level, reach = place.center().y(), theme.px(4)
    ends = [place.x() + place.width() * share for share in (face.low, face.high)]
    for shade, pen in (("card", 4), ("chart-4", 2)):
        painter.setPen(QPen(theme.colour(shade), theme.px(pen)))
        painter.drawLine(QPointF(ends[0], level), QPointF(ends[1], level))
        for end in ends:
            painter.drawLine(QPointF(end, level - reach), QPointF(end, level + reach))


class Chip(QWidget, theme.Themed):
    """A state in words on a tinted ground, with the icon of its tone."""

    def __init__(self, text: str, tone: Tone = "plain", icon: str | None = None) -> None:
        super().__init__()
        self._face = ChipFace(text, tone, icon)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_face(text, tone, icon)

    def set_face(self, text: str, tone: Tone = "plain", icon: str | None = None) -> None:
        """Changes words and tone in place."""
        self._face = ChipFace(text, tone, icon)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The chip without eliding."""
        return chip_size(self._face)

    def apply_theme(self) -> None:
        """Takes the size."""
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The chip; words that do not fit are whole in the tool tip."""
        self.setToolTip(self._face.text if self.width() < self.sizeHint().width() else "")
        paint_chip(base.smooth(self), QRectF(self.rect()), self._face)


class RangeBar(QWidget, theme.Themed):
    """The dot and bar of 8 of 10 draws, as a widget of its own; `spoken` says the range in words."""

    def __init__(self, face: RangeFace | None = None, spoken: str = "") -> None:
        super().__init__()
        self._face = face
        self.setAccessibleName(spoken)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_face(self, face: RangeFace, spoken: str) -> None:
        """Changes the range in place."""
        self._face = face
        self.setAccessibleName(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        """16 px high."""
        return QSize(theme.px(120), theme.px(16))

    def apply_theme(self) -> None:
        """Takes the size."""
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The range across the whole widget."""
        if self._face is not None:
            paint_range(base.smooth(self), QRectF(self.rect()), self._face)
