"""The long list of step 2, the options framework filter: choices in five categories, rated with a reason each."""

from functools import partial

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.options import SUCCESS_FACTORS, Category, Choice, Factor, Meets, Rating
from appraise.model.edits import long_list as edits
from appraise.model.short_list import factor_names, in_category
from appraise.present import wording
from appraise.present.option_words import CATEGORIES, CATEGORY_QUESTIONS, RATINGS
from appraise.ui.context import Context, View
from appraise.ui.pages.options_choice import ChoiceCard, rating_chip, read_order
from appraise.ui.pages.options_section import Section
from appraise.ui.pages.options_whole import WholeList
from appraise.ui.pages.pane_parts import EditRow
from appraise.ui.widgets import base
from appraise.ui.widgets.buttons import Button, IconButton
from appraise.ui.widgets.cards import Card, Column, Row
from appraise.ui.widgets.choices import Switch
from appraise.ui.widgets.fields import TextField
from appraise.ui.widgets.labels import EmptyState, FlowLabel
from appraise.ui.widgets.table import DataTable
from appraise.ui.widgets.table_model import Cell, DataTableModel, TableColumn, TableRow

_WHOLE = "whole"
_VIEWS = (
    (_WHOLE, "Whole list"),
    *((key.value, f"{place}{wording.NO_BREAK} {words}") for place, (key, words) in enumerate(CATEGORIES.items(), 1)),
)
_COLUMNS = (
    TableColumn("Choice", "left", 180, stretch=True, wrap=True),
    TableColumn("Rating", "left", 186),
    TableColumn("Today", "centre", 60, tip="Done like this today"),
    TableColumn("Cost", "right", 52, tip="Order by cost in this category, 1 is the cheapest"),
    TableColumn("Factors met", "right", 92, tip="Critical success factors that the choice meets"),
    TableColumn("Reason", "left", 220, wrap=True),
)


