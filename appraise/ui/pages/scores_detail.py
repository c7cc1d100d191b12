"""The score in hand with its anchors, reason and evidence; and the right pane of step 4."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout

from appraise.model.appraisal.criteria import Criterion, Score
from appraise.model.appraisal.options import Option
from appraise.model.edits import scores as edits
from appraise.model.finding import Finding
from appraise.model.money import parse_number, plain_number
from appraise.present import advice, wording
from appraise.ui import theme
from appraise.ui.context import Context, View
from appraise.ui.pages.pane_parts import PaneChart, PaneHead
from appraise.ui.widgets.buttons import Button
from appraise.ui.widgets.cards import Card, Column, Row
from appraise.ui.widgets.fields import NumberField, TextArea
from appraise.ui.widgets.labels import Divider, FlowLabel, HelpBlock
from appraise.ui.widgets.marks import Chip
from appraise.ui.widgets.sliders import SwingSlider

_TICKS = ((0, "0, at worst"), (25, "25"), (50, "50, halfway"), (75, "75"), (100, "100, at best"))


class ScoreDetail(Card):
    """One option on one criterion: slider and field, anchors at both ends, reason and evidence."""

    def __init__(self, context: Context) -> None:
        super().__init__(" ")
        self._context = context
        self._option = self._criterion = ""
        self._chip = Chip("To score", "plain", "not-started")
        self.add_action(self._chip)
        self._worst, self._best = FlowLabel(""), FlowLabel("")
        self._best.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._scored_now = False
        self.slider = SwingSlider("Score", ticks=_TICKS, shown=self._bubble)
        self.field = NumberField("Score, 0 to 100", parse_number, label="Score", unit="of 100")
        self._clear = Button("Take the score away", kind="plain", small=True)
        self.reason = TextArea("Reason for the score", label="Why this score", lines=3)
        self.evidence = TextArea("Evidence for the score", label="What it rests on", lines=3)
        self._waits = FlowLabel("Give a score first; then say why.", "caption", "ink2")
        number = Column(self.field, self._clear, gap=4)
        number.line.addStretch(1)
        self._ends = Row(self._worst, self._best, gap=24)
        self._top = Row(Column(self.slider, self._ends, gap=2), number, stretches=(5, 1), gap=24)
        self._words = Row(self.reason, self.evidence, gap=16)
        for part in (self._top, self._words, self._waits):
            self.add(part)
        self._connect()

    def _connect(self) -> None:
        self.slider.dragging.connect(
            lambda value: self._set(float(value), gesture=f"score/{self._option}/{self._criterion}")
        )
        self.slider.released.connect(lambda _value: self._context.end_gesture())
        self.field.parsed.connect(lambda value: self._set(float(value)))
        self._clear.clicked.connect(self._take_away)
        self.reason.committed.connect(self._set_reason)
        self.evidence.committed.connect(self._set_evidence)

    def settle(self) -> None:
        """Ends a drag by keys before another score is shown."""
        self.slider.settle()
        self._context.end_gesture()

    def show_score(
        self, option: Option, criterion: Criterion, score: Score | None, findings: Sequence[Finding]
    ) -> None:
        """A cell of the grid as it stands, and what is wrong with it."""
        if (option.id, criterion.id) != (self._option, self._criterion):
            self.slider.settle()
            self.field.give_up()
        self._option, self._criterion = option.id, criterion.id
        self.set_title(f"{option.name or 'An option'} on “{wording.shorten(criterion.name or 'a criterion', 60)}”")
        self._worst.set_text(f"At 0: {criterion.worst or 'not described yet'}")
        self._best.set_text(f"At 100: {criterion.best or 'not described yet'}")
        self._scored_now = score is not None
        self.slider.set_value(round(min(max(score.value, 0.0), 100.0)) if score else 0)
        self.field.set_text(plain_number(score.value) if score else "")
        for area, words in (
            (self.reason, score.reason if score else ""),
            (self.evidence, score.evidence if score else ""),
        ):
            area.set_text(words)
            area.setEnabled(score is not None)
        self._waits.setVisible(score is None)
        self._clear.setEnabled(score is not None)
        self._show_state(score)
        wrong = next(
            (one for one in findings if (one.step, one.record, one.field) == (4, criterion.id, option.id)), None
        )
        if wrong is not None and wrong.severity == "error":
            self.field.set_fault(f"{wrong.sentence} {wrong.mend}")

    def _bubble(self, value: int) -> str:
        """What stands above the handle; nothing is no score of 0."""
        return str(value) if self._scored_now else wording.DASH

    def _show_state(self, score: Score | None) -> None:
        if score is None:
            self._chip.set_face("To score", "plain", "not-started")
        elif not score.reason.strip():
            self._chip.set_face("No reason yet", "attention")
        elif not score.evidence.strip():
            self._chip.set_face("No evidence yet", "attention")
        else:
            self._chip.set_face("With reason and evidence", "good")

    def _action(self, verb: str) -> str:
        appraisal = self._context.appraisal
        option = next(one.short_name or one.name for one in appraisal.options if one.id == self._option)
        criterion = next(one.name for one in appraisal.criteria if one.id == self._criterion)
        return f"{verb} {wording.shorten(option, 24)} on {wording.shorten(criterion, 32)}"

    def _set(self, value: float, gesture: str = "") -> None:
        if not 0 <= value <= 100:
            self.field.set_fault(f"A score lies between 0 and 100; {plain_number(value)} does not.")
            return
        new = edits.set_score(self._context.appraisal, option=self._option, criterion=self._criterion, value=value)
        self._context.apply(new, self._action("Score"), gesture=gesture)

    def _take_away(self) -> None:
        new = edits.clear_score(self._context.appraisal, option=self._option, criterion=self._criterion)
        self._context.apply(new, self._action("Take away the score of"))

    def _scored(self) -> bool:
        return any(
            (one.option, one.criterion) == (self._option, self._criterion) for one in self._context.appraisal.scores
        )

    def _set_reason(self, text: str) -> None:
        if self._scored():
            now = self._context.appraisal
            new = edits.set_score_reason(now, option=self._option, criterion=self._criterion, reason=text)
            self._context.apply(new, self._action("Change reason for"))

    def _set_evidence(self, text: str) -> None:
        if self._scored():
            now = self._context.appraisal
            new = edits.set_score_evidence(now, option=self._option, criterion=self._criterion, evidence=text)
            self._context.apply(new, self._action("Change evidence for"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side, or one below the other where it is narrow."""
        super().resizeEvent(event)
        narrow = self.width() < theme.px(560)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._top.line.setDirection(way)
        self._words.line.setDirection(way)


