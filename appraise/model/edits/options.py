"""The options that are compared."""

from collections.abc import Collection

from appraise.model.appraisal.constraints import Constraint, Principle
from appraise.model.appraisal.criteria import Gate
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.effects import Effect
from appraise.model.appraisal.options import ContractType, DeliveryModel, Option, ShortListRole
from appraise.model.appraisal.sourcing import Sourcing
from appraise.model.edits.changing import EditRefused, added, changed, changed_in, found, kept, moved, without
from appraise.model.edits.correlations import matrix_without
from appraise.model.edits.naming import option_unnamed
from appraise.model.edits.scores import without_scores_of
from appraise.model.finding import named, option_name
from appraise.model.pricing import PRESETS
from appraise.model.short_list import may_be_used


def add_option(
    appraisal: Appraisal,
    *,
    option: str,
    name: str,
    model: DeliveryModel,
    role: ShortListRole = ShortListRole.OTHER,
) -> Appraisal:
    """A new option at the end; `option` is its new id."""
    new = Option(id=option, name=name, model=model, role=role)
    return changed(appraisal, options=added(appraisal.options, new))


def _keep_business_as_usual(appraisal: Appraisal, option: str, mend: str) -> None:
    """METHOD 15, invariant 16: business as usual can never go. A second one, entered by mistake, can."""
    usual = [one.id for one in appraisal.options if one.role is ShortListRole.BUSINESS_AS_USUAL]
    if usual == [option]:
        raise EditRefused(f"Business as usual is what every option is compared with, so it stays; {mend}")


def remove_option(appraisal: Appraisal, *, option: str) -> Appraisal:
    """Take the option out with all that hangs on it: lines, scores, marks, outcomes at gates, who bears each
    constraint, units of effects, correlations, usual lines declared not applicable, programmes, its arrangement,
    scarce people, and the recommendation if it names the option. Fall-backs and pilots that named it name none.

    EditRefused for the only business as usual (Green Book 2026, 4.19).
    """
    found(appraisal.options, option)
    _keep_business_as_usual(appraisal, option, "change its name or its costs instead.")
    gone = {line.id for line in appraisal.lines if line.option == option}
    recommendation = appraisal.recommendation
    rest = option_unnamed(without_scores_of(appraisal, option=option), option, gone)
    return changed(
        rest,
        options=without(rest.options, option),
        gates=tuple(_unjudged(gate, option) for gate in appraisal.gates),
        sourcing=_asked_of_others(appraisal.sourcing, option),
        lines=kept(appraisal.lines, (line.id not in gone for line in appraisal.lines)),
        effects=tuple(_counted_elsewhere(effect, option) for effect in appraisal.effects),
        constraints=tuple(_unborne(constraint, option, gone) for constraint in appraisal.constraints),
        correlation_matrix=matrix_without(appraisal.correlation_matrix, gone),
        recommendation=changed(recommendation, option="") if recommendation.option == option else recommendation,
    )


def _unborne(constraint: Constraint, option: str, lines: Collection[str]) -> Constraint:
    stays = (bearing.option != option for bearing in constraint.bearings)
    return changed(
        constraint,
        bearings=kept(constraint.bearings, stays),
        lines=tuple(line for line in constraint.lines if line not in lines),
    )


def _unjudged(gate: Gate, option: str) -> Gate:
    return changed(gate, outcomes=kept(gate.outcomes, (one.option != option for one in gate.outcomes)))


def _counted_elsewhere(effect: Effect, option: str) -> Effect:
    return changed(effect, counts=kept(effect.counts, (count.option != option for count in effect.counts)))


def _asked_of_others(sourcing: Sourcing, option: str) -> Sourcing:
    rows = sourcing.not_applicable
    return changed(sourcing, not_applicable=kept(rows, (row.option != option for row in rows)))


def move_option(appraisal: Appraisal, *, option: str, to: int) -> Appraisal:
    """Put the option at place `to`, counted from 0. No figure changes."""
    return changed(appraisal, options=moved(appraisal.options, option, to))


def _option(appraisal: Appraisal, option: str, **fields: object) -> Appraisal:
    return changed(appraisal, options=changed_in(appraisal.options, option, **fields))


def rename_option(appraisal: Appraisal, *, option: str, name: str) -> Appraisal:
    """The full name, for headings and sentences."""
    return _option(appraisal, option, name=name)


def set_short_name(appraisal: Appraisal, *, option: str, short_name: str) -> Appraisal:
    """The name for narrow columns and charts."""
    return _option(appraisal, option, short_name=short_name)


def set_model(appraisal: Appraisal, *, option: str, model: DeliveryModel) -> Appraisal:
    """Who delivers."""
    return _option(appraisal, option, model=model)


def set_role(appraisal: Appraisal, *, option: str, role: ShortListRole) -> Appraisal:
    """What the option is on the short list.

    EditRefused if the document would be left without business as usual, or if the option is made with
    dropped choices, which only business as usual may have.
    """
    old = found(appraisal.options, option)
    if old.role is not role:
        _keep_business_as_usual(appraisal, option, "first mark another option as business as usual.")
        for choice in appraisal.choices:
            if choice.id in old.choices and not may_be_used(choice, role):
                dropped = named(choice.name, "a choice without a name")
                raise EditRefused(f"{option_name(old)} uses {dropped}, which was dropped; take it out first.")
    return _option(appraisal, option, role=role)


def set_description(appraisal: Appraisal, *, option: str, description: str) -> Appraisal:
    """What the option is, in words."""
    return _option(appraisal, option, description=description)


def set_term(appraisal: Appraisal, *, option: str, years: int) -> Appraisal:
    """Length of the contract or agreement in years; 0 for no fixed term."""
    return _option(appraisal, option, term_years=years)


def set_extension(appraisal: Appraisal, *, option: str, years: int) -> Appraisal:
    """Years that may be added to the term without a new tender."""
    return _option(appraisal, option, extension_years=years)


def set_contract(appraisal: Appraisal, *, option: str, contract: ContractType) -> Appraisal:
    """What is bought; decides which procurement threshold holds."""
    return _option(appraisal, option, contract=contract)


def set_life(appraisal: Appraisal, *, option: str, years: int) -> Appraisal:
    """The last year that the option is costed for, counted from year 0; 0 for the whole horizon."""
    return _option(appraisal, option, life_years=years)


def set_pricing(
    appraisal: Appraisal,
    *,
    option: str,
    principle: Principle,
    strength: float | None = None,
    competition: float | None = None,
    evidence: str | None = None,
) -> Appraisal:
    """How the supplier prices constraints. What is None stays; without a strength a new principle takes its preset."""
    old = found(appraisal.options, option).pricing
    if strength is None:
        strength = old.strength if principle is old.principle else PRESETS[principle]
    new = changed(
        old,
        principle=principle,
        strength=float(strength),
        competition=old.competition if competition is None else float(competition),
        evidence=old.evidence if evidence is None else evidence,
    )
    return _option(appraisal, option, pricing=new)
