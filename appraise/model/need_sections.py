"""How far the need is written, section by section: the one rule of the journey and of the page of step 1.

It says what is there, not how good it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from appraise.model.appraisal.need import Fact, Need, Objective, Outcome
from appraise.model.remembered import Remembered

#: Key and name of each section, in order.
SECTIONS = (
    ("case", "Case for change"),
    ("theory", "Theory of change"),
    ("objectives", "Objectives"),
    ("outcomes", "Outcomes"),
    ("place", "Place"),
    ("equality", "Equality"),
    ("boundary", "Boundary"),
)
_OBJECTIVE = {
    "statement": "statement",
    "measure": "measure",
    "today": "today's figure",
    "target": "target",
    "by": "date",
    "owner": "owner",
}
_OUTCOME = {
    "name": "name",
    "today": "today's figure",
    "target": "target",
    "works": "what works",
    "fails": "what fails",
    "residents": "residents' view",
    "evidence": "evidence",
}
_FACT = {"name": "name", "value": "value", "source": "source"}
_LEFT_OUT = {"name": "name", "why": "reason"}


@dataclass(frozen=True, slots=True)
class Written:
    """How many of a section's pieces are written; `begun`: something in it has words."""

    written: int
    pieces: int
    begun: bool

    @property
    def full(self) -> bool:
        """All that is asked for is there."""
        return 0 < self.pieces <= self.written


def filled(text: str) -> bool:
    """Spaces are not words."""
    return bool(text.strip())


def _missing(record: object, fields: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(words for field, words in fields.items() if not filled(getattr(record, field)))


def missing_of_objective(objective: Objective) -> tuple[str, ...]:
    """What is not written yet, in words."""
    return _missing(objective, _OBJECTIVE)


def missing_of_outcome(outcome: Outcome) -> tuple[str, ...]:
    """What is not written yet, in words."""
    return _missing(outcome, _OUTCOME)


def missing_of_fact(fact: Fact) -> tuple[str, ...]:
    """What is not written yet, in words."""
    return _missing(fact, _FACT)


def _section(texts: Sequence[str], records: Sequence[object] = (), fields: Mapping[str, str] | None = None) -> Written:
    """Texts, and with `fields` a list of records: its whole records count, and at least one is asked for."""
    asked = fields or {}
    missing = [len(_missing(record, asked)) for record in records]
    written = sum(filled(text) for text in texts) + missing.count(0)
    pieces = len(texts) + (max(len(records), 1) if asked else 0)
    return Written(written, pieces, bool(written) or any(lacking < len(asked) for lacking in missing))


#: Sections of a need that an edit has left as it was.
_sections = Remembered[dict[str, Written]](most=16)


def sections(need: Need) -> dict[str, Written]:
    """All sections by key, in order; not to be changed."""
    return _sections.of(lambda: _written(need), need)


def _written(need: Need) -> dict[str, Written]:
    theory, equality = need.theory, need.equality
    return {
        "case": _section((need.case_for_change, need.business_as_usual)),
        "theory": _section(
            (theory.inputs, theory.activities, theory.outputs, theory.outcomes, theory.impact, theory.rests_on)
        ),
        "objectives": _section((), need.objectives, _OBJECTIVE),
        "outcomes": _section((), need.outcomes, _OUTCOME),
        "place": _section((need.place,), need.facts, _FACT),
        "equality": _section((equality.discrimination, equality.opportunity, equality.relations, equality.evidence)),
        "boundary": _section((need.not_in_the_numbers,), need.left_out, _LEFT_OUT),
    }


def filled_words(need: Need) -> str:
    """For example "5 of 7 sections filled"."""
    states = sections(need).values()
    return f"{sum(one.full for one in states)} of {len(states)} sections filled"
