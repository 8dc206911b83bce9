"""A decision table: inputs, rules and outputs, every cell already parsed."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from engine.feel import Expression, UnaryTests


class HitPolicy(StrEnum):
    UNIQUE = "U"
    ANY = "A"
    FIRST = "F"
    PRIORITY = "P"
    RULE_ORDER = "R"
    OUTPUT_ORDER = "O"
    COLLECT = "C"


class Aggregation(StrEnum):
    SUM = "SUM"
    COUNT = "COUNT"
    MIN = "MIN"
    MAX = "MAX"


@dataclass(frozen=True, slots=True)
class Input:
    """One column of questions; `allowed` limits the values it may meet."""

    id: str
    label: str
    expression: Expression
    type: str
    allowed: UnaryTests | None = None


@dataclass(frozen=True, slots=True)
class Output:
    """One column of answers; `values` stand in order of priority, highest first."""

    id: str
    name: str
    label: str
    type: str
    values: tuple[Any, ...] = ()
    default: Expression | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    id: str
    tests: tuple[UnaryTests, ...]
    results: tuple[Expression | None, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class DecisionResult:
    """What was decided: the value, the ids of the rules that matched, and the inputs they saw."""

    value: Any
    matched: tuple[str, ...]
    inputs: Mapping[str, Any]
