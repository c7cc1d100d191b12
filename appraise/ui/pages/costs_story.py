"""The story of one line, opened under its row: what it is, where it comes from, and how far it may go otherwise."""

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from appraise.model import money
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import RULES, Line, Shape, Treatment
from appraise.model.edits import lines as edits
from appraise.model.uncertainty import ThreePoint
from appraise.present import wording
from appraise.ui import theme
from appraise.ui.context import Context
from appraise.ui.pages.costs_rows import Errors
from appraise.ui.widgets import base
from appraise.ui.widgets.buttons import Button
from appraise.ui.widgets.cards import Column, Row
from appraise.ui.widgets.choices import PickList, SegmentBar
from appraise.ui.widgets.fields import PercentField, TextField
from appraise.ui.widgets.labels import FlowLabel

AS_ENTERED = Decimal(100)
_SHAPES = ((Shape.PERT.value, "Rounded"), (Shape.TRIANGULAR.value, "Straight"))


def density(shape: Shape, likely: float, at: float) -> float:
    """The height of the curve at a place from 0 to 1, its peak at `likely` being 1.

    Triangular: straight sides. PERT: x^(4m) (1 - x)^(4(1 - m)), the Beta(1 + 4m, 1 + 4(1 - m)) of
    `model.uncertainty`, over its value at m.
    """
    if shape is Shape.TRIANGULAR:
        if at <= likely:
            return at / likely if likely else 1.0
        return (1 - at) / (1 - likely)
    peak = likely ** (4 * likely) * (1 - likely) ** (4 * (1 - likely))
    return float(at ** (4 * likely) * (1 - at) ** (4 * (1 - likely)) / peak)


