"""Every partner's own case: published splits, closed forms, cash, draws in common, leaving, and groups."""

from dataclasses import replace
from decimal import Decimal
from itertools import permutations
from statistics import NormalDist
from time import perf_counter

import pytest

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.funding import Programme
from appraise.model.appraisal.lines import BorneBy, Index, Range, RiseRange, Shape, Treatment
from appraise.model.appraisal.partners import Partner, Split
from appraise.model.cancelled import Cancelled
from appraise.model.discounting import make_factors
from appraise.model.evaluate import Part, evaluate
from appraise.model.partner_results import ArrangementResult
from appraise.model.partners import DRAWS, TOLD, _Joint, arrangement_results
from appraise.model.parts import paid_entries
from tests.builders import constraint, in_house, line, pounds
from tests.model.joint_documents import ALONE, partner, published, share, together
from tests.model.test_parts import rich

#: Draws give shares of draws to two standard errors at the worst.
CLOSE = 2 * 0.5 / DRAWS**0.5


def results(document: Appraisal) -> tuple[ArrangementResult, ...]:
    factors = make_factors(document)
    costed = [paid_entries(document, option.id, factors) for option in document.options]
    return arrangement_results(document, costed, factors, seed=7)


def result(document: Appraisal) -> ArrangementResult:
    (found,) = results(document)
    return found


def two(*lines: object, years: int = 1, **fields: object) -> Appraisal:
    """A pays a quarter of what is shared, B the rest; alone they would pay 30 and 80."""
    partners = fields.pop("partners", None) or (
        partner("a", 30, own=True, volume=Decimal(1)),
        partner("b", 80, volume=Decimal(3)),
    )
    made = lines or (line("service", "j", 100),)
    return together(partners, made, tuple(share(one.id) for one in made), years=years, **fields)


# --- splits ------------------------------------------------------------------------------------------------


def test_published_splits_of_three_partners() -> None:
    """METHOD 13; the unit is a thousand pounds."""
    found = result(published())
    assert (found.joint, found.alone) == (88_000, 100_000)
    assert [case.alone for case in found.partners] == list(ALONE)
    assert [case.proportional for case in found.partners] == [35_200, 30_800, 22_000]
    assert [case.shapley for case in found.partners] == list(pounds("35666.67", "31166.67", "21166.66"))
    assert found.groups_checked == 6
    assert set(found.stable_splits) == {"proportional", "shapley"}
    assert {one.split for one in found.unstable} == {"by_line"}  # even shares of 29.3 are over 25 alone


def test_published_split_that_two_partners_would_leave() -> None:
    """With BC 52 the proportional split has B and C pay 52.8; Shapley 37/30.5/20.5 is stable."""
    found = result(published(pair=52_000))
    assert [case.shapley for case in found.partners] == [37_000, 30_500, 20_500]
    (worse,) = [one for one in found.unstable if one.split == "proportional"]
    assert (worse.partners, worse.pays, worse.alone) == (("b", "c"), 52_800, 52_000)
    assert found.stable_splits == ("shapley",)


@pytest.mark.parametrize("split", list(Split))
def test_the_chosen_split_is_what_is_paid(split: Split) -> None:
    """Nothing grows and nothing is discounted in one year: present value, cash and budget are the same."""
    document = published(split=split)
    found = result(document)
    for case in found.partners:
        assert case.pays == getattr(case, split.value)
        assert case.saving == case.alone - case.pays
        assert case.pays_by_year == (case.pays,)
        assert case.alone_by_year == (case.alone,)
    assert sum(case.pays for case in found.partners) == found.joint
    budget = evaluate(document, parts=frozenset({Part.FINANCIAL})).options[1].financial
    assert budget is not None
    assert budget.total == found.partners[0].pays


