"""The long list under the same criteria: choices of a category, most points first, and the score in hand."""

from dataclasses import replace

from appraise.model import sealing
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.options import Category, Choice
from appraise.model.scoring import choice_scored
from appraise.present import scoring_words, wording
from appraise.present.option_words import CATEGORIES, RATINGS
from appraise.ui.context import Context, View
from appraise.ui.pages.scores_book import ChoiceBook
from appraise.ui.pages.scores_entry import EntryCard
from appraise.ui.pages.scores_grid import ScoreGrid
from appraise.ui.pages.scores_section import ClosedNotice, ScoreSection
from appraise.ui.pages.text_parts import Help
from appraise.ui.widgets.cards import Card
from appraise.ui.widgets.choices import Switch
from appraise.ui.widgets.labels import EmptyState, FlowLabel
from appraise.ui.widgets.marks import BarFace
from appraise.ui.widgets.table import DataTable
from appraise.ui.widgets.table_model import Cell, DataTableModel, TableColumn, TableRow

LONG_LIST_HELP = Help(
    "Why score the long list?",
    "The same criteria and weights sort the choices of a category, so that the short list can be explained. "
    "The rating still needs its own reason.",
    "Green Book 2026, 5.14 and 5.27",
)
_COLUMNS = (
    TableColumn("Choice", "left", 200, stretch=True, wrap=True),
    TableColumn("Rating", "left", least=130),
    TableColumn("Scored", "right", 84),
)
_TOTALS = (TableColumn("Points of 100", "left", 150), TableColumn("Total", "right", 64))


