"""The card of step 3 in which moves are put in order before anybody gives points."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from appraise.model.appraisal.criteria import Answers
from appraise.ui.pages.criteria_moves import Round, in_order
from appraise.ui.pages.pane_parts import ToolRow
from appraise.ui.widgets.buttons import Button
from appraise.ui.widgets.cards import Card, Row
from appraise.ui.widgets.labels import FlowLabel
from appraise.ui.widgets.rank_list import RankFace, RankList

_ORDER_ALONE = (
    "Weights come from the order alone: the middle of all weights that keep it (rank-order centroid). "
    "The first of two gets 75 %, the first of three 61 %."
)
_POINTS_FOLLOW = "Then the first gets 100 points, and the others are rated beside it."


class RankCard(Card):
    """Puts the moves of a round in order. Signals: ordered(ids), agreed(ids) when the order stands, kept() to go back.

    `rows` is the list itself.
    """

    ordered = Signal(tuple)
    agreed = Signal(tuple)
    kept = Signal()

    def __init__(self) -> None:
        super().__init__(padding=18)
        self._which = FlowLabel("", "label", "overline", wrap=False)
        self._question = FlowLabel("Which move would you make first?", "question")
        self._picture = FlowLabel(
            "Picture a service at its worst on everything. You may move one thing from worst to best; then the next.",
            "dense",
            "ink2",
        )
        self.rows = RankList("Moves, the most wanted first")
        self._follows = FlowLabel("", "dense", "ink2")
        self.up = Button("Up", kind="plain", icon="up", small=True)
        self.down = Button("Down", kind="plain", icon="down", small=True)
        self.up.setAccessibleName("Move up the move in hand")
        self.down.setAccessibleName("Move down the move in hand")
        self.back = Button("Back to the answers", kind="plain")
        self.agree = Button("", kind="primary", after="right")
        moves = Row(self.up, self.down, stretches=(0, 0), gap=6)
        moves.line.addStretch(1)
        ends = Row(self.back, self.agree, stretches=(0, 0), gap=8)
        ends.line.addStretch(1)
        for part in (self._which, self._question, self._picture, self.rows, self._follows, ToolRow(moves, ends)):
            self.add(part)
        self.rows.ordered.connect(self.ordered)
        self.up.clicked.connect(lambda: self.rows.shift(-1))
        self.down.clicked.connect(lambda: self.rows.shift(1))
        self.agree.clicked.connect(lambda: self.agreed.emit(self.rows.order()))
        self.back.clicked.connect(self.kept)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter on the list agrees the order, as Enter goes on on the question card; held down it does so once."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self.rows.hasFocus() and self.agree.isEnabled():
            if not event.isAutoRepeat():
                self.agreed.emit(self.rows.order())
        else:
            super().keyPressEvent(event)

    @property
    def editable(self) -> tuple[QWidget, ...]:
        """What is closed with the weights."""
        return (self.up, self.down, self.agree)

    def show_round(self, asked: Round, answers: Answers, *, last: bool, locked: bool) -> None:
        """The moves in the order said, or in that of their worth."""
        alone = answers is Answers.RANKS
        self._which.set_text(f"{asked.name}: order")
        self.rows.set_rows([RankFace(one.id, one.name, one.words) for one in in_order(asked.moves)])
        self.rows.set_movable(not locked)
        self._follows.set_text(_ORDER_ALONE if alone else _POINTS_FOLLOW)
        self.back.setVisible(not alone and asked.begun)
        if not alone:
            self.agree.set_text("Give the first 100 and go on")
        elif asked.ranked:
            self.agree.set_text("Done, go to the cross-checks" if last else "Order the next branch")
        else:
            self.agree.set_text("This is the order")
        self.agree.set_kind("outline" if locked else "primary")
