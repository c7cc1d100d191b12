"""Step 7, prevention: programmes, the lines that pay for them and the lines that they lower."""

from collections.abc import Iterator

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.funding import Programme
from appraise.model.appraisal.lines import RULES, Line
from appraise.model.finding import Finding, Place, blank, is_share, line_name, named, number_words, whole_words

#: Years that no programme takes to work.
_LONGEST = 100


def check_programmes(appraisal: Appraisal) -> Iterator[Finding]:
    """Each programme, then what programmes of one line come to together."""
    lines = {line.id: line for line in appraisal.lines}
    options = {option.id for option in appraisal.options}
    for programme in appraisal.programmes:
        name = named(programme.name, "a programme without a name")
        words = f"Programme {name}"
        if programme.option not in options:
            yield Place(7, words, programme.id, "option").error(
                "reference", f"{name} refers to an option that does not exist.", "Choose its option again."
            )
        yield from _lines(programme, lines, name, words)
        yield from _effect(programme, name, words)
        yield from _years(appraisal, programme, name, words)
        if blank(programme.source):
            yield Place(7, words, programme.id, "source").attention(
                "programme-source", f"Nothing says what shows that {name} works.", "Name the evidence for its effect."
            )
    yield from _together(appraisal, lines)


def _lines(programme: Programme, lines: dict[str, Line], name: str, words: str) -> Iterator[Finding]:
    """Lines of both kinds are costs of its own option."""
    for field, does in (("investment", "is paid for by"), ("lines", "lowers")):
        place = Place(7, words, programme.id, field)
        for key in dict.fromkeys(getattr(programme, field)):
            line = lines.get(key)
            if line is None:
                yield place.error("reference", f"{name} {does} a line that does not exist.", "Choose its lines again.")
            elif line.option != programme.option:
                yield place.error(
                    "programme-line",
                    f"{name} {does} {line_name(line)}, a line of another option.",
                    "Choose lines of its own option.",
                )
            elif RULES[line.treatment].benefit:
                yield place.error(
                    "programme-benefit", f"{name} {does} {line_name(line)}, which is no cost.", "Choose cost lines."
                )
    both = set(programme.investment) & set(programme.lines)
    if both:
        yield Place(7, words, programme.id, "lines").attention(
            "programme-both", f"{name} lowers a line that pays for it.", "Take the line out of one of the two lists."
        )
    if not programme.investment:
        yield Place(7, words, programme.id, "investment").attention(
            "programme-free", f"No line pays for {name}.", "Choose the cost lines that pay for it."
        )


def _effect(programme: Programme, name: str, words: str) -> Iterator[Finding]:
    most = (programme.low, programme.likely, programme.high)
    place = Place(7, words, programme.id, "likely")
    if not all(is_share(share) for share in most):
        yield place.error(
            "programme-effect", f"The effect of {name} is outside 0 to 100 %.", "Enter shares from 0 % to 100 %."
        )
    elif not most[0] <= most[1] <= most[2]:
        yield place.error(
            "programme-order",
            f"The effect of {name} is not in the order low, likely, high.",
            "Put the three shares in order.",
        )
    elif not programme.lines or not any(most):
        yield Place(7, words, programme.id, "lines" if any(most) else "likely").attention(
            "programme-none", f"{name} lowers nothing.", "Choose the lines that it lowers, and by how much."
        )
    if not is_share(programme.decay):
        yield Place(7, words, programme.id, "decay").error(
            "programme-decay",
            f"The decay of {name} is {number_words(programme.decay)} a year, outside 0 to 1.",
            "Enter the share of the effect that is lost in a year, from 0 % to 100 %.",
        )


def _years(appraisal: Appraisal, programme: Programme, name: str, words: str) -> Iterator[Finding]:
    for field in ("starts", "lag_years", "ramp_years"):
        years = getattr(programme, field)
        if not 0 <= years <= _LONGEST:
            yield Place(7, words, programme.id, field).error(
                "programme-years",
                f"{name} has {whole_words(years)} years where 0 to {_LONGEST} belong.",
                f"Enter 0 to {_LONGEST} years.",
            )
            return
    if programme.starts + programme.lag_years >= appraisal.horizon.years:
        yield Place(7, words, programme.id, "starts").attention(
            "programme-late", f"{name} has no effect before the horizon ends.", "Lengthen the horizon, or start sooner."
        )


def _together(appraisal: Appraisal, lines: dict[str, Line]) -> Iterator[Finding]:
    """Effects of several programmes add up; over the whole of a line they are cut. Told of the last programme."""
    most: dict[str, float] = {}
    last: dict[str, Programme] = {}
    for programme in appraisal.programmes:
        if is_share(programme.high):
            for line in dict.fromkeys(programme.lines):
                most[line] = most.get(line, 0.0) + programme.high
                last[line] = programme
    for key, share in most.items():
        if share > 1 and key in lines:
            name = named(last[key].name, "a programme without a name")
            yield Place(7, f"Programme {name}", last[key].id, "lines").attention(
                "programme-sum",
                f"Programmes can lower {line_name(lines[key])} by {number_words(round(100 * share))} % together.",
                "Lower their effects; what is over the whole line is left out.",
            )
