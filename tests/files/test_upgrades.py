"""Upgrade steps run in order, one version at a time, and none is missing."""

from typing import Any

import pytest

from appraise.files.upgrades import CURRENT, STEPS, upgraded


def test_there_is_a_step_from_every_older_version() -> None:
    assert set(STEPS) == set(range(1, CURRENT))


def test_steps_run_in_order_from_the_version_written() -> None:
    def rename(content: dict[str, Any]) -> dict[str, Any]:
        return {"name": content["title"]}

    def shout(content: dict[str, Any]) -> dict[str, Any]:
        return {"name": content["name"].upper()}

    steps = {1: rename, 2: shout}
    assert upgraded({"title": "a"}, 1, steps=steps, current=3) == {"name": "A"}
    assert upgraded({"name": "a"}, 2, steps=steps, current=3) == {"name": "A"}
    assert upgraded({"name": "a"}, 3, steps=steps, current=3) == {"name": "a"}
    with pytest.raises(KeyError):
        upgraded({}, 3, steps=steps, current=4)
