from decimal import Decimal

import pytest

from appraise.model.appraisal.constraints import Bearer, Bearing
from appraise.model.appraisal.terms import LineTerms, Tier
from appraise.model.edits.lines import copy_line
from appraise.model.edits.terms import (
    add_lot,
    change_lot,
    change_terms,
    clear_line_terms,
    remove_lot,
    set_line_terms,
)
from tests.builders import appraisal, constraint, line

D = Decimal
DOCUMENT = appraisal(
    3,
    lines=(line("l1", "a", 5), line("l2", "b", 6)),
    constraints=(
        constraint(
            "c",
            0.5,
            10,
            Bearing(option="a", bearer=Bearer.SUPPLIER, lot="North"),
            Bearing(option="b", bearer=Bearer.SUPPLIER, lot="North"),
        ),
    ),
)


def test_money_of_a_contract_is_kept_in_pence_and_per_cents_as_they_are():
    terms = change_terms(DOCUMENT, option="a", investment=D(5), capital_percent=D("7.125")).options[0].terms
    assert str(terms.investment) == "5.00"
    assert str(terms.capital_percent) == "7.125"


def test_a_contract_falls_back_on_an_option_that_there_is():
    with pytest.raises(KeyError):
        change_terms(DOCUMENT, option="a", fall_back="nobody")
    with pytest.raises(TypeError):
        change_terms(DOCUMENT, option="a", term_years=3)


def test_constraints_follow_the_name_of_a_lot_in_its_own_option():
    document = add_lot(DOCUMENT, option="a", lot="lot", name="North")
    after = change_lot(document, option="a", lot="lot", name="Coast")
    assert [bearing.lot for bearing in after.constraints[0].bearings] == ["Coast", "North"]
    gone = remove_lot(after, option="a", lot="lot")
    assert [bearing.lot for bearing in gone.constraints[0].bearings] == ["", "North"]
    assert change_lot(document, option="a", lot="lot", percent=D(20)).constraints is document.constraints


def test_two_options_have_no_lot_of_the_same_id():
    document = add_lot(DOCUMENT, option="a", lot="lot", name="North")
    with pytest.raises(KeyError):
        add_lot(document, option="b", lot="lot", name="South")


def test_terms_of_a_line_that_say_nothing_go():
    tiers = (Tier(over=D(100), percent=D(5)),)
    document = set_line_terms(DOCUMENT, line="l1", tiers=tiers)
    document = set_line_terms(document, line="l2", cap=D(3))
    assert document.line_terms == (LineTerms(line="l1", tiers=tiers), LineTerms(line="l2", cap=D(3)))
    changed = set_line_terms(document, line="l1", whole=True)
    assert [one.line for one in changed.line_terms] == ["l1", "l2"]
    assert set_line_terms(set_line_terms(changed, line="l1", tiers=(), whole=False), line="l2", cap=None) == DOCUMENT
    assert clear_line_terms(document, line="l1").line_terms == document.line_terms[1:]


def test_a_copied_line_has_the_terms_of_the_first():
    document = set_line_terms(DOCUMENT, line="l1", loyalty=(D(2),))
    after = copy_line(document, line="l1", copy="l3", option="b")
    assert after.line_terms == (LineTerms(line="l1", loyalty=(D(2),)), LineTerms(line="l3", loyalty=(D(2),)))
