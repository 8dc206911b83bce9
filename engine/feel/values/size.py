"""How big a value is: what an expression builds is measured before it is kept."""

from collections.abc import Iterable, Mapping
from typing import Any

from engine.feel import limits


class ValueTooBig(ValueError):
    """A value has more than `limits.ITEMS` items, or nests deeper than `limits.DEPTH`."""


def measured(value: Any) -> int:
    """Return the number of items in a value, itself included; refuse one that is too big."""
    count = 0
    left: list[tuple[int, Any]] = [(0, value)]
    while left:
        depth, item = left.pop()
        count += 1
        inside = _inside(item)
        if count + len(left) > limits.ITEMS or depth > limits.DEPTH:
            raise ValueTooBig
        left.extend((depth + 1, part) for part in inside)
    return count


def _inside(value: Any) -> Iterable[Any]:
    if isinstance(value, list | tuple):
        return value
    return value.values() if isinstance(value, Mapping) else ()
