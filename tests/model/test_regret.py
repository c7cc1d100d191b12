"""Which scenario is longest, and the table of regrets."""

from dataclasses import replace

import pytest

from appraise.model.appraisal.criteria import Gate, GateOutcome, Outcome
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.funding import Scenario, Settlement
from appraise.model.evaluate import Part, Settings, evaluate
from appraise.model.regret import least_regret, longest, mean_length, most_affordable, regret_rows, shortest
from tests.builders import appraisal, line, pounds, rolling

FEW = Settings(draws=200)
MONEY = frozenset({Part.FUNDING})


def chain(key: str, *lengths: int, start: int = 0) -> Scenario:
    settlements, first = [], start
    for years in lengths:
        settlements.append(Settlement(id=f"{key}-{first}", name="", first_year=first, amounts=pounds(*[1] * years)))
        first += years
    return Scenario(id=key, name=key, settlements=tuple(settlements))


def test_the_mean_length_is_that_of_the_settlement_that_a_year_belongs_to() -> None:
    assert mean_length(chain("a", 1, 1, 1), 3) == 1
    assert mean_length(chain("a", 3, 1), 10) == (9 + 1) / 4
    assert mean_length(chain("a", 3, 5), 5) == (9 + 4) / 5  # two of the five years lie inside
    assert mean_length(chain("a", 4, start=-1), 2) == 2
    assert mean_length(chain("a"), 5) == 0


def test_the_longest_and_the_shortest_scenario() -> None:
    scenarios = (chain("c", 1, 1), chain("b", 2), chain("a", 2), chain("none"))
    found = longest(scenarios, 2)
    assert found is not None
    assert found.id == "a"  # as long as b: the lower id
    least = shortest(scenarios, 2)
    assert least is not None
    assert least.id == "c"  # one without any money has no length
    assert longest((), 2) is None
    assert shortest((), 2) is None


def test_ties_are_told_as_ties() -> None:
    rows = regret_rows(("s", "t"), {"a": (1.0, 4.0), "b": (3.001, 2.0)}, {"a": (True, False), "b": (False, True)})
    assert [row.largest for row in rows] == [2.0, pytest.approx(2.001)]
    assert least_regret(rows) == ("a", "b")  # the same to the penny
    assert most_affordable(rows) == ("a", "b")


def test_what_nothing_can_pay_for_is_not_called_affordable() -> None:
    rows = regret_rows(("s",), {"a": (1.0,), "b": (2.0,)}, {"a": (False,), "b": (False,)})
    assert most_affordable(rows) == ()
    assert most_affordable(()) == ()


def two_options(**fields: object) -> Appraisal:
    return appraisal(
        4,
        lines=(line("x", "a", *[100] * 4), line("y", "b", *[90] * 3)),
        scenarios=(rolling("s", (95,) * 4, 1, 0),),
        **fields,
    )


def test_an_option_that_fails_a_gate_is_no_part_of_the_table() -> None:
    gate = Gate(id="g", name="Lawful", outcomes=(GateOutcome(option="b", outcome=Outcome.FAIL, reason="No"),))
    found = evaluate(two_options(gates=(gate,)), FEW, parts=MONEY).regret
    assert found is not None
    assert [row.option for row in found.rows] == ["a"]
    assert found.least == ("a",)
    assert found.most_affordable == ()
    both = evaluate(two_options(), FEW, parts=MONEY).regret
    assert both is not None
    assert both.most_affordable == ("b",)


def test_options_of_different_lives_are_compared_on_a_year() -> None:
    document = two_options()
    first, second = document.options
    found = evaluate(replace(document, options=(first, replace(second, life_years=2))), FEW, parts=MONEY).regret
    assert found is not None
    assert found.compared_on == "eac"
    costs = {row.option: row.cells[0].cost for row in found.rows}
    annuities = {"a": sum(1.035**-year for year in range(1, 4)), "b": sum(1.035**-year for year in range(1, 3))}
    present = {"a": 100 * (1 + annuities["a"]), "b": 90 * (1 + annuities["b"])}
    for option, cost in costs.items():
        assert cost == pytest.approx(present[option] / annuities[option], rel=1e-4)
    assert present["b"] < present["a"]  # and yet a year of it costs more
    assert found.least == ("a",)
