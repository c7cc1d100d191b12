"""Paints the drawings of `present` in the window: the same shapes as on paper, with QPainter."""

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
    QTransform,
)
from PySide6.QtWidgets import QDialog, QSizePolicy, QVBoxLayout, QWidget

from appraise.ui import theme
from appraise.ui.widgets import base
from appraise.ui.widgets.buttons import IconButton
from appraise.ui.widgets.cards import Card
from appraise.ui.widgets.table import DataTable
from appraise.ui.widgets.table_model import Cell, DataTableModel, TableColumn, TableRow

if TYPE_CHECKING:
    from appraise.present.chart_parts import Chart, ChartStyle

MakeChart = Callable[[float, float, "ChartStyle"], "Chart"]
"""Makes the chart for a width, a height and a style; called again whenever one of them changes."""

_WEIGHTS = {"SemiBold": QFont.Weight.DemiBold, "Bold": QFont.Weight.Bold}
_NONE = Qt.PenStyle.NoPen


def chart_style() -> "ChartStyle":
    """The style of the theme in use; sizes stay at 100 %, because the view scales what it paints."""
    from appraise.present.chart_parts import ChartStyle

    made = {"light": ChartStyle.light, "dark": ChartStyle.dark, "contrast": ChartStyle.contrast}
    return made[theme.current().palette]()


_EM = 100
"""Texts are set at this size and scaled, because Qt rounds type to whole pixels and drawings do not."""


@lru_cache(maxsize=16)
def chart_font(name: str) -> QFont:
    """The window's font for a face of a drawing, `_EM` px high: same advance widths, so no kerning and no ligatures."""
    font = QFont(theme.family())
    font.setPixelSize(_EM)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setKerning(False)
    font.setFeature(QFont.Tag("liga"), 0)
    font.setFeature(QFont.Tag("tnum"), 1)
    font.setWeight(next((weight for part, weight in _WEIGHTS.items() if part in name), QFont.Weight.Normal))
    font.setItalic("Italic" in name)
    return font


@lru_cache(maxsize=2048)
def text_width(text: str, name: str, size: float) -> float:
    """The advance width of a text in drawing units, as it will be painted."""
    return QFontMetricsF(chart_font(name)).horizontalAdvance(text) * size / _EM


class DrawingPainter:
    """Paints a reportlab drawing: rectangles, lines, polygons, circles, texts, paths and groups of them."""

    def __init__(self, painter: QPainter) -> None:
        self._painter = painter

    def paint(self, drawing: Any) -> None:
        """The whole drawing, its origin at the bottom left turned to Qt's at the top left."""
        self._painter.save()
        self._painter.translate(0, drawing.height)
        self._painter.scale(1, -1)
        try:
            for shape in drawing.contents:
                self._shape(shape)
        finally:
            self._painter.restore()

    def _shape(self, shape: Any) -> None:
        kind = type(shape).__name__
        if kind == "Group":
            self._painter.save()
            self._painter.setTransform(QTransform(*shape.transform), True)
            for part in shape.contents:
                self._shape(part)
            self._painter.restore()
            return
        draw: Callable[[Any], None] | None = getattr(self, f"_{kind.lower()}", None)
        if draw is None:
            raise TypeError(f"A chart may not use the shape {kind}.")
        draw(shape)

    def _pens(self, shape: Any, *, filled: bool = True) -> None:
        painter = self._painter
        colour = shape.strokeColor
        if colour is None or not shape.strokeWidth:
            painter.setPen(_NONE)
        else:
            dashes = getattr(shape, "strokeDashArray", None)
            ends = (getattr(shape, "strokeLineCap", 0) or 0, getattr(shape, "strokeLineJoin", 0) or 0)
            painter.setPen(_pen(colour.rgba(), shape.strokeWidth, *ends, tuple(dashes) if dashes else ()))
        ground = shape.fillColor if filled else None
        painter.setBrush(_colour(ground.rgba()) if ground is not None else Qt.BrushStyle.NoBrush)

    def _rect(self, shape: Any) -> None:
        self._pens(shape)
        place = QRectF(shape.x, shape.y, shape.width, shape.height)
        self._painter.drawRoundedRect(place, shape.rx or 0, shape.ry or 0)

    def _line(self, shape: Any) -> None:
        self._pens(shape, filled=False)
        self._painter.drawLine(QPointF(shape.x1, shape.y1), QPointF(shape.x2, shape.y2))

    def _polyline(self, shape: Any) -> None:
        self._pens(shape, filled=False)
        self._painter.drawPolyline(_polygon(shape.points))

    def _polygon(self, shape: Any) -> None:
        self._pens(shape)
        self._painter.drawPolygon(_polygon(shape.points))

    def _circle(self, shape: Any) -> None:
        self._pens(shape)
        self._painter.drawEllipse(QPointF(shape.cx, shape.cy), shape.r, shape.r)

    def _path(self, shape: Any) -> None:
        self._pens(shape)
        made, left = QPainterPath(), list(shape.points)
        for operator in shape.operators:
            if operator == 0:
                made.moveTo(left.pop(0), left.pop(0))
            elif operator == 1:
                made.lineTo(left.pop(0), left.pop(0))
            elif operator == 2:
                made.cubicTo(*(left.pop(0) for _ in range(6)))
            else:
                made.closeSubpath()
        self._painter.drawPath(made)

    def _string(self, shape: Any) -> None:
        if shape.fillColor is None:
            return
        width = text_width(shape.text, shape.fontName, shape.fontSize)
        left = shape.x - {"start": 0.0, "middle": width / 2, "end": width}[shape.textAnchor]
        painter = self._painter
        painter.save()
        painter.translate(left, shape.y)
        painter.scale(shape.fontSize / _EM, -shape.fontSize / _EM)
        painter.setFont(chart_font(shape.fontName))
        painter.setPen(_colour(shape.fillColor.rgba()))
        painter.drawText(QPointF(0, 0), shape.text)
        painter.restore()


