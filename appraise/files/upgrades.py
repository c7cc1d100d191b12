"""Numbered steps that bring the content of an older format version up to date, one version at a time."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from appraise.files import upgrade_1_to_2, upgrade_2_to_3, upgrade_3_to_4, upgrade_4_to_5, upgrade_5_to_6

#: The format version that this program writes.
CURRENT = 6

#: From version n to n + 1: takes the content as read from JSON and gives it back changed.
Step = Callable[[dict[str, Any]], dict[str, Any]]

STEPS: Mapping[int, Step] = MappingProxyType(
    {
        1: upgrade_1_to_2.step,
        2: upgrade_2_to_3.step,
        3: upgrade_3_to_4.step,
        4: upgrade_4_to_5.step,
        5: upgrade_5_to_6.step,
    }
)


def upgraded(
    content: dict[str, Any], version: int, *, steps: Mapping[int, Step] = STEPS, current: int = CURRENT
) -> dict[str, Any]:
    """Apply the steps from `version` up to `current`, in order.

    Raises KeyError when a step between the two is missing: that is a fault of the program, and a test
    asks for every step.
    """
    for number in range(version, current):
        content = steps[number](content)
    return content
