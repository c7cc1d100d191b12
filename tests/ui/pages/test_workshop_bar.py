from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from appraise.model.appraisal.workshop import Stage, Step
from appraise.model.edits.criteria import set_swing
from appraise.present import agreement_tables
from appraise.ui import theme
from appraise.ui.context import View
from appraise.ui.pages.workshop_bar import WorkshopBar, main_step, side_step, stage_faces
from appraise.ui.pages.workshop_dialogs import CompareDialog, ReceiptDialog, SealLogDialog, StepDialog
from appraise.ui.pages.workshop_words import STEP_WORDS, totals_wait
from appraise.ui.widgets.cards import PageFrame
from appraise.ui.widgets.labels import FlowLabel
from appraise.workspace.receipts import GIVE_ONE, WHOLE
from tests.ui.pages.conftest import Desk
from tests.ui.pages.criteria_desks import EXAMPLE, at_stage


def shown(qtbot, desk: Desk, width: int = 900) -> WorkshopBar:
    frame = PageFrame("Step 3 of 10", "Criteria and weights", "A lead.")
    bar = WorkshopBar(desk.context)
    bar.place_in(frame)
    frame.end()
    qtbot.addWidget(frame)
    frame.resize(width, 600)

    def follow(_old: View | None, new: View) -> None:
        bar.show_view(new)

    desk.context.changed.connect(follow)
    bar.show_view(desk.context.view)
    frame.show()
    frame.activateWindow()
    qtbot.waitUntil(frame.isActiveWindow)
    return bar


def dialog(bar: WorkshopBar, kind: type) -> QWidget:
    assert isinstance(bar.dialog, kind), bar.dialog
    return bar.dialog


def test_in_the_open_way_there_is_one_quiet_line(qtbot):
    bar = shown(qtbot, at_stage(Stage.OPEN))
    assert bar.open_words.isVisible()
    assert bar.start.isVisible()
    assert not bar.track.isVisible()
    assert not bar.buttons.isVisible()


@pytest.mark.parametrize(
    ("stage", "states", "words"),
    [
        (Stage.PREPARING, ["in-progress"] + ["locked"] * 4, "Agree criteria and anchors…"),
        (Stage.AGREED, ["completed", "in-progress"] + ["locked"] * 3, "Seal the weights…"),
        (Stage.SEALED, ["completed"] * 2 + ["in-progress"] + ["locked"] * 2, "Close scoring…"),
        (Stage.MODERATING, ["completed"] * 3 + ["in-progress", "locked"], "Reveal the totals…"),
        (Stage.REVEALED, ["completed"] * 5, "Unlock…"),
    ],
)
def test_the_bar_shows_the_stage_and_its_next_step(qtbot, stage, states, words):
    bar = shown(qtbot, at_stage(stage))
    assert [face.state for face in bar.track.faces] == states
    assert bar.next.text() == words
    assert bar.next.isVisible()
    assert f"of {len(states)}" in bar.track.accessibleName()


@pytest.mark.parametrize(
    ("stage", "side"),
    [
        (Stage.OPEN, None),
        (Stage.PREPARING, None),
        (Stage.AGREED, Step.UNLOCK),
        (Stage.SEALED, Step.UNLOCK),
        (Stage.MODERATING, Step.UNLOCK),
        (Stage.REVEALED, None),
    ],
)
def test_what_is_locked_can_be_unlocked_beside_the_next_step(stage, side):
    workshop = replace(EXAMPLE.workshop, stage=stage, unlocked=False)
    assert side_step(workshop) is side
    unlocked = replace(workshop, unlocked=True)
    assert side_step(unlocked) is None
    assert main_step(unlocked) is Step.LOCK


def test_a_workshop_starts_after_a_dialog_that_says_what_it_means(qtbot):
    desk = at_stage(Stage.OPEN)
    bar = shown(qtbot, desk)
    qtbot.mouseClick(bar.start, Qt.MouseButton.LeftButton)
    asked = dialog(bar, StepDialog)
    assert not asked.reason.isVisible()
    assert asked.focusWidget() is asked.cancel
    assert desk.appraisal.workshop.stage is Stage.OPEN
    qtbot.mouseClick(asked.yes, Qt.MouseButton.LeftButton)
    assert desk.appraisal.workshop.stage is Stage.PREPARING
    assert bar.track.isVisible()
    assert not bar.start.isVisible()


