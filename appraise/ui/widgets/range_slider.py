"""The slider of a swing whose range can be dragged by its ends as well as moved by keys."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent

from appraise.ui import theme
from appraise.ui.widgets.sliders import SwingSlider

Band = tuple[int, int]


class RangeSlider(SwingSlider):
    """A `SwingSlider` whose range ends take the mouse, where the handle does not lie over them.

    `range_moved` tells every step, by mouse or key; the page ends the gesture on `range_released`.
    """

    def __init__(self, name: str, *, words: object = str) -> None:
        super().__init__(name, words=words if callable(words) else str)
        self._end = ""

    def band(self) -> Band | None:
        """The range that is shown."""
        return self._band

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """An end of the range near the mouse is taken, else the handle comes."""
        self._end = self._near(event.position().x()) if event.button() == Qt.MouseButton.LeftButton else ""
        if self._end:
            event.accept()
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The end follows, never over the handle."""
        if not self._end or self._band is None:
            super().mouseMoveEvent(event)
            return
        low, high = self._band
        there = self._value_at(event.position().x())
        low, high = (min(there, self.value()), high) if self._end == "low" else (low, max(there, self.value()))
        if (low, high) != self._band:
            self.set_band(low, high)
            self.range_moved.emit(low, high)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The range stands."""
        if self._end:
            self._end = ""
        else:
            super().mouseReleaseEvent(event)

    def _near(self, x: float) -> str:
        if self._band is None or not self.isEnabled():
            return ""
        reach, handle = theme.px(7), abs(self._x(self.value()) - x)
        ends = {"low": abs(self._x(self._band[0]) - x), "high": abs(self._x(self._band[1]) - x)}
        nearest = min(ends, key=lambda end: ends[end])
        return nearest if ends[nearest] <= reach and ends[nearest] < handle else ""
