"""The templates open, and the built package carries them."""

import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from appraise.files.document import opened
from appraise.files.faults import FileFault
from appraise.model.appraisal.options import DeliveryModel, ShortListRole
from appraise.workspace import templates

PROJECT = Path(__file__).parents[2]


def test_every_template_loads() -> None:
    for template in templates.names():
        assert templates.load(template.name, first_year=2030).options
    with pytest.raises(FileFault, match="Choose one of: blank, worked-example"):
        templates.load("../secret", first_year=2030)


def test_the_blank_one_starts_with_today_and_every_way_of_delivering() -> None:
    blank = templates.load("blank", first_year=2031)
    assert blank.horizon.first_year == 2031
    assert [option.role for option in blank.options[:2]] == [ShortListRole.BUSINESS_AS_USUAL, ShortListRole.DO_MINIMUM]
    models = [option.model for option in blank.options[2:]]
    assert models == [DeliveryModel.INSOURCE, DeliveryModel.OUTSOURCE, DeliveryModel.COLLABORATIVE]
    assert len({option.id for option in blank.options}) == 5
    assert not blank.lines
    assert [one.short_name for one in blank.options] == ["Usual", "Minimum", "In-house", "Outsource", "Joint"]


@pytest.mark.parametrize(
    ("today", "year"), [(date(2027, 4, 1), 2027), (date(2027, 4, 2), 2028), (date(2027, 1, 1), 2027)]
)
def test_the_next_financial_year_starts_in_april(today: date, year: int) -> None:
    assert templates.next_first_year(today) == year


def test_the_built_package_makes_the_worked_example(tmp_path: Path, home: Path) -> None:
    source, wheels, target = tmp_path / "source", tmp_path / "wheels", tmp_path / "target"
    source.mkdir()
    for name in ("appraise", "templates"):
        shutil.copytree(PROJECT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "setup.py", "README.md", "LICENSE"):
        shutil.copy(PROJECT / name, source / name)
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "wheel", "--no-deps", "--no-build-isolation", "--no-index", "-w", wheels, source], check=True)
    (wheel,) = wheels.glob("*.whl")
    subprocess.run([*pip, "install", "--no-deps", "--no-index", "--target", target, wheel], check=True)
    made = tmp_path / "X.appraisal"
    subprocess.run(
        [sys.executable, "-P", "-m", "appraise", "new", "worked-example", made],
        check=True,
        cwd=tmp_path,
        env={"PYTHONPATH": str(target), "PATH": os.environ["PATH"], "APPRAISE_HOME": str(home)},
    )
    assert opened(made).document.appraisal == templates.load("worked-example", first_year=0)
    assert (target / "appraise" / "templates" / "worked-example.json").is_file()
