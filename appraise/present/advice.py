"""What the figures say, in sentences: the answer, why, how sure, and what would change it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.options import ShortListRole
from appraise.model.results import Economic, OptionResult, Results, Switch
from appraise.present import budget_words, comparison, finished, gate_words, scoring_words, wording
from appraise.present.scoring_words import SCORING_STANDS
from appraise.present.tables import find_option, preferred, present_cost, reachable, short_from, short_name

__all__ = [
    "SCORING_STANDS",
    "TREASURY_POSITION",
    "Chip",
    "answer",
    "brief",
    "chips",
    "preferred",
    "what_would_change",
    "why",
]

#: METHOD 9.2, number 6: one rule each, printed with the result; `scoring_words.SCORE_RULE` is the second in full.
CLEAR_RULE = (
    "A lead is clear if it is ahead at all in 80 of 100 draws; on score it must also be over 5 points as scored."
)
#: Green Book 2026, 5.14 and 5.15.
TREASURY_POSITION = (
    "HM Treasury advises against deciding by simple weighting and scoring. "
    "It accepts swing weights for sorting a long list; here they inform a short list beside cost and risk."
)

State = Literal["good", "attention", "problem", "info"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A few words and how they are meant; the icon follows the state, the words carry the meaning."""

    text: str
    state: State


def option_name(results: Results, option: str) -> str:
    """The name of an option, at most some eight words long, for use inside a sentence."""
    return wording.shorten(find_option(results, option).name, 44)


def _whole_name(results: Results, option: str) -> str:
    """The name of an option for the headline, which wraps: only a name of paragraph length is cut."""
    return wording.shorten(find_option(results, option).name, 160)


def answer(results: Results, appraisal: Appraisal) -> str:
    """The advice in one sentence: the recommended option, else who leads, else that nobody clearly does."""
    if not any(finished.costed(option) for option in results.options) and not results.verdict.highest_score:
        sealed = finished.scores_sealed(results)
        lacking = "costs are missing, and scores are sealed" if sealed else "costs and scores are missing"
        return f"There is nothing to advise yet: {lacking}."
    if not finished.comparable(results):
        return "No recommendation can rest on these figures yet."
    chosen = preferred(results, appraisal)
    if chosen and chosen == appraisal.recommendation.option:
        fails = gate_words.fails(appraisal, chosen)
        said = f"We recommend: {_whole_name(results, chosen)}".removesuffix(".") + "."
        return f"{said} It {fails}." if fails else said
    nobody, alone = gate_words.nobody_passes(results, appraisal), gate_words.only_one(results, appraisal)
    if nobody:
        return nobody
    if finished.scores_sealed(results) and results.verdict.cheapest:
        return _sealed(results, appraisal)
    if alone:
        return f"Only {_whole_name(results, alone)} passes every gate; nothing has been recommended yet."
    if chosen:
        return f"{_whole_name(results, chosen)} leads; nothing has been recommended yet."
    if not results.verdict.cheapest and not results.verdict.highest_score:
        return "There is nothing to advise yet: costs and scores are missing."
    return "There is no clear winner, and nothing has been recommended yet."


def _sealed(results: Results, appraisal: Appraisal) -> str:
    """Who is cheapest, and that scores are sealed: nobody leads before they are revealed."""
    verdict = results.verdict
    if verdict.tied:
        return f"{comparison.tied(results, appraisal)} cost the same{comparison.a_year(results)}; scores are sealed."
    among = gate_words.among_passing(results, appraisal)
    average = "" if verdict.cost_clear else " on average"
    return f"{among}{_whole_name(results, verdict.cheapest)} is cheapest{average}; scores are sealed."


def _gates(results: Results, appraisal: Appraisal) -> tuple[str, ...]:
    """Why the recommended option should not be: each gate that it fails, with the reason."""
    chosen = appraisal.recommendation.option
    known = any(option.id == chosen for option in results.options)
    return scoring_words.gates_failed(appraisal, chosen) if known else ()


