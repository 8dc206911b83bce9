"""FEEL inside a form document: settings that may be formulas, and `{{ … }}` inside texts."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine import feel
from engine.forms.spelling import as_text

TEMPLATE = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_SETTINGS = (
    "conditional.hide",
    "valuesExpression",
    "expression",
    "dataSource",
    "columnsExpression",
    "defaultValue",
    "readonly",
    "disabled",
    "accept",
    "multiple",
)
_TEXTS = ("label", "dateLabel", "description", "text")


class FormulaFailed(Exception):
    """A formula of the form cannot be evaluated: the form is at fault, not what was typed."""

    def __init__(self, expression: str, cause: feel.FeelError) -> None:
        self.expression = expression
        super().__init__(f"{expression}: {cause}")


@dataclass(frozen=True, slots=True)
class FormExpression:
    """One expression of a form: where it stands, and its text without `=` or braces."""

    component: str
    place: str
    text: str


def is_formula(setting: object) -> bool:
    return isinstance(setting, str) and setting.startswith("=")


def settle(setting: Any, context: Mapping[str, Any]) -> Any:
    """Return a setting's value: what it says, or what its formula gives."""
    return evaluate(setting[1:], context) if is_formula(setting) else setting


def evaluate(expression: str, context: Mapping[str, Any]) -> Any:
    try:
        return feel.evaluate(expression, context)
    except feel.FeelError as cause:
        raise FormulaFailed(expression, cause) from cause


def fill(text: str, context: Mapping[str, Any]) -> str:
    """Return a text with its `{{ … }}` replaced by what people read for the values."""
    return TEMPLATE.sub(lambda found: as_text(evaluate(found[1].strip(), context)), text)


def formulas_of(definition: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the place and the text of every expression in one component's definition."""
    for place, setting in _settings_of(definition):
        if is_formula(setting):
            yield place, setting[1:]
    if isinstance(definition.get("valuesKey"), str):
        yield "valuesKey", definition["valuesKey"]
    for place, text in _texts_of(definition):
        for found in TEMPLATE.finditer(text):
            yield place, found[1].strip()


def _settings_of(definition: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for place in _SETTINGS:
        found: Any = definition
        for step in place.split("."):
            found = found.get(step) if isinstance(found, Mapping) else None
        yield place, found
    for section in ("validate", "properties"):
        for name, setting in _section(definition, section).items():
            yield f"{section}.{name}", setting


def _texts_of(definition: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name in _TEXTS:
        if isinstance(definition.get(name), str):
            yield name, definition[name]
    for name, text in _section(definition, "properties").items():
        if name.endswith(".en") and isinstance(text, str):
            yield f"properties.{name}", text


def _section(definition: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = definition.get(name)
    return found if isinstance(found, Mapping) else {}
