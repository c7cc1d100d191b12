"""The tables of the strategic case, the long list, sourcing and the appraisal summary."""

import re
from dataclasses import replace

import pytest

from appraise.model.appraisal.options import Rating
from appraise.model.appraisal.sourcing import Reply
from appraise.model.evaluate import Settings, evaluate
from appraise.model.tables import QUESTIONS
from appraise.present import long_list_tables, need_tables, record_tables, sourcing_tables, summary_table, tables
from appraise.workspace import templates
from tests.report.full_document import full

DOCUMENT = full()
RESULTS = evaluate(DOCUMENT, Settings(draws=2000))
BLANK = templates.load("blank", first_year=2027)


def texts(row: tuple[tables.Cell, ...]) -> list[str]:
    return [cell.text for cell in row]


def test_the_matrix_sorts_the_choices_of_each_category_by_their_rating() -> None:
    table = long_list_tables.matrix(DOCUMENT)
    assert [column.heading for column in table.columns][2:] == ["Green: preferred", "Amber: carry forward", "Red: drop"]
    assert texts(table.rows[2]) == [
        "Delivery",
        "Own teams (amber: carry forward)",
        "Joint team with Eastholme",
        "One supplier",
        "A mutual of the staff",
    ]


def test_a_preferred_choice_that_is_today_s_is_said_to_be() -> None:
    kept = tuple(
        replace(
            choice, rating={"deliver-own": Rating.PREFERRED, "deliver-joint": Rating.DROP}.get(choice.id, choice.rating)
        )
        for choice in DOCUMENT.choices
    )
    assert texts(long_list_tables.matrix(replace(DOCUMENT, choices=kept)).rows[2])[2] == "As today"


def test_every_choice_has_its_reason_and_its_options() -> None:
    table = long_list_tables.reasons(DOCUMENT)
    assert [row[3].raw for row in table.rows] == [choice.reason for choice in DOCUMENT.choices]
    assert table.rows[1][4].text == "Joint service and Outsourced"


def test_what_is_left_out_and_what_is_spent_are_both_listed_with_sizes() -> None:
    assert [texts(row)[-1] for row in need_tables.left_out(DOCUMENT).rows] == ["£350k", "Not sized"]
    spent = need_tables.kept_out(DOCUMENT)
    assert {row[0].text for row in spent.rows} == {"Survey of 2025"}
    assert spent.rows[0][3].raw == 85_000


@pytest.mark.parametrize("test", sourcing_tables.TESTS)
def test_open_questions_of_a_test_are_counted(test: str) -> None:
    assert len(sourcing_tables.answers(DOCUMENT, test).rows) == len(QUESTIONS[test])
    assert sourcing_tables.answers(DOCUMENT, test).notes == ()
    found = sourcing_tables.questionnaire_of(DOCUMENT, test)
    unsaid = replace(found, answers=(replace(found.answers[0], reply=Reply.UNSAID), *found.answers[1:]))
    changed = replace(DOCUMENT, sourcing=replace(DOCUMENT.sourcing, **{test: unsaid}))
    table = sourcing_tables.answers(changed, test)
    assert len(table.rows) == len(QUESTIONS[test]) - 1
    assert table.notes == ("One question still open.",)


def test_a_contract_stands_beside_threshold_and_change_rules() -> None:
    rows = {row[0].text: row[1].text for row in sourcing_tables.procurement(RESULTS, DOCUMENT).rows}
    found = RESULTS.options[3].financial.procurement
    assert rows["Against the threshold"] == "At or above"
    assert rows["Years counted, with extension"] == "10 years"
    assert rows["Change of term without a new tender, 10\u00a0%"] == "1 year"
    assert rows["Largest claim from a constraint, beside that change"].endswith("beyond")
    assert found.largest_claim > found.value_change
    assert len(sourcing_tables.procurement(RESULTS, DOCUMENT).columns) == 2, "only options that buy"


