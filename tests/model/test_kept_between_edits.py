"""What is kept between edits changes no figure and no finding: a dragged chance, any edit, two documents at once."""

import random
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from appraise.model import (
    checks,
    commercial_terms,
    contracts,
    discounting,
    entries,
    influence,
    measures,
    parts,
    plain,
    plan,
    plan_rows,
    scenario_costs,
    sharing,
    simulation,
)
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import Treatment
from appraise.model.checks import findings
from appraise.model.edits import constraints as constraint_edits
from appraise.model.edits import lines as line_edits
from appraise.model.evaluate import PREVIEW_PARTS, Part, Settings, evaluate
from appraise.model.finding_rules import constraints as rules
from appraise.model.remembered import Remembered
from appraise.model.results import Results
from tests.model.random_appraisals import rich_appraisal
from tests.model.random_terms import with_terms

SMALL = Settings(draws=500)
PARTS = frozenset({Part.ECONOMIC, Part.FINANCIAL, Part.RISK, Part.YEARS, Part.FUNDING})
MODULES = (
    checks,
    commercial_terms,
    contracts,
    discounting,
    entries,
    influence,
    measures,
    parts,
    plain,
    plan,
    plan_rows,
    rules,
    scenario_costs,
    sharing,
    simulation,
)


def forget() -> None:
    """Everything that is kept between evaluations is let go."""
    for module in MODULES:
        for kept in vars(module).values():
            if isinstance(kept, Remembered):
                kept._kept.clear()
    checks._known.clear()


def edited(appraisal: Appraisal, chance: random.Random) -> Iterator[Appraisal]:
    """The document after each of some edits, one upon the other."""
    for _ in range(6):
        if appraisal.constraints and chance.random() < 0.6:
            one = chance.choice(appraisal.constraints)
            appraisal = constraint_edits.set_probability(
                appraisal, constraint=one.id, probability=round(chance.random(), 3)
            )
        else:
            line = chance.choice(appraisal.lines)
            appraisal = line_edits.set_amount(appraisal, line=line.id, year=0, amount=Decimal(chance.randrange(9_999)))
        yield appraisal


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("agreed", [False, True], ids=["prices as entered", "contracts and prevention"])
def test_figures_and_findings_are_those_of_a_program_that_has_just_started(seed: int, *, agreed: bool) -> None:
    chance = random.Random(seed)  # noqa: S311  edits, not secrets
    documents = [rich_appraisal(key) for key in (seed, seed + 50)]
    if agreed:
        documents = [with_terms(one, seed, broken=seed % 2 == 0) for one in documents]
    mixed = [version for document in documents for version in edited(document, chance)]
    chance.shuffle(mixed)  # two documents at once, to and fro
    warm = [(findings(one), evaluate(one, SMALL, parts=PARTS)) for one in mixed]
    for version, (found, results) in zip(mixed, warm, strict=True):
        forget()
        assert findings(version) == found
        assert evaluate(version, SMALL, parts=PARTS) == results


@pytest.mark.parametrize("seed", range(4))
def test_a_preview_shows_what_the_whole_run_of_as_many_draws_shows(seed: int) -> None:
    def shown(results: Results) -> list[object]:
        return [
            (
                one.risk.npc,
                one.risk.npsv,
                one.risk.probability_cheapest,
                one.risk.pairwise_cheaper,
                one.risk.influences,
                one.economic.expected_npc,
                one.economic.rows,
            )
            for one in results.options
            if one.risk is not None and one.economic is not None
        ]

    document = rich_appraisal(seed)
    preview = evaluate(document, SMALL, parts=PREVIEW_PARTS)
    forget()
    whole = evaluate(document, SMALL)
    assert shown(preview) == shown(whole) != []
    assert preview.verdict.cheapest == whole.verdict.cheapest


class Watched:
    """A document that notes what is read of it."""

    def __init__(self, appraisal: Appraisal) -> None:
        self.appraisal, self.read = appraisal, set[str]()

    def __getattr__(self, name: str) -> object:
        self.read.add(name)
        return getattr(self.appraisal, name)


@pytest.mark.parametrize("seed", range(20))
def test_what_is_found_in_an_entry_rests_on_what_it_is_remembered_by(seed: int) -> None:
    document = rich_appraisal(seed)
    charged = {line.option for line in document.lines if line.treatment is Treatment.SUPPLIER_CHARGE}
    for entry in document.constraints:
        watched = Watched(document)
        list(rules.check_entry(watched, entry, charged))  # type: ignore[arg-type]  it reads like a document
        assert watched.read <= {"options", "lines", "horizon"}


def test_a_check_is_asked_again_only_where_something_it_read_has_changed() -> None:
    document = rich_appraisal(1)
    asked: list[str] = []

    def about_title(appraisal: Appraisal) -> Iterator[checks.Finding]:
        asked.append(appraisal.title)
        return iter(())

    for version in (document, replace(document, body="Another"), replace(document, title="Another")):
        assert checks._checked(about_title, version) == ()
    assert asked == [document.title, "Another"]
