"""Random contracts, agreed prices and prevention on top of a random appraisal, for figures that must hold for any."""

import random
from dataclasses import replace
from decimal import Decimal

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.funding import Programme, ProgrammeStop, Scenario, Settlement
from appraise.model.appraisal.lines import RULES
from appraise.model.appraisal.options import Option
from appraise.model.appraisal.terms import AfterCut, BreakCost, Commitment, ContractTerms, LineTerms, Tier


def percent(draw: random.Random, most: int) -> Decimal:
    return Decimal(draw.randrange(0, most * 100)) / 100


def line_terms(draw: random.Random, line: str, years: int) -> LineTerms:
    collar, cap = sorted((percent(draw, 8), percent(draw, 8)))
    return LineTerms(
        line=line,
        volumes=tuple(Decimal(draw.randrange(0, 200)) for _ in range(years)),
        tiers=tuple(Tier(over=Decimal(over), percent=percent(draw, 20)) for over in (50, 100)),
        whole=draw.random() < 0.5,
        loyalty=tuple(percent(draw, 10) for _ in range(draw.randrange(0, 4))),
        cap=cap if draw.random() < 0.6 else None,
        collar=collar if draw.random() < 0.6 else None,
    )


def contract_terms(draw: random.Random, fall_back: str) -> ContractTerms:
    """`fall_back`: what runs on after a break; "": nothing is broken."""
    investment = draw.randrange(0, 500_000)
    return ContractTerms(
        starts=draw.randrange(0, 2),
        commitment=draw.choice(list(Commitment)),
        reference_years=draw.randrange(0, 6),
        investment=Decimal(investment),
        kept_value=Decimal(investment // draw.randrange(1, 9)),
        capital_percent=percent(draw, 15),
        capital_real=draw.random() < 0.5,
        procurement=Decimal(draw.randrange(0, 50_000)),
        relets_entered=draw.random() < 0.5,
        after_cut=AfterCut.BREAK if fall_back else AfterCut.KEEP,
        fall_back=fall_back,
        break_cost_is=draw.choice(list(BreakCost)),
        break_cost=Decimal(draw.randrange(0, 100_000)),
    )


def programme(draw: random.Random, option: Option, lines: list[str]) -> Programme:
    low, likely, high = sorted(draw.randrange(0, 45) / 100 for _ in range(3))
    return Programme(
        id=f"programme-{option.id}",
        name="Prevention",
        option=option.id,
        investment=tuple(lines[:1]),
        lines=tuple(lines[1:]),
        starts=draw.randrange(0, 2),
        lag_years=draw.randrange(0, 2),
        ramp_years=draw.randrange(0, 4),
        low=low,
        likely=likely,
        high=high,
        decay=draw.randrange(0, 100) / 100,
    )


def scenario(draw: random.Random, key: str, years: int, programmes: tuple[Programme, ...]) -> Scenario:
    settlements, first = [], 0
    while first < years:
        length = draw.randrange(1, 5)
        settlements.append(
            Settlement(
                id=f"{key}-{first}",
                name=f"From year {first}",
                first_year=first,
                amounts=tuple(Decimal(draw.randrange(0, 500_000)) for _ in range(min(length, years - first))),
                renewal=draw.randrange(60, 100) / 100,
                cut_low=0.1,
                cut_likely=0.2,
                cut_high=0.3,
            )
        )
        first += length
    stops = tuple(ProgrammeStop(programme=one.id, last_year=draw.randrange(-1, years)) for one in programmes)
    return Scenario(id=key, name=key, settlements=tuple(settlements), stops=stops)


def _nexts(appraisal: Appraisal) -> dict[str, str]:
    """By option the next one, around the list, that lasts as long, to fall back on; "": none does."""
    last = appraisal.horizon.years - 1
    lives = {option.id: option.life_years or last for option in appraisal.options}
    keys = list(lives)
    return {
        key: next((one for one in (*keys[place + 1 :], *keys[:place]) if lives[one] >= lives[key]), "")
        for place, key in enumerate(keys)
    }


def with_terms(appraisal: Appraisal, seed: int, *, broken: bool = False) -> Appraisal:
    """The appraisal with contracts, agreed prices, prevention and two scenarios that stop it."""
    draw, years = random.Random(seed), appraisal.horizon.years  # noqa: S311  documents, not secrets
    nexts = _nexts(appraisal) if broken else {}
    options = tuple(
        replace(option, term_years=draw.randrange(0, 6), terms=contract_terms(draw, nexts.get(option.id, "")))
        for option in appraisal.options
    )
    programmes = []
    for option in options:
        own = [one.id for one in appraisal.lines if one.option == option.id and not RULES[one.treatment].benefit]
        if len(own) > 1:
            programmes.append(programme(draw, option, own))
    made = tuple(programmes)
    return replace(
        appraisal,
        options=options,
        line_terms=tuple(line_terms(draw, line.id, years) for line in appraisal.lines if draw.random() < 0.5),
        programmes=made,
        scenarios=tuple(scenario(draw, key, years, made) for key in ("one", "two")),
    )
