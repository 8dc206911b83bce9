"""Functions that a file defines: business knowledge models and boxed function definitions."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.dmn.types import fitted, required
from engine.feel import NOW, Budget
from engine.feel.errors import Position
from engine.feel.scope import Scope
from engine.feel.values.functions import Function
from engine.feel.values.types import Type, Unfitting

_START = Position(1, 1)


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    type: Type | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Knowledge(Function):
    """A function whose body is boxed; a call with other arguments than it takes gives null."""

    parameters: tuple[Parameter, ...]
    body: Callable[[Mapping[str, Any], Budget], Any]
    names: Mapping[str, Any]
    type: Type | None = None

    def call(self, arguments: Sequence[Any], named: Mapping[str, Any], caller: Any, at: Any) -> Any:
        scope: Scope = caller
        given = dict(zip((each.name for each in self.parameters), arguments, strict=False))
        given |= named
        if len(arguments) + len(named) != len(self.parameters) or len(given) != len(
            self.parameters
        ):
            return None
        try:
            bound = {each.name: required(given[each.name], each.type) for each in self.parameters}
        except (Unfitting, KeyError):
            return None
        moment = {} if scope.now is None else {NOW: scope.now}
        scope.budget.spend(1, at)
        return fitted(self.body({**moment, **self.names, **bound}, scope.budget), self.type)

    @staticmethod
    def call_with(
        function: Function, named: Mapping[str, Any], names: Mapping[str, Any], budget: Budget
    ) -> Any:
        """Call a function from outside any expression."""
        return function.call((), named, Scope(names, budget, names.get(NOW)), _START)
