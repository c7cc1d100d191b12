from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from appraise.model.appraisal.criteria import Weighting
from appraise.model.appraisal.workshop import Stage, Workshop
from appraise.model.edits import basis
from appraise.model.parameters import SCHEDULES
from appraise.model.results import Switch
from appraise.present import advice, economic_tables, tables, wording
from appraise.ui.pages.results import ResultsPage
from appraise.ui.pages.sensitivity import COSTS, WEIGHTS, SensitivityPage, rate_sentence, schedule_in_use
from appraise.ui.widgets.marks import BarFace

from .conftest import Desk


def shown(qtbot: QtBot, desk: Desk) -> SensitivityPage:
    page = SensitivityPage(desk.context)
    qtbot.addWidget(page)
    qtbot.addWidget(page.pane)
    page.resize(860, 820)
    page.show()
    page.pane.show()
    return page


def test_the_chart_shows_the_recommended_option_and_follows_the_choice(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    assert page.option.current() == desk.appraisal.recommendation.option
    before = page.tornado.view.chart()
    page.option.chosen.emit("option-outsource")
    after = page.tornado.view.chart()
    assert before is not None
    assert after is not None
    assert before.data.rows != after.data.rows
    assert "10 %" in page.how.text()
    assert "90 %" in page.how.text()


def test_costs_and_weights_stand_apart(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    results = desk.context.view.results
    assert results is not None
    weights = [switch for switch in results.switches if switch.kind == "weight"]
    assert weights
    page.turn_to(WEIGHTS)
    assert {row.key.partition("/")[0] for row in page.weights.model.rows} == {"weight"}
    assert {row.key.partition("/")[0] for row in page.costs.model.rows} <= {"cost", "probability"}
    assert [row.cells[0].text for row in page.weights.model.rows] == [switch.name for switch in weights]
    assert "Change" in [column.title for column in page.costs.model.columns]
    assert "Change" not in [column.title for column in page.weights.model.columns]


def test_enter_leads_to_what_moves(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    page.turn_to(WEIGHTS)
    key = page.weights.model.rows[0].key
    page.weights.table.place(key)
    with qtbot.waitSignal(desk.context.place_wanted, timeout=500) as asked:
        qtbot.keyClick(page.weights.table, Qt.Key.Key_Return)
    assert asked.args == [3, key.partition("/")[2], ""]
    page.turn_to(COSTS)
    line = next(row.key for row in page.costs.model.rows if "line|" in row.key)
    page.costs.table.place(line)
    with qtbot.waitSignal(desk.context.place_wanted, timeout=500) as asked:
        qtbot.keyClick(page.costs.table, Qt.Key.Key_Return)
    assert asked.args is not None
    assert asked.args[0] == 5
    assert asked.args[1] in {one.id for one in desk.appraisal.lines}


def test_the_pane_has_the_sentences_and_the_rates(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    results = desk.context.view.results
    assert results is not None
    said = [label.text() for label in page.side.changes.sentences if label.isVisible()]
    assert said == list(advice.what_would_change(results, desk.appraisal))[: len(said)]
    assert said
    assert SCHEDULES[desk.appraisal.basis.schedule].name in page.side.rates.text.text()
    assert "3.5 % a year from year 1" in page.side.rates.text.text()


def test_an_unknown_schedule_is_said_in_words(desk: Desk) -> None:
    unknown = replace(desk.appraisal, basis=replace(desk.appraisal.basis, schedule="of_my_own"))
    assert "unknown" in schedule_in_use(unknown)


def test_an_option_without_uncertainty_says_so(qtbot: QtBot, desk: Desk) -> None:
    calm = Desk(
        replace(
            desk.appraisal,
            constraints=(),
            indices=tuple(replace(index, range=None) for index in desk.appraisal.indices),
            lines=tuple(replace(line, range=None, probability=1.0) for line in desk.appraisal.lines),
        )
    )
    page = shown(qtbot, calm)
    assert page.certain.isVisible()
    assert not page.tornado.isVisible()


def test_without_weights_the_section_says_so(qtbot: QtBot, desk_with: Callable[..., Desk]) -> None:
    page = shown(qtbot, desk_with(criteria=(), scores=(), choice_scores=(), weighting=Weighting(), workshop=Workshop()))
    page.turn_to(WEIGHTS)
    assert page.section is not None
    assert page.section.nothing.isVisible()
    assert not page.weights.isVisible()
    assert page.section.empty.sentence().startswith("There are no weights yet.")


def test_what_is_waited_for_is_no_numbered_sentence(qtbot: QtBot, blank_desk: Desk, desk: Desk) -> None:
    results = ResultsPage(blank_desk.context)
    qtbot.addWidget(results)
    qtbot.addWidget(results.side)
    results.show()
    for page in (shown(qtbot, blank_desk), results):
        page.side.show()
        assert page.side.changes.sentences[0].text() == "This is worked out as soon as every option has costs."
        assert not page.side.changes.numbers[0].isVisible()
    page = shown(qtbot, desk)
    assert page.side.changes.numbers[0].isVisible()


def test_nothing_entered_is_a_calm_sentence(qtbot: QtBot, blank_desk: Desk) -> None:
    page = shown(qtbot, blank_desk)
    assert page.missing.empty_card.isVisible()
    assert not page.tornado.isVisible()
    assert not page.costs.isVisible()


def test_one_uncertain_input_needs_no_tall_chart(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    tall = page.tornado.view.height()
    kept = next(line for line in desk.appraisal.lines if line.option == "option-joint" and line.range is not None)
    lines = desk.appraisal.lines
    sure = tuple(line if line is kept else replace(line, range=None, probability=1.0) for line in lines)
    indices = tuple(replace(index, range=None) for index in desk.appraisal.indices)
    desk.context.apply(replace(desk.appraisal, lines=sure, indices=indices, constraints=()), "One range")
    qtbot.wait(20)
    assert page.tornado.isVisible()
    assert page.tornado.view.height() < tall / 2
    chart = page.tornado.view.chart()
    assert chart is not None
    words = {text.text for text in chart.drawing.contents if hasattr(text, "text")}
    assert {"cheaper", "dearer"} <= words


def test_nothing_is_said_of_the_order_while_costs_are_missing(qtbot: QtBot, desk: Desk) -> None:
    kept = tuple(line for line in desk.appraisal.lines if line.option == "option-inhouse")
    free = tuple(replace(one, lines=()) for one in desk.appraisal.constraints)
    held = replace(desk.appraisal.workshop, stage=Stage.OPEN)
    fewer = desk.appraisal.scores[:9]
    left = replace(desk.appraisal, lines=kept, constraints=free, scores=fewer, gates=(), workshop=held)
    page = shown(qtbot, Desk(left))
    assert page.costs.nothing.text() == "4 of 5 options have no costs yet. This is worked out when all have."
    page.turn_to(WEIGHTS)
    assert page.section is not None
    assert page.section.empty.sentence().startswith("5 of 5 options lack scores. Weights can be tried out")
    page.turn_to(COSTS)
    page.option.chosen.emit("option-joint")
    assert page.certain.isVisible()
    assert page.certain.title.text() == "This option has no costs yet"


def test_without_figures_the_keyboard_goes_to_what_leads_to_them(qtbot: QtBot, blank_desk: Desk) -> None:
    page = shown(qtbot, blank_desk)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.focus_first()
    assert page.missing.empty.action.hasFocus()


# --- the discount rate, and an NPSV of nothing ---


def with_switches(desk: Desk, *switches: Switch) -> None:
    """The same figures with other switching values."""
    results = desk.context.view.results
    assert results is not None
    desk.context.show(replace(desk.context.view, results=replace(results, switches=switches)))


RATE = Switch(
    kind="rate", id="rate", name="Discount rate", owner="", preferred="option-joint", rival="option-inhouse",
    now=3.5, needed=16.6, change=3.74,
)  # fmt: skip


def test_the_rate_at_which_the_order_turns_is_said(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    with_switches(desk, RATE)
    assert (
        page.rate.turn.text()
        == "At a flat discount rate of 16.6\u00a0%, not 3.5\u00a0%, Joint and In-house cost the same."
    )


def test_that_no_rate_turns_the_order_is_said_too(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    with_switches(desk)
    assert page.rate.turn.text() == (
        "At no flat discount rate between 0 and 25\u00a0% does the order of the first two options turn."
    )


def test_a_tie_has_no_order_to_turn(desk: Desk) -> None:
    results = desk.context.view.results
    assert results is not None
    tied = replace(results.verdict, tied=("option-joint", "option-inhouse"))
    sentence = rate_sentence(replace(results, verdict=tied, switches=()), desk.appraisal)
    assert sentence == "Joint and In-house cost the same: there is no order to turn."


def test_the_run_at_three_per_cent_stands_beside_the_own_schedule(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    results = desk.context.view.results
    assert results is not None
    wanted = economic_tables.review_run(results, desk.appraisal)
    assert [row.cells[2].text for row in page.rate.model.rows] == [row[2].text for row in wanted.rows]
    assert "not in force" in page.rate.note.text()
    before = [row.cells[1].text for row in page.rate.model.rows]
    desk.context.apply(basis.copy_schedule(desk.appraisal, schedule="green_book_2026", copy="schedule-own"), "Copy")
    own = desk.appraisal.basis.own_schedules[0]
    bands = tuple(replace(band, percent=band.percent + 1) for band in own.bands)
    desk.context.apply(basis.change_own_schedule(desk.appraisal, schedule=own.id, bands=bands), "Change")
    desk.context.apply(basis.set_schedule(desk.appraisal, schedule=own.id), "Use it")
    assert [row.cells[1].text for row in page.rate.model.rows] != before
    assert "own copy" in page.side.rates.text.text()


def test_the_rates_and_the_options_are_led_to(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    with qtbot.waitSignal(desk.context.place_wanted, timeout=500) as asked:
        qtbot.mouseClick(page.rate.go, Qt.MouseButton.LeftButton)
    assert asked.args == [5, "", "schedule"]
    page.rate.table.place(page.rate.model.rows[1].key, 1)
    with qtbot.waitSignal(desk.context.place_wanted, timeout=500) as asked:
        qtbot.keyClick(page.rate.table, Qt.Key.Key_Return)
    assert asked.args == [5, "option-minimum", "lines"]


def npsv(change: float, key: str) -> Switch:
    return Switch(
        kind="npsv", id=key, name="A saving", owner="option-joint", preferred="option-joint", rival="",
        now=-2_000_000.0, needed=-2_000_000.0 * (1 + change), change=change,
    )  # fmt: skip


def test_what_would_bring_the_npsv_to_nothing_has_a_table_that_leads_on(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    line = next(one.id for one in desk.appraisal.lines if one.option == "option-joint")
    with_switches(desk, npsv(8.5, f"line|{line}"), npsv(9.0, f"constraint|{desk.appraisal.constraints[0].id}"))
    assert [row.cells[3].text for row in page.npsv.model.rows] == ["850\u00a0% more", "900\u00a0% more"]
    for number, wanted in enumerate(([5, line, ""], [6, desk.appraisal.constraints[0].id, ""])):
        page.npsv.table.place(page.npsv.model.rows[number].key)
        with qtbot.waitSignal(desk.context.place_wanted, timeout=500) as asked:
            qtbot.keyClick(page.npsv.table, Qt.Key.Key_Return)
        assert asked.args == wanted


def test_that_nothing_plausible_brings_it_to_nothing_is_one_sentence(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    with_switches(desk, npsv(10.5, "line|x"))
    assert not page.npsv.table.isVisible()
    assert page.npsv.nothing.text().startswith(
        "No single input, moved alone by up to 1,000\u00a0% either way, brings it to 0. It is −£"
    )
    assert page.npsv.title.text() == "What would bring the NPSV of Joint to 0"


def test_where_lives_differ_no_switching_value_of_cost_is_claimed(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    results = desk.context.view.results
    assert results is not None
    other = replace(results, verdict=replace(results.verdict, compared_on="eac"), switches=())
    desk.context.show(replace(desk.context.view, results=other))
    assert page.costs.nothing.text().startswith("The options run for different lives, so only costs a year")
    assert "Over different lives" in page.rate.turn.text()


def test_long_names_are_whole_in_two_lines(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    results = desk.context.view.results
    assert results is not None
    names = [switch.name for switch in tables.reachable(results) if switch.kind in ("cost", "probability")]
    assert [row.cells[0].text for row in page.costs.model.rows] == names


def test_the_share_of_each_input_in_the_spread_is_drawn(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    results = desk.context.view.results
    assert results is not None
    risk = tables.find_option(results, page.option.current()).risk
    assert risk is not None
    first = page.spread.model.rows[0]
    assert first.cells[0].text == wording.capital(risk.contribution[0].name)
    assert first.cells[2].text == wording.percent(risk.contribution[0].share)
    assert isinstance(first.cells[1].mark, BarFace)
    assert first.cells[1].mark.share == 1.0
    assert first.cells[2].text in page.spread.title.text()
    before = [row.key for row in page.spread.model.rows]
    page.option.chosen.emit("option-outsource")
    assert [row.key for row in page.spread.model.rows] != before


def test_without_uncertainty_there_is_no_spread_to_share(qtbot: QtBot, desk: Desk) -> None:
    lines = tuple(replace(line, range=None, driver="", probability=1.0) for line in desk.appraisal.lines)
    indices = tuple(replace(index, range=None) for index in desk.appraisal.indices)
    page = shown(qtbot, Desk(replace(desk.appraisal, lines=lines, indices=indices, constraints=())))
    assert not page.spread.isVisible()
    assert page.certain.isVisible()


def test_the_keyboard_goes_through_the_sections(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.focus_first()
    for turn, key in ((Qt.Key.Key_PageDown, WEIGHTS), (Qt.Key.Key_PageDown, COSTS), (Qt.Key.Key_PageUp, WEIGHTS)):
        here = QApplication.focusWidget()
        assert here is not None
        qtbot.keyClick(here, turn, Qt.KeyboardModifier.ControlModifier)
        assert page.switch.current() == key
        assert (page.section is not None and page.section.isVisible()) == (key == WEIGHTS)
        assert page.costs.isVisible() == (key == COSTS)
    here = QApplication.focusWidget()
    assert here is not None
    assert page.section is not None
    assert page.section.isAncestorOf(here)


def test_without_figures_the_keys_turn_to_nothing(qtbot: QtBot, blank_desk: Desk) -> None:
    page = shown(qtbot, blank_desk)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.focus_first()
    qtbot.keyClick(page.missing.empty.action, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert page.switch.current() == COSTS
    assert page.section is None
    assert page.missing.empty.action.hasFocus()
