"""Values by dotted name inside nested dictionaries."""

from collections.abc import Mapping
from typing import Any

ABSENT = object()


def find(values: Mapping[str, Any], name: str) -> Any:
    """Return the value under a dotted name, `ABSENT` when there is none."""
    found: Any = values
    for step in name.split("."):
        if not isinstance(found, Mapping) or step not in found:
            return ABSENT
        found = found[step]
    return found


def put(values: dict[str, Any], name: str, value: Any) -> None:
    """Set the value under a dotted name, making the dictionaries on the way."""
    *path, last = name.split(".")
    for step in path:
        inner = values.get(step)
        if not isinstance(inner, dict):
            inner = values[step] = {}
        values = inner
    values[last] = value


def drop(values: dict[str, Any], name: str) -> None:
    """Remove the value under a dotted name, and the dictionaries that it leaves empty."""
    first, _, rest = name.partition(".")
    if rest and isinstance(values.get(first), dict):
        drop(values[first], rest)
        if values[first]:
            return
    if not rest or values.get(first) == {}:
        values.pop(first, None)


def copied(values: Any) -> Any:
    """Copy the dictionaries and lists, not what stands in them."""
    if isinstance(values, Mapping):
        return {name: copied(value) for name, value in values.items()}
    return [copied(value) for value in values] if isinstance(values, list) else values
