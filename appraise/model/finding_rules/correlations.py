"""Step 5, which lines move together: drivers, correlation groups, and the matrix of pairs."""

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from math import isfinite

from appraise.model.appraisal.correlations import CorrelationMatrix
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import Line
from appraise.model.drivers import driver_name, driver_of
from appraise.model.finding import Finding, Place, blank, is_share, line_name, named, number_words, whole_words

#: As many lines a matrix may have: beyond, nobody knows the correlation of every pair.
MOST_LINES = 100
#: An eigenvalue this far under 0 is rounding, and figures this near are equal.
ROUNDING = 1e-9

_MATRIX = Place(5, "Correlation matrix", field="correlation_matrix")


def check_correlations(appraisal: Appraisal) -> Iterator[Finding]:
    """Drivers, then groups, then the matrix."""
    yield from _drivers(appraisal)
    yield from _groups(appraisal)
    if appraisal.correlation_matrix is not None:
        yield from _matrix(appraisal, appraisal.correlation_matrix)


def _drivers(appraisal: Appraisal) -> Iterator[Finding]:
    """Lines of one driver are one draw, so all of them belong to the same group."""
    first: dict[str, Line] = {}
    told: set[tuple[str, str]] = set()
    for line in appraisal.lines:
        if not driver_name(line) or line.range is None:
            continue
        one, name = first.setdefault(driver_name(line), line), named(line.driver, "a driver without a name")
        place = Place(5, f"Line {line_name(line)}", line.id, "driver")
        if line.correlation != one.correlation and (driver_name(line), "group") not in told:
            told.add((driver_name(line), "group"))
            yield place.error(
                "driver-group",
                f"Lines of the driver {name} belong to different correlation groups.",
                "Give all of them the same group, or none.",
            )
        if line.shared is not one.shared and (driver_name(line), "shared") not in told:
            told.add((driver_name(line), "shared"))
            yield place.attention(
                "driver-shared",
                f"Some lines say that {name} is one fact for all options, others that it is not.",
                "Say the same for all lines of the driver.",
            )


def _groups(appraisal: Appraisal) -> Iterator[Finding]:
    uncertain = Counter(line.correlation for line in appraisal.lines if line.range is not None)
    for group in appraisal.correlation_groups:
        name = named(group.name, "a correlation group without a name")
        words = f"Correlation group {name}"
        if blank(group.name):
            yield Place(5, words, group.id, "name").attention(
                "group-name", "A correlation group has no name.", "Name it after the cause that its lines share."
            )
        if not is_share(group.rho):
            yield Place(5, words, group.id, "rho").error(
                "group-rho",
                f"{name} has a correlation of {number_words(group.rho)}, outside 0 to 1.",
                "Enter 0 to 1; enter negative correlations in a matrix.",
            )
        if uncertain[group.id] < 2:
            yield Place(5, words, group.id, "name").note(
                "group-one",
                f"{name} has {whole_words(uncertain[group.id])} lines with a range, so it changes nothing."
                if uncertain[group.id] == 0
                else f"{name} has one line with a range only, so it changes nothing.",
                "Add lines with a range, or delete the group.",
            )
        elif blank(group.evidence):
            yield Place(5, words, group.id, "evidence").attention(
                "group-evidence", f"Nothing shows how far the lines of {name} move together.", "Say what shows it."
            )


def _matrix(appraisal: Appraisal, matrix: CorrelationMatrix) -> Iterator[Finding]:
    """The lines that it names, then its figures; whether it can exist only if all else is right."""
    faults = [*_named_lines(appraisal, matrix), *_figures(matrix)]
    yield from faults
    if not faults:
        yield from _impossible(matrix)
    ranged = {line.id for line in appraisal.lines if line.range is not None}
    if not faults and len(ranged.intersection(matrix.lines)) < 2:
        yield _MATRIX.note(
            "matrix-one",
            "Fewer than two lines of the correlation matrix have a range, so it changes nothing.",
            "Add lines with a range, or clear the matrix.",
        )
    elif blank(matrix.evidence):
        yield _MATRIX.attention(
            "matrix-evidence", "Nothing shows where the correlation matrix comes from.", "Say what shows it."
        )


