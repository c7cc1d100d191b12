"""Findings on what moves together: drivers, groups and the matrix."""

from dataclasses import replace

import pytest

from appraise.model.appraisal.correlations import CorrelationGroup, CorrelationMatrix
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import Line
from appraise.model.checks import findings
from appraise.model.finding import Finding, Severity
from appraise.model.finding_rules.correlations import MOST_LINES, check_correlations
from tests.builders import appraisal, line

ERROR, ATTENTION, NOTE = Severity.ERROR, Severity.ATTENTION, Severity.NOTE
NAN = float("nan")
LONG = "A very long name of seven words"
GROUND = CorrelationGroup(id="ground", name=LONG, evidence="Past schemes")
ROWS = ((1.0, 0.5, 0.2), (0.5, 1.0, -0.3), (0.2, -0.3, 1.0))


def _line(key: str, **fields: object) -> Line:
    return replace(line(key, fields.pop("option", "a"), 1, spread=(90, 120)), name=LONG, **fields)


def _document(*lines: Line, **fields: object) -> Appraisal:
    return appraisal(lines=lines or tuple(_line(key) for key in "xyz"), **fields)


def _grouped(group: CorrelationGroup = GROUND, count: int = 2, **fields: object) -> Appraisal:
    lines = (_line("x"), *(_line(f"g{number}", correlation="ground", **fields) for number in range(count)))
    return _document(*lines, correlation_groups=(group,))


def _matrix(
    rows: tuple[tuple[float, ...], ...] = ROWS, names: str = "xyz", evidence: str = "Past schemes", **by_line: object
) -> Appraisal:
    """The matrix of lines x, y and z; each line has the same fields."""
    matrix = CorrelationMatrix(lines=tuple(names), rows=rows, evidence=evidence)
    return _document(*(_line(key, **by_line) for key in "xyz"), correlation_matrix=matrix)


def _other(figure: float) -> tuple[tuple[float, ...], ...]:
    return ((1.0, figure, 0.2), (figure, 1.0, -0.3), (0.2, -0.3, 1.0))


CASES = [
    (ERROR, "driver-group", _document(_line("x", driver="Pay"), _line("y", driver="Pay", correlation="ground"),
                                      _line("z", correlation="ground"), correlation_groups=(GROUND,))),
    (ATTENTION, "driver-shared", _document(_line("x", driver=LONG), _line("y", driver=LONG, shared=False))),
    (ATTENTION, "group-name", _grouped(replace(GROUND, name=" "))),
    (ERROR, "group-rho", _grouped(replace(GROUND, rho=1.1))),
    (ERROR, "group-rho", _grouped(replace(GROUND, rho=-0.1))),
    (ERROR, "group-rho", _grouped(replace(GROUND, rho=NAN))),
    (NOTE, "group-one", _grouped(count=1)),
    (NOTE, "group-one", _grouped(count=0)),
    (NOTE, "group-one", _grouped(range=None)),
    (ATTENTION, "group-evidence", _grouped(replace(GROUND, evidence=""))),
    (ERROR, "reference", _matrix(names="xyw")),
    (ERROR, "matrix-twice", _matrix(names="xyy")),
    (ERROR, "matrix-square", _matrix(ROWS[:2])),
    (ERROR, "matrix-square", _matrix((*ROWS[:2], (0.2, -0.3)))),
    (ERROR, "matrix-square", _matrix((*ROWS[:2], (0.2, -0.3, 1.0, 0.0)))),
    (ERROR, "matrix-range", _matrix(_other(1.1))),
    (ERROR, "matrix-range", _matrix(_other(NAN))),
    (ERROR, "matrix-diagonal", _matrix(((0.9, 0.5, 0.2), *ROWS[1:]))),
    (ERROR, "matrix-symmetric", _matrix(((1.0, 0.4, 0.2), *ROWS[1:]))),
    (ERROR, "matrix-impossible", _matrix(((1.0, 0.9, -0.9), (0.9, 1.0, 0.9), (-0.9, 0.9, 1.0)))),
    (ERROR, "matrix-driver", _matrix(driver=LONG)),
    (ERROR, "matrix-large",
     _matrix(names="".join(chr(300 + number) for number in range(MOST_LINES + 1)))),
    (NOTE, "matrix-one", _matrix(range=None)),
    (NOTE, "matrix-one", _matrix(((1.0,),), names="x")),
    (ATTENTION, "matrix-evidence", _matrix(evidence=" ")),
]  # fmt: skip


def _alone(found: list[Finding]) -> list[tuple[str, Severity]]:
    """A matrix too large names lines that are not there too."""
    codes = [(one.code, one.severity) for one in found]
    return [one for one in codes if one[0] != "reference"] or codes


@pytest.mark.parametrize(("severity", "code", "document"), CASES)
def test_each_fault_is_found_once_and_said_shortly(severity: Severity, code: str, document: Appraisal) -> None:
    found = list(check_correlations(document))
    assert _alone(found) == [(code, severity)]
    for one in found:
        assert max(len(text.split()) for text in (one.sentence, one.mend)) <= 25
        assert one.step == 5


def test_a_line_is_in_the_matrix_or_in_a_group() -> None:
    document = replace(_matrix(correlation="ground"), correlation_groups=(GROUND,))
    assert [one.code for one in check_correlations(document)] == ["matrix-group"]


@pytest.mark.parametrize(
    "document",
    [
        _document(),
        _grouped(),
        _grouped(replace(GROUND, rho=0.0)),
        _matrix(),
        _matrix(((1.0, 1.0), (1.0, 1.0)), names="xz"),
        _document(_line("x", driver="Pay", correlation="ground"), _line("y", driver="Pay", correlation="ground"),
                  correlation_groups=(GROUND,)),
    ],
)  # fmt: skip
def test_what_is_sound_is_left_alone(document: Appraisal) -> None:
    assert list(check_correlations(document)) == []


def test_a_driver_of_each_option_is_a_draw_of_each_option() -> None:
    lines = tuple(_line(key, driver="Pay", shared=False, option=option) for key, option in (("x", "a"), ("y", "b")))
    matrix = CorrelationMatrix(lines=("x", "y"), rows=((1.0, 0.5), (0.5, 1.0)), evidence="Past schemes")
    assert list(check_correlations(_document(*lines, correlation_matrix=matrix))) == []


def test_the_smallest_eigenvalue_is_named() -> None:
    """Of 1, a, a with a = -0.6 everywhere: 1 + 2 a = -0.2."""
    document = _matrix(((1.0, -0.6, -0.6), (-0.6, 1.0, -0.6), (-0.6, -0.6, 1.0)))
    (found,) = check_correlations(document)
    assert found.sentence.endswith("the smallest eigenvalue of their matrix is -0.2.")
    assert found.stops_figures


def test_a_group_that_is_not_there_is_found() -> None:
    document = _document(_line("x", correlation="nobody"))
    assert ("reference", "correlation") in [(one.code, one.field) for one in findings(document)]
    twice = _document(correlation_groups=(GROUND, GROUND))
    assert "id-twice" in [one.code for one in findings(twice)]
