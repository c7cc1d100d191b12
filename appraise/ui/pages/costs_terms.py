"""The terms of one line in step 5: discounts by volume and by year, cap and collar, and how partners share it."""

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from appraise.model import money
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import RULES, BorneBy, Line
from appraise.model.appraisal.partners import Arrangement, LineShare, ShareRule
from appraise.model.appraisal.terms import LineTerms, Tier
from appraise.model.commercial_terms import terms_of
from appraise.model.edits import partners, terms
from appraise.model.sharing import partners_of
from appraise.present import partner_words, wording
from appraise.ui.context import Context, View
from appraise.ui.pages import options_help
from appraise.ui.pages.costs_grid import StepsTable, labelled
from appraise.ui.pages.costs_rows import Errors
from appraise.ui.pages.costs_section import EditTable, FaultLine
from appraise.ui.pages.options_arrangement import SharesTable, own_part, read_fixed
from appraise.ui.pages.options_section import count_text, read_count
from appraise.ui.pages.results_charts import Sides
from appraise.ui.pages.text_parts import Help
from appraise.ui.pages.year_row import YearRow
from appraise.ui.widgets.buttons import Button
from appraise.ui.widgets.cards import Column, Row
from appraise.ui.widgets.choices import PickList, Switch
from appraise.ui.widgets.fields import NumberField, PercentField, TextField
from appraise.ui.widgets.labels import Divider, FlowLabel
from appraise.ui.widgets.table_frozen import FrozenTable
from appraise.ui.widgets.table_model import Cell, DataTableModel, TableColumn, TableRow

#: Fields of findings that stand here.
FIELDS = ("terms", "terms_source", "tiers", "volumes", "loyalty", "cap", "shared", "shares", "fixed_percent")
#: What of the way to the figure is shown here.
_STEPS = (
    "As entered", "Share paid after discounts", "After discounts", "Price level", "Cash", "Part that this body pays",
)  # fmt: skip
_TIERS = (TableColumn("Over, units a year", "right", 140), TableColumn("Discount, %", "right", 110, stretch=True))
_WHOLE = (("beyond", "On what is beyond"), ("whole", "On all units"))
_OWN = "own"
_RULES = ((_OWN, "This body’s own"), *((rule.value, words) for rule, words in partner_words.RULES.items()))
_HUNDRED = Decimal(100)


def read_discount(text: str) -> Decimal:
    """A discount in per cent as typed. ValueError with one sentence."""
    percent = money.parse_percent(text)
    if not 0 <= percent <= _HUNDRED:
        raise ValueError("Enter a discount from 0 to 100 per cent.")
    return percent


def read_bound(text: str) -> Decimal | None:
    """A cap or a collar in per cent a year; nothing is none. ValueError with one sentence."""
    return money.parse_percent(text) if text.strip(f" -{wording.DASH}") else None


class LoyaltyRow(Column):
    """Discounts by year of the contract, typed in place; an empty cell ends them. Signals: changed(percents)."""

    changed = Signal(object)

    def __init__(self) -> None:
        self._percents: tuple[Decimal, ...] = ()
        self._model = DataTableModel([TableColumn("Year")], self._typed)
        self.table = FrozenTable("Discounts by year of the contract", self._model, row_height=31, fit=True, last=False)
        self.table.tab_walks_cells = True
        self.fault = FaultLine()
        super().__init__(self.table, self.fault, gap=4)
        self._model.faulted.connect(self.fault.tell)

    def show_percents(self, percents: tuple[Decimal, ...], most: int, wrong: str) -> None:
        """The discounts, and room for one more up to the `most` years of the contract."""
        self._percents = percents
        count = max(len(percents), min(len(percents) + 1, max(most, 1)))
        years = (TableColumn(str(year + 1), "right", least=52) for year in range(count))
        columns = [TableColumn("Contract year", least=96), *years]
        texts = [money.plain_number(one) for one in percents] + [""] * (count - len(percents))
        cells = [Cell(text or wording.DASH, editable=True, edit_text=text) for text in texts]
        self._model.set_columns(columns)
        self._model.set_rows([TableRow("percent", (Cell("Discount, %", strong=True), *cells))])
        self.fault.show_wrong(wrong)

    def _typed(self, _key: str, column: int, text: str) -> None:
        place = column - 1
        if not text.strip(f" -{wording.DASH}"):
            self.changed.emit(self._percents[:place])
            return
        self.changed.emit((*self._percents[:place], read_discount(text), *self._percents[place + 1 :]))


