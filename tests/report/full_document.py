"""An appraisal in which everything is filled in: every treatment, every kind of record. All of it is made up."""

from dataclasses import replace
from decimal import Decimal

from appraise.model.appraisal.constraints import Agreement, Bearer, Bearing, Constraint, Impact
from appraise.model.appraisal.criteria import Branch, Criterion, Score
from appraise.model.appraisal.document import Appraisal, Basis, Deflator, Horizon, HorizonLength, Simulation
from appraise.model.appraisal.effects import Bias, Count, Effect, EffectKind, IncomeGroup, Mitigation, PublicBody
from appraise.model.appraisal.funding import Scenario, Settlement, SettlementStatus
from appraise.model.appraisal.lines import Additionality, Group, Index, Line, Range, Spend, Treatment
from appraise.model.appraisal.need import EqualityDuty, Fact, LeftOut, Need, Objective, Outcome, TheoryOfChange
from appraise.model.appraisal.options import (
    SUCCESS_FACTORS,
    Category,
    Choice,
    ContractType,
    DeliveryModel,
    FactorVerdict,
    Meets,
    Option,
    Rating,
    ShortListRole,
)
from appraise.model.appraisal.records import Assumption, CommercialCase, ManagementCase, Person, Recommendation, Role
from appraise.model.appraisal.sourcing import Answer, Leaning, NotApplicable, Questionnaire, Reply, Sourcing
from appraise.model.tables import BIAS_TABLE, QUESTIONS

YEARS = 11
OPTIONS = ("usual", "minimum", "shared", "bought")


def pounds(first: float, yearly: float, growth: float = 0.0) -> tuple[Decimal, ...]:
    """Pounds of year 0 and then a yearly sum that grows by a share."""
    rest = [round(yearly * (1 + growth) ** year, 2) for year in range(YEARS - 1)]
    return tuple(Decimal(str(amount)).quantize(Decimal("0.01")) for amount in (first, *rest))


def _options() -> tuple[Option, ...]:
    return (
        Option(
            id="usual",
            name="Business as usual: own teams by district",
            short_name="Today",
            role=ShortListRole.BUSINESS_AS_USUAL,
            model=DeliveryModel.INSOURCE,
            description="Four district teams keep to their own rounds and their own vehicles.",
            choices=("scope-now", "solution-now", "deliver-own", "start-now", "pay-own"),
        ),
        Option(
            id="minimum",
            name="Own teams with one round plan",
            short_name="One plan",
            role=ShortListRole.DO_MINIMUM,
            model=DeliveryModel.REFORM,
            description="The same staff and depots, planned from one place.",
            choices=("scope-now", "solution-plan", "deliver-own", "start-steps", "pay-own"),
        ),
        Option(
            id="shared",
            name="Joint service with Eastholme",
            short_name="Joint service",
            role=ShortListRole.PREFERRED,
            model=DeliveryModel.COLLABORATIVE,
            description="One team for two councils, hosted by Saltmere, with a break after five years.",
            term_years=10,
            choices=("scope-wide", "solution-plan", "deliver-joint", "start-steps", "pay-share"),
        ),
        Option(
            id="bought",
            name="Outsourced for seven years",
            short_name="Outsourced",
            role=ShortListRole.MORE_AMBITIOUS,
            model=DeliveryModel.OUTSOURCE,
            description="One supplier under one contract, with three years of extension.",
            term_years=7,
            extension_years=3,
            contract=ContractType.SERVICES,
            choices=("scope-wide", "solution-plan", "deliver-buy", "start-once", "pay-share"),
        ),
    )


