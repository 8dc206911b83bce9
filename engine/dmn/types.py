"""Types that a file defines for its variables, and values made to fit them."""

from collections.abc import Mapping
from typing import Any

from engine.dmn.xml import child, children, tag
from engine.feel.values.kinds import normal
from engine.feel.values.types import SIMPLE, Type, Unfitting

_OTHER_SPELLINGS = {
    "dateTime": "date and time",
    "dayTimeDuration": "days and time duration",
    "yearMonthDuration": "years and months duration",
    "integer": "number",
    "long": "number",
    "double": "number",
}
_ANYTHING = ("Any", "Null")


class Types:
    """The item definitions of one file, by name."""

    def __init__(self, root: Any) -> None:
        self._elements = {each.get("name", ""): each for each in children(root, "itemDefinition")}

    def named(self, reference: str) -> Type | None:
        """Return the type; none where anything will do, or where nobody says what it is."""
        return self._named(reference, frozenset())

    def _named(self, reference: str, within: frozenset[str]) -> Type | None:
        name = reference.rpartition("}")[2].rpartition(":")[2].strip()
        name = _OTHER_SPELLINGS.get(name, name)
        if name in SIMPLE:
            return None if name in _ANYTHING else Type(name)
        element = self._elements.get(name)
        # A type that holds itself has no end to check.
        return None if element is None or name in within else self._of(element, within | {name})

    def _of(self, element: Any, within: frozenset[str]) -> Type | None:
        found = self._one(element, within)
        return Type("list", of=found) if element.get("isCollection") == "true" else found

    def _one(self, element: Any, within: frozenset[str]) -> Type | None:
        parts = children(element, "itemComponent")
        if parts:
            entries = {part.get("name", ""): self._of(part, within) for part in parts}
            return Type("context", entries={k: v or Type("Any") for k, v in entries.items()})
        if child(element, "functionItem") is not None:
            return Type("function")
        reference = child(element, "typeRef")
        return None if reference is None else self._named(reference.text or "", within)


def reference_of(element: Any | None) -> str:
    """Return the type an element asks for, as an attribute or, in DMN 1.1, as an element."""
    return "" if element is None or not tag(element) else str(element.get("typeRef", ""))


def fitted(value: Any, kind: Type | None) -> Any:
    """Return the value as this type. A list of one stands for its item and an item for a list;
    null fits every type, and what fits none is null."""
    try:
        return required(value, kind)
    except Unfitting:
        return None


def required(value: Any, kind: Type | None) -> Any:
    """Return the value as this type, or raise `Unfitting`."""
    value = normal(value)
    if kind is None or _conforms(value, kind):
        return value
    if (
        kind.name == "list"
        and kind.of
        and not isinstance(value, list)
        and _conforms(value, kind.of)
    ):
        return [value]
    if isinstance(value, list) and len(value) == 1 and _conforms(normal(value[0]), kind):
        return normal(value[0])
    raise Unfitting


def _conforms(value: Any, kind: Type) -> bool:
    value = normal(value)
    if value is None or kind.name == "Any":
        return True
    if kind.name == "list" and isinstance(value, list):
        return kind.of is None or all(_conforms(item, kind.of) for item in value)
    if kind.name == "context" and isinstance(value, Mapping):
        return all(k in value and _conforms(value[k], each) for k, each in kind.entries.items())
    return kind.name not in ("list", "context") and kind.holds(value)
