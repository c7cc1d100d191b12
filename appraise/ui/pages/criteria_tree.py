"""The value tree, a section of step 3: branches with their criteria, and the one in hand beside them."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from appraise.model import sealing
from appraise.model.appraisal.criteria import About, Branch, Criterion, Independence
from appraise.model.appraisal.document import Appraisal
from appraise.model.edits import criteria as edits
from appraise.model.finding import Finding
from appraise.model.sealing import Locked
from appraise.ui.context import Context, View
from appraise.ui.pages.criteria_help import TREE_HELP
from appraise.ui.pages.criteria_scale import ScaleCard
from appraise.ui.pages.criteria_section import CriteriaSection, lock_fields
from appraise.ui.pages.criteria_words import BranchCard, SubjectCard, WordsCard
from appraise.ui.pages.results_charts import Sides
from appraise.ui.widgets.buttons import Button
from appraise.ui.widgets.cards import Card, Column, Row
from appraise.ui.widgets.labels import EmptyState
from appraise.ui.widgets.table import DataTable
from appraise.ui.widgets.table_model import Cell, DataTableModel, TableColumn, TableRow


class TreeCard(Card):
    """The tree as a list: a branch, and its criteria under it; buttons to add, move and take out.

    Signals: chosen(key); criterion_wanted(), branch_wanted(), removed(), moved(step).
    """

    chosen = Signal(str)
    criterion_wanted = Signal()
    branch_wanted = Signal()
    removed = Signal()
    moved = Signal(int)

    def __init__(self) -> None:
        super().__init__("Value tree", "Branches, and what is judged under each", padding=12)
        self.model = DataTableModel([TableColumn("Branch and criteria", "left", 200, stretch=True, wrap=True)])
        self.table = DataTable("Value tree", self.model, row_height=36)
        self.add_criterion = Button("Criterion", icon="plus", small=True)
        self.add_branch = Button("Branch", icon="plus", small=True)
        self.remove = Button("Remove", kind="plain", icon="bin", small=True)
        self.up = Button("Up", kind="plain", icon="up", small=True)
        self.down = Button("Down", kind="plain", icon="down", small=True)
        for button, words in (
            (self.add_criterion, "Add a criterion"),
            (self.add_branch, "Add a branch"),
            (self.remove, "Remove what is in hand"),
            (self.up, "Move up what is in hand"),
            (self.down, "Move down what is in hand"),
        ):
            button.setAccessibleName(words)
        adding = Row(self.add_criterion, self.add_branch, stretches=(0, 0), gap=6)
        moving = Row(self.up, self.down, self.remove, stretches=(0, 0, 0), gap=2)
        for row in (adding, moving):
            row.line.addStretch(1)
        self._buttons = Column(adding, moving, gap=4)
        for part in (self.table, self._buttons):
            self.add(part)
        self.end()
        self._quiet = False
        self.table.moved.connect(self._take)
        self.add_criterion.clicked.connect(self.criterion_wanted)
        self.add_branch.clicked.connect(self.branch_wanted)
        self.remove.clicked.connect(self.removed)
        self.up.clicked.connect(lambda: self.moved.emit(-1))
        self.down.clicked.connect(lambda: self.moved.emit(1))

    def show_tree(self, view: View, chosen: str, *, locked: bool) -> None:
        """The tree as it stands, with what is in hand."""
        appraisal = view.appraisal
        found = _worst_by_record(view.findings)
        rows = []
        for branch in appraisal.branches:
            name = branch.name or "A branch without a name"
            rows.append(TableRow(branch.id, (Cell(name, strong=True, tip=name),), "group"))
            rows += [_leaf(one, found, chosen) for one in appraisal.criteria if one.branch == branch.id]
        known = {branch.id for branch in appraisal.branches}
        rows += [_leaf(one, found, chosen) for one in appraisal.criteria if one.branch not in known]
        self._quiet = True
        self.model.set_rows(rows)
        if self.table.current_key() != chosen:
            self.table.place(chosen)
        self._quiet = False
        self._buttons.setVisible(not locked)
        lock_fields((self.remove, self.up, self.down), locked=not chosen)

    def _take(self, key: str, _column: int) -> None:
        if not self._quiet:
            self.chosen.emit(key)


def _worst_by_record(findings: Sequence[Finding]) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in findings:
        if one.step == 3 and one.field not in ("swing", "swing_low", "rank", "independence"):
            found[one.record] = "problem" if one.severity == "error" else found.get(one.record, "attention")
    return found


def _leaf(one: Criterion, found: dict[str, str], chosen: str) -> TableRow:
    """A criterion with the sign of how far its words are."""
    name = one.name or "A criterion without a name"
    state = "problem" if found.get(one.id) == "problem" else "in-progress" if one.id in found else "completed"
    return TableRow(one.id, (Cell(name, icon=state, tip=name),), "open" if one.id == chosen else "plain")


class TreeSection(CriteriaSection):
    """The tree on the left; words, subject and scale of the criterion in hand on the right. `chosen`: its id."""

    def __init__(self, context: Context) -> None:
        self.tree = TreeCard()
        self.words = WordsCard()
        self.subject = SubjectCard()
        self.branch = BranchCard()
        self.empty_card = Card()
        self.empty = EmptyState(
            "table", "There are no criteria yet. Name what the options should be judged by.", "Add criteria"
        )
        self.empty_card.add(self.empty)
        self.scale = ScaleCard(self.attempt, context.end_gesture)
        self._detail = Column(self.branch, self.words, self.subject, self.scale, gap=11)
        self._detail.line.addStretch(1)
        side = Column(self.tree)
        side.line.addStretch(1)
        self._sides = Sides(side, self._detail, stretches=(2, 3), fold=640, gap=11)
        super().__init__(context, Locked.CRITERIA, self.empty_card, self._sides)
        self.chosen = ""
        self.helps |= {self.tree: TREE_HELP} | self.words.helps() | self.subject.helps() | self.scale.helps()
        self._connect()

    def _connect(self) -> None:
        self.tree.chosen.connect(self.choose)
        self.tree.criterion_wanted.connect(self.add_criterion)
        self.tree.branch_wanted.connect(self.add_branch)
        self.tree.removed.connect(self._remove)
        self.tree.moved.connect(self._move)
        self.empty.activated.connect(self.add_criterion)
        self.words.typed.connect(self._typed)
        self.subject.changed.connect(self._changed)
        self.branch.renamed.connect(self._rename_branch)
        self.scale.told.connect(self._say)

    @property
    def _now(self) -> Appraisal:
        return self.context.appraisal

    def criterion(self) -> Criterion | None:
        """The criterion in hand."""
        return next((one for one in self._now.criteria if one.id == self.chosen), None)

    def branch_in_hand(self) -> Branch | None:
        """The branch in hand."""
        return next((one for one in self._now.branches if one.id == self.chosen), None)

    # --- what is shown ---

    def show_view(self, old: View | None, new: View) -> None:
        """The tree and what is in hand; the first criterion where that is gone."""
        if old is not None and old.appraisal is new.appraisal and old.findings is new.findings:
            return
        appraisal = new.appraisal
        ids = [one.id for one in appraisal.criteria]
        if self.chosen not in (*ids, *(one.id for one in appraisal.branches)):
            self.chosen = next(iter(ids), next((one.id for one in appraisal.branches), ""))
        self._show(new)

    def _show(self, view: View) -> None:
        appraisal = view.appraisal
        locked = self.show_lock(view)
        nothing = not appraisal.criteria and not appraisal.branches
        self.empty_card.setVisible(nothing)
        self.empty.action.setEnabled(not locked)
        self._sides.setVisible(not nothing)
        self.tree.show_tree(view, self.chosen, locked=locked)
        criterion, branch = self.criterion(), self.branch_in_hand()
        for part in (self.words, self.subject, self.scale):
            part.setVisible(criterion is not None)
        self.branch.setVisible(branch is not None)
        if criterion is not None:
            found = [one for one in view.findings if one.step == 3 and one.record == criterion.id]
            self.words.show_criterion(appraisal, criterion, found, locked=locked)
            weights_locked = Locked.WEIGHTS in sealing.locked(appraisal.workshop)
            self.subject.show_criterion(appraisal, criterion, found, locked=locked, weights_locked=weights_locked)
            self.scale.show_scale(criterion, locked=locked)
        elif branch is not None:
            self.branch.show_branch(appraisal, branch, locked=locked)

    def _say(self, sentence: str) -> None:
        self.refuse(sentence)
        self.refused.set_tone("info")

    def choose(self, key: str) -> None:
        """Takes a criterion or a branch in hand; what is half typed goes to its own first."""
        if key and key != self.chosen:
            self.words.leave()
            self.chosen = key
            self._show(self.context.view)

    # --- edits ---

    def _typed(self, criterion: str, field: str, text: str) -> None:
        change = {
            "name": lambda now: edits.rename_criterion(now, criterion=criterion, name=text),
            "worst": lambda now: edits.set_worst(now, criterion=criterion, worst=text),
            "best": lambda now: edits.set_best(now, criterion=criterion, best=text),
            "branch": lambda now: edits.set_criterion_branch(now, criterion=criterion, branch=text),
        }[field]
        self.attempt(change, f"Change {field} of a criterion")

    def _changed(self, criterion: str, field: str, value: str) -> None:
        """What it is about, which constraint, or whether it stands alone."""
        read: dict[str, type[str]] = {"about": About, "constraint": str, "independence": Independence}
        fields: dict[str, object] = {field: read[field](value)}
        if field == "about" and value != About.CONSTRAINT:
            fields["constraint"] = ""
        words = {"about": "what it is about", "constraint": "its constraint", "independence": "its independence"}[field]
        done = self.attempt(
            lambda now: edits.change_criterion(now, criterion=criterion, **fields), f"Change {words}, for a criterion"
        )
        if not done:
            self._show(self.context.view)

    def add_criterion(self) -> None:
        """A new criterion under the branch in hand; the first one brings the first branch."""
        criterion = self.context.fresh_id("criterion")
        fresh = self.context.fresh_id("branch")
        here = self.criterion()
        wanted = here.branch if here is not None else self.chosen

        def change(now: Appraisal) -> Appraisal:
            if not now.branches:
                now = edits.add_branch(now, branch=fresh, name="Outcomes")
            known = [one.id for one in now.branches]
            branch = wanted if wanted in known else known[0]
            return edits.add_criterion(now, criterion=criterion, branch=branch, name="New criterion")

        before, self.chosen = self.chosen, criterion
        if self.attempt(change, "Add a criterion"):
            self.words.start()
            self.placed.emit()
        else:
            self.chosen = before

    def add_branch(self) -> None:
        """A new branch at the end."""
        branch = self.context.fresh_id("branch")
        before, self.chosen = self.chosen, branch
        if self.attempt(lambda now: edits.add_branch(now, branch=branch, name="New branch"), "Add a branch"):
            self.branch.name.start_over()
            self.placed.emit()
        else:
            self.chosen = before

    def _rename_branch(self, branch: str, name: str) -> None:
        self.attempt(lambda now: edits.rename_branch(now, branch=branch, name=name), "Rename a branch")

    def _remove(self) -> None:
        """Takes out what is in hand; a neighbour takes its place."""
        key, shown = self.chosen, [row.key for row in self.tree.model.rows]
        if key not in shown:
            return
        place, branch = shown.index(key), self.branch_in_hand()
        gone = {key} | ({one.id for one in self._now.criteria if one.branch == key} if branch else set())
        rest = [one for one in [*shown[place + 1 :], *reversed(shown[:place])] if one not in gone]
        self.chosen = rest[0] if rest else ""
        if branch is not None:
            done = self.attempt(lambda now: edits.remove_branch(now, branch=key), "Remove a branch with its criteria")
        else:
            done = self.attempt(lambda now: edits.remove_criterion(now, criterion=key), "Remove a criterion")
        if not done:
            self.chosen = key
        elif not rest:
            self.empty.action.setFocus()

    def _move(self, step: int) -> None:
        """Up or down among its like; a criterion at the end of its branch goes on into the next one."""
        key = self.chosen
        if self.branch_in_hand() is not None:
            to = [one.id for one in self._now.branches].index(key) + step
            if to >= 0:
                self.attempt(lambda now: edits.move_branch(now, branch=key, to=to), "Move a branch")
        elif self.criterion() is not None:
            self.attempt(lambda now: moved_criterion(now, key, step), "Move a criterion")
        self.tree.table.place(key)

    # --- where the keyboard goes ---

    def focus_first(self) -> None:
        """The tree, or what starts it."""
        (self.tree.table if self._sides.isVisibleTo(self) else self.empty.action).setFocus()

    def focus_place(self, record: str, field: str) -> None:
        """A criterion's field, or a branch."""
        self.choose(record)
        if self.branch_in_hand() is not None:
            self.branch.name.setFocus()
        elif self.criterion() is None:
            self.focus_first()
        elif field in ("levels", "unit", "points"):
            self.scale.widget_of(field).setFocus()
        elif field in ("about", "constraint", "independence"):
            self.subject.widget_of(field).setFocus()
        else:
            self.words.widget_of(field).setFocus()


def moved_criterion(appraisal: Appraisal, key: str, step: int) -> Appraisal:
    """The criterion one place up or down in the tree; past the end of its branch, into the next one."""
    one = next(one for one in appraisal.criteria if one.id == key)
    inside = [other.id for other in appraisal.criteria if other.branch == one.branch]
    at = inside.index(key) + step
    ids = [other.id for other in appraisal.criteria]
    if 0 <= at < len(inside):
        return edits.move_criterion(appraisal, criterion=key, to=ids.index(inside[at]))
    branches = [branch.id for branch in appraisal.branches]
    if one.branch not in branches or not 0 <= branches.index(one.branch) + step < len(branches):
        return appraisal
    branch = branches[branches.index(one.branch) + step]
    there = [other.id for other in appraisal.criteria if other.branch == branch]
    new = edits.set_criterion_branch(appraisal, criterion=key, branch=branch)
    if not there:
        return new
    beside = ids.index(there[0] if step > 0 else there[-1])
    to = beside if step < 0 or beside < ids.index(key) else beside - 1
    return edits.move_criterion(new, criterion=key, to=to + (step < 0 and beside < ids.index(key)))
