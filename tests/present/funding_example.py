"""Money, contracts and working together made by hand, of any size, for the tests of what is shown of them."""

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal

from appraise.model.appraisal.document import Appraisal, Horizon
from appraise.model.appraisal.funding import (
    Grant,
    Programme,
    ProgrammeStop,
    Scenario,
    Settlement,
    SettlementStatus,
)
from appraise.model.appraisal.lines import Line
from appraise.model.appraisal.options import Option
from appraise.model.appraisal.partners import (
    Arrangement,
    Buyer,
    Coalition,
    FixedShare,
    LineShare,
    Partner,
    PriceGap,
    ScarceStaff,
    ShareRule,
)
from appraise.model.appraisal.terms import (
    AfterCut,
    Commitment,
    ContractTerms,
    LineTerms,
    Lot,
    Pilot,
    PilotKind,
    SupplierKind,
    Tier,
    Timetable,
)
from appraise.model.funding_results import (
    ContractSpan,
    CostStep,
    LengthAnswer,
    Regret,
    RegretCell,
    RegretRow,
    ScenarioDifference,
    ScenarioFunding,
    SettlementLength,
    YearBand,
)
from appraise.model.partner_results import (
    ArrangementResult,
    BodyChange,
    BuyerPrice,
    GrantDays,
    Leaving,
    PartnerCase,
    PilotResult,
    PriceGapResult,
    Purse,
    StageDays,
    TimetableResult,
    TimetableStep,
    Unstable,
)
from appraise.model.periods import labels
from appraise.model.results import OptionResult, Results
from tests.present import example

LENGTHS = (1, 3, 5, 2, 4, 7)
NAMES = ("Single-year, rolled", "Three-year", "Five-year", "Two-year", "Four-year", "Seven-year")
LONG_SCENARIO = "A scenario with a name that was agreed after a long discussion in two committees"
LONG_PARTNER = "The Integrated Care Board of the Northern Half of a County with a Very Long Name"
BODIES = ("Saltmere Council", "Eastholme Council", "Coastal Health Board")
PENNY = Decimal("0.01")


def pounds(value: float) -> Decimal:
    return Decimal(str(value)).quantize(PENNY)


# --- what was entered ---------------------------------------------------------------------------------------------
def scenario(place: int, years: int, *, long_names: bool = False, scale: float = 1.0) -> Scenario:
    length = LENGTHS[place % len(LENGTHS)]
    settlements = []
    for number, first in enumerate(range(0, years, length)):
        count = min(length, years - first)
        settlements.append(
            Settlement(
                id=f"settlement-{place}-{number}",
                name="" if place else f"Settlement {number + 1}",
                first_year=first,
                amounts=tuple(pounds(6e6 * scale) for _ in range(count)),
                capital=tuple(pounds(4e5 * scale) for _ in range(count)),
                status=SettlementStatus.ASSUMED if first else SettlementStatus.FINAL,
                statuses=(SettlementStatus.FINAL, *(SettlementStatus.INDICATIVE,) * (count - 1)) if not first else (),
                renewal=0.85,
                cut_low=0.02,
                cut_likely=0.05,
                cut_high=0.1,
            )
        )
    name = f"{LONG_SCENARIO} {place}" if long_names else NAMES[place % len(NAMES)]
    return Scenario(
        id=f"scenario-{place}",
        name=name,
        settlements=tuple(settlements),
        grants=("grant-1",) if place else (),
        stops=(ProgrammeStop(programme="programme-1", last_year=1),) if not place else (),
        source="Illustrative",
    )


TERMS = ContractTerms(
    commitment=Commitment.WITH_BREAK,
    investment=pounds(2e6),
    kept_value=pounds(3e5),
    procurement=pounds(9e4),
    transition=pounds(6e4),
    after_cut=AfterCut.BREAK,
    break_cost=pounds(2e5),
    fall_back="option-2",
    source="Three quotes",
)


