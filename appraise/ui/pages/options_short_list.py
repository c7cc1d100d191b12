"""The short list of step 2: a table of the options that are compared, and the one in hand below it."""

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.options import ContractType, DeliveryModel, Option, ShortListRole
from appraise.model.edits import options as edits
from appraise.model.edits.changing import EditRefused
from appraise.model.finding_rules.options import KINDS
from appraise.present import wording
from appraise.present.option_words import CONTRACTS, MODELS, ROLES
from appraise.ui.context import Context, View
from appraise.ui.pages.options_detail import OptionDetail, read_years, set_field, years_words
from appraise.ui.pages.options_section import Section
from appraise.ui.pages.pane_parts import EditRow
from appraise.ui.widgets.cards import Card
from appraise.ui.widgets.labels import EmptyState, FlowLabel, Notice
from appraise.ui.widgets.table import DataTable
from appraise.ui.widgets.table_model import Cell, DataTableModel, TableColumn, TableRow

_COLUMNS = (
    TableColumn("Option", "left", 190, stretch=True, wrap=True),
    TableColumn("Role", "left", 168),
    TableColumn("Who delivers", "left", 140),
    TableColumn("What is bought", "left", 130, wrap=True),
    TableColumn("Term", "right", 50, tip="Years of the contract or agreement; a dash: no fixed term"),
    TableColumn("Longer", "right", 62, tip="Years that may be added to the term without a new tender"),
    TableColumn("Costed", "right", 62, tip="The last year that is costed; “all” is the whole horizon"),
)
_FIELDS = ("name", "role", "model", "contract", "term_years", "extension_years", "life_years")
_READ = {1: ShortListRole, 2: DeliveryModel, 3: ContractType, 4: read_years, 5: read_years, 6: read_years}

#: The model that a new option of each kind starts with.
_FIRST = {
    "in-house": DeliveryModel.INSOURCE,
    "outsourced": DeliveryModel.OUTSOURCE,
    "with others": DeliveryModel.COLLABORATIVE,
}


def of_kind(appraisal: Appraisal, kind: str) -> list[Option]:
    """The options of a kind; business as usual does not count as one."""
    usual = ShortListRole.BUSINESS_AS_USUAL
    return [one for one in appraisal.options if one.model in KINDS[kind] and one.role is not usual]


