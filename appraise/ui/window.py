"""The application's window: the frame with one document in it, its menus, its pages and its lights."""

from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtWidgets import QToolTip, QWidget

from appraise import __version__
from appraise.model import journey
from appraise.model.finding import Finding, Severity
from appraise.model.journey import State
from appraise.ui import theme
from appraise.ui.actions import add_action, add_choices
from appraise.ui.context import Context, View
from appraise.ui.filing import Filing, commit_typing, recent_file
from appraise.ui.open_document import OpenDocument
from appraise.ui.pages.base import Page
from appraise.ui.questions import Questions
from appraise.ui.shell import Shell, StepPlace, pane_frame
from appraise.ui.start_page import TO_TRY, Example, RecentFile, StartPage
from appraise.ui.widgets.buttons import Button
from appraise.ui.widgets.findings import FindingRow, FindingsList
from appraise.ui.widgets.journey import StepState
from appraise.ui.widgets.labels import FlowLabel, SectionTitle
from appraise.ui.widgets.marks import Tone
from appraise.workspace import recent, recovery, templates
from appraise.workspace.session import Session

_PALETTES = (("system", "As the system"), ("light", "Light"), ("dark", "Dark"), ("contrast", "High contrast"))
_STATES = {
    State.NOT_STARTED: "not-started",
    State.IN_PROGRESS: "in-progress",
    State.ATTENTION: "attention",
    State.COMPLETED: "completed",
    State.CANNOT_START: "locked",
}


def _need(context: Context) -> QWidget:
    from appraise.ui.pages.need import NeedPage

    return NeedPage(context)


def _options(context: Context) -> QWidget:
    from appraise.ui.pages.options import OptionsPage

    return OptionsPage(context)


def _criteria(context: Context) -> QWidget:
    from appraise.ui.pages.criteria import CriteriaPage

    return CriteriaPage(context)


def _scores(context: Context) -> QWidget:
    from appraise.ui.pages.scores import ScoresPage

    return ScoresPage(context)


def _costs(context: Context) -> QWidget:
    from appraise.ui.pages.costs import CostsPage

    return CostsPage(context)


def _constraints(context: Context) -> QWidget:
    from appraise.ui.pages.constraints import ConstraintsPage

    return ConstraintsPage(context)


def _funding(context: Context) -> QWidget:
    from appraise.ui.pages.funding import FundingPage

    return FundingPage(context)


def _results(context: Context) -> QWidget:
    from appraise.ui.pages.results import ResultsPage

    return ResultsPage(context)


def _sensitivity(context: Context) -> QWidget:
    from appraise.ui.pages.sensitivity import SensitivityPage

    return SensitivityPage(context)


def _business_case(context: Context) -> QWidget:
    from appraise.ui.pages.business_case import BusinessCasePage

    return BusinessCasePage(context)


_PAGES = (
    _need,
    _options,
    _criteria,
    _scores,
    _costs,
    _constraints,
    _funding,
    _results,
    _sensitivity,
    _business_case,
)


def seed_words(seed: int) -> str:
    """The seed in groups of four, as a telephone number is read: 2027 0401."""
    digits = str(seed)
    first = len(digits) % 4
    groups = [digits[:first]] if first else []
    return " ".join(groups + [digits[place : place + 4] for place in range(first, len(digits), 4)])


def check_words(errors: int, attentions: int) -> str:
    """The sentence of the master check light."""
    parts = []
    if errors:
        parts.append(f"{errors} {'error' if errors == 1 else 'errors'} to mend")
    if attentions:
        parts.append(f"{attentions} {'needs' if attentions == 1 else 'need'} attention")
    return f"Master check: {', '.join(parts) or 'nothing wrong'}"


