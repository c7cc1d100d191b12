"""From format 4 to 5: how weights were asked, measured scales, gates, scores of the long list and the workshop.

A file of format 4 scored everything directly from 0 to 100, compared all moves with one yardstick, and had no
sealed workshop: so it says after this step, and its totals stand where they stood.
It never changes; a field that a later version adds belongs to that version's step.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from appraise.files.added_fields import add_fields

#: The way to the records that version 4 has -> what version 5 added to each of them.
ADDED: Mapping[tuple[str, ...], Mapping[str, Any]] = MappingProxyType(
    {
        (): {
            "weighting": {
                "asking": "together",
                "answers": "points",
                "trade_offs": [],
                "doubt": 10,
                "score_doubt": 5,
                "indifference": 5,
                "preference": 25,
            },
            "gates": [],
            "choice_scores": [],
            "workshop": {
                "id": "",
                "stage": "open",
                "unlocked": False,
                "method": "",
                "facilitator": "",
                "held_on": "",
                "assessors": [],
                "events": [],
            },
        },
        ("branches",): {"reference": "", "rank": 0, "swing": 0, "swing_low": None, "swing_high": None},
        ("criteria",): {
            "about": "unsaid",
            "constraint": "",
            "measured": "direct",
            "levels": [],
            "unit": "",
            "points": [],
            "rank": 0,
            "swing_low": None,
            "swing_high": None,
            "swing_reason": "",
            "independence": "unasked",
        },
        ("scores",): {"low": None, "high": None, "agreed": [], "dissents": []},
    }
)


def step(content: dict[str, Any]) -> dict[str, Any]:
    """Make the content of version 4, in place, what version 5 writes."""
    add_fields(content, ADDED)
    return content