class ScoresPane(Column):
    """Weighted totals as stacked bars with the sentence that belongs to them, what is missing, help."""

    def __init__(self) -> None:
        self._head = PaneHead("Weighted scores")
        self._scores = PaneChart("Points of 100, by aim", 220)
        self._stands = FlowLabel(advice.SCORING_STANDS, "caption", "ink2")
        self._missing = FlowLabel("", "dense")
        self._help = HelpBlock(
            "What makes a good score?",
            "Compare the option with the two anchors, never with another option. "
            "Write the reason so that somebody who was not there can follow it.",
            "Use of multi-criteria analysis in options appraisal, HM Treasury, 2024",
        )
        super().__init__(
            self._head, self._scores, self._stands, Divider(), self._missing, Divider(), self._help, gap=6, margin=16
        )
        self.line.addStretch(1)

    def show_view(self, view: View) -> None:
        """Totals from the results, and how many scores are still missing."""
        from appraise.present import charts

        appraisal, results = view.appraisal, view.results
        self._head.show_state("Weighted scores", view)
        wanted = len(appraisal.options) * len(appraisal.criteria)
        missing = wanted - len(appraisal.scores)
        bare = sum(1 for one in appraisal.scores if not one.reason.strip())
        words = (
            f"{wording.capital(wording.how_many(missing, 'score'))} of {wanted} still missing." if missing > 0 else ""
        )
        reasons = f" {wording.capital(wording.how_many(bare, 'score'))} without a reason." if bare else ""
        whole = "Every option is scored on every criterion." if wanted and missing <= 0 else ""
        self._missing.set_text((words + whole + reasons).strip() or "Nothing can be scored yet.")
        scored = results is not None and any(one.score is not None and one.score.total for one in results.options)
        self._stands.setVisible(scored)
        if results is None or not scored or not appraisal.branches:
            waits = "Totals appear when nothing is wrong in the document." if results is None else ""
            self._scores.show_chart(None, waits or "Totals appear with weights and scores.")
            return
        self._scores.show_chart(
            lambda width, height, style: charts.weighted_scores(
                results, appraisal, width=width, height=height, style=style
            )
        )
