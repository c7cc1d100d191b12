"""Simulated figures as tables, with their errors."""

from dataclasses import replace

import pytest

from appraise.model.evaluate import Settings, evaluate
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
        assert "±" not in cvar.text, "no error is known for it"
    assert table.columns[1].unit == "£ million"


def test_an_error_is_never_said_to_be_smaller_than_it_is() -> None:
    table = risk_tables.distribution(RESULTS, DOCUMENT)
    for row in table.rows[:-1]:
        for cell in row[1:]:
            said = float(cell.text.split("±")[1]) * 1e6
            assert cell.error <= said + 1e-6 < cell.error + 1e4 + 1e-6


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


def test_shares_of_the_spread_add_up_to_all_of_it() -> None:
    table = risk_tables.contributions(RESULTS, DOCUMENT, "option-joint")
    raw = [row[1].raw for row in table.rows]
    assert sum(raw) == pytest.approx(sum(one.share for one in RESULTS.options[4].risk.contribution))
    assert raw[:-1] == sorted(raw[:-1], reverse=True)
    assert "smaller input" in table.rows[-1][0].text
    with pytest.raises(KeyError):
        risk_tables.contributions(RESULTS, DOCUMENT, "gone")


def test_a_document_without_costs_gives_empty_tables() -> None:
    blank = templates.load("blank", first_year=2027)
    results = evaluate(blank, Settings(draws=100))
    assert risk_tables.distribution(results, blank).rows == ()
    assert risk_tables.pairwise(results, blank).rows == ()
    document = example.document(options=1)
    made = example.results(document)
    assert risk_tables.pairwise(made, document).rows == (), "one option has nobody to be compared with"
    empty = replace(made, options=(replace(made.options[0], risk=None),))
    assert risk_tables.contributions(empty, document, "option-0").rows == ()
