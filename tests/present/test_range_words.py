"""Ranges in words: names of shapes, what chances add to, and what an uncertain index comes to."""

from dataclasses import replace
from decimal import Decimal

import pytest

from appraise.model.appraisal.lines import Index, Point, Range, RiseRange, Shape
from appraise.present import range_words


def points(*pairs: tuple[str, float]) -> tuple[Point, ...]:
    return tuple(Point(percent=Decimal(percent), chance=chance) for percent, chance in pairs)


def index(low: str, high: str, *percent: str, shape: Shape = Shape.PERT) -> Index:
    band = RiseRange(low=Decimal(low), high=Decimal(high), shape=shape)
    return Index(id="index-a", name="Bitumen", percent=tuple(map(Decimal, percent)), range=band)


def test_every_shape_has_its_words():
    for words in (range_words.SHAPES, range_words.SHORT, range_words.ENDS):
        assert set(words) == set(Shape)
        assert len(set(words.values())) == len(Shape)
    assert all(len(sentence.split()) <= 25 for sentence in range_words.ENDS.values())


@pytest.mark.parametrize(
    ("pairs", "sentence"),
    [
        ((), ""),
        ((("90", 0.1), ("100", 0.2), ("130", 0.7)), "The chances add to 100\u00a0%."),
        ((("90", 0.25), ("100", 0.6)), "The chances add to 85\u00a0%; 15\u00a0% is missing."),
        ((("90", 0.5), ("100", 0.625)), "The chances add to 112.5\u00a0%; 12.5\u00a0% is too much."),
        ((("90", float("nan")),), "The chances cannot be added: one of them is no number."),
    ],
)
def test_what_the_chances_add_to(pairs, sentence):
    assert range_words.chances_sentence(points(*pairs)) == sentence
    assert range_words.chances_add(points(*pairs)) is ("100\u00a0%." in sentence)


def test_a_range_in_a_table():
    low, high = Decimal(80), Decimal("150.5")
    assert range_words.range_words(None) == "certain"
    assert range_words.range_words(Range(low=low, high=high)) == "80 to 150.5\u00a0%, PERT"
    ended = Range(low=low, high=high, shape=Shape.LOGNORMAL)
    assert range_words.range_words(ended) == "80 to 150.5\u00a0%, lognormal, ends 1 in 10"
    listed = Range(low=low, high=high, shape=Shape.DISCRETE, points=points(("100", 0.75), ("140", 0.25)))
    assert range_words.range_words(listed) == "100\u00a0% (75\u00a0%) and 140\u00a0% (25\u00a0%)"
    assert range_words.ends(listed) == (100, 140)
    assert range_words.ends(Range(low=low, high=high, shape=Shape.DISCRETE)) == (100, 100)


def test_the_dot_stands_at_the_likely_value_or_at_the_average():
    low, high = Decimal(80), Decimal(150)
    listed = Range(low=low, high=high, shape=Shape.DISCRETE, points=points(("96", 0.4), ("100", 0.3), ("150", 0.3)))
    assert range_words.middle(listed) == pytest.approx(113.4)
    assert range_words.middle(Range(low=low, high=high)) == 100
    assert range_words.middle(Range(low=low, high=high, shape=Shape.UNIFORM)) == 115
    skewed = Range(low=low, high=high, shape=Shape.LOGNORMAL)
    assert 109.5 < range_words.middle(skewed) < 115, "over its median sqrt(80 x 150), under halfway"
    unsound = replace(listed, points=points(("96", 0.4), ("150", 0.9)))
    assert range_words.middle(unsound) == 123, "halfway, while the chances do not add up"


def test_trigen_is_explained_where_it_is_chosen():
    assert range_words.ENDS[Shape.TRIGEN].startswith("Trigen: ")
    assert all(len(words.split()) <= 25 for words in range_words.ENDS.values())


def test_rises_of_one_point_more_come_to_a_tenth_after_ten_years():
    one = index("-1", "1", "0")
    assert range_words.level_change(one, Decimal(1), 10) == pytest.approx(1.01**10 - 1)
    assert range_words.rise_sentence(one, 11) == (
        "Prices in year 10 may be 9.6\u00a0% lower to 10.5\u00a0% higher than entered."
    )


def test_the_last_rise_is_carried_on_and_a_short_horizon_ends_the_look():
    one = index("-0.5", "2", "3", "2", shape=Shape.TRIGEN)
    expected = (1.05 / 1.03) * (1.04 / 1.02) ** 3 - 1
    assert range_words.level_change(one, Decimal(2), 4) == pytest.approx(expected)
    said = range_words.rise_sentence(one, 5)
    assert said.startswith("In 8 of 10 cases prices in year 4 are ")
    assert said.endswith(f"{expected * 100:.1f}\u00a0% higher than entered.")


@pytest.mark.parametrize(
    ("low", "high", "rise"), [("NaN", "1", "2"), ("-1", "1", "-100"), ("1", "2", "2"), ("-300", "1", "2")]
)
def test_what_is_not_in_order_has_no_figure(low, high, rise):
    assert range_words.rise_sentence(index(low, high, rise), 11).startswith("What it comes to is shown when")


def test_a_rise_range_in_a_table():
    assert range_words.rise_short(None) == range_words.rise_words(None) == "certain"
    band = RiseRange(low=Decimal(-1), high=Decimal("2.50"), shape=Shape.UNIFORM, shared=False)
    assert range_words.rise_short(band) == "−1 to +2.5"
    assert range_words.rise_words(band) == "−1 to +2.5 points a year, uniform; a draw of its own in each option"
    assert range_words.rise_sentence(Index(id="a", name="", percent=()), 11) == "Its rises are taken as certain."
