"""docs/truth-table.md says the same as the rules that are calculated."""

from dataclasses import fields
from pathlib import Path

import pytest

from appraise.model.appraisal.lines import RULES, Treatment
from appraise.model.results import LineValue, Risk

PAGE = Path(__file__).parents[2] / "docs" / "truth-table.md"


def rows() -> dict[str, list[list[str]]]:
    """Cells of the table rows that name a treatment as the file writes it, by that name."""
    found: dict[str, list[list[str]]] = {}
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("|") and len(cells) == 7 and cells[1].startswith("`"):
            found.setdefault(cells[1].strip("`"), []).append(cells)
    return found


def test_the_page_has_one_row_for_each_treatment_and_no_other() -> None:
    found = rows()
    assert set(found) == {treatment.value for treatment in Treatment}
    assert all(len(cells) == 1 for cells in found.values())


def test_what_is_calculated_is_not_among_what_is_not_built() -> None:
    """Contingency at a percentile and managing are calculated: they have rows, and no place on the list of gaps."""
    assert {"contingency"} <= {one.name for one in fields(Risk)}
    assert "managing" in (LineValue.__doc__ or "")
    table, missing = PAGE.read_text(encoding="utf-8").split("## What is not built yet")
    for row in ("| Contingency at a chosen percentile |", "| Managing a constraint, whoever does it |"):
        assert row in table
    assert "ontingency" not in missing


@pytest.mark.parametrize("treatment", Treatment)
def test_a_row_says_what_is_calculated(treatment: Treatment) -> None:
    rule = RULES[treatment]
    label, _, economic, financial, entered, why, source = rows()[treatment.value][0]
    assert label == rule.label
    assert economic == ("yes" if rule.economic else "no")
    assert financial == ("yes" if rule.financial else "no")
    assert entered == ("gain" if rule.benefit else "cost")
    assert why
    assert source
