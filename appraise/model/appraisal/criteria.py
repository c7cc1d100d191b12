"""The value tree: branches, criteria with written anchors and swings, and the scores given."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A heading of the value tree. Its weight is the sum of the weights of its criteria."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """A leaf of the value tree.

    `worst` and `best` are the anchors in words: a score of 0 and of 100. `swing` says what moving from
    worst to best is worth beside the largest swing, which is given 100 (METHOD 4 and 9.1; HM Treasury,
    Use of multi-criteria decision analysis in options appraisal, 16 May 2024).
    """

    id: str
    branch: str
    name: str
    worst: str = ""
    best: str = ""
    swing: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How an option does on a criterion, from 0 (worst anchor) to 100 (best anchor), and why."""

    option: str
    criterion: str
    value: float
    reason: str = ""
    evidence: str = ""
