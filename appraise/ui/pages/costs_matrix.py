"""The full correlation matrix of step 5, for those who have one: typed in place, and never mended in silence."""

from functools import partial

from PySide6.QtWidgets import QWidget

from appraise.model import money
from appraise.model.appraisal.correlations import CorrelationMatrix
from appraise.model.appraisal.document import Appraisal
from appraise.model.edits import correlations
from appraise.present import moving_together, wording
from appraise.present.tables import short_name
from appraise.ui.context import View
from appraise.ui.pages.costs_section import CostSection, EditTable, errors_at
from appraise.ui.pages.text_parts import Help
from appraise.ui.widgets import base
from appraise.ui.widgets.buttons import Button
from appraise.ui.widgets.cards import Card, Panel, Row
from appraise.ui.widgets.choices import PickList
from appraise.ui.widgets.fields import TextField
from appraise.ui.widgets.labels import FlowLabel, Notice
from appraise.ui.widgets.table_model import Cell, TableColumn, TableRow

MATRIX_FIELD = "correlation_matrix"
MATRIX_HELP = Help(
    "Who needs a full matrix?",
    "Only those who have measured how pairs of lines move. If A goes with B and B with C, then A cannot go against C: "
    "not every matrix can exist. Groups are enough for most.",
    "Green Book 2026, paragraphs 6.60 to 6.77",
)
_NOTHING = "No correlations of single pairs. Most appraisals need none: groups and drivers are enough."
_NO_LINE = "Lines with a range that are in no group can be added here."


def parse_correlation(text: str) -> float:
    """A correlation as typed, -1 to 1. ValueError with one sentence."""
    value = money.parse_number(text)
    if not -1 <= value <= 1:
        raise ValueError(f"{text.strip()} is no correlation; type a number from -1 to 1, such as 0.3.")
    return value


