"""Which options compete, and who is first."""

from dataclasses import replace

import pytest

from appraise.model.appraisal.criteria import Gate, GateOutcome, Measured, Outcome, ValuePoint
from appraise.model.appraisal.workshop import HIDDEN, Stage, Workshop
from appraise.model.ranking import best, ranking
from tests.model.scored_documents import scored_document

DOCUMENT = scored_document([60, 40], [[10, 90], [80, 30], [80, 30], [100, 100]])


def test_rows_weights_and_the_first() -> None:
    rank = ranking(DOCUMENT)
    assert rank.options == ("o0", "o1", "o2", "o3")
    assert rank.criteria == ("k0", "k1")
    assert rank.weights == (0.6, 0.4)
    assert rank.points[0] == (10.0, 90.0)
    assert rank.products[0] == pytest.approx((6, 36))
    assert rank.totals == pytest.approx((42, 60, 60, 100))
    assert rank.first == 3


def test_a_failed_gate_and_a_missing_score_keep_an_option_out() -> None:
    gate = Gate(id="g", name="Lawful", outcomes=(GateOutcome(option="o3", outcome=Outcome.FAIL),))
    short = replace(DOCUMENT, gates=(gate,), scores=DOCUMENT.scores[1:])
    rank = ranking(short)
    assert rank.options == ("o1", "o2")
    assert rank.first == 0  # level: the smaller id
    passed = replace(gate, outcomes=(GateOutcome(option="o3", outcome=Outcome.PASS),))
    assert ranking(replace(DOCUMENT, gates=(passed,))).first == 3


@pytest.mark.parametrize("stage", sorted(HIDDEN))
def test_nobody_is_ranked_while_totals_are_hidden(stage: Stage) -> None:
    hidden = replace(DOCUMENT, workshop=Workshop(stage=stage))
    assert ranking(hidden).options == ()
    assert ranking(hidden).first is None
    assert ranking(replace(hidden, workshop=Workshop(stage=Stage.REVEALED))).first == 3


def test_without_weights_there_are_rows_and_nobody_is_first() -> None:
    rank = ranking(scored_document([0, 0], [[1, 2], [3, 4]]))
    assert rank.options == ("o0", "o1")
    assert rank.first is None


def test_without_criteria_nobody_competes() -> None:
    assert ranking(scored_document([], [[], []])).options == ()


def test_measures_count_in_points() -> None:
    falling = (ValuePoint(measure=10, value=100), ValuePoint(measure=30, value=0))
    first, second = DOCUMENT.criteria
    measured = replace(first, measured=Measured.MEASURE, points=falling)
    rank = ranking(replace(DOCUMENT, criteria=(measured, second)))
    assert [row[0] for row in rank.points] == [100, 0, 0, 0]
    assert rank.first == 0


def test_an_edit_is_seen_at_once() -> None:
    before = ranking(DOCUMENT)
    first, second = DOCUMENT.criteria
    after = ranking(replace(DOCUMENT, criteria=(replace(first, swing=40.0), second)))
    assert before.weights == (0.6, 0.4)
    assert after.weights == (0.5, 0.5)


def test_equals_are_told_apart_by_wish_or_by_id() -> None:
    assert best({"b": 1.0, "a": 1.0 + 1e-12, "c": 0.5}) == "a"
    assert best({"b": 1.0, "a": 1.0, "c": 0.5}, rather="b") == "b"
    assert best({"b": 1.0, "a": 1.0, "c": 0.5}, rather="c") == "a"
    assert best({}) == ""
