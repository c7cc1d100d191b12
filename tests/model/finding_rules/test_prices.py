"""Findings on discount schedules, general inflation, price indices and the median income."""

from dataclasses import replace
from decimal import Decimal

import pytest

from appraise.model.appraisal.document import Appraisal, Basis, Deflator, OwnBand, OwnSchedule
from appraise.model.appraisal.lines import Index, Prices
from appraise.model.edits.basis import copy_schedule, set_health_schedule, set_schedule
from appraise.model.finding import Finding, Severity
from appraise.model.finding_rules.prices import check_indices, check_rates
from tests.builders import appraisal, line

D = Decimal
DOCUMENT = appraisal(6, lines=(line("x", "a", 1), line("y", "b", 1)))


def _basis(**fields: object) -> Appraisal:
    return replace(DOCUMENT, basis=replace(DOCUMENT.basis, **fields))


def _series(first_year: int, *percent: object) -> Appraisal:
    return _basis(deflator=Deflator(first_year=first_year, percent=tuple(D(str(one)) for one in percent)))


def _own(*bands: tuple[int, object], **fields: str) -> Appraisal:
    made = tuple(OwnBand(first=first, percent=D(str(percent))) for first, percent in bands)
    words = {"name": "Ours", "source": "s"} | fields
    return _basis(own_schedules=(OwnSchedule(id="o", bands=made, **words),))


def _weighted(**fields: object) -> Appraisal:
    document = _basis(**({"median_income_source": "ONS"} | fields))
    return replace(document, lines=(replace(document.lines[0], incomes="poor"), document.lines[1]))


def _index(*percent: object, name: str = "Pay", **fields: object) -> Appraisal:
    index = Index(id="i", name=name, percent=tuple(D(str(one)) for one in percent), source="OBR")
    used = replace(DOCUMENT.lines[0], **({"index": "i"} | fields))
    return replace(DOCUMENT, indices=(index,), lines=(used, DOCUMENT.lines[1]))


ERRORS = {
    "schedule": [_basis(schedule="green_book_1066"), _basis(health_schedule="")],
    "schedule-not-in-force": [_basis(schedule="review_2026"), _basis(health_schedule="review_2026")],
    "schedule-start": [_own(), _own((2, 3.5)), _own((0, 3.5))],
    "schedule-order": [_own((1, 3.5), (31, 3), (31, 2)), _own((1, 3.5), (1, 3))],
    "schedule-rate": [_own((1, n)) for n in ("-5.1", "25.1", "NaN", "sNaN")],
    "deflator": [_basis(deflator_percent=D(n)) for n in ("NaN", "-51", "101")],
    "deflator-rise": [_series(2028, 2, n, 2, 2, 2) for n in ("NaN", "-51")],
    "deflator-year": [_series(n, 2) for n in (0, 1989, 2201, 10**30)],
    "median-income": [_weighted(median_income=D(n)) for n in ("0", "-1", "NaN", "10000001")],
}
ATTENTIONS = {
    "schedule-source": [_own((1, 3), source=" ")],
    "deflator-source": [_basis(deflator_source=""), _basis(deflator_source=Basis().deflator_source)],
    "deflator-late": [_series(2029, 2, 2, 2, 2), _series(2040, 2)],
    "median-source": [_weighted(median_income_source=n) for n in ("", Basis().median_income_source)],
}
NOTES = {
    "schedule-own": [
        set_schedule(copy_schedule(DOCUMENT, schedule="green_book_2026", copy="o"), schedule="o"),
        set_health_schedule(copy_schedule(DOCUMENT, schedule="tag_2026_health", copy="o"), schedule="o"),
    ],
    "deflator-short": [_series(2028, 2, 2), _series(2020, 2)],
}
SOUND = [
    DOCUMENT,
    _own((1, -5), (31, 25)),
    _series(2028, 2, 2, 2, 2, 2),
    _series(2020, *[2] * 13),
    _weighted(),
    _basis(median_income=D(-1), median_income_source=""),  # no line has a weight
]
CASES = [
    pytest.param(severity, code, document, id=f"{code}-{number}")
    for severity, table in ((Severity.ERROR, ERRORS), (Severity.ATTENTION, ATTENTIONS), (Severity.NOTE, NOTES))
    for code, documents in table.items()
    for number, document in enumerate(documents)
]


