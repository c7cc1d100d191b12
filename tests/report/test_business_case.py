"""The business case as it leaves the program: valid, accessible, whole, and tied to its model."""

import subprocess
import sys
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import page
import pytest
from pypdf import PdfReader

from appraise.files.document import content_json, from_bytes
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.options import ShortListRole
from appraise.model.evaluate import Settings, evaluate
from appraise.model.plain import content_digest
from appraise.present import advice, certainty, wording
from appraise.report.business_case import MODEL_NAME, write_business_case
from appraise.workspace import templates
from tests.report.full_document import full, seven_years_of_the_last

WHEN = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
OUTLOUD = str(Path(sys.executable).parent / "outloud")
HOSTILE = 'A\x00B\u202e "<img src=/etc/passwd>" & <b>x</b> 🦆 ✗ ŵŷ ' + "w" * 90


def written(document: Appraisal, path: Path) -> Path:
    results = evaluate(document, Settings(draws=2000))
    write_business_case(document, results, path, model=content_json(document), created=WHEN)
    return path


def text_of(path: Path, *pages: int) -> str:
    """The text as a reader copies it, spaces folded."""
    reader = PdfReader(path)
    chosen = pages or range(len(reader.pages))
    return " ".join(" ".join(reader.pages[number].extract_text().split()) for number in chosen)


def assert_valid(path: Path) -> None:
    for profile in ("ua1", "3a"):
        verdict = page.validate_pdf(path, profile=profile)
        assert verdict.is_compliant, (profile, [str(failure) for failure in verdict.failures])
    heard = subprocess.run([OUTLOUD, "--fail-on", "error", str(path)], capture_output=True, text=True, check=False)
    assert heard.returncode == 0, heard.stdout
    checked = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.fixture(scope="module")
def example() -> Appraisal:
    return templates.load("worked-example", first_year=2027)


