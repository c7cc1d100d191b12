"""Lots and stages in step 2: the parts that a contract is let in, and trials before the decision."""

from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from appraise.model import money
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.options import Option
from appraise.model.appraisal.terms import Lot, Pilot, PilotKind, SupplierKind
from appraise.model.edits import pilots, terms
from appraise.model.finding import Severity
from appraise.present import stage_words, term_words, wording
from appraise.ui.context import Context, View
from appraise.ui.pages import options_help
from appraise.ui.pages.constraints_chance import amount_text
from appraise.ui.pages.costs_section import EditTable
from appraise.ui.pages.funding_section import day_text, parse_day
from appraise.ui.pages.need_records import RecordField, RecordKind, Records, name_cell, word_cell
from appraise.ui.pages.options_section import FullFigures, Section, chance_text, option_choices, read_chance
from appraise.ui.pages.results_state import Figures
from appraise.ui.pages.text_parts import HelpByField
from appraise.ui.widgets.cards import Card, Panel, Row
from appraise.ui.widgets.choices import Switch
from appraise.ui.widgets.labels import EmptyState, FlowLabel
from appraise.ui.widgets.marks import Chip, ChipFace
from appraise.ui.widgets.table_model import Cell, TableColumn, TableRow

_LOTS = (
    TableColumn("Lot", "left", 160, stretch=True),
    TableColumn("Meant for", "left", 212),
    TableColumn("Share of charges, %", "right", 140, tip="Of what suppliers are paid"),
    TableColumn("Why this lot", "left", 200, wrap=True),
)
_LOT_FIELDS = ("name", "supplier", "percent", "words")
_SUPPLIERS = tuple((kind.value, words) for kind, words in term_words.SUPPLIERS.items())
_KINDS = tuple((kind.value, words) for kind, words in stage_words.KINDS.items())
_WHOLE = Decimal(100)


# --- lots ------------------------------------------------------------------------------------------------


class LotsCard(Card):
    """The lots of one option at a time, typed in place, and whether their shares make a whole."""

    def __init__(self, section: Section, helps: HelpByField) -> None:
        super().__init__("Lots")
        self._section = section
        self.options = Switch("Option, lots")
        self.lots = EditTable("Lots", _LOTS, self._typed, "Add lot", "lot")
        self.empty = EmptyState("table", "The contract of this option is let as a whole.", "Add the first lot")
        self.sum = FlowLabel("", "caption", "ink2")
        option = Row(FlowLabel("Option", "dense", "ink2", wrap=False), self.options, stretches=(0, 1), gap=8)
        for part in (option, self.lots, self.sum, self.empty):
            self.add(part)
        self.options.chosen.connect(lambda _key: self._take())
        self.lots.added.connect(self._add)
        self.lots.removed.connect(self._remove)
        self.empty.activated.connect(self._add)
        helps.add(self, options_help.LOTS)

    @property
    def _now(self) -> Appraisal:
        return self._section.context.appraisal

    def option(self) -> Option | None:
        """The option in hand."""
        return next((one for one in self._now.options if one.id == self.options.current()), None)

    def show_view(self, view: View, *, anew: bool) -> None:
        """The option in hand; in a document that is shown `anew`, the first one with lots."""
        options = view.appraisal.options
        before, keys = "" if anew else self.options.current(), [one.id for one in options]
        lots = [one.id for one in options if one.lots]
        first = next(iter([*lots, *keys]), "")
        self.options.set_choices(option_choices(view.appraisal), before if before in keys else first)
        self._show(view)

    def _take(self) -> None:
        """Another option in hand."""
        self._show(self._section.context.view)
        self._section.turned.emit()

    def _show(self, view: View) -> None:
        option = self.option()
        lots = option.lots if option is not None else ()
        self.options.setVisible(option is not None)
        self.empty.setVisible(not lots)
        self.empty.set_sentence(
            "The contract of this option is let as a whole."
            if option is not None
            else "There is no option yet. Add options to the short list first."
        )
        self.empty.action.setVisible(option is not None)
        self.lots.setVisible(bool(lots))
        self.lots.show_rows([_lot_row(one) for one in lots])
        total = sum((one.percent for one in lots if one.percent.is_finite()), Decimal(0))
        whole = total in (0, _WHOLE)
        words = f"{wording.capital(wording.how_many(len(lots), 'lot'))}, {money.plain_number(total)} % of the charges"
        self.sum.set_text(words if whole else f"{words} together; 100 % is the whole contract.")
        self.sum.set_ink("ink2" if whole else "problem")
        self.sum.setVisible(bool(lots))
        name = (option.short_name or option.name) if option is not None else ""
        many = wording.capital(wording.how_many(len(lots), "lot"))
        title = f"{name} is let in {many.lower()}" if lots else "Lots"
        self.set_title(title, "More lots open the door to smaller suppliers; fewer keep scale")
        wrong = next((one for one in view.findings if option is not None and one.record == option.id
                      and one.field == "lots" and one.severity is Severity.ERROR), None)  # fmt: skip
        self.lots.fault.show_wrong(f"{wrong.sentence} {wrong.mend}" if wrong is not None else "")

    def _add(self) -> None:
        option = self.option()
        if option is None:
            return
        lot = self._section.context.fresh_id("lot")
        make = partial(terms.add_lot, option=option.id, lot=lot, name=f"Lot {len(option.lots) + 1}")
        if self._section.attempt(make, "Add a lot"):
            self.lots.edit_row(lot)

    def _remove(self, key: str) -> None:
        option = self.option()
        if option is not None:
            self._section.attempt(partial(terms.remove_lot, option=option.id, lot=key), "Remove a lot")
            if not (self.option() or option).lots:
                self.empty.action.setFocus()

    def _typed(self, key: str, column: int, text: str) -> None:
        option, field = self.option(), _LOT_FIELDS[column]
        if option is None:
            return
        value: object = text.strip()
        if field == "supplier":
            value = SupplierKind(text)
        elif field == "percent":
            value = money.parse_percent(text) if text.strip() else Decimal(0)
            if not 0 <= value <= _WHOLE:
                raise ValueError("Enter a share from 0 to 100 per cent.")
        what = {"percent": "share", "words": "reason"}.get(field, field)
        fields, where = {field: value}, option.id
        self._section.attempt(
            lambda now: terms.change_lot(now, option=where, lot=key, **fields), f"Change {what} of a lot"
        )

    def first_stop(self) -> QWidget:
        """The lots, or what adds the first one."""
        return self.lots.table if self.lots.model.rows else self.empty.action

    def take(self, record: str) -> QWidget:
        """The lots of an option."""
        if any(one.id == record for one in self._now.options):
            self.options.set_current(record)
            self._show(self._section.context.view)
        return self.first_stop()


