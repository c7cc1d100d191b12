"""The scoring put together, by the one door and beside it; nothing of it while a workshop keeps totals hidden."""

from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest

from appraise.model.appraisal.criteria import Asking, Gate, GateOutcome, Outcome, Score, TradeOff, Weighting
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.options import Category, Choice
from appraise.model.appraisal.records import Recommendation
from appraise.model.appraisal.workshop import HIDDEN, Assessor, Mark, Stage, Workshop
from appraise.model.cancelled import Cancelled
from appraise.model.evaluate import ALL_PARTS, LIVE_PARTS, Part, Settings, evaluate
from appraise.model.results import Results
from appraise.model.score_figures import score_figures
from appraise.model.scoring import ranked_options
from tests.builders import appraisal, line, scores, tree
from tests.model.random_appraisals import rich_appraisal

SCORE = frozenset({Part.SCORE})
SWITCHED = SCORE | {Part.ECONOMIC, Part.SWITCHES}
NAMES = ("usual", "inside", "outside", "lawless")
#: What stands is 70 for outside, 55 for inside, 20 as it is; lawless would have 95.
GIVEN = {"usual": (20, 20), "inside": (25, 100), "outside": (70, 70), "lawless": (95, 95)}


def document(**more: object) -> Appraisal:
    gate = Gate(id="law", name="Law", outcomes=(GateOutcome(option="lawless", outcome=Outcome.FAIL, reason="Act"),))
    made = appraisal(
        2,
        NAMES,
        **tree(100, 66 + 2 / 3),
        gates=(gate,),
        scores=scores(**{key: tuple(map(float, values)) for key, values in GIVEN.items()}),
        lines=tuple(
            line(f"l-{key}", key, pounds, spread=(90, 120))
            for key, pounds in zip(NAMES, (900, 1000, 1600, 800), strict=True)
        ),
    )
    return replace(made, **more)


def by_id(results: Results) -> dict[str, Any]:
    return {option.id: option.score for option in results.options}


def test_how_far_the_first_is_ahead_of_the_next_draw_by_draw() -> None:
    """Weights held and one score in doubt: outside 70 + t with t from -5 to 5, weighing .6, against 55."""
    sure = tuple(
        replace(one, low=one.value - 5, high=one.value + 5)
        if (one.option, one.criterion) == ("outside", "c1")
        else replace(one, low=one.value, high=one.value)
        for one in document().scores
    )
    made = document(scores=sure, weighting=Weighting(doubt=0.0))
    found = score_figures(made, draws=20_000, seed=1, robust=False)
    assert found is not None
    gap = found.options["outside"].gap
    assert gap is not None
    tail = 0.6 * 5 * (1 - 0.2**0.5)  # of a symmetric triangle: 1 in 10 lies beyond this
    assert (gap.p10, gap.p50, gap.p90) == pytest.approx((15 - tail, 15, 15 + tail), abs=0.05)
    assert [one.gap for key, one in found.options.items() if key != "outside"] == [None] * 3
    alone = score_figures(replace(made, options=made.options[2:3]), draws=50, seed=1, robust=False)
    assert alone is not None
    assert alone.options["outside"].gap is None


def test_totals_places_and_what_draws_make_of_them() -> None:
    found = by_id(evaluate(document(), Settings(draws=5_000)))
    assert {key: round(one.total, 9) for key, one in found.items()} == {
        "usual": 20,
        "inside": 55,
        "outside": 70,
        "lawless": 95,
    }
    assert {key: one.place for key, one in found.items()} == {"usual": 3, "inside": 2, "outside": 1, "lawless": None}
    assert found["lawless"].gates_failed == ("law",)
    assert found["lawless"].rank_acceptability == found["lawless"].pairwise == found["lawless"].dominated_by == ()
    assert found["lawless"].net_flow is None
    assert len(found["outside"].rank_acceptability) == len(found["outside"].rank_errors) == 3
    assert {pair.than for pair in found["outside"].pairwise} == {"usual", "inside"}
    assert found["usual"].dominated_by == ("inside", "outside")
    assert [(one.kind, one.id) for one in found["outside"].stability] == [("criterion", "c1"), ("criterion", "c2")]
    assert found["outside"].smallest_flip.rival == "inside"
    assert all(found[key].stability == () and found[key].smallest_flip is None for key in NAMES if key != "outside")
    assert {key: one.potentially_first for key, one in found.items()} == {
        "usual": False,
        "inside": True,
        "outside": True,
        "lawless": None,
    }
    assert found["outside"].net_flow == max(one.net_flow for one in found.values() if one.net_flow is not None)


