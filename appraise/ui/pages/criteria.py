"""Step 3: criteria with anchors in words, and what each move from worst to best is worth."""

from appraise.model.appraisal.criteria import Criterion
from appraise.model.edits import criteria as edits
from appraise.model.finding import Finding
from appraise.present import tables, wording
from appraise.ui.context import Context, View
from appraise.ui.pages.criteria_editor import CriteriaEditor
from appraise.ui.pages.criteria_pane import CriteriaPane
from appraise.ui.pages.criteria_question import QuestionCard
from appraise.ui.pages.pane_parts import RestingPage
from appraise.ui.widgets.buttons import Button
from appraise.ui.widgets.cards import Card, PageFrame
from appraise.ui.widgets.labels import EmptyState, Notice, SectionTitle
from appraise.ui.widgets.marks import BarFace
from appraise.ui.widgets.table import DataTable
from appraise.ui.widgets.table_model import Cell, DataTableModel, TableColumn, TableRow

_COLUMNS = (
    TableColumn("Criterion", "left", 176, stretch=True, wrap=True),
    TableColumn("From, at worst", "left", 170, stretch=True, wrap=True),
    TableColumn("To, at best", "left", 170, stretch=True, wrap=True),
    TableColumn("Worth", "left", 70),
    TableColumn("", "right", 62),
    TableColumn("Weight", "right", 64),
)


def yardstick(criteria: tuple[Criterion, ...], kept: str = "") -> Criterion | None:
    """The criterion with the largest swing, `kept` where it is one of several; None while all are zero."""
    most = max((one.swing for one in criteria), default=0.0)
    largest = [one for one in criteria if one.swing == most > 0]
    return next((one for one in largest if one.id == kept), largest[0] if largest else None)


