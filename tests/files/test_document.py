"""Opening from and saving to a disk."""

import os
import stat
from pathlib import Path

import pytest

from appraise.files.document import (
    ANYTHING,
    KEPT_VERSIONS,
    Document,
    from_bytes,
    kept_versions,
    opened,
    save,
)
from appraise.files.faults import AlreadyThere, CannotWrite, ChangedOnDisk, FileFault
from appraise.model.plain import content_digest
from tests.files.making import WORKED_EXAMPLE, other, small

OLD, NEW = Document(appraisal=small(), log=b"1\n"), Document(appraisal=other(), log=b"1\n2\n")


def test_what_was_saved_opens_again(tmp_path: Path) -> None:
    saved = save(tmp_path / "a.appraisal", OLD, replacing=None)
    read = opened(tmp_path / "a.appraisal")
    assert (read.document, read.fingerprint, read.bare) == (OLD, saved.fingerprint, False)
    assert content_digest(read.document.appraisal) == content_digest(OLD.appraisal)
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.appraisal"]


def test_a_bare_content_opens_too() -> None:
    assert opened(WORKED_EXAMPLE).bare


def test_an_existing_file_is_replaced_only_on_purpose(tmp_path: Path) -> None:
    path = tmp_path / "a.appraisal"
    first = save(path, OLD, replacing=None)
    with pytest.raises(AlreadyThere, match=r"a\.appraisal exists already"):
        save(path, NEW, replacing=None)
    save(path, NEW, replacing=first.fingerprint)
    with pytest.raises(ChangedOnDisk, match="changed by somebody else"):
        save(path, OLD, replacing=first.fingerprint)
    assert opened(path).document == NEW
    save(path, OLD, replacing=ANYTHING)
    assert opened(path).document == OLD


def test_a_file_that_vanished_is_written_again(tmp_path: Path) -> None:
    path = tmp_path / "a.appraisal"
    first = save(path, OLD, replacing=None)
    path.unlink()
    save(path, NEW, replacing=first.fingerprint)
    assert opened(path).document == NEW


def test_the_last_five_versions_are_kept_for_the_user_alone(tmp_path: Path) -> None:
    path, folder = tmp_path / "a.appraisal", tmp_path / "versions"
    for number in range(KEPT_VERSIONS + 3):
        save(path, Document(appraisal=small(), log=b"%d\n" % number), replacing=ANYTHING, keep_in=folder)
    kept = kept_versions(folder)
    assert [from_bytes(version.read_bytes()).log for version in kept] == [
        b"%d\n" % number for number in (6, 5, 4, 3, 2)
    ]
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(version.stat().st_mode) for version in kept} == {0o600}


def test_saving_the_same_again_keeps_no_second_copy(tmp_path: Path) -> None:
    path, folder = tmp_path / "a.appraisal", tmp_path / "versions"
    for _ in range(4):
        save(path, OLD, replacing=ANYTHING, keep_in=folder)
    assert len(kept_versions(folder)) == 1


def test_saving_follows_a_link_and_keeps_the_rights(tmp_path: Path) -> None:
    real, link = tmp_path / "real.appraisal", tmp_path / "link.appraisal"
    save(real, OLD, replacing=None)
    real.chmod(0o664)
    link.symlink_to(real)
    save(link, NEW, replacing=ANYTHING)
    assert link.is_symlink()
    assert opened(real).document == NEW
    assert stat.S_IMODE(real.stat().st_mode) == 0o664


def test_what_a_killed_program_left_is_swept(tmp_path: Path) -> None:
    stray = tmp_path / ".a.appraisal.0123456789ab.tmp"
    foreign = tmp_path / ".b.appraisal.0123456789ab.tmp"
    stray.write_bytes(b"half")
    foreign.write_bytes(b"half")
    save(tmp_path / "a.appraisal", OLD, replacing=None)
    assert (stray.exists(), foreign.exists()) == (False, True)


def told(path: Path) -> str:
    with pytest.raises(FileFault) as caught:
        opened(path)
    return caught.value.sentence


def test_what_cannot_be_opened_gets_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loop = tmp_path / "loop.appraisal"
    loop.symlink_to(loop)
    pipe = tmp_path / "pipe.appraisal"
    os.mkfifo(pipe)
    huge = tmp_path / "huge.appraisal"
    with huge.open("wb") as stream:
        stream.truncate(2**31)
    assert told(loop) == "loop.appraisal cannot be opened, because the link leads in a circle."
    assert told(pipe).startswith("pipe.appraisal is a device, not a file.")
    assert told(huge) == "huge.appraisal is far larger than an appraisal. It was not opened."
    assert told(tmp_path).endswith("is a folder. Choose a file whose name ends in .appraisal.")
    assert told(tmp_path / "none.appraisal").startswith("There is no file none.appraisal.")
    assert told(huge / "inside").endswith("because the folder does not exist.")
    assert "cannot be opened, because the name is too long" in told(tmp_path / ("x" * 300))
    assert "no file name can" in told(Path("a\0b"))
    secret = tmp_path / "secret.appraisal"
    secret.write_bytes(b"x")

    def refuse(_path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert told(secret) == "secret.appraisal cannot be opened, because you have no permission."


def test_what_cannot_be_written_gets_one_sentence(tmp_path: Path) -> None:
    loop = tmp_path / "loop.appraisal"
    loop.symlink_to(loop)
    for path, expected in (
        (loop, "the link leads in a circle"),
        (tmp_path, "is a folder"),
        (Path("/dev/null"), "is a device"),
        (tmp_path / "none" / "a.appraisal", "the folder does not exist"),
        (Path("/proc/a.appraisal"), "was not written, because"),
    ):
        with pytest.raises(CannotWrite, match=expected):
            save(path, OLD, replacing=ANYTHING)


def test_what_could_not_be_opened_again_is_not_saved(tmp_path: Path) -> None:
    path = tmp_path / "a.appraisal"
    save(path, OLD, replacing=None)
    broken = Document(appraisal=small().__class__(title="\ud800", body="", horizon=small().horizon))
    with pytest.raises(CannotWrite, match="Undo the last change"):
        save(path, broken, replacing=ANYTHING)
    assert opened(path).document == OLD


def test_the_same_bytes_are_no_leave_to_replace_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.appraisal"
    saved = save(path, OLD, replacing=None)
    with pytest.raises(AlreadyThere):
        save(path, OLD, replacing=None)
    assert save(path, OLD, replacing=saved.fingerprint).fingerprint == saved.fingerprint


def test_a_long_name_is_cut_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(FileFault) as caught:
        opened(tmp_path / f"{'n' * 150}.appraisal")
    assert caught.value.sentence == f"There is no file {'n' * 60}…. Check the name and the folder."


def test_a_working_folder_that_is_gone_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    with pytest.raises(CannotWrite, match="because the folder does not exist"):
        save(Path("a.appraisal"), OLD, replacing=None)
    monkeypatch.chdir(tmp_path)


def test_a_folder_without_a_name_is_called_something(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for path, name in ((Path(), tmp_path.name), (Path("/"), "/")):
        with pytest.raises(CannotWrite, match=f"^{name} is a folder"):
            save(path, OLD, replacing=None)
