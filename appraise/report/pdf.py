"""The document: pages with header and footer, in as many passes as the contents need, written whole or not at all."""
# ruff: noqa: N802 - reportlab names the methods it calls and keeps its state private

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import IO

from reportlab import rl_config
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from appraise.model.cancelled import Cancelled
from appraise.report import fonts, safe_text, styles
from appraise.report.archival import Attachment, Metadata
from appraise.report.blocks import Contents, KeepWithNext, headings_in
from appraise.report.tagged_pdf import TaggedCanvas

_SMALL = 9.0
_GAP = 18.0
# A build takes two passes with contents: the first finds the pages, the second prints them.
_PASSES_WITH_CONTENTS = 2


class Document:
    """A tagged PDF in the making.

    `created` must carry its time zone and is the only date in the file: the same input gives the same bytes.
    """

    def __init__(
        self,
        target: Path | str | IO[bytes],
        *,
        title: str,
        author: str,
        subject: str,
        created: datetime,
        language: str = "en-GB",
        header_left: str = "",
        header_right: str = "",
        footer_left: str = "",
    ) -> None:
        fonts.register()
        self._target = target
        self._about = Metadata(
            title=safe_text.plain(title) or "Untitled",
            author=safe_text.plain(author),
            subject=safe_text.plain(subject),
            language=language,
            created=created,
        )
        self._header = (safe_text.plain(header_left), safe_text.plain(header_right))
        self._footer = safe_text.plain(footer_left)

    def build(
        self,
        story: Sequence[Flowable | Sequence[Flowable]],
        attachments: Sequence[Attachment] = (),
        progress: Callable[[float], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> int:
        """Write the document and return its number of pages.

        `story` holds blocks and lists of blocks. `progress` is told the part done, 0 to 1. Raises Cancelled when
        `cancelled` says so. The target is written only when the whole document stands.
        """
        _trust_nothing()
        blocks = _flattened(story)
        contents = [block for block in blocks if isinstance(block, Contents)]
        for block in contents:
            block.prepare(headings_in(blocks))
        buffer = BytesIO()
        passes = _PASSES_WITH_CONTENTS if contents else 1
        template = _Template(buffer, _Watch(progress, cancelled, len(blocks), passes), self._about.title)
        maker = partial(TaggedCanvas, about=self._about, attachments=attachments, finish_page=self._finish_page)
        template.multiBuild(blocks, canvasmaker=maker)
        self._write(buffer.getvalue())
        if progress is not None:
            progress(1.0)
        return int(template.canv.page_count())

    def _write(self, data: bytes) -> None:
        if isinstance(self._target, Path | str):
            Path(self._target).write_bytes(data)
        else:
            self._target.write(data)

    def _finish_page(self, canvas: TaggedCanvas, page: int, pages: int) -> None:
        """Header and footer of one page; the canvas has marked them as pagination artifacts."""
        left, right = styles.MARGIN, styles.PAGE_WIDTH - styles.MARGIN
        canvas.setFillColor(styles.SECOND_INK)
        canvas.setFont(fonts.REGULAR, _SMALL)
        number = f"Page {page} of {pages}"
        _line(canvas, styles.PAGE_HEIGHT - 0.6 * styles.MARGIN, *self._header, left, right)
        _line(canvas, 0.52 * styles.MARGIN, self._footer, number, left, right)


def _line(canvas: TaggedCanvas, y: float, at_left: str, at_right: str, left: float, right: float) -> None:
    """Two texts at the ends of a line that cannot meet: each is cut to the room there is."""
    width = right - left
    at_right = fitted(at_right, width * 0.5)
    taken = fonts.width(at_right, fonts.REGULAR, _SMALL)
    at_left = fitted(at_left, width - taken - _GAP)
    if at_left:
        canvas.drawString(left, y, at_left)
    if at_right:
        canvas.drawRightString(right, y, at_right)


def fitted(text: str, room: float, size: float = _SMALL) -> str:
    """`text`, or as much of it as `room` points hold with an ellipsis."""
    if fonts.width(text, fonts.REGULAR, size) <= room:
        return text
    while text and fonts.width(text + "…", fonts.REGULAR, size) > room:
        text = text[:-1]
    return text.rstrip() + "…"


def _trust_nothing() -> None:
    """No markup may open a file or an address of its own accord."""
    rl_config.trustedHosts = []
    rl_config.trustedSchemes = []


def _flattened(story: Sequence[Flowable | Sequence[Flowable]]) -> list[Flowable]:
    return [block for part in story for block in (part if isinstance(part, list | tuple) else [part])]


class _Watch:
    """Turns reportlab's counting into a part done, and asks whether to go on."""

    def __init__(
        self,
        progress: Callable[[float], None] | None,
        cancelled: Callable[[], bool] | None,
        blocks: int,
        passes: int,
    ) -> None:
        self._progress = progress
        self._cancelled = cancelled
        self._blocks = max(blocks, 1)
        self._passes = passes
        self._passed = 0
        self._told = 0.0

    def __call__(self, what: str, count: int) -> None:
        """The library's progress hook."""
        if self._cancelled is not None and self._cancelled():
            raise Cancelled
        if what == "PASS":
            self._passed = count - 1
        elif what == "PROGRESS" and self._progress is not None:
            # Blocks that were split count again, so the count can stand still or go back: what was told may not.
            part = min(max(count / self._blocks, 0.0), 1.0)
            self._told = max(self._told, min((self._passed + part) / self._passes, 0.99))
            self._progress(self._told)


class _Template(BaseDocTemplate):  # type: ignore[misc]  # reportlab ships no types
    """One frame a page; tells the contents where headings came to stand."""

    def __init__(self, buffer: BytesIO, watch: _Watch, title: str) -> None:
        frame = Frame(
            styles.MARGIN,
            styles.MARGIN,
            styles.TEXT_WIDTH,
            styles.TEXT_HEIGHT,
            leftPadding=0,
            rightPadding=0,
            topPadding=0,
            bottomPadding=0,
        )
        super().__init__(
            buffer,
            pagesize=(styles.PAGE_WIDTH, styles.PAGE_HEIGHT),
            pageTemplates=[PageTemplate("page", [frame])],
            title=title,
            initialFontName=fonts.REGULAR,
            keepTogetherClass=KeepWithNext,
        )
        self.setProgressCallBack(watch)

    def afterFlowable(self, flowable: Flowable) -> None:
        """The library's hook after each block is drawn; headings inside blocks that are kept together count too."""
        for heading in headings_in([flowable]):
            self.notify("heading", (heading.key, self.page))
