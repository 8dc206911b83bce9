"""Values as text, as `string()` and the templates of forms show them."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from engine.feel import limits
from engine.feel.values.durations import duration_text
from engine.feel.values.kinds import is_date, kind_of, normal
from engine.feel.values.moments import moment_text


class TextTooLong(ValueError):
    """A text grew beyond `limits.TEXT` characters."""


def text_of(value: Any) -> str:
    """Return a value as people read it; null is the empty text."""
    value = normal(value)
    if isinstance(value, str):
        return value
    return "" if value is None else joined(_pieces(value))


def joined(pieces: Iterator[str]) -> str:
    """Join texts, refusing before memory is spent."""
    taken, size = [], 0
    for piece in pieces:
        size += len(piece)
        if size > limits.TEXT:
            raise TextTooLong
        taken.append(piece)
    return "".join(taken)


def number_text(number: Decimal) -> str:
    """Return the digits without exponent and without zeros that say nothing."""
    digits = f"{number:f}"
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return "0" if digits == "-0" else digits


_PLAIN_KEY = re.compile(r"[^\W\d]\w*(?: \w+)*")
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def _pieces(value: Any) -> Iterator[str]:
    value = normal(value)
    if isinstance(value, list):
        yield from _list(value)
    elif isinstance(value, Mapping):
        yield from _context(value)
    elif isinstance(value, str):
        yield '"' + value.translate(_ESCAPES) + '"'
    elif kind_of(value) == "range":
        yield from _range(value)
    else:
        yield _scalar(value)


def _list(items: list[Any]) -> Iterator[str]:
    yield "["
    for index, item in enumerate(items):
        yield ", " if index else ""
        yield from _pieces(item)
    yield "]"


def _context(entries: Mapping[str, Any]) -> Iterator[str]:
    yield "{"
    for index, (key, item) in enumerate(entries.items()):
        yield f"{', ' if index else ''}{_key_text(key)}: "
        yield from _pieces(item)
    yield "}"


def _key_text(key: str) -> str:
    return key if _PLAIN_KEY.fullmatch(key) else '"' + key.translate(_ESCAPES) + '"'


def _range(found: Any) -> Iterator[str]:
    if found.start is None or found.end is None:
        yield from _half_range(found)
        return
    yield "[" if found.start_included else "("
    yield from _pieces(found.start)
    yield ".."
    yield from _pieces(found.end)
    yield "]" if found.end_included else ")"


def _half_range(found: Any) -> Iterator[str]:
    """Yield a range that goes on for ever as the test it is, `> 5`."""
    bound, sign = (found.end, "<") if found.start is None else (found.start, ">")
    included = found.end_included if found.start is None else found.start_included
    yield f"{sign}= " if included else f"{sign} "
    yield from _pieces(bound)


def _scalar(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, datetime | time):
        return moment_text(value)
    if isinstance(value, timedelta):
        return duration_text(value)
    return str(value) if is_date(value) or kind_of(value) != "opaque" else ""
