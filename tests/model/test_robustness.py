"""How firmly the first option is first, against exact fractions, grids and another solver."""

from dataclasses import replace
from fractions import Fraction
from itertools import product
from math import inf

import numpy as np
import pytest
from hypothesis import assume, given, settings
from scipy.optimize import linprog

from appraise.model.appraisal.criteria import (
    Asking,
    Criterion,
    Gate,
    GateOutcome,
    Measured,
    Outcome,
    TradeOff,
    ValuePoint,
    Weighting,
)
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.workshop import Stage, Workshop
from appraise.model.robustness import (
    Triangle,
    dominated_by,
    first_margins,
    line_of,
    lines,
    potentially_first,
    smallest_flip,
    stability,
    trade_off_checks,
    triangle,
)
from appraise.model.score_results import ScoreChange, Stability
from appraise.model.scoring import tie_weight, weights
from tests.model.scored_documents import Exact, documents, members_of, reordered, scored_document

WORKED = scored_document([100, 80, 50, 40, 30], [[70, 40, 100, 60, 80], [50, 100, 30, 70, 40], [100, 0, 60, 100, 0]])


# --- dominance ---------------------------------------------------------------------------------------------


def test_dominance_wants_better_somewhere_and_worse_nowhere() -> None:
    document = scored_document([1, 1, 0], [[50, 50, 0], [50, 60, 0], [50, 60, 0], [40, 90, 0], [50, 50, 1]])
    assert dominated_by(document) == {"o0": ("o1", "o2", "o4"), "o1": (), "o2": (), "o3": (), "o4": ()}


def test_an_option_out_of_the_ranking_neither_dominates_nor_is_dominated() -> None:
    gate = Gate(id="g", name="Lawful", outcomes=(GateOutcome(option="o1", outcome=Outcome.FAIL),))
    document = scored_document([1, 1], [[10, 10], [90, 90], [20, 20]])
    assert dominated_by(replace(document, gates=(gate,))) == {"o0": ("o2",), "o2": ()}


@settings(max_examples=60, deadline=None)
@given(documents())
def test_dominance_against_a_plain_reading(document: Appraisal) -> None:
    rows = Exact.of(document).points
    plain = {
        own: tuple(
            other
            for other in rows
            if all(rows[other][key] >= rows[own][key] for key in rows[own])
            and any(rows[other][key] > rows[own][key] for key in rows[own])
        )
        for own in rows
    }
    assert dominated_by(document) == plain


@settings(max_examples=25, deadline=None)
@given(documents())
def test_a_margin_is_met_by_no_grid_of_weights_and_dominated_options_share_at_most(document: Appraisal) -> None:
    margins, over = first_margins(document), dominated_by(document)
    rows = np.array([list(map(float, row.values())) for row in Exact.of(document).points.values()])
    drawn = np.random.default_rng(1).dirichlet(np.ones(rows.shape[1]), 500)
    drawn = np.vstack((drawn, np.eye(rows.shape[1])))
    totals = rows @ drawn.T
    for place, option in enumerate(margins):
        lead = (totals[place] - np.delete(totals, place, axis=0).max(axis=0)).max()
        assert lead <= margins[option] + 1e-7
        if over[option]:
            assert margins[option] <= 1e-7
    assert potentially_first(document) == {
        option: margin >= -1e-7 and not over[option] for option, margin in margins.items()
    }


def test_an_option_between_two_others_is_never_first_though_nothing_dominates_it() -> None:
    document = scored_document([50, 50], [[100, 0], [0, 100], [40, 40]])
    assert dominated_by(document)["o2"] == ()
    assert potentially_first(document) == {"o0": True, "o1": True, "o2": False}
    assert first_margins(document)["o2"] == pytest.approx(-10)


def test_level_is_first_unless_it_is_with_an_option_that_dominates() -> None:
    document = scored_document([50, 50], [[100, 0], [0, 100], [50, 50], [100, 0], [0, 60]])
    assert first_margins(document) == pytest.approx({"o0": 0, "o1": 40, "o2": 0, "o3": 0, "o4": -20})
    assert potentially_first(document) == {"o0": True, "o1": True, "o2": True, "o3": True, "o4": False}
    beaten = scored_document([50, 50], [[100, 40], [100, 0]])
    assert first_margins(beaten)["o1"] == pytest.approx(0)
    assert potentially_first(beaten) == {"o0": True, "o1": False}