def _choices() -> tuple[Choice, ...]:
    rows = (
        ("scope-now", Category.SCOPE, "Gullies and drains", True, Rating.CARRY_FORWARD),
        ("scope-wide", Category.SCOPE, "Gullies, drains and culverts", False, Rating.PREFERRED),
        ("scope-all", Category.SCOPE, "All water assets of the county", False, Rating.DROP),
        ("solution-now", Category.SOLUTION, "Fixed yearly rounds", True, Rating.DROP),
        ("solution-plan", Category.SOLUTION, "Rounds planned by risk", False, Rating.PREFERRED),
        ("deliver-own", Category.DELIVERY, "Own teams", True, Rating.CARRY_FORWARD),
        ("deliver-joint", Category.DELIVERY, "Joint team with Eastholme", False, Rating.PREFERRED),
        ("deliver-buy", Category.DELIVERY, "One supplier", False, Rating.CARRY_FORWARD),
        ("deliver-mutual", Category.DELIVERY, "A mutual of the staff", False, Rating.DROP),
        ("start-now", Category.IMPLEMENTATION, "No change", True, Rating.CARRY_FORWARD),
        ("start-steps", Category.IMPLEMENTATION, "District by district", False, Rating.PREFERRED),
        ("start-once", Category.IMPLEMENTATION, "All at once", False, Rating.CARRY_FORWARD),
        ("pay-own", Category.FUNDING, "Own budget", True, Rating.CARRY_FORWARD),
        ("pay-share", Category.FUNDING, "Costs shared by length of drain", False, Rating.PREFERRED),
    )
    return tuple(
        Choice(
            id=key,
            category=category,
            name=name,
            usual=usual,
            rating=rating,
            cost_order=place,
            reason=f"{name}: judged in the workshop of 3 June on last year’s records and two site visits.",
            verdicts=tuple(
                FactorVerdict(factor=factor, meets=Meets.NO if rating is Rating.DROP and place % 2 else Meets.PARTLY)
                for factor in SUCCESS_FACTORS
            ),
        )
        for place, (key, category, name, usual, rating) in enumerate(rows, start=1)
    )


def _need() -> Need:
    return Need(
        case_for_change="Flooded roads have doubled in five years and the rounds have not changed since 2009.",
        business_as_usual="Repairs after storms take an ever larger part of the budget.",
        place="A coastal district with steep catchments and old drains.",
        outcomes=(
            Outcome(
                id="dry",
                name="Fewer homes flood",
                today="62 homes a year",
                target="Under 20 a year",
                evidence="Flood log 2021 to 2026",
                works="Crews are at the door within two hours.",
                fails="The same 14 streets flood every winter.",
                residents="“We were told it was somebody else’s drain.”",
            ),
        ),
        not_in_the_numbers="The relief of people who no longer fear rain.",
        theory=TheoryOfChange(
            inputs="Crews, two vehicles, sensor data",
            activities="Rounds planned by risk",
            outputs="All gullies at risk cleaned before winter",
            outcomes="Fewer floods",
            impact="Homes and roads that people rely on",
            rests_on="Sensors report in time and Eastholme keeps its share.",
        ),
        objectives=(
            Objective(
                id="o1",
                statement="Cut flooded homes",
                measure="Homes with water above the step, a year",
                today="62",
                target="20",
                by="March 2031",
                owner="Head of Highways",
            ),
        ),
        facts=(Fact(id="f1", name="Households", value="41,200", source="Census 2021"),),
        equality=EqualityDuty(
            opportunity="Ground-floor flats house more disabled residents than other homes.",
            evidence="Equality analysis of May 2026",
        ),
        left_out=(
            LeftOut(id="l1", name="Private culverts", why="Their owners pay", pounds=Decimal("350000.00")),
            LeftOut(id="l2", name="Coastal defence", why="Another programme decides"),
        ),
    )


def _line(key: str, option: str, name: str, amounts: tuple[Decimal, ...], **more: object) -> Line:
    return Line(id=f"{option}-{key}", option=option, name=name, amounts=amounts, source="Finance, made up", **more)