class ShortList(Section):
    """The list of options, and the one in hand below it."""

    def __init__(self, context: Context) -> None:
        self._chosen = ""
        self.wrong = Notice("problem", "", "")
        self._model = DataTableModel(list(_COLUMNS), self._typed)
        self.table = DataTable("Options", self._model, row_height=36)
        self._empty = EmptyState("people", "There is no option to compare. Add business as usual first.")
        self._note = FlowLabel("Term, longer and costed in years. A dash is none.", "caption", "ink2")
        self.buttons = EditRow("Add option", "option")
        card = Card(padding=10)
        for inside in (self.table, self._empty, self._note, self.buttons):
            card.add(inside)
        self.detail = OptionDetail(context)
        super().__init__(context, self.wrong, card, self.detail)
        self._connect()

    def _connect(self) -> None:
        self.detail.refused.connect(self.refuse)
        self.buttons.added.connect(self._add)
        self.buttons.removed.connect(self._remove)
        self.buttons.moved.connect(self._move)
        self.table.moved.connect(lambda key, _column: self._choose(key))
        self.table.opened.connect(lambda _key: self.detail.focus_first())
        self.table.toggled.connect(lambda _key: self.detail.focus_first())
        self._model.faulted.connect(lambda sentence: self.refuse(sentence) if sentence else None)

    # --- what is shown ---

    def show_view(self, old: View | None, new: View) -> None:
        """List, option in hand, and the first error."""
        options = new.appraisal.options
        if old is None or old.appraisal.options is not options:
            if self._chosen not in {one.id for one in options}:
                self._chosen = options[0].id if options else ""
            self._model.set_rows([_row(one, chosen=one.id == self._chosen) for one in options])
            for part in (self.table, self._note):
                part.setVisible(bool(options))
            self._empty.setVisible(not options)
            self.buttons.set_some(some=bool(options))
            if not self.table.currentIndex().isValid():
                self.table.place(self._chosen)
        self.detail.show_option(new.appraisal, self._option(new.appraisal))
        found = next((one for one in new.findings if one.step == 2 and one.severity == "error"), None)
        self.wrong.setVisible(found is not None)
        if found is not None:
            self.wrong.show_text(found.sentence, found.mend)

    def _option(self, appraisal: Appraisal) -> Option | None:
        return next((one for one in appraisal.options if one.id == self._chosen), None)

    def _choose(self, key: str) -> None:
        if key != self._chosen:
            self._chosen = key
            self.refuse("")
            appraisal = self.context.appraisal
            self._model.set_rows([_row(one, chosen=one.id == key) for one in appraisal.options])
            self.detail.show_option(appraisal, self._option(appraisal))

    # --- edits ---

    def _typed(self, key: str, column: int, text: str) -> None:
        read = _READ.get(column)
        value: object = text.strip() if read is None else read(text)
        option = next(one for one in self.context.appraisal.options if one.id == key)
        change, action = set_field(key, _FIELDS[column], value)
        try:
            new = change(self.context.appraisal)
        except EditRefused as refused:
            if read in (ShortListRole, DeliveryModel, ContractType):  # a choice leaves nothing half typed behind
                self.refuse(str(refused))
                return
            raise ValueError(str(refused)) from refused
        self.refuse("")
        self.context.apply(new, f"{action} {wording.shorten(option.name or 'an option', 40)}")

    def _add(self) -> None:
        """The first kind that is missing, so that the list becomes whole."""
        role, model, name = _missing(self.context.appraisal)
        option = self.context.fresh_id("option")
        self._chosen = option
        self.attempt(
            lambda now: edits.add_option(now, option=option, name=name, model=model, role=role), "Add an option"
        )
        self.table.place(option)
        self.detail.focus_first()

    def _remove(self) -> None:
        ids = [one.id for one in self.context.appraisal.options]
        chosen, place = self._chosen, ids.index(self._chosen)
        name = self.context.appraisal.options[place].name
        rest = ids[:place] + ids[place + 1 :]
        neighbour = rest[min(place, len(rest) - 1)] if rest else ""
        try:
            new = edits.remove_option(self.context.appraisal, option=chosen)
        except EditRefused as refused:
            self.refuse(str(refused))
            return
        self.refuse("")
        self._chosen = neighbour
        self.context.apply(new, f"Remove {wording.shorten(name or 'an option', 40)}")
        self._choose(neighbour)  # the table may have put another row in hand while its rows changed
        self.table.place(neighbour)

    def _move(self, step: int) -> None:
        chosen = self._chosen
        place = [one.id for one in self.context.appraisal.options].index(chosen) + step
        if place >= 0:
            self.attempt(lambda now: edits.move_option(now, option=chosen, to=place), "Move an option")
        self.table.place(chosen)

    # --- the keyboard ---

    def focus_first(self) -> None:
        """The list, or the button that adds the first option."""
        if self.context.appraisal.options:
            self.table.setFocus()
            self.table.place(self._chosen)
        else:
            self.buttons.focus_first()

    def focus_place(self, record: str, field: str) -> None:
        """The field of an option that a finding is about."""
        if any(one.id == record for one in self.context.appraisal.options):
            self._choose(record)
            self.table.place(record)
            self.detail.focus_field(field)
        else:
            self.focus_first()


def _missing(appraisal: Appraisal) -> tuple[ShortListRole, DeliveryModel, str]:
    """Role, model and name of the next option: what a fair list still lacks, else a new one."""
    roles = {one.role for one in appraisal.options}
    for role in (ShortListRole.BUSINESS_AS_USUAL, ShortListRole.DO_MINIMUM):
        if role not in roles:
            return role, DeliveryModel.UNSAID, ROLES[role]
    for kind, model in _FIRST.items():
        if not of_kind(appraisal, kind):
            return ShortListRole.OTHER, model, MODELS[model]
    return ShortListRole.OTHER, DeliveryModel.UNSAID, "New option"


def _row(option: Option, *, chosen: bool) -> TableRow:
    roles = tuple((key.value, words) for key, words in ROLES.items())
    models = tuple((key.value, words) for key, words in MODELS.items())
    contracts = tuple((key.value, words) for key, words in CONTRACTS.items())
    life = str(option.life_years) if option.life_years else "all"
    return TableRow(
        option.id,
        (
            Cell(option.name or "Without a name", editable=True, edit_text=option.name, strong=True, tip=option.name),
            Cell(ROLES[option.role], choices=roles),
            Cell(MODELS[option.model], choices=models, ink="ink2" if option.model is DeliveryModel.UNSAID else "ink"),
            Cell(
                CONTRACTS[option.contract],
                choices=contracts,
                ink="ink2" if option.contract is ContractType.NONE else "ink",
            ),
            _years_cell(option.term_years),
            _years_cell(option.extension_years),
            Cell(life, editable=True, edit_text=str(option.life_years), ink="ink" if option.life_years else "ink2"),
        ),
        "open" if chosen else "plain",
    )


def _years_cell(years: int) -> Cell:
    return Cell(years_words(years), editable=True, edit_text=str(years), ink="ink" if years else "ink2")