def test_while_live_only_what_is_quick_is_drawn() -> None:
    quick = evaluate(document(), Settings(draws=2_000), parts=LIVE_PARTS)
    full = evaluate(document(), Settings(draws=2_000))
    assert quick.scoring is not None
    assert full.scoring is not None
    assert [one.way for one in quick.scoring.acceptability] == ["elicited"]
    assert [one.way for one in full.scoring.acceptability] == ["elicited", "ranks", "any"]
    assert quick.scoring.acceptability[0] == full.scoring.acceptability[0]
    assert {one.potentially_first for one in by_id(quick).values()} == {None}
    assert {one.id for one in quick.options} == {one.id for one in full.options}
    for key, one in by_id(quick).items():
        assert replace(by_id(full)[key], potentially_first=None) == one


def test_samples_are_no_more_than_a_hundred_thousand() -> None:
    scoring = evaluate(document(), Settings(draws=150_000), parts=SCORE).scoring
    assert scoring is not None
    assert [one.draws for one in scoring.acceptability] == [100_000]


def test_the_what_if_sees_the_same_figures_as_the_results() -> None:
    beside = score_figures(document(), draws=2_000, seed=20_270_401, robust=False)
    results = evaluate(document(), Settings(draws=2_000, seed=20_270_401), parts=SCORE)
    assert beside is not None
    assert beside.options == by_id(results)
    assert beside.scoring.weights == results.scoring.weights
    assert set(beside.drawn) == {"usual", "inside", "outside"}


def test_weights_stand_with_what_they_were_drawn_between() -> None:
    scoring = evaluate(document(), Settings(draws=100), parts=SCORE).scoring
    first, second = scoring.weights
    assert (first.criterion, first.branch, first.swing, first.low, first.high) == ("c1", "branch", 100, 100, 100)
    assert (second.swing, second.low, second.high) == pytest.approx((66 + 2 / 3, 56 + 2 / 3, 76 + 2 / 3))
    assert (first.weight, second.weight) == pytest.approx((0.6, 0.4))


def test_trade_offs_and_other_methods_stand_beside() -> None:
    asked = Weighting(trade_offs=(TradeOff(id="t", larger="c1", smaller="c2", points=50.0),))
    scoring = evaluate(document(weighting=asked), Settings(draws=100), parts=SCORE).scoring
    assert [(one.id, round(one.error, 9)) for one in scoring.trade_offs] == [("t", -0.25)]
    assert [one.method for one in scoring.cross_checks] == [
        "equal_weights",
        "equal_branches",
        "rank_order_centroid",
        "promethee",
    ]


def test_score_against_cost_needs_costs() -> None:
    without = evaluate(document(), Settings(draws=500), parts=SCORE).scoring
    assert without.cost_against_score is None
    economic = evaluate(document(), Settings(draws=500), parts=SCORE | {Part.ECONOMIC}).scoring.cost_against_score
    assert {one.option: (one.cost, one.chance, one.cost_p10) for one in economic.options} == {
        "usual": (pytest.approx(910, abs=20), None, None),
        "inside": (pytest.approx(1010, abs=20), None, None),
        "outside": (pytest.approx(1620, abs=30), None, None),
    }
    drawn = evaluate(document(), Settings(draws=500), parts=SCORE | {Part.RISK}).scoring.cost_against_score
    outside = next(one for one in drawn.options if one.option == "outside")
    assert outside.chance == pytest.approx(1, abs=0.1)
    assert 1600 * 0.9 < outside.cost_p10 < outside.cost_p90 < 1600 * 1.2
    assert 60 < outside.score_p10 < outside.score_p90 < 80
    assert [(one.cheaper, one.dearer) for one in drawn.steps] == [("usual", "inside"), ("inside", "outside")]


