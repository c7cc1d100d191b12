"""All moves of step 3 in a table, largest first, with the weights that follow: by criterion or by branch."""

from collections.abc import Collection, Mapping, Sequence

from appraise.model.appraisal.criteria import Answers
from appraise.model.appraisal.document import Appraisal
from appraise.model.scoring import branch_weights, swings, weights
from appraise.present import wording
from appraise.ui.context import View
from appraise.ui.pages.criteria_moves import Move, Round, in_order, used_range, yardstick
from appraise.ui.widgets.cards import Card, Column
from appraise.ui.widgets.choices import SegmentBar
from appraise.ui.widgets.labels import SectionTitle
from appraise.ui.widgets.marks import BarFace
from appraise.ui.widgets.table import DataTable
from appraise.ui.widgets.table_model import Cell, DataTableModel, TableColumn, TableRow

_COLUMNS = (
    TableColumn("Criterion", "left", 170, stretch=True, wrap=True),
    TableColumn("From, at worst", "left", 160, stretch=True, wrap=True),
    TableColumn("To, at best", "left", 160, stretch=True, wrap=True),
    TableColumn("Worth, range", "left", 92),
    TableColumn("", "right", 62),
    TableColumn("Weight", "right", 84),
)
_BRANCH_COLUMNS = (
    TableColumn("Branch", "left", 170, stretch=True, wrap=True),
    TableColumn("Its criteria", "left", 300, stretch=True, wrap=True),
    TableColumn("Share of all weights", "left", 150),
    TableColumn("Weight", "right", 84),
)
LEAVES, BRANCHES = "criteria", "branches"


class MovesTable(Column):
    """The moves of the round in hand; or every branch with the sum of its weights. `table` holds the moves."""

    def __init__(self) -> None:
        self._title = SectionTitle("")
        self.views = SegmentBar("Weights by", [(LEAVES, "Criteria"), (BRANCHES, "Branches")], LEAVES)
        self._title.add_action(self.views)
        self.model = DataTableModel(list(_COLUMNS))
        self.table = DataTable("Moves, largest first", self.model, row_height=36)
        self._branch_model = DataTableModel(list(_BRANCH_COLUMNS))
        self.branches = DataTable("Branches with their weights", self._branch_model, row_height=36)
        self._card = Card(padding=8)
        self._card.add(self.table)
        self._card.add(self.branches)
        super().__init__(self._title, self._card, gap=6)
        self._quiet = False
        self.views.chosen.connect(lambda _key: self._turn())
        self._turn()

    def _turn(self) -> None:
        leaves = self.views.current() == LEAVES
        self.table.setVisible(leaves)
        self.branches.setVisible(not leaves)

    def show_moves(
        self,
        view: View,
        asked: Round,
        order: Sequence[str],
        chosen: str,
        *,
        ranking: bool,
        nothing: Collection[str] = (),
    ) -> None:
        """The moves of a round; `chosen` is the one in question, none while they are put in order.

        `nothing` are moves that somebody said are worth nothing; they ask for a reason until one stands.
        """
        appraisal = view.appraisal
        shown = [one.id for one in in_order(asked.moves)] if ranking else list(order)
        leaf, branch = weights(appraisal), branch_weights(appraisal)
        share: Mapping[str, float] = {**leaf, **branch}
        wrong = {one.record for one in view.findings if one.step == 3 and one.severity == "error"}
        alone = appraisal.weighting.answers is Answers.RANKS
        scale = _worths(appraisal, asked) if alone else {one.id: one.swing for one in asked.moves}
        best = yardstick(asked.moves)
        rows = []
        for key in shown:
            move = asked.move(key)
            if move is not None:
                state = "problem" if key in wrong else "in-progress" if key == chosen and not ranking else ""
                held = best is not None and best.id == key
                rows.append(
                    _row(
                        move,
                        scale[key],
                        share[key],
                        appraisal.weighting.doubt,
                        state,
                        here=key == chosen,
                        held=held,
                        alone=alone,
                        nothing=key in nothing,
                    )
                )
        self._title.title.set_text(_title(asked))
        self.model.set_rows(rows)
        self.look_at(chosen)
        self._branch_model.set_rows(_branch_rows(appraisal, branch))
        self.views.setVisible(len(appraisal.branches) > 1)

    def look_at(self, key: str) -> None:
        """Puts a row in hand: one tinted row, not two."""
        if self.table.current_key() != key:
            self.table.place(key, max(self.table.currentIndex().column(), 0))