def _lot_row(lot: Lot) -> TableRow:
    percent = money.plain_number(lot.percent)
    return TableRow(
        lot.id,
        (
            name_cell(lot.name, "Without a name", editable=True),
            Cell(term_words.SUPPLIERS[lot.supplier], choices=_SUPPLIERS),
            Cell(percent if lot.percent else wording.DASH, editable=True, edit_text=percent),
            word_cell(lot.words, editable=True),
        ),
    )


# --- stages before the decision --------------------------------------------------------------------------


def _change_pilot(appraisal: Appraisal, key: str, field: str, value: object) -> Appraisal:
    if field == "kind":
        value = PilotKind(str(value))
    return pilots.change_pilot(appraisal, pilot=key, **{field: value})


def _amount(text: str) -> Decimal:
    value = money.parse(text) if text.strip() else Decimal(0)
    if value < 0:
        raise ValueError("Enter pounds from 0.")
    return value


def _months(text: str) -> int:
    return money.parse_whole(text, low=0, high=600) if text.strip() else 0


_PILOTS = RecordKind(
    noun="stage",
    title="Stages before the decision",
    plural="stages",
    read=lambda now: now.pilots,
    add=lambda now, key: pilots.add_pilot(now, pilot=key, name="New stage"),
    change=_change_pilot,
    remove=lambda now, key: pilots.remove_pilot(now, pilot=key),
    move=None,
    columns=(
        TableColumn("Stage", "left", 150, stretch=True, wrap=True),
        TableColumn("If it succeeds", "left", 110),
        TableColumn("If not", "left", 110),
        TableColumn("Costs", "right", 76),
        TableColumn("Success", "right", 74),
        TableColumn("Breaks even at", "right", 108, tip="The chance of success at which it just pays"),
        TableColumn("Does it pay?", "left", 140),
    ),
    cells=lambda _pilot: (),
    empty="No stage is planned. Would a pilot or a supplier’s proof of value change the decision?",
    icon="chart",
    help=options_help.PILOT,
    measure=lambda _records: "Against the best without it, in net present social value",
    fields=(
        (
            RecordField(key="name", label="Name", help=options_help.PILOT, hint="Such as one district first"),
            RecordField(key="kind", label="Kind", help=options_help.PILOT, choices=lambda _now: _KINDS),
        ),
        (
            RecordField(
                key="go_on", label="If it succeeds, this goes on", help=options_help.PILOT_OPTIONS,
                choices=partial(option_choices, first="Not said"),
            ),
            RecordField(
                key="fall_back", label="If not, this does", help=options_help.PILOT_OPTIONS,
                choices=partial(option_choices, first="Not said"),
            ),
            RecordField(
                key="without", label="Without a stage", help=options_help.PILOT_OPTIONS,
                choices=partial(option_choices, first="The best by value"),
            ),
        ),
        (
            RecordField(
                key="cost", label="Its cost, present value", help=options_help.PILOT, parse=_amount, show=amount_text
            ),
            RecordField(
                key="success", label="Chance of success", help=options_help.SUCCESS, parse=read_chance,
                show=chance_text, unit="%",
            ),
            RecordField(key="months", label="Takes, months", help=options_help.PILOT, parse=_months, unit=""),
            RecordField(
                key="starts_on", label="First day", help=options_help.PILOT, parse=parse_day, show=day_text,
                hint="That of the timetable", unit="",
            ),
        ),
        (
            RecordField(
                key="false_positive", label="A failing service passes", help=options_help.MISLEADS, parse=read_chance,
                show=chance_text, unit="%",
            ),
            RecordField(
                key="misled", label="Being misled then loses", help=options_help.MISLEADS, parse=_amount,
                show=amount_text,
            ),
        ),
        (RecordField(key="test", label="How success is told", help=options_help.TEST, lines=2),),
        (RecordField(key="source", label="Source of cost and chance", help=options_help.SUCCESS),),
    ),
)  # fmt: skip


