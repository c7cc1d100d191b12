from decimal import Decimal

import pytest

from appraise.model.appraisal.need import Fact, LeftOut, Objective, Outcome
from appraise.model.edits import need as edits
from tests.builders import appraisal

DOCUMENT = appraisal()


def test_records_are_described_field_by_field():
    document = edits.add_outcome(DOCUMENT, outcome="o", name="Dry homes")
    document = edits.change_outcome(document, outcome="o", works="Town", fails="Coast", residents="Too slow")
    document = edits.add_objective(document, objective="j", statement="Fewer floods")
    document = edits.change_objective(
        document, objective="j", measure="Homes", target="10", by="2030", owner="Director"
    )
    document = edits.add_fact(document, fact="f", name="Residents")
    document = edits.change_fact(document, fact="f", value="41,000", source="Census 2021")
    document = edits.add_left_out(document, item="l", name="Car parks")
    document = edits.change_left_out(document, item="l", why="Run by others", pounds=Decimal("12.345"))
    need = document.need
    assert need.outcomes == (Outcome(id="o", name="Dry homes", works="Town", fails="Coast", residents="Too slow"),)
    assert need.objectives == (
        Objective(id="j", statement="Fewer floods", measure="Homes", target="10", by="2030", owner="Director"),
    )
    assert need.facts == (Fact(id="f", name="Residents", value="41,000", source="Census 2021"),)
    assert need.left_out == (LeftOut(id="l", name="Car parks", why="Run by others", pounds=Decimal("12.34")),)


def test_parts_of_theory_and_duty_are_set_one_by_one():
    document = edits.change_theory(DOCUMENT, inputs="Money")
    document = edits.change_theory(document, impact="Safety")
    document = edits.change_equality(document, opportunity="Better access")
    assert (document.need.theory.inputs, document.need.theory.impact) == ("Money", "Safety")
    assert document.need.equality.opportunity == "Better access"
    assert edits.change_theory(document, inputs="Money") is document


@pytest.mark.parametrize("field", ["id", "colour"])
def test_an_unknown_field_is_the_callers_fault(field):
    document = edits.add_fact(edits.add_left_out(DOCUMENT, item="l", name="x"), fact="f", name="x")
    document = edits.add_objective(edits.add_outcome(document, outcome="o", name="x"), objective="j", statement="x")
    for edit, named in (
        (edits.change_theory, {}),
        (edits.change_equality, {}),
        (edits.change_outcome, {"outcome": "o"}),
        (edits.change_objective, {"objective": "j"}),
        (edits.change_fact, {"fact": "f"}),
        (edits.change_left_out, {"item": "l"}),
    ):
        with pytest.raises(TypeError):
            edit(document, **named, **{field: "x"})
