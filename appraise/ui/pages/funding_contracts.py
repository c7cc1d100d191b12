"""Contracts against the money, in step 7: what is signed, what shortness costs, and what follows a cut."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from appraise.model import periods
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.options import ContractType, Option
from appraise.model.appraisal.terms import AfterCut, BreakCost, Commitment, Timetable
from appraise.model.edits import terms as edits
from appraise.model.edits.changing import EditRefused
from appraise.model.finding import Finding
from appraise.model.money import parse_percent, parse_whole, plain_number
from appraise.model.results import Results
from appraise.present import charts, term_words, wording
from appraise.ui.context import Context, View
from appraise.ui.pages import funding_help
from appraise.ui.pages.constraints_chance import amount_text, parse_cost
from appraise.ui.pages.constraints_parts import FaultLine, labelled, offer, show_start
from appraise.ui.pages.funding_section import (
    NAMELESS,
    FundingSection,
    Side,
    mark_errors,
    shows_again,
    year_choices,
)
from appraise.ui.pages.funding_timetable import TIMETABLE_FIELDS, TimetableCard
from appraise.ui.pages.results_charts import FigureCard, Sides
from appraise.ui.pages.text_parts import HelpByField
from appraise.ui.widgets.cards import Card, Column
from appraise.ui.widgets.choices import PickList, SegmentBar
from appraise.ui.widgets.fields import MoneyField, NumberField, ParsedField, TextField
from appraise.ui.widgets.labels import Divider, EmptyState, FlowLabel

if TYPE_CHECKING:
    from appraise.present.chart_parts import Chart, ChartStyle

_MONEY = {
    "investment": ("Supplier’s investment", funding_help.INVESTMENT),
    "kept_value": ("Kept at the end", funding_help.KEPT),
    "procurement": ("Procurement", funding_help.RELETTING),
    "transition": ("Change-over", funding_help.RELETTING),
    "dual_running": ("Two services side by side", funding_help.RELETTING),
    "break_cost": ("Paid at a break", funding_help.BREAK),
}
#: What a change of a field is called in the history; the others by their own names.
_ACTIONS = {
    "starts": "the first year",
    "commitment": "how far is signed",
    "reference_years": "the reference term",
    "kept_value": "what is kept",
    "capital_percent": "the cost of capital",
    "capital_real": "what the cost of capital holds",
    "transition": "change-over",
    "dual_running": "two services side by side",
    "relets_entered": "whether lines hold re-letting",
    "after_cut": "what follows a cut",
    "break_cost_is": "what is paid at a break",
    "break_cost": "the break cost",
    "fall_back": "what runs on",
    "source": "the source",
}
_KINDS = (("nominal", "With inflation in it"), ("real", "On top of inflation"))
_RELETS = tuple((str(entered), words) for entered, words in term_words.RELETS.items())
_HEADS = ("What the supplier puts in first", "What each re-letting costs you")
_NO_FALL_BACK = "none"


class TermsCard(Card):
    """The contract terms of the option in hand. `fields` by their names in the document."""

    def __init__(self, context: Context, helps: HelpByField) -> None:
        super().__init__("Contract terms")
        self.context = context
        self._option = ""
        self.money = {key: MoneyField(label, parse_cost, label=label) for key, (label, _) in _MONEY.items()}
        years = partial(parse_whole, low=0, high=125)
        self.reference = NumberField(
            "Reference term, 0 for the term wanted", years, label="Prices quoted for, 0: as wanted", unit="years"
        )
        self.percent = NumberField(
            "Cost of capital of the supplier", parse_percent, label="Its cost of capital", unit="%"
        )
        self.starts = PickList("First year of the first contract")
        commitments = [(key.value, words) for key, words in term_words.COMMITMENTS.items()]
        self.commitment = PickList("How far past settled money you sign", commitments)
        self.real = SegmentBar("Whether the cost of capital has inflation in it", _KINDS)
        self.relets = SegmentBar("Whether your lines hold re-letting at the end of the priced term", _RELETS)
        after = [(key.value, words) for key, words in term_words.AFTER_CUT.items()]
        self.after = PickList("What follows where money is not renewed", after)
        costs = [(key.value, words) for key, words in term_words.BREAK_COSTS.items()]
        self.break_is = PickList("What is paid at a break", costs)
        self.fall_back = PickList("Option that runs on after a break")
        self.source = TextField("Source of the contract terms", label="Where these terms come from, with its date")
        self.fault = FlowLabel("", "caption", "problem")
        self.fault.hide()
        self.fields: dict[str, QWidget] = {
            **self.money,
            "reference_years": self.reference,
            "capital_percent": self.percent,
            "starts": self.starts,
            "commitment": self.commitment,
            "capital_real": self.real,
            "relets_entered": self.relets,
            "after_cut": self.after,
            "break_cost_is": self.break_is,
            "fall_back": self.fall_back,
            "source": self.source,
        }
        self.pick_faults: dict[str, FaultLine] = {}
        self.heads = tuple(FlowLabel(words, "dense-strong") for words in _HEADS)
        self._lay_out()
        self._connect()
        self._help(helps)

    def _lay_out(self) -> None:
        starts, commitment = self._picked("starts", "First year"), self._picked("commitment", "How far you sign")
        self.add(Sides(starts, commitment, self.reference, stretches=(3, 5, 3), fold=520, gap=12))
        self.add(Divider())
        self.add(self.heads[0])
        real = labelled("That rate is", self.real)
        self.add(Sides(self.money["investment"], self.money["kept_value"], fold=440, gap=12))
        self.add(Sides(self.percent, real, stretches=(1, 1), fold=600, gap=12))
        self.add(Divider())
        self.add(self.heads[1])
        again = (self.money["procurement"], self.money["transition"], self.money["dual_running"])
        self.add(Sides(*again, fold=520, gap=12))
        self.add(labelled("Re-letting when the term that was priced ends", self.relets))
        self.add(Divider())
        self.add(FlowLabel("Where money is not renewed while a contract runs", "dense-strong"))
        after, fall = self._picked("after_cut", "What follows"), self._picked("fall_back", "What runs on")
        self.broken = Sides(
            self._picked("break_cost_is", "A break costs"), self.money["break_cost"], stretches=(3, 2), fold=440, gap=12
        )
        self.falling = fall
        self.add(Sides(after, fall, stretches=(3, 2), fold=440, gap=12))
        self.add(self.broken)
        self.add(Divider())
        self.add(self.source)
        self.add(self.fault)

    def _picked(self, key: str, label: str) -> Column:
        """A choice under its label, with room for what is wrong in it."""
        pick = self.fields[key]
        assert isinstance(pick, PickList)  # noqa: S101  of this card
        column, self.pick_faults[key] = labelled(label, pick), FaultLine()
        column.line.insertWidget(2, self.pick_faults[key])
        return column

    def _connect(self) -> None:
        for key, field in self.money.items():
            field.parsed.connect(partial(self._set, key))
        self.reference.parsed.connect(partial(self._set, "reference_years"))
        self.percent.parsed.connect(partial(self._set, "capital_percent"))
        self.source.committed.connect(partial(self._set, "source"))
        self.starts.chosen.connect(lambda key: self._set("starts", int(key)))
        self.commitment.chosen.connect(lambda key: self._set("commitment", Commitment(key)))
        self.real.chosen.connect(lambda key: self._set("capital_real", key == "real"))
        self.relets.chosen.connect(lambda key: self._set("relets_entered", key == str(True)))
        self.after.chosen.connect(lambda key: self._set("after_cut", AfterCut(key)))
        self.break_is.chosen.connect(lambda key: self._set("break_cost_is", BreakCost(key)))
        self.fall_back.chosen.connect(lambda key: self._set("fall_back", "" if key == _NO_FALL_BACK else key))

    def _help(self, helps: HelpByField) -> None:
        for key, (_, words) in _MONEY.items():
            helps.add(self.money[key], words)
        for widget, words in (
            (self.starts, funding_help.STARTS),
            (self.commitment, funding_help.COMMITMENT),
            (self.reference, funding_help.REFERENCE),
            (self.percent, funding_help.COST_OF_CAPITAL),
            (self.real, funding_help.COST_OF_CAPITAL),
            (self.relets, funding_help.RELETS),
            (self.after, funding_help.AFTER),
            (self.break_is, funding_help.BREAK),
            (self.fall_back, funding_help.FALL_BACK),
            (self.source, funding_help.TERMS_SOURCE),
        ):
            helps.add(widget, words)

    def _texts(self) -> list[TextField]:
        parsed: list[ParsedField] = [*self.money.values(), self.reference, self.percent]
        return [*parsed, self.source]

    def _set(self, field: str, value: object) -> None:
        option = next((one for one in self.context.appraisal.options if one.id == self._option), None)
        if option is None:
            return
        try:
            new = edits.change_terms(self.context.appraisal, option=option.id, **{field: value})
        except EditRefused as refused:
            self._tell(str(refused))
            return
        name = wording.shorten(option.name, 30) or "an option"
        self.context.apply(new, f"Change {_ACTIONS.get(field, field)} in the contract of {name}")

    def _tell(self, sentence: str) -> None:
        self.fault.set_text(sentence)
        self.fault.setVisible(bool(sentence))

    def forget(self) -> None:
        """Gives up what is half typed."""
        for field in self._texts():
            field.give_up()

    def show_option(self, appraisal: Appraisal, option: Option, findings: tuple[Finding, ...]) -> None:
        """The terms of one option; nothing half typed goes to another one."""
        if option.id != self._option:
            self.forget()
        self._option, terms = option.id, option.terms
        self.set_title(f"What the contract of {wording.shorten(option.name, 40) or NAMELESS.lower()} says")
        for head, words in zip(self.heads, _HEADS, strict=True):
            head.set_text(f"{words}, £ in prices of {periods.label(appraisal.horizon.first_year)}")
        for key, field in self.money.items():
            field.set_text(amount_text(getattr(terms, key)))
        self.reference.set_text(str(terms.reference_years))
        self.percent.set_text(plain_number(terms.capital_percent))
        self.source.set_text(terms.source)
        show_start(self.source)
        offer(self.starts, year_choices(appraisal, terms.starts), str(terms.starts))
        self.commitment.set_current(terms.commitment.value)
        self.real.set_current("real" if terms.capital_real else "nominal")
        self.relets.set_current(str(terms.relets_entered))
        self.after.set_current(terms.after_cut.value)
        self.break_is.set_current(terms.break_cost_is.value)
        others = [(one.id, one.name or NAMELESS) for one in appraisal.options if one.id != option.id]
        offer(self.fall_back, [(_NO_FALL_BACK, "Nothing chosen"), *others], terms.fall_back or _NO_FALL_BACK)
        breaks = terms.after_cut is AfterCut.BREAK
        for part in (self.falling, self.broken):
            part.setVisible(breaks or (part is self.broken and terms.commitment is Commitment.WITH_BREAK))
        self.money["break_cost"].setEnabled(terms.break_cost_is is BreakCost.ENTERED)
        self._tell("")
        self._mark(findings, option.id)

    def _mark(self, findings: tuple[Finding, ...], option: str) -> None:
        """Errors stand where they are mended."""
        texts = {key: field for key, field in self.fields.items() if isinstance(field, TextField)}
        mark_errors([one for one in findings if one.step == 7], option, texts)
        for key, line in self.pick_faults.items():
            line.show_errors([one for one in findings if one.step == 7], option, (key,))


class ContractsSection(FundingSection):
    """The contract of the option in hand against the money, its terms, and the timetable of buying it."""

    first = funding_help.COMMITMENT

    def __init__(self, context: Context, side: Side) -> None:
        self.chart = FigureCard(104)
        self.words = FlowLabel("", "dense")
        self.chart.add(self.words)
        self.chart.end()
        self.nothing = Card()
        self.empty = EmptyState("chart", "", "Go to options")
        self.nothing.add(self.empty)
        self.terms = TermsCard(context, side.helps)
        self.timetable = TimetableCard(context, side.helps)
        self._shown = ""
        super().__init__(context, side, self.nothing, self.chart, self.terms, self.timetable)
        self.empty.activated.connect(self._go)
        side.helps.add(self.chart, funding_help.COMMITMENT)

    def _go(self) -> None:
        option = self.option()
        self.context.go_to(2, option.id if option is not None else "", "term_years" if option is not None else "")

    @staticmethod
    def holds(appraisal: Appraisal, record: str, field: str) -> bool:  # noqa: ARG004  as all sections
        """Terms and timetables, which findings name by their option."""
        return any(one.id == record for one in appraisal.options)

    def show_view(self, old: View | None, new: View) -> None:
        """Chart and words of the newest figures, and the fields as they are."""
        option = next((one for one in new.appraisal.options if one.id == self.hand.option), None)
        self.terms.setVisible(option is not None and option.term_years > 0)
        bought = option is not None and (option.term_years > 0 or option.contract is not ContractType.NONE)
        self.timetable.setVisible(bought or (option is not None and option.timetable != Timetable()))
        self._show_empty(option)
        if option is None:
            self.chart.hide()
            return
        if shows_again(old, new) or option.id != self._shown:
            self._shown = option.id
            self.terms.show_option(new.appraisal, option, new.findings)
            self.timetable.show_option(new, option)
        self._show_chart(option)
        self.timetable.show_figures(self.hand.figures)

    def _show_empty(self, option: Option | None) -> None:
        self.nothing.setVisible(option is None or option.term_years <= 0)
        if option is None:
            self.empty.set_sentence("There is no option yet, so no contract.")
            self.empty.action.set_text("Go to options")
        else:
            name = wording.shorten(option.name, 40) or "This option"
            self.empty.set_sentence(f"{name} has no contract with a fixed term, so nothing is signed and nothing ends.")
            self.empty.action.set_text("Enter a term")

    def _show_chart(self, option: Option) -> None:
        figures = self.hand.figures
        known = figures is not None and any(one.id == option.id for one in figures.results.options)
        if figures is None or not known or option.term_years <= 0:
            self.chart.hide()
            return
        drawn = self.chart.draw(partial(_contracts, figures.results, figures.appraisal, option.id, self.hand.scenario))
        if drawn:
            said = term_words.contract(figures.results, figures.appraisal, option.id, self.hand.scenario)
            rule = term_words.ten_percent(figures.appraisal, option.id)
            self.words.set_text(" ".join((*said, *((rule,) if rule else ()))))

    # --- where the keyboard goes ---

    def focus_first(self) -> None:
        """The first field of the terms, else what leads to a contract."""
        if self.terms.isVisibleTo(self):
            self.terms.starts.setFocus()
        else:
            self.empty.action.setFocus()

    def focus_place(self, record: str, field: str) -> None:
        """A field of the terms or of the timetable; the page has taken the option in hand."""
        places: dict[str, Callable[[], object]] = {
            **{key: widget.setFocus for key, widget in self.terms.fields.items()},
            **{key: self.timetable.fields[key].setFocus for key in TIMETABLE_FIELDS},
        }
        if field in places and (field in TIMETABLE_FIELDS or self.terms.isVisibleTo(self)):
            places[field]()
        else:
            self.focus_first()


def _contracts(
    results: Results, appraisal: Appraisal, option: str, scenario: str, width: float, height: float, style: "ChartStyle"
) -> "Chart | None":
    return charts.contracts(
        results, appraisal, option=option, scenario=scenario, width=width, height=height, style=style
    )
