"""Step 9, weights: a swing is tried out, and every chart of the scoring follows; the document stays as it is."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from appraise.model import robustness, what_if
from appraise.model.appraisal.criteria import Answers
from appraise.model.appraisal.document import Appraisal
from appraise.model.edits import criteria as edits
from appraise.model.edits.changing import EditRefused
from appraise.model.results import Results
from appraise.model.scoring import branch_weights, weights
from appraise.model.sealing import Locked, why_locked
from appraise.present import charts, finished, score_answers, score_tables, wording
from appraise.ui.context import Context
from appraise.ui.pages.results_cards import TableCard
from appraise.ui.pages.results_charts import FigureCard, Sides
from appraise.ui.pages.results_scores import ContributionsCard, Sentences, drawn_costs, drawn_places
from appraise.ui.pages.results_sections import FiguresSection, Lacking
from appraise.ui.pages.results_state import Figures
from appraise.ui.widgets.buttons import Button
from appraise.ui.widgets.cards import Card, Column, Row
from appraise.ui.widgets.choices import PickList
from appraise.ui.widgets.labels import FlowLabel, Notice
from appraise.ui.widgets.sliders import SwingSlider

if TYPE_CHECKING:
    from appraise.present.chart_parts import Chart, ChartStyle

_RANKS = "Weights come from the order of the moves. Change the order in Criteria and weights."
_NO_WEIGHTS = "There are no weights yet. Add criteria in step 3 and answer their swing questions."
_NO_SCORES = "Weights can be tried out once an option has all its scores."
_UNCHANGED = "The document is not changed by trying."


class TryCard(Card):
    """What is tried: a criterion or a branch, its swing, the weight that it makes, and the answer it would give."""

    def __init__(self) -> None:
        super().__init__("Try another swing", _UNCHANGED)
        self.what = PickList("Criterion or branch")
        self.slider = SwingSlider("Swing that is tried", words=self._spoken)
        self.weighs, self.answer = FlowLabel("", "dense", "ink2"), FlowLabel("", "strong")
        self.back = Button("Put back", small=True)
        self.use = Button("Use this swing", small=True)
        self.why_not = FlowLabel("", "caption", "ink2")
        self.refused = Notice("attention", "")
        self.refused.hide()
        label = FlowLabel("Criterion or branch", "dense", "ink2", wrap=False)
        head = Row(label, self.what, self.weighs, stretches=(0, 0, 1), gap=8)
        foot = Row(self.answer, self.back, self.use, stretches=(1, 0, 0), gap=8)
        self.add(Column(head, self.slider, foot, self.why_not, self.refused, gap=6))

    def _spoken(self, value: int) -> str:
        return f"{value}, {self.weighs.text()}" if hasattr(self, "weighs") else str(value)


class WeightsSection(FiguresSection):
    """A swing tried out on all charts; below it how far weights and scores are from another answer.

    `ties` is the table of weights at which two options score the same.
    """

    def __init__(self, context: Context, ties: QWidget) -> None:
        self.trying = TryCard()
        self.contributions, self.places = ContributionsCard(210), FigureCard(210)
        self.lines, self.triangle = FigureCard(250), FigureCard(250)
        self.costs = FigureCard(250)
        self.changes = Sentences("The smallest changes that end the lead", "Of the document as it is")
        self.stability = TableCard()
        self._kind, self._key = "", ""
        self._choices: list[tuple[str, str]] = []
        self._base: Figures | None = None
        self._tried: Appraisal | None = None
        for card in self.charts():
            card.end()
        super().__init__(
            context,
            self.trying,
            Sides(self.contributions, self.places),
            Sides(self.lines, self.triangle),
            self.costs,
            self.changes,
            self.stability,
            ties,
        )
        self.trying.what.chosen.connect(self._choose)
        self.trying.slider.dragging.connect(self._move)
        self.trying.back.clicked.connect(self.put_back)
        self.trying.use.clicked.connect(self._use)

    # --- what is shown ---

    def lacking(self, figures: Figures) -> Lacking | None:
        """Sealed scores, or nobody ranked yet."""
        if finished.scores_sealed(figures.results):
            return Lacking(score_answers.answer(figures.results, figures.appraisal), "Go to scores and evidence", 4)
        if figures.results.verdict.highest_score and figures.results.scoring is not None:
            return None
        if not any(weights(figures.appraisal).values()):
            return Lacking(_NO_WEIGHTS, "Go to criteria", 3)
        missing = finished.missing_scores(figures.results)
        return Lacking(f"{missing} {_NO_SCORES}".strip(), "Go to scores and evidence", 4)

    def fill(self, figures: Figures) -> None:
        """Shows the document's own figures; what is tried goes on while the document's weights stay the same."""
        full = figures.full or figures
        if full.results.scoring is None or not full.results.verdict.highest_score:
            full = figures
        known, self._base = self._base, full
        if known is None or _differ(known.appraisal, full.appraisal):
            self._tried = None
        self._show_choices(full.appraisal)
        self._show_slider()
        tried = self._results()
        for card, draw in self._drawings(*tried):
            card.draw(draw)
        self.contributions.show_results(*tried)
        self._say(*tried)
        self.changes.show_sentences(score_answers.changes(full.results, full.appraisal))
        self.stability.show_table(score_tables.stability(full.results, full.appraisal))

    def _show_choices(self, appraisal: Appraisal) -> None:
        """Every branch with its criteria under it; a branch of a single criterion is left out."""
        pairs: list[tuple[str, str]] = []
        for branch in appraisal.branches:
            members = [one for one in appraisal.criteria if one.branch == branch.id]
            if len(members) > 1:
                pairs.append((f"branch/{branch.id}", f"Branch: {branch.name}"))
            pairs += [(f"criterion/{one.id}", one.name) for one in members]
        if f"{self._kind}/{self._key}" not in [key for key, _ in pairs]:
            self._kind, self._key = self._first_choice(pairs)
            self._tried = None
        if pairs != self._choices:
            self._choices = pairs
            self.trying.what.set_choices(pairs)
        self.trying.what.set_current(f"{self._kind}/{self._key}")

    def _first_choice(self, pairs: Sequence[tuple[str, str]]) -> tuple[str, str]:
        """The criterion whose weight is nearest to changing who is first, else the first one."""
        near = score_answers.tightest(self._base.results) if self._base is not None else None
        wanted = f"{near.kind}/{near.id}" if near is not None else ""
        keys = [key for key, _ in pairs]
        kind, _, key = (wanted if wanted in keys else keys[0]).partition("/")
        return kind, key

    def _show_slider(self) -> None:
        """The swing that is tried, and what can be done with it."""
        if self._base is None:
            return
        appraisal = self._base.appraisal
        swing = what_if.swing_of(self._tried or appraisal, self._kind, self._key)
        name = next((text for key, text in self._choices if key == f"{self._kind}/{self._key}"), "")
        self.trying.slider.set_value(round(swing))
        self.trying.slider.setAccessibleName(f"Swing of {name} that is tried")
        why = why_locked(appraisal.workshop, Locked.WEIGHTS)
        if appraisal.weighting.answers is Answers.RANKS:
            why = _RANKS
        self.trying.why_not.set_text(why)
        self.trying.why_not.setVisible(bool(why))
        self.trying.use.setVisible(not why)

    def _results(self) -> tuple[Results, Appraisal]:
        """What is tried, or the document as it is."""
        if self._base is None:
            raise ValueError("There are no figures to start from.")
        if self._tried is not None:
            found = what_if.scored_again(self._base.results, self._tried)
            if found is not None:
                return found, self._tried
        return self._base.results, self._base.appraisal

    def _drawings(self, results: Results, appraisal: Appraisal) -> "list[tuple[FigureCard, partial[Chart | None]]]":
        """The charts but the first, with what draws them."""
        return [
            (self.places, partial(drawn_places, results, appraisal)),
            (self.lines, partial(_lines, results, appraisal, self._kind, self._key)),
            (self.triangle, partial(_triangle, results, appraisal)),
            (self.costs, partial(drawn_costs, results, appraisal)),
        ]

    def _say(self, results: Results, appraisal: Appraisal) -> None:
        """The weight that the swing makes, and the answer."""
        moved = self._tried is not None
        now, tried = (self._weight(one) for one in (self._base.appraisal if self._base else appraisal, appraisal))
        words = f"weighs {wording.percent(tried)}"
        self.trying.weighs.set_text(f"It {words}; in the document {wording.percent(now)}." if moved else f"It {words}.")
        self.trying.answer.set_text(score_answers.answer(results, appraisal))
        self.trying.back.setEnabled(moved)
        self.trying.use.setEnabled(moved)

    def _weight(self, appraisal: Appraisal) -> float:
        return (branch_weights(appraisal) if self._kind == "branch" else weights(appraisal))[self._key]

    def charts(self) -> tuple[FigureCard, ...]:
        """The cards that follow the slider, as they stand."""
        return (self.contributions, self.places, self.lines, self.triangle, self.costs)

    # --- what can be done ---

    def _choose(self, key: str) -> None:
        self._kind, _, self._key = key.partition("/")
        self.put_back()

    def _move(self, swing: int) -> None:
        """Another swing is tried: the charts in sight follow at once."""
        if self._base is None:
            return
        self._tried = what_if.with_swing(self._base.appraisal, self._kind, self._key, float(swing))
        results, appraisal = self._results()
        self._say(results, appraisal)
        self.contributions.follow_results(results, appraisal)
        for card, draw in self._drawings(results, appraisal):
            card.follow(draw)

    def put_back(self) -> None:
        """Shows the document's own swing and figures again."""
        self._tried = None
        self.trying.refused.hide()
        self.trying.slider.settle()
        if self._base is not None:
            self.fill(self._base)

    def _use(self) -> None:
        """Makes what is tried the document's answer, as one step that can be undone."""
        if self._tried is None:
            return
        try:
            self.context.apply(used(self.context.appraisal, self._tried), "Change a swing that was tried")
        except EditRefused as refused:
            self.trying.refused.show_text(str(refused))
            self.trying.refused.show()

    def lead(self, card: TableCard, row: int, column: int) -> None:
        """Weights came from step 3."""
        self.context.go_to(3)

    def first_stop(self) -> QWidget:
        """What is tried."""
        return self.trying.slider


