"""Python values that come in, as the values the language knows."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from engine.feel.values.durations import YearsMonths
from engine.feel.values.functions import Function
from engine.feel.values.ranges import Range


def normal(value: Any) -> Any:
    """Return a value as FEEL sees it; what is inside a list or context is seen when it is read.

    An object of another kind passes through: it equals nothing and has no members.
    """
    if value is None or isinstance(value, bool | Decimal):
        return _finite(value)
    if isinstance(value, int):
        return Decimal(int(value))
    if isinstance(value, float):
        return _finite(Decimal(repr(float(value))))
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, tuple):
        return list(value)
    return value


def kind_of(value: Any) -> str:
    """Return the name of the value's type; `opaque` for an object the language does not know."""
    if value is None:
        return "null"
    return next((name for name, kind in _KINDS if isinstance(value, kind)), "opaque")


def is_date(value: Any) -> bool:
    """Tell whether this is a date without a time (in Python a datetime is a date as well)."""
    return isinstance(value, date) and not isinstance(value, datetime)


def plain(value: Any) -> Any:
    """Return a result for Python: numbers are Decimal, sequences lists; a function is no result."""
    value = normal(value)
    if isinstance(value, Function):
        return None
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    return value


def _finite(value: bool | Decimal | None) -> bool | Decimal | None:
    return None if isinstance(value, Decimal) and not value.is_finite() else value


_KINDS: tuple[tuple[str, type], ...] = (
    ("boolean", bool),
    ("number", Decimal),
    ("string", str),
    ("date and time", datetime),
    ("date", date),
    ("time", time),
    ("days and time duration", timedelta),
    ("years and months duration", YearsMonths),
    ("range", Range),
    ("list", list),
    ("context", Mapping),
)
