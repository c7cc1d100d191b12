"""Who leads, and when nobody clearly does; ties, unfinished options, gaps of exactly nothing (METHOD 9.2, 12.1)."""

from dataclasses import replace
from decimal import Decimal

import pytest

from appraise.model.appraisal.criteria import Gate, GateOutcome, Outcome, Weighting
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.records import Recommendation
from appraise.model.checks import Severity, findings
from appraise.model.evaluate import CannotEvaluate, Part, Settings, evaluate
from appraise.model.plain import content_digest
from appraise.model.results import Results
from tests.builders import appraisal, constraint, in_house, line, rolling, scores, tree

DRAWS = Settings(draws=4000)


def shares(results: Results) -> dict[str, float]:
    return {option.id: option.risk.probability_cheapest for option in results.options}


def test_an_option_without_costs_does_not_win() -> None:
    document = appraisal(1, lines=(line("x", "a", 1000, spread=(80, 150)),))
    verdict = evaluate(document, DRAWS).verdict
    assert verdict.cheapest == "a"
    assert not verdict.cost_clear
    assert verdict.cost_margin is None


def test_an_option_with_missing_scores_is_not_compared() -> None:
    document = appraisal(1, ("a", "b", "c"), **tree(50, 50), scores=scores(a=(80, 60), b=(10, 10)))
    verdict = evaluate(document, DRAWS).verdict
    assert (verdict.highest_score, verdict.score_rival) == ("a", "b")
    assert verdict.score_margin == 60
    assert not verdict.score_clear


@pytest.mark.parametrize(("gap", "clear"), [(5, False), (5.1, True), (0, False)])
def test_a_lead_of_one_score_step_is_not_clear(gap: float, clear: bool) -> None:
    document = appraisal(1, **tree(37, 13, 90), scores=scores(a=(40 + gap,) * 3, b=(40, 40, 40)))
    verdict = evaluate(document, DRAWS).verdict
    assert verdict.score_clear is clear


def test_a_lead_over_one_step_is_not_clear_while_draws_disagree() -> None:
    """12 points ahead, but weights and scores as uncertain as these turn the order in more than 20 of 100 draws."""
    made = appraisal(1, **tree(100, 90), scores=scores(a=(88, 12), b=(12, 70)))
    sure = evaluate(replace(made, weighting=Weighting(doubt=0.0, score_doubt=1.0)), DRAWS).verdict
    assert (sure.highest_score, sure.score_clear, sure.score_share) == ("a", True, 1.0)
    spread = tuple(replace(one, low=0.0, high=100.0) for one in made.scores)
    unsure = evaluate(replace(made, scores=spread), DRAWS).verdict
    assert unsure.score_margin == sure.score_margin
    assert unsure.score_margin > 5
    assert 0.5 < unsure.score_share < 0.8
    assert not unsure.score_clear


@pytest.mark.parametrize(("outcome", "first"), [(Outcome.PASS, "a"), (Outcome.UNSAID, "a"), (Outcome.FAIL, "b")])
def test_an_option_that_fails_a_gate_is_not_ranked_on_score(outcome: Outcome, first: str) -> None:
    gate = Gate(id="g", name="Lawful", outcomes=(GateOutcome(option="a", outcome=outcome),))
    given = scores(a=(90, 90), b=(60, 60), c=(30, 30))
    verdict = evaluate(appraisal(1, ("a", "b", "c"), **tree(50, 50), gates=(gate,), scores=given), DRAWS).verdict
    assert verdict.highest_score == first
    assert verdict.score_rival == {"a": "b", "b": "c"}[first]
    assert (verdict.score_margin, verdict.score_clear) == (30, True)


def gate_against(*options: str) -> Gate:
    return Gate(id="g", name="Lawful", outcomes=tuple(GateOutcome(option=one, outcome=Outcome.FAIL) for one in options))


def test_an_option_that_fails_a_gate_is_never_the_cheapest() -> None:
    costs = tuple(line(f"l{key}", key, pounds) for key, pounds in (("a", 100), ("b", 200), ("c", 300)))
    made = appraisal(1, ("a", "b", "c"), lines=costs)
    assert evaluate(made, DRAWS).verdict.cheapest == "a"
    results = evaluate(replace(made, gates=(gate_against("a"),)), DRAWS)
    verdict = results.verdict
    assert (verdict.cheapest, verdict.cheapest_rival, verdict.cost_clear) == ("b", "c", True)
    assert {(one.preferred, one.rival) for one in results.switches if one.kind == "cost"} == {("b", "c")}
    nobody = evaluate(replace(made, gates=(gate_against("a", "b", "c"),)), DRAWS)
    assert (nobody.verdict.cheapest, nobody.verdict.cost_clear, nobody.switches) == ("", False, ())


