"""What lists hold: membership, positions, and lists as sets."""

from typing import Any

from engine.feel.builtins.registry import Caller, builtin
from engine.feel.values.comparing import equal
from engine.feel.values.keys import key_of
from engine.feel.values.size import measured


@builtin("list contains", "list: list, element: any")
def list_contains(items: list[Any], element: Any) -> bool:
    return any(equal(item, element) is True for item in items)


@builtin("index of", "list: list, match: any")
def index_of(items: list[Any], match: Any) -> list[Any]:
    return [at for at, item in enumerate(items, 1) if equal(item, match) is True]


@builtin("union", "list: list...", needs_caller=True)
def union(caller: Caller, *lists: list[Any]) -> list[Any]:
    return distinct_values(caller, [item for items in lists for item in items])


@builtin("distinct values", "list: list", needs_caller=True)
def distinct_values(caller: Caller, items: list[Any]) -> list[Any]:
    found: dict[Any, Any] = {}
    for key, item in _keyed(caller, items):
        found.setdefault(key, item)
    return list(found.values())


@builtin("duplicate values", "list: list", needs_caller=True)
def duplicate_values(caller: Caller, items: list[Any]) -> list[Any]:
    first: dict[Any, Any] = {}
    again: dict[Any, Any] = {}
    for key, item in _keyed(caller, items):
        if first.setdefault(key, item) is not item or key in again:
            again.setdefault(key, first[key])
    return list(again.values())


def _keyed(caller: Caller, items: list[Any]) -> list[tuple[Any, Any]]:
    caller.scope.budget.spend(measured(items), caller.at)
    return [(key_of(item), item) for item in items]
