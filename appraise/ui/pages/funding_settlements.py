"""Editing the money of a scenario in step 7: its settlements, their terms, and the cash by year."""

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from appraise.model import money, periods
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.funding import Scenario, Settlement, SettlementStatus
from appraise.model.edits import funding as edits
from appraise.model.finding import Finding, Severity, horizon_years
from appraise.model.money import parse_whole
from appraise.present import wording
from appraise.ui.context import Context, View
from appraise.ui.pages.constraints_chance import amount_text, parse_share, share_text
from appraise.ui.pages.constraints_parts import show_start
from appraise.ui.pages.results_charts import Sides
from appraise.ui.widgets.buttons import Button, IconButton
from appraise.ui.widgets.cards import Card, Row
from appraise.ui.widgets.choices import SegmentBar
from appraise.ui.widgets.fields import TextField
from appraise.ui.widgets.labels import FlowLabel
from appraise.ui.widgets.table import DataTable
from appraise.ui.widgets.table_model import Cell, DataTableModel, TableColumn, TableRow

STATUSES = {
    SettlementStatus.FINAL: "Final",
    SettlementStatus.INDICATIVE: "Indicative",
    SettlementStatus.ASSUMED: "Assumed",
}
_CUTS = (("stays", "A cut stays"), ("restored", "Made good at the next renewal"))
_TERMS = (
    TableColumn("Settlement", stretch=True),
    TableColumn("From"),
    TableColumn("Years", "right"),
    TableColumn("Status"),
    TableColumn("Renewed, %", "right", tip="Chance that the money is renewed without a cut at its start"),
    TableColumn("Cut: low, %", "right", tip="Share lost if it is not renewed"),
    TableColumn("likely, %", "right"),
    TableColumn("high, %", "right"),
)


def with_term(appraisal: Appraisal, scenario: str, one: Settlement, column: int, text: str) -> Appraisal:
    """The document with one cell of the terms changed. ValueError with a sentence for a text that cannot be read."""
    years = appraisal.horizon.years
    match column:
        case 0:
            if not text.strip():
                raise ValueError("Type a name for the settlement.")
            return edits.rename_settlement(appraisal, scenario=scenario, settlement=one.id, name=text.strip())
        case 1:
            return edits.set_settlement_years(
                appraisal, scenario=scenario, settlement=one.id, first_year=int(text), years=len(one.amounts)
            )
        case 2:
            count = parse_whole(text, low=1, high=max(years - one.first_year, 1))
            return edits.set_settlement_years(
                appraisal, scenario=scenario, settlement=one.id, first_year=one.first_year, years=count
            )
        case 3:
            status = SettlementStatus(text)
            return edits.set_status(appraisal, scenario=scenario, settlement=one.id, status=status)
        case 4:
            return edits.set_renewal(appraisal, scenario=scenario, settlement=one.id, renewal=parse_share(text))
    cut = [one.cut_low, one.cut_likely, one.cut_high]
    cut[column - 5] = parse_share(text)
    low, likely, high = cut
    return edits.set_cut(appraisal, scenario=scenario, settlement=one.id, low=low, likely=likely, high=high)


def with_amount(appraisal: Appraisal, scenario: str, one: Settlement, year: int, text: str) -> Appraisal:
    """The document with the cash of one year changed; an empty text is no money. ValueError as above."""
    if not 0 <= year - one.first_year < len(one.amounts):
        raise ValueError("This settlement does not cover the year; lengthen it first.")
    amount = money.parse(text) if text.strip() else Decimal("0.00")
    if amount < 0:
        raise ValueError("Money from a settlement cannot be below nothing.")
    return edits.set_settlement_amounts(appraisal, scenario=scenario, settlement=one.id, amounts={year: amount})


