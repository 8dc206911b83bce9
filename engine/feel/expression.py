"""Parsed expressions and unary tests, ready to be evaluated against a context."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from engine.feel.constants import constants_of
from engine.feel.errors import FeelError
from engine.feel.grammar.known import needs_knowing
from engine.feel.grammar.parser import Parser
from engine.feel.nodes.names import INPUT
from engine.feel.nodes.node import Node, Reads
from engine.feel.nodes.tests import Test
from engine.feel.scope import Budget, Scope, refusals
from engine.feel.values.kinds import plain
from engine.feel.values.size import measured
from engine.i18n import gettext as _

NOW = "__now__"
"""The key of a context under which the moment of the evaluation stands."""

_PARSED = 4_096


@dataclass(frozen=True, slots=True)
class Expression:
    """One expression; the same one may be evaluated at the same time by several threads."""

    source: str
    node: Node

    def names(self) -> frozenset[str]:
        """Return the free variables: the first name of every path."""
        read = _reads(self.node)
        return read.sure | read.doubtful

    def doubtful_names(self) -> frozenset[str]:
        """Return those names that stand only in filters, where they may be members of items."""
        read = _reads(self.node)
        return read.doubtful - read.sure

    def evaluate(self, context: Mapping[str, Any], budget: Budget | None = None) -> Any:
        """Return the value; `budget` lets several evaluations share one allowance."""
        return _evaluated(self.node, context, budget)

    def value(self, context: Mapping[str, Any], budget: Budget | None = None) -> Any:
        """Return the value as FEEL holds it, for another expression: a function stays one."""
        return _value(self.node, context, budget)


@dataclass(frozen=True, slots=True)
class UnaryTests:
    """The tests of one cell of a decision table."""

    source: str
    node: Test

    def names(self) -> frozenset[str]:
        read = _reads(self.node)
        return read.sure | read.doubtful

    def doubtful_names(self) -> frozenset[str]:
        read = _reads(self.node)
        return read.doubtful - read.sure

    def constants(self) -> list[Any]:
        """Return the values that are written out in the tests."""
        return list(constants_of(self.node))

    def holds(self, value: Any, context: Mapping[str, Any], budget: Budget | None = None) -> bool:
        """Tell whether the value passes; what cannot be told does not pass."""
        return _evaluated(self.node, {**context, INPUT: value}, budget) is True


def parse(expression: str, names: Iterable[str] = ()) -> Expression:
    """Read an expression, or raise `FeelError`; `names` are variables of more than one word."""
    return _parsed(expression, frozenset(names))


def parse_unary(test: str, names: Iterable[str] = ()) -> UnaryTests:
    """Read the unary tests of a cell, or raise `FeelError`."""
    return _parsed_tests(test, frozenset(names))


def spaced_names(context: Any, depth: int = 3) -> frozenset[str]:
    """Return the names in a context, and some way down inside it, that are not one plain word."""
    if isinstance(context, list | tuple):
        return spaced_names(context[0], depth) if context else frozenset()
    if not isinstance(context, Mapping) or not depth:
        return frozenset()
    own = frozenset(key for key in context if isinstance(key, str) and needs_knowing(key))
    return own.union(*(spaced_names(value, depth - 1) for value in context.values()))


def evaluate(expression: str, context: Mapping[str, Any]) -> Any:
    """Return the value of an expression; what has no meaning is `None`.

    That includes a call of no function or with arguments it does not take, which `parse` refuses.
    """
    return _parsed(expression, spaced_names(context), strict=False).evaluate(context)


def unary_test(test: str, value: Any, context: Mapping[str, Any]) -> bool:
    """Tell whether a value passes the unary tests of a cell."""
    return _parsed_tests(test, spaced_names(context), strict=False).holds(value, context)


@lru_cache(maxsize=_PARSED)
def _parsed(source: str, names: frozenset[str], *, strict: bool = True) -> Expression:
    return Expression(source, Parser(source, names, strict=strict).whole_expression())


@lru_cache(maxsize=_PARSED)
def _parsed_tests(source: str, names: frozenset[str], *, strict: bool = True) -> UnaryTests:
    return UnaryTests(source, Parser(source, names, strict=strict).whole_tests())


def _reads(node: Node) -> Reads:
    return node.reads(frozenset())


def _evaluated(node: Node, context: Mapping[str, Any], budget: Budget | None) -> Any:
    return plain(_value(node, context, budget))


def _value(node: Node, context: Mapping[str, Any], budget: Budget | None) -> Any:
    now = context.get(NOW)
    scope = Scope(context, budget or Budget(), now if isinstance(now, datetime) else None)
    try:
        return _bounded(scope.value(node), node)
    except RecursionError:
        raise FeelError(_("表达式嵌套太深"), *node.at) from None


def _bounded(value: Any, node: Node) -> Any:
    if isinstance(value, list | Mapping):
        with refusals(node.at):
            measured(value)
    return value
