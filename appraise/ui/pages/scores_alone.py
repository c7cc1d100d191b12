"""Score alone: one assessor's marks entered on screen, with anchors and levels, and nobody else's marks."""

from PySide6.QtGui import QHideEvent

from appraise.model import sealing
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.workshop import Assessor
from appraise.present import scoring_words, wording
from appraise.ui.context import Context, View
from appraise.ui.pages.results_charts import Sides
from appraise.ui.pages.scores_book import MarkBook
from appraise.ui.pages.scores_entry import EntryCard
from appraise.ui.pages.scores_grid import ScoreGrid
from appraise.ui.pages.scores_record import NothingToScore
from appraise.ui.pages.scores_section import ClosedNotice, ScoreSection
from appraise.ui.pages.text_parts import Help
from appraise.ui.widgets.buttons import Button
from appraise.ui.widgets.cards import Card, Column, Row
from appraise.ui.widgets.choices import PickList
from appraise.ui.widgets.labels import EmptyState, FlowLabel
from appraise.ui.widgets.marks import Chip

ALONE_HELP = Help(
    "Why score alone first?",
    "Whoever hears a figure first moves towards it. So each assessor gives a mark, a reason and evidence "
    "before anybody compares.",
    "Use of multi-criteria decision analysis in options appraisal, HM Treasury, 2024",
)
_NOBODY = "nobody"


class AloneSection(ScoreSection):
    """Whose marks they are, the grid of them, and the mark in hand."""

    def __init__(self, context: Context) -> None:
        self.book = MarkBook("")
        self.closed = ClosedNotice()
        self.empty = NothingToScore(context)
        self.none = Card()
        self._add_some = EmptyState("people", "Nobody scores yet. Add the assessors first.", "Go to assessors")
        self.none.add(self._add_some)
        self.who = PickList("Assessor whose marks are entered")
        self.words = FlowLabel("", "dense", "ink2")
        self.chip = Chip("", "plain")
        self.done = Button("Done, cover my marks", icon="check", small=True)
        said = Column(self.words, Row(self.chip, self.done, stretches=(0, 0), gap=8), gap=6)
        choose = Column(FlowLabel("Whose marks", "caption", "ink2"), self.who, gap=4)
        self.top = Card(padding=12)
        self.top.add(Sides(choose, said, stretches=(2, 4), fold=560, gap=16))
        self.grid = ScoreGrid(context, "Marks of one assessor", self.book)
        self.detail = EntryCard(context, self.book)
        parts = (self.closed, self.empty, self.none, self.top, self.grid, self.detail)
        super().__init__(context, ALONE_HELP, *parts)
        for field, words in self.detail.helps().items():
            self.helps.add(field, words)
        self.helps.add(self.who, ALONE_HELP)
        self._is_closed = False
        self.who.chosen.connect(self._choose)
        self.done.clicked.connect(self._cover_by_hand)
        self.grid.taken.connect(lambda _thing, _criterion: self._taken())
        self.grid.opened.connect(self.detail.focus_first)
        self.detail.refused.connect(self.refuse)
        self._add_some.activated.connect(lambda: context.go_to(4, "", "assessors"))

    # --- what is shown ---

    def show_view(self, old: View | None, new: View) -> None:
        """The marks of the assessor in hand; nobody is in hand at first."""
        appraisal = new.appraisal
        if old is None:
            self.book = MarkBook("")
        elif self.isVisible():
            self._tell_unseen(old.appraisal, appraisal)
        assessors = appraisal.workshop.assessors
        if all(one.id != self.book.assessor for one in assessors):
            self.book = MarkBook("")
        missing = self.empty.show_document(appraisal)
        self.none.setVisible(not missing and not assessors)
        ready = not missing and bool(assessors)
        self.top.setVisible(ready)
        self._is_closed = self.closed.show_lock(appraisal, MarkBook.locked) and ready
        self.closed.setVisible(self._is_closed)
        if ready:
            self._show_who(appraisal)
        found = next((one for one in assessors if one.id == self.book.assessor), None) if ready else None
        self.grid.setVisible(found is not None)
        if found is None:
            self.grid.cover()
        else:
            why = sealing.why_locked(appraisal.workshop, MarkBook.locked) if self._is_closed else ""
            self.grid.show_book(new, self.book, closed=why)
        self._show_detail()

    def _show_who(self, appraisal: Appraisal) -> None:
        choices = [(_NOBODY, "Choose an assessor…")]
        choices += [(one.id, _named(appraisal, one)) for one in appraisal.workshop.assessors]
        self.who.set_choices(choices, self.book.assessor or _NOBODY)
        found = next((one for one in appraisal.workshop.assessors if one.id == self.book.assessor), None)
        self.chip.setVisible(found is not None)
        self.done.setVisible(found is not None)
        if found is None:
            self.words.set_text("Only the marks of the person who sits here are shown: no weights, no totals.")
            return
        self.words.set_text(scoring_words.interest_sentence(appraisal, found))
        wanted = len(appraisal.options) * len(appraisal.criteria)
        given = len(self.book.given(appraisal))
        self.chip.set_face(f"{given} of {wanted} marks", "good" if given >= wanted else "plain")

    def _tell_unseen(self, old: Appraisal, new: Appraisal) -> None:
        """Undo reaches the marks of others too: it says whose mark changed, never which figure."""
        before = {one.id: one.marks for one in old.workshop.assessors}
        unseen = [
            scoring_words.assessor_post(new, one.id)
            for one in new.workshop.assessors
            if one.id != self.book.assessor and one.id in before and one.marks != before[one.id]
        ]
        if unseen:
            who = unseen[0] if len(unseen) == 1 else wording.how_many(len(unseen), "assessor")
            self.refuse(f"Marks of {who} have just changed out of sight. Redo or Undo takes that back.")

    def _show_detail(self) -> None:
        place = self.grid.cell if self.book.assessor else ("", "")
        self.detail.show_place(self.context.appraisal, self.book, place, closed=self._is_closed)

    def _taken(self) -> None:
        self.detail.settle()
        self._show_detail()

    def _choose(self, key: str) -> None:
        self.take("" if key == _NOBODY else key)

    def take(self, assessor: str) -> None:
        """Shows the marks of an assessor; of nobody for "". Nothing of the one before stays on the screen."""
        self.detail.settle()
        self.refuse("")
        self.book = MarkBook(assessor)
        self.grid.cover()
        self.show_view(self.context.view, self.context.view)

    def _cover_by_hand(self) -> None:
        self.take("")
        self.who.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever comes back to this section must choose again; a window made small is not left."""
        super().hideEvent(event)
        if self.book.assessor and not event.spontaneous():
            self.take("")

    # --- where the keyboard goes ---

    def focus_first(self) -> None:
        """The grid once somebody is chosen, else the choice, or what is missing."""
        if self.empty.isVisibleTo(self):
            self.empty.state.action.setFocus()
        elif self.none.isVisibleTo(self):
            self._add_some.action.setFocus()
        elif self.book.assessor:
            self.grid.put_in_hand()
            self.grid.table.setFocus()
        else:
            self.who.setFocus()


def _named(appraisal: Appraisal, assessor: Assessor) -> str:
    """The post, with the name behind it: on screen the facilitator must know who sits there."""
    post = scoring_words.assessor_post(appraisal, assessor.id)
    return wording.shorten(f"{post}, {assessor.name}" if assessor.name.strip() else post, 60)
