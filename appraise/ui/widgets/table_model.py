"""What a page gives a table: columns, rows of cells, and what happens when a cell is edited."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, overload

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from appraise.ui.widgets.marks import BarFace, ChipFace, RangeFace

Align = Literal["left", "right", "centre"]
RowKind = Literal["plain", "strong", "group", "sum", "total", "recommended", "open", "story"]
Index = QModelIndex | QPersistentModelIndex

CellRole = Qt.ItemDataRole.UserRole + 1
"""The `Cell` of an index."""
RowRole = Qt.ItemDataRole.UserRole + 2
"""The `TableRow` of an index."""
ColumnRole = Qt.ItemDataRole.UserRole + 3
"""The `TableColumn` of an index."""

_FEW = 8
"""Up to so many changed rows are told one by one, more of them at once: views lay out anew for each."""
_NEAR = 12
"""Changed rows within so many are told at once: painting those between costs less than laying out for each."""

_FLAGS = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "right": Qt.AlignmentFlag.AlignRight,
    "centre": Qt.AlignmentFlag.AlignHCenter,
}


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: heading, alignment, width in px at 100 % (0: its widest cell), whether it takes the rest.

    least: how narrow a column without a width may be, in px at 100 %.
    wrap: a text too long for one line takes a second one, and its row grows; without it the text elides.
    """

    title: str
    align: Align = "left"
    width: float = 0
    stretch: bool = False
    tip: str = ""
    wrap: bool = False
    least: float = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    text: what is shown. mark: a chip, range or bar painted instead of text. icon and ink: an icon before the text, and
    the colour role of the text (icons take `icon_ink`, or the ink). strong: semibold. editable: typing changes it;
    edit_text: what the editor starts with (the text when None). choices: (key, text) pairs, edited by a pick list.
    spoken: what a screen reader says (the text when empty). tip: tool tip. Marks need `spoken`; a chip says its words.
    """

    text: str = ""
    mark: ChipFace | RangeFace | BarFace | None = None
    icon: str = ""
    icon_ink: str = ""
    ink: str = "ink"
    strong: bool = False
    editable: bool = False
    edit_text: str | None = None
    choices: tuple[tuple[str, str], ...] = ()
    spoken: str = ""
    tip: str = ""

    def said(self) -> str:
        """What a screen reader says."""
        return self.spoken or (self.mark.text if isinstance(self.mark, ChipFace) else self.text)

    def starting_text(self) -> str:
        """What the editor and the clipboard get."""
        if self.edit_text is not None:
            return self.edit_text
        return self.mark.text if isinstance(self.mark, ChipFace) else self.text


class LateCells(Sequence[Cell]):
    """Cells that are made when the first of them is asked for: rows that nobody scrolls to cost nothing.

    Two of them are equal only if they are the same object, so a page keeps them for rows that did not change.
    """

    def __init__(self, make: Callable[[], tuple[Cell, ...]]) -> None:
        self._make = make
        self._cells: tuple[Cell, ...] | None = None

    @property
    def made(self) -> bool:
        """Somebody has asked for a cell."""
        return self._cells is not None

    def _whole(self) -> tuple[Cell, ...]:
        if self._cells is None:
            self._cells = self._make()
        return self._cells

    @overload
    def __getitem__(self, place: int) -> Cell: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Cell, ...]: ...
    def __getitem__(self, place: int | slice) -> Cell | tuple[Cell, ...]:
        """The cells at a place, made now if need be."""
        return self._whole()[place]

    def __len__(self) -> int:
        """How many there are."""
        return len(self._whole())


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: a key that stays the same while the table lives, its cells, and how it stands out."""

    key: str
    cells: Sequence[Cell]
    kind: RowKind = "plain"
    half_typed: dict[int, str] = field(default_factory=dict, compare=False)


