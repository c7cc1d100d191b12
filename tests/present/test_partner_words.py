"""Working together in words: who gains, who is dearer, what holds, who bears a leaving, what is no saving."""

import re
from dataclasses import replace
from decimal import Decimal

from appraise.model.appraisal.partners import ShareRule, Split
from appraise.model.partner_results import ArrangementResult
from appraise.model.results import Results
from appraise.present import partner_words
from tests.present import funding_example

DOCUMENT = funding_example.document()
RESULTS = funding_example.results(DOCUMENT)
OPTION = "option-4"


def with_arrangement(**fields: object) -> Results:
    found = RESULTS.partners[0] if RESULTS.partners else None
    assert isinstance(found, ArrangementResult)
    return replace(RESULTS, partners=(replace(found, **fields),))  # type: ignore[arg-type]  # fields of the dataclass by name


def test_every_rule_and_split_has_words() -> None:
    assert set(partner_words.RULES) == set(ShareRule)
    assert set(partner_words.SPLITS) == set(Split)
    assert all(partner_words.split_words(one.value) for one in Split)


def test_the_whole_first_then_who_is_dearer_then_who_gains_most() -> None:
    assert partner_words.cases(RESULTS, DOCUMENT, OPTION) == (
        "Together the partners pay £17m, alone £17.1m: £150k less.",
        "Coastal Health Board pays £300k more than alone; it is dearer for it in 52 of\u00a0100 draws.",
        "Saltmere Council gains most: £400k; joining is dearer for it in 12 of\u00a0100 draws.",
    )


def test_a_group_that_would_do_better_by_itself_is_named_with_its_figures() -> None:
    first, second = partner_words.stability(RESULTS, DOCUMENT, OPTION)
    assert first.startswith("It does not hold: Eastholme Council and Coastal Health Board pay £5.28m and could")
    assert first.endswith("have it for £5.2m by themselves.")
    assert second == "Shares by what each adds would hold."
    stable = with_arrangement(unstable=(), stable_splits=("by_line", "proportional", "shapley"))
    assert partner_words.stability(stable, DOCUMENT, OPTION) == (
        "It holds: of all 6 groups, none would pay less by itself.",
    )
    assert isinstance(RESULTS.partners, tuple)
    pair = with_arrangement(unstable=(), partners=RESULTS.partners[0].partners[:2], groups_checked=2)
    assert partner_words.stability(pair, DOCUMENT, OPTION) == ("It holds: neither partner would pay less by itself.",)
    nothing = with_arrangement(stable_splits=())
    assert partner_words.stability(nothing, DOCUMENT, OPTION)[-1] == (
        "None of the three ways to share the cost would hold."
    )


def test_only_groups_under_the_chosen_split_are_called_unstable() -> None:
    other = with_arrangement(split="shapley")
    assert partner_words.stability(other, DOCUMENT, OPTION)[0].startswith("It holds:")


def test_a_leaving_names_what_falls_on_the_others() -> None:
    assert partner_words.leaving(RESULTS, DOCUMENT, OPTION)[0] == (
        "If Eastholme Council left (5\u00a0% a year), others would bear £60k in expectation, £300k if at once."
    )
    assert len(partner_words.leaving(RESULTS, DOCUMENT, OPTION)) == 2, "this body does not leave"


def test_what_lands_on_others_is_no_saving() -> None:
    said = partner_words.purse(RESULTS, DOCUMENT, OPTION)
    assert said[0] == "All public bodies together pay £500k less than with Usual."
    assert said[1] == "Of £900k that bodies save, £400k only lands on other public bodies."
    assert said[2] == partner_words.NO_SAVING
    assert said[3] == "Coastal Health Board pays £400k more."
    last = RESULTS.options[-1]
    assert last.purse is not None
    moved = replace(last.purse, net=Decimal("0.00"))
    level = partner_words.purse(replace(RESULTS, options=(replace(last, purse=moved),)), DOCUMENT, OPTION)
    assert level[0] == "All public bodies together pay as much as with Usual."


def test_one_price_at_the_mean_saves_nothing() -> None:
    said = partner_words.price_gaps(RESULTS, DOCUMENT)
    assert said[0] == "“Care bed”: public buyers pay £900 to £1,200 a week, 33.3\u00a0% apart."
    assert "saves nothing in all" in said[2]
    assert RESULTS.price_gaps is not None
    same = replace(RESULTS, price_gaps=(replace(RESULTS.price_gaps[0], highest=Decimal("900.00")),))
    assert partner_words.price_gaps(same, DOCUMENT) == ()


