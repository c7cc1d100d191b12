"""The value tree in a table: names, headings and anchors of the criteria, added, taken out and moved."""

from collections.abc import Callable

from appraise.model.appraisal.document import Appraisal
from appraise.model.edits import criteria as edits
from appraise.ui.context import Context, View
from appraise.ui.pages.pane_parts import EditRow
from appraise.ui.widgets.cards import Card, Column
from appraise.ui.widgets.labels import SectionTitle
from appraise.ui.widgets.table import DataTable
from appraise.ui.widgets.table_model import Cell, DataTableModel, TableColumn, TableRow

_FIELDS: dict[int, tuple[Callable[..., Appraisal], str, str]] = {
    0: (edits.rename_criterion, "name", "Rename a criterion"),
    1: (edits.set_criterion_branch, "branch", "Put a criterion under another heading"),
    2: (edits.set_worst, "worst", "Change the worst of a criterion"),
    3: (edits.set_best, "best", "Change the best of a criterion"),
}


class CriteriaEditor(Column):
    """Criteria in one table, their headings in another."""

    def __init__(self, context: Context) -> None:
        self._context = context
        columns = [
            TableColumn("Criterion", "left", 170, stretch=True),
            TableColumn("Heading", "left", 120),
            TableColumn("At worst, a score of 0", "left", 190, stretch=True, wrap=True),
            TableColumn("At best, a score of 100", "left", 190, stretch=True, wrap=True),
        ]
        self._model = DataTableModel(columns, self._typed)
        self.table = DataTable("Criteria with their anchors", self._model, row_height=36)
        self._buttons = EditRow("Add criterion", "criterion")
        card = Card("Criteria and anchors", "Real levels of performance in words, fixed before anybody scores")
        card.add(self.table)
        card.add(self._buttons)
        self._branch_model = DataTableModel([TableColumn("Heading", "left", 260, stretch=True)], self._typed_branch)
        self.branches = DataTable("Headings", self._branch_model, row_height=36)
        self._branch_buttons = EditRow("Add heading", "heading")
        branch_card = Card(padding=12)
        branch_card.add(self.branches)
        branch_card.add(self._branch_buttons)
        super().__init__(
            card, SectionTitle("Headings", "Aims that hold several criteria together"), branch_card, gap=11
        )
        self._connect()

    def _connect(self) -> None:
        self._buttons.added.connect(self.add_criterion)
        self._buttons.removed.connect(self._remove)
        self._buttons.moved.connect(self._move)
        self._branch_buttons.added.connect(self.add_branch)
        self._branch_buttons.removed.connect(self._remove_branch)
        self._branch_buttons.moved.connect(self._move_branch)

    @property
    def _now(self) -> Appraisal:
        return self._context.appraisal

    def show_view(self, view: View) -> None:
        """The value tree as it stands."""
        appraisal = view.appraisal
        choices = tuple((one.id, one.name or "Without a name") for one in appraisal.branches)
        names = dict(choices)
        self._model.set_rows(
            [
                TableRow(
                    one.id,
                    (
                        _words(one.name, "Without a name", strong=True),
                        Cell(
                            names.get(one.branch, "none"),
                            choices=choices,
                            ink="ink" if one.branch in names else "problem",
                        ),
                        _words(one.worst, "to describe"),
                        _words(one.best, "to describe"),
                    ),
                )
                for one in appraisal.criteria
            ]
        )
        self._branch_model.set_rows(
            [TableRow(one.id, (_words(one.name, "Without a name", strong=True),)) for one in appraisal.branches]
        )
        for table, buttons in ((self.table, self._buttons), (self.branches, self._branch_buttons)):
            rows = table.model().rowCount()
            table.setVisible(rows > 0)
            buttons.set_some(some=rows > 0)

    def _typed(self, key: str, column: int, text: str) -> None:
        edit, field, action = _FIELDS[column]
        self._context.apply(edit(self._now, criterion=key, **{field: text.strip()}), action)

    def _typed_branch(self, key: str, _column: int, text: str) -> None:
        self._context.apply(edits.rename_branch(self._now, branch=key, name=text.strip()), "Rename a heading")

    def add_criterion(self) -> None:
        """A new criterion under the heading of the one in hand; the first one brings the first heading."""
        appraisal = self._now
        if not appraisal.branches:
            appraisal = edits.add_branch(appraisal, branch=self._context.fresh_id("branch"), name="Outcomes")
        in_hand = next((one.branch for one in appraisal.criteria if one.id == self.table.current_key()), "")
        branch = in_hand if any(one.id == in_hand for one in appraisal.branches) else appraisal.branches[0].id
        criterion = self._context.fresh_id("criterion")
        new = edits.add_criterion(appraisal, criterion=criterion, branch=branch, name="New criterion")
        self._context.apply(new, "Add a criterion")
        self._edit(self.table, criterion)

    def add_branch(self) -> None:
        """A new heading at the end."""
        branch = self._context.fresh_id("branch")
        self._context.apply(edits.add_branch(self._now, branch=branch, name="New heading"), "Add a heading")
        self._edit(self.branches, branch)

    def _edit(self, table: DataTable, key: str) -> None:
        table.setFocus()
        table.place(key)
        table.edit(table.currentIndex())

    def _remove(self) -> None:
        key, ids = self.table.current_key(), [one.id for one in self._now.criteria]
        if key not in ids:
            return
        place = ids.index(key)
        rest = ids[:place] + ids[place + 1 :]
        self._context.apply(edits.remove_criterion(self._now, criterion=key), "Remove a criterion")
        if rest:
            self.table.place(rest[min(place, len(rest) - 1)], max(self.table.currentIndex().column(), 0))
        else:
            self.focus_first()

    def _remove_branch(self) -> None:
        if key := self.branches.current_key():
            self._context.apply(edits.remove_branch(self._now, branch=key), "Remove a heading with its criteria")

    def _move(self, step: int) -> None:
        if key := self.table.current_key():
            to = [one.id for one in self._now.criteria].index(key) + step
            if to >= 0:
                self._context.apply(edits.move_criterion(self._now, criterion=key, to=to), "Move a criterion")
            self.table.place(key)

    def _move_branch(self, step: int) -> None:
        if key := self.branches.current_key():
            to = [one.id for one in self._now.branches].index(key) + step
            if to >= 0:
                self._context.apply(edits.move_branch(self._now, branch=key, to=to), "Move a heading")
            self.branches.place(key)

    def focus_first(self) -> None:
        """The criteria, or the button that adds one."""
        if self.table.isVisibleTo(self):
            self.table.setFocus()
        else:
            self._buttons.focus_first()

    def focus_place(self, record: str, field: str) -> None:
        """Puts a criterion's field, or a heading, in hand."""
        if any(one.id == record for one in self._now.branches):
            self.branches.setFocus()
            self.branches.place(record)
            return
        columns = {name: column for column, (_, name, _) in _FIELDS.items()}
        self.table.setFocus()
        self.table.place(record, columns.get(field, 0))


def _words(text: str, nothing: str, *, strong: bool = False) -> Cell:
    return Cell(text or nothing, editable=True, edit_text=text, strong=strong, ink="ink" if text else "ink2", tip=text)
