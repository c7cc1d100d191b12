"""Step 5, optimism bias: bounds, what is managed, evidence, and the same treatment of every delivery model."""

from collections.abc import Iterator

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.effects import Bias, Mitigation
from appraise.model.appraisal.lines import RULES, Line, Spend
from appraise.model.appraisal.options import Option, ShortListRole
from appraise.model.bias import managed_share, resultant
from appraise.model.finding import (
    Finding,
    Place,
    between,
    blank,
    is_pounds,
    line_name,
    named,
    number_words,
    option_name,
)
from appraise.model.tables import BIAS_TABLE

_SYMMETRY = "Use the body's own history on both, or treat both the same way (Green Book 6.78-6.82)."


def check_biases(appraisal: Appraisal) -> Iterator[Finding]:
    """Each bias by itself, and the lines that name it."""
    for bias in appraisal.biases:
        lines = [line for line in appraisal.lines if line.bias == bias.id]
        yield from _bounds(bias)
        yield from _managed(bias)
        yield from _causes(bias)
        yield from _evidence(bias)
        yield from _fit(bias, lines)
    sound = [bias for bias in appraisal.biases if _sound(bias) and between(bias.lower_percent, 0, 1_000)]
    whole = {bias.id for bias in sound if resultant(bias) > 1}
    for line in appraisal.lines:
        rule = RULES[line.treatment]
        if line.bias in whole and rule.benefit and rule.economic:
            yield Place(5, f"Line {line_name(line)}", line.id, "bias").attention(
                "bias-over-benefit",
                f"{line_name(line)} names an optimism bias of over 100 %, so nothing of this benefit counts.",
                "Choose a bias that was measured on benefits.",
            )
        if line.bias and (not rule.economic or rule.event):
            yield Place(5, f"Line {line_name(line)}", line.id, "bias").attention(
                "bias-unused",
                f"{line_name(line)} names an optimism bias that plays no part under its treatment.",
                "Clear the bias, or change the treatment.",
            )


def bias_name(bias: Bias) -> str:
    """The bias's name for a sentence."""
    return named(bias.name, "an optimism bias without a name")


def _place(bias: Bias, field: str) -> Place:
    return Place(5, f"Optimism bias {bias_name(bias)}", bias.id, field)


def _bounds(bias: Bias) -> Iterator[Finding]:
    name = bias_name(bias)
    for upper, lower, field, what in (
        (bias.upper_percent, bias.lower_percent, "upper_percent", "bounds"),
        (bias.duration_upper_percent, bias.duration_lower_percent, "duration_upper_percent", "bounds on duration"),
    ):
        if not (between(upper, 0, 1_000) and between(lower, 0, 1_000)):
            yield _place(bias, field).error(
                "bias-bounds",
                f"The {what} of {name} are outside 0 to 1,000 %.",
                "Enter what is added to the estimate, such as 41.",
            )
        elif lower > upper:
            yield _place(bias, field).error(
                "bias-order",
                f"The {what} of {name} have the lower above the upper.",
                "Put the two in order.",
            )
    if not between(bias.months, 0, 1_200):
        yield _place(bias, "months").error(
            "bias-months",
            f"{name} has a planned duration outside 0 to 1,200 months.",
            "Enter the planned duration of the works in months.",
        )


def _managed(bias: Bias) -> Iterator[Finding]:
    """From 0 to 100 % of the upper bound, one by one or as a whole."""
    name = bias_name(bias)
    parts: tuple[Bias | Mitigation, ...] = (bias, *bias.causes)
    for part in parts:
        if not between(part.managed_percent, 0, 100):
            yield _place(bias, "managed_percent").error(
                "bias-managed",
                f"What is managed of {name} is {number_words(part.managed_percent)} %, outside 0 to 100.",
                "Enter how much of the bias is dealt with, from 0 to 100.",
            )


def _causes(bias: Bias) -> Iterator[Finding]:
    if not bias.causes:
        return
    place, name = _place(bias, "causes"), bias_name(bias)
    shares = [cause.share_percent for cause in bias.causes]
    if not all(between(share, 0, 100) for share in shares):
        yield place.error(
            "cause-share", f"A cause of {name} has a share outside 0 to 100 %.", "Enter shares from 0 to 100."
        )
        return
    whole = sum(shares)
    if whole > 100:
        yield place.error(
            "causes-over",
            f"The causes of {name} add up to {number_words(whole)} %, above 100.",
            "Lower the shares, so that they add up to 100.",
        )
    elif whole < 100:
        yield place.attention(
            "causes-short",
            f"The causes of {name} add up to {number_words(whole)} %; the rest counts as not managed.",
            "Enter shares that add up to 100.",
        )


def _sound(bias: Bias) -> bool:
    shares = [bias.managed_percent]
    for cause in bias.causes:
        shares += [cause.share_percent, cause.managed_percent]
    within = all(between(share, 0, 100) for share in shares) and between(bias.upper_percent, 0, 1_000)
    return within and sum(cause.share_percent for cause in bias.causes) <= 100


