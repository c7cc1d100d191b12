from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appraise.model.appraisal.records import Assumption
from appraise.model.edits.basis import set_years
from appraise.model.edits.lines import add_index, copy_line, remove_index, set_amount, set_amounts, set_index
from appraise.model.edits.records import remove_assumption
from tests.builders import appraisal, constraint, line, pounds

DOCUMENT = appraisal(
    4,
    lines=(line("x", "a", 1, 2, 3, 4), line("y", "b", 5), line("z", "b", 6, 7, assumption="pay")),
    constraints=(constraint("permit", 0.3, 5), constraint("consent", 0.3, 5)),
    assumptions=(Assumption(id="pay", statement="Pay"),),
)


def _amounts(document):
    return {one.id: one.amounts for one in document.lines}


def test_an_amount_lands_in_its_year_and_other_lines_are_shared():
    after = set_amount(DOCUMENT, line="y", year=3, amount=Decimal("2.5"))
    assert after.lines[1].amounts == pounds(5, 0, 0, "2.50")
    assert str(after.lines[1].amounts[3]) == "2.50"
    assert after.lines[0] is DOCUMENT.lines[0]
    assert after.options is DOCUMENT.options


def test_nothing_written_where_nothing_stood_is_no_change():
    assert set_amount(DOCUMENT, line="y", year=3, amount=Decimal(0)) is DOCUMENT
    assert set_amount(DOCUMENT, line="x", year=1, amount=Decimal(2)) is DOCUMENT


def test_a_block_is_one_edit_and_all_or_nothing():
    after = set_amounts(DOCUMENT, amounts={("x", 0): Decimal(9), ("y", 1): Decimal(8), ("x", 3): Decimal(0)})
    assert _amounts(after) == {"x": pounds(9, 2, 3, 0), "y": pounds(5, 8), "z": pounds(6, 7)}
    assert after.lines[2] is DOCUMENT.lines[2]
    for year in (-1, 4):
        with pytest.raises(IndexError):
            set_amounts(DOCUMENT, amounts={("x", 0): Decimal(9), ("y", year): Decimal(8)})


@given(
    st.dictionaries(
        st.tuples(st.sampled_from("xyz"), st.integers(0, 3)),
        st.decimals(-(10**13), 10**13, places=2, allow_nan=False),
        max_size=8,
    )
)
@settings(max_examples=60, deadline=None)
def test_a_block_equals_its_cells_one_by_one_in_any_order(cells):
    single = DOCUMENT
    for (key, year), amount in reversed(cells.items()):
        single = set_amount(single, line=key, year=year, amount=amount)
    block = set_amounts(DOCUMENT, amounts=cells)
    padded = [
        {key: (*row, *pounds(0, 0, 0, 0))[:4] for key, row in _amounts(document).items()}
        for document in (single, block)
    ]
    assert padded[0] == padded[1]


def test_a_shorter_horizon_keeps_the_amounts_beyond_it():
    after = set_years(DOCUMENT, years=2)
    assert after.lines is DOCUMENT.lines
    cleared = set_amount(after, line="x", year=3, amount=Decimal(0))
    assert cleared.lines[0].amounts == pounds(1, 2, 3, 0)
    with pytest.raises(IndexError):
        set_amount(after, line="y", year=2, amount=Decimal(1))


def test_a_copy_keeps_everything_but_its_place():
    after = copy_line(DOCUMENT, line="z", copy="z2", option="a")
    new = after.lines[-1]
    assert (new.id, new.option, new.name, new.amounts, new.assumption) == ("z2", "a", "z", pounds(6, 7), "pay")


def test_removing_an_index_or_assumption_empties_the_references():
    document = add_index(DOCUMENT, index="cpi", name="CPI", percent=(Decimal(2),))
    document = set_index(document, line="x", index="cpi")
    after = remove_index(document, index="cpi")
    assert after == DOCUMENT
    assert after.lines[1] is DOCUMENT.lines[1]
    assert after.constraints is DOCUMENT.constraints
    assert [one.assumption for one in remove_assumption(DOCUMENT, assumption="pay").lines] == ["", "", ""]
