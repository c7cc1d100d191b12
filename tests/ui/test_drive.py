"""The whole road through real widgets: open, change a weight, a cost and a probability, undo, export."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from appraise.model.results import Results
from appraise.ui.widgets.sliders import ProbabilitySlider, SwingSlider
from appraise.ui.window import Window
from appraise.workspace.session import Session
from tests.ui.driving import answers, full_results, in_the_open_way, open_window

pytestmark = pytest.mark.usefixtures("home")


def change_a_weight(qtbot: QtBot, window: Window) -> None:
    window.show_step(2)
    slider = window.page(2).findChild(SwingSlider)
    slider.setFocus()
    key = Qt.Key.Key_PageDown if slider.value() > 50 else Qt.Key.Key_PageUp
    qtbot.keyClick(slider, key)
    slider.clearFocus()


def change_a_cost(qtbot: QtBot, window: Window) -> None:
    window.show_step(4)
    table = window.page(4).table
    assert isinstance(table, QTableView)
    model = table.model()
    row = next(
        number for number in range(model.rowCount()) if model.flags(model.index(number, 3)) & Qt.ItemFlag.ItemIsEditable
    )
    table.setCurrentIndex(model.index(row, 3))
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_F2)
    editor = window.focusWidget()
    editor.selectAll()
    qtbot.keyClicks(editor, "2.5m")
    qtbot.keyClick(editor, Qt.Key.Key_Return)


def change_a_probability(qtbot: QtBot, window: Window) -> None:
    window.show_step(5)
    slider = window.page(5).findChild(ProbabilitySlider)
    slider.setFocus()
    qtbot.keyClick(slider, Qt.Key.Key_PageUp)
    slider.clearFocus()


def figures(results: Results) -> tuple[object, ...]:
    return tuple((option.economic, option.score, option.risk, option.funding) for option in results.options)


def test_the_whole_road(qtbot: QtBot, home: Path) -> None:
    window = open_window(qtbot)
    window.start_page.example_chosen.emit("worked-example")
    full_results(qtbot, window)
    assert window.current_step == 7
    window.document.take(Session(in_the_open_way(window.document.session.appraisal)))  # the example is sealed
    first = full_results(qtbot, window)
    digest = window.document.session.digest

    seen = [figures(first)]
    for change in (change_a_weight, change_a_cost, change_a_probability):
        steps = window.document.stack.count()
        change(qtbot, window)
        assert window.document.stack.count() == steps + 1, change.__name__
        now = figures(full_results(qtbot, window))
        assert now not in seen, change.__name__
        seen.append(now)

    assert window.windowTitle().startswith("Drainage and highways")
    assert window.document.session.modified
    window.setFocus()
    for _ in range(3):
        qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.document.session.digest == digest
    assert not window.document.session.modified
    assert full_results(qtbot, window) == first

    target = home / "case.pdf"
    with qtbot.waitSignal(window.exported, timeout=120_000):
        assert window.export(target)
    assert target.read_bytes().startswith(b"%PDF")
    assert answers(window).said == ["case.pdf"]


#: Runs inside the program: looks at the screen until something is drawn on it, then closes the window.
DRIVER = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

app = QApplication(["appraise"])
looks = 0

def look():
    global looks
    looks += 1
    picture = app.primaryScreen().grabWindow(0).toImage()
    spots = [(x, y) for x in range(0, picture.width(), 9) for y in range(0, picture.height(), 9)]
    colours = {picture.pixel(x, y) for x, y in spots}
    window = app.activeWindow() or next((one for one in app.topLevelWidgets() if one.windowTitle()), None)
    title = window.windowTitle() if window else ""
    if (len(colours) > 60 and title.startswith("Drainage")) or looks > 200:
        timer.stop()
        print(app.platformName(), len(colours), title)
        for widget in app.topLevelWidgets():
            widget.close()

timer = QTimer()
timer.timeout.connect(look)
timer.start(250)
from appraise.__main__ import main
sys.exit(main([sys.argv[1]]))
"""


@pytest.mark.window
def test_the_program_shows_a_window_on_a_screen(home: Path) -> None:
    """Starts the program under a virtual X screen and looks at what it shows there."""
    if shutil.which("xvfb-run") is None:
        pytest.skip("xvfb-run is not installed")
    driver, file = home / "driver.py", home / "example.appraisal"
    driver.write_text(DRIVER)
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "xcb",
        "APPRAISE_HOME": str(home / "home"),
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    new = [sys.executable, "-m", "appraise", "new", "worked-example", str(file)]
    subprocess.run(new, check=True, env=environment, timeout=60)
    screen = ["xvfb-run", "-a", "-s", "-screen 0 1440x900x24"]
    run = [*screen, sys.executable, str(driver), str(file)]
    done = subprocess.run(run, check=False, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    platform, colours, *title = done.stdout.split()
    assert platform == "xcb"
    assert int(colours) > 60, "the screen is all but blank"
    assert title[0] == "Drainage"
    assert "Traceback" not in done.stderr
