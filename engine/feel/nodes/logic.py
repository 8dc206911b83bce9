"""Three-valued logic and choice."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from engine.feel.nodes.node import Node, truth
from engine.feel.scope import Scope


@dataclass(frozen=True, slots=True)
class Conjunction(Node):
    """`a and b and …`: false once one is false, else null once one is neither."""

    operands: tuple[Node, ...]

    def evaluate(self, scope: Scope) -> bool | None:
        return _settled(self.operands, scope, by=False)

    def parts(self) -> Iterable[Node]:
        return self.operands


@dataclass(frozen=True, slots=True)
class Disjunction(Node):
    """`a or b or …`: true once one is true, else null once one is neither."""

    operands: tuple[Node, ...]

    def evaluate(self, scope: Scope) -> bool | None:
        return _settled(self.operands, scope, by=True)

    def parts(self) -> Iterable[Node]:
        return self.operands


@dataclass(frozen=True, slots=True)
class Choice(Node):
    """`if … then … else …`: anything but true takes the `else`."""

    condition: Node
    then: Node
    otherwise: Node

    def evaluate(self, scope: Scope) -> Any:
        chosen = self.then if scope.value(self.condition) is True else self.otherwise
        return scope.value(chosen)

    def parts(self) -> Iterable[Node]:
        return (self.condition, self.then, self.otherwise)


def _settled(operands: Iterable[Node], scope: Scope, *, by: bool) -> bool | None:
    result: bool | None = not by
    for operand in operands:
        found = truth(scope.value(operand))
        if found is by:
            return by
        if found is None:
            result = None
    return result
