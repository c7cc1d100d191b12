"""Another scenario, in step 7: empty, published, a copy, or the same money settled some years at a time."""

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from appraise.model import periods
from appraise.model.appraisal.document import Appraisal
from appraise.model.edits import funding as edits
from appraise.model.edits.changing import EditRefused
from appraise.model.tables import SETTLEMENTS
from appraise.present import wording
from appraise.ui.context import Context, View
from appraise.ui.pages import funding_help
from appraise.ui.pages.funding_section import NAMELESS, Side
from appraise.ui.pages.results_charts import Sides
from appraise.ui.widgets.buttons import Button, IconButton
from appraise.ui.widgets.cards import Card, Column
from appraise.ui.widgets.labels import FlowLabel, Notice

#: Lengths that are offered, and what a scenario of them is called.
LENGTHS = {1: "One year at a time", 3: "Three years at a time", 5: "Five years at a time"}
_EMPTY = "No settlement yet: enter its years and its money."
_COPY = "The same settlements again, to change one thing in them."
_LENGTH_WORDS = {
    1: "The same money and cuts, decided anew every year.",
    3: "The same money and cuts, decided every three years.",
    5: "The same money and cuts, decided every five years.",
}


class _Way(Sides):
    """A way to make a scenario: a button, and what it makes."""

    def __init__(self, text: str, words: str) -> None:
        self.button = Button(text, small=True)
        self.words = FlowLabel(words, "dense", "ink2")
        row = Column(self.button)
        super().__init__(row, self.words, stretches=(3, 5), fold=520, gap=16)
        self.button.setAccessibleDescription(words)


class NewScenario(Card):
    """The ways to make another scenario. Without any scenario only those that need none are offered.

    Signals: made(scenario) with the id of the new one; given_up() when the card is closed.
    """

    made = Signal(str)
    given_up = Signal()

    def __init__(self, context: Context, side: Side) -> None:
        super().__init__("Add a scenario")
        self.context = context
        self._from = ""
        self.close_it = IconButton("close", "Close")
        self.add_action(self.close_it)
        self.refused = Notice("attention", "")
        self.refused.hide()
        self.add(self.refused)
        self.published = {key: _Way("Published settlement", "") for key in SETTLEMENTS}
        self.blank = _Way("Empty scenario", _EMPTY)
        self.copy = _Way("Copy of this one", _COPY)
        self.lengths = {years: _Way(name, _LENGTH_WORDS[years]) for years, name in LENGTHS.items()}
        for way in (*self.lengths.values(), self.copy, *self.published.values(), self.blank):
            self.add(way)
        for key, row in SETTLEMENTS.items():
            self.published[key].words.set_text(f"{row.name}: its years and how firm they are, without money yet.")
        side.helps.add(self, funding_help.NEW)
        self._connect()

    def _connect(self) -> None:
        self.close_it.clicked.connect(self.given_up)
        self.blank.button.clicked.connect(self.add_empty)
        self.copy.button.clicked.connect(self._copy)
        for years, way in self.lengths.items():
            way.button.clicked.connect(partial(self._roll, years))
        for key, way in self.published.items():
            way.button.clicked.connect(partial(self._publish, key))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes the card where it may be closed."""
        if event.key() == Qt.Key.Key_Escape and self.close_it.isVisibleTo(self):
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def show_view(self, view: View, scenario: str) -> None:
        """Which ways there are; `scenario` is the one in hand, "" without any."""
        if scenario != self._from:
            self._refuse("")
        self._from = scenario
        found = next((one for one in view.appraisal.scenarios if one.id == scenario), None)
        self.close_it.setVisible(found is not None)
        for way in (self.copy, *self.lengths.values()):
            way.setVisible(found is not None)
        name = wording.shorten(found.name, 40) or NAMELESS.lower() if found is not None else ""
        self.set_title(
            "Add a scenario" if found is None else f"Make another scenario, from “{name}” or anew",
            "What money is promised, and for how many years?" if found is None else "",
        )

    def focus_first(self) -> None:
        """The first way there is."""
        way = self.lengths[1] if self._from else next(iter(self.published.values()), self.blank)
        way.button.setFocus()

    # --- what is made ---

    def _refuse(self, sentence: str) -> None:
        self.refused.show_text(sentence)
        self.refused.setVisible(bool(sentence))

    def _ids(self) -> Iterator[str]:
        while True:
            yield self.context.fresh_id("settlement")

    def _finish(self, new: Appraisal, action: str, key: str) -> None:
        self._refuse("")
        self.context.apply(new, action)
        self.made.emit(key)

    def add_empty(self) -> None:
        """A scenario without settlements."""
        key = self.context.fresh_id("scenario")
        new = edits.add_scenario(self.context.appraisal, scenario=key, name="New scenario")
        self._finish(new, "Add a scenario", key)

    def _publish(self, published: str) -> None:
        key = self.context.fresh_id("scenario")
        try:
            new = edits.add_published(
                self.context.appraisal,
                scenario=key,
                settlement=self.context.fresh_id("settlement"),
                published=published,
            )
        except EditRefused as refused:
            self._refuse(str(refused))
            return
        self._finish(new, "Add the published settlement", key)

    def _copy(self) -> None:
        appraisal, key = self.context.appraisal, self.context.fresh_id("scenario")
        old = next(one for one in appraisal.scenarios if one.id == self._from)
        name = f"{old.name or 'Scenario'}, copy"
        new = edits.copy_scenario(appraisal, scenario=old.id, to=key, name=name, ids=self._ids())
        self._finish(new, "Copy a scenario", key)

    def _roll(self, years: int) -> None:
        appraisal, key = self.context.appraisal, self.context.fresh_id("scenario")
        name = LENGTHS[years]
        taken = {one.name for one in appraisal.scenarios}
        name = next(one for one in (name, *(f"{name} ({number})" for number in range(2, 99))) if one not in taken)
        try:
            new = edits.rolled(appraisal, scenario=self._from, new=key, name=name, years=years, ids=self._ids())
        except EditRefused as refused:
            self._refuse(str(refused))
            return
        self._finish(_named_by_years(new, key), f"Settle the money {LENGTHS[years].lower()}", key)


def _named_by_years(appraisal: Appraisal, scenario: str) -> Appraisal:
    """The settlements of a new scenario called by their years: "2027/28 to 2029/30"."""
    first = appraisal.horizon.first_year
    new = appraisal
    for one in next(found for found in appraisal.scenarios if found.id == scenario).settlements:
        last = one.first_year + len(one.amounts) - 1
        name = periods.label(first, one.first_year)
        if last > one.first_year:
            name = f"{name} to {periods.label(first, last)}"
        new = edits.rename_settlement(new, scenario=scenario, settlement=one.id, name=name)
    return new
