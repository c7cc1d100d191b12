"""Grants that are bid for, in step 7: chance, window, money by year, what they may pay for, and where they count."""

from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt

from appraise.model import money
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.funding import Grant
from appraise.model.appraisal.lines import RULES, Line
from appraise.model.edits import funding as edits
from appraise.model.finding import Severity, horizon_years
from appraise.present import wording
from appraise.ui.context import Context, View
from appraise.ui.pages import funding_help
from appraise.ui.pages.constraints_chance import amount_text, parse_share, share_text
from appraise.ui.pages.constraints_parts import labelled
from appraise.ui.pages.costs_section import LineTicks
from appraise.ui.pages.funding_section import (
    NAMELESS,
    FundingSection,
    Side,
    TickList,
    day_text,
    errors_about,
    parse_day,
    shows_again,
    year_columns,
)
from appraise.ui.pages.need_records import RecordField, RecordKind, Records, name_cell
from appraise.ui.pages.text_parts import HelpByField
from appraise.ui.widgets.cards import Column
from appraise.ui.widgets.choices import SegmentBar
from appraise.ui.widgets.fields import TextField
from appraise.ui.widgets.labels import Divider, FlowLabel
from appraise.ui.widgets.table_frozen import FrozenTable
from appraise.ui.widgets.table_model import Cell, DataTableModel, TableColumn, TableRow

_KINDS = {"amounts": "Revenue", "capital": "Capital"}
_ROUTES = (("none", "No, the tender is ours"), ("own", "Yes, such as a framework"))
_DAYS = ("bid_opens", "bid_closes", "decided_on", "spend_by")
_NOTHING = Decimal("0.00")


def is_cost(line: Line) -> bool:
    """A line that money may pay for."""
    return not RULES[line.treatment].benefit


def with_money(appraisal: Appraisal, grant: str, kind: str, year: int, text: str) -> Appraisal:
    """The document with the revenue or capital of a grant changed in one year. ValueError with one sentence."""
    amount = money.parse(text) if text.strip(f" {wording.DASH}") else _NOTHING
    if amount < 0:
        raise ValueError("Money of a grant cannot be below nothing.")
    revenue, capital = ({year: amount}, {}) if kind == "amounts" else ({}, {year: amount})
    return edits.set_grant_amounts(appraisal, grant=grant, amounts=revenue, capital=capital)


def _day(key: str, label: str) -> RecordField:
    return RecordField(key=key, label=label, help=funding_help.GRANT_DATES, parse=parse_day, show=day_text, unit="")


_KIND = RecordKind(
    noun="grant",
    title="Grants",
    plural="grants",
    read=lambda now: now.grants,
    add=lambda now, key: edits.add_grant(now, grant=key, name="New grant"),
    change=lambda now, key, field, value: edits.change_grant(now, grant=key, **{field: value}),
    remove=lambda now, key: edits.remove_grant(now, grant=key),
    move=None,
    columns=(
        TableColumn("Grant", "left", 190, stretch=True),
        TableColumn("Money", "right", 96),
        TableColumn("Chance", "right", 76),
        TableColumn("Spend by", "left", 124),
        TableColumn("Scenarios", "left", 90, tip="In how many scenarios it is bid for"),
    ),
    cells=lambda _grant: (),
    empty="No grant is bid for. Add one where money may be won for this service.",
    icon="chart",
    help=funding_help.GRANT,
    measure=lambda _records: "Each is won or lost with its own chance, in the same draws everywhere",
    fields=(
        (
            RecordField(key="name", label="Grant", help=funding_help.GRANT, hint="Such as an innovation fund"),
            RecordField(
                key="chance",
                label="Chance that it is won",
                help=funding_help.GRANT_CHANCE,
                parse=parse_share,
                show=share_text,
                unit="%",
            ),
        ),
        (_day("bid_opens", "Bids open"), _day("bid_closes", "Bids close")),
        (_day("decided_on", "Decision"), _day("spend_by", "Spend by")),
        (RecordField(key="source", label="Source and date", help=funding_help.GRANT),),
    ),
)


