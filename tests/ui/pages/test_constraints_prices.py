from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from appraise.model.appraisal.constraints import Bearer, Bearing, Pricing, Principle
from appraise.model.appraisal.document import Appraisal
from appraise.model.pricing import PRESETS
from appraise.ui.pages.constraints import PRICES, ConstraintsPage
from appraise.ui.pages.constraints_prices import PricesSection, parse_strength, strength_text

from .conftest import Desk
from .test_constraints import plain, shown, type_into, write_into


def prices(qtbot: QtBot, desk: Desk) -> tuple[ConstraintsPage, PricesSection]:
    page = shown(qtbot, desk)
    page.turn_to(PRICES)
    section = page.section
    assert isinstance(section, PricesSection)
    return page, section


def of(desk: Desk, option: str = "option-outsource") -> Pricing:
    return next(one.pricing for one in desk.appraisal.options if one.id == option)


def test_a_principle_brings_its_preset_and_its_own_words(qtbot: QtBot, desk: Desk) -> None:
    desk = plain(desk)
    _, section = prices(qtbot, desk)
    for principle in Principle:
        section.how.principle.chosen.emit(principle.value)
        chosen = of(desk)
        assert chosen.principle is principle
        assert section.how.strength.text() == strength_text(principle, chosen.strength)
        assert parse_strength(principle, section.how.strength.text()) == pytest.approx(chosen.strength)
    assert of(desk).strength == PRESETS[Principle.PROPORTIONAL_HAZARD]
    assert "rho" in section.how.strength.findChild(type(section.how.words)).text()
    assert not section.how.preset.isVisible()


def test_strength_competition_and_evidence_are_typed(qtbot: QtBot, desk: Desk) -> None:
    desk = plain(desk)
    _, section = prices(qtbot, desk)
    section.how.principle.chosen.emit("wang")
    before = section.pools.model.rows[0].cells[3].text
    type_into(qtbot, section.how.strength, "0.8")
    type_into(qtbot, section.how.competition, "40")
    write_into(section.how.evidence, "Three bids.")
    assert (of(desk).strength, of(desk).competition, of(desk).evidence) == (0.8, 0.4, "Three bids.")
    assert section.pools.model.rows[0].cells[3].text != before
    assert section.how.preset.isVisible()
    section.how.preset.click()
    assert of(desk).strength == 0.35
    assert desk.actions[-1].startswith("Change the strength of")
    desk.undo()
    assert section.how.strength.text() == "0.8"


