"""Rank acceptability against exact volumes and closed forms, at a million samples and three standard errors.

Sources of the matrices are in `decision_matrices`. Exact shares: volumes of the parts of the weight simplex, as
fractions; of the cars by pysensmcda. Two options: see `pairwise`.
"""

from dataclasses import replace
from fractions import Fraction
from math import prod, sqrt

import numpy as np
import pytest

from appraise.model.acceptability import Drawn, drawn
from appraise.model.appraisal.criteria import Answers, Asking, Weighting
from appraise.model.score_draws import Chunk, Source, Way, draw_weights
from appraise.model.scoring import rank_order_centroid, ranked_options
from tests.builders import appraisal, tree
from tests.model.test_scoring import TREE, asked
from tests.published.decision_matrices import CARS, MATRICES, MOUNTAIN, PARIS, QUICKSTART, TZENG, ZHAO, Matrix

SAMPLES = 1_000_000
#: Nothing is drawn but weights.
HELD = Weighting(score_doubt=0.0)


def uniform(matrix: Matrix) -> Drawn:
    document = matrix.document(HELD)
    return drawn(document, (Way.ANY,), ranked_options(document), draws=SAMPLES, seed=20270401)[Way.ANY]


def within_three_errors(found: float, exact: float) -> bool:
    return abs(found - exact) <= 3 * sqrt(exact * (1 - exact) / SAMPLES) + 1e-12


@pytest.mark.parametrize(
    ("matrix", "volumes"),
    [
        (TZENG, "0 1/7 9/35 3/5 / 3/10 39/70 1/7 0 / 7/10 3/10 0 0 / 0 0 3/5 2/5"),
        (MOUNTAIN, "1/3 1/6 1/2 / 4/15 11/15 0 / 2/5 1/10 1/2"),
        (ZHAO, "1/3 1/3 1/3 / 1/3 1/3 1/3 / 1/3 1/3 1/3"),
        (
            PARIS,
            """47/76 69/380 1/5 0 0 / 2001/8132 42949/65056 3/32 0 0 / 0 3/32 319/608 29/76 0
            / 0 0 0 1728/5353 3625/5353 / 29/214 69/1070 69/380 120263/406828 1728/5353""",
        ),
        (QUICKSTART, "1/4 3/4 / 3/4 1/4"),
    ],
    ids=["tzeng", "mountain", "zhao", "paris", "quickstart"],
)
def test_rank_acceptability_is_the_volume(matrix: Matrix, volumes: str) -> None:
    exact = {
        key: [float(Fraction(one)) for one in row.split()]
        for key, row in zip(matrix.options, (" ".join(volumes.split())).split(" / "), strict=True)
    }
    found = uniform(matrix).acceptability
    assert [one.option for one in found.options] == list(exact)
    for one in found.options:
        assert all(map(within_three_errors, one.ranks, exact[one.option])), (one.option, one.ranks)
        assert one.errors == pytest.approx([sqrt(share * (1 - share) / SAMPLES) for share in one.ranks])
        assert sum(one.ranks) == pytest.approx(1)


def test_first_places_of_the_cars() -> None:
    firsts = [one.ranks[0] for one in uniform(CARS).acceptability.options]
    assert all(map(within_three_errors, firsts, [0.5274019429510022, 0.27989200380536183, 0.19270605324363616]))


@pytest.mark.parametrize(
    ("matrix", "central"),
    [
        (TZENG, (None, "1/5 1/6 19/30", "41/105 17/42 43/210", None)),
        (QUICKSTART, ("1/6 1/6 2/3", "7/18 7/18 2/9")),
    ],
    ids=["tzeng", "quickstart"],
)
def test_central_weights_are_the_middle_of_the_volume(matrix: Matrix, central: tuple[str | None, ...]) -> None:
    for one, exact in zip(uniform(matrix).acceptability.options, central, strict=True):
        if exact is None:
            assert (one.central_weights, one.confidence) == ((), None)
            continue
        # a weight that is uniform on a simplex has a standard deviation under 0.24
        near = 3 * 0.24 / sqrt(SAMPLES * one.ranks[0])
        assert one.central_weights == pytest.approx([float(Fraction(part)) for part in exact.split()], abs=near)
        assert sum(one.central_weights) == pytest.approx(1, abs=1e-8)  # nine digits each
        assert one.confidence == 1


