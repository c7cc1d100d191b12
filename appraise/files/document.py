"""Opening and saving an appraisal file, whole or not at all."""

import contextlib
import hashlib
import json
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from appraise.files import container
from appraise.files.faults import AlreadyThere, CannotWrite, ChangedOnDisk, FileFault, called
from appraise.files.strict import VERSION_KEY, OlderFormat, appraisal_from
from appraise.files.upgrades import CURRENT
from appraise.files.writing import flush_folder, sweep, target_of, why, written_aside
from appraise.model.appraisal.document import Appraisal
from appraise.model.plain import plain

#: A text as JSON: an encoder made once, because a document has thousands of short texts.
_text = json.JSONEncoder(ensure_ascii=False).encode
#: `save(replacing=ANYTHING)`: the user has said that whatever stands there may go.
ANYTHING: Final = "anything"
#: How many earlier versions are kept of each file.
KEPT_VERSIONS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What a file holds: the appraisal and the audit log, one JSON object a line (workspace/audit.py)."""

    appraisal: Appraisal
    log: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A file as read. `fingerprint`: SHA-256 of its bytes. `bare`: a content.json without container.

    `older`: how the content stood there, if that is an older format; the document is up to date.
    """

    document: Document
    fingerprint: str
    bare: bool
    older: OlderFormat | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """A file as written, and sentences about what went less than well beside it."""

    fingerprint: str
    notices: tuple[str, ...]


def opened(path: Path) -> Opened:
    """Read an appraisal file or a bare content.json. Raises FileFault with the sentence to show."""
    data = _bytes_of(path)
    bare = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")
    document, older = _read(data)
    return Opened(document=document, fingerprint=_fingerprint(data), bare=bare, older=older)


def from_bytes(data: bytes) -> Document:
    """The document in the bytes of a file, brought up to date. Raises FileFault."""
    return _read(data)[0]


def _read(data: bytes) -> tuple[Document, OlderFormat | None]:
    if not data.strip():
        raise FileFault("This file is empty. Open an earlier version or a copy.")
    if data.startswith(b"PK"):
        version, content, log = container.unpacked(data)
        appraisal, older = appraisal_from(content, version)
        return Document(appraisal=appraisal, log=log), older
    if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"["):
        appraisal, older = appraisal_from(data)
        return Document(appraisal=appraisal), older
    raise FileFault(f"This is {_foreign(data)}, not an appraisal. Choose a file whose name ends in .appraisal.")


def to_bytes(document: Document) -> bytes:
    """The bytes of the container; the same content and log give the same bytes."""
    return container.packed(content_json(document.appraisal), document.log)


def content_json(appraisal: Appraisal) -> bytes:
    """content.json: sorted names, one group of lines for each record, lists of figures on one line."""
    return (_laid_out({VERSION_KEY: CURRENT} | plain(appraisal), "") + "\n").encode(errors="replace")


def save(path: Path, document: Document, *, replacing: str | None, keep_in: Path | None = None) -> Saved:
    """Write beside, flush, read back, compare and move into place.

    `replacing`: fingerprint of the file that may be replaced, None if none may, or ANYTHING. The file
    that is replaced is kept first in `keep_in`, a folder of the user's own data (so that colleagues on a
    shared drive do not get earlier states), readable for nobody else; the last five stay.

    Raises AlreadyThere, ChangedOnDisk or CannotWrite; then the old file is whole.
    """
    target = target_of(path)
    data = to_bytes(document)
    _check_readable_again(data, document)
    before = _standing(target)
    if before is not None and replacing != ANYTHING:
        _check_may_replace(path, before, replacing, data)
    notices = [] if before is None or keep_in is None else [_keep(before, keep_in)]
    sweep(target)
    with written_aside(target, verify=_same_bytes(data)) as aside:
        aside.write_bytes(data)
    notices.append(flush_folder(target.parent))
    return Saved(fingerprint=_fingerprint(data), notices=tuple(filter(None, notices)))


