from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appraise.model.appraisal.options import (
    SUCCESS_FACTORS,
    Category,
    Choice,
    Factor,
    FactorVerdict,
    Meets,
    Option,
    Rating,
    ShortListRole,
)
from appraise.model.edits.changing import EditRefused
from appraise.model.edits.long_list import (
    add_factor,
    build_short_list,
    change_choice,
    judge_choice,
    rate_choice,
    remove_choice,
    remove_factor,
    swap_choice,
    use_choice,
)
from appraise.model.edits.options import remove_option, set_role
from tests.builders import appraisal

GREEN, AMBER, RED = Rating.PREFERRED, Rating.CARRY_FORWARD, Rating.DROP
DOCUMENT = replace(
    appraisal(),
    factors=(Factor(id="climate", name="Climate"),),
    choices=(
        Choice(id="today", category=Category.SCOPE, name="As today", usual=True, rating=RED, reason="Floods"),
        Choice(id="whole", category=Category.SCOPE, name="Whole coast", rating=GREEN, reason="Fits"),
        Choice(id="part", category=Category.SCOPE, name="Part", rating=AMBER, reason="Cheap"),
    ),
    options=(
        Option(id="a", name="Usual", role=ShortListRole.BUSINESS_AS_USUAL, choices=("today",)),
        Option(id="b", name="Together", choices=("whole",)),
    ),
)


def _refused(match, edit, *arguments, **named):
    with pytest.raises(EditRefused, match=match) as refused:
        edit(*arguments, **named)
    sentence = str(refused.value)
    assert sentence.endswith(".")
    assert len(sentence.split()) <= 25


def test_a_choice_in_use_cannot_be_dropped():
    _refused("“Together”", rate_choice, DOCUMENT, choice="whole", rating=RED)
    assert rate_choice(DOCUMENT, choice="part", rating=RED).choices[2].rating is RED


def test_business_as_usual_may_use_what_was_dropped():
    alone = use_choice(DOCUMENT, option="b", choice="whole", used=False)
    usual = use_choice(alone, option="a", choice="whole", used=True)
    assert rate_choice(usual, choice="whole", rating=RED).choices[1].rating is RED
    assert use_choice(DOCUMENT, option="a", choice="today", used=True) is DOCUMENT


def test_no_other_option_may_use_what_was_dropped():
    _refused("“As today” was dropped", use_choice, DOCUMENT, option="b", choice="today", used=True)
    _refused("“As today” was dropped", swap_choice, DOCUMENT, option="b", choice="today")
    second = set_role(DOCUMENT, option="b", role=ShortListRole.BUSINESS_AS_USUAL)
    _refused("“As today”", set_role, second, option="a", role=ShortListRole.OTHER)


def test_a_second_green_is_refused_by_name():
    _refused("“Whole coast” is preferred", rate_choice, DOCUMENT, choice="part", rating=GREEN)
    amber = rate_choice(DOCUMENT, choice="whole", rating=AMBER)
    assert rate_choice(amber, choice="part", rating=GREEN).choices[2].rating is GREEN
    assert rate_choice(DOCUMENT, choice="whole", rating=GREEN) is DOCUMENT


def test_greens_of_other_categories_are_no_rivals():
    other = Choice(id="shared", category=Category.DELIVERY, name="Shared")
    document = replace(DOCUMENT, choices=(*DOCUMENT.choices, other))
    assert rate_choice(document, choice="shared", rating=GREEN).choices[3].rating is GREEN


def test_removing_a_choice_takes_it_out_of_the_options():
    after = remove_choice(DOCUMENT, choice="whole")
    assert [choice.id for choice in after.choices] == ["today", "part"]
    assert after.options[1].choices == ()
    assert after.options[0] is DOCUMENT.options[0]


def test_using_swapping_and_not_using():
    both = use_choice(DOCUMENT, option="b", choice="part", used=True)
    assert both.options[1].choices == ("whole", "part")
    assert swap_choice(both, option="b", choice="part").options[1].choices == ("part",)
    assert use_choice(both, option="b", choice="part", used=False) == DOCUMENT
    assert use_choice(DOCUMENT, option="b", choice="part", used=False) is DOCUMENT