class RangeCurve(QWidget, theme.Themed):
    """The curve between low and high, its average dashed, the three points below."""

    def __init__(self) -> None:
        super().__init__()
        self._points: ThreePoint | None = None
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_points(self, points: ThreePoint | None, words: str) -> None:
        """Shows three points in pounds; None shows the words, which say why there is no curve."""
        self._points, self._words = points, words
        if points is None:
            self.setAccessibleName(words)
        else:
            ends = wording.money_range(points.low, points.high)
            self.setAccessibleName(f"From {ends}, on average {wording.money(points.mean)}.")
        self.update()

    def sizeHint(self) -> QSize:
        """Average above, points below."""
        return QSize(theme.px(220), theme.px(96))

    def apply_theme(self) -> None:
        """Takes the size."""
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tinted hill, line, average, labels."""
        painter = base.smooth(self)
        floor = self.height() - theme.px(20) + 0.5
        base.hairline(painter, QPointF(0, floor), QPointF(self.width(), floor), "grey")
        if self._points is None:
            words = QRectF(0, 0, self.width(), floor)
            left = Qt.AlignmentFlag.AlignHCenter
            base.text_at(painter, words, self._words, "dense", theme.colour("ink2"), left)
            return
        self._paint_hill(painter, self._points, floor)
        self._paint_words(painter, self._points, floor)

    def _x(self, share: float) -> float:
        gap = theme.px(20)
        return gap + (self.width() - 2 * gap) * share

    def _paint_hill(self, painter: QPainter, points: ThreePoint, floor: float) -> None:
        rise = floor - theme.px(22)
        steps = 60
        hill = [
            QPointF(self._x(step / steps), floor - rise * density(points.shape, points.position, step / steps))
            for step in range(steps + 1)
        ]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("tint-1"))
        painter.drawPolygon(QPolygonF([QPointF(self._x(0), floor), *hill, QPointF(self._x(1), floor)]))
        painter.setPen(QPen(theme.colour("primary"), theme.px(1.5)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(hill))

    def _paint_words(self, painter: QPainter, points: ThreePoint, floor: float) -> None:
        middle = self._x((points.mean - points.low) / points.width)
        painter.setPen(QPen(theme.colour("ink2"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(middle, theme.px(4)), QPointF(middle, floor))
        words = f"average {wording.money_short(points.mean)}"
        room = base.text_width(words, "label") + 2
        left = middle + theme.px(6) if middle + theme.px(6) + room < self.width() else middle - theme.px(6) - room
        flag = Qt.AlignmentFlag.AlignLeft
        base.text_at(painter, QRectF(left, 0, room, theme.px(18)), words, "label", theme.colour("ink"), flag)
        ends = ((points.low, self._x(0)), (points.high, self._x(1)))
        for value, x in ends:
            text = wording.money_short(value)
            width = base.text_width(text, "caption") + 2
            at = min(max(x - width / 2, 0.0), self.width() - width)
            place = QRectF(at, floor + theme.px(2), width, theme.px(18))
            base.text_at(painter, place, text, "caption", theme.colour("ink2"), flag)


class LineStory(QWidget, theme.Themed):
    """The fields of a line, edited at once.

    Signals: resized() when it wants another height; copied(line, option) when a copy is asked for.
    """

    resized = Signal()
    copied = Signal(str, str)

    def __init__(self, context: Context, line: str) -> None:
        super().__init__()
        self._context, self._line = context, line
        self._fields()
        self._range_fields()
        words = Column(
            Row(self.name, _labelled("What it is", self.treatment), stretches=(3, 2)),
            self._rule,
            Row(_labelled("Prices rise with", self.index), self.driver, stretches=(2, 3)),
            Row(self.source, _labelled("Rests on the assumption", self.assumption), stretches=(3, 2)),
            self._actions(),
            gap=8,
        )
        numbers = Column(Row(self.low, self.likely, self.high, gap=8), self._wrong, self.curve, self.shape, gap=4)
        numbers.line.addStretch(1)
        self._inside = Row(words, numbers, stretches=(5, 3), gap=24)
        self._frame = Column(self._inside, margin=0)
        self._column = Column(self._frame)
        self.setLayout(self._column.line)
        self.apply_theme()

    def _fields(self) -> None:
        self.name = TextField("Name of the line", label="Name")
        self.treatment = PickList("What the line is", [(one.value, rule.label) for one, rule in RULES.items()])
        self._rule = FlowLabel("", "caption", "ink2")
        self.index = PickList("Price index of the line")
        self.driver = TextField("Moves together with", label="Moves together with", hint="Nothing: uncertain by itself")
        self.source = TextField("Where the amounts come from", label="Where from")
        self.assumption = PickList("Assumption the line rests on")
        self.name.committed.connect(lambda text: self._edit(edits.rename_line, "Rename", name=text))
        self.treatment.chosen.connect(
            lambda key: self._edit(edits.set_treatment, "Change what it is:", treatment=Treatment(key))
        )
        self.index.chosen.connect(lambda key: self._edit(edits.set_index, "Change price index of", index=key))
        self.driver.committed.connect(lambda text: self._edit(edits.set_driver, "Change driver of", driver=text))
        self.source.committed.connect(lambda text: self._edit(edits.set_line_source, "Change source of", source=text))
        self.assumption.chosen.connect(
            lambda key: self._edit(edits.set_line_assumption, "Change assumption of", assumption=key)
        )

    def _range_fields(self) -> None:
        self.low = PercentField("Low, per cent of what was entered", money.parse_percent, label="Low", dense=True)
        self.likely = PercentField("Likely, as entered", money.parse_percent, "100", label="Likely", dense=True)
        self.likely.line.setReadOnly(True)
        self.likely.line.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.high = PercentField("High, per cent of what was entered", money.parse_percent, label="High", dense=True)
        self._wrong = FlowLabel("", "caption", "problem")
        self.curve = RangeCurve()
        self.shape = SegmentBar("Shape of the curve", _SHAPES, Shape.PERT.value)
        self.low.parsed.connect(lambda value: self._set_range(low=value))
        self.high.parsed.connect(lambda value: self._set_range(high=value))
        self.shape.chosen.connect(lambda key: self._set_range(shape=Shape(key)))

    def _actions(self) -> QWidget:
        self.copy = PickList("Copy the line to an option")
        copy = self.copy_button = Button("Copy to", small=True)
        up, down = (
            Button("Up", kind="plain", icon="up", small=True),
            Button("Down", kind="plain", icon="down", small=True),
        )
        remove = Button("Remove line", kind="plain", icon="bin", small=True)
        up.setAccessibleName("Move the line up")
        down.setAccessibleName("Move the line down")
        copy.clicked.connect(lambda: self.copied.emit(self._line, self.copy.current()))
        up.clicked.connect(lambda: self._move(-1))
        down.clicked.connect(lambda: self._move(1))
        remove.clicked.connect(lambda: self._edit(edits.remove_line, "Remove"))
        row = Row(copy, self.copy, up, down, remove, stretches=(0, 0, 0, 0, 0), gap=6)
        row.line.addStretch(1)
        return row

    def show_line(self, appraisal: Appraisal, line: Line, errors: Errors) -> None:
        """Shows the line as it is in the document, and what is wrong with its range."""
        self.name.set_text(line.name)
        self.treatment.set_current(line.treatment.value)
        self._rule.set_text(RULES[line.treatment].why)
        indices = [("", "General inflation"), *((one.id, one.name or "Without a name") for one in appraisal.indices)]
        self.index.set_choices(indices)
        self.index.set_current(line.index)
        self.driver.set_text(line.driver)
        self.source.set_text(line.source)
        log = [("", "None"), *((one.id, one.statement or "Without words") for one in appraisal.assumptions)]
        self.assumption.set_choices(log)
        self.assumption.set_current(line.assumption)
        self.assumption.setToolTip(self.assumption.currentText())
        others = [(one.id, one.short_name or one.name) for one in appraisal.options if one.id != line.option]
        self.copy.set_choices(others)
        for part in (self.copy, self.copy_button):
            part.setEnabled(bool(others))
        self._show_range(line, errors)
        self.resized.emit()

    def _show_range(self, line: Line, errors: Errors) -> None:
        low, high = (line.range.low, line.range.high) if line.range else (AS_ENTERED, AS_ENTERED)
        self.low.set_text(money.plain_number(low))
        self.high.set_text(money.plain_number(high))
        shape = line.range.shape if line.range else Shape.PERT
        self.shape.set_current(shape.value)
        self.shape.setEnabled(line.range is not None)
        fault = errors.get((line.id, "range"))
        self._wrong.set_text(f"{fault.sentence} {fault.mend}" if fault else "")
        self._wrong.setVisible(fault is not None)
        for field, outside in ((self.low, not 0 <= low <= AS_ENTERED), (self.high, not high >= AS_ENTERED)):
            field.line.wrong = fault is not None and outside
            field.line.setAccessibleDescription(fault.sentence if fault and outside else "")
            field.line.update()
        total = float(sum((one for one in line.amounts if one.is_finite()), Decimal(0)))
        certain = line.range is None or fault is not None or total <= 0 or low == high
        self.curve.set_points(
            None
            if certain
            else ThreePoint(low=total * float(low) / 100, likely=total, high=total * float(high) / 100, shape=shape),
            "No curve until low and high are mended" if fault else "As certain as entered",
        )

    def _stops(self) -> tuple[QWidget, ...]:
        return (
            self.name, self.treatment, self.index, self.driver, self.source, self.assumption,
            self.low, self.high, self.shape, self.copy,
        )  # fmt: skip

    def stop_in_hand(self) -> int:
        """Which field has the keyboard; -1 where none has."""
        return next((place for place, field in enumerate(self._stops()) if field.hasFocus()), -1)

    def take_up(self, stop: int) -> None:
        """Gives the keyboard back to a field, after the story was opened anew."""
        if stop >= 0:
            self._stops()[stop].setFocus()

    def _current(self) -> Line:
        return next(line for line in self._context.appraisal.lines if line.id == self._line)

    def _edit(self, edit: Callable[..., Appraisal], action: str, **fields: object) -> None:
        name = wording.shorten(self._current().name or "a line", 40)
        self._context.apply(edit(self._context.appraisal, line=self._line, **fields), f"{action} {name}")

    def _set_range(self, low: object = None, high: object = None, shape: Shape | None = None) -> None:
        now = self._current().range
        new_low = low if isinstance(low, Decimal) else now.low if now else AS_ENTERED
        new_high = high if isinstance(high, Decimal) else now.high if now else AS_ENTERED
        if new_low == AS_ENTERED == new_high:
            self._edit(edits.clear_range, "Take away the range of")
            return
        kept = shape or (now.shape if now else Shape.PERT)
        self._edit(edits.set_range, "Change range of", low=new_low, high=new_high, shape=kept)

    def _move(self, step: int) -> None:
        """Past the neighbour of the same option, whose place in the whole list may be further away."""
        lines = self._context.appraisal.lines
        own = [place for place, line in enumerate(lines) if line.option == self._current().option]
        at = next(number for number, place in enumerate(own) if lines[place].id == self._line) + step
        if 0 <= at < len(own):
            self._edit(edits.move_line, "Move", to=own[at])

    def sizeHint(self) -> QSize:
        """As high as its fields need at the width of the table."""
        width = self._fit()
        return QSize(width, self._column.line.totalHeightForWidth(width) + 1)

    def _fit(self) -> int:
        """Keeps to what can be seen of a table that is wider; says how wide that is."""
        base.margins(self._column.line, 16, 4, 16, 8)  # here too: at a new zoom the columns set their own after ours
        base.margins(self._frame.line, 14, 10, 14, 12)
        parent = self.parentWidget()
        width = parent.width() if parent is not None else theme.px(760)
        self._frame.setMaximumWidth(max(width - theme.px(32), 1))
        narrow = width < theme.px(600)
        self._inside.line.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        return width

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window puts the range under the words."""
        super().resizeEvent(event)
        self._fit()
        if event.oldSize().width() != event.size().width():
            self.resized.emit()

    def apply_theme(self) -> None:
        """Takes the margins."""
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The tinted ground of the open row, and the white box on it."""
        painter = base.smooth(self)
        painter.fillRect(self.rect(), theme.colour("selected"))
        box = QRectF(self._frame.geometry())
        base.panel(painter, box, theme.colour("card"), theme.colour("frame"), 6)


def _labelled(label: str, field: QWidget) -> Column:
    column = Column(FlowLabel(label, "caption", "ink2"), field, gap=4)
    column.line.addStretch(1)
    return column