def why(results: Results, appraisal: Appraisal, *, board: bool = False) -> tuple[str, ...]:
    """What is missing, gates that the recommended option fails; then cost, whose money it is, and whether there is any.

    What the scores say stands after cost and money (METHOD 9.0). `board`: for a page that tells the chances
    of a short year and how firm scores are beside it.
    """
    sentences = [finished.missing_costs(results), finished.missing_scores(results), *_gates(results, appraisal)]
    if finished.comparable(results):
        chosen = preferred(results, appraisal)
        sentences += [_why_cost(results, appraisal), *_by_scenario(results, appraisal)]
        sentences += [*gate_words.cheaper_failing(results, appraisal), _lives(results)]
        if chosen:
            option = find_option(results, chosen)
            sentences += [_why_others(results, appraisal, option), "" if board else _why_money(appraisal, option)]
    sentences += [_why_score(results, appraisal, board=board)]
    return tuple(sentence for sentence in sentences if sentence)


def _lives(results: Results) -> str:
    """Why costs are told by the year, where they are."""
    if finished.same_basis(results):
        return ""
    return "The options run for different lives, so only their equivalent annual costs are compared."


def brief(results: Results, appraisal: Appraisal) -> tuple[str, ...]:
    """The reasons in at most three short sentences, gates that are failed apart; `why` has the whole of them."""
    failed = _gates(results, appraisal)
    missing = [said for said in (finished.missing_costs(results), finished.missing_scores(results)) if said]
    if missing:
        return (*failed, *missing)
    said = [*failed, _brief_cost(results, appraisal), *gate_words.cheaper_failing(results, appraisal)]
    chosen = preferred(results, appraisal)
    if chosen:
        option = find_option(results, chosen)
        said.append(_own_cash(results, appraisal, option) or _brief_money(option))
    said.append(_brief_score(results, appraisal))
    return tuple(sentence for sentence in said if sentence)


def _brief_score(results: Results, appraisal: Appraisal) -> str:
    verdict = results.verdict
    if not verdict.highest_score or verdict.score_margin is None:
        return ""
    leader, rival = short_name(appraisal, verdict.highest_score), short_name(appraisal, verdict.score_rival)
    if verdict.score_tied:
        return f"{scoring_words.tied(results, appraisal)} score the same."
    if not verdict.score_clear:
        return f"On score, nobody clearly leads between {leader} and {rival}."
    points = wording.how_many(round(verdict.score_margin), "point")
    among = gate_words.AMONG if gate_words.higher_failing(results) else ""
    return f"{among}{leader} scores {points} above {rival}."


def _brief_cost(results: Results, appraisal: Appraisal) -> str:
    verdict = results.verdict
    if not verdict.cheapest_rival or verdict.cost_margin is None:
        return ""
    if verdict.tied:
        return f"{comparison.tied(results, appraisal)} cost the same{comparison.a_year(results)}: a tie."
    leader, rival = short_name(appraisal, verdict.cheapest), short_name(appraisal, verdict.cheapest_rival)
    ahead = wording.of_draws(verdict.cost_margin)
    end = "" if verdict.cost_clear else ", short of a clear lead"
    return f"{leader} costs less{comparison.a_year(results)} than {rival} in {ahead}{end}."


def _brief_money(option: OptionResult) -> str:
    chances = [scenario.probability_of_any_gap for scenario in finished.funded(option)]
    if not chances:
        return ""
    low, high = (wording.percent_of_draws(chance) for chance in (min(chances), max(chances)))
    return f"The chance of a short year is {low if low == high else f'{low} to {high}'}."


def _why_score(results: Results, appraisal: Appraisal, *, board: bool = False) -> str:
    verdict = results.verdict
    if not verdict.highest_score:
        return ""
    highest = verdict.highest_score
    leader = short_name(appraisal, highest) if board else option_name(results, highest)
    scored = find_option(results, verdict.highest_score).score
    if scored is None:
        return ""
    among = gate_words.AMONG if gate_words.higher_failing(results) else ""
    if not verdict.score_rival or verdict.score_margin is None:
        return f"{among}{leader} scores {wording.score(scored.total)} of 100."
    if not verdict.score_clear:
        return scoring_words.no_clear_winner(results, appraisal)
    rival = short_name(appraisal, verdict.score_rival)
    lead = wording.how_many(round(verdict.score_margin), "point")
    found = scoring_words.first_place(scored)
    first = f"It is first in {wording.of_draws(found[0])}." if found else ""
    told = f"{among}{leader} scores highest, {wording.score(scored.total)} of 100, {lead} above {rival}."
    drawn = () if board else (first, scoring_words.drawn_gap(scored))
    return " ".join(said for said in (told, *drawn) if said)


