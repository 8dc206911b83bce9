"""Decision tables: DMN files in, decisions out, every cell evaluated as FEEL."""

from engine.dmn.coverage import review
from engine.dmn.decision import Decision
from engine.dmn.faults import (
    CellFailed,
    DmnFault,
    DmnFaults,
    InputNotAllowed,
    OutputNotAllowed,
    SeveralRulesMatched,
)
from engine.dmn.table import Aggregation, DecisionResult, HitPolicy, Input, Output, Rule

__all__ = [
    "Aggregation",
    "CellFailed",
    "Decision",
    "DecisionResult",
    "DmnFault",
    "DmnFaults",
    "HitPolicy",
    "Input",
    "InputNotAllowed",
    "Output",
    "OutputNotAllowed",
    "Rule",
    "SeveralRulesMatched",
    "review",
]
