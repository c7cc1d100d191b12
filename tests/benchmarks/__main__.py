"""Benchmarks, printed as JSON: `make bench`. Ratios are taken inside one process, in turns, medians of runs.

They measure and do not judge; no test depends on them.
"""

import json
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from appraise.model.appraisal.document import Appraisal
from appraise.model.discounting import make_factors
from appraise.model.entries import option_entries
from appraise.model.evaluate import ALL_PARTS, LIVE_PARTS, Part, Settings, evaluate
from appraise.model.plan import EventColumn, Plan, RetainedColumn, make_plan
from appraise.model.simulation import simulate
from appraise.workspace import templates
from tests.benchmarks.large import large

RUNS = 7
DRAWS = 100_000


def cpu(work: Callable[[], object]) -> float:
    """CPU seconds of one call."""
    start = time.process_time()
    work()
    return time.process_time() - start


def in_turns(*works: Callable[[], object]) -> list[list[float]]:
    """CPU seconds of each piece of work, taken in turns after one warm-up."""
    for work in works:
        work()
    rounds = [[cpu(work) for work in works] for _ in range(RUNS)]
    return [list(column) for column in zip(*rounds, strict=True)]


def planned(document: Appraisal) -> Plan:
    """The document as columns and terms."""
    factors = make_factors(document)
    return make_plan(document, [option_entries(document, option.id, factors) for option in document.options], factors)


def streams(document: Appraisal) -> int:
    """How many uniform numbers one draw of the document takes."""
    plan = planned(document)
    ranges = {column.stream for column in plan.columns if not isinstance(column, RetainedColumn)}
    events: set[str] = set()
    for column in plan.columns:
        if isinstance(column, EventColumn):
            events |= {f"{column.stream}|occurs"}
        if isinstance(column, RetainedColumn):
            events |= {f"{column.constraint}|occurs"}
            events |= {f"{column.constraint}|impact"} if column.impact.width else set()
            events |= {f"{column.constraint}|admitted"} if column.admitted < 1 else set()
    boundaries = {boundary for scenario in plan.scenarios for boundary in scenario.boundaries}
    renewals = {boundary.year for boundary in boundaries}
    cuts = {boundary.year for boundary in boundaries if boundary.cut.width}
    return len(ranges) + len(events) + len(renewals) + len(cuts)


def simulation(document: Appraisal) -> dict[str, object]:
    """The product's own engine over drawing the same uniform numbers and nothing else (SFC64)."""
    count = streams(document)
    plan = planned(document)
    generator = np.random.Generator(np.random.SFC64(1))
    room = np.empty(DRAWS)

    def floor() -> None:
        for _ in range(count):
            generator.random(out=room)

    def normals() -> None:
        for _ in range(count):
            generator.standard_normal(out=room)

    def engine() -> None:
        simulate(plan, seed=1, draws=DRAWS, threads=1)

    floors, normal, engines = in_turns(floor, normals, engine)
    pairs = zip(engines, floors, normal, strict=True)
    ratios = [(whole / uniform, whole / both) for whole, uniform, both in pairs]
    return {
        "uniforms a draw": count,
        "draws": DRAWS,
        "engine, CPU seconds": statistics.median(engines),
        "drawing the same uniforms, CPU seconds": statistics.median(floors),
        "engine over uniforms": statistics.median(ratio for ratio, _ in ratios),
        "engine over as many normals": statistics.median(ratio for _, ratio in ratios),
    }


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
        seconds = []
        for _ in range(3):
            start = time.perf_counter()
            subprocess.run([*command, "report", str(source), "-o", str(target)], check=True, stdout=subprocess.DEVNULL)
            seconds.append(time.perf_counter() - start)
            target.unlink()
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {"seconds, start of the program included": statistics.median(seconds), "peak memory, MB": round(peak)}


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
    for name in ("drag", "table"):
        done = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.window", name], check=True, capture_output=True, text=True
        )
        found |= json.loads(done.stdout)
    return found


def main() -> None:
    """Measure everything and print it."""
    document = templates.load("worked-example", first_year=2027)
    print(  # noqa: T201 -- printing is what this is for
        json.dumps(
            {
                "machine": {
                    "python": platform.python_version(),
                    "numpy": np.__version__,
                    "system": platform.platform(),
                },
                "simulation": simulation(document),
                "evaluation": evaluation(document),
                "without simulation": without_simulation(),
                "business case": paper(),
                "window": window(),
            },
            indent=1,
        )
    )


if __name__ == "__main__":
    main()
