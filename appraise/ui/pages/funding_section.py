"""What the sections of step 7 share: the option and the scenario in hand, ticks, errors, dates as people type them."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import QModelIndex, QObject, Signal
from PySide6.QtWidgets import QWidget

from appraise.model import periods
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.funding import Scenario
from appraise.model.appraisal.options import Option
from appraise.model.finding import Finding, Severity, horizon_years
from appraise.present.option_words import day
from appraise.ui.context import Context, View
from appraise.ui.pages.results_state import Figures
from appraise.ui.pages.section import EditingSection
from appraise.ui.pages.text_parts import Help, HelpByField
from appraise.ui.widgets.cards import Column
from appraise.ui.widgets.fields import TextField
from appraise.ui.widgets.labels import FlowLabel
from appraise.ui.widgets.table import DataTable
from appraise.ui.widgets.table_model import Cell, DataTableModel, TableColumn, TableRow

#: What a table calls something that has no name yet.
NAMELESS = "Without a name"
_DAYS = ("%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%d/%m/%Y", "%d.%m.%Y")
#: What looks like a day, whether or not there is one.
_SHAPE = re.compile(
    r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.]\d{1,2}[/.]\d{4}|"
    r"\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d{4}",
    re.IGNORECASE,
)


class Hand(QObject):
    """What all sections look at: one option, one scenario, and the latest figures with their document.

    Signals: moved() when a section takes another scenario in hand, or none.
    """

    moved = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.option = ""
        self.scenario = ""
        self.figures: Figures | None = None

    def take(self, scenario: str) -> None:
        """Another scenario in hand."""
        self.scenario = scenario
        self.moved.emit()


@dataclass(frozen=True, slots=True)
class Side:
    """What a section is given beside the document: what is in hand, and the help of the right pane."""

    hand: Hand
    helps: HelpByField


class FundingSection(EditingSection):
    """A section of the page. `refused` stands on top of it, `first` is the help while no field is in hand.

    Signals: placed() when the keyboard was put somewhere that may be out of view.
    """

    placed = Signal()
    first: Help

    def __init__(self, context: Context, side: Side, *parts: QWidget) -> None:
        super().__init__(context, *parts)
        self.line.insertWidget(0, self.refused)
        self.hand = side.hand

    @staticmethod
    def holds(appraisal: Appraisal, record: str, field: str) -> bool:  # noqa: ARG004  sections with records say more
        """Whether a finding's place is in this section."""
        return False

    def scenario(self) -> Scenario | None:
        """The scenario in hand."""
        return next((one for one in self.context.appraisal.scenarios if one.id == self.hand.scenario), None)

    def option(self) -> Option | None:
        """The option in hand."""
        return next((one for one in self.context.appraisal.options if one.id == self.hand.option), None)


class TickList(Column):
    """Records of another kind, each ticked or not. Signals: ticked(key, on) when the user changes one."""

    ticked = Signal(str, bool)

    def __init__(self, title: str, nothing: str) -> None:
        self._head = FlowLabel(title, "dense-strong")
        self._model = DataTableModel([TableColumn(title, stretch=True)])
        self.table = DataTable(title, self._model, row_height=31)
        self.table.horizontalHeader().hide()
        self._nothing = FlowLabel(nothing, "dense", "ink2")
        super().__init__(self._head, self.table, self._nothing, gap=6)
        self._on: frozenset[str] = frozenset()
        self.table.toggled.connect(self._toggle)
        self.table.clicked.connect(self._click)

    def show_records(self, records: Sequence[tuple[str, str]], on: frozenset[str]) -> None:
        """The records as (key, name), and which of them are ticked."""
        self._on = on
        self._model.set_rows([TableRow(key, (_tick(name or NAMELESS, on=key in on),)) for key, name in records])
        self.table.setVisible(bool(records))
        self._nothing.setVisible(not records)

    def _click(self, index: QModelIndex) -> None:
        self._toggle(self._model.rows[index.row()].key)

    def _toggle(self, key: str) -> None:
        self.ticked.emit(key, key not in self._on)


def _tick(name: str, *, on: bool) -> Cell:
    icon, ink = ("completed", "good") if on else ("not-started", "ink2")
    return Cell(name, icon=icon, icon_ink=ink, spoken=f"{name}, {'ticked' if on else 'not ticked'}", tip=name)


class ColumnHelp:
    """The help of a table, which follows the column in hand. `by_column` where a column has help of its own."""

    def __init__(
        self, helps: HelpByField, table: DataTable, first: Help, by_column: Callable[[str, int], Help | None]
    ) -> None:
        self._helps, self._table, self._first, self._by_column = helps, table, first, by_column
        helps.add(table, first)
        table.moved.connect(self._follow)

    def _follow(self, key: str, column: int) -> None:
        """Also when the keyboard comes back to the table, the column in hand counts."""
        words = self._by_column(key, column) or self._first
        self._helps.add(self._table, words)
        self._helps.show_help(words.title, words.text, words.source)


def mark_errors(findings: Sequence[Finding], record: str, fields: Mapping[str, TextField]) -> None:
    """Shows the errors of a record at the fields they are about, unless what is typed there cannot be read at all."""
    for found in findings:
        field = fields.get(found.field) if found.record == record and found.severity is Severity.ERROR else None
        if field is not None and not field.fault():
            field.set_fault(f"{found.sentence} {found.mend}")


def errors_about(findings: Sequence[Finding], records: frozenset[str]) -> str:
    """What is wrong in records of this step, in one text; "" where nothing is."""
    wrong = [
        f"{found.sentence} {found.mend}"
        for found in findings
        if found.step == 7 and found.severity is Severity.ERROR and found.record in records
    ]
    return " ".join(wrong)


def parse_day(text: str) -> str:
    """A day as typed, "1 April 2027", "1/4/2027" or "2027-04-01", as an ISO text; nothing stays nothing.

    ValueError with one sentence.
    """
    tidy = " ".join(text.split())
    if not tidy:
        return ""
    for form in _DAYS:
        try:
            found: date = datetime.strptime(tidy, form).date()  # noqa: DTZ007  a day has no time zone
        except ValueError:
            continue
        return found.isoformat()
    if _SHAPE.fullmatch(tidy):
        raise ValueError(f"There is no day {tidy}. Type one such as 1 April 2027.")
    raise ValueError("Type a day such as 1 April 2027 or 2027-04-01, or leave it empty.")


def day_text(iso: str) -> str:
    """A day for a field; `parse_day` reads it back. What is no day stands as it is."""
    return day(iso) if iso else ""


def year_choices(appraisal: Appraisal, *also: int) -> list[tuple[str, str]]:
    """The years of the horizon as choices, and others that are in use."""
    first = appraisal.horizon.first_year
    offsets = sorted({*range(horizon_years(appraisal)), *(year for year in also if year >= 0)})
    return [(str(year), periods.label(first, year)) for year in offsets]


def year_columns(appraisal: Appraisal, years: int) -> list[TableColumn]:
    """A column a year, in the short form."""
    first = appraisal.horizon.first_year
    heads = (periods.short_label(first, year) if 1_000 < first < 9_000 else str(year) for year in range(years))
    return [TableColumn(head, "right", least=74) for head in heads]


def shows_again(old: View | None, new: View) -> bool:
    """The document or its findings are others than before."""
    return old is None or old.appraisal is not new.appraisal or old.findings is not new.findings
