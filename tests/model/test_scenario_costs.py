"""What scenarios add to an option: against an oracle in exact fractions, line by line, and by properties."""

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.effects import Bias
from appraise.model.appraisal.funding import Programme, ProgrammeStop, Scenario, Settlement
from appraise.model.appraisal.lines import Index, Range, RiseRange, Treatment
from appraise.model.appraisal.partners import Arrangement, FixedShare, LineShare, Partner, ShareRule
from appraise.model.appraisal.terms import AfterCut, BreakCost, Commitment, ContractTerms, LineTerms
from appraise.model.discounting import make_factors
from appraise.model.entries import Entry, OptionEntries, option_entries
from appraise.model.evaluate import Part, Settings, evaluate
from appraise.model.parts import paid_entries
from appraise.model.scenario_costs import ScenarioCosts, scenario_costs
from tests.builders import appraisal, line, pounds
from tests.model.random_appraisals import rich_appraisal
from tests.model.random_terms import with_terms


def money(*lengths: int, renewal: float = 1.0) -> Scenario:
    """Settlements that follow each other, of so many years."""
    settlements, first = [], 0
    for length in lengths:
        settlements.append(
            Settlement(id=f"s{first}", name="", first_year=first, amounts=pounds(*[0] * length), renewal=renewal)
        )
        first += length
    return Scenario(id="money", name="Money", settlements=tuple(settlements))


def document(years: int = 6, term: int = 3, *, deflator: str = "0", life: int = 0, **terms: object) -> Appraisal:
    made = appraisal(years, deflator=deflator, lines=(line("l", "a", *[1000] * years), line("m", "b", *[700] * years)))
    agreed = ContractTerms(**terms)  # type: ignore[arg-type]  # any field
    option = replace(made.options[0], term_years=term, life_years=life, terms=agreed)
    return replace(made, options=(option, made.options[1]))


def costed(made: Appraisal) -> dict[str, OptionEntries]:
    factors = make_factors(made)
    return {one.id: option_entries(made, one.id, factors) for one in made.options}


def added(made: Appraisal, scenario: Scenario, option: str = "a") -> ScenarioCosts:
    return scenario_costs(made, costed(made), option, scenario, make_factors(made))


def kinds(found: ScenarioCosts) -> dict[str, Entry]:
    return {entry.kind: entry for entry in found.entries}


# --- contracts, against fractions --------------------------------------------------------------------------


@dataclass(frozen=True)
class Case:
    """An option's contract and the money that it is signed under, in exact fractions where they matter."""

    years: int
    term: int
    reference: int
    starts: int
    lengths: tuple[int, ...]
    never: bool
    k: int
    kept: int
    percent: int
    real: bool
    each: int
    entered: bool
    deflator: int

    def document(self) -> Appraisal:
        return document(
            self.years,
            self.term,
            deflator=str(self.deflator),
            reference_years=self.reference,
            starts=self.starts,
            commitment=Commitment.NEVER if self.never else Commitment.FREELY,
            investment=pounds(self.k)[0],
            kept_value=pounds(self.kept)[0],
            capital_percent=Decimal(self.percent),
            capital_real=self.real,
            procurement=pounds(self.each)[0],
            transition=pounds(7)[0],
            dual_running=pounds(0.5)[0],
            relets_entered=self.entered,
        )

    def level(self, year: int) -> Fraction:
        return Fraction(100 + self.deflator, 100) ** year

    def charge(self, years: int) -> Fraction:
        """What a pound a year from years 1 to n is worth tells the charge; what is kept comes off first."""
        v = 1 / (1 + Fraction(self.percent, 100))
        return (self.k - self.kept * v**years) / sum(v**year for year in range(1, years + 1))

    def chain(self, *, scenario: bool) -> list[tuple[int, int]]:
        confirmed = [first for first, length in enumerate(self.lengths) for _ in range(length)]
        found, year = [], self.starts
        while year < self.years:
            term = self.term if scenario else self.reference or self.term
            if scenario and self.never:
                left = confirmed[year:].count(confirmed[year]) if year < len(confirmed) else 0
                term = max(1, min(term, left))
            found.append((year, term))
            year += term
        return found

    def cash(self) -> tuple[list[Fraction], list[Fraction]]:
        """(recovery, re-letting) by year."""
        recovery, again = [Fraction(0)] * self.years, [Fraction(0)] * self.years
        reference = self.reference or self.term
        for first, term in self.chain(scenario=True):
            for year in range(first, min(first + term, self.years)):
                level = self.level(year if self.real else first)
                recovery[year] += (self.charge(term) - self.charge(reference)) * level
        each = self.each + 7 + Fraction(1, 2)
        for scenario, sign in ((True, 1), (False, -int(self.entered))):
            for year, _ in self.chain(scenario=scenario)[1:]:
                again[year] += sign * each * self.level(year)
        return recovery, again


