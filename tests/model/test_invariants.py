"""What must not change a figure, and how figures must move together (METHOD 15)."""

import os
from collections.abc import Callable
from dataclasses import fields, replace
from decimal import Decimal
from itertools import pairwise
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from appraise.model.appraisal.constraints import Impact, Pricing
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.effects import Bias, Mitigation
from appraise.model.appraisal.lines import Line, Prices, Treatment
from appraise.model.appraisal.options import Category, Choice, DeliveryModel, Rating, ShortListRole
from appraise.model.discounting import discount_factors
from appraise.model.edits.changing import EditRefused
from appraise.model.edits.long_list import (
    build_short_list,
    rate_choice,
    remove_choice,
    swap_choice,
    use_choice,
)
from appraise.model.edits.options import add_option, remove_option, set_role
from appraise.model.evaluate import CannotEvaluate, Part, Settings, evaluate
from appraise.model.parameters import SCHEDULES
from appraise.model.pricing import PRESETS
from appraise.model.results import Economic, Financial, OptionResult, Results
from tests.builders import AT_COST, appraisal, constraint, in_house, line, rolling, scores, supplier, tree
from tests.model.random_appraisals import random_appraisal

DRAWS = Settings(draws=3000)
MORE = 10 if os.environ.get("APPRAISE_SOAK") else 1
MONEY = st.integers(min_value=0, max_value=10_000_000)
TREATMENTS = st.sampled_from([treatment.value for treatment in Treatment])
EXACT = frozenset({Part.ECONOMIC, Part.FINANCIAL})
#: Suppliers at cost, and at every principle's preset.
PRICINGS = (AT_COST, *(Pricing(principle=principle, strength=preset) for principle, preset in PRESETS.items()))
#: Numbers of rich documents: every treatment, price basis, bias, bearer and schedule.
RICH = st.integers(min_value=0, max_value=10**9)


@st.composite
def documents(draw: st.DrawFn, pricings: tuple[Pricing, ...] = PRICINGS) -> Appraisal:
    """Three options with a few lines and constraints of every kind, a value tree and a scenario."""
    years = draw(st.integers(min_value=1, max_value=6))
    lines = []
    for option in "abc":
        for number in range(draw(st.integers(min_value=1, max_value=4))):
            spread = draw(st.none() | st.tuples(st.integers(50, 100), st.integers(100, 200)))
            lines.append(
                line(
                    f"{option}{number}",
                    option,
                    *draw(st.lists(MONEY, min_size=years, max_size=years)),
                    spread=spread,
                    treatment=draw(TREATMENTS),
                    driver=draw(st.sampled_from(["", "pay", "fuel"])),
                )
            )
    constraints = tuple(
        constraint(
            f"k{number}",
            draw(st.integers(0, 100)) / 100,
            tuple(sorted(draw(st.tuples(MONEY, MONEY, MONEY)))),
            in_house("a"),
            supplier("b"),
        )
        for number in range(draw(st.integers(0, 2)))
    )
    values = st.lists(st.integers(0, 100), min_size=3, max_size=3)
    document = appraisal(
        years,
        ("a", "b", "c"),
        deflator="2",
        lines=tuple(lines),
        constraints=constraints,
        scenarios=(rolling("s", (1_000_000,) * years, 0.8, 0.1),),
        scores=scores(**{key: tuple(draw(values)) for key in "abc"}),
        **tree(100, 60, 20),
    )
    pricing = draw(st.sampled_from(pricings))
    return replace(document, options=tuple(replace(one, pricing=pricing) for one in document.options))


def by_id(results: Results) -> dict[str, OptionResult]:
    return {option.id: option for option in results.options}


def figures(results: Results) -> dict[str, OptionResult]:
    """The figures of every option without the names and without rows of nothing."""

    def bare(option: OptionResult) -> OptionResult:
        economic = replace(option.economic, rows=tuple(row for row in option.economic.rows if row.total))
        financial = replace(
            option.financial,
            rows=tuple(row for row in option.financial.rows if row.total),
            by_body=tuple(body for body in option.financial.by_body if body.own or any(body.by_year)),
        )
        prices = option.supplier_premium.by_constraint
        premium = replace(option.supplier_premium, by_constraint=tuple(one for one in prices if one.priced))
        return replace(option, name="", economic=economic, financial=financial, supplier_premium=premium)

    return {option.id: bare(option) for option in results.options}


