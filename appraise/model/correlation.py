"""Correlation matrices: whether one can exist, the nearest that can, and how draws follow it (METHOD 10.2)."""

from collections.abc import Sequence
from math import sqrt

import numpy as np

from appraise.model.uncertainty import Floats

Rows = Sequence[Sequence[float]]

#: An eigenvalue no further under 0 than this is 0 but for rounding.
NOTHING = 1e-9
#: Digits of a repaired matrix; people read and type it.
REPAIRED_DIGITS = 4


def smallest_eigenvalue(rows: Rows) -> float:
    """The smallest eigenvalue of a symmetric matrix: under 0, no such correlations can exist together."""
    return float(np.linalg.eigvalsh(np.array(rows, dtype=np.float64))[0])


def is_valid(rows: Rows) -> bool:
    """Whether correlations can exist together: no eigenvalue is under 0."""
    return smallest_eigenvalue(rows) >= -NOTHING


def _without_negative(matrix: Floats) -> Floats:
    """The nearest matrix without eigenvalues under 0."""
    values, vectors = np.linalg.eigh(matrix)
    return np.asarray((vectors * np.maximum(values, 0.0)) @ vectors.T, dtype=np.float64)


def nearest_valid(rows: Rows) -> tuple[tuple[float, ...], ...]:
    """The valid correlation matrix nearest to `rows`, to four digits (Higham, IMA J. Numer. Anal. 22, 2002).

    Projects in turn on matrices without negative eigenvalues (with Dykstra's correction) and on those with 1 on the
    diagonal. Rounding may leave it invalid by a hair: then the rest is pulled towards 0 until it is valid.
    """
    given = np.array(rows, dtype=np.float64)
    found, correction = given.copy(), np.zeros_like(given)
    for _ in range(200):
        shifted = found - correction
        projected = _without_negative(shifted)
        correction = projected - shifted
        before, found = found, projected.copy()
        np.fill_diagonal(found, 1.0)
        if float(np.abs(found - before).max()) < 10.0 ** -(REPAIRED_DIGITS + 3):
            break
    off = found - np.eye(len(found))
    for step in range(1000):
        off_now = np.round(np.clip(off * (1 - step / 1000), -1.0, 1.0), REPAIRED_DIGITS)
        symmetric = np.triu(off_now, 1)
        matrix = symmetric + symmetric.T + np.eye(len(found))
        if is_valid(matrix.tolist()):
            break
    return tuple(tuple(float(value) for value in row) for row in matrix.tolist())


def loads(rows: Rows) -> tuple[tuple[float, ...], ...]:
    """The lower triangle L with L L' = the matrix: row i says how input i is mixed from own normal numbers.

    Cholesky's method in plain arithmetic and one fixed order, so that every machine gets the same numbers. A column
    whose own part is spent (the matrix is singular) adds nothing.
    """
    size = len(rows)
    made = [[0.0] * size for _ in range(size)]
    for i in range(size):
        for j in range(i + 1):
            rest = rows[i][j]
            for k in range(j):
                rest -= made[i][k] * made[j][k]
            if i == j:
                made[i][i] = sqrt(rest) if rest > NOTHING else 0.0
            elif made[j][j]:
                made[i][j] = rest / made[j][j]
    return tuple(tuple(row) for row in made)
