"""Every edit of the package on one small document: what all of them promise."""

import dataclasses
import importlib
import inspect
import pkgutil
from decimal import Decimal

import pytest

from appraise.model import edits
from appraise.model.appraisal.constraints import Agreement, Bearer, Bearing, Constraint, Impact
from appraise.model.appraisal.criteria import Branch, Criterion, Score
from appraise.model.appraisal.document import Appraisal, Horizon
from appraise.model.appraisal.funding import Scenario, Settlement, SettlementStatus
from appraise.model.appraisal.lines import Index, Line, Range, Shape, Treatment
from appraise.model.appraisal.need import Need, Outcome
from appraise.model.appraisal.options import DeliveryModel, Option
from appraise.model.appraisal.records import Assumption, Person, Recommendation, Role

D = Decimal
DOCUMENT = Appraisal(
    title="Gullies",
    body="Saltmere",
    horizon=Horizon(first_year=2027, years=3),
    need=Need(outcomes=(Outcome(id="out-1", name="Dry homes"), Outcome(id="out-2", name="Safe roads"))),
    options=(
        Option(id="opt-1", name="Usual", model=DeliveryModel.BUSINESS_AS_USUAL),
        Option(id="opt-2", name="In-house", model=DeliveryModel.INSOURCE),
    ),
    branches=(Branch(id="bra-1", name="Homes"), Branch(id="bra-2", name="Roads")),
    criteria=(
        Criterion(id="cri-1", branch="bra-1", name="Floods", swing=100.0),
        Criterion(id="cri-2", branch="bra-2", name="Potholes", swing=50.0),
    ),
    scores=(
        Score(option="opt-1", criterion="cri-1", value=10.0),
        Score(option="opt-2", criterion="cri-1", value=70.0),
        Score(option="opt-2", criterion="cri-2", value=60.0),
    ),
    indices=(Index(id="ind-1", name="Pay", percent=(D("2.5"),)),),
    lines=(
        Line(id="lin-1", option="opt-1", name="Crews", amounts=(D("1.00"), D("2.00"), D("3.00"))),
        Line(
            id="lin-2",
            option="opt-2",
            name="Crews",
            amounts=(D("1.00"),),
            index="ind-1",
            assumption="ass-1",
            range=Range(low=D(90), high=D(120)),
        ),
    ),
    constraints=(
        Constraint(
            id="con-1",
            name="Permit",
            probability=0.3,
            index="ind-1",
            impact=Impact(low=D("1.00"), likely=D("2.00"), high=D("3.00")),
            bearings=(Bearing(option="opt-1"), Bearing(option="opt-2", bearer=Bearer.COMPENSATION)),
        ),
        Constraint(id="con-2", name="Consent", impact=Impact(low=D(0), likely=D(0), high=D(0))),
    ),
    scenarios=(
        Scenario(
            id="sce-1",
            name="Three years",
            settlements=(
                Settlement(id="set-1", name="First", first_year=0, amounts=(D("5.00"),)),
                Settlement(id="set-2", name="Then", first_year=1, amounts=(D("6.00"), D("7.00"))),
            ),
        ),
        Scenario(id="sce-2", name="One year"),
    ),
    assumptions=(Assumption(id="ass-1", statement="Pay", owner="per-1"), Assumption(id="ass-2", statement="Fuel")),
    people=(Person(id="per-1", post="Officer"), Person(id="per-2", post="Auditor", role=Role.ASSURER)),
    recommendation=Recommendation(option="opt-2"),
)

