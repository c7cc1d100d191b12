"""Kendall's coefficient of concordance, corrected for ties, against worked examples."""

import pytest

from appraise.model.agreement import kendall_w


@pytest.mark.parametrize(
    ("rows", "coefficient", "friedman"),
    [
        ([[6, 5, 4, 3, 2, 1], [5, 6, 4, 3, 1, 2], [6, 4, 5, 2, 3, 1]], 0.873015873015873, 13.095238095238088),
        ([[3, 3, 2, 1], [4, 3, 3, 1], [4, 3, 2, 2]], 0.9012345679012346, 8.111111111111116),
        ([[3, 2, 1], [9, 5, 1], [30, 20, 10]], 1.0, 6.0),
        ([[1, 2, 3, 4], [4, 3, 2, 1]], 0.0, 0.0),
    ],
    ids=["no ties", "ties", "perfect", "opposed"],
)
def test_kendall_w_and_friedman(rows: list[list[float]], coefficient: float, friedman: float) -> None:
    found = kendall_w(rows)
    assert found == pytest.approx(coefficient, abs=1e-12)
    assert found == pytest.approx(friedman / (len(rows) * (len(rows[0]) - 1)), abs=1e-12)  # W = chi^2 / (m (n - 1))


def test_friedman_of_another_implementation() -> None:
    from scipy.stats import friedmanchisquare

    rows = [[70, 40, 40, 10, 90], [60, 60, 20, 20, 80], [10, 40, 50, 0, 100], [55, 55, 55, 5, 60]]
    statistic = friedmanchisquare(*zip(*rows, strict=True)).statistic
    assert kendall_w(rows) == pytest.approx(statistic / (4 * 4), abs=1e-12)