def term_cells(appraisal: Appraisal, one: Settlement) -> tuple[Cell, ...]:
    """The terms of a settlement, one cell a column."""
    first_year = appraisal.horizon.first_year
    offsets = sorted({*range(horizon_years(appraisal)), max(one.first_year, 0)})
    starts = tuple((str(year), periods.label(first_year, year)) for year in offsets)
    statuses = tuple((status.value, words) for status, words in STATUSES.items())
    start = periods.label(first_year, one.first_year) if one.first_year >= 0 else "before year 0"
    if one.first_year == 0:
        # The first settlement has no boundary before it, so its renewal and cut move nothing.
        chances: tuple[Cell, ...] = tuple(Cell(wording.DASH, ink="ink2") for _ in range(4))
    else:
        shares = (one.renewal, one.cut_low, one.cut_likely, one.cut_high)
        chances = tuple(Cell(share_text(share), editable=True) for share in shares)
    return (
        Cell(one.name or "Without a name", editable=True, edit_text=one.name, tip=one.name),
        Cell(start, choices=starts),
        Cell(str(len(one.amounts)), editable=True),
        Cell(STATUSES[one.status], choices=statuses),
        *chances,
    )


def money_cells(appraisal: Appraisal, one: Settlement) -> tuple[Cell, ...]:
    """The cash of a settlement by year; a dash where it covers nothing."""
    cells = [Cell(one.name or "Without a name", tip=one.name)]
    for year in range(horizon_years(appraisal)):
        place = year - one.first_year
        if 0 <= place < len(one.amounts):
            amount = one.amounts[place]
            cells.append(Cell(amount_text(amount), editable=True, edit_text=money.plain_amount(amount)))
        else:
            cells.append(Cell(wording.DASH, ink="ink2"))
    return tuple(cells)


