"""From format 3 to 4: shapes, correlations, shared uncertainty, mixed shares, pain/gain and management.

Nothing of this stood in a file of format 3, so each field says what the program of that version did.
It never changes; a field that a later version adds belongs to that version's step.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from appraise.files.added_fields import add_fields

#: The way to the records that version 3 has -> what version 4 added to each of them.
ADDED: Mapping[tuple[str, ...], Mapping[str, Any]] = MappingProxyType(
    {
        (): {"correlation_groups": [], "correlation_matrix": None},
        ("simulation",): {"most_draws": 1_000_000, "percentile": 80},
        ("indices",): {"range": None},
        ("lines",): {"shared": True, "correlation": ""},
        ("lines", "range"): {"points": []},
        ("constraints",): {"shared": True},
        ("constraints", "impact"): {"shape": "pert"},
        ("constraints", "view", "impact"): {"shape": "pert"},
        ("constraints", "settling"): {"together": True},
        ("constraints", "bearings"): {
            "share": 1,
            "lot": "",
            "terms": {"target": "0.00", "gain": 0.5, "bands": [{"up_to": None, "share": 0.5}], "cap": None},
            "managed": None,
        },
    }
)


def step(content: dict[str, Any]) -> dict[str, Any]:
    """Make the content of version 3, in place, what version 4 writes."""
    add_fields(content, ADDED)
    return content
