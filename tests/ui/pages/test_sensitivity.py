from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from appraise.model.parameters import SCHEDULES
from appraise.present import advice
from appraise.ui.pages.sensitivity import SensitivityPage, schedule_in_use

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
    assert {row.key.partition("/")[0] for row in page.weights.model.rows} == {"weight"}
    assert {row.key.partition("/")[0] for row in page.costs.model.rows} <= {"cost", "probability"}
    assert [row.cells[0].text for row in page.weights.model.rows] == [switch.name for switch in weights]
    assert "Change" in [column.title for column in page.costs.model.columns]
    assert "Change" not in [column.title for column in page.weights.model.columns]


def test_enter_leads_to_what_moves(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    key = page.weights.model.rows[0].key
    page.weights.table.place(key)
    with qtbot.waitSignal(desk.context.place_wanted, timeout=500) as asked:
        qtbot.keyClick(page.weights.table, Qt.Key.Key_Return)
    assert asked.args == [3, key.partition("/")[2], ""]
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
            lines=tuple(replace(line, range=None) for line in desk.appraisal.lines),
        )
    )
    page = shown(qtbot, calm)
    assert page.certain.isVisible()
    assert not page.tornado.isVisible()


def test_without_weights_the_card_says_so(qtbot: QtBot, desk_with: Callable[..., Desk]) -> None:
    page = shown(qtbot, desk_with(criteria=(), scores=()))
    assert page.weights.nothing.isVisible()
    assert not page.weights.table.isVisible()


def test_nothing_entered_is_a_calm_sentence(qtbot: QtBot, blank_desk: Desk) -> None:
    page = shown(qtbot, blank_desk)
    assert page.missing.empty_card.isVisible()
    assert not page.tornado.isVisible()
    assert not page.costs.isVisible()


def test_one_uncertain_input_needs_no_tall_chart(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    tall = page.tornado.view.height()
    kept = next(line for line in desk.appraisal.lines if line.option == "option-joint" and line.range is not None)
    sure = tuple(line if line is kept else replace(line, range=None) for line in desk.appraisal.lines)
    desk.context.apply(replace(desk.appraisal, lines=sure, constraints=()), "One range")
    qtbot.wait(20)
    assert page.tornado.isVisible()
    assert page.tornado.view.height() < tall / 2
    chart = page.tornado.view.chart()
    assert chart is not None
    words = {text.text for text in chart.drawing.contents if hasattr(text, "text")}
    assert {"cheaper", "dearer"} <= words


def test_nothing_is_said_of_the_order_while_costs_are_missing(qtbot: QtBot, desk: Desk) -> None:
    kept = tuple(line for line in desk.appraisal.lines if line.option == "option-inhouse")
    desk.context.apply(replace(desk.appraisal, lines=kept, scores=desk.appraisal.scores[:9]), "Remove lines")
    page = shown(qtbot, desk)
    assert page.costs.nothing.text() == "4 of 5 options have no costs yet. This is worked out when all have."
    assert page.weights.nothing.text() == "5 of 5 options lack scores."
    page.option.chosen.emit("option-joint")
    assert page.certain.isVisible()
    assert page.certain.title.text() == "This option has no costs yet"


def test_without_figures_the_keyboard_goes_to_what_leads_to_them(qtbot: QtBot, blank_desk: Desk) -> None:
    page = shown(qtbot, blank_desk)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.focus_first()
    assert page.missing.empty.action.hasFocus()
