"""Our own line art: 20 x 20 icons as SVG shapes, coloured by the palette when they are painted."""

from collections.abc import Mapping
from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from appraise.ui import theme

# {c} is the colour of the icon, {g} the colour of what is cut out of a filled one.
SHAPES: Mapping[str, str] = {
    "not-started": '<circle cx="10" cy="10" r="6.75" stroke-width="1.5"/>',
    "in-progress": (
        '<circle cx="10" cy="10" r="7.25"/>'
        '<path d="M10 5.5a4.5 4.5 0 0 1 0 9z" fill="{c}" stroke="none"/>'
    ),
    "completed": (
        '<circle cx="10" cy="10" r="8" fill="{c}" stroke="none"/>'
        '<path d="M6.4 10.2l2.5 2.5 4.8-5.1" stroke="{g}" stroke-width="2"/>'
    ),
    "attention": (
        '<path d="M10 2.2L18.6 17H1.4z" fill="{c}" stroke="{c}"/>'
        '<path d="M10 7.4v4.4M10 14.3v.2" stroke="{g}" stroke-width="2"/>'
    ),
    "problem": (
        '<path d="M10 2.2L18.6 17H1.4z" fill="{c}" stroke="{c}"/>'
        '<path d="M10 7.4v4.4M10 14.3v.2" stroke="{g}" stroke-width="2"/>'
    ),
    "locked": (
        '<rect x="4" y="8.75" width="12" height="8.5" rx="1.5"/>'
        '<path d="M6.75 8.75V6.5a3.25 3.25 0 0 1 6.5 0v2.25"/>'
    ),
    "info": '<circle cx="10" cy="10" r="7.25"/><path d="M10 9.2v4.6M10 6.3v.2"/>',
    "plus": '<path d="M10 3.5v13M3.5 10h13"/>',
    "minus": '<path d="M3.5 10h13"/>',
    "close": '<path d="M5 5l10 10M15 5L5 15"/>',
    "check": '<path d="M3.5 10.8l4.2 4.2 8.8-9.6"/>',
    "undo": '<path d="M6.8 3.6L3 7.4l3.8 3.8"/><path d="M3.4 7.4h8.3a4.6 4.6 0 0 1 0 9.2H7"/>',
    "redo": '<path d="M13.2 3.6L17 7.4l-3.8 3.8"/><path d="M16.6 7.4H8.3a4.6 4.6 0 0 0 0 9.2H13"/>',
    "find": '<circle cx="8.6" cy="8.6" r="5.4"/><path d="M12.6 12.6l4.4 4.4"/>',
    "bulb": (
        '<path d="M7.5 13.2c0-1.5-2.7-2.6-2.7-5.9a5.2 5.2 0 0 1 10.4 0c0 3.3-2.7 4.4-2.7 5.9z"/>'
        '<path d="M7.8 15.6h4.4M8.6 18h2.8"/>'
    ),
    "folder": '<path d="M2.5 5.2c0-.6.4-1 1-1h4l1.8 2.2h7.2c.6 0 1 .4 1 1v7.4c0 .6-.4 1-1 1h-13c-.6 0-1-.4-1-1z"/>',
    "document": '<path d="M4.5 2.5h7l4 4v11h-11z"/><path d="M11.5 2.5v4h4M7.3 10.2h5.4M7.3 13.4h5.4"/>',
    "people": (
        '<circle cx="7.6" cy="6.8" r="3.1"/>'
        '<path d="M2 16.8c0-3.2 2.3-5 5.6-5s5.6 1.8 5.6 5"/>'
        '<path d="M12.6 3.9a3.1 3.1 0 0 1 0 5.8M14.6 12.2c2.1.6 3.4 2.2 3.4 4.6"/>'
    ),
    "print": '<path d="M6 7V2.8h8V7M6 14H3.2V7h13.6v7H14"/><rect x="6" y="11.6" width="8" height="5.6"/>',
    "export": '<path d="M10 12.4V2.8M6.4 6.2L10 2.6l3.6 3.6"/><path d="M6.2 9H4v8.2h12V9h-2.2"/>',
    "paste": (
        '<rect x="4" y="3.8" width="12" height="13.8" rx="1.2"/>'
        '<rect x="7.2" y="2" width="5.6" height="3.4" rx=".8" fill="{g}"/>'
        '<path d="M7.2 9.4h5.6M7.2 12h5.6M7.2 14.6h3.4"/>'
    ),
    "pencil": '<path d="M3.4 16.6l.8-3.6L13.6 3.6l2.8 2.8L7 15.8z"/><path d="M11.6 5.6l2.8 2.8"/>',
    "bin": '<path d="M3.6 5.4h12.8M8 5.2V3h4v2.2M5.2 5.4l.8 12h8l.8-12M8.6 8.6v5.6M11.4 8.6v5.6"/>',
    "up": '<path d="M4.5 12.5L10 7l5.5 5.5"/>',
    "down": '<path d="M4.5 7.5L10 13l5.5-5.5"/>',
    "left": '<path d="M12.5 4.5L7 10l5.5 5.5"/>',
    "right": '<path d="M7.5 4.5L13 10l-5.5 5.5"/>',
    "arrow-down": '<path d="M10 2.5v15M5 12.6l5 5 5-5"/>',
    "clock": '<circle cx="10" cy="10" r="7.25"/><path d="M10 5.6V10l2.8 2.2"/>',
    "chart": '<path d="M3 16.8h14M5 16.4V11M10 16.4V4M15 16.4V8"/>',
    "settings": '<path d="M3 6h6M13 6h4M3 14h2M9 14h8"/><circle cx="11" cy="6" r="2"/><circle cx="7" cy="14" r="2"/>',
    "table": '<rect x="2.8" y="3.8" width="14.4" height="12.4" rx="1"/><path d="M2.8 8h14.4M8 8v8.2"/>',
    "more": '<path d="M4.6 10v.1M10 10v.1M15.4 10v.1" stroke-width="2.6"/>',
    "play": '<path d="M6 3.8l9.6 6.2L6 16.2z"/>',
    "logo": (
        '<path d="M1 10.5h4.6V17H1z" fill="{a}" stroke="none"/>'
        '<path d="M7.4 6.5H12V17H7.4z" fill="{b}" stroke="none"/>'
        '<path d="M13.8 2h4.6v15h-4.6z" fill="{c}" stroke="none"/>'
    ),
}  # fmt: skip

