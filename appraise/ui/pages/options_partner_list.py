"""The partners of step 2: who they are, what shares go by, what each would pay alone, and whether it may leave."""

from decimal import Decimal
from functools import partial
from typing import Any

from appraise.model import money
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import Line, Point, Range, Shape
from appraise.model.appraisal.partners import Partner
from appraise.model.edits import partners as edits
from appraise.model.finding import Severity
from appraise.model.periods import label
from appraise.present import wording
from appraise.ui.context import Context, View
from appraise.ui.pages import options_help
from appraise.ui.pages.constraints_chance import amount_text
from appraise.ui.pages.costs_grid import labelled
from appraise.ui.pages.costs_range import RangeEditor
from appraise.ui.pages.need_records import RecordField, RecordKind, Records, name_cell
from appraise.ui.pages.options_section import chance_text, count_text, read_chance, read_count
from appraise.ui.pages.results_charts import Sides
from appraise.ui.pages.text_parts import HelpByField
from appraise.ui.pages.year_row import YearRow
from appraise.ui.widgets.cards import Column
from appraise.ui.widgets.choices import PickList
from appraise.ui.widgets.labels import Divider, FlowLabel
from appraise.ui.widgets.table_model import Cell, TableColumn

THIS_BODY = "this"
_WHOLE = partial(money.parse_whole, low=0, high=10**10)
_NOTHING = Decimal(0)


def _people(text: str) -> int:
    return _WHOLE(text) if text.strip() else 0


def _change(appraisal: Appraisal, key: str, field: str, value: object) -> Appraisal:
    """A field by name; this body is chosen among the public bodies, as it is one."""
    if field != "body":
        return edits.change_partner(appraisal, partner=key, **{field: value})
    if value == THIS_BODY:
        return edits.change_partner(appraisal, partner=key, this_body=True)
    return edits.change_partner(appraisal, partner=key, this_body=False, body=value)


def body_choices(appraisal: Appraisal) -> list[tuple[str, str]]:
    """What a partner may be: this body, or one of the other public bodies of step 5."""
    bodies = [(one.id, one.name or "Without a name") for one in appraisal.bodies]
    return [("", "Not said"), (THIS_BODY, "This body"), *bodies]


def _count(value: Decimal | int) -> Cell:
    return Cell(count_text(value) if value else wording.DASH)


_PARTNERS = RecordKind(
    noun="partner",
    title="Partners",
    plural="partners",
    read=lambda now: now.partners,
    add=lambda now, key: edits.add_partner(now, partner=key, name="New partner"),
    change=_change,
    remove=lambda now, key: edits.remove_partner(now, partner=key),
    move=lambda now, key, to: edits.move_partner(now, partner=key, to=to),
    columns=(
        TableColumn("Partner", "left", 150, stretch=True, wrap=True),
        TableColumn("Public body", "left", 130, wrap=True),
        TableColumn("People", "right", 84),
        TableColumn("Volume", "right", 78, tip="Units of work, the same unit for all partners"),
        TableColumn("Use", "right", 62, tip="Such as hours or beds, the same unit for all partners"),
        TableColumn("Alone, all years", "right", 116, tip="What it would pay by itself, in prices of the first year"),
        TableColumn("Leaves", "right", 66, tip="Chance a year that it leaves"),
    ),
    cells=lambda _partner: (),
    empty="No partner is named yet. Who could share the service, and what would each pay alone?",
    icon="people",
    help=options_help.PARTNERS,
    measure=lambda _records: "Volume and use in units that all partners share",
    fields=(
        (
            RecordField(key="name", label="Name", help=options_help.PARTNERS, hint="Such as the county or the NHS"),
            RecordField(
                key="body", label="Which public body it is", help=options_help.BODY, choices=body_choices, show=str
            ),
        ),
        (
            RecordField(
                key="population", label="People", help=options_help.MEASURES, parse=_people, show=count_text, unit=""
            ),
            RecordField(
                key="volume", label="Volume a year", help=options_help.MEASURES, parse=read_count, show=count_text,
                unit="",
            ),
            RecordField(
                key="use", label="Use a year", help=options_help.MEASURES, parse=read_count, show=count_text, unit=""
            ),
            RecordField(
                key="leaving", label="Leaves, chance a year", help=options_help.LEAVING, parse=read_chance,
                show=chance_text, unit="%",
            ),
        ),
        (RecordField(key="source", label="Source and date", help=options_help.PARTNER_SOURCE),),
    ),
)  # fmt: skip


def _parse_alone(text: str) -> Decimal:
    """What a partner would pay in a year: pounds from 0. ValueError with one sentence."""
    amount = money.parse(text)
    if amount < 0:
        raise ValueError("A partner cannot pay less than nothing.")
    return amount