def test_the_one_price_of_a_joint_option_stands_beside_the_prices_of_today() -> None:
    """100,000 pounds for 50 and 30 and 20 units are 1,000 each."""
    units = (50, 30, 20)
    partners = tuple(
        replace(one, use=Decimal(use), volume=Decimal(0)) for one, use in zip(DOCUMENT.partners, units, strict=True)
    )
    (found,) = DOCUMENT.arrangements
    by_use = replace(found, shared=(replace(found.shared[0], rule=ShareRule.USE),))
    (gap,) = DOCUMENT.price_gaps
    buyers = tuple(
        replace(one, partner=partner.id, volume=partner.use * Decimal("1.05"))
        for one, partner in zip(gap.buyers, partners, strict=False)
    )
    document = replace(
        DOCUMENT, partners=partners, arrangements=(by_use,), price_gaps=(replace(gap, buyers=buyers),)
    )  # fmt: skip
    assert partner_words.unit_price(document, by_use, by_use.shared[0]) == 1000
    said = "Joint assumes one price of £1,000 a week in prices of 2027/28: “Gully cleaning”."
    assert partner_words.price_gaps(RESULTS, document)[-1] == said
    many = replace(gap, buyers=tuple(replace(one, volume=one.volume * 2) for one in buyers))
    assert said not in partner_words.price_gaps(RESULTS, replace(document, price_gaps=(many,)))
    assert partner_words.unit_price(DOCUMENT, found, found.shared[0]) is None, "fixed shares have no units"


def test_a_range_says_which_end_is_dearer() -> None:
    assert isinstance(RESULTS.partners, tuple)
    one = RESULTS.partners[0].partners[0]
    assert partner_words.ends(replace(one, p10=-3_620_000.0, p90=11_400_000.0)) == "£3.62m more to £11.4m less"
    assert partner_words.ends(replace(one, p10=268_000.0, p90=4_080_000.0)) == "£268k to £4.08m less"
    assert partner_words.ends(replace(one, p10=-500_000.0, p90=-200_000.0)) == "£500k to £200k more"


def test_a_partner_is_told_against_its_own_plan_and_against_business_as_usual() -> None:
    """Saltmere, this body, saves £400k against its plan and £900k against Usual; the purse says so, too."""
    assert isinstance(RESULTS.partners, tuple)
    found = RESULTS.partners[0]
    assert partner_words.against_usual(RESULTS, DOCUMENT, OPTION, "partner-0") == Decimal(900_000)
    assert "by its own plan: £400k less" in partner_words.own_case(RESULTS, DOCUMENT, found, found.partners[0])[0]
    said = partner_words.own_case(RESULTS, DOCUMENT, found, found.partners[0])
    assert "Against Usual, all its lines counted, it pays £900k less." in said
    assert partner_words.two_measures(RESULTS, DOCUMENT, OPTION) == ()
    last = RESULTS.options[-1]
    assert last.purse is not None
    dearer = replace(last.purse.bodies[0], pounds=Decimal(250_000))
    other = replace(RESULTS, options=(replace(last, purse=replace(last.purse, bodies=(dearer,))),))
    assert partner_words.two_measures(other, DOCUMENT, OPTION) == (
        "Saltmere Council gains against its own plan, but pays £250k more than under Usual.",
    )


def test_scarce_people_name_who_needs_them() -> None:
    said = "Joint takes 6.5 posts (Approved social workers) that are also needed by Eastholme Council."
    assert partner_words.scarce(DOCUMENT) == (said,)
    assert partner_words.scarce(DOCUMENT, "option-0") == ()


def test_without_partners_nothing_is_said() -> None:
    for say in (partner_words.cases, partner_words.stability, partner_words.leaving):
        assert say(replace(RESULTS, partners=None), DOCUMENT, OPTION) == ()
        assert say(RESULTS, DOCUMENT, "option-0") == ()
    bare = replace(RESULTS, options=tuple(replace(one, purse=None) for one in RESULTS.options))
    assert partner_words.purse(bare, DOCUMENT, OPTION) == ()


def test_sentences_are_short() -> None:
    document = funding_example.document(partners=10, long_names=True)
    results = funding_example.results(document)
    said = [*partner_words.price_gaps(results, document), *partner_words.scarce(document)]
    for say in (partner_words.cases, partner_words.stability, partner_words.leaving, partner_words.purse):
        said += say(results, document, OPTION)
    for sentence in said:
        named = re.sub(r"The Integrated[^…]*…", "X", sentence)
        assert len(named.split()) <= 25, sentence
