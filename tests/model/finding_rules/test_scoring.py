"""Findings on criteria, their scales and weights, and on scores: each comes with its cause and leads to its place."""

from dataclasses import replace
from decimal import Decimal

import pytest

from appraise.model.appraisal.constraints import SupplierView
from appraise.model.appraisal.criteria import (
    About,
    Answers,
    Asking,
    Branch,
    Independence,
    Level,
    Measured,
    TradeOff,
    ValuePoint,
    Weighting,
)
from appraise.model.appraisal.records import Recommendation
from appraise.model.appraisal.sourcing import Questionnaire, Sourcing
from appraise.model.appraisal.workshop import Stage, Workshop
from appraise.model.checks import Severity, findings
from appraise.model.evaluate import CannotEvaluate, Part, Settings, evaluate
from tests.builders import appraisal, constraint, line, scores, tree
from tests.model.said_plainly import long_named, said_plainly

SOUND = appraisal(**tree(100, 50), scores=scores(a=(90, 10), b=(50, 60)))


def first(document=SOUND, **fields):
    """The document with fields of its first criterion set."""
    return replace(document, criteria=(replace(document.criteria[0], **fields), *document.criteria[1:]))


def weighted(**fields):
    return replace(SOUND, weighting=Weighting(**fields))


def found(document, *steps):
    return {one.code: one for one in findings(document) if one.step in (steps or (3, 4))}


def levels(*values, words="As described"):
    return {"measured": Measured.LEVELS, "levels": tuple(Level(value=value, words=words) for value in values)}


def measured(*points, unit="days"):
    return {
        "measured": Measured.MEASURE,
        "unit": unit,
        "points": tuple(ValuePoint(measure=measure, value=value) for measure, value in points),
    }


def priced(**fields):
    return replace(
        first(about=About.CONSTRAINT, constraint="permit"),
        constraints=(replace(constraint("permit", 0.1, 0), **fields),),
    )


def score(**fields):
    return replace(SOUND, scores=(replace(SOUND.scores[0], **fields), *SOUND.scores[1:]))


VIEW = SupplierView(probability=0.2, impact=constraint("x", 0.1, 5).impact)
NAN, INF = float("nan"), float("inf")

ERRORS = {
    "about-money": [first(about=About.MONEY), first(about=About.MONEY, name="Savings")],
    "constraint-unknown": [first(about=About.CONSTRAINT, constraint="nothing")],
    "constraint-twice": [priced(impact=constraint("x", 0.1, 5).impact), priced(view=VIEW)],
    "levels-few": [first(**levels()), first(**levels(0))],
    "level-value": [first(**levels(0, 101)), first(**levels(NAN, 0, 100))],
    "points-few": [first(**measured()), first(**measured((3, 0)))],
    "points-number": [first(**measured((NAN, 0), (3, 100))), first(**measured((1, 0), (3, INF)))],
    "points-value": [first(**measured((1, 0), (3, 120)))],
    "points-twice": [first(**measured((1, 0), (3, 50), (3, 100)))],
    "points-turn": [first(**measured((1, 0), (2, 100), (3, 40))), first(**measured((3, 40), (2, 0), (1, 100)))],
    "swing": [first(swing=-1.0), first(swing=NAN)],
    "swing-range": [first(swing_low=-3.0), first(swing_high=101.0)],
    "swing-range-turned": [first(swing_low=80.0, swing_high=70.0)],
    "weighting": [weighted(doubt=-30.0), weighted(score_doubt=NAN), weighted(indifference=900.0, preference=901.0)],
    "weighting-turned": [weighted(indifference=20.0, preference=19.0)],
    "weights-zero": [
        replace(SOUND, criteria=tuple(replace(one, swing=1e-320) for one in SOUND.criteria)),
        replace(SOUND, criteria=tuple(replace(one, swing=0.0) for one in SOUND.criteria)),
        weighted(asking=Asking.BY_BRANCH),
        weighted(answers=Answers.RANKS),
    ],
    "score": [score(value=101.0), replace(first(**measured((1, 0), (9, 100))), scores=score(value=INF).scores)],
    "score-range": [score(low=-4.0, high=99.0)],
    "score-range-turned": [score(low=95.0, high=85.0)],
}
ATTENTIONS = {
    "branch-empty": [replace(SOUND, branches=(*SOUND.branches, Branch(id="new", name="New")))],
    "about-unsaid": [first(about=About.UNSAID)],
    "about-constraint": [first(about=About.CONSTRAINT)],
    "criterion-money": [first(about=About.EFFECT, name="Lower prices")],
    "level-words": [first(**levels(0, 100, words=" "))],
    "levels-same": [first(**levels(0, 50, 50, 100))],
    "levels-ends": [first(**levels(0, 90)), first(**levels(10, 100))],
    "unit": [first(**measured((1, 0), (9, 100), unit=" "))],
    "points-ends": [first(**measured((1, 0), (9, 90))), first(**measured((1, 10), (9, 100)))],
    "swing-outside": [first(swing_low=10.0, swing_high=90.0), first(swing_low=None, swing_high=90.0)],
    "swing-range-half": [first(swing_high=100.0)],
    "swing-zero": [replace(SOUND, criteria=(SOUND.criteria[0], replace(SOUND.criteria[1], swing=0.0)))],
    "rank-missing": [replace(first(rank=1), weighting=Weighting(answers=Answers.RANKS))],
    "weights-no-top": [
        first(swing=90.0),
        replace(weighted(asking=Asking.BY_BRANCH), branches=tuple(replace(one, swing=40.0) for one in SOUND.branches)),
    ],
    "ranks-contradict": [
        replace(
            SOUND, criteria=tuple(replace(one, rank=rank) for one, rank in zip(SOUND.criteria, (2, 1), strict=True))
        )
    ],
    "trade-off-self": [weighted(trade_offs=(TradeOff(id="t", larger="c1", smaller="c1", points=50.0),))],
    "trade-off": [
        weighted(trade_offs=(TradeOff(id="t", larger="c1", smaller="c2", points=points),))
        for points in (0.0, -1.0, 101.0, NAN)
    ],
    "trade-off-differs": [
        weighted(trade_offs=(TradeOff(id="t", larger="c1", smaller="c2", points=points),)) for points in (63.0, 37.0)
    ],
    "score-outside": [score(low=10.0, high=80.0)],
}
NOTES = {
    "criterion-dependent": [first(independence=Independence.NO)],
    "independence-unasked": [first(independence=Independence.UNASKED)],
    "score-beyond": [replace(first(**measured((1, 0), (80, 100))), scores=SOUND.scores)],
}
CASES = [
    pytest.param(severity, code, document, id=f"{code}-{number}")
    for severity, table in (("error", ERRORS), ("attention", ATTENTIONS), ("note", NOTES))
    for code, documents in table.items()
    for number, document in enumerate(documents)
]


