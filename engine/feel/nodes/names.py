"""Reading names, members of contexts, and items of lists."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.feel.nodes.node import Node, Reads, as_list
from engine.feel.scope import MISSING, Scope
from engine.feel.values.kinds import normal
from engine.feel.values.numbers import whole
from engine.feel.values.properties import property_of

ITEM = "item"
INPUT = "?"


@dataclass(frozen=True, slots=True)
class Variable(Node):
    name: str

    def evaluate(self, scope: Scope) -> Any:
        found = scope.find(self.name)
        return None if found is MISSING else found

    def reads(self, bound: frozenset[str]) -> Reads:
        return Reads() if self.name in bound else Reads(frozenset({self.name}))


@dataclass(frozen=True, slots=True)
class Member(Node):
    """`of.name`; over a list, the members of its items."""

    of: Node
    name: str

    def evaluate(self, scope: Scope) -> Any:
        owner = scope.value(self.of)
        if not isinstance(owner, list):
            return member(owner, self.name)
        scope.budget.spend(len(owner), self.at)
        return [member(normal(item), self.name) for item in owner]

    def parts(self) -> Iterable[Node]:
        return (self.of,)


@dataclass(frozen=True, slots=True)
class Filter(Node):
    """`of[condition]`: the items for which it holds, or the item at a position."""

    of: Node
    condition: Node

    def evaluate(self, scope: Scope) -> Any:
        of = scope.value(self.of)
        if of is None:
            return None
        items = as_list(of)
        first = scope.value(self.condition) if not items else self._test(items[0], scope)
        if isinstance(first, bool) or first is None:
            rest = [self._test(item, scope) for item in items[1:]]
            return [item for item, held in zip(items, [first, *rest], strict=False) if held is True]
        return _at(items, whole(first))

    def _test(self, item: Any, scope: Scope) -> Any:
        item = normal(item)
        names = {ITEM: item, **item} if isinstance(item, Mapping) else {ITEM: item}
        return scope.inner(names).value(self.condition)

    def parts(self) -> Iterable[Node]:
        return (self.of, self.condition)

    def reads(self, bound: frozenset[str]) -> Reads:
        return self.of.reads(bound) | self.condition.reads(bound | {ITEM}).doubted()


@dataclass(frozen=True, slots=True)
class IsDefined(Node):
    """`is defined(path)`: every name on the path exists, whatever its value."""

    path: Node

    def evaluate(self, scope: Scope) -> bool:
        if isinstance(self.path, Variable):
            return scope.find(self.path.name) is not MISSING
        if isinstance(self.path, Member):
            owner = scope.value(self.path.of)
            if isinstance(owner, Mapping):
                return self.path.name in owner
        return scope.value(self.path) is not None

    def parts(self) -> Iterable[Node]:
        return (self.path,)


def member(owner: Any, name: str) -> Any:
    """Return a member of a context, or a part of a moment, duration or range."""
    if isinstance(owner, Mapping):
        return normal(owner.get(name))
    return property_of(owner, name)


def _at(items: list[Any], position: int | None) -> Any:
    if not position or abs(position) > len(items):
        return None
    return normal(items[position - 1 if position > 0 else position])
