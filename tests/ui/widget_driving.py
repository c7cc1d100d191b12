"""A widget by itself for tests: shown, left by the keyboard, and what can be seen of it."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QWidget


def whole_number(text: str) -> int:
    """What a field reads; anything else is refused with a sentence."""
    if not text.isdigit():
        raise ValueError("Type a whole number, such as 12.")
    return int(text)


def shown(widget: QWidget, qapp: QApplication) -> None:
    """Shows it as the active window."""
    widget.show()
    widget.activateWindow()
    qapp.processEvents()


def leave(widget: QWidget) -> None:
    """The keyboard goes elsewhere, as with Tab."""
    QApplication.sendEvent(widget, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.TabFocusReason))


def colours_in(widget: QWidget) -> set[str]:
    """The colours of its picture."""
    image = widget.grab().toImage()
    return {image.pixelColor(x, y).name().upper() for x in range(image.width()) for y in range(image.height())}
