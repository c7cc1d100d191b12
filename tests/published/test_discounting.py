"""Discounting against published tables.

Sources: The Green Book 2026, table 7, table 8 and paragraphs 6.45-6.59; Discounting, Green Book
supplementary guidance (HM Treasury, February 2026), tables A.1 and A.2.
"""

from decimal import Decimal

import pytest

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import Index
from appraise.model.discounting import discount_factors, index_factors, make_factors, to_pence
from appraise.model.evaluate import Part, evaluate
from appraise.model.parameters import LAST_YEAR, SCHEDULES
from tests.builders import appraisal, line

#: Table A.1 (3.5 %) and A.2 (1.5 %), years 0 to 30, four decimals as printed.
TABLE_A1 = (
    "1.0000 0.9662 0.9335 0.9019 0.8714 0.8420 0.8135 0.7860 0.7594 0.7337 0.7089 0.6849 0.6618 0.6394 0.6178 0.5969 "
    "0.5767 0.5572 0.5384 0.5202 0.5026 0.4856 0.4692 0.4533 0.4380 0.4231 0.4088 0.3950 0.3817 0.3687 0.3563"
).split()
TABLE_A2 = (
    "1.0000 0.9852 0.9707 0.9563 0.9422 0.9283 0.9145 0.9010 0.8877 0.8746 0.8617 0.8489 0.8364 0.8240 0.8118 0.7999 "
    "0.7880 0.7764 0.7649 0.7536 0.7425 0.7315 0.7207 0.7100 0.6995 0.6892 0.6790 0.6690 0.6591 0.6494 0.6398"
).split()


def present_cost(document: Appraisal) -> Decimal:
    """Present value of the costs of the first option."""
    economic = evaluate(document, parts=frozenset({Part.ECONOMIC})).options[0].economic
    assert economic is not None
    return economic.pvc


@pytest.mark.parametrize(("schedule", "printed"), [("green_book_2026", TABLE_A1), ("green_book_2026_health", TABLE_A2)])
def test_factors_equal_the_published_annex_to_four_decimals(schedule: str, printed: list[str]) -> None:
    factors = discount_factors(SCHEDULES[schedule], 31)
    assert [str(factor.quantize(Decimal("0.0001"))) for factor in factors] == printed


@pytest.mark.parametrize(
    ("year", "factor"),
    [(31, ".345901"), (60, ".146782"), (75, ".094214"), (76, ".091916"), (100, ".050818"), (125, ".027411")],
)
def test_factors_carry_on_over_the_kinks(year: int, factor: str) -> None:
    factors = discount_factors(SCHEDULES["green_book_2026"], LAST_YEAR + 1)
    assert factors[year].quantize(Decimal("0.000001")) == Decimal(factor)


def test_the_factor_after_a_kink_is_not_the_new_rate_to_the_power() -> None:
    factors = discount_factors(SCHEDULES["green_book_2026"], 32)
    assert factors[31] == pytest.approx(factors[30] / Decimal("1.03"))
    assert factors[31] != pytest.approx(Decimal("1.03") ** -31)


@pytest.mark.parametrize(("last", "printed"), [(20, "15.212"), (26, "17.890")])
def test_cumulative_factors(last: int, printed: str) -> None:
    """Sums of the standard factors for years 0 to 20 and 0 to 26."""
    factors = discount_factors(SCHEDULES["green_book_2026"], last + 1)
    assert sum(factors).quantize(Decimal("0.001")) == Decimal(printed)


def test_health_rate_is_flat_in_the_green_book_and_declines_in_transport_guidance() -> None:
    """Green Book 2026, 6.58: 1.5 % in every year; 0.155505 at year 125."""
    flat = discount_factors(SCHEDULES["green_book_2026_health"], 126)
    declining = discount_factors(SCHEDULES["tag_2026_health"], 126)
    assert flat[125].quantize(Decimal("0.000001")) == Decimal("0.155505")
    assert flat[30] == declining[30]
    assert declining[31] > flat[31]


#: Years on both sides of each kink, and the last.
LATE_FACTORS = (
    ("tag_2026_health", ".639762 .631615 .359354 .355550 .275402 .211062"),
    ("tag_2026_long_horizon", ".411987 .401664 .131513 .128757 .077459 .045622"),
)


@pytest.mark.parametrize(("schedule", "printed"), LATE_FACTORS)
def test_declining_schedules_of_transport_guidance(schedule: str, printed: str) -> None:
    """Department for Transport, TAG forthcoming change, April 2026: years 30, 31, 75, 76, 100 and 125."""
    factors = discount_factors(SCHEDULES[schedule], LAST_YEAR + 1)
    assert [factors[year].quantize(Decimal("0.000001")) for year in (30, 31, 75, 76, 100, 125)] == [
        Decimal(factor) for factor in printed.split()
    ]


def test_table_8_present_values() -> None:
    """Green Book 2026, table 8: 1,000 a year is worth 1000, 966, 934, 902, 871, 842."""
    factors = discount_factors(SCHEDULES["green_book_2026"], 6)
    assert [int((1000 * factor).to_integral_value()) for factor in factors] == [1000, 966, 934, 902, 871, 842]


def test_table_7_deflates_cash_to_prices_of_year_0() -> None:
    """Green Book 2026, table 7: nominal 1000 ... 1104 at 2 % inflation is 1,000 a year in real terms."""
    deflator = index_factors((Decimal(2),), 6)
    nominal = [1000, 1020, 1040, 1061, 1082, 1104]
    assert [str((1 / level).quantize(Decimal("0.0001"))) for level in deflator] == [
        "1.0000", "0.9804", "0.9612", "0.9423", "0.9238", "0.9057",
    ]  # fmt: skip
    assert [int((cash / level).to_integral_value()) for cash, level in zip(nominal, deflator, strict=True)] == [
        1000
    ] * 6


def test_relative_price_effect_of_pay() -> None:
    """Pay 3 % against a deflator of 2 %: the real factor of year 5 is (1.03 / 1.02) ** 5 = 1.049990."""
    document = appraisal(6, deflator="2", indices=(Index(id="pay", name="Pay", percent=(Decimal(3),)),))
    factors = make_factors(document).by_index["pay"]
    assert [str(factor.quantize(Decimal("0.000001"))) for factor in factors.real] == [
        "1.000000", "1.009804", "1.019704", "1.029701", "1.039796", "1.049990",
    ]  # fmt: skip


def test_inflation_is_never_added_to_the_discount_rate() -> None:
    """Green Book 2026, 6.56: 0.841973 after five years, not 1 / 1.055 ** 5 = 0.765134."""
    document = appraisal(6, deflator="2", lines=(line("line", "a", 0, 0, 0, 0, 0, 1000),))
    assert present_cost(document) == Decimal("841.97")


@pytest.mark.parametrize(
    ("first", "yearly", "life", "present"), [(1000, 200, 5, "1903.010475"), (1400, 190, 8, "2706.051552")]
)
def test_present_cost_of_two_machines(first: int, yearly: int, life: int, present: str) -> None:
    """Capital in year 0 and running cost in years 1 to n: 1,903.01 and 2,706.05 at 3.5 %."""
    document = appraisal(life + 1, lines=(line("line", "a", first, *[yearly] * life),))
    assert present_cost(document) == to_pence(Decimal(present))


def test_indices_carry_their_last_rise_forward() -> None:
    assert index_factors((Decimal(10), Decimal(0)), 4) == (1, Decimal("1.1"), Decimal("1.1"), Decimal("1.1"))
    assert index_factors((), 3) == (1, 1, 1)
