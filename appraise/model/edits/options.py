"""The options that are compared."""

from appraise.model.appraisal.constraints import Constraint
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.options import DeliveryModel, Option
from appraise.model.edits.changing import EditRefused, added, changed, changed_in, found, kept, moved, without


def add_option(appraisal: Appraisal, *, option: str, name: str, model: DeliveryModel) -> Appraisal:
    """A new option at the end; `option` is its new id."""
    return changed(appraisal, options=added(appraisal.options, Option(id=option, name=name, model=model)))


def _keep_business_as_usual(appraisal: Appraisal, option: str, mend: str) -> None:
    """METHOD 15, invariant 16: business as usual can never go. A second one, entered by mistake, can."""
    usual = [one.id for one in appraisal.options if one.model is DeliveryModel.BUSINESS_AS_USUAL]
    if usual == [option]:
        raise EditRefused(f"Business as usual is what every option is compared with, so it stays; {mend}")


def remove_option(appraisal: Appraisal, *, option: str) -> Appraisal:
    """Take the option out with all that hangs on it: lines, scores, who bears each constraint, and the
    recommendation if it names the option. EditRefused for business as usual (Green Book 2026, 4.19).
    """
    options = without(appraisal.options, option)
    _keep_business_as_usual(appraisal, option, "change its name or its costs instead.")
    recommendation = appraisal.recommendation
    return changed(
        appraisal,
        options=options,
        lines=kept(appraisal.lines, (line.option != option for line in appraisal.lines)),
        scores=kept(appraisal.scores, (score.option != option for score in appraisal.scores)),
        constraints=tuple(_unborne(constraint, option) for constraint in appraisal.constraints),
        recommendation=changed(recommendation, option="") if recommendation.option == option else recommendation,
    )


def _unborne(constraint: Constraint, option: str) -> Constraint:
    stays = (bearing.option != option for bearing in constraint.bearings)
    return changed(constraint, bearings=kept(constraint.bearings, stays))


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
    """Who delivers. EditRefused if the document would be left without business as usual."""
    if found(appraisal.options, option).model is not model:
        _keep_business_as_usual(appraisal, option, "first mark another option as business as usual.")
    return _option(appraisal, option, model=model)


def set_description(appraisal: Appraisal, *, option: str, description: str) -> Appraisal:
    """What the option is, in words."""
    return _option(appraisal, option, description=description)


def set_term(appraisal: Appraisal, *, option: str, years: int) -> Appraisal:
    """Length of the contract or agreement in years; 0 for no fixed term."""
    return _option(appraisal, option, term_years=years)
