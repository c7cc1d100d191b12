"""What a sceptical reader should know about how the scores came about (METHOD 9.5): sentences, never accusations.

Flags need results, so they are made last. While totals are hidden none of them gives a total away.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from math import isfinite

import numpy as np

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.workshop import Interest, Sealed, Stage, Step
from appraise.model.finding import blank, capital, named, option_name
from appraise.model.results import Results
from appraise.model.scales import criterion_name
from appraise.model.score_results import Flag, LateChange
from appraise.model.scoring import gates_failed, score_values, weights
from appraise.model.sealing import log_holds, stage_after
from appraise.model.standing import changed_past_seals, late_changes

#: Two criteria whose points run together more closely than this may be one (METHOD 9.5).
ALIKE = 0.9
#: With fewer options two criteria run together by chance too easily.
LEAST_OPTIONS = 4
#: Scores with the very same reason from which on somebody should look.
PASTED = 3
#: Before these stages nobody has scored.
_SCORED = frozenset({Stage.SEALED, Stage.MODERATING, Stage.REVEALED})
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def flags(appraisal: Appraisal, results: Results) -> tuple[Flag, ...]:
    """All flags, those on the seals first. `results` are the figures of this very appraisal."""
    changes = late_changes(appraisal) if results.scoring is None else results.scoring.late_changes
    points = {option.id: score_values(appraisal, option.id) for option in appraisal.options}
    return (
        *_on_seals(appraisal),
        *_on_changes(appraisal, changes),
        *_on_options(appraisal),
        *_on_assessors(appraisal, results),
        *_on_criteria(appraisal, points),
        *_on_reasons(appraisal),
        *_on_weights(appraisal, results),
    )


def _words(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"


def _first_of(names: list[str]) -> str:
    """The first name, and how many more there are: two long names would not fit into a sentence."""
    more = len(names) - 1
    return names[0] if not more else f"{names[0]} and {_words(more)} other{'' if more == 1 else 's'}"


def _together(names: list[str], do: str, each: str) -> str:
    """That two criteria do something, or that each of many does it with another one."""
    if len(names) == 2:
        return f"{names[0]} and {names[1]} {do}: one thing may count twice."
    return f"{capital(_words(len(names)))} criteria, among them {names[0]}, {each}: one thing may count twice."


def _criteria_names(appraisal: Appraisal, ids: Iterable[str]) -> list[str]:
    by_id = {criterion.id: criterion for criterion in appraisal.criteria}
    return [criterion_name(by_id[one]) if one in by_id else "a criterion since deleted" for one in ids]


# --- seals and what was changed after them -----------------------------------------------------------------


def _on_seals(appraisal: Appraisal) -> Iterator[Flag]:
    workshop = appraisal.workshop
    steps = {event.step for event in workshop.events}
    if appraisal.scores and (workshop.stage is Stage.OPEN or workshop.stage in _SCORED):
        if Step.SEAL not in steps:
            yield Flag(code="never-sealed", sentence="The weights were never sealed, although options are scored.")
        elif workshop.stage is Stage.OPEN:
            yield Flag(
                code="unsealed", sentence="The weights stand unsealed: the workshop that had sealed them was given up."
            )
    if not log_holds(workshop):
        yield Flag(
            code="seal-log",
            sentence="The seal log does not lead to the stage of this workshop: one of the two was changed by hand.",
        )
    past = changed_past_seals(appraisal)
    if past:
        yield Flag(
            code="changed-past-seals",
            sentence=f"Since the last seal {_listed([part.value for part in past])} were changed without an unlock.",
        )
    if any(event.step is Step.START and event.points for event in workshop.events):
        yield Flag(code="scored-before", sentence="Options had scores before the sealed workshop began.")
    if Step.GIVE_UP in steps:
        yield Flag(
            code="given-up",
            sentence="A sealed workshop was given up before its reveal; the reason stands in the seal log.",
        )


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _on_changes(appraisal: Appraisal, changes: Iterable[LateChange]) -> Iterator[Flag]:
    """Of each unlock, and of what was changed after a workshop was given up."""
    events, unlocks = appraisal.workshop.events, 0
    for change in changes:
        opened = events[change.event]
        scored = stage_after(events[: change.event]) in _SCORED or bool(opened.points)
        if opened.step is Step.UNLOCK:
            under = f"under the {_ORDINALS[unlocks]} unlock" if unlocks < len(_ORDINALS) else "under a later unlock"
            unlocks += 1
            when = f"{capital(under)}, after scoring had begun,"
        else:
            under = "after the workshop was given up"
            when = f"{capital(under)},"
        if scored:
            yield from _after_scores(appraisal, change, when)
        for criterion in change.anchors:
            if criterion not in {moved for moved, _, _ in change.swings}:
                (name,) = _criteria_names(appraisal, [criterion])
                yield Flag(
                    code="anchor-not-weighed",
                    sentence=f"The anchors or the scale of {name} were changed, and its weight stayed as it was.",
                    criterion=criterion,
                )
        if change.decides:
            yield Flag(
                code="late-change-decides",
                sentence=f"Without what was changed {under}, another option would be first.",
            )


def _after_scores(appraisal: Appraisal, change: LateChange, when: str) -> Iterator[Flag]:
    moved = [criterion for criterion, _, _ in change.swings]
    if moved:
        names = _first_of(_criteria_names(appraisal, moved))
        yield Flag(
            code="weights-after-scores", sentence=f"{when} the weight of {names} was asked again.", criterion=moved[0]
        )
    if change.anchors:
        names = _first_of(_criteria_names(appraisal, change.anchors))
        yield Flag(
            code="anchors-after-scores",
            sentence=f"{when} anchors or scale of {names} were changed.",
            criterion=change.anchors[0],
        )
    if change.outcomes or Sealed.GATES in change.others:
        yield Flag(code="gates-after-scores", sentence=f"{when} {_gates_changed(len(change.outcomes))} changed.")
    if Sealed.DOUBTS in change.others or Sealed.RANGES in change.others:
        yield Flag(
            code="ranges-after-scores", sentence=f"{when} ranges or doubts were changed that weights and scores have."
        )
    if change.assessors:
        whose = "one assessor" if len(change.assessors) == 1 else f"{_words(len(change.assessors))} assessors"
        yield Flag(
            code="marks-after-scores", sentence=f"{when} marks of {whose} were changed, or whether these marks count."
        )


def _gates_changed(outcomes: int) -> str:
    if not outcomes:
        return "the wording of gates was"
    return "one outcome at a gate was" if outcomes == 1 else f"{_words(outcomes)} outcomes at gates were"


def _on_options(appraisal: Appraisal) -> Iterator[Flag]:
    """Options that came or went after scoring: against what stood in the seal log, and against the marks."""
    records = [event for event in appraisal.workshop.events if event.points]
    now = {option.id for option in appraisal.options}
    dropped = {point.option for event in records for point in event.points} - now
    if dropped:
        how_many = "An option was" if len(dropped) == 1 else f"{capital(_words(len(dropped)))} options were"
        yield Flag(code="option-dropped", sentence=f"{how_many} dropped after scores had been given.")
    first = frozenset(records[0].options) if records else now
    judges = [one for one in appraisal.workshop.assessors if one.marks]
    marked = {mark.option for one in judges for mark in one.marks}
    for option in appraisal.options:
        if option.id not in first:
            sentence = f"{capital(option_name(option))} was added after other options had been scored."
            yield Flag(code="option-added", sentence=sentence, option=option.id)
        elif judges and option.id not in marked:
            sentence = f"No assessor scored {option_name(option)} alone, though other options were."
            yield Flag(code="option-unmarked", sentence=sentence, option=option.id)


# --- assessors ---------------------------------------------------------------------------------------------


def _on_assessors(appraisal: Appraisal, results: Results) -> Iterator[Flag]:
    posts = {one.id: named(one.post, "an assessor without a post") for one in appraisal.workshop.assessors}
    options = {option.id: option_name(option) for option in appraisal.options}
    for left in results.agreement.left_out if results.agreement is not None else ():
        if left.differs and left.first in options:
            yield Flag(
                code="one-assessor",
                sentence=f"Without the marks of {posts.get(left.assessor, 'one assessor')}, "
                f"{options[left.first]} would be first on mean marks.",
                option=left.first,
            )
    for one in appraisal.workshop.assessors:
        if one.marks and one.late:
            yield Flag(code="late-marks", sentence=f"Marks of {posts[one.id]} came in after scoring had closed.")
        if one.marks and one.interest is Interest.UNASKED:
            yield Flag(
                code="interest-unasked",
                sentence=f"Nobody has recorded whether {posts[one.id]} has an interest in the outcome.",
            )


# --- criteria and scores -----------------------------------------------------------------------------------


def _on_criteria(appraisal: Appraisal, points: Mapping[str, Mapping[str, float]]) -> Iterator[Flag]:
    if not all(isfinite(criterion.swing) for criterion in appraisal.criteria):
        return
    weight = weights(appraisal)
    weighty = [criterion for criterion in appraisal.criteria if weight[criterion.id] > 0]
    # An option that fails a gate is often low on everything, and would make all criteria look alike.
    compared = [option.id for option in appraisal.options if not gates_failed(appraisal, option.id)]
    rows = {
        criterion.id: [points[option][criterion.id] for option in compared]
        for criterion in weighty
        if all(criterion.id in points[option] for option in compared)
    }
    for criterion in weighty:
        row = rows.get(criterion.id, [])
        if len(row) > 1 and min(row) == max(row):
            yield Flag(
                code="no-spread",
                sentence=f"All options score the same on {criterion_name(criterion)}, which still carries weight.",
                criterion=criterion.id,
            )
    ids = [criterion.id for criterion in weighty]
    alike = _groups(ids, _running_together(rows))
    for group in alike:
        yield Flag(
            code="near-duplicates",
            sentence=_together(
                _criteria_names(appraisal, group), "rise and fall together", "each rise and fall with another"
            ),
            criterion=group[0],
        )
    told = frozenset(pair for group in alike for pair in combinations(group, 2))
    for group in _groups(ids, _same_evidence(appraisal, ids) - told):
        yield Flag(
            code="same-evidence",
            sentence=_together(
                _criteria_names(appraisal, group), "rest on the same evidence", "each share evidence with another"
            ),
            criterion=group[0],
        )


def _groups(ids: Sequence[str], pairs: Collection[tuple[str, str]]) -> list[list[str]]:
    """Criteria that hang together by pairs, directly or through others, in their order; none stands alone."""
    group = {one: one for one in ids}
    for one, other in pairs:
        left, right = group[one], group[other]
        group = {key: left if mine == right else mine for key, mine in group.items()}
    found: dict[str, list[str]] = {}
    for one in ids:
        found.setdefault(group[one], []).append(one)
    return [together for together in found.values() if len(together) > 1]


def _running_together(rows: Mapping[str, list[float]]) -> frozenset[tuple[str, str]]:
    """Pairs of criteria whose points have a correlation (Pearson) above ALIKE over the options."""
    ids = [criterion for criterion, row in rows.items() if len(row) >= LEAST_OPTIONS and min(row) < max(row)]
    if len(ids) < 2:
        return frozenset()
    values = np.array([rows[criterion] for criterion in ids], dtype=np.float64)
    values -= values.mean(axis=1, keepdims=True)
    values /= np.linalg.norm(values, axis=1, keepdims=True)
    close = np.triu(values @ values.T > ALIKE, k=1)
    return frozenset((ids[one], ids[other]) for one, other in np.argwhere(close))


def _same_evidence(appraisal: Appraisal, ids: Sequence[str]) -> frozenset[tuple[str, str]]:
    """Pairs of criteria whose evidence is the same, word by word, for all options (two at least) that both have."""
    given: dict[str, dict[str, str]] = {one: {} for one in ids}
    for score in appraisal.scores:
        if score.criterion in given and not blank(score.evidence):
            given[score.criterion][score.option] = _plain(score.evidence)
    found = set()
    for one, other in combinations(ids, 2):
        shared = given[one].keys() & given[other].keys()
        if len(shared) > 1 and all(given[one][option] == given[other][option] for option in shared):
            found.add((one, other))
    return frozenset(found)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _on_reasons(appraisal: Appraisal) -> Iterator[Flag]:
    given: dict[str, list[str]] = {}
    for score in appraisal.scores:
        if not blank(score.reason):
            given.setdefault(_plain(score.reason), []).append(score.reason)
    for reasons in given.values():
        if len(reasons) >= PASTED:
            yield Flag(
                code="same-reason",
                sentence=f"{capital(_words(len(reasons)))} scores give the same reason: {named(reasons[0], 'one')}.",
            )


# --- other weights -----------------------------------------------------------------------------------------


def _on_weights(appraisal: Appraisal, results: Results) -> Iterator[Flag]:
    options = {option.id: option_name(option) for option in appraisal.options}
    for check in results.scoring.cross_checks if results.scoring is not None else ():
        if check.method == "equal_branches" and check.differs and check.first in options:
            yield Flag(
                code="equal-branches",
                sentence=f"If every branch had the same weight, {options[check.first]} would be first.",
                option=check.first,
            )
