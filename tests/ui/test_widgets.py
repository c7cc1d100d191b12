"""Every widget by hand: what it shows, what it says, what it tells the page."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget

from appraise.ui import theme
from appraise.ui.widgets.buttons import Button, IconButton
from appraise.ui.widgets.cards import Card, Column, PageFrame, Panel, Row
from appraise.ui.widgets.choices import PickList, SegmentBar, Switch
from appraise.ui.widgets.fields import MoneyField, TextArea, TextField
from appraise.ui.widgets.findings import FindingRow, FindingsList
from appraise.ui.widgets.labels import EmptyState, FlowLabel, HelpBlock, Notice, SectionTitle
from appraise.ui.widgets.marks import BarFace, Chip, ChipFace, RangeBar, RangeFace
from appraise.ui.widgets.sliders import ProbabilitySlider, SwingSlider
from appraise.ui.widgets.table import DataTable, clipboard_block
from appraise.ui.widgets.table_figures import FigureTable
from appraise.ui.widgets.table_model import Cell, DataTableModel, TableColumn, TableRow
from tests.ui.widget_driving import colours_in, leave, shown, whole_number

Key = Qt.Key


# --- labels and cards ---


def test_a_label_that_does_not_fit_elides_with_the_whole_in_its_tool_tip(qapp: QApplication) -> None:
    label = FlowLabel("Drainage and highways maintenance from 2027/28", wrap=False)
    label.resize(80, 20)
    shown(label, qapp)
    assert label.text().endswith("…")
    assert label.toolTip() == "Drainage and highways maintenance from 2027/28"
    label.resize(600, 20)
    qapp.processEvents()
    assert (label.text(), label.toolTip()) == ("Drainage and highways maintenance from 2027/28", "")


def test_a_wrapping_label_grows_downwards() -> None:
    label = FlowLabel("A service at its worst on everything, and one thing that may move. " * 3)
    assert label.heightForWidth(150) > 2 * label.heightForWidth(600)


def test_a_card_shows_its_message_and_hides_an_empty_measure() -> None:
    card = Card("Joint leads", "")
    assert not card.subtitle.isVisibleTo(card)
    card.set_title("In-house leads", "Score out of 100")
    assert card.subtitle.isVisibleTo(card)
    assert card.accessibleName() == "In-house leads"


@pytest.mark.parametrize("palette", ["light", "dark", "contrast"])
def test_a_card_is_painted_in_the_palette(palette: theme.PaletteName) -> None:
    theme.use_palette(palette)
    card = Card(accent=True)
    card.resize(100, 60)
    found = colours_in(card)
    assert theme.colour("card").name().upper() in found
    assert theme.colour("primary").name().upper() in found


def test_a_page_has_one_title_and_scrolls_only_downwards(qapp: QApplication) -> None:
    page = PageFrame("Step 3 of 10", "Criteria and weights", "Say what each move is worth.")
    for number in range(20):
        page.add(Card(f"Card {number}", "A measure that is rather long and has to wrap where there is little room."))
    page.end()
    page.resize(400, 300)
    shown(page, qapp)
    cards = page.findChildren(Card)
    assert {card.width() for card in cards} == {400 - 24 - 10 - 14}
    assert page.accessibleName() == "Criteria and weights"


def test_rows_and_columns_follow_the_zoom() -> None:
    row, column = Row(QWidget(), QWidget(), gap=12), Column(QWidget(), gap=8, margin=16)
    theme.use_zoom(200)
    assert (row.line.spacing(), column.line.spacing(), column.line.contentsMargins().left()) == (24, 16, 32)


def test_notice_empty_state_and_help_speak() -> None:
    notice = Notice("problem", "The file could not be saved", "The disk is full.", "Try again")
    empty = EmptyState("document", "No options yet.", "Add an option")
    told = QSignalSpy(notice.activated), QSignalSpy(empty.activated)
    notice.action.click()
    empty.action.click()
    assert [spy.count() for spy in told] == [1, 1]
    block = HelpBlock("Why?", "Because.", "")
    assert [label.isVisibleTo(block) for label in block.findChildren(FlowLabel)] == [True, True, True, False]


# --- buttons, chips, choices ---


@pytest.mark.parametrize(("kind", "role"), [("primary", "primary"), ("outline", "edge"), ("plain", "link")])
def test_buttons_of_three_kinds(kind: str, role: str) -> None:
    button = Button("Add line", kind=kind, icon="plus")
    button.resize(button.sizeHint())
    assert theme.colour(role).name().upper() in colours_in(button)
    assert (button.height(), button.accessibleName()) == (36, "Add line")


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter])
@pytest.mark.parametrize("made", [lambda: Button("Add line"), lambda: IconButton("bin", "Remove the line")])
def test_enter_clicks_a_button_that_can_be_pressed(made: Callable[[], QPushButton], key: Key) -> None:
    button = made()
    clicks = QSignalSpy(button.clicked)
    QTest.keyClick(button, key)
    assert clicks.count() == 1
    held = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "", autorep=True)
    QApplication.sendEvent(button, held)
    assert clicks.count() == 1, "a key that is held clicks once"
    button.setEnabled(False)
    QApplication.sendEvent(button, QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier))
    assert clicks.count() == 1


def test_a_button_shows_where_the_keyboard_is(qapp: QApplication) -> None:
    button = Button("Add line", kind="primary")
    button.resize(button.sizeHint())
    assert theme.colour("focus").name().upper() not in colours_in(button)
    shown(button, qapp)
    button.setFocus()
    assert theme.colour("focus").name().upper() in colours_in(button)


@pytest.mark.parametrize("tone", ["good", "attention", "problem", "info", "plain"])
def test_a_chip_speaks_and_wears_its_ground(tone: str) -> None:
    chip = Chip("Not agreed", tone)
    chip.resize(chip.sizeHint())
    assert chip.accessibleName() == "Not agreed"
    assert theme.colour(f"{tone}-ground").name().upper() in colours_in(chip)


def test_a_range_is_highlighted_or_grey() -> None:
    bar = RangeBar(RangeFace(2, 3, 4, 0, 6), "2 to 4, middle 3")
    bar.resize(120, 16)
    assert theme.colour("primary").name().upper() not in colours_in(bar)
    bar.set_face(RangeFace(2, 3, 4, 0, 6, strong=True), "2 to 4, middle 3")
    assert theme.colour("primary").name().upper() in colours_in(bar)


@pytest.mark.parametrize("made", [SegmentBar, PickList])
def test_choices_tell_only_what_the_user_did(made: type[SegmentBar] | type[PickList], qapp: QApplication) -> None:
    choice = made("Option", [("a", "Usual"), ("b", "Minimum"), ("c", "Joint & more")], "b")
    spy = QSignalSpy(choice.chosen)
    choice.set_current("a")
    choice.set_choices([("a", "Usual"), ("c", "Joint & more")])
    assert (spy.count(), choice.current(), choice.accessibleName()) == (0, "a", "Option")
    shown(choice, qapp)
    choice.setFocus()
    QTest.keyClick(choice, Key.Key_Right if isinstance(choice, SegmentBar) else Key.Key_Down)
    assert [spy.at(0), choice.current()] == [["c"], "c"]


def test_segments_shrink_into_a_narrow_place(qapp: QApplication) -> None:
    bar = SegmentBar("Option", [(str(n), f"A long option name {n}") for n in range(5)])
    box = Row(bar)
    box.resize(300, 40)
    shown(box, qapp)
    assert bar.tabRect(4).right() <= 300
    assert bar.tabToolTip(4) == "A long option name 4"


# --- sliders ---


def test_a_slider_tells_every_step_and_the_end_once(qapp: QApplication) -> None:
    slider = SwingSlider("Safe roads", 70, words=lambda v: f"{v}, over two thirds of the flood move")
    slider.resize(424, 84)
    shown(slider, qapp)
    drags, ends = QSignalSpy(slider.dragging), QSignalSpy(slider.released)
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(slider, left, Qt.KeyboardModifier.NoModifier, QPoint(12 + 200, 40))
    QTest.mouseMove(slider, QPoint(12 + 240, 40))
    slider.set_value(5)
    assert ends.count() == 0
    QTest.mouseRelease(slider, left, Qt.KeyboardModifier.NoModifier, QPoint(12 + 240, 40))
    assert [drags.at(n)[0] for n in range(drags.count())] == [50, 60]
    assert [ends.at(n)[0] for n in range(ends.count())] == [60]
    assert slider.accessibleDescription() == "60, over two thirds of the flood move"


def test_slider_keys_step_and_move_the_range(qapp: QApplication) -> None:
    slider = SwingSlider("Safe roads", 70)
    shown(slider, qapp)
    ends, ranges = QSignalSpy(slider.released), QSignalSpy(slider.range_moved)
    for key in (Key.Key_Right, Key.Key_PageDown, Key.Key_PageUp, Key.Key_Right):
        QTest.keyClick(slider, key)
    assert (slider.value(), ends.count()) == (72, 0)
    leave(slider)
    assert [ends.at(n)[0] for n in range(ends.count())] == [72]
    slider.set_band(60, 80)
    QTest.keyClick(slider, Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(slider, Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert [ranges.at(n) for n in range(ranges.count())] == [[59, 80], [59, 81]]
    assert slider.value() == 72


def test_a_chance_is_spoken() -> None:
    assert ProbabilitySlider("Chance", 30).accessibleDescription() == "30 %, 30 in 100"
    assert ProbabilitySlider("Chance", 0).accessibleDescription() == "0 %, it cannot happen"


# --- tables ---


COLUMNS = (TableColumn("£ thousand", stretch=True), TableColumn("27/28", "right"), TableColumn("Who bears it"))
CHOICES = (("c", "Council"), ("s", "Supplier"))


def rows(value: str = "1,640") -> list[TableRow]:
    return [
        TableRow(
            key,
            (
                Cell(key.title(), icon="right"),
                Cell(value, editable=True),
                Cell(mark=ChipFace("Council"), choices=CHOICES),
            ),
        )
        for key in ("crews", "plant", "fuel")
    ] + [TableRow("total", (Cell("Total"), Cell("4,920"), Cell()), "total")]


class Book:
    """What a page does with edits."""

    def __init__(self) -> None:
        self.edits: list[tuple[str, int, str]] = []

    def edit(self, key: str, column: int, text: str) -> None:
        if column == 1:
            whole_number(text)
        self.edits.append((key, column, text))


@pytest.fixture
def book() -> Book:
    return Book()


@pytest.fixture
def table(book: Book, qapp: QApplication) -> DataTable:
    model = DataTableModel(COLUMNS, book.edit)
    model.set_rows(rows())
    made = DataTable("Costs of the joint service", model)
    model.setParent(made)
    made.resize(500, 300)
    shown(made, qapp)
    made.place("crews", 1)
    made.setFocus()
    return made


def editor(table: DataTable) -> QLineEdit:
    found = [line for line in table.viewport().findChildren(QLineEdit) if line.isVisible()]
    assert len(found) == 1
    return found[0]


def test_typing_enter_commits_and_goes_down(table: DataTable, book: Book) -> None:
    QTest.keyClick(table, Key.Key_F2)
    editor(table).setText("1700")
    QTest.keyClick(editor(table), Key.Key_Return)
    assert book.edits == [("crews", 1, "1700")]
    assert table.current_key() == "plant"


def test_half_typed_text_stays_with_its_sentence(table: DataTable, book: Book) -> None:
    model = table.model()
    assert isinstance(model, DataTableModel)
    faults = QSignalSpy(model.faulted)
    QTest.keyClick(table, Key.Key_F2)
    editor(table).setText("many")
    QTest.keyClick(editor(table), Key.Key_Return)
    assert (book.edits, faults.at(0)) == ([], ["Type a whole number, such as 12."])
    assert editor(table).text() == "many"
    editor(table).setText("1800")
    QTest.keyClick(editor(table), Key.Key_Return)
    assert book.edits == [("crews", 1, "1800")]


def test_leaving_a_cell_that_cannot_be_read_keeps_the_text_in_it(table: DataTable) -> None:
    model = table.model()
    assert isinstance(model, DataTableModel)
    index = model.index(0, 1)
    assert model.apply(index, "many") == "Type a whole number, such as 12."
    assert model.data(index) == "many"
    model.set_rows(rows("1,640"))
    assert model.data(index) == "many"
    assert model.apply(index, "12") == ""
    assert model.data(index) == "1,640"


def test_copy_paste_and_fill_down_hand_blocks_to_the_page(table: DataTable) -> None:
    pasted, filled = QSignalSpy(table.pasted), QSignalSpy(table.filled_down)
    control = Qt.KeyboardModifier.ControlModifier
    for _ in range(2):
        QTest.keyClick(table, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(table, Key.Key_C, control)
    assert QGuiApplication.clipboard().text() == "1,640\n1,640\n1,640"
    QGuiApplication.clipboard().setText("1\t2\r\n3\t4\r\n")
    QTest.keyClick(table, Key.Key_V, control)
    assert pasted.at(0) == [0, 1, [["1", "2"], ["3", "4"]]]
    QTest.keyClick(table, Key.Key_D, control)
    assert filled.at(0) == [[0, 1, 2], 1]


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("", []),
        ("\n", [[""]]),
        ("a\tb\r\n\t\r\n", [["a", "b"], ["", ""]]),
        ("a\n\nb\n", [["a"], [""], ["b"]]),
        ('"Care\nbeds"\t5\r\nFuel\t6\r\n', [["Care beds", "5"], ["Fuel", "6"]]),
        ('"The ""new"" depot"\t5', [['The "new" depot', "5"]]),
        ('5" pipe\t1\n6" pipe\t2', [['5" pipe', "1"], ['6" pipe', "2"]]),
        ('"Phase 1" works\t1\nFuel\t2', [['"Phase 1" works', "1"], ["Fuel", "2"]]),
        ('"open\t1\nFuel\t2', [['"open', "1"], ["Fuel", "2"]]),
    ],
)
def test_a_block_is_read_as_a_spreadsheet_writes_it(qapp: QApplication, text: str, block: list[list[str]]) -> None:
    qapp.clipboard().setText(text)
    assert clipboard_block() == block


def test_quotes_survive_copy_and_paste(table: DataTable, qapp: QApplication) -> None:
    model = table.model()
    assert isinstance(model, DataTableModel)
    model.set_rows(rows('"quoted"'))
    QTest.keyClick(table, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert qapp.clipboard().text() == '"""quoted"""'
    assert clipboard_block() == [['"quoted"']]


@pytest.mark.parametrize(("start", "key", "end"), [(0, Key.Key_Tab, 3), (3, Key.Key_Backtab, 0), (3, Key.Key_Tab, 4)])
def test_tab_after_typing_passes_choices_to_the_next_cell_to_type_in(
    qapp: QApplication, start: int, key: Key, end: int
) -> None:
    model = DataTableModel([TableColumn(title) for title in ("Name", "Heading", "Bearer", "Worst", "Best")])
    typed, chosen = Cell("some", editable=True), Cell("Council", choices=CHOICES)
    model.set_rows([TableRow("care", (typed, chosen, chosen, typed, chosen))])
    made = DataTable("Criteria", model)
    model.setParent(made)
    shown(made, qapp)
    made.place("care", start)
    made.setFocus()
    QTest.keyClick(made, Key.Key_F2)
    QTest.keyClick(editor(made), key)
    assert made.currentIndex().column() == end
    assert (made.state() == DataTable.State.EditingState) == (end != 4)  # the last cell has choices: nothing opens


def test_other_widths_and_headings_leave_rows_and_a_half_typed_cell(table: DataTable, book: Book) -> None:
    model, before = table._data, table.columnWidth(1)
    QTest.keyClick(table, Key.Key_F2)
    editor(table).selectAll()
    QTest.keyClicks(editor(table), "17")
    model.set_columns([COLUMNS[0], TableColumn("A much longer heading than before", "right"), COLUMNS[2]])
    assert model.headerData(1, Qt.Orientation.Horizontal) == "A much longer heading than before"
    assert table.columnWidth(1) > before
    assert len(model.rows) == 4
    assert editor(table).text() == "17"
    QTest.keyClick(editor(table), Key.Key_Return)
    assert book.edits == [("crews", 1, "17")]


def test_another_number_of_columns_takes_the_rows_away(table: DataTable) -> None:
    table._data.set_columns(COLUMNS[:2])
    assert not table._data.rows


def test_undo_in_a_cell_goes_to_the_document_until_something_is_typed(table: DataTable) -> None:
    QTest.keyClick(table, Key.Key_F2)
    line = editor(table)

    def keeps_undo() -> bool:
        undo = QKeyEvent(QEvent.Type.ShortcutOverride, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        QApplication.sendEvent(line, undo)
        return undo.isAccepted()

    assert not keeps_undo()
    QTest.keyClicks(line, "17")
    assert keeps_undo()


def test_space_toggles_and_enter_opens(table: DataTable) -> None:
    toggled, opened = QSignalSpy(table.toggled), QSignalSpy(table.opened)
    QTest.keyClick(table, Key.Key_Space)
    table.place("plant", 0)
    QTest.keyClick(table, Key.Key_Return)
    assert (toggled.at(0), opened.at(0)) == (["crews"], ["plant"])


def test_one_story_is_open_at_a_time_and_survives_new_figures(table: DataTable) -> None:
    model = table.model()
    assert isinstance(model, DataTableModel)
    table.open_story("crews", Panel("Where from", "The ledger"))
    table.open_story("plant", Panel("Where from", "The ledger"))
    assert table.story_key() == "plant"
    assert [row.kind for row in model.rows] == ["plain", "open", "story", "plain", "total"]
    model.set_rows(rows("1,700"))
    assert table.story_key() == "plant"
    table.close_story()
    assert [row.key for row in model.rows] == ["crews", "plant", "fuel", "total"]


def test_new_figures_keep_the_place(table: DataTable) -> None:
    table.place("fuel", 1)
    model = table.model()
    assert isinstance(model, DataTableModel)
    model.set_rows(rows("1,700"))
    assert (table.current_key(), table.currentIndex().column()) == ("fuel", 1)
    assert model.index(0, 1).data() == "1,700"


def test_a_table_speaks(table: DataTable) -> None:
    index = table.model().index(0, 2)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Who bears it: Council"
    assert table.accessibleName() == "Costs of the joint service"


def test_a_fitted_table_is_as_high_as_its_rows(table: DataTable) -> None:
    assert table.sizeHint().height() == 4 * 32 + 32 + 2
    theme.use_zoom(200)
    assert table.sizeHint().height() >= 2 * (4 * 32 + 32)


def test_columns_fill_the_width_with_figures_whole(table: DataTable) -> None:
    assert sum(table.columnWidth(n) for n in range(3)) == table.viewport().width()
    assert table.columnWidth(1) >= round(theme.px(16) + 34)


def test_the_recommended_row_is_tinted_and_marked(qapp: QApplication) -> None:
    model = DataTableModel(COLUMNS)
    model.set_rows([TableRow("a", (Cell("Joint"), Cell(mark=BarFace(0.5)), Cell("3")), "recommended")])
    made = DataTable("Results", model)
    model.setParent(made)
    made.resize(400, 80)
    shown(made, qapp)
    made.clearFocus()
    image = made.viewport().grab().toImage()
    assert image.pixelColor(1, 16) == theme.colour("primary")
    assert image.pixelColor(20, 4) == theme.colour("selected")


# --- findings, and what everything owes ---


def test_findings_grow_speak_and_jump(qapp: QApplication) -> None:
    listed = FindingsList()
    listed.set_findings(
        [
            FindingRow("error", "5 Costs", "The low figure is above the high one.", "Swap the two.", "line-1"),
            FindingRow("note", "6 Constraints", "Nobody has asked the regulator.", "", "c-2"),
        ]
    )
    listed.resize(280, 200)
    shown(listed, qapp)
    spy = QSignalSpy(listed.chosen)
    listed.setCurrentIndex(listed.model().index(1, 0))
    QTest.keyClick(listed, Key.Key_Return)
    assert spy.at(0) == ["c-2"]
    words = listed.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert words == "Must be mended. 5 Costs: The low figure is above the high one. Swap the two."
    assert listed.sizeHint().height() > 80


def test_everything_that_takes_the_keyboard_has_a_name(table: DataTable) -> None:
    parts = [
        Button("Add line"),
        IconButton("undo", "Undo"),
        SegmentBar("Option", [("a", "A")]),
        PickList("Case", [("a", "A")]),
        TextField("Name"),
        TextArea("Why"),
        MoneyField("High", whole_number),
        SwingSlider("Swing"),
        FindingsList(),
        Notice("good", "Saved", action="Show"),
        SectionTitle("Recent", "newest first"),
        table,
    ]
    nameless = [
        type(widget).__name__
        for part in parts
        for widget in (part, *part.findChildren(QWidget))
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.accessibleName()
        and not widget.objectName().startswith("qt_")
        and widget.focusProxy() is None
        and isinstance(widget.parent() or widget, QWidget)
        and type(widget).__module__.startswith("appraise")
    ]
    assert nameless == []


@pytest.mark.parametrize("palette", ["light", "dark", "contrast"])
def test_words_on_every_button_are_legible(palette: theme.PaletteName) -> None:
    theme.use_palette(palette)
    for kind in ("primary", "outline", "plain", "quiet"):
        button = Button("Add line", kind=kind)
        ground, _, ink = button.colours()
        assert theme.contrast_ratio(ink, ground or QColor(theme.colour("card"))) >= 4.5


def test_a_click_on_a_segment_takes_the_keyboard_from_what_it_hides(qapp: QApplication) -> None:
    field, other = TextField("Hidden by the choice"), TextField("Next in line")
    bar = SegmentBar("Part", [("one", "One"), ("two", "Two")], "one")
    page = Column(bar, field, other)
    bar.chosen.connect(lambda _key: field.hide())
    page.resize(400, 200)
    shown(page, qapp)
    field.line.setFocus()
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(1).center())
    assert not field.isVisible()
    assert bar.hasFocus()


def test_arrows_pass_a_segment_that_is_refused(qapp: QApplication) -> None:
    bar = SegmentBar("Rating", [(key, key) for key in "abcd"], "a")
    taken = ["a"]

    def take(key: str) -> None:
        if key in "bd":
            bar.set_current(taken[-1])
        else:
            taken.append(key)

    bar.chosen.connect(take)
    shown(bar, qapp)
    bar.setFocus()
    QTest.keyClick(bar, Key.Key_Right)
    assert (bar.current(), taken) == ("c", ["a", "c"])
    QTest.keyClick(bar, Key.Key_Right)
    assert (bar.current(), taken) == ("c", ["a", "c"]), "nothing behind it is taken either"
    QTest.keyClick(bar, Key.Key_Left)
    assert (bar.current(), taken) == ("a", ["a", "c", "a"])


def test_segments_that_cannot_be_read_become_a_list(qapp: QApplication) -> None:
    switch = Switch("Option", [(str(n), f"Option with a long name {n}") for n in range(10)], "3")
    spy = QSignalSpy(switch.chosen)
    switch.resize(600, 40)
    shown(switch, qapp)
    assert switch.folded()
    switch.list.setFocus()
    QTest.keyClick(switch.list, Key.Key_Down)
    assert (spy.count(), switch.current(), switch.bar.current()) == (1, "4", "4")
    switch.resize(1400, 40)
    qapp.processEvents()
    assert not switch.folded()
    assert switch.bar.hasFocus()
    switch.step(-1)
    assert spy.at(1) == ["3"]


def test_figures_may_lose_columns_while_their_heading_changes_height(qapp: QApplication) -> None:
    """The heading hears of it before the table is laid out: Qt would ask it for sections that are gone."""
    long = [TableColumn(f"Option {number} with a name in two lines", "right") for number in range(8)]
    model = DataTableModel([TableColumn("Figure"), *long])
    table = FigureTable("Figures", model)
    model.set_rows([TableRow("a", tuple(Cell("1,000") for _ in range(9)))])
    table.resize(700, 200)
    shown(table, qapp)
    high = table.horizontalHeader().height()
    model.set_columns([TableColumn("Figure"), TableColumn("One", "right")])
    model.set_rows([TableRow("a", (Cell("x"), Cell("1,000")))])
    table.grab()
    assert table.horizontalHeader().count() == 2
    assert table.horizontalHeader().height() < high
    table.deleteLater()
