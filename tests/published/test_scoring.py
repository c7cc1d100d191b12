"""Swing-weighted scores against worked numbers (METHOD 4: swings 100/80/50/40/30)."""

from fractions import Fraction

import pytest

from appraise.model.scoring import score_values, scored, tie_weight, weights
from tests.builders import appraisal, scores, tree

OPTIONS = ("insource", "outsource", "shared", "bau")
DOCUMENT = appraisal(
    1,
    OPTIONS,
    **tree(100, 80, 50, 40, 30),
    scores=scores(
        insource=(70, 40, 100, 60, 80),
        outsource=(50, 100, 30, 70, 40),
        shared=(100, 0, 60, 100, 0),
        bau=(0, 60, 0, 0, 100),
    ),
)


def test_weights_are_swings_over_their_sum() -> None:
    assert list(weights(DOCUMENT).values()) == pytest.approx([0.333333, 0.266667, 0.166667, 0.133333, 0.1], abs=5e-7)
    assert sum(weights(DOCUMENT).values()) == pytest.approx(1)


@pytest.mark.parametrize(
    ("option", "total"), [("insource", 66.6667), ("outsource", 61.6667), ("shared", 56.6667), ("bau", 26.0)]
)
def test_totals(option: str, total: float) -> None:
    assert scored(DOCUMENT, option).total == pytest.approx(total, abs=5e-5)


@pytest.mark.parametrize(
    ("criterion", "tie"), [("c1", 0.111111), ("c2", 0.323077), ("c3", 0.102564), ("c4", 0.422222), ("c5", None)]
)
def test_tie_weights_of_insource_and_outsource(criterion: str, tie: float | None) -> None:
    weight = weights(DOCUMENT)
    ours, theirs = score_values(DOCUMENT, "insource"), score_values(DOCUMENT, "outsource")
    difference = {key: ours[key] - theirs[key] for key in weight}
    found = tie_weight(weight, difference, criterion)
    assert found == (None if tie is None else pytest.approx(tie, abs=5e-7))
    if found is not None:  # put back, the totals are equal (METHOD 15, number 7)
        rest = 1 - weight[criterion]
        moved = {key: found if key == criterion else value * (1 - found) / rest for key, value in weight.items()}
        assert sum(moved[key] * difference[key] for key in moved) == pytest.approx(0, abs=1e-9)


def test_totals_against_exact_fractions() -> None:
    swings = [100, 80, 50, 40, 30]
    values = [70, 40, 100, 60, 80]
    exact = sum(Fraction(swing, sum(swings)) * value for swing, value in zip(swings, values, strict=True))
    assert scored(DOCUMENT, "insource").total == pytest.approx(float(exact), abs=1e-12)


def test_a_missing_score_counts_as_nothing_and_is_said() -> None:
    partial = scored(appraisal(1, ("a",), **tree(50, 50), scores=scores(a=(80,))), "a")
    assert partial.total == pytest.approx(40)
    assert not partial.complete
    assert partial.by_criterion[1].value is None


def test_all_swings_zero_give_no_weight() -> None:
    assert set(weights(appraisal(1, ("a",), **tree(0, 0))).values()) == {0.0}
