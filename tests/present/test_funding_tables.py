"""Tables of money by year: the figures behind every cell, and dashes where there is none."""

import re
from dataclasses import replace
from decimal import Decimal

from appraise.model.appraisal.funding import SettlementStatus
from appraise.model.appraisal.partners import FixedShare, ShareRule
from appraise.present import funding_tables, funding_words, partner_tables, tables, term_tables
from tests.present import funding_example

DOCUMENT = funding_example.document()
RESULTS = funding_example.results(DOCUMENT)
OPTION = "option-4"


def column(table: tables.Table, heading: str) -> list[tables.Cell]:
    place = next(number for number, one in enumerate(table.columns) if one.heading == heading)
    return [row[place] for row in table.rows]


def test_the_shares_of_what_is_not_a_line_are_printed() -> None:
    (found,) = DOCUMENT.arrangements
    shares = tuple(FixedShare(partner=f"partner-{one}", percent=Decimal(50 - 20 * one)) for one in range(2))
    fixed = replace(DOCUMENT, arrangements=(replace(found, rule=ShareRule.FIXED, shares=shares),))
    table = partner_tables.shares(fixed, OPTION)
    assert table.rows[-1][0].text == "Constraints; what a scenario adds to contracts"
    assert table.rows[-1][1].text.startswith("Fixed shares (Saltmere Council 50\u00a0%; Eastholme Council 30\u00a0%")
    by_volume = replace(
        fixed, arrangements=(replace(found, shared=(replace(found.shared[0], rule=ShareRule.VOLUME),)),)
    )
    volume = sum(one.volume for one in DOCUMENT.partners)
    assert column(partner_tables.shares(by_volume, OPTION), "One price, a unit")[0].raw == 100_000 / volume


def test_a_partner_s_sums_hold_no_pence_and_both_measures() -> None:
    cells = [cell.text for row in partner_tables.splits(RESULTS, DOCUMENT, OPTION).rows for cell in row]
    assert not any(re.search(r"\d\.\d\d$", text) for text in cells)
    cases = partner_tables.cases(RESULTS, DOCUMENT, OPTION)
    assert column(cases, "Range of saving, 1 in 10 to 9 in 10")[0].text == "£200k to £600k less"
    assert column(cases, "Saves against business as usual")[0].raw == Decimal(900_000)


def test_a_timetable_holds_its_pilot_the_signing_and_the_days_of_a_grant() -> None:
    rows = {
        row[0].text: [cell.text for cell in row[1:]] for row in term_tables.timetable(RESULTS, DOCUMENT, OPTION).rows
    }
    assert rows["Pilot: One district first"] == ["nine months", "5\u00a0January 2026", "4\u00a0October 2026"]
    assert rows["Contract can be signed"][1] == "12\u00a0November 2026"
    assert rows["Flood resilience fund: spent from the decision on it on"] == [
        "424 days", "1\u00a0February 2027", "31\u00a0March 2028",
    ]  # fmt: skip
    steps = list(rows)
    assert steps.index("Standstill") < steps.index("Contract can be signed") < steps.index("Mobilisation")


def test_what_a_pilot_rests_on_is_printed() -> None:
    (pilot,) = DOCUMENT.pilots
    told = replace(DOCUMENT, pilots=(replace(pilot, test="Fewer floods", source="Plan of May"),))
    (row,) = term_tables.stages(RESULTS, told).rows
    texts = [cell.text for cell in row]
    assert {"Pilot: One district first", "9", "5\u00a0January 2026", "Fewer floods", "Plan of May", "400"} <= set(texts)
    (worth,) = term_tables.pilots(RESULTS, told).rows
    assert [cell.text for cell in worth][3] == "Minimum"


