"""What sections of a page share: their parts one below the other, and edits that say why they are refused.

Qt widgets take no abstract base class at run time; what a section must have is marked as abstract for the type checker.
"""

from abc import abstractmethod
from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from appraise.model.appraisal.document import Appraisal
from appraise.model.edits.changing import EditRefused
from appraise.ui.context import Context, View
from appraise.ui.widgets.cards import Column
from appraise.ui.widgets.labels import Notice


class Section(Column):
    """A section of a page: its parts one below the other."""

    def __init__(self, context: Context, *parts: QWidget) -> None:
        super().__init__(*parts, gap=11)
        self.context = context
        self.line.addStretch(1)

    @abstractmethod
    def focus_first(self) -> None:
        """Puts the keyboard where work in this section begins."""

    def focus_place(self, record: str, field: str) -> None:
        """Puts the keyboard where a finding points."""
        self.focus_first()


class EditingSection(Section):
    """A section that follows the view and tries edits. `refused` is the notice that says why one cannot be done."""

    def __init__(self, context: Context, *parts: QWidget) -> None:
        super().__init__(context, *parts)
        self.refused = Notice("attention", "")
        self.refused.hide()

    @abstractmethod
    def show_view(self, old: View | None, new: View) -> None:
        """Shows `new`; `old` is what the section shows now, None at first."""

    def refuse(self, sentence: str) -> None:
        """Says why something cannot be done; empty takes it away."""
        self.refused.set_tone("attention")
        self.refused.show_text(sentence)
        self.refused.setVisible(bool(sentence))

    def attempt(self, make: Callable[[Appraisal], Appraisal], action: str, *, gesture: str = "") -> bool:
        """Applies an edit as one undo step; says why where it is refused, and returns False.

        Edits with the same `gesture` in a row are one step.
        """
        try:
            new = make(self.context.appraisal)
        except EditRefused as refused:
            self.refuse(str(refused))
            return False
        self.refuse("")
        self.context.apply(new, action, gesture=gesture)
        return True
