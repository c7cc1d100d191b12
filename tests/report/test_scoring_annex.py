"""How the scores came about, on paper: the whole story of a workshop, nobody's name, and nothing while it is hidden."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from appraise.files.document import content_json
from appraise.model.appraisal.criteria import Branch, Criterion, Score
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.options import Option
from appraise.model.appraisal.records import Person
from appraise.model.appraisal.sourcing import Sourcing
from appraise.model.appraisal.workshop import HIDDEN, Assessor, Interest, Mark, Stage
from appraise.model.evaluate import Settings, evaluate
from appraise.present import advice, scoring_words, wording
from appraise.report.business_case import MODEL_NAME, write_business_case
from appraise.workspace import templates
from tests.report.test_business_case import WHEN, assert_valid, text_of

NAME = "Zebedee Quill"
TITLE = "Annex E: how the options were scored"


def written(document: Appraisal, path: Path, *, model: bytes | None = b"{}") -> Path:
    results = evaluate(document, Settings(draws=2000))
    write_business_case(document, results, path, model=model, created=WHEN)
    return path


def annex_of(path: Path) -> str:
    """The text of the annex, from its own heading on, spaces folded."""
    return text_of(path).replace(wording.NO_BREAK, " ").rsplit(TITLE, 1)[1]


def with_names(document: Appraisal) -> Appraisal:
    """Assessors, the facilitator and whoever took the steps have names; one of these is listed nowhere."""
    workshop = document.workshop
    assessors = tuple(replace(one, name=f"{NAME} {place}") for place, one in enumerate(workshop.assessors))
    events = tuple(
        replace(event, who=NAME if place else f"{NAME} the Second") for place, event in enumerate(workshop.events)
    )
    people = (*document.people, Person(id="person-quill", post="Workshop officer", name=NAME))
    named = replace(workshop, assessors=assessors, events=events, facilitator=NAME)
    return replace(document, workshop=named, people=people)


@pytest.fixture(scope="module")
def example() -> Appraisal:
    return templates.load("worked-example", first_year=2027)


@pytest.fixture(scope="module")
def annex(example: Appraisal, tmp_path_factory: pytest.TempPathFactory) -> str:
    return annex_of(written(example, tmp_path_factory.mktemp("annex") / "case.pdf"))


def test_the_story_of_the_workshop_stands_in_order(annex: str) -> None:
    order = [
        "How it was done",
        "Facilitator: Procurement Manager",
        "Assessors",
        scoring_words.BLINDNESS_CANNOT[0][:40],
        "What is scored",
        "What points stand for",
        "Gates",
        "Usual fails “Lawful from 1 October 2027”",
        "How much each criterion weighs",
        "What each move is worth, as answered",
        "Do the answers agree with each other?",
        "Scores of record",
        "Dissents",
        "How far the assessors agree",
        "Kendall’s W is 0.94",
        "How firm the order is",
        scoring_words.SCORE_RULE,
        "A score without one is drawn over all assessors’ marks, and at least five points either way.",
        "Other weights and scores",
        "Other methods",
        "a lead of up to five points on a criterion counts for nothing, and one from 25 points in full.",
        "Score against cost",
        "Seals, and what was changed after them",
        "failed by autumn, fewer than expected.",
        "Unlocked on 5 November 2026: one score and reasons or evidence changed. It does not change who is first.",
        "Late changes: totals before and after",
        "What a sceptical reader should know",
    ]
    places = [annex.index(words) for words in order]
    assert places == sorted(places)
    assert advice.SCORING_STANDS in annex


def test_marks_and_scores_of_the_long_list_stand_there_in_full(annex: str, example: Appraisal) -> None:
    assert "Every mark, by assessor" in annex
    assert "Jobs" not in annex
    assert "A: Head of Highways and Drainage, Saltmere Council; B: Flood Risk Engineer" in annex
    assert "Fewer homes flooded Usual 24 16 20 10 22 – 20" in annex, "points, and a dash where nobody gave a mark"
    assert "First on own marks" in annex
    for score in example.choice_scores:
        assert score.reason[:30] in annex
    assert "Weights that put an option first: any weights at all" in annex


def test_a_frontier_without_steps_is_told_on_average_and_beside_the_bodys_own_cash(annex: str) -> None:
    said = "On average, for all public bodies together, one option costs least and scores most."
    assert said in annex
    after = annex.split(said, 1)[1][:250]
    assert "In Saltmere Council’s own cash, as entered, In-house costs" in after


def test_the_place_of_scores_stands_beside_every_total(example: Appraisal, tmp_path: Path) -> None:
    pages = [" ".join(one.extract_text().split()) for one in PdfReader(written(example, tmp_path / "c.pdf")).pages]
    for title in (
        "Every option in one row",
        "Weighted scores by criterion",
        "Who is first by other methods",
        "Score against cost Option",
        "Late changes: totals before and after",
    ):
        first = next(number for number, text in enumerate(pages) if re.search(rf"Table \d+: {title}", text))
        assert advice.SCORING_STANDS in " ".join(pages[first : first + 2]), title


def test_every_score_has_its_reason_and_evidence_there(annex: str, example: Appraisal) -> None:
    for score in example.scores:
        assert score.reason[:30] in annex
        assert score.evidence[:30] in annex
    for criterion in example.criteria:
        assert criterion.worst in annex
        assert criterion.swing_reason[:40] in annex


def test_totals_before_and_after_the_unlock_stand_side_by_side(annex: str) -> None:
    assert "In-house on Repairs that last 49.4 55.0" in annex
    assert "In-house 63.5 64.1 2 2" in annex


def test_interests_are_told_by_post(annex: str, example: Appraisal) -> None:
    for one in example.workshop.assessors:
        assert one.post in annex
        assert one.interest_words in annex


def test_nobody_is_named(example: Appraisal, tmp_path: Path) -> None:
    text = text_of(written(with_names(example), tmp_path / "named.pdf"))
    assert "Zebedee" not in text
    assert "Facilitator: Workshop officer." in text
    assert text.count("Somebody who is not listed under people") == 1


def test_the_economic_case_says_how_firm_the_lead_is(example: Appraisal, tmp_path: Path) -> None:
    text = text_of(written(example, tmp_path / "case.pdf")).replace(wording.NO_BREAK, " ")
    before = text.rsplit("Annex A: costs", 1)[0]
    lead = scoring_words.lead(evaluate(example, Settings(draws=2000)), example).replace(wording.NO_BREAK, " ")
    assert lead.startswith("Joint scores 7.1 points more than In-house; it is ahead in 9")
    assert lead in before
    assert scoring_words.SCORE_RULE in before
    assert "Joint is first in 9" in before
    assert scoring_words.LONG_LIST_STANDS in before
    assert "One-visit programme: drain first, then patch Solution 65" in before


@pytest.mark.parametrize("stage", sorted(HIDDEN))
def test_nothing_is_given_away_while_totals_are_hidden(stage: Stage, example: Appraisal, tmp_path: Path) -> None:
    document = replace(example, workshop=replace(example.workshop, stage=stage, unlocked=False))
    path = written(document, tmp_path / f"{stage}.pdf", model=None)
    text = text_of(path)
    assert scoring_words.hidden_words(stage) in text_of(path, 0)
    assert text.count(scoring_words.hidden_words(stage)) >= 3
    assert advice.SCORING_STANDS not in text_of(path, 0)
    for score in document.scores:
        assert score.reason[:40] not in text
    for one in document.workshop.assessors:
        assert all(len(mark.reason) < 12 or mark.reason not in text for mark in one.marks)
    for words in (
        "Weighted scores by",
        "is ahead in",
        "Kendall",
        "Stays first at",
        "Score before",
        "What each move is worth",
    ):
        assert words not in text, words
    assert "Scores of record" not in text
    assert "The value tree" in text
    assert "The model is not attached" in text


def test_a_paper_without_totals_is_accessible_and_has_no_model(example: Appraisal, tmp_path: Path) -> None:
    document = replace(example, workshop=replace(example.workshop, stage=Stage.SEALED))
    path = written(document, tmp_path / "sealed.pdf", model=None)
    assert_valid(path)
    assert MODEL_NAME not in PdfReader(path).attachments
    shown = written(example, tmp_path / "shown.pdf", model=content_json(example))
    assert PdfReader(shown).attachments[MODEL_NAME] == [content_json(example)]


def large(example: Appraisal) -> Appraisal:
    """Fifty-one assessors, twenty criteria and six options, every mark given."""
    criteria = tuple(
        Criterion(
            id=f"c{n}", branch=f"b{n % 4}", name=f"Criterion number {n}", worst="None of it", best="All of it",
            swing=100.0 - 3 * n,
        )
        for n in range(20)
    )  # fmt: skip
    options = tuple(Option(id=f"o{n}", name=f"Option {n} of six", short_name=f"Six {n}") for n in range(6))
    pairs = [(option.id, one.id) for option in options for one in criteria]
    assessors = tuple(
        Assessor(
            id=f"a{n}",
            post=f"Assessor of service {n}",
            interest=Interest.NONE,
            marks=tuple(
                Mark(option=option, criterion=one, value=float((7 * n + 13 * at) % 101), reason=f"Own reason {n} {at}")
                for at, (option, one) in enumerate(pairs)
            ),
        )
        for n in range(51)
    )
    return replace(
        example,
        options=options,
        criteria=criteria,
        branches=tuple(Branch(id=f"b{n}", name=f"Aim {n}") for n in range(4)),
        gates=(),
        sourcing=Sourcing(),
        lines=(),
        constraints=(),
        effects=(),
        choices=(),
        choice_scores=(),
        weighting=type(example.weighting)(),
        scores=tuple(
            Score(option=option, criterion=one, value=float((31 * at) % 101), reason="Agreed at the meeting")
            for at, (option, one) in enumerate(pairs)
        ),
        workshop=replace(example.workshop, assessors=assessors, events=()),
        recommendation=replace(example.recommendation, option="o1"),
    )


def test_fifty_one_assessors_are_told_as_spreads_and_not_mark_by_mark(example: Appraisal, tmp_path: Path) -> None:
    path = written(large(example), tmp_path / "large.pdf")
    annex = annex_of(path)
    assert "Assessor of service 50" in annex
    assert "Own reason" not in annex
    assert "Every mark, by assessor" not in annex
    assert "The marks of 51 assessors are in the file, each with its reason." in annex
    assert "The 12 scores on which assessors lie furthest apart" in annex
    pages = [
        number for number, one in enumerate(PdfReader(path).pages) if TITLE in " ".join(one.extract_text().split())
    ]
    assert len(PdfReader(path).pages) - pages[-1] < 30


def test_scores_given_openly_have_their_annex_too(example: Appraisal, tmp_path: Path) -> None:
    bare = replace(example, workshop=type(example.workshop)(), scores=tuple(
        replace(one, agreed=(), dissents=()) for one in example.scores
    ))  # fmt: skip
    annex = annex_of(written(bare, tmp_path / "open.pdf"))
    assert scoring_words.STAGES[Stage.OPEN].meaning in annex
    assert "Assessors" not in annex
    assert "How firm the order is" in annex
