from collections.abc import Callable
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from appraise.model.appraisal.funding import Programme, ProgrammeStop
from appraise.model.edits import programmes
from appraise.present import wording
from appraise.ui.pages.funding_effect import runs

from .conftest import Desk
from .funding_driving import OPTION, active, filled, help_words, inside, prevention, shown


def programme(desk: Desk) -> Programme:
    return desk.appraisal.programmes[0]


def stopped(last: int) -> Desk:
    now = filled()
    first = replace(now.scenarios[0], stops=(ProgrammeStop(programme="programme-1", last_year=last),))
    return Desk(replace(now, scenarios=(first, *now.scenarios[1:])))


def test_without_options_options_come_first(qtbot: QtBot, blank_desk: Desk) -> None:
    desk = Desk(replace(blank_desk.appraisal, options=(), lines=()))
    page = shown(qtbot, desk, "prevention")
    part = prevention(page)
    assert part.nothing.isVisible()
    assert not part.records.isVisible()
    with qtbot.waitSignal(desk.context.place_wanted) as gone:
        part.empty.action.click()
    assert gone.args[0] == 2


def test_the_first_programme_is_added_and_named(qtbot: QtBot, desk_with: Callable[..., Desk]) -> None:
    desk = desk_with(programmes=())
    page = shown(qtbot, desk, "prevention")
    active(qtbot, page)
    part = prevention(page)
    part.records.empty.action.click()
    assert [one.name for one in desk.appraisal.programmes] == ["New programme"]
    assert inside(part.records.fields["name"], page.focusWidget())
    assert "saves nothing yet" in part.records.effect.saves.text()


def test_fields_of_a_programme_are_typed(qtbot: QtBot) -> None:
    desk = Desk(filled())
    records = prevention(shown(qtbot, desk, "prevention")).records
    for key, text in (("lag_years", "2"), ("ramp_years", "4"), ("low", "2"), ("likely", "8"), ("high", "20")):
        records.fields[key].line.setText(text)
        records.fields[key].line.left.emit()
    one = programme(desk)
    assert (one.lag_years, one.ramp_years, one.low, one.likely, one.high) == (2, 4, 0.02, 0.08, 0.2)
    records.fields["decay"].line.setText("140")
    records.fields["decay"].line.left.emit()
    assert records.fields["decay"].fault()
    records.starts.chosen.emit("3")
    assert programme(desk).starts == 3
    assert desk.actions[0] == "Change lag years of a programme"
    assert len(desk.actions) == 6


def test_the_first_share_typed_is_never_out_of_order(qtbot: QtBot, desk_with: Callable[..., Desk]) -> None:
    """Ends that stood at the same share go along, up and down; one that was typed by itself stays."""
    desk = desk_with(programmes=())
    records = prevention(shown(qtbot, desk, "prevention")).records
    records.empty.action.click()
    seen = []
    for key, text in (("low", "5"), ("likely", "10"), ("high", "15"), ("high", "10"), ("high", "8"), ("low", "2")):
        records.fields[key].line.setText(text)
        records.fields[key].line.left.emit()
        one = programme(desk)
        seen.append(tuple(round(100 * share) for share in (one.low, one.likely, one.high)))
    assert seen == [(5, 5, 5), (5, 10, 10), (5, 10, 15), (5, 10, 10), (5, 8, 8), (2, 8, 8)]


def test_only_the_programme_in_hand_says_what_stopping_it_costs(qtbot: QtBot) -> None:
    desk = stopped(2)
    records = prevention(shown(qtbot, desk, "prevention")).records
    records.choose("programme-1")
    assert "stops Gully cleaning" in records.effect.stops.text()
    now = programmes.add_programme(desk.appraisal, programme="programme-2", name="Falls", option=OPTION)
    desk.context.apply(now, "Add a programme")
    records.choose("programme-2")
    assert records.effect.stops.text() == ""


def test_lines_are_those_of_its_option(qtbot: QtBot) -> None:
    desk = Desk(filled())
    records = prevention(shown(qtbot, desk, "prevention")).records
    own = {line.id for line in desk.appraisal.lines if line.option == OPTION}
    for ticks in (records.investment, records.lines):
        assert {row.key for row in ticks._model.rows} <= own
        assert not ticks.options.isVisible()
    third = next(row.key for row in records.lines._model.rows if row.key not in programme(desk).lines)
    records.lines.ticked.emit(third, True)
    assert third in programme(desk).lines
    records.investment.ticked.emit(programme(desk).investment[0], False)
    assert programme(desk).investment == ()
    records.option.chosen.emit("option-joint")
    assert (programme(desk).option, programme(desk).lines) == ("option-joint", ())
    assert {row.key for row in records.lines._model.rows} & own == set()


def test_the_effect_runs_by_year(qtbot: QtBot) -> None:
    """Most 5, 10, 15 %: mean 10 %; lag 1, ramp 2: nothing, nothing, half, whole. Decay of a half after year 4."""
    desk = stopped(4)
    records = prevention(shown(qtbot, desk, "prevention")).records
    throughout, cut = runs(desk.appraisal, programme(desk))
    assert throughout.shares == pytest.approx((0, 0, 0.05, 0.1, 0.1, 0.1, 0.1, 0.1))
    assert cut.shares == pytest.approx((0, 0, 0.05, 0.1, 0.1, 0.05, 0.025, 0.0125))
    rows = records.effect.model.rows
    assert [cell.text for cell in rows[0].cells[1:5]] == ["–", "–", "5.0", "10.0"]
    assert rows[1].cells[0].text == desk.appraisal.scenarios[0].name
    assert [cell.text for cell in rows[1].cells[5:8]] == ["10.0", "5.0", "2.5"]
    assert "10 % at most" in records.effect.curve.accessibleName().replace(wording.NO_BREAK, " ")
    records.effect.curve.grab()


def test_what_it_saves_is_said_with_what_it_costs(qtbot: QtBot) -> None:
    desk = stopped(3)
    records = prevention(shown(qtbot, desk, "prevention")).records
    assert records.effect.saves.text().startswith("It saves £")
    assert "for each £1" in records.effect.saves.text()
    assert "stops Gully cleaning" in records.effect.stops.text()
    before = records.effect.saves.text()
    records.fields["high"].line.setText("60")
    records.fields["high"].line.left.emit()
    assert records.effect.saves.text() != before


def test_shares_that_cannot_be_have_no_curve(qtbot: QtBot) -> None:
    now = filled()
    desk = Desk(replace(now, programmes=(replace(now.programmes[0], high=7.0),)))
    records = prevention(shown(qtbot, desk, "prevention")).records
    assert not records.effect.curve.isVisible()
    assert not records.effect.table.isVisible()
    assert "can be right" in records.effect.key.text()


def test_a_line_of_several_programmes_leads_to_the_first(qtbot: QtBot) -> None:
    desk = Desk(filled())
    page = shown(qtbot, desk)
    active(qtbot, page)
    page.focus_place(programme(desk).lines[0], "programmes")
    assert page.switch.current() == "prevention"
    assert inside(prevention(page).records.fields["likely"], page.focusWidget())


def test_help_follows_the_parts_of_a_programme(qtbot: QtBot) -> None:
    page = shown(qtbot, Desk(filled()), "prevention")
    active(qtbot, page)
    records, said = prevention(page).records, set()
    fields = (records.fields[key] for key in ("name", "lag_years", "likely", "decay"))
    for widget in (*fields, records.investment.table, records.lines.table):
        widget.setFocus()
        said.add(help_words(page))
    assert len(said) == 6