@settings(max_examples=25 * MORE, deadline=None)
@given(documents(), st.sampled_from("abc"), TREATMENTS)
def test_a_line_of_nothing_changes_no_other_number(document: Appraisal, option: str, treatment: str) -> None:
    extra = line("zero", option, *[0] * document.horizon.years, spread=(50, 150), treatment=treatment, driver="pay")
    wider = replace(document, lines=(extra, *document.lines))
    before, after = evaluate(document, DRAWS), evaluate(wider, DRAWS)
    assert figures(before) == figures(after)
    assert (before.verdict, before.switches) == (after.verdict, after.switches)


@settings(max_examples=25 * MORE, deadline=None)
@given(documents(), st.permutations(range(3)), st.randoms(use_true_random=False))
def test_order_and_names_change_no_figure(document: Appraisal, order: list[int], random: object) -> None:
    lines = list(document.lines)
    random.shuffle(lines)
    renamed = tuple(replace(document.options[place], name=f"Name {place}") for place in order)
    # business as usual stays business as usual; only places and names are swapped
    shuffled = replace(
        document,
        options=renamed,
        lines=tuple(replace(one, name=f"Other {one.name}") for one in lines),
        criteria=document.criteria[::-1],
        scores=document.scores[::-1],
        constraints=document.constraints[::-1],
    )
    before, after = evaluate(document, DRAWS), evaluate(shuffled, DRAWS)
    for key, option in by_id(before).items():
        other = by_id(after)[key]
        assert option.economic.npc == other.economic.npc
        assert option.financial.by_year == other.financial.by_year
        assert option.risk.npc == other.risk.npc
        assert option.risk.probability_cheapest == other.risk.probability_cheapest
        assert option.funding == other.funding
        assert option.score.total == other.score.total
    assert before.verdict == after.verdict


@settings(max_examples=25 * MORE, deadline=None)
@given(documents())
def test_nothing_at_stake_changes_nothing(document: Appraisal) -> None:
    """METHOD 15, number 12: p = 0 or an impact of 0 changes no figure."""
    idle = (constraint("p0", 0, (1, 2, 3), in_house("a")), constraint("i0", 0.5, 0, in_house("b"), supplier("c")))
    wider = replace(document, constraints=(*document.constraints, *idle))
    before, after = evaluate(document, DRAWS), evaluate(wider, DRAWS)
    assert figures(before) == figures(after)
    assert (before.verdict, before.switches, before.settling_together) == (
        after.verdict,
        after.switches,
        after.settling_together,
    )
    assert {one.id: one for one in after.constraints} == {one.id: one for one in before.constraints} | {
        one.id: one for one in after.constraints if one.id in {"p0", "i0"} and one.value_of_settling is None
    }


@settings(max_examples=25 * MORE, deadline=None)
@given(documents())
def test_percentiles_are_in_order_and_chances_add_up(document: Appraisal) -> None:
    """METHOD 15, number 11; one option is cheapest in every draw."""
    results = evaluate(document, DRAWS)
    for option in results.options:
        npc = option.risk.npc
        ordered = (npc.p5, npc.p10, npc.p50, npc.p80, npc.p90, npc.p95)
        assert list(ordered) == sorted(ordered)
        assert 0 <= option.score.total <= 100
    assert sum(option.risk.probability_cheapest for option in results.options) == pytest.approx(1)


def test_another_seed_gives_other_draws_and_the_same_exact_figures() -> None:
    document = appraisal(2, lines=(line("x", "a", 100, 100, spread=(80, 150)), line("y", "b", 110, 110)))
    one, two = evaluate(document, Settings(seed=1, draws=5000)), evaluate(document, Settings(seed=2, draws=5000))
    assert by_id(one)["a"].risk.npc != by_id(two)["a"].risk.npc
    assert by_id(one)["a"].economic == by_id(two)["a"].economic