def test_two_partners_by_hand() -> None:
    """Joint 100 against 30 + 80: by volume 25/75, proportional 27.27/72.73, Shapley (30 + 100 - 80) / 2 = 25."""
    found = result(two())
    assert [case.by_line for case in found.partners] == [25, 75]
    assert [case.proportional for case in found.partners] == list(pounds("27.27", "72.73"))
    assert [case.shapley for case in found.partners] == [25, 75]
    assert found.stable_splits == ("by_line", "proportional", "shapley")


def test_three_partners_from_lines_by_hand() -> None:
    """A joint cost of 60, half of it fixed, equal volumes: pairs cost 30 + 20; alone 30 each; everybody pays 20."""
    three = tuple(partner(key, 30, own=key == "a") for key in "abc")
    found = result(together(three, (line("service", "j", 60),), (share("service", fixed=50),)))
    assert {case.shapley for case in found.partners} == {Decimal(20)}
    assert found.unstable == ()


def test_a_partner_who_would_pay_more_than_alone_makes_it_unstable() -> None:
    cheap = (partner("a", 20, own=True, volume=Decimal(1)), partner("b", 90, volume=Decimal(3)))
    found = result(two(partners=cheap))
    assert [(one.split, one.partners, one.pays, one.alone) for one in found.unstable] == [("by_line", ("a",), 25, 20)]
    assert found.partners[0].saving == -5


def test_lines_that_are_not_shared_are_no_part_of_it() -> None:
    document = two()
    more = replace(document, lines=(*document.lines, line("mine", "j", 500)))
    assert result(more) == result(document)


# --- many partners -----------------------------------------------------------------------------------------


def many(size: int, *, fixed: int = 40) -> Appraisal:
    partners = tuple(
        partner(f"p{place}", 100 + 7 * place, own=place == 0, volume=Decimal(place + 1)) for place in range(size)
    )
    lines = tuple(line(f"line-{place}", "j", 20 + place, spread=(90, 130)) for place in range(30))
    return together(partners, lines, tuple(share(one.id, fixed=fixed) for one in lines), split=Split.SHAPLEY)


def test_ten_partners_within_a_second_with_every_group() -> None:
    document = many(10)
    factors = make_factors(document)
    costed = [paid_entries(document, option.id, factors) for option in document.options]
    start = perf_counter()
    (found,) = arrangement_results(document, costed, factors, seed=7)
    assert perf_counter() - start < 1
    assert found.groups_checked == 1022
    assert sum(case.shapley for case in found.partners) == found.joint


def test_the_worst_groups_come_first_and_no_more_than_can_be_read() -> None:
    """All moves with volume, so that every group with little of it gains nothing: half of them pay more by alone."""
    found = result(many(10, fixed=0))
    for split in ("by_line", "proportional", "shapley"):
        worse = [one.pays - one.alone for one in found.unstable if one.split == split]
        assert worse == sorted(worse, reverse=True)
        assert len(worse) <= TOLD
        assert (split in found.stable_splits) == (not worse)
    assert len([one for one in found.unstable if one.split == "proportional"]) == TOLD


# --- what holds for any document ---------------------------------------------------------------------------


@pytest.mark.parametrize("split", list(Split))
def test_shares_and_cash_add_up_to_the_penny(split: Split) -> None:
    document = rich(("1", "2.5", "0.7"), split)
    found = result(document)
    for name in ("pays", "by_line", "proportional", "shapley"):
        assert sum(getattr(case, name) for case in found.partners) == found.joint
    financial = evaluate(document, parts=frozenset({Part.FINANCIAL})).options[1].financial
    alone = evaluate(replace(document, arrangements=()), parts=frozenset({Part.FINANCIAL})).options[1].financial
    assert financial is not None
    assert alone is not None
    mine = pounds(33.33, 0, 0)
    paid = tuple(sum(year, Decimal(0)) for year in zip(*(case.pays_by_year for case in found.partners), strict=True))
    assert tuple(one + other for one, other in zip(paid, mine, strict=True)) == alone.by_year
    own = tuple(one + other for one, other in zip(found.partners[0].pays_by_year, mine, strict=True))
    assert own == financial.by_year


