"""Correlation matrices: whether they can exist, the nearest that can, and how draws follow them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from appraise.model.correlation import is_valid, loads, nearest_valid, smallest_eigenvalue

#: Two that move with the first, and against each other: this cannot be.
IMPOSSIBLE = ((1.0, 0.9, 0.9), (0.9, 1.0, -0.9), (0.9, -0.9, 1.0))


def test_the_smallest_eigenvalue_of_three_equal_correlations() -> None:
    """Eigenvalues 1 + 2 r and 1 - r, twice: at r = -.6 the smallest is -.2."""
    rows = tuple(tuple(1.0 if i == j else -0.6 for j in range(3)) for i in range(3))
    assert smallest_eigenvalue(rows) == pytest.approx(-0.2)
    assert not is_valid(rows)


def test_the_nearest_matrix_of_the_published_example() -> None:
    """Higham (2002), section 4: the nearest to [[1, 1, 0], [1, 1, 1], [0, 1, 1]] has .7607 and .1573."""
    found = nearest_valid(((1, 1, 0), (1, 1, 1), (0, 1, 1)))
    assert found[0][1] == pytest.approx(0.7607, abs=1e-3)
    assert found[0][2] == pytest.approx(0.1573, abs=1e-3)
    assert is_valid(found)


def test_a_valid_matrix_is_its_own_nearest() -> None:
    rows = ((1.0, 0.3, -0.2), (0.3, 1.0, 0.1), (-0.2, 0.1, 1.0))
    assert nearest_valid(rows) == rows


@given(st.integers(2, 6).flatmap(lambda n: st.lists(st.floats(-1, 1), min_size=n * n, max_size=n * n)))
def test_whatever_is_typed_the_nearest_can_exist(numbers: list[float]) -> None:
    size = int(len(numbers) ** 0.5)
    square = np.array(numbers).reshape(size, size)
    rows = np.triu(square, 1) + np.triu(square, 1).T + np.eye(size)
    found = np.array(nearest_valid(rows.tolist()))
    assert is_valid(found.tolist())
    assert np.array_equal(found, found.T)
    assert np.array_equal(np.diag(found), np.ones(size))
    assert np.abs(found).max() <= 1


def test_loads_make_the_matrix_again() -> None:
    rows = ((1.0, 0.5, 0.2), (0.5, 1.0, -0.3), (0.2, -0.3, 1.0))
    made = np.array(loads(rows))
    assert made @ made.T == pytest.approx(np.array(rows))
    assert np.array_equal(made, np.tril(made))


def test_loads_of_a_singular_matrix() -> None:
    """Three that are one: every own part but the first is spent."""
    made = np.array(loads(((1.0, 1.0, -1.0), (1.0, 1.0, -1.0), (-1.0, -1.0, 1.0))))
    assert made.tolist() == [[1, 0, 0], [1, 0, 0], [-1, 0, 0]]


def test_an_impossible_matrix_is_moved_no_further_than_it_must() -> None:
    found = np.array(nearest_valid(IMPOSSIBLE))
    assert smallest_eigenvalue(found.tolist()) == pytest.approx(0, abs=1e-3)
    assert 0.2 < np.abs(found - np.array(IMPOSSIBLE)).max() < 0.6
