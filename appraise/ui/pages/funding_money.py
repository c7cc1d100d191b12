"""Money against cost, in step 7: when it runs out, where, how likely, and what longer settlements are worth."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy

from appraise.model.appraisal.document import Appraisal
from appraise.model.results import Results
from appraise.present import charts, funding_words, wording
from appraise.present.funding_words import Answer
from appraise.ui.context import Context, View
from appraise.ui.pages import funding_help
from appraise.ui.pages.funding_pane import funding_of
from appraise.ui.pages.funding_section import FundingSection, Side
from appraise.ui.pages.results_charts import FigureCard, Sides
from appraise.ui.pages.results_state import Figures, MissingFigures
from appraise.ui.widgets.buttons import Button
from appraise.ui.widgets.cards import Card, Column, Row
from appraise.ui.widgets.labels import EmptyState, FlowLabel

if TYPE_CHECKING:
    from appraise.present.chart_parts import Chart, ChartStyle

_COLUMNS = 4
_HOW = "How these are worked out"
_GAPS = 230
"""The least height of the drawings that stand side by side, in px at 100 %."""
_HEADS = 44
"""How much more the title and the measure of the narrower of the two take, in px at 100 %."""
_NAME = 26
"""So many letters of a scenario stand beside its chance."""


class ChanceRow(Row):
    """One scenario under "How likely is it?": the chance and the name."""

    def __init__(self) -> None:
        self.chance, self.name = FlowLabel("", "dense-strong"), FlowLabel("", "dense")
        super().__init__(self.chance, self.name, stretches=(0, 1), gap=6)
        self.chance.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

    def show_row(self, chance: str, name: str) -> None:
        """Takes the words; the whole name is in the tip."""
        self.chance.set_text(chance.replace(" ", wording.NO_BREAK))
        self.chance.setVisible(bool(chance))
        self.name.set_text(wording.shorten(name, _NAME))
        self.setToolTip(name)


class _AnswerPart(Column):
    """A question, its short answer or a row for each scenario, and one sentence on it."""

    def __init__(self) -> None:
        self.question = FlowLabel("", "caption", "ink2")
        self.answer = FlowLabel("", "card")
        self.rows: list[ChanceRow] = []
        self.list = Column(gap=1)
        self.detail = FlowLabel("", "caption", "ink2")
        super().__init__(self.question, self.answer, self.list, self.detail, gap=2)
        self.line.addStretch(1)

    def show_answer(self, found: Answer) -> None:
        """Takes the words; how they are worked out is told by the card."""
        self.question.set_text(found.question)
        self.answer.set_text(wording.capital(found.answer))
        self.answer.setVisible(not found.rows)
        self.list.setVisible(bool(found.rows))
        while len(self.rows) < len(found.rows):
            self.rows.append(ChanceRow())
            self.list.line.addWidget(self.rows[-1])
        for number, row in enumerate(self.rows):
            row.setVisible(number < len(found.rows))
            if number < len(found.rows):
                row.show_row(*found.rows[number])
        self.detail.set_text(found.detail)
        self.detail.setVisible(bool(found.detail))


class AnswersCard(Card):
    """The four answers side by side; how they are worked out is shown where it is asked for."""

    def __init__(self) -> None:
        super().__init__(accent=True)
        self.parts = tuple(_AnswerPart() for _ in range(_COLUMNS))
        self.more = FlowLabel("", "caption", "ink2")
        self.ask = Button(_HOW, kind="quiet", icon="right", small=True)
        self._open = False
        self.add(Sides(*self.parts, fold=600, gap=20))
        asked = Row(self.ask, gap=0)
        asked.line.addStretch(1)
        self.add(asked)
        self.add(self.more)
        self.more.hide()
        self.ask.clicked.connect(self._turn)

    def show_answers(self, results: Results, appraisal: Appraisal, option: str) -> None:
        """Takes the words from the results."""
        found = funding_words.answers(results, appraisal, option)
        for number, part in enumerate(self.parts):
            part.setVisible(number < len(found))
            if number < len(found):
                part.show_answer(found[number])
        self.more.set_text("\n".join(one.more for one in found if one.more))
        self._show_more()

    def _turn(self) -> None:
        self._open = not self._open
        self._show_more()

    def _show_more(self) -> None:
        some = bool(self.more.text())
        self.ask.setVisible(some)
        self.more.setVisible(some and self._open)
        self.ask.set_icon("down" if self._open else "right")
        self.ask.setAccessibleDescription("Shown below" if self._open else "Not shown")


class MoneySection(FundingSection):
    """The answers, the fan of cost with the money and the time line, gaps by scenario, and what short money costs.

    Signals: add_wanted() when there is no scenario and one is asked for.
    """

    add_wanted = Signal()
    first = funding_help.CASH

    def __init__(self, context: Context, side: Side) -> None:
        self.answers = AnswersCard()
        self.fan, self.gaps, self.short = FigureCard(240), FigureCard(_GAPS), FigureCard(_GAPS)
        for card in (self.fan, self.gaps, self.short):
            card.end()
        self.missing = MissingFigures(context, "Figures appear here as soon as an option has costs.", "Go to costs", 5)
        self.empty_card = Card()
        self.empty = EmptyState(
            "chart",
            "No funding scenario is entered yet: what money is promised, and for how many years?",
            "Add a scenario",
        )
        self.empty_card.add(self.empty)
        self.pair = Sides(self.gaps, self.short, stretches=(21, 10), fold=620)
        super().__init__(context, side, self.empty_card, self.missing, self.answers, self.fan, self.pair)
        self.empty.activated.connect(self.add_wanted)
        side.helps.add(self.answers, funding_help.ANSWERS)
        side.helps.add(self.short, funding_help.SHORT)
        side.helps.add(self.fan, funding_help.CASH)

    def show_view(self, old: View | None, new: View) -> None:
        """What stands in the way, or the answers and the pictures of what is in hand."""
        figures, some = self.hand.figures, bool(new.appraisal.scenarios)
        self.empty_card.setVisible(not some)
        self.missing.show_view(new, figures)
        if not some:
            self.missing.setVisible(False)
        known = figures is not None and funding_of(figures.results, self.hand.option, self.hand.scenario) is not None
        if figures is None or not known or not some:
            for card in (self.answers, self.fan, self.gaps, self.short):
                card.setVisible(False)
            return
        self._show_figures(figures)

    def _show_figures(self, figures: Figures) -> None:
        results, appraisal, option = figures.results, figures.appraisal, self.hand.option
        self.answers.setVisible(True)
        self.answers.show_answers(results, appraisal, option)
        if self.fan.draw(partial(_fan, results, appraisal, option, self.hand.scenario)):
            beside = self.short.draw(partial(_short, results, appraisal, option)) and not self.pair.folded()
            tall = self.short.view.chart() if beside else None
            self.gaps.set_least(max(_GAPS, tall.drawing.height + _HEADS if tall is not None else 0))
            self.gaps.draw(partial(_gaps, results, appraisal, option))
        else:  # a scenario without money: its settlements come first
            self.gaps.setVisible(False)
            self.short.setVisible(False)

    def focus_first(self) -> None:
        """The chart, or what has to be done before there is one."""
        if not self.context.appraisal.scenarios:
            self.empty.action.setFocus()
        elif self.fan.isVisibleTo(self):
            self.fan.view.setFocus()
        else:
            self.missing.focus_first()


def _fan(
    results: Results, appraisal: Appraisal, option: str, scenario: str, width: float, height: float, style: "ChartStyle"
) -> "Chart | None":
    return charts.cash_fan(
        results, appraisal, option=option, scenario=scenario, width=width, height=height, style=style
    )


def _gaps(
    results: Results, appraisal: Appraisal, option: str, width: float, height: float, style: "ChartStyle"
) -> "Chart | None":
    return charts.gap_by_year(results, appraisal, option=option, width=width, height=height, style=style)


def _short(
    results: Results, appraisal: Appraisal, option: str, width: float, height: float, style: "ChartStyle"
) -> "Chart | None":
    return charts.short_money(results, appraisal, option=option, width=width, height=height, style=style)
