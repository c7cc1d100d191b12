"""Workload W of METHOD 10.4 and the common sum W1, as documents that a user could enter."""

from decimal import Decimal
from random import Random

from appraise.model.appraisal.constraints import Agreement, Bearer, Bearing, Constraint, Impact
from appraise.model.appraisal.correlations import CorrelationGroup
from appraise.model.appraisal.document import Appraisal, Basis, Horizon, Simulation
from appraise.model.appraisal.funding import Scenario, Settlement
from appraise.model.appraisal.lines import Index, Line, Range, RiseRange, Shape
from appraise.model.appraisal.options import DeliveryModel, Option, ShortListRole

YEARS = 10
OPTIONS = 4
LINES = 40
CONSTRAINTS = 12
RHO = 0.3
#: What the simulation can ever be asked for: `most_draws` of the measured documents.
MOST_DRAWS = 10_000_000
ROLES = (
    ShortListRole.BUSINESS_AS_USUAL,
    ShortListRole.DO_MINIMUM,
    ShortListRole.PREFERRED,
    ShortListRole.OTHER,
)
MADE = "Made for measuring"


def _pounds(amount: float) -> Decimal:
    return Decimal(round(amount)).quantize(Decimal("0.01"))


def _indices() -> tuple[Index, ...]:
    """Three price indices whose rises are uncertain."""
    ends = (("pay", "3.0", "-1.0", "1.5"), ("energy", "2.5", "-2.0", "3.0"), ("prices", "2.0", "-0.8", "1.0"))
    return tuple(
        Index(
            id=f"index-{name}",
            name=name.capitalize(),
            percent=(Decimal(rise),),
            source=MADE,
            range=RiseRange(low=Decimal(low), high=Decimal(high)),
        )
        for name, rise, low, high in ends
    )


def _line(option: int, number: int, random: Random, indices: tuple[Index, ...]) -> Line:
    """Ten years of pounds within a range of its own, PERT and triangular in turn, in the group of all lines."""
    base = random.randint(20_000, 400_000)
    return Line(
        id=f"line-{option}-{number:02}",
        option=f"option-{option}",
        name=f"Line {option}.{number}",
        amounts=tuple(_pounds(base * (1 + 0.01 * year)) for year in range(YEARS)),
        range=Range(
            low=Decimal(random.randint(70, 97)),
            high=Decimal(random.randint(105, 160)),
            shape=(Shape.PERT, Shape.TRIANGULAR)[number % 2],
        ),
        index=indices[number % len(indices)].id,
        correlation="group-market",
        source=MADE,
    )


def _constraint(option: int, number: int, random: Random) -> Constraint:
    """One constraint of one option: kept in-house, or met through a claim that may be refused."""
    least = random.randint(20_000, 200_000)
    claimed = number % 2
    bearing = Bearing(
        option=f"option-{option}",
        bearer=(Bearer.IN_HOUSE, Bearer.COMPENSATION)[claimed],
        admitted=0.8 if claimed else 1.0,
        uplift=0.15 if claimed else 0.0,
        dispute_cost=Decimal("5000.00") if claimed else Decimal("0.00"),
    )
    return Constraint(
        id=f"constraint-{option}-{number:02}",
        name=f"Constraint {option}.{number}",
        body="A regulator",
        agreement=Agreement.NOT_AGREED,
        probability=random.randint(5, 60) / 100,
        impact=Impact(low=_pounds(least), likely=_pounds(2 * least), high=_pounds(5 * least)),
        impact_from=number % 5,
        impact_years=1 + number % 4,
        bearings=(bearing,),
    )


