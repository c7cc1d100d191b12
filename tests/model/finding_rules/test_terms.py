"""Findings on contracts, timetables, lots, and the agreed price of a line."""

from dataclasses import replace
from decimal import Decimal

import pytest

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.options import ContractType
from appraise.model.appraisal.terms import (
    AfterCut,
    BreakCost,
    Commitment,
    ContractTerms,
    LineTerms,
    Lot,
    Tier,
    Timetable,
)
from appraise.model.checks import findings
from appraise.model.finding import Finding, Severity
from appraise.model.finding_rules.terms import check_line_terms, check_lots, check_terms, check_timetables
from tests.builders import appraisal, line, rolling
from tests.model.said_plainly import said_plainly

D = Decimal
ERROR, ATTENTION, NOTE = Severity.ERROR, Severity.ATTENTION, Severity.NOTE
LONG = " ".join("abcdefghi")
TERMS = ContractTerms(
    investment=D(100),
    kept_value=D(20),
    procurement=D(5),
    relets_entered=True,
    reference_years=3,
    source="Soft market test",
)
LINE_TERMS = LineTerms(
    line="l",
    volumes=(D(50), D(60)),
    tiers=(Tier(over=D(40), percent=D(5)), Tier(over=D(80), percent=D(10))),
    loyalty=(D(0), D(2)),
    cap=D(4),
    collar=D(1),
    source="Draft contract",
)


def _document(**fields: object) -> Appraisal:
    made = appraisal(
        5, lines=(line("l", "b", 5, 6), line("saved", "b", 9, treatment="cash_saving")), line_terms=(LINE_TERMS,)
    )
    option = replace(made.options[1], term_years=3, contract=ContractType.SERVICES, terms=TERMS)
    return replace(made, options=(made.options[0], replace(option, **fields)))


DOCUMENT = _document()
YEARLY = replace(
    _document(terms=replace(TERMS, commitment=Commitment.NEVER)), scenarios=(rolling("yearly", (5,) * 5, 1, 0),)
)


def _terms(**fields: object) -> Appraisal:
    return _document(terms=replace(TERMS, **fields))


def _funded(*, life: int = 0, **fields: object) -> Appraisal:
    """A contract of three years that is let again in year 3, under money for all years."""
    made = _terms(**fields)
    options = (made.options[0], replace(made.options[1], life_years=life))
    return replace(made, options=options, scenarios=(rolling("money", (5,) * 5, 1, 0),))


def _break(**fields: object) -> Appraisal:
    return _terms(
        **{
            "commitment": Commitment.WITH_BREAK,
            "after_cut": AfterCut.BREAK,
            "fall_back": "a",
            "break_cost": D(5),
            **fields,
        }
    )


def _with_lives(first: int, second: int) -> Appraisal:
    """A contract of b that can be broken and falls back on a; the last years of both, 0 for the horizon."""
    made = _break()
    options = zip(made.options, (first, second), strict=True)
    return replace(made, options=tuple(replace(one, life_years=last) for one, last in options))


def _agreed(**fields: object) -> Appraisal:
    return replace(DOCUMENT, line_terms=(replace(LINE_TERMS, **fields),))


def _lots(*percents: float, names: str = "NS") -> Appraisal:
    lots = (Lot(id=name, name=name, percent=D(str(one))) for name, one in zip(names, percents, strict=True))
    return _document(lots=tuple(lots))


def _times(contract: ContractType = ContractType.SERVICES, **fields: object) -> Appraisal:
    return _document(contract=contract, timetable=Timetable(**fields))


