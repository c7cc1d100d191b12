"""The blocks a report is built of: headings, paragraphs, lists, callouts, figures and the table of contents."""
# ruff: noqa: N802, N803, N815, ARG002, SLF001 - reportlab names the methods it calls and keeps its state private

import re
from collections.abc import Iterable, Sequence
from copy import deepcopy
from typing import Any

from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import Drawing, Group, String
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, KeepTogether, PageBreak, Paragraph

from appraise.report import fonts, safe_text, styles
from appraise.report.tagged_pdf import Node, TaggedCanvas, TaggedText, text_string

_PAD_X, _PAD_Y = 12.0, 9.0
_PAGE_NUMBER_WIDTH = 34.0
_PICTURE = re.compile(r"<\s*img\b", re.IGNORECASE)


class TaggedParagraph(Paragraph):  # type: ignore[misc]  # reportlab ships no types
    """A paragraph that knows its place in the structure; its parts after a split share the one element.

    Attributes:
        path: nodes from the current element down to the paragraph's own; empty inside a table cell.

    """

    canv: TaggedCanvas

    def __init__(
        self, text: str | None, style: ParagraphStyle, path: Sequence[Node] = (), **reportlab_arguments: Any
    ) -> None:
        if text is not None and _PICTURE.search(text):
            raise ValueError("The markup of a paragraph cannot hold a picture: reportlab would open the file it names.")
        super().__init__(text, style, **reportlab_arguments)
        self.path = tuple(path)

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:
        """Split as reportlab does and keep the place."""
        parts: list[Flowable] = super().split(availWidth, availHeight)
        for part in parts:
            part.path = self.path
        return parts

    def draw(self) -> None:
        """Draw into the paragraph's element; underlines and backgrounds become artifacts."""
        self._start = len(self.canv._code)
        super().draw()

    def beginText(self, x: float, y: float) -> Any:
        """The library's hook: the text object that drawPara fills."""
        if not self.canv.marking:
            return self.canv.beginText(x, y)
        element = self.canv.element(self.path)
        if self.blPara.kind == 0 and self.blPara.link:
            element = self.canv.child(element, (element, "whole"), "Link")
            words = [self.getPlainText()]
            self.canv.pending_links.extend([(element, words)] * len(self.blPara.lines))
        text = _Bracketed(self.canv, x, y, element)
        text.starts_at = self._start
        return text


class _Bracketed(TaggedText):
    """The text object of a paragraph, which closes off what was painted under the text."""

    starts_at = 0

    def getCode(self) -> str:
        """The finished text object."""
        self._canvas.wrap_graphics(self.starts_at)
        return super().getCode()


class Heading(TaggedParagraph):
    """A heading that is also a bookmark, a line of the contents and a place to link to."""

    def __init__(self, text: str, level: int, style: ParagraphStyle, *, listed: bool = True, key: str = "") -> None:
        level = min(max(level, 1), len(styles.HEADINGS))
        self.words = safe_text.plain(text, limit=300) or "Untitled"
        super().__init__(safe_text.markup(self.words), style, (Node(f"H{level}"),))
        self.level = level
        self.listed = listed
        self.key = key or f"heading-{id(self.path[0])}"

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:
        """A heading stays whole: its words are capped, so a page always holds it."""
        return []

    def draw(self) -> None:
        """Draw, and set the bookmark and the outline entry; neither tree may skip a level."""
        level = self.canv.heading_level(self.level)
        self.canv.child(self.canv.current, self.path[0], f"H{level}")
        self.canv.bookmarkHorizontal(self.key, 0, self.height + 4)
        self.canv.addOutlineEntry(self.words, self.key, level - 1)
        super().draw()


