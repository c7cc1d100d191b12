"""Which lines move together: correlation groups, and the full matrix for those who have one."""

from collections.abc import Collection, Iterable

from appraise.model.appraisal.correlations import CorrelationGroup, CorrelationMatrix
from appraise.model.appraisal.document import Appraisal
from appraise.model.edits.changing import added, changed, changed_in, cleared, found, simple, without

_GROUP_FIELDS = frozenset({"name", "rho", "shared", "evidence"})


def add_group(appraisal: Appraisal, *, group: str, name: str) -> Appraisal:
    """A new correlation group at the end, without lines; `group` is its new id."""
    new = CorrelationGroup(id=group, name=name)
    return changed(appraisal, correlation_groups=added(appraisal.correlation_groups, new))


def change_group(appraisal: Appraisal, *, group: str, **fields: object) -> Appraisal:
    """Name, rho, shared or evidence of a correlation group. TypeError for another field."""
    new = dict(simple(fields, _GROUP_FIELDS))
    if isinstance(rho := new.get("rho"), int):
        new["rho"] = float(rho)
    return changed(appraisal, correlation_groups=changed_in(appraisal.correlation_groups, group, **new))


def remove_group(appraisal: Appraisal, *, group: str) -> Appraisal:
    """Take the group out. Its lines move by themselves again."""
    return changed(
        appraisal,
        correlation_groups=without(appraisal.correlation_groups, group),
        lines=cleared(appraisal.lines, "correlation", group),
    )


def set_matrix(
    appraisal: Appraisal, *, lines: Iterable[str], rows: Iterable[Iterable[float]], evidence: str = ""
) -> Appraisal:
    """The whole matrix in place of what stood there, such as a pasted one. KeyError for an unknown line."""
    named = tuple(lines)
    for line in named:
        found(appraisal.lines, line)
    figures = tuple(tuple(float(figure) for figure in row) for row in rows)
    return _matrix(appraisal, CorrelationMatrix(lines=named, rows=figures, evidence=evidence))


def set_correlation_of(appraisal: Appraisal, *, first: str, second: str, value: float) -> Appraisal:
    """The correlation of two different lines of the matrix, in both its places. KeyError if one is not in it."""
    matrix = appraisal.correlation_matrix
    if matrix is None or first == second or not {first, second} <= set(matrix.lines):
        raise KeyError((first, second))
    pair = {matrix.lines.index(first), matrix.lines.index(second)}
    rows = tuple(
        tuple(float(value) if {row, column} == pair else figure for column, figure in enumerate(figures))
        for row, figures in enumerate(_square(matrix))
    )
    return _matrix(appraisal, changed(matrix, rows=rows))


def add_to_matrix(appraisal: Appraisal, *, line: str) -> Appraisal:
    """The line as the last of the matrix, so far moving with no other. KeyError for an unknown line."""
    found(appraisal.lines, line)
    matrix = appraisal.correlation_matrix or CorrelationMatrix(lines=(), rows=())
    if line in matrix.lines:
        return appraisal
    rows = (*((*row, 0.0) for row in _square(matrix)), (*(0.0 for _ in matrix.lines), 1.0))
    return _matrix(appraisal, changed(matrix, lines=(*matrix.lines, line), rows=rows))


def remove_from_matrix(appraisal: Appraisal, *, line: str) -> Appraisal:
    """The line moves by itself; with its last line the matrix is gone. KeyError if it is not in the matrix."""
    matrix = appraisal.correlation_matrix
    if matrix is None or line not in matrix.lines:
        raise KeyError(line)
    return _matrix(appraisal, matrix_without(matrix, {line}))


def clear_matrix(appraisal: Appraisal) -> Appraisal:
    """No correlations of pairs are entered."""
    return _matrix(appraisal, None)


def matrix_without(matrix: CorrelationMatrix | None, lines: Collection[str]) -> CorrelationMatrix | None:
    """The matrix less these lines; the same object if it has none of them, None if it has no others."""
    if matrix is None or not any(line in lines for line in matrix.lines):
        return matrix
    stay = [place for place, line in enumerate(matrix.lines) if line not in lines]
    if not stay:
        return None
    rows = _square(matrix)
    return changed(
        matrix,
        lines=tuple(matrix.lines[place] for place in stay),
        rows=tuple(tuple(rows[row][column] for column in stay) for row in stay),
    )


def _matrix(appraisal: Appraisal, matrix: CorrelationMatrix | None) -> Appraisal:
    return changed(appraisal, correlation_matrix=matrix)


def _square(matrix: CorrelationMatrix) -> tuple[tuple[float, ...], ...]:
    """As many rows and columns as lines: a file may bring too few or too many."""
    size = range(len(matrix.lines))
    return tuple(
        tuple(
            matrix.rows[row][column]
            if row < len(matrix.rows) and column < len(matrix.rows[row])
            else float(row == column)
            for column in size
        )
        for row in size
    )