def test_a_failing_option_without_costs_leaves_the_lead_clear() -> None:
    made = appraisal(1, ("a", "b", "c"), lines=(line("x", "a", 100), line("y", "b", 200)))
    assert not evaluate(made, DRAWS).verdict.cost_clear
    assert evaluate(replace(made, gates=(gate_against("c"),)), DRAWS).verdict.cost_clear


def test_options_with_the_same_highest_score_are_told() -> None:
    made = appraisal(1, ("a", "b", "c"), **tree(50, 50), scores=scores(a=(80, 60), b=(60, 80), c=(10, 10)))
    verdict = evaluate(made, DRAWS).verdict
    assert verdict.score_tied == ("a", "b")
    assert (verdict.score_margin, verdict.score_clear) == (0.0, False)
    ahead = replace(made, scores=scores(a=(80, 60.001), b=(60, 80), c=(10, 10)))
    assert evaluate(ahead, DRAWS).verdict.score_tied == ()


def test_a_failed_gate_decides_whether_or_not_all_scores_are_there() -> None:
    gate = Gate(id="g", name="Lawful", outcomes=(GateOutcome(option="c", outcome=Outcome.FAIL),))
    made = appraisal(1, ("a", "b", "c"), **tree(50, 50), scores=scores(a=(80, 60), b=(10, 10)))
    assert not evaluate(made, DRAWS).verdict.score_clear
    assert evaluate(replace(made, gates=(gate,)), DRAWS).verdict.score_clear


def test_clear_on_cost_takes_80_of_100_draws_against_the_next() -> None:
    near = appraisal(1, lines=(line("x", "a", 1000, spread=(80, 140)), line("y", "b", 1010, spread=(80, 140))))
    far = appraisal(1, lines=(line("x", "a", 1000, spread=(95, 110)), line("y", "b", 1200, spread=(95, 110))))
    assert not evaluate(near, DRAWS).verdict.cost_clear
    assert evaluate(far, DRAWS).verdict.cost_clear
    assert evaluate(far, DRAWS).verdict.cost_margin == 1


def test_a_copy_of_an_option_does_not_change_who_leads() -> None:
    lines = (line("x", "a", 1000, spread=(70, 140)), line("y", "c", 1003, spread=(70, 140)))
    copied = (*lines, replace(lines[0], id="x2", option="b", driver="same"))
    copied = (replace(copied[0], driver="same"), *copied[1:])
    assert evaluate(appraisal(1, ("a", "c"), lines=lines), DRAWS).verdict.cheapest == "a"
    assert evaluate(appraisal(1, ("a", "b", "c"), lines=copied), DRAWS).verdict.cheapest in {"a", "b"}


def test_options_that_tie_share_every_draw_and_have_nothing_to_switch() -> None:
    document = appraisal(
        1,
        ("a", "b", "c"),
        lines=tuple(line(key, key, 500, spread=(50, 150), driver="same") for key in "abc"),
        **tree(60, 40),
        scores=scores(a=(50, 50), b=(50, 50), c=(50, 50)),
    )
    results = evaluate(document, DRAWS)
    assert shares(results) == {key: pytest.approx(1 / 3) for key in "abc"}
    assert results.switches == ()


def test_a_switch_names_the_preferred_option_and_its_rival() -> None:
    document = appraisal(
        1,
        recommendation=Recommendation(option="a"),
        lines=(*(line(f"l{number}", "a", 30) for number in range(4)), line("z", "b", 110)),
    )
    for switch in evaluate(document, DRAWS).switches:
        if switch.kind == "npsv":
            assert (switch.preferred, switch.rival, switch.owner) == ("a", "", "a")
            continue
        assert (switch.preferred, switch.rival) == ("a", "b")
        assert switch.owner == ("b" if switch.id == "line|z" else "a")


def test_money_that_just_meets_the_cost_is_not_short() -> None:
    """Cost 1,000,000, money 1,000,000, renewal .9, cut .2: the middle gap is exactly nothing in every year."""
    document = appraisal(
        4,
        ("a",),
        lines=(line("x", "a", *[1_000_000] * 4),),
        scenarios=(rolling("s", (1_000_000,) * 4, 0.9, 0.2),),
    )
    (option,) = evaluate(document).options
    (funding,) = option.funding
    assert max(funding.gap_p50_by_year) <= 0
    assert funding.probability_of_gap_by_year[3] == pytest.approx(0.271, abs=0.01)
    assert funding.gap_p80_by_year[3] > 100_000


