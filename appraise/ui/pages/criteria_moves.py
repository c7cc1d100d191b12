"""What is asked about weights, and in which order: moves from worst to best in rounds, together or branch by branch."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from appraise.model.appraisal.criteria import Asking, Branch, Criterion
from appraise.model.appraisal.document import Appraisal
from appraise.model.edits import criteria as edits
from appraise.model.finding import blank
from appraise.present import wording

TOGETHER, ACROSS = "together", "across"

Range = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One move from worst to best: of a criterion, or of a branch by the criterion that stands for it.

    `criterion` holds the anchors; swing, range and rank are the answer asked for here. `reasoned` says that a reason
    stands by which a swing of 0 is an answer; a branch has none of its own, so 0 is never its answer.
    """

    id: str
    name: str
    branch: bool
    criterion: Criterion
    swing: float
    low: float | None
    high: float | None
    rank: int
    reasoned: bool = False

    @property
    def answered(self) -> bool:
        """It has a worth; 0 with a reason is one, and 0 without is a question that nobody has answered."""
        return self.swing > 0 or self.reasoned

    @property
    def words(self) -> str:
        """The two anchors in one line."""
        worst = self.criterion.worst.strip() or "worst not described yet"
        return f"From: {worst}. To: {self.criterion.best.strip() or 'best not described yet'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """Moves that are compared with one another: all, those of a branch, or the branches themselves."""

    key: str
    name: str
    moves: tuple[Move, ...]

    @property
    def begun(self) -> bool:
        """Some move is worth something, so that the others can be measured by it."""
        return any(one.swing > 0 for one in self.moves)

    @property
    def ranked(self) -> bool:
        """Every move has its rank."""
        return all(one.rank > 0 for one in self.moves)

    def answered(self) -> int:
        """How many moves have a worth."""
        return sum(one.answered for one in self.moves)

    def move(self, key: str) -> Move | None:
        """The move with an id."""
        return next((one for one in self.moves if one.id == key), None)


def rounds(appraisal: Appraisal) -> tuple[Round, ...]:
    """One round together; or one for each branch with criteria, then one across them where there are several."""
    if appraisal.weighting.asking is Asking.TOGETHER:
        moves = tuple(_of_criterion(one) for one in appraisal.criteria)
        return (Round(key=TOGETHER, name="All moves", moves=moves),) if moves else ()
    filled = [branch for branch in appraisal.branches if any(one.branch == branch.id for one in appraisal.criteria)]
    inside = tuple(
        Round(
            key=branch.id,
            name=branch.name or "A branch without a name",
            moves=tuple(_of_criterion(one) for one in appraisal.criteria if one.branch == branch.id),
        )
        for branch in filled
    )
    across = tuple(_of_branch(appraisal, branch) for branch in filled)
    return (*inside, Round(key=ACROSS, name="Across branches", moves=across)) if len(across) > 1 else inside


def _of_criterion(one: Criterion) -> Move:
    name = one.name or "A criterion without a name"
    return Move(
        id=one.id, name=name, branch=False, criterion=one,
        swing=one.swing, low=one.swing_low, high=one.swing_high, rank=one.rank, reasoned=not blank(one.swing_reason),
    )  # fmt: skip


def stands_for(appraisal: Appraisal, branch: Branch) -> Criterion:
    """The criterion that stands for a branch: its reference, or the one with the largest swing."""
    inside = [one for one in appraisal.criteria if one.branch == branch.id]
    return next((one for one in inside if one.id == branch.reference), max(inside, key=lambda one: one.swing))


def _of_branch(appraisal: Appraisal, branch: Branch) -> Move:
    name = branch.name or "A branch without a name"
    return Move(
        id=branch.id, name=name, branch=True, criterion=stands_for(appraisal, branch),
        swing=branch.swing, low=branch.swing_low, high=branch.swing_high, rank=branch.rank,
    )  # fmt: skip


def yardstick(moves: Sequence[Move], kept: str = "") -> Move | None:
    """The move with the largest worth, `kept` where it is one of several; None while all are zero."""
    most = max((one.swing for one in moves), default=0.0)
    largest = [one for one in moves if one.swing == most > 0]
    return next((one for one in largest if one.id == kept), largest[0] if largest else None)


def largest_first(moves: Sequence[Move]) -> tuple[str, ...]:
    """Ids by worth, those without an answer after them by rank."""
    return tuple(one.id for one in sorted(moves, key=lambda one: (-one.swing, one.rank or len(moves) + 1)))


def in_order(moves: Sequence[Move]) -> tuple[Move, ...]:
    """By rank where every move has one, else by worth."""
    if all(one.rank for one in moves):
        return tuple(sorted(moves, key=lambda one: one.rank))
    return tuple(sorted(moves, key=lambda one: -one.swing))


def said_range(move: Move) -> Range | None:
    """The range as somebody said it."""
    return (move.low, move.high) if move.low is not None and move.high is not None else None


def used_range(move: Move, doubt: float, *, held: bool) -> Range:
    """The range that is drawn from: as said, else the swing and so many points either way. The yardstick is held."""
    said = said_range(move)
    if held or move.swing <= 0:
        return move.swing, move.swing
    return said or (max(move.swing - doubt, 0.0), min(move.swing + doubt, 100.0))


def out_of_order(moves: Sequence[Move]) -> str:
    """A sentence where worth and rank contradict each other; empty where they agree."""
    ranked = sorted((one for one in moves if one.rank and one.swing > 0), key=lambda one: one.rank)
    for above, below in pairwise(ranked):
        if below.swing > above.swing:
            higher, lower = wording.shorten(above.name, 40), wording.shorten(below.name, 40)
            return f"“{lower}” is worth more than “{higher}”, which you ranked above it. Change one of the two."
    return ""


# --- edits, alike for criteria and branches ---------------------------------------------------------------------


def widened(said: Range | None, swing: float) -> Range | None:
    """The range that was said, as wide as it must be to hold a worth; what is worth nothing has none."""
    return (min(said[0], swing), max(said[1], swing)) if said and swing > 0 else None


def with_swing(appraisal: Appraisal, move: Move, swing: float, said: Range | None = None) -> Appraisal:
    """The move's worth; the range that was said (`said`, else the one it has) is widened to hold it."""
    if move.branch:
        new = edits.set_branch_swing(appraisal, branch=move.id, swing=swing)
    else:
        new = edits.set_swing(appraisal, criterion=move.id, swing=swing)
    said = said or said_range(move)
    return with_range(new, move, widened(said, swing)) if said else new


def with_range(appraisal: Appraisal, move: Move, ends: Range | None) -> Appraisal:
    """The range of a move; None takes it away."""
    low, high = ends or (None, None)
    if move.branch:
        return edits.set_branch_swing_range(appraisal, branch=move.id, low=low, high=high)
    return edits.set_swing_range(appraisal, criterion=move.id, low=low, high=high)


def with_order(appraisal: Appraisal, asked: Round, order: Sequence[str]) -> Appraisal:
    """The order of a round, largest first; the order inside other branches stays."""
    if asked.key == ACROSS:
        return edits.set_branch_ranks(appraisal, order=order)
    others = sorted((one for one in appraisal.criteria if one.rank and one.id not in order), key=lambda one: one.rank)
    return edits.set_ranks(appraisal, order=[*order, *(one.id for one in others)])


def started(appraisal: Appraisal, asked: Round, order: Sequence[str]) -> Appraisal:
    """The order is said and its first move gets 100; answers given before stay, none of them above it."""
    new = with_order(appraisal, asked, order)
    for move in asked.moves:
        if move.id == order[0]:
            new = with_swing(with_range(new, move, None), replace(move, low=None, high=None), 100.0)
    return new
