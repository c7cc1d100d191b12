"""Simulated figures as tables, with their errors."""

import math
from dataclasses import replace

import pytest

from appraise.model.evaluate import LIVE_PARTS, Settings, evaluate
from appraise.present import comparison, risk_tables, wording
from appraise.workspace import templates
from tests.present import example

DOCUMENT = templates.load("worked-example", first_year=2027)
RESULTS = evaluate(DOCUMENT, Settings(draws=4000))


def test_every_percentile_has_its_error_and_cvar_stands_beyond_p80() -> None:
    table = risk_tables.distribution(RESULTS, DOCUMENT)
    rows = {row[0].text: row[1:] for row in table.rows}
    for place, option in enumerate(RESULTS.options):
        assert rows["P80"][place].raw == option.risk.npc.p80
        assert rows["P80"][place].error == option.risk.npc.percentile_errors.p80
        assert rows["Mean"][place].error == pytest.approx(1.96 * option.risk.npc.mean_error)
        cvar = rows["CVaR 80, mean of the dearest fifth"][place]
        assert cvar.raw == option.risk.npc.cvar80 > option.risk.npc.p80
        assert cvar.error == pytest.approx(1.96 * option.risk.npc.cvar80_error)
        deviation = rows["Standard deviation"][place]
        assert deviation.error == pytest.approx(1.96 * option.risk.npc.sd_error)
    assert table.columns[1].unit == "£ million"


def test_figures_are_rounded_to_the_largest_error_of_their_table() -> None:
    for table in (risk_tables.distribution(RESULTS, DOCUMENT), risk_tables.npsv(RESULTS, DOCUMENT)):
        worst = max(cell.error for row in table.rows for cell in row[1:])
        place = 10.0 ** math.floor(math.log10(worst))
        for cell in (cell for row in table.rows for cell in row[1:]):
            value, error = (float(part) * 1e6 for part in cell.text.replace("−", "-").split("\u00a0±"))
            assert abs(value - cell.raw) <= place / 2 + 1
            assert -1 <= error - cell.error <= place + 1, "never said to be smaller than it is"


def test_npsv_stands_beside_cost_with_its_own_chance() -> None:
    table = risk_tables.npsv(RESULTS, DOCUMENT)
    rows = {row[0].text: row[1:] for row in table.rows}
    for place, option in enumerate(RESULTS.options):
        assert rows["P10"][place].raw == option.risk.npsv.p10 < option.risk.npsv.p50
    assert not any(name.startswith("CVaR") for name in rows), "the best fifth is no risk"
    chances = risk_tables.chances(RESULTS, DOCUMENT)
    for row, option in zip(chances.rows, RESULTS.options, strict=True):
        assert [cell.raw for cell in row[1:]] == [
            option.risk.probability_cheapest,
            option.risk.probability_highest_npsv,
        ]
    for place in (1, 2):
        assert sum(row[place].raw for row in chances.rows) == pytest.approx(1.0)
    assert chances.rows[chances.highlight_row][0].text == "Joint"
    other = replace(RESULTS, verdict=replace(RESULTS.verdict, compared_on="eac"))
    assert [one.heading for one in risk_tables.chances(other, DOCUMENT).columns] == ["Option", "Lowest cost a year"]


def test_differences_are_those_of_the_option_in_the_same_draws() -> None:
    table = risk_tables.differences(RESULTS, DOCUMENT, "option-joint")
    own = RESULTS.options[4].risk
    assert [row[0].text for row in table.rows] == ["Usual", "Minimum", "In-house", "Outsource"]
    for row, one in zip(table.rows, own.differences, strict=True):
        found = one.distribution
        assert [cell.raw for cell in row[1:5]] == [found.mean, found.p10, found.p50, found.p90]
        share = next(pair.share for pair in own.pairwise_cheaper if pair.than == one.than)
        assert row[5].raw == share
    other = replace(RESULTS, verdict=replace(RESULTS.verdict, compared_on="eac"))
    assert risk_tables.differences(other, DOCUMENT, "option-joint").rows == (), "lives differ: not to be compared"


