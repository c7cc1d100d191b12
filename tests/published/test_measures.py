"""Measures, optimism bias, distribution and prices against worked numbers of the guidance.

Sources: The Green Book 2026 (HM Treasury, 5 February 2026), paragraphs, tables and figures as named; Discounting,
Green Book supplementary guidance (February 2026); Mott MacDonald, Review of Large Public Procurement in the UK (2002).
"""

from dataclasses import replace
from decimal import Decimal

import pytest

from appraise.model.appraisal.document import Appraisal, Basis, OwnBand, OwnSchedule
from appraise.model.appraisal.effects import Bias, Count, Effect, IncomeGroup
from appraise.model.appraisal.lines import Index, Prices
from appraise.model.appraisal.options import Option
from appraise.model.evaluate import Part, Settings, evaluate
from appraise.model.results import Economic, Financial
from appraise.model.tables import BIAS_TABLE
from tests.builders import appraisal, constraint, in_house, line

EXACT = frozenset({Part.ECONOMIC, Part.FINANCIAL})
MILLION = 1_000_000


def economic(document: Appraisal, option: str = "a") -> Economic:
    found = next(one.economic for one in evaluate(document, parts=EXACT).options if one.id == option)
    assert found is not None
    return found


def financial(document: Appraisal, option: str = "a") -> Financial:
    found = next(one.financial for one in evaluate(document, parts=EXACT).options if one.id == option)
    assert found is not None
    return found


# Measures (Green Book 2026, table 10 and 6.38, 6.95)


def test_options_of_unequal_lives_are_compared_by_equivalent_annual_cost() -> None:
    """Supplementary guidance: A 1,000 then 200 for 5 years, B 1,400 then 190 for 8: 421.481373 and 393.667305.

    By present cost A comes first, by equivalent annual cost B does.
    """
    document = appraisal(9, lines=(line("x", "a", 1000, *[200] * 5), line("y", "b", 1400, *[190] * 8)))
    lives = {"a": 5, "b": 0}
    options = tuple(replace(one, life_years=lives[one.id]) for one in document.options)
    results = evaluate(replace(document, options=options), Settings(draws=100))
    a, b = (one.economic for one in results.options)
    assert (a.pvc, b.pvc) == (Decimal("1903.01"), Decimal("2706.05"))
    assert float(a.eac) == pytest.approx(421.481373, abs=0.005)
    assert float(b.eac) == pytest.approx(393.667305, abs=0.005)
    assert (results.verdict.compared_on, results.verdict.cheapest) == ("eac", "b")
    assert a.npc < b.npc


def test_a_transfer_on_both_sides_pulls_the_ratio_to_one_and_leaves_the_difference() -> None:
    """6.38: benefits 120, costs 100: NPSV 20 and BCR 1.20; with 400 on both sides NPSV 20 and BCR 1.04."""
    own = (line("c", "a", 100), line("b", "a", 120, treatment="non_cash_benefit"))
    paid = line("paid", "a", 400, treatment="wider_cost", group="households")
    received = line("received", "a", 400, treatment="wider_benefit", group="households")
    bare, both = (economic(appraisal(1, ("a",), lines=lines)) for lines in (own, (*own, paid, received)))
    assert (bare.npsv, bare.bcr) == (20, pytest.approx(1.20))
    assert (both.npsv, both.bcr) == (20, pytest.approx(1.04))


def test_a_transfer_counts_on_neither_side_of_the_economic_case() -> None:
    """6.38: entered as a transfer, the 400 are in the cash only."""
    lines = (line("c", "a", 100), line("b", "a", 120, treatment="non_cash_benefit"))
    document = appraisal(1, ("a",), lines=(*lines, line("t", "a", 400, treatment="transfer")))
    assert (economic(document).npsv, economic(document).bcr) == (20, pytest.approx(1.20))
    assert financial(document).total == 500


