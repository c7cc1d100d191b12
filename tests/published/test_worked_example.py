"""The worked example is whole, says that it is fictional, and gives a close and uncertain answer."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from appraise.files.document import content_json, opened
from appraise.model.appraisal.constraints import Agreement, Bearer, Constraint, Principle, RegisterKind
from appraise.model.appraisal.criteria import About, Measured
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.effects import EffectKind
from appraise.model.appraisal.lines import RULES, Shape, Treatment
from appraise.model.appraisal.options import Category, DeliveryModel, Rating, ShortListRole
from appraise.model.appraisal.sourcing import Reply
from appraise.model.appraisal.workshop import Interest, Stage, Step
from appraise.model.checks import Severity, findings
from appraise.model.evaluate import Part, Settings, evaluate
from appraise.model.results import OptionResult, Results, Risk, SettlingValue
from appraise.model.risk_premium import constraint_cost
from appraise.model.score_results import Scoring, TotalThen
from appraise.model.scoring import gates_failed
from appraise.model.short_list import factor_names, suggested
from appraise.model.tables import QUESTIONS, usual_lines
from appraise.present.scoring_words import day
from appraise.present.wording import NO_BREAK
from tests.model.sealed import digest_today

TEMPLATE = Path(__file__).parents[2] / "templates" / "worked-example.json"
PAGE = TEMPLATE.parents[1] / "docs" / "worked-example.md"
DRAWN = frozenset({Part.ECONOMIC, Part.RISK, Part.FUNDING})
USUAL, MINIMUM = "option-usual", "option-minimum"
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
    assert len(appraisal.constraints) == 7
    assert len(appraisal.scenarios) == 3
    assert len(appraisal.lines) == 58
    assert all(len(line.amounts) == appraisal.horizon.years == 8 for line in appraisal.lines)
    assert len(appraisal.need.objectives) == 4
    assert all(objective.owner for objective in appraisal.need.objectives)
    assert len(appraisal.need.facts) == 6
    assert len(appraisal.need.left_out) == 5
    assert [effect.kind for effect in appraisal.effects] == [EffectKind.LOSS, EffectKind.GAIN, EffectKind.LOSS]


def test_it_shows_what_a_finance_officer_looks_for() -> None:
    appraisal = example()
    assert {line.treatment for line in appraisal.lines} >= {
        "capital", "residual_value", "transfer", "stranded_overhead", "contingent_liability", "sunk_cost",
        "other_body_cost", "other_body_saving", "wider_benefit", "cash_saving", "place_effect",
    }  # fmt: skip
    assert all(line.reason for line in appraisal.lines if line.treatment == "sunk_cost")
    assert appraisal.biases
    assert any(constraint.lines for constraint in appraisal.constraints)
    assert appraisal.income_groups
    assert [line.id for line in appraisal.lines if not line.vat_recoverable] == ["line-outsource-harbour"]


def test_its_bridge_leads_from_case_to_case() -> None:
    for row in results().options:
        assert row.economic is not None
        assert row.financial is not None
        start, *between, end = row.financial.bridge
        assert (start.pounds, end.pounds) == (-row.economic.npsv, row.financial.total)
        assert start.pounds + sum(step.pounds for step in between) == end.pounds
        assert abs(between[-1].pounds) < 1


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


def test_scores_are_given_in_all_three_ways_and_nothing_is_money() -> None:
    criteria = example().criteria
    kinds = Counter(criterion.measured for criterion in criteria)
    assert kinds == {Measured.DIRECT: 5, Measured.MEASURE: 2, Measured.LEVELS: 1}
    assert {criterion.about for criterion in criteria} == {About.EFFECT}
    lasting = next(one for one in criteria if one.id == "criterion-lasting")
    assert len(lasting.points) == 4
    assert [one.rank for one in sorted(criteria, key=lambda one: -one.swing)] == list(range(1, 9))
    assert all(one.swing_reason for one in criteria)
    assert all(one.points is not None for one in example().weighting.trade_offs)


def test_business_as_usual_fails_a_gate_and_has_no_place() -> None:
    assert [option.id for option in example().options if gates_failed(example(), option.id)] == [USUAL]
    places = {row.id: row.score.place for row in results().options if row.score}
    assert places == {USUAL: None, JOINT: 1, IN_HOUSE: 2, OUTSOURCE: 3, MINIMUM: 4}


def test_the_workshop_was_sealed_step_by_step_and_changed_once() -> None:
    workshop = example().workshop
    steps = [event.step for event in workshop.events]
    assert steps == [Step.START, Step.AGREE, Step.SEAL, Step.CLOSE, Step.REVEAL, Step.UNLOCK, Step.LOCK]
    assert [event.when for event in workshop.events] == sorted(event.when for event in workshop.events)
    assert (workshop.stage, workshop.unlocked) == (Stage.REVEALED, False)
    assert "fictional" in workshop.method
    assert workshop.events[-1].digest == digest_today(example())
    (change,) = scoring().late_changes
    assert [(option, criterion) for option, criterion, _, _ in change.scores] == [(IN_HOUSE, "criterion-lasting")]
    assert not change.decides
    assert [one.place for one in change.before] == [one.place for one in change.after]


def test_assessors_are_posts_with_interests_and_their_own_reasons() -> None:
    assessors = example().workshop.assessors
    assert [one.interest for one in assessors] == [
        *(Interest.TAKES_PART, Interest.NONE, Interest.NONE, Interest.NONE, Interest.NONE, Interest.STANDS_ASIDE)
    ]
    assert not any(one.name for one in assessors)
    assert [len(one.marks) for one in assessors] == [40] * 5 + [16]
    marks = [mark for one in assessors for mark in one.marks]
    assert len({mark.reason for mark in marks} - {""}) == len(marks)
    asides = {one.id for one in assessors if one.interest is Interest.STANDS_ASIDE}
    assert not any(asides & set(score.agreed) for score in example().scores)
    (dissent,) = (one for score in example().scores for one in score.dissents)
    assert dissent.assessor == "assessor-resident"


def test_the_joint_service_leads_clearly_on_score_and_by_every_other_method() -> None:
    verdict = results().verdict
    assert (verdict.highest_score, verdict.score_rival, verdict.score_clear) == (JOINT, IN_HOUSE, True)
    assert 0.8 < (verdict.score_share or 0) < 0.97  # clear, and not beyond doubt
    assert len(scoring().cross_checks) == 4
    assert not any(check.differs for check in scoring().cross_checks)


def test_the_page_tells_the_workshop_as_it_is() -> None:
    page = PAGE.read_text("utf-8")
    drawn = {row.id: row for row in evaluate(example(), parts=frozenset({Part.SCORE})).options}
    for key in (IN_HOUSE, JOINT):
        scored = drawn[key].score
        assert scored is not None
        share, error = 100 * scored.rank_acceptability[0], 196 * scored.rank_errors[0]
        assert f"| {drawn[key].name} | {scored.total:.0f} | {share:.1f} ± {error:.1f} |" in page
    assert f"{share:.1f} % of the draws of weights and scores, give or take {error:.1f}." in page
    gap = drawn[JOINT].score.gap
    ahead = f"it is {gap.p50:.1f} points ahead; 8 of 10 draws lie between {gap.p10:.1f} and {gap.p90:.1f}."
    assert f"In the middle draw {ahead}" in page
    agreement = results().agreement
    assert agreement is not None
    assert [option for _, option in agreement.first_by] == [JOINT, JOINT, JOINT, IN_HOUSE, JOINT]
    assert dict(agreement.first_by)["assessor-resident"] == IN_HOUSE
    assert "Four of five whole sheets put the joint service first" in page
    by_criterion = {one.criterion: one.kendall_w for one in agreement.by_criterion}
    assert f"orders is {agreement.kendall_w:.2f}. On local jobs it is {by_criterion['criterion-jobs']:.2f}." in page
    assert sum(spread.wide for spread in agreement.spreads) == 2
    errors = sorted(abs(check.error) for check in scoring().trade_offs)
    assert "by {:.0%}, the other by {:.0%}.".format(*errors).replace("%", " %") in page
    before, after = (next(one.total for one in side if one.option == IN_HOUSE) for side in late_totals())
    assert f"In-house rose from {before:.1f} to {after:.1f} points." in page
    totals = [f"{one.scored.total:.0f}" for one in scoring().choices if one.choice.startswith("solution-")]
    assert f"have scores: {', '.join(totals[:3])} and {totals[3]}." in page


def scoring() -> Scoring:
    found = results().scoring
    assert found is not None
    return found


def late_totals() -> tuple[tuple[TotalThen, ...], tuple[TotalThen, ...]]:
    (change,) = scoring().late_changes
    return change.before, change.after


def test_constraints_are_borne_in_all_four_ways() -> None:
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


def entry(key: str) -> Constraint:
    return next(row for row in example().constraints if row.id == key)


def test_two_entries_of_the_register_are_risks_and_count_nothing_twice() -> None:
    culvert, records = (row for row in example().constraints if row.kind is RegisterKind.RISK)
    assert not culvert.lines
    assert "nothing is counted twice" in culvert.evidence
    assert culvert.shared
    supplier = next(one for one in culvert.bearings if one.bearer is Bearer.SUPPLIER)
    assert (supplier.option, supplier.residual_probability > 0, supplier.residual_share > 0) == (OUTSOURCE, True, True)

    assert not records.shared
    assert records.lines == ("line-inhouse-systems", "line-outsource-data", "line-joint-data")


def test_one_supplier_manages_a_risk_and_says_what_shows_it() -> None:
    (managed,) = (one for row in example().constraints for one in row.bearings if one.managed)
    assert managed in entry("risk-records").bearings
    assert (managed.option, managed.bearer) == (OUTSOURCE, Bearer.SUPPLIER)
    assert managed.managed is not None
    assert managed.managed.probability < entry("risk-records").probability / 2
    assert managed.managed.cost > 0
    assert managed.managed.evidence


def test_one_constraint_is_shared_by_pain_and_gain() -> None:
    (shared,) = (one for row in example().constraints for one in row.bearings if one.bearer is Bearer.PAIN_GAIN)
    assert shared in entry("constraint-bathing-water").bearings
    assert (shared.option, len(shared.terms.bands)) == (JOINT, 2)
    first, _ = shared.terms.bands
    assert shared.terms.cap is not None
    assert first.up_to is not None
    most = entry("constraint-bathing-water").impact.high
    assert shared.terms.target + first.up_to < most  # both bands and the cap are at work
    assert 2 * shared.terms.cap < most


def test_one_constraint_is_borne_in_parts_and_one_option_has_lots() -> None:
    parts = [one for one in entry("constraint-pensions").bearings if one.option == OUTSOURCE]
    assert [(one.bearer, one.share) for one in parts] == [(Bearer.SUPPLIER, 0.4), (Bearer.COMPENSATION, 0.6)]
    premium = option(JOINT).supplier_premium
    assert premium is not None
    assert [one.lot for one in premium.lots] == ["Jetting", "Surfacing and silt traps"]


def test_what_moves_together_is_said_once() -> None:
    appraisal = example()
    (group,) = appraisal.correlation_groups
    members = [line for line in appraisal.lines if line.correlation]
    assert (group.rho, group.shared, appraisal.correlation_matrix) == (0.3, True, None)
    assert "fictional" in group.evidence
    assert len(members) == 4
    assert not any(line.driver for line in members)


def test_one_price_index_is_uncertain() -> None:
    (index,) = (one for one in example().indices if one.range)
    assert index.range is not None
    assert (index.name, index.range.low, index.range.high) == ("Construction prices", Decimal("-0.5"), Decimal(1))
    assert "range" in index.source


def test_two_lines_have_another_shape() -> None:
    ranges = {line.id: line.range.shape for line in example().lines if line.range}
    other = {key: shape for key, shape in ranges.items() if shape is not Shape.PERT}
    assert other == {"line-outsource-tender": Shape.DISCRETE, "line-inhouse-setup": Shape.LOGNORMAL}


def test_every_entry_has_a_manager_and_a_way_to_settle_it() -> None:
    for row in example().constraints:
        assert row.manager, row.id
        assert row.settling.how, row.id
        assert row.settling.cost > 0, row.id


def test_suppliers_price_by_one_principle_and_believe_a_little_worse() -> None:
    assert {(row.pricing.principle, row.pricing.strength) for row in example().options} == {(Principle.WANG, 0.35)}
    assert all(row.pricing.evidence for row in example().options if row.id in (OUTSOURCE, JOINT))
    permit = example().constraints[0]
    assert permit.view is not None
    assert permit.probability < permit.view.probability < permit.probability + 0.1
    assert permit.impact.likely < permit.view.impact.likely < permit.impact.likely * Decimal("1.1")
    for row in results().options:
        assert row.supplier_premium is not None
        assert bool(row.supplier_premium.pooled) == (row.id in (OUTSOURCE, JOINT))
        assert bool(row.supplier_premium.management) == (row.id == OUTSOURCE)
        assert row.supplier_premium.pooled <= row.supplier_premium.standalone


def settled(constraint_id: str) -> SettlingValue:
    assert results().constraints is not None
    (found,) = (row for row in results().constraints or () if row.id == constraint_id)
    assert found.value_of_settling is not None
    return found.value_of_settling


def test_the_permit_is_worth_settling_before_the_others() -> None:
    assert results().constraints is not None
    order = [row.id for row in results().constraints or ()]
    assert order[:2] == ["constraint-flood-permit", "constraint-coastal-fund"]
    permit = settled("constraint-flood-permit")
    assert 50_000 < permit.total < 100_000
    assert permit.total > permit.cost_of_settling
    assert min(permit.loading_released, permit.view_gap, permit.compensation_avoided) > 10_000


def test_the_coastal_fund_is_worth_settling_because_the_choice_hangs_on_it() -> None:
    fund = settled("constraint-coastal-fund")
    assert fund.total > 5_000
    assert (fund.best_now, fund.best_if_not, fund.best_if_so) == (JOINT, JOINT, IN_HOUSE)
    assert fund.information > fund.cost_of_settling
    assert all(settled(key).total < 0 for key in ("constraint-depot-planning", "constraint-pensions"))
    assert all(settled(row.id).total < 0 for row in example().constraints if row.kind is RegisterKind.RISK)


def test_an_answer_ends_pain_and_gain() -> None:
    """Once it is known what comes out, the target pays nobody for the risk."""
    water = settled("constraint-bathing-water")
    assert 0 < water.total < 5_000
    assert water.compensation_avoided == water.information == 0


def test_only_answers_that_pay_are_settled_as_one() -> None:
    together = results().settling_together
    assert together is not None
    pays = {row.id for row in example().constraints if settled(row.id).total > 0}
    assert set(results().settled_together) == pays
    assert len(pays) == 3
    assert f"which is worth about £{round(together.total, -4):,.0f}." in PAGE.read_text("utf-8")


def test_the_page_about_it_says_what_the_program_says() -> None:
    page = PAGE.read_text("utf-8")
    permit, fund = settled("constraint-flood-permit").total, settled("constraint-coastal-fund").total
    assert f"worth about £{permit / 1000:.0f},000" in page
    assert f"worth about £{round(fund, -3):,.0f}" in page
    joint, outsource = option(JOINT).supplier_premium, option(OUTSOURCE).supplier_premium
    assert joint is not None
    assert outsource is not None
    for name in ("expected", "view_gap", "loading", "management", "pooled", "standalone"):
        assert f"| {getattr(outsource, name):,.0f} | {getattr(joint, name):,.0f} |" in page, name
    assert f"| {outsource.implied_percent:.1f} | {joint.implied_percent:.1f} |" in page
    water = constraint_cost(entry("constraint-bathing-water"), JOINT)
    asked = next(one.priced for one in joint.by_constraint if one.constraint == "constraint-bathing-water")
    assert f"expects to pay £{water.retained:,.0f}, and £{asked:,.0f} in the price" in page


def test_the_page_gives_simulated_figures_with_their_errors() -> None:
    page = PAGE.read_text("utf-8")
    drawn = {row.id: row for row in evaluate(example(), parts=DRAWN).options}
    columns = [drawn[key] for key in (IN_HOUSE, OUTSOURCE, JOINT)]
    risks = [row.risk for row in columns if row.risk]
    npc = [(one.npc, one.npc.percentile_errors) for one in risks]
    chances = [(100 * one.probability_cheapest, 196 * one.probability_error) for one in risks]
    cells = [
        " | ".join(f"{float(row.economic.expected_npc) / 1e6:.2f}" for row in columns if row.economic),
        " | ".join(f"{one.p50 / 1e6:.2f} ± {error.p50 / 1e6:.2f}" for one, error in npc),
        " | ".join(f"{one.p80 / 1e6:.2f} ± {error.p80 / 1e6:.2f}" for one, error in npc),
        " | ".join(f"{chance:.1f} ± {error:.1f}" for chance, error in chances),
    ]
    for row in cells:
        assert f"| {row} |" in page
    chance, error = chances[2]
    assert f"{chance:.1f} %, give or take {error:.1f}." in page
    three = drawn[JOINT].funding[1]
    assert (
        f"{100 * three.probability_of_any_gap:.1f} % of the draws, give or take {196 * three.any_gap_error:.1f}."
        in page
    )


def test_the_page_says_what_sharing_facts_does() -> None:
    apart = risk(JOINT).apart
    assert apart is not None
    words = f"{apart.apart:.0%} of the first {apart.draws:,} draws in place of {apart.together:.0%}, give or take"
    assert f"{words} {196 * apart.error:.0f}.".replace("%", " %") in PAGE.read_text("utf-8")


def test_preventing_the_permits_conditions_is_cheapest_alone() -> None:
    permit = next(row for row in results().constraints or () if row.id == "constraint-flood-permit")
    assert [action.key for action in permit.actions] == ["mitigate", "settle", "retain", "transfer"]


def texts(record: object) -> Iterator[str]:
    """Every text of a record and of all that it holds."""
    if isinstance(record, str):
        yield record
    elif isinstance(record, tuple):
        for part in record:
            yield from texts(part)
    elif is_dataclass(record):
        for field in fields(record):
            yield from texts(getattr(record, field.name))


def test_no_sentence_is_longer_than_25_words() -> None:
    sentences = [part for text in texts(example()) for part in re.split(r"(?<=[.!?]) ", text)]
    assert len(sentences) > 800
    assert [part for part in sentences if len(part.split()) > 25] == []


def test_the_long_list_holds_every_delivery_model_with_reasons_and_all_verdicts() -> None:
    appraisal = example()
    known = set(factor_names(appraisal))
    assert len(known) == 6
    for choice in appraisal.choices:
        assert choice.reason, choice.id
        assert choice.rating is not Rating.UNRATED, choice.id
        assert {verdict.factor for verdict in choice.verdicts} == known, choice.id
    for category in Category:
        ratings = [choice.rating for choice in appraisal.choices if choice.category is category]
        assert ratings.count(Rating.PREFERRED) == 1
        assert Rating.DROP in ratings
    delivery = [choice for choice in appraisal.choices if choice.category is Category.DELIVERY]
    assert len(delivery) >= len(set(DeliveryModel) - {DeliveryModel.UNSAID})


def test_options_are_made_of_the_choices_that_their_role_asks_for() -> None:
    appraisal = example()
    assert {row.id: row.role for row in appraisal.options} == {
        USUAL: ShortListRole.BUSINESS_AS_USUAL,
        MINIMUM: ShortListRole.DO_MINIMUM,
        IN_HOUSE: ShortListRole.LESS_AMBITIOUS,
        OUTSOURCE: ShortListRole.OTHER,
        JOINT: ShortListRole.PREFERRED,
    }
    for row in appraisal.options:
        if row.id in (USUAL, MINIMUM, JOINT):
            assert row.choices == suggested(appraisal, row.role), row.id


def test_its_words_on_the_criteria_agree_with_the_seal_log() -> None:
    said = {one.question: one.words for one in example().sourcing.delivery_model.answers}
    when = {event.step: day(event.when).replace(NO_BREAK, " ") for event in example().workshop.events}
    assert f"agreed on {when[Step.AGREE]}" in said["criteria"]
    sealed = when[Step.SEAL].removesuffix(" 2026")
    assert f"weights sealed on {sealed}" in said["criteria"]
    assert said["evaluation"].startswith("Six people")
    assert len(example().workshop.assessors) == 6
    assert "gave the weights" in example().workshop.method
    assert example().recommendation.reasons.index("costing least") < example().recommendation.reasons.index("scores")


def test_both_sourcing_tests_are_answered_in_words() -> None:
    sourcing = example().sourcing
    for test, answers in (("public_interest", sourcing.public_interest), ("delivery_model", sourcing.delivery_model)):
        assert {row.question for row in answers.answers} == {question.id for question in QUESTIONS[test]}
        assert all(row.words and row.reply is not Reply.UNSAID for row in answers.answers)
        assert answers.conclusion


def test_every_usual_line_is_filled_in_or_declared_but_one() -> None:
    appraisal = example()
    left = []
    for row in appraisal.options:
        filled = {line.heading for line in appraisal.lines if line.option == row.id}
        declared = {one.heading for one in appraisal.sourcing.not_applicable if one.option == row.id}
        assert not filled & declared
        left += [(row.id, usual.id) for usual in usual_lines(row.model, row.role) if usual.id not in filled | declared]
    assert left == [(OUTSOURCE, "pension_rate")]
    assert all(one.reason for one in appraisal.sourcing.not_applicable)


def test_costs_carry_the_same_optimism_bias_in_every_option() -> None:
    appraisal = example()
    for line in appraisal.lines:
        rule = RULES[line.treatment]
        cost = rule.economic and not rule.benefit and not rule.event
        assert bool(line.bias) == (cost or line.treatment is Treatment.WIDER_BENEFIT), line.id
    for row in appraisal.options:
        assert any(line.bias == "bias-running" for line in appraisal.lines if line.option == row.id)
    assert not any(bias.table for bias in appraisal.biases)


def test_most_of_the_bias_on_costs_is_in_ranges_and_constraints_already() -> None:
    for row in results().options:
        assert row.economic is not None
        costs = [value for value in row.economic.biases if not value.delay_years]
        assert sum(value.expected_residual for value in costs) < sum(value.raw for value in costs) / 2, row.id
        assert row.economic.optimism_bias > 0


def test_no_finding_is_an_error() -> None:
    assert [finding for finding in findings(example()) if finding.severity is Severity.ERROR] == []


def test_three_findings_are_left_as_lessons() -> None:
    attention = [finding.code for finding in findings(example()) if finding.severity is Severity.ATTENTION]
    assert attention == ["deflator-source", "usual-open", "nobody-asked"]
    notes = {finding.code for finding in findings(example()) if finding.severity is Severity.NOTE}
    assert notes == {"fictional", "index-short", "still-open"}


def test_nobody_is_clearly_cheapest_and_three_options_have_a_chance() -> None:
    verdict = results().verdict
    assert verdict is not None
    assert verdict.cheapest == JOINT
    assert not verdict.cost_clear
    chances = [risk(key).probability_cheapest for key in (JOINT, IN_HOUSE, OUTSOURCE)]
    assert chances == sorted(chances, reverse=True)
    assert 0.5 < chances[0] < 0.65
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


def test_the_lead_on_cost_rests_on_what_eastholme_saves() -> None:
    joint, rival = option(JOINT), option(IN_HOUSE)
    assert joint.economic is not None
    assert rival.economic is not None
    assert joint.financial is not None
    assert rival.financial is not None
    assert joint.economic.expected_npc < rival.economic.expected_npc
    own = joint.economic.expected_npc - joint.economic.expected_other_bodies
    assert own > rival.economic.expected_npc
    assert 0 < joint.financial.total / rival.financial.total - 1 < Decimal("0.005")
    eastholme = joint.financial.by_body[1]
    assert eastholme.name == "Eastholme District Council"
    assert eastholme.by_year[0] > 0 > eastholme.total


def test_weights_and_place_stand_beside_the_national_figure() -> None:
    for key in (IN_HOUSE, OUTSOURCE, JOINT):
        economic = option(key).economic
        assert economic is not None
        (group,) = economic.weighted.groups
        assert 2 < group.weight < 2.5
        assert economic.weighted.npsv > economic.npsv
        assert (economic.place.effects > 0) == (key != OUTSOURCE)
    joint = option(JOINT).economic
    assert joint is not None
    assert joint.place.npsv < joint.npsv  # what Eastholme saves leaves the place


def test_contracts_stand_on_both_sides_of_their_thresholds() -> None:
    above = {}
    for row in results().options:
        assert row.financial is not None
        above[row.id] = row.financial.procurement.above
    assert above == {USUAL: False, MINIMUM: True, IN_HOUSE: False, OUTSOURCE: True, JOINT: False}


def test_a_three_year_settlement_leaves_fewer_short_years_than_single_years() -> None:
    funding = option(JOINT).funding
    assert funding is not None
    single, three, five = (row.probability_of_any_gap for row in funding)
    assert single - three == pytest.approx(0.2, abs=0.005)
    assert single > 0.8
    assert three - 0.03 < five < three


def test_only_the_supplier_who_invests_makes_short_money_dear() -> None:
    """And nothing of it is in the base figures."""
    terms = {row.id: row.terms for row in example().options}
    assert [key for key, one in terms.items() if one.investment] == [OUTSOURCE]
    assert terms[OUTSOURCE].fall_back == MINIMUM
    for key in (USUAL, MINIMUM, IN_HOUSE, JOINT):
        assert [row.cost_of_short_termism for row in option(key).funding or ()] == [0, 0, 0], key
    single, three, five = option(OUTSOURCE).funding or ()
    assert single.break_chance > three.break_chance > five.break_chance > 0
    economic = option(OUTSOURCE).economic
    assert economic is not None
    assert single.npc > three.npc > five.npc > float(economic.expected_npc)


def test_the_page_says_what_short_money_does_to_the_outsourced_option() -> None:
    page = PAGE.read_text("utf-8")
    drawn = {row.id: row for row in evaluate(example(), parts=DRAWN).options}
    found = drawn[OUTSOURCE].funding or ()
    chances = " | ".join(f"{100 * row.break_chance:.0f}" for row in found)
    costs = " | ".join(f"{row.npc / 1e6:.1f}" for row in found)
    short = " | ".join(f"{(row.cost_of_short_termism or 0) / 1e6:.1f}" for row in found[:2])
    assert f"| Some contract is broken, per cent of draws | {chances} |" in page
    assert f"| Mean net present cost, £ million | {costs} |" in page
    assert f"| Cost of short money against five years, £ million | {short} | none |" in page


def test_both_new_services_can_start_in_time() -> None:
    """The drainage call-off ends on 30 September 2027: the tender fits if it starts by January."""
    starts = {one.id: one.timetable.service_from for one in results().options if one.timetable is not None}
    assert starts == {OUTSOURCE: "2027-09-30", JOINT: "2027-09-23"}
    for key in starts:
        timetable = option(key).timetable
        assert timetable is not None
        assert (timetable.needed_by, timetable.late_days) == ("2027-10-01", 0)
    entered = next(one for one in example().options if one.id == OUTSOURCE).timetable
    assert entered.starts_on == "2027-01-04"
    assert "Outsourcing could start on 30 September 2027, one day before it is needed" in PAGE.read_text("utf-8")


def test_the_lots_of_the_joint_service_are_those_that_its_suppliers_price() -> None:
    joint = next(row for row in example().options if row.id == JOINT)
    priced = {one.lot for row in example().constraints for one in row.bearings if one.option == JOINT and one.lot}
    assert {lot.name for lot in joint.lots} == priced
    assert sum(lot.percent for lot in joint.lots) == 100