def test_verdicts_are_kept_in_order_and_taken_away():
    first = judge_choice(DOCUMENT, choice="part", factor="climate", meets=Meets.NO)
    both = judge_choice(first, choice="part", factor="affordability", meets=Meets.YES)
    changed = judge_choice(both, choice="part", factor="climate", meets=Meets.PARTLY)
    assert changed.choices[2].verdicts == (
        FactorVerdict(factor="climate", meets=Meets.PARTLY),
        FactorVerdict(factor="affordability", meets=Meets.YES),
    )
    assert judge_choice(first, choice="part", factor="climate", meets=Meets.UNSAID) == DOCUMENT
    assert judge_choice(DOCUMENT, choice="part", factor="climate", meets=Meets.UNSAID) is DOCUMENT
    with pytest.raises(KeyError):
        judge_choice(DOCUMENT, choice="part", factor="nobody", meets=Meets.NO)


def test_removing_a_factor_takes_its_verdicts_along():
    judged = judge_choice(DOCUMENT, choice="part", factor="climate", meets=Meets.NO)
    judged = judge_choice(judged, choice="part", factor="affordability", meets=Meets.YES)
    after = remove_factor(judged, factor="climate")
    assert after.factors == ()
    assert [verdict.factor for verdict in after.choices[2].verdicts] == ["affordability"]
    assert after.choices[1] is DOCUMENT.choices[1]


def test_the_five_factors_can_neither_go_nor_come_twice():
    for factor in SUCCESS_FACTORS:
        with pytest.raises(KeyError):
            remove_factor(DOCUMENT, factor=factor)
        with pytest.raises(KeyError):
            add_factor(DOCUMENT, factor=factor, name="Again")


def test_what_has_an_edit_of_its_own_cannot_be_changed_by_name():
    assert change_choice(DOCUMENT, choice="part", reason="New", cost_order=2).choices[2].cost_order == 2
    for field in ("rating", "category", "verdicts", "id", "colour"):
        with pytest.raises(TypeError):
            change_choice(DOCUMENT, choice="part", **{field: "x"})


ACTIONS = st.one_of(
    st.tuples(
        st.just(rate_choice),
        st.fixed_dictionaries(
            {"choice": st.sampled_from(["today", "whole", "part"]), "rating": st.sampled_from(Rating)}
        ),
    ),
    st.tuples(
        st.just(use_choice),
        st.fixed_dictionaries(
            {
                "option": st.sampled_from("ab"),
                "choice": st.sampled_from(["today", "whole", "part"]),
                "used": st.booleans(),
            }
        ),
    ),
    st.tuples(
        st.just(swap_choice),
        st.fixed_dictionaries({"option": st.sampled_from("ab"), "choice": st.sampled_from(["today", "part"])}),
    ),
    st.tuples(
        st.just(set_role),
        st.fixed_dictionaries({"option": st.sampled_from("ab"), "role": st.sampled_from(ShortListRole)}),
    ),
    st.tuples(st.just(remove_option), st.fixed_dictionaries({"option": st.sampled_from("ab")})),
    st.tuples(st.just(build_short_list), st.just({"new_id": lambda: "built"})),
)


@given(st.lists(ACTIONS, max_size=12))
@settings(deadline=None)
def test_whatever_is_done_no_option_has_a_dropped_choice_and_business_as_usual_stays(actions):
    """METHOD 15, invariant 16."""
    document = DOCUMENT
    for edit, arguments in actions:
        try:
            document = edit(document, **arguments)
        except (EditRefused, KeyError):  # refused, or the option has gone, or its id is taken
            continue
        dropped = {choice.id for choice in document.choices if choice.rating is RED}
        roles = [option.role for option in document.options]
        assert ShortListRole.BUSINESS_AS_USUAL in roles
        for option in document.options:
            assert option.role is ShortListRole.BUSINESS_AS_USUAL or not dropped & set(option.choices)
        assert sum(choice.rating is GREEN for choice in document.choices) <= 1
