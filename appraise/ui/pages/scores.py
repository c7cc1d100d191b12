"""Step 4: how each option does on each criterion, with the reason and the evidence."""

from appraise.model.appraisal.criteria import Score
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.options import Option
from appraise.model.edits import scores as edits
from appraise.model.money import parse_number, plain_number
from appraise.present import advice, tables, wording
from appraise.ui.context import Context, View
from appraise.ui.pages.pane_parts import RestingPage
from appraise.ui.pages.scores_detail import ScoreDetail, ScoresPane
from appraise.ui.widgets.cards import Card, PageFrame
from appraise.ui.widgets.labels import EmptyState, FlowLabel, Notice
from appraise.ui.widgets.table import DataTable
from appraise.ui.widgets.table_model import Cell, DataTableModel, TableColumn, TableRow

FIRST_OPTION = 2
"""The column of the first option: before it stand the criterion and its weight."""


def read_score(text: str) -> float:
    """A score as typed, from 0 to 100. ValueError with one sentence."""
    value = parse_number(text)
    if not 0 <= value <= 100:
        raise ValueError(f"A score lies between 0 and 100; {plain_number(value)} does not.")
    return value


class ScoresPage(RestingPage):
    """The grid of scores, and the cell in hand below it."""

    def __init__(self, context: Context) -> None:
        frame = PageFrame(
            "Step 4 of 10", "Scores and evidence", "Say where each option stands between worst and best, and why."
        )
        super().__init__(context, frame)
        self.pane: ScoresPane = ScoresPane()
        self._cell = ("", "")
        self._model = DataTableModel([TableColumn("Criterion")], self._typed, self)
        self.table = DataTable("Scores by criterion and option", self._model, row_height=28)
        self._stands = FlowLabel(advice.SCORING_STANDS, "caption", "ink2")
        self._card = Card(padding=8)
        self._card.add(self.table)
        self.fault = Notice("problem", "", "")
        self.stray = Notice("problem", "", "", "Remove them")
        self.detail = ScoreDetail(context)
        self._empty_card = Card()
        self._empty = EmptyState(
            "table", "Scores need criteria and options. Start with the criteria.", "Go to criteria"
        )
        self._empty_card.add(self._empty)
        for part in (self.stray, self.fault, self._empty_card, self._card, self._stands, self.detail):
            frame.add(part)
        frame.end()
        self.fault.hide()
        self.stray.activated.connect(self._remove_stray)
        self._empty.activated.connect(self._go_to_what_is_missing)
        self._model.faulted.connect(self._show_fault)
        self.table.moved.connect(self._choose)
        self.table.opened.connect(lambda _key: self.detail.field.setFocus())
        self.table.toggled.connect(lambda _key: self.detail.field.setFocus())
        self.table.pasted.connect(self._pasted)
        self.table.filled_down.connect(self._filled_down)
        self.follow()

    # --- what is shown ---

    def show_view(self, old: View | None, new: View) -> None:
        """Grid, detail and pane."""
        appraisal = new.appraisal
        ready = bool(appraisal.criteria and appraisal.options)
        for part in (self._card, self._stands):
            part.setVisible(ready)
        self._empty_card.setVisible(not ready)
        if not appraisal.criteria:
            self._empty.action.set_text("Go to criteria")
        else:
            self._empty.action.set_text("Go to options")
        if ready:
            self._model.set_columns(_columns(appraisal.options))
            self._model.set_rows(_rows(new))
        self._show_stray()
        self._keep_cell(appraisal)
        if ready and not self.table.currentIndex().isValid():
            self._place()  # else Qt begins at the first heading
        self._show_detail(new)
        self.pane.show_view(new)

    def _keep_cell(self, appraisal: Appraisal) -> None:
        """The cell in hand, or the first that has no score yet, or the first."""
        options, criteria = [one.id for one in appraisal.options], [one.id for one in appraisal.criteria]
        if self._cell[0] in options and self._cell[1] in criteria:
            return
        given = {(one.option, one.criterion) for one in appraisal.scores}
        cells = [(option, criterion) for criterion in criteria for option in options]
        self._cell = next((cell for cell in cells if cell not in given), cells[0] if cells else ("", ""))

    def _show_detail(self, view: View) -> None:
        option = next((one for one in view.appraisal.options if one.id == self._cell[0]), None)
        criterion = next((one for one in view.appraisal.criteria if one.id == self._cell[1]), None)
        self.detail.setVisible(option is not None and criterion is not None)
        if option is not None and criterion is not None:
            self.detail.show_score(option, criterion, _score(view, option.id, criterion.id), view.findings)

    def _choose(self, key: str, column: int) -> None:
        options = self.context.appraisal.options
        if any(one.id == key for one in self.context.appraisal.criteria):
            place = min(max(column - FIRST_OPTION, 0), len(options) - 1)
            self._cell = (options[place].id, key)
            self.detail.settle()
            self._show_detail(self.context.view)

    def _stray(self) -> list[Score]:
        """Scores of options or criteria that are gone: no cell shows them."""
        appraisal = self.context.appraisal
        options, criteria = {one.id for one in appraisal.options}, {one.id for one in appraisal.criteria}
        return [one for one in appraisal.scores if one.option not in options or one.criterion not in criteria]

    def _show_stray(self) -> None:
        count = len(self._stray())
        self.stray.setVisible(count > 0)
        words = wording.capital(wording.how_many(count, "score"))
        belongs = "belongs" if count == 1 else "belong"
        self.stray.show_text(f"{words} {belongs} to an option or criterion that does not exist.")

    def _remove_stray(self) -> None:
        new = self.context.appraisal
        for one in self._stray():
            new = edits.clear_score(new, option=one.option, criterion=one.criterion)
        self.context.apply(new, "Remove scores of nothing")

    def _show_fault(self, sentence: str) -> None:
        self.fault.show_text(sentence)
        self.fault.setVisible(bool(sentence))

    def _go_to_what_is_missing(self) -> None:
        self.context.go_to(2 if self.context.appraisal.criteria else 3)

    # --- edits ---

    def _typed(self, key: str, column: int, text: str) -> None:
        option = self.context.appraisal.options[column - FIRST_OPTION]
        self.context.apply(self._with(self.context.appraisal, option.id, key, text), self._action("Score", option, key))

    def _with(self, appraisal: Appraisal, option: str, criterion: str, text: str) -> Appraisal:
        if not text.strip():
            return edits.clear_score(appraisal, option=option, criterion=criterion)
        return edits.set_score(appraisal, option=option, criterion=criterion, value=read_score(text))

    def _action(self, verb: str, option: Option, criterion: str) -> str:
        name = next(one.name for one in self.context.appraisal.criteria if one.id == criterion)
        return f"{verb} {wording.shorten(option.short_name or option.name, 24)} on {wording.shorten(name, 32)}"

    def _pasted(self, row: int, column: int, block: list[list[str]]) -> None:
        appraisal = self.context.appraisal
        names = {one.id: one.name for one in appraisal.criteria}
        targets = [one.key for one in self._model.rows[row:] if one.key in names]
        options = appraisal.options[max(column - FIRST_OPTION, 0) :]
        widest = max(len(line) for line in block)
        if column < FIRST_OPTION or len(block) > len(targets) or widest > len(options):
            self._show_fault("Nothing was pasted: the block does not fit from the cell in hand.")
            return
        new = appraisal
        for criterion, line in zip(targets, block, strict=False):
            for option, text in zip(options, line, strict=False):
                try:
                    new = self._with(new, option.id, criterion, text)
                except ValueError as wrong:
                    place = f"“{wording.shorten(names[criterion], 32)}”, {option.short_name or option.name}"
                    self._show_fault(f"Nothing was pasted. In {place}: {wrong}")
                    return
        self._show_fault("")
        self.context.apply(new, "Paste scores")

    def _filled_down(self, rows: list[int], column: int) -> None:
        if column < FIRST_OPTION:
            return
        option = self.context.appraisal.options[column - FIRST_OPTION]
        criteria = {one.id for one in self.context.appraisal.criteria}
        keys = [self._model.rows[row].key for row in rows if self._model.rows[row].key in criteria]
        top = _score(self.context.view, option.id, keys[0]) if keys else None
        if top is None:
            return
        new = self.context.appraisal
        for key in keys:
            new = edits.set_score(new, option=option.id, criterion=key, value=top.value)
        self.context.apply(new, "Fill down scores")

    def focus_first(self) -> None:
        """The grid at the cell in hand, or what is missing."""
        if not self.context.appraisal.criteria or not self.context.appraisal.options:
            self._empty.action.setFocus()
            return
        self._place()
        self.table.setFocus()

    def _place(self) -> None:
        options = [one.id for one in self.context.appraisal.options]
        self.table.place(self._cell[1], FIRST_OPTION + options.index(self._cell[0]))

    def focus_place(self, record: str, field: str) -> None:
        """The first cell of a criterion that a finding is about; its `field` may name the option."""
        appraisal = self.context.appraisal
        if not any(one.id == record for one in appraisal.criteria) or not appraisal.options:
            self.focus_first()
            return
        options = [one.id for one in appraisal.options]
        given = {one.option: one for one in appraisal.scores if one.criterion == record}
        bare = [one for one in options if one not in given or (field == "reason" and not given[one].reason.strip())]
        self._cell = (field if field in options else next(iter(bare), options[0]), record)
        self._show_detail(self.context.view)
        self._place()
        self.table.setFocus()


