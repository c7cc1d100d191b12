"""How a criterion is measured, in step 3: straight points, levels in words, or a measure with its value function."""

import itertools
from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from appraise.model.appraisal.criteria import Criterion, Level, Measured, ValuePoint
from appraise.model.appraisal.document import Appraisal
from appraise.model.edits import criteria as edits
from appraise.model.money import parse_number, plain_number
from appraise.model.value import CurveFault, curve_faults
from appraise.present import wording
from appraise.ui.pages.criteria_help import CURVE_HELP, MEASURED_HELP
from appraise.ui.pages.criteria_question import parse_points
from appraise.ui.pages.criteria_section import lock_fields
from appraise.ui.pages.pane_parts import EditRow
from appraise.ui.pages.results_charts import Sides
from appraise.ui.pages.text_parts import Help
from appraise.ui.widgets.buttons import Button
from appraise.ui.widgets.cards import Card, Column, Row
from appraise.ui.widgets.choices import Switch
from appraise.ui.widgets.fields import TextField
from appraise.ui.widgets.labels import FlowLabel
from appraise.ui.widgets.table import DataTable
from appraise.ui.widgets.table_model import Cell, DataTableModel, TableColumn, TableRow
from appraise.ui.widgets.value_curve import ValueCurve

_WAYS = (
    (Measured.DIRECT.value, "Straight, 0 to 100"),
    (Measured.LEVELS.value, "Levels in words"),
    (Measured.MEASURE.value, "A measure"),
)
_STARTING = (ValuePoint(measure=0.0, value=0.0), ValuePoint(measure=100.0, value=100.0))

TURNS = "The line must only rise or only fall."

Attempt = Callable[..., bool]
"""`CriteriaSection.attempt`: applies an edit as one undo step, or says why not."""


def _halfway(values: Sequence[float]) -> float:
    """The middle of the widest gap on the scale from 0 to 100, for a new level."""
    ordered = sorted({0.0, 100.0, *values})
    gaps = [(after - before, before) for before, after in itertools.pairwise(ordered)]
    width, start = max(gaps, key=lambda gap: gap[0])
    return round(start + width / 2)


class LevelsEditor(Column):
    """The levels of a criterion from worst to best: points and words, typed in a table."""

    def __init__(self, attempt: Attempt) -> None:
        self._attempt = attempt
        self._criterion = ""
        self._levels: tuple[Level, ...] = ()
        self._locked = False
        self.model = DataTableModel(
            [
                TableColumn("Points", "right", 76),
                TableColumn("What stands for it", "left", 240, stretch=True, wrap=True),
            ],
            self._typed,
        )
        self.table = DataTable("Levels of the criterion", self.model, row_height=36)
        self.table.tab_walks_cells = True
        self.buttons = EditRow("Add level", "level", moves=False)
        self.fault = FlowLabel("", "caption", "problem")
        super().__init__(self.table, self.fault, self.buttons, gap=6)
        self.fault.hide()
        self.model.faulted.connect(self._refuse)
        self.buttons.added.connect(self._add)
        self.buttons.removed.connect(self._remove)

    def show_levels(self, criterion: Criterion, *, locked: bool) -> None:
        """The levels as they stand."""
        self._criterion, self._levels, self._locked = criterion.id, criterion.levels, locked
        rows = []
        for number, level in enumerate(self._levels):
            points = plain_number(level.value)
            words = level.words.strip()
            rows.append(
                TableRow(
                    f"{criterion.id}/{number}",
                    (
                        Cell(points, editable=not locked, strong=True),
                        Cell(
                            words or "to describe",
                            editable=not locked,
                            edit_text=words,
                            ink="ink" if words else "ink2",
                            tip=words,
                        ),
                    ),
                )
            )
        self.model.set_rows(rows)
        self.buttons.setVisible(not locked)
        self.buttons.set_some(some=len(self._levels) > 2)

    def _refuse(self, sentence: str) -> None:
        self.fault.set_text(sentence)
        self.fault.setVisible(bool(sentence))

    def _set(self, levels: Sequence[Level], action: str) -> None:
        ordered = tuple(sorted(levels, key=lambda level: level.value))
        self._attempt(lambda now: edits.set_levels(now, criterion=self._criterion, levels=ordered), action)

    def _typed(self, key: str, column: int, text: str) -> None:
        number = int(key.rsplit("/", 1)[1])
        old = self._levels[number]
        new = (
            Level(value=parse_points(text), words=old.words)
            if column == 0
            else Level(value=old.value, words=text.strip())
        )
        self._set([*self._levels[:number], new, *self._levels[number + 1 :]], "Change a level")

    def _add(self) -> None:
        value = _halfway([one.value for one in self._levels])
        self._set([*self._levels, Level(value=value)], "Add a level")
        place = next((number for number, one in enumerate(self._levels) if one.value == value), 0)
        self.table.setFocus()
        self.table.place(f"{self._criterion}/{place}", 1)
        self.table.edit(self.table.currentIndex())

    def _remove(self) -> None:
        place = self.model.place_of(self.table.current_key())
        if 0 <= place < len(self._levels) and len(self._levels) > 2:
            self._set([*self._levels[:place], *self._levels[place + 1 :]], "Remove a level")