def _running(option: str, yearly: float) -> tuple[Line, ...]:
    band = Range(low=Decimal(90), high=Decimal(130))
    bias = "bias-generic" if option == "bought" else "bias-own"
    treatment = Treatment.SUPPLIER_CHARGE if option == "bought" else Treatment.OWN_COST
    heading = "contract_charge" if option == "bought" else "own_pay"
    known = None if option == "usual" else bias
    return (
        _line(
            "run",
            option,
            "Running the service",
            pounds(yearly, yearly, 0.004),
            treatment=treatment,
            heading=heading,
            range=band,
            index="pay",
            bias=known or "",
            vat_percent=Decimal("20.00"),
            vat_recoverable=option != "bought",
        ),
        _line(
            "vehicles",
            option,
            "Vehicles",
            pounds(900_000, 0),
            treatment=Treatment.CAPITAL,
            spend=Spend.CAPITAL,
            heading="capital",
        ),
        _line("rest", option, "Value of vehicles left", (*pounds(0, 0)[:-1], Decimal("120000.00")),
              treatment=Treatment.RESIDUAL_VALUE, heading="residual"),
    )  # fmt: skip


def _change(option: str) -> tuple[Line, ...]:
    return (
        _line("redundancy", option, "Redundancy", pounds(310_000, 0), treatment=Treatment.TRANSFER,
              heading="redundancy"),
        _line("tax", option, "VAT on leases", pounds(0, 12_000), treatment=Treatment.IRRECOVERABLE_VAT),
        _line("overhead", option, "Finance team left behind", pounds(0, 45_000),
              treatment=Treatment.STRANDED_OVERHEAD, heading="stranded"),
        _line("health", option, "Fewer visits to hospital", pounds(0, 60_000), treatment=Treatment.OTHER_BODY_SAVING,
              body="nhs"),
        _line("partner", option, "Eastholme’s share", pounds(0, 220_000), treatment=Treatment.OTHER_BODY_COST,
              body="east"),
        _line("traffic", option, "Delay to firms during works", pounds(0, 18_000), treatment=Treatment.WIDER_COST,
              group=Group.BUSINESSES),
        _line("homes", option, "Damage to homes avoided", pounds(0, 480_000), treatment=Treatment.WIDER_BENEFIT,
              group=Group.HOUSEHOLDS, incomes="low", bias="bias-own",
              place=Additionality(leakage=Decimal("10.00")), range=Range(low=Decimal(50), high=Decimal(120))),
        _line("repairs", option, "Fewer storm repairs", pounds(0, 240_000), treatment=Treatment.CASH_SAVING,
              bias="bias-own"),
        _line("time", option, "Officers’ time released", pounds(0, 30_000), treatment=Treatment.NON_CASH_BENEFIT),
        _line("survey", option, "Survey of 2025", pounds(85_000, 0), treatment=Treatment.SUNK_COST,
              reason="Paid in 2025; nothing changes it."),
        _line("loan", option, "Minimum revenue provision", pounds(0, 110_000), treatment=Treatment.FINANCING_CHARGE),
        _line("break", option, "Ending early", (*pounds(0, 0)[:5], Decimal("600000.00")),
              treatment=Treatment.CONTINGENT_LIABILITY, probability=0.1, heading="termination"),
        _line("jobs", option, "Local apprentices", pounds(0, 40_000), treatment=Treatment.PLACE_EFFECT,
              place=Additionality(deadweight=Decimal("30.00"), displacement=Decimal("50.00"))),
    )  # fmt: skip


def _biases() -> tuple[Bias, ...]:
    row = BIAS_TABLE["outsourcing"]
    return (
        Bias(
            id="bias-generic",
            name="Outsourcing, running cost",
            table=row.id,
            upper_percent=row.cost_upper,
            lower_percent=row.cost_lower,
            causes=(
                Mitigation(id="m1", name="Unclear volumes", share_percent=Decimal("60.00"),
                           managed_percent=Decimal("75.00"), evidence="Sensor survey 2026"),
                Mitigation(id="m2", name="Late changes", share_percent=Decimal("40.00"),
                           managed_percent=Decimal("50.00"), evidence="Change log"),
            ),
            evidence="Survey and change log of the last contract",
        ),
        Bias(
            id="bias-own",
            name="Own history of highways budgets",
            upper_percent=Decimal("12.00"),
            lower_percent=Decimal("2.00"),
            managed_percent=Decimal("50.00"),
            months=Decimal("12.00"),
            duration_upper_percent=Decimal("40.00"),
            evidence="Eleven budgets, 2012 to 2025",
        ),
    )  # fmt: skip


