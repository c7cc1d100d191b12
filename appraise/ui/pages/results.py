"""Step 8: the answer in a sentence and how sure it is; behind it the measures, the risk, the budget and the bridge."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QToolTip, QWidget

from appraise.model.appraisal.document import Appraisal
from appraise.model.results import Results
from appraise.present import advice, certainty, charts, comparison, finished, score_answers, tables, wording
from appraise.ui.context import Context, View
from appraise.ui.pages.results_bridge import BridgeSection
from appraise.ui.pages.results_cards import as_text
from appraise.ui.pages.results_charts import FigureCard, Sides
from appraise.ui.pages.results_money import MoneySection
from appraise.ui.pages.results_pane import ResultsPane
from appraise.ui.pages.results_partners import PartnersSection
from appraise.ui.pages.results_risk import RiskSection
from appraise.ui.pages.results_scores import ScoresSection
from appraise.ui.pages.results_sections import CashSection, FiguresSection, MeasuresSection
from appraise.ui.pages.results_state import Figures, FiguresPage, FreshChip, MissingFigures
from appraise.ui.pages.results_tables import kind_of, narrow_name
from appraise.ui.widgets import base
from appraise.ui.widgets.buttons import Button
from appraise.ui.widgets.cards import Card, Column, PageFrame, Row, page_keys
from appraise.ui.widgets.choices import Switch
from appraise.ui.widgets.labels import FlowLabel
from appraise.ui.widgets.marks import Chip, ChipFace, RangeFace
from appraise.ui.widgets.table_frozen import FrozenTable
from appraise.ui.widgets.table_model import Cell, DataTableModel, TableColumn, TableRow

if TYPE_CHECKING:
    from appraise.present.chart_parts import Chart, ChartStyle

Drawing = Callable[..., "Chart | None"]

#: Keeps a sign and the pound sign after it on one line.
JOIN = "\u2060"
_ICONS = {"good": "completed", "attention": "attention", "problem": "problem", "info": "in-progress"}
#: Where Enter on a column of the options table leads: step, and the field there.
_ORIGINS = {0: (2, ""), 1: (5, "lines"), 2: (5, "range"), 3: (5, "range"), 4: (9, ""), 5: (4, ""), 6: (7, "")}


#: The parts of this step; each but the summary is made when it is first looked at.
SUMMARY = "summary"
SECTIONS: dict[str, tuple[str, Callable[[Context], FiguresSection] | None]] = {
    SUMMARY: ("Summary", None),
    "scores": ("Scores", ScoresSection),
    "measures": ("Measures", MeasuresSection),
    "risk": ("Risk", RiskSection),
    "cash": ("Budget", CashSection),
    "money": ("Money by year", MoneySection),
    "bridge": ("Bridge", BridgeSection),
    "partners": ("Partners", PartnersSection),
}
_RANGE = 2
"""The column of drawn ranges; the figures beside it say the same."""


def columns_with(unit: str, cost: str) -> tuple[TableColumn, ...]:
    """The columns; the drawn range takes the room that is left, and the figures beside it are in `unit`."""
    return (
        TableColumn("Option"),
        TableColumn(cost, "right"),
        TableColumn("8 of 10 draws", width=104, stretch=True),
        TableColumn(unit, "right", tip=f"The same range in figures, {unit}"),
        TableColumn("Cheapest\nin", "right", tip="Of all draws"),
        TableColumn("Score", "right", tip=f"The weighted score. {advice.SCORING_STANDS}"),
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


class SummaryTable(FrozenTable):
    """Leaves the drawn ranges out where the columns do not fit; names and funding stay in view in any case."""

    def _lay_out_columns(self) -> None:
        count = len(self._data.columns)
        if count > _RANGE:
            needed = sum(self._natural_width(column) for column in range(count))
            self.setColumnHidden(_RANGE, needed > self.viewport().width())
        super()._lay_out_columns()
        if count > _RANGE and self.isColumnHidden(_RANGE):
            spare = self.viewport().width() - sum(self.columnWidth(column) for column in range(count))
            self.setColumnWidth(0, self.columnWidth(0) + max(spare, 0))
            self._needs_scroll = spare < 0


class OptionsCard(Card):
    """The options side by side: cost with its range, chance, score, money."""

    def __init__(self, context: Context) -> None:
        super().__init__("The options side by side")
        self._context = context
        self.model = DataTableModel(columns_with("£m", "Present cost"))
        self.table = SummaryTable("The options side by side", self.model, row_height=34, fit=True)
        self.note = FlowLabel("", "caption", "ink2")
        self.stands = FlowLabel(advice.SCORING_STANDS, "caption", "ink2")
        for part in (self.table, self.note, self.stands):
            self.add(part)
        self.table.opened.connect(self._open)

    def show_results(self, results: Results, appraisal: Appraisal) -> None:
        """Take the figures from the results."""
        table = tables.options_summary(results, appraisal)
        self.set_title(table.title)
        unit, _ = wording.bare_range(tables.cost_figures(results), tables.cost_error(results))
        self.model.set_columns(columns_with(unit, wording.capital(comparison.cost_words(results))))
        self.model.set_rows(option_rows(results, appraisal, table))
        sealed = score_answers.answer(results, appraisal) if finished.scores_sealed(results) else ""
        self.stands.set_text(sealed or advice.SCORING_STANDS)
        self.note.set_text(" ".join((*table.notes, sampling_error(results))).strip())

    def _open(self, option: str) -> None:
        step, field = _ORIGINS[self.table.currentIndex().column()]
        self._context.go_to(step, option if step in (2, 5) else "", field)


def option_rows(results: Results, appraisal: Appraisal, table: tables.Table) -> list[TableRow]:
    """One row an option: the texts of the summary, with the range drawn on one scale for all."""
    options = comparison.compared(results).options
    spans = [option.risk.npc for option in options if option.risk is not None and finished.costed(option)]
    bottom, top = min((span.p10 for span in spans), default=0.0), max((span.p90 for span in spans), default=0.0)
    margin = (top - bottom) * 0.08
    _, bare = wording.bare_range(tables.cost_figures(results), tables.cost_error(results))
    shown_names = {option.id: narrow_name(option) for option in appraisal.options}
    rows = []
    for number, (option, cells) in enumerate(zip(options, table.rows, strict=True)):
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
            Cell(score.text, ink="ink2" if score.text == tables.SEALED else "ink"),
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
    options = comparison.compared(results).options
    risks = [option.risk for option in options if option.risk is not None and finished.costed(option)]
    cost = tables.cost_error(results)
    points = max((risk.probability_error for risk in risks), default=0.0) * 100 * wording.NINETEEN_OF_20
    if not cost:
        return ""
    shown = wording.money_off(cost)
    chance = f", {wording.plus_minus(points, 1)} points on a chance" if finished.comparable(results) else ""
    return f"Sampling error: at most ±{JOIN}{shown} on a cost{chance}, 19 times in 20."


class ResultsPage(FiguresPage):
    """The page of step 8: sections under one switch; everything on it follows the document.

    `sections` by key are those beside the summary that were looked at already.
    """

    def __init__(self, context: Context) -> None:
        frame = PageFrame("Step 8 of 10", "Results", "Live. Enter on a figure opens where it came from.")
        self.copy = Button("Copy", icon="paste")
        self.print = Button("Print the case", kind="primary", icon="export")
        for action in (self.copy, self.print):
            frame.add_action(action)
        self.switch = Switch("Part of this step", [(key, words) for key, (words, _) in SECTIONS.items()])
        self.fresh = FreshChip()
        self.bar = Row(self.switch, self.fresh, stretches=(1, 0), gap=8)
        frame.add_bar(self.bar)
        self.missing = MissingFigures(
            context, "Figures appear here as soon as the options have costs or scores.", "Go to costs", 5
        )
        self._make_summary(context)
        self._parts: tuple[QWidget, ...] = (self.advice, self.options, *self.rows)
        for part in (self.missing, *self._parts):
            frame.add(part)
        frame.end()
        super().__init__(context, frame)
        self._frame = frame
        self.sections: dict[str, FiguresSection] = {}
        self._filled: dict[str, Figures | None] = {}
        self.pane = self.side = ResultsPane(context)
        self.copy.clicked.connect(self._copy)
        self.print.clicked.connect(context.export_wanted)
        self.switch.chosen.connect(lambda _key: self._turn())
        page_keys(self, self._step)
        self.follow()

    def _make_summary(self, context: Context) -> None:
        self.advice = AdviceCard()
        self.options = OptionsCard(context)
        self.both, self.chance = FigureCard(262), FigureCard(262)
        self.spread, self.scores = FigureCard(262), FigureCard(262)
        self._drawings: tuple[tuple[FigureCard, Drawing], ...] = (
            (self.both, charts.score_against_cost),
            (self.chance, charts.chance_cheapest),
            (self.spread, charts.cost_distribution),
            (self.scores, charts.weighted_scores),
        )
        self.scores.add(FlowLabel(advice.SCORING_STANDS, "caption", "ink2"))
        self.highest = FlowLabel("", "caption", "ink2")
        self.chance.add(self.highest)
        for card, _ in self._drawings:
            card.end()
        self.rows = (Sides(self.both, self.chance), Sides(self.spread, self.scores))

    # --- which section is shown ---

    def turn_to(self, key: str) -> None:
        """Shows a section, as the switch does."""
        if key != self.switch.current():
            self.switch.set_current(key)
            self._turn()
            self.focus_first()

    def _step(self, by: int) -> None:
        if self.figures is not None:
            self.switch.step(by)
            self.focus_first()

    def _turn(self) -> None:
        self.show_view(self.context.view, self.context.view)
        self._frame.to_top()

    def _section(self, key: str) -> FiguresSection | None:
        """A section, made now if need be; None for the summary."""
        make = SECTIONS[key][1]
        if make is None:
            return None
        if key not in self.sections:
            self.sections[key] = make(self.context)
            self._frame.body.insertWidget(self._frame.body.count() - 1, self.sections[key])
            base.tab_chain(self.switch.list, *base.stops_as_read(self.sections[key]))
        return self.sections[key]

    # --- what is shown ---

    def show_view(self, old: View | None, new: View) -> None:
        """Bring words, tables and charts of the section in hand to the view."""
        if old is None:
            self.switch.set_current(SUMMARY)
        figures, key = self.figures, self.switch.current()
        self.missing.show_view(new, figures)
        self.fresh.show_view(new, figures)
        self.bar.setVisible(figures is not None)
        now = self._section(key) if figures is not None else None
        for part in self._parts:
            part.setVisible(figures is not None and key == SUMMARY)
        for section in self.sections.values():
            section.setVisible(section is now)
        self.copy.setEnabled(figures is not None)
        self.print.setEnabled(figures is not None and not new.stale)
        self.side.show_view(new, figures, key if figures is not None else SUMMARY)
        if figures is None or figures is self._filled.get(key):
            return
        self._filled[key] = figures
        if now is not None:
            now.show_figures(figures)
            return
        self.advice.show_results(figures.results, figures.appraisal)
        self.options.show_results(figures.results, figures.appraisal)
        self.highest.set_text(certainty.npsv_words(figures.results, figures.appraisal))
        for card, drawing in self._drawings:
            card.draw(partial(_drawn, drawing, figures.results, figures.appraisal))

    # --- what can be done ---

    def _copy(self) -> None:
        if self.figures is None:
            return
        now = self._section(self.switch.current())
        table = tables.options_summary(self.figures.results, self.figures.appraisal)
        lines = ["\t".join(column.heading for column in table.columns)]
        lines += ["\t".join(cell.text for cell in row) for row in table.rows]
        shown = now.shown_tables() if now is not None else [table]
        QGuiApplication.clipboard().setText("\n".join(lines) if now is None else as_text(shown))
        said = "The table is on the clipboard." if len(shown) == 1 else "The tables are on the clipboard."
        QToolTip.showText(self.copy.mapToGlobal(QPoint(0, self.copy.height())), said)

    # --- where the keyboard goes ---

    def focus_first(self) -> None:
        """Where reading the section in hand begins, or what leads to the first figures."""
        if self.figures is None:
            self.missing.focus_first()
            return
        now = self._section(self.switch.current())
        if now is None:
            self.options.table.setFocus()
        else:
            now.focus_first()

    def focus_place(self, record: str, field: str) -> None:
        """A section, asked for by its key."""
        if field in SECTIONS and self.figures is not None:
            self.turn_to(field)
        self.focus_first()


def _drawn(
    drawing: Drawing, results: Results, appraisal: Appraisal, width: float, height: float, style: "ChartStyle"
) -> "Chart | None":
    return drawing(results, appraisal, width=width, height=height, style=style)
