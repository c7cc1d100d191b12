"""The one-way rule, enforced three ways and seen to fail."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "appraise"
#: Rooms from the lowest to the highest; rooms on one floor do not know each other.
FLOORS = (("model",), ("present",), ("report", "files"), ("workspace",), ("ui", "cli"), ("__main__",))


def imports(source: str) -> set[str]:
    """Every module that a source file imports, wherever the import stands."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
    return found


def room(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[0] == "appraise" else ""


def module_name(path: Path, root: Path) -> str:
    return ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")


def violations(package: Path) -> list[str]:
    """Imports that go up, sideways, or bring Qt out of the window."""
    floor = {name: level for level, names in enumerate(FLOORS) for name in names}
    found = []
    for path in sorted(package.rglob("*.py")):
        here = room(module_name(path, package.parent))
        for target in sorted(imports(path.read_text(encoding="utf-8"))):
            if target.split(".")[0] in {"PySide6", "shiboken6"} and here != "ui":
                found.append(f"{path.name}: Qt outside the window: {target}")
            there = room(target)
            if here and there and there in floor and there != here and floor[there] >= floor[here]:
                found.append(f"{path.name}: {here} imports {there}")
    return found


def test_imports_go_one_way() -> None:
    assert violations(PACKAGE) == []


def test_every_room_is_on_a_floor() -> None:
    rooms = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert rooms - {"__init__"} == {name for names in FLOORS for name in names}


@pytest.mark.parametrize(
    ("where", "line"),
    [
        ("model/planted.py", "import PySide6.QtCore"),
        ("model/planted.py", "from appraise.files import document"),
        ("present/planted.py", "def draw():\n    from appraise.report import pdf"),
        ("files/planted.py", "import appraise.report.pdf"),
        ("cli/planted.py", "from appraise.ui import app"),
        ("workspace/planted.py", "from PySide6.QtWidgets import QWidget"),
    ],
)
def test_a_planted_violation_is_seen(tmp_path: Path, where: str, line: str) -> None:
    planted = tmp_path / "appraise" / where
    planted.parent.mkdir(parents=True)
    planted.write_text(line + "\n", encoding="utf-8")
    assert violations(tmp_path / "appraise") != []


def _lint(root: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


def test_the_import_contracts_hold() -> None:
    done = _lint(ROOT)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("module", "line"),
    [("model/planted.py", "import PySide6.QtCore\n"), ("present/planted.py", "import appraise.report.pdf\n")],
)
def test_the_import_contracts_see_a_planted_violation(tmp_path: Path, module: str, line: str) -> None:
    import shutil

    shutil.copytree(PACKAGE, tmp_path / "appraise", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "appraise" / module).write_text(line, encoding="utf-8")
    done = _lint(tmp_path)
    assert done.returncode == 1
    assert "planted" in done.stdout


def load_all_but_the_window(root: Path) -> subprocess.CompletedProcess[str]:
    """Import every module outside the window in a new interpreter, which fails if that brings Qt in."""
    modules = sorted(
        module_name(path, root)
        for path in (root / "appraise").rglob("*.py")
        if room(module_name(path, root)) not in {"ui", "__main__"} and path.name != "__init__.py"
    )
    assert len(modules) > 40
    script = "\n".join(
        [f"import {module}" for module in modules]
        + ["import sys", "assert not [name for name in sys.modules if name.startswith(('PySide6', 'shiboken6'))]"]
    )
    return subprocess.run([sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=False)


def test_a_fresh_interpreter_without_the_window_never_loads_qt() -> None:
    done = load_all_but_the_window(ROOT)
    assert done.returncode == 0, done.stderr


def test_a_fresh_interpreter_sees_a_planted_violation(tmp_path: Path) -> None:
    import shutil

    shutil.copytree(PACKAGE, tmp_path / "appraise", ignore=shutil.ignore_patterns("__pycache__"))
    planted = 'import importlib\n\nimportlib.import_module("PySide6.QtCore")\n'  # hidden from a scan of imports
    (tmp_path / "appraise" / "model" / "planted.py").write_text(planted, encoding="utf-8")
    done = load_all_but_the_window(tmp_path)
    assert done.returncode == 1
    assert "AssertionError" in done.stderr


def test_packages_import_nothing() -> None:
    for path in PACKAGE.rglob("__init__.py"):
        assert imports(path.read_text(encoding="utf-8")) == set(), path


def test_functions_and_modules_stay_small() -> None:
    for path in PACKAGE.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        assert source.count("\n") <= 700, path
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef):
                assert node.end_lineno - node.lineno < 60, f"{path}: {node.name}"


def test_tests_stand_in_rooms_of_the_package() -> None:
    known = {name for names in FLOORS for name in names} | {"published", "formats", "golden", "faults", "benchmarks"}
    folders = {path.name for path in (ROOT / "tests").iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert folders <= known


def test_the_locked_window_library_is_one_that_keeps_its_references() -> None:
    """PySide6 6.12.0 on Python 3.11 loses references to None and True (docs/architecture.md)."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "PySide6-Essentials>=6.10,<6.12" in project["project"]["dependencies"]
    locked = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")
    assert "pyside6-essentials==6.11." in locked


def test_lock_files_name_no_address() -> None:
    for path in (ROOT / "requirements").iterdir():
        text = path.read_text(encoding="utf-8")
        assert "://" not in text
        assert "--find-links" not in text
        assert "--index-url" not in text


#: Where the files stand that docs/method.md names.
METHOD_ROOMS = ("appraise/model", "tests")


def rules_named(text: str) -> set[str]:
    """Numbers that a text cites, as in METHOD 4 and 9.1: the first may be whole, those after it have a point."""
    found = set()
    for first, more in re.findall(r"METHOD\s+(\d+(?:\.\d+)?)((?:,? and \d+\.\d+|, \d+\.\d+)*)", text):
        found |= {first, *re.findall(r"\d+\.\d+", more)}
    return found


def test_rules_are_found_however_they_are_cited() -> None:
    assert rules_named("(METHOD 4 and 9.1), METHOD 10.2, 10.4 and 11.1. METHOD 9.2, number 6") == {
        *("4", "9.1", "10.2", "10.4", "11.1", "9.2")
    }


@pytest.mark.parametrize("folder", [PACKAGE, ROOT / "tests"])
def test_every_rule_that_is_cited_stands_in_the_method(folder: Path) -> None:
    page = (ROOT / "docs" / "method.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^## (\d+(?:\.\d+)?) ", page, re.MULTILINE))
    cited = {path: rules_named(path.read_text(encoding="utf-8")) - told for path in sorted(folder.rglob("*.py"))}
    assert {path.name: missing for path, missing in cited.items() if missing} == {}


def test_the_method_names_modules_and_tests_that_exist() -> None:
    page = (ROOT / "docs" / "method.md").read_text(encoding="utf-8")
    files = set(re.findall(r"`([a-z_0-9/]+\.(?:py|json))`", page))
    assert [name for name in sorted(files) if not any((ROOT / room / name).is_file() for room in METHOD_ROOMS)] == []
    for line in re.findall(r"^- Coded in .*", page, re.MULTILINE):
        for module, inside in re.findall(r"`([a-z_0-9/]+)(?:\.(?!json|py)([a-z_]+))?`", line.partition("Tested")[0]):
            outside = module.partition("/")[0] in {"present", "report", "workspace"}
            path = (PACKAGE if outside else PACKAGE / "model") / f"{module}.py"
            assert path.is_file(), module
            assert not inside or f"def {inside}(" in path.read_text(encoding="utf-8"), inside
