"""How far each part of step 1 is written, and what an objective still lacks. Says what is there, not how good it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from appraise.model.appraisal.need import Fact, LeftOut, Need, Objective, Outcome
from appraise.present import wording

SECTIONS = (
    ("case", "Case for change"),
    ("theory", "Theory of change"),
    ("objectives", "Objectives"),
    ("outcomes", "Outcomes"),
    ("place", "Place"),
    ("equality", "Equality"),
    ("boundary", "Boundary"),
)
"""Key and name of each section, in order."""

_OBJECTIVE = (
    ("statement", "statement"),
    ("measure", "measure"),
    ("today", "today's figure"),
    ("target", "target"),
    ("by", "date"),
    ("owner", "owner"),
)
_OUTCOME = (
    ("name", "name"),
    ("today", "today's figure"),
    ("target", "target"),
    ("works", "what works"),
    ("fails", "what fails"),
    ("residents", "residents' view"),
    ("evidence", "evidence"),
)
_FACT = (("name", "name"), ("value", "value"), ("source", "source"))
_LEFT_OUT = (("name", "name"), ("why", "reason"))
_LISTS = ("objectives", "outcomes")
_SMART = (
    ("S", "Specific", ("statement",)),
    ("M", "Measurable", ("measure", "target")),
    ("A", "Achievable", ("today", "target")),
    ("R", "Relevant", ("owner",)),
    ("T", "Time-bound", ("by",)),
)


@dataclass(frozen=True, slots=True)
class SectionState:
    """How many of a section's pieces are written; `begun` also where a record is there but not whole."""

    key: str
    name: str
    written: int
    pieces: int
    begun: bool

    @property
    def full(self) -> bool:
        """All that is asked for is there."""
        return 0 < self.pieces <= self.written

    @property
    def state(self) -> str:
        """A key of `icons.STATES`."""
        return "completed" if self.full else "in-progress" if self.begun else "not-started"

    @property
    def words(self) -> str:
        """For example "3 of 6 written", or "1 of 3 complete" for a list of records."""
        word = "complete" if self.key in _LISTS else "written"
        return f"{self.written} of {self.pieces} {word}" if self.begun else "nothing yet"


@dataclass(frozen=True, slots=True)
class SmartPart:
    """One letter of SMART, its word, and whether all that it asks for is written."""

    letter: str
    word: str
    there: bool


def _filled(text: str) -> bool:
    return bool(text.strip())


def _missing(record: object, fields: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(words for field, words in fields if not _filled(getattr(record, field)))


def missing_of_objective(objective: Objective) -> tuple[str, ...]:
    """What is not written yet, in words."""
    return _missing(objective, _OBJECTIVE)


def missing_of_outcome(outcome: Outcome) -> tuple[str, ...]:
    """What is not written yet, in words."""
    return _missing(outcome, _OUTCOME)


def missing_of_fact(fact: Fact) -> tuple[str, ...]:
    """What is not written yet, in words."""
    return _missing(fact, _FACT)


def missing_of_left_out(item: LeftOut) -> tuple[str, ...]:
    """What is not written yet, in words; the size may stay open."""
    return _missing(item, _LEFT_OUT)


def smart(objective: Objective) -> tuple[SmartPart, ...]:
    """The five letters.

    Achievable asks for today's figure and the target, for only then can the distance be judged; relevant asks for
    somebody who answers for it. Whether the distance can be gone is for people to judge.
    """
    return tuple(
        SmartPart(letter, word, all(_filled(getattr(objective, field)) for field in fields))
        for letter, word, fields in _SMART
    )


def still_missing(words: Sequence[str]) -> str:
    """A sentence about what is missing; empty where nothing is."""
    return f"Still missing: {wording.listing(list(words))}." if words else ""


def sections(need: Need) -> tuple[SectionState, ...]:
    """All sections in order. A list counts its whole records, and at least one of them is asked for."""
    theory, equality = need.theory, need.equality
    texts = {
        "case": (need.case_for_change, need.business_as_usual),
        "theory": (
            theory.inputs, theory.activities, theory.outputs, theory.outcomes, theory.impact, theory.rests_on,
        ),
        "objectives": (),
        "outcomes": (),
        "place": (need.place,),
        "equality": (equality.discrimination, equality.opportunity, equality.relations, equality.evidence),
        "boundary": (need.not_in_the_numbers,),
    }  # fmt: skip
    whole: dict[str, list[bool]] = {
        "objectives": [not missing_of_objective(one) for one in need.objectives],
        "outcomes": [not missing_of_outcome(one) for one in need.outcomes],
        "place": [not missing_of_fact(one) for one in need.facts],
        "boundary": [not missing_of_left_out(one) for one in need.left_out],
    }
    states = []
    for key, name in SECTIONS:
        written = sum(_filled(text) for text in texts[key]) + sum(whole.get(key, []))
        pieces = len(texts[key]) + (max(len(whole[key]), 1) if key in whole else 0)
        states.append(SectionState(key, name, written, pieces, bool(written or whole.get(key))))
    return tuple(states)


def filled_words(states: Sequence[SectionState]) -> str:
    """For example "5 of 7 sections filled"."""
    return f"{sum(one.full for one in states)} of {len(states)} sections filled"
