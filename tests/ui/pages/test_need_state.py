"""How far step 1 is written, without widgets."""

from dataclasses import replace
from decimal import Decimal

import pytest

from appraise.model import need_sections
from appraise.model.appraisal.need import EqualityDuty, Fact, LeftOut, Need, Objective, Outcome, TheoryOfChange
from appraise.ui.pages import need_state

WHOLE = Need(
    case_for_change="It floods",
    business_as_usual="It goes on flooding",
    place="A low coast",
    outcomes=(
        Outcome(
            id="o", name="Dry", today="41", target="10", evidence="Log", works="Town", fails="Lane", residents="64"
        ),
    ),
    not_in_the_numbers="Distress",
    theory=TheoryOfChange(inputs="a", activities="b", outputs="c", outcomes="d", impact="e", rests_on="f"),
    objectives=(Objective(id="b", statement="Dry", measure="Homes", today="41", target="10", by="2032", owner="Head"),),
    facts=(Fact(id="f", name="Residents", value="96,000", source="Register"),),
    equality=EqualityDuty(discrimination="a", opportunity="b", relations="c", evidence="d"),
    left_out=(LeftOut(id="l", name="Sea walls", why="Same everywhere", pounds=Decimal("0.00")),),
)


def by_key(need: Need) -> dict[str, need_state.SectionState]:
    return {one.key: one for one in need_state.sections(need)}


def test_an_empty_need_has_nothing_and_a_whole_one_all() -> None:
    empty, whole = need_state.sections(Need()), need_state.sections(WHOLE)
    assert [one.key for one in empty] == [key for key, _ in need_sections.SECTIONS]
    assert {one.state for one in empty} == {"not-started"}
    assert {one.words for one in empty} == {"nothing yet"}
    assert {one.state for one in whole} == {"completed"}
    assert need_sections.filled_words(Need()) == "0 of 7 sections filled"
    assert need_sections.filled_words(WHOLE) == "7 of 7 sections filled"


def test_spaces_are_not_words() -> None:
    state = by_key(replace(WHOLE, case_for_change=" \n "))["case"]
    assert (state.written, state.pieces, state.state) == (1, 2, "in-progress")


def test_a_record_without_words_fills_nothing() -> None:
    need = replace(Need(), objectives=(Objective(id="b", statement=" "),))
    state = by_key(need)["objectives"]
    assert (state.state, state.words) == ("not-started", "nothing yet")
    assert need_sections.filled_words(need) == "0 of 7 sections filled"
    state = by_key(replace(need, objectives=(Objective(id="b", statement="", owner="Head"),)))["objectives"]
    assert (state.state, state.words) == ("in-progress", "0 of 1 complete")


@pytest.mark.parametrize(
    ("part", "section", "words"),
    [
        ({"facts": (*WHOLE.facts, Fact(id="g", name="Gullies", value="21,400"))}, "place", "2 of 3 written"),
        ({"left_out": (LeftOut(id="m", name="Gritting"),)}, "boundary", "1 of 2 written"),
        ({"theory": replace(WHOLE.theory, impact="")}, "theory", "5 of 6 written"),
        ({"equality": replace(WHOLE.equality, evidence="")}, "equality", "3 of 4 written"),
        ({"outcomes": (replace(WHOLE.outcomes[0], residents=""),)}, "outcomes", "0 of 1 complete"),
    ],
)
def test_each_piece_counts_in_its_section_only(part: dict[str, object], section: str, words: str) -> None:
    states = by_key(replace(WHOLE, **part))
    assert states[section].words == words
    assert [key for key, one in states.items() if not one.full] == [section]


@pytest.mark.parametrize(
    ("field", "letters"),
    [
        ("statement", "MART"),
        ("measure", "SART"),
        ("today", "SMRT"),
        ("target", "SRT"),
        ("owner", "SMAT"),
        ("by", "SMAR"),
    ],
)
def test_each_field_carries_its_letters(field: str, letters: str) -> None:
    one = replace(WHOLE.objectives[0], **{field: ""})
    assert "".join(part.letter for part in need_state.smart(one) if part.there) == letters
    assert len(need_sections.missing_of_objective(one)) == 1


def test_what_is_missing_is_a_sentence() -> None:
    one = Outcome(id="o", name="Dry", today="41", target="10", works="Town", fails="Lane")
    assert (
        need_state.still_missing(need_sections.missing_of_outcome(one))
        == "Still missing: residents' view and evidence."
    )
    assert need_state.still_missing(()) == ""
