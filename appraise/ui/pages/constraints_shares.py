"""Who bears the chosen constraint in one option: one bearer or several with shares, and the lot that prices it."""

from collections.abc import Callable, Sequence

from appraise.model.appraisal.constraints import Bearer, Bearing, Constraint
from appraise.model.appraisal.document import Appraisal
from appraise.model.edits import constraints as edits
from appraise.model.pricing import lot_of
from appraise.model.risk_premium import bearings_of
from appraise.present import wording
from appraise.present.constraint_bearers import BEARERS, THE_CONTRACT, shares_message
from appraise.ui.pages.constraints_chance import parse_share, share_text
from appraise.ui.widgets.cards import Column
from appraise.ui.widgets.fields import TextField
from appraise.ui.widgets.labels import FlowLabel
from appraise.ui.widgets.table import DataTable
from appraise.ui.widgets.table_model import Cell, DataTableModel, TableColumn, TableRow

Change = Callable[[Appraisal, Constraint], Appraisal]
Edit = Callable[[Change, str], None]

_COLUMNS = (
    TableColumn("Who pays", stretch=True, wrap=True, least=110),
    TableColumn("Share, %", "right", 84, tip="The part of the impact that this bearer pays"),
    TableColumn("Lot or contract", "left", 150, tip="Suppliers of one lot price one pool"),
)
_LOT = 2
#: Keys of the list of lots: the contract, a lot that is to be named, and lots by what stands after the colon.
_NEW, _NAMED = "new", "lot:"


class SharesPart(Column):
    """All four bearers with their shares, and the sum. A share that is typed brings its bearer in.

    One that bears it alone bears all of it; of two, the other takes the rest; of more, each stays as typed.
    `edit` applies a change of the constraint.
    """

    def __init__(self, edit: Edit) -> None:
        self._edit = edit
        self._constraint: Constraint | None = None
        self._option = ""
        self._moved: tuple[dict[Bearer, float], str] = ({}, "")
        self._naming = Bearer.SUPPLIER
        self.model = DataTableModel(_COLUMNS, edit=self._set)
        self.table = DataTable("Shares of who bears it", self.model, row_height=32)
        self.table.tab_walks_cells = True
        self.sum = FlowLabel("", "dense", "ink2")
        self.fault = FlowLabel("", "caption", "problem")
        self.lot = TextField("Name of the new lot", label="Name of the new lot", hint="such as Jetting")
        note = "Type a share to bring a bearer in, and 0 to take it out. Of two bearers the other takes the rest."
        super().__init__(self.table, self.lot, self.sum, self.fault, FlowLabel(note, "caption", "ink2"), gap=6)
        self.fault.hide()
        self.lot.hide()
        self.lot.committed.connect(self._name_lot)
        self.model.faulted.connect(self._tell)

    def _tell(self, sentence: str) -> None:
        self.fault.set_text(sentence)
        self.fault.setVisible(bool(sentence))

    # --- shares ---

    def _set(self, key: str, column: int, text: str) -> None:
        if self._constraint is None:
            return
        bearer = Bearer(key)
        if column == _LOT:
            self._choose_lot(bearer, text)
            return
        share = parse_share(text) if text.strip() and text.strip() != wording.DASH else 0.0
        old = {one.bearer: one.share for one in bearings_of(self._constraint, self._option)}
        new = _shared_anew(old, bearer, share)
        if new != old:
            taking = next((one for one in new if one is not bearer and new[one] != old.get(one)), None)
            self._moved = (new, f" “{BEARERS[taking]}” takes the rest." if taking is not None else "")
            self._edit(self._shares(old, new), "the shares")

    def _shares(self, old: dict[Bearer, float], new: dict[Bearer, float]) -> Change:
        option = self._option

        def change(appraisal: Appraisal, one: Constraint) -> Appraisal:
            for bearer in new.keys() - old.keys():
                appraisal = edits.add_share(appraisal, constraint=one.id, option=option, bearer=bearer)
            for bearer in old.keys() - new.keys():
                appraisal = edits.remove_share(appraisal, constraint=one.id, option=option, bearer=bearer)
            return edits.set_shares(appraisal, constraint=one.id, option=option, shares=new)

        return change

    # --- lots ---

    def _choose_lot(self, bearer: Bearer, key: str) -> None:
        """A lot that is there is chosen; a new one is named in a field of its own."""
        self.lot.setVisible(key == _NEW)
        if key == _NEW:
            self._naming = bearer
            self.lot.set_text("")
            self.lot.line.setFocus()
        elif not key or key.startswith(_NAMED):
            self._set_lot(bearer, key.removeprefix(_NAMED))
        else:
            raise ValueError("Choose a lot of the list, or “New lot …” to name another.")

    def _name_lot(self, name: str) -> None:
        if name.strip():
            self.lot.hide()
            self.table.setFocus()
            self._set_lot(self._naming, name.strip())

    def _set_lot(self, bearer: Bearer, lot: str) -> None:
        option = self._option
        self._edit(
            lambda appraisal, one: edits.change_bearing(
                appraisal, constraint=one.id, option=option, bearer=bearer, lot=lot
            ),
            "the lot",
        )

    # --- what is shown ---

    def show_option(self, constraint: Constraint, option: str, lots: Sequence[str] = ()) -> None:
        """Show who bears a constraint in an option that meets it; `lots` are those that have a name already."""
        if (self._option, self._constraint and self._constraint.id) != (option, constraint.id):
            self._tell("")
            self._moved = ({}, "")
            self.lot.hide()
            self.model.set_rows([])  # half-typed text stays with its option
        self._constraint, self._option = constraint, option
        parts = {one.bearer: one for one in bearings_of(constraint, option)}
        self.model.set_rows([TableRow(one.value, _cells(one, parts.get(one), lots)) for one in BEARERS])
        wrong = shares_message(constraint, option)
        shares, moved = self._moved
        taken = moved if {one: part.share for one, part in parts.items()} == shares else ""
        self.sum.set_ink("problem" if wrong else "ink2")
        self.sum.set_text(wrong or f"Together {wording.percent_entered(1.0)}.{taken}")