class AgreedPrice(Column):
    """What is agreed on the price of the line. `edit(what, **fields)` changes its terms."""

    def __init__(self, edit: Callable[..., None], clear: Callable[[], None]) -> None:
        self._edit = edit
        self._tiers: tuple[Tier, ...] = ()
        self.volumes = YearRow("Units bought by year", "Units", read_count, count_text)
        self.tiers = EditTable("Discounts by volume", _TIERS, self._type_tier, "Add a discount", "discount")
        self.whole = Switch("What the discount is on", _WHOLE)
        self.loyalty = LoyaltyRow()
        none = "per cent a year, empty for none"
        self.collar = NumberField(f"Collar, {none}", read_bound, label="Collar: at least", unit="% a year")
        self.cap = NumberField(f"Cap, {none}", read_bound, label="Cap: at most", unit="% a year")
        self.source = TextField("Where the terms are agreed", label="Where the terms are agreed")
        self.clear = Button("Clear the terms", kind="plain", icon="bin", small=True)
        self._note = FlowLabel("", "caption", "problem")
        volume = Column(FlowLabel("Discounts by volume", "dense-strong"), self.tiers, self.whole, gap=6)
        volume.line.addStretch(1)
        year = Column(
            FlowLabel("Discounts by year of the contract", "dense-strong"), self.loyalty,
            FlowLabel("Cap and collar on the price index", "dense-strong"), Row(self.collar, self.cap), gap=6,
        )  # fmt: skip
        year.line.addStretch(1)
        foot = Row(self.source, self.clear, stretches=(1, 0), gap=12)
        super().__init__(self._note, self.volumes, Sides(volume, year, fold=560, gap=24), foot, gap=8)
        self.volumes.changed.connect(lambda values, _years: edit("volumes", volumes=_trimmed(values)))
        self.whole.chosen.connect(lambda key: edit("what the discount is on", whole=key == "whole"))
        self.loyalty.changed.connect(lambda percents: edit("yearly discounts", loyalty=percents))
        self.cap.parsed.connect(lambda value: edit("cap", cap=value))
        self.collar.parsed.connect(lambda value: edit("collar", collar=value))
        self.source.committed.connect(lambda text: edit("source of terms", source=text))
        self.tiers.added.connect(self._add_tier)
        self.tiers.removed.connect(self._remove_tier)
        self.clear.clicked.connect(clear)

    def show_terms(self, appraisal: Appraisal, line: Line, found: LineTerms | None, wrong: dict[str, str]) -> None:
        """The terms as entered, and what is wrong with them."""
        now = found or LineTerms(line=line.id)
        self._tiers = now.tiers
        self.volumes.show_years(appraisal, now.volumes, wrong.get("volumes", ""))
        rows = []
        for number, tier in enumerate(now.tiers):
            cells = [count_text(tier.over), money.plain_number(tier.percent)]
            rows.append(TableRow(str(number), tuple(Cell(text, editable=True) for text in cells)))
        self.tiers.show_rows(rows)
        self.tiers.fault.show_wrong(wrong.get("tiers", ""))
        self.whole.set_current("whole" if now.whole else "beyond")
        self.whole.setVisible(bool(now.tiers))
        self.volumes.setVisible(bool(now.tiers or any(now.volumes)))
        option = next((one for one in appraisal.options if one.id == line.option), None)
        most = (option.term_years if option is not None else 0) or max(1, appraisal.horizon.years)
        self.loyalty.show_percents(now.loyalty, most, wrong.get("loyalty", ""))
        for field, bound in ((self.cap, now.cap), (self.collar, now.collar)):
            field.set_text("" if bound is None else money.plain_number(bound))
        if wrong.get("cap") and not self.cap.fault():
            self.cap.set_fault(wrong["cap"])
        self.source.set_text(now.source)
        self.clear.setVisible(found is not None)
        self._note.set_text(wrong.get("terms", ""))
        self._note.setVisible("terms" in wrong)

    def _type_tier(self, key: str, column: int, text: str) -> None:
        tier = self._tiers[int(key)]
        over = read_count(text) if column == 0 else tier.over
        percent = read_discount(text) if column == 1 else tier.percent
        self._set_tiers([*self._tiers[: int(key)], Tier(over=over, percent=percent), *self._tiers[int(key) + 1 :]])

    def _set_tiers(self, tiers: list[Tier], what: str = "discounts by volume") -> None:
        self._edit(what, tiers=tuple(tiers))

    def _add_tier(self) -> None:
        over = self._tiers[-1].over * 2 if self._tiers else Decimal(0)
        self._set_tiers([*self._tiers, Tier(over=over, percent=Decimal(0))])
        self.tiers.edit_row(str(len(self._tiers) - 1))

    def _remove_tier(self, key: str) -> None:
        self._set_tiers([one for number, one in enumerate(self._tiers) if number != int(key)])

    def stops(self) -> dict[str, QWidget]:
        """Where findings lead, by field."""
        tiers = self.tiers.table if self.tiers.model.rows else self.tiers.add
        return {
            "volumes": self.volumes.table, "tiers": tiers, "loyalty": self.loyalty.table, "cap": self.cap,
            "terms": self.clear, "terms_source": self.source,
        }  # fmt: skip


