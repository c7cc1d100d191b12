"""Benchmarks, printed as JSON: `make bench`. Ratios are taken inside one process, in turns, medians of runs.

They say whether an aim is reached; no test depends on them.
"""

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from appraise.model.appraisal.document import Appraisal
from appraise.model.evaluate import ALL_PARTS, LIVE_PARTS, Part, Settings, evaluate
from appraise.workspace import templates
from tests.benchmarks.floor import MEMORY_AIM, engine
from tests.benchmarks.funded import money_by_year
from tests.benchmarks.large import large
from tests.benchmarks.scores import joint_samples

RUNS = 7
DRAWS = 100_000
#: One frame of a screen, milliseconds: a dragged probability should be answered within it.
FRAME = 16


def memory() -> dict[str, object]:
    """Peak memory of W at 1e6 and at 1e7 draws, each in a fresh process."""
    found: dict[str, object] = {"aim, MB": MEMORY_AIM}
    for name, draws in (("1e6", 1_000_000), ("1e7", 10_000_000)):
        done = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.floor", str(draws)], check=True, capture_output=True, text=True
        )
        measured = json.loads(done.stdout)
        found |= {f"peak_{name}_mb": measured["MB"], f"w_{name}_cpu_seconds": measured["seconds"]}
    return found


def evaluation(document: Appraisal) -> dict[str, object]:
    """Whole evaluations: the record on one and two threads, and the live preview."""

    def wall(settings: Settings, parts: frozenset[Part] = ALL_PARTS) -> float:
        start = time.perf_counter()
        evaluate(document, settings, parts=parts)
        return time.perf_counter() - start

    evaluate(document)
    return {
        "100,000 draws, 1 thread, seconds": statistics.median(wall(Settings(draws=DRAWS)) for _ in range(RUNS)),
        "100,000 draws, 2 threads, seconds": statistics.median(
            wall(Settings(draws=DRAWS, threads=2)) for _ in range(RUNS)
        ),
        "2,000 draws as in the window while it is live, milliseconds": 1000
        * statistics.median(wall(Settings(draws=2000), LIVE_PARTS) for _ in range(3 * RUNS)),
    }


def without_simulation() -> dict[str, object]:
    """The economic and the financial case, switching values included, of a large appraisal."""
    document = large()
    parts = frozenset({Part.ECONOMIC, Part.FINANCIAL})

    def wall() -> float:
        start = time.perf_counter()
        evaluate(document, parts=parts)
        return time.perf_counter() - start

    wall()
    return {"500 lines, 30 years, 6 options, milliseconds": 1000 * statistics.median(wall() for _ in range(3 * RUNS))}


def paper() -> dict[str, object]:
    """The PDF of the worked example from the command line: seconds and peak memory of the process."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "example.appraisal", Path(folder) / "example.pdf"
        command = [sys.executable, "-m", "appraise"]
        subprocess.run([*command, "new", "worked-example", str(source)], check=True, stdout=subprocess.DEVNULL)
        seconds, peaks = [], []
        for _ in range(3):
            start = time.perf_counter()
            report = subprocess.Popen([*command, "report", str(source), "-o", str(target)], stdout=subprocess.DEVNULL)
            _, status, used = os.wait4(report.pid, 0)  # its own memory, not that of the largest process so far
            seconds.append(time.perf_counter() - start)
            report.returncode = os.waitstatus_to_exitcode(status)
            if report.returncode:
                raise subprocess.CalledProcessError(report.returncode, command)
            peaks.append(used.ru_maxrss / 1024)
            target.unlink()
    return {
        "seconds, start of the program included": statistics.median(seconds),
        "peak memory, MB": round(statistics.median(peaks)),
    }


def window() -> dict[str, object]:
    """Start of the window over bare Qt, and frames of a live drag, each in a process of its own."""
    found: dict[str, object] = {}
    for name in ("bare", "start"):
        times = []
        for _ in range(RUNS):
            done = subprocess.run(
                [sys.executable, "-m", "tests.benchmarks.window", name], check=True, capture_output=True, text=True
            )
            times.append(json.loads(done.stdout)["milliseconds"])
        found[{"bare": "bare Qt window, ms", "start": "window with its start page, ms"}[name]] = statistics.median(
            times
        )
    found["over bare Qt, ms"] = float(str(found["window with its start page, ms"])) - float(
        str(found["bare Qt window, ms"])
    )
    for name in ("drag", "swing", "table"):
        done = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.window", name], check=True, capture_output=True, text=True
        )
        found |= json.loads(done.stdout)
    return found


def live_preview(found: dict[str, object]) -> dict[str, object]:
    """The drag of a probability held against one frame: 2,000 draws and the figures that are drawn from them."""
    answers = found["drag a probability, until new figures are drawn, ms"]
    median = float(answers["median"]) if isinstance(answers, dict) else float("nan")
    return {
        "median, ms": median,
        "aim, ms": FRAME,
        "verdict": f"aim of {FRAME} ms reached" if median <= FRAME else f"over the aim of {FRAME} ms",
    }


def main() -> None:
    """Measure everything and print it."""
    document = templates.load("worked-example", first_year=2027)
    engine_figures, window_figures = engine(rounds=RUNS), window()
    print(  # noqa: T201 -- printing is what this is for
        json.dumps(
            {
                "machine": {
                    "python": platform.python_version(),
                    "numpy": np.__version__,
                    "system": platform.platform(),
                },
                "engine": engine_figures,
                "memory": memory(),
                "evaluation": evaluation(document),
                "money against cost": money_by_year(rounds=RUNS),
                "joint samples of weights and scores": joint_samples(rounds=RUNS),
                "without simulation": without_simulation(),
                "business case": paper(),
                "window": window_figures,
                "live preview": live_preview(window_figures),
            },
            indent=1,
        )
    )


if __name__ == "__main__":
    main()
