"""The four operations and powers, over numbers, texts, moments and durations.

What makes no sense (a text times a date, a division by zero) is null, as the standard has it.
"""

from collections.abc import Callable
from decimal import ROUND_DOWN, Decimal
from typing import Any

from engine.feel.values import calendar
from engine.feel.values.durations import YearsMonths, duration_of, seconds_of
from engine.feel.values.kinds import kind_of
from engine.feel.values.numbers import calculated, whole

_DAYS_TIME = "days and time duration"
_YEARS_MONTHS = "years and months duration"


def add(left: Any, right: Any) -> Any:
    kinds = (kind_of(left), kind_of(right))
    if kinds == ("number", "number"):
        return calculated(lambda: left + right)
    if kinds == ("string", "string"):
        return left + right
    if kinds == (_DAYS_TIME, _DAYS_TIME):
        return duration_of(seconds_of(left) + seconds_of(right))
    if kinds == (_YEARS_MONTHS, _YEARS_MONTHS):
        return YearsMonths(left.months + right.months)
    if kinds[0] in (_DAYS_TIME, _YEARS_MONTHS):
        return calendar.later(right, left)
    return calendar.later(left, right)


def subtract(left: Any, right: Any) -> Any:
    kinds = (kind_of(left), kind_of(right))
    if kinds == ("number", "number"):
        return calculated(lambda: left - right)
    if kinds[1] in (_DAYS_TIME, _YEARS_MONTHS):
        return add(left, negate(right))
    return calendar.between(left, right)


def multiply(left: Any, right: Any) -> Any:
    if kind_of(left) != "number":
        left, right = right, left
    if kind_of(left) != "number":
        return None
    if kind_of(right) == "number":
        return calculated(lambda: left * right)
    return _scaled(right, lambda amount: amount * left)


def divide(left: Any, right: Any) -> Any:
    kinds = (kind_of(left), kind_of(right))
    if kinds == ("number", "number"):
        return calculated(lambda: left / right)
    if kinds == (_DAYS_TIME, _DAYS_TIME):
        return calculated(lambda: seconds_of(left) / seconds_of(right))
    if kinds == (_YEARS_MONTHS, _YEARS_MONTHS):
        return calculated(lambda: Decimal(left.months) / Decimal(right.months))
    if kinds[1] == "number":
        return _scaled(left, lambda amount: amount / right)
    return None


def power(left: Any, right: Any) -> Any:
    if (kind_of(left), kind_of(right)) != ("number", "number"):
        return None
    return calculated(lambda: left**right)


def negate(value: Any) -> Any:
    kind = kind_of(value)
    if kind == "number":
        return calculated(lambda: -value)
    return -value if kind in (_DAYS_TIME, _YEARS_MONTHS) else None


def _scaled(duration: Any, by: Callable[[Decimal], Decimal]) -> Any:
    """Scale a duration; a part of a month is dropped."""
    if kind_of(duration) == _DAYS_TIME:
        seconds = calculated(lambda: by(seconds_of(duration)))
        return None if seconds is None else duration_of(seconds)
    if kind_of(duration) == _YEARS_MONTHS:
        months = calculated(lambda: by(Decimal(duration.months)))
        counted = None if months is None else whole(months.to_integral_value(ROUND_DOWN))
        return None if counted is None else YearsMonths(counted)
    return None
