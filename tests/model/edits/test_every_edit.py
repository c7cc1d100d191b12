"""Every edit of the package on one small document: what all of them promise."""

import dataclasses
import importlib
import inspect
import itertools
import pkgutil
from decimal import Decimal

import pytest

from appraise.model import edits
from appraise.model.appraisal.constraints import (
    Agreement,
    Band,
    Bearer,
    Bearing,
    Constraint,
    Impact,
    Management,
    PainGain,
    Prevention,
    Principle,
    SupplierView,
)
from appraise.model.appraisal.correlations import CorrelationGroup, CorrelationMatrix
from appraise.model.appraisal.criteria import (
    About,
    Answers,
    Asking,
    Branch,
    Criterion,
    Dissent,
    Gate,
    GateOutcome,
    Independence,
    Level,
    Measured,
    Score,
    TradeOff,
    ValuePoint,
    Weighting,
)
from appraise.model.appraisal.criteria import (
    Outcome as AtGate,
)
from appraise.model.appraisal.document import (
    Appraisal,
    Basis,
    CapitalView,
    Deflator,
    Horizon,
    HorizonLength,
    OwnBand,
    OwnSchedule,
)
from appraise.model.appraisal.effects import Bias, Count, Effect, IncomeGroup, Mitigation, PublicBody
from appraise.model.appraisal.funding import (
    Grant,
    Programme,
    ProgrammeStop,
    Scenario,
    Settlement,
    SettlementStatus,
)
from appraise.model.appraisal.lines import Index, Line, Point, Range, RiseRange, Shape, Treatment
from appraise.model.appraisal.need import Fact, LeftOut, Need, Objective, Outcome
from appraise.model.appraisal.options import (
    Category,
    Choice,
    ContractType,
    DeliveryModel,
    Factor,
    FactorVerdict,
    Meets,
    Option,
    Rating,
    ShortListRole,
)
from appraise.model.appraisal.partners import (
    Arrangement,
    Buyer,
    Coalition,
    FixedShare,
    LineShare,
    Partner,
    PriceGap,
    ScarceStaff,
    ShareRule,
)
from appraise.model.appraisal.records import Assumption, Person, Recommendation, Role
from appraise.model.appraisal.sourcing import Authority, Leaning, NotApplicable, Reply, Sourcing
from appraise.model.appraisal.terms import Commitment, ContractTerms, LineTerms, Lot, Pilot, Tier
from appraise.model.appraisal.workshop import Assessor, Interest, Mark, Step, Workshop
from appraise.model.edits.lines import Pattern, PatternKind
from appraise.model.tables import BIAS_TABLE, PUBLISHED_INDICES, QUESTIONS, SETTLEMENTS, USUAL_LINES

