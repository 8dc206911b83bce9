"""A day, or a month, typed into three boxes or two: no browser speaks its own language here."""

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from engine.clock import local
from engine.forms import normal
from engine.forms.formulas import is_formula, settle
from engine.forms.spelling import as_text
from engine.forms.types import FieldError, FieldType, Problem, Submitted
from engine.forms.wording import (
    Definition,
    is_required,
    label_of,
    missing,
    please_fill,
    rule,
    rules_of,
    setting,
)
from engine.i18n import gettext as _

YEARS = range(1900, 2101)
_LONGEST = 20
_DIGITS = re.compile(r"[0-9]{1,4}")


class DateBoxes(FieldType):
    """Posted as `x.year`, `x.month`, `x.day`; with the property `precision: month` without a day,
    the value then being the first of the month."""

    type = "datetime"
    parts = frozenset({"year", "month", "day"})
    first_input = "year"

    def check(self, definition: Definition) -> Sequence[Problem]:
        found = []
        if definition.get("subtype", "date") != "date":
            found.append(Problem("", _("只支持日期（subtype 为 date），时间请用文本框")))
        for name in ("min", "max"):
            for written in (rules_of(definition).get(name), setting(definition, name)):
                if written not in (None, "") and not is_formula(written) and not _iso(written):
                    text = _("%(name)s 应当是表达式，或 2016-01-31 这样的日期", name=name)
                    found.append(Problem("", text))
        return found

    def bind(
        self, definition: Definition, submitted: Submitted, context: Mapping[str, Any]
    ) -> date | None:
        label = label_of(definition, context)
        boxes = {name: _box(submitted, name, label) for name in boxes_of(definition)}
        if not any(boxes.values()):
            if is_required(definition, context):
                raise missing(definition, context, please_fill(label))
            return None
        day = _day(boxes, label)
        _check_limits(definition, day, context)
        return day

    def entered(self, definition: Definition, submitted: Submitted) -> Any:
        return {name: submitted.first(name)[:_LONGEST] for name in boxes_of(definition)}

    def posted(self, definition: Definition, value: Any) -> Mapping[str, Sequence[str]]:
        return {name: [text] for name, text in _boxes(definition, value).items()}

    def show(
        self, definition: Definition, value: Any, context: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        autocomplete = setting(definition, "autocomplete")
        return {
            "value": _boxes(definition, value),
            "attributes": {"autocomplete": str(autocomplete)} if autocomplete else {},
        }

    def said(self, definition: Definition, value: Any, context: Mapping[str, Any]) -> str:
        boxes = _boxes(definition, value)
        if not all(boxes.values()):
            return ""
        if "day" not in boxes:
            return _("%(year)s年%(month)s月", **boxes)
        return _("%(year)s年%(month)s月%(day)s日", **boxes)


def boxes_of(definition: Definition) -> tuple[str, ...]:
    """Return the names of the boxes, in the order people fill them."""
    by_month = setting(definition, "precision") == "month"
    return ("year", "month") if by_month else ("year", "month", "day")


def _box(submitted: Submitted, name: str, label: str) -> str:
    texts = submitted.values.get(name, ())
    if len(texts) > 1:
        raise FieldError({name: _("“%(label)s”提交了不止一次，请只填写一次。", label=label)})
    return normal.ascii_line(texts[0][:_LONGEST]) if texts else ""


def _day(boxes: Mapping[str, str], label: str) -> date:
    for name, text in boxes.items():
        if not text:
            raise FieldError({name: _("%(label)s还要填写%(box)s。", label=label, box=_word(name))})
        if not _DIGITS.fullmatch(text):
            raise FieldError(
                {name: _("%(label)s的%(box)s只能填数字。", label=label, box=_word(name))}
            )
    year, month, day = (int(boxes.get(name, "1")) for name in ("year", "month", "day"))
    if year not in YEARS:
        raise FieldError({"year": _("%(label)s的年份要填 4 位，例如 1990。", label=label)})
    if not 1 <= month <= 12:
        raise FieldError({"month": _("%(label)s的月份要在 1 到 12 之间。", label=label)})
    if not 1 <= day <= monthrange(year, month)[1]:
        raise FieldError({"day": _no_such_day(year, month, day, label)})
    return date(year, month, day)


def _no_such_day(year: int, month: int, day: int, label: str) -> str:
    return _(
        "%(label)s不对：%(year)s 年 %(month)s 月没有 %(day)s 日。",
        label=label,
        year=year,
        month=month,
        day=day,
    )


def _word(box: str) -> str:
    return {"year": _("年份"), "month": _("月份"), "day": _("日")}[box]


def _check_limits(definition: Definition, day: date, context: Mapping[str, Any]) -> None:
    label = label_of(definition, context)
    earliest, latest = (_limit(definition, name, context) for name in ("min", "max"))
    today = _today(context)
    if definition.get("disallowPassedDates") is True and today and day < today:
        raise FieldError(_("%(label)s不能早于今天。", label=label))
    if earliest and day < earliest:
        raise FieldError(_("%(label)s不能早于%(day)s。", label=label, day=as_text(earliest)))
    if latest and day > latest:
        raise FieldError(_("%(label)s不能晚于%(day)s。", label=label, day=as_text(latest)))


def _limit(definition: Definition, name: str, context: Mapping[str, Any]) -> date | None:
    found = rule(definition, name, context) or settle(setting(definition, name), context)
    if isinstance(found, datetime):
        return local(found).date() if found.tzinfo else found.date()
    return found if isinstance(found, date) else _iso(found)


def _iso(text: Any) -> date | None:
    try:
        return date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None


def _today(context: Mapping[str, Any]) -> date | None:
    now = context.get("__now__")
    return local(now).date() if isinstance(now, datetime) else None


def _boxes(definition: Definition, value: Any) -> dict[str, str]:
    """Return the texts of the boxes for a date, an ISO text, or what was typed into them."""
    names = boxes_of(definition)
    value = _iso(value) or value
    if isinstance(value, date):
        return {name: str(getattr(value, name)) for name in names}
    typed = value if isinstance(value, Mapping) else {}
    return {name: str(typed.get(name) or "") for name in names}
