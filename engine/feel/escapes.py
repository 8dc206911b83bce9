"""Escapes inside a text literal."""

import re

from engine.feel.errors import FeelError, Position
from engine.i18n import gettext as _

_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6})|(.))")
_SIMPLE = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "'": "'", "\\": "\\"}


def unescaped(body: str, at: Position) -> str:
    """Return what the literal says.

    An escape that the language does not know stays as it is, so `"\\d+"` is a pattern.
    """
    text = _ESCAPE.sub(_character, body)
    try:
        return text.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        raise FeelError(_("文本里有不完整的字符编码"), *at) from None


def _character(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    if not code:
        return _SIMPLE.get(found[3], found[0])
    return chr(int(code, 16)) if int(code, 16) <= 0x10FFFF else found[0]
