"""Records of the document in a table, the one in hand in a card below it: added, written, moved and removed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QWidget

from appraise.model.appraisal.document import Appraisal
from appraise.model.edits.changing import EditRefused
from appraise.model.finding import Severity
from appraise.present import wording
from appraise.ui.context import Context, View
from appraise.ui.pages.pane_parts import EditRow
from appraise.ui.pages.results_charts import Sides
from appraise.ui.pages.text_parts import Help, HelpByField
from appraise.ui.widgets.cards import Card, Column
from appraise.ui.widgets.choices import PickList
from appraise.ui.widgets.fields import MoneyField, NumberField, TextArea, TextField
from appraise.ui.widgets.labels import EmptyState, FlowLabel, Notice
from appraise.ui.widgets.table import DataTable
from appraise.ui.widgets.table_model import Cell, DataTableModel, TableColumn, TableRow

Field = TextField | TextArea


def _as_it_is(value: Any) -> str:
    return str(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordField:
    """One field of a record by its dataclass name: label, hint and help; `lines` 0 is a single line.

    With `parse` it holds an amount in pounds, or a number in another `unit`: `parse` raises ValueError with a sentence,
    `show` gives the text to edit. With `choices` it is one of the (key, words) pairs that the document allows, and
    `show` gives the key.
    """

    key: str
    label: str
    help: Help
    hint: str = ""
    lines: int = 0
    parse: Callable[[str], object] | None = None
    show: Callable[[Any], str] = _as_it_is
    unit: str = "£"
    choices: Callable[[Appraisal], Sequence[tuple[str, str]]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordKind:
    """One kind of record: how it is read and changed, how it looks in the table, and its fields, row by row.

    Without `fields` the table is all there is, and `typed` says which field each column edits.
    Every edit takes the document and the record's id. The first entry of `keys` is the field that names the record.
    Without `move` the order of the records says nothing.
    """

    noun: str
    title: str
    plural: str
    read: Callable[[Appraisal], Sequence[Any]]
    add: Callable[[Appraisal, str], Appraisal]
    change: Callable[[Appraisal, str, str, object], Appraisal]
    remove: Callable[[Appraisal, str], Appraisal]
    move: Callable[[Appraisal, str, int], Appraisal] | None
    columns: tuple[TableColumn, ...]
    cells: Callable[[Any], tuple[Cell, ...]]
    empty: str
    icon: str
    help: Help
    measure: Callable[[Sequence[Any]], str]
    fields: tuple[tuple[RecordField, ...], ...] = ()
    typed: tuple[str, ...] = ()

    @property
    def first(self) -> str:
        """What the button adds when there is none."""
        return f"Add the first {self.noun}"


class RecordDetail(Card):
    """The fields of the record in hand. Nothing typed in one record goes to another.

    `fields` by dataclass name are those that are typed in, `picks` those with choices.

    Signals: typed(record, field, value) once per changed and readable field, with the id of the record shown.
    """

    typed = Signal(str, str, object)

    def __init__(self, kind: RecordKind, helps: HelpByField) -> None:
        super().__init__(" ")
        self._kind = kind
        self._record = ""
        self._labels: dict[str, str] = {}
        self._shows = {one.key: one.show for row in kind.fields for one in row}
        self._choices = {one.key: one.choices for row in kind.fields for one in row if one.choices is not None}
        self.fields: dict[str, Field] = {}
        self.picks: dict[str, PickList] = {}
        self._pick_faults: dict[str, FlowLabel] = {}
        for row in kind.fields:
            made = [self._picked(one, helps) if one.choices is not None else self._made(one, helps) for one in row]
            self.add(made[0] if len(made) == 1 else Sides(*made, fold=440, gap=12))

    def _made(self, one: RecordField, helps: HelpByField) -> Field:
        field: Field
        if one.parse is not None:
            pounds = one.unit == "£"
            amount = (MoneyField if pounds else NumberField)(one.label, one.parse, label=one.label, unit=one.unit)
            amount.parsed.connect(lambda value: self.typed.emit(self._record, one.key, value))
            field = amount
        elif one.lines:
            field = TextArea(one.label, label=one.label, hint=one.hint, lines=one.lines)
            field.committed.connect(lambda text: self.typed.emit(self._record, one.key, text))
        else:
            field = TextField(one.label, label=one.label, hint=one.hint)
            field.committed.connect(lambda text: self.typed.emit(self._record, one.key, text))
        self.fields[one.key] = field
        self._labels[one.key] = one.label
        helps.add(field, one.help)
        return field

    def _picked(self, one: RecordField, helps: HelpByField) -> Column:
        pick = self.picks[one.key] = PickList(one.label)
        self._labels[one.key] = one.label
        pick.chosen.connect(lambda key: self.typed.emit(self._record, one.key, key))
        helps.add(pick, one.help)
        fault = self._pick_faults[one.key] = FlowLabel("", "caption", "problem")
        column = Column(FlowLabel(one.label, "caption", "ink2"), pick, fault, gap=4)
        column.line.addStretch(1)
        return column

    def field(self, key: str) -> QWidget | None:
        """What a field is edited in; None for one that this record has not."""
        return self.fields.get(key) or self.picks.get(key)

    def show_record(self, record: Any, place: int, view: View, count: int) -> None:
        """The record's words and what is wrong in them; spoken names say which record it is."""
        if record.id != self._record:
            self.forget()
        self._record = record.id
        which = f"{wording.capital(self._kind.noun)} {place + 1}"
        self.set_title(f"{which} of {count}")
        wrong = {
            one.field: f"{one.sentence} {one.mend}"
            for one in view.findings
            if one.record == record.id and one.severity is Severity.ERROR
        }
        for key, pick in self.picks.items():
            pick.set_choices(self._choices[key](view.appraisal))
            pick.set_current(self._shows[key](getattr(record, key)))
            pick.setAccessibleName(f"{self._labels[key]}, {which.lower()}")
            self._pick_faults[key].set_text(wrong.get(key, ""))
            self._pick_faults[key].setVisible(key in wrong)
        for key, field in self.fields.items():
            field.set_text(self._shows[key](getattr(record, key)))
            inner = field.line if isinstance(field, TextField) else field.sheet
            inner.setAccessibleName(f"{self._labels[key]}, {which.lower()}")
            if isinstance(field, TextField) and key in wrong and not field.fault():
                field.set_fault(wrong[key])

    def forget(self) -> None:
        """Gives up what is half typed: the record is no longer there, or no longer in hand."""
        for field in self.fields.values():
            if isinstance(field, TextField):
                field.give_up()
            else:
                field.sheet.setPlainText(field.sheet.saved)

    def start(self) -> Field:
        """The first field takes the keyboard, ready to be typed over; gives that field."""
        first = next(iter(self.fields.values()))
        if isinstance(first, TextField):
            first.start_over()
        else:
            first.setFocus()
        return first


