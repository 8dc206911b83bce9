"""What a built-in function takes, written as one line: `string: string, length: number?`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.feel.values.functions import Function
from engine.feel.values.kinds import kind_of, normal


class Misfit(Exception):
    """An argument is not of its parameter's type; the call's result is null."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: `name: kind`, optional with `?`, any number of them with `...`."""

    name: str
    kind: str
    optional: bool = False
    variadic: bool = False

    @classmethod
    def read(cls, text: str) -> "Parameter":
        name, _, kind = (part.strip() for part in text.partition(":"))
        plain = kind.removesuffix("...").removesuffix("?")
        return cls(name, plain, kind.endswith("?"), kind.endswith("..."))

    def fitted(self, value: Any) -> Any:
        """Return the argument as the parameter takes it; a list of one may stand for its item."""
        if value is None and self.optional:
            return None
        if self.kind == "list" and value is not None:
            return [normal(item) for item in value] if isinstance(value, list) else [value]
        if _fits(self.kind, value):
            return value
        if isinstance(value, list) and len(value) == 1 and _fits(self.kind, normal(value[0])):
            return normal(value[0])
        raise Misfit


@dataclass(frozen=True, slots=True)
class Signature:
    parameters: tuple[Parameter, ...]

    @classmethod
    def read(cls, text: str) -> "Signature":
        return cls(tuple(Parameter.read(part) for part in text.split(",") if part))

    def accepts(self, count: int, names: Sequence[str]) -> bool:
        """Tell whether a call with so many positional arguments and these names can be right."""
        known = [each.name for each in self.parameters]
        if names:
            required = [each.name for each in self.parameters if not each.optional]
            return not count and set(required) <= set(names) <= set(known)
        least = sum(not each.optional for each in self.parameters)
        return least <= count and (count <= len(known) or self._is_variadic())

    def bind(self, arguments: Sequence[Any], named: Mapping[str, Any]) -> list[Any]:
        """Return the arguments in order, each fitted to its parameter."""
        if named:
            arguments = [named.get(each.name) for each in self.parameters]
        bound = [p.fitted(value) for p, value in zip(self.parameters, arguments, strict=False)]
        rest = arguments[len(self.parameters) :]
        return bound + [self.parameters[-1].fitted(value) for value in rest]

    def _is_variadic(self) -> bool:
        return bool(self.parameters) and self.parameters[-1].variadic


def _fits(kind: str, value: Any) -> bool:
    check = _CHECKS.get(kind)
    return check(value) if check else kind_of(value) == kind


_CHECKS: Mapping[str, Callable[[Any], bool]] = {
    "any": lambda value: True,
    "day": lambda value: isinstance(value, date),
    "function": lambda value: isinstance(value, Function),
}
