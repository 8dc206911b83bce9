"""Exact decimals of 34 digits; what has no result is null, what grows too big is refused."""

from collections.abc import Callable
from decimal import (
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DecimalException,
    DivisionByZero,
    InvalidOperation,
    Overflow,
    localcontext,
)

from engine.feel import limits

EXACT = Context(
    prec=limits.DIGITS,
    rounding=ROUND_HALF_EVEN,
    Emin=-6143,
    Emax=6144,
    traps=[InvalidOperation, DivisionByZero, Overflow],
)


class NumberTooBig(ArithmeticError):
    """A result reached ten to the power of `limits.LARGEST`."""


def calculated(operation: Callable[[], Decimal]) -> Decimal | None:
    """Return what the operation gives under the language's rules; null where it has no result."""
    with localcontext(EXACT):
        try:
            return bounded(+operation())
        except Overflow:
            raise NumberTooBig from None
        except DecimalException:
            return None


def bounded(number: Decimal) -> Decimal:
    if number and number.adjusted() >= limits.LARGEST:
        raise NumberTooBig
    return number


def whole(number: object) -> int | None:
    """Return the number as an int when it is a whole one, and one that can count something."""
    if not isinstance(number, Decimal) or number.adjusted() >= limits.WHOLE:
        return None
    return int(number) if number == number.to_integral_value() else None
