"""What names a line or an option no longer does once that is gone."""

from decimal import Decimal

from appraise.model.appraisal.funding import Grant, Programme, ProgrammeStop, Scenario
from appraise.model.appraisal.lines import Index
from appraise.model.appraisal.partners import Arrangement, LineShare, Partner, ScarceStaff
from appraise.model.appraisal.terms import LineTerms, Pilot
from appraise.model.edits.lines import remove_index, remove_line
from appraise.model.edits.options import remove_option
from appraise.model.edits.terms import change_terms
from tests.builders import appraisal, line

DOCUMENT = change_terms(
    appraisal(
        3,
        ("a", "gone"),
        lines=(line("l-a", "a", 5), line("l-gone", "gone", 6), line("l-more", "gone", 7)),
        scenarios=(Scenario(id="s", name="S", stops=(ProgrammeStop(programme="p", last_year=1),)),),
        grants=(Grant(id="g", name="G", lines=("l-a", "l-gone")), Grant(id="g2", name="G2", lines=("l-more",))),
        programmes=(Programme(id="p", name="P", option="gone", investment=("l-gone",), lines=("l-more",)),),
        line_terms=(LineTerms(line="l-gone", whole=True),),
        pilots=(Pilot(id="pi", name="Pilot", go_on="gone", fall_back="a", without="gone"),),
        partners=(Partner(id="x", name="X", index="i"),),
        indices=(Index(id="i", name="Pay", percent=(Decimal(2),)),),
        arrangements=(Arrangement(id="j", option="gone", shared=(LineShare(line="l-gone"), LineShare(line="l-more"))),),
        scarce_staff=(ScarceStaff(id="st", option="gone", role="Nurses"),),
    ),
    option="a",
    fall_back="gone",
)


def test_a_line_that_goes_is_named_nowhere():
    after = remove_line(DOCUMENT, line="l-gone")
    assert "l-gone" not in repr(after)
    assert after.grants[0].lines == ("l-a",)
    assert after.programmes[0].lines == ("l-more",)
    assert after.arrangements[0].shared == (LineShare(line="l-more"),)
    assert after.options is DOCUMENT.options


def test_a_grant_for_one_line_alone_does_not_come_to_pay_for_everything():
    assert remove_line(DOCUMENT, line="l-more").grants[1].lines == ("l-more",)


def test_an_option_that_goes_is_named_nowhere_and_takes_along_what_was_its_own():
    after = remove_option(DOCUMENT, option="gone")
    assert "gone" not in repr(after)
    assert (after.programmes, after.arrangements, after.scarce_staff, after.line_terms) == ((), (), (), ())
    assert after.scenarios[0].stops == ()
    assert after.options[0].terms.fall_back == ""
    assert (after.pilots[0].go_on, after.pilots[0].fall_back, after.pilots[0].without) == ("", "a", "")
    assert (after.partners, after.grants[0].lines) == (DOCUMENT.partners, ("l-a",))


def test_a_partner_whose_index_goes_follows_general_inflation():
    assert remove_index(DOCUMENT, index="i").partners[0].index == ""
