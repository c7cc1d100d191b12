"""The worked example is whole, says that it is fictional, and gives a close and uncertain answer."""

from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from appraise.files.document import content_json, opened
from appraise.model.appraisal.constraints import Agreement, Bearer
from appraise.model.appraisal.document import Appraisal
from appraise.model.checks import Severity, findings
from appraise.model.evaluate import Settings, evaluate
from appraise.model.results import OptionResult, Results, Risk

TEMPLATE = Path(__file__).parents[2] / "templates" / "worked-example.json"
JOINT, IN_HOUSE, OUTSOURCE = "option-joint", "option-inhouse", "option-outsource"


@cache
def example() -> Appraisal:
    return opened(TEMPLATE).document.appraisal


@cache
def results() -> Results:
    return evaluate(example(), Settings(draws=20_000, threads=1))


def option(key: str) -> OptionResult:
    return next(row for row in results().options if row.id == key)


def risk(key: str) -> Risk:
    found = option(key).risk
    assert found is not None
    return found


def test_it_stands_on_disk_as_the_program_writes_it() -> None:
    assert content_json(example()) == TEMPLATE.read_bytes()


def test_it_has_the_parts_that_a_reader_is_promised() -> None:
    appraisal = example()
    assert len(appraisal.options) == 5
    assert len(appraisal.criteria) == 8
    assert len(appraisal.constraints) == 5
    assert len(appraisal.scenarios) == 2
    assert 28 <= len(appraisal.lines) <= 34
    assert all(len(line.amounts) == appraisal.horizon.years == 8 for line in appraisal.lines)


def test_it_says_that_it_is_fictional() -> None:
    assert example().fictional
    assert "fictional" in example().need.case_for_change.split(". ")[0]


def test_every_assumption_has_a_source_or_is_called_illustrative() -> None:
    for assumption in example().assumptions:
        published = any(word in assumption.source for word in ("OBR", "Green Book"))
        assert published or "illustrative" in assumption.source.lower(), assumption.id


def test_every_line_index_and_scenario_has_a_source() -> None:
    appraisal = example()
    known = {assumption.id for assumption in appraisal.assumptions}
    assert all(line.assumption in known and line.source for line in appraisal.lines)
    assert all(index.source for index in appraisal.indices)
    assert all(scenario.source for scenario in appraisal.scenarios)
    assert all(constraint.evidence for constraint in appraisal.constraints)


def test_every_option_is_scored_on_every_criterion_with_its_own_reason_and_evidence() -> None:
    appraisal = example()
    pairs = {(score.option, score.criterion) for score in appraisal.scores}
    assert pairs == {(o.id, c.id) for o in appraisal.options for c in appraisal.criteria}
    assert len({score.reason for score in appraisal.scores} - {""}) == 40
    assert len({score.evidence for score in appraisal.scores} - {""}) == 40


def test_the_largest_swing_is_100_and_every_criterion_has_anchors() -> None:
    assert max(criterion.swing for criterion in example().criteria) == 100
    assert all(criterion.worst and criterion.best for criterion in example().criteria)


def test_constraints_are_borne_in_all_three_ways() -> None:
    bearers = {bearing.bearer for constraint in example().constraints for bearing in constraint.bearings}
    assert bearers == set(Bearer)


def test_the_flood_permit_is_not_agreed_and_weighs_most() -> None:
    def expected(constraint_id: str) -> float:
        constraint = next(row for row in example().constraints if row.id == constraint_id)
        return constraint.probability * float(constraint.impact.likely)

    permit = next(row for row in example().constraints if row.id == "constraint-flood-permit")
    assert permit.agreement is Agreement.NOT_AGREED
    others = [expected(row.id) for row in example().constraints if row is not permit]
    assert expected(permit.id) > 5 * max(others)


def test_no_sentence_is_longer_than_25_words() -> None:
    appraisal = example()
    texts = [
        *(text for score in appraisal.scores for text in (score.reason, score.evidence)),
        *(getattr(appraisal.need, name) for name in ("case_for_change", "business_as_usual", "place")),
        *(getattr(appraisal.commercial, name) for name in ("route", "requirements", "risk_allocation", "people")),
        *(getattr(appraisal.management, name) for name in ("governance", "transition", "benefits", "review")),
        appraisal.need.not_in_the_numbers,
        appraisal.recommendation.decision,
        appraisal.recommendation.reasons,
        appraisal.horizon.reason,
    ]
    long = [part for text in texts for part in text.split(". ") if len(part.split()) > 25]
    assert long == []


def test_no_finding_is_an_error() -> None:
    assert [finding for finding in findings(example()) if finding.severity is Severity.ERROR] == []


def test_nobody_is_clearly_cheapest_and_three_options_have_a_chance() -> None:
    verdict = results().verdict
    assert verdict is not None
    assert verdict.cheapest == JOINT
    assert not verdict.cost_clear
    chances = [risk(key).probability_cheapest for key in (JOINT, IN_HOUSE, OUTSOURCE)]
    assert chances == sorted(chances, reverse=True)
    assert 0.45 < chances[0] < 0.65
    assert chances[2] > 0.08


@pytest.mark.parametrize(("key", "most"), [(IN_HOUSE, 0.02), (OUTSOURCE, 0.04)])
def test_the_rivals_cost_little_more_than_the_joint_service(key: str, most: float) -> None:
    joint, rival = option(JOINT).economic, option(key).economic
    assert joint is not None
    assert rival is not None
    assert 0 < rival.npc / joint.npc - 1 < Decimal(str(most))


def test_costs_are_uncertain_by_a_few_per_cent() -> None:
    for row in results().options:
        distribution = risk(row.id).npc
        assert 0.02 < distribution.sd / distribution.mean < 0.05, row.id


def test_the_joint_service_leads_on_the_score_by_a_few_points() -> None:
    verdict = results().verdict
    assert verdict is not None
    assert (verdict.highest_score, verdict.score_rival) == (JOINT, IN_HOUSE)
    assert verdict.score_margin is not None
    assert 5 < verdict.score_margin < 10


def test_a_three_year_settlement_leaves_fewer_short_years_than_single_years() -> None:
    funding = option(JOINT).funding
    assert funding is not None
    single, three = (row.probability_of_any_gap for row in funding)
    assert three < single - 0.2
    assert single > 0.8
