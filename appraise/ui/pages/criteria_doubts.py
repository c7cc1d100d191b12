"""How sure answers are taken to be where nobody said, in step 3: for swings, scores and the comparison in pairs."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from appraise.model.appraisal.criteria import Weighting
from appraise.model.edits import weighting as edits
from appraise.model.money import plain_number
from appraise.ui.pages.criteria_help import DOUBT_HELP, PAIRS_HELP
from appraise.ui.pages.criteria_question import parse_points
from appraise.ui.pages.criteria_section import lock_fields
from appraise.ui.pages.results_charts import Sides
from appraise.ui.pages.text_parts import Help
from appraise.ui.widgets.cards import Card
from appraise.ui.widgets.fields import NumberField

_FIELDS = (
    ("doubt", "A swing, either way", "Points either way for a swing without a range"),
    ("score_doubt", "A score, either way", "Points either way for a score without a range"),
    ("indifference", "Alike up to", "In pairs: points up to which two options are alike"),
    ("preference", "Clearly better from", "In pairs: points from which one option is clearly better"),
)


class DoubtsCard(Card):
    """Four numbers of points. `fields` by their names in `Weighting`."""

    def __init__(self, attempt: Callable[..., bool]) -> None:
        super().__init__(
            "How sure answers are taken to be",
            "Points of 100, where nobody gave a range; the last two for the cross-check that compares options in pairs",
        )
        self._attempt = attempt
        self._now = Weighting()
        self.fields = {key: NumberField(name, parse_points, label=label) for key, label, name in _FIELDS}
        self.add(Sides(*self.fields.values(), fold=560, gap=12))
        for key, field in self.fields.items():
            field.parsed.connect(lambda value, key=key: self._set(key, float(value)))

    def helps(self) -> dict[QWidget, Help]:
        """The help of each number."""
        helps = {"doubt": DOUBT_HELP, "score_doubt": DOUBT_HELP, "indifference": PAIRS_HELP, "preference": PAIRS_HELP}
        return {self.fields[key]: words for key, words in helps.items()}

    def show_doubts(self, weighting: Weighting, *, locked: bool) -> None:
        """The numbers as they stand."""
        self._now = weighting
        for key, field in self.fields.items():
            field.set_text(plain_number(getattr(weighting, key)))
        lock_fields(self.fields.values(), locked=locked)

    def _set(self, key: str, value: float) -> None:
        least = self._now.indifference if key == "preference" else None
        most = self._now.preference if key == "indifference" else None
        if least is not None and value <= least:
            self.fields[key].set_fault(f"It must be more than {plain_number(least)}, up to which options are alike.")
        elif most is not None and value >= most:
            self.fields[key].set_fault(f"It must be less than {plain_number(most)}, from which one is clearly better.")
        else:
            self._attempt(
                lambda now: edits.change_weighting(now, **{key: value}), "Change how sure answers are taken to be"
            )
