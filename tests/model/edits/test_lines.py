from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appraise.model.appraisal.lines import Point, Range, RiseRange, Shape, Spend, Treatment
from appraise.model.appraisal.records import Assumption
from appraise.model.appraisal.sourcing import NotApplicable, Sourcing
from appraise.model.edits.basis import set_years
from appraise.model.edits.changing import EditRefused
from appraise.model.edits.lines import (
    Pattern,
    PatternKind,
    add_index,
    add_usual_line,
    change_line,
    clear_rise_range,
    copy_line,
    fill_line,
    remove_index,
    set_additionality,
    set_amount,
    set_amounts,
    set_index,
    set_points,
    set_range,
    set_rise_range,
)
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


def _filled(kind, **fields):
    pattern = Pattern(**({"kind": kind, "amount": Decimal(1000)} | fields))
    return fill_line(DOCUMENT, line="x", pattern=pattern).lines[0].amounts


def test_patterns_fill_the_whole_line():
    assert _filled(PatternKind.ONE_OFF, first=1) == pounds(0, 1000)
    assert _filled(PatternKind.EVERY_YEAR) == pounds(1000, 1000, 1000, 1000)
    assert _filled(PatternKind.EVERY_YEAR, first=1, last=2) == pounds(0, 1000, 1000)
    assert _filled(PatternKind.GROWTH, first=1, growth_percent=Decimal("2.5")) == pounds(0, 1000, 1025, "1050.62")
    assert _filled(PatternKind.GROWTH, growth_percent=Decimal(-100)) == pounds(1000)
    step = {"step_year": 2, "step_amount": Decimal(400)}
    assert _filled(PatternKind.STEP, **step) == pounds(1000, 1000, 400, 400)
    assert _filled(PatternKind.STEP, **(step | {"step_amount": Decimal(0)})) == pounds(1000, 1000)


def test_growth_is_exact_before_it_is_rounded():
    """1000 x 1.03^t by exact fractions."""
    grown = _filled(PatternKind.GROWTH, growth_percent=Decimal(3))
    exact = [Fraction(1000) * Fraction(103, 100) ** year for year in range(4)]
    assert all(abs(Fraction(a) - e) <= Fraction(1, 200) for a, e in zip(grown, exact, strict=True))


def test_a_pattern_ends_with_the_life_of_its_option():
    short = replace(DOCUMENT, options=(replace(DOCUMENT.options[0], life_years=2), *DOCUMENT.options[1:]))
    pattern = Pattern(kind=PatternKind.EVERY_YEAR, amount=Decimal(5))
    assert fill_line(short, line="x", pattern=pattern).lines[0].amounts == pounds(5, 5, 5)
    assert fill_line(short, line="y", pattern=pattern).lines[1].amounts == pounds(5, 5, 5, 5)


@pytest.mark.parametrize(
    "fields",
    [
        {"first": 4},
        {"first": -1},
        {"first": 3, "last": 1},
        {"last": 4},
        {"amount": Decimal("NaN")},
        {"amount": Decimal(10**14)},
        {"kind": PatternKind.GROWTH, "growth_percent": Decimal("1E+20")},
        {"kind": PatternKind.GROWTH, "growth_percent": Decimal("-100.1")},
        {"kind": PatternKind.GROWTH, "growth_percent": Decimal("Infinity")},
    ],
)
def test_a_pattern_out_of_reach_is_refused_in_one_sentence(fields):
    with pytest.raises(EditRefused) as refused:
        _filled(**({"kind": PatternKind.EVERY_YEAR} | fields))
    assert len(str(refused.value).split()) <= 25


def test_a_usual_line_brings_its_treatment_and_takes_a_declaration_back():
    declared = Sourcing(
        not_applicable=(
            NotApplicable(option="b", heading="redundancy", reason="Nobody leaves"),
            NotApplicable(option="a", heading="redundancy", reason="Nobody leaves"),
        )
    )
    after = add_usual_line(replace(DOCUMENT, sourcing=declared), line="new", option="b", heading="redundancy")
    new = after.lines[-1]
    assert (new.option, new.heading, new.treatment, new.amounts) == ("b", "redundancy", Treatment.TRANSFER, ())
    assert new.name == "Redundancy and pension strain"
    assert [row.option for row in after.sourcing.not_applicable] == ["a"]
    capital = add_usual_line(DOCUMENT, line="new", option="b", heading="capital")
    assert capital.lines[-1].spend is Spend.CAPITAL
    assert capital.sourcing is DOCUMENT.sourcing
    for unknown in ({"option": "nobody"}, {"heading": "nothing"}):
        with pytest.raises(KeyError):
            add_usual_line(DOCUMENT, **({"line": "new", "option": "b", "heading": "vat"} | unknown))


def test_plain_fields_change_and_others_do_not():
    after = change_line(DOCUMENT, line="x", spend=Spend.MAINTENANCE, vat_percent=Decimal(20), vat_recoverable=False)
    assert (after.lines[0].spend, after.lines[0].vat_percent) == (Spend.MAINTENANCE, 20)
    assert after.lines[1] is DOCUMENT.lines[1]
    for field in ("id", "amounts", "body", "bias", "option", "colour"):
        with pytest.raises(TypeError):
            change_line(DOCUMENT, line="x", **{field: ""})


def test_shares_lost_to_the_place():
    after = set_additionality(DOCUMENT, line="x", deadweight=Decimal(20), leakage=Decimal(5))
    assert (after.lines[0].place.deadweight, after.lines[0].place.displacement) == (20, 0)
    assert set_additionality(after, line="x", deadweight=Decimal(20)) is after
    with pytest.raises(TypeError):
        set_additionality(DOCUMENT, line="x", luck=Decimal(1))


HALVES = (Point(percent=Decimal(90), chance=0.5), Point(percent=Decimal(130), chance=0.5))


def test_a_discrete_range_keeps_its_points_and_the_ends_that_it_had():
    fresh = set_points(DOCUMENT, line="x", points=HALVES).lines[0].range
    assert fresh == Range(low=Decimal(90), high=Decimal(130), shape=Shape.DISCRETE, points=HALVES)
    before = set_range(DOCUMENT, line="x", low=Decimal(80), high=Decimal(110), shape=Shape.UNIFORM)
    after = set_points(before, line="x", points=HALVES)
    assert after.lines[0].range == Range(low=Decimal(80), high=Decimal(110), shape=Shape.DISCRETE, points=HALVES)
    ends = {"line": "x", "low": Decimal(80), "high": Decimal(110)}
    assert set_range(after, shape=Shape.DISCRETE, **ends) == after
    assert set_range(after, shape=Shape.UNIFORM, **ends) == before
    empty = set_points(DOCUMENT, line="x", points=()).lines[0].range
    assert empty == Range(low=Decimal(100), high=Decimal(100), shape=Shape.DISCRETE)


def test_the_rises_of_an_index_may_be_uncertain():
    before = add_index(DOCUMENT, index="pay", name="Pay")
    after = set_rise_range(before, index="pay", low=Decimal(-1), high=Decimal(2), shared=False)
    assert after.indices[0].range == RiseRange(low=Decimal(-1), high=Decimal(2), shared=False)
    assert clear_rise_range(after, index="pay") == before
