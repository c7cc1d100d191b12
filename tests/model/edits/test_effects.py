from dataclasses import replace
from decimal import Decimal

import pytest

from appraise.model.appraisal.effects import EffectKind
from appraise.model.edits.changing import simple
from appraise.model.edits.effects import (
    add_body,
    add_effect,
    add_income_group,
    change_effect,
    change_income_group,
    describe_units,
    move_effect,
    remove_body,
    remove_effect,
    remove_income_group,
    rename_body,
    set_units,
)
from appraise.model.edits.lines import set_line_body, set_line_incomes
from tests.builders import appraisal, line, pounds

D = Decimal
DOCUMENT = appraisal(3, lines=(line("x", "a", 1, 2), line("y", "b", 3)))


def test_a_removed_body_leaves_no_reference_behind():
    document = rename_body(add_body(DOCUMENT, body="nhs", name="NHS"), body="nhs", name="Health board")
    document = set_line_body(document, line="x", body="nhs")
    assert (document.bodies[0].name, document.lines[0].body) == ("Health board", "nhs")
    after = remove_body(document, body="nhs")
    assert after == DOCUMENT
    assert after.lines[1] is DOCUMENT.lines[1]
    with pytest.raises(KeyError):
        set_line_body(DOCUMENT, line="x", body="nhs")


def test_a_removed_income_group_leaves_no_reference_behind():
    document = add_income_group(DOCUMENT, group="poor", name="Low pay", income=D("15000"))
    document = set_line_incomes(document, line="y", incomes="poor")
    changed = change_income_group(document, group="poor", income=D("15600.5"), adults=1, children_under_14=2)
    group = changed.income_groups[0]
    assert (group.income, group.adults, group.children_under_14) == (D("15600.50"), 1, 2)
    assert str(group.income) == "15600.50"
    assert remove_income_group(changed, group="poor") == DOCUMENT


def test_units_and_words_of_an_effect_stand_by_option():
    document = add_effect(DOCUMENT, effect="homes", name="Dry homes")
    document = change_effect(document, effect="homes", kind=EffectKind.LOSS, unit="homes", words="Fewer floods")
    document = set_units(document, effect="homes", option="b", units=(D(1), D(2)))
    document = describe_units(document, effect="homes", option="b", words="In the valley")
    document = set_units(document, effect="homes", option="a", units=(D(3),))
    (effect,) = document.effects
    assert [(count.option, count.units, count.words) for count in effect.counts] == [
        ("b", (D(1), D(2)), "In the valley"),
        ("a", (D(3),), ""),
    ]
    assert set_units(document, effect="homes", option="a", units=(D(3),)) is document


def test_an_empty_count_goes_and_the_others_keep_their_place():
    document = add_effect(DOCUMENT, effect="homes", name="Dry homes")
    for option in ("a", "b"):
        document = set_units(document, effect="homes", option=option, units=(D(1),))
    document = set_units(document, effect="homes", option="a", units=())
    assert [count.option for count in document.effects[0].counts] == ["b"]
    with pytest.raises(KeyError):
        set_units(document, effect="homes", option="nobody", units=(D(1),))
    assert set_units(document, effect="homes", option="a", units=()).effects is document.effects


def test_effects_move_and_go():
    document = add_effect(add_effect(DOCUMENT, effect="e1", name="1"), effect="e2", name="2")
    assert [one.id for one in move_effect(document, effect="e2", to=0).effects] == ["e2", "e1"]
    assert [one.id for one in remove_effect(document, effect="e1").effects] == ["e2"]


def test_only_plain_fields_are_taken():
    document = add_effect(DOCUMENT, effect="e", name="E")
    for field in ("id", "counts", "colour"):
        with pytest.raises(TypeError):
            change_effect(document, effect="e", **{field: ()})
    assert simple({"a": 1}, frozenset("ab")) == {"a": 1}


def test_the_same_again_is_the_same_object():
    document = add_income_group(DOCUMENT, group="g", name="G", income=pounds(100)[0])
    assert change_income_group(document, group="g", name="G", income=D("100.00")) is document
    assert replace(document, income_groups=()) == DOCUMENT
