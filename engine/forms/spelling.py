"""Values the way people read them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from engine.clock import local
from engine.i18n import gettext as _


def as_text(value: Any) -> str:
    """Write a value the way people read it."""
    match value:
        case None:
            return ""
        case bool():
            return _("是") if value else _("否")
        case Decimal():
            return f"{value:f}"
        case date():
            return _moment_text(value)
        case list() | tuple():
            return _("、").join(as_text(item) for item in value)
        case _:
            return str(value)


def _moment_text(moment: date) -> str:
    if isinstance(moment, datetime) and moment.tzinfo:
        moment = local(moment)
    numbers = {"year": moment.year, "month": moment.month, "day": moment.day}
    day = _("%(year)s年%(month)s月%(day)s日", **numbers)
    return f"{day} {moment:%H:%M}" if isinstance(moment, datetime) else day
