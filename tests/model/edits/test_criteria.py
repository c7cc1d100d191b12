from dataclasses import replace

import pytest

from appraise.model.appraisal.criteria import About, Dissent, Gate, GateOutcome, Measured, Outcome, Score, ValuePoint
from appraise.model.appraisal.options import Category, Choice
from appraise.model.appraisal.workshop import Assessor, Mark, Workshop
from appraise.model.edits.changing import EditRefused
from appraise.model.edits.constraints import remove_constraint
from appraise.model.edits.criteria import (
    add_branch,
    change_branch,
    change_criterion,
    remove_branch,
    remove_criterion,
    set_branch_ranks,
    set_branch_swing,
    set_branch_swing_range,
    set_criterion_branch,
    set_levels,
    set_measured,
    set_points,
    set_ranks,
    set_swing,
    set_swing_range,
)
from appraise.model.edits.long_list import remove_choice
from appraise.model.edits.options import remove_option
from appraise.model.edits.scores import (
    clear_choice_score,
    clear_dissent,
    clear_score,
    set_agreed,
    set_choice_reason,
    set_choice_score,
    set_dissent,
    set_score,
    set_score_range,
    set_score_reason,
)
from appraise.model.edits.weighting import add_trade_off, answer_trade_off, change_weighting, remove_trade_off
from tests.builders import appraisal, constraint, scores, tree

DOCUMENT = appraisal(**tree(100, 50), scores=scores(a=(1, 2), b=(3, 4)))
ASSESSORS = tuple(
    Assessor(
        id=key,
        post=key,
        marks=tuple(Mark(option=option, criterion=c, value=50.0) for option in "ab" for c in ("c1", "c2")),
    )
    for key in ("ann", "bob")
)
HUNG = replace(
    add_trade_off(DOCUMENT, trade_off="t", larger="c1", smaller="c2"),
    workshop=Workshop(assessors=ASSESSORS),
    branches=(replace(DOCUMENT.branches[0], reference="c1"),),
    choices=(Choice(id="a", category=Category.SCOPE, name="A choice with the id of an option"),),
    choice_scores=(Score(option="a", criterion="c1", value=5.0), Score(option="a", criterion="c2", value=6.0)),
    gates=(Gate(id="g", name="Lawful", outcomes=(GateOutcome(option="b", outcome=Outcome.FAIL, reason="Void"),)),),
)


def marked(document):
    return {(mark.option, mark.criterion) for assessor in document.workshop.assessors for mark in assessor.marks}


def test_removing_a_criterion_takes_along_all_that_hangs_on_it():
    after = remove_criterion(HUNG, criterion="c1")
    assert [criterion.id for criterion in after.criteria] == ["c2"]
    assert [score.value for score in after.scores] == [2, 4]
    assert [score.value for score in after.choice_scores] == [6.0]
    assert marked(after) == {("a", "c2"), ("b", "c2")}
    assert after.weighting.trade_offs == ()
    assert after.branches[0].reference == ""


def test_removing_a_branch_takes_its_criteria_and_scores_along():
    document = add_branch(HUNG, branch="other", name="Other")
    document = set_criterion_branch(document, criterion="c2", branch="other")
    after = remove_branch(document, branch="branch")
    assert [branch.id for branch in after.branches] == ["other"]
    assert [criterion.id for criterion in after.criteria] == ["c2"]
    assert {score.criterion for score in (*after.scores, *after.choice_scores)} == {"c2"}
    assert marked(after) == {("a", "c2"), ("b", "c2")}


def test_removing_an_option_takes_its_marks_and_outcomes_and_no_choice_of_the_same_id():
    document = replace(HUNG, options=tuple(replace(one, id=key) for one, key in zip(HUNG.options, "ba", strict=True)))
    after = remove_option(document, option="a")
    assert {score.option for score in after.scores} == {"b"}
    assert marked(after) == {("b", "c1"), ("b", "c2")}
    assert after.choice_scores == HUNG.choice_scores
    assert after.gates == HUNG.gates
    document = replace(document, gates=(replace(HUNG.gates[0], outcomes=(GateOutcome(option="a", reason="x"),)),))
    assert remove_option(document, option="a").gates[0].outcomes == ()


