"""The question card of step 3: the yardstick, this move, the slider between them with its range, and the reason."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPaintEvent, QPen, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from appraise.model.money import parse_number, plain_number
from appraise.present import wording
from appraise.ui import theme
from appraise.ui.pages.criteria_moves import Move, said_range, used_range
from appraise.ui.pages.criteria_section import lock_fields
from appraise.ui.pages.pane_parts import ToolRow
from appraise.ui.pages.results_charts import Sides
from appraise.ui.widgets import base
from appraise.ui.widgets.buttons import Button
from appraise.ui.widgets.cards import Card, Column, Panel, PanelKind, Row
from appraise.ui.widgets.choices import PickList
from appraise.ui.widgets.fields import NumberField, TextField
from appraise.ui.widgets.labels import FlowLabel
from appraise.ui.widgets.range_slider import RangeSlider

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


def parse_points(text: str) -> float:
    """Points from 0 to 100 as typed. ValueError with one sentence."""
    value = parse_number(text)
    if not 0 <= value <= 100:
        raise ValueError(f"{plain_number(value)} is not from 0 to 100; type a number such as 60.")
    return value


def _or_nothing(text: str) -> float | None:
    return parse_points(text) if text.strip() else None


def whole(value: float) -> int:
    """A value on the slider."""
    return round(min(max(value, 0.0), 100.0))


class DownArrow(QWidget, theme.Themed):
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
        self._stands = FlowLabel("", "caption", "ink2")
        self._worst, self._best = FlowLabel(""), FlowLabel("")
        worst = Column(FlowLabel("At worst", "label", "ink2"), self._worst, gap=1)
        best = Column(FlowLabel("At best", "label", "ink2"), self._best, gap=1)
        anchors = Column(worst, best, gap=7)
        self.content.addWidget(Row(self._kind_words, self._worth, stretches=(1, 0)))
        self.content.addWidget(self._name)
        self.content.addWidget(self._stands)
        self.content.addWidget(Row(DownArrow(), anchors, stretches=(0, 1), gap=8))
        self.content.addStretch(1)

    def show_move(self, move: Move, *, asked: bool = True) -> None:
        """The move as it stands, without a worth before it is asked; for a branch also what stands for it."""
        self._worth.set_text(wording.score(move.swing) if asked else wording.DASH)
        self._name.set_text(move.name)
        self._stands.set_text(f"Its move: {move.criterion.name or 'a criterion without a name'}")
        self._stands.setVisible(move.branch)
        for label, words in ((self._worst, move.criterion.worst), (self._best, move.criterion.best)):
            label.set_text(words or "Not described yet")
            label.set_ink("ink" if words else "ink2")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a question is about: the yardstick, the move, which of how many it is, and the usual doubt in points.

    `doubtful` says that worth and rank contradict each other; `stands` are the criteria that may stand for a branch.
    `widened`: the range was said, and has been widened since to hold the worth. `nothing`: somebody has just answered
    that the move is worth nothing, which counts once a reason stands.
    """

    yardstick: Move
    move: Move
    number: int
    count: int
    doubt: float
    doubtful: str = ""
    stands: tuple[tuple[str, str], ...] = ()
    widened: bool = False
    nothing: bool = False


