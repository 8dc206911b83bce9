"""Comparing values with one another, with ranges and with tests."""

from collections.abc import Iterable
from dataclasses import dataclass

from engine.feel.nodes.node import Node
from engine.feel.nodes.tests import Test, any_holds
from engine.feel.scope import Scope
from engine.feel.values.comparing import compared
from engine.feel.values.types import Type


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    operator: str
    left: Node
    right: Node

    def evaluate(self, scope: Scope) -> bool | None:
        return compared(self.operator, scope.value(self.left), scope.value(self.right))

    def parts(self) -> Iterable[Node]:
        return (self.left, self.right)


@dataclass(frozen=True, slots=True)
class Between(Node):
    """`of between low and high`, both ends included."""

    of: Node
    low: Node
    high: Node

    def evaluate(self, scope: Scope) -> bool | None:
        found = scope.value(self.of)
        above = compared(">=", found, scope.value(self.low))
        below = compared("<=", found, scope.value(self.high))
        return None if above is None or below is None else above and below

    def parts(self) -> Iterable[Node]:
        return (self.of, self.low, self.high)


@dataclass(frozen=True, slots=True)
class In(Node):
    """`of in tests`: one of the tests holds."""

    of: Node
    tests: tuple[Test, ...]

    def evaluate(self, scope: Scope) -> bool | None:
        return any_holds(self.tests, scope.value(self.of), scope)

    def parts(self) -> Iterable[Node]:
        return (self.of, *self.tests)


@dataclass(frozen=True, slots=True)
class InstanceOf(Node):
    of: Node
    type: Type

    def evaluate(self, scope: Scope) -> bool:
        return self.type.holds(scope.value(self.of))

    def parts(self) -> Iterable[Node]:
        return (self.of,)
