"""The one typeface of window and paper: where the Source Sans files of the font package lie."""

from collections.abc import Mapping
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType

REGULAR = "Appraise"
SEMIBOLD = "Appraise-SemiBold"
BOLD = "Appraise-Bold"
ITALIC = "Appraise-Italic"
BOLD_ITALIC = "Appraise-BoldItalic"

_PACKAGE = "font_source_sans_pro"
_FILES = {
    REGULAR: "SourceSansPro-Regular.ttf",
    SEMIBOLD: "SourceSansPro-Semibold.ttf",
    BOLD: "SourceSansPro-Bold.ttf",
    ITALIC: "SourceSansPro-It.ttf",
    BOLD_ITALIC: "SourceSansPro-BoldIt.ttf",
}


def files() -> Mapping[str, Path]:
    """Face name -> TrueType file. Raises FileNotFoundError naming what is missing."""
    # find_spec and not import: the package lists all its files when imported; the window's start need not wait for it.
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(f"The font package {_PACKAGE} is not installed.")
    folder = Path(spec.origin).parent / "files"
    found = {face: folder / name for face, name in _FILES.items()}
    missing = [path.name for path in found.values() if not path.is_file()]
    if missing:
        raise FileNotFoundError(f"The font package {_PACKAGE} lacks {', '.join(missing)}.")
    return MappingProxyType(found)


@lru_cache(maxsize=1)
def register() -> None:
    """Make the faces known to reportlab, to measure charts and to set paper.

    reportlab keeps the first font of a name for ever, so this is the only place that registers any.
    """
    from reportlab.pdfbase import pdfmetrics

    from appraise.present.embedded_font import EmbeddedFont

    for face, path in files().items():
        pdfmetrics.registerFont(EmbeddedFont(face, str(path), shapable=False))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=ITALIC, boldItalic=BOLD_ITALIC)
    pdfmetrics.registerFontFamily(SEMIBOLD, normal=SEMIBOLD, bold=BOLD, italic=ITALIC, boldItalic=BOLD_ITALIC)
