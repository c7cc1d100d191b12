"""What longer settlements are worth, in sentences: length alone with the same money, and whole scenarios beside it.

Present costs are those of all public bodies, gaps those of this body's own budget (METHOD 12.3).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.funding import Scenario, Settlement
from appraise.model.appraisal.terms import Commitment
from appraise.model.funding_results import LengthAnswer, ScenarioFunding, SettlementLength
from appraise.model.regret import mean_length
from appraise.model.results import Results
from appraise.present import wording
from appraise.present.chart_years import scenarios_of
from appraise.present.tables import find_option, short_name

#: What is compared in the question, in years.
ONE, THREE = 1, 3
#: Whose money it is, beside an amount of present cost.
WHOSE = "Present cost is that of all public bodies, a gap this body’s own money."
#: How many characters of a name stand inside a sentence.
_NAME = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What `longer` saves against `shorter`: expected present cost and expected gap, errors hold 19 times in 20."""

    shorter: Scenario
    longer: Scenario
    cost: float
    cost_error: float
    gap: float
    gap_error: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Alone:
    """What length alone does: the same money, cuts and prevention stops, settled one year and three years at a time."""

    one: SettlementLength
    three: SettlementLength
    money_of: str
    draws: int

    @property
    def cost(self) -> float:
        """What three years at a time save of the expected present cost, pounds."""
        return self.one.npc - self.three.npc


def shows(value: float, error: float) -> bool:
    """A difference that is more than how far it may be off, and no arithmetic."""
    return abs(value) > max(error, 0.5)


def worth(results: Results, appraisal: Appraisal, option: str) -> Worth | None:
    """What about three years at a time saves against the shortest settlements; None with nothing longer to compare.

    Errors of two expected gaps add up to no less than that of their difference.
    """
    chains = scenarios_of(appraisal, find_option(results, option), "")
    found: dict[str, tuple[Scenario, ScenarioFunding]] = {plan.id: (plan, funding) for plan, funding in chains}
    shortest = results.regret.shortest if results.regret is not None else ""
    if shortest not in found or len(found) < 2:
        return None
    years = appraisal.horizon.years
    shorter, short = found[shortest]
    least = mean_length(shorter, years)
    longer = [one for one in found.values() if mean_length(one[0], years) > least]
    if not longer:
        return None
    plan, long = min(longer, key=lambda one: _unlike_three(one[0], shorter, years))
    step = next((one for one in short.against if one.than == plan.id), None)
    if step is None:
        return None
    return Worth(
        shorter=shorter,
        longer=plan,
        cost=step.mean,
        cost_error=wording.NINETEEN_OF_20 * step.error,
        gap=short.expected_gap - long.expected_gap,
        gap_error=wording.NINETEEN_OF_20 * (short.expected_gap_error + long.expected_gap_error),
    )


def _unlike_three(plan: Scenario, shorter: Scenario, years: int) -> tuple[bool, int, bool, bool, str]:
    """How far a scenario is from three years at a time with the same money; the smallest is compared.

    Settlements that are all alike come before mixed ones. The first may be the rest of one that runs today, and the
    last may be cut off by the horizon.
    """
    lengths = [min(len(one.amounts), years - one.first_year) for one in plan.settlements if one.first_year < years]
    typical = max(lengths, default=0)
    mixed = any(one != typical for one in lengths[1:-1])
    money = [round(sum(_money(one, years) for one in each.settlements)) for each in (plan, shorter)]
    return mixed, abs(typical - THREE), lengths[:1] != [typical], money[0] != money[1], plan.id


def alone(results: Results, option: str) -> Alone | None:
    """What three years at a time do with the same money as one; None where lengths were not worked out."""
    found = find_option(results, option).lengths
    if found is None:
        return None
    by_years = {one.years: one for one in found.lengths}
    if ONE not in by_years or THREE not in by_years:
        return None
    return Alone(one=by_years[ONE], three=by_years[THREE], money_of=found.money_of, draws=found.draws)


# --- the fourth answer ---------------------------------------------------------------------------------------------
def question(results: Results, appraisal: Appraisal, option: str) -> str:
    """What is asked: length alone where it was worked out, else what one scenario is worth beside another."""
    found = worth(results, appraisal, option)
    if alone(results, option) is not None or found is None:
        return "What are three years instead of one worth?"
    return f"What is {_name(found.longer)} worth beside {_name(found.shorter)}?"


