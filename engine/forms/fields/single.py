"""What every component with one text box shares: one text, cut off before anything reads it."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from engine.forms.types import FieldError, FieldType, Submitted
from engine.forms.wording import is_set, label_of, setting
from engine.i18n import chosen
from engine.i18n import gettext as _

ATTRIBUTES = ("autocomplete", "inputmode", "spellcheck")
"""HTML attributes that an analyst may set through a property of the same name."""


class SingleText(FieldType):
    """A component that posts exactly one text."""

    parts = frozenset({""})
    longest: ClassVar[int] = 1000
    """Longer texts are refused unread, whatever the form allows."""

    def read(
        self, definition: Mapping[str, Any], submitted: Submitted, context: Mapping[str, Any]
    ) -> str:
        """Return the one text as it came, or raise."""
        texts = submitted.values.get("", ())
        label = label_of(definition, context)
        if len(texts) > 1:
            raise FieldError(_("“%(label)s”提交了不止一次，请只填写一次。", label=label))
        if texts and len(texts[0]) > self.longest:
            raise FieldError(_("%(label)s最多填写 %(n)s 个字。", label=label, n=self.longest))
        return texts[0] if texts else ""

    def entered(self, definition: Mapping[str, Any], submitted: Submitted) -> Any:
        return submitted.first("")[: self.longest]

    def posted(self, definition: Mapping[str, Any], value: Any) -> Mapping[str, Sequence[str]]:
        return {"": [self.written(value)]}

    def written(self, value: Any) -> str:
        """Write a value the way a person would type it."""
        return "" if value is None else str(value)

    def show(
        self, definition: Mapping[str, Any], value: Any, context: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        shown = "" if is_set(definition, "secret") else self.written(value)
        return {
            "value": shown,
            "attributes": self.attributes(definition),
            "prefix": _beside(definition, "prefix"),
            "suffix": _beside(definition, "suffix"),
        }

    def said(self, definition: Mapping[str, Any], value: Any, context: Mapping[str, Any]) -> str:
        written = self.written(value)
        if not written:
            return ""
        return f"{_beside(definition, 'prefix')}{written}{_beside(definition, 'suffix')}"

    def attributes(self, definition: Mapping[str, Any]) -> dict[str, str]:
        found = {name: setting(definition, name) for name in ATTRIBUTES}
        return {name: str(value) for name, value in found.items() if value}


def _beside(definition: Mapping[str, Any], side: str) -> str:
    """Return what stands before or after the box (`元`); the English is a property."""
    appearance = definition.get("appearance")
    found = appearance.get(f"{side}Adorner") if isinstance(appearance, Mapping) else None
    return chosen(str(found or ""), setting(definition, f"{side}.en"))
