"""Who fails which gate, in sentences beside what is said of costs and of a recommendation (METHOD 9.1).

An option that fails a gate may not lead, and is never called the cheapest without the gate that it fails.
"""

from decimal import Decimal

from appraise.model.appraisal.document import Appraisal
from appraise.model.results import OptionResult, Results
from appraise.model.scoring import COMPARED, gates_failed
from appraise.present import comparison, finished, wording

#: More gates or cheaper options than this are told by their number.
NAMED = 2
#: Stands before who is first, where an option that fails a gate would be.
AMONG = "Of options that pass every gate, "


def failed_names(appraisal: Appraisal, option: str) -> str:
    """The gates that an option fails by name, two at most: "“Lawful” and “In time”"; "" where it fails none."""
    failed = gates_failed(appraisal, option)
    room = 36 if len(failed) == 1 else 20
    names = [f"“{wording.shorten(gate.name, room)}”" for gate in appraisal.gates if gate.id in failed]
    more = len(names) - NAMED
    return wording.listing([*names[:NAMED], *([f"{wording.count(more)} more"] if more > 0 else [])])


def _name(appraisal: Appraisal, option: str) -> str:
    """The short name of an option (tables.short_name; tables read this module)."""
    found = next(one for one in appraisal.options if one.id == option)
    return wording.shorten(found.short_name or found.name, 22)


def out(appraisal: Appraisal) -> tuple[str, ...]:
    """Notes under a table: which options are out, with the gates that they fail; nothing where none is."""
    failing = [one.id for one in appraisal.options if gates_failed(appraisal, one.id)]
    if not failing:
        return ()
    if len(failing) > NAMED:
        return (f"Out: {wording.how_many(len(failing), 'option')} that fail a gate may not lead.",)
    return tuple(f"Out: {_name(appraisal, one)} {fails(appraisal, one)}." for one in failing)


def fails(appraisal: Appraisal, option: str) -> str:
    """Follows the name of an option: "fails “Lawful”"; "" where it fails no gate."""
    names = failed_names(appraisal, option)
    return f"fails {names}" if names else ""


def passing(results: Results, appraisal: Appraisal) -> list[OptionResult]:
    """The options that fail no gate."""
    return [option for option in results.options if not gates_failed(appraisal, option.id)]


def nobody_passes(results: Results, appraisal: Appraisal) -> str:
    """A sentence where every option fails a gate; "" otherwise."""
    if not results.options or passing(results, appraisal):
        return ""
    return "Every option fails a gate, so none leads."


def only_one(results: Results, appraisal: Appraisal) -> str:
    """The id of the one option that passes where all others fail a gate; "" otherwise."""
    left = passing(results, appraisal)
    return left[0].id if len(left) == 1 < len(results.options) else ""


def _cost(option: OptionResult, *, same: bool) -> Decimal | None:
    if option.economic is None or not finished.costed(option):
        return None
    return option.economic.expected_npc if same else option.economic.expected_eac


def _cheaper_failing(results: Results, appraisal: Appraisal) -> list[str]:
    """Ids of options that fail a gate and cost no more, on average, than the cheapest that passes."""
    same = finished.same_basis(results)
    costs = {option.id: _cost(option, same=same) for option in results.options}
    least = costs.get(results.verdict.cheapest)
    if least is None or not finished.comparable(results):
        return []
    found = [(cost, key) for key, cost in costs.items() if cost is not None and cost <= least]
    return [key for _, key in sorted(found) if gates_failed(appraisal, key)]


def cheaper_failing(results: Results, appraisal: Appraisal) -> tuple[str, ...]:
    """A sentence for each option that costs no more than the cheapest that passes, with the gate that it fails."""
    found = _cheaper_failing(results, appraisal)
    if len(found) > NAMED:
        return (f"{wording.capital(wording.count(len(found)))} options cost less, but each fails a gate.",)
    same, cheapest = finished.same_basis(results), results.verdict.cheapest
    costs = {option.id: _cost(option, same=same) for option in results.options}
    year = comparison.a_year(results)
    return tuple(
        f"{_name(appraisal, one)} costs "
        f"{'the same' if costs[one] == costs[cheapest] else 'less'}{year}, but {fails(appraisal, one)}."
        for one in found
    )


def higher_failing(results: Results) -> bool:
    """Whether an option that fails a gate scores no less than the highest of those that pass."""
    first = next((one.score for one in results.options if one.id == results.verdict.highest_score), None)
    if first is None:
        return False
    scored = [one.score for one in results.options if one.score is not None and one.score.complete]
    return any(round(one.total, COMPARED) >= round(first.total, COMPARED) for one in scored if one.gates_failed)


def among_passing(results: Results, appraisal: Appraisal) -> str:
    """Goes before the name of the cheapest option where a cheaper one fails a gate; "" otherwise."""
    return AMONG if _cheaper_failing(results, appraisal) else ""
