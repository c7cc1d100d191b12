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


@pytest.mark.parametrize(
    ("value", "error", "text"),
    [
        (41_913_389, 12_932, f"£41.913m{SPACE}±0.013m"),
        (41_913_389, 129_320, f"£41.91m{SPACE}±0.13m"),
        (41_913_389, 1_293_200, f"£41.9m{SPACE}±1.3m"),
        (41_913_389, 14_000_000, f"£42m{SPACE}±14m"),
        (41_913_389, 932, f"£41.913m{SPACE}±0.001m"),
        (41_913_389, 96_000, f"£41.913m{SPACE}±0.096m"),
        (-3_852_473, 5_800, f"−£3.852m{SPACE}±0.006m"),
        (48_312, 2_100, f"£48.3k{SPACE}±2.1k"),
        (400, 3.2, f"£400{SPACE}±4"),
        (400, 0.2, "£400"),
        (0, 20_000, f"£0k{SPACE}±20k"),
        (41_913_389, 0, "£41.9m"),
    ],
)
def test_a_simulated_amount_has_the_digits_that_its_error_leaves(value: float, error: float, text: str) -> None:
    assert wording.simulated(value, error) == text


def test_a_column_of_simulated_amounts_stands_at_its_largest_error() -> None:
    unit, form = wording.simulated_column([(41_913_389, 3_000), (37_312_345, 12_932)])
    assert unit == "£ million"
    assert [form(41_913_389, 3_000), form(37_312_345, 12_932)] == [f"41.913{SPACE}±0.003", f"37.312{SPACE}±0.013"]
    assert form(37_312_345, 0) == "37.312", "what is certain has no error"
    assert wording.simulated_column([(30_000, 240)])[1](30_000, 240) == f"30.0{SPACE}±0.3"
    assert wording.simulated_column([])[0] == "£"


def test_a_column_of_money_is_no_finer_than_its_error() -> None:
    assert wording.money_column([37_312_345], error=2_000)(37_312_345) == "£37.3m"
    assert wording.money_column([37_312_345], error=1_400_000)(37_312_345) == "£37m"
    assert wording.bare_range([37_312_345], error=1_400_000)[1](35_100_000, 39_900_000) == "35 to 40"


@pytest.mark.parametrize(
    ("share", "error", "text"),
    [
        (0.53836, 0.0031, f"53.84{SPACE}%{SPACE}±0.31"),
        (0.53836, 0.022, f"53.8{SPACE}%{SPACE}±2.2"),
        (0.53836, 0.0002, f"53.84{SPACE}%{SPACE}±0.02"),
        (0.004, 0.001, f"under 1{SPACE}%"),
        (1.0, 0.001, f"over 99{SPACE}%"),
        (0.5, 0.0, f"50{SPACE}%"),
    ],
)
def test_a_simulated_chance_has_the_digits_that_its_error_leaves(share: float, error: float, text: str) -> None:
    assert wording.simulated_chance(share, error) == text


def test_a_simulated_number_has_two_places_at_most() -> None:
    assert wording.simulated_number(0.4798, 0.0149) == f"0.48{SPACE}±0.02"
    assert wording.simulated_number(-0.4224, 0.14) == f"−0.42{SPACE}±0.14"
    assert wording.simulated_number(0.25, 0.0) == "0.25"


@pytest.mark.parametrize(
    ("error", "places", "text"),
    [
        (0.012694, 2, "±0.02"),
        (0.014012, 2, "±0.02"),
        (0.02, 2, "±0.02"),
        (0.1 + 0.2, 1, "±0.3"),
        (0.0004, 1, "±0.1"),
        (12.1, -1, "±20"),
        (1.0, 0, "±1"),
    ],
)
def test_what_a_figure_may_be_off_is_never_rounded_down(error: float, places: int, text: str) -> None:
    assert wording.plus_minus(error, places) == text


def test_an_error_by_itself_is_rounded_up_to_its_first_digit() -> None:
    shown = [wording.money_off(error) for error in (14_012, 20_000, 1_293_200, 96, 0.3, 0)]
    assert shown == ["£20k", "£20k", "£2m", "£100", "£1", "£0"]
