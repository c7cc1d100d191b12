"""PROMETHEE II net flows against published and independently computed values."""

import pytest

from appraise.model.appraisal.criteria import Weighting
from appraise.model.outranking import net_flows
from tests.published.decision_matrices import CARS, MOUNTAIN, PARIS, QUICKSTART, TZENG, ZHAO, Matrix

USUAL = Weighting(indifference=0, preference=0)


@pytest.mark.parametrize(
    ("matrix", "published"),
    [
        (CARS, (0.2, -0.35, 0.15)),
        (TZENG, (-0.3333333333, 0.1666666667, 0.5666666667, -0.4)),
        (MOUNTAIN, (0, 0, 0)),
        (ZHAO, (0.1, -0.3, 0.2)),  # as printed in the paper
        (PARIS, (0.5, 0.325, -0.2, -0.775, 0.15)),
        (QUICKSTART, (-0.1, 0.1)),
    ],
)
def test_net_flows_with_the_usual_criterion(matrix: Matrix, published: tuple[float, ...]) -> None:
    """The same by pymcdm, pyDecision and pyrepo-mcda."""
    assert tuple(net_flows(matrix.document(USUAL)).values()) == pytest.approx(published, abs=1e-10)


def test_flows_that_were_divided_by_all_options_are_the_same_times_n_less_one_over_n() -> None:
    """The R package MCDA divides by n: flows in and out of the transport example."""
    out, into = (0.6, 0.5, 0.24, 0.04, 0.46), (0.2, 0.24, 0.4, 0.66, 0.34)
    ours = net_flows(PARIS.document(USUAL))
    net = [(plus - minus) * 5 / 4 for plus, minus in zip(out, into, strict=True)]
    assert list(ours.values()) == pytest.approx(net, abs=1e-10)
