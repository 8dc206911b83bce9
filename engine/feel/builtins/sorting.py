"""Sorting, by the natural order or by a function that says which of two comes first."""

from functools import cmp_to_key
from typing import Any

from engine.feel.builtins.registry import Caller, builtin
from engine.feel.values.comparing import order
from engine.feel.values.functions import Function


@builtin("sort", "list: list, precedes: function?", needs_caller=True)
def sort(caller: Caller, items: list[Any], precedes: Function | None = None) -> list[Any] | None:
    if precedes is None:
        return _naturally(items)

    def placed(left: Any, right: Any) -> int:
        if caller.call(precedes, left, right) is True:
            return -1
        return 1 if caller.call(precedes, right, left) is True else 0

    return sorted(items, key=cmp_to_key(placed))


def _naturally(items: list[Any]) -> list[Any] | None:
    if any(order(item, items[0]) is None for item in items):
        return None
    return sorted(items, key=cmp_to_key(lambda left, right: order(left, right) or 0))