def _why_cost(results: Results, appraisal: Appraisal) -> str:
    verdict = results.verdict
    if not verdict.cheapest:
        return ""
    cheapest = find_option(results, verdict.cheapest)
    leader = option_name(results, verdict.cheapest)
    if verdict.tied:
        equal = f"cost the same{comparison.a_year(results)} on average"
        return f"{comparison.tied(results, appraisal)} {equal}: a tie on cost."
    if cheapest.risk is None or not verdict.cheapest_rival:
        cost = present_cost(cheapest)
        return f"{leader} costs {wording.money(cost)} in present value." if cost is not None else ""
    name, rival = short_name(appraisal, verdict.cheapest), short_name(appraisal, verdict.cheapest_rival)
    share = f"{comparison.a_year(results)} in {wording.of_draws(cheapest.risk.probability_cheapest)}".strip()
    ahead = wording.of_draws(verdict.cost_margin or 0.0)
    small = comparison.small_lead(results)
    among = gate_words.among_passing(results, appraisal)
    lead = f"{among}{name} {'costs least' if among else f'is cheapest {share}'} and beats {rival} in {ahead}"
    if verdict.cost_clear:
        return f"{lead}: its lead on cost is clear. {small}".strip()
    return f"{lead}. {small or 'A clear lead on cost needs 80.'}"


def _by_scenario(results: Results, appraisal: Appraisal) -> tuple[str, ...]:
    """What the chance of being cheapest rests on, and who costs least on average in each scenario.

    Nothing where no scenario changes a cost: then there is one basis only.
    """
    found = results.regret
    names = {one.id: one.name for one in appraisal.scenarios}
    if found is None or len(found.rows) < 2 or results.verdict.tied or not results.verdict.cheapest:
        return ()
    if all(len({round(cell.cost, 2) for cell in row.cells}) == 1 for row in found.rows):
        return ()
    cheapest: dict[str, list[str]] = {}
    for place, cell in enumerate(found.rows[0].cells):
        leader = min(found.rows, key=lambda row: (row.cells[place].cost, row.option))
        cheapest.setdefault(leader.option, []).append(names.get(cell.scenario, wording.DASH))
    basis = _basis(appraisal)
    if list(cheapest) == [results.verdict.cheapest] and len(names) > 1:
        return ("That is the cost as entered; on average it is cheapest in every scenario, too.",)
    told = "; ".join(f"{short_name(appraisal, key)} in {_in_scenarios(where)}" for key, where in cheapest.items())
    return (basis, f"With what each scenario adds, the cheapest on average is {told}.")


def _in_scenarios(names: Sequence[str]) -> str:
    """Scenarios by name, more than two by number."""
    return wording.listing(names) if len(names) < 3 else wording.how_many(len(names), "scenario")


def _basis(appraisal: Appraisal) -> str:
    """What the cost as entered takes for granted, which a scenario may not give."""
    terms = any(one.term_years > 0 for one in appraisal.options)
    parts = ["contracts at the terms that are priced"] * terms
    parts += ["prevention paid for"] * bool(appraisal.programmes)
    return f"That is the cost as entered{': ' + wording.listing(parts) if parts else ''}."


def _why_others(results: Results, appraisal: Appraisal, option: OptionResult) -> str:
    """Whose money it is: what other public bodies pay beside business as usual, and who is cheapest in the own budget.

    Without business as usual: their part of the expected cost.
    """
    case = option.economic
    if case is None or not case.expected_other_bodies:
        return ""
    sentence = _others_beside_usual(results, appraisal, option) or _others_part(case)
    parts = (sentence, _without_others(results, appraisal, option), _own_cash(results, appraisal, option))
    return " ".join(part for part in parts if part)