def pairwise(differences: list[Fraction]) -> Fraction | None:
    """P(sum w_j d_j > 0), w uniform on the simplex: sum over d_j > 0 of prod over k != j of d_j / (d_j - d_k).

    None where two positive differences are equal: the formula has no value there.
    """
    ahead = [one for one in differences if one > 0]
    if len(set(ahead)) < len(ahead):
        return None
    return sum(
        (prod((own / (own - other) for other in differences if other != own), start=Fraction(1)) for own in ahead),
        start=Fraction(0),
    )


#: What the closed form came to elsewhere, row over column.
ELSEWHERE = {
    ("Corsa", "Fiesta"): 0.6490444630141271,
    ("Clio", "Corsa"): 0.4140625000000001,
    ("Fiesta", "Clio"): 0.5180919903209382,
    ("RER", "METRO1"): 0.6184210526315789,
    ("RER", "TAXI"): 0.8,
    ("METRO1", "METRO2"): 0.90625,
    ("METRO1", "TAXI"): 0.864485981308411,
    ("METRO2", "TAXI"): 0.6184210526315789,
    ("BUS", "TAXI"): 0.32280963945451147,
    ("TAXI", "BUS"): 0.6771903605454883,
    ("A1", "A0"): 0.8571428571428568,
    ("A0", "A3"): 0.4,
    ("VW", "Ford"): 0.25,
}


@pytest.mark.parametrize("matrix", MATRICES, ids=lambda matrix: matrix.options[0])
def test_pairs_by_the_closed_form(matrix: Matrix) -> None:
    found = uniform(matrix).pairwise
    points = dict(zip(matrix.options, matrix.exact_points, strict=True))
    told = 0
    for one, pairs in found.items():
        for pair in pairs:
            exact = pairwise([own - other for own, other in zip(points[one], points[pair.than], strict=True)])
            if exact is None:
                continue
            told += 1
            assert within_three_errors(pair.share, float(exact)), (one, pair, float(exact))
            if matrix in (CARS, TZENG, PARIS, QUICKSTART) and (one, pair.than) in ELSEWHERE:
                assert float(exact) == pytest.approx(ELSEWHERE[one, pair.than], abs=1e-12)
    assert told > len(found) - 2
    for one, pairs in found.items():
        for pair in pairs:
            back = next(other.share for other in found[pair.than] if other.than == one)
            assert pair.share + back == 1


def weight_columns(count: int, way: Way = Way.ANY) -> np.ndarray:
    """Weights, criteria x draws, of equal swings that fall by one from criterion to criterion."""
    document = appraisal(1, **tree(*(100.0 - place for place in range(count))))
    chunks = [draw_weights(document, way, Source(Chunk(seed=1, number=number, count=16_384))) for number in range(8)]
    return np.hstack([np.stack([columns[f"c{place}"] for place in range(1, count + 1)]) for columns in chunks])


@pytest.mark.parametrize(
    ("count", "uniform_then_normalised"), [(3, 0.17987), (5, 0.11342), (10, 0.057493), (20, 0.02884)]
)
def test_uniform_weights_have_the_spread_of_the_simplex(count: int, uniform_then_normalised: float) -> None:
    """The spread of one weight is sqrt((n - 1) / (n^2 (n + 1))), far over that of numbers that are then normalised."""
    columns = weight_columns(count)
    exact = sqrt((count - 1) / (count**2 * (count + 1)))
    assert columns.sum(axis=0) == pytest.approx(np.ones(columns.shape[1]), abs=1e-12)
    assert columns.std(axis=1) == pytest.approx(np.full(count, exact), rel=0.012)
    assert columns.mean(axis=1) == pytest.approx(np.full(count, 1 / count), abs=3.5 * exact / sqrt(columns.shape[1]))
    assert columns.std(axis=1).min() > 1.25 * uniform_then_normalised