def test_an_option_alone_leads_by_infinity() -> None:
    assert first_margins(scored_document([1], [[5]])) == {"o0": inf}
    assert potentially_first(scored_document([1], [[5]])) == {"o0": True}


# --- stability ---------------------------------------------------------------------------------------------


@settings(max_examples=150, deadline=None)
@given(documents())
def test_at_an_end_of_an_interval_two_tie_and_just_outside_another_is_first(document: Appraisal) -> None:
    exact = Exact.of(document)
    first = exact.first()
    step = Fraction(1, 10**6)
    for one in stability(document):
        members = members_of(document, one.kind, one.id)
        assert one.weight == pytest.approx(float(sum(exact.weights[key] for key in members)), abs=1e-12)
        assert 0 <= one.low <= one.weight + 1e-12
        assert one.weight <= one.high + 1e-12
        assert one.high <= 1
        for end, outward in ((one.low, -1), (one.high, 1)):
            at = exact.totals(exact.moved(members, Fraction(end)))
            assert at[first] >= max(at.values()) - Fraction(1, 10**9)
            if 0 < end < 1:
                assert at[first] == pytest.approx(float(max(at[key] for key in at if key != first)), abs=1e-9)
            beyond = Fraction(end) + outward * step
            if 0 < end < 1 and 0 <= beyond <= 1:
                outside = exact.totals(exact.moved(members, beyond))
                assert max(outside.values()) > outside[first]


@settings(max_examples=100, deadline=None)
@given(documents())
def test_intervals_of_criteria_are_bounded_by_tie_weights(document: Appraisal) -> None:
    """Another way: every tie with a rival (METHOD 4) is outside or at an end, and an end within is a tie."""
    exact = Exact.of(document)
    leaf, first = weights(document), exact.first()
    assume(list(exact.totals().values()).count(exact.totals()[first]) == 1)
    for one in (one for one in stability(document) if one.kind == "criterion"):
        ties = []
        for rival in exact.points:
            difference = {key: float(exact.points[first][key] - exact.points[rival][key]) for key in leaf}
            tie = tie_weight(leaf, difference, one.id)
            if tie is not None:
                ties.append(tie)
        low = max((tie for tie in ties if tie <= one.weight), default=0.0)
        high = min((tie for tie in ties if tie >= one.weight), default=1.0)
        assert (one.low, one.high) == pytest.approx((low, high), abs=1e-9)


def test_an_interval_by_a_grid_of_weights() -> None:
    exact = Exact.of(WORKED)
    for one in stability(WORKED):
        inside = [
            number / 1000
            for number in range(1001)
            if (at := exact.totals(exact.moved({one.id}, Fraction(number, 1000))))["o0"] == max(at.values())
        ]
        assert (one.low, one.high) == pytest.approx((min(inside), max(inside)), abs=1e-3)


def test_a_branch_by_hand() -> None:
    """Branch 0 holds k0 and k2, weights .4 and .1, branch 1 holds k1: 100 v 0, then 20 v 60 and 0 v 100."""
    document = scored_document([40, 50, 10], [[100, 20, 0], [0, 60, 100]], branches=2)
    branch = next(one for one in stability(document) if one.kind == "branch" and one.id == "b0")
    assert branch.weight == pytest.approx(0.5)
    # inside: .8 x 100 against .2 x 100, ahead by 60; outside behind by 40: level where 60 w = 40 (1 - w)
    assert (branch.low, branch.high) == pytest.approx((0.4, 1))


def test_what_has_no_proportion_is_left_out() -> None:
    alone = scored_document([100, 0], [[60, 40], [40, 60]], branches=2)
    assert [(one.kind, one.id) for one in stability(alone)] == [("criterion", "k1"), ("branch", "b1")]
    two = scored_document([50, 0, 50, 0], [[60, 40, 1, 1], [40, 60, 1, 1]], branches=2)
    kinds = [(one.kind, one.id) for one in stability(two)]
    assert kinds == [("criterion", f"k{place}") for place in range(4)]  # b0 carries all, b1 nothing
    assert stability(scored_document([100], [[60], [40]])) == ()
    assert stability(scored_document([0, 0], [[60, 1], [40, 1]])) == ()


