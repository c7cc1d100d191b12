"""A large appraisal to measure with."""

from dataclasses import replace
from decimal import Decimal

from appraise.model.appraisal.constraints import Bearing, Constraint, Impact
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.effects import Bias
from appraise.model.appraisal.lines import RULES, Line, Range, Treatment
from appraise.model.appraisal.options import DeliveryModel, Option, ShortListRole
from appraise.model.appraisal.sourcing import Sourcing
from appraise.workspace import templates


def constraints(lines: tuple[Line, ...]) -> tuple[Constraint, ...]:
    """Five constraints that every option keeps, each explaining the bias of every fifth line."""
    some = Impact(low=Decimal("10000.00"), likely=Decimal("20000.00"), high=Decimal("60000.00"))
    return tuple(
        Constraint(
            id=f"constraint-{n}",
            name=f"Constraint {n}",
            probability=0.2,
            impact=some,
            impact_from=n,
            bearings=tuple(Bearing(option=f"option-{option}") for option in range(6)),
            lines=tuple(line.id for line in lines[n::5] if line.bias),
        )
        for n in range(5)
    )


def large(*, one_option: bool = False) -> Appraisal:
    """500 lines over 30 years in six options, or all in the first, with every treatment, ranges, VAT and bias."""
    document = templates.load("worked-example", first_year=2027)
    roles = (ShortListRole.BUSINESS_AS_USUAL, *[ShortListRole.OTHER] * 5)
    options = tuple(
        Option(id=f"option-{n}", name=f"Option {n}", role=role, model=DeliveryModel.INSOURCE)
        for n, role in enumerate(roles)
    )
    treatments = [one for one in Treatment if not RULES[one].place]
    lines = tuple(
        Line(
            id=f"line-{n:03}",
            option=f"option-{0 if one_option else n % 6}",
            name=f"Line {n}",
            treatment=treatments[n % len(treatments)],
            amounts=tuple(Decimal(f"{100_000 + 37 * n + 11 * year}.00") for year in range(30)),
            range=Range(low=Decimal(90), high=Decimal(130)),
            index=document.indices[n % len(document.indices)].id,
            vat_percent=Decimal(20),
            vat_recoverable=n % 5 != 0,
            bias="bias" if n % 3 == 0 else "",
            source="Made for measuring",
        )
        for n in range(500)
    )
    return replace(
        document,
        horizon=replace(document.horizon, years=30),
        options=options,
        lines=lines,
        biases=(Bias(id="bias", name="Outsourcing", upper_percent=Decimal(41), evidence="Made for measuring"),),
        scores=(),
        constraints=constraints(lines),
        scenarios=(),
        choices=(),
        effects=(),
        sourcing=Sourcing(),
        recommendation=replace(document.recommendation, option="option-0"),
    )
