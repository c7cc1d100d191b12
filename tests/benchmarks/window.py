"""One measurement of the window in a process of its own: bare, start, drag, swing or table. Prints JSON."""

import json
import os
import statistics
import sys
import tempfile
import time

STARTED = time.perf_counter()


def bare() -> dict[str, object]:
    """An empty Qt window, shown and drawn."""
    from PySide6.QtWidgets import QApplication, QMainWindow

    app = QApplication([])
    window = QMainWindow()
    window.resize(1440, 900)
    window.show()
    app.processEvents()
    window.grab()
    return {"milliseconds": 1000 * (time.perf_counter() - STARTED)}


def start() -> dict[str, object]:
    """The program's window with its start page, shown and drawn."""
    from PySide6.QtWidgets import QApplication

    from appraise.ui.app import make_window

    app = QApplication([])
    window = make_window(app)
    window.resize(1440, 900)
    window.show()
    window.begin(None)
    app.processEvents()
    window.grab()
    taken = 1000 * (time.perf_counter() - STARTED)
    window.document.close()
    return {"milliseconds": taken}


def drag() -> dict[str, object]:
    """A swing and a probability dragged 60 moves each on the worked example, 16 ms a move.

    A frame is the time from a move until the event loop has nothing left to draw; an answer is the time
    until the worker's new figures from 2,000 draws have arrived and are drawn. The scoring is not sealed.
    """
    from pathlib import Path

    from PySide6.QtCore import QEventLoop
    from PySide6.QtWidgets import QApplication

    from appraise.files.document import Document, save
    from appraise.ui.app import make_window
    from appraise.ui.widgets.sliders import ProbabilitySlider, SwingSlider
    from appraise.workspace import templates
    from tests.ui.driving import in_the_open_way

    app = QApplication([])
    window = make_window(app)
    window.resize(1440, 900)
    window.show()
    path = Path(os.environ["APPRAISE_HOME"]) / "open.appraisal"
    save(path, Document(appraisal=in_the_open_way(templates.load("worked-example", first_year=2027))), replacing=None)
    window.filing.open(path)
    _until(app, lambda: window.document.full_results() is not None)
    found: dict[str, object] = {}
    for name, step, kind in (("weight", 2, SwingSlider), ("probability", 5, ProbabilitySlider)):
        window.show_step(step)
        if name == "weight":
            window.page(step).turn_to("weights")
        _rest(app)
        slider = next(one for one in window.findChildren(kind) if one.isVisible())
        slider.setSliderDown(True)
        frames, answers = [], []
        seen = [0]
        waiting = QEventLoop()
        window.document.worker.answered.connect(lambda _answer, seen=seen: seen.__setitem__(0, seen[0] + 1))
        window.document.worker.answered.connect(waiting.quit)
        for move in range(60):
            before, moved = seen[0], time.perf_counter()
            slider.setValue(20 + move)
            app.processEvents()
            frames.append(time.perf_counter() - moved)
            if seen[0] == before:  # the event loop waits, as in the program; to look now and then would cost the worker
                waiting.exec()
            app.processEvents()
            answers.append(time.perf_counter() - moved)
        slider.setSliderDown(False)
        _until(app, lambda: window.document.full_results() is not None)
        found[f"drag a {name}, frame, ms"] = _milliseconds(frames)
        found[f"drag a {name}, until new figures are drawn, ms"] = _milliseconds(answers)
    window.document.close()
    return found


