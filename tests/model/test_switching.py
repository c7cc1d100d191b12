"""Switching values put back into the document close the gap (METHOD 15, numbers 6 and 7)."""

import json
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from scipy.special import ndtr, ndtri

from appraise.files.document import content_json
from appraise.model.appraisal.constraints import Pricing, Principle
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.options import Option
from appraise.model.evaluate import Part, evaluate
from appraise.model.results import Switch
from tests.builders import AT_COST, appraisal, constraint, line, supplier
from tests.model.random_appraisals import random_appraisal
from tests.model.test_invariants import DRAWS, EXACT, MORE, PRICINGS, RICH, by_id, documents, exact
from tests.published.oracle import Answer, recompute

#: The exact parts and what would switch the decision.
LIVE = EXACT | {Part.SWITCHES}


def content_of(document: Appraisal) -> dict:
    return json.loads(content_json(document))


def put_back(document: Appraisal, switch: Switch) -> dict[str, Answer]:
    """The figures, in exact fractions, with the input at its switching value."""
    content, factor = content_of(document), 1 + Fraction(switch.change)
    kind, _, name = switch.id.partition("|")
    if switch.kind == "rate":
        bands = [{"first": 1, "percent": str(Fraction(switch.needed))}]
        content["basis"]["own_schedules"].append({"id": "put-back", "bands": bands})
        content["basis"]["schedule"] = content["basis"]["health_schedule"] = "put-back"
    for one in content["constraints"]:
        if kind == "constraint" and one["id"] == name:
            one["probability"] = str(Fraction(repr(one["probability"])) * factor)
    for one in content["lines"]:
        driven = kind == "driver" and one["driver"].casefold() == name
        if driven or (kind == "line" and one["id"] == name):
            one["amounts"] = [str(Fraction(pounds) * factor) for pounds in one["amounts"]]
    return recompute(content)


def gap_of(answers: dict[str, Answer], switch: Switch) -> Fraction:
    if switch.kind == "npsv":
        return answers[switch.preferred].expected_npsv
    return answers[switch.preferred].expected_npc - answers[switch.rival].expected_npc


def check_switches(document: Appraisal, within: Callable[[dict[str, Answer]], float]) -> None:
    results = evaluate(document, parts=LIVE)
    now = recompute(content_of(document))
    for switch in results.switches:
        # what has to grow more than a million times is no answer, and floats run out of digits for it
        if switch.kind != "weight" and abs(switch.change) < 1e6:
            after = put_back(document, switch)
            assert abs(gap_of(after, switch)) <= within(now), switch


@settings(max_examples=40 * MORE, deadline=None)
@given(documents((AT_COST,)))
def test_a_switching_value_put_back_closes_the_gap(document: Appraisal) -> None:
    """METHOD 15, number 6: cost, probability, rate and NPSV, to a millionth of a pound, in exact fractions."""
    check_switches(document, lambda _: 1e-6)


#: A percentile jumps: the order turns at the jump, and no probability makes the two equal.
SMOOTH = tuple(one for one in PRICINGS if one.principle is not Principle.PERCENTILE)


@settings(max_examples=40 * MORE, deadline=None)
@given(documents(SMOOTH))
def test_a_probability_put_back_closes_the_gap_whatever_suppliers_ask(document: Appraisal) -> None:
    """METHOD 15, number 6, where a price is no straight line of the probability; parts are rounded to pence."""
    results = evaluate(document, parts=LIVE | {Part.SETTLING})
    for switch in results.switches:
        if switch.kind == "probability" and switch.needed > 0:
            key = switch.id.partition("|")[2]
            moved = tuple(
                replace(one, probability=switch.needed) if one.id == key else one for one in document.constraints
            )
            after = exact(replace(document, constraints=moved))
            gap = after[switch.preferred][0].expected_npc - after[switch.rival][0].expected_npc
            assert abs(gap) <= 1, switch


def test_without_settling_no_pool_is_priced_anew() -> None:
    """Figures that must be there within a frame leave out what only a full run can tell."""
    wang, cost = (
        tuple(replace(one, pricing=pricing) for one in appraisal().options) for pricing in (Pricing(), AT_COST)
    )
    lines = (line("x", "a", 1000), line("y", "b", 700))
    document = appraisal(1, lines=lines, constraints=(constraint("k", 0.2, 500, supplier("b")),))

    def chances(options: tuple[Option, ...], parts: frozenset[Part]) -> list[float]:
        found = evaluate(replace(document, options=options), parts=parts).switches
        return [switch.needed for switch in found if switch.kind == "probability"]

    assert chances(cost, LIVE) == chances(cost, LIVE | {Part.SETTLING}) == [pytest.approx(0.6)]
    assert chances(wang, LIVE) == []
    (needed,) = chances(wang, LIVE | {Part.SETTLING})
    assert needed == pytest.approx(float(ndtr(ndtri(0.6) - 0.35)), abs=1e-4)  # 500 Phi(Phi^-1(p) + 0.35) = 300


@settings(max_examples=40 * MORE, deadline=None)
@given(RICH)
def test_a_switching_value_of_a_rich_appraisal_closes_the_gap(seed: int) -> None:
    """METHOD 15, number 6, with linked risks and drivers; billions in floats keep 12 digits of the gap."""
    document = random_appraisal(seed)
    check_switches(document, lambda now: 1e-6 + 1e-11 * max(float(one.pvc + one.pvb) for one in now.values()))


@settings(max_examples=40 * MORE, deadline=None)
@given(documents())
def test_a_tie_weight_put_back_makes_the_scores_equal(document: Appraisal) -> None:
    """METHOD 15, number 7: the other weights keep their proportions."""
    whole = sum(one.swing for one in document.criteria)
    results = evaluate(document, DRAWS)
    for switch in (one for one in results.switches if one.kind == "weight"):
        others = 1 - switch.now
        weights = {
            one.id: switch.needed if one.id == switch.id else one.swing / whole * (1 - switch.needed) / others
            for one in document.criteria
        }
        top = max(weights.values())
        criteria = tuple(replace(one, swing=min(100.0, 100 * weights[one.id] / top)) for one in document.criteria)
        after = by_id(evaluate(replace(document, criteria=criteria), parts=frozenset({Part.SCORE})))
        assert after[switch.preferred].score.total == pytest.approx(after[switch.rival].score.total, abs=1e-9)


def test_there_is_something_to_put_back() -> None:
    """The properties above say nothing about documents without switching values."""
    found = [switch.kind for seed in range(20) for switch in evaluate(random_appraisal(seed), parts=LIVE).switches]
    assert {"cost", "probability", "npsv", "rate"} <= set(found)
    assert len(found) > 50