def workload() -> Appraisal:
    """Four options over ten years, each with 40 three-point lines and 12 constraints; three uncertain indices.

    All lines are in one group with a correlation of .3 that options share; one scenario gives each year an envelope.
    """
    random = Random(20_270_401)  # noqa: S311 -- figures to measure with
    indices = _indices()
    lines = tuple(_line(option, number, random, indices) for option in range(OPTIONS) for number in range(LINES))
    constraints = tuple(
        _constraint(option, number, random) for option in range(OPTIONS) for number in range(CONSTRAINTS)
    )
    yearly = [sum(float(line.amounts[year]) for line in lines) / OPTIONS for year in range(YEARS)]
    envelope = tuple(_pounds(total * 1.025**year * 1.1) for year, total in enumerate(yearly))
    return Appraisal(
        title="Workload W",
        body="A council made for measuring",
        fictional=True,
        horizon=Horizon(first_year=2027, years=YEARS),
        basis=Basis(deflator_source=MADE),
        simulation=Simulation(most_draws=MOST_DRAWS),
        options=tuple(
            Option(id=f"option-{number}", name=f"Option {number}", role=ROLES[number], model=DeliveryModel.INSOURCE)
            for number in range(OPTIONS)
        ),
        indices=indices,
        lines=lines,
        correlation_groups=(CorrelationGroup(id="group-market", name="One market", rho=RHO, evidence=MADE),),
        constraints=constraints,
        scenarios=(
            Scenario(
                id="scenario",
                name="Envelope",
                settlements=(Settlement(id="settled", name="Ten years", first_year=0, amounts=envelope),),
            ),
        ),
    )


def floor_numbers() -> tuple[int, int]:
    """(normal, uniform) numbers that one draw of W cannot do without.

    Normal: every line, the factor of the group, every index, the size of every impact. Uniform: whether each
    constraint occurs, and whether each claim is admitted.
    """
    met = OPTIONS * CONSTRAINTS
    return OPTIONS * LINES + 1 + len(_indices()) + met, met + met // 2


#: W1: likely pounds and the ends in per cent of 40 lines, and the same in pounds: low, likely and high.
_COMMON = tuple((1000 + 15 * n, 70 + n % 20, 120 + 2 * n) for n in range(LINES))
COMMON_LINES = tuple((likely * low / 100, float(likely), likely * high / 100) for likely, low, high in _COMMON)
#: W1: probability, low, likely and high pounds of 12 events.
COMMON_EVENTS = tuple(
    (round(0.1 + 0.05 * n, 2), 500.0 + 100 * n, 1000.0 + 200 * n, 2500.0 + 300 * n) for n in range(CONSTRAINTS)
)


def common_sum() -> Appraisal:
    """W1: 40 triangular lines and 12 events with triangular impacts in one option and one year."""
    lines = tuple(
        Line(
            id=f"line-{number:02}",
            option="option",
            name=f"Line {number}",
            amounts=(_pounds(likely),),
            range=Range(low=Decimal(low), high=Decimal(high), shape=Shape.TRIANGULAR),
            source=MADE,
        )
        for number, (likely, low, high) in enumerate(_COMMON)
    )
    constraints = tuple(
        Constraint(
            id=f"event-{number:02}",
            name=f"Event {number}",
            body="A regulator",
            probability=chance,
            impact=Impact(low=_pounds(low), likely=_pounds(likely), high=_pounds(high), shape=Shape.TRIANGULAR),
            bearings=(Bearing(option="option"),),
        )
        for number, (chance, low, likely, high) in enumerate(COMMON_EVENTS)
    )
    return Appraisal(
        title="Common sum",
        body="A council made for measuring",
        fictional=True,
        horizon=Horizon(first_year=2027, years=1),
        basis=Basis(deflator_percent=Decimal(0), deflator_source=MADE),
        options=(Option(id="option", name="Option", role=ShortListRole.BUSINESS_AS_USUAL),),
        lines=lines,
        constraints=constraints,
    )


def common_mean() -> float:
    """The exact mean of W1 in pounds: (low + likely + high) / 3 each, events times their chance."""
    lines = sum((low + likely + high) / 3 for low, likely, high in COMMON_LINES)
    return lines + sum(chance * (low + likely + high) / 3 for chance, low, likely, high in COMMON_EVENTS)
