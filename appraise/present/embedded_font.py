"""The typeface as reportlab is to know it: measured and embedded by one class, for charts and paper alike."""
# ruff: noqa: N802 - reportlab names the methods it calls and keeps its state private

from typing import Any

from reportlab.pdfbase.ttfonts import SUBSETN, TTFont

_LONGEST_BLOCK = 100  # entries in one bfchar block, PDF 32000-1, 9.10.3


class EmbeddedFont(TTFont):  # type: ignore[misc]  # reportlab ships no types
    """A TrueType font whose ToUnicode map can be trusted.

    reportlab maps every unused code to U+0000 and writes characters beyond U+FFFF with five digits;
    both make text that screen readers and search cannot read.
    """

    def addObjects(self, doc: Any) -> None:
        """Write the subsets into `doc`, then replace their ToUnicode maps."""
        subsets = list(self.state[doc].subsets)
        super().addObjects(doc)
        for number, subset in enumerate(subsets):
            name = (SUBSETN(number) + b"+" + self.face.name + self.face.subfontNameX).decode("ascii")
            doc.idToObject["toUnicodeCMap:" + name].content = to_unicode_map(name, subset)


def to_unicode_map(name: str, subset: list[int]) -> str:
    """The ToUnicode CMap of a one-byte subset (code -> code point; 0 = unused), PDF 32000-1, 9.10.3."""
    entries = [
        f"<{code:02X}> <{chr(point).encode('utf-16-be').hex().upper()}>" for code, point in enumerate(subset) if point
    ]
    blocks = [entries[start : start + _LONGEST_BLOCK] for start in range(0, len(entries), _LONGEST_BLOCK)]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            f"/CMapName /{name} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<00> <FF>",
            "endcodespacerange",
            *(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks),
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    )
