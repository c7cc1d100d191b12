"""The open document behind the window: seals, drags as one step, and calculations that are stopped."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from appraise.model.appraisal.workshop import Stage, Step
from appraise.model.edits import basis, constraints
from appraise.model.edits.changing import EditRefused
from appraise.model.edits.criteria import rename_criterion
from appraise.ui.actions import Edit
from appraise.ui.window import Window
from appraise.workspace.session import Session
from tests.ui.driving import command, full_results, rename

pytestmark = pytest.mark.usefixtures("home")


def test_a_drag_is_one_step(example: Window) -> None:
    context = example.document.context
    for title in ("a", "b", "c"):
        context.apply(basis.set_title(context.appraisal, title=title), "Drag", gesture="drag")
    context.end_gesture()
    assert example.document.stack.count() == 1
    assert isinstance(example.document.stack.command(0), Edit)
    example.document.stack.undo()
    assert context.appraisal.title.startswith("Drainage")


def sealed(window: Window, *steps: Step) -> None:
    for step in steps:
        window.document.context.seal(step, "It was wrong")


@pytest.fixture
def unsealed(example: Window) -> Window:
    """The worked example as it would stand without its seals."""
    document = example.document.session.appraisal
    workshop = replace(document.workshop, id="", stage=Stage.OPEN, events=())
    example.document.take(Session(replace(document, workshop=workshop)))
    return example


def test_undo_ends_at_a_seal(unsealed: Window) -> None:
    rename(unsealed, "Before")
    undo, redo = unsealed.menus["Edit"].actions()[:2]
    sealed(unsealed, Step.START)
    assert unsealed.document.stack.count() == 0
    assert not undo.isEnabled()
    assert not redo.isEnabled()
    rename(unsealed, "After")
    assert undo.text() == "Undo Change title"
    undo.trigger()
    assert not undo.isEnabled()
    assert unsealed.document.session.appraisal.title == "Before"
    assert unsealed.document.session.appraisal.workshop.stage is Stage.PREPARING


def test_a_refused_seal_keeps_what_can_be_undone(unsealed: Window) -> None:
    rename(unsealed, "Before")
    with pytest.raises(EditRefused):
        unsealed.document.context.seal(Step.REVEAL)
    assert unsealed.document.stack.count() == 1
    unsealed.document.stack.undo()
    assert unsealed.document.session.appraisal.title.startswith("Drainage")


def test_a_change_of_what_is_sealed_is_told_once_and_not_made(unsealed: Window) -> None:
    sealed(unsealed, Step.START, Step.AGREE)
    said: list[str] = []
    unsealed.document.told.disconnect(unsealed.tell)
    unsealed.document.told.connect(said.append)
    context = unsealed.document.context
    before = context.appraisal
    first = before.criteria[0].id
    for name in ("a", "b", "c"):
        context.apply(rename_criterion(context.appraisal, criterion=first, name=name), "Rename", gesture="typing")
    assert context.appraisal is before
    assert unsealed.document.stack.count() == 0
    assert said == ["Criteria and anchors are agreed; unlock them with a reason to change them."]
    context.end_gesture()
    context.apply(rename_criterion(context.appraisal, criterion=first, name="d"), "Rename")
    context.apply(rename_criterion(context.appraisal, criterion=first, name="e"), "Rename")
    assert len(said) == 3
    rename(unsealed, "Still possible")
    assert unsealed.document.stack.count() == 1


def test_a_seal_gives_its_receipt_and_gives_it_again(unsealed: Window) -> None:
    context = unsealed.document.context
    assert context.receipt() == ""
    sealed(unsealed, Step.START, Step.AGREE)
    text = context.seal(Step.SEAL)
    assert unsealed.document.session.digest in text
    assert context.receipt().startswith(text + "\n\nStage today: Scoring alone\n")


def test_figures_with_totals_are_gone_the_moment_totals_are_hidden(qtbot: QtBot, unsealed: Window) -> None:
    context = unsealed.document.context
    full_results(qtbot, unsealed)
    seen: list[object] = []
    context.changed.connect(lambda _old, new: seen.append(new.results))
    sealed(unsealed, Step.START)
    assert seen[0] is None
    qtbot.waitUntil(lambda: context.view.results is not None, timeout=20_000)
    results = context.view.results
    assert results is not None
    assert results.scoring is None
    assert all(option.score is None for option in results.options)


def test_a_dragged_chance_shows_costs_and_risk_at_once_and_the_rest_when_it_is_let_go(
    qtbot: QtBot, example: Window
) -> None:
    document = example.document
    full_results(qtbot, example)
    entry = document.session.appraisal.constraints[0].id
    for percent in (41, 42, 43):
        new = constraints.set_probability(document.session.appraisal, constraint=entry, probability=percent / 100)
        document.context.apply(new, "Change the chance", gesture=f"probability/{entry}")
    qtbot.waitUntil(lambda: document.context.view.glimpse and not document.context.view.stale, timeout=5_000)
    results = document.context.view.results
    assert results is not None
    assert all(option.risk is not None and option.funding is None for option in results.options)
    document.context.end_gesture()
    qtbot.waitUntil(lambda: not document.context.view.glimpse, timeout=5_000)
    assert full_results(qtbot, example).constraints
    assert document.session.undo_text == "Change the chance"


def test_a_stopped_calculation_says_what_its_figures_are(qtbot: QtBot, example: Window) -> None:
    full_results(qtbot, example)
    context, document = example.document.context, example.document
    with qtbot.waitSignal(document.worker.answered, timeout=5_000) as answered:
        context.apply(basis.set_seed(context.appraisal, seed=7), "Change seed")
    assert answered.args is not None
    assert answered.args[0].live
    command(example, "Stop the calculation")
    assert context.view.live
    assert context.view.stopped
    page = example.page(7)
    assert page is not None
    assert page.fresh.accessibleName() == "Preview, 2,000 draws"
    qtbot.waitUntil(lambda: example.status._run.text().startswith("Stopped. From the first 2,000 draws"))
    qtbot.wait(400)
    assert context.view.live, "nothing runs after a stop"
    command(example, "Run again")
    full_results(qtbot, example)
    assert not context.view.stopped


def test_stopping_nothing_changes_nothing(qtbot: QtBot, example: Window) -> None:
    full_results(qtbot, example)
    example.document.stop()
    assert not example.document.context.view.stopped
