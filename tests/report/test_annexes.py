"""The annex of lines: ranges with their shapes, and all that moves together, as somebody reads it."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from appraise.files.document import content_json
from appraise.model.appraisal.correlations import CorrelationGroup, CorrelationMatrix
from appraise.model.appraisal.lines import RiseRange, Shape
from appraise.model.evaluate import Settings, evaluate
from appraise.report.business_case import write_business_case
from appraise.workspace import templates
from tests.report.test_business_case import WHEN, assert_valid, text_of


def test_the_annex_names_shapes_drivers_groups_the_matrix_and_uncertain_indices(tmp_path: Path) -> None:
    plain = templates.load("worked-example", first_year=2027)
    plain = replace(plain, lines=tuple(replace(line, correlation="") for line in plain.lines))
    free = [line.id for line in plain.lines if line.range is not None and not line.driver]
    group = CorrelationGroup(id="group-market", name="Market for works", evidence="Three firms bid for all of it")
    size = 12
    rows = tuple(tuple(1.0 if row == column else 0.25 for column in range(size)) for row in range(size))
    lines = tuple(
        replace(line, correlation=group.id, range=replace(line.range, low=Decimal(90), shape=Shape.TRIGEN))
        if line.id in free[:2] and line.range is not None
        else line
        for line in plain.lines
    )
    document = replace(
        plain,
        lines=lines,
        correlation_groups=(group,),
        correlation_matrix=CorrelationMatrix(lines=tuple(free[2 : 2 + size]), rows=rows, evidence="Ten years"),
        indices=(replace(plain.indices[0], range=RiseRange(low=Decimal(-1), high=Decimal(2))), *plain.indices[1:]),
    )
    path = tmp_path / "case.pdf"
    results = evaluate(document, Settings(draws=500))
    write_business_case(document, results, path, model=content_json(document), created=WHEN)
    text = text_of(path)
    for words in (
        "trigen, ends 1 in 10",
        "Pay award (one for all options)",
        "Correlation groups",
        "0.3, medium",
        "Three firms bid for all of it",
        "Evidence: Ten years",
        "−1 to +2 points a year, PERT; one draw for all options",
        "than entered.",
    ):
        assert words in text, words
    assert text.count("Correlations of single pairs") >= 2, "twelve columns stand in two tables"
    assert_valid(path)
