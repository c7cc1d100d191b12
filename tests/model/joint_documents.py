"""A service that three bodies could buy together, small enough to be told by hand."""

from dataclasses import replace
from decimal import Decimal

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.effects import PublicBody
from appraise.model.appraisal.lines import Line
from appraise.model.appraisal.partners import (
    Arrangement,
    Coalition,
    FixedShare,
    LineShare,
    Partner,
    ShareRule,
    Split,
)
from tests.builders import appraisal, line, pounds

#: METHOD 13: alone 40, 35 and 25; 88 together; groups of two 70, 60 and 56. In thousands of pounds.
ALONE = (40_000, 35_000, 25_000)
PAIRS = {("a", "b"): 70_000, ("a", "c"): 60_000, ("b", "c"): 56_000}
JOINT = 88_000


def partner(key: str, *alone: float, own: bool = False, **fields: object) -> Partner:
    made = Partner(
        id=key,
        name=key.upper(),
        this_body=own,
        body="" if own else f"body-{key}",
        volume=Decimal(1),
        alone=pounds(*alone),
    )
    return replace(made, **fields)


def share(key: str, rule: ShareRule = ShareRule.VOLUME, *, fixed: int = 100, **percent: float) -> LineShare:
    """A shared line; `percent` by partner makes the rule FIXED."""
    shares = tuple(FixedShare(partner=one, percent=Decimal(str(part))) for one, part in percent.items())
    return LineShare(line=key, rule=ShareRule.FIXED if shares else rule, shares=shares, fixed_percent=Decimal(fixed))


def coalitions(pairs: dict[tuple[str, ...], float]) -> tuple[Coalition, ...]:
    return tuple(Coalition(partners=key, cost=pounds(cost)[0]) for key, cost in pairs.items())


def together(
    partners: tuple[Partner, ...],
    lines: tuple[Line, ...],
    shared: tuple[LineShare, ...],
    *,
    years: int = 1,
    split: Split = Split.BY_LINE,
    deflator: str = "0",
    **fields: object,
) -> Appraisal:
    """Option "j" is run together by all partners; option "now" is business as usual and costs nothing but 1 pound."""
    keep = {key: fields.pop(key) for key in ("typed", "coalitions", "rule", "shares") if key in fields}
    arrangement = Arrangement(
        id="arrangement",
        option="j",
        partners=tuple(one.id for one in partners),
        shared=shared,
        split=split,
        **keep,  # type: ignore[arg-type]  # fields of the record by name
    )
    document = appraisal(years, ("now", "j"), deflator=deflator)
    return replace(
        document,
        partners=partners,
        arrangements=(arrangement,),
        bodies=tuple(PublicBody(id=one.body, name=one.name) for one in partners if one.body),
        lines=(line("today", "now", 1), *lines),
        **fields,
    )


def published(*, pair: float = 56_000, split: Split = Split.BY_LINE) -> Appraisal:
    """METHOD 13 in one year; B and C together cost `pair`."""
    return together(
        (partner("a", ALONE[0], own=True), partner("b", ALONE[1]), partner("c", ALONE[2])),
        (line("service", "j", JOINT),),
        (share("service"),),
        split=split,
        typed=True,
        coalitions=coalitions(PAIRS | {("b", "c"): pair}),
    )
