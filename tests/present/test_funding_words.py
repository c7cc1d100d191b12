"""Sentences on money by year: when it runs out, where, how likely, what longer money is worth, and what is missing."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from appraise.model.appraisal.document import Appraisal
from appraise.model.evaluate import Settings, evaluate
from appraise.model.funding_results import LengthAnswer, ScenarioFunding
from appraise.model.results import Results
from appraise.present import funding_words, length_words
from appraise.workspace import templates
from tests.present import funding_example

BASIS = "With the money, cuts and prevention stops of Single-year, rolled settled"
DOCUMENT = funding_example.document()
RESULTS = funding_example.results(DOCUMENT)
OPTION = "option-4"


def changed(results: Results, scenario: str = "", **fields: object) -> Results:
    """The results with fields of every option's funding changed, under one scenario or under all."""

    def one(part: ScenarioFunding) -> ScenarioFunding:
        return replace(part, **fields) if scenario in ("", part.scenario) else part

    return replace(
        results,
        options=tuple(replace(option, funding=tuple(map(one, option.funding or ()))) for option in results.options),
    )


def never_short(results: Results, scenario: str = "") -> Results:
    return changed(results, scenario, gap_p50_by_year=(-1.0,) * 7, probability_of_gap_by_year=(0.0,) * 7)


def without_lengths(results: Results) -> Results:
    """As while the figures of a full run are not there yet."""
    return replace(results, options=tuple(replace(one, lengths=None) for one in results.options))


def every_sentence(results: Results, document: Appraisal) -> Iterator[str]:
    for option in results.options:
        for answer in funding_words.answers(results, document, option.id):
            yield from (answer.question, answer.answer, answer.detail, answer.more)
        yield funding_words.short_money(results, document, option.id)
        yield from funding_words.prevention(results, document, option.id)
        yield from funding_words.lengths(results, document, option.id)
        for plan in document.scenarios:
            yield funding_words.reserve(results, document, option.id, plan.id)
    yield from funding_words.regret(results, document)
    yield funding_words.worth_sentence(results, document, OPTION)


def test_the_four_answers() -> None:
    when, where, likely, worth = funding_words.answers(RESULTS, DOCUMENT, OPTION)
    assert when.question == "When does the money run out?"
    assert when.answer == "From 2032/33 on in Single-year, rolled"
    assert re.fullmatch(r"In the middle draw, which lacks up to £\d+k in a year\.", when.detail)
    assert when.more == "More than 1 in 5 draws are short from 2029/30 on."
    assert where.answer == "In Single-year, rolled and Three-year"
    assert where.detail == "In the middle draw; in more than 1 in 5 draws in all three."
    assert "Single-year, rolled: short from 2032/33 on in the middle draw, from 2029/30 on, in more" in where.more
    assert likely.answer == (
        "7 in\u00a010 in Single-year, rolled; 55 in\u00a0100 in Three-year; 4 in\u00a010 in Five-year"
    )
    assert likely.rows == (
        ("70\u00a0%", "Single-year, rolled"), ("55\u00a0%", "Three-year"), ("40\u00a0%", "Five-year")
    )  # fmt: skip
    assert worth.question == "What are three years instead of one worth?"
    assert worth.answer == "£200k less present cost"
    assert worth.detail == "By length alone, with the same money."
    saved = "£1.020m ±0.008m less present cost and £400k ±12k less expected gap"
    whole = f"Three-year as a whole: {saved} beside Single-year, rolled."
    assert funding_words.worth_sentence(RESULTS, DOCUMENT, OPTION).replace("\u00a0", " ") == whole
    assert whole in worth.more.replace("\u00a0", " ")
    assert worth.more.endswith(length_words.WHOSE)


@pytest.mark.parametrize("scenarios", [1, 2, 3, 6])
def test_what_stands_under_an_answer_is_read_in_one_look(scenarios: int) -> None:
    document = funding_example.document(scenarios=scenarios)
    results = funding_example.results(document)
    for option in results.options:
        for one in funding_words.answers(results, document, option.id):
            assert len(one.detail.split()) <= 16, one.detail
            assert len(re.findall(r"[.?](?: |$)", one.detail)) <= 1, one.detail
            assert one.rows or len(one.answer) <= 60, one.answer
            assert len(one.rows) <= 6


def test_when_and_where_hold_the_same_draws() -> None:
    """Where the middle draw is short in two of three scenarios and 1 in 5 draws in all, both tell the middle."""
    when, where, *_ = funding_words.answers(RESULTS, DOCUMENT, OPTION)
    middle = [one.name for one in funding_words.runs_out(RESULTS, DOCUMENT, OPTION) if one.middle]
    assert (when.answer[:15], when.detail[:18]) == ("From 2032/33 on", "In the middle draw")
    assert where.answer == f"In {' and '.join(middle)}"
    assert len(middle) == 2


