"""The contract against threshold, term and value rules of the Procurement Act 2023."""

from dataclasses import replace
from decimal import Decimal

from appraise.model.appraisal.constraints import Bearer, Bearing, Impact, Management
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.options import ContractType, Option, ShortListRole
from appraise.model.appraisal.sourcing import Authority, Sourcing
from appraise.model.evaluate import Part, evaluate
from appraise.model.results import Procurement
from tests.builders import AT_COST, appraisal, constraint, line, supplier


def bought(contract: ContractType, charge: float, *, years: int = 5, **fields: object) -> Appraisal:
    """An option that pays a charge a year at 20 % recoverable VAT."""
    option = Option(
        id="a",
        name="A",
        role=ShortListRole.BUSINESS_AS_USUAL,
        contract=contract,
        term_years=3,
        pricing=AT_COST,
        **fields,
    )
    lines = (line("c", "a", *[charge] * years, treatment="supplier_charge", vat_percent=Decimal(20)),)
    return replace(appraisal(years, ("a",)), options=(option,), lines=lines)


def procurement(document: Appraisal) -> Procurement:
    financial = evaluate(document, parts=frozenset({Part.FINANCIAL})).options[0].financial
    assert financial is not None
    return financial.procurement


def test_value_counts_the_term_its_extension_and_vat() -> None:
    found = procurement(bought(ContractType.SERVICES, 50_000, extension_years=1))
    assert found.covered_years == 4
    assert found.value == 240_000
    assert found.threshold == 207_720
    assert found.above
    assert found.term_change_years == 0.4
    assert (found.value_change_percent, found.value_change) == (10, 20_000)


def test_a_contract_at_the_threshold_is_above_it() -> None:
    """207,720 with VAT over three years is 57,700 a year before it."""
    assert procurement(bought(ContractType.SERVICES, 57_700)).value == 207_720
    assert procurement(bought(ContractType.SERVICES, 57_700)).above
    assert not procurement(bought(ContractType.SERVICES, 57_699.99)).above


def test_other_contracts_and_authorities_have_other_thresholds() -> None:
    services = bought(ContractType.SERVICES, 1)
    central = replace(services, sourcing=Sourcing(authority=Authority.CENTRAL))
    assert procurement(central).threshold == 135_018
    assert procurement(bought(ContractType.LIGHT_TOUCH, 1)).threshold == 663_540
    assert procurement(bought(ContractType.WORKS, 1)).threshold == 5_193_000
    assert procurement(bought(ContractType.WORKS, 1)).value_change_percent == 15
    nothing = procurement(bought(ContractType.NONE, 1))
    assert (nothing.threshold, nothing.above) == (None, False)


def test_the_largest_claim_is_the_highest_impact_with_uplift_and_dispute() -> None:
    claim = Bearing(option="a", bearer=Bearer.COMPENSATION, admitted=0.5, uplift=0.2, dispute_cost=Decimal("1000.00"))
    document = replace(
        bought(ContractType.SERVICES, 50_000), constraints=(constraint("c", 0.1, (0, 5_000, 20_000), claim),)
    )
    assert procurement(document).largest_claim == 25_000


def test_what_a_supplier_adds_for_constraints_is_taxed_as_its_charges_are() -> None:
    """3 x 50,000 and .5 x 10,000, at 20 % VAT: 186,000."""
    document = replace(
        bought(ContractType.SERVICES, 50_000), constraints=(constraint("c", 0.5, 10_000, supplier("a")),)
    )
    assert procurement(document).value == 186_000


def test_the_largest_claim_is_for_the_share_that_is_claimed_of_the_impact_that_is_left() -> None:
    milder = Impact(low=Decimal(100), likely=Decimal(200), high=Decimal(1_000))
    effect = Management(probability=0.1, impact=milder, cost=Decimal(30), evidence="Test")
    claim = Bearing(option="a", bearer=Bearer.COMPENSATION, share=0.4, uplift=0.5, dispute_cost=Decimal(70))
    rest = Bearing(option="a", share=0.6)
    made = bought(ContractType.SERVICES, 100)
    plain = constraint("k", 0.3, (100, 200, 5_000), claim, rest)
    assert procurement(replace(made, constraints=(plain,))).largest_claim == 3_070  # 1.5 x .4 x 5,000 + 70
    managed = replace(plain, bearings=(claim, replace(rest, managed=effect)))
    assert procurement(replace(made, constraints=(managed,))).largest_claim == 670


def test_what_a_supplier_spends_on_managing_is_part_of_the_contract() -> None:
    effect = Management(probability=0.0, cost=Decimal(3_000), evidence="Test")
    for bearer, value in ((Bearer.SUPPLIER, 363_600), (Bearer.IN_HOUSE, 360_000)):
        met = constraint("k", 0.3, 500, Bearing(option="a", bearer=bearer, managed=effect))
        made = replace(bought(ContractType.SERVICES, 100_000), constraints=(met,))
        assert procurement(made).value == value
