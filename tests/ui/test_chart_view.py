"""The window paints the drawings of the paper."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from reportlab.graphics.shapes import Circle, Drawing, Group, Line, Polygon, PolyLine, Rect, String, Wedge
from reportlab.lib.colors import HexColor
from reportlab.pdfbase.pdfmetrics import stringWidth

from appraise.present import typeface
from appraise.present.chart_parts import Chart, ChartStyle
from appraise.present.tables import Cell, Column, Table
from appraise.ui import theme
from appraise.ui.chart_view import ChartCard, ChartView, DrawingPainter, OuterRing, text_width

DATA = Table(
    title="Scores",
    columns=(Column(heading="Option"), Column(heading="Score", align="right")),
    rows=((Cell(text="Joint service"), Cell(text="73")),),
)
RED, BLUE = HexColor("#FF0000"), HexColor("#0000FF")


def painted(drawing: Drawing) -> QImage:
    image = QImage(int(drawing.width), int(drawing.height), QImage.Format.Format_ARGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    try:
        DrawingPainter(painter).paint(drawing)
    finally:
        painter.end()
    return image


def one(shape: object) -> QImage:
    drawing = Drawing(100, 50)
    drawing.add(shape)
    return painted(drawing)


def make(width: float, height: float, style: ChartStyle) -> Chart:
    drawing = Drawing(width, height)
    drawing.add(Rect(0, 0, width, height / 2, fillColor=HexColor(style.primary), strokeColor=None))
    return Chart(title="Joint leads", subtitle="Score out of 100", alt="One bar", drawing=drawing, figures=lambda: DATA)


@pytest.mark.parametrize(
    ("shape", "inside", "outside"),
    [
        (Rect(10, 10, 20, 30, fillColor=RED, strokeColor=None), (15, 15), (40, 15)),
        (Rect(10, 0, 40, 10, fillColor=RED, strokeColor=None), (30, 45), (30, 5)),
        (Rect(10, 10, 20, 30, rx=10, ry=10, fillColor=RED, strokeColor=None), (20, 25), (11, 11)),
        (Line(0, 25.5, 100, 25.5, strokeColor=RED, strokeWidth=3), (50, 24), (50, 35)),
        (Line(0, 25, 100, 25, strokeColor=RED, strokeWidth=3, strokeDashArray=[10, 10]), (5, 25), (15, 25)),
        (PolyLine([0, 25, 50, 25, 50, 50], strokeColor=RED, strokeWidth=3), (50, 10), (20, 10)),
        (Polygon([0, 0, 100, 0, 0, 50], fillColor=RED, strokeColor=None), (10, 40), (90, 10)),
        (Circle(50, 25, 10, fillColor=RED, strokeColor=None), (50, 25), (70, 25)),
        (Group(Rect(0, 0, 10, 10, fillColor=RED, strokeColor=None), transform=(1, 0, 0, 1, 60, 20)), (65, 25), (5, 45)),
    ],
)
def test_shapes_land_where_paper_has_them(shape: object, inside: tuple[int, int], outside: tuple[int, int]) -> None:
    image = one(shape)
    assert image.pixelColor(*inside).name() == "#ff0000"
    assert image.pixelColor(*outside).name() == "#ffffff"


@pytest.mark.parametrize(("anchor", "left", "right"), [("start", 50, 100), ("middle", 25, 75), ("end", 0, 51)])
def test_texts_are_anchored(anchor: str, left: int, right: int) -> None:
    text = String(50, 20, "Words", fontName=typeface.SEMIBOLD, fontSize=13, fillColor=BLUE, textAnchor=anchor)
    image = one(text)
    columns = [x for x in range(100) if any(image.pixelColor(x, y) != QColor("white") for y in range(50))]
    assert columns
    assert left <= columns[0] < columns[-1] <= right


@pytest.mark.parametrize("face", [typeface.REGULAR, typeface.SEMIBOLD, typeface.BOLD, typeface.ITALIC])
@pytest.mark.parametrize("text", ["£37.3m", "Outsource for 7 years", "Wave AV To fi ffi", "100,000 draws, ±0.3 %"])
def test_text_is_as_wide_as_on_paper(face: str, text: str) -> None:
    typeface.register()
    assert text_width(text, face, 13) == pytest.approx(stringWidth(text, face, 13), rel=0.01)


def test_a_strange_shape_is_refused() -> None:
    drawing = Drawing(10, 10)
    drawing.add(Wedge(5, 5, 4, 0, 90))
    with pytest.raises(TypeError, match="Wedge"):
        painted(drawing)


def test_a_view_asks_for_its_own_width_and_says_what_it_shows() -> None:
    asked: list[tuple[float, float, str]] = []

    def remembered(width: float, height: float, style: ChartStyle) -> Chart:
        asked.append((width, height, style.primary))
        return make(width, height, style)

    view = ChartView(100)
    view.resize(300, 100)
    view.set_chart(remembered)
    theme.use(theme.Theme("dark", 200))
    view.resize(300, 100)
    shown = view.grab().toImage()
    assert asked == [(300, 100, "#12436D"), (150, 50, "#8CC1EE")]
    assert shown.pixelColor(150, 75).name().upper() == "#8CC1EE"
    assert (view.accessibleName(), view.accessibleDescription()) == ("Joint leads", "One bar")


def test_a_repaint_without_change_makes_no_new_chart() -> None:
    asked: list[float] = []
    view = ChartView(100)
    view.set_chart(lambda w, h, s: (asked.append(w), make(w, h, s))[1])
    view.grab()
    view.grab()
    assert len(asked) <= 2
    before = len(asked)
    view.grab()
    assert len(asked) == before


def test_the_card_takes_the_message_and_f7_opens_the_figures() -> None:
    card = ChartCard(120)
    card.set_chart(make)
    assert (card.title.text(), card.subtitle.text()) == ("Joint leads", "Score out of 100")
    card.show()
    card.view.setFocus()
    QTest.keyClick(card.view, Qt.Key.Key_F7)
    dialogs = [child for child in card.view.children() if child.metaObject().className() == "QDialog"]
    assert len(dialogs) == 1


def held(qtbot: QtBot, margin: int) -> tuple[QWidget, QWidget, ChartView]:
    """A window with a column without margins in it, and a chart in that."""
    window, column, view = QWidget(), QWidget(), ChartView(100)
    for holder, part, room in ((column, view, 0), (window, column, margin)):
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(room, room, room, room)
        layout.addWidget(part)
    view.set_chart(make)
    qtbot.addWidget(window)
    window.resize(400, 160)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window, column, view


def ring_of(window: QWidget) -> OuterRing | None:
    return next((ring for ring in window.findChildren(OuterRing) if ring.isVisible()), None)


def test_the_ring_stands_around_the_drawing_and_never_on_it(qtbot: QtBot) -> None:
    window, _, view = held(qtbot, 20)
    view.clearFocus()
    calm, size = view.grab().toImage(), view.size()
    assert ring_of(window) is None
    view.setFocus()
    ring = ring_of(window)
    assert ring is not None
    assert ring.parentWidget() is window, "the column has no room for it"
    assert ring.geometry() == QRect(view.mapTo(window, QPoint(0, 0)), view.size()).adjusted(-4, -4, 4, 4)
    assert (view.grab().toImage(), view.size()) == (calm, size)
    shown = window.grab().toImage()
    assert shown.pixelColor(ring.x() + 1, ring.geometry().center().y()) == theme.colour("focus")
    window.resize(500, 200)
    qtbot.waitUntil(lambda: ring.width() == view.width() + 8)
    view.clearFocus()
    assert ring_of(window) is None


def test_the_ring_goes_where_the_chart_goes_and_ends_with_it(qtbot: QtBot) -> None:
    window, column, view = held(qtbot, 20)
    view.setFocus()
    ring = ring_of(window)
    assert ring is not None
    before = ring.pos()
    column.move(column.x() + 7, column.y() + 3)
    assert ring.pos() - before == QPoint(7, 3)
    column.hide()
    assert ring_of(window) is None
    column.show()
    view.setFocus()
    assert view.hasFocus()
    assert ring_of(window) is ring
    with qtbot.waitSignal(ring.destroyed, timeout=2_000):
        view.deleteLater()
