"""How far each section of step 1 is written and what an objective still lacks, as the page of the need shows it."""

from collections.abc import Sequence
from dataclasses import dataclass

from appraise.model import need_sections
from appraise.model.appraisal.need import Need, Objective
from appraise.present import wording

_LISTS = ("objectives", "outcomes")
_SMART = (
    ("S", "Specific", ("statement",)),
    ("M", "Measurable", ("measure", "target")),
    ("A", "Achievable", ("today", "target")),
    ("R", "Relevant", ("owner",)),
    ("T", "Time-bound", ("by",)),
)


@dataclass(frozen=True, slots=True)
class SectionState(need_sections.Written):
    """How far a section is written, with its key and name, for the pane."""

    key: str
    name: str

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


def smart(objective: Objective) -> tuple[SmartPart, ...]:
    """The five letters.

    Achievable asks for today's figure and the target, for only then can the distance be judged; relevant asks for
    somebody who answers for it. Whether the distance can be gone is for people to judge.
    """
    return tuple(
        SmartPart(letter, word, all(need_sections.filled(getattr(objective, field)) for field in fields))
        for letter, word, fields in _SMART
    )


def still_missing(words: Sequence[str]) -> str:
    """A sentence about what is missing; empty where nothing is."""
    return f"Still missing: {wording.listing(list(words))}." if words else ""


def sections(need: Need) -> tuple[SectionState, ...]:
    """All sections in order."""
    found, names = need_sections.sections(need), dict(need_sections.SECTIONS)
    return tuple(SectionState(one.written, one.pieces, one.begun, key, names[key]) for key, one in found.items())