def _plain(finding: Finding) -> bool:
    texts = (finding.sentence, finding.mend)
    return all(len(text.split()) <= 25 and text.endswith(".") for text in texts) and finding.step == 5


@pytest.mark.parametrize(("severity", "code", "document"), CASES)
def test_each_fault_of_the_rates_is_found(severity, code, document):
    found = list(check_rates(document))
    assert (code, severity) in {(finding.code, finding.severity) for finding in found}
    assert all(_plain(finding) for finding in found)
    assert {finding.code for finding in found if finding.severity is Severity.ERROR} <= {code}


@pytest.mark.parametrize("document", SOUND)
def test_sound_rates_have_no_finding(document):
    assert list(check_rates(document)) == []


@pytest.mark.parametrize(
    ("first_year", "rises", "words"),
    [(2028, 2, "over 3 years."), (2028, 4, "over 1 year."), (2020, 3, "over 5 years.")],
)
def test_a_short_deflator_says_for_how_long_it_is_carried_on(first_year, rises, words):
    """Year 0 is 2027, so the rises to 2028 ... 2032 are needed."""
    (finding,) = check_rates(_series(first_year, *[2] * rises))
    assert finding.sentence.endswith(words)


def test_an_own_schedule_in_use_is_known_and_marked():
    document = set_schedule(_own((1, 3)), schedule="o")
    assert [finding.code for finding in check_rates(document)] == ["schedule-own"]


@pytest.mark.parametrize("n", ["NaN", "-51", "101", "sNaN"])
def test_a_wild_rise_of_an_index_is_an_error(n):
    (finding,) = check_indices(_index(2, 2, n, 2, 2))
    assert (finding.code, finding.severity, finding.record) == ("index-rise", Severity.ERROR, "i")


def test_an_index_that_ends_before_the_horizon_says_for_how_long_it_is_carried_forward():
    (finding,) = check_indices(_index(2, 3))
    assert (finding.code, finding.severity) == ("index-short", Severity.NOTE)
    assert finding.sentence == "“Pay” ends before the horizon; the last rise is carried forward over 3 years."
    assert list(check_indices(_index(2, 3, 2, 2, 2))) == []
    assert list(check_indices(_index(2, index=""))) == []
    assert list(check_indices(_index(2, prices=Prices.CASH))) == []


def test_several_short_indices_are_one_finding():
    document = _index(2, 3)
    second = replace(document.indices[0], id="j", percent=(D(2),))
    lines = (document.lines[0], replace(document.lines[1], index="j"))
    (finding,) = check_indices(replace(document, indices=(*document.indices, second), lines=lines))
    assert finding.sentence.startswith("2 price indices end before the horizon")
    assert finding.sentence.endswith("over up to 4 years.")


def test_an_index_without_rises_or_source():
    assert [finding.code for finding in check_indices(_index())] == ["index-empty"]
    document = _index(2, 2, 2, 2, 2)
    bare = replace(document, indices=(replace(document.indices[0], source=" "),))
    assert [finding.code for finding in check_indices(bare)] == ["index-source"]


@pytest.mark.parametrize("text", ["", "2027-03-31", "2027-03", " 2028-02-29 "])
def test_a_date_of_an_index_is_a_day_or_a_month(text):
    document = replace(DOCUMENT, indices=(Index(id="i", name="Pay", percent=(D(1),), source="s", review_by=text),))
    assert not [one for one in check_indices(document) if one.field == "review_by"]


@pytest.mark.parametrize("text", ["spring", "2027", "2027-13-01", "2027-02-30", "31.03.2027", "2027-W10", "2027-3-1"])
def test_what_is_no_date_of_an_index_is_noted(text):
    fields = {"published": "2026-03-31", "review_by": text}
    document = replace(DOCUMENT, indices=(Index(id="i", name="Pay", percent=(D(1),), source="s", **fields),))
    (found,) = (one for one in check_indices(document) if one.code.startswith("index-review"))
    assert (found.severity, found.record, found.field) == (Severity.NOTE, "i", "review_by")
    assert text in found.sentence


def test_long_names_stay_inside_a_sentence():
    for finding in check_indices(_index(2, name="word " * 300)):
        assert _plain(finding)
    for finding in check_rates(set_schedule(_own(name="word " * 300, source=""), schedule="o")):
        assert _plain(finding)
