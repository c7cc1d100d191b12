"""Every partner's own case: joint against alone, three ways to split, and what becomes of those who stay (METHOD 13).

Figures are expected present values of what counts in the net present cost; tax and what is only paid over are not in
them, and stand in cash by year.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from itertools import repeat

import numpy as np

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import RULES, BorneBy, Line
from appraise.model.appraisal.partners import Partner, Split
from appraise.model.cancelled import Cancelled
from appraise.model.coalitions import MOST, Better, apportion, better_alone
from appraise.model.discounting import EXACT, ZERO, Factors, pence_by_year, times, worth
from appraise.model.entries import Entry, OptionEntries, by_year, line_entry
from appraise.model.partner_results import ArrangementResult, Leaving, PartnerCase, Unstable
from appraise.model.parts import can_be_shared, counts, line_of, pieces_of
from appraise.model.plan import make_plan
from appraise.model.programmes import EffectTerm
from appraise.model.sharing import (
    Game,
    Shared,
    alone_base,
    alone_worth,
    arrangement_of,
    game,
    in_pence,
    partners_of,
    rules_of,
)
from appraise.model.simulation import draw_costs
from appraise.model.statistics import quantiles
from appraise.model.uncertainty import Floats, share_error

#: Draws over which a partner's joint cost is held against its own.
DRAWS = 4_096
#: Groups that are told of each split, the worst of them.
TOLD = 20


def arrangement_results(
    appraisal: Appraisal,
    costed: Sequence[OptionEntries],
    factors: Factors,
    *,
    seed: int,
    cancelled: Callable[[], bool] | None = None,
) -> tuple[ArrangementResult, ...]:
    """The figures of every arrangement, in the order of the document; one without known partners has none.

    Raises Cancelled.
    """
    by_id = {one.option: one for one in costed}
    found = []
    for arrangement in appraisal.arrangements:
        if cancelled is not None and cancelled():
            raise Cancelled
        entries = by_id.get(arrangement.option)
        if entries is None or entries.shared is None or len(entries.shared.partners) > MOST:
            continue
        if arrangement_of(appraisal, arrangement.option) is arrangement:
            found.append(_Joint(appraisal, entries, entries.shared, factors).result(seed))
    return tuple(found)


def _pounds(pence: int) -> Decimal:
    return Decimal(pence).scaleb(-2).quantize(Decimal("0.01"))


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What a partner saves in each draw, pence, the smallest first; and the share in which joint costs it more."""

    saved: Floats
    dearer: float


