"""Workload W through the product's own `evaluate`, over the time that drawing its numbers alone takes."""

import resource
import statistics
import sys
import time
from collections.abc import Callable

import numpy as np

from appraise.model.appraisal.document import Appraisal
from appraise.model.evaluate import ALL_PARTS, Part, Settings, evaluate
from tests.benchmarks.workload import floor_numbers, workload

#: All outputs of METHOD 10.3 (and the chance of being cheapest if everything were drawn apart, 10.2). The value of
#: settling (METHOD 11.3) is no part of them.
OUTPUTS = frozenset({Part.RISK, Part.FUNDING, Part.DEPENDENCE})
#: Without differences between options, contributions and rank correlations, as while somebody drags a slider.
LIVE = OUTPUTS - {Part.DEPENDENCE}
#: W over N at 1e5 and at 1e6 draws: what is aimed at, and what is a failure (METHOD 10.4).
AIMS = {100_000: 3.0, 1_000_000: 2.5}
FAILURE = 3.5
#: Peak memory of the process at 1e6 draws and beyond, MB.
MEMORY_AIM = 320
#: Numbers that the floor draws at a time, into room that stands already.
CHUNK = 16_384


def cpu(work: Callable[[], object]) -> float:
    """CPU seconds of one call."""
    start = time.process_time()
    work()
    return time.process_time() - start


def in_turns(rounds: int, *works: Callable[[], object]) -> list[list[float]]:
    """CPU seconds of each piece of work, taken in turns after one warm-up."""
    for work in works:
        work()
    taken = [[cpu(work) for work in works] for _ in range(rounds)]
    return [list(column) for column in zip(*taken, strict=True)]


def draw_only(generator: np.random.Generator, room: np.ndarray, draws: int) -> None:
    """Floor N: the normal and the uniform numbers of W, drawn in chunks and thrown away."""
    normals, uniforms = floor_numbers()
    for start in range(0, draws, CHUNK):
        part = room[: min(CHUNK, draws - start)]
        for _ in range(normals):
            generator.standard_normal(out=part)
        for _ in range(uniforms):
            generator.random(out=part)


def over_floor(document: Appraisal, draws: int, rounds: int) -> tuple[list[float], list[float], list[float]]:
    """CPU seconds of W, of W without what is left out live, and of N, in turns in one process with one thread."""
    generator, room = np.random.Generator(np.random.SFC64(1)), np.empty(CHUNK)
    whole, live, floor = in_turns(
        rounds,
        lambda: evaluate(document, Settings(draws=draws), parts=OUTPUTS),
        lambda: evaluate(document, Settings(draws=draws), parts=LIVE),
        lambda: draw_only(generator, room, draws),
    )
    return whole, live, floor


def ratio(wholes: list[float], floors: list[float]) -> float:
    """The median of the ratios of neighbours in time."""
    return round(statistics.median(whole / floor for whole, floor in zip(wholes, floors, strict=True)), 3)


def judged(ratio: float, aim: float) -> str:
    """What a ratio comes to."""
    if ratio <= aim:
        return f"aim of {aim} reached"
    return f"between the aim of {aim} and failure at {FAILURE}" if ratio <= FAILURE else f"failure: over {FAILURE}"


def engine(*, rounds: int = 7) -> dict[str, object]:
    """The figures of `make bench` about W."""
    document = workload()
    found: dict[str, object] = {"normals a draw": floor_numbers()[0], "uniforms a draw": floor_numbers()[1]}
    for (draws, aim), name in zip(AIMS.items(), ("1e5", "1e6"), strict=True):
        whole, live, floors = over_floor(document, draws, rounds if draws < 1_000_000 else 3)
        found |= {
            f"w_over_floor_{name}": ratio(whole, floors),
            f"verdict_{name}": judged(ratio(whole, floors), aim),
            f"w_live_parts_over_floor_{name}": ratio(live, floors),
            f"w_{name}_cpu_seconds": round(statistics.median(whole), 3),
            f"w_live_parts_{name}_cpu_seconds": round(statistics.median(live), 3),
            f"floor_{name}_cpu_seconds": round(statistics.median(floors), 3),
            "draws_per_second": round(draws / statistics.median(whole)),
        }
    everything = [cpu(lambda: evaluate(document, Settings(draws=100_000), parts=ALL_PARTS)) for _ in range(3)]
    found["with the value of settling, 1e5, CPU seconds"] = round(statistics.median(everything), 3)
    preview = [cpu(lambda: evaluate(document, Settings(draws=2_000), parts=LIVE)) for _ in range(3 * rounds)]
    found["first 2,000 draws, CPU milliseconds"] = round(1000 * statistics.median(preview), 1)
    return found


def peak(draws: int) -> dict[str, float]:
    """Peak memory of this process and its CPU time after W once; meant for a process of its own."""
    seconds = cpu(lambda: evaluate(workload(), Settings(draws=draws), parts=OUTPUTS))
    return {"MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024), "seconds": round(seconds, 1)}


if __name__ == "__main__":
    import json

    print(json.dumps(peak(int(sys.argv[1]))))  # noqa: T201 -- for its caller