def test_a_year_is_likely_short_above_one_draw_in_five_and_not_at_it() -> None:
    at = changed(RESULTS, probability_of_gap_by_year=(0.2,) * 7)
    assert {one.likely for one in funding_words.runs_out(at, DOCUMENT, OPTION)} == {""}
    over = changed(RESULTS, probability_of_gap_by_year=(0.2, 0.21, 0.0, 0.0, 0.0, 0.0, 0.0))
    assert {one.likely for one in funding_words.runs_out(over, DOCUMENT, OPTION)} == {"2028/29"}


def test_money_that_never_runs_out_is_said_as_calmly() -> None:
    when, where, *_ = funding_words.answers(never_short(RESULTS), DOCUMENT, OPTION)
    assert when.answer == "In no year"
    assert where.answer == "In none"
    only = never_short(RESULTS, "scenario-2")
    assert funding_words.answers(only, DOCUMENT, OPTION)[1].answer == "In Single-year, rolled and Three-year"


def test_perhaps_short_is_no_middle_draw() -> None:
    perhaps = changed(RESULTS, gap_p50_by_year=(-1.0,) * 7)
    when, where, *_ = funding_words.answers(perhaps, DOCUMENT, OPTION)
    assert when.answer == "Perhaps from 2029/30 on"
    assert when.detail == "Short in more than 1 in 5 draws, never in the middle draw."
    assert re.fullmatch(r"2 in 10 draws lack over £\d+k in a year\.", when.more)
    assert where.answer == "Perhaps in all three"
    assert where.detail == "In more than 1 in 5 draws; in the middle draw in none."


@pytest.mark.parametrize(
    ("lacking", "words"),
    [
        ("scenarios", "No funding has been entered."),
        ("costs", "This option has no costs yet."),
        ("figures", "These figures have not been worked out yet."),
        ("money", "No money entered in any scenario."),
    ],
)
def test_what_is_missing_is_said_in_place_of_figures(lacking: str, words: str) -> None:
    document, results = DOCUMENT, RESULTS
    if lacking == "scenarios":
        document = replace(DOCUMENT, scenarios=())
    elif lacking == "money":
        results = changed(RESULTS, funding_by_year=(funding_example.pounds(0),) * 7)
    elif lacking == "figures":
        results = replace(RESULTS, options=tuple(replace(one, funding=None) for one in RESULTS.options))
    else:
        bare = tuple(replace(one, economic=None, financial=None) for one in RESULTS.options)
        results = replace(RESULTS, options=bare)
    (only,) = funding_words.answers(results, document, OPTION)
    assert only.answer == words
    assert funding_words.worth_sentence(results, document, OPTION) == ""
    assert funding_words.short_money(results, document, OPTION) == ""


def test_one_scenario_has_nothing_to_be_compared_with() -> None:
    document = funding_example.document(scenarios=1)
    results = funding_example.results(document)
    answers = funding_words.answers(results, document, OPTION)
    assert funding_words.worth_sentence(results, document, OPTION) == ""
    assert answers[1].answer == "Perhaps in Single-year, rolled, the only one entered"
    assert answers[3].answer == "£200k less present cost"
    bare = replace(results, options=tuple(replace(one, lengths=None) for one in results.options))
    assert funding_words.answers(bare, document, OPTION)[3].answer == "Not known"
    assert funding_words.worth(results, document, OPTION) is None
    assert funding_words.short_money(results, document, OPTION) == ""


def test_other_lengths_are_named_by_their_scenarios() -> None:
    scenarios = DOCUMENT.scenarios[1:]
    document = replace(DOCUMENT, scenarios=scenarios)
    assert RESULTS.regret is not None
    results = without_lengths(replace(RESULTS, regret=replace(RESULTS.regret, shortest="scenario-1")))
    worth = funding_words.answers(results, document, OPTION)[3]
    assert worth.question == "What is Five-year worth beside Three-year?"
    assert worth.answer == "£1.020m\u00a0±0.008m less present cost"
    assert worth.detail == "By length alone."


def test_a_difference_within_its_error_is_none() -> None:
    assert RESULTS.options[-1].funding is not None
    steps = tuple(replace(one, mean=5.0, error=4.0) for one in RESULTS.options[-1].funding[0].against)
    bare = without_lengths(RESULTS)
    worth = funding_words.answers(changed(bare, "scenario-0", against=steps), DOCUMENT, OPTION)[3]
    assert worth.answer == "£400k\u00a0±12k less expected gap"
    dearer = tuple(replace(one, mean=-5e5, error=4.0) for one in steps)
    worth = funding_words.answers(changed(bare, "scenario-0", against=dearer), DOCUMENT, OPTION)[3]
    assert worth.answer.startswith("£500.0k")
    assert "more present cost" in worth.answer


