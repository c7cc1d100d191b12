"""What all step pages share: they follow the context and change the document only through it."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from appraise.ui.context import Context, View


class Page(QWidget):
    """A step of the journey. Subclasses build widgets once, then follow views in `refresh`.

    Attributes: `pane`, the widget for the right pane while the page is shown.
    """

    pane: QWidget

    def __init__(self, context: Context, frame: QWidget) -> None:
        super().__init__()
        self.context = context
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(frame)

    def follow(self) -> None:
        """Start to follow the context: show what there is, then every change. Call last in __init__."""
        self.refresh(None, self.context.view)
        self.context.changed.connect(self.refresh)

    def refresh(self, old: View | None, new: View) -> None:
        """Show `new`; what is the same object as in `old` need not be touched."""
        raise NotImplementedError

    def focus_place(self, record: str, field: str) -> None:
        """Put the focus on a record's field, as a finding asks. Pages with records override it."""