def option_with_terms(option: Option, years: int) -> Option:
    return replace(
        option,
        term_years=min(7, years),
        extension_years=2,
        terms=TERMS,
        lots=(
            Lot(id="lot-1", name="Collection", supplier=SupplierKind.LARGE, percent=Decimal(70)),
            Lot(id="lot-2", name="Reuse", supplier=SupplierKind.VOLUNTARY, percent=Decimal(30), words="Local groups"),
        ),
        timetable=Timetable(
            starts_on="2026-06-01", engagement_weeks=6, tender_weeks=10, evaluation_weeks=6, mobilisation_weeks=16
        ),
    )


def partner(place: int, *, long_names: bool = False) -> Partner:
    name = f"{LONG_PARTNER} {place}" if long_names else f"{BODIES[place % 3]}{'' if place < 3 else f' {place}'}"
    return Partner(
        id=f"partner-{place}", name=name, this_body=not place, population=80_000 + 7_000 * place,
        volume=Decimal(1_200 + 100 * place), use=Decimal("12.5"), alone=(pounds(1e6),) * 7,
        leaving=0.05 if place else 0.0, source="Returns of 2026",
    )  # fmt: skip


def document(
    *, scenarios: int = 3, years: int = 7, partners: int = 3, long_names: bool = False, scale: float = 1.0
) -> Appraisal:
    plain = example.document(long_names=long_names)
    last = plain.options[-1]
    line = Line(id="line-care", option=last.id, name="Gully cleaning", amounts=(pounds(1e5),) * years)
    return replace(
        plain,
        horizon=Horizon(first_year=2027, years=years),
        options=(*plain.options[:-1], option_with_terms(last, years)),
        lines=(line,),
        scenarios=tuple(scenario(place, years, long_names=long_names, scale=scale) for place in range(scenarios)),
        grants=(
            Grant(
                id="grant-1", name="Flood resilience fund", amounts=(pounds(1e5),) * 2, chance=0.6,
                lines=("line-care",), bid_opens="2026-09-01", bid_closes="2026-11-30", decided_on="2027-02-01",
                spend_by="2028-03-31", source="Call for bids",
            ),
        ),
        programmes=(
            Programme(
                id="programme-1", name="Gully cleaning", option=last.id, investment=("line-care",),
                lines=("line-care",), lag_years=1, ramp_years=3, low=0.02, likely=0.05, high=0.08, decay=0.5,
                source="Trial of 2025",
            ),
        ),
        line_terms=(
            LineTerms(
                line="line-care", tiers=(Tier(over=Decimal(1000), percent=Decimal(5)),),
                loyalty=(Decimal(0), Decimal(2)), cap=Decimal(4), collar=Decimal(1), source="Framework",
            ),
        ),
        pilots=(
            Pilot(
                id="pilot-1", name="One district first", kind=PilotKind.PILOT, go_on=last.id, fall_back="option-2",
                cost=pounds(1e5), success=0.7, false_positive=0.1, misled=pounds(4e5), months=9,
            ),
        ),
        partners=tuple(partner(place, long_names=long_names) for place in range(partners)),
        arrangements=(
            Arrangement(
                id="arrangement-1", option=last.id, partners=tuple(f"partner-{one}" for one in range(partners)),
                shared=(
                    LineShare(
                        line="line-care", rule=ShareRule.FIXED, fixed_percent=Decimal(60),
                        shares=tuple(FixedShare(partner=f"partner-{one}", percent=Decimal(10)) for one in range(2)),
                    ),
                ),
                coalitions=(Coalition(partners=("partner-0",), cost=pounds(1)),),
            ),
        )
        if partners
        else (),
        price_gaps=(
            PriceGap(
                id="gap-1", name="Care bed", unit="week",
                buyers=tuple(
                    Buyer(id=f"buyer-{place}", name=name, price=Decimal(900 + 150 * place), volume=Decimal(800))
                    for place, name in enumerate(BODIES)
                ),
            ),
        ),
        scarce_staff=(
            ScarceStaff(id="scarce-1", option=last.id, role="Approved social workers", posts=Decimal("6.5"),
                        neighbour="partner-1", words="A joint bank"),
        ),
    )  # fmt: skip


