"""Every fault of content.json is told with its place in words; wrong but meaningful values are read."""

import json
import time
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any, get_args

import pytest

from appraise.files.document import content_json, from_bytes
from appraise.files.faults import FileFault
from appraise.files.strict import PERCENT_FIELDS, QUANTITY_FIELDS, VERSION_KEY, record_fields
from appraise.files.upgrades import CURRENT
from appraise.model.appraisal.document import Appraisal
from tests.files.making import WORKED_EXAMPLE, filled, leaves, raw, small


def sentence(data: bytes) -> str:
    started = time.perf_counter()
    with pytest.raises(FileFault) as caught:
        from_bytes(data)
    assert time.perf_counter() - started < 2
    assert "\n" not in caught.value.sentence
    return caught.value.sentence


def spoiled(change: Callable[[dict[str, Any]], None]) -> bytes:
    content = raw()
    change(content)
    return json.dumps(content).encode()


LINE = 'lines, line 1 "Mobilisation"'
ASSESSOR = 'workshop, assessors, assessor 1 "Harbour Master"'
SCENARIO = 'scenarios, scenario 1 "one"'
BEARING = 'constraints, constraint 1 "constraint-1", bearings, bearing 1'


def bearing(content: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = content["constraints"][0]["bearings"][0]
    return found


def scenario(content: dict[str, Any]) -> dict[str, Any]:
    """A new one with one settlement."""
    settlement = {"id": "s1", "name": "first", "first_year": 0, "amounts": ["5.00"]}
    content["scenarios"] = [{"id": "one", "name": "one", "settlements": [settlement]}]
    found: dict[str, Any] = content["scenarios"][0]
    return found


def assessor(content: dict[str, Any], **fields: Any) -> None:
    """One whose name no sentence may hold."""
    content["workshop"]["assessors"] = [{"id": "p1", "post": "Harbour Master", "name": "Ann Smith"} | fields]


SPOILS: list[tuple[Callable[[dict[str, Any]], Any], str]] = [
    (
        lambda c: c["lines"][0]["amounts"].__setitem__(2, "abc"),
        f'{LINE}, amounts, year 2: "abc" is not an amount. Write pounds and pence, such as 1250.00.',
    ),
    (lambda c: c["lines"][0]["amounts"].__setitem__(0, 12.5), f"{LINE}, amounts, year 0: 12.5 stands there without"),
    (lambda c: c["lines"][0]["amounts"].__setitem__(0, True), f"{LINE}, amounts, year 0: true is not an amount"),
    (lambda c: c["lines"][0]["amounts"].__setitem__(0, "1.005"), '"1.005" is finer than a penny'),
    (lambda c: c["lines"][0]["amounts"].__setitem__(0, "1e9"), '"1e9" is not an amount'),
    (lambda c: c["lines"][0]["amounts"].__setitem__(0, "١٢"), "is not an amount"),
    (lambda c: c["lines"][0]["amounts"].__setitem__(0, "1" + "0" * 40), "is larger than any real figure"),
    (lambda c: c["lines"][0]["amounts"].__setitem__(0, "9" * 100_000), "is larger than any real figure"),
    (lambda c: c["lines"][0].update(amounts="none"), f'{LINE}, amounts: "none" stands where a list in [ ] belongs.'),
    (lambda c: c["lines"][0]["range"].update(low="90 %"), f'{LINE}, range, low: "90 %" is not a percentage.'),
    (lambda c: c["lines"][0].update(treatment="gift"), f'{LINE}, treatment: "gift" is not one of the choices.'),
    (lambda c: c["lines"][0].update(colour="red"), f'{LINE}: "colour" is not known here.'),
    (
        lambda c: assessor(c, marks=[{"option": "a", "criterion": "c1", "value": "75"}]),
        f'{ASSESSOR}, marks, mark 1, value: "75" is not a number. Write a number, such as 0.25.',
    ),
    (lambda c: assessor(c, interest="yes"), f'{ASSESSOR}, interest: "yes" is not one of the choices.'),
    (lambda c: c["workshop"].update(stage="done"), 'workshop, stage: "done" is not one of the choices.'),
    (
        lambda c: c["workshop"].update(events=[{"step": "seal", "who": "Ann"}]),
        'workshop, events, event 1: "when" is miss',
    ),
    (
        lambda c: c.update(gates=[{"id": "g", "name": "Lawful", "outcomes": [3]}]),
        'gate 1 "Lawful", outcomes, outcome 1: 3',
    ),
    (
        lambda c: c["criteria"][0].update(levels=[{"words": "x"}]),
        'criterion 1 "C1", levels, level 1: "value" is missing.',
    ),
    (lambda c: c["criteria"][0].update(swing_low="10"), 'criterion 1 "C1", swing low: "10" is not a number.'),
    (lambda c: c["scores"][0].update(agreed=[4]), "scores, score 1, agreed, assessor 1: 4 is not text."),
    (lambda c: c["scores"][0].update(dissents=["p1"]), 'scores, score 1, dissents, dissent 1: "p1" stands where named'),
    (lambda c: c.update(choice_scores=[{}]), 'choice scores, score 1: "option" is missing. Add it.'),
    (lambda c: c["weighting"].update(trade_offs=[[]]), "weighting, trade offs, trade-off 1: a list in [ ] stands"),
    (lambda c: c["lines"][0].pop("name"), 'lines, line 1 "line-1": "name" is missing. Add it.'),
    (lambda c: c["lines"].__setitem__(1, "text"), 'lines, line 2: "text" stands where named entries in { } belong.'),
    (lambda c: c.update(__proto__={}), 'the document: "__proto__" is not known here.'),
    (lambda c: c.update(title=["a"]), "title: a list in [ ] is not text."),
    (lambda c: c.update(title="\ud800"), "title: the text holds half of a character."),
    (lambda c: c.update(fictional="yes"), 'fictional: "yes" is neither true nor false.'),
    (
        lambda c: c["horizon"].update(years=3.5),
        "horizon, years: 3.5 is not a whole number. Write one such as 3.",
    ),
    (
        lambda c: c.update(simulation={"percentile": 80.5}),
        "simulation, percentile: 80.5 is not a whole number. Write one such as 80.",
    ),
    (
        lambda c: c.update(simulation={"percentile": "80"}),
        'simulation, percentile: "80" is not a number. Write a whole number.',
    ),
    (lambda c: c["horizon"].update(years=True), "horizon, years: true is not a number."),
    (lambda c: c["horizon"].update(years=10**30), "horizon, years: 1000"),
    (lambda c: c["scores"][2].update(value=float("nan")), "scores, score 3, value: NaN is not a number."),
    (lambda c: c["scores"][2].update(value=float("inf")), "scores, score 3, value: Infinity is not a number."),
    (lambda c: c["scores"][2].update(value="high"), 'scores, score 3, value: "high" is not a number.'),
    (
        lambda c: c["lines"][0]["range"].update(points=[{"percent": "90", "chance": 0.5}, {"percent": "90,5"}]),
        f'{LINE}, range, points, point 2: "chance" is missing. Add it.',
    ),
    (
        lambda c: c["lines"][0]["range"].update(points=[{"percent": 90, "chance": 0.5}]),
        f"{LINE}, range, points, point 1, percent: 90 stands there without quotation marks.",
    ),
    (
        lambda c: c["lines"][0]["range"].update(points=[{"percent": "90", "chance": float("nan")}]),
        f"{LINE}, range, points, point 1, chance: NaN is not a number.",
    ),
    (lambda c: c["lines"][0]["range"].update(shape="beta"), f'{LINE}, range, shape: "beta" is not one of the choices.'),
    (
        lambda c: c.update(correlation_matrix={"lines": ["line-1"], "rows": [[1, 0], [0, "1"]]}),
        'correlation matrix, rows, row 2, figure 2: "1" is not a number.',
    ),
    (
        lambda c: c.update(correlation_matrix={"lines": ["line-1"], "rows": [[float("inf")]]}),
        "correlation matrix, rows, row 1, figure 1: Infinity is not a number.",
    ),
    (
        lambda c: c.update(correlation_matrix={"lines": ["line-1"], "rows": [1, 2]}),
        "correlation matrix, rows, row 1: 1 stands where a list in [ ] belongs.",
    ),
    (lambda c: c.update(correlation_matrix=[]), "correlation matrix: a list in [ ] stands where named entries"),
    (
        lambda c: c.update(correlation_groups=[{"id": "g", "name": "Ground", "rho": "0.3"}]),
        'correlation groups, group 1 "Ground", rho: "0.3" is not a number.',
    ),
    (lambda c: bearing(c)["terms"].update(cap=5), f"{BEARING}, terms, cap: 5 stands there without quotation marks."),
    (
        lambda c: bearing(c)["terms"].update(bands=[{"up_to": "1.005", "share": 0.5}]),
        f'{BEARING}, terms, bands, band 1, up to: "1.005" is finer than a penny.',
    ),
    (lambda c: bearing(c).update(managed={"cost": "1.00"}), f'{BEARING}, managed: "probability" is missing. Add it.'),
    (lambda c: bearing(c).update(share=None), f"{BEARING}, share: null is not a number."),
    (lambda c: scenario(c).update(carry_over=1), f"{SCENARIO}, carry over: 1 is neither true nor false."),
    (lambda c: scenario(c).update(stops=["p1"]), f'{SCENARIO}, stops, stop 1: "p1" stands where named entries'),
    (
        lambda c: scenario(c).update(stops=[{"programme": "p1", "last_year": 2.5}]),
        f"{SCENARIO}, stops, stop 1, last year: 2.5 is not a whole number.",
    ),
    (
        lambda c: scenario(c)["settlements"][0].update(capital=["1.005"]),
        'settlement 1 "first", capital, amount 1: "1.005" is finer than a penny.',
    ),
    (
        lambda c: scenario(c)["settlements"][0].update(statuses=["sure"]),
        'settlement 1 "first", statuses, status 1: "sure" is not one of the choices.',
    ),
    (
        lambda c: c["options"][0].update(terms={"capital_percent": 8}),
        'option 1 "A", terms, capital percent: 8 stands there without quotation marks. Write it such as "2.5".',
    ),
    (
        lambda c: c["options"][0].update(terms={"commitment": "always"}),
        'option 1 "A", terms, commitment: "always" is not one of the choices. Write one of: never, with_break, freely.',
    ),
    (
        lambda c: c["options"][0].update(timetable={"tender_weeks": "six"}),
        'option 1 "A", timetable, tender weeks: "six" is not a number. Write a whole number.',
    ),
    (
        lambda c: c["options"][0].update(lots=[{"id": "l", "name": "North", "percent": "40 %"}]),
        'option 1 "A", lots, lot 1 "North", percent: "40 %" is not a percentage.',
    ),
    (
        lambda c: c.update(line_terms=[{"line": "line-1", "volumes": ["many"]}]),
        'line terms, terms 1, volumes, year 0: "many" is not a number. Write it such as 12.5.',
    ),
    (
        lambda c: c.update(line_terms=[{"line": "line-1", "tiers": [{"over": "10"}]}]),
        'line terms, terms 1, tiers, tier 1: "percent" is missing. Add it.',
    ),
    (
        lambda c: c.update(partners=[{"id": "p", "name": "Town", "alone": ["9.00", 9]}]),
        'partners, partner 1 "Town", alone, year 1: 9 stands there without quotation marks.',
    ),
    (
        lambda c: c.update(partners=[{"id": "p", "name": "Town", "leaving": "0.1"}]),
        'partners, partner 1 "Town", leaving: "0.1" is not a number.',
    ),
    (
        lambda c: c.update(arrangements=[{"id": "j", "option": "b", "shared": [{"line": "l", "rule": "equal"}]}]),
        'arrangements, arrangement 1 "j", shared, line 1, rule: "equal" is not one of the choices.',
    ),
    (
        lambda c: c.update(arrangements=[{"id": "j", "option": "b", "coalitions": [{"partners": ["p"]}]}]),
        'arrangement 1 "j", coalitions, group 1: "cost" is missing. Add it.',
    ),
    (
        lambda c: c.update(price_gaps=[{"id": "g", "name": "Bed", "buyers": [{"id": "b", "name": "T", "price": "-"}]}]),
        'price gaps, price gap 1 "Bed", buyers, buyer 1 "T", price: "-" is not an amount.',
    ),
    (lambda c: c.update(scarce_staff=[{"id": "s", "option": "b"}]), 'entry 1 "s": "role" is missing. Add it.'),
    (
        lambda c: c.update(pilots=[{"id": "p", "name": "One street", "kind": "proof"}]),
        'pilots, pilot 1 "One street", kind: "proof" is not one of the choices. Write one of: pilot, proof_of_value.',
    ),
    (
        lambda c: c.update(grants=[{"id": "g", "name": "Fund", "own_route": "no"}]),
        'grants, grant 1 "Fund", own route: "no" is neither true nor false.',
    ),
    (
        lambda c: c.update(programmes=[{"id": "p", "name": "Falls", "option": "b", "decay": None}]),
        'programmes, programme 1 "Falls", decay: null is not a number.',
    ),
    (lambda c: c.update(format_version="1"), "its format version is not a whole number"),
    (
        lambda c: c.update(format_version=CURRENT + 1),
        f"saved by a newer Appraise (format {CURRENT + 1}; this one reads up to {CURRENT})",
    ),
]


@pytest.mark.parametrize(("change", "expected"), SPOILS)
def test_a_fault_is_told_with_its_place(change: Callable[[dict[str, Any]], Any], expected: str) -> None:
    assert expected in sentence(spoiled(change))


def test_a_long_foreign_text_does_not_make_a_long_sentence() -> None:
    assert len(sentence(spoiled(lambda c: c["lines"][0].update({"x" * 5000: 1})))) < 200


def test_names_given_twice_are_refused_in_any_record() -> None:
    text = json.dumps(raw())
    assert 'the document: "title" stands there twice' in sentence(text.replace("{", '{"title": "x", ', 1).encode())
    doubled = text.replace('"name": "Mobilisation"', '"name": "Mobilisation", "name": "Mobilisation"')
    assert '"name" stands there twice' in sentence(doubled.encode())


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b'{"title": "a", "horizon": {"first_year": 1e400, "years": 3}, "body": ""}', "horizon, first year"),
        (b'{"title": "a", "horizon": {"first_year": ' + b"9" * 5000 + b', "years": 3}, "body": ""}', "larger than any"),
        (b"[" * 10_000 + b"]" * 10_000, "nests lists far deeper"),
        (b'{"title": ' + b'{"a":' * 10_000, "nests lists far deeper"),
        (b'{"title": "' + b"a" * 17 * 2**20 + b'"}', "far larger than an appraisal"),
        (b'{"title": [' + b"0," * 1_000_001 + b"0]}", "far larger than an appraisal"),
        (b'{"title": "a",\n "horizon": 3,,}', "cannot be read from line 2 on"),
        (b'{"name": "package", "version": "1"}', "a JSON file, but not an appraisal"),
        (b"[]", "a JSON file, but not an appraisal"),
        (b'{"title": "\xff"}', "its text is not UTF-8"),
    ],
)
def test_hostile_and_broken_json_gets_one_sentence_quickly(data: bytes, expected: str) -> None:
    assert expected in sentence(data)


