"""From format 2 to 3: pricing by suppliers, their view, settling and prevention.

Suppliers of a file of format 2 priced constraints at their expected value, and so they do after this step.
It never changes; a field that a later version adds belongs to that version's step.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from appraise.files.added_fields import add_fields

#: The way to the records that version 2 has -> what version 3 added to each of them.
ADDED: Mapping[tuple[str, ...], Mapping[str, Any]] = MappingProxyType(
    {
        ("options",): {
            "pricing": {"principle": "expected_value", "strength": 0, "competition": 1, "evidence": ""},
        },
        ("constraints",): {
            "kind": "constraint",
            "view": None,
            "settling": {"cost": "0.00", "delay_cost": "0.00", "success": 1, "reveals_size": False, "how": ""},
            "prevention": None,
            "manager": "",
        },
        ("constraints", "bearings"): {
            "dispute_if_refused": False,
            "residual_probability": 0,
            "residual_share": 0,
        },
    }
)


def step(content: dict[str, Any]) -> dict[str, Any]:
    """Make the content of version 2, in place, what version 3 writes."""
    add_fields(content, ADDED)
    return content