def answer(results: Results, appraisal: Appraisal, option: str) -> str:
    """The worth in a few words; "Not known" where nothing can be compared."""
    found, whole = alone(results, option), worth(results, appraisal, option)
    if found is not None:
        if abs(found.cost) >= _smallest(found):
            amount = wording.money_short(abs(found.cost))
            return f"{amount} {'less' if found.cost > 0 else 'more'} present cost"
        before, after = _chances(found)
        if _chance_moves(found) and before != after:
            fewer = found.three.probability_of_any_gap < found.one.probability_of_any_gap
            return f"Short years {'less' if fewer else 'more'} likely: {before} to {after}"
        return "Nothing that shows"
    if whole is None:
        return "Not known"
    if shows(whole.cost, whole.cost_error):
        return f"{_moved(whole.cost, whole.cost_error)} present cost"
    if shows(whole.gap, whole.gap_error):
        return f"{_moved(whole.gap, whole.gap_error)} expected gap"
    return "Nothing that shows"


def detail(results: Results, appraisal: Appraisal, option: str) -> str:
    """What the answer compares, in one sentence."""
    found, whole = alone(results, option), worth(results, appraisal, option)
    if found is not None:
        if abs(found.cost) >= _smallest(found):
            return "By length alone, with the same money."
        if whole is not None and shows(whole.gap, whole.gap_error):
            return f"By length alone; whole scenarios: {_moved(whole.gap, whole.gap_error)} expected gap."
        return "By length alone, with the same money; the cost stays."
    if whole is None:
        return "It takes two scenarios with money, one with longer settlements."
    other = differences(whole.shorter, whole.longer, appraisal, option)
    return "Not by length alone." if other else "By length alone."


def more(results: Results, appraisal: Appraisal, option: str) -> str:
    """The chance, the whole scenarios beside it and what they differ in, and whose money it is."""
    found, whole = alone(results, option), worth(results, appraisal, option)
    if found is None and whole is None:
        return ""
    said = [_alone_detail(found, appraisal)] if found is not None else []
    if whole is not None:
        said += [worth_sentence(results, appraisal, option), *_not_length(whole, appraisal, option)]
    return " ".join(one for one in (*said, WHOSE) if one)


def _chances(found: Alone) -> tuple[str, str]:
    """The chance of a short year one year and three years at a time."""
    one, three = (wording.percent_of_draws(each.probability_of_any_gap) for each in (found.one, found.three))
    return one, three


def _chance_moves(found: Alone) -> bool:
    error = wording.NINETEEN_OF_20 * (found.one.any_gap_error + found.three.any_gap_error)
    return abs(found.one.probability_of_any_gap - found.three.probability_of_any_gap) > error


def _alone_detail(found: Alone, appraisal: Appraisal) -> str:
    names = {one.id: wording.shorten(one.name, _NAME) for one in appraisal.scenarios}
    money = names.get(found.money_of, wording.DASH)
    chances = [wording.in_hundred(one.probability_of_any_gap) for one in (found.one, found.three)]
    change = "stays at" if chances[0] == chances[1] else f"goes from {chances[0]} to"
    return (
        f"With the same money, cuts and prevention stops, those of {money}. "
        f"The chance of a short year then {change} {chances[1]} ({found.draws:,} draws)."
    )


def _smallest(found: Alone) -> float:
    """A difference that rounding of present costs would swallow is none."""
    return max(0.5, 1e-6 * abs(found.one.npc))


def worth_sentence(results: Results, appraisal: Appraisal, option: str) -> str:
    """What the longer scenario saves as a whole, in one sentence; "" with nothing to compare."""
    found = worth(results, appraisal, option)
    if found is None:
        return ""
    lead = f"{wording.capital(_name(found.longer))} as a whole"
    beside = f"beside {_name(found.shorter)}"
    parts = []
    if shows(found.cost, found.cost_error):
        parts.append(f"{_moved(found.cost, found.cost_error)} present cost")
    if shows(found.gap, found.gap_error):
        parts.append(f"{_moved(found.gap, found.gap_error)} expected gap")
    if not parts:
        return f"{lead} changes nothing that shows {beside}."
    return f"{lead}: {wording.listing(parts)} {beside}."


