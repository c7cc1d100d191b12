"""Tables of `present` as rows for a `DataTable`: nothing is formatted a second time here."""

from collections.abc import Sequence

from appraise.model.appraisal.options import Option
from appraise.present import tables
from appraise.ui.widgets.table_model import Cell, RowKind, TableColumn, TableRow


def columns_of(table: tables.Table, stretch: int = 0) -> tuple[TableColumn, ...]:
    """The columns, with their units in the headings; column `stretch` takes the room that is left."""
    return tuple(
        TableColumn(
            f"{column.heading}, {column.unit}" if column.unit else column.heading,
            column.align,
            stretch=number == stretch,
        )
        for number, column in enumerate(table.columns)
    )


def rows_of(table: tables.Table, keys: Sequence[str] = ()) -> list[TableRow]:
    """The rows, highlighted and totalled as the table says; `keys` name them, else their numbers."""
    return [
        TableRow(
            keys[number] if keys else str(number),
            tuple(Cell(cell.text) for cell in row),
            kind_of(table, number),
        )
        for number, row in enumerate(table.rows)
    ]


def kind_of(table: tables.Table, number: int) -> RowKind:
    """How row `number` stands out."""
    if number == table.highlight_row:
        return "recommended"
    return "total" if number in table.total_rows else "plain"


def narrow_name(option: Option) -> str:
    """The whole name where it is short enough for a narrow table, else the short one."""
    return option.short_name if len(option.name) > 20 and option.short_name else option.name