class ListItem(TaggedParagraph):
    """One item of a list: its label and its body are elements of their own."""

    def __init__(self, text: str | None, style: ParagraphStyle, path: Sequence[Node] = (), **more: Any) -> None:
        self.label = ""
        super().__init__(text, style, path, **more)

    def draw(self) -> None:
        """Draw the label, once, and the text beside it."""
        if self.label and self.canv.marking:
            label = self.canv.child(self.canv.element(self.path[:-1]), (self.path, "label"), "Lbl")
            baseline = self.height - self.style.fontSize
            with self.canv.content(label):
                self.canv.setFillColor(styles.INK)
                self.canv.setFont(self.style.fontName, self.style.fontSize)
                self.canv.drawString(2, baseline, self.label)
        super().draw()

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:
        """Split; the first part keeps the label."""
        parts = super().split(availWidth, availHeight)
        if parts:
            parts[0].label = self.label
        return parts


class Callout(Flowable):  # type: ignore[misc]  # reportlab ships no types
    """A tinted box with a bar at its left, for the one thing a page must say."""

    spaceBefore = 6.0
    spaceAfter = 12.0
    canv: TaggedCanvas

    def __init__(self, inner: TaggedParagraph) -> None:
        super().__init__()
        self.inner = inner

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        """The text's size and the padding."""
        _, height = self.inner.wrap(availWidth - 2 * _PAD_X, max(availHeight - 2 * _PAD_Y, 1))
        self.width, self.height = availWidth, height + 2 * _PAD_Y
        return self.width, self.height

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:
        """Each part is a box."""
        parts = self.inner.split(availWidth - 2 * _PAD_X, availHeight - 2 * _PAD_Y)
        return [Callout(part) for part in parts]

    def draw(self) -> None:
        """The box as artifact, then the text."""
        with self.canv.artifact():
            self.canv.setFillColor(styles.TINT)
            self.canv.rect(0, 0, self.width, self.height, stroke=0, fill=1)
            self.canv.setFillColor(styles.NAVY)
            self.canv.rect(0, 0, 3, self.height, stroke=0, fill=1)
        self.inner.drawOn(self.canv, _PAD_X, _PAD_Y)


class Figure(Flowable):  # type: ignore[misc]  # reportlab ships no types
    """A vector drawing as one Figure element with its alternative text, made smaller where the page is."""

    spaceAfter = 6.0
    canv: TaggedCanvas

    def __init__(self, drawing: Drawing, alt: str) -> None:
        super().__init__()
        self.drawing = embedded_drawing(drawing)
        self.alt = safe_text.plain(alt) or "Figure without description"
        self.node = Node("Figure")

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        """The drawing's size, at most the column and 80 % of the page's height."""
        across, up = float(self.drawing.width), float(self.drawing.height)
        self.scale = min(1.0, availWidth / max(across, 1), 0.8 * styles.TEXT_HEIGHT / max(up, 1))
        self.width, self.height = across * self.scale, up * self.scale
        return self.width, self.height

    def draw(self) -> None:
        """All of the drawing inside one mark, so that only the alternative text is read."""
        left, bottom = self.canv.absolutePosition(0, 0)
        right, top = self.canv.absolutePosition(self.width, self.height)
        box = f"{left:.2f} {bottom:.2f} {right:.2f} {top:.2f}"
        attributes = f"/Alt {text_string(self.alt)}/A<</O/Layout/Placement/Block/BBox[{box}]>>"
        element = self.canv.child(self.canv.current, self.node, "Figure", attributes)
        with self.canv.content(element):
            self.canv.saveState()
            self.canv.scale(self.scale, self.scale)
            renderPDF.draw(self.drawing, self.canv, 0, 0)
            self.canv.restoreState()


def embedded_drawing(drawing: Drawing) -> Drawing:
    """A copy of `drawing` whose texts are clean and set in embedded faces."""
    copied = deepcopy(drawing)
    _clean_strings(copied)
    return copied