@pytest.mark.parametrize("count", [2, 3, 6, 10])
def test_weights_by_order_alone_have_the_centroid_as_their_mean(count: int) -> None:
    columns = weight_columns(count, Way.RANKS)
    assert (np.diff(columns, axis=0) <= 0).all()
    errors = columns.std(axis=1) / sqrt(columns.shape[1])
    assert np.abs(columns.mean(axis=1) - np.array(rank_order_centroid(count))).max() <= 3.5 * errors.max()


#: Rank-order-centroid weights by the number of criteria.
CENTROIDS = {
    2: (0.75, 0.25),
    3: (0.611111111111111, 0.27777777777777773, 0.1111111111111111),
    4: (0.5208333333333333, 0.2708333333333333, 0.14583333333333331, 0.0625),
    5: (0.45666666666666667, 0.25666666666666665, 0.15666666666666665, 0.09, 0.04),
    6: (
        0.40833333333333327,
        0.24166666666666667,
        0.1583333333333333,
        0.10277777777777779,
        0.061111111111111116,
        0.027777777777777776,
    ),
    7: (
        0.37040816326530607,
        0.22755102040816325,
        0.15612244897959182,
        0.10850340136054422,
        0.07278911564625849,
        0.04421768707482993,
        0.02040816326530612,
    ),
    8: (
        0.3397321428571428,
        0.21473214285714284,
        0.15223214285714284,
        0.11056547619047619,
        0.07931547619047619,
        0.05431547619047619,
        0.033482142857142856,
        0.015625,
    ),
    9: (
        0.31432980599647264,
        0.20321869488536154,
        0.147663139329806,
        0.11062610229276897,
        0.08284832451499119,
        0.06062610229276896,
        0.04210758377425044,
        0.026234567901234566,
        0.012345679012345678,
    ),
    10: (
        0.2928968253968254,
        0.1928968253968254,
        0.1428968253968254,
        0.10956349206349207,
        0.08456349206349206,
        0.06456349206349207,
        0.047896825396825396,
        0.03361111111111111,
        0.021111111111111112,
        0.01,
    ),
}


@pytest.mark.parametrize("count", list(CENTROIDS))
def test_rank_order_centroids(count: int) -> None:
    assert rank_order_centroid(count) == pytest.approx(CENTROIDS[count], abs=1e-15)


def test_branch_by_branch_the_mean_is_the_product_of_centroids() -> None:
    document = asked(TREE, Asking.BY_BRANCH, Answers.RANKS)
    columns = draw_weights(document, Way.ELICITED, Source(Chunk(seed=1, number=0, count=16_384)))
    means = {key: float(column.mean()) for key, column in columns.items()}
    assert means == pytest.approx({"holes": 9 / 16, "dust": 3 / 16, "beach": 3 / 16, "birds": 1 / 16}, abs=0.004)
    assert sum(columns.values()) == pytest.approx(np.ones(16_384))


def test_branch_by_branch_any_weights_means_branches_first() -> None:
    """Three criteria in one branch and one in the other: half the weight each, not three quarters."""
    leaves = tuple(replace(one, branch="coast" if one.id == "birds" else "roads") for one in TREE.criteria)
    document = asked(replace(TREE, criteria=leaves), Asking.BY_BRANCH, Answers.POINTS)
    columns = draw_weights(document, Way.ANY, Source(Chunk(seed=1, number=0, count=16_384)))
    assert float(columns["birds"].mean()) == pytest.approx(0.5, abs=0.01)
    assert float(columns["birds"].std()) == pytest.approx(sqrt(1 / 12), rel=0.02)
