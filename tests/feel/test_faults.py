"""What is refused: where the fault is, what the message says, and what an expression may cost."""

import pytest

from engine.feel import Budget, FeelError, evaluate, limits, parse, parse_unary
from engine.i18n import speaking

DOUBLING = "{a0: [1], " + ", ".join(f"a{n}: [a{n - 1}, a{n - 1}]" for n in range(1, 25)) + "}"
"""A short expression for a list with 2 to the power of 24 items."""


@pytest.mark.parametrize(
    ("expression", "line", "column", "says"),
    [
        ("", 1, 1, "不完整"),
        ("1 +", 1, 4, "不完整"),
        ("a\n  + * b", 2, 5, "*"),
        ("a b", 1, 3, "b"),
        ("foo(1)", 1, 1, "foo"),
        ("1 + string length()", 1, 5, "string length(string)"),
        ('substring("a")', 1, 1, "start position"),
        ('substring(text: "a", start position: 1)', 1, 1, "start position"),
        ('"abc', 1, 1, "引号"),
        ('"a\nb"', 1, 1, "引号"),
        ('x = "\\ud800"', 1, 5, "编码"),
        ("1 < 2 < 3", 1, 7, "and"),
        ("a = b = c", 1, 7, "and"),
        ("（1）", 1, 1, "全角"),
        ("x = “a”", 1, 5, "全角"),
        ("a，b", 1, 2, "全角"),
        ("1 & 2", 1, 3, "&"),
        ("1a", 1, 1, "字母"),
        ("[5..1]", 1, 1, "区间"),
        ('[1.."a"]', 1, 1, "区间"),
        ('@"2026-13-01"', 1, 1, "2026-13-01"),
        ("{a: 1, a: 2}", 1, 8, "重复"),
        ("{a 1}", 1, 2, "冒号"),
        ("if a then b", 1, 12, "else"),
        ("for x return 1", 1, 5, "名称"),
        ("x between 1 or 2", 1, 13, "and"),
        ("x instance of nonsense", 1, 15, "nonsense"),
        ("x instance number", 1, 12, "of"),
        ("a.", 1, 3, "点号"),
        ("a.1", 1, 2, ".1"),
        ("_hidden", 1, 1, "下划线"),
        ("x.__class__", 1, 3, "下划线"),
        ("ｅｖａｌ", 1, 1, "eval"),
        ('matches(x, "(a")', 1, 12, "正则"),
        ('matches(x, "(?=a)b")', 1, 12, "正则"),
        ('matches(x, "((a{100}){100}){100}")', 1, 12, "正则"),
        ("is defined(a, b)", 1, 1, "is defined"),
        ('function(x) external {java: "x"}', 1, 13, "external"),
        ("1)", 1, 2, ")"),
        ("[1, 2", 1, 6, "]"),
        ("9" * 40, 1, 1, "位数"),
        ("1e9999", 1, 1, "数字"),
        ("9 ** 9999", 1, 3, "太大"),
        ("x ** 9999", 1, 3, "太大"),
    ],
)
def test_a_fault_names_its_place(expression, line, column, says):
    with pytest.raises(FeelError) as caught:
        parse(expression).evaluate({"x": 9})
    assert (caught.value.line, caught.value.column) == (line, column)
    assert says in caught.value.message


@pytest.mark.parametrize(
    ("test", "column"), [(">= 1 and <= 2", 6), ("1,,2", 3), ("not(", 5), ("1,", 3), ("- -", 4)]
)
def test_a_cell_that_cannot_be_read_is_a_fault(test, column):
    with pytest.raises(FeelError) as caught:
        parse_unary(test)
    assert caught.value.column == column


def test_the_sentence_gives_line_and_column():
    with pytest.raises(FeelError, match="第 2 行第 3 列"):
        parse("1 +\n  )")
    with speaking("en"), pytest.raises(FeelError) as caught:
        parse("1 +\n  )")
    assert (caught.value.line, caught.value.column) == (2, 3)


@pytest.mark.parametrize(
    "expression",
    [
        "(" * 300 + "1" + ")" * 300,
        "[" * 60 + "]" * 60,
        "-" * 500 + "1",
        "a" + ".b" * 100,
        "a" + "[1]" * 100,
        "f" + "()" * 200,
        "if a then 1 else " * 60 + "2",
        "not(" * 60 + "true" + ")" * 60,
        "x in (" * 100 + "1" + ")" * 100,
        "1 in (" * 30 + "1..2)" * 30,
        "a instance of " + "list<" * 100 + "number" + ">" * 100,
        "{a: " * 60 + "1" + "}" * 60,
    ],
)
def test_deep_nesting_is_refused(expression):
    with pytest.raises(FeelError):
        evaluate(expression, {"a": 1, "x": 1, "f": 1})


def test_a_long_chain_is_not_deep():
    assert evaluate(" + ".join(["1"] * 400), {}) == 400
    assert evaluate(" or ".join(["false"] * 200), {}) is False
    assert evaluate(" - ".join(["1"] * 400), {}) == -398


@pytest.mark.parametrize(
    "expression",
    [
        "for i in 1..1000000000 return i",
        "for i in 1..200, j in 1..200 return i",
        "every i in 1..100000 satisfies true",
        "{f: function(n) f(n), r: f(1)}.r",
        DOUBLING,
        "for i in 1..5000 return partial",
        "for i in 1..60 return [partial[-1]]",
        'for i in 1..60 return if i = 1 then "ab" else partial[-1] + partial[-1]',
        'replace(string([1..9]), ".", "' + "x" * 1900 + '") + replace(s, ".", s)',
        "flatten(for i in 1..50 return big)",
        "concatenate(big, big, big, big, big)",
        "sort(big, function(a, b) modulo(a, 7) > modulo(b, 7))",
        "string join(for i in 1..300 return s, s)",
        "1e999 ** 7",
        "exp(100000)",
        "product(big)",
    ],
)
def test_what_grows_without_end_is_refused(expression):
    with pytest.raises(FeelError):
        evaluate(expression, {"big": list(range(2, 3000)), "s": "y" * 1000})


def test_a_source_is_limited():
    parse(" " * (limits.SOURCE - 1) + "1")
    with pytest.raises(FeelError, match="2000"):
        parse(" " * limits.SOURCE + "1")


def test_a_pattern_takes_time_in_proportion_to_the_text():
    assert evaluate('matches(s, "^(a+)+$")', {"s": "a" * 50_000 + "b"}) is False


def test_a_pattern_that_comes_as_a_value_and_is_none_gives_null():
    assert evaluate('matches("a", p)', {"p": "(a"}) is None
    assert evaluate('matches("a", "a", "p")', {}) is None


def test_several_evaluations_may_share_one_budget():
    budget, expression = Budget(100), parse("sum(for i in 1..10 return i)")
    assert expression.evaluate({}, budget) == 55
    with pytest.raises(FeelError, match="步骤"):
        [expression.evaluate({}, budget) for _time in range(5)]