def kept_versions(folder: Path) -> tuple[Path, ...]:
    """The earlier versions kept in a folder, newest first."""
    with contextlib.suppress(OSError):
        return tuple(sorted(folder.glob("*.appraisal"), reverse=True))
    return ()


def _bytes_of(path: Path) -> bytes:
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise FileFault(f"{called(path)} is a folder. Choose a file whose name ends in .appraisal.")
        if not stat.S_ISREG(status.st_mode):
            raise FileFault(f"{called(path)} is a device, not a file. Choose a file whose name ends in .appraisal.")
        if status.st_size > container.FILE_LIMIT:
            raise FileFault(f"{called(path)} is far larger than an appraisal. It was not opened.")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise FileFault(f"There is no file {called(path)}. Check the name and the folder.") from error
    except (OSError, ValueError) as error:
        reason = why(error) if isinstance(error, OSError) else "the name holds a character that no file name can"
        raise FileFault(f"{called(path)} cannot be opened, because {reason}.") from error


def _foreign(data: bytes) -> str:
    known = (
        (b"%PDF", "a PDF"),
        (b"\xd0\xcf\x11\xe0", "an old Office document"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"<", "a web page or XML file"),
    )
    return next((kind for start, kind in known if data.lstrip().startswith(start)), "another kind of file")


def _fingerprint(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _standing(target: Path) -> bytes | None:
    """The bytes that stand at the target now, None if there is no file."""
    try:
        return target.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise CannotWrite(f"{called(target)} was not written, because {why(error)}. It is as it was.") from error


def _check_may_replace(path: Path, before: bytes, replacing: str | None, data: bytes) -> None:
    if replacing is None:
        raise AlreadyThere(f"{called(path)} exists already. Choose another name, or agree to replace it.")
    if before != data and _fingerprint(before) != replacing:
        raise ChangedOnDisk(
            f"{called(path)} was changed by somebody else since it was opened. "
            "Save under another name, or agree to replace their version."
        )


def _check_readable_again(data: bytes, document: Document) -> None:
    """What could not be opened again must not replace what can. Raises CannotWrite."""
    try:
        again = from_bytes(data)
    except FileFault as error:
        raise CannotWrite(f"Nothing was saved, because it could not be opened again. {error.sentence}") from error
    if again != document:
        raise CannotWrite("Nothing was saved, because it would be read back differently. Undo the last change.")


def _same_bytes(data: bytes) -> Callable[[Path], None]:
    def verify(aside: Path) -> None:
        if aside.read_bytes() != data:
            raise CannotWrite("Nothing was saved: the disk gave back other data than was written. Use another disk.")

    return verify


def _keep(before: bytes, folder: Path) -> str:
    """Put the version that is about to be replaced into the folder; a sentence if that fails."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        versions = kept_versions(folder)
        if versions and versions[0].read_bytes() == before:
            return ""
        number = int(versions[0].stem) + 1 if versions else 1
        fresh = folder / f"{number:06}.appraisal"
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as stream:
            stream.write(before)
        for old in kept_versions(folder)[KEPT_VERSIONS:]:
            old.unlink(missing_ok=True)
    except (OSError, ValueError):
        return "The file was saved, but the version before it could not be kept."
    return ""


def _laid_out(value: Any, indent: str) -> str:
    """JSON with sorted names; a list of plain values stays on one line."""
    deeper = indent + " "
    if isinstance(value, dict) and value:
        rows = [f"{deeper}{_text(name)}: {_laid_out(item, deeper)}" for name, item in sorted(value.items())]
        return "{\n" + ",\n".join(rows) + f"\n{indent}}}"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, list) and any(isinstance(item, (dict, list)) for item in value):
        return "[\n" + ",\n".join(deeper + _laid_out(item, deeper) for item in value) + f"\n{indent}]"
    return json.dumps(value, ensure_ascii=False)
