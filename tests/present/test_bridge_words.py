from dataclasses import replace
from decimal import Decimal

import pytest

from appraise.model.appraisal.document import Appraisal, CapitalView
from appraise.model.appraisal.lines import RULES, Treatment
from appraise.model.evaluate import Settings, evaluate
from appraise.present.bridge_words import NAMED, origin
from appraise.workspace.templates import load

EXAMPLE = load("worked-example", first_year=2027)
SETTINGS = Settings(draws=200)


def keys_of(appraisal: Appraisal) -> set[tuple[str, str]]:
    found = set()
    for option in evaluate(appraisal, SETTINGS).options:
        assert option.financial is not None
        found |= {(option.id, step.key) for step in option.financial.bridge}
    return found


@pytest.mark.parametrize("view", list(CapitalView))
def test_every_row_of_every_bridge_is_explained_in_short_sentences(view: CapitalView) -> None:
    document = replace(EXAMPLE, basis=replace(EXAMPLE.basis, capital_view=view))
    if view is CapitalView.REVENUE:
        charge = replace(
            document.lines[0], id="line-mrp", treatment=Treatment.FINANCING_CHARGE, range=None, bias="", driver=""
        )
        document = replace(document, lines=(*document.lines, charge))
    keys = keys_of(document)
    assert len({key.partition(":")[0] for _, key in keys}) > 10
    for option, key in keys:
        found = origin(document, option, key)
        sentences = found.sentence.rstrip(".").replace(": ", ". ").split(". ")
        assert all(len(sentence.split()) <= 25 for sentence in sentences), key
        assert view is CapitalView.CASH or "cash" not in found.sentence.lower(), key
        assert found.where


def test_taking_the_named_lines_away_takes_the_row_away() -> None:
    """A row names all lines it is made of: without them it is gone."""
    for option, key in sorted(keys_of(EXAMPLE)):
        found = origin(EXAMPLE, option, key)
        if not found.lines or key in {"bias", "prices"}:
            continue
        gone = {line.id for line in found.lines}
        document = replace(
            EXAMPLE,
            lines=tuple(line for line in EXAMPLE.lines if line.id not in gone),
            constraints=tuple(
                replace(one, lines=tuple(line for line in one.lines if line not in gone)) for one in EXAMPLE.constraints
            ),
        )
        assert (option, key) not in keys_of(document), key


def test_one_line_is_led_to_itself_and_many_are_counted() -> None:
    found = origin(EXAMPLE, "option-joint", "prices")
    assert found.record == "option-joint"
    assert f"{len(found.lines) - NAMED} more" in found.where
    single = origin(EXAMPLE, "option-joint", "society:businesses")
    assert single.record == single.lines[0].id
    assert single.lines[0].name in single.where
    assert RULES[single.lines[0].treatment].benefit


def test_an_option_without_such_a_line_says_so() -> None:
    found = origin(EXAMPLE, "option-usual", "overhead")
    assert not found.lines
    assert "no such line" in found.where


def test_lines_without_amounts_are_not_named() -> None:
    empty = tuple(replace(line, amounts=tuple(Decimal(0) for _ in line.amounts)) for line in EXAMPLE.lines)
    assert origin(replace(EXAMPLE, lines=empty), "option-joint", "residual").lines == ()


def test_an_unknown_row_is_refused() -> None:
    with pytest.raises(KeyError):
        origin(EXAMPLE, "option-joint", "magic")