class DataTableModel(QAbstractTableModel):
    """The rows of a table. Pages make one, hand it to a `DataTable`, and call `set_rows` after every change.

    `edit(key, column, text)` is called when a cell is edited, with the key of a choice where the cell has choices; it
    raises ValueError with a sentence when the text cannot be read. The typed text then stays in the cell until it can.

    Signals: faulted(sentence) when an edit could not be read, with an empty sentence when the next one could.
    """

    faulted = Signal(str)

    def __init__(
        self,
        columns: Sequence[TableColumn],
        edit: Callable[[str, int, str], None] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._rows: list[TableRow] = []
        self._edit = edit

    @property
    def columns(self) -> tuple[TableColumn, ...]:
        """The columns in order."""
        return self._columns

    @property
    def rows(self) -> Sequence[TableRow]:
        """The rows as shown, an open story included."""
        return self._rows

    def set_columns(self, columns: Sequence[TableColumn]) -> None:
        """Replaces the columns; where there are as many as before, rows stay, and so does an open editor.

        With another number of columns the rows are gone and must be set again.
        """
        if tuple(columns) == self._columns:
            return
        if len(columns) == len(self._columns):
            self._columns = tuple(columns)
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(columns) - 1)
            return
        self.beginResetModel()
        self._columns, self._rows = tuple(columns), []
        self.endResetModel()

    def set_rows(self, rows: Sequence[TableRow]) -> None:
        """Shows rows; where their keys are the same, only changed rows are painted anew and the place is kept."""
        fresh = list(rows)
        place = self.story_place()
        if place >= 0 and any(row.key == self._rows[place - 1].key for row in fresh):
            at = next(i for i, row in enumerate(fresh) if row.key == self._rows[place - 1].key)
            fresh[at] = replace(fresh[at], kind="open")
            fresh.insert(at + 1, self._rows[place])
        typed = {row.key: row.half_typed for row in self._rows}
        for row in fresh:
            row.half_typed.update(typed.get(row.key, {}))
        if [row.key for row in fresh] != [row.key for row in self._rows]:
            self.beginResetModel()
            self._rows = fresh
            self.endResetModel()
            return
        other = [number for number, (old, new) in enumerate(zip(self._rows, fresh, strict=True)) if old != new]
        for number in other:
            self._rows[number] = fresh[number]
        near = bool(other) and other[-1] - other[0] < _NEAR  # columns are laid out anew with every run
        apart = len(other) <= _FEW and not near
        runs = [(number, number) for number in other] if apart else [(other[0], other[-1])]
        for first, last in runs:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self._columns) - 1))

    def place_of(self, key: str) -> int:
        """The number of the row with a key; -1 where there is none."""
        return next((number for number, row in enumerate(self._rows) if row.key == key), -1)

    def story_place(self) -> int:
        """The number of the open story's row; -1 where none is open."""
        return next((number for number, row in enumerate(self._rows) if row.kind == "story"), -1)

    def insert_story(self, key: str) -> int:
        """Opens an empty row under the row with a key and says where it is."""
        at = self.place_of(key)
        self._rows[at] = replace(self._rows[at], kind="open")
        self.beginInsertRows(QModelIndex(), at + 1, at + 1)
        self._rows.insert(at + 1, TableRow(f"{key}/story", tuple(Cell() for _ in self._columns), "story"))
        self.endInsertRows()
        return at + 1

    def remove_story(self) -> None:
        """Closes the open story."""
        at = self.story_place()
        if at < 0:
            return
        self.beginRemoveRows(QModelIndex(), at, at)
        del self._rows[at]
        self.endRemoveRows()
        self._rows[at - 1] = replace(self._rows[at - 1], kind="plain")
        self.dataChanged.emit(self.index(at - 1, 0), self.index(at - 1, len(self._columns) - 1))

    def cell(self, index: Index) -> Cell:
        """The cell of an index."""
        cells = self._rows[index.row()].cells
        return cells[index.column()] if index.column() < len(cells) else Cell()

    def apply(self, index: Index, text: str) -> str:
        """Hands an edit to the page; returns the sentence that says what is wrong, empty when it was read."""
        row = self._rows[index.row()]
        if self._edit is None:
            return ""
        try:
            self._edit(row.key, index.column(), text)
        except ValueError as wrong:
            row.half_typed[index.column()] = text
            self.dataChanged.emit(index, index)
            self.faulted.emit(str(wrong))
            return str(wrong)
        row.half_typed.pop(index.column(), None)
        self.faulted.emit("")
        return ""

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own signature
        """Rows shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own signature
        """Columns shown."""
        return 0 if parent.isValid() else len(self._columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every cell can be reached; those that say so can be edited."""
        if not index.isValid() or self._rows[index.row()].kind == "story":
            return Qt.ItemFlag.ItemIsEnabled
        base = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return base | Qt.ItemFlag.ItemIsEditable if self.cell(index).editable or self.cell(index).choices else base

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, spoken words, tool tip, alignment, and the three roles of this module."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == RowRole:
            return row
        column = self._columns[index.column()]
        if role == ColumnRole:
            return column
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _FLAGS[column.align]
        return self._of_cell(row, self.cell(index), column, index.column(), role)

    def _of_cell(self, row: TableRow, cell: Cell, column: TableColumn, number: int, role: int) -> object:
        typed = row.half_typed.get(number)
        if role == CellRole:
            return cell if typed is None else replace(cell, text=typed, ink="problem", mark=None)
        answers: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: cell.text if typed is None else typed,
            Qt.ItemDataRole.EditRole: cell.starting_text() if typed is None else typed,
            Qt.ItemDataRole.ToolTipRole: cell.tip or None,
            Qt.ItemDataRole.AccessibleTextRole: f"{column.title}: {cell.said()}",
        }
        return answers.get(role)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Headings; rows are spoken by their first cell."""
        if orientation == Qt.Orientation.Horizontal:
            if section >= len(self._columns):  # a view that has not heard of a reset yet
                return None
            column = self._columns[section]
            return {
                Qt.ItemDataRole.DisplayRole: column.title,
                Qt.ItemDataRole.ToolTipRole: column.tip or None,
                Qt.ItemDataRole.TextAlignmentRole: _FLAGS[column.align],
            }.get(Qt.ItemDataRole(role))
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) and self._rows[section].cells:
            return self._rows[section].cells[0].said()
        return None
