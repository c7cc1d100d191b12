"""How the scoring was done, as tables: assessors, the value tree, gates, answers, scores of record, the seal log.

Assessors and whoever took a step go by their posts. Nothing here is a total but in `choices`, which has no rows while
totals are hidden.
"""

from appraise.model.appraisal.criteria import Answers, Asking, Criterion, Measured, Outcome, Score
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.workshop import Interest, SealEvent
from appraise.model.results import Results
from appraise.model.score_results import ChoiceScored
from appraise.model.value import points_of
from appraise.present import finished, scoring_words, wording
from appraise.present.option_words import CATEGORIES, RATINGS
from appraise.present.tables import Cell, Column, Table, right_columns, short_name, words


def entered(value: float) -> str:
    """A score or a measure as it was entered, up to two places: "42.5", "80"."""
    text = wording.number(value, 2)
    return text.rstrip("0").rstrip(".")


# --- who -----------------------------------------------------------------------------------------------------------
def assessors(appraisal: Appraisal) -> Table:
    """Each assessor by post: interest, how many marks were given, and when they came in."""
    known = {(option.id, one.id) for option in appraisal.options for one in appraisal.criteria}
    rows = []
    for one in appraisal.workshop.assessors:
        given = sum((mark.option, mark.criterion) in known for mark in one.marks)
        counts = one.interest is not Interest.STANDS_ASIDE
        marks = f"{given:,} of {len(known):,}" if counts else f"{given:,}, not counted"
        came = ", ".join(filter(None, (scoring_words.day(one.received), "late" * one.late)))
        rows.append(
            (
                words(scoring_words.assessor_post(appraisal, one.id)),
                words(scoring_words.INTERESTS[one.interest]),
                words(one.interest_words),
                Cell(text=marks, raw=float(given)),
                words(came),
            )
        )
    aside = any(one.interest is Interest.STANDS_ASIDE for one in appraisal.workshop.assessors)
    return Table(
        title="Assessors",
        columns=tuple(
            Column(heading=heading) for heading in ("Post", "Interest", "What it is", "Marks", "Sheet received")
        ),
        rows=tuple(rows),
        notes=(
            "A mark is one score given alone."
            + (" Marks of whoever stands aside stay on record; they count nowhere." if aside else ""),
        ),
    )


# --- what is scored --------------------------------------------------------------------------------------------------
def scale_words(criterion: Criterion) -> str:
    """How a criterion is scored, in a few words; `scales` says what its points stand for."""
    if criterion.measured is Measured.LEVELS:
        return "By levels in words"
    if criterion.measured is Measured.MEASURE:
        return f"By measure: {criterion.unit.strip() or 'without a unit'}"
    return "Directly, 0 to 100"


def scales(appraisal: Appraisal) -> Table:
    """What points stand for: constructed levels in words, and the value functions of measures, point by point."""
    rows: list[tuple[Cell, ...]] = []
    for one in appraisal.criteria:
        steps: list[tuple[float, str]] = []
        if one.measured is Measured.LEVELS:
            steps = [(level.value, level.words) for level in one.levels]
        elif one.measured is Measured.MEASURE:
            steps = [(point.value, f"{entered(point.measure)} {one.unit}".strip()) for point in one.points]
        for points, stands_for in sorted(steps):
            rows.append((words(one.name), Cell(text=entered(points), raw=points), words(stands_for)))
    return Table(
        title="What points stand for",
        columns=(Column(heading="Criterion"), *right_columns("Points"), Column(heading="Stand for")),
        rows=tuple(rows),
        notes=("Between two points of a measure the value is a straight line; beyond the ends it stays as it is.",)
        if any(one.measured is Measured.MEASURE for one in appraisal.criteria)
        else (),
    )


def _about(appraisal: Appraisal, criterion: Criterion) -> str:
    name = next((one.name for one in appraisal.constraints if one.id == criterion.constraint), "")
    return f"{scoring_words.ABOUTS[criterion.about]}: {name}" if name else scoring_words.ABOUTS[criterion.about]


def value_tree(appraisal: Appraisal) -> Table:
    """Criteria by branch, with anchors, how each is scored and what it is about."""
    rows = []
    for branch in appraisal.branches:
        for one in appraisal.criteria:
            if one.branch == branch.id:
                cells = (one.name, branch.name, one.worst, one.best, scale_words(one), _about(appraisal, one))
                rows.append(tuple(words(text) for text in cells))
    headings = ("Criterion", "Branch", "Worst, 0 points", "Best, 100 points", "How it is scored", "About")
    return Table(
        title="The value tree",
        columns=tuple(Column(heading=heading) for heading in headings),
        rows=tuple(rows),
        notes=("Scales are fixed: what an option scores never moves them, so another option changes no total.",),
    )


