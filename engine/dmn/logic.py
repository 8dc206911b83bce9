"""What a decision, or a part of it, is worth: boxed expressions, one inside the other."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.dmn.faults import naming
from engine.dmn.knowledge import Knowledge, Parameter
from engine.dmn.table import DecisionResult
from engine.dmn.types import fitted
from engine.feel import Budget, Expression
from engine.feel.values.functions import Function
from engine.feel.values.types import Type

Names = Mapping[str, Any]


class Logic(ABC):
    """Something that has a value where names have theirs."""

    __slots__ = ()

    @abstractmethod
    def value(self, names: Names, budget: Budget) -> Any:
        """Return the value as FEEL holds it: a function stays a function."""

    @abstractmethod
    def reads(self) -> frozenset[str]:
        """Return the names it reads and does not give itself."""

    def decide(self, names: Names, budget: Budget) -> DecisionResult:
        """Return the value with what led to it; only a table has rules to name."""
        return DecisionResult(self.value(names, budget), (), {})


@dataclass(frozen=True, slots=True)
class Literal(Logic):
    """One FEEL expression; without a text it gives nothing."""

    element: str
    expression: Expression | None
    type: Type | None = None

    def value(self, names: Names, budget: Budget) -> Any:
        if self.expression is None:
            return None
        with naming(self.element):
            return fitted(self.expression.value(names, budget), self.type)

    def reads(self) -> frozenset[str]:
        return self.expression.names() if self.expression else frozenset()


@dataclass(frozen=True, slots=True)
class BoxedContext(Logic):
    """Entries in order, each seeing those before it; a last one without a name is the result."""

    entries: tuple[tuple[str, Logic, Type | None], ...]

    def value(self, names: Names, budget: Budget) -> Any:
        found: dict[str, Any] = {}
        for name, logic, kind in self.entries:
            value = fitted(logic.value({**names, **found}, budget), kind)
            if not name:
                return value
            found[name] = value
        return found

    def reads(self) -> frozenset[str]:
        found: frozenset[str] = frozenset()
        given: set[str] = set()
        for name, logic, _type in self.entries:
            found |= logic.reads() - given
            given.add(name)
        return found


@dataclass(frozen=True, slots=True)
class BoxedList(Logic):
    items: tuple[Logic, ...]

    def value(self, names: Names, budget: Budget) -> Any:
        return [item.value(names, budget) for item in self.items]

    def reads(self) -> frozenset[str]:
        return reads_of(self.items)


@dataclass(frozen=True, slots=True)
class Invocation(Logic):
    """A call of knowledge by its name, each parameter with its own expression."""

    element: str
    called: Logic
    bindings: tuple[tuple[str, Logic], ...]
    type: Type | None = None

    def value(self, names: Names, budget: Budget) -> Any:
        function = self.called.value(names, budget)
        given = {name: logic.value(names, budget) for name, logic in self.bindings}
        if not isinstance(function, Function):
            return None
        with naming(self.element):
            return fitted(Knowledge.call_with(function, given, names, budget), self.type)

    def reads(self) -> frozenset[str]:
        return self.called.reads() | reads_of(logic for _name, logic in self.bindings)


@dataclass(frozen=True, slots=True)
class Definition(Logic):
    """A function with parameters, seeing the names around it."""

    parameters: tuple[Parameter, ...]
    body: Logic
    type: Type | None = None

    def value(self, names: Names, budget: Budget) -> Any:
        return Knowledge(self.parameters, self.body.value, names, self.type)

    def reads(self) -> frozenset[str]:
        return self.body.reads() - {each.name for each in self.parameters}


def reads_of(parts: Iterable[Logic]) -> frozenset[str]:
    return frozenset[str]().union(*(part.reads() for part in parts))
