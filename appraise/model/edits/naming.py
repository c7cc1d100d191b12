"""What names a line or an option beside the records that hold it: taken out when the line or the option goes."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.funding import Grant
from appraise.model.edits.changing import changed, each, kept, without_words
from appraise.model.edits.pilots import without_option
from appraise.model.edits.programmes import remove_programme
from appraise.model.edits.terms import fallen_back


def lines_unnamed(appraisal: Appraisal, gone: AbstractSet[str]) -> Appraisal:
    """The document in which terms, programmes, grants and arrangements do not name these lines."""
    programmes = (
        changed(one, investment=without_words(one.investment, gone), lines=without_words(one.lines, gone))
        for one in appraisal.programmes
    )
    arrangements = (
        changed(one, shared=kept(one.shared, (share.line not in gone for share in one.shared)))
        for one in appraisal.arrangements
    )
    return changed(
        appraisal,
        line_terms=kept(appraisal.line_terms, (one.line not in gone for one in appraisal.line_terms)),
        programmes=each(appraisal.programmes, programmes),
        grants=each(appraisal.grants, (_paid(one, gone) for one in appraisal.grants)),
        arrangements=each(appraisal.arrangements, arrangements),
    )


def _paid(grant: Grant, gone: AbstractSet[str]) -> Grant:
    """The last line stays named, though it is gone: a grant that names none would pay for everything."""
    left = without_words(grant.lines, gone)
    return changed(grant, lines=left if left or not grant.lines else grant.lines[-1:])


def option_unnamed(appraisal: Appraisal, option: str, lines: Iterable[str]) -> Appraisal:
    """The document without programmes, arrangement and scarce people of an option and without its `lines` named.

    Pilots and contracts that named it as fall-back name none.
    """
    rest = lines_unnamed(appraisal, frozenset(lines))
    for programme in appraisal.programmes:
        if programme.option == option:
            rest = remove_programme(rest, programme=programme.id)
    return changed(
        rest,
        options=each(rest.options, (fallen_back(one, option) for one in rest.options)),
        pilots=each(rest.pilots, (without_option(one, option) for one in rest.pilots)),
        arrangements=kept(rest.arrangements, (one.option != option for one in rest.arrangements)),
        scarce_staff=kept(rest.scarce_staff, (one.option != option for one in rest.scarce_staff)),
    )
