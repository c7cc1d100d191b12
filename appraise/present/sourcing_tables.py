"""The commercial case as tables: contracts against thresholds, the two tests, the usual cost lines."""

from collections.abc import Callable

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.options import ContractType
from appraise.model.appraisal.sourcing import Questionnaire, Reply
from appraise.model.results import Procurement, Results
from appraise.model.tables import QUESTIONS, USUAL_LINES, usual_lines
from appraise.present import wording
from appraise.present.option_words import CONTRACTS, REPLIES
from appraise.present.tables import Cell, Column, Table, option_columns, short_name, words

#: What stands in the list of usual lines.
FILLED, NOT_APPLICABLE, OPEN = "Filled", "Not applicable", "Open"
TESTS = ("public_interest", "delivery_model")


def _pounds(pounds: object) -> str:
    return wording.money_short(float(str(pounds)))


def _years(years: float) -> str:
    """Years to one place, without an idle nought: "1 year", "0.5 years"."""
    text = wording.number(years, 1).removesuffix(".0")
    return f"{text} {'year' if text == '1' else 'years'}"


def _against_threshold(found: Procurement) -> str:
    if found.threshold is None:
        return wording.DASH
    return "At or above" if found.above else "Below"


def _claim(found: Procurement) -> str:
    if not found.largest_claim:
        return "None"
    return f"{_pounds(found.largest_claim)}, {'beyond' if found.largest_claim > found.value_change else 'within'}"


def _change_of_term(found: Procurement) -> str:
    return _years(found.term_change_years) if found.term_change_years else "No term"


def _change(found: Procurement) -> str:
    return f"{_pounds(found.value_change)} ({found.value_change_percent}\u00a0%)"


_ROWS: tuple[tuple[str, Callable[[Procurement], str]], ...] = (
    ("What is bought", lambda found: CONTRACTS[ContractType(found.contract)]),
    ("Value of the contract with VAT", lambda found: _pounds(found.value)),
    ("Years counted, with extension", lambda found: _years(found.covered_years)),
    ("Threshold, with VAT", lambda found: _pounds(found.threshold) if found.threshold is not None else wording.DASH),
    ("Against the threshold", _against_threshold),
    ("Change of term without a new tender, 10\u00a0%", _change_of_term),
    ("Change of value without a new tender", _change),
    ("Largest claim from a constraint, beside that change", _claim),
)


def procurement(results: Results, appraisal: Appraisal) -> Table:
    """Each contract against threshold and the 10 % rules (Procurement Act 2023, sections 4 and 74, schedule 8).

    Rules down, options that buy something across; no rows while none does.
    """
    found = [
        (option.id, option.financial.procurement)
        for option in results.options
        if option.financial is not None and option.financial.procurement.contract != ContractType.NONE.value
    ]
    sources = dict.fromkeys(one.source for _, one in found if one.source)
    prices = results.years[0] if results.years else "year 0"
    claims = any(one.largest_claim for _, one in found)
    return Table(
        title="Contracts under the Procurement Act 2023",
        columns=(Column(heading="Rule"), *option_columns(appraisal, [option for option, _ in found])),
        rows=tuple((words(name), *(words(said(one)) for _, one in found)) for name, said in _ROWS if found),
        notes=(
            "At or above the threshold the Act holds in full.",
            "Value in cash over term and extension. Changes of value are counted without VAT; works allow 15\u00a0%.",
            *(
                (f"The largest claim is in prices of {prices}, the change allowed beside it in cash.",)
                if claims
                else ()
            ),
            "A claim beyond the allowed change may need a new tender. This is no legal advice.",
            *sources,
        ),
    )


def questionnaire_of(appraisal: Appraisal, test: str) -> Questionnaire:
    """The answers to a test: "public_interest" or "delivery_model"."""
    return appraisal.sourcing.public_interest if test == TESTS[0] else appraisal.sourcing.delivery_model


def answers(appraisal: Appraisal, test: str) -> Table:
    """The answers to a test in the order of its questions; open ones are counted in a note."""
    given = {one.question: one for one in questionnaire_of(appraisal, test).answers}
    rows = []
    for question in QUESTIONS[test]:
        one = given.get(question.id)
        if one is not None and one.reply is not Reply.UNSAID:
            rows.append((words(question.text), Cell(text=REPLIES[one.reply], raw=one.reply.value), words(one.words)))
    still_open = len(QUESTIONS[test]) - len(rows)
    return Table(
        title="Public interest test" if test == TESTS[0] else "Delivery model assessment",
        columns=(Column(heading="Question"), Column(heading="Answer"), Column(heading="Why")),
        rows=tuple(rows),
        notes=(f"{wording.capital(wording.how_many(still_open, 'question'))} still open.",) if still_open else (),
    )


def usual_line_states(appraisal: Appraisal) -> Table:
    """The usual cost lines of each option: filled, not applicable or open; a dash where one is not usual."""
    filled = {(line.option, line.heading) for line in appraisal.lines if line.heading and any(line.amounts)}
    declared = {(one.option, one.heading) for one in appraisal.sourcing.not_applicable}
    usual = {option.id: {line.id for line in usual_lines(option.model, option.role)} for option in appraisal.options}

    def state(option: str, heading: str) -> str:
        if (option, heading) in filled:
            return FILLED
        if (option, heading) in declared:
            return NOT_APPLICABLE
        return OPEN if heading in usual[option] else ""

    rows = []
    for line in USUAL_LINES.values():
        states = [state(option.id, line.id) for option in appraisal.options]
        if any(states):
            rows.append((words(line.name), *(words(one) for one in states)))
    asked = any(one in {FILLED, NOT_APPLICABLE} for row in rows for one in (cell.raw for cell in row[1:]))
    return Table(
        title="The usual cost lines of a sourcing decision",
        columns=(
            Column(heading="Usual line"),
            *(Column(heading=short_name(appraisal, option.id)) for option in appraisal.options),
        ),
        rows=tuple(rows) if asked else (),
        notes=("A dash: not usual for this delivery model. Open: neither filled nor declared not applicable.",),
    )


def not_applicable(appraisal: Appraisal) -> Table:
    """Usual lines that options do not have, and why."""
    rows = [
        (words(USUAL_LINES[one.heading].name), words(short_name(appraisal, one.option)), words(one.reason))
        for one in appraisal.sourcing.not_applicable
        if one.heading in USUAL_LINES
    ]
    return Table(
        title="Usual lines that do not apply",
        columns=(Column(heading="Usual line"), Column(heading="Option"), Column(heading="Why not")),
        rows=tuple(rows),
    )
