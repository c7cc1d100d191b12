"""A hundred thousand joint samples of weights and scores, 6 options x 20 criteria, over the same sums in bare numpy.

The floor draws as many uniform numbers, turns them into swings and triangles by the same formulas in place, values the
measures by `np.interp`, and adds up totals, places, pairs and weights of the first, all in chunks that fit the cache.
It knows neither ids nor keys, keeps no totals, and has no confidence factor; nothing else is left out.
"""

import statistics
import time
from dataclasses import replace

import numpy as np

from appraise.model.acceptability import drawn
from appraise.model.appraisal.criteria import Branch, Criterion, Measured, Score, ValuePoint
from appraise.model.appraisal.document import Appraisal, Horizon
from appraise.model.appraisal.options import Option, ShortListRole
from appraise.model.score_draws import Way, effective_range, score_spreads
from appraise.model.score_figures import score_figures
from appraise.model.scoring import ranked_options
from tests.benchmarks.floor import cpu, in_turns, ratio

OPTIONS, CRITERIA, DRAWS = 6, 20, 100_000
#: Draws of the floor at a time: its numbers stay in the cache.
CHUNK = 5_000
#: CPU time over that of bare numpy, and milliseconds of the figures that are made while a swing is dragged.
AIM, LIVE_AIM, LIVE_DRAWS = 1.5, 5.0, 2_000
#: How many of the criteria are scored by measure, with four points of a value function each.
BY_MEASURE = 5


