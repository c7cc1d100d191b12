import pytest

from appraise.model.periods import label, labels, short_label


@pytest.mark.parametrize(
    ("first", "offset", "long", "short"),
    [
        (2027, 0, "2027/28", "27/28"),
        (2027, 7, "2034/35", "34/35"),
        (2099, 0, "2099/00", "99/00"),
        (1999, 1, "2000/01", "00/01"),
        (2027, -1, "2026/27", "26/27"),
    ],
)
def test_financial_years_by_name(first, offset, long, short):
    assert label(first, offset) == long
    assert short_label(first, offset) == short


def test_the_years_of_a_horizon():
    assert labels(2098, 3) == ("2098/99", "2099/00", "2100/01")
