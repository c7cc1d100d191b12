"""The container: its order, its fixed bytes, and everything that is not one."""

import bz2
import io
import json
import time
import tracemalloc
import zipfile

import pytest

from appraise.files import container
from appraise.files.document import Document, from_bytes, to_bytes
from appraise.files.faults import FileFault
from appraise.files.upgrades import CURRENT
from tests.files.making import members, other, small, zipped


def sentence(data: bytes) -> str:
    started = time.perf_counter()
    with pytest.raises(FileFault) as caught:
        from_bytes(data)
    assert time.perf_counter() - started < 2
    return caught.value.sentence


def parts(**changed: bytes) -> list[tuple[str, bytes]]:
    """All members, those named changed (dots written as _), the manifest left as it was."""
    named = {name.replace("_", "."): data for name, data in changed.items()}
    return [(name, named.get(name, data)) for name, data in members().items()]


def test_members_stand_in_order_and_the_mimetype_is_stored() -> None:
    data = to_bytes(Document(appraisal=small(), log=b"{}\n"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist() == ["mimetype", "manifest.json", "content.json", "audit.jsonl"]
        assert archive.infolist()[0].compress_type == zipfile.ZIP_STORED
        manifest = json.loads(archive.read("manifest.json"))
    assert data[30:38] == b"mimetype"
    assert manifest["format_version"] == CURRENT
    assert set(manifest["members"]) == {"content.json", "audit.jsonl"}


def test_the_same_document_gives_the_same_bytes_and_another_others() -> None:
    assert to_bytes(Document(appraisal=small())) == to_bytes(Document(appraisal=small()))
    assert to_bytes(Document(appraisal=small())) != to_bytes(Document(appraisal=other()))
    assert to_bytes(Document(appraisal=small())) != to_bytes(Document(appraisal=small(), log=b"x\n"))


def test_content_has_one_group_of_lines_for_each_record_and_figures_on_one_line() -> None:
    text = members()["content.json"].decode()
    assert '\n   "amounts": ["10.00", "20.00", "30.00"],\n' in text
    assert text.index('"assumptions"') < text.index('"basis"') < text.index('"title"')


def test_reading_gives_back_what_was_written() -> None:
    document = Document(appraisal=small(), log=b"one\ntwo\n")
    assert from_bytes(to_bytes(document)) == document


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "This file is empty."),
        (b"  \n", "This file is empty."),
        (b"%PDF-1.7\n%", "This is a PDF, not an appraisal."),
        (b"\xd0\xcf\x11\xe0rest", "an old Office document"),
        (b"\x89PNG\r\n", "a picture"),
        (b"<html>", "a web page or XML file"),
        (bytes(range(256)) * 20, "another kind of file"),
        (b"PK\x03\x04" + b"x" * 100, "it cannot be unpacked"),
        (zipped([("[Content_Types].xml", b""), ("xl/workbook.xml", b"")]), "an Office document"),
        (zipped([("mimetype", b"x"), ("META-INF/manifest.xml", b"")]), "another program's document"),
        (zipped([("letter.txt", b"")]), "a ZIP folder"),
        (zipped([]), "a ZIP folder"),
        (zipped([*parts(), ("../../etc/passwd", b"x")]), 'does not belong there: "../../etc/passwd"'),
        (zipped([*parts(), ("/etc/passwd", b"x")]), 'does not belong there: "/etc/passwd"'),
        (zipped(parts()[:-1]), "the part audit.jsonl is missing"),
        (zipped(parts(mimetype=b"application/zip")), "another program's document"),
        (zipped(parts(content_json=b"{}")), "content.json is not what was saved"),
        (zipped(parts(audit_jsonl=b"{}")), "audit.jsonl is not what was saved"),
        (zipped(parts(manifest_json=b"[" * 5000)), "its manifest cannot be read"),
        (zipped(parts(manifest_json=b"[]")), "its manifest cannot be read"),
        (zipped(parts(manifest_json=b'{"format_version": 99, "members": {}}')), "saved by a newer Appraise (format 99"),
        (zipped(parts(manifest_json=b'{"format_version": -1, "members": {}}')), "is -1, and the first is 1"),
        (
            zipped(
                parts(
                    manifest_json=b'{"format_version": 1, "members": {"content.json": {"sha256": "a", "size": 1e400}}}'
                )
            ),
            "its manifest cannot be read",
        ),
        (
            zipped(
                parts(manifest_json=b'{"format_version": 1, "members": {"content.json": {"sha256": 7, "size": 7}}}')
            ),
            "its manifest cannot be read",
        ),
        (to_bytes(Document(appraisal=small())) + b"junk", "something stands before its start or behind its end"),
        (b"PK\x03\x04 junk" + to_bytes(Document(appraisal=small())), "something stands before its start"),
        (
            zipped(parts(manifest_json=b'{"format_version": true, "members": {}}')),
            "its format version is not a whole number",
        ),
    ],
)
def test_what_is_no_appraisal_gets_one_sentence(data: bytes, expected: str) -> None:
    assert expected in sentence(data)