def _criterion(number: int) -> Criterion:
    swing = 100.0 if not number else 15.0 + (37 * number) % 80
    made = Criterion(
        id=f"c{number:02}", branch=f"b{number % 4}", name=f"Criterion {number}", swing=swing, worst="worst", best="best"
    )
    if number % (CRITERIA // BY_MEASURE) != 1:
        return made
    points = tuple(ValuePoint(measure=x, value=y) for x, y in ((0.0, 100.0), (15.0, 70.0), (40.0, 25.0), (90.0, 0.0)))
    return replace(made, measured=Measured.MEASURE, unit="days", points=points)


def scoring() -> Appraisal:
    """The document: every swing but the yardstick has its usual doubt, every score a range of its own."""
    criteria = tuple(_criterion(number) for number in range(CRITERIA))
    given = []
    for option in range(OPTIONS):
        for number, criterion in enumerate(criteria):
            value = 30.0 + (53 * number + 29 * option + 7 * option * number) % 31
            reach = 4.0 + (number + option) % 9
            given.append(
                Score(
                    option=f"o{option}",
                    criterion=criterion.id,
                    value=value,
                    low=value - reach,
                    high=value + 0.7 * reach,
                    reason="r",
                )
            )
    return Appraisal(
        title="Scores",
        body="Test Council",
        horizon=Horizon(first_year=2027, years=1),
        options=tuple(
            Option(id=f"o{number}", name=f"Option {number}", role=ShortListRole.OTHER) for number in range(OPTIONS)
        ),
        branches=tuple(Branch(id=f"b{number}", name=f"Branch {number}") for number in range(4)),
        criteria=criteria,
        scores=tuple(given),
    )


class Bare:
    """The same sums as a statistician would type them who minds the time."""

    def __init__(self, document: Appraisal) -> None:
        ends = np.array([effective_range(document, criterion) for criterion in document.criteria])
        self.low, self.width = ends[:, :1], ends[:, 1:] - ends[:, :1]
        spreads = score_spreads(document)
        rows = [[spreads[option.id, one.id] for one in document.criteria] for option in document.options]
        self.left = np.array([[one.low for one in row] for row in rows])
        self.rise = np.array([[one.likely - one.low for one in row] for row in rows])
        self.fall = np.array([[one.high - one.likely for one in row] for row in rows])
        self.measures = {place: tuple(zip(*one.knots, strict=True)) for place, one in enumerate(rows[0]) if one.knots}
        self.room = np.empty((CRITERIA, CHUNK)), np.empty((CRITERIA, CHUNK)), np.empty((CRITERIA, CHUNK))

    def points(self, generator: np.random.Generator, option: int) -> np.ndarray:
        """Criteria x draws: l + sqrt(u w r) under the likely value, h - sqrt((1 - u) w f) over it."""
        rising, falling, _ = self.room
        rise, fall = self.rise[option][:, np.newaxis], self.fall[option][:, np.newaxis]
        width = rise + fall
        generator.random(out=rising)
        np.maximum(rising, rise / width, out=falling)
        np.minimum(rising, rise / width, out=rising)
        rising *= width * rise
        np.sqrt(rising, out=rising)
        np.subtract(1.0, falling, out=falling)
        falling *= width * fall
        np.sqrt(falling, out=falling)
        rising -= falling
        rising += self.left[option][:, np.newaxis] + fall
        for place, (measures, values) in self.measures.items():
            rising[place] = np.interp(rising[place], measures, values)
        return rising

    def weights(self, generator: np.random.Generator) -> np.ndarray:
        """Criteria x draws."""
        weights = self.room[2]
        generator.random(out=weights)
        weights *= self.width
        weights += self.low
        weights /= weights.sum(axis=0)
        return weights

    def samples(self) -> tuple[np.ndarray, np.ndarray]:
        """Weights, draws x criteria, and points, draws x options x criteria, for those who cannot draw them."""
        generator = np.random.Generator(np.random.SFC64(1))
        weights, points = np.empty((DRAWS, CRITERIA)), np.empty((DRAWS, OPTIONS, CRITERIA))
        for start in range(0, DRAWS, CHUNK):
            part = slice(start, start + CHUNK)
            weights[part] = self.weights(generator).T
            for option in range(OPTIONS):
                points[part, option] = self.points(generator, option).T
        return weights, points

    def __call__(self) -> np.ndarray:
        """Rank acceptability, options x places; pairs and central weights are made too."""
        generator = np.random.Generator(np.random.SFC64(1))
        places, pairs = np.zeros((OPTIONS, OPTIONS)), np.zeros((OPTIONS, OPTIONS))
        central = np.zeros((OPTIONS, CRITERIA))
        for _ in range(DRAWS // CHUNK):
            weights = self.weights(generator)
            totals = np.stack(
                [np.einsum("jd,jd->d", weights, self.points(generator, option)) for option in range(OPTIONS)]
            )
            order = np.argsort(-totals, axis=0)
            for place in range(OPTIONS):
                places[:, place] += np.bincount(order[place], minlength=OPTIONS)
            for one in range(OPTIONS):
                pairs[one] += (totals[one] > totals).sum(axis=1)
                central[one] += weights[:, order[0] == one].sum(axis=1)
        return places / DRAWS


def _dragged(document: Appraisal, swing: float) -> Appraisal:
    moved = replace(document.criteria[3], swing=swing)
    return replace(document, criteria=(*document.criteria[:3], moved, *document.criteria[4:]))


def live(document: Appraisal, rounds: int) -> dict[str, object]:
    """CPU milliseconds of all live figures of the scoring while one swing is dragged."""
    frames = [_dragged(document, 20.0 + step) for step in range(3 * rounds)]
    score_figures(frames[0], draws=LIVE_DRAWS, seed=1, robust=False)
    taken = [1000 * cpu(lambda one=one: score_figures(one, draws=LIVE_DRAWS, seed=1, robust=False)) for one in frames]
    median = statistics.median(taken)
    return {
        "median, CPU ms": round(median, 2),
        "longest, CPU ms": round(max(taken), 2),
        "aim, ms": LIVE_AIM,
        "verdict": f"aim of {LIVE_AIM} ms reached" if median <= LIVE_AIM else f"over the aim of {LIVE_AIM} ms",
    }


def off_floor(document: Appraisal, bare: Bare) -> float:
    """The largest difference of a share from the floor's: both draw the same quantities."""
    found = drawn(document, (Way.ELICITED,), ranked_options(document), draws=DRAWS, seed=1)[Way.ELICITED]
    ranks = np.array([one.ranks for one in found.acceptability.options])
    return float(np.abs(ranks - bare()).max())


def joint_samples(*, rounds: int = 7) -> dict[str, object]:
    """The figures of `make bench` about scores."""
    document = scoring()
    ranked, bare = ranked_options(document), Bare(document)
    whole, floor, three = in_turns(
        rounds,
        lambda: drawn(document, (Way.ELICITED,), ranked, draws=DRAWS, seed=1, keep=True),
        bare,
        lambda: drawn(document, tuple(Way), ranked, draws=DRAWS, seed=1, keep=True),
    )
    over = ratio(whole, floor)
    start = time.perf_counter()
    score_figures(document, draws=DRAWS, seed=1, robust=True)
    return {
        "samples": DRAWS,
        "options x criteria": f"{OPTIONS} x {CRITERIA}, {BY_MEASURE} of them by measure",
        "over bare numpy": over,
        "aim": AIM,
        "verdict": f"aim of {AIM} reached" if over <= AIM else f"over the aim of {AIM}",
        "cpu_seconds": round(statistics.median(whole), 3),
        "bare numpy, cpu_seconds": round(statistics.median(floor), 3),
        "three ways of drawing weights, cpu_seconds": round(statistics.median(three), 3),
        "all figures of the scoring, seconds": round(time.perf_counter() - start, 3),
        "largest difference of a share from bare numpy": round(off_floor(document, bare), 4),
        "drag a swing, figures of the scoring alone": live(document, rounds),
    }
