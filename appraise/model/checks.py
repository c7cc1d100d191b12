"""Findings on the document: what makes figures wrong, what a sceptical reader would ask, what is useful to know.

Findings are data, never exceptions: whatever the document holds, `findings` returns. The checks themselves stand
in `finding_rules`, by step: 1 title, body, horizon, need; 2 options, long list, tests, partners, stages, lots;
3 criteria; 4 scores; 5 rates, indices, lines and their terms; 6 constraints; 7 funding, prevention, contracts;
8 simulation; 10 recommendation, assumptions, people.
"""

from collections.abc import Callable, Iterator
from typing import cast

from appraise.model.appraisal.document import Appraisal
from appraise.model.finding import Finding, Severity
from appraise.model.finding_rules.biases import check_biases, check_explained, check_symmetry
from appraise.model.finding_rules.business_case import check_business_case
from appraise.model.finding_rules.constraints import check_constraints
from appraise.model.finding_rules.correlations import check_correlations
from appraise.model.finding_rules.costs import check_costs
from appraise.model.finding_rules.effects import check_effects
from appraise.model.finding_rules.frame import (
    check_constraint_ids,
    check_frame,
    check_horizon_length,
    check_ids,
    check_references,
    check_simulation,
)
from appraise.model.finding_rules.funding import check_funding, check_grants
from appraise.model.finding_rules.long_list import check_long_list
from appraise.model.finding_rules.need import check_need
from appraise.model.finding_rules.options import check_options
from appraise.model.finding_rules.partners import (
    check_arrangements,
    check_partners,
    check_price_gaps,
    check_scarce,
)
from appraise.model.finding_rules.pilots import check_pilots
from appraise.model.finding_rules.prices import check_indices, check_rates
from appraise.model.finding_rules.programmes import check_programmes
from appraise.model.finding_rules.scoring import check_criteria, check_scores, check_weights
from appraise.model.finding_rules.sourcing import check_sourcing
from appraise.model.finding_rules.terms import check_line_terms, check_lots, check_terms, check_timetables
from appraise.model.finding_rules.workshop import (
    check_assessors,
    check_gates,
    check_moderation,
    check_scoring_references,
    check_seals,
)

__all__ = ["Finding", "Severity", "findings"]

# Within one severity and step, findings keep this order.
_CHECKS: tuple[Callable[[Appraisal], Iterator[Finding]], ...] = (
    check_ids,
    check_constraint_ids,
    check_references,
    check_frame,
    check_horizon_length,
    check_need,
    check_options,
    check_long_list,
    check_sourcing,
    check_lots,
    check_pilots,
    check_partners,
    check_arrangements,
    check_price_gaps,
    check_scarce,
    check_criteria,
    check_weights,
    check_scores,
    check_gates,
    check_scoring_references,
    check_assessors,
    check_moderation,
    check_seals,
    check_rates,
    check_indices,
    check_costs,
    check_line_terms,
    check_correlations,
    check_effects,
    check_biases,
    check_explained,
    check_symmetry,
    check_constraints,
    check_funding,
    check_grants,
    check_programmes,
    check_terms,
    check_timetables,
    check_simulation,
    check_business_case,
)
_RANK = {Severity.ERROR: 0, Severity.ATTENTION: 1, Severity.NOTE: 2}


class _Watched:
    """A document that notes which of its parts are read."""

    def __init__(self, appraisal: Appraisal) -> None:
        self._appraisal = appraisal
        self.read: dict[str, object] = {}

    def __getattr__(self, name: str) -> object:
        value = getattr(self._appraisal, name)
        self.read[name] = value
        return value


#: Of each check the parts of the document that it read last, and what it found in them.
_known: dict[Callable[[Appraisal], Iterator[Finding]], tuple[dict[str, object], tuple[Finding, ...]]] = {}


def _checked(check: Callable[[Appraisal], Iterator[Finding]], appraisal: Appraisal) -> tuple[Finding, ...]:
    """What a check finds. It is asked again only where a part of the document that it read has changed.

    Parts never change, they are replaced; a check that reads the very same parts goes the same way again.
    """
    known = _known.get(check)
    if known is not None and all(getattr(appraisal, name) is value for name, value in known[0].items()):
        return known[1]
    watched = _Watched(appraisal)
    found = tuple(check(cast("Appraisal", watched)))
    _known[check] = watched.read, found
    return found


def findings(appraisal: Appraisal) -> tuple[Finding, ...]:
    """All findings, errors first, then in the order of the journey. Never raises."""
    everything = [finding for check in _CHECKS for finding in _checked(check, appraisal)]
    return tuple(sorted(everything, key=lambda finding: (_RANK[finding.severity], finding.step)))
