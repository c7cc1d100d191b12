import itertools

import pytest

from appraise.ui import theme
from appraise.ui.widgets.stage_track import StageFace, StageTrack
from appraise.ui.widgets.weight_stack import StackPart, WeightStack


def test_blocks_are_in_proportion_and_names_keep_a_line_each(qtbot):
    stack = WeightStack("Weights so far")
    qtbot.addWidget(stack)
    shares = [0.5, 0.3, 0.1, 0.05, 0.03, 0.02]
    stack.set_parts([StackPart(f"Criterion {number}", share) for number, share in enumerate(shares)])
    stack.resize(240, stack.sizeHint().height())
    blocks = stack._blocks()
    assert [block.height() / blocks[0].height() for block in blocks] == pytest.approx([share / 0.5 for share in shares])
    assert blocks[-1].bottom() <= stack.height() + 0.5
    lines = stack._lines(blocks)
    gaps = [after - before for before, after in itertools.pairwise(lines)]
    assert min(gaps) >= theme.px(22) - 0.01
    assert lines[-1] <= stack.height()


def test_many_small_shares_make_room_for_their_names(qtbot):
    stack = WeightStack("Weights so far")
    qtbot.addWidget(stack)
    stack.set_parts([StackPart(f"Criterion {number}", 0.05) for number in range(20)])
    stack.resize(240, stack.sizeHint().height())
    lines = stack._lines(stack._blocks())
    assert lines[0] >= 0
    assert min(after - before for before, after in itertools.pairwise(lines)) >= theme.px(22) - 0.01
    assert stack.accessibleDescription().startswith("Criterion 0, 5\N{NO-BREAK SPACE}%; Criterion 1")
    assert not stack.grab().isNull()


def test_stages_fold_to_icons_where_they_have_no_room(qtbot):
    track = StageTrack("Sealed workshop")
    qtbot.addWidget(track)
    track.set_stages(
        [StageFace("Criteria and anchors agreed", "completed"), StageFace("Weights", "in-progress")]
        + [StageFace(words, "locked") for words in ("Score alone, unseen", "Moderate", "Reveal")]
    )
    track.resize(840, 37)
    assert not track.folded()
    track.resize(400, 37)
    assert track.folded()
    assert track.accessibleName() == "Sealed workshop: Weights, stage 2 of 5"
    assert "Moderate, cannot start yet" in track.accessibleDescription()
    assert not track.grab().isNull()
