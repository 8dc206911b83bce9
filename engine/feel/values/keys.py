"""A key for every value, equal for values that are equal: so membership takes one look."""

from collections.abc import Hashable, Mapping
from datetime import UTC, datetime
from typing import Any

from engine.feel.values.comparing import placed
from engine.feel.values.kinds import kind_of, normal
from engine.feel.values.ranges import Range


def key_of(value: Any) -> Hashable:
    value = normal(value)
    if isinstance(value, list):
        return "list", tuple(key_of(item) for item in value)
    if isinstance(value, Mapping):
        return "context", frozenset((key, key_of(item)) for key, item in value.items())
    if isinstance(value, Range):
        ends = (key_of(value.start), key_of(value.end))
        return "range", ends, value.start_included, value.end_included
    return kind_of(value), _instant(placed(value))


def _instant(value: Any) -> Hashable:
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    return value if isinstance(value, Hashable) else id(value)
