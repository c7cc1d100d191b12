"""What each row of the bridge is, in a sentence, and which lines of an option it comes from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import RULES, BorneBy, Group, Line, Rule, Treatment
from appraise.present import budget_words, wording

Keeps = Callable[[Line, Rule], bool]
#: So many lines are named; the rest are counted.
NAMED = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """A row of the bridge explained: `sentence`, where its figures stand, and the step and record to go to.

    `lines` are the lines of the option behind it, in their order; empty where the row comes from something else.
    """

    sentence: str
    where: str
    lines: tuple[Line, ...]
    step: int
    record: str
    field: str


def _is(*treatments: Treatment) -> Keeps:
    return lambda line, _rule: line.treatment in treatments


def _in_own_cash(_line: Line, rule: Rule) -> bool:
    return rule.bearer is BorneBy.OWN and rule.economic and rule.financial


def _taxed(line: Line, rule: Rule) -> bool:
    return rule.tax or (rule.financial and not line.vat_recoverable and line.vat_percent > 0)


_SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "economic": "The present value of costs less that of benefits: the NPSV with its sign turned.",
        "discounting": "Later years count in full again: all amounts stand in prices of year 0, not discounted.",
        "society": "What people and firms outside public bodies pay or gain is not in this body’s budget.",
        "body": "What other public bodies pay or save is not in this body’s budget; they see it in their own.",
        "non_cash": "These benefits are worth something and leave no money in the budget.",
        "residual": "What is left at the end is credited in the economic case, even if nothing is sold.",
        "bias": "Optimism bias belongs to the economic case; what remains of it comes back as contingency.",
        "retained": "The expected cost of constraints that stay here comes back below, in cash, as contingency.",
        "liabilities": "Liabilities count at their expected cost in the economic case; in the budget they are a note.",
        "prices": "General inflation turns prices of year 0 into the cash of each year.",
        "transfers": "Money changes hands and no resource is used, so only the budget feels it.",
        "overhead": "Overhead left behind is used either way, so only the budget feels it.",
        "vat": "The economic case leaves taxes out; the budget pays the VAT that cannot be recovered.",
        "capital_out": "In the revenue view capital is not counted when it is paid.",
        "financing": "In the revenue view the yearly charges stand in the place of the capital that they pay for.",
        "contingency": "The expected cost of constraints kept, and the optimism bias that remains, in cash.",
        "rounding": "Cash is rounded to pence by line and year; this row holds the pence that this moves.",
        "financial": "The cash of this body over all years, not discounted.",
    }
)
#: The sentences that differ where capital is shown by its charges: nothing is called cash there.
_IN_REVENUE: Mapping[str, str] = MappingProxyType(
    {
        "non_cash": "These benefits are worth something and lower no charge to the budget.",
        "retained": "The expected cost of constraints that stay here comes back below, in prices of each year.",
        "prices": "General inflation turns prices of year 0 into the prices of each year.",
        "contingency": "The expected cost of constraints kept, and the bias that remains, in prices of each year.",
        "rounding": "Figures are rounded to pence by line and year; this row holds the pence that this moves.",
        "financial": "The charges to this body’s revenue over all years, not discounted.",
    }
)
_LINES: Mapping[str, Keeps] = MappingProxyType(
    {
        "non_cash": _is(Treatment.NON_CASH_BENEFIT),
        "residual": _is(Treatment.RESIDUAL_VALUE),
        "bias": lambda line, rule: bool(line.bias) and _in_own_cash(line, rule),
        "liabilities": lambda _line, rule: rule.event,
        "prices": _in_own_cash,
        "transfers": _is(Treatment.TRANSFER),
        "overhead": _is(Treatment.STRANDED_OVERHEAD),
        "vat": _taxed,
        "capital_out": lambda _line, rule: rule.capital,
        "financing": lambda _line, rule: rule.financing,
    }
)
#: Rows that come from elsewhere than lines: words, step, field.
_ELSEWHERE: Mapping[str, tuple[str, int, str]] = MappingProxyType(
    {
        "economic": ("All measures stand under Measures, on this page.", 8, "measures"),
        "discounting": ("The discount rates stand in Costs and benefits, under prices and rates.", 5, "schedule"),
        "retained": ("Who bears each constraint stands in Constraints and risks.", 6, ""),
        "contingency": ("By year it stands under Budget, on this page.", 8, "cash"),
        "rounding": ("It comes from no line.", 0, ""),
        "financial": ("By year it stands under Budget, on this page.", 8, "cash"),
    }
)


def _lines_of(appraisal: Appraisal, option: str, key: str) -> tuple[Line, ...]:
    kind, _, about = key.partition(":")

    def counts(line: Line) -> bool:
        rule = RULES[line.treatment]
        if kind == "society":
            return rule.bearer is BorneBy.SOCIETY and line.group is Group(about)
        if kind == "body":
            return rule.bearer is BorneBy.PUBLIC_BODY and line.body == about
        return kind in _LINES and _LINES[kind](line, rule)

    return tuple(line for line in appraisal.lines if line.option == option and any(line.amounts) and counts(line))


def origin(appraisal: Appraisal, option: str, key: str) -> Origin:
    """What the row `key` of the bridge of an option is, and where its lines are; KeyError for an unknown row."""
    kind = key.partition(":")[0]
    sentence = _SENTENCES[kind]
    if budget_words.in_revenue(appraisal):
        sentence = _IN_REVENUE.get(kind, sentence)
    lines = _lines_of(appraisal, option, key)
    if kind in _ELSEWHERE:
        where, step, field = _ELSEWHERE[kind]
        return Origin(sentence=sentence, where=where, lines=lines, step=step, record="", field=field)
    if not lines:
        return Origin(
            sentence=sentence,
            where="This option has no such line.",
            lines=(),
            step=5,
            record=option,
            field="lines",
        )
    named = [f"“{wording.shorten(line.name, 40)}”" for line in lines[:NAMED]]
    more = len(lines) - len(named)
    said = wording.listing([*named, f"{more} more"] if more else named)
    return Origin(
        sentence=sentence,
        where=f"In Costs and benefits: {said}.",
        lines=lines,
        step=5,
        record=lines[0].id if len(lines) == 1 else option,
        field="" if len(lines) == 1 else "lines",
    )
