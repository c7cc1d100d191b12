"""Net flows and the first option by other methods."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appraise.model.appraisal.criteria import Weighting
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.workshop import Stage, Workshop
from appraise.model.outranking import cross_checks, net_flows
from tests.model.scored_documents import Exact, documents, reordered, scored_document


def preferred(lead: Fraction, low: int, high: int) -> Fraction:
    if lead <= low:
        return Fraction(0)
    return Fraction(1) if lead >= high else (lead - low) / (high - low)


def exact_flows(document: Appraisal, low: int, high: int) -> dict[str, Fraction]:
    """Flow out less flow in, each the mean over the other options."""
    exact = Exact.of(document)

    def index(one: str, other: str) -> Fraction:
        return sum(
            (
                weight * preferred(exact.points[one][key] - exact.points[other][key], low, high)
                for key, weight in exact.weights.items()
            ),
            start=Fraction(0),
        )

    others = len(exact.points) - 1
    return {
        one: sum((index(one, other) - index(other, one) for other in exact.points if other != one), start=Fraction(0))
        / others
        for one in exact.points
    }


@settings(max_examples=80, deadline=None)
@given(documents(), st.integers(0, 40), st.integers(0, 40))
def test_flows_against_exact_fractions(document: Appraisal, indifference: int, more: int) -> None:
    weighting = Weighting(indifference=float(indifference), preference=float(indifference + more))
    found = net_flows(replace(document, weighting=weighting))
    exact = exact_flows(document, indifference, indifference + more)
    assert found == pytest.approx({key: float(flow) for key, flow in exact.items()}, abs=1e-12)
    assert sum(found.values()) == pytest.approx(0, abs=1e-12)
    assert net_flows(reordered(replace(document, weighting=weighting))) == found


@pytest.mark.parametrize(("lead", "flow"), [(5, 0), (5.5, 0.025), (15, 0.5), (25, 1), (80, 1)])
def test_preference_grows_straight_between_the_thresholds(lead: float, flow: float) -> None:
    document = scored_document([100], [[0], [0]])
    better = replace(document, scores=(document.scores[0], replace(document.scores[1], value=float(lead))))
    assert net_flows(better) == pytest.approx({"o0": -flow, "o1": flow})


def test_a_preference_threshold_under_indifference_counts_as_equal_to_it() -> None:
    weighting = Weighting(indifference=20, preference=10)
    document = replace(scored_document([60, 40], [[30, 0], [10, 21]]), weighting=weighting)
    assert net_flows(document) == pytest.approx({"o0": -0.4, "o1": 0.4})


def test_an_option_alone_has_no_flow_and_nobody_has_one_while_totals_are_hidden() -> None:
    assert net_flows(scored_document([1], [[50]])) == {"o0": 0}
    document = scored_document([60, 40], [[30, 0], [10, 21]])
    hidden = replace(document, workshop=Workshop(stage=Stage.SEALED))
    assert net_flows(hidden) == {}
    assert cross_checks(hidden) == ()
    assert cross_checks(scored_document([0, 0], [[30, 0], [10, 21]])) == ()


def values(document: Appraisal) -> dict[str, dict[str, float]]:
    return {one.method: dict(zip(one.options, one.values, strict=True)) for one in cross_checks(document)}


def test_other_weights_by_hand() -> None:
    """Swings 60, 20, 20, 0 in branches (k0, k2), (k1, k3): o0 has only k0, o1 only k1, o2 only k2, o3 only k3."""
    rows = [[100 if row == column else 0 for column in range(4)] for row in range(4)]
    found = values(scored_document([60, 20, 20, 0], rows, branches=2))
    assert list(found) == ["equal_weights", "equal_branches", "rank_order_centroid", "promethee"]
    assert list(found["equal_weights"].values()) == pytest.approx([100 / 3, 100 / 3, 100 / 3, 0])
    assert list(found["equal_branches"].values()) == pytest.approx([37.5, 50, 12.5, 0])
    # centroid weights of three: 11/18, 5/18, 2/18; the two equal swings share the last two
    assert list(found["rank_order_centroid"].values()) == pytest.approx([1100 / 18, 350 / 18, 350 / 18, 0])


def test_a_branch_of_one_criterion_may_carry_the_winner() -> None:
    document = scored_document([40, 20, 40], [[100, 0, 90], [0, 100, 40]], branches=2)
    by_method = {one.method: one for one in cross_checks(document)}
    assert not by_method["equal_weights"].differs
    assert by_method["equal_branches"].first == "o1"
    assert by_method["equal_branches"].differs


def test_sharing_the_first_place_is_no_difference() -> None:
    document = scored_document([60, 40], [[0, 100], [100, 0]])
    equal = cross_checks(document)[0]
    assert equal.values == (50, 50)
    assert (equal.first, equal.differs) == ("o1", False)


def test_small_leads_on_most_criteria_lose_to_one_large_lead_by_total_but_not_by_outranking() -> None:
    document = scored_document([25, 25, 50], [[60, 60, 0], [0, 0, 70]])
    usual = replace(document, weighting=Weighting(indifference=0, preference=0))
    assert cross_checks(usual)[-1].values == (0, 0)
    thresholds = replace(
        scored_document([30, 30, 40], [[30, 30, 0], [0, 0, 60]]), weighting=Weighting(indifference=5, preference=25)
    )
    outranking = cross_checks(thresholds)[-1]
    assert outranking.method == "promethee"
    assert (outranking.first, outranking.differs) == ("o0", True)  # 18 points each by k0 and k1, 24 by k2
    assert outranking.values == pytest.approx((0.2, -0.2))


@settings(max_examples=50, deadline=None)
@given(documents())
def test_order_and_names_change_no_check(document: Appraisal) -> None:
    ours, theirs = values(document), values(reordered(document))
    assert ours == theirs
    assert [(one.first, one.differs) for one in cross_checks(document)] == [
        (one.first, one.differs) for one in cross_checks(reordered(document))
    ]