def test_amounts_too_large_to_sum_exactly_are_refused_with_a_sentence() -> None:
    document = appraisal(2, ("a",), lines=(line("x", "a", 10**13, 10**13, spread=(80, 150)),))
    with pytest.raises(CannotEvaluate) as refused:
        evaluate(document, Settings(draws=100_000))
    (finding,) = refused.value.findings
    assert finding.severity == "error"
    assert "too large" in finding.sentence
    assert evaluate(document, Settings(draws=1000)).options[0].risk.npc.mean > 10**13


# 1: discount factors


@given(st.sampled_from(sorted(SCHEDULES)))
def test_discount_factors_fall_from_one(schedule: str) -> None:
    """METHOD 15, number 1."""
    factors = discount_factors(SCHEDULES[schedule], 126)
    assert factors[0] == 1
    assert all(later < earlier for earlier, later in pairwise(factors))


@given(st.sampled_from(sorted(SCHEDULES)), st.integers(1, 60), st.integers(1, 60))
def test_factors_multiply_up_to_a_kink_and_not_across_it(schedule: str, first: int, second: int) -> None:
    """METHOD 15, number 1: DF(a + b) = DF(a) DF(b) as long as one rate holds, and is larger once it has fallen."""
    bands = SCHEDULES[schedule].bands
    factors = discount_factors(SCHEDULES[schedule], 126)
    kink = bands[1].first if len(bands) > 1 else 1000
    product = factors[first] * factors[second]
    if first + second < kink:
        assert factors[first + second] == pytest.approx(product, rel=Decimal("1e-25"))
    elif max(first, second) < kink:
        assert factors[first + second] > product * (1 + Decimal("1e-6"))


# 2: scale and linearity


def exact(document: Appraisal) -> dict[str, tuple[Economic, Financial]]:
    results = evaluate(document, parts=EXACT)
    return {one.id: (one.economic, one.financial) for one in results.options}


def scaled(document: Appraisal, times: int) -> Appraisal:
    """All money of the document that costs are made of, times a number."""

    def more(impact: Impact) -> Impact:
        return Impact(low=times * impact.low, likely=times * impact.likely, high=times * impact.high)

    return replace(
        document,
        lines=tuple(replace(one, amounts=tuple(times * pounds for pounds in one.amounts)) for one in document.lines),
        constraints=tuple(
            replace(
                one,
                impact=more(one.impact),
                view=replace(one.view, impact=more(one.view.impact)) if one.view else None,
                bearings=tuple(replace(bearing, dispute_cost=times * bearing.dispute_cost) for bearing in one.bearings),
            )
            for one in document.constraints
        ),
    )


@settings(max_examples=40 * MORE, deadline=None)
@given(RICH, st.integers(min_value=2, max_value=9))
def test_present_values_scale_with_the_money(seed: int, times: int) -> None:
    """METHOD 15, number 2: NPSV, PVB, PVC and EAC times k; BCR and RPSC stay."""
    document = random_appraisal(seed)
    after = exact(scaled(document, times))
    penny = Decimal("0.01") * (times + 1)
    for key, (economic, _) in exact(document).items():
        other = after[key][0]
        for name in ("npsv", "pvb", "pvc", "npc", "optimism_bias", "expected_npc"):
            assert abs(getattr(other, name) - times * getattr(economic, name)) <= penny, name
        # a penny of net present cost is a penny by the annuity in a year
        assert abs(other.eac - times * economic.eac) <= penny * (1 + Decimal(repr(1 / economic.annuity)))
        for ratio, divisor in (("bcr", economic.pvc), ("rpsc", economic.pvc_public)):
            if divisor > 1_000_000:
                assert getattr(other, ratio) == pytest.approx(getattr(economic, ratio), rel=1e-6, abs=1e-6)


