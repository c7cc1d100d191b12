"""Fields to type in: they commit on Enter or when left, and keep what was typed when it cannot be read."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from appraise.ui import theme
from appraise.ui.widgets import base
from appraise.ui.widgets.labels import FlowLabel


def _paint_frame(painter: QPainter, widget: QWidget, *, wrong: bool) -> None:
    """The frame of a field: problem colour where wrong, a ring where the keyboard is."""
    whole = QRectF(widget.rect())
    edge = "problem" if wrong else "edge" if widget.isEnabled() else "line"
    width = theme.px(2) if wrong else 1
    base.panel(painter, whole, theme.colour("card" if widget.isEnabled() else "inset"), theme.colour(edge), 6, width)
    if widget.hasFocus():
        base.focus_ring(painter, whole)


def _clear_base(widget: QWidget) -> None:
    colours = widget.palette()
    colours.setColor(QPalette.ColorRole.Base, QColor(0, 0, 0, 0))
    colours.setColor(QPalette.ColorRole.Text, theme.colour("ink"))
    colours.setColor(QPalette.ColorRole.PlaceholderText, theme.colour("ink2"))
    widget.setPalette(colours)


class Line(QLineEdit, theme.Themed):
    """The line inside a field; undo keys go to the document while nothing has been typed.

    Signals: left() when Enter is pressed or the field loses the keyboard; given_up() on Escape.
    """

    left = Signal()
    given_up = Signal()

    def __init__(self, *, dense: bool = False) -> None:
        super().__init__()
        self.saved = ""
        self.wrong = False
        self._dense = dense
        self.prefix, self.suffix = "", ""
        self.setFrame(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.returnPressed.connect(self.left)
        self.textChanged.connect(self._tell_whole)
        self.apply_theme()

    def apply_theme(self) -> None:
        """Takes font, colours and margins."""
        self.setFont(theme.font("body"))
        _clear_base(self)
        before = round(base.text_width(self.prefix, "body")) + theme.px(4) if self.prefix else 0
        after = round(base.text_width(self.suffix, "body")) + theme.px(4) if self.suffix else 0
        self.setTextMargins(theme.px(10) + before, 0, theme.px(10) + after, 0)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """36 high, 28 when dense."""
        return QSize(theme.px(160), theme.px(28 if self._dense else 36))

    def minimumSizeHint(self) -> QSize:
        """Room for a few figures."""
        return QSize(theme.px(64), self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Leaves undo and redo to the document unless something is half typed."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and self.text() == self.saved
            and (event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo))
        ):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape gives up what was typed."""
        if event.key() == Qt.Key.Key_Escape and (self.text() != self.saved or self.wrong):
            self.given_up.emit()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving the field commits it, but not when only a menu opens."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()
            self.setCursorPosition(0)  # a text that is longer than the field shows its beginning

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may hide the end of the text."""
        super().resizeEvent(event)
        self._tell_whole()

    def _tell_whole(self) -> None:
        """The tool tip holds the whole of a text that does not fit."""
        margins = self.textMargins()
        room = self.width() - margins.left() - margins.right()
        self.setToolTip(self.text() if base.text_width(self.text(), "body") > room else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Frame and unit, then Qt's text."""
        painter = base.smooth(self)
        _paint_frame(painter, self, wrong=self.wrong)
        inner = QRectF(self.rect()).adjusted(theme.px(11), 0, -theme.px(11), 0)
        for words, side in ((self.prefix, Qt.AlignmentFlag.AlignLeft), (self.suffix, Qt.AlignmentFlag.AlignRight)):
            if words:
                base.text_at(painter, inner, words, "body", theme.colour("ink2"), side)
        painter.end()
        super().paintEvent(event)


