"""Sums, products and powers, each a chain that is worked off from the left."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.feel.nodes.node import Node
from engine.feel.scope import Scope, refusals
from engine.feel.values import calculating

_OPERATIONS: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": calculating.add,
    "-": calculating.subtract,
    "*": calculating.multiply,
    "/": calculating.divide,
    "**": calculating.power,
}


@dataclass(frozen=True, slots=True)
class Chain(Node):
    """`first + a - b …`, operators of one level; so a long sum is not a deep tree."""

    first: Node
    rest: tuple[tuple[str, Node], ...]

    def evaluate(self, scope: Scope) -> Any:
        result = scope.value(self.first)
        for operator, operand in self.rest:
            right = scope.value(operand)
            with refusals(self.at):
                result = _OPERATIONS[operator](result, right)
            if isinstance(result, str):
                scope.keep(result, self.at)
        return result

    def parts(self) -> Iterable[Node]:
        return (self.first, *(operand for _operator, operand in self.rest))


@dataclass(frozen=True, slots=True)
class Negation(Node):
    of: Node

    def evaluate(self, scope: Scope) -> Any:
        return calculating.negate(scope.value(self.of))

    def parts(self) -> Iterable[Node]:
        return (self.of,)
