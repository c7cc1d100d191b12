from appraise.model.edits.criteria import add_branch, remove_branch, remove_criterion, set_criterion_branch, set_swing
from appraise.model.edits.scores import clear_score, set_score, set_score_reason
from tests.builders import appraisal, scores, tree

DOCUMENT = appraisal(**tree(100, 50), scores=scores(a=(1, 2), b=(3, 4)))


def test_removing_a_criterion_takes_its_scores_along():
    after = remove_criterion(DOCUMENT, criterion="c1")
    assert [criterion.id for criterion in after.criteria] == ["c2"]
    assert [score.value for score in after.scores] == [2, 4]


def test_removing_a_branch_takes_its_criteria_and_scores_along():
    document = add_branch(DOCUMENT, branch="other", name="Other")
    document = set_criterion_branch(document, criterion="c2", branch="other")
    after = remove_branch(document, branch="branch")
    assert [branch.id for branch in after.branches] == ["other"]
    assert [criterion.id for criterion in after.criteria] == ["c2"]
    assert {score.criterion for score in after.scores} == {"c2"}


def test_a_swing_shares_the_other_criteria_and_the_scores():
    after = set_swing(DOCUMENT, criterion="c2", swing=60)
    assert after.criteria[1].swing == 60.0
    assert after.criteria[0] is DOCUMENT.criteria[0]
    assert after.scores is DOCUMENT.scores
    assert set_swing(after, criterion="c2", swing=60) is after


def test_a_score_keeps_its_reason_until_it_is_cleared():
    after = set_score(DOCUMENT, option="a", criterion="c1", value=90)
    assert (after.scores[0].value, after.scores[0].reason) == (90.0, "because")
    cleared = clear_score(after, option="a", criterion="c1")
    assert len(cleared.scores) == 3
    assert clear_score(cleared, option="a", criterion="c1") is cleared
    again = set_score(cleared, option="a", criterion="c1", value=90)
    assert again.scores[-1].reason == ""
    assert set_score_reason(again, option="a", criterion="c1", reason="why").scores[-1].reason == "why"