def test_wrong_but_meaningful_values_are_read() -> None:
    content = raw()
    content["constraints"][0]["probability"] = 1.3
    content["lines"][0]["range"] = {"low": "130", "high": "70", "shape": "pert"}
    for criterion in content["criteria"]:
        criterion["swing"] = 0
    content["options"] = []
    content["horizon"]["years"] = 126
    read = from_bytes(json.dumps(content).encode()).appraisal
    assert read.constraints[0].probability == 1.3
    assert read.lines[0].range is not None
    assert read.lines[0].range.low > read.lines[0].range.high
    assert (read.options, read.horizon.years) == ((), 126)


def test_a_byte_order_mark_is_no_fault() -> None:
    assert from_bytes(b"\xef\xbb\xbf" + json.dumps(raw()).encode()).appraisal == small()


def test_minus_nothing_is_nothing() -> None:
    read = from_bytes(spoiled(lambda c: c["lines"][0]["amounts"].__setitem__(0, "-0.00"))).appraisal
    assert not read.lines[0].amounts[0].is_signed()


#: Exact figures that are pounds and pence.
POUNDS = {
    "Band.up_to",
    "Basis.median_income",
    "Bearing.dispute_cost",
    "Buyer.price",
    "Coalition.cost",
    *(f"ContractTerms.{name}" for name in ("investment", "kept_value", "procurement", "transition")),
    *(f"ContractTerms.{name}" for name in ("dual_running", "break_cost")),
    *(f"{record}.{name}" for record in ("Grant", "Settlement") for name in ("amounts", "capital")),
    "Partner.alone",
    *(f"Pilot.{name}" for name in ("cost", "misled")),
    "Impact.low",
    "Impact.likely",
    "Impact.high",
    "IncomeGroup.income",
    "LeftOut.pounds",
    "Line.amounts",
    "Management.cost",
    "PainGain.cap",
    "PainGain.target",
    "Prevention.cost",
    "Settling.cost",
    "Settling.delay_cost",
}


