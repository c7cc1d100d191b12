"""The settlements of a scenario one after the other, in step 7: years, status, ring-fence, renewal and cut."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from appraise.model import periods
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.funding import Scenario, Settlement
from appraise.model.edits import funding as edits
from appraise.model.finding import horizon_years
from appraise.model.money import parse_whole
from appraise.present import wording
from appraise.present.funding_words import STATUSES
from appraise.ui.context import Context, View
from appraise.ui.pages import funding_help
from appraise.ui.pages.constraints_chance import parse_share, share_text
from appraise.ui.pages.funding_section import NAMELESS, ColumnHelp, Side, errors_about, year_choices
from appraise.ui.pages.funding_years import covers, read_status
from appraise.ui.pages.text_parts import Help
from appraise.ui.widgets.buttons import Button
from appraise.ui.widgets.cards import Card, Row
from appraise.ui.widgets.labels import EmptyState, FlowLabel
from appraise.ui.widgets.table_frozen import FrozenTable
from appraise.ui.widgets.table_model import Cell, DataTableModel, TableColumn, TableRow

_TERMS = (
    TableColumn("Settlement", least=120, stretch=True),
    TableColumn("From"),
    TableColumn("Years", "right"),
    TableColumn("Status"),
    TableColumn("Ring-fence", tip="What is not spent in its year goes back"),
    TableColumn("Renewed, %", "right", tip="Chance that the money is renewed without a cut at its start"),
    TableColumn("Cut: low, %", "right", tip="Share lost if it is not renewed"),
    TableColumn("likely, %", "right"),
    TableColumn("high, %", "right"),
)
#: The column of each field that a finding may point at.
COLUMNS = {"name": 0, "first_year": 1, "status": 3, "ring_fenced": 4, "renewal": 5, "cut_likely": 7}
_HELPS: dict[int, Help] = {
    1: funding_help.FROM,
    2: funding_help.YEARS,
    3: funding_help.STATUS,
    4: funding_help.RING,
    5: funding_help.RENEWAL,
    6: funding_help.CUT_LOW,
    7: funding_help.CUT_LIKELY,
    8: funding_help.CUT_HIGH,
}
_FROM, _STATUS, _RING, _RENEWED, _LOW = 1, 3, 4, 5, 6
_RINGS = (("no", "No"), ("yes", "Yes"))
_BY_YEAR = "By year"


def with_term(appraisal: Appraisal, scenario: str, one: Settlement, column: int, text: str) -> Appraisal:
    """The document with one cell of the terms changed. ValueError with a sentence for a text that cannot be read."""
    years, where = appraisal.horizon.years, {"scenario": scenario, "settlement": one.id}
    match column:
        case 0:
            if not text.strip():
                raise ValueError("Type a name for the settlement.")
            return edits.rename_settlement(appraisal, **where, name=text.strip())
        case 1:
            return edits.set_settlement_years(appraisal, **where, first_year=int(text), years=len(one.amounts))
        case 2:
            count = parse_whole(text, low=1, high=max(years - one.first_year, 1))
            return edits.set_settlement_years(appraisal, **where, first_year=one.first_year, years=count)
        case 3:
            return edits.set_status(appraisal, **where, status=read_status(text))
        case 4:
            return edits.set_ring_fenced(appraisal, **where, ring_fenced=text == "yes")
        case 5:
            return edits.set_renewal(appraisal, **where, renewal=parse_share(text))
    cut = [one.cut_low, one.cut_likely, one.cut_high]
    cut[column - _LOW] = parse_share(text)
    low, likely, high = cut
    return edits.set_cut(appraisal, **where, low=low, likely=likely, high=high)


def term_cells(appraisal: Appraisal, one: Settlement) -> tuple[Cell, ...]:
    """The terms of a settlement, one cell a column."""
    first_year = appraisal.horizon.first_year
    starts = tuple(year_choices(appraisal, one.first_year))
    statuses = tuple((status.value, words) for status, words in STATUSES.items())
    start = periods.label(first_year, one.first_year) if one.first_year >= 0 else "before year 0"
    differ = len(set(one.statuses)) > 1
    if one.first_year == 0:
        # The first settlement has no boundary before it, so its renewal and cut move nothing.
        chances: tuple[Cell, ...] = tuple(Cell(wording.DASH, ink="ink2") for _ in range(4))
    else:
        shares = (one.renewal, one.cut_low, one.cut_likely, one.cut_high)
        chances = tuple(Cell(share_text(share), editable=True) for share in shares)
    return (
        Cell(one.name or NAMELESS, editable=True, edit_text=one.name, tip=one.name),
        Cell(start, choices=starts),
        Cell(str(len(one.amounts)), editable=True),
        Cell(_BY_YEAR if differ else STATUSES[one.status], choices=statuses),
        Cell("Yes" if one.ring_fenced else "No", choices=_RINGS),
        *chances,
    )


class ChainCard(Card):
    """The settlements of the scenario in hand. Signals: added(widget) when one was added, with what must be seen."""

    added = Signal(QWidget)

    def __init__(self, context: Context, side: Side) -> None:
        super().__init__("Settlements of this scenario", "Where one ends and the next begins, the money may be cut")
        self.context = context
        self.scenario: Scenario | None = None
        self.model = DataTableModel(_TERMS, edit=self._typed)
        self.table = FrozenTable("Settlements and their terms", self.model, row_height=32, fit=True, last=False)
        self.fault = FlowLabel("", "caption", "problem")
        self.errors = FlowLabel("", "caption", "problem")
        self.empty = EmptyState("chart", "No money is settled yet. For how many years is it known?", "Add a settlement")
        self.add_one = Button("Add a settlement", kind="plain", icon="plus", small=True)
        self.drop_one = Button("Remove the settlement in hand", kind="plain", icon="bin", small=True)
        self.buttons = Row(self.add_one, self.drop_one, stretches=(0, 0))
        self.buttons.line.addStretch(1)
        for part in (self.table, self.empty, self.fault, self.errors, self.buttons):
            self.add(part)
        self.fault.hide()
        self.errors.hide()
        self.table.tab_walks_cells = True
        self.add_one.clicked.connect(self.add_settlement)
        self.empty.activated.connect(self.add_settlement)
        self.drop_one.clicked.connect(self._drop)
        self.table.pasted.connect(self._pasted)
        self.table.filled_down.connect(self._filled)
        self.model.faulted.connect(self.tell)
        self.help = ColumnHelp(side.helps, self.table, funding_help.SETTLEMENT, lambda _key, column: _HELPS.get(column))

    def tell(self, sentence: str) -> None:
        """Says what cannot be read or done; empty takes it away."""
        self.fault.set_text(sentence)
        self.fault.setVisible(bool(sentence))

    def show_scenario(self, view: View, scenario: Scenario) -> None:
        """The settlements of a scenario, and what is wrong in them."""
        if self.scenario is not None and self.scenario.id != scenario.id:
            self.tell("")
        self.scenario = scenario
        settlements = scenario.settlements
        self.model.set_rows([TableRow(one.id, term_cells(view.appraisal, one)) for one in settlements])
        for part in (self.table, self.buttons):
            part.setVisible(bool(settlements))
        self.empty.setVisible(not settlements)
        wrong = errors_about(view.findings, frozenset({scenario.id, *(one.id for one in settlements)}))
        self.errors.set_text(wrong)
        self.errors.setVisible(bool(wrong))

    def _one(self, key: str) -> Settlement | None:
        settlements = self.scenario.settlements if self.scenario is not None else ()
        return next((one for one in settlements if one.id == key), None)

    # --- what is typed ---

    def _typed(self, key: str, column: int, text: str) -> None:
        one = self._one(key)
        if self.scenario is not None and one is not None:
            new = with_term(self.context.appraisal, self.scenario.id, one, column, text)
            self.context.apply(new, f"Change settlement {wording.shorten(one.name, 30)}")

    def _pasted(self, row: int, column: int, block: list[list[str]]) -> None:
        """A pasted block is one step; where a cell cannot be read, nothing is taken and the sentence says why."""
        if self.scenario is None:
            return
        cells = [
            (row + down, column + across, text)
            for down, line in enumerate(block[: len(self.scenario.settlements) - row])
            for across, text in enumerate(line[: len(_TERMS) - column])
        ]
        self._change_all(cells, "Paste into settlements")

    def _filled(self, rows: list[int], column: int) -> None:
        top = self.model.cell(self.model.index(rows[0], column)).starting_text()
        self._change_all([(row, column, top) for row in rows[1:]], "Fill down in settlements")

    def _change_all(self, cells: list[tuple[int, int, str]], action: str) -> None:
        if self.scenario is None:
            return
        new, key = self.context.appraisal, self.scenario.id
        try:
            for row, column, text in cells:
                scenario = next(one for one in new.scenarios if one.id == key)
                new = with_term(new, key, scenario.settlements[row], column, _choice(new, column, text))
        except ValueError as wrong:
            self.tell(str(wrong))
            return
        self.tell("")
        self.context.apply(new, action)

    # --- more and fewer ---

    def add_settlement(self) -> None:
        """A settlement for the first year that none covers, one year long, or the last year again."""
        if self.scenario is None:
            return
        appraisal, settlements = self.context.appraisal, self.scenario.settlements
        horizon = appraisal.horizon
        free = (year for year in range(horizon_years(appraisal)) if not any(covers(one, year) for one in settlements))
        first = next(free, max(horizon.years - 1, 0))
        key = self.context.fresh_id("settlement")
        new = edits.add_settlement(
            appraisal,
            scenario=self.scenario.id,
            settlement=key,
            name=periods.label(horizon.first_year, first),
            first_year=first,
            years=1,
        )
        self.context.apply(new, "Add a settlement")
        self.table.setFocus()
        self.table.place(key)
        self.added.emit(self.table)

    def _drop(self) -> None:
        key = self.table.current_key()
        one = self._one(key)
        if self.scenario is None or one is None:
            self.tell("Put the settlement in hand first: choose its row in the table.")
            return
        new = edits.remove_settlement(self.context.appraisal, scenario=self.scenario.id, settlement=key)
        here = self.drop_one.hasFocus()
        self.tell("")
        self.context.apply(new, f"Remove settlement {wording.shorten(one.name, 30)}")
        if here and self.empty.isVisibleTo(self):
            self.empty.action.setFocus()

    def focus_field(self, settlement: str, field: str) -> None:
        """The cell of a settlement's field."""
        self.table.setFocus()
        self.table.place(settlement, COLUMNS.get(field, 0))

    def focus_first(self) -> None:
        """The first settlement, or the button that adds it."""
        if self.scenario is None or not self.scenario.settlements:
            self.empty.action.setFocus()
            return
        self.table.setFocus()
        if not self._one(self.table.current_key()):
            self.table.place(self.scenario.settlements[0].id)


def _choice(appraisal: Appraisal, column: int, text: str) -> str:
    """The key of a choice from its words, as they come from a clipboard; other texts as they are."""
    tidy = text.strip()
    if column == _RING:
        key = next((key for key, words in _RINGS if tidy.casefold() == words.casefold()), "")
        if not key:
            raise ValueError("A ring-fence is Yes or No.")
        return key
    if column != _FROM:
        return text
    horizon = appraisal.horizon
    for year in range(horizon.years):
        if tidy in (periods.label(horizon.first_year, year), periods.short_label(horizon.first_year, year)):
            return str(year)
    raise ValueError(
        f"“{wording.shorten(text, 20)}” is not a year of the horizon; write it like {periods.label(2027)}."
    )
