"""What short money rests on, as tables that can be checked by hand: recovery by term, and prevention by year."""

from decimal import Decimal

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.funding import Programme
from appraise.model.appraisal.options import Option
from appraise.model.contracts import reference_years
from appraise.model.periods import label
from appraise.model.programmes import last_paid, mean_of_most, shape
from appraise.model.results import Results
from appraise.model.short_money import yearly_charge
from appraise.present import wording
from appraise.present.tables import Cell, Column, Table, option_columns, right_columns, short_name, words

_HUNDRED = Decimal(100)


def recovery_by_term(appraisal: Appraisal) -> Table:
    """The yearly charge that recovers a supplier's investment, by years signed, options across, to the penny.

    A star marks the term that the price as entered holds for. Options without an investment are left out.
    """
    shown = [one for one in appraisal.options if one.term_years > 0 and one.terms.investment]
    longest = max((max(one.term_years, reference_years(one)) for one in shown), default=0)
    rows = [
        (Cell(text=str(years), raw=Decimal(years)), *(_charge(one, years) for one in shown))
        for years in range(1, longest + 1)
    ]
    return Table(
        title="What a supplier recovers a year of what it puts in, by years signed",
        columns=(
            Column(heading="Years signed"),
            *option_columns(appraisal, [one.id for one in shown], unit="£ a year"),
        ),
        rows=tuple(rows),
        notes=(
            "A star: the term that the price as entered holds for. Other terms add the difference to that price.",
            "At the prices of the year of signing; general inflation up to that year comes on top.",
            "Where the cost of capital is real, the charge rises with general inflation after it, too.",
            "Without what a break clause adds. A joint service pays the whole; partners share it.",
        ),
    )


def _charge(option: Option, years: int) -> Cell:
    terms = option.terms
    if years > max(option.term_years, reference_years(option)):
        return Cell(text=wording.DASH)
    charge = yearly_charge(terms.investment, terms.kept_value, terms.capital_percent / _HUNDRED, years)
    star = f"{wording.NO_BREAK}*" if years == reference_years(option) else ""
    return Cell(text=f"{wording.number(charge, 2)}{star}", raw=charge)


def effect_by_year(results: Results, appraisal: Appraisal) -> Table:
    """How much of its lines each programme takes off by year: funded throughout, and in each scenario that stops it."""
    rows = []
    for one in appraisal.programmes:
        rows.append(_effect_row(results, f"{_called(appraisal, one)}: funded", one, None))
        for scenario in appraisal.scenarios:
            stop = last_paid(scenario, one.id)
            if stop is not None:
                rows.append(_effect_row(results, f"{_called(appraisal, one)}: {scenario.name}", one, stop))
    return Table(
        title="What prevention takes off its lines, by year",
        columns=(
            Column(heading="Programme"),
            *right_columns(*(wording.year_short(year) for year in results.years), unit="per cent"),
        ),
        rows=tuple(rows),
        notes=(
            "At the mean of low, four times likely and high. Where a scenario stops it, it fades after its last year.",
            *(_first_step(appraisal, one) for one in appraisal.programmes),
        ),
    )


def _called(appraisal: Appraisal, one: Programme) -> str:
    return f"{one.name} ({short_name(appraisal, one.option)})"


def _effect_row(results: Results, name: str, one: Programme, stop: int | None) -> tuple[Cell, ...]:
    mean = mean_of_most(one)
    shares = [share * mean for share in shape(one, stop, len(results.years))]
    return (words(name), *(_share(share) for share in shares))


def _share(share: Decimal) -> Cell:
    return Cell(text=wording.number(share * _HUNDRED, 2) if share else wording.DASH, raw=share)


def _first_step(appraisal: Appraisal, one: Programme) -> str:
    """When a programme starts and when its first step falls: a year after start and lag, at once without steps."""
    first = appraisal.horizon.first_year
    step = one.starts + one.lag_years + (1 if one.ramp_years else 0)
    beyond = step >= appraisal.horizon.years
    falls = "after the last year" if beyond else f"in {label(first, step)}"
    why = ", a year after start and lag" if one.ramp_years else ""
    return f"{one.name} starts in {label(first, one.starts)}; its first step falls {falls}{why}."
