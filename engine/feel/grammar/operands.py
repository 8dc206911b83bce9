"""One operand: a literal, name, bracket or block, with the paths, filters and calls behind it."""

from collections.abc import Callable, Mapping

from engine.feel import limits
from engine.feel.grammar.blocks import Blocks
from engine.feel.grammar.calls import Calls
from engine.feel.grammar.structures import Structures
from engine.feel.grammar.types import Types
from engine.feel.nodes.arithmetic import Negation
from engine.feel.nodes.comparisons import InstanceOf
from engine.feel.nodes.literals import Literal
from engine.feel.nodes.names import Filter, Member
from engine.feel.nodes.node import Node
from engine.feel.tokens import Kind
from engine.feel.values.moments import parse_moment
from engine.i18n import gettext as _

_AFTER_RANGE = frozenset({"and", "or", "then", "else", "return", "satisfies"})
_CONSTANTS: Mapping[str, bool | None] = {"true": True, "false": False, "null": None}


class Operands(Types, Structures, Calls, Blocks):
    def operand(self) -> Node:
        """Read an operand; the sign before it binds tighter than any operator between two."""
        if self.follows("-"):
            at = self.take().at
            with self.deeper():
                return Negation(at, self.operand())
        found = self._postfixed(self._primary())
        if not self.is_word("instance"):
            return found
        at = self.take().at
        if not self.is_word("of"):
            raise self.fault(_("这里应为“%(found)s”", found="of"))
        self.take()
        kind = self.type_name()
        return Literal(at, None) if kind is None else InstanceOf(at, found, kind)

    def _primary(self) -> Node:
        token = self.token
        if token.kind in (Kind.NUMBER, Kind.TEXT):
            return Literal(token.at, self.take().value)
        if token.kind is Kind.MOMENT:
            return self._moment()
        if token.kind is Kind.KEYWORD and token.text in _CONSTANTS:
            return Literal(token.at, _CONSTANTS[self.take().text])
        if token.kind in (Kind.SIGN, Kind.KEYWORD) and token.text in self._starts():
            return self._starts()[token.text]()
        return self.name_or_call()

    def _starts(self) -> Mapping[str, Callable[[], Node]]:
        return {
            "(": self.parenthesis,
            "[": self.list_or_range,
            "]": self.open_range,
            **dict.fromkeys(("<", "<=", ">", ">="), self.half_range),
            "{": self.context,
            "if": self.choice,
            "for": self.for_loop,
            "some": lambda: self.quantified("some"),
            "every": lambda: self.quantified("every"),
            "function": self.function,
        }

    def _moment(self) -> Node:
        token = self.take()
        value = parse_moment(token.value)
        if value is None:
            text = _("“%(found)s”不是日期、时间或时长", found=token.value)
            return self.meaningless(text, token.at)
        return Literal(token.at, value)

    def _closes_range(self) -> bool:
        """Tell whether the bracket here ends a range `]a..b[`: then no condition follows it."""
        following = self.second()
        if following.kind is Kind.KEYWORD:
            return following.text in _AFTER_RANGE
        return following.kind is Kind.END or following.text in (")", "]", "}", ",")

    def _postfixed(self, found: Node) -> Node:
        for _level in range(limits.DEPTH):
            at = self.at
            if self.skip("."):
                found = Member(at, found, self.member_name())
            elif self.follows("[") and not self._closes_range():
                self.take()
                found = Filter(at, found, self.expression())
                self.expect("]")
            elif self.follows("("):
                found = self.call_of(found)
            else:
                return found
        raise self.fault(_("表达式嵌套太深"))
