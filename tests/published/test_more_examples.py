"""The second and the third worked example: whole, fictional, without errors, and with the story that the page tells."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path

import pytest

from appraise.files.document import content_json, opened
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.funding import SettlementStatus
from appraise.model.appraisal.lines import RULES, Treatment
from appraise.model.appraisal.options import Category, Rating, ShortListRole
from appraise.model.appraisal.partners import Split
from appraise.model.appraisal.sourcing import Reply
from appraise.model.appraisal.terms import AfterCut, Commitment, SupplierKind
from appraise.model.checks import Severity, findings
from appraise.model.evaluate import ALL_PARTS, Part, Settings, evaluate
from appraise.model.funding_results import ScenarioFunding
from appraise.model.partner_results import ArrangementResult, PartnerCase
from appraise.model.results import OptionResult, Results
from appraise.model.short_list import factor_names, suggested
from appraise.model.tables import QUESTIONS, usual_lines

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "worked-example.md").read_text("utf-8")
CARE, WASTE = "care-together", "waste-contract"
BOTH = (CARE, WASTE)
USUAL, MINIMUM, IN_HOUSE = "option-usual", "option-minimum", "option-inhouse"
OUTSOURCE, JOINT = "option-outsource", "option-joint"
OPTIONS = (USUAL, MINIMUM, IN_HOUSE, OUTSOURCE, JOINT)
SINGLE, THREE, FIVE = "scenario-single", "scenario-three", "scenario-five"
SCENARIOS = (SINGLE, THREE, FIVE)
WORDY = re.compile(r"(?<=[.!?]) ")


def _file(name: str) -> Path:
    return ROOT / "templates" / f"{name}.json"


@cache
def example(name: str) -> Appraisal:
    return opened(_file(name)).document.appraisal


@cache
def results(name: str) -> Results:
    """As many draws as the page was written from."""
    return evaluate(example(name), Settings(threads=1), parts=ALL_PARTS - {Part.LENGTHS, Part.DEPENDENCE})


def option(name: str, key: str) -> OptionResult:
    return next(row for row in results(name).options if row.id == key)


def funding(name: str, key: str, scenario: str) -> ScenarioFunding:
    return next(row for row in option(name, key).funding or () if row.scenario == scenario)


def cheapest(name: str, key: str) -> float:
    risk = option(name, key).risk
    assert risk is not None
    return risk.probability_cheapest


def arrangement(name: str) -> ArrangementResult:
    (found,) = results(name).partners or ()
    return found


def case(name: str, partner: str) -> PartnerCase:
    return next(one for one in arrangement(name).partners if one.partner == partner)


def steps(name: str, key: str, scenario: str) -> dict[str, float]:
    return {one.kind: one.pounds for one in funding(name, key, scenario).short_termism_steps}


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


@pytest.mark.parametrize("name", BOTH)
def test_it_stands_on_disk_as_the_program_writes_it(name: str) -> None:
    assert content_json(example(name)) == _file(name).read_bytes()


@pytest.mark.parametrize("name", BOTH)
def test_it_says_that_it_is_fictional(name: str) -> None:
    appraisal = example(name)
    assert appraisal.fictional
    assert "do not exist" in appraisal.need.case_for_change.split(":")[0]
    assert "fictional" in appraisal.workshop.method


@pytest.mark.parametrize("name", BOTH)
def test_no_sentence_is_longer_than_25_words(name: str) -> None:
    sentences = [part for text in texts(example(name)) for part in WORDY.split(text)]
    assert len(sentences) > 800
    assert [part for part in sentences if len(part.split()) > 25] == []


@pytest.mark.parametrize("name", BOTH)
def test_nothing_stands_without_a_source(name: str) -> None:
    appraisal = example(name)
    known = {assumption.id for assumption in appraisal.assumptions}
    assert all(line.assumption in known and line.source for line in appraisal.lines)
    for one in (*appraisal.indices, *appraisal.scenarios, *appraisal.grants, *appraisal.programmes, *appraisal.pilots):
        assert one.source, one.id
    assert all(one.source for one in (*appraisal.partners, *appraisal.price_gaps, *appraisal.line_terms))
    assert all(one.terms.source for one in appraisal.options if one.terms.investment)
    for assumption in appraisal.assumptions:
        named = any(word in assumption.source for word in ("OBR", "Green Book"))
        assert named or "illustrative" in assumption.source.lower(), assumption.id


@pytest.mark.parametrize("name", BOTH)
def test_five_options_of_the_usual_kinds_are_made_of_the_long_list(name: str) -> None:
    appraisal = example(name)
    assert tuple(row.id for row in appraisal.options) == OPTIONS
    assert {row.role for row in appraisal.options} == set(ShortListRole) - {ShortListRole.MORE_AMBITIOUS}
    for row in appraisal.options:
        if row.id in (USUAL, MINIMUM, JOINT):
            assert row.choices == suggested(appraisal, row.role), row.id
    factors = set(factor_names(appraisal))
    for choice in appraisal.choices:
        assert choice.reason, choice.id
        assert {verdict.factor for verdict in choice.verdicts} == factors, choice.id
    for category in Category:
        ratings = [choice.rating for choice in appraisal.choices if choice.category is category]
        assert (ratings.count(Rating.PREFERRED), Rating.DROP in ratings) == (1, True)


@pytest.mark.parametrize("name", BOTH)
def test_every_question_and_every_usual_line_is_answered(name: str) -> None:
    appraisal = example(name)
    sourcing = appraisal.sourcing
    for test, answers in (("public_interest", sourcing.public_interest), ("delivery_model", sourcing.delivery_model)):
        assert {row.question for row in answers.answers} == {question.id for question in QUESTIONS[test]}
        assert all(row.words and row.reply is not Reply.UNSAID for row in answers.answers)
    for row in appraisal.options:
        filled = {line.heading for line in appraisal.lines if line.option == row.id}
        declared = {one.heading for one in sourcing.not_applicable if one.option == row.id}
        assert not filled & declared, row.id
        assert {usual.id for usual in usual_lines(row.model, row.role)} <= filled | declared, row.id


@pytest.mark.parametrize("name", BOTH)
def test_every_score_has_a_reason_of_its_own_and_evidence(name: str) -> None:
    appraisal = example(name)
    pairs = {(score.option, score.criterion) for score in appraisal.scores}
    assert pairs == {(one.id, criterion.id) for one in appraisal.options for criterion in appraisal.criteria}
    assert all(score.evidence for score in appraisal.scores)
    for row in appraisal.options:
        reasons = [score.reason for score in appraisal.scores if score.option == row.id]
        assert len(set(reasons)) == len(reasons), row.id
    assert max(criterion.swing for criterion in appraisal.criteria) == 100
    assert all(one.worst and one.best and one.swing_reason for one in appraisal.criteria)


@pytest.mark.parametrize("name", BOTH)
def test_costs_of_every_option_carry_the_same_kinds_of_bias(name: str) -> None:
    appraisal = example(name)
    for line in appraisal.lines:
        rule = RULES[line.treatment]
        cost = rule.economic and not rule.benefit and not rule.event
        outside = line.treatment in (Treatment.WIDER_BENEFIT, Treatment.OTHER_BODY_SAVING)
        assert bool(line.bias) == (cost or outside), line.id
    assert not any(bias.table for bias in appraisal.biases)


@pytest.mark.parametrize(
    ("name", "lessons"),
    [
        (CARE, ["deflator-source", "nobody-asked", "term-signed", "term-signed"]),
        (WASTE, ["deflator-source", "nobody-asked", "term-signed"]),
    ],
)
def test_nothing_is_an_error_and_a_few_points_are_left_as_lessons(name: str, lessons: list[str]) -> None:
    found = findings(example(name))
    assert [one for one in found if one.severity is Severity.ERROR] == []
    assert sorted(one.code for one in found if one.severity is Severity.ATTENTION) == lessons


@pytest.mark.parametrize("name", BOTH)
def test_the_bridge_of_every_option_adds_up(name: str) -> None:
    for row in results(name).options:
        assert row.economic is not None
        assert row.financial is not None
        start, *between, end = row.financial.bridge
        assert (start.pounds, end.pounds) == (-row.economic.npsv, row.financial.total), row.id
        assert start.pounds + sum(step.pounds for step in between) == end.pounds, row.id


@pytest.mark.parametrize("name", BOTH)
def test_the_joint_option_costs_least_scores_most_and_is_recommended(name: str) -> None:
    verdict = results(name).verdict
    assert verdict is not None
    assert (verdict.cheapest, verdict.highest_score, example(name).recommendation.option) == (JOINT, JOINT, JOINT)
    assert verdict.cost_clear == (name == CARE)
    assert cheapest(name, USUAL) == 0


@pytest.mark.parametrize("name", BOTH)
def test_nobody_would_do_better_without_the_others(name: str) -> None:
    found = arrangement(name)
    assert set(found.stable_splits) == set(Split)
    assert found.unstable == ()
    assert found.groups_checked == 2 ** len(found.partners) - 2
    assert sum(one.pays for one in found.partners) == found.joint < found.alone


@pytest.mark.parametrize(
    ("name", "partner", "others"),
    [
        (CARE, "partner-brackwater", ("partner-alderbrook", "partner-health")),
        (WASTE, "partner-quarrendale", ("partner-hazelmoor",)),
    ],
)
def test_one_partner_is_nearly_indifferent(name: str, partner: str, others: tuple[str, ...]) -> None:
    slow = case(name, partner)
    assert 0 < slow.saving / slow.alone < 0.01
    assert 0.35 < slow.dearer < 0.5
    for other in others:
        quick = case(name, other)
        assert quick.saving / quick.alone > 0.02
        assert quick.dearer < slow.dearer


@pytest.mark.parametrize("name", BOTH)
def test_shorter_money_never_costs_less_and_outsourcing_suffers_most(name: str) -> None:
    for key in OPTIONS:
        costs = [funding(name, key, scenario).cost_of_short_termism for scenario in SCENARIOS]
        assert None not in costs
        assert costs == sorted(costs, key=lambda one: -(one or 0)), key
        assert costs[-1] == 0
    outsourced = funding(name, OUTSOURCE, SINGLE).cost_of_short_termism or 0
    assert all(
        (funding(name, key, SINGLE).cost_of_short_termism or 0) < outsourced for key in OPTIONS if key != OUTSOURCE
    )
    assert funding(name, USUAL, SINGLE).cost_of_short_termism == 0


def test_care_is_signed_for_confirmed_money_only() -> None:
    appraisal = example(CARE)
    for row in appraisal.options:
        if row.terms.investment:
            assert row.terms.commitment is Commitment.NEVER
    terms = [funding(CARE, JOINT, scenario).effective_term for scenario in SCENARIOS]
    relets = [funding(CARE, JOINT, scenario).relets for scenario in SCENARIOS]
    assert (terms, relets) == ([1, 1, 4], [6, 2, 1])


def test_prevention_that_stops_costs_more_than_it_saves() -> None:
    appraisal = example(CARE)
    single = next(one for one in appraisal.scenarios if one.id == SINGLE)
    assert {stop.programme for stop in single.stops} == {one.id for one in appraisal.programmes}
    for key in (IN_HOUSE, OUTSOURCE, JOINT):
        causes = steps(CARE, key, SINGLE)
        assert causes["prevention"] > -causes["investment"] > 0, key
    assert not {"prevention", "investment"} & set(steps(CARE, JOINT, THREE))


def test_single_year_money_makes_the_do_minimum_cheapest() -> None:
    regret = results(CARE).regret
    assert regret is not None
    assert (regret.longest, regret.least, regret.most_affordable) == (FIVE, (JOINT,), (JOINT,))
    by_option = {row.option: [cell.regret for cell in row.cells] for row in regret.rows}
    assert USUAL not in by_option
    assert (by_option[MINIMUM][0], by_option[JOINT][1], by_option[JOINT][2]) == (0, 0, 0)
    assert 3_000_000 < by_option[JOINT][0] < max(by_option[MINIMUM])


def test_a_care_bed_has_three_prices_and_one_mean() -> None:
    (gap,) = results(CARE).price_gaps or ()
    assert (gap.lowest, gap.highest) == (880, 1160)
    assert f"One mean price would be {gap.mean:.0f}." in PAGE
    assert abs(sum(buyer.at_mean for buyer in gap.buyers)) <= 1
    health = next(buyer for buyer in gap.buyers if buyer.buyer == "buyer-health")
    assert f"it moves {-health.at_mean / 1_000_000:.1f} million pounds a year." in PAGE
    assert f"costs the three {gap.lost_to_gap / 1_000_000:.1f} million pounds a year." in PAGE


def test_the_prime_provider_offers_discounts_and_a_collar_and_cap() -> None:
    terms = {one.line: one for one in example(CARE).line_terms}
    hours = terms["line-outsource-homecare"]
    assert len(hours.tiers) == 2
    assert hours.loyalty[0] == 0 < hours.loyalty[-1]
    assert all((one.collar, one.cap) == (1.5, 4) for one in terms.values())
    assert steps(CARE, OUTSOURCE, SINGLE)["loyalty"] > 0


def test_grants_and_services_fit_their_windows() -> None:
    (care,) = example(CARE).grants
    assert not care.own_route
    assert 0 < care.chance < 1
    for name in BOTH:
        for row in results(name).options:
            if row.timetable is not None:
                assert row.timetable.late_days == 0, row.id
    timetable = option(WASTE, JOINT).timetable
    assert timetable is not None
    (grant,) = timetable.grants
    assert (grant.waits_for, grant.days) == ("decision", 385)
    assert 14 < grant.after_mobilisation < 28


def test_pilots_pay_against_the_best_without_them_but_for_the_supplier_s_own() -> None:
    """No case without a pilot is typed. Going on at once is worth more, if it is sure to work."""
    for name in BOTH:
        entered = {one.id: one for one in example(name).pilots}
        for pilot in results(name).pilots or ():
            one = entered[pilot.pilot]
            assert (one.without, pilot.pays) == ("", one.go_on == JOINT), pilot.pilot
            assert pilot.against_sure < 0
            if pilot.pays:
                assert pilot.break_even is not None
                assert 0 < pilot.break_even < one.success
    (care,) = results(CARE).pilots or ()
    assert care.chosen_without == MINIMUM
    assert care.against_untested > 0
    assert f"if it succeeds in {100 * (care.break_even or 0):.0f} % of cases or more" in PAGE


def test_every_pilot_ends_before_its_contract_is_signed() -> None:
    stages = [
        stage
        for name in BOTH
        for row in results(name).options
        for stage in (row.timetable.stages if row.timetable else ())
    ]
    assert len(stages) == 3
    assert all(stage.late_days == 0 for stage in stages)


def test_waste_follows_the_published_settlement() -> None:
    three = next(one for one in example(WASTE).scenarios if one.id == THREE)
    first = three.settlements[0]
    assert (example(WASTE).horizon.first_year, len(first.amounts)) == (2026, 3)
    assert first.statuses == (SettlementStatus.FINAL, SettlementStatus.INDICATIVE, SettlementStatus.INDICATIVE)
    assert {one.status for one in three.settlements[1:]} == {SettlementStatus.ASSUMED}
    assert all(sum(one.capital) > 0 for one in three.settlements[:2])


def test_the_new_waste_contract_may_be_broken_and_the_price_shows_it() -> None:
    chosen = next(one for one in example(WASTE).options if one.id == OUTSOURCE)
    assert (chosen.terms.commitment, chosen.terms.after_cut) == (Commitment.WITH_BREAK, AfterCut.BREAK)
    assert chosen.terms.fall_back == MINIMUM
    assert {lot.supplier for lot in chosen.lots} == {SupplierKind.ANY, SupplierKind.SMALL, SupplierKind.VOLUNTARY}
    assert sum(lot.percent for lot in chosen.lots) == 100
    causes = steps(WASTE, OUTSOURCE, SINGLE)
    assert causes["break_price"] > causes["break"] > 0
    chances = [funding(WASTE, OUTSOURCE, scenario).break_chance for scenario in SCENARIOS]
    assert chances == sorted(chances, reverse=True)
    assert chances[0] > 0.5
    assert 0 < chances[2] < 0.2


def test_own_lorries_need_capital_and_not_long_money() -> None:
    for key in (IN_HOUSE, JOINT):
        assert funding(WASTE, key, SINGLE).cost_of_short_termism == 0
        assert not funding(WASTE, key, SINGLE).affordable
        assert funding(WASTE, key, THREE).affordable
        financial = option(WASTE, key).financial
        assert financial is not None
        assert financial.capital_by_year[1] == max(financial.capital_by_year)


def test_the_rural_grant_is_worth_settling() -> None:
    worth = {row.id: row.value_of_settling for row in results(WASTE).constraints or ()}
    rural = worth["constraint-rural"]
    assert rural is not None
    assert rural.best_if_not == JOINT
    assert rural.best_if_so == IN_HOUSE
    assert f"is worth about £{rural.total / 1000:.0f},000" in PAGE


def row_of(words: str, cells: list[str]) -> str:
    return f"| {words} | {' | '.join(cells)} |"


def million(value: float | None) -> str:
    return f"{(value or 0) / 1_000_000:.1f}" if value else "none"


@pytest.mark.parametrize(("name", "bodies"), [(CARE, "all three"), (WASTE, "both councils")])
def test_the_page_gives_cost_chance_and_score_of_every_option(name: str, bodies: str) -> None:
    rows = [option(name, key) for key in OPTIONS]
    costs = [f"{float(row.economic.expected_npc) / 1e6:.1f}" for row in rows if row.economic]
    assert row_of(f"Expected net present cost of {bodies}, £ million, exact", costs) in PAGE
    chances = [f"{100 * cheapest(name, key):.0f}" for key in OPTIONS]
    assert row_of("Cheapest, per cent of draws", chances) in PAGE
    scores = [f"{row.score.total:.0f}" for row in rows if row.score and row.score.total is not None]
    assert row_of("Weighted score of 100", [f"{scores[0]}, out", *scores[1:]]) in PAGE


def test_the_page_says_what_short_money_does_to_the_joint_care() -> None:
    found = [funding(CARE, JOINT, scenario) for scenario in SCENARIOS]
    for words, cells in (
        ("First contract, years", [str(one.effective_term) for one in found]),
        ("Contracts let again by 2034/35", [str(one.relets) for one in found]),
        ("Some year is short, per cent of draws", [f"{100 * one.probability_of_any_gap:.0f}" for one in found]),
        ("Mean net present cost, £ million", [million(one.npc) for one in found]),
        ("Cost of short money against five years, £ million", [million(one.cost_of_short_termism) for one in found]),
    ):
        assert row_of(words, cells) in PAGE, words
    causes = {kind: pounds / 1e6 for kind, pounds in steps(CARE, JOINT, SINGLE).items()}
    stopped = causes["prevention"] + causes["investment"]
    assert f"{stopped:.1f} are prevention that stops after 2029/30: {causes['prevention']:.1f} of savings" in PAGE
    assert f"less {-causes['investment']:.1f} not spent. {causes['recovery']:.1f} are what suppliers" in PAGE


def test_the_page_says_what_short_money_does_to_the_waste_options() -> None:
    def over(key: str) -> list[ScenarioFunding]:
        return [funding(WASTE, key, scenario) for scenario in SCENARIOS]

    short = [(million(one.cost_of_short_termism)) for one in over(OUTSOURCE)]
    for words, cells in (
        ("Re-let: contract broken, per cent of draws", [f"{100 * one.break_chance:.0f}" for one in over(OUTSOURCE)]),
        ("Re-let: cost of short money against five years, £ million", short),
        ("Extend: contracts let again", [str(one.relets) for one in over(MINIMUM)]),
        (
            "Extend: cost of short money against five years, £ million",
            [million(one.cost_of_short_termism) for one in over(MINIMUM)],
        ),
        (
            "Joint: some year is short, per cent of draws",
            [f"{100 * one.probability_of_any_gap:.0f}" for one in over(JOINT)],
        ),
        (
            "In-house: some year is short, per cent of draws",
            [f"{100 * one.probability_of_any_gap:.0f}" for one in over(IN_HOUSE)],
        ),
    ):
        assert row_of(words, cells) in PAGE, words


def test_the_page_gives_every_partners_gain() -> None:
    def gain(name: str, partner: str) -> str:
        found = case(name, f"partner-{partner}")
        return f"{100 * found.saving / found.alone:.1f} %"

    care = [gain(CARE, one) for one in ("alderbrook", "health", "brackwater")]
    assert f"Alderbrook saves {care[0]}, the health board {care[1]} and Brackwater {care[2]}." in PAGE
    waste = [gain(WASTE, one) for one in ("hazelmoor", "quarrendale")]
    assert f"Joint saves Hazelmoor {waste[0]} and Quarrendale {waste[1]}." in PAGE
    dearer = case(WASTE, "partner-quarrendale").dearer
    assert f"In {100 * dearer:.0f} of 100 draws Quarrendale" in PAGE
