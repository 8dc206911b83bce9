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
    """One parameter: `name: kind`; `?` may be left out or null, `=` may only be left out, and
    there are any number of `...`."""

    name: str
    kind: str
    optional: bool = False
    variadic: bool = False
    nullable: bool = False

    @classmethod
    def read(cls, text: str) -> "Parameter":
        name, _, kind = (part.strip() for part in text.partition(":"))
        plain = kind.removesuffix("...").rstrip("?=")
        return cls(name, plain, kind[-1] in "?=", kind.endswith("..."), kind.endswith("?"))

    def fitted(self, value: Any) -> Any:
        """Return the argument as the parameter takes it; a list of one may stand for its item."""
        if value is None and self.nullable:
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
    """The parameters, and every row of names under which they may be given."""

    parameters: tuple[Parameter, ...]
    forms: tuple[tuple[str, ...], ...]

    @classmethod
    def read(cls, text: str, others: Sequence[str] = ()) -> "Signature":
        parameters = tuple(Parameter.read(part) for part in text.split(",") if part)
        names = tuple(each.name for each in parameters)
        more = (tuple(name.strip() for name in other.split(",")) for other in others)
        return cls(parameters, (names, *more))

    def accepts(self, count: int, names: Sequence[str]) -> bool:
        """Tell whether a call with so many positional arguments and these names can be right."""
        if names:
            return not count and self._form(names) is not None
        least = sum(not each.optional for each in self.parameters)
        return least <= count and (count <= len(self.parameters) or self._is_variadic())

    def bind(self, arguments: Sequence[Any], named: Mapping[str, Any]) -> list[Any]:
        """Return the arguments in order, each fitted to its parameter."""
        form = self._form(list(named)) if named else None
        if not self.accepts(len(arguments), list(named)):
            raise Misfit
        if form:
            return self._bind_named(form, named)
        bound = [p.fitted(value) for p, value in zip(self.parameters, arguments, strict=False)]
        rest = arguments[len(self.parameters) :]
        return bound + [self.parameters[-1].fitted(value) for value in rest]

    def _bind_named(self, form: Sequence[str], named: Mapping[str, Any]) -> list[Any]:
        return [
            each.fitted(named[name]) if name in named else None
            for name, each in zip(form, self.parameters, strict=True)
        ]

    def _form(self, names: Sequence[str]) -> tuple[str, ...] | None:
        """Return the row these names belong to; one in the order they stand comes first."""
        fitting = [form for form in self.forms if self._names_fit(form, set(names))]
        ordered = (form for form in fitting if list(form[: len(names)]) == list(names))
        return next(ordered, fitting[0] if fitting else None)

    def _names_fit(self, form: Sequence[str], names: set[str]) -> bool:
        pairs = zip(form, self.parameters, strict=True)
        return {name for name, each in pairs if not each.optional} <= names <= set(form)

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
