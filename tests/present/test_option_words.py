from enum import StrEnum

import pytest

from appraise.model.appraisal.options import Category, ContractType, DeliveryModel, Meets, Rating, ShortListRole
from appraise.model.appraisal.sourcing import Authority, Leaning, Reply
from appraise.present import option_words as words


@pytest.mark.parametrize(
    ("table", "kinds"),
    [
        (words.MODELS, DeliveryModel),
        (words.MODEL_HINTS, DeliveryModel),
        (words.ROLES, ShortListRole),
        (words.CONTRACTS, ContractType),
        (words.CATEGORIES, Category),
        (words.CATEGORY_QUESTIONS, Category),
        (words.RATINGS, Rating),
        (words.MEETS, Meets),
        (words.REPLIES, Reply),
        (words.LEANINGS, Leaning),
        (words.AUTHORITIES, Authority),
    ],
)
def test_every_kind_has_words_of_its_own(table: dict[StrEnum, str], kinds: type[StrEnum]) -> None:
    assert set(table) == set(kinds)
    assert len(set(table.values())) == len(table)
    assert all(len(text.split()) <= 25 for text in table.values())


def test_ratings_say_their_colour() -> None:
    assert [words.RATINGS[one].split(":")[0] for one in Rating] == ["Not rated", "Green", "Amber", "Red"]


@pytest.mark.parametrize(
    ("iso", "said"),
    [
        ("2027-04-01", "1 April 2027"),
        ("2020-06", "June 2020"),
        ("2020", "2020"),
        ("soon", "soon"),
        ("2020-13", "2020-13"),
    ],
)
def test_dates_in_words(iso: str, said: str) -> None:
    assert words.day(iso) == said