D = Decimal
NUMBERS = itertools.count(1)
HEADING, NEW_HEADING = list(USUAL_LINES)[:2]
DOCUMENT = Appraisal(
    title="Gullies",
    body="Saltmere",
    horizon=Horizon(first_year=2027, years=3),
    basis=Basis(
        deflator=Deflator(first_year=2028, percent=(D("2.1"),)),
        own_schedules=(OwnSchedule(id="sch-1", name="Ours", bands=(OwnBand(first=0, percent=D("3.0")),)),),
    ),
    need=Need(
        outcomes=(Outcome(id="out-1", name="Dry homes"), Outcome(id="out-2", name="Safe roads")),
        objectives=(Objective(id="obj-1", statement="Fewer floods"), Objective(id="obj-2", statement="Safer roads")),
        facts=(Fact(id="fac-1", name="Residents"), Fact(id="fac-2", name="Roads")),
        left_out=(LeftOut(id="ite-1", name="Car parks"), LeftOut(id="ite-2", name="Harbour")),
    ),
    factors=(Factor(id="csf-1", name="Climate"), Factor(id="csf-2", name="Law")),
    choices=(
        Choice(
            id="cho-1", category=Category.SCOPE, name="As today", usual=True, cost_order=1, rating=Rating.CARRY_FORWARD
        ),
        Choice(
            id="cho-2",
            category=Category.SCOPE,
            name="Whole coast",
            rating=Rating.PREFERRED,
            verdicts=(FactorVerdict(factor="csf-2", meets=Meets.NO),),
        ),
    ),
    bodies=(PublicBody(id="bod-1", name="Health board"), PublicBody(id="bod-2", name="County")),
    income_groups=(IncomeGroup(id="inc-1", name="Low", income=D("15000.00")),),
    biases=(
        Bias(
            id="bia-1",
            name="Works",
            upper_percent=D("44.00"),
            causes=(
                Mitigation(id="cau-1", name="Ground", share_percent=D("60.00")),
                Mitigation(id="cau-2", name="Design", share_percent=D("40.00")),
            ),
        ),
        Bias(id="bia-2", name="Ours"),
    ),
    effects=(
        Effect(id="eff-1", name="Noise"),
        Effect(id="eff-2", name="Views", counts=(Count(option="opt-2", units=(D(1),)),)),
    ),
    sourcing=Sourcing(not_applicable=(NotApplicable(option="opt-2", heading=HEADING),)),
    options=(
        Option(
            id="opt-1",
            name="Usual",
            role=ShortListRole.BUSINESS_AS_USUAL,
            choices=("cho-1",),
            terms=ContractTerms(fall_back="opt-2"),
        ),
        Option(
            id="opt-2",
            name="In-house",
            role=ShortListRole.DO_MINIMUM,
            model=DeliveryModel.INSOURCE,
            lots=(Lot(id="lot-1", name="North"),),
        ),
    ),
    branches=(Branch(id="bra-1", name="Homes"), Branch(id="bra-2", name="Roads", reference="cri-2")),
    criteria=(
        Criterion(id="cri-1", branch="bra-1", name="Floods", swing=100.0, constraint="con-1"),
        Criterion(id="cri-2", branch="bra-2", name="Potholes", swing=50.0),
    ),
    weighting=Weighting(trade_offs=(TradeOff(id="tra-1", larger="cri-1", smaller="cri-2"),)),
    gates=(
        Gate(id="gat-1", name="Lawful"),
        Gate(id="gat-2", name="Affordable", outcomes=(GateOutcome(option="opt-2", outcome=AtGate.PASS),)),
    ),
    scores=(
        Score(option="opt-1", criterion="cri-1", value=10.0),
        Score(option="opt-2", criterion="cri-1", value=70.0),
        Score(option="opt-2", criterion="cri-2", value=60.0, agreed=("asr-1",), dissents=(Dissent(assessor="asr-2"),)),
    ),
    choice_scores=(Score(option="cho-2", criterion="cri-2", value=40.0),),
    workshop=Workshop(
        assessors=(
            Assessor(id="asr-1", post="Officer"),
            Assessor(id="asr-2", post="Auditor", marks=(Mark(option="opt-2", criterion="cri-2", value=30.0),)),
        ),
    ),
    indices=(Index(id="ind-1", name="Pay", percent=(D("2.5"),), range=RiseRange(low=D(-1), high=D(2))),),
    lines=(
        Line(id="lin-1", option="opt-1", name="Crews", amounts=(D("1.00"), D("2.00"), D("3.00"))),
        Line(
            id="lin-2",
            option="opt-2",
            name="Crews",
            amounts=(D("1.00"),),
            index="ind-1",
            assumption="ass-1",
            body="bod-2",
            incomes="inc-1",
            bias="bia-1",
            range=Range(low=D(90), high=D(120)),
            correlation="grp-2",
        ),
        Line(id="lin-3", option="opt-1", name="Fuel"),
    ),
    correlation_groups=(CorrelationGroup(id="grp-1", name="Ground"), CorrelationGroup(id="grp-2", name="Pay")),
    correlation_matrix=CorrelationMatrix(lines=("lin-1", "lin-2"), rows=((1.0, 0.2), (0.2, 1.0))),
    constraints=(
        Constraint(
            id="con-1",
            name="Permit",
            probability=0.3,
            index="ind-1",
            impact=Impact(low=D("1.00"), likely=D("2.00"), high=D("3.00")),
            bearings=(
                Bearing(option="opt-1"),
                Bearing(option="opt-2", bearer=Bearer.COMPENSATION, share=0.5, lot="North"),
                Bearing(
                    option="opt-2", bearer=Bearer.PAIN_GAIN, share=0.5, managed=Management(probability=0.1, cost=D(1))
                ),
            ),
            lines=("lin-2",),
            view=SupplierView(probability=0.5, impact=Impact(low=D(2), likely=D(3), high=D(4))),
            prevention=Prevention(cost=D("1.00"), probability=0.2),
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
            grants=("gra-1",),
            stops=(ProgrammeStop(programme="pro-1", last_year=0),),
        ),
        Scenario(id="sce-2", name="One year"),
    ),
    grants=(Grant(id="gra-1", name="Flood fund", amounts=(D("4.00"),), lines=("lin-2", "lin-3")),),
    programmes=(Programme(id="pro-1", name="Ditches", option="opt-2", investment=("lin-2",)),),
    line_terms=(LineTerms(line="lin-2", loyalty=(D(1),)),),
    pilots=(Pilot(id="pil-1", name="One estate", go_on="opt-2", fall_back="opt-1"),),
    partners=(
        Partner(id="par-1", name="Saltmere", this_body=True, index="ind-1"),
        Partner(id="par-2", name="County", body="bod-2"),
    ),
    arrangements=(
        Arrangement(
            id="arr-1",
            option="opt-2",
            partners=("par-1", "par-2"),
            shares=(FixedShare(partner="par-2", percent=D(40)),),
            shared=(LineShare(line="lin-2"),),
            coalitions=(Coalition(partners=("par-1", "par-2"), cost=D("9.00")),),
        ),
    ),
    price_gaps=(PriceGap(id="gap-1", name="Jetting", buyers=(Buyer(id="buy-1", name="County", partner="par-2"),)),),
    scarce_staff=(ScarceStaff(id="sta-1", option="opt-2", role="Engineers", neighbour="par-2"),),
    assumptions=(Assumption(id="ass-1", statement="Pay", owner="per-1"), Assumption(id="ass-2", statement="Fuel")),
    people=(Person(id="per-1", post="Officer"), Person(id="per-2", post="Auditor", role=Role.ASSURER)),
    recommendation=Recommendation(option="opt-2"),
)

