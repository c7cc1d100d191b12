"""The section of step 8 on scores: who scores highest and how surely, cost for points, other methods, who agreed."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from appraise.model.appraisal.document import Appraisal
from appraise.model.results import Results
from appraise.present import charts, finished, score_answers, score_tables, scoring_words
from appraise.present.tables import Table
from appraise.ui.context import Context
from appraise.ui.pages.results_cards import TableCard, chosen_name
from appraise.ui.pages.results_charts import FigureCard, Sides
from appraise.ui.pages.results_sections import FiguresSection, Lacking
from appraise.ui.pages.results_state import EarlierChip, Figures
from appraise.ui.widgets.buttons import Button
from appraise.ui.widgets.cards import Card, Column, Row
from appraise.ui.widgets.choices import SegmentBar
from appraise.ui.widgets.labels import FlowLabel

if TYPE_CHECKING:
    from appraise.present.chart_parts import Chart, ChartStyle
    from appraise.present.chart_scores import By


class ScoreAnswer(Card):
    """The answer on score in a sentence, why, and how a score is to be read."""

    def __init__(self) -> None:
        super().__init__(accent=True)
        self.answer = FlowLabel("", "title")
        self.why = FlowLabel("", "lead")
        self.stands = FlowLabel(scoring_words.SCORING_STANDS, "dense", "ink2")
        self.rule = FlowLabel(scoring_words.SCORE_RULE, "caption", "ink2")
        self.weights = Button("Try other weights", kind="plain", small=True)
        overline = FlowLabel("On score", "label", "overline", wrap=False)
        head = Row(overline, self.weights, stretches=(1, 0), gap=8)
        self.add(Column(head, self.answer, self.why, self.stands, self.rule, gap=4))

    def show_results(self, results: Results, appraisal: Appraisal) -> None:
        """Takes the sentences."""
        self.answer.set_text(score_answers.answer(results, appraisal))
        self.why.set_text(" ".join(score_answers.reasons(results, appraisal)))
        self.why.setVisible(bool(self.why.text()))


class Sentences(Card):
    """A card of sentences one below the other; hidden without any."""

    def __init__(self, title: str, subtitle: str = "") -> None:
        super().__init__(title, subtitle)
        self.labels: list[FlowLabel] = []
        self.end()

    def show_sentences(self, sentences: Sequence[str]) -> None:
        """Shows these and no others."""
        while len(self.labels) < len(sentences):
            label = FlowLabel("", "body")
            self.content.insertWidget(len(self.labels), label)
            self.labels.append(label)
        for place, label in enumerate(self.labels):
            label.set_text(sentences[place] if place < len(sentences) else "")
            label.setVisible(place < len(sentences))
        self.setVisible(bool(sentences))


class SaidTable(TableCard):
    """A table with its message in sentences above it."""

    def __init__(self) -> None:
        super().__init__()
        self.said = FlowLabel("", "body")
        self.earlier = EarlierChip()
        self.earlier.hide()
        self.add_action(self.earlier)
        self.content.insertWidget(0, self.said)

    def show_said(self, table: Table, sentences: Sequence[str], chosen: str = "") -> None:
        """Shows both; the sentences alone where the table has no rows, and nothing without either."""
        self.show_table(table, chosen)
        self.table.setVisible(bool(table.rows))
        self.said.set_text(" ".join(sentences))
        self.said.setVisible(bool(sentences))
        self.setVisible(bool(table.rows or sentences))


class ContributionsCard(FigureCard):
    """The stacked scores, by branch or by criterion."""

    def __init__(self, height: float = 230) -> None:
        super().__init__(height)
        self.by = SegmentBar("Stacked by", [("branch", "Branches"), ("criterion", "Criteria")], "branch")
        self.add_action(self.by)
        self._shown: tuple[Results, Appraisal] | None = None
        self.by.chosen.connect(lambda _key: self._draw())

    def show_results(self, results: Results, appraisal: Appraisal) -> None:
        """Draws these scores."""
        self._shown = results, appraisal
        self._draw()

    def follow_results(self, results: Results, appraisal: Appraisal) -> None:
        """Draws new scores as a slider moves, where they can be seen."""
        self._shown = results, appraisal
        self.follow(partial(_contributions, results, appraisal, self.by.current()))

    def _draw(self) -> None:
        if self._shown is not None:
            self.draw(partial(_contributions, *self._shown, self.by.current()))


def _contributions(
    results: Results, appraisal: Appraisal, by: str, width: float, height: float, style: "ChartStyle"
) -> "Chart | None":
    kind: By = "criterion" if by == "criterion" else "branch"
    return charts.weighted_scores(results, appraisal, by=kind, width=width, height=height, style=style)


def drawn_places(
    results: Results, appraisal: Appraisal, width: float, height: float, style: "ChartStyle"
) -> "Chart | None":
    """The chart of places."""
    return charts.rank_acceptability(results, appraisal, width=width, height=height, style=style)


def drawn_costs(
    results: Results, appraisal: Appraisal, width: float, height: float, style: "ChartStyle"
) -> "Chart | None":
    """The chart of score against cost; none where costs stand alone, for this section is about scores."""
    if results.scoring is None or results.scoring.cost_against_score is None:
        return None
    return charts.score_against_cost(results, appraisal, width=width, height=height, style=style)


class ScoresSection(FiguresSection):
    """Contributions, places, score against cost, robustness, cross-checks, agreement, flags and late changes."""

    def __init__(self, context: Context) -> None:
        self.answer = ScoreAnswer()
        self.contributions, self.places = ContributionsCard(), FigureCard(230)
        self.costs, self.points = FigureCard(250), FlowLabel("", "body")
        self.steps, self.frontier = TableCard(), TableCard()
        self.ways, self.pairs = SaidTable(), TableCard()
        self.could, self.methods = SaidTable(), SaidTable()
        self.flags = Sentences("What a reader should know about the scoring", "Facts, none of them a reproach")
        self.people = Sentences("How far the assessors agree")
        self.late = SaidTable()
        self.costs.add(self.points)
        for card in (self.contributions, self.places, self.costs):
            card.end()
        self.answer.weights.clicked.connect(lambda: context.go_to(9, "", "weights"))
        super().__init__(
            context,
            self.answer,
            Sides(self.contributions, self.places),
            self.costs,
            self.steps,
            self.frontier,
            self.ways,
            self.pairs,
            self.could,
            self.methods,
            self.people,
            self.flags,
            self.late,
        )

    def lacking(self, figures: Figures) -> Lacking | None:
        """Sealed scores, or none yet."""
        if finished.scores_sealed(figures.results):
            return Lacking(score_answers.answer(figures.results, figures.appraisal), "Go to scores and evidence", 4)
        if any(option.score is not None and option.score.by_criterion for option in figures.results.options):
            return None
        return Lacking("Scores appear here as soon as there are criteria with weights.", "Go to criteria", 3)

    def fill(self, figures: Figures) -> None:
        """Shows all parts; those without rows or sentences step aside."""
        results, appraisal = figures.results, figures.appraisal
        chosen = chosen_name(results, appraisal)
        self.answer.show_results(results, appraisal)
        self.contributions.show_results(results, appraisal)
        self.places.draw(partial(drawn_places, results, appraisal))
        self.costs.draw(partial(drawn_costs, results, appraisal))
        self.points.set_text(" ".join(score_answers.willingness(results, appraisal)))
        self.steps.show_table(score_tables.frontier_steps(results, appraisal), chosen)
        self.frontier.show_table(score_tables.cost_and_score(results, appraisal), chosen)
        self.pairs.show_table(score_tables.pairwise(results, appraisal), chosen)
        self.methods.show_said(
            score_tables.cross_checks(results, appraisal), score_answers.cross_checks(results, appraisal), chosen
        )
        self._fill_full(figures)
        self.people.show_sentences(score_answers.agreement(results, appraisal))
        self.flags.show_sentences(scoring_words.flag_sentences(results))
        self.late.show_said(score_tables.late_changes(results, appraisal), score_answers.late(results, appraisal))

    def _fill_full(self, figures: Figures) -> None:
        """What only a full run works out: other ways of drawing weights, and who could ever be first."""
        full = figures.full or figures
        chosen = chosen_name(full.results, full.appraisal)
        self.ways.show_said(score_tables.first_places(full.results, full.appraisal), (), chosen)
        beaten = score_answers.beaten(full.results, full.appraisal)
        said = (beaten,) if beaten else ()
        self.could.show_said(score_tables.dominance(full.results, full.appraisal), said, chosen)
        for card in (self.ways, self.could):
            card.earlier.show_figures(figures)

    def lead(self, card: TableCard, row: int, column: int) -> None:
        """Scores came from step 4; money of the frontier from the lines of the option."""
        if card in (self.steps, self.frontier):
            super().lead(card, row, column)
        elif card is self.methods:
            self.context.go_to(3)
        else:
            self.context.go_to(4)

    def cards(self) -> Sequence[TableCard]:
        """The tables, in order."""
        return (self.steps, self.frontier, self.ways, self.pairs, self.could, self.methods, self.late)

    def first_stop(self) -> QWidget:
        """The chart of contributions."""
        return self.contributions.view
