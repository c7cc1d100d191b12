"""Documents and damaged files for the tests of the files room."""

import hashlib
import io
import json
import types
import zipfile
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any, Union, get_args, get_origin

from appraise.files import container
from appraise.files.document import Document, content_json, to_bytes
from appraise.files.strict import PERCENT_FIELDS, QUANTITY_FIELDS, record_fields
from appraise.model.appraisal.document import Appraisal
from tests.builders import appraisal, constraint, in_house, line, scores, tree

WORKED_EXAMPLE = Path(__file__).parents[2] / "templates" / "worked-example.json"


def small() -> Appraisal:
    return appraisal(
        3,
        **tree(100, 40),
        scores=scores(a=(20, 40), b=(80, 60)),
        lines=(line("line-1", "a", 10, 20, 30, spread=(90, 130), name="Mobilisation"), line("line-2", "b", 5, 5, 5)),
        constraints=(constraint("constraint-1", 0.3, (1, 2, 3), in_house("a")),),
    )


def other() -> Appraisal:
    return replace(small(), title="Another title")


def filled() -> Appraisal:
    """A document in which every list has an entry and every field says something else than its default."""
    made = _filled(Appraisal, Appraisal, "")
    assert isinstance(made, Appraisal)
    return made


def _filled(kind: Any, owner: type, name: str) -> Any:
    origin = get_origin(kind)
    if origin is tuple:
        return (_filled(get_args(kind)[0], owner, name),)
    if origin in (Union, types.UnionType):
        return _filled(get_args(kind)[0], owner, name)
    if is_dataclass(kind):
        return kind(**{each: _filled(inner, kind, each) for each, (inner, _) in record_fields(kind).items()})
    if kind is Decimal:
        fine = (owner, name) in PERCENT_FIELDS | QUANTITY_FIELDS
        return Decimal("12.3456" if fine else "1234.56")
    if kind is bool:
        return not next((field.default for field in fields(owner) if field.name == name), False)
    if issubclass(kind, StrEnum):
        return list(kind)[-1]
    return {str: f"{name} – “é”", int: 3, float: 0.375}[kind]


def leaves(value: Any, way: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The way to every plain value in content.json."""
    if isinstance(value, (dict, list)):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(item, (*way, key))
    else:
        yield way


def older(content: dict[str, Any], version: int, log: bytes = b"") -> bytes:
    """A whole file as a program of an older version wrote it."""
    parts = {"content.json": json.dumps({"format_version": version} | content).encode(), "audit.jsonl": log}
    promised = {name: {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)} for name, data in parts.items()}
    manifest = json.dumps({"format_version": version, "members": promised}).encode()
    return zipped([("mimetype", container.MIMETYPE), ("manifest.json", manifest), *parts.items()])


def raw() -> dict[str, Any]:
    """content.json of the small document as plain values, to be spoiled by a test."""
    return json.loads(content_json(small()))


def members() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(to_bytes(Document(appraisal=small())))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: list[tuple[str, bytes]]) -> bytes:
    """A container with exactly these members, whatever they are."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts:
            archive.writestr(name, data)
    return buffer.getvalue()
