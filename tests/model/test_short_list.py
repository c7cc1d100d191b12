from dataclasses import replace
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appraise.model.appraisal.effects import Count, Effect
from appraise.model.appraisal.options import (
    Category,
    Choice,
    ContractType,
    DeliveryModel,
    FactorVerdict,
    Meets,
    Option,
    Rating,
    ShortListRole,
)
from appraise.model.appraisal.records import Recommendation
from appraise.model.appraisal.sourcing import NotApplicable, Sourcing
from appraise.model.checks import findings
from appraise.model.edits.changing import EditRefused
from appraise.model.edits.long_list import build_short_list
from appraise.model.short_list import (
    ROLE_NAMES,
    cheapest_choices,
    fails,
    matrix,
    may_be_used,
    preferred_choices,
    roles_to_build,
    suggested,
    swapped,
    unrated,
    usual_choices,
)
from appraise.workspace.templates import load
from tests.builders import appraisal, constraint, in_house, line, scores

SCOPE, DELIVERY = Category.SCOPE, Category.DELIVERY
GREEN, AMBER, RED, OPEN = Rating.PREFERRED, Rating.CARRY_FORWARD, Rating.DROP, Rating.UNRATED
USUAL, MINIMUM, PREFERRED, LESS, MORE, OTHER = ShortListRole


def _choice(key: str, category: Category, rating: Rating = OPEN, cost: int = 0, *, usual: bool = False) -> Choice:
    return Choice(id=key, category=category, name=key, rating=rating, cost_order=cost, usual=usual)


# In the order of typing, not of the categories.
LONG_LIST = (
    _choice("council", DELIVERY, RED, 2, usual=True),
    _choice("today", SCOPE, AMBER, 1, usual=True),
    _choice("whole", SCOPE, GREEN, 3),
    _choice("wider", SCOPE, AMBER, 2),
    _choice("everything", SCOPE, RED, 4),
    _choice("shared", DELIVERY, GREEN, 3),
    _choice("company", DELIVERY, AMBER, 1),
)
EMPTY = replace(appraisal(), options=(), choices=LONG_LIST)


def _build(document):
    ids = count(1)
    return build_short_list(document, new_id=lambda: f"new-{next(ids)}")


def test_each_role_is_made_of_its_choices():
    assert usual_choices(EMPTY) == ("today", "council")
    assert preferred_choices(EMPTY) == ("whole", "shared")
    assert cheapest_choices(EMPTY) == ("today", "company")
    assert suggested(EMPTY, OTHER) == ()
    assert suggested(EMPTY, USUAL) == usual_choices(EMPTY)
    assert suggested(EMPTY, MINIMUM) == cheapest_choices(EMPTY)
    assert suggested(EMPTY, LESS) == suggested(EMPTY, MORE) == suggested(EMPTY, PREFERRED) == ("whole", "shared")


def test_the_cheapest_choice_is_never_a_red_or_an_open_one():
    document = replace(EMPTY, choices=(_choice("r", SCOPE, RED, 1), _choice("o", SCOPE, OPEN, 2)))
    assert cheapest_choices(document) == ()


def test_without_ranks_only_a_single_choice_is_the_cheapest():
    one = (_choice("only", SCOPE, GREEN), _choice("red", SCOPE, RED))
    assert cheapest_choices(replace(EMPTY, choices=one)) == ("only",)
    assert cheapest_choices(replace(EMPTY, choices=(*one, _choice("other", SCOPE, AMBER)))) == ()
    ranked = (*one, _choice("other", SCOPE, AMBER, 5), _choice("equal", SCOPE, AMBER, 5))
    assert cheapest_choices(replace(EMPTY, choices=ranked)) == ("other",)


def test_the_matrix_has_five_rows_with_today_first():
    rows = matrix(EMPTY)
    assert [row.category for row in rows] == list(Category)
    scope = rows[0]
    assert [choice.id for choice in scope.usual] == ["today"]
    assert [choice.id for choice in scope.others] == ["whole", "wider", "everything"]
    assert rows[1].usual == rows[1].others == ()


def test_building_names_every_role_and_says_no_model():
    built = _build(EMPTY)
    assert [option.role for option in built.options] == [USUAL, MINIMUM, PREFERRED, LESS, MORE]
    assert [option.id for option in built.options] == [f"new-{number}" for number in range(1, 6)]
    for option in built.options:
        assert option.name == ROLE_NAMES[option.role]
        assert option.model is DeliveryModel.UNSAID
        assert option.choices == suggested(EMPTY, option.role)
    assert _build(built) is built


def test_existing_options_stay_untouched():
    mine = Option(id="mine", name="Mine", role=MINIMUM, choices=("wider",))
    built = _build(replace(EMPTY, options=(mine,)))
    assert built.options[0] is mine
    assert [option.role for option in built.options[1:]] == [USUAL, PREFERRED, LESS, MORE]