class _Joint:
    """A joint option and its partners."""

    def __init__(self, appraisal: Appraisal, entries: OptionEntries, shared: Shared, factors: Factors) -> None:
        self.appraisal, self.entries, self.shared, self.factors = appraisal, entries, shared, factors
        self.partners = shared.partners
        self.places = {partner.id: place for place, partner in enumerate(self.partners)}
        #: Places in the order in which partners are shown.
        self.shown = [self.places[one.id] for one in partners_of(appraisal, shared.arrangement)]
        self.own = next((place for place, partner in enumerate(self.partners) if partner.this_body), None)
        worths = [alone_worth(partner, factors, entries.life) for partner in self.partners]
        self.alone = [in_pence(one) for one in worths]
        rules = rules_of(appraisal, shared.arrangement)
        self.game: Game = game(rules, pieces_of(entries.whole), worths)
        self.pays = self.game.pays(shared.arrangement.split)

    def result(self, seed: int) -> ArrangementResult:
        """All figures of the arrangement."""
        arrangement, splits = self.shared.arrangement, {split: self.game.pays(split) for split in Split}
        drawn = self.drawn(seed)
        paid, leaving = self.paid_by_year(), self.leaving()
        unstable = {split: better_alone(self.game.costs, pays) for split, pays in splits.items()}
        cases = tuple(
            PartnerCase(
                partner=partner.id,
                alone=_pounds(self.alone[place]),
                pays=_pounds(self.pays[place]),
                saving=_pounds(self.alone[place] - self.pays[place]),
                by_line=_pounds(self.game.by_line[place]),
                proportional=_pounds(self.game.proportional[place]),
                shapley=_pounds(self.game.shapley[place]),
                pays_by_year=paid[place],
                alone_by_year=self.alone_by_year(partner),
                dearer=drawn[place].dearer,
                dearer_error=share_error(drawn[place].dearer, DRAWS),
                p10=float(quantiles(drawn[place].saved, np.array([0.1]))[0]),
                p90=float(quantiles(drawn[place].saved, np.array([0.9]))[0]),
                leaving=leaving[place],
            )
            for place, partner in ((place, self.partners[place]) for place in self.shown)
        )
        return ArrangementResult(
            arrangement=arrangement.id,
            option=arrangement.option,
            joint=_pounds(self.game.joint),
            alone=_pounds(sum(self.alone)),
            split=arrangement.split.value,
            partners=cases,
            groups_checked=max(0, len(self.game.costs) - 2),
            unstable=tuple(self.unstable(split, one) for split in Split for one in unstable[split][:TOLD]),
            stable_splits=tuple(split.value for split in Split if not unstable[split]),
        )

    def unstable(self, split: Split, one: Better) -> Unstable:
        """A group that would do better by itself, by name."""
        inside = tuple(self.partners[place].id for place in self.shown if one.group >> place & 1)
        return Unstable(split=split.value, partners=inside, pays=_pounds(one.pays), alone=_pounds(one.alone))

    def payer(self, entry: Entry) -> int | None:
        """The place of the partner whose part of something shared an entry is; None: it is no such part."""
        if entry.partner:
            return self.places[entry.partner]
        shared = can_be_shared(entry) and self.shared.of(line_of(entry)) is not None
        return self.own if shared else None

    # --- cash ---------------------------------------------------------------------------------------------

    def paid_by_year(self) -> list[tuple[Decimal, ...]]:
        """Cash of each partner by year: its parts of all that is shared."""
        rows: list[list[tuple[Decimal, ...]]] = [[] for _ in self.partners]
        for entry in self.entries.entries:
            place = self.payer(entry)
            if place is not None and (entry.partner or entry.financial):
                rows[place].append(entry.cash)
        return [pence_by_year(by_year(one, self.factors.years)) for one in rows]

    def alone_by_year(self, partner: Partner) -> tuple[Decimal, ...]:
        """Cash of a partner by itself, to the penny."""
        base = alone_base(partner, self.factors, self.entries.life)
        return pence_by_year(times(base, self.factors.by_index[partner.index].cash))

    # --- leaving ------------------------------------------------------------------------------------------

    def leaving(self) -> list[Leaving]:
        """What each partner leaves behind.

        Expected: sum over years of (1 - (1 - p) ** t) x the fixed part of its share; if now: all of that.
        """
        unmoved = {one.line: one.fixed_percent for one in self.shared.arrangement.shared}
        by_years = [[ZERO] * self.factors.years for _ in self.partners]
        for entry in self.entries.whole:
            shares = self.shared.of(line_of(entry)) if counts(entry) and can_be_shared(entry) else None
            if shares is None:
                continue
            fixed = unmoved.get(line_of(entry), Decimal(100)) / 100
            present = self.present_by_year(entry)
            with localcontext(EXACT):
                for place in range(len(self.partners)):
                    part = shares.part(place) * fixed
                    by_years[place] = [
                        before + one * part for before, one in zip(by_years[place], present, strict=True)
                    ]
        return [self.left_behind(place, years) for place, years in enumerate(by_years)]

    def present_by_year(self, entry: Entry) -> tuple[Decimal, ...]:
        """Expected present value of an entry by year."""
        real = entry.expected_real if entry.expected_real is not None else times(entry.real, repeat(entry.mean))
        health = entry.line is not None and entry.line.health
        return times(real, self.factors.health if health else self.factors.discount)

    def left_behind(self, place: int, fixed: Sequence[Decimal]) -> Leaving:
        """What a partner puts on the others, in proportion to what they pay."""
        with localcontext(EXACT):
            stays = 1 - Decimal(repr(self.partners[place].leaving))
            gone = [1 - stays**year if year else ZERO for year in range(len(fixed))]
        expected, now = in_pence(worth(fixed, gone)), in_pence(sum(fixed, ZERO))
        stayers = [other for other in range(len(self.partners)) if other != place]
        weights = [self.pays[other] for other in stayers]
        split = apportion(expected, weights if sum(weights) else [1] * len(stayers)) if stayers else ()
        by_place = dict(zip(stayers, split, strict=True))
        return Leaving(
            expected=_pounds(expected),
            if_now=_pounds(now),
            by_partner=tuple(
                (self.partners[other].id, _pounds(by_place[other])) for other in self.shown if other in by_place
            ),
        )

    # --- draws --------------------------------------------------------------------------------------------

    def drawn(self, seed: int) -> list[_Drawn]:
        """Each partner's joint cost against its own in the same draws.

        Both are options of a plan of their own: they use the same facts, so that what is shared moves together.
        """
        pairs = [(self.joint_of(place), self.alone_of(partner)) for place, partner in enumerate(self.partners)]
        pence = draw_costs(
            make_plan(self.appraisal, [one for pair in pairs for one in pair], self.factors), seed=seed, draws=DRAWS
        )
        found = []
        for joint, alone in zip(pence[::2], pence[1::2], strict=True):
            saved = np.sort(alone - joint)
            found.append(_Drawn(saved, int(np.count_nonzero(saved < 0)) / DRAWS))
        return found

    def joint_of(self, place: int) -> OptionEntries:
        """What a partner pays of the joint option, as an option of its own."""
        rest = self.shared.rest
        return replace(
            self.entries,
            entries=tuple(entry for entry in self.entries.entries if self.payer(entry) == place),
            effects=tuple(one for effect in self.entries.effects for one in self.effect_of(effect, place)),
            biases=(),
            shared=None,
            uncut=None,
            kept=ZERO if rest is None else rest.part(place),
        )

    def effect_of(self, effect: EffectTerm, place: int) -> tuple[EffectTerm, ...]:
        """A partner's part of how uncertain prevention moves a line."""
        shares = self.shared.of(effect.line.id)
        if shares is None or RULES[effect.line.treatment].bearer is not BorneBy.OWN:
            return ()
        part = repeat(shares.part(place))
        npc, npsv, none = times(effect.npc, part), times(effect.npsv, part), (ZERO,) * self.factors.years
        return (replace(effect, npc=npc, npsv=npsv, cash=none),)

    def alone_of(self, partner: Partner) -> OptionEntries:
        """What a partner would pay by itself, as an option of its own: one line, without constraints."""
        line = Line(
            id=f"partner|{partner.id}",
            option="",
            name=partner.name,
            amounts=alone_base(partner, self.factors, self.entries.life),
            range=partner.range,
            index=partner.index,
        )
        entry = line_entry(self.appraisal, line, self.factors)
        return OptionEntries(option="", life=self.entries.life, entries=(entry,), biases=(), kept=ZERO)