def _moved(saved: float, error: float) -> str:
    return f"{wording.simulated(abs(saved), error)} {'less' if saved > 0 else 'more'}"


def _not_length(found: Worth, appraisal: Appraisal, option: str) -> list[str]:
    """What the two scenarios differ in beside the length, two to a sentence."""
    other = differences(found.shorter, found.longer, appraisal, option)
    if not other:
        return ["They differ in nothing but length."]
    starts = ("That is not length alone: it has", *("It also has",) * len(other))
    pairs = [other[place : place + 2] for place in range(0, len(other), 2)]
    return [f"{start} {wording.listing(pair)}." for start, pair in zip(starts, pairs, strict=False)]


def differences(shorter: Scenario, longer: Scenario, appraisal: Appraisal, option: str) -> tuple[str, ...]:
    """What the longer scenario has that the shorter has not, beside its length: money, renewal, cuts, grants, stops."""
    years = appraisal.horizon.years
    entered = [sum(_money(one, years) for one in plan.settlements) for plan in (longer, shorter)]
    more = entered[0] - entered[1]
    said = [f"{wording.money_short(abs(more))} {'more' if more > 0 else 'less'} money entered"] if more else []
    renewals = [_renewals(one) for one in (longer, shorter)]
    if all(renewals) and renewals[0] != renewals[1]:
        said.append(f"a renewal chance of {renewals[0]} instead of {renewals[1]}")
    cuts = [{(one.cut_low, one.cut_likely, one.cut_high) for one in plan.settlements[1:]} for plan in (longer, shorter)]
    if all(cuts) and cuts[0] != cuts[1]:
        said.append("other cuts")
    if longer.restored != shorter.restored:
        said.append("cuts that are made good" if longer.restored else "cuts that stay")
    if longer.carry_over != shorter.carry_over:
        said.append("money left over that is kept" if longer.carry_over else "money left over that goes back")
    return (*said, *_grants(shorter, longer, appraisal), *_stops(shorter, longer, appraisal, option))


def _money(settlement: Settlement, years: int) -> float:
    """Revenue and capital of a settlement inside the horizon."""
    within = slice(0, max(0, years - settlement.first_year))
    return float(sum(settlement.amounts[within]) + sum(settlement.capital[within]))


def _renewals(plan: Scenario) -> str:
    """The chances of renewal at its boundaries: one, or from the lowest to the highest; "" without a boundary."""
    found = sorted({one.renewal for one in plan.settlements[1:]})
    ends = [wording.percent_entered(one) for one in (found[:1] + found[-1:] if len(found) > 1 else found)]
    return " to ".join(ends)


def _grants(shorter: Scenario, longer: Scenario, appraisal: Appraisal) -> list[str]:
    names = {one.id: wording.shorten(one.name, _NAME) for one in appraisal.grants}
    gained = [f"a bid for {names[key]}" for key in longer.grants if key in names and key not in shorter.grants]
    return gained + [f"no bid for {names[key]}" for key in shorter.grants if key in names and key not in longer.grants]


def _stops(shorter: Scenario, longer: Scenario, appraisal: Appraisal, option: str) -> list[str]:
    """Programmes of the option that one scenario pays for longer than the other."""
    ends = [{stop.programme: stop.last_year for stop in plan.stops} for plan in (longer, shorter)]
    said = []
    for one in appraisal.programmes:
        last, other = (stops.get(one.id, appraisal.horizon.years) for stops in ends)
        if one.option == option and last != other:
            said.append(f"{wording.shorten(one.name, _NAME)} paid for {'longer' if last > other else 'shorter'}")
    return said


def _name(plan: Scenario) -> str:
    return wording.shorten(plan.name, _NAME) or "a scenario without a name"


# --- what length would do ------------------------------------------------------------------------------------------
def affordable_means(appraisal: Appraisal) -> str:
    """What is meant wherever an option is called affordable."""
    return f"Affordable: no short year in at least {wording.of_draws(appraisal.simulation.percentile / 100)}."


