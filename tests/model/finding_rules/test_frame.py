"""Findings on the horizon, on ids used twice and on references to nothing."""

from dataclasses import replace
from decimal import Decimal

import pytest

from appraise.model.appraisal.document import Appraisal, Horizon, HorizonLength, OwnSchedule, Simulation
from appraise.model.appraisal.effects import Bias, Count, Effect, IncomeGroup, Mitigation, PublicBody
from appraise.model.finding import Severity
from appraise.model.finding_rules.frame import (
    check_frame,
    check_horizon_length,
    check_ids,
    check_references,
    check_simulation,
    duration_words,
    uncertain_inputs,
)
from tests.builders import appraisal, constraint, line

D = Decimal
CAUSE = Mitigation(id="cause", name="Design", share_percent=D(100))
DOCUMENT = appraisal(
    3,
    bodies=(PublicBody(id="nhs", name="NHS"),),
    income_groups=(IncomeGroup(id="poor", name="Poor", income=D(1)),),
    biases=(Bias(id="out", name="Out", table="outsourcing", causes=(CAUSE,)),),
    effects=(Effect(id="homes", name="Homes", counts=(Count(option="a"),)),),
    lines=(replace(line("x", "a", 1), body="nhs", incomes="poor", bias="out", heading="exit"),),
    constraints=(replace(constraint("permit", 0.3, 1), lines=("x",)),),
)


def _first(part: str, **fields: object) -> Appraisal:
    records = getattr(DOCUMENT, part)
    return replace(DOCUMENT, **{part: (replace(records[0], **fields), *records[1:])})


def _horizon(years: int, length: HorizonLength = HorizonLength.OWN) -> Appraisal:
    return replace(DOCUMENT, horizon=Horizon(first_year=2027, years=years, length=length, reason="r"))


def test_nothing_is_found_where_everything_refers_to_something():
    assert [*check_ids(DOCUMENT), *check_references(DOCUMENT)] == []


@pytest.mark.parametrize(
    ("document", "record", "field"),
    [
        (_first("lines", body="nobody"), "x", "body"),
        (_first("lines", incomes="nobody"), "x", "incomes"),
        (_first("lines", bias="nothing"), "x", "bias"),
        (_first("lines", heading="nothing"), "x", "heading"),
        (_first("biases", table="moonshots"), "out", "table"),
        (_first("effects", counts=(Count(option="nobody"),)), "homes", "counts"),
        (_first("constraints", lines=("x", "y")), "permit", "lines"),
    ],
)
def test_a_reference_to_nothing_is_an_error_at_its_field(document, record, field):
    (finding,) = check_references(document)
    assert (finding.code, finding.severity) == ("reference", Severity.ERROR)
    assert (finding.record, finding.field) == (record, field)


@pytest.mark.parametrize("part", ["bodies", "income_groups", "biases", "effects"])
def test_an_id_used_twice_is_an_error(part):
    records = getattr(DOCUMENT, part)
    (finding,) = check_ids(replace(DOCUMENT, **{part: (*records, replace(records[0], name="Again"))}))
    assert (finding.code, finding.record) == ("id-twice", records[0].id)


def test_causes_and_own_schedules_have_ids_of_their_own():
    assert [one.code for one in check_ids(_first("biases", causes=(CAUSE, CAUSE)))] == ["id-twice"]
    both = (*DOCUMENT.biases, replace(DOCUMENT.biases[0], id="other"))
    assert list(check_ids(replace(DOCUMENT, biases=both))) == []
    own = OwnSchedule(id="", name="Ours", bands=())
    basis = replace(DOCUMENT.basis, own_schedules=(own,))
    assert [one.code for one in check_ids(replace(DOCUMENT, basis=basis))] == ["id-empty"]


@pytest.mark.parametrize(
    ("length", "years"),
    [(HorizonLength.STANDARD, 11), (HorizonLength.REFURBISHMENT, 31), (HorizonLength.BUILDING, 61)],
)
def test_a_usual_length_counts_year_0_on_top(length, years):
    """Green Book 2026, 6.9-6.13: 10, 30 and 60 years, additional to year 0."""
    assert list(check_horizon_length(_horizon(years, length))) == []
    (finding,) = check_horizon_length(_horizon(years - 1, length))
    assert (finding.code, finding.severity, finding.step) == ("horizon-length", Severity.ATTENTION, 1)
    assert finding.sentence == (
        f"The horizon has {years - 1} years, its usual length {years}: {years - 1} after year 0."
    )


