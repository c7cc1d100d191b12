"""Price gaps and scarce people of step 2: what public bodies pay for the same thing, and whom an option takes."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QWidget

from appraise.model import money
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.partners import Buyer, PriceGap, ScarceStaff
from appraise.model.edits import partners as edits
from appraise.model.finding import Severity
from appraise.present import partner_tables, partner_words, tables, wording
from appraise.ui.context import Context, View
from appraise.ui.pages import options_help
from appraise.ui.pages.constraints_chance import amount_text
from appraise.ui.pages.costs_section import EditTable
from appraise.ui.pages.need_records import RecordField, RecordKind, Records, name_cell, word_cell
from appraise.ui.pages.options_section import count_text, option_choices, read_count
from appraise.ui.pages.results_state import Figures
from appraise.ui.pages.text_parts import HelpByField
from appraise.ui.widgets.cards import Column, Panel
from appraise.ui.widgets.labels import FlowLabel
from appraise.ui.widgets.marks import Chip
from appraise.ui.widgets.table_model import Cell, TableColumn, TableRow

_BUYERS = (
    TableColumn("Buyer", "left", stretch=True),
    TableColumn("Partner", "left"),
    TableColumn("Price, £", "right", least=76),
    TableColumn("Units a year", "right"),
    TableColumn("Pays, £000", "right", tip="A year, at its own price"),
    TableColumn("At the mean", "right", tip="Change a year at one price, at which all together pay as much"),
    TableColumn("At the lowest", "right", tip="Change a year if all paid the lowest price"),
)
_NO_FIGURE = (wording.DASH,) * 2


def _pays(buyer: Buyer) -> str:
    """What a buyer pays a year at its own price: known as soon as both are typed."""
    known = buyer.price.is_finite() and buyer.volume.is_finite() and buyer.price and buyer.volume
    return tables.thousands(buyer.price * buyer.volume).text if known else wording.DASH


def gap_words(figures: Figures | None, gap: str) -> str:
    """What a price gap comes to, in the words of the case; "" without figures."""
    if figures is None:
        return ""
    only = tuple(one for one in figures.results.price_gaps or () if one.gap == gap)
    return " ".join(partner_words.price_gaps(replace(figures.results, price_gaps=only), figures.appraisal))


_GAPS = RecordKind(
    noun="price gap",
    title="The same thing at different prices",
    plural="price gaps",
    read=lambda now: now.price_gaps,
    add=lambda now, key: edits.add_price_gap(now, gap=key, name="New price gap"),
    change=lambda now, key, field, value: edits.change_price_gap(now, gap=key, **{field: value}),
    remove=lambda now, key: edits.remove_price_gap(now, gap=key),
    move=None,
    columns=(
        TableColumn("What is bought", "left", 190, stretch=True, wrap=True),
        TableColumn("Buyers", "right", 70),
        TableColumn("Lowest, £", "right", 96),
        TableColumn("Highest, £", "right", 96),
        TableColumn("Source", "left", 190, wrap=True),
    ),
    cells=lambda _gap: (),
    empty="No price gap is entered. Do public bodies near you pay different prices for the same thing?",
    icon="people",
    help=options_help.GAPS,
    measure=lambda _records: "What public bodies pay for one unit of the same thing",
    fields=(
        (
            RecordField(key="name", label="What is bought", help=options_help.GAPS, hint="Such as a nursing bed"),
            RecordField(key="unit", label="Unit, for “£ a …”", help=options_help.GAPS, hint="Such as week"),
        ),
        (RecordField(key="source", label="Source and date of the prices", help=options_help.GAPS),),
    ),
)


class GapRecords(Records):
    """Things that several public bodies buy; the buyers of the one in hand, and what one price would change."""

    def __init__(self, context: Context, helps: HelpByField) -> None:
        super().__init__(context, _GAPS, helps)
        self._figures: Figures | None = None
        self.buyers = EditTable("Buyers", _BUYERS, self._type_buyer, "Add buyer", "buyer", frozen=True)
        self.said = Panel("What one price would mean", "", kind="tint")
        self.earlier = Chip("Updating", "plain", "clock")
        self.earlier.hide()
        if self.detail is not None:
            self.detail.add_action(self.earlier)
            self.detail.add(Column(FlowLabel("Who buys it, and at what price", "dense-strong"), self.buyers, gap=6))
            self.detail.add(self.said)
        self.buyers.added.connect(self._add_buyer)
        self.buyers.removed.connect(self._remove_buyer)
        self.buyers.table.pasted.connect(self._paste_buyers)
        helps.add(self.buyers, options_help.BUYERS)

    def take_figures(self, view: View, figures: Figures | None) -> None:
        """The figures of the last full run, before the records are shown."""
        self._figures = figures
        self.earlier.setVisible(figures is not None and figures.appraisal.price_gaps is not view.appraisal.price_gaps)

    # --- what is shown ---

    def row_cells(self, record: Any) -> tuple[Cell, ...]:
        """The thing with its lowest and its highest price."""
        gap: PriceGap = record
        prices = [one.price for one in gap.buyers if one.price.is_finite() and one.volume]
        ends = (amount_text(min(prices)), amount_text(max(prices))) if prices else (wording.DASH,) * 2
        return (
            name_cell(gap.name, "Without a name"),
            Cell(str(len(gap.buyers)) if gap.buyers else wording.DASH),
            *(Cell(one) for one in ends),
            word_cell(gap.source),
        )

    def shown(self, record: Any) -> None:
        """The buyers, what each pays, and what one price would change."""
        gap: PriceGap = record
        view = self._context.view
        partners = [("", "None"), *((one.id, one.name or "Without a name") for one in view.appraisal.partners)]
        told = self._told(gap)
        rows = []
        for one in gap.buyers:
            cells = (
                name_cell(one.name, "Without a name", editable=True),
                Cell(dict(partners).get(one.partner, "Not known"), choices=tuple(partners)),
                Cell(amount_text(one.price), editable=True),
                Cell(count_text(one.volume) if one.volume else wording.DASH, editable=True,
                     edit_text=count_text(one.volume)),
                *(Cell(text, ink="ink2") for text in (_pays(one), *told.get(one.id, _NO_FIGURE))),
            )  # fmt: skip
            rows.append(TableRow(one.id, cells))
        self.buyers.show_rows(rows)
        wrong = next(
            (one for one in view.findings
             if one.record == gap.id and one.field == "buyers" and one.severity is Severity.ERROR), None
        )  # fmt: skip
        self.buyers.fault.show_wrong(f"{wrong.sentence} {wrong.mend}" if wrong is not None else "")
        said = gap_words(self._figures, gap.id)
        self.said.show_text("What one price would mean", said)
        self.said.setVisible(bool(said))

    def _told(self, gap: PriceGap) -> dict[str, tuple[str, ...]]:
        """What one price changes for each buyer, as the case shows it, by id of the buyer."""
        if self._figures is None:
            return {}
        results, appraisal = self._figures.results, self._figures.appraisal
        found = next((one for one in results.price_gaps or () if one.gap == gap.id), None)
        entered = next((one for one in appraisal.price_gaps if one.id == gap.id), None)
        if found is None or entered is None:
            return {}
        known = {one.id for one in entered.buyers}
        table = partner_tables.buyers(results, appraisal, gap.id)
        ids = [one.buyer for one in found.buyers if one.buyer in known]
        return {key: tuple(cell.text for cell in row[4:]) for key, row in zip(ids, table.rows, strict=True)}

    # --- what is typed ---

    def _type_buyer(self, key: str, column: int, text: str) -> None:
        field = ("name", "partner", "price", "volume")[column]
        self._apply(self._with_buyer(self._now, key, field, text), f"Change {field} of a buyer")

    def _with_buyer(self, appraisal: Appraisal, key: str, field: str, text: str) -> Appraisal:
        value: object = text.strip()
        if field == "price":
            price = money.parse(text)
            if price < 0:
                raise ValueError("A price cannot be below nothing.")
            value = price
        elif field == "volume":
            value = read_count(text)
        return edits.change_buyer(appraisal, gap=self.chosen, buyer=key, **{field: value})

    def _paste_buyers(self, row: int, column: int, block: list[list[str]]) -> None:
        """A block of names, prices and volumes is one step; rows beyond the table become new buyers."""
        fields = ("name", "partner", "price", "volume")[column:]
        gap = next(one for one in self._now.price_gaps if one.id == self.chosen)
        new, ids = self._now, [one.id for one in gap.buyers]
        if any(len(cells) > len(fields) for cells in block):
            self.buyers.tell("Nothing was pasted: the block is wider than the columns that are typed.")
            return
        try:
            for number, cells in enumerate(block, start=row):
                if number >= len(ids):
                    ids.append(self._context.fresh_id("buyer"))
                    new = edits.add_buyer(new, gap=self.chosen, buyer=ids[-1], name="New buyer")
                for field, text in zip(fields, cells, strict=False):
                    if field != "partner":
                        new = self._with_buyer(new, ids[number], field, text)
        except ValueError as wrong:
            self.buyers.tell(str(wrong))
            return
        self._apply(new, "Paste buyers")

    def _add_buyer(self) -> None:
        buyer = self._context.fresh_id("buyer")
        self._apply(edits.add_buyer(self._now, gap=self.chosen, buyer=buyer, name="New buyer"), "Add a buyer")
        self.buyers.edit_row(buyer)

    def _remove_buyer(self, key: str) -> None:
        self._apply(edits.remove_buyer(self._now, gap=self.chosen, buyer=key), "Remove a buyer")

    def take(self, record: str, field: str) -> QWidget | None:
        """The field of a price gap, or its buyers."""
        widget = super().take(record, field)
        if widget is not None and field == "buyers":
            return self.buyers.table if self.buyers.model.rows else self.buyers.add
        return widget


# --- scarce people ---------------------------------------------------------------------------------------


def _change_staff(appraisal: Appraisal, key: str, field: str, value: object) -> Appraisal:
    """A field by name; a neighbour that is a partner is kept as that partner."""
    if field == "neighbour":
        typed = str(value).strip().casefold()
        value = next((one.id for one in appraisal.partners if typed and one.name.casefold() == typed), value)
    return edits.change_scarce(appraisal, staff=key, **{field: value})


def _add_staff(appraisal: Appraisal, key: str) -> Appraisal:
    """In the first option that is shared, else in the first of all."""
    joint = {one.option for one in appraisal.arrangements}
    option = next((one for one in appraisal.options if one.id in joint), appraisal.options[0])
    return edits.add_scarce(appraisal, staff=key, option=option.id, role="New role")


_STAFF = RecordKind(
    noun="role",
    title="Scarce people",
    plural="roles",
    read=lambda now: now.scarce_staff,
    add=_add_staff,
    change=_change_staff,
    remove=lambda now, key: edits.remove_scarce(now, staff=key),
    move=None,
    columns=(
        TableColumn("Role", "left", 160, stretch=True, wrap=True),
        TableColumn("Option that takes them", "left", 150),
        TableColumn("Posts", "right", 66),
        TableColumn("Who needs them too", "left", 160, wrap=True),
        TableColumn("What is done about it", "left", 170, wrap=True),
    ),
    cells=lambda _staff: (),
    empty="No scarce people are named. Does an option take staff whom a neighbour needs?",
    icon="people",
    help=options_help.SCARCE,
    measure=lambda _records: "Posts in full-time terms",
    fields=(
        (
            RecordField(key="role", label="Role", help=options_help.SCARCE, hint="Such as approved social workers"),
            RecordField(key="option", label="Option that takes them", help=options_help.SCARCE, choices=option_choices),
        ),
        (
            RecordField(
                key="posts", label="Posts, full-time", help=options_help.SCARCE, parse=read_count, show=count_text,
                unit="",
            ),
            RecordField(
                key="neighbour", label="Who needs them too", help=options_help.SCARCE,
                hint="The name of a partner, or other words",
            ),
        ),
        (RecordField(key="words", label="What is done about it", help=options_help.SCARCE, lines=2),),
    ),
)  # fmt: skip


class ScarceRecords(Records):
    """People whom an option takes and a neighbour needs."""

    def __init__(self, context: Context, helps: HelpByField) -> None:
        super().__init__(context, _STAFF, helps)

    def show_view(self, view: View) -> None:
        """The roles; without an option there is nobody who could take them."""
        super().show_view(view)
        self.empty.action.setEnabled(bool(view.appraisal.options))

    def row_cells(self, record: Any) -> tuple[Cell, ...]:
        """The role, whose it is, and who needs it."""
        staff: ScarceStaff = record
        appraisal = self._context.appraisal
        posts = count_text(staff.posts) if staff.posts != Decimal(0) else wording.DASH
        return (
            name_cell(staff.role, "Without a role"),
            Cell(dict(option_choices(appraisal)).get(staff.option, "Not known")),
            Cell(posts),
            word_cell(_neighbour(appraisal, staff)),
            word_cell(staff.words),
        )

    def shown(self, record: Any) -> None:
        """A neighbour who is a partner stands under its name."""
        self.fields["neighbour"].set_text(_neighbour(self._context.appraisal, record))


def _neighbour(appraisal: Appraisal, staff: ScarceStaff) -> str:
    return next((one.name for one in appraisal.partners if one.id == staff.neighbour), staff.neighbour)