def used(appraisal: Appraisal, tried: Appraisal) -> Appraisal:
    """The document with the swings and ranges of what was tried."""
    for one, old in zip(tried.criteria, appraisal.criteria, strict=True):
        if one.swing != old.swing:
            appraisal = edits.set_swing(appraisal, criterion=one.id, swing=one.swing)
            appraisal = edits.set_swing_range(appraisal, criterion=one.id, low=one.swing_low, high=one.swing_high)
    for head, before in zip(tried.branches, appraisal.branches, strict=True):
        if head.swing != before.swing:
            appraisal = edits.set_branch_swing(appraisal, branch=head.id, swing=head.swing)
            appraisal = edits.set_branch_swing_range(
                appraisal, branch=head.id, low=head.swing_low, high=head.swing_high
            )
    return appraisal


def _differ(one: Appraisal, other: Appraisal) -> bool:
    """Another set of weights is the starting point."""
    return (one.criteria, one.branches, one.weighting) != (other.criteria, other.branches, other.weighting)


def _lines(
    results: Results, appraisal: Appraisal, kind: str, key: str, width: float, height: float, style: "ChartStyle"
) -> "Chart | None":
    found = robustness.line_of(appraisal, kind, key)
    if found is None:
        return None
    line, stable = found
    return charts.weight_lines(results, appraisal, line=line, stable=stable, width=width, height=height, style=style)


def _triangle(
    results: Results, appraisal: Appraisal, width: float, height: float, style: "ChartStyle"
) -> "Chart | None":
    found = robustness.triangle(appraisal)
    if found is None:
        return None
    return charts.weight_triangle(results, appraisal, triangle=found, width=width, height=height, style=style)
