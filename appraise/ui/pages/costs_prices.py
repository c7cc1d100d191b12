"""The rates that all amounts share: discounting, general inflation, and the price indices that lines follow."""

from decimal import Decimal

from appraise.model import money
from appraise.model.appraisal.document import Appraisal
from appraise.model.edits import basis
from appraise.model.edits import lines as edits
from appraise.model.finding import Severity
from appraise.model.parameters import SCHEDULES
from appraise.present import wording
from appraise.ui.context import Context, View
from appraise.ui.widgets.buttons import Button
from appraise.ui.widgets.cards import Card, Column, Row
from appraise.ui.widgets.choices import PickList
from appraise.ui.widgets.fields import PercentField, TextField
from appraise.ui.widgets.labels import FlowLabel
from appraise.ui.widgets.table import DataTable
from appraise.ui.widgets.table_model import Cell, DataTableModel, TableColumn, TableRow


def read_rises(text: str) -> tuple[Decimal, ...]:
    """Yearly rises as typed: "3.2, 2.8, 2.5". ValueError with one sentence."""
    parts = [part.strip() for part in text.replace(";", ",").split(",") if part.strip()]
    return tuple(money.parse_percent(part) for part in parts)


class PricesCard(Card):
    """Discount schedule, general inflation, and the table of price indices."""

    def __init__(self, context: Context) -> None:
        super().__init__("Prices and rates", "Shared by all options")
        self._context = context
        self._schedule = PickList("Discount rates", [(one.id, one.name) for one in SCHEDULES.values()])
        self._deflator = PercentField(
            "General inflation, per cent a year", money.parse_percent, label="General inflation a year"
        )
        self._source = TextField("Source of general inflation", label="Source of general inflation")
        rates = Column(FlowLabel("Discount rates", "caption", "ink2"), self._schedule, gap=4)
        rates.line.addStretch(1)
        self.add(Row(rates, self._deflator, self._source, stretches=(3, 2, 4)))
        columns = [
            TableColumn("Price index", "left", 160),
            TableColumn("Rises a year, per cent", "left", 200),
            TableColumn("Source", "left", 160, stretch=True),
        ]
        self._model = DataTableModel(columns, self._typed, self)
        self.table = DataTable("Price indices", self._model, row_height=31)
        self.add(self.table)
        self._fault = FlowLabel("", "caption", "problem")
        self.add(self._fault)
        self._fault.hide()
        self._add = Button("Add price index", icon="plus", small=True)
        self._remove = Button("Remove", kind="plain", icon="bin", small=True)
        self._remove.setAccessibleName("Remove the price index in hand")
        buttons = Row(self._add, self._remove, stretches=(0, 0), gap=8)
        buttons.line.addStretch(1)
        self.add(buttons)
        self._connect()

    def _connect(self) -> None:
        self._schedule.chosen.connect(
            lambda key: self._apply(basis.set_schedule(self._now, schedule=key), "Change discount rates")
        )
        self._deflator.parsed.connect(self._set_deflator)
        self._source.committed.connect(
            lambda text: self._apply(basis.set_deflator_source(self._now, source=text), "Change source of inflation")
        )
        self._model.faulted.connect(self._show_fault)
        self._add.clicked.connect(self._add_index)
        self._remove.clicked.connect(self._remove_index)

    @property
    def _now(self) -> Appraisal:
        return self._context.appraisal

    def _apply(self, new: Appraisal, action: str) -> None:
        self._context.apply(new, action)

    def show_prices(self, view: View) -> None:
        """The rates and indices of the document, and what is wrong with them."""
        rates = view.appraisal.basis
        known = [(one.id, one.name) for one in SCHEDULES.values()]
        if rates.schedule not in SCHEDULES:
            known.append((rates.schedule, f"Unknown: {wording.shorten(rates.schedule, 30)}"))
        self._schedule.set_choices(known)
        self._schedule.set_current(rates.schedule)
        self._deflator.set_text(money.plain_number(rates.deflator_percent))
        self._source.set_text(rates.deflator_source)
        faults = {
            (one.record, one.field): one.sentence
            for one in view.findings
            if one.step == 5 and one.severity is Severity.ERROR
        }
        self._deflator.set_fault(faults.get(("", "deflator_percent"), ""))
        self._model.set_rows(
            [
                TableRow(
                    index.id,
                    (
                        Cell(index.name or "Without a name", editable=True, edit_text=index.name, tip=index.name),
                        Cell(
                            ", ".join(money.plain_number(one) for one in index.percent) or "none yet",
                            ink="problem" if (index.id, "percent") in faults else "ink" if index.percent else "ink2",
                            editable=True,
                            edit_text=", ".join(money.plain_number(one) for one in index.percent),
                            tip=faults.get(
                                (index.id, "percent"), "From year 0 to year 1 first; the last is carried on."
                            ),
                        ),
                        Cell(index.source or wording.DASH, editable=True, edit_text=index.source, tip=index.source),
                    ),
                )
                for index in view.appraisal.indices
            ]
        )
        self.table.setVisible(bool(view.appraisal.indices))
        self._remove.setEnabled(bool(view.appraisal.indices))

    def _set_deflator(self, percent: object) -> None:
        if isinstance(percent, Decimal):
            self._apply(basis.set_deflator(self._now, percent=percent), "Change general inflation")

    def _typed(self, key: str, column: int, text: str) -> None:
        if column == 0:
            self._apply(edits.rename_index(self._now, index=key, name=text.strip()), "Rename a price index")
        elif column == 1:
            rises = read_rises(text)
            self._apply(edits.set_index_percent(self._now, index=key, percent=rises), "Change a price index")
        else:
            self._apply(edits.set_index_source(self._now, index=key, source=text.strip()), "Change source of an index")

    def _show_fault(self, sentence: str) -> None:
        self._fault.set_text(sentence)
        self._fault.setVisible(bool(sentence))

    def _add_index(self) -> None:
        index = self._context.fresh_id("index")
        new = edits.add_index(
            self._now, index=index, name="New price index", percent=(self._now.basis.deflator_percent,)
        )
        self._apply(new, "Add a price index")
        self.focus_index(index)

    def _remove_index(self) -> None:
        key = self.table.current_key() or self._now.indices[-1].id
        self._apply(edits.remove_index(self._now, index=key), "Remove a price index")

    def focus_index(self, index: str) -> None:
        """Puts a price index in hand."""
        self.table.place(index)
        self.table.setFocus()

    def focus_field(self, field: str) -> None:
        """The field of a finding about the rates."""
        fields = {"schedule": self._schedule, "deflator_source": self._source}
        fields.get(field, self._deflator).setFocus()
