"""Which lines' optimism bias a constraint explains: its expected cost is taken off that bias (METHOD 10.5)."""

from appraise.model.appraisal.constraints import Constraint
from appraise.model.appraisal.lines import Line
from appraise.model.edits.biases import set_explained_lines
from appraise.ui.context import Context, View
from appraise.ui.pages.constraints_record import ConstraintCard
from appraise.ui.pages.costs_bias import carries_bias
from appraise.ui.pages.costs_section import LineTicks


class ExplainsCard(ConstraintCard):
    """Lines that carry an optimism bias, of the options that meet the constraint, ticked where it explains them."""

    def __init__(self, context: Context) -> None:
        super().__init__(
            context, "What this already explains", "Its expected cost is taken off the optimism bias of ticked lines"
        )
        self._exposed: frozenset[str] = frozenset()
        self._read: tuple[object, ...] = ()
        nothing = "No line of an option that meets this carries an optimism bias. Step 5 has the list of them."
        self.lines = LineTicks("Lines whose bias this explains", "Lines with an optimism bias", self._fits, nothing)
        self.lines.ticked.connect(self._tick)
        self.add(self.lines)

    def _fits(self, line: Line) -> bool:
        return bool(line.bias) and carries_bias(line) and line.option in self._exposed

    def show_constraint(self, view: View, constraint: Constraint) -> None:
        """The lines of the options that meet the constraint in hand."""
        shown, self.constraint = self.constraint, constraint
        self._exposed = frozenset(bearing.option for bearing in constraint.bearings)
        now = view.appraisal
        read = constraint.bearings, constraint.lines, now.lines, now.options, now.biases
        same = len(self._read) == len(read) and all(one is other for one, other in zip(self._read, read, strict=True))
        if shown is None or shown.id != constraint.id or not same:  # a dragged chance leaves all of it as it is
            self._read = read
            self.lines.show_lines(now, frozenset(constraint.lines))

    def _tick(self, line: str, on: bool) -> None:  # noqa: FBT001  a signal's value
        if self.constraint is not None:
            rest = tuple(one for one in self.constraint.lines if one != line)
            lines = (*rest, line) if on else rest
            self.edit(lambda now, one: set_explained_lines(now, constraint=one.id, lines=lines), "the lines")
