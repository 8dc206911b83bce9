"""A list whose rows a person adds and removes; the binder walks its rows."""

from collections.abc import Mapping, Sequence
from typing import Any

from engine.forms.types import FieldType, Problem, Submitted
from engine.forms.wording import Definition, as_whole, rules_of, setting
from engine.i18n import chosen
from engine.i18n import gettext as _

MOST_ROWS = 50


class DynamicList(FieldType):
    """Rows of the same components, posted as `list.0.key`. Properties: `min_rows`, `max_rows`,
    `add` (what the button says, beside `add.en`)."""

    type = "dynamiclist"
    parts = frozenset()
    holds = "rows"

    def check(self, definition: Definition) -> Sequence[Problem]:
        limits = {
            "min_rows": setting(definition, "min_rows"),
            "max_rows": setting(definition, "max_rows"),
            "defaultRepetitions": definition.get("defaultRepetitions"),
        }
        return [
            Problem("", _("%(name)s 应当是整数", name=name))
            for name, limit in limits.items()
            if limit is not None and as_whole(limit) is None
        ]

    def bind(
        self, definition: Definition, submitted: Submitted, context: Mapping[str, Any]
    ) -> list[Any]:
        return []

    def show(
        self, definition: Definition, value: Any, context: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        own = chosen(str(setting(definition, "add") or ""), setting(definition, "add.en"))
        has_room = len(value or ()) < most_rows(definition)
        return {"action": (own or _("添加一行")) if has_room else ""}

    def said(self, definition: Definition, value: Any, context: Mapping[str, Any]) -> str:
        return ""


def fewest_rows(definition: Definition) -> int:
    is_required = rules_of(definition).get("required") is True
    return max(as_whole(setting(definition, "min_rows")) or 0, int(is_required))


def most_rows(definition: Definition) -> int:
    return min(as_whole(setting(definition, "max_rows")) or MOST_ROWS, MOST_ROWS)


def rows_at_first(definition: Definition) -> int:
    """Return how many blank rows a list starts with."""
    wished = as_whole(definition.get("defaultRepetitions"))
    return min(max(1 if wished is None else wished, fewest_rows(definition)), most_rows(definition))
