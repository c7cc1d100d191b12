"""Drawing weights and scores together: ranges, closed forms, keys, ties, chunks (METHOD 9.2, number 4)."""

import tracemalloc
from dataclasses import replace
from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appraise.model.acceptability import CONFIDENT_DRAWS, acceptability, drawn
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
from appraise.model.appraisal.workshop import Assessor, Interest, Mark, Workshop
from appraise.model.cancelled import Cancelled
from appraise.model.score_draws import (
    Chunk,
    ScoreSpread,
    Source,
    Way,
    draw_option,
    draw_weights,
    effective_range,
    score_spreads,
    swing_range,
)
from appraise.model.scoring import ranked_options, swings, totals
from tests.builders import appraisal, scores, tree
from tests.model.scored_documents import documents, reordered, scored_document

HELD = Weighting(doubt=0.0, score_doubt=0.0)
DRAWS = 100_000


def one_score(**fields: object) -> Appraisal:
    """Option a with a single score of 40, drawn as the fields say, beside b with 50 for sure."""
    document = appraisal(1, **tree(100), scores=scores(a=(40,), b=(50,)))
    sure = replace(document.scores[1], low=50.0, high=50.0)
    return replace(document, scores=(replace(document.scores[0], **fields), sure))


def share_first(document: Appraisal, option: str = "a", way: Way = Way.ELICITED) -> float:
    found = acceptability(document, way, DRAWS, 1)
    return next(one.ranks[0] for one in found.options if one.option == option)


def near(exact: float) -> object:
    return pytest.approx(exact, abs=3.5 * sqrt(exact * (1 - exact) / DRAWS) + 1e-9)


# Swings


def test_a_swing_without_a_range_is_in_doubt_either_way() -> None:
    document = appraisal(1, **tree(100, 95, 40, 4, 0))
    assert [swing_range(document, one) for one in document.criteria] == [
        (100, 100),
        (85, 100),
        (30, 50),
        (0, 14),
        (0, 0),
    ]


def test_a_range_that_was_said_counts_even_for_a_yardstick_and_holds_the_answer() -> None:
    document = appraisal(1, **tree(100, 40, 0))
    said = tuple(replace(one, swing_low=10.0, swing_high=60.0) for one in document.criteria)
    assert [swing_range(document, one) for one in said] == [(10, 100), (10, 60), (0, 60)]
    assert swing_range(document, replace(said[1], swing_low=None)) == (40, 60)


def test_whatever_the_others_are_rated_by_is_held() -> None:
    """The largest swing where it is not 100; branch by branch the reference, or the largest inside."""
    together = appraisal(1, **tree(90, 60, 40))
    assert [swing_range(together, one) for one in together.criteria] == [(90, 90), (50, 70), (30, 50)]
    document = by_branch()
    roads, coast = document.branches
    criteria = tuple(replace(one, swing=80.0) if one.id == "beach" else one for one in document.criteria)
    apart = replace(document, criteria=criteria, branches=(replace(roads, swing=70.0), coast))
    assert swing_range(apart, criteria[2]) == (80, 80)  # the largest inside its branch, without a reference
    assert swing_range(apart, apart.branches[0]) == (70, 70)
    assert effective_range(apart, criteria[2]) == (40, 80)
    larger = replace(apart, criteria=(criteria[0], replace(criteria[1], swing=95.0), *criteria[2:]))
    dust = replace(larger.criteria[1], swing_low=None, swing_high=None)
    larger = replace(larger, criteria=(criteria[0], dust, *criteria[2:]))
    assert swing_range(larger, dust) == (85, 100)  # the reference is held, not what is over it


def by_branch() -> Appraisal:
    criteria = (
        Criterion(id="holes", branch="roads", name="Holes", swing=80),
        Criterion(id="dust", branch="roads", name="Dust", swing=40, swing_low=20, swing_high=60),
        Criterion(id="beach", branch="coast", name="Beach", swing=100),
        Criterion(id="birds", branch="coast", name="Birds", swing=25, swing_low=25, swing_high=25),
    )
    return appraisal(
        1,
        branches=(
            Branch(id="roads", name="Roads", reference="holes", swing=100),
            Branch(id="coast", name="Coast", swing=60, swing_low=40, swing_high=80),
        ),
        criteria=criteria,
        weighting=Weighting(asking=Asking.BY_BRANCH),
    )


