import pytest

from appraise.model.edits.programmes import add_programme, change_programme
from tests.builders import appraisal, line

DOCUMENT = add_programme(
    appraisal(3, lines=(line("l1", "a", 5), line("l2", "b", 6))), programme="p", name="Falls", option="a"
)


def test_shares_of_a_programme_are_floats_and_its_lines_ids():
    programme = change_programme(DOCUMENT, programme="p", high=1, decay=0, lines=["l1"]).programmes[0]
    assert (programme.high, type(programme.high)) == (1.0, float)
    assert programme.lines == ("l1",)
    with pytest.raises(KeyError):
        change_programme(DOCUMENT, programme="p", investment=("nobody",))


def test_a_programme_in_another_option_names_no_lines_of_the_old_one():
    document = change_programme(DOCUMENT, programme="p", lines=("l1",), investment=("l1",))
    programme = change_programme(document, programme="p", option="b", lines=("l2",)).programmes[0]
    assert (programme.option, programme.lines, programme.investment) == ("b", ("l2",), ())
    assert change_programme(document, programme="p", option="a") is document
