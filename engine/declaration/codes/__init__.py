"""Code sets of the domain as data, Chinese and English side by side."""

from engine.declaration.codes.code import Code, label_of
from engine.declaration.codes.divisions import CITIES, PROVINCES
from engine.declaration.codes.ethnicities import ETHNICITIES
from engine.declaration.codes.people import (
    HEALTH,
    MARITAL_STATUS,
    OVERSEAS,
    POLITICAL_STATUS,
    PRIOR_EDUCATION,
    PRIOR_LEVELS,
    SEX,
    TECHNICAL_TITLES,
)
from engine.declaration.codes.reviews import (
    CATEGORIES,
    CERTIFICATE_REFUSALS,
    CORRECTION_REFUSALS,
    DOCUMENTS,
    HALF_DAYS,
    LEVELS,
    ORIGINALS,
    RETURN_REASONS,
)

__all__ = [
    "CATEGORIES",
    "CERTIFICATE_REFUSALS",
    "CITIES",
    "CORRECTION_REFUSALS",
    "DOCUMENTS",
    "ETHNICITIES",
    "HALF_DAYS",
    "HEALTH",
    "LEVELS",
    "MARITAL_STATUS",
    "ORIGINALS",
    "OVERSEAS",
    "POLITICAL_STATUS",
    "PRIOR_EDUCATION",
    "PRIOR_LEVELS",
    "PROVINCES",
    "RETURN_REASONS",
    "SEX",
    "TECHNICAL_TITLES",
    "Code",
    "label_of",
]