def test_a_negative_benefit_or_a_cost_changes_only_the_benefit_cost_ratio() -> None:
    """6.95: 30 as negative benefit gives BCR 1.20, as cost 1.153846. NPSV and RPSC are the same."""
    both = (line("c", "a", 100), line("b", "a", 150, treatment="wider_benefit"))
    benefit = economic(appraisal(1, ("a",), lines=(*both, line("n", "a", -30, treatment="wider_benefit"))))
    cost = economic(appraisal(1, ("a",), lines=(*both, line("n", "a", 30, treatment="wider_cost"))))
    assert benefit.npsv == cost.npsv == 20
    assert benefit.bcr == pytest.approx(1.20)
    assert cost.bcr == pytest.approx(1.153846, abs=5e-7)
    assert benefit.rpsc == cost.rpsc == pytest.approx(1.20)


def test_return_on_public_social_cost() -> None:
    """Table 10: benefits 120, public cost 80, other cost 20: NPSV 20, BCR 1.20, RPSC (120 - 20) / 80 = 1.25."""
    lines = (
        line("own", "a", 50),
        line("theirs", "a", 30, treatment="other_body_cost"),
        line("firms", "a", 20, treatment="wider_cost"),
        line("b", "a", 120, treatment="wider_benefit"),
    )
    found = economic(appraisal(1, ("a",), lines=lines))
    assert (found.npsv, found.pvc_public, found.pvc_nonpublic) == (20, 80, 20)
    assert (found.bcr, found.rpsc) == (pytest.approx(1.20), pytest.approx(1.25))


def test_no_ratio_without_a_cost() -> None:
    found = economic(appraisal(1, ("a",), lines=(line("b", "a", 120, treatment="wider_benefit"),)))
    assert (found.bcr, found.rpsc) == (None, None)


def test_cost_by_unit_is_said_both_ways_round() -> None:
    """Table 10 prints units over present cost and calls it unit cost: 500 units for 250,000 are 0.002 and 500."""
    counts = (Count(option="a", units=(Decimal(500),)),)
    effect = Effect(id="e", name="Visits", unit="visits", counts=counts)
    (unit,) = economic(appraisal(1, ("a",), lines=(line("c", "a", 250_000),), effects=(effect,))).npuc
    assert (unit.pounds_per_unit, unit.units_per_pound) == (500.0, 0.002)
    assert unit.break_even == pytest.approx(500)


def test_an_effect_is_worth_what_makes_the_option_equal_to_business_as_usual() -> None:
    """6.99 and 1.12: 1,000 more for 40 units more than business as usual: 25 pounds a unit."""
    counts = (Count(option="a", units=(Decimal(10),)), Count(option="b", units=(Decimal(50),)))
    effects = (Effect(id="e", name="Visits", unit="visits", counts=counts),)
    document = appraisal(1, lines=(line("x", "a", 3000), line("y", "b", 4000)), effects=effects)
    (usual,), (other,) = economic(document).npuc, economic(document, "b").npuc
    assert usual.break_even_usual is None
    assert other.break_even_usual == pytest.approx(25)
    assert other.break_even == pytest.approx(80)


@pytest.mark.parametrize(("pounds", "worth"), [("0.25", "0.12"), ("0.75", "0.38"), ("1.25", "0.62")])
def test_half_pennies_go_to_the_even_penny(pounds: str, worth: str) -> None:
    """Once, at the end: a chance of one half of 25 pence is 12.5 pence, shown as 12."""
    event = line("x", "a", float(pounds), treatment="contingent_liability", probability=0.5)
    found = economic(appraisal(1, ("a",), lines=(event,)))
    assert (found.pvc, found.rows[0].present_value) == (Decimal(worth), Decimal(worth))


def test_present_values_are_summed_before_they_are_rounded() -> None:
    """Two halves of 25 pence are 25 pence, not twice 12."""
    events = (line(key, "a", 0.25, treatment="contingent_liability", probability=0.5) for key in "xy")
    assert economic(appraisal(1, ("a",), lines=tuple(events))).pvc == Decimal("0.25")


# Optimism bias (Green Book 2026, 6.78-6.82)


