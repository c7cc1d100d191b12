"""Chart cards that step aside when there is nothing to draw, and rows that turn into columns where it is narrow."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from appraise.ui import theme
from appraise.ui.chart_view import ChartCard, MakeChart

if TYPE_CHECKING:
    from appraise.present.chart_parts import Chart, ChartStyle

Draw = Callable[[float, float, "ChartStyle"], "Chart | None"]
"""Draws for a width, a height and a style; None when there is nothing to draw."""


class FigureCard(ChartCard):
    """A chart card as high as its drawing wants to be, at least `height`; hidden when nothing can be drawn."""

    def __init__(self, height: float = 240) -> None:
        super().__init__(height)
        self._least = height
        self._drawn = True
        self.view.made.connect(self._fit)

    def set_least(self, height: float) -> None:
        """Another least height, in px at 100 %; it takes effect with the next drawing."""
        self._least = height

    def follow(self, draw: Draw) -> None:
        """Show new figures of a chart that is there, as a slider moves: only where it can be seen."""
        self.set_chart(self._making(draw), seen_only=True)

    def draw(self, draw: Draw) -> bool:
        """Show another chart; False, and hidden, when there is none."""
        self.set_chart(self._making(draw))
        self.setVisible(self._drawn)
        return self._drawn

    def _making(self, draw: Draw) -> MakeChart:
        def make(width: float, _height: float, style: "ChartStyle") -> "Chart":
            chart = draw(width, self._least, style)
            self._drawn = chart is not None
            return chart if chart is not None else _nothing(width)

        return make

    def _fit(self) -> None:
        chart = self.view.chart()
        if chart is not None:
            self.view.set_height(max(self._least, chart.drawing.height))


def _nothing(width: float) -> "Chart":
    from reportlab.graphics.shapes import Drawing

    from appraise.present.chart_parts import Chart
    from appraise.present.tables import Table

    nothing = Table(title="", columns=(), rows=())
    return Chart(title="", subtitle="", alt="", drawing=Drawing(width, 1), figures=lambda: nothing)


class Sides(QWidget, theme.Themed):
    """Parts side by side, or one below the other when narrower than `fold` px at 100 %."""

    def __init__(self, *parts: QWidget, stretches: tuple[int, ...] = (), fold: float = 620, gap: float = 11) -> None:
        super().__init__()
        self._fold, self._gap = fold, gap
        self.line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self.line.setContentsMargins(0, 0, 0, 0)
        for place, part in enumerate(parts):
            self.line.addWidget(part, stretches[place] if stretches else 1)
        self.apply_theme()

    def folded(self) -> bool:
        """True while the parts stand one below the other."""
        return self.line.direction() == QBoxLayout.Direction.TopToBottom

    def apply_theme(self) -> None:
        """Takes the gap, and folds anew."""
        self.line.setSpacing(theme.px(self._gap))
        self._turn(self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turns when the width passes the fold."""
        self._turn(event.size().width())
        super().resizeEvent(event)

    def _turn(self, width: int) -> None:
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        wanted = down if width < theme.px(self._fold) else across
        if wanted != self.line.direction():
            self.line.setDirection(wanted)
            self.turned()

    def turned(self) -> None:
        """Called after the direction changed; for parts that look different then."""
