"""Score sheets out and back in: the folder and the files, how far it is, and a report that stays until it is closed."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QSize, QStandardPaths, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QWidget

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.workshop import Interest, Mark, Workshop
from appraise.model.journey import sheets_in
from appraise.present import scoring_words, wording
from appraise.ui import theme
from appraise.ui.context import Context, View
from appraise.ui.pages.pane_parts import ToolRow
from appraise.ui.pages.scores_marks import CappedTable
from appraise.ui.widgets import base
from appraise.ui.widgets.buttons import Button
from appraise.ui.widgets.cards import Card, Column, Row
from appraise.ui.widgets.labels import FlowLabel, Notice
from appraise.ui.widgets.marks import BarFace, ChipFace, paint_bar
from appraise.ui.widgets.table_model import Cell, DataTableModel, TableColumn, TableRow
from appraise.ui.worker import Errand
from appraise.workspace.score_sheets import (
    Merged,
    SheetReport,
    merge_sheets,
    why_no_sheets_in,
    why_no_sheets_out,
    write_sheets,
)

_KINDS = "Score sheets (*.xlsx);;All files (*)"
_TOLD = 8
"""So many changed or missing marks of a sheet are named; of more only the number is told."""


class SheetFiles:
    """Asks for the folder to write to and for the files to read. Tests put another in its place."""

    def __init__(self, page: QWidget) -> None:
        self._page = page

    def folder(self) -> Path | None:
        """Where the sheets go; None for nowhere."""
        name = QFileDialog.getExistingDirectory(self._page.window(), "Write score sheets to", _documents())
        return Path(name) if name else None

    def files(self) -> list[Path]:
        """The sheets that came back."""
        names, _ = QFileDialog.getOpenFileNames(self._page.window(), "Take score sheets back in", _documents(), _KINDS)
        return [Path(name) for name in names]


def _documents() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)


class Progress(QWidget, theme.Themed):
    """How far work has come, as a bar; spoken in per cent."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._share = 0.0
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_share(self, share: float) -> None:
        """From 0 to 1."""
        self._share = share
        self.setAccessibleDescription(wording.percent(share))
        self.update()

    def sizeHint(self) -> QSize:
        """As high as a small button."""
        return QSize(theme.px(160), theme.px(28))

    def apply_theme(self) -> None:
        """Takes the size."""
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The whole way, and the part that is done."""
        painter, place = base.smooth(self), self.rect().toRectF()
        paint_bar(painter, place, BarFace(1.0, role="rail"))
        paint_bar(painter, place, BarFace(self._share))


class SheetsCard(Card):
    """Buttons for sheets out and in, progress with a cancel, and the report. Files can be dropped on it.

    `ask` asks for folder and files, `errand` does the work, `reports` are those of the last files read.
    Signals: merged(Merged) when marks were taken in.
    """

    taken = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__("Score sheets")
        self._context = context
        self.ask = SheetFiles(self)
        self.errand = Errand(self)
        self.reports: tuple[SheetReport, ...] = ()
        self._stood: Mapping[str, tuple[Mark, ...]] = {}
        self._gone = False
        self._paths: list[Path] = []
        self._cancelled = ""
        self._of: Appraisal | None = None
        self.write = Button("Write score sheets…", icon="export", small=True)
        self.read = Button("Take sheets back in…", icon="folder", small=True)
        self.why = FlowLabel("", "dense", "ink2")
        self.bar = Progress("Progress of the score sheets")
        self.cancel = Button("Cancel", kind="plain", small=True)
        self.told = Notice("info", "", "", "Close")
        self.report = SheetsReport()
        buttons = Row(self.write, self.read, stretches=(0, 0), gap=8)
        buttons.line.addStretch(1)
        self._tools = ToolRow(self.why, buttons)
        self._under_way = Row(self.bar, self.cancel, stretches=(1, 0), gap=8)
        for part in (self._tools, self._under_way, self.told, self.report):
            self.add(part)
        for part in (self._under_way, self.told, self.report):
            part.hide()
        self.setAcceptDrops(True)
        self._connect()

    def _connect(self) -> None:
        self.write.clicked.connect(self._write)
        self.read.clicked.connect(lambda: self.take_in(self.ask.files()))
        self.cancel.clicked.connect(self.errand.cancel)
        self.told.activated.connect(self.told.hide)
        self.report.closed.connect(self._close_report)
        self.errand.progressed.connect(self.bar.set_share)
        self.errand.done.connect(self._done)
        self.errand.refused.connect(lambda sentence: self._tell("problem", sentence))
        self.errand.cancelled.connect(lambda: self._tell("info", self._cancelled))

    # --- what is shown ---

    def show_view(self, old: View | None, new: View) -> None:
        """What can be done with sheets now; another document takes no report over."""
        if old is None:
            self.errand.cancel()
            self.told.hide()
            self._close_report()
        workshop = new.appraisal.workshop
        out, back = why_no_sheets_out(workshop), why_no_sheets_in(workshop)
        some = bool(workshop.assessors)
        busy = self.errand.busy()
        self.write.setEnabled(not out and some and not busy)
        self.read.setEnabled(not back and some and not busy)
        self.write.setToolTip(out)
        self.read.setToolTip(back)
        self.set_title("Score sheets", sheets_in_words(new.appraisal))
        self.why.set_text(_what_now(new.appraisal, out, back))

        self._show_taken_back(workshop)

    def _show_taken_back(self, workshop: Workshop) -> None:
        """Undo takes the marks of the sheets back, and the report with them; redo brings both."""
        marks = {one.id: one.marks for one in workshop.assessors}
        gone = bool(self._stood) and all(marks.get(one) == before for one, before in self._stood.items())
        if gone == self._gone:
            return
        self._gone = gone
        self.report.setVisible(not gone)
        self.told.setVisible(gone)
        self.told.set_tone("info")
        self.told.show_text("Taken back: the marks of these sheets are out again. Redo brings them in." if gone else "")

    def _tell(self, tone: str, sentence: str) -> None:
        self._show_busy(busy=False)
        self.told.set_tone("problem" if tone == "problem" else "good" if tone == "good" else "info")
        self.told.show_text(sentence)
        self.told.show()

    def _show_busy(self, *, busy: bool) -> None:
        self._under_way.setVisible(busy)
        self.show_view(self._context.view, self._context.view)

    def _close_report(self) -> None:
        self.reports, self._stood, self._gone = (), {}, False
        self.report.hide()

    # --- out ---

    def _write(self) -> None:
        folder = self.ask.folder()
        if folder is None:
            return
        appraisal, today = self._context.appraisal, _today()
        self._paths, self._cancelled = [], "Cancelled. Sheets that are written already stay in the folder."
        self._run(lambda progress, stop: write_sheets(
            appraisal, folder, issued=today, progress=progress, cancelled=stop
        ))  # fmt: skip

    def _run(self, work: Callable[[Callable[[float], None], Callable[[], bool]], object]) -> None:
        if self.errand.start(work):
            self.bar.set_share(0.0)
            self.told.hide()
            self._show_busy(busy=True)
            self.cancel.setFocus()

    # --- in ---

    def take_in(self, paths: Sequence[Path]) -> None:
        """Reads the sheets and takes in what fits, as one undo step."""
        if not paths or not self.read.isEnabled():
            return
        self._paths, self._of = list(paths), self._context.appraisal
        self._cancelled = "Cancelled. Nothing was taken in."
        appraisal, today = self._of, _today()
        self._run(lambda progress, stop: merge_sheets(
            appraisal, paths, received=today, progress=progress, cancelled=stop
        ))  # fmt: skip

    def _done(self, result: object) -> None:
        self._show_busy(busy=False)
        if not isinstance(result, Merged):
            count = len(result) if isinstance(result, tuple) else 0
            self._tell("good", f"{wording.capital(wording.how_many(count, 'score sheet'))} written.")
        elif self._of is not self._context.appraisal:  # somebody typed meanwhile: what they typed must stay
            self.take_in(self._paths)
        else:
            self._take(result)

    def _take(self, merged: Merged) -> None:
        sheets = wording.how_many(merged.assessors, "score sheet")
        brought = {one.assessor for one in merged.reports if one.taken}
        before = {one.id: one.marks for one in self._context.appraisal.workshop.assessors if one.id in brought}
        self._close_report()
        if merged.appraisal is not self._context.appraisal:
            self._context.apply(merged.appraisal, f"Take in {sheets}")
        self.reports = merged.reports
        self.report.show_reports(self._context.appraisal, merged.reports)
        self.report.show()
        self._stood = before
        self.taken.emit(merged)
        self.report.close_it.setFocus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped while sheets can be taken in."""
        if self.read.isEnabled() and _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Takes the files in."""
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.take_in(_dropped(event))


def _dropped(event: QDropEvent) -> list[Path]:
    return [Path(one.toLocalFile()) for one in event.mimeData().urls() if one.isLocalFile()]


def _today() -> str:
    return datetime.now(UTC).astimezone().date().isoformat()


def sheets_in_words(appraisal: Appraisal) -> str:
    """How many assessors have given marks, begun or whole: "7 of 7 sheets in", or "7 of 12 begun, 5 whole"."""
    waited, begun, whole = sheets_in(appraisal)
    if not waited:
        return ""
    late = sum(one.late for one in appraisal.workshop.assessors if one.interest is not Interest.STANDS_ASIDE)
    said = f"{whole} of {waited} sheets in" if whole == begun else f"{begun} of {waited} sheets begun, {whole} whole"
    return f"{said}{f', {wording.count(late)} late' if late else ''}"


def _what_now(appraisal: Appraisal, out: str, back: str) -> str:
    if not appraisal.workshop.assessors:
        return "Add assessors first; then each gets a workbook to score alone."
    if out or back:
        return out or back
    return "Each assessor gets a workbook with criteria, anchors and options. Drop those that come back here."


class SheetsReport(Column):
    """What became of each file: taken, changed, refused with place and mend, missing. Signals: closed()."""

    closed = Signal()

    def __init__(self) -> None:
        self.head = FlowLabel("", "strong")
        self.close_it = Button("Close the report", kind="plain", icon="close", small=True)
        columns = (
            TableColumn("Sheet", "left", 190, stretch=True, wrap=True),
            TableColumn("New", "right", 56),
            TableColumn("Changed", "right", 76),
            TableColumn("As before", "right", 80),
            TableColumn("Refused", "right", 72),
            TableColumn("Missing", "right", 72),
            TableColumn("State", "left", 132),
        )
        self.model = DataTableModel(columns)
        self.table = CappedTable("Report of the score sheets", self.model, most=12)
        self.lines = DataTableModel((TableColumn("Where", "left", 190, wrap=True), TableColumn(
            "What happened, and what to do", "left", 300, stretch=True, wrap=True)))  # fmt: skip
        self.details = CappedTable("What was refused, changed or is missing", self.lines, most=8, row_height=28)
        top = Row(self.head, self.close_it, stretches=(1, 0), gap=8)
        super().__init__(top, self.table, self.details, gap=8)
        self.close_it.clicked.connect(self.closed)

    def show_reports(self, appraisal: Appraisal, reports: Sequence[SheetReport]) -> None:
        """One row for each file, and below them every row that needs a look."""
        taken, refused = sum(bool(one.taken) for one in reports), sum(bool(one.refusal) for one in reports)
        said = f"{wording.capital(wording.count(taken))} of {wording.how_many(len(reports), 'sheet')} brought marks"
        self.head.set_text(f"{said}, {wording.count(refused)} refused" if refused else said)
        self.model.set_rows([_report_row(str(number), one) for number, one in enumerate(reports)])
        details = [row for number, one in enumerate(reports) for row in _details(appraisal, number, one)]
        self.lines.set_rows(sorted(details, key=lambda row: row.cells[1].icon != "problem"))
        self.details.setVisible(bool(details))


def _report_row(key: str, one: SheetReport) -> TableRow:
    name = one.post or one.file
    counts = (one.merged, len(one.changed), one.unchanged, len(one.refused), len(one.missing))
    cells = (Cell(str(count) if count else wording.DASH, ink="ink" if count else "ink2") for count in counts)
    return TableRow(key, (Cell(name, strong=True, tip=one.file), *cells, Cell(mark=_state(one))))


def _state(one: SheetReport) -> ChipFace:
    if one.refusal:
        return ChipFace("Refused", "problem")
    if one.refused:
        return ChipFace("Taken in part", "attention")
    if not one.taken:
        return ChipFace("As before" if one.unchanged else "Empty", "plain")
    return ChipFace("Late, taken in", "attention") if one.late else ChipFace("Taken in", "good")


def _details(appraisal: Appraisal, number: int, one: SheetReport) -> list[TableRow]:
    name = one.post or one.file
    if one.refusal:
        return [_line(f"{number}", name, f"Nothing was taken. {one.refusal}", "problem")]
    rows = [_line(f"{number}/refused/{row.place}", name, row.sentence, "problem") for row in one.refused]
    options = {found.id: found.short_name or found.name for found in appraisal.options}
    criteria = {found.id: wording.shorten(found.name, 36) for found in appraisal.criteria}
    if len(one.changed) > _TOLD:
        many = wording.how_many(len(one.changed), "mark")
        said = f"Changed: {many}. Other marks or other words stood there."
        rows.append(_line(f"{number}/changed", name, said, "ink2"))
    for row in one.changed if len(one.changed) <= _TOLD else ():
        where = f"{options.get(row.option, '')} on “{criteria.get(row.criterion, '')}”"
        said = f"Changed: {where}. Another mark or other words stood there."
        rows.append(_line(f"{number}/changed/{row.place}", name, said, "ink2"))
    if one.missing:
        absent = list(dict.fromkeys(f"“{criteria.get(row.criterion, '')}”" for row in one.missing))
        on = f", on {wording.listing(absent)}" if len(absent) < _TOLD else ""
        verb = "is" if len(one.missing) == 1 else "are"
        many = wording.capital(wording.how_many(len(one.missing), "mark"))
        rows.append(_line(f"{number}/missing", name, f"{many} {verb} missing{on}.", "ink2"))
    return rows


def _line(key: str, name: str, sentence: str, ink: str) -> TableRow:
    icon = "problem" if ink == "problem" else "info"
    return TableRow(key, (Cell(name, ink="ink2"), Cell(sentence, icon=icon, icon_ink=ink, tip=sentence)))


def sheet_came(received: str, *, late: bool) -> str:
    """When a sheet came in, in words."""
    if not received:
        return wording.DASH
    return f"{scoring_words.day(received)}{', late' if late else ''}"
