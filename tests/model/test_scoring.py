"""Swings, weights, gates and places: together and branch by branch, in points and in ranks (METHOD 4, 9.1, 15)."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appraise.model.appraisal.criteria import (
    Answers,
    Asking,
    Branch,
    Criterion,
    Gate,
    GateOutcome,
    Measured,
    Outcome,
    Score,
    ValuePoint,
    Weighting,
)
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.options import Category, Choice, Option
from appraise.model.scoring import (
    all_scored,
    branch_weights,
    centroid_weights,
    choice_scored,
    gates_failed,
    rank_order_centroid,
    ranked_options,
    reference_swing,
    score_values,
    swings,
    totals,
    weights,
)
from tests.builders import appraisal, scores, tree


def grown(*branches: tuple[str, float, int, str], leaves: tuple[tuple[str, str, float, int], ...]) -> Appraisal:
    """Branches (id, swing, rank, reference) and criteria (id, branch, swing, rank)."""
    return appraisal(
        1,
        ("a", "b"),
        branches=tuple(
            Branch(id=key, name=key, swing=swing, rank=rank, reference=reference)
            for key, swing, rank, reference in branches
        ),
        criteria=tuple(
            Criterion(id=key, branch=branch, name=key, swing=swing, rank=rank) for key, branch, swing, rank in leaves
        ),
    )


TREE = grown(
    ("roads", 100, 1, "holes"),
    ("coast", 50, 2, ""),
    leaves=(("holes", "roads", 100, 1), ("dust", "roads", 40, 2), ("beach", "coast", 80, 1), ("birds", "coast", 20, 2)),
)


def asked(document: Appraisal, asking: Asking, answers: Answers) -> Appraisal:
    return replace(document, weighting=Weighting(asking=asking, answers=answers))


def test_together_swings_are_as_answered() -> None:
    assert swings(TREE) == {"holes": 100, "dust": 40, "beach": 80, "birds": 20}
    assert weights(TREE)["beach"] == pytest.approx(80 / 240)


def test_branch_by_branch_the_reference_stands_for_the_branch() -> None:
    """Coast has no reference named: its largest move, of the beach, is worth 50 beside the holes' 100."""
    document = asked(TREE, Asking.BY_BRANCH, Answers.POINTS)
    assert swings(document) == pytest.approx({"holes": 100, "dust": 40, "beach": 50, "birds": 12.5})
    assert branch_weights(document) == pytest.approx({"roads": 140 / 202.5, "coast": 62.5 / 202.5})


def test_another_reference_rescales_its_branch() -> None:
    coast = replace(TREE.branches[1], reference="birds")
    document = asked(replace(TREE, branches=(TREE.branches[0], coast)), Asking.BY_BRANCH, Answers.POINTS)
    assert swings(document) == pytest.approx({"holes": 100, "dust": 40, "beach": 200, "birds": 50})


def test_a_reference_without_a_swing_gives_way_to_the_largest() -> None:
    unanswered = tuple(replace(one, swing=0.0) if one.id == "holes" else one for one in TREE.criteria)
    document = asked(replace(TREE, criteria=unanswered), Asking.BY_BRANCH, Answers.POINTS)
    assert swings(document)["dust"] == 100


def test_ranks_together_are_centroids() -> None:
    document = asked(
        grown(("b", 0, 0, ""), leaves=(("one", "b", 0, 2), ("two", "b", 0, 1), ("three", "b", 0, 3))),
        Asking.TOGETHER,
        Answers.RANKS,
    )
    assert weights(document) == pytest.approx({"one": 5 / 18, "two": 11 / 18, "three": 2 / 18})
    assert swings(document)["two"] == 100


def test_ranks_branch_by_branch_are_products_of_centroids() -> None:
    document = asked(TREE, Asking.BY_BRANCH, Answers.RANKS)
    assert weights(document) == pytest.approx(
        {"holes": 9 / 16, "dust": 3 / 16, "beach": 3 / 16, "birds": 1 / 16}, abs=1e-15
    )
    assert branch_weights(document) == pytest.approx({"roads": 0.75, "coast": 0.25})


def test_a_branch_in_which_nothing_is_ranked_takes_no_place() -> None:
    unranked = tuple(replace(one, rank=0) if one.branch == "roads" else one for one in TREE.criteria)
    document = asked(replace(TREE, criteria=unranked), Asking.BY_BRANCH, Answers.RANKS)
    assert weights(document) == pytest.approx({"holes": 0, "dust": 0, "beach": 0.75, "birds": 0.25})