@pytest.fixture(scope="module")
def paper(example: Appraisal, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(example, tmp_path_factory.mktemp("paper") / "case.pdf")


def test_the_business_case_is_accessible_and_archival(paper: Path) -> None:
    assert_valid(paper)


def test_the_summary_takes_two_pages(paper: Path) -> None:
    assert "Decision needed:" in text_of(paper, 0)
    assert "What is not in the numbers" in text_of(paper, 1)
    assert text_of(paper, 2).split("Contents")[1:]
    assert "Figure 1:" in text_of(paper, 0)
    assert advice.SCORING_STANDS in text_of(paper, 0)


def test_the_reasons_of_the_authors_stand_on_page_1(paper: Path, example: Appraisal) -> None:
    for sentence in example.recommendation.reasons.split(". "):
        assert sentence.rstrip(".") in text_of(paper, 0)
    assert advice.CLEAR_RULE in text_of(paper, 1)


def test_page_1_says_what_contingency_is_added_to_and_what_it_replaces(paper: Path, example: Appraisal) -> None:
    results = evaluate(example, Settings(draws=2000))
    sure, instead, _ = certainty.contingency_words(results, example, example.recommendation.option)
    assert f"{sure} {instead}".replace(wording.NO_BREAK, " ") in text_of(paper, 0).replace(wording.NO_BREAK, " ")
    assert "never the sum" in instead


def test_the_one_policy_of_rounding_is_told_where_figures_begin(paper: Path) -> None:
    assert text_of(paper).count(wording.ROUNDED) >= 2


def test_what_the_gaps_rest_on_is_printed(paper: Path, example: Appraisal) -> None:
    text = text_of(paper)
    assert example.horizon.reason[:80] in text
    for scenario in example.scenarios:
        assert scenario.source[:60] in text


def test_no_heading_is_left_alone_at_the_foot_of_a_page(paper: Path) -> None:
    """The last words of a page are never a heading of the contents; footers stand apart."""
    reader = PdfReader(paper)
    headings = {entry.title for entry in _outline(reader.outline)}
    for page_ in reader.pages:
        lines = [line.strip() for line in page_.extract_text().splitlines() if line.strip()]
        body = [line for line in lines if "Appraise 0." not in line and not line.startswith("Page ")]
        assert not body or body[-1] not in headings


def _outline(entries: list[object]) -> list[object]:
    found: list[object] = []
    for entry in entries:
        found += _outline(entry) if isinstance(entry, list) else [entry]
    return found


def test_every_case_and_annex_has_its_pages(paper: Path, example: Appraisal) -> None:
    text = text_of(paper)
    for case in ("Strategic", "Economic", "Commercial", "Financial", "Management"):
        assert f"{case} case:" in text
    for line in example.lines:
        assert line.name in text
    for assumption in example.assumptions:
        assert assumption.statement[:60] in text
    for option in example.options:
        assert option.description[:60] in text


def test_the_place_of_scoring_stands_beside_the_scores(paper: Path) -> None:
    assert advice.SCORING_STANDS in text_of(paper, 0)
    assert text_of(paper).count(advice.SCORING_STANDS) >= 2
    assert advice.TREASURY_POSITION in text_of(paper)


def test_the_footer_names_digest_seed_draws_and_version(paper: Path, example: Appraisal) -> None:
    from appraise import __version__

    reader = PdfReader(paper)
    for number in (0, 5, len(reader.pages) - 1):
        text = text_of(paper, number)
        assert content_digest(example)[:12] in text
        assert f"seed {example.simulation.seed}" in text
        assert "2,000 draws" in text
        assert f"Appraise {__version__}" in text


def test_the_model_travels_inside_without_the_log(paper: Path, example: Appraisal) -> None:
    reader = PdfReader(paper)
    assert list(reader.attachments) == [MODEL_NAME]
    (data,) = reader.attachments[MODEL_NAME]
    assert content_digest(from_bytes(data).appraisal) == content_digest(example)


def test_the_tables_print_the_results(paper: Path, example: Appraisal) -> None:
    """Present values to the penny stand in annex A as evaluate gives them."""
    results = evaluate(example, Settings(draws=2000))
    text = text_of(paper).replace("\u2212", "-")
    for option in results.options:
        assert f"£{option.economic.pvc:,.2f}" in text
        assert f"£{option.economic.npc:,.2f}" in text


def test_reading_order_has_spaces_between_words(paper: Path) -> None:
    heard = subprocess.run(["pdfinfo", "-struct-text", str(paper)], capture_output=True, text=True, check=True).stdout
    order = [heard.index(words) for words in ("Decision needed", "Table 1", "How sure this is", "Strategic case: why")]
    assert order == sorted(order)


def test_paper_made_after_charts_in_one_process_is_as_valid(tmp_path: Path) -> None:
    """The window draws charts first: both must use the same embedded faces."""
    script = (
        "import sys, datetime; from pathlib import Path; from appraise.present import charts;"
        "from appraise.present.chart_parts import ChartStyle; from appraise.workspace import templates;"
        "from appraise.model.evaluate import Settings, evaluate;"
        "a = templates.load('worked-example', first_year=2027); r = evaluate(a, Settings(draws=500));"
        "charts.chance_cheapest(r, a, width=300, height=200, style=ChartStyle.dark());"
        "from appraise.report.business_case import write_business_case;"
        "when = datetime.datetime(2026, 11, 2, tzinfo=datetime.UTC);"
        "write_business_case(a, r, Path(sys.argv[1]), model=b'{}', created=when)"
    )
    subprocess.run([sys.executable, "-c", script, str(tmp_path / "after.pdf")], check=True)
    assert page.validate_pdf(tmp_path / "after.pdf", profile="ua1").is_compliant


def test_names_of_people_are_not_printed(example: Appraisal, tmp_path: Path) -> None:
    named = replace(example, people=tuple(replace(person, name="Zebedee Quill") for person in example.people[:1]))
    assert "Zebedee" not in text_of(written(named, tmp_path / "named.pdf"))


def test_the_same_input_gives_the_same_bytes(example: Appraisal, tmp_path: Path) -> None:
    assert written(example, tmp_path / "a.pdf").read_bytes() == written(example, tmp_path / "b.pdf").read_bytes()


def test_an_appraisal_with_almost_nothing_in_it_still_prints(tmp_path: Path) -> None:
    blank = templates.load("blank", first_year=2027)
    path = written(blank, tmp_path / "blank.pdf")
    assert_valid(path)
    assert "No decision has been asked for yet." in text_of(path, 0)


def test_a_case_without_content_is_one_sentence_and_shares_its_page(tmp_path: Path) -> None:
    blank = templates.load("blank", first_year=2027)
    path = written(blank, tmp_path / "blank.pdf")
    text = text_of(path)
    assert len(PdfReader(path).pages) <= 6
    assert "Nothing has been entered in the strategic case yet." in text
    assert "Nothing has been entered in the commercial case yet." in text
    for left_out in (
        "Appraisal summary table",
        "Annex A",
        "Annex B",
        "Optimism bias",
        "The long list",
        "Equality duty",
    ):
        assert left_out not in text[: text.index("Findings that are open")], "the checks may name it as missing"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(full(), tmp_path_factory.mktemp("whole") / "whole.pdf")


def test_an_appraisal_with_everything_in_it_is_accessible_and_archival(whole: Path) -> None:
    assert_valid(whole)


def test_everything_stands_in_the_order_of_the_method(whole: Path) -> None:
    text = text_of(whole).split("Annex D: what the checks found", 1)[1]  # after the contents
    order = [
        "Every option in one row",
        "Strategic case: why change",
        "Theory of change",
        "Public sector equality duty",
        "What is left out of the figures",
        "Options framework filter",
        "Why each choice is rated as it is",
        "Measures of every option",
        "No bands of value for money are shown",
        "The same options at 3.0",
        "each pound counted once",
        "CVaR 80, mean of the dearest fifth",
        "How often one option costs less than another",
        "What matters to the cost: Joint",
        "Effects that are counted and have no price",
        "Distribution: unweighted beside weighted",
        "The place beside the country",
        "What would bring the NPSV of Joint service to 0",
        "Commercial case",
        "Public interest test",
        "Delivery model assessment",
        "Contracts under the Procurement Act 2023",
        "Register of constraints and risks",
        "On what terms claims may still come",
        "What suppliers add for what they carry",
        "Settle these first",
        "Four ways to deal with each",
        "Financial case",
        "Cash over all years by public body",
        "Note: liabilities that may fall due",
        "Is there money for it?",
        "Every option against the money",
        "From the economic case to the financial case, £",
        "Every column adds up to the penny",
        "Management case",
        "The usual cost lines of a sourcing decision",
        "How suppliers are taken to price",
        "What suppliers add here, beside published evidence",
        "Discount factors used",
        "Yearly rises of prices",
        "Annex D: what the checks found",
        "Findings that are open",
        "The value tree",
        "Scores of record, reasons and evidence",
        "How often each option takes each place on score",
    ]
    places = [text.index(words) for words in order]
    assert places == sorted(places)


def test_the_largest_items_left_out_are_named_on_page_2(paper: Path, example: Appraisal) -> None:
    sized = sorted((one for one in example.need.left_out if one.pounds), key=lambda one: -one.pounds)
    assert len(sized) >= 3
    after = text_of(paper, 1).split("Left out, the largest:", 1)[1]
    places = [after.index(f"{one.name} ({wording.money_short(one.pounds)})") for one in sized[:3]]
    assert places == sorted(places)
    assert not any(one.name in after for one in sized[3:])


def test_page_2_says_what_changes_of_cost_make_level(paper: Path) -> None:
    assert "Changes of cost make the net present costs level. Gains to people and firms are not in them." in text_of(
        paper, 1
    )


def test_costs_a_year_are_headed_so_where_lives_differ(tmp_path: Path) -> None:
    document = seven_years_of_the_last()
    text = text_of(written(document, tmp_path / "lives.pdf"), 0)
    assert "Cost a year" in text
    assert "Present cost " not in text


def test_role_and_model_do_not_repeat_the_name_of_an_option(paper: Path, example: Appraisal) -> None:
    text = text_of(paper).lower()
    usual = next(option for option in example.options if option.role is ShortListRole.BUSINESS_AS_USUAL)
    assert f"{usual.name.lower()} (mixed economy)" in text
    assert "(business as usual" not in text
    assert "(do minimum" not in text
    assert "four years and four more" in text


def test_the_basis_of_a_claim_and_of_the_change_beside_it_are_both_named(paper: Path) -> None:
    assert "The largest claim is in prices of 2027/28, the change allowed beside it in cash." in text_of(paper)


def test_the_summary_table_takes_one_page(whole: Path) -> None:
    reader = PdfReader(whole)
    pages = [number for number in range(len(reader.pages)) if "Every option in one row" in text_of(whole, number)]
    assert len(pages) == 1
    page_text = text_of(whole, pages[0])
    assert all(option.name in page_text for option in full().options)
    assert "Strategic case" not in page_text


def test_every_heading_of_the_contents_has_its_page(whole: Path, paper: Path) -> None:
    """Headings inside blocks that are kept together are found too."""
    for path in (whole, paper):
        first = next(n for n in range(5) if text_of(path, n).startswith("Contents"))
        contents = text_of(path, first) + text_of(path, first + 1)
        for title in ("Costs and benefits side by side", "From the economic case to the financial case"):
            after = contents.split(title, 1)[1].split(maxsplit=1)[0]
            assert after.isdigit(), (title, after)


@pytest.mark.parametrize("name", ["worked-example", "care-together"])
def test_hostile_words_everywhere_print_as_words(name: str, tmp_path: Path) -> None:
    """Every text of the document is replaced by one that attacks the page."""

    document = spoiled(templates.load(name, first_year=2027))
    apart = tuple(replace(one, name=f"{place} {one.name}") for place, one in enumerate(document.partners))
    path = written(replace(document, partners=apart), tmp_path / "hostile.pdf")
    assert_valid(path)
    assert "root:" not in text_of(path)


#: Texts that name other records, rows of tables or dates: another text there would be refused.
NAMES = {"id", "option", "branch", "criterion", "index", "assumption", "schedule", "health_schedule", "driver", "body",
         "incomes", "bias", "table", "heading", "question", "factor", "published", "review_by", "copied_from",
         "lines", "choices", "correlation", "constraint", "larger", "smaller", "assessor", "agreed",
         "reference", "fall_back", "go_on", "without", "starts_on", "bid_opens", "bid_closes", "decided_on",
         "spend_by", "grants", "programme", "investment", "partner", "partners", "line"}  # fmt: skip


def spoiled(value: Any, name: str = "") -> Any:
    """The record with every text replaced by one that attacks the page."""
    if is_dataclass(value) and not isinstance(value, type):
        at_top = isinstance(value, Appraisal)
        return replace(
            value,
            **{
                field.name: spoiled(getattr(value, field.name), "" if at_top else field.name) for field in fields(value)
            },
        )
    if isinstance(value, tuple):
        return tuple(spoiled(part, name) for part in value)
    return HOSTILE if isinstance(value, str) and not isinstance(value, StrEnum) and name not in NAMES else value