def test_removing_a_choice_takes_its_scores_along():
    after = remove_choice(HUNG, choice="a")
    assert after.choice_scores == ()
    assert after.scores is HUNG.scores


def test_removing_a_constraint_empties_the_criteria_that_score_it():
    document = replace(HUNG, constraints=(constraint("permit", 0.0, 0),))
    document = change_criterion(document, criterion="c1", about=About.CONSTRAINT, constraint="permit")
    with pytest.raises(KeyError):
        change_criterion(document, criterion="c1", constraint="nothing")
    with pytest.raises(TypeError):
        change_criterion(document, criterion="c1", swing=3.0)
    after = remove_constraint(document, constraint="permit")
    assert (after.criteria[0].about, after.criteria[0].constraint) == (About.CONSTRAINT, "")
    assert after.criteria[1] is document.criteria[1]


def test_a_criterion_that_leaves_its_branch_stands_for_it_no_more():
    document = add_branch(HUNG, branch="other", name="Other")
    after = set_criterion_branch(document, criterion="c1", branch="other")
    assert [branch.reference for branch in after.branches] == ["", ""]
    assert set_criterion_branch(document, criterion="c1", branch="branch") is document
    with pytest.raises(KeyError):
        change_branch(document, branch="other", reference="c1")
    assert change_branch(after, branch="other", reference="c1").branches[1].reference == "c1"


def test_a_swing_shares_the_other_criteria_and_the_scores():
    after = set_swing(DOCUMENT, criterion="c2", swing=60)
    assert after.criteria[1].swing == 60.0
    assert after.criteria[0] is DOCUMENT.criteria[0]
    assert after.scores is DOCUMENT.scores
    assert set_swing(after, criterion="c2", swing=60) is after


def test_ranges_of_swings_are_set_and_cleared():
    after = set_swing_range(DOCUMENT, criterion="c2", low=40, high=60)
    assert (after.criteria[1].swing_low, after.criteria[1].swing_high) == (40.0, 60.0)
    assert set_swing_range(after, criterion="c2", low=None, high=None) == DOCUMENT
    across = set_branch_swing(DOCUMENT, branch="branch", swing=80)
    across = set_branch_swing_range(across, branch="branch", low=70, high=None)
    assert (across.branches[0].swing, across.branches[0].swing_low, across.branches[0].swing_high) == (80, 70, None)


def test_ranks_follow_the_order_and_who_is_not_named_has_none():
    after = set_ranks(DOCUMENT, order=("c2", "c1"))
    assert [criterion.rank for criterion in after.criteria] == [2, 1]
    assert [criterion.rank for criterion in set_ranks(after, order=("c1",)).criteria] == [1, 0]
    for order in (("c1", "c1"), ("nothing",)):
        with pytest.raises(KeyError):
            set_ranks(DOCUMENT, order=order)
    document = add_branch(DOCUMENT, branch="other", name="Other")
    assert [one.rank for one in set_branch_ranks(document, order=("other", "branch")).branches] == [2, 1]


def test_levels_begin_as_five_between_the_anchors_and_keep_their_scores():
    after = set_measured(HUNG, criterion="c1", measured=Measured.LEVELS)
    words = [(level.value, level.words) for level in after.criteria[0].levels]
    assert words == [(0, "worst"), (25, ""), (50, ""), (75, ""), (100, "best")]
    assert after.scores is HUNG.scores
    assert marked(after) == marked(HUNG)
    two = after.criteria[0].levels[::4]
    assert set_levels(after, criterion="c1", levels=two).criteria[0].levels == two


def test_a_measure_takes_away_scores_in_another_unit():
    after = set_measured(HUNG, criterion="c1", measured=Measured.MEASURE)
    assert {score.criterion for score in (*after.scores, *after.choice_scores)} == {"c2"}
    assert marked(after) == {("a", "c2"), ("b", "c2")}
    scored = set_score(after, option="a", criterion="c1", value=12)
    assert set_measured(scored, criterion="c1", measured=Measured.MEASURE) is scored
    back = set_measured(scored, criterion="c1", measured=Measured.DIRECT)
    assert {score.criterion for score in back.scores} == {"c2"}