def test_two_that_are_level_everywhere_never_part() -> None:
    document = scored_document([30, 70], [[40, 60], [40, 60]])
    assert all((one.low, one.high) == (0, 1) for one in stability(document))


def test_two_that_are_level_now_part_at_once_on_one_side() -> None:
    found = stability(scored_document([50, 50], [[100, 0], [0, 100]]))
    assert [(one.low, one.high) for one in found] == [(0.5, 1), (0, 0.5)]


@settings(max_examples=60, deadline=None)
@given(documents())
def test_order_and_names_change_no_figure(document: Appraisal) -> None:
    other = reordered(document)

    def key(one: Stability) -> tuple[str, str]:
        return one.kind, one.id

    assert sorted(stability(document), key=key) == sorted(stability(other), key=key)
    assert {k: set(v) for k, v in dominated_by(document).items()} == {k: set(v) for k, v in dominated_by(other).items()}
    ours, theirs = smallest_flip(document), smallest_flip(other)
    assert ours is not None
    assert theirs is not None
    assert (ours.rival, ours.score) == (theirs.rival, theirs.score)
    assert ours.distance == (None if theirs.distance is None else pytest.approx(theirs.distance, abs=1e-12))
    assert ours.weights == pytest.approx(theirs.weights[::-1], abs=1e-12)
    areas = [
        {} if one is None else {tuple(sorted(region.options)): region.area for region in one.regions}
        for one in (triangle(document), triangle(other))
    ]
    assert areas[0] == pytest.approx(areas[1], abs=1e-12)


@settings(max_examples=60, deadline=None)
@given(documents())
def test_lines_lead_from_weight_0_to_1_through_todays_totals(document: Appraisal) -> None:
    exact = Exact.of(document)
    today = exact.totals()
    found = lines(document)
    assert [(one.kind, one.id, one.weight) for one in found] == [
        (one.kind, one.id, one.weight) for one in stability(document)
    ]
    for line in found:
        members = members_of(document, line.kind, line.id)
        for option, without, with_all in line.ends:
            assert without == pytest.approx(float(exact.totals(exact.moved(members, Fraction(0)))[option]), abs=1e-9)
            assert with_all == pytest.approx(float(exact.totals(exact.moved(members, Fraction(1)))[option]), abs=1e-9)
            now = without + line.weight * (with_all - without)
            assert now == pytest.approx(float(today[option]), abs=1e-9)


def test_one_line_alone_is_the_same() -> None:
    document = scored_document([60, 20, 20], [[90, 20, 10], [10, 80, 70]], branches=2)
    both = [line_of(document, one.kind, one.id) for one in stability(document)]
    assert both == list(zip(lines(document), stability(document), strict=True))
    assert len(both) == 5
    assert line_of(document, "branch", "k0") is line_of(document, "criterion", "gone") is None
    assert line_of(scored_document([0, 0], [[1, 2], [3, 4]]), "criterion", "k0") is None


def test_nothing_of_this_is_told_while_totals_are_hidden() -> None:
    hidden = replace(WORKED, workshop=Workshop(stage=Stage.MODERATING))
    assert dominated_by(hidden) == potentially_first(hidden) == {}
    assert stability(hidden) == lines(hidden) == ()
    assert smallest_flip(hidden) is None
    assert triangle(hidden) is None


# --- smallest changes --------------------------------------------------------------------------------------


def least_distance(document: Appraisal) -> float | None:
    """The smallest sum of |w' - w| over all rivals by a linear programme of its own: w' = w + up - down."""
    exact = Exact.of(document)
    first = exact.first()
    now = np.array([float(weight) for weight in exact.weights.values()])
    size, found = len(now), []
    for rival in exact.points:
        if rival == first:
            continue
        lead = np.array([float(exact.points[first][key] - exact.points[rival][key]) for key in exact.weights])
        solved = linprog(
            np.ones(2 * size),
            A_ub=np.vstack((np.append(lead, -lead), np.hstack((-np.eye(size), np.eye(size))))),
            b_ub=np.append(-(lead @ now), now),
            A_eq=np.append(np.ones(size), -np.ones(size))[None, :],
            b_eq=[0.0],
        )
        if solved.status == 0:
            found.append(float(solved.fun))
    return min(found, default=None)


