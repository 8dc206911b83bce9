"""Texts that people need: a label for every field, and the English beside every Chinese text."""

import re
from collections.abc import Iterator, Mapping

from engine.forms.tree import FormComponent
from engine.forms.types import Problem
from engine.forms.wording import setting
from engine.i18n import gettext as _

_CHINESE = re.compile("[\u3400-\u9fff]")
_BESIDE = {
    "label": "label.en",
    "dateLabel": "label.en",
    "description": "description.en",
    "text": "text.en",
}
_ERRORS = {"error.required": "error.required.en", "add": "add.en"}


def text_problems(component: FormComponent) -> Iterator[Problem]:
    definition = component.definition
    if _needs_label(component) and not (definition.get("label") or definition.get("dateLabel")):
        yield Problem("", _("没有标签：请填写 label，读屏软件和出错提示都要用到"))
    for name, english in _BESIDE.items():
        if _is_chinese(definition.get(name)) and not setting(definition, english):
            yield _missing(english)
    for name, english in _ERRORS.items():
        if _is_chinese(setting(definition, name)) and not setting(definition, english):
            yield _missing(english)
    yield from _option_problems(component)
    yield from _pattern_problems(component)


def _option_problems(component: FormComponent) -> Iterator[Problem]:
    for name in ("values", "columns"):
        listed = component.definition.get(name)
        for item in listed if isinstance(listed, list) else ():
            if not isinstance(item, Mapping) or not _is_chinese(item.get("label")):
                continue
            if not item.get("label.en") and not setting(item, "label.en"):
                text = _("“%(label)s”缺少英文（label.en）", label=item["label"])
                yield Problem("", text, "warning")


def _pattern_problems(component: FormComponent) -> Iterator[Problem]:
    rules = component.definition.get("validate")
    message = rules.get("patternErrorMessage") if isinstance(rules, Mapping) else None
    if _is_chinese(message) and not setting(component.definition, "patternErrorMessage.en"):
        yield _missing("patternErrorMessage.en")


def _needs_label(component: FormComponent) -> bool:
    """A domain component brings its own headings; a computed value may stay unseen."""
    if component.is_domain or component.type.type == "expression":
        return False
    return component.type.takes_value or component.type.type in ("button", "dynamiclist")


def _is_chinese(text: object) -> bool:
    return isinstance(text, str) and _CHINESE.search(text) is not None


def _missing(name: str) -> Problem:
    return Problem("", _("缺少英文文字：请填写属性 %(name)s", name=name), "warning")
