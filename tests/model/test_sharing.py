"""Who pays how much: by every rule, alone, in groups made of lines or typed, and by every split."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appraise.model.appraisal.lines import Index, Range
from appraise.model.appraisal.partners import Coalition, FixedShare, ShareRule, Split
from appraise.model.discounting import make_factors
from appraise.model.sharing import (
    Shares,
    alone_worth,
    arrangement_of,
    by_rule,
    game,
    partners_of,
    rules_of,
    shared_of,
)
from tests.builders import appraisal, line, pounds
from tests.model.joint_documents import partner, published, share, together

TWO = (
    partner("a", 60_000, own=True, volume=Decimal(1), population=30_000, use=Decimal("2.5")),
    partner("b", 50_000, volume=Decimal(3), population=10_000, use=Decimal("7.5")),
)


@pytest.mark.parametrize(
    ("rule", "first"),
    [(ShareRule.VOLUME, "0.25"), (ShareRule.POPULATION, "0.75"), (ShareRule.USE, "0.25"), (ShareRule.FIXED, "0.6")],
)
def test_every_rule_goes_by_its_own_measure(rule: ShareRule, first: str) -> None:
    fixed = (FixedShare(partner="a", percent=Decimal(60)), FixedShare(partner="b", percent=Decimal(40)))
    shares = by_rule(TWO, rule, fixed)
    assert shares is not None
    assert (shares.part(0), shares.part(1)) == (Decimal(first), 1 - Decimal(first))
    assert shares.own_part == Decimal(first)


def test_nothing_is_shared_by_what_nobody_entered() -> None:
    nobody = tuple(replace(one, volume=Decimal(0)) for one in TWO)
    assert by_rule(nobody, ShareRule.VOLUME, ()) is None
    assert by_rule(TWO, ShareRule.FIXED, ()) is None
    document = together(nobody, (line("service", "j", 100),), (share("service"),))
    assert rules_of(document, document.arrangements[0]).of("service") is None


@settings(max_examples=300)
@given(
    st.decimals(-(10**10), 10**10, places=2),
    st.lists(st.decimals(0, 10**6, places=2), min_size=1, max_size=10).filter(any),
)
def test_shares_always_add_up_to_the_penny(amount: Decimal, volumes: list[Decimal]) -> None:
    partners = tuple(partner(f"p{place}", volume=volume) for place, volume in enumerate(volumes))
    shares = by_rule(partners, ShareRule.VOLUME, ())
    assert shares is not None
    assert sum(shares.cut(amount)) == amount
    assert sum(Fraction(weight, sum(shares.weights)) for weight in shares.weights) == 1


def test_without_this_body_nothing_is_its_own() -> None:
    shares = Shares((TWO[1],), (1,))
    assert shares.own is None
    assert shares.own_part == 0


def test_partners_are_those_that_are_known_each_once() -> None:
    document = together(TWO, (), ())
    doubled = replace(document.arrangements[0], partners=("b", "gone", "b", "a"))
    document = replace(document, arrangements=(doubled,))
    assert [one.id for one in partners_of(document, doubled)] == ["b", "a"]
    assert arrangement_of(document, "j") is doubled
    assert arrangement_of(document, "now") is None
    nobody = replace(document, arrangements=(replace(doubled, partners=("gone",)),))
    assert arrangement_of(nobody, "j") is None


def test_alone_is_indexed_discounted_and_at_its_mean() -> None:
    """100 a year; wages rise 4 %, prices 2 %; 3.5 % discounts; PERT(80, 100, 150) has mean 105 %."""
    document = replace(
        appraisal(3, ("j",), deflator="2"), indices=(Index(id="pay", name="Pay", percent=(Decimal(4),)),)
    )
    one = partner("a", 100, 100, 100, index="pay", range=Range(low=Decimal(80), high=Decimal(150)))
    factors = make_factors(document)
    grows = Decimal("1.04") / Decimal("1.02") / Decimal("1.035")
    assert abs(alone_worth(one, factors, 2) - 105 * (1 + grows + grows**2)) < Decimal("1e-20")
    assert abs(alone_worth(one, factors, 1) - 105 * (1 + grows)) < Decimal("1e-20")  # no longer than the joint option


def test_groups_from_lines_fall_by_the_part_that_moves_with_volume() -> None:
    """40 of 100 is fixed; A and B have 3 of 6 units between them: 40 + 60 x 3 / 6 = 70. A constraint is all fixed."""
    three = (
        partner("a", 60, own=True, volume=Decimal(1)),
        partner("b", 70, volume=Decimal(2)),
        partner("c", 80, volume=Decimal(3)),
    )
    document = together(three, (line("service", "j", 100),), (share("service", fixed=40),))
    rules = rules_of(document, document.arrangements[0])
    found = game(rules, [("service", Decimal(100)), ("", Decimal(6)), ("own", Decimal(999))], [Decimal(60)] * 3)
    assert [found.costs[group] for group in (0b011, 0b101, 0b110)] == [7600, 8600, 9600]
    assert found.costs[0b001] == 6000
    assert found.joint == 10_600
    assert found.by_line == (1767, 3533, 5300)


def test_a_group_that_nobody_typed_gains_nothing_together() -> None:
    document = published()
    (arrangement,) = document.arrangements
    typed = replace(arrangement, coalitions=(Coalition(partners=("c", "b"), cost=pounds(56_000)[0]),))
    document = replace(document, arrangements=(typed,))
    found = game(rules_of(document, typed), [("service", Decimal(88_000))], pounds(40_000, 35_000, 25_000))
    assert (found.costs[0b110], found.costs[0b011]) == (5_600_000, 7_500_000)


def test_published_splits() -> None:
    document = published()
    found = game(
        rules_of(document, document.arrangements[0]), [("service", Decimal(88_000))], pounds(40_000, 35_000, 25_000)
    )
    assert found.proportional == (3_520_000, 3_080_000, 2_200_000)
    assert found.shapley == (3_566_667, 3_116_667, 2_116_666)
    assert sum(found.shapley) == found.joint == 8_800_000


def test_a_single_partner_pays_all_of_it() -> None:
    one = (partner("a", 50, own=True),)
    document = together(one, (line("service", "j", 90),), (share("service"),))
    found = game(rules_of(document, document.arrangements[0]), [("service", Decimal(90))], [Decimal(50)])
    assert found.costs == (0, 9000)
    assert found.by_line == found.proportional == found.shapley == (9000,)


def test_eleven_partners_are_refused() -> None:
    many = tuple(partner(f"p{number}", 10) for number in range(11))
    document = together(many, (), ())
    with pytest.raises(ValueError, match="ten partners"):
        game(rules_of(document, document.arrangements[0]), [], [Decimal(10)] * 11)


@pytest.mark.parametrize(("split", "first"), [(Split.PROPORTIONAL, 40), (Split.SHAPLEY, 107 / 3)])
def test_a_calculated_split_holds_for_everything_that_is_shared(split: Split, first: float) -> None:
    document = published(split=split)
    found = shared_of(document, document.arrangements[0], [("service", Decimal(88_000))], make_factors(document), 0)
    part = first / 100 if split is Split.PROPORTIONAL else first / 88
    assert found.rest is not None
    for shares in (found.by_line["service"], found.rest):
        assert float(shares.part(0)) == pytest.approx(part, abs=1e-7)
    assert found.of("another line") is None


def test_a_calculated_split_of_nothing_goes_by_the_rules() -> None:
    document = published(split=Split.SHAPLEY)
    found = shared_of(document, document.arrangements[0], [], make_factors(document), 0)
    assert found.by_line["service"].weights == (1, 1, 1)