def _others_part(case: Economic) -> str:
    """What other public bodies pay or save, where there is nothing to hold it against."""
    money = wording.money(abs(case.expected_other_bodies))
    saved = case.expected_other_bodies < 0
    way, verb = ("In its favour", "save") if saved else ("Against it", "pay")
    return f"{way}, other public bodies {verb} {money} on average, in present value."


def _others_beside_usual(results: Results, appraisal: Appraisal, option: OptionResult) -> str:
    """What other public bodies pay more or less than under business as usual; "" without it, or over other lives."""
    usual = next((one.id for one in appraisal.options if one.role is ShortListRole.BUSINESS_AS_USUAL), "")
    known = {one.id: one for one in results.options if finished.costed(one)}
    if usual not in known or usual == option.id or option.economic is None or not finished.same_basis(results):
        return ""
    base = known[usual].economic
    if base is None:
        return ""
    more = option.economic.expected_other_bodies - base.expected_other_bodies
    name = short_name(appraisal, usual)
    if abs(more) < 1:
        return f"Other public bodies pay as much as under {name}."
    way, verb = ("Against it", "more") if more > 0 else ("In its favour", "less")
    return f"{way}, other public bodies pay {wording.money(abs(more))} {verb} than under {name}, in present value."


def _without_others(results: Results, appraisal: Appraisal, option: OptionResult) -> str:
    """Who would lead on expected cost if other public bodies' part were left out of every option."""
    passing = gate_words.passing(results, appraisal)
    cases = {one.id: one.economic for one in passing if finished.costed(one) and one.economic is not None}
    if option.id not in cases or results.verdict.tied or not finished.same_basis(results):
        return ""
    leader = min(cases, key=lambda key: (cases[key].expected_npc, key))
    alone = min(cases, key=lambda key: (cases[key].expected_npc - cases[key].expected_other_bodies, key))
    if leader != option.id or alone == option.id:
        return ""
    return f"Without that, {short_name(appraisal, alone)} would cost less on average."


def own_cash(results: Results, appraisal: Appraisal) -> str:
    """Who costs less in the body's own budget than the preferred option; "" where nobody does, or that is not known."""
    chosen = preferred(results, appraisal)
    return _own_cash(results, appraisal, find_option(results, chosen)) if chosen else ""


def _own_cash(results: Results, appraisal: Appraisal, option: OptionResult) -> str:
    """Who costs less in the body's own budget, where other bodies bear or gain a part of the cost.

    Nothing where lives differ, or where the budget lacks somebody's capital.
    """
    if option.economic is None or not option.economic.expected_other_bodies or not finished.same_basis(results):
        return ""
    if budget_words.uncharged(appraisal):
        return ""
    costed = [one for one in gate_words.passing(results, appraisal) if one.financial is not None]
    own = min(costed, key=lambda one: (one.financial.total if one.financial else 0, one.id), default=option)
    if own.id != option.id and own.financial is not None and option.financial is not None:
        more = wording.money(option.financial.total - own.financial.total)
        body = appraisal.body.strip() or "the body"
        span = wording.how_many(len(results.years), "year")
        kind = "revenue" if budget_words.in_revenue(appraisal) else "cash"
        return (
            f"In {wording.shorten(body, 40)}’s own {kind}, as entered, "
            f"{short_name(appraisal, own.id)} costs {more} less over {span}."
        )
    return ""


def _why_money(appraisal: Appraisal, option: OptionResult) -> str:
    """The chance of at least one short year, by scenario; at most three."""
    names = {scenario.id: scenario.name for scenario in appraisal.scenarios}
    money = [one for one in finished.funded(option) if one.scenario in names]
    chances = [
        f"{wording.percent_of_draws(one.probability_of_any_gap)} under “{wording.shorten(names[one.scenario], 60)}”"
        for one in money[:3]
    ]
    return f"Chance of at least one year short of money: {wording.listing(chances)}." if chances else ""


