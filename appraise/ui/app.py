"""The application: type, palette and zoom as the user left them, the window, and what happens to a fault."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import cast

from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtWidgets import QApplication

from appraise import __version__
from appraise.ui import theme
from appraise.ui.window import Window
from appraise.workspace.fault_log import record_fault
from appraise.workspace.places import data_folder

#: Seconds after which a busy thread lets another one run. With Python's 5 ms the window stutters while the worker
#: calculates: during a drag 95 % of its turns took 18 ms, with this 11 ms; during an export the worst 400 and 44 ms.
SWITCH_INTERVAL = 0.0005

Hook = Callable[[type[BaseException], BaseException, TracebackType | None], None]


def settings() -> QSettings:
    """What the user chose for the window: palette, zoom and size."""
    try:
        path = data_folder() / "window.ini"
    except OSError:
        return QSettings("appraise", "window")
    return QSettings(str(path), QSettings.Format.IniFormat)


def system_palette(app: QApplication) -> theme.PaletteName:
    """The palette that the system asks for."""
    hints = app.styleHints()
    if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return "contrast"
    return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"


class Look:
    """Keeps palette and zoom as chosen, and follows the system while "system" is chosen."""

    def __init__(self, app: QApplication, kept: QSettings) -> None:
        self._app, self._kept = app, kept
        self.chosen = str(kept.value("palette", "system"))
        if self.chosen not in theme.PALETTES:
            self.chosen = "system"
        try:
            zoom = int(str(kept.value("zoom", 100)))
        except ValueError:
            zoom = 100
        theme.use(theme.Theme(self._palette(), zoom if zoom in theme.ZOOMS else 100))
        app.styleHints().colorSchemeChanged.connect(self._follow_system)

    def choose(self, palette: str) -> None:
        """A palette by name, or "system"."""
        self.chosen = palette
        self._kept.setValue("palette", palette)
        theme.use_palette(self._palette())

    def keep_zoom(self, zoom: int) -> None:
        """Remember the zoom."""
        self._kept.setValue("zoom", zoom)

    def _palette(self) -> theme.PaletteName:
        chosen = system_palette(self._app) if self.chosen == "system" else self.chosen
        return cast("theme.PaletteName", chosen)

    def _follow_system(self) -> None:
        if self.chosen == "system" and self._palette() != theme.current().palette:
            theme.use_palette(self._palette())


def fault_hook(window: Window) -> Hook:
    """For `sys.excepthook`: a private record, and one calm sentence instead of a traceback."""
    telling: list[str] = []

    def hook(kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        sentence = record_fault(error)
        if not telling:  # one box is enough, also where a fault comes back with every repaint
            telling.append(sentence)
            window.tell(f"{sentence} Your work is still here: save it, then start again.")

    return hook


def make_window(app: QApplication) -> Window:
    """The window, in the look that was kept."""
    sys.setswitchinterval(SWITCH_INTERVAL)
    app.setApplicationName("Appraise")
    app.setApplicationVersion(__version__)
    kept = settings()
    look = Look(app, kept)
    window = Window(palette=look.chosen)
    window.palette_chosen.connect(look.choose)
    window.zoom_changed.connect(look.keep_zoom)
    size = kept.value("geometry")
    if size is not None:
        window.restoreGeometry(size)
    window.closing.connect(lambda: kept.setValue("geometry", window.saveGeometry()))
    return window


def run_window(path: Path | None) -> int:
    """Show the window, with a file if one is named, until it is closed. The exit code."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        raise TypeError("Another kind of Qt application runs in this process.")
    window = make_window(app)
    sys.excepthook = fault_hook(window)
    window.show()
    QTimer.singleShot(0, lambda: window.begin(path))
    return app.exec()
