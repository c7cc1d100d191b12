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
from appraise.files.upgrades import CURRENT, upgraded
from appraise.model.appraisal.document import Appraisal, Basis, Deflator, OwnBand
from appraise.model.appraisal.effects import Bias, Count, Mitigation
from appraise.model.appraisal.lines import Additionality, Index, Line, Point, Range, RiseRange
from appraise.model.appraisal.partners import Buyer, FixedShare, LineShare, Partner, ScarceStaff
from appraise.model.appraisal.terms import ContractTerms, LineTerms, Lot, Tier
from appraise.model.money import LARGEST
from appraise.model.plain import plain_digest

#: The name under which content.json says which format version it is written in.
VERSION_KEY = "format_version"

DEPTH_LIMIT = 24
VALUES_LIMIT = 1_000_000
LARGEST_PERCENT = Decimal(1_000_000)
LARGEST_NUMBER = 2**53

#: Exact figures that are per cent.
PERCENT_FIELDS = frozenset(
    {
        (Basis, "deflator_percent"),
        (Deflator, "percent"),
        (OwnBand, "percent"),
        (Index, "percent"),
        (Range, "low"),
        (Range, "high"),
        (Point, "percent"),
        (RiseRange, "low"),
        (RiseRange, "high"),
        (Line, "vat_percent"),
        *((Additionality, name) for name in ("deadweight", "displacement", "substitution", "leakage")),
        *((Mitigation, name) for name in ("share_percent", "managed_percent")),
        *((Bias, name) for name in ("upper_percent", "lower_percent", "managed_percent")),
        *((Bias, name) for name in ("duration_upper_percent", "duration_lower_percent")),
        (ContractTerms, "capital_percent"),
        (Lot, "percent"),
        (Tier, "percent"),
        *((LineTerms, name) for name in ("loyalty", "cap", "collar")),
        (FixedShare, "percent"),
        (LineShare, "fixed_percent"),
    }
)
#: Exact figures that count something in a unit of its own; all others are pounds and pence.
QUANTITY_FIELDS = frozenset(
    {
        (Count, "units"),
        (Bias, "months"),
        (Tier, "over"),
        (LineTerms, "volumes"),
        *((Partner, name) for name in ("volume", "use")),
        (Buyer, "volume"),
        (ScarceStaff, "posts"),
    }
)
_MONEY = re.compile(r"-?[0-9]+(\.[0-9]{1,2})?")
_DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_FINE_MONEY = re.compile(r"-?[0-9]+\.[0-9]{3,}")

#: Lists with a figure for each year, counted from year 0.
_BY_YEAR = frozenset({(Line, "amounts"), (Count, "units"), (LineTerms, "volumes"), (Partner, "alone")})

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
    "objectives": "objective",
    "facts": "fact",
    "left_out": "item",
    "factors": "factor",
    "choices": "choice",
    "verdicts": "verdict",
    "answers": "answer",
    "own_schedules": "schedule",
    "bands": "band",
    "bodies": "body",
    "income_groups": "group",
    "biases": "bias",
    "causes": "cause",
    "effects": "effect",
    "counts": "count",
    "percent": "rise",
    "points": "point",
    "correlation_groups": "group",
    "rows": "row",
    "row": "figure",
    "amounts": "amount",
    "levels": "level",
    "gates": "gate",
    "trade_offs": "trade-off",
    "choice_scores": "score",
    "dissents": "dissent",
    "agreed": "assessor",
    "assessors": "assessor",
    "marks": "mark",
    "events": "event",
    "others": "digest",
    "swings": "swing",
    "grants": "grant",
    "programmes": "programme",
    "stops": "stop",
    "statuses": "status",
    "capital": "amount",
    "lots": "lot",
    "line_terms": "terms",
    "volumes": "volume",
    "tiers": "tier",
    "loyalty": "discount",
    "pilots": "pilot",
    "partners": "partner",
    "alone": "amount",
    "arrangements": "arrangement",
    "shares": "share",
    "shared": "line",
    "coalitions": "group",
    "price_gaps": "price gap",
    "buyers": "buyer",
    "scarce_staff": "entry",
    "investment": "line",
}

