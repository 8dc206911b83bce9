"""Dates, times and durations: making them, and what a calendar says about a day."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any

from engine.clock import local
from engine.feel.builtins.registry import Caller, builtin
from engine.feel.values import calendar, moments
from engine.feel.values.durations import YearsMonths, duration_of, parse_duration
from engine.feel.values.kinds import is_date
from engine.feel.values.numbers import whole

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


@builtin("date", "from: any, month: number?, day: number?", "year, month, day")
def make_date(value: Any, month: Decimal | None = None, day: Decimal | None = None) -> date | None:
    if month is not None or day is not None:
        return _date_of(value, month, day)
    if isinstance(value, str):
        return moments.parse_date(value)
    if isinstance(value, datetime):
        return value.date()
    return value if is_date(value) else None


@builtin(
    "time",
    "from: any, minute: number?, second: number?, offset: days and time duration?",
    "hour, minute, second, offset",
)
def make_time(
    value: Any,
    minute: Decimal | None = None,
    second: Decimal | None = None,
    offset: timedelta | None = None,
) -> time | None:
    if minute is not None or second is not None:
        return _time_of(value, minute, second, offset)
    if isinstance(value, str):
        return moments.parse_time(value)
    if isinstance(value, datetime):
        return value.timetz()
    if is_date(value):
        return time(tzinfo=UTC)
    return value if isinstance(value, time) else None


@builtin("date and time", "date: any, time: any?", "from, time", "date, timezone")
def make_date_time(value: Any, moment: Any = None) -> datetime | None:
    if isinstance(moment, time) and isinstance(value, date):
        return datetime.combine(value, moment)
    if moment is not None:
        return _in_named_zone(value, moment)
    if isinstance(value, str):
        return moments.parse_date_time(value)
    return moments.midnight(value) if is_date(value) else _date_time(value)


@builtin("duration", "from: any")
def make_duration(value: Any) -> timedelta | YearsMonths | None:
    if isinstance(value, str):
        return parse_duration(value)
    return value if isinstance(value, timedelta | YearsMonths) else None


@builtin("years and months duration", "from: day, to: day")
def years_and_months(earlier: date, later: date) -> YearsMonths | None:
    return calendar.months_between(earlier, later)


@builtin("now", needs_caller=True)
def now(caller: Caller) -> datetime | None:
    """Return the moment of the evaluation, on a clock in Shanghai."""
    return None if caller.scope.now is None else local(caller.scope.now)


@builtin("today", needs_caller=True)
def today(caller: Caller) -> date | None:
    return None if caller.scope.now is None else local(caller.scope.now).date()


@builtin("day of year", "date: day")
def day_of_year(day: date) -> int:
    return day.timetuple().tm_yday


@builtin("day of week", "date: day")
def day_of_week(day: date) -> str:
    return _DAYS[day.weekday()]


@builtin("month of year", "date: day")
def month_of_year(day: date) -> str:
    return _MONTHS[day.month - 1]


@builtin("week of year", "date: day")
def week_of_year(day: date) -> int:
    return day.isocalendar().week


@builtin("last day of month", "date: day")
def last_day_of_month(day: date) -> date:
    return calendar.last_day_of_month(make_date(day) or day)


def _date_of(year: Any, month: Decimal | None, day: Decimal | None) -> date | None:
    parts = [whole(part) for part in (year, month, day)]
    try:
        return date(*[part for part in parts if part is not None])
    except (ValueError, TypeError, OverflowError):
        return None


def _time_of(
    hour: Any, minute: Decimal | None, second: Decimal | None, offset: timedelta | None
) -> time | None:
    if whole(hour) is None or minute is None or second is None or whole(minute) is None:
        return None
    if not (0 <= hour < 24 and 0 <= minute < 60 and 0 <= second < 60):
        return None
    seconds = duration_of(second) or timedelta()
    if offset is not None and abs(offset) > moments.FARTHEST:
        return None
    start = time(int(hour), int(minute), tzinfo=None if offset is None else timezone(offset))
    found: time | None = calendar.later(start, seconds)
    return found


def _in_named_zone(value: Any, name: Any) -> datetime | None:
    """Return a date-time moved to the zone of this name, as `date and time(x, "Asia/Shanghai")`."""
    zone = moments.zone_named(name) if isinstance(name, str) else None
    if zone is None or not isinstance(value, datetime):
        return None
    return moments.in_zone(value).astimezone(zone)


def _date_time(value: Any) -> datetime | None:
    return value if isinstance(value, datetime) else None
