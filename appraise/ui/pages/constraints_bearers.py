"""Who bears the chosen constraint in each option, what that comes to, and who could manage it."""

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import Signal

from appraise.model.appraisal.constraints import Bearer, Bearing, Constraint
from appraise.model.appraisal.document import Appraisal
from appraise.model.edits import constraints as edits
from appraise.model.results import OptionResult, Results
from appraise.model.risk_premium import bearing_of, mean_impact
from appraise.present import advice, wording
from appraise.present.tables import BEARERS
from appraise.ui.context import Context, View
from appraise.ui.pages.constraints_record import ConstraintCard, FaultLine
from appraise.ui.pages.constraints_terms import ClaimTerms, carried_somewhere
from appraise.ui.pages.results_tables import narrow_name
from appraise.ui.widgets.buttons import Button
from appraise.ui.widgets.fields import TextField
from appraise.ui.widgets.marks import ChipFace, Tone
from appraise.ui.widgets.table import DataTable
from appraise.ui.widgets.table_model import Cell, DataTableModel, TableColumn, TableRow

NOT_EXPOSED = "Not exposed"
_CHOICES = (("", NOT_EXPOSED), *((bearer.value, text) for bearer, text in BEARERS.items()))
_TONES: dict[Bearer, Tone] = {Bearer.SUPPLIER: "attention", Bearer.COMPENSATION: "attention", Bearer.IN_HOUSE: "info"}
_COLUMNS = (
    TableColumn("Option", width=100, stretch=True, wrap=True),
    TableColumn("Who bears it"),
    TableColumn("Chance", "right"),
    TableColumn("Impact", "right", tip="If it happens: the mean impact, in prices of year 0"),
    TableColumn("We expect", "right", tip="Expected cost that stays with the authority, present value"),
    TableColumn("In the price", "right", tip="What suppliers add to their price, present value"),
)


def borne(result: OptionResult | None, constraint: str) -> dict[str, Decimal]:
    """Present values in pounds by kind, "retained" and "premium", of one constraint in one option."""
    if result is None or result.economic is None:
        return {}
    return {row.kind: row.present_value for row in result.economic.rows if row.id == constraint and row.kind != "line"}


def option_result(results: Results | None, option: str) -> OptionResult | None:
    """The figures of an option, where there are any."""
    found = results.options if results is not None else ()
    return next((result for result in found if result.id == option), None)


class BearersCard(ConstraintCard):
    """Who could manage it, the table of bearers, and the terms of claims that fit them.

    Signals: prices_wanted() to see how suppliers price.
    """

    prices_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Who bears it, option by option", "")
        self.manager = TextField("Who can actually manage this?", label="Who can actually manage this?")
        self.model = DataTableModel(_COLUMNS, edit=self._set_bearer)
        self.table = DataTable("Who bears it, option by option", self.model, row_height=36)
        self.errors = FaultLine()
        self.terms = ClaimTerms(self.edit, lambda: self.constraint)
        self.prices = Button("How suppliers price", kind="plain", small=True)
        self.add_action(self.prices)
        for part in (self.manager, self.table, self.errors, self.terms):
            self.add(part)
        self.prices.clicked.connect(self.prices_wanted)
        self.manager.committed.connect(self._set_manager)

    def _set_manager(self, text: str) -> None:
        self.edit(
            lambda appraisal, one: edits.change_constraint(appraisal, constraint=one.id, manager=text), "who manages it"
        )

    def _set_bearer(self, option: str, _column: int, key: str) -> None:
        def change(appraisal: Appraisal, constraint: Constraint) -> Appraisal:
            if not key:
                return edits.clear_bearing(appraisal, constraint=constraint.id, option=option)
            return edits.set_bearing(appraisal, constraint=constraint.id, option=option, bearer=Bearer(key))

        self.edit(change, "who bears it")

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
            bearing = bearing_of(constraint, option.id)
            result = option_result(view.results, option.id)
            rows.append(
                TableRow(
                    option.id,
                    (
                        Cell(narrow_name(option), spoken=option.name, tip=option.name),
                        *bearer_cells(constraint, bearing, result, form),
                    ),
                    "strong" if option.id == chosen else "plain",
                )
            )
        self.model.set_rows(rows)
        self.terms.show_constraint(view, constraint)
        self.prices.setVisible(carried_somewhere(constraint))
        self.errors.show_errors(view.findings, constraint.id, ("bearings",))


def _measure(results: Results | None) -> str:
    if results is None:
        return "Figures appear when there are no errors left to mend"
    return f"We expect, and in the price: present values, {wording.years_from(results.years)}"


def bearer_cells(
    constraint: Constraint, bearing: Bearing | None, result: OptionResult | None, form: Callable[[float], str]
) -> tuple[Cell, ...]:
    """Bearer, chance, impact, expected cost kept, and what suppliers add; `form` writes the last two."""
    dash = Cell(wording.DASH, ink="ink2")
    if bearing is None:
        return (Cell(mark=ChipFace(NOT_EXPOSED, "plain"), choices=_CHOICES), dash, dash, dash, dash)
    chip = ChipFace(BEARERS[bearing.bearer], _TONES[bearing.bearer], "")
    amounts = borne(result, constraint.id)
    kept, priced = amounts.get("retained"), amounts.get("premium")
    return (
        Cell(mark=chip, choices=_CHOICES),
        Cell(wording.percent(constraint.probability)),
        Cell(wording.money_short(mean_impact(constraint.impact))),
        Cell(form(float(kept))) if kept else dash,
        Cell(form(float(priced)), strong=True) if priced else dash,
    )
