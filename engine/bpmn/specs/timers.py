"""Timers that ask the process for the time; their expressions are FEEL or bare ISO text."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition

from engine import feel
from engine.bpmn.errors import ElementFailed
from engine.clock import local

DUE = "due"

ISO_DURATION = re.compile(r"-?P(?=[0-9T])[0-9.YMWDTHS]+")
ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(Z|[+-][0-9]{2}:?[0-9]{2})?")


class NotATime(ValueError):
    """A timer's expression gave something that is no date-time with a zone, or no duration."""


class Timer(TimerEventDefinition):
    """Due at a moment fixed once, when the event is first waited for."""

    def __init__(self, element: str, expression: str, **kwargs: Any) -> None:
        super().__init__(element, expression.strip(), **kwargs)
        self.element = element

    def due_at(self, my_task: Any) -> datetime:
        known = my_task.internal_data.setdefault(DUE, {})
        if self.element not in known:
            known[self.element] = self._compute(my_task)
        return known[self.element]  # type: ignore[no-any-return]

    def has_fired(self, my_task: Any) -> bool:
        return bool(self.due_at(my_task) <= my_task.workflow.script_engine.now())

    def reset(self, my_task: Any) -> None:
        my_task.internal_data.pop(DUE, None)

    def _compute(self, my_task: Any) -> datetime:
        try:
            value = self._value(my_task)
            return self._moment(value, my_task.workflow.script_engine.now()).astimezone(UTC)
        except ElementFailed:
            raise
        except (ValueError, OverflowError) as cause:
            raise ElementFailed(self.element, cause) from cause

    def _value(self, my_task: Any) -> Any:
        if is_plain_iso(self.expression):
            return read_iso(self.expression)
        value = my_task.workflow.script_engine.evaluate(my_task, self.expression)
        return read_iso(value) if isinstance(value, str) else value

    def _moment(self, value: Any, now: datetime) -> datetime:
        raise NotImplementedError


class DateTimer(Timer):
    """`timeDate`: the expression gives a moment with a zone."""

    def _moment(self, value: Any, now: datetime) -> datetime:
        if not isinstance(value, datetime) or value.tzinfo is None:
            raise NotATime(f"{self.expression} gave {value!r}, not a date-time with a zone")
        return value


class DurationTimer(Timer):
    """`timeDuration`: so long after the event is first waited for."""

    def _moment(self, value: Any, now: datetime) -> datetime:
        if isinstance(value, timedelta):
            return now + value
        if isinstance(value, feel.YearsMonths):
            return months_later(now, value.months)
        raise NotATime(f"{self.expression} gave {value!r}, not a duration")


def is_plain_iso(text: str) -> bool:
    """Say whether a timer's text is an ISO duration or date-time rather than an expression."""
    return bool(ISO_DURATION.fullmatch(text) or ISO_DATE.fullmatch(text))


def read_iso(text: str) -> Any:
    """Return the duration or date-time of an ISO text, or raise `NotATime`."""
    if ISO_DURATION.fullmatch(text):
        value = feel.evaluate(f'duration("{text}")', {})
        if value is None:
            raise NotATime(f"{text} is not a duration")
        return value
    if ISO_DATE.fullmatch(text):
        return datetime.fromisoformat(text)
    raise NotATime(f"{text!r} is neither a date-time nor a duration")


def months_later(now: datetime, months: int) -> datetime:
    """Move by calendar months as people in Shanghai count them; the 31st becomes the last day."""
    here = local(now)
    year, month = divmod(here.year * 12 + here.month - 1 + months, 12)
    return here.replace(year=year, month=month + 1, day=min(here.day, _days_in(year, month + 1)))


def _days_in(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - timedelta(days=1)).day
