"""The door to the charts: a message as the title, the measure under it, labels on the data.

Every function returns None where the results hold nothing to draw. A drawing is as wide as asked and at least
as high: it grows where the type needs more room, and never cuts or overprints a text.
"""

from appraise.present.chart_bars import chance_cheapest, cost_ranges, tornado
from appraise.present.chart_bridge import bridge
from appraise.present.chart_contracts import contracts
from appraise.present.chart_differences import differences
from appraise.present.chart_fan import cash_fan
from appraise.present.chart_frontier import score_against_cost
from appraise.present.chart_partners import partners
from appraise.present.chart_parts import Chart, ChartStyle
from appraise.present.chart_points import cost_distribution
from appraise.present.chart_regret import regret
from appraise.present.chart_scores import rank_acceptability, weighted_scores
from appraise.present.chart_settling import settling
from appraise.present.chart_short_money import short_money
from appraise.present.chart_weights import weight_lines, weight_triangle
from appraise.present.chart_years import cost_by_year, gap_by_year

__all__ = [
    "Chart",
    "ChartStyle",
    "bridge",
    "cash_fan",
    "chance_cheapest",
    "contracts",
    "cost_by_year",
    "cost_distribution",
    "cost_ranges",
    "differences",
    "gap_by_year",
    "partners",
    "rank_acceptability",
    "regret",
    "score_against_cost",
    "settling",
    "short_money",
    "tornado",
    "weight_lines",
    "weight_triangle",
    "weighted_scores",
]
