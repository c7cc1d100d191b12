"""Price gaps by hand, and that one mean price only moves money between buyers."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from appraise.model.appraisal.partners import Buyer, PriceGap
from appraise.model.price_gaps import price_gap


def gap(*bought: tuple[str, str]) -> PriceGap:
    buyers = tuple(
        Buyer(id=f"b{place}", name=f"B{place}", price=Decimal(price), volume=Decimal(volume))
        for place, (price, volume) in enumerate(bought)
    )
    return PriceGap(id="beds", name="A week in a care bed", buyers=buyers)


def test_two_buyers_by_hand() -> None:
    """2 at 700 and 1 at 1,000: mean 800; the second pays 300 over the lowest price."""
    found = price_gap(gap(("700.00", "2"), ("1000.00", "1")))
    assert found is not None
    assert (found.lowest, found.highest, found.mean) == (700, 1000, 800)
    assert found.percent == Decimal("42.8571")
    assert found.lost_to_gap == 300
    assert [(row.pays, row.at_mean, row.at_lowest) for row in found.buyers] == [(1400, 200, 0), (1000, -200, -300)]


def test_buyers_without_a_price_are_not_compared() -> None:
    assert price_gap(gap(("700.00", "2"))) is None
    assert price_gap(gap(("700.00", "2"), ("0.00", "5"))) is None
    found = price_gap(gap(("700.00", "2"), ("0.00", "5"), ("800.00", "2")))
    assert found is not None
    assert [row.buyer for row in found.buyers] == ["b0", "b2"]


def test_without_volumes_the_mean_is_that_of_the_prices() -> None:
    found = price_gap(gap(("700.00", "0"), ("800.00", "0")))
    assert found is not None
    assert (found.mean, found.lost_to_gap) == (750, 0)


@given(
    st.lists(
        st.tuples(st.decimals("0.01", 100_000, places=2).map(str), st.decimals(0, 10_000, places=3).map(str)),
        min_size=2,
        max_size=10,
    )
)
def test_one_price_for_all_is_a_transfer(bought: list[tuple[str, str]]) -> None:
    found = price_gap(gap(*bought))
    assert found is not None
    assert sum(row.at_mean for row in found.buyers) == 0
    assert found.lost_to_gap == -sum(row.at_lowest for row in found.buyers) >= 0
    assert found.lowest <= found.highest
