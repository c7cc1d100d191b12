"""The sections of step 5 beside the cost lines, in the order of the switch, one class each.

To add one: write a `CostSection` (in `costs_section`), and name it in `SECTIONS` below. The page makes it when it is
first looked at, shows it every view while it is seen, and asks it for the places of findings.
"""

from collections.abc import Callable, Mapping

from appraise.model.appraisal.document import Appraisal
from appraise.ui.context import Context
from appraise.ui.pages.costs_bias import BiasSection
from appraise.ui.pages.costs_bodies import BodiesSection
from appraise.ui.pages.costs_effects import EffectsSection
from appraise.ui.pages.costs_prices import PricesSection
from appraise.ui.pages.costs_section import CostSection
from appraise.ui.pages.costs_together import TogetherSection
from appraise.ui.pages.costs_usual import UsualSection

SECTIONS: Mapping[str, tuple[str, Callable[[Context], CostSection], Callable[[Appraisal, str, str], bool]]] = {
    "usual": ("Usual lines", UsualSection, UsualSection.holds),
    "together": ("Moves together", TogetherSection, TogetherSection.holds),
    "prices": ("Prices and rates", PricesSection, PricesSection.holds),
    "bias": ("Optimism bias", BiasSection, BiasSection.holds),
    "bodies": ("Gains and losses", BodiesSection, BodiesSection.holds),
    "effects": ("Unpriced effects", EffectsSection, EffectsSection.holds),
}
"""By key: the words of the switch, what makes the section, and which findings' places it holds."""
