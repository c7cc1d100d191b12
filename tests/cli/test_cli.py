"""The command line: what it prints, what it writes, and its exit codes."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from appraise import cli
from appraise.__main__ import main
from appraise.files.document import Document, content_json, opened, save
from appraise.files.schema import schema_text
from appraise.model.appraisal.document import Appraisal
from appraise.model.evaluate import Settings, evaluate
from appraise.model.plain import content_digest
from appraise.model.results import Results
from appraise.present.scoring_words import SCORING_STANDS
from appraise.workspace.locking import FileLock
from tests.files.making import small


@pytest.fixture
def example(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    path = tmp_path / "x.appraisal"
    assert main(["new", "worked-example", str(path)]) == cli.DONE
    assert capsys.readouterr().out == f"{path} is written.\n"
    return path


def figures(example: Path, *options: str) -> dict[str, Any]:
    out = example.with_name("out.json")
    assert main(["evaluate", str(example), "--draws", "500", *options, "--json", str(out)]) == cli.DONE
    return json.loads(out.read_bytes())


def test_new_does_not_replace_a_file_unasked_and_keeps_the_old_one_when_asked(
    example: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = example.read_bytes()
    assert main(["new", "blank", str(example)]) == cli.CANNOT_WRITE
    assert capsys.readouterr().err == "x.appraisal exists already. Choose another name, or add --replace.\n"
    assert example.read_bytes() == before
    assert main(["new", "blank", str(example), "--replace"]) == cli.DONE
    (kept,) = (home / "versions").glob("*/*.appraisal")
    assert kept.read_bytes() == before


def test_new_honours_the_lock(example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lock = FileLock(example, "ann")
    before = example.read_bytes()
    assert main(["new", "blank", str(example), "--replace"]) == cli.CANNOT_WRITE
    assert "x.appraisal is open already, by ann on" in capsys.readouterr().err
    assert example.read_bytes() == before
    lock.release()


def test_check_has_exit_code_1_for_errors_only(
    example: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(example)]) == cli.DONE
    assert "attention, step" in capsys.readouterr().out
    wrong = tmp_path / "wrong.json"
    document = opened(example).document.appraisal
    constraint = replace(document.constraints[0], probability=1.3)
    wrong.write_bytes(content_json(replace(document, constraints=(constraint, *document.constraints[1:]))))
    assert main(["check", str(wrong)]) == cli.FINDINGS
    said = capsys.readouterr().out
    assert "error, step 6" in said
    assert constraint.name in said
    assert main(["evaluate", str(wrong)]) == cli.FINDINGS
    assert "error, step 6" in capsys.readouterr().err


def test_evaluate_prints_the_options_and_what_the_figures_rest_on(
    example: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", str(example), "--draws", "500", "--seed", "7"]) == cli.DONE
    said = capsys.readouterr().out
    document = opened(example).document.appraisal
    assert all(option.name in said for option in document.options)
    assert f"Digest {content_digest(document)}\nSeed 7, 500 draws" in said
    usual = next(line for line in said.splitlines() if line.startswith("Business as usual"))
    assert "32, out" in usual
    assert "Out: Usual fails “Lawful from 1 October 2027”." in said
    assert SCORING_STANDS in said


def test_no_place_is_told_for_scores_that_are_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    blank = tmp_path / "blank.appraisal"
    assert main(["new", "blank", str(blank)]) == cli.DONE
    assert main(["evaluate", str(blank), "--draws", "100"]) == cli.DONE
    assert SCORING_STANDS not in capsys.readouterr().out


#: Figures of sets, of money by year and of working together.
TOGETHER = ("settled_together", "settling_together", "regret", "partners", "price_gaps", "pilots")


def test_json_has_the_promised_figures(example: Path) -> None:
    result = figures(example)
    document = opened(example).document.appraisal
    wanted = "digest seed draws versions units options verdict switches years constraints flips"
    scoring = "stage scoring agreement kendall_w flags"
    assert {*wanted.split(), *scoring.split(), *TOGETHER} == set(result)
    assert result["digest"] == content_digest(document)
    assert (result["seed"], result["draws"]) == (document.simulation.seed, 500)
    assert set(result["options"]) == {option.id for option in document.options}
    for option in result["options"].values():
        economic, risk = option["economic"], option["risk"]
        difference = Decimal(economic["pvb"]) - Decimal(economic["pvc"])
        assert abs(Decimal(economic["npsv"]) - difference) <= Decimal("0.01")  # each is rounded by itself
        assert len(option["financial"]["by_year"]) == len(result["years"]) == document.horizon.years
        assert sum(map(Decimal, option["financial"]["by_year"])) == Decimal(option["financial"]["total"])
        assert {"mean", "sd", "p5", "p10", "p50", "p80", "p90", "p95", "mean_error"} <= set(risk["npc"])
        assert risk["npc"]["p5"] <= risk["npc"]["p50"] <= risk["npc"]["p95"]
        assert option["score"]["complete"] is True
        assert set(option["funding"]) == {scenario.id for scenario in document.scenarios}
        for scenario in option["funding"].values():
            assert all(isinstance(gap, str) for gap in scenario["gap_by_year"])
            assert max(scenario["probability_of_gap_by_year"]) <= scenario["probability_of_any_gap"] <= 1
    assert sum(option["risk"]["probability_cheapest"] for option in result["options"].values()) == pytest.approx(1)
    assert all(isinstance(text, str) and text for text in result["units"].values())


def test_json_says_what_short_money_costs_and_who_regrets_what(example: Path) -> None:
    result = figures(example)
    scenarios = {one.id for one in opened(example).document.appraisal.scenarios}
    regret = result["regret"]
    assert {regret["longest"], regret["shortest"]} <= scenarios
    assert set(regret["least"]) <= set(result["options"])
    for row in regret["rows"]:
        assert {cell["scenario"] for cell in row["cells"]} == scenarios
        assert row["largest"] == max(cell["regret"] for cell in row["cells"]) >= 0
    for option in result["options"].values():
        for name, scenario in option["funding"].items():
            assert scenario["expected_gap"] >= 0
            assert scenario["reserve"] >= 0
            assert scenario["effective_term"] >= 0
            assert (scenario["cost_of_short_termism"] == 0) or name != regret["longest"]
            assert {one["than"] for one in scenario["against"]} == scenarios - {name}
        assert {"lengths", "purse", "timetable"} <= set(option)
    named = " ".join(result["units"])
    assert all(
        name in named for name in ("regret", "partners", "price_gaps", "pilots", "purse", "lengths", "timetable")
    )


def test_json_says_what_partners_pay_and_what_a_pilot_is_worth(tmp_path: Path) -> None:
    path = tmp_path / "together.appraisal"
    assert main(["new", "care-together", str(path)]) == cli.DONE
    result = figures(path)
    document = opened(path).document.appraisal
    assert [one["arrangement"] for one in result["partners"]] == [one.id for one in document.arrangements]
    for joint in result["partners"]:
        for split in ("by_line", "proportional", "shapley"):
            assert sum(Decimal(one[split]) for one in joint["partners"]) == Decimal(joint["joint"])
        assert sum(Decimal(one["saving"]) for one in joint["partners"]) == Decimal(joint["alone"]) - Decimal(
            joint["joint"]
        )
    assert [one["gap"] for one in result["price_gaps"]] == [one.id for one in document.price_gaps]
    assert [one["pilot"] for one in result["pilots"]] == [one.id for one in document.pilots]
    for option in result["options"].values():
        if option["purse"] is not None:
            assert sum(Decimal(one["pounds"]) for one in option["purse"]["bodies"]) == Decimal(option["purse"]["net"])


PARTS = ("loading_released", "view_gap", "compensation_avoided", "reranking", "information")


def test_json_says_what_settling_is_worth_in_parts_and_in_order(example: Path) -> None:
    result = figures(example)
    document = opened(example).document.appraisal
    assert {one["id"] for one in result["constraints"]} == {one.id for one in document.constraints}
    values = [one["value_of_settling"] for one in result["constraints"]]
    totals = [value["total"] for value in values if value is not None]
    assert totals == sorted(totals, reverse=True)
    assert totals[0] > 0 > totals[-1]
    open_ones = {one.id for one in document.constraints}
    assert set(result["settled_together"]) <= open_ones
    assert len(result["settled_together"]) > 1
    for value in (*filter(None, values), result["settling_together"]):
        assert sum(value[part] for part in PARTS) - value["cost_of_settling"] == pytest.approx(value["total"], abs=0.06)
        assert {value["best_now"], value["best_if_not"], value["best_if_so"]} <= set(result["options"])
    for one in result["constraints"]:
        costs = [action["cost"] for action in one["actions"]]
        assert costs == sorted(costs)
        assert {"settle", "retain", "transfer"} <= {action["key"] for action in one["actions"]}


def test_json_shows_what_suppliers_add_and_how_options_compare(example: Path) -> None:
    result = figures(example)["options"]
    for key, option in result.items():
        premium, risk = option["supplier_premium"], option["risk"]
        parts = [Decimal(premium[name]) for name in ("expected", "view_gap", "loading", "management")]
        assert sum(parts) == Decimal(premium["pooled"]) <= Decimal(premium["standalone"])
        assert risk["cvar80"] == risk["npc"]["cvar80"] > risk["npc"]["p80"]
        assert set(risk["npc"]["percentile_errors"]) == {"p5", "p10", "p50", "p80", "p90", "p95"}
        assert set(risk["pairwise_cheaper"]) == set(result) - {key}
        for other, pair in risk["pairwise_cheaper"].items():
            back = result[other]["risk"]["pairwise_cheaper"][key]
            assert pair["share"] + back["share"] == pytest.approx(1)
        assert 0.99 < sum(one["share"] for one in risk["contribution"]) <= 1 + 1e-6, (
            "the rest several inputs cause together"
        )
    outsourced = result["option-outsource"]["supplier_premium"]
    assert 1 < outsourced["implied_percent"] < 5
    assert {Decimal(one["priced"]) > 0 for one in outsourced["by_constraint"]} == {True}
    assert result["option-usual"]["supplier_premium"]["by_constraint"] == []


def test_json_says_how_far_the_scores_hold(example: Path) -> None:
    result = figures(example)
    ranked = [option["score"] for option in result["options"].values() if option["score"]["place"] is not None]
    assert sorted(score["place"] for score in ranked) == list(range(1, len(ranked) + 1))
    for score in ranked:
        assert sum(part["points"] for part in score["by_criterion"]) == pytest.approx(score["total"])
        assert sum(part["weight"] for part in score["by_criterion"]) == pytest.approx(1)
        assert len(score["rank_acceptability"]) == len(score["rank_errors"]) == len(ranked)
        assert sum(score["rank_acceptability"]) == pytest.approx(1)
        assert {"dominated_by", "gates_failed", "potentially_first", "net_flow"} <= set(score)
    (first,) = (score for score in ranked if score["place"] == 1)
    assert len(first["pairwise"]) == len(ranked) - 1
    assert all(0 <= pair["share"] <= 1 and pair["error"] >= 0 for pair in first["pairwise"].values())
    assert first["stability"]
    assert all(one["low"] <= one["weight"] <= one["high"] for one in first["stability"])
    assert first["smallest_flip"]["rival"] in result["options"]
    assert all(not score["stability"] and score["smallest_flip"] is None for score in ranked if score is not first)
    assert (result["stage"], 0 < result["kendall_w"] <= 1) == ("revealed", True)
    assert all(flag["sentence"].endswith(".") for flag in result["flags"])
    assert {one["way"] for one in result["scoring"]["acceptability"]} == {"elicited", "ranks", "any"}


#: Figures of draws and where the error of each stands.
ERRORS = {
    "mean": "mean_error",
    "sd": "sd_error",
    "cvar80": "cvar80_error",
    **{f"p{percent}": f"percentile_errors/p{percent}" for percent in (5, 10, 50, 80, 90, 95)},
}


def at(record: dict[str, Any], path: str) -> Any:
    for name in path.split("/"):
        record = record[name]
    return record


def test_json_has_an_error_beside_each_simulated_figure(example: Path) -> None:
    result = figures(example)["options"]
    for key, option in result.items():
        risk = option["risk"]
        assert set(risk["differences"]) == set(result) - {key}
        for spread in (risk["npc"], risk["npsv"], *risk["differences"].values()):
            assert set(ERRORS) <= set(spread)
            assert all(at(spread, error) > 0 for error in ERRORS.values())
        for share, error in (
            ("probability_cheapest", "probability_error"),
            ("probability_highest_npsv", "highest_npsv_error"),
        ):
            assert (risk[error] > 0) is (0 < risk[share] < 1)
        assert risk["cvar80_error"] == risk["npc"]["cvar80_error"]
        assert all(abs(one["value"]) <= 1 and 0 < one["error"] < 0.1 for one in risk["rank_correlations"])
        assert {"draws", "together", "apart", "error"} == set(risk["apart"])
        years = len(risk["cash_by_year"]["p50"])
        for percentile in ("p10", "p50", "p90"):
            assert len(risk["cash_by_year"][f"{percentile}_error"]) == years
        for scenario in option["funding"].values():
            for name in ("funding", "gap", "gap_p50", "gap_p80", "probability"):
                assert len(scenario[f"{name}_error_by_year"]) == years
            assert 0 <= scenario["any_gap_error"] < 0.1


def test_json_says_what_to_hold_and_whether_there_are_enough_draws(example: Path) -> None:
    document = opened(example).document.appraisal
    for option in figures(example)["options"].values():
        held, watch = option["risk"]["contingency"], option["risk"]["convergence"]
        assert held["percentile"] == watch["percentile"] == document.simulation.percentile
        money = [Decimal(option["financial"]["total"]), *map(Decimal, option["financial"]["contingency_by_year"])]
        assert Decimal(held["budget"]) == money[0] - sum(money[1:])
        assert held["pounds"] == pytest.approx(held["cash"] - float(held["budget"]))
        assert held["error"] > 0
        assert watch["draws"][-1] == 500
        assert watch["values"][-1] == option["risk"]["npc"]["p80"]
        assert len(watch["draws"]) == len(watch["values"]) == len(watch["errors"])
        assert watch["steady"] in {True, False}


def test_json_is_the_same_for_any_threads_and_changes_with_the_seed(
    example: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    printed = []
    for options in (["--threads", "1"], ["--threads", "3"], ["--seed", "1"]):
        assert main(["evaluate", str(example), "--draws", "500", "--json", "-", *options]) == cli.DONE
        printed.append(capsys.readouterr().out)
    figures(example, "--threads", "2")
    assert example.with_name("out.json").read_text("utf-8") == printed[0]
    assert printed[0] == printed[1] != printed[2]


def test_json_has_identical_bytes_for_1_2_and_4_threads_and_a_second_run(example: Path) -> None:
    """The worked example at all its draws, so that several chunks are shared out."""
    found = set()
    for run, threads in enumerate(("1", "2", "4", "1")):
        out = example.with_name(f"out-{run}.json")
        assert main(["evaluate", str(example), "--threads", threads, "--json", str(out)]) == cli.DONE
        found.add(out.read_bytes())
    assert len(found) == 1


def test_the_output_never_replaces_the_appraisal(example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = example.read_bytes()
    assert main(["evaluate", str(example), "--json", str(example)]) == cli.CANNOT_WRITE
    assert "is the appraisal itself" in capsys.readouterr().err
    assert example.read_bytes() == before


def test_what_cannot_be_written_has_exit_code_4(example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = example.parent / "none" / "out.json"
    assert main(["evaluate", str(example), "--draws", "10", "--json", str(target)]) == cli.CANNOT_WRITE
    assert "because the folder does not exist" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["new", "nothing", "x.appraisal"],
        ["evaluate"],
        ["evaluate", "x", "--draws", "0"],
        ["evaluate", "x", "--draws", "1e6"],
        ["evaluate", "x", "--draws", "-5"],
        ["evaluate", "x", "--threads", "9" * 40],
        ["report", "x", "-o", "out.docx"],
        ["report", "x"],
        ["frobnicate", "x"],
        ["--frobnicate"],
    ],
)
def test_wrong_usage_has_exit_code_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == cli.USAGE
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("draws", "said"), [("1000001", "1,000,001 draws"), ("9" * 16, "So many draws"), ("9" * 5000, "So many draws")]
)
def test_more_draws_than_the_appraisal_allows_are_refused_by_its_finding(
    example: Path, draws: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", str(example), "--draws", draws]) == cli.FINDINGS
    told = capsys.readouterr().err
    assert said in told
    assert "only 1,000,000 are allowed" in told


def test_the_appraisal_may_allow_more_than_a_million_draws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "many.json"
    path.write_bytes(content_json(replace(small(), simulation=replace(small().simulation, most_draws=2_000_000))))
    asked = []

    def evaluated(appraisal: Appraisal, settings: Settings, **_how: object) -> Results:
        asked.append(settings.draws)
        return evaluate(appraisal, replace(settings, draws=10))

    monkeypatch.setattr("appraise.model.evaluate.evaluate", evaluated)
    assert main(["evaluate", str(path), "--draws", "0002000000"]) == cli.DONE
    assert asked == [2_000_000]


@pytest.mark.parametrize("command", [["check"], ["evaluate"], ["report", "-o", "out.pdf"]])
def test_bad_input_has_exit_code_3_and_one_sentence(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bad.appraisal"
    path.write_bytes(b"%PDF-1.7")
    assert main([*command, str(path)]) == cli.BAD_INPUT
    assert capsys.readouterr().err == (
        "This is a PDF, not an appraisal. Choose a file whose name ends in .appraisal.\n"
    )


def test_what_a_file_says_cannot_move_the_cursor(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.appraisal"
    save(path, Document(appraisal=replace(small(), title="\x1b[2JMine\u202e")), replacing=None)
    assert main(["evaluate", str(path), "--draws", "10"]) == cli.DONE
    assert capsys.readouterr().out.startswith("?[2JMine?\n")


def test_an_unforeseen_fault_is_one_sentence_and_a_private_log(
    example: Path, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_: object) -> None:
        raise RuntimeError("Ann's unforeseen fault")

    monkeypatch.setattr("appraise.model.checks.findings", fail)
    assert main(["check", str(example)]) == cli.OUR_FAULT
    said = capsys.readouterr().err
    (log,) = (home / "faults").iterdir()
    assert said == f"Appraise met a fault of its own. A record for the people who mend it is in {log}.\n"
    assert "Ann's unforeseen fault" in log.read_text()
    assert log.stat().st_mode & 0o077 == 0


def test_schema_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == cli.DONE
    assert capsys.readouterr().out == schema_text()


def test_report_writes_a_whole_pdf(example: Path) -> None:
    out = example.with_name("out.pdf")
    assert main(["report", str(example), "-o", str(out), "--draws", "500"]) == cli.DONE
    data = out.read_bytes()
    assert data.startswith(b"%PDF-")
    assert data.rstrip().endswith(b"%%EOF")


def started(*arguments: object, **options: Any) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "appraise", *map(str, arguments)], **options)


def test_ctrl_c_leaves_no_half_file(example: Path) -> None:
    out = example.with_name("out.json")
    out.write_text("the old one")
    with started(
        "evaluate", example, "--draws", 1_000_000, "--json", out, stderr=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        time.sleep(1.0)
        process.send_signal(signal.SIGINT)
        said = process.communicate(timeout=60)[1]
    assert (process.returncode, said) == (cli.STOPPED, b"Stopped. Nothing was written.\n")
    assert out.read_text() == "the old one"
    assert sorted(entry.name for entry in example.parent.iterdir()) == ["home", "out.json", "x.appraisal"]


def test_progress_is_shown_on_a_terminal_only(example: Path) -> None:
    try:
        leader, follower = os.openpty()
    except OSError:
        pytest.skip("this system lends no pseudo-terminals")
    with started("evaluate", example, "--draws", 20_000, stderr=follower, stdout=subprocess.PIPE) as process:
        process.communicate(timeout=60)
        os.close(follower)
        shown = os.read(leader, 100_000)
    os.close(leader)
    assert process.returncode == cli.DONE
    assert b"Calculating  100%" in shown or b"Calculating 100%" in shown
    with started("evaluate", example, "--draws", 2_000, stderr=subprocess.PIPE, stdout=subprocess.PIPE) as quiet:
        assert quiet.communicate(timeout=60)[1] == b""


def test_a_reader_that_goes_away_is_no_fault(example: Path) -> None:
    with started("schema", stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == b""
    assert process.returncode == cli.DONE
    assert example.exists()


def test_the_command_line_loads_no_window() -> None:
    probe = "import sys; from appraise.__main__ import main; main(['schema']); assert 'PySide6' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", probe], check=False, stdout=subprocess.DEVNULL).returncode == 0


def test_sigterm_stops_as_ctrl_c_does(example: Path) -> None:
    out = example.with_name("out.json")
    with started("evaluate", example, "--draws", 1_000_000, "--json", out, stderr=subprocess.PIPE) as process:
        time.sleep(1.0)
        process.send_signal(signal.SIGTERM)
        said = process.communicate(timeout=60)[1]
    assert (process.returncode, said) == (cli.ENDED, b"Stopped. Nothing was written.\n")
    assert sorted(entry.name for entry in example.parent.iterdir()) == ["home", "x.appraisal"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("moved", [False, True])
def test_what_is_said_of_a_stop_is_true(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, times: int, moved: bool
) -> None:
    """Signals just before and just after the file moves into place."""
    path, real = tmp_path / "n.appraisal", os.replace

    def replace_and_stop(*names: Any) -> None:
        if moved:
            real(*names)
        if Path(names[1]) == path:
            for _ in range(times):
                signal.raise_signal(number)
        if not moved:
            real(*names)

    monkeypatch.setattr(os, "replace", replace_and_stop)
    code = main(["new", "blank", str(path)])
    assert (code == cli.DONE) == path.exists()
    assert code in ((cli.DONE,) if moved or times == 1 else (128 + number,))
    assert {entry.name for entry in tmp_path.iterdir()} <= {"home", "n.appraisal"}


@pytest.mark.parametrize("stop", ["signal.raise_signal(2)", "exec('signal.raise_signal(2)')"])
def test_ctrl_c_while_the_program_loads_is_one_sentence(stop: str) -> None:
    """The first module of ours that is loaded after the entry stands in for any of them."""
    probe = (
        "import sys, signal, runpy\n"
        "class Stop:\n"
        "    def find_spec(self, name, *rest):\n"
        f"        if name == 'argparse': {stop}\n"
        "sys.modules.pop('argparse', None)\n"
        "sys.meta_path.insert(0, Stop())\n"
        "sys.argv = ['appraise', 'schema']\n"
        "runpy.run_module('appraise', run_name='__main__')\n"
    )
    done = subprocess.run([sys.executable, "-c", probe], check=False, capture_output=True)
    assert (done.returncode, done.stdout, done.stderr) == (cli.STOPPED, b"", b"Stopped. Nothing was written.\n")


def shell(command: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    given = {name: text for name, text in os.environ.items() if name != "PYTHONUNBUFFERED"} | environment
    return subprocess.run(
        ["sh", "-c", f'exec "$0" -m appraise {command}', sys.executable], check=False, capture_output=True, env=given
    )


needs_full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
FULL = b"The output could not be written in full, because the disk is full.\n"


@needs_full
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("command", ["schema", "--help", "--version", "check {}", "evaluate {} --draws 10 --json -"])
def test_an_output_that_takes_no_more_has_exit_code_4(example: Path, command: str, unbuffered: str) -> None:
    done = shell(command.format(example) + " >/dev/full", PYTHONUNBUFFERED=unbuffered)
    assert (done.returncode, done.stderr) == (cli.CANNOT_WRITE, FULL)


@needs_full
@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("check {} >&-", cli.DONE),
        ("check {} 2>&-", cli.DONE),
        ("check {} <&- >&- 2>&-", cli.DONE),
        ("check none.appraisal 2>&-", cli.BAD_INPUT),
        ("check none.appraisal 2>/dev/full", cli.BAD_INPUT),
        ("check none.appraisal >/dev/full", cli.BAD_INPUT),
        ("evaluate 2>&-", cli.USAGE),
        ("evaluate 2>/dev/full", cli.USAGE),
        ("schema >/dev/full 2>/dev/full", cli.CANNOT_WRITE),
    ],
)
def test_a_closed_stream_is_no_fault(example: Path, home: Path, command: str, code: int) -> None:
    done = shell(command.format(example))
    assert done.returncode == code
    assert b"none.appraisal" not in done.stdout
    assert not list(home.glob("faults/*"))


@pytest.mark.parametrize("name", ["/", ".", "n" * 300, "none/x.appraisal"])
@pytest.mark.parametrize("command", [["new", "blank"], ["evaluate", "", "--draws", "10", "--json"]])
def test_an_output_that_cannot_be_has_exit_code_4(
    example: Path, command: list[str], name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*(word or str(example) for word in command), name]) == cli.CANNOT_WRITE
    assert capsys.readouterr().err.count("\n") == 1


def test_new_twice_in_one_second_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(tmp_path / "n.appraisal")
    monkeypatch.setattr("appraise.workspace.session.Session._now", lambda _: "2027-04-01T09:00:00+00:00")
    assert [main(["new", "blank", path]) for _ in range(3)] == [cli.DONE, cli.CANNOT_WRITE, cli.CANNOT_WRITE]
    assert capsys.readouterr().err.count("exists already") == 2


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a display")
def test_no_display_is_one_sentence_and_an_unknown_word_is_wrong_usage(tmp_path: Path) -> None:
    bare = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""}
    for command in ("", f"{tmp_path}/x.appraisal"):
        done = shell(command, **bare)
        assert (done.returncode, done.stdout) == (cli.USAGE, b"")
        assert done.stderr.startswith(b"There is no display to open a window on. `appraise --help`")
    assert b"invalid choice: 'frobnicate'" in shell("frobnicate", **bare).stderr
    assert main(["frobnicate"]) == main([""]) == cli.USAGE


def test_the_figures_of_the_documentation_are_those_of_the_worked_example(example: Path) -> None:
    out = example.with_name("all.json")
    assert main(["evaluate", str(example), "--json", str(out)]) == cli.DONE
    result = json.loads(out.read_bytes())
    text = (Path(__file__).parents[2] / "docs" / "command-line.md").read_text("utf-8")
    option = result["options"]["option-joint"]
    exact = {name: value for name, value in option["economic"].items() if isinstance(value, str)}
    assert [f'"{name}": "{value}"' for name, value in exact.items() if f'"{name}": "{value}"' not in text] == []
    score = option["score"]
    for said in (
        result["digest"],
        f"{option['risk']['npc']['mean']:.2f}",
        str(option["risk"]["probability_cheapest"]),
        f'"total": {score["total"]:.2f}',
        f'"rank_acceptability": [{score["rank_acceptability"][0]:.5g}, ',
        f'"kendall_w": {result["kendall_w"]:.3f}',
    ):
        assert said in text
