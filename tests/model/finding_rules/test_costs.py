"""Findings on lines: each fault is found where it is, and a sound document has none of them."""

from dataclasses import replace
from decimal import Decimal

import pytest

from appraise.model.appraisal.document import Appraisal, Basis, CapitalView
from appraise.model.appraisal.lines import Additionality, Group, Prices, Treatment
from appraise.model.appraisal.options import DeliveryModel
from appraise.model.appraisal.sourcing import NotApplicable, Sourcing
from appraise.model.finding import Finding, Severity
from appraise.model.finding_rules.costs import check_costs
from appraise.model.tables import usual_lines
from tests.builders import appraisal, line, pounds

D = Decimal
NAN = float("nan")


def _document(*more: object, **fields: object) -> Appraisal:
    lines = (
        line("today", "a", 10, 10, 10, source="ledger"),
        line("pay", "b", 9, 9, 9, source="ledger"),
        *more,
    )
    document = appraisal(3, lines=lines, **fields)
    unsaid = tuple(replace(option, model=DeliveryModel.UNSAID) for option in document.options)
    return replace(document, options=unsaid)


def _line(*amounts: float, **fields: object) -> Appraisal:
    """The sound document with one more line in option b."""
    return _document(replace(line("new", "b", *(amounts or (1,)), source="ledger"), **fields))


def _revenue(*more: object) -> Appraisal:
    return _document(*more, basis=Basis(capital_view=CapitalView.REVENUE, deflator_source="test"))


CAPITAL = line("plant", "b", 50, source="quote", treatment="capital")
RESIDUAL = line("left", "b", 0, 0, 5, source="quote", treatment="residual_value")
CHARGE = line("mrp", "b", 0, 9, 9, source="quote", treatment="financing_charge")
RETIRED = Treatment.CONTINGENT_LIABILITY


def _short_life() -> Appraisal:
    document = _document()
    return replace(document, options=(document.options[0], replace(document.options[1], life_years=1)))


ERRORS = {
    "amount": [_line(amounts=(D(n),)) for n in ("NaN", "sNaN", "10000000000000.01")],
    "amount-beyond": [_line(1, 1, 1, 1), _line(0, 0, 0, 0, D("0.01"))],
    "amount-after-life": [_short_life()],
    "price-year": [_line(prices=Prices.OTHER_YEAR, price_year=n) for n in (0, 1989, 2101, -(10**9), 10**30)],
    "vat": [_line(vat_percent=D(n)) for n in ("-1", "100.1", "NaN", "sNaN")],
    "line-chance": [_line(treatment=RETIRED, probability=n) for n in (-0.1, 1.1, NAN)] + [_line(probability=NAN)],
    "place-share": [_line(place=Additionality(leakage=D(n))) for n in ("-0.1", "101", "NaN")],
}
ATTENTIONS = {
    "amount-negative": [_line(-1)],
    "liability-receipt": [_line(-1, treatment=RETIRED, probability=0.2)],
    "sunk-reason": [_line(treatment=Treatment.SUNK_COST)],
    "cash-index": [_line(prices=Prices.CASH, index="pay")],
    "prices-mixed": [_line(prices=Prices.CASH)],
    "line-body": [_line(treatment=t) for t in (Treatment.OTHER_BODY_COST, Treatment.OTHER_BODY_SAVING)],
    "line-body-unused": [_line(body="nhs"), _line(body="nhs", treatment=Treatment.WIDER_COST, group=Group.BUSINESSES)],
    "line-group": [_line(treatment=t) for t in (Treatment.WIDER_COST, Treatment.WIDER_BENEFIT)],
    "line-incomes": [
        _line(incomes="poor"),
        _line(incomes="poor", treatment=Treatment.WIDER_BENEFIT, group=Group.BUSINESSES),
    ],
    "vat-twice": [_line(treatment=Treatment.IRRECOVERABLE_VAT, vat_recoverable=False, vat_percent=D(20))],
    "vat-outside": [_line(treatment=Treatment.NON_CASH_BENEFIT, vat_recoverable=False, vat_percent=D(20))],
    "vat-none": [_line(vat_recoverable=False)],
    "liability-chance": [_line(treatment=RETIRED), _line(treatment=RETIRED, probability=0.0)],
    "chance-unused": [_line(probability=0.5)],
    "capital-vanishes": [_revenue(CAPITAL, RESIDUAL), _revenue(CAPITAL, RESIDUAL, replace(CHARGE, amounts=()))],
}
NOTES = {
    "prices-years": [
        _document(
            replace(line("x", "b", 1, source="s"), prices=Prices.OTHER_YEAR, price_year=2024),
            replace(line("y", "b", 1, source="s"), prices=Prices.OTHER_YEAR, price_year=2025),
        )
    ],
    "residual-none": [_document(CAPITAL), _document(CAPITAL, replace(RESIDUAL, amounts=pounds(0)))],
    "financing-unseen": [_document(CHARGE)],
}
SOUND = [
    _document(),
    _document(CAPITAL, RESIDUAL),
    _revenue(CAPITAL, RESIDUAL, CHARGE),
    _document(CAPITAL, sourcing=Sourcing(not_applicable=(NotApplicable(option="b", heading="residual", reason="x"),))),
    _line(treatment=Treatment.SUNK_COST, reason="Paid in 2025"),
    _line(prices=Prices.OTHER_YEAR, price_year=2025),
    _line(prices=Prices.CASH, treatment=Treatment.SUNK_COST, reason="Paid"),
    _line(vat_percent=D(20)),
    _line(vat_percent=D(20), vat_recoverable=False),
    _line(treatment=Treatment.OTHER_BODY_COST, body="nhs"),
    _line(treatment=Treatment.WIDER_BENEFIT, group=Group.HOUSEHOLDS, incomes="poor"),
    _line(treatment=RETIRED, probability=0.2),
]
CASES = [
    pytest.param(severity, code, document, id=f"{code}-{number}")
    for severity, table in ((Severity.ERROR, ERRORS), (Severity.ATTENTION, ATTENTIONS), (Severity.NOTE, NOTES))
    for code, documents in table.items()
    for number, document in enumerate(documents)
]


