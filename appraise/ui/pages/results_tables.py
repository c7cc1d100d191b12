"""Tables of `present` as rows for a `DataTable`: nothing is formatted a second time here."""

from appraise.model.appraisal.options import Option
from appraise.present import tables, wording
from appraise.ui.widgets.table_model import RowKind, TableColumn


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


def kind_of(table: tables.Table, number: int) -> RowKind:
    """How row `number` stands out."""
    if number == table.highlight_row:
        return "recommended"
    return "total" if number in table.total_rows else "plain"


def narrow_name(option: Option) -> str:
    """What every table calls an option: its name up to 20 characters, else the short one; the tool tip has it whole."""
    name = option.name if len(option.name) <= 20 else option.short_name or option.name
    return wording.shorten(name, 24)
