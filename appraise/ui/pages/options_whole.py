"""The whole long list at a glance: every choice with its rating, and the options that are made of it."""

from PySide6.QtCore import QModelIndex, Signal

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.options import Category, Choice, Option, Rating, ShortListRole
from appraise.model.short_list import in_category, may_be_used
from appraise.present import wording
from appraise.present.option_words import CATEGORIES, RATINGS
from appraise.ui.pages.options_choice import rating_chip
from appraise.ui.widgets.marks import ChipFace
from appraise.ui.widgets.table import DataTable
from appraise.ui.widgets.table_model import Cell, DataTableModel, TableColumn, TableRow

_FIXED = 2
_GROUP = "category/"


class WholeList(DataTable):
    """The options summary matrix (Green Book 2026, table 5), one choice a row.

    Signals: rated(choice, rating) from the pick list of a cell; used(choice, option) when a mark is to be
    turned round, by Space, Enter or a click; wanted(category, choice) when a row is opened.
    """

    rated = Signal(str, str)
    used = Signal(str, str)
    wanted = Signal(str, str)

    def __init__(self) -> None:
        self._options: tuple[str, ...] = ()
        self._rows_model = DataTableModel(_columns(()), self._typed)
        super().__init__("The whole long list", self._rows_model, row_height=34)
        self.toggled.connect(self._turn)
        self.opened.connect(self._open)
        self.clicked.connect(self._press)

    def show_list(self, appraisal: Appraisal) -> None:
        """All five categories in order, also those without a choice."""
        self._options = tuple(option.id for option in appraisal.options)
        self._rows_model.set_columns(_columns(appraisal.options))
        rows = []
        for category in Category:
            choices = in_category(appraisal, category)
            rows.append(_group(category, choices, len(appraisal.options)))
            rows.extend(_row(choice, appraisal.options) for choice in choices)
        self._rows_model.set_rows(rows)

    def place_option(self, option: str) -> None:
        """Puts the first choice in hand, in the column of an option."""
        first = next((row.key for row in self._rows_model.rows if not row.key.startswith(_GROUP)), "")
        if option in self._options:
            self.place(first, _FIXED + self._options.index(option))

    def _typed(self, key: str, _column: int, text: str) -> None:
        self.rated.emit(key, text)

    def _turn(self, key: str) -> None:
        """Space: the mark in hand, or the row where no mark is in hand."""
        place = self.currentIndex().column() - _FIXED
        if 0 <= place < len(self._options) and not key.startswith(_GROUP):
            self.used.emit(key, self._options[place])
        else:
            self._go(key)

    def _open(self, key: str) -> None:
        self._turn(key)

    def _press(self, index: QModelIndex) -> None:
        if index.column() >= _FIXED:
            self._turn(self.current_key())

    def _go(self, key: str) -> None:
        if key.startswith(_GROUP):
            self.wanted.emit(key.removeprefix(_GROUP), "")
        else:
            self.wanted.emit("", key)


def gate(choices: tuple[Choice, ...]) -> ChipFace:
    """Whether a category is through its gate: exactly one preferred choice, and none left unrated."""
    preferred = sum(one.rating is Rating.PREFERRED for one in choices)
    if not choices:
        return ChipFace("No choice yet", "plain", "")
    if preferred > 1:
        return ChipFace(f"{preferred} preferred", "problem")
    if preferred == 0:
        return ChipFace("None preferred", "attention", "attention")
    unrated = sum(one.rating is Rating.UNRATED for one in choices)
    return ChipFace(f"{unrated} not rated", "attention", "attention") if unrated else ChipFace("Decided", "good")


def _columns(options: tuple[Option, ...]) -> list[TableColumn]:
    marks = [
        TableColumn(option.short_name or wording.shorten(option.name, 14) or "Unnamed", "centre", 80, tip=option.name)
        for option in options
    ]
    return [
        TableColumn("Choice", "left", 170, stretch=True, wrap=True),
        TableColumn("Rating", "left", 182),
        *marks,
    ]


def _group(category: Category, choices: tuple[Choice, ...], options: int) -> TableRow:
    face = gate(choices)
    name = f"{list(Category).index(category) + 1}{wording.NO_BREAK} {CATEGORIES[category]}"
    empty = tuple(Cell() for _ in range(options))
    return TableRow(f"{_GROUP}{category.value}", (Cell(name, strong=True), Cell(mark=face), *empty), "group")


def _row(choice: Choice, options: tuple[Option, ...]) -> TableRow:
    name = choice.name or "Without a name"
    ratings = tuple((key.value, words) for key, words in RATINGS.items())
    chip = rating_chip(choice.rating)
    return TableRow(
        choice.id,
        (
            Cell(name, tip=choice.description or choice.name),
            Cell(chip.text, mark=chip, choices=ratings, tip=choice.reason),
            *(_mark(choice, option) for option in options),
        ),
    )


def _mark(choice: Choice, option: Option) -> Cell:
    name = option.name or "an option without a name"
    if choice.id not in option.choices:
        return Cell(wording.DASH, ink="ink2", spoken=f"not in {name}")
    wrong = not may_be_used(choice, option.role)
    tip = "Dropped choices must not be used" if wrong else ""
    if wrong:
        return Cell(icon="problem", icon_ink="problem", spoken=f"in {name}, though it was dropped", tip=tip)
    ink = "ink" if option.role is ShortListRole.BUSINESS_AS_USUAL else "primary"
    return Cell(icon="check", icon_ink=ink, spoken=f"in {name}")
