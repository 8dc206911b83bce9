"""Dates, times and date-times: their ISO texts, and the zone of those that name none."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from engine.clock import SHANGHAI
from engine.feel.values.durations import YearsMonths, parse_duration

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(
    r"([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,9}))?)?"
    r"(?:([Zz])|([+-])([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?|@([A-Za-z0-9_+/-]{1,60}))?"
)

FARTHEST = timedelta(hours=14)
"""No zone is farther from UTC."""


def parse_date(text: str) -> date | None:
    if not _DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def parse_time(text: str) -> time | None:
    found = _TIME.fullmatch(text)
    if not found:
        return None
    try:
        hour, minute, second = (int(found[i] or 0) for i in (1, 2, 3))
        fraction = int((found[4] or "").ljust(6, "0")[:6])
        return time(hour, minute, second, fraction, _zone(found))
    except (ValueError, OSError, KeyError):
        return None


def parse_date_time(text: str) -> datetime | None:
    """Return the date-time of a text; a date alone is its midnight."""
    day_text, separator, time_text = text.partition("T")
    day = parse_date(day_text)
    moment = parse_time(time_text) if separator else time()
    if day is None or moment is None:
        return None
    return datetime.combine(day, moment)


def parse_moment(text: str) -> date | time | datetime | timedelta | YearsMonths | None:
    """Return what the literal `@"text"` stands for."""
    if "T" in text and not text.lstrip("-").startswith("P"):
        return parse_date_time(text)
    return parse_date(text) or _time_or_duration(text)


def _time_or_duration(text: str) -> time | timedelta | YearsMonths | None:
    found = parse_time(text)
    return parse_duration(text) if found is None else found


def in_zone(moment: datetime) -> datetime:
    """Return the date-time with a zone: one that names none is meant as people in Shanghai do."""
    return moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)


def zone_named(name: str) -> ZoneInfo | None:
    """Return the zone of this name in the zone database."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return None


def midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def moment_text(moment: datetime | time) -> str:
    """Return the ISO text, with the name of the zone where it has one."""
    if isinstance(moment.tzinfo, ZoneInfo):
        return f"{_clock_text(moment)}@{moment.tzinfo.key}"
    zone = moment.isoformat()[len(moment.replace(tzinfo=None).isoformat()) :]
    return _clock_text(moment) + ("Z" if _is_utc(moment) else zone)


def _clock_text(moment: datetime | time) -> str:
    """Return the text without the zone, and a fraction of a second without zeros at its end."""
    text = moment.replace(tzinfo=None).isoformat()
    return text.rstrip("0") if moment.microsecond else text


def _is_utc(moment: datetime | time) -> bool:
    return moment.tzinfo is not None and moment.utcoffset() == timedelta(0)


def _zone(found: re.Match[str]) -> tzinfo | None:
    if found[5]:
        return UTC
    if found[10]:
        return ZoneInfo(found[10])
    if not found[6]:
        return None
    hours, minutes, seconds = (int(found[i] or 0) for i in (7, 8, 9))
    offset = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    if offset > FARTHEST or minutes > 59 or seconds > 59:
        raise ValueError("no place on earth has this offset")
    return timezone(-offset if found[6] == "-" else offset)
