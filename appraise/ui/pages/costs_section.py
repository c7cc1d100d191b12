"""What the sections of step 5 share: their frame, tables of results, tables typed in place, and lines to tick."""

from abc import abstractmethod
from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QWidget

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import Line
from appraise.model.finding import Finding, Severity
from appraise.present import tables, wording
from appraise.ui.context import Context, View
from appraise.ui.pages.results_cards import TableCard, chosen_name
from appraise.ui.pages.results_state import Figures, FreshChip, errors_of, figures_of
from appraise.ui.pages.section import EditingSection
from appraise.ui.pages.text_parts import Help, HelpByField
from appraise.ui.widgets.buttons import Button
from appraise.ui.widgets.cards import Column, Row
from appraise.ui.widgets.choices import Switch
from appraise.ui.widgets.fields import TextField
from appraise.ui.widgets.labels import FlowLabel
from appraise.ui.widgets.table import DataTable
from appraise.ui.widgets.table_frozen import FrozenTable
from appraise.ui.widgets.table_model import Cell, DataTableModel, TableColumn, TableRow

MakeTable = Callable[[Figures], tables.Table]


class CostSection(EditingSection):
    """A section of the page: its parts one below the other. `helps` is what the right pane says meanwhile.

    `figures` are the latest results with the document that they were made from; None while there are none.
    Signals: option_taken(option) when the user looks at another option in a section that has options.
    """

    option_taken = Signal(str)
    figures: Figures | None

    def __init__(self, context: Context, first: Help, *parts: QWidget) -> None:
        super().__init__(context, *parts)
        self.line.insertWidget(0, self.refused)
        self.helps = HelpByField(first, {})
        self.figures = None

    @staticmethod
    @abstractmethod
    def holds(appraisal: Appraisal, record: str, field: str) -> bool:
        """Whether a finding's place is in this section."""

    def look_at(self, option: str) -> None:
        """Shows the option that was in hand before; sections without options have nothing to do."""

    def keep_figures(self, view: View) -> None:
        """Stale results stay with the document they belong to."""
        self.figures = figures_of(view, self.figures)


def stops_in_order(part: QWidget) -> list[QWidget]:
    """Where Tab may stop in a part, seen or not, in the order in which Tab goes through them now."""
    stops, widget = [], part.nextInFocusChain()
    while widget is not None and widget is not part:
        tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
        if tab and part.isAncestorOf(widget):
            stops.append(widget)
        widget = widget.nextInFocusChain()
    return stops


def errors_at(findings: Sequence[Finding], record: str) -> dict[str, str]:
    """What is wrong in a record, or in the document for "", by field."""
    return {
        one.field: f"{one.sentence} {one.mend}"
        for one in reversed(findings)
        if one.step == 5 and one.record == record and one.severity is Severity.ERROR
    }


def mark_wrong(field: TextField, sentence: str) -> None:
    """Marks a narrow field whose sentence stands below its whole row; what cannot be read has its own sentence."""
    if sentence and not field.fault():
        field.line.wrong = True
        field.line.setAccessibleDescription(sentence)
        field.line.update()


class FiguresCard(TableCard):
    """A table of the results with its notes, or the sentence that says why there is none.

    `last`: the last column, such as a total, stays in view.
    """

    def __init__(self, title: str, make: MakeTable, nothing: str, *, last: bool = False) -> None:
        super().__init__(last=last)
        self._title, self._make, self._nothing = title, make, nothing
        self._drawn: Figures | None = None
        self._waiting = True
        self.fresh = FreshChip()
        self.nothing = FlowLabel("", "body", "ink2")
        self.add_action(self.fresh)
        self.content.insertWidget(0, self.nothing)
        self._show(None)

    def show_figures(self, view: View, figures: Figures | None) -> None:
        """The table of the latest figures; made anew only where they are new."""
        self.fresh.show_view(view, figures)
        self._waiting = bool(errors_of(view))
        if figures is None or figures is not self._drawn:
            self._drawn = figures
            self._show(figures)

    def show_again(self) -> None:
        """The table anew from the same figures, where something else chooses what is in it."""
        self._show(self._drawn)

    def _show(self, figures: Figures | None) -> None:
        table = self._make(figures) if figures is not None else None
        some = table is not None and bool(table.rows)
        if table is not None and some:
            self.show_table(table, chosen_name(figures.results, figures.appraisal) if figures else "")
        else:
            self.set_title(self._title)
        waits = "Figures appear when nothing is wrong in the document."
        self.nothing.set_text(waits if figures is None and self._waiting else self._nothing)
        self.nothing.setVisible(not some)
        self.table.setVisible(some)
        self.note.setVisible(some)


class FaultLine(FlowLabel):
    """What is wrong with a table: what was typed and cannot be read, else what is wrong in the document."""

    def __init__(self) -> None:
        self._typed = self._wrong = ""
        super().__init__("", "caption", "problem")
        self.hide()

    def tell(self, sentence: str) -> None:
        """What cannot be read; empty once it can."""
        self._typed = sentence
        self._show()

    def show_wrong(self, sentence: str) -> None:
        """What is wrong in the document; empty where nothing is."""
        self._wrong = sentence
        self._show()

    def _show(self) -> None:
        words = self._typed or self._wrong
        self.set_text(words)
        self.setVisible(bool(words))