def test_joint_is_what_is_shared_of_the_expected_net_present_cost() -> None:
    document = rich()
    economic = evaluate(document, parts=frozenset({Part.ECONOMIC})).options[1].economic
    whole = evaluate(replace(document, arrangements=()), parts=frozenset({Part.ECONOMIC})).options[1].economic
    assert economic is not None
    assert whole is not None
    factors = make_factors(document)
    entries = paid_entries(document, "j", factors).whole
    society = sum(one.expected for one in entries if one.bearer is BorneBy.SOCIETY and one.public and one.economic)
    assert society > 0
    # what falls on others in any case, and the line that is not shared
    apart = whole.expected_other_bodies + Decimal("33.33") + society
    found = result(document)
    assert abs(found.joint - (economic.expected_npc - apart)) <= Decimal("0.02")
    theirs = sum(case.pays for case in found.partners[1:])
    assert abs(economic.expected_other_bodies - whole.expected_other_bodies - theirs) <= Decimal("0.02")


# --- draws -------------------------------------------------------------------------------------------------


def uncertain(first: Range | None, alone: Range | None, *, index: str = "", **fields: object) -> Appraisal:
    partners = (
        partner("a", 50, own=True, range=alone, index=index),
        partner("b", 50, range=alone, index=index),
    )
    joint = replace(line("service", "j", 100), range=first, index=index)
    return two(joint, partners=partners, **fields)


def test_without_ranges_nothing_is_left_to_chance() -> None:
    found = result(two()).partners
    assert [(case.dearer, case.dearer_error, case.p10, case.p90) for case in found] == [(0, 0, 5, 5), (0, 0, 5, 5)]


def test_how_often_joint_is_dearer_in_closed_form() -> None:
    """Joint 50 +- and alone 50 +-, both normal: even chances; the saving has the spread of both together."""
    joint = Range(low=Decimal(90), high=Decimal(110), shape=Shape.NORMAL)
    alone = Range(low=Decimal(80), high=Decimal(120), shape=Shape.NORMAL)
    (case, other) = result(uncertain(joint, alone)).partners
    tenth = NormalDist().inv_cdf(0.9)
    spread = (5**2 + 10**2) ** 0.5 / tenth
    assert abs(case.dearer - 0.5) < 2 * CLOSE
    assert case.dearer_error == pytest.approx(0.5 / DRAWS**0.5, rel=0.01)
    assert case.p90 == pytest.approx(tenth * spread, rel=0.08)
    assert case.p10 == pytest.approx(-tenth * spread, rel=0.08)
    assert case.p10 != other.p10  # what each would pay alone is a fact of its own


def test_parts_of_a_joint_line_move_together() -> None:
    """Only the joint line is uncertain, the shares are even: both save the same in every draw."""
    one, other = result(uncertain(Range(low=Decimal(80), high=Decimal(150)), None)).partners
    assert (one.p10, one.p90, one.dearer) == (other.p10, other.p90, other.dearer)
    assert one.p10 < 0 < one.p90


def test_a_shared_price_index_moves_joint_and_alone_alike() -> None:
    """Even shares of the same index: the rise of prices takes nothing from what is saved by it."""
    index = Index(id="pay", name="Pay", percent=(Decimal(4),), range=RiseRange(low=Decimal(-3), high=Decimal(3)))
    fields = {"years": 2, "indices": (index,)}
    document = uncertain(None, None, index="pay", **fields)
    late = replace(document.lines[1], amounts=pounds(0, 90))
    alike = tuple(replace(one, alone=pounds(0, 50)) for one in document.partners)
    case = result(replace(document, lines=(document.lines[0], late), partners=alike)).partners[0]
    rise = 1.04 / 1.035
    assert case.p10 < 5 * rise < case.p90
    assert case.p90 - case.p10 < 0.4  # 10 % of what either moves by
    assert case.dearer == 0


