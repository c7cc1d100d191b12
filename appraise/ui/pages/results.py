"""Step 8: the answer in a sentence, the options side by side, and the charts that show how sure it is."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QToolTip, QWidget

from appraise.model.appraisal.document import Appraisal
from appraise.model.results import Results
from appraise.present import advice, charts, finished, tables, wording
from appraise.ui.context import Context, View
from appraise.ui.pages.results_charts import FigureCard, Sides
from appraise.ui.pages.results_pane import ResultsPane
from appraise.ui.pages.results_state import Figures, FiguresPage, FreshChip, MissingFigures
from appraise.ui.pages.results_tables import kind_of, narrow_name
from appraise.ui.widgets.buttons import Button
from appraise.ui.widgets.cards import Card, Column, PageFrame
from appraise.ui.widgets.labels import FlowLabel
from appraise.ui.widgets.marks import Chip, ChipFace, RangeFace
from appraise.ui.widgets.table import DataTable
from appraise.ui.widgets.table_model import Cell, DataTableModel, TableColumn, TableRow

if TYPE_CHECKING:
    from appraise.present.chart_parts import Chart, ChartStyle

Drawing = Callable[..., "Chart | None"]

#: Keeps a sign and the pound sign after it on one line.
JOIN = "\u2060"
_ICONS = {"good": "completed", "attention": "attention", "problem": "problem", "info": "in-progress"}
#: Where Enter on a column of the options table leads: step, and the field there.
_ORIGINS = {0: (2, ""), 1: (5, "lines"), 2: (5, "range"), 3: (5, "range"), 4: (9, ""), 5: (4, ""), 6: (7, "")}


def columns_with(unit: str) -> tuple[TableColumn, ...]:
    """The columns; the drawn range takes the room that is left, and the figures beside it are in `unit`."""
    return (
        TableColumn("Option"),
        TableColumn("Present cost", "right"),
        TableColumn("8 of 10 draws", width=104, stretch=True),
        TableColumn(unit, "right", tip=f"The same range in figures, {unit}"),
        TableColumn("Cheapest in", "right", tip="Of all draws"),
        TableColumn("Score", "right", tip=advice.SCORING_STANDS),
        TableColumn("Funding"),
    )


class AdviceCard(Card):
    """The answer, why, and the state of the three questions."""

    def __init__(self) -> None:
        super().__init__(accent=True)
        self.answer = FlowLabel("", "title")
        self.why = FlowLabel("", "lead")
        self.chips = tuple(Chip("") for _ in range(3))
        words = Column(FlowLabel("Our advice", "label", "overline", wrap=False), self.answer, self.why, gap=3)
        words.line.addStretch(1)
        marks = Column(*self.chips, gap=8)
        marks.line.addStretch(1)
        self.add(Sides(words, marks, stretches=(1, 0), fold=560, gap=16))

    def show_results(self, results: Results, appraisal: Appraisal) -> None:
        """Take the words from the results."""
        self.answer.set_text(advice.answer(results, appraisal))
        self.why.set_text(" ".join(advice.brief(results, appraisal)))
        found = advice.chips(results, appraisal)
        for number, chip in enumerate(self.chips):
            chip.setVisible(number < len(found))
            if number < len(found):
                chip.set_face(found[number].text, found[number].state, _ICONS[found[number].state])


class OptionsCard(Card):
    """The options side by side: cost with its range, chance, score, money."""

    def __init__(self, context: Context) -> None:
        super().__init__("The options side by side")
        self._context = context
        self.model = DataTableModel(columns_with("£m"))
        self.table = DataTable("The options side by side", self.model, row_height=34)
        self.note = FlowLabel("", "caption", "ink2")
        self.stands = FlowLabel(advice.SCORING_STANDS, "caption", "ink2")
        for part in (self.table, self.note, self.stands):
            self.add(part)
        self.table.opened.connect(self._open)

    def show_results(self, results: Results, appraisal: Appraisal) -> None:
        """Take the figures from the results."""
        table = tables.options_summary(results, appraisal)
        self.set_title(table.title)
        self.model.set_columns(columns_with(wording.bare_range(tables.cost_figures(results))[0]))
        self.model.set_rows(option_rows(results, appraisal, table))
        self.note.set_text(" ".join((*table.notes, sampling_error(results))).strip())

    def _open(self, option: str) -> None:
        step, field = _ORIGINS[self.table.currentIndex().column()]
        self._context.go_to(step, option if step in (2, 5) else "", field)


def option_rows(results: Results, appraisal: Appraisal, table: tables.Table) -> list[TableRow]:
    """One row an option: the texts of the summary, with the range drawn on one scale for all."""
    spans = [option.risk.npc for option in results.options if option.risk is not None and finished.costed(option)]
    bottom, top = min((span.p10 for span in spans), default=0.0), max((span.p90 for span in spans), default=0.0)
    margin = (top - bottom) * 0.08
    _, bare = wording.bare_range(tables.cost_figures(results))
    shown_names = {option.id: narrow_name(option) for option in appraisal.options}
    rows = []
    for number, (option, cells) in enumerate(zip(results.options, table.rows, strict=True)):
        name, extent, cost, cheapest, score, money, short = cells
        strong = number == table.highlight_row
        face, figures = None, wording.DASH
        if option.risk is not None and finished.costed(option):
            npc = option.risk.npc
            figures = bare(npc.p10, npc.p90)
            face = RangeFace(npc.p10, npc.p50, npc.p90, bottom - margin, top + margin, strong=strong)
        shown = (
            Cell(shown_names.get(option.id, name.text), spoken=name.text, tip=name.text),
            Cell(cost.text, strong=True, spoken=_with_error(cost.text, cost.error)),
            Cell("" if face else wording.DASH, mark=face, spoken=f"8 of 10 draws lie from {extent.text}"),
            Cell(figures, ink="ink2", spoken=extent.text, tip=extent.text),
            Cell(cheapest.text, spoken=f"in {cheapest.text} of draws"),
            Cell(score.text),
            _money_cell(money, short.text),
        )
        rows.append(TableRow(option.id, shown, kind_of(table, number)))
    return rows


def _with_error(text: str, error: float | None) -> str:
    return f"{text}, give or take {wording.money_short(error, error)}" if error else text


def _money_cell(money: tables.Cell, chance: str) -> Cell:
    if money.raw is None:
        return Cell(money.text, ink="ink2")
    if money.raw == "":
        words = f"{money.text}; chance of a short year: {chance}"
        return Cell(mark=ChipFace(money.text, "good"), spoken=words, tip=words)
    everywhere = "scenarios" not in money.text
    chip = ChipFace(f"Short from {wording.year_short(str(money.raw))}", "problem" if everywhere else "attention")
    words = f"{money.text}; chance of a short year: {chance}"
    return Cell(mark=chip, spoken=words, tip=words)


def sampling_error(results: Results) -> str:
    """How far the simulated figures may be off because only so many draws were made."""
    risks = [option.risk for option in results.options if option.risk is not None and finished.costed(option)]
    cost = max((risk.npc.mean_error for risk in risks), default=0.0)
    points = max((risk.probability_error for risk in risks), default=0.0) * 100
    if not cost:
        return ""
    shown = wording.money_short(cost, cost)
    chance = f", ±{wording.number(points, 1)} points on a chance" if finished.comparable(results) else ""
    return f"Sampling error: ±{JOIN}{shown} on a cost{chance}."


class ResultsPage(FiguresPage):
    """The page of step 8; everything on it follows the document."""

    def __init__(self, context: Context) -> None:
        frame = PageFrame("Step 8 of 10", "Results", "One page, live. Enter on a figure opens where it came from.")
        self.copy = Button("Copy", icon="paste")
        self.print = Button("Print the case", kind="primary", icon="export")
        for action in (self.copy, self.print):
            frame.add_action(action)
        self.missing = MissingFigures(
            context, "Figures appear here as soon as the options have costs or scores.", "Go to costs", 5
        )
        self.advice = AdviceCard()
        self.options = OptionsCard(context)
        self.fresh = FreshChip()
        self.options.add_action(self.fresh)
        self.both, self.chance = FigureCard(262), FigureCard(262)
        self.spread, self.scores = FigureCard(262), FigureCard(262)
        self._drawings: tuple[tuple[FigureCard, Drawing], ...] = (
            (self.both, charts.score_against_cost),
            (self.chance, charts.chance_cheapest),
            (self.spread, charts.cost_distribution),
            (self.scores, charts.weighted_scores),
        )
        self.scores.add(FlowLabel(advice.SCORING_STANDS, "caption", "ink2"))
        for card, _ in self._drawings:
            card.end()
        self.rows = (Sides(self.both, self.chance), Sides(self.spread, self.scores))
        self._parts: tuple[QWidget, ...] = (self.advice, self.options, *self.rows)
        for part in (self.missing, *self._parts):
            frame.add(part)
        frame.end()
        super().__init__(context, frame)
        self.pane = self.side = ResultsPane(context)
        self._drawn: Figures | None = None
        self.copy.clicked.connect(self._copy)
        self.print.clicked.connect(context.export_wanted)
        self.follow()

    def show_view(self, old: View | None, new: View) -> None:
        """Bring words, table and charts to the view."""
        figures = self.figures
        self.missing.show_view(new, figures)
        self.fresh.show_view(new, figures)
        for part in self._parts:
            part.setVisible(figures is not None)
        self.copy.setEnabled(figures is not None)
        self.print.setEnabled(figures is not None and not new.stale)
        self.side.show_view(new, figures)
        if figures is None or figures is self._drawn:
            return
        self._drawn = figures
        self.advice.show_results(figures.results, figures.appraisal)
        self.options.show_results(figures.results, figures.appraisal)
        for card, drawing in self._drawings:
            card.draw(partial(_drawn, drawing, figures.results, figures.appraisal))

    def _copy(self) -> None:
        if self.figures is None:
            return
        table = tables.options_summary(self.figures.results, self.figures.appraisal)
        lines = ["\t".join(column.heading for column in table.columns)]
        lines += ["\t".join(cell.text for cell in row) for row in table.rows]
        QGuiApplication.clipboard().setText("\n".join(lines))
        QToolTip.showText(self.copy.mapToGlobal(QPoint(0, self.copy.height())), "The table is on the clipboard.")


def _drawn(
    drawing: Drawing, results: Results, appraisal: Appraisal, width: float, height: float, style: "ChartStyle"
) -> "Chart | None":
    return drawing(results, appraisal, width=width, height=height, style=style)
