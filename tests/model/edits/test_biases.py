from dataclasses import replace
from decimal import Decimal

import pytest

from appraise.model.appraisal.effects import Bias
from appraise.model.edits.biases import (
    add_bias,
    add_cause,
    change_bias,
    change_cause,
    remove_bias,
    remove_cause,
    set_explained_lines,
)
from appraise.model.edits.lines import remove_line, set_line_bias
from tests.builders import appraisal, constraint, in_house, line

D = Decimal
DOCUMENT = appraisal(
    3,
    lines=(line("x", "a", 1, 2), line("y", "b", 3)),
    constraints=(constraint("permit", 0.3, 5, in_house("a")), constraint("consent", 0.3, 5)),
)


def _percents(bias: Bias) -> tuple[Decimal, ...]:
    return bias.upper_percent, bias.lower_percent, bias.duration_upper_percent, bias.duration_lower_percent


def test_a_published_row_brings_its_bounds():
    """Mott MacDonald 2002, table 2."""
    document = add_bias(DOCUMENT, bias="out", name="Outsourcing", table="outsourcing")
    assert _percents(document.biases[0]) == (41, 0, 0, 0)
    document = change_bias(document, bias="out", table="non_standard_buildings")
    assert _percents(document.biases[0]) == (51, 4, 39, 2)
    document = change_bias(document, bias="out", table="standard_buildings", upper_percent=D(30))
    assert _percents(document.biases[0]) == (30, 2, 4, 1)
    with pytest.raises(KeyError):
        add_bias(DOCUMENT, bias="new", name="New", table="moonshots")


def test_own_history_begins_empty_and_keeps_what_was_entered():
    document = add_bias(DOCUMENT, bias="own", name="Our own projects")
    assert _percents(document.biases[0]) == (0, 0, 0, 0)
    document = change_bias(document, bias="own", upper_percent=D(18), evidence="Six projects", awarded=True)
    assert change_bias(document, bias="own", table="", upper_percent=D(18)) is document
    with pytest.raises(TypeError):
        change_bias(document, bias="own", causes=())


def test_a_removed_bias_leaves_no_reference_behind():
    document = set_line_bias(add_bias(DOCUMENT, bias="own", name="Own"), line="x", bias="own")
    assert document.lines[0].bias == "own"
    after = remove_bias(document, bias="own")
    assert after == DOCUMENT
    assert after.lines[1] is DOCUMENT.lines[1]
    with pytest.raises(KeyError):
        set_line_bias(DOCUMENT, line="x", bias="own")


def test_causes_come_and_go():
    document = add_bias(DOCUMENT, bias="own", name="Own")
    document = add_cause(document, bias="own", cause="c1", name="Late design", share_percent=D(60))
    document = add_cause(document, bias="own", cause="c2", name="Site", share_percent=D(40))
    document = change_cause(document, bias="own", cause="c2", managed_percent=D(50), evidence="Survey")
    assert [(c.id, c.share_percent, c.managed_percent) for c in document.biases[0].causes] == [
        ("c1", 60, 0),
        ("c2", 40, 50),
    ]
    assert [c.id for c in remove_cause(document, bias="own", cause="c1").biases[0].causes] == ["c2"]
    with pytest.raises(KeyError):
        change_cause(document, bias="own", cause="c3", name="?")


def test_a_constraint_explains_lines_until_they_go():
    document = set_explained_lines(DOCUMENT, constraint="permit", lines=("y", "x", "y"))
    assert document.constraints[0].lines == ("y", "x")
    after = remove_line(document, line="y")
    assert after.constraints[0].lines == ("x",)
    assert after.constraints[1] is DOCUMENT.constraints[1]
    assert remove_line(DOCUMENT, line="y").constraints is DOCUMENT.constraints
    assert set_explained_lines(document, constraint="permit", lines=()) == replace(DOCUMENT)
    with pytest.raises(KeyError):
        set_explained_lines(DOCUMENT, constraint="permit", lines=("z",))