@settings(max_examples=80, deadline=None)
@given(documents())
def test_the_smallest_move_of_weights_ties_and_no_other_is_smaller(document: Appraisal) -> None:
    exact, flip, least = Exact.of(document), smallest_flip(document), least_distance(document)
    assert flip is not None
    if flip.distance is None:
        assert least is None
        assert flip.weights == ()
        return
    assert flip.distance == pytest.approx(least, abs=1e-7)
    assert sum(flip.weights) == pytest.approx(1, abs=1e-12)
    assert min(flip.weights) >= 0
    assert flip.distance == pytest.approx(
        sum(abs(new - float(old)) for new, old in zip(flip.weights, exact.weights.values(), strict=True)), abs=1e-9
    )
    moved = {key: Fraction(new) for key, new in zip(exact.weights, flip.weights, strict=True)}
    at = exact.totals(moved)
    assert float(at[flip.rival]) == pytest.approx(float(at[exact.first()]), abs=1e-7)


@settings(max_examples=120, deadline=None)
@given(documents())
def test_the_changed_score_ties_and_no_other_change_is_smaller(document: Appraisal) -> None:
    exact, flip = Exact.of(document), smallest_flip(document)
    assert flip is not None
    first, totals = exact.first(), exact.totals()
    found: list[Fraction] = []
    for key, weight in exact.weights.items():
        for rival in exact.points:
            change = (totals[first] - totals[rival]) / weight if weight else None
            if change is None or rival == first:
                continue
            if exact.points[rival][key] + change <= 100:
                found.append(change)
            nearest = all(
                totals[first] - totals[rival] <= totals[first] - totals[one] for one in totals if one != first
            )
            if nearest and exact.points[first][key] - change >= 0:
                found.append(change)
    if flip.score is None:
        assert not found
        return
    assert abs(flip.score.needed - flip.score.now) == pytest.approx(float(min(found)), abs=1e-9)
    assert 0 <= flip.score.needed <= 100
    exact.points[flip.score.owner][flip.score.criterion] = Fraction(flip.score.needed)
    put_back = exact.totals()
    assert put_back[first] == pytest.approx(float(put_back[flip.score.rival]), abs=1e-9)
    assert put_back[first] == pytest.approx(float(max(put_back.values())), abs=1e-9)


def test_a_score_may_fall_or_rise() -> None:
    """A lead of 5 at weights .5 and .5 is gone after 10 points; only one of the two has room for them."""
    fall = smallest_flip(scored_document([50, 50], [[60, 100], [100, 50]]))
    assert fall is not None
    assert fall.score == ScoreChange(owner="o0", criterion="k0", now=60, needed=50, rival="o1")
    rise = smallest_flip(scored_document([100, 1], [[5, 100], [4, 95]]))
    assert rise is not None
    assert rise.score is not None
    assert (rise.score.owner, rise.score.criterion, rise.score.rival) == ("o0", "k0", "o1")
    assert rise.score.needed == pytest.approx(4 - 5 / 100)


def test_a_rival_rises_where_the_first_cannot_fall() -> None:
    found = smallest_flip(scored_document([90, 10], [[5, 100], [1, 0]]))
    assert found is not None
    assert found.score is not None
    assert (found.score.owner, found.score.rival) == ("o1", "o1")
    assert found.score.needed == pytest.approx(1 + (0.9 * 4 + 10) / 0.9)


