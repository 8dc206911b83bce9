"""Equality and order. Values of different types are neither equal nor different: null."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any

from engine.feel.values.kinds import kind_of, normal
from engine.feel.values.moments import in_zone
from engine.feel.values.ranges import Range

_ORDERED = frozenset(
    {
        "number",
        "string",
        "date",
        "time",
        "date and time",
        "days and time duration",
        "years and months duration",
    }
)


def equal(left: Any, right: Any) -> bool | None:
    """Tell whether two values are equal; null when their types differ."""
    left, right = normal(left), normal(right)
    if left is None or right is None:
        return left is right
    kind = kind_of(left)
    if kind != kind_of(right):
        return None
    if kind == "list":
        return _equal_lists(left, right)
    if kind == "context":
        return _equal_contexts(left, right)
    if kind == "range":
        return _equal_ranges(left, right)
    return bool(placed(left) == placed(right))


def order(left: Any, right: Any) -> int | None:
    """Return -1, 0 or 1 as left comes before, with or after right; null when neither can be."""
    left, right = normal(left), normal(right)
    kind = kind_of(left)
    if kind not in _ORDERED or kind != kind_of(right):
        return None
    left, right = placed(left), placed(right)
    return int(left > right) - int(left < right)


def compared(operator: str, left: Any, right: Any) -> bool | None:
    """Return `left operator right`; null when the two cannot be compared."""
    if operator in ("=", "!="):
        same = equal(left, right)
        return same if same is None or operator == "=" else not same
    found = order(left, right)
    return None if found is None else _ORDERS[operator](found)


_ORDERS: Mapping[str, Callable[[int], bool]] = {
    "<": lambda found: found < 0,
    "<=": lambda found: found <= 0,
    ">": lambda found: found > 0,
    ">=": lambda found: found >= 0,
}


def within(value: Any, found: Range) -> bool | None:
    """Tell whether a range holds a value; null when they cannot be compared."""
    above = _beyond(value, found.start, included=found.start_included, sign=1)
    below = _beyond(value, found.end, included=found.end_included, sign=-1)
    if above is None or below is None:
        return None
    return above and below


def _beyond(value: Any, end: Any, *, included: bool, sign: int) -> bool | None:
    if end is None:
        return True
    found = order(value, end)
    return None if found is None else found == sign or (included and found == 0)


def placed(value: Any) -> Any:
    if isinstance(value, datetime):
        return in_zone(value)
    if isinstance(value, time):
        return in_zone(datetime.combine(_ANY_DAY, value))
    return value


_ANY_DAY = date(2000, 1, 1)


def _equal_lists(left: list[Any], right: list[Any]) -> bool:
    if len(left) != len(right):
        return False
    return all(equal(a, b) is True for a, b in zip(left, right, strict=True))


def _equal_contexts(left: Mapping[str, Any], right: Mapping[str, Any]) -> bool:
    return left.keys() == right.keys() and all(equal(left[k], right[k]) is True for k in left)


def _equal_ranges(left: Range, right: Range) -> bool:
    ends = (left.start_included, left.end_included) == (right.start_included, right.end_included)
    return ends and equal(left.start, right.start) is True and equal(left.end, right.end) is True