def swing() -> dict[str, object]:
    """A swing dragged 60 moves on Sensitivity, for the worked example and for 6 options on 20 criteria.

    A frame is the time from a move until the charts in sight are drawn anew with figures of 2,000 draws. The whole
    page: in a window so high that all five charts are in sight at once.
    """
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from appraise.files.document import Document, save
    from appraise.ui.app import make_window
    from tests.benchmarks.scored import CRITERIA, OPTIONS, scored

    app = QApplication([])
    window = make_window(app)
    window.show()
    found: dict[str, object] = {}
    path = Path(os.environ["APPRAISE_HOME"]) / "scored.appraisal"
    save(path, Document(appraisal=scored()), replacing=None)
    opened = {
        "worked example": lambda: window.start_page.example_chosen.emit("worked-example"),
        f"{OPTIONS} options x {CRITERIA} criteria": lambda: window.filing.open(path),
    }
    for name, begin in opened.items():
        begin()
        _rest(app)
        _until(app, lambda: window.document.full_results() is not None)
        window.show_step(8)
        page = window.page(8)
        page.turn_to("weights")
        for height in (900, 1_900):
            window.resize(1440, height)
            _rest(app)
            drawn = [card.view.visibleRegion().isEmpty() for card in page.section.charts()].count(False)
            frames = _milliseconds(_dragged(app, page.section.trying.slider))
            found[f"try a swing, {name}, {drawn} charts in sight, ms"] = frames
            page.section.put_back()
    window.document.close()
    return found


def _dragged(app: object, slider: object) -> list[float]:
    """60 moves of a slider, each until the event loop has nothing left to draw."""
    slider.setSliderDown(True)
    frames = []
    for move in range(60):
        moved = time.perf_counter()
        slider.setValue(20 + move)
        app.processEvents()
        frames.append(time.perf_counter() - moved)
    slider.setSliderDown(False)
    return frames


def table() -> dict[str, object]:
    """The cost table of 500 lines over 30 years in one option: an amount typed, and a page scrolled, drawn.

    An edit goes from the change of the document to the window drawn anew, findings and totals included.
    """
    from decimal import Decimal
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from appraise.files.document import Document, save
    from appraise.model.edits.lines import set_amount
    from appraise.ui.app import make_window
    from tests.benchmarks.large import large

    app = QApplication([])
    window = make_window(app)
    window.resize(1440, 900)
    window.show()
    document = large(one_option=True)
    path = Path(os.environ["APPRAISE_HOME"]) / "large.appraisal"
    save(path, Document(appraisal=document), replacing=None)
    window.filing.open(path)
    _until(app, lambda: window.document.full_results() is not None)
    shown = time.perf_counter()
    window.show_step(4)
    app.processEvents()
    window.grab()
    first = 1000 * (time.perf_counter() - shown)
    _rest(app)
    page = window.page(4)
    edits, down, right = [], [], []
    for number in range(40):
        line = document.lines[3 * number].id
        _rest(app)  # what the figures of the edit before still draw is not this one's
        began = time.perf_counter()
        now = window.document.session.appraisal
        new = set_amount(now, line=line, year=2, amount=Decimal(5_000 + number))
        window.document.context.apply(new, "Change an amount")
        app.processEvents()
        edits.append(time.perf_counter() - began)
        _until(app, lambda: window.document.full_results() is not None)
    for bar, steps, times in (
        (page.table.verticalScrollBar(), 40, down),
        (page.table.horizontalScrollBar(), 20, right),
    ):
        for number in range(steps):
            began = time.perf_counter()
            bar.setValue(bar.maximum() * number // steps)
            app.processEvents()
            times.append(time.perf_counter() - began)
    window.document.close()
    return {
        "cost table of 500 lines, first shown, ms": round(first, 1),
        "cost table of 500 lines, an amount changed, ms": _milliseconds(edits),
        "cost table of 500 lines, scrolled down, ms": _milliseconds(down),
        "cost table of 500 lines, scrolled right, ms": _milliseconds(right),
    }


def _milliseconds(times: list[float]) -> dict[str, float]:
    ordered = sorted(1000 * one for one in times)
    return {
        "median": round(statistics.median(ordered), 1),
        "19 in 20 under": round(ordered[int(0.95 * len(ordered))], 1),
        "longest": round(ordered[-1], 1),
    }


def _until(app: object, ready: object) -> None:
    end = time.monotonic() + 60
    while not ready() and time.monotonic() < end:
        app.processEvents()
        time.sleep(0.002)


def _rest(app: object) -> None:
    end = time.monotonic() + 0.4
    while time.monotonic() < end:
        app.processEvents()
        time.sleep(0.002)


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as home:
        os.environ["APPRAISE_HOME"] = home
        print(json.dumps({"bare": bare, "start": start, "drag": drag, "swing": swing, "table": table}[sys.argv[1]]()))  # noqa: T201 -- for its caller
