"""The money of a scenario year by year, in step 7: revenue, capital, and how firm each year is, typed in place."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from appraise.model import money, periods
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.funding import Scenario, Settlement, SettlementStatus
from appraise.model.edits import funding as edits
from appraise.model.finding import horizon_years
from appraise.present import wording
from appraise.present.funding_words import STATUSES
from appraise.ui.context import Context, View
from appraise.ui.pages import funding_help
from appraise.ui.pages.constraints_chance import amount_text
from appraise.ui.pages.funding_section import NAMELESS, ColumnHelp, Side, year_columns
from appraise.ui.pages.text_parts import Help
from appraise.ui.widgets.cards import Card
from appraise.ui.widgets.labels import FlowLabel
from appraise.ui.widgets.table_frozen import FrozenTable
from appraise.ui.widgets.table_model import Cell, DataTableModel, TableColumn, TableRow

NAME, REVENUE, CAPITAL, STATUS = "settlement", "amounts", "capital", "statuses"
_HEADS = {NAME: "Settlement", REVENUE: "Revenue", CAPITAL: "Capital", STATUS: "How firm"}
_HELPS = {REVENUE: funding_help.REVENUE, CAPITAL: funding_help.CAPITAL, STATUS: funding_help.STATUS}
_NOTHING = Decimal("0.00")
_TITLE = "Money year by year, £ in cash"


def covers(settlement: Settlement, year: int) -> bool:
    """The settlement is for this year of the horizon."""
    return 0 <= year - settlement.first_year < len(settlement.amounts)


def layers(settlements: Sequence[Settlement]) -> list[list[Settlement]]:
    """The settlements in as few layers as possible of which none overlaps in itself: one, where all is well."""
    found: list[list[Settlement]] = []
    for one in sorted(settlements, key=lambda settlement: settlement.first_year):
        for layer in found:
            if layer[-1].first_year + len(layer[-1].amounts) <= one.first_year:
                layer.append(one)
                break
        else:
            found.append([one])
    return found


def amount_in(settlement: Settlement, kind: str, year: int) -> Decimal:
    """Revenue or capital in a year of the horizon; nothing where none is entered."""
    amounts, place = settlement.amounts if kind == REVENUE else settlement.capital, year - settlement.first_year
    return amounts[place] if 0 <= place < len(amounts) else _NOTHING


def status_in(settlement: Settlement, year: int) -> SettlementStatus:
    """How firm the money of a year is."""
    place = year - settlement.first_year
    return settlement.statuses[place] if 0 <= place < len(settlement.statuses) else settlement.status


def read_status(text: str) -> SettlementStatus:
    """A status from its key, or from its words as a clipboard brings them. ValueError with one sentence."""
    for status, words in STATUSES.items():
        if text.strip().casefold() in (status.value, words.casefold()):
            return status
    raise ValueError(f"A status is {wording.listing(tuple(STATUSES.values()))}.")


def with_year(appraisal: Appraisal, scenario: str, one: Settlement, kind: str, year: int, text: str) -> Appraisal:
    """The document with one cell changed; an empty amount is no money. ValueError with one sentence."""
    where = {"scenario": scenario, "settlement": one.id}
    if kind == STATUS:
        return edits.set_statuses(appraisal, **where, statuses={year: read_status(text)})
    amount = money.parse(text) if text.strip(f" {wording.DASH}") else _NOTHING
    if amount < 0:
        raise ValueError("Money from a settlement cannot be below nothing.")
    change = edits.set_settlement_amounts if kind == REVENUE else edits.set_settlement_capital
    return change(appraisal, **where, amounts={year: amount})


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the table: what it shows, of which layer."""

    kind: str
    layer: int

    @property
    def key(self) -> str:
        return f"{self.kind}/{self.layer}"