def test_sources_of_terms_and_of_price_gaps_are_printed() -> None:
    options = tuple(replace(one, terms=replace(one.terms, source=f"Books of {one.id}")) for one in DOCUMENT.options)
    sourced = replace(DOCUMENT, options=options, price_gaps=(replace(DOCUMENT.price_gaps[0], source="Bed register"),))
    told = [row[1].text for row in term_tables.sources(sourced).rows]
    assert told == [f"Books of {one.id}" for one in options if one.term_years > 0]
    assert told
    assert column(partner_tables.price_gaps(RESULTS, sourced), "Source")[0].text == "Bed register"


def test_it_is_said_whose_lines_hold_reletting() -> None:
    name = tables.short_name(DOCUMENT, OPTION)

    def notes(**fields: object) -> str:
        options = tuple(replace(one, terms=replace(one.terms, **fields)) for one in DOCUMENT.options)
        return " ".join(term_tables.contract_terms(replace(DOCUMENT, options=options)).notes)

    assert f"Lines hold no re-letting: {name}." in notes(relets_entered=False)
    assert f"Lines hold the re-letting of the term priced: {name}." in notes(relets_entered=True)
    assert "Lines hold" not in notes(procurement=Decimal(0), transition=Decimal(0))


def every_table() -> list[tables.Table]:
    both = (RESULTS, DOCUMENT)
    return [
        funding_tables.scenarios(*both, OPTION),
        funding_tables.all_options(*both),
        funding_tables.short_money(*both, OPTION),
        funding_tables.regret(*both),
        funding_tables.lengths(*both, OPTION),
        funding_tables.settlements(DOCUMENT),
        funding_tables.scenario_terms(DOCUMENT),
        funding_tables.grants(DOCUMENT),
        funding_tables.programmes(DOCUMENT),
        term_tables.contract_terms(DOCUMENT),
        term_tables.chains(*both, OPTION),
        term_tables.line_terms(DOCUMENT),
        term_tables.lots(DOCUMENT),
        term_tables.timetable(*both, OPTION),
        term_tables.pilots(*both),
        term_tables.stages(*both),
        partner_tables.partners(DOCUMENT),
        partner_tables.shares(DOCUMENT, OPTION),
        partner_tables.cases(*both, OPTION),
        partner_tables.splits(*both, OPTION),
        partner_tables.by_year(*both, OPTION, "partner-1"),
        partner_tables.unstable(*both, OPTION),
        partner_tables.leaving(*both, OPTION),
        partner_tables.purse(*both, OPTION),
        partner_tables.price_gaps(*both),
        partner_tables.buyers(*both, "gap-1"),
        partner_tables.scarce(DOCUMENT),
    ]


def test_every_row_has_a_cell_for_every_column_and_notes_are_short() -> None:
    for table in every_table():
        assert table.rows, table.title
        for row in table.rows:
            assert len(row) == len(table.columns), table.title
            assert all(cell.text for cell in row), table.title
        for note in table.notes:
            for sentence in note.split(". "):
                assert len(sentence.split()) <= 25, sentence


def test_figures_are_those_of_the_draws_with_their_errors() -> None:
    table = funding_tables.scenarios(RESULTS, DOCUMENT, OPTION)
    funding = RESULTS.options[-1].funding or ()
    assert [cell.raw for cell in column(table, "Expected gap, all years")] == [one.expected_gap for one in funding]
    assert [cell.raw for cell in column(table, "Reserve")] == [one.reserve for one in funding]
    assert [cell.text for cell in column(table, "Affordable")] == ["No", "No", "Yes"]
    assert [cell.text for cell in column(table, "Cost of short money")] == ["2,040\u00a0±8", "1,020\u00a0±8", "–"]
    assert [cell.text for cell in column(table, "Years signed")] == ["1", "3", "5"]


def test_a_scenario_without_money_says_so_in_place_of_gaps() -> None:
    empty = replace(
        RESULTS,
        options=tuple(
            replace(one, funding=tuple(replace(part, funding_by_year=(Decimal(0),) * 7) for part in one.funding or ()))
            for one in RESULTS.options
        ),
    )
    table = funding_tables.scenarios(empty, DOCUMENT, OPTION)
    assert {cell.text for cell in column(table, "First year short, middle draw")} == {"No money entered"}
    assert {cell.text for cell in column(table, "Affordable")} == {"–"}


