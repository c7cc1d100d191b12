"""The deterministic figures again, from the file alone, in exact fractions and without the program's arithmetic.

Nothing of the model is imported but the door: the file is read as plain JSON, the rules are written anew.
"""

import json
from decimal import Decimal
from fractions import Fraction

import pytest

from appraise.files.document import content_json
from appraise.model.evaluate import Part, evaluate
from appraise.workspace import templates

EXAMPLE = templates.load("worked-example", first_year=2027)
CONTENT = json.loads(content_json(EXAMPLE))
RESULTS = {
    option.id: option
    for option in evaluate(EXAMPLE, parts=frozenset({Part.ECONOMIC, Part.FINANCIAL, Part.SCORE})).options
}
YEARS = CONTENT["horizon"]["years"]
NO_ECONOMIC = {"transfer", "irrecoverable_vat", "stranded_overhead", "sunk_cost"}
NO_CASH = {"residual_value", "other_body_cost", "other_body_saving", "wider_cost", "wider_benefit"}
NO_CASH |= {"non_cash_benefit", "sunk_cost"}
RECEIPTS = {"residual_value", "other_body_saving", "cash_saving"}
GAINS = RECEIPTS | {"wider_benefit", "non_cash_benefit"}
PENNY = Fraction(1, 100)


def rises(percents: list[str]) -> list[Fraction]:
    """Price level by year; the last rise goes on."""
    level = [Fraction(1)]
    for year in range(1, YEARS):
        level.append(level[-1] * (1 + Fraction(percents[min(year, len(percents)) - 1]) / 100))
    return level


DEFLATOR = rises([CONTENT["basis"]["deflator_percent"]])
LEVELS = {index["id"]: rises(index["percent"]) for index in CONTENT["indices"]} | {"": DEFLATOR}
DISCOUNT = [Fraction(1000, 1035) ** year for year in range(YEARS)]


def present(index: str, year: int) -> Fraction:
    return LEVELS[index][year] / DEFLATOR[year] * DISCOUNT[year]


def lines(option: str) -> list[dict]:
    return [line for line in CONTENT["lines"] if line["option"] == option]


def worth(line: dict) -> Fraction:
    return sum(Fraction(pounds) * present(line["index"], year) for year, pounds in enumerate(line["amounts"]))


def constraint_costs(option: str) -> list[tuple[str, list[Fraction], str]]:
    """(premium or retained, pounds of year 0 by year, index) of every constraint that the option meets."""
    found = []
    for one in CONTENT["constraints"]:
        for bearing in one["bearings"]:
            if bearing["option"] != option:
                continue
            low, likely, high = (Fraction(one["impact"][key]) for key in ("low", "likely", "high"))
            mean, chance = (low + 4 * likely + high) / 6, Fraction(str(one["probability"]))
            admitted, uplift = Fraction(str(bearing["admitted"])), Fraction(str(bearing["uplift"]))
            kept = {
                "in_house": chance * mean,
                "supplier": Fraction(0),
                "compensation": chance * admitted * ((1 + uplift) * mean + Fraction(bearing["dispute_cost"])),
            }[bearing["bearer"]]
            priced = {
                "in_house": Fraction(0),
                "supplier": chance * mean,
                "compensation": chance * (1 - admitted) * mean,
            }[bearing["bearer"]]
            years = range(one["impact_from"], one["impact_from"] + one["impact_years"])
            for kind, pounds in (("premium", priced), ("retained", kept)):
                spread = [pounds / len(years) if year in years else Fraction(0) for year in range(YEARS)]
                found.append((kind, spread, one["index"]))
    return found


@pytest.mark.parametrize("option", sorted(RESULTS))
def test_present_values(option: str) -> None:
    economic = RESULTS[option].economic
    counted = [line for line in lines(option) if line["treatment"] not in NO_ECONOMIC]
    extra = {"premium": Fraction(0), "retained": Fraction(0)}
    for kind, spread, index in constraint_costs(option):
        extra[kind] += sum(pounds * present(index, year) for year, pounds in enumerate(spread))
    pvc = sum(worth(line) for line in counted if line["treatment"] not in GAINS) + sum(extra.values())
    pvb = sum((worth(line) for line in counted if line["treatment"] in GAINS), Fraction(0))
    receipts = sum((worth(line) for line in counted if line["treatment"] in RECEIPTS), Fraction(0))
    for found, wanted in (
        (economic.pvc, pvc),
        (economic.pvb, pvb),
        (economic.npsv, pvb - pvc),
        (economic.npc, pvc - receipts),
        (economic.premium, extra["premium"]),
        (economic.retained, extra["retained"]),
    ):
        assert abs(Fraction(found) - wanted) <= PENNY
    assert Fraction(economic.pvc) == pytest.approx(float(pvc), rel=1e-9)


@pytest.mark.parametrize("option", sorted(RESULTS))
def test_cash_by_year_to_the_penny(option: str) -> None:
    financial = RESULTS[option].financial
    rows = [
        ([(-1 if line["treatment"] in GAINS else 1) * Fraction(pounds) for pounds in line["amounts"]], line["index"])
        for line in lines(option)
        if line["treatment"] not in NO_CASH
    ]
    rows += [(spread, index) for _, spread, index in constraint_costs(option)]
    for year in range(YEARS):
        # each entry is rounded to pence, halves to even, before it is added (METHOD 17.13)
        pence = sum(round(amounts[year] * LEVELS[index][year] * 100) for amounts, index in rows)
        assert financial.by_year[year] == Decimal(pence) / 100
    assert financial.total == sum(financial.by_year)


@pytest.mark.parametrize("option", sorted(RESULTS))
def test_weighted_scores(option: str) -> None:
    swings = {one["id"]: Fraction(str(one["swing"])) for one in CONTENT["criteria"]}
    total = sum(
        swings[score["criterion"]] / sum(swings.values()) * Fraction(str(score["value"]))
        for score in CONTENT["scores"]
        if score["option"] == option
    )
    assert RESULTS[option].score.total == pytest.approx(float(total), abs=1e-9)


def test_planned_gaps() -> None:
    results = evaluate(EXAMPLE)
    for option in results.options:
        for funding, scenario in zip(option.funding, CONTENT["scenarios"], strict=True):
            money = [Decimal(0)] * YEARS
            for settlement in scenario["settlements"]:
                for offset, pounds in enumerate(settlement["amounts"]):
                    money[settlement["first_year"] + offset] += Decimal(pounds)
            expected = tuple(cost - pounds for cost, pounds in zip(option.financial.by_year, money, strict=True))
            assert funding.gap_by_year == expected