def _score(view: View, option: str, criterion: str) -> Score | None:
    return next((one for one in view.appraisal.scores if (one.option, one.criterion) == (option, criterion)), None)


def _columns(options: tuple[Option, ...]) -> list[TableColumn]:
    return [
        TableColumn("Criterion", "left", 180, stretch=True, wrap=True),
        TableColumn("Weight", "right", 68),
        *(
            TableColumn(wording.shorten(one.short_name or one.name, 20), "right", least=84, tip=one.name)
            for one in options
        ),
    ]


def _rows(view: View) -> list[TableRow]:
    """Criteria under their headings, missing scores in words, totals at the foot."""
    appraisal = view.appraisal
    given = {(one.option, one.criterion): one for one in appraisal.scores}
    weights = {one.id: row[5].text for one, row in zip(appraisal.criteria, tables.weights(appraisal).rows, strict=True)}
    wrong = {(one.field, one.record) for one in view.findings if one.step == 4 and one.severity == "error"}
    known = {one.id for one in appraisal.branches}
    headings = [(one.id, one.name or "Without a name") for one in appraisal.branches]
    if any(one.branch not in known for one in appraisal.criteria):
        headings.append(("", "Without a heading"))
    rows: list[TableRow] = []
    for branch, name in headings:
        under = [one for one in appraisal.criteria if one.branch == branch or (not branch and one.branch not in known)]
        if not under:
            continue
        rows.append(TableRow(f"branch/{branch}", (Cell(name),), "group"))
        for one in under:
            cells = (
                _cell(given.get((option.id, one.id)), wrong=(option.id, one.id) in wrong)
                for option in appraisal.options
            )
            label = Cell(
                one.name or "Without a name",
                tip=f"0: {one.worst or 'not described'}. 100: {one.best or 'not described'}.",
            )
            rows.append(TableRow(one.id, (label, Cell(weights[one.id], ink="ink2"), *cells)))
    rows.append(_totals(view))
    return rows


def _cell(score: Score | None, *, wrong: bool) -> Cell:
    if score is None:
        return Cell("to score", ink="ink2", editable=True, edit_text="", spoken="no score yet")
    tip = score.reason or "No reason given yet."
    ink = "problem" if wrong else "ink"
    return Cell(plain_number(score.value), ink=ink, editable=True, edit_text=plain_number(score.value), tip=tip)


def _totals(view: View) -> TableRow:
    totals = {one.id: one.score for one in view.results.options} if view.results is not None else {}
    cells = []
    for option in view.appraisal.options:
        scored = totals.get(option.id)
        text = wording.score(scored.total) if scored is not None else wording.DASH
        part = scored is not None and not scored.complete
        cells.append(Cell(text, strong=True, tip="Scores are missing; each counts as nothing." if part else ""))
    return TableRow("totals", (Cell("Weighted score, of 100"), Cell(""), *cells), "total")