def _constraints() -> tuple[Constraint, ...]:
    return (
        Constraint(
            id="permit",
            name="Discharge permit",
            body="Environment regulator",
            unclear="Whether sludge may still be treated on site",
            agreement=Agreement.NOT_AGREED,
            probability=0.35,
            impact=Impact(low=Decimal(400_000), likely=Decimal(1_200_000), high=Decimal(3_500_000)),
            impact_from=1,
            impact_years=8,
            bearings=(
                Bearing(option="usual"),
                Bearing(option="minimum"),
                Bearing(option="shared"),
                Bearing(option="bought", bearer=Bearer.COMPENSATION, admitted=0.7, uplift=0.25,
                        dispute_cost=Decimal("60000.00")),
            ),
            lines=("shared-run", "bought-run"),
        ),
    )  # fmt: skip


def _effects() -> tuple[Effect, ...]:
    return (
        Effect(
            id="visits",
            name="Inspections of gullies",
            unit="visits",
            source="Round plans",
            counts=tuple(
                Count(option=option, units=(Decimal(0),) + (Decimal(visits),) * (YEARS - 1))
                for option, visits in zip(OPTIONS, (9_000, 10_500, 14_000, 12_000), strict=True)
            ),
        ),
        Effect(
            id="noise",
            name="Noise of night work",
            kind=EffectKind.LOSS,
            words="Some streets can only be cleaned at night.",
            counts=(Count(option="bought", words="Nights in 40 streets, twice a year."),),
        ),
    )


def _answers(test: str) -> tuple[Answer, ...]:
    return tuple(
        Answer(question=one.id, reply=(Reply.YES, Reply.PARTLY, Reply.NO)[place % 3], words="From the market talks.")
        for place, one in enumerate(QUESTIONS[test])
    )


def _criteria() -> tuple[Criterion, ...]:
    return (
        Criterion(id="c1", branch="b1", name="Streets passable in storms", worst="30 closed", best="None", swing=100.0),
        Criterion(id="c2", branch="b1", name="Trust of residents", worst="2 in 10", best="7 in 10", swing=60.0),
    )


def _frame() -> dict[str, object]:
    """The years and the rates."""
    return {
        "horizon": Horizon(
            first_year=2027,
            years=YEARS,
            length=HorizonLength.STANDARD,
            reason="Ten years on top of year 0, the standard.",
        ),
        "basis": Basis(
            deflator=Deflator(
                first_year=2027,
                percent=tuple(Decimal(rise) for rise in ("2.3", "2.1", "1.9", "2.0")),
                published="2026-03-26",
                review_by="2026-12-01",
            ),
            deflator_source="GDP deflators, HM Treasury",
            median_income_source="Made up for this test",
        ),
    }


def _choice() -> dict[str, object]:
    """The two tests of sourcing."""
    return {
        "sourcing": Sourcing(
            public_interest=Questionnaire(
                answers=_answers("public_interest"), leaning=Leaning.TOGETHER, conclusion="Skills are scarce in both."
            ),
            delivery_model=Questionnaire(
                answers=_answers("delivery_model"), leaning=Leaning.TOGETHER, conclusion="Scale favours two councils."
            ),
            not_applicable=(
                NotApplicable(option="shared", heading="tupe", reason="Both councils pay national scales."),
            ),
        ),
    }


