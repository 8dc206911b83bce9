"""Source text to tokens, each with its line and column."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from engine.feel import limits
from engine.feel.errors import FeelError, Position
from engine.feel.escapes import unescaped
from engine.feel.values.numbers import EXACT
from engine.i18n import gettext as _

KEYWORDS = frozenset(
    {
        *("if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "function"),
        *("and", "or", "between", "true", "false", "null"),
    }
)
FULL_WIDTH = {
    **dict(zip("，（）：；＝＜＞．。！？", ",():;=<>..!?", strict=True)),
    **dict(zip("“”‘’＋－＊／［］｛｝", "\"\"''+-*/[]{}", strict=True)),
}

_TOKEN = re.compile(
    r"""
    (?P<space> \s+ | //[^\n]* | /\*(?s:.*?)\*/ )
  | (?P<number> (?:[0-9]+(?:\.[0-9]+)? | \.[0-9]+) (?:[eE][+-]?[0-9]{1,4})? (?![^\W\d]) )
  | (?P<moment> @\s*"[^"\n]*" )
  | (?P<text> "(?:[^"\\\n]|\\.)*" )
  | (?P<quoted> `[^`\n]+` )
  | (?P<name> \? | (?:[^\W\d]|[\U00010000-\U000effff])[\w\u200d\ufe0f\U00010000-\U000effff]* )
  | (?P<sign> \*\* | \.\. | != | <= | >= | -> | [-+*/=<>()\[\]{},.:'] )
    """,
    re.VERBOSE,
)


class Kind(StrEnum):
    NUMBER = "number"
    TEXT = "text"
    MOMENT = "moment"
    QUOTED = "quoted"
    NAME = "name"
    KEYWORD = "keyword"
    SIGN = "sign"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """One word of the source; `value` is what a literal stands for."""

    kind: Kind
    text: str
    at: Position
    value: Any = None


def tokens_of(source: str, *, strict: bool = True) -> list[Token]:
    """Return the tokens of the source, the last of kind END; unless `strict`, a number with too
    many digits is rounded."""
    if len(source) > limits.SOURCE:
        raise FeelError(_("表达式超过 %(n)s 个字符", n=limits.SOURCE), 1, limits.SOURCE + 1)
    return list(_tokens(source, strict=strict))


def _tokens(source: str, *, strict: bool) -> Iterator[Token]:
    offset, at = 0, Position(1, 1)
    while offset < len(source):
        found = _TOKEN.match(source, offset)
        if not found:
            raise FeelError(_complaint(source, offset), *at)
        if found.lastgroup != "space":
            yield _token(Kind(str(found.lastgroup)), found.group(), at, strict=strict)
        at = _moved(at, found.group())
        offset = found.end()
    yield Token(Kind.END, "", at)


def _token(kind: Kind, text: str, at: Position, *, strict: bool) -> Token:
    if kind is Kind.NUMBER:
        return Token(kind, text, at, _number(text, at, strict=strict))
    if kind is Kind.TEXT:
        return Token(kind, text, at, unescaped(text[1:-1], at))
    if kind is Kind.MOMENT:
        return Token(kind, text, at, text[text.index('"') + 1 : -1])
    if kind is Kind.QUOTED:
        return Token(kind, text[1:-1], at)
    if kind is Kind.NAME:
        return _name(text, at)
    return Token(kind, text, at)


def _number(text: str, at: Position, *, strict: bool) -> Decimal:
    number = Decimal(text)
    too_long = len(number.as_tuple().digits) > limits.DIGITS
    if number.adjusted() >= limits.LARGEST or (strict and too_long):
        raise FeelError(_("数字太大或位数太多"), *at)
    return EXACT.plus(number)


def _name(text: str, at: Position) -> Token:
    plain = unicodedata.normalize("NFKC", text)
    if plain != text:
        raise FeelError(_("名称“%(name)s”请写作“%(plain)s”", name=text, plain=plain), *at)
    if text.startswith("_"):
        raise FeelError(_("名称“%(name)s”不能以下划线开头", name=text), *at)
    return Token(Kind.KEYWORD if text in KEYWORDS else Kind.NAME, text, at)


def _complaint(source: str, offset: int) -> str:
    character = source[offset]
    if character == '"':
        return _("文本缺少结束的引号")
    if character in FULL_WIDTH:
        plain = FULL_WIDTH[character]
        return _("“%(found)s”是全角符号，请写作 %(plain)s", found=character, plain=plain)
    if character.isdigit():
        return _("数字后面不能紧接字母")
    return _("不认识的符号“%(found)s”", found=character)


def _moved(at: Position, text: str) -> Position:
    lines = text.count("\n")
    if not lines:
        return Position(at.line, at.column + len(text))
    return Position(at.line + lines, len(text) - text.rindex("\n"))
