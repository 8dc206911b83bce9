"""Contexts: reading entries by name, and contexts with entries added."""

from collections.abc import Mapping
from typing import Any

from engine.feel.builtins.registry import builtin
from engine.feel.values.kinds import normal


@builtin("get value", "m: context, key: any")
def get_value(entries: Mapping[str, Any], key: Any) -> Any:
    """Return the value under a key, or under each key of a list in turn."""
    found: Any = entries
    for step in key if isinstance(key, list) else [key]:
        if not (isinstance(found, Mapping) and isinstance(step, str)):
            return None
        found = normal(found.get(step))
    return found


@builtin("get entries", "m: context")
def get_entries(entries: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [{"key": key, "value": normal(value)} for key, value in entries.items()]


@builtin("context", "entries: list")
def context(entries: list[Any]) -> dict[str, Any] | None:
    """Return the context of a list of `{key: …, value: …}`; null when a key stands twice."""
    found: dict[str, Any] = {}
    for entry in entries:
        key = entry.get("key") if isinstance(entry, Mapping) and "value" in entry else None
        if not isinstance(key, str) or key in found:
            return None
        found[key] = entry["value"]
    return found


@builtin("context put", "context: context, key: any, value: any", "context, keys, value")
def context_put(entries: Mapping[str, Any], key: Any, value: Any) -> dict[str, Any] | None:
    """Return the context with an entry added or replaced; a list of keys names a path."""
    path = key if isinstance(key, list) else [key]
    if not path or not all(isinstance(step, str) for step in path):
        return None
    return _put(entries, path, value)


@builtin("context merge", "contexts: list")
def context_merge(contexts: list[Any]) -> dict[str, Any] | None:
    """Return one context with the entries of all; the last one wins."""
    if not all(isinstance(each, Mapping) for each in contexts):
        return None
    return {key: value for each in contexts for key, value in each.items()}


def _put(entries: Mapping[str, Any], path: list[str], value: Any) -> dict[str, Any] | None:
    if len(path) > 1:
        inner = entries.get(path[0], {})
        value = _put(inner, path[1:], value) if isinstance(inner, Mapping) else None
        if value is None:
            return None
    return {**entries, path[0]: value}