def gates(appraisal: Appraisal, *, outcomes: bool = True) -> Table:
    """What must be met whatever the score, and, unless left out, how each option came out."""
    options = appraisal.options if outcomes else ()
    rows = []
    for gate in appraisal.gates:
        said = {one.option: one.outcome for one in gate.outcomes}
        found = (said.get(option.id, Outcome.UNSAID) for option in options)
        cells = (Cell(text=scoring_words.OUTCOMES[one], raw=one.value) for one in found)
        rows.append((words(gate.name), words(gate.test), *cells))
    return Table(
        title="Gates",
        columns=(
            Column(heading="Gate"),
            Column(heading="Test"),
            *(Column(heading=short_name(appraisal, option.id)) for option in options),
        ),
        rows=tuple(rows),
        notes=("An option that fails a gate is shown and has no place in the order of scores.",),
    )


# --- answers ---------------------------------------------------------------------------------------------------------
def swings(appraisal: Appraisal) -> Table:
    """The answer on every move as it was given, its range, its reason, and whether it can be scored by itself."""
    ranks = appraisal.weighting.answers is Answers.RANKS
    rows = []
    for one in sorted(appraisal.criteria, key=lambda found: found.rank or len(appraisal.criteria) + 1):
        known = one.swing_low is not None and one.swing_high is not None
        span = f"{entered(one.swing_low or 0)} to {entered(one.swing_high or 0)}" if known else "Not said"
        cells: tuple[Cell, ...] = (words(one.name), words(str(one.rank) if one.rank else ""))
        if not ranks:
            cells += (Cell(text=entered(one.swing), raw=one.swing), words(span))
        rows.append((*cells, words(one.swing_reason), words(scoring_words.INDEPENDENCE[one.independence])))
    figures = () if ranks else (*right_columns("Swing"), Column(heading="Between"))
    inside = appraisal.weighting.asking is Asking.BY_BRANCH
    return Table(
        title="What each move is worth, as answered",
        columns=(
            Column(heading="Criterion"),
            *right_columns("Order"),
            *figures,
            Column(heading="Reason"),
            Column(heading="Scored by itself"),
        ),
        rows=tuple(rows),
        notes=(
            f"A swing is what the move from worst to best is worth beside the largest{' of its branch' * inside}, 100.",
        ),
    )


# --- scores ----------------------------------------------------------------------------------------------------------
def records(appraisal: Appraisal) -> Table:
    """Every score of record: as entered, in points, its range, reason and evidence, who agreed and who did not."""
    given = {(score.option, score.criterion): score for score in appraisal.scores}
    judges = _judges(appraisal)
    rows = []
    for criterion in appraisal.criteria:
        for option in appraisal.options:
            score = given.get((option.id, criterion.id))
            if score is not None:
                points = points_of(criterion, score.value)
                agreed = f"{sum(one in score.agreed for one in judges)} of {len(judges)}"
                rows.append(
                    (
                        words(criterion.name),
                        words(short_name(appraisal, option.id)),
                        Cell(text=wording.score(points), raw=points),
                        words(_as_entered(criterion, score)),
                        *((words(agreed),) if judges else ()),
                        words(score.reason),
                        words(score.evidence),
                    )
                )
    return Table(
        title="Scores of record, reasons and evidence",
        columns=(
            Column(heading="Criterion"),
            Column(heading="Option"),
            *right_columns("Points"),
            Column(heading="As entered"),
            *((Column(heading="Agreed"),) if judges else ()),
            Column(heading="Reason"),
            Column(heading="Evidence"),
        ),
        rows=tuple(rows),
        notes=("As entered: the measure, and in brackets how low and high it may be.", scoring_words.MODERATED)
        if judges
        else (),
    )


def _judges(appraisal: Appraisal) -> tuple[str, ...]:
    """Ids of the assessors who do not stand aside."""
    found = appraisal.workshop.assessors
    return tuple(one.id for one in found if one.interest is not Interest.STANDS_ASIDE)


def _as_entered(criterion: Criterion, score: Score) -> str:
    """The measure, and the range where there is one: "20 (16 to 24)"; for points the range alone."""
    known = score.low is not None and score.high is not None
    span = f"{entered(score.low or 0)} to {entered(score.high or 0)}" if known else ""
    if criterion.measured is not Measured.MEASURE:
        return span
    return f"{entered(score.value)} ({span})" if span else entered(score.value)


