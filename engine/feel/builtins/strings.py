"""Texts. Positions count from one, and from the end when negative."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from engine.feel.builtins import patterns
from engine.feel.builtins.registry import builtin
from engine.feel.values.numbers import whole
from engine.feel.values.text import joined


@builtin("substring", "string: string, start position: number, length: number=")
def substring(text: str, start: Decimal, length: Decimal | None = None) -> str | None:
    first, size = whole(start), None if length is None else whole(length)
    if not first or (length is not None and (size is None or size < 1)):
        return None
    begin = first - 1 if first > 0 else len(text) + first
    if begin < 0 or begin >= len(text):
        return "" if begin >= 0 else None
    return text[begin:] if size is None else text[begin : begin + size]


@builtin("string length", "string: string")
def string_length(text: str) -> int:
    return len(text)


@builtin("upper case", "string: string")
def upper_case(text: str) -> str:
    return text.upper()


@builtin("lower case", "string: string")
def lower_case(text: str) -> str:
    return text.lower()


@builtin("substring before", "string: string, match: string")
def substring_before(text: str, match: str) -> str:
    before, found, _after = text.partition(match) if match else ("", "", "")
    return before if found else ""


@builtin("substring after", "string: string, match: string")
def substring_after(text: str, match: str) -> str:
    return text.partition(match)[2] if match else text


@builtin("contains", "string: string, match: string")
def contains(text: str, match: str) -> bool:
    return match in text


@builtin("starts with", "string: string, match: string")
def starts_with(text: str, match: str) -> bool:
    return text.startswith(match)


@builtin("ends with", "string: string, match: string")
def ends_with(text: str, match: str) -> bool:
    return text.endswith(match)


@builtin("trim", "string: string")
def trim(text: str) -> str:
    return text.strip()


@builtin("matches", "input: string, pattern: string, flags: string?")
def matches(text: str, pattern: str, flags: str | None = None) -> bool | None:
    compiled = patterns.compiled(pattern, flags or "")
    return None if compiled is None else compiled.search(text) is not None


@builtin("replace", "input: string, pattern: string, replacement: string, flags: string?")
def replace(text: str, pattern: str, replacement: str, flags: str | None = None) -> str | None:
    compiled = patterns.compiled(pattern, flags or "")
    if compiled is None or compiled.search("") is not None:
        return None
    if "q" in (flags or ""):
        replacement = replacement.replace("\\", "\\\\").replace("$", "\\$")
    if not patterns.can_replace(replacement):
        return None
    return joined(patterns.replaced(text, compiled, replacement))


@builtin("split", "string: string, delimiter: string")
def split(text: str, delimiter: str) -> list[str] | None:
    compiled = patterns.compiled(delimiter, "")
    if compiled is None or compiled.search("") is not None:
        return None
    return list(patterns.split(text, compiled))


@builtin("extract", "string: string, pattern: string")
def extract(text: str, pattern: str) -> list[str] | None:
    compiled = patterns.compiled(pattern, "")
    return None if compiled is None else [m.group() for m in compiled.finditer(text) if m.group()]


@builtin("string join", "list: list, delimiter: string?")
def string_join(items: list[Any], delimiter: str | None = None) -> str | None:
    texts = [item for item in items if item is not None]
    if not all(isinstance(item, str) for item in texts):
        return None
    return joined(_with_delimiter(texts, delimiter or ""))


def _with_delimiter(texts: list[str], delimiter: str) -> Iterator[str]:
    for index, text in enumerate(texts):
        yield delimiter if index else ""
        yield text
