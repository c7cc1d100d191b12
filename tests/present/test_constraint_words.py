"""What is said about pricing and settling: rounded, calm, and short."""

from dataclasses import replace
from decimal import Decimal

import pytest

from appraise.model.appraisal.constraints import Agreement, Pricing, Principle, RegisterKind
from appraise.model.evaluate import Settings, evaluate
from appraise.present import constraint_words
from appraise.present.constraint_words import EVIDENCE, PRINCIPLES
from tests.present import settling_example

DOCUMENT = settling_example.document()
RESULTS = settling_example.with_values(evaluate(DOCUMENT, Settings(draws=500)), DOCUMENT)
NB = "\u00a0"


@pytest.mark.parametrize(
    ("pounds", "text"),
    [
        (1_234_567.0, f"£1.23{NB}million"),
        (-1_258_001.0, f"£1.26{NB}million"),
        (999_900.0, f"£1{NB}million"),
        (854_999.0, "£855,000"),
        (28_400.0, "£28,000"),
        (12_345_678.0, f"£12.3{NB}million"),
        (1_678.0, "£1,700"),
        (640.0, "£640"),
        (0.3, "£0"),
    ],
)
def test_an_amount_is_told_as_finely_as_in_the_chart(pounds: float, text: str) -> None:
    assert constraint_words.about(pounds) == text


def worth(place: int, **changes: float) -> str:
    found = RESULTS.constraints[place]
    if changes:
        found = replace(found, value_of_settling=replace(found.value_of_settling, **changes))
    return constraint_words.settle_sentence(DOCUMENT, found)


def test_what_settling_is_worth_is_a_calm_sentence() -> None:
    assert worth(0) == "Agreeing “Flood-risk permit” before tender is worth about £462,000."
    assert worth(0, total=1_234_000.0) == (
        f"Agreeing “Flood-risk permit” before tender is worth about £1.23{NB}million."
    )
    assert worth(1).startswith("Clearing up “Bathing-water consent” before tender"), "a risk is not agreed"
    assert "next to nothing" in worth(2)
    assert worth(3).endswith("costs about £57,000 more than it brings.")
    assert "suppliers now ask less" in worth(3, cost_of_settling=0.0)


def test_an_absent_value_says_why() -> None:
    last = RESULTS.constraints[4]
    assert "is agreed: there is nothing left to settle." in constraint_words.settle_sentence(DOCUMENT, last)
    for change, words in (
        ({"agreement": Agreement.PARTLY}, "options with costs over one and the same life"),
        ({"agreement": Agreement.PARTLY, "probability": 0.0}, "worth nothing"),
    ):
        entries = tuple(replace(one, **change) if one.id == last.id else one for one in DOCUMENT.constraints)
        assert words in constraint_words.settle_sentence(replace(DOCUMENT, constraints=entries), last)


def test_values_of_several_do_not_add() -> None:
    assert constraint_words.do_not_add(RESULTS) == (
        "Values of several do not add: settling all four open entries is worth about £700,000 together, "
        "and £515,000 one by one."
    )
    two = replace(RESULTS, constraints=RESULTS.constraints[:2])
    assert "both open entries" in constraint_words.do_not_add(two)
    some = replace(RESULTS, settled_together=RESULTS.settled_together[:2])
    assert constraint_words.do_not_add(some) == (
        "Values of several do not add: settling the two chosen entries is worth about £700,000 together, "
        "and £572,000 one by one."
    )
    assert constraint_words.set_name(some) == "The chosen ones together"
    assert constraint_words.set_name(RESULTS) == "All of them together"
    assert constraint_words.do_not_add(replace(RESULTS, constraints=RESULTS.constraints[:1])) == ""
    assert constraint_words.do_not_add(replace(RESULTS, constraints=None)) == ""
    little = replace(RESULTS, settling_together=replace(RESULTS.settling_together, total=3.0))
    assert constraint_words.do_not_add(little).endswith("changes next to nothing.")
    less = replace(RESULTS, settling_together=replace(RESULTS.settling_together, total=-32_000.0))
    assert constraint_words.do_not_add(less).endswith("costs about £32,000 more than it brings.")