def test_constraints_are_drawn_by_share() -> None:
    """Half of the time 40 are paid, 20 by each: then joint is 10 dearer than alone, otherwise 10 cheaper."""
    document = two(
        line("service", "j", 80),
        partners=(partner("a", 50, own=True), partner("b", 50)),
        constraints=(constraint("permit", 0.5, 40, in_house("j")),),
    )
    case = result(document).partners[0]
    assert (case.pays, case.p10, case.p90) == (50, -10, 10)
    assert abs(case.dearer - 0.5) < 2 * CLOSE


@pytest.mark.parametrize("split", list(Split))
def test_draws_of_everything_have_the_expected_means(split: Split) -> None:
    """Lines of every treatment, bias, events, prevention, an uncertain index and constraints: means as reckoned."""
    index = Index(id="pay", name="Pay", percent=(Decimal(4),), range=RiseRange(low=Decimal(-2), high=Decimal(3)))
    programme = Programme(
        id="less",
        name="Less",
        option="j",
        investment=("mine",),
        lines=("line-0", "line-1"),
        low=0.1,
        likely=0.3,
        high=0.9,
    )
    document = replace(rich(("1", "2.5", "0.7"), split), indices=(index,), programmes=(programme,))
    indexed = tuple(replace(one, index="pay") if one.id in {"line-0", "line-2"} else one for one in document.lines)
    alone = Range(low=Decimal(70), high=Decimal(160))
    partners = tuple(replace(one, range=alone, index="pay") for one in document.partners)
    document = replace(document, lines=indexed, partners=partners)
    factors = make_factors(document)
    entries = paid_entries(document, "j", factors)
    assert entries.shared is not None
    joint = _Joint(document, entries, entries.shared, factors)
    cases = joint.result(7).partners
    for case, drawn in zip(cases, joint.drawn(7), strict=True):
        pounds_saved = drawn.saved / 100
        error = pounds_saved.std(ddof=1) / DRAWS**0.5
        assert error > 0
        assert abs(pounds_saved.mean() - float(case.saving)) < 4 * error + 0.01


def test_the_same_seed_gives_the_same_figures() -> None:
    assert results(rich()) == results(rich())


# --- leaving -----------------------------------------------------------------------------------------------


def leaver(chance: float, *others: Partner) -> Appraisal:
    """Three years of 100 without discounting to speak of: 3.5 % a year; 60 % of it is fixed; B pays a half."""
    partners = (
        partner("a", 100, own=True, volume=Decimal(1)),
        partner("b", 100, volume=Decimal(4), leaving=chance),
        partner("c", 100, volume=Decimal(3)),
        *others,
    )
    return together(partners, (line("service", "j", 100, 100, 100),), (share("service", fixed=60),), years=3)


def test_leaving_in_closed_form() -> None:
    """B's fixed part is 30 a year: 30 x (0 + .1 / 1.035 + .19 / 1.035 ** 2); A and C bear 1 and 3 parts of it."""
    left = result(leaver(0.1)).partners[1].leaving
    expected = 30 * (0.1 / 1.035 + 0.19 / 1.035**2)
    assert float(left.expected) == pytest.approx(expected, abs=0.005)
    assert float(left.if_now) == pytest.approx(30 * (1 + 1 / 1.035 + 1 / 1.035**2), abs=0.005)
    (first, third) = left.by_partner
    assert (first[0], third[0]) == ("a", "c")
    assert first[1] + third[1] == left.expected
    assert float(first[1]) == pytest.approx(expected / 4, abs=0.01)


def test_nobody_leaves_without_a_chance() -> None:
    left = result(leaver(0.0)).partners[1].leaving
    assert left.expected == 0
    assert left.if_now > 0


def test_a_line_that_falls_with_the_partners_leaves_nothing_behind() -> None:
    document = leaver(0.1)
    (arrangement,) = document.arrangements
    moving = replace(arrangement, shared=(share("service", fixed=0),))
    left = result(replace(document, arrangements=(moving,))).partners[1].leaving
    assert (left.expected, left.if_now) == (0, 0)


