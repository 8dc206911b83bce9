"""What an expression sees while it is evaluated: names, and a budget that it shares with others."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from engine.feel import limits
from engine.feel.errors import FeelError, Position
from engine.feel.values.kinds import normal
from engine.feel.values.numbers import NumberTooBig
from engine.feel.values.size import ValueTooBig, measured
from engine.feel.values.text import TextTooLong
from engine.i18n import gettext as _

if TYPE_CHECKING:
    from engine.feel.nodes.node import Node

MISSING: Final = object()


@dataclass
class Budget:
    """Steps left, and how deep the evaluation is nested; a decision table shares one."""

    steps: int = limits.STEPS
    depth: int = field(default=0, init=False)

    def spend(self, steps: int, at: Position) -> None:
        self.steps -= steps
        if self.steps < 0:
            raise FeelError(_("表达式计算步骤太多"), *at)


class Scope:
    """Names and their values; an inner scope hides the names of the outer one."""

    __slots__ = ("_names", "_outer", "budget", "now")

    def __init__(
        self,
        names: Mapping[str, Any],
        budget: Budget,
        now: datetime | None,
        outer: "Scope | None" = None,
    ) -> None:
        self._names = names
        self._outer = outer
        self.budget = budget
        self.now = now

    def inner(self, names: Mapping[str, Any]) -> "Scope":
        return Scope(names, self.budget, self.now, self)

    def find(self, name: str) -> Any:
        """Return the value of a name, `MISSING` when nobody gave it one."""
        if name in self._names:
            return normal(self._names[name])
        return MISSING if self._outer is None else self._outer.find(name)

    def value(self, node: "Node") -> Any:
        """Evaluate one node, on the budget."""
        budget = self.budget
        budget.spend(1, node.at)
        budget.depth += 1
        if budget.depth > limits.CALLS:
            raise FeelError(_("表达式嵌套太深"), *node.at)
        try:
            return node.evaluate(self)
        finally:
            budget.depth -= 1

    def keep(self, value: Any, at: Position) -> Any:
        """Return a value that was built, once it has been found small enough and paid for."""
        with refusals(at):
            if isinstance(value, str):
                if len(value) > limits.TEXT:
                    raise TextTooLong
            else:
                self.budget.spend(measured(value) - 1, at)
        return value


@contextmanager
def refusals(at: Position) -> Iterator[None]:
    """Name the place of a value that grew too big."""
    try:
        yield
    except NumberTooBig:
        raise FeelError(_("计算结果的数字太大"), *at) from None
    except ValueTooBig:
        raise FeelError(_("计算结果的项目太多或嵌套太深"), *at) from None
    except TextTooLong:
        raise FeelError(_("计算结果的文本太长"), *at) from None
