"""Dated tables beside the discount schedules: bias, thresholds, indices, settlements, usual cost lines, questions.

Each is a file in `model/data/` and carries its source, the date of publication and a date to look for a newer one.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from appraise.model.appraisal.document import HorizonLength
from appraise.model.appraisal.funding import SettlementStatus
from appraise.model.appraisal.lines import Spend, Treatment
from appraise.model.appraisal.options import ContractType, DeliveryModel, ShortListRole
from appraise.model.appraisal.sourcing import Authority

#: Years of the usual horizons, year 0 counted: 10, 30 and 60 years come on top of it (Green Book 2026, 6.9-6.13).
USUAL_YEARS: Mapping[HorizonLength, int] = MappingProxyType(
    {HorizonLength.STANDARD: 11, HorizonLength.REFURBISHMENT: 31, HorizonLength.BUILDING: 61}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BiasRow:
    """Optimism bias of a kind of project, in per cent: upper and lower bound on cost and on duration of works.

    `basis` says which spending the percentages are on. None: no duration is published.
    """

    id: str
    name: str
    cost_upper: Decimal
    cost_lower: Decimal
    duration_upper: Decimal | None
    duration_lower: Decimal | None
    basis: str
    source: str
    published: str
    review_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """From this value in pounds, VAT included, the Procurement Act 2023 holds in full."""

    contract: ContractType
    authority: Authority
    pounds: Decimal
    source: str
    from_date: str
    review_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedIndex:
    """Forecast rises of a price index in per cent, by calendar year."""

    id: str
    name: str
    years: Mapping[int, Decimal]
    source: str
    published: str
    review_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedSettlement:
    """A settlement for local government: how firm it is by the calendar year in which the financial year begins."""

    id: str
    name: str
    years: Mapping[int, SettlementStatus]
    source: str
    published: str
    review_by: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UsualLine:
    """A cost line that sourcing decisions usually have, for the delivery models in which it is usual.

    `group` is its heading in the list. `change`: it comes with a change, so business as usual has none.
    """

    id: str
    name: str
    group: str
    treatment: Treatment
    spend: Spend
    models: tuple[DeliveryModel, ...]
    change: bool
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question of a test, in our own words, with what to look at."""

    id: str
    part: str
    text: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionSet:
    """The questions of a test; `note` says that the wording is not official, `when` where the test is asked for."""

    id: str
    name: str
    note: str
    when: str
    source: str
    published: str
    review_by: str
    questions: tuple[Question, ...]


def _table(name: str) -> dict[str, Any]:
    text = files("appraise.model.data").joinpath(name).read_text(encoding="utf-8")
    table: dict[str, Any] = json.loads(text)
    return table


def _read_biases() -> Mapping[str, BiasRow]:
    table = _table("optimism_bias.json")
    rows = {}
    for row in table["rows"]:
        upper, lower = (Decimal(percent) for percent in row["cost"])
        durations = [Decimal(percent) for percent in row["duration"] or ()]
        rows[row["id"]] = BiasRow(
            id=row["id"],
            name=row["name"],
            cost_upper=upper,
            cost_lower=lower,
            duration_upper=durations[0] if durations else None,
            duration_lower=durations[1] if durations else None,
            basis=row["basis"],
            source=table["source"],
            published=table["published"],
            review_by=table["review_by"],
        )
    return MappingProxyType(rows)


def _read_thresholds() -> tuple[Threshold, ...]:
    table = _table("procurement_thresholds.json")
    return tuple(
        Threshold(
            contract=ContractType(row["contract"]),
            authority=Authority(row["authority"]),
            pounds=Decimal(row["pounds"]).quantize(Decimal("0.01")),
            source=table["source"],
            from_date=table["from_date"],
            review_by=table["review_by"],
        )
        for row in table["rows"]
    )


def _read_indices() -> Mapping[str, PublishedIndex]:
    table = _table("price_indices.json")
    return MappingProxyType(
        {
            row["id"]: PublishedIndex(
                id=row["id"],
                name=row["name"],
                years=MappingProxyType({row["first"] + n: Decimal(rise) for n, rise in enumerate(row["percent"])}),
                source=table["source"],
                published=table["published"],
                review_by=table["review_by"],
            )
            for row in table["rows"]
        }
    )


def _read_settlements() -> Mapping[str, PublishedSettlement]:
    rows = {}
    for row in _table("settlements.json")["rows"]:
        years = {int(year): SettlementStatus(status) for year, status in row["years"].items()}
        fields = row | {"years": MappingProxyType(years), "notes": tuple(row["notes"])}
        rows[row["id"]] = PublishedSettlement(**fields)
    return MappingProxyType(rows)


def _read_usual_lines() -> Mapping[str, UsualLine]:
    return MappingProxyType(
        {
            row["id"]: UsualLine(
                id=row["id"],
                name=row["name"],
                group=row["group"],
                treatment=Treatment(row["treatment"]),
                spend=Spend(row["spend"]),
                models=tuple(DeliveryModel(model) for model in row["models"]),
                change=row["change"],
                hint=row["hint"],
            )
            for row in _table("sourcing_lines.json")["rows"]
        }
    )


def _read_questions() -> Mapping[str, QuestionSet]:
    return MappingProxyType(
        {
            one["id"]: QuestionSet(**one | {"questions": tuple(Question(**row) for row in one["questions"])})
            for one in _table("questions.json")["sets"]
        }
    )


#: Generic optimism bias by kind of project; a body's own history of forecasts goes before it (6.78-6.82).
BIAS_TABLE = _read_biases()

#: Procurement thresholds by contract and kind of authority.
THRESHOLDS = _read_thresholds()

#: Price indices with published forecasts.
PUBLISHED_INDICES = _read_indices()

#: Settlements for local government by id.
SETTLEMENTS = _read_settlements()

#: The usual cost lines of a sourcing decision by heading.
USUAL_LINES = _read_usual_lines()

#: The tests with their sources: "public_interest" and "delivery_model".
QUESTION_SETS = _read_questions()

#: Their questions.
QUESTIONS: Mapping[str, tuple[Question, ...]] = MappingProxyType(
    {key: one.questions for key, one in QUESTION_SETS.items()}
)


def threshold_for(contract: ContractType, authority: Authority) -> Threshold | None:
    """The threshold for a contract of this kind; None where nothing is bought."""
    return next((one for one in THRESHOLDS if (one.contract, one.authority) == (contract, authority)), None)


def usual_lines(model: DeliveryModel, role: ShortListRole) -> tuple[UsualLine, ...]:
    """The cost lines usual for an option of this delivery model and role; none while no model is chosen."""
    usual = role is ShortListRole.BUSINESS_AS_USUAL
    return tuple(line for line in USUAL_LINES.values() if model in line.models and not (usual and line.change))