def _clean_strings(group: Group) -> None:
    for shape in group.contents:
        if isinstance(shape, Group):
            _clean_strings(shape)
        elif isinstance(shape, String):
            shape.text = safe_text.plain(str(shape.text), limit=400)
            shape.fontName = fonts.embedded(shape.fontName)


class Contents(Flowable):  # type: ignore[misc]  # reportlab ships no types
    """The table of contents: a line a heading, linked, with its page."""

    canv: TaggedCanvas

    def __init__(self, depth: int = 2) -> None:
        super().__init__()
        self.depth = depth
        self.node = Node("TOC")
        self.lines: list[ContentsLine] = []
        self._pages: dict[str, int] = {}
        self._known: dict[str, int] = {}

    def prepare(self, headings: Iterable[Heading]) -> None:
        """Take the headings of the story before the first pass, so that the lines have their room at once."""
        chosen = [heading for heading in headings if heading.listed and heading.level <= self.depth]
        self.lines = [ContentsLine(heading, self.node, self._known) for heading in chosen]

    def isIndexing(self) -> bool:
        """True: reportlab builds again until the page numbers stand."""
        return True

    def beforeBuild(self) -> None:
        """A pass begins: what the last one found is what this one prints."""
        self._known.clear()
        self._known.update(self._pages)
        self._pages = {}

    def afterBuild(self) -> None:
        """A pass has ended."""

    def notify(self, kind: str, found: Any) -> None:
        """A heading has been drawn: `found` is its key and page."""
        if kind == "heading":
            key, page = found
            self._pages[key] = page

    def isSatisfied(self) -> bool:
        """True when the pages printed are the pages found."""
        return self._known == self._pages

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        """The height of all lines."""
        self.width = availWidth
        self.height = sum(line.wrap(availWidth, availHeight)[1] + line.getSpaceBefore() for line in self.lines)
        return self.width, self.height

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:
        """The single lines, which the frame then places."""
        return list(self.lines)

    def draw(self) -> None:
        """All lines, where they fit together."""
        top = self.height
        for line in self.lines:
            top -= line.getSpaceBefore() + line.height
            line.drawOn(self.canv, 0, top)


class ContentsLine(Flowable):  # type: ignore[misc]  # reportlab ships no types
    """One line of the contents: heading and page number are one link, the dots between are decoration."""

    canv: TaggedCanvas

    def __init__(self, heading: Heading, toc: Node, pages: dict[str, int]) -> None:
        super().__init__()
        self.heading = heading
        self.style = styles.CONTENTS[heading.level - 1]
        self.spaceBefore = self.style.spaceBefore
        path = (toc, Node("TOCI"), Node("Reference"), Node("Link"))
        self.inner = TaggedParagraph(safe_text.markup(heading.words), self.style, path)
        self._pages = pages

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        """The heading's height in the column without the page number."""
        self.width = availWidth
        _, self.height = self.inner.wrap(availWidth - _PAGE_NUMBER_WIDTH, availHeight)
        return self.width, self.height

    def draw(self) -> None:
        """Heading, dots, page number, and the link over all of it."""
        canvas = self.canv
        self.inner.drawOn(canvas, 0, 0)
        link = canvas.element(self.inner.path)
        number = str(self._pages.get(self.heading.key, ""))
        size = self.style.fontSize
        baseline = self.style.leading - size
        canvas.setFont(self.style.fontName, size)
        canvas.setFillColor(styles.INK)
        self._dots(baseline, fonts.width(number, self.style.fontName, size))
        with canvas.content(link):
            canvas.drawRightString(self.width, baseline, number)
        rect = canvas._absRect((self.style.leftIndent, 0, self.width, self.height), 1)
        contents = f"{self.heading.words}, page {number}"
        canvas.annotate(link, rect, contents, {"Dest": canvas._bookmarkReference(self.heading.key)})

    def _dots(self, baseline: float, number_width: float) -> None:
        words = self.inner.getActualLineWidths0()[-1]  # from the left edge, indent included
        start, end = words + 6, self.width - number_width - 6
        if end - start < 12:
            return
        with self.canv.artifact():
            self.canv.setStrokeColor(styles.HAIRLINE)
            self.canv.setLineWidth(0.8)
            self.canv.setLineCap(1)
            self.canv.setDash(0.1, 4)
            self.canv.line(start, baseline + 0.5, end, baseline + 0.5)
            self.canv.setDash()


