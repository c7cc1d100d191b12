"""Documents and damaged files for the tests of the files room."""

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from appraise.files.document import Document, content_json, to_bytes
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
