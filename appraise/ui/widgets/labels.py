"""Words on the page: text by role that wraps, titles, help, notices, and the empty state."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from appraise.ui import icons, theme
from appraise.ui.widgets import base
from appraise.ui.widgets.buttons import Button
from appraise.ui.widgets.marks import TONES, Tone


class FlowLabel(QLabel, theme.Themed):
    """Text in a font and a colour by role that wraps to the width it is given.

    `wrap=False` keeps it on one line and elides it, with the whole text in the tool tip.
    """

    def __init__(
        self,
        text: str = "",
        role: theme.FontRole = "body",
        ink: str = "ink",
        *,
        wrap: bool = True,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        super().__init__()
        self._role, self._ink, self._whole = role, ink, text
        self._told = False
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setForegroundRole(QPalette.ColorRole.WindowText)  # also on a button
        self.setAlignment(align | Qt.AlignmentFlag.AlignVCenter)
        if wrap:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.apply_theme()
        self.set_text(text)

    def apply_theme(self) -> None:
        """Takes font and colour."""
        self.setFont(theme.font(self._role))
        colours = self.palette()
        colours.setColor(QPalette.ColorRole.WindowText, theme.colour(self._ink))
        self.setPalette(colours)
        self._fit()

    def set_text(self, text: str) -> None:
        """Changes the words in place."""
        if text == self._whole and self._told:
            return
        self._whole, self._told = text, True
        self.setText(text)
        self.setAccessibleName(text)
        self._fit()

    def set_role(self, role: theme.FontRole) -> None:
        """Changes the font role."""
        self._role = role
        self.apply_theme()

    def set_ink(self, ink: str) -> None:
        """Changes the colour role."""
        if ink == self._ink:
            return
        self._ink = ink
        self.apply_theme()

    def minimumSizeHint(self) -> QSize:
        """One line high; a line that elides may shrink to nothing, one that wraps to its longest word."""
        line = self.fontMetrics().height()
        return QSize(min(super().minimumSizeHint().width(), theme.px(96)) if self.wordWrap() else 0, line)

    def sizeHint(self) -> QSize:
        """The whole text, even where it is shown elided."""
        if self.wordWrap():
            return super().sizeHint()
        width = self.fontMetrics().horizontalAdvance(self._whole) + 1
        return QSize(width, self.fontMetrics().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Elides anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self.wordWrap():
            return
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width())
        if shown != self.text():
            self.setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")


class IconLabel(QWidget, theme.Themed):
    """An icon of its own, in a colour role; it is decoration unless it is given a name."""

    def __init__(self, name: str, ink: str = "ink2", size: int = 20, spoken: str = "") -> None:
        super().__init__()
        self._name, self._ink, self._size = name, ink, size
        self.setAccessibleName(spoken)
        self.apply_theme()

    def apply_theme(self) -> None:
        """Takes the size of the zoom."""
        self.setFixedSize(theme.px(self._size), theme.px(self._size))

    def set_icon(self, name: str, ink: str) -> None:
        """Changes the picture in place."""
        if (name, ink) == (self._name, self._ink):
            return
        self._name, self._ink = name, ink
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The icon over the whole square."""
        icons.paint(base.smooth(self), self._name, QRectF(self.rect()), theme.colour(self._ink))


class SectionTitle(QWidget, theme.Themed):
    """A heading between cards, with a small line beside it and actions on the right."""

    def __init__(self, title: str, aside: str = "") -> None:
        super().__init__()
        self.title = FlowLabel(title, "card", wrap=False)
        self.aside = FlowLabel(aside, "dense", "ink2", wrap=False)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.title)
        self._row.addWidget(self.aside, 1)
        self.aside.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.apply_theme()

    def add_action(self, action: QWidget) -> None:
        """Puts a button at the right end."""
        self._row.addWidget(action)

    def apply_theme(self) -> None:
        """Takes the spacing."""
        base.margins(self._row, 0, 6, 0, 0)
        self._row.setSpacing(theme.px(8))


class HelpBlock(QWidget, theme.Themed):
    """Help for the field in hand: a small heading, a question, an answer, and where the guidance says so."""

    def __init__(
        self, title: str = "", text: str = "", source: str = "", heading: str = "Help with this field"
    ) -> None:
        super().__init__()
        self._head = QHBoxLayout()
        self._head.addWidget(IconLabel("info", "link", 16))
        self._heading = FlowLabel(heading, "label", "link", wrap=False)
        self._head.addWidget(self._heading, 1)
        self._title = FlowLabel(title, "strong")
        self._text = FlowLabel(text, "dense")
        self._source = FlowLabel(source, "caption", "ink2")
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._head)
        for label in (self._title, self._text, self._source):
            self._column.addWidget(label)
        self.apply_theme()
        self.show_help(title, text, source, heading)

    def show_help(self, title: str, text: str, source: str = "", heading: str = "Help with this field") -> None:
        """Changes the words in place; a part without words takes no room."""
        self._heading.set_text(heading)
        for label, words in ((self._title, title), (self._text, text), (self._source, source)):
            label.set_text(words)
            label.setVisible(bool(words))

    def apply_theme(self) -> None:
        """Takes the spacing."""
        base.margins(self._column, 0, 0, 0, 0)
        self._column.setSpacing(theme.px(6))
        self._head.setSpacing(theme.px(8))


