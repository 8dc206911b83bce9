"""Moving moments by durations, and measuring what lies between two of them."""

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from typing import Any

from engine.feel.values.durations import YearsMonths
from engine.feel.values.kinds import is_date
from engine.feel.values.moments import in_zone, midnight

_ANY_DAY = date(2000, 1, 1)


def later(moment: Any, duration: Any) -> Any:
    """Return the moment so much later, null where there is none."""
    try:
        if isinstance(duration, YearsMonths) and isinstance(moment, date):
            return _months_later(moment, duration.months)
        if isinstance(duration, timedelta):
            return _days_later(moment, duration)
    except (OverflowError, ValueError):
        return None
    return None


def between(later_one: Any, earlier: Any) -> timedelta | None:
    """Return the days and time from the earlier moment to the later one."""
    if isinstance(later_one, time) and isinstance(earlier, time):
        return _on_any_day(later_one) - _on_any_day(earlier)
    if is_date(later_one) and is_date(earlier):
        return timedelta(days=(later_one - earlier).days)
    if isinstance(later_one, date) and isinstance(earlier, date):
        return in_zone(_with_time(later_one)) - in_zone(_with_time(earlier))
    return None


def months_between(earlier: Any, later_one: Any) -> YearsMonths | None:
    """Return the whole years and months from one day to another."""
    if not (isinstance(earlier, date) and isinstance(later_one, date)):
        return None
    if _with_time(earlier).replace(tzinfo=None) > _with_time(later_one).replace(tzinfo=None):
        backwards = months_between(later_one, earlier)
        return -backwards if backwards else None
    months = (later_one.year - earlier.year) * 12 + later_one.month - earlier.month
    return YearsMonths(months - (_rest(later_one) < _rest(earlier)))


def last_day_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, monthrange(year, month + 1)[1]))


def _days_later(moment: Any, duration: timedelta) -> Any:
    if isinstance(moment, datetime):
        return moment + duration
    if is_date(moment):
        return (midnight(moment) + duration).date()
    if isinstance(moment, time):
        return (datetime.combine(_ANY_DAY, moment) + duration % timedelta(days=1)).timetz()
    return None


def _rest(day: date) -> tuple[int, time]:
    """Return what of a day is left once its months are counted."""
    return day.day, _with_time(day).time()


def _with_time(day: date) -> datetime:
    return day if isinstance(day, datetime) else midnight(day)


def _on_any_day(moment: time) -> datetime:
    return in_zone(datetime.combine(_ANY_DAY, moment))
