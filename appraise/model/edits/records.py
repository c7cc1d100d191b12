"""People, the assumptions log, the recommendation, and the commercial and management case in words."""

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.records import Assumption, Person, Role
from appraise.model.edits.changing import added, changed, changed_in, cleared, found, without


def add_assumption(appraisal: Appraisal, *, assumption: str, statement: str) -> Appraisal:
    """A new entry at the end of the log; `assumption` is its new id."""
    new = Assumption(id=assumption, statement=statement)
    return changed(appraisal, assumptions=added(appraisal.assumptions, new))


def remove_assumption(appraisal: Appraisal, *, assumption: str) -> Appraisal:
    """Take the entry out of the log. Lines that rested on it rest on none."""
    return changed(
        appraisal,
        assumptions=without(appraisal.assumptions, assumption),
        lines=cleared(appraisal.lines, "assumption", assumption),
    )


def _assumption(appraisal: Appraisal, assumption: str, **fields: str) -> Appraisal:
    return changed(appraisal, assumptions=changed_in(appraisal.assumptions, assumption, **fields))


def set_statement(appraisal: Appraisal, *, assumption: str, statement: str) -> Appraisal:
    """What is assumed."""
    return _assumption(appraisal, assumption, statement=statement)


def set_assumption_source(appraisal: Appraisal, *, assumption: str, source: str) -> Appraisal:
    """Where it comes from, or the word "illustrative"."""
    return _assumption(appraisal, assumption, source=source)


def set_assumption_owner(appraisal: Appraisal, *, assumption: str, owner: str) -> Appraisal:
    """Who answers for it."""
    return _assumption(appraisal, assumption, owner=owner)


def add_person(appraisal: Appraisal, *, person: str, post: str, role: Role = Role.COMMISSIONER) -> Appraisal:
    """A new person at the end; `person` is the new id."""
    return changed(appraisal, people=added(appraisal.people, Person(id=person, post=post, role=role)))


def remove_person(appraisal: Appraisal, *, person: str) -> Appraisal:
    """Take the person out. Assumptions that name the person's id as owner have none."""
    return changed(
        appraisal,
        people=without(appraisal.people, person),
        assumptions=cleared(appraisal.assumptions, "owner", person),
    )


def _person(appraisal: Appraisal, person: str, **fields: str) -> Appraisal:
    return changed(appraisal, people=changed_in(appraisal.people, person, **fields))


def set_post(appraisal: Appraisal, *, person: str, post: str) -> Appraisal:
    """The post, which is printed."""
    return _person(appraisal, person, post=post)


def set_person_name(appraisal: Appraisal, *, person: str, name: str) -> Appraisal:
    """The name, which may be left empty."""
    return _person(appraisal, person, name=name)


def set_role(appraisal: Appraisal, *, person: str, role: Role) -> Appraisal:
    """The role of the AQuA Book."""
    return _person(appraisal, person, role=role)


def set_decision(appraisal: Appraisal, *, decision: str) -> Appraisal:
    """The decision that is asked for."""
    return changed(appraisal, recommendation=changed(appraisal.recommendation, decision=decision))


def recommend(appraisal: Appraisal, *, option: str) -> Appraisal:
    """The option that the authors prefer; empty for none yet. KeyError for an unknown option."""
    if option:
        found(appraisal.options, option)
    return changed(appraisal, recommendation=changed(appraisal.recommendation, option=option))


def set_recommendation_reasons(appraisal: Appraisal, *, reasons: str) -> Appraisal:
    """Why the authors prefer it."""
    return changed(appraisal, recommendation=changed(appraisal.recommendation, reasons=reasons))


def _commercial(appraisal: Appraisal, **fields: str) -> Appraisal:
    return changed(appraisal, commercial=changed(appraisal.commercial, **fields))


def set_route(appraisal: Appraisal, *, text: str) -> Appraisal:
    """The route to market."""
    return _commercial(appraisal, route=text)


def set_requirements(appraisal: Appraisal, *, text: str) -> Appraisal:
    """What the service has to do."""
    return _commercial(appraisal, requirements=text)


def set_risk_allocation(appraisal: Appraisal, *, text: str) -> Appraisal:
    """Who carries which risk."""
    return _commercial(appraisal, risk_allocation=text)


def set_staff(appraisal: Appraisal, *, text: str) -> Appraisal:
    """What it means for the people who do the work now (the commercial case's `people`)."""
    return _commercial(appraisal, people=text)


def _management(appraisal: Appraisal, **fields: str) -> Appraisal:
    return changed(appraisal, management=changed(appraisal.management, **fields))


def set_governance(appraisal: Appraisal, *, text: str) -> Appraisal:
    """Who steers and who answers."""
    return _management(appraisal, governance=text)


def set_transition(appraisal: Appraisal, *, text: str) -> Appraisal:
    """How to get from today's service to the new one."""
    return _management(appraisal, transition=text)


def set_benefits(appraisal: Appraisal, *, text: str) -> Appraisal:
    """How the benefits are made to happen."""
    return _management(appraisal, benefits=text)


def set_review(appraisal: Appraisal, *, text: str) -> Appraisal:
    """When and how it is looked at again."""
    return _management(appraisal, review=text)
