"""Buttons of three kinds, and the square button that is only an icon."""

from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from appraise.ui import icons, theme
from appraise.ui.widgets import base

Kind = Literal["primary", "outline", "plain", "quiet"]


class _KeyButton(QPushButton):
    """A button that Return and Enter click as Space does; Qt does that in dialogs only."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """One click for each press, however long the key is held."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or not plain:
            super().keyPressEvent(event)
            return
        event.accept()
        if not event.isAutoRepeat():
            self.click()


class Button(_KeyButton, theme.Themed):
    """A button that paints itself: filled (`primary`, one a page), `outline`, `plain` text in the link
    colour, or `quiet` small text in the second ink.

    `icon` stands before the words, `after` behind them; `small` is 28 px high for cards, else 36.
    """

    def __init__(
        self,
        text: str,
        *,
        kind: Kind = "outline",
        icon: str = "",
        after: str = "",
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._kind, self._before, self._after, self._small = kind, icon, after, small
        self.setAccessibleName(text.replace("&", "").rstrip("… "))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.apply_theme()

    def apply_theme(self) -> None:
        """Takes font and size."""
        quiet: theme.FontRole = "caption" if self._kind == "quiet" else "dense-strong"
        self.setFont(theme.font(quiet if self._small or self._kind == "quiet" else "strong"))
        self.updateGeometry()

    def set_text(self, text: str) -> None:
        """Changes words and spoken name together."""
        self.setText(text)
        self.setAccessibleName(text.replace("&", "").rstrip("… "))
        self.updateGeometry()

    def set_icon(self, icon: str) -> None:
        """Changes the icon before the words."""
        self._before = icon
        self.updateGeometry()
        self.update()

    def set_kind(self, kind: Kind) -> None:
        """Changes the kind in place."""
        self._kind = kind
        self.update()

    def sizeHint(self) -> QSize:
        """Words, icons and padding; 36 or 28 high."""
        words = self.fontMetrics().horizontalAdvance(self.text().replace("&", ""))
        signs = sum(theme.px(26) for name in (self._before, self._after) if name)
        pad = theme.px(4 if self._kind in ("plain", "quiet") else 10 if self._small else 16)
        return QSize(words + signs + 2 * pad + 1, theme.px(28 if self._small else 36))

    def minimumSizeHint(self) -> QSize:
        """Never clipped."""
        return self.sizeHint()

    def colours(self) -> tuple[QColor | None, QColor | None, QColor]:
        """Ground, edge and ink in the present state."""
        pressed, hover = self.isDown(), self.underMouse() and self.isEnabled()
        if not self.isEnabled():
            edge = None if self._kind in ("plain", "quiet") else theme.colour("line")
            return (theme.colour("inset") if edge else None), edge, theme.colour("disabled")
        if self._kind == "primary":
            ground = "primary-pressed" if pressed else "primary-hover" if hover else "primary"
            return theme.colour(ground), None, theme.colour("on-primary")
        ground_role = "selected" if pressed else "hover" if hover else "card"
        if self._kind == "outline":
            edge_role = "primary" if hover or pressed else "edge"
            return theme.colour(ground_role), theme.colour(edge_role), theme.colour("primary")
        return (
            (theme.colour(ground_role) if pressed or hover else None),
            None,
            theme.colour("ink2" if self._kind == "quiet" else "link"),
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, icon, words, focus ring."""
        painter = base.smooth(self)
        ground, edge, ink = self.colours()
        whole = QRectF(self.rect())
        if ground is not None or edge is not None:
            base.panel(painter, whole, ground or theme.colour("card"), edge, 6)
        self._paint_words(painter, whole, ink)
        if not self.hasFocus():
            return
        base.focus_ring(painter, whole)
        if self._kind == "primary":  # on a filled ground the ring needs a line of card colour inside it
            gap = theme.px(2)
            clear = QColor(0, 0, 0, 0)
            base.panel(painter, whole.adjusted(gap, gap, -gap, -gap), clear, theme.colour("card"), 5, gap)

    def _paint_words(self, painter: QPainter, whole: QRectF, ink: QColor) -> None:
        painter.setFont(self.font())
        painter.setPen(ink)
        words = float(self.fontMetrics().horizontalAdvance(self.text().replace("&", "")))
        gap, size = theme.px(26), float(theme.px(18))
        total = words + (gap if self._before else 0) + (gap if self._after else 0)
        left = (whole.width() - total) / 2
        top = (whole.height() - size) / 2
        if self._before:
            icons.paint(painter, self._before, QRectF(left, top, size, size), ink)
            left += gap
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextShowMnemonic
        painter.drawText(QRectF(left, 0, words + 2, whole.height()), flags, self.text())
        if self._after:
            icons.paint(painter, self._after, QRectF(left + words + gap - size, top, size, size), ink)


class IconButton(_KeyButton, theme.Themed):
    """A square button that is only an icon; its name is spoken and shown as the tool tip."""

    def __init__(self, icon: str, name: str, *, size: int = 32, ink: str = "link") -> None:
        super().__init__()
        self._icon, self._size, self._ink = icon, size, ink
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.set_name(name)
        self.apply_theme()

    def set_name(self, name: str) -> None:
        """What is spoken and shown as the tool tip."""
        self.setAccessibleName(name)
        self.setToolTip(name)

    def set_icon(self, icon: str, ink: str | None = None) -> None:
        """Changes the picture in place."""
        if (icon, ink or self._ink) == (self._icon, self._ink):
            return
        self._icon, self._ink = icon, ink or self._ink
        self.update()

    def follow_action(self, action: QAction) -> None:
        """Presses trigger the action; enabled state and tool tip follow it."""

        def copy() -> None:
            self.setEnabled(action.isEnabled())
            self.set_name(action.text().replace("&", ""))

        action.changed.connect(copy)
        self.clicked.connect(action.trigger)
        copy()

    def apply_theme(self) -> None:
        """Takes the size."""
        self.setFixedSize(theme.px(self._size), theme.px(self._size))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The icon on a hover ground."""
        painter, whole = base.smooth(self), QRectF(self.rect())
        if self.isEnabled() and (self.underMouse() or self.isDown()):
            base.panel(painter, whole, theme.colour("selected" if self.isDown() else "hover"), radius=6)
        size = float(theme.px(18))
        corner = QPointF((whole.width() - size) / 2, (whole.height() - size) / 2)
        ink = theme.colour(self._ink if self.isEnabled() else "disabled")
        icons.paint(painter, self._icon, QRectF(corner.x(), corner.y(), size, size), ink)
        if self.hasFocus():
            base.focus_ring(painter, whole)
