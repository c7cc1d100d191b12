"""Two runs with different seeds differ by no more than their stated errors say (METHOD 10.3)."""

import os
from collections.abc import Callable
from math import comb, sqrt

import pytest

from appraise.model.evaluate import Part, Settings, evaluate
from appraise.model.results import Distribution
from tests.published.engine_documents import rich

#: Pairs of seeds, and draws a run.
PAIRS = 200 if os.environ.get("APPRAISE_SOAK") else 20
DRAWS = 5_000
#: How many of 200 pairs may stay within 1.96 sqrt(2) standard errors: 90 to 99 per cent.
WANTED = (180, 198)


def within_chance(least: int, most: int, pairs: int, chance: float = 0.95) -> float:
    """Binomial chance of `least` to `most` pairs inside."""
    return sum(comb(pairs, k) * chance**k * (1 - chance) ** (pairs - k) for k in range(least, most + 1))


def bounds(pairs: int) -> tuple[int, int]:
    """90 to 99 per cent of 200 pairs; of fewer, as many as come in all but 1 of 1,000 sets of honest errors."""
    if pairs >= 200:
        return WANTED[0] * pairs // 200, WANTED[1] * pairs // 200
    least = pairs
    while within_chance(least, pairs, pairs) < 0.999:
        least -= 1
    return least, pairs


@pytest.fixture(scope="module")
def runs() -> dict[str, list[tuple[Distribution, Distribution]]]:
    """Net present costs by option, for every pair of fixed seeds."""
    found: dict[str, list[tuple[Distribution, Distribution]]] = {}
    for pair in range(PAIRS):
        one, two = (
            evaluate(rich(), Settings(draws=DRAWS, seed=1_000 + 2 * pair + place), parts=frozenset({Part.RISK}))
            for place in (0, 1)
        )
        for first, second in zip(one.options, two.options, strict=True):
            assert first.risk is not None
            assert second.risk is not None
            found.setdefault(first.id, []).append((first.risk.npc, second.risk.npc))
    return found


#: A figure and its standard error; percentiles state 1.96 of them.
FIGURES: dict[str, tuple[Callable[[Distribution], float], Callable[[Distribution], float]]] = {
    "mean": (lambda npc: npc.mean, lambda npc: npc.mean_error),
    "p80": (lambda npc: npc.p80, lambda npc: npc.percentile_errors.p80 / 1.96),
    "sd": (lambda npc: npc.sd, lambda npc: npc.sd_error),
    "cvar80": (lambda npc: npc.cvar80, lambda npc: npc.cvar80_error),
}


@pytest.mark.parametrize("option", ["a", "b", "c"])
@pytest.mark.parametrize("figure", list(FIGURES))
def test_two_seeds_differ_as_their_errors_say(
    runs: dict[str, list[tuple[Distribution, Distribution]]], option: str, figure: str
) -> None:
    """Within 1.96 sqrt(2) standard errors in 90 to 99 per cent of 200 pairs."""
    value, error = FIGURES[figure]
    inside = 0
    for one, two in runs[option]:
        together = sqrt((error(one) ** 2 + error(two) ** 2) / 2)
        assert together > 0
        inside += abs(value(one) - value(two)) <= 1.96 * sqrt(2) * together
    least, most = bounds(PAIRS)
    assert least <= inside <= most


def test_the_bounds_are_those_of_honest_errors() -> None:
    """180 to 198 of 200 hold nearly always for honest errors, and never for errors half as large."""
    assert within_chance(180, 198, 200) > 0.99
    assert within_chance(180, 198, 200, chance=0.673) < 1e-12  # 1.96 / 2 standard errors
    assert bounds(20) == (15, 20)