def headings_in(story: Iterable[Any]) -> list[Heading]:
    """The headings of a story in order, also those inside blocks that are kept together."""
    found: list[Heading] = []
    for block in story:
        if isinstance(block, Heading):
            found.append(block)
        elif isinstance(block, Whole):
            found.extend(headings_in(block.content))
    return found


class Whole(Flowable):  # type: ignore[misc]  # reportlab ships no types
    """Blocks that stay on one page where one page can hold them.

    reportlab's KeepTogether parts a heading from what it keeps: it takes no container along with a heading.
    `most` is the height in points up to which they stay together: what is taller would leave too much of a page empty.
    """

    canv: TaggedCanvas

    def __init__(self, content: Sequence[Flowable], most: float = styles.TEXT_HEIGHT) -> None:
        super().__init__()
        self.content = list(content)
        self.most = most

    def getSpaceBefore(self) -> float:
        """The first block's."""
        return float(self.content[0].getSpaceBefore()) if self.content else 0.0

    def getSpaceAfter(self) -> float:
        """The last block's."""
        return float(self.content[-1].getSpaceAfter()) if self.content else 0.0

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        """All blocks under each other, the space between two being the larger of theirs."""
        self.tops: list[float] = []
        height = after = 0.0
        for number, block in enumerate(self.content):
            height += max(after, block.getSpaceBefore()) if number else 0.0
            self.tops.append(height)
            height += block.wrapOn(self.canv, availWidth, styles.TEXT_HEIGHT)[1]
            after = block.getSpaceAfter()
        self.width, self.height = availWidth, height
        return availWidth, height

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:
        """Nothing, so that all of it moves on, unless it is too tall for that: then its first block is split."""
        self.wrap(availWidth, availHeight)
        if self.height <= self.most:
            return []
        first, *rest = self.content
        if first.wrapOn(self.canv, availWidth, availHeight)[1] <= availHeight:
            return self._with_company(first, rest, availWidth, availHeight)
        parts = first.splitOn(self.canv, availWidth, availHeight)
        return [*parts, *rest] if parts else []

    def _with_company(self, first: Flowable, notes: Sequence[Flowable], width: float, room: float) -> list[Flowable]:
        """The blocks as they are, or where notes alone would go over to the next page, with some of `first`."""
        below = sum(_room(note, self.canv, width) for note in notes)
        if not all(isinstance(note, TaggedParagraph) for note in notes) or self.height <= room or below > room / 2:
            return self.content
        parts = first.splitOn(self.canv, width, room - below)
        return [parts[0], PageBreak(), *parts[1:], *notes] if parts else self.content

    def draw(self) -> None:
        """Block by block from the top."""
        for block, top in zip(self.content, self.tops, strict=True):
            block.drawOn(self.canv, 0, self.height - top - block.height)


class KeepWithNext(KeepTogether):  # type: ignore[misc]  # reportlab ships no types
    """Keeps headings with the beginning of what follows, and lets that split.

    reportlab's own class moves a heading and the whole of a long table to a new page and leaves the old one empty.
    """

    def split(self, aW: float, aH: float) -> list[Flowable]:
        """The blocks as they are where heads and a first part fit, otherwise after a page break."""
        self.wrap(aW, aH)
        *heads, last = self._content
        above = sum(_room(block, self.canv, aW) for block in heads)
        above -= self._content[0].getSpaceBefore()  # the frame has taken this off already
        frame = getattr(self, "_frame", None)
        fits = _begins_in(last, self.canv, aW, aH - above)
        if fits or (frame is not None and frame._atTop):
            return list(self._content)
        return [self.FrameBreak(), *self._content]