def test_a_sound_tree_with_scores_has_no_finding():
    assert found(SOUND) == {}


@pytest.mark.parametrize(("severity", "code", "document"), CASES)
def test_each_fault_is_found_and_said_plainly(severity, code, document):
    finding = found(document)[code]
    assert finding.severity == severity
    said_plainly(finding)


@pytest.mark.parametrize(("severity", "code", "document"), CASES)
def test_only_errors_stop_figures_and_nothing_else_breaks_them(severity, code, document):
    parts = frozenset({Part.SCORE})
    if severity == "error":
        with pytest.raises(CannotEvaluate):
            evaluate(document, Settings(draws=100), parts=parts)
    else:
        assert evaluate(document, Settings(draws=100), parts=parts).options, code


@pytest.mark.parametrize(
    ("code", "document"),
    [
        ("constraint-twice", priced()),
        ("constraint-twice", replace(priced(impact=constraint("x", 0.1, 5).impact), criteria=SOUND.criteria)),
        ("points-turn", first(**measured((1, 0), (2, 40), (3, 40), (4, 100)))),
        ("points-turn", first(**measured((9, 0), (1, 100)))),
        ("level-words", first(levels=levels(0, 100, words="")["levels"])),  # not in use
        ("unit", first(unit="")),
        ("swing-zero", replace(SOUND, criteria=tuple(replace(one, swing_reason="Nothing") for one in SOUND.criteria))),
        ("trade-off-differs", weighted(trade_offs=(TradeOff(id="t", larger="c1", smaller="c2", points=62.0),))),
        ("trade-off-differs", weighted(trade_offs=(TradeOff(id="t", larger="c1", smaller="c2"),))),
        ("score-beyond", replace(first(**measured((10, 0), (90, 100))), scores=SOUND.scores)),
        ("swing-outside", first(swing_low=100.0, swing_high=100.0)),
        ("criterion-money", first(about=About.MONEY, name="Savings")),
    ],
)
def test_what_is_in_order_is_not_told(code, document):
    assert code not in found(document)


def test_a_criterion_on_money_says_where_money_is_counted_and_leads_there():
    finding = found(first(about=About.MONEY))["about-money"]
    assert (finding.step, finding.record, finding.field) == (3, "c1", "about")
    assert "counted in step 5" in finding.sentence
    assert found(first(about=About.MONEY)).keys() == {"about-money"}