def test_usual_lines_are_filled_not_applicable_or_open() -> None:
    rows = {row[0].text: texts(row)[1:] for row in sourcing_tables.usual_line_states(DOCUMENT).rows}
    assert rows["Contract charge"] == ["–", "–", "–", "Filled"]
    assert rows["Pay harmonisation and TUPE measures"][2:] == ["Not applicable", "Open"]
    (row,) = sourcing_tables.not_applicable(DOCUMENT).rows
    assert row[2].text == "Both councils pay national scales."


def test_the_summary_table_has_the_columns_of_the_green_book_and_a_row_for_each_option() -> None:
    table = summary_table.appraisal_summary(RESULTS, DOCUMENT)
    assert tuple(column.heading for column in table.columns) == (
        "Description",
        "Summary metrics",
        "Unmonetisable costs and benefits",
        "Public sector financial impact",
        "Distribution among groups and places",
        "Why preferred or inferior",
    )
    joint = texts(table.rows[table.highlight_row])
    assert joint[0].startswith("Joint service with Eastholme. Preferred way forward.")
    assert "BCR 0.27" in joint[1]
    assert "Inspections of gullies: 140,000 visits." in joint[2]
    assert "NHS trust −£670k." in joint[3]
    assert "Weighted NPSV" in joint[4]
    assert joint[5].startswith("Preferred.")
    assert "more than Joint service on average" in texts(table.rows[0])[5]


def test_every_dated_table_is_named_with_the_day_to_look_again() -> None:
    said = [texts(row) for row in record_tables.versions(RESULTS).rows]
    dated = [words for name, words in said if name == "Dated table"]
    assert len(dated) == len(RESULTS.versions.tables) > 2
    assert ["Price index", RESULTS.versions.indices[0]] in said
    assert any("look for a newer one after" in words for words in dated)


def test_a_blank_document_has_none_of_these_rows() -> None:
    for table in (
        long_list_tables.matrix(BLANK), long_list_tables.reasons(BLANK), long_list_tables.factors(BLANK),
        long_list_tables.made_of(BLANK), need_tables.objectives(BLANK), need_tables.today(BLANK),
        need_tables.theory(BLANK), need_tables.facts(BLANK), need_tables.equality(BLANK), need_tables.left_out(BLANK),
        need_tables.kept_out(BLANK), sourcing_tables.answers(BLANK, "public_interest"),
        sourcing_tables.usual_line_states(BLANK), sourcing_tables.not_applicable(BLANK),
    ):  # fmt: skip
        assert table.rows == (), table.title


def test_the_row_of_an_option_that_fails_a_gate_begins_with_the_gate() -> None:
    example = templates.load("worked-example", first_year=2027)
    results = evaluate(example, Settings(draws=500))
    rows = {row[0].text.split(".")[0]: texts(row) for row in summary_table.appraisal_summary(results, example).rows}
    usual, minimum = rows["Business as usual"], rows["Do minimum"]
    assert usual[5].startswith("Fails “Lawful from 1 October 2027”, so it may not lead.")
    assert usual[2].endswith("Weighted score 32 of 100, out.")
    assert minimum[2].endswith("Weighted score 40 of 100.")
    assert "Fails" not in minimum[5]


def test_every_option_gets_the_same_sentence_on_money_and_nothing_is_cut() -> None:
    example = templates.load("care-together", first_year=2027)
    long = replace(example.recommendation, reasons="It is best. " + "It costs less in more than one way. " * 9)
    example = replace(example, recommendation=long)
    results = evaluate(example, Settings(draws=500))
    table = summary_table.appraisal_summary(results, example)
    for row in table.rows:
        said = texts(row)
        assert re.search(r"Middle draw short of money (in|from) .*“Single-year, rolled”\.$", said[5]), said[5]
        assert not any("…" in cell for cell in said)
    assert texts(table.rows[table.highlight_row])[5].startswith("Preferred. It is best.")
