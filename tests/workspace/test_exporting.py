"""An export is whole or not there, alone, and clears away what an earlier kill left."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader

from appraise.files.document import from_bytes
from appraise.files.faults import CannotWrite
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.records import Person
from appraise.model.appraisal.workshop import HIDDEN, SealEvent, Stage, Step
from appraise.model.evaluate import Settings, evaluate
from appraise.model.plain import content_digest
from appraise.model.scoring import totals
from appraise.workspace import templates
from appraise.workspace.exporting import UNITS, export_bytes, export_pdf
from appraise.workspace.locking import FileLock
from tests.builders import scores
from tests.workshops import workshop


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


def attached(appraisal: Appraisal, path: Path) -> Sequence[bytes]:
    """The models inside the business case."""
    results = evaluate(appraisal, Settings(draws=50))
    export_pdf(appraisal, results, path, created=datetime(2027, 5, 3, tzinfo=UTC))
    return [data for files in PdfReader(path).attachments.values() for data in files]


@pytest.mark.parametrize("stage", Stage)
def test_the_paper_carries_the_model_only_while_totals_may_be_known(tmp_path: Path, stage: Stage) -> None:
    appraisal = workshop(stage, scores=scores(a=(70, 50, 6), b=(40, 75, 24)))
    assert len(attached(appraisal, tmp_path / "case.pdf")) == (0 if stage in HIDDEN else 1)


def test_the_model_in_the_paper_names_posts_and_no_assessor(tmp_path: Path) -> None:
    appraisal = workshop(Stage.REVEALED, scores=scores(a=(70, 50, 6), b=(40, 75, 24)))
    events = tuple(
        SealEvent(step=Step.START, when="2027-05-03T09:00:00+00:00", who=who) for who in ("Name 1", "Ann", "asmith", "")
    )
    people = (Person(id="person-1", post="Head of Procurement", name="Ann"),)
    named = replace(appraisal, people=people, workshop=replace(appraisal.workshop, events=events))
    (data,) = attached(named, tmp_path / "case.pdf")
    inside = from_bytes(data).appraisal
    assert b"Name 1" not in data
    assert b"asmith" not in data
    assert [event.who for event in inside.workshop.events] == [
        "Post 1",
        "Head of Procurement",
        "Somebody who is not listed under people",
        "",
    ]
    assert [one.post for one in inside.workshop.assessors] == ["Post 1", "Post 2"]
    assert totals(inside) == totals(named)


def test_the_model_in_the_paper_has_the_digest_on_the_paper_where_it_names_posts_only(tmp_path: Path) -> None:
    appraisal = templates.load("worked-example", first_year=2027)
    (data,) = attached(appraisal, tmp_path / "case.pdf")
    assert content_digest(from_bytes(data).appraisal) == content_digest(appraisal)


def test_every_figure_of_scores_has_its_unit() -> None:
    assert {"score", "scoring", "agreement", "score, smallest_flip", "scoring, cost_against_score"} <= set(UNITS)
