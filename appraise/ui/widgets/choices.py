"""One of several: the segments for few, the pick list for many."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QTabBar, QWidget

from appraise.ui import icons, theme
from appraise.ui.widgets import base


class SegmentBar(QTabBar, theme.Themed):
    """A few choices side by side, one of them filled; long names elide, whole in the tool tip.

    Choices are (key, text) pairs. Signals: chosen(key) when the user, not the program, picks one.
    """

    chosen = Signal(str)

    def __init__(self, name: str, choices: Sequence[tuple[str, str]] = (), current: str = "") -> None:
        super().__init__()
        self._keys: list[str] = []
        self._choices: tuple[tuple[str, str], ...] = ()
        self.setAccessibleName(name)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # a click must take the keyboard from what it may hide
        self.currentChanged.connect(self._tell)
        self.apply_theme()
        self.set_choices(choices, current)

    def set_choices(self, choices: Sequence[tuple[str, str]], current: str = "") -> None:
        """Replaces the choices without a signal; keeps the present one where it is still there."""
        keep = current or self.current()
        if tuple(choices) == self._choices:
            if keep in self._keys and keep != self.current():
                self.set_current(keep)
            return
        self._choices = tuple(choices)
        self.blockSignals(True)
        while self.count():
            self.removeTab(self.count() - 1)
        self._keys = [key for key, _ in choices]
        for place, (_, text) in enumerate(choices):
            self.addTab(text.replace("&", "&&"))
            self.setTabToolTip(place, text)
        if keep in self._keys:
            self.setCurrentIndex(self._keys.index(keep))
        self.blockSignals(False)
        self.updateGeometry()

    def current(self) -> str:
        """The key of the present choice; empty without choices."""
        place = self.currentIndex()
        return self._keys[place] if 0 <= place < len(self._keys) else ""

    def set_current(self, key: str) -> None:
        """Moves to a choice without a signal."""
        if key == self.current():
            return
        self.blockSignals(True)
        self.setCurrentIndex(self._keys.index(key))
        self.blockSignals(False)
        self.update()

    def apply_theme(self) -> None:
        """Takes font and size."""
        self.setFont(theme.font("body"))
        self.updateGeometry()

    def tabSizeHint(self, index: int) -> QSize:
        """Text and padding, squeezed where the bar is narrower than its choices."""
        wanted = [self._wanted(place) for place in range(self.count())]
        parent = self.parentWidget()
        room = parent.width() if parent else sum(wanted)
        share = min(1.0, max(room, 1) / max(sum(wanted), 1))
        return QSize(int(wanted[index] * share), theme.px(36))

    def _wanted(self, place: int) -> int:
        return round(base.text_width(self.tabText(place).replace("&&", "&"), "strong")) + theme.px(30)

    def sizeHint(self) -> QSize:
        """All choices whole."""
        return QSize(sum(self._wanted(place) for place in range(self.count())) + theme.px(2), theme.px(36))

    def minimumSizeHint(self) -> QSize:
        """Room for three letters of each."""
        return QSize(self.count() * theme.px(56), theme.px(36))

    def readable_width(self) -> int:
        """The least width at which every choice can still be told from its neighbours."""
        return sum(min(self._wanted(place), theme.px(88)) for place in range(self.count()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The trough, the filled segment, the words."""
        painter = base.smooth(self)
        whole = QRectF(0, 0, self.tabRect(self.count() - 1).right() + 1.0 if self.count() else 0, self.height())
        base.panel(painter, whole, theme.colour("rail"), theme.colour("line"), 7)
        for place in range(self.count()):
            box, picked = QRectF(self.tabRect(place)), place == self.currentIndex()
            if picked:
                gap = theme.px(3)
                filled = box.adjusted(gap, gap, -gap, -gap)
                base.panel(painter, filled, theme.colour("primary"), radius=5)
            ink = theme.colour("on-primary" if picked else "ink" if self.isEnabled() else "disabled")
            words = self.tabText(place).replace("&&", "&")
            role: theme.FontRole = "strong" if picked else "body"
            inner = box.adjusted(theme.px(6), 0, -theme.px(6), 0)
            base.text_at(painter, inner, words, role, ink, Qt.AlignmentFlag.AlignHCenter)
            if picked and self.hasFocus():
                base.focus_ring(painter, box)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling the page never changes a choice."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """An arrow goes on to the next choice that is not refused: one that is put back must not bar the way."""
        by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if not by or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
            return
        place = self.currentIndex() + by
        while 0 <= place < self.count():
            key = self._keys[place]
            self.setCurrentIndex(place)
            if self.current() == key:
                return
            place += by

    def _tell(self, place: int) -> None:
        if 0 <= place < len(self._keys):
            self.chosen.emit(self._keys[place])


class PickList(QComboBox, theme.Themed):
    """One of many (key, text) pairs in a box of our own.

    Signals: chosen(key) when the user picks one, also by keyboard.
    """

    chosen = Signal(str)

    def __init__(self, name: str, choices: Sequence[tuple[str, str]] = (), current: str = "") -> None:
        super().__init__()
        self._choices: tuple[tuple[str, str], ...] = ()
        self.setAccessibleName(name)
        self.setFrame(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.activated.connect(lambda place: self.chosen.emit(str(self.itemData(place))))
        self.apply_theme()
        self.set_choices(choices, current)

    def set_choices(self, choices: Sequence[tuple[str, str]], current: str = "") -> None:
        """Replaces the choices without a signal; keeps the present one where it is still there."""
        keep = current or self.current()
        if tuple(choices) == self._choices and (not keep or keep == self.current()):
            return
        self._choices = tuple(choices)
        self.blockSignals(True)
        self.clear()
        for key, text in choices:
            self.addItem(text, key)
        if keep:
            self.setCurrentIndex(max(self.findData(keep), 0))
        self.blockSignals(False)
        self.updateGeometry()

    def current(self) -> str:
        """The key of the present choice; empty without choices."""
        return str(self.currentData() or "")

    def set_current(self, key: str) -> None:
        """Moves to a choice without a signal."""
        self.blockSignals(True)
        self.setCurrentIndex(self.findData(key))
        self.blockSignals(False)
        self.update()

    def apply_theme(self) -> None:
        """Takes font and size."""
        self.setFont(theme.font("body"))
        self.view().setFont(theme.font("body"))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """The longest choice, at most 320 px, 36 high."""
        longest = max((base.text_width(self.itemText(place), "body") for place in range(self.count())), default=0.0)
        return QSize(min(round(longest), theme.px(260)) + theme.px(52), theme.px(36))

    def minimumSizeHint(self) -> QSize:
        """May shrink to a few letters."""
        return QSize(theme.px(96), theme.px(36))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Frame, words, arrow."""
        painter, whole = base.smooth(self), QRectF(self.rect())
        hover = self.underMouse() and self.isEnabled()
        edge = "edge" if self.isEnabled() else "line"
        base.panel(painter, whole, theme.colour("hover" if hover else "card"), theme.colour(edge), 6)
        ink = theme.colour("ink" if self.isEnabled() else "disabled")
        words = whole.adjusted(theme.px(12), 0, -theme.px(34), 0)
        base.text_at(painter, words, self.currentText(), "body", ink, Qt.AlignmentFlag.AlignLeft)
        side = float(theme.px(16))
        corner = QPointF(whole.right() - theme.px(28), whole.center().y() - side / 2)
        icons.paint(painter, "down", QRectF(corner.x(), corner.y(), side, side), ink)
        if self.hasFocus():
            base.focus_ring(painter, whole)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape is for what the list stands in, such as an open story."""
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling the page never changes a choice."""
        event.ignore()