@settings(max_examples=40 * MORE, deadline=None)
@given(RICH, st.randoms(use_true_random=False))
def test_npsv_is_linear_in_every_line(seed: int, random: Random) -> None:
    """METHOD 15, number 2: doubling a line adds what it came to. Linked risks bend its bias, so none is linked."""
    document = random_appraisal(seed)
    document = replace(document, constraints=tuple(replace(one, lines=()) for one in document.constraints))
    if not document.lines:
        return
    chosen = random.choice(document.lines)

    def npsv(times: int) -> Decimal:
        other = replace(chosen, amounts=tuple(times * pounds for pounds in chosen.amounts))
        lines = tuple(other if one.id == chosen.id else one for one in document.lines)
        return exact(replace(document, lines=lines))[chosen.option][0].npsv

    none, once, thrice = npsv(0), npsv(1), npsv(3)
    assert abs((thrice - once) - 2 * (once - none)) <= Decimal("0.06")


# 3 and 4: the same line everywhere, and transfers


@settings(max_examples=25 * MORE, deadline=None)
@given(documents(), st.lists(MONEY, min_size=6, max_size=6), TREATMENTS)
def test_the_same_line_everywhere_leaves_differences_alone(
    document: Appraisal, amounts: list[int], treatment: str
) -> None:
    """METHOD 15, number 3."""
    years = document.horizon.years
    common = tuple(line(f"same-{key}", key, *amounts[:years], treatment=treatment) for key in "abc")
    before, after = exact(document), exact(replace(document, lines=document.lines + common))
    for key in "bc":
        gap = before["a"][0].npsv - before[key][0].npsv
        assert abs(after["a"][0].npsv - after[key][0].npsv - gap) <= Decimal("0.02")


def test_the_benefit_cost_ratio_is_not_shift_invariant() -> None:
    """METHOD 15, number 3: a cost of 100 in both options turns the ranking by BCR, and no difference of NPSV."""

    def ranked(*, common: int) -> tuple[float, float, Decimal]:
        lines = (
            line("ca", "a", 100),
            line("ba", "a", 150, treatment="wider_benefit"),
            line("cb", "b", 200),
            line("bb", "b", 280, treatment="wider_benefit"),
            *(line(f"same-{key}", key, common) for key in "ab"),
        )
        cases = exact(appraisal(1, lines=lines))
        a, b = cases["a"][0], cases["b"][0]
        return a.bcr, b.bcr, a.npsv - b.npsv

    assert ranked(common=0) == (1.5, 1.4, -30)
    assert ranked(common=100) == (0.75, pytest.approx(280 / 300), -30)


@settings(max_examples=40 * MORE, deadline=None)
@given(RICH, st.integers(1, 10**9))
def test_a_transfer_on_both_sides_leaves_npsv_alone(seed: int, amount: int) -> None:
    """METHOD 15, number 4: as cost and benefit of society it moves BCR towards 1; as a transfer it moves nothing."""
    document = random_appraisal(seed)
    key = document.options[0].id
    paid, received = (line(name, key, amount, treatment=name) for name in ("wider_cost", "wider_benefit"))
    before, _ = exact(document)[key]
    both, _ = exact(replace(document, lines=(*document.lines, paid, received)))[key]
    assert abs(both.npsv - before.npsv) <= Decimal("0.02")
    assert both.pvc - before.pvc == amount
    if before.bcr is not None and before.pvc > 100:
        assert abs(both.bcr - 1) <= abs(before.bcr - 1) + 1e-9
    redundancy = line("redundancy", key, amount, treatment="transfer")
    assert exact(replace(document, lines=(*document.lines, redundancy)))[key][0] == before


# 5: cash and real terms