#: A value for every argument, by its name: ids that exist, and contents that are new to the document.
IDS = {
    "outcome": "out-2", "option": "opt-2", "branch": "bra-2", "criterion": "cri-2", "index": "ind-1", "line": "lin-2",
    "constraint": "con-1", "scenario": "sce-1", "settlement": "set-2", "assumption": "ass-1", "person": "per-1",
    "objective": "obj-2", "fact": "fac-2", "item": "ite-2", "factor": "csf-2", "choice": "cho-2", "group": "inc-1",
    "bias": "bia-1", "cause": "cau-2", "effect": "eff-2", "gate": "gat-2", "assessor": "asr-2", "trade_off": "tra-1",
    "larger": "cri-1", "smaller": "cri-2", "grant": "gra-1", "programme": "pro-1", "pilot": "pil-1", "lot": "lot-1",
    "partner": "par-2", "arrangement": "arr-1", "gap": "gap-1", "buyer": "buy-1", "staff": "sta-1",
}  # fmt: skip
CONTENTS = {
    "first_year": 2, "years": 5, "fictional": True, "percent": D("3.1"), "draws": 5_000, "seed": 7, "swing": 33.0,
    "model": DeliveryModel.OUTSOURCE, "value": 55.0, "treatment": Treatment.CAPITAL, "year": 1, "amount": D("9.99"),
    "low": D(80), "high": D(150), "shape": Shape.TRIANGULAR, "agreement": Agreement.AGREED, "probability": 0.4,
    "likely": D(100), "first": 1, "bearer": Bearer.SUPPLIER, "admitted": 0.5, "uplift": 0.1, "dispute_cost": D(8),
    "restored": True, "status": SettlementStatus.FINAL, "renewal": 0.9, "role": Role.ANALYST, "to": 1,
    "copy": "lin-new", "category": Category.DELIVERY, "rating": Rating.DROP, "meets": Meets.YES, "used": True,
    "contract": ContractType.SERVICES, "authority": Authority.CENTRAL, "income": D("20000.00"),
    "share_percent": D("5.00"), "view": CapitalView.REVENUE, "length": HorizonLength.STANDARD,
    "heading": NEW_HEADING, "units": (D(3), D(4)), "incomes": "inc-1", "test": "public_interest",
    "question": QUESTIONS["public_interest"][0].id, "reply": Reply.NO, "leaning": Leaning.MIXED,
    "asking": Asking.BY_BRANCH, "answers": Answers.RANKS, "measured": Measured.LEVELS,
    "levels": (Level(value=0.0, words="Bad"), Level(value=100.0, words="Good")), "assessors": ("asr-2",),
    "criteria": {"cri-2"}, "marks": (Mark(option="opt-1", criterion="cri-1", value=5.0),), "late": True,
    "step": Step.START, "points": 40.0, "order": ("cri-2", "cri-1"),
    "carry_over": True, "ring_fenced": True, "last_year": 1, "published": next(iter(SETTLEMENTS)),
    "principle": Principle.CVAR, "strength": 0.9, "competition": 0.5, "cost": D(6), "shared": False,
}  # fmt: skip
SPECIAL = {
    "set_role": {"role": ShortListRole.PREFERRED},
    "change_outcome": {"works": "new"},
    "change_objective": {"measure": "new", "by": "2030"},
    "change_fact": {"value": "1", "source": "new"},
    "change_left_out": {"why": "new", "pounds": D("5.00")},
    "change_theory": {"inputs": "new"},
    "change_equality": {"relations": "new"},
    "change_choice": {"reason": "new", "usual": True, "cost_order": 2},
    "judge_choice": {"choice": "cho-1"},
    "set_test_used": {"used": False},
    "build_short_list": {"new_id": lambda: f"opt-new-{next(NUMBERS)}"},
    "clear_not_applicable": {"heading": HEADING},
    "change_line": {"vat_percent": D("20.00"), "reason": "new"},
    "set_line_body": {"body": "bod-1"},
    "set_line_incomes": {"line": "lin-1"},
    "set_line_bias": {"bias": "bia-2"},
    "set_additionality": {"leakage": D("10.00")},
    "fill_line": {"pattern": Pattern(kind=PatternKind.EVERY_YEAR, amount=D("7.00"))},
    "rename_body": {"body": "bod-2"},
    "remove_body": {"body": "bod-2"},
    "change_income_group": {"adults": 1},
    "change_effect": {"unit": "homes"},
    "move_effect": {"effect": "eff-1"},
    "add_bias": {"table": next(iter(BIAS_TABLE))},
    "change_bias": {"managed_percent": D("10.00")},
    "change_cause": {"managed_percent": D("10.00")},
    "change_constraint": {"manager": "new"},
    "change_settling": {"cost": D("7.00"), "how": "new"},
    "change_bearing": {"bearer": Bearer.COMPENSATION, "admitted": 0.7, "dispute_if_refused": True},
    "remove_share": {"bearer": Bearer.PAIN_GAIN},
    "set_shares": {"shares": {Bearer.PAIN_GAIN: 0.25, Bearer.COMPENSATION: 0.75}},
    "set_terms": {"terms": PainGain(target=D("9.00"), bands=(Band(share=0.3),), cap=D("4.00"))},
    "set_managed": {"bearer": Bearer.COMPENSATION, "impact": Impact(low=D(1), likely=D(2), high=D(2))},
    "set_impact": {"shape": Shape.UNIFORM},
    "set_correlation": {"group": "grp-1"},
    "lines.set_points": {"points": (Point(percent=D(90), chance=0.5), Point(percent=D(120), chance=0.5))},
    "change_group": {"group": "grp-2", "rho": 0.6},
    "remove_group": {"group": "grp-2"},
    "set_matrix": {"lines": ("lin-2",), "rows": ((1.0,),), "evidence": "new"},
    "set_correlation_of": {"first": "lin-1", "second": "lin-2"},
    "add_to_matrix": {"line": "lin-3"},
    "set_explained_lines": {"lines": ("lin-1",)},
    "set_schedule": {"schedule": "sch-1"},
    "set_health_schedule": {"schedule": "sch-1"},
    "set_deflator_series": {"deflator": Deflator(first_year=2028, percent=(D("1.9"),))},
    "set_median_income": {"pounds": D("31000.00")},
    "copy_schedule": {"schedule": "sch-1", "copy": "sch-new"},
    "change_own_schedule": {"schedule": "sch-1", "name": "new"},
    "remove_own_schedule": {"schedule": "sch-1"},
    "add_published_index": {"index": "ind-new", "published": next(iter(PUBLISHED_INDICES))},
    "move_objective": {"objective": "obj-1"},
    "move_fact": {"fact": "fac-1"},
    "move_left_out": {"item": "ite-1"},
    "move_choice": {"choice": "cho-1"},
    "set_amounts": {"amounts": {("lin-2", 2): D("4.00")}},
    "set_settlement_amounts": {"amounts": {1: D("4.00")}},
    "set_index_percent": {"percent": (D("3.1"), D("3.2"))},
    "change_index": {"published": "2026-03-31", "review_by": "2026-06-30"},
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
    "criteria.set_points": {"points": (ValuePoint(measure=1.0, value=0.0), ValuePoint(measure=9.0, value=100.0))},
    "change_criterion": {"about": About.CONSTRAINT, "independence": Independence.NO, "swing_reason": "new"},
    "set_branch_ranks": {"order": ("bra-2", "bra-1")},
    "change_branch": {"reference": ""},
    "change_weighting": {"doubt": 3.0, "preference": 30.0},
    "change_gate": {"name": "new", "test": "new"},
    "move_gate": {"gate": "gat-1"},
    "set_outcome": {"outcome": AtGate.FAIL},
    "clear_dissent": {"assessor": "asr-2"},
    "change_workshop": {"method": "new", "held_on": "new"},
    "change_assessor": {"interest": Interest.NONE, "name": "new"},
    "move_assessor": {"assessor": "asr-1"},
    "set_settlement_capital": {"amounts": {2: D("4.00")}},
    "set_statuses": {"statuses": {2: SettlementStatus.FINAL}},
    "use_grant": {"used": False},
    "copy_scenario": {"to": "sce-new", "ids": ("set-new", "set-newer")},
    "rolled": {"new": "sce-new", "years": 2, "ids": (f"set-new-{number}" for number in itertools.count())},
    "add_published": {"settlement": "set-new"},
    "change_grant": {"chance": 0.5, "lines": ["lin-1"]},
    "set_grant_amounts": {"amounts": {1: D("3.00")}, "capital": {2: D("2.00")}},
    "change_terms": {"commitment": Commitment.NEVER, "investment": D("7.00"), "fall_back": "opt-1"},
    "change_timetable": {"starts_on": "2027-04-01", "tender_weeks": 6},
    "change_lot": {"name": "South", "percent": D(50)},
    "set_line_terms": {"volumes": (D(9),), "tiers": (Tier(over=D(5), percent=D(2)),), "cap": D(4)},
    "change_programme": {"lines": ["lin-2"], "likely": 1},
    "change_pilot": {"success": 1, "without": "opt-1", "cost": D(3)},
    "change_partner": {"this_body": True, "volume": D(8), "alone": [D(5)]},
    "move_partner": {"partner": "par-1"},
    "add_arrangement": {"option": "opt-1"},
    "change_arrangement": {"partners": ["par-1"], "rule": ShareRule.USE},
    "share_line": {"rule": ShareRule.FIXED, "shares": {"par-1": D(60)}, "fixed_percent": D(50)},
    "set_coalition": {"partners": ("par-2",)},
    "change_price_gap": {"unit": "week"},
    "change_buyer": {"price": D(5), "volume": D("2.5")},
    "change_scarce": {"posts": D("1.5")},
}
#: Parts of the document that an edit may touch, beyond the one that bears its module's name.
PARTS = {
    "basis": {"title", "body", "fictional", "horizon", "basis", "simulation", "indices"},
    "need": {"need"},
    "options": {
        *("options", "lines", "scores", "constraints", "recommendation", "effects", "sourcing", "correlation_matrix"),
        *("gates", "workshop", "line_terms", "programmes", "scenarios", "grants", "pilots", "arrangements"),
        "scarce_staff",
    },
    "long_list": {"choices", "factors", "options", "choice_scores"},
    "sourcing": {"sourcing"},
    "effects": {"bodies", "income_groups", "effects", "lines", "partners"},
    "biases": {"biases", "lines", "constraints"},
    "criteria": {"branches", "criteria", "scores", "choice_scores", "weighting", "workshop"},
    "weighting": {"weighting"},
    "gates": {"gates"},
    "scores": {"scores", "choice_scores", "workshop"},
    "workshop": {"workshop", "scores"},
    "lines": {
        *("lines", "indices", "constraints", "sourcing", "correlation_matrix"),
        *("line_terms", "programmes", "grants", "arrangements", "partners"),
    },
    "correlations": {"lines", "correlation_groups", "correlation_matrix"},
    "constraints": {"constraints", "criteria"},
    "funding": {"scenarios", "grants"},
    "terms": {"options", "line_terms", "constraints"},
    "programmes": {"programmes", "scenarios"},
    "pilots": {"pilots"},
    "partners": {"partners", "arrangements", "price_gaps", "scarce_staff"},
    "records": {"assumptions", "lines", "people", "recommendation", "commercial", "management"},
}


