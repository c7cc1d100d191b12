"""The appraisals that a user can start from."""

from dataclasses import dataclass
from datetime import date
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from appraise.files.document import from_bytes
from appraise.files.faults import FileFault
from appraise.model.appraisal.document import Appraisal, Horizon
from appraise.model.appraisal.options import DeliveryModel, Option, ShortListRole
from appraise.model.short_list import FIRST_MODELS, ROLE_NAMES, ROLE_SHORT_NAMES


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateInfo:
    """A template: the name to ask for, and a title and description to show."""

    name: str
    title: str
    description: str


_TEMPLATES = (
    TemplateInfo(name="blank", title="Blank appraisal", description="Five options to name, and nothing else."),
    TemplateInfo(
        name="worked-example",
        title="Drains and roads",
        description="A fictional coastal council's drainage and highways maintenance service, filled in.",
    ),
    TemplateInfo(
        name="care-together",
        title="Care bought together",
        description="A fictional council, its neighbour and a health body, who buy care for older people.",
    ),
    TemplateInfo(
        name="waste-contract",
        title="Waste contract at its end",
        description="A fictional borough whose bins contract ends: extend, bring in, re-let, or join a neighbour.",
    ),
)

_BLANK_YEARS = 10


def names() -> tuple[TemplateInfo, ...]:
    """The templates there are, in the order to show them."""
    return _TEMPLATES


def next_first_year(today: date) -> int:
    """The calendar year in which the next financial year starts (1 April)."""
    return today.year if (today.month, today.day) <= (4, 1) else today.year + 1


def load(name: str, *, first_year: int) -> Appraisal:
    """The appraisal of a template. `first_year`: where the horizon of the blank one starts.

    Raises FileFault for an unknown name.
    """
    if name == "blank":
        return _blank(first_year)
    if name not in {template.name for template in _TEMPLATES}:
        known = ", ".join(template.name for template in _TEMPLATES)
        raise FileFault(f'There is no template "{name}". Choose one of: {known}.')
    return from_bytes(_folder().joinpath(f"{name}.json").read_bytes()).appraisal


def _folder() -> Traversable:
    """Beside the modules when installed; at the top of the project in a checkout."""
    installed = resources.files("appraise").joinpath("templates")
    return installed if installed.is_dir() else Path(__file__).parents[2] / "templates"


def _blank(first_year: int) -> Appraisal:
    """An option for each kind of delivery, and the two that all are compared with: none may be forgotten
    (PRODUCT, journey step 2).
    """
    usual, minimum = ShortListRole.BUSINESS_AS_USUAL, ShortListRole.DO_MINIMUM
    compared_with = tuple(
        Option(
            id=f"option-{role.value}",
            name=ROLE_NAMES[role],
            short_name=ROLE_SHORT_NAMES[role],
            role=role,
            model=DeliveryModel.UNSAID,
        )
        for role in (usual, minimum)
    )
    ways = tuple(
        Option(id=f"option-{model.value}", name=name, short_name=short, model=model)
        for model, name, short in FIRST_MODELS
    )
    return Appraisal(
        title="New appraisal",
        body="",
        horizon=Horizon(first_year=first_year, years=_BLANK_YEARS),
        options=compared_with + ways,
    )
