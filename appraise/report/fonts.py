"""The faces that paper is set in, and which characters they can print."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics

from appraise.present import typeface

REGULAR = typeface.REGULAR
SEMIBOLD = typeface.SEMIBOLD
BOLD = typeface.BOLD
ITALIC = typeface.ITALIC
BOLD_ITALIC = typeface.BOLD_ITALIC
_FACES = frozenset((REGULAR, SEMIBOLD, BOLD, ITALIC, BOLD_ITALIC))


def files() -> Mapping[str, Path]:
    """Face name -> font file, the same files as the window loads."""
    return typeface.files()


def register() -> None:
    """Make the five faces known to reportlab; calling it again does nothing."""
    typeface.register()


@cache
def printable() -> frozenset[int]:
    """Code points that every upright face can print (the italics have fewer, and carry no user text)."""
    register()
    upright = (pdfmetrics.getFont(face).face.charToGlyph for face in (REGULAR, SEMIBOLD, BOLD))
    return frozenset.intersection(*(frozenset(glyphs) for glyphs in upright))


def embedded(name: str) -> str:
    """The embedded face to use where `name` is asked for: itself, or the nearest of ours."""
    if name in _FACES:
        return name
    return BOLD if "bold" in name.lower() else REGULAR


def width(text: str, face: str, size: float) -> float:
    """Width of `text` in points."""
    return float(pdfmetrics.stringWidth(text, face, size))