def _evidence(bias: Bias) -> Iterator[Finding]:
    """What is managed, what differs from the published row, and own history all need evidence."""
    name, place = bias_name(bias), _place(bias, "evidence")
    causes = [cause for cause in bias.causes if cause.managed_percent and blank(cause.evidence)]
    dealt = bool(causes) if bias.causes else bool(bias.managed_percent)
    row = BIAS_TABLE.get(bias.table)
    if dealt and blank(bias.evidence):
        yield place.attention(
            "bias-evidence",
            f"{name} is managed in part, and nothing shows how.",
            "Give the evidence for each cause that is dealt with.",
        )
    elif row is None and not bias.table and blank(bias.evidence):
        yield place.attention(
            "bias-history",
            f"{name} stands for the body's own history of forecasts, without evidence.",
            "Name the projects and how far their forecasts were out, or choose a published row.",
        )
    differs = row is not None and between(bias.upper_percent, 0, 1_000) and bias.upper_percent != row.cost_upper
    if row is not None and differs and blank(bias.evidence):
        yield _place(bias, "upper_percent").attention(
            "bias-table",
            f"{name} has an upper bound other than the published {number_words(row.cost_upper)} %.",
            "Give evidence for it, or choose the published row again.",
        )
    if not bias.awarded and _sound(bias) and between(bias.lower_percent, 0, 1_000):
        left = bias.upper_percent * (1 - managed_share(bias))
        if left < bias.lower_percent <= bias.upper_percent:
            yield _place(bias, "managed_percent").note(
                "bias-capped",
                f"{name} is managed below its lower bound of {number_words(bias.lower_percent)} %, which counts.",
                "Nothing to mend before the contract is awarded.",
            )


def _fit(bias: Bias, lines: list[Line]) -> Iterator[Finding]:
    """The published row is for this kind of spending; benefits can be late only against a planned duration."""
    name, row = bias_name(bias), BIAS_TABLE.get(bias.table)
    costs = [line for line in lines if not RULES[line.treatment].benefit]
    if row is not None:
        for line in costs:
            capital = line.spend is Spend.CAPITAL or RULES[line.treatment].capital
            if capital != (row.basis == "capital expenditure"):
                yield Place(5, f"Line {line_name(line)}", line.id, "bias").attention(
                    "bias-basis",
                    f"{line_name(line)} is not {row.basis}, which its published optimism bias is measured on.",
                    "Choose a row for this kind of spending, or the body's own history.",
                )
                break
    late = between(bias.duration_upper_percent, 0, 1_000) and bias.duration_upper_percent > 0
    if late and not bias.months and len(costs) < len(lines):
        yield _place(bias, "months").attention(
            "bias-no-months",
            f"Benefits under {name} are not late, because no planned duration is entered.",
            "Enter the planned duration of the works in months.",
        )


def check_explained(appraisal: Appraisal) -> Iterator[Finding]:
    """A constraint takes its cost off a bias only where the line has one and the option meets the constraint."""
    lines = {line.id: line for line in appraisal.lines}
    for constraint in appraisal.constraints:
        exposed = {bearing.option for bearing in constraint.bearings}
        name = named(constraint.name, "a constraint without a name")
        for line in (lines[key] for key in constraint.lines if key in lines):
            if not line.bias or line.option not in exposed:
                why = "has none" if not line.bias else "stands in an option that does not meet it"
                yield Place(6, f"Constraint {name}", constraint.id, "lines").attention(
                    "explains-nothing",
                    f"{name} is said to explain the optimism bias of a line that {why}.",
                    "Give the line a bias, or take it out of what the constraint explains.",
                )
                break


def _costs(appraisal: Appraisal, option: Option, *, capital: bool) -> list[Line]:
    return [
        line
        for line in appraisal.lines
        if line.option == option.id
        and (rule := RULES[line.treatment]).economic
        and not (rule.benefit or rule.event)
        and capital == (rule.capital or line.spend is Spend.CAPITAL)
        and any(line.amounts)
        and all(is_pounds(amount) for amount in line.amounts)
    ]


def check_symmetry(appraisal: Appraisal) -> Iterator[Finding]:
    """Optimism bias on one delivery model and none on another (METHOD 10.5): their largest lines are compared.

    Business as usual is left out: its costs are known.
    """
    carrying = {bias.id for bias in appraisal.biases if bias.upper_percent}
    options = [option for option in appraisal.options if option.role is not ShortListRole.BUSINESS_AS_USUAL]
    if not any(line.bias in carrying for line in appraisal.lines):
        if any(_costs(appraisal, option, capital=False) for option in options):
            yield Place(5, "Optimism bias", field="biases").attention(
                "bias-none",
                "No line carries an optimism bias.",
                "Add one from the body's own history, or from the published table (Green Book 6.78-6.82).",
            )
        return
    for capital, what in ((False, "running cost"), (True, "capital line")):
        with_bias, without = None, []
        for option in options:
            lines = _costs(appraisal, option, capital=capital)
            if not lines:
                continue
            largest = max(lines, key=lambda line: sum(line.amounts))
            if largest.bias in carrying:
                with_bias = with_bias or option
            else:
                without.append((option, largest))
        if with_bias is None:
            continue
        for option, line in without:
            name, other = option_name(option), option_name(with_bias)
            yield Place(5, f"Costs of {name}", line.id, "bias").attention(
                "bias-asymmetry",
                f"Optimism bias is on the largest {what} of {other}, not of {name}.",
                _SYMMETRY,
            )
