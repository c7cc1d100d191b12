"""Parts that step pages share: a page that rests while hidden, and pieces of the right pane and of tool rows."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from appraise.ui import theme
from appraise.ui.chart_view import ChartView
from appraise.ui.context import Context, View
from appraise.ui.pages.base import Page
from appraise.ui.widgets import base
from appraise.ui.widgets.buttons import Button
from appraise.ui.widgets.cards import Column, Row
from appraise.ui.widgets.fields import TextField
from appraise.ui.widgets.labels import FlowLabel
from appraise.ui.widgets.marks import Chip

if TYPE_CHECKING:  # drawing loads reportlab, which the start of the window must not wait for
    from appraise.present.chart_parts import Chart, ChartStyle

MakeChart = Callable[[float, float, "ChartStyle"], "Chart | None"]


class RestingPage(Page):
    """A page that follows the context only while it can be seen, and catches up when it is shown."""

    def __init__(self, context: Context, frame: QWidget) -> None:
        super().__init__(context, frame)
        self._shown: View | None = None

    def refresh(self, old: View | None, new: View) -> None:
        """Shows `new`, or waits until the page is shown. Another document takes no half-typed text over."""
        if old is None:
            self._shown = None
            for field in self.findChildren(TextField):
                field.give_up()
        if old is None or self.isVisible():
            before, self._shown = self._shown, new
            self.show_view(before, new)

    def showEvent(self, event: QShowEvent) -> None:
        """What was missed is made up for.

        Qt calls this in the midst of showing: a fault that left from here would take the program down. It is told
        from the event loop instead, where the application's hook writes it down and says so.
        """
        super().showEvent(event)
        if self._shown is self.context.view:
            return
        try:
            self.refresh(self._shown, self.context.view)
        except Exception as error:  # noqa: BLE001 told again below, whatever it is
            QTimer.singleShot(0, partial(_tell, error))

    def show_view(self, old: View | None, new: View) -> None:
        """Shows `new`; `old` is what the page shows now, None at first."""
        raise NotImplementedError


def _tell(error: Exception) -> None:
    raise error


class PaneHead(Row):
    """The first line of a right pane: what it is about, and whether the figures are live."""

    def __init__(self, title: str) -> None:
        self._title = FlowLabel(title, "card", wrap=False)
        self._chip = Chip("Live", "good", "in-progress")
        super().__init__(self._title, self._chip, stretches=(1, 0), gap=8)

    def show_state(self, title: str, view: View) -> None:
        """The title, and the chip of the view: live, being worked out, stopped early, or nothing yet."""
        self._title.set_text(title)
        self._chip.setVisible(view.results is not None)
        if view.stale:
            self._chip.set_face("Updating", "plain", "in-progress")
        elif view.stopped:
            self._chip.set_face("Preview", "plain", "in-progress")
        else:
            self._chip.set_face("Live", "good", "in-progress")


class PaneChart(Column):
    """A small chart of a pane under a heading of its own; a sentence stands where there is nothing to draw."""

    def __init__(self, title: str, height: float) -> None:
        self._title = FlowLabel(title, "label")
        self.view = ChartView(height)
        self._nothing = FlowLabel("", "dense", "ink2")
        self._nothing.hide()
        super().__init__(self._title, self.view, self._nothing, gap=6)
        self.view.made.connect(self._fit)

    def show_chart(self, make: MakeChart | None, nothing: str = "") -> None:
        """Draws the chart; None where there is nothing to draw, and `nothing` says so."""
        self.view.setVisible(make is not None)
        self._nothing.setVisible(make is None and bool(nothing))
        self._nothing.set_text(nothing)
        if make is not None:
            self.view.set_chart(_always(make))

    def set_title(self, title: str) -> None:
        """Changes the heading in place."""
        self._title.set_text(title)

    def _fit(self) -> None:
        chart = self.view.chart()
        asked = self.view.height() / (theme.current().zoom / 100)
        if chart is not None and self.view.isVisible() and chart.drawing.height > asked + 0.5:
            self.view.set_height(float(chart.drawing.height))


def _always(make: MakeChart) -> "Callable[[float, float, ChartStyle], Chart]":
    def made(width: float, height: float, style: "ChartStyle") -> "Chart":
        chart = make(width, height, style)
        if chart is None:
            raise RuntimeError("there is nothing to draw: the caller checks that first")
        return chart

    return made


class ToolRow(QWidget, theme.Themed):
    """Two groups of controls: at the ends of one line, or in two lines where the window is narrow."""

    def __init__(self, first: QWidget, second: QWidget) -> None:
        super().__init__()
        self._first, self._second = first, second
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.addWidget(first, 1)
        self._line.addWidget(second)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.apply_theme()

    def apply_theme(self) -> None:
        """Takes the gaps and turns as the room asks."""
        base.margins(self._line, 0, 0, 0, 0)
        self._line.setSpacing(theme.px(8))
        self._turn()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turns as the room asks."""
        super().resizeEvent(event)
        self._turn()

    def minimumSizeHint(self) -> QSize:
        """As narrow as the wider group."""
        least = max(self._first.minimumSizeHint().width(), self._second.minimumSizeHint().width())
        return QSize(least, super().minimumSizeHint().height())

    def _turn(self) -> None:
        wanted = self._first.sizeHint().width() + self._second.sizeHint().width() + theme.px(8)
        narrow = wanted > self.width()
        turned = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._line.direction() != turned:
            self._line.setDirection(turned)
            self.updateGeometry()


class EditRow(Row):
    """The buttons under a table of records: add, remove, and with `moves` up and down.

    Signals: added(), removed(), moved(step) with -1 for up and 1 for down.
    """

    added = Signal()
    removed = Signal()
    moved = Signal(int)

    def __init__(self, add: str, noun: str, *, moves: bool = True) -> None:
        self._add = Button(add, icon="plus", small=True)
        self._remove = Button("Remove", kind="plain", icon="bin", small=True)
        self._up = Button("Up", kind="plain", icon="up", small=True)
        self._down = Button("Down", kind="plain", icon="down", small=True)
        for button, words in ((self._remove, "Remove the"), (self._up, "Move up the"), (self._down, "Move down the")):
            button.setAccessibleName(f"{words} {noun} in hand")
        super().__init__(self._add, self._remove, self._up, self._down, stretches=(0, 0, 0, 0), gap=6)
        self.line.addStretch(1)
        for button in (self._up, self._down):
            button.setVisible(moves)
        self._add.clicked.connect(self.added)
        self._remove.clicked.connect(self.removed)
        self._up.clicked.connect(lambda: self.moved.emit(-1))
        self._down.clicked.connect(lambda: self.moved.emit(1))

    def focus_first(self) -> None:
        """The button that adds."""
        self._add.setFocus()

    def set_some(self, *, some: bool) -> None:
        """Without a record there is nothing to remove or to move."""
        for button in (self._remove, self._up, self._down):
            button.setEnabled(some)
