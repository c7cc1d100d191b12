"""A reportlab canvas that writes tagged PDF: marked content, structure tree, parent tree, links with their elements.

reportlab has no tagging of its own. Here an `Element` is one node of the structure tree; the canvas brackets what is
drawn with marked-content operators that point to elements, and everything else as artifact (ISO 32000-1, 14.7-14.8).
All state lives on the canvas, so each pass of a multi-pass build starts clean.
"""
# ruff: noqa: N802, N803, SLF001 - reportlab names the methods it calls and keeps its state private

import hashlib
from collections import deque
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFObject, PDFString
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from appraise.report import archival, fonts, safe_text
from appraise.report.archival import ArchiveDocument, Attachment, Metadata, Moment

_PAINTING = frozenset(("S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Do", "sh"))


@dataclass(frozen=True, eq=False)
class Node:
    """The logical place of a flowable: its identity finds the element again when the flowable was split."""

    role: str
    attributes: str = ""


@dataclass(frozen=True, slots=True)
class Marked:
    """A piece of page content: page index and marked-content id."""

    page: int
    mcid: int


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """A link annotation as child of its element: page index and name of the object."""

    page: int
    name: str


class Element(PDFObject):  # type: ignore[misc]  # reportlab ships no types
    """One structure element.

    Attributes:
        role: standard structure type, such as P, H1 or TD.
        parent: the element above, or None for the root of the tree.
        attributes: further dictionary entries as PDF source.
        kids: elements, marked content and link annotations in reading order.

    """

    __RefOnly__ = 1

    def __init__(self, role: str, parent: "Element | None", attributes: str = "") -> None:
        self.role = role
        self.parent = parent
        self.attributes = attributes
        self.kids: list[Element | Marked | LinkTarget] = []
        if parent is not None:
            parent.kids.append(self)

    def format(self, document: Any) -> bytes:
        """The dictionary as bytes; written by hand because a long report has tens of thousands of these."""
        page = next((kid.page for kid in self.kids if not isinstance(kid, Element)), None)
        kids = " ".join(self._kid(kid, page, document) for kid in self.kids)
        above = "StructTreeRoot" if self.parent is None else self.parent.__InternalName__
        on_page = "" if page is None else f"/Pg {_number(document, page_name(page))}"
        source = f"<</Type/StructElem/S/{self.role}/P {_number(document, above)}{on_page}{self.attributes}/K[{kids}]>>"
        return source.encode("latin-1")

    @staticmethod
    def _kid(kid: "Element | Marked | LinkTarget", page: int | None, document: Any) -> str:
        if isinstance(kid, Element):
            return _number(document, kid.__InternalName__)
        if isinstance(kid, LinkTarget):
            place = _number(document, page_name(kid.page))
            return f"<</Type/OBJR/Pg {place}/Obj {_number(document, kid.name)}>>"
        if kid.page == page:
            return str(kid.mcid)
        return f"<</Type/MCR/Pg {_number(document, page_name(kid.page))}/MCID {kid.mcid}>>"


def _number(document: Any, name: str) -> str:
    number, version = document.idToObjectNumberAndVersion[name]
    return f"{number} {version} R"


def page_name(index: int) -> str:
    """The library's name of the page with this index (from 0)."""
    return f"Page{index + 1}"


def text_string(text: str) -> str:
    """`text` as a PDF text string in source form."""
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


