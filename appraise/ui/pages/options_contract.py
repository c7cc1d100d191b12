"""The contract of each option: its value against the threshold, and how far it may change without a new tender."""

from collections.abc import Sequence
from functools import partial

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.options import ContractType, Option
from appraise.model.appraisal.sourcing import Authority
from appraise.model.edits import sourcing as edits
from appraise.model.procurement import SMALL_CHANGE_PERCENT
from appraise.model.results import Procurement
from appraise.model.tables import THRESHOLDS, threshold_for
from appraise.present import wording
from appraise.present.option_words import AUTHORITIES, CONTRACTS, day
from appraise.ui.context import Context, View
from appraise.ui.pages.options_detail import read_years, set_field, years_words
from appraise.ui.pages.options_section import Section
from appraise.ui.pages.results_charts import Sides
from appraise.ui.widgets.cards import Card, Column
from appraise.ui.widgets.choices import PickList
from appraise.ui.widgets.labels import EmptyState, FlowLabel
from appraise.ui.widgets.marks import Chip, ChipFace
from appraise.ui.widgets.table import DataTable
from appraise.ui.widgets.table_model import Cell, DataTableModel, TableColumn, TableRow

_VALUES = (
    TableColumn("Option", "left", 170, stretch=True, wrap=True),
    TableColumn("What is bought", "left", 146),
    TableColumn("Term", "right", 56, tip="Years; a dash: no fixed term"),
    TableColumn("Longer", "right", 66, tip="Years that may be added without a new tender"),
    TableColumn("Value with VAT", "right", 112, tip="Supplier's charges in cash over term and extension, with VAT"),
    TableColumn("Threshold", "right", 96, tip="From this value the Procurement Act 2023 holds in full"),
    TableColumn("Where it stands", "left", 150),
)
_CHANGES = (
    TableColumn("Option", "left", 170, stretch=True, wrap=True),
    TableColumn("Longest term", "right", 98, tip="Term and extension, years"),
    TableColumn("May move by", "right", 96, tip="10 % of the longest term, years"),
    TableColumn("Value may rise by", "right", 128, tip="10 % of the value without VAT, for works 15 %"),
    TableColumn("Largest claim", "right", 102, tip="The highest compensation that one constraint may bring"),
    TableColumn("The claim", "left", 162),
)
_FIELDS = {1: "contract", 2: "term_years", 3: "extension_years"}
_LIGHT = (ContractType.LIGHT_TOUCH.value, ContractType.LIGHT_TOUCH_CONCESSION.value)
_RULES = (
    "A longer or shorter term of up to 10 % is not a substantial change. Neither is a rise in value of up to 10 %, "
    "or 15 % for works. Light-touch contracts and contracts below the threshold may be changed freely."
)
_SOURCE = (
    "Procurement Act 2023, sections 3, 4 and 74 with schedule 8. "
    "A claim for a changed constraint changes the contract, so it is held against the same limit."
)


class Contracts(Section):
    """Value against threshold, and the limits of change, one option a row."""

    def __init__(self, context: Context) -> None:
        self._values_model = DataTableModel(list(_VALUES), self._typed)
        self._changes_model = DataTableModel(list(_CHANGES))
        self.values = DataTable("Contracts against the thresholds", self._values_model, row_height=36)
        self.changes = DataTable("How far a contract may change", self._changes_model, row_height=36)
        self.authority = PickList("Who decides", [(key.value, words) for key, words in AUTHORITIES.items()])
        self._state = Chip("Updating", "plain", "in-progress")
        self.value_card, self.change_card = Card(" "), Card(" ")
        self._empty = EmptyState("people", "There is no option yet. Add options to the short list first.")
        who = Column(FlowLabel("Whose thresholds hold", "caption", "ink2"), self.authority, gap=4)
        self._dated = FlowLabel(_thresholds_source(), "caption", "ink2")
        self.value_card.add_action(self._state)
        for part in (self.values, self._empty, Sides(who, self._dated, stretches=(2, 3), fold=520, gap=16)):
            self.value_card.add(part)
        for words, ink in ((_RULES, "ink"), (_SOURCE, "ink2")):
            label = FlowLabel(words, "dense" if ink == "ink" else "caption", ink)
            self.change_card.add(label)
        self.change_card.content.insertWidget(0, self.changes)
        super().__init__(context, self.value_card, self.change_card)
        self._values_model.faulted.connect(lambda sentence: self.refuse(sentence) if sentence else None)
        self.authority.chosen.connect(
            lambda key: self.attempt(partial(edits.set_authority, authority=Authority(key)), "Change who decides")
        )

    # --- what is shown ---

    def show_view(self, old: View | None, new: View) -> None:
        """Both tables, from the results where there are any."""
        appraisal = new.appraisal
        if old is not None and (old.appraisal.options, old.results, old.appraisal.sourcing, old.stale) == (
            appraisal.options,
            new.results,
            appraisal.sourcing,
            new.stale,
        ):
            return
        contracts = _contracts(new)
        buying = len(_buying(appraisal.options))
        some = bool(appraisal.options)
        self._empty.setVisible(not some)
        self.values.setVisible(some)
        self.changes.setVisible(bool(buying))
        self._state.setVisible(new.stale and bool(contracts))
        self.authority.set_current(appraisal.sourcing.authority.value)
        counted = "Cash over term and extension with VAT, as the Act counts it" if contracts else ""
        self.value_card.set_title(_message(buying, contracts), counted)
        self._values_model.set_rows(_value_rows(appraisal, contracts))
        self._changes_model.set_rows(_change_rows(appraisal.options, contracts))
        self.change_card.set_title(_claims_message(contracts), "Years, and cash over the longest term without VAT")

    def _typed(self, key: str, column: int, text: str) -> None:
        value: object = ContractType(text) if column == 1 else read_years(text)
        change, action = set_field(key, _FIELDS[column], value)
        name = next(one.name for one in self.context.appraisal.options if one.id == key)
        self.attempt(change, f"{action} {wording.shorten(name or 'an option', 40)}")

    # --- the keyboard ---

    def focus_first(self) -> None:
        """The first table, or who decides."""
        if self.context.appraisal.options:
            self.values.setFocus()
        else:
            self.authority.setFocus()

    def focus_place(self, record: str, field: str) -> None:
        """The cell of an option's field."""
        self.focus_first()
        column = next((number for number, name in _FIELDS.items() if name == field), 0)
        self.values.place(record, column)