def test_short_money_names_the_dearest_and_where_it_comes_from() -> None:
    assert funding_words.short_money(RESULTS, DOCUMENT, OPTION) == (
        "Single-year, rolled costs £2.040m\u00a0±0.008m more than Five-year, the longest. "
        "Most of it is faster recovery by suppliers (£800k) and savings lost with prevention (£640k)."
    )
    level = changed(RESULTS, cost_of_short_termism=0.0, short_termism_steps=())
    assert funding_words.short_money(level, DOCUMENT, OPTION) == (
        "No scenario costs more than Five-year, the longest, as far as the draws show."
    )


def test_each_pound_of_prevention_that_is_not_spent() -> None:
    assert funding_words.prevention(RESULTS, DOCUMENT, OPTION) == (
        "Single-year, rolled stops Gully cleaning: each £1 not spent costs £1.60 in present value.",
    )
    assert funding_words.prevention(RESULTS, DOCUMENT, "option-0") == ()


def test_the_length_that_would_make_it_affordable() -> None:
    assert funding_words.lengths(RESULTS, DOCUMENT, OPTION)[0] == (
        f"{BASIS} five years or more at a time, Joint is affordable."
    )


def _with_lengths(affordable: tuple[int, ...], cheapest: tuple[int, ...]) -> Results:
    found = funding_example.lengths()
    rows = tuple(
        replace(one, affordable=one.years in affordable, cheapest=one.years in cheapest) for one in found.lengths
    )
    answer = LengthAnswer(
        money_of="scenario-0", draws=20_000, lengths=rows, affordable_from=min(affordable, default=None),
        cheapest_from=min(cheapest, default=None),
    )  # fmt: skip
    return replace(RESULTS, options=tuple(replace(one, lengths=answer) for one in RESULTS.options))


@pytest.mark.parametrize(
    ("affordable", "cheapest", "first", "second"),
    [
        (
            (),
            (),
            "up to seven years at a time, Joint is never affordable.",
            "so, Joint is never the cheapest",
        ),
        (
            tuple(range(1, 8)),
            tuple(range(1, 8)),
            "any number of years at a time, Joint is affordable.",
            "so, Joint is always the cheapest",
        ),
        (
            (3, 4, 6, 7),
            (4,),
            "three years at a time, Joint is affordable; with 5 it is not.",
            "so, Joint is the cheapest from four years at a time",
        ),
    ],
)  # fmt: skip
def test_lengths_need_not_follow_each_other(
    affordable: tuple[int, ...], cheapest: tuple[int, ...], first: str, second: str
) -> None:
    said = funding_words.lengths(_with_lengths(affordable, cheapest), DOCUMENT, OPTION)
    assert said[:2] == (f"{BASIS} {first}", f"{BASIS} {second} (20,000 draws).")


def test_regret_always_says_what_it_depends_on() -> None:
    said = funding_words.regret(RESULTS, DOCUMENT)
    assert said[0].startswith("In-house has the least largest regret: at most £")
    assert said[1] == "Usual, In-house and Joint are affordable in two of three scenarios, more than any other."
    assert said[-1] == funding_words.REGRET_CAUTION
    assert RESULTS.regret is not None
    nowhere = replace(RESULTS, regret=replace(RESULTS.regret, most_affordable=()))
    assert "No option is affordable in any scenario." in funding_words.regret(nowhere, DOCUMENT)
    alone = replace(RESULTS, regret=replace(RESULTS.regret, rows=RESULTS.regret.rows[:1]))
    assert funding_words.regret(alone, DOCUMENT) == ()


def test_the_reserve_says_how_sure_it_makes() -> None:
    assert funding_words.reserve(RESULTS, DOCUMENT, OPTION, "scenario-1") == (
        "A reserve of £1.400m\u00a0±0.010m covers the gaps in 8 of\u00a010 draws."
    )
    nothing = changed(RESULTS, reserve=0.0, reserve_error=0.0)
    assert (
        funding_words.reserve(nothing, DOCUMENT, OPTION, "scenario-1") == "No reserve is needed in 8 of\u00a010 draws."
    )


def test_no_reserve_beside_short_years_is_explained_by_money_carried_over() -> None:
    plans = tuple(replace(one, carry_over=True) for one in DOCUMENT.scenarios)
    said = funding_words.reserve(
        changed(RESULTS, reserve=0.0), replace(DOCUMENT, scenarios=plans), OPTION, "scenario-1"
    )
    assert "Money left over may be carried over here" in said
    assert said.endswith("A year is short, taken by itself, in 55 of\u00a0100 draws.")