class LongList(Section):
    """The whole list at a glance, or one category with its choices and the one in hand."""

    def __init__(self, context: Context) -> None:
        self._chosen = ""
        self.views = Switch("Category", _VIEWS, _WHOLE)
        self.whole = WholeList()
        self._whole_card = Card("Which choices go on, and which options are made of them", padding=10)
        self._whole_card.add(self.whole)
        note = (
            "A click or Space makes an option of a choice, in place of its other one there. Enter on a name opens it."
        )
        self._whole_card.add(FlowLabel(note, "caption", "ink2"))
        self.factors = FactorsCard(context)
        self._model = DataTableModel(list(_COLUMNS), self._typed)
        self.table = DataTable("Choices of the category", self._model, row_height=36)
        self._empty = EmptyState("table", "No choice is on the list here yet. Start with what is done today.")
        self.buttons = EditRow("Add choice", "choice")
        self._card = Card(" ")
        for part in (self.table, self._empty, self.buttons):
            self._card.add(part)
        self.choice = ChoiceCard(self.attempt)
        parts = (self.views, self._whole_card, self._card, self.choice, self.factors)
        super().__init__(context, *parts)
        self._connect()

    def _connect(self) -> None:
        self.views.chosen.connect(lambda _key: self._turn())
        self.whole.rated.connect(lambda choice, key: self._rate(choice, Rating(key)))
        self.whole.used.connect(self._use)
        self.whole.wanted.connect(self._want)
        self.buttons.added.connect(self._add)
        self.buttons.removed.connect(self._remove)
        self.buttons.moved.connect(self._move)
        self.table.moved.connect(lambda key, _column: self._choose(key))
        self.table.opened.connect(lambda _key: self.choice.reason.setFocus())
        self.table.toggled.connect(lambda _key: self.choice.reason.setFocus())
        self._model.faulted.connect(lambda sentence: self.refuse(sentence) if sentence else None)

    # --- what is shown ---

    def show_view(self, old: View | None, new: View) -> None:
        """The whole list, or the category in hand."""
        before = old.appraisal if old is not None else None
        now = new.appraisal
        parts = (now.choices, now.options, now.factors)
        if before is None or (before.choices, before.options, before.factors) != parts:
            if before is None and not now.choices and self.views.current() == _WHOLE:
                self.views.set_current(Category.SCOPE.value)
            self._show(now)

    def _turn(self) -> None:
        self.refuse("")
        self._show(self.context.appraisal)

    def _show(self, appraisal: Appraisal) -> None:
        category = self._category()
        for part in (self._whole_card, self.factors):
            part.setVisible(category is None)
        self._card.setVisible(category is not None)
        if category is None:
            self.whole.show_list(appraisal)
            self._whole_card.set_title("Which choices go on, and which options are made of them", _progress(appraisal))
            self.factors.show_factors(appraisal.factors)
            self.choice.show_choice(appraisal, None)
        else:
            self._show_category(appraisal, category)

    def _show_category(self, appraisal: Appraisal, category: Category) -> None:
        choices = in_category(appraisal, category)
        if self._chosen not in {one.id for one in choices}:
            self._chosen = choices[0].id if choices else ""
        self._card.set_title(message(category, choices), CATEGORY_QUESTIONS[category])
        self._model.set_rows([_row(appraisal, one, chosen=one.id == self._chosen) for one in choices])
        self.table.setVisible(bool(choices))
        self._empty.setVisible(not choices)
        self.buttons.set_some(some=bool(choices))
        if choices and self.table.current_key() != self._chosen:
            self.table.place(self._chosen)
        self.choice.show_choice(appraisal, self._choice(appraisal))

    def _category(self) -> Category | None:
        key = self.views.current()
        return None if key == _WHOLE else Category(key)

    def _choice(self, appraisal: Appraisal) -> Choice | None:
        return next((one for one in appraisal.choices if one.id == self._chosen), None)

    def _choose(self, key: str) -> None:
        category = self._category()
        if key != self._chosen and category is not None:
            self._chosen = key
            self.refuse("")
            self._show_category(self.context.appraisal, category)

    def _want(self, category: str, choice: str) -> None:
        """A row of the whole list was opened: its category, with the choice in hand."""
        found = next((one for one in self.context.appraisal.choices if one.id == choice), None)
        self._chosen = choice
        self.views.set_current(found.category.value if found is not None else category)
        self._turn()
        if found is not None:
            self.choice.rating.setFocus()
        else:
            self.focus_first()
        self.placed.emit()

    # --- edits ---

    def _named(self, choice: str) -> str:
        found = next(one for one in self.context.appraisal.choices if one.id == choice)
        return wording.shorten(found.name or "a choice", 40)

    def _rate(self, choice: str, rating: Rating) -> None:
        self.attempt(partial(edits.rate_choice, choice=choice, rating=rating), f"Rate {self._named(choice)}")

    def _use(self, choice: str, option: str) -> None:
        used = next(choice in one.choices for one in self.context.appraisal.options if one.id == option)
        if used:
            take_out = partial(edits.use_choice, option=option, choice=choice, used=False)
            self.attempt(take_out, f"Take out {self._named(choice)}")
        else:  # an option has one choice in each category
            self.attempt(partial(edits.swap_choice, option=option, choice=choice), f"Use {self._named(choice)}")

    def _typed(self, key: str, column: int, text: str) -> None:
        if column == 1:
            self._rate(key, Rating(text))
            return
        fields: dict[int, dict[str, str | int]] = {0: {"name": text.strip()}, 5: {"reason": text.strip()}}
        values = fields.get(column) or {"cost_order": read_order(text)}
        self.attempt(lambda now: edits.change_choice(now, choice=key, **values), f"Change {self._named(key)}")

    def _add(self) -> None:
        category = self._category()
        if category is not None:
            self._chosen = choice = self.context.fresh_id("choice")
            self.attempt(partial(edits.add_choice, choice=choice, category=category, name=""), "Add a choice")
            self.table.place(choice)
            self.choice.name.start_over()

    def _remove(self) -> None:
        category, gone = self._category(), self._chosen
        if category is None:
            return
        ids = [one.id for one in in_category(self.context.appraisal, category)]
        place = ids.index(gone)
        rest = ids[:place] + ids[place + 1 :]
        action = f"Remove {self._named(gone)}"
        self._chosen = neighbour = rest[min(place, len(rest) - 1)] if rest else ""
        self.attempt(partial(edits.remove_choice, choice=gone), action)
        self._choose(neighbour)
        self.table.place(neighbour)

    def _move(self, step: int) -> None:
        category = self._category()
        if category is None:
            return
        whole = [one.id for one in self.context.appraisal.choices]
        ids = [one.id for one in in_category(self.context.appraisal, category)]
        place = ids.index(self._chosen) + step
        if 0 <= place < len(ids):
            to, chosen = whole.index(ids[place]), self._chosen
            self.attempt(partial(edits.move_choice, choice=chosen, to=to), "Move a choice")
            self.table.place(chosen)

    # --- the keyboard ---

    def focus_first(self) -> None:
        """The table that is shown, or the button that adds the first choice."""
        if self._category() is None:
            self.whole.setFocus()
        elif self._chosen:
            self.table.setFocus()
        else:
            self.buttons.focus_first()

    def focus_place(self, record: str, field: str) -> None:
        """The field of a choice, an own factor, the column of an option, or a category by its word."""
        found = next((one for one in self.context.appraisal.choices if one.id == record), None)
        if found is not None:
            self._want("", record)
            self.choice.focus_field(field)
        elif any(one.id == record for one in self.context.appraisal.factors):
            self._want(_WHOLE, "")
            self.factors.focus_factor(record)
        elif any(one.id == record for one in self.context.appraisal.options):
            self._want(_WHOLE, "")
            self.whole.place_option(record)
        else:
            named = next((word for word in (record, field) if word in {one.value for one in Category}), _WHOLE)
            self._want(named, "")