@settings(max_examples=40 * MORE, deadline=None)
@given(RICH, st.lists(st.integers(10**9, 10**11), min_size=1, max_size=61))
def test_cash_to_real_and_back_to_cash(seed: int, amounts: list[int]) -> None:
    """METHOD 15, number 5, to 1e-9: the deflator takes out what it puts in, with a series or at a flat rate."""
    document = random_appraisal(seed)
    amounts = amounts[: document.horizon.years]
    option = replace(document.options[0], life_years=0)
    bare = replace(document, options=(option,), constraints=(), effects=(), lines=())

    def cases(one: Line) -> tuple[Economic, Financial]:
        return exact(replace(bare, lines=(one,)))[option.id]

    economic, _ = cases(line("x", option.id, *amounts, prices=Prices.CASH))
    _, financial = cases(line("x", option.id, *economic.cost_by_year))
    for there, back in zip(amounts, financial.by_year, strict=False):
        assert float(back) == pytest.approx(there, rel=1e-9)


# 9: names, order and years


def facts(option: tuple[Economic, Financial]) -> dict[str, object]:
    """The figures of both cases in an order of their own, without names."""
    found: dict[str, object] = {}
    for case in option:
        for field in fields(case):
            value = getattr(case, field.name)
            if field.name in {"rows", "by_body", "bridge", "biases", "npuc"}:
                value = sorted(repr(replace(one, name="")) for one in value)
            elif field.name == "weighted":
                value = (value.npsv, sorted(repr(replace(one, name="")) for one in value.groups))
            found[f"{type(case).__name__}.{field.name}"] = value
    return found


@settings(max_examples=40 * MORE, deadline=None)
@given(RICH, st.randoms(use_true_random=False))
def test_names_and_order_change_no_figure_of_either_case(seed: int, random: Random) -> None:
    """METHOD 15, number 9: every list of the document is shuffled and everything in it is called otherwise."""
    document = random_appraisal(seed)
    other = document
    for name in ("options", "lines", "constraints", "indices", "bodies", "income_groups", "biases", "effects"):
        records = [replace(one, name=f"{one.name} again") for one in getattr(document, name)]
        random.shuffle(records)
        other = replace(other, **{name: tuple(records)})
    after = exact(other)
    for key, option in exact(document).items():
        assert facts(option) == facts(after[key])


@settings(max_examples=40 * MORE, deadline=None)
@given(RICH, st.integers(min_value=1, max_value=30))
def test_the_calendar_changes_no_figure(seed: int, later: int) -> None:
    """METHOD 15, number 9: the same appraisal some years later, prices and inflation with it."""
    document = random_appraisal(seed)
    deflator, horizon = document.basis.deflator, document.horizon
    other = replace(
        document,
        horizon=replace(horizon, first_year=horizon.first_year + later),
        basis=replace(
            document.basis,
            deflator=replace(deflator, first_year=deflator.first_year + later) if deflator.percent else deflator,
        ),
        lines=tuple(
            replace(one, price_year=one.price_year + later) if one.prices is Prices.OTHER_YEAR else one
            for one in document.lines
        ),
    )
    assert exact(document) == exact(other)


# 10: optimism bias and its mitigation


SHARES = st.integers(min_value=0, max_value=10_000).map(lambda hundredths: Decimal(hundredths) / 100)


def bias_of(bias: Bias) -> tuple[Decimal, Decimal]:
    """(per cent, pounds) that remain of a bias on a cost of a million."""
    document = appraisal(1, ("a",), lines=(line("x", "a", 1_000_000, bias="b"),), biases=(bias,))
    economic, _ = exact(document)["a"]
    return economic.biases[0].percent, economic.optimism_bias


@settings(max_examples=60 * MORE, deadline=None)
@given(SHARES, SHARES, SHARES, SHARES, st.booleans())
def test_bias_falls_with_mitigation_to_the_lower_bound(
    one_end: Decimal, other_end: Decimal, some: Decimal, more: Decimal, awarded: bool
) -> None:
    """METHOD 15, number 10: all managed leaves the lower bound before award and nothing after; never rising."""
    lower, upper = sorted((one_end, other_end))
    some, more = sorted((some, more))
    bias = Bias(id="b", name="B", upper_percent=upper, lower_percent=lower, awarded=awarded)
    least, most = (Decimal(0) if awarded else lower), upper
    left = [bias_of(replace(bias, managed_percent=managed)) for managed in (Decimal(0), some, more, Decimal(100))]
    assert left[0] == (most, most * 10_000)
    assert left[-1] == (least, least * 10_000)
    assert all(later <= earlier for earlier, later in pairwise(percent for percent, _ in left))
    assert all(later <= earlier for earlier, later in pairwise(pounds for _, pounds in left))


