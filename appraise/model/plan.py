"""What the draws need, made once per document: certain parts are summed, uncertain ones become columns.

Options share columns: a driver, or a constraint, is drawn once for all of them (METHOD 10.2).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from appraise.model.appraisal.constraints import Bearer, Bearing, Constraint
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.funding import Scenario
from appraise.model.appraisal.lines import RULES, Line, Prices
from appraise.model.columns import Column, EventColumn, Kept, Latent, RangeColumn, RetainedColumn
from appraise.model.correlation import loads
from appraise.model.discounting import Factors, capped_indices, times
from appraise.model.drivers import driver_of
from appraise.model.entries import Entry, OptionEntries, impact_by_year
from appraise.model.funding_plan import Deltas, deltas_of, fund
from appraise.model.index_levels import as_share, rises
from appraise.model.plan_parts import Flows, IndexPlan, OptionPlan, Plan, Term
from appraise.model.programmes import EffectTerm
from appraise.model.remembered import Remembered
from appraise.model.risk_premium import bearings_of, faced
from appraise.model.uncertainty import spread_of_impact, spread_of_range, spread_of_rises


def kept_part(bearing: Bearing) -> Kept | None:
    """What of a bearing stays with the authority; None: nothing."""
    share, dispute = bearing.share, float(bearing.dispute_cost)
    if not share:
        return None
    if bearing.bearer is Bearer.PAIN_GAIN:
        return Kept(scale=share, terms=bearing.terms)
    if bearing.bearer is Bearer.IN_HOUSE:
        return Kept(scale=share)
    if bearing.bearer is Bearer.SUPPLIER:
        if not (bearing.residual_probability and bearing.residual_share):
            return None
        scale = share * (1 + bearing.uplift) * bearing.residual_share
        return Kept(scale=scale, admitted=bearing.residual_probability, dispute=dispute)
    return Kept(
        scale=share * (1 + bearing.uplift),
        admitted=bearing.admitted,
        dispute=dispute,
        refused=dispute if bearing.dispute_if_refused else 0.0,
    )


def retained_column(constraint: Constraint, option: str) -> RetainedColumn | None:
    """The drawn cost of a constraint in an option, its stream still without a name; None: nothing stays."""
    parts = tuple(part for bearing in bearings_of(constraint, option) if (part := kept_part(bearing)) is not None)
    if not parts:
        return None
    probability, impact = faced(constraint, option)
    return RetainedColumn(stream="", probability=probability, impact=spread_of_impact(impact), parts=parts)


#: A chance under this is never drawn; what it is expected to cost is certain instead.
RAREST = 2.0**-32
#: Money of entries that an edit has left as they were.
_flows = Remembered[Flows]()


@dataclass(frozen=True, slots=True, kw_only=True)
class _LinePart:
    """What a line adds to the plan of its option, whatever the rest of the plan is.

    `still`: flows that are certain; `moving` times `share` is certain, too, and follows the `index`; `flows` for one
    unit of the `column`. `asked`: the facts it uses that options may share.
    """

    still: tuple[Flows, ...]
    index: IndexPlan | None
    moving: Flows
    share: float
    column: Column | None
    flows: Flows
    cluster: str
    cluster_name: str
    asked: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _RetainedPart:
    """What stays of a constraint in an option: its column, the stream still without a name, and flows for a pound."""

    column: RetainedColumn
    flows: Flows


#: Parts of lines and constraints that an edit has left as they were.
_line_parts, _retained_parts = Remembered[_LinePart](), Remembered[_RetainedPart | None]()
_named_columns = Remembered[RetainedColumn]()


#: Money of effects that an edit has left as they were.
_effect_flows = Remembered[Flows]()


def _flows_of_effect(effect: EffectTerm) -> Flows:
    rows = (effect.npc, effect.npsv, effect.cash)
    return Flows(np.array([[float(pounds) for pounds in row] for row in rows]))


class _Facts:
    """Names the streams of uncertain facts, and knows which are shared. `apart`: nothing is."""

    def __init__(self, appraisal: Appraisal, *, apart: bool) -> None:
        self.apart = apart
        self.groups = {group.id: group for group in appraisal.correlation_groups}
        self.used: dict[str, str] = {}
        self.asked: list[str] = []
        self.shared = False
        matrix = appraisal.correlation_matrix
        lines = {line.id: line for line in appraisal.lines}
        self.mixed: dict[str, tuple[str, ...]] = {}
        self.loads: dict[str, tuple[float, ...]] = {}
        if matrix is not None:
            keys = tuple(driver_of(lines[key]) for key in matrix.lines)
            for key, row in zip(keys, loads(matrix.rows), strict=True):
                self.mixed[key], self.loads[key] = keys, row
        self.group_of: dict[str, str] = {}
        for line in sorted(appraisal.lines, key=lambda line: line.id):
            if line.correlation:
                self.group_of.setdefault(driver_of(line), line.correlation)

    def stream(self, key: str, option: str, *, shared: bool = True) -> str:
        """The stream of a fact in an option; the same in every option that shares it.

        No name of one fact can be that of another: names of own facts begin with a number, the length of the option.
        """
        own = f"{len(option)}|{option}|{key}"
        if not shared:
            return own
        self.asked.append(key)
        self.ask_again((key,), option)
        return own if self.apart else key

    def ask_again(self, keys: Iterable[str], option: str) -> None:
        """Note that an option uses facts that may be shared."""
        for key in keys:
            if self.used.setdefault(key, option) != option:
                self.shared = True

    def latent(self, line: Line) -> tuple[Latent, str, str]:
        """(the number behind a line, what it is correlated with, the name of that)."""
        key = driver_of(line)
        stream = self.stream(key, line.option)
        if key in self.mixed:
            mixed = tuple(
                (self.stream(other, line.option), load)
                for other, load in zip(self.mixed[key], self.loads[key], strict=True)
                if load
            )
            return Latent(stream, mixed=mixed), "correlated", "Lines of the correlation matrix"
        group = self.groups.get(self.group_of.get(key, ""))
        if group is None or not group.rho:
            return Latent(stream), "", ""
        cause = self.stream(f"group|{group.id}", line.option, shared=group.shared)
        return Latent(stream, cause=cause, rho=group.rho), f"group|{group.id}", group.name


class _Planner:
    """Collects columns once while options are planned."""

    def __init__(self, appraisal: Appraisal, factors: Factors, *, apart: bool) -> None:
        self.appraisal = appraisal
        self.factors = factors
        self.years = appraisal.horizon.years
        self.facts = _Facts(appraisal, apart=apart)
        self.ranges = {index.id: index.range for index in appraisal.indices if index.range is not None}
        self.by_id = {index.id: index for index in appraisal.indices}
        self.capped = {one.key: one for one in capped_indices(appraisal)}
        self.columns: dict[Column, int] = {}
        self.indices: dict[IndexPlan, int] = {}
        self.nothing = Flows(np.zeros((3, self.years)))

    def uncertain_index(self, key: str, option: str) -> IndexPlan | None:
        """An uncertain index in an option, capped or not; None: it is certain."""
        held = self.capped.get(key)
        real = key if held is None else held.index
        band = self.ranges.get(real)
        if band is None or band.low == band.high:
            return None
        index = self.by_id[real]
        return IndexPlan(
            input=f"index|{real}",
            name=index.name,
            latent=Latent(self.facts.stream(f"index|{real}", option, shared=band.shared)),
            extra=spread_of_rises(band),
            rises=rises(index.percent, self.years),
            cap=None if held is None else as_share(held.cap),
            collar=None if held is None else as_share(held.collar),
        )

    def index(self, key: str, option: str) -> int:
        """The place of an uncertain index in an option; -1: it is certain."""
        plan = self.uncertain_index(key, option)
        return -1 if plan is None else self.indices.setdefault(plan, len(self.indices))

    def followed(self, line: Line) -> IndexPlan | None:
        """The uncertain index that a line follows; cash is entered as it will be paid."""
        return None if line.prices is Prices.CASH else self.uncertain_index(line.index, line.option)

    def flows(self, entry: Entry) -> Flows:
        """Money of an entry."""
        return _flows.of(lambda: self._flows_of(entry), entry, self.factors)

    def _flows_of(self, entry: Entry) -> Flows:
        """Money of an entry; benefits that are no receipts are no part of the net present cost."""
        found = np.zeros((3, self.years))
        health = entry.line is not None and entry.line.health
        if entry.economic and any(entry.real):
            discount = self.factors.health if health else self.factors.discount
            present = [float(pounds) for pounds in times(entry.real, discount)]
            found[0] = present if entry.public else 0.0
            found[1] = np.negative(present)
        if entry.cash and entry.financial:
            found[2] = [float(pounds) for pounds in entry.cash]
        return Flows(found)

    def at_the_mean(self, entry: Entry, *, placed: bool) -> Flows:
        """An entry at its mean, for what is certain in the draws: the bias of a cost.

        Its present value is in year 0, or in its years where it is to be `placed`. Its cash is real money times the
        general price level, as real money is cash over that level.
        """
        found = np.zeros((3, self.years))
        if placed and entry.expected_real is not None:
            discount = self.factors.health if entry.line is not None and entry.line.health else self.factors.discount
            present = np.array([float(one) for one in times(entry.expected_real, discount)])
        else:
            present = np.zeros(self.years)
            present[0] = float(entry.expected)
        found[0] = present if entry.public else 0.0
        found[1] = 0.0 - present
        if entry.financial and entry.expected_real is not None:
            found[2] = [float(one) for one in times(entry.expected_real, self.factors.deflator)]
        return Flows(found)

    def line_part(self, entries: list[Entry], line: Line, *, placed: bool) -> "_LinePart":
        """What the entries of a line add: VAT and lost benefits move with the line; the bias of a cost is certain."""
        before = len(self.facts.asked)
        moving, still = self.nothing, []
        index = self.followed(line)
        for entry in entries:
            if entry.contingency and not entry.benefit:
                still.append(self.at_the_mean(entry, placed=placed))
            else:
                moving = moving.plus(self.flows(entry))
        column: Column | None = None
        flows, share, cluster, cluster_name = self.nothing, 0.0, "", ""
        spread = spread_of_range(line.range) if line.range is not None else None
        if not moving:
            pass
        elif RULES[line.treatment].event and line.probability < 1:
            if line.probability < RAREST:
                share = spread.mean if spread else 1.0
            else:
                latent, cluster, cluster_name = self.facts.latent(line)
                column = EventColumn(latent, line.probability, spread)
                flows = moving.scaled(1 / line.probability)  # the entry stands at chance times amount
        elif spread is None or not spread.width:
            share = spread.mean if spread is not None else 1.0
        else:
            latent, cluster, cluster_name = self.facts.latent(line)
            column = RangeColumn(latent, spread.table(), (spread.mean - spread.bottom) / spread.width)
            flows, share = moving.scaled(spread.width), spread.bottom
        return _LinePart(
            still=tuple(still),
            index=index,
            moving=moving,
            share=share,
            column=column,
            flows=flows,
            cluster=cluster,
            cluster_name=cluster_name,
            asked=tuple(self.facts.asked[before:]),
        )

    def line_terms(self, entries: list[Entry], certain: dict[int, Flows], *, placed: bool) -> Iterable[Term]:
        """The uncertain term of a line, if it has one; what of it is certain is added to `certain`."""
        line, document = entries[0].line, self.appraisal
        if line is None:
            return
        part = _line_parts.of(
            partial(self.line_part, entries, line, placed=placed),
            *entries,
            self.factors,
            document.lines,
            document.indices,
            document.correlation_groups,
            document.correlation_matrix,
            beside=(self.facts.apart, placed),
        )
        self.facts.ask_again(part.asked, line.option)
        for flows in part.still:
            certain[-1] = certain.get(-1, self.nothing).plus(flows)
        if not part.moving:
            return
        index = -1 if part.index is None else self.indices.setdefault(part.index, len(self.indices))
        if part.share or part.column is None:
            certain[index] = certain.get(index, self.nothing).plus(part.moving, part.share)
        if part.column is not None:
            yield Term(
                input=driver_of(line),
                name=line.driver or line.name,
                column=self.columns.setdefault(part.column, len(self.columns)),
                index=index,
                flows=part.flows,
                cluster=part.cluster,
                cluster_name=part.cluster_name,
            )

    def retained_part(self, constraint: Constraint, entries: OptionEntries) -> "_RetainedPart | None":
        """What stays with the authority of a constraint; None: nothing. In cash the part that is this body's."""
        column = retained_column(constraint, entries.option)
        if column is None:
            return None
        prices = self.factors.by_index[constraint.index]
        spread = impact_by_year(constraint, entries.kept, self.years, entries.life)
        present = [float(pounds) for pounds in times(spread, prices.present)]
        cash = [float(pounds) * float(entries.own_kept) for pounds in times(spread, prices.cash)]
        return _RetainedPart(column=column, flows=Flows(np.array([present, np.negative(present), cash])))

    def retained_terms(self, entries: OptionEntries, certain: dict[int, Flows]) -> Iterable[Term]:
        """What stays with the authority of every constraint; what is paid in every draw is added to `certain`."""
        option, same = entries.option, (entries.option, entries.life, entries.kept, entries.own_kept)
        for constraint in sorted(self.appraisal.constraints, key=lambda constraint: constraint.id):
            key = f"constraint|{constraint.id}"
            make = partial(self.retained_part, constraint, entries)
            part = _retained_parts.of(make, constraint, self.factors, beside=same)
            if part is None:
                continue
            column, flows = part.column, part.flows
            index = self.index(constraint.index, option)
            if not column.probability or column.top == column.bottom:
                certain[index] = certain.get(index, self.nothing).plus(flows, column.low)
                continue
            stream = self.facts.stream(key, option, shared=constraint.shared)
            column = _named_columns.of(partial(replace, column, stream=stream), column, beside=stream)
            yield Term(
                input=key,
                name=constraint.name,
                column=self.columns.setdefault(column, len(self.columns)),
                index=index,
                flows=flows,
            )

    def effect_terms(self, entries: OptionEntries, certain: dict[int, Flows]) -> Iterable[Term]:
        """How the uncertain most of each programme moves the option around its mean, one draw for all its lines."""
        found: dict[str, list[EffectTerm]] = {}
        for effect in entries.effects:
            if effect.spread.width:
                found.setdefault(effect.programme, []).append(effect)
        for programme, effects in found.items():
            spread, key = effects[0].spread, f"programme|{programme}"
            flows = self.nothing
            for effect in effects:
                flows = flows.plus(_effect_flows.of(partial(_flows_of_effect, effect), effect))
            mean = (spread.mean - spread.bottom) / spread.width
            column = RangeColumn(Latent(self.facts.stream(key, entries.option)), spread.table(), mean)
            flows = flows.scaled(spread.width)
            certain[-1] = certain[-1].plus(flows, -mean)  # the mean itself is in the entries
            yield Term(
                input=key,
                name=effects[0].name,
                column=self.columns.setdefault(column, len(self.columns)),
                index=-1,
                flows=flows,
            )

    def option(self, entries: OptionEntries, *, retained: bool = True, placed: bool = False) -> OptionPlan:
        """The plan of one option, or of some entries of it.

        `retained`: what stays of constraints is in it, too. `placed`: present values stand in their years.
        """
        certain: dict[int, Flows] = {-1: self.nothing}
        by_line: dict[str, list[Entry]] = {}
        index_of = {constraint.id: constraint.index for constraint in self.appraisal.constraints}
        for entry in entries.entries:
            if entry.line is not None:
                by_line.setdefault(entry.line.id, []).append(entry)
            elif entry.kind in {"premium", "managing"}:
                place = self.index(index_of[entry.id], entries.option)
                certain[place] = certain.get(place, self.nothing).plus(self.flows(entry))
            elif entry.kind != "retained":  # what a contract costs in a scenario rises with general inflation
                certain[-1] = certain[-1].plus(self.flows(entry))
        terms = [term for parts in by_line.values() for term in self.line_terms(parts, certain, placed=placed)]
        if retained:
            terms.extend(self.retained_terms(entries, certain))
        terms.extend(self.effect_terms(entries, certain))
        return OptionPlan(id=entries.option, certain=certain, terms=tuple(terms))


def make_plan(
    appraisal: Appraisal,
    costed: Sequence[OptionEntries],
    factors: Factors,
    *,
    apart: bool = False,
    scenarios: Sequence[Scenario] = (),
    deltas: Deltas | None = None,
) -> Plan:
    """Turn the entries of options into columns and terms. Premiums are certain: suppliers have priced them.

    `apart`: options share no fact; every input is drawn for each of them by itself (METHOD 10.2). `scenarios`: the
    money that is drawn, too, and `deltas` what each does to each option, None: to be worked out.
    """
    planner = _Planner(appraisal, factors, apart=apart)
    options = tuple(planner.option(entries) for entries in costed)
    if deltas is None:
        deltas = deltas_of(appraisal, costed, factors, scenarios)
    funded, parts = fund(appraisal, planner, costed, options, scenarios, deltas)
    return Plan(
        years=planner.years,
        columns=tuple(planner.columns),
        indices=tuple(planner.indices),
        options=options,
        scenarios=funded,
        parts=parts,
        shares=planner.facts.shared,
    )
