"""Workload W with contracts that short money cuts and breaks, prevention that it stops, capital and a grant."""

import statistics
import time
from dataclasses import replace
from decimal import Decimal

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.funding import Grant, Programme, ProgrammeStop, Scenario, Settlement
from appraise.model.appraisal.terms import AfterCut, Commitment, ContractTerms
from appraise.model.edits.funding import rolled
from appraise.model.evaluate import LIVE_PARTS, Part, Settings, evaluate
from tests.benchmarks.workload import YEARS, workload

DRAWS = 100_000
MONEY = frozenset({Part.FUNDING})


def _terms(number: int, options: int) -> ContractTerms:
    """Contracts never past the money, or broken where it is not renewed, in turn."""
    return ContractTerms(
        commitment=(Commitment.NEVER, Commitment.FREELY)[number % 2],
        investment=Decimal(500_000),
        procurement=Decimal(60_000),
        after_cut=AfterCut.BREAK,
        break_cost=Decimal(100_000),
        fall_back=f"option-{(number + 1) % options}",
    )


def funded() -> Appraisal:
    """Money settled one, three and five years at a time; the first stops prevention after four years."""
    made = workload()
    (envelope,) = made.scenarios[0].settlements
    yearly = tuple(
        Settlement(
            id=f"yearly-{year}",
            name=f"Year {year}",
            first_year=year,
            amounts=(pounds,),
            capital=(Decimal(200_000),),
            renewal=0.9,
            cut_low=0.02,
            cut_likely=0.05,
            cut_high=0.1,
        )
        for year, pounds in enumerate(envelope.amounts)
    )
    programmes = tuple(
        Programme(
            id=f"programme-{option.id}",
            name="Prevention",
            option=option.id,
            investment=(f"line-{option.id[-1]}-00",),
            lines=tuple(f"line-{option.id[-1]}-{number:02}" for number in range(1, 10)),
            ramp_years=3,
            low=0.02,
            likely=0.05,
            high=0.1,
            decay=0.5,
        )
        for option in made.options
    )
    stops = tuple(ProgrammeStop(programme=one.id, last_year=4) for one in programmes)
    grant = Grant(id="grant", name="Grant", amounts=(Decimal(100_000),) * YEARS, chance=0.5, lines=("line-0-01",))
    first = Scenario(id="one", name="One year", settlements=yearly, grants=("grant",), stops=stops)
    made = replace(
        made,
        options=tuple(
            replace(option, term_years=5, terms=_terms(number, len(made.options)))
            for number, option in enumerate(made.options)
        ),
        programmes=programmes,
        grants=(grant,),
        scenarios=(first,),
    )
    for key, years in (("three", 3), ("five", 5)):
        ids = (f"{key}-{number}" for number in range(YEARS))
        made = rolled(made, scenario="one", new=key, name=key, years=years, ids=ids)
    return made


def money_by_year(*, rounds: int) -> dict[str, object]:
    """Three scenarios whose contracts, breaks, prevention and grants differ: the whole run, a frame, and lengths."""
    document = funded()

    def wall(settings: Settings, parts: frozenset[Part]) -> float:
        start = time.perf_counter()
        evaluate(document, settings, parts=parts)
        return time.perf_counter() - start

    whole = Settings(draws=DRAWS)
    wall(whole, MONEY)
    return {
        "100,000 draws, 1 thread, seconds": statistics.median(wall(whole, MONEY) for _ in range(rounds)),
        "2,000 draws as in the window while it is live, milliseconds": 1000
        * statistics.median(wall(Settings(draws=2_000), LIVE_PARTS) for _ in range(rounds)),
        "what length of settlement would do, seconds": statistics.median(
            wall(whole, frozenset({Part.LENGTHS})) for _ in range(rounds)
        ),
    }
