"""Step 9: what moves each option's cost, and how far one thing must move until the answer changes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from appraise.model import scoring
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.options import Option
from appraise.model.parameters import known_schedules
from appraise.model.results import Results, Switch
from appraise.present import advice, charts, comparison, economic_tables, finished, score_answers, tables, wording
from appraise.ui.context import Context, View
from appraise.ui.pages.results_cards import TableCard, chosen_name, option_at
from appraise.ui.pages.results_charts import FigureCard
from appraise.ui.pages.results_pane import NumberedList
from appraise.ui.pages.results_spread import SpreadCard
from appraise.ui.pages.results_state import Figures, FiguresPage, FreshChip, MissingFigures, waiting_words
from appraise.ui.pages.results_tables import columns_of, narrow_name
from appraise.ui.pages.sensitivity_weights import WeightsSection
from appraise.ui.widgets import base, choices
from appraise.ui.widgets.buttons import Button
from appraise.ui.widgets.cards import Card, Column, PageFrame, Panel, Row, page_keys
from appraise.ui.widgets.choices import PickList
from appraise.ui.widgets.labels import Divider, FlowLabel, HelpBlock
from appraise.ui.widgets.table_figures import FigureTable
from appraise.ui.widgets.table_model import Cell, DataTableModel, TableColumn, TableRow

if TYPE_CHECKING:
    from appraise.present.chart_parts import Chart, ChartStyle

_HOW = (
    "Each bar is the mean cost with one input at its 10 % or its 90 % point. "
    "A constraint happens at its mean or not at all. What is correlated moves along; the rest stays at its mean."
)
_NO_COST_SWITCHES = (
    "The options run for different lives, so only costs a year are compared. "
    "Switching values of cost are worked out for equal lives only."
)
_STEPS = {"cost": 5, "probability": 6, "weight": 3, "npsv": 5}


class SwitchesCard(Card):
    """Switching values of some kinds as a table; Enter on a row goes to what moves."""

    def __init__(self, context: Context, title: str, subtitle: str, nothing: str, kinds: tuple[str, ...]) -> None:
        super().__init__(title, subtitle)
        self._context, self._kinds, self._nothing = context, kinds, nothing
        self.model = DataTableModel((TableColumn("What moves", stretch=True),))
        self.table = FigureTable(title, self.model, row_height=32)
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
        columns = wrapping(columns_of(table))
        self.model.set_columns([columns[place] for place in keep])
        named = {tables.short_name(appraisal, option.id): option for option in appraisal.options}
        self.model.set_rows(
            [
                TableRow(_key(row, switches), tuple(_cell(row[place].text, named) for place in keep))
                for row in table.rows
            ]
        )
        waits = _waits_for(results) if "cost" in self._kinds else _waits_for_scores(results, appraisal)
        self.nothing.set_text(waits or self._nothing)
        self.table.setVisible(bool(table.rows))
        self.nothing.setVisible(not table.rows)
        self.note.set_text(" ".join(table.notes) if table.rows and "cost" in self._kinds else "")
        self.note.setVisible(bool(self.note.text()))

    def _open(self, key: str) -> None:
        go_to_switch(self._context, key)


def wrapping(columns: Sequence[TableColumn]) -> list[TableColumn]:
    """The same columns; names take a second line before anything is cut."""
    return [replace(column, wrap=column.align == "left") for column in columns]


def go_to_switch(context: Context, key: str) -> None:
    """Goes to what moves: `key` is the kind and the id of a switch with "/" between."""
    kind, _, record = key.partition("/")
    bare = record.removeprefix("line|").removeprefix("constraint|")
    step = _STEPS["probability"] if record.startswith("constraint|") else _STEPS[kind]
    context.go_to(step, "" if record.startswith("driver|") else bare)


def _waits_for(results: Results) -> str:
    missing = finished.missing_costs(results)
    if missing:
        return f"{missing} This is worked out when all have."
    return _NO_COST_SWITCHES if not finished.same_basis(results) else ""


def _waits_for_scores(results: Results, appraisal: Appraisal) -> str:
    if finished.scores_sealed(results):
        return score_answers.answer(results, appraisal)
    if not any(scoring.weights(appraisal).values()):
        return "There are no weights yet. Add criteria in step 3 and answer their swing questions."
    return finished.missing_scores(results)


class ZeroCard(Card):
    """What would bring the NPSV of the preferred option to 0, or in one sentence that nothing would."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.model = DataTableModel((TableColumn("What moves", stretch=True),))
        self.table = FigureTable("What would bring the NPSV to 0", self.model, row_height=32)
        self.nothing = FlowLabel("", "body", "ink2")
        self.note = FlowLabel("", "caption", "ink2")
        for part in (self.table, self.nothing, self.note):
            self.add(part)
        self.table.opened.connect(lambda key: go_to_switch(self._context, key))

    def show_results(self, results: Results, appraisal: Appraisal) -> None:
        """Take the rows, or the sentence that stands for them."""
        table = tables.npsv_switches(results, appraisal)
        switches = [one for one in results.switches if one.kind == "npsv"]
        self.set_title(table.title, "Where its benefits are worth as much as it costs")
        self.model.set_columns(wrapping(columns_of(table)))
        rows = []
        for row in table.rows:
            known = (row[0].raw, row[1].raw, row[3].raw)
            found = next(one for one in switches if (one.name, one.now, one.change) == known)
            cells = tuple(Cell(wording.shorten(cell.text, 60), tip=cell.text, spoken=cell.text) for cell in row)
            rows.append(TableRow(f"npsv/{found.id}", cells))
        self.model.set_rows(rows)
        self.nothing.set_text(_no_zero(results, appraisal))
        self.table.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        self.note.set_text(" ".join(table.notes))
        self.note.setVisible(bool(rows))