def test_what_is_in_the_set_at_a_loss_is_named() -> None:
    """The fourth entry brings 3,000 and costs 60,000; without it nobody is named."""
    assert [one.id for one in constraint_words.losing(RESULTS)] == [RESULTS.constraints[3].id]
    said = constraint_words.losing_sentence(RESULTS)
    name = RESULTS.constraints[3].name
    assert said == f"In the set at a loss when taken alone: “{name}”."
    three = replace(RESULTS, settled_together=RESULTS.settled_together[:3])
    assert constraint_words.losing_sentence(three) == ""
    name = "A name of six words here"
    dear = tuple(replace(RESULTS.constraints[3], id=one, name=name) for one in "abcde")
    many = constraint_words.losing_sentence(replace(RESULTS, constraints=dear, settled_together=tuple("abcde")))
    assert many.endswith("and 3 more.")
    assert len(many.split()) <= 25


def test_both_ways_of_choosing_better_have_one_name() -> None:
    assert [words for words in constraint_words.PARTS.values() if "choice" in words] == [
        "Better choice at once",
        "Better choice when known",
    ]


def test_only_what_brings_or_costs_something_is_told() -> None:
    assert [one.name for one in constraint_words.telling(RESULTS)] == [
        RESULTS.constraints[place].name for place in (0, 1, 3)
    ]


def test_a_board_hears_of_settling_only_where_it_matters() -> None:
    assert constraint_words.board_sentence(RESULTS, DOCUMENT) == (
        f"{worth(0)} Reducing it first would cost about £84,000 less than settling it, taken alone."
    )
    cheapest = min(option.economic.expected_npc for option in RESULTS.options)
    for share, told in ((Decimal("0.00099"), False), (Decimal("0.00101"), True)):
        first = RESULTS.constraints[0]
        value = replace(first.value_of_settling, total=float(cheapest * share))
        changed = replace(RESULTS, constraints=(replace(first, value_of_settling=value), *RESULTS.constraints[1:]))
        assert bool(constraint_words.board_sentence(changed, DOCUMENT)) is told, share
    assert constraint_words.board_sentence(replace(RESULTS, constraints=None), DOCUMENT) == ""
    assert constraint_words.board_sentence(replace(RESULTS, constraints=RESULTS.constraints[2:]), DOCUMENT) == ""


def test_a_cheaper_way_than_settling_is_told() -> None:
    first = RESULTS.constraints[0]
    keep = tuple(one for one in first.actions if one.key != "mitigate")
    said = constraint_words.cheaper_way(replace(first, actions=keep))
    assert said == "Keeping it would cost about £6,000 less than settling it, taken alone."
    dear = tuple(replace(one, cost=150_000.0) for one in first.actions)
    assert constraint_words.cheaper_way(replace(first, actions=dear)) == ""
    assert constraint_words.cheaper_way(replace(first, actions=())) == ""


@pytest.mark.parametrize(
    ("principle", "strength", "words"),
    [
        (Principle.EXPECTED_VALUE, 0.25, f"margin of 25{NB}%"),
        (Principle.EXPECTED_VALUE, 0.0, "no margin"),
        (Principle.STANDARD_DEVIATION, 0.35, "0.35 standard deviations"),
        (Principle.CVAR, 0.8, f"mean of the dearest 20{NB}%"),
        (Principle.PERCENTILE, 0.8, f"enough in 80{NB}% of outcomes"),
        (Principle.WANG, 0.8416, "lambda 0.8416"),
        (Principle.PROPORTIONAL_HAZARD, 1.5, "rho 1.5"),
        (Principle.PROPORTIONAL_HAZARD, 10.0, "rho 10"),
    ],
)
def test_strength_is_told_in_the_terms_of_its_principle(principle: Principle, strength: float, words: str) -> None:
    pricing = Pricing(principle=principle, strength=strength)
    assert constraint_words.strength_words(pricing) == words
    assert constraint_words.pricing_words(pricing) == f"{PRINCIPLES[principle].name}, {words}"


def test_every_principle_and_kind_has_words_of_at_most_25() -> None:
    assert set(PRINCIPLES) == set(Principle)
    assert set(constraint_words.KINDS) == set(RegisterKind)
    sentences = [one.sentence for one in PRINCIPLES.values()]
    sentences += [constraint_words.NOTHING_TO_SETTLE, constraint_words.WITH_FULL_RUN]
    assert all(len(one.split()) <= 25 for sentence in sentences for one in sentence.split(". "))


def test_evidence_has_a_range_and_a_source() -> None:
    assert [(one.low, one.high) for one in EVIDENCE] == [(1.0, 2.0), (24.0, 24.0), (16.5, 70.6)]
    assert all(one.source and one.low <= one.high for one in EVIDENCE)
