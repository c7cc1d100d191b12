"""The range of a line: its shape, its ends or its outcomes with their chances, and the curve."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from appraise.model import money
from appraise.model.appraisal.lines import Line, Point, Range, Shape
from appraise.model.finding import Finding
from appraise.present import range_words, wording
from appraise.present.range_curve import range_curve
from appraise.ui import theme
from appraise.ui.pages.costs_curve import RangeCurve
from appraise.ui.pages.costs_section import EditTable
from appraise.ui.widgets import base
from appraise.ui.widgets.cards import Column, Row
from appraise.ui.widgets.choices import PickList
from appraise.ui.widgets.fields import PercentField
from appraise.ui.widgets.labels import FlowLabel
from appraise.ui.widgets.table_model import Cell, TableColumn, TableRow

AS_ENTERED = Decimal(100)
_OUTCOMES = (TableColumn("% of the amount", "right", 124), TableColumn("Chance", "right", 84, stretch=True))
_THREE = (Decimal("0.25"), Decimal("0.5"), Decimal("0.25"))


class WidePick(PickList):
    """A pick list in a narrow place: its choices are whole when it is open, and in the tool tip."""

    def showPopup(self) -> None:
        """As wide as the longest choice needs."""
        longest = max((base.text_width(self.itemText(place), "body") for place in range(self.count())), default=0.0)
        self.view().setMinimumWidth(round(longest) + theme.px(36))
        super().showPopup()

    def set_current(self, key: str) -> None:
        """Moves to a choice without a signal."""
        super().set_current(key)
        self.setToolTip(self.currentText())


class RangeEditor(Column):
    """The range of one line. It shows what it is told, and says what the user wants; it changes no document.

    Signals: ranged(low, high, shape) for two ends, None for both where the line is certain;
    listed(points, what was done) for a list of outcomes.
    """

    ranged = Signal(object, object, object)
    listed = Signal(object, str)

    def __init__(self) -> None:
        self._range: Range | None = None
        self.shape = WidePick("Shape of the range", [(one.value, words) for one, words in range_words.SHAPES.items()])
        self.meaning = FlowLabel("", "caption", "ink2")
        self.low = self._end("Low")
        self.likely = PercentField("Likely, as entered", money.parse_percent, "100", label="Likely", dense=True)
        self.likely.line.setReadOnly(True)
        self.likely.line.setEnabled(False)
        self.high = self._end("High")
        self.ends = Row(self.low, self.likely, self.high, gap=8)
        self.outcomes = EditTable("Outcomes with their chances", _OUTCOMES, self._typed, "Add an outcome", "outcome")
        self.sum = FlowLabel("", "caption", "ink2")
        self.wrong = FlowLabel("", "caption", "problem")
        self.curve = RangeCurve()
        super().__init__(self.shape, self.ends, self.outcomes, self.sum, self.wrong, self.curve, self.meaning, gap=6)
        self.line.addStretch(1)
        self.low.parsed.connect(lambda value: self._say(low=value))
        self.high.parsed.connect(lambda value: self._say(high=value))
        self.shape.chosen.connect(lambda key: self._turn(Shape(key)))
        self.outcomes.added.connect(self._add)
        self.outcomes.removed.connect(self._remove)

    @staticmethod
    def _end(label: str) -> PercentField:
        return PercentField(f"{label}, per cent of what was entered", money.parse_percent, label=label, dense=True)

    def stops(self) -> list[QWidget]:
        """Everything that a person edits, in order."""
        return [self.shape, self.low, self.high, self.outcomes.table, self.outcomes.add, self.outcomes.remove]

    # --- what is shown ---

    def show_range(self, line: Line, fault: Finding | None) -> None:
        """The range as it is in the document, and what is wrong with it."""
        before, self._range = self._range, line.range
        if line.range is not None:
            self.shape.set_current(line.range.shape.value)
        elif before is not None and before.shape is Shape.DISCRETE:
            self.shape.set_current(Shape.PERT.value)
        shape = Shape(self.shape.current())
        listed = shape is Shape.DISCRETE
        self.meaning.set_text(range_words.ENDS[shape])
        self.ends.setVisible(not listed)
        self.likely.setVisible(shape in range_words.WITH_LIKELY)
        for part in (self.outcomes, self.sum):
            part.setVisible(listed)
        self._show_ends(shape, fault)
        points = line.range.points if line.range is not None else ()
        self.outcomes.show_rows([_outcome_row(number, point) for number, point in enumerate(points)])
        self._show_sum(points)
        said = fault is not None and not (listed and not range_words.chances_add(points) and points)
        self.wrong.set_text(f"{fault.sentence} {fault.mend}" if fault is not None and said else "")
        self.wrong.setVisible(said)
        self._show_curve(line, fault)

    def _show_sum(self, points: Sequence[Point]) -> None:
        adds = range_words.chances_add(points)
        words = range_words.chances_sentence(points)
        self.sum.set_text(words if adds or not words else f"{words} They must add to 100{wording.NO_BREAK}%.")
        self.sum.set_ink("ink2" if adds else "problem")

    def _show_ends(self, shape: Shape, fault: Finding | None) -> None:
        low, high = (self._range.low, self._range.high) if self._range is not None else (AS_ENTERED, AS_ENTERED)
        self.low.set_text(money.plain_number(low))
        self.high.set_text(money.plain_number(high))
        around = shape in range_words.WITH_LIKELY
        under = not 0 <= low <= AS_ENTERED if around else not 0 <= low <= high
        if shape is Shape.LOGNORMAL:
            under = under or low <= 0
        over = not high >= AS_ENTERED if around else not high >= low
        if shape is Shape.TRIGEN:
            under, over = under or low == AS_ENTERED, over or high == AS_ENTERED
        for field, outside in ((self.low, under), (self.high, over)):
            if field.fault():
                continue  # what cannot be read says so itself
            field.line.wrong = fault is not None and outside
            field.line.setAccessibleDescription(fault.sentence if fault and outside else "")
            field.line.update()

    def _show_curve(self, line: Line, fault: Finding | None) -> None:
        total = float(sum((one for one in line.amounts if one.is_finite()), Decimal(0)))
        curve = range_curve(line.range) if line.range is not None and fault is None and total > 0 else None
        self.curve.show_curve(curve, total, "No curve yet" if fault else "As certain as entered")
        self.curve.setVisible(fault is None)

    # --- what the user wants ---

    def _say(self, low: object = None, high: object = None) -> None:
        now = self._range
        new_low = low if isinstance(low, Decimal) else now.low if now else AS_ENTERED
        new_high = high if isinstance(high, Decimal) else now.high if now else AS_ENTERED
        self._tell(new_low, new_high, Shape(self.shape.current()))

    def _tell(self, low: Decimal, high: Decimal, shape: Shape) -> None:
        certain = low == AS_ENTERED == high
        self.ranged.emit(None if certain else low, None if certain else high, shape)

    def _turn(self, shape: Shape) -> None:
        """To another shape with the same ends; a list of outcomes begins with them."""
        now = self._range
        self.shape.setToolTip(self.shape.currentText())
        if shape is Shape.DISCRETE:
            if now is None or now.shape is not Shape.DISCRETE:
                self.listed.emit(_first_outcomes(now), "Change the range to outcomes of")
        elif now is None:
            self._show_shape(shape)
        elif now.shape is Shape.DISCRETE:
            low, high = range_words.ends(now)
            self._tell(min(low, AS_ENTERED), max(high, AS_ENTERED), shape)
        else:
            self.ranged.emit(now.low, now.high, shape)

    def _show_shape(self, shape: Shape) -> None:
        """The shape that the first end typed will have: nothing is in the document yet."""
        self.meaning.set_text(range_words.ENDS[shape])
        self.likely.setVisible(shape in range_words.WITH_LIKELY)

    @property
    def _points(self) -> tuple[Point, ...]:
        return self._range.points if self._range is not None else ()

    def _typed(self, key: str, column: int, text: str) -> None:
        points, number = list(self._points), int(key)
        if column == 0:
            points[number] = replace(points[number], percent=money.parse_percent(text))
        else:
            points[number] = replace(points[number], chance=money.parse_probability(text))
        self.listed.emit(tuple(points), "Change an outcome of")

    def _add(self) -> None:
        """Another outcome with the chance that is missing."""
        rest = max(0.0, 1 - range_words.chances_sum(self._points)) if self._points else 1.0
        number = len(self._points)
        points = (*self._points, Point(percent=AS_ENTERED, chance=round(rest, 9)))
        self.listed.emit(points, "Add an outcome to")
        self.outcomes.edit_row(str(number))

    def _remove(self, key: str) -> None:
        points = tuple(point for number, point in enumerate(self._points) if number != int(key))
        self.listed.emit(points, "Remove an outcome of")


def _first_outcomes(now: Range | None) -> tuple[Point, ...]:
    """Low, as entered and high with a quarter, a half and a quarter; without a range, as entered for certain."""
    if now is None:
        return (Point(percent=AS_ENTERED, chance=1.0),)
    chances: dict[Decimal, Decimal] = {}
    for percent, chance in zip((now.low, AS_ENTERED, now.high), _THREE, strict=True):
        chances[percent] = chances.get(percent, Decimal(0)) + chance
    return tuple(Point(percent=percent, chance=float(chance)) for percent, chance in chances.items())


def _outcome_row(number: int, point: Point) -> TableRow:
    percent, chance = money.plain_number(point.percent), money.plain_number(round(Decimal(repr(point.chance)) * 100, 7))
    cells = (
        Cell(percent, editable=True, edit_text=percent),
        Cell(f"{chance}{wording.NO_BREAK}%", editable=True, edit_text=f"{chance} %"),
    )
    return TableRow(str(number), cells)
