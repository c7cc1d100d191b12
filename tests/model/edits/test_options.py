from dataclasses import replace

import pytest

from appraise.model.appraisal.constraints import Bearer, Bearing, Principle
from appraise.model.appraisal.effects import Count, Effect
from appraise.model.appraisal.options import DeliveryModel, ShortListRole
from appraise.model.appraisal.records import Recommendation
from appraise.model.appraisal.sourcing import NotApplicable, Sourcing
from appraise.model.edits.changing import EditRefused
from appraise.model.edits.options import add_option, remove_option, set_pricing, set_role
from appraise.model.pricing import PRESETS
from tests.builders import appraisal, constraint, line, scores, tree

DOCUMENT = appraisal(
    **tree(100),
    scores=scores(a=(10,), b=(20,)),
    lines=(line("x", "a", 1), line("y", "b", 2)),
    constraints=(
        constraint("permit", 0.3, 5, Bearing(option="b", bearer=Bearer.SUPPLIER), Bearing(option="a")),
        constraint("consent", 0.1, 5, Bearing(option="a")),
    ),
    recommendation=Recommendation(option="b", reasons="Best"),
)


def test_removing_an_option_takes_along_what_hangs_on_it():
    after = remove_option(DOCUMENT, option="b")
    assert [option.id for option in after.options] == ["a"]
    assert [one.id for one in after.lines] == ["x"]
    assert {score.option for score in after.scores} == {"a"}
    assert [bearing.option for bearing in after.constraints[0].bearings] == ["a"]
    assert after.constraints[1] is DOCUMENT.constraints[1]
    assert after.recommendation == Recommendation(option="", reasons="Best")
    assert after.criteria is DOCUMENT.criteria


def test_what_does_not_hang_on_the_option_is_shared():
    document = add_option(DOCUMENT, option="c", name="C", model=DeliveryModel.OUTSOURCE)
    after = remove_option(document, option="c")
    assert after == DOCUMENT
    assert after.lines is DOCUMENT.lines
    assert after.scores is DOCUMENT.scores
    assert after.constraints is DOCUMENT.constraints


def test_removing_an_option_clears_what_names_it_or_its_lines():
    document = replace(
        DOCUMENT,
        constraints=(replace(DOCUMENT.constraints[0], lines=("x", "y")), DOCUMENT.constraints[1]),
        effects=(Effect(id="e", name="Noise", counts=(Count(option="a"), Count(option="b"))),),
        sourcing=Sourcing(not_applicable=tuple(NotApplicable(option=key, heading="h") for key in "ab")),
    )
    after = remove_option(document, option="b")
    assert after.constraints[0].lines == ("x",)
    assert after.effects[0].counts == (Count(option="a"),)
    assert after.sourcing.not_applicable == (NotApplicable(option="a", heading="h"),)


def test_business_as_usual_can_never_go():
    for edit in (
        lambda: remove_option(DOCUMENT, option="a"),
        lambda: set_role(DOCUMENT, option="a", role=ShortListRole.DO_MINIMUM),
    ):
        with pytest.raises(EditRefused, match="stays") as refused:
            edit()
        assert len(str(refused.value).split()) <= 25
    assert set_role(DOCUMENT, option="a", role=ShortListRole.BUSINESS_AS_USUAL) is DOCUMENT


def test_a_second_business_as_usual_entered_by_mistake_can_go():
    twice = set_role(DOCUMENT, option="b", role=ShortListRole.BUSINESS_AS_USUAL)
    assert [option.id for option in remove_option(twice, option="a").options] == ["b"]
    swapped = set_role(twice, option="a", role=ShortListRole.OTHER)
    assert [option.role.value for option in swapped.options] == ["other", "business_as_usual"]


def test_a_principle_starts_with_its_preset_and_keeps_what_was_typed():
    for principle in Principle:
        if principle is DOCUMENT.options[1].pricing.principle:
            continue
        pricing = set_pricing(DOCUMENT, option="b", principle=principle).options[1].pricing
        assert (pricing.principle, pricing.strength) == (principle, PRESETS[principle])
    typed = set_pricing(
        DOCUMENT, option="b", principle=Principle.CVAR, strength=0.9, competition=0, evidence="Two bids"
    )
    again = set_pricing(typed, option="b", principle=Principle.CVAR)
    assert again is typed
    other = set_pricing(typed, option="b", principle=Principle.WANG).options[1].pricing
    assert (other.strength, other.competition, other.evidence) == (0.35, 0.0, "Two bids")
    assert typed.options[0] is DOCUMENT.options[0]


def test_presets_are_those_of_the_method():
    assert set(PRESETS) == set(Principle)
    assert (PRESETS[Principle.WANG], PRESETS[Principle.CVAR], PRESETS[Principle.PROPORTIONAL_HAZARD]) == (
        0.35,
        0.8,
        1.5,
    )
