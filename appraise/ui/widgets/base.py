"""What every widget of ours shares: rounded panels, the focus ring, thin scroll bars, the scrolling page."""

from functools import lru_cache
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QScrollBar, QSizePolicy, QWidget

from appraise.ui import theme


def smooth(widget: QWidget) -> QPainter:
    """A painter on a widget with soft edges."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


def panel(
    painter: QPainter, place: QRectF, ground: QColor, edge: QColor | None = None, radius: float = 8, width: float = 1
) -> None:
    """A filled rounded rectangle with an edge of `width` px inside the place; radius in px at 100 %."""
    pen = QPen(edge, width) if edge else QPen(Qt.PenStyle.NoPen)
    inset = width / 2 if edge else 0.0
    painter.setPen(pen)
    painter.setBrush(ground)
    round_by = min(theme.px(radius), place.height() / 2)
    painter.drawRoundedRect(place.adjusted(inset, inset, -inset, -inset), round_by, round_by)


def focus_ring(painter: QPainter, place: QRectF, radius: float = 6) -> None:
    """The 2 px ring just inside a place that says where the keyboard is."""
    painter.setPen(QPen(theme.colour("focus"), theme.px(2)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inset = theme.px(2) / 2
    painter.drawRoundedRect(place.adjusted(inset, inset, -inset, -inset), theme.px(radius), theme.px(radius))


def hairline(painter: QPainter, start: QPointF, end: QPointF, role: str = "line") -> None:
    """A 1 px line in the colour of a role."""
    painter.setPen(QPen(theme.colour(role), 1))
    painter.drawLine(start, end)


def text_at(
    painter: QPainter, place: QRectF, text: str, role: theme.FontRole, ink: QColor, align: Qt.AlignmentFlag
) -> None:
    """One line of text, elided where it does not fit."""
    face = theme.font(role)
    painter.setFont(face)
    painter.setPen(ink)
    shown = QFontMetricsF(face).elidedText(text, Qt.TextElideMode.ElideRight, place.width() + 0.5)
    painter.drawText(place, align | Qt.AlignmentFlag.AlignVCenter, shown)


def two_lines_at(painter: QPainter, place: QRectF, text: str, role: theme.FontRole, ink: QColor) -> None:
    """Text in two lines, broken between words; the second elides where the rest does not fit."""
    face = theme.font(role)
    metrics = QFontMetricsF(face)
    words, first = text.split(), ""
    while words and metrics.horizontalAdvance(f"{first} {words[0]}".strip()) <= place.width():
        first = f"{first} {words.pop(0)}".strip()
    if not first:
        text_at(painter, place, text, role, ink, Qt.AlignmentFlag.AlignLeft)
        return
    height = metrics.lineSpacing()
    top = QRectF(place.x(), place.center().y() - height, place.width(), height)
    text_at(painter, top, first, role, ink, Qt.AlignmentFlag.AlignLeft)
    text_at(painter, top.translated(0, height), " ".join(words), role, ink, Qt.AlignmentFlag.AlignLeft)


def text_width(text: str, role: theme.FontRole) -> float:
    """The width of a line of text in px."""
    return _text_width(text, role, theme.current().zoom)


@lru_cache(maxsize=4096)
def _text_width(text: str, role: theme.FontRole, _zoom: int) -> float:
    """Columns of tables measure the same words again at every frame of a drag."""
    return QFontMetricsF(theme.font(role)).horizontalAdvance(text)


def takes_keyboard(widget: QWidget) -> bool:
    """True where Tab may stop: seen, enabled, and not standing for another widget."""
    tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
    return tab and widget.isVisible() and widget.isEnabled()


def stops_of(part: QWidget) -> list[QWidget]:
    """What takes the keyboard inside a part of a page, in the order it was built."""
    return [child for child in part.findChildren(QWidget) if takes_keyboard(child)]


def stops_as_read(part: QWidget) -> list[QWidget]:
    """Where Tab may stop in a part, seen or not, in the order of its layouts: as it is read."""
    if isinstance(part, QScrollArea):
        inside = part.widget()
        return stops_as_read(inside) if inside is not None else []
    here = bool(part.focusPolicy() & Qt.FocusPolicy.TabFocus) and part.focusProxy() is None
    layout = part.layout()
    return ([part] if here else []) + (stops_in(layout) if layout is not None else [])


def stops_in(layout: QLayout, *, hidden: bool = True) -> list[QWidget]:
    """Where Tab may stop in a layout, as it is read; without `hidden` its hidden parts are passed over."""
    found: list[QWidget] = []
    for place in range(layout.count()):
        item = layout.itemAt(place)
        widget, inner = (item.widget(), item.layout()) if item is not None else (None, None)
        if widget is not None and (hidden or not widget.isHidden()):
            found += stops_as_read(widget)
        elif inner is not None:
            found += stops_in(inner, hidden=hidden)
    return found


def after_in_chain(widget: QWidget, *, forward: bool) -> QWidget | None:
    """The widget that Tab, or Shift+Tab, looks at next, whether it takes the keyboard or not."""
    return widget.nextInFocusChain() if forward else widget.previousInFocusChain()


def tab_chain(*widgets: QWidget) -> None:
    """Tab goes through these widgets one after the other."""
    for one, after in pairwise(widgets):
        QWidget.setTabOrder(one, after)


def next_stop(here: QWidget, *, forward: bool, outside: QWidget | None = None) -> QWidget | None:
    """Where Tab, or Shift+Tab, goes from a widget; `outside` passes over the parts of a widget. None: nowhere else.

    What stands for another widget, such as a field for its line, is no stop of its own. Qt takes it for one: left
    behind in the chain by `tab_chain`, it would send Tab back to its line, and Tab would never go round the window.
    """
    widget = after_in_chain(here, forward=forward)
    while widget is not None and widget is not here:
        if takes_keyboard(widget) and (outside is None or not outside.isAncestorOf(widget)):
            return widget
        widget = after_in_chain(widget, forward=forward)
    return None


def set_ground(widget: QWidget, role: str) -> None:
    """Fills a widget with the colour of a role (for window, rail and card areas)."""
    colours = widget.palette()
    colours.setColor(QPalette.ColorRole.Window, theme.colour(role))
    colours.setColor(QPalette.ColorRole.Base, theme.colour(role))
    widget.setPalette(colours)
    widget.setAutoFillBackground(True)


def margins(layout: QLayout, left: float, top: float, right: float, bottom: float) -> None:
    """Contents margins in px at 100 %."""
    layout.setContentsMargins(theme.px(left), theme.px(top), theme.px(right), theme.px(bottom))


class ScrollBar(QScrollBar, theme.Themed):
    """A thin bar: a grey handle on nothing."""

    def sizeHint(self) -> QSize:
        """10 px thick."""
        thick = theme.px(10)
        return (
            QSize(thick, theme.px(40)) if self.orientation() == Qt.Orientation.Vertical else QSize(theme.px(40), thick)
        )

    def apply_theme(self) -> None:
        """Takes the thickness of the zoom."""
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The handle only."""
        span = self.maximum() - self.minimum()
        if span <= 0:
            return
        upright = self.orientation() == Qt.Orientation.Vertical
        length = float(self.height() if upright else self.width())
        handle = max(length * self.pageStep() / (span + self.pageStep()), theme.px(32))
        start = (length - handle) * (self.value() - self.minimum()) / span
        gap, thick = theme.px(2), float((self.width() if upright else self.height()) - 2 * theme.px(2))
        place = QRectF(gap, start, thick, handle) if upright else QRectF(start, gap, handle, thick)
        panel(smooth(self), place, theme.colour("grey"), radius=3)


class ScrollPage(QScrollArea):
    """A frameless area that scrolls up and down and gives its content the whole width."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setVerticalScrollBar(ScrollBar(Qt.Orientation.Vertical, self))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # so that nothing jumps sideways
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        self._content = content
        self.setWidget(content)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Content never grows wider than the view: only tables scroll sideways."""
        self._content.setMaximumWidth(self.viewport().width())
        super().resizeEvent(event)
