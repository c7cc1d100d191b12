from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appraise.model.appraisal.constraints import Agreement
from appraise.model.appraisal.criteria import Answers, Asking, Branch, Weighting
from appraise.model.appraisal.document import Appraisal, Horizon
from appraise.model.appraisal.funding import Grant, Programme, Scenario
from appraise.model.appraisal.need import EqualityDuty, Objective
from appraise.model.appraisal.options import Rating
from appraise.model.appraisal.partners import Arrangement, LineShare, Partner
from appraise.model.appraisal.records import CommercialCase, ManagementCase, Recommendation
from appraise.model.appraisal.workshop import Assessor, Interest, Mark, SealEvent, Stage, Step, Workshop
from appraise.model.checks import findings
from appraise.model.edits.criteria import change_criterion, set_branch_swing, set_ranks, set_swing
from appraise.model.edits.lines import add_line, set_amount
from appraise.model.edits.long_list import rate_choice
from appraise.model.edits.scores import clear_score
from appraise.model.journey import NAMES, STATE_WORDS, State, next_thing, steps
from tests.builders import appraisal, constraint, in_house, line, rolling, scores, tree
from tests.model.sound import CHOICES, NEED, OPTIONS, SOURCING

EMPTY = Appraisal(title="New", body="Saltmere", horizon=Horizon(first_year=2027, years=4, reason="Contract"))
WORDLESS = Objective(id="objective", statement=" ")
HALF = appraisal(
    4,
    **tree(100, 50),
    scores=scores(a=(1, 2), b=(3, 4)),
    lines=(line("x", "a", 1, source="ledger"),),
    constraints=(constraint("permit", 0.1, 2, in_house("a")), constraint("consent", 0.1, 2, in_house("a"))),
    scenarios=(replace(rolling("s", (1, 1, 1, 1), 1, 0), source="letter"),),
)


LISTED = replace(HALF, options=OPTIONS, choices=CHOICES)


def _at(document: Appraisal, number: int, *, has_results: bool = False):
    step = steps(document, findings(document), has_results=has_results)[number - 1]
    return step.state, step.sentence


def test_ten_steps_by_name_and_number():
    journey = steps(EMPTY, findings(EMPTY), has_results=False)
    assert [step.number for step in journey] == list(range(1, 11))
    assert tuple(step.name for step in journey) == NAMES
    assert NAMES[2] == "Criteria and weights"


def test_a_new_document_has_nothing_started():
    states = [step.state for step in steps(EMPTY, findings(EMPTY), has_results=False)]
    cannot, not_started = State.CANNOT_START, State.NOT_STARTED
    assert states == [*[not_started] * 3, cannot, cannot, not_started, not_started, cannot, cannot, cannot]
    assert next_thing(EMPTY, findings(EMPTY)) == (2, "Add business as usual first.")