def test_constraints_do_not_fall_with_the_partners() -> None:
    document = leaver(1.0)
    (arrangement,) = document.arrangements
    only = replace(arrangement, shared=())
    kept = replace(constraint("permit", 1.0, 80, in_house("j")), impact_from=1)
    left = result(replace(document, arrangements=(only,), constraints=(kept,))).partners[1].leaving
    assert float(left.expected) == pytest.approx(40 / 1.035, abs=0.005)


# --- at the edges ------------------------------------------------------------------------------------------


def test_what_nobody_can_share_leaves_nothing_behind() -> None:
    """A cost to society is cut for nobody, even where its line is on the list."""
    document = leaver(0.5)
    theirs = replace(document.lines[-1], id="harm", treatment=Treatment.WIDER_COST)
    (arrangement,) = document.arrangements
    listed = replace(arrangement, shared=(*arrangement.shared, share("harm")))
    more = replace(document, lines=(*document.lines, theirs), arrangements=(listed,))
    assert result(more) == result(document)


@pytest.mark.parametrize("split", list(Split))
def test_the_order_of_partners_moves_no_penny(split: Split) -> None:
    """Thirds of pounds that do not divide: the odd penny is the same partner's, and groups stay the same."""
    partners = (partner("a", 30, 33, own=True), partner("b", 30, 33), partner("c", 30, 33, leaving=0.3))
    document = together(
        partners,
        (line("service", "j", 100, 100.01), line("more", "j", 0.02, 7)),
        (share("service", fixed=50), share("more")),
        years=2,
        split=split,
    )
    (arrangement,) = document.arrangements
    first = result(document)
    for order in permutations(arrangement.partners):
        turned = replace(document, arrangements=(replace(arrangement, partners=order),))
        found = result(turned)
        assert [case.partner for case in found.partners] == list(order)
        assert {case.partner: replace(case, leaving=case.leaving) for case in found.partners} == {
            case.partner: replace(
                case,
                leaving=replace(
                    case.leaving, by_partner=tuple(sorted(case.leaving.by_partner, key=lambda one: order.index(one[0])))
                ),
            )
            for case in first.partners
        }
        assert [(one.split, set(one.partners)) for one in found.unstable] == [
            (one.split, set(one.partners)) for one in first.unstable
        ]
        budgets = [evaluate(one, parts=frozenset({Part.FINANCIAL})).options[1].financial for one in (document, turned)]
        assert budgets[0] == budgets[1]


def test_a_single_partner_has_a_case_and_leaves_nobody() -> None:
    found = result(together((partner("a", 50, own=True),), (line("s", "j", 90),), (share("s"),)))
    (case,) = found.partners
    assert (case.pays, case.alone, case.saving, found.groups_checked) == (90, 50, -40, 0)
    assert case.leaving.by_partner == ()


def test_without_known_partners_there_are_no_figures() -> None:
    document = two()
    assert results(replace(document, partners=())) == ()
    assert results(replace(document, arrangements=())) == ()


def test_asked_to_stop_it_stops() -> None:
    document = two()
    factors = make_factors(document)
    costed = [paid_entries(document, option.id, factors) for option in document.options]
    with pytest.raises(Cancelled):
        arrangement_results(document, costed, factors, seed=7, cancelled=lambda: True)


def test_alone_is_held_against_joint_for_as_long_as_it_is_costed() -> None:
    """The joint option lasts for one year of two: what the second year would cost alone is left out."""
    document = two(years=2)
    longer = tuple(replace(one, alone=(*one.alone, *pounds(1000))) for one in document.partners)
    options = (document.options[0], replace(document.options[1], life_years=1))
    one_year = replace(document, partners=longer, options=options, horizon=replace(document.horizon, years=3))
    found = result(one_year)
    assert found.partners[0].alone_by_year == (30, 1000, 0)
