"""Filling amounts: down, to the right, block over block, and by a pattern over the years."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from PySide6.QtWidgets import QWidget

from appraise.model import money
from appraise.model.edits.changing import EditRefused
from appraise.model.edits.lines import Pattern, PatternKind
from appraise.present import wording
from appraise.ui.dialogs import Sheet
from appraise.ui.widgets.cards import Column, Row
from appraise.ui.widgets.choices import PickList, SegmentBar
from appraise.ui.widgets.fields import MoneyField, ParsedField, PercentField
from appraise.ui.widgets.labels import FlowLabel

CellPlace = tuple[str, int]
"""A line's id and a year counted from year 0."""
Amounts = Mapping[str, Sequence[Decimal]]
"""The amounts of each line by its id."""

_KINDS = (
    (PatternKind.ONE_OFF.value, "One-off"),
    (PatternKind.EVERY_YEAR.value, "Every year"),
    (PatternKind.GROWTH.value, "Growing"),
    (PatternKind.STEP.value, "Step"),
)


def now_at(amounts: Amounts, place: CellPlace) -> Decimal:
    """The amount that stands in a cell; nothing beyond what was entered."""
    line, year = place
    return amounts[line][year] if year < len(amounts[line]) else Decimal("0.00")


def filled_down(amounts: Amounts, cells: Sequence[CellPlace]) -> dict[CellPlace, Decimal]:
    """Each column of the cells takes its top amount; the cells come in the order of the table."""
    top: dict[int, Decimal] = {}
    for line, year in cells:
        top.setdefault(year, now_at(amounts, (line, year)))
    return {(line, year): top[year] for line, year in cells}


def filled_right(amounts: Amounts, cells: Sequence[CellPlace]) -> dict[CellPlace, Decimal]:
    """Each row of the cells takes its leftmost amount; the cells come in the order of the table."""
    first: dict[str, Decimal] = {}
    for line, year in cells:
        first.setdefault(line, now_at(amounts, (line, year)))
    return {(line, year): first[line] for line, year in cells}


def repeated(block: Sequence[Sequence[str]], rows: int, columns: int) -> list[list[str]]:
    """A block as often as it fits into a selection of rows x columns, as spreadsheets do; else as it is."""
    high, wide = len(block), max((len(row) for row in block), default=0)
    even = bool(high and wide) and rows % high == 0 and columns % wide == 0 and all(len(row) == wide for row in block)
    if not even or (rows, columns) == (high, wide):
        return [list(row) for row in block]
    return [[block[row % high][column % wide] for column in range(columns)] for row in range(rows)]


def pattern_words(pattern: Pattern, years: Sequence[str]) -> str:
    """What a pattern fills, read back before it is used. EditRefused where it fills nothing that can be."""
    amounts = pattern.amounts(len(years))
    shown = [f"{years[year]} {wording.money(pounds)}" for year, pounds in enumerate(amounts) if pounds]
    if not shown:
        return "Nothing in any year."
    ends = shown if len(shown) <= 3 else [shown[0], shown[1], f"… {shown[-1]}"]
    return f"{', '.join(ends)}; {wording.money(sum(amounts))} in all."


class FillDialog(Sheet):
    """Asks for a pattern and hands it to `use`, which fills lines and says in a sentence why it cannot."""

    def __init__(
        self, parent: QWidget, what: str, years: Sequence[str], use: Callable[[Pattern], str], start: Decimal
    ) -> None:
        super().__init__(parent, "Fill with a pattern", f"All years of {what} are filled anew.", 560)
        self._years, self._use = years, use
        places = [(str(year), name) for year, name in enumerate(years)]
        last = str(len(years) - 1)
        self.kind = SegmentBar("Pattern", _KINDS, PatternKind.EVERY_YEAR.value)
        shown = money.plain_amount(start) if start else ""
        self.amount = MoneyField("Amount a year", money.parse, shown, label="Amount")
        self.first = PickList("First year", places, "0")
        self.last = PickList("Last year", places, last)
        self.growth = PercentField("Growth a year, per cent", money.parse_percent, "2", label="Growth a year")
        self.step_year = PickList("Year of the step", places, str(len(years) // 2))
        self.step_amount = MoneyField("Amount from the step on", money.parse, shown, label="Amount from then on")
        self._last = _labelled("Last year", self.last)
        self._step = Row(_labelled("From", self.step_year), self.step_amount)
        self.told = FlowLabel("", "dense-strong")
        self.fault = FlowLabel("", "caption", "problem")
        first = Row(self.amount, _labelled("First year", self.first), self._last)
        for part in (self.kind, first, self.growth, self._step, self.told, self.fault):
            self.body.line.addWidget(part)
        self.body.line.addStretch(1)
        self.add_button("Cancel", self.reject)
        self.fill = self.add_button("Fill", self.accept_pattern)
        self._connect()
        self._show()
        self.amount.start_over()

    def _connect(self) -> None:
        for choice in (self.kind, self.first, self.last, self.step_year):
            choice.chosen.connect(lambda _key: self._show())
        for field in (self.amount, self.growth, self.step_amount):
            field.line.textChanged.connect(lambda _text: self._show())

    def _show(self) -> None:
        """Only the fields of the pattern, and what it comes to."""
        kind = PatternKind(self.kind.current())
        self._last.setVisible(kind is not PatternKind.ONE_OFF)
        self.growth.setVisible(kind is PatternKind.GROWTH)
        self._step.setVisible(kind is PatternKind.STEP)
        try:
            self.told.set_text(pattern_words(self._pattern(), self._years))
        except (ValueError, EditRefused):
            self.told.set_text("")
        self.fault.set_text("")

    def _pattern(self) -> Pattern:
        """The pattern as typed. ValueError with a sentence where a field cannot be read."""
        kind, nothing = PatternKind(self.kind.current()), Decimal("0.00")
        step = kind is PatternKind.STEP
        return Pattern(
            kind=kind,
            amount=money.parse(self.amount.text()),
            first=int(self.first.current()),
            last=None if kind is PatternKind.ONE_OFF else int(self.last.current()),
            growth_percent=money.parse_percent(self.growth.text()) if kind is PatternKind.GROWTH else nothing,
            step_year=int(self.step_year.current()) if step else 0,
            step_amount=money.parse(self.step_amount.text()) if step else nothing,
        )

    def _wrong_field(self) -> ParsedField | None:
        """The first field of the pattern that cannot be read, with its sentence on it."""
        reads: tuple[tuple[ParsedField, Callable[[str], object]], ...] = (
            (self.amount, money.parse),
            (self.growth, money.parse_percent),
            (self.step_amount, money.parse),
        )
        for field, parse in reads:
            if field.isVisibleTo(self):
                try:
                    parse(field.text())
                except ValueError as wrong:
                    field.set_fault(str(wrong))
                    return field
        return None

    def accept_pattern(self) -> None:
        """Fills and closes, or says why not."""
        if (wrong := self._wrong_field()) is not None:
            wrong.setFocus()
            return
        sentence = self._use(self._pattern())
        self.fault.set_text(sentence)
        if not sentence:
            self.accept()


def _labelled(label: str, field: QWidget) -> Column:
    column = Column(FlowLabel(label, "caption", "ink2"), field, gap=4)
    column.line.addStretch(1)
    return column
