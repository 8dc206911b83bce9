"""The parts of moments, durations and ranges that a path may name."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from engine.feel.values.durations import YearsMonths
from engine.feel.values.kinds import kind_of, normal
from engine.feel.values.ranges import Range


def property_of(value: Any, name: str) -> Any:
    """Return a named part, null when the value has none of this name."""
    read = _PROPERTIES.get(kind_of(value), {}).get(name)
    return normal(read(value)) if read else None


def _offset(moment: datetime | time) -> timedelta | None:
    return moment.utcoffset()


def _zone(moment: datetime | time) -> str | None:
    return moment.tzinfo.key if isinstance(moment.tzinfo, ZoneInfo) else None


def _weekday(day: date) -> int:
    return day.isoweekday()


def _seconds(moment: datetime | time) -> Decimal:
    return moment.second + Decimal(moment.microsecond).scaleb(-6)


def _part(unit: int, limit: int | None) -> Callable[[timedelta], int]:
    def read(duration: timedelta) -> int:
        amount = int(abs(duration).total_seconds()) // unit
        amount = amount % limit if limit else amount
        return -amount if duration < timedelta(0) else amount

    return read


def _years(duration: YearsMonths) -> int:
    years = abs(duration.months) // 12
    return -years if duration.months < 0 else years


def _months(duration: YearsMonths) -> int:
    return duration.months - _years(duration) * 12


def _field(name: str) -> Callable[[Any], Any]:
    return lambda value: getattr(value, name)


_DATE: Mapping[str, Callable[[Any], Any]] = {
    "year": _field("year"),
    "month": _field("month"),
    "day": _field("day"),
    "weekday": _weekday,
}
_TIME: Mapping[str, Callable[[Any], Any]] = {
    "hour": _field("hour"),
    "minute": _field("minute"),
    "second": _seconds,
    "time offset": _offset,
    "timezone": _zone,
}
_RANGE: Mapping[str, Callable[[Range], Any]] = {
    "start": _field("start"),
    "end": _field("end"),
    "start included": _field("start_included"),
    "end included": _field("end_included"),
}
_PROPERTIES: Mapping[str, Mapping[str, Callable[[Any], Any]]] = {
    "date": _DATE,
    "time": _TIME,
    "date and time": {**_DATE, **_TIME},
    "days and time duration": {
        "days": _part(86_400, None),
        "hours": _part(3_600, 24),
        "minutes": _part(60, 60),
        "seconds": _part(1, 60),
    },
    "years and months duration": {"years": _years, "months": _months},
    "range": _RANGE,
}

NAMES = frozenset(name for parts in _PROPERTIES.values() for name in parts)
