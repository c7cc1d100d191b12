"""What must not change a figure, and how figures must move together (METHOD 15)."""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import Treatment
from appraise.model.discounting import discount_factors
from appraise.model.evaluate import CannotEvaluate, Settings, evaluate
from appraise.model.parameters import SCHEDULES
from appraise.model.results import OptionResult, Results
from tests.builders import appraisal, constraint, in_house, line, rolling, scores, supplier, tree

DRAWS = Settings(draws=3000)
MONEY = st.integers(min_value=0, max_value=10_000_000)
TREATMENTS = st.sampled_from([treatment.value for treatment in Treatment])


@st.composite
def documents(draw: st.DrawFn) -> Appraisal:
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
    return appraisal(
        years,
        ("a", "b", "c"),
        deflator="2",
        lines=tuple(lines),
        constraints=constraints,
        scenarios=(rolling("s", (1_000_000,) * years, 0.8, 0.1),),
        scores=scores(**{key: tuple(draw(values)) for key in "abc"}),
        **tree(100, 60, 20),
    )


def by_id(results: Results) -> dict[str, OptionResult]:
    return {option.id: option for option in results.options}


def figures(results: Results) -> dict[str, OptionResult]:
    """The figures of every option without the names and without rows of nothing."""

    def bare(option: OptionResult) -> OptionResult:
        economic = replace(option.economic, rows=tuple(row for row in option.economic.rows if row.total))
        financial = replace(option.financial, rows=tuple(row for row in option.financial.rows if row.total))
        return replace(option, name="", economic=economic, financial=financial)

    return {option.id: bare(option) for option in results.options}


@settings(max_examples=25, deadline=None)
@given(documents(), st.sampled_from("abc"), TREATMENTS)
def test_a_line_of_nothing_changes_no_other_number(document: Appraisal, option: str, treatment: str) -> None:
    extra = line("zero", option, *[0] * document.horizon.years, spread=(50, 150), treatment=treatment, driver="pay")
    wider = replace(document, lines=(extra, *document.lines))
    before, after = evaluate(document, DRAWS), evaluate(wider, DRAWS)
    assert figures(before) == figures(after)
    assert (before.verdict, before.switches) == (after.verdict, after.switches)


@settings(max_examples=25, deadline=None)
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


@settings(max_examples=25, deadline=None)
@given(documents())
def test_nothing_at_stake_changes_nothing(document: Appraisal) -> None:
    """METHOD 15, number 12: p = 0 or an impact of 0 changes no figure."""
    idle = (constraint("p0", 0, (1, 2, 3), in_house("a")), constraint("i0", 0.5, 0, in_house("b"), supplier("c")))
    wider = replace(document, constraints=(*document.constraints, *idle))
    assert figures(evaluate(document, DRAWS)) == figures(evaluate(wider, DRAWS))


@settings(max_examples=25, deadline=None)
@given(documents(), st.integers(min_value=2, max_value=5))
def test_present_values_scale_with_the_lines(document: Appraisal, times: int) -> None:
    """METHOD 15, number 2."""
    document = replace(document, constraints=())
    scaled = replace(
        document,
        lines=tuple(replace(one, amounts=tuple(times * amount for amount in one.amounts)) for one in document.lines),
    )
    before, after = by_id(evaluate(document, DRAWS)), by_id(evaluate(scaled, DRAWS))
    for key, option in before.items():
        assert float(after[key].economic.npsv) == pytest.approx(times * float(option.economic.npsv), abs=0.05)


@settings(max_examples=25, deadline=None)
@given(documents(), st.lists(MONEY, min_size=6, max_size=6))
def test_the_same_line_everywhere_leaves_differences_alone(document: Appraisal, amounts: list[int]) -> None:
    """METHOD 15, number 3."""
    common = tuple(line(f"same-{key}", key, *amounts[: document.horizon.years]) for key in "abc")
    before = by_id(evaluate(document, DRAWS))
    after = by_id(evaluate(replace(document, lines=document.lines + common), DRAWS))
    for key in "bc":
        gap = before["a"].economic.npsv - before[key].economic.npsv
        assert abs(after["a"].economic.npsv - after[key].economic.npsv - gap) <= Decimal("0.02")


@settings(max_examples=25, deadline=None)
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


@settings(max_examples=15, deadline=None)
@given(documents())
def test_a_switching_value_put_back_closes_the_gap(document: Appraisal) -> None:
    """METHOD 15, number 6: the change of one line makes the two net present costs equal."""
    results = evaluate(document, DRAWS)
    for switch in results.switches:
        if switch.kind != "cost" or not switch.id.startswith("line|") or abs(switch.change) > 1:
            continue
        key = switch.id.removeprefix("line|")
        factor = Decimal(repr(1 + switch.change))
        moved = replace(
            document,
            lines=tuple(
                replace(one, amounts=tuple(amount * factor for amount in one.amounts)) if one.id == key else one
                for one in document.lines
            ),
        )
        after = by_id(evaluate(moved, DRAWS))
        gap = after[switch.preferred].economic.expected_npc - after[switch.rival].economic.expected_npc
        assert abs(gap) <= Decimal("0.02")


@given(st.sampled_from(sorted(SCHEDULES)))
def test_discount_factors_fall_from_one(schedule: str) -> None:
    """METHOD 15, number 1."""
    factors = discount_factors(SCHEDULES[schedule], 126)
    assert factors[0] == 1
    assert all(later < earlier for earlier, later in pairwise(factors))


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
