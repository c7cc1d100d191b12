"""The dated tables against what is printed in their sources."""

import json
import re
from decimal import Decimal
from importlib.resources import files

import pytest

from appraise.model.appraisal.lines import RULES, Treatment
from appraise.model.appraisal.options import ContractType, DeliveryModel, ShortListRole
from appraise.model.appraisal.sourcing import Authority
from appraise.model.tables import (
    BIAS_TABLE,
    PUBLISHED_INDICES,
    QUESTION_SETS,
    QUESTIONS,
    THRESHOLDS,
    USUAL_LINES,
    USUAL_YEARS,
    threshold_for,
    usual_lines,
)

D = Decimal
DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")

#: Mott MacDonald 2002, table 2: upper and lower on cost, then on duration of works.
PRINTED = {
    "standard_buildings": (24, 2, 4, 1),
    "non_standard_buildings": (51, 4, 39, 2),
    "standard_civil_engineering": (44, 3, 20, 1),
    "non_standard_civil_engineering": (66, 6, 25, 3),
    "equipment_development": (200, 10, 54, 10),
    "outsourcing": (41, 0, None, None),
}


def test_optimism_bias_as_printed():
    rows = {
        key: (row.cost_upper, row.cost_lower, row.duration_upper, row.duration_lower) for key, row in BIAS_TABLE.items()
    }
    assert rows == PRINTED


def test_outsourcing_is_measured_on_operating_expenditure_and_all_else_on_capital():
    assert {row.id for row in BIAS_TABLE.values() if row.basis == "operating expenditure"} == {"outsourcing"}
    assert {row.basis for row in BIAS_TABLE.values()} == {"operating expenditure", "capital expenditure"}


@pytest.mark.parametrize(
    ("contract", "authority", "pounds"),
    [
        (ContractType.SERVICES, Authority.LOCAL, 207_720),
        (ContractType.SERVICES, Authority.CENTRAL, 135_018),
        (ContractType.LIGHT_TOUCH, Authority.LOCAL, 663_540),
        (ContractType.WORKS, Authority.CENTRAL, 5_193_000),
        (ContractType.CONCESSION, Authority.LOCAL, 5_193_000),
        (ContractType.LIGHT_TOUCH_CONCESSION, Authority.LOCAL, 5_372_609),
    ],
)
def test_thresholds_from_january_2026(contract, authority, pounds):
    row = threshold_for(contract, authority)
    assert row is not None
    assert row.pounds == pounds
    assert row.from_date == "2026-01-01"


def test_every_contract_has_one_threshold_and_no_contract_has_none():
    for authority in Authority:
        assert threshold_for(ContractType.NONE, authority) is None
        for contract in set(ContractType) - {ContractType.NONE}:
            assert sum((row.contract, row.authority) == (contract, authority) for row in THRESHOLDS) == 1


def test_price_indices_of_march_2026():
    """Office for Budget Responsibility, March 2026, by calendar year."""
    assert dict(PUBLISHED_INDICES["cpi"].years) == {
        2026: D("2.3"), 2027: D("2.0"), 2028: D("2.0"), 2029: D("2.0"), 2030: D("2.0"),
    }  # fmt: skip
    assert PUBLISHED_INDICES["rpi"].years[2028] == D("2.8")
    assert PUBLISHED_INDICES["earnings"].years[2026] == D("3.4")
    assert {max(row.years) for row in PUBLISHED_INDICES.values()} == {2030}


def test_usual_horizons_come_on_top_of_year_0():
    assert sorted(USUAL_YEARS.values()) == [11, 31, 61]


def test_every_model_has_usual_lines_and_business_as_usual_none_of_the_change():
    for model in set(DeliveryModel) - {DeliveryModel.UNSAID}:
        wanted = usual_lines(model, ShortListRole.OTHER)
        today = usual_lines(model, ShortListRole.BUSINESS_AS_USUAL)
        assert any(line.change for line in wanted)
        assert [line for line in wanted if not line.change] == list(today)
        assert {"capital", "residual", "monitoring"} <= {line.id for line in today}
    assert usual_lines(DeliveryModel.UNSAID, ShortListRole.OTHER) == ()


def test_what_is_usually_forgotten_is_asked_where_something_is_bought():
    for model in (DeliveryModel.OUTSOURCE, DeliveryModel.OUTSOURCE_LOTS, DeliveryModel.CONCESSION):
        asked = {line.id for line in usual_lines(model, ShortListRole.OTHER)}
        assert {"contract_charge", "client_side", "stranded", "exit", "reprocurement", "termination", "vat"} <= asked
        assert "own_pay" not in asked


def test_treatments_of_the_usual_lines_follow_the_truth_table():
    """METHOD 8.3: redundancy and an old deficit are transfers, early termination an event, stranded stays out."""
    assert not RULES[USUAL_LINES["redundancy"].treatment].economic
    assert USUAL_LINES["pension_deficit"].treatment is Treatment.TRANSFER
    assert RULES[USUAL_LINES["termination"].treatment].event
    assert not RULES[USUAL_LINES["stranded"].treatment].economic
    assert not RULES[USUAL_LINES["vat"].treatment].economic
    assert RULES[USUAL_LINES["capital"].treatment].capital
    assert RULES[USUAL_LINES["residual"].treatment].benefit


def test_questions_have_unique_ids_and_the_official_parts():
    parts = {key: list(dict.fromkeys(one.part for one in questions)) for key, questions in QUESTIONS.items()}
    assert parts["public_interest"] == [
        "Value for money and strategic alignment", "Social value", "Economic growth and market impact", "Readiness",
    ]  # fmt: skip
    assert set(parts) == {"public_interest", "delivery_model"}
    for questions in QUESTIONS.values():
        assert len({one.id for one in questions}) == len(questions)
        assert all(one.text.endswith("?") for one in questions)


def test_question_sets_say_that_their_wording_is_their_own():
    assert all("own words" in one.note for one in QUESTION_SETS.values())


def test_every_row_has_a_source_and_dates():
    rows = [*BIAS_TABLE.values(), *PUBLISHED_INDICES.values(), *QUESTION_SETS.values()]
    for row in rows:
        assert row.source
        assert DATE.fullmatch(row.published)
        assert DATE.fullmatch(row.review_by)
    for threshold in THRESHOLDS:
        assert threshold.source
        assert DATE.fullmatch(threshold.review_by)


def test_sentences_are_short():
    texts = [text for one in USUAL_LINES.values() for text in (one.name, one.hint)]
    texts += [text for one in QUESTION_SETS.values() for text in (one.note, one.when)]
    texts += [text for questions in QUESTIONS.values() for one in questions for text in (one.text, one.hint)]
    for text in texts:
        for sentence in re.split(r"(?<=[.?]) (?=[A-Z])", text):
            assert len(sentence.split()) <= 25, sentence


def test_no_table_names_a_web_address_or_a_machine():
    folder = files("appraise.model.data")
    for name in ("optimism_bias", "procurement_thresholds", "price_indices", "sourcing_lines", "questions"):
        text = folder.joinpath(f"{name}.json").read_text(encoding="utf-8")
        assert json.loads(text)
        assert not re.search(r"https?:|www\.|/home|/work|/root", text)
