"""The real window for tests: dialogs answered without being shown, and waiting for the figures."""

from dataclasses import replace
from pathlib import Path

from pytestqt.qtbot import QtBot

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.workshop import Workshop
from appraise.model.edits import basis
from appraise.model.results import Results
from appraise.ui.questions import Leaving, Questions, Recovering
from appraise.ui.window import Window


class Answers(Questions):
    """Answers every question as told, and keeps what was said."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.leaving: Leaving = "discard"
        self.recovering: Recovering = "recover"
        self.agreeing = True
        self.path: Path | None = None

    def tell(self, sentence: str, *, problem: bool = False) -> None:  # noqa: ARG002  the real one paints an icon
        self.said.append(sentence)

    def leave(self, title: str) -> Leaving:
        self.said.append(title)
        return self.leaving

    def recover(self, sentence: str) -> Recovering:
        self.said.append(sentence)
        return self.recovering

    def agree(self, sentence: str, yes: str) -> bool:  # noqa: ARG002  as above
        self.said.append(sentence)
        return self.agreeing

    def open_path(self, folder: Path) -> Path | None:  # noqa: ARG002  as above
        return self.path

    def save_path(self, suggested: Path) -> Path | None:  # noqa: ARG002  as above
        return self.path

    def pdf_path(self, suggested: Path) -> Path | None:  # noqa: ARG002  as above
        return self.path

    def exported(self, path: Path) -> None:
        self.said.append(path.name)


def open_window(qtbot: QtBot) -> Window:
    """A window on the start page, shown off screen. Its dialogs are `Answers`."""
    window = Window(ask=Answers())
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)  # keys of the menus reach an active window only
    return window


def answers(window: Window) -> Answers:
    assert isinstance(window.ask, Answers)
    return window.ask


def rename(window: Window, title: str) -> None:
    """Another title for the open document, as one step."""
    context = window.document.context
    context.apply(basis.set_title(context.appraisal, title=title), "Change title")


def command(window: Window, name: str) -> None:
    """Runs a command of the menus by its name."""
    next(one for one in window.commands() if one.name.split("\t")[0].rstrip("…") == name).run()


def full_results(qtbot: QtBot, window: Window) -> Results:
    """Waits for the figures of the document as it stands, from all its draws."""
    qtbot.waitUntil(lambda: window.document.full_results() is not None, timeout=20_000)
    results = window.document.full_results()
    assert results is not None
    assert results.digest == window.document.session.digest
    return results


def in_the_open_way(appraisal: Appraisal) -> Appraisal:
    """The same without a workshop: nothing is sealed, and nobody was asked to score alone or to agree."""
    scores = tuple(replace(one, agreed=(), dissents=()) for one in appraisal.scores)
    return replace(appraisal, workshop=Workshop(), scores=scores)