TIERS = LINE_TERMS.tiers
CASES = [
    (ERROR, "terms-amount", _terms(procurement=D(-1))),
    (ERROR, "terms-amount", _terms(dual_running=D("NaN"))),
    (ERROR, "terms-amount", _terms(transition=D(-1))),
    (ERROR, "kept-value", _terms(kept_value=D(101))),
    (ERROR, "capital-percent", _terms(capital_percent=D(-1))),
    (ERROR, "capital-percent", _terms(capital_percent=D("101"))),
    (ERROR, "capital-percent", _terms(capital_percent=D("sNaN"))),
    (ATTENTION, "capital-high", _terms(capital_percent=D(30))),
    (ERROR, "reference-years", _terms(reference_years=-1)),
    (ERROR, "reference-years", _terms(reference_years=126)),
    (ERROR, "contract-starts", _terms(starts=-1)),
    (ATTENTION, "contract-late", _terms(starts=5)),
    (ATTENTION, "terms-source", _terms(source="")),
    (ERROR, "reference", _terms(fall_back="nobody")),
    (NOTE, "break-never", _terms(commitment=Commitment.WITH_BREAK)),
    (ERROR, "fall-back-none", _break(fall_back="")),
    (ERROR, "fall-back-itself", _break(fall_back="b")),
    (ERROR, "fall-back-ends", _with_lives(3, 0)),
    (ERROR, "fall-back-ends", _with_lives(2, 3)),
    (NOTE, "break-unpriced", _break(commitment=Commitment.FREELY)),
    (NOTE, "break-free", _break(break_cost=D(0))),
    (ATTENTION, "term-signed", YEARLY),
    (NOTE, "relets-added", _funded(relets_entered=False)),
    (ATTENTION, "timetable-date", _times(starts_on="2027-02-30")),
    (ATTENTION, "timetable-needed", _times(needed_by="2027-02-30")),
    (ATTENTION, "timetable-needed-year", _times(needed_by="2027-03-31")),
    (ATTENTION, "timetable-needed-year", _times(needed_by="2028-04-01")),
    (ERROR, "timetable-weeks", _times(tender_weeks=-1)),
    (ERROR, "timetable-weeks", _times(mobilisation_weeks=521)),
    (ERROR, "standstill-days", _times(standstill_days=-1)),
    (ERROR, "standstill-days", _times(standstill_days=10**9)),
    (ATTENTION, "standstill", _times(standstill_days=7)),
    (ATTENTION, "standstill", _times(standstill_days=0)),
    (ATTENTION, "standstill", _times(ContractType.LIGHT_TOUCH, standstill_days=5)),
    (ATTENTION, "lot-name", _lots(50, 50, names="NN")),
    (ERROR, "lot-percent", _lots(-1, 50)),
    (ERROR, "lot-percent", _lots(101, 0)),
    (ERROR, "lots-over", _lots(60, 50)),
    (ATTENTION, "lots-short", _lots(60, 30)),
    (ERROR, "reference", _agreed(line="nobody")),
    (ERROR, "volumes", _agreed(volumes=(D(-1), D(5)))),
    (ERROR, "volumes", _agreed(volumes=(D("sNaN"), D(5)))),
    (ERROR, "tier-over", _agreed(tiers=(Tier(over=D(-1), percent=D(5)),))),
    (ERROR, "tier-over", _agreed(tiers=(Tier(over=D("NaN"), percent=D(5)),))),
    (ERROR, "tier-percent", _agreed(tiers=(Tier(over=D(1), percent=D(101)),))),
    (ERROR, "tiers-twice", _agreed(tiers=(TIERS[0], TIERS[0]))),
    (ATTENTION, "tiers-order", _agreed(tiers=TIERS[::-1])),
    (ATTENTION, "volumes-missing", _agreed(volumes=())),
    (ATTENTION, "volumes-missing", _agreed(volumes=(D(50), D(0)))),
    (ERROR, "loyalty", _agreed(loyalty=(D(101),))),
    (ERROR, "loyalty", _agreed(loyalty=(D(-1),))),
    (ERROR, "cap", _agreed(cap=D("NaN"))),
    (ERROR, "cap", _agreed(collar=D(-51))),
    (ERROR, "cap-collar", _agreed(cap=D("0.9"))),
    (ATTENTION, "line-terms-benefit", _agreed(line="saved", volumes=(D(5),))),
    (ATTENTION, "line-terms-source", _agreed(source="")),
]


def _found(document: Appraisal) -> list[Finding]:
    return [
        finding
        for check in (check_terms, check_timetables, check_lots, check_line_terms)
        for finding in check(document)
    ]


def test_nothing_is_found_in_sound_terms():
    assert not _found(DOCUMENT)
    assert not _found(_break())
    assert not _found(_with_lives(0, 3))
    assert not _found(_with_lives(4, 0))
    assert not _found(_times(needed_by="2027-10-01"))
    assert not _found(_break(break_cost=D(0), break_cost_is=BreakCost.OUTSTANDING))
    assert not _found(_lots(60, 40))
    assert not _found(_lots(0, 0))
    assert not _found(_agreed(cap=D(1), collar=D(1)))
    assert not _found(_times(ContractType.LIGHT_TOUCH, standstill_days=0))
    assert not _found(_times(ContractType.NONE, standstill_days=0))


@pytest.mark.parametrize(("severity", "code", "document"), CASES)
def test_each_fault_is_found_by_itself_and_said_plainly(severity, code, document):
    assert [(one.severity, one.code) for one in _found(document)] == [(severity, code)]
    assert code in {one.code for one in findings(document)}
    long = replace(
        document,
        options=tuple(replace(one, name=LONG) for one in document.options),
        lines=tuple(replace(one, name=LONG) for one in document.lines),
        scenarios=tuple(replace(one, name=LONG) for one in document.scenarios),
    )
    for finding in _found(long):
        said_plainly(finding)


def test_the_term_that_is_signed_is_told_with_its_scenario():
    (finding,) = _found(YEARLY)
    assert finding.sentence == "“B” is signed for 1 year, not 3, in “yearly”."
    assert (finding.step, finding.record, finding.field) == (7, "b", "commitment")


def test_reletting_that_every_scenario_adds_is_told_where_there_is_any():
    (finding,) = _found(_funded(relets_entered=False))
    assert (finding.step, finding.record, finding.field) == (7, "b", "relets_entered")
    assert not _found(_funded())
    assert not _found(_funded(relets_entered=False, procurement=D(0)))
    assert not _found(_funded(relets_entered=False, reference_years=5))
    assert not _found(_funded(relets_entered=False, life=2))
    assert not _found(_terms(relets_entered=False))


def test_a_contract_inside_its_money_is_signed_as_wanted():
    whole = rolling("whole", (5,), 1, 0)
    whole = replace(whole, settlements=(replace(whole.settlements[0], amounts=(D(5),) * 6),))
    assert not _found(replace(YEARLY, scenarios=(whole,)))


def test_terms_of_an_option_without_a_term_count_for_nothing():
    codes = {one.code for one in _found(_document(term_years=0))}
    assert codes == {"terms-unused", "loyalty-term"}
    # A break needs a contract: without one nothing is broken, and no fall-back is asked for.
    unfixed = replace(DOCUMENT, options=(DOCUMENT.options[0], replace(_break(fall_back="").options[1], term_years=0)))
    assert "fall-back-none" not in {one.code for one in _found(unfixed)}


def test_terms_twice_are_told_for_both():
    twice = replace(DOCUMENT, line_terms=(LINE_TERMS, LINE_TERMS))
    assert [one.code for one in _found(twice)] == ["line-terms-twice"] * 2
