"""The worked example with terms that make suppliers, claims and answers matter, and results set by hand."""

from dataclasses import replace
from decimal import Decimal

from appraise.model.appraisal.constraints import (
    Agreement,
    Bearer,
    Impact,
    Prevention,
    Pricing,
    RegisterKind,
    Settling,
    SupplierView,
)
from appraise.model.appraisal.document import Appraisal
from appraise.model.results import Action, ConstraintResult, Results, SettlingValue
from appraise.workspace import templates

#: Loading released, view gap, claims avoided, another option at once, choosing when known, cost of settling.
FIELDS = ("loading_released", "view_gap", "compensation_avoided", "reranking", "information", "cost_of_settling")
VALUES = (
    (160_400.4, 60_300.3, 150_200.2, 40_100.1, 80_600.6, 30_000.0),
    (70_000.0, -20_000.0, 20_000.0, 0.0, 45_000.0, 5_000.0),
    (0.1, 0.0, -0.1, 0.0, 0.0, 0.0),
    (3_000.0, 0.0, 0.0, 0.0, 0.0, 60_000.0),
)
#: METHOD 11.3: mitigate first 66 < retain 144 < transfer 187.5; retain and mitigate tie at 18 1/3 %.
ACTIONS = (
    Action(key="mitigate", cost=66_000.0, ties_at=11 / 60, terms_of="option-joint"),
    Action(key="retain", cost=144_000.0, ties_at=11 / 60, terms_of="option-joint"),
    Action(key="settle", cost=150_000.0, ties_at=0.19),
    Action(key="transfer", cost=187_500.0, ties_at=None),
)
LEVEL = (
    Action(key="retain", cost=58_000.0, ties_at=None),
    Action(key="settle", cost=58_000.2, ties_at=None),
    Action(key="transfer", cost=98_000.0, ties_at=0.15),
)


def pounds(value: float) -> Decimal:
    return Decimal(value).quantize(Decimal("0.01"))


def impact(low: float, likely: float, high: float) -> Impact:
    return Impact(low=pounds(low), likely=pounds(likely), high=pounds(high))


def document() -> Appraisal:
    """The permit with a view, a claim and prevention; a risk; one that is agreed; cautious suppliers."""
    appraisal = templates.load("worked-example", first_year=2027)
    first, second, third, *rest = appraisal.constraints[:5]
    first = replace(
        first,
        view=SupplierView(probability=0.5, impact=impact(900_000, 1_800_000, 3_000_000)),
        settling=Settling(cost=pounds(60_000), delay_cost=pounds(40_000), success=0.8, how="Advice before applying."),
        manager="The regulator with our engineers",
        prevention=Prevention(cost=pounds(50_000), probability=0.15, evidence="A survey of culverts."),
        bearings=tuple(
            replace(
                one,
                bearer=Bearer.COMPENSATION,
                admitted=0.8,
                uplift=0.3,
                dispute_cost=pounds(120_000),
                dispute_if_refused=True,
            )
            if one.option == "option-inhouse"
            else one
            for one in first.bearings
        ),
    )
    second = replace(second, kind=RegisterKind.RISK, settling=Settling(cost=pounds(30_000)), lines=())
    rest[-1] = replace(rest[-1], agreement=Agreement.AGREED)
    return replace(
        appraisal,
        constraints=(first, second, third, *rest),
        options=tuple(replace(one, pricing=Pricing(evidence="Three bids of 2024")) for one in appraisal.options),
    )


def value(parts: tuple[float, ...]) -> SettlingValue:
    return SettlingValue(
        total=sum(parts[:5]) - parts[5],
        best_now="option-joint",
        best_if_not="option-inhouse",
        best_if_so="option-joint",
        **dict(zip(FIELDS, parts, strict=True)),
    )


def with_values(results: Results, appraisal: Appraisal) -> Results:
    """The results with `VALUES` in this order; the fifth entry has none, and all together are worth 700,000."""
    found = tuple(
        ConstraintResult(
            id=one.id,
            name=one.name,
            value_of_settling=value(VALUES[place]) if place < len(VALUES) else None,
            actions=ACTIONS if place == 0 else LEVEL,
        )
        for place, one in enumerate(appraisal.constraints[:5])
    )
    together = value((300_000.0, 50_000.0, 200_000.0, 100_000.0, 145_000.0, 95_000.0))
    settled = tuple(one.id for one in appraisal.constraints[: len(VALUES)])
    return replace(results, constraints=found, settled_together=settled, settling_together=together)
