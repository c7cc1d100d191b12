"""Valid appraisals by number: the same seed gives the same document.

`random_appraisal` keeps to what can be told exactly by hand; `rich_appraisal` is the same document with everything
that the simulation knows on top: all shapes, correlations, mixed shares, pain and gain, management, lots; and it has
weighted scores (`random_scores`).
"""

from dataclasses import replace
from decimal import ROUND_UP, Decimal
from random import Random
from typing import TypeVar

from appraise.model.appraisal.constraints import (
    Agreement,
    Band,
    Bearer,
    Bearing,
    Constraint,
    Impact,
    Management,
    PainGain,
    Prevention,
    Pricing,
    Principle,
    RegisterKind,
    Settling,
    SupplierView,
)
from appraise.model.appraisal.correlations import CorrelationGroup, CorrelationMatrix
from appraise.model.appraisal.document import (
    Appraisal,
    Basis,
    CapitalView,
    Deflator,
    Horizon,
    OwnBand,
    OwnSchedule,
    Simulation,
)
from appraise.model.appraisal.effects import Bias, Count, Effect, EffectKind, IncomeGroup, Mitigation, PublicBody
from appraise.model.appraisal.lines import (
    RULES,
    Additionality,
    BorneBy,
    Group,
    Index,
    Line,
    Point,
    Prices,
    Range,
    RiseRange,
    Shape,
    Spend,
    Treatment,
)
from appraise.model.appraisal.options import ContractType, DeliveryModel, Option, ShortListRole
from tests.model.random_scores import random_scores

Thing = TypeVar("Thing")

SCHEDULES = ("green_book_2026", "green_book_2026_health", "tag_2026_health", "tag_2026_long_horizon")
LENGTHS = (1, 2, 3, 4, 5, 8, 10, 11, 13, 21, 31, 32, 61)
FEW_LINES, MOST_LINES = (0, 8), (9, 25)
#: Shapes and bearers of `random_appraisal`.
AROUND = (Shape.PERT, Shape.TRIANGULAR)
ALONE = (Bearer.SUPPLIER, Bearer.COMPENSATION, Bearer.IN_HOUSE)
IMPACTS = (*AROUND, Shape.UNIFORM)
LOTS = ("", "Roads", "Drains")


