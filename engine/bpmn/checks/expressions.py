"""Expressions: readable, and where they are constant, of the kind that is needed."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from engine import feel
from engine.bpmn.checks.reading import Models
from engine.bpmn.faults import ERROR, Fault
from engine.bpmn.naming import Expression, expressions
from engine.bpmn.specs.timers import is_plain_iso, read_iso
from engine.i18n import gettext as _

TIMES = frozenset({"timeDate", "timeDuration"})


def faults(models: Models) -> Iterator[Fault]:
    for found in models.diagrams:
        for expression in expressions(found):
            yield from _of(expression)


def house(models: Models) -> Iterator[Fault]:
    """Yield durations that are over before they begin."""
    for found in models.diagrams:
        for expression in expressions(found):
            if expression.role == "timeDuration" and _is_over(expression.text):
                yield _fault(expression, _("时长必须大于零"), _("例如 PT20H"))


def names_in(expression: Expression) -> frozenset[str]:
    """Return the variables an expression reads, none if it cannot be read."""
    if expression.role in TIMES and is_plain_iso(expression.text):
        return frozenset()
    try:
        parsed = feel.parse(expression.text)
    except feel.FeelError:
        return frozenset()
    return parsed.names() - parsed.doubtful_names() - {feel.NOW}


def reads_the_clock(text: str) -> bool:
    """Say so: an expression over `now()` has no value before it runs."""
    return "now(" in text or "today(" in text


def _of(expression: Expression) -> Iterator[Fault]:
    if expression.role in TIMES and is_plain_iso(expression.text):
        yield from _constant_time(expression, _read_plain)
        return
    try:
        parsed = feel.parse(expression.text)
    except feel.FeelError as cause:
        yield _fault(
            expression,
            _("表达式 %(written)s 读不懂：%(why)s", written=_short(expression.text), why=cause),
            _("请按 FEEL 的写法改正"),
        )
        return
    if expression.role in TIMES and not parsed.names():
        yield from _constant_time(expression, _evaluate)


def _constant_time(expression: Expression, value_of: Any) -> Iterator[Fault]:
    try:
        value = value_of(expression.text)
    except (ValueError, OverflowError) as cause:
        yield _fault(
            expression,
            _("%(written)s 不是时间：%(why)s", written=_short(expression.text), why=cause),
            _("例如 PT20H，或服务返回的时刻"),
        )
        return
    if expression.role == "timeDate":
        yield from _date(expression, value)
    else:
        yield from _duration(expression, value)


def _read_plain(text: str) -> Any:
    return read_iso(text)


def _evaluate(text: str) -> Any:
    value = feel.evaluate(text, {})
    return read_iso(value) if isinstance(value, str) else value


def _date(expression: Expression, value: Any) -> Iterator[Fault]:
    if isinstance(value, datetime) and value.tzinfo is None:
        yield _fault(
            expression,
            _("时刻 %(written)s 没有写时区", written=_short(expression.text)),
            _("请在末尾加上 +08:00"),
        )
    elif not isinstance(value, datetime) and not reads_the_clock(expression.text):
        yield _fault(
            expression,
            _("%(written)s 不是时刻", written=_short(expression.text)),
            _("请写日期和时间，或把定时改为时长")
            if isinstance(value, date | timedelta)
            else _("例如 send_code.expires_at"),
        )


def _duration(expression: Expression, value: Any) -> Iterator[Fault]:
    if not isinstance(value, timedelta | feel.YearsMonths) and not reads_the_clock(expression.text):
        yield _fault(
            expression,
            _("%(written)s 不是时长", written=_short(expression.text)),
            _("例如 PT20H"),
        )


def _is_over(text: str) -> bool:
    try:
        value = read_iso(text) if is_plain_iso(text) else feel.evaluate(text, {})
    except (ValueError, OverflowError):
        return False
    if isinstance(value, feel.YearsMonths):
        return value.months <= 0
    return isinstance(value, timedelta) and value <= timedelta(0)


def _fault(expression: Expression, text: str, mend: str) -> Fault:
    return Fault(expression.file, expression.element, text, ERROR, mend)


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:60] + "…"