CASES = st.builds(
    Case,
    years=st.integers(1, 15),
    term=st.integers(1, 8),
    reference=st.integers(0, 8),
    starts=st.integers(0, 4),
    lengths=st.lists(st.integers(1, 6), max_size=6).map(tuple),
    never=st.booleans(),
    k=st.integers(0, 5_000),
    kept=st.integers(0, 5_000),
    percent=st.integers(0, 15),
    real=st.booleans(),
    each=st.integers(0, 500),
    entered=st.booleans(),
    deflator=st.integers(0, 6),
)


@settings(max_examples=60, deadline=None)
@given(case=CASES)
def test_contracts_cost_what_exact_fractions_say(case: Case) -> None:
    found = added(case.document(), money(*case.lengths))
    by_kind, worth = kinds(found), Fraction(0)
    for kind, cash in zip(("recovery", "reletting"), case.cash(), strict=True):
        entry = by_kind.pop(kind, None)
        told = [Fraction(pounds) for pounds in entry.cash] if entry is not None else [Fraction(0)] * case.years
        assert all(abs(one - other) < Fraction(1, 10**15) for one, other in zip(told, cash, strict=True))
        worth += sum(
            (one / case.level(year) * Fraction(1000, 1035) ** year for year, one in enumerate(cash)), Fraction(0)
        )
    assert not by_kind
    assert sum(step.pounds for step in found.steps) == pytest.approx(float(worth), abs=1e-9)
    assert found.relets == max(0, len(case.chain(scenario=True)) - 1)
    assert [(one.first_year, one.years) for one in found.contracts] == case.chain(scenario=True)


@pytest.mark.parametrize(("entered", "cash"), [(True, [0] * 6), (False, [0, 0, 0, 0, 0, 100])])
def test_only_reletting_that_the_lines_hold_is_credited(*, entered: bool, cash: list[int]) -> None:
    """Five years priced and signed, six costed: the contract is let again in the last year."""
    made = document(6, 5, procurement=pounds(100)[0], relets_entered=entered)
    entry = kinds(added(made, money(6))).get("reletting")
    assert [float(pounds) for pounds in (entry.cash if entry else (0,) * 6)] == cash
    longer = document(6, 6, reference_years=5, procurement=pounds(100)[0], relets_entered=entered)
    entry = kinds(added(longer, money(6))).get("reletting")
    assert [float(pounds) for pounds in (entry.cash if entry else (0,) * 6)] == [0] * 5 + [-100 if entered else 0]


def worth(found: ScenarioCosts) -> float:
    return sum(step.pounds for step in found.steps)


