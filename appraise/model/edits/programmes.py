"""Prevention: programmes, the lines that pay for them and the lines that they lower."""

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.funding import Programme, Scenario
from appraise.model.edits.changing import added, as_stored, changed, each, found, kept, simple, swapped, without

_FIELDS = frozenset(
    {
        "name",
        "option",
        "investment",
        "lines",
        "starts",
        "lag_years",
        "ramp_years",
        "low",
        "likely",
        "high",
        "decay",
        "source",
    }
)
_SHARES = frozenset({"low", "likely", "high", "decay"})


def add_programme(appraisal: Appraisal, *, programme: str, name: str, option: str) -> Appraisal:
    """A new programme at the end, without lines and effect; `programme` is its new id."""
    found(appraisal.options, option)
    new = Programme(id=programme, name=name, option=option)
    return changed(appraisal, programmes=added(appraisal.programmes, new))


def change_programme(appraisal: Appraisal, *, programme: str, **fields: object) -> Appraisal:
    """Any field of the programme by name; in another option it names no lines of the old one.

    KeyError for an unknown option or line, TypeError for another field.
    """
    new = as_stored(simple(fields, _FIELDS), shares=_SHARES)
    old = found(appraisal.programmes, programme)
    option = str(new.get("option", old.option))
    if "option" in new:
        found(appraisal.options, option)
    for name in ("investment", "lines"):
        given = new.get(name)
        if isinstance(given, list | tuple):
            new[name] = tuple(found(appraisal.lines, str(line)).id for line in given)
        elif option != old.option:
            new[name] = ()
    return changed(appraisal, programmes=swapped(appraisal.programmes, changed(old, **new)))


def remove_programme(appraisal: Appraisal, *, programme: str) -> Appraisal:
    """Take the programme out, with the stops that scenarios have for it."""
    programmes = without(appraisal.programmes, programme)
    scenarios = each(appraisal.scenarios, (_unstopped(one, programme) for one in appraisal.scenarios))
    return changed(appraisal, programmes=programmes, scenarios=scenarios)


def _unstopped(scenario: Scenario, gone: str) -> Scenario:
    return changed(scenario, stops=kept(scenario.stops, (stop.programme != gone for stop in scenario.stops)))