def test_equal_ranks_share_the_mean_of_their_places() -> None:
    shared = centroid_weights({"a": 1, "b": 2, "c": 2, "d": 3, "e": 0})
    first, second, third, last = rank_order_centroid(4)
    assert shared == pytest.approx(
        {"a": first, "b": (second + third) / 2, "c": (second + third) / 2, "d": last, "e": 0}
    )


def test_a_measure_is_turned_into_points_once() -> None:
    criterion = Criterion(
        id="c1",
        branch="branch",
        name="Days",
        swing=100,
        measured=Measured.MEASURE,
        points=(ValuePoint(measure=0, value=100), ValuePoint(measure=40, value=0)),
    )
    document = appraisal(1, ("a",), **tree(100) | {"criteria": (criterion,)}, scores=scores(a=(10,)))
    one = all_scored(document)["a"]
    assert one.total == 75
    assert (one.by_criterion[0].entered, one.by_criterion[0].value) == (10, 75)


def test_a_measure_without_its_function_is_not_scored_yet() -> None:
    criterion = Criterion(id="c1", branch="branch", name="Days", swing=100, measured=Measured.MEASURE)
    document = appraisal(1, ("a",), **tree(100) | {"criteria": (criterion,)}, scores=scores(a=(10,)))
    assert score_values(document, "a") == {}
    assert not all_scored(document)["a"].complete
    assert ranked_options(document) == ()


def test_places_ties_share() -> None:
    document = appraisal(1, ("a", "b", "c", "d"), **tree(60, 40), scores=scores(a=(50, 50), b=(90, 90), c=(30, 80)))
    document = replace(document, scores=document.scores + scores(d=(10, 10)))
    assert {key: one.place for key, one in all_scored(document).items()} == {"a": 2, "b": 1, "c": 2, "d": 4}


@pytest.mark.parametrize("outcome", list(Outcome))
def test_only_a_failed_gate_keeps_an_option_out(outcome: Outcome) -> None:
    gate = Gate(id="lawful", name="Lawful", outcomes=(GateOutcome(option="a", outcome=outcome, reason="Act"),))
    other = Gate(id="open", name="Open", outcomes=(GateOutcome(option="b", outcome=Outcome.PASS),))
    document = appraisal(1, **tree(60, 40), gates=(gate, other), scores=scores(a=(90, 90), b=(10, 10)))
    found = all_scored(document)
    failed = outcome is Outcome.FAIL
    assert gates_failed(document, "a") == found["a"].gates_failed == (("lawful",) if failed else ())
    assert found["a"].place == (None if failed else 1)
    assert found["b"].place == (1 if failed else 2)
    assert found["a"].total == pytest.approx(90)
    assert ranked_options(document) == (("b",) if failed else ("a", "b"))


def test_without_weights_nobody_has_a_place() -> None:
    document = appraisal(1, **tree(0, 0), scores=scores(a=(90, 90), b=(10, 10)))
    assert {one.place for one in all_scored(document).values()} == {None}


def test_a_choice_of_the_long_list_is_scored_by_the_same_criteria() -> None:
    given = (
        Score(option="choice", criterion="c1", value=50.0),
        Score(option="choice", criterion="c2", value=100.0),
    )
    choice = Choice(id="choice", category=Category.SCOPE, name="Wide")
    document = appraisal(1, ("a",), **tree(60, 40), choices=(choice,), choice_scores=given)
    found = choice_scored(document, "choice")
    assert (found.total, found.complete, found.place) == (70, True, None)


# Properties


def document_of(random: Random) -> Appraisal:
    """Any tree, answers in any form, scores on all or some criteria."""
    names = [f"branch-{number}" for number in range(random.randint(1, 4))]
    criteria = tuple(
        Criterion(
            id=f"c{number}",
            branch=random.choice(names),
            name=f"C{number}",
            swing=random.choice((0.0, 100.0, random.uniform(0, 100))),
            rank=random.randint(0, 6),
        )
        for number in range(random.randint(1, 9))
    )
    options = tuple(f"o{number}" for number in range(random.randint(1, 5)))
    return appraisal(
        1,
        options,
        branches=tuple(
            Branch(
                id=name,
                name=name,
                swing=random.choice((0.0, 100.0, random.uniform(0, 100))),
                rank=random.randint(0, 4),
                reference=random.choice(("", *(one.id for one in criteria if one.branch == name))),
            )
            for name in names
        ),
        criteria=criteria,
        weighting=Weighting(asking=random.choice(tuple(Asking)), answers=random.choice(tuple(Answers))),
        scores=tuple(
            Score(option=option, criterion=one.id, value=float(random.randint(0, 100)))
            for option in options
            for one in criteria
        ),
    )


