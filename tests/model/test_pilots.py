"""When a stage before the decision pays: the published figure, false positives, and options chosen."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appraise.model.appraisal.criteria import Gate, GateOutcome, Outcome
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.terms import Pilot
from appraise.model.discounting import make_factors
from appraise.model.parts import paid_entries
from appraise.model.pilots import Worth, pilot_results, worth_of_stage
from tests.builders import appraisal, line

MONEY = st.decimals(-(10**6), 10**6, places=2)


def stage(
    success: float = 0.5, misled: str = "0", false_positive: float = 0.0, **figures: int
) -> tuple[Decimal, float | None]:
    found = worth_of_stage(
        go_on=Decimal(figures.get("go_on", 100)),
        fall_back=Decimal(figures.get("fall_back", 20)),
        without=Decimal(figures.get("without", 50)),
        cost=Decimal(figures.get("cost", 10)),
        success=success,
        false_positive=false_positive,
        misled=Decimal(misled),
    )
    return found.with_pilot, found.break_even


def test_published_break_even() -> None:
    """METHOD 13: k 10, G 100, B 20, N 50."""
    assert stage() == (50, 0.5)
    assert stage(0.75)[0] == 70


def test_a_trial_that_misleads_must_succeed_more_often() -> None:
    """f .25 and M 80 take 20 off the fall-back: p* = (50 + 10 - 0) / (100 - 0)."""
    assert stage(misled="80", false_positive=0.25) == (40, 0.6)


def worth(**figures: int) -> Worth:
    known = {"go_on": 100, "fall_back": 20, "without": 50, "cost": 10, "misled": 0} | figures
    return worth_of_stage(
        success=0.3, false_positive=0.0, **{key: Decimal(value) for key, value in known.items()}
    )  # fmt: skip


def test_where_going_on_is_worth_less_it_pays_under_the_break_even() -> None:
    """G 20, B 100, N 50, k 0: p* = (50 - 100) / (20 - 100) = .625; at .3 it is worth 76."""
    found = worth(go_on=20, fall_back=100, cost=0)
    assert (found.with_pilot, found.break_even, found.pays_above) == (76, 0.625, False)
    assert worth().pays_above


def test_untested_every_service_that_fails_is_gone_on_with() -> None:
    """.3 x 100 + .7 x (20 - 80) = -12."""
    assert worth(misled=80).untested == -12


def test_no_probability_breaks_even() -> None:
    assert stage(go_on=20)[1] is None
    assert stage(without=200)[1] is None
    assert stage(without=-50)[1] is None


@given(MONEY, MONEY, MONEY, st.decimals(0, 10**6, places=2))
def test_at_the_break_even_the_stage_is_worth_what_there_is_without(
    go_on: Decimal, fall_back: Decimal, without: Decimal, cost: Decimal
) -> None:
    figures = {"go_on": go_on, "fall_back": fall_back, "without": without, "cost": cost, "misled": Decimal(0)}
    found = worth_of_stage(success=0.5, false_positive=0.0, **figures)
    if found.break_even is not None:
        again = worth_of_stage(success=found.break_even, false_positive=0.0, **figures)
        assert abs(again.with_pilot - without) < Decimal("0.01")


def document(**fields: object) -> Appraisal:
    """Net present social values 100 (go on), 20 (fall back), 50 (plain)."""
    made = appraisal(
        1,
        ("plain", "go", "back"),
        lines=tuple(
            line(f"gain-{key}", key, worth, treatment="wider_benefit")
            for key, worth in (("plain", 50), ("go", 100), ("back", 20))
        ),
    )
    pilot = Pilot(id="pilot", name="Pilot", go_on="go", fall_back="back", cost=Decimal(10), success=0.6)
    return replace(made, pilots=(replace(pilot, **fields),))


def results(made: Appraisal) -> tuple[object, ...]:
    factors = make_factors(made)
    return pilot_results(made, [paid_entries(made, option.id, factors) for option in made.options])


def test_the_best_without_it_is_the_best_of_the_others() -> None:
    """.6 x 100 + .4 x 20 - 10 = 58, 8 more than the plain option; going on untested is not compared."""
    (found,) = results(document())
    assert (found.go_on, found.fall_back, found.without, found.chosen_without) == (100, 20, 50, "plain")
    assert (found.with_pilot, found.gain, found.pays) == (58, 8, True)
    assert (found.against_sure, found.untested, found.against_untested) == (-42, 68, -10)
    assert found.break_even == pytest.approx(0.5)


def test_the_best_without_it_can_be_named() -> None:
    (found,) = results(document(without="go"))
    assert (found.without, found.pays, found.gain) == (100, False, -42)


def test_an_option_that_fails_a_gate_is_not_the_best_without_it() -> None:
    gate = Gate(
        id="legal", name="Legal", outcomes=(GateOutcome(option="plain", outcome=Outcome.FAIL, reason="No power"),)
    )
    (found,) = results(replace(document(), gates=(gate,)))
    assert found.chosen_without == "back"


@pytest.mark.parametrize("missing", ["go_on", "fall_back", "without"])
def test_a_stage_without_its_options_has_no_figures(missing: str) -> None:
    assert results(document(**{missing: "gone"})) == ()
