"""What a page may know and do: the document, its figures and findings, and one way to change it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.workshop import Step
from appraise.model.finding import Finding
from appraise.model.journey import StepState

if TYPE_CHECKING:
    from appraise.model.results import Results  # only full figures need it, and the window starts without any


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Everything a page shows, at one moment. Parts are compared by identity to see what changed.

    `results` are the latest figures (None: there are none, or errors stand in the way); `live` says that
    they come from the first 2,000 draws and the full run follows; `stale` that they belong to an earlier
    state of the document; `stopped` that somebody stopped the calculation, so that no full run follows.
    `glimpse`: while a chance is dragged `results` hold costs and risk alone, while a swing is, scores alone.
    `fault` is the sentence that says why the last calculation made no figures; empty where it made them.
    """

    appraisal: Appraisal
    findings: tuple[Finding, ...]
    steps: tuple[StepState, ...]
    results: "Results | None"
    live: bool
    stale: bool
    stopped: bool = False
    fault: str = ""
    glimpse: bool = False


class Context(QObject):
    """The door between pages and the application. The window owns it and makes it work.

    Signals: `changed(old, new)` with two Views after any change of document, findings or results (old is
    None at first); `place_wanted(step, record, field)` when a page or finding asks to go somewhere.
    """

    changed = Signal(object, object)
    place_wanted = Signal(int, str, str)
    export_wanted = Signal()

    def __init__(
        self,
        view: View,
        apply: Callable[[Appraisal, str, str], None],
        end_gesture: Callable[[], None],
        fresh_id: Callable[[str], str],
        seal: Callable[[Step, str], str],
        receipt: Callable[[], str],
        compare: Callable[[str], tuple[tuple[str, bool], ...]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._view = view
        self._told = view
        self._apply = apply
        self._end_gesture = end_gesture
        self._fresh_id = fresh_id
        self._seal = seal
        self._receipt = receipt
        self._compare = compare

    @property
    def view(self) -> View:
        """What there is to show now."""
        return self._view

    @property
    def appraisal(self) -> Appraisal:
        """The document now."""
        return self._view.appraisal

    def show(self, view: View) -> None:
        """Take a new view and tell the pages. Called by the window only."""
        old, self._view, self._told = self._told, view, view
        self.changed.emit(old, view)

    def hold(self, appraisal: Appraisal) -> None:
        """Take a document that is told a moment later by `show`, with its figures. Called by the window only."""
        self._view = replace(self._view, appraisal=appraisal)

    def start(self, view: View) -> None:
        """Show another document: pages take nothing over from the one before. Called by the window only."""
        self._view = self._told = view
        self.changed.emit(None, view)

    def apply(self, new: Appraisal, action: str, *, gesture: str = "") -> None:
        """Make `new` the document as one undo step named `action`.

        Edits with the same `gesture` in a row (a drag) are one step, until `end_gesture`. Nothing happens
        when `new` is the document as it is, nor when it changes what is sealed: then the window says why.
        """
        self._apply(new, action, gesture)

    def seal(self, step: Step, reason: str = "") -> str:
        """Take a step of the seals; the text of its receipt, empty for a step without one.

        Nothing before it can be undone. EditRefused, with what is missing, while the appraisal is not ready for it.
        """
        return self._seal(step, reason)

    def receipt(self) -> str:
        """The newest receipt again, empty where there is none."""
        return self._receipt()

    def compare_receipt(self, text: str) -> tuple[tuple[str, bool], ...]:
        """What of a receipt given as text is the same today, by name; nothing where the text is no receipt."""
        return self._compare(text)

    def end_gesture(self) -> None:
        """The mouse was released: the next edit is a new step."""
        self._end_gesture()

    def fresh_id(self, noun: str) -> str:
        """A new id such as line-1a2b3c4d."""
        return self._fresh_id(noun)

    def go_to(self, step: int, record: str = "", field: str = "") -> None:
        """Show a step (1 to 10) and, where given, the record and field on it."""
        self.place_wanted.emit(step, record, field)
