"""The ZIP container of an appraisal file: members, manifest and the limits kept before anything is unpacked.

Members, in this order: `mimetype` (stored), `manifest.json`, `content.json`, `audit.jsonl`. The same
content and log give the same bytes.
"""

import hashlib
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

from appraise.files.faults import FileFault, shown
from appraise.files.upgrades import CURRENT

MIMETYPE = b"application/vnd.appraise.appraisal+zip"
CONTENT = "content.json"
AUDIT = "audit.jsonl"
_MEMBERS = ("mimetype", "manifest.json", CONTENT, AUDIT)

#: Limits in bytes. A real appraisal with 300 lines over 60 years has about 1 MB of content.
FILE_LIMIT = 48 * 2**20
MEMBER_LIMITS: Mapping[str, int] = {
    "mimetype": 100,
    "manifest.json": 10_000,
    CONTENT: 16 * 2**20,
    AUDIT: 64 * 2**20,
}
#: Rows of zeros pack 200 times smaller; a bomb packs 1,000 times smaller. Small members are not judged.
RATIO_LIMIT = 400
RATIO_FROM = 2**20

#: What the program writes, and any ZIP tool can. The others unpack without a bound.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_PIECE = 2**16
#: The end record of a ZIP without a comment is 22 bytes long and starts so.
_END, _END_LENGTH = b"PK\x05\x06", 22

#: What unpacking and reading of hostile bytes may raise.
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    RuntimeError,
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
    ArithmeticError,
    MemoryError,
    OSError,
)

_DAMAGED = "This file is damaged: {what}. Open an earlier version or a copy."


def packed(content: bytes, audit: bytes) -> bytes:
    """The container with these two members. Dates are fixed, so equal members give equal bytes."""
    members = {CONTENT: content, AUDIT: audit}
    manifest = {
        "format_version": CURRENT,
        "members": {
            name: {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)} for name, data in members.items()
        },
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        _add(archive, "mimetype", MIMETYPE, zipfile.ZIP_STORED)
        _add(archive, "manifest.json", _pretty(manifest), zipfile.ZIP_DEFLATED)
        for name, data in members.items():
            _add(archive, name, data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def unpacked(data: bytes) -> tuple[int, bytes, bytes]:
    """The format version, the content and the audit log of a container.

    Raises FileFault for anything that is not a whole container of a version this program knows.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_members(archive)
            _check_ends(archive, data)
            version, promised = _manifest(archive)
            content, audit = (_member(archive, name, promised) for name in (CONTENT, AUDIT))
    except _UNREADABLE as error:
        raise FileFault(_DAMAGED.format(what="it cannot be unpacked")) from error
    return version, content, audit


def _add(archive: zipfile.ZipFile, name: str, data: bytes, method: int) -> None:
    entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    entry.compress_type = method
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, data, compresslevel=6)


def _pretty(value: Any) -> bytes:
    return (json.dumps(value, indent=1, sort_keys=True) + "\n").encode()


def _check_members(archive: zipfile.ZipFile) -> None:
    """Refuse a foreign, hostile or incomplete container by its list of members alone."""
    names = [entry.filename for entry in archive.infolist()]
    if not names or names[0] != "mimetype" or archive.infolist()[0].file_size != len(MIMETYPE):
        raise FileFault(_foreign(names))
    for entry in archive.infolist():
        if entry.compress_type not in _METHODS:
            raise FileFault(f'The part "{shown(entry.filename)}" is packed in an unknown way. The file was not opened.')
    if _read(archive, "mimetype") != MIMETYPE:
        raise FileFault(_foreign(names))
    for name in names:
        if name not in _MEMBERS:
            raise FileFault(f'This file holds a part that does not belong there: "{shown(name)}". It was not opened.')
        if names.count(name) > 1:
            raise FileFault(f'This file holds the part "{name}" twice. It was not opened.')
    missing = [name for name in _MEMBERS if name not in names]
    if missing:
        raise FileFault(_DAMAGED.format(what=f"the part {missing[0]} is missing"))
    for entry in archive.infolist():
        _check_size(entry)


def _check_ends(archive: zipfile.ZipFile, data: bytes) -> None:
    """Refuse bytes before the first member and behind the end: no other reading may hide in the file."""
    if archive.infolist()[0].header_offset or archive.comment or not data[-_END_LENGTH:].startswith(_END):
        raise FileFault(_DAMAGED.format(what="something stands before its start or behind its end"))


def _check_size(entry: zipfile.ZipInfo) -> None:
    limit = MEMBER_LIMITS[entry.filename]
    bomb = entry.file_size > RATIO_FROM and entry.file_size > RATIO_LIMIT * max(1, entry.compress_size)
    if entry.file_size > limit or bomb:
        raise FileFault(f"Unpacked, {entry.filename} would be far larger than an appraisal. The file was not opened.")


def _foreign(names: list[str]) -> str:
    if "[Content_Types].xml" in names:
        kind = "an Office document, not an appraisal"
    elif "mimetype" in names or any(name.startswith("META-INF/") for name in names):
        kind = "another program's document, not an appraisal"
    else:
        kind = "a ZIP folder, not an appraisal"
    return f"This is {kind}. Choose a file whose name ends in .appraisal."


def _manifest(archive: zipfile.ZipFile) -> tuple[int, dict[str, tuple[str, int]]]:
    """The format version, and the digest and size promised for each member."""
    try:
        manifest = json.loads(_read(archive, "manifest.json"))
        version = manifest["format_version"]
        check_version(version)
        promised = {name: (row["sha256"], row["size"]) for name, row in manifest["members"].items()}
    except _UNREADABLE as error:
        raise FileFault(_DAMAGED.format(what="its manifest cannot be read")) from error
    if any(type(digest) is not str or type(size) is not int for digest, size in promised.values()):
        raise FileFault(_DAMAGED.format(what="its manifest cannot be read"))
    return version, promised


def check_version(version: object) -> None:
    """Raises FileFault for a format version that this program cannot read."""
    if type(version) is not int:
        raise FileFault(_DAMAGED.format(what="its format version is not a whole number"))
    if version < 1:
        raise FileFault(_DAMAGED.format(what=f"its format version is {shown(str(version))}, and the first is 1"))
    if version > CURRENT:
        raise FileFault(
            f"This file was saved by a newer Appraise (format {shown(str(version))}; this one reads up to {CURRENT}). "
            "Install the newer version to open it."
        )


def _member(archive: zipfile.ZipFile, name: str, promised: Mapping[str, tuple[str, int]]) -> bytes:
    data = _read(archive, name)
    if promised.get(name) != (hashlib.sha256(data).hexdigest(), len(data)):
        raise FileFault(_DAMAGED.format(what=f"{name} is not what was saved"))
    return data


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    """Unpack a member piece by piece and never beyond its limit, whatever sizes its header names."""
    data = bytearray()
    with archive.open(name) as stream:
        while piece := stream.read(_PIECE):
            data += piece
            if len(data) > MEMBER_LIMITS[name]:
                raise FileFault(f"Unpacked, {name} would be far larger than an appraisal. The file was not opened.")
    return bytes(data)