def published(key: str, **fields: Decimal | bool) -> Bias:
    """A bias with the bounds of Mott MacDonald's table 2, found by words of its name."""
    (row,) = (row for row in BIAS_TABLE.values() if row.name.casefold().startswith(key.casefold()))
    bias = Bias(
        id=row.id,
        name=row.name,
        table=row.id,
        upper_percent=row.cost_upper,
        lower_percent=row.cost_lower,
        duration_upper_percent=row.duration_upper or Decimal(0),
        duration_lower_percent=row.duration_lower or Decimal(0),
    )
    return replace(bias, **fields)


#: Mott MacDonald 2002, table 2: duration upper and lower, cost upper and lower, per cent.
TABLE_2 = (
    ("Non-standard buildings", 39, 2, 51, 4),
    ("Standard buildings", 4, 1, 24, 2),
    ("Non-standard civil", 25, 3, 66, 6),
    ("Standard civil", 20, 1, 44, 3),
    ("Equipment", 54, 10, 200, 10),
    ("Outsourcing", 0, 0, 41, 0),
)


@pytest.mark.parametrize(("name", "longest", "shortest", "upper", "lower"), TABLE_2)
def test_the_published_bounds(name: str, longest: int, shortest: int, upper: int, lower: int) -> None:
    """Table 2 of the review; outsourcing is measured on operating expenditure and has no duration."""
    bias = published(name)
    assert (bias.duration_upper_percent, bias.duration_lower_percent) == (longest, shortest)
    assert (bias.upper_percent, bias.lower_percent) == (upper, lower)


@pytest.mark.parametrize(
    ("name", "cap"),
    [
        ("Non-standard buildings", 92.1569),
        ("Standard buildings", 91.6667),
        ("Non-standard civil", 90.9091),
        ("Standard civil", 93.1818),
        ("Equipment", 95.0),
        ("Outsourcing", 100.0),
    ],
)
def test_mitigation_counts_up_to_the_lower_bound_before_award(name: str, cap: float) -> None:
    """Beyond these shares of management nothing more is taken off before award; below them it is."""

    def resultant(managed: Decimal) -> Decimal:
        document = appraisal(
            1,
            ("a",),
            lines=(line("x", "a", 100, bias=published(name).id),),
            biases=(published(name, managed_percent=managed),),
        )
        return economic(document).biases[0].percent

    below = Decimal(str(cap)).quantize(Decimal("0.01")) - Decimal("0.10")
    assert resultant(below) > published(name).lower_percent
    assert resultant(Decimal(100)) == published(name).lower_percent
    assert resultant(min(Decimal(100), below + Decimal("0.20"))) == published(name).lower_percent


def mixed(**fields: object) -> Appraisal:
    """30 million of non-standard and 70 million of standard buildings, and benefits in the same proportion."""
    hard, plain = (
        published("Non-standard buildings", months=Decimal(100)),
        published("Standard buildings", months=Decimal(100)),
    )
    lines = (
        line("hard", "a", 30 * MILLION, treatment="capital", bias=hard.id),
        line("plain", "a", 70 * MILLION, treatment="capital", bias=plain.id),
        line("hard-gain", "a", *[30] * 20, treatment="non_cash_benefit", bias=hard.id),
        line("plain-gain", "a", *[70] * 20, treatment="non_cash_benefit", bias=plain.id),
    )
    return appraisal(20, ("a",), lines=lines, biases=(hard, plain), **fields)


def test_mixed_works_add_32_1_per_cent_to_cost() -> None:
    """Supplementary guidance on optimism bias: .3 x 51 + .7 x 24 = 32.1 per cent of capital."""
    document = mixed()
    costs = replace(document, lines=document.lines[:2])
    assert economic(costs).optimism_bias == Decimal("32100000.00")
    assert economic(costs).pvc == Decimal("132100000.00")


