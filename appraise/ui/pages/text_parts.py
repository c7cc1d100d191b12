"""Longer texts of the document as areas on a page: each knows how to read and change its part."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QApplication, QWidget

from appraise.model.appraisal.document import Appraisal
from appraise.ui.context import Context
from appraise.ui.widgets.cards import Column
from appraise.ui.widgets.fields import TextArea
from appraise.ui.widgets.labels import HelpBlock


@dataclass(frozen=True, slots=True)
class Help:
    """What the right pane says while a field is in hand."""

    title: str
    text: str
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPart:
    """One text: the key that findings use, its label and hint, its help, and how to read and change it.

    `action` names the undo step; where it is empty, that is "Change" and the label.
    """

    key: str
    label: str
    hint: str
    help: Help
    read: Callable[[Appraisal], str]
    change: Callable[[Appraisal, str], Appraisal]
    lines: int = 3
    action: str = ""


class TextParts(Column):
    """Areas one below the other, each bound to its part of the document. `areas` by key."""

    def __init__(self, context: Context, parts: Sequence[TextPart]) -> None:
        self._context = context
        self._parts = tuple(parts)
        self.areas = {part.key: self._area(part) for part in parts}
        super().__init__(*self.areas.values(), gap=12)

    def show_texts(self, appraisal: Appraisal) -> None:
        """The document's texts, except where one is half typed."""
        for part in self._parts:
            self.areas[part.key].set_text(part.read(appraisal))

    def written(self, appraisal: Appraisal) -> int:
        """How many have words in them."""
        return sum(bool(part.read(appraisal).strip()) for part in self._parts)

    def helps(self) -> dict[QWidget, Help]:
        """The help of each area, for `HelpByField`."""
        return {self.areas[part.key]: part.help for part in self._parts}

    def _area(self, part: TextPart) -> TextArea:
        area = TextArea(part.label, label=part.label, hint=part.hint, lines=part.lines)
        context = self._context
        action = part.action or f"Change {_lower(part.label)}"
        area.committed.connect(lambda text: context.apply(part.change(context.appraisal, text), action))
        return area


class HelpByField(HelpBlock):
    """Help that follows the field in hand; on no field of the page it stays as it was."""

    def __init__(self, first: Help, helps: dict[QWidget, Help]) -> None:
        super().__init__(first.title, first.text, first.source)
        self._helps = helps
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def add(self, field: QWidget, words: Help) -> None:
        """Help for one more field."""
        self._helps[field] = words

    def renew(self, helps: dict[QWidget, Help]) -> None:
        """Help for other fields, in place of all that were there."""
        self._helps = helps

    def forget(self, field: QWidget) -> None:
        """The field is no longer on the page."""
        self._helps.pop(field, None)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        while now is not None:
            words = self._helps.get(now)
            if words is not None:
                self.show_help(words.title, words.text, words.source)
                return
            now = now.parentWidget()


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]
