"""Lists: taking them apart, putting them together. Positions count from one, or from the end."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import chain
from typing import Any

from engine.feel.builtins.registry import Caller, builtin
from engine.feel.values.functions import Function
from engine.feel.values.kinds import normal
from engine.feel.values.numbers import whole
from engine.feel.values.size import measured


@builtin("append", "list: list, item: any...")
def append(items: list[Any], *more: Any) -> list[Any]:
    return [*items, *more]


@builtin("concatenate", "list: list...")
def concatenate(*lists: list[Any]) -> list[Any]:
    return list(chain.from_iterable(lists))


@builtin("sublist", "list: list, start position: number, length: number=")
def sublist(items: list[Any], start: Decimal, length: Decimal | None = None) -> list[Any] | None:
    first, size = _index(items, start), None if length is None else whole(length)
    if first is None or (length is not None and (size is None or size < 0)):
        return None
    return items[first:] if size is None else items[first : first + size]


@builtin("insert before", "list: list, position: number, newItem: any")
def insert_before(items: list[Any], position: Decimal, item: Any) -> list[Any] | None:
    index = _index(items, position)
    return None if index is None else [*items[:index], item, *items[index:]]


@builtin("remove", "list: list, position: number")
def remove(items: list[Any], position: Decimal) -> list[Any] | None:
    index = _index(items, position)
    return None if index is None else items[:index] + items[index + 1 :]


@builtin(
    "list replace",
    "list: list, position: any, newItem: any",
    "list, match, newItem",
    needs_caller=True,
)
def list_replace(caller: Caller, items: list[Any], position: Any, item: Any) -> list[Any] | None:
    """Replace the item at a position, or those for which `function(item, newItem)` is true."""
    if isinstance(position, Function):
        return [item if caller.call(position, old, item) is True else old for old in items]
    index = _index(items, position) if isinstance(position, Decimal) else None
    return None if index is None else [*items[:index], item, *items[index + 1 :]]


@builtin("reverse", "list: list")
def reverse(items: list[Any]) -> list[Any]:
    return items[::-1]


@builtin("flatten", "list: list")
def flatten(items: list[Any]) -> list[Any]:
    measured(items)
    return list(_flat(items))


@builtin("partition", "list: list, size: number")
def partition(items: list[Any], size: Decimal) -> list[list[Any]] | None:
    width = whole(size)
    if not width or width < 1:
        return None
    return [items[at : at + width] for at in range(0, len(items), width)]


def _flat(items: list[Any]) -> Iterator[Any]:
    for item in map(normal, items):
        if isinstance(item, list):
            yield from _flat(item)
        else:
            yield item


def _index(items: list[Any], position: Decimal) -> int | None:
    found = whole(position)
    if not found or abs(found) > len(items):
        return None
    return found - 1 if found > 0 else len(items) + found