def test_only_causes_that_cost_something_have_a_column() -> None:
    first = funding_tables.short_money(RESULTS, DOCUMENT, OPTION)
    assert len(first.columns) == 9
    parts = [cell.raw for cell in first.rows[1][1:-1]]
    assert sum(part for part in parts if isinstance(part, float)) == first.rows[1][-1].raw
    one = funding_example.document(scenarios=1)
    assert funding_tables.short_money(funding_example.results(one), one, OPTION).rows == ()


def test_settlements_show_capital_and_what_changes_inside_them() -> None:
    table = funding_tables.settlements(DOCUMENT)
    assert len(table.rows) == sum(len(plan.settlements) for plan in DOCUMENT.scenarios)
    assert column(table, "How firm")[-2].text == "Final then indicative"
    assert column(table, "Capital")[-2].raw == Decimal("2000000.00")
    plan = DOCUMENT.scenarios[0]
    bid = replace(plan.settlements[0], status=SettlementStatus.BID_FOR, statuses=())
    other = replace(DOCUMENT, scenarios=(replace(plan, settlements=(bid,)),))
    assert column(funding_tables.settlements(other), "How firm")[0].text == "Bid for"


def test_an_empty_document_has_tables_without_rows() -> None:
    bare = replace(
        DOCUMENT, scenarios=(), grants=(), programmes=(), line_terms=(), pilots=(), partners=(), arrangements=(),
        price_gaps=(), scarce_staff=(), options=tuple(replace(one, term_years=0, lots=()) for one in DOCUMENT.options),
    )  # fmt: skip
    results = replace(
        RESULTS, regret=None, partners=None, price_gaps=None, pilots=None,
        options=tuple(replace(one, funding=(), lengths=None, purse=None, timetable=None) for one in RESULTS.options),
    )  # fmt: skip
    both = (results, bare)
    for table in (
        funding_tables.scenarios(*both, OPTION), funding_tables.all_options(*both), funding_tables.regret(*both),
        funding_tables.short_money(*both, OPTION), funding_tables.lengths(*both, OPTION),
        funding_tables.settlements(bare), funding_tables.scenario_terms(bare), funding_tables.grants(bare),
        funding_tables.programmes(bare), term_tables.contract_terms(bare), term_tables.chains(*both, OPTION),
        term_tables.line_terms(bare), term_tables.lots(bare), term_tables.timetable(*both, OPTION),
        term_tables.pilots(*both), partner_tables.partners(bare), partner_tables.shares(bare, OPTION),
        partner_tables.cases(*both, OPTION), partner_tables.splits(*both, OPTION),
        partner_tables.by_year(*both, OPTION, "partner-1"), partner_tables.unstable(*both, OPTION),
        partner_tables.leaving(*both, OPTION), partner_tables.purse(*both, OPTION), partner_tables.price_gaps(*both),
        partner_tables.buyers(*both, "gap-1"), partner_tables.scarce(bare),
    ):  # fmt: skip
        assert table.rows == (), table.title


def test_the_money_in_one_look_is_the_four_answers() -> None:
    table = funding_tables.at_a_glance(RESULTS, DOCUMENT, OPTION)
    (row,) = table.rows
    answers = funding_words.answers(RESULTS, DOCUMENT, OPTION)
    assert row[0].text.startswith(answers[0].answer)
    assert row[1].text == answers[1].answer
    assert row[2].text == "7 in\u00a010 in Single-year, rolled; else 55 in\u00a0100 and 4 in\u00a010"
    assert row[3].text == f"Length alone: {answers[3].answer}"
    assert funding_tables.at_a_glance(RESULTS, replace(DOCUMENT, scenarios=()), OPTION).rows == ()
