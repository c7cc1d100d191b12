"""Things are found again by the identity of the records that they were made from."""

from decimal import Decimal

from appraise.model.appraisal.lines import Line
from appraise.model.remembered import Remembered


def record(name: str) -> Line:
    return Line(id="x", option="a", name=name, amounts=(Decimal(1),))


def test_the_same_record_is_worked_out_once() -> None:
    made: list[str] = []
    kept = Remembered[int]()
    one, equal = record("one"), record("one")
    for _ in range(3):
        kept.of(lambda: made.append("one") or len(made), one)
    assert made == ["one"]
    kept.of(lambda: made.append("equal") or len(made), equal)  # equal is not the same
    assert made == ["one", "equal"]


def test_all_records_count() -> None:
    kept = Remembered[str]()
    one, two = record("one"), record("two")
    assert kept.of(lambda: "first", one, two) == "first"
    assert kept.of(lambda: "second", two, one) == "second"
    assert kept.of(lambda: "third", one, two) == "first"


def test_when_it_is_full_everything_is_let_go() -> None:
    kept = Remembered[int](most=2)
    records = [record(str(number)) for number in range(4)]
    assert [kept.of(lambda number=number: number, one) for number, one in enumerate(records)] == [0, 1, 2, 3]
    assert kept.of(lambda: 9, records[0]) == 9