def _named_lines(appraisal: Appraisal, matrix: CorrelationMatrix) -> Iterator[Finding]:
    lines = {line.id: line for line in appraisal.lines}
    if any(line not in lines for line in matrix.lines):
        yield _MATRIX.error(
            "reference",
            "The correlation matrix refers to a line that does not exist.",
            "Take that line out of the matrix.",
        )
    if len(set(matrix.lines)) < len(matrix.lines):
        yield _MATRIX.error(
            "matrix-twice", "A line stands twice in the correlation matrix.", "Take it out of the matrix once."
        )
    inside = [lines[line] for line in dict.fromkeys(matrix.lines) if line in lines]
    grouped = next((line for line in inside if line.correlation), None)
    if grouped is not None:
        yield _MATRIX.error(
            "matrix-group",
            f"{line_name(grouped)} is in the correlation matrix and in a correlation group.",
            "Take it out of one of the two.",
        )
    driven = {driver_of(line): line for line in inside if driver_name(line)}
    drawn = Counter(driver_of(line) for line in inside if driver_name(line))
    for key, count in drawn.items():
        if count > 1:
            yield _MATRIX.error(
                "matrix-driver",
                f"Lines of the driver {named(driven[key].driver, 'without a name')} stand twice in the matrix, "
                "but are one draw.",
                "Keep one of them; the others follow it.",
            )


def _figures(matrix: CorrelationMatrix) -> Iterator[Finding]:
    size = len(matrix.lines)
    if size > MOST_LINES:
        yield _MATRIX.error(
            "matrix-large",
            f"The correlation matrix has {whole_words(size)} lines, more than {MOST_LINES}.",
            "Use correlation groups instead.",
        )
    elif len(matrix.rows) != size or any(len(row) != size for row in matrix.rows):
        yield _MATRIX.error(
            "matrix-square",
            "The correlation matrix does not have one row and one column for each of its lines.",
            "Enter it again, or take a line out and put it back.",
        )
    elif not all(isfinite(figure) and -1 <= figure <= 1 for row in matrix.rows for figure in row):
        yield _MATRIX.error(
            "matrix-range", "A figure of the correlation matrix is outside -1 to 1.", "Enter figures from -1 to 1."
        )
    elif any(row[place] != 1 for place, row in enumerate(matrix.rows)):
        yield _MATRIX.error(
            "matrix-diagonal",
            "A line of the correlation matrix does not have 1 with itself.",
            "Enter 1 along the diagonal.",
        )
    elif any(
        abs(matrix.rows[row][column] - matrix.rows[column][row]) > ROUNDING
        for row in range(size)
        for column in range(row)
    ):
        yield _MATRIX.error(
            "matrix-symmetric",
            "A pair of lines has two different correlations in the matrix.",
            "Enter the same figure on both sides of the diagonal.",
        )


def _impossible(matrix: CorrelationMatrix) -> Iterator[Finding]:
    """Correlations of which no three lines could have all at once (METHOD 10.2)."""
    if len(matrix.lines) < 2:
        return
    smallest = _eigenvalue_below_nothing(matrix.rows)
    if smallest is not None:
        yield _MATRIX.error(
            "matrix-impossible",
            f"These correlations cannot exist together: the smallest eigenvalue of their matrix is {smallest:.2g}.",
            "Take the nearest valid matrix, or bring the strongest correlations closer to 0.",
        )


@lru_cache(maxsize=4)
def _eigenvalue_below_nothing(rows: tuple[tuple[float, ...], ...]) -> float | None:
    """The smallest eigenvalue of an impossible matrix, None of one that can exist; seldom changed, checked often."""
    from appraise.model.correlation import is_valid, smallest_eigenvalue  # numpy, which few documents need here

    return None if is_valid(rows) else smallest_eigenvalue(rows)
