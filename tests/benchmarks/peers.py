"""The common sum W1 (40 triangular lines, 12 events) through the product and through other libraries; weighted scores
(`score_peers`) too.

CPU seconds of 1e5 draws over those of a plain numpy script, in turns in one process: `make bench-peers`.
A library that is not installed is said to be missing. Prints JSON.
"""

import contextlib
import importlib
import importlib.metadata
import io
import json
import logging
import statistics
import warnings
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from appraise.model.evaluate import Part, Settings, evaluate
from tests.benchmarks import score_peers
from tests.benchmarks.floor import cpu
from tests.benchmarks.workload import COMMON_EVENTS, COMMON_LINES, common_mean, common_sum

DRAWS = 100_000
RUNS = 5
#: A library this much slower than plain numpy is run once.
SLOW = 30


def plain_numpy() -> np.ndarray:
    """The sum as a statistician would type it."""
    random = np.random.default_rng(1)
    total = np.zeros(DRAWS)
    for line in COMMON_LINES:
        total += random.triangular(*line, size=DRAWS)
    for chance, low, likely, high in COMMON_EVENTS:
        total += (random.random(DRAWS) < chance) * random.triangular(low, likely, high, size=DRAWS)
    return total


def with_percentiles() -> float:
    """Plain numpy's mean; it sorts out the same percentiles as the product does."""
    total = plain_numpy()
    np.percentile(total, np.arange(101))
    return float(total.mean())


def product() -> Callable[[], float]:
    """The product's own evaluate: findings, costs, draws, moments, percentiles, ranks, contributions."""
    document = common_sum()

    def run() -> float:
        results = evaluate(document, Settings(draws=DRAWS), parts=frozenset({Part.RISK, Part.DEPENDENCE}))
        risk = results.options[0].risk
        return float("nan") if risk is None else risk.npc.mean

    return run


def squigglepy() -> Callable[[], float]:
    """Distributions of squigglepy, sampled one by one and added up."""
    sq: Any = importlib.import_module("squigglepy")

    def sampled(low: float, likely: float, high: float) -> np.ndarray:
        return np.asarray(sq.sample(sq.triangular(low, likely, high), n=DRAWS))

    def run() -> float:
        total = np.zeros(DRAWS)
        for line in COMMON_LINES:
            total += sampled(*line)
        for chance, *size in COMMON_EVENTS:
            total += np.asarray(sq.sample(sq.bernoulli(chance), n=DRAWS)) * sampled(*size)
        return float(total.mean())

    return run


def openturns() -> Callable[[], float]:
    """Distributions of OpenTURNS, sampled one by one and added up; one joint sample takes twice as long."""
    ot: Any = importlib.import_module("openturns")
    ot.TBB.Disable()  # CPU time of one thread, like everybody else's
    lines = [ot.Triangular(*line) for line in COMMON_LINES]
    events = [(ot.Bernoulli(chance), ot.Triangular(*size)) for chance, *size in COMMON_EVENTS]

    def sampled(distribution: Any) -> np.ndarray:
        return np.asarray(distribution.getSample(DRAWS)).ravel()

    def run() -> float:
        total = np.zeros(DRAWS)
        for line in lines:
            total += sampled(line)
        for happens, size in events:
            total += sampled(happens) * sampled(size)
        return float(total.mean())

    return run


