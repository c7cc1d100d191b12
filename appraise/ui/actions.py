"""The one undo command, and how actions get into the menus and the find list."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QUndoCommand
from PySide6.QtWidgets import QMenu

from appraise.ui.shell import Shell
from appraise.workspace.session import Session


class Edit(QUndoCommand):
    """One step of the session's history on Qt's undo stack, under the name of its action.

    The session has applied it before it is pushed, so the first redo, which is Qt's push, does nothing.
    """

    def __init__(self, session: Session, text: str) -> None:
        super().__init__(text)
        self._session = session
        self._first = True

    def redo(self) -> None:
        """Do it again, except when it is pushed."""
        if self._first:
            self._first = False
        else:
            self._session.redo()

    def undo(self) -> None:
        """Take it back."""
        self._session.undo()


def add_action(shell: Shell, menu: QMenu, text: str, run: Callable[[], object], keys: str = "") -> QAction:
    """An action in a menu of the window and in its find list."""
    action = QAction(text, shell)
    if keys:
        action.setShortcut(QKeySequence(keys))
    action.triggered.connect(lambda _checked=False: run())
    menu.addAction(action)
    shell.add_command(action)
    return action


def add_choices(
    shell: Shell, menu: QMenu, choices: Sequence[tuple[str, str]], choose: Callable[[str], object]
) -> dict[str, QAction]:
    """Actions of which one is checked, from (key, text) pairs. `choose` is told the key."""
    group = QActionGroup(shell)
    made = {}
    for key, text in choices:
        action = add_action(shell, menu, text, lambda key=key: choose(key))  # type: ignore[misc]  # binds the key
        action.setCheckable(True)
        group.addAction(action)
        made[key] = action
    return made
