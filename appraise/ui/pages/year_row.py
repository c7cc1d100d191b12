"""Figures by year in one row, typed in place: what a partner pays alone, or how much is bought."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from PySide6.QtCore import Signal

from appraise.model.appraisal.document import Appraisal
from appraise.model.finding import horizon_years
from appraise.model.periods import label, short_label
from appraise.present import wording
from appraise.ui.pages.costs_section import FaultLine
from appraise.ui.widgets.cards import Column
from appraise.ui.widgets.table_frozen import FrozenTable
from appraise.ui.widgets.table_model import Cell, DataTableModel, TableColumn, TableRow

_NOTHING = Decimal(0)


class YearRow(Column):
    """One row of figures over the years of the horizon, with their sum; a pasted block is one step.

    `read` makes a figure of what is typed, or raises ValueError with a sentence; `show` makes the text to edit.
    Signals: changed(figures, years) with all figures, and in words the years that were typed.
    """

    changed = Signal(object, str)

    def __init__(self, name: str, head: str, read: Callable[[str], Decimal], show: Callable[[Decimal], str]) -> None:
        self._head, self._read, self._show = head, read, show
        self._values: tuple[Decimal, ...] = ()
        self._first_year = 0
        self.model = DataTableModel([TableColumn(head)], self._typed)
        self.table = FrozenTable(name, self.model, row_height=31, fit=True)
        self.table.tab_walks_cells = True
        self.fault = FaultLine()
        super().__init__(self.table, self.fault, gap=4)
        self.model.faulted.connect(self.fault.tell)
        self.table.pasted.connect(self._pasted)

    def show_years(self, appraisal: Appraisal, values: Sequence[Decimal], wrong: str = "") -> None:
        """The figures of every year of the horizon; years without one have none. `wrong` is said below."""
        years = horizon_years(appraisal)
        self._first_year = appraisal.horizon.first_year
        self._values = (tuple(values) + (_NOTHING,) * years)[: max(years, len(values))]
        shown = self._values[:years]
        heads = (short_label(self._first_year, year) for year in range(years))
        columns = [TableColumn("", least=64), *(TableColumn(head, "right", least=56) for head in heads)]
        cells = [Cell(self._head, strong=True)]
        for year, value in enumerate(shown):
            text = self._show(value) if value else wording.DASH
            when = label(self._first_year, year)
            typed = self._show(value) if value else ""
            cells.append(Cell(text, editable=True, edit_text=typed, tip=when, spoken=f"{when}: {text}"))
        columns.append(TableColumn("All years", "right", least=84))
        finite = sum((one for one in shown if one.is_finite()), _NOTHING)
        cells.append(Cell(self._show(finite) if finite else wording.DASH, strong=True))
        self.model.set_columns(columns)
        self.model.set_rows([TableRow("years", tuple(cells))])
        self.fault.show_wrong(wrong)

    def _value(self, text: str) -> Decimal:
        return self._read(text) if text.strip(f" {wording.DASH}") else _NOTHING

    def _typed(self, _key: str, column: int, text: str) -> None:
        year = column - 1
        values = (*self._values[:year], self._value(text), *self._values[year + 1 :])
        self.changed.emit(values, label(self._first_year, year))

    def _pasted(self, _row: int, column: int, block: list[list[str]]) -> None:
        """The first row of a block, from the year in hand on; what cannot be read says why, and nothing is taken."""
        texts = block[0] if block else []
        start, room = column - 1, self.model.columnCount() - 2
        if start < 0 or len(texts) > room - start:
            self.fault.tell("Nothing was pasted: the block is wider than the years from the cell in hand.")
            return
        try:
            found = [self._value(text) for text in texts]
        except ValueError as wrong:
            self.fault.tell(str(wrong))
            return
        values = (*self._values[:start], *found, *self._values[start + len(found) :])
        self.fault.tell("")
        self.changed.emit(values, "several years")
