"""Who gains and loses, in step 5: other public bodies, income groups, and the place beside the country."""

from functools import partial
from typing import Any

from appraise.model import money
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.effects import IncomeGroup, PublicBody
from appraise.model.appraisal.lines import RULES, BorneBy, Group, Line
from appraise.model.edits import effects as edits
from appraise.model.edits.lines import set_line_body, set_line_incomes
from appraise.present import assumption_words, economic_tables, financial_tables, wording
from appraise.ui.context import Context, View
from appraise.ui.pages.constraints_chance import amount_text
from appraise.ui.pages.costs_section import CostSection, FiguresCard, LineTicks
from appraise.ui.pages.need_records import RecordField, RecordKind, Records, name_cell
from appraise.ui.pages.text_parts import Help, HelpByField
from appraise.ui.widgets.labels import Divider, FlowLabel
from appraise.ui.widgets.table_model import Cell, TableColumn

BODIES_HELP = Help(
    "Why other public bodies?",
    "An option is no better for moving cost to another public body. Each body sees its own cash by year; "
    "the economic case adds all of them up.",
    "Green Book 2026, paragraph 6.87",
)
INCOMES_HELP = Help(
    "What do weights show?",
    "What a pound means to a household depends on its income. Weighted figures stand beside plain ones "
    "and never in their place.",
    "Green Book 2026, paragraph 7.13",
)
PLACE_HELP = Help(
    "What stays in the place?",
    "Some of a gain would happen anyway, comes from neighbours, replaces other activity or leaves. "
    "Enter these shares in the story of each line.",
    "Green Book 2026, paragraphs 7.18 to 7.19",
)


def falls_on_body(line: Line) -> bool:
    """Whether a line is another public body's cost or saving."""
    return RULES[line.treatment].bearer is BorneBy.PUBLIC_BODY


def falls_on_households(line: Line) -> bool:
    """Whether a line may fall on an income group."""
    society = RULES[line.treatment].bearer is BorneBy.SOCIETY
    return society and line.group in (Group.HOUSEHOLDS, Group.UNSAID)


# --- other public bodies ---------------------------------------------------------------------------------


def _body_cells(body: PublicBody) -> tuple[Cell, ...]:
    return (name_cell(body.name, "Without a name"),)


_BODIES = RecordKind(
    noun="public body",
    title="Other public bodies",
    plural="public bodies",
    read=lambda now: now.bodies,
    add=lambda now, key: edits.add_body(now, body=key, name="New public body"),
    change=lambda now, key, _field, value: edits.rename_body(now, body=key, name=str(value)),
    remove=lambda now, key: edits.remove_body(now, body=key),
    move=None,
    columns=(TableColumn("Public body", "left", 300, stretch=True), TableColumn("Lines", "right", 72)),
    cells=_body_cells,
    empty="No other public body pays or gains so far.",
    icon="people",
    help=BODIES_HELP,
    measure=lambda _records: "Whoever else of the public sector pays or gains in some option",
    fields=(
        (RecordField(key="name", label="Name", hint="Such as the county, the NHS, a neighbour", help=BODIES_HELP),),
    ),
)


class BodyRecords(Records):
    """The other public bodies, and the lines of the one in hand."""

    def __init__(self, context: Context, helps: HelpByField) -> None:
        super().__init__(context, _BODIES, helps)
        nothing = "Lines treated as another public body’s cost or saving appear here."
        self.lines = LineTicks("Lines of this body", "Lines that are its own", falls_on_body, nothing)
        if self.detail is not None:
            self.detail.add(self.lines)
        self.lines.ticked.connect(self._tick)

    def row_cells(self, record: Any) -> tuple[Cell, ...]:
        """The body, and how many lines are its own."""
        lines = sum(line.body == record.id for line in self._context.appraisal.lines)
        return (*_body_cells(record), Cell(str(lines) if lines else wording.DASH))

    def shown(self, record: Any) -> None:
        """Which lines are the body's."""
        appraisal = self._context.appraisal
        self.lines.show_lines(appraisal, frozenset(line.id for line in appraisal.lines if line.body == record.id))

    def _tick(self, line: str, on: bool) -> None:  # noqa: FBT001  a signal's value
        new = set_line_body(self._context.appraisal, line=line, body=self.chosen if on else "")
        self._context.apply(new, "Change who bears a line")


# --- income groups ---------------------------------------------------------------------------------------


def _people(group: IncomeGroup) -> str:
    children = group.children_14_and_over + group.children_under_14
    adults = wording.how_many(group.adults, "adult")
    words = f"{adults}, {wording.how_many(children, 'child', 'children')}" if children else adults
    return wording.capital(words)


def _count(least: int) -> partial[int]:
    return partial(money.parse_whole, low=least, high=20)


