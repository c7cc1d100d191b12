"""The frame of the window: top bar, journey, step, live pane and status bar. It knows no appraisal."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QPainter, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QMenu, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from appraise.ui import icons, theme
from appraise.ui.widgets import base
from appraise.ui.widgets.bars import StatusBar, TopBar
from appraise.ui.widgets.cards import Column
from appraise.ui.widgets.command_palette import Command, CommandPalette
from appraise.ui.widgets.journey import Journey, StepState
from appraise.ui.widgets.marks import Tone

FOLD_BELOW = 1280
"""Below this many effective px (width over zoom) both panes fold: a page beside them would have under 720 px."""


@dataclass(frozen=True, slots=True)
class StepPlace:
    """A step's name and what builds its page when it is first shown.

    A page may have `pane`, the widget shown on the right while the page is shown, and `focus_first()`.
    """

    name: str
    make: Callable[[], QWidget]


def pane_frame(*parts: QWidget) -> QWidget:
    """A column for the right pane: parts from the top, air at the end."""
    return _PaneColumn(*parts)


class _PaneColumn(Column):
    """The pane's column: 16 px all round, the scroll bar's gutter included."""

    def __init__(self, *parts: QWidget) -> None:
        super().__init__(*parts, gap=8)
        self.line.addStretch(1)

    def apply_theme(self) -> None:
        """Takes gap and margins."""
        super().apply_theme()
        base.margins(self.line, 16, 16, 6, 16)


class PaneButton(QPushButton, theme.Themed):
    """One of Live, Help and Check on the folded right pane: an icon over a word."""

    def __init__(self, icon: str, text: str) -> None:
        super().__init__(text)
        self._icon, self._ink = icon, "primary"
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.apply_theme()

    def set_icon(self, icon: str, ink: str) -> None:
        """Changes the picture in place."""
        self._icon, self._ink = icon, ink
        self.update()

    def apply_theme(self) -> None:
        """Takes the size."""
        self.setFixedSize(theme.px(54), theme.px(56))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Icon, word, ring."""
        painter, whole = base.smooth(self), QRectF(self.rect())
        if self.isChecked() or self.underMouse():
            base.panel(painter, whole, theme.colour("selected" if self.isChecked() else "hover"), radius=6)
        side, ink = float(theme.px(20)), theme.colour(self._ink)
        icons.paint(painter, self._icon, QRectF((whole.width() - side) / 2, theme.px(8), side, side), ink)
        words = QRectF(0, theme.px(30), whole.width(), theme.px(20))
        base.text_at(painter, words, self.text(), "label", ink, Qt.AlignmentFlag.AlignHCenter)
        if self.hasFocus():
            base.focus_ring(painter, whole)


