"""The right pane of step 4: totals where they may be seen, how far scoring has come, and help with the field."""

from PySide6.QtCore import Qt, Signal

from appraise.model import sealing
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.workshop import Interest, Stage
from appraise.model.journey import sheets_in
from appraise.present import scoring_words, wording
from appraise.ui.context import View
from appraise.ui.pages.pane_parts import PaneChart, PaneHead
from appraise.ui.pages.text_parts import HelpByField
from appraise.ui.pages.workshop_words import totals_wait
from appraise.ui.widgets.buttons import Button
from appraise.ui.widgets.cards import Column, Panel
from appraise.ui.widgets.labels import Divider, FlowLabel
from appraise.ui.widgets.part_list import PartList, PartRow


class ScoresPane(Column):
    """Weighted totals with the sentence that belongs to them, or why they are hidden; progress; help.

    `progress` is a line for each part of the work; a click on one goes to its section.
    Signals: results_wanted() when somebody asks for the results behind the totals.
    """

    results_wanted = Signal()

    def __init__(self) -> None:
        self._head = PaneHead("Weighted scores")
        self._scores = PaneChart("Points of 100, by branch", 220)
        self.stands = FlowLabel(scoring_words.SCORING_STANDS, "caption", "ink2")
        self.results = Button("See the results", kind="plain", icon="right", small=True)
        self.hidden = Panel("Totals are hidden")
        self.missing = FlowLabel("", "dense")
        self.progress = PartList("How far scoring has come")
        self._help: HelpByField | None = None
        super().__init__(
            self._head, self._scores, self.stands, self.results, self.hidden, Divider(), self.progress,
            self.missing, Divider(),
            gap=6, margin=16,
        )  # fmt: skip
        self.line.setAlignment(self.results, Qt.AlignmentFlag.AlignLeft)
        self.line.addStretch(1)
        self.results.clicked.connect(self.results_wanted)

    def show_help(self, helps: HelpByField) -> None:
        """The help of the section in hand."""
        if helps is self._help:
            return
        if self._help is not None:
            self._help.hide()
        if self.line.indexOf(helps) < 0:
            self.line.insertWidget(self.line.count() - 1, helps)
        helps.show()
        self._help = helps

    def show_view(self, view: View, section: str) -> None:
        """Totals from the results, and what is still to be done."""
        appraisal = view.appraisal
        hidden = sealing.hidden(appraisal)
        self._head.setVisible(not hidden)
        self.hidden.setVisible(hidden)
        self.hidden.show_text("Totals are hidden", scoring_words.hidden_words(appraisal.workshop.stage))
        self.progress.set_parts(_parts(appraisal), section)
        self.missing.set_text(missing_words(appraisal))
        self._show_totals(view, hidden=hidden)

    def _show_totals(self, view: View, *, hidden: bool) -> None:
        from appraise.present import charts

        appraisal, results = view.appraisal, view.results
        self._head.show_state("Weighted scores", view)
        scored = (
            not hidden
            and results is not None
            and any(one.score is not None and one.score.total for one in results.options)
        )
        self.stands.setVisible(scored)
        self.results.setVisible(scored and not view.stale)
        self._scores.setVisible(not hidden)
        if results is None or not scored or not appraisal.branches:
            self._scores.show_chart(None, totals_wait(view))
            return
        self._scores.show_chart(
            lambda width, height, style: charts.weighted_scores(
                results, appraisal, width=width, height=height, style=style
            )
        )


def _parts(appraisal: Appraisal) -> list[PartRow]:
    """A line for each section, with how far it is."""
    workshop = appraisal.workshop
    waited, begun, whole = sheets_in(appraisal)
    asked = sum(one.interest is not Interest.UNASKED for one in workshop.assessors)
    wanted = len(appraisal.options) * len(appraisal.criteria)
    scores = len({(one.option, one.criterion) for one in appraisal.scores})
    choices = len(appraisal.choices) * len(appraisal.criteria)
    listed = len(appraisal.choice_scores)
    compared = workshop.stage in (Stage.MODERATING, Stage.REVEALED) or (workshop.stage is Stage.OPEN and begun > 1)
    people = len(workshop.assessors)
    rows = [
        _part("assessors", "Interests asked", asked, people),
        _sheets(waited, begun, whole),
        _part("scores", "Scores agreed" if people else "Scores given", scores, wanted),
    ]
    if people:
        state = "completed" if compared else "locked"
        rows.append(PartRow("agreement", "Agreement", "compared" if compared else "waits", state))
    if appraisal.choices:
        rows.append(_part("long_list", "Long list scored", listed, choices))
    return rows if people else [row for row in rows if row.key not in ("assessors", "alone")]


def _sheets(waited: int, begun: int, whole: int) -> PartRow:
    """Done only when every sheet is whole; one that is only begun is not in."""
    if whole == begun:
        return _part("alone", "Sheets in", whole, waited)
    return PartRow("alone", "Sheets", f"{begun} begun, {whole} whole", "in-progress")


def _part(key: str, name: str, done: int, wanted: int) -> PartRow:
    state = "completed" if wanted and done >= wanted else "in-progress" if done else "not-started"
    return PartRow(key, name, f"{done} of {wanted}" if wanted else wording.DASH, state)


def missing_words(appraisal: Appraisal) -> str:
    """How many scores are missing or bare, in a sentence or two."""
    wanted = len(appraisal.options) * len(appraisal.criteria)
    missing = wanted - len({(one.option, one.criterion) for one in appraisal.scores})
    bare = sum(1 for one in appraisal.scores if not one.reason.strip())
    if not wanted:
        return "Nothing can be scored yet."
    words = f"{wording.capital(wording.how_many(missing, 'score'))} of {wanted} still missing." if missing > 0 else ""
    whole = "Every option is scored on every criterion." if missing <= 0 else ""
    reasons = f"{wording.capital(wording.how_many(bare, 'score'))} without a reason." if bare else ""
    return " ".join(part for part in (words, whole, reasons) if part)