_CAPS = {0: Qt.PenCapStyle.FlatCap, 1: Qt.PenCapStyle.RoundCap, 2: Qt.PenCapStyle.SquareCap}
_JOINS = {0: Qt.PenJoinStyle.MiterJoin, 1: Qt.PenJoinStyle.RoundJoin, 2: Qt.PenJoinStyle.BevelJoin}


@lru_cache(maxsize=256)
def _colour(rgba: tuple[float, float, float, float]) -> QColor:
    return QColor.fromRgbF(*rgba)


@lru_cache(maxsize=256)
def _pen(rgba: tuple[float, float, float, float], width: float, cap: int, join: int, dashes: tuple[float, ...]) -> QPen:
    pen = QPen(_colour(rgba), width)
    pen.setCapStyle(_CAPS[cap])
    pen.setJoinStyle(_JOINS[join])
    if dashes:
        pen.setDashPattern([length / width for length in dashes])
    return pen


def _polygon(points: list[float]) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in zip(points[::2], points[1::2], strict=True)])


class OuterRing(QWidget):
    """The ring around a part that has the keyboard, outside it: what is drawn to the very edge stays whole.

    It stands in the nearest widget above that has room for it, and goes where the part goes.
    """

    _FOLLOWED = frozenset({QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide})

    def __init__(self, part: QWidget) -> None:
        super().__init__(part.parentWidget())
        self._part = part
        self._watched: list[QWidget] = []
        part.installEventFilter(self)
        part.destroyed.connect(self.deleteLater)  # it is no child of the part
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def follow(self) -> None:
        """Stands around the part as long as that has the keyboard."""
        self._release()
        if not (self._part.hasFocus() and self._part.isVisible()):
            self.hide()
            return
        gap = theme.px(4)
        holder, place = self._part, self._part.rect()
        while (above := holder.parentWidget()) is not None and not holder.isWindow():
            if holder is not self._part:
                self._watch(holder)
            place, holder = place.translated(holder.pos()), above
            if holder.rect().contains(place.adjusted(-gap, -gap, gap, gap)):
                break
        if self.parentWidget() is not holder:
            self.setParent(holder)
        self.setGeometry(place.adjusted(-gap, -gap, gap, gap))
        self.show()
        self.raise_()

    def _watch(self, widget: QWidget) -> None:
        widget.installEventFilter(self)
        self._watched.append(widget)

    def _release(self) -> None:
        for widget in self._watched:
            widget.removeEventFilter(self)
        self._watched.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Goes with whatever moves it."""
        if event.type() in self._FOLLOWED:
            self.follow()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ring alone."""
        base.focus_ring(base.smooth(self), QRectF(self.rect()))


