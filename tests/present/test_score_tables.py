from dataclasses import replace

import pytest

from appraise.model.appraisal.criteria import Answers, Asking, Gate, TradeOff, Weighting
from appraise.model.appraisal.workshop import Assessor, Sealed, SealEvent, Stage, Step, Workshop
from appraise.model.frontier import cost_against_score
from appraise.model.results import Results
from appraise.model.score_results import LateChange, Stability, TotalThen
from appraise.present import score_tables, scoring_words, wording
from appraise.present.scoring_words import SCORING_STANDS
from appraise.present.tables import Table
from tests.present import scoring_example

DOCUMENT = scoring_example.document()
RESULTS = scoring_example.results(DOCUMENT)

UNLOCK = SealEvent(step=Step.UNLOCK, when="2026-11-05T09:00:00Z", who="Analyst", reason="A slip")
DOCUMENT_UNLOCKED = replace(DOCUMENT, workshop=Workshop(id="w", stage=Stage.REVEALED, events=(UNLOCK,)))


def column(table: Table, heading: str) -> list[str]:
    place = [one.heading for one in table.columns].index(heading)
    return [row[place].text for row in table.rows]


def every_table(results: Results) -> list[Table]:
    return [
        score_tables.rank_acceptability(results),
        score_tables.first_places(results, DOCUMENT),
        score_tables.central_weights(results, DOCUMENT, "elicited"),
        score_tables.pairwise(results, DOCUMENT),
        score_tables.stability(results, DOCUMENT),
        score_tables.trade_offs(results, DOCUMENT),
        score_tables.dominance(results, DOCUMENT),
        score_tables.cross_checks(results, DOCUMENT),
        score_tables.cost_and_score(results, DOCUMENT),
        score_tables.frontier_steps(results, DOCUMENT),
        score_tables.late_changes(results, DOCUMENT),
    ]


def test_every_row_has_a_cell_for_every_column() -> None:
    for table in [*every_table(RESULTS), score_tables.weights(RESULTS, DOCUMENT)]:
        for row in table.rows:
            assert len(row) == len(table.columns), table.title


def test_shares_of_places_are_rounded_by_their_error_and_add_up() -> None:
    table = score_tables.rank_acceptability(RESULTS)
    assert [one.heading for one in table.columns] == ["Option", *(f"Place {place}" for place in range(1, 6))]
    joint = table.rows[4]
    first = RESULTS.options[4].score
    assert first is not None
    assert joint[1].raw == first.rank_acceptability[0]
    assert joint[1].error == pytest.approx(1.96 * first.rank_errors[0])
    assert joint[1].text == f"{100 * first.rank_acceptability[0]:.1f}\u00a0%\u00a0±2.0"
    assert joint[5].text == "under 1\u00a0%", "no draw showed it, which does not rule it out"
    assert sum(float(str(cell.raw)) for cell in joint[1:]) == pytest.approx(1)
    assert table.highlight_row == 4


def test_an_option_without_a_place_says_why() -> None:
    document = scoring_example.document(gate=True)
    table = score_tables.rank_acceptability(scoring_example.results(document, draws=300))
    assert [cell.text for cell in table.rows[0][1:]] == ["–"] * 4
    assert "Business as usual fails a gate, so it has no place." in table.notes
    lacking = scoring_example.document(unscored=1)
    table = score_tables.rank_acceptability(scoring_example.results(lacking, draws=300))
    assert "Joint service with Eastholme lacks scores, so it has no place." in table.notes


def test_three_ways_of_drawing_weights_stand_side_by_side() -> None:
    table = score_tables.first_places(RESULTS, DOCUMENT)
    assert [one.heading for one in table.columns][1:] == [
        "As answered",
        "Order alone",
        "Any weights",
        "At its best weights",
    ]
    known = [way.options[4].ranks[0] for way in RESULTS.scoring.acceptability] if RESULTS.scoring else []
    assert [cell.raw for cell in table.rows[4][1:4]] == known
    assert column(table, "At its best weights")[0] == "–", "an option that is never first has none"


def test_one_way_of_drawing_weights_makes_no_table_of_three() -> None:
    assert RESULTS.scoring is not None
    quick = replace(RESULTS, scoring=replace(RESULTS.scoring, acceptability=RESULTS.scoring.acceptability[:1]))
    assert not score_tables.first_places(quick, DOCUMENT).rows
    assert not score_tables.first_places(quick, DOCUMENT).notes


def test_pairs_are_shares_one_way_and_the_other() -> None:
    table = score_tables.pairwise(RESULTS, DOCUMENT)
    for row in range(5):
        for other in range(row):
            both = float(str(table.rows[row][other + 1].raw)) + float(str(table.rows[other][row + 1].raw))
            assert both == pytest.approx(1)
        assert table.rows[row][row + 1].text == "–"


