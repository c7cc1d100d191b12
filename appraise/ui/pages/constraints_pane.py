"""Beside the register: what the chosen constraint does to the result, and who to ask."""

from collections.abc import Callable

from appraise.model.appraisal.constraints import Constraint
from appraise.model.results import Influence, OptionResult
from appraise.present import advice, wording
from appraise.ui.context import View
from appraise.ui.pages.constraints_bearers import PRICING, borne, option_result
from appraise.ui.pages.results_tables import narrow_name
from appraise.ui.widgets.cards import Column, Panel
from appraise.ui.widgets.labels import Divider, FlowLabel, HelpBlock
from appraise.ui.widgets.table import DataTable
from appraise.ui.widgets.table_model import Cell, DataTableModel, TableColumn, TableRow

_COLUMNS = (
    TableColumn("Option", stretch=True),
    TableColumn("If not", "right", tip="Change of present cost when it turns out as assumed"),
    TableColumn("If so", "right", tip="Change of present cost when it happens, at its mean impact"),
)


def influence_of(result: OptionResult | None, constraint: str) -> tuple[int, Influence] | None:
    """The place of a constraint among an option's uncertainties, counted from 1, and what it moves."""
    found = result.risk.influences if result is not None and result.risk is not None else ()
    key = f"constraint|{constraint}"
    return next(((place, one) for place, one in enumerate(found, 1) if one.id == key), None)


class ConstraintPane(Column):
    """The right pane of step 6."""

    def __init__(self) -> None:
        self.name = FlowLabel("", "caption", "ink2")
        self.model = DataTableModel(_COLUMNS)
        self.table = DataTable("What this constraint does to the present cost", self.model, row_height=31)
        self.rank = FlowLabel("", "dense")
        self.pricing = Panel(
            "How suppliers price it", f"{PRICING} So moving it to a supplier saves nothing by itself.", kind="tint"
        )
        self.ask = FlowLabel("", "dense", "ink2")
        self.help = HelpBlock(
            "Who should bear it?",
            "The one who can do something about it. Passing on a risk that nobody can manage only buys its price.",
            "Green Book 2026, paragraph 6.66",
        )
        super().__init__(
            FlowLabel("What it does to the result", "card"),
            self.name,
            self.table,
            self.rank,
            self.pricing,
            Divider(),
            FlowLabel("Who to ask", "strong"),
            self.ask,
            Divider(),
            self.help,
            gap=8,
            margin=16,
        )
        self.line.addStretch(1)

    def show_constraint(self, view: View, constraint: Constraint | None) -> None:
        """Show what a view says of one constraint; None while there is none."""
        self.table.setVisible(constraint is not None and view.results is not None)
        if constraint is None:
            self.name.set_text("Choose or add a constraint.")
            self.model.set_rows([])
            self.rank.set_text("")
            self.ask.set_text("Nobody yet.")
            return
        self.name.set_text(f"{constraint.name}: change of present cost against its expected value")
        moves = {}
        for option in view.appraisal.options:
            found = influence_of(option_result(view.results, option.id), constraint.id)
            moves[option.id] = (found[1].low, found[1].high) if found else (0.0, 0.0)
        form = wording.signed_column(end for ends in moves.values() for end in ends)
        rows = []
        for option in view.appraisal.options:
            low, high = moves[option.id]
            rows.append(
                TableRow(
                    option.id,
                    (
                        Cell(narrow_name(option), spoken=option.name, tip=option.name),
                        _moved(low, form),
                        _moved(high, form),
                    ),
                )
            )
        self.model.set_rows(rows)
        self.rank.set_text(_rank(view, constraint))
        self.ask.set_text(who_to_ask(constraint))


def _moved(pounds: float, form: Callable[[float], str]) -> Cell:
    return Cell(form(pounds)) if pounds else Cell(wording.DASH, ink="ink2")


def _rank(view: View, constraint: Constraint) -> str:
    if view.results is None:
        return "Its effect appears when there are no errors left to mend."
    chosen = advice.preferred(view.results, view.appraisal)
    for result in sorted(view.results.options, key=lambda one: one.id != chosen):
        found = influence_of(result, constraint.id)
        if found is not None and result.risk is not None:
            count = wording.number(len(result.risk.influences))
            return f"Place {found[0]} of {count} among the uncertainties of {wording.shorten(result.name, 40)}."
    priced = [
        (wording.shorten(result.name, 40), amount)
        for result in view.results.options
        if (amount := borne(result, constraint.id).get("premium"))
    ]
    if priced:
        name, amount = max(priced, key=lambda one: one[1])
        return f"Suppliers price it, so it adds to the cost for certain: {wording.money_short(amount)} in {name}."
    return "It moves no option's cost yet."


def who_to_ask(constraint: Constraint) -> str:
    """The body, when it was asked and when it will answer, in sentences."""
    body = constraint.body.strip() or "No body is named yet"
    asked = f"Asked {constraint.asked_on.strip()}" if constraint.asked_on.strip() else "Not asked yet"
    expected = constraint.answer_expected.strip()
    until = (
        f"answer expected: {expected[:1].lower() + expected[1:] if expected.startswith('A') else expected}"
        if expected
        else ""
    )
    return ". ".join(part.rstrip(".") for part in (body, ", ".join(part for part in (asked, until) if part))) + "."