STATES: Mapping[str, str] = {
    "not-started": "Not started",
    "in-progress": "In progress",
    "completed": "Completed",
    "attention": "Needs attention",
    "locked": "Cannot start yet",
}


@lru_cache(maxsize=256)
def _renderer(name: str, ink: str, ground: str, second: str, third: str) -> QSvgRenderer:
    shape = SHAPES[name].replace("{c}", ink).replace("{g}", ground).replace("{a}", third).replace("{b}", second)
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20"><g fill="none" stroke="'
        f'{ink}" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round">{shape}</g></svg>'
    )
    return QSvgRenderer(QByteArray(svg.encode()))


def paint(painter: QPainter, name: str, place: QRectF, ink: QColor, ground: QColor | None = None) -> None:
    """Paints an icon into a square; `ground` is the colour of cut-outs (the card when not given)."""
    drawer = _renderer(
        name,
        ink.name(),
        (ground or theme.colour("card")).name(),
        theme.colour("chart-2").name(),
        theme.colour("tint-1").name(),
    )
    drawer.render(painter, place)


@lru_cache(maxsize=256)
def _pixmap(name: str, ink: str, ground: str, size: int, ratio: float) -> QPixmap:
    made = QPixmap(round(size * ratio), round(size * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint(painter, name, QRectF(0, 0, size, size), QColor(ink), QColor(ground))
    painter.end()
    return made


def pixmap(name: str, role: str, size: int, ratio: float = 1.0) -> QPixmap:
    """An icon in the colour of a role, `size` pixels square."""
    return _pixmap(name, theme.colour(role).name(), theme.colour("card").name(), size, ratio)


def icon(name: str, role: str = "ink") -> QIcon:
    """An icon for Qt's own menus and dialogs, sharp at usual sizes."""
    made = QIcon()
    for size in (20, 40):
        made.addPixmap(pixmap(name, role, size))
    return made


def state_role(state: str) -> str:
    """The colour role in which a state icon is painted."""
    return {"completed": "good", "attention": "attention", "in-progress": "primary", "problem": "problem"}.get(
        state, "edge" if state == "not-started" else "ink2"
    )