def test_a_negative_impact_is_refused() -> None:
    document = appraisal(1, ("a",), constraints=(constraint("c", 0.5, (-100, 50, 100), in_house("a")),))
    assert "impact-negative" in {one.code for one in findings(document) if one.severity is Severity.ERROR}


def test_spellings_of_a_driver_are_one_driver() -> None:
    """A blank or a capital must not silently part lines that move together."""
    lines = (
        line("x", "a", 1000, spread=(50, 150), driver="Pay award"),
        line("y", "b", 1000, spread=(50, 150), driver=" pay  AWARD "),
    )
    assert shares(evaluate(appraisal(1, lines=lines), DRAWS)) == {"a": 0.5, "b": 0.5}


def test_equal_documents_have_equal_digests() -> None:
    one, two = appraisal(1, deflator="2.00"), appraisal(1, deflator="2.000")
    assert one == two
    assert content_digest(one) == content_digest(two)
    assert content_digest(one) != content_digest(appraisal(1, deflator="2.001"))


def test_no_draws_are_refused() -> None:
    with pytest.raises(CannotEvaluate, match="The number of draws, 0, is below 1"):
        evaluate(appraisal(1), Settings(draws=0))


def test_more_draws_than_the_file_allows_are_refused_with_their_cost() -> None:
    """10^12 draws: how long they take, in how much memory, and what is allowed."""
    with pytest.raises(CannotEvaluate) as refused:
        evaluate(appraisal(1), Settings(draws=10**12))
    (finding,) = refused.value.findings
    assert finding.sentence.startswith("1,000,000,000,000 draws take ")
    assert "MB; only 1,000,000 are allowed" in finding.sentence
    assert "hour" in finding.sentence or "day" in finding.sentence


def test_a_penny_and_a_pound_are_exact() -> None:
    document = appraisal(2, ("a",), lines=(line("x", "a", 0.01, 1),))
    assert evaluate(document, DRAWS).options[0].financial.total == Decimal("1.01")


def lives(*years: int) -> Appraisal:
    """Options a, b, c that cost 100 in year 0 and 10 a year, costed for so many years."""
    made = appraisal(9, ("a", "b", "c"), recommendation=Recommendation(option="a"))
    lines = tuple(
        line(f"{key}{kind}", key, *amounts)
        for key, life in zip("abc", years, strict=True)
        for kind, amounts in (("k", (100 + ord(key),)), ("r", (0, *[10 + ord(key) % 7] * life)))
    )
    options = tuple(replace(one, life_years=life) for one, life in zip(made.options, years, strict=True))
    return replace(made, lines=lines, options=options)


def test_options_of_one_life_are_levelled_although_a_third_lives_shorter() -> None:
    results = evaluate(lives(8, 8, 3), DRAWS)
    assert results.verdict.compared_on == "eac"
    assert {switch.rival for switch in results.switches if switch.kind == "cost"} == {"b"}


def test_options_of_different_lives_are_never_levelled_on_net_present_cost() -> None:
    results = evaluate(lives(8, 3, 3), DRAWS)
    assert not [switch for switch in results.switches if switch.kind in {"cost", "probability", "rate"}]


def test_the_run_at_three_per_cent_has_its_own_annuity() -> None:
    """100 in year 0, spread over years 1 to 3 at 3.0 %: 35.35; at 3.5 %: 35.69."""
    made = appraisal(9, ("a",), lines=(line("x", "a", 100),))
    made = replace(made, options=(replace(made.options[0], life_years=3),))
    case = evaluate(made, parts=frozenset({Part.ECONOMIC})).options[0].economic
    assert case is not None
    assert case.review is not None
    assert (case.review.eac, case.review.own_eac, case.eac) == (Decimal("35.35"), Decimal("35.69"), Decimal("35.69"))


def test_money_after_the_life_of_an_option_is_nobodys_surplus() -> None:
    made = appraisal(3, ("a",), lines=(line("x", "a", 100, 100),), scenarios=(rolling("s", (90, 90, 90), 1.0, 0.0),))
    made = replace(made, options=(replace(made.options[0], life_years=1),))
    (option,) = evaluate(made, DRAWS).options
    assert option.funding is not None
    assert option.funding[0].gap_by_year == (10, 10, 0)
