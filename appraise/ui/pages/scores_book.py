"""What the grid and the editor write to: scores of record, one assessor's marks, or the scores of the long list."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from appraise.model.appraisal.criteria import Criterion, Level, Measured, Score
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.options import Category
from appraise.model.appraisal.workshop import Mark
from appraise.model.edits import scores, workshop
from appraise.model.money import parse_number, plain_number
from appraise.model.sealing import Locked
from appraise.present import wording

Place = tuple[str, str]
"""What is scored, and on which criterion: two ids."""


@dataclass(frozen=True, slots=True)
class Thing:
    """What is scored: an option of the short list, or a choice of the long one."""

    id: str
    name: str
    short: str


@dataclass(frozen=True, slots=True)
class Given:
    """A score or mark as it was entered, with its words."""

    value: float
    reason: str
    evidence: str


def _options(appraisal: Appraisal) -> tuple[Thing, ...]:
    return tuple(Thing(one.id, one.name, one.short_name or one.name) for one in appraisal.options)


def _of(entries: Sequence[Score] | Sequence[Mark]) -> Mapping[Place, Given]:
    return {(one.option, one.criterion): Given(one.value, one.reason, one.evidence) for one in entries}


class Book:
    """The scores of record. `noun` is what one entry is called, `locked` what must be open to change it.

    `evidenced`: an entry has evidence beside its reason. `of_record`: what findings say of scores is about these.
    """

    noun = "score"
    locked = Locked.SCORES
    evidenced = True
    of_record = True

    @property
    def whose(self) -> str:
        """What tells two books of a kind apart: what is half typed in one must not be seen in the other."""
        return ""

    def things(self, appraisal: Appraisal) -> Sequence[Thing]:
        """What is scored, in its order."""
        return _options(appraisal)

    def given(self, appraisal: Appraisal) -> Mapping[Place, Given]:
        """Every entry by its place."""
        return _of(appraisal.scores)

    def put(self, now: Appraisal, place: Place, value: float) -> Appraisal:
        """Enters a value. Raises EditRefused."""
        return scores.set_score(now, option=place[0], criterion=place[1], value=value)

    def clear(self, now: Appraisal, place: Place) -> Appraisal:
        """Takes an entry away with its words. Raises EditRefused."""
        return scores.clear_score(now, option=place[0], criterion=place[1])

    def say_why(self, now: Appraisal, place: Place, words: str) -> Appraisal:
        """The reason of an entry that is there. Raises EditRefused."""
        return scores.set_score_reason(now, option=place[0], criterion=place[1], reason=words)

    def say_from(self, now: Appraisal, place: Place, words: str) -> Appraisal:
        """The evidence of an entry that is there. Raises EditRefused."""
        return scores.set_score_evidence(now, option=place[0], criterion=place[1], evidence=words)

    def action(self, appraisal: Appraisal, verb: str, place: Place) -> str:
        """The name of an undo step: the verb, what is scored, on what."""
        thing = next((one.short for one in self.things(appraisal) if one.id == place[0]), "an option")
        criterion = next((one.name for one in appraisal.criteria if one.id == place[1]), "a criterion")
        return f"{verb} {wording.shorten(thing, 24)} on {wording.shorten(criterion, 32)}"


class MarkBook(Book):
    """The marks of one assessor."""

    noun = "mark"
    locked = Locked.MARKS
    of_record = False

    def __init__(self, assessor: str) -> None:
        self.assessor = assessor

    @property
    def whose(self) -> str:
        """The assessor."""
        return self.assessor

    def given(self, appraisal: Appraisal) -> Mapping[Place, Given]:
        """The marks of this assessor alone."""
        found = next((one for one in appraisal.workshop.assessors if one.id == self.assessor), None)
        return _of(found.marks) if found is not None else {}

    def put(self, now: Appraisal, place: Place, value: float) -> Appraisal:
        """Enters a mark. Raises EditRefused."""
        return workshop.set_mark(now, assessor=self.assessor, option=place[0], criterion=place[1], value=value)

    def clear(self, now: Appraisal, place: Place) -> Appraisal:
        """Takes a mark away with its words. Raises EditRefused."""
        return workshop.clear_mark(now, assessor=self.assessor, option=place[0], criterion=place[1])

    def say_why(self, now: Appraisal, place: Place, words: str) -> Appraisal:
        """Why this mark. Raises EditRefused."""
        where = {"option": place[0], "criterion": place[1]}
        return workshop.set_mark_reason(now, assessor=self.assessor, reason=words, **where)

    def say_from(self, now: Appraisal, place: Place, words: str) -> Appraisal:
        """What the mark rests on. Raises EditRefused."""
        where = {"option": place[0], "criterion": place[1]}
        return workshop.set_mark_evidence(now, assessor=self.assessor, evidence=words, **where)


class ChoiceBook(Book):
    """The scores of the choices of one category of the long list."""

    evidenced = False
    of_record = False

    def __init__(self, category: Category) -> None:
        self.category = category

    @property
    def whose(self) -> str:
        """The category."""
        return self.category.value

    def things(self, appraisal: Appraisal) -> Sequence[Thing]:
        """The choices of the category."""
        return tuple(Thing(one.id, one.name, one.name) for one in appraisal.choices if one.category is self.category)

    def given(self, appraisal: Appraisal) -> Mapping[Place, Given]:
        """The scores of all choices; those of other categories do no harm."""
        return _of(appraisal.choice_scores)

    def put(self, now: Appraisal, place: Place, value: float) -> Appraisal:
        """Enters a score. Raises EditRefused."""
        return scores.set_choice_score(now, choice=place[0], criterion=place[1], value=value)

    def clear(self, now: Appraisal, place: Place) -> Appraisal:
        """Takes a score away with its reason. Raises EditRefused."""
        return scores.clear_choice_score(now, choice=place[0], criterion=place[1])

    def say_why(self, now: Appraisal, place: Place, words: str) -> Appraisal:
        """Why this score. Raises EditRefused."""
        return scores.set_choice_reason(now, choice=place[0], criterion=place[1], reason=words)


# --- how an entry is read and shown ---


def levels_of(criterion: Criterion) -> tuple[Level, ...]:
    """The levels that a criterion is scored by, worst first; empty where it has none."""
    if criterion.measured is not Measured.LEVELS:
        return ()
    return tuple(sorted(criterion.levels, key=lambda level: level.value))


def read_entry(criterion: Criterion, text: str) -> float:
    """A score as typed: points, one of the levels, or the measure in its unit. ValueError with one sentence."""
    value = parse_number(text)
    if criterion.measured is Measured.MEASURE:
        return value
    if not 0 <= value <= 100:
        raise ValueError(f"A score lies between 0 and 100; {plain_number(value)} does not.")
    steps = [plain_number(level.value) for level in levels_of(criterion)]
    if steps and plain_number(value) not in steps:
        raise ValueError(f"This criterion has levels: {', '.join(steps)}. {plain_number(value)} is none of them.")
    return value


def level_words(level: Level) -> str:
    """A level as it is chosen: its points and its words."""
    return f"{plain_number(level.value)}: {level.words.strip() or 'not described yet'}"


def choices_of(criterion: Criterion, value: float | None) -> tuple[tuple[str, str], ...]:
    """The levels as a pick list; a score between two levels is one more choice, so that it can be seen."""
    steps = [(plain_number(level.value), level_words(level)) for level in levels_of(criterion)]
    if not steps:
        return ()
    if value is not None and plain_number(value) not in {key for key, _ in steps}:
        steps.append((plain_number(value), f"{plain_number(value)}: between two levels"))
    return (("", "Not scored yet"), *steps)


def anchor_words(criterion: Criterion) -> str:
    """Both ends of a criterion in one sentence, for a tool tip."""
    return f"0: {criterion.worst or 'not described'}. 100: {criterion.best or 'not described'}."


def reader(criterion: Criterion) -> Callable[[str], float]:
    """How a text is read for a criterion."""
    return lambda text: read_entry(criterion, text)
