"""The stages of the scoring workshop on top of steps 3 and 4, with the one button that takes the next step."""

from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from appraise.model import sealing
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.workshop import Stage, Step, Workshop
from appraise.present import agreement_tables
from appraise.present.scoring_words import moment
from appraise.ui import theme
from appraise.ui.context import Context, View
from appraise.ui.dialogs import Sheet, show_dialog
from appraise.ui.pages.workshop_dialogs import CompareDialog, ReceiptDialog, SealLogDialog, StepDialog
from appraise.ui.pages.workshop_words import OPEN_WAY, STAGES, STEP_WORDS
from appraise.ui.widgets.buttons import Button, IconButton
from appraise.ui.widgets.cards import Column, PageFrame, Row
from appraise.ui.widgets.labels import FlowLabel, Notice
from appraise.ui.widgets.stage_track import StageFace, StageTrack
from appraise.workspace.receipts import GIVE_ONE

#: What a sentence may end with.
_ENDS = (".", "!", "?", "…", ".”", "?”", "!”", ".)")


def stage_faces(workshop: Workshop) -> tuple[StageFace, ...]:
    """The five stages as they stand; after the reveal all of them are done."""
    order = [stage for _, _, stage in STAGES]
    here = order.index(workshop.stage) if workshop.stage in order else 0
    done = workshop.stage is Stage.REVEALED
    return tuple(
        StageFace(words, "completed" if number < here or done else "in-progress" if number == here else "locked", short)
        for number, (words, short, _) in enumerate(STAGES)
    )


def main_step(workshop: Workshop) -> Step:
    """The step that the one button takes: on, back into the lock, or an unlock once there is no further one."""
    return sealing.next_step(workshop) or Step.UNLOCK


def side_step(workshop: Workshop) -> Step | None:
    """The step beside it: to unlock what is locked. At the end that is the main one."""
    if workshop.unlocked or workshop.stage in (Stage.OPEN, Stage.PREPARING, Stage.REVEALED):
        return None
    return Step.UNLOCK