def test_branch_by_branch_the_reference_is_held_and_ranges_multiply() -> None:
    document = by_branch()
    holes, dust, beach, birds = document.criteria
    assert swing_range(document, holes) == (80, 80)
    assert effective_range(document, holes) == (100, 100)
    assert effective_range(document, dust) == (25, 75)
    assert effective_range(document, beach) == (40, 80)
    assert effective_range(document, birds) == (10, 20)


def test_drawn_swings_keep_their_ranges_and_their_means() -> None:
    document = by_branch()
    columns = draw_weights(document, Way.ELICITED, Source(Chunk(seed=3, number=0, count=16_384)))
    relative = {key: 100 * column / columns["holes"] for key, column in columns.items()}
    for criterion in document.criteria:
        low, high = effective_range(document, criterion)
        column = relative[criterion.id]
        assert low - 1e-9 <= column.min() <= low + 0.01 * (high - low) + 1e-9
        assert high - 0.01 * (high - low) - 1e-9 <= column.max() <= high + 1e-9
    assert relative["dust"].mean() == pytest.approx(50, abs=0.5)
    assert relative["birds"] == pytest.approx(relative["beach"] / 4)


@pytest.mark.parametrize(("low", "high"), [(20, 80), (40, 60), (0, 100)])
def test_two_criteria_with_one_uncertain_swing(low: float, high: float) -> None:
    """a leads by 30 on the yardstick, b by 60 on the other: a wins while 100 x 30 > s x 60, so s < 50."""
    document = appraisal(1, **tree(100, 45), weighting=HELD, scores=scores(a=(60, 20), b=(30, 80)))
    uncertain = replace(document.criteria[1], swing_low=float(low), swing_high=float(high))
    found = share_first(replace(document, criteria=(document.criteria[0], uncertain)))
    assert found == near((50 - low) / (high - low))


@pytest.mark.parametrize("count", [2, 4])
def test_order_alone_leaves_equal_swings_without_order(count: int) -> None:
    """All swings equal: any order of weights, so that no weights are preferred and shares are those of the simplex."""
    document = appraisal(
        1,
        ("a", "b"),
        **tree(*[50.0] * count),
        weighting=HELD,
        scores=scores(a=(80,) + (20,) * (count - 1), b=(35,) * count),
    )
    exact = (1 - 0.25) ** (count - 1)  # P(80 w + 20 (1 - w) > 35) = P(w > 1/4), w ~ Beta(1, n - 1)
    assert share_first(document, way=Way.RANKS) == near(exact)
    assert share_first(document, way=Way.ANY) == near(exact)


def test_order_alone_is_kept_between_groups_of_equals() -> None:
    document = appraisal(1, **tree(90, 50, 50, 0))
    columns = draw_weights(document, Way.RANKS, Source(Chunk(seed=1, number=0, count=8_192)))
    assert "c4" not in columns
    assert (columns["c1"] >= np.maximum(columns["c2"], columns["c3"])).all()
    above = float((columns["c2"] > columns["c3"]).mean())
    assert above == pytest.approx(0.5, abs=0.02)
    assert columns["c2"].mean() == pytest.approx((5 / 18 + 2 / 18) / 2, abs=0.005)


def test_ranks_are_drawn_by_their_order_whatever_the_swings_say() -> None:
    document = appraisal(1, **tree(10, 90), weighting=Weighting(answers=Answers.RANKS))
    ranked = tuple(replace(one, rank=place) for place, one in enumerate(document.criteria, start=1))
    columns = draw_weights(replace(document, criteria=ranked), Way.ELICITED, Source(Chunk(1, 0, 4_096)))
    assert (columns["c1"] >= columns["c2"]).all()


# Scores


@pytest.mark.parametrize(
    ("fields", "exact"),
    [
        ({"low": 20.0, "high": 80.0}, 30**2 / (60 * 40)),  # (high - 50)^2 / ((high - low)(high - likely))
        ({"low": 40.0, "high": 60.0}, 0.25),
        ({"low": 10.0, "high": 52.0}, 2**2 / (42 * 12)),
        ({"low": 30.0}, 0.0),
        ({"high": 100.0}, 50**2 / 60**2),
        ({}, 0.0),
    ],
)
def test_a_score_is_a_triangle(fields: dict[str, float], exact: float) -> None:
    assert share_first(one_score(**fields)) == near(exact)


