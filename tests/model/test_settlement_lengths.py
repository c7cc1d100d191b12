"""Lengths of settlements that are tried, and that the answer can be stopped."""

import pytest

from appraise.model.cancelled import Cancelled
from appraise.model.discounting import make_factors
from appraise.model.entries import option_entries
from appraise.model.evaluate import ALL_PARTS, LIVE_PARTS, Part, Settings, evaluate
from appraise.model.settlement_lengths import lengths_tried, settlement_lengths
from tests.builders import appraisal, line, rolling


def test_every_length_up_to_ten_years_then_every_fifth_and_all() -> None:
    assert lengths_tried(4) == (1, 2, 3, 4)
    assert lengths_tried(12) == (*range(1, 11), 12)
    assert lengths_tried(31) == (*range(1, 11), 15, 20, 25, 30, 31)
    assert lengths_tried(0) == ()


def test_it_is_no_part_of_a_frame() -> None:
    assert Part.LENGTHS in ALL_PARTS
    assert Part.LENGTHS not in LIVE_PARTS


def test_it_can_be_stopped_between_lengths() -> None:
    document = appraisal(5, ("a",), lines=(line("x", "a", 1, 1, 1, 1, 1),), scenarios=(rolling("s", (1,) * 5, 0.9, 1),))
    factors = make_factors(document)
    asked = []

    def third_time() -> bool:
        asked.append(True)
        return len(asked) == 3

    with pytest.raises(Cancelled):
        settlement_lengths(
            document,
            [option_entries(document, "a", factors)],
            factors,
            None,
            seed=1,
            draws=100,
            cancelled=third_time,
        )
    assert len(asked) == 3


def test_few_draws_are_all_that_is_used() -> None:
    document = appraisal(
        5, ("a",), lines=(line("x", "a", 9, 9, 9, 9, 9),), scenarios=(rolling("s", (10,) * 5, 0.9, 0.2),)
    )
    (found,) = evaluate(document, Settings(draws=300), parts=frozenset({Part.LENGTHS})).options
    assert found.lengths is not None
    assert found.lengths.draws == 300
    assert found.funding is None
    shares = [one.probability_of_any_gap for one in found.lengths.lengths]
    assert shares[0] == max(shares) > shares[2] > shares[-1] == 0.0