class PilotRecords(Records):
    """Pilots and proofs of value; beside the one in hand, whether it pays."""

    def __init__(self, context: Context, helps: HelpByField) -> None:
        super().__init__(context, _PILOTS, helps)
        self._figures: Figures | None = None
        self.said = Panel("Does it pay?", "", kind="tint")
        self.earlier = Chip("Updating", "plain", "clock")
        if self.detail is not None:
            self.detail.add_action(self.earlier)
            self.detail.content.insertWidget(0, self.said)

    def take_figures(self, view: View, figures: Figures | None) -> None:
        """The figures of the last full run, before the records are shown."""
        self._figures = figures
        self.earlier.setVisible(figures is not None and figures.appraisal is not view.appraisal)

    def _result(self, pilot: str) -> Any:
        found = self._figures.results.pilots if self._figures is not None else ()
        return next((one for one in found or () if one.pilot == pilot), None)

    def row_cells(self, record: Any) -> tuple[Cell, ...]:
        """The stage, what follows it, and whether it pays."""
        pilot: Pilot = record
        names = dict(option_choices(self._context.appraisal))
        result = self._result(pilot.id)
        even = result.break_even if result is not None else None
        shown = wording.percent(even) if even is not None and 0 <= even <= 1 else wording.DASH
        face = ChipFace("Not known yet", "plain", "")
        if result is not None and result.gain:
            face = ChipFace("Pays", "good") if result.pays else ChipFace("Does not pay", "attention")
        elif result is not None:
            face = ChipFace("No difference", "plain", "")
        return (
            name_cell(pilot.name, "Without a name"),
            Cell(names.get(pilot.go_on, wording.DASH), tip=names.get(pilot.go_on, "")),
            Cell(names.get(pilot.fall_back, wording.DASH), tip=names.get(pilot.fall_back, "")),
            Cell(wording.money_short(pilot.cost) if pilot.cost else "free", tip=wording.money_exact(pilot.cost)),
            Cell(wording.percent_entered(pilot.success)),
            Cell(shown),
            Cell(mark=face),
        )

    def shown(self, record: Any) -> None:
        """The answer in words."""
        result = self._result(record.id)
        told = stage_words.pilot(result, self._figures.appraisal) if result is not None and self._figures else ()
        both = record.go_on and record.fall_back
        lacking = "Say what follows success and what follows failure, and whether it pays appears here."
        waits = "Whether it pays appears when nothing is wrong in the document."
        self.said.show_text("Does it pay?", " ".join(told) or (waits if both else lacking))
        self.said.set_kind("plain" if result is None else "good" if result.pays else "attention")


# --- the section -----------------------------------------------------------------------------------------


class StagesSection(Section):
    """Lots of each option, and stages before the decision."""

    def __init__(self, context: Context) -> None:
        self.helps = helps = HelpByField(options_help.LOTS, {})
        self.lots = LotsCard(self, helps)
        self.pilots = PilotRecords(context, helps)
        self._figures = FullFigures()
        super().__init__(context, self.lots, self.pilots)
        self.pilots.focused.connect(lambda _field: self.placed.emit())

    def show_view(self, old: View | None, new: View) -> None:
        """The lots of the option in hand, and every stage with its answer."""
        figures = self._figures.take(old, new)
        self.lots.show_view(new, anew=old is None)
        self.pilots.take_figures(new, figures)
        self.pilots.show_view(new)

    def focus_first(self) -> None:
        """The lots, or what adds the first one."""
        self.lots.first_stop().setFocus()

    def focus_place(self, record: str, field: str) -> None:
        """The field of a stage, or the lots of an option."""
        (self.pilots.take(record, field) or self.lots.take(record)).setFocus()