class TaggedText(PDFTextObject):  # type: ignore[misc]  # reportlab ships no types
    """The text of one paragraph on one page, marked as content of `element`, its links as elements of their own."""

    def __init__(self, canvas: "TaggedCanvas", x: float, y: float, element: Element) -> None:
        super().__init__(canvas, x, y)
        self._element = element
        self._links: dict[int, Element] = {}
        self._before_text = 0
        self._open_link: list[str] | None = None
        self._last_text = ""
        self._code.append(canvas.mark(element))

    def _textOut(self, text: str, TStar: int = 0) -> None:
        """Write `text`; a line end gets the space that reportlab drops, otherwise extracted words join."""
        if TStar and text and not text[-1].isspace():
            text += " "
        self._before_text = len(self._code)
        self._last_text = text
        if self._open_link is not None:
            self._open_link.append(text)
        super()._textOut(text, TStar)

    def _linkRecord(self, link: tuple[int, str], what: str) -> None:
        """The library's hook: a link has begun with the text just written, or ended before the next."""
        if what == "start":
            element = self._canvas.child(self._element, (self._element, link[0]), "Link")
            self._open_link = [self._last_text]
            self._canvas.pending_links.append((element, self._open_link))
            self._code[self._before_text : self._before_text] = ["EMC", self._canvas.mark(element)]
        else:
            self._open_link = None
            self._code += ["EMC", self._canvas.mark(self._element)]

    def getCode(self) -> str:
        """The finished text object, its last mark closed."""
        self._code.append("EMC")
        return str(super().getCode())