@settings(max_examples=30 * MORE, deadline=None)
@given(SHARES, SHARES, SHARES)
def test_causes_manage_as_much_as_their_shares_say(upper: Decimal, share: Decimal, managed: Decimal) -> None:
    """METHOD 1.10: a cause that holds a share of the bound and is managed in part, beside one that is not managed."""
    causes = (
        Mitigation(id="one", name="One", share_percent=share, managed_percent=managed),
        Mitigation(id="two", name="Two", share_percent=100 - share),
    )
    bias = Bias(id="b", name="B", upper_percent=upper, causes=causes, managed_percent=Decimal(50))
    _, pounds = bias_of(bias)
    assert abs(pounds - 10_000 * upper * (1 - share * managed / 10_000)) <= Decimal("0.005")


# 14 and 15: what belongs to one case only


def without_bridge(financial: Financial) -> Financial:
    return replace(financial, bridge=())


@settings(max_examples=40 * MORE, deadline=None)
@given(RICH, st.sampled_from([key for key, one in SCHEDULES.items() if one.in_force]))
def test_another_schedule_changes_the_economic_case_only(seed: int, schedule: str) -> None:
    """METHOD 15, number 14: the bridge to the same cash begins elsewhere and undoes another discounting."""
    document = random_appraisal(seed)
    other = replace(document, basis=replace(document.basis, schedule=schedule, health_schedule=schedule))
    after = exact(other)
    for key, (economic, financial) in exact(document).items():
        economic_after, financial_after = after[key]
        assert without_bridge(financial) == without_bridge(financial_after)
        assert economic.cost_by_year == economic_after.cost_by_year
        assert economic.benefit_by_year == economic_after.benefit_by_year
        moved = {"economic", "discounting", "rounding"}
        assert [one for one in financial.bridge if one.key not in moved] == [
            one for one in financial_after.bridge if one.key not in moved
        ]


def test_another_schedule_does_change_the_economic_case() -> None:
    document = appraisal(3, ("a",), lines=(line("x", "a", 0, 0, 1000),))
    other = replace(document, basis=replace(document.basis, schedule="green_book_2026_health"))
    assert exact(document)["a"][0].pvc == Decimal("933.51")
    assert exact(other)["a"][0].pvc == Decimal("970.66")


@settings(max_examples=40 * MORE, deadline=None)
@given(RICH, st.booleans())
def test_recovered_vat_changes_the_financial_case_only(seed: int, recovered: bool) -> None:
    """METHOD 15, number 15."""
    document = random_appraisal(seed)
    lines = tuple(replace(one, vat_recoverable=recovered) for one in document.lines)
    before, after = exact(document), exact(replace(document, lines=lines))
    assert {key: economic for key, (economic, _) in before.items()} == {
        key: economic for key, (economic, _) in after.items()
    }
    for _, financial in after.values():
        assert not (recovered and any(row.kind == "vat" for row in financial.rows))


def test_vat_that_stays_is_cash() -> None:
    bought = line("x", "a", 1000, treatment="supplier_charge", vat_percent=Decimal(20), vat_recoverable=False)
    kept, back = (
        exact(appraisal(1, ("a",), lines=(replace(bought, vat_recoverable=recovered),)))["a"]
        for recovered in (False, True)
    )
    assert (kept[1].total, back[1].total, kept[0].pvc, back[0].pvc) == (1200, 1000, 1000, 1000)


# 16: dropped choices and business as usual

