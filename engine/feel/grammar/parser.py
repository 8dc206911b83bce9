"""Operators between operands, and unary tests: the top of the grammar."""

from typing import TypeVar

from engine.feel import limits
from engine.feel.grammar.operands import Operands
from engine.feel.nodes.arithmetic import Chain
from engine.feel.nodes.comparisons import Between, Comparison, In
from engine.feel.nodes.logic import Conjunction, Disjunction
from engine.feel.nodes.node import Node
from engine.feel.nodes.tests import (
    AnyOf,
    Anything,
    Compares,
    Holds,
    Matches,
    Negated,
    Test,
    test_of,
)
from engine.feel.tokens import Kind
from engine.i18n import gettext as _

N = TypeVar("N", bound=Node)

_COMPARISON = 3
_LEVELS = {
    "or": 1,
    "and": 2,
    **dict.fromkeys(("=", "!=", "<", "<=", ">", ">=", "between", "in"), _COMPARISON),
    "+": 4,
    "-": 4,
    "*": 5,
    "/": 5,
    "**": 6,
}
_COMPARES = ("<", "<=", ">", ">=", "=", "!=")


class Parser(Operands):
    def whole_expression(self) -> Node:
        found = self.expression()
        self.end()
        return self.shallow(found)

    def whole_tests(self) -> Test:
        """Read the unary tests of a cell: `-`, `not(…)` or tests with commas between them."""
        found = self._cell()
        self.end()
        return self.shallow(found)

    def expression(self, level: int = 1) -> Node:
        """Read operands and the operators between them that bind at least as tight as `level`."""
        with self.deeper():
            found = self.operand()
            while (next_level := self._level()) >= level:
                found = self._combined(found, next_level)
            return found

    def shallow(self, found: N) -> N:
        """Refuse a tree that is deeper than the limit."""
        left: list[tuple[int, Node]] = [(1, found)]
        while left:
            depth, node = left.pop()
            if depth > limits.DEPTH:
                raise self.fault(_("表达式嵌套太深"), node.at)
            left.extend((depth + 1, part) for part in node.parts())
        return found

    def _level(self) -> int:
        token = self.token
        return _LEVELS.get(token.text, 0) if token.kind in (Kind.SIGN, Kind.KEYWORD) else 0

    def _combined(self, left: Node, level: int) -> Node:
        if level == _COMPARISON:
            return self._comparison(left)
        at, rest = self.at, []
        while self._level() == level:
            operator = self.take().text
            rest.append((operator, self.expression(level + 1)))
        if level > _COMPARISON:
            return Chain(at, left, tuple(rest))
        operands = (left, *(operand for _operator, operand in rest))
        return Disjunction(at, operands) if level == 1 else Conjunction(at, operands)

    def _comparison(self, left: Node) -> Node:
        token = self.take()
        if token.text == "in":
            found: Node = In(token.at, left, self._tests_after_in())
        elif token.text == "between":
            low = self.expression(_COMPARISON + 1)
            self.expect("and")
            found = Between(token.at, left, low, self.expression(_COMPARISON + 1))
        else:
            found = Comparison(token.at, token.text, left, self.expression(_COMPARISON + 1))
        if self._strict and self._level() == _COMPARISON:
            raise self.fault(_("不能连写比较，请用 and 连接或加括号"))
        return found

    def _tests_after_in(self) -> tuple[Test, ...]:
        return self._listed_tests() if self.follows("(") else (self._test(_COMPARISON + 1),)

    def _listed_tests(self) -> tuple[Test, ...]:
        """Read `(test, test, …)`, or a range whose start is open."""
        at = self.expect("(").at
        tests = [self._test()]
        if self.follows("..") and isinstance(tests[0], Matches | Holds):
            return (Matches(at, self.range_from(at, tests[0].expression, included=False)),)
        while self.skip(","):
            tests.append(self._test())
        self.expect(")")
        return tuple(tests)

    def _cell(self) -> Test:
        start = self.token
        if start.kind is Kind.END or (self.skip("-") and self.token.kind is Kind.END):
            return Anything(start.at)
        self.back_to(start)
        if self.is_word("not"):
            self.take()
            tests = self._listed_tests() if self.follows("(") else ()
            if tests and self.token.kind is Kind.END:
                return Negated(start.at, tests)
            self.back_to(start)
        return self._alternatives()

    def _alternatives(self) -> Test:
        at = self.at
        tests = [self._test()]
        while self.skip(","):
            tests.append(self._test())
        return tests[0] if len(tests) == 1 else AnyOf(at, tuple(tests))

    def _test(self, level: int = 1) -> Test:
        at = self.at
        if self.follows(*_COMPARES):
            return Compares(at, self.take().text, self.expression(_COMPARISON + 1))
        return test_of(at, self.expression(level))