def _contracts(view: View) -> dict[str, Procurement]:
    """The contracts of the options that buy something and have figures, by option."""
    if view.results is None:
        return {}
    buying = {one.id for one in _buying(view.appraisal.options)}
    return {
        one.id: one.financial.procurement
        for one in view.results.options
        if one.financial is not None and one.id in buying
    }


def _buying(options: Sequence[Option]) -> list[Option]:
    return [one for one in options if one.contract is not ContractType.NONE]


def _message(bought: int, contracts: dict[str, Procurement]) -> str:
    above = sum(one.above for one in contracts.values())
    if not bought:
        return "No option buys the service, so no threshold holds"
    if len(contracts) < bought:
        return "Values appear when the costs can be worked out"
    if above == bought:
        words = "The contract is" if bought == 1 else "Both contracts are" if bought == 2 else "All contracts are"
        return f"{words} above the threshold: the Procurement Act holds in full"
    some = "none" if not above else wording.count(above)
    are = "are" if above > 1 else "is"
    return f"{wording.capital(some)} of {wording.how_many(bought, 'contract')} {are} above the threshold"


def _claims_message(contracts: dict[str, Procurement]) -> str:
    over = sum(_claim(one).tone == "problem" for one in contracts.values())
    if over:
        go = "claim goes" if over == 1 else "claims go"
        return f"{wording.capital(wording.how_many(over, go, go))} beyond what may change without a new tender"
    if any(one.largest_claim for one in contracts.values()):
        return "Claims for changed constraints stay within what may change"
    return "How far each contract may change without a new tender"


def _claim(contract: Procurement | None) -> ChipFace:
    """The largest claim against the limit of change."""
    if contract is None:
        return ChipFace("No figures yet", "plain", "")
    if contract.largest_claim == 0:
        return ChipFace("No claim expected", "plain", "")
    if not contract.above or contract.contract in _LIGHT:
        return ChipFace("Free to change", "good")
    if contract.largest_claim > contract.value_change:
        return ChipFace("Beyond the limit", "problem")
    return ChipFace("Within the limit", "good")


def _stands(option: Option, contract: Procurement | None) -> ChipFace:
    if option.contract is ContractType.NONE:
        return ChipFace("Nothing bought", "plain", "")
    if contract is None:
        return ChipFace("No figures yet", "plain", "")
    return ChipFace("Above", "info", "up") if contract.above else ChipFace("Below", "plain", "down")


def _value_rows(appraisal: Appraisal, contracts: dict[str, Procurement]) -> list[TableRow]:
    form = wording.money_column([one.value for one in contracts.values()])
    kinds = tuple((key.value, words) for key, words in CONTRACTS.items())
    rows = []
    for option in appraisal.options:
        contract = contracts.get(option.id)
        threshold = threshold_for(option.contract, appraisal.sourcing.authority)
        value = form(float(contract.value)) if contract else wording.DASH
        pounds = f"£{wording.number(threshold.pounds)}" if threshold else wording.DASH
        cells = (
            Cell(option.name or "Without a name", strong=True, tip=option.name),
            Cell(CONTRACTS[option.contract], choices=kinds, ink="ink" if threshold else "ink2"),
            _years(option.term_years),
            _years(option.extension_years),
            Cell(value, ink="ink" if contract else "ink2"),
            Cell(pounds, ink="ink" if threshold else "ink2"),
            Cell(mark=_stands(option, contract)),
        )
        rows.append(TableRow(option.id, cells))
    return rows


def _change_rows(options: Sequence[Option], contracts: dict[str, Procurement]) -> list[TableRow]:
    form = wording.money_column(
        [pounds for one in contracts.values() for pounds in (one.value_change, one.largest_claim)]
    )
    rows = []
    for option in _buying(options):
        contract = contracts.get(option.id)
        longest = option.term_years + option.extension_years
        move = wording.number(longest * SMALL_CHANGE_PERCENT / 100, 1) if longest else wording.DASH
        rise = claim = wording.DASH
        if contract is not None:
            rise = f"{form(float(contract.value_change))} ({contract.value_change_percent}{wording.NO_BREAK}%)"
            claim = form(float(contract.largest_claim)) if contract.largest_claim else wording.DASH
        name = Cell(option.name or "Without a name", strong=True, tip=option.name)
        figures = (Cell(years_words(longest)), Cell(move), Cell(rise), Cell(claim))
        rows.append(TableRow(option.id, (name, *figures, Cell(mark=_claim(contract)))))
    return rows


def _years(years: int) -> Cell:
    return Cell(years_words(years), editable=True, edit_text=str(years), ink="ink" if years else "ink2")


def _thresholds_source() -> str:
    first = THRESHOLDS[0]
    return f"Thresholds: {first.source}. Look for newer ones by {day(first.review_by)}."