def test_every_exact_figure_is_known_for_what_it_is() -> None:
    """A new one belongs to PERCENT_FIELDS, to QUANTITY_FIELDS, or here: unsaid, it would be read as money."""
    found, waiting = set(), [Appraisal]
    seen: set[type] = set()
    while waiting:
        record = waiting.pop()
        if record in seen:
            continue
        seen.add(record)
        for name, (kind, _) in record_fields(record).items():
            kinds = {kind, *get_args(kind)}
            waiting += [inner for inner in kinds if isinstance(inner, type) and is_dataclass(inner)]
            if Decimal in kinds:
                found.add((record, name))
    known = PERCENT_FIELDS | QUANTITY_FIELDS
    assert found >= known
    assert {f"{record.__name__}.{name}" for record, name in found - known} == POUNDS
    assert all("percent" not in name for _, name in found - PERCENT_FIELDS)
    assert not PERCENT_FIELDS & QUANTITY_FIELDS
    assert len(seen) > 35
    assert {field.name for field in fields(Appraisal)} == set(record_fields(Appraisal))


def test_every_field_comes_back_as_it_was_written() -> None:
    assert from_bytes(content_json(filled())).appraisal == filled()


#: Figures that a document may leave open, by what they stand in.
MAY_BE_NULL = {
    ("bands", "up_to"),
    *((place, name) for place in ("terms", "line_terms") for name in ("cap", "collar")),
    ("trade_offs", "points"),
    *((place, name) for place in ("branches", "criteria") for name in ("swing_low", "swing_high")),
    *((place, name) for place in ("scores", "choice_scores") for name in ("low", "high")),
}


