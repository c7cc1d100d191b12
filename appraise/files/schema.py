"""The published JSON Schema of content.json."""

import json
from typing import Any

import msgspec

from appraise.files.strict import VERSION_KEY
from appraise.files.upgrades import CURRENT
from appraise.model.appraisal.document import Appraisal


def content_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of content.json in the current format version.

    It says what the reader says as far as a schema can: kinds, choices, needed names, no unknown names.
    The reader also refuses what `files.strict` names.
    """
    (reference,), definitions = msgspec.json.schema_components([Appraisal], ref_template="#/$defs/{name}")
    for definition in definitions.values():
        if definition.get("type") == "object":
            definition["additionalProperties"] = False
    root = definitions["Appraisal"]
    root["properties"] = {VERSION_KEY: {"const": CURRENT}} | root["properties"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Appraise content.json",
        **reference,
        "$defs": definitions,
    }


def schema_text() -> str:
    """The schema as it is printed and published."""
    return json.dumps(content_schema(), indent=1, sort_keys=True, ensure_ascii=False) + "\n"
