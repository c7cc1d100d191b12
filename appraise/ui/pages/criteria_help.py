"""Help for the fields of step 3, with the guidance that it rests on."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from appraise.ui.pages.text_parts import Help

if TYPE_CHECKING:  # the sections import this module
    from appraise.ui.pages.criteria_weights import WeightsSection

_SOURCE = "Use of multi-criteria decision analysis in options appraisal, HM Treasury, 16 May 2024"

WHY_MOVES = Help(
    "Why ask about the move, not the topic?",
    "“Safety matters most” says little. What counts is how far the options can move it. "
    "A vital thing that every option does equally well should carry little weight.",
    _SOURCE,
)
RANGE_HELP = Help(
    "How sure are you?",
    "Say between which figures the group would be content. The results then show whether that matters. "
    "Shift with Left or Right moves the low end, Shift with Up or Down the high end.",
    _SOURCE,
)
REASON_HELP = Help(
    "Why this answer?",
    "A sentence that somebody who was not there can follow. A move worth nothing needs one before weights are sealed.",
    _SOURCE,
)
ASKING_HELP = Help(
    "One yardstick, or branch by branch?",
    "With up to about ten criteria one yardstick is easiest. With more, compare inside each branch first. "
    "Then one criterion of each branch is compared across branches.",
    _SOURCE,
)
ANSWERS_HELP = Help(
    "Points, or the order alone?",
    "Where a group cannot agree on points, the order may be enough. "
    "Weights are then the middle of all that keep the order (rank-order centroid).",
    "Barron and Barrett, Management Science 42, 1996",
)
DOUBT_HELP = Help(
    "How much doubt is usual?",
    "Groups that give one figure are rarely sure of it. Ten points either way for a swing and five for a score "
    "keep results from looking surer than they are. Assessors’ marks make a score less sure, never surer.",
    _SOURCE,
)
PAIRS_HELP = Help(
    "What are these two for?",
    "A cross-check compares options two by two on each criterion (PROMETHEE II). "
    "Small differences count for nothing, and beyond the second figure more counts no further.",
    "Brans and Vincke, Management Science 31, 1985",
)
RANK_HELP = Help(
    "How to put them in order",
    "Read both ends of each move. Ask which one change residents would want first, and then which next. "
    "Drag a row, or choose it and press Alt with Up or Down.",
    _SOURCE,
)
STANDS_HELP = Help(
    "What stands for a branch?",
    "One criterion with clear anchors, usually the one with the largest move. "
    "Comparing its move across branches sets the weight of all its neighbours.",
    _SOURCE,
)
TREE_HELP = Help(
    "What makes a good criterion?",
    "It tells options apart, is not counted twice, and somebody can say what worst and best look like. "
    "Six to ten are usually enough.",
    _SOURCE,
)
ANCHORS_HELP = Help(
    "What are anchors?",
    "Real levels of performance, in words and figures: the least and the most that any option could plausibly reach. "
    "They are fixed before anybody scores.",
    _SOURCE,
)
ABOUT_HELP = Help(
    "Why say what it is about?",
    "Each thing counts once. Money is in the costs of step 5. "
    "A constraint is either priced in step 6 or scored here, never both.",
    _SOURCE,
)
MEASURED_HELP = Help(
    "How should it be measured?",
    "Levels in words keep assessors to the same scale. A measure in its own unit is best where there is data. "
    "Straight points suit what is hard to describe.",
    _SOURCE,
)
CURVE_HELP = Help(
    "What is a value function?",
    "It says how many points each amount is worth. A straight line means every step counts alike. "
    "Where less is better, the line simply falls. Arrows walk the points and move them.",
    _SOURCE,
)
INDEPENDENCE_HELP = Help(
    "Why must it stand alone?",
    "Weighted scores are added up. That misleads if a score here depends on how the option does elsewhere. "
    "Then merge the two, or describe the anchors so that it does not.",
    _SOURCE,
)
GATES_HELP = Help(
    "What is a gate?",
    "A condition that must be met, whatever the score: lawful, within a ceiling, a mandatory standard. "
    "An option that fails is shown with its reason and is out of the ranking.",
    _SOURCE,
)
CHECKS_HELP = Help(
    "Why ask again in another way?",
    "People answer questions about moves more surely than they give points. "
    "Where both ways differ by more than a quarter, look at it together.",
    _SOURCE,
)


def weights_helps(section: "WeightsSection") -> dict[QWidget, Help]:
    """The help of each part of the weights."""
    question = section.question
    return {
        section.asking: ASKING_HELP,
        section.answers: ANSWERS_HELP,
        section.rank: RANK_HELP,
        question: WHY_MOVES,
        question.low: RANGE_HELP,
        question.high: RANGE_HELP,
        question.reason: REASON_HELP,
        question.stands: STANDS_HELP,
        section.moves: WHY_MOVES,
    }
