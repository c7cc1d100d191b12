"""Shapes of `reportlab.graphics`, made quickly: a chart under a moving slider is drawn 60 times a second.

The library checks every attribute of every shape as it is set. Here each kind is checked once, and every further shape
is a copy with other values, all of which come from `chart_parts.Canvas`.
"""

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

#: What a shape of a kind needs before it can be made at all.
_FIRST: Mapping[str, tuple[object, ...]] = {
    "Rect": (0, 0, 1, 1),
    "Line": (0, 0, 1, 1),
    "PolyLine": ([0, 0, 1, 1],),
    "Polygon": ([0, 0, 1, 1],),
    "Circle": (0, 0, 1),
    "String": (0, 0, ""),
}


@cache
def _pattern(kind: str) -> tuple[Any, dict[str, object]]:
    """The class of a kind of shape, and the attributes of one as the library makes it."""
    from reportlab.graphics import shapes

    made = getattr(shapes, kind)
    return made, dict(vars(made(*_FIRST[kind])))


def shape(kind: str, **values: object) -> Any:
    """A shape of `kind` with these attributes, the others as the library sets them."""
    made, pattern = _pattern(kind)
    found = made.__new__(made)
    found.__dict__.update(pattern)
    found.__dict__.update(values)
    return found


@lru_cache(maxsize=256)
def colour(text: str) -> Any:
    """The colour that a text such as "#12436D" stands for; None for an empty one."""
    from reportlab.lib.colors import HexColor

    return HexColor(text) if text else None


@cache
def _empty() -> tuple[Any, dict[str, object]]:
    """The class of drawings, and the attributes of an empty one."""
    from reportlab.graphics.shapes import Drawing

    return Drawing, dict(vars(Drawing(1, 1)))


def drawing(width: float, height: float) -> Any:
    """An empty drawing."""
    made, pattern = _empty()
    found = made.__new__(made)
    found.__dict__.update(pattern)
    found.__dict__.update(width=width, height=height, contents=[])
    return found