class GrantMoney(Column):
    """Revenue and capital of one grant by year, typed in place."""

    def __init__(self, context: Context, helps: HelpByField) -> None:
        self._context = context
        self._grant = ""
        self.model = DataTableModel([TableColumn("£ in cash")], self._typed)
        self.table = FrozenTable("Money of the grant by year", self.model, row_height=31, fit=True, last=False)
        self.table.tab_walks_cells = True
        self.fault = FlowLabel("", "caption", "problem")
        super().__init__(FlowLabel("Money by year, £ in cash", "dense-strong"), self.table, self.fault, gap=6)
        self.fault.hide()
        self.model.faulted.connect(self.tell)
        self.table.pasted.connect(self._pasted)
        helps.add(self.table, funding_help.CAPITAL)

    def tell(self, sentence: str) -> None:
        """Says what cannot be read; empty takes it away."""
        self.fault.set_text(sentence)
        self.fault.setVisible(bool(sentence))

    def show_grant(self, appraisal: Appraisal, grant: Grant, wrong: str) -> None:
        """The money of a grant over the horizon; `wrong` says what cannot be right in it."""
        if grant.id != self._grant:
            self.tell("")
        self._grant = grant.id
        years = max(horizon_years(appraisal), grant.first_year + max(len(grant.amounts), len(grant.capital)))
        years = min(max(years, 0), 200)
        self.model.set_columns([TableColumn("£ in cash", least=84), *year_columns(appraisal, years)])
        self.model.set_rows([_money_row(grant, kind, years) for kind in _KINDS])
        if wrong or not self.fault.text():
            self.tell(wrong)

    def _typed(self, kind: str, column: int, text: str) -> None:
        try:
            new = with_money(self._context.appraisal, self._grant, kind, column - 1, text)
        except IndexError as outside:
            raise ValueError("This year is beyond the horizon; lengthen it first.") from outside
        self._context.apply(new, "Change the money of a grant")

    def _pasted(self, row: int, column: int, block: list[list[str]]) -> None:
        """A pasted block is one step; where a cell cannot be read, nothing is taken and the sentence says why."""
        new, kinds = self._context.appraisal, list(_KINDS)
        try:
            for down, line in enumerate(block[: len(kinds) - row]):
                for across, text in enumerate(line[: self.model.columnCount() - column]):
                    new = with_money(new, self._grant, kinds[row + down], column - 1 + across, text)
        except (ValueError, IndexError) as wrong:
            self.tell(str(wrong) if isinstance(wrong, ValueError) else "A year is beyond the horizon.")
            return
        self.tell("")
        self._context.apply(new, "Paste the money of a grant")

    def focus_kind(self, kind: str) -> None:
        """The row of revenue or of capital."""
        self.table.setFocus()
        self.table.place(kind, 1)


def _money_row(grant: Grant, kind: str, years: int) -> TableRow:
    amounts = grant.amounts if kind == "amounts" else grant.capital
    cells = [Cell(_KINDS[kind], strong=True)]
    for year in range(years):
        place = year - grant.first_year
        amount = amounts[place] if 0 <= place < len(amounts) else _NOTHING
        text = amount_text(amount) if amount else wording.DASH
        ink = "ink" if amount else "ink2"
        cells.append(Cell(text, editable=True, edit_text=money.plain_amount(amount) if amount else "", ink=ink))
    return TableRow(kind, tuple(cells))


