"""The words that findings share."""

from decimal import Decimal

import pytest

from appraise.model.finding import number_words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Decimal(140), "140"),
        (Decimal("111.00"), "111"),
        (Decimal("1.20"), "1.2"),
        (1.3, "1.3"),
        (1984, "1984"),
        (Decimal("-0.5"), "-0.5"),
        (Decimal("12345678.00"), "12,345,678"),
        (Decimal("sNaN"), "no usable number"),
        (float("inf"), "no usable number"),
        (10**15, "no usable number"),
    ],
)
def test_numbers_of_every_kind_read_alike(value, words):
    assert number_words(value) == words