@pytest.mark.parametrize(
    ("number", "document", "expected"),
    [
        (
            1,
            replace(EMPTY, need=replace(EMPTY.need, case_for_change="x")),
            (State.IN_PROGRESS, "0 of 7 sections filled"),
        ),
        (1, replace(EMPTY, need=replace(EMPTY.need, objectives=(WORDLESS,))), (State.NOT_STARTED, "Not started")),
        (1, replace(EMPTY, need=NEED), (State.COMPLETED, "Completed")),
        (1, replace(EMPTY, need=replace(NEED, left_out=())), (State.IN_PROGRESS, "6 of 7 sections filled")),
        (1, replace(EMPTY, need=replace(NEED, equality=EqualityDuty())), (State.IN_PROGRESS, "6 of 7 sections filled")),
        (1, replace(EMPTY, need=replace(NEED, facts=())), (State.IN_PROGRESS, "6 of 7 sections filled")),
        (
            1,
            replace(EMPTY, need=replace(NEED, facts=(replace(NEED.facts[0], value=" "),))),
            (State.IN_PROGRESS, "6 of 7 sections filled"),
        ),
        (2, replace(HALF, options=OPTIONS, choices=CHOICES, sourcing=SOURCING), (State.COMPLETED, "Completed")),
        (
            2,
            rate_choice(LISTED, choice="funding-cheaper", rating=Rating.UNRATED),
            (State.IN_PROGRESS, "14 of 15 choices rated"),
        ),
        (2, replace(LISTED, lines=(), scores=()), (State.ATTENTION, "2 things to look at")),
        (3, set_swing(HALF, criterion="c2", swing=0), (State.IN_PROGRESS, "Weights: 1 of 2 answered")),
        (3, HALF, (State.COMPLETED, "Completed")),
        (4, HALF, (State.COMPLETED, "Completed")),
        (4, clear_score(HALF, option="a", criterion="c1"), (State.IN_PROGRESS, "3 of 4 scores given")),
        (4, replace(HALF, scores=scores(a=(1, 2), b=(1, 4))), (State.ATTENTION, "1 thing to look at")),
        (4, replace(HALF, scores=scores(a=(1, 200), b=(3, 4))), (State.ATTENTION, "1 error to mend")),
        (4, replace(HALF, criteria=()), (State.CANNOT_START, "Needs options and criteria first")),
        (5, HALF, (State.IN_PROGRESS, "1 of 2 options costed")),
        (6, HALF, (State.ATTENTION, "2 of 2 still open")),
        (7, HALF, (State.COMPLETED, "Completed")),
        (8, HALF, (State.NOT_STARTED, "Not calculated yet")),
        (9, replace(HALF, options=HALF.options[:1]), (State.CANNOT_START, "Needs options with costs first")),
        (8, replace(HALF, scores=scores(a=(1, 200))), (State.CANNOT_START, "1 error to mend first")),
        (10, HALF, (State.NOT_STARTED, "Not started")),
        (10, replace(HALF, recommendation=Recommendation(decision="x")), (State.IN_PROGRESS, "1 of 6 parts written")),
    ],
)
def test_a_step_says_where_it_stands(number, document, expected):
    assert _at(document, number) == expected


def _stage(stage, document=HALF, *people, unlocked=False):
    road = (Step.START, Step.AGREE, Step.SEAL, Step.CLOSE, Step.REVEAL)[: list(Stage).index(stage)]
    steps = (*road, Step.UNLOCK) if unlocked else road
    events = tuple(SealEvent(step=step, when="2027-05-04T09:00:00+00:00", who="Ann") for step in steps)
    return replace(document, workshop=Workshop(stage=stage, assessors=people, unlocked=unlocked, events=events))


MARKS = tuple(Mark(option=option, criterion=criterion, value=5.0) for option in "ab" for criterion in ("c1", "c2"))
IN = Assessor(id="a", post="Officer", interest=Interest.NONE, marks=MARKS)
BEGUN = replace(IN, id="e", post="Porter", marks=MARKS[:3])
OUT = replace(IN, id="b", post="Auditor", marks=())
ASIDE = replace(IN, id="c", post="Clerk", interest=Interest.STANDS_ASIDE, interest_words="Bids")
HALF_ANSWERED = set_swing(HALF, criterion="c2", swing=0)
RANKED = set_ranks(replace(HALF, weighting=Weighting(answers=Answers.RANKS)), order=("c2",))
BRANCHES = replace(
    HALF,
    branches=(*HALF.branches, Branch(id="empty", name="Empty")),
    weighting=Weighting(asking=Asking.BY_BRANCH),
)


