"""Pain and gain shared by a target: what the authority pays at some outturns, band by band and up to a cap."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from appraise.model import money
from appraise.model.appraisal.constraints import Band, Bearing, Constraint, PainGain
from appraise.model.edits import constraints as edits
from appraise.present import wording
from appraise.present.constraint_bearers import outturns, target_words
from appraise.ui.pages.constraints_chance import amount_text, parse_cost, parse_share, share_text
from appraise.ui.pages.constraints_shares import Edit
from appraise.ui.pages.costs_section import EditTable
from appraise.ui.pages.results_charts import Sides
from appraise.ui.widgets.cards import Column
from appraise.ui.widgets.fields import MoneyField, PercentField
from appraise.ui.widgets.labels import FlowLabel
from appraise.ui.widgets.table import DataTable
from appraise.ui.widgets.table_model import Cell, DataTableModel, TableColumn, TableRow

_BANDS = (
    TableColumn("Over it, from £", "right", stretch=True, least=90),
    TableColumn("Up to, £", "right", 120),
    TableColumn("Authority pays, %", "right", 136),
)
_OUTTURNS = (
    TableColumn("If this happens", stretch=True, wrap=True, least=90),
    TableColumn("Comes out at", "right"),
    TableColumn("Authority pays", "right"),
    TableColumn("Supplier bears", "right", tip="Below nothing, the supplier gains"),
)
_NO_TARGET = "With a target of £0 nothing can be saved, so the share of savings counts for nothing."
_UP_TO = 1
_NO_END = "without end"
#: How far a new band reaches where the target says nothing.
_FIRST_STEP = Decimal("100000.00")


def parse_cap(text: str) -> Decimal | None:
    """Pounds of 0 or more; an empty text is no cap. ValueError with one sentence."""
    return parse_cost(text) if text.strip() else None


class PainPart(Column):
    """The terms of one bearing that shares pain and gain. `edit` applies a change of the constraint."""

    def __init__(self, edit: Edit) -> None:
        self._edit = edit
        self._bearing: Bearing | None = None
        self._whose = ("", "")
        self.target = MoneyField("Target, what both sides expect to pay", parse_cost, label="Target")
        self.gain = PercentField("Share of a saving that the authority keeps", parse_share, label="Savings we keep")
        self.cap = MoneyField("Most that the supplier pays over the target", parse_cap, label="Supplier pays at most")
        self.cap.line.setPlaceholderText("no cap")
        self.whole = FlowLabel("", "caption", "ink2")
        self.idle = FlowLabel(_NO_TARGET, "caption", "attention")
        self.bands = EditTable("Bands over the target", _BANDS, self._set_band, "Add a band", "band")
        self.model = DataTableModel(_OUTTURNS)
        self.table = DataTable("What the authority pays at some outturns", self.model, row_height=31)
        super().__init__(
            FlowLabel("How pain and gain are shared", "dense-strong"),
            Sides(self.target, self.gain, self.cap, fold=420),
            self.whole,
            self.idle,
            FlowLabel("What passes the target is shared by bands.", "caption", "ink2"),
            self.bands,
            FlowLabel("What the authority pays if it comes out at …", "dense-strong"),
            self.table,
            FlowLabel("Below the target both share the saving; a minus is what the supplier gains of it.",
                      "caption", "ink2"),
            FlowLabel("Prices of year 0. A supplier prices what it may bear, and gives back what it may gain.",
                      "caption", "ink2"),
            gap=8,
        )  # fmt: skip
        self.target.parsed.connect(lambda pounds: self._change("the target", lambda now: replace(now, target=pounds)))
        self.gain.parsed.connect(
            lambda share: self._change("the share of savings", lambda now: replace(now, gain=share))
        )
        self.cap.parsed.connect(lambda pounds: self._change("the cap", lambda now: replace(now, cap=pounds)))
        self.bands.added.connect(self._add)
        self.bands.removed.connect(self._remove)

    # --- what is changed ---

    def _change(self, what: str, change: Callable[[PainGain], PainGain]) -> None:
        if self._bearing is not None:
            self._set(change(self._bearing.terms), what)

    def _set(self, terms: PainGain, what: str) -> None:
        if self._bearing is not None:
            option = self._bearing.option
            self._edit(lambda now, one: edits.set_terms(now, constraint=one.id, option=option, terms=terms), what)

    def _set_band(self, key: str, column: int, text: str) -> None:
        if self._bearing is None:
            return
        bands, place = list(self._bearing.terms.bands), int(key)
        if column == _UP_TO:
            end = parse_cost(text)
            start, after = _start(bands, place), bands[place + 1].up_to if place + 2 < len(bands) else None
            if end <= start:
                raise ValueError(f"Type more than {wording.money(start)}, where this band begins.")
            if after is not None and end >= after:
                raise ValueError(f"Type less than {wording.money(after)}, where the next band ends.")
            bands[place] = replace(bands[place], up_to=end)
        else:
            bands[place] = replace(bands[place], share=parse_share(text))
        self._set(replace(self._bearing.terms, bands=tuple(bands)), "the bands")

    def _add(self) -> None:
        """The last band ends somewhere, and one without end follows it."""
        if self._bearing is None:
            return
        terms = self._bearing.terms
        bands = terms.bands or (Band(),)
        end = _start(bands, len(bands) - 1) + max(terms.target, _FIRST_STEP)
        new = (*bands[:-1], replace(bands[-1], up_to=end), replace(bands[-1], up_to=None))
        self._set(replace(terms, bands=new), "the bands")
        self.bands.table.setFocus()
        self.bands.table.place(str(len(new) - 2), _UP_TO)

    def _remove(self, key: str) -> None:
        """The band in hand goes; what is over the last one left has no end."""
        if self._bearing is None:
            return
        terms = self._bearing.terms
        left = [band for place, band in enumerate(terms.bands) if place != int(key)]
        if not left:
            self.bands.tell("One band has to stay: it says who pays what passes the target.")
            return
        left[-1] = replace(left[-1], up_to=None)
        self._set(replace(terms, bands=tuple(left)), "the bands")

    # --- what is shown ---

    def show_bearing(self, constraint: Constraint, bearing: Bearing) -> None:
        """Show the terms of a bearing and what follows from them."""
        whose = (constraint.id, bearing.option)
        if whose != self._whose:
            self._whose = whose
            for field in (self.target, self.gain, self.cap):
                field.give_up()
            self.bands.tell("")
            self.bands.show_rows([])
        self._bearing = bearing
        terms = bearing.terms
        self.target.set_text(amount_text(terms.target))
        self.gain.set_text(share_text(terms.gain))
        self.gain.setEnabled(bool(terms.target))
        self.idle.setVisible(not terms.target)
        self.whole.set_text(target_words(bearing, constraint))
        self.cap.set_text("" if terms.cap is None else amount_text(terms.cap))
        self.bands.show_rows(_band_rows(terms.bands))
        self.bands.remove.setEnabled(len(terms.bands) > 1)
        rows = []
        for row in outturns(bearing, constraint).rows:
            first, *figures = (cell.text for cell in row)
            rows.append(TableRow(first, (Cell(first), *(Cell(text) for text in figures))))
        self.model.set_rows(rows)


def _start(bands: tuple[Band, ...] | list[Band], place: int) -> Decimal:
    """Where a band begins, in pounds over the target."""
    return (bands[place - 1].up_to if place else None) or Decimal("0.00")


def _band_rows(bands: tuple[Band, ...]) -> list[TableRow]:
    rows = []
    for place, band in enumerate(bands):
        start = _start(bands, place)
        end = Cell(_NO_END, ink="ink2")
        if place + 1 < len(bands):
            to = band.up_to if band.up_to is not None else start
            end = Cell(amount_text(to), editable=True, edit_text=money.plain_amount(to))
        cells = (Cell(amount_text(start), ink="ink2"), end, Cell(share_text(band.share), editable=True))
        rows.append(TableRow(str(place), cells))
    return rows
