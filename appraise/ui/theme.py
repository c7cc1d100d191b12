"""How the window looks: colours by role in three palettes, the type scale, and every size times the zoom.

One theme is in use at a time; it is a matter of the window alone, so it lives here and not in the document. Widgets ask
`colour`, `font` and `px` whenever they paint, and those that must do more on a change are `Themed`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QToolTip, QWidget

from appraise.present import typeface

PaletteName = Literal["light", "dark", "contrast"]
FontRole = Literal[
    "key", "title", "question", "card", "lead", "body", "strong", "dense", "dense-strong", "caption", "label"
]

ZOOMS = (100, 125, 150, 200)

LIGHT: Mapping[str, str] = {
    "window": "#F3F5F8", "card": "#FFFFFF", "rail": "#EDF1F5", "inset": "#F7F9FB", "hover": "#F0F4F8",
    "ink": "#0F1B2A", "ink2": "#45566A", "disabled": "#76869A", "line": "#D8DFE7", "edge": "#76869A",
    "primary": "#12436D", "primary-hover": "#0D3558", "primary-pressed": "#092A47", "on-primary": "#FFFFFF",
    "link": "#12558F", "overline": "#0B6B63", "focus": "#C2410C", "frame": "#C9DAE9",
    "good": "#0B6B4F", "good-ground": "#E2F3EC", "attention": "#8A4500", "attention-ground": "#FFF1DF",
    "problem": "#A3142E", "problem-ground": "#FBE8EB", "info": "#12436D", "info-ground": "#E4EDF5",
    "plain": "#45566A", "plain-ground": "#EDF1F5", "selected": "#E4EDF5", "on-selected": "#0F1B2A",
    "chart-1": "#12436D", "chart-2": "#28A197", "chart-3": "#801650", "chart-4": "#F46A25",
    "grey": "#7B8998", "light-grey": "#BCC6D1", "tint-1": "#C9DAE9", "tint-2": "#E4EDF5", "on-chart-1": "#FFFFFF",
}  # fmt: skip
DARK: Mapping[str, str] = {
    "window": "#0F151C", "card": "#18212B", "rail": "#121920", "inset": "#1D2732", "hover": "#202C38",
    "ink": "#EDF2F7", "ink2": "#AEBBC9", "disabled": "#7A8CA0", "line": "#2B3846", "edge": "#7A8CA0",
    "primary": "#8CC1EE", "primary-hover": "#A6D0F3", "primary-pressed": "#BEDDF7", "on-primary": "#0B1825",
    "link": "#8CC1EE", "overline": "#6FDBD0", "focus": "#FF9A66", "frame": "#2C4D6B",
    "good": "#6FD6AE", "good-ground": "#15352B", "attention": "#FFC27A", "attention-ground": "#3A2A14",
    "problem": "#FF9AA8", "problem-ground": "#3D1B22", "info": "#8CC1EE", "info-ground": "#1D3449",
    "plain": "#AEBBC9", "plain-ground": "#121920", "selected": "#1D3449", "on-selected": "#EDF2F7",
    "chart-1": "#8CC1EE", "chart-2": "#3FC4B8", "chart-3": "#E58ABF", "chart-4": "#FF9A66",
    "grey": "#8FA0B2", "light-grey": "#4A5A6B", "tint-1": "#2C4D6B", "tint-2": "#1D3449", "on-chart-1": "#0B1825",
}  # fmt: skip
CONTRAST: Mapping[str, str] = {
    "window": "#000000", "card": "#000000", "rail": "#000000", "inset": "#000000", "hover": "#1F1F1F",
    "ink": "#FFFFFF", "ink2": "#FFFFFF", "disabled": "#B0B0B0", "line": "#FFFFFF", "edge": "#FFFFFF",
    "primary": "#FFE45C", "primary-hover": "#FFF0A0", "primary-pressed": "#FFFFFF", "on-primary": "#000000",
    "link": "#9AD8FF", "overline": "#8CF0E4", "focus": "#FF8CF0", "frame": "#FFFFFF",
    "good": "#7CF5B5", "good-ground": "#000000", "attention": "#FFC04D", "attention-ground": "#000000",
    "problem": "#FF9CA6", "problem-ground": "#000000", "info": "#FFFFFF", "info-ground": "#000000",
    "plain": "#FFFFFF", "plain-ground": "#000000", "selected": "#000000", "on-selected": "#FFFFFF",
    "chart-1": "#FFE45C", "chart-2": "#8CF0E4", "chart-3": "#FF8CF0", "chart-4": "#FFC04D",
    "grey": "#FFFFFF", "light-grey": "#808080", "tint-1": "#808080", "tint-2": "#404040", "on-chart-1": "#000000",
}  # fmt: skip
PALETTES: Mapping[PaletteName, Mapping[str, str]] = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}

_FONTS: Mapping[FontRole, tuple[int, QFont.Weight]] = {
    "key": (34, QFont.Weight.Bold),
    "title": (26, QFont.Weight.Bold),
    "question": (20, QFont.Weight.DemiBold),
    "card": (17, QFont.Weight.DemiBold),
    "lead": (16, QFont.Weight.Normal),
    "body": (15, QFont.Weight.Normal),
    "strong": (15, QFont.Weight.DemiBold),
    "dense": (14, QFont.Weight.Normal),
    "dense-strong": (14, QFont.Weight.DemiBold),
    "caption": (13, QFont.Weight.Normal),
    "label": (13, QFont.Weight.DemiBold),
}


@dataclass(frozen=True, slots=True)
class Theme:
    """A palette and a zoom in per cent (100, 125, 150 or 200)."""

    palette: PaletteName = "light"
    zoom: int = 100

    def colour(self, role: str) -> QColor:
        """The colour of a role; KeyError for a role that is not in the palettes."""
        return QColor(PALETTES[self.palette][role])

    def px(self, size: float) -> int:
        """A size given in pixels at 100 %, in pixels at this zoom; a line never vanishes."""
        return max(1, round(size * self.zoom / 100)) if size > 0 else 0

    @property
    def high_contrast(self) -> bool:
        """True where tints vanish and an outline has to say it."""
        return self.palette == "contrast"


class Themed:
    """Mixed into widgets that set fonts, sizes or colours: `apply_theme` runs at every change of the theme."""

    def apply_theme(self) -> None:
        """Takes fonts and sizes from the theme in use."""
        raise NotImplementedError


class Notifier(QObject):
    """Signals: changed() after palette or zoom changed and every widget has followed."""

    changed = Signal()


@lru_cache(maxsize=1)
def notifier() -> Notifier:
    """The one object whose `changed` signal tells of a new theme."""
    return Notifier()


_in_use = [Theme()]


def current() -> Theme:
    """The theme in use."""
    return _in_use[0]


def colour(role: str) -> QColor:
    """The colour of a role in the theme in use."""
    return current().colour(role)


def px(size: float) -> int:
    """A size at 100 % in pixels of the theme in use."""
    return current().px(size)


@lru_cache(maxsize=1)
def family() -> str:
    """The family of the bundled type, loaded once; Qt's own when a file will not load."""
    names: list[str] = []
    for path in typeface.files().values():
        number = QFontDatabase.addApplicationFont(str(path))
        names += QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return names[0] if names else QApplication.font().family()


