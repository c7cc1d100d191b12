from dataclasses import replace

import pytest

from appraise.model import scoring, what_if
from appraise.model.appraisal.criteria import Answers, Asking, Weighting
from appraise.model.appraisal.workshop import Stage, Workshop
from tests.present import scoring_example


def test_the_swing_of_one_criterion_moves_and_its_range_with_it() -> None:
    document = scoring_example.document()
    sure = replace(document.criteria[2], swing_low=60.0, swing_high=95.0)
    document = replace(document, criteria=(*document.criteria[:2], sure, *document.criteria[3:]))
    assert what_if.swing_of(document, "criterion", "criterion-2") == 80.0
    moved = what_if.with_swing(document, "criterion", "criterion-2", 90.0)
    found = moved.criteria[2]
    assert (found.swing, found.swing_low, found.swing_high) == (90.0, 70.0, 100.0)
    assert moved.criteria[:2] == document.criteria[:2]
    assert moved.criteria[3:] == document.criteria[3:]
    assert what_if.with_swing(document, "criterion", "criterion-2", 80.0) == document


def test_a_branch_moves_all_its_criteria_in_proportion_where_moves_are_compared_together() -> None:
    document = scoring_example.document()
    assert what_if.swing_of(document, "branch", "branch-0") == 100.0
    moved = what_if.with_swing(document, "branch", "branch-0", 50.0)
    before, after = scoring.weights(document), scoring.weights(moved)
    inside = [one.id for one in document.criteria if one.branch == "branch-0"]
    assert [one.swing for one in moved.criteria if one.branch == "branch-0"] == [50.0, 35.0]
    ratios = {round(after[key] / before[key], 9) for key in before if key not in inside}
    assert len(ratios) == 1, "the others keep their ratios"


def test_a_branch_has_a_swing_of_its_own_where_weights_are_asked_branch_by_branch() -> None:
    document = scoring_example.document()
    branches = tuple(
        replace(one, swing=swing) for one, swing in zip(document.branches, (100.0, 80.0, 60.0), strict=True)
    )
    document = replace(document, branches=branches, weighting=Weighting(asking=Asking.BY_BRANCH))
    assert what_if.swing_of(document, "branch", "branch-1") == 80.0
    moved = what_if.with_swing(document, "branch", "branch-1", 40.0)
    assert [one.swing for one in moved.branches] == [100.0, 40.0, 60.0]
    assert moved.criteria == document.criteria


def test_ranks_become_the_swings_that_give_the_same_weights() -> None:
    document = scoring_example.document()
    ranked = tuple(replace(one, rank=place + 1) for place, one in enumerate(document.criteria))
    document = replace(document, criteria=ranked, weighting=Weighting(answers=Answers.RANKS))
    known = scoring.weights(document)
    swing = what_if.swing_of(document, "criterion", "criterion-1")
    moved = what_if.with_swing(document, "criterion", "criterion-1", swing)
    assert moved.weighting.answers is Answers.POINTS
    assert scoring.weights(moved) == pytest.approx(known)


def test_nothing_moved_gives_the_scores_of_a_run_and_keeps_the_costs() -> None:
    document = scoring_example.document(gate=True)
    results = scoring_example.results(document, draws=2_000)
    results = replace(results, seed=1)
    found = what_if.scored_again(results, document)
    assert found is not None
    assert found.verdict == results.verdict
    for new, old in zip(found.options, results.options, strict=True):
        assert new.score is not None
        assert old.score is not None
        assert (new.score.total, new.score.place, new.score.gates_failed) == (
            old.score.total, old.score.place, old.score.gates_failed,
        )  # fmt: skip
        assert new.score.rank_acceptability == old.score.rank_acceptability
        assert new.score.pairwise == old.score.pairwise
        assert (new.risk, new.economic) == (old.risk, old.economic)
    costs, known = (one.scoring.cost_against_score if one.scoring else None for one in (found, results))
    assert costs is not None
    assert known is not None
    assert costs.steps == known.steps
    for new_point, old_point in zip(costs.options, known.options, strict=True):
        assert replace(new_point, chance=old_point.chance, error=old_point.error) == old_point


def test_another_swing_can_put_another_option_first() -> None:
    document = scoring_example.document()
    results = scoring_example.results(document)
    moved = what_if.with_swing(document, "criterion", "criterion-0", 0.0)
    found = what_if.scored_again(results, moved)
    assert found is not None
    assert results.verdict.highest_score == "option-4"
    assert found.verdict.highest_score == "option-2"
    assert found.verdict.cheapest == results.verdict.cheapest
    totals = scoring.totals(moved)
    assert {one.id: one.score.total for one in found.options if one.score} == pytest.approx(totals)


def test_a_swing_that_makes_two_level_is_a_tie() -> None:
    document = scoring_example.document()
    results = scoring_example.results(document)
    twin = tuple(replace(one, option="option-2") for one in document.scores if one.option == "option-4")
    level = replace(document, scores=(*(one for one in document.scores if one.option != "option-2"), *twin))
    found = what_if.scored_again(results, level)
    assert found is not None
    assert results.verdict.score_tied == ()
    assert found.verdict.score_tied == ("option-2", "option-4")


@pytest.mark.parametrize("stage", [Stage.PREPARING, Stage.AGREED, Stage.SEALED, Stage.MODERATING])
def test_nothing_is_tried_while_totals_are_sealed(stage: Stage) -> None:
    document = scoring_example.document()
    results = scoring_example.results(document, draws=300)
    sealed = replace(document, workshop=Workshop(id="w", stage=stage))
    assert what_if.scored_again(results, sealed) is None