def test_weights_of_branches_are_the_sums_of_their_criteria() -> None:
    table = score_tables.weights(RESULTS, DOCUMENT)
    assert table.total_rows == (0, 3, 6)
    assert [row[0].text for row in table.rows[:3]] == [
        "Homes kept dry",
        *(f"Homes kept dry measure {one}" for one in (0, 3)),
    ]
    for head in table.total_rows:
        parts = [float(str(table.rows[head + part][3].raw)) for part in (1, 2)]
        assert sum(parts) == pytest.approx(float(str(table.rows[head][3].raw)))
    assert table.rows[1][2].text == "100", "the yardstick is held"
    assert table.rows[2][2].text == "60 to 80"


def test_weights_from_ranks_show_ranks_and_branch_by_branch_the_swings_of_branches() -> None:
    ranked = tuple(replace(one, rank=place + 1) for place, one in enumerate(DOCUMENT.criteria))
    document = replace(DOCUMENT, criteria=ranked, weighting=Weighting(answers=Answers.RANKS))
    table = score_tables.weights(replace(RESULTS, scoring=None), document)
    assert table.rows[1][1].text == "rank 1"
    heads = tuple(replace(one, swing=swing) for one, swing in zip(DOCUMENT.branches, (100.0, 50.0, 20.0), strict=True))
    document = replace(DOCUMENT, branches=heads, weighting=Weighting(asking=Asking.BY_BRANCH))
    table = score_tables.weights(replace(RESULTS, scoring=None), document)
    assert [table.rows[head][1].text for head in table.total_rows] == ["100", "50", "20"]


def test_stability_names_branches_first_and_says_how_near_a_change_is() -> None:
    table = score_tables.stability(RESULTS, DOCUMENT)
    assert table.title == "Weights at which Joint stays first"
    assert column(table, "Kind") == ["Branch"] * 3 + ["Criterion"] * 6
    row = next(row for row in table.rows if row[0].text == "Homes kept dry measure 0")
    assert [cell.text for cell in row[2:]] == ["22\u00a0%", "18\u00a0% to 100\u00a0%", "−4\u00a0points"]
    always = Stability(kind="criterion", id="c", weight=0.2, low=0.0, high=1.0)
    assert score_tables.stable_words(always) == "any weight"
    assert score_tables.nearest(always) is None


def test_an_option_that_can_only_be_level_is_not_said_to_lead_at_some_weights() -> None:
    first, *others = RESULTS.options
    assert first.score is not None
    level = replace(first, score=replace(first.score, dominated_by=("option-4",), potentially_first=True))
    table = score_tables.dominance(replace(RESULTS, options=(level, *others)), DOCUMENT)
    assert [cell.text for cell in table.rows[0]] == ["Business as usual", "Joint", "Level at best, never ahead"]
    assert table.rows[4][2].text == "Yes"


def test_other_methods_name_their_first_and_every_value() -> None:
    table = score_tables.cross_checks(RESULTS, DOCUMENT)
    assert len(table.rows) == 4
    assert [one.heading for one in table.columns] == [
        "Method",
        "First",
        "Usual",
        "Minimum",
        "In-house",
        "Outsource",
        "Joint",
    ]
    flows = [float(str(cell.raw)) for cell in table.rows[3][2:]]
    assert sum(flows) == pytest.approx(0)


def test_the_frontier_is_told_in_pounds_for_an_extra_point() -> None:
    costs = {"option-0": 30e6, "option-2": 36e6, "option-4": 40e6}
    scores = {"option-0": 30.0, "option-2": 60.0, "option-4": 70.0}
    assert RESULTS.scoring is not None
    found = replace(RESULTS, scoring=replace(RESULTS.scoring, cost_against_score=cost_against_score(costs, scores)))
    table = score_tables.frontier_steps(found, DOCUMENT)
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["Usual", "In-house", "30.0", "£6.00m", "£200k"],
        ["In-house", "Joint", "10.0", "£4.00m", "£400k"],
    ]
    assert score_tables.cost_and_score(found, DOCUMENT).rows[0][6].text == "–", "no chance without draws"


def late(several: bool) -> Results:
    change = LateChange(
        event=0,
        swings=(("criterion-0", 100.0, 80.0),),
        scores=(("option-4", "criterion-1", None, 60.0),),
        anchors=("criterion-2",),
        before=(TotalThen(option="option-4", total=60.25, place=1),),
        after=(TotalThen(option="option-4", total=58.0, place=2),),
        decides=True,
    )
    assert RESULTS.scoring is not None
    changes = (change, change) if several else (change,)
    return replace(RESULTS, scoring=replace(RESULTS.scoring, late_changes=changes))


