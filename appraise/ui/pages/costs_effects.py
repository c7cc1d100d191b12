"""Effects without a price, in step 5: what they are, units by option and year, and what a unit must be worth."""

from decimal import Decimal
from functools import partial
from typing import Any

from appraise.model import money
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.effects import Count, Effect, EffectKind
from appraise.model.appraisal.options import Option
from appraise.model.edits import effects as edits
from appraise.model.finding import horizon_years
from appraise.model.periods import short_label
from appraise.present import economic_tables, wording
from appraise.ui.context import Context, View
from appraise.ui.pages.costs_section import CostSection, FiguresCard, errors_at
from appraise.ui.pages.need_records import RecordField, RecordKind, Records, name_cell, word_cell
from appraise.ui.pages.results_tables import narrow_name
from appraise.ui.pages.text_parts import Help, HelpByField
from appraise.ui.widgets import base
from appraise.ui.widgets.cards import Column, Row
from appraise.ui.widgets.choices import SegmentBar
from appraise.ui.widgets.labels import FlowLabel
from appraise.ui.widgets.table import DataTable
from appraise.ui.widgets.table_frozen import FrozenTable
from appraise.ui.widgets.table_model import Cell, DataTableModel, TableColumn, TableRow

EFFECTS_HELP = Help(
    "What has no price?",
    "What matters and cannot be valued soundly. Count it in its own unit where that is possible, "
    "and say in words what it means.",
    "Green Book 2026, paragraphs 6.102 to 6.105",
)
BREAK_EVEN_HELP = Help(
    "What is the break-even value?",
    "What one unit must be worth to bring the net present social value to nothing. Then say whether it is plausible.",
    "Green Book 2026, paragraphs 6.102 to 6.105",
)
_KINDS = ((EffectKind.GAIN.value, "A gain"), (EffectKind.LOSS.value, "A loss"))
_NOTHING = Decimal("0.00")


def read_units(text: str) -> Decimal:
    """Units of a year as typed: "1,200", "1.2m"; nothing and a dash are none. ValueError with one sentence."""
    return money.parse(text) if text.strip() else _NOTHING


def _units_text(units: Decimal) -> str:
    if not units:
        return wording.DASH
    places = 0 if units == units.to_integral_value() else 2
    return wording.number(units, places)


def _count(effect: Effect, option: str) -> Count:
    return next((one for one in effect.counts if one.option == option), Count(option=option))


def _cells(effect: Effect) -> tuple[Cell, ...]:
    counted = sum(any(one.units) for one in effect.counts)
    where = wording.capital(wording.how_many(counted, "option")) if counted else "in words only"
    return (
        name_cell(effect.name, "Without a name"),
        Cell("Gain" if effect.kind is EffectKind.GAIN else "Loss"),
        word_cell(effect.unit),
        Cell(where, ink="ink" if counted else "ink2"),
        word_cell(effect.source),
    )


_KIND = RecordKind(
    noun="effect",
    title="Effects without a price",
    plural="effects",
    read=lambda now: now.effects,
    add=lambda now, key: edits.add_effect(now, effect=key, name="New effect"),
    change=lambda now, key, field, value: edits.change_effect(now, effect=key, **{field: value}),
    remove=lambda now, key: edits.remove_effect(now, effect=key),
    move=lambda now, key, to: edits.move_effect(now, effect=key, to=to),
    columns=(
        TableColumn("Effect", "left", 200, stretch=True),
        TableColumn("Kind", "left", 68),
        TableColumn("Counted in", "left", 150),
        TableColumn("Units in", "left", 116),
        TableColumn("Source", "left", 140, stretch=True),
    ),
    cells=_cells,
    empty="No effect without a price yet. Name what matters and stands in no pound.",
    icon="bulb",
    help=EFFECTS_HELP,
    measure=lambda _records: "They are in no total; the break-even value says what they would have to be worth",
    fields=(
        (
            RecordField(key="name", label="Effect", hint="Such as homes kept dry", help=EFFECTS_HELP),
            RecordField(
                key="unit", label="Counted in", hint="Such as homes; empty if it is not counted", help=EFFECTS_HELP
            ),
        ),
        (RecordField(key="words", label="What it means, and whom it touches", lines=2, help=EFFECTS_HELP),),
        (RecordField(key="source", label="Source of the numbers", help=EFFECTS_HELP),),
    ),
)


