"""Shares of a whole as blocks one on the other, each with its name and per cent beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from appraise.present import wording
from appraise.ui import theme
from appraise.ui.widgets import base

_ROLES = ("chart-1", "chart-2", "chart-3", "chart-4", "grey", "light-grey")


@dataclass(frozen=True, slots=True)
class StackPart:
    """A name and its share from 0 to 1."""

    name: str
    share: float


class WeightStack(QWidget, theme.Themed):
    """The largest on top. Blocks are in proportion; names keep a line each and may stand a little lower."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._parts: tuple[StackPart, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.apply_theme()

    def set_parts(self, parts: Sequence[StackPart]) -> None:
        """Shows these shares; a screen reader gets them all."""
        if tuple(parts) == self._parts:
            return
        grown = len(parts) != len(self._parts)
        self._parts = tuple(parts)
        self.setAccessibleName(self._name)
        said = "; ".join(f"{one.name}, {wording.percent(one.share)}" for one in parts)
        self.setAccessibleDescription(said)
        self.setToolTip("\n".join(f"{one.name}: {wording.percent(one.share)}" for one in parts))
        if grown:
            self.updateGeometry()
        self.update()

    @property
    def parts(self) -> tuple[StackPart, ...]:
        """What is shown."""
        return self._parts

    def apply_theme(self) -> None:
        """Takes the size."""
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As high as its names, at least 200."""
        lines = len(self._parts) * theme.px(24) + theme.px(4)
        return QSize(theme.px(240), max(theme.px(208), lines))

    def minimumSizeHint(self) -> QSize:
        """Room for a short name."""
        return QSize(theme.px(140), self.sizeHint().height())

    def _blocks(self) -> list[QRectF]:
        wide, gap, top = float(theme.px(44)), float(theme.px(2)), 0.0
        whole = sum(part.share for part in self._parts) or 1.0
        room = self.height() - gap * max(len(self._parts) - 1, 0)
        found = []
        for part in self._parts:
            high = max(room * part.share / whole, 1.0)
            found.append(QRectF(0, top, wide, high))
            top += high + gap
        return found

    def _lines(self, blocks: Sequence[QRectF]) -> list[float]:
        """The middle of each name: at its block, but never over its neighbour nor out of the widget."""
        high = float(theme.px(22))
        middles, floor = [], 0.0
        for block in blocks:
            floor = max(block.center().y() - high / 2, floor) + high
            middles.append(floor - high / 2)
        ceiling = float(self.height())
        for place in range(len(middles) - 1, -1, -1):
            middles[place] = min(middles[place], ceiling - high / 2)
            ceiling = middles[place] - high / 2
        return middles

    def paintEvent(self, event: QPaintEvent) -> None:
        """Blocks, names, per cent; a thin line where a name had to move."""
        painter = base.smooth(self)
        blocks = self._blocks()
        for number, (part, block, middle) in enumerate(zip(self._parts, blocks, self._lines(blocks), strict=True)):
            role = _ROLES[min(number, len(_ROLES) - 1)]
            edge = theme.colour("ink") if theme.current().high_contrast else None
            base.panel(painter, block, theme.colour(role), edge, 2)
            self._paint_name(painter, part, block, middle)

    def _paint_name(self, painter: QPainter, part: StackPart, block: QRectF, middle: float) -> None:
        left, high = block.right() + theme.px(12), float(theme.px(22))
        if abs(block.center().y() - middle) > theme.px(2):
            painter.setPen(QPen(theme.colour("edge"), 1))
            painter.drawLine(QPointF(block.right() + 1, block.center().y()), QPointF(left - theme.px(3), middle))
        share = wording.percent(part.share)
        wide = base.text_width(share, "dense-strong") + 2
        box = QRectF(left, middle - high / 2, self.width() - left - wide - theme.px(8), high)
        base.text_at(painter, box, part.name, "dense", theme.colour("ink"), Qt.AlignmentFlag.AlignLeft)
        end = QRectF(self.width() - wide, box.y(), wide, high)
        base.text_at(painter, end, share, "dense-strong", theme.colour("ink"), Qt.AlignmentFlag.AlignRight)
