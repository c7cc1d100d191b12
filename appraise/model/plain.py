"""A document as plain dictionaries, lists, texts and numbers, and the digest made of it."""

import hashlib
import json
from collections.abc import Hashable
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any

from appraise.model.appraisal.document import Appraisal
from appraise.model.remembered import Remembered


def plain(value: Any) -> Any:
    """Turn frozen records into JSON-ready values: exact decimals and enum members become text.

    Raises TypeError for a value that no document holds.
    """
    kind = type(value)
    if kind is Decimal:  # by far the most frequent
        return _exact(value)
    if kind is tuple:
        return [_exact(item) if type(item) is Decimal else plain(item) for item in value]
    if value is None or kind is str or kind is int or kind is bool:
        return value
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, float):
        return int(value) if value.is_integer() else value  # 50 and 50.0 are one figure, written and digested alike
    if is_dataclass(value) and not isinstance(value, type):
        return {name: plain(getattr(value, name)) for name in _names(type(value))}
    raise TypeError(f"{type(value).__name__} has no plain form")


@cache
def _names(kind: Hashable) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind)) if isinstance(kind, type) and is_dataclass(kind) else ()


def _exact(value: Decimal) -> str:
    """Plain digits with two places, more only where they say something: equal figures are digested alike."""
    text = str(value)
    if text[-3:-2] == "." and "E" not in text:
        return text
    text = f"{value:f}" if int(value.as_tuple().exponent) <= -2 else f"{value:.2f}"
    whole, point, places = text.partition(".")
    return f"{whole}{point}{places[:2]}{places[2:].rstrip('0')}"


#: Canonical texts of records; an edit keeps all but one.
_texts = Remembered[str]()


def _canonical(value: Any) -> str:
    """JSON with sorted keys and no spaces."""
    return json.dumps(plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _text(value: Any) -> str:
    """Canonical text of a part of a document; records in it are looked up."""
    if type(value) is tuple:
        return _texts.of(lambda: f"[{','.join(map(_text, value))}]", value)
    if is_dataclass(value):
        return _texts.of(lambda: _canonical(value), value)
    return _canonical(value)


def content_digest(appraisal: Appraisal) -> str:
    """SHA-256 of the document in its canonical form: sorted keys, no spaces, UTF-8. 64 hex digits."""
    parts = {name: _text(getattr(appraisal, name)) for name in _names(Appraisal)}
    canonical = "{" + ",".join(f'"{name}":{text}' for name, text in sorted(parts.items())) + "}"
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def plain_digest(content: dict[str, Any]) -> str:
    """The digest of a document that is plain already, as `content_digest` makes it of records."""
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()