def test_a_measured_score_stays_within_what_its_scale_can_give() -> None:
    """The lead of 30.1 needs 30.4 points on k1: up from 20 to 50.4 or down from 50 to 19.6, outside its 20 to 50."""
    document = scored_document([1, 99], [[40, 50], [0, 20]])
    free = smallest_flip(document)
    assert free is not None
    assert free.score is not None
    assert (free.score.owner, free.score.needed) == ("o0", pytest.approx(50 - 30.1 / 0.99))
    first, second = document.criteria
    scale = (ValuePoint(measure=0, value=20), ValuePoint(measure=100, value=50))
    measured = replace(second, measured=Measured.MEASURE, points=scale)
    entered = tuple(
        replace(one, value=100.0 if one.value == 50 else 0.0) if one.criterion == "k1" else one
        for one in document.scores
    )
    flip = smallest_flip(replace(document, criteria=(first, measured), scores=entered))
    assert flip is not None
    assert flip.score is None


def test_no_weights_take_the_lead_from_an_option_that_is_better_everywhere() -> None:
    found = smallest_flip(scored_document([70, 30], [[90, 80], [10, 20]]))
    assert found is not None
    assert (found.rival, found.distance, found.weights) == ("o1", None, ())
    no_score = smallest_flip(scored_document([50, 50], [[100, 100], [0, 0]]))
    assert no_score is not None
    assert no_score.score is None


def test_level_options_need_no_change() -> None:
    found = smallest_flip(scored_document([50, 50], [[100, 0], [0, 100]]))
    assert found is not None
    assert found.distance == 0
    assert found.weights == pytest.approx((0.5, 0.5))
    assert found.score is not None
    assert found.score.needed == found.score.now


def test_nobody_to_overtake_means_no_flip() -> None:
    assert smallest_flip(scored_document([50, 50], [[1, 2]])) is None
    assert smallest_flip(scored_document([0, 0], [[1, 2], [3, 4]])) is None


# --- the triangle ------------------------------------------------------------------------------------------


def holds(polygon: tuple[tuple[float, float, float], ...], point: tuple[float, float]) -> bool:
    """Whether a point lies strictly inside a convex polygon, by the side of every edge."""
    sides = [
        (end[0] - start[0]) * (point[1] - start[1]) - (end[1] - start[1]) * (point[0] - start[0])
        for start, end in zip(polygon, polygon[1:] + polygon[:1], strict=True)
    ]
    return all(side > 1e-9 for side in sides) or all(side < -1e-9 for side in sides)


def exact_weights_at(document: Appraisal, found: Triangle, shares: tuple[Fraction, ...]) -> dict[str, Fraction]:
    """Weights at a point of the triangle, as its docstring says."""
    exact = Exact.of(document)
    groups = [members_of(document, found.kind, corner.id) for corner in found.corners]
    inside = [sum(exact.weights[key] for key in group) for group in groups]
    joint = sum(inside)
    moved = dict(exact.weights)
    for group, whole, share in zip(groups, inside, shares, strict=True):
        for key in group:
            moved[key] = exact.weights[key] / whole * joint * share
    assert sum(moved.values()) == 1
    return moved


@settings(max_examples=60, deadline=None)
@given(documents(least_criteria=3))
def test_regions_cover_the_triangle_once_and_name_who_is_first(document: Appraisal) -> None:
    found = triangle(document)
    carrying = {one.id for one in document.criteria if one.swing > 0}
    if found is None:
        assert len(carrying) < 3
        return
    exact = Exact.of(document)
    assert sum(region.area for region in found.regions) == pytest.approx(1, abs=1e-9)
    assert all(sum(point) == pytest.approx(1) for region in found.regions for point in region.polygon)
    assert len({option for region in found.regions for option in region.options}) == sum(
        len(region.options) for region in found.regions
    )
    for a, b in product(range(12), repeat=2):
        shares = Fraction(3 * a + 1, 37), Fraction(3 * b + 1, 37)
        if sum(shares) >= 1:
            continue
        totals = exact.totals(exact_weights_at(document, found, (*shares, 1 - sum(shares))))
        first = {option for option, total in totals.items() if total == max(totals.values())}
        inside = [one for one in found.regions if holds(one.polygon, (float(shares[0]), float(shares[1])))]
        assert len(inside) <= 1
        if inside:
            assert set(inside[0].options) == first


