"""What the steps of a sealed workshop are called, and what each dialog says before the step is taken."""

from dataclasses import dataclass

from appraise.model.appraisal.workshop import Stage, Step
from appraise.model.scoring import weights
from appraise.present.scoring_words import BLINDNESS_CAN, BLINDNESS_CANNOT
from appraise.ui.context import View
from appraise.ui.pages.results_state import errors_of


@dataclass(frozen=True, slots=True, kw_only=True)
class StepWords:
    """A step: the words on its button, the question of its dialog, and what follows from it, by heading.

    `yes` is the button that takes it, `needs_reason` whether somebody must say why. `done` says that it is taken: the
    title of its receipt, or with `then`, what follows, a notice where it gives none; empty where the bar says it.
    """

    button: str
    icon: str
    title: str
    lead: str
    yes: str
    says: tuple[tuple[str, str], ...]
    needs_reason: bool = False
    done: str = ""
    then: str = ""


_NO_UNDO = ("Undo", "Undo cannot go back across this step.")
_CAN = ("What working alone can promise", " ".join(BLINDNESS_CAN))
_CANNOT = ("What it cannot promise", " ".join(BLINDNESS_CANNOT))

STEP_WORDS: dict[Step, StepWords] = {
    Step.START: StepWords(
        button="Start a sealed workshop…",
        icon="locked",
        title="Start a sealed workshop?",
        lead="Weights are given before scores, and scores before anybody sees a total.",
        yes="Start the workshop",
        says=(
            ("What is frozen", "Scores wait until weights are sealed. Criteria and anchors stay open until agreed."),
            (
                "Who sees what",
                (
                    "From now on no page, export or file of results shows a total, until scores are revealed. "
                    "Totals that somebody has seen already cannot be unseen; the log says when this began."
                ),
            ),
            _CAN,
            _CANNOT,
            _NO_UNDO,
        ),
        done="The sealed workshop has begun",
        then="Next, agree criteria and anchors.",
    ),
    Step.AGREE: StepWords(
        button="Agree criteria and anchors…",
        icon="check",
        title="Agree criteria and anchors?",
        lead="The weights that follow are about exactly these moves from worst to best.",
        yes="Agree them",
        says=(
            (
                "What is frozen",
                "Branches, criteria, anchors, scales and gates. A change needs an unlock with a reason.",
            ),
            ("Who sees what", "Everybody sees the weights as they are given. Totals stay hidden."),
            _NO_UNDO,
        ),
        done="Criteria and anchors are agreed",
        then="Next, give the weights and seal them.",
    ),
    Step.SEAL: StepWords(
        button="Seal the weights…",
        icon="locked",
        title="Seal the weights?",
        lead="After this nobody can fit a weight to a score.",
        yes="Seal the weights",
        says=(
            ("What is frozen", "Swings, their ranges and order, and how they were asked, beside the criteria."),
            (
                "Who sees what",
                (
                    "Assessors score alone, each on a sheet with criteria, anchors and options. "
                    "It holds no weights, no totals and nobody else’s scores."
                ),
            ),
            _CANNOT,
            _NO_UNDO,
        ),
        done="The weights are sealed",
    ),
    Step.CLOSE: StepWords(
        button="Close scoring…",
        icon="people",
        title="Close scoring?",
        lead="Then marks are compared, and one score is agreed for each option and criterion.",
        yes="Close scoring",
        says=(
            ("What is frozen", "The marks of every assessor. A sheet that comes later is taken in and called late."),
            ("Who sees what", "Marks stand side by side on step 4. Totals stay hidden until the reveal."),
            _NO_UNDO,
        ),
        done="Scoring is closed",
        then="Next, compare the marks on step 4 and agree one score each.",
    ),
    Step.REVEAL: StepWords(
        button="Reveal the totals…",
        icon="chart",
        title="Reveal the totals?",
        lead="Weights and scores are final from here on.",
        yes="Reveal the totals",
        says=(
            ("What is frozen", "Criteria, weights, marks and scores. A change needs an unlock with a reason."),
            ("Who sees what", "Whoever opens this file sees totals, ranks and how sure they are."),
            _NO_UNDO,
        ),
        done="The totals are revealed",
    ),
    Step.UNLOCK: StepWords(
        button="Unlock…",
        icon="pencil",
        title="Unlock what was sealed?",
        lead="Changes are allowed, and everybody who reads the case can see them.",
        yes="Unlock",
        says=(
            (
                "What follows",
                (
                    "The log keeps your reason and what stood before. "
                    "The business case prints the result before and after the change."
                ),
            ),
            ("Who sees what", "Totals that are hidden stay hidden."),
            _NO_UNDO,
        ),
        needs_reason=True,
    ),
    Step.LOCK: StepWords(
        button="Lock again…",
        icon="locked",
        title="Lock again?",
        lead="The changes since the unlock are kept, and named in the log.",
        yes="Lock again",
        says=(("What is frozen", "The same as before the unlock."), _NO_UNDO),
        done="The workshop is locked again",
    ),
    Step.GIVE_UP: StepWords(
        button="Give up sealing…",
        icon="close",
        title="Give up the sealed workshop?",
        lead="Totals are then shown as they come.",
        yes="Give it up",
        says=(
            ("What follows", "Nothing is locked any more. The log keeps what was sealed, and that it was given up."),
            ("Who sees what", "Whoever opens this file sees totals as soon as there are scores."),
            _NO_UNDO,
        ),
        needs_reason=True,
        done="The sealed workshop is given up",
        then="The log keeps what was sealed, and your reason.",
    ),
}

OPEN_WAY = "Totals are shown as they come."
HIDDEN_WHY = "Totals stay hidden until scores are revealed, so nobody weighs with the answer in mind."

#: The five stages as they stand on the bar, in fewer words, and the stage of the workshop in which each is in hand.
STAGES: tuple[tuple[str, str, Stage], ...] = (
    ("Criteria and anchors agreed", "Criteria", Stage.PREPARING),
    ("Weights", "Weights", Stage.AGREED),
    ("Score alone, unseen", "Score alone", Stage.SEALED),
    ("Moderate", "Moderate", Stage.MODERATING),
    ("Reveal", "Reveal", Stage.REVEALED),
)


def totals_wait(view: View) -> str:
    """What totals wait for where none are shown, though none are hidden."""
    if errors_of(view):
        return "Totals appear when nothing is wrong in the document."
    due = view.results is None or view.stale or view.glimpse
    scored = view.appraisal.options and view.appraisal.scores and any(weights(view.appraisal).values())
    if due and scored and not view.stopped and not view.fault:
        return "Totals are being calculated."
    return "Totals appear once there are options, weights and scores."