def monaco() -> Callable[[], float]:
    """A simulation of monaco: every draw is a case that its three functions are called for."""
    mc: Any = importlib.import_module("monaco")
    from scipy.stats import bernoulli, triang

    def spread(low: float, likely: float, high: float) -> dict[str, float]:
        return {"c": (likely - low) / (high - low), "loc": low, "scale": high - low}

    lines, events = len(COMMON_LINES), len(COMMON_EVENTS)

    def before(case: Any) -> tuple[Any, ...]:
        return tuple(case.invals[name].val for name in names)

    def total(*values: float) -> float:
        happened, sizes = values[lines : lines + events], values[lines + events :]
        return sum(values[:lines]) + sum(one * size for one, size in zip(happened, sizes, strict=True))

    def after(case: Any, value: float) -> None:
        case.addOutVal("total", value)

    names: list[str] = []

    def run() -> float:
        names.clear()
        simulation = mc.Sim(
            name="W1",
            ndraws=DRAWS,
            fcns={"preprocess": before, "run": total, "postprocess": after},
            samplemethod="random",
            firstcaseismedian=False,
            seed=1,
            singlethreaded=True,
            verbose=False,
            debug=False,
            keepsiminput=False,
            keepsimrawoutput=False,
            savecasedata=False,
            savesimdata=False,
        )

        def take(name: str, distribution: Any, keywords: dict[str, float]) -> None:
            names.append(name)
            simulation.addInVar(name=name, dist=distribution, distkwargs=keywords)

        for number, line in enumerate(COMMON_LINES):
            take(f"line {number}", triang, spread(*line))
        for number, (chance, *_) in enumerate(COMMON_EVENTS):
            take(f"event {number}", bernoulli, {"p": chance})
        for number, (_, *size) in enumerate(COMMON_EVENTS):
            take(f"size {number}", triang, spread(*size))
        simulation.runSim()
        return float(np.mean(simulation.outvars["total"].nums))

    return run


#: Other libraries by name.
PEERS: dict[str, Callable[[], Callable[[], float]]] = {
    "squigglepy": squigglepy,
    "openturns": openturns,
    "monaco": monaco,
}


def quiet(work: Callable[[], float]) -> float:
    """The work's answer; what a library prints or warns of does not go between the lines of the JSON."""
    with (
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(io.StringIO()),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        return work()


def measured(work: Callable[[], float], plain: Callable[[], object], exact: float) -> dict[str, object]:
    """CPU seconds over plain numpy's, in turns, and how far the answer is off, in per cent of the exact one."""
    mean = quiet(work)  # a warm-up too
    pairs = [(cpu(lambda: quiet(work)), cpu(plain))]
    if pairs[0][0] < SLOW * pairs[0][1]:
        pairs += [(cpu(lambda: quiet(work)), cpu(plain)) for _ in range(RUNS - 1)]
    return {
        "over_plain_numpy": round(statistics.median(whole / floor for whole, floor in pairs), 2),
        "cpu_seconds": round(statistics.median(whole for whole, _ in pairs), 3),
        "plain_numpy_cpu_seconds": round(statistics.median(floor for _, floor in pairs), 3),
        "off_percent": round(100 * (mean / exact - 1), 3),
    }


def compared(
    works: Iterable[tuple[str, Callable[[], Callable[[], float]]]], plain: Callable[[], object], exact: float
) -> dict[str, object]:
    """By name what was measured, or that it is missing."""
    found: dict[str, object] = {}
    for name, prepare in works:
        try:
            work = prepare()
        except ImportError:
            found[name] = "missing: not installed"
            continue
        version = (
            {} if name in {"appraise", "numpy with percentiles"} else {"version": importlib.metadata.version(name)}
        )
        found[name] = version | measured(work, plain, exact)
    return found


def scores() -> dict[str, object]:
    """A hundred thousand joint samples of weights and scores; off: how often the best option is first."""
    works = (("appraise", score_peers.product), *score_peers.SCORE_PEERS.items())
    return {
        "samples": score_peers.DRAWS,
        "options": score_peers.OPTIONS,
        "criteria": score_peers.CRITERIA,
        "bare numpy = 1": compared(works, score_peers.plain_numpy, score_peers.plain_numpy()),
    }


def main() -> None:
    """Measure everything that is installed and print it."""
    logging.disable(logging.CRITICAL)
    plain_numpy()
    works = (
        ("appraise", product),
        ("numpy with percentiles", lambda: with_percentiles),
        *PEERS.items(),
    )
    figures: dict[str, object] = {
        "draws": DRAWS,
        "lines": len(COMMON_LINES),
        "events": len(COMMON_EVENTS),
        "numpy": np.__version__,
    }
    figures |= {"plain numpy = 1": compared(works, plain_numpy, common_mean()), "weighted scores": scores()}
    print(json.dumps(figures, indent=1))  # noqa: T201 -- what this is for


if __name__ == "__main__":
    main()
