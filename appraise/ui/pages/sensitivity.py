"""Step 9: what moves each option's cost, and how far one thing must move until the answer changes."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from appraise.model.appraisal.document import Appraisal
from appraise.model.parameters import SCHEDULES
from appraise.model.results import Results, Switch
from appraise.present import advice, charts, finished, tables, wording
from appraise.ui.context import Context, View
from appraise.ui.pages.results_charts import FigureCard
from appraise.ui.pages.results_pane import NumberedList
from appraise.ui.pages.results_state import Figures, FiguresPage, FreshChip, MissingFigures
from appraise.ui.pages.results_tables import columns_of, narrow_name
from appraise.ui.widgets.cards import Card, Column, PageFrame, Panel, Row
from appraise.ui.widgets.choices import PickList
from appraise.ui.widgets.labels import Divider, FlowLabel, HelpBlock
from appraise.ui.widgets.table import DataTable
from appraise.ui.widgets.table_model import Cell, DataTableModel, TableColumn, TableRow

if TYPE_CHECKING:
    from appraise.present.chart_parts import Chart, ChartStyle

_HOW = (
    "Each bar moves one input from its 10 % to its 90 % point. "
    "A constraint moves between not happening and happening. The others stay at their mean."
)
_STEPS = {"cost": 5, "probability": 6, "weight": 3}


class SwitchesCard(Card):
    """Switching values of some kinds as a table; Enter on a row goes to what moves."""

    def __init__(self, context: Context, title: str, subtitle: str, nothing: str, kinds: tuple[str, ...]) -> None:
        super().__init__(title, subtitle)
        self._context, self._kinds, self._nothing = context, kinds, nothing
        self.model = DataTableModel((TableColumn("What moves", stretch=True),))
        self.table = DataTable(title, self.model, row_height=32)
        self.nothing = FlowLabel(nothing, "body", "ink2")
        self.note = FlowLabel("", "caption", "ink2")
        for part in (self.table, self.nothing, self.note):
            self.add(part)
        self.table.opened.connect(self._open)

    def show_results(self, results: Results, appraisal: Appraisal) -> None:
        """Take the rows of this card's kinds from the table of switching values."""
        switches = tuple(switch for switch in results.switches if switch.kind in self._kinds)
        table = tables.switching_values(replace(results, switches=switches), appraisal)
        # A weight has no relative change, so that column says nothing here.
        idle = {4} if self._kinds == ("weight",) else set()
        keep = [place for place in range(len(table.columns)) if place not in idle]
        columns = columns_of(table)
        self.model.set_columns([columns[place] for place in keep])
        short = {option.name: narrow_name(option) for option in appraisal.options}
        self.model.set_rows(
            [
                TableRow(_key(row, switches), tuple(_cell(row[place].text, short) for place in keep))
                for row in table.rows
            ]
        )
        waits = _waits_for(results) if "cost" in self._kinds else finished.missing_scores(results)
        self.nothing.set_text(waits or self._nothing)
        self.table.setVisible(bool(table.rows))
        self.nothing.setVisible(not table.rows)
        self.note.set_text(" ".join(table.notes) if table.rows and "cost" in self._kinds else "")
        self.note.setVisible(bool(self.note.text()))

    def _open(self, key: str) -> None:
        kind, _, record = key.partition("/")
        bare = record.removeprefix("line|").removeprefix("constraint|")
        self._context.go_to(_STEPS[kind], "" if record.startswith("driver|") else bare)


def _waits_for(results: Results) -> str:
    missing = finished.missing_costs(results)
    return f"{missing} This is worked out when all have." if missing else ""


def _key(row: tuple[tables.Cell, ...], switches: tuple[Switch, ...]) -> str:
    """The kind and id of what a row of the table is about: the table may leave some switches out."""
    found = next(one for one in switches if (one.name, one.now, one.change) == (row[0].raw, row[2].raw, row[4].raw))
    return f"{found.kind}/{found.id}"


def _cell(text: str, short: dict[str, str]) -> Cell:
    """A text, whole in the tool tip; an option's name as every table has it."""
    shown = wording.shorten(short.get(text, text), 30)
    return Cell(shown, tip=text, spoken=text)


class SensitivityPane(Column):
    """The right pane of step 9: what would change the answer, and the rates in use."""

    def __init__(self) -> None:
        self.changes = NumberedList(8)
        self.rates = Panel("Discount schedule in use", "")
        help_block = HelpBlock(
            "What is a switching value?",
            "How far one input must move, alone, until another option is as good. "
            "A small change that is quite possible deserves a second look.",
            "Green Book 2026, paragraphs 6.102 to 6.105",
        )
        super().__init__(
            FlowLabel("What would change the answer", "card"),
            self.changes,
            Divider(),
            self.rates,
            Divider(),
            help_block,
            gap=8,
            margin=16,
        )
        self.line.addStretch(1)

    def show_view(self, view: View, figures: Figures | None) -> None:
        """Show the sentences of a view and its discount schedule."""
        sentences: tuple[str, ...] = ()
        if figures is not None:
            sentences = advice.what_would_change(figures.results, figures.appraisal)
        self.changes.show_sentences(sentences or ("This is worked out as soon as every option has costs.",))
        self.rates.show_text("Discount schedule in use", schedule_in_use(view.appraisal))


