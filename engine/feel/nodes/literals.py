"""Values that stand in the source: scalars, lists, contexts and ranges."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from engine.feel.nodes.node import Node, Reads
from engine.feel.scope import Scope
from engine.feel.values.comparing import order
from engine.feel.values.ranges import Range


@dataclass(frozen=True, slots=True)
class Literal(Node):
    content: Any

    def evaluate(self, scope: Scope) -> Any:
        return self.content


@dataclass(frozen=True, slots=True)
class ListLiteral(Node):
    items: tuple[Node, ...]

    def evaluate(self, scope: Scope) -> list[Any]:
        found = [scope.value(item) for item in self.items]
        scope.keep(found, self.at)
        return found

    def parts(self) -> Iterable[Node]:
        return self.items


@dataclass(frozen=True, slots=True)
class ContextLiteral(Node):
    """Entries in order; each may read those before it."""

    entries: tuple[tuple[str, Node], ...]

    def evaluate(self, scope: Scope) -> dict[str, Any]:
        found: dict[str, Any] = {}
        inner = scope.inner(found)
        for key, node in self.entries:
            found[key] = inner.value(node)
        scope.keep(found, self.at)
        return found

    def parts(self) -> Iterable[Node]:
        return [node for _key, node in self.entries]

    def reads(self, bound: frozenset[str]) -> Reads:
        found = Reads()
        for key, node in self.entries:
            found |= node.reads(bound)
            bound |= {key}
        return found


@dataclass(frozen=True, slots=True)
class Interval(Node):
    """A range; `None` is an end that goes on for ever, as in `(> 5)`."""

    start: Node | None
    end: Node | None
    start_included: bool
    end_included: bool

    def evaluate(self, scope: Scope) -> Range | None:
        start = scope.value(self.start) if self.start else None
        end = scope.value(self.end) if self.end else None
        if (self.start and start is None) or (self.end and end is None):
            return None
        if self.start and self.end and order(start, end) is None:
            return None
        return Range(start, end, self.start_included, self.end_included)

    def parts(self) -> Iterable[Node]:
        return [node for node in (self.start, self.end) if node]


def can_hold(interval: Interval) -> bool:
    """Tell whether the ends, where both are written out, stand the right way round."""
    start, end = interval.start, interval.end
    if isinstance(start, Literal) and isinstance(end, Literal):
        found = order(start.content, end.content)
        return found is not None and found <= 0
    return True