def test_different_lives_are_compared_by_the_year() -> None:
    made = document()
    shorter = (replace(made.options[0], life_years=1), *made.options[1:])
    longer = replace(made, horizon=replace(made.horizon, years=4), options=shorter)
    results = evaluate(longer, Settings(draws=500), parts=SCORE | {Part.RISK})
    against = {one.option: one for one in results.scoring.cost_against_score.options}
    for option in results.options:
        if option.id in against:
            assert against[option.id].cost == pytest.approx(float(option.economic.expected_eac))
            assert against[option.id].cost_p10 < against[option.id].cost < against[option.id].cost_p90


def test_an_option_without_costs_is_not_on_the_chart() -> None:
    made = document()
    results = evaluate(replace(made, lines=made.lines[1:]), Settings(draws=500), parts=SCORE | {Part.RISK})
    assert {one.option for one in results.scoring.cost_against_score.options} == {"inside", "outside"}
    none = evaluate(replace(made, lines=()), Settings(draws=500), parts=SCORE | {Part.RISK})
    assert none.scoring.cost_against_score is None


def test_choices_of_the_long_list_are_sorted_in_their_category() -> None:
    choices = tuple(
        Choice(id=key, category=category, name=key)
        for key, category in (
            ("slow", Category.IMPLEMENTATION),
            ("wide", Category.SCOPE),
            ("narrow", Category.SCOPE),
            ("same", Category.SCOPE),
            ("blank", Category.SCOPE),
        )
    )
    given = tuple(
        Score(option=key, criterion=criterion, value=float(value))
        for key, value in (("slow", 90), ("wide", 40), ("narrow", 60), ("same", 40))
        for criterion in ("c1", "c2")
    )
    scoring = evaluate(document(choices=choices, choice_scores=given), Settings(draws=100), parts=SCORE).scoring
    found = [(one.category, one.choice, round(one.scored.total, 9)) for one in scoring.choices]
    assert sorted(found, key=lambda one: one[0] != "scope") == [
        ("scope", "narrow", 60),
        ("scope", "same", 40),
        ("scope", "wide", 40),
        ("implementation", "slow", 90),
    ]
    assert {one.scored.place for one in scoring.choices} == {None}


def test_an_appraisal_without_criteria_has_no_figures_to_show() -> None:
    results = evaluate(appraisal(1), Settings(draws=100), parts=SCORE)
    assert results.scoring is not None
    assert results.scoring.weights == results.scoring.acceptability == results.scoring.cross_checks == ()
    assert {one.place for one in by_id(results).values()} == {None}


def test_threads_change_no_figure() -> None:
    one, two, four = (evaluate(document(), Settings(draws=20_000, threads=threads)) for threads in (1, 2, 4))
    assert one == two == four


def test_scoring_stops_when_asked() -> None:
    with pytest.raises(Cancelled):
        evaluate(document(), Settings(draws=1_000), parts=SCORE, cancelled=lambda: True)


def test_who_fails_a_gate_has_no_weight_to_switch_at() -> None:
    recommended = [document(recommendation=Recommendation(option=option)) for option in ("lawless", "inside")]
    failing, passing = (evaluate(one, Settings(draws=100)).switches for one in recommended)
    assert [one for one in failing if one.kind == "weight"] == []
    assert {one.rival for one in passing if one.kind == "weight"} == {"outside"}


def recommended(seed: int) -> Appraisal:
    """A random appraisal that recommends the first option with a place, if there is one."""
    made = rich_appraisal(seed)
    return replace(made, recommendation=Recommendation(option=next(iter(ranked_options(made)), "")))


@pytest.mark.parametrize("seed", range(40))
def test_a_tie_weight_put_back_makes_totals_equal_however_weights_were_asked(seed: int) -> None:
    """METHOD 15, number 7: by branch, by rank and by measure too."""
    results = evaluate(recommended(seed), Settings(draws=100), parts=SWITCHED)
    weight = {one.criterion: one.weight for one in results.scoring.weights}
    points = {key: {one.criterion: one.value for one in score.by_criterion} for key, score in by_id(results).items()}
    for switch in (one for one in results.switches if one.kind == "weight"):
        assert switch.now == weight[switch.id]
        moved = {
            key: switch.needed if key == switch.id else own * (1 - switch.needed) / (1 - switch.now)
            for key, own in weight.items()
        }
        assert sum(moved.values()) == pytest.approx(1)
        gap = sum(moved[key] * (points[switch.preferred][key] - points[switch.rival][key]) for key in moved)
        assert gap == pytest.approx(0, abs=1e-9)


