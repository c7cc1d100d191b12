"""What the sections of step 2 share: they show views, try edits, and say where they are when one is refused."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from appraise.model.appraisal.document import Appraisal
from appraise.model.edits.changing import EditRefused
from appraise.ui.context import Context, View
from appraise.ui.widgets.cards import Column
from appraise.ui.widgets.labels import Notice


class Section(Column):
    """A section of the page: its parts one below the other. `refused` is the notice for the page to put in view.

    Signals: placed() when the keyboard was put somewhere that may be out of view.
    """

    placed = Signal()

    def __init__(self, context: Context, *parts: QWidget) -> None:
        super().__init__(*parts, gap=11)
        self.context = context
        self.refused = Notice("attention", "")
        self.refused.hide()
        self.line.addStretch(1)

    def show_view(self, old: View | None, new: View) -> None:
        """Shows `new`; `old` is what the section shows now, None at first."""
        raise NotImplementedError

    def focus_first(self) -> None:
        """Puts the keyboard where work in this section begins."""
        raise NotImplementedError

    def focus_place(self, record: str, field: str) -> None:
        """Puts the keyboard where a finding points."""
        raise NotImplementedError

    def refuse(self, sentence: str) -> None:
        """Says why something cannot be done; empty takes it away."""
        self.refused.set_tone("attention")
        self.refused.show_text(sentence)
        self.refused.setVisible(bool(sentence))

    def tell(self, sentence: str) -> None:
        """Says in the same place what has just been done."""
        self.refuse(sentence)
        self.refused.set_tone("info")

    def attempt(self, make: Callable[[Appraisal], Appraisal], action: str) -> bool:
        """Applies an edit as one undo step; says why where it is refused, and returns False."""
        try:
            new = make(self.context.appraisal)
        except EditRefused as refused:
            self.refuse(str(refused))
            return False
        self.refuse("")
        self.context.apply(new, action)
        return True
