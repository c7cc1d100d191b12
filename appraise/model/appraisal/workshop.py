"""Who scored what, and when criteria, weights and scores were closed to further change."""

from dataclasses import dataclass
from enum import StrEnum


class Interest(StrEnum):
    """Whether an assessor has a conflict of interest, and what was done about it."""

    UNASKED = "unasked"
    NONE = "none"
    TAKES_PART = "takes_part"
    STANDS_ASIDE = "stands_aside"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What one assessor, alone, gave an option on a criterion, as entered (see Score), with reason and evidence."""

    option: str
    criterion: str
    value: float
    reason: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessor:
    """Somebody who scores alone before scores are compared. `post` is printed; `name` never is in what is exported.

    `interest_words` says what the interest is; who stands aside keeps the marks on record, but they count nowhere.
    `received` is the day on which marks came in last (ISO), `late` that this was after scoring had closed.
    """

    id: str
    post: str
    name: str = ""
    interest: Interest = Interest.UNASKED
    interest_words: str = ""
    marks: tuple[Mark, ...] = ()
    received: str = ""
    late: bool = False


class Stage(StrEnum):
    """How far a sealed workshop has come (METHOD 9.5).

    OPEN: nothing is sealed and totals are shown as they come. The others follow one another: criteria are written
    (PREPARING); criteria and anchors are agreed, weights are asked (AGREED); weights are sealed, assessors score alone
    (SEALED); scoring is closed, marks are compared and one score each is agreed (MODERATING); totals (REVEALED).
    """

    OPEN = "open"
    PREPARING = "preparing"
    AGREED = "agreed"
    SEALED = "sealed"
    MODERATING = "moderating"
    REVEALED = "revealed"


#: While a workshop stands here, no page, file or figure shows a total or what follows from one.
HIDDEN = frozenset({Stage.PREPARING, Stage.AGREED, Stage.SEALED, Stage.MODERATING})


class Step(StrEnum):
    """What happened to the seals."""

    START = "start"
    AGREE = "agree"
    SEAL = "seal"
    CLOSE = "close"
    REVEAL = "reveal"
    UNLOCK = "unlock"
    LOCK = "lock"
    GIVE_UP = "give_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class SwingStood:
    """A criterion as it stood: its swing beside all others, and the digest of its name, anchors and scale."""

    criterion: str
    swing: float
    anchors: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsStood:
    """A score of record as it stood, in points."""

    option: str
    criterion: str
    points: float


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeStood:
    """How an option came out at a gate ("pass" or "fail"), as it stood."""

    gate: str
    option: str
    outcome: str


class Sealed(StrEnum):
    """What is sealed besides swings, anchors, points and outcomes, and is kept as a digest.

    SUBJECTS: branches, what criteria are about, scales that are not in use. GATES: their names and tests. ANSWERS:
    ranks, reasons, trade-offs, how weights were asked. DOUBTS: ranges of swings, doubts and thresholds. MARKS: what an
    assessor gave an option, and whether the assessor stands aside. Of the scores of an option, ENTERED: measures,
    RANGES, WORDS: reasons and evidence, AGREED: who agreed and who dissents. CHOICES: the scores of a choice.
    """

    SUBJECTS = "subjects"
    GATES = "gates"
    ANSWERS = "answers"
    DOUBTS = "doubts"
    MARKS = "marks"
    ENTERED = "entered"
    RANGES = "ranges"
    WORDS = "words"
    AGREED = "agreed"
    CHOICES = "choices"


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestStood:
    """SHA-256 of something as it stood; `option` (or choice) and `assessor` are ids, empty where it is of none."""

    what: Sealed
    option: str = ""
    assessor: str = ""
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SealEvent:
    """One entry of the seal log: what, when (ISO, UTC), by whom and, for an unlock, why.

    `criteria`, `weights`, `marks` and `scores` are digests of these four parts at that moment, `digest` is that of all.
    What stood itself is kept wherever something may be changed after a seal, so that the effect can be shown and taken
    away again: by an unlock and the lock that ends it, a reveal, a workshop given up, and a start over scores.
    """

    step: Step
    when: str
    who: str
    reason: str = ""
    digest: str = ""
    criteria: str = ""
    weights: str = ""
    marks: str = ""
    scores: str = ""
    options: tuple[str, ...] = ()
    swings: tuple[SwingStood, ...] = ()
    points: tuple[PointsStood, ...] = ()
    outcomes: tuple[OutcomeStood, ...] = ()
    others: tuple[DigestStood, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """The scoring as an event: method, facilitator and date in words, assessors, and the seals.

    `id` names this workshop on its score sheets. `unlocked`: somebody gave a reason to change what was sealed, and
    has not locked it again.
    """

    id: str = ""
    stage: Stage = Stage.OPEN
    unlocked: bool = False
    method: str = ""
    facilitator: str = ""
    held_on: str = ""
    assessors: tuple[Assessor, ...] = ()
    events: tuple[SealEvent, ...] = ()