@pytest.mark.parametrize(
    ("number", "document", "expected"),
    [
        (3, _stage(Stage.PREPARING), (State.IN_PROGRESS, "Criteria are not agreed yet")),
        (4, _stage(Stage.PREPARING), (State.CANNOT_START, "Waits for sealed weights")),
        (3, _stage(Stage.AGREED, HALF_ANSWERED), (State.IN_PROGRESS, "Weights: 1 of 2 answered")),
        (
            3,
            _stage(Stage.AGREED, change_criterion(HALF_ANSWERED, criterion="c2", swing_reason="Nothing")),
            (State.IN_PROGRESS, "Weights are not sealed yet"),
        ),
        (4, _stage(Stage.AGREED), (State.CANNOT_START, "Waits for sealed weights")),
        (3, _stage(Stage.SEALED), (State.COMPLETED, "Completed")),
        (
            4,
            _stage(Stage.SEALED, HALF, IN, OUT, replace(OUT, id="d", post="Nurse"), ASIDE),
            (State.IN_PROGRESS, "1 of 3 sheets in"),
        ),
        # a sheet that is only begun is not in
        (4, _stage(Stage.SEALED, HALF, BEGUN, IN), (State.IN_PROGRESS, "1 of 2 sheets in")),
        (4, _stage(Stage.SEALED), (State.IN_PROGRESS, "No assessor yet")),
        (
            4,
            _stage(Stage.MODERATING, clear_score(HALF, option="a", criterion="c1")),
            (State.IN_PROGRESS, "3 of 4 scores agreed"),
        ),
        (4, _stage(Stage.MODERATING), (State.IN_PROGRESS, "Totals wait for the reveal")),
        (4, _stage(Stage.REVEALED), (State.COMPLETED, "Completed")),
        (3, _stage(Stage.REVEALED, unlocked=True), (State.IN_PROGRESS, "Unlocked for a change")),
        (3, RANKED, (State.IN_PROGRESS, "Weights: 1 of 2 answered")),
        (3, set_branch_swing(BRANCHES, branch="branch", swing=100), (State.ATTENTION, "1 thing to look at")),
        (3, replace(BRANCHES, criteria=()), (State.IN_PROGRESS, "No criterion yet")),
    ],
)
def test_steps_3_and_4_follow_the_workshop(number, document, expected):
    assert _at(document, number) == expected


def test_branch_by_branch_the_branches_are_asked_too():
    document = replace(BRANCHES, workshop=Workshop(stage=Stage.AGREED))
    assert _at(document, 3) == (State.IN_PROGRESS, "Weights: 2 of 3 answered")


@pytest.mark.parametrize(
    ("stage", "expected"),
    [
        (Stage.PREPARING, (3, "Write criteria with anchors, then agree them.")),
        (Stage.AGREED, (3, "Answer the swing questions, then seal the weights.")),
        (Stage.SEALED, (4, "Read in the score sheets, then close the scoring.")),
        (Stage.MODERATING, (4, "Agree one score each with its reason, then reveal the totals.")),
    ],
)
def test_the_next_thing_follows_the_workshop(stage, expected):
    document = _stage(stage, replace(LISTED, need=NEED, sourcing=SOURCING))
    assert next_thing(document, ()) == expected


def test_agreed_constraints_and_results_complete_their_steps():
    agreed = tuple(
        replace(one, agreement=Agreement.AGREED, evidence="letter", body="Regulator") for one in HALF.constraints
    )
    document = replace(HALF, constraints=agreed)
    assert _at(document, 6) == (State.COMPLETED, "Completed")
    whole = replace(document, lines=(*document.lines, line("y", "b", 2, source="ledger")))
    assert _at(whole, 8, has_results=True) == (State.COMPLETED, "Completed")
    assert _at(whole, 9, has_results=True) == (State.COMPLETED, "Completed")


@pytest.mark.parametrize("number", [8, 9])
def test_figures_are_not_complete_while_costs_or_scores_are_missing(number):
    assert _at(HALF, number, has_results=True) == (State.IN_PROGRESS, "1 of 2 options costed")
    nothing = replace(HALF, lines=(line("x", "a", 0), line("y", "b", 0)))
    assert _at(nothing, number, has_results=True) == (State.IN_PROGRESS, "Costs are missing")
    whole = replace(HALF, lines=(*HALF.lines, line("y", "b", 2, source="ledger")))
    less = clear_score(whole, option="a", criterion="c1")
    assert _at(less, number, has_results=True) == (State.IN_PROGRESS, "3 of 4 scores given")
    assert _at(replace(whole, scores=()), number, has_results=True) == (State.IN_PROGRESS, "Not scored yet")


def test_a_scenario_without_amounts_has_no_money():
    empty = replace(HALF, scenarios=(replace(rolling("s", (0, 0), 1, 0), source="letter"),))
    assert _at(empty, 7) == (State.IN_PROGRESS, "0 of 1 scenarios have money")


def test_options_that_only_a_template_named_are_not_complete():
    named = replace(HALF, lines=(), scores=())
    assert _at(named, 2) == (State.IN_PROGRESS, "No option is described yet")
    told = replace(named.options[0], description="As today")
    assert _at(replace(named, options=(told, *named.options[1:])), 2)[0] is not State.IN_PROGRESS