class EditTable(Column):
    """A small table typed in place, with buttons under it and the sentence for what cannot be read.

    `typed(row key, column, text)` raises ValueError with a sentence. `frozen`: the first column stays in view.
    Signals: added(); removed(row key).
    """

    added = Signal()
    removed = Signal(str)

    def __init__(
        self,
        name: str,
        columns: Sequence[TableColumn],
        typed: Callable[[str, int, str], None],
        add: str,
        noun: str,
        *,
        frozen: bool = False,
    ) -> None:
        self.model = DataTableModel(list(columns), typed)
        self.table: DataTable = (
            FrozenTable(name, self.model, row_height=31, fit=True, last=False)
            if frozen
            else DataTable(name, self.model, row_height=31)
        )
        self.table.tab_walks_cells = True
        self.fault = FaultLine()
        self.add = Button(add, icon="plus", small=True)
        self.remove = Button("Remove", kind="plain", icon="bin", small=True)
        self.remove.setAccessibleName(f"Remove the {noun} in hand")
        self.buttons = Row(self.add, self.remove, stretches=(0, 0), gap=8)
        super().__init__(self.table, self.fault, self.buttons, gap=6)
        self.buttons.line.addStretch(1)
        self.model.faulted.connect(self.tell)
        self.add.clicked.connect(self.added)
        self.remove.clicked.connect(self._remove)

    def show_rows(self, rows: Sequence[TableRow]) -> None:
        """The rows as they are; without rows only the button that adds is left."""
        here = self.table.hasFocus() or self.remove.hasFocus()
        self.model.set_rows(rows)
        self.table.setVisible(bool(rows))
        self.remove.setEnabled(bool(rows))
        if here and not rows:
            self.add.setFocus()

    def tell(self, sentence: str) -> None:
        """Says what cannot be read; empty takes it away."""
        self.fault.tell(sentence)

    def edit_row(self, key: str) -> None:
        """Puts the first cell of a row in hand, ready to be typed over."""
        self.table.setFocus()
        self.table.place(key)
        if isinstance(self.table, FrozenTable):
            self.table.bring(0)
        self.table.edit(self.table.currentIndex())

    def _remove(self) -> None:
        rows = [row.key for row in self.model.rows]
        key = self.table.current_key() or (rows[-1] if rows else "")
        if key:
            self.tell("")
            self.removed.emit(key)


class LineTicks(Column):
    """The lines of one option at a time, each ticked or not: which of them a record holds for.

    Signals: ticked(line, on) when the user changes one.
    """

    ticked = Signal(str, bool)

    def __init__(self, name: str, title: str, fits: Callable[[Line], bool], nothing: str) -> None:
        self._fits, self._name, self._title = fits, name, title
        self._chosen: frozenset[str] = frozenset()
        self._appraisal: Appraisal | None = None
        self._head = FlowLabel(title, "dense-strong")
        self._count = FlowLabel("", "caption", "ink2")
        self.options = Switch(f"Option, {name.lower()}")
        self._model = DataTableModel([TableColumn(title, stretch=True)])
        self.table = DataTable(name, self._model, row_height=31)
        self.table.horizontalHeader().hide()
        self._nothing = FlowLabel(nothing, "dense", "ink2")
        super().__init__(self._head, self._count, self.options, self.table, self._nothing, gap=6)
        self.options.chosen.connect(lambda _key: self._show())
        self.table.toggled.connect(self._toggle)
        self.table.clicked.connect(self._click)

    def show_lines(self, appraisal: Appraisal, chosen: frozenset[str]) -> None:
        """The lines of every option that fit, and which of them are ticked."""
        self._appraisal, self._chosen = appraisal, chosen
        shown = [one for one in appraisal.options if any(one.id == line.option for line in self._fitting())]
        self.options.set_choices([(one.id, one.short_name or one.name or "Without a name") for one in shown])
        named = sum(line.id in chosen for line in appraisal.lines)
        over = len({line.option for line in appraisal.lines if line.id in chosen})
        words = f"{wording.how_many(named, 'line')} in {wording.how_many(over, 'option')}." if named else "No line yet."
        self._count.set_text(f"{wording.capital(words)} Space ticks the line in hand.")
        for part in (self._count, self.options, self.table):
            part.setVisible(bool(shown))
        self._nothing.setVisible(not shown)
        self._show()

    def _fitting(self) -> list[Line]:
        """What fits, and what is ticked although it does not, so that it can be unticked."""
        lines = self._appraisal.lines if self._appraisal else ()
        return [line for line in lines if self._fits(line) or line.id in self._chosen]

    def _show(self) -> None:
        rows = []
        for line in self._fitting():
            if line.option != self.options.current():
                continue
            on = line.id in self._chosen
            name = line.name or "A line without a name"
            cell = Cell(
                name,
                icon="completed" if on else "not-started",
                icon_ink="good" if on else "ink2",
                spoken=f"{name}, {'ticked' if on else 'not ticked'}",
                tip=name,
            )
            rows.append(TableRow(line.id, (cell,)))
        self._model.set_rows(rows)

    def _click(self, index: QModelIndex) -> None:
        self._toggle(self._model.rows[index.row()].key)

    def _toggle(self, key: str) -> None:
        self.ticked.emit(key, key not in self._chosen)

    def look_at(self, option: str) -> None:
        """Shows the lines of an option, where it has any that fit."""
        if any(line.option == option for line in self._fitting()):
            self.options.set_current(option)
            self._show()
