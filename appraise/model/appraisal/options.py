"""The ways of delivering the service that are compared."""

from dataclasses import dataclass
from enum import StrEnum


class DeliveryModel(StrEnum):
    """Who delivers the service. Every model is asked the same questions."""

    BUSINESS_AS_USUAL = "business_as_usual"
    DO_MINIMUM = "do_minimum"
    INSOURCE = "insource"
    OUTSOURCE = "outsource"
    COLLABORATIVE = "collaborative"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One option. `term_years` is the length of its contract or agreement; 0 means no fixed term."""

    id: str
    name: str
    short_name: str = ""
    model: DeliveryModel = DeliveryModel.INSOURCE
    description: str = ""
    term_years: int = 0