def _trimmed(values: tuple[Decimal, ...]) -> tuple[Decimal, ...]:
    """Without the years at the end that have none."""
    last = max((year for year, value in enumerate(values) if value), default=-1)
    return values[: last + 1]


class SharedLine(Column):
    """How the partners of the option share the line, or that nobody does. `edit(rule, shares, fixed)` changes it."""

    def __init__(self, context: Context, line: str) -> None:
        self._context, self._line = context, line
        self.rule = PickList("By what partners share the line", _RULES)
        self.fixed = PercentField("Fixed part, per cent", read_fixed, label="Fixed part")
        self.shares = SharesTable("Fixed shares of the line")
        self.words = FlowLabel("", "caption", "ink2")
        self.go = Button("Open the arrangement", kind="plain", small=True)
        first = Row(labelled("By what it is shared", self.rule), self.fixed, stretches=(3, 2))
        left = Column(first, self.words, self.go, gap=6)
        left.line.addStretch(1)
        super().__init__(
            FlowLabel("Shared with partners", "dense-strong"), Sides(left, self.shares, fold=560, gap=24), gap=6
        )
        self.rule.chosen.connect(self._set_rule)
        self.fixed.parsed.connect(self._set_fixed)
        self.shares.changed.connect(self._set_shares)
        self.go.clicked.connect(self._go)

    def arrangement(self) -> Arrangement | None:
        """The arrangement of the line's option."""
        appraisal = self._context.appraisal
        option = next((one.option for one in appraisal.lines if one.id == self._line), "")
        return next((one for one in appraisal.arrangements if one.option == option), None)

    def show_line(self, line: Line, wrong: dict[str, str]) -> None:
        """How it is shared, what this body pays by that, and what is wrong with it."""
        found = self.arrangement()
        share = self._share(found)
        cut = RULES[line.treatment].bearer is BorneBy.OWN
        self.rule.setEnabled(found is not None)
        self.rule.set_current(share.rule.value if share is not None else _OWN)
        self.fixed.setVisible(share is not None)
        self.shares.setVisible(share is not None and share.rule is ShareRule.FIXED)
        if found is not None and share is not None:
            self.fixed.set_text(money.plain_number(share.fixed_percent))
            if wrong.get("fixed_percent") and not self.fixed.fault():
                self.fixed.set_fault(wrong["fixed_percent"])
            self.shares.show_shares(partners_of(self._context.appraisal, found), share.shares)
        said = wrong.get("shares", "") or self._said(found, share, cut=cut)
        self.words.set_text(said)
        self.words.set_ink("problem" if "shares" in wrong else "ink2")
        self.go.set_text("Open the arrangement" if found is not None else "Go to partners")

    def _said(self, found: Arrangement | None, share: LineShare | None, *, cut: bool) -> str:
        if found is None:
            return "Nobody shares this option so far. Partners are named in step 2."
        if share is None:
            return "All of it is this body’s own."
        if not cut:
            return "It falls on somebody else in any case, so nothing of it is cut."
        part = own_part(self._context.appraisal, found, share.rule, share.shares)
        return f"Entered at the whole joint cost. By this rule this body pays {part}."

    def _share(self, found: Arrangement | None) -> LineShare | None:
        return next((one for one in found.shared if one.line == self._line), None) if found is not None else None

    def _apply(self, change: Callable[[Appraisal, str], Appraisal], what: str) -> None:
        found = self.arrangement()
        if found is not None:
            self._context.apply(change(self._context.appraisal, found.id), what)

    def _set_rule(self, key: str) -> None:
        line = self._line
        if key == _OWN:
            self._apply(
                lambda now, one: partners.unshare_line(now, arrangement=one, line=line),
                "Take a line back from the partners",
            )
        else:
            self._apply(
                lambda now, one: partners.share_line(now, arrangement=one, line=line, rule=ShareRule(key)),
                "Change how a line is shared",
            )

    def _set_fixed(self, percent: object) -> None:
        if isinstance(percent, Decimal):
            line = self._line
            self._apply(
                lambda now, one: partners.share_line(now, arrangement=one, line=line, fixed_percent=percent),
                "Change the fixed part of a line",
            )

    def _set_shares(self, shares: dict[str, Decimal]) -> None:
        line = self._line
        self._apply(
            lambda now, one: partners.share_line(now, arrangement=one, line=line, shares=shares),
            "Change the shares of a line",
        )

    def _go(self) -> None:
        found = self.arrangement()
        self._context.go_to(2, found.id if found is not None else "", "shared" if found is not None else "partners")

    def stops(self) -> dict[str, QWidget]:
        """Where findings lead, by field."""
        shared = self._share(self.arrangement())
        table = self.shares.table if shared is not None and shared.rule is ShareRule.FIXED else self.rule
        return {"shared": self.rule, "shares": table, "fixed_percent": self.fixed}