def test_options_are_compared_in_pairs() -> None:
    table = risk_tables.pairwise(RESULTS, DOCUMENT)
    raw = [[cell.raw for cell in row[1:]] for row in table.rows]
    for one in range(len(raw)):
        assert table.rows[one][one + 1].text == wording.DASH
        for two in range(one):
            assert raw[one][two] + raw[two][one] == pytest.approx(1.0)
    assert table.rows[table.highlight_row][0].text == "Joint service with Eastholme"
    texts = {cell.text for row in table.rows for cell in row[1:]}
    assert not texts & {"0\u00a0%", "100\u00a0%"}, "draws rule nothing out"


def test_pairs_need_costs_over_one_life() -> None:
    other = replace(RESULTS, verdict=replace(RESULTS.verdict, compared_on="eac"))
    assert risk_tables.pairwise(other, DOCUMENT).rows == ()
    assert risk_tables.distribution(other, DOCUMENT).title.startswith("Cost a year")
    first = RESULTS.options[0]
    yearly = comparison.compared(other).options[0].risk.npc
    assert yearly.percentile_errors.p80 == pytest.approx(first.risk.npc.percentile_errors.p80 / first.economic.annuity)
    assert yearly.cvar80 == pytest.approx(first.risk.npc.cvar80 / first.economic.annuity)


def test_inputs_have_their_share_their_ends_and_their_rank() -> None:
    table = risk_tables.inputs(RESULTS, DOCUMENT, "option-joint")
    risk = RESULTS.options[4].risk
    shares = [row[1].raw for row in table.rows]
    assert sum(shares) == pytest.approx(sum(one.share for one in risk.contribution))
    assert shares[:-1] == sorted(shares[:-1], reverse=True)
    assert "smaller input" in table.rows[-1][0].text
    ends = {one.id: (one.low, one.high) for one in risk.influences}
    ranks = {one.id: one.value for one in risk.rank_correlations}
    for row, share in zip(table.rows[:-1], risk.contribution, strict=False):
        assert (row[2].raw, row[3].raw) == ends[share.id]
        assert row[4].raw == ranks[share.id]
    names = [row[0].text for row in table.rows]
    assert len(set(names)) == len(names), "a driver and a price index of one name are told apart"
    with pytest.raises(KeyError):
        risk_tables.inputs(RESULTS, DOCUMENT, "gone")


def test_correlated_inputs_share_one_part_of_the_variance() -> None:
    document = example.document()
    made = example.results(document)
    risk = made.options[0].risk
    names = [one.name for one in risk.influences]
    table = risk_tables.inputs(made, document, made.options[0].id)
    rows = {row[0].text: row for row in table.rows}
    assert rows["Pay"][1].raw == 0.6
    assert rows["Pay"][2].text == wording.DASH, "a group has no ends of its own"
    assert rows[wording.capital(names[0])][1].text == wording.DASH, "its share is that of the group"
    assert any("row of their group" in note for note in table.notes)


def test_a_frame_has_no_time_for_what_matters() -> None:
    live = evaluate(DOCUMENT, Settings(draws=2000), parts=LIVE_PARTS)
    assert risk_tables.inputs(live, DOCUMENT, "option-joint").rows == ()
    assert risk_tables.differences(live, DOCUMENT, "option-joint").rows == ()
    assert risk_tables.distribution(live, DOCUMENT).rows


def test_a_document_without_costs_gives_empty_tables() -> None:
    blank = templates.load("blank", first_year=2027)
    results = evaluate(blank, Settings(draws=100))
    assert risk_tables.distribution(results, blank).rows == ()
    assert risk_tables.pairwise(results, blank).rows == ()
    assert risk_tables.npsv(results, blank).rows == ()
    assert risk_tables.chances(results, blank).rows == ()
    document = example.document(options=1)
    made = example.results(document)
    assert risk_tables.pairwise(made, document).rows == (), "one option has nobody to be compared with"
    empty = replace(made, options=(replace(made.options[0], risk=None),))
    assert risk_tables.inputs(empty, document, "option-0").rows == ()