def test_mixed_works_take_14_5_per_cent_longer() -> None:
    """The same: .3 x 39 + .7 x 4 = 14.5 per cent; of 100 months that is 14.5 months."""
    late = {value.line: 12 * float(value.delay_years) for value in economic(mixed()).biases}
    assert 0.3 * late["hard-gain"] + 0.7 * late["plain-gain"] == pytest.approx(14.5, abs=0.001)
    assert (late["hard"], late["plain"]) == (0, 0)


@pytest.mark.parametrize(("managed", "percent", "total"), [("92", "4.08", "104080000"), ("100", "4", "104000000")])
def test_managed_bias_of_a_non_standard_building(managed: str, percent: str, total: str) -> None:
    """The same: 92 per cent managed leaves 4 of 51 per cent, 100 million become 104; 111 with 7 of risk management."""
    bias = published("Non-standard buildings", managed_percent=Decimal(managed))
    works = line("works", "a", 100 * MILLION, treatment="capital", bias=bias.id)
    found = economic(appraisal(1, ("a",), lines=(works,), biases=(bias,)))
    assert found.biases[0].percent == Decimal(percent)
    assert found.pvc == Decimal(total)
    with_care = (works, line("care", "a", 7 * MILLION))
    whole = economic(appraisal(1, ("a",), lines=with_care, biases=(bias,))).pvc
    assert whole == Decimal(total) + 7 * MILLION
    assert round(whole / MILLION) == 111


def counted_once(**fields: object) -> Appraisal:
    """METHOD 10.5: 100 with PERT(95, 100, 140), upper bias 41 per cent, linked risks of 6; times a million."""
    bias = Bias(id="own", name="Own", upper_percent=Decimal(41))
    return appraisal(
        1,
        ("a",),
        lines=(line("charge", "a", 100 * MILLION, spread=(95, 140), bias="own"),),
        biases=(bias,),
        constraints=(constraint("risk", 0.5, 12 * MILLION, in_house("a"), lines=("charge",)),),
        **fields,
    )


def test_range_bias_and_risk_count_each_pound_once() -> None:
    """Residual bias 41 - 5.8333 - 6 = 29.1667 and 141 in all, where stacking all three would give 155.225."""
    found = economic(counted_once())
    (bias,) = found.biases
    assert (bias.raw, bias.linked) == (41 * MILLION, 6 * MILLION)
    assert bias.range_shift == Decimal("5833333.33")
    assert bias.expected_residual == Decimal("29166666.67")
    assert found.expected_npc == 141 * MILLION
    stacked = 100 * MILLION * (1 + Decimal("0.058333333")) * Decimal("1.41") + 6 * MILLION
    assert float(stacked) == pytest.approx(155.225 * MILLION, rel=1e-6)


def test_as_entered_the_risk_alone_is_taken_off_the_bias() -> None:
    found = economic(counted_once())
    assert found.biases[0].residual == 35 * MILLION
    assert (found.retained, found.optimism_bias, found.npc) == (6 * MILLION, 35 * MILLION, 141 * MILLION)


def test_residual_bias_and_retained_risk_are_the_contingency() -> None:
    """6.83-6.84: contingency is what remains of the bias plus what is kept of the risk, in cash."""
    assert financial(counted_once()).contingency_by_year == (41 * MILLION,)
    assert financial(counted_once()).total == 141 * MILLION


def test_benefits_fall_and_come_later() -> None:
    """6.78: costs up, duration up, benefits down. 100 a year, less 10 per cent, half a year late."""
    bias = Bias(
        id="b",
        name="B",
        upper_percent=Decimal(10),
        months=Decimal(12),
        duration_upper_percent=Decimal(50),
    )
    gain = line("gain", "a", 0, 100, 100, 100, treatment="wider_benefit", bias="b")
    found = economic(appraisal(4, ("a",), lines=(gain,), biases=(bias,)))
    assert found.benefit_by_year == (0, 45, 90, 90)
    assert found.biases[0].delay_years == Decimal("0.5")


# Prices (Green Book 2026, 6.45-6.51)


