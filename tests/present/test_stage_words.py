"""Whether a pilot pays, in words."""

from dataclasses import replace
from decimal import Decimal

from appraise.model.appraisal.terms import PilotKind
from appraise.present import stage_words
from tests.present import funding_example

DOCUMENT = funding_example.document()


def test_every_kind_has_words() -> None:
    assert set(stage_words.KINDS) == set(PilotKind)


def test_a_pilot_that_pays_is_told_against_the_best_without_it_and_against_going_on_at_once() -> None:
    assert stage_words.pilot(funding_example.PILOT, DOCUMENT) == (
        "“One district first” pays: it is worth £288k more than Minimum, the best without it.",
        "Going on with Joint at once is worth £712k more, if it is sure to work.",
        "If it may fail as entered, it is worth £8k less.",
        "It pays from a success chance of 56\u00a0% on; 70\u00a0% is entered.",
        "If it succeeds, Joint goes on; if not, In-house does.",
        "It can mislead: of services that fail, 10\u00a0% would pass, and each would lose £400k.",
    )


def test_nothing_is_called_deciding_at_once_that_is_another_option() -> None:
    typed = replace(DOCUMENT, pilots=(replace(DOCUMENT.pilots[0], without="option-1"),))
    assert stage_words.pilot(funding_example.PILOT, typed)[0].endswith(
        "more than Minimum, entered as what happens without it."
    )
    itself = replace(funding_example.PILOT, chosen_without="option-4", gain=Decimal(-712_000), pays=False)
    said = stage_words.pilot(itself, DOCUMENT)
    assert said[0] == "“One district first” does not pay: it is worth £712k less than going on with Joint at once."
    assert not any("sure to work" in sentence for sentence in said)


def test_a_pilot_whose_going_on_is_worth_less_pays_under_its_break_even() -> None:
    """G 20, B 100, N 50, k 0: .625, and it pays under it."""
    under = replace(funding_example.PILOT, break_even=0.625, pays_above=False)
    assert any(
        one.startswith("It pays under a success chance of 63\u00a0%") for one in stage_words.pilot(under, DOCUMENT)
    )
    assert stage_words.pays_at(under) == "under 63\u00a0%"
    assert stage_words.pays_at(funding_example.PILOT) == "from 56\u00a0%"
    assert stage_words.pays_at(replace(under, break_even=None)) == "any"
    assert stage_words.pays_at(replace(under, break_even=None, pays=False)) == "none"


def test_a_pilot_that_does_not_pay_or_is_level() -> None:
    lost = replace(funding_example.PILOT, gain=Decimal(-2_000_000), pays=False, break_even=None)
    said = stage_words.pilot(lost, DOCUMENT)
    assert said[0] == "“One district first” does not pay: it is worth £2m less than Minimum, the best without it."
    assert "No chance of success makes it pay." in said
    level = replace(funding_example.PILOT, gain=Decimal(0), pays=False, against_sure=Decimal(0))
    said = stage_words.pilot(level, DOCUMENT)
    assert said[0] == "“One district first” is worth as much as Minimum, the best without it."
    assert said[1] == "Going on with Joint at once, if sure to work, is worth the same."
    beyond = replace(funding_example.PILOT, break_even=1.0, pays=False, gain=Decimal(-1))
    assert not any("success chance" in sentence for sentence in stage_words.pilot(beyond, DOCUMENT))


def test_a_result_without_its_pilot_says_nothing() -> None:
    assert stage_words.pilot(replace(funding_example.PILOT, pilot="gone"), DOCUMENT) == ()
