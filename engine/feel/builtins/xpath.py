"""Patterns as XPath writes them, which FEEL uses, in the spelling of RE2."""

from collections.abc import Iterator

from engine.i18n import gettext as _

_LETTERS = r"\p{L}\p{M}\p{N}\p{S}_"
_INSIDE = {"i": r"\p{L}_:", "c": r"\p{L}\p{N}_:.\-", "w": _LETTERS}
"""Escapes that RE2 lacks or reads as ASCII: the start and the parts of an XML name, and letters."""

_SPACE = " \t\n\r"
_CONTROL = {"n": "\n", "t": "\t", "r": "\r"}

Ranges = list[tuple[int, int]]


class PatternRefused(ValueError):
    """RE2 does not know this pattern; `str()` is what it says."""


def in_re2(pattern: str, *, without_space: bool = False) -> str:
    """Return the pattern for RE2; `without_space` is the flag `x`."""
    return "".join(_pieces(pattern, without_space=without_space))


def _pieces(pattern: str, *, without_space: bool) -> Iterator[str]:
    at = 0
    while at < len(pattern):
        if pattern[at] == "\\":
            yield _escape(pattern[at + 1 : at + 2])
            at += 2
        elif pattern[at] == "[":
            end = _end_of_class(pattern, at)
            yield _class(pattern[at:end])
            at = end
        else:
            yield "" if without_space and pattern[at] in _SPACE else pattern[at]
            at += 1


def _escape(letter: str) -> str:
    if letter in _INSIDE:
        return f"[{_INSIDE[letter]}]"
    if letter.lower() in _INSIDE:
        return f"[^{_INSIDE[letter.lower()]}]"
    return "\\" + letter


def _end_of_class(pattern: str, start: int) -> int:
    """Return the place behind the bracket that closes the class; a class may be taken off it."""
    at, depth = start, 0
    while at < len(pattern):
        if pattern[at] == "\\":
            at += 1
        elif pattern[at] == "[" and (at == start or pattern[at - 1] == "-"):
            depth += 1
        elif pattern[at] == "]":
            depth -= 1
            if not depth:
                return at + 1
        at += 1
    return len(pattern)


def _class(text: str) -> str:
    """Return a class with XPath's escapes; of `[a-z-[aeiou]]`, what is left of it."""
    cut = text.find("-[", 1)
    if cut > 0 and text.endswith("]]"):
        return _difference(text[1:cut], text[cut + 2 : -2])
    parts, at = [], 0
    while at < len(text):
        if text[at] == "\\" and text[at + 1 : at + 2] in _INSIDE:
            parts.append(_INSIDE[text[at + 1]])
            at += 2
        else:
            size = 2 if text[at] == "\\" else 1
            parts.append(text[at : at + size])
            at += size
    return "".join(parts)


def _difference(kept: str, taken: str) -> str:
    if kept.startswith("^") or taken.startswith("^"):
        raise PatternRefused(_("相减的字符类不能以 ^ 开头"))
    left = _ranges(kept)
    for first, last in _ranges(taken):
        left = [part for each in left for part in _without(each, first, last)]
    if not left:
        raise PatternRefused(_("相减后的字符类是空的"))
    return "[" + "".join(f"\\x{{{a:x}}}-\\x{{{b:x}}}" for a, b in left) + "]"


def _without(each: tuple[int, int], first: int, last: int) -> Iterator[tuple[int, int]]:
    if each[0] < first:
        yield each[0], min(each[1], first - 1)
    if each[1] > last:
        yield max(each[0], last + 1), each[1]


def _ranges(text: str) -> Ranges:
    """Return the characters of a class that names each of them, or ranges of them."""
    characters = list(_characters(text))
    found: Ranges = []
    at = 0
    while at < len(characters):
        is_range = characters[at + 1 : at + 2] == ["-"] and at + 2 < len(characters)
        last = characters[at + 2 if is_range else at]
        found.append((ord(characters[at]), ord(last)))
        at += 3 if is_range else 1
    return found


def _characters(text: str) -> Iterator[str]:
    at = 0
    while at < len(text):
        if text[at] != "\\":
            yield text[at]
            at += 1
            continue
        letter = text[at + 1 : at + 2]
        if not letter or (letter.isalnum() and letter not in _CONTROL):
            raise PatternRefused(_("相减的字符类里只能写字符和范围"))
        yield _CONTROL.get(letter, letter)
        at += 2
