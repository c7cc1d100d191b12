"""From format 5 to 6: money in more kinds, contracts and their terms, prevention, partners, pilots.

A file of format 5 knew one kind of money, signed whatever term it named, and shared nothing with partners: so it says
after this step, and its figures stand where they stood.
It never changes; a field that a later version adds belongs to that version's step.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from appraise.files.added_fields import add_fields

#: The way to the records that version 5 has -> what version 6 added to each of them.
ADDED: Mapping[tuple[str, ...], Mapping[str, Any]] = MappingProxyType(
    {
        (): {
            "grants": [],
            "programmes": [],
            "line_terms": [],
            "pilots": [],
            "partners": [],
            "arrangements": [],
            "price_gaps": [],
            "scarce_staff": [],
        },
        ("options",): {
            "terms": {
                "starts": 0,
                "commitment": "freely",
                "reference_years": 0,
                "investment": "0.00",
                "kept_value": "0.00",
                "capital_percent": "8.00",
                "capital_real": False,
                "procurement": "0.00",
                "transition": "0.00",
                "dual_running": "0.00",
                "relets_entered": False,
                "after_cut": "keep",
                "break_cost_is": "entered",
                "break_cost": "0.00",
                "fall_back": "",
                "source": "",
            },
            "timetable": {
                "starts_on": "",
                "needed_by": "",
                "engagement_weeks": 0,
                "tender_weeks": 0,
                "evaluation_weeks": 0,
                "standstill_days": 8,
                "mobilisation_weeks": 0,
                "words": "",
            },
            "lots": [],
        },
        ("scenarios",): {"carry_over": False, "grants": [], "stops": []},
        ("scenarios", "settlements"): {"capital": [], "statuses": [], "ring_fenced": False},
    }
)


def step(content: dict[str, Any]) -> dict[str, Any]:
    """Make the content of version 5, in place, what version 6 writes."""
    add_fields(content, ADDED)
    return content