def dissents(appraisal: Appraisal) -> Table:
    """Every dissent from a score of record, by post, with its words."""
    names = {one.id: one.name for one in appraisal.criteria}
    rows = tuple(
        (
            words(names.get(score.criterion, "")),
            words(short_name(appraisal, score.option)),
            words(scoring_words.assessor_post(appraisal, dissent.assessor)),
            words(dissent.words.strip() or "No reason given"),
        )
        for score in appraisal.scores
        for dissent in score.dissents
    )
    return Table(
        title="Dissents",
        columns=tuple(Column(heading=heading) for heading in ("Criterion", "Option", "Who", "Why")),
        rows=rows,
    )


def choices(results: Results, appraisal: Appraisal) -> Table:
    """Weighted scores of the choices of the long list, sorted inside each category; none while totals are hidden."""
    known = results.scoring.choices if results.scoring is not None else ()
    by_id = {choice.id: choice for choice in appraisal.choices}
    place = {category.value: at for at, category in enumerate(CATEGORIES)}

    def order(one: ChoiceScored) -> tuple[int, bool, float]:
        return place.get(one.category, len(place)), not one.scored.complete, -one.scored.total

    rows = []
    for one in sorted(known, key=order):
        choice = by_id.get(one.choice)
        if choice is not None and any(part.value is not None for part in one.scored.by_criterion):
            raw = one.scored.total if one.scored.complete else None
            cells = (words(choice.name), words(CATEGORIES[choice.category]))
            total = Cell(text=finished.total_words(one.scored), raw=raw)
            rows.append((*cells, total, Cell(text=RATINGS[choice.rating], raw=choice.rating.value)))
    return Table(
        title="The long list by score",
        columns=(
            Column(heading="Choice"),
            Column(heading="Category"),
            *right_columns("Score", unit="of 100"),
            Column(heading="Rating"),
        ),
        rows=tuple(rows),
        notes=(scoring_words.LONG_LIST_STANDS,),
    )


def choice_scores(appraisal: Appraisal) -> Table:
    """Every score of a choice of the long list, as entered and in points, with its reason."""
    choices = {one.id: one for one in appraisal.choices}
    criteria = {one.id: one for one in appraisal.criteria}
    rows = []
    for score in appraisal.choice_scores:
        choice, criterion = choices.get(score.option), criteria.get(score.criterion)
        if choice is not None and criterion is not None:
            points = points_of(criterion, score.value)
            measured = criterion.measured is Measured.MEASURE
            rows.append(
                (
                    words(choice.name),
                    words(criterion.name),
                    Cell(text=wording.score(points), raw=points),
                    words(entered(score.value) if measured else ""),
                    words(score.reason),
                )
            )
    return Table(
        title="Scores of the long list, and reasons",
        columns=(
            Column(heading="Choice"),
            Column(heading="Criterion"),
            *right_columns("Points", "As measured"),
            Column(heading="Reason"),
        ),
        rows=tuple(rows),
    )


# --- seals -----------------------------------------------------------------------------------------------------------
def seal_log(appraisal: Appraisal) -> Table:
    """Every step of the seals: when, what, by which post, the reason given, and which parts are new since the last.

    Nothing where nothing was sealed.
    """
    events = appraisal.workshop.events
    rows = []
    for at, event in enumerate(events):
        before = events[at - 1] if at else None
        rows.append(
            (
                words(scoring_words.moment(event.when)),
                words(scoring_words.STEPS[event.step]),
                words(scoring_words.post_of(appraisal, event.who)),
                words(event.reason),
                words("" if before is None else wording.listing(_new_parts(before, event)) or "nothing"),
                words(event.digest[:12]),
            )
        )
    headings = ("When", "Step", "Who", "Reason", "New since the step before", "Digest")
    return Table(
        title="The seal log",
        columns=tuple(Column(heading=heading) for heading in headings),
        rows=tuple(rows),
        notes=("The digest names criteria, weights, marks and scores as they stood at that moment.",),
    )


def _new_parts(before: SealEvent, event: SealEvent) -> tuple[str, ...]:
    """The parts whose digests differ: gates and the names of options go with criteria, outcomes with scores."""
    parts = {
        "criteria": (before.criteria, event.criteria),
        "weights": (before.weights, event.weights),
        "marks": (before.marks, event.marks),
        "scores": (before.scores, event.scores),
    }
    return tuple(part for part, (then, now) in parts.items() if then != now)