def _plain(finding: Finding) -> bool:
    texts = (finding.sentence, finding.mend)
    return all(len(text.split()) <= 25 and text.endswith(".") for text in texts) and finding.step == 5


@pytest.mark.parametrize(("severity", "code", "document"), CASES)
def test_each_fault_is_found_in_step_5_and_said_plainly(severity, code, document):
    found = list(check_costs(document))
    assert (code, severity) in {(finding.code, finding.severity) for finding in found}
    assert all(_plain(finding) for finding in found)
    assert {finding.code for finding in found if finding.severity is Severity.ERROR} <= {code}


@pytest.mark.parametrize("document", SOUND)
def test_nothing_is_found_in_sound_lines(document):
    assert list(check_costs(document)) == []


def test_mixed_price_bases_name_one_cash_line():
    (finding,) = check_costs(_line(prices=Prices.CASH, name="Contract"))
    assert finding.sentence == "“B” mixes cash with constant prices, as in “Contract”."
    assert (finding.record, finding.field) == ("new", "prices")


def test_the_chance_of_a_liability_in_words():
    sentences = {n: next(iter(check_costs(_line(treatment=RETIRED, probability=n)))).sentence for n in (0.0, 1.0)}
    assert sentences == {
        0.0: "“new” may fall due, yet its chance is nothing.",
        1.0: "“new” may fall due, yet its chance is 100 %.",
    }


def _outsourced() -> Appraisal:
    document = _document()
    return replace(document, options=(document.options[0], replace(document.options[1], model=DeliveryModel.OUTSOURCE)))


def test_open_usual_lines_are_counted_once_for_an_option():
    document = _outsourced()
    wanted = usual_lines(DeliveryModel.OUTSOURCE, document.options[1].role)
    (finding,) = check_costs(document)
    assert (finding.code, finding.record, finding.field) == ("usual-open", "b", "headings")
    assert finding.sentence.startswith(f"{len(wanted)} usual cost lines of “B” are neither")
    assert wanted[0].name in finding.mend
    assert f"and {len(wanted) - 2} more" in finding.mend


def test_a_usual_line_is_settled_by_amounts_or_by_a_declaration():
    document = _outsourced()
    wanted = usual_lines(DeliveryModel.OUTSOURCE, document.options[1].role)
    declared = tuple(NotApplicable(option="b", heading=one.id, reason="x") for one in wanted[1:])
    document = replace(document, sourcing=Sourcing(not_applicable=declared))
    (finding,) = check_costs(document)
    assert finding.sentence == "1 usual cost line of “B” is neither filled in nor declared not applicable."
    assert finding.mend == f"Fill in, or declare not applicable: {wanted[0].name}."
    empty = replace(line("new", "b", source="s"), heading=wanted[0].id)
    assert len(list(check_costs(replace(document, lines=(*document.lines, empty))))) == 1
    filled = replace(empty, amounts=pounds(0, 3))
    assert list(check_costs(replace(document, lines=(*document.lines, filled)))) == []


def test_an_option_without_costs_is_not_asked_for_each_of_them():
    document = replace(_outsourced(), lines=(line("today", "a", 1, source="s"),))
    assert [finding.code for finding in check_costs(document)] == ["costs-none"]


def test_long_names_stay_inside_a_sentence():
    document = _line(prices=Prices.CASH, index="x", name="word " * 300, vat_recoverable=False)
    document = replace(document, options=tuple(replace(one, name="name " * 300) for one in document.options))
    found = list(check_costs(document))
    assert {"prices-mixed", "cash-index", "vat-none"} <= {finding.code for finding in found}
    assert all(_plain(finding) for finding in found)
