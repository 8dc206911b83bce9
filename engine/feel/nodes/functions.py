"""Calling functions, and writing them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.feel.nodes.node import Node, Reads
from engine.feel.scope import Scope
from engine.feel.values.functions import Function


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A call; a callee that is no function gives null."""

    callee: Node
    arguments: tuple[Node, ...]
    named: tuple[tuple[str, Node], ...] = ()

    def evaluate(self, scope: Scope) -> Any:
        function = scope.value(self.callee)
        arguments = [scope.value(argument) for argument in self.arguments]
        named = {name: scope.value(argument) for name, argument in self.named}
        if not isinstance(function, Function):
            return None
        return function.call(arguments, named, scope, self.at)

    def parts(self) -> Iterable[Node]:
        return (self.callee, *self.arguments, *(argument for _name, argument in self.named))


@dataclass(frozen=True, slots=True)
class FunctionLiteral(Node):
    """`function(a, b) body`."""

    parameters: tuple[str, ...]
    body: Node

    def evaluate(self, scope: Scope) -> "Closure":
        return Closure(self, scope)

    def parts(self) -> Iterable[Node]:
        return (self.body,)

    def reads(self, bound: frozenset[str]) -> Reads:
        return self.body.reads(bound | set(self.parameters))


@dataclass(frozen=True, slots=True)
class Closure(Function):
    """A function written in FEEL, with the names that were in sight where it was written."""

    literal: FunctionLiteral
    scope: Scope

    def call(self, arguments: Sequence[Any], named: Mapping[str, Any], caller: Any, at: Any) -> Any:
        names = dict(zip(self.literal.parameters, arguments, strict=False)) | dict(named)
        wanted = self.literal.parameters
        if len(arguments) + len(named) != len(wanted) or names.keys() != set(wanted):
            return None
        return self.scope.inner(names).value(self.literal.body)
