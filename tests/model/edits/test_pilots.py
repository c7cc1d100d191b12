from decimal import Decimal

import pytest

from appraise.model.edits.pilots import add_pilot, change_pilot
from tests.builders import appraisal

DOCUMENT = add_pilot(appraisal(), pilot="p", name="One street")


def test_a_pilot_is_of_options_that_there_are():
    pilot = change_pilot(DOCUMENT, pilot="p", go_on="b", fall_back="a", cost=Decimal(7), success=1).pilots[0]
    assert (pilot.go_on, pilot.fall_back, pilot.success, type(pilot.success)) == ("b", "a", 1.0, float)
    assert str(pilot.cost) == "7.00"
    for name in ("go_on", "fall_back", "without"):
        with pytest.raises(KeyError):
            change_pilot(DOCUMENT, pilot="p", **{name: "nobody"})