class WorkshopBar(Column):
    """The stage bar. `place_in(frame)` puts it under the head of a page, and `buttons` beside the title.

    `dialog` is the last dialog that was opened. The page calls `show_view` with every view.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._step = Step.START
        self._side: Step | None = None
        self._receipt, self._taken = "", False
        self._frame: PageFrame | None = None
        self._narrow = False
        self.dialog: QWidget | None = None
        self.track = StageTrack("Sealed workshop")
        self.open_words = FlowLabel(OPEN_WAY, "dense", "ink2", wrap=False)
        self.start = Button(STEP_WORDS[Step.START].button, kind="plain", small=True)
        self._open_line = Row(self.open_words, self.start, stretches=(0, 0), gap=8)
        self._open_line.line.addStretch(1)
        self.unlocked = Notice("attention", "", "")
        self.not_ready = Notice("attention", "", "")
        self.done = Notice("good", "", "")
        self._done_for: Appraisal | None = None
        self._track_line = Row(self.track, stretches=(1,), gap=8)
        super().__init__(self._open_line, self._track_line, self.unlocked, self.not_ready, self.done, gap=4)
        self.next = Button("")
        self.side = Button("", kind="plain")
        self.more = IconButton("more", "More about the workshop", size=36)
        self.buttons = Row(self.side, self.next, self.more, stretches=(0, 0, 0), gap=8)
        self.not_ready.hide()
        self.done.hide()
        self.start.clicked.connect(partial(self.ask, Step.START))
        self.next.clicked.connect(lambda: self.ask(self._step))
        self.side.clicked.connect(self._ask_side)
        self.more.clicked.connect(self._show_more)
        self.menu = QMenu(self.more)
        self.side_action = self.menu.addAction(STEP_WORDS[Step.UNLOCK].button, self._ask_side)
        self.receipt = self.menu.addAction("Receipt of the last seal…", self._show_last_receipt)
        self.compare = self.menu.addAction("Compare with a receipt…", self._show_compare)
        self.log = self.menu.addAction("Log of the workshop…", self._show_log)
        self.give_up = self.menu.addAction(STEP_WORDS[Step.GIVE_UP].button, partial(self.ask, Step.GIVE_UP))

    def place_in(self, frame: PageFrame) -> None:
        """Under the title of a page, its buttons beside the title, or beside the stages where it is narrow.

        Where there is little height it scrolls away with the section.
        """
        self._frame = frame
        frame.add_action(self.buttons)
        frame.add_bar(self, may_scroll=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room beside the title the buttons stand beside the stages, and fewer of them."""
        super().resizeEvent(event)
        self._fold(narrow=event.size().width() < theme.px(680))

    def _fold(self, *, narrow: bool) -> None:
        if narrow == self._narrow or self._frame is None:
            return
        self._narrow = narrow
        if narrow:
            self._track_line.line.addWidget(self.buttons)
        else:
            self._frame.add_action(self.buttons)
        self._show_side()

    def _show_side(self) -> None:
        """The second step: a button, or where it is narrow a line of the menu."""
        self._show_button(self.side, None if self._narrow else self._side)
        self.side_action.setVisible(self._narrow and self._side is not None)

    def show_view(self, view: View) -> None:
        """The stage as it stands, and what can be done next."""
        workshop = view.appraisal.workshop
        opened = workshop.stage is Stage.OPEN
        step, side = main_step(workshop), side_step(workshop)
        if (step, side) != (self._step, self._side):
            self.not_ready.hide()
        self._step, self._side = step, side
        self.track.set_stages(stage_faces(workshop))
        for part, seen in (
            (self._open_line, opened),
            (self._track_line, not opened),
            (self.unlocked, workshop.unlocked),
            (self.buttons, not opened),
        ):
            part.setVisible(seen)
        self.receipt.setVisible(any(one.step in GIVE_ONE for one in workshop.events))
        self.give_up.setVisible(workshop.stage is not Stage.REVEALED)
        self._show_button(self.next, step)
        self._show_side()
        self._show_unlocked(workshop)
        if view.appraisal is not self._done_for:
            self.done.hide()
        if not self.not_ready.isHidden():
            self._tell(sealing.not_ready(view.appraisal, step))

    def _show_button(self, button: Button, step: Step | None) -> None:
        button.setVisible(step is not None)
        if step is not None:
            button.set_text(STEP_WORDS[step].button)
            button.set_icon(STEP_WORDS[step].icon)

    def _show_unlocked(self, workshop: Workshop) -> None:
        event = next((one for one in reversed(workshop.events) if one.step is Step.UNLOCK), None)
        if workshop.unlocked and event is not None:
            reason = event.reason.rstrip()
            stop = "" if reason.endswith(_ENDS) else "."
            self.unlocked.show_text(
                f"Unlocked by {event.who}, {moment(event.when)}.", f"Reason: {reason}{stop} Lock again when done."
            )

    def _tell(self, sentence: str) -> None:
        self.not_ready.show_text("Not yet" if sentence else "", sentence)
        self.not_ready.setVisible(bool(sentence))

    # --- what can be done ---

    def ask(self, step: Step) -> None:
        """Opens the dialog of a step, or says what is missing before it."""
        missing = sealing.not_ready(self._context.appraisal, step)
        self._tell(missing)
        if not missing:
            self._receipt, self._taken = "", False
            marks = agreement_tables.missing_words(self._context.appraisal) if step is Step.CLOSE else ""
            dialog = StepDialog(self.window(), step, partial(self._take, step), marks)
            dialog.finished.connect(lambda _code: self._show_receipt(step))
            self._open(dialog)

    def _ask_side(self) -> None:
        if self._side is not None:
            self.ask(self._side)

    def _take(self, step: Step, reason: str) -> None:
        self._receipt = self._context.seal(step, reason)
        self._taken = True

    def _show_receipt(self, step: Step) -> None:
        """After the dialog has gone and the step is taken: a receipt where it gives one, else that it is done."""
        words = STEP_WORDS[step]
        if self._taken and words.done and not self._receipt:
            self._done_for = self._context.appraisal
            self.done.show_text(words.done, words.then)
            self.done.show()
        if self._receipt:
            self._open(ReceiptDialog(self.window(), STEP_WORDS[step].done or "It is done", self._receipt))

    def _show_more(self) -> None:
        self.menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _show_last_receipt(self) -> None:
        self._open(ReceiptDialog(self.window(), "Receipt of the last step", self._context.receipt()))

    def _show_compare(self) -> None:
        self._open(CompareDialog(self.window(), self._context.compare_receipt))

    def _show_log(self) -> None:
        self._open(SealLogDialog(self.window(), self._context.appraisal))

    def _open(self, dialog: Sheet) -> None:
        self.dialog = dialog
        show_dialog(dialog)