def _money() -> dict[str, object]:
    """The funding scenarios."""
    return {
        "scenarios": (
            Scenario(
                id="three",
                name="Three-year settlement",
                source="Final settlement, made up",
                settlements=tuple(
                    Settlement(
                        id=f"s{start}",
                        name=f"From year {start}",
                        first_year=start,
                        amounts=(Decimal("2900000.00"),) * min(3, YEARS - start),
                        status=SettlementStatus.FINAL if start == 0 else SettlementStatus.ASSUMED,
                        renewal=0.8,
                        cut_low=0.02,
                        cut_likely=0.05,
                        cut_high=0.15,
                    )
                    for start in range(0, YEARS, 3)
                ),
            ),
        ),
    }


def _cases() -> dict[str, object]:
    """What is decided, and the commercial and management case."""
    return {
        "recommendation": Recommendation(
            decision="Approve a joint service with Eastholme for ten years.",
            option="shared",
            reasons="It does most for residents and shares scarce skills.",
        ),
        "commercial": CommercialCase(
            route="Agreement between two councils.",
            requirements="Every gully at risk cleaned before 1 November.",
            risk_allocation="Each council keeps its own ground risk.",
            people="Eleven people transfer to the host.",
        ),
        "management": ManagementCase(
            governance="A joint board meets each quarter.",
            transition="District by district from April 2027.",
            benefits="Head of Highways answers for flooded homes.",
            review="A review in year 3.",
        ),
    }


def full(**changes: object) -> Appraisal:
    """The whole appraisal."""
    values = dict(zip(OPTIONS, ((20.0, 25.0), (40.0, 45.0), (80.0, 75.0), (70.0, 50.0)), strict=True))
    lines = [line for option, cost in zip(OPTIONS, (2.10e6, 2.04e6, 1.98e6, 1.84e6), strict=True)
             for line in _running(option, cost)]  # fmt: skip
    document = {
        "title": "Drains and gullies: who cleans them",
        "body": "Saltmere Council",
        "fictional": True,
        "simulation": Simulation(draws=20_000),
        "need": _need(),
        "choices": _choices(),
        "options": _options(),
        "branches": (Branch(id="b1", name="Safe and dry"),),
        "criteria": _criteria(),
        "scores": tuple(
            Score(option=option, criterion=criterion, value=value, reason="Panel of 9 June", evidence="Flood log")
            for option in OPTIONS
            for criterion, value in zip(("c1", "c2"), values[option], strict=True)
        ),
        "indices": (
            Index(id="pay", name="Pay", percent=(Decimal("3.2"), Decimal("3.0")), source="Pay award 2026",
                  published="2026-05-01", review_by="2027-05-01"),
        ),
        "bodies": (PublicBody(id="nhs", name="NHS trust"), PublicBody(id="east", name="Eastholme Council")),
        "income_groups": (
            IncomeGroup(id="low", name="Lower third", income=Decimal("15600.00"), source="Survey, made up"),
        ),
        "biases": _biases(),
        "lines": (*lines, *_change("shared"), *_change("bought")),
        "effects": _effects(),
        "constraints": _constraints(),
        "assumptions": (Assumption(id="a1", statement="Volumes stay as in 2026", source="Log", owner="Finance"),),
        "people": (Person(id="p1", post="Head of Finance", role=Role.ANALYST),),
    }  # fmt: skip
    return Appraisal(**(_frame() | _choice() | _money() | _cases() | document | changes))


def seven_years_of_the_last() -> Appraisal:
    """The whole appraisal with a life of its own for the last option: its figures end with year 7."""
    document = full()
    return replace(
        document,
        options=(*document.options[:-1], replace(document.options[-1], life_years=7)),
        lines=tuple(
            replace(line, amounts=line.amounts[:8]) if line.option == OPTIONS[-1] else line for line in document.lines
        ),
        effects=tuple(replace(effect, counts=()) for effect in document.effects),
        constraints=tuple(replace(one, impact_years=7) for one in document.constraints),
    )
