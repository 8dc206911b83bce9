"""The texts of a component in the reader's language, and the sentences about missing answers."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from engine.forms.formulas import fill, settle
from engine.forms.types import FieldError
from engine.i18n import chosen
from engine.i18n import gettext as _

Definition = Mapping[str, Any]


def setting(definition: Definition, name: str) -> Any:
    """Return one of the component's custom properties."""
    properties = definition.get("properties")
    return properties.get(name) if isinstance(properties, Mapping) else None


def is_set(definition: Definition, name: str) -> bool:
    """Say whether a property is true; the form editor stores every property as a text."""
    return str(setting(definition, name)).lower() == "true"


def rules_of(definition: Definition) -> Mapping[str, Any]:
    """Return the validation settings as they are written."""
    rules = definition.get("validate")
    return rules if isinstance(rules, Mapping) else {}


def rule(definition: Definition, name: str, context: Mapping[str, Any]) -> Any:
    """Return a validation setting, None when there is none."""
    found = settle(rules_of(definition).get(name), context)
    return None if found == "" else found


def limit(definition: Definition, name: str, context: Mapping[str, Any]) -> Decimal | None:
    """Return a validation setting that is a number; a formula that gives none sets no limit."""
    return as_number(rule(definition, name, context))


def as_whole(found: object) -> int | None:
    """Return a whole number, zero or more, that may be written as a text."""
    number = as_number(found)
    if number is None or number < 0 or number != number.to_integral_value():
        return None
    return int(number)


def as_number(found: object) -> Decimal | None:
    if isinstance(found, bool) or not isinstance(found, int | float | Decimal | str):
        return None
    try:
        number = Decimal(str(found))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def spoken(definition: Definition, name: str, context: Mapping[str, Any]) -> str:
    """Return a text that an analyst wrote, in the reader's language and filled in."""
    text = chosen(str(definition.get(name) or ""), setting(definition, f"{name}.en"))
    return fill(text, context)


def label_of(definition: Definition, context: Mapping[str, Any]) -> str:
    if definition.get("label"):
        return spoken(definition, "label", context)
    date_label = chosen(str(definition.get("dateLabel") or ""), setting(definition, "label.en"))
    return fill(date_label, context) or str(definition.get("key") or definition.get("path") or "")


def is_required(definition: Definition, context: Mapping[str, Any]) -> bool:
    return rule(definition, "required", context) is True


def missing(definition: Definition, context: Mapping[str, Any], usual: str) -> FieldError:
    """Return the error for a required field left blank: the analyst's sentence or the usual one."""
    own = chosen(
        str(setting(definition, "error.required") or ""), setting(definition, "error.required.en")
    )
    return FieldError(fill(own, context) or usual)


def please_fill(label: str) -> str:
    return _("请填写%(label)s。", label=label)


def please_choose(label: str) -> str:
    return _("请选择%(label)s。", label=label)
