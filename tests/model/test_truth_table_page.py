"""docs/truth-table.md says the same as the rules that are calculated."""

from pathlib import Path

import pytest

from appraise.model.appraisal.lines import RULES, Treatment

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
