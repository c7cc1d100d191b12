"""Optimism bias after mitigation, its delay, and how it is shared with ranges and linked risks."""

from decimal import Decimal

import pytest

from appraise.model import bias as optimism
from appraise.model.appraisal.effects import Bias, Mitigation


def made(upper: str, lower: str = "0", **fields: object) -> Bias:
    return Bias(id="b", name="B", upper_percent=Decimal(upper), lower_percent=Decimal(lower), **fields)


def cause(key: str, share: str, managed: str) -> Mitigation:
    return Mitigation(id=key, name=key, share_percent=Decimal(share), managed_percent=Decimal(managed))


@pytest.mark.parametrize(
    ("managed", "awarded", "left"),
    [("0", False, "0.51"), ("92", True, "0.0408"), ("100", False, "0.04"), ("100", True, "0"), ("95", False, "0.04")],
)
def test_what_is_left_of_the_bias_of_a_non_standard_building(managed: str, awarded: bool, left: str) -> None:
    """Upper bound 51 %, lower bound 4 %, which holds before award (Mott MacDonald 2002, table 2)."""
    assert optimism.resultant(made("51", "4", managed_percent=Decimal(managed), awarded=awarded)) == Decimal(left)


def test_causes_go_before_a_stated_share() -> None:
    """Half of the bound managed to 40 %, a quarter wholly: 45 %."""
    bias = made("40", managed_percent=Decimal(90), causes=(cause("a", "50", "40"), cause("b", "25", "100")))
    assert optimism.managed_share(bias) == Decimal("0.45")
    assert optimism.resultant(bias) == Decimal("0.22")


def test_works_run_late_by_what_is_left_of_the_bias_on_duration() -> None:
    """28 months at 39 % with 23.8 % managed: 8.32 months late, 36.32 in all (Mott MacDonald 2002, 4.1)."""
    late = made("0", months=Decimal(28), duration_upper_percent=Decimal(39), managed_percent=Decimal("23.8"))
    assert float(28 + 12 * optimism.delay(late)) == pytest.approx(36.32, abs=0.005)


def test_a_delay_moves_amounts_and_loses_what_comes_too_late() -> None:
    amounts = tuple(Decimal(pounds) for pounds in (0, 100, 100, 100))
    assert optimism.delayed(amounts, Decimal(0), 3) == amounts
    assert optimism.delayed(amounts, Decimal("0.25"), 3) == (0, 75, 100, 100)
    assert optimism.delayed(amounts, Decimal("1.5"), 3) == (0, 0, 50, 100)
    assert optimism.delayed(amounts, Decimal(1), 2) == (0, 0, 100, 0)


def test_each_pound_is_counted_once() -> None:
    """METHOD 10.5: C 100, PERT(95, 100, 140), risks 6, U 41 %: 29.1667 at the mean, 35 as entered."""
    left = optimism.residual(Decimal(100), Decimal(635) / 600, Decimal("0.41"), Decimal(6))
    assert float(left.expected) == pytest.approx(29.1667, abs=5e-5)
    assert left.residual == 35
    assert float(left.expected + left.range_shift + 6 + 100) == pytest.approx(141)


def test_ranges_and_risks_beyond_the_bias_leave_none_of_it() -> None:
    left = optimism.residual(Decimal(100), Decimal("1.5"), Decimal("0.41"), Decimal(50))
    assert (left.residual, left.expected) == (0, 0)


def test_what_is_shared_out_is_all_of_it() -> None:
    shares = optimism.shared_out(Decimal(90), {"a": Decimal(1), "b": Decimal(2)})
    assert shares == {"a": 30, "b": 60}
    assert optimism.shared_out(Decimal(90), {"a": Decimal(0)}) == {"a": 0}