def test_empty_options_of_a_new_appraisal_are_built_upon_before_any_is_added():
    fresh = load("blank", first_year=2027)
    built = _build(replace(EMPTY, options=fresh.options))
    assert [option.id for option in built.options] == [option.id for option in fresh.options]
    assert [option.role for option in built.options] == [USUAL, MINIMUM, PREFERRED, LESS, MORE]
    for option in built.options:
        assert (option.name, option.model) == (ROLE_NAMES[option.role], DeliveryModel.UNSAID)
        assert option.choices == suggested(EMPTY, option.role)
        assert option.short_name
    assert _build(built) is built
    assert "short-list-size" not in {finding.code for finding in findings(built)}


@pytest.mark.parametrize(
    "said",
    [
        {"name": "Council teams"},
        {"model": DeliveryModel.COMPANY},
        {"description": "Depots in both towns"},
        {"term_years": 5},
        {"contract": ContractType.SERVICES},
        {"role": MORE},
    ],
)
def test_an_option_of_which_something_is_said_is_not_built_upon(said):
    fresh = load("blank", first_year=2027)
    ours = replace(fresh.options[2], **said)
    built = _build(replace(EMPTY, options=(*fresh.options[:2], ours)))
    kept = built.options[2]
    assert replace(kept, choices=ours.choices) == ours


@pytest.mark.parametrize(
    "part",
    [
        {"lines": (line("x", "option-insource", 1),)},
        {"scores": scores(**{"option-insource": (5,)})},
        {"constraints": (constraint("permit", 0.1, 2, in_house("option-insource")),)},
        {"effects": (Effect(id="e", name="Trees", counts=(Count(option="option-insource"),)),)},
        {"sourcing": Sourcing(not_applicable=(NotApplicable(option="option-insource", heading="pay"),))},
        {"recommendation": Recommendation(option="option-insource")},
    ],
)
def test_an_option_that_the_document_speaks_of_is_not_built_upon(part):
    fresh = load("blank", first_year=2027)
    built = _build(replace(EMPTY, options=fresh.options, **part))
    assert built.options[2] is fresh.options[2]
    assert [option.role for option in built.options[3:]] == [PREFERRED, LESS, MORE]


def test_an_empty_option_with_a_role_gets_its_choices():
    mine = Option(id="mine", name="The least", role=MINIMUM)
    document = replace(EMPTY, options=(mine,))
    assert _build(document).options[0] == replace(mine, choices=("today", "company"))
    costed = replace(document, lines=(line("x", "mine", 1),))
    assert _build(costed).options[0] is mine


def test_nothing_is_built_while_a_choice_is_not_rated():
    open_choice = replace(EMPTY, choices=(*LONG_LIST, _choice("grants", Category.FUNDING)))
    assert unrated(open_choice) == (Category.FUNDING,)
    with pytest.raises(EditRefused, match=r"^Rate every choice first: funding has choices"):
        _build(open_choice)
    both = replace(
        EMPTY, choices=(_choice("all", SCOPE), _choice("grants", Category.FUNDING), _choice("own", DELIVERY))
    )
    with pytest.raises(EditRefused, match="scope, delivery and funding have choices"):
        _build(both)


def test_less_ambitious_is_left_out_where_the_do_minimum_is_the_preferred_way_forward():
    document = replace(EMPTY, choices=(_choice("a", SCOPE, GREEN, 1), _choice("b", SCOPE, AMBER, 2)))
    assert roles_to_build(document) == (USUAL, MINIMUM, PREFERRED, MORE)


def test_without_ratings_only_business_as_usual_is_built():
    unrated = tuple(replace(choice, rating=OPEN) for choice in LONG_LIST)
    assert roles_to_build(replace(EMPTY, choices=unrated)) == (USUAL,)
    assert roles_to_build(replace(EMPTY, choices=())) == (USUAL,)


def test_swapping_replaces_the_choice_of_the_category_in_order():
    assert swapped(EMPTY, ("whole", "shared"), "wider") == ("wider", "shared")
    assert swapped(EMPTY, ("shared",), "whole") == ("whole", "shared")
    assert swapped(EMPTY, ("today", "whole", "gone"), "wider") == ("wider",)


def test_a_choice_fails_only_on_a_no():
    partly = FactorVerdict(factor="affordability", meets=Meets.PARTLY)
    assert not fails(replace(LONG_LIST[0], verdicts=(partly,)))
    assert fails(replace(LONG_LIST[0], verdicts=(partly, FactorVerdict(factor="achievability", meets=Meets.NO))))


CHOICES = st.lists(
    st.builds(
        _choice,
        st.sampled_from("abcdefghij"),
        st.sampled_from(Category),
        st.sampled_from([GREEN, AMBER, RED]),
        st.integers(-1, 3),
        usual=st.booleans(),
    ),
    unique_by=lambda choice: choice.id,
    max_size=10,
).map(tuple)


@given(CHOICES)
def test_a_dropped_choice_never_reaches_the_short_list_but_as_business_as_usual(choices):
    by_id = {choice.id: choice for choice in choices}
    built = _build(replace(EMPTY, choices=choices))
    for option in built.options:
        assert all(may_be_used(by_id[choice], option.role) for choice in option.choices)
        if option.role is not USUAL:
            assert RED not in {by_id[choice].rating for choice in option.choices}
    assert built.options[0].role is USUAL