def test_101_years_are_found_with_place_and_mend():
    (finding,) = check_horizon_length(_horizon(101))
    assert (finding.code, finding.place, finding.field) == ("horizon-long", "Horizon", "years")
    assert finding.sentence == "The horizon of 101 years is longer than any usual one."
    assert finding.mend.startswith("Compare 61 years at most")
    assert list(check_horizon_length(_horizon(61))) == []


@pytest.mark.parametrize("years", [126, 10**30, 0, -1])
def test_years_without_a_discount_rate_are_an_error(years):
    """The schedules are published to year 125."""
    assert [one.code for one in check_frame(_horizon(years)) if one.severity is Severity.ERROR] == ["horizon"]
    assert "horizon-long" not in {one.code for one in check_horizon_length(_horizon(years))}


def test_a_horizon_after_the_contract_needs_a_term():
    assert [one.code for one in check_horizon_length(_horizon(5, HorizonLength.CONTRACT))] == ["horizon-contract"]
    document = _horizon(5, HorizonLength.CONTRACT)
    with_term = replace(document, options=(replace(document.options[0], term_years=5), *document.options[1:]))
    assert list(check_horizon_length(with_term)) == []


def _simulated(**fields: object) -> Appraisal:
    return replace(DOCUMENT, simulation=Simulation(**fields))


@pytest.mark.parametrize(
    ("code", "document"),
    [
        *(("draws", _simulated(draws=draws)) for draws in (-1, 0, 1_000_001, 10**12, 10**30)),
        ("draws", _simulated(draws=20_001, most_draws=20_000)),
        *(("most-draws", _simulated(most_draws=most)) for most in (10_000_001, 10**30)),
        *(("percentile", _simulated(percentile=percent)) for percent in (49, 100, -(10**30))),
        *(("seed", _simulated(seed=seed)) for seed in (-1, 2**63)),
    ],
)
def test_a_simulation_out_of_reach_is_refused(code, document):
    (found,) = check_simulation(document)
    assert (found.code, found.severity, found.step) == (code, Severity.ERROR, 8)
    assert max(len(text.split()) for text in (found.sentence, found.mend)) <= 25


def test_no_draws_at_all_cannot_be_the_most():
    assert [one.code for one in check_simulation(_simulated(most_draws=0))] == ["most-draws", "draws"]


@pytest.mark.parametrize("document", [_simulated(), _simulated(draws=10_000_000, most_draws=10_000_000, percentile=99)])
def test_a_simulation_in_reach_is_left_alone(document):
    assert list(check_simulation(document)) == []


def test_a_million_million_draws_are_told_with_their_time_and_memory():
    """Two for the constraint: 2 x 12 billionths of a second a draw, 24,000 s."""
    (found,) = check_simulation(_simulated(draws=10**12))
    assert found.sentence == "1,000,000,000,000 draws take about 6 hours and under 320 MB; only 1,000,000 are allowed."
    assert found.mend == "Enter 100,000 draws, or raise the most that are allowed, up to 10,000,000."
    ranged = tuple(line(f"l{number}", "a", 1, spread=(90, 120), driver="Pay") for number in range(3))
    fuel = line("fuel", "a", 1, spread=(90, 120))
    assert uncertain_inputs(replace(DOCUMENT, lines=(*ranged, fuel))) == 4


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "less than a second"),
        (1, "about 1 second"),
        (119, "about 1 minute"),
        (7_200, "about 2 hours"),
        (86_400, "about 1 day"),
        (31_557_600 * 999, "about 999 years"),
        (31_557_600 * 1_000, "more than a thousand years"),
        (10**30, "more than a thousand years"),
    ],
)
def test_a_length_of_time_in_one_unit(seconds, words):
    assert duration_words(seconds) == words
