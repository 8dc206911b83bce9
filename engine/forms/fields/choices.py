"""Choices: one of several, some of several, yes or no. What is not offered is not taken."""

from collections.abc import Mapping, Sequence
from typing import Any

from engine.forms.fields.options import (
    MOST_OPTIONS,
    choices_of,
    labels_of,
    option_problems,
    posted_text,
)
from engine.forms.fields.single import SingleText
from engine.forms.spelling import as_text
from engine.forms.types import FieldError, FieldType, Problem, Submitted
from engine.forms.wording import Definition, is_required, label_of, missing, please_choose
from engine.i18n import gettext as _


class Select(SingleText):
    """One of several, in a drop-down list."""

    type = "select"

    def check(self, definition: Definition) -> Sequence[Problem]:
        return option_problems(definition)

    def bind(self, definition: Definition, submitted: Submitted, context: Mapping[str, Any]) -> Any:
        text, label = self.read(definition, submitted, context), label_of(definition, context)
        if not text:
            if is_required(definition, context):
                raise missing(definition, context, please_choose(label))
            return None
        for choice in choices_of(definition, context):
            if choice.text == text and not choice.disabled:
                return choice.value
        raise FieldError(_("请从列出的选项中选择%(label)s。", label=label))

    def written(self, value: Any) -> str:
        return posted_text(value)

    def show(
        self, definition: Definition, value: Any, context: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        text = posted_text(value)
        choices = choices_of(definition, context)
        return {
            "value": text,
            "options": [choice.option(choice.text == text) for choice in choices],
            "attributes": self.attributes(definition),
        }

    def said(self, definition: Definition, value: Any, context: Mapping[str, Any]) -> str:
        return labels_of(definition, [value], context)


class Radio(Select):
    """One of several, all in sight."""

    type = "radio"


class Checklist(FieldType):
    """Some of several."""

    type = "checklist"
    parts = frozenset({""})

    def check(self, definition: Definition) -> Sequence[Problem]:
        return option_problems(definition)

    def bind(
        self, definition: Definition, submitted: Submitted, context: Mapping[str, Any]
    ) -> list[Any]:
        ticked, label = set(submitted.values.get("", ())), label_of(definition, context)
        ticked.discard("")
        offered = {c.text: c.value for c in choices_of(definition, context) if not c.disabled}
        if ticked - offered.keys():
            raise FieldError(_("请从列出的选项中选择%(label)s。", label=label))
        if not ticked and is_required(definition, context):
            raise missing(definition, context, please_choose(label))
        return [value for text, value in offered.items() if text in ticked]

    def entered(self, definition: Definition, submitted: Submitted) -> Any:
        return [text[: SingleText.longest] for text in submitted.values.get("", ())][:MOST_OPTIONS]

    def posted(self, definition: Definition, value: Any) -> Mapping[str, Sequence[str]]:
        return {"": [posted_text(item) for item in value or ()]}

    def show(
        self, definition: Definition, value: Any, context: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        ticked = [posted_text(item) for item in value or ()]
        choices = choices_of(definition, context)
        return {
            "value": ticked,
            "options": [choice.option(choice.text in ticked) for choice in choices],
        }

    def said(self, definition: Definition, value: Any, context: Mapping[str, Any]) -> str:
        return labels_of(definition, value or (), context)


class Checkbox(FieldType):
    """Yes or no."""

    type = "checkbox"
    parts = frozenset({""})

    def bind(
        self, definition: Definition, submitted: Submitted, context: Mapping[str, Any]
    ) -> bool:
        texts, label = [t for t in submitted.values.get("", ()) if t], label_of(definition, context)
        if texts not in ([], ["true"]):
            raise FieldError(_("请用页面上的方框勾选“%(label)s”。", label=label))
        if not texts and is_required(definition, context):
            raise missing(definition, context, _("请勾选“%(label)s”。", label=label))
        return bool(texts)

    def entered(self, definition: Definition, submitted: Submitted) -> Any:
        return submitted.first("") == "true"

    def posted(self, definition: Definition, value: Any) -> Mapping[str, Sequence[str]]:
        return {"": ["true"]} if value is True else {}

    def show(
        self, definition: Definition, value: Any, context: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        return {"value": value is True}

    def said(self, definition: Definition, value: Any, context: Mapping[str, Any]) -> str:
        return as_text(value is True)
