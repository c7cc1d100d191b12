"""The questions asked before a service is bought or brought in, and the usual cost lines that do not apply."""

from dataclasses import dataclass
from enum import StrEnum


class Reply(StrEnum):
    """A short answer to a question; the words beside it say why."""

    UNSAID = "unsaid"
    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    NOT_APPLICABLE = "not_applicable"


class Leaning(StrEnum):
    """What a test points to. It informs the business case and does not replace it (PPN 024)."""

    UNSAID = "unsaid"
    INSOURCE = "insource"
    OUTSOURCE = "outsource"
    TOGETHER = "together"
    MIXED = "mixed"


class Authority(StrEnum):
    """What kind of public body decides: other procurement thresholds hold for central government."""

    LOCAL = "local"
    CENTRAL = "central"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer to a question of `model/data/questions.json`, by the question's id."""

    question: str
    reply: Reply = Reply.UNSAID
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Questionnaire:
    """A list of answers, what they point to and why. `used`: whether the test is made in this appraisal."""

    used: bool = True
    answers: tuple[Answer, ...] = ()
    leaning: Leaning = Leaning.UNSAID
    conclusion: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotApplicable:
    """A usual cost line (`model/data/sourcing_lines.json`) that an option does not have, and why."""

    option: str
    heading: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourcing:
    """The public interest test, the delivery model assessment, and the usual lines declared not applicable."""

    authority: Authority = Authority.LOCAL
    public_interest: Questionnaire = Questionnaire()
    delivery_model: Questionnaire = Questionnaire()
    not_applicable: tuple[NotApplicable, ...] = ()