class LongListSection(ScoreSection):
    """A category at a time: its choices sorted by total, the grid of their scores, and the score in hand."""

    def __init__(self, context: Context) -> None:
        self.closed = ClosedNotice()
        self.empty_card = Card()
        self.empty = EmptyState("table", "", "Go to options")
        self.empty_card.add(self.empty)
        self.category = Switch("Category of the long list")
        self.order = Card(" ", padding=12)
        self.model = DataTableModel(_COLUMNS)
        self.table = DataTable("Choices, most points first", self.model, row_height=31)
        self.stands = FlowLabel(f"{scoring_words.LONG_LIST_STANDS} {scoring_words.SCORING_STANDS}", "caption", "ink2")
        self.order.add(self.table)
        self.order.add(self.stands)
        self.grid = ScoreGrid(context, "Scores of the choices by criterion", ChoiceBook(Category.SCOPE))
        self.detail = EntryCard(context, self.grid.book)
        parts = (self.closed, self.empty_card, self.category, self.order, self.grid, self.detail)
        super().__init__(context, LONG_LIST_HELP, *parts)
        for field, words in self.detail.helps().items():
            self.helps.add(field, words)
        self._is_closed = False
        self.category.chosen.connect(lambda _key: self._turn())
        self.table.moved.connect(lambda key, _column: self._take_choice(key))
        self.grid.taken.connect(lambda _thing, _criterion: self._taken())
        self.grid.opened.connect(self.detail.focus_first)
        self.detail.refused.connect(self.refuse)
        self.empty.activated.connect(self._go_to_what_is_missing)

    # --- what is shown ---

    def show_view(self, old: View | None, new: View) -> None:
        """The category in hand as it stands."""
        appraisal = new.appraisal
        used = {one.category for one in appraisal.choices}
        missing = not (appraisal.criteria and appraisal.choices)
        self.empty_card.setVisible(missing)
        for part in (self.category, self.order, self.grid):
            part.setVisible(not missing)
        self._is_closed = self.closed.show_lock(appraisal, ChoiceBook.locked) and not missing
        self.closed.setVisible(self._is_closed)
        if missing:
            self.detail.hide()
            self._show_empty(appraisal)
            return
        self.category.set_choices([(one.value, CATEGORIES[one]) for one in Category if one in used])
        if old is None:
            self.category.set_current(_first(appraisal).value)
        self._show_category(new)

    def _show_empty(self, appraisal: Appraisal) -> None:
        if not appraisal.criteria:
            self.empty.set_sentence("The long list is scored by the same criteria. Start with the criteria.")
            self.empty.action.set_text("Go to criteria")
        else:
            self.empty.set_sentence("There is no long list yet. Its choices are scored here once they are there.")
            self.empty.action.set_text("Go to options")

    def _show_category(self, view: View) -> None:
        appraisal = view.appraisal
        book = ChoiceBook(Category(self.category.current()))
        hidden = sealing.hidden(appraisal)
        self._show_order(appraisal, book.category, hidden=hidden)
        totals = None
        if not hidden:
            totals = [self._total(appraisal, one.id) for one in book.things(appraisal)]
        why = sealing.why_locked(appraisal.workshop, ChoiceBook.locked) if self._is_closed else ""
        self.grid.show_book(view, book, closed=why, weighed=not hidden, totals=totals)
        self._show_detail()

    def _total(self, appraisal: Appraisal, choice: str) -> Cell:
        scored = choice_scored(appraisal, choice)
        if all(part.value is None for part in scored.by_criterion):
            return Cell(wording.DASH, strong=True)
        tip = "" if scored.complete else "Scores are missing; each counts as nothing."
        return Cell(wording.score(scored.total), strong=True, tip=tip)

    def _show_order(self, appraisal: Appraisal, category: Category, *, hidden: bool) -> None:
        """Most points first; in their own order while totals are hidden."""
        choices = [one for one in appraisal.choices if one.category is category]
        given = {(one.option, one.criterion) for one in appraisal.choice_scores}
        counts = {one.id: sum((one.id, found.id) in given for found in appraisal.criteria) for one in choices}
        totals = {} if hidden else {one.id: choice_scored(appraisal, one.id).total for one in choices if counts[one.id]}
        ordered = sorted(choices, key=lambda one: -totals.get(one.id, -1.0))
        wanted = len(appraisal.criteria)
        rows = [_order_row(one, counts[one.id], wanted, totals.get(one.id)) for one in ordered]
        self.model.set_columns(_COLUMNS if hidden else (*_COLUMNS, *_TOTALS))
        self.model.set_rows(rows if not hidden else [replace(row, cells=row.cells[:3]) for row in rows])
        self.order.set_title(*self._title(appraisal, ordered, counts, totals))
        self.stands.setVisible(bool(totals))

    def _title(
        self, appraisal: Appraisal, ordered: list[Choice], counts: dict[str, int], totals: dict[str, float]
    ) -> tuple[str, str]:
        wanted = len(appraisal.criteria)
        whole = sum(counts[one.id] == wanted for one in ordered)
        measure = f"{whole} of {len(ordered)} choices scored on every criterion"
        if sealing.hidden(appraisal):
            return "Choices in their own order", scoring_words.hidden_words(appraisal.workshop.stage)
        if not totals:
            return "No choice of this category is scored yet", measure
        if whole < len(ordered):
            return "Some scores are missing, so the order may change", measure
        name = wording.shorten(ordered[0].name or "Without a name", 60)
        if len(ordered) > 1 and round(totals[ordered[0].id], 9) == round(totals[ordered[1].id], 9):
            return "The first choices have equal points", measure
        return f"{name} has the most points", measure

    def _show_detail(self) -> None:
        self.detail.show_place(self.context.appraisal, self.grid.book, self.grid.cell, closed=self._is_closed)

    def _taken(self) -> None:
        self.detail.settle()
        self._show_detail()

    def _take_choice(self, key: str) -> None:
        if self.table.hasFocus() and self.grid.cell[1]:
            self.grid.take((key, self.grid.cell[1]))
            self._taken()

    def _turn(self) -> None:
        self.detail.settle()
        self.grid.cell = ("", "")
        self._show_category(self.context.view)

    def _go_to_what_is_missing(self) -> None:
        self.context.go_to(2 if self.context.appraisal.criteria else 3)

    # --- where the keyboard goes ---

    def holds(self, record: str) -> bool:
        """The choices of the long list."""
        return any(one.id == record for one in self.context.appraisal.choices)

    def focus_first(self) -> None:
        """The grid at the cell in hand, or what is missing."""
        if self.empty_card.isVisibleTo(self):
            self.empty.action.setFocus()
            return
        self.grid.put_in_hand()
        self.grid.table.setFocus()

    def focus_place(self, record: str, field: str) -> None:
        """The first score of a choice, or the one on the criterion that `field` names."""
        now = self.context.appraisal
        choice = next((one for one in now.choices if one.id == record), None)
        if choice is None or not now.criteria:
            self.focus_first()
            return
        self.category.set_current(choice.category.value)
        self._turn()
        criteria = [one.id for one in now.criteria]
        self.grid.take((choice.id, field if field in criteria else criteria[0]))
        self._show_detail()
        self.grid.table.setFocus()


def _first(appraisal: Appraisal) -> Category:
    """The first category with a score, else the first with a choice."""
    scored = {one.option for one in appraisal.choice_scores}
    some = [one for one in appraisal.choices if one.id in scored] or list(appraisal.choices)
    return min((one.category for one in some), key=list(Category).index)


def _order_row(choice: Choice, count: int, wanted: int, total: float | None) -> TableRow:
    name = choice.name.strip() or "Without a name"
    rating = Cell(RATINGS[choice.rating], ink="ink2")
    scored = Cell(f"{count} of {wanted}", ink="ink" if count == wanted else "ink2")
    if total is None:
        return TableRow(choice.id, (Cell(name, strong=True, tip=name), rating, scored, Cell(""), Cell(wording.DASH)))
    bar = Cell(mark=BarFace(total / 100), spoken=f"{wording.score(total)} of 100")
    figure = Cell(wording.score(total), strong=True, ink="ink" if count == wanted else "ink2")
    return TableRow(choice.id, (Cell(name, strong=True, tip=name), rating, scored, bar, figure))
