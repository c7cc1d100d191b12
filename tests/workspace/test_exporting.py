"""An export is whole or not there, alone, and clears away what an earlier kill left."""

from pathlib import Path

import pytest

from appraise.files.faults import CannotWrite
from appraise.workspace.exporting import UNITS, export_bytes
from appraise.workspace.locking import FileLock


def test_an_export_removes_what_a_killed_one_left_and_nothing_else(tmp_path: Path) -> None:
    for name in (".out.json.0123456789ab.tmp", ".other.json.0123456789ab.tmp"):
        (tmp_path / name).touch()
    export_bytes(b"{}", tmp_path / "out.json")
    assert sorted(entry.name for entry in tmp_path.iterdir()) == [".other.json.0123456789ab.tmp", "out.json"]


def test_two_exports_to_one_name_do_not_meet(tmp_path: Path) -> None:
    lock = FileLock(tmp_path / "out.json", "an export")
    with pytest.raises(CannotWrite, match=r"^out\.json is being written already\."):
        export_bytes(b"{}", tmp_path / "out.json")
    lock.release()
    export_bytes(b"{}", tmp_path / "out.json")


def test_every_sum_of_the_economic_case_has_its_unit() -> None:
    """The key that names NPSV in a list of measures is of the economic case; "risk, npsv" has a unit of its own."""
    (named,) = (key for key in UNITS if "npsv" in key.replace(",", "").split() and not key.startswith("risk,"))
    assert {"npc", "expected_npc", "other_bodies"} <= set(named.replace(",", "").split())