@settings(max_examples=60, deadline=None)
@given(documents(least_criteria=3))
def test_today_is_where_the_first_option_is_first(document: Appraisal) -> None:
    found = triangle(document)
    assume(found is not None)
    assert found is not None
    assert sum(found.today) == pytest.approx(1)
    assert found.held + sum(corner.weight for corner in found.corners) == pytest.approx(1)
    inside = [one for one in found.regions if holds(one.polygon, found.today[:2])]
    assert all(Exact.of(document).first() in one.options for one in inside)


def test_three_even_options_share_the_triangle() -> None:
    """Each is best at one corner: three kites that meet in the middle, a third each."""
    found = triangle(scored_document([50, 30, 20], [[100, 0, 0], [0, 100, 0], [0, 0, 100]], branches=3))
    assert found is not None
    assert found.kind == "branch"
    assert [corner.id for corner in found.corners] == ["b0", "b1", "b2"]
    assert found.today == pytest.approx((0.5, 0.3, 0.2))
    assert found.held == 0
    assert {one.options: one.area for one in found.regions} == pytest.approx(
        {("o0",): 1 / 3, ("o1",): 1 / 3, ("o2",): 1 / 3}
    )
    kite = next(one.polygon for one in found.regions if one.options == ("o0",))
    expected = [(1, 0, 0), (0.5, 0.5, 0), (1 / 3, 1 / 3, 1 / 3), (0.5, 0, 0.5)]
    assert len(kite) == len(expected)
    assert all(any(point == pytest.approx(corner) for point in kite) for corner in expected)


def test_with_two_branches_the_three_heaviest_criteria_are_compared_and_the_rest_is_held() -> None:
    found = triangle(scored_document([10, 40, 20, 30], [[1, 2, 3, 4], [4, 3, 2, 1]], branches=2))
    assert found is not None
    assert found.kind == "criterion"
    assert [corner.id for corner in found.corners] == ["k1", "k2", "k3"]
    assert found.held == pytest.approx(0.1)
    assert found.today == pytest.approx((4 / 9, 2 / 9, 3 / 9))


def test_options_that_are_level_everywhere_share_a_region() -> None:
    found = triangle(scored_document([1, 1, 1], [[10, 20, 30], [5, 5, 5], [10, 20, 30]]))
    assert found is not None
    assert [(one.options, one.area) for one in found.regions] == [(("o0", "o2"), 1)]


def test_no_triangle_of_two_criteria() -> None:
    assert triangle(scored_document([50, 50, 0], [[1, 2, 3], [3, 2, 1]])) is None


# --- trade-offs --------------------------------------------------------------------------------------------


def trade_offs(*asked: TradeOff, **weighting: Asking) -> Appraisal:
    criteria = (
        Criterion(id="big", branch="b0", name="Big", swing=100.0),
        Criterion(id="small", branch="b1", name="Small", swing=40.0),
        Criterion(id="none", branch="b1", name="None", swing=0.0),
    )
    return replace(
        scored_document([], [], branches=2), criteria=criteria, weighting=Weighting(trade_offs=asked, **weighting)
    )


def test_an_answer_beside_the_swings_as_rated() -> None:
    (found,) = trade_off_checks(trade_offs(TradeOff(id="t", larger="big", smaller="small", points=50.0)))
    assert (found.id, found.rated, found.implied) == ("t", 0.4, 0.5)
    assert found.error == pytest.approx(0.25)


def test_answers_that_say_nothing_are_left_out() -> None:
    asked = (
        TradeOff(id="open", larger="big", smaller="small"),
        TradeOff(id="none", larger="big", smaller="none", points=50.0),
        TradeOff(id="gone", larger="deleted", smaller="small", points=50.0),
    )
    assert trade_off_checks(trade_offs(*asked)) == ()


def test_branch_by_branch_the_swings_beside_all_others_count() -> None:
    """The branch of `small` is worth half: its reference, the largest in it, is `small` itself."""
    document = trade_offs(TradeOff(id="t", larger="big", smaller="small", points=50.0), asking=Asking.BY_BRANCH)
    one, two = document.branches
    (found,) = trade_off_checks(replace(document, branches=(replace(one, swing=100.0), replace(two, swing=50.0))))
    assert (found.rated, found.implied, found.error) == pytest.approx((0.5, 0.5, 0))