#: Few of each, so that actions meet.
CHOICES = tuple(f"{category.value}-{n}" for category in (Category.SCOPE, Category.DELIVERY) for n in range(2))
OPTIONS = ("usual", "first", "second", "built")
ACTIONS = st.one_of(
    st.tuples(st.just("rate"), st.sampled_from(CHOICES), st.sampled_from(Rating)),
    st.tuples(st.just("use"), st.sampled_from(OPTIONS), st.sampled_from(CHOICES), st.just(True)),
    st.tuples(st.just("use"), st.sampled_from(OPTIONS), st.sampled_from(CHOICES), st.booleans()),
    st.tuples(st.just("swap"), st.sampled_from(OPTIONS), st.sampled_from(CHOICES)),
    st.tuples(st.just("role"), st.sampled_from(OPTIONS), st.sampled_from(ShortListRole)),
    st.tuples(st.just("remove"), st.sampled_from(OPTIONS)),
    st.tuples(st.just("forget"), st.sampled_from(CHOICES)),
    st.tuples(st.just("add"), st.sampled_from(OPTIONS)),
    st.tuples(st.just("build")),
)
#: Business as usual may be made with a dropped choice, so it may not become another option with it.
DETOUR: list[tuple] = [
    ("rate", CHOICES[0], Rating.DROP),
    ("use", "usual", CHOICES[0], True),
    ("role", "first", ShortListRole.BUSINESS_AS_USUAL),
    ("role", "usual", ShortListRole.OTHER),
]


def acted(document: Appraisal, action: tuple) -> Appraisal:
    """The document after what a user did, or as it was where the program refuses or there is no such record."""
    kind, *rest = action
    taken = {one.id for one in document.options}
    new = iter([name for name in (*OPTIONS, "more", "less", "least", "most", "other") if name not in taken])
    steps: dict[str, Callable[[], Appraisal]] = {
        "rate": lambda: rate_choice(document, choice=rest[0], rating=rest[1]),
        "use": lambda: use_choice(document, option=rest[0], choice=rest[1], used=rest[2]),
        "swap": lambda: swap_choice(document, option=rest[0], choice=rest[1]),
        "role": lambda: set_role(document, option=rest[0], role=rest[1]),
        "remove": lambda: remove_option(document, option=rest[0]),
        "forget": lambda: remove_choice(document, choice=rest[0]),
        "add": lambda: add_option(document, option=rest[0], name=rest[0], model=DeliveryModel.INSOURCE),
        "build": lambda: build_short_list(document, new_id=lambda: next(new)),
    }
    try:
        return steps[kind]()
    except (EditRefused, KeyError):
        return document


@settings(max_examples=150 * MORE, deadline=None)
@example(DETOUR)
@given(st.lists(ACTIONS, min_size=20, max_size=60))
def test_no_dropped_choice_reaches_an_option_and_business_as_usual_stays(actions: list[tuple]) -> None:
    """METHOD 15, number 16, whatever a user does in whatever order."""
    choices = tuple(Choice(id=key, category=Category(key.rpartition("-")[0]), name=key) for key in CHOICES)
    document = appraisal(1, ("usual", "first", "second"), choices=choices)
    for action in actions:
        document = acted(document, action)
        dropped = {one.id for one in document.choices if one.rating is Rating.DROP}
        usual = [one for one in document.options if one.role is ShortListRole.BUSINESS_AS_USUAL]
        assert usual
        assert not any(dropped & set(one.choices) for one in document.options if one not in usual)


@pytest.mark.parametrize("role", [role for role in ShortListRole if role is not ShortListRole.BUSINESS_AS_USUAL])
def test_a_file_with_a_dropped_choice_in_an_option_gives_no_figures(role: ShortListRole) -> None:
    """METHOD 15, number 16, for a document that was not made by the program."""
    red = Choice(id="red", category=Category.SCOPE, name="Red", rating=Rating.DROP, reason="Fails")
    document = appraisal(1, choices=(red,), lines=(line("x", "b", 1),))
    options = (document.options[0], replace(document.options[1], role=role, choices=("red",)))
    with pytest.raises(CannotEvaluate) as refused:
        evaluate(replace(document, options=options))
    assert [one.record for one in refused.value.findings] == ["b"]
    usual = (replace(document.options[0], choices=("red",)), document.options[1])
    assert evaluate(replace(document, options=usual), DRAWS).options