def _no_zero(results: Results, appraisal: Appraisal) -> str:
    """Why nothing brings the NPSV to 0: no costs yet, or nothing within reach alone."""
    option = tables.preferred(results, appraisal) or results.verdict.cheapest
    missing = finished.missing_costs(results)
    if missing or not option:
        return f"{missing} This is worked out when all have.".strip()
    case = tables.find_option(results, option).economic
    now = f" It is {wording.money(case.npsv)} now." if case is not None else ""
    most = f"{wording.number(tables.PLAUSIBLE_CHANGE * 100)}\u00a0%"
    return f"No single input, moved alone by up to {most} either way, brings it to 0.{now}"


class RateCard(TableCard):
    """The discount rate: where the order of the options turns, and every option at 3.0 % beside its own schedule."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.turn = FlowLabel("", "body")
        self.content.insertWidget(0, self.turn)
        self.go = Button("Rates", kind="plain", small=True)
        self.go.setAccessibleName("Rates in Costs and benefits")
        self.add_action(self.go)
        self.go.clicked.connect(lambda: context.go_to(5, "", "schedule"))
        self.asked.connect(self._lead)
        self._figures: Figures | None = None

    def show_results(self, results: Results, appraisal: Appraisal) -> None:
        """Take the sentence and the table."""
        self._figures = Figures(results, appraisal)
        self.show_table(economic_tables.review_run(results, appraisal), chosen_name(results, appraisal))
        self.set_title("The discount rate", "£ thousand, at the schedule in use and at 3.0\u00a0%")
        self.turn.set_text(rate_sentence(results, appraisal))

    def _lead(self, row: int, column: int) -> None:
        if self._figures is not None and self.shown is not None:
            found = option_at(self._figures.results, self._figures.appraisal, self.shown, row, column)
            self._context.go_to(5, found, "lines" if found else "")


def rate_sentence(results: Results, appraisal: Appraisal) -> str:
    """At which flat discount rate the first two options cost the same, or that there is none."""
    if not finished.same_basis(results):
        return "Over different lives no rate is sought at which the order turns."
    if waits := _waits_for(results):
        return waits
    found = next((one for one in results.switches if one.kind == "rate"), None)
    if found is not None:
        pair = f"{tables.short_name(appraisal, found.preferred)} and {tables.short_name(appraisal, found.rival)}"
        now, needed = wording.rate(found.now), wording.rate(found.needed)
        return f"At a flat discount rate of {needed}, not {now}, {pair} cost the same."
    if results.verdict.tied:
        return f"{comparison.tied(results, appraisal)} cost the same: there is no order to turn."
    return "At no flat discount rate between 0 and 25\u00a0% does the order of the first two options turn."


def _key(row: tuple[tables.Cell, ...], switches: tuple[Switch, ...]) -> str:
    """The kind and id of what a row of the table is about: the table may leave some switches out."""
    found = next(one for one in switches if (one.name, one.now, one.change) == (row[0].raw, row[2].raw, row[4].raw))
    return f"{found.kind}/{found.id}"


def _cell(text: str, named: Mapping[str, Option]) -> Cell:
    """A text, whole in the tool tip; an option's name as every table has it."""
    option = named.get(text)
    whole = option.name if option is not None else text
    return Cell(narrow_name(option) if option is not None else wording.shorten(text, 60), tip=whole, spoken=whole)


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
            "How to read this page",
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
        self.changes.show_sentences(sentences, waiting_words(view))
        self.rates.show_text("Discount schedule in use", schedule_in_use(view.appraisal))


def schedule_in_use(appraisal: Appraisal) -> str:
    """The schedule's name, its rates by year, and where they are published."""
    schedule = known_schedules(appraisal.basis).get(appraisal.basis.schedule)
    if schedule is None:
        return "The schedule that the document names is unknown; choose one in the basis of the figures."
    rates = [f"{band.percent.normalize():f} % a year from year {band.first}" for band in schedule.bands[:3]]
    more = "" if len(schedule.bands) <= 3 else ", then lower"
    origin = f"{schedule.source or 'No source'}{', own copy' if schedule.own else ''}"
    return f"{schedule.name}: {', '.join(rates)}{more}. {origin}."