class AlonePart(Column):
    """What the partner in hand would pay by itself: by year, with what it rises with, and how sure that is."""

    def __init__(self, context: Context, helps: HelpByField) -> None:
        self._context = context
        self._partner: Partner | None = None
        self.years = YearRow("What the partner would pay alone, by year", "Alone, £", _parse_alone, amount_text)
        self.index = PickList("Price index of what the partner would pay alone")
        self.range = RangeEditor()
        self._words = FlowLabel("", "caption", "ink2")
        index = labelled("Prices rise with", self.index, self._words)
        super().__init__(
            Divider(),
            FlowLabel("What it would pay alone", "dense-strong"),
            self.years,
            Sides(index, self.range, stretches=(2, 3), fold=520, gap=24),
            gap=8,
        )
        self.years.changed.connect(self._set_years)
        self.index.chosen.connect(lambda key: self._change("price index", index=key))
        self.range.ranged.connect(self._set_range)
        self.range.listed.connect(self._set_points)
        helps.add(self, options_help.ALONE)

    def show_partner(self, view: View, partner: Partner) -> None:
        """The partner as entered, and what is wrong with it."""
        if self._partner is not None and self._partner.id != partner.id:
            for field in (self.range.low, self.range.high):
                field.give_up()
        appraisal, self._partner = view.appraisal, partner
        wrong = {
            one.field: one
            for one in view.findings
            if one.record == partner.id and one.step == 2 and one.severity is Severity.ERROR
        }
        fault = wrong.get("alone")
        self.years.show_years(appraisal, partner.alone, f"{fault.sentence} {fault.mend}" if fault else "")
        indices = [("", "General inflation"), *((one.id, one.name or "Without a name") for one in appraisal.indices)]
        self.index.set_choices(indices)
        self.index.set_current(partner.index if any(key == partner.index for key, _ in indices) else "")
        first = label(appraisal.horizon.first_year)
        self._words.set_text(f"Entered in prices of {first}, without VAT that is recovered.")
        as_line = Line(id=partner.id, option="", name=partner.name, amounts=partner.alone, range=partner.range)
        self.range.show_range(as_line, wrong.get("range"))

    def _change(self, what: str, **fields: object) -> None:
        if self._partner is not None:
            new = edits.change_partner(self._context.appraisal, partner=self._partner.id, **fields)
            self._context.apply(new, f"Change {what} of {wording.shorten(self._partner.name or 'a partner', 40)}")

    def _set_years(self, values: object, years: str) -> None:
        self._change(f"cost alone, {years},", alone=values)

    def _set_range(self, low: Decimal | None, high: Decimal | None, shape: Shape) -> None:
        band = None if low is None or high is None else Range(low=low, high=high, shape=shape)
        self._change("range alone", range=band)

    def _set_points(self, points: tuple[Point, ...], _action: str) -> None:
        if not points:
            self._change("range alone", range=None)
            return
        outcomes = [point.percent for point in points]
        band = Range(low=min(outcomes), high=max(outcomes), shape=Shape.DISCRETE, points=points)
        self._change("range alone", range=band)


class PartnerRecords(Records):
    """Everybody who could share the service, and what the one in hand would pay alone."""

    def __init__(self, context: Context, helps: HelpByField) -> None:
        super().__init__(context, _PARTNERS, helps)
        self.alone = AlonePart(context, helps)
        if self.detail is not None:
            self.detail.add(self.alone)

    def row_cells(self, record: Any) -> tuple[Cell, ...]:
        """The partner with what shares go by."""
        partner: Partner = record
        appraisal = self._context.appraisal
        bodies = dict(body_choices(appraisal))
        body = bodies[THIS_BODY] if partner.this_body else bodies.get(partner.body, "Not known")
        alone = sum((one for one in partner.alone if one.is_finite()), _NOTHING)
        said = partner.this_body or partner.body
        return (
            name_cell(partner.name, "Without a name"),
            Cell(body, ink="ink" if said else "ink2", tip=body),
            _count(partner.population),
            _count(partner.volume),
            _count(partner.use),
            Cell(wording.money_short(alone), tip=wording.money_exact(alone)) if alone else Cell(wording.DASH),
            Cell(wording.percent_entered(partner.leaving) if partner.leaving else wording.DASH),
        )

    def shown(self, record: Any) -> None:
        """What it would pay alone; and this body is chosen where it is this body."""
        self.alone.show_partner(self._context.view, record)
        if self.detail is not None and record.this_body:
            self.detail.picks["body"].set_current(THIS_BODY)

    def take(self, record: str, field: str) -> Any:
        """The field of a partner; the first partner for what is wrong with all of them."""
        if field == "partners" and not record:
            return self.first_stop()
        widget = super().take(record, field)
        if widget is None:
            return None
        inner = {"alone": self.years, "index": self.alone.index, "range": self.alone.range.low}
        return inner.get(field, widget)

    @property
    def years(self) -> Any:
        """Where the cost alone is typed."""
        return self.alone.years.table
