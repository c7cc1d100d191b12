"""Paper's measures, colours and paragraph styles: one family, A4, 12 pt text, 10.5 pt tables."""

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from appraise.report.fonts import BOLD, REGULAR, SEMIBOLD

PAGE_WIDTH, PAGE_HEIGHT = A4
MARGIN = 20 * mm
TEXT_WIDTH = PAGE_WIDTH - 2 * MARGIN
TEXT_HEIGHT = PAGE_HEIGHT - 2 * MARGIN

NAVY = HexColor("#12436D")
INK = HexColor("#0F1B2A")
SECOND_INK = HexColor("#45566A")
HAIRLINE = HexColor("#BCC6D1")
TINT = HexColor("#E4EDF5")
WHITE = HexColor("#FFFFFF")


def _style(name: str, size: float, leading: float, **more: object) -> ParagraphStyle:
    settings: dict[str, object] = {"fontName": REGULAR, "bulletFontName": REGULAR, "textColor": INK}
    settings |= {"fontSize": size, "leading": leading, "bulletFontSize": size, "allowWidows": 0, "allowOrphans": 0}
    settings |= {"underlineWidth": 0.6, "underlineOffset": -0.12 * size}
    return ParagraphStyle(name, **(settings | more))


BODY = _style("Body", 12, 16, spaceAfter=7)
LIST_ITEM = _style("List item", 12, 16, spaceAfter=3, leftIndent=18)
TITLE = _style("Title", 21, 26, fontName=BOLD, textColor=NAVY, spaceAfter=6)
SUBTITLE = _style("Subtitle", 13, 18, textColor=SECOND_INK, spaceAfter=12)
HEADINGS = (
    _style("Heading 1", 18, 23, fontName=BOLD, textColor=NAVY, spaceBefore=20, spaceAfter=6, keepWithNext=1),
    _style("Heading 2", 15, 19, fontName=BOLD, textColor=NAVY, spaceBefore=12, spaceAfter=5, keepWithNext=1),
    _style("Heading 3", 13, 17, fontName=SEMIBOLD, textColor=NAVY, spaceBefore=12, spaceAfter=4, keepWithNext=1),
)
CAPTION = _style("Caption", 12, 16, fontName=SEMIBOLD, spaceBefore=6, spaceAfter=4, keepWithNext=1)
FIGURE_SUBTITLE = _style("Figure subtitle", 10.5, 14, textColor=SECOND_INK, spaceAfter=4, keepWithNext=1)
NOTE = _style("Note", 9.5, 13, textColor=SECOND_INK, spaceAfter=3)
CALLOUT = _style("Callout", 12, 17)
CONTENTS = (
    _style("Contents 1", 12, 18, fontName=SEMIBOLD, spaceBefore=4),
    _style("Contents 2", 11.5, 16.5, leftIndent=14),
    _style("Contents 3", 11, 16, leftIndent=28),
)
CELL = _style("Cell", 10.5, 14)
