"""An open appraisal: history, audit log, saving, recovery and results."""

import json
import shutil
import stat
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from appraise.files.document import Document, opened, save
from appraise.files.faults import AlreadyThere, CannotWrite, ChangedOnDisk, FileFault
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.workshop import Stage, Step
from appraise.model.edits.changing import EditRefused
from appraise.model.edits.criteria import set_swing
from appraise.model.edits.scores import set_score
from appraise.model.edits.workshop import change_workshop, take_step
from appraise.model.sealing import criteria_digest, weights_digest
from appraise.workspace import audit, recent, recovery
from appraise.workspace.locking import InUse
from appraise.workspace.session import Applied, Session, earlier_versions
from tests.builders import appraisal, scores, tree
from tests.files.making import WORKED_EXAMPLE, older, other, small

VERSION_1 = Path(__file__).parents[1] / "formats" / "version-1.appraisal"


def noon() -> datetime:
    return datetime(2027, 4, 1, 12, tzinfo=UTC)


def titled(session: Session, title: str, key: str = "") -> Applied:
    return session.apply(replace(session.appraisal, title=title), "Change the title", merge_key=key)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    target = tmp_path / "a.appraisal"
    save(target, Document(appraisal=small()), replacing=None)
    return target


def test_a_new_session_has_no_file_and_is_not_modified() -> None:
    session = Session.new("blank", clock=noon)
    assert (session.path, session.modified, session.undo_text) == (None, False, "")
    assert session.appraisal.horizon.first_year == 2027
    with pytest.raises(CannotWrite, match="Choose a name"):
        session.save()


def test_edits_undo_and_redo_give_back_the_very_same_documents() -> None:
    session = Session.new("blank")
    start = session.appraisal
    assert titled(session, "One") is Applied.NEW
    one = session.appraisal
    titled(session, "Two")
    assert (session.undo(), session.undo(), session.undo()) == ("Change the title", "Change the title", None)
    assert session.appraisal is start
    assert (session.modified, session.undo_text, session.redo_text) == (False, "", "Change the title")
    assert session.redo() == "Change the title"
    assert session.appraisal is one
    titled(session, "Three")
    assert (session.redo(), session.redo_text) == (None, "")


def test_nothing_happens_for_an_equal_document() -> None:
    session = Session.new("blank")
    assert session.apply(replace(session.appraisal), "Nothing") is Applied.NOTHING
    assert len(session.entries()) == 1


def test_a_drag_is_one_step_and_one_entry_even_when_a_recovery_copy_falls_into_it() -> None:
    session = Session.new("blank")
    start = session.appraisal
    assert [titled(session, f"Drag {number}", "drag") for number in range(3)] == [
        Applied.NEW,
        Applied.MERGED,
        Applied.MERGED,
    ]
    assert session.keep_recovery_copy()
    assert titled(session, "Drag 9", "drag") is Applied.MERGED
    session.end_gesture()
    assert titled(session, "Again", "drag") is Applied.NEW
    before, drag, again = session.entries()
    assert (before.after, drag.after) == (drag.before, again.before)
    session.undo()
    session.undo()
    assert session.appraisal is start


def test_another_key_and_an_undo_end_a_gesture() -> None:
    session = Session.new("blank")
    titled(session, "One", "a")
    assert titled(session, "Two", "b") is Applied.NEW
    session.undo()
    assert titled(session, "Three", "a") is Applied.NEW


def test_the_log_says_who_did_what_when_and_why_and_undo_too(path: Path) -> None:
    with Session.open(path, who="ann", clock=noon) as session:
        before = session.digest
        session.apply(other(), "Change the title", "It was wrong")
        after = session.digest
        session.undo()
        session.redo()
        session.save()
    with Session.open(path) as session:
        edit, undo, redo = session.entries()
        assert session.notices == ()
    assert edit == audit.Entry(
        when="2027-04-01T12:00:00+00:00",
        who="ann",
        action="Change the title",
        why="It was wrong",
        before=before,
        after=after,
    )
    assert (undo.action, undo.before, undo.after) == ("Undo: Change the title", after, before)
    assert (redo.action, redo.before, redo.after) == ("Redo: Change the title", before, after)


