"""Step 5: costs and benefits by option and year, with ranges, in the money that is asked for."""

from decimal import Decimal

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import Line, Prices
from appraise.model.edits import lines as edits
from appraise.model.edits.changing import EditRefused
from appraise.model.edits.lines import Pattern
from appraise.model.finding import horizon_years, year_words
from appraise.present import cost_views, wording
from appraise.ui import theme
from appraise.ui.context import Context, View
from appraise.ui.pages import costs_fill, costs_paste, costs_rows
from appraise.ui.pages.costs_pane import CostsPane
from appraise.ui.pages.costs_rows import FIRST_YEAR, SheetMaker
from appraise.ui.pages.costs_section import CostSection, stops_in_order
from appraise.ui.pages.costs_sections import SECTIONS
from appraise.ui.pages.costs_story import LineStory
from appraise.ui.pages.costs_table import CostSheet
from appraise.ui.pages.costs_terms import FIELDS as TERMS
from appraise.ui.pages.options_help import TIERS
from appraise.ui.pages.pane_parts import RestingPage, ToolRow
from appraise.ui.pages.text_parts import HelpByField
from appraise.ui.widgets import base
from appraise.ui.widgets.buttons import Button, IconButton
from appraise.ui.widgets.cards import Card, PageFrame, Row, page_keys
from appraise.ui.widgets.choices import PickList, Switch
from appraise.ui.widgets.labels import EmptyState, FlowLabel, Notice
from appraise.ui.widgets.table import clipboard_block
from appraise.ui.widgets.table_model import DataTableModel, TableColumn

LINES = "lines"
_ENTERED = "entered"
_VIEWS = ((_ENTERED, "As entered"), ("real", "Prices of year 0"), ("cash", "Cash"), ("present", "Present value"))
_MAKERS = {"real": cost_views.real_view, "cash": cost_views.cash_view, "present": cost_views.present_view}
_NO_LINES = "This option has no lines yet. Add one, or paste a block from a spreadsheet."
_NO_FIGURES = "This option has no lines yet, so there are no figures. Add lines under “As entered”."