class YearsCard(Card):
    """Revenue, capital and status of every year in one table; settlements that overlap stand in rows of their own."""

    def __init__(self, context: Context, side: Side) -> None:
        super().__init__(_TITLE)
        self.context = context
        self._scenario: Scenario | None = None
        self._layers: list[list[Settlement]] = []
        self._rows: list[_Row] = []
        self.model = DataTableModel([TableColumn("£")], self._typed)
        self.table = FrozenTable("Money year by year", self.model, row_height=31, fit=True, last=False)
        self.table.tab_walks_cells = True
        self.fault = FlowLabel("", "caption", "problem")
        self.fault.hide()
        self.add(self.table)
        self.add(self.fault)
        self.model.faulted.connect(self.tell)
        self.table.pasted.connect(self._pasted)
        self.help = ColumnHelp(side.helps, self.table, funding_help.REVENUE, self._help)

    def tell(self, sentence: str) -> None:
        """Says what cannot be read; empty takes it away."""
        self.fault.set_text(sentence)
        self.fault.setVisible(bool(sentence))

    def _help(self, key: str, _column: int) -> Help | None:
        return _HELPS.get(key.partition("/")[0])

    # --- what is shown ---

    def show_scenario(self, view: View, scenario: Scenario) -> None:
        """The money of a scenario over the years of the horizon."""
        appraisal = view.appraisal
        if self._scenario is not None and self._scenario.id != scenario.id:
            self.tell("")
        self._scenario, self._layers = scenario, layers(scenario.settlements)
        years = horizon_years(appraisal)
        self._rows = [_Row(kind, layer) for layer in range(len(self._layers)) for kind in _HEADS]
        self.model.set_columns([TableColumn("£ in cash", least=84), *year_columns(appraisal, years)])
        self.model.set_rows([TableRow(row.key, self._cells(appraisal, row, years)) for row in self._rows])
        self.set_title(_TITLE, self._totals())
        self.setVisible(bool(self._layers))

    def _totals(self) -> str:
        """All years together."""
        settlements = [one for layer in self._layers for one in layer]
        revenue = sum((sum(one.amounts, _NOTHING) for one in settlements), _NOTHING)
        capital = sum((sum(one.capital, _NOTHING) for one in settlements), _NOTHING)
        if not revenue and not capital:
            return "Nothing is entered yet; type or paste the money of each year"
        beside = f" and {wording.money(capital)} of capital" if capital else ""
        return f"All years together: {wording.money(revenue)} of revenue{beside}"

    def _cells(self, appraisal: Appraisal, row: _Row, years: int) -> tuple[Cell, ...]:
        head = _HEADS[row.kind] if not row.layer else f"{_HEADS[row.kind]}, overlapping"
        cells = [Cell(head, strong=row.kind in (REVENUE, CAPITAL), ink="ink2" if row.kind == NAME else "ink")]
        found = self._layers[row.layer]
        for year in range(years):
            one = next((settlement for settlement in found if covers(settlement, year)), None)
            cells.append(_cell(appraisal, one, row.kind, year))
        return tuple(cells)

    # --- what is typed ---

    def _place(self, key: str, column: int) -> tuple[Settlement, str, int]:
        """The settlement, the kind and the year of a cell. ValueError where no settlement covers it."""
        row = next(one for one in self._rows if one.key == key)
        year = column - 1
        one = next((settlement for settlement in self._layers[row.layer] if covers(settlement, year)), None)
        if one is None or row.kind == NAME:
            raise ValueError("No settlement covers this year; add one, or lengthen the one before.")
        return one, row.kind, year

    def _typed(self, key: str, column: int, text: str) -> None:
        if self._scenario is None:
            return
        one, kind, year = self._place(key, column)
        new = with_year(self.context.appraisal, self._scenario.id, one, kind, year, text)
        when = periods.label(new.horizon.first_year, year)
        what = "how firm the money is in" if kind == STATUS else f"the {_HEADS[kind].lower()} of"
        self.context.apply(new, f"Change {what} {when}")

    def _pasted(self, row: int, column: int, block: list[list[str]]) -> None:
        """A pasted block is one step; where a cell cannot be read, nothing is taken and the sentence says why."""
        if self._scenario is None:
            return
        new = self.context.appraisal
        years = self.model.columnCount() - 1
        try:
            for down, line in enumerate(block[: len(self._rows) - row]):
                for across, text in enumerate(line[: years + 1 - column]):
                    one, kind, year = self._place(self._rows[row + down].key, column + across)
                    new = with_year(new, self._scenario.id, one, kind, year, text)
        except ValueError as wrong:
            self.tell(str(wrong))
            return
        self.tell("")
        self.context.apply(new, "Paste money by year")

    def focus_year(self, settlement: str, kind: str) -> None:
        """The first year of a settlement in the row of revenue, capital or status."""
        for number, layer in enumerate(self._layers):
            one = next((found for found in layer if found.id == settlement), None)
            if one is not None:
                self.table.setFocus()
                self.table.place(_Row(kind, number).key, max(one.first_year, 0) + 1)


def _cell(appraisal: Appraisal, one: Settlement | None, kind: str, year: int) -> Cell:
    if one is None:
        return Cell(wording.DASH, ink="ink2")
    if kind == NAME:
        named = one.name or NAMELESS
        first = year == one.first_year
        return Cell(wording.shorten(named, 10) if first else "…", ink="ink2", tip=named, spoken=named)
    if kind == STATUS:
        words = STATUSES[status_in(one, year)]
        return Cell(words, choices=tuple((status.value, said) for status, said in STATUSES.items()))
    amount = amount_in(one, kind, year)
    text = amount_text(amount) if amount else wording.DASH if kind == CAPITAL else "0"
    tip = periods.label(appraisal.horizon.first_year, year)
    return Cell(text, editable=True, edit_text=money.plain_amount(amount) if amount else "", tip=tip)
