"""Who bears the chosen constraint in each option, what that comes to, and how claims go."""

from collections.abc import Callable
from decimal import Decimal

from appraise.model import money
from appraise.model.appraisal.constraints import Bearer, Bearing, Constraint
from appraise.model.appraisal.document import Appraisal
from appraise.model.edits import constraints as edits
from appraise.model.results import OptionResult, Results
from appraise.model.risk_premium import bearing_of, mean_impact
from appraise.present import advice, wording
from appraise.present.tables import BEARERS
from appraise.ui.context import Context, View
from appraise.ui.pages.constraints_chance import parse_more, parse_share, share_text
from appraise.ui.pages.constraints_record import ConstraintCard, FaultLine
from appraise.ui.pages.results_tables import narrow_name
from appraise.ui.widgets.cards import Column
from appraise.ui.widgets.labels import FlowLabel
from appraise.ui.widgets.marks import ChipFace, Tone
from appraise.ui.widgets.table import DataTable
from appraise.ui.widgets.table_model import Cell, DataTableModel, TableColumn, TableRow

NOT_EXPOSED = "Not exposed"
PRICING = "Suppliers are assumed to price at expected value, without a loading."
_CHOICES = (("", NOT_EXPOSED), *((bearer.value, text) for bearer, text in BEARERS.items()))
_TONES: dict[Bearer, Tone] = {Bearer.SUPPLIER: "attention", Bearer.COMPENSATION: "attention", Bearer.IN_HOUSE: "info"}
_COLUMNS = (
    TableColumn("Option", stretch=True),
    TableColumn("Who bears it"),
    TableColumn("Chance", "right"),
    TableColumn("Impact", "right", tip="If it happens: the mean impact, in prices of year 0"),
    TableColumn("We expect", "right", tip="Expected cost that stays with the authority, present value"),
    TableColumn("In the price", "right", tip="What suppliers add to their price, present value"),
)
_CLAIM_COLUMNS = (
    TableColumn("Claims in", stretch=True),
    TableColumn("Admitted, %", "right", tip="Chance that a claim is admitted"),
    TableColumn("Added to the impact, %", "right", tip="What claims add to the true impact"),
    TableColumn("Dispute cost, £", "right", tip="Paid when a claim is admitted"),
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
    """The table of bearers and, where an authority compensates, the terms of claims."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Who bears it, option by option", "")
        self.model = DataTableModel(_COLUMNS, edit=self._set_bearer)
        self.table = DataTable("Who bears it, option by option", self.model, row_height=36)
        self.claims_model = DataTableModel(_CLAIM_COLUMNS, edit=self._set_claim)
        self.claims = DataTable("How claims go", self.claims_model, row_height=32)
        self.fault = FlowLabel("", "caption", "problem")
        self.errors = FaultLine()
        note = "If a claim is not admitted, the supplier bears the event, so it prices that chance."
        self.terms = Column(self.claims, self.fault, FlowLabel(note, "caption", "ink2"), gap=4)
        self.fault.setVisible(False)
        for part in (self.table, self.errors, self.terms, FlowLabel(PRICING, "caption", "ink2")):
            self.add(part)
        self.claims_model.faulted.connect(self._tell)

    def _tell(self, sentence: str) -> None:
        self.fault.set_text(sentence)
        self.fault.setVisible(bool(sentence))

    def _set_bearer(self, option: str, _column: int, key: str) -> None:
        def change(appraisal: Appraisal, constraint: Constraint) -> Appraisal:
            if not key:
                return edits.clear_bearing(appraisal, constraint=constraint.id, option=option)
            return edits.set_bearing(appraisal, constraint=constraint.id, option=option, bearer=Bearer(key))

        self.edit(change, "who bears it")

    def _set_claim(self, option: str, column: int, text: str) -> None:
        bearing = bearing_of(self.constraint, option) if self.constraint is not None else None
        if bearing is None:
            return
        admitted, uplift, cost = bearing.admitted, bearing.uplift, bearing.dispute_cost
        if column == 1:
            admitted = parse_share(text)
        elif column == 2:
            uplift = parse_more(text)
        else:
            cost = money.parse(text) if text.strip() else Decimal("0.00")
            if cost < 0:
                raise ValueError("Type a dispute cost of 0 or more.")
        self.edit(
            lambda appraisal, one: edits.set_claim(
                appraisal, constraint=one.id, option=option, admitted=admitted, uplift=uplift, dispute_cost=cost
            ),
            "the terms of claims",
        )

    def show_constraint(self, view: View, constraint: Constraint) -> None:
        """Show who bears one constraint of a view."""
        self.constraint = constraint
        self.set_title("Who bears it, option by option", _measure(view.results))
        chosen = ""
        if view.results is not None:
            chosen = advice.preferred(view.results, view.appraisal)
        borne_here = [borne(option_result(view.results, option.id), constraint.id) for option in view.appraisal.options]
        form = wording.money_column(amount for one in borne_here for amount in one.values())
        rows, claims = [], []
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
            if bearing is not None and bearing.bearer is Bearer.COMPENSATION:
                claims.append(TableRow(option.id, _claim_cells(narrow_name(option), bearing)))
        self.model.set_rows(rows)
        self.claims_model.set_rows(claims)
        self.terms.setVisible(bool(claims))
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


def _claim_cells(name: str, bearing: Bearing) -> tuple[Cell, ...]:
    cost = money.plain_amount(bearing.dispute_cost)
    return (
        Cell(name, tip=name),
        Cell(share_text(bearing.admitted), editable=True),
        Cell(share_text(bearing.uplift), editable=True),
        Cell(wording.number(bearing.dispute_cost), editable=True, edit_text=cost),
    )