class CellPick(PickList):
    """The pick list in a table's cell: it opens at once, and only Enter or a click chooses.

    Signals: picked() when something was chosen; given_up() when the list was closed without.
    """

    picked = Signal()
    given_up = Signal()

    def __init__(self, name: str, choices: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(name, choices)
        self.has_picked = self._over = False
        self._box = self.view().parentWidget()
        if self._box is not None:
            self._box.installEventFilter(self)
        self.chosen.connect(self._take)

    def open_soon(self) -> None:
        """Opens the list when the cell's editor stands in its place."""
        QTimer.singleShot(0, self, self.showPopup)

    def showPopup(self) -> None:
        """Not when the editor was closed meanwhile."""
        if self.isVisible() and not self._over:
            super().showPopup()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt hides the list before it says what was chosen, so giving up waits for that."""
        if watched is self._box and event.type() == QEvent.Type.Hide:
            QTimer.singleShot(0, self, self._give_up)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Without the list no key may change the choice: Escape gives up, others open it."""
        if event.key() == Qt.Key.Key_Escape:
            self._give_up()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.showPopup()

    def _take(self, _key: str) -> None:
        self.has_picked = self._over = True
        self.picked.emit()

    def _give_up(self) -> None:
        if not self._over:
            self._over = True
            self.given_up.emit()


class Switch(QWidget, theme.Themed):
    """Segments where they can be read side by side, else a pick list; both always stand at the same choice.

    Choices are (key, text) pairs. `whole`: segments only where no text of theirs is cut. Signals: chosen(key) when
    the user picks one.
    """

    chosen = Signal(str)

    def __init__(
        self, name: str, choices: Sequence[tuple[str, str]] = (), current: str = "", *, whole: bool = False
    ) -> None:
        super().__init__()
        self._whole = whole
        self._choices: tuple[tuple[str, str], ...] = ()
        self.bar, self.list = SegmentBar(name), PickList(name)
        self._keys: list[str] = []
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.bar)
        self._row.addWidget(self.list)
        self._row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.bar.chosen.connect(self._choose)
        self.list.chosen.connect(self._choose)
        self.apply_theme()
        self.set_choices(choices, current)

    def set_choices(self, choices: Sequence[tuple[str, str]], current: str = "") -> None:
        """Replaces the choices without a signal; keeps the present one where it is still there."""
        same = tuple(choices) == self._choices
        self._choices = tuple(choices)
        self._keys = [key for key, _ in choices]
        self.bar.set_choices(choices, current)
        self.list.set_choices(choices, self.bar.current())
        if same:
            return
        self._fit()
        self.updateGeometry()

    def current(self) -> str:
        """The key of the present choice; empty without choices."""
        return self.bar.current()

    def set_current(self, key: str) -> None:
        """Moves to a choice without a signal."""
        self.bar.set_current(key)
        self.list.set_current(key)

    def step(self, by: int) -> None:
        """The user goes to the next choice, or the one before, round and round."""
        if self._keys:
            self._choose(self._keys[(self._keys.index(self.current()) + by) % len(self._keys)])

    def folded(self) -> bool:
        """True while the pick list stands for the segments."""
        return self.list.isVisibleTo(self)

    def apply_theme(self) -> None:
        """Both parts follow by themselves; only the room may have changed."""
        base.margins(self._row, 0, 0, 0, 0)
        self._row.setSpacing(0)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Segments or list, as the room asks."""
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        """All segments whole."""
        return self.bar.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """The pick list may stand in."""
        return self.list.minimumSizeHint()

    def _fit(self) -> None:
        least = self.bar.sizeHint().width() if self._whole else self.bar.readable_width()
        folded = least > self.width()
        if folded == self.folded() and folded != self.bar.isVisibleTo(self):
            return
        had = (self.bar if folded else self.list).hasFocus()
        self.bar.setVisible(not folded)
        self.list.setVisible(folded)
        self.setFocusProxy(self.list if folded else self.bar)
        if had:
            self.setFocus()

    def _choose(self, key: str) -> None:
        self.set_current(key)
        self.chosen.emit(key)
