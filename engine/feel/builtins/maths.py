"""Numbers: rounding, remainders, roots and logarithms."""

from datetime import timedelta
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
)
from typing import Any

from engine.feel.builtins.registry import builtin
from engine.feel.values.durations import YearsMonths
from engine.feel.values.numbers import calculated, whole


@builtin("decimal", "n: number, scale: number")
def decimal(n: Decimal, scale: Decimal) -> Decimal | None:
    return rounded(n, scale, ROUND_HALF_EVEN)


@builtin("floor", "n: number, scale: number=")
def floor(n: Decimal, scale: Decimal | None = None) -> Decimal | None:
    return rounded(n, scale, ROUND_FLOOR)


@builtin("ceiling", "n: number, scale: number=")
def ceiling(n: Decimal, scale: Decimal | None = None) -> Decimal | None:
    return rounded(n, scale, ROUND_CEILING)


@builtin("round", "n: number, scale: number=")
def round_half_even(n: Decimal, scale: Decimal | None = None) -> Decimal | None:
    return rounded(n, scale, ROUND_HALF_EVEN)


@builtin("round up", "n: number, scale: number=")
def round_up(n: Decimal, scale: Decimal | None = None) -> Decimal | None:
    return rounded(n, scale, ROUND_UP)


@builtin("round down", "n: number, scale: number=")
def round_down(n: Decimal, scale: Decimal | None = None) -> Decimal | None:
    return rounded(n, scale, ROUND_DOWN)


@builtin("round half up", "n: number, scale: number=")
def round_half_up(n: Decimal, scale: Decimal | None = None) -> Decimal | None:
    return rounded(n, scale, ROUND_HALF_UP)


@builtin("round half down", "n: number, scale: number=")
def round_half_down(n: Decimal, scale: Decimal | None = None) -> Decimal | None:
    return rounded(n, scale, ROUND_HALF_DOWN)


@builtin("abs", "n: any")
def absolute(n: Any) -> Any:
    if isinstance(n, YearsMonths):
        return YearsMonths(abs(n.months))
    return abs(n) if isinstance(n, Decimal | timedelta) else None


@builtin("modulo", "dividend: number, divisor: number")
def modulo(dividend: Decimal, divisor: Decimal) -> Decimal | None:
    """Return the remainder, with the sign of the divisor."""

    def remainder() -> Decimal:
        found = dividend % divisor
        return found + divisor if found and (found < 0) != (divisor < 0) else found

    return calculated(remainder)


@builtin("sqrt", "number: number")
def sqrt(n: Decimal) -> Decimal | None:
    return calculated(n.sqrt)


@builtin("log", "number: number")
def log(n: Decimal) -> Decimal | None:
    return calculated(n.ln) if n > 0 else None


@builtin("exp", "number: number")
def exp(n: Decimal) -> Decimal | None:
    return calculated(n.exp)


@builtin("odd", "number: number")
def odd(n: Decimal) -> bool:
    return modulo(n, Decimal(2)) == 1


@builtin("even", "number: number")
def even(n: Decimal) -> bool:
    return modulo(n, Decimal(2)) == 0


def rounded(n: Decimal, scale: Decimal | None, how: str) -> Decimal | None:
    """Return the number rounded to so many digits behind the point."""
    digits = 0 if scale is None else whole(scale)
    if digits is None or not -6111 <= digits <= 6176:
        return None
    if n.as_tuple().exponent >= -digits:  # type: ignore[operator]  # a finite number's exponent is an int
        return n
    return calculated(lambda: n.quantize(Decimal(1).scaleb(-digits), rounding=how))
