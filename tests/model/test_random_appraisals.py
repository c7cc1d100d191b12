"""Random appraisals are valid, keep their files, and between them use everything that a document can hold."""

from dataclasses import fields, is_dataclass
from itertools import product
from typing import Any

import pytest

from appraise.files.document import Document, from_bytes, to_bytes
from appraise.model.appraisal import constraints, correlations
from appraise.model.appraisal.constraints import Bearer
from appraise.model.appraisal.criteria import Answers, Asking, Measured, Outcome
from appraise.model.appraisal.lines import Point, RiseRange, Shape
from appraise.model.appraisal.workshop import Interest
from appraise.model.checks import findings
from tests.model.random_appraisals import random_appraisal, rich_appraisal

SEEDS = range(60)
#: Records that only rich documents hold.
NEW = (
    constraints.Band,
    constraints.Management,
    constraints.PainGain,
    correlations.CorrelationGroup,
    correlations.CorrelationMatrix,
    Point,
    RiseRange,
)


def _records(value: Any) -> list[Any]:
    if isinstance(value, tuple):
        return [record for item in value for record in _records(item)]
    if not is_dataclass(value):
        return []
    return [value, *(record for field in fields(value) for record in _records(getattr(value, field.name)))]


@pytest.mark.parametrize("make", [random_appraisal, rich_appraisal])
def test_no_random_appraisal_has_an_error(make: Any) -> None:
    for seed in SEEDS:
        assert [one.sentence for one in findings(make(seed)) if one.stops_figures] == []


def test_the_same_seed_gives_the_same_document() -> None:
    assert rich_appraisal(7) == rich_appraisal(7)
    assert rich_appraisal(7) != rich_appraisal(8)


def test_a_rich_appraisal_comes_back_from_its_file() -> None:
    for seed in range(5):
        document = Document(appraisal=rich_appraisal(seed))
        assert from_bytes(to_bytes(document)) == document


def test_rich_appraisals_use_everything_that_is_drawn() -> None:
    documents = [rich_appraisal(seed) for seed in SEEDS]
    records = [record for document in documents for record in _records(document)]
    for kind in NEW:
        found = [record for record in records if type(record) is kind]
        for field in fields(kind):
            assert len({getattr(record, field.name) for record in found}) > 1 or field.name == "evidence", field
    ranges = [line.range.shape for one in documents for line in one.lines if line.range]
    assert set(ranges) == set(Shape)
    assert len({line.shared for one in documents for line in one.lines}) == 2
    register = [one for document in documents for one in document.constraints]
    for name in ("shared", "kind"):
        assert len({getattr(one, name) for one in register}) == 2
    assert len({one.settling.together for one in register}) == 2
    bearings = [bearing for one in register for bearing in one.bearings]
    assert {one.bearer for one in bearings} == set(Bearer)
    assert len({one.lot for one in bearings}) == 3
    assert any(one.share < 1 for one in bearings)
    assert any(one.managed and one.managed.impact for one in bearings)


def test_rich_appraisals_are_scored_in_every_way() -> None:
    documents = [rich_appraisal(seed) for seed in SEEDS]
    assert {(one.weighting.asking, one.weighting.answers) for one in documents} == set(product(Asking, Answers))
    criteria = [criterion for one in documents for criterion in one.criteria]
    assert {one.measured for one in criteria} == set(Measured)
    assert {one.swing_low is None for one in criteria} == {True, False}
    by_measure = [sorted(one.points, key=lambda point: point.measure) for one in criteria if one.points]
    assert {points[0].value < points[-1].value for points in by_measure} == {True, False}
    outcomes = [outcome.outcome for one in documents for gate in one.gates for outcome in gate.outcomes]
    assert set(outcomes) == set(Outcome)
    assert {score.low is None for one in documents for score in one.scores} == {True, False}
    assessors = [person for one in documents for person in one.workshop.assessors]
    assert {person.interest for person in assessors} == set(Interest) - {Interest.UNASKED}
    complete = [len(one.scores) == len(one.options) * len(one.criteria) for one in documents]
    assert 0.3 < sum(complete) / len(complete) < 0.9
