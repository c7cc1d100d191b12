"""Where the spread of an option's cost comes from: each input's share of the variance, as bars with per cent."""

from appraise.model.appraisal.document import Appraisal
from appraise.model.results import Results
from appraise.present import risk_tables
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


class SpreadCard(Card):
    """The inputs by their share, the largest first; hidden where nothing is uncertain."""

    def __init__(self) -> None:
        super().__init__("Where the spread comes from")
        self.model = DataTableModel(_COLUMNS)
        self.table = FigureTable("Where the spread comes from", self.model, row_height=32)
        self.note = FlowLabel("", "caption", "ink2")
        self.add(self.table)
        self.add(self.note)

    def show_results(self, results: Results, appraisal: Appraisal, option: str) -> bool:
        """The shares of one option; False, and hidden, where there are none."""
        table = risk_tables.contributions(results, appraisal, option)
        shares = [float(row[1].raw) for row in table.rows if isinstance(row[1].raw, float)]
        largest = max(shares, default=0.0)
        rows = [
            TableRow(
                f"{number}/{name.text}",
                (
                    Cell(name.text, tip=name.text),
                    Cell(mark=BarFace(share / largest if largest else 0.0, strong=number == 0), spoken=said.text),
                    Cell(said.text),
                ),
            )
            for number, ((name, said), share) in enumerate(zip(table.rows, shares, strict=True))
        ]
        self.model.set_rows(rows)
        first = f"{table.rows[0][0].text}: {table.rows[0][1].text} of the spread" if rows else ""
        self.set_title(first or "Where the spread comes from", table.title)
        self.note.set_text(" ".join(table.notes))
        self.setVisible(bool(rows))
        return bool(rows)
