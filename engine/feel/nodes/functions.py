"""Calling functions, and writing them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.feel.nodes.node import Node, Reads
from engine.feel.scope import Scope
from engine.feel.values.functions import Function
from engine.feel.values.types import Type, Unfitting


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
class Overridable(Node):
    """The name of a built-in function that the expression also gives to something of its own."""

    name: str
    builtin: Function

    def evaluate(self, scope: Scope) -> Function:
        found = scope.find(self.name)
        return found if isinstance(found, Function) else self.builtin


@dataclass(frozen=True, slots=True)
class FunctionLiteral(Node):
    """`function(a, b: number) body`; a parameter without a type takes anything."""

    parameters: tuple[tuple[str, Type | None], ...]
    body: Node

    def evaluate(self, scope: Scope) -> "Closure":
        return Closure(self, scope)

    def parts(self) -> Iterable[Node]:
        return (self.body,)

    def reads(self, bound: frozenset[str]) -> Reads:
        return self.body.reads(bound | {name for name, _type in self.parameters})


@dataclass(frozen=True, slots=True)
class Closure(Function):
    """A function written in FEEL, with the names that were in sight where it was written."""

    literal: FunctionLiteral
    scope: Scope

    def call(self, arguments: Sequence[Any], named: Mapping[str, Any], caller: Any, at: Any) -> Any:
        wanted = dict(self.literal.parameters)
        names = dict(zip(wanted, arguments, strict=False)) | dict(named)
        if len(arguments) + len(named) != len(wanted) or names.keys() != wanted.keys():
            return None
        try:
            fitted = {
                name: kind.fitted(names[name]) if kind else names[name]
                for name, kind in wanted.items()
            }
        except Unfitting:
            return None
        return self.scope.inner(fitted).value(self.literal.body)
