"""Beside the register: what the chosen constraint does to the result, and who to ask."""

from collections.abc import Callable

from PySide6.QtCore import Signal

from appraise.model.appraisal.constraints import Constraint
from appraise.model.pricing import carries
from appraise.model.results import Influence, OptionResult
from appraise.model.risk_premium import bearings_of
from appraise.present import advice, finished, wording
from appraise.present.constraint_sentences import priced_by
from appraise.ui.context import View
from appraise.ui.pages.constraints_bearers import borne, option_result
from appraise.ui.pages.constraints_help import WHO_BEARS
from appraise.ui.pages.results_tables import narrow_name
from appraise.ui.pages.text_parts import Help, HelpByField
from appraise.ui.widgets.buttons import Button
from appraise.ui.widgets.cards import Column, Panel
from appraise.ui.widgets.labels import Divider, FlowLabel, HelpBlock
from appraise.ui.widgets.table import DataTable
from appraise.ui.widgets.table_model import Cell, DataTableModel, TableColumn, TableRow

_COLUMNS = (
    TableColumn("Option", width=96, stretch=True, wrap=True),
    TableColumn("If not", "right", tip="Change of present cost when it turns out as assumed"),
    TableColumn("If so", "right", tip="Change of present cost when it happens, at its mean impact"),
)


def influence_of(result: OptionResult | None, constraint: str) -> tuple[int, Influence] | None:
    """The place of a constraint among an option's uncertainties, counted from 1, and what it moves."""
    found = result.risk.influences if result is not None and result.risk is not None else ()
    key = f"constraint|{constraint}"
    return next(((place, one) for place, one in enumerate(found, 1) if one.id == key), None)


_HELP = {
    "prices": Help(
        "Why suppliers ask more than they expect to pay",
        "A supplier who may lose asks for a loading. All constraints of a lot, or of the one contract, are one pool, "
        "which varies less than its parts. Competition takes a share of the loading away, never of the expected cost.",
        "Wang 2000; Laryea and Hughes 2008",
    ),
    "settling": Help(
        "What the value means",
        "With an answer before tender, suppliers price a known impact: no loading, no claims. The choice of option "
        "can follow the answer. The value is what that saves on average, less what asking costs.",
        "Raiffa and Schlaifer 1961; Green Book 2026, paragraph 6.66",
    ),
}


class ConstraintPane(Column):
    """The right pane of step 6.

    Signals: prices_wanted() to see how suppliers price.
    """

    prices_wanted = Signal()

    def __init__(self) -> None:
        self.name = FlowLabel("", "caption", "ink2")
        self.model = DataTableModel(_COLUMNS)
        self.table = DataTable("What this constraint does to the present cost", self.model, row_height=31)
        self.rank, self.cheapest = FlowLabel("", "dense"), FlowLabel("", "dense")
        self.pricing = Panel("How suppliers price it", "", kind="tint")
        self.change = Button("Change", kind="plain", small=True)
        self.change.setAccessibleName("Change how suppliers price")
        self.pricing.content.addWidget(self.change)
        self.ask = FlowLabel("", "dense", "ink2")
        self.help = HelpByField(WHO_BEARS, {})
        self.reading = HelpBlock(heading="How to read this page")
        self.effect = Column(
            FlowLabel("What it does to the result", "card"),
            self.name,
            self.table,
            self.rank,
            self.cheapest,
            self.pricing,
            Divider(),
        )
        self.who = Column(FlowLabel("Who to ask", "strong"), self.ask, Divider())
        super().__init__(self.effect, self.who, self.help, self.reading, gap=8, margin=16)
        self.line.addStretch(1)
        self.change.clicked.connect(self.prices_wanted)

    def show_constraint(self, view: View, constraint: Constraint | None, section: str = "register") -> None:
        """Show what a view says of one constraint; None while there is none. Prices are about no single one."""
        reading = _HELP.get(section)
        self.help.setVisible(reading is None)
        self.reading.setVisible(reading is not None)
        if reading is not None:
            self.reading.show_help(reading.title, reading.text, reading.source, "How to read this page")
        self.effect.setVisible(section != "prices")
        self.who.setVisible(section != "prices")
        priced = _priced(view, constraint) if constraint is not None else ""
        self.pricing.show_text("How suppliers price it", priced)
        self.pricing.setVisible(bool(priced))
        self.table.setVisible(constraint is not None and view.results is not None)
        if constraint is None:
            self.name.set_text("Choose or add a constraint.")
            self.model.set_rows([])
            self.rank.set_text("")
            self.cheapest.set_text("")
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
        self.cheapest.set_text(_cheapest(view))
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


def _cheapest(view: View) -> str:
    """How often the two likeliest options are cheapest; "" while costs are missing."""
    results = view.results
    if results is None or finished.missing_costs(results):
        return ""
    names = {option.id: narrow_name(option) for option in view.appraisal.options}
    simulated = [(one.risk.probability_cheapest, one.id) for one in results.options if one.risk and one.id in names]
    first = sorted(simulated, reverse=True)[:2]
    said = wording.listing([f"{names[key]} in {wording.percent_of_draws(share)}" for share, key in first])
    return f"Cheapest of all draws: {said}." if said else ""


def _priced(view: View, constraint: Constraint) -> str:
    """How the suppliers that carry a constraint price it; "" where none does."""
    sentences = [
        priced_by(narrow_name(option), option.pricing)
        for option in view.appraisal.options
        if any(carries(bearing) for bearing in bearings_of(constraint, option.id))
    ]
    return " ".join(sentences)


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