def _shared_anew(old: dict[Bearer, float], bearer: Bearer, share: float) -> dict[Bearer, float]:
    """Shares by bearer once one of them is typed. ValueError where nobody would bear the rest."""
    others = [one for one in old if one is not bearer]
    if not others:
        if share == 0:
            raise ValueError("Somebody has to bear it. Choose “Not exposed” above if this option does not meet it.")
        if share < 1 and old.get(bearer) == 1:
            raise ValueError("Nobody else bears the rest. Type a share for another bearer instead.")
        return {bearer: share}
    if len(others) == 1:
        rest = {others[0]: round(1.0 - share, 12)} if share < 1 else {}
        return {**rest, **({bearer: share} if share else {})}
    return {**{one: old[one] for one in others}, **({bearer: share} if share else {})}


def lots_of(appraisal: Appraisal) -> tuple[str, ...]:
    """The names of all lots, each once, as it was first written."""
    names: dict[str, str] = {}
    for constraint in appraisal.constraints:
        for part in constraint.bearings:
            if part.lot.strip():
                names.setdefault(lot_of(part), part.lot)
    return tuple(sorted(names.values()))


def _cells(bearer: Bearer, part: Bearing | None, lots: Sequence[str]) -> tuple[Cell, ...]:
    name = Cell(BEARERS[bearer], ink="ink" if part else "ink2", strong=part is not None)
    if part is None:
        return (name, Cell(wording.DASH, editable=True, edit_text="", ink="ink2"), Cell(""))
    share = Cell(share_text(part.share), editable=True)
    if bearer is Bearer.IN_HOUSE:
        return (name, share, Cell(wording.DASH, ink="ink2"))
    known = tuple((f"{_NAMED}{one}", one) for one in dict.fromkeys((*lots, *filter(None, (part.lot,)))))
    choices = (("", THE_CONTRACT), *known, (_NEW, "New lot …"))
    return (
        name,
        share,
        Cell(part.lot or THE_CONTRACT, choices=choices, ink="ink" if part.lot else "ink2", tip=part.lot),
    )