class UnitsTable(Column):
    """Units of an effect by option and year, and what it means there in words; both are typed in place."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._effect: Effect | None = None
        self._units = DataTableModel([TableColumn("Option")], self._typed_units)
        self._words = DataTableModel(
            [TableColumn("Option", width=180), TableColumn("What it means there", stretch=True)], self._typed_words
        )
        self.units = FrozenTable("Units by option and year", self._units, row_height=31, fit=True)
        self.words = DataTable("What the effect means in each option", self._words, row_height=31)
        self.fault = FlowLabel("", "caption", "problem")
        self._head = FlowLabel("Units by option and year", "dense-strong")
        in_words = FlowLabel("In words", "dense-strong")
        super().__init__(self._head, self.units, self.fault, in_words, self.words, gap=6)
        self.units.tab_walks_cells = self.words.tab_walks_cells = True
        self.fault.hide()
        self._units.faulted.connect(self.tell)
        self.units.pasted.connect(self._pasted)

    def tell(self, sentence: str) -> None:
        """Says what cannot be read or is wrong; empty takes it away."""
        self.fault.set_text(sentence)
        self.fault.setVisible(bool(sentence))

    def show_effect(self, appraisal: Appraisal, effect: Effect, fault: str) -> None:
        """The units as they are; columns beyond the horizon only where something stands in them."""
        self._effect = effect
        longest = max((len(one.units) for one in effect.counts), default=0)
        years = min(max(horizon_years(appraisal), longest), 200)
        first = appraisal.horizon.first_year
        heads = [short_label(first, year) if 1_000 < first < 9_000 else str(year) for year in range(years)]
        self._units.set_columns(
            [
                TableColumn("Option", "left", 170, stretch=True),
                *(TableColumn(head, "right", least=58) for head in heads),
                TableColumn("All years", "right", least=76),
            ]
        )
        self._units.set_rows([self._row(option, _count(effect, option.id), years) for option in appraisal.options])
        self._words.set_rows(
            [
                TableRow(option.id, (_name(option), word_cell(_count(effect, option.id).words, editable=True)))
                for option in appraisal.options
            ]
        )
        self._head.set_text(
            f"Units by option and year: {effect.unit}" if effect.unit.strip() else "Units by option and year"
        )
        self.tell(fault)

    @staticmethod
    def _row(option: Option, count: Count, years: int) -> TableRow:
        units = (*count.units, *(_NOTHING for _ in range(years - len(count.units))))[:years]
        cells = [
            Cell(_units_text(one), editable=True, edit_text=money.plain_amount(one) if one else "") for one in units
        ]
        whole = Cell(_units_text(sum(units, _NOTHING)), strong=True)
        return TableRow(option.id, (_name(option), *cells, whole))

    def _now(self, option: str) -> tuple[Decimal, ...]:
        return _count(self._effect, option).units if self._effect is not None else ()

    def _apply(self, new: Appraisal, action: str) -> None:
        name = wording.shorten((self._effect.name if self._effect else "") or "an effect", 40)
        self._context.apply(new, f"{action} {name}")

    def _typed_units(self, option: str, column: int, text: str) -> None:
        effect, units = self._effect, read_units(text)
        if effect is not None:
            changed = _with(self._now(option), {column - 1: units})
            new = edits.set_units(self._context.appraisal, effect=effect.id, option=option, units=changed)
            self._apply(new, "Change units of")

    def _typed_words(self, option: str, _column: int, text: str) -> None:
        effect = self._effect
        if effect is not None:
            new = edits.describe_units(
                self._context.appraisal, effect=effect.id, option=option, words=text.strip().strip(wording.DASH)
            )
            self._apply(new, "Change words of")

    def _pasted(self, row: int, column: int, block: list[list[str]]) -> None:
        """A block from a spreadsheet is one step; nothing is taken if any cell cannot be read or does not fit."""
        effect, rows, last = self._effect, self._units.rows, len(self._units.columns) - 2
        if effect is None or column < 1:
            return
        if row + len(block) > len(rows) or column + max(len(cells) for cells in block) - 1 > last:
            self.tell("Nothing was pasted: the block is larger than the table from the cell in hand.")
            return
        new = self._context.appraisal
        try:
            for number, cells in enumerate(block):
                option = rows[row + number].key
                typed = {column - 1 + at: read_units(text) for at, text in enumerate(cells)}
                units = _with(self._now(option), typed)
                new = edits.set_units(new, effect=effect.id, option=option, units=units)
        except ValueError as wrong:
            self.tell(f"Nothing was pasted. {wrong}")
            return
        self.tell("")
        self._apply(new, "Paste units of")


def _name(option: Option) -> Cell:
    return Cell(narrow_name(option) or "Without a name", tip=option.name)


def _with(units: tuple[Decimal, ...], typed: dict[int, Decimal]) -> tuple[Decimal, ...]:
    """The units with some years changed; nothing is kept after the last year that has any."""
    long = list(units) + [_NOTHING] * (max(typed) + 1 - len(units))
    for year, amount in typed.items():
        long[year] = amount
    while long and not long[-1]:
        long.pop()
    return tuple(long)


class EffectRecords(Records):
    """The effects in a table, the one in hand with its units below."""

    def __init__(self, context: Context, helps: HelpByField) -> None:
        super().__init__(context, _KIND, helps)
        self.kind = SegmentBar("Gain or loss", _KINDS)
        self.units = UnitsTable(context)
        row = Row(self.kind, stretches=(0,))
        row.line.addStretch(1)
        if self.detail is not None:
            self.detail.content.insertWidget(1, row)
            unit = self.detail.fields["unit"]
            base.tab_chain(unit.focusProxy() or unit, self.kind)
            self.detail.add(self.units)
        self.kind.chosen.connect(self._set_kind)

    def shown(self, record: Any) -> None:
        """Gain or loss, and the units of the effect in hand."""
        self.kind.set_current(record.kind.value)
        fault = errors_at(self._context.view.findings, record.id).get("counts", "")
        self.units.show_effect(self._context.appraisal, record, fault)

    def _set_kind(self, key: str) -> None:
        make = partial(edits.change_effect, effect=self.chosen, kind=EffectKind(key))
        self._context.apply(make(self._context.appraisal), "Change gain or loss of an effect")


class EffectsSection(CostSection):
    """Effects without a price, and what a unit costs and must be worth."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, EFFECTS_HELP)
        self.records = EffectRecords(context, self.helps)
        self.worth = FiguresCard(
            "Effects that are counted and have no price",
            lambda figures: economic_tables.effects(figures.results, figures.appraisal),
            "Cost of a unit and break-even value appear here as soon as an effect is counted in an option with costs.",
        )
        for place, part in enumerate((self.records, self.worth), start=1):
            self.line.insertWidget(place, part)
        self.helps.add(self.worth, BREAK_EVEN_HELP)

    @staticmethod
    def holds(appraisal: Appraisal, record: str, field: str) -> bool:  # noqa: ARG004  as all sections
        """The effects."""
        return any(one.id == record for one in appraisal.effects)

    def show_view(self, old: View | None, new: View) -> None:
        """The effects as they are, and what they come to."""
        self.keep_figures(new)
        self.worth.show_figures(new, self.figures)
        self.worth.setVisible(bool(new.appraisal.effects))
        if old is None or old.appraisal is not new.appraisal or old.findings is not new.findings:
            self.records.show_view(new)

    def focus_first(self) -> None:
        """The table of effects, or the button that adds the first one."""
        self.records.focus_first()

    def focus_place(self, record: str, field: str) -> None:
        """An effect and its field."""
        widget = self.records.take(record, field)
        if widget is None:
            self.focus_first()
        elif field == "counts":
            self.records.units.units.setFocus()
        else:
            widget.setFocus()