class TaggedCanvas(Canvas):  # type: ignore[misc]  # reportlab ships no types
    """Canvas with a structure tree.

    Attributes:
        root: the Document element.
        current: the element that flowables without a place of their own draw into.
        pending_links: links whose annotations reportlab has still to place, in order.
        finish_page: draws header and footer of a page once the number of pages is known.

    """

    def __init__(
        self,
        filename: Any,
        *,
        about: Metadata,
        attachments: Sequence[Attachment] = (),
        finish_page: Callable[["TaggedCanvas", int, int], None] | None = None,
        **settings: Any,
    ) -> None:
        settings.update(invariant=1, pageCompression=1, pdfVersion=(1, 7), lang=about.language)
        settings.update(initialFontName=fonts.REGULAR, initialFontSize=12)
        super().__init__(filename, **settings)
        # Canvas makes its document itself and offers no place to say which class.
        self._doc.__class__ = ArchiveDocument
        self._doc._timeStamp = Moment(about.created)
        self._about = about
        self._attachments = attachments
        self.finish_page = finish_page
        self.root = Element("Document", None)
        self.current = self.root
        self.pending_links: deque[tuple[Element, list[str]]] = deque()
        self._elements: dict[Hashable, Element] = {}
        self._marks: list[list[Element]] = [[]]
        self._annotations: list[Element] = []
        self._inside: str | None = None

    # --- structure -------------------------------------------------------------------------------------------------
    def child(self, parent: Element, key: Hashable, role: str, attributes: str = "") -> Element:
        """The element known by `key`, made under `parent` when it is first asked for."""
        element = self._elements.get(key)
        if element is None:
            element = self._elements[key] = Element(role, parent, attributes)
        return element

    def knows(self, key: Hashable) -> bool:
        """True when an element has been made for `key`."""
        return key in self._elements

    def element(self, path: Sequence[Node]) -> Element:
        """The element at the end of `path`, below the current one; the current one itself for an empty path."""
        element = self.current
        for node in path:
            element = self.child(element, node, node.role, node.attributes)
        return element

    @contextmanager
    def within(self, element: Element) -> Iterator[None]:
        """Make `element` the place that flowables draw into."""
        before, self.current = self.current, element
        try:
            yield
        finally:
            self.current = before

    # --- marked content --------------------------------------------------------------------------------------------
    @property
    def marking(self) -> bool:
        """False inside an artifact, where nothing else may be marked."""
        return self._inside is None

    def mark(self, element: Element) -> str:
        """The operator that opens content of `element` on this page."""
        marks = self._marks[-1]
        element.kids.append(Marked(len(self._marks) - 1, len(marks)))
        marks.append(element)
        return f"/{element.role} <</MCID {len(marks) - 1}>> BDC"

    def open_content(self, element: Element) -> None:
        """Begin content of `element`; inside an artifact nothing happens."""
        if self._inside is None:
            self._code.append(self.mark(element))
            self._inside = "content"

    def open_artifact(self, kind: str = "") -> None:
        """Begin what is no content, such as a rule or (`kind` "Pagination") a footer."""
        if self._inside is None:
            self._code.append(f"/Artifact <</Type/{kind}>> BDC" if kind else "/Artifact BMC")
            self._inside = "artifact"

    def close(self) -> None:
        """End the open content or artifact."""
        if self._inside is not None:
            self._code.append("EMC")
            self._inside = None

    @contextmanager
    def content(self, element: Element) -> Iterator[None]:
        """Mark what is drawn as content of `element`, unless it is already part of something marked."""
        outermost = self._inside is None
        self.open_content(element)
        try:
            yield
        finally:
            if outermost:
                self.close()

    @contextmanager
    def artifact(self, kind: str = "") -> Iterator[None]:
        """Mark what is drawn as artifact, unless it is already part of something marked."""
        outermost = self._inside is None
        self.open_artifact(kind)
        try:
            yield
        finally:
            if outermost:
                self.close()

    def wrap_graphics(self, start: int) -> None:
        """Bracket as artifact what was painted since position `start` of the page's code, if anything was."""
        painted = any(piece.rsplit(None, 1)[-1] in _PAINTING for piece in self._code[start:] if piece.strip())
        if painted and self._inside is None:
            self._code.insert(start, "/Artifact BMC")
            self._code.append("EMC")

    # --- what reportlab calls --------------------------------------------------------------------------------------
    def setFont(self, psfontname: str, size: float, leading: float | None = None) -> None:
        """Set the font; a face that would not be embedded is replaced by ours."""
        super().setFont(fonts.embedded(psfontname), size, leading)

    def drawString(self, x: float, y: float, text: str, *arguments: Any, **settings: Any) -> None:
        """Draw one string with a space after it: neighbours on a page are not neighbours in the text that is read."""
        if text:
            super().drawString(x, y, f"{text} ", *arguments, **settings)

    def showPage(self) -> None:
        """Close the page and tie it to its row of the parent tree."""
        index = len(self._marks) - 1
        super().showPage()
        page = self._doc.idToObject[page_name(index)]
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents = index
        page.Tabs = "/S"
        self._marks.append([])

    def linkURL(self, url: str, rect: Any, relative: int = 0, *_: Any, **__: Any) -> None:
        """A link to a web page or mail address; other addresses become no link."""
        element, words = self._next_link(url)
        if safe_text.is_safe_address(url):
            action = PDFDictionary({"S": PDFName("URI"), "URI": PDFString(url)})
            self.annotate(element, self._absRect(rect, relative), f"{words} ({url})", {"A": action})

    def linkRect(self, contents: str, destinationname: str, Rect: Any = None, *_: Any, **__: Any) -> None:
        """A link to a place in this document."""
        element, words = self._next_link(contents)
        target = self._bookmarkReference(destinationname)
        self.annotate(element, self._absRect(Rect, 1), words, {"Dest": target})

    def _next_link(self, fallback: str) -> tuple[Element, str]:
        if self.pending_links:
            element, words = self.pending_links.popleft()
            return element, "".join(words).strip() or fallback
        return self.current, fallback

    def annotate(self, element: Element, rect: Sequence[float], contents: str, target: dict[str, Any]) -> None:
        """Add a link annotation that belongs to `element`."""
        name = f"Annot.Link{len(self._annotations)}"
        entries = {
            "Type": PDFName("Annot"),
            "Subtype": PDFName("Link"),
            "Rect": PDFArray(rect),
            "Border": PDFArray([0, 0, 0]),
            "F": 4,  # printed
            "Contents": PDFString(contents),
            "StructParent": _AnnotationKey(self, len(self._annotations)),
        }
        self._doc.Reference(PDFDictionary(entries | target), name)
        self._annotationrefs.append(_Named(name))
        self._annotations.append(element)
        element.kids.append(LinkTarget(len(self._marks) - 1, name))

    def heading_level(self, wanted: int) -> int:
        """The nearest level, from 1, that may follow the last heading: outline and structure cannot skip one."""
        return int(min(wanted, self._doc.outline.currentlevel + 2))

    def page_count(self) -> int:
        """Pages closed so far."""
        return len(self._marks) - 1

    # --- the end ---------------------------------------------------------------------------------------------------
    def save(self) -> None:
        """Write headers and footers, structure, metadata and attachments, then the file."""
        if self._code:
            self.showPage()
        self._finish_pages()
        self._describe()
        self._write_structure()
        self._attach()
        self._doc._ID = self._identity()
        super().save()

    def _finish_pages(self) -> None:
        if self.finish_page is None:
            return
        pages = self.page_count()
        for index in range(pages):
            self._code: list[str] = []
            with self.artifact("Pagination"):
                self.finish_page(self, index + 1, pages)
            self._doc.idToObject[page_name(index)].stream += "\n".join(self._code) + "\n"
        self._code = []

    def _describe(self) -> None:
        about = self._about
        self.setTitle(about.title)
        self.setAuthor(about.author)
        self.setSubject(about.subject)
        self.setKeywords(about.keywords)
        self.setCreator(archival.PRODUCER)
        self.setProducer(archival.PRODUCER)
        catalog = self._doc.Catalog
        catalog.__NoDefault__ = [*catalog.__NoDefault__, "AF", "OutputIntents"]
        catalog.MarkInfo = PDFDictionary({"Marked": "true"})
        catalog.ViewerPreferences = PDFDictionary({"DisplayDocTitle": "true"})
        catalog.OutputIntents = archival.output_intents()
        catalog.Metadata = archival.stream(
            archival.metadata_packet(about),
            {"Type": PDFName("Metadata"), "Subtype": PDFName("XML")},
            compress=False,
        )
        if self._doc.outline.levelstack:
            self.showOutline()

    def _write_structure(self) -> None:
        document = self._doc
        waiting = [self.root]
        while waiting:
            element = waiting.pop()
            document.Reference(element)
            waiting.extend(kid for kid in reversed(element.kids) if isinstance(kid, Element))
        rows = [(index, _row(marks)) for index, marks in enumerate(self._marks[:-1])]
        rows += [(len(rows) + index, _Named(link.__InternalName__)) for index, link in enumerate(self._annotations)]
        numbers = PDFArray([entry for row in rows for entry in row])
        tree = PDFDictionary(
            {
                "Type": PDFName("StructTreeRoot"),
                "K": _Named(self.root.__InternalName__),
                "ParentTree": document.Reference(PDFDictionary({"Nums": numbers})),
                "ParentTreeNextKey": len(rows),
            }
        )
        document.Reference(tree, "StructTreeRoot")
        document.Catalog.StructTreeRoot = tree

    def _attach(self) -> None:
        if self._attachments:
            created = self._about.created
            specifications = archival.file_specifications(self._doc, self._attachments, created)
            self._doc.Catalog.AF = PDFArray(specifications)
            self._doc.Catalog.Names = archival.embedded_files(self._attachments, specifications)

    def _identity(self) -> bytes:
        """The file identifier, from what the file holds, so that the same document has the same one."""
        digest = hashlib.sha256(repr(self._about).encode())
        for index in range(self.page_count()):
            digest.update(self._doc.idToObject[page_name(index)].stream.encode("utf-8"))
        for attachment in self._attachments:
            digest.update(attachment.name.encode() + attachment.data)
        number = digest.hexdigest()[:32].encode()
        return b"[<" + number + b"><" + number + b">]"


class _AnnotationKey(PDFObject):  # type: ignore[misc]  # reportlab ships no types
    """The row of an annotation in the parent tree: after the pages, whose number is known only at the end."""

    def __init__(self, canvas: TaggedCanvas, position: int) -> None:
        self._canvas = canvas
        self._position = position

    def format(self, _document: Any) -> bytes:
        """The row number."""
        return str(self._canvas.page_count() + self._position).encode()


class _Named(PDFObject):  # type: ignore[misc]  # reportlab ships no types
    """A reference to a numbered object, by reportlab's name for it."""

    def __init__(self, name: str) -> None:
        self._name = name

    def format(self, document: Any) -> bytes:
        """For instance `12 0 R`."""
        return _number(document, self._name).encode()


def _row(marks: Sequence[Element]) -> PDFArray:
    return PDFArray([_Named(element.__InternalName__) for element in marks])