def test_a_relative_price_effect_shows_in_the_real_figures() -> None:
    """Pay 3 per cent against a deflator of 2: real factors 1, 1.009804, 1.019704, 1.029701, 1.039796, 1.049990."""
    pay = Index(id="pay", name="Pay", percent=(Decimal(3),))
    document = appraisal(6, ("a",), deflator="2", indices=(pay,), lines=(line("x", "a", *[MILLION] * 6, index="pay"),))
    assert economic(document).cost_by_year == tuple(
        Decimal(text) for text in ("1000000", "1009803.92", "1019703.96", "1029701.06", "1039796.17", "1049990.25")
    )


def test_table_7_cash_deflates_to_the_same_sum_every_year() -> None:
    """Table 7: cash of 1000, 1020, 1040, 1061, 1082, 1104 at 2 per cent is 1,000 a year in prices of year 0."""
    cash = line("x", "a", 1000, 1020, 1040, 1061, 1082, 1104, prices=Prices.CASH)
    found = economic(appraisal(6, ("a",), deflator="2", lines=(cash,)))
    assert [round(pounds) for pounds in found.cost_by_year] == [1000] * 6
    assert financial(appraisal(6, ("a",), deflator="2", lines=(cash,))).total == 6307


def test_table_8_present_values_of_the_same() -> None:
    """Table 8: 1000, 966, 934, 902, 871, 842 at 3.5 per cent."""
    lines = tuple(line(f"y{year}", "a", *[0] * year, 1000) for year in range(6))
    found = economic(appraisal(6, ("a",), lines=lines))
    assert [round(row.present_value) for row in found.rows] == [1000, 966, 934, 902, 871, 842]


def test_amounts_of_an_earlier_year_are_brought_to_year_0() -> None:
    """6.47: 100 in prices of two years before year 0, at 2 and 3 per cent, is 105.06 in prices of year 0."""
    document = appraisal(1, ("a",), lines=(line("x", "a", 100, prices=Prices.OTHER_YEAR, price_year=2025),))
    series = replace(document.basis.deflator, first_year=2026, percent=(Decimal(2), Decimal(3)))
    assert economic(replace(document, basis=replace(document.basis, deflator=series))).pvc == Decimal("105.06")


# Distribution (Green Book 2026, chapter 7)


def weight_of(income: str, *, median: str = "30000", **household: int) -> float:
    """The weight of a group with this income."""
    group = IncomeGroup(id="g", name="G", income=Decimal(income), **household)
    gain = line("gain", "a", 100, treatment="wider_benefit", incomes="g")
    basis = Basis(median_income=Decimal(median), deflator_percent=Decimal(0), deflator_source="test")
    document = appraisal(1, ("a",), lines=(gain,), income_groups=(group,), basis=basis)
    (group,) = economic(document).weighted.groups
    weight, plain, weighted = group.weight, group.gain, group.weighted
    assert plain == 100
    assert float(weighted) == pytest.approx(100 * weight, abs=0.005)
    return weight


@pytest.mark.parametrize(
    ("income", "weight"),
    [(15000, 2.462289), (21000, 1.58991), (24000, 1.336543), (30000, 1.0), (45000, 0.590312), (60000, 0.406126)],
)
def test_welfare_weights(income: int, weight: float) -> None:
    """(median / income) ** 1.3 with a median of 30,000."""
    assert weight_of(str(income)) == pytest.approx(weight, abs=5e-7)


@pytest.mark.parametrize(("household", "income"), [({}, 300), ({"adults": 1}, 448), ({"children_under_14": 2}, 214)])
def test_equivalised_incomes(household: dict[str, int], income: int) -> None:
    """Figure 7: 300 a week is 300 for a couple, 448 for one adult, 214 for a couple with two children under 14."""
    weight = weight_of("300", median="300", **household)
    assert round(300 / weight ** (1 / 1.3)) == income


def test_other_members_of_a_household_weigh_a_third_of_a_couple() -> None:
    """Figure 7: a further adult or a child of 14 or more counts .33, the first adult .67."""
    assert weight_of("300", adults=3) == pytest.approx(weight_of("300", children_14_and_over=1), rel=1e-12)
    assert weight_of("300", median="300", adults=3) == pytest.approx(1.33**1.3, rel=1e-9)


