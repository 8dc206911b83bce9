"""Numbers, as Decimals."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from engine.forms import normal
from engine.forms.fields.single import SingleText
from engine.forms.formulas import is_formula
from engine.forms.types import FieldError, Problem, Submitted
from engine.forms.wording import (
    Definition,
    as_number,
    is_required,
    label_of,
    limit,
    missing,
    please_fill,
    rules_of,
)
from engine.i18n import gettext as _

MOST_DIGITS = 10
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,10})?")


class Number(SingleText):
    type = "number"
    longest = 100

    def check(self, definition: Definition) -> Sequence[Problem]:
        found = []
        step, digits = definition.get("increment"), definition.get("decimalDigits")
        if step not in (None, "") and (as_number(step) or Decimal(0)) <= 0:
            found.append(Problem("", _("步长（increment）应当大于零")))
        if digits is not None and digits not in range(MOST_DIGITS + 1):
            most = _("小数位数（decimalDigits）应当是 0 到 %(n)s 的整数", n=MOST_DIGITS)
            found.append(Problem("", most))
        return found + [
            Problem("", _("%(name)s 应当是数字", name=name))
            for name in ("min", "max")
            if not _is_limit(rules_of(definition).get(name))
        ]

    def bind(
        self, definition: Definition, submitted: Submitted, context: Mapping[str, Any]
    ) -> Decimal | None:
        text = normal.ascii_line(self.read(definition, submitted, context))
        label = label_of(definition, context)
        if not text:
            if is_required(definition, context):
                raise missing(definition, context, please_fill(label))
            return None
        if not _NUMBER.fullmatch(text):
            raise FieldError(_("%(label)s只能填数字，例如 80 或 80.5。", label=label))
        value = Decimal(text)
        _check_limits(definition, value, context)
        _check_digits(definition, value, label)
        return value

    def written(self, value: Any) -> str:
        return f"{value:f}" if isinstance(value, Decimal) else super().written(value)

    def attributes(self, definition: Definition) -> dict[str, str]:
        whole = definition.get("decimalDigits") == 0
        return {"inputmode": "numeric" if whole else "decimal", **super().attributes(definition)}


def _check_limits(definition: Definition, value: Decimal, context: Mapping[str, Any]) -> None:
    label = label_of(definition, context)
    lowest, highest = limit(definition, "min", context), limit(definition, "max", context)
    if lowest is not None and value < lowest:
        raise FieldError(_("%(label)s不能小于 %(n)s。", label=label, n=f"{lowest:f}"))
    if highest is not None and value > highest:
        raise FieldError(_("%(label)s不能大于 %(n)s。", label=label, n=f"{highest:f}"))


def _check_digits(definition: Definition, value: Decimal, label: str) -> None:
    digits, step = definition.get("decimalDigits"), as_number(definition.get("increment"))
    if digits is not None and _decimals(value) > digits:
        if digits == 0:
            raise FieldError(_("%(label)s要填整数。", label=label))
        raise FieldError(_("%(label)s最多保留 %(n)s 位小数。", label=label, n=digits))
    if step and value % step:
        raise FieldError(_("%(label)s应当是 %(n)s 的倍数。", label=label, n=f"{step:f}"))


def _decimals(value: Decimal) -> int:
    return max(0, -int(value.normalize().as_tuple().exponent))


def _is_limit(written: Any) -> bool:
    return written in (None, "") or is_formula(written) or as_number(written) is not None
