"""Pictures of every page of the window and of the business case, into docs/pictures: `make pictures`.

Every section of every step, light and dark at 100 % and light at 200 %; the start page, an empty document, a
document with errors, money and partners of the other examples, and the PDF of the worked example page by page. Runs
without a display.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "pictures"
SIZE = (1440, 900)
PAPER_DOTS = 70
#: The other examples, of which the steps on money and on working together are shown.
OTHERS = ("care-together", "waste-contract")
PAGES = ("need", "options", "weights", "scores", "costs", "constraints", "funding", "results", "sensitivity", "case")

sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def wait(ready: Callable[[], bool], seconds: float = 60) -> None:
    """Let the window work until it is ready."""
    from PySide6.QtWidgets import QApplication

    end = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > end:
            raise TimeoutError("The window was not ready in time.")
        QApplication.processEvents()
        time.sleep(0.005)


def settle() -> None:
    """Let layouts, charts and timers come to rest."""
    from PySide6.QtWidgets import QApplication

    end = time.monotonic() + 0.3
    while time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.005)


def save(window: object, name: str) -> None:
    """Grab the window into a PNG of few colours, without dithering."""
    from PIL import Image
    from PySide6.QtWidgets import QWidget

    if not isinstance(window, QWidget):
        raise TypeError("Only a window can be grabbed.")
    settle()
    path = FOLDER / f"{name}.png"
    window.grab().save(str(path))
    with Image.open(path) as picture:
        small = picture.convert("RGB").quantize(colors=160, dither=Image.Dither.NONE)
    small.save(path, optimize=True)


def sections(page: object) -> list[tuple[str, Callable[[], object]]]:
    """The sections of a step, each with the end of its picture's name and what turns to it; a step without has one."""
    from appraise.model import need_sections
    from appraise.ui.pages import (
        constraints,
        costs,
        costs_sections,
        criteria,
        funding,
        need,
        options,
        options_partners,
        results,
        scores,
        sensitivity,
    )

    if isinstance(page, need.NeedPage):
        return [(f"-{key}", partial(_turn, page, page.go_to_section, key)) for key, _ in need_sections.SECTIONS]
    if isinstance(page, options.OptionsPage):
        whole = [(f"-{key.replace('_', '-')}", partial(_turn, page, page.turn_to, key)) for key in options.SECTIONS]
        parts = [(f"-partners-{key}", partial(_turn_partners, page, key)) for key, _ in options_partners.PARTS]
        return [*whole[:-1], *parts]
    if isinstance(page, scores.ScoresPage):
        keys = tuple(scores.SECTIONS)
        return [(f"-{key.replace('_', '-')}", partial(_turn, page, _with_somebody(page), key)) for key in keys]
    if isinstance(page, criteria.CriteriaPage):
        return [(f"-{key}", partial(_turn, page, page.turn_to, key)) for key in criteria.SECTIONS]
    if isinstance(page, costs.CostsPage):
        lines = ("-lines", partial(_tell_story, page))
        terms = ("-lines-terms", partial(_tell_terms, page))
        keys = tuple(costs_sections.SECTIONS)
        return [lines, terms, *((f"-{key}", partial(_turn, page, page.go_to_section, key)) for key in keys)]
    if isinstance(page, constraints.ConstraintsPage):
        return [(f"-{key}", partial(_turn, page, page.turn_to, key)) for key in constraints.SECTIONS]
    if isinstance(page, funding.FundingPage):
        return [(f"-{key}", partial(_turn, page, page.turn_to, key)) for key in funding.SECTIONS]
    if isinstance(page, results.ResultsPage):
        return [(f"-{key}", partial(_turn, page, page.turn_to, key)) for key in results.SECTIONS]
    if isinstance(page, sensitivity.SensitivityPage):
        return [(f"-{key}", partial(_turn, page, page.turn_to, key)) for key in sensitivity.SECTIONS]
    return [("", lambda: None)]


def _turn(page: Any, to: Callable[[str], object], key: str) -> None:
    """To a section, with the keyboard where work in it begins."""
    to(key)
    page.focus_first()


def _turn_partners(page: Any, key: str) -> None:
    """To a part of the partners in step 2."""
    page.turn_to("partners")
    page.section.turn_to(key)


def _with_somebody(page: Any) -> Callable[[str], None]:
    """Turns to a section of step 4; where one assessor scores alone, the first one is chosen."""

    def turn(key: str) -> None:
        page.turn_to(key)
        assessors = page.context.appraisal.workshop.assessors
        if key == "alone" and assessors:
            page.section.take(assessors[0].id)

    return turn


def _tell_terms(page: Any) -> None:
    """The terms of the first line on whose price something is agreed, else of the first line of all."""
    appraisal = page.context.appraisal
    lines = [one.line for one in appraisal.line_terms] or [line.id for line in appraisal.lines]
    if lines:
        page.focus_place(lines[0], "terms")
    else:
        _tell_story(page)


def _tell_story(page: Any) -> None:
    """The cost table of the last option, the story of its first line open."""
    from appraise.ui.pages.costs import LINES

    page.go_to_section(LINES)
    options = page.context.appraisal.options
    if options:
        page.segments.set_current(options[-1].id)
        page.segments.chosen.emit(options[-1].id)
    page.focus_first()
    first = page.table.current_key()
    if page.table.story_key():
        page.table.toggled.emit(page.table.story_key())
    if first:
        page.table.toggled.emit(first)


