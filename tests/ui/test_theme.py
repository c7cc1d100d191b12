"""Colours, sizes and type of the window."""

import pytest
from PySide6.QtGui import QColor, QFontMetricsF
from PySide6.QtWidgets import QApplication, QWidget

from appraise.ui import icons, theme
from appraise.ui.widgets.labels import FlowLabel

TEXT = 4.5
MARK = 3.0
PAIRS = [
    *((ink, ground, TEXT) for ink in ("ink", "ink2") for ground in ("card", "window", "rail", "inset", "selected")),
    ("on-primary", "primary", TEXT),
    ("on-primary", "primary-hover", TEXT),
    ("on-primary", "primary-pressed", TEXT),
    ("primary", "card", TEXT),
    ("primary", "hover", TEXT),
    ("link", "card", TEXT),
    ("link", "window", TEXT),
    ("overline", "card", TEXT),
    ("overline", "window", TEXT),
    *((tone, f"{tone}-ground", TEXT) for tone in ("good", "attention", "problem", "info", "plain")),
    *((tone, "card", TEXT) for tone in ("good", "attention", "problem")),
    ("attention", "rail", TEXT),
    *(("focus", ground, MARK) for ground in ("card", "window", "selected", "rail")),
    ("edge", "card", MARK),
    ("edge", "window", MARK),
    ("grey", "card", MARK),
    *((f"chart-{number}", "card", MARK) for number in (1, 2, 3, 4)),
]


@pytest.mark.parametrize("palette", ["light", "dark", "contrast"])
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_every_pair_is_legible(palette: theme.PaletteName, ink: str, ground: str, least: float) -> None:
    shown = theme.Theme(palette)
    assert round(theme.contrast_ratio(shown.colour(ink), shown.colour(ground)), 1) >= least


def test_contrast_ratio_has_the_published_ends() -> None:
    """WCAG 2.2: 21 for black on white, 1 for a colour on itself; #767676 is the lightest grey that passes 4.5."""
    white = QColor("white")
    assert theme.contrast_ratio(QColor("black"), white) == pytest.approx(21)
    assert theme.contrast_ratio(white, white) == 1
    assert theme.contrast_ratio(QColor("#767676"), white) >= TEXT > theme.contrast_ratio(QColor("#777777"), white)


def test_palettes_name_the_same_roles() -> None:
    names = [set(roles) for roles in theme.PALETTES.values()]
    assert names[0] ^ {"on-selected"} == names[0] - {"on-selected"}
    assert names[0] == names[1] == names[2]


@pytest.mark.parametrize(("zoom", "size"), [(100, 15), (125, 19), (150, 22), (200, 30)])
def test_sizes_follow_the_zoom(zoom: int, size: int) -> None:
    theme.use_zoom(zoom)
    assert theme.px(15) == size
    assert theme.font("body").pixelSize() == size


def test_an_unknown_zoom_is_refused() -> None:
    with pytest.raises(ValueError, match="Zoom is one of"):
        theme.use_zoom(110)


def test_zoom_steps_stop_at_the_ends() -> None:
    assert theme.zoom_step(-1) == 100
    theme.use_zoom(200)
    assert (theme.zoom_step(1), theme.zoom_step(-1)) == (200, 150)


def test_the_bundled_family_has_tabular_figures_and_its_own_semibold() -> None:
    assert theme.family() == "Source Sans Pro"
    metrics = QFontMetricsF(theme.font("body"))
    assert {metrics.horizontalAdvance(figure * 8) for figure in "0123456789"} == {metrics.horizontalAdvance("0" * 8)}
    widths = [QFontMetricsF(theme.font(role)).horizontalAdvance("Weights and scores") for role in ("body", "strong")]
    assert widths[0] < widths[1]


def test_nothing_is_smaller_than_thirteen() -> None:
    roles: tuple[theme.FontRole, ...] = (
        "key",
        "title",
        "question",
        "card",
        "lead",
        "body",
        "dense",
        "caption",
        "label",
    )
    assert min(theme.font(role).pixelSize() for role in roles) == 13


def test_widgets_follow_and_are_told(qapp: QApplication) -> None:
    label = FlowLabel("Words", "title")
    told: list[int] = []
    theme.notifier().changed.connect(lambda: told.append(theme.current().zoom))
    theme.use(theme.Theme("dark", 200))
    assert label.font().pixelSize() == 52
    assert label.palette().windowText().color() == theme.Theme("dark").colour("ink")
    assert told == [200]
    assert qapp.palette().window().color() == theme.Theme("dark").colour("window")


@pytest.mark.parametrize("name", sorted(icons.SHAPES))
def test_every_icon_leaves_a_mark(name: str) -> None:
    image = icons.pixmap(name, "ink", 20).toImage()
    inked = sum(image.pixelColor(x, y).alpha() > 128 for x in range(20) for y in range(20))
    assert 4 <= inked <= 330


def test_every_state_has_an_icon() -> None:
    assert set(icons.STATES) <= set(icons.SHAPES)


def test_a_plain_widget_is_left_alone(qapp: QApplication) -> None:
    theme.follow(QWidget())
    assert qapp is not None
