"""Small documents for tests: one place that knows how to make them."""

from dataclasses import replace
from decimal import Decimal

from appraise.model.appraisal.constraints import Bearer, Bearing, Constraint, Impact, Pricing, Principle
from appraise.model.appraisal.criteria import About, Branch, Criterion, Independence, Score
from appraise.model.appraisal.document import Appraisal, Basis, Horizon
from appraise.model.appraisal.funding import Scenario, Settlement
from appraise.model.appraisal.lines import Line, Range, Shape, Treatment
from appraise.model.appraisal.options import Option, ShortListRole

#: Suppliers that ask for the expected cost and no more, so that figures can be told by hand.
AT_COST = Pricing(principle=Principle.EXPECTED_VALUE, strength=0.0)


def pounds(*amounts: float | str) -> tuple[Decimal, ...]:
    return tuple(Decimal(str(amount)).quantize(Decimal("0.01")) for amount in amounts)


def line(
    key: str,
    option: str,
    *amounts: float,
    spread: tuple[int, int] | None = None,
    shape: Shape = Shape.PERT,
    **fields: str,
) -> Line:
    """A line of `amounts`; `spread` is (low, high) in per cent of them."""
    band = None if spread is None else Range(low=Decimal(spread[0]), high=Decimal(spread[1]), shape=shape)
    made = Line(id=key, option=option, name=fields.pop("name", key), amounts=pounds(*amounts), range=band)
    if "treatment" in fields:
        made = replace(made, treatment=Treatment(fields.pop("treatment")))
    return replace(made, **fields)


def constraint(
    key: str, probability: float, impact: tuple[float, float, float] | float, *bearings: Bearing, **fields: int
) -> Constraint:
    low, likely, high = impact if isinstance(impact, tuple) else (impact,) * 3
    return Constraint(
        id=key,
        name=key,
        probability=probability,
        impact=Impact(low=pounds(low)[0], likely=pounds(likely)[0], high=pounds(high)[0]),
        bearings=bearings,
        **fields,
    )


def in_house(option: str) -> Bearing:
    return Bearing(option=option, bearer=Bearer.IN_HOUSE)


def supplier(option: str) -> Bearing:
    return Bearing(option=option, bearer=Bearer.SUPPLIER)


def appraisal(
    years: int = 5, options: tuple[str, ...] = ("a", "b"), *, deflator: str = "0", **fields: object
) -> Appraisal:
    """An appraisal without inflation unless `deflator` says otherwise."""
    roles = (ShortListRole.BUSINESS_AS_USUAL, *[ShortListRole.OTHER] * len(options))
    document = Appraisal(
        title="Test",
        body="Test Council",
        horizon=Horizon(first_year=2027, years=years),
        basis=Basis(deflator_percent=Decimal(deflator), deflator_source="test"),
        options=tuple(
            Option(id=name, name=name.upper(), role=role, pricing=AT_COST)
            for name, role in zip(options, roles, strict=False)
        ),
    )
    return replace(document, **fields)


def tree(*swings: float) -> dict[str, object]:
    """One branch with criteria c1, c2 ... of the given swings."""
    criteria = tuple(
        Criterion(
            id=f"c{number}",
            branch="branch",
            name=f"C{number}",
            worst="worst",
            best="best",
            about=About.EFFECT,
            independence=Independence.YES,
            swing=swing,
        )
        for number, swing in enumerate(swings, start=1)
    )
    return {"branches": (Branch(id="branch", name="Branch"),), "criteria": criteria}


def scores(**by_option: tuple[float, ...]) -> tuple[Score, ...]:
    return tuple(
        Score(option=option, criterion=f"c{number}", value=value, reason="because")
        for option, values in by_option.items()
        for number, value in enumerate(values, start=1)
    )


def rolling(key: str, amounts: tuple[float, ...], renewal: float, cut: float, *, restored: bool = False) -> Scenario:
    """A new settlement every year, renewed or cut by a fixed share."""
    return Scenario(
        id=key,
        name=key,
        restored=restored,
        settlements=tuple(
            Settlement(
                id=f"{key}-{year}",
                name=f"Year {year}",
                first_year=year,
                amounts=pounds(amount),
                renewal=renewal,
                cut_low=cut,
                cut_likely=cut,
                cut_high=cut,
            )
            for year, amount in enumerate(amounts)
        ),
    )
