"""Six options with costs, scored on twenty criteria in five aims, to measure a dragged swing with."""

from dataclasses import replace
from decimal import Decimal

from appraise.model.appraisal.criteria import Branch, Criterion, Score, Weighting
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import Line, Range
from appraise.model.appraisal.options import DeliveryModel, Option, ShortListRole
from appraise.model.appraisal.sourcing import Sourcing
from appraise.model.appraisal.workshop import Workshop
from appraise.workspace import templates

OPTIONS, CRITERIA, AIMS = 6, 20, 5


def scored() -> Appraisal:
    """The worked example with other options, lines and criteria; every score has a reason and a range."""
    document = templates.load("worked-example", first_year=2027)
    roles = (ShortListRole.BUSINESS_AS_USUAL, *[ShortListRole.OTHER] * (OPTIONS - 1))
    criteria = tuple(
        Criterion(
            id=f"criterion-{n}", branch=f"aim-{n % AIMS}", name=f"Criterion number {n}",
            worst="As today", best="As hoped", swing=100.0 - 4 * n,
            swing_low=90.0 - 4 * n if n else None, swing_high=min(100.0, 110.0 - 4 * n) if n else None,
        )
        for n in range(CRITERIA)
    )  # fmt: skip
    return replace(
        document,
        options=tuple(
            Option(id=f"option-{n}", name=f"Option number {n}", role=role, model=DeliveryModel.INSOURCE)
            for n, role in enumerate(roles)
        ),
        choices=(), constraints=(), scenarios=(), effects=(), biases=(), sourcing=Sourcing(),
        recommendation=replace(document.recommendation, option=""),
        lines=tuple(
            Line(
                id=f"line-{n}", option=f"option-{n}", name=f"Running cost {n}",
                amounts=tuple(Decimal(f"{1_000_000 + 60_000 * n}.00") for _ in range(document.horizon.years)),
                range=Range(low=Decimal(90), high=Decimal(120)), source="Made for measuring",
            )
            for n in range(OPTIONS)
        ),
        branches=tuple(Branch(id=f"aim-{n}", name=f"Aim number {n}") for n in range(AIMS)),
        criteria=criteria, weighting=Weighting(), gates=(), workshop=Workshop(), choice_scores=(),
        scores=tuple(
            Score(
                option=f"option-{option}", criterion=one.id, value=float(value), reason="Made for measuring",
                low=max(0.0, value - 8.0), high=min(100.0, value + 8.0),
            )
            for option in range(OPTIONS)
            for place, one in enumerate(criteria)
            for value in ((20 + 9 * option + 29 * place + 13 * option * place) % 101,)
        ),
    )  # fmt: skip