def test_a_score_without_a_range_is_in_doubt_by_so_many_points() -> None:
    document = replace(one_score(), weighting=Weighting(score_doubt=20.0))
    assert share_first(document) == near(0.5 * (10 / 20) ** 2)


def test_doubt_does_not_leave_the_scale() -> None:
    spread = score_spreads(appraisal(1, ("a",), **tree(60, 40), scores=scores(a=(98, 1))))
    assert spread["a", "c1"] == ScoreSpread(93, 98, 100)
    assert spread["a", "c2"] == ScoreSpread(0, 1, 6)


def judged(*marks: tuple[Interest, float], value: float = 40) -> Appraisal:
    assessors = tuple(
        Assessor(id=f"p{number}", post="Head", interest=interest, marks=(Mark(option="a", criterion="c1", value=mark),))
        for number, (interest, mark) in enumerate(marks)
    )
    document = one_score(value=float(value))
    return replace(document, workshop=Workshop(assessors=assessors))


@pytest.mark.parametrize(
    ("document", "low", "high"),
    [
        (judged((Interest.NONE, 30.0), (Interest.TAKES_PART, 55.0)), 30, 55),
        (judged((Interest.NONE, 30.0), (Interest.STANDS_ASIDE, 90.0)), 30, 45),
        (judged((Interest.NONE, 60.0), (Interest.UNASKED, 70.0)), 35, 70),
        (judged((Interest.STANDS_ASIDE, 0.0)), 35, 45),
        (judged((Interest.NONE, 40.0)), 35, 45),
    ],
    ids=[
        "lowest to highest",
        "who stands aside counts nowhere",
        "at least the doubt",
        "nobody left",
        "one is not sure",
    ],
)
def test_without_a_range_marks_of_assessors_say_how_sure_a_score_is(
    document: Appraisal, low: float, high: float
) -> None:
    assert score_spreads(document)["a", "c1"] == ScoreSpread(low, 40, high)


def test_a_range_of_its_own_goes_before_the_marks() -> None:
    document = judged((Interest.NONE, 0.0), (Interest.NONE, 100.0))
    sure = tuple(replace(one, low=39.0, high=41.0) for one in document.scores)
    assert score_spreads(replace(document, scores=sure))["a", "c1"] == ScoreSpread(39, 40, 41)


def measured(**fields: float) -> Appraisal:
    """Days waited: 0 days is worth 100, 10 days 80, 40 days nothing; a waits 20 days, b has 50 points for sure."""
    criterion = Criterion(
        id="c1",
        branch="branch",
        name="Wait",
        swing=100,
        measured=Measured.MEASURE,
        unit="days",
        points=tuple(ValuePoint(measure=x, value=y) for x, y in ((40, 0), (0, 100), (10, 80))),
    )
    held = Score(option="b", criterion="c1", value=21.25, low=21.25, high=21.25)
    ours = Score(option="a", criterion="c1", value=20.0, **fields)
    return appraisal(1, branches=tree(100)["branches"], criteria=(criterion,), scores=(ours, held))


def test_a_measure_is_drawn_in_its_unit_and_valued_then() -> None:
    """a is ahead while it waits under 21.25 days: 1 - (50 - 21.25)^2 / (45 x 30) of a triangle 5, 20, 50."""
    document = measured(low=5.0, high=50.0)
    assert share_first(document) == near(1 - 28.75**2 / (45 * 30))
    points = draw_option(Source(Chunk(1, 0, 16_384)), "a", [("c1", score_spreads(document)["a", "c1"])])[0]
    assert (points.min(), points.max()) == (pytest.approx(0), pytest.approx(90, abs=1))
    assert (points == 0).mean() == pytest.approx(100 / (45 * 30), abs=0.01)  # longer than 40 days


def test_a_measure_without_a_range_is_in_doubt_in_points() -> None:
    """20 days are worth 53.33 points, five less at least 48.33; b has 50."""
    document = measured()
    assert score_spreads(document)["a", "c1"] == ScoreSpread(
        *(pytest.approx(one) for one in (145 / 3, 160 / 3, 175 / 3))
    )
    assert share_first(document) == near(1 - (50 - 145 / 3) ** 2 / (10 * 5))


