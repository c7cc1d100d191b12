"""The one door through which text that people typed gets onto paper."""

import unicodedata
from collections.abc import Iterable
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from appraise.report import fonts

MISSING = "[?]"  # stands where the typeface has no letter, so that the loss is seen
# A sha-256 digest has 64 characters and should stay whole; a word of 200,000 takes reportlab over a minute.
LONGEST_WORD = 64
_SAFE_SCHEMES = ("https://", "http://", "mailto:")
# Look-alikes: the reader sees the same sign, so they are not reported.
_SAME = {"\u2010": "-", "\u2011": "-", "\u2012": "–", "\u2015": "—", "\u2043": "-", "\u2027": "·", "\u02bc": "’"}
# Visible replacements of common signs: reported before export.
_NEAR = {"✗": "×", "✘": "×", "✕": "×", "✖": "×", "●": "•", "⚫": "•", "✔": "✓", "⚠": "!", "⇒": "→", "➔": "→"}
_DROPPED = frozenset(("Cc", "Cf", "Cs"))


def plain(text: str, *, limit: int = 2_000) -> str:
    """One clean line for cells, drawings and metadata: no control or direction signs, only letters that exist."""
    lines = _clean(text[: 4 * limit])
    return _shorten(_break_words(" ".join(lines).strip()), limit)


def markup(text: str, *, limit: int = 20_000) -> str:
    """Clean text escaped for a reportlab paragraph; line ends become breaks, all else of it stays text."""
    lines = _clean(text[: 4 * limit])
    joined = _shorten("\n".join(_break_words(line.strip()) for line in lines).strip("\n"), limit)
    return escape(joined, {'"': "&quot;"}).replace("\n", "<br/>")


def link(text: str, address: str) -> str:
    """Markup of a link, or of the bare text where the address is not a web page or a mail address."""
    label = markup(text)
    cleaned = "".join(sign for sign in address if sign.isprintable() and sign != " ")
    if not is_safe_address(cleaned) or not label:
        return label
    return f'<a href={quoteattr(cleaned)} color="#12558F"><u>{label}</u></a>'


def is_safe_address(address: str) -> bool:
    """True for the only kinds of address a document may open."""
    return address.lower().startswith(_SAFE_SCHEMES)


def unprintable(texts: Iterable[str]) -> tuple[str, ...]:
    """The distinct characters that paper will show as another sign, in code point order."""
    return tuple(
        sorted({sign for text in texts for sign in unicodedata.normalize("NFC", text) if _is_lost(sign)}),
    )


def _is_lost(sign: str) -> bool:
    """True where the reader will see another sign than the writer typed."""
    if ord(sign) in fonts.printable() or _is_dropped(sign):
        return False
    return sign in _NEAR or _replacement(sign) == MISSING


def _is_dropped(sign: str) -> bool:
    """Signs without a picture: controls, direction marks, variation selectors, halves of surrogate pairs."""
    return unicodedata.category(sign) in _DROPPED or 0xFE00 <= ord(sign) <= 0xFE0F or sign.isspace()


def _clean(text: str) -> list[str]:
    """Printable lines: normalised, without invisible signs, with a visible stand-in for what cannot be printed."""
    normal = unicodedata.normalize("NFC", text).replace("\r\n", "\n")
    return ["".join(_printable_runs(line)) for line in normal.splitlines()]


def _printable_runs(line: str) -> Iterable[str]:
    """Replacements sign by sign; several missing signs in a row share one stand-in."""
    replaced = (_replacement(sign) for sign in line)
    for piece, run in groupby(replaced):
        yield piece if piece == MISSING else piece * sum(1 for _ in run)


def _replacement(sign: str) -> str:
    if sign == "\u00ad":
        return ""  # a soft hyphen would print as a hyphen in the middle of a line
    if ord(sign) in fonts.printable() and not _is_dropped(sign):
        return sign
    if sign in ("\u00a0", "\u202f", "\u2007"):
        return "\u00a0"
    if sign.isspace():
        return " "
    if _is_dropped(sign):
        return ""
    return _SAME.get(sign) or _NEAR.get(sign) or _compatible(sign) or MISSING


def _compatible(sign: str) -> str:
    """The plain letters a presentation form stands for (a ligature, a circled digit), or nothing."""
    plain_form = unicodedata.normalize("NFKC", sign)
    known = fonts.printable()
    return plain_form if plain_form != sign and all(ord(letter) in known for letter in plain_form) else ""


def _break_words(line: str) -> str:
    if len(line) <= LONGEST_WORD:
        return line
    return " ".join(_pieces(word) for word in line.split(" "))


def _pieces(word: str) -> str:
    return " ".join(word[start : start + LONGEST_WORD] for start in range(0, len(word), LONGEST_WORD))


def _shorten(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
