"""Sums and measures; each takes one list or its items as separate arguments."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal
from functools import reduce
from typing import Any

from engine.feel.builtins.registry import builtin
from engine.feel.values.calculating import add
from engine.feel.values.comparing import order
from engine.feel.values.durations import YearsMonths
from engine.feel.values.kinds import normal
from engine.feel.values.numbers import calculated


@builtin("count", "list: list")
def count(items: list[Any]) -> int:
    return len(items)


@builtin("min", "list: any...")
def minimum(*values: Any) -> Any:
    return _extreme(_items(values), -1)


@builtin("max", "list: any...")
def maximum(*values: Any) -> Any:
    return _extreme(_items(values), 1)


@builtin("sum", "list: any...")
def total(*values: Any) -> Any:
    items = _items(values)
    return reduce(add, items) if _are_numbers(items) or _are_alike(items) else None


@builtin("product", "list: any...")
def product(*values: Any) -> Decimal | None:
    items = _items(values)
    if not _are_numbers(items):
        return None

    def multiplied() -> Decimal:
        found = Decimal(1)
        for item in items:
            found *= item
        return found

    return calculated(multiplied)


@builtin("mean", "list: any...")
def mean(*values: Any) -> Decimal | None:
    items = _items(values)
    if not _are_numbers(items):
        return None
    return calculated(lambda: _middle(items))


@builtin("median", "list: any...")
def median(*values: Any) -> Decimal | None:
    items = _items(values)
    if not _are_numbers(items):
        return None
    ordered: list[Decimal] = sorted(items)
    half = len(items) // 2
    if len(items) % 2:
        return ordered[half]
    return calculated(lambda: (ordered[half - 1] + ordered[half]) / 2)


@builtin("stddev", "list: any...")
def standard_deviation(*values: Any) -> Decimal | None:
    """Return the standard deviation of a sample."""
    items = _items(values)
    if len(items) < 2 or not _are_numbers(items):
        return None

    def deviation() -> Decimal:
        middle = _middle(items)
        squares = [(item - middle) * (item - middle) for item in items]
        return (sum(squares, Decimal(0)) / (len(items) - 1)).sqrt()

    return calculated(deviation)


@builtin("mode", "list: any...")
def mode(*values: Any) -> list[Decimal] | None:
    items = _items(values)
    if not items:
        return []
    if not _are_numbers(items):
        return None
    counts = Counter(items)
    most = max(counts.values())
    return sorted(item for item, times in counts.items() if times == most)


@builtin("all", "list: any...")
def every(*values: Any) -> bool | None:
    return _settled(_items(values), by=False)


@builtin("any", "list: any...")
def some(*values: Any) -> bool | None:
    return _settled(_items(values), by=True)


def _middle(items: list[Decimal]) -> Decimal:
    return sum(items, Decimal(0)) / len(items)


def _items(values: tuple[Any, ...]) -> list[Any]:
    if len(values) == 1 and isinstance(values[0], list):
        return [normal(item) for item in values[0]]
    return list(values)


def _are_numbers(items: list[Any]) -> bool:
    return bool(items) and all(isinstance(item, Decimal) for item in items)


def _are_alike(items: list[Any]) -> bool:
    """Tell whether these are durations of one kind: only those can be added up besides numbers."""
    kinds = {type(item) for item in items}
    return len(kinds) == 1 and _is_duration(items[0])


def _is_duration(item: Any) -> bool:
    return isinstance(item, timedelta | YearsMonths)


def _extreme(items: list[Any], wanted: int) -> Any:
    if not items:
        return None
    best = items[0]
    for item in items:
        found = order(item, best)
        if found is None:
            return None
        best = item if found == wanted else best
    return best


def _settled(items: list[Any], *, by: bool) -> bool | None:
    if any(item is by for item in items):
        return by
    return (not by) if all(isinstance(item, bool) for item in items) else None