def test_some_random_appraisals_have_tie_weights() -> None:
    every = [evaluate(recommended(seed), Settings(draws=100), parts=SWITCHED).switches for seed in range(40)]
    assert sum(any(one.kind == "weight" for one in switches) for switches in every) > 5


# While totals are hidden


def sealed(stage: Stage) -> Appraisal:
    marks = tuple(Mark(option=option, criterion=key, value=50.0) for option in NAMES for key in ("c1", "c2"))
    assessors = tuple(Assessor(id=key, post=key, marks=marks) for key in ("p1", "p2"))
    choice = Choice(id="wide", category=Category.SCOPE, name="Wide")
    return document(
        workshop=Workshop(id="w", stage=stage, assessors=assessors),
        recommendation=Recommendation(option="outside"),
        choices=(choice,),
        choice_scores=(Score(option="wide", criterion="c1", value=81.0),),
    )


def numbers(value: Any) -> set[float]:
    """Every number in results, but those of money and draws."""
    if is_dataclass(value):
        return set().union(*(numbers(getattr(value, field.name)) for field in fields(value)), set())
    if isinstance(value, (tuple, list)):
        return set().union(*map(numbers, value), set())
    return {round(float(value), 6)} if isinstance(value, float) else set()


@pytest.mark.parametrize("stage", list(Stage))
def test_hidden_totals_are_nowhere(stage: Stage) -> None:
    results = evaluate(sealed(stage), Settings(draws=500), parts=ALL_PARTS)
    assert results.stage == stage.value
    secret = stage in HIDDEN
    assert (results.scoring is None) is secret
    assert all((option.score is None) is secret for option in results.options)
    assert (results.verdict.highest_score == "") is secret
    assert (results.verdict.score_margin is None) is secret
    assert (results.verdict.score_share is None) is secret
    assert any(switch.kind == "weight" for switch in results.switches) is not secret
    assert (score_figures(sealed(stage), draws=100, seed=1, robust=True) is None) is secret
    assert ({20.0, 55.0, 70.0, 95.0, 15.0} & numbers(results) == set()) is secret
    if secret:
        assert results.kendall_w is None
        assert results.agreement is None or results.agreement.first_on_means == ""


@pytest.mark.parametrize("stage", [Stage.PREPARING, Stage.AGREED, Stage.SEALED])
def test_marks_are_not_compared_before_scoring_is_closed(stage: Stage) -> None:
    assert evaluate(sealed(stage), Settings(draws=100), parts=SCORE).agreement is None


@pytest.mark.parametrize("stage", [Stage.MODERATING, Stage.REVEALED, Stage.OPEN])
def test_marks_are_compared_after_that(stage: Stage) -> None:
    agreement = evaluate(sealed(stage), Settings(draws=100), parts=SCORE).agreement
    assert agreement is not None
    assert len(agreement.spreads) == len(NAMES) * 2


def test_without_scores_asked_for_there_is_nothing_of_them() -> None:
    results = evaluate(document(), Settings(draws=100), parts=frozenset({Part.ECONOMIC, Part.RISK}))
    assert results.scoring is None
    assert results.agreement is None
    assert results.flags == ()
    assert {one.score for one in results.options} == {None}


def test_branch_by_branch_moves_no_figure_where_there_is_one_branch() -> None:
    """One branch, its reference the criterion with 100: the same weights, and the same draws of them."""
    together = document()
    branch = replace(together.branches[0], swing=100.0, reference="c1")
    by_branch = replace(together, branches=(branch,), weighting=Weighting(asking=Asking.BY_BRANCH))
    ours, theirs = (evaluate(one, Settings(draws=1_000), parts=SCORE) for one in (together, by_branch))
    assert by_id(ours) == by_id(theirs)
