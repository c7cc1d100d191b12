"""The grid of scores: criteria under their headings down, what is scored across, typed and pasted like a sheet."""

from collections import Counter
from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal

from appraise.model.appraisal.criteria import Criterion, Measured
from appraise.model.appraisal.document import Appraisal
from appraise.model.edits.changing import EditRefused
from appraise.model.money import plain_number
from appraise.model.scoring import weights
from appraise.model.value import points_of
from appraise.present import wording
from appraise.ui.context import Context, View
from appraise.ui.pages.scores_book import (
    Book,
    Given,
    Place,
    Thing,
    anchor_words,
    choices_of,
    level_words,
    levels_of,
    read_entry,
)
from appraise.ui.widgets.cards import Card
from appraise.ui.widgets.labels import Notice
from appraise.ui.widgets.table_frozen import FrozenTable
from appraise.ui.widgets.table_model import Cell, DataTableModel, TableColumn, TableRow

WIDE_TIP = "Marks lie far apart."
_LETTERS = 20
"""So many letters stand in a line of a heading."""


class ScoreGrid(Card):
    """A grid over a book. `fault` says what could not be read, `model` holds the rows.

    Signals: taken(thing, criterion) when the user takes another cell in hand; opened() when its editor is wanted.
    """

    taken = Signal(str, str)
    opened = Signal()

    def __init__(self, context: Context, name: str, book: Book) -> None:
        super().__init__(padding=8)
        self._context, self.book = context, book
        self.weighed = False
        self.cell: Place = ("", "")
        self._things: Sequence[Thing] = ()
        self._marked: frozenset[Place] = frozenset()
        self._closed = ""
        self.model = DataTableModel([TableColumn("Criterion")], self._typed)
        self.table = FrozenTable(name, self.model, row_height=28, fit=True, last=False)
        self.fault = Notice("problem", "", "")
        self.fault.hide()
        self.add(self.fault)
        self.add(self.table)
        self.model.faulted.connect(self.tell)
        self.table.moved.connect(self._moved)
        self.table.opened.connect(lambda _key: self.opened.emit())
        self.table.toggled.connect(lambda _key: self.opened.emit())
        self.table.pasted.connect(self._pasted)
        self.table.filled_down.connect(self._filled_down)

    @property
    def first(self) -> int:
        """The column of the first thing: before it stand the criterion and, where it is shown, its weight."""
        return 2 if self.weighed else 1

    # --- what is shown ---

    def show_book(
        self,
        view: View,
        book: Book,
        *,
        closed: str = "",
        weighed: bool = False,
        totals: Sequence[Cell] | None = None,
        marked: frozenset[Place] = frozenset(),
    ) -> None:
        """The book as it stands. `closed` says why nothing can be changed, `marked` places stand out."""
        appraisal = view.appraisal
        if book.whose != self.book.whose:
            self.cover()
        self.book, self.weighed, self._closed, self._marked = book, weighed, closed, marked
        self._things = book.things(appraisal)
        self.model.set_columns(self._columns())
        self.model.set_rows(self._rows(view, totals))
        self._keep_cell(appraisal)
        current = self.table.currentIndex()
        if not current.isValid() or current.column() < self.first or self.table.current_key() != self.cell[1]:
            self.put_in_hand()  # else Qt begins at the first heading

    def cover(self) -> None:
        """Takes every entry off the screen, with what is half typed and what was said about it."""
        self.model.set_rows(())
        self.cell = ("", "")
        self.tell("")

    def _keep_cell(self, appraisal: Appraisal) -> None:
        """The cell in hand, or the first that has no entry yet, or the first."""
        things, criteria = [one.id for one in self._things], [one.id for one in appraisal.criteria]
        if self.cell[0] in things and self.cell[1] in criteria:
            return
        given = self.book.given(appraisal)
        cells = [(thing, criterion) for criterion in criteria for thing in things]
        self.cell = next((cell for cell in cells if cell not in given), cells[0] if cells else ("", ""))

    def tell(self, sentence: str) -> None:
        """Says what could not be read or done; empty takes it away."""
        self.fault.show_text(sentence)
        self.fault.setVisible(bool(sentence))

    def take(self, place: Place) -> None:
        """Puts a cell in hand, as the keyboard does."""
        self.cell = place
        self.put_in_hand()

    def put_in_hand(self) -> None:
        """The table's own cell follows."""
        things = [one.id for one in self._things]
        if self.cell[0] in things:
            self.table.place(self.cell[1], self.first + things.index(self.cell[0]))

    def _moved(self, key: str, column: int) -> None:
        criteria = {one.id for one in self._context.appraisal.criteria}
        if key in criteria and self._things:
            place = min(max(column - self.first, 0), len(self._things) - 1)
            cell = (self._things[place].id, key)
            if cell != self.cell:
                self.cell = cell
                self.taken.emit(*cell)

    def _columns(self) -> list[TableColumn]:
        weight = [TableColumn("Weight", "right", 68)] if self.weighed else []
        short = headings([one.short for one in self._things])
        names = (
            TableColumn(title, "right", least=84, tip=one.name) for title, one in zip(short, self._things, strict=True)
        )
        return [TableColumn("Criterion", "left", 190, stretch=True, wrap=True), *weight, *names]

    def _rows(self, view: View, totals: Sequence[Cell] | None) -> list[TableRow]:
        """Criteria under their headings, missing entries in words, totals at the foot."""
        appraisal = view.appraisal
        given = self.book.given(appraisal)
        shares = weights(appraisal) if self.weighed else {}
        found = view.findings if self.book.of_record else ()
        wrong = {(one.field, one.record) for one in found if one.step == 4 and one.severity == "error"}
        known = {one.id for one in appraisal.branches}
        headings = [(one.id, one.name or "Without a name") for one in appraisal.branches]
        if any(one.branch not in known for one in appraisal.criteria):
            headings.append(("", "Without a heading"))
        rows: list[TableRow] = []
        for branch, name in headings:
            under = [
                one for one in appraisal.criteria if one.branch == branch or (not branch and one.branch not in known)
            ]
            if under:
                rows.append(TableRow(f"branch/{branch}", (Cell(name),), "group"))
            rows += [self._row(one, given, shares, wrong) for one in under]
        if totals is not None:
            rest = (Cell(""),) if self.weighed else ()
            rows.append(TableRow("totals", (Cell("Weighted score, of 100"), *rest, *totals), "total"))
        return rows

    def _row(
        self, criterion: Criterion, given: Mapping[Place, Given], shares: Mapping[str, float], wrong: set[Place]
    ) -> TableRow:
        unit = f", {criterion.unit}" if criterion.measured is Measured.MEASURE and criterion.unit else ""
        label = Cell(f"{criterion.name or 'Without a name'}{unit}", tip=anchor_words(criterion))
        weight = (Cell(wording.percent(shares[criterion.id]), ink="ink2"),) if self.weighed else ()
        cells = (self._cell(criterion, (one.id, criterion.id), given, wrong) for one in self._things)
        return TableRow(criterion.id, (label, *weight, *cells))

    def _cell(self, criterion: Criterion, place: Place, given: Mapping[Place, Given], wrong: set[Place]) -> Cell:
        found = given.get(place)
        value = found.value if found is not None else None
        choices = () if self._closed else choices_of(criterion, value)
        editable = not self._closed and not choices
        far = place in self._marked
        if found is None:
            text = wording.DASH if self._closed else f"to {self.book.noun}"
            return Cell(
                text,
                icon="people" if far else "",
                icon_ink="attention",
                ink="ink2",
                editable=editable,
                edit_text="",
                choices=choices,
                spoken=f"no {self.book.noun} yet{f'. {WIDE_TIP}' if far else ''}",
                tip=WIDE_TIP if far else "",
            )
        text, said = plain_number(found.value), [found.reason or "No reason given yet."]
        if criterion.measured is Measured.MEASURE:
            said.insert(0, f"Worth {wording.score(points_of(criterion, found.value))} points.")
        said = [level_words(one) for one in levels_of(criterion) if one.value == found.value] + said
        return Cell(
            text,
            icon="people" if far else "",
            icon_ink="attention",
            ink="problem" if place in wrong else "ink",
            editable=editable,
            edit_text=text,
            choices=choices,
            spoken=f"{text}. {WIDE_TIP}" if far else "",
            tip=" ".join([*said, WIDE_TIP] if far else said),
        )

    # --- edits ---

    def _criterion(self, key: str) -> Criterion:
        return next(one for one in self._context.appraisal.criteria if one.id == key)

    def _with(self, appraisal: Appraisal, place: Place, text: str) -> Appraisal:
        """Raises ValueError with a sentence, also where the edit is refused."""
        try:
            if not text.strip():
                return self.book.clear(appraisal, place)
            return self.book.put(appraisal, place, read_entry(self._criterion(place[1]), text))
        except EditRefused as refused:
            raise ValueError(str(refused)) from refused

    def _typed(self, key: str, column: int, text: str) -> None:
        now, place = self._context.appraisal, (self._things[column - self.first].id, key)
        new = self._with(now, place, text)
        self._context.apply(new, self.book.action(now, wording.capital(self.book.noun), place))

    def _pasted(self, row: int, column: int, block: list[list[str]]) -> None:
        appraisal = self._context.appraisal
        names = {one.id: one.name for one in appraisal.criteria}
        targets = [one.key for one in self.model.rows[row:] if one.key in names]
        things = self._things[max(column - self.first, 0) :]
        if self._closed:
            self.tell(f"Nothing was pasted. {self._closed}")
            return
        if column < self.first or len(block) > len(targets) or max(len(line) for line in block) > len(things):
            self.tell("Nothing was pasted: the block does not fit from the cell in hand.")
            return
        new = appraisal
        for criterion, line in zip(targets, block, strict=False):
            for thing, text in zip(things, line, strict=False):
                try:
                    new = self._with(new, (thing.id, criterion), text)
                except ValueError as wrong:
                    place = f"“{wording.shorten(names[criterion], 32)}”, {wording.shorten(thing.short, 24)}"
                    self.tell(f"Nothing was pasted. In {place}: {wrong}")
                    return
        self.tell("")
        self._context.apply(new, f"Paste {self.book.noun}s")

    def _filled_down(self, rows: list[int], column: int) -> None:
        """The top score goes into those below it that have the same scale."""
        if column < self.first or self._closed:
            return
        now, thing = self._context.appraisal, self._things[column - self.first].id
        criteria = {one.id for one in now.criteria}
        keys = [self.model.rows[row].key for row in rows if self.model.rows[row].key in criteria]
        top = self.book.given(now).get((thing, keys[0])) if keys else None
        if top is None:
            return
        scales = {(one.measured, one.unit, one.levels) for one in now.criteria if one.id in keys}
        if len(scales) > 1:
            self.tell("Nothing was filled down: these criteria have different scales.")
            return
        new = now
        for key in keys[1:]:
            new = self.book.put(new, (thing, key), top.value)
        self.tell("")
        self._context.apply(new, f"Fill down {self.book.noun}s")