class GrantRecords(Records):
    """The grants; of the one in hand its money, where it counts, what it may pay for, and its route."""

    def __init__(self, context: Context, helps: HelpByField) -> None:
        super().__init__(context, _KIND, helps)
        self.money = GrantMoney(context, helps)
        self.dates = FlowLabel("", "caption", "attention")
        self.route = SegmentBar("Whether the grant comes with a procurement route of its own", _ROUTES)
        self.scenarios = TickList("Scenarios that bid for it", "Add a scenario first; a grant counts in scenarios.")
        nothing = "Cost lines of the options appear here."
        self.lines = LineTicks("Lines the grant may pay for", "Lines that it may pay for", is_cost, nothing)
        self.all = FlowLabel("No line is ticked, so it pays for whatever the service costs.", "caption", "ink2")
        if self.detail is not None:
            route = labelled("Comes with a procurement route of its own", self.route)
            last = (Divider(), self.scenarios, Divider(), self.lines, self.all)
            for part in (self.dates, route, Divider(), self.money, *last):
                self.detail.add(part)
        for key in _DAYS:
            day = self.fields[key]
            if isinstance(day, TextField):
                day.line.setAlignment(Qt.AlignmentFlag.AlignLeft)
        helps.add(self.route, funding_help.GRANT_ROUTE)
        helps.add(self.scenarios, funding_help.USED)
        helps.add(self.lines, funding_help.GRANT_LINES)
        self.route.chosen.connect(self._set_route)
        self.scenarios.ticked.connect(self._use)
        self.lines.ticked.connect(self._tick)

    def row_cells(self, record: Any) -> tuple[Cell, ...]:
        """Name, money, chance, last day, and in how many scenarios it counts."""
        grant: Grant = record
        total = sum((*grant.amounts, *grant.capital), _NOTHING)
        scenarios = self._context.appraisal.scenarios
        used = sum(grant.id in one.grants for one in scenarios)
        where = f"{used} of {wording.how_many(len(scenarios), 'scenario')}" if used else "no scenario"
        short = f"{used} of {len(scenarios)}" if used else "none"
        return (
            name_cell(grant.name, NAMELESS),
            Cell(wording.money_short(total) if total else wording.DASH),
            Cell(wording.percent_entered(grant.chance)),
            Cell(day_text(grant.spend_by) or wording.DASH),
            Cell(short, ink="ink" if used else "attention", spoken=where, tip=wording.capital(where)),
        )

    def shown(self, record: Any) -> None:
        """What hangs on the grant in hand."""
        grant: Grant = record
        view = self._context.view
        appraisal = view.appraisal
        self.route.set_current("own" if grant.own_route else "none")
        wrong = errors_about([found for found in view.findings if found.field in _KINDS], frozenset({grant.id}))
        self.money.show_grant(appraisal, grant, wrong)
        doubts = [f"{one.sentence} {one.mend}" for one in view.findings if one.record == grant.id
                  and one.field in _DAYS and one.severity is Severity.ATTENTION]  # fmt: skip
        self.dates.set_text(" ".join(doubts))
        self.dates.setVisible(bool(doubts))
        on = frozenset(one.id for one in appraisal.scenarios if grant.id in one.grants)
        self.scenarios.show_records([(one.id, one.name) for one in appraisal.scenarios], on)
        self.lines.show_lines(appraisal, frozenset(grant.lines))
        self.all.setVisible(not grant.lines and bool(appraisal.lines))

    def _grant(self) -> Grant | None:
        return next((one for one in self._context.appraisal.grants if one.id == self.chosen), None)

    def _set_route(self, key: str) -> None:
        new = edits.change_grant(self._context.appraisal, grant=self.chosen, own_route=key == "own")
        self._context.apply(new, "Change the route of a grant")

    def _use(self, scenario: str, on: bool) -> None:  # noqa: FBT001  a signal's value
        new = edits.use_grant(self._context.appraisal, scenario=scenario, grant=self.chosen, used=on)
        self._context.apply(new, "Bid for a grant in a scenario" if on else "Leave a grant out of a scenario")

    def _tick(self, line: str, on: bool) -> None:  # noqa: FBT001  as above
        grant = self._grant()
        if grant is not None:
            lines = (*grant.lines, line) if on else tuple(one for one in grant.lines if one != line)
            known = {one.id for one in self._context.appraisal.lines}
            kept = tuple(one for one in lines if one in known)
            new = edits.change_grant(self._context.appraisal, grant=grant.id, lines=kept)
            self._context.apply(new, "Change what a grant may pay for")


class GrantsSection(FundingSection):
    """The grants there are."""

    first = funding_help.GRANT

    def __init__(self, context: Context, side: Side) -> None:
        self.records = GrantRecords(context, side.helps)
        super().__init__(context, side, self.records)
        self.records.focused.connect(lambda _widget: self.placed.emit())

    @staticmethod
    def holds(appraisal: Appraisal, record: str, field: str) -> bool:  # noqa: ARG004  as all sections
        """The grants."""
        return any(one.id == record for one in appraisal.grants)

    def show_view(self, old: View | None, new: View) -> None:
        """The grants as they are."""
        if shows_again(old, new):
            self.records.show_view(new)

    def focus_first(self) -> None:
        """The table, or what adds the first grant."""
        self.records.focus_first()

    def focus_place(self, record: str, field: str) -> None:
        """A grant and its field."""
        widget = self.records.take(record, field)
        if field in _KINDS and widget is not None:
            self.records.money.focus_kind(field)
            return
        own = {
            "lines": self.records.lines.table,
            "scenarios": self.records.scenarios.table,
            "own_route": self.records.route,
        }
        target = own.get(field, widget)
        if target is None:
            self.focus_first()
        else:
            target.setFocus()
