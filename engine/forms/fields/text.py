"""Text boxes of one line and of several."""

from collections.abc import Mapping, Sequence
from typing import Any

from engine.forms import normal
from engine.forms.fields import patterns
from engine.forms.fields.formats import email_of, phone_of
from engine.forms.fields.single import SingleText
from engine.forms.types import LONGEST, FieldError, Problem, Submitted
from engine.forms.wording import (
    Definition,
    is_required,
    is_set,
    label_of,
    limit,
    missing,
    please_fill,
    rule,
    rules_of,
    setting,
)
from engine.i18n import chosen
from engine.i18n import gettext as _

VALIDATION_TYPES = ("phone", "email")


class TextField(SingleText):
    """One line. The property `characters: ascii` is for numbers and codes: full-width characters
    become ASCII, spaces go."""

    type = "textfield"

    def check(self, definition: Definition) -> Sequence[Problem]:
        return patterns.problems(definition) + _validation_type_problems(definition)

    def bind(
        self, definition: Definition, submitted: Submitted, context: Mapping[str, Any]
    ) -> str | None:
        text = self.normalised(definition, self.read(definition, submitted, context))
        if not text:
            if is_required(definition, context):
                raise missing(definition, context, please_fill(label_of(definition, context)))
            return None
        _check_length(definition, text, context)
        _check_pattern(definition, text, context)
        return _formatted(definition, text, context)

    def normalised(self, definition: Definition, text: str) -> str:
        if rules_of(definition).get("validationType") == "email":
            return normal.half_width(text)
        return normal.ascii_line(text) if _is_code(definition) else normal.one_line(text)

    def attributes(self, definition: Definition) -> dict[str, str]:
        kind = rules_of(definition).get("validationType")
        usual = {
            "phone": {"type": "tel", "autocomplete": "tel", "inputmode": "tel"},
            "email": {"type": "email", "autocomplete": "email", "inputmode": "email"},
        }.get(str(kind), {"type": "text"})
        if is_set(definition, "secret"):
            usual = {"type": "text", "autocomplete": "off"}
        return {**usual, **super().attributes(definition)}


class TextArea(TextField):
    """Several lines."""

    type = "textarea"
    longest = LONGEST

    def normalised(self, definition: Definition, text: str) -> str:
        return normal.many_lines(text)

    def attributes(self, definition: Definition) -> dict[str, str]:
        return {"rows": str(setting(definition, "rows") or 5), **_without_type(super(), definition)}


def _without_type(parent: Any, definition: Definition) -> dict[str, str]:
    attributes: dict[str, str] = parent.attributes(definition)
    attributes.pop("type", None)
    return attributes


def _is_code(definition: Definition) -> bool:
    is_phone = rules_of(definition).get("validationType") == "phone"
    return is_phone or setting(definition, "characters") == "ascii"


def _check_length(definition: Definition, text: str, context: Mapping[str, Any]) -> None:
    label, length = label_of(definition, context), len(text)
    shortest = limit(definition, "minLength", context)
    longest = limit(definition, "maxLength", context)
    if shortest is not None and length < shortest:
        raise FieldError(_("%(label)s至少填写 %(n)s 个字。", label=label, n=shortest))
    if longest is not None and length > longest:
        raise FieldError(
            _(
                "%(label)s最多填写 %(n)s 个字，请删去 %(extra)s 个字。",
                label=label,
                n=longest,
                extra=length - longest,
            )
        )


def _check_pattern(definition: Definition, text: str, context: Mapping[str, Any]) -> None:
    pattern = rule(definition, "pattern", context)
    if pattern and not patterns.finds(str(pattern), text):
        own = chosen(
            str(rule(definition, "patternErrorMessage", context) or ""),
            setting(definition, "patternErrorMessage.en"),
        )
        label = label_of(definition, context)
        raise FieldError(own or _("%(label)s的格式不对，请按提示重新填写。", label=label))


def _formatted(definition: Definition, text: str, context: Mapping[str, Any]) -> str:
    kind = rules_of(definition).get("validationType")
    if kind == "phone":
        return phone_of(text, label_of(definition, context), setting(definition, "phone"))
    if kind == "email":
        return email_of(text, label_of(definition, context))
    return text


def _validation_type_problems(definition: Definition) -> list[Problem]:
    kind = rules_of(definition).get("validationType")
    if kind in (None, "", "custom", *VALIDATION_TYPES):
        return []
    return [Problem("", _("不认识的校验类型“%(kind)s”，请改为 phone 或 email", kind=kind))]