def schedule_in_use(appraisal: Appraisal) -> str:
    """The schedule's name, its rates by year, and where they are published."""
    schedule = SCHEDULES.get(appraisal.basis.schedule)
    if schedule is None:
        return "The schedule that the document names is unknown; choose one in the basis of the figures."
    rates = [f"{band.percent.normalize():f} % a year from year {band.first}" for band in schedule.bands[:3]]
    more = "" if len(schedule.bands) <= 3 else ", then lower"
    return f"{schedule.name}: {', '.join(rates)}{more}. {schedule.source}."


class SensitivityPage(FiguresPage):
    """The page of step 9."""

    def __init__(self, context: Context) -> None:
        lead = "What moves the cost of each option, and how far it must move to change the answer."
        frame = PageFrame("Step 9 of 10", "Sensitivity", lead)
        self._option = ""
        self._choices: list[tuple[str, str]] = []
        self._tabled: Figures | None = None
        self.option, self.fresh = PickList("Option"), FreshChip()
        label = FlowLabel("Option", "dense", "ink2", wrap=False)
        self.bar = Row(label, self.option, stretches=(0, 0), gap=8)
        self.bar.line.addStretch(1)
        self.bar.line.addWidget(self.fresh)
        self.missing = MissingFigures(
            context, "What moves the answer appears here as soon as the options have costs.", "Go to costs", 5
        )
        self.tornado = FigureCard(300)
        self.how = FlowLabel(_HOW, "caption", "ink2")
        self.tornado.add(self.how)
        self.tornado.end()
        self.certain = Card("No input of this option is uncertain", "")
        self.costs = SwitchesCard(
            context,
            "Costs and chances that would change the order",
            "Where the present costs of the two options are equal",
            "No single cost or chance, moved alone within its limits, makes the costs equal.",
            ("cost", "probability"),
        )
        self.weights = SwitchesCard(
            context,
            "Weights that would change the order",
            "Where the weighted scores of the two options are equal; the other weights keep their ratios",
            "No single weight, moved alone, makes the scores equal.",
            ("weight",),
        )
        for part in (self.missing, self.bar, self.tornado, self.certain, self.costs, self.weights):
            frame.add(part)
        frame.end()
        super().__init__(context, frame)
        self.pane = self.side = SensitivityPane()
        self.option.chosen.connect(self._choose)
        self.follow()

    def show_view(self, old: View | None, new: View) -> None:
        """Bring choice, chart, tables and pane to the view."""
        figures = self.figures
        self.missing.show_view(new, figures)
        self.fresh.show_view(new, figures)
        for part in (self.bar, self.tornado, self.certain, self.costs, self.weights):
            part.setVisible(figures is not None)
        self.side.show_view(new, figures)
        if figures is None:
            return
        self._show_options(figures)
        self.tornado.set_least(_height(figures.results, self._option))
        drawn = self.tornado.draw(partial(_tornado, figures.results, figures.appraisal, self._option))
        self.certain.setVisible(not drawn)
        self._show_certain(figures)
        if figures is not self._tabled:
            self._tabled = figures
            self.costs.show_results(figures.results, figures.appraisal)
            self.weights.show_results(figures.results, figures.appraisal)

    def _show_certain(self, figures: Figures) -> None:
        there = finished.costed(tables.find_option(figures.results, self._option))
        self.certain.set_title(
            "No input of this option is uncertain" if there else "This option has no costs yet",
            "Give its lines a range in Costs and benefits" if there else "Enter them in Costs and benefits",
        )

    def _show_options(self, figures: Figures) -> None:
        pairs = [(one.id, one.name) for one in figures.results.options]
        ids = [key for key, _ in pairs]
        if self._option not in ids:
            self._option = advice.preferred(figures.results, figures.appraisal) or ids[0]
        if pairs != self._choices:
            self._choices = pairs
            self.option.set_choices(pairs)
        self.option.set_current(self._option)

    def _choose(self, option: str) -> None:
        self._option = option
        self.show_view(self.context.view, self.context.view)

    def focus_first(self) -> None:
        """The choice of option, or what leads to the first figures."""
        if self.option.isVisibleTo(self):
            self.option.setFocus()
        else:
            self.missing.focus_first()


def _height(results: Results, option: str) -> float:
    """Room for the bars of the inputs there are: one bar needs no 300 px."""
    risk = tables.find_option(results, option).risk
    return min(300.0, 56.0 + 40.0 * len(risk.influences if risk is not None else ()))


def _tornado(
    results: Results, appraisal: Appraisal, option: str, width: float, height: float, style: "ChartStyle"
) -> "Chart | None":
    return charts.tornado(results, appraisal, option=option, width=width, height=height, style=style)