def test_an_altered_log_is_told_and_does_not_keep_the_file_shut(path: Path) -> None:
    with Session.open(path) as session:
        for title in ("One", "Two", "Three"):
            titled(session, title)
        session.save()
    lines = audit.lines_of(opened(path).document.log)
    spoiled = {
        "altered at or before entry 2": [lines[0].replace(b"Change", b"Chance"), *lines[1:]],
        "altered at or before entry 1": lines[1:],
        "altered at or before entry 3": [lines[0], lines[1], lines[2].replace(b'before":"', b'before":"0')],
        "Entry 2 of the audit log cannot be read": [lines[0], b"nonsense", lines[2]],
        "changed outside Appraise": lines[:2],
    }
    for expected, log in spoiled.items():
        save(path, Document(appraisal=opened(path).document.appraisal, log=audit.written(log)), replacing="anything")
        with Session.open(path) as session:
            assert expected in session.notices[0]


def test_saving_makes_it_unmodified_and_undo_modifies_again(path: Path) -> None:
    with Session.open(path) as session:
        titled(session, "One")
        assert session.modified
        session.save()
        assert not session.modified
        session.undo()
        assert session.modified
        session.redo()
        assert not session.modified
    assert opened(path).document.appraisal.title == "One"


def test_a_file_changed_by_somebody_else_is_not_overwritten_unasked(path: Path) -> None:
    with Session.open(path) as session:
        titled(session, "Mine")
        save(path, Document(appraisal=other()), replacing="anything")
        with pytest.raises(ChangedOnDisk):
            session.save()
        assert session.modified
        assert opened(path).document.appraisal == other()
        session.save(overwrite=True)
        assert opened(path).document.appraisal.title == "Mine"
    assert opened(earlier_versions(path)[0]).document.appraisal == other()


def test_a_second_session_is_refused_and_may_read(path: Path) -> None:
    with Session.open(path, who="ann"):
        with pytest.raises(InUse, match="open already, by ann on"):
            Session.open(path)
        with Session.open(path, read_only=True) as reader:
            titled(reader, "Mine")
            with pytest.raises(CannotWrite, match="reading only"):
                reader.save()
            reader.save_as(path.with_name("b.appraisal"))
            titled(reader, "Mine again")
            reader.save()
    with Session.open(path) as session:
        assert session.appraisal == small()
    assert sorted(entry.name for entry in path.parent.iterdir()) == ["a.appraisal", "b.appraisal", "home"]


def test_save_as_asks_before_replacing_and_moves_the_lock(path: Path) -> None:
    second = path.with_name("b.appraisal")
    save(second, Document(appraisal=other()), replacing=None)
    with Session.open(path) as session:
        with pytest.raises(AlreadyThere):
            session.save_as(second)
        assert session.path == path
        session.save_as(second, overwrite=True)
        assert session.path == second
        Session.open(path).close()
        with pytest.raises(InUse):
            Session.open(second)
    Session.open(second).close()


