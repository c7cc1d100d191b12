"""Sharing a cost cuts it into parts: the economic case does not move, and budgets add up to the penny."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from appraise.model.appraisal.constraints import Bearer
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.effects import Bias
from appraise.model.appraisal.funding import Programme
from appraise.model.appraisal.lines import RULES, BorneBy, Treatment
from appraise.model.appraisal.partners import ShareRule, Split
from appraise.model.appraisal.terms import Commitment, ContractTerms, LineTerms
from appraise.model.discounting import make_factors
from appraise.model.entries import option_entries, total
from appraise.model.evaluate import Part, Settings, evaluate
from appraise.model.parts import paid_entries
from appraise.model.results import Economic, Financial, OptionResult
from tests.builders import constraint, in_house, line, rolling, supplier
from tests.model.joint_documents import partner, share, together

CASES = frozenset({Part.ECONOMIC, Part.FINANCIAL})
DRAWN = frozenset({Part.RISK, Part.FINANCIAL, Part.YEARS})


def rich(volumes: tuple[str, ...] = ("1", "2.5", "0.7"), split: Split = Split.BY_LINE) -> Appraisal:
    """A line of every treatment, with bias, VAT, ranges and constraints, shared by three; one line is not."""
    treatments = [one for one in Treatment if one is not Treatment.FINANCING_CHARGE]
    lines = tuple(
        line(
            f"line-{place}",
            "j",
            100.01 * (place + 1),
            77.77,
            spread=(90, 130),
            treatment=one.value,
            vat_percent=Decimal(20),
            vat_recoverable=False,
            bias="" if RULES[one].event or not RULES[one].economic else "bias",
            reason="Paid" if one is Treatment.SUNK_COST else "",
            body="body-b" if RULES[one].bearer is BorneBy.PUBLIC_BODY else "",
            probability=0.25 if RULES[one].event else 1.0,
        )
        for place, one in enumerate(treatments)
    )
    partners = tuple(
        partner(key, 500, 400, own=key == "a", volume=Decimal(volume), population=10 * place + 7)
        for place, (key, volume) in enumerate(zip("abcdefghij", volumes, strict=False))
    )
    document = together(
        partners,
        (*lines, line("mine", "j", 33.33)),
        tuple(share(one.id) for one in lines),
        years=3,
        deflator="3",
        split=split,
        rule=ShareRule.POPULATION,
    )
    return replace(
        document,
        biases=(Bias(id="bias", name="Bias", upper_percent=Decimal(20), evidence="History"),),
        constraints=(
            constraint("permit", 0.5, (50, 100, 200), in_house("j")),
            replace(constraint("grant", 0.5, 10, supplier("j")), lines=("line-0",)),
        ),
    )


def unshared(document: Appraisal) -> Appraisal:
    return replace(document, arrangements=())


def joint(document: Appraisal, parts: frozenset[Part] = CASES) -> OptionResult:
    return evaluate(document, Settings(draws=2_000), parts=parts).options[1]


def cases(document: Appraisal) -> tuple[Economic, Financial]:
    found = joint(document)
    assert found.economic is not None
    assert found.financial is not None
    return found.economic, found.financial


def by_year(rows: list[tuple[Decimal, ...]]) -> tuple[Decimal, ...]:
    return tuple(sum(column, Decimal(0)) for column in zip(*rows, strict=True))


def test_the_economic_case_is_the_same_but_for_who_pays() -> None:
    (shared, _), (whole, _) = cases(rich()), cases(unshared(rich()))
    moved = {"other_bodies": whole.other_bodies, "expected_other_bodies": whole.expected_other_bodies}
    assert replace(shared, **moved) == whole
    assert shared.other_bodies > whole.other_bodies


def _certain(case: Financial) -> tuple[Decimal, ...]:
    """Cash without the contingency inside."""
    return tuple(cash - kept for cash, kept in zip(case.by_year, case.contingency_by_year, strict=True))


def check_budgets(document: Appraisal) -> None:
    """What this body no longer pays is what other bodies pay more, by year to the penny; the bridge holds.

    But for contingency, which other bodies' figures never hold.
    """
    (economic, shared), (_, whole) = cases(document), cases(unshared(document))
    others = [body.by_year for body in shared.by_body if not body.own]
    before = [body.by_year for body in whole.by_body if not body.own]
    assert by_year([_certain(shared), *others]) == by_year([_certain(whole), *before])
    assert shared.by_year < whole.by_year
    pounds = [step.pounds for step in shared.bridge]
    assert sum(pounds[:-1]) == pounds[-1] == shared.total
    assert pounds[0] == -economic.npsv
    (rounding,) = (step.pounds for step in shared.bridge if step.key == "rounding")
    assert abs(rounding) < Decimal("2.50")  # three years of some hundred rows of half a penny at most
    assert shared.contingency_by_year < whole.contingency_by_year
    assert shared.procurement == whole.procurement


def test_this_body_pays_less_by_exactly_what_others_pay() -> None:
    check_budgets(rich())


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.decimals("0.01", 1000, places=2).map(str), min_size=2, max_size=10),
    st.sampled_from(list(Split)),
)
def test_budgets_add_up_for_any_volumes_and_split(volumes: list[str], split: Split) -> None:
    check_budgets(rich(tuple(volumes), split))


def test_other_bodies_are_shown_on_one_basis_whether_they_pay_alone_or_a_share() -> None:
    """B pays 80 by itself in the one option and 80 of a joint 160 in the other: bias and kept risk change neither."""
    document = together(
        (partner("a", 80, own=True), partner("b", 80)),
        (
            line("joint", "j", 160, bias="bias"),
            line("theirs", "now", 80, treatment="other_body_cost", body="body-b", bias="bias"),
        ),
        (share("joint"),),
    )
    document = replace(
        document,
        biases=(Bias(id="bias", name="Bias", upper_percent=Decimal(20), evidence="History"),),
        constraints=(constraint("permit", 0.5, (50, 100, 200), in_house("j")),),
    )
    results = evaluate(document, parts=CASES)
    for option in results.options:
        assert option.financial is not None
        assert [(one.id, one.by_year) for one in option.financial.by_body if not one.own] == [("body-b", (80,))]
    joint_case = results.options[1].financial
    assert joint_case is not None
    assert joint_case.contingency_by_year[0] > 0


def test_bodies_stand_in_the_bridge_by_name() -> None:
    document = rich()
    _, shared = cases(document)
    taken = {step.key: step.pounds for step in shared.bridge if step.key.startswith("body:")}
    entries = [one for one in paid_entries(document, "j", make_factors(document)).entries if one.economic]
    for body in ("body-b", "body-c"):
        theirs = total(total(one.real) for one in entries if one.bearer is BorneBy.PUBLIC_BODY and one.body == body)
        assert taken[f"body:{body}"] == -theirs.quantize(Decimal("0.01"))
        assert theirs
    assert len(taken) == 2


def test_a_partner_without_a_body_stands_among_those_not_named() -> None:
    document = rich()
    nameless = tuple(replace(one, body="") for one in document.partners)
    _, shared = cases(replace(document, partners=nameless))
    assert any(body.id == "" and not body.own for body in shared.by_body)


def test_parts_of_an_entry_add_up_to_it() -> None:
    document = rich()
    factors = make_factors(document)
    found = paid_entries(document, "j", factors)
    assert found.whole == option_entries(document, "j", factors).entries
    keys = {(entry.id, entry.kind) for entry in found.whole}
    assert {(entry.id, entry.kind) for entry in found.entries} == keys
    for entry in found.whole:
        parts = [one for one in found.entries if (one.id, one.kind) == (entry.id, entry.kind)]
        assert len(parts) == (1 if entry.bearer is not BorneBy.OWN or entry.id == "mine" else 3)
        for found_in in (lambda one: one.present, lambda one: one.expected, lambda one: total(one.real)):
            assert abs(total(found_in(one) for one in parts) - found_in(entry)) < Decimal("1e-25")


def test_nothing_shared_is_the_very_same() -> None:
    document = unshared(rich())
    factors = make_factors(document)
    found = paid_entries(document, "j", factors)
    assert found.shared is None
    assert found.whole is found.entries


def test_draws_of_cost_are_the_same_and_those_of_cash_are_lower() -> None:
    """The mean of drawn cash is the expected cash of this body alone: 0.7 of 4.2 volumes leave it a share."""
    document = replace(rich(), constraints=())
    shared, whole = joint(document, DRAWN), joint(unshared(document), DRAWN)
    assert shared.risk is not None
    assert whole.risk is not None
    assert shared.risk.npc == whole.risk.npc
    assert max(shared.risk.cash_by_year.p50) < max(whole.risk.cash_by_year.p50)


def test_kept_constraints_are_drawn_at_this_body_s_share_of_cash() -> None:
    """A cost of 100 that is kept comes for certain; by population this body pays 7 of 7 + 17 + 27 parts of it."""
    nothing = replace(rich().arrangements[0], shared=())
    document = replace(
        rich(),
        lines=(line("today", "now", 1),),
        arrangements=(nothing,),
        constraints=(constraint("sure", 1.0, 100, in_house("j")),),
    )
    shared, whole = joint(document, DRAWN), joint(unshared(document), DRAWN)
    assert shared.risk is not None
    assert whole.risk is not None
    assert shared.risk.npc.mean == whole.risk.npc.mean == 100
    assert whole.risk.cash_by_year.p50[0] == 100
    assert abs(shared.risk.cash_by_year.p50[0] - 700 / 51) < 0.005
    assert shared.financial is not None
    assert shared.financial.contingency_by_year[0] == Decimal("13.73")


def test_switching_values_do_not_depend_on_who_pays() -> None:
    def switches(document: Appraisal) -> object:
        both = replace(document, lines=(*document.lines, line("more", "now", 2000, 10)))
        return evaluate(both, Settings(draws=100), parts=frozenset({Part.RISK, Part.SWITCHES})).switches

    assert switches(rich()) == switches(unshared(rich()))
    assert switches(rich()) != ()


def test_a_supplier_who_bears_a_constraint_is_priced_on_the_whole_contract() -> None:
    """The implied premium is in per cent of all charges, whoever pays them."""
    document = rich()
    asked = frozenset({Part.ECONOMIC, Part.SETTLING})
    assert any(one.bearer is Bearer.SUPPLIER for entry in document.constraints for one in entry.bearings)
    shared, whole = joint(document, asked).supplier_premium, joint(unshared(document), asked).supplier_premium
    assert shared == whole
    assert shared is not None
    assert shared.implied_percent


def test_what_short_money_does_is_shared_like_the_rest() -> None:
    """A supplier's investment, re-letting, loyalty and prevention: by even shares this body pays half of everything."""
    lines = (
        line("charge", "j", *[1000.0] * 4, treatment="supplier_charge", spread=(90, 120)),
        line("prevent", "j", 100),
    )
    partners = (partner("a", 600, own=True), partner("b", 600))
    document = together(
        partners,
        lines,
        (share("charge"), share("prevent")),
        years=4,
        scenarios=(rolling("short", (900, 900, 900, 900), 0.9, 0.2),),
        line_terms=(LineTerms(line="charge", loyalty=(Decimal(0), Decimal(5), Decimal(10))),),
        programmes=(
            Programme(
                id="programme",
                name="Prevention",
                option="j",
                investment=("prevent",),
                lines=("charge",),
                low=0.02,
                likely=0.04,
                high=0.1,
            ),
        ),
    )
    terms = ContractTerms(
        commitment=Commitment.NEVER, investment=Decimal(300), procurement=Decimal(40), transition=Decimal(10)
    )
    options = (document.options[0], replace(document.options[1], term_years=4, terms=terms))
    document = replace(document, options=options)
    asked = frozenset({Part.FUNDING, Part.RISK, Part.YEARS})
    shared, whole = joint(document, asked), joint(unshared(document), asked)
    assert shared.funding is not None
    assert whole.funding is not None
    (mine,), (all_of_it,) = shared.funding, whole.funding
    assert whole.funding[0].relets == 3
    for ours, theirs in zip(mine.cost_by_year, all_of_it.cost_by_year, strict=True):
        assert abs(2 * ours - theirs) <= Decimal("0.10")
    for name in ("p10", "p50", "p90"):
        drawn = zip(getattr(mine.cash_by_year, name), getattr(all_of_it.cash_by_year, name), strict=True)
        assert all(abs(2 * ours - theirs) < 0.1 for ours, theirs in drawn)
    assert mine.npc == all_of_it.npc
