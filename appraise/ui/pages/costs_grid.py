"""Fields in columns, of which only those that fit are shown, and the table of how a line becomes a figure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from appraise.model import money
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import Line
from appraise.present import wording
from appraise.present.line_steps import LineStep, line_steps
from appraise.ui import theme
from appraise.ui.pages.costs_rows import year_names
from appraise.ui.widgets.cards import Column
from appraise.ui.widgets.labels import FlowLabel
from appraise.ui.widgets.table_frozen import FrozenTable
from appraise.ui.widgets.table_model import Cell, DataTableModel, TableColumn, TableRow


def labelled(label: str, field: QWidget, *below: QWidget) -> Column:
    """A field with its label above and captions below."""
    column = Column(FlowLabel(label, "caption", "ink2"), field, *below, gap=4)
    column.line.addStretch(1)
    return column


@dataclass(frozen=True, slots=True)
class Field:
    """A part of a `FieldGrid` and how many of its six columns it takes."""

    part: QWidget
    span: int = 2


class FieldGrid(QWidget, theme.Themed):
    """Fields in six columns, in order; those that do not fit the record are hidden and leave no gap.

    Parts are made once and keep their place in the order of Tab.
    """

    COLUMNS = 6

    def __init__(self, fields: Mapping[str, Field]) -> None:
        super().__init__()
        self._fields = fields
        self._shown: tuple[str, ...] = ()
        self._narrow = False
        self._grid = QGridLayout(self)
        for field in fields.values():
            field.part.setParent(self)
            field.part.hide()
        for column in range(self.COLUMNS):
            self._grid.setColumnStretch(column, 1)
        self.apply_theme()

    def show_fields(self, keys: Collection[str]) -> None:
        """Shows these fields and hides the others."""
        shown = tuple(key for key in self._fields if key in keys)
        if shown != self._shown:
            self._shown = shown
            self._lay()

    def set_narrow(self, *, narrow: bool) -> None:
        """One field below the other where there is little room."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._lay()

    def _lay(self) -> None:
        while self._grid.count():
            self._grid.takeAt(0)
        row = column = 0
        for key, field in self._fields.items():
            shown = key in self._shown
            if shown:
                span = self.COLUMNS if self._narrow and field.span > 2 else 3 if self._narrow else field.span
                if column + span > self.COLUMNS:
                    row, column = row + 1, 0
                self._grid.addWidget(field.part, row, column, 1, span, Qt.AlignmentFlag.AlignTop)
                column += span
            field.part.setVisible(shown)

    def apply_theme(self) -> None:
        """Takes the gaps."""
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(12))
        self._grid.setVerticalSpacing(theme.px(8))


class StepsTable(FrozenTable):
    """From what was entered to present value and cash, year by year, in pounds."""

    def __init__(self) -> None:
        self._steps = DataTableModel([TableColumn("£")])
        super().__init__("How this line becomes a figure", self._steps, row_height=28, fit=True)
        self._steps.setParent(self)

    def show_line(self, appraisal: Appraisal, line: Line, only: Collection[str] = ()) -> str:
        """Shows the steps, those named in `only` or all; a sentence where there are none."""
        try:
            steps = [step for step in line_steps(appraisal, line) if not only or step.name in only]
        except (KeyError, ValueError, ArithmeticError, StopIteration):  # the findings say what stands in the way
            self._steps.set_rows([])
            return "The steps appear when the rates of this document are in order."
        years = year_names(appraisal)
        self._steps.set_columns(
            [
                TableColumn("£", "left", 200, stretch=True),
                *(TableColumn(year, "right", least=64) for year in years),
                TableColumn("Total", "right", least=84),
            ]
        )
        self._steps.set_rows([_step_row(number, step) for number, step in enumerate(steps)])
        return ""


def _step_row(number: int, step: LineStep) -> TableRow:
    if step.factor:
        shown = [f"× {wording.number(one, 4)}" for one in step.by_year]
        cells = [Cell(text, ink="ink2") for text in shown]
        last = Cell("")
    else:
        cells = [
            Cell(wording.number(one) if one else wording.DASH, spoken=wording.money_exact(one), tip=_exact(one))
            for one in step.by_year
        ]
        whole = step.total if step.total is not None else money.pounds(sum(step.by_year, Decimal(0)))
        last = Cell(wording.number(whole), strong=True, spoken=wording.money_exact(whole), tip=_exact(whole))
    name = Cell(step.name, ink="ink2" if step.factor else "ink", tip=step.name)
    return TableRow(f"step/{number}", (name, *cells, last), "strong" if step.result else "plain")


def _exact(pounds: Decimal) -> str:
    return wording.money_exact(pounds) if pounds else ""
