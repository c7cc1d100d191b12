"""Which inputs matter to an option's cost: each one's share of the variance, as bars, and its rank correlation."""

from appraise.present import risk_tables
from appraise.ui.pages.results_state import EarlierChip, Figures
from appraise.ui.widgets.cards import Card
from appraise.ui.widgets.labels import FlowLabel
from appraise.ui.widgets.marks import BarFace
from appraise.ui.widgets.table_figures import FigureTable
from appraise.ui.widgets.table_model import Cell, DataTableModel, TableColumn, TableRow

_COLUMNS = (
    TableColumn("Input", width=210, wrap=True),
    TableColumn("Share of the variance", width=140, stretch=True),
    TableColumn("Per cent", "right"),
)
_RANK = TableColumn("Rank correlation", "right", tip="Between the input and the cost over the draws, from −1 to 1")

_RANK_PLACE = 4
"""The column of rank correlations in the table of inputs."""


class SpreadCard(Card):
    """The inputs by their share, the largest first, with their rank correlations; hidden where nothing is uncertain."""

    def __init__(self) -> None:
        super().__init__("Where the spread comes from")
        self.model = DataTableModel(_COLUMNS)
        self.table = FigureTable("Where the spread comes from", self.model, row_height=32)
        self.note = FlowLabel("", "caption", "ink2")
        self.earlier = EarlierChip()
        self.add_action(self.earlier)
        self.add(self.table)
        self.add(self.note)

    def show_figures(self, figures: Figures, option: str) -> bool:
        """The inputs of one option, of the last full run; False, and hidden, where there are none."""
        full = figures.full
        known = full is not None and any(one.id == option for one in full.results.options)
        if full is None or not known:
            self.hide()
            return False
        table = risk_tables.inputs(full.results, full.appraisal, option)
        ranked = len(table.columns) > _RANK_PLACE
        shares = [row[1].raw if isinstance(row[1].raw, float) else None for row in table.rows]
        largest = max((share for share in shares if share is not None), default=0.0)
        self.model.set_columns((*_COLUMNS, _RANK) if ranked else _COLUMNS)
        rows = []
        for number, (row, share) in enumerate(zip(table.rows, shares, strict=True)):
            bar = BarFace(share / largest if largest else 0.0, strong=number == 0) if share is not None else None
            rank = (Cell(row[_RANK_PLACE].text),) if ranked else ()
            name = row[0].text
            cells = (Cell(name, tip=name), Cell(mark=bar, spoken=row[1].text), Cell(row[1].text), *rank)
            rows.append(TableRow(f"{number}/{name}", cells))
        self.model.set_rows(rows)
        self.earlier.show_figures(figures)
        first = f"{table.rows[0][0].text}: {table.rows[0][1].text} of the spread" if rows else ""
        self.set_title(first or "Where the spread comes from", table.title)
        self.note.set_text(" ".join(table.notes[1:]))
        self.note.setVisible(len(table.notes) > 1)
        self.setVisible(bool(rows))
        return bool(rows)
