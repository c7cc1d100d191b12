"""General inflation in step 5: one rate, or by year from HM Treasury's file, which a thread of its own reads."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from appraise.files.faults import FileFault
from appraise.model import money
from appraise.model.appraisal.document import Appraisal, Deflator
from appraise.model.edits import basis
from appraise.model.periods import label, short_label
from appraise.present import assumption_words
from appraise.ui.context import View
from appraise.ui.pages.costs_section import CostSection, errors_at, mark_wrong
from appraise.ui.pages.results_charts import Sides
from appraise.ui.pages.text_parts import Help
from appraise.ui.widgets import base
from appraise.ui.widgets.buttons import Button
from appraise.ui.widgets.cards import Card, Column, Row
from appraise.ui.widgets.choices import Switch
from appraise.ui.widgets.fields import PercentField, TextField
from appraise.ui.widgets.labels import FlowLabel, Notice
from appraise.ui.widgets.table import DataTable
from appraise.ui.widgets.table_model import Cell, DataTableModel, TableColumn, TableRow
from appraise.workspace.fault_log import record_fault

if TYPE_CHECKING:  # reading workbooks loads openpyxl, which the start of the window must not wait for
    from appraise.files.deflator import ReadDeflator

INFLATION_HELP = Help(
    "Where does general inflation come from?",
    "HM Treasury publishes the GDP deflator by financial year, with the forecast of the Office for Budget "
    "Responsibility. Read its file, or type the rises.",
    "Green Book 2026, paragraphs 6.45 to 6.51",
)
_KINDS = (("flat", "One rate"), ("years", "By year"))
_FILES = "Spreadsheets and text (*.xlsx *.csv *.tsv *.txt);;All files (*)"
AskPath = Callable[[QWidget], Path | None]


def ask_path(parent: QWidget) -> Path | None:
    """The file that somebody chooses."""
    name, _ = QFileDialog.getOpenFileName(parent, "Read HM Treasury’s file", "", _FILES)
    return Path(name) if name else None


class FileReader(QObject):
    """Reads a deflator file off the window's thread.

    Signals: read(ReadDeflator), failed(sentence); one of them for each `start`, in the window's thread.
    """

    read = Signal(object)
    failed = Signal(str)
    _said = Signal(int, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.busy = False
        self._number = 0
        self._said.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def start(self, path: Path, first_year: int) -> None:
        """Begins to read; nothing while another file is being read."""
        if self.busy:
            return
        self.busy = True
        self._number += 1
        pool = ThreadPoolExecutor(1, thread_name_prefix="appraise-deflator")
        pool.submit(self._work, self._number, path, first_year)
        pool.shutdown(wait=False)

    def forget(self) -> None:
        """What is being read was for another document: nobody is told."""
        self.busy = False
        self._number += 1

    def _work(self, number: int, path: Path, first_year: int) -> None:
        from appraise.files.deflator import read_deflator

        said: ReadDeflator | str
        try:
            said = read_deflator(path, first_year=first_year)
        except FileFault as fault:
            said = fault.sentence
        except Exception as error:  # noqa: BLE001  whatever it is, the window must hear that the work has ended
            said = record_fault(error)
        try:
            self._said.emit(number, said)
        except RuntimeError:  # the window was closed meanwhile: nobody waits for the answer
            return

    def _tell(self, number: int, said: object) -> None:
        if number != self._number:
            return
        self.busy = False
        if isinstance(said, str):
            self.failed.emit(said)
        else:
            self.read.emit(said)


class InflationCard(Card):
    """One flat rate, or rises by financial year with their vintage. `ask` gives the path of a file to read."""

    def __init__(self, section: CostSection) -> None:
        super().__init__("General inflation", "Turns cash into prices of year 0")
        self._section = section
        self.ask: AskPath = ask_path
        self.reader = FileReader(self)
        self.kind = Switch("General inflation", _KINDS)
        self.import_file = Button("Read HM Treasury’s file", icon="folder", small=True)
        self.told = Notice("info", "")
        self.flat = PercentField("General inflation, per cent a year", money.parse_percent, label="One rate a year")
        self.source = TextField("Source of general inflation", label="Source of general inflation")
        self.published = TextField("Published on", label="Published", hint="2026-03-31")
        self.review_by = TextField("Look for newer figures by", label="Newer ones by", hint="2026-06-30")
        self._model = DataTableModel([TableColumn("Rise")], self._typed)
        self.table = DataTable("General inflation by financial year", self._model, row_height=31)
        self.fault = FlowLabel("", "caption", "problem")
        self.words = FlowLabel("", "caption", "ink2")
        self._lay_out()
        self._connect()
        section.helps.add(self, INFLATION_HELP)

    def _lay_out(self) -> None:
        head = Row(self.kind, self.import_file, stretches=(0, 0), gap=12)
        head.line.addStretch(1)
        self._dates = Row(self.published, self.review_by)
        first = Column(self.flat)
        first.line.addStretch(1)
        for part in (
            head,
            self.told,
            self.table,
            Sides(first, self.source, self._dates, stretches=(2, 5, 4), fold=560, gap=12),
            self.fault,
            self.words,
        ):
            self.add(part)
        base.tab_chain(self.import_file, self.told.action, self.table, self.flat.line)
        self.told.hide()
        self.fault.hide()

    def _connect(self) -> None:
        self.kind.chosen.connect(self._turn)
        self.import_file.clicked.connect(self._ask)
        self.flat.parsed.connect(self._set_flat)
        self.source.committed.connect(self._set_source)
        self.published.committed.connect(self._set_published)
        self.review_by.committed.connect(self._set_review)
        self._model.faulted.connect(self._show_fault)
        self.reader.read.connect(self._take)
        self.reader.failed.connect(lambda sentence: self._tell(sentence, problem=True))

    @property
    def _now(self) -> Appraisal:
        return self._section.context.appraisal

    # --- what is shown ---

    def show_inflation(self, view: View) -> None:
        """General inflation as it stands, and what is wrong with it."""
        rates = view.appraisal.basis
        series, errors = rates.deflator, errors_at(view.findings, "")
        by_year = bool(series.percent)
        self.kind.set_current("years" if by_year else "flat")
        self.flat.set_text(money.plain_number(rates.deflator_percent))
        mark_wrong(self.flat, errors.get("deflator_percent", ""))
        self.source.set_text(rates.deflator_source)
        self.published.set_text(series.published)
        self.review_by.set_text(series.review_by)
        for part in (self.table, self._dates):
            part.setVisible(by_year)
        self._show_fault(errors.get("deflator", "") or errors.get("deflator_percent", ""))
        self._show_years(series)
        self.words.set_text(_reach(view.appraisal))

    def _show_years(self, series: Deflator) -> None:
        years = [_year(series.first_year, number) for number in range(len(series.percent))]
        self._model.set_columns(
            [TableColumn("Financial year", width=128), *(TableColumn(year, "right", least=58) for year in years)]
        )
        figures = [
            Cell(text, editable=True, edit_text=money.plain_number(percent))
            for text, percent in zip(even_places(series.percent), series.percent, strict=True)
        ]
        row = TableRow("rises", (Cell("Rise, per cent", ink="ink2"), *figures))
        self._model.set_rows([row] if figures else [])

    def _show_fault(self, sentence: str) -> None:
        self.fault.set_text(sentence)
        self.fault.setVisible(bool(sentence))

    def _tell(self, sentence: str, *, problem: bool = False) -> None:
        self.told.set_tone("problem" if problem else "info")
        self.told.show_text(sentence)
        self.told.setVisible(bool(sentence))

    # --- edits ---

    def _turn(self, kind: str) -> None:
        """By year begins with the flat rate for every year of the horizon."""
        self._tell("")
        rates, horizon = self._now.basis, self._now.horizon
        if kind == "flat":
            self._section.attempt(basis.clear_deflator_series, "Use one rate of inflation")
            return
        flat = (rates.deflator_percent,) * max(1, min(horizon.years - 1, 100))
        self._set_series(Deflator(first_year=horizon.first_year + 1, percent=flat), "Enter inflation by year")

    def _set_series(self, deflator: Deflator, action: str, source: str | None = None) -> None:
        said = self._now.basis.deflator_source if source is None else source
        self._section.attempt(lambda now: basis.set_deflator_series(now, deflator=deflator, source=said), action)

    def _set_published(self, text: str) -> None:
        self._set_series(replace(self._now.basis.deflator, published=text), "Change date of general inflation")

    def _set_review(self, text: str) -> None:
        self._set_series(replace(self._now.basis.deflator, review_by=text), "Change review date of inflation")

    def _typed(self, _key: str, column: int, text: str) -> None:
        series, percent = self._now.basis.deflator, money.parse_percent(text)
        rises = (*series.percent[: column - 1], percent, *series.percent[column:])
        self._set_series(replace(series, percent=rises), f"Change inflation, {_year(series.first_year, column - 1)}")

    def _set_flat(self, percent: object) -> None:
        if isinstance(percent, Decimal):
            self._section.attempt(lambda now: basis.set_deflator(now, percent=percent), "Change general inflation")

    def _set_source(self, text: str) -> None:
        self._section.attempt(lambda now: basis.set_deflator_source(now, source=text), "Change source of inflation")

    # --- HM Treasury's file ---

    def _ask(self) -> None:
        """The button stays enabled while a file is read: a disabled one would give the keyboard away."""
        if self.reader.busy:
            return
        path = self.ask(self.window())
        if path is not None:
            self.read_file(path)

    def start_anew(self) -> None:
        """Another document: nothing of the one before is said or waited for."""
        self.reader.forget()
        self._tell("")

    def read_file(self, path: Path) -> None:
        """Reads a file; what it holds, or why it cannot be read, is said in the card. Its name is not kept."""
        if self.reader.busy:
            return
        self._tell("The file is being read.")
        self.reader.start(path, self._now.horizon.first_year)

    def _take(self, found: "ReadDeflator") -> None:
        self._set_series(found.deflator, "Read HM Treasury’s file", found.source)
        self._tell(found.sentence)

    def field_of(self, field: str) -> QWidget:
        """The field of a finding."""
        if field == "deflator_source":
            return self.source
        return self.table if field == "deflator" and self._now.basis.deflator.percent else self.flat


def even_places(percents: Sequence[Decimal]) -> list[str]:
    """Percentages with the same number of decimals each, so that they can be read down or along."""
    places = max((len(money.plain_number(one).partition(".")[2]) for one in percents), default=0)
    return [f"{one:.{places}f}" if one.is_finite() else money.plain_number(one) for one in percents]


def _year(first_year: int, offset: int) -> str:
    """The financial year in a heading, or its number where the calendar makes no sense."""
    return short_label(first_year, offset) if 1_000 < first_year < 9_000 else f"Year {offset + 1}"


def _reach(appraisal: Appraisal) -> str:
    """Which years the rises cover, and what holds before and after them."""
    rates = appraisal.basis
    series = rates.deflator
    flat = assumption_words.rate(rates.deflator_percent)
    if not series.percent:
        return f"Prices rise by {flat} in every year."
    if not 1_000 < series.first_year < 9_000:
        return ""
    last = label(series.first_year, len(series.percent) - 1)
    dated = assumption_words.dated(series.published, series.review_by)
    words = f"Before {label(series.first_year)} the one rate of {flat} holds; after {last} the last rise is carried on."
    return f"{words} {dated}".strip()
