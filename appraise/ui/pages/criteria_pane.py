"""The right pane of step 3: weights so far, the scores as they follow, and help."""

from appraise.present import advice
from appraise.ui.context import View
from appraise.ui.pages.pane_parts import PaneChart, PaneHead
from appraise.ui.widgets.cards import Column
from appraise.ui.widgets.labels import Divider, FlowLabel, HelpBlock


class CriteriaPane(Column):
    """Weights as bars, totals with the sentence that belongs to them, help."""

    def __init__(self) -> None:
        self._head = PaneHead("Weights so far")
        self._weights = PaneChart("Share of all weights", 200)
        self._scores = PaneChart("Scores as they follow, points of 100", 200)
        self._stands = FlowLabel(advice.SCORING_STANDS, "caption", "ink2")
        self._help = HelpBlock(
            "Why ask about the move, not the topic?",
            "“Safety matters most” says little. What counts is how far the options can move it. "
            "A vital thing that every option does equally well should carry little weight.",
            "Multi-criteria analysis in appraisal, HM Treasury supplement, swing weighting",
        )
        super().__init__(
            self._head, self._weights, Divider(), self._scores, self._stands, Divider(), self._help, gap=6, margin=16
        )
        self.line.addStretch(1)

    def show_view(self, view: View) -> None:
        """Weights from the document, totals from the results."""
        from appraise.present import charts

        appraisal, results = view.appraisal, view.results
        self._head.show_state("Weights so far", view)
        weighted = sum(one.swing for one in appraisal.criteria) > 0
        self._weights.show_chart(
            (lambda width, height, style: charts.weights(appraisal, width=width, height=height, style=style))
            if weighted
            else None,
            "No criterion has a weight yet.",
        )
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
