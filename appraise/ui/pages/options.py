"""Step 2: the ways of delivering the service that are compared."""

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.options import DeliveryModel, Option
from appraise.model.edits import options as edits
from appraise.model.edits.changing import EditRefused
from appraise.present import wording
from appraise.ui.context import Context, View
from appraise.ui.pages.options_detail import MODELS, OptionDetail, OptionsPane, no_term_words, read_term
from appraise.ui.pages.pane_parts import EditRow, RestingPage
from appraise.ui.widgets.cards import Card, PageFrame
from appraise.ui.widgets.labels import EmptyState, Notice
from appraise.ui.widgets.table import DataTable
from appraise.ui.widgets.table_model import Cell, DataTableModel, TableColumn, TableRow

_COLUMNS = (
    TableColumn("Option", "left", 230, stretch=True),
    TableColumn("Short name", "left", 120),
    TableColumn("Kind", "left", 170),
    TableColumn("Term", "right", 110),
)


class OptionsPage(RestingPage):
    """The list of options, and the one in hand below it."""

    def __init__(self, context: Context) -> None:
        frame = PageFrame(
            "Step 2 of 10", "Options", "Business as usual, and real ways to do it otherwise, asked the same questions."
        )
        super().__init__(context, frame)
        self.pane: OptionsPane = OptionsPane()
        self._chosen = ""
        self.wrong = Notice("problem", "", "")
        self.refused = Notice("attention", "", "")
        self._model = DataTableModel(list(_COLUMNS), self._typed, self)
        self.table = DataTable("Options", self._model, row_height=36)
        self._empty = EmptyState("people", "There is no option to compare. Add business as usual first.")
        self.buttons = EditRow("Add option", "option")
        card = Card(padding=10)
        for inside in (self.table, self._empty, self.buttons):
            card.add(inside)
        self.detail = OptionDetail(context)
        for part in (self.wrong, self.refused, card, self.detail):
            frame.add(part)
        frame.end()
        self.refused.hide()
        self.detail.refused.connect(self._refuse)
        self.buttons.added.connect(self._add)
        self.buttons.removed.connect(self._remove)
        self.buttons.moved.connect(self._move)
        self.table.moved.connect(lambda key, _column: self._choose(key))
        self.table.opened.connect(lambda _key: self.detail.focus_first())
        self.table.toggled.connect(lambda _key: self.detail.focus_first())
        self._model.faulted.connect(self._refuse)
        self.follow()

    # --- what is shown ---

    def show_view(self, old: View | None, new: View) -> None:
        """List, option in hand, pane."""
        options = new.appraisal.options
        if old is None or old.appraisal.options is not options:
            if self._chosen not in {one.id for one in options}:
                self._chosen = options[0].id if options else ""
            self._model.set_rows([_row(one, chosen=one.id == self._chosen) for one in options])
            self.table.setVisible(bool(options))
            self._empty.setVisible(not options)
            self.buttons.set_some(some=bool(options))
            if not self.table.currentIndex().isValid():
                self.table.place(self._chosen)
        self.detail.show_option(self._option(new.appraisal))
        self.pane.show_view(new)
        found = next((one for one in new.findings if one.step == 2 and one.severity == "error"), None)
        self.wrong.setVisible(found is not None)
        if found is not None:
            self.wrong.show_text(found.sentence, found.mend)

    def _option(self, appraisal: Appraisal) -> Option | None:
        return next((one for one in appraisal.options if one.id == self._chosen), None)

    def _choose(self, key: str) -> None:
        if key != self._chosen:
            self._chosen = key
            self._refuse("")
            view = self.context.view
            self._model.set_rows([_row(one, chosen=one.id == key) for one in view.appraisal.options])
            self.detail.show_option(self._option(view.appraisal))

    def _refuse(self, sentence: str) -> None:
        self.refused.show_text(sentence)
        self.refused.setVisible(bool(sentence))

    # --- edits ---

    def _typed(self, key: str, column: int, text: str) -> None:
        appraisal, name = self.context.appraisal, text.strip()
        if column == 0:
            self.context.apply(edits.rename_option(appraisal, option=key, name=name), "Rename an option")
        elif column == 1:
            self.context.apply(edits.set_short_name(appraisal, option=key, short_name=name), "Change a short name")
        elif column == 2:
            self._set_model(key, DeliveryModel(text))
        else:
            self.context.apply(edits.set_term(appraisal, option=key, years=read_term(text)), "Change a term")

    def _set_model(self, option: str, model: DeliveryModel) -> None:
        try:
            new = edits.set_model(self.context.appraisal, option=option, model=model)
        except EditRefused as refused:
            raise ValueError(str(refused)) from refused
        self.context.apply(new, "Change who delivers")

    def _add(self) -> None:
        """The first kind that is missing, so that the list becomes whole."""
        self._refuse("")
        present = {one.model for one in self.context.appraisal.options}
        model = next((one for one in DeliveryModel if one not in present), DeliveryModel.INSOURCE)
        option = self.context.fresh_id("option")
        name = MODELS[model] if model not in present else "New option"
        self._chosen = option
        self.context.apply(
            edits.add_option(self.context.appraisal, option=option, name=name, model=model), "Add an option"
        )
        self.table.place(option)
        self.detail.focus_first()

    def _remove(self) -> None:
        ids = [one.id for one in self.context.appraisal.options]
        name = next((one.name for one in self.context.appraisal.options if one.id == self._chosen), "")
        try:
            new = edits.remove_option(self.context.appraisal, option=self._chosen)
        except EditRefused as refused:
            self._refuse(str(refused))
            return
        self._refuse("")
        place = ids.index(self._chosen)
        rest = ids[:place] + ids[place + 1 :]
        self._chosen = neighbour = rest[min(place, len(rest) - 1)] if rest else ""
        self.context.apply(new, f"Remove {wording.shorten(name or 'an option', 40)}")
        self._choose(neighbour)  # the table may have put another row in hand while its rows changed
        self.table.place(neighbour)

    def _move(self, step: int) -> None:
        place = [one.id for one in self.context.appraisal.options].index(self._chosen) + step
        if place >= 0:
            self.context.apply(
                edits.move_option(self.context.appraisal, option=self._chosen, to=place), "Move an option"
            )
        self.table.place(self._chosen)

    def focus_first(self) -> None:
        """The list, or the button that adds the first option."""
        if self.table.isVisibleTo(self):
            self.table.setFocus()
            self.table.place(self._chosen)
        else:
            self.buttons.focus_first()

    def focus_place(self, record: str, field: str) -> None:
        """The field of an option that a finding is about."""
        if any(one.id == record for one in self.context.appraisal.options):
            self._choose(record)
            self.table.place(record)
            self.detail.focus_field(field)
        else:
            self.focus_first()


def _row(option: Option, *, chosen: bool) -> TableRow:
    term = no_term_words(option.term_years)
    models = tuple((model.value, words) for model, words in MODELS.items())
    return TableRow(
        option.id,
        (
            Cell(option.name or "Without a name", editable=True, edit_text=option.name, strong=True, tip=option.name),
            Cell(option.short_name or wording.DASH, editable=True, edit_text=option.short_name),
            Cell(MODELS[option.model], choices=models),
            Cell(term, editable=True, edit_text=str(option.term_years), ink="ink" if option.term_years else "ink2"),
        ),
        "open" if chosen else "plain",
    )