COSTS, WEIGHTS = "costs", "weights"
#: The parts of this step.
SECTIONS = {COSTS: "Costs", WEIGHTS: "Weights"}


class SensitivityPage(FiguresPage):
    """The page of step 9: what moves the costs, and what other weights would do, under one switch.

    `section` is that of the weights, made when it is first looked at.
    """

    def __init__(self, context: Context) -> None:
        lead = "What moves the cost of each option, and how far it must move to change the answer."
        frame = PageFrame("Step 9 of 10", "Sensitivity", lead)
        self._option = ""
        self._choices: list[tuple[str, str]] = []
        self._tabled: Figures | None = None
        self.switch = choices.Switch("Part of this step", list(SECTIONS.items()))
        self.fresh = FreshChip()
        self.parts_bar = Row(self.switch, self.fresh, stretches=(1, 0), gap=8)
        frame.add_bar(self.parts_bar)
        self.option = PickList("Option")
        label = FlowLabel("Option", "dense", "ink2", wrap=False)
        self.bar = Row(label, self.option, stretches=(0, 0), gap=8)
        self.bar.line.addStretch(1)
        self.missing = MissingFigures(
            context, "What moves the answer appears here as soon as the options have costs.", "Go to costs", 5
        )
        self._make_costs(context)
        self.weights = SwitchesCard(
            context,
            "Weights that would change the order",
            "Where the weighted scores of the two options are equal; the other weights keep their ratios",
            "No single weight, moved alone, makes the scores equal.",
            ("weight",),
        )
        for part in (self.missing, *self._parts):
            frame.add(part)
        frame.end()
        super().__init__(context, frame)
        self._frame = frame
        self.section: WeightsSection | None = None
        self._weighed: Figures | None = None
        self.pane = self.side = SensitivityPane()
        self.option.chosen.connect(self._choose)
        self.switch.chosen.connect(lambda _key: self._turn())
        page_keys(self, self._step)
        self.follow()

    def _make_costs(self, context: Context) -> None:
        self.tornado = FigureCard(300)
        self.how = FlowLabel(_HOW, "caption", "ink2")
        self.tornado.add(self.how)
        self.tornado.end()
        self.spread = SpreadCard()
        self.certain = Card("No input of this option is uncertain", "")
        self.costs = SwitchesCard(
            context,
            "Costs and chances that would change the order",
            "Where the present costs of the two options are equal",
            "No single cost or chance, moved alone within its limits, makes the costs equal.",
            ("cost", "probability"),
        )
        self.rate = RateCard(context)
        self.npsv = ZeroCard(context)
        self._parts = (self.bar, self.tornado, self.spread, self.certain, self.costs, self.rate, self.npsv)

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

    def _weights_section(self) -> WeightsSection:
        if self.section is None:
            self.section = WeightsSection(self.context, self.weights)
            self._frame.body.insertWidget(self._frame.body.count() - 1, self.section)
            base.tab_chain(self.switch.list, *base.stops_as_read(self.section))
        return self.section

    def show_view(self, old: View | None, new: View) -> None:
        """Bring choice, chart, tables and pane to the view."""
        figures = self.figures
        if old is None:
            self.switch.set_current(COSTS)
        weighing = self.switch.current() == WEIGHTS
        self.missing.show_view(new, figures)
        self.fresh.show_view(new, figures)
        self.parts_bar.setVisible(figures is not None)
        for part in self._parts:
            part.setVisible(figures is not None and not weighing)
        if self.section is not None or (weighing and figures is not None):
            self._weights_section().setVisible(figures is not None and weighing)
        self.side.show_view(new, figures)
        if figures is None:
            return
        if weighing:
            self._show_weights(figures)
        else:
            self._show_costs(figures)

    def _show_weights(self, figures: Figures) -> None:
        if figures is self._weighed:
            return
        self._weighed = figures
        self.weights.show_results(figures.results, figures.appraisal)
        self._weights_section().show_figures(figures)

    def _show_costs(self, figures: Figures) -> None:
        self._show_options(figures)
        self.spread.show_figures(figures, self._option)
        self.tornado.set_least(_height(figures.results, self._option))
        drawn = self.tornado.draw(partial(_tornado, figures.results, figures.appraisal, self._option))
        self.certain.setVisible(not drawn)
        self._show_certain(figures)
        if figures is not self._tabled:
            self._tabled = figures
            self.costs.show_results(figures.results, figures.appraisal)
            self.rate.show_results(figures.results, figures.appraisal)
            self.npsv.show_results(figures.results, figures.appraisal)

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

    def focus_place(self, record: str, field: str) -> None:
        """A section, asked for by its key."""
        if field in SECTIONS and self.figures is not None:
            self.turn_to(field)
        self.focus_first()

    def focus_first(self) -> None:
        """The choice of option or what is tried, or what leads to the first figures."""
        if self.section is not None and self.section.isVisibleTo(self):
            self.section.focus_first()
        elif self.option.isVisibleTo(self):
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