def test_a_business_case_is_not_complete_while_errors_stand():
    written = replace(
        HALF,
        recommendation=Recommendation(decision="x", option="a", reasons="z"),
        commercial=CommercialCase(route="x"),
        management=ManagementCase(governance="x", transition="y"),
    )
    wrong = replace(written, scores=scores(a=(1, 200), b=(3, 4)))
    assert _at(wrong, 10) == (State.IN_PROGRESS, "1 error to mend first")
    assert _at(written, 10)[0] is not State.IN_PROGRESS


def test_the_next_thing_is_an_error_then_what_is_not_done_then_what_needs_attention():
    wrong = set_swing(HALF, criterion="c1", swing=-3)
    assert next_thing(wrong, findings(wrong))[0] == 3
    assert next_thing(HALF, findings(HALF))[0] == 1
    needed = replace(HALF, need=NEED)
    assert next_thing(needed, findings(needed)) == (5, "Enter the costs and benefits of every option by year.")
    costed = set_amount(add_line(needed, line="y", option="b", name="Crews"), line="y", year=0, amount=Decimal(1))
    found = findings(costed)
    step, sentence = next_thing(costed, found)
    assert (step, sentence) == next((one.step, one.mend) for one in found if one.severity == "attention")
    assert next_thing(costed, ()) == (10, "Write the recommendation and the commercial and management case.")
    written = replace(
        costed,
        recommendation=Recommendation(decision="x", option="a", reasons="z"),
        commercial=CommercialCase(route="x"),
        management=ManagementCase(governance="x", transition="y"),
    )
    assert next_thing(written, ()) == (10, "Preview the business case and export it.")


@given(
    st.lists(st.sampled_from(["options", "criteria", "branches", "scores", "lines", "constraints", "scenarios"])),
    st.booleans(),
)
@settings(max_examples=40, deadline=None)
def test_every_step_always_has_a_state_and_a_short_sentence(gone, has_results):
    document = replace(HALF, **dict.fromkeys(gone, ()))
    for step in steps(document, findings(document), has_results=has_results):
        assert step.state in STATE_WORDS
        assert 1 <= len(step.sentence.split()) <= 8
    number, sentence = next_thing(document, findings(document))
    assert 1 <= number <= 10
    assert len(sentence.split()) <= 25


PARTNERS = tuple(
    Partner(id=key, name=key, this_body=key == "ours", volume=Decimal(1), alone=(Decimal(9),), source="Return")
    for key in ("ours", "theirs")
)
JOINT = Arrangement(id="j", option="a", partners=("ours", "theirs"), shared=(LineShare(line="x"),))
GRANT = Grant(id="g", name="Fund", amounts=(Decimal(5),), source="Prospectus")
FALLS = Programme(id="p", name="Falls", option="a", investment=("x",), source="Trial")
BARE = Scenario(id="bare", name="Bare", source="letter")


@pytest.mark.parametrize(
    ("number", "document", "expected"),
    [
        (2, replace(HALF, partners=PARTNERS, arrangements=(JOINT,)), State.ATTENTION),
        (2, replace(HALF, partners=PARTNERS, arrangements=(replace(JOINT, shared=()),)), "0 of 1 joint options shared"),
        (2, replace(HALF, partners=PARTNERS, arrangements=(replace(JOINT, partners=("ours",)),)), "0 of 1 joint"),
        (7, HALF, State.COMPLETED),
        (7, replace(HALF, scenarios=(), grants=(GRANT,)), "No scenario yet"),
        (7, replace(HALF, scenarios=(*HALF.scenarios, BARE)), "1 of 2 scenarios have money"),
        (7, replace(HALF, scenarios=(replace(BARE, grants=("g",)),), grants=(GRANT,)), State.ATTENTION),
        (7, replace(HALF, programmes=(FALLS,)), "0 of 1 programmes have lines"),
    ],
)
def test_steps_say_how_far_working_together_and_funding_have_come(number, document, expected):
    state, sentence = _at(document, number)
    if isinstance(expected, State):
        assert state is expected
    else:
        assert state is State.IN_PROGRESS
        assert sentence.startswith(expected)
