"""Unary tests: what a cell of a decision table, or the right side of `in`, asks of a value."""

from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from engine.feel.errors import Position
from engine.feel.nodes.literals import Literal
from engine.feel.nodes.names import INPUT
from engine.feel.nodes.node import Node, Reads, reads_of, truth
from engine.feel.scope import Scope
from engine.feel.values.comparing import compared, equal, within
from engine.feel.values.kinds import normal
from engine.feel.values.ranges import Range


@dataclass(frozen=True, slots=True)
class Test(Node):
    """A node that can be asked whether a value passes."""

    __test__ = False  # pytest would collect a class of this name

    @abstractmethod
    def holds(self, value: Any, scope: Scope) -> bool | None:
        """Tell whether the value passes; null when it cannot be told."""

    def evaluate(self, scope: Scope) -> bool | None:
        return self.holds(scope.find(INPUT), scope)

    def reads(self, bound: frozenset[str]) -> Reads:
        return reads_of(self.parts(), bound | {INPUT})


@dataclass(frozen=True, slots=True)
class Anything(Test):
    """`-`: everything passes."""

    def holds(self, value: Any, scope: Scope) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Compares(Test):
    """`< 5`, `!= "x"`: the value stands on the left."""

    operator: str
    right: Node

    def holds(self, value: Any, scope: Scope) -> bool | None:
        return compared(self.operator, value, scope.inner({INPUT: value}).value(self.right))

    def parts(self) -> Iterable[Node]:
        return (self.right,)


@dataclass(frozen=True, slots=True)
class Holds(Test):
    """A condition that names the value as `?`."""

    expression: Node

    def holds(self, value: Any, scope: Scope) -> bool | None:
        return truth(scope.inner({INPUT: value}).value(self.expression))

    def parts(self) -> Iterable[Node]:
        return (self.expression,)


@dataclass(frozen=True, slots=True)
class Matches(Test):
    """An expression whose value is the one wanted, or a list or range that holds it.

    A condition about other names passes when it is true, unless the value itself is a truth.
    """

    expression: Node

    def holds(self, value: Any, scope: Scope) -> bool | None:
        wanted = scope.value(self.expression)
        if isinstance(wanted, bool) and not isinstance(value, bool):
            return wanted and not isinstance(self.expression, Literal)
        if isinstance(wanted, list):
            scope.budget.spend(len(wanted), self.at)
        return fits(value, wanted)

    def parts(self) -> Iterable[Node]:
        return (self.expression,)


@dataclass(frozen=True, slots=True)
class AnyOf(Test):
    """`test, test`: one of them passes."""

    tests: tuple[Test, ...]

    def holds(self, value: Any, scope: Scope) -> bool | None:
        return any_holds(self.tests, value, scope)

    def parts(self) -> Iterable[Node]:
        return self.tests


@dataclass(frozen=True, slots=True)
class Negated(Test):
    """`not(tests)`: none of them passes."""

    tests: tuple[Test, ...]

    def holds(self, value: Any, scope: Scope) -> bool | None:
        found = any_holds(self.tests, value, scope)
        return None if found is None else not found

    def parts(self) -> Iterable[Node]:
        return self.tests


def test_of(at: Position, expression: Node) -> Test:
    """Return the test that an expression in a cell stands for."""
    read = expression.reads(frozenset())
    if INPUT in read.sure | read.doubtful:
        return Holds(at, expression)
    return Matches(at, expression)


def any_holds(tests: Iterable[Test], value: Any, scope: Scope) -> bool | None:
    """Tell whether one of the tests passes; null when none does and one cannot be told."""
    result: bool | None = False
    for test in tests:
        scope.budget.spend(1, test.at)
        found = test.holds(value, scope)
        if found:
            return True
        if found is None:
            result = None
    return result


def fits(value: Any, wanted: Any) -> bool | None:
    """Tell whether a value is the wanted one or lies in a wanted list or range."""
    wanted = normal(wanted)
    if isinstance(wanted, Range):
        return True if equal(value, wanted) else within(value, wanted)
    if isinstance(wanted, list) and not equal(value, wanted):
        return any(_is_or_within(value, normal(item)) for item in wanted)
    return equal(value, wanted)


def _is_or_within(value: Any, item: Any) -> bool:
    if equal(value, item):
        return True
    return isinstance(item, Range) and within(value, item) is True
