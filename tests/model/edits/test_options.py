import pytest

from appraise.model.appraisal.constraints import Bearer, Bearing
from appraise.model.appraisal.options import DeliveryModel
from appraise.model.appraisal.records import Recommendation
from appraise.model.edits.changing import EditRefused
from appraise.model.edits.options import add_option, remove_option, set_model
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


def test_business_as_usual_can_never_go():
    for edit in (
        lambda: remove_option(DOCUMENT, option="a"),
        lambda: set_model(DOCUMENT, option="a", model=DeliveryModel.INSOURCE),
    ):
        with pytest.raises(EditRefused, match="stays") as refused:
            edit()
        assert len(str(refused.value).split()) <= 25
    assert set_model(DOCUMENT, option="a", model=DeliveryModel.BUSINESS_AS_USUAL) is DOCUMENT


def test_a_second_business_as_usual_entered_by_mistake_can_go():
    twice = set_model(DOCUMENT, option="b", model=DeliveryModel.BUSINESS_AS_USUAL)
    assert [option.id for option in remove_option(twice, option="a").options] == ["b"]
    swapped = set_model(twice, option="a", model=DeliveryModel.INSOURCE)
    assert [option.model.value for option in swapped.options] == ["insource", "business_as_usual"]