class TermsSide(Column):
    """The side of a line's story with its terms: the agreed price, its partners, and what both do to it by year.

    Signals: resized() when it wants another height.
    """

    resized = Signal()

    def __init__(self, context: Context, line: str) -> None:
        self._context, self._line = context, line
        self.price = AgreedPrice(self._edit, self._clear)
        self.shared = SharedLine(context, line)
        self.steps = StepsTable()
        self.steps.setAccessibleName("What the terms do by year")
        self._no_steps = FlowLabel("", "dense", "ink2")
        super().__init__(
            self.price, Divider(), self.shared, Divider(),
            FlowLabel("What this does by year", "dense-strong"), self.steps, self._no_steps, gap=10,
        )  # fmt: skip

    def show_line(self, view: View, line: Line, errors: Errors) -> None:
        """The terms of the line as they stand."""
        appraisal = view.appraisal
        wrong = {
            field: f"{found.sentence} {found.mend}" for (record, field), found in errors.items() if record == line.id
        }
        self.price.show_terms(appraisal, line, terms_of(appraisal, line.id), wrong)
        self.shared.show_line(line, wrong)
        words = self.steps.show_line(appraisal, line, _STEPS)
        self._no_steps.set_text(words)
        self._no_steps.setVisible(bool(words))
        self.steps.setVisible(not words)
        self.resized.emit()

    def _name(self) -> str:
        lines = self._context.appraisal.lines
        return wording.shorten(next((one.name for one in lines if one.id == self._line), "") or "a line", 40)

    def _edit(self, what: str, **fields: object) -> None:
        new = terms.set_line_terms(self._context.appraisal, line=self._line, **fields)
        self._context.apply(new, f"Change {what} of {self._name()}")

    def _clear(self) -> None:
        new = terms.clear_line_terms(self._context.appraisal, line=self._line)
        self._context.apply(new, f"Clear the terms of {self._name()}")
        self.price.tiers.add.setFocus()

    def helps(self) -> dict[QWidget, Help]:
        """What the right pane says of the field in hand."""
        price, shared = self.price, self.shared
        return {
            price.volumes: options_help.TIERS, price.tiers: options_help.TIERS, price.whole: options_help.TIERS,
            price.loyalty: options_help.LOYALTY, price.cap: options_help.CAP, price.collar: options_help.CAP,
            shared.fixed: options_help.FIXED_PART, shared: options_help.SHARED,
        }  # fmt: skip

    def focus_field(self, field: str) -> None:
        """The field that a finding names."""
        stops = {**self.price.stops(), **self.shared.stops()}
        stops.get(field, self.price.tiers.add).setFocus()
