"""Robustness against published decision matrices and the worked numbers of METHOD 4."""

from fractions import Fraction

import pytest

from appraise.model.robustness import dominated_by, first_margins, potentially_first, smallest_flip, stability
from appraise.model.scoring import totals
from tests.builders import appraisal, scores, tree
from tests.published.decision_matrices import CARS, MATRICES, MOUNTAIN, PARIS, QUICKSTART, TZENG, ZHAO, Matrix

WORKED = appraisal(
    1,
    ("insource", "outsource", "shared", "bau"),
    **tree(100, 80, 50, 40, 30),
    scores=scores(
        insource=(70, 40, 100, 60, 80),
        outsource=(50, 100, 30, 70, 40),
        shared=(100, 0, 60, 100, 0),
        bau=(0, 60, 0, 0, 100),
    ),
)


@pytest.mark.parametrize(
    ("matrix", "published"),
    [
        (CARS, (60, 34, 27.4905631188)),
        (TZENG, (40, 70, 85, 35)),
        (MOUNTAIN, (50, 62.5, 50)),
        (ZHAO, (55, 35, 60)),
        (PARIS, (66.6666666667, 71.2643678161, 39.3103448276, 16.5517241379, 60)),
        (QUICKSTART, (45, 55)),
    ],
)
def test_additive_totals(matrix: Matrix, published: tuple[float, ...]) -> None:
    assert tuple(totals(matrix.document()).values()) == pytest.approx(published, abs=1e-9)


@pytest.mark.parametrize(
    ("matrix", "over"),
    [
        (CARS, {}),
        (TZENG, {"A0": ("A2",), "A3": ("A1", "A2")}),
        (MOUNTAIN, {}),
        (ZHAO, {}),
        (PARIS, {"METRO2": ("RER",), "BUS": ("RER", "METRO1", "METRO2")}),
        (QUICKSTART, {}),
    ],
)
def test_dominance(matrix: Matrix, over: dict[str, tuple[str, ...]]) -> None:
    assert dominated_by(matrix.document()) == dict.fromkeys(matrix.options, ()) | over


@pytest.mark.parametrize(
    ("matrix", "margins"),
    [
        (CARS, (0.98910891, 0.84895833, 0.4)),
        (TZENG, (0, 0.5, 0.42857143, -0.2)),
        (MOUNTAIN, (0.25, 0.125, 0.5)),
        (ZHAO, (0.5, 0.5, 0.5)),
        (PARIS, (0.33333333, 0.15862069, -0.03448276, -0.17241379, 0.33333333)),
        (QUICKSTART, (1, 1)),
    ],
)
def test_the_largest_lead_that_any_weights_give(matrix: Matrix, margins: tuple[float, ...]) -> None:
    found = first_margins(matrix.document())
    assert [found[option] / 100 for option in matrix.options] == pytest.approx(margins, abs=6e-9)
    first = potentially_first(matrix.document())
    level = matrix.options[0] if matrix is TZENG else ""  # at best level with A2, which dominates it
    assert first == {
        option: margin >= 0 and option != level for option, margin in zip(matrix.options, margins, strict=True)
    }


@pytest.mark.parametrize(
    ("matrix", "published", "by_brute_force"),
    [
        (
            CARS,
            [(0.1216216216, 1), (0, 0.4047619048), (0, 1), (0, 0.3585362522)],
            [(0.121625, 1), (0, 0.40476), (0, 1), (0, 0.358535)],
        ),
        (
            TZENG,
            [(0, 1), (0.1428571429, 1), (0, 0.4615384615)],
            [(0, 1), (0.14286, 1), (0, 0.461535)],
        ),
        (MOUNTAIN, [(0.4, 0.6666666667), (0.3333333333, 0.6)], [(0.4, 0.666665), (0.333335, 0.6)]),
        (
            ZHAO,
            [(0.4444444444, 1), (0, 0.3333333333), (0.1111111111, 0.4666666667)],
            [(0.444445, 1), (0, 0.33333), (0.111115, 0.466665)],
        ),
        (
            PARIS,
            [(0.0850439883, 0.4461538462), (0, 0.3848484848), (0.42, 0.6262886598)],
            [(0.085045, 0.44615), (0, 0.384845), (0.42, 0.626285)],
        ),
        (QUICKSTART, [(0.4444444444, 1), (0, 1), (0, 0.5)], [(0.444445, 1), (0, 1), (0, 0.5)]),
    ],
)
def test_weights_between_which_the_first_stays_first(
    matrix: Matrix, published: list[tuple[float, float]], by_brute_force: list[tuple[float, float]]
) -> None:
    found = stability(matrix.document())
    assert [one.kind for one in found] == ["criterion"] * len(published)  # the one branch carries all weight
    assert [one.weight for one in found] == pytest.approx([float(weight) for weight in matrix.exact_weights])
    for one, (low, high), (from_grid, to_grid) in zip(found, published, by_brute_force, strict=True):
        assert (one.low, one.high) == pytest.approx((low, high), abs=1e-10)
        assert (one.low, one.high) == pytest.approx((from_grid, to_grid), abs=5.1e-6)


@pytest.mark.parametrize("matrix", MATRICES, ids=lambda matrix: matrix.source)
def test_intervals_against_exact_fractions(matrix: Matrix) -> None:
    weights, points = matrix.exact_weights, matrix.exact_points
    whole = [sum(weight * value for weight, value in zip(weights, row, strict=True)) for row in points]
    first = points[whole.index(max(whole))]
    for place, found in enumerate(stability(matrix.document())):
        low, high = Fraction(0), Fraction(1)
        for rival in points:
            lead = [ours - theirs for ours, theirs in zip(first, rival, strict=True)]
            rest = sum(weight * one for weight, one in zip(weights, lead, strict=True)) - weights[place] * lead[place]
            without = rest / (1 - weights[place])
            if without < 0:
                low = max(low, without / (without - lead[place]))
            if lead[place] < 0:
                high = min(high, without / (without - lead[place]))
        assert (found.low, found.high) == pytest.approx((float(low), float(high)), abs=1e-12)


@pytest.mark.parametrize(
    ("matrix", "rival", "distance"),
    [
        (CARS, "Clio", 0.26),
        (TZENG, "A1", 0.3),
        (MOUNTAIN, "A3", 0.2),
        (ZHAO, "A1", 0.0666666667),
        (PARIS, "RER", 0.1379310345),
        (QUICKSTART, "VW", 0.1),
    ],
)
def test_the_smallest_move_of_weights_that_loses_the_first_place(matrix: Matrix, rival: str, distance: float) -> None:
    flip = smallest_flip(matrix.document())
    assert flip is not None
    assert flip.distance == pytest.approx(distance, abs=1e-10)
    assert flip.rival == rival


def test_tie_weights_of_the_worked_example_bound_its_intervals() -> None:
    """METHOD 4: against outsource .111111 .323077 .102564 .422222, against shared .5 .022222 none .306667."""
    found = {one.id: (one.low, one.high) for one in stability(WORKED)}
    assert found["c1"] == pytest.approx((0.111111, 0.5), abs=5e-7)
    assert found["c2"] == pytest.approx((0.022222, 0.323077), abs=5e-7)
    assert found["c3"] == pytest.approx((0.102564, 1), abs=5e-7)
    assert found["c4"] == pytest.approx((0, 0.306667), abs=5e-7)
    assert found["c5"][0] == 0  # no tie with outsource or shared