def headings(names: Sequence[str]) -> list[str]:
    """Names in at most two lines of some letters, so shortened that no two of them say the same."""
    found = [_two_lines(name) for name in names]
    for shorten in (_both_ends, _numbered):
        often = Counter(found)
        found = [
            one if often[one] == 1 else shorten(name, place)
            for place, (one, name) in enumerate(zip(found, names, strict=True), start=1)
        ]
    return found


def _two_lines(name: str) -> str:
    first, rest = _broken(name)
    return f"{first}\n{wording.shorten(rest, _LETTERS)}" if rest else first


def _both_ends(name: str, _place: int) -> str:
    """The beginning in the first line, and in the second as many words of the end as fit."""
    first, rest = _broken(name)
    if len(rest) <= _LETTERS:
        return f"{first}\n{rest}".rstrip()
    words, end = rest.split(), ""
    while len(f"…{words[-1]} {end}".strip()) <= _LETTERS:
        end = f"{words.pop()} {end}".strip()
    return f"{first}\n…{end or rest[-_LETTERS + 1 :]}"


def _numbered(name: str, place: int) -> str:
    return f"{place}. {_two_lines(name)}"


def _broken(name: str) -> tuple[str, str]:
    """As many words as fit in a line, and the rest; a word that is too long is cut."""
    words, first = name.split(), ""
    while words and len(f"{first} {words[0]}".strip()) <= _LETTERS:
        first = f"{first} {words.pop(0)}".strip()
    if not first and words:
        return words[0][:_LETTERS], " ".join((words[0][_LETTERS:], *words[1:]))
    return first, " ".join(words)
