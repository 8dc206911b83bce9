"""Course matching: records and certificates for plan courses, exact, always the same, explained."""

from engine.declaration.matching.digest import inputs_hash
from engine.declaration.matching.explanation import (
    Explanation,
    Slot,
    SlotState,
    Surplus,
    chain_of,
    explain,
    remark,
    why,
)
from engine.declaration.matching.inputs import (
    Choices,
    Course,
    Group,
    Inputs,
    Minimum,
    Pin,
    PlanRules,
    Record,
    Rule,
    Waiver,
)
from engine.declaration.matching.match import Fill, Match, MatchBroken, recheck, slots_for, solve
from engine.declaration.matching.missing import Gap, Missing, gap_of
from engine.declaration.matching.remedies import CertificateRule

__all__ = [
    "CertificateRule",
    "Choices",
    "Course",
    "Explanation",
    "Fill",
    "Gap",
    "Group",
    "Inputs",
    "Match",
    "MatchBroken",
    "Minimum",
    "Missing",
    "Pin",
    "PlanRules",
    "Record",
    "Rule",
    "Slot",
    "SlotState",
    "Surplus",
    "Waiver",
    "chain_of",
    "explain",
    "gap_of",
    "inputs_hash",
    "recheck",
    "remark",
    "slots_for",
    "solve",
    "why",
]
