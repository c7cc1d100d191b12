"""Upgrade steps run in order, one version at a time, none is missing, and none leaves a gap for a default to fill."""

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from appraise.files import upgrade_1_to_2, upgrade_2_to_3, upgrade_3_to_4, upgrade_4_to_5, upgrade_5_to_6
from appraise.files.added_fields import records
from appraise.files.document import from_bytes
from appraise.files.faults import FileFault
from appraise.files.strict import VERSION_KEY, appraisal_from
from appraise.files.upgrades import CURRENT, STEPS, upgraded
from appraise.model.appraisal.constraints import Pricing, Principle
from appraise.model.appraisal.criteria import About, Measured, Weighting
from appraise.model.appraisal.lines import Shape
from appraise.model.appraisal.options import DeliveryModel, Option, ShortListRole
from appraise.model.appraisal.terms import Commitment, ContractTerms, Timetable
from appraise.model.appraisal.workshop import Workshop
from appraise.model.plain import plain, plain_digest
from tests.files.making import older, raw

KEPT = Path(__file__).parents[1] / "formats"

#: What each step makes of the file kept of its version. A step that people's files have gone through never
#: changes: a mistake in it is mended by the next. Until its version is released, the digest may follow it.
FROZEN = {
    1: "5d58c6a983337bcae7ad8461e45c165401e5113f103b4ddb1b4f3365b3daec94",
    2: "b3f79c1a12de55f7e7495f450d3e660de67b7c8d5f68fc6a1bde5fdc4b314b25",
    3: "1eb71b3288f225e5deac46660d84631a4f5956ec707ceea43a2ea58ebc95a2e8",
    4: "54f4a1da335d26b72a5b2b8318b0a646d0ca38948cc453e1d3feaf400d8ced62",
    5: "96a8c807f57f422f769337e390ba9de574a6771fd7353c90a9e1552edc84f824",
}


def kept(version: int) -> dict[str, Any]:
    with zipfile.ZipFile(KEPT / f"version-{version}.appraisal") as archive:
        content: dict[str, Any] = json.loads(archive.read("content.json"))
    assert content.pop(VERSION_KEY) == version
    return content


def places(value: Any, place: str = "") -> Iterator[str]:
    """The name of every field in the content, without the numbers of list entries."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield f"{place}{name}"
            yield from places(item, f"{place}{name}.")
    elif isinstance(value, list):
        for item in value:
            yield from places(item, place)


def test_there_is_a_step_from_every_older_version() -> None:
    assert set(STEPS) == set(range(1, CURRENT))


def test_steps_run_in_order_from_the_version_written() -> None:
    def rename(content: dict[str, Any]) -> dict[str, Any]:
        return {"name": content["title"]}

    def shout(content: dict[str, Any]) -> dict[str, Any]:
        return {"name": content["name"].upper()}

    steps = {1: rename, 2: shout}
    assert upgraded({"title": "a"}, 1, steps=steps, current=3) == {"name": "A"}
    assert upgraded({"name": "a"}, 2, steps=steps, current=3) == {"name": "A"}
    assert upgraded({"name": "a"}, 3, steps=steps, current=3) == {"name": "a"}
    with pytest.raises(KeyError):
        upgraded({}, 3, steps=steps, current=4)


@pytest.mark.parametrize("version", STEPS)
def test_no_field_of_an_older_file_is_left_to_todays_defaults(version: int) -> None:
    """A field named here is new: the step to the version that brings it must write it out."""
    ready = upgraded(kept(version), version)
    whole = plain(appraisal_from(json.dumps({VERSION_KEY: CURRENT} | ready).encode())[0])
    assert sorted(set(places(whole)) - set(places(ready))) == []
    assert ready == whole


@pytest.mark.parametrize(
    ("version", "step"),
    [(1, upgrade_1_to_2), (2, upgrade_2_to_3), (3, upgrade_3_to_4), (4, upgrade_4_to_5), (5, upgrade_5_to_6)],
)
def test_every_record_that_a_step_changes_stands_in_the_kept_file(version: int, step: Any) -> None:
    """So that the test above sees all of them."""
    content = kept(version)
    assert all(any(True for _ in records(content, way)) for way in step.ADDED)


@pytest.mark.parametrize("version", STEPS)
def test_a_step_does_for_ever_what_it_did(version: int) -> None:
    assert plain_digest(STEPS[version](kept(version))) == FROZEN[version]


def test_a_default_written_into_one_record_is_not_shared_with_the_next() -> None:
    ready = upgraded(kept(1), 1)
    ready["lines"][0]["place"]["leakage"] = "9.00"
    ready["sourcing"]["public_interest"]["answers"].append("x")
    assert ready["lines"][1]["place"]["leakage"] == "0.00"
    assert ready["sourcing"]["delivery_model"]["answers"] == []
    assert upgraded(kept(1), 1)["sourcing"]["public_interest"]["answers"] == []


def an_option(model: str) -> Option:
    options = [{"id": "a", "name": "A", "model": model}]
    content = {"title": "T", "body": "B", "horizon": {"first_year": 2027, "years": 3}, "options": options}
    return from_bytes(older(content, 1)).appraisal.options[0]


@pytest.mark.parametrize("role", [ShortListRole.BUSINESS_AS_USUAL, ShortListRole.DO_MINIMUM])
def test_what_was_a_model_is_a_role_now(role: ShortListRole) -> None:
    option = an_option(role.value)
    assert (option.role, option.model) == (role, DeliveryModel.UNSAID)


@pytest.mark.parametrize("model", ["insource", "outsource", "collaborative"])
def test_other_models_stay_and_play_no_role(model: str) -> None:
    option = an_option(model)
    assert (option.role, option.model) == (ShortListRole.OTHER, DeliveryModel(model))


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        ({"options": "none"}, 'options: "none" stands where a list'),
        ({"lines": [3]}, "lines, line 1: 3 stands where named entries"),
        ({"need": []}, "need: a list in [ ] stands where named entries"),
        ({"need": {"outcomes": [[{}]]}}, "need, outcomes, outcome 1: a list in [ ] stands where"),
        ({"options": [{"id": "a", "name": "A", "model": ["do_minimum"]}]}, "a list in [ ] is not one of the choices"),
        ({"options": [{"id": "a", "name": "A", "model": "do_nothing"}]}, '"do_nothing" is not one of the choices'),
        ({"colour": "red"}, '"colour" is not known here'),
    ],
)
def test_an_older_file_is_judged_after_its_upgrade(spoil: dict[str, Any], expected: str) -> None:
    with pytest.raises(FileFault) as caught:
        from_bytes(older(kept(1) | spoil, 1))
    assert expected in caught.value.sentence


def test_the_digest_of_an_older_file_is_the_one_that_its_program_knew() -> None:
    """The last entry of its audit log names it."""
    with zipfile.ZipFile(KEPT / "version-1.appraisal") as archive:
        last = json.loads(archive.read("audit.jsonl").splitlines()[-1])
        _, written = appraisal_from(archive.read("content.json"), 1)
    assert written is not None
    assert (written.version, written.digest) == (1, last["after"])


def test_a_file_of_today_has_no_older_form() -> None:
    assert appraisal_from(json.dumps(raw()).encode())[1] is None


def test_suppliers_of_an_older_file_go_on_asking_the_expected_cost() -> None:
    """Today's default has a loading: it would change what the file says."""
    for version in (1, 2):
        appraisal = from_bytes((KEPT / f"version-{version}.appraisal").read_bytes()).appraisal
        assert {option.pricing for option in appraisal.options} == {
            Pricing(principle=Principle.EXPECTED_VALUE, strength=0.0, competition=1.0)
        }
        assert all(one.view is None and one.prevention is None for one in appraisal.constraints)
    assert Pricing().principle is Principle.WANG


