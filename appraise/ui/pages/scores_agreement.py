"""How far assessors agree: one sentence, their marks side by side, their orders, and whether one of them decides."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from appraise.model import sealing
from appraise.model.agreement import agreement
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.workshop import Stage
from appraise.model.score_results import AgreementOfAssessors, Spread
from appraise.present import agreement_tables, scoring_words, tables, wording
from appraise.present.agreement_tables import FAR
from appraise.ui.context import Context, View
from appraise.ui.pages.results_charts import FigureCard
from appraise.ui.pages.scores_marks import CappedTable
from appraise.ui.pages.scores_section import ScoreSection
from appraise.ui.pages.text_parts import Help
from appraise.ui.widgets.cards import Card, Column
from appraise.ui.widgets.choices import PickList
from appraise.ui.widgets.labels import EmptyState, FlowLabel
from appraise.ui.widgets.table_model import Cell, DataTableModel, TableColumn, TableRow

if TYPE_CHECKING:  # drawing loads reportlab, which the start of the window must not wait for
    from appraise.present.chart_parts import Chart, ChartStyle

_PARTS = ("workshop", "options", "branches", "criteria", "weighting", "gates", "scores")
"""What agreement, and the scores drawn beside it, are made from."""
_FEW = 24
"""Up to so many scores are drawn at once; of more the widest first."""
_WIDEST = 16
_WIDE_KEY, _ALL = "widest", "all"
AGREEMENT_HELP = Help(
    "What does Kendall’s W say?",
    "How alike the assessors order the options: 1 is the same order, 0 is none. From 0.7 on agreement is strong. "
    "A low W asks for talk before scores, not for a mean.",
    "Kendall and Babington Smith 1939; words after Schmidt, Decision Sciences 28, 1997",
)
SPREAD_HELP = Help(
    "What is far apart?",
    f"A range of {FAR} points or more: two of the four bands of 25 between the anchors. "
    "Ask both ends for their evidence first.",
    "Use of multi-criteria decision analysis in options appraisal, HM Treasury, 2024",
)
_WAIT = "Marks are compared once scoring is closed, so that nobody is moved by another’s figure."
_NOBODY = "Agreement is measured as soon as two assessors have given marks."


class AgreementSection(ScoreSection):
    """The answer in a sentence, the chart of spreads, and the two tables below it."""

    def __init__(self, context: Context) -> None:
        self._drawn: tuple[object, ...] = ()
        self._found: AgreementOfAssessors | None = None
        self.empty_card = Card()
        self.empty = EmptyState("people", _NOBODY, "Go to assessors")
        self.empty_card.add(self.empty)
        self.answer = Card(accent=True)
        self.why = FlowLabel(scoring_words.MODERATED, "dense", "ink2")
        self.answer.add(self.why)
        self.which = PickList("Which scores are drawn")
        self.chart = FigureCard(120)
        self.chart.content.insertWidget(0, self.which)
        self.orders = _TableCard("Kendall’s W, criterion by criterion", (
            TableColumn("Criterion", "left", 170, stretch=True, wrap=True),
            TableColumn("Assessors", "right", 82),
            TableColumn("W", "right", 56, tip="Kendall’s W, 0 to 1"),
            TableColumn("In words", "left", 190, wrap=True),
        ))  # fmt: skip
        self.alone = _TableCard("Without one assessor", (
            TableColumn("Without", "left", 170, stretch=True, wrap=True),
            TableColumn("First", "left", 100, wrap=True),
            TableColumn("First on own marks", "left", 128, wrap=True),
            TableColumn("Change", "left", 140),
        ))  # fmt: skip
        self._pair = Column(self.orders, self.alone, gap=11)
        super().__init__(context, AGREEMENT_HELP, self.empty_card, self.answer, self.chart, self._pair)
        self.help_for((self.chart.view, self.which), SPREAD_HELP)
        self.which.chosen.connect(lambda _key: self._draw())
        self.empty.activated.connect(self._go)

    # --- what is shown ---

    def show_view(self, old: View | None, new: View) -> None:
        """Everything that follows from the marks; made anew only where they are new."""
        appraisal = new.appraisal
        seen = tuple(getattr(appraisal, part) for part in _PARTS)
        if self._drawn and all(one is other for one, other in zip(seen, self._drawn, strict=True)):
            return
        self._drawn = seen
        self._found = found = agreement(appraisal)
        some = agreement_tables.comparable(found)
        self.empty_card.setVisible(not some)
        for part in (self.answer, self.chart, self._pair):
            part.setVisible(some)
        if found is None or not some:
            self._show_empty(appraisal)
            return
        self._show_answer(found, appraisal)
        self._show_choices(found, appraisal)
        self._draw()
        self._show_tables(found, appraisal)

    def _show_empty(self, appraisal: Appraisal) -> None:
        waits = appraisal.workshop.stage in (Stage.PREPARING, Stage.AGREED, Stage.SEALED)
        self.empty.set_sentence(_WAIT if waits else _NOBODY)
        self.empty.action.setVisible(not waits or not appraisal.workshop.assessors)

    def _show_answer(self, found: AgreementOfAssessors, appraisal: Appraisal) -> None:
        self.answer.set_title(agreement_tables.answer(found, appraisal))
        left = agreement_tables.left_out_words(found, appraisal)
        said = scoring_words.hidden_words(appraisal.workshop.stage) if sealing.hidden(appraisal) else left
        self.why.set_text(" ".join(part for part in (said, scoring_words.MODERATED) if part))

    def _show_choices(self, found: AgreementOfAssessors, appraisal: Appraisal) -> None:
        spreads = found.spreads
        criteria = {one.criterion for one in spreads}
        some = [(one.id, wording.shorten(one.name or "Without a name", 60)) for one in appraisal.criteria]
        every = (_ALL, f"All {len(spreads)} scores, widest apart first")
        widest = [(_WIDE_KEY, f"The {_WIDEST} scores widest apart")] if len(spreads) > _FEW else []
        self.which.set_choices([*widest, every, *(one for one in some if one[0] in criteria)])

    def _chosen(self) -> tuple[Sequence[Spread], bool]:
        """The spreads to draw, and whether they are of one criterion."""
        found = self._found
        if found is None:
            return (), False
        key, ordered = self.which.current(), agreement_tables.widest_first(found)
        if key == _WIDE_KEY:
            return ordered[:_WIDEST], False
        if key == _ALL:
            return ordered, False
        return [one for one in found.spreads if one.criterion == key], True

    def _draw(self) -> None:
        appraisal = self.context.appraisal
        which, one_criterion = self._chosen()
        some = self.which.current() == _WIDE_KEY
        title = agreement_tables.wide_title(self._found) if self._found is not None and some else ""

        def draw(width: float, height: float, style: "ChartStyle") -> "Chart | None":
            from appraise.present.chart_agreement import dispersion

            return dispersion(
                appraisal, which, by_option=one_criterion, title=title, width=width, height=height, style=style
            )

        self.chart.draw(draw)

    def _show_tables(self, found: AgreementOfAssessors, appraisal: Appraisal) -> None:
        self.orders.show_table(agreement_tables.by_criterion(found, appraisal))
        left = agreement_tables.without_each(found, appraisal)
        self.alone.setVisible(bool(left.rows))
        self.alone.show_table(left)

    def _go(self) -> None:
        self.context.go_to(4, "", "assessors")

    # --- where the keyboard goes ---

    def focus_first(self) -> None:
        """The choice of what is drawn, or the way to what is missing."""
        if not self.empty_card.isVisibleTo(self):
            self.which.setFocus()
        elif self.empty.action.isVisibleTo(self):
            self.empty.action.setFocus()


class _TableCard(Card):
    """A table of `present` in a card, with its notes; more than a few rows scroll."""

    def __init__(self, title: str, columns: Sequence[TableColumn]) -> None:
        super().__init__(title)
        self.model = DataTableModel(columns)
        self.table = CappedTable(title, self.model, row_height=30)
        self.note = FlowLabel("", "caption", "ink2")
        self.add(Column(self.table, self.note, gap=8))
        self.end()

    def show_table(self, table: tables.Table) -> None:
        """The rows; a change that matters is strong."""
        rows = []
        for number, row in enumerate(table.rows):
            odd = row[-1].text in ("another option", "weak agreement", "hardly any agreement")
            icon = "attention" if odd else ""
            cells = [Cell(cell.text, strong=place == 0) for place, cell in enumerate(row[:-1])]
            cells.append(Cell(row[-1].text, icon=icon, icon_ink="attention", ink="ink" if odd else "ink2"))
            rows.append(TableRow(str(number), tuple(cells)))
        self.model.set_rows(rows)
        self.note.set_text(" ".join(table.notes))