@pytest.mark.parametrize("stage", [Stage.PREPARING, Stage.AGREED])
def test_weights_that_nobody_was_asked_for_are_no_fault(stage):
    document = replace(
        SOUND,
        criteria=tuple(replace(one, swing=0.0) for one in SOUND.criteria),
        scores=(),
        workshop=Workshop(stage=stage),
    )
    assert not found(document).keys() & {"weights-zero", "weights-no-top", "swing-zero", "scores-missing"}
    sealed = replace(document, workshop=Workshop(stage=Stage.SEALED))
    assert {"weights-zero", "swing-zero"} <= found(sealed).keys()


def test_zero_weights_are_an_error_only_once_there_is_something_to_weigh():
    bare = replace(SOUND, criteria=tuple(replace(one, swing=0.0) for one in SOUND.criteria), scores=())
    begun = found(bare)["weights-zero"]
    assert begun.severity == "attention"
    assert not begun.stops_figures
    with_score, with_line = replace(bare, scores=SOUND.scores[:1]), replace(bare, lines=(line("rent", "a", 1),))
    with_choice = replace(bare, choice_scores=SOUND.scores[:1])
    for document in (with_score, with_line, with_choice):
        finding = found(document)["weights-zero"]
        assert finding.severity == "error"
        assert finding.sentence == begun.sentence == "All weights are zero, so no option can score."


@pytest.mark.parametrize(
    ("stage", "due"), [(stage, stage in (Stage.OPEN, Stage.MODERATING, Stage.REVEALED)) for stage in Stage]
)
def test_scores_are_missed_only_once_they_are_due(stage, due):
    document = replace(SOUND, scores=SOUND.scores[1:], workshop=Workshop(stage=stage))
    assert ("scores-missing" in found(document)) == due


def test_independence_is_asked_before_weights_are_sealed():
    document = first(independence=Independence.UNASKED)
    assert "“" not in found(document)["independence-unasked"].sentence
    sealed = replace(document, workshop=Workshop(stage=Stage.SEALED))
    assert "independence-unasked" not in found(sealed)


def test_ranks_are_compared_inside_branches_where_these_are_asked_apart():
    branches = (Branch(id="branch", name="One", swing=100.0), Branch(id="other", name="Other", swing=50.0))
    criteria = (replace(SOUND.criteria[0], rank=2), replace(SOUND.criteria[1], rank=1, branch="other"))
    together = replace(SOUND, branches=branches, criteria=criteria)
    assert "ranks-contradict" in found(together)
    apart = replace(together, weighting=Weighting(asking=Asking.BY_BRANCH))
    assert "ranks-contradict" not in found(apart)


def test_the_range_of_a_branch_is_checked_where_it_counts():
    document = replace(SOUND, branches=(Branch(id="branch", name="One", swing=100.0, swing_low=80.0, swing_high=60.0),))
    assert found(document) == {}
    finding = found(replace(document, weighting=Weighting(asking=Asking.BY_BRANCH)))["swing-range-turned"]
    assert (finding.place, finding.record) == ("Branch “One”", "branch")


def test_a_priced_constraint_of_no_usable_number_is_left_to_step_6():
    odd = constraint("x", 0.1, 0).impact
    assert "constraint-twice" not in found(priced(impact=replace(odd, high=Decimal("sNaN"))))


@pytest.mark.parametrize("document", [pytest.param(case.values[-1], id=case.id) for case in CASES])
def test_long_names_are_cut_to_fit(document):
    for finding in findings(long_named(document)):
        said_plainly(finding)


@pytest.mark.parametrize(
    ("told", "step", "record"),
    [
        ({"recommendation": Recommendation(reasons="It scored highest.")}, 10, ""),
        ({"recommendation": Recommendation(decision="Approve what scores best.")}, 10, ""),
        ({"sourcing": Sourcing(public_interest=Questionnaire(conclusion="The Score is clear."))}, 2, "public_interest"),
        ({"sourcing": Sourcing(delivery_model=Questionnaire(conclusion="Scores favour it."))}, 2, "delivery_model"),
    ],
)
def test_texts_that_tell_scores_while_they_are_hidden_are_pointed_out(told, step, record):
    open_one = replace(SOUND, **told)
    assert "scores-told" not in {one.code for one in findings(open_one)}
    hidden = replace(open_one, workshop=Workshop(id="w", stage=Stage.SEALED))
    (found,) = [one for one in findings(hidden) if one.code == "scores-told"]
    assert (found.severity, found.step, found.record) == (Severity.ATTENTION, step, record)
    quiet = replace(SOUND, recommendation=Recommendation(reasons="Scoring takes place in May; underscored twice."))
    assert "scores-told" not in {one.code for one in findings(replace(quiet, workshop=hidden.workshop))}
