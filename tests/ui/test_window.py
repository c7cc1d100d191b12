"""The window around the pages: files, titles, findings, recovery, menus, faults."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QShortcut
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from appraise.model.appraisal.constraints import Agreement, RegisterKind
from appraise.model.appraisal.terms import Commitment
from appraise.model.appraisal.workshop import Stage
from appraise.model.edits import basis, need, options
from appraise.model.edits.criteria import add_branch, add_criterion
from appraise.model.journey import State
from appraise.ui import app, theme
from appraise.ui.dialogs import RatesDialog, RecordsDialog
from appraise.ui.filing import file_name, untaken, untaken_words, when_words
from appraise.ui.start_page import KEYS, TO_TRY
from appraise.ui.widgets.fields import Line
from appraise.ui.widgets.labels import FlowLabel
from appraise.ui.widgets.table import DataTable
from appraise.ui.widgets.table_model import DataTableModel
from appraise.ui.window import Window, check_words, seed_words
from appraise.ui.worker import Answer
from appraise.workspace import recovery, templates
from appraise.workspace.session import Session
from tests.ui.driving import answers, command, full_results, open_window, rename

pytestmark = pytest.mark.usefixtures("home")


def test_it_starts_on_the_start_page(window: Window) -> None:
    assert window.current_step == -1
    assert window.middle.currentWidget() is window.start_page
    assert window.top.title.text() == "No appraisal open"


def test_on_the_start_page_there_is_nothing_to_save(qtbot: QtBot, window: Window) -> None:
    names = [one.name for one in window.commands()]
    assert not any(name.startswith(("Save", "Export", "Run again")) for name in names)
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert window.current_step == 0
    assert window.top.title.accessibleName() == "New appraisal"
    assert any(one.name.startswith("Save") for one in window.commands())


def test_nothing_but_the_window_is_ever_shown(qtbot: QtBot) -> None:
    shown: list[str] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                shown.append(type(watched).__name__)
            return False

    watch = Watch()
    QApplication.instance().installEventFilter(watch)
    window = open_window(qtbot)
    window.filing.new("worked-example")
    for step in range(10):
        window.show_step(step)
    QApplication.instance().removeEventFilter(watch)
    assert shown == ["Window"], "a part that is shown before it has a parent flashes as a window of its own"


def test_the_worked_example_opens_on_its_results(qtbot: QtBot, example: Window) -> None:
    assert example.current_step == 7
    full_results(qtbot, example)
    run = example.status._run  # elided until the status bar has made room for it
    qtbot.waitUntil(lambda: run.text().startswith("100,000 draws in ") and run.text().endswith("seed 2027 0401"))
    assert example.status._check.text() == "Master check: 3 need attention"


def test_a_new_appraisal_opens_on_what_to_do_first(window: Window) -> None:
    command(window, "New appraisal")
    assert window.current_step == 0
    assert window.document.session.path is None


def test_every_step_can_be_shown_of_a_blank_and_of_a_full_document(window: Window) -> None:
    for template in ("blank", "worked-example"):
        window.filing.new(template)
        for step in range(10):
            window.show_step(step)
            assert window.current_step == step
            assert window.page(step).isVisible()


def test_save_writes_the_file_and_the_title_follows(example: Window, home: Path) -> None:
    path = home / "drainage.appraisal"
    answers(example).path = path
    rename(example, "Roads and drains")
    assert example.isWindowModified()
    command(example, "Save")
    assert path.exists()
    assert not example.isWindowModified()
    assert example.windowTitle() == "Roads and drains[*] - Appraise"
    assert "drainage.appraisal" in example.top.second.accessibleName()
    assert example.status._saved.text().startswith("Saved ")
    with Session.open(path, read_only=True) as again:
        assert again.appraisal.title == "Roads and drains"


def test_what_is_half_typed_is_saved_too(qtbot: QtBot, window: Window, home: Path) -> None:
    window.filing.new()
    window.show_step(0)
    field = window.page(0).decision.name.line
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "Care beds")
    answers(window).path = home / "care.appraisal"
    assert window.filing.save()
    assert window.document.session.appraisal.title == "Care beds"
    assert field.hasFocus()


def test_saving_names_what_was_typed_but_not_taken(qtbot: QtBot, example: Window, home: Path) -> None:
    example.show_step(0)
    years = next(one for one in example.page(0).findChildren(Line) if one.accessibleName() == "Years compared")
    years.setFocus()
    years.selectAll()
    qtbot.keyClicks(years, "zz")
    answers(example).path = home / "care.appraisal"
    assert example.filing.save(), "the rest is saved"
    told = "“zz” in Years compared was not taken. Correct it, then save again."
    assert answers(example).said == [told]
    assert (home / "care.appraisal").exists()
    assert example.filing.save()
    assert answers(example).said == [told, told]
    rename(example, "Care beds")
    answers(example).leaving = "save"
    assert not example.filing.may_leave(), "it stays open to be corrected"
    qtbot.keyClick(years, Qt.Key.Key_Escape)
    assert example.filing.save()
    assert answers(example).said[2:] == ["Care beds", told]


def test_a_cell_that_was_not_taken_is_named_by_its_column(example: Window) -> None:
    example.show_step(1)
    table = next(one for one in example.page(1).findChildren(DataTable) if one.isVisible())
    model = table.model()
    assert isinstance(model, DataTableModel)
    model.rows[0].half_typed[0] = "zz"
    assert untaken(example) == [("zz", model.columns[0].title)]
    many = untaken_words([("z" * 99, "Years compared"), ("b", "Rate")])
    assert many.startswith("“" + "z" * 39 + "…” in Years compared and 1 more were not taken.")


def test_a_file_in_use_opens_for_reading_only(window: Window, home: Path) -> None:
    path = home / "shared.appraisal"
    with Session.new("worked-example") as other:
        other.save_as(path)
        assert window.filing.open(path)
        assert "open already" in answers(window).said[0]
        assert window.document.session.read_only
        assert "for reading only" in window.top.second.accessibleName()
        answers(window).path = home / "copy.appraisal"
        assert window.filing.save(), "saving asks for another name"
        assert window.document.session.path == home / "copy.appraisal"


def test_a_file_that_is_none_is_told_and_nothing_is_lost(example: Window, home: Path) -> None:
    wrong = home / "wrong.appraisal"
    wrong.write_bytes(b"PK no container")
    before = example.document.session
    assert not example.filing.open(wrong)
    assert example.document.session is before
    assert len(answers(example).said) == 1
    assert "Traceback" not in answers(example).said[0]


def test_a_file_with_errors_opens_where_the_first_one_is(window: Window, home: Path) -> None:
    path = home / "errors.appraisal"
    with Session.new("worked-example") as other:
        other.apply(basis.set_years(other.appraisal, years=300), "Change number of years")
        other.save_as(path)
    assert window.filing.open(path)
    assert window.current_step == 0
    assert window.status._run.accessibleName() == "No figures while errors stand"


def test_the_start_page_shows_a_wrong_file_named_on_the_command_line(qtbot: QtBot, home: Path) -> None:
    window = open_window(qtbot)
    window.begin(home / "missing.appraisal")
    assert window.current_step == -1
    assert "missing.appraisal" in answers(window).said[0]


def test_a_file_changed_by_somebody_else_is_replaced_only_if_agreed(window: Window, home: Path) -> None:
    path = home / "both.appraisal"
    window.filing.new("worked-example")
    window.filing.save_as(path)
    path.write_bytes(path.read_bytes() + b" ")
    rename(window, "Mine")
    answers(window).agreeing = False
    assert not window.filing.save()
    assert window.document.session.modified
    answers(window).agreeing = True
    assert window.filing.save()
    assert not window.document.session.modified


@pytest.mark.parametrize(
    ("answer", "closed", "kept"), [("cancel", False, False), ("discard", True, False), ("save", True, True)]
)
def test_closing_asks_about_unsaved_work(qtbot: QtBot, home: Path, answer: str, closed: bool, kept: bool) -> None:
    window = open_window(qtbot)
    window.filing.new("worked-example")
    rename(window, "Changed")
    answers(window).leaving = answer
    answers(window).path = home / "kept.appraisal"
    assert window.close() is closed
    assert answers(window).said[:1] == ["Changed"]
    assert (home / "kept.appraisal").exists() is kept
    answers(window).leaving = "discard"


def test_closing_without_changes_asks_nothing(example: Window) -> None:
    assert example.close()
    assert answers(example).said == []


def test_unsaved_work_is_copied_and_offered_again(qtbot: QtBot) -> None:
    with Session.new("worked-example") as left:
        left.apply(basis.set_title(left.appraisal, title="Cut off"), "Change title")
        assert left.keep_recovery_copy()
        left._recovery._lock.release()  # as the system does when a program is killed
        left._recovery._lock = left._recovery._copy = None
    window = open_window(qtbot)
    window.begin()
    assert window.start_page._recovered.isVisible()
    window.start_page.recovered_chosen.emit()
    assert window.document.session.appraisal.title == "Cut off"
    assert window.document.session.modified
    assert "never saved" in answers(window).said[0]


def test_a_recovery_copy_is_kept_while_the_window_works(qtbot: QtBot, example: Window, home: Path) -> None:
    with qtbot.waitSignal(example.document.kept, timeout=5_000):
        rename(example, "Kept")
    assert list((home / "home" / "recovery").glob("*.appraisal"))
    assert recovery.offers() == (), "a copy in use is nobody else's"
    example.close()
    assert not list((home / "home" / "recovery").glob("*.appraisal"))


def test_recent_files_say_how_far_they_are(qtbot: QtBot, window: Window, home: Path) -> None:
    window.filing.new("worked-example")
    window.filing.save_as(home / "roads.appraisal")
    command(window, "Start page")
    qtbot.waitUntil(lambda: window.start_page.recent.files.files[0].steps_done > 0, timeout=5_000)
    file = window.start_page.recent.files.files[0]
    assert file.name.startswith("Drainage")
    assert file.chip.text == "3 to look at"
    assert file.when.startswith("Today")
    window.start_page.file_chosen.emit(file.path)
    assert window.current_step == 7


def test_another_document_takes_nothing_over(qtbot: QtBot, example: Window) -> None:
    rename(example, "First")
    full_results(qtbot, example)
    example.filing.new()
    assert example.document.stack.count() == 0
    assert example.document.full_results() is None
    assert example.document.context.view.results is None
    assert not example.document.session.modified


def test_errors_take_the_figures_away_and_mending_brings_them_back(qtbot: QtBot, example: Window) -> None:
    full_results(qtbot, example)
    context = example.document.context
    context.apply(basis.set_years(context.appraisal, years=0), "Change number of years")
    assert context.view.results is None
    assert "errors to mend" in example.status._check.accessibleName()
    qtbot.waitUntil(lambda: example.status._run.text().startswith("No figures while"))
    assert not example.export(Path("never.pdf"))
    assert "0 years" in answers(example).said[-1]
    example.document.stack.undo()
    full_results(qtbot, example)


def test_stale_figures_are_never_shown_as_current(qtbot: QtBot, example: Window) -> None:
    full_results(qtbot, example)
    views = []
    example.document.context.changed.connect(lambda _old, new: views.append(new))
    rename(example, "Another title")
    assert views[0].stale
    assert example.document.full_results() is None
    full_results(qtbot, example)
    assert not views[-1].stale
    assert not views[-1].live


def test_undo_and_redo_say_what_they_do(example: Window) -> None:
    rename(example, "Another")
    undo, redo = example.menus["Edit"].actions()[:2]
    assert undo.text() == "Undo Change title"
    undo.trigger()
    assert example.document.session.appraisal.title.startswith("Drainage")
    assert redo.text() == "Redo Change title"
    redo.trigger()
    assert example.document.session.appraisal.title == "Another"
    assert not redo.isEnabled()


def test_f8_goes_through_the_findings(qtbot: QtBot, example: Window) -> None:
    seen = []
    for _ in range(3):
        qtbot.keyClick(example, Qt.Key.Key_F8)
        seen.append(example.current_step)
        dialog = QApplication.activeModalWidget()
        if dialog is not None:
            assert isinstance(dialog, RatesDialog)
            dialog.accept()
    steps = [one.step - 1 for one in example.document.context.view.findings][:3]
    assert seen == steps


def test_a_finding_leads_to_its_field(window: Window) -> None:
    window.filing.new()
    context = window.document.context
    context.apply(need.add_outcome(context.appraisal, outcome="outcome-1", name="Dry homes"), "Add an outcome")
    window.pane.show_findings()
    finding = next(one for one in context.view.findings if one.code == "outcome-target")
    window.findings.chosen.emit(finding)
    assert window.current_step == 0
    assert window.page(0).outcomes.fields["target"].sheet.hasFocus()
    assert window.pane.showing_findings()


def test_next_thing_to_do_goes_there(window: Window) -> None:
    window.filing.new()
    window.show_step(9)
    window.next_thing.emit()
    assert window.current_step == 0


def test_a_dropped_file_opens(qtbot: QtBot, window: Window, home: Path) -> None:
    path = home / "dropped.appraisal"
    with Session.new("worked-example") as other:
        other.save_as(path)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, buttons, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPoint(5, 5), copy, data, buttons, keys)
    window.dragEnterEvent(entering)
    assert entering.isAccepted()
    window.dropEvent(QDropEvent(QPointF(5, 5), copy, data, buttons, keys))
    qtbot.waitUntil(lambda: window.document.session.path == path)


def test_rates_and_draws_are_edited_in_a_dialog(qtbot: QtBot, example: Window) -> None:
    command(example, "Number of draws")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, RatesDialog)
    qtbot.waitUntil(dialog.draws.line.hasFocus)
    dialog.draws.line.selectAll()
    qtbot.keyClicks(dialog.draws.line, "20k")
    qtbot.keyClick(dialog.draws.line, Qt.Key.Key_Return)
    assert example.document.session.appraisal.simulation.draws == 20_000
    dialog.seed.line.selectAll()
    qtbot.keyClicks(dialog.seed.line, "minus one")
    qtbot.keyClick(dialog.seed.line, Qt.Key.Key_Return)
    assert dialog.seed.fault()
    assert dialog.seed.text() == "minus one"
    dialog.accept()
    assert full_results(qtbot, example).draws == 20_000


def test_rates_offer_what_is_in_force_and_own_copies_with_their_vintage(example: Window) -> None:
    context = example.document.context
    context.apply(basis.copy_schedule(context.appraisal, schedule="green_book_2026", copy="mine"), "Copy")
    command(example, "Discount rates and inflation")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, RatesDialog)
    offered = {
        dialog.schedule.itemData(place): dialog.schedule.itemText(place) for place in range(dialog.schedule.count())
    }
    assert "review_2026" not in offered, "recommended, not in force"
    assert offered["mine"].endswith("own copy")
    assert "Look for newer ones by 1 April 2027" in dialog.source.text()
    dialog.schedule.chosen.emit("mine")
    assert context.appraisal.basis.schedule == "mine"
    assert "Own copy." in dialog.source.text()
    context.apply(basis.set_schedule(context.appraisal, schedule="review_2026"), "Set")
    assert dialog.schedule.current() == "review_2026"
    assert "not in force" in dialog.source.text()
    dialog.accept()


def test_people_and_assumptions_are_edited_in_a_dialog(example: Window) -> None:
    command(example, "People and assumptions")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, RecordsDialog)
    count = len(example.document.session.appraisal.people)
    dialog._add_person()
    assert len(example.document.session.appraisal.people) == count + 1
    dialog._edit_person(example.document.session.appraisal.people[-1].id, 2, "assurer")
    assert example.document.session.appraisal.people[-1].role == "assurer"
    dialog._remove_person()
    assert len(example.document.session.appraisal.people) == count
    dialog.accept()


def test_colours_and_zoom_are_kept(home: Path) -> None:
    kept = app.settings()
    look = app.Look(QApplication.instance(), kept)
    look.choose("dark")
    look.keep_zoom(150)
    kept.sync()
    again = app.Look(QApplication.instance(), app.settings())
    assert again.chosen == "dark"
    assert (theme.current().palette, theme.current().zoom) == ("dark", 150)
    assert (home / "home" / "window.ini").exists()


def test_settings_that_make_no_sense_are_passed_over() -> None:
    kept = app.settings()
    kept.setValue("palette", "mauve")
    kept.setValue("zoom", "much")
    assert app.Look(QApplication.instance(), kept).chosen == "system"
    assert theme.current().zoom == 100


def test_a_fault_is_one_calm_sentence_and_a_private_record(
    window: Window, home: Path, capsys: pytest.CaptureFixture
) -> None:
    hook = app.fault_hook(window)
    for _ in range(3):
        hook(ZeroDivisionError, ZeroDivisionError("inside"), None)
    assert len(answers(window).said) == 1
    assert "inside" not in answers(window).said[0]
    assert len(list((home / "home" / "faults").glob("*.txt"))) == 3
    assert capsys.readouterr().err == ""


def test_export_offers_the_folder(qtbot: QtBot, example: Window, home: Path) -> None:
    answers(example).path = home / "case.pdf"
    with qtbot.waitSignal(example.exported, timeout=120_000):
        example.document.context.export_wanted.emit()
    assert answers(example).said == ["case.pdf"]
    assert QApplication.activeModalWidget() is None


def test_ids_are_fresh(example: Window) -> None:
    made = example.document.context.fresh_id("option")
    changed = options.add_option(
        example.document.session.appraisal,
        option=made,
        name="Sixth",
        model=example.document.session.appraisal.options[0].model,
    )
    assert made not in {one.id for one in example.document.session.appraisal.options}
    assert made in {one.id for one in changed.options}


def test_words() -> None:
    from datetime import datetime

    now = datetime(2026, 11, 22, 9, 0)  # noqa: DTZ001  wall clock
    assert seed_words(20_270_401) == "2027 0401"
    assert seed_words(7) == "7"
    assert seed_words(123_456) == "12 3456"
    assert check_words(0, 0) == "Master check: nothing wrong"
    assert check_words(1, 1) == "Master check: 1 error to mend, 1 needs attention"
    assert file_name("Roads / drains: 2027") == "Roads drains 2027"
    assert file_name("///") == "Appraisal"
    assert when_words(datetime(2026, 11, 21, 16, 5), now) == "Yesterday, 16:05"  # noqa: DTZ001
    assert when_words(datetime(2026, 3, 14, 8, 0), now) == "14 March 2026"  # noqa: DTZ001


def test_a_blank_appraisal_has_no_figures_and_claims_none(qtbot: QtBot, window: Window) -> None:
    window.filing.new()
    qtbot.wait(400)
    view = window.document.context.view
    assert view.results is None
    qtbot.waitUntil(lambda: window.status._run.text() == "No figures yet")
    assert [step.number for step in view.steps if step.state is State.COMPLETED] == []
    window.show_step(9)
    page = window.page(9)
    assert page is not None
    assert not page.export.isEnabled()


def test_a_first_criterion_is_no_error(qtbot: QtBot, window: Window) -> None:
    window.filing.new()
    window.show_step(2)
    context = window.document.context
    context.apply(add_branch(context.appraisal, branch="b1", name="Outcomes"), "Add branch")
    context.apply(add_criterion(context.appraisal, criterion="c1", branch="b1", name="Homes kept dry"), "Add")
    assert not window.document.errors()
    qtbot.waitUntil(lambda: window.status._run.accessibleName() == "No figures yet")
    assert "error" not in window.status._check.accessibleName()
    page = window.page(2)
    assert page is not None
    words = {label.text() for label in page.pane.findChildren(FlowLabel) if label.isVisibleTo(page.pane)}
    assert "Totals appear once there are options, weights and scores." in words


def test_once_all_draws_are_done_the_status_bar_says_so_and_then_what_was_run(qtbot: QtBot, example: Window) -> None:
    said: list[tuple[float, str]] = []
    example.document.worker.progressed.connect(lambda share: said.append((share, example.status._run.accessibleName())))
    full_results(qtbot, example)
    assert any(words.startswith("Calculating, ") for _, words in said)
    assert said[-1] == (1.0, "All draws done; options are compared")
    assert example.status._run.accessibleName().startswith("100,000 draws in ")
    qtbot.wait(50)
    assert example.status._run.accessibleName().startswith("100,000 draws in ")


def test_a_calculation_that_gives_way_to_an_export_no_longer_says_how_far_it_is(
    qtbot: QtBot, example: Window, home: Path
) -> None:
    full_results(qtbot, example)
    worker = example.document.worker
    with qtbot.waitSignal(worker.progressed, timeout=20_000):
        command(example, "Run again")
    assert example.status._run.accessibleName().startswith("Calculating, ")
    with qtbot.waitSignal(example.exported, timeout=120_000):
        example.export(home / "case.pdf")
        assert example.status._run.accessibleName().startswith("100,000 draws in ")
    assert example.status._run.accessibleName().startswith("100,000 draws in ")


def test_the_start_page_shows_the_way_to_a_first_appraisal(qtbot: QtBot, window: Window) -> None:
    words = {label.text() for label in window.start_page.findChildren(FlowLabel)}
    assert {"First time here?", "Keys worth knowing", "Options", "Results"} <= words
    qtbot.mouseClick(window.start_page.first_time.begin, Qt.MouseButton.LeftButton)
    assert window.current_step >= 0
    assert window.document.session.path is None


def test_what_the_start_page_says_of_the_worked_examples_is_so() -> None:
    assert list(TO_TRY) == [one.name for one in templates.names() if one.name != "blank"]
    for sentence in " ".join(TO_TRY.values()).split(". "):
        assert len(sentence.split()) <= 25
    first, care, waste = (templates.load(name, first_year=0) for name in TO_TRY)
    asked = [one for one in first.constraints if one.kind is RegisterKind.CONSTRAINT]
    still_open = [one for one in asked if one.agreement is not Agreement.AGREED]
    assert (first.workshop.stage, len(first.scenarios)) == (Stage.REVEALED, 3)
    assert any("Flood-risk permit" in one.name for one in still_open)
    assert (len(care.partners), len(care.price_gaps[0].buyers)) == (3, 3)
    assert care.programmes
    relet = next(one for one in waste.options if one.terms.investment and one.lots)
    assert relet.terms.commitment is Commitment.WITH_BREAK
    assert len(waste.partners) == 2


def test_the_file_menu_opens_every_worked_example(window: Window) -> None:
    texts = {action.text() for action in window.menus["File"].actions()}
    assert {f"Open the example: {one.title}" for one in templates.names()[1:]} <= texts


def test_the_keys_on_the_start_page_exist(window: Window) -> None:
    known = {key.toString() for action in window.findChildren(QAction) for key in action.shortcuts()}
    known |= {one.key().toString() for one in window.findChildren(QShortcut)}
    assert {key for key, _ in KEYS} <= known


def test_figures_that_cannot_be_made_are_told_once_and_the_sentence_stays(qtbot: QtBot, example: Window) -> None:
    document, told = example.document, []
    full_results(qtbot, example)
    document.told.disconnect()
    document.told.connect(told.append)
    live = document.context.view.results

    def answer(fault: str) -> None:
        appraisal = document.session.appraisal
        document.worker.answered.emit(Answer(appraisal=appraisal, results=live, live=True, seconds=0.1))
        document.worker.answered.emit(Answer(appraisal=appraisal, results=None, live=False, seconds=0.1, fault=fault))

    answer("An amount is too large.")
    rename(example, "Another title")
    answer("An amount is too large.")
    assert told == ["An amount is too large."]
    assert document.context.view.fault == "An amount is too large."
    full_results(qtbot, example)
    assert document.context.view.fault == ""