@given(st.floats(0, 100), st.floats(0, 50), st.floats(0, 50))
@settings(max_examples=60)
def test_triangles_keep_their_ends_and_their_mean(likely: float, down: float, up: float) -> None:
    spread = ScoreSpread(likely - down, likely, likely + up)
    points = draw_option(Source(Chunk(5, 0, 8_192)), "a", [("c", spread)])[0]
    assert spread.low - 1e-9 <= points.min() <= points.max() <= spread.high + 1e-9
    mean = (spread.low + spread.likely + spread.high) / 3
    assert points.mean() == pytest.approx(mean, abs=3 * (down + up) / sqrt(18 * 8_192) * 1.5 + 1e-9)


# What comes out


def test_without_doubt_every_draw_is_the_score_of_record() -> None:
    document = appraisal(
        1, ("a", "b", "c"), **tree(60, 40), weighting=HELD, scores=scores(a=(50, 50), b=(90, 90), c=(30, 80))
    )
    found = drawn(document, (Way.ELICITED,), ranked_options(document), draws=500, seed=1, keep=True)[Way.ELICITED]
    ranks = {one.option: one.ranks for one in found.acceptability.options}
    assert ranks == {"a": (0, 1, 0), "b": (1, 0, 0), "c": (0, 1, 0)}  # a and c share the second place
    assert {pair.than: pair.share for pair in found.pairwise["a"]} == {"b": 0, "c": 0.5}
    assert found.totals is not None
    assert found.totals[:, 0].tolist() == pytest.approx(list(totals(document).values()))
    assert np.ptp(found.totals, axis=1).max() == 0
    (second,) = [one for one in found.acceptability.options if one.option == "b"]
    assert second.central_weights == pytest.approx((0.6, 0.4))
    assert second.confidence == 1


def test_failed_gates_and_missing_scores_keep_options_out_of_the_draws() -> None:
    gate = Gate(id="g", name="G", outcomes=(GateOutcome(option="a", outcome=Outcome.FAIL),))
    document = appraisal(
        1,
        ("a", "b", "c", "d"),
        **tree(60, 40),
        gates=(gate,),
        scores=scores(a=(99, 99), b=(50, 50), c=(40, 40), d=(1,)),
    )
    found = acceptability(document, Way.ELICITED, 1000, 1)
    assert [one.option for one in found.options] == ["b", "c"]
    assert all(len(one.ranks) == 2 for one in found.options)
    assert acceptability(appraisal(1, **tree(60, 40)), Way.ELICITED, 1000, 1).options == ()


def test_the_confidence_factor_is_the_share_of_score_draws_at_central_weights() -> None:
    """With held weights the central weights are the weights, so confidence is the acceptability of the first place."""
    document = appraisal(
        1,
        ("a", "b"),
        **tree(70, 30),
        weighting=Weighting(doubt=0.0, score_doubt=20.0),
        scores=scores(a=(50, 45), b=(44, 52)),
    )
    for one in acceptability(document, Way.ELICITED, CONFIDENT_DRAWS, 1).options:
        assert one.confidence == one.ranks[0]
        assert 0.3 < one.ranks[0] < 0.7


def test_more_draws_go_on_where_fewer_end() -> None:
    """Few draws are kept between calls and added up in another way; the totals are the same."""
    document = scored_document([100, 40, 60, 20], [[30, 60, 50, 40], [50, 50, 45, 40], [60, 20, 50, 80]], 2)
    ranked = ranked_options(document)
    runs = [
        drawn(document, (Way.ELICITED,), ranked, draws=draws, seed=9, keep=True)[Way.ELICITED].totals
        for draws in (2_000, 5_000, 40_000)
    ]
    assert all(one is not None for one in runs)
    few, some, many = (one for one in runs if one is not None)
    assert few.shape == (3, 2_000)
    assert (few == some[:, :2_000]).all()
    assert (some == many[:, :5_000]).all()


