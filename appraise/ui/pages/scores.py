"""Step 4: who scores, how each option does on each criterion and why, how far assessors agree, and the long list."""

from collections.abc import Callable

from PySide6.QtWidgets import QApplication

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.workshop import Stage
from appraise.ui.context import Context, View
from appraise.ui.pages.pane_parts import RestingPage
from appraise.ui.pages.scores_agreement import AgreementSection
from appraise.ui.pages.scores_alone import AloneSection
from appraise.ui.pages.scores_assessors import AssessorsSection
from appraise.ui.pages.scores_long_list import LongListSection
from appraise.ui.pages.scores_pane import ScoresPane
from appraise.ui.pages.scores_record import RecordSection
from appraise.ui.pages.scores_section import ScoreSection
from appraise.ui.pages.scores_stray import StrayNotice
from appraise.ui.pages.workshop_bar import WorkshopBar
from appraise.ui.widgets.cards import PageFrame, Row, page_keys
from appraise.ui.widgets.choices import Switch

_LEAD = "Say where each option stands between worst and best, and why."
ASSESSORS, ALONE, SCORES, AGREEMENT, LONG_LIST = "assessors", "alone", "scores", "agreement", "long_list"
SECTIONS: dict[str, tuple[str, Callable[[Context], ScoreSection]]] = {
    ASSESSORS: ("Assessors", AssessorsSection),
    ALONE: ("Score alone", AloneSection),
    SCORES: ("Scores", RecordSection),
    AGREEMENT: ("Agreement", AgreementSection),
    LONG_LIST: ("Long list", LongListSection),
}


def first_section(appraisal: Appraisal) -> str:
    """Where a document begins: with the assessors until they have scored, else with the scores."""
    before = (Stage.PREPARING, Stage.AGREED, Stage.SEALED)
    return ASSESSORS if appraisal.workshop.stage in before else SCORES


class ScoresPage(RestingPage):
    """Five sections under one switch, the stages of the workshop above it. `sections` by key, made when looked at."""

    def __init__(self, context: Context) -> None:
        self._frame = PageFrame("Step 4 of 10", "Scores and evidence", _LEAD)
        super().__init__(context, self._frame)
        self.pane: ScoresPane = ScoresPane()
        self.sections: dict[str, ScoreSection] = {}
        self._seen: dict[str, View | None] = {}
        self.bar = WorkshopBar(context)
        self.bar.place_in(self._frame)
        self.switch = Switch("Part of this step", [(key, words) for key, (words, _) in SECTIONS.items()], SCORES)
        self.stray = StrayNotice(context)
        self._frame.add_bar(Row(self.switch, stretches=(1,)))
        self._frame.add_bar(self.stray)
        self._frame.end()
        self.switch.chosen.connect(lambda _key: self._turn())
        self.pane.progress.chosen.connect(self.turn_to)
        self.pane.results_wanted.connect(lambda: self.context.go_to(8, "", "scores"))
        self._frame.rearranged.connect(self._frame.chain)
        page_keys(self, self._step)
        self.follow()

    @property
    def section(self) -> ScoreSection:
        """The section in hand."""
        return self._made(self.switch.current())

    def _made(self, key: str) -> ScoreSection:
        """A section, made now if need be."""
        if key not in self.sections:
            section = SECTIONS[key][1](self.context)
            self.sections[key] = section
            self._seen[key] = None
            self._frame.body.insertWidget(self._frame.body.count() - 1, section)
            if isinstance(section, AssessorsSection):
                section.alone_wanted.connect(self._enter_marks)
        return self.sections[key]

    # --- what is shown ---

    def show_view(self, old: View | None, new: View) -> None:
        """The stages, the section in hand and the pane; the other sections catch up when they are turned to."""
        if old is None:
            self._seen = dict.fromkeys(self._seen)
            self.switch.set_current(first_section(new.appraisal))
        self.bar.show_view(new)
        self.stray.show_document(new.appraisal)
        key, now = self.switch.current(), self.section
        before, self._seen[key] = self._seen[key], new
        now.show_view(before, new)
        for section in self.sections.values():
            section.setVisible(section is now)
        self._frame.chain()
        self.pane.show_help(now.helps)
        self.pane.show_view(new, key)

    def _turn(self) -> None:
        for section in self.sections.values():
            section.refuse("")
        self.show_view(self.context.view, self.context.view)
        self._frame.to_top()

    def turn_to(self, key: str) -> None:
        """Shows a section, as the switch does."""
        if key != self.switch.current():
            self.switch.set_current(key)
            self._turn()
            self.focus_first()

    def _step(self, by: int) -> None:
        self.switch.step(by)
        self.focus_first()

    def _enter_marks(self, assessor: str) -> None:
        self.switch.set_current(ALONE)
        self._turn()
        section = self.section
        if isinstance(section, AloneSection):
            section.take(assessor)
            section.focus_first()

    # --- where the keyboard goes ---

    def focus_first(self) -> None:
        """Where work in the section in hand begins; the switch where there is nothing to do in it."""
        self.section.focus_first()
        here = QApplication.focusWidget()
        if here is None or not self.isAncestorOf(here):
            self.switch.setFocus()

    def focus_place(self, record: str, field: str) -> None:
        """The field that a finding names, in its section; or a section, asked for by its key."""
        if any(one.id == record for one in self.context.appraisal.gates):
            self.context.go_to(3, record, field)  # outcomes at gates stand beside the gates
            return
        if not record and field == "unlocked":
            self.bar.next.setFocus()
            return
        if field in SECTIONS and not record:
            key = field
        elif record:
            key = next((one for one in (ASSESSORS, LONG_LIST) if self._made(one).holds(record)), SCORES)
        else:
            key = ASSESSORS if field in ("method", "facilitator", "held_on", "interest") else SCORES
        self.switch.set_current(key)
        self._turn()
        if field in SECTIONS:
            self.section.focus_first()
        else:
            self.section.focus_place(record, field)
        self._frame.reveal_focus()
