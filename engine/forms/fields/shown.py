"""What a form only shows: texts, tables, lines, space, computed values, buttons, groups."""

from collections.abc import Mapping, Sequence
from typing import Any

from engine.forms.formulas import settle
from engine.forms.prose import blocks_of
from engine.forms.spelling import as_text
from engine.forms.types import FieldType, Problem, Submitted
from engine.forms.wording import Definition, is_set, setting
from engine.i18n import chosen
from engine.i18n import gettext as _

MOST_ROWS = 1000
BUTTON_STYLES = ("primary", "secondary", "warning")


class Shown(FieldType):
    """Posts nothing."""

    takes_value = False
    parts = frozenset()

    def bind(self, definition: Definition, submitted: Submitted, context: Mapping[str, Any]) -> Any:
        return None

    def entered(self, definition: Definition, submitted: Submitted) -> Any:
        return None

    def show(
        self, definition: Definition, value: Any, context: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        return {}


class TextBlock(Shown):
    """Text with light marking; see `engine.forms.prose`. With the property `error` it is what went
    wrong the last time, and the page shows it as the error of the field that the property names."""

    type = "text"

    def show(
        self, definition: Definition, value: Any, context: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        own = chosen(str(definition.get("text") or ""), setting(definition, "text.en"))
        error_of = settle(setting(definition, "error"), context)
        return {"value": blocks_of(own, context), "error_of": str(error_of or "")}


class Table(Shown):
    """Rows that come from the context."""

    type = "table"

    def check(self, definition: Definition) -> Sequence[Problem]:
        found = []
        if not definition.get("dataSource"):
            found.append(Problem("", _("表格没有数据来源（dataSource）")))
        if not definition.get("columns") and not definition.get("columnsExpression"):
            found.append(Problem("", _("表格没有列（columns）")))
        return found

    def show(
        self, definition: Definition, value: Any, context: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        columns = _list(settle(definition.get("columnsExpression"), context))
        columns = columns or _list(definition.get("columns"))
        columns = [column for column in columns if isinstance(column, Mapping)]
        rows = _list(settle(definition.get("dataSource"), context))[:MOST_ROWS]
        return {
            "columns": [chosen(str(c.get("label") or ""), c.get("label.en")) for c in columns],
            "rows": [[as_text(_cell(row, c.get("key"))) for c in columns] for row in rows],
        }


class Separator(Shown):
    type = "separator"


class Spacer(Shown):
    type = "spacer"


class Button(Shown):
    """Completes the work item with the outcome of its property."""

    type = "button"

    def check(self, definition: Definition) -> Sequence[Problem]:
        found = []
        if not setting(definition, "outcome"):
            found.append(Problem("", _("按钮没有结果：请填写属性 outcome")))
        style = setting(definition, "style")
        if style and style not in BUTTON_STYLES:
            known = "、".join(BUTTON_STYLES)
            found.append(Problem("", _("按钮样式只有 %(known)s", known=known)))
        return found

    def show(
        self, definition: Definition, value: Any, context: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        return {"value": setting(definition, "outcome"), "style": style_of(definition)}


class Group(Shown):
    """Components under one heading, their values below `path` when there is one."""

    type = "group"
    holds = "group"


class Computed(Shown):
    """A value computed from the others; kept with the answers, shown when it has a label."""

    type = "expression"
    takes_value = True

    def check(self, definition: Definition) -> Sequence[Problem]:
        return [] if definition.get("expression") else [Problem("", _("没有表达式（expression）"))]

    def bind(self, definition: Definition, submitted: Submitted, context: Mapping[str, Any]) -> Any:
        return settle(definition.get("expression"), context)

    def show(
        self, definition: Definition, value: Any, context: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        computed = settle(definition.get("expression"), context)
        return {"value": computed, "said": as_text(computed)}


def style_of(definition: Definition) -> str:
    """Return how a button looks; going on is primary, going on without checks is secondary."""
    chosen_style = setting(definition, "style")
    if chosen_style in BUTTON_STYLES:
        return str(chosen_style)
    return "secondary" if not validates(definition) else "primary"


def validates(definition: Definition) -> bool:
    """Say whether a button asks for a correctly filled form."""
    return setting(definition, "validate") is None or is_set(definition, "validate")


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) else []


def _cell(row: Any, key: Any) -> Any:
    return row.get(key) if isinstance(row, Mapping) else None