def test_what_a_file_says_of_its_pricing_already_stays() -> None:
    content = kept(2)
    content["options"][0]["pricing"] = {"principle": "cvar", "strength": 0.8, "competition": 1, "evidence": ""}
    assert upgraded(content, 2)["options"][0]["pricing"]["principle"] == "cvar"


@pytest.mark.parametrize("version", [1, 2, 3])
def test_what_an_older_file_leaves_open_stays_as_its_program_had_it(version: int) -> None:
    """One bearer bears the whole, everything uncertain is one fact for all options, and ranges are PERT."""
    appraisal = from_bytes((KEPT / f"version-{version}.appraisal").read_bytes()).appraisal
    bearings = [one for constraint in appraisal.constraints for one in constraint.bearings]
    assert bearings
    assert all((one.share, one.lot, one.managed) == (1.0, "", None) for one in bearings)
    assert all(one.shared and one.impact.shape is Shape.PERT for one in appraisal.constraints)
    assert all(one.shared and not one.correlation for one in appraisal.lines)
    assert (appraisal.correlation_groups, appraisal.correlation_matrix) == ((), None)


@pytest.mark.parametrize("version", STEPS)
def test_an_older_file_knows_one_kind_of_money_and_signs_what_it_names(version: int) -> None:
    """Nothing is shared, prevented or piloted, and no contract is shorter than its option says."""
    appraisal = from_bytes((KEPT / f"version-{version}.appraisal").read_bytes()).appraisal
    settlements = [one for scenario in appraisal.scenarios for one in scenario.settlements]
    assert settlements
    assert all((one.capital, one.statuses, one.ring_fenced) == ((), (), False) for one in settlements)
    assert all(not (one.carry_over or one.grants or one.stops) for one in appraisal.scenarios)
    assert all((one.terms, one.timetable, one.lots) == (ContractTerms(), Timetable(), ()) for one in appraisal.options)
    assert ContractTerms().commitment is Commitment.FREELY
    assert (appraisal.partners, appraisal.arrangements, appraisal.grants, appraisal.programmes) == ((), (), (), ())
    assert (appraisal.line_terms, appraisal.pilots, appraisal.price_gaps, appraisal.scarce_staff) == ((), (), (), ())


@pytest.mark.parametrize("version", STEPS)
def test_scores_of_an_older_file_are_as_open_and_as_direct_as_they_were(version: int) -> None:
    """Nobody sealed anything, everything was scored straight from 0 to 100 against one yardstick."""
    if version > 4:
        pytest.skip("its program knew sealed workshops")
    appraisal = from_bytes((KEPT / f"version-{version}.appraisal").read_bytes()).appraisal
    assert appraisal.scores
    assert appraisal.workshop == Workshop()
    assert appraisal.weighting == Weighting()
    assert {(one.about, one.measured, one.swing_low) for one in appraisal.criteria} == {
        (About.UNSAID, Measured.DIRECT, None)
    }
    assert all((one.low, one.agreed, one.dissents) == (None, (), ()) for one in appraisal.scores)
    assert (appraisal.gates, appraisal.choice_scores) == ((), ())
