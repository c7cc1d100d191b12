"""Golden figures: every figure of two appraisals to its last digit, in files that `make golden` writes.

`python -m tests.published.golden.figures` writes them; with `check` it compares them in this interpreter, with this
numpy, and says what differs. It needs no more than the model, numpy, scipy and the reader of files.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from pathlib import Path

from appraise.model.appraisal.document import Appraisal
from appraise.model.evaluate import ALL_PARTS, Part, Settings, evaluate
from appraise.model.results import Results
from appraise.workspace import templates
from tests.benchmarks.workload import workload

HERE = Path(__file__).parent
DRAWS = Settings(draws=20_000)
#: What only names, and what is exact decimal arithmetic: the same everywhere, and tested by itself.
LEFT_OUT = frozenset({"digest", "versions", "id", "name", "economic", "financial", "score"})


def documents() -> dict[str, tuple[Appraisal, frozenset[Part]]]:
    """The appraisals by the name of their file, and the parts that are asked for."""
    return {
        "worked-example": (templates.load("worked-example", first_year=2027), ALL_PARTS),
        # its 48 constraints would be settled one by one: minutes, and no draws
        "workload": (workload(), ALL_PARTS - {Part.SETTLING}),
    }


def _told(value: object) -> str | None:
    """A figure to its last digit; None: it is no single figure."""
    if value is None or isinstance(value, bool | int | float | str):
        return value.value if isinstance(value, Enum) else repr(value) if not isinstance(value, str) else value
    return str(value) if isinstance(value, Decimal) else None


def _flat(value: object, path: str) -> Iterator[tuple[str, str]]:
    """(path, figures); the figures of a list stand in one line."""
    told = _told(value)
    if told is not None:
        yield path, told
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in LEFT_OUT:
                yield from _flat(getattr(value, field.name), f"{path}.{field.name}".removeprefix("."))
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from _flat(one, f"{path}.{key}")
    elif isinstance(value, tuple):
        figures = [_told(one) for one in value]
        if None not in figures:
            yield path, " ".join(str(one) for one in figures)
            return
        for place, one in enumerate(value):
            yield from _flat(one, f"{path}.{getattr(one, 'id', place)}")
    else:
        raise TypeError(path)


def told(results: Results) -> dict[str, str]:
    """Every figure of results that is simulated or priced, by its path."""
    return dict(_flat(results, ""))


def computed(name: str) -> dict[str, str]:
    """The figures of one appraisal as this machine gets them."""
    document, parts = documents()[name]
    return told(evaluate(document, DRAWS, parts=parts))


def stored(name: str) -> dict[str, str]:
    """The figures of one appraisal as they stand in its file."""
    found: dict[str, str] = json.loads((HERE / f"{name}.json").read_text("utf-8"))
    return found


def differences(name: str) -> list[str]:
    """One sentence for each figure that is not what the file says."""
    now, then = computed(name), stored(name)
    return [
        f"{name}: {path} is {now.get(path, 'missing')}, was {then.get(path, 'missing')}"
        for path in sorted(now.keys() | then.keys())
        if now.get(path) != then.get(path)
    ]


def write() -> None:
    """Write all files anew."""
    for name in documents():
        (HERE / f"{name}.json").write_text(json.dumps(computed(name), indent=0, ensure_ascii=False) + "\n", "utf-8")


def main(words: list[str]) -> int:
    """Write, or check and say how many figures differ."""
    if words != ["check"]:
        write()
        return 0
    found = [sentence for name in documents() for sentence in differences(name)]
    count = sum(len(figures.split()) for name in documents() for figures in stored(name).values())
    print("\n".join([*found[:20], f"{len(found)} of {count} golden figures differ"]))  # noqa: T201 -- for the caller
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