def _edits():
    for module in pkgutil.iter_modules(edits.__path__):
        if module.name in PARTS:
            room = importlib.import_module(f"appraise.model.edits.{module.name}")
            for name, function in vars(room).items():
                own = inspect.isfunction(function) and function.__module__ == room.__name__ and name[0] != "_"
                if own and next(iter(inspect.signature(function).parameters)) == "appraisal":
                    yield pytest.param(module.name, function, id=f"{module.name}.{name}")


EDITS = list(_edits())


#: Adding edits whose id is not called as they are.
NOUNS = {
    "add_left_out": "item", "add_usual_line": "line", "add_income_group": "group", "add_published_index": "index",
    "add_published": "scenario", "add_price_gap": "gap", "add_scarce": "staff",
}  # fmt: skip


#: Adding edits that put an old record somewhere.
JOINING = ("add_to_matrix", "add_share")


#: Edits that take away what may not be there, and the ids that must be there all the same.
CLEARING = {
    "clear_score": (),
    "clear_bearing": ("constraint",),
    "clear_managed": ("constraint",),
    "clear_choice_score": (),
    "clear_dissent": ("option", "criterion"),
    "clear_mark": ("assessor",),
    "unshare_line": ("arrangement", "line"),
}

#: Ids of more than one new record, beside the one that the edit is named after.
ALSO_NEW = {"add_published": "settlement"}


