"""The kinds of values a token may carry: JSON, Decimal, dates and times, each kept exactly."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from math import isfinite
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from engine.bpmn.errors import NotStorable
from engine.feel import YearsMonths

MARK = "$"
DEEPEST = 40
EXACT_INTEGER = 2**53
UNCHANGING = (bool, Decimal, date, time, timedelta, YearsMonths)


def fresh(value: Any, depth: int = 0) -> Any:
    """Return a copy that shares nothing with its source, or raise `NotStorable`."""
    if depth > DEEPEST:
        raise NotStorable("nested too deeply")
    if isinstance(value, Mapping):
        return {_key(key): fresh(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [fresh(item, depth + 1) for item in value]
    return _scalar(value)


def identical(first: Any, second: Any) -> bool:
    """Say whether two values are the same in kind too: 1, true and 1.0 are three values."""
    if type(first) is not type(second):
        return False
    if isinstance(first, dict):
        return first.keys() == second.keys() and all(
            identical(item, second[key]) for key, item in first.items()
        )
    if isinstance(first, list):
        return len(first) == len(second) and all(map(identical, first, second))
    return first is second or repr(first) == repr(second)


def differing(base: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what of `data` is not in `base`, or is something else there."""
    return {k: v for k, v in data.items() if k not in base or not identical(base[k], v)}


def encode(value: Any) -> Any:
    """Return the JSON form of a value; what JSON cannot say becomes `{"$kind": …}`."""
    if isinstance(value, dict):
        return {_marked(key): encode(item) for key, item in value.items()}
    if isinstance(value, list):
        return [encode(item) for item in value]
    if value is None or isinstance(value, bool | str | float):
        return value
    if isinstance(value, int):
        return value if abs(value) < EXACT_INTEGER else {"$integer": str(value)}
    return _special(value)


def decode(value: Any) -> Any:
    """Return the value of a JSON form."""
    if isinstance(value, list):
        return [decode(item) for item in value]
    if not isinstance(value, dict):
        return value
    if len(value) == 1:
        kind, content = next(iter(value.items()))
        if kind in READERS:
            return READERS[kind](content)
    return {_unmarked(key): decode(item) for key, item in value.items()}


def _key(key: Any) -> str:
    if not isinstance(key, str):
        raise NotStorable(f"a key of type {type(key).__name__}")
    return _text(key)


def _scalar(value: Any) -> Any:
    if value is None or isinstance(value, UNCHANGING):
        return value
    if isinstance(value, str | UUID):
        return _text(str(value))
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return _finite(value)
    raise NotStorable(f"a value of type {type(value).__name__}")


def _text(value: str) -> str:
    try:
        value.encode()
    except UnicodeEncodeError as cause:
        raise NotStorable("half a character") from cause
    return value


def _finite(value: float) -> float:
    if not isfinite(value):
        raise NotStorable(str(value))
    return value


def _marked(key: str) -> str:
    return MARK + key if key.startswith(MARK) else key


def _unmarked(key: str) -> str:
    return key.removeprefix(MARK)


def _special(value: Any) -> dict[str, Any]:
    if isinstance(value, Decimal):
        return {"$decimal": str(value)}
    if isinstance(value, datetime):
        return {"$datetime": [value.replace(tzinfo=None).isoformat(), *_zone(value)]}
    if isinstance(value, date):
        return {"$date": value.isoformat()}
    if isinstance(value, time):
        return {"$time": [value.replace(tzinfo=None).isoformat(), *_zone(value)]}
    if isinstance(value, timedelta):
        return {"$duration": [value.days, value.seconds, value.microseconds]}
    if isinstance(value, YearsMonths):
        return {"$months": value.months}
    raise NotStorable(f"a value of type {type(value).__name__}")


def _zone(value: datetime | time) -> tuple[str | float | None, int]:
    """Return the zone's name where it has one, its offset in seconds otherwise, and the fold."""
    name = getattr(value.tzinfo, "key", None)
    offset = value.utcoffset()
    if name is None and offset is not None:
        return offset.total_seconds(), value.fold
    return name, value.fold


def _zone_of(mark: str | float | None) -> tzinfo | None:
    if mark is None:
        return None
    return ZoneInfo(mark) if isinstance(mark, str) else timezone(timedelta(seconds=mark))


def _read_datetime(parts: list[Any]) -> datetime:
    text, zone, fold = parts
    return datetime.fromisoformat(text).replace(tzinfo=_zone_of(zone), fold=fold)


def _read_time(parts: list[Any]) -> time:
    text, zone, fold = parts
    return time.fromisoformat(text).replace(tzinfo=_zone_of(zone), fold=fold)


def _read_duration(parts: list[int]) -> timedelta:
    days, seconds, microseconds = parts
    return timedelta(days=days, seconds=seconds, microseconds=microseconds)


READERS: dict[str, Callable[[Any], Any]] = {
    "$integer": int,
    "$decimal": Decimal,
    "$date": date.fromisoformat,
    "$datetime": _read_datetime,
    "$time": _read_time,
    "$duration": _read_duration,
    "$months": YearsMonths,
}
