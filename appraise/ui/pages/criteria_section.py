"""What the sections of step 3 share: one notice where they are locked, help by field, and a place to go to."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from appraise.model import sealing
from appraise.model.sealing import Locked
from appraise.ui.context import Context, View
from appraise.ui.pages.section import EditingSection
from appraise.ui.pages.text_parts import Help
from appraise.ui.widgets.fields import TextArea, TextField
from appraise.ui.widgets.labels import Notice


class CriteriaSection(EditingSection):
    """A section of the page; `what` is the part of the scoring that closes it.

    `helps` says what the right pane shows for each field; `tools` stand beside the switch of sections. Signals:
    placed() when the keyboard was put somewhere that may be out of view; wanted(key) for another section.
    """

    placed = Signal()
    wanted = Signal(str)

    def __init__(self, context: Context, what: Locked, *parts: QWidget) -> None:
        self.lock = Notice("info", "", "", icon="locked")
        super().__init__(context, self.lock, *parts)
        self._what = what
        self.helps: dict[QWidget, Help] = {}
        self.tools: QWidget | None = None
        self.lock.hide()

    def show_lock(self, view: View) -> bool:
        """Says why nothing can be changed here and where it is unlocked; True where that is so."""
        why = sealing.why_locked(view.appraisal.workshop, self._what)
        self.lock.show_text("", why)
        self.lock.setVisible(bool(why))
        return bool(why)


def lock_fields(widgets: Iterable[QWidget], *, locked: bool) -> None:
    """Fields can be read and copied only, anything else is disabled, while it is locked."""
    for widget in widgets:
        if isinstance(widget, TextField):
            widget.line.setReadOnly(locked)
        elif isinstance(widget, TextArea):
            widget.sheet.setReadOnly(locked)
        else:
            widget.setEnabled(not locked)
