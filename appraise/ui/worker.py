"""Work off the window's thread: live and full calculations, and the export, one at a time, the newest first.

One thread does the work. What it has to say comes back as queued signals of `Worker`, which lives in the
window's thread. Each piece of work carries its own stop flag; what a stopped one still says is dropped.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Event, Thread
from time import perf_counter
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal

from appraise.files.faults import FileFault
from appraise.model.appraisal.document import Appraisal
from appraise.workspace.fault_log import record_fault

if TYPE_CHECKING:
    from appraise.model.results import Results

#: Draws of the live figures; the full run takes what the document says.
LIVE_DRAWS = 2_000
#: Milliseconds without a change after which the full run starts.
QUIET = 200
#: Threads of the full run; they never change a figure.
THREADS = 2


#: What the figures of a frame are about while something is dragged; empty: about everything.
Glimpse = Literal["", "costs", "scores"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The figures of `appraisal`; None where errors or a `fault` (one sentence) stand in the way.

    `glimpse`: only these were asked for.
    """

    appraisal: Appraisal
    results: "Results | None"
    live: bool
    seconds: float
    fault: str = ""
    glimpse: Glimpse = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Run:
    """One piece of work: what to do, and the flag that stops it."""

    work: Callable[[], object]
    live: bool
    glimpse: Glimpse = ""
    stop: Event = field(default_factory=Event)


class Stopped(Exception):
    """The work was given up because it was asked to stop."""


_ERRANDS: set[_Run] = set()
"""Errands under way: somebody watches their progress, so a full run waits for them."""
_PAUSE = 0.05
"""Seconds after which a full run that waits looks again."""


