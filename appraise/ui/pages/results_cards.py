"""Cards that show a table of `present` as it is: unit once, the recommended option tinted, notes below."""

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Signal

from appraise.model.appraisal.document import Appraisal
from appraise.model.results import Results
from appraise.present import tables, wording
from appraise.ui.widgets.cards import Card
from appraise.ui.widgets.labels import FlowLabel
from appraise.ui.widgets.table_figures import FigureTable
from appraise.ui.widgets.table_model import Cell, DataTableModel, RowKind, TableColumn, TableRow

_THOUSAND = "£ thousand"
_WHOLE = {_THOUSAND, "£ million", "of draws"}
"""Units that stand under the title where all columns have the same."""
_INDENT = "\u2003"
"""Before a row that is a part of the one above it."""


def heading(table: tables.Table) -> tuple[str, str]:
    """The title without its unit, and the unit that holds for the table, for the line under it."""
    title, cut, rest = table.title.partition(", £")
    if cut:
        return title, f"£{rest}" if rest else "£, to the penny"
    units = {column.unit for column in table.columns if column.align == "right"}
    if len(units) == 1 and units <= _WHOLE:
        return title, wording.capital(units.pop())
    money = next((unit for unit in (_THOUSAND, "£ million") if unit in units), "")
    return title, f"Money in {money}" if money else ""


def chosen_name(results: Results, appraisal: Appraisal) -> str:
    """The short name of the highlighted option; "" for none."""
    chosen = tables.preferred(results, appraisal)
    return tables.short_name(appraisal, chosen) if chosen else ""


def _columns(table: tables.Table) -> list[TableColumn]:
    _, said = heading(table)
    found = []
    for number, column in enumerate(table.columns):
        unit = "" if column.unit and column.unit.lower() in said.lower() else column.unit
        title = f"{column.heading}, {unit}" if unit else column.heading
        found.append(TableColumn(title, column.align, stretch=number == 0, wrap=column.align == "left"))
    return found


def _is_about(table: tables.Table, row: Sequence[tables.Cell], name: str) -> bool:
    """The row tells of this option: in its column of options, or at the start of the row's name."""
    if not name:
        return False
    if row[0].text.startswith(f"{name}: "):
        return True
    place = next((number for number, column in enumerate(table.columns) if column.heading == "Option"), -1)
    return place >= 0 and row[place].text == name


def _cell(cell: tables.Cell) -> Cell:
    """Figures in thousands tell their pounds and pence, words that may not fit are whole in the tool tip."""
    if isinstance(cell.raw, Decimal) and cell.raw and cell.text == tables.thousands(cell.raw).text:
        return Cell(cell.text, tip=wording.money_exact(cell.raw))
    return Cell(cell.text, tip=cell.text if isinstance(cell.raw, str) and len(cell.text) > 24 else "")


def _kind(table: tables.Table, number: int, name: str) -> RowKind:
    if number == table.highlight_row:
        return "recommended"
    if number in table.total_rows:
        return "total"
    return "recommended" if _is_about(table, table.rows[number], name) else "plain"


class TableCard(Card):
    """A table with its title, unit and notes; hidden while it has no rows. `last`: the last column stays in view.

    Signals: asked(row, column) when Enter asks where a figure came from.
    """

    asked = Signal(int, int)

    def __init__(self, *, last: bool = False) -> None:
        super().__init__()
        self.model = DataTableModel((TableColumn("£"),))
        self.table = FigureTable("", self.model, last=last)
        self.note = FlowLabel("", "caption", "ink2")
        self.shown: tables.Table | None = None
        self.add(self.table)
        self.add(self.note)
        self.table.opened.connect(self._ask)

    def show_table(
        self, table: tables.Table, chosen: str = "", *, keys: Sequence[str] = (), cut: str = "", arrow: bool = False
    ) -> None:
        """Shows a table; `chosen` is the short name of the highlighted option, `cut` goes from the start of names.

        `keys` name the rows. `arrow`: every row opens, and its first cell says so.
        """
        self.shown = table
        self.setVisible(bool(table.rows))
        title, unit = heading(table)
        self.set_title(title, unit)
        self.table.setAccessibleName(table.title)
        heads = [column.heading for column in table.columns]
        self.model.set_columns(_columns(table))
        self.table.tint(heads.index(chosen) if chosen in heads[1:] else -1)
        self.model.set_rows(
            [
                TableRow(
                    keys[number] if keys else f"{number}/{row[0].text}",
                    (
                        _first(row[0], cut, _arrow(self.table, keys[number]) if arrow else ""),
                        *(_cell(cell) for cell in row[1:]),
                    ),
                    _kind(table, number, "" if cut else chosen),
                )
                for number, row in enumerate(table.rows)
            ]
        )
        self.note.set_text(" ".join(table.notes))
        self.note.setVisible(bool(table.notes))

    def _ask(self, _key: str) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            self.asked.emit(index.row(), index.column())


def option_at(results: Results, appraisal: Appraisal, table: tables.Table, row: int, column: int) -> str:
    """The id of the option that a figure belongs to, by its column or else by its row; "" for no single one."""
    names = {tables.short_name(appraisal, option.id): option.id for option in results.options}
    heading = table.columns[column].heading
    if heading in names:
        return names[heading]
    return next((key for name, key in names.items() if _is_about(table, table.rows[row], name)), "")


def _arrow(table: FigureTable, key: str) -> str:
    return "down" if key == table.story_key() else "right"


def _first(cell: tables.Cell, cut: str, icon: str) -> Cell:
    text = wording.capital(cell.text.removeprefix(cut)) if cut else cell.text
    shown = f"{_INDENT}{text}" if text.startswith("of which") else text
    return Cell(shown, icon=icon, icon_ink="ink2", spoken=text, tip=text if len(text) > 24 else "")


def as_text(shown: Sequence[tables.Table]) -> str:
    """Tables for the clipboard, tabs between columns, figures as a spreadsheet reads them."""
    blocks = []
    for table in shown:
        heads = [f"{one.heading}, {one.unit}" if one.unit else one.heading for one in table.columns]
        rows = ["\t".join(_plain(cell) for cell in row) for row in table.rows]
        blocks.append("\n".join((table.title, "\t".join(heads), *rows)))
    return "\n\n".join(blocks)


def _plain(cell: tables.Cell) -> str:
    if isinstance(cell.raw, str) or cell.raw is None:
        return "" if cell.text == wording.DASH else cell.text
    return "0" if cell.text == wording.DASH else cell.text.replace(wording.MINUS, "-")