def font(role: FontRole) -> QFont:
    """The type of a role at the zoom in use: tabular figures, no hinting."""
    return _font(role, current().zoom)


@lru_cache(maxsize=64)
def _font(role: FontRole, zoom: int) -> QFont:
    size, weight = _FONTS[role]
    made = QFont(family())
    made.setPixelSize(Theme(zoom=zoom).px(size))
    made.setWeight(weight)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


def use(theme: Theme) -> None:
    """Makes a theme the one in use and lets every widget follow."""
    _in_use[0] = theme
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return
    if app.style().objectName().lower() != "fusion":
        app.setStyle(QStyleFactory.create("Fusion"))
    app.setPalette(qt_palette(theme))
    app.setFont(font("body"))
    QToolTip.setPalette(qt_palette(theme))
    QToolTip.setFont(font("dense"))
    for widget in app.allWidgets():
        follow(widget)
    notifier().changed.emit()


def follow(widget: QWidget) -> None:
    """Brings one widget to the theme in use."""
    if isinstance(widget, Themed):
        widget.apply_theme()
    widget.update()


def use_palette(name: PaletteName) -> None:
    """Changes the colours and keeps the zoom."""
    use(replace(current(), palette=name))


def use_zoom(zoom: int) -> None:
    """Changes the zoom and keeps the colours; ValueError for a zoom that is not offered."""
    if zoom not in ZOOMS:
        raise ValueError(f"Zoom is one of {', '.join(map(str, ZOOMS))} per cent.")
    use(replace(current(), zoom=zoom))


def zoom_step(step: int) -> int:
    """The next zoom up (+1) or down (-1) from the one in use, held at the ends."""
    place = ZOOMS.index(current().zoom) + step
    return ZOOMS[min(max(place, 0), len(ZOOMS) - 1)]


def contrast_ratio(first: QColor, second: QColor) -> float:
    """(L1 + 0.05) / (L2 + 0.05) of two opaque colours, 1 to 21. Source: WCAG 2.2, definition of contrast ratio."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(shade: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)

    return 0.2126 * linear(shade.redF()) + 0.7152 * linear(shade.greenF()) + 0.0722 * linear(shade.blueF())


def qt_palette(theme: Theme) -> QPalette:
    """The palette for Qt's own parts: menus, dialogs, pick lists."""
    role = QPalette.ColorRole
    pairs = {
        role.Window: "window", role.WindowText: "ink", role.Base: "card", role.AlternateBase: "inset",
        role.Text: "ink", role.Button: "card", role.ButtonText: "ink", role.BrightText: "on-primary",
        role.Highlight: "primary", role.HighlightedText: "on-primary", role.Link: "link",
        role.LinkVisited: "link", role.PlaceholderText: "ink2", role.ToolTipBase: "card",
        role.ToolTipText: "ink", role.Accent: "primary",
        role.Light: "card", role.Midlight: "inset", role.Mid: "line", role.Dark: "edge", role.Shadow: "edge",
    }  # fmt: skip
    made = QPalette()
    for key, name in pairs.items():
        made.setColor(key, theme.colour(name))
    for key in (role.Text, role.WindowText, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, key, theme.colour("disabled"))
    return made


def menu_bar_sheet() -> str:
    """Flat menu titles: the one thing here that a palette cannot say."""
    return f"""
    QMenuBar {{ background: transparent; border: none; }}
    QMenuBar::item {{ background: transparent; color: {colour("ink").name()}; padding: {px(6)}px {px(11)}px;
        border-radius: {px(6)}px; }}
    QMenuBar::item:selected, QMenuBar::item:pressed {{ background: {colour("hover").name()};
        color: {colour("link").name()}; }}
    """
