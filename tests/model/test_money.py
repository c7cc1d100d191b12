from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from appraise.model import money

POUNDS = st.decimals(min_value=-money.LARGEST, max_value=money.LARGEST, places=2, allow_nan=False)


@pytest.mark.parametrize(
    ("typed", "pounds"),
    [
        ("1.25m", "1250000.00"),
        ("£1,250,000", "1250000.00"),
        ("1250k", "1250000.00"),
        ("(1,200)", "-1200.00"),
        ("(£1.2m)", "-1200000.00"),
        ("1,200-", "-1200.00"),
        ("−5", "-5.00"),
        ("–5", "-5.00"),
        ("£-5", "-5.00"),
        ("-£5", "-5.00"),
        ("1.2 million", "1200000.00"),
        ("1.2bn", "1200000000.00"),
        ("£ 12.50", "12.50"),
        ("£\u00a012.50", "12.50"),
        ("1\u2009250\u2009000", "1250000.00"),
        ('"1,250"', "1250.00"),
        ("GBP 5", "5.00"),
        ("1.2345678m", "1234567.80"),
        (".5", "0.50"),
        ("-0", "0.00"),
        (" -   ", "0.00"),
        ("10000bn", "10000000000000.00"),
    ],
)
def test_amounts_as_people_type_them(typed, pounds):
    assert str(money.parse(typed)) == pounds


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("abc", "not a number"),
        ("", "Type an amount"),
        ("£", "Type an amount"),
        ("nan", "not a number"),
        ("inf", "not a number"),
        ("1e5", "not a number"),
        ("٣", "not a number"),
        ("5²", "not a number"),
        ("5%", "percentage"),
        ("1.2.3", "more than one decimal point"),
        ("1,25", "two things"),
        ("1.250,50", "two things"),
        ("12,34,567", "groups of three"),
        ("12 50", "groups of three"),
        ("1.234", "fractions of a penny"),
        ("10000.1bn", "10 trillion"),
        ("-5-", "two signs"),
        ("9" * 500, "too long"),
    ],
)
def test_what_is_no_amount_is_refused_with_one_sentence(typed, words):
    with pytest.raises(ValueError, match=words) as caught:
        money.parse(typed)
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert len(sentence.split()) <= 25
    assert "\n" not in sentence


@given(POUNDS)
@settings(max_examples=100, deadline=None)
def test_editing_text_reads_back_to_the_same_pounds(pounds):
    assert money.parse(money.plain_amount(pounds)) == pounds
    assert money.parse(f"£{pounds:,.2f}") == pounds
    assert str(money.parse(f"({abs(pounds)})")) == str(-abs(pounds) or Decimal("0.00"))


@given(st.text(max_size=80))
@example("9" * 10_000)
@example("1" + "\u200b" * 300 + "2")
@settings(max_examples=200, deadline=None)
def test_any_text_gives_pounds_and_pence_or_one_sentence(text):
    outcome = _amount_or_sentence(text)
    if isinstance(outcome, str):
        assert outcome.endswith(".")
        assert len(outcome.split()) <= 40
        assert len(outcome) <= 160
    else:
        assert outcome.as_tuple().exponent == -2
        assert abs(outcome) <= money.LARGEST


def _amount_or_sentence(text):
    try:
        return money.parse(text)
    except ValueError as refusal:
        return str(refusal)


@pytest.mark.parametrize(
    ("typed", "percent"),
    [("3.5", "3.5"), ("3.5%", "3.5"), ("3.50 per cent", "3.5"), ("-2 %", "-2"), ("1,250", "1250"), ("0", "0")],
)
def test_percentages(typed, percent):
    assert str(money.parse_percent(typed)) == percent


@pytest.mark.parametrize("typed", ["", "%", "x", "1,5", "3.5m", "20000", "nan"])
def test_what_is_no_percentage_is_refused(typed):
    with pytest.raises(ValueError, match=r"\.$"):
        money.parse_percent(typed)


@pytest.mark.parametrize(
    ("typed", "probability"),
    [("30 %", 0.3), ("0.3", 0.3), ("30", 0.3), ("30 per cent", 0.3), ("3 in 10", 0.3), ("1", 1.0), ("1%", 0.01)],
)
def test_probabilities_bare_up_to_1_as_they_stand_from_2_in_per_cent(typed, probability):
    assert money.parse_probability(typed) == probability


@pytest.mark.parametrize(
    ("typed", "words"),
    [("1.3", "above 1"), ("130", "from 0 %"), ("-0.1", "from 0 %"), ("5 in 4", "not be above"), ("0 in 0", "in 0")],
)
def test_what_is_no_probability_is_refused(typed, words):
    with pytest.raises(ValueError, match=words):
        money.parse_probability(typed)


def test_numbers_and_whole_numbers():
    assert money.parse_number("12.5") == 12.5
    assert money.parse_number("−3") == -3.0
    assert money.parse_whole("100k", low=1, high=1_000_000) == 100_000
    with pytest.raises(ValueError, match="from 1 to 125"):
        money.parse_whole("126", low=1, high=125)
    with pytest.raises(ValueError, match="whole number"):
        money.parse_whole("7.5", low=1, high=125)
    with pytest.raises(ValueError, match="type a number"):
        money.parse_number("70k")


def test_plain_numbers_are_short():
    shown = [money.plain_number(value) for value in (70.0, 12.5, Decimal("3.50"), Decimal(100))]
    assert shown == ["70", "12.5", "3.5", "100"]
    assert money.plain_amount(Decimal("1250000.00")) == "1250000"
    assert money.plain_amount(Decimal("-12.50")) == "-12.50"
