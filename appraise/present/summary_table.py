"""The appraisal summary table: one row for each option, the six columns of the Green Book 2026, table 12."""

import re
from decimal import Decimal

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.options import Option, ShortListRole
from appraise.model.results import Economic, OptionResult, Results
from appraise.present import budget_words, comparison, finished, gate_words, wording
from appraise.present.option_words import ROLES
from appraise.present.tables import Column, Table, preferred, short_from, short_name, short_when, words

HEADINGS = (
    "Description",
    "Summary metrics",
    "Unmonetisable costs and benefits",
    "Public sector financial impact",
    "Distribution among groups and places",
    "Why preferred or inferior",
)
#: How much of a text that somebody typed a cell can hold on one page.
ROOM = 90
_ORDER = tuple(ShortListRole)


def appraisal_summary(results: Results, appraisal: Appraisal) -> Table:
    """Every option in a row, in the order of the roles of the short list; cells are sentences.

    Expected values stand with their ranges. The financial impact is nominal and not discounted.
    """
    by_id = {result.id: result for result in results.options}
    ordered = sorted(appraisal.options, key=lambda option: _ORDER.index(option.role))
    shown = [option for option in ordered if option.id in by_id]
    chosen = preferred(results, appraisal)
    rows = []
    for option in shown:
        found = by_id[option.id]
        cells = (
            _description(option),
            _metrics(results, found),
            _unpriced(appraisal, found),
            _money(found),
            _groups(found),
            _why(results, appraisal, found, chosen),
        )
        rows.append(tuple(words(text) for text in cells))
    return Table(
        title="Every option in one row",
        columns=tuple(Column(heading=heading) for heading in HEADINGS),
        rows=tuple(rows),
        notes=(
            f"Financial impact: {budget_words.noun(appraisal)}, all years, not discounted.",
            "Mean: every range at its mean.",
            *budget_words.uncharged_note(appraisal, [option.id for option in shown]),
        ),
        highlight_row=next((row for row, option in enumerate(shown) if option.id == chosen), None),
    )


def _short(pounds: Decimal | float) -> str:
    return wording.money_short(pounds)


def _description(option: Option) -> str:
    same = option.role is ShortListRole.OTHER or ROLES[option.role].lower() in option.name.lower()
    role = "" if same else f" {ROLES[option.role]}."
    return f"{_stopped(option.name)}{role} {_whole_sentences(option.description, ROOM)}".strip()


def _metrics(results: Results, found: OptionResult) -> str:
    """NPSV, cost with its range, ratios."""
    case = found.economic
    if case is None or not finished.costed(found):
        return "No costs yet."
    same = finished.same_basis(results)
    parts = [f"NPSV {_short(case.npsv)}, mean {_short(case.expected_npsv)}."]
    if same:
        parts.append(f"NPC {_short(case.npc)}, mean {_short(case.expected_npc)}.")
    else:
        parts.append(f"EAC {_short(case.eac)}, mean {_short(case.expected_eac)}.")
    risk = next(one.risk for one in comparison.compared(results).options if one.id == found.id)
    if risk is not None:
        parts.append(f"8\u00a0of\u00a010 draws: {wording.range_short(risk.npc.p10, risk.npc.p90)}.")
    if case.pvb and case.bcr is not None:
        rpsc = f", RPSC {wording.number(case.rpsc, 2)}" if case.rpsc is not None else ""
        parts.append(f"BCR {wording.number(case.bcr, 2)}{rpsc}.")
    return " ".join(parts)


def _unpriced(appraisal: Appraisal, found: OptionResult) -> str:
    """The effects without a price in this option, counted or in words; the score stands beside them."""
    parts = []
    for value in found.economic.npuc if found.economic is not None else ():
        if value.units:
            places = 0 if value.units == value.units.to_integral_value() else 1
            parts.append(_stopped(f"{value.name}: {wording.number(value.units, places)} {value.unit}".strip()))
        elif value.words:
            parts.append(_stopped(f"{value.name}: {_whole_sentences(value.words, ROOM // 2)}"))
    if found.score is not None and appraisal.criteria:
        score = finished.total_words(found.score)
        if score != wording.DASH:
            known = f"{wording.score(found.score.total)} of 100" if found.score.complete else score
            parts.append(f"Weighted score {known}{', out' if found.score.gates_failed else ''}.")
    return " ".join(parts)


def _stopped(sentence: str) -> str:
    """With a full stop, unless it ends in one or was cut short."""
    return sentence if sentence.endswith((".", "…", "!", "?")) else f"{sentence}."


