"""What a choice offers: options written in the form, named by a fact, or given by a formula."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from engine.forms.formulas import evaluate, settle
from engine.forms.spelling import as_text
from engine.forms.types import Problem
from engine.forms.wording import Definition
from engine.i18n import chosen
from engine.i18n import gettext as _

MOST_OPTIONS = 500


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose; `value` is what a browser posts."""

    value: str
    label: str
    checked: bool = False
    hint: str = ""
    disabled: bool = False


class Choice:
    """An offered option and the value that the form's answers keep for it."""

    def __init__(self, raw: Any) -> None:
        described = raw if isinstance(raw, Mapping) else {"value": raw}
        self.value = described.get("value")
        self.text = posted_text(self.value)
        self.label = _own(described, "label") or self.text
        self.hint = _own(described, "hint")
        self.disabled = described.get("disabled") is True

    def option(self, checked: bool) -> Option:
        return Option(self.text, self.label, checked, self.hint, self.disabled)


def posted_text(value: Any) -> str:
    """Return what a browser posts for an option's value, the same in every language."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def option_problems(definition: Definition) -> list[Problem]:
    """Name what is wrong with the source of a component's options."""
    values = definition.get("values")
    if definition.get("valuesKey") or definition.get("valuesExpression"):
        return []
    if not isinstance(values, list) or not values:
        return [Problem("", _("没有选项：请填写 values、valuesKey 或 valuesExpression 中的一个"))]
    texts = [
        posted_text(v.get("value")) if isinstance(v, Mapping) else posted_text(v) for v in values
    ]
    found = [Problem("", _("有的选项没有 value"))] if "" in texts else []
    repeated = sorted({text for text in texts if text and texts.count(text) > 1})
    return found + [Problem("", _("选项“%(value)s”出现了两次", value=text)) for text in repeated]


def labels_of(definition: Definition, values: Iterable[Any], context: Mapping[str, Any]) -> str:
    """Return the labels of chosen values; one that is no longer offered is read as it is."""
    labels = {choice.text: choice.label for choice in choices_of(definition, context)}
    texts = [posted_text(value) for value in values]
    return as_text([labels.get(text, text) for text in texts if text])


def choices_of(definition: Definition, context: Mapping[str, Any]) -> list[Choice]:
    return [Choice(raw) for raw in _offered(definition, context)[:MOST_OPTIONS]]


def _offered(definition: Definition, context: Mapping[str, Any]) -> list[Any]:
    if definition.get("valuesKey"):
        found = evaluate(str(definition["valuesKey"]), context)
    elif definition.get("valuesExpression"):
        found = settle(definition["valuesExpression"], context)
    else:
        found = definition.get("values")
    return list(found) if isinstance(found, (list, tuple)) else []


def _own(described: Mapping[str, Any], name: str) -> str:
    properties = described.get("properties")
    beside = properties.get(f"{name}.en") if isinstance(properties, Mapping) else None
    return chosen(posted_text(described.get(name)), described.get(f"{name}.en") or beside)