class Worker(QObject):
    """Calculates and exports in a thread of its own.

    Signals: `answered(Answer)`; `progressed(share)` of the full run, 0 to 1; `exported(path)`,
    `export_progressed(share)` and `export_ended(sentence)`, the sentence empty where it was cancelled.
    """

    answered = Signal(object)
    progressed = Signal(float)
    exported = Signal(object)
    export_progressed = Signal(float)
    export_ended = Signal(str)

    _said = Signal(object, str, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="appraise-worker")
        self._running: _Run | None = None
        self._waiting: _Run | None = None
        self._exporting: _Run | None = None
        self._wanted: Appraisal | None = None
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(QUIET)
        self._quiet.timeout.connect(self._run_in_full)
        self._said.connect(self._listen, Qt.ConnectionType.QueuedConnection)

    def submit(self, appraisal: Appraisal, *, glimpse: Glimpse = "") -> None:
        """Calculate a changed document: live at once, in full when nothing changes any more.

        `glimpse`: what is live holds costs and risk, or scores, alone, which is what a frame has time for.

        A full run that is under way stops. A live one is let finish: it takes milliseconds, and a drag that
        stopped it again and again would show nothing.
        """
        self._wanted = appraisal
        self._quiet.start()
        if appraisal.simulation.draws > LIVE_DRAWS:
            self._start(appraisal, live=True, glimpse=glimpse)

    def run_in_full(self, appraisal: Appraisal) -> None:
        """Calculate with the draws of the document, now."""
        self._wanted = appraisal
        self._run_in_full()

    def stop(self) -> None:
        """Give up what is calculated or waits; an export goes on."""
        self._quiet.stop()
        if self._waiting is not self._exporting:
            self._waiting = None
        if self._running is not None and self._running is not self._exporting:
            self._running.stop.set()

    def busy(self) -> bool:
        """Something is calculated or about to be."""
        return self._running is not None or self._waiting is not None or self._quiet.isActive()

    def export(self, appraisal: Appraisal, results: "Results | None", path: Path, *, created: datetime) -> None:
        """Write the business case; without `results` they are calculated first. One export at a time."""
        if self._exporting is not None:
            return
        self.stop()
        stop = Event()
        run = _Run(work=lambda: self._export(run, appraisal, results, path, created), live=False, stop=stop)
        self._exporting = run
        self._begin(run)

    def cancel_export(self) -> None:
        """Give the export up; no file is written."""
        if self._exporting is not None:
            self._exporting.stop.set()

    def close(self) -> None:
        """Stop everything and wait for the thread."""
        self.stop()
        self.cancel_export()
        self._pool.shutdown(wait=True)

    # In the window's thread --------------------------------------------------------------------------

    def _run_in_full(self) -> None:
        if self._waiting is not None and self._waiting.live:
            self._quiet.start()  # a run that takes long to stop must not cost the live figures their turn
            return
        self._quiet.stop()
        if self._wanted is not None:
            self._start(self._wanted, live=False)

    def _start(self, appraisal: Appraisal, *, live: bool, glimpse: Glimpse = "") -> None:
        run = _Run(work=lambda: self._answer(run, appraisal), live=live, glimpse=glimpse)
        self._begin(run)

    def _begin(self, run: _Run) -> None:
        if self._running is None:
            self._running = run
            self._pool.submit(self._work, run)
            return
        if not self._running.live and self._running is not self._exporting:
            self._running.stop.set()
        if self._waiting is None or self._waiting is not self._exporting:
            self._waiting = run

    def _listen(self, run: _Run, kind: str, said: object) -> None:
        if kind == "end":
            self._end(run, said)
        elif run.stop.is_set():
            return
        elif run is self._exporting:
            self.export_progressed.emit(said)
        else:
            self.progressed.emit(said)

    def _end(self, run: _Run, said: object) -> None:
        self._running = None
        if run is self._exporting:
            self._exporting = None
            self._tell_export(run, said)
        elif isinstance(said, Answer) and not run.stop.is_set():
            self.answered.emit(said)
        if self._waiting is not None and self._running is None:
            following, self._waiting = self._waiting, None
            self._begin(following)

    def _tell_export(self, run: _Run, said: object) -> None:
        if isinstance(said, Path):
            self.exported.emit(said)
        else:
            self.export_ended.emit("" if run.stop.is_set() else str(said))

    # In the worker's thread --------------------------------------------------------------------------

    def _work(self, run: _Run) -> None:
        try:
            said = run.work()
        except Stopped:
            said = None
        except Exception as error:  # noqa: BLE001  whatever it is, the window must hear that the work has ended
            said = record_fault(error)
        self._said.emit(run, "end", said)

    def _tell(self, run: _Run, share: float) -> None:
        self._said.emit(run, "share", share)

    def _stopped(self, run: _Run) -> bool:
        """Whether the run must stop. A full run, but not that of an export, waits here for errands."""
        while _ERRANDS and not run.live and run is not self._exporting and not run.stop.wait(_PAUSE):
            pass
        return run.stop.is_set()

    def _evaluate(self, run: _Run, appraisal: Appraisal, progress: Callable[[float], None] | None) -> "Results":
        """Raises Stopped, CannotEvaluate."""
        from appraise.model.cancelled import Cancelled
        from appraise.model.evaluate import ALL_PARTS, LIVE_PARTS, PREVIEW_PARTS, SCORES_PREVIEW, Settings, evaluate

        settings = Settings(draws=LIVE_DRAWS) if run.live else Settings(threads=THREADS)
        live = {"": LIVE_PARTS, "costs": PREVIEW_PARTS, "scores": SCORES_PREVIEW}[run.glimpse]
        parts = live if run.live else ALL_PARTS
        try:
            return evaluate(appraisal, settings, parts=parts, progress=progress, cancelled=lambda: self._stopped(run))
        except Cancelled as stopped:
            raise Stopped from stopped

    def _answer(self, run: _Run, appraisal: Appraisal) -> Answer:
        from appraise.model.checks import findings
        from appraise.model.evaluate import CannotEvaluate

        started = perf_counter()
        results: Results | None = None
        fault = ""
        try:
            results = self._evaluate(run, appraisal, None if run.live else partial(self._tell, run))
        except Stopped:
            raise
        except CannotEvaluate as refused:
            # findings of the document stand at their places already; what only the figures show is told
            known = {finding.code for finding in findings(appraisal)}
            fault = next((f"{one.sentence} {one.mend}" for one in refused.findings if one.code not in known), "")
        except Exception as error:  # noqa: BLE001  a fault of the program must not end the window
            fault = record_fault(error)
        seconds = perf_counter() - started
        return Answer(
            appraisal=appraisal, results=results, live=run.live, seconds=seconds, fault=fault, glimpse=run.glimpse
        )

    def _export(
        self, run: _Run, appraisal: Appraisal, results: "Results | None", path: Path, created: datetime
    ) -> Path | str:
        """The path, or the sentence that says why there is none. Raises Stopped."""
        from appraise.model.cancelled import Cancelled
        from appraise.model.evaluate import CannotEvaluate
        from appraise.workspace.exporting import export_pdf

        first = 0.0 if results is not None else 0.3
        try:
            if results is None:
                results = self._evaluate(run, appraisal, lambda share: self._tell(run, share * first))
            export_pdf(
                appraisal,
                results,
                path,
                created=created,
                progress=lambda share: self._tell(run, first + share * (1 - first)),
                cancelled=run.stop.is_set,
            )
        except Cancelled as stopped:
            raise Stopped from stopped
        except CannotEvaluate as errors:
            return f"{errors.findings[0].sentence} {errors.findings[0].mend}"
        except FileFault as fault:
            return fault.sentence
        return path


