"""Reading content.json strictly: every fault is told with its place in words, and nothing is coerced.

Values that are wrong but meaningful (a probability of 1.3, low above high) are read: `model.checks` finds
them. What is refused here cannot be held by a document: text where a number belongs, unknown or doubled
names, numbers that are none, amounts finer than pence or larger than any budget.
"""

import json
import math
import re
import types
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

import msgspec

from appraise.files.container import CONTENT, MEMBER_LIMITS, check_version
from appraise.files.faults import FileFault, shown
from appraise.files.upgrades import upgraded
from appraise.model.appraisal.document import Appraisal, Basis
from appraise.model.appraisal.lines import Index, Line, Range
from appraise.model.money import LARGEST

#: The name under which content.json says which format version it is written in.
VERSION_KEY = "format_version"

DEPTH_LIMIT = 24
VALUES_LIMIT = 1_000_000
LARGEST_PERCENT = Decimal(1_000_000)
LARGEST_NUMBER = 2**53

#: Exact figures that are per cent; all others are pounds and pence.
PERCENT_FIELDS = frozenset({(Basis, "deflator_percent"), (Index, "percent"), (Range, "low"), (Range, "high")})
_MONEY = re.compile(r"-?[0-9]+(\.[0-9]{1,2})?")
_PERCENT = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_FINE_MONEY = re.compile(r"-?[0-9]+\.[0-9]{3,}")

#: One entry of a list, as it is called in a place such as `lines, line 3`.
_ENTRY = {
    "options": "option",
    "branches": "branch",
    "criteria": "criterion",
    "scores": "score",
    "indices": "index",
    "lines": "line",
    "constraints": "constraint",
    "bearings": "bearing",
    "scenarios": "scenario",
    "settlements": "settlement",
    "assumptions": "assumption",
    "people": "person",
    "outcomes": "outcome",
    "percent": "rise",
    "amounts": "amount",
}
#: Mended by the program's own words, where a place alone would not help.
_MEND_MONEY = "Write pounds and pence, such as 1250.00."

#: A text that nobody ended reaches to the end of the file: so each byte is read once only.
_TOKENS = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?\Z)|[\[\]{}]', re.DOTALL)


def appraisal_from(content: bytes, version: int | None = None) -> Appraisal:
    """The appraisal written in content.json. `version` is what the manifest says; a bare file has none.

    Raises FileFault with the place of the first fault in words.
    """
    raw = _parsed(content)
    written = raw.pop(VERSION_KEY, 1 if version is None else version)
    if isinstance(written, _NoNumber) and written.lstrip("-").isdigit():
        written = int(written[:20])
    check_version(written)
    if version is not None and written != version:
        raise FileFault("This file is damaged: its parts name two format versions. Open an earlier version or a copy.")
    return _built(upgraded(raw, written))


def _parsed(content: bytes) -> dict[str, Any]:
    """JSON to plain values, with doubled names and impossible numbers marked for `_checked` to place."""
    if len(content) > MEMBER_LIMITS[CONTENT] or content.count(b",") > VALUES_LIMIT:
        raise FileFault("This file is far larger than an appraisal. It was not opened.")
    _check_depth(content)
    try:
        raw = json.loads(
            content.decode("utf-8-sig"),
            object_pairs_hook=_record,
            parse_constant=_NoNumber,
            parse_int=lambda digits: int(digits) if len(digits) < 20 else _NoNumber(digits),
        )
    except UnicodeDecodeError as error:
        raise FileFault("This file is damaged: its text is not UTF-8. Open an earlier version or a copy.") from error
    except json.JSONDecodeError as error:
        raise FileFault(
            f"The content cannot be read from line {error.lineno} on: {shown(error.msg.lower(), 60)}. "
            "Mend that line or open a copy."
        ) from error
    if not isinstance(raw, dict) or not {"title", "horizon"} & raw.keys():
        raise FileFault("This is a JSON file, but not an appraisal. Choose a file whose name ends in .appraisal.")
    return raw