RANDOM = st.builds(document_of, st.randoms(use_true_random=False))


@pytest.mark.parametrize("tiny", [1e-320, 5e-324, 9.9e-10])
def test_a_swing_of_next_to_nothing_is_no_answer(tiny: float) -> None:
    """Without a floor the weights of such swings are no numbers, or follow the rounding of the machine."""
    together = appraisal(1, **tree(tiny, tiny / 2))
    assert set(weights(together).values()) == {0.0}
    assert list(weights(appraisal(1, **tree(tiny, 50))).values()) == [0.0, 1.0]
    made = appraisal(1, **tree(tiny, 50), weighting=Weighting(asking=Asking.BY_BRANCH))
    (branch,) = made.branches
    made = replace(made, branches=(replace(branch, swing=100.0, reference=made.criteria[0].id),))
    assert reference_swing(made, branch.id) == 50
    assert list(weights(made).values()) == [0.0, 1.0]


@given(RANDOM)
def test_weights_always_add_to_one_or_are_all_nothing(document: Appraisal) -> None:
    leaf, branch = weights(document), branch_weights(document)
    assert all(0 <= weight <= 1 for weight in leaf.values())
    answered = any(swings(document).values())
    assert sum(leaf.values()) == pytest.approx(1 if answered else 0, abs=1e-12)
    assert sum(branch.values()) == pytest.approx(1 if answered else 0, abs=1e-12)
    assert all(0 <= total <= 100 + 1e-9 for total in totals(document).values())


@given(RANDOM, st.randoms(use_true_random=False))
def test_names_and_order_change_no_figure(document: Appraisal, random: Random) -> None:
    """METHOD 15, number 9, to the last bit."""

    def shuffled(things: tuple[object, ...], rename: Callable[[object], object]) -> tuple[object, ...]:
        made = [rename(thing) for thing in things]
        random.shuffle(made)
        return tuple(made)

    def renamed(thing: object) -> object:
        return replace(thing, name="Other") if isinstance(thing, (Option, Branch, Criterion)) else thing

    other = replace(
        document,
        **{name: shuffled(getattr(document, name), renamed) for name in ("options", "branches", "criteria", "scores")},
    )
    ours, theirs = all_scored(document), all_scored(other)
    assert weights(other) == weights(document)
    assert branch_weights(other) == branch_weights(document)
    for key, one in ours.items():
        assert (theirs[key].total, theirs[key].place) == (one.total, one.place)


@given(RANDOM, st.integers(0, 30))
def test_a_dominated_option_moves_no_total(document: Appraisal, worse: int) -> None:
    """METHOD 15, number 8; a copy that is a little worse everywhere is dominated and takes no place from the others."""
    before = all_scored(document)
    copied = document.options[0]
    added = tuple(
        replace(score, option="worse", value=max(0.0, score.value - worse))
        for score in document.scores
        if score.option == copied.id
    )
    after = all_scored(
        replace(document, options=(*document.options, replace(copied, id="worse")), scores=document.scores + added)
    )
    for key, one in before.items():
        assert after[key].total == one.total
        assert after[key].by_criterion == one.by_criterion
    if before[copied.id].place == 1:
        assert after[copied.id].place == 1


@given(RANDOM, st.integers(0, 8), st.floats(0, 100))
def test_an_edit_of_one_swing_leaves_the_proportions_of_the_others(
    document: Appraisal, place: int, swing: float
) -> None:
    document = asked(document, Asking.TOGETHER, Answers.POINTS)
    at = place % len(document.criteria)
    edited = replace(document.criteria[at], swing=swing)
    after = replace(document, criteria=(*document.criteria[:at], edited, *document.criteria[at + 1 :]))
    before, leaf = weights(document), weights(after)
    others = [one.id for one in document.criteria if one.id != edited.id and before[one.id] > 0]
    for one in others:
        for other in others:
            assert leaf[one] * before[other] == pytest.approx(leaf[other] * before[one], abs=1e-12)
