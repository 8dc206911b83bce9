"""`range()`: a range from its text. Its ends are literals, never names or calculations."""

import re
from typing import Any

from engine.feel.builtins.registry import builtin
from engine.feel.errors import FeelError, Position
from engine.feel.escapes import unescaped
from engine.feel.values.comparing import order
from engine.feel.values.kinds import kind_of
from engine.feel.values.moments import parse_moment
from engine.feel.values.numbers import EXACT
from engine.feel.values.ranges import Range

_LONGEST = 1_000
_OPENS = frozenset("[(]")
_CLOSES = frozenset("])[")
_NUMBER = re.compile(r"-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)")
_TEXT = re.compile(r'"((?:[^"\\]|\\.)*)"')
_MOMENT = re.compile(r'(?:@\s*"([^"]*)"|(date|time|date and time|duration)\s*\(\s*"([^"]*)"\s*\))')
_KINDS = {
    "duration": ("days and time duration", "years and months duration"),
}


class NoLiteral(ValueError):
    """The end of a range is not written out as a value."""


@builtin("range", "from: string")
def make_range(text: str) -> Range | None:
    text = text.strip()
    if len(text) > _LONGEST or text[:1] not in _OPENS or text[-1:] not in _CLOSES or len(text) < 2:
        return None
    for dots in re.finditer(r"\.\.", text[1:-1]):
        try:
            start, end = _end(text[1 : dots.start() + 1]), _end(text[dots.end() + 1 : -1])
        except NoLiteral:
            # These dots stand inside a text.
            continue
        made = Range(start, end, text[0] == "[", text[-1] == "]")
        return made if _is_sound(made) else None
    return None


def _is_sound(made: Range) -> bool:
    """Tell whether the ends stand the right way round, and one that is missing is left open."""
    if made.start is None or made.end is None:
        closed = (made.start is None and made.start_included) or (
            made.end is None and made.end_included
        )
        return not closed and (made.start, made.end) != (None, None)
    found = order(made.start, made.end)
    return found is not None and found <= 0


def _end(text: str) -> Any:
    text = text.strip()
    if not text:
        return None
    if _NUMBER.fullmatch(text):
        return EXACT.create_decimal(text)
    if written := _TEXT.fullmatch(text):
        return _unescaped(written[1])
    if moment := _MOMENT.fullmatch(text):
        return _moment(moment)
    raise NoLiteral


def _unescaped(body: str) -> str:
    try:
        return unescaped(body, Position(1, 1))
    except FeelError:
        raise NoLiteral from None


def _moment(found: re.Match[str]) -> Any:
    value = parse_moment(found[1] if found[1] is not None else found[3])
    if value is None or (found[2] and kind_of(value) not in _KINDS.get(found[2], (found[2],))):
        raise NoLiteral
    return value
