"""The bar on top (name, menus, title, undo, find) and the bar at the bottom (check light, run, saved, zoom)."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QMenuBar, QPushButton, QSizePolicy, QWidget

from appraise.ui import icons, theme
from appraise.ui.widgets import base
from appraise.ui.widgets.buttons import Button, IconButton
from appraise.ui.widgets.labels import FlowLabel, IconLabel
from appraise.ui.widgets.marks import Tone

MENUS = ("File", "Edit", "View", "Model", "Help")


class FindBox(QPushButton, theme.Themed):
    """Looks like a field, opens the list of steps and actions."""

    def __init__(self) -> None:
        super().__init__("Find or go to…")
        self.setAccessibleName("Find or go to, Control K")
        self.apply_theme()

    def apply_theme(self) -> None:
        """Takes font and size."""
        self.setFont(theme.font("body"))
        self.setFixedSize(theme.px(202), theme.px(32))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Frame, glass, words, keys."""
        painter, whole = base.smooth(self), QRectF(self.rect())
        ground = "hover" if self.underMouse() else "card"
        base.panel(painter, whole, theme.colour(ground), theme.colour("edge"), 6)
        side = float(theme.px(18))
        glass = QRectF(theme.px(12), (whole.height() - side) / 2, side, side)
        icons.paint(painter, "find", glass, theme.colour("ink"))
        words = whole.adjusted(theme.px(38), 0, -theme.px(12), 0)
        base.text_at(painter, words, self.text(), "body", theme.colour("ink"), Qt.AlignmentFlag.AlignLeft)
        base.text_at(painter, words, "Ctrl+K", "dense", theme.colour("ink2"), Qt.AlignmentFlag.AlignRight)
        if self.hasFocus():
            base.focus_ring(painter, whole)


class TopBar(QWidget, theme.Themed):
    """Logo, menus, title of the open appraisal, undo and redo, find. Signals: find_wanted()."""

    find_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._logo = IconLabel("logo", "primary", 22)
        self._name = FlowLabel("Appraise", "card", "primary", wrap=False)
        self.menu_bar = QMenuBar()
        self.menu_bar.setAccessibleName("Menus")
        self.menu_bar.setNativeMenuBar(False)
        self.menus: dict[str, QMenu] = {name: self.menu_bar.addMenu(f"&{name}") for name in MENUS}
        self.title = FlowLabel("No appraisal open", "strong", wrap=False)
        self.second = FlowLabel("", "dense", "ink2", wrap=False)
        self.undo = IconButton("undo", "Undo")
        self.redo = IconButton("redo", "Redo")
        self.find_box = FindBox()
        self.find_box.clicked.connect(self.find_wanted)
        self._row = QHBoxLayout(self)
        for part in (self._logo, self._name, self.menu_bar):
            self._row.addWidget(part)
        self._row.addStretch(1)
        self._titles = QWidget()
        self._pair = QHBoxLayout(self._titles)
        for label in (self.title, self.second):
            label.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
            self._pair.addWidget(label)
        self._row.addWidget(self._titles, 100)
        self._row.addStretch(1)
        for tool in (self.undo, self.redo, self.find_box):
            self._row.addWidget(tool)
        self._pair.insertStretch(0, 1)
        self._pair.addStretch(1)
        self.apply_theme()

    def set_title(self, title: str, second: str = "") -> None:
        """The name of what is open, and where it is from."""
        self.title.set_text(title)
        self.second.set_text(second)
        self.second.setVisible(bool(second))

    def set_undo_actions(self, undo: QAction, redo: QAction) -> None:
        """Binds the two buttons."""
        self.undo.follow_action(undo)
        self.redo.follow_action(redo)

    def fold(self, *, folded: bool) -> None:
        """Little room: neither find box nor second text."""
        self.find_box.setVisible(not folded)
        self.second.setVisible(not folded and bool(self.second.accessibleName()))

    def apply_theme(self) -> None:
        """Takes height and spacing."""
        base.set_ground(self, "card")
        self.setFixedHeight(theme.px(48))
        self.menu_bar.setFont(theme.font("body"))
        self.menu_bar.setStyleSheet(theme.menu_bar_sheet())
        self.menu_bar.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.menu_bar.setFixedWidth(self.menu_bar.sizeHint().width() + theme.px(8))
        for menu in self.menus.values():
            menu.setFont(theme.font("body"))
            menu.setPalette(theme.qt_palette(theme.current()))
        base.margins(self._row, 17, 0, 16, 1)
        self._row.setSpacing(theme.px(6))
        self._pair.setContentsMargins(theme.px(8), 0, theme.px(8), 0)
        self._pair.setSpacing(theme.px(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line below."""
        level = self.height() - 0.5
        base.hairline(QPainter(self), QPointF(0, level), QPointF(self.width(), level))


class StatusBar(QWidget, theme.Themed):
    """Master check light with its sentence, what was calculated, what is saved, the zoom.

    Signals: show_findings() from the link; zoom_wanted() from the zoom.
    """

    show_findings = Signal()
    zoom_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._light = IconLabel("completed", "good", 18)
        self._check = FlowLabel("Ready", "label", "good", wrap=False)
        self.show_link = Button("Show", kind="plain", small=True)
        self.show_link.setAccessibleName("Show the findings")
        self.show_link.clicked.connect(self.show_findings)
        self._run = FlowLabel("", "caption", "ink2", wrap=False)
        self._tick = IconLabel("check", "good", 16)
        self._saved = FlowLabel("", "caption", "ink2", wrap=False)
        self.zoom = Button("Zoom 100 %", kind="quiet", small=True)
        self.zoom.clicked.connect(self.zoom_wanted)
        self._row = QHBoxLayout(self)
        for part in (self._light, self._check, self.show_link):
            self._row.addWidget(part)
        self._row.addStretch(1)
        self._row.addWidget(self._run)
        self._gap = QWidget()
        for last in (self._gap, self._tick, self._saved, self.zoom):
            self._row.addWidget(last)
        self.show_link.setVisible(False)
        self.set_saved("")
        self.apply_theme()

    def set_check(self, tone: Tone, sentence: str, *, show: bool = False) -> None:
        """The light and its sentence; `show` offers the list of findings."""
        sign = {"good": "completed", "plain": "not-started"}.get(tone, tone)
        self._light.set_icon(sign, tone)
        self._check.set_ink(tone)
        self._check.set_text(sentence)
        self.show_link.setVisible(show)

    def set_run(self, text: str) -> None:
        """Draws, seconds and seed."""
        self._run.set_text(text)

    def set_saved(self, text: str, *, done: bool = True) -> None:
        """What is saved, and whether all of it is."""
        self._saved.set_text(text)
        self._tick.setVisible(done and bool(text))

    def fold(self, *, folded: bool) -> None:
        """Little room: the run is left out."""
        self._run.setVisible(not folded)

    def apply_theme(self) -> None:
        """Takes height, spacing and the zoom's figure."""
        base.set_ground(self, "card")
        self.setFixedHeight(theme.px(32))
        base.margins(self._row, 16, 1, 12, 0)
        self._row.setSpacing(theme.px(8))
        self._gap.setFixedWidth(theme.px(8))
        self.zoom.set_text(f"Zoom {theme.current().zoom} %")

    def sizeHint(self) -> QSize:
        """32 high."""
        return QSize(theme.px(600), theme.px(32))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line above."""
        base.hairline(QPainter(self), QPointF(0, 0.5), QPointF(self.width(), 0.5))
