"""The `Desk`: a document on a page's context, evaluated at once with 2,000 draws, without the window."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.workshop import Step
from appraise.model.checks import findings
from appraise.model.edits.workshop import take_step
from appraise.model.evaluate import CannotEvaluate, Settings, evaluate
from appraise.model.journey import steps
from appraise.model.sealing import breach
from appraise.ui.context import Context, View
from appraise.workspace.templates import load


class Desk:
    """What the window does for pages, in a few lines.

    `actions` are the names of the undo steps so far, `before` the documents they started from;
    a gesture is one step. `undo()` goes one step back. `told` are the sentences on changes of what is sealed,
    `receipts` those of seals.
    """

    def __init__(self, appraisal: Appraisal) -> None:
        self.actions: list[str] = []
        self.before: list[Appraisal] = []
        self.gesture = ""
        self.made = 0
        self.told: list[str] = []
        self.receipts: list[str] = []
        self.context = Context(
            self._view(appraisal, None),
            self._apply,
            self._end_gesture,
            self._fresh_id,
            self._seal,
            self._receipt,
            self._compare,
        )

    @property
    def appraisal(self) -> Appraisal:
        return self.context.appraisal

    def undo(self) -> None:
        self.actions.pop()
        self._show(self.before.pop())

    def _view(self, appraisal: Appraisal, last: View | None) -> View:
        found = findings(appraisal)
        try:
            results, stale = evaluate(appraisal, Settings(draws=2_000)), False
        except CannotEvaluate:
            results, stale = last.results if last else None, True
        return View(
            appraisal=appraisal,
            findings=found,
            steps=steps(appraisal, found, has_results=not stale),
            results=results,
            live=True,
            stale=stale,
        )

    def _show(self, appraisal: Appraisal) -> None:
        self.context.show(self._view(appraisal, self.context.view))

    def _apply(self, new: Appraisal, action: str, gesture: str) -> None:
        if new is self.appraisal:
            return
        if sentence := breach(self.appraisal, new):
            self.told.append(sentence)
            self._show(self.appraisal)
            return
        if not gesture or gesture != self.gesture:
            self.actions.append(action)
            self.before.append(self.appraisal)
        self.gesture = gesture
        self._show(new)

    def _end_gesture(self) -> None:
        self.gesture = ""

    def _seal(self, step: Step, reason: str) -> str:
        new = take_step(
            self.appraisal, step=step, when="2027-04-01T12:00:00+00:00", who="Ann", reason=reason, workshop="workshop-1"
        )
        self.actions.clear()
        self.before.clear()
        self._show(new)
        if step not in (Step.SEAL, Step.REVEAL, Step.LOCK):
            return ""
        self.receipts.append(f"Receipt: {step}")
        return self.receipts[-1]

    def _receipt(self) -> str:
        return self.receipts[-1] if self.receipts else ""

    def _compare(self, text: str) -> tuple[tuple[str, bool], ...]:
        """A receipt names its steps, and only the newest is the same today."""
        return tuple((one, one == self.receipts[-1]) for one in self.receipts if one in text)

    def _fresh_id(self, noun: str) -> str:
        self.made += 1
        return f"{noun}-new{self.made}"


@pytest.fixture
def desk() -> Desk:
    """The worked example."""
    return Desk(load("worked-example", first_year=2027))


@pytest.fixture
def blank_desk() -> Desk:
    """A document in which nothing has been entered."""
    return Desk(load("blank", first_year=2027))


@pytest.fixture
def desk_with() -> Callable[..., Desk]:
    """Makes a desk with parts of the worked example replaced: desk_with(lines=())."""
    return lambda **fields: Desk(replace(load("worked-example", first_year=2027), **fields))
