"""The functions of the language. Importing this package fills the table of them."""

from engine.feel.builtins import (
    contexts,
    conversions,
    lists,
    maths,
    members,
    range_text,
    ranges,
    sorting,
    statistics,
    strings,
    temporal,
)
from engine.feel.builtins.registry import BUILTINS, Builtin

__all__ = [
    "BUILTINS",
    "Builtin",
    "contexts",
    "conversions",
    "lists",
    "maths",
    "members",
    "range_text",
    "ranges",
    "sorting",
    "statistics",
    "strings",
    "temporal",
]
