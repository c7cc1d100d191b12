"""Who bears the chosen constraint in each option, what that comes to, and who could manage it."""

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import Signal

from appraise.model.appraisal.constraints import Bearer, Bearing, Constraint
from appraise.model.appraisal.document import Appraisal
from appraise.model.edits import constraints as edits
from appraise.model.results import OptionResult, Results
from appraise.model.risk_premium import bearings_of, claimed_manager, faced, manager_of, mean_impact
from appraise.present import advice, wording
from appraise.present.constraint_bearers import BEARERS, bearers_words, shares_message
from appraise.ui.context import Context, View
from appraise.ui.pages.constraints_chance import share_text
from appraise.ui.pages.constraints_parts import FaultLine
from appraise.ui.pages.constraints_record import ConstraintCard
from appraise.ui.pages.constraints_terms import ClaimTerms, carried_somewhere
from appraise.ui.pages.results_tables import narrow_name
from appraise.ui.widgets.buttons import Button
from appraise.ui.widgets.fields import TextField
from appraise.ui.widgets.labels import FlowLabel
from appraise.ui.widgets.marks import ChipFace, Tone
from appraise.ui.widgets.table import DataTable
from appraise.ui.widgets.table_model import Cell, DataTableModel, TableColumn, TableRow

NOT_EXPOSED = "Not exposed"
_SEVERAL = "several"
_CHOICES = (
    ("", NOT_EXPOSED),
    *((bearer.value, text) for bearer, text in BEARERS.items()),
    (_SEVERAL, "Shared by several …"),
)
_TONES: dict[Bearer, Tone] = {
    Bearer.SUPPLIER: "attention",
    Bearer.COMPENSATION: "attention",
    Bearer.PAIN_GAIN: "attention",
    Bearer.IN_HOUSE: "info",
}
_CHIPS = {
    Bearer.SUPPLIER: "Supplier prices it",
    Bearer.COMPENSATION: "By compensation",
    Bearer.IN_HOUSE: "Authority keeps it",
    Bearer.PAIN_GAIN: "Pain and gain",
}
#: The same where several share it.
_SHARED = {
    Bearer.SUPPLIER: "priced",
    Bearer.COMPENSATION: "claims",
    Bearer.IN_HOUSE: "kept",
    Bearer.PAIN_GAIN: "pain/gain",
}
#: Errors that a mark in the row tells, and words where they are mended.
_SEEN = ("shares-sum", "managed-evidence")
_COLUMNS = (
    TableColumn("Option", width=80, stretch=True, wrap=True),
    TableColumn("Who bears it"),
    TableColumn("Chance", "right"),
    TableColumn("Impact", "right", tip="If it happens: the mean impact, in prices of year 0"),
    TableColumn("We keep", "right", tip="Expected cost that stays with the authority, present value"),
    TableColumn("In the price", "right", tip="What suppliers add to their price, present value"),
)


def borne(result: OptionResult | None, constraint: str) -> dict[str, Decimal]:
    """Present values in pounds by kind, "retained", "premium" and "managing", of one constraint in one option."""
    if result is None or result.economic is None:
        return {}
    return {row.kind: row.present_value for row in result.economic.rows if row.id == constraint and row.kind != "line"}


def option_result(results: Results | None, option: str) -> OptionResult | None:
    """The figures of an option, where there are any."""
    found = results.options if results is not None else ()
    return next((result for result in found if result.id == option), None)


class BearersCard(ConstraintCard):
    """Who could manage it, the table of bearers, and the terms of claims that fit them.

    Signals: prices_wanted() to see how suppliers price; picked(option) when a row is in hand; several(option) when
    several are to share it in an option.
    """

    prices_wanted = Signal()
    picked = Signal(str)
    several = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Who bears it, option by option", "")
        self.manager = TextField("Who can actually manage this?", label="Who can actually manage this?")
        self.model = DataTableModel(_COLUMNS, edit=self._set_bearer)
        self.table = DataTable("Who bears it, option by option", self.model, row_height=36)
        self.errors = FaultLine()
        self.terms = ClaimTerms(self.edit, lambda: self.constraint)
        self.prices = Button("How suppliers price", kind="plain", small=True)
        self.add_action(self.prices)
        self.managing = FlowLabel("", "caption", "ink2")
        for part in (self.manager, self.table, self.managing, self.errors, self.terms):
            self.add(part)
        self.prices.clicked.connect(self.prices_wanted)
        self.manager.committed.connect(self._set_manager)
        self.table.moved.connect(lambda option, _column: self.picked.emit(option))

    def _set_manager(self, text: str) -> None:
        self.edit(
            lambda appraisal, one: edits.change_constraint(appraisal, constraint=one.id, manager=text), "who manages it"
        )

    def _set_bearer(self, option: str, _column: int, key: str) -> None:
        if key == _SEVERAL:
            self._share(option)
            return

        def change(appraisal: Appraisal, constraint: Constraint) -> Appraisal:
            if not key:
                return edits.clear_bearing(appraisal, constraint=constraint.id, option=option)
            return edits.set_bearing(appraisal, constraint=constraint.id, option=option, bearer=Bearer(key))

        self.edit(change, "who bears it")

    def _share(self, option: str) -> None:
        """Several bear it: shares are typed in the card of the option, which has a bearer to begin with."""
        if self.constraint is not None and not bearings_of(self.constraint, option):
            self._set_bearer(option, 1, Bearer.IN_HOUSE.value)
        self.several.emit(option)

    def show_constraint(self, view: View, constraint: Constraint) -> None:
        """Show who bears one constraint of a view."""
        if self.constraint is not None and self.constraint.id != constraint.id:
            self.manager.give_up()
        self.constraint = constraint
        self.manager.set_text(constraint.manager)
        self.set_title("Who bears it, option by option", _measure(view.results))
        chosen = ""
        if view.results is not None:
            chosen = advice.preferred(view.results, view.appraisal)
        borne_here = [borne(option_result(view.results, option.id), constraint.id) for option in view.appraisal.options]
        form = wording.money_column(amount for one in borne_here for amount in one.values())
        rows = []
        for option in view.appraisal.options:
            result = option_result(view.results, option.id)
            rows.append(
                TableRow(
                    option.id,
                    (
                        Cell(narrow_name(option), spoken=option.name, tip=option.name),
                        *bearer_cells(constraint, option.id, result, form),
                    ),
                    "strong" if option.id == chosen else "plain",
                )
            )
        self.model.set_rows(rows)
        self.managing.set_text(managing_words(view, constraint))
        self.managing.setVisible(bool(self.managing.text()))
        self.terms.show_constraint(view, constraint)
        self.prices.setVisible(carried_somewhere(constraint))
        self.errors.show_errors(view.findings, constraint.id, ("bearings",), said=_SEEN)