class CriteriaPage(RestingPage):
    """One question at a time, all moves below it largest first, and the weights as they follow."""

    def __init__(self, context: Context) -> None:
        frame = PageFrame(
            "Step 3 of 10",
            "Criteria and weights",
            "Say what each move from worst to best is worth, before anybody scores.",
        )
        super().__init__(context, frame)
        self.pane: CriteriaPane = CriteriaPane()
        self._asked = self._yardstick = ""
        self._order: tuple[str, ...] = ()
        self._dragging = False
        self._answered: set[str] = set()
        self._first_wrong: Finding | None = None
        self.edit = Button("Edit criteria", icon="pencil")
        frame.add_action(self.edit)
        self.wrong = Notice("problem", "", "", "Start the weights")
        self.question = QuestionCard()
        self._title = SectionTitle("")
        self._model = DataTableModel(list(_COLUMNS), parent=self)
        self.table = DataTable("All criteria, largest first", self._model, row_height=36)
        self._card = Card(padding=8)
        self._card.add(self.table)
        self.editor = CriteriaEditor(context)
        self._empty_card = Card()
        self._empty = EmptyState(
            "table", "There are no criteria yet. Name what the options should be judged by.", "Add criteria"
        )
        self._empty_card.add(self._empty)
        for part in (self.wrong, self._empty_card, self.question, self._title, self._card, self.editor):
            frame.add(part)
        frame.end()
        self._editing = False
        self._connect()
        self.follow()

    def _connect(self) -> None:
        self.edit.clicked.connect(lambda: self._edit(not self._editing))
        self._empty.activated.connect(self._start)
        self.wrong.activated.connect(self._mend)
        self.question.dragging.connect(self._drag)
        self.question.released.connect(self._release)
        self.question.asked_next.connect(self._ask_next)
        self.question.asked_back.connect(lambda: self._step(-1))
        self.question.asked_later.connect(lambda: self._step(1))
        self.question.became_yardstick.connect(self._make_yardstick)
        self.table.moved.connect(lambda key, _column: self._ask(key))
        self.table.opened.connect(lambda _key: self.question.slider.setFocus())

    # --- what is shown ---

    def show_view(self, old: View | None, new: View) -> None:
        """Question, table and pane; the editor only while it is open."""
        criteria = new.appraisal.criteria
        changed = (
            old is None
            or old.appraisal.criteria is not criteria
            or old.appraisal.branches is not new.appraisal.branches
        )
        if changed:
            self._settle(criteria)
            self._show_parts(new)
        self.pane.show_view(new)
        self._show_wrong(new)

    def _settle(self, criteria: tuple[Criterion, ...]) -> None:
        """Yardstick, question and order hold still while a slider is dragged."""
        ids = [one.id for one in criteria]
        if not self._dragging or set(ids) != set(self._order):
            best = yardstick(criteria, self._yardstick)
            self._yardstick = best.id if best else ""
            self._order = tuple(one.id for one in sorted(criteria, key=lambda one: -one.swing))
        if self._asked not in ids:
            others = [one for one in ids if one != self._yardstick]
            self._asked = next(iter(others), next(iter(ids), ""))

    def _show_parts(self, view: View) -> None:
        criteria = view.appraisal.criteria
        editing = self._editing
        self.editor.setVisible(editing)
        self._empty_card.setVisible(not criteria and not editing)
        self.question.setVisible(bool(self._yardstick) and not editing and len(criteria) > 1)
        for part in (self._title, self._card):
            part.setVisible(bool(criteria) and not editing)
        self.edit.setVisible(bool(criteria) or editing)
        self.edit.set_text("Done" if editing else "Edit criteria")
        self.edit.set_icon("check" if editing else "pencil")
        if editing:
            self.editor.show_view(view)
        if criteria:
            self._title.title.set_text(f"The {wording.how_many(len(criteria), 'move')}, largest first")
            self._show_question(criteria)
            self._show_table(view)

    def _show_question(self, criteria: tuple[Criterion, ...]) -> None:
        if not self._yardstick:
            return
        by_id = {one.id: one for one in criteria}
        number = self._order.index(self._asked) + 1
        self.question.show_question(by_id[self._yardstick], by_id[self._asked], number, len(criteria))
        self.question.show_last(last=self._is_last())

    def _is_last(self) -> bool:
        """No question is open: this was the last in the order, or the last one to get its first answer."""
        asked = self.context.appraisal.criteria
        still_open = any(not one.swing for one in asked if one.id != self._asked)
        return not still_open and (self._asked == self._order[-1] or self._asked in self._answered)

    def _show_table(self, view: View) -> None:
        criteria = view.appraisal.criteria
        table = tables.weights(view.appraisal)
        texts = {one.id: row for one, row in zip(criteria, table.rows, strict=True)}
        by_id = {one.id: one for one in criteria}
        wrong = {one.record for one in view.findings if one.step == 3 and one.severity == "error"}
        branches = {one.id: one.name for one in view.appraisal.branches}
        self._model.set_rows(
            [
                _row(
                    by_id[key],
                    [cell.text for cell in texts[key]],
                    branches.get(by_id[key].branch, "no heading"),
                    wrong=key in wrong,
                    asked=key == self._asked and bool(self._yardstick),
                )
                for key in self._order
            ]
        )
        if self.table.current_key() != self._asked:  # one tinted row, not two
            self.table.place(self._asked, max(self.table.currentIndex().column(), 0))

    def _show_wrong(self, view: View) -> None:
        found = next((one for one in view.findings if one.step == 3 and one.severity == "error"), None)
        self.wrong.setVisible(found is not None)
        if found is not None:
            self.wrong.set_tone("attention" if found.code == "weights-zero" else "problem")
            self.wrong.show_text(found.sentence, found.mend)
            self.wrong.action.set_text("Start the weights" if found.code == "weights-zero" else "Show")
        self._first_wrong = found

    # --- questions ---

    def _ask(self, criterion: str) -> None:
        if criterion != self._asked and any(one.id == criterion for one in self.context.appraisal.criteria):
            self.question.settle()
            if self._dragging:  # moved there and back again, so that nothing was released
                self._release(0)
            self._asked = criterion
            self._show_parts(self.context.view)

    def _step(self, step: int) -> None:
        if self._order:
            place = (self._order.index(self._asked) + step) % len(self._order)
            self._ask(self._order[place])
        self.question.slider.setFocus()

    def _ask_next(self) -> None:
        """The next move that has no answer yet, else the next in the order; after the last one, the scores."""
        if self.question.is_last:
            self.context.go_to(4)
            return
        open_ones = [one.id for one in self.context.appraisal.criteria if not one.swing and one.id != self._asked]
        if open_ones:
            self._ask(open_ones[0])
            self.question.slider.setFocus()
        else:
            self._step(1)

    def _name(self, criterion: str) -> str:
        found = next(one for one in self.context.appraisal.criteria if one.id == criterion)
        return wording.shorten(found.name or "a criterion", 40)

    def _drag(self, swing: int) -> None:
        self._dragging = True
        if not next(one.swing for one in self.context.appraisal.criteria if one.id == self._asked):
            self._answered.add(self._asked)
        new = edits.set_swing(self.context.appraisal, criterion=self._asked, swing=float(swing))
        self.context.apply(new, f"Change swing of {self._name(self._asked)}", gesture=f"swing/{self._asked}")

    def _release(self, _swing: int) -> None:
        self._dragging = False
        self.context.end_gesture()
        self._settle(self.context.appraisal.criteria)
        self._show_parts(self.context.view)

    def _make_yardstick(self) -> None:
        self._yardstick = self._asked
        new = edits.set_swing(self.context.appraisal, criterion=self._asked, swing=100.0)
        self.context.apply(new, f"Make {self._name(self._asked)} the yardstick")
        self._show_parts(self.context.view)

    def _mend(self) -> None:
        found = self._first_wrong
        if found is not None and found.code != "weights-zero":
            self.focus_place(found.record, found.field)
        elif found is not None:
            self._start_weights()

    def _start_weights(self) -> None:
        first = self.context.appraisal.criteria[0].id
        new = edits.set_swing(self.context.appraisal, criterion=first, swing=100.0)
        self.context.apply(new, f"Make {self._name(first)} the yardstick")
        self._ask_next()

    # --- editing ---

    def _edit(self, editing: bool) -> None:  # noqa: FBT001 a button toggles it
        self._editing = editing
        self._show_parts(self.context.view)
        if editing:
            self.editor.focus_first()
        else:
            self.edit.setFocus()

    def _start(self) -> None:
        self._edit(editing=True)
        self.editor.add_criterion()

    def focus_first(self) -> None:
        """The slider, or what starts the page."""
        if self.question.isVisibleTo(self):
            self.question.slider.setFocus()
        else:
            self._focus_start()

    def _focus_start(self) -> None:
        if self._editing:
            self.editor.focus_first()
        elif not self.context.appraisal.criteria:
            self._empty.action.setFocus()
        elif self.wrong.isVisibleTo(self):
            self.wrong.action.setFocus()
        else:
            self.edit.setFocus()

    def focus_place(self, record: str, field: str) -> None:
        """The question of a criterion, or the editor for its words."""
        criteria = {one.id for one in self.context.appraisal.criteria}
        if field in ("name", "worst", "best", "branch"):
            self._edit(editing=True)
            self.editor.focus_place(record, field)
        elif record in criteria:
            if self._editing:
                self._edit(editing=False)
            self._ask(record)
            self.question.slider.setFocus()
        else:
            self.focus_first()


def _row(one: Criterion, texts: list[str], heading: str, *, wrong: bool, asked: bool) -> TableRow:
    """A move with its anchors, its worth as a bar and a figure, and its weight; `texts` as in `tables.weights`."""
    answered = one.swing > 0
    bar = BarFace(min(max(one.swing, 0.0), 100.0) / 100, strong=answered)
    state = "problem" if wrong else "in-progress" if asked else "completed" if answered else "not-started"
    tip = f"{one.name}, under {heading or 'a heading without a name'}"
    return TableRow(
        one.id,
        (
            Cell(one.name or "Without a name", icon=state, strong=True, tip=tip),
            Cell(texts[2], ink="ink2", tip=one.worst),
            Cell(texts[3], tip=one.best),
            Cell(mark=bar, spoken=texts[4]),
            Cell(texts[4] if answered or wrong else "to ask", strong=answered, ink="ink" if answered else "ink2"),
            Cell(texts[5]),
        ),
        "open" if asked else "plain",
    )