def test_more_than_three_scenarios_are_told_by_their_range() -> None:
    document = funding_example.document(scenarios=6)
    likely = funding_words.answers(funding_example.results(document), document, OPTION)[2]
    assert likely.answer.endswith("; the other four between the two")
    assert [chance for chance, _ in likely.rows] == [f"{chance}\u00a0%" for chance in (97, 97, 85, 70, 55, 40)]


def test_a_first_settlement_that_runs_out_makes_no_mixed_scenario() -> None:
    """Two years that are left, then three at a time: this is compared, not the five-year one."""
    one, three, five = DOCUMENT.scenarios
    whole = three.settlements[0]
    parts = tuple(
        replace(whole, id=f"part-{first}", first_year=first, amounts=(whole.amounts[0],) * length, capital=())
        for first, length in ((0, 2), (2, 3), (5, 2))
    )
    document = replace(DOCUMENT, scenarios=(one, replace(three, settlements=parts), five))
    found = funding_words.worth(RESULTS, document, OPTION)
    assert found is not None
    assert found.longer.name == "Three-year"


def test_a_gap_that_falls_is_told_where_the_cost_stays() -> None:
    still = tuple(replace(one, npc=38e6, probability_of_any_gap=0.4) for one in funding_example.lengths().lengths)
    answer = replace(funding_example.lengths(), lengths=still)
    results = replace(RESULTS, options=tuple(replace(one, lengths=answer) for one in RESULTS.options))
    worth = funding_words.answers(results, DOCUMENT, OPTION)[3]
    assert worth.answer == "Nothing that shows"
    assert worth.detail == "By length alone; whole scenarios: £400k\u00a0±12k less expected gap."
    moved = tuple(replace(one, npc=38e6) for one in funding_example.lengths().lengths)
    answer = replace(answer, lengths=moved)
    results = replace(RESULTS, options=tuple(replace(one, lengths=answer) for one in RESULTS.options))
    worth = funding_words.answers(results, DOCUMENT, OPTION)[3]
    assert worth.answer == "Short years less likely: 44\u00a0% to 32\u00a0%"


def test_more_scenarios_than_rows_are_counted() -> None:
    plan = replace(DOCUMENT.scenarios[0], name="One more")
    document = replace(DOCUMENT, scenarios=tuple(replace(plan, id=f"more-{number}") for number in range(8)))
    option = next(one for one in RESULTS.options if one.id == OPTION)
    assert option.funding is not None
    parts = tuple(replace(option.funding[0], scenario=one.id) for one in document.scenarios)
    results = without_lengths(replace(RESULTS, regret=None, options=(replace(option, funding=parts),)))
    rows = funding_words.answers(results, document, OPTION)[2].rows
    assert len(rows) == 6
    assert rows[-2] == ("", "three more")
    assert rows[-1][1] == "One more"


@pytest.mark.parametrize("lengths", [(1, 3, 3), (1, 2, 4), (2, 3, 2)])
def test_settlements_that_are_all_three_years_long_are_compared_before_mixed_ones(lengths: tuple[int, ...]) -> None:
    """A mean length as near to three years does not make a mixed scenario the three-year one."""
    years = DOCUMENT.horizon.years
    one, three = DOCUMENT.scenarios[:2]
    whole = three.settlements[0]
    ends = [(sum(lengths[:place]), length) for place, length in enumerate(lengths)]
    parts = tuple(
        replace(whole, id=f"part-{first}", first_year=first, amounts=(whole.amounts[0],) * length, capital=())
        for first, length in ends
    )
    mixed = replace(three, id="a-mixed", name="Mixed", settlements=parts)
    assert sum(lengths) == years
    document = replace(DOCUMENT, scenarios=(one, mixed, three))
    option = next(found for found in RESULTS.options if found.id == OPTION)
    assert option.funding is not None
    short, long = option.funding[:2]
    against = (*short.against, replace(short.against[0], than="a-mixed"))
    funding = (replace(short, against=against), replace(long, scenario="a-mixed"), long)
    results = replace(RESULTS, options=(replace(option, funding=funding),))
    found = funding_words.worth(results, document, OPTION)
    assert found is not None
    assert found.longer.name == "Three-year"


@pytest.mark.parametrize("scenarios", [1, 2, 3, 6])
def test_sentences_are_plain_and_short(scenarios: int) -> None:
    document = funding_example.document(scenarios=scenarios)
    results = funding_example.results(document)
    for said in every_sentence(results, document):
        for sentence in re.split(r"(?<=[.?]) (?=[A-Z])", said):
            assert len(sentence.split()) <= 25, sentence
            assert not re.search(r"\d\.\d{4,}|None|nan", sentence), sentence


def test_the_worked_example_has_all_four_answers() -> None:
    document = templates.load("worked-example", first_year=2027)
    results = evaluate(document, Settings(draws=2000))
    for option in results.options:
        assert len(funding_words.answers(results, document, option.id)) == 4
    assert funding_words.regret(results, document)