@settings(max_examples=60, deadline=None)
@given(
    terms=st.sampled_from([(12, 1, 2), (12, 1, 12), (12, 2, 3), (12, 3, 4), (12, 4, 6), (10, 2, 5), (6, 3, 6)]),
    k=st.integers(0, 5_000),
    kept=st.integers(0, 100),
    percent=st.integers(0, 15),
    real=st.booleans(),
    each=st.integers(0, 500),
    deflator=st.integers(0, 6),
)
def test_fewer_relets_never_cost_more_where_the_term_divides_the_horizon(
    terms: tuple[int, int, int], k: int, kept: int, percent: int, *, real: bool, each: int, deflator: int
) -> None:
    years, short, long = terms
    case = Case(
        years,
        years,
        0,
        0,
        (),
        never=True,
        k=k,
        kept=k * kept // 100,
        percent=percent,
        real=real,
        each=each,
        entered=True,
        deflator=deflator,
    )
    made = case.document()
    more, fewer = (added(made, money(*[length] * (years // length))) for length in (short, long))
    assert fewer.relets < more.relets
    assert worth(fewer) <= worth(more) + 1e-6


def test_constant_costs_have_a_closed_form() -> None:
    """H 10, three-year money, K 1000 at 8 % for a price of five years, 200 a re-let: by hand."""
    terms = {"commitment": Commitment.NEVER, "investment": pounds(1000)[0], "procurement": pounds(200)[0]}
    made = document(10, 5, **terms, relets_entered=True)
    found = added(made, money(3, 3, 3, 3))
    df = [1.035**-year for year in range(10)]
    recovery, reletting = found.steps
    assert recovery.pounds == pytest.approx((388.0335140462 - 250.4564545668) * sum(df))
    assert reletting.pounds == pytest.approx(200 * (df[3] + df[6] + df[9] - df[5]))
    assert found.relets == 3


def test_a_scenario_that_changes_nothing_adds_nothing() -> None:
    for made, scenario in (
        (document(), money(1, 1, 1)),  # signed freely for the reference term
        (document(commitment=Commitment.NEVER, investment=pounds(500)[0]), money(3, 3)),
        (document(term=0, commitment=Commitment.NEVER, investment=pounds(500)[0]), money(1, 1)),
        (document(starts=9, commitment=Commitment.NEVER, investment=pounds(500)[0]), money(1, 1)),
        (document(commitment=Commitment.NEVER), money(1, 1, 1)),  # nothing to recover, nothing to pay again
    ):
        found = added(made, scenario)
        assert (found.entries, found.effects, found.breaks, found.steps) == ((), (), (), ())
        assert found.fall_back == ""


def test_contracts_end_with_the_life_of_the_option() -> None:
    terms = {"commitment": Commitment.NEVER, "investment": pounds(100)[0], "procurement": pounds(10)[0]}
    made = document(8, 2, life=4, **terms, relets_entered=True)
    found = added(made, money(*[1] * 8))
    by_kind = kinds(found)
    assert all(by_kind["recovery"].cash[:5])
    assert not any(by_kind["recovery"].cash[5:])
    assert [bool(one) for one in by_kind["reletting"].cash] == [False, True, False, True] + [False] * 4
    assert found.relets == 4


# --- breaks ------------------------------------------------------------------------------------------------

BROKEN = {"after_cut": AfterCut.BREAK, "investment": pounds(1000)[0], "fall_back": "b", "break_cost": pounds(100)[0]}


def test_breaks_come_only_strictly_inside_a_contract_and_where_money_may_not_be_renewed() -> None:
    freely = document(6, 3, **BROKEN)
    yearly = money(*[1] * 6, renewal=0.8)
    found = added(freely, yearly)
    assert [one.year for one in found.breaks] == [1, 2, 4, 5]
    assert found.fall_back == "b"
    assert found.entries == ()  # the supplier prices nothing
    assert [one.year for one in added(freely, money(2, 4, renewal=0.8)).breaks] == [2]
    assert added(freely, money(3, 3, renewal=0.8)).breaks == ()  # the contract ends there anyway
    assert added(freely, money(*[1] * 6)).breaks == ()  # always renewed
    for other in ({"after_cut": AfterCut.KEEP}, {"commitment": Commitment.NEVER}):
        assert added(document(6, 3, **(BROKEN | other)), yearly).breaks == ()
    assert added(document(6, 3, **(BROKEN | {"fall_back": "gone"})), yearly).fall_back == ""


def test_a_break_costs_what_was_entered_or_what_is_outstanding() -> None:
    yearly = money(*[1] * 6, renewal=0.8)
    entered = added(document(6, 3, deflator="2", **BROKEN), yearly)
    assert [round(float(one.entry.cash[one.year]), 9) for one in entered.breaks] == [
        round(100 * 1.02**year, 9) for year in (1, 2, 4, 5)
    ]
    assert entered.breaks[0].entry.real[1] == 100
    terms = BROKEN | {"break_cost_is": BreakCost.OUTSTANDING}
    nominal = added(document(6, 3, deflator="2", **terms), yearly).breaks
    charge = 388.0335140462405
    left = [1000 * 1.08 - charge, (1000 * 1.08 - charge) * 1.08 - charge]
    at_signing = [1.0, 1.0, 1.02**3, 1.02**3]
    assert [float(one.entry.cash[one.year]) for one in nominal] == pytest.approx(
        [pounds * level for pounds, level in zip(left * 2, at_signing, strict=True)]
    )
    real = added(document(6, 3, deflator="2", **(terms | {"capital_real": True})), yearly).breaks
    assert [float(one.entry.real[one.year]) for one in real] == pytest.approx(left * 2)


def test_a_break_price_rises_with_the_day_of_signing() -> None:
    terms = BROKEN | {"commitment": Commitment.WITH_BREAK}
    found = kinds(added(document(6, 3, deflator="2", **terms), money(*[1] * 6, renewal=0.8)))["break_price"]
    assert found.cash[0] == found.cash[1] == found.cash[2] > 0
    assert float(found.cash[3] / found.cash[0]) == pytest.approx(1.02**3)


def test_what_a_supplier_asks_for_a_break_gets_less_the_more_it_is_paid() -> None:
    scenario = money(*[1] * 6, renewal=0.8)

    def price(cost: int) -> Decimal:
        terms = BROKEN | {"commitment": Commitment.WITH_BREAK, "break_cost": pounds(cost)[0]}
        return kinds(added(document(6, 3, **terms), scenario))["break_price"].cash[0]

    assert price(0) > price(100) > 0 > price(2000)


@pytest.mark.parametrize("real", [True, False])
@pytest.mark.parametrize("years", [2, 3, 5])
def test_a_supplier_prices_breaks_after_the_last_year_that_is_costed(years: int, *, real: bool) -> None:
    """The contract of five years is the same, however many of them the appraisal looks at."""
    terms = BROKEN | {"commitment": Commitment.WITH_BREAK, "capital_real": real}
    scenario = money(*[1] * 6, renewal=0.9)
    whole = kinds(added(document(6, 5, deflator="3", **terms), scenario))["break_price"]
    made = document(years, 5, deflator="3", **terms)
    found = added(made, scenario)
    assert kinds(found)["break_price"].cash == whole.cash[:years]
    assert [one.year for one in found.breaks] == list(range(1, years))
    short = added(document(6, 5, life=years - 1, deflator="3", **terms), scenario)
    assert kinds(short)["break_price"].cash[:years] == whole.cash[:years]
    assert [one.year for one in short.breaks] == list(range(1, years))


# --- lines -------------------------------------------------------------------------------------------------


def test_discounts_begin_anew_with_every_contract() -> None:
    made = document(commitment=Commitment.NEVER)
    taxed = replace(made.lines[0], vat_percent=Decimal(20), vat_recoverable=False)
    loyalty = LineTerms(line="l", loyalty=(Decimal(0), Decimal(10), Decimal(20)))
    made = replace(made, line_terms=(loyalty,), lines=(taxed, made.lines[1]))
    found = added(made, money(1, 2, 3))
    assert [entry.kind for entry in found.entries] == ["loyalty", "loyalty"]  # the line and its VAT
    assert found.entries[0].real == (0, 100, 100, 0, 0, 0)
    assert found.entries[1].cash == (0, 20, 20, 0, 0, 0)
    assert found.entries[1].real == ()
    (step,) = found.steps
    assert step.pounds == pytest.approx(100 / 1.035 + 100 / 1.035**2)


def prevented() -> Appraisal:
    made = document(6, 3, commitment=Commitment.NEVER)
    need = replace(
        made.lines[0],
        range=Range(low=Decimal(90), high=Decimal(150)),
        index="i",
        vat_percent=Decimal(20),
        vat_recoverable=False,
    )
    invest = replace(line("invest", "a", *[50] * 6), bias="bias", range=Range(low=Decimal(100), high=Decimal(130)))
    programme = Programme(
        id="p",
        name="P",
        option="a",
        investment=("invest",),
        lines=("l",),
        ramp_years=2,
        low=0.1,
        likely=0.2,
        high=0.4,
        decay=0.5,
    )
    return replace(
        made,
        lines=(need, made.lines[1], invest),
        biases=(Bias(id="bias", name="B", upper_percent=Decimal(20), lower_percent=Decimal(20)),),
        indices=(Index(id="i", name="I", percent=(Decimal(3),), range=RiseRange(low=Decimal(-1), high=Decimal(2))),),
        programmes=(programme,),
    )


def stop(last: int) -> Scenario:
    return replace(money(6), stops=(ProgrammeStop(programme="p", last_year=last),))


def expected(entries: tuple[Entry, ...]) -> float:
    return float(sum(entry.expected for entry in entries if entry.economic))


def test_a_programme_that_is_never_paid_for_leaves_the_option_as_it_would_be_without_it() -> None:
    made = prevented()
    found = added(made, stop(-1))
    without = replace(made, programmes=(), lines=made.lines[:2])
    base, bare = costed(made)["a"], costed(without)["a"]
    assert expected((*base.entries, *found.entries)) == pytest.approx(expected(bare.entries), abs=1e-9)
    assert {step.kind for step in found.steps} == {"prevention", "investment"}
    for year in range(6):
        cash = sum(entry.cash[year] for entry in (*base.entries, *found.entries) if entry.financial)
        assert float(cash) == pytest.approx(float(sum(entry.cash[year] for entry in bare.entries if entry.financial)))
    for row in ("npc", "npsv", "cash"):
        whole = [getattr(term, row) for term in (*base.effects, *found.effects)]
        assert [float(sum(column)) for column in zip(*whole, strict=True)] == pytest.approx([0] * 6, abs=1e-12)


def test_money_that_stops_takes_back_the_investment_after_it_with_its_bias() -> None:
    found = added(prevented(), stop(2))
    taken = [entry for entry in found.entries if entry.kind == "investment"]
    assert [entry.real for entry in taken] == [(0, 0, 0, -50, -50, -50), (0, 0, 0, -10, -10, -10)]
    assert [entry.contingency for entry in taken] == [False, True]
    bias = taken[1]
    assert bias.expected_real is not None
    assert sum(bias.expected_real[:3]) == 0
    assert float(bias.expected) == pytest.approx(
        sum(float(pounds) / 1.035**year for year, pounds in enumerate(bias.expected_real))
    )


def paid(made: Appraisal, found: ScenarioCosts, line: str) -> list[float]:
    """Cash of a line by year with what a scenario does to it, without its bias."""
    rows = [
        entry.cash
        for entry in (*costed(made)["a"].entries, *found.entries)
        if entry.line is not None and entry.id == line and not entry.contingency
    ]
    return [float(sum(year)) for year in zip(*rows, strict=True)]


def test_an_investment_that_stops_is_taken_off_as_the_scenario_pays_it() -> None:
    """Its discount begins anew here with every contract: nothing of it is left after the stop."""
    made = replace(prevented(), line_terms=(LineTerms(line="invest", loyalty=(Decimal(0), Decimal(50))),))
    assert paid(made, added(made, money(6)), "invest") == [50, 25, 25, 50, 25, 25]
    stops = (ProgrammeStop(programme="p", last_year=1),)
    found = added(made, replace(money(1, 1, 1, 1, 1, 1), stops=stops))
    assert paid(made, found, "invest") == [50, 50, 0, 0, 0, 0]
    assert worth(found) == pytest.approx(expected(found.entries))


def test_nothing_is_saved_on_a_line_that_is_not_paid() -> None:
    """A second programme lowers what the first one pays with: where that stops, nothing is left to be lowered."""
    made = prevented()
    second = Programme(id="q", name="Q", option="a", lines=("invest",), low=0.0, likely=0.3, high=0.9, ramp_years=0)
    made = replace(made, programmes=(*made.programmes, second))
    assert all(paid(made, added(made, money(6)), "invest"))
    for stops in (("p",), ("p", "q")):
        scenario = replace(money(6), stops=tuple(ProgrammeStop(programme=one, last_year=2) for one in stops))
        found = added(made, scenario)
        assert paid(made, found, "invest")[3:] == [0, 0, 0]
        terms = [one for one in (*costed(made)["a"].effects, *found.effects) if one.programme == "q"]
        for row in ("npc", "npsv", "cash"):
            left = [float(sum(column)) for column in zip(*(getattr(one, row) for one in terms), strict=True)]
            assert left[3:] == pytest.approx([0, 0, 0], abs=1e-12)
            assert all(left[:3])


def test_savings_are_lost_as_the_effect_decays() -> None:
    found = added(prevented(), stop(2))
    lost, vat = (entry for entry in found.entries if entry.kind == "prevention")
    most = float(Decimal("1.3") / 6)
    assert [float(pounds) / 1.03**year for year, pounds in enumerate(lost.cash)] == pytest.approx(
        [0, 0, 0, 500 * most, 750 * most, 875 * most]
    )
    assert [float(one) for one in vat.cash] == pytest.approx([float(one) / 5 for one in lost.cash])
    (effect,) = found.effects
    assert effect.npc[2] == 0 < effect.npc[3]  # less effect in a draw of more: dearer than the base by more
    assert effect.npsv == tuple(pounds.copy_negate() for pounds in effect.npc)


def test_steps_add_up_to_what_the_entries_come_to() -> None:
    made = prevented()
    agreed = replace(made.options[0].terms, investment=pounds(400)[0], procurement=pounds(20)[0])
    made = replace(
        made,
        options=(replace(made.options[0], terms=agreed), made.options[1]),
        line_terms=(LineTerms(line="l", loyalty=(Decimal(0), Decimal(10))),),
    )
    scenario = replace(money(1, 2, 3), stops=(ProgrammeStop(programme="p", last_year=1),))
    found = added(made, scenario)
    assert [step.kind for step in found.steps] == ["recovery", "reletting", "loyalty", "prevention", "investment"]
    assert worth(found) == pytest.approx(expected(found.entries))


# --- what is kept between edits ----------------------------------------------------------------------------


def test_the_same_records_give_the_very_same_costs() -> None:
    made = replace(prevented(), line_terms=(LineTerms(line="l", loyalty=(Decimal(0), Decimal(10))),))
    scenario = replace(money(1, 2, 3), stops=(ProgrammeStop(programme="p", last_year=1),))
    assert added(made, scenario) is added(replace(made, title="Another title"), scenario)


def test_every_edit_of_what_is_read_is_seen() -> None:
    made = replace(prevented(), line_terms=(LineTerms(line="l", loyalty=(Decimal(0), Decimal(10))),))
    scenario = replace(money(1, 2, 3), stops=(ProgrammeStop(programme="p", last_year=1),))
    option = made.options[0]
    terms = replace(option.terms, procurement=pounds(20)[0])
    edits = (
        replace(made, options=(replace(option, terms=terms), made.options[1])),
        replace(made, options=(replace(option, term_years=2), made.options[1])),
        replace(made, line_terms=(LineTerms(line="l", loyalty=(Decimal(0), Decimal(11))),)),
        replace(made, line_terms=(replace(made.line_terms[0], cap=Decimal(1)),)),
        replace(made, programmes=(replace(made.programmes[0], high=0.5),)),
        replace(made, lines=(replace(made.lines[0], amounts=pounds(*[900] * 6)), *made.lines[1:])),
        replace(made, basis=replace(made.basis, deflator_percent=Decimal(5))),
        replace(made, indices=(replace(made.indices[0], percent=(Decimal(1),)),)),
        replace(made, biases=(replace(made.biases[0], upper_percent=Decimal(30)),)),
    )
    first = added(made, scenario)
    assert all(added(one, scenario) != first for one in edits)
    assert added(made, stop(3)) != added(made, stop(4))
    assert added(made, scenario) == first


# --- whole documents, and their draws ----------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(8))
def test_draws_of_any_document_agree_with_the_expected_figures(seed: int) -> None:
    """Mean cost of the option and of the option in every scenario, within 5 standard errors and the rounding."""
    made = with_terms(rich_appraisal(seed), seed)
    factors = make_factors(made)
    entries = {one.id: option_entries(made, one.id, factors) for one in made.options}
    parts = frozenset({Part.ECONOMIC, Part.FINANCIAL, Part.RISK, Part.FUNDING})
    for option in evaluate(made, Settings(draws=4_000), parts=parts).options:
        assert option.economic is not None
        assert option.financial is not None
        assert option.risk is not None
        base = float(option.economic.expected_npc)
        assert abs(option.risk.npc.mean - base) <= 5 * option.risk.npc.mean_error + 0.02
        rounding = next(step.pounds for step in option.financial.bridge if step.key == "rounding")
        assert abs(rounding) <= Decimal("0.01") * len(option.financial.rows) * factors.years / 2
        for scenario, row in zip(made.scenarios, option.funding, strict=True):
            costs = scenario_costs(made, entries, option.id, scenario, factors)
            assert abs(row.npc - base - worth(costs)) <= 5 * row.npc_error + 0.05
            assert row.contracts == costs.contracts


@pytest.mark.parametrize(
    ("shared", "treatment", "part"),
    [
        (("l", "more"), "own_cost", (1000 * 0.25 + 3000 * 0.75) / 4000),
        (("l", "more"), "supplier_charge", 0.25),
        (("more",), "supplier_charge", 0.75),
        (("saved",), "supplier_charge", None),
        ((), "supplier_charge", None),
    ],
)
def test_a_contract_is_shared_as_its_charges_are(shared: tuple[str, ...], treatment: str, part: float | None) -> None:
    """Line l goes 1 : 3, `more` 3 : 1, constraints 9 : 1: by the charge l, else by what is shared, else not at all."""
    made = document(2, 1, procurement=pounds(100)[0])
    first = replace(made.lines[0], treatment=Treatment(treatment))
    more = (line("more", "a", 3000, 3000), line("saved", "a", 500, treatment="cash_saving"))
    rules = {"l": (25, 75), "more": (75, 25), "saved": (25, 75)}

    def fixed(ours: int, theirs: int) -> tuple[FixedShare, ...]:
        return (
            FixedShare(partner="us", percent=Decimal(ours)),
            FixedShare(partner="they", percent=Decimal(theirs)),
        )

    made = replace(
        made,
        lines=(first, *more, made.lines[1]),
        partners=(Partner(id="us", name="Us", this_body=True), Partner(id="they", name="They")),
        arrangements=(
            Arrangement(
                id="j",
                option="a",
                partners=("us", "they"),
                rule=ShareRule.FIXED,
                shares=fixed(90, 10),
                shared=tuple(LineShare(line=key, rule=ShareRule.FIXED, shares=fixed(*rules[key])) for key in shared),
            ),
        ),
    )
    factors = make_factors(made)
    paid = {one.id: paid_entries(made, one.id, factors) for one in made.options}
    found = [one for one in scenario_costs(made, paid, "a", money(2), factors).entries if one.kind == "reletting"]
    assert float(found[0].cash[1]) == pytest.approx(100 if part is None else 100 * part, abs=0.01)
    assert sum(float(one.cash[1]) for one in found) == 100
    assert len(found) == (1 if part is None else 2)


def test_partners_share_what_a_scenario_adds_to_a_joint_option() -> None:
    """Two partners of one size: half of the cash is this body's, and the economic case counts the whole."""
    terms = BROKEN | {"commitment": Commitment.WITH_BREAK, "reference_years": 6}
    made = replace(
        document(6, 3, **terms),
        partners=(
            Partner(id="us", name="Us", this_body=True, population=50),
            Partner(id="they", name="They", population=50),
        ),
        arrangements=(
            Arrangement(
                id="j",
                option="a",
                partners=("us", "they"),
                rule=ShareRule.POPULATION,
                shared=(LineShare(line="l", rule=ShareRule.POPULATION),),
            ),
        ),
    )
    scenario, factors = money(*[1] * 6, renewal=0.8), make_factors(made)
    alone = added(replace(made, arrangements=()), scenario)
    paid = {one.id: paid_entries(made, one.id, factors) for one in made.options}
    joint = scenario_costs(made, paid, "a", scenario, factors)
    for kind, whole in kinds(alone).items():
        ours, theirs = (entry for entry in joint.entries if entry.kind == kind)
        assert [float(pounds) for pounds in ours.cash] == pytest.approx(
            [float(one) / 2 for one in whole.cash], abs=0.01
        )
        assert (ours.financial, theirs.financial) == (True, False)
        assert float(ours.present + theirs.present) == pytest.approx(float(whole.present))
    assert [step.pounds for step in joint.steps] == pytest.approx([step.pounds for step in alone.steps])
    assert [float(one.entry.cash[one.year]) for one in joint.breaks] == [50] * 4
    assert [float(one.entry.real[one.year]) for one in joint.breaks] == [100] * 4
    unshared = replace(made, arrangements=(replace(made.arrangements[0], shared=()),))
    own = {one.id: paid_entries(unshared, one.id, factors) for one in unshared.options}
    kept = scenario_costs(unshared, own, "a", scenario, factors)
    assert kept.entries == alone.entries  # no line is shared: the contract is this body's own
    assert kept.breaks == alone.breaks