class MatrixCard(Card):
    """The matrix as a table, lines to add, its evidence, and what stands against it with a way out."""

    def __init__(self, section: CostSection) -> None:
        super().__init__(
            "Single pairs", f"Correlation of every two lines, {wording.MINUS}1 to 1; both halves change together"
        )
        self._section = section
        self._matrix: CorrelationMatrix | None = None
        self._offered: CorrelationMatrix | None = None
        self.nothing = FlowLabel(_NOTHING, "body", "ink2")
        self.wrong = Notice("problem", "", "", "Nearest valid matrix …")
        self.fault = FlowLabel("", "caption", "problem")
        self.cells = EditTable("Correlations of pairs", (TableColumn("Line"),), self._typed, "Add the line", "line")
        self.table = self.cells.table
        self.lines = PickList("Line to add to the matrix")
        self.clear = Button("Remove all", kind="plain", icon="bin", small=True)
        self.clear.setAccessibleName("Remove the whole matrix")
        self.evidence = TextField("Evidence for the matrix", label="Evidence", hint="Where the correlations come from")
        self._lay_out()
        section.helps.add(self, MATRIX_HELP)
        self.cells.added.connect(self._add)
        self.cells.removed.connect(self._remove)
        self.clear.clicked.connect(self._clear)
        self.wrong.activated.connect(self._offer)
        self.use.clicked.connect(self._use)
        self.keep.clicked.connect(self._keep)
        self.evidence.committed.connect(self._set_evidence)

    def _lay_out(self) -> None:
        self.offer = Panel("Nearest valid matrix", "")
        self.use = Button("Use the nearest valid matrix", small=True)
        self.keep = Button("Keep mine", kind="plain", small=True)
        row = Row(self.use, self.keep, stretches=(0, 0), gap=8)
        row.line.addStretch(1)
        self.offer.content.addWidget(row)
        self.cells.buttons.line.insertWidget(0, self.lines)
        self.cells.buttons.line.insertWidget(self.cells.buttons.line.count() - 1, self.clear)
        self._no_line = FlowLabel(_NO_LINE, "caption", "ink2")
        for part in (self.nothing, self.wrong, self.offer, self.fault, self.cells, self._no_line, self.evidence):
            self.add(part)
        base.tab_chain(
            self.wrong.action,
            self.use,
            self.keep,
            self.table,
            self.lines,
            self.cells.add,
            self.cells.remove,
            self.clear,
            self.evidence.line,
        )
        for hidden in (self.wrong, self.offer, self.fault):
            hidden.hide()

    # --- what is shown ---

    def show_matrix(self, view: View) -> None:
        """The matrix of the document, what stands against it, and the lines that it may take in."""
        appraisal, matrix = view.appraisal, view.appraisal.correlation_matrix
        if matrix is not self._matrix:
            self._offered = None
        self._matrix = matrix
        joining = moving_together.may_join_matrix(appraisal)
        several = len({line.option for line in joining}) > 1
        self.lines.set_choices(
            [
                (line.id, f"{moving_together.name_of(line)} ({short_name(appraisal, line.option)})")
                if several
                else (line.id, moving_together.name_of(line))
                for line in joining
            ]
        )
        self.lines.setVisible(bool(joining))
        self.cells.add.setVisible(bool(joining))
        self._no_line.setVisible(not joining)
        some = matrix is not None and bool(matrix.lines)
        self.nothing.setVisible(not some)
        for part in (self.cells.remove, self.clear, self.evidence):
            part.setVisible(some)
        self.evidence.set_text(matrix.evidence if matrix is not None else "")
        self._show_cells(appraisal, matrix)
        self._show_wrong(view, matrix)

    def _show_cells(self, appraisal: Appraisal, matrix: CorrelationMatrix | None) -> None:
        names = moving_together.matrix_names(appraisal, matrix) if matrix is not None else []
        heads = (TableColumn(str(number), "right", least=58) for number in range(1, len(names) + 1))
        self.cells.model.set_columns([TableColumn("Line", "left", 230, stretch=True), *heads])
        rows = []
        for place, (line, name) in enumerate(zip(matrix.lines if matrix is not None else (), names, strict=True)):
            head = f"{place + 1}{wording.NO_BREAK}{wording.NO_BREAK}{name}"
            figures = (self._cell(place, column, names) for column in range(len(names)))
            rows.append(TableRow(line, (Cell(head, tip=name, spoken=name), *figures)))
        self.cells.show_rows(rows)

    def _cell(self, row: int, column: int, names: list[str]) -> Cell:
        value = moving_together.entry(self._matrix, row, column) if self._matrix is not None else 0.0
        if row == column:
            return Cell("1", ink="ink2", tip=names[row])
        ink = "ink" if -1 <= value <= 1 else "problem"
        pair = f"{names[row]} with {names[column]}"
        text = moving_together.number(value)
        return Cell(text, editable=True, edit_text=money.plain_number(value), ink=ink, tip=pair, spoken=text)

    def _show_wrong(self, view: View, matrix: CorrelationMatrix | None) -> None:
        sentence = moving_together.fault_sentence(matrix) if matrix is not None else ""
        clash = moving_together.clash_sentence(view.appraisal, matrix) if matrix is not None else ""
        way = "Change a correlation, or look at the nearest matrix that can."
        self.wrong.show_text(sentence, f"{clash} {way}".strip() if sentence else "")
        self.wrong.setVisible(bool(sentence))
        other = "" if sentence else errors_at(view.findings, "").get(MATRIX_FIELD, "")
        self.fault.set_text(other)
        self.fault.setVisible(bool(other))
        if self._offered is None or matrix is None:
            self.offer.hide()

    # --- edits ---

    def _typed(self, key: str, column: int, text: str) -> None:
        matrix = self._matrix
        if matrix is None or column == 0:
            return
        make = partial(
            correlations.set_correlation_of, first=key, second=matrix.lines[column - 1], value=parse_correlation(text)
        )
        self._section.attempt(make, "Change a correlation")

    def _add(self) -> None:
        line = self.lines.current()
        if line and self._section.attempt(partial(correlations.add_to_matrix, line=line), "Add a line to the matrix"):
            self.table.place(line, 1)

    def _remove(self, key: str) -> None:
        make = partial(correlations.remove_from_matrix, line=key)
        self._section.attempt(make, "Remove a line from the matrix")
        self._stay()

    def _clear(self) -> None:
        self._section.attempt(correlations.clear_matrix, "Remove the matrix")
        self._stay()

    def _stay(self) -> None:
        """With the matrix gone, the keyboard goes to where lines are added."""
        if self._matrix is None:
            (self.lines if self.lines.isVisibleTo(self) else self).setFocus()

    def _set_evidence(self, text: str) -> None:
        if self._matrix is not None:
            self._set(CorrelationMatrix(lines=self._matrix.lines, rows=self._matrix.rows, evidence=text), "evidence of")

    def _set(self, matrix: CorrelationMatrix, what: str) -> None:
        make = partial(correlations.set_matrix, lines=matrix.lines, rows=matrix.rows, evidence=matrix.evidence)
        self._section.attempt(make, f"Change {what} the matrix")

    # --- the way out of an impossible matrix ---

    def _offer(self) -> None:
        """What the nearest valid matrix would change. Nothing is changed yet."""
        if self._matrix is None:
            return
        self._offered = moving_together.nearest(self._matrix)
        now = self._section.context.appraisal
        self.offer.show_text("Nearest valid matrix", moving_together.change_sentence(now, self._matrix, self._offered))
        self.offer.show()
        self.use.setFocus()

    def _use(self) -> None:
        offered = self._offered
        if offered is not None:
            make = partial(correlations.set_matrix, lines=offered.lines, rows=offered.rows, evidence=offered.evidence)
            self._section.attempt(make, "Use the nearest valid matrix")
            self.focus_first()

    def _keep(self) -> None:
        self._offered = None
        self.offer.hide()
        self.wrong.action.setFocus()

    def focus_first(self) -> None:
        """The matrix, or the line to add to it."""
        first: QWidget = self.table if self.cells.model.rows else self.lines
        first.setFocus()
