"""Patterns of analysts run on RE2, which takes time in proportion to the text, never more."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import re2

from engine.feel.builtins.xpath import PatternRefused, in_re2

_FLAGS = frozenset("imsxq")
_RE2_FLAGS = frozenset("ims")
_REFERENCE = re.compile(r"\\([\\$])|\$([0-9])")
_REPLACEMENT = re.compile(r"(?:[^\\$]|\\[\\$]|\$[0-9])*", re.DOTALL)
_MEMORY = 1 << 20


def compiled(pattern: str, flags: str) -> Any:
    """Return the compiled pattern, null when it is none."""
    try:
        return compile_pattern(pattern, flags)
    except PatternRefused:
        return None


@lru_cache(maxsize=512)
def compile_pattern(pattern: str, flags: str = "") -> Any:
    if not set(flags) <= _FLAGS:
        raise PatternRefused(flags)
    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MEMORY
    kept = "".join(sorted(_RE2_FLAGS & set(flags)))
    prefix = f"(?{kept})" if kept else ""
    body = re2.escape(pattern) if "q" in flags else in_re2(pattern, without_space="x" in flags)
    try:
        return re2.compile(prefix + body, options=options)
    except re2.error as fault:
        raise PatternRefused(_sentence(fault)) from None


def can_replace(replacement: str) -> bool:
    """Tell whether every `$` is followed by a digit, and every `\\` by itself or by `$`."""
    return _REPLACEMENT.fullmatch(replacement) is not None


def replaced(text: str, pattern: Any, replacement: str) -> Iterator[str]:
    """Yield the pieces of the text, every match replaced; `$1` is the first group."""
    end = 0
    for found in pattern.finditer(text):
        yield text[end : found.start()]
        yield _expanded(found, replacement)
        end = found.end()
    yield text[end:]


def split(text: str, pattern: Any) -> Iterator[str]:
    end = 0
    for found in pattern.finditer(text):
        yield text[end : found.start()]
        end = found.end()
    yield text[end:]


def _expanded(found: Any, replacement: str) -> str:
    def one(reference: re.Match[str]) -> str:
        if reference[1]:
            return reference[1]
        number = int(reference[2])
        return (found.group(number) or "") if number <= len(found.groups()) else ""

    return _REFERENCE.sub(one, replacement)


def _sentence(fault: Exception) -> str:
    said = fault.args[0] if fault.args else ""
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
