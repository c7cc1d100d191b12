"""docs/checks.md lists every finding on scores, on funding, contracts and working together, and every flag."""

import ast
import re
from pathlib import Path

import pytest

import appraise

ROOT = Path(appraise.__file__).parent
PAGE = (ROOT.parent / "docs" / "checks.md").read_text(encoding="utf-8")
SCORING, REST = PAGE.split("## What is found in criteria, weights and scores")[1].split("## What is found in funding")
FUNDING, FLAGS = REST.split("## Flags on how")


def listed(section):
    return {
        code for row in re.findall(r"^\| (`[^|]+) \|", section, re.MULTILINE) for code in re.findall(r"`([^`]+)`", row)
    }


def calls(module):
    return [node for node in ast.walk(ast.parse((ROOT / module).read_text("utf-8"))) if isinstance(node, ast.Call)]


def found_by(module):
    """Codes of the findings that a module makes, with their kinds."""
    kinds = {"error": "error", "attention": "attention", "note": "note", "unfit": "paper"}
    found = {
        (call.args[0].value, kinds[call.func.attr])
        for call in calls(module)
        if isinstance(call.func, ast.Attribute) and call.func.attr in kinds and isinstance(call.args[0], ast.Constant)
    }
    # which of two kinds it is may be chosen before it is told; the page lists the graver one
    chosen = (call for call in calls(module) if isinstance(call.func, ast.Name) and call.func.id == "tell")
    return found | {(call.args[0].value, "error") for call in chosen}


SECTIONS = (
    (SCORING, ("model/scales.py", "model/finding_rules/scoring.py", "model/finding_rules/workshop.py")),
    (
        FUNDING,
        tuple(f"model/finding_rules/{name}.py" for name in ("funding", "programmes", "terms", "pilots", "partners")),
    ),
)


@pytest.mark.parametrize(("section", "modules"), SECTIONS)
def test_every_finding_is_listed_and_nothing_else(section, modules):
    assert listed(section) == {code for module in modules for code, _ in found_by(module)}


@pytest.mark.parametrize(("section", "module"), [(text, module) for text, some in SECTIONS for module in some])
def test_the_kind_of_each_finding_is_so(section, module):
    for code, kind in found_by(module):
        (row,) = [line for line in section.splitlines() if f"`{code}`" in line]
        assert row.split("|")[2].strip() == kind, code


def test_every_flag_is_listed_and_nothing_else():
    made = {
        word.value.value
        for call in calls("model/flags.py")
        for word in call.keywords
        if word.arg == "code" and isinstance(word.value, ast.Constant)
    }
    assert listed(FLAGS) == made
    assert len(made) > 12
