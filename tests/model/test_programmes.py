"""Prevention: what it takes from lines, their VAT and their draws; several programmes; investment that stops."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from appraise.model.appraisal.document import Appraisal, Basis
from appraise.model.appraisal.effects import Bias
from appraise.model.appraisal.funding import Programme, ProgrammeStop, Scenario
from appraise.model.appraisal.lines import Index, Range, RiseRange
from appraise.model.discounting import make_factors
from appraise.model.entries import Entry, OptionEntries, option_entries
from appraise.model.evaluate import Part, Settings, evaluate
from appraise.model.programmes import effects_on, last_paid, mean_of_most, paid_until, shape, spread_of_most
from appraise.model.results import OptionResult
from tests.builders import appraisal, line

PARTS = frozenset({Part.ECONOMIC, Part.FINANCIAL, Part.RISK, Part.YEARS})


def programme(
    key: str = "p", *lines: str, most: tuple[float, float, float] = (0.1, 0.2, 0.3), **fields: object
) -> Programme:
    low, likely, high = most
    made = Programme(
        id=key, name=key.upper(), option="a", lines=lines or ("need",), ramp_years=2, low=low, likely=likely, high=high
    )
    return replace(made, **fields)  # type: ignore[arg-type]  # any field


def stopped(**last: int) -> Scenario:
    return Scenario(
        id="s", name="S", stops=tuple(ProgrammeStop(programme=key, last_year=year) for key, year in last.items())
    )


def document(*programmes: Programme, **fields: object) -> Appraisal:
    made = appraisal(4, lines=(line("need", "a", 1000, 1000, 1000, 1000), line("other", "b", 900, 900, 900, 900)))
    return replace(made, programmes=programmes, **fields)  # type: ignore[arg-type]  # any field


def made_of(made: Appraisal, option: str = "a") -> OptionEntries:
    return option_entries(made, option, make_factors(made))


def entries(made: Appraisal, option: str = "a") -> Mapping[str, Entry]:
    return {one.kind: one for one in made_of(made, option).entries}


def test_prevention_is_an_entry_of_its_own_beside_the_line_as_it_was_entered() -> None:
    found = entries(document(programme()))
    assert found["line"].real == (1000,) * 4
    assert found["prevention"].real == found["prevention"].cash == (0, -100, -200, -200)
    assert found["prevention"].name == "Prevention: less need"
    assert "prevention" not in entries(document(programme(option="b")))
    assert "prevention" not in entries(document(programme("p", "other")))  # a line of another option


def test_prevention_lowers_vat_and_leaves_the_bias_as_it_was_entered() -> None:
    made = document(programme(most=(0.5, 0.5, 0.5)))
    taxed = replace(made.lines[0], vat_percent=Decimal(20), vat_recoverable=False, bias="bias")
    bias = Bias(id="bias", name="Bias", upper_percent=Decimal(10), lower_percent=Decimal(10))
    made = replace(made, lines=(taxed, made.lines[1]), biases=(bias,))
    found, without = entries(made), entries(replace(made, programmes=()))
    assert found["vat"].cash == (200, 150, 100, 100)
    assert found["bias"] == without["bias"]
    assert found["bias"].real == (100,) * 4


def test_effects_of_several_programmes_add_up_to_the_whole_line_at_most() -> None:
    two = document(programme(most=(0.2, 0.2, 0.2)), programme("q", most=(0.3, 0.3, 0.3)))
    assert entries(two)["prevention"].real == (0, -250, -500, -500)
    over = document(programme(most=(0.8, 0.8, 0.8)), programme("q", most=(0.6, 0.6, 0.6)))
    assert entries(over)["prevention"].real == pytest.approx((0, -700, -1000, -1000))
    (found,) = effects_on(over, "a", None, 4).values()
    assert found.share == (0, Decimal("0.7"), 1, 1)
    assert [float(one.shape[3]) for one in found.effects] == pytest.approx([1 / 1.4, 1 / 1.4])  # all alike


def test_the_mean_of_the_most_is_that_of_pert_as_it_was_typed() -> None:
    one = programme(most=(0.1, 0.2, 0.6))
    assert mean_of_most(one) == Decimal("1.5") / 6
    assert spread_of_most(one).mean == pytest.approx(0.25)


def test_what_a_scenario_pays_for() -> None:
    made = document(programme(investment=("x", "y")), programme("q", investment=("y",)))
    assert last_paid(None, "p") is None
    assert last_paid(stopped(p=2), "p") == 2
    assert last_paid(stopped(p=2), "q") is None
    assert paid_until(made, "a", stopped(p=2)) == {"x": 2}  # y is needed by the other one
    assert paid_until(made, "a", stopped(p=2, q=1)) == {"x": 2, "y": 2}
    assert paid_until(made, "b", stopped(p=2)) == {}


def test_a_programme_that_is_never_paid_for_has_no_effect_even_if_it_works_at_once() -> None:
    at_once = programme(ramp_years=0)
    assert shape(at_once, None, 4) == (1, 1, 1, 1)
    assert shape(at_once, -1, 4) == (0, 0, 0, 0)
    assert shape(programme(decay=0.5), 2, 5) == (0, Decimal("0.5"), 1, Decimal("0.5"), Decimal("0.25"))


# --- in the draws ------------------------------------------------------------------------------------------


def results(made: Appraisal, draws: int = 20_000) -> dict[str, OptionResult]:
    return {one.id: one for one in evaluate(made, Settings(draws=draws), parts=PARTS).options}


def test_draws_have_the_mean_of_the_entries_and_the_spread_of_the_most() -> None:
    """Only the most is uncertain: cost = 1,000 x (4 discounted years) less E x (what builds up, discounted)."""
    made = document(programme(most=(0.1, 0.2, 0.6)))
    found = results(made)["a"]
    assert found.risk is not None
    assert found.economic is not None
    factors = [Fraction(1000, 1035) ** year for year in range(4)]
    built = 1000 * (factors[1] / 2 + factors[2] + factors[3])
    mean = 1000 * sum(factors) - built / 4
    assert float(found.economic.expected_npc) == pytest.approx(float(mean), abs=0.01)
    assert found.risk.npc.mean == pytest.approx(float(mean), rel=1e-3)
    a, m, b = 0.1, 0.25, 0.6  # PERT: (mean - a)(b - mean) / 7
    assert found.risk.npc.sd == pytest.approx(float(built) * ((m - a) * (b - m) / 7) ** 0.5, rel=0.01)
    (influence,) = found.risk.influences
    assert (influence.id, influence.name) == ("programme|p", "P")
    assert influence.low > 0 > influence.high  # more effect costs less


def test_prevention_moves_with_the_line_and_its_index() -> None:
    made = document(programme(most=(0.5, 0.5, 0.5), ramp_years=0))
    uncertain = replace(
        made.lines[0],
        range=Range(low=Decimal(80), high=Decimal(160)),
        index="i",
        vat_percent=Decimal(20),
        vat_recoverable=False,
    )
    index = Index(id="i", name="I", percent=(Decimal(2),), range=RiseRange(low=Decimal(-2), high=Decimal(3)))
    made = replace(made, lines=(uncertain, made.lines[1]), indices=(index,))
    with_it, without = results(made)["a"], results(replace(made, programmes=()))["a"]
    assert with_it.risk is not None
    assert without.risk is not None
    for figure in ("mean", "p10", "p50", "p90", "sd"):
        assert getattr(with_it.risk.npc, figure) == pytest.approx(getattr(without.risk.npc, figure) / 2, abs=0.02)
    assert with_it.risk.cash_by_year.p90 == pytest.approx([one / 2 for one in without.risk.cash_by_year.p90], abs=0.02)
    entry = made_of(made)
    expected = sum(one.expected for one in entry.entries)
    assert with_it.risk.npc.mean == pytest.approx(float(expected), rel=2e-3)


def test_one_draw_of_a_programme_moves_all_its_lines_and_its_vat_in_cash() -> None:
    made = document(programme("p", "need", "more", most=(0.0, 0.25, 0.5), ramp_years=0))
    more = replace(line("more", "a", 500, 500, 500, 500), vat_percent=Decimal(20), vat_recoverable=False)
    made = replace(made, lines=(*made.lines, more))
    found = results(made)["a"]
    alone = (replace(made.programmes[0], lines=("need",)),)
    whole = line("need", "a", *[1600] * 4)  # 1,000 + 500 + VAT of 100
    one = results(replace(made, lines=(whole, made.lines[1]), programmes=alone))["a"]
    assert found.risk is not None
    assert one.risk is not None
    assert found.risk.cash_by_year.p10 == pytest.approx(one.risk.cash_by_year.p10, abs=0.02)
    assert found.risk.cash_by_year.p90 == pytest.approx(one.risk.cash_by_year.p90, abs=0.02)


def test_the_bridge_and_the_budget_account_for_prevention() -> None:
    made = document(programme(most=(0.5, 0.5, 0.5), ramp_years=0), basis=Basis(deflator_percent=Decimal(3)))
    taxed = replace(made.lines[0], vat_percent=Decimal(20), vat_recoverable=False)
    found = results(replace(made, lines=(taxed, made.lines[1])), 100)["a"].financial
    assert found is not None
    assert found.by_year[0] == Decimal("600.00")
    rounding = next(step.pounds for step in found.bridge if step.key == "rounding")
    assert abs(rounding) <= Decimal("0.05")
    assert {"prices", "vat"} <= {step.key for step in found.bridge}
    assert [row.kind for row in found.rows] == ["line", "prevention", "vat"]


def test_an_edit_of_a_programme_is_seen_at_once() -> None:
    made = document(programme(most=(0.5, 0.5, 0.5)))
    first = entries(made)["prevention"].real
    later = replace(made, programmes=(replace(made.programmes[0], starts=1),))
    assert entries(later)["prevention"].real == (0, 0, -250, -500)
    assert entries(made)["prevention"].real == first
