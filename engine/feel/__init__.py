"""FEEL, the expression language of forms, decision tables and diagrams, evaluated by a tree walk.

Pure: what an expression sees is its context, the moment of evaluation (`__now__`) included.
"""

from engine.feel.errors import FeelError
from engine.feel.expression import (
    NOW,
    Expression,
    UnaryTests,
    evaluate,
    parse,
    parse_unary,
    unary_test,
)
from engine.feel.scope import Budget
from engine.feel.values.comparing import equal, order
from engine.feel.values.durations import YearsMonths, parse_duration
from engine.feel.values.moments import parse_date, parse_date_time
from engine.feel.values.ranges import Range
from engine.feel.values.text import text_of

__all__ = [
    "NOW",
    "Budget",
    "Expression",
    "FeelError",
    "Range",
    "UnaryTests",
    "YearsMonths",
    "equal",
    "evaluate",
    "order",
    "parse",
    "parse_date",
    "parse_date_time",
    "parse_duration",
    "parse_unary",
    "text_of",
    "unary_test",
]
