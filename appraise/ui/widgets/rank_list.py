"""A list to put in order by hand: dragged with the mouse, or moved up and down by keys."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from appraise.ui import theme
from appraise.ui.widgets import base

_KEYS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


@dataclass(frozen=True, slots=True)
class RankFace:
    """One row: its key, its name, and a second line in quiet ink."""

    key: str
    name: str
    words: str


class RankList(QWidget, theme.Themed):
    """Rows with their places. Up and Down choose, Alt with Up or Down moves; the mouse drags.

    Signals: ordered(keys) with the new order, the first on top, once for each move; chosen(key) for the row in hand.
    """

    ordered = Signal(tuple)
    chosen = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._faces: list[RankFace] = []
        self._here = 0
        self._drag: tuple[float, list[RankFace]] | None = None
        self._wide_open = True
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        self.apply_theme()

    def set_rows(self, faces: Sequence[RankFace]) -> None:
        """Shows rows in this order; the one in hand stays in hand. Ignored while one is dragged."""
        if self._drag is not None:
            return
        here = self.current()
        self._faces = list(faces)
        self._here = next((place for place, face in enumerate(self._faces) if face.key == here), 0)
        self._say()
        self.updateGeometry()
        self.update()

    def set_movable(self, movable: bool) -> None:  # noqa: FBT001 a state, not a way
        """Whether rows may be moved."""
        self._wide_open = movable
        self.update()

    def order(self) -> tuple[str, ...]:
        """The keys as they stand."""
        return tuple(face.key for face in self._faces)

    def current(self) -> str:
        """The key in hand; empty without rows."""
        return self._faces[self._here].key if self._here < len(self._faces) else ""

    def shift(self, step: int) -> None:
        """Moves the row in hand up (-1) or down (1)."""
        to = self._here + step
        if self._wide_open and 0 <= to < len(self._faces):
            self._faces.insert(to, self._faces.pop(self._here))
            self._here = to
            self._say()
            self.update()
            self.ordered.emit(self.order())

    def apply_theme(self) -> None:
        """Takes the size."""
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """All rows."""
        return QSize(theme.px(320), self._high() * max(len(self._faces), 1) + 1)

    def minimumSizeHint(self) -> QSize:
        """All rows, narrow."""
        return QSize(theme.px(160), self.sizeHint().height())

    def _high(self) -> int:
        return theme.px(46)

    def _choose(self, place: int) -> None:
        if 0 <= place < len(self._faces) and place != self._here:
            self._here = place
            self._say()
            self.update()
            self.chosen.emit(self.current())

    def _say(self) -> None:
        if self._here < len(self._faces):
            face = self._faces[self._here]
            place = f"{self._here + 1} of {len(self._faces)}"
            self.setAccessibleDescription(f"{place}: {face.name}. {face.words}. Alt with an arrow moves it.")

    # --- hands ---

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down choose; with Alt they move."""
        step = _KEYS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.shift(step)
        else:
            self._choose(self._here + step)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The ring is round the row in hand."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """As above."""
        super().focusOutEvent(event)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Takes the row under the mouse in hand."""
        place = int(event.position().y() // self._high())
        if event.button() == Qt.MouseButton.LeftButton and place < len(self._faces):
            self._choose(place)
            if self._wide_open:
                self._drag = (event.position().y() - place * self._high(), list(self._faces))
                self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The row follows the mouse from place to place."""
        if self._drag is None:
            return
        place = int(min(max(event.position().y() // self._high(), 0), len(self._faces) - 1))
        if place != self._here:
            self._faces.insert(place, self._faces.pop(self._here))
            self._here = place
            self._say()
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The order stands."""
        if self._drag is None or event.button() != Qt.MouseButton.LeftButton:
            return
        (_, before), self._drag = self._drag, None
        self.unsetCursor()
        if before != self._faces:
            self.ordered.emit(self.order())

    # --- paint ---

    def paintEvent(self, event: QPaintEvent) -> None:
        """Place, name, words, and a grip on each row."""
        painter = base.smooth(self)
        for number, face in enumerate(self._faces):
            box = QRectF(0, number * self._high(), self.width(), self._high())
            if number == self._here:
                base.panel(painter, box.adjusted(0, 1, 0, -1), theme.colour("selected"), radius=6)
            if number:
                base.hairline(painter, box.topLeft() + QPointF(0, 0.5), box.topRight() + QPointF(0, 0.5))
            self._paint_row(painter, box, number, face)
            if number == self._here and self.hasFocus():
                base.focus_ring(painter, box)

    def _paint_row(self, painter: QPainter, box: QRectF, number: int, face: RankFace) -> None:
        left = Qt.AlignmentFlag.AlignLeft
        place = QRectF(box.x() + theme.px(10), box.y(), theme.px(26), box.height())
        base.text_at(painter, place, str(number + 1), "card", theme.colour("overline"), left)
        words = box.adjusted(theme.px(40), theme.px(4), -theme.px(34), -theme.px(4))
        half = words.height() / 2
        top = QRectF(words.x(), words.y(), words.width(), half)
        base.text_at(painter, top, face.name, "strong", theme.colour("ink"), left)
        base.text_at(painter, top.translated(0, half), face.words, "caption", theme.colour("ink2"), left)
        if self._wide_open:
            x, middle = box.right() - theme.px(24), box.center().y()
            for lift in (-5, 0, 5):
                line = QPointF(x, middle + theme.px(abs(lift)) * (1 if lift > 0 else -1 if lift < 0 else 0))
                base.hairline(painter, line, line + QPointF(theme.px(12), 0), "edge")
