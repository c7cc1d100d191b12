"""The tables of the five cases, on the real figures of the worked example."""

from dataclasses import replace
from decimal import Decimal

import pytest

from appraise.model.appraisal.records import Person, Role
from appraise.model.evaluate import Settings, evaluate
from appraise.present import case_tables, record_tables, tables
from appraise.workspace import templates

DOCUMENT = templates.load("worked-example", first_year=2027)
RESULTS = evaluate(DOCUMENT, Settings(draws=4000))


def test_each_constraint_is_priced_or_kept_in_each_option() -> None:
    table = case_tables.constraints_cost(RESULTS, DOCUMENT)
    by_name = {row[0].text: row for row in table.rows}
    permit = by_name["Flood-risk permit"]
    assert [cell.text.split()[-1] for cell in permit[1:]] == ["kept", "kept", "kept", "priced", "kept"]
    total = sum((cell.raw for row in table.rows for cell in row[1:]), Decimal(0))
    expected = sum((one.economic.premium + one.economic.retained for one in RESULTS.options), Decimal(0))
    rows = (row for one in RESULTS.options for row in one.economic.rows)
    expected += sum((row.present_value for row in rows if row.kind == "managing"), Decimal(0))
    assert abs(total - expected) < Decimal("0.20")  # rows are rounded to the penny one by one


@pytest.mark.parametrize(("posts", "words"), [(("One", "Two"), "different people"), (("One", "One"), "same person")])
def test_the_note_on_roles_says_what_the_data_say(posts: tuple[str, str], words: str) -> None:
    people = (
        Person(id="p1", post=posts[0], role=Role.ANALYST),
        Person(id="p2", post=posts[1], role=Role.ASSURER),
    )
    (note,) = record_tables.people(replace(DOCUMENT, people=people)).notes
    assert words in note
    assert record_tables.people(replace(DOCUMENT, people=people[:1])).notes == ()


def test_no_option_is_level_with_itself() -> None:
    table = tables.switching_values(RESULTS, DOCUMENT)
    assert table.rows
    assert all(switch.preferred != switch.rival for switch in RESULTS.switches)
    assert DOCUMENT.options[-1].name in table.title