def window_pictures(home: Path) -> None:
    """Every page in every look."""
    os.environ["APPRAISE_HOME"] = str(home)
    from PySide6.QtWidgets import QApplication

    from appraise.ui import theme
    from appraise.ui.window import Window

    app = QApplication([])
    theme.use(theme.Theme("light", 100))
    window = Window()
    window.resize(*SIZE)
    window.show()
    window.begin(None)
    looks = (("light", 100, "light"), ("dark", 100, "dark"), ("light", 200, "zoom200"))
    for palette, zoom, prefix in looks:
        theme.use(theme.Theme(palette, zoom))
        save(window, f"{prefix}-00-start")
    window.start_page.example_chosen.emit("worked-example")
    for palette, zoom, prefix in looks:
        theme.use(theme.Theme(palette, zoom))
        wait(lambda: window.document.full_results() is not None)
        for number, page in enumerate(PAGES):
            window.show_step(number)
            for section, turn in sections(window.page(number)):
                turn()
                save(window, f"{prefix}-{number + 1:02}-{page}{section}")
    theme.use(theme.Theme("light", 100))
    _states(window)
    _others(window)
    window.document.close()
    app.quit()


def _states(window: object) -> None:
    """The pages of an empty document, of one with errors in it, and of a workshop that goes on."""
    from appraise.model.edits.constraints import set_probability
    from appraise.ui.window import Window

    if not isinstance(window, Window):
        raise TypeError("Only the window has pages.")
    document = window.document
    first = document.context.appraisal.constraints[0].id
    wrong = set_probability(document.context.appraisal, constraint=first, probability=1.3)
    line = wrong.lines[0]
    wrong = replace(wrong, lines=(replace(line, range=replace(line.range, low=line.range.high)), *wrong.lines[1:]))
    scenario = wrong.scenarios[0]
    first_money, second_money, *later = scenario.settlements
    overlapping = (first_money, replace(second_money, first_year=first_money.first_year), *later)
    wrong = replace(wrong, scenarios=(replace(scenario, settlements=overlapping), *wrong.scenarios[1:]))
    document.context.apply(wrong, "Enter values that cannot be")
    window.go_to(5, line.id, "range")
    save(window, f"errors-05-{PAGES[4]}")
    window.go_to(7, scenario.id, "settlements")
    save(window, f"errors-07-{PAGES[6]}-settlements")
    for number in (5, 6, 7):
        window.show_step(number)
        sections(window.page(number))[0][1]()
        save(window, f"errors-{number + 1:02}-{PAGES[number]}")
    document.stack.undo()
    _stages(window)
    window.filing.ask = _Discarding(window)
    window.start_page.new_wanted.emit()
    settle()
    for number, page in enumerate(PAGES):
        window.show_step(number)
        for section, turn in sections(window.page(number)):
            turn()
            save(window, f"empty-{number + 1:02}-{page}{section}")


def _others(window: Any) -> None:
    """The steps on money and on working together of the other examples."""
    window.filing.ask = _Discarding(window)
    for name in OTHERS:
        window.start_page.example_chosen.emit(name)
        wait(lambda: window.document.full_results() is not None)
        for number in (1, 6, 7):
            window.show_step(number)
            for section, turn in sections(window.page(number)):
                if number > 1 or section.startswith(("-partners", "-stages")):
                    turn()
                    save(window, f"{name}-{number + 1:02}-{PAGES[number]}{section}")


def _stages(window: Any) -> None:
    """Step 3 while weights are asked; step 4 while assessors score alone, and while one score each is agreed."""
    from appraise.model.appraisal.workshop import Stage
    from appraise.workspace.session import Session

    whole = window.document.context.appraisal
    asking = replace(whole.workshop, stage=Stage.AGREED, unlocked=False)
    window.document.take(Session(replace(whole, workshop=asking, scores=())))
    window.show_step(2)
    for section, turn in sections(window.page(2)):
        turn()
        save(window, f"{Stage.AGREED.value}-03-{PAGES[2]}{section}")
    for stage in (Stage.SEALED, Stage.MODERATING):
        workshop = replace(whole.workshop, stage=stage, unlocked=False)
        scores = whole.scores[: -len(whole.options)] if stage is Stage.MODERATING else ()
        window.document.take(Session(replace(whole, workshop=workshop, scores=scores)))
        window.show_step(3)
        for section, turn in sections(window.page(3)):
            turn()
            save(window, f"{stage.value}-04-scores{section}")


def _Discarding(window: object) -> object:  # noqa: N802 -- reads as the class that it makes
    from appraise.ui.questions import Leaving, Questions
    from appraise.ui.window import Window

    class Discarding(Questions):
        def leave(self, title: str) -> Leaving:  # noqa: ARG002 -- the real one shows it
            return "discard"

    return Discarding(window if isinstance(window, Window) else None)


def paper_pictures(home: Path) -> None:
    """The business case of the worked example, page by page."""
    from PIL import Image

    environment = os.environ | {"APPRAISE_HOME": str(home)}
    source, paper = home / "example.appraisal", home / "example.pdf"
    program = [sys.executable, "-m", "appraise"]
    subprocess.run([*program, "new", "worked-example", str(source)], check=True, env=environment, cwd=ROOT)
    subprocess.run([*program, "report", str(source), "-o", str(paper)], check=True, env=environment, cwd=ROOT)
    subprocess.run(["pdftoppm", "-r", str(PAPER_DOTS), "-png", str(paper), str(home / "page")], check=True)
    for picture in sorted(home.glob("page-*.png")):
        number = int(picture.stem.removeprefix("page-"))
        with Image.open(picture) as page:
            small = page.convert("RGB").quantize(colors=64, dither=Image.Dither.NONE)
        small.save(FOLDER / f"paper-{number}.png", optimize=True)


def main() -> None:
    """Make all pictures anew."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as home:
        window_pictures(Path(home) / "window")
    with tempfile.TemporaryDirectory() as home:
        paper_pictures(Path(home))


if __name__ == "__main__":
    main()