class ScenarioCard(Card):
    """Everything that can be changed of the scenario in hand.

    Signals: added(widget) after a settlement was added, with what has to be seen next; removed() after the
    scenario was.
    """

    added = Signal(QWidget)
    removed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__("Settlements of this scenario", "Money of each year in cash, as promised or assumed")
        self.context = context
        self.scenario: Scenario | None = None
        self.name = TextField("Name of the scenario", label="Scenario")
        self.source = TextField("Source of the scenario", label="Where the money and its chances come from")
        self.restored = SegmentBar("What happens to a cut", _CUTS)
        self.terms_model = DataTableModel(_TERMS, edit=self._set_term)
        self.terms = DataTable("Settlements and their terms", self.terms_model, row_height=32)
        self.money_model = DataTableModel((TableColumn("Settlement"),), edit=self._set_amount)
        self.money = DataTable("Money by year", self.money_model, row_height=32)
        self.money_title = FlowLabel("Money by year, £ in cash", "dense-strong")
        self.fault = FlowLabel("", "caption", "problem")
        self.errors = FlowLabel("", "caption", "problem")
        self.add_one = Button("Add a settlement", kind="plain", icon="plus", small=True)
        self.drop_one = Button("Remove the settlement in hand", kind="plain", icon="bin", small=True)
        self.left = IconButton("left", "Move this scenario to the left")
        self.right = IconButton("right", "Move this scenario to the right")
        self.remove = IconButton("bin", "Remove this scenario")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        for button in (self.left, self.right, self.remove):
            self.add_action(button)
        self.add(Sides(self.name, self.source, stretches=(1, 2), fold=480))
        self.add(self.terms)
        buttons = Row(self.add_one, self.drop_one, stretches=(0, 0))
        buttons.line.addStretch(1)
        self.add(buttons)
        self.add(self.money_title)
        self.add(self.money)
        self.add(self.fault)
        self.add(self.errors)
        self.add(FlowLabel("If money is not renewed in full, what happens to the cut afterwards", "dense-strong"))
        self.add(self.restored)
        self.fault.setVisible(False)

    def _connect(self) -> None:
        self.name.committed.connect(self._rename)
        self.source.committed.connect(self._set_source)
        self.restored.chosen.connect(self._set_restored)
        self.add_one.clicked.connect(self._add)
        self.drop_one.clicked.connect(self._drop)
        self.remove.clicked.connect(self._remove)
        self.left.clicked.connect(lambda: self._move(-1))
        self.right.clicked.connect(lambda: self._move(1))
        self.terms.pasted.connect(lambda row, column, block: self._paste(row, column, block, terms=True))
        self.money.pasted.connect(lambda row, column, block: self._paste(row, column, block, terms=False))
        self.terms.filled_down.connect(self._fill_terms)
        for model in (self.terms_model, self.money_model):
            model.faulted.connect(self._tell)

    def _tell(self, sentence: str) -> None:
        self.fault.set_text(sentence)
        self.fault.setVisible(bool(sentence))

    def show_scenario(self, view: View, scenario: Scenario) -> None:
        """Show one scenario of a view."""
        if self.scenario is not None and self.scenario.id != scenario.id:
            self.name.give_up()
            self.source.give_up()
        self.scenario = scenario
        appraisal = view.appraisal
        place = [one.id for one in appraisal.scenarios].index(scenario.id)
        self.left.setEnabled(place > 0)
        self.right.setEnabled(place < len(appraisal.scenarios) - 1)
        self.set_title(
            f"Settlements: {scenario.name or 'without a name'}", "Money of each year in cash, promised or assumed"
        )
        self.name.set_text(scenario.name)
        self.source.set_text(scenario.source)
        show_start(self.name, self.source)
        self.restored.set_current("restored" if scenario.restored else "stays")
        columns = [TableColumn("Settlement", width=150)]
        columns += [
            TableColumn(periods.short_label(appraisal.horizon.first_year, year), "right", stretch=True)
            for year in range(horizon_years(appraisal))
        ]
        self.money_model.set_columns(columns)
        self.terms_model.set_rows([TableRow(one.id, term_cells(appraisal, one)) for one in scenario.settlements])
        self.money_model.set_rows([TableRow(one.id, money_cells(appraisal, one)) for one in scenario.settlements])
        for part in (self.terms, self.money_title, self.money, self.drop_one):
            part.setVisible(bool(scenario.settlements))
        self._show_errors(view.findings, scenario)

    def _show_errors(self, findings: Sequence[Finding], scenario: Scenario) -> None:
        records = {scenario.id, *(one.id for one in scenario.settlements)}
        wrong = [
            f"{found.sentence} {found.mend}"
            for found in findings
            if found.step == 7 and found.severity is Severity.ERROR and found.record in records
        ]
        self.errors.set_text(" ".join(wrong))
        self.errors.setVisible(bool(wrong))

    def _one(self, key: str) -> Settlement:
        settlements = self.scenario.settlements if self.scenario is not None else ()
        return next(one for one in settlements if one.id == key)

    def _set_term(self, key: str, column: int, text: str) -> None:
        if self.scenario is not None:
            new = with_term(self.context.appraisal, self.scenario.id, self._one(key), column, text)
            self.context.apply(new, f"Change settlement {self._one(key).name}")

    def _set_amount(self, key: str, column: int, text: str) -> None:
        if self.scenario is not None:
            new = with_amount(self.context.appraisal, self.scenario.id, self._one(key), column - 1, text)
            self.context.apply(new, f"Change the money of {self._one(key).name}")

    def _paste(self, row: int, column: int, block: list[list[str]], *, terms: bool) -> None:
        """A pasted block is one step; where a cell cannot be read, nothing is taken and the sentence says why."""
        if self.scenario is None:
            return
        new, key = self.context.appraisal, self.scenario.id
        try:
            for down, line in enumerate(block[: len(self.scenario.settlements) - row]):
                for across, text in enumerate(line[: len(_TERMS) - column if terms else None]):
                    scenario = next(one for one in new.scenarios if one.id == key)
                    settlement, place = scenario.settlements[row + down], column + across
                    if terms:
                        new = with_term(new, key, settlement, place, _choice(new, place, text))
                    elif place > 0:
                        new = with_amount(new, key, settlement, place - 1, text)
        except ValueError as wrong:
            self._tell(str(wrong))
            return
        self._tell("")
        self.context.apply(new, "Paste into settlements")

    def _fill_terms(self, rows: list[int], column: int) -> None:
        if self.scenario is None:
            return
        top = self.terms_model.cell(self.terms_model.index(rows[0], column))
        text = _choice(self.context.appraisal, column, top.starting_text())
        new = self.context.appraisal
        try:
            for row in rows[1:]:
                new = with_term(new, self.scenario.id, self.scenario.settlements[row], column, text)
        except ValueError as wrong:
            self._tell(str(wrong))
            return
        self.context.apply(new, "Fill down in settlements")

    def _rename(self, text: str) -> None:
        if self.scenario is not None:
            new = edits.rename_scenario(self.context.appraisal, scenario=self.scenario.id, name=text)
            self.context.apply(new, "Rename a scenario")

    def _set_source(self, text: str) -> None:
        if self.scenario is not None:
            new = edits.set_scenario_source(self.context.appraisal, scenario=self.scenario.id, source=text)
            self.context.apply(new, "Change the source of a scenario")

    def _set_restored(self, key: str) -> None:
        if self.scenario is not None:
            restored = key == "restored"
            new = edits.set_restored(self.context.appraisal, scenario=self.scenario.id, restored=restored)
            self.context.apply(new, "Change what happens to a cut")

    def _add(self) -> None:
        """A settlement for the first year that none covers, one year long, or the last year again."""
        if self.scenario is None:
            return
        appraisal = self.context.appraisal
        covered = {
            year
            for one in self.scenario.settlements
            for year in range(one.first_year, one.first_year + len(one.amounts))
        }
        horizon = appraisal.horizon
        first = next((year for year in range(horizon.years) if year not in covered), horizon.years - 1)
        new = edits.add_settlement(
            appraisal,
            scenario=self.scenario.id,
            settlement=self.context.fresh_id("settlement"),
            name=periods.label(horizon.first_year, first),
            first_year=first,
            years=1,
        )
        self.context.apply(new, "Add a settlement")
        self.terms.setFocus()
        self.terms.place(new.scenarios[_place(new, self.scenario.id)].settlements[-1].id)
        self.added.emit(self.money)

    def _drop(self) -> None:
        key = self.terms.current_key() or self.money.current_key()
        if self.scenario is None or not any(one.id == key for one in self.scenario.settlements):
            self._tell("Put the settlement in hand first: choose its row in the table.")
            return
        new = edits.remove_settlement(self.context.appraisal, scenario=self.scenario.id, settlement=key)
        self.context.apply(new, f"Remove settlement {self._one(key).name}")

    def _remove(self) -> None:
        if self.scenario is not None:
            new = edits.remove_scenario(self.context.appraisal, scenario=self.scenario.id)
            self.context.apply(new, f"Remove scenario {wording.shorten(self.scenario.name, 30)}")
            self.removed.emit()

    def _move(self, step: int) -> None:
        if self.scenario is not None:
            to = _place(self.context.appraisal, self.scenario.id) + step
            new = edits.move_scenario(self.context.appraisal, scenario=self.scenario.id, to=max(to, 0))
            self.context.apply(new, "Move a scenario")


def _place(appraisal: Appraisal, scenario: str) -> int:
    return [one.id for one in appraisal.scenarios].index(scenario)


def _choice(appraisal: Appraisal, column: int, text: str) -> str:
    """The key of a choice from its words, as they come from a clipboard; other texts as they are."""
    if column == 1:
        horizon = appraisal.horizon
        for year in range(horizon.years):
            if text.strip() in (periods.label(horizon.first_year, year), periods.short_label(horizon.first_year, year)):
                return str(year)
        raise ValueError(
            f"“{wording.shorten(text, 20)}” is not a year of the horizon; write it like {periods.label(2027)}."
        )
    if column == 3:
        for status, words in STATUSES.items():
            if text.strip().casefold() == words.casefold():
                return status.value
        raise ValueError(f"A status is {wording.listing(tuple(STATUSES.values()))}.")
    return text