def lengths(results: Results, appraisal: Appraisal, option: str) -> tuple[str, ...]:
    """What length of settlement would make an option affordable or cheapest; nothing where it was not worked out."""
    found = find_option(results, option).lengths
    if found is None or not found.lengths:
        return ()
    names = {one.id: one.name for one in appraisal.scenarios}
    name = short_name(appraisal, option)
    money = wording.shorten(names.get(found.money_of, wording.DASH), _NAME)
    basis = f"With the money, cuts and prevention stops of {money} settled"
    said = (
        f"{basis} {_affordable(found, name)}",
        f"{basis} {_cheapest(found, name)} ({found.draws:,} draws).",
        affordable_means(appraisal),
        *_worse(found, appraisal, option),
        *_elsewhere(results, appraisal, option, found),
    )
    return tuple(one for one in said if one)


def _term(years: int) -> str:
    return wording.how_many(years, "year")


def _affordable(found: LengthAnswer, name: str) -> str:
    years = found.affordable_from
    longest = max(one.years for one in found.lengths)
    if years is None:
        return f"up to {_term(longest)} at a time, {name} is never affordable."
    if not all(one.affordable for one in found.lengths if one.years >= years):
        longer = [str(one.years) for one in found.lengths if one.years > years and not one.affordable]
        return f"{_term(years)} at a time, {name} is affordable; with {wording.listing(longer[:4])} it is not."
    if years == min(one.years for one in found.lengths):
        return f"any number of years at a time, {name} is affordable."
    return f"{_term(years)} or more at a time, {name} is affordable."


def _cheapest(found: LengthAnswer, name: str) -> str:
    years = found.cheapest_from
    if years is None:
        return f"so, {name} is never the cheapest"
    if years == min(one.years for one in found.lengths) and all(one.cheapest for one in found.lengths):
        return f"so, {name} is always the cheapest"
    return f"so, {name} is the cheapest from {_term(years)} at a time"


def _worse(found: LengthAnswer, appraisal: Appraisal, option: str) -> tuple[str, ...]:
    """Why more years can do worse than fewer, where the draws show one; nothing where they do not."""
    pair = _a_longer_that_is_worse(found.lengths)
    if pair is None:
        return ()
    better, worse = pair
    chances = [wording.in_hundred(one.probability_of_any_gap) for one in (worse, better)]
    first = (
        f"{wording.capital(_term(worse.years))} at a time do worse than {wording.count(better.years)}: "
        f"a short year in {chances[0]}, not {chances[1]}."
    )
    entered = next(one for one in appraisal.options if one.id == option)
    term = entered.term_years
    if term > 0 and worse.years % term and entered.terms.commitment is Commitment.NEVER:
        lead = f"{wording.capital(_term(worse.years))} do not divide into terms of {wording.count(term)}"
        return (first, f"{lead}: what is left over is let for a short, dear contract.")
    return (first, "Their boundaries fall in years in which less money is to spare.")


def _a_longer_that_is_worse(
    found: Sequence[SettlementLength],
) -> tuple[SettlementLength, SettlementLength] | None:
    """The pair with the largest rise of the chance from a shorter length to a longer one, beyond the error of both."""
    rises = [
        (longer.probability_of_any_gap - shorter.probability_of_any_gap, shorter, longer)
        for shorter in found
        for longer in found
        if longer.years > shorter.years
        and longer.probability_of_any_gap - shorter.probability_of_any_gap
        > wording.NINETEEN_OF_20 * (shorter.any_gap_error + longer.any_gap_error)
    ]
    return max(rises, key=lambda one: one[0])[1:] if rises else None


def _elsewhere(results: Results, appraisal: Appraisal, option: str, found: LengthAnswer) -> Iterable[str]:
    """Scenarios in which it is affordable or cheapest all the same, because they bring other money as well."""
    row = next((one for one in results.regret.rows if one.option == option), None) if results.regret else None
    if row is None:
        return
    names = {one.id: wording.shorten(one.name, _NAME) for one in appraisal.scenarios}
    paid = [names[one.scenario] for one in row.cells if one.affordable and one.scenario in names]
    least = [names[one.scenario] for one in row.cells if one.regret <= 0 and one.scenario in names]
    for what, lacking, there in (
        ("affordable", found.affordable_from is None, paid),
        ("cheapest", found.cheapest_from is None, least),
    ):
        if lacking and there:
            where = wording.listing(there) if len(there) < 3 else f"{wording.count(len(there))} scenarios"
            yield f"With money of their own it is {what} in {where}."
