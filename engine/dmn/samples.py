"""Values to try a column of a decision table with: those its cells name, and some in between."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cmp_to_key
from itertools import zip_longest
from typing import Any

from engine.feel import UnaryTests, evaluate, order, text_of
from engine.i18n import gettext as _

OTHER = "\x1fother"
"""A text that no cell names."""

_STEPS = {
    Decimal: Decimal(1),
    date: timedelta(days=1),
    datetime: timedelta(hours=1),
    timedelta: timedelta(hours=1),
}


@dataclass(frozen=True, slots=True)
class Sample:
    """A value, and what an analyst calls it."""

    value: Any

    def text(self) -> str:
        return _("其他值") if self.value == OTHER else text_of([self.value])[1:-1]


def samples_of(cells: Sequence[UnaryTests], allowed: UnaryTests | None) -> list[Sample]:
    """Return values that between them meet every cell of a column in every way."""
    tests = [*cells, allowed] if allowed else cells
    named = [value for test in tests for value in test.constants() if value is not None]
    if not named:
        return [Sample(OTHER)]
    tried = _tried(named)
    return [Sample(value) for value in tried if allowed is None or allowed.holds(value, {})]


def _tried(named: Sequence[Any]) -> Iterator[Any]:
    if any(isinstance(value, bool) for value in named):
        yield from (True, False)
    if any(isinstance(value, str) for value in named):
        yield from [*_distinct(named, str), OTHER]
    for kind in _STEPS:
        yield from _around(_distinct(named, kind))


def _distinct(named: Sequence[Any], kind: type) -> list[Any]:
    own = [value for value in named if type(value) is kind]
    return sorted(evaluate("distinct values(own)", {"own": own}), key=_by_order)


def _around(values: Sequence[Any]) -> Iterator[Any]:
    """Yield ordered values, one before them, one behind them and one between any two."""
    if not values:
        return
    step = _STEPS[type(values[0])]
    yield evaluate("a - step", {"a": values[0], "step": step})
    for value, following in zip_longest(values, values[1:]):
        yield value
        context = {"a": value, "b": following, "step": step}
        between = evaluate("if b = null then a + step else a + (b - a) / 2", context)
        if between != value:
            yield between


_by_order = cmp_to_key(lambda left, right: order(left, right) or 0)
