"""Both durations of FEEL: days and time is Python's timedelta, years and months is a type here."""

import re
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

_YEARS_MONTHS = re.compile(r"(-)?P(?=[0-9])(?:([0-9]{1,9})Y)?(?:([0-9]{1,9})M)?")
_DAYS_TIME = re.compile(
    r"(-)?P(?=[0-9T])(?:([0-9]{1,9})D)?"
    r"(?:T(?=[0-9])(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9}(?:\.[0-9]{1,9})?)S)?)?"
)


@dataclass(frozen=True, slots=True, order=True)
class YearsMonths:
    """A duration counted in months, which have no fixed number of days."""

    months: int

    def __neg__(self) -> "YearsMonths":
        return YearsMonths(-self.months)

    def __str__(self) -> str:
        years, months = divmod(abs(self.months), 12)
        body = (f"{years}Y" if years else "") + (f"{months}M" if months or not years else "")
        return f"{'-' if self.months < 0 else ''}P{body}"


def parse_duration(text: str) -> timedelta | YearsMonths | None:
    """Return the duration an ISO text names, null when it names none."""
    if found := _YEARS_MONTHS.fullmatch(text):
        months = int(found[2] or 0) * 12 + int(found[3] or 0)
        return YearsMonths(-months if found[1] else months)
    found = _DAYS_TIME.fullmatch(text)
    if not found:
        return None
    try:
        return _days_time(found)
    except OverflowError:
        return None


def duration_text(duration: timedelta) -> str:
    """Return the ISO text of a days and time duration in its shortest form."""
    negative, amount = duration < timedelta(0), abs(duration)
    hours, rest = divmod(amount.seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    fraction = f".{amount.microseconds:06d}".rstrip("0") if amount.microseconds else ""
    day = f"{amount.days}D" if amount.days else ""
    clock = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
    clock += f"{seconds}{fraction}S" if seconds or fraction else ""
    body = day + (f"T{clock}" if clock else "")
    return f"{'-' if negative else ''}P{body or 'T0S'}"


def seconds_of(duration: timedelta) -> Decimal:
    """Return the duration in seconds, exactly."""
    whole = duration.days * 86_400 + duration.seconds
    return Decimal(whole) + Decimal(duration.microseconds).scaleb(-6)


def duration_of(seconds: Decimal) -> timedelta | None:
    """Return the duration of so many seconds, null beyond what a duration can be."""
    try:
        return timedelta(microseconds=int(seconds.scaleb(6).to_integral_value()))
    except OverflowError:
        return None


def _days_time(found: re.Match[str]) -> timedelta:
    days, hours, minutes = (int(found[i] or 0) for i in (2, 3, 4))
    whole, _, fraction = (found[5] or "0").partition(".")
    duration = timedelta(
        days=days,
        hours=hours,
        minutes=minutes,
        seconds=int(whole),
        microseconds=int(fraction.ljust(6, "0")[:6]),
    )
    return -duration if found[1] else duration