@pytest.mark.parametrize(
    ("principle", "text", "sentence"),
    [
        (Principle.WANG, "-1", "0 or more"),
        (Principle.STANDARD_DEVIATION, "-0.1", "0 or more"),
        (Principle.PROPORTIONAL_HAZARD, "0.5", "1 or more"),
        (Principle.CVAR, "100", "below 100"),
        (Principle.PERCENTILE, "0", "above 0"),
        (Principle.EXPECTED_VALUE, "-5", "0 or more"),
        (Principle.WANG, "much", "much"),
    ],
)
def test_a_strength_out_of_range_is_refused(principle: Principle, text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        parse_strength(principle, text)


def test_the_pool_stands_in_parts_beside_the_evidence(qtbot: QtBot, desk: Desk) -> None:
    desk = plain(desk)
    _, section = prices(qtbot, desk)
    section.how.principle.chosen.emit("wang")
    row = [cell.text for cell in section.pools.model.rows[0].cells]
    *parts, asked, alone = (int(text.replace(",", "").replace("–", "0")) for text in row[1:7])
    _, _, loading, managing = parts
    assert abs(sum(parts) - asked) <= 2, "each is rounded by itself"
    assert managing == 0
    assert loading > 0
    assert alone > asked, "priced one by one it would be dearer"
    assert "of its charges" in section.pools.title.text()
    assert [one.cells[0].text for one in section.evidence.model.rows][1] == "Bids of UK contractors"
    assert "Laryea and Hughes" in section.evidence.sources.text()
    assert len(section.parts.model.rows) == len(desk.appraisal.constraints) + 1


def carried_by_two(appraisal: Appraisal) -> Appraisal:
    first = appraisal.constraints[0]
    bearings = tuple(
        Bearing(option=one.option, bearer=Bearer.SUPPLIER) if one.option == "option-joint" else one
        for one in first.bearings
    )
    return replace(appraisal, constraints=(replace(first, bearings=bearings), *appraisal.constraints[1:]))


def test_another_supplier_is_taken_in_hand_by_switch_or_row(qtbot: QtBot, desk: Desk) -> None:
    desk = Desk(carried_by_two(plain(desk).appraisal))
    _, section = prices(qtbot, desk)
    assert section.which.isVisible()
    section.choice.chosen.emit("option-joint")
    type_into(qtbot, section.how.strength, "7")
    assert of(desk, "option-joint").strength == pytest.approx(0.07)
    assert of(desk).strength == 0.0
    assert section.pools.table.current_key() == "option-joint"
    section.pools.table.place("option-outsource")
    assert section.choice.current() == "option-outsource"


def test_without_a_supplier_the_way_to_one_is_shown(qtbot: QtBot, desk: Desk) -> None:
    desk = plain(desk)
    kept = tuple(
        replace(one, bearings=tuple(replace(bearing, bearer=Bearer.IN_HOUSE) for bearing in one.bearings))
        for one in desk.appraisal.constraints
    )
    page, section = prices(qtbot, Desk(replace(desk.appraisal, constraints=kept)))
    asked: list[tuple[int, str, str]] = []
    page.context.place_wanted.connect(lambda *place: asked.append(place))
    assert section.none_card.isVisible()
    assert not section.how.isVisible()
    section.none.action.click()
    assert asked == [(6, kept[0].id, "bearings")]


def test_a_strength_that_is_wrong_in_the_file_is_mended_here(qtbot: QtBot, desk: Desk) -> None:
    desk = plain(desk)
    options = tuple(
        replace(one, pricing=Pricing(strength=-3.0)) if one.id == "option-inhouse" else one
        for one in desk.appraisal.options
    )
    page, section = prices(qtbot, Desk(replace(desk.appraisal, options=options)))
    page.focus_place("option-inhouse", "pricing")
    assert section.how.errors.isVisible()
    assert section.how.strength.line.hasFocus() or page.focusWidget() is section.how.strength.line
    type_into(qtbot, section.how.strength, "0.35")
    assert page.context.view.results is not None


def test_lots_stand_in_a_table_of_their_own_and_only_then(qtbot: QtBot, desk: Desk) -> None:
    desk = plain(desk)
    _, section = prices(qtbot, desk)
    assert not section.lots.isVisible(), "one contract is one pool"
    first = desk.appraisal.constraints[0]
    bearings = tuple(replace(one, lot="Coast") if one.option == "option-outsource" else one for one in first.bearings)
    desk = Desk(
        replace(desk.appraisal, constraints=(replace(first, bearings=bearings), *desk.appraisal.constraints[1:]))
    )
    _, section = prices(qtbot, desk)
    assert section.lots.isVisible()
    rows = {row.cells[1].text: [cell.text for cell in row.cells[2:]] for row in section.lots.model.rows}
    assert rows["Coast"][0] == first.name
    assert first.name not in rows["The one contract"][0]
    asked = sum(int(words[1].replace(",", "")) for words in rows.values())
    assert asked == int(section.pools.model.rows[0].cells[5].text.replace(",", ""))


def test_what_would_flip_the_ranking_stands_in_words_and_figures(qtbot: QtBot, desk: Desk) -> None:
    _, section = prices(qtbot, desk)
    results = desk.context.view.results
    assert results is not None
    assert results.flips
    assert section.flips.isVisible()
    assert len(section.flips.model.rows) == len(results.flips)
    assert "is assumed" in section.flips.words.text()
    assert section.flips.subtitle.text() == "Risk that would have to be transferred to flip the ranking"