class MeasureEditor(Column):
    """The unit and the value function of a criterion: drawn on the left, typed on the right."""

    def __init__(self, attempt: Attempt, end_gesture: Callable[[], None]) -> None:
        self._attempt, self._end_gesture = attempt, end_gesture
        self._criterion = self._refused = ""
        self._points: tuple[ValuePoint, ...] = ()
        self.unit = TextField("Unit of the measure", label="Unit", hint="Such as days, homes or per cent")
        self.curve = ValueCurve("Value function", lambda value: plain_number(round(value, 6)))
        self.model = DataTableModel(
            [TableColumn("Measure", "right", 90, stretch=True), TableColumn("Points", "right", 72)], self._typed
        )
        self.table = DataTable("Points of the value function", self.model, row_height=32)
        self.table.tab_walks_cells = True
        self.buttons = EditRow("Add point", "point", moves=False)
        self.turn = Button("Turn round", kind="plain", icon="undo", small=True)
        self.turn.setAccessibleName("Turn the value function round, so that less is better or more is")
        self.fault = FlowLabel("", "caption", "problem")
        self.says = FlowLabel("", "caption", "ink2")
        turn = Row(self.turn, stretches=(0,))
        turn.line.addStretch(1)
        side = Column(self.unit, self.table, self.fault, self.buttons, turn, gap=6)
        side.line.addStretch(1)
        super().__init__(Sides(self.curve, side, stretches=(5, 4), fold=460, gap=16), self.says, gap=6)
        self.fault.hide()
        self._connect()

    def _connect(self) -> None:
        self.curve.dragging.connect(lambda points: self._draw(points, gesture=f"value/{self._criterion}"))
        self.curve.released.connect(self._drawn)
        self.curve.chosen.connect(self._choose)
        self.table.moved.connect(lambda key, _column: self.curve.choose(int(key.rsplit("/", 1)[1])))
        self.model.faulted.connect(self._refuse)
        self.unit.committed.connect(self._set_unit)
        self.buttons.added.connect(lambda: self.curve.add_after(self.curve.current()))
        self.buttons.removed.connect(lambda: self.curve.take_out(self.curve.current()))
        self.turn.clicked.connect(self._turn)

    def show_points(self, criterion: Criterion, *, locked: bool) -> None:
        """The value function as it stands."""
        other = criterion.id != self._criterion
        if other:
            self.curve.settle()
            self.unit.give_up()
        self._criterion, self._points = criterion.id, criterion.points
        self.unit.set_text(criterion.unit)
        self.curve.set_points([(one.measure, one.value) for one in criterion.points], criterion.unit.strip())
        if other:
            self.curve.choose(0)
        self.model.set_rows(
            [
                TableRow(
                    f"{criterion.id}/{number}",
                    (
                        Cell(plain_number(round(one.measure, 6)), editable=not locked),
                        Cell(plain_number(round(one.value, 6)), editable=not locked, strong=True),
                    ),
                )
                for number, one in enumerate(criterion.points)
            ]
        )
        self.says.set_text(curve_words(criterion))
        self.says.setVisible(not turns(criterion.points))
        if other:
            self._refused = ""
        self._show_fault()
        lock_fields((self.unit, self.curve), locked=locked)
        for part in (self.buttons, self.turn):
            part.setVisible(not locked)
        self.buttons.set_some(some=len(criterion.points) > 2)

    def _choose(self, number: int) -> None:
        """The row of a point comes in hand, in the column that the keyboard is in."""
        self.table.place(f"{self._criterion}/{number}", max(self.table.currentIndex().column(), 0))

    def _refuse(self, sentence: str) -> None:
        self._refused = sentence
        self._show_fault()

    def _show_fault(self) -> None:
        """What was typed wrongly comes first, then what is wrong with the line."""
        said = self._refused or (TURNS if turns(self._points) else "")
        self.fault.set_text(said)
        self.fault.setVisible(bool(said))

    def _set(self, points: Sequence[ValuePoint], action: str, gesture: str = "") -> None:
        key = self._criterion
        self._attempt(lambda now: edits.set_points(now, criterion=key, points=points), action, gesture=gesture)

    def _draw(self, points: Sequence[tuple[float, float]], *, gesture: str) -> None:
        made = [ValuePoint(measure=measure, value=value) for measure, value in points]
        self._set(made, "Change the value function", gesture)

    def _drawn(self, points: Sequence[tuple[float, float]]) -> None:
        self._draw(points, gesture=f"value/{self._criterion}")
        self._end_gesture()

    def _typed(self, key: str, column: int, text: str) -> None:
        number = int(key.rsplit("/", 1)[1])
        old = self._points[number]
        new = (
            ValuePoint(measure=parse_number(text), value=old.value)
            if column == 0
            else ValuePoint(measure=old.measure, value=parse_points(text))
        )
        self._set([*self._points[:number], new, *self._points[number + 1 :]], "Change the value function")

    def _turn(self) -> None:
        turned = [ValuePoint(measure=one.measure, value=100.0 - one.value) for one in self._points]
        self._set(turned, "Turn the value function round")

    def _set_unit(self, text: str) -> None:
        key = self._criterion
        self._attempt(lambda now: edits.change_criterion(now, criterion=key, unit=text), "Change the unit of a measure")