def test_cancelling_takes_no_step(qtbot):
    desk = at_stage(Stage.OPEN)
    bar = shown(qtbot, desk)
    qtbot.mouseClick(bar.start, Qt.MouseButton.LeftButton)
    qtbot.keyClick(dialog(bar, StepDialog), Qt.Key.Key_Escape)
    assert desk.appraisal.workshop.stage is Stage.OPEN


def test_what_is_missing_is_said_in_place_of_the_dialog(qtbot):
    first, *rest = EXAMPLE.criteria
    desk = at_stage(Stage.PREPARING, criteria=(replace(first, worst=""), *rest))
    bar = shown(qtbot, desk)
    qtbot.mouseClick(bar.next, Qt.MouseButton.LeftButton)
    assert bar.dialog is None
    assert bar.not_ready.isVisible()
    assert "lacks an anchor" in bar.not_ready._text.text()
    desk.context.apply(replace(desk.appraisal, criteria=(first, *rest)), "Describe it")
    assert not bar.not_ready.isVisible()
    qtbot.mouseClick(bar.next, Qt.MouseButton.LeftButton)
    assert dialog(bar, StepDialog).windowTitle() == "Agree criteria and anchors?"


def test_a_seal_gives_a_receipt_to_copy_and_to_save(qtbot, tmp_path):
    desk = at_stage(Stage.AGREED)
    bar = shown(qtbot, desk)
    qtbot.mouseClick(bar.next, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(dialog(bar, StepDialog).yes, Qt.MouseButton.LeftButton)
    assert desk.appraisal.workshop.stage is Stage.SEALED
    receipt = dialog(bar, ReceiptDialog)
    assert receipt.windowTitle() == "The weights are sealed"
    assert receipt.text.text() == desk.receipts[-1]
    qtbot.mouseClick(receipt.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == desk.receipts[-1]
    receipt.save_to(tmp_path / "receipt.txt")
    assert (tmp_path / "receipt.txt").read_text(encoding="utf-8") == desk.receipts[-1] + "\n"
    receipt.save_to(tmp_path / "nowhere" / "receipt.txt")
    assert receipt.said._tone == "problem"


def test_the_receipt_can_be_read_again(qtbot):
    desk = at_stage(Stage.AGREED)
    bar = shown(qtbot, desk)
    desk.context.seal(Step.SEAL, "")
    assert bar.receipt.isVisible()
    bar.receipt.trigger()
    assert dialog(bar, ReceiptDialog).text.text() == "Receipt: seal"


def test_an_unlock_needs_a_reason_and_says_who_and_why(qtbot):
    desk = at_stage(Stage.REVEALED)
    bar = shown(qtbot, desk)
    qtbot.mouseClick(bar.next, Qt.MouseButton.LeftButton)
    asked = dialog(bar, StepDialog)
    assert asked.focusWidget() is asked.reason.sheet
    qtbot.mouseClick(asked.yes, Qt.MouseButton.LeftButton)
    assert asked.isVisible()
    assert asked.refused.isVisible()
    assert "Write why it is unlocked" in asked.refused._text.text()
    asked.reason.sheet.setPlainText("Counsel found a mistake.")
    qtbot.mouseClick(asked.yes, Qt.MouseButton.LeftButton)
    assert desk.appraisal.workshop.unlocked
    assert bar.unlocked.isVisible()
    assert bar.unlocked._title.text() == "Unlocked by Ann, 1\N{NO-BREAK SPACE}April 2027, 12:00 UTC."
    assert "Counsel found a mistake." in bar.unlocked._text.text()
    assert bar.next.text() == "Lock again…"


def test_the_log_tells_every_step_in_order(qtbot):
    desk = at_stage(Stage.REVEALED)
    bar = shown(qtbot, desk)
    bar.log.trigger()
    log = dialog(bar, SealLogDialog)
    events = desk.appraisal.workshop.events
    entries = log.text.text().split("\n\n")
    assert len(entries) == len(events)
    assert entries[0].startswith("Workshop started: ")
    unlock = next(number for number, one in enumerate(events) if one.step is Step.UNLOCK)
    assert f"Reason: {events[unlock].reason}" in entries[unlock]
    assert log.text.sheet.isReadOnly()
    qtbot.mouseClick(log.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == log.text.text()


def test_the_sealed_way_can_be_given_up_with_a_reason_until_the_reveal(qtbot):
    desk = at_stage(Stage.SEALED)
    bar = shown(qtbot, desk)
    bar.give_up.trigger()
    asked = dialog(bar, StepDialog)
    asked.reason.sheet.setPlainText("The group is two people.")
    qtbot.mouseClick(asked.yes, Qt.MouseButton.LeftButton)
    assert desk.appraisal.workshop.stage is Stage.OPEN
    assert not shown(qtbot, at_stage(Stage.REVEALED)).give_up.isVisible()


def test_where_it_is_narrow_the_buttons_stand_beside_the_stages(qtbot):
    theme.use(theme.Theme(zoom=200))
    bar = shown(qtbot, at_stage(Stage.AGREED), width=1100)
    assert bar.track.folded()
    assert bar.buttons.parentWidget() is bar.track.parentWidget()
    assert not bar.side.isVisible()
    assert bar.side_action.isVisible()
    bar.side_action.trigger()
    assert dialog(bar, StepDialog).windowTitle() == "Unlock what was sealed?"
    theme.use(theme.Theme())
    bar.window().resize(1000, 600)
    assert bar.buttons.parentWidget() is not bar.track.parentWidget()
    qtbot.waitUntil(bar.side.isVisible)
    assert not bar.track.folded()


def test_every_step_says_what_it_freezes_or_who_sees_what_in_short_sentences():
    for step, words in STEP_WORDS.items():
        headings = [heading for heading, _ in words.says]
        assert "Undo" in headings or "Who sees what" in headings, step
        texts = [words.title, words.lead, *(text for _, text in words.says)]
        for sentence in " ".join(texts).replace("?", ".").split(". "):
            assert len(sentence.split()) <= 25, sentence


def test_stages_of_the_open_way_begin_at_the_first():
    workshop = replace(EXAMPLE.workshop, stage=Stage.OPEN)
    assert [face.state for face in stage_faces(workshop)] == ["in-progress"] + ["locked"] * 4


def test_before_scoring_is_closed_the_dialog_says_which_marks_are_missing(qtbot):
    desk = at_stage(Stage.SEALED)
    bar = shown(qtbot, desk)
    qtbot.mouseClick(bar.next, Qt.MouseButton.LeftButton)
    texts = [label.text() for label in dialog(bar, StepDialog).findChildren(FlowLabel)]
    assert agreement_tables.missing_words(desk.appraisal) in texts
    assert "Marks so far" in texts
    other = shown(qtbot, at_stage(Stage.AGREED))
    other.ask(Step.SEAL)
    assert "Marks so far" not in [label.text() for label in dialog(other, StepDialog).findChildren(FlowLabel)]


def test_the_log_names_what_was_changed_under_an_unlock_in_words_and_figures(qtbot):
    desk = at_stage(Stage.REVEALED)
    bar = shown(qtbot, desk)
    desk.context.seal(Step.UNLOCK, "A slip")
    (_, one, *_) = desk.appraisal.criteria
    desk.context.apply(set_swing(desk.appraisal, criterion=one.id, swing=one.swing - 10), "Change swing")
    desk.context.seal(Step.LOCK)
    desk.context.seal(Step.UNLOCK, "Another look")
    desk.context.seal(Step.LOCK)
    bar.log.trigger()
    first, locked, second, _ = dialog(bar, SealLogDialog).text.text().split("\n\n")[-4:]
    assert f"Changed: Swing of {one.name}, from {one.swing:.1f} to {one.swing - 10:.1f}" in first.splitlines()
    assert first.splitlines()[-1] == "It does not change who is first."
    assert "Changed: Reasons or evidence" in dialog(bar, SealLogDialog).text.text().splitlines(), "told by the example"
    assert "Changed" not in locked
    assert second.endswith("Nothing was changed.")


def test_while_totals_are_hidden_the_log_says_what_was_changed_but_nothing_of_who_is_first(qtbot):
    desk = at_stage(Stage.SEALED)
    bar = shown(qtbot, desk)
    desk.context.seal(Step.UNLOCK, "A slip")
    one = desk.appraisal.criteria[1]
    desk.context.apply(set_swing(desk.appraisal, criterion=one.id, swing=one.swing - 10), "Change swing")
    bar.log.trigger()
    last = dialog(bar, SealLogDialog).text.text().split("\n\n")[-1]
    assert f"Changed: Swing of {one.name}" in last
    assert " first" not in last


@pytest.mark.parametrize(
    ("reason", "said"), [("It applies to all beaches", "beaches. Lock"), ("Was it right?", "right? Lock")]
)
def test_a_reason_without_a_full_stop_is_given_one(qtbot, reason, said):
    desk = at_stage(Stage.REVEALED)
    bar = shown(qtbot, desk)
    desk.context.seal(Step.UNLOCK, reason)
    assert said in bar.unlocked._text.text()


def test_a_step_without_a_receipt_says_that_it_is_done_until_something_is_changed(qtbot):
    desk = at_stage(Stage.PREPARING)
    bar = shown(qtbot, desk)
    qtbot.mouseClick(bar.next, Qt.MouseButton.LeftButton)
    qtbot.keyClick(dialog(bar, StepDialog), Qt.Key.Key_Escape)
    assert not bar.done.isVisible()
    qtbot.mouseClick(bar.next, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(dialog(bar, StepDialog).yes, Qt.MouseButton.LeftButton)
    assert bar.done.isVisible()
    assert bar.done._title.text() == "Criteria and anchors are agreed"
    desk.context.show(replace(desk.context.view, live=False))
    assert bar.done.isVisible()
    one = desk.appraisal.criteria[1]
    desk.context.apply(set_swing(desk.appraisal, criterion=one.id, swing=one.swing - 10), "Change swing")
    assert not bar.done.isVisible()


def test_every_step_tells_that_it_is_taken():
    told = {step for step, words in STEP_WORDS.items() if words.done}
    assert told == set(Step) - {Step.UNLOCK}, "an unlock has its own banner while it lasts"
    assert {step for step in told if STEP_WORDS[step].then}.isdisjoint(GIVE_ONE)


def test_a_receipt_that_was_kept_is_held_against_today(qtbot, tmp_path):
    desk = at_stage(Stage.AGREED)
    bar = shown(qtbot, desk)
    assert bar.compare.isVisible()
    sealed = desk.context.seal(Step.SEAL)
    bar.compare.trigger()
    asked = dialog(bar, CompareDialog)
    assert asked.focusWidget() is asked.text.sheet
    qtbot.mouseClick(asked.check, Qt.MouseButton.LeftButton)
    assert "no digest" in asked.said._text.text()
    asked.text.sheet.setPlainText(sealed)
    qtbot.mouseClick(asked.check, Qt.MouseButton.LeftButton)
    assert (asked.said._tone, asked.said._text.text()) == ("good", f"{sealed}: the same.")
    desk.context.seal(Step.UNLOCK, "A slip")
    desk.context.seal(Step.LOCK)
    (tmp_path / "receipt.txt").write_text(sealed, encoding="utf-8")
    asked.read_from(tmp_path / "receipt.txt")
    assert asked.text.text() == sealed
    assert (asked.said._tone, asked.said._text.text()) == ("attention", f"{sealed}: changed since.")
    (tmp_path / "picture.txt").write_bytes(b"\xff\xfe\x00\x80")
    for name in ("picture.txt", "nowhere.txt"):
        asked.read_from(tmp_path / name)
        assert asked.said._tone == "problem"


def test_what_goes_on_changing_after_a_seal_is_told_and_no_breach(qtbot):
    bar = shown(qtbot, at_stage(Stage.SEALED))
    asked = CompareDialog(bar.window(), lambda _text: (("Weights", True), (WHOLE, False)))
    asked._check()
    assert asked.said._tone == "good"
    assert asked.said._text.text() == f"Weights: the same. {WHOLE}: changed since."


def test_where_no_total_is_shown_it_is_said_what_they_wait_for():
    view = at_stage(Stage.OPEN).context.view
    assert view.results is not None
    once = "Totals appear once there are options, weights and scores."
    assert totals_wait(replace(view, results=None)) == "Totals are being calculated."
    for other in ({"stopped": True}, {"fault": "It failed."}, {"appraisal": replace(view.appraisal, scores=())}):
        assert totals_wait(replace(view, results=None, **other)) == once
    wrong = at_stage(Stage.OPEN, horizon=replace(EXAMPLE.horizon, years=300)).context.view
    assert totals_wait(wrong) == "Totals appear when nothing is wrong in the document."
