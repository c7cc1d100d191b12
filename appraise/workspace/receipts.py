"""The receipt of a seal: what somebody can keep apart from the file, to see later whether the file was changed."""

import re

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.workshop import SealEvent, Step
from appraise.model.plain import content_digest
from appraise.model.sealing import Locked, criteria_digest, stage_after, weights_digest
from appraise.model.standing import changed_since_seal, seal_event
from appraise.workspace import audit

#: The steps that close something for good, until somebody unlocks it with a reason.
GIVE_ONE = frozenset({Step.SEAL, Step.REVEAL, Step.LOCK})
#: What the audit log calls the steps.
ACTIONS = {
    Step.START: "Start a sealed workshop",
    Step.AGREE: "Agree criteria and anchors",
    Step.SEAL: "Seal the weights",
    Step.CLOSE: "Close the scoring",
    Step.REVEAL: "Reveal the totals",
    Step.UNLOCK: "Unlock what is sealed",
    Step.LOCK: "Lock what was unlocked",
    Step.GIVE_UP: "Leave the sealed way",
}
PROVES = (
    "Kept apart from the file, this shows whether anything was changed since, but not who saw what before, "
    "or whether the clock was right."
)
#: A digest on its line of a receipt, as it may be quoted in a letter.
_GIVEN = re.compile(
    r"^[>\s]*(Document|Criteria|Weights|Audit log up to here):\s*([0-9a-f]{64})\s*$", re.MULTILINE | re.IGNORECASE
)
_HEAD = "audit log up to here"
#: What is compared, by its word on a receipt.
_COMPARED = {
    "criteria": "Criteria, gates and options",
    "weights": "Weights",
    _HEAD: "The audit log up to then",
    "document": "The document as a whole",
}
#: Everything that is entered: it goes on changing after a seal, which is no breach of it.
WHOLE = _COMPARED["document"]
_DIGESTS = re.compile(r"Criteria ([0-9a-f]{64}), weights ([0-9a-f]{64})\.\Z")


def noted(appraisal: Appraisal, step: Step, reason: str) -> str:
    """What the audit log says beside a step: the reason, and for a receipt the digests of criteria and weights.

    So they are part of the chain, and the receipt can be written again from it.
    """
    parts = [reason.strip()] if reason.strip() else []
    if step in GIVE_ONE:
        parts.append(f"Criteria {criteria_digest(appraisal)}, weights {weights_digest(appraisal)}.")
    return " ".join(parts)


def newest(appraisal: Appraisal, log: list[bytes]) -> str:
    """The receipt of the newest step that gives one, as plain text; empty where there is none, or its entry is gone."""
    found = _entry(appraisal, log)
    if found is None:
        return ""
    events, line, entry, digests = found
    return _text(appraisal, events, entry, (*digests, audit.hash_of(line)))


def today(appraisal: Appraisal, log: list[bytes]) -> str:
    """How the document stands today beside that receipt, a line each; empty where there is none."""
    found = _entry(appraisal, log)
    if found is None:
        return ""
    from appraise.present.scoring_words import STAGES

    events, _, _, (criteria, weights) = found
    now = {
        "Criteria, gates and options": criteria_digest(appraisal) == criteria,
        "Weights": weights_digest(appraisal) == weights,
    }
    if events[-1].step is not Step.SEAL:
        now["Marks and scores"] = not {Locked.MARKS, Locked.SCORES} & set(changed_since_seal(appraisal))
    workshop = appraisal.workshop
    return "\n".join(
        (
            f"Stage today: {STAGES[workshop.stage].name}{', unlocked' if workshop.unlocked else ''}",
            *(f"{what} today: {'the same' if same else 'changed since'}" for what, same in now.items()),
        )
    )


def compare(appraisal: Appraisal, log: list[bytes], text: str) -> tuple[tuple[str, bool], ...]:
    """What of a receipt, given as text, is the same today; nothing where the text has no digest.

    The log is the same as long as it still holds the line that the receipt was written after; by that line marks and
    scores are found too, where the receipt is of a step after which nobody gives any.
    """
    given = {what.lower(): digest.lower() for what, digest in _GIVEN.findall(text)}
    line = next((one for one in log if audit.hash_of(one) == given.get(_HEAD)), None)
    then = _event_of(appraisal, line)
    same = {
        "criteria": given.get("criteria") == criteria_digest(appraisal),
        "weights": given.get("weights") == weights_digest(appraisal),
        _HEAD: line is not None,
        "document": given.get("document") == content_digest(appraisal),
    }
    found = [(_COMPARED[what], one) for what, one in same.items() if what in given]
    if then is not None and then.step is not Step.SEAL:
        stands = seal_event(appraisal, step=then.step, when="", who="", reason="")
        found.insert(0, ("Marks and scores", (then.marks, then.scores) == (stands.marks, stands.scores)))
    return tuple(found)


def _event_of(appraisal: Appraisal, line: bytes | None) -> SealEvent | None:
    """The step of the seals that a line of the audit log is about."""
    entry = next(iter(audit.entries_of([line])), None) if line is not None else None
    events = appraisal.workshop.events
    return next((one for one in events if entry and (one.when, ACTIONS[one.step]) == (entry.when, entry.action)), None)


def _entry(
    appraisal: Appraisal, log: list[bytes]
) -> tuple[tuple[SealEvent, ...], bytes, audit.Entry, tuple[str, str]] | None:
    """The seal log up to the newest step that gives a receipt, its line of the audit log, and the digests in it."""
    events = appraisal.workshop.events
    at = next((place for place in reversed(range(len(events))) if events[place].step in GIVE_ONE), None)
    if at is None:
        return None
    for line in reversed(log):
        for entry in audit.entries_of([line]):
            digests = _DIGESTS.search(entry.why)
            if digests and entry.action == ACTIONS[events[at].step] and entry.when == events[at].when:
                return events[: at + 1], line, entry, (digests[1], digests[2])
    return None


def _text(appraisal: Appraisal, events: tuple[SealEvent, ...], entry: audit.Entry, digests: tuple[str, ...]) -> str:
    from appraise.present.scoring_words import STAGES, STEPS, moment

    criteria, weights, head = digests
    return "\n".join(
        (
            f"Receipt: {STEPS[events[-1].step]}",
            f"Appraisal: {appraisal.title}",
            f"Body: {appraisal.body}",
            f"Stage: {STAGES[stage_after(events)].name}",
            f"When: {_spaced(moment(entry.when))}, by the clock of the computer it was done on",
            _who(appraisal, entry.who),
            f"Document: {entry.after}",
            f"Criteria: {criteria}",
            f"Weights: {weights}",
            f"Audit log up to here: {head}",
            "",
            PROVES,
        )
    )


def _who(appraisal: Appraisal, login: str) -> str:
    """Whoever took the step is known by a login alone; the post of the facilitator is said before it."""
    post = appraisal.workshop.facilitator.strip()
    return f"Facilitator: {post}; login: {login}" if post else f"Who: {login}"


def _spaced(words: str) -> str:
    """With ordinary spaces, for a text that may be searched and pasted anywhere."""
    return words.replace("\N{NO-BREAK SPACE}", " ")
