"""What was found: indicators, measurements, findings."""

from coalition.evidence.models.finding import Finding
from coalition.evidence.models.indicator import Dimension, Direction, Indicator
from coalition.evidence.models.measurement import (
    WAVES,
    Measurement,
    MeasurementCell,
    Respondents,
    Side,
    Wave,
)

__all__ = [
    "WAVES",
    "Dimension",
    "Direction",
    "Finding",
    "Indicator",
    "Measurement",
    "MeasurementCell",
    "Respondents",
    "Side",
    "Wave",
]
