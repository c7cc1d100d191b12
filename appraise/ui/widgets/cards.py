"""Cards, panels inside a card or a pane, and the frame of a step page."""

from typing import Literal

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from appraise.ui import theme
from appraise.ui.widgets import base
from appraise.ui.widgets.labels import FlowLabel

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
    the body exactly the window's height, for a page whose table scrolls itself.
    """

    def __init__(self, overline: str, title: str, lead: str, *, scrolls: bool = True) -> None:
        super().__init__()
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

    def add_bar(self, bar: QWidget) -> None:
        """Puts a bar between the title and the body; it stays where it is when the body scrolls."""
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

    def apply_theme(self) -> None:
        """Takes margins and gaps."""
        base.margins(self._column, 24, 16, 0, 0)
        self._column.setSpacing(theme.px(10))
        self._words.setSpacing(theme.px(2))
        self._head.setContentsMargins(0, 0, theme.px(24), 0)
        self._head.setSpacing(theme.px(16))
        self._bars.setContentsMargins(0, 0, theme.px(24), 0)
        self._actions.setSpacing(theme.px(8))
        self.body.setSpacing(theme.px(11))
        base.margins(self.body, 0, 0, 14, 14)


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