def _title(asked: Round) -> str:
    count = wording.how_many(len(asked.moves), "move")
    if len(asked.moves) == 1:
        return "The one move"
    return f"The {count}, largest first" if asked.begun or asked.ranked else f"The {count}, not in order yet"


def _worths(appraisal: Appraisal, asked: Round) -> dict[str, float]:
    """From the order alone: what each move is worth beside the largest of its round."""
    leaf, branch = swings(appraisal), branch_weights(appraisal)
    found = {one.id: branch[one.id] if one.branch else leaf[one.id] for one in asked.moves}
    most = max(found.values(), default=0.0)
    return {key: 100 * value / most if most > 0 else 0.0 for key, value in found.items()}


def _row(
    move: Move,
    worth: float,
    weight: float,
    doubt: float,
    state: str,
    *,
    here: bool,
    held: bool,
    alone: bool,
    nothing: bool,
) -> TableRow:
    """A move with its anchors, its worth as a bar with its range, and its weight."""
    answered = move.rank > 0 if alone else move.answered
    why = nothing and not (alone or answered or move.branch)
    low, high = used_range(move, doubt, held=held)
    ranged = answered and not alone and not held and high > low
    bar = BarFace(
        min(max(worth, 0.0), 100.0) / 100,
        low=min(max(low, 0.0), 100.0) / 100 if ranged else None,
        high=min(max(high, 0.0), 100.0) / 100 if ranged else None,
        strong=answered,
    )
    figure = (
        str(move.rank) if alone and answered else wording.score(move.swing) if move.swing or not alone else "to rank"
    )
    said = answered or state == "problem"
    shown = "say why" if why else figure if said else "to rank" if alone else "to ask"
    spoken = f"{figure}, range {wording.number(low)} to {wording.number(high)}" if ranged else figure
    name = f"{move.name}, by {move.criterion.name}" if move.branch else move.name
    return TableRow(
        move.id,
        (
            Cell(name, icon=state or ("completed" if answered else "not-started"), strong=True, tip=name),
            Cell(move.criterion.worst or "to describe", ink="ink2", tip=move.criterion.worst),
            Cell(move.criterion.best or "to describe", tip=move.criterion.best),
            Cell(mark=bar, spoken=spoken),
            Cell(
                shown,
                strong=answered,
                ink="attention" if why else "ink" if said else "ink2",
                spoken="worth nothing: say why" if why else "",
                tip="Worth nothing: say why" if why else "",
            ),
            Cell(wording.percent(weight) if weight > 0 else wording.DASH),
        ),
        "open" if here else "plain",
    )


def _branch_rows(appraisal: Appraisal, share: Mapping[str, float]) -> list[TableRow]:
    most = max(share.values(), default=0.0)
    rows = []
    for branch in sorted(appraisal.branches, key=lambda one: -share[one.id]):
        names = [one.name or "Without a name" for one in appraisal.criteria if one.branch == branch.id]
        weight = share[branch.id]
        bar = BarFace(weight / most if most > 0 else 0.0)
        words = wording.listing(names) or "no criterion yet"
        rows.append(
            TableRow(
                branch.id,
                (
                    Cell(branch.name or "Without a name", strong=True, tip=branch.name),
                    Cell(words, ink="ink2", tip=words),
                    Cell(mark=bar, spoken=wording.percent(weight)),
                    Cell(wording.percent(weight) if weight > 0 else wording.DASH, strong=True),
                ),
            )
        )
    return rows
