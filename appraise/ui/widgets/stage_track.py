"""The stages of something that goes one way: done, in hand and to come, on one line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from appraise.ui import icons, theme
from appraise.ui.widgets import base

StageState = Literal["completed", "in-progress", "locked", "attention"]


@dataclass(frozen=True, slots=True)
class StageFace:
    """One stage: its words, its state (a key of `icons.STATES`), and fewer words for where there is little room."""

    words: str
    state: StageState
    short: str = ""


class StageTrack(QWidget, theme.Themed):
    """All stages with a line between them; where they do not fit, icons alone and the words of the one in hand."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._faces: tuple[StageFace, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.apply_theme()

    def set_stages(self, faces: Sequence[StageFace]) -> None:
        """Shows these stages; a screen reader gets all of them, the tool tip too."""
        self._faces = tuple(faces)
        said = "; ".join(f"{face.words}, {icons.STATES[face.state].lower()}" for face in faces)
        self.setAccessibleName(f"{self._name}: {self.current_words()}")
        self.setAccessibleDescription(said)
        self.setToolTip(said)
        self.update()

    @property
    def faces(self) -> tuple[StageFace, ...]:
        """What is shown."""
        return self._faces

    def current(self) -> int:
        """The number of the stage in hand; the last one once all are done."""
        places = [number for number, face in enumerate(self._faces) if face.state in ("in-progress", "attention")]
        return places[0] if places else len(self._faces) - 1

    def current_words(self) -> str:
        """The stage in hand and which of how many it is."""
        if not self._faces:
            return ""
        here = self.current()
        return f"{self._faces[here].words}, stage {here + 1} of {len(self._faces)}"

    def folded(self) -> bool:
        """True where the words of all stages do not fit beside each other."""
        least = theme.px(20) * max(len(self._faces) - 1, 0) + 2 * theme.px(16)
        return least + sum(self._wide(face.words, self._role(face)) for face in self._faces) > self.width()

    def sizeHint(self) -> QSize:
        """36 high."""
        return QSize(theme.px(480), theme.px(37))

    def minimumSizeHint(self) -> QSize:
        """Room for the icons and a few words."""
        return QSize(theme.px(240), theme.px(37))

    def apply_theme(self) -> None:
        """Takes the size."""
        self.updateGeometry()

    def _role(self, face: StageFace) -> theme.FontRole:
        return "dense-strong" if face.state in ("in-progress", "attention") else "dense"

    def _said(self, face: StageFace, *, folded: bool) -> str:
        return face.short if folded and face.short else face.words

    def _wide(self, words: str, role: theme.FontRole) -> float:
        return theme.px(18) + (theme.px(9) + base.text_width(words, role) + 1 if words else 0.0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A white box, the stages, lines between them."""
        painter, whole = base.smooth(self), QRectF(self.rect())
        base.panel(painter, whole, theme.colour("card"), theme.colour("line"))
        if not self._faces:
            return
        folded, here = self.folded(), self.current()
        said = [
            self._said(face, folded=folded) if not folded or place == here else ""
            for place, face in enumerate(self._faces)
        ]
        wide = [self._wide(words, self._role(face)) for words, face in zip(said, self._faces, strict=True)]
        lines = max(len(wide) - 1, 1)
        spare = self.width() - 2 * theme.px(16) - sum(wide)
        between = max(spare / lines, float(theme.px(6)))
        wide[here] -= max(between * lines - spare, 0.0)  # the words elide before an icon has no room
        left = float(theme.px(16))
        for place, face in enumerate(self._faces):
            self._paint_stage(painter, left, face, said[place], wide[place])
            left += wide[place]
            if place + 1 < len(wide):
                self._paint_line(painter, left, between, done=face.state == "completed")
                left += between

    def _paint_stage(self, painter: QPainter, left: float, face: StageFace, words: str, wide: float) -> None:
        side, middle = float(theme.px(18)), self.height() / 2
        sign = QRectF(left, middle - side / 2, side, side)
        icons.paint(painter, face.state, sign, theme.colour(icons.state_role(face.state)), theme.colour("card"))
        if words:
            ink = theme.colour("ink2" if face.state == "locked" else "ink")
            start = side + theme.px(9)
            place = QRectF(left + start, 0, max(wide - start, 0.0), self.height())
            base.text_at(painter, place, words, self._role(face), ink, Qt.AlignmentFlag.AlignLeft)

    def _paint_line(self, painter: QPainter, left: float, width: float, *, done: bool) -> None:
        gap, middle = theme.px(10), self.height() / 2
        if width <= 2 * gap:
            gap = int(width // 4)
        painter.setPen(QPen(theme.colour("primary" if done else "line"), theme.px(1.5)))
        painter.drawLine(QPointF(left + gap, middle), QPointF(left + width - gap, middle))