#: A value for every argument, by its name: ids that exist, and contents that are new to the document.
IDS = {
    "outcome": "out-2", "option": "opt-2", "branch": "bra-2", "criterion": "cri-2", "index": "ind-1", "line": "lin-2",
    "constraint": "con-1", "scenario": "sce-1", "settlement": "set-2", "assumption": "ass-1", "person": "per-1",
}  # fmt: skip
CONTENTS = {
    "first_year": 2, "years": 5, "fictional": True, "percent": D("3.1"), "draws": 5_000, "seed": 7, "swing": 33.0,
    "model": DeliveryModel.OUTSOURCE, "value": 55.0, "treatment": Treatment.CAPITAL, "year": 1, "amount": D("9.99"),
    "low": D(80), "high": D(150), "shape": Shape.TRIANGULAR, "agreement": Agreement.AGREED, "probability": 0.4,
    "likely": D(100), "first": 1, "bearer": Bearer.SUPPLIER, "admitted": 0.5, "uplift": 0.1, "dispute_cost": D(8),
    "restored": True, "status": SettlementStatus.FINAL, "renewal": 0.9, "role": Role.ANALYST, "to": 1,
    "copy": "lin-new",
}  # fmt: skip
SPECIAL = {
    "set_amounts": {"amounts": {("lin-2", 2): D("4.00")}},
    "set_settlement_amounts": {"amounts": {1: D("4.00")}},
    "set_index_percent": {"percent": (D("3.1"), D("3.2"))},
    "add_index": {"percent": (D("3.1"),)},
    "set_index": {"index": "", "line": "lin-2"},
    "set_constraint_index": {"index": ""},
    "set_line_assumption": {"assumption": "ass-2"},
    "set_criterion_branch": {"branch": "bra-1"},
    "recommend": {"option": "opt-1"},
    "move_outcome": {"outcome": "out-1"},
    "move_option": {"option": "opt-1"},
    "move_branch": {"branch": "bra-1"},
    "move_criterion": {"criterion": "cri-1"},
    "move_line": {"line": "lin-1"},
    "move_person": {"person": "per-1"},
}
#: Parts of the document that an edit may touch, beyond the one that bears its module's name.
PARTS = {
    "basis": {"title", "body", "fictional", "horizon", "basis", "simulation"},
    "need": {"need"},
    "options": {"options", "lines", "scores", "constraints", "recommendation"},
    "criteria": {"branches", "criteria", "scores"},
    "scores": {"scores"},
    "lines": {"lines", "indices", "constraints"},
    "constraints": {"constraints"},
    "funding": {"scenarios"},
    "records": {"assumptions", "lines", "people", "recommendation", "commercial", "management"},
}


def _edits():
    for module in pkgutil.iter_modules(edits.__path__):
        if module.name in PARTS:
            room = importlib.import_module(f"appraise.model.edits.{module.name}")
            for name, function in vars(room).items():
                if inspect.isfunction(function) and function.__module__ == room.__name__ and name[0] != "_":
                    yield pytest.param(module.name, function, id=f"{module.name}.{name}")


EDITS = list(_edits())


def _arguments(function):
    wanted = {}
    for name in list(inspect.signature(function).parameters)[1:]:
        new = function.__name__ == f"add_{name}"
        kind = CONTENTS.get(name, "new text")
        wanted[name] = f"{name}-new" if new else IDS.get(name, kind)
    return wanted | SPECIAL.get(function.__name__, {})


def test_every_room_of_edits_is_covered():
    assert {module.name for module in pkgutil.iter_modules(edits.__path__)} == {*PARTS, "changing"}
    assert len(EDITS) > 80


@pytest.mark.parametrize(("room", "edit"), EDITS)
def test_an_edit_changes_its_part_and_shares_all_else(room, edit):
    after = edit(DOCUMENT, **_arguments(edit))
    touched = {
        field.name
        for field in dataclasses.fields(Appraisal)
        if getattr(after, field.name) is not getattr(DOCUMENT, field.name)
    }
    assert touched, "nothing changed"
    assert touched <= PARTS[room]
    assert after != DOCUMENT


@pytest.mark.parametrize(("room", "edit"), [e for e in EDITS if e.id.split(".")[1].startswith(("set", "rec", "ren"))])
def test_the_same_value_again_gives_the_same_object(room, edit):
    assert room
    arguments = _arguments(edit)
    after = edit(DOCUMENT, **arguments)
    assert edit(after, **arguments) is after


@pytest.mark.parametrize(("room", "edit"), EDITS)
def test_an_unknown_id_is_the_callers_fault(room, edit):
    arguments = _arguments(edit)
    known = [name for name in arguments if name in IDS and edit.__name__ != f"add_{name}"]
    if edit.__name__ == "set_amounts":
        with pytest.raises(KeyError):
            edit(DOCUMENT, amounts={("nobody", 0): D(1)})
    for name in known:
        if edit.__name__ in ("clear_score", "clear_bearing") and name != "constraint":
            continue  # clearing what is not there changes nothing
        with pytest.raises(KeyError):
            edit(DOCUMENT, **(arguments | {name: "nobody"}))
    assert room


@pytest.mark.parametrize(("room", "edit"), [e for e in EDITS if e.id.split(".")[1].startswith("add_")])
def test_an_id_that_is_taken_or_empty_is_refused(room, edit):
    assert room
    noun = edit.__name__.removeprefix("add_")
    for taken in (IDS[noun], ""):
        with pytest.raises(KeyError):
            edit(DOCUMENT, **(_arguments(edit) | {noun: taken}))


@pytest.mark.parametrize(("room", "edit"), [e for e in EDITS if e.id.split(".")[1].startswith("move_")])
def test_moving_keeps_every_record_and_stops_at_the_ends(room, edit):
    assert room
    arguments = _arguments(edit)
    last = edit(DOCUMENT, **(arguments | {"to": 99}))
    assert edit(last, **(arguments | {"to": 99})) is last
    first = edit(last, **(arguments | {"to": -5}))
    assert first == DOCUMENT