def _money(found: OptionResult) -> str:
    """The budget of this body, money of the others, and the contingency inside."""
    case = found.financial
    if case is None or not finished.costed(found):
        return ""
    parts = [f"{_short(case.total)} for this body."]
    capital = sum(case.capital_by_year, Decimal(0))
    if capital:
        parts.append(f"Capital {_short(capital)}.")
    parts += [f"{wording.shorten(body.name, 40)} {_short(body.total)}." for body in case.by_body if not body.own]
    contingency = sum(case.contingency_by_year, Decimal(0))
    if contingency:
        parts.append(f"Contingency in it {_short(contingency)}.")
    return " ".join(parts)


def _groups(found: OptionResult) -> str:
    """Who gains, weighted beside unweighted, and what stays in the place."""
    case = found.economic
    if case is None or not finished.costed(found):
        return ""
    parts = [f"{wording.shorten(one.name, 40)} {_short(one.gain)}." for one in case.weighted.groups]
    if case.weighted.groups:
        parts.append(f"Weighted NPSV {_short(case.weighted.npsv)}.")
    if case.place.npsv != case.npsv:
        parts.append(f"In the place: NPSV {_short(case.place.npsv)}.")
    if case.place.effects:
        parts.append(f"Local jobs and spending {_short(case.place.effects)}, for information.")
    return " ".join(parts)


def _why(results: Results, appraisal: Appraisal, found: OptionResult, chosen: str) -> str:
    """Why it is preferred, or what it lacks beside the preferred option."""
    if not finished.comparable(results):
        return ""
    fails = gate_words.fails(appraisal, found.id)
    if found.id == chosen and appraisal.recommendation.option == chosen:
        start = f"Preferred, but {fails}." if fails else "Preferred."
        reasons = _whole_sentences(appraisal.recommendation.reasons, ROOM + 40)
        return " ".join(part for part in (start, reasons, _short_of_money(results, appraisal, found)) if part)
    parts = [f"{wording.capital(fails)}, so it may not lead." if fails else ""]
    parts += ["It leads; nothing is recommended yet."] if found.id == chosen else []
    best = next((option for option in results.options if option.id == chosen), None)
    if best is not None and best.id != found.id:
        parts += [_cost_beside(results, appraisal, found, best), _score_beside(appraisal, found, best)]
    parts.append(_short_of_money(results, appraisal, found))
    return " ".join(part for part in parts if part)


def _short_of_money(results: Results, appraisal: Appraisal, found: OptionResult) -> str:
    """When the middle draw is short of money first, and in which scenario; every option gets the same sentence."""
    if not finished.costed(found):
        return ""
    names = {one.id: one.name for one in appraisal.scenarios}
    funded = [one for one in finished.funded(found) if one.scenario in names]
    short = sorted(
        ((short_from(results, one), place, one) for place, one in enumerate(funded) if short_from(results, one)),
        key=lambda item: item[:2],
    )
    if not short:
        return "Middle draw short of money in no scenario." if funded else ""
    worst = short[0][2]
    return f"Middle draw short of money {short_when(results, found, worst)} in “{names[worst.scenario]}”."


def _whole_sentences(text: str, room: int) -> str:
    """As many whole sentences as fit, at least the first: nothing is cut off inside one."""
    kept = ""
    for sentence in re.split(r"(?<=[.!?])\s+", text.strip()):
        if kept and len(kept) + 1 + len(sentence) > room:
            break
        kept = f"{kept} {sentence}".strip()
    return kept


def _compared(results: Results, case: Economic) -> Decimal:
    return case.expected_npc if finished.same_basis(results) else case.expected_eac


def _cost_beside(results: Results, appraisal: Appraisal, found: OptionResult, best: OptionResult) -> str:
    if found.economic is None or best.economic is None:
        return ""
    gap = _compared(results, found.economic) - _compared(results, best.economic)
    name, end = short_name(appraisal, best.id), comparison.a_year(results)
    if not gap:
        return f"Costs the same{end} as {name}."
    return f"Costs {_short(abs(gap))} {'more' if gap > 0 else 'less'}{end} than {name} on average."


def _score_beside(appraisal: Appraisal, found: OptionResult, best: OptionResult) -> str:
    if found.score is None or best.score is None or not (found.score.complete and best.score.complete):
        return ""
    if found.score.gates_failed or best.score.gates_failed:
        return ""  # out of the ranking: no lead on score, nor anything to make up
    gap = round(found.score.total) - round(best.score.total)
    if not gap or not appraisal.criteria:
        return ""
    return f"Scores {wording.how_many(abs(gap), 'point')} {'more' if gap > 0 else 'less'}."
