"""Small parts of the cards of step 6: errors below fields, labelled choices, lists that stay as they are."""

from collections.abc import Iterable

from appraise.model.finding import Finding, Severity
from appraise.ui.widgets.cards import Column
from appraise.ui.widgets.choices import PickList, SegmentBar
from appraise.ui.widgets.fields import TextField
from appraise.ui.widgets.labels import FlowLabel


class FaultLine(FlowLabel):
    """The sentences of errors in some fields of a record; takes no room while there are none."""

    def __init__(self) -> None:
        super().__init__("", "caption", "problem")
        self.setVisible(False)

    def show_errors(
        self, findings: Iterable[Finding], record: str, fields: tuple[str, ...], *, said: tuple[str, ...] = ()
    ) -> None:
        """Show what is wrong with these fields of the record; what has one of the codes `said` is told elsewhere."""
        wrong = [
            f"{found.sentence} {found.mend}"
            for found in findings
            if found.severity is Severity.ERROR
            and found.record == record
            and found.field in fields
            and found.code not in said
        ]
        self.set_text(" ".join(wrong))
        self.setVisible(bool(wrong))


def show_start(*fields: TextField) -> None:
    """A text that is longer than its field shows its beginning, unless somebody is writing in it."""
    for field in fields:
        field.show_start()


def offer(choice: PickList, pairs: list[tuple[str, str]], current: str) -> None:
    """The choices of a pick list, left alone where they are the same: figures arrive while a list is open."""
    if pairs != [(choice.itemData(place), choice.itemText(place)) for place in range(choice.count())]:
        choice.set_choices(pairs)
    if choice.current() != current or choice.currentIndex() < 0:
        choice.set_current(current)


def labelled(text: str, part: PickList | SegmentBar) -> Column:
    """A choice under its label, as fields have theirs."""
    column = Column(FlowLabel(text, "caption", "ink2"), part, gap=4)
    column.line.addStretch(1)
    return column