class Maker:
    """Draws the parts of one document."""

    def __init__(self, seed: int) -> None:
        self.draw = Random(f"appraisal {seed}")  # noqa: S311 - documents for tests, nothing secret
        self.years = self.draw.choice(LENGTHS)
        self.first_year = self.draw.randint(2015, 2040)

    def chance(self, share: float) -> bool:
        return self.draw.random() < share

    def percent(self, low: float, high: float) -> Decimal:
        return Decimal(self.draw.randint(round(low * 100), round(high * 100))) / 100

    def pounds(self) -> Decimal:
        """From a penny to some billions, evenly by size."""
        return Decimal(max(1, round(10 ** self.draw.uniform(0, 11.5)))) / 100

    def some(self, things: tuple[Thing, ...], share: float) -> tuple[Thing, ...]:
        return tuple(thing for thing in things if self.chance(share))

    def one_or(self, ids: tuple[str, ...], share: float) -> str:
        return self.draw.choice(ids) if ids and self.chance(share) else ""

    def basis(self) -> Basis:
        own = tuple(
            OwnSchedule(id=f"schedule-{n}", name=f"Own {n}", bands=self.bands(), source="Test")
            for n in range(self.draw.choice((0, 0, 1, 2)))
        )
        known = (*SCHEDULES, *(one.id for one in own))
        series = tuple(self.percent(-2, 9) for _ in range(self.draw.choice((0, 0, 1, 3, 8, 40))))
        return Basis(
            schedule=self.draw.choice(("green_book_2026", self.draw.choice(known))),
            health_schedule=self.draw.choice(("green_book_2026_health", self.draw.choice(known))),
            deflator_percent=self.percent(-1, 6) if self.chance(0.8) else Decimal("0.00"),
            deflator_source="Test",
            deflator=Deflator(
                first_year=self.first_year + self.draw.randint(-8, 6) if series else 0,
                percent=series,
                published="2026-03-31" if series else "",
            ),
            own_schedules=own,
            median_income=self.percent(20_000, 40_000),
            capital_view=self.draw.choice(tuple(CapitalView)),
        )

    def bands(self) -> tuple[OwnBand, ...]:
        starts = (1, *sorted(self.draw.sample(range(2, 60), self.draw.randint(0, 2))))
        return tuple(OwnBand(first=first, percent=self.percent(0, 16)) for first in starts)

    def options(self) -> tuple[Option, ...]:
        roles = [role for role in ShortListRole if role is not ShortListRole.BUSINESS_AS_USUAL]
        self.draw.shuffle(roles)
        roles.insert(0, ShortListRole.BUSINESS_AS_USUAL)
        return tuple(
            Option(
                id=f"option-{n}",
                name=f"Option {n}",
                role=roles[n],
                model=self.draw.choice(tuple(DeliveryModel)),
                term_years=self.draw.randint(0, self.years),
                contract=self.draw.choice(tuple(ContractType)),
                life_years=self.draw.randint(1, self.years - 1) if self.years > 1 and self.chance(0.3) else 0,
                pricing=self.pricing(),
            )
            for n in range(self.draw.randint(1, 6))
        )

    def pricing(self) -> Pricing:
        """Suppliers that ask for the expected cost and a share of it: the principle whose price is exact."""
        return Pricing(
            principle=Principle.EXPECTED_VALUE,
            strength=self.draw.choice((0, self.draw.randint(0, 200))) / 100,
            competition=self.draw.choice((0, 50, 100, self.draw.randint(0, 100))) / 100,
            evidence="Test",
        )

    def indices(self) -> tuple[Index, ...]:
        return tuple(
            Index(
                id=f"index-{n}",
                name=f"Index {n}",
                percent=tuple(self.percent(-3, 12) for _ in range(self.draw.choice((0, 1, 2, 5, 20)))),
                source="Test",
            )
            for n in range(self.draw.randint(0, 3))
        )

    def biases(self) -> tuple[Bias, ...]:
        return tuple(self.bias(f"bias-{n}") for n in range(self.draw.randint(0, 4)))

    def bias(self, key: str) -> Bias:
        upper, longest = self.percent(0, self.draw.choice((40, 60, 100))), self.percent(0, 60)
        causes = ()
        if self.chance(0.5):
            count = self.draw.randint(1, 4)
            causes = tuple(
                Mitigation(
                    id=f"{key}-cause-{n}",
                    name=f"Cause {n}",
                    share_percent=self.percent(0, 100 // count),
                    managed_percent=self.percent(0, 100),
                    evidence="Test",
                )
                for n in range(count)
            )
        return Bias(
            id=key,
            name=f"Bias {key}",
            upper_percent=upper,
            lower_percent=self.percent(0, float(upper)),
            managed_percent=self.draw.choice((Decimal("0.00"), self.percent(0, 100), Decimal("100.00"))),
            causes=causes,
            awarded=self.chance(0.4),
            months=self.percent(0, 60) if self.chance(0.7) else Decimal("0.00"),
            duration_upper_percent=longest,
            duration_lower_percent=self.percent(0, float(longest)),
            evidence="Test",
        )

    def amounts(self, life: int) -> tuple[Decimal, ...]:
        """Pounds for years 0 to `life` at most: one sum, the same sum every year, or sums here and there."""
        reach = self.draw.randint(1, life + 1)
        kind = self.draw.choice(("once", "always", "always", "own"))
        if kind == "once":
            return (Decimal("0.00"),) * (reach - 1) + (self.pounds(),)
        if kind == "always":
            return (self.pounds(),) * reach
        nothing = Decimal("0.00")
        return tuple(self.pounds() if self.chance(0.7) else nothing for _ in range(reach))

    def range(self) -> Range | None:
        if self.chance(0.5):
            return None
        return Range(low=self.percent(0, 100), high=self.percent(100, 300), shape=self.draw.choice(AROUND))

    def line(self, key: str, option: Option, document: Appraisal) -> Line:
        treatment = self.draw.choice(tuple(Treatment))
        rule = RULES[treatment]
        public, society = rule.bearer is BorneBy.PUBLIC_BODY, rule.bearer is BorneBy.SOCIETY
        prices = self.draw.choice((Prices.YEAR_0, Prices.YEAR_0, Prices.OTHER_YEAR, Prices.CASH))
        counted = rule.economic and not rule.event
        shares = {name: self.percent(0, 100) for name in ("deadweight", "displacement", "substitution", "leakage")}
        return Line(
            id=key,
            option=option.id,
            name=f"Line {key}",
            treatment=treatment,
            amounts=self.amounts(option.life_years or self.years - 1) if self.chance(0.95) else (),
            range=self.range(),
            index=self.one_or(tuple(one.id for one in document.indices), 0.6),
            driver=self.one_or(("Pay", "Energy"), 0.3),
            source="Test",
            spend=self.draw.choice(tuple(Spend)),
            prices=prices,
            price_year=self.first_year + self.draw.randint(-7, 5) if prices is Prices.OTHER_YEAR else 0,
            body=self.one_or(tuple(one.id for one in document.bodies), 0.8) if public else "",
            group=self.draw.choice(tuple(Group)) if society else Group.UNSAID,
            incomes=self.one_or(tuple(one.id for one in document.income_groups), 0.3),
            vat_percent=Decimal(self.draw.choice(("0.00", "5.00", "17.50", "20.00"))),
            vat_recoverable=self.chance(0.5),
            bias=self.one_or(tuple(one.id for one in document.biases), 0.6) if counted else "",
            probability=self.draw.randint(0, 1000) / 1000 if rule.event else 1.0,
            health=self.chance(0.15),
            reason="Test",
            place=Additionality(**shares) if self.chance(0.3) else Additionality(),
        )

    def constraint(self, key: str, document: Appraisal) -> Constraint:
        """Borne in any way by some options; its years lie within the life of each."""
        borne = self.some(document.options, 0.6)
        last = min((one.life_years or self.years - 1 for one in borne), default=self.years - 1)
        start = self.draw.randint(0, last)
        return Constraint(
            id=key,
            name=f"Constraint {key}",
            kind=self.draw.choice(tuple(RegisterKind)),
            agreement=self.draw.choice(tuple(Agreement)),
            evidence="Test",
            manager="Test",
            probability=self.probability(),
            impact=self.impact(),
            view=SupplierView(probability=self.probability(), impact=self.impact()) if self.chance(1 / 3) else None,
            settling=Settling(
                cost=self.pounds(),
                delay_cost=self.pounds(),
                success=self.draw.randint(0, 100) / 100,
                reveals_size=self.chance(0.3),
                how="Test",
            ),
            prevention=Prevention(cost=self.pounds(), probability=self.probability(), evidence="Test")
            if self.chance(1 / 3)
            else None,
            impact_from=start,
            impact_years=self.draw.randint(1, last - start + 1),
            index=self.one_or(tuple(one.id for one in document.indices), 0.6),
            bearings=tuple(self.bearing(option) for option in borne),
            lines=self.some(tuple(line.id for line in document.lines if line.bias), 0.25),
        )

    def probability(self) -> float:
        return self.draw.choice((0.0, 1.0, *(self.draw.randint(0, 100) / 100 for _ in range(4))))

    def impact(self) -> Impact:
        low, likely, high = sorted(self.pounds() if self.chance(0.9) else Decimal("0.00") for _ in range(3))
        return Impact(low=low, likely=likely, high=high)

    def bearing(self, option: Option) -> Bearing:
        return Bearing(
            option=option.id,
            bearer=self.draw.choice(ALONE),
            admitted=self.draw.randint(0, 100) / 100,
            uplift=self.draw.randint(0, 80) / 100,
            dispute_cost=self.pounds() if self.chance(0.5) else Decimal("0.00"),
            dispute_if_refused=self.chance(0.5),
            residual_probability=self.draw.choice((0, self.draw.randint(0, 100))) / 100,
            residual_share=self.draw.choice((0, self.draw.randint(0, 100))) / 100,
        )

    def effect(self, key: str, document: Appraisal) -> Effect:
        counts = tuple(
            Count(
                option=option.id,
                units=tuple(
                    self.percent(0, 1000)
                    for _ in range(self.draw.randint(0, (option.life_years or self.years - 1) + 1))
                ),
            )
            for option in self.some(document.options, 0.7)
        )
        return Effect(
            id=key, name=f"Effect {key}", kind=self.draw.choice(tuple(EffectKind)), unit="days", counts=counts
        )

    def income_group(self, key: str) -> IncomeGroup:
        return IncomeGroup(
            id=key,
            name=f"Group {key}",
            income=self.percent(8_000, 90_000),
            adults=self.draw.randint(1, 3),
            children_14_and_over=self.draw.randint(0, 2),
            children_under_14=self.draw.randint(0, 3),
            source="Test",
        )


def random_appraisal(seed: int) -> Appraisal:
    """A document without errors: 1-6 options, 0-25 lines each, every treatment, price basis and bearer."""
    make = Maker(seed)
    frame = Appraisal(
        title=f"Appraisal {seed}",
        body="Test Council",
        horizon=Horizon(first_year=make.first_year, years=make.years, reason="Test"),
        basis=make.basis(),
        options=make.options(),
        indices=make.indices(),
        bodies=tuple(PublicBody(id=f"body-{n}", name=f"Body {n}") for n in range(make.draw.randint(0, 3))),
        income_groups=tuple(make.income_group(f"incomes-{n}") for n in range(make.draw.randint(0, 2))),
        biases=make.biases(),
    )
    lines = []
    for option in frame.options:
        size = MOST_LINES if make.chance(0.3) else FEW_LINES
        lines += [make.line(f"line-{option.id}-{n}", option, frame) for n in range(make.draw.randint(*size))]
    make.draw.shuffle(lines)
    with_lines = replace(frame, lines=tuple(lines))
    return replace(
        with_lines,
        constraints=tuple(make.constraint(f"constraint-{n}", with_lines) for n in range(make.draw.randint(0, 5))),
        effects=tuple(make.effect(f"effect-{n}", with_lines) for n in range(make.draw.randint(0, 2))),
    )


class Enricher(Maker):
    """Draws what `rich_appraisal` adds, from numbers of its own."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.draw = Random(f"rich {seed}")  # noqa: S311 - documents for tests, nothing secret

    def spread(self) -> Range:
        """A range of any shape."""
        shape = self.draw.choice(tuple(Shape))
        low, high = self.percent(5, 99), self.percent(101, 300)
        if shape is Shape.LOGNORMAL:
            low = max(low, (high / 30).quantize(Decimal("0.01"), rounding=ROUND_UP))
        if shape is Shape.UNIFORM and self.chance(0.3):
            low, high = self.percent(101, 110), self.percent(110, 120)
        return Range(low=low, high=high, shape=shape, points=self.points() if shape is Shape.DISCRETE else ())

    def points(self) -> tuple[Point, ...]:
        chances = self.parts(self.draw.randint(1, 5))
        return tuple(Point(percent=self.percent(0, 250), chance=chance) for chance in chances)

    def parts(self, count: int) -> tuple[float, ...]:
        """Hundredths that add up to 1."""
        cuts = sorted(self.draw.sample(range(1, 100), count - 1))
        return tuple((end - start) / 100 for start, end in zip((0, *cuts), (*cuts, 100), strict=True))

    def rises(self) -> RiseRange:
        shape = self.draw.choice((*IMPACTS, Shape.NORMAL, Shape.TRIGEN))
        low, high = -self.percent(0.01, 1.5), self.percent(0.01, 1.5)
        if shape is not Shape.TRIGEN and self.chance(0.3):
            low = Decimal("0.00")
        return RiseRange(low=low, high=high, shape=shape, shared=self.chance(0.5))

    def index(self, index: Index) -> Index:
        return replace(index, range=self.rises() if self.chance(0.5) else None)

    def lines(self, lines: tuple[Line, ...], groups: tuple[str, ...]) -> tuple[Line, ...]:
        """Lines of one driver share their group and whether it is one fact for all options."""
        by_driver = {driver: (self.one_or(groups, 0.4), self.chance(0.6)) for driver in ("Pay", "Energy")}
        return tuple(
            self.enriched(line, *by_driver.get(line.driver, (self.one_or(groups, 0.3), True))) for line in lines
        )

    def enriched(self, line: Line, group: str, shared: bool) -> Line:
        spread = line.range and (self.spread() if self.chance(0.7) else line.range)
        return replace(line, range=spread, correlation=group, shared=shared)

    def matrix(self, lines: tuple[Line, ...]) -> CorrelationMatrix | None:
        """Correlations that one cause with loads under 0.9 explains can exist together."""
        free = {line.driver or line.id: line.id for line in lines if line.range and not line.correlation}
        chosen = self.some(tuple(free.values()), 0.3)[:8]
        if len(chosen) < 2 or self.chance(0.3):
            return None
        loads = [self.draw.randint(-89, 89) / 100 for _ in chosen]
        rows = tuple(
            tuple(1.0 if row == column else round(one * other, 4) for column, other in enumerate(loads))
            for row, one in enumerate(loads)
        )
        return CorrelationMatrix(lines=chosen, rows=rows, evidence="Test")

    def shaped(self, impact: Impact) -> Impact:
        return replace(impact, shape=self.draw.choice(IMPACTS))

    def register(self, constraint: Constraint) -> Constraint:
        view, risk = constraint.view, constraint.kind is RegisterKind.RISK
        new = replace(
            constraint,
            impact=self.shaped(constraint.impact),
            view=replace(view, impact=self.shaped(view.impact)) if view else None,
            settling=replace(constraint.settling, together=self.chance(0.7)),
            shared=not risk or self.chance(0.5),
        )
        return replace(new, bearings=tuple(part for one in new.bearings for part in self.shared_out(new, one)))

    def shared_out(self, constraint: Constraint, bearing: Bearing) -> tuple[Bearing, ...]:
        """The bearing, or several bearers with it; one of them may do something about it."""
        bearers = self.draw.sample(tuple(Bearer), self.draw.choice((1, 1, 2, 3, 4)))
        shares, manager = self.parts(len(bearers)), self.draw.randint(0, 2 * len(bearers))
        return tuple(
            replace(
                bearing,
                bearer=bearer,
                share=share,
                lot=self.draw.choice(LOTS),
                terms=self.terms() if bearer is Bearer.PAIN_GAIN else PainGain(),
                managed=self.managed(constraint) if number == manager else None,
            )
            for number, (bearer, share) in enumerate(zip(bearers, shares, strict=True))
        )

    def terms(self) -> PainGain:
        ends = sorted({self.pounds() for _ in range(self.draw.randint(0, 3))})
        shares = [self.draw.randint(0, 100) / 100 for _ in range(len(ends) + 2)]
        return PainGain(
            target=self.pounds(),
            gain=shares.pop(),
            bands=tuple(Band(up_to=end, share=share) for end, share in zip((*ends, None), shares, strict=True)),
            cap=self.pounds() if self.chance(0.5) else None,
        )

    def managed(self, constraint: Constraint) -> Management:
        """It is no likelier than before, and no dearer if it happens."""
        impact = constraint.impact
        milder = replace(impact, likely=impact.low, high=impact.low) if self.chance(0.4) else None
        chance = round(constraint.probability * self.draw.random(), 4)
        return Management(probability=chance, impact=milder, cost=self.pounds(), evidence="Test")


def rich_appraisal(seed: int) -> Appraisal:
    """`random_appraisal` without errors and with everything that is drawn."""
    plain, make = random_appraisal(seed), Enricher(seed)
    groups = tuple(
        CorrelationGroup(
            id=f"group-{n}",
            name=f"Group {n}",
            rho=make.draw.randint(0, 100) / 100,
            shared=make.chance(0.5),
            evidence="Test",
        )
        for n in range(make.draw.randint(0, 2))
    )
    lines = make.lines(plain.lines, tuple(group.id for group in groups))
    return replace(
        plain,
        simulation=Simulation(percentile=make.draw.randint(50, 99), most_draws=10_000_000),
        indices=tuple(make.index(index) for index in plain.indices),
        lines=lines,
        correlation_groups=groups,
        correlation_matrix=make.matrix(lines),
        constraints=tuple(make.register(constraint) for constraint in plain.constraints),
        **random_scores(seed, plain.options),
    )
