"""Rates with their vintage, optimism bias and comparable incomes in words: right, short, and calm about nonsense."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from appraise.model.appraisal.document import Appraisal, Basis, OwnBand, OwnSchedule
from appraise.model.appraisal.effects import Bias, IncomeGroup, Mitigation
from appraise.model.parameters import SCHEDULES, known_schedules
from appraise.model.tables import BIAS_TABLE
from appraise.present import assumption_words as words
from appraise.workspace.templates import load


def sentences(text: str) -> list[str]:
    return [one for one in re.split(r"[.:] ", text.replace("\u00a0", "")) if one]


@pytest.fixture
def example() -> Appraisal:
    found = load("worked-example", first_year=2027)
    return replace(found, basis=replace(found.basis, median_income=Decimal(30_000)))


def test_no_sentence_is_longer_than_25_words() -> None:
    told = [words.review_words(), *(words.schedule_words(one) for one in SCHEDULES.values())]
    told += [words.bias_row_words(row) for row in BIAS_TABLE.values()]
    for text in told:
        assert all(len(one.split()) <= 25 for one in sentences(text)), text


def test_a_schedule_names_rates_source_and_both_dates() -> None:
    assert words.schedule_words(SCHEDULES["green_book_2026"]) == (
        "3.5\u00a0% from year 1, 3\u00a0% from year 31, 2.5\u00a0% from year 76. "
        "HM Treasury, The Green Book 2026, paragraph 6.54. "
        "Published 5 February 2026. Look for newer ones by 1 April 2027."
    )
    assert "3.0\u00a0%" in words.review_words()


def test_own_copies_are_marked_and_only_schedules_in_force_are_offered() -> None:
    own = OwnSchedule(id="schedule-1", name="Cautious", bands=(OwnBand(first=1, percent=Decimal(2)),))
    basis = Basis(own_schedules=(own,))
    choices = dict(words.schedule_choices(basis, "schedule-1"))
    assert choices["schedule-1"] == "Cautious (own copy)"
    assert "review_2026" not in choices
    assert dict(words.schedule_choices(basis, "lost"))["lost"] == "Unknown: lost"
    assert "No source yet. Own copy." in words.schedule_words(known_schedules(basis)["schedule-1"])


def test_published_mitigation_of_92_per_cent_leaves_4_08() -> None:
    bias = Bias(id="b", name="", upper_percent=Decimal(51), lower_percent=Decimal(4), managed_percent=Decimal(92))
    assert words.bias_left(bias) == "4.08\u00a0%"
    capped = replace(bias, managed_percent=Decimal(100))
    assert words.bias_left(capped) == "4\u00a0%"
    assert "lower bound holds" in words.left_sentence(capped)
    assert words.bias_left(replace(capped, awarded=True)) == "0\u00a0%"


def test_causes_count_instead_of_the_whole() -> None:
    causes = (Mitigation(id="c", name="", share_percent=Decimal(40), managed_percent=Decimal(50)),)
    bias = Bias(id="b", name="", upper_percent=Decimal(50), managed_percent=Decimal(90), causes=causes)
    assert (words.bias_managed(bias), words.bias_left(bias)) == ("20\u00a0%", "40\u00a0%")


def test_months_become_more() -> None:
    bias = Bias(id="b", name="", months=Decimal(24), duration_upper_percent=Decimal(39))
    assert words.duration_sentence(bias) == "24 months become 33.4: benefits come 0.8 years late."
    assert "No bias on duration" in words.duration_sentence(replace(bias, duration_upper_percent=Decimal(0)))


@pytest.mark.parametrize(
    "wrong",
    [
        {"upper_percent": Decimal(-1)},
        {"lower_percent": Decimal(60)},
        {"managed_percent": Decimal(101)},
        {"months": Decimal("NaN")},
        {"duration_lower_percent": Decimal("Infinity")},
    ],
)
def test_an_unsound_bias_has_dashes(wrong: dict[str, Decimal]) -> None:
    bias = replace(Bias(id="b", name="", upper_percent=Decimal(50)), **wrong)  # type: ignore[arg-type]  decimals all
    assert (words.bias_managed(bias), words.bias_left(bias)) == ("–", "–")
    assert "when the percentages are in order" in words.left_sentence(bias)


@pytest.mark.parametrize(("income", "weight"), [(15_000, "2.46"), (21_000, "1.59"), (45_000, "0.59")])
def test_published_weights(example: Appraisal, income: int, weight: str) -> None:
    found = words.comparable(example, IncomeGroup(id="g", name="", income=Decimal(income)))
    assert (found.income, found.weight) == (f"£{income:,}", weight)


def test_a_household_that_cannot_be_has_dashes(example: Appraisal) -> None:
    group = IncomeGroup(id="g", name="", income=Decimal(20_000), adults=0)
    assert words.comparable(example, group).weight == "–"
    poor = replace(example, basis=replace(example.basis, median_income=Decimal(0)))
    assert words.comparable(poor, replace(group, adults=1)).income == "–"


def test_dates_that_are_not_known_are_left_out() -> None:
    assert words.dated("", "") == ""
    assert words.dated("2026-03-31", "") == "Published 31 March 2026."
    assert words.rate(Decimal("NaN")) == "–"