class QuestionCard(Card):
    """Asks for one swing, its range and the reason.

    Signals: dragging(int) and released(int) from the slider; ranged(low, high) from its ends, range_typed(low, high)
    with None for an end that is not said; typed(value) and reasoned(str) from the fields; stands_for(criterion);
    asked_next(), asked_back(), asked_later(); became_yardstick() when this move shall be the one worth 100;
    rank_again() when the order shall be asked anew.
    """

    dragging = Signal(int)
    released = Signal(int)
    ranged = Signal(int, int)
    range_typed = Signal(object, object)
    typed = Signal(float)
    reasoned = Signal(str)
    stands_for = Signal(str)
    asked_next = Signal()
    asked_back = Signal()
    asked_later = Signal()
    became_yardstick = Signal()
    rank_again = Signal()

    def __init__(self) -> None:
        super().__init__(padding=18)
        self.is_last = False
        self._asked: Asked | None = None
        self._number = FlowLabel("", "label", "overline", wrap=False)
        self._picture = FlowLabel(
            "Picture a service at its worst on everything. You may move one thing.", "dense", "ink2"
        )
        self._picture.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.order = Button("Rank them again", kind="plain", small=True)
        self._question = FlowLabel("", "question")
        self._yardstick, self._move = MovePanel("The yardstick", "plain"), MovePanel("This move", "chosen")
        self._panels = Sides(self._yardstick, self._move, fold=480, gap=16)
        self.slider = RangeSlider("Worth beside the yardstick", words=words_of)
        self._words, self._range_words = FlowLabel("", "strong"), FlowLabel("", "dense", "ink2")
        self._doubtful = FlowLabel("", "dense", "attention")
        self._make_fields()
        self._make_buttons()
        head = Row(self._number, self._picture, self.order, stretches=(0, 1, 0), gap=16)
        said = Column(self._words, self._range_words, gap=1)
        foot = ToolRow(Row(self.back, said, stretches=(0, 1), gap=16), self._buttons)
        for part in (
            head,
            self._question,
            self._panels,
            self._stands_row,
            self.slider,
            foot,
            self._doubtful,
            self._fields,
        ):
            self.add(part)
        self._connect()

    def _make_fields(self) -> None:
        self.worth = NumberField("Worth, 0 to 100", parse_points, label="Worth")
        self.low = NumberField("Range from", _or_nothing, label="Range from")
        self.high = NumberField("Range to", _or_nothing, label="to")
        self.reason = TextField("Reason for this answer", label="Why", hint="What the group said, in a sentence")
        self.stands = PickList("Criterion that stands for this branch")
        label = FlowLabel("What stands for this branch", "dense", "ink2", wrap=False)
        self._stands_row = Row(label, self.stands, stretches=(0, 0), gap=8)
        self._stands_row.line.addStretch(1)
        numbers = Row(self.worth, self.low, self.high, stretches=(1, 1, 1), gap=8)
        self._fields = Sides(numbers, self.reason, stretches=(2, 3), fold=560, gap=12)

    def _make_buttons(self) -> None:
        self.back = Button("Back", icon="left")
        self.larger = Button("Make it the yardstick", kind="plain")
        self.later = Button("Later", kind="plain")
        self.next = Button("Save and ask the next", kind="primary", after="right")
        self._buttons = Row(self.larger, self.later, self.next, stretches=(0, 0, 0), gap=8)
        self._buttons.line.addStretch(1)

    def _connect(self) -> None:
        self.slider.dragging.connect(self.dragging)
        self.slider.released.connect(self.released)
        self.slider.range_moved.connect(self._range)
        self.worth.parsed.connect(lambda value: self.typed.emit(float(value)))
        self.low.parsed.connect(lambda value: self._type_range(value, low=True))
        self.high.parsed.connect(lambda value: self._type_range(value, low=False))
        self.reason.committed.connect(self.reasoned)
        self.stands.chosen.connect(self.stands_for)
        self.next.clicked.connect(self.asked_next)
        self.back.clicked.connect(self.asked_back)
        self.later.clicked.connect(self.asked_later)
        self.larger.clicked.connect(self.became_yardstick)
        self.order.clicked.connect(self.rank_again)
        back = QShortcut(QKeySequence("Alt+Left"), self)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        back.activated.connect(self.asked_back)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter asks the next, once the answer is read; from the ends of the range there is more to type first."""
        ends = QApplication.focusWidget() in (self.low.line, self.high.line)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not ends and not self.worth.fault():
            self.asked_next.emit()
        else:
            super().keyPressEvent(event)

    def settle(self) -> None:
        """Ends a drag by keys before another question is asked."""
        self.slider.settle()

    def show_locked(self, *, locked: bool) -> None:
        """Answers are closed: they can be read one after the other, and not changed."""
        lock_fields((self.slider, self.worth, self.low, self.high, self.reason, self.stands), locked=locked)
        if locked:
            for part in (self.larger, self.order, self.later):
                part.hide()
            self.next.set_text("Next")
        self.order.setVisible(not locked)
        self.next.set_kind("outline" if locked else "primary")

    # --- what is shown ---

    def show_question(self, asked: Asked) -> None:
        """Asks about a move; the yardstick itself can only be looked at."""
        if self._asked is None or self._asked.move.id != asked.move.id:
            for field in (self.worth, self.low, self.high, self.reason):
                field.give_up()
        self._asked = asked
        itself = asked.yardstick.id == asked.move.id
        first = wording.shorten(asked.yardstick.name or "the yardstick", 40)
        other = wording.shorten(asked.move.name or "this move", 40)
        self._number.set_text(f"Question {asked.number} of {asked.count}")
        self._question.set_text(
            f"“{first}” is the yardstick: its move counts 100."
            if itself
            else f"If “{first}” is worth 100, what is “{other}” worth?"
        )
        self._yardstick.setVisible(not itself)
        self._yardstick.show_move(asked.yardstick)
        self._move.show_move(asked.move, asked=asked.move.answered or asked.nothing)
        for part in (self.larger, self.worth, self.low, self.high, self.later):
            part.setVisible(not itself)
        self.stands.set_choices(asked.stands, asked.move.criterion.id)
        self._stands_row.setVisible(bool(asked.stands))
        self._show_answer(asked, f"Worth of {other} beside {first}", itself=itself)

    def _show_answer(self, asked: Asked, name: str, *, itself: bool) -> None:
        move = asked.move
        self.slider.setEnabled(not itself)
        self.slider.setAccessibleName(name)
        self.slider.set_value(whole(move.swing))
        low, high = used_range(move, asked.doubt, held=itself)
        self.slider.set_band(whole(low), whole(high))
        said = said_range(move)
        self.worth.set_text(plain_number(move.swing) if move.answered or asked.nothing else "")
        for field in (self.low, self.high):  # what is worth nothing has no range; one that stands can be taken away
            field.setEnabled(move.swing > 0 or said is not None)
        self.low.set_text(plain_number(said[0]) if said else "")
        self.high.set_text(plain_number(said[1]) if said else "")
        self.reason.setVisible(not move.branch)
        self.reason.set_text(move.criterion.swing_reason)
        self._words.set_text("All others are measured by it." if itself else worth_words(move, nothing=asked.nothing))
        self._words.set_ink("attention" if asked.nothing and not move.answered else "ink")
        ranged = range_words(move, asked.doubt, widened=asked.widened, nothing=asked.nothing)
        self._range_words.set_text("" if itself else ranged)
        self._range_words.setVisible(bool(self._range_words.text()))
        self._doubtful.set_text(asked.doubtful)
        self._doubtful.setVisible(bool(asked.doubtful))

    def show_last(self, *, last: bool, words: str) -> None:
        """After the last answer the way leads on; `words` say where."""
        self.is_last = last
        self.next.set_text(words if last else "Save and ask the next")

    # --- what is done ---

    def _range(self, low: int, high: int) -> None:
        self.ranged.emit(low, high)

    def _type_range(self, value: float | None, *, low: bool) -> None:
        """Both ends are said together: the other one is what is used now."""
        if self._asked is None:
            return
        if value is None:
            self.range_typed.emit(None, None)
            return
        used = used_range(self._asked.move, self._asked.doubt, held=False)
        ends = (value, used[1]) if low else (used[0], value)
        field = self.low if low else self.high
        swing = self._asked.move.swing
        if ends[0] > swing or ends[1] < swing:
            field.set_fault(f"The range must hold the answer, {plain_number(swing)}.")
            return
        self.range_typed.emit(*ends)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The picture steps aside where it is narrow."""
        super().resizeEvent(event)
        self._picture.setVisible(self.width() >= theme.px(620))


def worth_words(move: Move, *, nothing: bool) -> str:
    """What the worth means beside the yardstick; 0 is an answer only with a reason."""
    if move.answered:
        return f"{words_of(whole(move.swing))}."
    if not nothing:
        return "Not asked yet."
    if move.branch:
        return "A branch has no answer of 0."
    return "Worth nothing: say why."


def range_words(move: Move, doubt: float, *, widened: bool = False, nothing: bool = False) -> str:
    """Which range is used, and whether somebody said it; or what an answer of nothing waits for."""
    if move.swing <= 0:
        if nothing and not move.answered:
            return "Give its criteria 0 instead." if move.branch else "It counts as not asked until a reason stands."
        if said_range(move):
            return "What is worth nothing has no range; the one that stands here is not used."
        if move.answered:
            return "What is worth nothing has no range."
        return "Unsure? Answer roughly; a range around the answer is used."
    low, high = (wording.number(end) for end in used_range(move, doubt, held=False))
    if widened:
        return f"The range {low} to {high} is used, widened to hold {plain_number(move.swing)}."
    if said_range(move):
        return f"The range {low} to {high} is used, as you said."
    return f"Unsure? The range {low} to {high} is used."