class RightPane(QWidget, theme.Themed):
    """The stack of pane widgets, 312 px wide; folded, three buttons that open it as an overlay."""

    help_wanted = Signal()

    def __init__(self, shell: QWidget) -> None:
        super().__init__(shell)
        self._shell = shell
        self._folded = False
        self._open = ""
        self.stack = QStackedWidget()
        self._pages: dict[QWidget, base.ScrollPage] = {}
        self._findings: QWidget | None = None
        self._live: QWidget | None = None
        self._empty = QWidget()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(1, 0, 0, 0)
        self._overlay = _Overlay(shell)
        self._buttons = QWidget()
        self._side = QVBoxLayout(self._buttons)
        self.buttons = {
            "Live": PaneButton("clock", "Live"),
            "Help": PaneButton("info", "Help"),
            "Check": PaneButton("completed", "Check"),
        }
        for name, button in self.buttons.items():
            self._side.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
            button.clicked.connect(partial(self._press, name))
        self._side.addStretch(1)
        self._row.addWidget(self.stack)
        self._row.addWidget(self._buttons)
        self._buttons.hide()
        self._overlay.hide()
        self._overlay.closed.connect(self.close_overlay)
        self.apply_theme()

    def show_widget(self, widget: QWidget | None) -> None:
        """Shows a page's pane widget; None shows an empty pane."""
        self._live = widget
        self._place(widget)

    def set_findings(self, widget: QWidget) -> None:
        """The widget behind the check light."""
        self._findings = widget

    def show_findings(self) -> None:
        """Shows the findings instead of the page's pane, until another page is shown."""
        if self._folded:
            self._open_overlay("Check")
        else:
            self._place(self._findings)

    def showing_findings(self) -> bool:
        """True while the findings are shown."""
        return self._findings is not None and self.stack.currentWidget() is self._pages.get(self._findings)

    def _place(self, widget: QWidget | None) -> None:
        widget = widget or self._empty
        if widget not in self._pages:
            page = base.ScrollPage(widget)
            self._pages[widget] = page
            self.stack.addWidget(page)
        self.stack.setCurrentWidget(self._pages[widget])

    def fold(self, *, folded: bool) -> None:
        """Shrinks to the three buttons, or opens again."""
        if folded == self._folded:
            return
        self.close_overlay()
        self._folded = folded
        if folded:
            self._overlay.hold(self.stack)
        else:
            self._row.insertWidget(0, self.stack)
            self.stack.show()
        self._buttons.setVisible(folded)
        self.apply_theme()

    def _press(self, name: str) -> None:
        if self._open == name:
            self.close_overlay()
        else:
            self._open_overlay(name)

    def _open_overlay(self, name: str) -> None:
        self._place(self._findings if name == "Check" and self._findings else self._live)
        self._open = name
        for key, button in self.buttons.items():
            button.setChecked(key == name)
        self.place_overlay()
        self._overlay.show()
        self._overlay.raise_()
        self._overlay.setFocus()
        if name == "Help":
            self.help_wanted.emit()
            page = self.stack.currentWidget()
            if isinstance(page, base.ScrollPage):
                page.verticalScrollBar().setValue(page.verticalScrollBar().maximum())

    def place_overlay(self) -> None:
        """Left of the buttons, as high as the pane."""
        corner = self.mapTo(self._shell, self.rect().topLeft())
        width = min(theme.px(312), self._shell.width() - self.width())
        self._overlay.setGeometry(corner.x() - width, corner.y(), width, self.height())

    def close_overlay(self) -> None:
        """Hides the overlay and gives the keyboard back to its button."""
        self._overlay.hide()
        if self._open:
            self.buttons[self._open].setFocus()
        self._open = ""
        for button in self.buttons.values():
            button.setChecked(False)

    def apply_theme(self) -> None:
        """Takes width and ground."""
        base.set_ground(self, "card")
        self.setFixedWidth(theme.px(60 if self._folded else 312))
        base.margins(self._side, 2, 10, 2, 10)
        self._side.setSpacing(theme.px(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line on the left."""
        base.hairline(QPainter(self), QPointF(0.5, 0), QPointF(0.5, self.height()))


class _Overlay(QWidget, theme.Themed):
    """Holds the pane over the page while there is little room. Signals: closed() on Escape."""

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("Live pane")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 0, 1, 0)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.closed)
        self.apply_theme()

    def hold(self, widget: QWidget) -> None:
        """Takes the pane's stack in."""
        self._column.addWidget(widget)
        widget.show()

    def apply_theme(self) -> None:
        """Takes the ground."""
        base.set_ground(self, "card")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lines left and right."""
        painter = QPainter(self)
        for x in (0.5, self.width() - 0.5):
            base.hairline(painter, QPointF(x, 0), QPointF(x, self.height()), "edge")


class Shell(QMainWindow, theme.Themed):
    """The window's frame.

    Signals: step_shown(step from 0, -1 for the start page); show_findings(); next_finding() on F8; help_wanted() on F1;
    next_thing() from the foot of the journey; zoom_changed(per cent).
    """

    step_shown = Signal(int)
    show_findings = Signal()
    next_finding = Signal()
    help_wanted = Signal()
    next_thing = Signal()
    zoom_changed = Signal(int)

    def __init__(self, steps: Sequence[StepPlace], start: QWidget | None = None) -> None:
        super().__init__()
        self._steps = tuple(steps)
        self._pages: dict[int, QWidget] = {}
        self._start = start
        self._commands: list[QAction] = []
        self.current_step = -1
        self._from_journey = False
        self._titled: tuple[str, str] | None = None
        self.top = TopBar()
        self.journey = Journey([step.name for step in steps])
        self.middle = QStackedWidget()
        self.status = StatusBar()
        whole = QWidget()
        self.pane = RightPane(whole)
        column, row = QVBoxLayout(whole), QHBoxLayout()
        for layout in (column, row):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        self._edge = _Edge()
        for part in (self.journey, self._edge, self.middle, self.pane):
            row.addWidget(part, 1 if part is self.middle else 0)
        column.addWidget(self.top)
        column.addLayout(row, 1)
        column.addWidget(self.status)
        self.setCentralWidget(whole)
        if start is not None:
            self.middle.addWidget(start)
        self._connect()
        self._keys()
        self.apply_theme()
        self.setMinimumSize(640, 480)
        self.resize(1440, 900)

    @property
    def menus(self) -> dict[str, QMenu]:
        """File, Edit, View, Model and Help, to be filled with actions."""
        return self.top.menus

    def _connect(self) -> None:
        self.journey.chosen.connect(self._show_from_journey)
        self.journey.next_thing.connect(self.next_thing)
        self.top.find_wanted.connect(self.open_palette)
        self.status.show_findings.connect(self._show_findings)
        self.status.zoom_wanted.connect(self._turn_zoom)
        self.pane.help_wanted.connect(self.help_wanted)

    def _keys(self) -> None:
        for step in range(min(len(self._steps), 10)):
            self._key(f"Alt+{(step + 1) % 10}", partial(self.show_step, step))
        self._key("F6", partial(self.cycle_area, 1))
        self._key("Shift+F6", partial(self.cycle_area, -1))
        self._key("Ctrl+K", self.open_palette)
        self._key("F1", self.help_wanted.emit)
        self._key("F8", self.next_finding.emit)
        for keys in ("Ctrl++", "Ctrl+="):
            self._key(keys, partial(self._zoom_by, 1))
        self._key("Ctrl+-", partial(self._zoom_by, -1))
        self._key("Ctrl+0", partial(self.set_zoom, 100))

    def _key(self, keys: str, run: Callable[[], object]) -> None:
        QShortcut(QKeySequence(keys), self).activated.connect(run)

    def page(self, step: int) -> QWidget | None:
        """The page of a step; None until it was first shown."""
        return self._pages.get(step)

    def show_step(self, step: int) -> None:
        """Shows a step and its pane, building them the first time."""
        if step not in self._pages:
            self._pages[step] = self._steps[step].make()
            self.middle.addWidget(self._pages[step])
        page = self._pages[step]
        self.current_step = step
        for side in (self.journey, self._edge, self.pane):
            side.setVisible(True)
        self.middle.setCurrentWidget(page)
        pane = getattr(page, "pane", None)
        self.pane.show_widget(pane if isinstance(pane, QWidget) else None)
        self.journey.set_current(step)
        self._fold()
        self.step_shown.emit(step)
        if not self._from_journey:
            _focus_into(self.middle)

    def _show_from_journey(self, step: int) -> None:
        """The keyboard stays in the journey, so that its arrows can go on."""
        self._from_journey = True
        try:
            self.show_step(step)
        finally:
            self._from_journey = False

    def show_start(self) -> None:
        """Shows the start page, which brings its own sides."""
        if self._start is None:
            return
        self.current_step = -1
        for side in (self.journey, self._edge, self.pane):
            side.setVisible(False)
        self.middle.setCurrentWidget(self._start)
        self.step_shown.emit(-1)

    def set_states(self, states: Sequence[StepState]) -> None:
        """Shows the state of every step."""
        self.journey.set_states(states)

    def set_title(self, title: str, second: str = "") -> None:
        """The name of what is open, in the bar and in the window's own title."""
        if (title, second) == self._titled:
            return
        self._titled = (title, second)
        self.top.set_title(title, second)
        self.setWindowTitle(f"{title} - Appraise" if title else "Appraise")
        self._fold()

    def set_check(self, tone: Tone, sentence: str, *, show: bool = False) -> None:
        """The master check light."""
        self.status.set_check(tone, sentence, show=show)
        sign = {"good": "completed", "plain": "not-started"}.get(tone, tone)
        self.pane.buttons["Check"].set_icon(sign, tone)

    def set_run(self, text: str) -> None:
        """Draws, seconds and seed."""
        self.status.set_run(text)

    def set_saved(self, text: str, *, done: bool = True) -> None:
        """What is saved."""
        self.status.set_saved(text, done=done)

    def set_findings_pane(self, widget: QWidget) -> None:
        """The widget that "Show" brings to the right pane."""
        self.pane.set_findings(widget)

    def set_undo_actions(self, undo: QAction, redo: QAction) -> None:
        """Binds the two buttons of the top bar."""
        self.top.set_undo_actions(undo, redo)

    def add_command(self, action: QAction) -> None:
        """Offers an action in the find list too."""
        self._commands.append(action)

    def commands(self) -> list[Command]:
        """What the find list offers now: the steps, then the actions that can be used."""
        offered = [
            Command(f"{number + 1}  {step.name}", partial(self.show_step, number))
            for number, step in enumerate(self._steps)
        ]
        usable = [action for action in self._commands if action.isEnabled()]
        return offered + [Command(action.text().replace("&", ""), action.trigger) for action in usable]

    def open_palette(self) -> CommandPalette:
        """Opens the find list."""
        palette = CommandPalette(self.commands(), self)
        palette.open()
        palette.line.setFocus()
        return palette

    def _show_findings(self) -> None:
        self.pane.show_findings()
        self.show_findings.emit()

    def areas(self) -> list[QWidget]:
        """Journey, step, live pane and status, those that are shown."""
        return [part for part in (self.journey, self.middle, self.pane, self.status) if part.isVisible()]

    def cycle_area(self, step: int) -> None:
        """Moves the keyboard to the next area."""
        areas = self.areas()
        here = next((i for i, area in enumerate(areas) if area.isAncestorOf(self.focusWidget() or self)), -1)
        for distance in range(1, len(areas) + 1):
            if _focus_into(areas[(here + step * distance) % len(areas)]):
                return

    def set_zoom(self, zoom: int) -> None:
        """Another zoom for the whole window."""
        theme.use_zoom(zoom)
        self._fold()
        self.zoom_changed.emit(zoom)

    def _zoom_by(self, step: int) -> None:
        self.set_zoom(theme.zoom_step(step))

    def _turn_zoom(self) -> None:
        place = theme.ZOOMS.index(theme.current().zoom)
        self.set_zoom(theme.ZOOMS[(place + 1) % len(theme.ZOOMS)])

    def folded(self) -> bool:
        """True where there is too little room for both panes."""
        return self.width() * 100 / theme.current().zoom < FOLD_BELOW

    def _fold(self) -> None:
        folded = self.folded()
        for part in (self.journey, self.pane, self.top, self.status):
            part.fold(folded=folded)

    def apply_theme(self) -> None:
        """Takes the ground; the width may now be too small."""
        base.set_ground(self, "window")
        base.set_ground(self.middle, "window")
        self._fold()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 Qt's own signature
        """Tab goes round the window by `base.next_stop`."""
        here = self.focusWidget()
        stop = base.next_stop(here if here is not None else self, forward=next)
        if stop is not None:
            stop.setFocus(Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason)
        return stop is not None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Folds or opens the panes."""
        super().resizeEvent(event)
        self._fold()
        self.pane.place_overlay()


class _Edge(QWidget):
    """The line between journey and step."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """One hairline."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("line"))


def _focus_into(area: QWidget) -> bool:
    """Gives the keyboard to the first thing in an area that takes it; False where nothing does."""
    first = getattr(area, "currentWidget", None)
    page = first() if callable(first) else None
    starter = getattr(page, "focus_first", None)
    if callable(starter):
        starter()
        return True
    for child in area.findChildren(QWidget):
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.isVisible() and child.isEnabled():
            child.setFocus(Qt.FocusReason.TabFocusReason)
            return True
    return False