_INCOMES = RecordKind(
    noun="income group",
    title="Income groups",
    plural="income groups",
    read=lambda now: now.income_groups,
    add=lambda now, key: edits.add_income_group(
        now, group=key, name="New income group", income=now.basis.median_income
    ),
    change=lambda now, key, field, value: edits.change_income_group(now, group=key, **{field: value}),
    remove=lambda now, key: edits.remove_income_group(now, group=key),
    move=None,
    columns=(
        TableColumn("Income group", "left", 200, stretch=True),
        TableColumn("Household", "left", 170),
        TableColumn("Income a year", "right", 116),
        TableColumn("Comparable", "right", 108, tip="The income of a couple that lives as well"),
        TableColumn("Weight", "right", 80, tip="(median / comparable income) to the power of 1.3"),
    ),
    cells=lambda _group: (),
    empty="No income group yet. Add one where an option touches richer and poorer households differently.",
    icon="people",
    help=INCOMES_HELP,
    measure=lambda _records: "Weights follow from the median income under “Prices and rates”",
    fields=(
        (
            RecordField(key="name", label="Name", hint="Such as tenants of the estate", help=INCOMES_HELP),
            RecordField(
                key="income", label="Household income, £ a year", help=INCOMES_HELP, parse=money.parse, show=amount_text
            ),
        ),
        (
            RecordField(key="adults", label="Adults", help=INCOMES_HELP, parse=_count(1), unit=""),
            RecordField(
                key="children_14_and_over", label="Children of 14 or more", help=INCOMES_HELP, parse=_count(0), unit=""
            ),
            RecordField(
                key="children_under_14", label="Children under 14", help=INCOMES_HELP, parse=_count(0), unit=""
            ),
        ),
        (RecordField(key="source", label="Source and date", help=INCOMES_HELP),),
    ),
)


class IncomeRecords(Records):
    """The income groups with their weights, and the lines of the one in hand."""

    def __init__(self, context: Context, helps: HelpByField) -> None:
        super().__init__(context, _INCOMES, helps)
        nothing = "Costs and benefits that fall on households appear here."
        self.lines = LineTicks("Lines of this group", "Lines that fall on it", falls_on_households, nothing)
        self.weight = FlowLabel("", "dense-strong")
        if self.detail is not None:
            for part in (self.weight, Divider(), self.lines):
                self.detail.add(part)
        self.lines.ticked.connect(self._tick)

    def row_cells(self, record: Any) -> tuple[Cell, ...]:
        """Household and income as entered; comparable income and weight as they follow."""
        group: IncomeGroup = record
        found = assumption_words.comparable(self._context.appraisal, group)
        return (
            name_cell(group.name, "Without a name"),
            Cell(_people(group)),
            Cell(f"£{wording.number(group.income)}" if group.income.is_finite() else wording.DASH),
            Cell(found.income),
            Cell(found.weight, strong=True),
        )

    def shown(self, record: Any) -> None:
        """The weight in words, and which lines fall on the group."""
        appraisal = self._context.appraisal
        self.weight.set_text(assumption_words.comparable(appraisal, record).sentence)
        self.lines.show_lines(appraisal, frozenset(line.id for line in appraisal.lines if line.incomes == record.id))

    def _tick(self, line: str, on: bool) -> None:  # noqa: FBT001  a signal's value
        new = set_line_incomes(self._context.appraisal, line=line, incomes=self.chosen if on else "")
        self._context.apply(new, "Change on whom a line falls")


# --- the section -----------------------------------------------------------------------------------------


class BodiesSection(CostSection):
    """Other public bodies with their cash, income groups with their weights, and the place beside the country."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, BODIES_HELP)
        self.bodies = BodyRecords(context, self.helps)
        self.cash = FiguresCard(
            "Cash by public body and year",
            lambda figures: financial_tables.by_body(figures.results, figures.appraisal),
            "Each body’s cash by year appears here as soon as a line is its own.",
            last=True,
        )
        self.incomes = IncomeRecords(context, self.helps)
        self.weighted = FiguresCard(
            "Unweighted beside weighted",
            lambda figures: economic_tables.distribution(figures.results, figures.appraisal),
            "Both totals appear here as soon as a line falls on an income group.",
        )
        self.place = FiguresCard(
            "The place beside the country",
            lambda figures: economic_tables.place(figures.results, figures.appraisal),
            "Appears as soon as a line says what is lost to the place, or is local jobs. "
            "Local jobs and spending inform only: they are no national gain.",
        )
        parts = (self.bodies, self.cash, self.incomes, self.weighted, self.place)
        for number, part in enumerate(parts, start=1):
            self.line.insertWidget(number, part)
        self.helps.add(self.place, PLACE_HELP)

    @staticmethod
    def holds(appraisal: Appraisal, record: str, field: str) -> bool:  # noqa: ARG004  as all sections
        """The other public bodies and the income groups."""
        body = any(one.id == record for one in appraisal.bodies)
        return body or any(one.id == record for one in appraisal.income_groups)

    def show_view(self, old: View | None, new: View) -> None:
        """The records as they are, and what they come to."""
        self.keep_figures(new)
        appraisal = new.appraisal
        for table in (self.cash, self.weighted, self.place):
            table.show_figures(new, self.figures)
        self.cash.setVisible(bool(appraisal.bodies) or any(falls_on_body(line) for line in appraisal.lines))
        self.weighted.setVisible(bool(appraisal.income_groups))
        if old is None or old.appraisal is not new.appraisal or old.findings is not new.findings:
            self.bodies.show_view(new)
            self.incomes.show_view(new)

    def focus_first(self) -> None:
        """The table of public bodies, or the button that adds the first one."""
        self.bodies.focus_first()

    def focus_place(self, record: str, field: str) -> None:
        """A body or an income group, and its field."""
        widget = self.bodies.take(record, field) or self.incomes.take(record, field)
        if widget is None:
            self.focus_first()
        else:
            widget.setFocus()
