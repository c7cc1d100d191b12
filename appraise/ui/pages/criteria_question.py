"""The question card of step 3: the yardstick, this move, and the slider between them."""

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPaintEvent, QPen, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from appraise.model.appraisal.criteria import Criterion
from appraise.present import wording
from appraise.ui import theme
from appraise.ui.pages.pane_parts import ToolRow
from appraise.ui.widgets import base
from appraise.ui.widgets.buttons import Button
from appraise.ui.widgets.cards import Card, Column, Panel, PanelKind, Row
from appraise.ui.widgets.labels import FlowLabel
from appraise.ui.widgets.sliders import SwingSlider

_WORDS = (
    (0, "Worth nothing beside"),
    (14, "A small part of"),
    (22, "About a fifth of"),
    (29, "About a quarter of"),
    (37, "About a third of"),
    (46, "Under half of"),
    (53, "About half of"),
    (63, "Over half of"),
    (69, "About two thirds of"),
    (73, "Over two thirds of"),
    (77, "About three quarters of"),
    (84, "About four fifths of"),
    (99, "Nearly as much as"),
)


def words_of(swing: int) -> str:
    """What a swing from 0 to 100 means beside the yardstick."""
    start = next((words for most, words in _WORDS if swing <= most), "Just as much as")
    return f"{start} the yardstick"


class _Arrow(QWidget, theme.Themed):
    """The arrow from worst down to best."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.apply_theme()

    def apply_theme(self) -> None:
        """Takes the width."""
        self.setFixedWidth(theme.px(16))

    def sizeHint(self) -> QSize:
        """As high as the words beside it."""
        return QSize(theme.px(16), theme.px(60))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A line with a head."""
        painter = base.smooth(self)
        painter.setPen(QPen(theme.colour("overline"), theme.px(2)))
        middle, end, head = self.width() / 2, self.height() - theme.px(4), theme.px(6)
        painter.drawLine(QPointF(middle, theme.px(4)), QPointF(middle, end))
        painter.drawLine(QPointF(middle - head, end - head), QPointF(middle, end))
        painter.drawLine(QPointF(middle + head, end - head), QPointF(middle, end))


class MovePanel(Panel):
    """One move: its name, its worth, and its two anchors in words."""

    def __init__(self, label: str, kind: PanelKind) -> None:
        super().__init__(kind=kind)
        self._kind_words = FlowLabel(label, "label", "ink2", wrap=False)
        self._worth = FlowLabel("", "card", "primary", wrap=False)
        self._name = FlowLabel("", "card")
        self._worst, self._best = FlowLabel(""), FlowLabel("")
        worst = Column(FlowLabel("At worst", "label", "ink2"), self._worst, gap=1)
        best = Column(FlowLabel("At best", "label", "ink2"), self._best, gap=1)
        anchors = Column(worst, best, gap=7)
        self.content.addWidget(Row(self._kind_words, self._worth, stretches=(1, 0)))
        self.content.addWidget(self._name)
        self.content.addWidget(Row(_Arrow(), anchors, stretches=(0, 1), gap=8))
        self.content.addStretch(1)

    def show_move(self, criterion: Criterion) -> None:
        """The criterion's move as it stands."""
        self._worth.set_text(wording.score(criterion.swing))
        self._name.set_text(criterion.name or "A criterion without a name")
        for label, words in ((self._worst, criterion.worst), (self._best, criterion.best)):
            label.set_text(words or "Not described yet")
            label.set_ink("ink" if words else "ink2")


class QuestionCard(Card):
    """Asks for one swing.

    Signals: dragging(int) and released(int) from the slider; asked_next(), asked_back(), asked_later();
    became_yardstick() when this move shall be the one worth 100.
    """

    dragging = Signal(int)
    released = Signal(int)
    asked_next = Signal()
    asked_back = Signal()
    asked_later = Signal()
    became_yardstick = Signal()

    def __init__(self) -> None:
        super().__init__(padding=18)
        self.is_last = False
        self._number = FlowLabel("", "label", "overline", wrap=False)
        self._picture = FlowLabel(
            "Picture a service at its worst on everything. You may move one thing.", "dense", "ink2"
        )
        self._question = FlowLabel("", "question")
        self._yardstick, self._move = MovePanel("The yardstick", "plain"), MovePanel("This move", "chosen")
        self._panels = Row(self._yardstick, self._move, gap=16)
        self.slider = SwingSlider("Worth beside the yardstick", words=words_of)
        self._words = FlowLabel("", "strong")
        self.back = Button("Back", icon="left")
        self.larger = Button("Make it the yardstick", kind="plain")
        self.later = Button("Later", kind="plain")
        self.next = Button("Ask the next", kind="primary", after="right")
        head = Row(self._number, self._picture, stretches=(0, 1), gap=16)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        buttons = Row(self.larger, self.later, self.next, stretches=(0, 0, 0), gap=8)
        buttons.line.addStretch(1)
        foot = ToolRow(Row(self.back, self._words, stretches=(0, 1), gap=16), buttons)
        for part in (head, self._question, self._panels, self.slider, foot):
            self.add(part)
        self._connect()

    def _connect(self) -> None:
        self.slider.dragging.connect(self._drag)
        self.slider.released.connect(self.released)
        self.next.clicked.connect(self.asked_next)
        self.back.clicked.connect(self.asked_back)
        self.later.clicked.connect(self.asked_later)
        self.larger.clicked.connect(self.became_yardstick)
        back = QShortcut(QKeySequence("Alt+Left"), self)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        back.activated.connect(self.asked_back)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter on the slider, which has settled by then, asks the next."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.asked_next.emit()
        else:
            super().keyPressEvent(event)

    def settle(self) -> None:
        """Ends a drag by keys before another question is asked."""
        self.slider.settle()

    def show_question(self, yardstick: Criterion, asked: Criterion, number: int, count: int) -> None:
        """Asks about a criterion; the yardstick itself can only be looked at."""
        itself = yardstick.id == asked.id
        first = wording.shorten(yardstick.name or "the yardstick", 40)
        other = wording.shorten(asked.name or "this move", 40)
        self._number.set_text(f"Question {number} of {count}")
        self._question.set_text(
            f"“{first}” is the yardstick: its move counts 100."
            if itself
            else f"If “{first}” is worth 100, what is “{other}” worth?"
        )
        self._yardstick.setVisible(not itself)
        self._yardstick.show_move(yardstick)
        self._move.show_move(asked)
        self.slider.setEnabled(not itself)
        self.larger.setVisible(not itself)
        self.slider.setAccessibleName(f"Worth of {other} beside {first}")
        self.slider.set_value(round(min(max(asked.swing, 0.0), 100.0)))
        self._say(round(min(max(asked.swing, 0.0), 100.0)), itself)

    def show_last(self, *, last: bool) -> None:
        """After the last answer the way leads on to the scores."""
        self.is_last = last
        self.next.set_text("Done, now score" if last else "Ask the next")

    def _say(self, swing: int, itself: bool) -> None:  # noqa: FBT001 two words for one slider
        self._words.set_text("All others are measured by it." if itself else f"{words_of(swing)}.")

    def _drag(self, swing: int) -> None:
        self._say(swing, itself=False)
        self.dragging.emit(swing)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two moves side by side, or one below the other where it is narrow."""
        super().resizeEvent(event)
        narrow = self.width() < theme.px(520)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._panels.line.setDirection(way)
        self._picture.setVisible(not narrow)