def test_a_folder_that_cannot_be_written_opens_for_reading(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr("appraise.workspace.locking.os.open", refuse)
        session = Session.open(path)
    assert session.read_only
    assert "can only be read, because you have no permission" in session.notices[0]


def test_a_bare_content_opens_without_a_file() -> None:
    with Session.open(WORKED_EXAMPLE) as session:
        assert session.path is None
        assert "Save it as an appraisal" in session.notices[0]
    assert not WORKED_EXAMPLE.with_name(f".{WORKED_EXAMPLE.name}.lock").exists()


def test_a_damaged_file_names_the_version_kept_before_it(path: Path) -> None:
    with Session.open(path) as session:
        titled(session, "One")
        session.save()
    path.write_bytes(path.read_bytes()[:200])
    with pytest.raises(FileFault, match="The version saved before it is kept in") as caught:
        Session.open(path)
    kept = earlier_versions(path)[0]
    assert str(kept) in caught.value.sentence
    assert opened(kept).document.appraisal == small()


def test_followers_get_old_and_new() -> None:
    session = Session.new("blank")
    seen: list[tuple[Appraisal, Appraisal]] = []
    callback = lambda old, new: seen.append((old, new))  # noqa: E731
    session.follow(callback)
    start = session.appraisal
    titled(session, "One")
    session.undo()
    session.unfollow(callback)
    session.redo()
    assert [(old.title, new.title) for old, new in seen] == [("New appraisal", "One"), ("One", "New appraisal")]
    assert seen[0][0] is start
    assert seen[0][0].options is seen[0][1].options


def test_a_fresh_id_is_not_in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    session = Session.new("blank")
    titles = iter(["business_as_usual", "1a2b3c4d"])
    monkeypatch.setattr("appraise.workspace.session.secrets.token_hex", lambda _: next(titles))
    assert session.fresh_id("option") == "option-1a2b3c4d"


def lost(path: Path | None, title: str) -> None:
    """A session that ends without saving or closing, as by a power cut: only the system gives its lock back."""
    session = Session.new("blank") if path is None else Session.open(path)
    titled(session, title)
    assert session.keep_recovery_copy()
    assert not session.keep_recovery_copy()
    for lock in (session._lock, session._recovery._lock):
        if lock is not None:
            lock.release()


def test_unsaved_work_is_offered_and_recovered_with_its_log(path: Path, home: Path) -> None:
    lost(path, "Unsaved")
    copies = list((home / "recovery").glob("*"))
    assert {stat.S_IMODE(copy.stat().st_mode) for copy in copies} == {0o600}
    (offer,) = recovery.offers()
    assert (offer.original, offer.title) == (path, "Unsaved")
    with Session.recover(offer) as session:
        assert (session.appraisal.title, session.path, session.modified) == ("Unsaved", path, True)
        assert [entry.action for entry in session.entries()] == ["Change the title", "Recover unsaved work"]
        assert recovery.offers() == ()
        session.save()
        assert not list((home / "recovery").glob("*.appraisal"))
    assert opened(path).document.appraisal.title == "Unsaved"


def test_recovered_work_does_not_overwrite_what_was_saved_meanwhile(path: Path) -> None:
    lost(path, "Unsaved")
    save(path, Document(appraisal=other()), replacing="anything")
    (offer,) = recovery.offers()
    with Session.recover(offer) as session, pytest.raises(ChangedOnDisk):
        session.save()


def test_recovery_copies_go_when_the_work_is_saved_or_given_up(path: Path, home: Path) -> None:
    with Session.open(path) as session:
        titled(session, "One")
        session.keep_recovery_copy()
        assert recovery.offers() == ()
        session.save()
        assert not list((home / "recovery").iterdir())
        titled(session, "Two")
        session.keep_recovery_copy()
    assert not list((home / "recovery").iterdir())
    lost(None, "Never saved")
    (offer,) = recovery.offers()
    assert offer.original is None
    recovery.discard(offer)
    assert recovery.offers() == ()


def test_a_recovery_copy_that_cannot_be_written_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    session = Session.new("blank")
    titled(session, "One")
    monkeypatch.setenv("APPRAISE_HOME", "/dev/null/nowhere")
    assert not session.keep_recovery_copy()
    assert not session.keep_recovery_copy()
    assert session.notices == ("No recovery copy could be written. Save often.",)


def test_recent_files_are_newest_first_and_exist(tmp_path: Path, path: Path) -> None:
    second = tmp_path / "b.appraisal"
    with Session.open(path) as session:
        session.save_as(second)
    assert recent.files() == (second, path)
    Session.open(path).close()
    assert recent.files() == (path, second)
    second.unlink()
    assert recent.files() == (path,)


def test_a_spoiled_list_of_recent_files_is_no_fault(home: Path, path: Path) -> None:
    home.mkdir()
    (home / "recent.json").write_text("{")
    assert recent.files() == ()
    recent.remember(path)
    assert recent.files() == (path,)


def test_being_stopped_while_opening_or_saving_gives_the_lock_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.appraisal"
    with Session.new() as session:
        session.save_as(path)

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("appraise.workspace.session.file.opened", stop)
        with pytest.raises(KeyboardInterrupt):
            Session.open(path)
    assert not (tmp_path / ".a.appraisal.lock").exists()
    with monkeypatch.context() as patched, Session.new() as session:
        patched.setattr("appraise.workspace.session.file.save", stop)
        with pytest.raises(KeyboardInterrupt):
            session.save_as(tmp_path / "b.appraisal")
    assert not (tmp_path / ".b.appraisal.lock").exists()


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A file of format 1 that somebody wants to go on with."""
    path = tmp_path / "old.appraisal"
    shutil.copy(VERSION_1, path)
    return path


def test_opening_an_older_file_changes_nothing_and_says_what_saving_does(old: Path) -> None:
    before, log = old.read_bytes(), opened(old).document.log
    with Session.open(old) as session:
        assert session.notices == (
            "This file is from an older Appraise. Once saved, it opens in this version or a newer one only.",
        )
        assert (session.modified, session.undo_text) == (False, "")
        assert session.entries() == audit.entries_of(audit.lines_of(log))
        assert session.last_changed == datetime(2026, 11, 22, 9, tzinfo=UTC)
        assert not session.keep_recovery_copy()
    assert old.read_bytes() == before


def test_the_log_says_that_an_older_file_was_brought_up_to_date(old: Path) -> None:
    with Session.open(old, who="ann", clock=noon) as session:
        known, today = session.entries(), session.digest
        titled(session, "One", "drag")
        assert titled(session, "Two", "drag") is Applied.MERGED
        session.undo()
        session.save()
    with Session.open(old) as session:
        assert session.notices == ()
        *before, upgrade, edit, undo = session.entries()
    assert tuple(before) == known
    assert upgrade == audit.Entry(
        when="2027-04-01T12:00:00+00:00",
        who="ann",
        action="Bring the file from format 1 to format 6",
        why="",
        before=known[-1].after,
        after=today,
        previous=upgrade.previous,
    )
    assert (edit.action, edit.before, undo.after) == ("Change the title", today, today)
    assert known[-1].after != today


def test_saving_alone_says_so_too_and_once(old: Path) -> None:
    for _ in range(2):
        with Session.open(old) as session:
            session.save()
            session.save()
            assert [entry.action for entry in session.entries()[4:]] == ["Bring the file from format 1 to format 6"]
    assert opened(old).older is None


def test_an_older_file_that_was_changed_outside_is_told_so(tmp_path: Path) -> None:
    with zipfile.ZipFile(VERSION_1) as archive:
        content, log = json.loads(archive.read("content.json")), archive.read("audit.jsonl")
    changed = tmp_path / "changed.appraisal"
    for title, notices in ((content["title"], 0), ("Another", 1)):
        changed.write_bytes(older(content | {"title": title}, 1, log))
        with Session.open(changed, read_only=True) as session:
            assert len(session.notices) == notices
            assert all("changed outside Appraise" in notice for notice in session.notices)


def test_unsaved_work_on_an_older_file_is_recovered_with_a_whole_log(old: Path) -> None:
    lost(old, "Unsaved")
    (offer,) = recovery.offers()
    with Session.recover(offer) as session:
        session.save()
    with Session.open(old) as session:
        assert session.notices == ()
        assert [entry.action for entry in session.entries()[4:]] == [
            "Bring the file from format 1 to format 6",
            "Change the title",
            "Recover unsaved work",
        ]


def test_a_recovery_copy_of_an_older_program_is_brought_up_to_date(old: Path, home: Path) -> None:
    (home / "recovery").mkdir(parents=True)
    copy = home / "recovery" / "a.appraisal"
    shutil.copy(VERSION_1, copy)
    (offer,) = recovery.offers()
    with Session.recover(offer) as session:
        session.save_as(old, overwrite=True)
    with Session.open(old) as session:
        assert session.notices == ()
        assert [entry.action for entry in session.entries()[4:]] == [
            "Bring the file from format 1 to format 6",
            "Recover unsaved work",
        ]


def test_a_bare_content_of_an_older_format_says_where_it_came_from(tmp_path: Path) -> None:
    bare, path = tmp_path / "content.json", tmp_path / "a.appraisal"
    with zipfile.ZipFile(VERSION_1) as archive:
        bare.write_bytes(archive.read("content.json"))
    with Session.open(bare) as session:
        session.save_as(path)
    with Session.open(path) as session:
        assert session.notices == ()
        assert [entry.action for entry in session.entries()] == ["Bring the file from format 1 to format 6"]


# Seals -------------------------------------------------------------------------------------------------------

TREE = replace(appraisal(**tree(100, 50), scores=scores(a=(90, 10), b=(50, 60))), title="Gullies", body="Saltmere")


def scored_session(document: Appraisal = TREE) -> Session:
    return Session(document, who="ann", clock=noon)


def sealed(*steps: Step) -> Session:
    session = scored_session()
    for step in steps:
        session.seal(step)
    return session


def test_undo_cannot_cross_a_seal() -> None:
    session = scored_session()
    titled(session, "One")
    titled(session, "Two")
    session.undo()
    session.seal(Step.START)
    assert (session.undo_text, session.redo_text) == ("", "")
    assert (session.undo(), session.redo()) == (None, None)
    assert session.appraisal.title == "One"
    assert titled(session, "Three") is Applied.NEW
    assert session.undo() == "Change the title"
    assert session.undo() is None
    assert session.appraisal.workshop.stage is Stage.PREPARING


def test_a_gesture_does_not_go_on_over_a_seal() -> None:
    session = scored_session()
    titled(session, "One", "drag")
    session.seal(Step.START)
    assert titled(session, "Two", "drag") is Applied.NEW
    session.undo()
    assert session.appraisal.title == "One"


def test_a_seal_stands_in_the_audit_log_by_the_clock_and_the_user() -> None:
    session = scored_session()
    before = session.digest
    session.seal(Step.START)
    (entry,) = session.entries()
    assert (entry.action, entry.who, entry.when) == ("Start a sealed workshop", "ann", "2027-04-01T12:00:00+00:00")
    assert (entry.before, entry.after, entry.why) == (before, session.digest, "")
    (event,) = session.appraisal.workshop.events
    assert (event.step, event.who, event.when) == (Step.START, "ann", "2027-04-01T12:00:00+00:00")
    assert session.appraisal.workshop.id.startswith("workshop-")
    assert session.modified


def test_a_step_that_is_not_ready_leaves_everything_as_it_was() -> None:
    session = scored_session()
    titled(session, "One")
    before, log = session.appraisal, session.entries()
    for step, reason in ((Step.SEAL, ""), (Step.UNLOCK, "x"), (Step.GIVE_UP, "x")):
        with pytest.raises(EditRefused):
            session.seal(step, reason)
    assert (session.appraisal, session.entries(), session.undo_text) == (before, log, "Change the title")


def test_what_is_sealed_cannot_be_changed_and_all_else_can() -> None:
    session = sealed(Step.START, Step.AGREE, Step.SEAL)
    before, log = session.appraisal, session.entries()
    for new in (
        set_swing(before, criterion="c2", swing=60),
        take_step(before, step=Step.CLOSE, when="now", who="somebody"),
        replace(before, workshop=TREE.workshop),
    ):
        with pytest.raises(EditRefused):
            session.apply(new, "Change what is sealed")
    assert (session.appraisal, session.entries()) == (before, log)
    assert titled(session, "One") is Applied.NEW
    session.undo()
    session.seal(Step.UNLOCK, "The yardstick was wrong")
    assert session.apply(set_swing(session.appraisal, criterion="c2", swing=60), "Change swing") is Applied.NEW
    assert [entry.why for entry in session.entries() if entry.action == "Unlock what is sealed"] == [
        "The yardstick was wrong"
    ]


def test_only_closing_steps_give_a_receipt() -> None:
    session = scored_session()
    given = {}
    for step in (Step.START, Step.AGREE, Step.SEAL, Step.CLOSE, Step.REVEAL, Step.UNLOCK, Step.LOCK):
        given[step] = session.seal(step, "It was wrong" if step is Step.UNLOCK else "")
    assert {step for step, text in given.items() if text} == {Step.SEAL, Step.REVEAL, Step.LOCK}
    assert session.receipt() == given[Step.LOCK]


def test_a_receipt_says_what_was_sealed_and_what_it_proves() -> None:
    session = sealed(Step.START, Step.AGREE)
    assert session.receipt() == ""
    text = session.seal(Step.SEAL)
    document = session.appraisal
    for part in (
        "Weights sealed",
        "Gullies",
        "Saltmere",
        "Stage: Scoring alone",
        "1 April 2027, 12:00 UTC",
        "ann",
        session.digest,
        criteria_digest(document),
        weights_digest(document),
    ):
        assert part in text
    assert 10 <= len(text.splitlines()) <= 14
    assert len(text.splitlines()[-1].split()) <= 25
    # the head of the chain at that moment: what the next entry carries
    titled(session, "Later")
    assert session.entries()[-1].previous in text


def test_a_receipt_is_written_again_from_the_file_and_still_names_what_was_sealed(tmp_path: Path) -> None:
    session = sealed(Step.START, Step.AGREE)
    text = session.seal(Step.SEAL, "All agreed")
    session.seal(Step.UNLOCK, "A slip")
    session.apply(set_swing(session.appraisal, criterion="c2", swing=60), "Change swing")
    assert session.receipt() == text
    session.save_as(tmp_path / "sealed.appraisal")
    session.close()
    with Session.open(tmp_path / "sealed.appraisal") as again:
        assert again.notices == ()
        assert again.receipt() == text
        assert "Change swing" not in text
        newer = again.seal(Step.LOCK)
        assert newer != text
        assert again.receipt() == newer


def test_beside_a_receipt_stands_what_was_changed_since() -> None:
    session = sealed(Step.START, Step.AGREE)
    assert session.receipt_today() == ""
    session.seal(Step.SEAL)
    same = "Criteria, gates and options today: the same\nWeights today: the same"
    assert session.receipt_today() == f"Stage today: Scoring alone\n{same}"
    session.seal(Step.UNLOCK, "A slip")
    session.apply(set_swing(session.appraisal, criterion="c2", swing=60), "Change swing")
    assert session.receipt_today().splitlines() == [
        "Stage today: Scoring alone, unlocked",
        "Criteria, gates and options today: the same",
        "Weights today: changed since",
    ]


def test_beside_the_receipt_of_a_reveal_stands_whether_scores_are_the_same() -> None:
    session = scored_session()
    for step in (Step.START, Step.AGREE, Step.SEAL, Step.CLOSE, Step.REVEAL):
        session.seal(step)
    assert session.receipt_today().endswith("Marks and scores today: the same")
    session.seal(Step.UNLOCK, "A slip")
    first = session.appraisal.scores[0]
    scored = set_score(session.appraisal, option=first.option, criterion=first.criterion, value=first.value + 1)
    session.apply(scored, "Change score")
    assert session.receipt_today().endswith("Weights today: the same\nMarks and scores today: changed since")
    session.seal(Step.LOCK)
    assert session.receipt_today().endswith("Marks and scores today: the same")


def test_a_receipt_that_was_kept_says_later_what_is_the_same() -> None:
    session = sealed(Step.START, Step.AGREE)
    assert session.compare_receipt("Criteria: they were agreed") == ()
    kept = session.seal(Step.SEAL)
    names = ["Criteria, gates and options", "Weights", "The audit log up to then", "The document as a whole"]
    assert session.compare_receipt(kept) == tuple((name, True) for name in names)
    quoted = "Dear Ann,\n" + "\n".join(f"> {line}" for line in kept.upper().splitlines())
    assert session.compare_receipt(quoted) == session.compare_receipt(kept)
    session.seal(Step.UNLOCK, "A slip")
    session.apply(set_swing(session.appraisal, criterion="c2", swing=60), "Change swing")
    session.seal(Step.LOCK)
    assert [same for _, same in session.compare_receipt(kept)] == [True, False, True, False]
    other = sealed(Step.START, Step.AGREE)
    titled(other, "Another appraisal")
    assert dict(session.compare_receipt(other.seal(Step.SEAL)))["The audit log up to then"] is False
    assert session.compare_receipt(f"Weights: {'0' * 64}") == (("Weights", False),)


def test_a_receipt_of_a_reveal_finds_marks_and_scores_as_they_stood() -> None:
    session = scored_session()
    for step in (Step.START, Step.AGREE, Step.SEAL, Step.CLOSE):
        session.seal(step)
    kept = session.seal(Step.REVEAL)
    assert dict(session.compare_receipt(kept))["Marks and scores"] is True
    session.seal(Step.UNLOCK, "A slip")
    first = session.appraisal.scores[0]
    scored = set_score(session.appraisal, option=first.option, criterion=first.criterion, value=first.value + 1)
    session.apply(scored, "Change score")
    session.seal(Step.LOCK)
    assert dict(session.compare_receipt(kept))["Marks and scores"] is False
    assert dict(session.compare_receipt(kept))["Weights"] is True


def test_a_receipt_names_the_post_of_the_facilitator_beside_the_login() -> None:
    session = sealed(Step.START, Step.AGREE)
    assert "\nWho: ann\n" in session.seal(Step.SEAL)
    session.apply(change_workshop(session.appraisal, facilitator="Head of Policy"), "Change facilitator")
    assert "\nFacilitator: Head of Policy; login: ann\n" in session.receipt()


def test_a_receipt_asked_for_during_a_drag_does_not_end_it() -> None:
    session = sealed(Step.START, Step.AGREE, Step.SEAL)
    titled(session, "One", "drag")
    assert session.receipt()
    assert titled(session, "Two", "drag") is Applied.MERGED


def test_work_behind_a_seal_is_recovered(tmp_path: Path, home: Path) -> None:
    session = sealed(Step.START, Step.AGREE, Step.SEAL)
    text = session.receipt()
    assert session.keep_recovery_copy()
    (copy,) = (home / "recovery").glob("*.appraisal")
    kept = shutil.copy(copy, tmp_path / "copy.appraisal")
    offer = recovery.Offer(copy=Path(kept), original=None, fingerprint=None, title="Gullies", when="")
    with Session.recover(offer, clock=noon) as again:
        assert again.appraisal == session.appraisal
        assert again.receipt() == text
        with pytest.raises(EditRefused):
            again.apply(set_swing(again.appraisal, criterion="c2", swing=60), "Change swing")
