"""How claims go: where an authority compensates, and where a supplier may still claim for what it priced."""

from collections.abc import Callable

from appraise.model import money
from appraise.model.appraisal.constraints import Bearer, Bearing, Constraint
from appraise.model.edits import constraints as edits
from appraise.model.pricing import carries
from appraise.model.risk_premium import bearings_of
from appraise.present import wording
from appraise.ui.context import View
from appraise.ui.pages.constraints_chance import parse_cost, parse_more, parse_share, share_text
from appraise.ui.pages.constraints_shares import Edit
from appraise.ui.pages.results_tables import narrow_name
from appraise.ui.widgets.cards import Column
from appraise.ui.widgets.labels import FlowLabel
from appraise.ui.widgets.table import DataTable
from appraise.ui.widgets.table_model import Cell, DataTableModel, TableColumn, TableRow

_REFUSED, _ADMITTED = "refused", "admitted"
_WHEN = ((_ADMITTED, "If admitted"), (_REFUSED, "Also if refused"))
_CLAIMS = (
    TableColumn("Claims in", stretch=True),
    TableColumn("Admitted, %", "right", tip="Chance that a claim is admitted"),
    TableColumn("Added, %", "right", tip="What claims add to the true impact"),
    TableColumn("Dispute, £", "right", tip="What a dispute costs the authority"),
    TableColumn("Dispute paid", "left", 118),
)
_RESIDUAL = (
    TableColumn("Claims left in", stretch=True),
    TableColumn("Chance, %", "right", tip="Chance that a claim still comes, though the supplier priced it"),
    TableColumn("Share, %", "right", tip="The share of the impact that is claimed"),
    TableColumn("Added, %", "right", tip="What claims add to the true impact"),
    TableColumn("Dispute, £", "right", tip="What a dispute costs the authority"),
)
#: The field of a bearing behind each column of the two tables, and how it is read.
Field = tuple[str, Callable[[str], object]]
_CLAIM_FIELDS: dict[int, Field] = {
    1: ("admitted", parse_share),
    2: ("uplift", parse_more),
    3: ("dispute_cost", parse_cost),
    4: ("dispute_if_refused", lambda key: key == _REFUSED),
}
_RESIDUAL_FIELDS: dict[int, Field] = {
    1: ("residual_probability", parse_share),
    2: ("residual_share", parse_share),
    3: ("uplift", parse_more),
    4: ("dispute_cost", parse_cost),
}


class ClaimTerms(Column):
    """Two tables, each only while some option has its kind of bearer. `edit` applies a change of the constraint."""

    def __init__(self, edit: Edit, constraint: Callable[[], Constraint | None]) -> None:
        self._edit, self._constraint = edit, constraint
        self.claims_model = DataTableModel(_CLAIMS, edit=self._set_claim)
        self.claims = DataTable("How claims go", self.claims_model, row_height=32)
        self.residual_model = DataTableModel(_RESIDUAL, edit=self._set_residual)
        self.residual = DataTable("Claims that may still come", self.residual_model, row_height=32)
        self.fault = FlowLabel("", "caption", "problem")
        note = "If a claim is not admitted, the supplier bears the event, so it prices that chance."
        self.refused = FlowLabel(note, "caption", "ink2")
        note = "Passed on is not always gone: a chance of 0 means that no claim is left."
        self.left = FlowLabel(note, "caption", "ink2")
        super().__init__(self.claims, self.refused, self.residual, self.left, self.fault, gap=4)
        self.fault.setVisible(False)
        self.claims_model.faulted.connect(self._tell)
        self.residual_model.faulted.connect(self._tell)

    def _tell(self, sentence: str) -> None:
        self.fault.set_text(sentence)
        self.fault.setVisible(bool(sentence))

    def _set_claim(self, option: str, column: int, text: str) -> None:
        self._set(option, Bearer.COMPENSATION, _CLAIM_FIELDS[column], text)

    def _set_residual(self, option: str, column: int, text: str) -> None:
        self._set(option, Bearer.SUPPLIER, _RESIDUAL_FIELDS[column], text)

    def _set(self, option: str, bearer: Bearer, field: Field, text: str) -> None:
        name, parse = field
        constraint = self._constraint()
        if constraint is None or all(one.bearer is not bearer for one in bearings_of(constraint, option)):
            return
        value = parse(text)
        self._edit(
            lambda appraisal, one: edits.change_bearing(
                appraisal, constraint=one.id, option=option, bearer=bearer, **{name: value}
            ),
            "the terms of claims",
        )

    def show_constraint(self, view: View, constraint: Constraint) -> None:
        """The terms of one constraint, only those that fit who bears it."""
        claims, residual, unpriced = [], [], False
        for option in view.appraisal.options:
            name = Cell(narrow_name(option), spoken=option.name, tip=option.name)
            for bearing in bearings_of(constraint, option.id):
                if bearing.bearer is Bearer.COMPENSATION:
                    claims.append(TableRow(option.id, (name, *_claim_cells(bearing))))
                    unpriced = unpriced or carries(bearing)
                elif bearing.bearer is Bearer.SUPPLIER:
                    residual.append(TableRow(option.id, (name, *_residual_cells(bearing))))
        self.claims_model.set_rows(claims)
        self.residual_model.set_rows(residual)
        for part in (self.claims, self.residual):
            part.setVisible(bool(claims if part is self.claims else residual))
        self.refused.setVisible(unpriced)
        self.left.setVisible(bool(residual))
        self.setVisible(bool(claims or residual))


def carried_somewhere(constraint: Constraint) -> bool:
    """A supplier of some option prices at least a part of it."""
    return any(carries(bearing) for bearing in constraint.bearings)


def _share(share: float) -> Cell:
    return Cell(share_text(share), editable=True)


def _dispute(bearing: Bearing) -> Cell:
    amount = bearing.dispute_cost
    return Cell(wording.number(amount), editable=True, edit_text=money.plain_amount(amount))


def _claim_cells(bearing: Bearing) -> tuple[Cell, ...]:
    when = dict(_WHEN)[_REFUSED if bearing.dispute_if_refused else _ADMITTED]
    return (_share(bearing.admitted), _share(bearing.uplift), _dispute(bearing), Cell(when, choices=_WHEN))


def _residual_cells(bearing: Bearing) -> tuple[Cell, ...]:
    shares = (bearing.residual_probability, bearing.residual_share, bearing.uplift)
    return (*(_share(share) for share in shares), _dispute(bearing))
