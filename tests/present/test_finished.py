"""What is not entered yet is never shown as nought, and nothing is advised on it."""

from dataclasses import replace

import pytest

from appraise.model.results import OptionResult, Results
from appraise.present import advice, charts, finished, tables, wording
from appraise.present.chart_parts import ChartStyle
from tests.present import example

DOCUMENT = example.document(recommended="")
RESULTS = example.results(DOCUMENT, clear=True)
SIZE = {"width": 400.0, "height": 300.0}


def without_lines(option: OptionResult) -> OptionResult:
    assert option.economic is not None
    assert option.financial is not None
    return replace(option, economic=replace(option.economic, rows=()), financial=replace(option.financial, rows=()))


def only_costed(*kept: int) -> Results:
    options = tuple(one if place in kept else without_lines(one) for place, one in enumerate(RESULTS.options))
    return replace(RESULTS, options=options)


def without_scores(place: int) -> Results:
    option = RESULTS.options[place]
    assert option.score is not None
    first, *rest = option.score.by_criterion
    score = replace(option.score, complete=False, by_criterion=(replace(first, value=None, points=0.0), *rest))
    options = tuple(replace(one, score=score) if one is option else one for one in RESULTS.options)
    return replace(RESULTS, options=options)


def without_money(results: Results, *scenarios: str) -> Results:
    def emptied(option: OptionResult) -> OptionResult:
        funding = tuple(
            replace(one, funding_by_year=tuple(0 * year for year in one.funding_by_year))
            if one.scenario in scenarios
            else one
            for one in option.funding or ()
        )
        return replace(option, funding=funding)

    return replace(results, options=tuple(emptied(one) for one in results.options))


def test_options_without_costs_show_dashes_and_no_chance() -> None:
    table = tables.options_summary(only_costed(2), DOCUMENT)
    for place, row in enumerate(table.rows):
        shown = [row[column].text for column in (1, 2, 5, 6)]
        assert (wording.DASH in shown) == (place != 2), row
    assert {row[3].text for row in table.rows} == {wording.DASH}
    assert "4 of 5 options have no costs yet." in table.notes
    assert table.highlight_row is None


def test_nothing_is_recommended_before_every_option_has_costs() -> None:
    for document in (DOCUMENT, example.document(recommended="option-4")):
        results = only_costed(2)
        assert advice.answer(results, document) == "No recommendation can rest on these figures yet."
        assert advice.why(results, document)[0] == "4 of 5 options have no costs yet."
        assert advice.brief(results, document)[0] == "4 of 5 options have no costs yet."
        assert advice.what_would_change(results, document) == ()
        assert "Cost: options without costs" in [chip.text for chip in advice.chips(results, document)]
    assert advice.why(only_costed(0, 1, 2, 3), DOCUMENT)[0] == "1 of 5 options has no costs yet."
    assert advice.answer(RESULTS, DOCUMENT).endswith("leads; nothing has been recommended yet.")


def test_charts_leave_options_without_costs_out() -> None:
    style = ChartStyle.light()
    some = only_costed(2, 4)
    assert charts.chance_cheapest(some, DOCUMENT, style=style, **SIZE) is None
    assert charts.tornado(some, DOCUMENT, option="option-0", style=style, **SIZE) is None
    for draw in (charts.cost_ranges, charts.cost_distribution):
        chart = draw(some, DOCUMENT, style=style, **SIZE)
        assert chart is not None
        assert [row[0].text for row in chart.data.rows] == [RESULTS.options[place].name for place in (2, 4)]
    switches = tables.switching_values(some, DOCUMENT)
    assert len(switches.rows) == sum(switch.kind == "weight" for switch in RESULTS.switches)
    assert charts.chance_cheapest(RESULTS, DOCUMENT, style=style, **SIZE) is not None


def test_a_missing_score_is_never_part_of_a_total() -> None:
    results = without_scores(1)
    assert tables.options_summary(results, DOCUMENT).rows[1][4].text == "5 of 6 scored"
    assert tables.options_summary(results, DOCUMENT).rows[1][4].raw is None
    assert tables.scores(results, DOCUMENT).rows[-1][3].text == "5 of 6 scored"
    chart = charts.weighted_scores(results, DOCUMENT, style=ChartStyle.light(), **SIZE)
    both = charts.score_against_cost(results, DOCUMENT, style=ChartStyle.light(), **SIZE)
    assert chart is not None
    assert both is not None
    assert "Do minimum: 5 of 6 scored." in chart.alt
    assert "Do minimum" not in both.alt
    assert "1 of 5 options lacks scores." in advice.why(results, DOCUMENT)
    assert advice.chips(results, DOCUMENT)[0].text == "Outcomes: scores missing"


@pytest.mark.parametrize("gone", [("single",), ("single", "three")])
def test_a_scenario_without_money_is_not_judged(gone: tuple[str, ...]) -> None:
    document = example.document(recommended="option-4")
    results = without_money(RESULTS, *gone)
    option = results.options[-1]
    style = ChartStyle.light()
    assert charts.gap_by_year(results, document, option=option.id, scenario="single", style=style, **SIZE) is None
    assert charts.cash_fan(results, document, option=option.id, scenario="single", style=style, **SIZE) is None
    money = " ".join(advice.why(results, document))
    assert "Single-year" not in money
    cells = tables.options_summary(results, document).rows[-1]
    if len(gone) == 2:
        assert cells[5].text == finished.NO_MONEY
        assert cells[6].text == wording.DASH
        assert advice.chips(results, document)[-1].text == finished.NO_MONEY
    else:
        assert "of 1 scenario" in advice.chips(results, document)[-1].text
        assert finished.NO_MONEY not in cells[5].text


def test_one_form_of_money_in_the_columns_of_cost() -> None:
    """Never "£0.58m" beside "£530k to £657k"."""
    small = example.results(DOCUMENT, scale=0.0255)
    for row in tables.options_summary(small, DOCUMENT).rows:
        assert "k" not in row[1].text + row[2].text
        assert row[2].text.endswith("m")
    unit, form = wording.bare_range(tables.cost_figures(small))
    assert unit == "£m"
    assert form(530_000, 1_657_000) == "0.53 to 1.66"


def test_a_long_name_is_whole_in_the_headline() -> None:
    document = example.document(long_names=True)
    results = example.results(document)
    assert advice.answer(results, document) == f"We recommend: {document.options[4].name}."


def test_the_brief_reasons_are_three_short_sentences() -> None:
    said = advice.brief(RESULTS, example.document())
    assert len(said) == 3
    assert sum(len(sentence) for sentence in said) < 260


def test_switching_values_have_one_form_of_money() -> None:
    small = example.switch("cost", "Vans", "option-2", now=-478e3, needed=-153e3, change=-0.68, owner="option-4")
    table = tables.switching_values(replace(RESULTS, switches=(*RESULTS.switches, small)), DOCUMENT)
    assert table.rows[-1][2].text == "−£478k"
    assert table.rows[0][2].text == "£31,000k"
