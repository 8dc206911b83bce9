"""`for`, `some` and `every`: an expression over the items of lists. Over null they are null."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from engine.feel.nodes.node import Node, Reads, as_list, truth
from engine.feel.scope import Scope
from engine.feel.values.calculating import add
from engine.feel.values.comparing import order
from engine.feel.values.kinds import is_date, normal
from engine.feel.values.numbers import whole
from engine.feel.values.ranges import Range

PARTIAL = "partial"


class NoItems(Exception):
    """What a loop should run over is no list and no range that can be counted through."""


@dataclass(frozen=True, slots=True)
class Iteration:
    """`name in items`, or `name in items .. end`."""

    name: str
    items: Node
    end: Node | None = None

    def parts(self) -> list[Node]:
        return [self.items, self.end] if self.end else [self.items]

    def values(self, scope: Scope) -> Iterable[Any]:
        found = scope.value(self.items)
        if self.end:
            return _counted(found, scope.value(self.end))
        if isinstance(found, Range):
            return _counted(found.start, found.end if _is_closed(found) else None)
        if found is None:
            raise NoItems
        return as_list(found)


@dataclass(frozen=True, slots=True)
class _Loop(Node):
    iterations: tuple[Iteration, ...]
    body: Node

    def parts(self) -> Iterable[Node]:
        return [*(part for each in self.iterations for part in each.parts()), self.body]

    def reads(self, bound: frozenset[str]) -> Reads:
        found = Reads()
        for each in self.iterations:
            for part in each.parts():
                found |= part.reads(bound)
            bound |= {each.name}
        return found | self.body.reads(bound | {PARTIAL})

    def scopes(self, scope: Scope, at: int = 0) -> Iterator[Scope]:
        """Yield a scope for every combination of items, the last list running fastest."""
        if at == len(self.iterations):
            yield scope
            return
        each = self.iterations[at]
        for item in each.values(scope):
            scope.budget.spend(1, self.at)
            yield from self.scopes(scope.inner({each.name: normal(item)}), at + 1)


@dataclass(frozen=True, slots=True)
class For(_Loop):
    """The results so far can be read as `partial`."""

    reads_partial: bool

    def evaluate(self, scope: Scope) -> list[Any] | None:
        try:
            results = self._results(scope)
        except NoItems:
            return None
        scope.keep(results, self.at)
        return results

    def _results(self, scope: Scope) -> list[Any]:
        results: list[Any] = []
        names: dict[str, Any] = {PARTIAL: ()}
        for inner in self.scopes(scope.inner(names)):
            if self.reads_partial:
                names[PARTIAL] = tuple(results)
            results.append(inner.value(self.body))
        return results


@dataclass(frozen=True, slots=True)
class Quantified(_Loop):
    """`some … satisfies` when `by` is true, `every … satisfies` when it is false."""

    by: bool

    def evaluate(self, scope: Scope) -> bool | None:
        try:
            return self._settled(scope)
        except NoItems:
            return None

    def _settled(self, scope: Scope) -> bool | None:
        result: bool | None = not self.by
        for inner in self.scopes(scope):
            found = truth(inner.value(self.body))
            if found is self.by:
                return self.by
            if found is None:
                result = None
        return result


def _is_closed(found: Range) -> bool:
    return found.start_included and found.end_included


def _counted(start: Any, end: Any) -> Iterator[Any]:
    """Yield whole numbers or days from the start to the end, backwards if need be."""
    direction = order(end, start) or 1
    step = _step(start, end, direction)
    if step is None:
        raise NoItems
    current = start
    while current is not None and order(current, end) != direction:
        yield current
        current = add(current, step)


def _step(start: Any, end: Any, direction: int) -> Decimal | timedelta | None:
    if whole(start) is not None and whole(end) is not None:
        return Decimal(direction)
    return timedelta(days=direction) if is_date(start) and is_date(end) else None
