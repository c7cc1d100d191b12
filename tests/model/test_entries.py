"""What an option costs or gains, entry by entry, and what each is expected to come to."""

from dataclasses import replace
from decimal import Decimal

import pytest

from appraise.model.appraisal.constraints import Bearer, Bearing, Management
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.effects import Bias
from appraise.model.appraisal.lines import Index, Point, Range, RiseRange, Shape
from appraise.model.discounting import Factors, make_factors, worth
from appraise.model.entries import Entry, option_entries, total
from appraise.model.evaluate import Part, evaluate
from tests.builders import appraisal, constraint, in_house, line
from tests.model.random_appraisals import rich_appraisal

UNEVEN = RiseRange(low=Decimal("-0.50"), high=Decimal("3.00"))


def entries(document: Appraisal, option: str = "a") -> dict[tuple[str, str], Entry]:
    return {(one.id, one.kind): one for one in option_entries(document, option, make_factors(document)).entries}


def indexed(spread: RiseRange | None, **fields: object) -> Appraisal:
    """A cost, a biased benefit and a constraint that follow one index, over six years."""
    index = Index(id="i", name="I", percent=(Decimal(3),), source="test", range=spread)
    lines = (
        line("cost", "a", *[100] * 6, spread=(90, 150), index="i", bias="b", vat_percent=Decimal(20)),
        line("gain", "a", *[50] * 6, spread=(50, 110), index="i", bias="b", treatment="wider_benefit"),
    )
    bias = Bias(id="b", name="B", upper_percent=Decimal(20), lower_percent=Decimal(0), evidence="test")
    met = constraint("c", 0.5, 40, in_house("a"), impact_from=2, impact_years=3)
    return appraisal(
        6, ("a",), indices=(index,), lines=lines, biases=(bias,), constraints=(replace(met, index="i"),), **fields
    )


def test_managing_is_a_certain_cost_of_its_own() -> None:
    effect = Management(probability=0.1, cost=Decimal(60), evidence="Test")
    met = constraint("c", 0.5, 40, replace(in_house("a"), managed=effect), impact_from=1, impact_years=2)
    found = entries(appraisal(4, lines=(line("x", "a", 1),), constraints=(met,)))
    managing, retained = found["c", "managing"], found["c", "retained"]
    assert managing.real == (0, 30, 30, 0)
    assert managing.cash == (0, 30, 30, 0)
    assert (managing.economic, managing.financial, managing.contingency, managing.public) == (True, True, False, True)
    assert total(retained.real) == 4
    assert retained.contingency


def test_managing_leads_from_the_economic_to_the_financial_case() -> None:
    """The supplier's is a part of its price, the authority's its own cost; both are cash and no contingency."""
    effect = Management(probability=0.1, cost=Decimal(60), evidence="Test")
    for bearer in (Bearer.SUPPLIER, Bearer.IN_HOUSE):
        met = constraint("c", 0.5, 40, Bearing(option="a", bearer=bearer, managed=effect), impact_from=3)
        document = appraisal(4, ("a",), deflator="2", lines=(line("x", "a", 1),), constraints=(met,))
        (option,) = evaluate(document, parts=frozenset({Part.ECONOMIC, Part.FINANCIAL})).options
        assert option.financial.contingency_by_year[3] == (0 if bearer is Bearer.SUPPLIER else Decimal("4.24"))
        start, *steps, rounding, end = option.financial.bridge
        assert start.pounds + sum(step.pounds for step in steps) + rounding.pounds == end.pounds
        assert abs(rounding.pounds) <= Decimal("0.02")
        assert option.financial.total == pytest.approx(Decimal("68.91"), abs=Decimal("0.02"))


def test_an_uncertain_index_moves_what_is_expected_and_not_what_is_entered() -> None:
    """Every expected figure is the sum of its real money at the expected level of the index."""
    plain, drifting = entries(indexed(None)), entries(indexed(UNEVEN))
    drift = make_factors(indexed(UNEVEN)).by_index["i"].drift
    assert drift[0] == 1
    assert drift[5] > drift[1] > Decimal("1.004")  # rises of .4167 of a point a year more, on average
    assert plain.keys() == drifting.keys()
    for key, before in plain.items():
        after = drifting[key]
        assert (after.real, after.cash, after.present, after.mean) == (
            before.real,
            before.cash,
            before.present,
            before.mean,
        )
        if not after.economic:
            continue
        assert before.expected_real is None or key == ("cost", "bias")
        assert after.expected_real is not None
        was = before.expected_real or tuple(pounds * before.mean for pounds in before.real)
        wanted = [float(pounds * level) for pounds, level in zip(was, drift, strict=True)]
        assert [float(pounds) for pounds in after.expected_real] == pytest.approx(wanted)
        assert float(after.expected) == pytest.approx(_worth(after, make_factors(indexed(UNEVEN))))
        assert abs(after.expected) > abs(before.expected)


def _worth(entry: Entry, factors: Factors) -> float:
    assert entry.expected_real is not None
    return float(worth(entry.expected_real, factors.discount))


def test_a_list_of_outcomes_is_expected_at_their_mean() -> None:
    """60, 80, 120, 170 and 190 with .05, .2, .4, .2 and .15: 129.5 (NSW Government, Working with Government, 2002)."""
    chances = {60: 0.05, 80: 0.2, 120: 0.4, 170: 0.2, 190: 0.15}
    points = tuple(Point(percent=Decimal(percent), chance=chance) for percent, chance in chances.items())
    band = Range(low=Decimal(100), high=Decimal(100), shape=Shape.DISCRETE, points=points)
    found = entries(appraisal(1, lines=(replace(line("x", "a", 100), range=band),)))
    assert found["x", "line"].expected == Decimal("129.5")


@pytest.mark.parametrize("seed", range(20))
def test_the_cases_of_any_document_are_made_of_its_entries(seed: int) -> None:
    """Rows add up to the totals, and the bridge to the penny, whatever is shared, priced in lots or managed."""
    document = rich_appraisal(seed)
    for option in evaluate(document, parts=frozenset({Part.ECONOMIC, Part.FINANCIAL})).options:
        made = entries(document, option.id)
        assert {(row.id, row.kind) for row in option.economic.rows} == {
            key for key, one in made.items() if one.economic
        }
        npsv = -sum(row.present_value for row in option.economic.rows)
        assert abs(npsv - option.economic.npsv) <= Decimal("0.01") * (2 + len(option.economic.rows))
        assert sum((sum(row.by_year) for row in option.financial.rows), Decimal(0)) == option.financial.total
        assert sum(step.pounds for step in option.financial.bridge[:-1]) == option.financial.total
