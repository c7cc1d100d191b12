"""What the sections of step 2 share: they say where they are when an edit is refused, and what has been done."""

from PySide6.QtCore import Signal

from appraise.ui.pages.section import EditingSection


class Section(EditingSection):
    """A section of the page. `refused` is the notice for the page to put in view.

    Signals: placed() when the keyboard was put somewhere that may be out of view.
    """

    placed = Signal()

    def tell(self, sentence: str) -> None:
        """Says in the place of refusals what has just been done."""
        self.refuse(sentence)
        self.refused.set_tone("info")
