from decimal import Decimal

import pytest

from appraise.model.appraisal.effects import PublicBody
from appraise.model.appraisal.partners import Coalition, FixedShare, LineShare, ShareRule
from appraise.model.edits.changing import EditRefused
from appraise.model.edits.effects import remove_body
from appraise.model.edits.partners import (
    add_arrangement,
    add_buyer,
    add_partner,
    add_price_gap,
    add_scarce,
    change_arrangement,
    change_buyer,
    change_partner,
    change_scarce,
    remove_partner,
    set_coalition,
    share_line,
    unshare_line,
)
from tests.builders import appraisal, line

D = Decimal


def three(document=None):
    document = document or appraisal(3, lines=(line("l1", "a", 5), line("l2", "b", 6)))
    for key in ("ours", "town", "health"):
        document = add_partner(document, partner=key, name=key.title())
    return document


def joint():
    document = add_arrangement(three(), arrangement="j", option="b")
    document = share_line(document, arrangement="j", line="l2", rule=ShareRule.FIXED, shares={"ours": D(60)})
    return set_coalition(document, arrangement="j", partners=("town", "ours"), cost=D(9))


def test_one_partner_at_most_is_this_body():
    bodies = (PublicBody(id="bod", name="County"),)
    document = change_partner(three(appraisal(bodies=bodies)), partner="ours", this_body=True)
    document = change_partner(document, partner="town", body="bod", population=700)
    after = change_partner(document, partner="town", this_body=True)
    assert [one.this_body for one in after.partners] == [False, True, False]
    assert (after.partners[1].body, after.partners[1].population) == ("", 700)
    assert remove_body(document, body="bod").partners[1].body == ""
    with pytest.raises(KeyError):
        change_partner(document, partner="town", body="nobody")


def test_what_a_partner_pays_alone_is_money_and_its_volume_is_not():
    partner = change_partner(three(), partner="ours", alone=[D(5)], volume=D("7.125"), leaving=0).partners[0]
    assert [str(one) for one in partner.alone] == ["5.00"]
    assert (str(partner.volume), type(partner.leaving)) == ("7.125", float)


def test_an_arrangement_is_of_all_partners_to_begin_with_and_one_for_an_option():
    document = add_arrangement(three(), arrangement="j", option="b")
    assert document.arrangements[0].partners == ("ours", "town", "health")
    with pytest.raises(EditRefused):
        add_arrangement(document, arrangement="k", option="b")


def test_a_line_is_shared_by_the_rule_of_its_arrangement_until_it_has_its_own():
    document = add_arrangement(three(), arrangement="j", option="b")
    document = change_arrangement(document, arrangement="j", rule=ShareRule.USE)
    shared = share_line(document, arrangement="j", line="l2")
    assert shared.arrangements[0].shared == (LineShare(line="l2", rule=ShareRule.USE),)
    again = share_line(shared, arrangement="j", line="l2", fixed_percent=D(30))
    assert again.arrangements[0].shared == (LineShare(line="l2", rule=ShareRule.USE, fixed_percent=D(30)),)
    assert share_line(again, arrangement="j", line="l2") is again
    assert unshare_line(again, arrangement="j", line="l2") == document
    with pytest.raises(KeyError):
        share_line(document, arrangement="j", line="l1")


def test_shares_are_given_by_partner_or_as_the_document_holds_them():
    by_partner = change_arrangement(joint(), arrangement="j", shares={"ours": D(60), "town": D(40)})
    held = (FixedShare(partner="ours", percent=D(60)), FixedShare(partner="town", percent=D(40)))
    assert by_partner.arrangements[0].shares == held
    assert change_arrangement(by_partner, arrangement="j", shares=held) is by_partner


def test_a_group_is_told_by_its_partners_whatever_their_order():
    document = joint()
    assert document.arrangements[0].coalitions == (Coalition(partners=("ours", "town"), cost=D("9.00")),)
    dearer = set_coalition(document, arrangement="j", partners=("ours", "town"), cost=D(11))
    assert dearer.arrangements[0].coalitions == (Coalition(partners=("ours", "town"), cost=D("11.00")),)
    assert set_coalition(dearer, arrangement="j", partners=("town", "ours"), cost=None).arrangements[0].coalitions == ()
    with pytest.raises(KeyError):
        set_coalition(document, arrangement="j", partners=("nobody",), cost=D(1))


def test_a_partner_that_leaves_an_arrangement_leaves_its_shares_and_groups():
    after = change_arrangement(joint(), arrangement="j", partners=("town", "health")).arrangements[0]
    assert after.partners == ("town", "health")
    assert (after.shared[0].shares, after.coalitions) == ((), ())


def test_a_partner_that_goes_is_named_nowhere():
    document = add_buyer(add_price_gap(joint(), gap="g", name="Bed week"), gap="g", buyer="x", name="Town")
    document = change_buyer(document, gap="g", buyer="x", partner="ours", price=D(900))
    document = add_scarce(document, staff="s", option="b", role="Nurses")
    document = change_scarce(document, staff="s", neighbour="ours", posts=D("2.5"))
    after = remove_partner(document, partner="ours")
    assert "ours" not in repr(after)
    assert [one.id for one in after.partners] == ["town", "health"]
    assert after.price_gaps[0].buyers[0].price == D(900)
