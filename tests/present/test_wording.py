from decimal import Decimal

import pytest

from appraise.present import wording

SPACE = "\u00a0"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (52_000_000, f"£52{SPACE}million"),
        (1_200_000, f"£1.2{SPACE}million"),
        (850_000, "£850,000"),
        (999_999, f"£1{SPACE}million"),
        (-3_250_000, f"−£3.25{SPACE}million"),
        (123_456_789, f"£123{SPACE}million"),
        (0, "£0"),
    ],
)
def test_money_in_a_sentence_has_three_figures(value: float, text: str) -> None:
    assert wording.money(value) == text


def test_less_than_half_a_pound_is_nought_without_a_minus() -> None:
    assert wording.money(-0.2) == "£0"


def test_money_is_rounded_to_its_error() -> None:
    assert wording.money_short(37_312_345) == "£37.3m"
    assert wording.money_short(37_312_345, error=400_000) == "£37.3m"
    assert wording.money_short(37_812_345, error=2_000_000) == "£38m"
    assert wording.money(1_234_567, error=90) == f"£1.23{SPACE}million"


def test_short_money_names_its_unit() -> None:
    assert [wording.money_short(value) for value in (37.3e6, 850e3, 12_340, 400)] == [
        "£37.3m",
        "£850k",
        "£12.3k",
        "£400",
    ]


def test_changes_carry_their_sign() -> None:
    assert [wording.money_signed(value) for value in (6.4e6, -2.1e6, 0)] == ["+£6.4m", "−£2.1m", "£0"]


def test_exact_money_has_pence_and_no_minus_nought() -> None:
    assert wording.money_exact(Decimal("1234567.89")) == "£1,234,567.89"
    assert wording.money_exact(Decimal("-0.50")) == "−£0.50"
    assert wording.money_exact(Decimal("-0.00")) == "£0.00"
    assert wording.number(-0.04, 1) == "0.0"


def test_both_ends_of_a_range_are_rounded_alike() -> None:
    assert wording.range_short(35.31e6, 39.84e6) == "£35.3m to £39.8m"
    assert wording.range_short(40.5e6, 44e6) == "£40.5m to £44.0m"
    assert wording.money_range(35.31e6, 39.84e6) == f"£35.3{SPACE}million to £39.8{SPACE}million"


def test_a_column_of_money_has_one_form() -> None:
    form = wording.money_column((37.3e6, 41e6))
    assert [form(37.3e6), form(41e6)] == ["£37.3m", "£41.0m"]
    assert wording.money_column((4.1e6,))(4.1e6) == "£4.10m"
    assert wording.money_column((350e3,))(350e3) == "£350k"
    assert wording.money_column((900,))(900) == "£900"
    assert wording.money_column(())(0) == "£0"


def test_shares_never_claim_more_than_the_draws_say() -> None:
    assert wording.percent(0.58) == f"58{SPACE}%"
    assert wording.percent(0.0) == f"0{SPACE}%"
    assert wording.percent(0.004) == f"under 1{SPACE}%"
    assert wording.percent(0.996) == f"over 99{SPACE}%"
    assert wording.percent_of_draws(0.0) == f"under 1{SPACE}%"
    assert wording.percent_of_draws(1.0) == f"over 99{SPACE}%"
    assert wording.in_hundred(0.58) == f"58 in{SPACE}100"
    assert wording.in_hundred(0.8) == f"8 in{SPACE}10"
    assert wording.in_hundred(0.0) == f"under 1 in{SPACE}100"
    assert wording.of_draws(0.574) == f"57 of{SPACE}100 draws"
    assert wording.percent_change(-0.01432) == f"1.4{SPACE}%"


def test_years_lists_and_counts() -> None:
    assert wording.year_short("2027/28") == "27/28"
    assert wording.year_short("year 0") == "year 0"
    assert wording.years_from(("2027/28", "2028/29")) == f"2{SPACE}years from 2027/28"
    assert wording.listing(("a", "b", "c")) == "a, b and c"
    assert wording.listing(("a", "b")) == "a and b"
    assert wording.listing(()) == ""
    assert wording.how_many(3, "option") == "three options"
    assert wording.how_many(1, "option") == "one option"
    assert wording.how_many(12, "body", "bodies") == "12 bodies"


def test_a_long_name_is_cut_at_a_word() -> None:
    assert wording.shorten("Improved in-house service", 40) == "Improved in-house service"
    assert wording.shorten("Improved in-house service for all", 27) == "Improved in-house service…"
    assert len(wording.shorten("x" * 200, 20)) == 20


def test_a_typed_share_is_printed_as_it_was_typed() -> None:
    shares = (0.125, 0.08, 0.005, 0.0, 1.0, 0.333)
    shown = [wording.percent_entered(share) for share in shares]
    assert shown == [f"{text}\u00a0%" for text in ("12.5", "8", "0.5", "0", "100", "33.3")]


def test_pounds_for_one_have_three_figures_and_no_more_than_pence() -> None:
    assert [wording.pounds_each(value) for value in (198_129.4, 2_749_044.0, 169.58, 9.371, 0.0123, -51.26, 0.0)] == [
        "£198,000", "£2,750,000", "£170", "£9.37", "£0.01", "−£51.30", "£0",
    ]  # fmt: skip