class Notice(QWidget, theme.Themed):
    """A tinted banner: icon, title, sentence and at most one action; tone good, attention, problem, info or plain.

    Signals: activated() when its button or link is pressed.
    """

    activated = Signal()

    def __init__(self, tone: Tone, title: str, text: str = "", action: str = "", *, icon: str | None = None) -> None:
        super().__init__()
        self._tone = tone
        _, ink, shown = TONES[tone]
        name = {"attention": "attention", "info": "info"}.get(tone, shown) if icon is None else icon
        self._row = QHBoxLayout(self)
        self._icon = IconLabel(name, ink) if name else None
        if self._icon is not None:
            self._row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        self._words = QVBoxLayout()
        self._title = FlowLabel(title, "strong", ink)
        self._text = FlowLabel(text, "dense", "ink")
        self._words.addWidget(self._title)
        self._words.addWidget(self._text)
        self._row.addLayout(self._words, 1)
        self.action = Button(action or title, kind="outline", small=True)
        self.action.clicked.connect(self.activated)
        self._row.addWidget(self.action, 0, Qt.AlignmentFlag.AlignVCenter)
        self.action.setVisible(bool(action))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.apply_theme()
        self.show_text(title, text)

    def set_tone(self, tone: Tone) -> None:
        """Changes the tone in place, with its icon."""
        if tone == self._tone:
            return
        self._tone = tone
        _, ink, shown = TONES[tone]
        self._title.set_ink(ink)
        if self._icon is not None:
            self._icon.set_icon({"attention": "attention", "info": "info"}.get(tone, shown) or "info", ink)
        self.update()

    def show_text(self, title: str, text: str = "") -> None:
        """Changes the words in place; a part without words takes no room."""
        for label, words in ((self._title, title), (self._text, text)):
            label.set_text(words)
            label.setVisible(bool(words))

    def apply_theme(self) -> None:
        """Takes the spacing."""
        base.margins(self._row, 12, 10, 12, 10)
        self._row.setSpacing(theme.px(12))
        self._words.setSpacing(theme.px(2))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The tinted ground; in high contrast an outline in the tone."""
        ground, ink, _ = TONES[self._tone]
        edge = theme.colour(ink) if theme.current().high_contrast else None
        base.panel(base.smooth(self), QRectF(self.rect()), theme.colour(ground), edge)


class EmptyState(QWidget, theme.Themed):
    """What stands where nothing is yet: an icon, one sentence, and one action (outline, or primary if asked).

    Signals: activated() when the action is pressed.
    """

    activated = Signal()

    def __init__(self, icon: str, sentence: str, action: str = "", *, primary: bool = False) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.addStretch(1)
        self._column.addWidget(IconLabel(icon, "ink2", 32), 0, Qt.AlignmentFlag.AlignHCenter)
        self._sentence = FlowLabel(sentence, "lead", "ink2", align=Qt.AlignmentFlag.AlignHCenter)
        self._column.addWidget(self._sentence)
        self.action = Button(action or sentence, kind="primary" if primary else "outline")
        self.action.clicked.connect(self.activated)
        self._column.addWidget(self.action, 0, Qt.AlignmentFlag.AlignHCenter)
        self.action.setVisible(bool(action))
        self._column.addStretch(1)
        self.apply_theme()

    def sentence(self) -> str:
        """The sentence as it stands."""
        return self._sentence.text()

    def set_sentence(self, sentence: str) -> None:
        """Changes the sentence in place."""
        self._sentence.set_text(sentence)

    def apply_theme(self) -> None:
        """Takes the spacing."""
        base.margins(self._column, 24, 24, 24, 24)
        self._column.setSpacing(theme.px(12))


class Divider(QWidget):
    """A hairline across, with a little air."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """17 px high, line included."""
        return QSize(10, theme.px(17))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line in the middle."""
        middle = self.height() // 2 + 0.5
        base.hairline(QPainter(self), QPointF(0, middle), QPointF(self.width(), middle))

    def changeEvent(self, event: QEvent) -> None:
        """A new font means a new zoom."""
        self.updateGeometry()
        super().changeEvent(event)
