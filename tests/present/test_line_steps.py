"""The steps of a line hold what is agreed on its price, and end with what this body pays where it is shared."""

from dataclasses import replace
from decimal import Decimal

import pytest

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.partners import Split
from appraise.model.appraisal.terms import LineTerms, Tier
from appraise.model.evaluate import Part, evaluate
from appraise.present.line_steps import line_steps
from tests.builders import line
from tests.model.joint_documents import partner, share, together


def document(split: Split) -> Appraisal:
    return together(
        (partner("a", 60, own=True, volume=Decimal(1)), partner("b", 30, volume=Decimal(2))),
        (
            line("service", "j", 100, 50),
            line("income", "j", 10, treatment="cash_saving"),
            line("mine", "j", 7),
        ),
        (share("service"), share("income")),
        years=2,
        split=split,
        deflator="2",
    )


@pytest.mark.parametrize("split", list(Split))
def test_the_last_step_is_the_row_of_the_budget(split: Split) -> None:
    made = document(split)
    financial = evaluate(made, parts=frozenset({Part.FINANCIAL})).options[1].financial
    assert financial is not None
    rows = {row.id: row for row in financial.rows}
    for one in made.lines[1:]:
        (*before, last) = line_steps(made, one)
        assert last.result
        assert last.by_year == tuple(abs(pounds) for pounds in rows[one.id].by_year)
        shared = one.id != "mine"
        assert (last.name == "Part that this body pays") == shared
        cash = next(step for step in (*before, last) if step.name == "Cash")
        assert cash.result != shared
        assert cash.total == sum(cash.by_year)


def test_more_partners_than_groups_are_looked_at_for_do_not_stop_the_steps() -> None:
    made = document(Split.SHAPLEY)
    many = tuple(partner(f"p{place}", 10) for place in range(11))
    (arrangement,) = made.arrangements
    crowded = replace(arrangement, partners=tuple(one.id for one in many))
    made = replace(made, partners=many, arrangements=(crowded,))
    assert line_steps(made, made.lines[1])[-1].total == 0  # none of them is this body


def test_agreed_discounts_and_a_capped_index_are_steps_of_their_own() -> None:
    made = document(Split.BY_LINE)
    terms = LineTerms(
        line="mine", volumes=(Decimal(100), Decimal(100)), tiers=(Tier(over=Decimal(50), percent=Decimal(8)),),
        loyalty=(Decimal(0), Decimal(10)), cap=Decimal(1),
    )  # fmt: skip
    made = replace(made, line_terms=(terms,))
    financial = evaluate(made, parts=frozenset({Part.FINANCIAL})).options[1].financial
    assert financial is not None
    row = next(row for row in financial.rows if row.id == "mine")
    steps = {step.name: step for step in line_steps(made, next(one for one in made.lines if one.id == "mine"))}
    assert steps["Share paid after discounts"].by_year == (Decimal("0.96"), Decimal("0.864"))
    assert steps["After discounts"].by_year[0] == Decimal("0.96") * made.lines[-1].amounts[0]
    assert steps["Price level"].by_year[1] == Decimal("1.01"), "general inflation is 2 %, the cap 1 %"
    assert steps["Cash"].by_year == tuple(abs(pounds) for pounds in row.by_year)
