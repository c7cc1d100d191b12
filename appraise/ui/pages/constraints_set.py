"""What several answers are worth as one, and whether a claim would break the rule on changes of a contract."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex

from appraise.model.appraisal.constraints import Constraint
from appraise.model.appraisal.document import Appraisal
from appraise.model.edits import constraints as edits
from appraise.model.settling import MOST_TOGETHER, chosen_set, open_constraints
from appraise.present import constraint_words, wording
from appraise.present.constraint_bearers import NO_ADVICE, claim_check, claim_message
from appraise.ui.context import Context
from appraise.ui.pages.results_state import Figures
from appraise.ui.widgets.cards import Card
from appraise.ui.widgets.labels import FlowLabel
from appraise.ui.widgets.table import DataTable
from appraise.ui.widgets.table_model import Cell, DataTableModel, TableColumn, TableRow

_COLUMNS = (
    TableColumn("Settled together", stretch=True, wrap=True),
    TableColumn("Worth alone", "right", tip="Present value of this answer alone, less what it costs"),
)
_ADDED, _AS_ONE = "added", "as-one"
_HOW = f"Space ticks the entry in hand. At most {wording.count(MOST_TOGETHER)} are valued together."


class SetCard(Card):
    """Which entries are settled together, and what that is worth beside the sum of single values."""

    def __init__(self, context: Context) -> None:
        super().__init__("Settled together")
        self._context = context
        self.model = DataTableModel(_COLUMNS)
        self.table = DataTable("Entries that are settled together", self.model, row_height=31)
        self.how = FlowLabel(_HOW, "caption", "ink2")
        self.losing = FlowLabel("", "caption", "attention")
        self.left_out = FlowLabel("", "caption", "attention")
        for part in (self.table, self.how, self.losing, self.left_out):
            self.add(part)
        self.table.toggled.connect(self._toggle)
        self.table.clicked.connect(self._click)

    def _click(self, index: QModelIndex) -> None:
        self._toggle(self.model.rows[index.row()].key)

    def _toggle(self, key: str) -> None:
        constraint = next((one for one in self._context.appraisal.constraints if one.id == key), None)
        if constraint is None:
            return
        on = not constraint.settling.together
        new = edits.change_settling(self._context.appraisal, constraint=key, together=on)
        name = wording.shorten(constraint.name or "a constraint", 30)
        self._context.apply(new, f"Settle {name} with the others" if on else f"Leave {name} out of the set")

    def show_set(self, appraisal: Appraisal, full: Figures | None) -> None:
        """The open entries with their ticks as they are, and the values of the last full figures."""
        entries = open_constraints(appraisal)
        found = dict(_worths(full))
        self.setVisible(full is not None and len(entries) > 1)
        if full is None:
            return
        chosen = [one for one in entries if one.settling.together]
        valued = chosen_set(appraisal)
        form = wording.money_column([*found.values(), *_ends(full)])
        rows = [TableRow(one.id, _cells(one, found.get(one.id), form)) for one in entries]
        rows += [TableRow(key, (Cell(words, strong=key == _AS_ONE), Cell(form(worth), strong=key == _AS_ONE)), "total")
                 for key, words, worth in _totals(full)]  # fmt: skip
        self.model.set_rows(rows)
        together = full.results.settling_together
        several = together is not None and len(constraint_words.in_set(full.results)) > 1
        count = wording.how_many(len(constraint_words.in_set(full.results)), "entry", "entries")
        title = "Tick at least two entries to value them as one"
        if together is not None and several:
            title = f"{wording.capital(count)} settled together: {_worth_words(together.total)}"
        self.set_title(title, "Values of several do not add: a pool spreads risk, and an answer can do another’s work")
        self.losing.set_text(_losing(full))
        self.losing.setVisible(bool(self.losing.text()))
        left = [one.name or "an entry without a name" for one in chosen if one not in valued]
        self.left_out.set_text(f"Not valued, as too many are ticked: {wording.listing(left)}." if left else "")
        self.left_out.setVisible(bool(left))


def _losing(full: Figures) -> str:
    """Which ticked entries cost more than they bring, and what to do about it."""
    said = constraint_words.losing_sentence(full.results)
    return f"{said} Take out the tick, unless it is needed for another reason." if said else ""


def _worth_words(pounds: float) -> str:
    if abs(pounds) < constraint_words.NEGLIGIBLE:
        return "worth next to nothing"
    amount = constraint_words.about(pounds)
    return f"worth about {amount}" if pounds > 0 else f"costs about {amount} more than it brings"


def _worths(full: Figures | None) -> list[tuple[str, float]]:
    """What each entry is worth alone, by id."""
    return [(one.id, value.total) for one, value in constraint_words.valued(full.results)] if full is not None else []


def _totals(full: Figures) -> list[tuple[str, str, float]]:
    """The sum of single values of the set, and its value as one."""
    together, chosen = full.results.settling_together, constraint_words.in_set(full.results)
    if together is None or len(chosen) < 2:
        return []
    alone = sum(value.total for _, value in chosen)
    return [(_ADDED, "Ticked ones, added one by one", alone), (_AS_ONE, "Ticked ones, settled as one", together.total)]


def _ends(full: Figures) -> list[float]:
    return [worth for _, _, worth in _totals(full)]


def _cells(one: Constraint, worth: float | None, form: Callable[[float], str]) -> tuple[Cell, ...]:
    on, name = one.settling.together, one.name or "An entry without a name"
    tick = Cell(
        name,
        icon="completed" if on else "not-started",
        icon_ink="good" if on else "ink2",
        spoken=f"{name}, {'ticked' if on else 'not ticked'}",
    )
    loses = on and worth is not None and worth <= -constraint_words.NEGLIGIBLE
    return (
        tick,
        Cell(wording.DASH, ink="ink2") if worth is None else Cell(form(worth), ink="problem" if loses else "ink"),
    )


class ClaimCard(Card):
    """The section 74 check of every contract, in words. `tells`: there is something to check."""

    def __init__(self) -> None:
        super().__init__("Claims against the rule on changes")
        self.words = FlowLabel("", "body")
        self.add(self.words)
        self.add(FlowLabel(NO_ADVICE, "caption", "ink2"))
        self.tells = False

    def show_figures(self, figures: Figures) -> None:
        """One sentence an option that buys something."""
        said = claim_check(figures.results, figures.appraisal)
        self.tells = bool(said)
        self.words.set_text("\n".join(said))
        title = claim_message(figures.results, figures.appraisal)
        self.set_title(title, "Largest claim for compensation; Procurement Act 2023, section 74 and schedule 8")
