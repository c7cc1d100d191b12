import pytest

from appraise.model.appraisal.correlations import CorrelationGroup, CorrelationMatrix
from appraise.model.edits.correlations import (
    add_group,
    add_to_matrix,
    change_group,
    clear_matrix,
    remove_from_matrix,
    remove_group,
    set_correlation_of,
    set_matrix,
)
from appraise.model.edits.lines import copy_line, remove_line, set_correlation
from appraise.model.edits.options import remove_option
from tests.builders import appraisal, line

DOCUMENT = appraisal(
    lines=(line("x", "a", 1), line("y", "b", 2), line("z", "b", 3)),
    correlation_groups=(CorrelationGroup(id="ground", name="Ground"),),
)
ROWS = ((1.0, 0.1, 0.2), (0.1, 1.0, 0.3), (0.2, 0.3, 1.0))
FULL = set_matrix(DOCUMENT, lines=("x", "y", "z"), rows=ROWS, evidence="Past schemes")


def _matrix(document):
    assert document.correlation_matrix is not None
    return document.correlation_matrix


def test_a_group_is_made_joined_and_dissolved():
    made = change_group(add_group(DOCUMENT, group="pay", name="Pay"), group="pay", rho=1, shared=False)
    assert made.correlation_groups[1] == CorrelationGroup(id="pay", name="Pay", rho=1.0, shared=False)
    assert type(made.correlation_groups[1].rho) is float
    joined = set_correlation(made, line="y", group="pay")
    assert copy_line(joined, line="y", copy="y2", option="a").lines[-1].correlation == "pay"
    assert remove_group(joined, group="pay") == DOCUMENT
    with pytest.raises(TypeError):
        change_group(made, group="pay", id="other")
    with pytest.raises(KeyError):
        set_correlation(made, line="y", group="nobody")


def test_a_pair_is_set_in_both_its_places():
    after = set_correlation_of(FULL, first="z", second="x", value=-0.5)
    assert _matrix(after).rows == ((1.0, 0.1, -0.5), (0.1, 1.0, 0.3), (-0.5, 0.3, 1.0))
    assert _matrix(after).evidence == "Past schemes"
    for first, second in (("x", "x"), ("x", "nobody")):
        with pytest.raises(KeyError):
            set_correlation_of(FULL, first=first, second=second, value=0.1)
    with pytest.raises(KeyError):
        set_correlation_of(DOCUMENT, first="x", second="y", value=0.1)


def test_a_matrix_grows_and_shrinks_line_by_line():
    two = add_to_matrix(add_to_matrix(DOCUMENT, line="z"), line="x")
    assert _matrix(two) == CorrelationMatrix(lines=("z", "x"), rows=((1.0, 0.0), (0.0, 1.0)))
    assert add_to_matrix(two, line="x") is two
    assert remove_from_matrix(remove_from_matrix(two, line="z"), line="x") == DOCUMENT
    assert clear_matrix(two) == DOCUMENT
    with pytest.raises(KeyError):
        remove_from_matrix(two, line="y")


def test_a_line_or_an_option_that_goes_leaves_the_matrix():
    rest = _matrix(remove_line(FULL, line="y"))
    assert (rest.lines, rest.rows) == (("x", "z"), ((1.0, 0.2), (0.2, 1.0)))
    assert _matrix(remove_option(FULL, option="b")).lines == ("x",)
    assert remove_line(DOCUMENT, line="y").correlation_matrix is None


def test_a_matrix_of_a_damaged_file_is_made_square():
    damaged = set_matrix(DOCUMENT, lines=("x", "y"), rows=((1.0, 0.4, 9.0),))
    assert _matrix(set_correlation_of(damaged, first="x", second="y", value=0.5)).rows == ((1.0, 0.5), (0.5, 1.0))
    assert _matrix(remove_from_matrix(damaged, line="x")).rows == ((1.0,),)
