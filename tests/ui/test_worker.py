"""The worker: live first, then in full; newer work stops older; late and stopped answers are not heard."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, current_thread
from time import sleep
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from appraise.files.faults import FileFault
from appraise.model.appraisal.document import Appraisal, Simulation
from appraise.model.edits import basis, criteria
from appraise.model.evaluate import Settings, evaluate
from appraise.ui.worker import LIVE_DRAWS, Answer, Errand, Worker
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
    answers, told, by_then = heard(worker), [0.0], []
    worker.progressed.connect(told.append)
    worker.answered.connect(lambda _: by_then.append(max(told)))
    long = replace(example, simulation=Simulation(draws=1_000_000))
    worker.run_in_full(long)
    qtbot.wait(250)
    worker.submit(example)
    qtbot.waitUntil(lambda: bool(answers), timeout=20_000)
    assert by_then[0] < 1, "the million draws were not waited for"
    assert answers[0].live
    qtbot.waitUntil(lambda: len(answers) == 2, timeout=20_000)
    assert all(answer.appraisal is example for answer in answers)


def test_live_figures_keep_their_turn_while_a_run_is_slow_to_stop(
    qtbot: QtBot, worker: Worker, example: Appraisal, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = heard(worker)
    evaluated = Worker._evaluate

    def slow_to_stop(self: Worker, run: Any, appraisal: Appraisal, progress: Any) -> Any:
        if not run.live and appraisal is not example:
            sleep(0.6)  # three times as long as it takes until nothing changes any more
        return evaluated(self, run, appraisal, progress)

    monkeypatch.setattr(Worker, "_evaluate", slow_to_stop)
    worker.run_in_full(replace(example, title="Before"))
    worker.submit(example)
    qtbot.waitUntil(lambda: len(answers) == 2, timeout=20_000)
    assert [answer.live for answer in answers] == [True, False]
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
    worker.submit(example, glimpse="costs")
    qtbot.waitUntil(lambda: len(answers) == 2, timeout=60_000)
    first, whole = answers
    assert (first.live, first.glimpse) == (True, "costs")
    assert (whole.live, whole.glimpse) == (False, "")
    assert first.results is not None
    assert whole.results is not None
    assert all(option.risk is not None and option.funding is None for option in first.results.options)
    assert all(option.funding is not None for option in whole.results.options)


def test_an_errand_works_off_the_windows_thread_and_tells_its_share(qtbot: QtBot) -> None:
    errand, shares, threads = Errand(), list[float](), list[str]()
    errand.progressed.connect(shares.append)

    def work(progress: Callable[[float], None], _cancelled: Callable[[], bool]) -> str:
        threads.append(current_thread().name)
        progress(0.5)
        return "merged"

    with qtbot.waitSignal(errand.done, timeout=5_000) as heard_it:
        assert errand.start(work)
        assert errand.busy()
        assert not errand.start(work), "one at a time"
    assert heard_it.args == ["merged"]
    assert shares == [0.5]
    assert threads == ["appraise-errand"]
    assert not errand.busy()


def test_a_full_run_waits_for_an_errand_and_live_figures_do_not(
    qtbot: QtBot, worker: Worker, example: Appraisal
) -> None:
    errand, answers, going = Errand(), heard(worker), Event()

    def work(_progress: Callable[[float], None], _cancelled: Callable[[], bool]) -> None:
        going.wait(20)

    assert errand.start(work)
    worker.submit(example)
    qtbot.waitUntil(lambda: len(answers) == 1, timeout=20_000)
    qtbot.wait(1_500)  # a full run of the example takes less
    assert [answer.live for answer in answers] == [True]
    going.set()
    qtbot.waitUntil(lambda: len(answers) == 2, timeout=20_000)
    assert not answers[1].live


def test_a_full_run_that_waits_for_an_errand_can_be_stopped(qtbot: QtBot, example: Appraisal) -> None:
    worker, errand, going = Worker(), Errand(), Event()
    answers = heard(worker)
    assert errand.start(lambda _progress, _cancelled: going.wait(20))
    worker.run_in_full(example)
    qtbot.wait(100)
    worker.close()
    assert not going.is_set()
    going.set()
    qtbot.waitUntil(lambda: not errand.busy(), timeout=5_000)
    assert answers == []


def test_a_cancelled_errand_is_not_heard_whatever_it_brings(qtbot: QtBot) -> None:
    errand, done = Errand(), list[object]()
    errand.done.connect(done.append)

    def stubborn(_progress: Callable[[float], None], cancelled: Callable[[], bool]) -> str:
        while not cancelled():
            pass
        return "too late"

    with qtbot.waitSignal(errand.cancelled, timeout=5_000):
        errand.start(stubborn)
        errand.cancel()
    assert done == []


@pytest.mark.usefixtures("example")
def test_an_errand_tells_why_it_failed(qtbot: QtBot) -> None:
    errand = Errand()

    def refused(_progress: Callable[[float], None], _cancelled: Callable[[], bool]) -> None:
        raise FileFault("The folder is full.")

    def broken(_progress: Callable[[float], None], _cancelled: Callable[[], bool]) -> None:
        raise ZeroDivisionError

    with qtbot.waitSignal(errand.refused, timeout=5_000) as heard_it:
        errand.start(refused)
    assert heard_it.args == ["The folder is full."]
    with qtbot.waitSignal(errand.refused, timeout=5_000) as heard_it:
        errand.start(broken)
    assert heard_it.args[0]
    assert not errand.busy()
