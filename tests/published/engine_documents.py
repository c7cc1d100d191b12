"""Documents that the tests of the engine share, and the draws behind their figures."""

from dataclasses import replace
from decimal import Decimal

from appraise.model.appraisal.constraints import Band, Bearer, Bearing, Constraint, PainGain
from appraise.model.appraisal.correlations import CorrelationGroup, CorrelationMatrix
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import Index, Line, Point, Range, RiseRange, Shape
from appraise.model.discounting import make_factors
from appraise.model.entries import option_entries
from appraise.model.plan import make_plan
from appraise.model.plan_parts import Plan
from appraise.model.simulation import Draws, simulate
from tests.builders import appraisal, constraint, in_house, line, rolling, supplier

#: The 90 % point of a standard normal number.
Z90 = 1.2815515655446004


def group(rho: float, *, shared: bool = True) -> CorrelationGroup:
    """The group "g"."""
    return CorrelationGroup(id="g", name="Market", rho=rho, shared=shared, evidence="Test")


def normal_line(key: str, option: str, amount: float, sd: float, **fields: object) -> Line:
    """A normal line of one year with a standard deviation of `sd` pounds, entered by its 10 and 90 % points."""
    reach = Decimal(repr(round(100 * Z90 * sd / amount, 12)))
    band = Range(low=100 - reach, high=100 + reach, shape=Shape.NORMAL)
    return replace(line(key, option, amount), range=band, **fields)


def planned(document: Appraisal) -> Plan:
    """The document as columns and terms."""
    factors = make_factors(document)
    costed = [option_entries(document, option.id, factors) for option in document.options]
    return make_plan(document, costed, factors, scenarios=document.scenarios)


def draws_of(document: Appraisal, draws: int, *, seed: int = 1) -> Draws:
    """The draws themselves, by the product's own engine."""
    return simulate(planned(document), seed=seed, draws=draws, threads=1)


def _shared_by_pain_and_gain(option: str) -> Bearing:
    terms = PainGain(
        target=Decimal(1_500),
        gain=0.4,
        bands=(Band(up_to=Decimal(1_000), share=0.3), Band(share=0.6)),
        cap=Decimal(900),
    )
    return Bearing(option=option, bearer=Bearer.PAIN_GAIN, terms=terms)


def _register() -> tuple[Constraint, ...]:
    """Kept, claimed, priced with a residual claim, shared by pain and gain, and split between two bearers."""
    claim = Bearing(option="b", bearer=Bearer.COMPENSATION, admitted=0.8, uplift=0.15, dispute_cost=Decimal(300))
    residual = replace(supplier("c"), residual_probability=0.2, residual_share=0.5)
    halves = (replace(in_house("b"), share=0.4), replace(supplier("b"), share=0.6))
    return (
        constraint("k-permit", 0.35, (1_000, 2_000, 6_000), in_house("a"), claim, residual),
        constraint("k-grant", 0.2, (500, 1_500, 4_000), in_house("a"), *halves),
        constraint("k-ground", 0.5, (800, 2_000, 5_000), _shared_by_pain_and_gain("c"), in_house("a"), impact_from=1),
    )


def rich() -> Appraisal:
    """Three options over three years with every shape, a driver, a group, a matrix, uncertain indices, claims,
    pain and gain, and funding that may be cut.
    """
    years = (10_000, 10_500, 11_000)
    made: list[Line] = []
    for place, option in enumerate("abc"):
        own = tuple(amount + 300 * place for amount in years)
        made += [
            line(f"{option}-pay", option, *own, spread=(90, 125), driver="pay", index="pay"),
            line(
                f"{option}-fuel", option, *own, spread=(70, 160), shape=Shape.LOGNORMAL, correlation="g", index="fuel"
            ),
            line(f"{option}-kit", option, *own, spread=(85, 130), shape=Shape.TRIANGULAR, correlation="g"),
            line(f"{option}-rent", option, *own, spread=(95, 110), shape=Shape.NORMAL),
            line(f"{option}-food", option, *own, spread=(95, 120), shape=Shape.TRIGEN),
            line(f"{option}-land", option, *own, spread=(90, 140), shape=Shape.UNIFORM),
            line(f"{option}-fees", option, *own),
        ]
    points = tuple(
        Point(percent=Decimal(percent), chance=chance) for percent, chance in ((90, 0.2), (100, 0.5), (130, 0.3))
    )
    steps = Range(low=Decimal(100), high=Decimal(100), shape=Shape.DISCRETE, points=points)
    made[6] = replace(made[6], range=steps)
    made.append(line("c-claim", "c", 0, 0, 9_000, spread=(80, 150), treatment="contingent_liability", probability=0.3))
    rises = RiseRange(low=Decimal(-1), high=Decimal(2))
    indices = (
        Index(id="pay", name="Pay", percent=(Decimal(3),), source="Test", range=rises),
        Index(
            id="fuel", name="Fuel", percent=(Decimal(2), Decimal(4)), source="Test", range=replace(rises, shared=False)
        ),
    )
    matrix = CorrelationMatrix(
        lines=("a-rent", "a-food", "b-land"),
        rows=((1.0, 0.5, 0.2), (0.5, 1.0, -0.3), (0.2, -0.3, 1.0)),
        evidence="Test",
    )
    return appraisal(
        3,
        ("a", "b", "c"),
        deflator="2",
        lines=tuple(made),
        indices=indices,
        correlation_groups=(group(0.4),),
        correlation_matrix=matrix,
        constraints=_register(),
        scenarios=(rolling("s", (78_000, 80_000, 84_000), 0.8, 0.1),),
    )
