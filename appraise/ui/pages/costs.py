"""Step 5: costs and benefits by option and year, with ranges."""

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import Line
from appraise.model.edits import lines as edits
from appraise.model.finding import year_words
from appraise.present import wording
from appraise.ui import theme
from appraise.ui.context import Context, View
from appraise.ui.pages import costs_paste, costs_rows
from appraise.ui.pages.costs_pane import CostsPane
from appraise.ui.pages.costs_prices import PricesCard
from appraise.ui.pages.costs_rows import FIRST_YEAR
from appraise.ui.pages.costs_story import LineStory
from appraise.ui.pages.costs_table import AmountTable
from appraise.ui.pages.pane_parts import RestingPage, ToolRow
from appraise.ui.widgets.buttons import Button
from appraise.ui.widgets.cards import Card, PageFrame, Row
from appraise.ui.widgets.choices import PickList, Switch
from appraise.ui.widgets.labels import EmptyState, FlowLabel, Notice
from appraise.ui.widgets.table import clipboard_block
from appraise.ui.widgets.table_model import DataTableModel, TableColumn, TableRow

_VIEWS = (("entered", "Prices of year 0"), ("cash", "Cash of each year"), ("present", "Present value"))


class CostsPage(RestingPage):
    """Lines of one option at a time; the pane shows what they come to."""

    def __init__(self, context: Context) -> None:
        frame = PageFrame(
            "Step 5 of 10", "Costs and benefits", "What each option costs in each year, and how sure we are."
        )
        super().__init__(context, frame)
        self.pane: CostsPane = CostsPane()
        self._story: LineStory | None = None
        self._tools()
        self._model = DataTableModel([TableColumn("£")], self._typed, self)
        self.table = AmountTable("Costs and benefits by year", self._model)
        self._empty = EmptyState("table", "This option has no lines yet. Add one, or copy them from another option.")
        self._card = Card(padding=8)
        self._card.add(self.table)
        self._card.add(self._empty)
        self.fault = Notice("problem", "", "")
        self._wrong = Notice("problem", "", "", "Show")
        self._echo = FlowLabel("", "dense-strong")
        self._note = FlowLabel("", "caption", "ink2")
        self._prices = PricesCard(context)
        for part in (self._bar, self.fault, self._wrong, self._card, self._echo, self._note, self._prices):
            frame.add(part)
        frame.end()
        self.fault.hide()
        self._connect()
        self.follow()

    def _tools(self) -> None:
        self.segments = Switch("Option")
        self.views = PickList("View", _VIEWS, "entered")
        self.paste = Button("Paste", icon="paste")
        self.add_line = Button("Add line", kind="primary", icon="plus")
        first = Row(self.segments, stretches=(0,))
        first.line.addStretch(1)
        second = Row(self.views, self.paste, self.add_line, stretches=(0, 0, 0), gap=8)
        second.line.addStretch(1)
        self._bar = ToolRow(first, second)

    def _connect(self) -> None:
        self.segments.chosen.connect(self._show_option)
        self.views.chosen.connect(lambda _key: self._show_all())
        self.paste.clicked.connect(self._paste_here)
        self.add_line.clicked.connect(self._add_line)
        self.table.toggled.connect(self._toggle)
        self.table.opened.connect(self._toggle)
        self.table.pasted.connect(self._pasted)
        self.table.filled_down.connect(self._filled_down)
        self.table.filled_right.connect(self._filled_right)
        self.table.cleared.connect(self._cleared)
        self.table.moved.connect(lambda _key, _column: self._show_moves())
        self._model.faulted.connect(self._show_fault)
        self._wrong.activated.connect(self._go_to_wrong)
        theme.notifier().changed.connect(self.table.apply_theme)
        for keys, step in (("Ctrl+PgUp", -1), ("Ctrl+PgDown", 1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._step_option(step))

    def _step_option(self, step: int) -> Callable[[], None]:
        return lambda: self.segments.step(step)

    # --- what is shown ---

    def show_view(self, old: View | None, new: View) -> None:
        """The option in hand with its figures; the table only where lines, errors or results changed."""
        if old is None or old.appraisal.options is not new.appraisal.options:
            self.segments.set_choices([(one.id, one.short_name or one.name) for one in new.appraisal.options])
            self._bar.apply_theme()
        self._show_all()
        if old is None or old.appraisal is not new.appraisal:
            self._prices.show_prices(new)

    def _show_option(self, _key: str) -> None:
        self.table.close_story()
        self._show_fault("")
        self._say("")
        self._show_all()

    @property
    def _option(self) -> str:
        return self.segments.current()

    @property
    def _lines(self) -> tuple[Line, ...]:
        return costs_rows.lines_of(self.context.appraisal, self._option)

    def _show_all(self) -> None:
        view = self.context.view
        self._show_table(view)
        self._show_wrong(view)
        self.pane.show_option(view, self._option)
        self._show_moves()

    def _show_table(self, view: View) -> None:
        appraisal, errors = view.appraisal, costs_rows.errors_of(view.findings)
        entered = self.views.current() == "entered"
        columns, rows = self._columns_and_rows(view, errors)
        story = self.table.story_key() if entered else ""
        if columns != list(self._model.columns) or [row.key for row in rows] != self._keys():
            self._lay_anew(columns, rows, story)
        else:
            self._model.set_rows(rows)
        lines = {line.id: line for line in self._lines}
        if self._story is not None and self.table.story_key() in lines:
            self._story.show_line(appraisal, lines[self.table.story_key()], errors)
        left = not rows and (self.table.hasFocus() or self.table.isAncestorOf(self.focusWidget() or self))
        self.table.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self.paste.setEnabled(entered and bool(self._option))
        self.add_line.setEnabled(bool(self._option))
        if left:  # or Qt would hand the keyboard on to the rates below
            self.add_line.setFocus()
        self._note.set_text(self._note_text(appraisal))
        self._echo.setVisible(bool(self._echo.text()) and entered)

    def _lay_anew(self, columns: list[TableColumn], rows: list[TableRow], story: str) -> None:
        """Other rows or columns: the place, the open story and its field in hand are taken up again."""
        key, column = self.table.current_key().removesuffix("/story"), self.table.currentIndex().column()
        stop = self._story.stop_in_hand() if self._story is not None and story else -1
        inside = self._story is not None and self._story.isAncestorOf(self.focusWidget() or self)
        self.table.close_story()
        self._story = None
        self._model.set_columns(columns)
        self._model.set_rows(rows)
        if any(row.key == key for row in rows):
            self.table.place(key, min(column, len(columns) - 1))
        if story and any(row.key == story for row in rows):
            self._open(story).take_up(stop)
        elif inside:  # the story is gone with its line: no key may reach what happens to come next
            self.table.setFocus()

    def _columns_and_rows(self, view: View, errors: costs_rows.Errors) -> tuple[list[TableColumn], list[TableRow]]:
        results, key = view.results, self.views.current()
        if key != "entered" and results is not None and any(one.id == self._option for one in results.options):
            make = costs_rows.cash_table if key == "cash" else costs_rows.present_value_table
            return make(results, self._option)
        if key != "entered":
            return [TableColumn("£")], []
        unit = costs_rows.unit_of_option(view.appraisal, self._option)
        rows = costs_rows.Rows(view.appraisal, unit, errors, self.table.story_key())
        return costs_rows.entered_columns(view.appraisal, unit), rows.of(self._option)

    def _keys(self) -> list[str]:
        return [row.key for row in self._model.rows if row.kind != "story"]

    def _note_text(self, appraisal: Appraisal) -> str:
        if self.views.current() == "cash":
            return "Cash of each year, with inflation, not discounted. Change the amounts in prices of year 0."
        if self.views.current() == "present":
            return "Discounted to year 0. Change the amounts in prices of year 0."
        return (
            f"Prices of {year_words(appraisal, 0)}, before discounting. "
            "Type pounds, such as 1.25m, 850k or 1,250,000. Low and high are ends you would be surprised to see passed."
        )

    def _stray(self) -> set[str]:
        """Lines of an option that is gone: no table shows them."""
        options = {one.id for one in self.context.appraisal.options}
        return {line.id for line in self.context.appraisal.lines if line.option not in options}

    def _show_wrong(self, view: View) -> None:
        """The first error of a line of this option, or of a line that belongs to none."""
        stray = self._stray()
        own = {line.id for line in self._lines} | stray
        errors = costs_rows.errors_of(view.findings)
        fault = next((found for (record, _), found in errors.items() if record in own), None)
        self._wrong.setVisible(fault is not None)
        self._first_wrong = fault.record if fault else ""
        if fault is not None:
            self._wrong.show_text(fault.sentence, fault.mend)
            self._wrong.action.set_text("Remove the line" if fault.record in stray else "Show")

    def _show_moves(self) -> None:
        key = self.table.current_key().removesuffix("/story")
        line = next((one for one in self._lines if one.id == key), None)
        ranges = self.table.currentIndex().column() == 1 or bool(self.table.story_key())
        self.pane.show_line(self.context.view, line, ranges=ranges)

    def _show_fault(self, sentence: str) -> None:
        self.fault.show_text(sentence)
        self.fault.setVisible(bool(sentence))

    def _go_to_wrong(self) -> None:
        if self._first_wrong in self._stray():
            new = edits.remove_line(self.context.appraisal, line=self._first_wrong)
            self.context.apply(new, "Remove a line of no option")
            return
        self.views.set_current("entered")
        self._show_all()
        if self._first_wrong:
            self._open(self._first_wrong)
            self.table.place(self._first_wrong, 1)
            self.table.setFocus()

    def focus_first(self) -> None:
        """The table at its first amount, or the button that adds its first line."""
        if self.table.isVisibleTo(self):
            if not self.table.currentIndex().isValid():
                self.table.setCurrentIndex(self._model.index(0, min(FIRST_YEAR, len(self._model.columns) - 1)))
            self.table.setFocus()
        else:
            (self.add_line if self.add_line.isEnabled() else self.views).setFocus()

    def focus_place(self, record: str, field: str) -> None:
        """The line of a finding with its story open, or the option it is about."""
        if not field or not record:
            self._prices.focus_field(field)
            return
        if any(one.id == record for one in self.context.appraisal.indices):
            self._prices.focus_index(record)
            return
        line = next((one for one in self.context.appraisal.lines if one.id == record), None)
        option = line.option if line else record
        if option in {one.id for one in self.context.appraisal.options}:
            self.segments.set_current(option)
            self.views.set_current("entered")
            self._show_all()
        if line is not None and line.id not in self._stray():
            self.table.place(line.id, FIRST_YEAR if field == "amounts" else 1)
            if field != "amounts":
                self._open(line.id)
        self.focus_first()

    # --- the story of a line ---

    def _toggle(self, key: str) -> None:
        line = key.removesuffix("/story")
        if self.views.current() != "entered" or line not in {one.id for one in self._lines}:
            return
        if self.table.story_key() == line:
            self.table.close_story()
            self._story = None
            self._show_table(self.context.view)
            self.table.setFocus()
        else:
            self._open(line)

    def _open(self, line: str) -> LineStory:
        story = LineStory(self.context, line)
        self._story = story
        found = next(one for one in self._lines if one.id == line)
        story.show_line(self.context.appraisal, found, costs_rows.errors_of(self.context.view.findings))
        self.table.open_story(line, story)
        story.resized.connect(self.table.apply_theme)
        story.copied.connect(self._copy)
        self._show_table(self.context.view)
        return story

    # --- edits ---

    def _add_line(self) -> None:
        line = self.context.fresh_id("line")
        self.views.set_current("entered")
        new = edits.add_line(self.context.appraisal, line=line, option=self._option, name="New line")
        self.context.apply(new, "Add a line")
        self._open(line)
        self.table.place(line)
        if self._story is not None:
            self._story.name.start_over()

    def _copy(self, line: str, option: str) -> None:
        copy = self.context.fresh_id("line")
        new = edits.copy_line(self.context.appraisal, line=line, copy=copy, option=option)
        name = next(one.name for one in self.context.appraisal.lines if one.id == line)
        self.context.apply(new, f"Copy {wording.shorten(name, 40)}")

    def _typed(self, key: str, column: int, text: str) -> None:
        appraisal = self.context.appraisal
        line = next(one for one in self._lines if one.id == key)
        name = wording.shorten(line.name or "a line", 40)
        if column == 0:
            self.context.apply(edits.rename_line(appraisal, line=key, name=text.strip()), f"Rename {name}")
            return
        year = column - FIRST_YEAR
        amount = costs_rows.read_amount(text)
        years = costs_rows.year_names(appraisal)
        thousands = costs_rows.unit_of_option(appraisal, self._option).divisor == 1_000
        self.context.apply(
            edits.set_amount(appraisal, line=key, year=year, amount=amount), f"Change {name}, {years[year]}"
        )
        meant = costs_rows.in_thousands(text, amount) if thousands else ""
        self._say(f"{name}, {year_words(appraisal, year)}: {wording.money(amount)}. {meant}".strip())

    def _say(self, sentence: str) -> None:
        """Reads back what was entered, so that a slip is seen."""
        self._echo.set_text(sentence)
        self._echo.setVisible(bool(sentence))

    def _line_rows(self, start: int = 0) -> list[Line]:
        """The lines shown from a row down, in the order of the table."""
        lines = {line.id: line for line in self._lines}
        return [lines[row.key] for row in self._model.rows[start:] if row.key in lines]

    def _pasted(self, row: int, column: int, block: list[list[str]]) -> None:
        if self.views.current() != "entered":
            self._show_fault("Nothing was pasted: choose “Prices of year 0” first, where amounts are entered.")
            return
        if costs_paste.names_lines(block):
            self._paste_lines(block)
            return
        if not self._lines:
            self._show_fault("Nothing was pasted: this option has no lines yet; let their names be the first column.")
            return
        place = costs_rows.Place(self._line_rows(row), column, costs_rows.year_names(self.context.appraisal))
        cells = self._amount_cells(self.table.selected_cells())
        try:
            if len(block) == 1 and len(block[0]) == 1 and len(cells) > 1:
                amount = costs_rows.read_amount(block[0][0])
                amounts = dict.fromkeys(cells, amount)
            else:
                amounts = costs_rows.pasted(block, place)
        except ValueError as wrong:
            self._show_fault(str(wrong))
            return
        self._say("")
        self._set(amounts, f"Paste {wording.how_many(len(amounts), 'amount')}")

    def _paste_lines(self, block: list[list[str]]) -> None:
        """Names and amounts from a spreadsheet, as one step."""
        appraisal = self.context.appraisal
        try:
            read = costs_paste.read_lines(block, appraisal.horizon.first_year, costs_rows.year_names(appraisal))
        except ValueError as wrong:
            self._show_fault(str(wrong))
            return
        self._show_fault("")
        new, added, changed = costs_paste.with_lines(
            appraisal, self._option, read, lambda: self.context.fresh_id("line")
        )
        self.context.apply(new, f"Paste {wording.how_many(len(read), 'line')}")
        counts = [f"{wording.how_many(added, 'line')} added"] if added else []
        counts += [f"{wording.how_many(changed, 'line')} changed, found by name"] if changed else []
        self._say(wording.capital(" and ".join(counts)) + ".")

    def _paste_here(self) -> None:
        if not self._model.rows:
            if block := clipboard_block():
                self._pasted(0, FIRST_YEAR, block)
            return
        if not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self._model.index(0, FIRST_YEAR))
        self.table.paste()
        self.table.setFocus()

    def _amount_cells(self, cells: list[tuple[int, int]]) -> list[tuple[str, int]]:
        """Those of the (row, column) pairs that hold an amount, as (line, year)."""
        lines = {line.id for line in self._lines}
        years = len(costs_rows.year_names(self.context.appraisal))
        keyed = [(self._model.rows[row].key, column - FIRST_YEAR) for row, column in cells]
        return [(key, year) for key, year in keyed if key in lines and 0 <= year < years]

    def _set(self, amounts: dict[tuple[str, int], Decimal], action: str) -> None:
        self._show_fault("")
        if self.views.current() == "entered":
            self.context.apply(edits.set_amounts(self.context.appraisal, amounts=amounts), action)

    def _cleared(self, cells: list[tuple[int, int]]) -> None:
        self._set(dict.fromkeys(self._amount_cells(cells), Decimal("0.00")), "Clear amounts")

    def _now(self, line: str, year: int) -> Decimal:
        amounts = next(one.amounts for one in self._lines if one.id == line)
        return amounts[year] if year < len(amounts) else Decimal("0.00")

    def _filled_down(self, _rows: list[int], _column: int) -> None:
        cells = self._amount_cells(self.table.selected_cells())
        top: dict[int, Decimal] = {}
        for line, year in cells:
            top.setdefault(year, self._now(line, year))
        self._set({(line, year): top[year] for line, year in cells}, "Fill down")

    def _filled_right(self, cells: list[tuple[int, int]]) -> None:
        chosen = self._amount_cells(cells)
        first: dict[str, Decimal] = {}
        for line, year in chosen:
            first.setdefault(line, self._now(line, year))
        self._set({(line, year): first[line] for line, year in chosen}, "Fill to the right")
