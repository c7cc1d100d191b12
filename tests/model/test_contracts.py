"""Chains of contracts: wanted terms, money that is confirmed, holes in it, and ends of the horizon."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.funding import Scenario, Settlement
from appraise.model.appraisal.terms import Commitment, ContractTerms
from appraise.model.contracts import chain, confirmed_years, reference_years
from appraise.model.short_money import relets
from tests.builders import appraisal, pounds


def scenario(*runs: tuple[int, int]) -> Scenario:
    """Settlements of (first year, years)."""
    return Scenario(
        id="s",
        name="S",
        settlements=tuple(
            Settlement(id=f"s{first}", name="", first_year=first, amounts=pounds(*[1] * years)) for first, years in runs
        ),
    )


def document(term: int, **terms: object) -> Appraisal:
    made = appraisal(10)
    option = replace(made.options[0], term_years=term, terms=ContractTerms(**terms))  # type: ignore[arg-type]  # any field
    return replace(made, options=(option, made.options[1]))


def spans(made: Appraisal, money: Scenario | None, years: int = 10) -> list[tuple[int, int]]:
    return [(one.first_year, one.years) for one in chain(made, "a", money, years)]


YEARLY, THREE = scenario(*((year, 1) for year in range(10))), scenario((0, 3), (3, 3), (6, 3), (9, 1))


@pytest.mark.parametrize("commitment", [Commitment.FREELY, Commitment.WITH_BREAK])
def test_a_contract_runs_for_the_wanted_term_whatever_is_confirmed(commitment: Commitment) -> None:
    made = document(4, commitment=commitment)
    assert spans(made, YEARLY) == [(0, 4), (4, 4), (8, 4)]  # the last one ends after the horizon


def test_an_authority_that_never_signs_past_its_money_signs_for_what_is_left_of_it() -> None:
    made = document(4, commitment=Commitment.NEVER)
    assert spans(made, YEARLY) == [(year, 1) for year in range(10)]
    assert spans(made, THREE) == [(0, 3), (3, 3), (6, 3), (9, 1)]
    assert spans(document(2, commitment=Commitment.NEVER), THREE) == [
        (0, 2), (2, 1), (3, 2), (5, 1), (6, 2), (8, 1), (9, 1)
    ]  # fmt: skip
    assert spans(document(4, commitment=Commitment.NEVER, starts=2), THREE) == [(2, 1), (3, 3), (6, 3), (9, 1)]


def test_without_confirmed_money_it_signs_a_year_at_a_time() -> None:
    holed = scenario((0, 2), (4, 6))
    assert [confirmed_years(holed, year) for year in (0, 1, 2, 3, 4, 9, 10)] == [2, 1, 0, 0, 6, 1, 0]
    assert spans(document(5, commitment=Commitment.NEVER), holed) == [(0, 2), (2, 1), (3, 1), (4, 5), (9, 1)]


def test_the_reference_chain_holds_the_term_of_the_entered_price() -> None:
    made = document(3, commitment=Commitment.NEVER, reference_years=5)
    assert spans(made, None) == [(0, 5), (5, 5)]
    assert spans(document(3, commitment=Commitment.NEVER), None) == [(0, 3), (3, 3), (6, 3), (9, 3)]


def test_an_option_without_a_fixed_term_has_no_contracts() -> None:
    made = document(0, reference_years=5)
    assert reference_years(made.options[0]) == 0
    assert spans(made, None) == spans(made, YEARLY) == []
    assert spans(document(3, starts=10), None) == []


@given(
    term=st.integers(1, 20),
    starts=st.integers(0, 12),
    commitment=st.sampled_from(list(Commitment)),
    lengths=st.lists(st.integers(1, 6), max_size=8),
    years=st.integers(1, 30),
)
def test_contracts_follow_each_other_without_holes(
    term: int, starts: int, commitment: Commitment, lengths: list[int], years: int
) -> None:
    runs, first = [], 0
    for length in lengths:
        runs.append((first, length))
        first += length
    found = spans(document(term, commitment=commitment, starts=starts), scenario(*runs), years)
    assert [first for first, _ in found] == [
        starts + sum(length for _, length in found[:place]) for place in range(len(found))
    ]
    assert all(1 <= length <= term for _, length in found)
    assert not found or found[-1][0] < years <= found[-1][0] + found[-1][1]
    if found and commitment is not Commitment.NEVER:
        assert len(found) - 1 == relets(years - starts, term)
    if commitment is Commitment.NEVER:
        assert all(length == 1 or length <= confirmed_years(scenario(*runs), first) for first, length in found)