class Errand(QObject):
    """One piece of work for a page, such as reading files, in a thread of its own; one at a time.

    Signals: `progressed(share)`, 0 to 1; then one of `done(result)`, `refused(sentence)` and `cancelled()`.
    """

    progressed = Signal(float)
    done = Signal(object)
    refused = Signal(str)
    cancelled = Signal()

    _said = Signal(object, str, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running: _Run | None = None
        self._said.connect(self._listen, Qt.ConnectionType.QueuedConnection)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.cancel)

    def start(self, work: Callable[[Callable[[float], None], Callable[[], bool]], object]) -> bool:
        """Runs `work(progress, cancelled)`; False, and nothing done, while other work goes on.

        It may raise Cancelled once it is asked to stop, and FileFault with the sentence to tell.
        """
        if self._running is not None:
            return False
        run = _Run(work=lambda: work(lambda share: self._said.emit(run, "share", share), run.stop.is_set), live=False)
        self._running = run
        _ERRANDS.add(run)
        Thread(target=self._work, args=(run,), name="appraise-errand").start()
        return True

    def busy(self) -> bool:
        """Work goes on."""
        return self._running is not None

    def cancel(self) -> None:
        """Asks the work to stop; what it still says is dropped."""
        if self._running is not None:
            self._running.stop.set()

    def _work(self, run: _Run) -> None:
        from appraise.model.cancelled import Cancelled

        try:
            kind, said = "done", run.work()
        except Cancelled:
            kind, said = "cancelled", None
        except FileFault as fault:
            kind, said = "refused", fault.sentence
        except Exception as error:  # noqa: BLE001  whatever it is, the page must hear that the work has ended
            kind, said = "refused", record_fault(error)
        finally:
            _ERRANDS.discard(run)
        with suppress(RuntimeError):  # the page went with its window while the last file was read
            self._said.emit(run, kind, said)

    def _listen(self, run: _Run, kind: str, said: object) -> None:
        if kind == "share":
            if not run.stop.is_set():
                self.progressed.emit(said)
            return
        self._running = None
        if run.stop.is_set() or kind == "cancelled":
            self.cancelled.emit()
        elif kind == "refused":
            self.refused.emit(said)
        else:
            self.done.emit(said)
