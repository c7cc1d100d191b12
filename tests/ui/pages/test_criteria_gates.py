from dataclasses import replace

from PySide6.QtCore import Qt

from appraise.model.appraisal.criteria import Outcome
from appraise.model.appraisal.workshop import Stage
from appraise.model.scoring import gates_failed
from appraise.ui.pages.criteria_gates import GatesSection
from appraise.ui.widgets.marks import ChipFace
from tests.ui.pages.conftest import Desk
from tests.ui.pages.criteria_desks import BARE, at_stage, shown


def opened(qtbot, stage: Stage = Stage.OPEN, **fields: object) -> tuple[Desk, GatesSection]:
    desk = at_stage(stage, **fields)
    section = shown(qtbot, desk, "gates").section
    assert isinstance(section, GatesSection)
    return desk, section


def test_a_gate_is_added_named_described_moved_and_removed(qtbot):
    desk, part = opened(qtbot, gates=())
    assert part.empty.isVisible()
    part.empty.activated.emit()
    assert part.name.line.selectedText() == "New gate"
    part.name.committed.emit("Lawful")
    part.test.committed.emit("Counsel says so")
    part.add_gate()
    assert [(one.name, one.test) for one in desk.appraisal.gates] == [("Lawful", "Counsel says so"), ("New gate", "")]
    part.buttons.moved.emit(-1)
    assert [one.name for one in desk.appraisal.gates] == ["New gate", "Lawful"]
    part.buttons.removed.emit()
    assert [one.name for one in desk.appraisal.gates] == ["Lawful"]
    assert part.gate().name == "Lawful"
    part.buttons.removed.emit()
    assert part.empty.action.hasFocus()


def test_an_option_that_fails_is_said_to_be_out_of_the_ranking(qtbot):
    desk, part = opened(qtbot, gates=tuple(replace(one, outcomes=()) for one in BARE.gates))
    option = desk.appraisal.options[2].id
    model = part.outcome_model
    place = model.place_of(option)
    assert model.rows[place].cells[1].text == "Not said yet"
    model.apply(model.index(place, 1), Outcome.FAIL.value)
    assert model.rows[place].cells[3].mark == ChipFace("Out of the ranking", "attention")
    assert model.rows[place].cells[2].text == "say why"
    model.apply(model.index(place, 2), "The contract would run past 2030.")
    assert desk.appraisal.gates[0].outcomes[0].reason == "The contract would run past 2030."
    assert gates_failed(desk.appraisal, option) == (desk.appraisal.gates[0].id,)
    scored = next(one.score for one in desk.context.view.results.options if one.id == option)
    assert scored.place is None
    assert scored.total > 0, "it is shown all the same"
    assert part.model.rows[0].cells[2].text == desk.appraisal.options[2].short_name
    assert len(desk.actions) == 2


def test_how_many_are_still_to_be_judged(qtbot):
    desk, part = opened(qtbot, gates=tuple(replace(one, outcomes=()) for one in BARE.gates))
    count = len(desk.appraisal.options)
    assert part.model.rows[0].cells[3].text == str(count)
    part.outcome_model.apply(part.outcome_model.index(0, 1), Outcome.PASS.value)
    assert part.model.rows[0].cells[3].text == str(count - 1)


def test_without_options_the_card_says_where_they_come_from(qtbot):
    _, part = opened(qtbot, options=(), scores=())
    assert part._no_options.isVisible()
    assert not part.outcomes.isVisible()


def test_names_close_with_the_criteria_and_outcomes_with_the_scores(qtbot):
    _, part = opened(qtbot, Stage.MODERATING)
    assert part.name.line.isReadOnly()
    assert part.outcome_model.flags(part.outcome_model.index(0, 2)) & Qt.ItemFlag.ItemIsEditable
    _, early = opened(qtbot, Stage.PREPARING)
    assert not early.name.line.isReadOnly()
    assert not early.outcome_model.flags(early.outcome_model.index(0, 1)) & Qt.ItemFlag.ItemIsEditable


def test_a_finding_leads_to_the_gate_and_the_option(qtbot):
    desk, part = opened(qtbot)
    gate, option = desk.appraisal.gates[1].id, desk.appraisal.options[3].id
    part.focus_place(gate, option)
    assert part.chosen == gate
    assert part.outcomes.current_key() == option
    part.focus_place(gate, "test")
    assert part.test.sheet.hasFocus()