class Window(Shell):
    """The window with its one document.

    Attributes: `document`, `filing`, `ask` (the dialogs). Signals: `palette_chosen(name)`, `closing()`,
    `exported(path)` after a business case was written.
    """

    palette_chosen = Signal(str)
    closing = Signal()
    exported = Signal(object)

    def __init__(self, *, palette: str = "system", ask: Questions | None = None) -> None:
        start, document = StartPage(), OpenDocument(Session.new("blank"))
        makers = [partial(make, document.context) for make in _PAGES]
        super().__init__([StepPlace(*pair) for pair in zip(journey.NAMES, makers, strict=True)], start)
        self.start_page, self.document = start, document
        document.setParent(self)
        self.ask = ask or Questions(self)
        self.filing = Filing(self.document, self.ask, self)
        self._offers: tuple[recovery.Offer, ...] = ()
        self._finding = -1
        self._recent: list[RecentFile] = []
        self._share = 0.0
        self._saved_at = ""
        self.findings = FindingsList()
        self._findings_title = SectionTitle("Checks")
        self._findings_words = FlowLabel("", "dense", "ink2")
        self.set_findings_pane(self._findings_pane())
        self._fill_menus(palette)
        self._listen()
        self.setAcceptDrops(True)
        self.show_start()

    # What the window listens to ----------------------------------------------------------------------

    def _listen(self) -> None:
        document, start = self.document, self.start_page
        document.context.changed.connect(self._show_view)
        document.context.place_wanted.connect(self.go_to)
        document.context.export_wanted.connect(self.export)
        document.figures_changed.connect(self._show_run)
        document.kept.connect(self._show_saved)
        document.told.connect(self.tell)
        document.worker.progressed.connect(self._show_progress)
        document.worker.exported.connect(self._exported)
        document.worker.export_ended.connect(self._export_ended)
        self.filing.opened.connect(self._opened)
        self.filing.saved.connect(self._saved)
        start.new_wanted.connect(self.filing.new)
        start.open_wanted.connect(self.filing.open)
        start.file_chosen.connect(lambda path: self.filing.open(Path(path)))
        start.example_chosen.connect(self.filing.new)
        start.recovered_chosen.connect(self._recover)
        self.step_shown.connect(self._allow_actions)
        self.findings.chosen.connect(self._go_to_finding)
        self.next_finding.connect(self._next_finding)
        self.next_thing.connect(self._next_thing)
        self.help_wanted.connect(self._show_help)

    def begin(self, path: Path | None = None) -> None:
        """Open a file, or fill the start page."""
        if path is None or not self.filing.open(path):
            self.show_start_page()

    def show_start_page(self) -> None:
        """Recent files, worked examples, and work that was recovered."""
        self.show_start()
        self.set_title("", "")
        self.top.set_title("No appraisal open")
        self.set_check("good", "Ready")
        self.set_run(f"Version {__version__}")
        self.set_saved("")
        examples = [info for info in templates.names() if info.name != "blank"]
        told = [
            Example(one.name, one.title, f"{one.description} {TO_TRY.get(one.name, '')}".strip()) for one in examples
        ]
        self.start_page.set_examples(told)
        self._offers = recovery.offers()
        self._tell_offers()
        paths = recent.files()
        self._recent = [recent_file(path, read=False) for path in paths]
        self.start_page.set_recent(self._recent)
        self.start_page.focus_first()
        QTimer.singleShot(0, partial(self._read_recent, list(paths), 0))

    def _read_recent(self, paths: list[Path], place: int) -> None:
        """One file a turn, so that the window answers while it reads them."""
        if place >= len(paths) or self.current_step >= 0:
            return
        if paths[place].exists():
            self._recent[place] = recent_file(paths[place], read=True)
            self.start_page.set_recent(self._recent)
        QTimer.singleShot(0, partial(self._read_recent, paths, place + 1))

    def _tell_offers(self) -> None:
        if not self._offers:
            self.start_page.set_recovered("", "")
            return
        sentence = f"“{self._offers[0].title}” has changes that were never saved."
        more = len(self._offers) - 1
        self.start_page.set_recovered("Work was recovered", f"{sentence} {more} more after it." if more else sentence)

    def _recover(self) -> None:
        if not self._offers:
            return
        self.filing.recover(self._offers[0])
        self._offers = recovery.offers()
        self._tell_offers()

    # Menus -------------------------------------------------------------------------------------------

    def _fill_menus(self, palette: str) -> None:
        self._fill_file_menu()
        self._fill_edit_menu()
        self._fill_view_menu(palette)
        self._fill_model_menu()
        menu = self.menus["Help"]
        add_action(self, menu, "Help with this page\tF1", self._show_help)
        add_action(self, menu, "About Appraise", self._about)

    def _fill_file_menu(self) -> None:
        menu, filing = self.menus["File"], self.filing
        add_action(self, menu, "&New appraisal", filing.new, "Ctrl+N")
        add_action(self, menu, "&Open…", filing.open, "Ctrl+O")
        self._recent_menu = menu.addMenu("Open &recent")
        self._recent_menu.aboutToShow.connect(self._fill_recent_menu)
        for example in templates.names()[1:]:
            add_action(self, menu, f"Open the example: {example.title}", partial(filing.new, example.name))
        menu.addSeparator()
        self._of_document = [
            add_action(self, menu, "&Save", filing.save, "Ctrl+S"),
            add_action(self, menu, "Save &as…", filing.save_as, "Ctrl+Shift+S"),
            add_action(self, menu, "&Export the business case…", self.export, "Ctrl+P"),
        ]
        menu.addSeparator()
        add_action(self, menu, "Start &page", self._leave_to_start)
        add_action(self, menu, "&Quit", self.close, "Ctrl+Q")

    def _fill_recent_menu(self) -> None:
        self._recent_menu.clear()
        for path in recent.files():
            action = self._recent_menu.addAction(path.name.replace("&", "&&"))
            action.setToolTip(str(path))
            action.triggered.connect(lambda _checked=False, path=path: self.filing.open(path))
        self._recent_menu.setEnabled(True)
        if self._recent_menu.isEmpty():
            self._recent_menu.addAction("Nothing opened yet").setEnabled(False)

    def _fill_edit_menu(self) -> None:
        menu, stack = self.menus["Edit"], self.document.stack
        undo, redo = stack.createUndoAction(self, "Undo"), stack.createRedoAction(self, "Redo")
        undo.setShortcut("Ctrl+Z")
        redo.setShortcuts([QKeySequence("Ctrl+Y"), QKeySequence("Ctrl+Shift+Z")])
        for action in (undo, redo):
            menu.addAction(action)
            self.add_command(action)
        self.set_undo_actions(undo, redo)

    def _fill_view_menu(self, palette: str) -> None:
        menu = self.menus["View"]
        colours = menu.addMenu("&Colours")
        self._palettes = add_choices(self, colours, _PALETTES, self.palette_chosen.emit)
        if palette in self._palettes:
            self._palettes[palette].setChecked(True)
        zoom = menu.addMenu("&Zoom")
        zooms = [(str(size), f"{size} %") for size in theme.ZOOMS]
        self._zooms = add_choices(self, zoom, zooms, lambda key: self.set_zoom(int(key)))
        self.zoom_changed.connect(lambda size: self._zooms[str(size)].setChecked(True))
        self._zooms[str(theme.current().zoom)].setChecked(True)
        menu.addSeparator()
        self._of_document += [
            add_action(self, menu, "Show the &findings", self.pane.show_findings),
            add_action(self, menu, "Next finding\tF8", self._next_finding),
            add_action(self, menu, "Next thing to do", self._next_thing),
        ]

    def _fill_model_menu(self) -> None:
        menu = self.menus["Model"]
        self._of_document += [
            add_action(self, menu, "&Run again", partial(self.document.calculate, in_full=True), "F5"),
            add_action(self, menu, "&Title and years…", partial(self.go_to, 1, "", "title")),
            add_action(self, menu, "Discount &rates and inflation…", partial(self._show_rates, "schedule")),
            add_action(self, menu, "Number of &draws…", partial(self._show_rates, "draws")),
            add_action(self, menu, "&Seed…", partial(self._show_rates, "seed")),
            add_action(self, menu, "&People and assumptions…", self._show_records),
        ]
        menu.addSeparator()
        self._stop: QAction = add_action(self, menu, "S&top the calculation", self._stop_calculation)

    def _allow_actions(self, step: int) -> None:
        """On the start page there is no document to act on."""
        for action in self._of_document:
            action.setEnabled(step >= 0)

    def _stop_calculation(self) -> None:
        self._share = 0.0
        self.document.stop()

    def _show_rates(self, field: str) -> None:
        from appraise.ui.dialogs import RatesDialog, show_dialog

        dialog = RatesDialog(self, self.document.context)
        show_dialog(dialog)
        dialog.focus_field(field)

    def _show_records(self) -> None:
        from appraise.ui.dialogs import RecordsDialog, show_dialog

        show_dialog(RecordsDialog(self, self.document.context))

    def _about(self) -> None:
        self.ask.tell(f"Appraise {__version__}. It works without a network: nothing you enter leaves this computer.")

    # What is shown -----------------------------------------------------------------------------------

    def _opened(self) -> None:
        self._finding = -1
        self._saved_at = ""
        self.show_step(7 if self._has_figures() else self._next()[0] - 1)
        self._show_all()

    def show_step(self, step: int) -> None:
        """Shows a step; from the start page that begins a blank appraisal."""
        from_start = self.current_step < 0
        super().show_step(step)
        if from_start:
            self._show_all()

    def _show_all(self) -> None:
        self._show_view(None, self.document.context.view)
        self._show_run()
        self._show_saved()

    def _has_figures(self) -> bool:
        return self.document.context.view.steps[7].state is not State.CANNOT_START

    def _show_view(self, _old: View | None, view: View) -> None:
        if self.current_step < 0 and _old is not None:
            return
        self.set_states([StepState(_STATES[step.state], step.sentence) for step in view.steps])
        errors = sum(one.severity is Severity.ERROR for one in view.findings)
        attentions = sum(one.severity is Severity.ATTENTION for one in view.findings)
        tone: Tone = "problem" if errors else "attention" if attentions else "good"
        self.set_check(tone, check_words(errors, attentions), show=bool(view.findings))
        if _old is None or _old.findings != view.findings:
            self.findings.set_findings([_finding_row(one) for one in view.findings])
            words = "Click a finding to go to it. F8 goes to the next."
            self._findings_words.set_text(words if view.findings else "Nothing was found.")
        if _old is None or _old.appraisal is not view.appraisal:
            self._show_saved()

    def _show_run(self) -> None:
        view = self.document.context.view
        self._stop.setEnabled(self.document.worker.busy())
        if self.current_step < 0 and not self._has_figures():
            return
        full = self.document.full_results()
        if full is not None:
            seed = seed_words(full.seed)
            words = f"{full.draws:,} draws in {self.document.seconds:.1f} s  ·  seed {seed}"
        elif view.stopped and view.results is not None:
            which = "Figures of an earlier state" if view.stale else f"From the first {view.results.draws:,} draws"
            words = f"Stopped. {which}; F5 runs all"
        elif view.stopped:
            words = "Stopped; F5 runs all draws"
        elif view.results is not None:
            words = f"{view.results.draws:,} draws so far  ·  seed {seed_words(view.results.seed)}"
        else:
            words = "No figures while errors stand" if self.document.errors() else "No figures yet"
        self.set_run(words)

    def _show_progress(self, share: float) -> None:
        """How far the draws are. What is made of them afterwards takes a while too, and has no share."""
        if share >= 1:
            self._share = 0.0
            self.set_run("All draws done; options are compared")
        elif share - self._share > 0.04 or share < self._share:
            self._share = share
            self.set_run(f"Calculating, {share * 100:.0f} %")

    def _show_saved(self) -> None:
        session = self.document.session
        parts = [session.appraisal.body, session.path.name if session.path else ""]
        parts.append("for reading only" if session.read_only else "")
        title = session.appraisal.title or "Appraisal without a title"
        self.set_title(title, "  ·  ".join(part for part in parts if part))
        self.setWindowTitle(f"{title}[*] - Appraise")
        self.setWindowModified(session.modified)
        where = f" to {session.path.parent.name}" if session.path else ""
        if session.modified:
            self.set_saved("Changes not saved yet", done=False)
        elif session.path is None:
            self.set_saved("Not in a file yet", done=False)
        elif session.read_only:
            self.set_saved("For reading only", done=False)
        else:
            self.set_saved(f"Saved {self._saved_at}{where}" if self._saved_at else "All work saved")

    def _saved(self) -> None:
        self._saved_at = f"{datetime.now():%H:%M}"  # noqa: DTZ005  the wall clock, for the person in front of it
        self._show_saved()

    def tell(self, sentence: str) -> None:
        """One sentence in a box."""
        self.ask.tell(sentence, problem=True)

    # Findings and places -----------------------------------------------------------------------------

    def _findings_pane(self) -> QWidget:
        close = Button("Close", kind="plain", icon="close", small=True)
        close.setAccessibleName("Close the findings")
        close.clicked.connect(self._close_findings)
        self._findings_title.add_action(close)
        return pane_frame(self._findings_title, self._findings_words, self.findings)

    def _close_findings(self) -> None:
        if self.current_step >= 0:
            self.show_step(self.current_step)

    def go_to(self, step: int, record: str = "", field: str = "") -> None:
        """Show a step, 1 to 10, and the record and field on it."""
        from appraise.ui.dialogs import RatesDialog

        showing = self.pane.showing_findings()
        if record == "" and step in (5, 8) and field in RatesDialog.FIELDS:
            self.show_step(step - 1)
            self._show_rates(field)
        else:
            self.show_step(step - 1)
            page = self.page(step - 1)
            if isinstance(page, Page) and (record or field):
                page.focus_place(record, field)
        if showing and not self.folded():
            self.pane.show_findings()

    def _go_to_finding(self, finding: object) -> None:
        if isinstance(finding, Finding):
            self.go_to(finding.step, finding.record, finding.field)

    def _next_finding(self) -> None:
        found = self.document.context.view.findings
        if self.current_step < 0 or not found:
            return
        self._finding = (self._finding + 1) % len(found)
        self._go_to_finding(found[self._finding])

    def _next(self) -> tuple[int, str]:
        view = self.document.context.view
        return journey.next_thing(view.appraisal, view.findings)

    def _next_thing(self) -> None:
        step, sentence = self._next()
        self.show_step(step - 1)
        corner = self.middle.mapToGlobal(QPoint(theme.px(24), theme.px(24)))
        QToolTip.showText(corner, sentence, self.middle)

    def _show_help(self) -> None:
        button = self.pane.buttons["Help"]
        if self.folded() and not button.isChecked():
            button.click()
        elif self.pane.showing_findings():
            self._close_findings()

    # Export, leaving, dropping -----------------------------------------------------------------------

    def export(self, path: Path | None = None) -> bool:
        """Export the business case to a file, asked for if not given; `exported` tells when it is done."""
        from appraise.ui.dialogs import ExportDialog, show_dialog

        commit_typing()
        errors = [one for one in self.document.context.view.findings if one.severity is Severity.ERROR]
        if errors:
            self.tell(f"{errors[0].place}: {errors[0].sentence} {errors[0].mend}")
            return False
        path = path or self.ask.pdf_path(self.filing.suggested(".pdf"))
        if path is None:
            return False
        show_dialog(ExportDialog(self, self.document.worker))
        self.document.worker.export(
            self.document.session.appraisal,
            self.document.full_results(),
            path,
            created=self.document.session.last_changed,
        )
        self._show_run()  # a calculation that was under way has given way to the export
        return True

    def _exported(self, path: Path) -> None:
        self._after_export()
        self.ask.exported(path)
        self.exported.emit(path)

    def _export_ended(self, sentence: str) -> None:
        self._after_export()
        if sentence:
            self.tell(sentence)

    def _after_export(self) -> None:
        if self.document.full_results() is None:
            self.document.calculate()

    def _leave_to_start(self) -> None:
        if self.filing.may_leave():
            self.document.take(Session.new("blank"))
            self.show_start_page()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Asks about unsaved work, then gives the file back."""
        if not self.filing.may_leave():
            event.ignore()
            return
        self.closing.emit()
        self.document.close()
        event.accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file may be dropped anywhere on the window."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Opens the dropped file."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            # The dialog that may follow must not hold up the program that the file was dragged from.
            QTimer.singleShot(0, partial(self.filing.open, paths[0]))


def _finding_row(finding: Finding) -> FindingRow:
    where = f"{finding.step}  {finding.place}"
    return FindingRow(finding.severity.value, where, finding.sentence, finding.mend, finding)
