"""Cards, panels inside a card or a pane, and the frame of a step page."""

from collections.abc import Callable
from functools import partial
from typing import Literal

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from appraise.ui import theme
from appraise.ui.widgets import base
from appraise.ui.widgets.labels import FlowLabel

_LOW = 640
"""A page lower than this, in px at 100 %, needs its height for the body."""
PanelKind = Literal["plain", "tint", "good", "attention", "problem", "chosen"]
_GROUNDS: dict[PanelKind, tuple[str, str]] = {
    "plain": ("inset", "line"),
    "tint": ("info-ground", ""),
    "good": ("good-ground", ""),
    "attention": ("attention-ground", ""),
    "problem": ("problem-ground", ""),
    "chosen": ("card", "primary"),
}


class Card(QFrame, theme.Themed):
    """A white panel with a title (the message), a subtitle (the measure), header actions and content below.

    `content` is the layout to fill; `accent` paints a bar of the primary colour on the left edge.
    """

    def __init__(self, title: str = "", subtitle: str = "", *, accent: bool = False, padding: float = 16) -> None:
        super().__init__()
        self._accent, self._padding = accent, padding
        self.title = FlowLabel(title, "card")
        self.subtitle = FlowLabel(subtitle, "caption", "ink2")
        self._column = QVBoxLayout(self)
        self._head = QHBoxLayout()
        self._head.addWidget(self.title, 1)
        self._column.addLayout(self._head)
        self._column.addWidget(self.subtitle)
        self.content = QVBoxLayout()
        self._column.addLayout(self.content, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.apply_theme()
        self.set_title(title, subtitle)

    def set_title(self, title: str, subtitle: str = "") -> None:
        """Changes the message and its measure in place; empty ones take no room."""
        self.title.set_text(title)
        self.subtitle.set_text(subtitle)
        self.title.setVisible(bool(title))
        self.subtitle.setVisible(bool(subtitle))
        self.setAccessibleName(title)

    def add_action(self, action: QWidget) -> None:
        """Puts a small button, a chip or a caption at the right end of the title line."""
        self._head.addWidget(action, 0, Qt.AlignmentFlag.AlignTop)

    def add(self, part: QWidget | QLayout, stretch: int = 0) -> None:
        """Adds a widget or a layout to the content."""
        if isinstance(part, QLayout):
            self.content.addLayout(part, stretch)
        else:
            self.content.addWidget(part, stretch)

    def end(self) -> None:
        """Keeps what was added at the top where the card is made taller than it needs: call once, last."""
        self.content.addStretch(1)

    def apply_theme(self) -> None:
        """Takes the spacing."""
        base.margins(
            self._column, self._padding + (6 if self._accent else 0), self._padding, self._padding, self._padding
        )
        self._column.setSpacing(theme.px(4))
        self._head.setSpacing(theme.px(8))
        self.content.setSpacing(theme.px(8))
        self.content.setContentsMargins(0, theme.px(4) if self.title.text() else 0, 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, hairline, accent."""
        painter, whole = base.smooth(self), QRectF(self.rect())
        edge = theme.colour("frame" if self._accent else "line")
        if self._accent:
            painter.save()
            painter.setClipRect(QRectF(0, 0, theme.px(4), whole.height()))
            base.panel(painter, whole, theme.colour("primary"))
            painter.restore()
            painter.setClipRect(QRectF(theme.px(4), 0, whole.width(), whole.height()))
        base.panel(painter, whole, theme.colour("card"), edge)


class Panel(QFrame, theme.Themed):
    """A quieter box inside a pane or card: plain, tint, good, attention, problem, or chosen (2 px primary edge).

    `label` is its small heading; `content` is the layout to fill.
    """

    def __init__(self, label: str = "", text: str = "", *, kind: PanelKind = "plain") -> None:
        super().__init__()
        self._kind: PanelKind = kind
        self.content = QVBoxLayout(self)
        self.label = FlowLabel(label, "label", "ink2")
        self.text = FlowLabel(text, "dense")
        self.content.addWidget(self.label)
        self.content.addWidget(self.text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.apply_theme()
        self.show_text(label, text)

    def show_text(self, label: str, text: str = "") -> None:
        """Changes the words in place; a part without words takes no room."""
        for place, words in ((self.label, label), (self.text, text)):
            place.set_text(words)
            place.setVisible(bool(words))

    def set_kind(self, kind: PanelKind) -> None:
        """Changes ground and edge in place."""
        self._kind = kind
        self.update()

    def apply_theme(self) -> None:
        """Takes the spacing."""
        base.margins(self.content, 12, 9, 12, 10)
        self.content.setSpacing(theme.px(4))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground and edge of the kind."""
        ground, edge = _GROUNDS[self._kind]
        if theme.current().high_contrast:
            edge = edge or "ink"
        line = theme.colour(edge) if edge else None
        width = theme.px(2) if self._kind == "chosen" else 1
        base.panel(base.smooth(self), QRectF(self.rect()), theme.colour(ground), line, 8, width)


class PageFrame(QWidget, theme.Themed):
    """A step page: overline, title, lead, actions on the right, and a body of cards that scrolls.

    `body` is the layout to fill with cards, `scroller` the area that holds it (None without one); `scrolls=False` gives
    the body exactly the window's height, for a page whose table scrolls itself. Signals: rearranged() when bars went
    into the body, or came back, with the height of the page.
    """

    rearranged = Signal()

    def __init__(self, overline: str, title: str, lead: str, *, scrolls: bool = True) -> None:
        super().__init__()
        self._all_bars: list[QWidget] = []
        self._loose: list[QWidget] = []
        self._low = False
        self._stops: list[QWidget] = []
        self.setAccessibleName(title)
        self._overline = FlowLabel(overline, "label", "overline", wrap=False)
        self._title = FlowLabel(title, "title", wrap=False)
        self._lead = FlowLabel(lead, "lead", "ink2")
        self._words = QVBoxLayout()
        for label in (self._overline, self._title, self._lead):
            self._words.addWidget(label)
        self._actions = QHBoxLayout()
        self._head = QHBoxLayout()
        self._head.addLayout(self._words, 1)
        self._head.addLayout(self._actions)
        inner = QWidget()
        self.body = QVBoxLayout(inner)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._head)  # the labels have a parent from here on: shown before, they flash as windows
        self._bars = QVBoxLayout()
        self._column.addLayout(self._bars)
        self._overline.setVisible(bool(overline))
        self._lead.setVisible(bool(lead))
        self.scroller = base.ScrollPage(inner) if scrolls else None
        self._column.addWidget(self.scroller or inner, 1)
        self.apply_theme()

    def add_action(self, action: QWidget) -> None:
        """Puts a button right of the title; at most one of them primary."""
        self._actions.addWidget(action, 0, Qt.AlignmentFlag.AlignVCenter)

    def add_bar(self, bar: QWidget, *, may_scroll: bool = False) -> None:
        """Puts a bar between the title and the body, where it stays when the body scrolls.

        With `may_scroll` it scrolls away with the body on a page of little height.
        """
        self._all_bars.append(bar)
        if may_scroll and self.scroller is not None:
            self._loose.append(bar)
        if self._low and bar in self._loose:
            self.body.insertWidget(len(self._loose) - 1, bar)
        else:
            self._bars.addWidget(bar)

    def add(self, part: QWidget | QLayout, stretch: int = 0) -> None:
        """Adds a card, a heading or a row of cards to the body."""
        if isinstance(part, QLayout):
            self.body.addLayout(part, stretch)
        else:
            self.body.addWidget(part, stretch)

    def end(self) -> None:
        """Pushes what was added to the top: call once after the last card where none stretches."""
        self.body.addStretch(1)

    # --- what is in sight ---

    def to_top(self) -> None:
        """Scrolls to the beginning of the body."""
        if self.scroller is not None:
            self.scroller.verticalScrollBar().setValue(0)

    def reveal(self, part: QWidget, margin: float = 48) -> None:
        """Scrolls no further than needed to see a part of the body, with a margin above and below in px at 100 %."""
        if self.scroller is not None and self.scroller.isAncestorOf(part):
            self.scroller.ensureWidgetVisible(part, 0, theme.px(margin))

    def reveal_focus(self, margin: float = 48) -> None:
        """Scrolls to what has the keyboard, once what was just shown has its place."""
        QTimer.singleShot(0, self, partial(self._reveal_focus, margin))

    def _reveal_focus(self, margin: float) -> None:
        here = QApplication.focusWidget()
        if here is not None:
            self.reveal(here, margin)

    def chain(self) -> None:
        """Tab goes through the page as it is read: Qt would come last to what is new, or has moved.

        Hidden parts of the body, such as sections not in hand, are left out; call it again when they are shown.
        """
        stops = [
            *base.stops_in(self._head),
            *base.stops_in(self._bars),
            *base.stops_in(self.body, hidden=False),
        ]
        if stops != self._stops:
            self._stops = stops
            base.tab_chain(*stops)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little height the bars that may scroll away with the body."""
        super().resizeEvent(event)
        self._place_bars()

    def _place_bars(self) -> None:
        low = self.height() < theme.px(_LOW)
        if not self._loose or low == self._low:
            return
        self._low = low
        here, seen = QApplication.focusWidget(), [bar for bar in self._loose if not bar.isHidden()]
        for place, bar in enumerate(self._loose):
            if low:
                self.body.insertWidget(place, bar)
            else:
                self._bars.insertWidget(self._all_bars.index(bar), bar)
        for bar in seen:
            bar.show()  # Qt would do so later, and the keyboard cannot come back before
        self._stops = []
        self.rearranged.emit()
        if here is not None and any(bar.isAncestorOf(here) for bar in self._loose):
            here.setFocus()

    def apply_theme(self) -> None:
        """Takes margins and gaps, and counts the height anew."""
        base.margins(self._column, 24, 16, 0, 0)
        self._column.setSpacing(theme.px(10))
        self._words.setSpacing(theme.px(2))
        self._head.setContentsMargins(0, 0, theme.px(24), 0)
        self._head.setSpacing(theme.px(16))
        self._bars.setContentsMargins(0, 0, theme.px(24), 0)
        self._actions.setSpacing(theme.px(8))
        self.body.setSpacing(theme.px(11))
        base.margins(self.body, 0, 0, 14, 14)
        self._place_bars()


def page_keys(widget: QWidget, step: Callable[[int], object]) -> None:
    """Ctrl+PgUp and Ctrl+PgDn, with the keyboard anywhere in the widget, step -1 and 1: to the section beside."""
    for keys, by in (("Ctrl+PgUp", -1), ("Ctrl+PgDown", 1)):
        shortcut = QShortcut(QKeySequence(keys), widget)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(partial(step, by))


class Row(QWidget, theme.Themed):
    """Parts side by side, gap in px at 100 %; `stretches` as given, else equal for all."""

    def __init__(self, *parts: QWidget, stretches: tuple[int, ...] = (), gap: float = 12) -> None:
        super().__init__()
        self._gap = gap
        self.line = QHBoxLayout(self)
        for place, part in enumerate(parts):
            self.line.addWidget(part, stretches[place] if stretches else 1)
        self.apply_theme()

    def apply_theme(self) -> None:
        """Takes the gap."""
        base.margins(self.line, 0, 0, 0, 0)
        self.line.setSpacing(theme.px(self._gap))


class Column(QWidget, theme.Themed):
    """Parts one below the other, gap in px at 100 %; `margin` all round."""

    def __init__(self, *parts: QWidget, gap: float = 8, margin: float = 0) -> None:
        super().__init__()
        self._gap, self._margin = gap, margin
        self.line = QVBoxLayout(self)
        for part in parts:
            self.line.addWidget(part)
        self.apply_theme()

    def apply_theme(self) -> None:
        """Takes gap and margin."""
        base.margins(self.line, self._margin, self._margin, self._margin, self._margin)
        self.line.setSpacing(theme.px(self._gap))
