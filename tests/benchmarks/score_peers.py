"""The joint samples of weights and scores (`scores`) through other libraries; `peers` runs them.

None of these libraries draws scores that are triangles valued by a function, so bare numpy draws the numbers for them,
and what the library does with them is added on top: totals, places, and what it makes of these.
"""

import importlib
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from appraise.model.acceptability import drawn
from appraise.model.score_draws import Way
from appraise.model.scoring import ranked_options
from tests.benchmarks.scores import CRITERIA, DRAWS, OPTIONS, Bare, scoring

#: The option whose share of first places is compared, about one half.
FIRST = 4
#: More is better on every criterion: numpy has valued the samples already.
MORE_IS_BETTER = np.ones(CRITERIA)


@cache
def bare() -> Bare:
    """The same sums in bare numpy."""
    return Bare(scoring())


def plain_numpy() -> float:
    """How often the option is first."""
    return float(bare()()[FIRST, 0])


def product() -> Callable[[], float]:
    """The product's own draws: rank acceptability with errors, pairs, central weights, confidence factors."""
    document = scoring()
    ranked = ranked_options(document)

    def run() -> float:
        found = drawn(document, (Way.ELICITED,), ranked, draws=DRAWS, seed=1)[Way.ELICITED]
        return found.acceptability.options[FIRST].ranks[0]

    return run


def pysensmcda() -> Callable[[], float]:
    """SMAA-2 of pysensmcda over an additive method."""
    smaa: Any = importlib.import_module("pysensmcda.smaa")

    def additive(matrix: np.ndarray, weights: np.ndarray, types: np.ndarray) -> np.ndarray:  # noqa: ARG001  its call
        return np.asarray(matrix @ weights)

    def run() -> float:
        weights, matrices = bare().samples()
        found = smaa.smaa2(additive, matrices[0], MORE_IS_BETTER, weights=weights, matrix_samples=matrices)
        return float(found.rank_acceptability[FIRST, 0])

    return run


def pymcdm() -> Callable[[], float]:
    """The weighted sum model of pymcdm, sample by sample, and its ranks; it has no SMAA of its own."""
    methods: Any = importlib.import_module("pymcdm.methods")
    model = methods.WSM(lambda values, cost: -values if cost else values)

    def run() -> float:
        weights, matrices = bare().samples()
        places = np.zeros((OPTIONS, OPTIONS))
        every = np.arange(OPTIONS)
        for weight, matrix in zip(weights, matrices, strict=True):
            ranks = model.rank(model(matrix, weight, MORE_IS_BETTER, validation=False))
            places[every, ranks.astype(np.intp) - 1] += 1
        return float(places[FIRST, 0] / DRAWS)

    return run


#: Other libraries by name.
SCORE_PEERS: dict[str, Callable[[], Callable[[], float]]] = {"pysensmcda": pysensmcda, "pymcdm": pymcdm}