class CostsPage(RestingPage):
    """Lines of one option at a time, and sections beside them under one switch; the pane shows what lines come to."""

    def __init__(self, context: Context) -> None:
        self._frame = PageFrame(
            "Step 5 of 10", "Costs and benefits", "What each option costs in each year, and how sure we are."
        )
        super().__init__(context, self._frame)
        self.pane: CostsPane = CostsPane()
        self.sections: dict[str, CostSection] = {}
        self._seen: dict[str, View | None] = {}
        self._story: LineStory | None = None
        self._maker = SheetMaker()
        self._term_helps = HelpByField(TIERS, {})
        self._shown_sentence = ""
        self._told_of = context.appraisal
        self._unit = costs_rows.unit_of(())
        self._tools()
        self._model = DataTableModel([TableColumn("£")], self._typed, self)
        self.sheet = CostSheet("Costs and benefits by year", self._model)
        self.table = self.sheet.table
        self._empty = EmptyState("table", _NO_LINES, "As entered")
        self._card = Card(padding=8)
        self._card.add(self.sheet)
        self._card.add(self._empty)
        self.fault = Notice("problem", "", "")
        self._wrong = Notice("problem", "", "", "Show")
        self._echo = FlowLabel("", "dense-strong")
        self._note = FlowLabel("", "caption", "ink2")
        self._parts = (self._bar, self.fault, self._wrong, self._card, self._echo, self._note)
        self._frame.add_bar(Row(self.switch))
        for part in self._parts:
            self._frame.add(part)
        self._frame.end()
        self.fault.hide()
        self._connect()
        self.follow()

    def _tools(self) -> None:
        choices = [(LINES, "Lines"), *((key, words) for key, (words, _, _) in SECTIONS.items())]
        self.switch = Switch("Part of this step", choices, whole=True)
        self.segments = Switch("Option")
        self.views = PickList("View", _VIEWS, _ENTERED)
        self.paste = IconButton("paste", "Paste a block from a spreadsheet, Ctrl+V", size=36)
        self.fill = Button("Fill …")
        self.fill.setAccessibleName("Fill the line with a pattern")
        self.fill.setToolTip("A pattern over the years. Ctrl+R fills to the right, Ctrl+D down.")
        self.add_line = Button("Add line", kind="primary", icon="plus")
        first = Row(self.segments, stretches=(0,))
        first.line.addStretch(1)
        second = Row(self.views, self.paste, self.fill, self.add_line, stretches=(0, 0, 0, 0), gap=8)
        second.line.addStretch(1)
        self._bar = ToolRow(first, second)

    def _connect(self) -> None:
        self.switch.chosen.connect(lambda _key: self._turn())
        self.segments.chosen.connect(self._show_option)
        self.views.chosen.connect(self._show_as)
        self._empty.activated.connect(self._back_to_entries)
        self.paste.clicked.connect(self._paste_here)
        self.fill.clicked.connect(self._ask_pattern)
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
        self.sheet.resized.connect(self._give_room)
        self._refit = QTimer(self, singleShot=True, interval=0)
        self._refit.timeout.connect(self._fit_story)
        self.table.laid_out.connect(self._refit.start)
        theme.notifier().changed.connect(self._anew)
        page_keys(self, self.segments.step)

    # --- sections ---

    @property
    def section(self) -> CostSection | None:
        """The section in hand, made when it is first asked for; None for the lines."""
        key = self.switch.current()
        if key == LINES:
            return None
        if key not in self.sections:
            self.sections[key] = SECTIONS[key][1](self.context)
            self._seen[key] = None
            self.sections[key].option_taken.connect(self._take_option)
            self._frame.body.insertWidget(self._frame.body.count() - 1, self.sections[key])
            base.tab_chain(self.switch.list, *stops_in_order(self.sections[key]))
        return self.sections[key]

    def _turn(self) -> None:
        """Shows the section in hand and hides all others."""
        chosen = self.section
        for section in self.sections.values():
            section.setVisible(section is chosen)
        self._bar.setVisible(chosen is None)
        self._card.setVisible(chosen is None)
        self._show_all()
        if chosen is not None:
            chosen.look_at(self._option)

    def _take_option(self, option: str) -> None:
        """The pane follows the option that a section looks at; so do the lines, when they come back."""
        self.segments.set_current(option)
        self.pane.show_option(self.context.view, option)

    def go_to_section(self, key: str) -> CostSection | None:
        """Shows a section by its key, `LINES` for the lines."""
        self.switch.set_current(key)
        self._turn()
        return self.section

    # --- what is shown ---

    def show_view(self, old: View | None, new: View) -> None:
        """The option in hand with its figures, or the section in hand."""
        if old is None:
            self._start_over()
        if old is None or old.appraisal.horizon is not new.appraisal.horizon:
            year = year_words(new.appraisal, 0)
            self.views.set_choices([(key, words.replace("year 0", year)) for key, words in _VIEWS])
        if old is None or old.appraisal.options is not new.appraisal.options:
            self.segments.set_choices([(one.id, one.short_name or one.name) for one in new.appraisal.options])
            self._bar.apply_theme()
        self._show_all()

    def _start_over(self) -> None:
        """Another document takes nothing over."""
        self.table.close_story()
        self._story = None
        self._model.set_rows([])
        self._maker = SheetMaker()
        self._seen = dict.fromkeys(self._seen)
        self._show_fault("")
        self._say("")

    def _show_as(self, _key: str) -> None:
        self._show_fault("")
        self._say("")
        self._show_all()

    def _back_to_entries(self) -> None:
        """From a view without figures to where lines are added."""
        self._look_at_entries()
        self.focus_first()

    def _show_option(self, _key: str) -> None:
        self.table.close_story()
        self._show_fault("")
        self._say("")
        self._show_all()

    @property
    def _option(self) -> str:
        return self.segments.current()

    @property
    def _entered(self) -> bool:
        return self.views.current() == _ENTERED

    @property
    def _lines(self) -> tuple[Line, ...]:
        return costs_rows.lines_of(self.context.appraisal, self._option)

    def _show_all(self) -> None:
        view, section = self.context.view, self.section
        self._forget_told()
        self.pane.show_option(view, self._option)
        self._show_moves()
        self._show_helps()
        if section is not None:
            for part in (self.fault, self._wrong, self._echo, self._note):
                part.hide()
            section.show_view(self._seen[self.switch.current()], view)
            self._seen[self.switch.current()] = view
            return
        self._show_table(view)
        self._show_wrong(view)
        self._note.show()
        self._give_room()

    def _anew(self) -> None:
        """Another zoom: figures need other widths."""
        if self.section is None:
            self._show_all()

    def _show_table(self, view: View) -> None:
        errors = costs_rows.errors_of(view.findings)
        made = self._made(view, errors)
        columns, rows, self._unit = made.columns, made.rows, made.unit
        story = self.table.story_key() if self._entered else ""
        if len(columns) != len(self._model.columns) or [row.key for row in rows] != self._keys():
            self._lay_anew(columns, made, story)
        else:  # other widths leave an open editor where it is
            self._model.set_columns(columns)
            self._model.set_rows(rows)
        self.sheet.show_sheet(made)
        lines = {line.id: line for line in self._lines}
        if self._story is not None and self.table.story_key() in lines:
            self._story.show_line(view, lines[self.table.story_key()], errors)
        self._show_frame(view, some=bool(rows or made.totals))

    def _show_frame(self, view: View, *, some: bool) -> None:
        """What stands around the table, or in its place."""
        left = not some and (self.table.hasFocus() or self.table.isAncestorOf(self.focusWidget() or self))
        self.sheet.setVisible(some)
        self._empty.setVisible(not some)
        waits = "Figures appear when nothing is wrong in the document." if self._lines else _NO_FIGURES
        self._empty.set_sentence(_NO_LINES if self._entered else waits)
        self._empty.action.setVisible(not self._entered)
        self.paste.setEnabled(self._entered and bool(self._option))
        self.fill.setEnabled(self._entered and bool(self._model.rows))
        self.add_line.setEnabled(bool(self._option))
        if left:  # or Qt would hand the keyboard on to whatever comes next
            self.add_line.setFocus()
        self._note.set_text(self._note_text(view.appraisal))
        self._echo.setVisible(bool(self._echo.text()) and self._entered)

    def _lay_anew(self, columns: list[TableColumn], made: costs_rows.Sheet, story: str) -> None:
        """Other rows or columns: the place, what is half typed, the open story and its field are taken up again."""
        key, column = self.table.current_key().removesuffix("/story"), self.table.currentIndex().column()
        stop = self._story.stop_in_hand() if self._story is not None and story else -1
        side = self._story.side.current() if self._story is not None else ""
        inside = self._story is not None and self._story.isAncestorOf(self.focusWidget() or self)
        held, typed = self.table.in_hand(), self.table.half_typed()
        self.table.close_story()
        self._story = None
        self._model.set_columns(columns)
        self._model.set_rows(made.rows)
        if any(row.key == key for row in made.rows):
            self.table.place(key, min(column, len(columns) - 1))
        if story and any(row.key == story for row in made.rows):
            again = self._open(story)
            again.show_side(side)
            again.take_up(stop)
        elif inside:  # the story is gone with its line: no key may reach what happens to come next
            self.table.setFocus()
        if held:
            self.table.setFocus()
            if typed is not None and self.table.current_key() == key and column < len(columns):
                self.table.take_up(typed)

    def _made(self, view: View, errors: costs_rows.Errors) -> costs_rows.Sheet:
        results = view.results
        if self._entered:
            others = cost_views.bias_figures(results, view.appraisal, self._option, horizon_years(view.appraisal))
            sheet = self._maker.entered(view.appraisal, self._option, errors, self.table.story_key(), others)
            self._shown_sentence = self._entered_sentence(view.appraisal)
            return sheet
        self._shown_sentence = ""
        if results is None or not any(one.id == self._option for one in results.options):
            return costs_rows.Sheet([TableColumn("£")], [], [], costs_rows.unit_of(()))
        try:
            shown = _MAKERS[self.views.current()](results, view.appraisal, self._option)
        except ValueError:  # errors stand in the way, and the findings say which
            return costs_rows.Sheet([TableColumn("£")], [], [], costs_rows.unit_of(()))
        self._shown_sentence = f"{shown.sentence} To change amounts, choose “As entered”."
        return self._maker.calculated(shown)

    def _entered_sentence(self, appraisal: Appraisal) -> str:
        """What the amounts are, and what the totals make of them where lines are entered in other money."""
        year = year_words(appraisal, 0)
        if all(line.prices is Prices.YEAR_0 for line in self._lines):
            return f"Prices of {year}, before discounting. Type pounds, such as 1.25m, 850k or 1,250,000."
        return f"Each line in its own prices; the totals below bring all to prices of {year}. Not discounted."

    def _keys(self) -> list[str]:
        return [row.key for row in self._model.rows if row.kind != "story"]

    def _note_text(self, _appraisal: Appraisal) -> str:
        return self._shown_sentence

    def _give_room(self) -> None:
        """The sheet may be as high as the body of the page leaves it."""
        scroller = self._frame.scroller
        if scroller is None or self.section is not None:
            return
        others = [part for part in self._parts if part is not self._card and part.isVisibleTo(self)]
        width = scroller.viewport().width() - theme.px(14)
        taken = sum(
            part.heightForWidth(width) if part.hasHeightForWidth() else part.sizeHint().height() for part in others
        )
        taken += theme.px(11) * len(others) + theme.px(14) + theme.px(2 * 8 + 4)
        self.sheet.set_room(max(scroller.viewport().height() - taken - 2, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another height leaves the sheet another room."""
        super().resizeEvent(event)
        self._give_room()

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

    def _show_helps(self) -> None:
        """The help of the section in hand, or of the terms of a line while they are looked at."""
        if self.section is not None:
            self.pane.show_helps(self.section.helps)
            return
        terms = self._story is not None and self._story.side.current() == "terms"
        self.pane.show_helps(self._term_helps if terms else None)

    def _turned(self) -> None:
        """Another side of the story."""
        if self._story is not None and self._story.terms is not None:
            self._term_helps.renew(dict(self._story.terms.helps()))
        self._show_helps()

    def _forget_told(self) -> None:
        """What was said of another state of the document no longer holds, unless it is still typed in a cell."""
        if self._told_of is self.context.appraisal:
            return
        self._say("")
        if not any(row.half_typed for row in self._model.rows):
            self._show_fault("")

    def _show_fault(self, sentence: str) -> None:
        self._told_of = self.context.appraisal
        self.fault.show_text(sentence)
        self.fault.setVisible(bool(sentence))
        self._give_room()

    def _go_to_wrong(self) -> None:
        if self._first_wrong in self._stray():
            new = edits.remove_line(self.context.appraisal, line=self._first_wrong)
            self.context.apply(new, "Remove a line of no option")
            return
        self._look_at_entries()
        if self._first_wrong:
            self._open(self._first_wrong)
            self.table.place(self._first_wrong, 1)
            self.table.setFocus()

    def _look_at_entries(self) -> None:
        self.views.set_current(_ENTERED)
        self.go_to_section(LINES)

    def focus_first(self) -> None:
        """The table at its first amount, or the button that adds its first line; the start of a section."""
        if self.section is not None:
            self.section.focus_first()
        elif self.sheet.isVisibleTo(self) and self._model.rows:
            if not self.table.currentIndex().isValid():
                self.table.setCurrentIndex(self._model.index(0, min(FIRST_YEAR, len(self._model.columns) - 1)))
            self.table.setFocus()
        else:
            (self.add_line if self.add_line.isEnabled() else self.views).setFocus()

    def focus_place(self, record: str, field: str) -> None:
        """The line of a finding with its story open, the option it is about, or the section that holds its place."""
        appraisal = self.context.appraisal
        line = next((one for one in appraisal.lines if one.id == record), None)
        option = line.option if line else record
        if line is None:
            for key, (_, _, holds) in SECTIONS.items():
                if holds(appraisal, record, field) and (section := self.go_to_section(key)) is not None:
                    section.focus_place(record, field)
                    return
        self._look_at_entries()
        if option in {one.id for one in appraisal.options}:
            self.segments.set_current(option)
            self._show_all()
        if line is not None and line.id not in self._stray():
            self.table.place(line.id, FIRST_YEAR if field == "amounts" else 1)
            if field in TERMS:
                self._open(line.id).focus_terms(field)
                return
            if field != "amounts":
                self._open(line.id)
        self.focus_first()

    # --- the story of a line ---

    def _toggle(self, key: str) -> None:
        line = key.removesuffix("/story")
        if not self._entered or line not in {one.id for one in self._lines}:
            return
        if self.table.story_key() == line:
            self.table.close_story()
            self._story = None
            self._show_helps()
            self._show_table(self.context.view)
            self.table.setFocus()
        else:
            self._open(line)

    def _open(self, line: str) -> LineStory:
        story = LineStory(self.context, line)
        self._story = story
        found = next(one for one in self._lines if one.id == line)
        story.show_line(self.context.view, found, costs_rows.errors_of(self.context.view.findings))
        self.table.open_story(line, story)
        story.turned.connect(self._turned)
        story.resized.connect(self._fit_story)
        story.resized.connect(self._refit.start)  # again, when the parts of its parts have told what they need now
        story.copied.connect(self._copy)
        self._show_table(self.context.view)
        self._fit_story()
        QTimer.singleShot(0, self, self.table.show_story)  # when the page has given it its room
        return story

    def _fit_story(self) -> None:
        self.table.fit_story()
        self._give_room()
        self.sheet.updateGeometry()

    # --- edits ---

    def _add_line(self) -> None:
        line = self.context.fresh_id("line")
        self._look_at_entries()
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
        thousands = self._unit.divisor == 1_000
        self.context.apply(
            edits.set_amount(appraisal, line=key, year=year, amount=amount), f"Change {name}, {years[year]}"
        )
        meant = costs_rows.in_thousands(text, amount) if thousands else ""
        self._say(f"{name}, {year_words(appraisal, year)}: {wording.money(amount)}. {meant}".strip())

    def _say(self, sentence: str) -> None:
        """Reads back what was entered, so that a slip is seen."""
        self._told_of = self.context.appraisal
        self._echo.set_text(sentence)
        self._echo.setVisible(bool(sentence) and self.section is None)
        self._give_room()

    def _line_rows(self, start: int = 0) -> list[Line]:
        """The lines shown from a row down, in the order of the table."""
        lines = {line.id: line for line in self._lines}
        return [lines[row.key] for row in self._model.rows[start:] if row.key in lines]

    def _pasted(self, row: int, column: int, block: list[list[str]]) -> None:
        if not self._entered:
            self._show_fault("Nothing was pasted: choose “As entered” first, where amounts are entered.")
            return
        block = costs_paste.trimmed(block) or block
        if costs_paste.names_lines(block):
            self._paste_lines(block)
            return
        if not self._lines:
            self._show_fault("Nothing was pasted: this option has no lines yet; let their names be the first column.")
            return
        cells = self._amount_cells(self.table.selected_cells())
        rows, years = len({line for line, _ in cells}), len({year for _, year in cells})
        place = costs_rows.Place(self._line_rows(row), column, costs_rows.year_names(self.context.appraisal))
        try:
            amounts = costs_rows.pasted(costs_fill.repeated(block, rows, years), place)
        except ValueError as wrong:
            self._show_fault(str(wrong))
            return
        what = wording.how_many(len(amounts), "amount")
        self._set(amounts, f"Paste {what}")
        self._say(f"{wording.capital(what)} pasted, read as pounds.")

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
        counts += [f"{wording.how_many(changed, 'line')} of the same name changed"] if changed else []
        told = f"{wording.capital(' and '.join(counts))}, read as pounds." if counts else ""
        self._say(f"{told} {costs_paste.left_out(block)}".strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """An option without lines shows no table that could take Ctrl+V."""
        if event.matches(QKeySequence.StandardKey.Paste) and self.section is None and not self._model.rows:
            self._paste_here()
        else:
            super().keyPressEvent(event)

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
        if self._entered and amounts:
            self.context.apply(edits.set_amounts(self.context.appraisal, amounts=amounts), action)

    @property
    def _amounts(self) -> costs_fill.Amounts:
        return {line.id: line.amounts for line in self._lines}

    def _cleared(self, cells: list[tuple[int, int]]) -> None:
        self._set(dict.fromkeys(self._amount_cells(cells), Decimal("0.00")), "Clear amounts")

    def _filled_down(self, _rows: list[int], _column: int) -> None:
        cells = self._amount_cells(self.table.selected_cells())
        self._set(costs_fill.filled_down(self._amounts, cells), "Fill down")

    def _filled_right(self, cells: list[tuple[int, int]]) -> None:
        self._set(costs_fill.filled_right(self._amounts, self._amount_cells(cells)), "Fill to the right")

    def _ask_pattern(self) -> None:
        """The pattern for the lines that are selected."""
        rows = sorted({row for row, _ in self.table.selected_cells()})
        known = {line.id: line for line in self._lines}
        keys = [self._model.rows[row].key.removesuffix("/story") for row in rows] or [self.table.current_key()]
        chosen = [known[key] for key in dict.fromkeys(keys) if key in known]
        if not chosen:
            self._show_fault("Choose a line first: put the keyboard on one of its amounts.")
            return
        self._show_fault("")
        one = wording.shorten(chosen[0].name or "a line", 40)
        what = one if len(chosen) == 1 else wording.how_many(len(chosen), "line")
        start = next((pounds for pounds in chosen[0].amounts if pounds), Decimal("0.00"))
        ids = [line.id for line in chosen]
        self.dialog = costs_fill.FillDialog(
            self.window(),
            what,
            costs_rows.year_names(self.context.appraisal),
            lambda pattern: self._fill(ids, pattern, what),
            start,
        )
        self.dialog.open()

    def _fill(self, lines: list[str], pattern: Pattern, what: str) -> str:
        """Fills lines as one step; the sentence that says why not, or nothing."""
        new = self.context.appraisal
        try:
            for line in lines:
                new = edits.fill_line(new, line=line, pattern=pattern)
        except EditRefused as refused:
            return str(refused)
        self.context.apply(new, f"Fill {what} with a pattern")
        return ""
