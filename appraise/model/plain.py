"""A document as plain dictionaries, lists, texts and numbers, and the digest made of it."""

import hashlib
import json
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from appraise.model.appraisal.document import Appraisal


def plain(value: Any) -> Any:
    """Turn frozen records into JSON-ready values: exact decimals and enum members become text.

    Raises TypeError for a value that no document holds.
    """
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, float) and value.is_integer():
        return int(value)  # 50 and 50.0 are one figure, so they are written, and digested, alike
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, Decimal):
        return _exact(value)
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"{type(value).__name__} has no plain form")


def _exact(value: Decimal) -> str:
    """Plain digits with two places, more only where they say something: equal figures are digested alike."""
    text = f"{value:f}" if int(value.as_tuple().exponent) <= -2 else f"{value:.2f}"
    whole, point, places = text.partition(".")
    return f"{whole}{point}{places[:2]}{places[2:].rstrip('0')}"


def content_digest(appraisal: Appraisal) -> str:
    """SHA-256 of the document in its canonical form: sorted keys, no spaces, UTF-8. 64 hex digits."""
    canonical = json.dumps(plain(appraisal), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()
