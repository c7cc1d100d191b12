"""The worker: live first, then in full; newer work stops older; late and stopped answers are not heard."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

import pytest
from pytestqt.qtbot import QtBot

from appraise.model.appraisal.document import Appraisal, Simulation
from appraise.model.edits import basis, criteria
from appraise.model.evaluate import Settings, evaluate
from appraise.ui.worker import LIVE_DRAWS, Answer, Worker
from appraise.workspace.templates import load


@pytest.fixture
def example(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Appraisal:
    monkeypatch.setenv("APPRAISE_HOME", str(tmp_path))
    return load("worked-example", first_year=2027)


@pytest.fixture
def worker() -> Iterator[Worker]:
    made = Worker()
    yield made
    made.close()


def heard(worker: Worker) -> list[Answer]:
    answers: list[Answer] = []
    worker.answered.connect(answers.append)
    return answers


def test_live_first_then_in_full(qtbot: QtBot, worker: Worker, example: Appraisal) -> None:
    answers = heard(worker)
    worker.submit(example)
    qtbot.waitUntil(lambda: len(answers) == 2, timeout=20_000)
    assert [answer.live for answer in answers] == [True, False]
    assert [answer.results.draws for answer in answers if answer.results] == [LIVE_DRAWS, example.simulation.draws]
    assert answers[1].results == evaluate(example)
    live = answers[0].results
    assert live is not None
    assert live.constraints is None, "what settling is worth waits for the full run"
    assert answers[1].results.constraints


def test_a_drag_ends_with_the_last_state(qtbot: QtBot, worker: Worker, example: Appraisal) -> None:
    answers = heard(worker)
    first = example.criteria[0].id
    states = [criteria.set_swing(example, criterion=first, swing=float(swing)) for swing in range(30, 60)]
    for state in states:
        worker.submit(state)
        qtbot.wait(5)
    qtbot.waitUntil(lambda: bool(answers) and not answers[-1].live, timeout=20_000)
    assert answers[-1].appraisal is states[-1]
    live = [answer.appraisal for answer in answers if answer.live]
    assert len(live) >= 3, "figures follow while the slider moves"
    assert sum(not answer.live for answer in answers) == 1, "the full run waits until nothing changes"


def test_a_change_stops_the_full_run(qtbot: QtBot, worker: Worker, example: Appraisal) -> None:
    answers = heard(worker)
    long = replace(example, simulation=Simulation(draws=1_000_000))
    worker.run_in_full(long)
    qtbot.wait(250)
    started = perf_counter()
    worker.submit(example)
    qtbot.waitUntil(lambda: bool(answers), timeout=20_000)
    assert perf_counter() - started < 1.0, "the million draws were not waited for"
    assert answers[0].live
    qtbot.waitUntil(lambda: len(answers) == 2, timeout=20_000)
    assert all(answer.appraisal is example for answer in answers)


def test_a_stopped_run_says_nothing(qtbot: QtBot, worker: Worker, example: Appraisal) -> None:
    answers = heard(worker)
    worker.run_in_full(replace(example, simulation=Simulation(draws=1_000_000)))
    worker.stop()
    qtbot.waitUntil(lambda: not worker.busy(), timeout=20_000)
    assert answers == []


def test_errors_give_no_figures(qtbot: QtBot, worker: Worker, example: Appraisal) -> None:
    answers = heard(worker)
    worker.run_in_full(basis.set_years(example, years=0))
    qtbot.waitUntil(lambda: bool(answers), timeout=20_000)
    assert answers[0].results is None
    assert answers[0].fault == ""


def test_a_fault_of_the_program_is_one_sentence(
    qtbot: QtBot, worker: Worker, example: Appraisal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_given: object, **_named: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("appraise.model.evaluate.evaluate", broken)
    answers = heard(worker)
    worker.run_in_full(example)
    qtbot.waitUntil(lambda: bool(answers), timeout=20_000)
    assert answers[0].results is None
    assert answers[0].fault.startswith("Appraise met a fault")


def test_an_export_that_is_cancelled_leaves_nothing(
    qtbot: QtBot, worker: Worker, example: Appraisal, tmp_path: Path
) -> None:
    target = tmp_path / "case.pdf"
    results = evaluate(example, Settings(threads=2))
    with qtbot.waitSignal(worker.export_ended, timeout=60_000) as ended:
        worker.export(example, results, target, created=datetime(2026, 11, 22, tzinfo=UTC))
        worker.export_progressed.connect(lambda _share: worker.cancel_export())
    assert ended.args == [""]
    assert not target.exists()


def test_an_export_that_cannot_be_written_says_why(
    qtbot: QtBot, worker: Worker, example: Appraisal, tmp_path: Path
) -> None:
    results = evaluate(example, Settings(threads=2))
    with qtbot.waitSignal(worker.export_ended, timeout=60_000) as ended:
        worker.export(example, results, tmp_path / "no such folder" / "case.pdf", created=datetime.now(UTC))
    assert ended.args[0].endswith(".")
    assert "Traceback" not in ended.args[0]


def test_the_window_answers_while_a_full_run_goes_on(qtbot: QtBot, worker: Worker, example: Appraisal) -> None:
    answers = heard(worker)
    worker.run_in_full(replace(example, simulation=Simulation(draws=400_000)))
    turns = 0
    while not answers:
        qtbot.wait(5)
        turns += 1
        assert turns < 4_000
    assert turns > 10, "the event loop turned while the worker calculated"


def test_closing_waits_for_the_thread(qtbot: QtBot, example: Appraisal) -> None:
    worker = Worker()
    answers = heard(worker)
    worker.run_in_full(replace(example, simulation=Simulation(draws=1_000_000)))
    worker.close()
    qtbot.wait(50)
    assert answers == []
    assert not worker.busy()


def test_a_glimpse_holds_costs_and_risk_alone_and_the_full_run_follows(
    qtbot: QtBot, worker: Worker, example: Appraisal
) -> None:
    answers: list[Answer] = []
    worker.answered.connect(answers.append)
    worker.submit(example, glimpse=True)
    qtbot.waitUntil(lambda: len(answers) == 2, timeout=60_000)
    first, whole = answers
    assert (first.live, first.glimpse) == (True, True)
    assert (whole.live, whole.glimpse) == (False, False)
    assert first.results is not None
    assert whole.results is not None
    assert all(option.risk is not None and option.funding is None for option in first.results.options)
    assert all(option.funding is not None for option in whole.results.options)
