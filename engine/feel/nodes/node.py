"""What every node of the tree can do: give its value, its parts and the names it reads."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from typing import Any

from engine.feel.errors import Position
from engine.feel.scope import Scope


@dataclass(frozen=True, slots=True)
class Reads:
    """Names an expression reads; a doubtful one may also be a member of a list's items."""

    sure: frozenset[str] = frozenset()
    doubtful: frozenset[str] = frozenset()

    def __or__(self, other: "Reads") -> "Reads":
        return Reads(self.sure | other.sure, self.doubtful | other.doubtful)

    def doubted(self) -> "Reads":
        return Reads(doubtful=self.sure | self.doubtful)


@dataclass(frozen=True, slots=True)
class Node(ABC):
    at: Position

    @abstractmethod
    def evaluate(self, scope: Scope) -> Any:
        """Return the value; parts are evaluated with `scope.value`, which counts the steps."""

    def parts(self) -> Iterable["Node"]:
        return ()

    def reads(self, bound: frozenset[str]) -> Reads:
        """Return the names read here; `bound` are those that the expression itself gives."""
        return reads_of(self.parts(), bound)


def reads_of(nodes: Iterable[Node], bound: frozenset[str]) -> Reads:
    return reduce(Reads.__or__, (node.reads(bound) for node in nodes), Reads())


def truth(value: Any) -> bool | None:
    """Return a value as one of the three truths."""
    return value if isinstance(value, bool) else None


def as_list(value: Any) -> list[Any]:
    """Return a list as it is and anything else as a list of one; null is an empty one."""
    if isinstance(value, list):
        return value
    return [] if value is None else [value]