def _noun(function):
    return NOUNS.get(function.__name__, function.__name__.removeprefix("add_"))


def _makes(function, name):
    """Whether the argument is the id of the new record."""
    name_of = function.__name__
    return name_of.startswith("add_") and name in (_noun(function), ALSO_NEW.get(name_of))


def _arguments(function):
    wanted = {}
    for name, parameter in list(inspect.signature(function).parameters.items())[1:]:
        if parameter.kind is parameter.VAR_KEYWORD:
            continue
        new = _makes(function, name)
        kind = CONTENTS.get(name, "new text")
        wanted[name] = f"{name}-new" if new else IDS.get(name, kind)
    room = function.__module__.rpartition(".")[2]
    return wanted | SPECIAL.get(f"{room}.{function.__name__}", SPECIAL.get(function.__name__, {}))


def test_every_room_of_edits_is_covered():
    assert {module.name for module in pkgutil.iter_modules(edits.__path__)} == {*PARTS, "changing", "naming"}
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
    known = [name for name in arguments if name in IDS and not _makes(edit, name)]
    if edit.__name__ in ("rename_body", "remove_body", "set_line_body"):  # elsewhere a body is free text
        known.append("body")
    if edit.__name__ == "set_amounts":
        with pytest.raises(KeyError):
            edit(DOCUMENT, amounts={("nobody", 0): D(1)})
    for name in known:
        if (edit.__name__, name) == ("set_outcome", "outcome"):
            continue  # at a gate an outcome is no record
        if edit.__name__ in CLEARING and name not in CLEARING[edit.__name__]:
            continue  # clearing what is not there changes nothing
        with pytest.raises(KeyError):
            edit(DOCUMENT, **(arguments | {name: "nobody"}))
    assert room


@pytest.mark.parametrize(
    ("room", "edit"),
    [e for e in EDITS if e.id.split(".")[1].startswith("add_") and e.id.split(".")[1] not in JOINING],
)
def test_an_id_that_is_taken_or_empty_is_refused(room, edit):
    noun = _noun(edit)
    others = {"body": "bod-1"} | ({"group": "grp-1"} if room == "correlations" else {})
    for taken in ((IDS | others)[noun], ""):
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
