"""The types that `instance of` asks for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.feel.values.functions import Function
from engine.feel.values.kinds import kind_of, normal

SIMPLE = {
    "Any",
    "Null",
    "number",
    "string",
    "boolean",
    "date",
    "time",
    "date and time",
    "days and time duration",
    "years and months duration",
    "list",
    "context",
    "range",
    "function",
}


class Unfitting(Exception):
    """A value is not of the type it should be, and cannot stand for one that is."""


@dataclass(frozen=True, slots=True)
class Type:
    """A type by name; `of` is what a list or range holds, `entries` what a context has."""

    name: str
    of: "Type | None" = None
    entries: Mapping[str, "Type"] = field(default_factory=dict)

    def holds(self, value: Any) -> bool:
        value = normal(value)
        if self.name in ("Any", "Null"):
            return (value is None) == (self.name == "Null")
        if self.name == "function":
            return isinstance(value, Function)
        if kind_of(value) != self.name:
            return False
        return self._holds_inside(value)

    def fitted(self, value: Any) -> Any:
        """Return the value as this type; a list of one stands for its item, an item for a list."""
        value = normal(value)
        if value is None or self.holds(value):
            return value
        if self.name == "list" and (self.of is None or self.of.holds(value)):
            return [value]
        if isinstance(value, list) and len(value) == 1 and self.holds(value[0]):
            return normal(value[0])
        raise Unfitting

    def _holds_inside(self, value: Any) -> bool:
        if self.name == "context":
            return all(
                key in value and kind.holds(value[key]) for key, kind in self.entries.items()
            )
        if self.of is None:
            return True
        inside = value if isinstance(value, list) else (value.start, value.end)
        return all(self.of.holds(item) for item in inside)
