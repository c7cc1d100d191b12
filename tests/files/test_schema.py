"""The published schema is the one that the program prints, and says what the reader says."""

import json
from pathlib import Path

from appraise.files.schema import content_schema, schema_text
from tests.files.making import raw

PUBLISHED = Path(__file__).parents[2] / "docs" / "appraisal.schema.json"


def test_the_published_schema_is_up_to_date() -> None:
    """After a change of the document: `appraise schema > docs/appraisal.schema.json`."""
    assert PUBLISHED.read_text("utf-8") == schema_text()


def test_it_knows_every_name_that_is_written_and_no_other() -> None:
    root = content_schema()["$defs"]["Appraisal"]
    assert set(root["properties"]) == set(raw())
    assert root["additionalProperties"] is False
    assert set(root["required"]) == {"title", "body", "horizon"}


def test_amounts_are_text() -> None:
    amounts = content_schema()["$defs"]["Line"]["properties"]["amounts"]
    assert json.dumps(amounts["items"]).count('"string"') == 1