class FactorsCard(Card):
    """The five critical success factors, and this appraisal's own. `fields` by the own factor's id."""

    def __init__(self, context: Context) -> None:
        super().__init__("Critical success factors", "Every choice is held against all of them.")
        self._context = context
        self.fields: dict[str, TextField] = {}
        self._rows: dict[str, Row] = {}
        self.new = Button("Add a factor", kind="plain", icon="plus", small=True)
        self.new.clicked.connect(self._add)
        self.add_action(self.new)
        self.add(FlowLabel(f"{'; '.join(SUCCESS_FACTORS.values())}.", "dense"))
        self._list = Column(gap=6)
        self._hint = FlowLabel(
            "Own factors may be legal, ethical, social, about timing or about the climate.", "caption", "ink2"
        )
        self.add(self._hint)
        self.add(self._list)

    def show_factors(self, factors: tuple[Factor, ...]) -> None:
        """The own factors; rows of those that stay are kept, with what is half typed in them."""
        for gone in [key for key in self._rows if key not in {one.id for one in factors}]:
            self.fields.pop(gone)
            row = self._rows.pop(gone)
            self._list.line.removeWidget(row)
            row.hide()
            row.deleteLater()
        for place, factor in enumerate(factors, 1):
            if factor.id not in self._rows:
                self._make(factor.id)
            self.fields[factor.id].line.setAccessibleName(f"Own factor {place}")
            self.fields[factor.id].set_text(factor.name)
        base.tab_chain(self.new, *base.stops_as_read(self._list))

    def _make(self, factor: str) -> None:
        context = self._context
        field = TextField("Own factor", hint="A legal duty, a date, a limit on emissions")
        remove = IconButton("bin", "Remove this factor")
        field.committed.connect(
            lambda name: context.apply(
                edits.rename_factor(context.appraisal, factor=factor, name=name), "Name a factor"
            )
        )
        remove.clicked.connect(
            lambda: context.apply(edits.remove_factor(context.appraisal, factor=factor), "Remove a factor")
        )
        self.fields[factor] = field
        self._rows[factor] = Row(field, remove, stretches=(1, 0), gap=4)
        self._list.line.addWidget(self._rows[factor])

    def _add(self) -> None:
        factor = self._context.fresh_id("factor")
        self._context.apply(edits.add_factor(self._context.appraisal, factor=factor, name=""), "Add a factor")
        self.focus_factor(factor)

    def focus_factor(self, factor: str) -> None:
        """The field of an own factor."""
        if factor in self.fields:
            self.fields[factor].start_over()


def message(category: Category, choices: tuple[Choice, ...]) -> str:
    """What stands in a category, in one sentence."""
    name = CATEGORIES[category]
    preferred = [one.name or "a choice without a name" for one in choices if one.rating is Rating.PREFERRED]
    carried = sum(one.rating is Rating.CARRY_FORWARD for one in choices)
    if not choices:
        return f"{name}: nothing is on the list yet"
    if not preferred:
        return f"{name}: {wording.how_many(len(choices), 'choice')}, none preferred yet"
    rest = f", {wording.how_many(carried, 'other')} carried forward" if carried else ""
    return f"{name}: {wording.shorten(wording.listing(preferred), 60)} is preferred{rest}"


def _progress(appraisal: Appraisal) -> str:
    rated = sum(one.rating is not Rating.UNRATED for one in appraisal.choices)
    total = len(appraisal.choices)
    return f"{rated} of {total} choices are rated" if total else "No choice is on the list yet"


def _row(appraisal: Appraisal, choice: Choice, *, chosen: bool) -> TableRow:
    factors = factor_names(appraisal)
    met = sum(one.meets is Meets.YES and one.factor in factors for one in choice.verdicts)
    ratings = tuple((key.value, words) for key, words in RATINGS.items())
    chip = rating_chip(choice.rating)
    missing = choice.rating is not Rating.UNRATED and not choice.reason.strip()
    reason = "Reason missing" if missing else choice.reason or wording.DASH
    order = str(choice.cost_order) if choice.cost_order else wording.DASH
    today = Cell(icon="check", icon_ink="ink", spoken="done like this today") if choice.usual else Cell(spoken="no")
    return TableRow(
        choice.id,
        (
            Cell(choice.name or "Without a name", editable=True, edit_text=choice.name, strong=True, tip=choice.name),
            Cell(chip.text, mark=chip, choices=ratings),
            today,
            Cell(order, editable=True, edit_text=str(choice.cost_order), ink="ink" if choice.cost_order else "ink2"),
            Cell(f"{met} of {len(factors)}"),
            Cell(
                reason, editable=True, edit_text=choice.reason, ink="attention" if missing else "ink", tip=choice.reason
            ),
        ),
        "open" if chosen else "plain",
    )
