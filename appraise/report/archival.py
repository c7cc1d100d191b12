"""What makes a PDF an archive copy: metadata, colour profile, attached files, steady bytes (PDF/A-3, PDF/UA-1)."""
# ruff: noqa: N802 - reportlab names the methods it calls and keeps its state private

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFDocument,
    PDFName,
    PDFStream,
    PDFString,
    PDFZCompress,
)

PRODUCER = "Appraise"


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What the file says about itself; `created` must carry its time zone."""

    title: str
    author: str
    subject: str
    language: str
    created: datetime
    keywords: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that travels inside the PDF as the source of what is printed."""

    name: str
    mime: str
    data: bytes
    description: str


class Moment:
    """A datetime in the form in which reportlab wants its time stamps."""

    def __init__(self, moment: datetime) -> None:
        offset = moment.utcoffset()
        if offset is None:
            raise ValueError("The date of creation needs a time zone.")
        minutes = round(offset.total_seconds() / 60)
        self.YMDhms = moment.timetuple()[:6]
        # A negative offset counts both parts downwards, as the PDF date does.
        self.dhh, self.dmm = (minutes // 60, minutes % 60) if minutes >= 0 else (-(-minutes // 60), -minutes % 60)


class SpacedStream(PDFStream):  # type: ignore[misc]  # reportlab ships no types
    """A stream with a line end before `endstream`, which reportlab leaves out (ISO 19005-3, 6.1.6.1)."""

    def format(self, document: Any) -> bytes:
        """The stream object. CR LF, because a lone LF would join a final CR of the data and falsify the length."""
        if self.filters:
            self.filters: list[Any] = [PDFZCompress]  # binary: ASCII85 would only add a quarter to the size
        whole: bytes = super().format(document)
        return whole.removesuffix(b"endstream\n") + b"\r\nendstream\n"


class ArchiveDocument(PDFDocument):  # type: ignore[misc]  # reportlab ships no types
    """The library's document, in which every stream becomes a SpacedStream when it is given its number."""

    def Reference(self, obj: Any, name: str | None = None) -> Any:
        """Number `obj`, as in reportlab."""
        if type(obj) is PDFStream:
            obj.__class__ = SpacedStream
        return super().Reference(obj, name)


def stream(content: bytes, entries: dict[str, Any], *, compress: bool = True) -> PDFStream:
    """A stream object with its dictionary entries."""
    return PDFStream(PDFDictionary(entries), content, [PDFZCompress] if compress else None)


@cache
def srgb_profile() -> bytes:
    """The sRGB colour profile with the same bytes every time, made on the spot so that nobody's file is shipped."""
    from PIL import ImageCms

    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[8:12] = bytes((4, 0x20, 0, 0))  # the version PDF/A-3 names; nothing in this profile is newer
    profile[24:36] = bytes((7, 208, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0))  # created 2000-01-01, not now
    profile[40:44] = bytes(4)  # primary platform: would differ between operating systems
    profile[84:100] = bytes(16)  # profile id: not calculated
    return bytes(profile)


def output_intents() -> PDFArray:
    """The one output intent: screens and printers in sRGB."""
    intent = PDFDictionary(
        {
            "Type": PDFName("OutputIntent"),
            "S": PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": PDFString("sRGB IEC61966-2.1"),
            "Info": PDFString("sRGB IEC61966-2.1"),
            "DestOutputProfile": stream(srgb_profile(), {"N": 3}),
        }
    )
    return PDFArray([intent])


def file_specifications(document: PDFDocument, attachments: Sequence[Attachment], created: datetime) -> list[Any]:
    """References to the file specifications of the attachments, in the order given."""
    return [document.Reference(_specification(document, attachment, created)) for attachment in attachments]


def _specification(document: PDFDocument, attachment: Attachment, created: datetime) -> PDFDictionary:
    parameters = PDFDictionary(
        {
            "Size": len(attachment.data),
            "ModDate": PDFString(pdf_date(created)),
            "CheckSum": f"<{hashlib.md5(attachment.data, usedforsecurity=False).hexdigest()}>",
        }
    )
    embedded = document.Reference(
        stream(
            attachment.data,
            {"Type": PDFName("EmbeddedFile"), "Subtype": _mime_name(attachment.mime), "Params": parameters},
        )
    )
    return PDFDictionary(
        {
            "Type": PDFName("Filespec"),
            "F": PDFString(attachment.name),
            "UF": PDFString(attachment.name),
            "Desc": PDFString(attachment.description),
            "AFRelationship": PDFName("Source"),
            "EF": PDFDictionary({"F": embedded, "UF": embedded}),
        }
    )


def _mime_name(mime: str) -> str:
    """A media type as a PDF name; reportlab would leave its slash, which begins another name."""
    main, _, sub = mime.partition("/")
    return f"{PDFName(main)}#2F{str(PDFName(sub))[1:]}"


def embedded_files(attachments: Sequence[Attachment], specifications: Sequence[Any]) -> PDFDictionary:
    """The name tree under which viewers list the attachments."""
    pairs = sorted(zip((attachment.name for attachment in attachments), specifications, strict=True), key=_first)
    names = PDFArray([entry for name, specification in pairs for entry in (PDFString(name), specification)])
    return PDFDictionary({"EmbeddedFiles": PDFDictionary({"Names": names})})


def _first(pair: tuple[str, Any]) -> str:
    return pair[0]


def pdf_date(moment: datetime) -> str:
    """`moment` as a PDF date, for instance D:20260401093000+01'00'."""
    stamp = Moment(moment)
    return "D:{:04d}{:02d}{:02d}{:02d}{:02d}{:02d}".format(*stamp.YMDhms) + f"{stamp.dhh:+03d}'{stamp.dmm:02d}'"


def metadata_packet(about: Metadata) -> bytes:
    """The XMP packet: the same facts as the information dictionary, and the standards the file keeps."""
    moment = about.created.isoformat(timespec="seconds")
    packet = _PACKET.format(
        title=escape(about.title),
        author=escape(about.author),
        subject=escape(about.subject),
        keywords=escape(about.keywords),
        language=escape(about.language),
        producer=PRODUCER,
        moment=moment,
    )
    return packet.encode("utf-8")


_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<xmp:CreatorTool>{producer}</xmp:CreatorTool>
<xmp:CreateDate>{moment}</xmp:CreateDate>
<xmp:ModifyDate>{moment}</xmp:ModifyDate>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdf:Producer>{producer}</pdf:Producer>
<pdf:Keywords>{keywords}</pdf:Keywords>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>3</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of the accessibility standard that the file keeps</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""
