"""Numbers are Decimals, exactly as written."""

from decimal import Decimal

import pytest

from tests.forms.documents import bind, component

SCORE = component(
    "number",
    "score",
    label="成绩",
    decimalDigits=1,
    increment="0.5",
    validate={"required": True, "min": 0, "max": 100},
)


@pytest.mark.parametrize(
    ("typed", "value", "error"),
    [
        ("80", Decimal(80), None),
        ("80.5", Decimal("80.5"), None),
        ("８０．５", Decimal("80.5"), None),
        (" 8 0 ", Decimal(80), None),
        ("0", Decimal(0), None),
        ("80.50", Decimal("80.50"), None),
        ("", None, "请填写成绩。"),
        ("八十", None, "成绩只能填数字，例如 80 或 80.5。"),
        ("1e2", None, "成绩只能填数字，例如 80 或 80.5。"),
        ("NaN", None, "成绩只能填数字，例如 80 或 80.5。"),
        ("Infinity", None, "成绩只能填数字，例如 80 或 80.5。"),
        ("1,000", None, "成绩只能填数字，例如 80 或 80.5。"),
        ("9" * 90, None, "成绩只能填数字，例如 80 或 80.5。"),
        ("-1", None, "成绩不能小于 0。"),
        ("100.5", None, "成绩不能大于 100。"),
        ("80.25", None, "成绩最多保留 1 位小数。"),
        ("80.2", None, "成绩应当是 0.5 的倍数。"),
    ],
)
def test_a_number(typed, value, error):
    bound = bind(SCORE, typed)
    assert (bound.values["score"], bound.errors.get("score")) == (value, error)


def test_a_whole_number_is_asked_for_by_name():
    count = component("number", "count", label="人数", decimalDigits=0)
    assert bind(count, "1.5").errors == {"count": "人数要填整数。"}
    assert bind(count, "2.0").values["count"] == 2


def test_limits_may_be_formulas():
    score = component("number", "score", label="成绩", validate={"min": "=pass_mark"})
    assert not bind(score, "424", pass_mark=Decimal(425)).is_valid
    assert bind(score, "425", pass_mark=Decimal(425)).is_valid
