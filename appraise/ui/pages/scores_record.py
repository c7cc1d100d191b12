"""The scores of record: the grid of all options and criteria, and the score in hand below it."""

from collections.abc import Sequence

from appraise.model import sealing
from appraise.model.appraisal.criteria import Outcome
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.workshop import Interest
from appraise.present import scoring_words, wording
from appraise.present.agreement_tables import FAR
from appraise.ui.context import Context, View
from appraise.ui.pages.scores_book import Book, Place
from appraise.ui.pages.scores_detail import ScoreDetail
from appraise.ui.pages.scores_entry import SCORE_HELP
from appraise.ui.pages.scores_grid import ScoreGrid
from appraise.ui.pages.scores_marks import spreads_of
from appraise.ui.pages.scores_section import ClosedNotice, ScoreSection
from appraise.ui.widgets.cards import Card, Row
from appraise.ui.widgets.labels import EmptyState, FlowLabel, IconLabel, Notice
from appraise.ui.widgets.table_model import Cell

FAR_WORDS = f"Marks lie {FAR} points or more apart, and not everybody has said whether they agree with the score."
_FEW_GATES = 3


class NothingToScore(Card):
    """What stands where criteria or options are still missing, and the way to them."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.state = EmptyState("table", "Scores need criteria and options. Start with the criteria.", "Go to criteria")
        self.add(self.state)
        self.state.activated.connect(lambda: context.go_to(2 if context.appraisal.criteria else 3))

    def show_document(self, appraisal: Appraisal) -> bool:
        """Takes the document; True while something is missing."""
        missing = not (appraisal.criteria and appraisal.options)
        self.setVisible(missing)
        self.state.action.set_text("Go to options" if appraisal.criteria else "Go to criteria")
        return missing


class RecordSection(ScoreSection):
    """The grid of scores of record, and the cell in hand below it."""

    def __init__(self, context: Context) -> None:
        self.closed = ClosedNotice()
        self.empty = NothingToScore(context)
        self.grid = ScoreGrid(context, "Scores by criterion and option", Book())
        self.stands = FlowLabel(scoring_words.SCORING_STANDS, "caption", "ink2")
        self.sign = Row(IconLabel("people", "attention", 16), FlowLabel(FAR_WORDS, "caption", "ink2"), stretches=(0, 1))
        self.gates = Notice("plain", "", "", "Show the gates", icon="info")
        self.detail = ScoreDetail(context)
        above = (self.closed, self.empty, self.grid, self.sign, self.stands, self.gates)
        super().__init__(context, SCORE_HELP, *above, self.detail)
        for field, words in self.detail.helps().items():
            self.helps.add(field, words)
        self._is_closed = False
        self.gates.activated.connect(self._go_to_gates)
        self.grid.taken.connect(self._taken)
        self.grid.opened.connect(self.detail.focus_first)
        self.detail.refused.connect(self.refuse)

    # --- what is shown ---

    def show_view(self, old: View | None, new: View) -> None:
        """Grid and detail."""
        appraisal = new.appraisal
        missing = self.empty.show_document(appraisal)
        self.grid.setVisible(not missing)
        self.sign.hide()
        self._is_closed = self.closed.show_lock(appraisal, Book.locked) and not missing
        self.closed.setVisible(self._is_closed)
        totals = None if missing or sealing.hidden(appraisal) else total_cells(new)
        self.stands.setVisible(totals is not None)
        self._show_gates(appraisal)
        if not missing:
            why = sealing.why_locked(appraisal.workshop, Book.locked) if self._is_closed else ""
            weighed = not sealing.hidden(appraisal)
            wide = wide_places(new)
            self.sign.setVisible(bool(wide))
            self.grid.show_book(new, self.grid.book, closed=why, weighed=weighed, totals=totals, marked=wide)
        self._show_detail()

    def _show_gates(self, appraisal: Appraisal) -> None:
        """Which options fail a gate, and are out of the ranking whatever they score."""
        said = [
            sentence for option in appraisal.options for sentence in scoring_words.gates_failed(appraisal, option.id)
        ]
        self.gates.setVisible(bool(said))
        many = len(said) > _FEW_GATES
        self.gates.show_text("", f"{len(said)} outcomes at gates are a fail." if many else " ".join(said))

    def _go_to_gates(self) -> None:
        gate = next(
            (one.id for one in self.context.appraisal.gates if any(o.outcome is Outcome.FAIL for o in one.outcomes)), ""
        )
        self.context.go_to(3, gate, "outcomes")

    def _show_detail(self) -> None:
        self.detail.show_score(self.context.view, self.grid.cell, closed=self._is_closed)

    def _taken(self, _thing: str, _criterion: str) -> None:
        self.detail.settle()
        self._show_detail()

    # --- where the keyboard goes ---

    def focus_first(self) -> None:
        """The grid at the cell in hand, or what is missing."""
        if self.empty.isVisibleTo(self):
            self.empty.state.action.setFocus()
            return
        self.grid.put_in_hand()
        self.grid.table.setFocus()

    def focus_place(self, record: str, field: str) -> None:
        """The first cell of a criterion that a finding is about; its `field` may name the option."""
        appraisal = self.context.appraisal
        if not any(one.id == record for one in appraisal.criteria) or not appraisal.options:
            self.focus_first()
            return
        self.grid.take((self._option_for(appraisal, record, field), record))
        self._show_detail()
        self.grid.table.setFocus()

    def _option_for(self, appraisal: Appraisal, criterion: str, field: str) -> str:
        options = [one.id for one in appraisal.options]
        if field in options:
            return field
        given = {one.option: one for one in appraisal.scores if one.criterion == criterion}
        bare = (one for one in options if one not in given or (field == "reason" and not given[one].reason.strip()))
        return next(bare, options[0])


def wide_places(view: View) -> frozenset[Place]:
    """Where marks lie far apart and a score can still be agreed: until everybody has said whether they agree."""
    appraisal = view.appraisal
    if Book.locked in sealing.locked(appraisal.workshop):
        return frozenset()
    counting = {one.id for one in appraisal.workshop.assessors if one.interest is not Interest.STANDS_ASIDE}
    settled = {
        (one.option, one.criterion)
        for one in appraisal.scores
        if counting <= {*one.agreed, *(dissent.assessor for dissent in one.dissents)}
    }
    return frozenset(place for place, one in spreads_of(appraisal).items() if one.wide and place not in settled)


def total_cells(view: View) -> Sequence[Cell]:
    """The total of each option, and whether a gate keeps it out; a dash where there is none."""
    found = {one.id: one.score for one in view.results.options} if view.results is not None else {}
    cells = []
    for option in view.appraisal.options:
        scored = found.get(option.id)
        text = wording.score(scored.total) if scored is not None else wording.DASH
        text += ", out" if scored is not None and scored.gates_failed else ""
        said = ["Scores are missing; each counts as nothing."] if scored is not None and not scored.complete else []
        said += scoring_words.gates_failed(view.appraisal, option.id)
        cells.append(Cell(text, strong=True, tip=" ".join(said)))
    return cells