def _check_depth(content: bytes) -> None:
    depth = 0
    for token in _TOKENS.finditer(content):
        first = token.group()[:1]
        if first in b"[{":
            depth += 1
            if depth > DEPTH_LIMIT:
                raise FileFault("This file nests lists far deeper than an appraisal. It was not opened.")
        elif first in b"]}":
            depth -= 1


class _NoNumber(str):
    """The text of something that stands where a number is but is none, or has too many digits."""

    __slots__ = ()


class _Doubled(dict[str, Any]):
    """A record in which a name stands twice."""

    name = ""


def _record(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) == len(pairs):
        return record
    seen: set[str] = set()
    doubled = _Doubled(record)
    doubled.name = next(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]  # add returns None on purpose
    return doubled


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the document a value stands; the way to it is put into words only for a fault."""

    words: str = ""
    outer: "_Place | None" = None
    owner: type | None = None
    field: str = ""

    def inside(self, words: str, owner: type | None, field: str) -> "_Place":
        return _Place(words, self, owner, field)

    def __str__(self) -> str:
        parts = list(self._parts())
        return ", ".join(reversed(parts)) or "the document"

    def _parts(self) -> Iterator[str]:
        place: _Place | None = self
        while place is not None:
            if place.words:
                yield place.words
            place = place.outer


def _fault(place: _Place, said: str) -> FileFault:
    return FileFault(f"{place}: {said}")


def _built(raw: dict[str, Any]) -> Appraisal:
    clean = _checked(raw, Appraisal, _Place())
    try:
        return msgspec.convert(clean, Appraisal, strict=True)
    except msgspec.ValidationError as error:
        raise FileFault(f"The content does not fit an appraisal: {shown(str(error), 120)}.") from error


@cache
def record_fields(record: type) -> Mapping[str, tuple[Any, bool]]:
    """Name of each field of a record -> its type and whether it must be given."""
    hints = get_type_hints(record)
    return {
        field.name: (hints[field.name], field.default is MISSING and field.default_factory is MISSING)
        for field in fields(record)
    }


def _checked(value: Any, kind: Any, place: _Place) -> Any:
    """The value as msgspec takes it. Raises FileFault."""
    origin = get_origin(kind)
    if origin is tuple:
        return _checked_list(value, get_args(kind)[0], place)
    if origin in (Union, types.UnionType):
        return None if value is None else _checked(value, get_args(kind)[0], place)
    if is_dataclass(kind):
        return _checked_record(value, cast("type", kind), place)
    if kind is Decimal:
        return _checked_exact(value, place)
    if kind is str:
        return _checked_text(value, place)
    if kind is bool:
        if type(value) is not bool:
            raise _fault(place, f"{_quoted(value)} is neither true nor false. Write true or false.")
        return value
    if kind in (int, float):
        return _checked_number(value, kind, place)
    return _checked_choice(value, kind, place)


def _checked_record(value: Any, record: type, place: _Place) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _fault(place, f"{_quoted(value)} stands where named entries in {{ }} belong.")
    if isinstance(value, _Doubled):
        raise _fault(place, f'"{shown(value.name)}" stands there twice. Remove one of the two.')
    known = record_fields(record)
    for name in value:
        if name not in known:
            raise _fault(place, f'"{shown(name)}" is not known here. Remove it or correct its spelling.')
    for name, (_, needed) in known.items():
        if needed and name not in value:
            raise _fault(place, f'"{name}" is missing. Add it.')
    return {
        name: _checked(item, known[name][0], place.inside(name.replace("_", " "), record, name))
        for name, item in value.items()
    }


def _checked_list(value: Any, kind: Any, place: _Place) -> list[Any]:
    if not isinstance(value, list):
        raise _fault(place, f"{_quoted(value)} stands where a list in [ ] belongs.")
    return [
        _checked(item, kind, place.inside(_entry(place, number, item), place.owner, place.field))
        for number, item in enumerate(value)
    ]


def _entry(place: _Place, number: int, item: Any) -> str:
    """`line 3 "Mobilisation"`; the amounts of a line are counted by year from year 0."""
    if place.owner is Line and place.field == "amounts":
        return f"year {number}"
    words = f"{_ENTRY.get(place.field, 'entry')} {number + 1}"
    if isinstance(item, dict):
        name = next((item[key] for key in ("name", "post", "statement", "id") if item.get(key)), "")
        if isinstance(name, str) and name:
            words += f' "{shown(name)}"'
    return words


def _checked_exact(value: Any, place: _Place) -> str:
    """Pounds and pence, or per cent, written as text; minus nothing comes back as nothing."""
    percent = (place.owner, place.field) in PERCENT_FIELDS
    kind, mend = ("a percentage", "Write it such as 2.5.") if percent else ("an amount", _MEND_MONEY)
    if type(value) in (int, float):
        example = '"2.5"' if percent else '"1250.00"'
        raise _fault(place, f"{_quoted(value)} stands there without quotation marks. Write it such as {example}.")
    if not isinstance(value, str) or isinstance(value, _NoNumber):
        raise _fault(place, f"{_quoted(value)} is not {kind}. {mend}")
    if not percent and _FINE_MONEY.fullmatch(value):
        raise _fault(place, f"{_quoted(value)} is finer than a penny. {_MEND_MONEY}")
    if not (_PERCENT if percent else _MONEY).fullmatch(value):
        raise _fault(place, f"{_quoted(value)} is not {kind}. {mend}")
    largest = LARGEST_PERCENT if percent else LARGEST
    if len(value) > 40 or abs(Decimal(value)) > largest:
        raise _fault(place, f"{_quoted(value)} is larger than any real figure. Write at most {largest:,}.")
    return value if Decimal(value) else value.removeprefix("-")


def _checked_text(value: Any, place: _Place) -> str:
    if not isinstance(value, str) or isinstance(value, _NoNumber):
        raise _fault(place, f"{_quoted(value)} is not text. Put it in quotation marks.")
    if not value.isascii() and any("\ud800" <= letter <= "\udfff" for letter in value):
        raise _fault(place, "the text holds half of a character. Write it again.")
    return value


def _checked_number(value: Any, kind: type, place: _Place) -> int | float:
    too_large = f"{_quoted(value)} is larger than any real figure. Write a smaller one."
    if isinstance(value, _NoNumber) and value.lstrip("-").isdigit():
        raise _fault(place, too_large)
    if type(value) not in (int, float):
        mend = "Write a whole number, such as 3." if kind is int else "Write a number, such as 0.25."
        raise _fault(place, f"{_quoted(value)} is not a number. {mend}")
    if not math.isfinite(value) or abs(value) > LARGEST_NUMBER:
        raise _fault(place, too_large)
    if kind is int and type(value) is float:
        raise _fault(place, f"{_quoted(value)} is not a whole number. Write one such as 3.")
    return kind(value)  # type: ignore[no-any-return]  # kind is int or float


def _checked_choice(value: Any, kind: type[StrEnum], place: _Place) -> str:
    choices = [member.value for member in kind]
    if value not in choices or not isinstance(value, str):
        listed = "one of: " + ", ".join(choices) if len(choices) < 6 else "one that `appraise schema` lists"
        raise _fault(place, f"{_quoted(value)} is not one of the choices. Write {listed}.")
    return value


def _quoted(value: Any) -> str:
    """The value as it stands in the file, short enough for a sentence."""
    if isinstance(value, _NoNumber):
        return shown(value, 24)
    if isinstance(value, str):
        return f'"{shown(value, 24)}"'
    if isinstance(value, dict):
        return "a record in { }"
    if isinstance(value, list):
        return "a list in [ ]"
    return shown(json.dumps(value), 24)
