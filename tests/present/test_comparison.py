"""Ties, small leads and different lives: said plainly, and nobody picked where there is nobody to pick."""

from dataclasses import replace
from decimal import Decimal

import pytest

from appraise.model.results import Results
from appraise.present import advice, charts, comparison, tables
from appraise.present.chart_parts import ChartStyle
from tests.present import example

DOCUMENT = example.document(recommended="")
RESULTS = example.results(DOCUMENT)
LEADER, RIVAL = RESULTS.verdict.cheapest, RESULTS.verdict.cheapest_rival


def with_figures(lead: str, risk: str, *, clear: bool = False) -> Results:
    """The results with these expected costs between the first two and this risk in both."""
    options = tuple(
        replace(
            one,
            economic=replace(
                one.economic,
                expected_npc=Decimal(1_000_000) + (Decimal(lead) if one.id == RIVAL else 0),
                retained=Decimal(risk),
            ),
        )
        for one in RESULTS.options
    )
    return replace(RESULTS, options=options, verdict=replace(RESULTS.verdict, cost_clear=clear))


def different_lives() -> Results:
    """The last option runs for 6 years, the others for 3: half the sum of discount factors, twice the cost a year."""
    options = tuple(
        replace(one, economic=replace(one.economic, annuity=5.0 if one is RESULTS.options[-1] else 2.5))
        for one in RESULTS.options
    )
    return replace(RESULTS, options=options, verdict=replace(RESULTS.verdict, compared_on="eac"))


def test_a_lead_inside_the_risk_is_called_noise_with_both_amounts() -> None:
    said = " ".join(advice.why(with_figures("166000", "4200000"), DOCUMENT))
    assert "A lead of £166,000 is inside the noise: constraints in the figures come to £4.2\u00a0million." in said


@pytest.mark.parametrize(("lead", "risk"), [("4200000", "4200000"), ("5000000", "4200000"), ("0", "4200000")])
def test_a_larger_lead_is_not(lead: str, risk: str) -> None:
    assert comparison.small_lead(with_figures(lead, risk)) == ""


def test_a_clear_lead_is_small_only_under_5_per_cent_of_the_risk() -> None:
    assert "holds while both meet the same ones" in comparison.small_lead(with_figures("166000", "4200000", clear=True))
    assert comparison.small_lead(with_figures("211000", "4200000", clear=True)) == ""


def test_a_tie_names_both_and_picks_nobody() -> None:
    verdict = replace(RESULTS.verdict, tied=(LEADER, RIVAL), cost_clear=False)
    results = replace(RESULTS, verdict=verdict)
    names = comparison.tied(results, DOCUMENT)
    assert names == "Joint and In-house"
    for said in (" ".join(advice.why(results, DOCUMENT)), " ".join(advice.brief(results, DOCUMENT))):
        assert f"{names} cost the same" in said
        assert "is cheapest" not in said
        assert "costs less" not in said
    assert "Cost: a tie" in [chip.text for chip in advice.chips(results, DOCUMENT)]
    size = {"width": 480, "height": 200, "style": ChartStyle.light()}
    assert charts.chance_cheapest(results, DOCUMENT, **size).title == f"{names} cost the same"
    assert charts.cost_distribution(results, DOCUMENT, **size).title == f"{names} cost the same"
    assert "costs least" not in charts.score_against_cost(results, DOCUMENT, **size).title


def test_different_lives_are_compared_by_the_year_everywhere() -> None:
    results = different_lives()
    summary = tables.options_summary(results, DOCUMENT)
    assert [column.heading for column in summary.columns][2] == "Cost a year"
    assert summary.rows[-1][2].raw == pytest.approx(RESULTS.options[-1].risk.npc.p50 / 5)
    assert summary.rows[0][2].raw == pytest.approx(RESULTS.options[0].risk.npc.p50 / 2.5)
    said = advice.why(results, DOCUMENT)
    assert any("equivalent annual costs are compared" in one for one in said)
    assert any("cheapest a year in" in one for one in said)
    size = {"width": 480, "height": 200, "style": ChartStyle.light()}
    for make in (charts.chance_cheapest, charts.cost_ranges, charts.cost_distribution, charts.score_against_cost):
        chart = make(results, DOCUMENT, **size)
        assert "cost a year" in chart.subtitle.lower(), chart.title
    assert tables.risk_figures(results, DOCUMENT).title.startswith("Equivalent annual cost")


def test_equal_lives_leave_the_results_as_they_are() -> None:
    assert comparison.compared(RESULTS) is RESULTS
