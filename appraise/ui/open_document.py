"""The document in the window: its session, its undo stack, its figures, and the context that pages see."""

from dataclasses import fields
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QUndoStack

from appraise.model import journey
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.workshop import HIDDEN, Stage, Step
from appraise.model.edits.changing import EditRefused
from appraise.model.finding import Finding
from appraise.model.journey import anything_entered
from appraise.model.sealing import hidden
from appraise.ui.actions import Edit
from appraise.ui.context import Context, View
from appraise.ui.worker import Answer, Glimpse, Worker
from appraise.workspace.session import Applied, Session

if TYPE_CHECKING:
    from appraise.model.results import Results

#: Milliseconds between two looks at whether a recovery copy is due.
RECOVERY = 1_000
#: Milliseconds that a drag waits for its figures, so that both are drawn in one frame.
TOGETHER = 32
#: Live figures that took longer than this, in seconds, wait until the window is drawn.
SLOW = 0.05


class OpenDocument(QObject):
    """Keeps one document, its figures and its pages together.

    Every change comes through the session; findings follow at once, figures when the worker has them.
    Attributes: `session`, `stack` (mirrors the session's history), `context`, `worker`, `seconds` the
    last full run took. Signals: `figures_changed()`, `kept()` after a recovery copy, `told(sentence)`.
    """

    figures_changed = Signal()
    kept = Signal()
    told = Signal(str)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.stack = QUndoStack(self)
        self.worker = Worker(self)
        self.worker.answered.connect(self._take_answer)
        self.seconds = 0.0
        self._slow = False
        self._gesture = False
        self._refused = ""
        self._glimpse = False
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(TOGETHER)
        self._late.timeout.connect(self._show_held)
        self._results: Results | None = None
        self._live = False
        self._stopped = False
        self._fault = ""
        self._of: Appraisal | None = None
        self.context = Context(
            self._view(), self._apply, self._end_gesture, self._fresh_id, self._seal, self._receipt, self._compare, self
        )
        self.session.follow(self._follow)
        self._timer = QTimer(self)
        self._timer.setInterval(RECOVERY)
        self._timer.timeout.connect(self.keep_recovery_copy)
        self._timer.start()

    def take(self, session: Session) -> None:
        """Show another document; the one before is closed, whoever calls has asked about unsaved work."""
        self.worker.stop()
        self.session.unfollow(self._follow)
        self.session.close()
        self.session = session
        self.session.follow(self._follow)
        self.stack.clear()
        self.seconds = 0.0
        self._slow = False
        self._results, self._of, self._live = None, None, False
        self._late.stop()
        self._gesture, self._glimpse = False, False
        self._stopped, self._fault = False, ""
        self.context.start(self._view())
        self.calculate()

    def close(self) -> None:
        """Stop the worker and give the file back."""
        self._timer.stop()
        self.worker.close()
        self.session.close()
        self.stack.clear()  # while the actions that follow the stack still live

    def calculate(self, *, in_full: bool = False, glimpse: Glimpse = "") -> None:
        """Ask for the figures of the document, unless errors stand in the way or nothing is entered yet.

        `glimpse`: the live figures hold costs and risk, or scores, alone.
        """
        self._stopped = False
        if self.errors() or not anything_entered(self.session.appraisal):
            self.worker.stop()
        elif in_full:
            self.worker.run_in_full(self.session.appraisal)
        else:
            self.worker.submit(self.session.appraisal, glimpse=glimpse)
        self.figures_changed.emit()

    def stop(self) -> None:
        """Give the calculation up; the figures so far stay, and every page says what they are."""
        if self.worker.busy():
            self.worker.stop()
            self._stopped = True
            self.context.show(self._view())
        self.figures_changed.emit()

    def errors(self) -> tuple[Finding, ...]:
        """The findings that make figures impossible."""
        return tuple(one for one in self.context.view.findings if one.stops_figures)

    def full_results(self) -> "Results | None":
        """The figures of the document as it stands, from all its draws; None while there are none."""
        view = self.context.view
        return None if view.live or view.stale else view.results

    def keep_recovery_copy(self) -> None:
        """Write a recovery copy where one is due, and say what went wrong once."""
        before = self.session.notices
        if self.session.keep_recovery_copy():
            self.kept.emit()
        for sentence in self.session.notices[len(before) :]:
            self.told.emit(sentence)

    def _view(self) -> View:
        from appraise.model.checks import findings

        appraisal = self.session.appraisal
        found = findings(appraisal)
        wrong = any(one.stops_figures for one in found)
        results = None if wrong or not anything_entered(appraisal) or self._tells(appraisal) else self._results
        stale = results is not None and self._of is not appraisal
        return View(
            appraisal=appraisal,
            findings=found,
            steps=journey.steps(appraisal, found, has_results=results is not None),
            results=results,
            live=self._live and results is not None,
            stale=stale,
            stopped=self._stopped,
            fault="" if wrong or results is not None else self._fault,
            glimpse=self._glimpse and results is not None,
        )

    def _tells(self, appraisal: Appraisal) -> bool:
        """Whether the last figures would give totals away that the document hides by now."""
        return self._results is not None and hidden(appraisal) and Stage(self._results.stage) not in HIDDEN

    def _apply(self, new: Appraisal, action: str, gesture: str) -> None:
        self._gesture = bool(gesture)
        try:
            applied = self.session.apply(new, action, merge_key=gesture)
        except EditRefused as refused:
            self._refuse(str(refused), gesture)
        else:
            if applied is Applied.NEW:
                self.stack.push(Edit(self.session, action))
        finally:
            self._gesture = False

    def _refuse(self, sentence: str, gesture: str) -> None:
        """Show what stands instead of what was tried, and say why: once for a drag, which tries on and on."""
        self.context.show(self._view())
        if not gesture or gesture != self._refused:
            self._refused = gesture
            self.told.emit(sentence)

    def _end_gesture(self) -> None:
        self._refused = ""
        self.session.end_gesture()
        if self._late.isActive():
            self._show_held()
        if self._glimpse:  # what a frame had no time for, before the full run
            self.calculate()

    def _seal(self, step: Step, reason: str) -> str:
        receipt = self.session.seal(step, reason)
        self.stack.clear()  # with the session's history: nothing before a seal can be undone
        return receipt

    def _receipt(self) -> str:
        receipt = self.session.receipt()
        return f"{receipt}\n\n{self.session.receipt_today()}" if receipt else ""

    def _compare(self, text: str) -> tuple[tuple[str, bool], ...]:
        return self.session.compare_receipt(text)

    def _fresh_id(self, noun: str) -> str:
        return self.session.fresh_id(noun)

    def _follow(self, old: Appraisal, new: Appraisal) -> None:
        glimpse = _alone(old, new) if self._gesture else ""
        if glimpse and not self._slow and not self.errors():
            self.context.hold(new)
            if not self._late.isActive():
                self._late.start()
            self.calculate(glimpse=glimpse)
            return
        self._late.stop()
        self.context.show(self._view())
        if self._slow:  # what was typed is drawn first; the figures take longer than the eye can follow anyhow
            QTimer.singleShot(0, self, partial(self.calculate, glimpse=glimpse))
        else:
            self.calculate(glimpse=glimpse)

    def _show_held(self) -> None:
        """Show a document whose figures were waited for."""
        self._late.stop()
        self.context.show(self._view())

    def _take_answer(self, answer: Answer) -> None:
        if answer.live and self._of is self.session.appraisal and not self._live:
            return  # the full figures of this very document are there already
        news = answer.fault if answer.fault != self._fault else ""
        if answer.fault or not answer.live:  # so few draws may pass where the full run fails each time
            self._fault = answer.fault
        self._results, self._live, self._of = answer.results, answer.live, answer.appraisal
        self._glimpse = bool(answer.glimpse)
        if answer.live:
            self._slow = answer.seconds > SLOW
        elif answer.results is not None:
            self.seconds = answer.seconds
        self._show_held()
        self.figures_changed.emit()
        if news:  # last, for whoever tells it may wait until it is read; the pages go on saying it
            self.told.emit(news)


#: What a drag may change for figures about costs or scores alone to say it all.
_PARTS: dict[Glimpse, frozenset[str]] = {
    "costs": frozenset({"constraints"}),
    "scores": frozenset({"branches", "criteria", "weighting", "scores", "choice_scores"}),
}


def _alone(old: Appraisal, new: Appraisal) -> Glimpse:
    """What a change touches: only the register of constraints, or only the scoring; empty: more than one of them."""
    changed = {field.name for field in fields(Appraisal) if getattr(old, field.name) is not getattr(new, field.name)}
    return next((about for about, names in _PARTS.items() if changed <= names), "")
