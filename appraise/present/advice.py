"""What the figures say, in sentences: the answer, why, how sure, and what would change it."""

from dataclasses import dataclass
from typing import Literal

from appraise.model.appraisal.document import Appraisal
from appraise.model.results import OptionResult, Results, Switch
from appraise.present import wording
from appraise.present.tables import find_option, preferred, present_cost, short_from, short_name

__all__ = ["SCORING_STANDS", "TREASURY_POSITION", "Chip", "answer", "chips", "preferred", "what_would_change", "why"]

#: Stands beside every total score (METHOD 9.0).
SCORING_STANDS = (
    "The score is evidence about effects that have no price. "
    "It is read beside cost and risk, and never decides the order by itself."
)
#: Green Book 2026, 5.14 and 5.15.
TREASURY_POSITION = (
    "HM Treasury advises against deciding by simple weighting and scoring. "
    "It accepts swing weights, as used here, for sorting a long list with an expert facilitator."
)

#: A weight above this leaves nothing for the other criteria.
WHOLE_WEIGHT = 0.95

State = Literal["good", "attention", "problem", "info"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A few words and how they are meant; the icon follows the state, the words carry the meaning."""

    text: str
    state: State


def option_name(results: Results, option: str) -> str:
    """The name of an option, at most some eight words long, for use inside a sentence."""
    return wording.shorten(find_option(results, option).name, 44)


def answer(results: Results, appraisal: Appraisal) -> str:
    """The advice in one sentence: the recommended option, else who leads, else that nobody clearly does."""
    chosen = preferred(results, appraisal)
    if chosen and chosen == appraisal.recommendation.option:
        return f"We recommend: {option_name(results, chosen)}."
    if chosen:
        return f"{option_name(results, chosen)} leads; nothing has been recommended yet."
    if not results.verdict.cheapest and not results.verdict.highest_score:
        return "There is nothing to advise yet: costs and scores are missing."
    return "There is no clear winner, and nothing has been recommended yet."


def why(results: Results, appraisal: Appraisal) -> tuple[str, ...]:
    """Up to three sentences: what the outcomes say, what the cost says, whether there is money for it."""
    chosen = preferred(results, appraisal)
    sentences = [_why_score(results, appraisal), _why_cost(results, appraisal)]
    money = _why_money(results, find_option(results, chosen)) if chosen else ""
    return tuple(sentence for sentence in (*sentences, money) if sentence)


def _why_score(results: Results, appraisal: Appraisal) -> str:
    verdict = results.verdict
    if not verdict.highest_score:
        return ""
    leader = option_name(results, verdict.highest_score)
    scored = find_option(results, verdict.highest_score).score
    if scored is None:
        return ""
    if not verdict.score_rival or verdict.score_margin is None:
        return f"{leader} scores {wording.score(scored.total)} of 100."
    rival = short_name(appraisal, verdict.score_rival)
    if verdict.score_clear:
        lead = wording.how_many(round(verdict.score_margin), "point")
        return f"{leader} scores highest, {wording.score(scored.total)} of 100, {lead} above {rival}."
    return f"No option clearly scores highest: {leader} and {rival} lie within one score step."


def _why_cost(results: Results, appraisal: Appraisal) -> str:
    verdict = results.verdict
    if not verdict.cheapest:
        return ""
    cheapest = find_option(results, verdict.cheapest)
    leader = option_name(results, verdict.cheapest)
    if cheapest.risk is None or not verdict.cheapest_rival:
        cost = present_cost(cheapest)
        return f"{leader} costs {wording.money(cost)} in present value." if cost is not None else ""
    share = wording.of_draws(cheapest.risk.probability_cheapest)
    if verdict.cost_clear:
        return f"{leader} is cheapest in {share}, so its lead on cost is clear."
    rival = short_name(appraisal, verdict.cheapest_rival)
    return f"{leader} is cheapest in {share}, so cost does not decide between it and {rival}."


def _why_money(results: Results, option: OptionResult) -> str:
    scenarios = option.funding or ()
    short = [year for year in (short_from(results, scenario) for scenario in scenarios) if year]
    if not scenarios:
        return ""
    name = wording.shorten(option.name, 44)
    if not short:
        return f"Funding covers the middle cost of {name} in every year of {_every(len(scenarios))}."
    if len(short) == len(scenarios):
        return f"Money for {name} runs short from {min(short)} in {_every(len(scenarios))}."
    return f"Money for {name} runs short from {min(short)} in {_of_scenarios(len(short), len(scenarios))}."


def _every(count: int) -> str:
    return "the only funding scenario" if count == 1 else f"all {wording.how_many(count, 'funding scenario')}"


def _of_scenarios(part: int, count: int) -> str:
    return f"{part} of {count} funding scenarios"


def what_would_change(results: Results, appraisal: Appraisal) -> tuple[str, ...]:
    """The nearest changes that make the preferred option and its rival level: three of cost, two of weight.

    Only changes within reach: a line that at most doubles or vanishes, a weight that leaves room for the
    others. One sentence says so where there are none.
    """
    costs = [switch for switch in results.switches if switch.kind != "weight" and abs(switch.change) <= 1]
    weights = [switch for switch in results.switches if switch.kind == "weight" and switch.needed < WHOLE_WEIGHT]
    near = sorted(costs, key=lambda one: abs(one.change))[:3]
    near += sorted(weights, key=lambda one: abs(one.needed - one.now))[:2]
    if near or not preferred(results, appraisal):
        return tuple(_switch_sentence(results, appraisal, switch) for switch in near)
    return ("No single line, chance or weight, moved alone within its limits, changes the order.",)


def _switch_sentence(results: Results, appraisal: Appraisal, switch: Switch) -> str:
    name = f"“{wording.shorten(switch.name, 44)}”"
    pair = f"{short_name(appraisal, _held_against(results, switch))} and {short_name(appraisal, switch.rival)}"
    if switch.kind == "cost":
        move = "rises" if switch.change > 0 else "falls"
        owner = short_name(appraisal, switch.owner)
        return f"If {name} ({owner}) {move} by {wording.percent_change(switch.change)}, {pair} cost the same."
    now, needed = wording.percent(switch.now), wording.percent(switch.needed)
    if switch.kind == "weight":
        return f"If {name} weighs {needed} and not {now}, {pair} score the same."
    return f"If the chance of {name} is {needed} and not {now}, {pair} cost the same."


def _held_against(results: Results, switch: Switch) -> str:
    """The option that a switch holds against its rival: its owner, or where that is the rival, another's owner."""
    owners = (switch, *results.switches)
    return next((one.owner for one in owners if one.owner != switch.rival), results.verdict.cheapest)


def chips(results: Results, appraisal: Appraisal) -> tuple[Chip, ...]:
    """The state of the three questions in a few words each: outcomes, cost, money."""
    found: list[Chip] = []
    verdict = results.verdict
    if verdict.highest_score:
        found.append(_chip("Outcomes", clear=verdict.score_clear))
    if verdict.cheapest:
        found.append(_chip("Cost", clear=verdict.cost_clear))
    chosen = preferred(results, appraisal)
    scenarios = (find_option(results, chosen).funding or ()) if chosen else ()
    if scenarios:
        met = sum(1 for scenario in scenarios if not short_from(results, scenario))
        state: State = "good" if met == len(scenarios) else "info" if met else "problem"
        plural = "scenario" if len(scenarios) == 1 else "scenarios"
        found.append(Chip(text=f"Affordable in {met} of {len(scenarios)} {plural}", state=state))
    return tuple(found)


def _chip(subject: str, *, clear: bool) -> Chip:
    return Chip(text=f"{subject}: {'clear' if clear else 'no clear winner'}", state="good" if clear else "attention")
