"""Whether a pilot or a trial before the decision pays, in words (METHOD 13)."""

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.terms import Pilot, PilotKind
from appraise.model.partner_results import PilotResult
from appraise.present import wording
from appraise.present.tables import short_name

KINDS = {PilotKind.PILOT: "Pilot", PilotKind.PROOF_OF_VALUE: "Proof of value"}


def entered(appraisal: Appraisal, result: PilotResult) -> Pilot | None:
    """The pilot behind a result."""
    return next((one for one in appraisal.pilots if one.id == result.pilot), None)


def pilot(result: PilotResult, appraisal: Appraisal) -> tuple[str, ...]:
    """Whether it pays and against what, how it compares with going on at once, from which chance on, and what follows.

    The first sentence is against the best without it; those after it are against going on at once, where that is
    another question.
    """
    found = entered(appraisal, result)
    if found is None:
        return ()
    said = [_pays(result, found, appraisal)]
    if result.chosen_without != found.go_on:
        said.append(_sure(result, short_name(appraisal, found.go_on)))
    if found.misled > 0 and found.success < 1:
        said.append(_untested(result))
    said.append(_breaks_even(result, found))
    go_on, back = short_name(appraisal, found.go_on), short_name(appraisal, found.fall_back)
    said.append(f"If it succeeds, {go_on} goes on; if not, {back} does.")
    if found.false_positive > 0:
        wrong, lost = wording.percent_entered(found.false_positive), wording.money_short(found.misled)
        said.append(f"It can mislead: of services that fail, {wrong} would pass, and each would lose {lost}.")
    return tuple(filter(None, said))


def _pays(result: PilotResult, found: Pilot, appraisal: Appraisal) -> str:
    """Against the option that is chosen, or found, for the case without it."""
    name, amount = f"“{wording.shorten(found.name, 40)}”", wording.money_short(abs(result.gain))
    without = short_name(appraisal, result.chosen_without)
    if result.chosen_without == found.go_on:
        without = f"going on with {without} at once"
    elif not found.without:
        without = f"{without}, the best without it"
    else:
        without = f"{without}, entered as what happens without it"
    if not result.gain:
        return f"{name} is worth as much as {without}."
    if result.pays:
        return f"{name} pays: it is worth {amount} more than {without}."
    return f"{name} does not pay: it is worth {amount} less than {without}."


def _sure(result: PilotResult, go_on: str) -> str:
    """Against going on at once as it is costed, which counts on success."""
    amount = wording.money_short(abs(result.against_sure))
    if not result.against_sure:
        return f"Going on with {go_on} at once, if sure to work, is worth the same."
    than = "more" if result.against_sure < 0 else "less"
    return f"Going on with {go_on} at once is worth {amount} {than}, if it is sure to work."


def _untested(result: PilotResult) -> str:
    """Against going on at once with the chance of failure that is entered."""
    if not result.against_untested:
        return "If it may fail as entered, it is worth the same."
    than = "more" if result.against_untested < 0 else "less"
    return f"If it may fail as entered, it is worth {wording.money_short(abs(result.against_untested))} {than}."


def _breaks_even(result: PilotResult, found: Pilot) -> str:
    """At which chances of success it pays: over the break-even, or under it where going on is worth less."""
    if result.break_even is None:
        return "It pays at any chance of success." if result.pays else "No chance of success makes it pay."
    if not 0 < result.break_even < 1:
        return ""
    now, needed = wording.percent_entered(found.success), wording.percent(result.break_even)
    if result.pays_above:
        return f"It pays from a success chance of {needed} on; {now} is entered."
    return f"It pays under a success chance of {needed}, for falling back is worth more; {now} is entered."


def pays_at(result: PilotResult) -> str:
    """The same for a table: "from 61 %", "under 62 %", "any", "none"."""
    even = result.break_even
    if even is None:
        return "any" if result.pays else "none"
    return f"{'from' if result.pays_above else 'under'} {wording.percent(even)}"