def test_late_changes_stand_before_and_after() -> None:
    event = SealEvent(step=Step.UNLOCK, when="2026-11-05T09:00:00Z", who="Analyst", reason="A slip")
    document = replace(DOCUMENT, workshop=Workshop(id="w", stage=Stage.REVEALED, events=(event,)))
    table = score_tables.late_changes(late(several=False), document)
    assert [[cell.text for cell in row] for row in table.rows] == [["Joint", "60.2", "58.0", "1", "2"]]
    table = score_tables.late_changes(late(several=True), document)
    assert column(table, "Opened on") == ["5\u00a0November 2026"] * 2
    found = late(several=False).scoring
    assert found is not None
    table = score_tables.changed(document, found.late_changes[0])
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["Swing of Homes kept dry measure 0", "100.0", "80.0"],
        ["Joint on Safe roads measure 1", "–", "60.0"],
        ["Anchors of Local value measure 2", "–", "changed"],
    ]


def test_everything_that_was_changed_has_a_row() -> None:
    change = LateChange(
        event=0,
        swings=(),
        scores=(),
        anchors=(),
        outcomes=(("gate-1", "option-4", "pass", "fail"), ("gone", "option-4", None, "pass")),
        first_scores=(("option-4", "criterion-0"),),
        assessors=("assessor-1",),
        others=tuple(one for one in Sealed if one is not Sealed.MARKS),
        options=("option-4", "gone"),
    )
    workshop = Workshop(assessors=(Assessor(id="assessor-1", post="Head of roads"),))
    document = replace(DOCUMENT, gates=(Gate(id="gate-1", name="Lawful"),), workshop=workshop)
    rows = [[cell.text for cell in row] for row in score_tables.changed(document, change).rows]
    assert rows == [
        ["Joint on Homes kept dry measure 0", "–", "given first"],
        ["Joint on Lawful", "Passes", "Fails"],
        ["Joint on a gate since deleted", "–", "Passes"],
        ["Marks of Head of roads", "–", "changed"],
        *([wording.capital(words), "–", "changed"] for one, words in scoring_words.SEALED.items() if one != "marks"),
        ["Joint", "–", "added"],
        ["An option since deleted", "there", "dropped"],
    ]


def test_trade_offs_stand_beside_the_ratings() -> None:
    asked = TradeOff(id="t", larger="criterion-0", smaller="criterion-2", points=60.0)
    document = replace(DOCUMENT, weighting=Weighting(trade_offs=(asked,)))
    table = score_tables.trade_offs(scoring_example.results(document, draws=300), document)
    (row,) = table.rows
    assert row[0].text == "Local value measure 2 beside Homes kept dry measure 0"
    assert [cell.text for cell in row[1:]] == ["80\u00a0%", "60\u00a0%", "25\u00a0%"]


@pytest.mark.parametrize("stage", [Stage.PREPARING, Stage.AGREED, Stage.SEALED, Stage.MODERATING])
def test_no_table_has_a_row_while_totals_are_sealed(stage: Stage) -> None:
    document = replace(DOCUMENT, workshop=Workshop(id="w", stage=stage))
    sealed = scoring_example.results(document, draws=300)
    assert [table.title for table in every_table(sealed) if table.rows] == []
    assert score_tables.weights(sealed, document).rows, "weights are nobody's score"


def test_every_comparison_says_who_is_left_out_and_how_totals_are_read() -> None:
    document = scoring_example.document(gate=True)
    results = scoring_example.results(document, draws=300)
    ways = score_tables.first_places(results, document)
    pairs, methods = score_tables.pairwise(results, document), score_tables.cross_checks(results, document)
    costs = score_tables.cost_and_score(results, document)
    for table in (ways, pairs, methods, costs):
        assert table.rows
        assert "Left out: Usual, which fails a gate." in table.notes, table.title
    assert score_tables.left_out(RESULTS, DOCUMENT) == ()
    for table in (methods, costs, score_tables.late_changes(late(several=False), DOCUMENT_UNLOCKED)):
        assert SCORING_STANDS in table.notes, table.title


def test_an_option_that_is_out_is_dominated_by_nobody() -> None:
    document = scoring_example.document(gate=True)
    table = score_tables.dominance(scoring_example.results(document, draws=300), document)
    assert [cell.text for cell in table.rows[0][1:]] == ["–", "Out: fails a gate"]
    assert table.rows[1][1].text != "–"


def test_the_weights_that_put_an_option_first_add_up_and_favour_what_it_is_good_at() -> None:
    table = score_tables.central_weights(RESULTS, DOCUMENT, "any")
    heads = [one.heading for one in table.columns]
    assert heads[:2] == ["Criterion", "As answered"]
    assert {"In-house", "Joint"} <= set(heads)
    assert len(table.rows) == len(DOCUMENT.criteria)
    for place in range(1, len(heads)):
        assert sum(float(str(row[place].raw)) for row in table.rows) == pytest.approx(1)
    last = table.rows[5]
    assert float(str(last[heads.index("In-house")].raw)) > float(str(last[heads.index("Joint")].raw))
    assert not score_tables.central_weights(replace(RESULTS, scoring=None), DOCUMENT, "any").rows
