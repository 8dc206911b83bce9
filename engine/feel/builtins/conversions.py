"""From one type to another, and the functions about null and truth."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from engine.feel.builtins.registry import builtin
from engine.feel.values.comparing import equal
from engine.feel.values.kinds import kind_of
from engine.feel.values.numbers import calculated
from engine.feel.values.text import text_of

_NUMBER = re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_GROUPINGS = (" ", ",", ".")
_POINTS = (",", ".")


@builtin("string", "from: any")
def string(value: Any) -> str | None:
    return None if value is None else text_of(value)


@builtin("number", "from: any, grouping separator: string?, decimal separator: string?")
def number(value: Any, grouping: str | None = None, point: str | None = None) -> Decimal | None:
    if isinstance(value, Decimal):
        return value
    if not isinstance(value, str) or not _separators_fit(grouping, point):
        return None
    digits = value.replace(grouping, "") if grouping else value
    digits = digits.replace(point, ".") if point else digits
    return calculated(lambda: Decimal(digits)) if _NUMBER.fullmatch(digits) else None


@builtin("not", "negand: any")
def negated(value: Any) -> bool | None:
    return (not value) if isinstance(value, bool) else None


@builtin("get or else", "value: any, default: any")
def get_or_else(value: Any, default: Any) -> Any:
    return default if value is None else value


@builtin("is", "value1: any, value2: any")
def same(left: Any, right: Any) -> bool:
    """Tell whether two values are of one type and equal, zone and all."""
    if kind_of(left) != kind_of(right) or getattr(left, "tzinfo", 0) != getattr(right, "tzinfo", 0):
        return False
    return equal(left, right) is True


@builtin("is blank", "string: string")
def is_blank(text: str) -> bool:
    return not text.strip()


@builtin("is empty", "list: any")
def is_empty(value: Any) -> bool | None:
    return not value if isinstance(value, list | str | Mapping) else None


def _separators_fit(grouping: str | None, point: str | None) -> bool:
    if grouping is not None and grouping not in _GROUPINGS:
        return False
    return point is None or (point in _POINTS and point != grouping)