def test_every_way_is_drawn_as_if_alone_on_the_same_scores() -> None:
    document = scored_document([100, 40, 60], [[30, 60, 50], [50, 50, 45], [60, 20, 50]])
    together = drawn(document, tuple(Way), ranked_options(document), draws=20_000, seed=9)
    for way, found in together.items():
        assert found.acceptability == acceptability(document, way, 20_000, 9)
    assert len({found.acceptability.options for found in together.values()}) == 3


def test_another_seed_gives_other_draws() -> None:
    document = scored_document([100, 40], [[30, 60], [50, 35]])
    assert acceptability(document, Way.ANY, 2_000, 1) != acceptability(document, Way.ANY, 2_000, 2)
    assert acceptability(document, Way.ANY, 2_000, 1) == acceptability(document, Way.ANY, 2_000, 1)


@given(documents(), st.sampled_from(Way), st.sampled_from(Asking), st.sampled_from((500, 5_000)))
@settings(max_examples=25)
def test_names_and_order_change_no_figure(document: Appraisal, way: Way, asking: Asking, draws: int) -> None:
    """METHOD 15, number 9: the streams are keyed by ids."""
    answered = replace(
        document,
        weighting=Weighting(asking=asking),
        branches=tuple(replace(one, swing=100.0 - 7 * place) for place, one in enumerate(document.branches)),
    )
    if not any(swings(answered).values()):
        return
    ours = {one.option: one for one in acceptability(answered, way, draws, 1).options}
    for one in acceptability(reordered(answered), way, draws, 1).options:
        same = replace(one, central_weights=one.central_weights[::-1])
        assert same == ours[one.option]


@given(documents())
@settings(max_examples=25)
def test_a_dominated_option_moves_no_drawn_total_of_the_others(document: Appraisal) -> None:
    """METHOD 15, number 8, draw by draw; and it cannot take the first place from those that dominate it."""
    worse = tuple(
        replace(one, option="worse", value=0.0, low=0.0, high=0.0) for one in document.scores[: len(document.criteria)]
    )
    option = replace(document.options[0], id="worse")
    larger = replace(document, options=(*document.options, option), scores=document.scores + worse)
    before = drawn(document, (Way.ELICITED,), ranked_options(document), draws=1_000, seed=1, keep=True)
    after = drawn(larger, (Way.ELICITED,), ranked_options(larger), draws=1_000, seed=1, keep=True)
    ours, theirs = before[Way.ELICITED], after[Way.ELICITED]
    assert ours.totals is not None
    assert theirs.totals is not None
    assert (ours.totals == theirs.totals[:-1]).all()
    for one, other in zip(ours.acceptability.options, theirs.acceptability.options, strict=False):
        assert other.ranks[:-1] == one.ranks


@given(documents(), st.sampled_from(Way))
@settings(max_examples=40)
def test_shares_are_shares(document: Appraisal, way: Way) -> None:
    found = drawn(document, (way,), ranked_options(document), draws=1_000, seed=1)[way]
    for one in found.acceptability.options:
        assert sum(one.ranks) == pytest.approx(1)
        assert one.errors == pytest.approx([sqrt(share * (1 - share) / 1_000) for share in one.ranks])
        assert (one.confidence is None) == (one.central_weights == ()) == (one.ranks[0] == 0)
        if one.central_weights:
            assert sum(one.central_weights) == pytest.approx(1, abs=1e-8)  # nine digits each
            assert min(one.central_weights) >= 0
        for pair in found.pairwise[one.option]:
            back = next(other for other in found.pairwise[pair.than] if other.than == one.option)
            assert pair.share + back.share == pytest.approx(1, abs=1e-12)
    assert sum(one.ranks[0] for one in found.acceptability.options) >= 1 - 1e-9  # ties share the better place


def test_memory_stays_flat() -> None:
    document = scored_document([100 - place for place in range(20)], [[30 + place] * 20 for place in range(6)])

    def peak(draws: int) -> int:
        tracemalloc.start()
        drawn(document, (Way.ELICITED,), ranked_options(document), draws=draws, seed=1)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(20_000)
    assert peak(120_000) < 1.1 * peak(20_000)


def test_it_stops_when_asked() -> None:
    document = scored_document([100, 40], [[30, 60], [50, 35]])
    with pytest.raises(Cancelled):
        drawn(document, (Way.ELICITED,), ranked_options(document), draws=1_000, seed=1, cancelled=lambda: True)