def test_weighted_stands_beside_unweighted() -> None:
    """7.13: 100 of gains to a group with a weight of 2.462289 add 146.23 to the weighted NPSV only."""
    group = IncomeGroup(id="g", name="G", income=Decimal(15000))
    lines = (line("c", "a", 80), line("gain", "a", 100, treatment="wider_benefit", incomes="g"))
    found = economic(appraisal(1, ("a",), lines=lines, income_groups=(group,)))
    assert (found.npsv, found.weighted.npsv) == (20, Decimal("166.23"))


def test_jobs_are_told_of_the_place_and_never_counted() -> None:
    """6.43 and 7.18: half of the jobs are lost by displacement, a fifth of the rest leaks away."""
    jobs = line("jobs", "a", 1000, treatment="place_effect")
    jobs = replace(jobs, place=replace(jobs.place, displacement=Decimal(50), leakage=Decimal(20)))
    found = economic(appraisal(1, ("a",), lines=(line("c", "a", 80), jobs)))
    assert (found.npsv, found.pvb, found.place.npsv, found.place.effects) == (-80, 0, -80, 400)


# The review of the discount rate (June 2026, not in force)


def test_the_run_at_three_per_cent_stands_beside_the_same_years() -> None:
    """3.0 per cent flat up to year 30, nothing published after it; health lines at the same rate."""
    lines = (line("c", "a", *[1000] * 41), line("h", "a", 0, 1000, treatment="wider_benefit", health=True))
    found = economic(appraisal(41, ("a",), lines=lines)).review
    assert (found.last_year, found.whole) == (30, False)
    assert float(found.npc) == pytest.approx(1000 * sum(1.03**-t for t in range(31)), abs=0.01)
    assert float(found.own_npc) == pytest.approx(1000 * 19.392045, abs=0.01)
    assert float(found.npsv + found.npc) == pytest.approx(1000 / 1.03, abs=0.01)
    assert float(found.own_npsv + found.own_npc) == pytest.approx(1000 / 1.015, abs=0.01)


def test_health_lines_are_discounted_at_the_health_rate() -> None:
    """6.58: 1.5 per cent in every year; 1,000 in year 60 is worth 409.30, and 146.78 at the standard schedule."""
    late = [0] * 60 + [1000]
    for health, worth in ((True, "409.30"), (False, "146.78")):
        gain = line("gain", "a", *late, treatment="wider_benefit", health=health)
        assert economic(appraisal(61, ("a",), lines=(gain,))).pvb == Decimal(worth)


def test_an_option_without_a_life_of_its_own_lasts_the_horizon() -> None:
    assert Option(id="a", name="A").life_years == 0
    found = economic(appraisal(11, ("a",), lines=(line("x", "a", 100),)))
    assert (found.life, found.annuity) == (10, pytest.approx(8.316605, abs=5e-7))


@pytest.mark.parametrize(("own", "crossing"), [("5", 10.0), ("18", 12.0)])
def test_of_two_rates_at_which_options_are_level_the_nearer_is_shown(own: str, crossing: float) -> None:
    """A difference of 100, -222 and 123.2 is nothing at 10 and at 12 per cent: (1 - 1.1 v) (1 - 1.12 v) = 0."""
    flat = OwnSchedule(id="flat", name="Flat", bands=(OwnBand(first=1, percent=Decimal(own)),), source="test")
    basis = Basis(schedule="flat", own_schedules=(flat,), deflator_percent=Decimal(0), deflator_source="test")
    lines = (line("x", "a", 100_000, 0, 123_200), line("y", "b", 0, 222_000))
    results = evaluate(appraisal(3, lines=lines, basis=basis), parts=EXACT | {Part.SWITCHES})
    (switch,) = (one for one in results.switches if one.kind == "rate")
    assert switch.needed == pytest.approx(crossing, abs=1e-6)
