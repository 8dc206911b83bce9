"""The built-in functions by name; each module beside this one adds its own."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from engine.feel.builtins.signature import Misfit, Signature
from engine.feel.errors import Position
from engine.feel.scope import Scope, refusals
from engine.feel.values.functions import Function
from engine.feel.values.kinds import normal

BUILTINS: dict[str, "Builtin"] = {}
F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Caller:
    """Where a built-in function was called from, for those that look around or call back."""

    scope: Scope
    at: Position

    def call(self, function: Function, *arguments: Any) -> Any:
        return function.call(arguments, {}, self.scope, self.at)


@dataclass(frozen=True, slots=True)
class Builtin(Function):
    """A function of the language. One that `needs_caller` gets it as its first argument."""

    name: str
    signature: Signature
    run: Callable[..., Any]
    needs_caller: bool = False

    def call(self, arguments: Sequence[Any], named: Mapping[str, Any], caller: Any, at: Any) -> Any:
        """Return the result, null when an argument is of the wrong type."""
        scope: Scope = caller
        try:
            bound = self.signature.bind(arguments, named)
        except Misfit:
            return None
        surroundings = [Caller(scope, at)] if self.needs_caller else []
        scope.budget.spend(sum(len(each) for each in bound if isinstance(each, list)), at)
        with refusals(at):
            result = normal(self.run(*surroundings, *bound))
        if isinstance(result, list | dict | str):
            scope.keep(result, at)
        return result


def builtin(
    name: str, signature: str = "", *others: str, needs_caller: bool = False
) -> Callable[[F], F]:
    """Add a function to the language under a name, with what it takes; `others` are further
    names for its parameters."""

    def add(run: F) -> F:
        BUILTINS[name] = Builtin(name, Signature.read(signature, others), run, needs_caller)
        return run

    return add