def _room(block: Flowable, canvas: TaggedCanvas, width: float) -> float:
    height = block.wrapOn(canvas, width, styles.TEXT_HEIGHT)[1]
    return float(height + block.getSpaceBefore() + block.getSpaceAfter())


def _begins_in(block: Flowable, canvas: TaggedCanvas, width: float, room: float) -> bool:
    """True where `room` holds the block or a first part of it."""
    room -= block.getSpaceBefore()
    if room <= 0:
        return False
    height = block.wrapOn(canvas, width, room)[1]
    return height <= room or bool(block.splitOn(canvas, width, room))


# --- builders ------------------------------------------------------------------------------------------------------
def title(text: str, subtitle: str = "") -> list[Flowable]:
    """The document's title, an H1, with a line under it; it does not stand in the contents."""
    blocks: list[Flowable] = [Heading(text, 1, styles.TITLE, listed=False)]
    if subtitle:
        blocks.append(TaggedParagraph(safe_text.markup(subtitle), styles.SUBTITLE, (Node("P"),)))
    return blocks


def heading(text: str, level: int = 1, *, key: str = "", listed: bool = True) -> Flowable:
    """A heading of level 1 to 3; `key` is what links in the text (`#key`) can name."""
    return Heading(text, level, styles.HEADINGS[min(max(level, 1), 3) - 1], listed=listed, key=key)


def paragraph(markup: str, *, small: bool = False) -> Flowable:
    """A paragraph of reportlab markup; pass typed text through `safe_text.markup` first."""
    return TaggedParagraph(markup, styles.NOTE if small else styles.BODY, (Node("P"),))


def bullets(items: Iterable[str]) -> list[Flowable]:
    """A bulleted list; each item is markup."""
    return _list([("•", item) for item in items], "Disc")


def numbered(items: Iterable[str]) -> list[Flowable]:
    """A numbered list; each item is markup."""
    return _list([(f"{number}.", item) for number, item in enumerate(items, start=1)], "Decimal")


def _list(items: Sequence[tuple[str, str]], numbering: str) -> list[Flowable]:
    parent = Node("L", f"/A<</O/List/ListNumbering/{numbering}>>")
    blocks: list[Flowable] = []
    for position, (label, markup) in enumerate(items):
        item = ListItem(markup, styles.LIST_ITEM, (parent, Node("LI"), Node("LBody")))
        item.label = label
        if position == len(items) - 1:
            item.spaceAfter = styles.BODY.spaceAfter
        blocks.append(item)
    return blocks


def callout(title: str, markup: str) -> Flowable:
    """A tinted box: `title` in bold, then the text (markup)."""
    words = safe_text.markup(title)
    lead = f"<b>{words}</b> " if words else ""
    return Callout(TaggedParagraph(lead + markup, styles.CALLOUT, (Node("P"),)))


def figure(drawing: Drawing, alt: str, title: str, subtitle: str = "") -> Flowable:
    """A drawing under its message and its measure."""
    blocks: list[Flowable] = [TaggedParagraph(safe_text.markup(title), styles.CAPTION, (Node("P"),))]
    if subtitle:
        blocks.append(TaggedParagraph(safe_text.markup(subtitle), styles.FIGURE_SUBTITLE, (Node("P"),)))
    return keep_together([*blocks, Figure(drawing, alt)])


def contents(depth: int = 2) -> Flowable:
    """The table of contents of all headings down to `depth`."""
    return Contents(depth)


def page_break() -> Flowable:
    """Go on at a new page."""
    return PageBreak()


def keep_together(blocks: Sequence[Flowable], *, most: float = styles.TEXT_HEIGHT) -> Flowable:
    """Blocks that stay on one page, unless they are taller than `most` points."""
    return Whole(blocks, most)