# --- figures ------------------------------------------------------------------------------------------------------
def chain(years: int, length: int) -> tuple[ContractSpan, ...]:
    return tuple(ContractSpan(first_year=first, years=length) for first in range(0, years, length))


def steps(place: int, scale: float) -> tuple[CostStep, ...]:
    """Nothing for the longest; the shorter the settlements, the more."""
    if not place:
        return ()
    named = (
        ("recovery", 4e5), ("break_price", 9e4), ("reletting", 3e5), ("loyalty", 5e4), ("prevention", 3.2e5),
        ("investment", -2e5), ("break", 6e4),
    )  # fmt: skip
    return tuple(CostStep(kind=kind, pounds=value * place * scale) for kind, value in named)


def funding(
    appraisal: Appraisal, plan: Scenario, cost: tuple[float, ...], rank: int, rng: random.Random, scale: float
) -> ScenarioFunding:
    """Figures of one option under one scenario; `rank` 0 is the longest, higher ones are shorter and worse."""
    years = appraisal.horizon.years
    capital = tuple(part for one in plan.settlements for part in one.capital)
    money = tuple(a + b for one in plan.settlements for a, b in zip(one.amounts, one.capital, strict=True))
    gaps = tuple(
        paid * 0.006 * (year - 3) * (rank + 1) * rng.uniform(0.9, 1.1) - 2e5 * scale for year, paid in enumerate(cost)
    )
    chances = tuple(min(0.95, 0.06 * year * (rank + 1)) for year in range(years))
    added = steps(rank, scale)
    total = sum(step.pounds for step in added)
    length = len(plan.settlements[0].amounts)
    return ScenarioFunding(
        scenario=plan.id,
        funding_by_year=money,
        capital_by_year=capital,
        cost_by_year=tuple(pounds(value) for value in cost),
        gap_by_year=tuple(pounds(value) for value in gaps),
        cash_by_year=band(cost),
        expected_funding_by_year=tuple(float(value) for value in money),
        expected_gap_by_year=tuple(max(value, 0.0) + 2e4 * scale for value in gaps),
        gap_p50_by_year=gaps,
        gap_p80_by_year=tuple(value + 3e5 * scale for value in gaps),
        probability_of_gap_by_year=chances,
        probability_of_any_gap=min(0.97, 0.4 + 0.15 * rank),
        funding_error_by_year=(2e3 * scale,) * years,
        gap_error_by_year=(1e3 * scale,) * years,
        gap_p50_error_by_year=(4e3 * scale,) * years,
        gap_p80_error_by_year=(5e3 * scale,) * years,
        probability_error_by_year=(0.0015,) * years,
        any_gap_error=0.0014,
        expected_gap=(6e5 + 4e5 * rank) * scale,
        expected_gap_error=3e3 * scale,
        reserve=(9e5 + 5e5 * rank) * scale,
        reserve_error=1e4 * scale,
        reserve_mean=5e5 * scale,
        reserve_percentile=80,
        effective_term=length,
        contracts=chain(years, length),
        relets=-(-years // length) - 1,
        npc=37e6 * scale + total,
        npc_error=6e3 * scale,
        cost_of_short_termism=total,
        short_termism_error=4e3 * scale if rank else 0.0,
        short_termism_steps=added,
        against=tuple(
            ScenarioDifference(
                than=other.id, mean=total - sum(step.pounds for step in steps(ranks(appraisal)[other.id], scale)),
                error=4e3 * scale,
            )
            for other in appraisal.scenarios
            if other.id != plan.id
        ),
        affordable=rank == 0,
        break_chance=0.1 * rank,
    )  # fmt: skip


def ranks(appraisal: Appraisal) -> dict[str, int]:
    """0 for the longest first settlement, 1 for the next, and so on."""
    ordered = sorted(appraisal.scenarios, key=lambda one: -len(one.settlements[0].amounts))
    return {one.id: place for place, one in enumerate(ordered)}


def band(cost: tuple[float, ...]) -> YearBand:
    error = tuple(value * 0.001 for value in cost)
    return YearBand(
        p10=tuple(value * 0.95 for value in cost), p50=cost, p90=tuple(value * 1.07 for value in cost),
        p10_error=error, p50_error=error, p90_error=error,
    )  # fmt: skip


def regret(appraisal: Appraisal, rng: random.Random, scale: float) -> Regret | None:
    if len(appraisal.scenarios) < 1:
        return None
    ranked = ranks(appraisal)
    rows = []
    for place, option in enumerate(appraisal.options):
        cells = tuple(
            RegretCell(
                scenario=one.id,
                cost=37e6 * scale,
                regret=0.0 if (place + number) % 3 == 0 else rng.uniform(1e5, 5e6) * scale,
                affordable=(place + number) % 2 == 0,
            )
            for number, one in enumerate(appraisal.scenarios)
        )
        largest = max(cell.regret for cell in cells)
        rows.append(
            RegretRow(
                option=option.id, cells=cells, largest=largest, affordable_in=sum(cell.affordable for cell in cells)
            )
        )
    least = min(row.largest for row in rows)
    most = max(row.affordable_in for row in rows)
    return Regret(
        longest=min(ranked, key=lambda key: ranked[key]),
        shortest=max(ranked, key=lambda key: ranked[key]),
        compared_on="npc",
        rows=tuple(rows),
        least=tuple(row.option for row in rows if row.largest == least),
        most_affordable=tuple(row.option for row in rows if row.affordable_in == most),
    )


def lengths() -> LengthAnswer:
    found = tuple(
        SettlementLength(
            years=years, probability_of_any_gap=0.5 - 0.06 * years, any_gap_error=0.002, npc=38e6 - 1e5 * years,
            affordable=years >= 5, cheapest=False,
        )
        for years in range(1, 8)
    )  # fmt: skip
    return LengthAnswer(money_of="scenario-0", draws=20_000, lengths=found, affordable_from=5, cheapest_from=None)


def case(place: int, years: int, scale: float) -> PartnerCase:
    alone = pounds((6e6 - 3e5 * place) * scale)
    saving = pounds((4e5 - 3.5e5 * place) * scale) if place < 3 else pounds(1e5 * scale)
    pays = alone - saving
    return PartnerCase(
        partner=f"partner-{place}",
        alone=alone,
        pays=pays,
        saving=saving,
        by_line=pays,
        proportional=pays + PENNY,
        shapley=pays - PENNY,
        pays_by_year=(pounds(9e5 * scale),) * years,
        alone_by_year=(pounds(1e6 * scale),) * years,
        dearer=0.12 + 0.2 * min(place, 3),
        dearer_error=0.001,
        p10=float(saving) - 2e5 * scale,
        p90=float(saving) + 2e5 * scale,
        leaving=Leaving(
            expected=pounds(6e4 * scale) if place else Decimal(0),
            if_now=pounds(3e5 * scale) if place else Decimal(0),
            by_partner=(("partner-0", pounds(6e4 * scale)),) if place else (),
        ),
    )


def together(appraisal: Appraisal, scale: float) -> ArrangementResult:
    found = tuple(case(place, appraisal.horizon.years, scale) for place in range(len(appraisal.partners)))
    count = len(found)
    return ArrangementResult(
        arrangement="arrangement-1",
        option=appraisal.options[-1].id,
        joint=sum((one.pays for one in found), Decimal(0)),
        alone=sum((one.alone for one in found), Decimal(0)),
        split="by_line",
        partners=found,
        groups_checked=max(2**count - 2, 0),
        unstable=(
            Unstable(
                split="by_line", partners=("partner-1", "partner-2"), pays=pounds(5.28e6 * scale),
                alone=pounds(5.2e6 * scale),
            ),
        )
        if count > 2
        else (),
        stable_splits=("shapley",),
    )  # fmt: skip


def purse(appraisal: Appraisal, scale: float) -> Purse:
    bodies = (
        BodyChange(body="", name=BODIES[0], pounds=pounds(-9e5 * scale), transfers=pounds(-4e5 * scale)),
        BodyChange(body="body-2", name=BODIES[2], pounds=pounds(4e5 * scale), transfers=pounds(4e5 * scale)),
    )
    return Purse(
        option=appraisal.options[-1].id, against="option-0", bodies=bodies, saved=pounds(9e5 * scale),
        moved=pounds(4e5 * scale), net=pounds(-5e5 * scale),
    )  # fmt: skip


def timetable(option: str) -> TimetableResult:
    days = ("2026-06-01", "2026-07-13", "2026-09-21", "2026-11-02", "2026-11-12", "2027-03-04")
    keys = ("engagement", "tender", "evaluation", "standstill", "mobilisation")
    steps_ = tuple(
        TimetableStep(key=key, first_day=first, last_day=date.fromisoformat(last).isoformat())
        for key, first, last in zip(keys, days, days[1:], strict=False)
    )
    return TimetableResult(
        option=option, steps=steps_, service_from="2027-04-20", needed_by="2027-04-01", late_days=19,
        signed_on="2026-11-12",
        stages=(
            StageDays(pilot="pilot-1", first_day="2026-01-05", last_day="2026-10-04", late_days=0),
        ) if option == "option-4" else (),
        grants=(
            GrantDays(
                grant="grant-1", waits_for="decision", first_day="2027-02-01", last_day="2028-03-31", days=424,
                after_mobilisation=312,
            ),
        ),
    )  # fmt: skip


def price_gap(appraisal: Appraisal) -> PriceGapResult:
    buyers = tuple(
        BuyerPrice(
            buyer=one.id, pays=one.price * one.volume, at_mean=(Decimal(1050) - one.price) * one.volume,
            at_lowest=(Decimal(900) - one.price) * one.volume,
        )
        for one in appraisal.price_gaps[0].buyers
    )  # fmt: skip
    return PriceGapResult(
        gap="gap-1", lowest=Decimal("900.00"), highest=Decimal("1200.00"), mean=Decimal("1050.00"),
        percent=Decimal("33.3"), lost_to_gap=Decimal("360000.00"), buyers=buyers,
    )  # fmt: skip


PILOT = PilotResult(
    pilot="pilot-1", go_on=pounds(3e6), fall_back=pounds(1e6), without=pounds(2e6), chosen_without="option-1",
    with_pilot=pounds(2.288e6), gain=pounds(2.88e5), break_even=0.56, pays_above=True, pays=True,
    against_sure=pounds(-7.12e5), untested=pounds(2.28e6), against_untested=pounds(8e3),
)  # fmt: skip


def results(appraisal: Appraisal, *, seed: int = 0, scale: float = 1.0) -> Results:
    """Every figure of money, working together and stages, of the document made above."""
    rng = random.Random(seed)  # noqa: S311 the same figures every time, no secret
    plain = example.results(appraisal, seed=seed, scale=scale)
    ranked = ranks(appraisal)
    years = appraisal.horizon.years
    cost = tuple(6.2e6 * scale * (1 + 0.01 * year) for year in range(years))
    found: list[OptionResult] = []
    for option in plain.options:
        assert option.economic is not None
        found.append(
            replace(
                option,
                economic=replace(option.economic, life=years - 1),
                funding=tuple(funding(appraisal, one, cost, ranked[one.id], rng, scale) for one in appraisal.scenarios),
                lengths=lengths(),
                purse=purse(appraisal, scale),
                timetable=timetable(option.id),
            )
        )
    return replace(
        plain,
        years=labels(appraisal.horizon.first_year, years),
        options=tuple(found),
        regret=regret(appraisal, rng, scale),
        partners=(together(appraisal, scale),) if appraisal.partners else (),
        price_gaps=(price_gap(appraisal),),
        pilots=(PILOT,),
    )
