"""From format 1 to 2: what version 2 added, written out as it was then, and where an option's role went.

This step never changes: a default that a later version changes must not change what an older file says.
A field that a later version adds belongs to that version's step.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from appraise.files.added_fields import add_fields, records

#: The way to the records that version 1 has -> what version 2 added to each of them.
ADDED: Mapping[tuple[str, ...], Mapping[str, Any]] = MappingProxyType(
    {
        (): {
            "factors": [],
            "choices": [],
            "sourcing": {
                "authority": "local",
                "public_interest": {"used": True, "answers": [], "leaning": "unsaid", "conclusion": ""},
                "delivery_model": {"used": True, "answers": [], "leaning": "unsaid", "conclusion": ""},
                "not_applicable": [],
            },
            "bodies": [],
            "income_groups": [],
            "biases": [],
            "effects": [],
        },
        ("horizon",): {"length": "own"},
        ("basis",): {
            "deflator": {"first_year": 0, "percent": [], "published": "", "review_by": ""},
            "own_schedules": [],
            "health_schedule": "green_book_2026_health",
            "median_income": "30000.00",
            "median_income_source": "Placeholder, to be replaced by the published median",
            "capital_view": "cash",
        },
        ("need",): {
            "theory": {
                "inputs": "",
                "activities": "",
                "outputs": "",
                "outcomes": "",
                "impact": "",
                "rests_on": "",
            },
            "objectives": [],
            "facts": [],
            "equality": {"discrimination": "", "opportunity": "", "relations": "", "evidence": ""},
            "left_out": [],
        },
        ("need", "outcomes"): {"works": "", "fails": "", "residents": ""},
        ("options",): {"role": "other", "extension_years": 0, "contract": "none", "life_years": 0, "choices": []},
        ("indices",): {"published": "", "review_by": ""},
        ("lines",): {
            "spend": "operating",
            "prices": "year_0",
            "price_year": 0,
            "heading": "",
            "body": "",
            "group": "unsaid",
            "incomes": "",
            "vat_percent": "0.00",
            "vat_recoverable": True,
            "bias": "",
            "probability": 1,
            "health": False,
            "reason": "",
            "place": {
                "deadweight": "0.00",
                "displacement": "0.00",
                "substitution": "0.00",
                "leakage": "0.00",
            },
        },
        ("constraints",): {"lines": []},
    }
)

#: Delivery models of version 1 that are roles on the short list since version 2.
ROLES = ("business_as_usual", "do_minimum")


def step(content: dict[str, Any]) -> dict[str, Any]:
    """Make the content of version 1, in place, what version 2 writes.

    It does not judge: what is no record where one belongs stays as it is, for the strict reader to place.
    """
    for record in records(content, ("options",)):
        if record.get("model") in ROLES:
            record.setdefault("role", record["model"])
            record["model"] = "unsaid"
    add_fields(content, ADDED)
    return content