class Records(Column):
    """All records of a kind in a table, buttons to add, remove and move, and the one in hand below.

    Signals: focused(widget) when the keyboard was sent to a field that may be out of view.
    """

    focused = Signal(QWidget)

    def __init__(self, context: Context, kind: RecordKind, helps: HelpByField) -> None:
        self._context, self._kind = context, kind
        self._chosen = ""
        self._quiet = False
        self._model = DataTableModel(list(kind.columns), self._typed_in_table if kind.typed else None)
        self.table = DataTable(kind.title, self._model, row_height=36)
        self.table.tab_walks_cells = bool(kind.typed)
        self.empty = EmptyState(kind.icon, kind.empty, kind.first)
        self.buttons = EditRow(f"Add {kind.noun}", kind.noun, moves=kind.move is not None)
        self.refused = Notice("attention", "", "")
        self.card = Card(kind.title)
        for part in (self.refused, self.table, self.empty, self.buttons):
            self.card.add(part)
        self.detail = RecordDetail(kind, helps) if kind.fields else None
        super().__init__(*([self.card, self.detail] if self.detail else [self.card]), gap=11)
        self.refused.hide()
        helps.add(self.card, kind.help)
        self._connect()

    @property
    def fields(self) -> dict[str, Field]:
        """The fields of the record in hand, by dataclass name; none where the table is all there is."""
        return self.detail.fields if self.detail else {}

    @property
    def chosen(self) -> str:
        """The id of the record in hand; empty without records."""
        return self._chosen

    def _connect(self) -> None:
        self.empty.activated.connect(self.add_record)
        self.buttons.added.connect(self.add_record)
        self.buttons.removed.connect(self._remove)
        self.buttons.moved.connect(self._move)
        self.table.moved.connect(lambda key, _column: self._taken(key))
        self.table.pasted.connect(self._pasted)
        self._model.faulted.connect(self._refuse)
        if self.detail is not None:
            self.table.opened.connect(lambda _key: self.focus_detail())
            self.table.toggled.connect(lambda _key: self.focus_detail())
            self.detail.typed.connect(self._typed)

    @property
    def _now(self) -> Appraisal:
        return self._context.appraisal

    def _records(self) -> Sequence[Any]:
        return self._kind.read(self._now)

    # --- what is shown ---

    def show_view(self, view: View) -> None:
        """The records as they stand; the one in hand stays in hand while it is there."""
        records = self._kind.read(view.appraisal)
        ids = [one.id for one in records]
        here = self._holds_keyboard()
        if self._chosen not in ids:
            self._chosen = ids[0] if ids else ""
        self._show_rows(records)
        self.card.set_title(self._kind.title, self._kind.measure(records) if records else "")
        for part in (self.table, self.buttons):
            part.setVisible(bool(records))
        self.empty.setVisible(not records)
        self._show_detail(view)
        if here and not records:
            self.empty.action.setFocus()

    def _show_rows(self, records: Sequence[Any]) -> None:
        self._quiet = True
        self._model.set_rows([self._row(one) for one in records])
        if self.table.current_key() != self._chosen:
            self.table.place(self._chosen)
        self._quiet = False

    def _row(self, record: Any) -> TableRow:
        shown = self.detail is not None and record.id == self._chosen
        return TableRow(record.id, self.row_cells(record), "open" if shown else "plain")

    def row_cells(self, record: Any) -> tuple[Cell, ...]:
        """The cells of a record; for tables that also show what follows from the rest of the document."""
        return self._kind.cells(record)

    def _show_detail(self, view: View) -> None:
        if self.detail is None:
            return
        records = self._kind.read(view.appraisal)
        place = next((number for number, one in enumerate(records) if one.id == self._chosen), -1)
        if place < 0:
            self.detail.forget()  # a field that is hidden would else commit what is half typed in it
        self.detail.setVisible(place >= 0)
        if place >= 0:
            self.detail.show_record(records[place], place, view, len(records))
            self.shown(records[place])

    def shown(self, record: Any) -> None:
        """Called after the record in hand is shown, for more that hangs on it."""

    def _holds_keyboard(self) -> bool:
        here = QApplication.focusWidget()
        return here is not None and self.isAncestorOf(here)

    def _refuse(self, sentence: str) -> None:
        self.refused.show_text(sentence)
        self.refused.setVisible(bool(sentence))

    # --- where the keyboard is ---

    def _taken(self, key: str) -> None:
        if key != self._chosen and not self._quiet:
            self.choose(key)

    def choose(self, key: str) -> None:
        """Takes a record in hand; an unknown id does nothing."""
        self._leave_detail()
        if any(one.id == key for one in self._records()):
            self._chosen = key
            self._refuse("")
            self._show_rows(self._records())
            self._show_detail(self._context.view)

    def focus_detail(self) -> None:
        """The first field of the record in hand."""
        if self.detail is not None:
            first = next(iter(self.detail.fields.values()))
            first.setFocus()
            self.focused.emit(first)

    def first_stop(self) -> QWidget:
        """The table, or the action that adds the first record."""
        if not self._records():
            return self.empty.action
        self.table.place(self._chosen)
        return self.table

    def focus_first(self) -> None:
        """The table, or the action that adds the first record."""
        self.first_stop().setFocus()

    def take(self, record: str, field: str) -> QWidget | None:
        """Takes the record in hand and gives the widget of its field; None for a record of another kind."""
        if all(one.id != record for one in self._records()):
            return None
        self.choose(record)
        if self.detail is None:
            columns = self._kind.typed
            self.table.place(record, columns.index(field) if field in columns else 0)
            return self.table
        return self.detail.field(field) or next(iter(self.detail.fields.values()))

    # --- edits ---

    def _apply(self, new: Appraisal, action: str) -> None:
        self._refuse("")
        self._context.apply(new, action)

    def _change(self, key: str, field: str, value: object) -> None:
        words = field.replace("_", " ")
        self._apply(self._kind.change(self._now, key, field, value), f"Change {words} of {_a(self._kind.noun)}")

    def _leave_detail(self) -> None:
        """What is half typed goes to its record before another one is taken in hand."""
        here = QApplication.focusWidget()
        if here is not None and self.detail is not None and self.detail.isAncestorOf(here):
            here.clearFocus()

    def _typed(self, record: str, field: str, value: object) -> None:
        try:
            self._change(record, field, value)
        except EditRefused as refused:
            self._refuse(str(refused))

    def _typed_in_table(self, key: str, column: int, text: str) -> None:
        try:
            self._change(key, self._kind.typed[column], text.strip())
        except EditRefused as refused:
            raise ValueError(str(refused)) from refused

    def _pasted(self, row: int, column: int, block: list[list[str]]) -> None:
        """A block from a spreadsheet is one step; rows that go beyond the table become new records."""
        fields = self._kind.typed[column:]
        if not fields:
            return
        if any(len(cells) > len(fields) for cells in block):
            self._refuse("Nothing was pasted: the block is wider than the table from the cell in hand.")
            return
        new, ids = self._now, [one.id for one in self._records()]
        for number, cells in enumerate(block, start=row):
            if number >= len(ids):
                ids.append(self._context.fresh_id(self._kind.noun))
                new = self._kind.add(new, ids[-1])
            for field, text in zip(fields, cells, strict=False):
                new = self._kind.change(new, ids[number], field, text.strip())
        self._apply(new, f"Paste {self._kind.plural}")

    def add_record(self) -> None:
        """A new record at the end, ready to be named."""
        self._leave_detail()
        key = self._context.fresh_id(self._kind.noun)
        self._chosen = key
        self._apply(self._kind.add(self._now, key), f"Add {_a(self._kind.noun)}")
        if self.detail is not None:
            self.focused.emit(self.detail.start())
        else:
            self.table.setFocus()
            self.table.place(key)
            self.table.edit(self.table.currentIndex())

    def _remove(self) -> None:
        key, ids = self._chosen, [one.id for one in self._records()]
        if key not in ids:
            return
        place = ids.index(key)
        rest = ids[:place] + ids[place + 1 :]
        self._chosen = rest[min(place, len(rest) - 1)] if rest else ""
        self._apply(self._kind.remove(self._now, key), f"Remove {_a(self._kind.noun)}")
        if not rest:
            self.empty.action.setFocus()

    def _move(self, step: int) -> None:
        self._leave_detail()
        ids = [one.id for one in self._records()]
        to = ids.index(self._chosen) + step
        if self._kind.move is not None and 0 <= to < len(ids):
            self._apply(self._kind.move(self._now, self._chosen, to), f"Move {_a(self._kind.noun)}")
            self.table.place(self._chosen)


def missing_cell(words: Sequence[str]) -> Cell:
    """What a record still lacks, with the sign of it; a tick where it lacks nothing."""
    if not words:
        return Cell("nothing", icon="completed", ink="ink2")
    return Cell(wording.listing(list(words)), icon="in-progress", ink="ink2", tip=wording.listing(list(words)))


def name_cell(text: str, nothing: str, *, editable: bool = False) -> Cell:
    """The name of a record, or that it has none."""
    shown = text.strip() or nothing
    return Cell(shown, strong=True, ink="ink" if text.strip() else "ink2", tip=text, editable=editable, edit_text=text)


def word_cell(text: str, *, editable: bool = False) -> Cell:
    """Words of a record, or a dash."""
    return Cell(text.strip() or wording.DASH, tip=text, editable=editable, edit_text=text)


def _a(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
