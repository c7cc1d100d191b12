"""One odd value at a time in money, contracts and partners: a finding stops the figures, or there are figures."""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

from appraise.files.document import from_bytes
from appraise.model.appraisal.document import Appraisal
from appraise.model.checks import findings
from appraise.model.evaluate import Settings, evaluate

EXAMPLE = Path(__file__).parents[2] / "templates" / "care-together.json"
LISTS = (
    *("scenarios", "grants", "programmes", "line_terms", "pilots"),
    *("partners", "arrangements", "price_gaps", "scarce_staff"),
)
#: Every so many of the odd values are tried; all of them take most of a minute.
STRIDE = 7


def _odd(value: Any) -> list[Any]:
    """Values of the same kind that nobody means."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, Enum):
        return [one for one in type(value) if one is not value]
    if isinstance(value, tuple):
        return [(), value[:1], value + value[-1:]] if value else []
    odd: dict[type, list[Any]] = {
        int: [-1, 0, 1, 50, 200],
        float: [0.0, 1.0, -0.1],
        Decimal: [Decimal(0), Decimal("-1.00"), Decimal(10000000000000), Decimal("0.01")],
        str: ["", "nobody", "2027-13-01"],
    }
    return odd.get(type(value), [])


def _changed(record: Any, put: Callable[[Any], Appraisal]) -> Iterator[Appraisal]:
    """The document with one odd value in the record, or in the first of each of its lists."""
    for field in fields(record):
        value, name = getattr(record, field.name), field.name
        if name == "id":
            continue
        for odd in _odd(value):
            yield put(replace(record, **{name: odd}))
        if is_dataclass(value):
            yield from _changed(value, lambda new, name=name: put(replace(record, **{name: new})))
        elif isinstance(value, tuple) and value and is_dataclass(value[0]):
            rest = value[1:]
            yield from _changed(
                value[0], lambda new, name=name, rest=rest: put(replace(record, **{name: (new, *rest)}))
            )


def _documents() -> list[Appraisal]:
    whole = from_bytes(EXAMPLE.read_bytes()).appraisal
    found: list[Appraisal] = []
    for name in LISTS:
        first, *rest = getattr(whole, name)
        found += _changed(first, lambda new, name=name, rest=tuple(rest): replace(whole, **{name: (new, *rest)}))
    place, option = next((place, one) for place, one in enumerate(whole.options) if one.term_years)
    before, after = whole.options[:place], whole.options[place + 1 :]
    for name in ("terms", "timetable"):
        found += _changed(
            getattr(option, name),
            lambda new, name=name: replace(whole, options=(*before, replace(option, **{name: new}), *after)),
        )
    return found


DOCUMENTS = _documents()


def test_there_are_many_odd_documents() -> None:
    stopped = [any(one.stops_figures for one in findings(document)) for document in DOCUMENTS]
    assert stopped.count(True) > 60
    assert stopped.count(False) > 200


@pytest.mark.parametrize("document", DOCUMENTS[::STRIDE], ids=lambda _: "odd")
def test_an_odd_document_has_figures_or_says_what_stops_them(document: Appraisal) -> None:
    if any(one.stops_figures for one in findings(document)):
        return
    results = evaluate(document, Settings(draws=16))
    assert results.regret is not None
    assert len(results.partners or ()) == len(document.arrangements)
