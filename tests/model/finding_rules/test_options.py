"""Each finding on options and the long list, planted in a document without one."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from appraise.files.faults import FileFault
from appraise.model.appraisal.options import (
    Category,
    Choice,
    ContractType,
    DeliveryModel,
    Factor,
    FactorVerdict,
    Meets,
    Rating,
    ShortListRole,
)
from appraise.model.checks import findings
from appraise.model.evaluate import Settings, evaluate
from appraise.model.finding import Severity
from appraise.model.finding_rules.long_list import check_long_list
from appraise.model.finding_rules.options import check_options
from appraise.workspace.exporting import export_pdf
from tests.builders import appraisal, line
from tests.model.said_plainly import said_plainly
from tests.model.sound import CHOICES, OPTIONS, made_of

SOUND = replace(appraisal(4), options=OPTIONS, choices=CHOICES)
ATTENTION, ERROR, NOTE = Severity.ATTENTION, Severity.ERROR, Severity.NOTE
UNSAID = DeliveryModel.UNSAID
OTHER = ShortListRole.OTHER


def _found(document):
    return [*check_options(document), *check_long_list(document)]


def _option(place, **fields):
    return replace(SOUND, options=(*OPTIONS[:place], replace(OPTIONS[place], **fields), *OPTIONS[place + 1 :]))


def _choice(place, **fields):
    return replace(SOUND, choices=(*CHOICES[:place], replace(CHOICES[place], **fields), *CHOICES[place + 1 :]))


def _copy(place, key, **fields):
    return replace(OPTIONS[place], id=key, name=key, **fields)


def test_nothing_is_found_in_a_sound_short_list():
    assert _found(SOUND) == []


WITHOUT_LIST = tuple(replace(option, choices=()) for option in OPTIONS)
ALONE = [
    (ERROR, "options-none", "", "options", replace(SOUND, options=())),
    (ERROR, "usual-twice", "", "options", replace(SOUND, options=(
        *OPTIONS, _copy(0, "again", choices=made_of("cheaper", "better", "cheaper", "better", "better"))))),
    (ATTENTION, "minimum-none", "", "options", _option(1, role=OTHER)),
    (ATTENTION, "way-forward-none", "", "options", _option(2, role=OTHER)),
    (ATTENTION, "role-twice", "", "options", _option(4, role=ShortListRole.PREFERRED)),
    (ATTENTION, "role-twice", "", "options", _option(4, role=ShortListRole.DO_MINIMUM)),
    (ATTENTION, "models-missing", "", "options", _option(3, model=DeliveryModel.COLLABORATIVE)),
    (ATTENTION, "models-missing", "", "options", _option(4, model=DeliveryModel.MIXED)),
    (ATTENTION, "option-name", "minimum", "name", _option(1, name=" ")),
    (ATTENTION, "model-unsaid", "usual", "model", _option(0, model=UNSAID)),
    (ATTENTION, "term", "outsource", "term_years", _option(3, term_years=5)),
    (ERROR, "term-years", "outsource", "term_years", _option(3, term_years=126)),
    (ATTENTION, "contract-term", "insource", "term_years", _option(2, contract=ContractType.WORKS)),
    (ATTENTION, "extension", "outsource", "extension_years", _option(3, extension_years=-1)),
    (ATTENTION, "extension", "insource", "extension_years", _option(2, extension_years=2)),
    (NOTE, "lives-differ", "", "options", _option(2, life_years=2)),
    (NOTE, "long-list-none", "", "choices", replace(SOUND, choices=(), options=WITHOUT_LIST)),
    (ERROR, "preferred-twice", "scope-today", "rating", _choice(2, rating=Rating.PREFERRED)),
    (ATTENTION, "preferred-none", "scope-today", "rating", _choice(1, rating=Rating.CARRY_FORWARD)),
    (ATTENTION, "usual-choice-none", "", "choices", _choice(0, usual=False)),
    (NOTE, "cost-order", "scope-better", "cost_order", replace(SOUND, choices=tuple(
        replace(one, cost_order=0) if one.category is Category.SCOPE else one for one in CHOICES))),
    (NOTE, "verdicts-open", "", "choices", _choice(2, verdicts=CHOICES[2].verdicts[1:])),
    (NOTE, "verdicts-open", "", "choices", replace(SOUND, factors=(Factor(id="climate", name="Climate"),))),
    (ATTENTION, "choice-name", "scope-cheaper", "name", _choice(2, name="")),
    (ERROR, "rating-reason", "scope-today", "reason", _choice(0, reason=" ")),
    (ATTENTION, "dropped-sound", "scope-today", "rating", _choice(0, verdicts=CHOICES[1].verdicts)),
    (ATTENTION, "kept-failing", "scope-better", "rating", _choice(1, verdicts=CHOICES[0].verdicts)),
    (ATTENTION, "kept-failing", "scope-cheaper", "rating", _choice(2, verdicts=CHOICES[0].verdicts)),
    (ERROR, "reference", "scope-cheaper", "verdicts",
        _choice(2, verdicts=(*CHOICES[2].verdicts, FactorVerdict(factor="gone", meets=Meets.YES)))),
    (ERROR, "reference", "insource", "choices", _option(2, choices=(*OPTIONS[2].choices, "gone"))),
    (ERROR, "choice-dropped", "insource", "choices", _option(2, choices=("scope-today", *OPTIONS[2].choices[1:]))),
    (ATTENTION, "option-choices-missing", "insource", "choices", _option(2, choices=OPTIONS[2].choices[1:])),
    (ATTENTION, "option-choices-double", "insource", "choices",
        _option(2, choices=(*OPTIONS[2].choices, "scope-cheaper"))),
    (ATTENTION, "options-alike", "together", "choices", _option(4, choices=OPTIONS[2].choices[::-1])),
]  # fmt: skip


@pytest.mark.parametrize(("severity", "code", "record", "field", "document"), ALONE)
def test_each_fault_is_found_alone_and_at_its_place(severity, code, record, field, document):
    (finding,) = _found(document)
    assert (finding.severity, finding.code, finding.record, finding.field) == (severity, code, record, field)
    assert finding.step == 2
    said_plainly(finding)


@pytest.mark.parametrize(
    ("code", "document"),
    [
        ("usual-none", _option(0, role=OTHER)),
        ("short-list-size", replace(SOUND, options=OPTIONS[:2])),
        ("short-list-size", replace(SOUND, options=(*OPTIONS, *(_copy(2, key, role=OTHER) for key in "xyz")))),
        ("option-name", _option(1, name="usual ")),
        ("life", _option(2, life_years=4)),
        ("life", _option(2, life_years=-1)),
        ("category-empty", replace(SOUND, choices=CHOICES[:-3])),
        ("factor-name", replace(SOUND, factors=(Factor(id="x", name=" "),))),
    ],
)
def test_a_fault_that_brings_others_with_it_is_found_too(code, document):
    assert code in {finding.code for finding in _found(document)}


def test_a_life_of_the_whole_horizon_is_no_other_life():
    assert _found(_option(2, life_years=3)) == []


def test_terms_beyond_ten_years_are_allowed():
    long = replace(SOUND, horizon=replace(SOUND.horizon, years=31))
    assert not list(
        check_options(replace(long, options=(*OPTIONS[:3], replace(OPTIONS[3], term_years=25), OPTIONS[4])))
    )


def test_the_do_minimum_may_be_the_preferred_way_forward():
    assert _found(_option(1, choices=OPTIONS[2].choices)) == []


def test_business_as_usual_may_be_what_was_dropped_and_nothing_else_may():
    assert OPTIONS[0].choices[0] == "scope-today"
    (finding,) = [one for one in _found(_option(4, choices=OPTIONS[0].choices)) if one.code == "choice-dropped"][:1]
    assert finding.sentence == "“Together” uses “Scope-today”, which was dropped."


def test_a_choice_that_nobody_rated_needs_no_reason():
    new = Choice(id="new", category=Category.SCOPE, name="New", verdicts=CHOICES[2].verdicts)
    assert _found(replace(SOUND, choices=(*CHOICES, new))) == []


def test_a_rating_without_a_reason_stops_every_export_and_no_figure(tmp_path: Path) -> None:
    document = _choice(0, reason="")
    (finding,) = [one for one in findings(document) if one.code == "rating-reason"]
    assert finding.severity is Severity.ERROR
    assert not finding.stops_figures
    results = evaluate(document, Settings(draws=100))
    with pytest.raises(FileFault) as refused:
        export_pdf(document, results, tmp_path / "case.pdf", created=datetime(2026, 11, 1, tzinfo=UTC))
    assert refused.value.sentence == f"{finding.sentence} {finding.mend}"
    assert not (tmp_path / "case.pdf").exists()


def test_a_service_that_runs_in_year_0_makes_short_lives_look_dear() -> None:
    running = replace(_option(2, life_years=2), lines=(line("run", OPTIONS[0].id, 5, 5, 5, 5),))
    assert {one.code for one in _found(running)} == {"lives-differ", "eac-year-0"}
    change = replace(running, lines=(line("change", OPTIONS[0].id, 5), line("run", OPTIONS[0].id, 0, 5, 5, 5)))
    assert {one.code for one in _found(change)} == {"lives-differ"}
