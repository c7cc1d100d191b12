"""How the effect of a prevention programme runs by year, in step 7: a small curve, a table, and what it saves."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from appraise.model import periods
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.funding import Programme
from appraise.model.finding import horizon_years, is_share
from appraise.model.programmes import last_paid, mean_of_most, shape
from appraise.model.results import OptionResult
from appraise.present import funding_words, wording
from appraise.ui import theme
from appraise.ui.pages.funding_section import NAMELESS, year_columns
from appraise.ui.pages.results_state import Figures
from appraise.ui.widgets import base
from appraise.ui.widgets.cards import Column
from appraise.ui.widgets.labels import FlowLabel
from appraise.ui.widgets.table_frozen import FrozenTable
from appraise.ui.widgets.table_model import Cell, DataTableModel, TableColumn, TableRow

_THROUGHOUT = "Paid for throughout"
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Run:
    """The effect by year, 0 to 1, where a programme is paid for as `name` says."""

    name: str
    shares: tuple[float, ...]


def runs(appraisal: Appraisal, programme: Programme) -> tuple[Run, ...]:
    """The expected effect by year: paid for throughout, then in each scenario that stops it."""
    most = (programme.low, programme.likely, programme.high)
    timing = (programme.starts, programme.lag_years, programme.ramp_years)
    if not all(is_share(share) for share in (*most, programme.decay)) or not all(
        0 <= one <= _LONGEST for one in timing
    ):
        return ()
    years, mean = horizon_years(appraisal), mean_of_most(programme)

    def run(name: str, stop: int | None) -> Run:
        return Run(name, tuple(float(mean * share) for share in shape(programme, stop, years)))

    found = [run(_THROUGHOUT, None)]
    for scenario in appraisal.scenarios:
        stop = last_paid(scenario, programme.id)
        if stop is not None:
            found.append(run(scenario.name or NAMELESS, stop))
    return tuple(found)


class EffectCurve(QWidget, theme.Themed):
    """The effect by year: one line for the money throughout, dashed ones for scenarios that stop it."""

    def __init__(self) -> None:
        super().__init__()
        self._runs: tuple[Run, ...] = ()
        self._ends = ("", "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_runs(self, found: Sequence[Run], first: str, last: str) -> None:
        """Shows the runs; `first` and `last` are the years at the ends."""
        self._runs, self._ends = tuple(found), (first, last)
        said = [f"{run.name}: {wording.percent(max(run.shares, default=0.0))} at most" for run in self._runs]
        self.setAccessibleName(f"Effect by year, {first} to {last}. {'; '.join(said)}.")
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the line, a label over it and the years below."""
        return QSize(theme.px(260), theme.px(112))

    def apply_theme(self) -> None:
        """Takes the size."""
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground line, tint under the main line, lines, years, labels at the ends."""
        painter = base.smooth(self)
        floor = self.height() - theme.px(20) + 0.5
        base.hairline(painter, QPointF(0, floor), QPointF(self.width(), floor), "grey")
        highest = max((max(run.shares, default=0.0) for run in self._runs), default=0.0)
        self._paint_years(painter, floor)
        if highest <= 0:
            words = QRectF(0, 0, self.width(), floor)
            middle = Qt.AlignmentFlag.AlignHCenter
            base.text_at(painter, words, "No effect in these years", "dense", theme.colour("ink2"), middle)
            return
        for number, run in enumerate(self._runs):
            self._paint_run(painter, run, highest, floor, main=not number)
        self._paint_most(painter, highest)

    def _points(self, run: Run, highest: float, floor: float) -> list[QPointF]:
        right = self.width() - theme.px(2)
        step = right / max(len(run.shares) - 1, 1)
        rise = floor - theme.px(24)
        return [QPointF(1 + place * step, floor - rise * share / highest) for place, share in enumerate(run.shares)]

    def _paint_run(self, painter: QPainter, run: Run, highest: float, floor: float, *, main: bool) -> None:
        points = self._points(run, highest, floor)
        if main:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("tint-1"))
            ends = (QPointF(points[0].x(), floor), QPointF(points[-1].x(), floor))
            painter.drawPolygon(QPolygonF([ends[0], *points, ends[1]]))
        style = Qt.PenStyle.SolidLine if main else Qt.PenStyle.DashLine
        painter.setPen(QPen(theme.colour("primary" if main else "chart-3"), theme.px(2), style))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(points))

    def _paint_years(self, painter: QPainter, floor: float) -> None:
        place = QRectF(0, floor + theme.px(2), self.width(), theme.px(18))
        for words, side in zip(self._ends, (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight), strict=True):
            base.text_at(painter, place, words, "caption", theme.colour("ink2"), side)

    def _paint_most(self, painter: QPainter, highest: float) -> None:
        words = f"at most {wording.percent(highest)} on average"
        place = QRectF(0, 0, self.width(), theme.px(20))
        base.text_at(painter, place, words, "label", theme.colour("ink"), Qt.AlignmentFlag.AlignLeft)


class EffectPart(Column):
    """Curve, table by year, and what it comes to."""

    def __init__(self) -> None:
        self.head = FlowLabel("How the effect runs by year", "dense-strong")
        self.key = FlowLabel("", "caption", "ink2")
        self.curve = EffectCurve()
        self.model = DataTableModel([TableColumn("Paid for")])
        self.table = FrozenTable("Effect by year, % of the lines", self.model, row_height=28, fit=True, last=False)
        self.saves = FlowLabel("", "dense")
        self.stops = FlowLabel("", "dense")
        super().__init__(self.head, self.key, self.curve, self.table, self.saves, self.stops, gap=6)

    def show_programme(self, appraisal: Appraisal, programme: Programme, figures: Figures | None) -> None:
        """The effect of one programme, and what the newest figures say of it."""
        found, first, years = runs(appraisal, programme), appraisal.horizon.first_year, horizon_years(appraisal)
        for part in (self.curve, self.table):
            part.setVisible(bool(found))
        stopped = "; dashed where a scenario stops it" if len(found) > 1 else ""
        self.key.set_text(
            f"Share of its lines that is saved, expected{stopped}"
            if found
            else "The effect appears when shares and years can be right."
        )
        self.curve.show_runs(found, periods.label(first), periods.label(first, years - 1))
        self.model.set_columns([TableColumn("% of its lines", least=130), *_narrow(appraisal, years)])
        self.model.set_rows([_row(run, number) for number, run in enumerate(found)])
        self.saves.set_text(saved_words(programme, figures))
        said = (
            funding_words.prevention(figures.results, figures.appraisal, programme.option, programme.id)
            if _knows(figures, programme.option) and figures is not None
            else ()
        )
        self.stops.set_text(" ".join(said))
        self.stops.setVisible(bool(said))


def _narrow(appraisal: Appraisal, years: int) -> list[TableColumn]:
    return [TableColumn(column.title, "right", least=50) for column in year_columns(appraisal, years)]


def _row(run: Run, number: int) -> TableRow:
    cells = [Cell(run.name, tip=run.name, strong=not number)]
    cells += [Cell(wording.number(100 * share, 1) if share else wording.DASH) for share in run.shares]
    return TableRow(f"run/{number}", tuple(cells))


def _knows(figures: Figures | None, option: str) -> bool:
    return figures is not None and any(one.id == option for one in figures.results.options)


def saved_words(programme: Programme, figures: Figures | None) -> str:
    """What prevention saves on the lines of a programme and what its own lines cost, in present value."""
    result = next(
        (one for one in figures.results.options if one.id == programme.option) if figures is not None else iter(()),
        None,
    )
    if result is None or result.economic is None:
        return f"What it saves: {wording.DASH}"
    saved = -_present(result, "prevention", programme.lines)
    cost = _present(result, "line", programme.investment)
    if saved <= 0:
        return "It saves nothing yet: tick the lines that it lowers, and say by how much."
    others = [
        one
        for one in (figures.appraisal.programmes if figures is not None else ())
        if one.id != programme.id and one.option == programme.option and set(one.lines) & set(programme.lines)
    ]
    who = "With other programmes on the same lines it" if others else "It"
    words = f"{who} saves {wording.money(saved)} of present cost"
    if cost <= 0:
        return f"{words}."
    return f"{words} and costs {wording.money(cost)}: {wording.pounds_each(float(saved / cost))} for each £1."


def _present(result: OptionResult, kind: str, lines: Sequence[str]) -> Decimal:
    rows = result.economic.rows if result.economic is not None else ()
    return sum((row.present_value for row in rows if row.kind == kind and row.id in lines), Decimal(0))