class TextField(QWidget, theme.Themed):
    """A label, a line, and under it the sentence that says what is wrong.

    `name` is spoken; `label` is shown above (empty: none). Signals: committed(str) once per changed text.
    """

    committed = Signal(str)

    def __init__(self, name: str, text: str = "", *, label: str = "", hint: str = "", dense: bool = False) -> None:
        super().__init__()
        self.line = Line(dense=dense)
        self.line.setAccessibleName(name)
        self.line.setPlaceholderText(hint)
        self.setFocusProxy(self.line)
        self._label = FlowLabel(label, "caption", "ink2")
        self._fault = FlowLabel("", "caption", "problem")
        self._column = QVBoxLayout(self)
        for part in (self._label, self.line, self._fault):
            self._column.addWidget(part)
        self._column.addStretch(1)
        self._label.setVisible(bool(label))
        self._fault.setVisible(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.line.left.connect(self._commit)
        self.line.given_up.connect(self.give_up)
        self.apply_theme()
        self.set_text(text)

    def text(self) -> str:
        """What stands in the field now, committed or not."""
        return self.line.text()

    def set_text(self, text: str) -> None:
        """Shows the document's text; half-typed text is kept while the keyboard is in the field."""
        half_typed = self.line.text() != self.line.saved and (self.line.hasFocus() or self.line.wrong)
        self.line.saved = text
        if not half_typed:
            if self.line.text() != text:  # the same text again would take the selection away
                self.line.setText(text)
            self.show_start()
            self.set_fault("")

    def set_label(self, label: str) -> None:
        """Other words above the field; none where they are empty."""
        self._label.set_text(label)
        self._label.setVisible(bool(label))

    def show_start(self) -> None:
        """A text that is longer than the field shows its beginning, unless somebody is writing in it."""
        if self.line.cursorPosition() and not self.line.hasFocus():  # moving it paints the field anew
            self.line.setCursorPosition(0)

    def set_fault(self, sentence: str) -> None:
        """Shows what is wrong under the field; empty takes it away."""
        if sentence == self._fault.text() and self.line.wrong == bool(sentence):
            return
        self._fault.set_text(sentence)
        self._fault.setVisible(bool(sentence))
        self.line.wrong = bool(sentence)
        self.line.setAccessibleDescription(sentence)
        self.line.update()

    def fault(self) -> str:
        """The sentence that is shown; empty where nothing is wrong."""
        return self._fault.text() if self.line.wrong else ""

    def start_over(self) -> None:
        """Takes the keyboard with all text selected, so that typing replaces it; last, after what else happens now."""

        def select() -> None:
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
            self.line.selectAll()

        select()
        QTimer.singleShot(0, self, select)

    def give_up(self) -> None:
        """Back to the document's text."""
        if self.line.text() != self.line.saved:
            self.line.setText(self.line.saved)
        self.set_fault("")

    def apply_theme(self) -> None:
        """Takes the spacing."""
        base.margins(self._column, 0, 0, 0, 0)
        self._column.setSpacing(theme.px(4))

    def _commit(self) -> None:
        text = self.line.text().strip()
        if text == self.line.saved:
            self.give_up()
            return
        self.line.saved = text
        self.set_fault("")
        self.committed.emit(text)


class ParsedField(TextField):
    """A field whose text must be read as a value.

    `parse` takes the text and raises ValueError with one sentence; the sentence is shown and the text kept.
    `unit_before` and `unit_after` stand inside the frame. Signals: parsed(object) once per changed, readable text.
    """

    parsed = Signal(object)

    def __init__(
        self,
        name: str,
        parse: Callable[[str], object],
        text: str = "",
        *,
        label: str = "",
        unit_before: str = "",
        unit_after: str = "",
        dense: bool = False,
    ) -> None:
        super().__init__(name, text, label=label, dense=dense)
        self._parse = parse
        self.line.prefix, self.line.suffix = unit_before, unit_after
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.line.apply_theme()

    def set_unit(self, after: str) -> None:
        """Another unit behind the text; none where it is empty."""
        if after != self.line.suffix:
            self.line.suffix = after
            self.line.apply_theme()
            self.line.update()

    def sizeHint(self) -> QSize:
        """Wide enough for a price."""
        return QSize(theme.px(128), super().sizeHint().height())

    def _commit(self) -> None:
        text = self.line.text().strip()
        if text == self.line.saved:
            self.give_up()
            return
        try:
            value = self._parse(text)
        except ValueError as wrong:
            self.set_fault(str(wrong))
            return
        self.line.saved = text
        self.set_fault("")
        self.parsed.emit(value)


class MoneyField(ParsedField):
    """An amount, with the pound sign in the frame (or another unit, such as "£m")."""

    def __init__(
        self,
        name: str,
        parse: Callable[[str], object],
        text: str = "",
        *,
        label: str = "",
        unit: str = "£",
        dense: bool = False,
    ) -> None:
        super().__init__(name, parse, text, label=label, unit_before=unit, dense=dense)


class NumberField(ParsedField):
    """A number, with its unit in words behind it where it has one."""

    def __init__(
        self,
        name: str,
        parse: Callable[[str], object],
        text: str = "",
        *,
        label: str = "",
        unit: str = "",
        dense: bool = False,
    ) -> None:
        super().__init__(name, parse, text, label=label, unit_after=unit, dense=dense)


class PercentField(ParsedField):
    """A share, typed in per cent."""

    def __init__(
        self, name: str, parse: Callable[[str], object], text: str = "", *, label: str = "", dense: bool = False
    ) -> None:
        super().__init__(name, parse, text, label=label, unit_after="%", dense=dense)


class _Sheet(QPlainTextEdit, theme.Themed):
    """The text inside an area; grows with what is written. Signals: left() when it loses the keyboard."""

    left = Signal()

    def __init__(self, lines: int) -> None:
        super().__init__()
        self.saved = ""
        self._lines = lines
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.viewport().setAutoFillBackground(False)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._grow())
        self.apply_theme()

    def apply_theme(self) -> None:
        """Takes font, colours and margins."""
        self.setFont(theme.font("body"))
        _clear_base(self)
        self.document().setDocumentMargin(0)
        self.setViewportMargins(theme.px(10), theme.px(8), theme.px(10), theme.px(8))
        self._grow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wraps the text into another number of lines."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._grow()

    def _written_lines(self) -> int:
        """Lines after wrapping. Asking for a block's place lays it out, which Qt else leaves until it is painted."""
        layout, block, lines = self.document().documentLayout(), self.document().begin(), 0
        while block.isValid():
            layout.blockBoundingRect(block)
            lines += block.layout().lineCount()
            block = block.next()
        return lines

    def _grow(self) -> None:
        lines = max(self._written_lines(), self._lines)
        self.setFixedHeight(round(lines * self.fontMetrics().lineSpacing()) + 2 * theme.px(8) + 1)

    def event(self, event: QEvent) -> bool:
        """Leaves undo and redo to the document unless something is half typed; paints the frame behind."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and self.toPlainText() == self.saved
            and (event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo))
        ):
            event.ignore()
            return False
        if event.type() == QEvent.Type.Paint:
            painter = base.smooth(self)
            _paint_frame(painter, self, wrong=False)
            painter.end()
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The ring is on the frame, so the whole is painted anew."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving the area commits it, but not when only a menu opens."""
        super().focusOutEvent(event)
        self.update()
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class TextArea(QWidget, theme.Themed):
    """Several lines that grow as they are written; committed when the area is left.

    Signals: committed(str) once per changed text.
    """

    committed = Signal(str)

    def __init__(self, name: str, text: str = "", *, label: str = "", hint: str = "", lines: int = 2) -> None:
        super().__init__()
        self.sheet = _Sheet(lines)
        self.sheet.setAccessibleName(name)
        self.sheet.setPlaceholderText(hint)
        self.setFocusProxy(self.sheet)
        self._label = FlowLabel(label, "caption", "ink2")
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._label)
        self._label.setVisible(bool(label))
        self._column.addWidget(self.sheet)
        self._column.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.sheet.left.connect(self._commit)
        self.apply_theme()
        self.set_text(text)

    def text(self) -> str:
        """What stands in the area now, committed or not."""
        return self.sheet.toPlainText()

    def set_text(self, text: str) -> None:
        """Shows the document's text; half-typed text is kept while the keyboard is in the area."""
        half_typed = self.sheet.hasFocus() and self.sheet.toPlainText() != self.sheet.saved
        self.sheet.saved = text
        if not half_typed and self.sheet.toPlainText() != text:
            self.sheet.setPlainText(text)

    def apply_theme(self) -> None:
        """Takes the spacing."""
        base.margins(self._column, 0, 0, 0, 0)
        self._column.setSpacing(theme.px(4))

    def _commit(self) -> None:
        text = self.sheet.toPlainText().strip()
        if text != self.sheet.saved:
            self.sheet.saved = text
            self.committed.emit(text)