#: A text that nobody ended reaches to the end of the file: so each byte is read once only.
_TOKENS = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?\Z)|[\[\]{}]', re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class OlderFormat:
    """How a content stood in its file before it was brought up to date: the version, and its digest then."""

    version: int
    digest: str


def appraisal_from(content: bytes, version: int | None = None) -> tuple[Appraisal, OlderFormat | None]:
    """The appraisal written in content.json, and how it was written if that is an older format.

    `version` is what the manifest says; a bare file has none. Raises FileFault with the place of the first
    fault in words.
    """
    raw = _parsed(content)
    written = raw.pop(VERSION_KEY, 1 if version is None else version)
    if isinstance(written, _NoNumber) and written.lstrip("-").isdigit():
        written = int(written[:20])
    check_version(written)
    if version is not None and written != version:
        raise FileFault("This file is damaged: its parts name two format versions. Open an earlier version or a copy.")
    if written == CURRENT:
        return _built(raw), None
    older = OlderFormat(version=written, digest=plain_digest(raw))
    return _built(upgraded(raw, written)), older


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
    # The figures of a row are called by what a row has, not by what the list of rows has.
    field = _ENTRY.get(place.field, place.field) if get_origin(kind) is tuple else place.field
    return [
        _checked(item, kind, place.inside(_entry(place, number, item), place.owner, field))
        for number, item in enumerate(value)
    ]


def _entry(place: _Place, number: int, item: Any) -> str:
    """`line 3 "Mobilisation"`; figures by year are counted from year 0."""
    if (place.owner, place.field) in _BY_YEAR:
        return f"year {number}"
    words = f"{_ENTRY.get(place.field, 'entry')} {number + 1}"
    if isinstance(item, dict):
        name = next((item[key] for key in ("post", "name", "statement", "id") if item.get(key)), "")
        if isinstance(name, str) and name:
            words += f' "{shown(name)}"'
    return words


@dataclass(frozen=True, slots=True)
class _Exact:
    """How an exact figure is written: what it is, a way to mend it, its form, and the largest there is."""

    kind: str
    example: str
    mend: str
    form: re.Pattern[str]
    largest: Decimal


_POUNDS = _Exact("an amount", "1250.00", "Write pounds and pence, such as 1250.00.", _MONEY, LARGEST)
_PER_CENT = _Exact("a percentage", "2.5", "Write it such as 2.5.", _DECIMAL, LARGEST_PERCENT)
_QUANTITY = _Exact("a number", "12.5", "Write it such as 12.5.", _DECIMAL, LARGEST)


def _exact_at(place: _Place) -> _Exact:
    if (place.owner, place.field) in PERCENT_FIELDS:
        return _PER_CENT
    return _QUANTITY if (place.owner, place.field) in QUANTITY_FIELDS else _POUNDS


def _checked_exact(value: Any, place: _Place) -> str:
    """An exact figure, written as text; minus nothing comes back as nothing."""
    exact = _exact_at(place)
    if type(value) in (int, float):
        raise _fault(
            place, f'{_quoted(value)} stands there without quotation marks. Write it such as "{exact.example}".'
        )
    if not isinstance(value, str) or isinstance(value, _NoNumber):
        raise _fault(place, f"{_quoted(value)} is not {exact.kind}. {exact.mend}")
    if exact is _POUNDS and _FINE_MONEY.fullmatch(value):
        raise _fault(place, f"{_quoted(value)} is finer than a penny. {exact.mend}")
    if not exact.form.fullmatch(value):
        raise _fault(place, f"{_quoted(value)} is not {exact.kind}. {exact.mend}")
    if len(value) > 40 or abs(Decimal(value)) > exact.largest:
        raise _fault(place, f"{_quoted(value)} is larger than any real figure. Write at most {exact.largest:,}.")
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
        mend = "Write a whole number." if kind is int else "Write a number, such as 0.25."
        raise _fault(place, f"{_quoted(value)} is not a number. {mend}")
    if not math.isfinite(value) or abs(value) > LARGEST_NUMBER:
        raise _fault(place, too_large)
    if kind is int and type(value) is float:
        raise _fault(place, f"{_quoted(value)} is not a whole number. Write one such as {int(value)}.")
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