class ChartView(QWidget, theme.Themed):
    """A chart as wide as its place, made anew for every width and theme; F7 opens its figures as a table.

    `height` is in px at 100 %. The card above shows the chart's title and subtitle: `set_chart` returns nothing, read
    `chart()` for them, or connect to `made`. Signals: made() after a new chart was made.
    """

    made = Signal()

    def __init__(self, height: float = 240) -> None:
        super().__init__()
        self._make: MakeChart | None = None
        self._chart: Chart | None = None
        self._made_for: tuple[object, ...] = ()
        self._height = height
        self._ring: OuterRing | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Chart")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_chart(self, make: MakeChart, *, seen_only: bool = False) -> None:
        """Shows another chart, or the same one with new figures.

        `seen_only`: one that is scrolled out of sight is made when it comes into view.
        """
        self._make = make
        self._made_for = ()
        if not (seen_only and self.visibleRegion().isEmpty()):
            self._refresh()
        self.update()

    def set_height(self, height: float) -> None:
        """Another height in px at 100 %."""
        if height == self._height:
            return
        self._height = height
        self.updateGeometry()
        self.update()

    def chart(self) -> "Chart | None":
        """The chart as it stands."""
        return self._chart

    def apply_theme(self) -> None:
        """A new theme wants a new drawing."""
        self.updateGeometry()
        self._made_for = ()

    def sizeHint(self) -> QSize:
        """As wide as there is room, as high as was said."""
        return QSize(theme.px(320), theme.px(self._height))

    def minimumSizeHint(self) -> QSize:
        """Charts can be made narrow."""
        return QSize(theme.px(120), theme.px(self._height))

    def _refresh(self) -> None:
        scale = theme.current().zoom / 100
        wanted = (self.width(), self.height(), theme.current())
        if self._make is None or wanted == self._made_for:
            return
        self._made_for = wanted
        self._chart = self._make(self.width() / scale, self.height() / scale, chart_style())
        self.setAccessibleName(self._chart.title)
        self.setAccessibleDescription(self._chart.alt)
        self.made.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The drawing. The ring stands around it: letters begin at the very edge."""
        self._refresh()
        painter = base.smooth(self)
        if self._chart is not None:
            painter.save()
            scale = theme.current().zoom / 100
            painter.scale(scale, scale)
            DrawingPainter(painter).paint(self._chart.drawing)
            painter.restore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The ring says where the keyboard is."""
        super().focusInEvent(event)
        if self._ring is None and not self.isWindow():
            self._ring = OuterRing(self)
        if self._ring is not None:
            self._ring.follow()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes with the keyboard."""
        super().focusOutEvent(event)
        if self._ring is not None:
            self._ring.follow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F7 opens the figures."""
        if event.key() == Qt.Key.Key_F7 and self._chart is not None:
            self.figures().open()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Focus and enabled states show."""
        self.update()
        super().changeEvent(event)

    def figures(self) -> QDialog:
        """A dialog with the chart's figures as a table; deleted when closed."""
        dialog = QDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._chart is None:
            return dialog
        data = self._chart.data
        dialog.setWindowTitle(f"{self._chart.title}: the figures")
        columns = [
            TableColumn(f"{column.heading}, {column.unit}" if column.unit else column.heading, column.align)
            for column in data.columns
        ]
        model = DataTableModel(columns, parent=dialog)
        model.set_rows(
            [TableRow(str(number), tuple(Cell(cell.text) for cell in row)) for number, row in enumerate(data.rows)]
        )
        table = DataTable(data.title or self._chart.title, model, row_height=28, fit=False)
        layout = QVBoxLayout(dialog)
        base.margins(layout, 16, 16, 16, 16)
        layout.addWidget(table)
        dialog.resize(theme.px(640), theme.px(420))
        return dialog


class ChartCard(Card):
    """A card whose title is the chart's message and whose subtitle is its measure; a button opens the figures."""

    def __init__(self, height: float = 240) -> None:
        super().__init__()
        self.view = ChartView(height)
        figures = IconButton("table", "Show the figures as a table (F7)", size=28, ink="ink2")
        figures.clicked.connect(lambda: self.view.figures().open())
        self.add_action(figures)
        self.add(self.view)
        self.view.made.connect(self._tell)

    def set_chart(self, make: MakeChart, *, seen_only: bool = False) -> None:
        """Shows another chart, or the same one with new figures; see `ChartView.set_chart`."""
        self.view.set_chart(make, seen_only=seen_only)

    def _tell(self) -> None:
        chart = self.view.chart()
        if chart is not None and (chart.title, chart.subtitle) != (self.title.text(), self.subtitle.text()):
            self.set_title(chart.title, chart.subtitle)