def _measure(results: Results | None) -> str:
    if results is None:
        return "Figures appear when there are no errors left to mend"
    return f"We keep, and in the price: expected present values, {wording.years_from(results.years)}"


def managing_words(view: View, constraint: Constraint) -> str:
    """What is done about it by option, and what that costs for certain; "" where nothing is done."""
    said = []
    for option in view.appraisal.options:
        acts = manager_of(constraint, option.id)
        if acts is not None and acts.managed is not None:
            cost = wording.money(acts.managed.cost) if acts.managed.cost else "nothing"
            said.append(f"{narrow_name(option)} {cost}")
    return f"What is done about it costs, for certain and besides: {wording.listing(said)}." if said else ""


def _shared_words(parts: tuple[Bearing, ...]) -> str:
    """The two largest shares by their bearers, and how many more there are, in per cent: "Priced 60, kept 40"."""
    largest = sorted(parts, key=lambda part: -part.share)
    said = ", ".join(f"{_SHARED[part.bearer]} {share_text(part.share)}" for part in largest[:2])
    more = f" + {len(parts) - 2}" if len(parts) > 2 else ""
    return wording.capital(said) + more


def _chip(constraint: Constraint, option: str) -> Cell:
    """Who bears it; the shares of several stand in the tip and in the card of the option."""
    parts = bearings_of(constraint, option)
    if not parts:
        return Cell(mark=ChipFace(NOT_EXPOSED, "plain"), choices=_CHOICES)
    if len(parts) == 1 and not shares_message(constraint, option):
        return Cell(mark=ChipFace(_CHIPS[parts[0].bearer], _TONES[parts[0].bearer], ""), choices=_CHOICES)
    said = bearers_words(constraint, option)
    wrong = shares_message(constraint, option)
    face = ChipFace("Shares not 100\u00a0%", "problem") if wrong else ChipFace(_shared_words(parts), "attention", "")
    return Cell(
        mark=face, choices=_CHOICES, tip=f"{said}. {wrong}".strip(), spoken=f"{face.text}: {said}. {wrong}".strip()
    )


def _chance(constraint: Constraint, option: str, chance: float) -> Cell:
    """The chance that an option meets; semibold where something is done about it, marked where nothing shows that."""
    acts = claimed_manager(constraint, option)
    text = wording.percent(chance)
    if acts is None or acts.managed is None:
        return Cell(text)
    if manager_of(constraint, option) is not None:
        before = f"{wording.percent(constraint.probability)} without what is done about it here."
        return Cell(text, tip=before, strong=True, spoken=f"{text}, {before}")
    claimed = wording.percent(acts.managed.probability)
    said = f"{claimed} is claimed, but nothing shows that it works, so it counts for nothing."
    return Cell(text, icon="attention", icon_ink="attention", tip=said, spoken=f"{text}, {said}")


def bearer_cells(
    constraint: Constraint, option: str, result: OptionResult | None, form: Callable[[float], str]
) -> tuple[Cell, ...]:
    """Bearer, chance and impact as this option meets them, expected cost kept, and what suppliers add.

    `form` writes the last two.
    """
    dash = Cell(wording.DASH, ink="ink2")
    chip = _chip(constraint, option)
    if not bearings_of(constraint, option):
        return (chip, dash, dash, dash, dash)
    amounts = borne(result, constraint.id)
    kept, priced = amounts.get("retained"), amounts.get("premium")
    chance, impact = faced(constraint, option)
    return (
        chip,
        _chance(constraint, option, chance),
        Cell(wording.money_short(mean_impact(impact)), strong=impact != constraint.impact),
        Cell(form(float(kept))) if kept else dash,
        Cell(form(float(priced)), strong=True) if priced else dash,
    )