def test_points_stand_in_the_order_of_the_measure():
    points = (ValuePoint(measure=9, value=0), ValuePoint(measure=1, value=100))
    after = set_points(DOCUMENT, criterion="c1", points=points)
    assert [point.measure for point in after.criteria[0].points] == [1.0, 9.0]


def test_a_trade_off_is_between_two_criteria():
    with pytest.raises(EditRefused, match="two criteria"):
        add_trade_off(DOCUMENT, trade_off="t", larger="c1", smaller="c1")
    answered = answer_trade_off(HUNG, trade_off="t", points=45)
    assert answered.weighting.trade_offs[0].points == 45.0
    assert answer_trade_off(answered, trade_off="t", points=None).weighting == HUNG.weighting
    assert remove_trade_off(answered, trade_off="t").weighting.trade_offs == ()
    with pytest.raises(TypeError):
        change_weighting(DOCUMENT, asking=1.0)


def test_a_score_keeps_its_reason_until_it_is_cleared():
    after = set_score(DOCUMENT, option="a", criterion="c1", value=90)
    assert (after.scores[0].value, after.scores[0].reason) == (90.0, "because")
    cleared = clear_score(after, option="a", criterion="c1")
    assert len(cleared.scores) == 3
    assert clear_score(cleared, option="a", criterion="c1") is cleared
    again = set_score(cleared, option="a", criterion="c1", value=90)
    assert again.scores[-1].reason == ""
    assert set_score_reason(again, option="a", criterion="c1", reason="why").scores[-1].reason == "why"


def test_whoever_agreed_with_a_score_is_asked_again_once_it_changes():
    document = set_score(HUNG, option="a", criterion="c1", value=40)
    document = set_agreed(document, option="a", criterion="c1", assessors=("ann",))
    document = set_dissent(document, option="a", criterion="c1", assessor="bob", words="Too low")
    assert set_score(document, option="a", criterion="c1", value=40) == document
    (score,) = (one for one in set_score(document, option="a", criterion="c1", value=41).scores if one.value == 41)
    assert (score.option, score.criterion, score.agreed, score.dissents) == ("a", "c1", (), ())


def test_a_range_belongs_to_a_score():
    after = set_score_range(DOCUMENT, option="a", criterion="c1", low=0, high=9)
    assert (after.scores[0].low, after.scores[0].high) == (0.0, 9.0)
    assert set_score_range(after, option="a", criterion="c1", low=None, high=None) == DOCUMENT
    bare = clear_score(DOCUMENT, option="a", criterion="c1")
    with pytest.raises(KeyError):
        set_score_range(bare, option="a", criterion="c1", low=0, high=9)


def test_nobody_both_agrees_and_dissents():
    cell = {"option": "a", "criterion": "c1"}
    after = set_agreed(HUNG, **cell, assessors=("ann", "bob", "ann"))
    assert after.scores[0].agreed == ("ann", "bob")
    dissent = set_dissent(after, **cell, assessor="bob", words="Too high")
    assert (dissent.scores[0].agreed, dissent.scores[0].dissents) == (
        ("ann",),
        (Dissent(assessor="bob", words="Too high"),),
    )
    reworded = set_dissent(dissent, **cell, assessor="bob", words="Far too high")
    assert [one.words for one in reworded.scores[0].dissents] == ["Far too high"]
    assert set_agreed(reworded, **cell, assessors=("ann", "bob")).scores[0].dissents == ()
    assert clear_dissent(reworded, **cell, assessor="bob").scores[0].dissents == ()
    with pytest.raises(KeyError):
        set_dissent(HUNG, **cell, assessor="nobody", words="")


def test_a_choice_is_scored_apart_from_options():
    after = set_choice_score(HUNG, choice="a", criterion="c1", value=80)
    after = set_choice_reason(after, choice="a", criterion="c1", reason="Workshop")
    assert (after.choice_scores[0].value, after.choice_scores[0].reason) == (80.0, "Workshop")
    assert after.scores is HUNG.scores
    assert len(clear_choice_score(after, choice="a", criterion="c1").choice_scores) == 1
    with pytest.raises(KeyError):
        set_choice_score(HUNG, choice="nothing", criterion="c1", value=1)