def what_would_change(results: Results, appraisal: Appraisal) -> tuple[str, ...]:
    """The nearest changes that make the preferred option and its rival level: three of cost, two of weight, the rate.

    Only changes within reach: a line that at most doubles or vanishes, a weight that leaves room for the
    others. One sentence says so where there are none.
    """
    if not finished.comparable(results):
        return ()
    costs = [one for one in reachable(results) if one.kind in {"cost", "probability"} and abs(one.change) <= 1]
    weights = [switch for switch in reachable(results) if switch.kind == "weight"]
    near = sorted(costs, key=lambda one: abs(one.change))[:3]
    near += sorted(weights, key=lambda one: abs(one.needed - one.now))[:2]
    near += [one for one in reachable(results) if one.kind == "rate"]
    if near or not preferred(results, appraisal):
        return tuple(_switch_sentence(appraisal, switch) for switch in near)
    if comparison.unlevelled(results):
        return (comparison.unlevelled(results),)
    return ("No single line, chance or weight, moved alone within its limits, changes the order.",)


def what_is_level(results: Results, appraisal: Appraisal) -> str:
    """What the changes of cost make level, and what is not in that; "" where no change of cost is told."""
    told = [one for one in reachable(results) if one.kind != "weight"]
    if not told or not what_would_change(results, appraisal):
        return ""
    return "Changes of cost make the net present costs level. Gains to people and firms are not in them."


def _switch_sentence(appraisal: Appraisal, switch: Switch) -> str:
    name = f"“{wording.shorten(switch.name, 44)}”"
    pair = f"{short_name(appraisal, switch.preferred)} and {short_name(appraisal, switch.rival)}"
    if switch.kind == "cost":
        move = "rises" if switch.change > 0 else "falls"
        owner = f" ({short_name(appraisal, switch.owner)})" if switch.owner else ""
        return f"If {name}{owner} {move} by {wording.percent_change(switch.change)}, {pair} cost the same."
    if switch.kind == "rate":
        now, needed = wording.rate(switch.now), wording.rate(switch.needed)
        return f"If the discount rate is {needed} and not {now}, {pair} cost the same."
    if switch.kind == "weight":
        now, needed = wording.percent(switch.now), wording.percent(switch.needed)
        return f"If {name} weighs {needed} and not {now}, {pair} score the same."
    now, needed = wording.percent_entered(switch.now), wording.percent(switch.needed)
    return f"If the chance of {name} is {needed} and not {now}, {pair} cost the same."


def chips(results: Results, appraisal: Appraisal) -> tuple[Chip, ...]:
    """The state of the three questions in a few words each: outcomes, cost, money."""
    found: list[Chip] = []
    verdict = results.verdict
    if _gates(results, appraisal):
        found.append(Chip(text="Recommended: fails a gate", state="problem"))
    if finished.scores_sealed(results):
        found.append(Chip(text="Outcomes: scores are sealed", state="info"))
    elif finished.missing_scores(results):
        found.append(Chip(text="Outcomes: scores missing", state="attention"))
    elif verdict.highest_score:
        found.append(_chip("Outcomes", clear=verdict.score_clear))
    if finished.missing_costs(results):
        found.append(Chip(text="Cost: options without costs", state="attention"))
        return tuple(found)
    if verdict.tied:
        found.append(Chip(text="Cost: a tie", state="attention"))
    elif verdict.cheapest:
        found.append(_chip("Cost", clear=verdict.cost_clear))
    chosen = preferred(results, appraisal)
    option = find_option(results, chosen) if chosen else None
    scenarios = finished.funded(option) if option is not None else ()
    if option is not None and option.funding and not scenarios:
        found.append(Chip(text=finished.NO_MONEY, state="info"))
    if scenarios:
        met = sum(1 for scenario in scenarios if not short_from(results, scenario))
        state: State = "good" if met == len(scenarios) else "info" if met else "problem"
        plural = "scenario" if len(scenarios) == 1 else "scenarios"
        found.append(Chip(text=f"Middle cost met in {met} of {len(scenarios)} {plural}", state=state))
    return tuple(found)


def _chip(subject: str, *, clear: bool) -> Chip:
    return Chip(text=f"{subject}: {'clear' if clear else 'no clear winner'}", state="good" if clear else "attention")