def test_a_member_given_twice_is_refused() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = zipped([*parts(), ("content.json", b"{}")])
    assert 'holds the part "content.json" twice' in sentence(data)


def test_two_versions_in_one_file_are_refused() -> None:
    content = json.loads(members()["content.json"])
    del content["format_version"]
    unversioned = container.packed(json.dumps(content).encode(), b"")
    assert from_bytes(unversioned).appraisal == small()


def test_every_cut_and_many_flipped_bytes_are_noticed() -> None:
    data = to_bytes(Document(appraisal=small()))
    for end in range(0, len(data), max(1, len(data) // 40)):
        sentence(data[:end])
    for position in range(40, len(data), max(1, len(data) // 60)):
        damaged = data[:position] + bytes([data[position] ^ 0x55]) + data[position + 1 :]
        try:
            read = from_bytes(damaged)
        except FileFault:
            continue
        assert read == Document(appraisal=small())  # a byte that carries nothing, such as a date


def test_a_bomb_of_two_gigabytes_is_not_unpacked() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members().items():
            archive.writestr(name, data if name != "content.json" else b"0" * (4 * 2**20))
    bomb = bytearray(buffer.getvalue())
    assert "far larger than an appraisal" in sentence(bytes(bomb))
    entry = bomb.index(b"PK\x01\x02", bomb.rindex(b"manifest.json"))
    assert bomb[entry + 46 : entry + 58] == b"content.json"
    bomb[entry + 24 : entry + 28] = (2**31 - 1).to_bytes(4, "little")  # the size it says it unpacks to
    assert "far larger than an appraisal" in sentence(bytes(bomb))
    bomb[entry + 24 : entry + 28] = (1000).to_bytes(4, "little")  # and one that lies
    sentence(bytes(bomb))


def relabelled(data: bytes, name: bytes, method: int, size: int) -> bytes:
    """The container with another way of packing and another size named for a member, here and in the directory."""
    changed = bytearray(data)
    for signature, at_method, at_size, at_name in ((b"PK\x03\x04", 8, 22, 30), (b"PK\x01\x02", 10, 24, 46)):
        entry = changed.find(signature)
        while changed[entry + at_name : entry + at_name + len(name)] != name:
            entry = changed.index(signature, entry + 1)
        changed[entry + at_method : entry + at_method + 2] = method.to_bytes(2, "little")
        changed[entry + at_size : entry + at_size + 4] = size.to_bytes(4, "little")
    return bytes(changed)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA, 99])
def test_another_way_of_packing_is_refused_before_anything_is_unpacked(method: int) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in members().items():
            archive.writestr(name, data if name != "content.json" else bz2.compress(b"0" * 2**26))
    data = relabelled(buffer.getvalue(), b"content.json", method, 50_000)
    assert 'The part "content.json" is packed in an unknown way.' in measured(data)


@pytest.mark.parametrize("name", ["mimetype", "manifest.json", "content.json"])
def test_a_member_that_lies_about_its_size_is_not_unpacked_beyond_its_limit(name: str) -> None:
    data = zipped([(part, b"0" * 2**27 if part == name else body) for part, body in members().items()])
    size = len(container.MIMETYPE) if name == "mimetype" else 900
    measured(relabelled(data, name.encode(), zipfile.ZIP_DEFLATED, size))


def measured(data: bytes) -> str:
    """The refusal, which may take no more memory than twice the largest content."""
    tracemalloc.start()
    try:
        said = sentence(data)
        assert tracemalloc.get_traced_memory()[1] < 2 * container.MEMBER_LIMITS["content.json"]
    finally:
        tracemalloc.stop()
    return said