def test_every_field_refuses_what_does_not_belong_there() -> None:
    content = json.loads(content_json(filled()))
    del content[VERSION_KEY]
    ways = list(leaves(content))
    assert len(ways) > 200
    for *inner, last in ways:
        record = content
        for step in inner:
            record = record[step]
        right = record[last]
        names = [step for step in (*inner, last) if isinstance(step, str)]
        for wrong in ({}, [], "\ud800", *([] if tuple(names[-2:]) in MAY_BE_NULL else [None])):
            record[last] = wrong
            said = sentence(json.dumps({VERSION_KEY: CURRENT} | content).encode())
            assert said.startswith(names[0].replace("_", " ")), (names, said)
            assert names[-1].replace("_", " ") in said
        record[last] = right


def test_the_worked_example_is_read_as_written() -> None:
    read = from_bytes(WORKED_EXAMPLE.read_bytes()).appraisal
    assert len(read.options) == 5
    assert len(read.lines) >= 25


@pytest.mark.parametrize("text", [b'{"title": "' + b'\\"' * 400_000, b'{"title": "' + b'\\"' * 400_000 + b"\\"])
def test_a_text_that_never_ends_takes_no_longer_than_any_other(text: bytes) -> None:
    assert "The content cannot be read from line 1 on" in sentence(text)


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ("0", "its format version is 0, and the first is 1"),
        ("-1", "its format version is -1, and the first is 1"),
        ("1" + "0" * 100, "saved by a newer Appraise"),
        ("1.5", "its format version is not a whole number"),
        ("1e400", "its format version is not a whole number"),
    ],
)
def test_a_version_that_cannot_be_is_told_as_it_is(version: str, expected: str) -> None:
    content = json.dumps(raw() | {"format_version": 1}).replace('"format_version": 1', f'"format_version": {version}')
    assert expected in sentence(content.encode())
