"""The right pane of step 3: weights so far, whether answers agree, scores as they follow where they may, and help."""

from typing import TYPE_CHECKING

from appraise.model.appraisal.document import Appraisal
from appraise.model.scoring import branch_weights, weights
from appraise.model.sealing import hidden
from appraise.present import scoring_words, wording
from appraise.ui.context import View
from appraise.ui.pages.criteria_checks import agreement
from appraise.ui.pages.criteria_help import WHY_MOVES
from appraise.ui.pages.criteria_moves import rounds
from appraise.ui.pages.pane_parts import PaneChart, PaneHead
from appraise.ui.pages.text_parts import HelpByField
from appraise.ui.pages.workshop_words import HIDDEN_WHY, totals_wait
from appraise.ui.widgets.cards import Column
from appraise.ui.widgets.choices import SegmentBar
from appraise.ui.widgets.labels import Divider, FlowLabel, Notice
from appraise.ui.widgets.weight_stack import StackPart, WeightStack

if TYPE_CHECKING:
    from appraise.model.results import Results

_LEAVES, _BRANCHES = "criteria", "branches"


def so_far(appraisal: Appraisal) -> str:
    """How many moves have an answer, in words."""
    asked = [move for one in rounds(appraisal) for move in one.moves]
    if not asked:
        return "No criterion yet"
    alone = appraisal.weighting.answers == "ranks"
    done = sum(move.rank > 0 if alone else move.answered for move in asked)
    verb = "ranked" if alone else "answered"
    if done == len(asked):
        return f"All {wording.count(done)} {verb}" if done > 1 else f"The one move is {verb}"
    return (
        f"{wording.capital(wording.count(done)) if done else 'None'} {verb}, {wording.count(len(asked) - done)} to ask"
    )


class CriteriaPane(Column):
    """Weights in blocks, consistency, totals with the sentence that belongs to them, help."""

    def __init__(self) -> None:
        self._view: View | None = None
        self._head = PaneHead("Weights so far")
        self._so_far = FlowLabel("", "caption", "ink2")
        self.views = SegmentBar("Weights by", [(_LEAVES, "Criteria"), (_BRANCHES, "Branches")], _LEAVES)
        self.stack = WeightStack("Weights so far")
        self._nothing = FlowLabel("No criterion has a weight yet.", "dense", "ink2")
        self.agree = Notice("good", "")
        self.hidden = Notice("plain", "", HIDDEN_WHY, icon="locked")
        self._scores = PaneChart("Scores as they follow, points of 100", 200)
        self._stands = FlowLabel(scoring_words.SCORING_STANDS, "caption", "ink2")
        self.help = HelpByField(WHY_MOVES, {})
        super().__init__(
            self._head,
            self._so_far,
            self.views,
            self.stack,
            self._nothing,
            self.agree,
            self.hidden,
            self._scores,
            self._stands,
            Divider(),
            self.help,
            gap=8,
            margin=16,
        )
        self.line.addStretch(1)
        self.views.chosen.connect(lambda _key: self._turn())

    def show_view(self, view: View) -> None:
        """Weights from the document, totals from the results where they may be shown."""
        self._view = view
        self._head.show_state("Weights so far", view)
        self._so_far.set_text(so_far(view.appraisal))
        self._show_weights(view.appraisal)
        self._show_agreement(view.appraisal)
        secret = hidden(view.appraisal)
        self.hidden.setVisible(secret)
        self._show_scores(view, secret=secret)

    def _turn(self) -> None:
        if self._view is not None:
            self._show_weights(self._view.appraisal)

    def _show_weights(self, appraisal: Appraisal) -> None:
        several = len(appraisal.branches) > 1
        self.views.setVisible(several)
        by_branch = several and self.views.current() == _BRANCHES
        share = branch_weights(appraisal) if by_branch else weights(appraisal)
        names = appraisal.branches if by_branch else appraisal.criteria
        parts = [StackPart(one.name or "Without a name", share[one.id]) for one in names if share[one.id] > 0]
        self.stack.set_parts(sorted(parts, key=lambda part: -part.share))
        self.stack.setVisible(bool(parts))
        self._nothing.setVisible(not parts)

    def _show_agreement(self, appraisal: Appraisal) -> None:
        said, to_do, tone = agreement(appraisal)
        self.agree.setVisible(bool(said))
        self.agree.set_tone(tone)
        self.agree.show_text("", f"{said} {to_do}".strip())

    def _show_scores(self, view: View, *, secret: bool) -> None:
        results, appraisal = view.results, view.appraisal
        scored = not secret and results is not None and _any_total(results)
        self._stands.setVisible(scored)
        self._scores.setVisible(not secret)
        if secret or results is None or not scored or not appraisal.branches:
            self._scores.show_chart(None, totals_wait(view))
            return
        from appraise.present import charts

        self._scores.show_chart(
            lambda width, height, style: charts.weighted_scores(
                results, appraisal, width=width, height=height, style=style
            )
        )


def _any_total(results: "Results") -> bool:
    return any(one.score is not None and one.score.total for one in results.options)