def turns(points: Sequence[ValuePoint]) -> bool:
    """The line goes up and down, or stays level from end to end."""
    return bool(curve_faults(points) & {CurveFault.TURNS, CurveFault.LEVEL})


def curve_words(criterion: Criterion) -> str:
    """Which way is better, and what is worth 0 and 100; or what the line lacks."""
    points = criterion.points
    if CurveFault.FEW in curve_faults(points):
        return "Enter the measure that is worth 0 and the one that is worth 100."
    if turns(points):
        return TURNS
    values = [one.value for one in points]
    more = "More is better" if values[-1] > values[0] else "Less is better"
    ends = [f"{plain_number(one.measure)} {criterion.unit}".strip() for one in (points[0], points[-1])]
    return f"{more}: {ends[0]} is worth {wording.number(values[0])}, {ends[1]} is worth {wording.number(values[-1])}."


class ScaleCard(Card):
    """How the criterion in hand is measured. Signals: told(sentence) when scores in another unit have gone."""

    told = Signal(str)

    def __init__(self, attempt: Attempt, end_gesture: Callable[[], None]) -> None:
        super().__init__("How is it measured?")
        self._attempt = attempt
        self._criterion = ""
        self.ways = Switch("How the criterion is measured", _WAYS, whole=True)
        self.straight = FlowLabel("Each option is placed between its two anchors, in points.", "dense", "ink2")
        self.levels = LevelsEditor(attempt)
        self.measure = MeasureEditor(attempt, end_gesture)
        for part in (self.ways, self.straight, self.levels, self.measure):
            self.add(part)
        self.ways.chosen.connect(self._set_way)

    def helps(self) -> dict[QWidget, Help]:
        """The help of each part."""
        return {self: MEASURED_HELP, self.measure: CURVE_HELP}

    def show_scale(self, criterion: Criterion, *, locked: bool) -> None:
        """The way of measuring, and what belongs to it."""
        self._criterion = criterion.id
        self.ways.set_current(criterion.measured.value)
        self.straight.setVisible(criterion.measured is Measured.DIRECT)
        self.levels.setVisible(criterion.measured is Measured.LEVELS)
        self.measure.setVisible(criterion.measured is Measured.MEASURE)
        self.levels.show_levels(criterion, locked=locked)
        self.measure.show_points(criterion, locked=locked)
        self.ways.setEnabled(not locked)

    def _set_way(self, way: str) -> None:
        key, lost = self._criterion, 0

        def change(now: Appraisal) -> Appraisal:
            nonlocal lost
            new = edits.set_measured(now, criterion=key, measured=Measured(way))
            bare = next(not one.points for one in new.criteria if one.id == key)
            if Measured(way) is Measured.MEASURE and bare:
                new = edits.set_points(new, criterion=key, points=_STARTING)
            lost = len(now.scores) - len(new.scores)
            return new

        if self._attempt(change, "Change how a criterion is measured") and lost:
            gone = wording.capital(wording.how_many(lost, "score"))
            self.told.emit(f"{gone} in the other unit went with it. Undo brings them back.")

    def widget_of(self, field: str) -> QWidget:
        """Where a finding about a field leads."""
        return {"levels": self.levels.table, "unit": self.measure.unit, "points": self.measure.table}.get(
            field, self.ways
        )
